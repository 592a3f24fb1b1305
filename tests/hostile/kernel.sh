#!/bin/sh
# What a worker is while it runs, seen from outside, and systems that lack part
# of what closes it: tests/tool/oldkernel.c takes it from them.
# memcheck: no, it is a process of another kind
. tests/fault/cli.inc
OLD=$top/$BUILD/tests/tool/oldkernel

# status FIELD: of the worker, from /proc
status () { sed -n "s/^$1:[[:space:]]*//p" "/proc/$worker/status"; }

if "$OLD" nothing true 2>/dev/null; then
  "$LESDIPLO" -e 'print "begun" while true do end' >"$WORK/.out" 2>"$WORK/.err" &
  child=$!
  while ! grep -q begun "$WORK/.out"; do sleep 0.05; done
  worker=$(cat /proc/$child/task/$child/children)
  worker=${worker% }
  name="no new rights"
  if [ "$(status NoNewPrivs)" = 1 ]; then good; else bad "can gain some"; fi
  name="a filter for its calls"
  if [ "$(status Seccomp)" = 2 ]; then good; else bad "has none"; fi
  name="both of its threads have it"
  for thread in /proc/$worker/task/*; do
    if grep -q '^Seccomp:.2' "$thread/status"; then good; else bad "$thread has none"; fi
  done
  name="a limit on data"
  if grep -q 'Max data size *[0-9]' /proc/$worker/limits || [ "$BUILD" != build ]
  then good; else bad "has none"; fi
  kill $child
  wait $child
fi

# A kernel without Landlock: the filter for calls alone serves ...
try "without Landlock" 0 "$OLD" files "$LESDIPLO" -e 'print(#corpus)'
out_is 5
quiet
echo 'print "ran"' >script.lua
try "a script, without Landlock" 0 "$OLD" files "$LESDIPLO" script.lua
out_is ran
quiet
# ... unless something is to be read while it runs.
printf 'id,kind,name\nX1,org,Example Union\n' >own.csv
try "a table to read, without Landlock" 5 "$OLD" files "$LESDIPLO" --entities own.csv script.lua
err "no Landlock"
err "--isolation none"
try "in our own words" 0 "$OLD" files "$LESDIPLO" --entities own.csv -e 'print(lesdiplo.entity("X1").name)'
out_is "Example Union"
err "warning: this system has no Landlock"

# A kernel without filters: files are closed all the same.
try "without seccomp" 0 "$OLD" calls "$LESDIPLO" script.lua
out_is ran
quiet

# Neither: what was typed runs and is told once; a script in a file does not.
try "with neither" 0 "$OLD" both "$LESDIPLO" -e 'print "typed"'
out_is typed
err "warning: this system has no sandbox"
name="it is said once"
if [ "$(grep -c sandbox "$WORK/.err")" -eq 1 ]; then good; else bad "not once"; fi
try "a script, with neither" 5 "$OLD" both "$LESDIPLO" script.lua
err "--isolation none"
no_out ran
try "a script on standard input, with neither" 5 sh -c "'$OLD' both '$LESDIPLO' - <script.lua"
try "trusted by the user" 0 "$OLD" both "$LESDIPLO" --isolation none script.lua
out_is ran
quiet
try "the verbs are ours" 0 "$OLD" both "$LESDIPLO" kwic --most 1 Maseru

finish
