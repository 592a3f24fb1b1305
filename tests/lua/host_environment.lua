-- What a script finds, and that nothing else is in reach.
-- luacheck: ignore 111 112 113 122 142 143 241 331 411 431 (globals are what is tested here)
local check = require "lesdiplo.util.check".new()

-- there -----------------------------------------------------------------------

for _, name in ipairs{ "corpus", "lesdiplo", "lpeg", "re", "arg", "string", "table", "math",
    "utf8", "coroutine", "os", "require", "print", "tostring", "pcall", "xpcall", "load" } do
  check:ok(_G[name] ~= nil, name)
end
check:equal(arg[0]:match "[^/]+$", "host_environment.lua")
check:equal(lesdiplo.version, "0.1.0")
check:ok(require "lesdiplo" == lesdiplo and require "lpeg" == lpeg and require "re" == re)
check:ok(require "lesdiplo.report" == lesdiplo.report)
check:equal(re.match("1998-07", "{[0-9]+} '-' {[0-9]+}"), "1998")
check:equal(table.concat({ re.find("in 1998", "[0-9]+") }, " "), "4 7")

-- gone ------------------------------------------------------------------------

for _, name in ipairs{ "io", "package", "dofile", "loadfile" } do
  check:equal(rawget(_G, name), nil, name)
  check:raises(function () return _G[name] end, "'" .. name .. "' is not there: ")
end
check:equal(string.dump, nil)
check:equal((""):gsub("", "").dump, nil, "nor as a method")
for _, name in ipairs{ "execute", "exit", "getenv", "remove", "rename", "tmpname", "setlocale" } do
  check:raises(function () os[name]("x") end, "'os." .. name .. "' is not there: ")
end
check:equal(lesdiplo.util.keys(debug), { "traceback" })
check:equal(lpeg.pcode, nil)
check:equal(lpeg.ptree, nil)
check:raises(function () return no_such_thing end, "unknown global 'no_such_thing'")
check:raises(function () return corpos end, "did you mean 'corpus'?")
check:raises(function () return emit end, "write lesdiplo.emit")
check:equal(rawget(_G, "no_such_thing"), nil)
new_global = 1
check:equal(new_global, 1, "assigning one is no error")

for _, name in ipairs{ "io", "os.path", "debug.x", "package", "ffi", "lfs", "socket", "../x",
    "/etc/passwd", "./x", "a/b", "x.so", "lesdiplo.", ".lesdiplo", "lesdiplo..report",
    "lesdiplo/report", "a\0b", "", "lesdiplo.data.reading.txt", ("x"):rep(1000) } do
  check:raises(function () require(name) end, "no module", "require " .. name)
end
check:raises(function () require "lesdiplo.sumary" end, "did you mean 'lesdiplo.summary'?")
check:raises(function () return lesdiplo.reprot end, "did you mean 'report'?")

-- text only -------------------------------------------------------------------

local code = "\27LuaT\0\x19\x93\r\n\x1a\n"
check:equal(select("#", load(code)), 2)
check:equal(load(code), nil)
for _, mode in ipairs{ "b", "bt", "tb", "t" } do
  local f, message = load(code, "x", mode)
  check:equal(f, nil, "mode " .. mode)
  check:ok(message:find "bytecode" or message:find "binary", message)
end
local i = 0
local f, message = load(function () i = i + 1 return code:sub(i, i) end)
check:equal(f, nil, "in pieces")
check:ok(message:find "binary", message)
i = 0
f = load(function () i = i + 1 return ({ "return ", "1", "+1" })[i] end)
check:equal(f(), 2)
check:equal(load("return x", "n", "t", { x = 5 })(), 5, "an environment")
check:equal(select(2, load("x = = 1", "=name")), "name:1: unexpected symbol near '='")
check:raises(function () load(function () return {} end)() end, "nil value")
check:ok(select(2, load(function () return {} end)):find "reader function must return a string")
check:raises(function () load(nil) end, "function expected")

-- metatables ------------------------------------------------------------------

check:raises(function () setmetatable({}, { __gc = print }) end, "__gc is not for scripts")
check:raises(function () setmetatable({}, { __gc = false }) end, "__gc is not for scripts")
check:raises(function () setmetatable({}, { __concat = print }) end, "__concat is not for scripts")
check:raises(function () setmetatable(_G, nil) end, "protected")
check:raises(function () setmetatable("", {}) end, "table expected")
check:raises(function () setmetatable({}, 1) end, "nil or table")
check:equal(getmetatable(_G), false)
local ran = false
do
  local meta = {}
  local object = { setmetatable({}, meta) }
  meta.__gc = function () ran = true end
  object[1] = nil
  local junk = {}
  for n = 1, 200000 do junk[n % 100] = { n } end
