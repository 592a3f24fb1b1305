#!/bin/sh
# What is written is whole, or not there; what cannot be written is told.
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
