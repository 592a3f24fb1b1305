#!/bin/sh
# Ways out of a script's environment, by the rows of the sandbox's checklist;
# after each one an ordinary script has to give its ordinary result. What can
# be asked from inside is in tests/lua/host_environment.lua.
. tests/fault/cli.inc

# ordinary: nothing that was tried before is left
ordinary () {
  try "$1: an ordinary script afterwards" 0 "$LESDIPLO" -e 'print(("x"):upper(), #"abc")'
  out_is "X	3"
}

# refused NAME TEXT CHUNK: a script's error that says TEXT
refused () {
  try "$1" 1 "$LESDIPLO" -e "$3"
  err "$2"
}

# Row 1: bytecode
printf '\033LuaT\000\031\223\r\n\032\n' >esc.lua
try "bytecode in a file" 1 "$LESDIPLO" esc.lua
err "bytecode: scripts are text"
try "bytecode on standard input" 1 sh -c "'$LESDIPLO' - <esc.lua"
err "bytecode"
printf '\357\273\277#!/usr/bin/lesdiplo\n\033Lua' >mark.lua
try "behind a mark and #!" 1 "$LESDIPLO" mark.lua
refused "bytecode in -e" "bytecode" "$(printf '\033LuaT')"
refused "load" "binary" 'assert(load("\27LuaT"))'
refused "load, mode b" "bytecode" 'assert(load("\27LuaT", "x", "b"))'
printf '\357\273\277#! x\nprint(1)\nlocal t = nil\nprint(t.x)\n' >lines.lua
try "a mark and #! run" 1 "$LESDIPLO" lines.lua
out 1
err "lines.lua:4"
ordinary "row 1"

# Row 2 and 3: dump, and methods of strings
refused "string.dump" "call a nil value (field 'dump')" 'string.dump(print)'
refused "as a method" "call a nil value (method 'dump')" '("x"):dump()'
try "metatable of strings" 0 "$LESDIPLO" -e 'print(getmetatable(""))'
out_is false

# Row 4: the stack of LPeg
try "setmaxstack is capped" 1 "$LESDIPLO" -e '
  lpeg.P(1).setmaxstack(1e9)
  lpeg.P{"a" * lpeg.V(1) * "b" + "c"}:match(("a"):rep(200000))'
err "current limit is 100000"
err "to do"

# Row 6: what is behind our objects
try "metatables of our objects" 0 "$LESDIPLO" -c "$top/seeds" -e '
  local doc = corpus[1]
  for _, x in ipairs{corpus, doc, doc:tokens(), doc:tokens()[1], doc.meta, lpeg.P(1)} do
    assert(getmetatable(x) == false)
    assert(not pcall(function () return x.__gc() end))
  end
  print "locked"'
out_is locked

# Rows 7 to 10: libraries and functions that are not there
refused "io" "'io' is not there" 'io.open("/etc/passwd")'
refused "package" "'package' is not there" 'print(package.loaded.io)'
refused "debug" "nil value (field 'getregistry')" 'debug.getregistry()'
refused "dofile" "'dofile' is not there" 'dofile("/etc/passwd")'
refused "loadfile" "'loadfile' is not there" 'loadfile("/etc/passwd")'
for name in execute exit getenv remove rename tmpname setlocale; do
  refused "os.$name" "'os.$name' is not there" "os.$name('x')"
done
touch victim
try "os.remove removes nothing" 1 "$LESDIPLO" -e 'os.remove("victim")'
ok "it is still there" test -f victim
for name in io os.x debug.getinfo package ffi lfs ./x ../../x /etc/passwd x.so; do
  refused "require $name" "no module '$name'" "require '$name'"
done
refused "require with a NUL" "no module" 'require "lesdiplo\0x"'
mkdir -p lesdiplo
echo 'print "from the folder"' >lesdiplo/mine.lua
echo 'print "from the folder"' >io.lua
refused "modules are not taken from where we are" "no module" 'require "lesdiplo.mine"'
refused "nor libraries" "no module" 'require "io"'
ordinary "rows 7 to 10"

# Row 36: names of modules with --stdlib
mkdir -p std/lesdiplo secret
echo 'return { secret = true }' >secret/x.lua
echo 'return "mine"' >std/lesdiplo/mine.lua
printf '\033LuaT' >std/lesdiplo/code.lua
try "--stdlib" 0 "$LESDIPLO" --stdlib std -e 'print(require "lesdiplo.mine")'
out_is mine
refused_std () {
  try "--stdlib $1" 1 "$LESDIPLO" --stdlib std -e "require '$1'"
}
refused_std ../secret/x
refused_std lesdiplo/../../secret/x
refused_std ..secret.x
refused_std .
try "bytecode as a module" 1 "$LESDIPLO" --stdlib std -e 'require "lesdiplo.code"'
err "binary"
try "what is not in the folder is built in" 0 "$LESDIPLO" --stdlib std -e \
  'print(type(lesdiplo.report.writer))'
out_is "function"

# Row 12: finalizers
refused "__gc" "__gc is not for scripts" 'setmetatable({}, {__gc = function () end})'
refused "__gc = false" "__gc is not for scripts" 'setmetatable({}, {__gc = false})'
try "__gc that comes later" 0 "$LESDIPLO" -e '
  local m = {} local x = setmetatable({}, m)
  m.__gc = function () print "ran" while true do end end
  x = nil for i = 1, 1e6 do local t = {i} end print "end"'
out_is end

# Rows 26 to 28
for option in collect stop restart step incremental generational setpause; do
  refused "collectgarbage $option" '"count" only' "collectgarbage('$option')"
done
try "edited libraries" 0 "$LESDIPLO" -e 'string.upper = print; table.sort = nil; _G.print = nil'
ordinary "row 27"
refused "setmetatable(_G)" "protected metatable" 'setmetatable(_G, {})'
try "_ENV" 0 "$LESDIPLO" -e 'local print = print; local _ENV = {}; print(io, os)'
out_is "nil	nil"
try "rawget" 0 "$LESDIPLO" -e 'print(rawget(_G, "io"), rawget(_G, "package"))'
out_is "nil	nil"

# Row 29: no addresses, whatever is printed or goes wrong
cat >addresses.lua <<'EOF'
print({}, print, coroutine.create(print), lpeg.P(1), corpus, corpus[1].meta)
print(("%s %p"):format({}, print), tostring(table), debug.traceback("x"))
print(pcall(error, {}))
print(pcall(function () return {} < {} end))
print(pcall(function () return corpus:gmatch(coroutine.create(print)) end))
for i = 1, 3 do print(math.random(1000000), math.random()) end
lesdiplo.emit { a = tostring(print) }
error(setmetatable({}, { __name = "Thing" }))
EOF
"$LESDIPLO" -c "$top/seeds" addresses.lua >first 2>&1
try "two runs" 1 "$LESDIPLO" -c "$top/seeds" addresses.lua
cat "$WORK/.err" >>"$WORK/.out"
cat "$WORK/.out" >second
ok "no address is printed" sh -c '! grep -q 0x first'
# the order of stdout and stderr in one file is not promised
ok "give the same bytes" sh -c 'sort first >a && sort second >b && cmp a b'

# Row 33
refused "__concat" "__concat is not for scripts" 'setmetatable({}, {__concat = print})'
try "and none of ours has it" 1 "$LESDIPLO" -c "$top/seeds" -e "return corpus[1]:tokens()[1] .. ''"
err "concatenate a Span"

ordinary "all rows"
finish
