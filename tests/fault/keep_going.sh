#!/bin/sh
# --keep-going: a document in which the script fails, or crashes, is left out, and all
# is as if it had not been there; the failures are summed up by kind.
. tests/fault/cli.inc

mkdir c
i=1
while [ $i -le 40 ]; do
  printf 'Paper %d of the ministry. It speaks of trade.\n' $i >c/"$(printf %02d $i)".txt
  i=$((i + 1))
done
: >none

# goes NAME STATUS SCRIPT OPTIONS...
goes () {
  name=$1 wanted=$2
  printf '%s\n' "$3" >s.lua
  shift 3
  try "$name" "$wanted" "$LESDIPLO" --keep-going -c c "$@" s.lua
}

goes "a loop over documents" 1 '
local n = 0
for doc in corpus:docs() do
  n = n + 1
  lesdiplo.emit{ doc = doc.id, n = n }
  if doc.index % 10 == 4 then lesdiplo.emit{ doc = "half", n = n } error("bad date \"" .. doc.id .. "\"") end
  if doc.index == 22 then error("day " .. doc.index .. " is none") end
end
print("all", n)'
out "all	35"
out "40.txt	35"
no_out "half"
no_out "04.txt"
err "the script failed in 5 documents, which are left out:"
err '  s.lua:6: bad date "04.txt"'
err "    34.txt"
err "  s.lua:7: day 22 is none"
name="the same bytes every time"
cp "$WORK/.out" first
"$LESDIPLO" --keep-going -c c s.lua >second 2>none
if cmp -s first second; then good; else bad "they differ"; fi

goes "what it is without such documents" 0 'for doc in corpus:docs() do print(doc.id) end'
quiet

goes "more than are named" 1 'for doc in corpus:docs() do if doc.index > 2 then error "no" end print(doc.id) end' -o got.txt
err "which are left out:"
err "and 33 more (-v names them)"
ok "what is left is written" cmp -s got.txt - <<END
01.txt
02.txt
END
goes "-v" 1 'for doc in corpus:docs() do if doc.index > 2 then error "no" end end' -v
err "    40.txt"

goes "a search, a layer, a walk along matches" 1 '
local q = lesdiplo.query
lesdiplo.layer{ name = "number", make = function (doc, add)
  if doc.index == 5 then error "layer" end
  add(7, 8)
end }
local n = 0
for span in corpus:layer "number" do n = n + 1 end
local hits = corpus:find(q.word "trade":where(function (m) if m.doc.index == 6 then error "where" end return true end))
for span in corpus:gmatch(lpeg.P "ministry") do if span.doc.index == 7 then error "match" end end
print(n, #hits, #corpus:find(q.layer "number"))'
err ": layer"
err ": where"
err ": match"
out_is "39	38	37"

goes "a crash" 1 '
for doc in corpus:docs() do
  if doc.index == 9 then
    (#(lpeg.Cmt("", function () return true, 1 end) * "xx") * lpeg.Cmt("", function () return true, 1 end)):match "xx"
  end
  print(doc.id)
end'
err "the process that ran the script died"
err "    09.txt"
out "10.txt"
no_out "09.txt"

goes "files are as if it had not been there" 1 '
local all = out.open "all.txt"
local long = ("x"):rep(70000)
for doc in corpus:docs() do
  all:write(doc.id, "\n")
  if doc.index == 3 then
    all:write(long)
    local own = out.open "three.txt"
    own:write(long)
    own:close()
    error "three"
  end
  if doc.index == 4 then out.open "four.txt":write(doc.id) end
end' --allow-write w
ok "what they hold" sh -c "ls c | sed 3d | cmp - w/all.txt"
ok "which they are" sh -c "ls w | tr '\n' ' ' | grep -qx 'all.txt four.txt '"

goes "a failure outside of documents ends the run" 1 '
for doc in corpus:docs() do if doc.index == 3 then error "three" end print(doc.id) end
error "after"'
err "s.lua:3"
err "after"
err "failed in 1 document, which is left out"
out "40.txt"

goes "so does one that comes again without the document" 1 '
local some = {}
for doc in corpus:docs() do some[#some + 1] = doc end
for i, doc in ipairs(some) do if doc.index == 3 then error("again " .. doc.id) end end'
err "again 03.txt"

goes "a walk in a walk: the outer one's document, wherever in it" 1 '
local ref = corpus:doc "01.txt"
for a in corpus:docs() do
  local name, i, n = a.id, a.index, 0
  for b in corpus:docs() do
    n = n + 1
    if i == 3 and b.index == 7 then error "inner" end
  end
  for b in corpus:docs() do if b.index == 2 then break end end
  local size = #ref.text
  if i == 5 then error "outer" end
  print(name, n)
end'
out "02.txt	40"
out "04.txt	39"
out "06.txt	38"
no_out "03.txt"
no_out "05.txt"
err ": inner"
err ": outer"

goes "what was done before the failing step stays done, however long ago" 1 '
local n, x = 0, 0
for doc in corpus:docs() do n = n + 1 end
for doc in corpus:docs() do if doc.index == 3 then error "three" end x = x + 1 end
print(n, x)'
out_is "40	39"

goes "coroutines" 1 '
local each = coroutine.wrap(function ()
  for doc in corpus:docs() do
    if doc.index == 3 then error "inside" end
    coroutine.yield(doc)
  end
end)
local n = 0
for doc in each do
  if doc.index == 5 then error "outside" end
  n = n + 1
end
print(n)'
out_is "38"
err ": inside"
err ": outside"

goes "a failure behind a loop that was left is of no document" 1 '
for doc in corpus:docs() do if doc.index == 3 then error "three" end if doc.index == 6 then break end print(doc.id) end
print "left"
error "behind"'
out "05.txt"
out "left"
no_out "07.txt"
err "error: behind"
err "failed in 1 document"

goes "a document that is asked for by its name is there" 0 'print(corpus:doc "03.txt".id)'
out_is "03.txt"

goes "the clock ends it, and what was printed stays" 4 '
for doc in corpus:docs() do
  print(doc.id)
  if doc.index == 3 then error "three" end
  while doc.index == 5 do end
end' --max-time 1
out "05.txt"
no_out "03.txt"
err "the limit (--max-time)"
err "failed in 1 document"
goes "so does the kill of a match" 4 '
for doc in corpus:docs() do
  print(doc.id)
  if doc.index == 3 then error "three" end
  if doc.index == 5 then string.find(("a"):rep(60000), (".-"):rep(12) .. "b") end
end' --max-time 1
err "was killed after 1 seconds"
out "04.txt"
goes "an endless print ends with its limit" 4 '
for doc in corpus:docs() do if doc.index == 3 then error "three" end while doc.index == 5 do print(doc.id) end end' --max-output 100K
err "--max-output"
name="nobody is left behind"
if pgrep -f "$WORK/s.lua" >none; then bad "a process is"; else good; fi

finish
