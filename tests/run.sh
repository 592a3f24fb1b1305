#!/bin/sh
# run.sh BUILD [KIND...]   runs the tests, all kinds unless some are named
# WRITE_GOLDEN=1 run.sh BUILD   writes expected outputs anew, showing changes
# MEMCHECK=1 run.sh BUILD [KIND...]   runs our programs under valgrind: a wrong
#                               use of memory in any of their processes has failed
#
#   unit     BUILD/tests/unit/*       C programs
#   lua      tests/lua/*.lua          scripts, run by the program that was built;
#                               of a NAME.jsonl beside them the documents
#   spec     tests/spec/*.sh          pages whose blocks are tests
#   golden   tests/golden/*.cmd       a shell line, its output and its exit code
#   fault    tests/fault/*.sh         bad input, refused writes, no memory
#   hostile  tests/hostile/*.sh   what a script may try, and what holds it
#   oom      BUILD/tests/oom/sweep    memory refused, at some requests of many
#   fuzz     BUILD/tests/fuzz/*       fuzz targets, over their seeds and finds
#   embed    tests/embed/*.sh         programs that use the library
#   data     tests/data/*.sh          data files against what they are made from
#
# Each program closes with a line `N passed, N failed`; one that ends without
# it, or not in time, has failed. The last line here is their sum. Programs
# run in the top folder and find in the environment BUILD, LESDIPLO (the
# program), TYPIST (tests/tool/typist.c: a hand at a terminal) and WORK (an
# empty folder, taken away afterwards).
set -u
cd "$(dirname "$0")/.." || exit 1
BUILD=${1:?usage: run.sh BUILD [KIND...]}
shift
LESDIPLO=$BUILD/lesdiplo
TYPIST=$BUILD/tests/tool/typist
TIME=300                # seconds for one program: tests that hang have failed
passed=0
failed=0

everything=$(mktemp -d) || exit 1
under=                  # what our programs are run by, a list of words
trap 'rm -rf "$everything"' EXIT
trap 'exit 130' INT TERM
output=$everything/output

# The same answers on every machine.
unset LUA_INIT LUA_PATH LUA_CPATH NO_COLOR COLUMNS
unset MAKEFLAGS MFLAGS MAKELEVEL      # of the make that called us
LC_ALL=C.UTF-8 TZ=UTC TERM=dumb
export BUILD LESDIPLO TYPIST LC_ALL TZ TERM

# Each process writes what valgrind finds into a file of its own: workers, too,
# and exit codes stay what they are. Leaks are the sanitizers' to find: valgrind
# does not look for pointers in a frozen corpus, which is read-only.
if [ "${MEMCHECK:-}" ]; then
  logs=$everything/logs
  under="valgrind -q --leak-check=no --num-callers=25 --log-file=$logs/%p"
  TIME=1500
  mkdir "$logs"
  # a filter for our calls would meet valgrind's
  printf '#!/bin/sh\nexec %s %s --isolation none "$@"\n' "$(echo $under)" \
    "$PWD/$LESDIPLO" >"$everything/lesdiplo"
  chmod +x "$everything/lesdiplo"
  LESDIPLO=$everything/lesdiplo
fi

