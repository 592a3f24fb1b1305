#!/bin/sh
# The verbs about scripts: test, check, inspect, list, hash, init-editor; --pin.
. tests/fault/cli.inc

# script NAME LINES...: NAME.lua, with these lines in its header, from standard
# input its text
script () {
  file=$1.lua
  shift
  { printf '%s\n' '--[==[ lesdiplo-script 1' "$@" ']==]'; cat; } >"$file"
}

# ---------------------------------------------------------------------- test

script good 'name = "good"' '[param.most]' 'type = "int"' 'default = 9' 'help = "Rows"' \
  '[doc.a]' 'date = "1998-07-04"' 'meta.place = "Muscat"' \
  'text = "The French foreign minister visited Oman on Friday."' \
  '[doc.b]' 'text = """' 'China signed' 'a treaty."""' \
  '[test.rows]' 'columns = ["country", "doc"]' 'expect = """' 'FRA\ta' 'OMN\ta' 'CHN\tb' '"""' \
  '[test.few]' 'docs = ["b"]' "params = '--most \"1\"'" 'expect = "country\tdoc\nCHN\tb\n"' \
  '[test.csv]' 'docs = ["b", "a"]' 'params = ["--most", "1"]' 'format = "csv"' \
  'expect = "country,doc\r\nCHN,b\r\n"' <<'END'
