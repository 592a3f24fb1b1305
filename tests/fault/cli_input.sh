#!/bin/sh
# Documents that cannot be read, or only with doubt: each is named with its
# reason, and the rest of the corpus is read.
. tests/fault/cli.inc

count='print(#corpus)'
texts='for d in corpus:docs() do print(d.id, #d.text) end'

try "missing" 3 "$LESDIPLO" -c nowhere -e "$count"
err "nowhere"
err "No such file"
mkdir empty
try "empty folder" 3 "$LESDIPLO" -c empty -e "$count"
err "empty"
mkdir -p hidden/.git
echo text >hidden/.git/a.txt
try "only hidden files" 3 "$LESDIPLO" -c hidden -e "$count"

mkdir bad
printf 'Maseru, 5 May. The minister came.\n' >bad/a.txt
printf '\177ELF\2\1\1\0\0\0\0\0\0\0\3\0\76\0\1\0\0\0\0\0' >bad/binary
printf 'The m\303\255nister\377 came to R\303\264me\300.\n' >bad/latin.txt
printf 'The minis\0ter came.\n' >bad/nul.txt
: >bad/empty.txt
printf ' \n\t\n  \302\240\n' >bad/white.txt
printf '%s\n%s\n%s\n' '{"id":"one","text":"The first text."}' \
  '{"id":"two","text":"The sec' '{"id":"three","text":"The third text."}' \
  >bad/lines.jsonl
printf 'Last. The end.\n' >bad/z.txt
try "bad neighbours" 0 "$LESDIPLO" -c bad -e "$texts"
for id in a.txt latin.txt one three z.txt; do out "$id"; done
no_out binary
no_out two
for file in binary latin.txt nul.txt empty.txt white.txt; do
  err "warning: $file"
done
err "lines.jsonl:2: "
try "-q is quiet" 0 "$LESDIPLO" -q -c bad -e "$count"
quiet
try "annotate them all" 0 "$LESDIPLO" annotate -c bad --layers document,block,sentence,token
cp .out all.jsonl
try "what was read holds" 0 "$LESDIPLO" verify -c bad all.jsonl
err " hold, 0 do not"
try "one bad file alone" 3 "$LESDIPLO" annotate bad/binary
err "binary"

if [ "$(id -u)" -ne 0 ]; then
  mkdir locked
  echo "A text." >locked/a.txt
  echo "A text." >locked/b.txt
  chmod 0 locked/a.txt
  try "unreadable file" 0 "$LESDIPLO" -c locked -e "$count"
  out_is 1
  err "a.txt"
  err "Permission denied"
  chmod 0 locked
  try "unreadable folder" 3 "$LESDIPLO" -c locked -e "$count"
  chmod 700 locked
fi

mkdir -p round/trip
echo "A text." >round/a.txt
ln -s .. round/trip/back
ln -s self round/self
ln -s nowhere round/gone
try "links in a circle" 0 "$LESDIPLO" -c round -e "$count"
out_is 1
err "warning: trip/back"
err "warning: gone"

mkdir many
i=0
while [ $i -lt 25 ]; do
  : >many/$i.txt
  i=$((i + 1))
done
echo "A text." >many/text.txt
try "many warnings" 0 "$LESDIPLO" -c many -e "$count"
err "5 more; -v shows them all"
ok "twenty of them" test "$(wc -l <.err)" -eq 21
try "all warnings" 0 "$LESDIPLO" -v -c many -e "$count"
no_err "more; -v"
ok "twenty-five and a sum" test "$(wc -l <.err)" -eq 26

try "several corpora" 0 "$LESDIPLO" -c round/a.txt -c bad/a.txt -c bad/z.txt -e "$count"
out_is 3
try "little memory" 4 "$LESDIPLO" --max-memory 4K -c "$top/seeds" -e "$count"
err "memory"
mkfifo pipe
try "a pipe is no document" 3 "$LESDIPLO" -c pipe -e "$count"

# What documents hold is shown on a terminal, not obeyed.
printf 'A \033[31mred\033[0m word, \302\233 and more.\n' >bad/escape.txt
if terminal "escape sequences"; then
  try "escape sequences" 0 "$TYPIST" 80x24 -- \
    "$LESDIPLO" -c bad/escape.txt -e 'print(corpus[1].text)'
  out '\x1b[31mred'
  out '\x9b and'
fi
try "as they are in a pipe" 0 "$LESDIPLO" -c bad/escape.txt -e 'print(corpus[1].text)'
out "$(printf '\033[31mred')"

# verify
try "nothing claimed" 1 "$LESDIPLO" verify -c bad bad/a.txt
err "claims nothing"
try "no such file" 3 "$LESDIPLO" verify -c bad nowhere.jsonl
err "nowhere.jsonl"
sed 's/The third/The thyrd/' bad/lines.jsonl >changed && cp changed bad/lines.jsonl
try "a byte changed" 1 "$LESDIPLO" verify -c bad all.jsonl
out "all.jsonl:"
out "three"
no_out "one"
no_out "z.txt"
try "from standard input" 1 sh -c "'$LESDIPLO' verify -c bad <all.jsonl"
out "-:"
err " do not"
finish