# clean NAME: whether valgrind found nothing; else shows what it found
clean () {
  [ "$under" ] || return 0
  # what it says of itself, of calls that it does not know, is no finding
  cat "$logs"/* 2>/dev/null | grep -v -e 'WARNING: unhandled .* syscall' \
    -e 'You may be able to write your own handler' -e 'Read the file README_MISSING' \
    -e 'Nevertheless we consider this a bug' -e 'it at http://valgrind.org' \
    -e 'failed to move log file descriptor' >"$everything/found"
  rm -f "$logs"/*
  [ -s "$everything/found" ] || return 0
  head -c 20000 "$everything/found"
  echo "$1: valgrind found what stands above"
  return 1
}

# add NAME PASSED FAILED: one line of the report, and the sums
add () {
  passed=$((passed + $2))
  failed=$((failed + $3))
  if [ "$3" -eq 0 ]; then printf '  %-28s %5d passed\n' "$1" "$2"
  else printf '  %-28s %5d passed, %d FAILED\n' "$1" "$2" "$3"; fi
}

# program NAME COMMAND...: runs it, shows what it said if anything failed
program () {
  name=$1
  shift
  WORK=$everything/work
  rm -rf "$WORK"
  mkdir "$WORK"
  export WORK
  timeout "$TIME" "$@" >"$output" 2>&1 </dev/null
  status=$?
  counts=$(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' \
           "$output" | tail -n 1)
  if [ -z "$counts" ]; then
    cat "$output"
    [ $status -ne 124 ] || echo "$name: stopped after $TIME seconds"
    echo "$name: ended with status $status and no line 'N passed, N failed'"
    add "$name" 0 1
    return
  fi
  good=${counts% *}
  bad=${counts#* }
  if [ $status -ne 0 ] && [ "$bad" -eq 0 ]; then
    echo "$name: ended with status $status"
    bad=1
  fi
  [ "$bad" -eq 0 ] || cat "$output"
  clean "$name" || bad=$((bad + 1))
  add "$name" "$good" "$bad"
}

# golden_run NAME: output and exit code of one shell line, into $output
golden_run () {
  timeout "$TIME" sh "tests/golden/$1.cmd" >"$output" 2>"$output.err" </dev/null
  status=$?
  wanted=0
  [ ! -f "tests/golden/$1.status" ] || wanted=$(cat "tests/golden/$1.status")
}

golden () {
  good=0
  bad=0
  for file in tests/golden/*.cmd; do
    [ -f "$file" ] || continue
    name=$(basename "$file" .cmd)
    golden_run "$name"
    if [ "$status" -ne "$wanted" ]; then
      echo "golden/$name: exit code $status instead of $wanted"
      cat "$output.err"
      bad=$((bad + 1))
    elif ! diff -u "tests/golden/$name.out" "$output"; then
      echo "golden/$name: if the new output is right, run make golden"
      bad=$((bad + 1))
    elif ! clean "golden/$name"; then
      bad=$((bad + 1))
    else
      good=$((good + 1))
    fi
  done
  [ $((good + bad)) -eq 0 ] || add golden $good $bad
}

golden_write () {
  for file in tests/golden/*.cmd; do
    [ -f "$file" ] || continue
    name=$(basename "$file" .cmd)
    golden_run "$name"
    [ -f "tests/golden/$name.out" ] || : >"tests/golden/$name.out"
    diff -u "tests/golden/$name.out" "$output" ||
      cp "$output" "tests/golden/$name.out"
    if [ "$status" -ne "$wanted" ]; then
      echo "golden/$name: exit code $status instead of $wanted: if that is" \
           "right, write $status into tests/golden/$name.status"
      cat "$output.err"
      failed=1
    fi
  done
  exit $failed
}

shells () {
  for file in tests/"$1"/*.sh; do
    [ -f "$file" ] || continue
    own=$LESDIPLO
    if [ "$under" ] && grep -q '^# memcheck: no' "$file"; then
      own=$BUILD/lesdiplo
    fi
    program "$1/$(basename "$file" .sh)" env LESDIPLO="$own" sh "$file"
  done
}

fuzz () {
  for file in tests/fuzz/*.c; do
    name=$(basename "$file" .c)
    # shellcheck disable=SC2046,SC2086  # folders, a word each
    program "fuzz/$name" env TMPDIR="$everything/work" $under \
      "$BUILD/tests/fuzz/$name" "tests/fuzz/seeds/$name" \
      "tests/fuzz/finds/$name" $(sed -n 's/.*fuzz-seeds: *//p' "$file")
  done
}

kind () {
  case $1 in
    unit)
      for file in tests/unit/*.c; do
        name=$(basename "$file" .c)
        # shellcheck disable=SC2086  # a list of words
        [ ! -f "$file" ] ||
          program "unit/$name" $under "$BUILD/tests/unit/$name"
      done ;;
    lua)
      for file in tests/lua/*.lua; do
        [ -f "$file" ] || continue
        if [ -f "${file%.lua}.jsonl" ]; then
          program "lua/$(basename "$file" .lua)" "$LESDIPLO" \
            -c "${file%.lua}.jsonl" "$file"
        else
          program "lua/$(basename "$file" .lua)" "$LESDIPLO" "$file"
        fi
      done ;;
    golden) golden ;;
    oom) program oom/sweep "$BUILD/tests/oom/sweep" tests/oom/corpus ;;
    fuzz) fuzz ;;
    spec | fault | hostile | embed | data) shells "$1" ;;
    *) echo "run.sh: '$1' is none of unit lua spec golden fault hostile oom fuzz embed" \
         "data" >&2
       exit 2 ;;
  esac
}

# hand NAME KIND...: runs kinds in a folder of its own and leaves its sums there
hand () {
  everything=$everything/$1
  output=$everything/output
  mkdir "$everything"
  shift
  for name in "$@"; do kind "$name"; done
  echo "$passed $failed" >"$everything/sums"
}

# All kinds: two hands side by side, what the second says after the first. The
# hostile ones press keys and watch the clock, and have the machine to themselves.
everyone () {
  (hand fault fault) >"$everything/said" 2>&1 &
  (hand others unit lua spec golden oom fuzz embed data)
  wait
  cat "$everything/said"
  (hand hostile hostile)
  for hand in fault others hostile; do
    # a hand that left no sums was stopped, and has failed
    read -r good bad <"$everything/$hand/sums" || { good=0 bad=1; }
    passed=$((passed + good))
    failed=$((failed + bad))
  done
}

if [ "${WRITE_GOLDEN:-}" ]; then golden_write; fi
if [ $# -gt 0 ]; then
  for name in "$@"; do kind "$name"; done
else
  everyone
fi
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