end
check:equal(ran, false, "a finalizer that comes late never runs")
for _, option in ipairs{ "collect", "stop", "restart", "step", "isrunning", "generational" } do
  check:raises(function () collectgarbage(option) end, "\"count\" only")
end
check:raises(function () collectgarbage() end, "\"count\" only")
check:ok(collectgarbage "count" > 1)

-- addresses -------------------------------------------------------------------

local t = {}
local shown = tostring(t)
check:ok(shown:find "^table: #%d+$", shown)
check:equal(tostring(t), shown, "the same object, the same number")
check:ok(tostring({}) ~= shown)
for _, value in ipairs{ print, t, coroutine.create(print), lpeg.P(1), corpus } do
  check:ok(not tostring(value):find "0x", tostring(value))
  check:ok(not ("%s"):format(value):find "0x")
  check:ok(not string.format("%p", value):find "0x")
end
check:equal(string.format("%p", t), shown:match "#%d+")
check:equal(string.format("%p", 1), "(null)")
check:equal(string.format("%-5s|%5.1f|%%|%q|%d|%x|%c", "ab", 1.25, "a\nb", 3, 255, 65),
  "ab   |  1.2|%|\"a\\\nb\"|3|ff|A")
check:raises(function () string.format("%s") end, "bad argument #2 to 'format' (no value)")
check:raises(function () string.format("%d", "x") end, "number expected, got string")
check:raises(function () string.format("%y", 1) end, "invalid conversion '%y' to 'format'")
check:raises(function () string.format("%", 1) end, "invalid conversion")
local mine = setmetatable({}, { __tostring = function () return "mine" end })
check:equal(tostring(mine), "mine")
check:equal(("%s"):format(mine), "mine")
local broken = setmetatable({}, { __tostring = function () return {} end })
check:raises(function () tostring(broken) end, "must return a string")
check:ok(tostring(setmetatable({}, { __name = "Thing" })):find "^Thing: #%d+$")
check:equal(tostring(1) .. tostring(1.0) .. tostring(nil) .. tostring(true), "11.0niltrue")
check:raises(function () tostring() end, "value expected")

-- a fixed world ---------------------------------------------------------------

math.randomseed(42)
local a, b = math.random(1000), math.random(1000)
math.randomseed(42)
check:equal({ math.random(1000), math.random(1000) }, { a, b })
check:equal(select("#", math.randomseed()), 0, "no seed is told")
check:equal(os.date("%Y-%m-%d %H:%M", 0), "1970-01-01 00:00", "UTC")
check:equal(os.date("!%H", 0), "00")
check:equal(os.date("*t", 86400).day, 2)
check:equal(os.time{ year = 1998, month = 7, day = 4 }, 899553600, "noon, UTC")
check:equal(os.time{ year = 1998, month = 7, day = 4, hour = 0, min = 1, sec = 1 }, 899510461)
check:raises(function () os.time{ year = 1998 } end, "field 'month' is missing")
check:raises(function () os.time{ year = 1998, month = {}, day = 1 } end, "no integer")
check:ok(os.time() > 1.7e9 and os.clock() > 0)

-- lpeg ------------------------------------------------------------------------

lpeg.setmaxstack(1e9)
lpeg.P(1).setmaxstack(1e9)
local deep = lpeg.P { "a" * lpeg.V(1) * "b" + "c" }
check:raises(function () deep:match(("a"):rep(200000)) end, "(current limit is 100000)")
check:raises(function () lpeg.setmaxstack(0) end, "not negative")
lpeg.setmaxstack(10000)
check:ok(deep:match(("a"):rep(5000) .. "c" .. ("b"):rep(5000)), "deep enough for real text")

-- errors ----------------------------------------------------------------------

check:equal({ pcall(error, "x", 0) }, { false, "x" })
check:equal({ pcall(function (...) return ... end, 1, nil, 3) }, { true, 1, nil, 3 })
check:equal(select("#", pcall(function (...) return ... end, nil, nil)), 3)
check:raises(function () pcall() end, "value expected")
check:equal({ xpcall(error, function (m) return "<" .. m .. ">" end, "x", 0) }, { false, "<x>" })
check:equal({ xpcall(function (...) return ... end, print, 1, 2) }, { true, 1, 2 })
check:raises(function () xpcall(print) end, "function expected")
check:equal((xpcall(error, function () error "again" end)), false, "an error in a handler")
local object = {}
check:ok(select(2, pcall(error, object)) == object, "any value")

