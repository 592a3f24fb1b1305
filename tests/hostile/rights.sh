#!/bin/sh
# What is granted to a script and what is not: every flag allows what it names,
# and nothing beside it; every refusal names the flag that would allow it.
# memcheck: no, it starts programs
. tests/fault/cli.inc

# refused NAME FLAG OPTIONS... CHUNK: not allowed, with the kernel's help and
# without it; the message names FLAG
refused () {
  what=$1 flag=$2
  shift 2
  for how in kernel none; do
    try "$what ($how)" 5 "$LESDIPLO" --isolation $how "$@"
    err "$flag"
  done
}

# is_gone WORDS: no process was started with these
is_gone () {
  for file in /proc/[0-9]*/cmdline; do
    tr '\0' ' ' <"$file" 2>/dev/null | grep -qx "$1" && return 1
  done
  return 0
}

# granted NAME OUTPUT OPTIONS... CHUNK
granted () {
  what=$1 wanted_out=$2
  shift 2
  for how in kernel none; do
    try "$what ($how)" 0 "$LESDIPLO" --isolation $how "$@"
    out_is "$wanted_out"
  done
}

mkdir -p data/inner other
echo inside >data/a.txt
echo deep >data/inner/b.txt
echo secret >other/c.txt
echo quoted >"data/two words'.txt"
printf 'one\ntwo\nlast' >data/lines.txt
ln -s ../other/c.txt data/out
ln -s inner/b.txt data/in
ln -s ../other data/folder
mkfifo data/pipe

# Reading
refused "a file" "--allow-read data/a.txt" -e 'files.open "data/a.txt"'
refused "the password file" "--allow-read /etc/passwd" -e 'files.open "/etc/passwd"'
refused "its own memory" "--allow-read /proc/self/mem" -A -e 'files.open "/proc/self/mem"'
refused "our environment" "--allow-read /proc/self/environ" --allow-read / -e 'files.open "/proc/self/environ"'
refused "a name to quote" "--allow-read 'data/two words'\\''.txt'" -e "files.open \"data/two words'.txt\""
refused "what is not there" "--allow-read other/none" --allow-read data -e 'files.open "other/none"'
refused "no name" "may not read ''" --allow-read data -e 'files.open ""'
granted "a granted file" inside --allow-read data/a.txt -e 'print((files.open "data/a.txt":read():gsub("\n", "")))'
granted "in a granted folder" deep --allow-read ./data/ -e 'print((files.open "data/inner/b.txt":read(4)))'
granted "by another way" inside --allow-read data -e 'print(files.open "other/../data//./a.txt":read(6))'
granted "a link inside" deep --allow-read data -e 'print(files.open "data/in":read(4))'
refused "a link out" "--allow-read data/out" --allow-read data -e 'files.open "data/out"'
refused "a folder's link out" "--allow-read data/folder/c.txt" --allow-read data -e 'files.open "data/folder/c.txt"'
refused ".." "--allow-read" --allow-read data -e 'files.open "data/../other/c.txt"'
refused "a name that begins alike" "--allow-read" --allow-read dat -e 'files.open "data/a.txt"'
refused "another file" "--allow-read" --allow-read data/a.txt -e 'files.open "data/lines.txt"'
refused "denied" "--deny-read" --allow-read data --deny-read data/inner -e 'files.open "data/inner/b.txt"'
refused "denied, by a link" "--deny-read" -A --deny-read data/inner -e 'files.open "data/in"'
granted "beside what is denied" inside --allow-read data --deny-read data/inner -e 'print(files.open "data/a.txt":read(6))'
granted "all" secret -A -e 'print(files.open "data/out":read(6))'
granted "what cannot be read is no error" "nil	data/none: No such file or directory
nil	data: it is a folder
nil	data/pipe: it is no file" --allow-read data -e '
  print(files.open "data/none") print(files.open "data") print(files.open "data/pipe")'
granted "lines" "one|two|last|" --allow-read data -e '
  local all = "" for line in files.open "data/lines.txt":lines() do all = all .. line .. "|" end print(all)'
granted "a refusal can be caught" "false	true" -e '
  local ok, why = pcall(files.open, "x") print(ok, why:find("--allow-read x", 1, true) ~= nil)'
granted "closed while it is read" "one
false" --allow-read data -e '
  local f = files.open "data/lines.txt"
  print((select(2, pcall(function () for line in f:lines() do print(line) f:close() end end))) == nil)'
