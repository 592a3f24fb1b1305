#!/bin/sh
# annotate --script: the layers that a script defines, printed as those of the library
# are, under what holds a script.
. tests/fault/cli.inc

mkdir docs
cat >docs/a.md <<'END'
# Chad and Togo sign

LOME, May 3 -- Chad & Togo signed the *Treaty of Lome* in 1998 and the Treaty of
N'Djamena in 2004, Minister Koffi Adama said.
END
printf 'Nothing is signed here.\n' >docs/b.txt
cat >layers.lua <<'END'
local q = lesdiplo.query
print "what it prints is dropped"
lesdiplo.layer{ name = "treaty", find = q.word "treaty" * "of" * q.shape "title":as "place" }
lesdiplo.layer{ name = "year", fields = { "value", "end" }, make = function (doc, add)
  print "here as well"
  for span in doc:gmatch(lpeg.R "12" * lpeg.R "09"^3) do
    add(span, { value = tonumber(span.text), ["end"] = "A.D." })
  end
end }
lesdiplo.layer{ name = "amp", make = function (doc, add)
  for span in doc:gmatch(lpeg.P "&") do add(span, { b = { 1, "x" }, a = true }) end
end }
corpus:find(q.word "signed"):layer "signing"
return { { row = "dropped, too" } }
END

try "all layers" 0 "$LESDIPLO" annotate -c docs --script layers.lua
quiet
no_out dropped
no_out "here as well"
out '"layer":"event"'
out '"layer":"signing"'
cp .out all.jsonl
try "they verify" 0 "$LESDIPLO" verify -c docs all.jsonl
err " 0 do not"
sed 's/"start":\([0-9]*\)\(.*"layer":"treaty"\)/"start":1\1\2/; s/\("layer":"treaty","start":\)/\11/' \
  all.jsonl >wrong.jsonl
try "and are found out" 1 "$LESDIPLO" verify -c docs wrong.jsonl
out treaty
try "the library's are as without a script" 0 "$LESDIPLO" annotate -c docs
grep -v -e '"layer":"treaty"' -e '"layer":"year"' -e '"layer":"amp"' -e '"layer":"signing"' \
  all.jsonl >ours.jsonl
cp .out plain.jsonl
ok "to the last byte" cmp plain.jsonl ours.jsonl
try "some" 0 "$LESDIPLO" annotate --script layers.lua -c docs --layers year,amp,treaty
name="five records"
if [ "$(wc -l <.out)" -eq 5 ]; then good; else bad "$(cat .out)"; fi
out '"layer":"treaty","start":61,"end":75,"text":"Treaty of Lome","place":{"text":"Lome","cite":"a.md:3:'
out '"text":"1998","value":1998,"field_end":"A.D."}'
out '"text":"&","a":true,"b":[1,"x"]}'
try "of one file" 0 "$LESDIPLO" annotate docs/b.txt --script layers.lua --layers signing
out '"doc":"b.txt","layer":"signing"'
try "-o" 0 "$LESDIPLO" annotate -c docs --script layers.lua -o out.jsonl
ok "is the same" cmp out.jsonl all.jsonl
try "from standard input" 0 sh -c "'$LESDIPLO' annotate -c docs --script - <layers.lua | cmp - all.jsonl"
try "a script without layers" 0 sh -c "echo 'print(1)' >none.lua; \
  '$LESDIPLO' annotate -c docs --script none.lua | cmp - ours.jsonl"
cat >act.lua <<'END'
lesdiplo.fact.act "twin: cooperate 060 COOPERATE both\n  en verb twin + with"
END
mkdir twins
printf 'Chad twinned with Togo on Monday.\n' >twins/a.txt
try "an act of nobody's" 0 "$LESDIPLO" annotate -c twins --layers event
no_out cooperate
try "what a script adds to the library" 0 "$LESDIPLO" annotate -c twins --script act.lua \
  --layers event
out '"type":"cooperate"'

