#!/bin/sh
# What people write down beside documents and above them, gone wrong: each fault
# is named with its line, and no document is lost by it.
# memcheck: no, its files are large, and their time is bounded
. tests/fault/cli.inc

guard=30
case $BUILD in *asan*) guard=180 ;; esac

show='for d in corpus:docs() do print(d.id, d.title, d.meta.metadata) end'

# new NAME: an empty folder with one document in it
new () {
  rm -rf folder
  mkdir folder
  echo "They met in the hall on Monday." >folder/a.txt
}

# lines FORMAT COUNT: that line so many times, %d its number
lines () {
  awk -v format="$1" -v count="$2" 'BEGIN {
    for (i = 0; i < count; i++) printf format "\n", i
  }'
}

# told NAME TEXT...: the folder is read within the time, with these warnings
told () {
  name=$1
  shift
  try "$name" 0 timeout $guard "$LESDIPLO" -v -c folder -e "$show"
  out "a.txt"
  for text in "$@"; do err "$text"; done
}

# Files that are no tables
new; : >folder/metadata.csv
told "an empty table" "metadata.csv: left out: it is empty"
no_out "metadata.csv"
new; printf '\1\2\3\377\376' >folder/metadata.csv
told "control bytes" "metadata.csv:1: is no table: it is not text"
new; mkdir folder/metadata.csv; echo "A text of its own." >folder/metadata.csv/b.txt
told "a folder of that name"
out "metadata.csv/b.txt"
new; ln -s nowhere folder/metadata.csv
told "a link to nothing" "metadata.csv: left out: is a link that leads to nothing"
new; printf '{"file": "a.txt"\nword\n{"file":"a.txt","title":"Right"}\n' >folder/metadata.jsonl
told "broken lines" "metadata.jsonl:1: this line is passed over" \
  "metadata.jsonl:2: this line is passed over"
out "Right"
new; printf 'file,title\na.txt,\351t\351\n' >folder/metadata.csv
told "bytes of another charset"; out "été"
if [ "$(id -u)" -ne 0 ]; then
  new; echo 'file,title' >folder/metadata.csv; chmod 0 folder/metadata.csv
  told "a table that cannot be read" "metadata.csv: left out" "Permission denied"
fi

# A table is read for a folder, and not for a file.
new; printf 'file,title\na.txt,Talks\nb.txt,None\n' >folder/metadata.csv
for path in folder folder/ ./folder "$WORK/folder"; do
  try "as $path" 0 "$LESDIPLO" -c "$path" -e "$show"
  out "Talks	metadata.csv:2"
  err "metadata.csv:3: no file here is called 'b.txt'"
