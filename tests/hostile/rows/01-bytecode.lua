-- row 1: bytecode, in every way that load can be given it
-- ends: 0
-- prints: held
local code = "\27LuaT\0\25\147\r\n\26\n\4\8\8xV\0\0\0\0\0\0\0\0\0\0\0(w@\1"
local function refused (...)
  local f, why = load(...)
  assert(f == nil and (why:find "binary" or why:find "bytecode"), why)
end
refused(code)
refused(code, "x", "b")
refused(code, "x", "bt")
refused(code, "x", "t")
local at = 0
refused(function ()
  at = at + 1
  return at <= #code and code:sub(at, at) or nil
end)
refused(function () return code end, "x", "b")
-- a change of mind by an object that is no string
assert(not pcall(load, setmetatable({}, { __tostring = function () return code end })))
print "held"
