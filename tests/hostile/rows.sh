#!/bin/sh
# The rows of the sandbox's checklist: a script each in tests/hostile/rows, which
# says in its first comments how it ends.
#
#   -- with: OPTIONS          of lesdiplo
#   -- ends: CODE...          its exit code is one of these
#   -- says: TEXT             its stderr has it; likewise prints, its stdout
#   -- twice                  two runs print the same bytes
#   -- brief                  its message is short
#
# Each is run with what the kernel keeps from a script and without; after it an
# ordinary script gives its ordinary result.
# memcheck: no, some are meant to crash
. tests/fault/cli.inc

# field NAME FILE: the values of a field, a line each
field () { sed -n "s/^-- $1: //p" "$2"; }

row () {
  # shellcheck disable=SC2046  # options, a word each
  timeout 60 "$LESDIPLO" --isolation "$how" -c "$top/seeds" $(field with "$1") "$1" \
    >"$WORK/.out" 2>"$WORK/.err"
  status=$?
}

ends () {
  for code in $(field ends "$1"); do
    [ "$status" -ne "$code" ] || return 0
  done
  return 1
}

# contains FILE FIELD SCRIPT: each value of the field stands in the file
contains () {
  field "$2" "$3" | while read -r text; do
    grep -qF -- "$text" "$1" || { echo "$text"; break; }
  done
}

for script in "$top"/tests/hostile/rows/*.lua; do
  for how in kernel none; do
    name="$(basename "$script" .lua), $how"
    row "$script"
    if ends "$script"; then good; else bad "exit code $status"; fi
    missing=$(contains "$WORK/.err" says "$script")
    if [ -z "$missing" ]; then good; else bad "stderr lacks: $missing"; fi
    missing=$(contains "$WORK/.out" prints "$script")
    if [ -z "$missing" ]; then good; else bad "stdout lacks: $missing"; fi
    if grep -q '^-- brief' "$script"; then
      if [ "$(wc -c <"$WORK/.err")" -lt 2000 ]; then good; else bad "it is long"; fi
    fi
    if grep -q '^-- twice' "$script"; then
      cp "$WORK/.out" first
      cp "$WORK/.err" first.err
      row "$script"
      if cmp -s first "$WORK/.out" && cmp -s first.err "$WORK/.err"
      then good; else bad "two runs differ"; fi
    fi
    try "$name: an ordinary script afterwards" 0 "$LESDIPLO" -e 'print(("x"):upper(), #"abc", table.concat{1, 2})'
    out_is "X	3	12"
  done
done

finish
