#!/bin/sh
# The rows of the sandbox's checklist, loaded at the prompt one after the other:
# whatever they do, the session goes on and has what was defined before them.
# memcheck: no, some are meant to crash
. tests/fault/cli.inc
terminal "the rows at the prompt" || finish
TERM=dumb
export TERM

options_of () { sed -n 's/^-- with: //p' "$1"; }

for script in "$top"/tests/hostile/rows/*.lua; do options_of "$script"; echo; done | sort -u >kinds
rows=0
while read -r options; do
  set -- '> ' 'before_all_rows = "is " .. "there"\n'
  here=0
  for script in "$top"/tests/hostile/rows/*.lua; do
    [ "$(options_of "$script")" = "$options" ] || continue
    here=$((here + 1))
    set -- "$@" '' ":load $script\\n" '' "\"row \" .. $here .. \" \" .. before_all_rows\\n" "row $here is there" ''
  done
  rows=$((rows + here))
  # shellcheck disable=SC2086  # options, a word each
  try "rows with '$options'" 0 "$TYPIST" 100x40 "$@" '> ' ':quit\n' -- \
    "$LESDIPLO" --max-time 10 $options --max-output 100K -c "$top/seeds"
done <kinds
name="all of them"
if [ "$rows" -eq "$(find "$top/tests/hostile/rows" -name '*.lua' | wc -l)" ]; then good; else bad "$rows"; fi

finish
