#!/bin/sh
# The worker process: what it has, what its end means, and its pipes.
# memcheck: no, it is a process of another kind
. tests/fault/cli.inc

# A reader that goes away ends the script, without a word.
began=$(date +%s%N)
try "head" 0 sh -c "'$LESDIPLO' -e 'while true do print(1) end' | head -n 1"
out_is 1
name="head: time"
took=$((($(date +%s%N) - began) / 1000000))
if [ $took -lt 3000 ]; then good; else bad "took $took ms"; fi
try "head, and a script that prints no more" 0 sh -c \
  "timeout 10 '$LESDIPLO' -e 'for i = 1, 1e5 do print(i) end while true do end' | head -n 1"
out_is 1

# A slow reader, much output, and stderr as well: nothing is lost or stuck.
try "a slow reader" 0 sh -c \
  "'$LESDIPLO' -e 'for i = 1, 50000 do print((\"x\"):rep(100)) end' | { sleep 1; wc -l; }"
out 50000
try "both at once" 0 "$LESDIPLO" -e 'for i = 1, 20000 do print(i, ("x"):rep(50)) warn(("y"):rep(50)) end'
name="every line of stdout"
if [ "$(wc -l <"$WORK/.out")" -eq 20000 ]; then good; else bad "lines are missing"; fi
name="every line of stderr"
try "again" 0 "$LESDIPLO" -e 'for i = 1, 20000 do warn("y" .. i) end'
if [ "$(wc -l <"$WORK/.err")" -eq 20000 ]; then good; else bad "lines are missing"; fi
try "one large string" 0 sh -c "'$LESDIPLO' -e 'print((\"x\"):rep(30000000))' | wc -c"
out 30000001

# Where results cannot go
if [ -c /dev/full ]; then
  try "a full disk" 3 sh -c "'$LESDIPLO' -e 'for i = 1, 1e6 do print(i) end' >/dev/full"
  err "cannot"
fi

# What the corpus is not
try "no corpus" 3 "$LESDIPLO" -c nowhere -e 'print(#corpus)'
err nowhere
mkdir empty
try "an empty folder" 3 "$LESDIPLO" -c empty -e 'print(#corpus)'

# Its standard input is empty, its descriptors are its own: seen in /proc of
# the worker while it runs.
if [ -d /proc/self/fd ]; then
  : >some
  "$LESDIPLO" -e 'while true do end' 9<some <some >/dev/null 2>&1 &
  child=$!
  sleep 0.5
  worker=$(cat /proc/$child/task/$child/children)
  set -- $worker
  name="a worker runs"
  if [ $# -eq 1 ]; then good; else bad "its children are: $worker"; fi
  # nobody but root looks into a worker that the kernel holds
  if ls /proc/$1/fd >/dev/null 2>&1; then
    name="its descriptors"
    held=$(ls /proc/$1/fd | sort -n | tr '\n' ' ')
    if [ "$held" = "0 1 2 3 4 " ]; then good; else bad "it holds $held"; fi
    name="its standard input"
    if [ "$(readlink /proc/$1/fd/0)" = /dev/null ]; then good; else bad "is not /dev/null"; fi
  else
    name="it is closed to us, not to root"
    if [ "$(id -u)" -ne 0 ]; then good; else bad "/proc/$1/fd cannot be read"; fi
  fi
  name="no new rights"
  if grep -q 'NoNewPrivs:.1' /proc/$1/status; then good; else bad "can gain rights"; fi
  name="no core dumps"
  if grep -q 'Max core file size *0' /proc/$1/limits; then good; else bad "can dump core"; fi
  # it does not outlive its parent
  kill -KILL $child
  wait $child 2>/dev/null
  sleep 0.2
  name="it dies with its parent"
  if [ -d /proc/$1 ] && ! grep -q '^State:.Z' /proc/$1/status; then bad "it lives on"; kill -KILL $1
  else good; fi

  # killed from outside
  "$LESDIPLO" -e 'print "begun" while true do end' >"$WORK/.out" 2>"$WORK/.err" &
  child=$!
  sleep 0.5
  kill -SEGV $(cat /proc/$child/task/$child/children)
  wait $child
  status=$?
  name="a worker that dies"
  if [ $status -eq 4 ]; then good; else bad "exit code $status, not 4"; fi
  err "died of signal 11"
fi

# Descriptors 0 to 2 closed in the parent
try "no standard input" 0 sh -c "'$LESDIPLO' -e 'print(1)' <&-"
out_is 1
try "no stderr" 0 sh -c "'$LESDIPLO' -e 'print(1)' 2>&-"
out_is 1

# A stack that Lua and LPeg can recurse in
try "nested predicates" 1 "$LESDIPLO" -e '
  local p = lpeg.P(1)
  for i = 1, 5000 do p = #p end
  print(p:match "x") error "done"'
err done

finish
