#!/bin/sh
# The prompt, on a pseudo-terminal: keys go in with pauses, as from a hand.
. tests/fault/cli.inc
terminal "the prompt" || finish

# type_keys: its arguments, each after a pause that a slow build can keep up with
type_keys () {
  sleep 1
  for keys in "$@"; do
    # shellcheck disable=SC2059  # escapes are wanted
    printf "$keys"
    sleep 0.4
  done
}

# session NAME KEYS...: what the terminal showed is in stdout
session () {
  name=$1
  shift
  type_keys "$@" |
    timeout 60 script -qec "'$LESDIPLO' -c '$top/seeds'; echo code \$?" /dev/null \
      >.raw 2>.err
  tr -d '\r' <.raw >.out
}

TERM=xterm
export TERM
session "values and lines" \
  '20 + 1\n' 'x = 5\n' 'for i = 1, 2 do\n' 'print(i * 100 + x)\n' 'end\n' \
  'x = x .. "kept"\n' 'error "on purpose"\n' 'x\n' '#corpus\n' '\004'
out "documents"
out "?name"
out 21
out ".. "
out 105
out 205
out "on purpose"
out "5kept"
out "code 0"

session "interrupts" \
  'local n = 0 while true do n = n + 1 end\n' '\003' '"after" .. " the loop"\n' \
  'coroutine.wrap(function () while true do pcall(error) end end)()\n' '\003' \
  '"after" .. " the coroutine"\n' \
  'dropped' '\003' 'if true then\n' '\003' '"after" .. " the line"\n' '\004'
out "after the loop"
out "after the coroutine"
out "after the line"
no_out "dropped\""
out "code 0"

session "completion and help" \
  'corp\t' ':gmat\t' '\025' '?corpus:gmatch\n' '?gmtch\n' 'print(corpsu)\n' '\004'
out "corpus:gmatch"
out "code 0"

session "a pasted session" \
  '> 30 + 1\n' '\033[200~> y = 2\n> y + 40\n42\n> (y\n.. + 50)\n52\033[201~' '\n' '\004'
out 31
out 42
out 52
no_out "error:"
out "code 0"

session "leaving by a word" 'quit\n'
out "code 0"

ok "history" test -s temp/lesdiplo/history
ok "is private" test "$(stat -c %a temp/lesdiplo/history)" = 600
ok "holds a line" grep -qx 'x = 5' temp/lesdiplo/history
ok "holds a block" sh -c "grep -A2 -x 'for i = 1, 2 do' temp/lesdiplo/history | grep -qx end"

TERM=dumb
session "a dumb terminal" '20 + 1\n' 'if true then\n' 'print(7 * 9)\n' 'end\n' '\004'
out 21
out 63
no_out "$(printf '\033')"
out "code 0"

try "no terminal: a script" 0 sh -c "echo 'print(20 + 1)' | '$LESDIPLO'"
out_is 21
try "-o is for scripts" 2 script -qec "'$LESDIPLO' -o x" /dev/null
out "-o wants a script"
finish