granted "a closed file" "false
nil" --allow-read data -e '
  local f = files.open "data/a.txt" f:close() f:close() print((pcall(f.read, f)))
  local g <close> = files.open "data/lines.txt" g:read() print(g:read(1))'
granted "its metatable is out of reach" "false	nil" --allow-read data -e '
  local f = files.open "data/a.txt" print(getmetatable(f), f.__gc)'
try "a path with a NUL" 1 "$LESDIPLO" -A -e 'files.open "data/a.txt\0"'
try "the same, many" 0 "$LESDIPLO" --allow-read data -e '
  for i = 1, 2000 do files.open "data/a.txt" end
  print "done"'

# Writing
refused "a file" "--allow-write ." -e 'out.open "x"'
refused "in a folder" "--allow-write results" -e 'out.open "results/x"'
refused "in another folder" "--allow-write data" --allow-write results -e 'out.open "data/x"'
refused "denied" "--deny-write" -A --deny-write results -e 'out.open "results/x"'
ok "nothing was written" sh -c '! test -e results && ! test -e x'
for how in kernel none; do
  rm -rf results
  try "an output" 0 "$LESDIPLO" --isolation $how --allow-write results -e '
    local o = out.open "x.csv" o:write("a,b\n", 1, "\n"):write(("y"):rep(200000)) o:close() o:close()
    out.open "results/y":write "left open"'
  ok "is whole" sh -c 'test $(wc -c <results/x.csv) -eq 200006 && grep -q "left open" results/y'
  ok "nothing is left beside it" sh -c 'test "$(ls -A results | tr "\n" " ")" = "x.csv y "'
done
for name in ../x a/b/c .hidden '' x/../../y '/tmp/x' 'results/../x'; do
  try "the name '$name'" 0 "$LESDIPLO" --allow-write results -e "print(out.open '$name')"
  out "plain name"
done
echo mine >results/x.csv
try "a file that is there" 0 "$LESDIPLO" --allow-write results -e 'print(out.open "x.csv")'
out "--force"
try "is replaced when told to" 0 "$LESDIPLO" --force --allow-write results -e 'out.open "x.csv":write "new"'
ok "by the new one" grep -qx new results/x.csv
try "but not when the script fails" 1 "$LESDIPLO" --force --allow-write results -e 'out.open "x.csv":write "half" error "x"'
try "is stopped" 4 "$LESDIPLO" --force --max-time 0.3 --allow-write results -e 'out.open "x.csv":write "half" while true do end'
try "is killed" 4 "$LESDIPLO" --force --max-time 0.3 --allow-write results -e '
  out.open "x.csv":write(("half"):rep(100000)) string.find(("x"):rep(50000), (".-"):rep(12) .. "b")'
ok "what was there stays" grep -qx new results/x.csv
ok "and nothing else" sh -c 'test "$(ls -A results | tr "\n" " ")" = "x.csv y "'
ln -s /etc/passwd results/link
try "a link in the output's place" 0 "$LESDIPLO" --force --allow-write results -e 'out.open "link":write "new"'
ok "is replaced, not followed" sh -c '! test -L results/link && grep -qx new results/link'
try "under another name" 0 "$LESDIPLO" --allow-write reports=other -e 'out.open "reports/r":write "r"'
ok "it goes where it is told" grep -qx r other/r
try "an endless output" 4 "$LESDIPLO" --max-output 1M --allow-write results -e '
  local o = out.open "big" while true do o:write(("x"):rep(60000)) end'
err "--max-output"
ok "is not kept" sh -c '! test -e results/big'
try "several that are too large" 4 "$LESDIPLO" --max-output 1M --allow-write results -e '
  for i = 1, 3 do out.open("big" .. i):write(("x"):rep(400000)):close() end'
err "writes more than 1 MB, the limit (--max-output)"
try "that is no error to catch and go on with" 4 "$LESDIPLO" --max-output 1M --allow-write results -e '
  local o = out.open "big" while true do pcall(o.write, o, ("x"):rep(400000)) end'
try "too many" 0 "$LESDIPLO" --allow-write results -e '
  for i = 1, 101 do local o, why = out.open("f" .. i) if not o then print(i, why) end end'
out "101	f101: a script writes at most 100 files"

# Variables
CANARY=bird
export CANARY
granted "a variable that is not granted is nil" nil -e 'print(env.CANARY)'
granted "one that is" bird --allow-env CANARY -e 'print(env.CANARY)'
granted "another one" nil --allow-env OTHER -e 'print(env.CANARY)'
granted "a denied one" nil -A --deny-env CANARY -e 'print(env.CANARY)'
granted "all" bird -A -e 'print(env.CANARY)'

