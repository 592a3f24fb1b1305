#!/bin/sh
# Tables of entities gone wrong: each bad row is named with its file and line, and
# the others are read; a file that is not there, or is no table, is told at once.
# memcheck: no, one file is large, and its time is bounded
. tests/fault/cli.inc

guard=60
case $BUILD in *asan*) guard=300 ;; esac

mkdir docs
echo "The Basin Bureau met in Maseru. The Upper Works were opened." >docs/a.txt
show='for s in corpus:mentions "BASIN" do print(s.text, s.cite) end'
all='for _, l in ipairs{"org", "place"} do
  for _, s in corpus[1]:layer(l):each() do print(l, s.id, s.text) end end'

# told NAME FILE TEXT...: it is read within the time, with these warnings
told () {
  name=$1 file=$2
  shift 2
  try "$name" 0 timeout $guard "$LESDIPLO" -c docs --entities "$file" -e "$show"
  out "Basin Bureau"
  for text in "$@"; do err "$text"; done
}

# CSV
printf 'id,kind,name,lang,form\nBASIN,org,Basin Bureau,en,\n' >good.csv
told "a good table" good.csv
quiet
cat >bad.csv <<'END'
id,kind,name,lang,form,seat
,org,Nobody,en,,
NEW,,New Thing,en,,
BARE,org,,en,,
BASIN,org,...,en,,
BASIN,org,Basin,English,,
BASIN,org,Basin,en,nick,
BASIN,orgs,Basin,en,,
BASIN,org,a "word" more",en,,,,,x
BASIN,org
"BASIN",org,"Basin Bureau",en,name,"Maseru, ""old"" town
on the hill"
END
told "bad rows" bad.csv "bad.csv:2: a row has an id" "bad.csv:3: 'NEW' is new: say its kind" \
  "bad.csv:4: a row has a name" "bad.csv:5: '...' is no name" \
  "bad.csv:6: 'English' is no language: write en" \
  "bad.csv:7: no form of a name 'nick': there are name official" \
  "bad.csv:8: no kind 'orgs' of an entity: there are country org" \
  "bad.csv:9: this row has 9 cells, and the first line names 6 columns" \
  "bad.csv:10: this row has 2 cells"
try "a quoted cell" 0 "$LESDIPLO" -q --entities bad.csv -e 'print(lesdiplo.entity "BASIN".seat)'
out 'Maseru, "old" town'
out 'on the hill'
printf 'id,kind,name\nX,org,\351t\351\nBASIN,org,Basin Bureau\n' >latin.csv
told "bytes of another charset" latin.csv "latin.csv:2: this row is not UTF-8" "iconv -f"
printf '\377\376' >wide.csv
iconv -f UTF-8 -t UTF-16LE good.csv >>wide.csv
told "UTF-16 with a mark" wide.csv
quiet
iconv -f UTF-8 -t UTF-16LE good.csv >unmarked.csv
try "UTF-16 without" 0 "$LESDIPLO" -c docs --entities unmarked.csv -e "$show"
err "unmarked.csv:1: the table is left out"
{ printf '\357\273\277'; sed 's/$/\r/' good.csv; } >DOS.CSV
told "from a spreadsheet" DOS.CSV
quiet
tr , ';' <good.csv >semicolon.csv
told "semicolons" semicolon.csv
quiet
printf 'name,kind\nBasin Bureau,org\n' >none.csv
: >empty.csv
try "no id" 0 "$LESDIPLO" -c docs --entities none.csv --entities empty.csv -e "$show"
err "none.csv:1: the table is left out: its first line names the columns, and none is called id"
err "empty.csv:1: the table is empty"
no_out "Basin"

