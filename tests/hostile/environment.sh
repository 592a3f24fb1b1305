#!/bin/sh
# What a script finds, followed to its ends; and what it prints, in any locale,
# on a terminal, with any amount of memory.
# memcheck: no, it takes an hour
. tests/fault/cli.inc

# Every function that a script reaches is one that was looked at. One that is
# new belongs into walk.txt once it has been; one that is gone does no harm.
for how in kernel none; do
  try "the walk" 0 "$LESDIPLO" --isolation $how -c "$top/seeds" "$top/tests/hostile/walk.lua"
  LC_ALL=C sort "$WORK/.out" >found
  LC_ALL=C comm -23 found "$top/tests/hostile/walk.txt" >new
  name="no function is new"
  if [ ! -s new ]; then good; else bad "$(cat new)"; fi
  name="some are found"
  if [ "$(wc -l <found)" -gt 100 ]; then good; else bad "too few"; fi
done

# Row 31: memory is refused at some moment or other: an end of its own, each time
for kilobytes in 100 300 500 600 700 800 1000 1300 1700 2500 4000 8000; do
  timeout 60 "$LESDIPLO" --max-memory ${kilobytes}K -e '
    local t = {}
    for i = 1, 200 do t[i] = { name = "x" .. i, n = i } lesdiplo.emit(t[i]) end
    local p = lpeg.Ct(lpeg.C(lpeg.R"az"^1 * lpeg.P" "^0)^1)
    for i = 1, 50 do p:match(("word "):rep(i)) end
    return #require "lesdiplo".report' >"$WORK/.out" 2>"$WORK/.err"
  status=$?
  name="$kilobytes KB"
  case $status in
    0) good ;;
    4) err "memory" ;;
    *) bad "exit code $status" ;;
  esac
done

# Row 35: the same bytes under any locale
cat >locale.lua <<'END'
local words = { "b", "A", "a", "ä", "Z", "é", "_", "1" }
table.sort(words)
print(table.concat(words, " "), ("ä"):find "%w", ("%.2f"):format(1.5), tonumber "1.5", tonumber "1,5")
print(os.date("%A %B %c", 0), ("ä"):upper(), "a" < "B", ("%a"):format(1))
END
LC_ALL=C "$LESDIPLO" locale.lua >wanted
for locale in C.UTF-8 de_DE.UTF-8 tr_TR.UTF-8 fr_FR; do
  LC_ALL=$locale LANG=$locale "$LESDIPLO" locale.lua >found
  ok "the same in $locale" cmp wanted found
done
TZ=Asia/Tokyo "$LESDIPLO" locale.lua >found
ok "the same in another zone" cmp wanted found

# Row 30: twenty runs, the same bytes
cat >chance.lua <<'END'
local counts = {}
for doc in corpus:docs() do
  for _, span in doc:layer "country":each() do counts[span.id] = (counts[span.id] or 0) + 1 end
end
for id, n in pairs(counts) do lesdiplo.emit{ id = id, n = n, chance = math.random() > 2 } end
END
cat >sorted.lua <<'END'
local counts, ids = {}, {}
for doc in corpus:docs() do
  for _, span in doc:layer "country":each() do counts[span.id] = (counts[span.id] or 0) + 1 end
end
for id in pairs(counts) do ids[#ids + 1] = id end
table.sort(ids)
for _, id in ipairs(ids) do
  lesdiplo.emit{ id = id, n = counts[id], chance = math.random(1000), other = #id, more = { b = 1, a = 2 } }
end
END
"$LESDIPLO" -c "$top/seeds" -f json sorted.lua >wanted
name="twenty runs"
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19; do
  "$LESDIPLO" -c "$top/seeds" -f json sorted.lua >found
  cmp -s wanted found || bad "run $i differs"
done
good
"$LESDIPLO" -c "$top/seeds" chance.lua | sort >wanted
"$LESDIPLO" -c "$top/seeds" chance.lua | sort >found
ok "pairs: another order at most" cmp wanted found

# Row 11: on a terminal control bytes are shown; a script that is in a pipe
# prints what it prints
if terminal "escapes on a terminal"; then
  try "escapes" 0 "$TYPIST" 80x24 -- "$LESDIPLO" -e 'print("a\27[2Jb\7c\194\155d\rx") warn("w\27]0;title\7")'
  out 'a\x1b[2Jb\x07c\x9bd\x0dx'
  out 'w\x1b]0;title\x07'
  try "in an error" 1 "$TYPIST" 80x24 -- "$LESDIPLO" -e 'error("e\27[31m\127", 0)'
  out 'e\x1b[31m\x7f'
fi
try "in a pipe" 0 "$LESDIPLO" -e 'print("a\27[2J")'
out "$(printf 'a\033[2J')"

# Row 8: what is installed, too, has no way to io
try "LUA_PATH is nothing to us" 1 env LUA_PATH="./?.lua" LUA_CPATH="/usr/lib/x86_64-linux-gnu/lua/5.4/?.so" \
  LUA_INIT='os.execute("touch init")' "$LESDIPLO" -e 'require "lfs"'
ok "nor LUA_INIT" test ! -e init

finish
