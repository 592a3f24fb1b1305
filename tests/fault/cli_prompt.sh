#!/bin/sh
# The prompt, on a pseudo-terminal: each line is typed when the text before it
# has been shown; see tests/tool/typist.c.
. tests/fault/cli.inc
terminal "the prompt" || finish

# session NAME [WAIT KEYS]...: what the terminal showed is in stdout
session () {
  name=$1
  shift
  try "$name" 0 "$TYPIST" 80x24 "$@" -- "$LESDIPLO" -c "$top/seeds"
}

try "a command's exit code" 7 "$TYPIST" 80x24 -- sh -c 'exit 7'
try "a wait that is not met" 125 "$TYPIST" 80x24 never '' -- echo something
out something
err "waiting for never: the command has ended"

TERM=xterm
export TERM
session "values and lines" \
  '> ' '20 + 1\n' 21 '' '> ' 'x = 5\n' '> ' 'for i = 1, 2 do\n' \
  '.. ' 'print(i * 100 + x)\n' '.. ' 'end\n' '> ' 'x = x .. "kept"\n' \
  '> ' 'error "on purpose"\n' '> ' 'x\n' '> ' '#corpus\n' '> ' '\004'
out "documents"
out "?name"
out 21
out ".. "
out 105
out 205
out "on purpose"
out "5kept"

session "interrupts" \
  '> ' 'print("loo" .. "ping") while true do end\n' 'looping' '\003' \
  '> ' '"after" .. " the loop"\n' \
  '> ' 'coroutine.wrap(function () print("spin" .. "ning")\n' \
  '.. ' 'while true do pcall(error) end end)()\n' 'spinning' '\003' \
  '> ' '"after" .. " the coroutine"\n' \
  '> ' 'dropped' 'dropped' '\003' '> ' 'if true then\n' '.. ' '\003' \
  '> ' '"after" .. " the line"\n' '> ' '\004'
out "after the loop"
out "after the coroutine"
out "after the line"
no_out "dropped\""

# What is typed ahead, while the corpus is read or a line runs, is not lost.
session "typed before the prompt" '' '20 + 1\n"a" .. "head"\n\004'
out 21
out ahead
session "typed while a line runs" \
  '> ' 'print("loo" .. "ping") while true do end\n' \
  'looping' '\003"after" .. " the loop"\n\004'
out "after the loop"

# A Ctrl-C empties the terminal's queue, so the line that it meets is dropped,
# stopped or done, as it falls; but what comes behind it is a line of its own.
session "Ctrl-C among lines" '> ' 'dropped\003\n"after" .. " the line"\n' \
  'after the line' 'if true then\n\003\n"after" .. " the block"\n' \
  'after the block' 'while true do end\n\003\n"after" .. " the loop"\n\004'
out "after the loop"

# Here it falls into the moment in which a line is taken and begins to run.
set --
for _ in 1 2 3 4 5 6 7 8; do
  set -- "$@" '> ' 'while true do end\n' 'end\015\n' '\003' \
              '> ' 'if true then\n' 'then\015\n' '\003'
done
session "Ctrl-C at once" "$@" '> ' '"after" .. " all"\n' '> ' '\004'
out "after all"

# A paste of which Ctrl-C takes away the end.
session "Ctrl-C in a paste" '> ' 'z\033[200~half' z '\003' \
  '> ' '"after" .. " the paste"\n' '> ' '\004'
out "after the paste"

echo "print(1)" >seeds.lua
session "completion and help" \
  '> ' 'corp\t' 'corpus' ':gmat\t' ':gmatch' '\025?corpus:gmatch\n' \
  '\n' '' '> ' '?gmtch\n' '> ' 'print(corpsu)\n' '> ' '\004'
out "corpus:gmatch"

# Each key is typed once the one before it has been shown.
session "completion in marks" \
  '> ' 'corpus[1]:layer "sent\t' 'layer "sentence"' '\025' \
  '' 'corpus:doc "3-\t' 'doc "3-policy.txt' '\025' '' 'corpus:mentions "LSOM\t' 'LSOMFA' '\025' \
  '' ':lay\t' ':layers' '\025' '' ':load seeds.l\t' 'seeds.lua' '\025' \
  '' ':try 3 seeds.l\t' 'seeds.lua' '\025' \
  '' 'corpus[1].tit\t' 'corpus[1].title' '\025' '' 'lesdiplo.query.wor\t' 'query.word' '\025' \
  '' ':plan lesdiplo.query.wor\t' 'query.word' '\025\004'
no_out "error:"

