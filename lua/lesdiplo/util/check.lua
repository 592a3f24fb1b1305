--- A tiny runner for suites of checks.
--
--     local check = require "lesdiplo.util.check"
--     local c = check.new()
--     c:equal(#corpus, 5, "documents")
--     c:raises(function () return corpus[1].titel end, "did you mean 'title'")
--     c:finish()
--
-- A check that fails is printed with its line, and the rest goes on; the last
-- line is `N passed, N failed`, and the script fails if any did.
-- @module lesdiplo.util.check
local util = require "lesdiplo.util"
local concat, error, find, format = table.concat, error, string.find, string.format
local ipairs, math_type, pcall, print = ipairs, math.type, pcall, print
local rawequal, setmetatable, tostring, type = rawequal, setmetatable, tostring, type
local traceback = debug.traceback
_ENV = nil
local M = {}

local Suite = {}
Suite.__index = Suite

-- A value as text that shows what it is: "1" is not 1, and 1 is not 1.0.
local function show (value, depth)
  local t = type(value)
  if t == "string" then return format("%q", value) end
  if t == "number" and math_type(value) == "float" then return format("%.17g (float)", value) end
  if t ~= "table" or (depth or 0) > 3 then return tostring(value) end
  local out = {}
  for key, item in util.sorted(value) do
    out[#out + 1] = format("[%s] = %s", show(key), show(item, (depth or 0) + 1))
  end
  return "{" .. concat(out, ", ") .. "}"
end

-- Tables are equal when what is in them is.
local function same (a, b, depth)
  if rawequal(a, b) then return true end
  if type(a) ~= type(b) then return false end
  if type(a) == "number" then return a == b and math_type(a) == math_type(b) end
  if type(a) ~= "table" or depth > 20 then return a == b end
  for _, key in ipairs(util.keys(a)) do
    if not same(a[key], b[key], depth + 1) then return false end
  end
  for _, key in ipairs(util.keys(b)) do
    if a[key] == nil then return false end
  end
  return true
end

-- The line of the suite that made the check.
local function where ()
  local place
  for line in traceback("", 3):gmatch "[^\n]+" do
    place = line:match "^%s*(%S+:%d+):"
    if place and not place:find("util/check", 1, true) then break end
  end
  return place or "?"
end

--- A new suite: its methods are ok, equal, raises and finish.
---@return table suite
function M.new ()
  return setmetatable({ passed = 0, failed = 0 }, Suite)
end

function Suite:tell (good, what, ...)
  if good then
    self.passed = self.passed + 1
    return true
  end
  self.failed = self.failed + 1
  print(format("%s: FAILED %s", where(), what or ""))
  for _, line in ipairs{ ... } do print("  " .. line) end
  return false
end

-- suite:ok(value, what): the value is neither nil nor false.
function Suite:ok (value, what)
  return self:tell(value, what, "got      " .. show(value))
end

-- suite:equal(got, want, what)
function Suite:equal (got, want, what)
  return self:tell(same(got, want, 0), what, "got      " .. show(got), "expected " .. show(want))
end

-- suite:raises(f, pattern, what): f raises a message in which a Lua pattern is
-- found; a plain text is found as well.
function Suite:raises (f, pattern, what)
  local ok, message = pcall(f)
  if ok then
    return self:tell(false, what, "no error was raised", "expected " .. pattern)
  end
  message = tostring(message)
  return self:tell(find(message, pattern, 1, true) or find(message, pattern),
                   what, "raised   " .. message, "expected " .. pattern)
end

-- suite:finish(): prints the sums; an error when any check failed.
function Suite:finish ()
  print(format("%d passed, %d failed", self.passed, self.failed))
  if self.failed > 0 then error("checks failed", 0) end
end

return M
