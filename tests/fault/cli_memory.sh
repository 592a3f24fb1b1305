#!/bin/sh
# Less and less memory: the answer is the whole one, or there is none and it is
# said why; never a signal. tests/oom refuses single allocations of ours; here
# the system refuses what the libraries ask for, too.
# memcheck: no, it wants more itself than there is here
. tests/fault/cli.inc

case $BUILD in
  *asan*)
    echo "left out: the address sanitizer wants all addresses for itself"
    finish ;;
esac

# least COMMAND...: sets 'least' to the kilobytes of addresses, to 1000 of them,
# with which the command begins to give the answer in .whole. Below that it
# must end with 4, or, where not even libraries can be loaded, with 127.
least () {
  name="with less memory: $*"
  low=20000 high=2000000
  ok "with enough" at $high "$@"
  while [ $((high - low)) -gt 1000 ]; do
    middle=$(((low + high) / 2))
    if at $middle "$@"; then high=$middle; else low=$middle; fi
  done
  least=$high
}

# at KILOBYTES COMMAND...: whether it gives the whole answer
at () {
  sh -c 'ulimit -v $0; exec "$@"' "$@" >"$WORK/.out" 2>"$WORK/.err"
  status=$?
  case $status in
    0)
      if cmp -s .whole "$WORK/.out"; then good; return 0; fi
      bad "another answer with $1 KB" ;;
    4) if [ -s "$WORK/.err" ]; then good; else bad "not a word"; fi ;;
    127) good ;;       # the loader's
    *) bad "exit code $status with $1 KB" ;;
  esac
  return 1
}

# sweep COMMAND...: every step of a few hundred KB below what is enough
sweep () {
  "$@" >.whole 2>/dev/null
  least "$@"
  for less in 1 2 3 5 8 12 18 25 35; do
    at $((least - 400 * less)) "$@"
  done
}

sweep "$LESDIPLO" annotate -c "$top/seeds"
sweep "$LESDIPLO" -c "$top/seeds" "$top/examples/2-brief.lua"
cp .whole brief.txt
sweep "$LESDIPLO" verify -c "$top/seeds" brief.txt
sweep "$LESDIPLO" -f json -c "$top/seeds" "$top/examples/3-search.lua"
finish
