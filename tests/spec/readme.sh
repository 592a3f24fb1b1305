#!/bin/sh
# readme.sh   runs what README.md shows: each ```console block is a command after
# "$ " and what it must print; a ```lua block whose first line is "-- NAME" is
# the file of that name. Closes with `N passed, N failed`.
set -u
top=$(pwd)
case $LESDIPLO in /*) program=$LESDIPLO ;; *) program=$top/$LESDIPLO ;; esac
ln -s "$top/seeds" "$top/examples" "$WORK/"
cd "$WORK" || exit 1
awk '
  /^```lua/ { getline; name = $2; if ($1 != "--") name = "unnamed.lua"
              while ((getline line) > 0 && line !~ /^```/) print line > name
              close(name); next }
  /^```console/ { n++; getline; sub(/^\$ /, ""); print > (n ".cmd")
                  while ((getline line) > 0 && line !~ /^```/) print line > (n ".want")
                  close(n ".want"); close(n ".cmd") }
' "$top/README.md"
passed=0
failed=0
for command in [0-9]*.cmd; do
  name=${command%.cmd}
  sed "s#^lesdiplo #\"$program\" #" "$command" | sh >"$name.got" 2>&1
  # a brief ends with an empty line, which a page need not show
  if sed -e '${/^$/d;}' "$name.got" | diff -u "$name.want" - >"$name.diff"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "README.md: $(cat "$command")"
    cat "$name.diff"
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
