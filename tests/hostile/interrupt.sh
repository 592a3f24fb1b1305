#!/bin/sh
# Ctrl-C at a terminal, wherever a script is: Lua ends at once, what Lua cannot
# stop at a second Ctrl-C, or a second later. What was printed stays.
# memcheck: no, it waits for no one
. tests/fault/cli.inc
terminal "Ctrl-C" || finish

# stops NAME CHUNK [KEYS]: "begun" is printed, then Ctrl-C is typed
stops () {
  try "$1" 4 "$TYPIST" 80x24 begun "${3:-\\003}" -- "$LESDIPLO" -c "$top/seeds" -e "print('be' .. 'gun') $2"
  out begun
}

# ended: killed, or stopped, when Ctrl-C came before the call that Lua cannot end
ended () {
  if grep -q 'was killed\|stopped: interrupted' "$WORK/.out"; then good; else bad "no word of its end"; fi
}

stops "a loop" 'while true do end'
out "stopped: interrupted"
stops "a coroutine" 'coroutine.wrap(function () while true do end end)()'
out "stopped: interrupted"
stops "coroutines that are made anew" 'while true do coroutine.wrap(function () for i = 1, 10 do end end)() end'
stops "a pcall loop" 'while true do pcall(function () while true do end end) end'
stops "a handler" 'xpcall(error, function () while true do end end)'
stops "a closing variable" 'local x <close> = setmetatable({}, {__close = function () while true do end end}) while true do end'
stops "an iterator of ours" 'while true do for d in corpus:docs() do for i, s in d:tokens():each() do end end end'
stops "printing" 'while true do print("line") end'
stops "emitting" 'while true do lesdiplo.emit{a = 1} end'
stops "a sort" 'local t = {} for i = 1, 1e6 do t[i] = -i end table.sort(t, function (a, b) while true do end end)'
stops "a function of a pattern" 'lpeg.Cmt(1, function () while true do end end):match "x"'
stops "gsub with a function" 'string.gsub(("x"):rep(1e7), "x", function () for i = 1, 1e5 do end end)'
stops "LPeg, a second later" 'lpeg.P{"A", A = "a" * lpeg.V"A" * "b" + "a" * lpeg.V"A" * "c" + "a"}:match(("a"):rep(60))'
ended
stops "string.find, a second time" 'string.find(("x"):rep(50000), (".-"):rep(12) .. "b")' '\003\003'
ended
stops "gsub" 'string.gsub(("x"):rep(50000), (".-"):rep(12) .. "b", "")'
ended

# Rows before it are whole, and a file of -o is not there.
try "rows" 4 "$TYPIST" 80x24 begun '\003' -- "$LESDIPLO" -f tsv -o kept.tsv -e '
  lesdiplo.emit{a = 1} warn "begun" while true do end'
out "kept.tsv was not written"
ok "no file" sh -c '! test -e kept.tsv && test -z "$(ls -A | grep "^\.kept")"'
try "while a program runs" 4 "$TYPIST" 80x24 begun '\003' -- "$LESDIPLO" --allow-run sleep -e '
  print("be" .. "gun") run{"sleep", "54323"}'
out "stopped: interrupted"

finish
