#!/bin/sh
# run.sh BUILD SECONDS JOBS [TARGET...]   fuzzes the targets, all unless some
#                                         are named (see fuzz.h)
#
# A line a target: how often it ran, how much of the code it reached (libFuzzer's
# count of edges), how many inputs it keeps. The last line is the sum. A find is
# made small and put into tests/fuzz/finds/TARGET; then the exit code is 1.
set -u
cd "$(dirname "$0")/../.." || exit 1
BUILD=${1:?usage: run.sh BUILD SECONDS JOBS [TARGET...]}
SECONDS_EACH=$2
JOBS=$3
shift 3
here=tests/fuzz
work=$BUILD/run
LC_ALL=C.UTF-8 TZ=UTC
export LC_ALL TZ

# one TARGET: its line of the report, in $work/TARGET.line
one () {
  name=$1
  program=$BUILD/$here/$name
  corpus=$BUILD/corpus/$name
  raw=$work/$name.raw
  log=$work/$name.log
  TMPDIR=$work/$name.tmp
  export TMPDIR
  rm -rf "$raw" "$TMPDIR"
  mkdir -p "$corpus" "$raw" "$TMPDIR"
  set -- "$corpus"
  for folder in "$here/seeds/$name" "$here/finds/$name" $(
      sed -n 's/.*fuzz-seeds: *//p' "$here/$name.c"); do
    [ ! -d "$folder" ] || set -- "$@" "$folder"
  done
  options="-timeout=10 -rss_limit_mb=3000 -max_len=4000"
  [ ! -f "$here/seeds/$name.dict" ] ||
    options="$options -dict=$here/seeds/$name.dict"
  # shellcheck disable=SC2086  # options are a list
  "$program" $options -max_total_time="$SECONDS_EACH" -print_final_stats=1 \
    -artifact_prefix="$raw/" "$@" >"$log" 2>&1 </dev/null
  status=$?
  finds=0
  for find in "$raw"/crash-* "$raw"/leak-* "$raw"/timeout-* "$raw"/oom-*; do
    [ -f "$find" ] || continue
    finds=$((finds + 1))
    keep "$find"
  done
  [ $status -eq 0 ] || [ $finds -gt 0 ] || finds=1   # it could not even start
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
  reach=$(sed -n 's/.* cov: \([0-9]*\) .*corp: \([0-9]*\).*/\1 \2/p' "$log" |
          tail -n 1)
  printf '  %-14s %10s runs  %6s edges  %6s inputs  %s\n' "$name" \
    "${runs:-0}" "${reach% *}" "${reach#* }" \
    "$([ $finds -eq 0 ] && echo 'no find' || echo "FOUND, see $log")" |
    tee "$work/$name.line"
  rm -rf "$TMPDIR"
}

# what FILE: how it fails, in one line
what () {
  "$program" -timeout=10 -rss_limit_mb=3000 "$1" 2>&1 </dev/null |
    grep -m 1 'does not hold\|runtime error\|^SUMMARY'
}

# store FILE: under the first digits of its hash
store () {
  mkdir -p "$here/finds/$name"
  cp "$1" "$here/finds/$name/$(sha256sum "$1" | cut -c 1-8)"
}

# keep FIND: makes it smaller for a minute at most. What becomes small may be
# another fault: then both are kept.
keep () {
  small=$raw/small
  rm -f "$small"
  case $1 in
    */crash-*)
      "$program" -minimize_crash=1 -max_total_time=60 -timeout=10 \
        -artifact_prefix="$raw/" -exact_artifact_path="$small" "$1" \
        >"$raw/small.log" 2>&1 </dev/null ;;
  esac
  if [ ! -s "$small" ]; then store "$1"
  else
    [ "$(what "$1")" = "$(what "$small")" ] || store "$1"
    store "$small"
  fi
}

if [ "${FUZZ_ONE:-}" ]; then
  one "$1"
  exit
fi
[ $# -gt 0 ] || set -- $(cd $here && ls -- *.c | sed 's/\.c$//')
rm -rf "$work"
mkdir -p "$work"
printf '%s\n' "$@" |
  FUZZ_ONE=1 xargs -P "$JOBS" -n 1 sh $here/run.sh "$BUILD" "$SECONDS_EACH" 1
targets=$(cat "$work"/*.line | wc -l)
finds=$(cat "$work"/*.line | grep -c FOUND)
echo "$targets targets, $finds finds"
[ "$targets" -eq $# ] && [ "$finds" -eq 0 ]
