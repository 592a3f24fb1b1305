#!/bin/sh
# What is written is whole, or not there; what cannot be written is told.
# memcheck: no, it opens what is closed, and takes signals first
. tests/fault/cli.inc

rows='for i = 1, 3 do lesdiplo.emit({ n = i, word = "a" .. i }, { "n", "word" }) end'

try "-o" 0 "$LESDIPLO" -o rows.tsv -e "$rows"
ok "rows in the file" test "$(wc -l <rows.tsv)" -eq 4
try "-o by its ending" 0 "$LESDIPLO" -o rows.csv -e "$rows"
ok "commas" grep -q '^2,a2' rows.csv
try "-o with -f" 0 "$LESDIPLO" -f jsonl -o rows.csv -e "$rows"
ok "not by its ending" grep -q '^{"n":2,' rows.csv
try "-o -" 0 "$LESDIPLO" -o - -e "$rows"
out "a2"

echo old >kept.csv
chmod 640 kept.csv
try "an error midway" 1 "$LESDIPLO" -o kept.csv -e "$rows" -e 'error "midway"'
err "midway"
err "kept.csv was not written"
ok "is as it was" grep -qx old kept.csv
try "a limit midway" 4 "$LESDIPLO" --max-time 0.3 -o kept.csv -e "$rows" -e 'while true do end'
ok "is as it was" grep -qx old kept.csv
try "and now well" 0 "$LESDIPLO" -o kept.csv -e "$rows"
ok "is new" grep -q '^1,a1' kept.csv
ok "has its rights" test "$(stat -c %a kept.csv)" = 640
ln -s kept.csv link.csv
try "through a link" 0 "$LESDIPLO" -o link.csv -e 'print "linked"'
ok "the link stays" test -L link.csv
ok "the file is new" grep -qx linked kept.csv
try "nothing left behind" 0 sh -c 'ls -A'
no_out ".kept.csv"
no_out ".rows"

try "no folder" 3 "$LESDIPLO" -o nowhere/rows.csv -e "$rows"
err "nowhere/rows.csv"
try "a folder" 3 "$LESDIPLO" -o . -e "$rows"
err "cannot write ."
try "a full disk" 3 "$LESDIPLO" -o /dev/full -e "$rows"
err "No space left"
try "standard output on a full disk" 3 sh -c "'$LESDIPLO' -e '$rows' >/dev/full"
err "cannot write standard output: No space left"
try "annotate on a full disk" 3 sh -c \
  "'$LESDIPLO' annotate -c '$top/seeds' >/dev/full"
try "help on a full disk" 3 sh -c "'$LESDIPLO' --help >/dev/full"
try "closed output" 3 sh -c "'$LESDIPLO' --help >&-"
try "annotate -o" 0 "$LESDIPLO" annotate -c "$top/seeds" -o all.jsonl
try "is the same" 0 sh -c "'$LESDIPLO' annotate -c '$top/seeds' | cmp - all.jsonl"

# Every verb tells it, whatever it was that it could not write.
sed 's/"text":"/&x/' all.jsonl >wrong.jsonl
echo 'print(1)' >one.lua
for command in "annotate -c '$top/seeds'" "verify -c '$top/seeds' wrong.jsonl" \
    "-f html -c '$top/seeds' '$top/examples/1-first-look.lua'" "--version" \
    "help corpus:gmatch" "-e 'print(1)'" "- <one.lua"; do
  try "on a full disk: $command" 3 sh -c "'$LESDIPLO' $command >/dev/full"
  err "cannot write standard output: No space left"
  try "to nowhere: $command" 3 sh -c "'$LESDIPLO' $command >&-"
  err "cannot write standard output"
done
# Messages that cannot be written are lost, and nothing else.
try "messages on a full disk" 1 sh -c "'$LESDIPLO' -e 'error(1)' 2>/dev/full"
try "no place for messages" 0 sh -c \
  "'$LESDIPLO' annotate -c '$top/seeds' 2>&- | cmp - all.jsonl"
