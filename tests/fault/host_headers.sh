#!/bin/sh
# Headers: read and never run; what is wrong is told with its line.
. tests/fault/cli.inc

# header LINES...: a script of one header, h.lua, that prints its parameters
header () {
  printf '%s\n' '--[==[ lesdiplo-script 1' "$@" ']==]' \
    'local script = ...' \
    'for name, value in pairs(script.params) do' \
    '  print(name, type(value) == "table" and table.concat(value, "+") or value)' \
    'end' >h.lua
}

# wrong TEXT LINE LINES...: the header is refused, saying TEXT at LINE
wrong () {
  text=$1 line=$2
  shift 2
  header "$@"
  try "wrong: $*" 1 "$LESDIPLO" h.lua
  err "$text"
  err "h.lua:$line"
}

wrong "the string has no end" 2 'name = "x'
wrong "the string has no end" 2 'name = "x\"'
wrong "a value is missing" 2 'name ='
wrong "a value is missing" 2 'name = # x'
wrong "'=' is missing" 2 'name'
wrong "something stands behind" 2 'name = "a" "b"'
wrong "a line is key = value" 2 '= 3'
wrong "a value is a" 2 'name = 1.5'
wrong "a value is a" 2 'name = 99999999999999999999'
wrong "a value is a" 2 'name = yes'
wrong "strings know" 2 'name = "\q"'
wrong "hexadecimal" 2 'name = "\u12"'
wrong "no such character" 2 'name = "\ud800"'
wrong "arrays hold strings" 2 'categories = [1, 2]'
wrong "the array has no end" 2 'categories = ["a"'
wrong "a comma is missing" 2 'categories = ["a" "b"]'
wrong "must be a string" 2 'name = 3'
wrong "must be an integer" 2 'api = "1"'
wrong "name stands twice: on line 2" 3 'name = "a"' 'name = "b"'
wrong "needs stands twice" 3 '[needs]' '[needs]'
wrong "a table is" 2 '[a.b.c]'
wrong "a table is" 2 '[a'
wrong "a table is" 2 '[.a]'
wrong "nothing stands behind" 2 '[a] b'
wrong "does not know the need 'net'" 3 '[needs]' 'net = ["x"]'
wrong "did you mean 'write'" 3 '[needs]' 'wrte = ["x"]'
wrong "unknown type 'strng'; did you mean 'string'" 3 '[param.a]' 'type = "strng"' 'help = "x"'
wrong "has no help" 2 '[param.a]' 'type = "int"'
wrong "has no help" 2 '[param.a]'
wrong "an enum without values" 2 '[param.a]' 'type = "enum"' 'help = "x"'
wrong "true or false" 4 '[param.a]' 'type = "bool"' 'default = 3' 'help = "x"'
wrong "cannot be called 'help'" 2 '[param.help]' 'help = "x"'
wrong "max_memory is a size" 3 '[needs]' 'max_memory = "lots"'
wrong "max_time is a number" 3 '[needs]' 'max_time = 0'
wrong "written for api 2" 2 'api = 2'
wrong "newer Lua" 3 '[needs]' 'lua = "5.5"'
wrong "newer LPeg" 3 '[needs]' 'lpeg = "1.1"'

wrong "three quotes has no end" 2 'name = """x'
wrong "something stands behind" 3 'name = """x' 'y""" z'
wrong "strings know" 3 'name = """' '\q"""'
wrong "name stands twice: on line 2" 4 'name = """' '"""' 'name = "b"'
wrong "has no sha256" 2 '[module.a]'
wrong "64 hexadecimal digits" 3 '[module.a]' 'sha256 = "12"'
wrong "a module's name" 2 '[module.a-b]' 'sha256 = "12"'
wrong "is a module of the library" 2 '[module.lpeg]'
wrong "document 'a' has no text" 2 '[doc.a]' 'title = "x"'
wrong "document 'a' has no text" 2 '[doc.a]' 'text = " \n"'
wrong "text must be a string" 3 '[doc.a]' 'text = ["x"]'
wrong "the date of a document" 3 '[doc.a]' 'date = "4 July"' 'text = "x"'
wrong "has no document to read" 2 '[test.a]' 'expect = ""'
wrong "there is no [doc.frist]; did you mean 'first'" 5 '[doc.first]' 'text = "x"' '[test.a]' 'docs = ["frist"]'
wrong "there is no [doc./etc/passwd]" 5 '[doc.a]' 'text = "x"' '[test.a]' 'docs = ["/etc/passwd"]'
wrong "unknown format 'tvs'; did you mean 'tsv'" 5 '[doc.a]' 'text = "x"' '[test.a]' 'format = "tvs"'
wrong "leave format out" 6 '[doc.a]' 'text = "x"' '[test.a]' 'format = "csv"' 'columns = ["a"]'
wrong "params must be a string or an array" 5 '[doc.a]' 'text = "x"' '[test.a]' 'params = 3'