# Programs
refused "a program" "--allow-run sort" -e 'run{"sort"}'
refused "another one" "--allow-run sh" --allow-run sort -e 'run{"sh", "-c", "id"}'
refused "by its path" "--allow-run /bin/sort" --allow-run sort -e 'run{"/bin/sort"}'
refused "denied" "--deny-run" -A --deny-run sort -e 'run{"sort"}'
granted "a granted one" "a
b
	0" --allow-run sort -e 'print(run{"sort", input = "b\na\n"})'
granted "its end" "	3" --allow-run sh -e 'print(run{"sh", "-c", "exit 3"})'
granted "one that is not there" "nil	/no/such: No such file or directory" --allow-run /no/such -e 'print(run{"/no/such"})'
granted "no shell" '$(id) `id` ;' --allow-run printf -e 'print((run{"printf", "%s", "$(id) `id` ;"}))'
granted "much input, none read" 0 --allow-run true -e 'print(select(2, run{"true", input = ("x"):rep(1000000)}))'
granted "much both ways" 3000000 --allow-run cat -e 'print(#run{"cat", input = ("x"):rep(3000000)})'
granted "several, one after the other" 20 --allow-run true -e '
  local n = 0 for i = 1, 20 do if select(2, run{"true"}) == 0 then n = n + 1 end end print(n)'
try "one that does not end" 4 "$LESDIPLO" --max-time 0.5 --allow-run sleep -e 'run{"sleep", "54321"}'
err "0.5 seconds"
ok "is ended" is_gone "sleep 54321 "
try "nor what it started" 4 "$LESDIPLO" --max-time 0.5 --allow-run sh -e 'run{"sh", "-c", "sleep 54322 & sleep 54322"}'
ok "is ended" is_gone "sleep 54322 "

# What a header asks for, all of it at once
cat >asks.lua <<'END'
--[==[ lesdiplo-script 1
name = "asks"
summary = "Reads a table"
[needs]
read = ["data/a.txt"]
write = ["results"]
env = ["CANARY"]
]==]
print(env.CANARY, (files.open "data/a.txt":read(6)))
END
try "a header's needs" 5 "$LESDIPLO" asks.lua
err "--allow-read data/a.txt --allow-write results --allow-env CANARY"
no_out bird
try "some are granted" 5 "$LESDIPLO" --allow-read data --allow-write x/results asks.lua
err "--allow-env CANARY"
no_err "--allow-read"
try "all are" 0 "$LESDIPLO" --allow-read data --allow-write x/results --allow-env CANARY asks.lua
out_is "bird	inside"
try "-A" 0 "$LESDIPLO" -A asks.lua
try "one is denied" 5 "$LESDIPLO" -A --deny-env CANARY asks.lua
err "--deny-env says so"
try "a header grants nothing by itself" 5 "$LESDIPLO" --no-prompt asks.lua

# What was used is noted
try "a record" 0 "$LESDIPLO" --audit audit.jsonl --allow-read data --allow-env CANARY -e '
  files.open "data/a.txt" pcall(files.open, "other/c.txt") print(env.CANARY)
  pcall(out.open, "results/z.csv")'
ok "a line each" sh -c 'test $(wc -l <audit.jsonl) -eq 4'
ok "an output by its name" grep -q '"right":"write","what":"results/z.csv","granted":false}' audit.jsonl
ok "what was granted" grep -q '"right":"read","what":"data/a.txt","granted":true}' audit.jsonl
ok "and what was not" grep -q '"right":"read","what":"other/c.txt","granted":false}' audit.jsonl
ok "it is the user's alone" sh -c 'test "$(stat -c %a audit.jsonl)" = 600'
try "a record has an end" 0 "$LESDIPLO" --audit many.jsonl -e 'for i = 1, 10100 do pcall(files.open, "x") end'
ok "of ten thousand" sh -c 'test $(wc -l <many.jsonl) -eq 10000'
try "a record that cannot be kept" 3 "$LESDIPLO" --audit no/where -e 'print(1)'
no_out 1

# There is no network, no other way out.
for name in socket http; do
  try "$name" 1 "$LESDIPLO" -A -e "$name.get 'x'"
  err "scripts have no network"
done
for name in net connect fetch; do
  try "$name" 1 "$LESDIPLO" -A -e "$name.get 'x'"
done

finish
