#!/bin/sh
# Stops: time, memory, interrupts. What a script does to go on does not help,
# what it printed before is kept, and its end has the right exit code.
# memcheck: no, it takes signals first, and is slow
. tests/fault/cli.inc

# limit NAME CHUNK: runs out of time, within a second and the grace of another
limit () {
  began=$(date +%s%N)
  try "$1" 4 timeout 20 "$LESDIPLO" -c "$top/seeds" --max-time 0.3 -e "$2"
  err "0.3 seconds, the limit (--max-time)"
  took=$((($(date +%s%N) - began) / 1000000))
  name="$1: time"
  if [ $took -lt 5000 ]; then good; else bad "took $took ms"; fi
}

limit "a loop" 'while true do end'
limit "pcall loops (row 14)" 'while true do pcall(function () while true do end end) end'
limit "pcall of error" 'while true do pcall(error) end'
limit "pcall in pcall" '
  local function f () while true do pcall(pcall, f) end end
  f()'
limit "xpcall, a looping handler (row 13)" '
  xpcall(function () while true do end end, function () while true do end end)'
limit "xpcall in a handler" '
  local function h () while true do xpcall(error, h) end end
  xpcall(error, h)'
limit "a coroutine (row 15)" 'coroutine.wrap(function () while true do end end)()'
limit "three deep" '
  local function f (n)
    if n == 0 then while true do end end
    coroutine.wrap(f)(n - 1)
  end
  f(3)'
limit "a wrap iterator" '
  for i in coroutine.wrap(function () local n = 0 while true do n = n + 1 coroutine.yield(n) end end) do end'
limit "resume swallows nothing" '
  while true do
    local co = coroutine.create(function () while true do end end)
    coroutine.resume(co)
  end'
limit "coroutines that multiply (row 16)" '
  local function f (n) while true do local c = coroutine.wrap(f) if n < 3 then c(n + 1) end end end
  f(0)'
limit "a closing variable (row 17)" '
  local x <close> = setmetatable({}, {__close = function () while true do end end})
  while true do end'
limit "__tostring" '
  print(setmetatable({}, {__tostring = function () while true do end end}))'
limit "__index" '
  local t = setmetatable({}, {__index = function () while true do end end})
  print(t.x)'
limit "an endless reader (row 25)" 'load(function () return " " end)'
limit "a sort" 'table.sort({1, 2, 3}, function () while true do end end)'
limit "a pattern function" 'lpeg.Cmt(1, function () while true do end end):match "x"'
limit "gmatch" 'while true do for s in corpus:gmatch(lpeg.P "e") do end end'
limit "an error that loops" 'error(setmetatable({}, {__tostring = function () while true do end end}))'

# What no hook reaches is killed one second later.
killed () {
  limit "$1" "$2"
  err "was killed"
}
killed "LPeg" '
  local V = lpeg.V
  local g = lpeg.P{"A", A = "a" * V"A" * "b" + "a" * V"A" * "c" + "a"}
  g:match(("a"):rep(40))'
killed "string.find (row 21)" 'string.find(("x"):rep(50000), (".-"):rep(12) .. "b")'
killed "gsub (row 21)" 'string.gsub(("x"):rep(50000), (".-"):rep(12) .. "b", "")'

# What was printed comes out, held back or not.
try "printed before a stop" 4 "$LESDIPLO" --max-time 0.3 -e '
  print "one" print "two" while true do end'
out one
out two
try "printed before a kill" 4 "$LESDIPLO" --max-time 0.3 -e '
  print "one" print "two" string.find(("x"):rep(50000), (".-"):rep(12) .. "b")'
out two
try "rows before a stop" 4 "$LESDIPLO" --max-time 0.3 -f json -e '
  lesdiplo.emit{a = 1} lesdiplo.emit{a = 2} while true do end'
out '"a":2'
cp .out rows
ok "are whole" sh -c 'tr -d "\n" <rows | grep -q "\]$"'
echo before >kept
try "-o is not written" 4 "$LESDIPLO" -o kept --max-time 0.3 -e 'print(1) while true do end'
ok "what was there stays" grep -q before kept

