#!/bin/sh
# run.sh [PAGE...]   runs the examples of pages: all of tests/spec/*.md
#
# A block of a page looks like this, between fences of three backquotes:
#
#     sentences
#     A text. Of two sentences.
#     .
#     A text.
#     Of two sentences.
#
# The first word says what is shown of the text that stands above the point:
#
#   sentences   a sentence a line
#   blocks      kind and level| text
#   document    field: value; the documents of a JSON file after each other,
#               each with its `doc`, parted by empty lines
#   tokens      the tokens of a sentence, in a line with spaces between
#   events      type, source > target, modality, date if any, via if any
#   stances     holder, stance, polarity| object
#
# A line "=== NAME" above the point begins a further file in the same folder;
# then each document is shown with its `doc`.
#
# After the first word may follow a file's name, which has a point in it (a.txt
# unless it is given), and names of fields: `document` then shows these alone,
# `tokens` a token a line with these. Warnings about the file come last.
#
# In a block <U+00A0> stands for a character, <FF> for a byte; a backslash at
# the end of a line joins it to the next one, or ends a text without a line end;
# line ends and tabs inside a record are shown as \n and \t.
#
# The blocks of one page are one corpus, read in one run: ids of records have
# to differ.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
cd "$top" || exit 1
spec=tests/spec
: "${LESDIPLO:=build/lesdiplo}"
if [ -z "${WORK:-}" ]; then      # by hand: a folder of its own
  WORK=$(mktemp -d) || exit 1
  trap 'rm -rf "$WORK"' EXIT
fi
[ $# -gt 0 ] || set -- $spec/*.md
LC_ALL=C            # bytes, whatever awk this is
export LC_ALL
passed=0 failed=0

# page FILE: its blocks as files, one run over them, and the comparison
page () {
  folder=$WORK/$(basename "$1" .md)
  mkdir -p "$folder"
  if ! awk -v folder="$folder" -f $spec/split.awk "$1" >"$folder.plan"; then
    failed=$((failed + 1))
    return
  fi
  layers=document,block,sentence,token
  grep -qE '^```(events|stances)' "$1" && layers=$layers,event,stance
  "$LESDIPLO" annotate -v -c "$folder" --layers $layers \
    >"$folder.records" 2>"$folder.warnings"
  status=$?
  if [ $status -ne 0 ]; then
    echo "$1: annotate ended with status $status"
    cat "$folder.warnings"
    failed=$((failed + 1))
    return
  fi
  awk -v page="$1" -f $spec/check.awk "$folder.plan" "$folder.warnings" \
    "$folder.records" >"$folder.result" || failed=$((failed + 1))
  sed '$d' "$folder.result"
  sums=$(tail -n 1 "$folder.result")
  passed=$((passed + ${sums% *}))
  failed=$((failed + ${sums#* }))
}

for file in "$@"; do page "$file"; done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
