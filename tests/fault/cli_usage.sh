#!/bin/sh
# Options, verbs and values that make no sense: exit 2, and the nearest name.
. tests/fault/cli.inc

try "unknown option" 2 "$LESDIPLO" --fromat csv
err "did you mean --format?"
try "unknown letter" 2 "$LESDIPLO" -z
err "unknown option -z"
try "far from everything" 2 "$LESDIPLO" --xyzzyxyzzy
err "--help lists them"
try "unknown format" 2 "$LESDIPLO" -f jsnl -e ''
err "did you mean jsonl?"
try "unknown colour" 2 "$LESDIPLO" --color=pink -e ''
err "auto, always or never"
try "value missing" 2 "$LESDIPLO" -c
err "--corpus wants a value"
try "value too many" 2 "$LESDIPLO" --quiet=yes
err "takes no value"
try "no time" 2 "$LESDIPLO" --max-time soon -e ''
err "a number of seconds"
try "negative time" 2 "$LESDIPLO" --max-time=-1 -e ''
try "no memory" 2 "$LESDIPLO" --max-memory 12X -e ''
err "a number of bytes"
try "empty memory" 2 "$LESDIPLO" --max-memory '' -e ''
try "memory alone" 2 "$LESDIPLO" --max-memory K -e ''
try "empty time" 2 "$LESDIPLO" --max-time '' -e ''
try "unknown verb" 2 "$LESDIPLO" anotate
err "did you mean annotate?"
try "unknown layer" 2 "$LESDIPLO" annotate --layers sentense
err "did you mean sentence?"
try "no layer" 2 "$LESDIPLO" annotate --layers ,
try "layers of a script" 2 "$LESDIPLO" --layers token -e ''
err "annotate only"
try "-e of a verb" 2 "$LESDIPLO" annotate -e ''
err "-e runs a script"
try "help on nothing" 2 "$LESDIPLO" help corpus:gmtch
err "did you mean corpus:gmatch?"
try "help on a verb's like" 2 "$LESDIPLO" help verfy
err "did you mean verify?"

try "no query" 2 "$LESDIPLO" query
err "query wants a query"
try "a query that the shell has cut" 2 "$LESDIPLO" query -c "$top/seeds" '"a"' '"b"'
err "single quotes"
try "a query with a mistake, before documents are read" 2 "$LESDIPLO" query -c no-such-file '"a" & "b"'
err "cql:1:5: another token, an operator, ::, within or the end of the query was"
try "a query of more than there is" 2 "$LESDIPLO" query '<persn/>'
err "no layer 'persn'"
try "no word" 2 "$LESDIPLO" kwic ' '
err "kwic wants a word"
try "no side" 2 "$LESDIPLO" kwic --sort up a
err "left, right or doc"
try "no number" 2 "$LESDIPLO" kwic --most -1 a
err "a whole number"
try "too wide" 1 "$LESDIPLO" kwic -c "$top/seeds" --width 99999 a
err "up to 10000"
try "sorting another verb" 2 "$LESDIPLO" verify --sort left
err "kwic only"
try "some of another verb" 2 "$LESDIPLO" corpus --most 3
err "query and kwic only"
try "nothing is found" 0 "$LESDIPLO" query -c "$top/seeds" -f json '"no-such-word"'
out_is "[]"

for verb in inspect hash; do
  try "$verb wants a file" 2 "$LESDIPLO" $verb
  err "$verb wants a "
done
for option in --update --pin=sha256:$(printf '%064d' 0) --force; do
  try "$option goes with some verbs" 2 "$LESDIPLO" $option kwic word
  err " goes with "
done
for option in --jobs -j; do
  try "$option is to come" 2 "$LESDIPLO" $option x -e ''
  err "yet"
done
for option in read write run env; do
  try "--allow-$option goes with scripts" 2 "$LESDIPLO" kwic --allow-$option x word
  err "rights are for scripts"
  try "a right to nothing" 2 "$LESDIPLO" --deny-$option= -e ''
  err "a right to nothing"
done
try "-A goes with scripts" 2 "$LESDIPLO" verify -A
try "an isolation" 2 "$LESDIPLO" --isolation some -e ''
err "kernel or none"
echo 'print("run")' >query
try "a script with a verb's name" 0 "$LESDIPLO" ./query
out_is run
echo 'print("run")' >-x
try "a script with a dash" 0 "$LESDIPLO" -- -x
out_is run

# Values of the examples' parameters that are none.
for values in "10-events.lua --type visti" "12-reconcile.lua --types visti"; do
  # shellcheck disable=SC2086  # a list of words
  try "$values" 1 "$LESDIPLO" -c "$top/seeds" "$top/examples/"$values
  err "did you mean 'visit'?"
done
try "a stance that is none" 1 "$LESDIPLO" -c "$top/seeds" "$top/examples/11-positions.lua" --stance foo
err "no 'foo'; there are advocates"
for values in "10-events.lua --since foo" "8-timeline.lua --since 2030-13" "8-timeline.lua --to May"; do
  # shellcheck disable=SC2086  # a list of words
  try "$values" 2 "$LESDIPLO" -c "$top/seeds" "$top/examples/"$values
  err "must be a date like 1998, 1998-07 or 1998-07-04"
done

# Modules have help, and so has what they export.
for part in dates dates.pattern dates.lexicon amounts amounts.pattern amounts.lexicon quotes \
            quotes.pattern atoms calendar; do
  try "help of $part" 0 "$LESDIPLO" help "lesdiplo.grammar.$part"
  out "lesdiplo.grammar.$part"
done
try "help of a method" 0 "$LESDIPLO" help entity:mentions
out "entity:mentions(corpus)"
try "help of an entity" 0 "$LESDIPLO" help lesdiplo.entity
no_out "(capital"

# Where options may stand, and whose they are.
try "options before a verb" 0 "$LESDIPLO" -c "$top/seeds" --layers document annotate
cp .out before
try "options after a verb" 0 "$LESDIPLO" annotate --layers=document -c"$top/seeds"
cp .out after
ok "are the same" cmp before after
try "words are the script's" 0 "$LESDIPLO" -e 'print(...)' -- -q --version
out "--version"
echo 'print(#arg, ...)' >words.lua
try "options after a script" 0 "$LESDIPLO" words.lua -f nonsense -o nowhere
out "4	-f	nonsense	-o	nowhere"
try "several -e" 0 "$LESDIPLO" -e 'local x = 1' -e 'print(x + 1)'
out_is 2
try "help" 0 "$LESDIPLO" --help
out "--max-memory"
quiet
try "help of a verb" 0 "$LESDIPLO" verify --help
out "lesdiplo verify [FILE...]"
try "version" 0 "$LESDIPLO" --version
for library in lesdiplo Lua LPeg ICU readline; do out "$library"; done

# The manual page knows every option and verb that --help does.
"$LESDIPLO" --help | sed -n 's/^ .*--\([a-z-]*\).*/\1/p' >options
ok "options are found" test -s options
while read -r option; do
  ok "manual page: $option" grep -qF -- \
    "\\-\\-$(echo "$option" | sed 's/-/\\-/')" "$top/src/cli/lesdiplo.1"
done <options
finish