done
try "one file alone" 0 "$LESDIPLO" -c folder/a.txt -e "$show"
no_out "Talks"
quiet
try "every file by name" 0 "$LESDIPLO" annotate --layers document folder/*
err "metadata.csv: left out: it speaks of the files beside it; name the folder"
mkdir other
cp folder/a.txt other/
printf 'file,title\na.txt,Other\n' >other/metadata.csv
try "two folders" 0 "$LESDIPLO" -c folder -c other -e "$show"
out "a.txt	Talks	metadata.csv:2"
out "a.txt:2	Other	metadata.csv:2"
(cd folder && "$LESDIPLO" -c . -e "$show") >.out 2>/dev/null
out "Talks"
ln -s ../folder/a.txt other/b.txt
printf 'file,title\nb.txt,By its link\n' >other/metadata.csv
try "a link is known by its name" 0 "$LESDIPLO" -c other -e "$show"
out "By its link"

# What is claimed holds, whatever stands beside and above.
new
printf -- '---\ntitle: "The \\u00e9tude"\nauthor: [A, B]\n---\n# Talks\n\nThey met on Monday.\n' \
  >folder/b.md
printf '\357\273\277+++\r\ntitle = "Talks"\r\n+++\r\nThey met on Tuesday.\r\n' >folder/c.txt
printf 'file,title,date\nb.md,Another,2024\n' >folder/metadata.csv
try "annotate" 0 "$LESDIPLO" annotate -c folder --layers document,block,sentence,token
cp .out all.jsonl
try "verify" 0 "$LESDIPLO" verify -c folder all.jsonl
err " hold, 0 do not"

# The list of a corpus, put back as its table.
try "the list" 0 "$LESDIPLO" corpus -f csv folder -o list.csv
cp folder/metadata.csv first.csv
mv list.csv folder/metadata.csv
try "and put back" 0 "$LESDIPLO" corpus -f csv folder
quiet
mv .out again.csv
ok "says the same" cmp again.csv folder/metadata.csv
try "cites hold" 0 "$LESDIPLO" verify -c folder folder/metadata.csv

# corpus
try "a file for its rows" 0 "$LESDIPLO" corpus folder -o rows.jsonl
ok "one a document" test "$(wc -l <rows.jsonl)" -eq 3
printf '\211PNG' >folder/d.txt
printf '\211PNG' >folder/e.txt
printf '\211PNG' >folder/f.txt
try "what is left out is in the text" 0 "$LESDIPLO" corpus folder
out "left out    3"
out "3 times: left out: it is a picture"
out "d.txt, e.txt, f.txt"
quiet
try "and beside rows" 0 "$LESDIPLO" corpus -f tsv folder
err "warning: d.txt: left out"
try "nothing there" 3 "$LESDIPLO" corpus nowhere
try "an unknown format" 2 "$LESDIPLO" corpus -f cvs folder
err "did you mean csv"
try "no script with it" 2 "$LESDIPLO" corpus folder -e 'print(1)'
try "a closed pipe" 0 sh -c "'$LESDIPLO' corpus folder | true"

# Tables built to be slow or to break the reader
new; lines '"f%d,"a"b"c' 200000 >folder/body
{ echo 'file,title'; cat folder/body; echo 'a.txt,Right'; } >folder/metadata.csv; rm folder/body
told "quotes that close nothing" "metadata.csv:2: "
out "Right"
new; { echo 'file,title'; lines 'f%d,"""a' 200001; echo 'a.txt,Right'; } >folder/metadata.csv
told "quotes in threes" "metadata.csv:"
new; { echo 'file,title'; printf 'x,"'; lines '""' 500000; } >folder/metadata.csv
told "one quote to the end" "metadata.csv:2: "
new; { printf 'file'; lines ',c%d' 50000 | tr -d '\n'; echo; echo a.txt; } >folder/metadata.csv
told "a table of columns" "metadata.csv:1: no field is called 'c49999'"
new; { echo 'file,title'; printf 'a.txt,Right'; lines ',c%d' 500000 | tr -d '\n'; } >folder/metadata.csv
told "a row of cells" "500002 cells"
out "Right"
new; { echo 'file,title'; lines 'a.txt,T%d' 100000; } >folder/metadata.csv
told "one file in every row" "metadata.csv:100001: this row is passed over: line 2"
out "T0"
new
awk 'BEGIN { for (i = 0; i < 50000; i++) printf "{\"file\":\"f%d\",\"k%d\":1}\n", i, i }' \
  >folder/metadata.jsonl
told "names without end" "no field is called 'k49999'"
new; { echo ---; printf 'title: ['; lines 'a%d,' 9000; echo ---; echo "They met."; } >folder/b.md
told "a list that is not closed" "b.md:2: 'title'"
new; { echo ---; lines 'k%d: [' 6000; echo ---; echo "They met."; } >folder/b.md
told "many of them" "b.md:2: 'k0' and others"
new; { echo +++; lines 'k%d = [' 6000; echo +++; echo "They met."; } >folder/b.txt
told "many in TOML" "b.txt:2: 'k0'"
new; { echo ---; lines 'k%d: v' 1000; echo ---; echo "They met."; } >folder/b.md
told "a thousand fields"
finish