# JSON lines, and entries
cat >bad.jsonl <<'END'
{"id": "BASIN", "kind": "org", "names": ["...", {"txt": "x"}, {"text": "Basin Bureau", "lang": "en"}]}
["BASIN"]
{"id": "BASIN"
{"id": "BASIN", "name": "a\u0000b"}

{"id": "BASIN", "names": {"nonsense": "x"}}
END
told "bad objects" bad.jsonl "bad.jsonl:1: '...' is no name" "bad.jsonl:1: 'names.1.txt' means nothing" \
  "bad.jsonl:2: this line is passed over: it is no object" \
  "bad.jsonl:3: this line is passed over: it breaks off" "bad.jsonl:4: 'a" \
  "bad.jsonl:6: 'names.nonsense' means nothing"
printf '[BASIN org]\nen: Basin Bureau\nnonsense\nen nick: x\nen: \351\n[]\nen: x\n[A town]\nen: y\n' >bad.txt
told "bad entries" bad.txt "bad.txt:3: 'nonsense' cannot be read" "bad.txt:4: 'en nick' is no form" \
  "bad.txt:5: this line is not UTF-8" "bad.txt:6: '[]' is no head" "bad.txt:8: '[A town]' has a kind that nothing reads"

# The ending alone tells; where the option stands, and how often.
cp good.csv good.tsv
try "another ending" 2 "$LESDIPLO" -c docs --entities good.tsv -e "$show"
err "--entities good.tsv: how a table is written is told by its name, which ends in .csv, .jsonl or .txt"
cp good.csv good.jsonl
try "CSV that is called otherwise" 0 "$LESDIPLO" -c docs --entities good.jsonl -e "$show"
err "good.jsonl:1: this line is passed over: it is no object"
for at in before after; do
  set -- --entities good.csv
  [ $at = before ] && try "$at a verb" 0 "$LESDIPLO" "$@" annotate -c docs --layers org
  [ $at = after ] && try "$at a verb" 0 "$LESDIPLO" annotate -c docs --layers org "$@"
  out '"text":"Basin Bureau","id":"BASIN"'
done
printf '[WORKS place]\nen: Upper Works\n' >more.txt
try "two tables" 0 "$LESDIPLO" --entities good.csv --entities=more.txt -c docs -e "$all"
out "org	BASIN	Basin Bureau"
out "place	WORKS	Upper Works"
try "query" 0 "$LESDIPLO" query --entities more.txt -c docs -f tsv '[place] "Works"'
out "Upper Works"
quiet
try "kwic" 0 "$LESDIPLO" kwic --entities good.csv -c docs -f tsv basin
out "Basin"
try "verify" 2 "$LESDIPLO" verify --entities good.csv
err "--entities goes with scripts"
try "corpus" 2 "$LESDIPLO" corpus --entities good.csv docs
echo 'print(...)' >words.lua
try "a script's own" 0 "$LESDIPLO" words.lua --entities good.csv
out "--entities"
if terminal "the prompt"; then
  try "the prompt" 0 "$TYPIST" 80x24 '> ' 'lesdiplo.entity("BASIN").name\n' \
    'Basin Bureau' '' '> ' '\004' -- \
    "$LESDIPLO" --color=never --entities "$WORK/good.csv" -c docs
  out "Basin Bureau"
fi

# What cannot be read
try "no file" 3 "$LESDIPLO" -c docs --entities nowhere.csv -e 'print(1)'
err "--entities nowhere.csv: cannot be read (No such file or directory): check the path"
no_out 1
mkdir folder.csv
try "a folder" 3 "$LESDIPLO" -c docs --entities folder.csv -e 'print(1)'
err "--entities folder.csv: is no file"
try "before documents are read" 3 "$LESDIPLO" -c no-such-folder --entities nowhere.csv -e ''
err "nowhere.csv"
try "help does not mind" 0 "$LESDIPLO" --entities nowhere.csv --help

# Many rows, each of them wrong; many good ones
awk 'BEGIN { print "id,kind,name"; for (i = 0; i < 200000; i++) print ",org,x"
  print "BASIN,org,Basin Bureau" }' >many.csv
told "many bad rows" many.csv "many.csv:2: a row has an id" \
  "many.csv:22: a row has an id, and this one has none; there is more wrong in it"
no_err "many.csv:23:"
awk 'BEGIN { print "id,kind,name"; for (i = 0; i < 100000; i++)
  printf "e%d,org,Office %d of Things\n", i, i
  print "BASIN,org,Basin Bureau" }' >large.csv
told "many good ones" large.csv
quiet
try "and little memory" 4 timeout $guard "$LESDIPLO" --max-memory 8M -c docs --entities large.csv -e "$show"
finish