-- coroutines ------------------------------------------------------------------

local co = coroutine.create(function (x) local y = coroutine.yield(x + 1) return y * 2 end)
check:equal({ coroutine.resume(co, 1) }, { true, 2 })
check:equal(coroutine.status(co), "suspended")
check:equal({ coroutine.resume(co, 5) }, { true, 10 })
check:equal({ coroutine.resume(co) }, { false, "cannot resume dead coroutine" })
local wrapped = coroutine.wrap(function () for n = 1, 3 do coroutine.yield(n) end end)
check:equal({ wrapped(), wrapped(), wrapped() }, { 1, 2, 3 })
check:equal(wrapped(), nil)
check:raises(wrapped, "dead coroutine")
check:raises(coroutine.wrap(function () error "inside" end), "inside")
check:raises(coroutine.wrap(function () error({}) end), "table")
co = coroutine.wrap(function ()
  local ok, value = pcall(function () return coroutine.yield("out") .. "!" end)
  return ok, value
end)
check:equal(co(), "out", "a yield across pcall")
check:equal({ co("in") }, { true, "in!" })
local function closing (f)
  return setmetatable({}, { __close = f })
end
co = coroutine.create(function ()
  local _ <close> = closing(function () ran = "closed" end)
  coroutine.yield()
end)
coroutine.resume(co)
check:equal(coroutine.close(co), true)
check:equal(ran, "closed")
check:equal(coroutine.status(co), "dead")
co = coroutine.create(function ()
  local _ <close> = closing(function () error "bad" end)
  coroutine.yield()
end)
coroutine.resume(co)
local ok, why = coroutine.close(co)
check:ok(ok == false and why:find "bad", why)
check:raises(function () coroutine.close(coroutine.running()) end, "that runs")
check:raises(function () coroutine.resume(1) end, "coroutine expected")
co = coroutine.wrap(function ()
  local _ <close> = closing(function () ran = "again" end)
  error "in wrap"
end)
check:raises(co, "in wrap")
check:equal(ran, "again")

-- edits are this script's own; see tests/fault/host_escape.sh for the next one
string.upper = function () return "changed" end
check:equal(("x"):upper(), "changed")

-- the walk: every table and metatable in reach of the environment --------------

local reached, names = {}, {}
local function walk (value, path)
  if reached[value] then return end
  local kind = type(value)
  if kind == "function" then
    reached[value] = path
    names[path] = true
  end
  if kind == "table" then
    reached[value] = path
    for key, item in lesdiplo.util.sorted(value) do
      if type(key) == "string" and key:find "^[%w_]+$" then walk(item, path .. "." .. key) end
    end
  end
  local meta = getmetatable(value)
  if meta then walk(meta, path .. "<meta>") end
end
for _, name in ipairs{ "string", "table", "math", "utf8", "coroutine", "os", "debug", "lpeg" } do
  walk(_G[name], name)
end
-- Some builds of Lua 5.4 keep what 5.2 had in math.
for name in ("cosh sinh tanh pow frexp ldexp log10 atan2"):gmatch "%w+" do
  names["math." .. name] = nil
end
check:equal(table.concat(lesdiplo.util.keys(names), " "), table.concat({
  "coroutine.close coroutine.create coroutine.isyieldable coroutine.resume",
  "coroutine.running coroutine.status coroutine.wrap coroutine.yield debug.traceback",
  "lpeg.B lpeg.C lpeg.Carg lpeg.Cb lpeg.Cc lpeg.Cf lpeg.Cg lpeg.Cmt lpeg.Cp lpeg.Cs lpeg.Ct",
  "lpeg.P lpeg.R lpeg.S lpeg.V lpeg.locale lpeg.match lpeg.setmaxstack lpeg.type lpeg.version",
  "math.abs math.acos math.asin math.atan math.ceil math.cos math.deg math.exp math.floor",
  "math.fmod math.log math.max math.min math.modf math.rad math.random math.randomseed",
  "math.sin math.sqrt math.tan math.tointeger math.type math.ult os.clock os.date os.difftime",
  "os.execute os.exit os.getenv os.remove os.rename os.setlocale os.time os.tmpname",
  "string.byte string.char string.find string.format string.gmatch string.gsub string.len",
  "string.lower string.match string.pack string.packsize string.rep string.reverse string.sub",
  "string.unpack string.upper table.concat table.insert table.move table.pack table.remove",
  "table.sort table.unpack utf8.char utf8.codepoint utf8.codes utf8.len utf8.offset",
}, " "))

check:finish()