# What cannot be
try "no such layer" 2 "$LESDIPLO" annotate -c docs --script layers.lua --layers treaty,yaer
err "the layer 'yaer' is neither one of the library nor one that layers.lua defines"
no_out treaty
try "no script" 3 "$LESDIPLO" annotate -c docs --script nowhere.lua
err "cannot read nowhere.lua"
try "a script that is wrong" 1 "$LESDIPLO" annotate -c docs --script docs/b.txt
err "b.txt:1"
try "with a verb that has none" 2 "$LESDIPLO" verify --script layers.lua
err "annotate only"
try "with a script" 2 "$LESDIPLO" --script layers.lua layers.lua
err "annotate only"
cat >bad.lua <<'END'
lesdiplo.layer{ name = "bad", make = function (doc, add)
  if doc.id == "b.txt" then add(doc.nothing.first, 1) end
  add(1, 4)
end }
END
try "a layer that fails" 1 "$LESDIPLO" annotate -c docs --script bad.lua --layers bad -o bad.jsonl
err "bad.lua:2"
err "reading   b.txt"
ok "leaves no file" test ! -e bad.jsonl
try "documents in which it fails are left out" 1 "$LESDIPLO" annotate -c docs --keep-going \
  --script bad.lua --layers bad
out '"doc":"a.md"'
no_out '"doc":"b.txt"'
err "the script failed in 1 document"
cat >odd.lua <<'END'
local t = {}
lesdiplo.layer{ name = "odd", make = function (doc, add) add(1, 4, { f = t }) end }
t.t = t
END
try "a value that is none of JSON" 1 "$LESDIPLO" annotate -c docs --script odd.lua
err "does one hold itself"
cat >false.lua <<'END'
for _, f in ipairs{ "annotate_layer", "annotate_span", "annotate_document" } do
  _G[f] = nil
end
lesdiplo.layer{ name = "odd", make = function (doc, add)
  for _, f in ipairs{ annotate_layer, annotate_span, annotate_document } do
    pcall(f) pcall(f, {}) pcall(f, doc, -1, 1e300, "odd", "") pcall(f, doc, 0 / 0, 1, "x", ",")
    pcall(f, "odd") pcall(f, doc, 1, 0, "odd", {})
  end
  add(1, 4)
end }
END
try "its own calls of what it is not for" 0 "$LESDIPLO" annotate -c docs --script false.lua --layers odd
out '"layer":"odd","start":'

# What holds it
printf 'lesdiplo.layer{ name = "file", make = function (doc, add)\n  files.open("a.txt"):read()\n  add(1, 4)\nend }\n' >file.lua
echo text >a.txt
try "a right that it has not" 5 "$LESDIPLO" annotate -c docs --script file.lua --layers file
err "allow-read"
try "a right that it has" 0 "$LESDIPLO" annotate -c docs --script file.lua --layers file --allow-read a.txt
out '"layer":"file"'
sum=$("$LESDIPLO" hash layers.lua | cut -c1-71)
try "the script that was meant" 0 "$LESDIPLO" annotate -c docs --script layers.lua --pin "$sum"
try "another one" 5 "$LESDIPLO" annotate -c docs --script file.lua --pin "$sum"
printf 'lesdiplo.layer{ name = "long", make = function () while true do end end }\n' >long.lua
try "time" 4 "$LESDIPLO" annotate -c docs --script long.lua --max-time 0.5
err "0.5 seconds"
printf 'lesdiplo.layer{ name = "wide", make = function (doc, add)\n  for i = 1, 1e5 do add(1, 4, { v = ("x"):rep(1000) }) end\nend }\n' >wide.lua
try "output" 4 "$LESDIPLO" annotate -c docs --script wide.lua --max-output 1M
err "max-output"
if [ -c /dev/full ]; then
  try "a full disk" 3 sh -c "'$LESDIPLO' annotate -c docs --script layers.lua >/dev/full"
  err "cannot write"
fi
try "head" 0 sh -c "'$LESDIPLO' annotate -c docs --script wide.lua | head -n 1"
quiet
finish