printf -- '--[[ lesdiplo-script 2\n]]\nprint(1)\n' >h.lua
try "a later version of headers" 1 "$LESDIPLO" h.lua
err "install a newer one"
printf -- '--[[ lesdiplo-script\n]]\nprint(1)\n' >h.lua
try "no version" 1 "$LESDIPLO" h.lua
printf -- '--[[ lesdiplo-script 1\nname = "x"\nprint(1)\n' >h.lua
try "not closed" 1 "$LESDIPLO" h.lua
err "is not closed"
{ echo '--[[ lesdiplo-script 1'; yes '# a comment' | head -c 70000; echo; echo ']]'; } >h.lua
try "too long" 1 "$LESDIPLO" h.lua
err "65536"

# Nothing has run when it is told that a right is missing.
for need in read write run env; do
  header '[needs]' "$need = [\"thing\"]"
  try "needs.$need" 5 "$LESDIPLO" h.lua
  no_out 1
  err "--allow-$need thing"
  err "h.lua:3"
done
header '[needs]' 'read = []' 'lua = "5.4"' 'lpeg = "1.0"'
try "a need for nothing" 0 "$LESDIPLO" h.lua

# Unknown keys are warnings, and those of x- are free.
header 'sumary = "x"' 'x-mine = "y"' '[tset.a]' 'k = 1' '[doc.a]' 'text = "x"' 'file = "/etc/passwd"' \
  'meta.place = "x"' '[x-t]' 'z = 1'
try "unknown keys" 0 "$LESDIPLO" h.lua
err "unknown key 'sumary'; did you mean 'summary'?"
err "unknown table [tset.a]"
no_err x-mine
no_err doc.a
no_err meta.place
err "unknown key 'file'"

# It is text, not a program, and other comments are none.
header 'name = "]]"' 'summary = "print(os.exit)"'
try "never run" 0 "$LESDIPLO" h.lua
printf -- '-- lesdiplo-script 1\nprint(...)\n' >h.lua
try "a line comment is none" 0 "$LESDIPLO" h.lua raw
out_is raw
printf 'print(...)\n--[[ lesdiplo-script 1\nname = 3\n]]\n' >h.lua
try "on line 2" 1 "$LESDIPLO" h.lua
printf '\n\n--[[ lesdiplo-script 1\nname = 3\n]]\nprint(...)\n' >h.lua
try "on line 3 it is a comment" 0 "$LESDIPLO" h.lua raw
out_is raw

