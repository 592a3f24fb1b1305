#!/bin/sh
# The screen that shows what a script asks for, on a pseudo-terminal; what is
# remembered, and for which file.
. tests/fault/cli.inc
terminal "the screen" || finish

cat >asks.lua <<'END'
--[==[ lesdiplo-script 1
name = "who-visited"
version = "1.2.0"
author = "R. Example"
summary = "Reads a table\u001b[2J and prints it\u202e"
[needs]
read = ["data/a.txt"]
run = ["true"]
]==]
print("it " .. "ran", (files.open "data/a.txt":read(6)))
END
mkdir data
echo inside >data/a.txt

# answer NAME STATUS KEYS [ARGUMENT...]
answer () {
  what=$1 code=$2 keys=$3
  shift 3
  try "$what" "$code" "$TYPIST" 100x40 '[n]o: ' "$keys" -- "$LESDIPLO" "$@" asks.lua
}

answer "no" 5 n
no_out "changed   since"
out "who-visited 1.2.0, by R. Example"
out "to read               data/a.txt"
out "to run                true"
out "as good as full trust"
out "sha256    $(sha256sum asks.lua | cut -d ' ' -f 1)"
out "was not allowed"
no_out "it ran"
name="what it says of itself is shown as text"
if grep -q "$(printf '\033\\[2J')" "$WORK/.out" || grep -q "$(printf '\342\200\256')" "$WORK/.out"
then bad "a sequence went through"; else good; fi
out '\x1b[2J'

answer "once" 0 o
out "it ran	inside"
answer "once is not for ever" 5 n
answer "any other key" 5 x
answer "Ctrl-C" 5 '\003'
answer "return" 5 '\n'
try "the script is shown" 5 "$TYPIST" 100x40 '[n]o: ' s '[n]o: ' n -- "$LESDIPLO" asks.lua
out 'files.open "data/a.txt":read(6)'
try "and then allowed" 0 "$TYPIST" 100x40 '[n]o: ' s '[n]o: ' o -- "$LESDIPLO" asks.lua
out "it ran	inside"

# Keys that were pressed before the screen appeared are no answer.
try "typed ahead" 5 "$TYPIST" 100x40 '' 'ooooaaaa' '[n]o: ' n -- "$LESDIPLO" asks.lua
no_out "it ran"

# Always, for these bytes, in this folder
answer "always" 0 a
out "it ran	inside"
try "is remembered" 0 "$LESDIPLO" asks.lua
out_is "it ran	inside"
ok "for the user alone" sh -c 'test "$(stat -c %a temp/lesdiplo/granted)" = 600'
ok "as text" grep -q "^$(sha256sum asks.lua | cut -d ' ' -f 1) run true\$" temp/lesdiplo/granted
try "what is denied stays so" 5 "$LESDIPLO" --deny-run true asks.lua
OLD=$top/$BUILD/tests/tool/oldkernel
if "$OLD" both true 2>/dev/null; then
  try "is trusted where the system has no sandbox" 0 "$OLD" both "$LESDIPLO" asks.lua
  out_is "it ran	inside"
fi
cp asks.lua other.lua
try "a copy of it is the same" 0 "$LESDIPLO" other.lua
mkdir -p elsewhere/data
echo another >elsewhere/data/a.txt
try "its path elsewhere is not" 5 sh -c "cd elsewhere && '$LESDIPLO' ../asks.lua"
no_out another
echo '-- changed' >>asks.lua
try "a changed byte ends it" 5 "$LESDIPLO" asks.lua
err "--allow-read data/a.txt"
answer "and the screen says so" 5 n
out "changed   since one of this name was allowed always"
try "inspect shows what" 0 "$LESDIPLO" inspect asks.lua
out "It has changed since one of its name was allowed always"
out "+-- changed"
try "what is as it was says nothing" 0 "$LESDIPLO" inspect other.lua
no_out "has changed"
ok "for the user alone" sh -c 'test "$(stat -c %a temp/lesdiplo/scripts)" = 700'

# Where nobody is asked
try "--no-prompt" 5 "$TYPIST" 100x40 -- "$LESDIPLO" --no-prompt asks.lua
out "--allow-read data/a.txt --allow-run true"
no_out "[n]o"
try "a script on standard input" 5 "$TYPIST" 100x40 -- sh -c "'$LESDIPLO' - <asks.lua"
no_out "[n]o"
try "quiet, it asks all the same" 0 "$TYPIST" 100x40 '[n]o: ' o -- "$LESDIPLO" -q asks.lua
try "no needs, no screen" 0 "$TYPIST" 100x40 -- "$LESDIPLO" -e 'print "plain"'
no_out "[n]o"

# The terminal is as it was: what is typed after is shown.
try "the terminal is given back" 0 "$TYPIST" 100x40 '[n]o: ' n 'over' 'echoed\n' -- \
  sh -c "'$LESDIPLO' asks.lua; echo over; read line; stty -a | grep -q ' echo ' && echo \"got \$line\""
out "got echoed"

finish