local script = ...
local rows = { columns = { "country", "doc" } }
for span in corpus:layer "country" do
  if #rows < script.params.most then
    rows[#rows + 1] = { country = span.id, doc = span.doc.id }
  end
end
return rows
END
try "tests pass" 0 "$LESDIPLO" test good.lua
out_is "ok     good.lua  rows
ok     good.lua  few
ok     good.lua  csv
3 passed, 0 failed"
quiet
sed 's/OMN/DEU/; s/country,doc/land,doc/' good.lua >wrong.lua
try "a test fails" 1 "$LESDIPLO" test wrong.lua
out "FAIL   wrong.lua  rows
--- expected
+++ what came
@@ -1,3 +1,3 @@
 FRA	a
-DEU	a
+OMN	a
 CHN	b"
out "ok     wrong.lua  few"
out "1 passed, 2 failed"
cp wrong.lua before.lua
try "--update" 0 "$LESDIPLO" test --update wrong.lua
out "new    wrong.lua  rows"
out "-DEU	a"
out "1 passed, 0 failed, 2 written"
try "and then they pass" 0 "$LESDIPLO" test wrong.lua
out "3 passed, 0 failed"
name="what is written reads as it was"
if [ "$(tail -n 9 wrong.lua)" = "$(tail -n 9 good.lua)" ]; then good; else bad "the script's text has changed"; fi

script odd '[doc.a]' 'text = "x"' '[test.a]' 'expect = ""' '[test.b]' <<'END'
print 'a ]==] b "" c\\n\t'
print '   """'
io_ = nil
print "end "
END
try "text that would end the header" 0 "$LESDIPLO" test --update odd.lua
out "2 written"
try "is written so that it does not" 0 "$LESDIPLO" test odd.lua
out "2 passed, 0 failed"
script bytes '[doc.a]' 'text = "x"' '[test.a]' 'expect = "y"' <<'END'
print "\xFF"
END
cp bytes.lua copy.lua
try "what is no text is not written" 3 "$LESDIPLO" test --update bytes.lua
err "is left as it is"
ok "whole or not at all" cmp bytes.lua copy.lua

script ends '[doc.a]' 'text = "x"' '[test.raises]' 'expect = ""' '[test.column]' \
  'columns = ["a", "b"]' 'expect = ""' '[test.param]' 'params = "--no"' 'expect = ""' <<'END'
if #arg > 0 then return end
lesdiplo.emit{ a = 1, c = 2 }
error "on purpose"
END
try "what ends a test" 1 "$LESDIPLO" test ends.lua
out "on purpose"
out "ends.lua:"
out "has no parameter --no"
out "0 passed, 3 failed"
sed '/^error/d' ends.lua >cells.lua
try "a column that is not there" 1 "$LESDIPLO" test cells.lua
out "the output has no column 'b'; its first line is: a	c"

# It reads what the header holds, and has no right.
script asks '[needs]' 'read = ["good.lua"]' 'env = ["HOME"]' '[doc.a]' 'text = "x"' '[test.a]' \
  'expect = "x\nfalse\n"' <<'END'
for doc in corpus:docs() do print(doc.text) end
print((pcall(files.open, "good.lua")))
END
try "no rights in a test" 0 "$LESDIPLO" test asks.lua
out "1 passed, 0 failed"
script flood '[doc.a]' 'text = "x"' '[test.flood]' 'expect = ""' '[test.endless]' 'expect = ""' <<'END'
if corpus[1].id == "a" then while true do print(("x"):rep(1000)) end end
END
try "a test that prints without end" 1 timeout 60 "$LESDIPLO" test flood.lua
out "FAIL   flood.lua  flood"
out "0 passed, 2 failed"
script slow '[doc.a]' 'text = "x"' '[test.slow]' 'expect = ""' <<'END'
while true do end
END
try "a test without end" 1 "$LESDIPLO" --max-time 0.3 test slow.lua
out "stopped after 0.3 seconds"

mkdir -p tree/below tree/.hidden
cp good.lua tree/below
echo 'print "it ran"' >tree/plain.lua
echo 'not a script' >tree/notes.txt
cp ends.lua tree/.hidden
try "a folder" 0 "$LESDIPLO" test tree
out "tree/below/good.lua  rows"
out "3 passed, 0 failed"
no_out "it ran"
script broken 'name = ' </dev/null
mv broken.lua tree
try "a bad script does not end the others" 1 "$LESDIPLO" test tree
out "3 passed, 1 failed"
err "a value is missing"
try "no tests" 1 "$LESDIPLO" test tree/plain.lua
err "tree/plain.lua has no tests"
try "none at all" 1 "$LESDIPLO" test "$top/seeds"
err "there are no tests"
try "--update elsewhere" 2 "$LESDIPLO" --update good.lua
try "help shows a test" 0 "$LESDIPLO" help good.lua
out "Example, over the texts of its test:"
out "  OMN	a"

# --------------------------------------------------------------------- check

# says TEXT LINES...: check tells TEXT of a script of these lines
says () {
  text=$1
  shift
  printf '%s\n' "$@" >c.lua
  try "check: $1" 1 "$LESDIPLO" check c.lua
  out "$text"
}
# fine LINES...: check has nothing to say of them
fine () {
  printf '%s\n' "$@" >c.lua
  try "check: $1" 0 "$LESDIPLO" check c.lua
  out "nothing to say"
}
says "c.lua:2: unknown global 'prnt'; did you mean 'print'?" '' 'prnt(1)'
says "c.lua:1: 'io' is not there" 'io.write "x"'
says "unknown global 'emit'; write lesdiplo.emit" 'emit{}'
fine 'x = 1' 'print(x)'
fine 'local _ENV = { a = 1 }' 'a = a + no'
fine 'print(arg[1], files, env.HOME)'
says "the corpus has no 'gmach'; did you mean 'gmatch'?" 'for x in corpus:gmach(1) do print(x) end'
says "a document has no 'titel'; did you mean 'title'?" 'for doc in corpus:docs() do print(doc.titel) end'
says "doc.title is no function" 'for doc in corpus:docs() do print(doc:title()) end'
says "did you mean 'word'?" 'local q = require "lesdiplo".query' 'print(q.wrod)'
says "lesdiplo has no 'reprot'; did you mean 'report'?" 'print(lesdiplo.reprot)'
says "lpeg has no 'Px'" 'local l = require "lpeg"' 'print(l.Px)'
says "string has no 'dump'" 'print(string.dump)'
fine 'local q = lesdiplo.query' 'lesdiplo.layer{ name = "office", find = q.word "x" }' 'print(q.office)'
fine 'local above, names = 1, 2' 'above = above + names' 'print(above)'
says "string.upper gives is thrown away" 'string.upper "x"'
says "lpeg.P builds a pattern, which is thrown away" 'local P = lpeg.P' 'P "x"'
says "the pattern 'p' is built and never used" 'local p = lpeg.P "x"'
says "gsub gives the new text" 'local s = "x"' 's:gsub("a", "b")' 'print(s)'
fine 'local n, s = 0, "x"' 's:gsub("a", function () n = n + 1 end)' 'print(n)'
fine 'print(pcall(function () corpus:find(1) end))'
says "pairs comes in another order each run, and this prints" 'for k in pairs{} do print(k) end'
says "and 'rows' is shown in it" 'local rows = {}' 'for k in pairs{ a = 1 } do rows[#rows + 1] = { k = k } end' 'return rows'
fine 'local rows = {}' 'for k in pairs{ a = 1 } do rows[#rows + 1] = k end' 'table.sort(rows)' 'return rows'
fine 'local n = 0' 'for _ in pairs{ a = 1 } do n = n + 1 end' 'print(n)'
says "two alternatives of rule 'e' begin with 't'" 'local P, V = lpeg.P, lpeg.V' \
  'return P{ "e", e = V"t" * "+" * V"e" + V"t" * "-" * V"e" + V"t", t = "(" * V"e" * ")" + P"x" }'
fine 'local P, V = lpeg.P, lpeg.V' \
  'return P{ "e", e = V"t" * ("+" * V"e" + "-" * V"e" + P(true)), t = "(" * V"e" * ")" + P"x" }'
fine 'local P, V = lpeg.P, lpeg.V' 'return P{ "e", e = V"t" * "+" + V"t" * "-", t = P"x" }'
says "a match-time capture (Cmt) under #" 'local c = lpeg.Cmt(lpeg.P "a", function () return true end)' 'return #c'
fine 'local t = { 1 }' 'return #t'
says "c.lua:1: " 'local = 3'
says "this is bytecode" "$(printf '\033Lua')"
fine '-- a remark alone' 'prnt(1) -- check: ok, it is made elsewhere'

script params '[param.top]' 'help = "Rows"' '[param.bare]' 'help = "Nothing"' <<'END'
local script = ...
local params = script.params
print(params.top, script.params.tpo)
END
try "check: parameters" 1 "$LESDIPLO" check params.lua
out "params.lua:4: parameter 'bare' is declared and never read"
out "script.params has no 'tpo'; did you mean 'top'?"
out "2 remarks"
script whole '[param.top]' 'help = "Rows"' <<'END'
local script = ...
for name, value in lesdiplo.util.sorted(script.params) do print(name, value) end
END
try "check: parameters that go elsewhere" 0 "$LESDIPLO" check whole.lua
script needs '[needs]' 'read = ["a.txt"]' 'env = ["TZ"]' <<'END'
print(env.TZ)
END
try "check: rights for nothing" 1 "$LESDIPLO" check needs.lua
out "needs.lua:3: the header asks for the right to read, and the script never uses 'files'"
out "1 remark"
script sumary 'sumary = "x"' '[needs]' </dev/null
try "check: a header" 1 "$LESDIPLO" check sumary.lua
out "sumary.lua:2: the header has an unknown key 'sumary'; did you mean 'summary'?"
try "check: a folder with a broken script" 1 "$LESDIPLO" check tree
out "tree/broken.lua:2: a value is missing behind '='"
out "3 scripts, 1 remark"
try "check: nothing there" 3 "$LESDIPLO" check "$top/seeds"
{ printf 'local x = '; yes 'x .. (' | head -n 150 | tr -d '\n'; echo x; yes ')' | head -n 150; } >deep.lua
try "check: deep" 1 timeout 20 "$LESDIPLO" check deep.lua
{ printf 'return 1'; yes ' + 1' | head -n 30000; } >long.lua
try "check: long" 0 timeout 20 "$LESDIPLO" check long.lua

# ------------------------------------------------------- inspect, list, hash

script given 'name = "given"' 'version = "1.2"' 'summary = "Reads\u001b[2J a table"' \
  'categories = ["tables"]' '[needs]' 'read = ["data/a.txt"]' 'run = ["dot"]' 'max_memory = "512M"' \
  '[module.other]' "sha256 = \"$(printf '%064d' 0)\"" <<'END'
print "it ran"
made = load "return 1"
local packed = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3ODkrL0FCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaYWJjZGVmZ2hpamtsbW5vcA"
print(lesdiplo.query.stem(packed), #corpus:find "x")
END
try "inspect" 0 "$LESDIPLO" inspect given.lua
out "given 1.2: Reads\\x1b[2J a table"
out "sha256:$(sha256sum given.lua | cut -d ' ' -f 1)"
out "It asks to read data/a.txt"
out "It asks to run the program dot: that is as good as full trust (--allow-run)"
out "up to 512 MB of memory"
out "other.lua  sha256:000000"
out "corpus:find"
out "lesdiplo.query.stem"
out "It sets the globals
  made"
out "line 14: load runs text that is made while it runs"
out "line 15: 142 bytes that are no text to read"
no_out "it ran"
try "inspect: no header" 0 "$LESDIPLO" inspect tree/plain.lua
out "has no header"
out "asks for nothing else"
try "inspect: what" 2 "$LESDIPLO" inspect

try "list" 0 "$LESDIPLO" -f csv list tree .
out "tree/below/good.lua,good"
out 'given.lua,given,1.2,'
out '"read data/a.txt, run dot"'
err "warning: a value is missing"
no_out "plain.lua"
try "list: words" 0 "$LESDIPLO" list . TABLE
out "given.lua"
no_out "good.lua"
try "list: nothing" 0 "$LESDIPLO" list . nothing-has-this
err "no script here has all these words"
sum=$(sha256sum good.lua | cut -d ' ' -f 1)
try "hash" 0 "$LESDIPLO" hash good.lua
out_is "sha256:$sum"
try "hash: nothing there" 3 "$LESDIPLO" hash nowhere.lua
try "--pin" 0 "$LESDIPLO" --pin "sha256:$sum" -c "$top/seeds" good.lua
try "--pin: other bytes" 5 "$LESDIPLO" --pin "sha256:$sum" tree/plain.lua
err "wanted    sha256:$sum"
no_out "it ran"
try "--pin: no hash" 2 "$LESDIPLO" --pin 12 good.lua

# -------------------------------------------------------------- init-editor

mkdir editor
try "init-editor" 0 "$LESDIPLO" init-editor editor
out "editor/library/lesdiplo.lua"
name="every public name has help"
if grep -q "has no help" editor/library/lesdiplo.lua
then grep "has no help" editor/library/lesdiplo.lua; bad "some names have none"; else good; fi
name="the names are there"
for wanted in 'function Corpus:find(pattern, options) end' '---@field title string|nil' \
  'function lesdiplo.query.stem(w, ...) end' 'function lesdiplo.report.text(name, rows, options) end' \
  'function files.open(' '---@class Pattern'; do
  if grep -qF -- "$wanted" editor/library/lesdiplo.lua; then good; else bad "no $wanted"; fi
done
try "they are Lua" 0 "$LESDIPLO" check editor/library/lesdiplo.lua
name="none is left out"
"$LESDIPLO" help | sed -n '/Names of the library/,$p' | tr -s ' ' '\n' | grep '^[a-z]*:[a-z]' |
  sed 's/.*://' | while read -r method; do
  grep -q "^function [A-Z][a-z]*:$method(" editor/library/lesdiplo.lua || echo "$method"
done >missing
if [ -s missing ]; then cat missing; bad "some are"; else good; fi
echo mine >editor/.luarc.json
try "files of the user's" 0 "$LESDIPLO" init-editor editor
err "editor/.luarc.json is there and was left as it is"
ok "are left alone" grep -q mine editor/.luarc.json
try "--force" 0 "$LESDIPLO" --force init-editor editor
ok "writes them anew" grep -q workspace.library editor/.luarc.json
try "init-editor: no such folder" 3 "$LESDIPLO" init-editor nowhere/below

cat >warned.lua <<'END'
--[==[ lesdiplo-script 1
sumary = "spelt wrong"
[doc.a]
text = "They met."
[test.a]
expect = "1\n"
[test.b]
expect = "1\n"
]==]
return #corpus
END
try "a header's warnings" 0 "$LESDIPLO" test warned.lua
ok "are told once" test "$(grep -c sumary "$WORK/.err")" = 1

# ----------------------------------------------------------------- progress

if terminal "the line of progress"; then
  cat >slow.lua <<'END'
for doc in corpus:docs() do
  local began = os.clock()
  local text = doc.text
  while os.clock() - began < 0.5 do text = text:lower() end
end
print "done"
END
  try "a run that lasts" 0 "$TYPIST" 100x24 -- env TERM=xterm "$LESDIPLO" -c "$top/seeds" slow.lua
  out "/5  "
  out " doc/s  "
  out "s left  "
  out "done"
  try "in silence" 0 "$TYPIST" 100x24 -- env TERM=xterm "$LESDIPLO" -q -c "$top/seeds" slow.lua
  no_out "doc/s"
  try "in no terminal" 0 "$LESDIPLO" -c "$top/seeds" slow.lua
  quiet
fi

finish
