#!/bin/sh
# run.sh [BUILD]   time and memory, as ratios against peers of the same run
#
# Everything is written to BUILD/bench; the text is kept there from run to run.
# It is made of ../shared/corpus/press.jsonl where that is there, else of
# seeds/ (make_text.c says how). Commands that are compared take turns, and
# the best of several turns counts (measure.c). What counts is processor time,
# of all threads and children: the goals are for one core, and the machine may
# be busy. Only start is by the wall. A goal that is missed fails nothing,
# since machines differ: only what did not run at all ends with 1.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${1:-${BUILD:-build}}
LESDIPLO=${LESDIPLO:-$BUILD/lesdiplo}
BYTES=64000000
here=tests/bench
work=$BUILD/bench
text=$work/text
broken=0

unset LUA_INIT LUA_PATH LUA_CPATH NO_COLOR COLUMNS
LC_ALL=C
export LC_ALL
mkdir -p "$work" || exit 1


# ------------------------------------------------------------- the programs

libs=$(sed -n 's/^[A-Z_]*LIBS = //p' build/config.mk | tr '\n' ' ')
for program in measure load make_text worker; do
  # the libraries are a list
  # shellcheck disable=SC2086
  "${CC:-cc}" -std=c11 -D_GNU_SOURCE -O2 -Iinclude -o "$work/$program" \
    "$here/$program.c" "$BUILD/liblesdiplo.a" $libs -lstdc++ -lpthread -lm ||
    exit 1
done

