#!/bin/sh
# names.sh SHARED ARCHIVE OBJECT...   checks what the linker can see
#
# The library and the archive may show lesdiplo_* and luaopen_lesdiplo* and no
# other name, or an embedder's own names would meet ours (and LPeg's `match`).
# Between rooms ld_* is allowed as well. C++ leaves weak copies of its inline
# functions behind; they are no names of ours, and the archive has none.
set -eu
shared=$1
archive=$2
shift 2
bad=0

# complain FILE PATTERN: reads nm's lines, tells those that do not fit
complain () {
  awk -v file="$1" -v good="$2" '
    NF == 3 && $2 !~ /^[VWuvw]$/ && $3 !~ good {
      print file ": " $3; bad = 1
    }
    END { exit bad }'
}

nm -D --defined-only "$shared" |
  complain "$shared" '^(lesdiplo_|luaopen_lesdiplo)' || bad=1
nm -g --defined-only "$archive" | sed 's/ [VWuvw] / T /' |
  complain "$archive" '^(lesdiplo_|luaopen_lesdiplo)' || bad=1
for object in "$@"; do
  nm -g --defined-only "$object" |
    complain "$object" '^(lesdiplo_|luaopen_lesdiplo|ld_)' || bad=1
done

if [ $bad -ne 0 ]; then
  echo "names: these need a prefix, ld_ (between rooms) or lesdiplo_" >&2
  echo "  (public), or the word static" >&2
  exit 1
fi
