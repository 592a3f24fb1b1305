#!/bin/sh
# The file of countries and currencies: it is what its tool prints, and it has
# the codes of ISO 3166-1 and ISO 4217 as the package iso-codes lists them.
set -u
file=lua/lesdiplo/data/entities/countries.txt
iso=/usr/share/iso-codes/json
passed=0 failed=0

# same NAME WANTED GOT REMARK: two files have the same bytes
same () {
  if diff -u "$2" "$3" >"$WORK/diff"; then passed=$((passed + 1)); return; fi
  failed=$((failed + 1))
  echo "FAILED $1: $4"
  head -n 40 "$WORK/diff" | sed 's/^/  /'
}

# codes KIND: a line for each entry of that kind: id, alpha2 and numeric
codes () {
  awk -v kind="$1]" '
    function entry () { if (id) print id alpha2 numeric }
    /^\[/ {
      entry()
      id = $2 == kind ? substr($1, 2) : ""
      alpha2 = numeric = ""
    }
    $1 == "alpha2:" { alpha2 = " " $2 }
    $1 == "numeric:" { numeric = " " $2 }
    END { entry() }' "$file" | sort
}

# listed FILE: the same out of one of the package, with a key a line
listed () {
  awk -F '"' '
    $2 == "alpha_2" { alpha2 = " " $4 }
    $2 == "alpha_3" { alpha3 = $4 }
    $2 == "numeric" { numeric = " " $4 }
    /^ *}/ && alpha3 { print alpha3 alpha2 numeric; alpha3 = alpha2 = "" }' \
    "$iso/$1" | sort
}

# Other releases of CLDR have other names; then there is nothing to compare.
if ! build/tools/countries >"$WORK/made"; then
  failed=$((failed + 1))
  echo "FAILED: the tool itself"
fi
ours=$(grep -m 1 '^# Made from' "$file")
here=$(grep -m 1 '^# Made from' "$WORK/made")
if [ "$ours" = "$here" ]; then
  same "what the tool prints" "$WORK/made" "$file" \
    "type 'make countries', and read what changes"
else
  echo "left out: whether $file is what its tool prints"
  echo "  the file: $ours"
  echo "  here:     $here"
  echo "  to take the names that ICU has here, type 'make countries'"
fi

if [ -f $iso/iso_3166-1.json ] && [ -f $iso/iso_4217.json ]; then
  codes country | grep -v '^XKX XK$' >"$WORK/countries"
  listed iso_3166-1.json >"$WORK/iso_3166"
  same "codes of countries" "$WORK/iso_3166" "$WORK/countries" \
    "ISO 3166-1 (-) and the file (+) differ"

  # What no country pays with: metals, units of account and of funds, codes
  # for tests; and what has been replaced, but is listed there all the same.
  unused='XAG XAU XPD XPT XBA XBB XBC XBD XDR XSU XUA XTS XXX
    BOV CHE CHW CLF COU MXV USN UYI UYW CUC HRK SLL SVC VED ZWL'
  listed iso_4217.json | while read -r code numeric; do
    case " $(echo $unused) " in
      *" $code "*) ;;
      *) echo "$code $numeric" ;;
    esac
  done >"$WORK/iso_4217"
  codes currency >"$WORK/currencies"
  same "codes of currencies" "$WORK/iso_4217" "$WORK/currencies" \
    "ISO 4217 (-) and the file (+) differ"
else
  echo "left out: the codes (the package iso-codes is not there)"
fi

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