try "nothing to read, nowhere to say it" 3 sh -c \
  "'$LESDIPLO' annotate -c nosuch 2>&-"
try "all three closed" 1 sh -c "'$LESDIPLO' -e 'error(1)' <&- >&- 2>&-"

# A limit on files is a disk that is full: no signal ends us before we have
# tidied up. A shell's blocks have 512 bytes.
try "past a limit, to a file" 3 sh -c \
  "ulimit -f 2; '$LESDIPLO' annotate -c '$top/seeds' -o limit.jsonl"
err "cannot write limit.jsonl: File too large"
try "past a limit, rows" 3 sh -c "ulimit -f 2
  '$LESDIPLO' -e 'for i = 1, 1e5 do lesdiplo.emit{ n = i } end' -o limit.csv"
err "cannot write limit.csv: File too large"
try "past a limit, standard output" 3 sh -c \
  "ulimit -f 2; '$LESDIPLO' annotate -c '$top/seeds' >limit.out"
err "cannot write standard output: File too large"
try "within a limit" 0 sh -c \
  "ulimit -f 2; '$LESDIPLO' -e 'print(1)' -o limit.txt"
try "nothing left behind" 0 sh -c 'ls -A'
no_out "limit.jsonl"
no_out "limit.csv"

# A disk that is full in earnest: the old file stays, and there is no new one.
mkdir disk
if mount -t tmpfs -o size=64k tmpfs disk 2>/dev/null; then
  echo old >disk/all.jsonl
  try "a small disk" 3 "$LESDIPLO" annotate -c "$top/seeds" -o disk/all.jsonl
  err "cannot write disk/all.jsonl: No space left"
  ok "is as it was" grep -qx old disk/all.jsonl
  try "nothing left on it" 0 ls -A disk
  out_is all.jsonl
  try "what fits is written" 0 "$LESDIPLO" -o disk/all.jsonl -e 'print "new"'
  ok "is new" grep -qx new disk/all.jsonl
  umount disk
else
  echo "left out: a small disk (mounting is not allowed here)"
fi

# A reader that goes away ends the run, without a word.
try "head of rows" 0 sh -c \
  "{ '$LESDIPLO' -f jsonl -e 'for i = 1, 1e9 do lesdiplo.emit{ n = i } end'
     echo \$? >code; } | head -n 1"
out_is '{"n":1}'
quiet
ok "and well" grep -qx 0 code
try "head of prints" 0 sh -c \
  "'$LESDIPLO' -e 'while true do print(1) end' | head -n 1"
quiet
try "head of annotate" 0 sh -c \
  "'$LESDIPLO' annotate -c '$top/seeds' --layers token | head -n 1"
quiet
# What verify found stands, whoever stopped listening.
for i in 1 2 3 4 5 6 7 8; do cat wrong.jsonl; done >worse.jsonl
try "head of verify" 0 sh -c \
  "{ '$LESDIPLO' verify -c '$top/seeds' worse.jsonl; echo \$? >code; } |
   head -n 1"
ok "and does not hold" grep -qx 1 code

# Signals: what was printed stays, the file does not.
cat >slow.lua <<'END'
print "begun"
while true do end
END
for signal in INT TERM HUP; do
  # a shell without job control starts its background jobs deaf to SIGINT
  env --default-signal=INT "$LESDIPLO" slow.lua >.out 2>.err &
  sleep 0.3
  kill -$signal $!
  wait $!
  status=$?
  name="signal $signal"
  if [ $status -eq 4 ]; then good; else bad "exit code $status, not 4"; fi
  out begun
done
"$LESDIPLO" -o slow.out slow.lua 2>.err &
sleep 0.3
kill -TERM $!
wait $!
ok "no file after a signal" sh -c '! ls -A | grep slow.out'
finish