# The header's limit, and the user's, which wins.
printf -- '--[[ lesdiplo-script 1\n[needs]\nmax_time = 1\n]]\nwhile true do end\n' >slow.lua
try "max_time of a header" 4 "$LESDIPLO" slow.lua
err "1 seconds"
try "--max-time wins" 4 "$LESDIPLO" --max-time 0.2 slow.lua
err "0.2 seconds"

# Memory
memory () {
  try "$1" 4 "$LESDIPLO" --max-memory 20M --max-time 20 -e "$2"
  err "20 MB of memory, the limit (--max-memory)"
}
memory "a table" 'local t = {} while true do t[#t + 1] = {} end'
memory "strings" 'local t = {} while true do t[#t + 1] = ("x"):rep(1000) .. #t end'
memory "pcall does not help" '
  local t = {}
  while true do pcall(function () while true do t[#t + 1] = ("x"):rep(100) .. #t end end) end'
memory "nor do coroutines" '
  local t = {}
  while true do
    coroutine.resume(coroutine.create(function () while true do t[#t + 1] = ("x"):rep(100) .. #t end end))
  end'
memory "one large string" 'return ("x"):rep(100000000)'
memory "doubling" 'local s = "x" while true do s = s .. s end'
try "a large request can be caught (row 19)" 0 "$LESDIPLO" --max-memory 20M -e '
  print(pcall(string.rep, "x", 1 << 30))
  print(pcall(string.rep, "x", 1 << 40))
  print(pcall(function () return ("%99d"):rep(1 << 25):format() end))
  print(collectgarbage "count" < 5000)'
out "not enough memory"
out true
try "garbage is no use of memory" 0 "$LESDIPLO" --max-memory 20M -e '
  for i = 1, 300000 do local s = ("x"):rep(1000) .. i end print "fine"'
out_is fine
printf -- '--[[ lesdiplo-script 1\n[needs]\nmax_memory = "10M"\n]]\nlocal t = {} while true do t[#t + 1] = {} end\n' >big.lua
try "max_memory of a header" 4 "$LESDIPLO" big.lua
err "10 MB"
try "deep recursion" 1 "$LESDIPLO" -e 'local function f () return 1 + f() end f()'
err "stack overflow"
try "a chain of closes (row 18)" 0 "$LESDIPLO" -e '
  local last
  for i = 1, 1000 do
    local before = last
    last = coroutine.create(function ()
      local x <close> = setmetatable({}, {__close = function ()
        local ok, why = pcall(coroutine.close, before)
        if before and not ok then print(why) end
      end})
      coroutine.yield()
    end)
    coroutine.resume(last)
  end
  assert(coroutine.close(last))'
out "too many coroutines close one another"

# Interrupts: the program asks its worker to stop; a second one kills it.
interrupt () {
  name=$1
  # a shell lets what runs in the background ignore SIGINT
  env --default-signal=INT "$LESDIPLO" -e "print 'begun' $2" \
    >"$WORK/.out" 2>"$WORK/.err" &
  child=$!
  sleep 0.4
  kill -"$3" $child
  [ -z "$4" ] || { sleep 0.2; kill -"$4" $child; }
  wait $child
  status=$?
  if [ $status -eq 4 ]; then good; else bad "exit code $status, not 4"; fi
  out begun
}
interrupt "SIGINT" 'while true do end' INT ''
err "stopped"
interrupt "in pcall" 'while true do pcall(function () while true do end end) end' INT ''
interrupt "in a coroutine" 'coroutine.wrap(function () while true do end end)()' INT ''
interrupt "twice" 'string.find(("x"):rep(50000), (".-"):rep(12) .. "b")' INT INT
err killed
interrupt "once, unheard" 'string.find(("x"):rep(50000), (".-"):rep(12) .. "b")' INT ''
err killed
interrupt "SIGTERM" 'while true do end' TERM ''

finish
