#!/bin/sh
# rooms.sh "C ROOMS" "LUA ROOMS"   proves the chain of rooms
#
# Of each list a room may use itself and those before it, and nothing else:
#   C     "room/room.h" is the only door into a room; other headers are for
#         its own files. lua.h and its kin belong to bind and host. cli knows
#         lesdiplo.h and its own headers. What the build generates
#         (embedded.h, han.h, entities.h, filter.h) is for the library.
#   Lua   `lesdiplo.room`, required or used as a field, in lua/lesdiplo/.
#         Files of data stand before them all.
#         Each public function has a doc comment, from which its help is made.
# Words in comments do not count.
set -eu
c_rooms=$1
lua_rooms=$2
bad=0

check_c='
  function fault(why) { print FILENAME ":" FNR ": " why; bad = 1 }
  BEGIN {
    n = split(rooms, list, " ")
    for (i = 1; i <= n; i++) at[list[i]] = i
  }
  FNR == 1 { split(FILENAME, part, "/"); room = part[2] }
  !/^[ \t]*#[ \t]*include/ { next }
  { name = $0; gsub(/^[^<"]*[<"]|[>"].*$/, "", name) }
  { count = split(name, to, "/") }
  name ~ /^(lua|lauxlib|lualib|luaconf|lesdiplo_lua)\.h$/ {
    if (room != "bind" && room != "host")
      fault("only bind and host include " name)
    next
  }
  name == "lesdiplo.h" { next }
  name == "embedded.h" || name == "han.h" || name == "entities.h" ||
  name == "filter.h" {
    if (room == "cli") fault("cli includes lesdiplo.h and nothing else of ours")
    next
  }
  /</ {
    if (name ~ /^readline\// && room != "cli")
      fault("only cli includes readline: the library stays MIT")
    next
  }
  to[1] == room {
    if (count < 2) fault("write \"" room "/...\"")
    next
  }
  room == "cli" {
    fault("cli includes lesdiplo.h and nothing else of ours")
    next
  }
  !(to[1] in at) {
    fault("\"" name "\" is no door: write \"room/room.h\""); next
  }
  at[to[1]] > at[room] {
    fault(room " stands before " to[1] " in the chain and may not use it")
    next
  }
  name != to[1] "/" to[1] ".h" {
    fault("the door of " to[1] " is \"" to[1] "/" to[1] ".h\"")
  }
  END { exit bad }'

check_lua='
  function fault(why) { print FILENAME ":" FNR ": " why; bad = 1 }
  BEGIN {
    n = split(rooms, list, " ")
    for (i = 1; i <= n; i++) at[list[i]] = i
  }
  FNR == 1 {
    split(FILENAME, part, "/"); room = part[3]; sub(/\.lua$/, "", room)
    above = ""
    if (!(room in at)) fault("is no room (" rooms "): put it into one")
  }
  /^(function )?M[.:][a-z]/ && /^function|=[ \t]*function/ && above !~ /^--/ {
    fault("has no doc comment: begin one with --- above it")
  }
  { above = $0; code = $0; sub(/--.*$/, "", code) }
  {
    while (match(code, /lesdiplo[.\/][a-z]+/)) {
      used = substr(code, RSTART + 9, RLENGTH - 9)
      code = substr(code, RSTART + RLENGTH)
      if (used in at && room in at && at[used] > at[room])
        fault(room " stands before " used " in the chain and may not use it")
    }
  }
  END { exit bad }'

for room in $c_rooms; do
  # the list holds no blank and no newline: file names are one word
  files=$(find "src/$room" -name '*.c' -o -name '*.cc' -o -name '*.h' | sort)
  # shellcheck disable=SC2086
  [ -z "$files" ] || awk -v rooms="$c_rooms" "$check_c" $files || bad=1
done
files=$(find lua/lesdiplo -name '*.lua' ! -path 'lua/lesdiplo/meta/*' | sort)
# shellcheck disable=SC2086
[ -z "$files" ] || awk -v rooms="data $lua_rooms" "$check_lua" $files || bad=1

for folder in src/* lua/lesdiplo/*; do
  [ -d "$folder" ] || continue
  case " $c_rooms $lua_rooms data meta tools " in
    *" ${folder##*/} "*) ;;
    *) echo "$folder: is no room: add it to the Makefile's list"; bad=1 ;;
  esac
done

if [ $bad -ne 0 ]; then
  echo "rooms: move what is shared to an earlier room, or use its door" >&2
  exit 1
fi