session "commands" \
  '> ' 'said = corpus:find(lesdiplo.query.word "said")\n' '> ' 'said\n' '> ' ':why 2\n' \
  'said' '' '> ' 'corpus:kwic "said"\n' 'rows)' '' '> ' ':why 99\n' 'no row 99' '' \
  '> ' ':mode csv\n' '> ' ':docs\n' 'n,id,date' '' '> ' ':mode cvs\n' 'csv' '' \
  '> ' ':layers\n' 'sentence,' '' '> ' ':plan lesdiplo.query.word "said" * lesdiplo.query.any\n' \
  'choice' '' '> ' ':near lesdiplo.query.word "said" * lesdiplo.query.word "that"\n' 'missing,' '' \
  '> ' ':whynot lesdiplo.query.word "said" * lesdiplo.query.word "that", corpus[1]\n' 'expected' '' \
  '> ' ':time\n' 'the last line took' '' '> ' ':limits\n' 'max-memory' '' '> ' ':rights\n' 'nothing else' '' \
  '> ' ':doctor\n' 'Landlock' '' '> ' ':help concordance\n' 'corpus:kwic' '' '> ' ':hlp\n' ':help' '' \
  '> ' ':load\n' ':load FILE' '' '> ' ':load missing.lua\n' 'missing.lua' '' \
  '> ' ':try 2 seeds.lua\n' '2 of 5 documents took' '' '> ' ':try 0 seeds.lua\n' 'how many documents' '' \
  '> ' ':try seeds.lua\n' 'which script' '' '> ' ':try 2 missing.lua\n' 'missing.lua' '' \
  '> ' ':corpus\n' 'documents' '' '> ' ':corpus missing\n' 'missing' '' '> ' '_2 and "kept" or "lost"\n' 'kept' '' \
  '> ' ":corpus $top/seeds/4-communique.txt\\n" '1 documents' '' '> ' '"it has " .. #corpus\n' 'it has 1' '' '> ' ':quit\n'

session "the session as a script" \
  '> ' 'q = lesdiplo.query\n' '> ' 'n = 1 error "on purpose"\n' '> ' 'n\n' '> ' '?corpus.find\n' \
  '> ' 'hits = corpus:find(q.word "said")\n' '> ' '#hits\n' '> ' 'lost = 1\n' '> ' ':undo\n' \
  '> ' '#hits > 3 and "many" or\n' '.. ' '"few"\n' '> ' ':log\n' '! n = 1' '' '> ' ':save saved.lua\n' written '' \
  '> ' ':save saved.lua\n' 'force' '' '> ' ':quit\n'
try "it runs" 0 "$LESDIPLO" -c "$top/seeds" saved.lua
out many
try "its test passes" 0 "$LESDIPLO" test saved.lua
out "1 passed, 0 failed"
ok "its documents are those that are cited" grep -qx '\[doc.a\]' saved.lua
ok "what was only looked at is a comment" grep -qx -- '-- #hits' saved.lua
ok "what failed, was undone or asked is not there" sh -c '! grep -q "on purpose\|lost\|?corpus" saved.lua'

session "help and commands that are not quite right" \
  '> ' 'help\n' ':layers' '' '> ' '?:save\n' ':save [--force] FILE:' '' '> ' ':d\n' '2 commands' '' \
  '> ' ':set =5\n' 'no name' '' '> ' 'local z = 4\n' 'ends with its line' '' '> ' 'a = 1\n' '> ' 'a = 2\n' '> ' 'a = 3\n' \
  '> ' ':undo x\n' 'how many' '' '> ' ':undo 2\n' '> ' '"a is " .. a\n' 'a is 1' '' '> ' '\004'

session "saved without a test" '> ' 'corpus:doc "4-communique.txt".title\n' '> ' ':save untested.lua\n' \
  'no test is written' '' 'written' '' '> ' ':save\n' 'FILE' '' '> ' ':save --force\n' 'which file' '' \
  '> ' ':save --force untested.lua\n' 'written' '' '> ' '\004'
try "it runs" 0 "$LESDIPLO" -c "$top/seeds" untested.lua
out "Maseru talks"

session "a pasted session" \
  '> ' '> 30 + 1\n' '\n' '' '31' '' \
  '> ' '\033[200~> y = 2\n> y + 40\n42\n> (y\n.. + 50)\n52\033[201~' '52' '\n' \
  '42' '' '52' '' '> ' '\004'
out 31
out 42
out 52
no_out "error:"

session "leaving by a word" '> ' 'quit\n'

ok "history" sh -c "test -s temp/lesdiplo/history-*"
ok "is private" test "$(stat -c %a temp/lesdiplo/history-*)" = 600
ok "holds a line" grep -qx 'x = 5' temp/lesdiplo/history-*
ok "holds a block" sh -c "grep -A2 -x 'for i = 1, 2 do' temp/lesdiplo/history-* | grep -qx end"

TERM=dumb
session "a dumb terminal" \
  '> ' '20 + 1\n' 21 '' '> ' 'if true then\n' '.. ' '\003' \
  '> ' 'if true then\n' '.. ' 'print(7 * 9)\n' '.. ' 'end\n' '> ' '\004'
out 21
out 63
no_out "$(printf '\033')"
session "typed ahead to it" '' '20 + 1\n"a" .. "head"\n\004'
out ahead

try "no terminal: a script" 0 sh -c "echo 'print(20 + 1)' | '$LESDIPLO'"
out_is 21
try "-o is for scripts" 2 "$TYPIST" 80x24 -- "$LESDIPLO" -o x
out "-o wants a script"
finish
