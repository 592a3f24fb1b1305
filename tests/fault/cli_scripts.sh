#!/bin/sh
# Scripts as they come: from files, folders, standard input, with marks that
# editors leave in them; and how they fail.
. tests/fault/cli.inc

printf 'local a = 1\nprint(a, ...)\n' >a.lua
try "a file" 0 "$LESDIPLO" a.lua x y
out_is "1	x	y"
try "standard input" 0 sh -c "'$LESDIPLO' - x <a.lua"
out_is "1	x"
try "standard input, unnamed" 0 sh -c "'$LESDIPLO' <a.lua"
out_is "1"
try "nothing at all" 0 sh -c ": | '$LESDIPLO'"
ok "prints nothing" sh -c ": | '$LESDIPLO' | cmp - /dev/null"
try "nothing to run" 0 "$LESDIPLO" -e ''
quiet

printf '#!%s\nprint("direct", ...)\n' "$LESDIPLO" >direct
chmod +x direct
try "executed" 0 ./direct 1
out_is "direct	1"
printf '\357\273\277print "mark"\n' >bom.lua
try "byte order mark" 0 "$LESDIPLO" bom.lua
out_is mark
printf '\357\273\277#!/usr/bin/env lesdiplo\r\nlocal a = [[x\r\ny]]\r\nprint(#a)\r\n' >dos.lua
try "mark, #! and CRLF" 0 "$LESDIPLO" dos.lua
out_is 3
printf '#!/usr/bin/env lesdiplo\nprint(1)\nerror "here"\n' >line.lua
try "lines count from #!" 1 "$LESDIPLO" line.lua
err "line.lua:3"
printf '#!no newline' >bare.lua
try "only #!" 0 "$LESDIPLO" bare.lua

try "missing" 3 "$LESDIPLO" nowhere.lua
err "cannot read nowhere.lua: No such file"
try "a folder" 3 "$LESDIPLO" "$top/seeds/"
err "documents are named with -c"
printf '\033LuaT\0\031\223\r\n\032\n' >code.luac
echo "The minister came." >text.txt
try "a document as script" 1 "$LESDIPLO" text.txt
err "documents are named with -c"
try "bytecode" 1 "$LESDIPLO" code.luac
err "bytecode"
printf 'print("a\0b")\n' >nul.lua
try "a NUL byte" 0 "$LESDIPLO" nul.lua

printf 'local t = nil\nfor i = 1, 3 do\n  print(t.name)\nend\n' >index.lua
try "a run-time error" 1 "$LESDIPLO" index.lua
err "error: "
err "index.lua:3"
err "3 |   print(t.name)"
printf 'for i = 1 do\nend\n' >syntax.lua
try "a syntax error" 1 "$LESDIPLO" syntax.lua
err "syntax.lua:1"
try "an error in -e" 1 "$LESDIPLO" -e 'print(1)' -e 'error "second"'
err "second"
out_is 1
try "an error that is no string" 1 "$LESDIPLO" -e 'error({})'
err "error: "
if terminal "an error with escapes"; then
  try "an error with escapes" 1 "$TYPIST" 80x24 -- \
    "$LESDIPLO" -e 'error "\27[31mred"'
  out '\x1b[31mred'
fi
printf 'for _, d in ipairs{ corpus[1] } do\n  print(#d.titel)\nend\n' >field.lua
try "an unknown field" 1 "$LESDIPLO" -c "$top/seeds" field.lua
err "title"
try "an unknown global" 1 "$LESDIPLO" -e 'print(corpsu)'
err "corpus"

try "out of time" 4 "$LESDIPLO" --max-time 0.3 -e 'while true do end'
err "error: "
try "out of time in LPeg" 4 "$LESDIPLO" --max-time 0.3 -e \
  'local p = lpeg.P{ (lpeg.P"a" * lpeg.V(1) + "a") * lpeg.V(1) + "b" }
   local s = ("a"):rep(40) while true do p:match(s) end'
try "out of memory" 4 "$LESDIPLO" --max-memory 20M -e \
  'local t = {} while true do t[#t + 1] = ("x"):rep(1000) .. #t end'
err "memory"
try "deep recursion" 1 "$LESDIPLO" -e 'local function f () return 1 + f() end f()'

cat >params.lua <<'END'
--[==[ lesdiplo-script 1
name = "params"
summary = "Prints a number of times"
[param.top]
type = "int"
default = 2
help = "How many times"
[param.word]
type = "string"
required = true
help = "What to print"
]==]
local script = ...
for _ = 1, script.params.top do print(script.params.word) end
END
try "parameters" 0 "$LESDIPLO" params.lua --top 1 --word hi
out_is hi
try "a parameter missing" 2 "$LESDIPLO" params.lua
err "word"
try "a parameter misspelt" 2 "$LESDIPLO" params.lua --wrod hi
err "--word"
try "our option after the script" 2 "$LESDIPLO" params.lua -c seeds
err "own options go before it"
try "a bad value" 2 "$LESDIPLO" params.lua --word hi --top many
err "top"
for how in "params.lua --help" "help params.lua" "help ./params.lua"; do
  # shellcheck disable=SC2086
  try "$how" 0 "$LESDIPLO" $how
  out "Prints a number of times"
  out "--top"
done
printf -- '--[==[ lesdiplo-script 1\nname = unquoted\n]==]\nprint(1)\n' >head.lua
try "a bad header" 1 "$LESDIPLO" head.lua
err "head.lua:2"
try "help on a bad header" 1 "$LESDIPLO" help head.lua
err "head.lua:2"
try "help on no script" 3 "$LESDIPLO" help nowhere.lua

# The worker has no input, and nothing of ours.
try "no input" 1 sh -c "echo text | '$LESDIPLO' -e 'print(io.read())'"
no_out text
try "no files" 1 "$LESDIPLO" -e 'io.open("a.lua")'
try "no programs" 1 "$LESDIPLO" -e 'os.execute("true")'
finish