sources=../shared/corpus/press.jsonl
[ -r "$sources" ] || sources=$(echo seeds/*.txt)
# shellcheck disable=SC2086
wanted="$BYTES $(cat "$here/make_text.c" $sources | cksum)"
if [ "$(sed -n 1p "$text/made" 2>/dev/null)" != "$wanted" ]; then
  rm -rf "$text"
  mkdir -p "$text" || exit 1
  # shellcheck disable=SC2086
  counts=$("$work/make_text" "$text" $BYTES $sources) || exit 1
  printf '%s\n%s\n' "$wanted" "$counts" >"$text/made"
fi


# ---------------------------------------------------------------- the table

# measure ROUNDS COMMAND [-- COMMAND]... and load ROUNDS PATH... print a line
# for each command or path. `turns LINES` keeps them, LINES a round, however
# many rounds there are: so programs and loads take turns as well.
measure () { "$work/measure" "$@"; }
load () {
  "$work/load" "$@" || { shift; for path; do echo "failed $path"; done; }
}
turns () { { echo "$1"; cat; } >"$work/figures"; }

# best LINE FIELD: the least of that line of each round; nothing when it failed
best () {
  awk -v line="$1" -v field="$2" '
    NR == 1 { lines = $1; next }
    (NR - 2) % lines != line - 1 { next }
    $1 == "failed" || NF < field { failed = 1; next }
    least == "" || $field < least { least = $field }
    END { if (!failed) print least }' "$work/figures"
}
wall () { best "$1" 1; }
seconds () { best "$1" 2; }

# row NAME KIND OURS [GOAL [PEER_NAME PEER]]: one line of the table. KIND says
# what the figures are and what the goal is for:
#   rate    seconds for `size` bytes, printed as MB/s; the goal is for the ratio
#   ms      seconds, printed as milliseconds; the goal is for ours
#   plain   as it is; likewise
# A figure is empty where its command did not run.
row () {
  awk -v name="$1" -v kind="$2" -v ours="$3" -v goal="${4:--}" \
    -v peer_name="${5:-}" -v peer="${6:-}" -v size="$size" '
    function shown(x) {
      if (kind == "rate") return sprintf("%.0f MB/s", size / x / 1e6)
      if (kind == "ms") return sprintf("%.2f ms", x * 1000)
      return sprintf("%.2f", x)
    }
    BEGIN {
      format = "  %-34s %9s   %-22s %6s  %-7s %s\n"
      if (ours == "") {
        printf format, name, "-", "-", "-", goal, "DID NOT RUN"
        exit 1
      }
      ratio = "-"
      if (peer_name == "") peer_name = "-"
      else if (peer == "") peer_name = peer_name " did not run"
      else {
        peer_name = peer_name " " shown(peer)
        ratio = sprintf("%.2f", kind == "rate" ? peer / ours : ours / peer)
      }
      split(goal, part, " ")
      value = kind == "rate" ? ratio : kind == "ms" ? ours * 1000 : ours
      if (goal != "-" && value != "-")
        verdict = (part[1] == ">=" ? value + 0 >= part[2] + 0 \
                                   : value + 0 <= part[2] + 0) ? "met" \
                                                               : "MISSED"
      printf format, name, shown(ours), peer_name, ratio, goal, verdict
    }' || broken=1
}

# over A B [FACTOR]: A * FACTOR / B, or nothing
over () {
  [ -z "$1" ] || [ -z "$2" ] ||
    awk -v a="$1" -v b="$2" -v factor="${3:-1}" 'BEGIN { print a * factor / b }'
}

# less A B: A - B, or nothing
less () {
  [ -z "$1" ] || [ -z "$2" ] ||
    awk -v a="$1" -v b="$2" 'BEGIN { print a - b }'
}

part () { printf '\n%s\n' "$1"; }
size_of () { wc -c <"$1"; }

size=$(size_of "$text/full.txt")
files=$(find "$text/pieces" -type f | wc -l)
awk -v sources="$sources" 'NR == 2 {
  printf "%s: %d words, %d forms; made into %d words, %d forms\n\n", sources,
         $1, $2, $3, $4
}' "$text/made"
printf '  %-34s %9s   %-22s %6s  %s\n' measure ours peer ratio goal


# ------------------------------------------------------------------ reading

part "read, word ids, sentences (ratio: times as fast; aim at 5)"
for round in 1 2 3 4 5; do
  measure 2 wc -w "$text/full.txt" \
    -- "$LESDIPLO" -c "$text/full.txt" -e 'print(#corpus)'
  load 2 "$text/full.txt" "$text/half.txt" "$text/quarter.txt"
done | turns 5
printf '  one text: %s bytes, %s tokens, %s sentences\n' "$(best 3 2)" \
  "$(best 3 3)" "$(best 3 4)"
words=$(seconds 1) peak=$(best 2 3) memory=$(best 3 5) postings=$(best 3 10)
full=$(best 3 7) half=$(best 4 7) quarter=$(best 5 7)
row "one text, whole process" rate "$(seconds 2)" ">= 2" "wc -w" "$words"
row "the same, by the wall" rate "$(wall 2)" - "wc -w" "$(wall 1)"
row "one text, load alone" rate "$full" ">= 2" "wc -w" "$words"
row "the same, again in one process" rate "$(best 3 9)" - "wc -w" "$words"

measure 3 find "$text/pieces" -type f -exec wc -w '{}' + \
  -- "$LESDIPLO" -c "$text/pieces" -e 'print(#corpus)' | turns 2
row "$files files, whole process" rate "$(seconds 2)" - "wc -w" "$(seconds 1)"

# Opening the files is not reading them: what that costs is taken off.
measure 3 find "$text/pieces" -type f -exec cat '{}' + \
  -- "$LESDIPLO" -c "$text/pieces" -e 'print(#corpus)' \
  -- cat "$text/full.txt" -- "$LESDIPLO" -c "$text/full.txt" \
  -e 'print(#corpus)' | turns 4
row "the same, opens aside" rate "$(less "$(seconds 2)" "$(seconds 1)")" \
  ">= 1" "one text" "$(less "$(seconds 4)" "$(seconds 3)")"

python=$(python3 -c 'import sys; print(sys.executable)' 2>/dev/null)
measure 3 "${python:-true}" -c 'if True:
    import json, sys
    with open(sys.argv[1], "rb") as lines:
        print(sum(len(json.loads(line)["text"]) for line in lines))
    ' "$text/pieces.jsonl" \
  -- "$LESDIPLO" -c "$text/pieces.jsonl" -e 'print(#corpus)' | turns 2
row "JSON lines, whole process" rate "$(seconds 2)" ">= 2" \
  ${python:+"json.loads" "$(seconds 1)"}

if [ -d ../shared/corpus/html ]; then
  whole=$size
  if [ ! -d "$text/pages" ]; then
    mkdir "$text/pages"
    for copy in $(seq 100); do cp -r ../shared/corpus/html "$text/pages/$copy"
    done
  fi
  size=$(find "$text/pages" -name '*.html' -exec cat '{}' + | wc -c)
  load 3 "$text/pages" | turns 1
  row "pages, 100 times the corpus's" rate "$(best 1 7)" ">= 1" "at 50 MB/s" \
    "$(over "$size" 50000000)"
  size=$whole
fi


# -------------------------------------------------------------------- start

part "start by the wall, worker included (ratio: times as long)"
lua=$(command -v lua5.4)
measure 40 "${lua:-true}" ${lua:+-e ''} -- "$LESDIPLO" -e '' \
  -- "$LESDIPLO" -c seeds -e '' -- "$LESDIPLO" -e 'print(#corpus)' | turns 4
peer=$(basename "${lua:-true}")
row "-e ''" ms "$(wall 2)" "<= 6" "$peer" "$(wall 1)"
row "-c seeds -e ''" ms "$(wall 3)" "<= 12" "$peer" "$(wall 1)"
row "-e 'print(#corpus)', own seeds" ms "$(wall 4)" "<= 12" "$peer" "$(wall 1)"

part "processes: by the wall, over the whole corpus"
"$work/worker" "$text/full.txt" >"$work/workers"
# worker NAME: the seconds of that line of worker.c
worker () { awk -v name="$1" '$1 == name { print $2 }' "$work/workers"; }
row "a run's worker, beyond the host" ms \
  "$(less "$(worker isolated)" "$(worker inside)")" "<= 3"
row "a line of a session" ms "$(worker line)"
row "the same, two million tables there" ms "$(worker grown)"
loop='local s = 0 for i = 1, 3e8 do s = s + i % 7 end'
measure 3 "${lua:-true}" ${lua:+-e "$loop"} -- "$LESDIPLO" -e "$loop" | turns 2
row "a tight loop, s" plain "$(seconds 2)" - "$peer" "$(seconds 1)"


# ------------------------------------------------------- memory and doubling

part "memory, bytes a byte of text"
row "loaded corpus" plain "$(over "$memory" "$size")" "<= 4"
row "postings, when asked for" plain "$(over "$postings" "$size")" "<= 2"
row "whole process, resident at most" plain "$(over "$peak" "$size" 1024)"

part "load of twice the document, times as long"
row "16 to 32 MB" plain "$(over "$half" "$quarter")" "<= 2.1"
row "32 to 64 MB" plain "$(over "$full" "$half")" "<= 2.1"


# ------------------------------------------------------- annotate and verify

part "a quarter of the text, whole process"
size=$(size_of "$text/quarter.txt")
records=$work/quarter.jsonl
"$LESDIPLO" annotate -c "$text/quarter.txt" --layers document,sentence \
  -o "$records"       # should this fail, so does verify
measure 2 "$LESDIPLO" annotate -c "$text/quarter.txt" \
  -- "$LESDIPLO" annotate -c "$text/quarter.txt" \
    --layers document,block,sentence,token \
  -- "$LESDIPLO" verify -q -c "$text/quarter.txt" "$records" | turns 3
row "annotate" rate "$(seconds 1)"
row "annotate, with tokens" rate "$(seconds 2)"
row "verify, all sentences" rate "$(seconds 3)"
rm -f "$records"


# ------------------------------------------------------------------- values

# Documents of the usual length, not one long text. Peers are compared over a quarter of them,
# where node and python find them: npm install --prefix FOLDER chrono-node wink-nlp
# wink-eng-lite-web-model compromise compromise-dates, then NODE_PATH=FOLDER/node_modules; and
# PYTHON, that of an environment with dateparser in it.
part "dates, amounts, quotes, MB/s, without the load"
"$LESDIPLO" -c "$text/pieces.jsonl" "$here/values.lua" >"$work/values"
head -n 2500 "$text/pieces.jsonl" >"$work/values.jsonl"
"$LESDIPLO" -c "$work/values.jsonl" "$here/values.lua" date >"$work/values.quarter"
# value NAME: the figure of that line of values.lua; quarter NAME: that over a quarter
value () { awk -v name="$1" '$1 == name { print $2 }' "$work/values"; }
quarter () { awk -v name="$1" '$1 == name { print $2 }' "$work/values.quarter"; }
row "date" plain "$(value date)" ">= 30"
for peer in chrono-node winkNLP compromise-dates dateparser; do
  case $peer in
    dateparser) theirs=$("${PYTHON:-python3}" "$here/dates.py" "$work/values.jsonl" 2>/dev/null) ;;
    *) theirs=$(node "$here/dates.js" $peer "$work/values.jsonl" 2>/dev/null) ;;
  esac
  [ -z "$theirs" ] || row "date, a quarter" plain "$(quarter date)" - $peer "$theirs"
done
row "amount" plain "$(value amount)"
row "quote, names there" plain "$(value quote)"
row "names: country org place person" plain "$(value names)"
row "date, amount, quote, names there" plain "$(value all)" ">= 8"
row "the same with the names" plain "$(value all+names)" ">= 8"
rm -f "$work/values.jsonl"


# ------------------------------------------------------------------- layers

# Of the sources as they are: what stands again and again would be known.
part "layers, one core, without the load"
# shellcheck disable=SC2086
size=$(cat $sources | wc -c)
# shellcheck disable=SC2046,SC2086
"$LESDIPLO" $(printf -- '-c %s ' $sources) "$here/layers.lua" >"$work/layers" ||
  broken=1
# layers NAME: the figure of that line of layers.lua
layers () { awk -v name="$1" '$1 == name { print $2 }' "$work/layers"; }
row "events and stances, sentences/s" plain \
  "$(over "$(layers sentences)" "$(layers facts)")" ">= 20000"
row "the same, a second time" plain \
  "$(over "$(layers sentences)" "$(layers warm)")"
row "all layers, MB/s" plain "$(over "$size" "$(layers all)" 0.000001)" ">= 3"


# ----------------------------------------------------------------- patterns

part "token patterns, without the load"
size=$(size_of "$text/full.txt")
"$LESDIPLO" -c "$text/full.txt" "$here/query.lua" >"$work/queries"
# query NAME: the seconds of that line of query.lua
query () { awk -v name="$1" '$1 == name { print $2 }' "$work/queries"; }
row "postings, MB/s" plain "$(over "$size" "$(query postings)" 0.000001)" ">= 100"
row "a rare word, a gap, a capital" ms "$(query rare)" "<= 1"
row "stem, gap, capital: all, MB/s" plain \
  "$(over "$size" "$(query scan)" 0.000001)" ">= 1000"
row "the same, planned" ms "$(query planned)"
row "the same, longest, all, MB/s" plain \
  "$(over "$size" "$(query longest)" 0.000001)"
row "100,000 lines of a frequent word" ms "$(query kwic)" "<= 1000"

# Ours gives a Span for a match, the loop one position; "spans": it makes them, too.
part "corpus:gmatch, without the load (naive: the loop of LPeg's manual)"
month='(January|February|March|April|May|June|July|August|September|October'
month="$month|November|December)"
literal=sovereignty
title='(President|Secretary|Minister|Ambassador) [A-Z][a-z]+'
date="[0-9]{1,2} $month [0-9]{4}|$month [0-9]{1,2}, [0-9]{4}"
"$LESDIPLO" -c "$text/full.txt" "$here/gmatch.lua" >"$work/matches"
measure 3 grep -P -o "$title" "$text/full.txt" \
  -- grep -P -o "$date" "$text/full.txt" -- grep -c "$literal" \
  "$text/full.txt" | turns 3

# matches NAME FIELD [REGEX]: a field of that line of gmatch.lua, which has to
# count as grep does
matches () {
  found=$(awk -v name="$1" '$1 == name { print $2 }' "$work/matches")
  wanted=$found
  [ $# -lt 3 ] || wanted=$(grep -E -o "$3" "$text/full.txt" | wc -l)
  if [ "$found" = "$wanted" ]; then
    awk -v name="$1" -v field="$2" '$1 == name { print $field }' "$work/matches"
  else
    echo "gmatch finds '$3' ${found:-no} times, grep $wanted times" >&2
  fi
}
# naive NAME WORDS GOAL [REGEX]: a row against the loop
naive () {
  row "$2" rate "$(matches "$1" 3 ${4:+"$4"})" ">= $3" naive "$(matches "$1" 4)"
}
naive literal "a literal" 8 "$literal"
naive names "20 literals" 8
naive title "title and Name" 8 "$title"
naive date "full date" 8 "$date"
row "the four, geometric mean" plain "$(awk '
  /^(literal|names|title|date) / { sum += log($4 / $3); n++ }
  END { if (n == 4) print exp(sum / n) }' "$work/matches")" ">= 15"
row "a literal" rate "$(matches literal 3)" - "grep -c" "$(seconds 3)"
row "title and Name" rate "$(matches title 3)" ">= 1" "grep -P -o" "$(seconds 1)"
row "full date" rate "$(matches date 3)" ">= 1" "grep -P -o" "$(seconds 2)"
naive capital "capital words" 1
naive letter "one letter" 1
naive word "every word" 1
naive phrase "a word and a space" 1
naive captured "every word, captured" 1
naive called "every word, by a Lua function" 1
naive number "every word or number, captured" 1
naive table "every word, in a table" 1
naive timed "every word, a function while matching" 1
for name in captured called number table timed; do
  row "$name, the loop making spans" rate "$(matches $name 3)" ">= 1" spans \
    "$(matches $name 5)"
done


# -------------------------------------------------------------------- names

# Names that stand in the text, found and listed by the core, over the table that
# ships: whole words, longest names, across lines, capitals as they are. rg finds them
# as strings. To build the table is not counted on our side.
part "names: load, tag, list, without building the table"
rg=$(command -v rg)
names=$BUILD/tests/bench/names
[ -n "$rg" ] || echo "  rg is not there (Debian: ripgrep): rows without it"
# figure N FIELD: the least of a field of the lines of `names list`; 3 + 4: their sum
figure () {
  awk -v field="$2" '
    { value = field == "sum" ? $3 + $4 : $field }
    least == "" || value < least { least = value }
    END { print least }' "$work/names.$1.figures"
}
for n in 500 5000 100000 1000000; do
  "$names" make $n "$text/full.txt" >"$work/names.$n" || broken=1
  : >"$work/names.$n.figures"
done
for round in 1 2 3; do
  for n in 500 5000 100000 1000000; do
    "$names" list "$work/names.$n" "$text/full.txt" \
      2>>"$work/names.$n.figures" | cat >/dev/null
  done
done
measure 3 wc -w "$text/full.txt" | turns 1
words=$(seconds 1)
for n in 500 5000 100000; do
  case $n in 500) goal=1.5 ;; 5000) goal=5 ;; *) goal=8 ;; esac
  peer=
  if [ -n "$rg" ]; then
    measure 1 "$rg" -j1 -o -b -F -f "$work/names.$n" "$text/full.txt" | turns 1
    peer=$(seconds 1)
  fi
  row "$n names" rate "$(figure $n sum)" ">= $goal" ${rg:+rg "$peer"}
done
row "100000 names" rate "$(figure 100000 sum)" ">= 1" "wc -w" "$words"
row "a million names" rate "$(figure 1000000 sum)" - "wc -w" "$words"
row "a million by 500, times as long" plain \
  "$(over "$(figure 1000000 sum)" "$(figure 500 sum)")" "<= 2.5"
row "a table of 100,000, us a name" plain "$(figure 100000 2 |
  awk '{ print $1 * 10 }')" "<= 1"
row "a table of a million, us a name" plain "$(figure 1000000 2)" "<= 1"
row "the table that ships, first use" ms "$("$names" shipped 20)" "<= 2"

[ $broken -eq 0 ]
