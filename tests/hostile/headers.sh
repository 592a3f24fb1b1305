#!/bin/sh
# Headers that mean harm: what reads them in the parent gets through, in bounded
# time, and reads no file that they name.
. tests/fault/cli.inc

# block FILE: a script whose header's lines come from standard input
block () { { echo '--[==[ lesdiplo-script 1'; cat; echo ']==]'; echo 'print "it ran"'; } >"$1"; }

# every VERB... each of them ends by itself, with an exit code of its own
every () {
  what=$1 file=$2
  for verb in test check inspect list help; do
    name="$what: $verb"
    timeout 60 "$LESDIPLO" $verb "$file" >"$WORK/.out" 2>"$WORK/.err"
    status=$?
    if [ $status -le 3 ]; then good; else bad "exit code $status"; fi
    no_out "it ran"
    no_out root:
    no_err "root:"
  done
}

i=0
while [ $i -lt 1500 ]; do
  printf '[doc.d%d]\ntext="a %d"\n' $i $i
  i=$((i + 1))
done | block many.lua
every "1500 documents" many.lua
i=0
while [ $i -lt 1200 ]; do printf '[x.y%d]\n[param.p%d]\nhelp="h"\n' $i $i; i=$((i + 1)); done | block tables.lua
every "1200 parameters and unknown tables" tables.lua
{ echo '[doc.a]'; echo 'text="x"'
  i=0; while [ $i -lt 60 ]; do printf '[test.t%d]\n' $i; i=$((i + 1)); done; } | block tests.lua
try "60 tests that expect nothing yet" 1 timeout 120 "$LESDIPLO" test tests.lua
out "0 passed, 60 failed"
{ printf '[doc.a]\ntext="x"\n[test.a]\nexpect="'; head -c 60000 /dev/zero | tr '\0' 'y'; echo '"'; } | block flood.lua
try "an expect that floods" 1 "$LESDIPLO" test flood.lua
out "+it ran"
{ printf '[doc.a]\ntext="x"\n[test.a]\nexpect="""\n'; yes x | head -n 25000; echo '"""'; } | block lines.lua
try "25,000 lines that did not come" 1 timeout 60 "$LESDIPLO" test lines.lua
out "@@ -1,25000 +1,1 @@"
out "24900 more lines"
{ echo '[doc.a]'; echo 'text="x"'; echo '[test.a]'; printf 'docs=['
  yes '"a",' | head -n 10000 | tr -d '\n'; echo ']'; printf '%s\n' 'expect="it ran\n"'; } | block again.lua
try "a document named again and again" 0 timeout 60 "$LESDIPLO" test again.lua
printf 'name="a\0b"\n[doc.a]\ntext="x"\n' | block nul.lua
every "a NUL byte" nul.lua
try "is told" 1 "$LESDIPLO" check nul.lua
out "nul.lua:2: a header holds no NUL bytes"
printf 'name="a\377b"\n' | block bytes.lua
every "no UTF-8" bytes.lua
printf 'name="""a\377b\n"""\n' | block long.lua
try "no UTF-8 in a long string" 1 "$LESDIPLO" check long.lua
out "long.lua:2: the string is no UTF-8"
for path in /etc/passwd ../../../../etc/passwd file:///etc/passwd; do
  printf '[doc.a]\ntext="x"\nfile="%s"\nurl="%s"\n[test.a]\ndocs=["%s"]\nexpect=""\n' $path $path $path |
    block path.lua
  every "a document that is a path" path.lua
  try "is no document" 1 "$LESDIPLO" test path.lua
  err "there is no [doc.$path]"
  printf '[doc.a]\ntext="%s"\nmeta.path="%s"\npath="%s"\n[test.a]\nexpect="it ran\\n"\n' $path $path $path |
    block path.lua
  try "a text that is a path" 0 "$LESDIPLO" test path.lua
  out "1 passed"
done
printf '[module.a]\nsha256="%064d"\n' 0 | block module.lua
ln -s /etc/passwd a.lua
try "a module that is a link" 5 "$LESDIPLO" module.lua
err "is not the module"
no_err "root:"
rm a.lua
mkfifo a.lua
try "a module that is a pipe" 3 timeout 20 "$LESDIPLO" module.lua
printf 'summary = "\\u001b[2J\\u202e"\nauthor = "\\u009b31m"\n' | block escape.lua
try "escapes in a list" 0 "$LESDIPLO" -f table list escape.lua
name="go through no terminal"
"$LESDIPLO" inspect escape.lua >"$WORK/.out" 2>&1
if grep -q "$(printf '\033')" "$WORK/.out"; then bad "an escape went through"; else good; fi
printf '[doc.a]\ntext="x"\n[test.a]\nexpect="x"\n' | { echo '--[==[ lesdiplo-script 1'; cat; echo ']==]'; echo 'while true do end'; } >loop.lua
try "a script that does not end" 1 timeout 30 "$LESDIPLO" --max-time 0.5 test loop.lua
ln -s . loop
try "a folder that holds itself" 0 timeout 60 "$LESDIPLO" --max-time 0.5 -q list loop/loop nothing

finish