# Long strings: the first newline is none of them, a backslash joins lines.
header 'name = """' 'one "two"' 'three \' '   four"""' 'version = """"""'
echo 'print(script.meta.name, #script.meta.version)' >>h.lua
try "long strings" 0 "$LESDIPLO" h.lua
out_is 'one "two"
three four	0'
sed 's/$/\r/' h.lua >dos.lua
try "long strings with CR LF" 0 "$LESDIPLO" dos.lua
out_is 'one "two"
three four	0'

# Modules: beside the script, of these bytes, in the script's environment.
mkdir -p lib "$WORK/data/lesdiplo/modules"
printf '#!/usr/bin/lua\nlocal M = {}\nfunction M.twice (n) return 2 * n end\nshared = 5\nreturn M\n' >lib/datefix.lua
sum=$(sha256sum lib/datefix.lua | cut -d ' ' -f 1)
header '[module.datefix]' "sha256 = \"sha256:$sum\""
echo 'print(require "datefix".twice(4), shared, require "datefix" == require "datefix")' >>h.lua
try "no module" 3 "$LESDIPLO" h.lua
err "needs the module datefix.lua: put it beside the script"
err "h.lua:2"
mv h.lua lib/h.lua
try "beside the script" 0 "$LESDIPLO" lib/h.lua
out_is "8	5	true"
cp lib/h.lua h.lua
cp lib/datefix.lua "$WORK/data/lesdiplo/modules"
try "in the library" 0 env XDG_DATA_HOME="$WORK/data" "$LESDIPLO" h.lua
out_is "8	5	true"
echo '-- changed' >>lib/datefix.lua
try "other bytes" 5 env XDG_DATA_HOME="$WORK/data" "$LESDIPLO" lib/h.lua
no_out 8
err "is not the module that the script was written with"
err "wanted    sha256:$sum"
err "h.lua:3"
header '[module.other]' "sha256 = \"$sum\""
ln -s . lib/other.lua
mv h.lua lib
try "a folder" 3 "$LESDIPLO" lib/h.lua
err "lib/other.lua"
try "require finds no files" 1 "$LESDIPLO" -e 'require "lib.datefix"'
err "no module 'lib.datefix'"

# Parameters
header '[param.who]' 'type = "string"' 'help = "Who"' 'default = "x\u00e9\ty"' \
  '[param.top]' 'type = "int"' 'help = "How many"' 'min = 1' 'max = 10' 'default = 3' \
  '[param.part]' 'type = "number"' 'help = "Which part"' 'default = "0.5"' 'max = 1' \
  '[param.all]' 'type = "bool"' 'help = "All"' \
  '[param.day]' 'type = "date"' 'help = "When"' \
  '[param.land]' 'type = "country"' 'help = "Where"' \
  '[param.form]' 'type = "enum"' 'values = ["long", "short"]' 'help = "How"' \
  '[param.words]' 'type = "list"' 'help = "Words"' \
  '[param.code]' 'type = "string"' 'pattern = "^%u+$"' 'help = "Capitals"'
try "defaults" 0 "$LESDIPLO" h.lua
out_is "who	xé	y
top	3
part	0.5
all	false
words	"
try "values" 0 "$LESDIPLO" h.lua --who=me --top 10 --part 1 --all --day 2024-02-29 \
  --land 'south africa' --form long --words a,b --words c --code AB
out_is "who	me
top	10
part	1.0
all	true
day	2024-02-29
land	ZAF
form	long
words	a+b+c
code	AB"
for land in ZAF za 'South Africa'; do
  try "country $land" 0 "$LESDIPLO" h.lua --land "$land"
  out "land	ZAF"
done
try "--no-" 0 "$LESDIPLO" h.lua --no-all
out "all	false"
usage () {
  text=$1
  shift
  try "usage: $*" 2 "$LESDIPLO" h.lua "$@"
  err "$text"
}
usage "no parameter --tap; did you mean --top?" --tap 3
usage "takes parameters by name, and 'stray'" stray
usage "takes parameters by name" --
usage "wants a value" --top
usage "must be an integer, got 'x'" --top x
usage "must be an integer, got '3x'" --top 3x
usage "must be an integer" --top 99999999999999999999
usage "from 1 to 10, got '11'" --top 11
usage "at most 1" --part 2
usage "must be a number" --part nan
usage "must be true or false" --all=maybe
usage "must be a date" --day 1998-02-29
usage "must be a date" --day '4 July'
usage "did you mean France" --land Frence
usage "must be one of long short" --form tall
usage "no parameter --no-top" --no-top
try "usage: pattern" 2 "$LESDIPLO" h.lua --code ab
err "must look like ^%u+$"
header '[param.who]' 'type = "string"' 'required = true' 'help = "Who it is"'
try "a parameter that is needed" 2 "$LESDIPLO" h.lua
err "h.lua needs --who: Who it is"

# Help, without running
header 'name = "n"' 'version = "1.2"' 'summary = "Sums up"' '[param.who]' 'type = "string"' \
  'help = "Who it is"' 'required = true' 'example = "me"'
echo 'error "it ran"' >>h.lua
try "--help" 0 "$LESDIPLO" h.lua --help
out "n 1.2: Sums up"
out "--who me"
out "Who it is (needed, as in me)"
no_err ran

finish
