#!/bin/sh
# The prompt survives its lines: one that crashes, hangs, is killed or runs out of
# memory is undone, and what was defined before is still there.
# memcheck: no, it waits for no one
. tests/fault/cli.inc
terminal "the session" || finish
TERM=dumb
export TERM

# lines NAME [WAIT KEYS]... [-- OPTION...]
lines () {
  name=$1
  shift
  steps=0
  for word; do [ "$word" = -- ] && break; steps=$((steps + 1)); done
  set -- "$@" --marker
  n=0 typed='' options=''
  for word; do
    n=$((n + 1))
    [ "$word" = --marker ] && break
    if [ $n -le $steps ]; then typed="$typed '$(printf %s "$word" | sed "s/'/'\\\\''/g")'"
    elif [ $n -gt $((steps + 1)) ]; then options="$options $word"; fi
  done
  eval "try \"\$name\" 0 \"\$TYPIST\" 100x40 $typed -- \"\$LESDIPLO\" $options -c \"\$top/seeds\""
}

# Each line that is lost stands between one that defines and one that shows.
survives () {
  what=$1 line=$2
  shift 2
  lines "$what" '> ' 'kept = "is " .. "there"\n' '> ' "$line\\n" '> ' 'kept\n' 'is there' '' \
    '> ' '"ends " .. "well"\n' 'ends well' '' '> ' '\004' -- "$@"
}

abort='(#(lpeg.Cmt("", function () return true, 1 end) * "xx") * lpeg.Cmt("", function () return true, 1 end)):match "xx"'
survives "an abort in LPeg" "kept = 1 $abort"
out "died of signal"
out "undone: variables are as before the line"
survives "no memory" 'kept = 1 big = {} while true do big[#big + 1] = ("x"):rep(1e6) .. #big end' --max-memory 64M
out "more than 64 MB of memory"
out "undone"
survives "a line past its time, in Lua" 'while true do end' --max-time 1
out "stopped after 1 seconds"
survives "a line past its time, in a match" 'kept = 1 string.find(("x"):rep(50000), (".-"):rep(12) .. "b")' --max-time 1
out "was killed after 1 seconds"
out "undone"
survives "a flood" 'while true do print "flood" end' --max-output 100K
out "writes more than 100"

lines "an ordinary error keeps what was before it" '> ' 'a = "one" error "on purpose"\n' '> ' 'a .. " two"\n' 'one two' '' '> ' '\004'

# Ctrl-C: Lua hears it, if it comes before the match; else the line is killed.
lines "Ctrl-C in a match" '> ' 'kept = "is " .. "there"\n' \
  '> ' 'print("be" .. "gun") lpeg.P{"A", A = "a" * lpeg.V"A" * "b" + "a" * lpeg.V"A" * "c" + "a"}:match(("a"):rep(60))\n' \
  begun '\003\003' '> ' 'kept\n' 'is there' '' '> ' '\004'
lines "Ctrl-C in a match, once" '> ' 'kept = "is " .. "there"\n' \
  '> ' 'print("be" .. "gun") string.find(("x"):rep(50000), (".-"):rep(12) .. "b")\n' \
  begun '\003' '> ' 'kept\n' 'is there' '' '> ' '\004'

# A hundred, as they fall: into a loop, a match, an empty line, a half one.
set -- '> ' 'kept = "is " .. "there"\n'
i=0
while [ $i -lt 32 ]; do
  set -- "$@" '> ' 'while true do end\n' '' '\003' '> ' 'if tr\003' '> ' '\003'
  [ $((i % 8)) -ne 0 ] ||
    set -- "$@" '> ' 'string.find(("x"):rep(50000), (".-"):rep(12) .. "b")\n' '' '\003\003'
  i=$((i + 1))
done
lines "a hundred Ctrl-C" "$@" '> ' 'kept\n' 'is there' '' '> ' '\004'

lines "undo and reset" '> ' 'x = "fi" .. "rst"\n' '> ' 'x = "sec" .. "ond"\n' '> ' ':docs\n' 'rows)' '' \
  '> ' ':undo\n' '> ' 'x\n' 'first' '' '> ' ':reset\n' \
  '> ' ':undo\n' 'no line to undo' '' '> ' 'x\n' "unknown global 'x'" '' '> ' '\004'
lines "more lines than states" $(i=0; while [ $i -lt 30 ]; do printf '%s ' '>' "x=$i\\n"; i=$((i + 1)); done) \
  '> ' ':undo\n' '> ' ':undo\n' '> ' '"x is " .. x\n' 'x is 27' '' '> ' '\004'

# What it holds after lines that were lost
lines "files of a line that is undone do not appear" \
  '> ' 'f = out.open "a.txt" f:write "lost" f:close(); '"$abort"'\n' \
  '> ' 'f = out.open "b.txt" f:write "written" f:close()\n' \
  '> ' 'f = out.open "c.txt"\n' '> ' 'f:write "first "\n' '> ' 'f:write "second"\n' '> ' '\004' \
  -- --allow-write .
ok "no file" sh -c '! test -e a.txt'
ok "a file" grep -qx written b.txt
ok "a file of several lines" grep -qx 'first second' c.txt
ok "no drafts" sh -c 'test -z "$(ls -A | grep "^\.[abc]\.txt")"'
lines "what is not granted is refused" '> ' 'files.open "/etc/passwd"\n' 'allow-read' '' \
  '> ' 'out.open "d.txt"\n' 'allow-write' '' '> ' '\004'
lines "the kernel holds a line" '> ' 'io\n' 'no file is open' '' '> ' 'os.execute "id"\n' 'error' '' '> ' '\004'

# Scripts, and what they ask for
cat >asks.lua <<'END'
--[==[ lesdiplo-script 1
name = "asks"
[param.word]
type = "string"
required = true
help = "what it says"
[needs]
read = ["data.txt"]
]==]
local script = ...
said = script.params.word
print(said, (files.open "data.txt":read(6)))
END
echo inside >data.txt
lines "a script asks" '> ' ':load asks.lua\n' '--word' '' '> ' ':set word=hello\n' \
  '> ' ':load asks.lua\n' '[n]o: ' o 'inside' '' '> ' 'said .. " again"\n' 'hello again' '' \
  '> ' 'files.open "data.txt"\n' 'allow-read' '' '> ' '\004'
lines "and is refused" '> ' ':set word=hello\n' '> ' ':load asks.lua\n' '[n]o: ' n 'was not allowed' '' '> ' '\004'

# Nobody is left behind, however the front ends.
lines "it ends" '> ' 'x = 1\n' '> ' '\004' -- --max-time 54321
ok "nobody is left" sh -c '! pgrep -f "lesdiplo --max-time 5432[1]"'
"$TYPIST" 100x40 '> ' 'print("be" .. "gun") while true do end\n' begun '' -- \
  "$LESDIPLO" --max-time 54322 -c "$top/seeds" >"$WORK/.typed" 2>&1 &
typist=$!
processes () { pgrep "$@" -f '^[^ ]*lesdiplo --max-time 5432[2]'; }
patience=100
until grep -q begun "$WORK/.typed" || [ $patience -eq 0 ]; do
  sleep 0.1
  patience=$((patience - 1))
done
name="the front is killed while a line runs"
if kill -9 $(processes -o); then good; else bad "no such process"; fi
wait $typist
until [ $patience -eq 0 ] || ! processes >/dev/null; do
  sleep 0.1
  patience=$((patience - 1))
done
ok "the line ends with it" sh -c '! pgrep -f "lesdiplo --max-time 5432[2]"'

finish
