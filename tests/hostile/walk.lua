-- Follows every table, field and metatable that a script reaches, and prints the
-- path of every function found, in order. What lesdiplo itself offers is left
-- out, but not what could be reached through it: a function that is none of
-- lesdiplo's own has a path here.
local paths, seen = {}, {}

local function key_of (key)
  return type(key) == "string" and key or "[" .. type(key) .. "]"
end

local walk
local function walk_table (path, t)
  for key, value in next, t do
    walk(path .. "." .. key_of(key), value)
    if type(key) ~= "string" then walk(path .. ".key", key) end
  end
end

function walk (path, value)
  if type(value) == "function" then
    paths[#paths + 1] = path
    return
  end
  if seen[value] then return end
  local mt = getmetatable(value)
  if type(mt) == "table" then
    seen[value] = true
    walk(path .. "<meta>", mt)
  elseif mt then
    paths[#paths + 1] = path .. "<meta> is a " .. type(mt)
  end
  if type(value) ~= "table" then return end
  seen[value] = true
  walk_table(path, value)
end

seen[require "lesdiplo"], seen[_G] = true, true
for name in next, _G do
  if name ~= "lesdiplo" and name ~= "arg" then walk(name, rawget(_G, name)) end
end
for _, name in ipairs{"files", "out", "env", "run", "re", "lpeg"} do walk(name, _G[name]) end
for _, name in ipairs{"string", "table", "math", "utf8", "coroutine", "os", "debug", "lpeg", "re"} do
  assert(require(name) == _G[name])
end
for name, object in next, {
  string = "", pattern = lpeg.P(1), number = 1, thread = coroutine.create(print), corpus = corpus,
  doc = corpus[1], spans = corpus[1]:tokens(), span = corpus[1]:tokens()[1], meta = corpus[1].meta,
  hits = corpus:find(require "lesdiplo.query".word "the"),
} do walk("(" .. name .. ")", object) end

table.sort(paths)
local last
for _, path in ipairs(paths) do
  if path ~= last then print(path) end
  last = path
end
