# split.awk - from a page to files: the input of each of its blocks, as
# FOLDER/0001/NAME, and a plan of them for check.awk, on standard output.
#
#     awk -v folder=FOLDER -f split.awk PAGE
#
# A line "=== NAME" of an input begins a further file beside the first one.
#
# A plan is lines of a word and its value, parted by a tab: block, line,
# heading, kind, fields, file, more (a further file); then a `want` for each
# expected line.

# The bytes of a code point.
function utf8 (cp) {
  if (cp < 128) return sprintf("%c", cp)
  if (cp < 2048) return sprintf("%c%c", 192 + int(cp / 64), 128 + cp % 64)
  if (cp < 65536)
    return sprintf("%c%c%c", 224 + int(cp / 4096),
                   128 + int(cp / 64) % 64, 128 + cp % 64)
  return sprintf("%c%c%c%c", 240 + int(cp / 262144),
                 128 + int(cp / 4096) % 64, 128 + int(cp / 64) % 64,
                 128 + cp % 64)
}

function hex (digits,   value, i) {
  for (i = 1; i <= length(digits); i++)
    value = value * 16 + index("0123456789ABCDEF", substr(digits, i, 1)) - 1
  return value
}

# <U+00A0> is a character, <FF> a byte.
function plain (line,   out, name) {
  while (match(line, character)) {
    name = substr(line, RSTART + 1, RLENGTH - 2)
    out = out substr(line, 1, RSTART - 1) \
          (name ~ /^U/ ? utf8(hex(substr(name, 3))) : sprintf("%c", hex(name)))
    line = substr(line, RSTART + RLENGTH)
  }
  return out line
}

BEGIN {
  hexdigit = "[0-9A-F]"
  character = "<(U[+]" hexdigit hexdigit hexdigit hexdigit "+|" \
              hexdigit hexdigit ")>"
}

function wrong (message) {
  printf "%s:%d: %s\n", FILENAME, FNR, message >"/dev/stderr"
  broken = 1
}

function open_file (name) {
  place = sprintf("%s/%04d/%s", folder, number, name)
  system("mkdir -p \"$(dirname '" place "')\"")
  printf "" >place
}

# The words after ```: what is shown, the file's name if it has a point, and
# fields.
function open_block (words,   count, word, i) {
  count = split(words, word, " ")
  kind = word[1]
  file = "a.txt"
  fields = ""
  for (i = 2; i <= count; i++) {
    if (index(word[i], ".")) file = word[i]
    else fields = fields " " word[i]
  }
  number++
  open_file(file)
  printf "block\t%04d\nline\t%d\nheading\t%s\nkind\t%s\nfields\t%s\nfile\t%s\n",
         number, FNR, heading, kind, fields, file
}

function close_block () {
  if (state == "input") wrong("this block has no line with a single point")
  if (kept != "") wrong("nothing follows the backslash")
  close(place)
  state = kept = ""
}

state == "" && /^#+ / {
  heading = $0
  sub(/^#+ /, "", heading)
}

# A fence: its mark, and what stands after it.
/^```+/ {
  match($0, /^`+/)
  mark = substr($0, 1, RLENGTH)
  rest = substr($0, RLENGTH + 1)
  if (state == "" && rest ~ /^(sentences|blocks|document|tokens|events|stances)( |$)/) {
    open_block(rest)
    fence = mark
    state = "input"
    next
  }
  if (state == "") {
    if (rest !~ /^(text|sh|)$/) wrong("unknown kind of block: " rest)
    fence = mark
    state = "example"
    next
  }
  if (mark == fence && rest == "") {
    if (state == "example") state = ""
    else close_block()
    next
  }
}

state == "" || state == "example" { next }

# A backslash at its end joins a line to the next one; before the point it
# leaves out the line end.
state == "input" && kept != "" && $0 == "." {
  printf "%s", plain(kept) >place
  kept = ""
  state = "output"
  next
}
/\\$/ { kept = kept substr($0, 1, length($0) - 1); next }
{ line = kept $0; kept = "" }

state == "input" && line == "." { state = "output"; next }
state == "input" && line ~ /^=== [^ ]+$/ {
  close(place)
  open_file(substr(line, 5))
  printf "more\t%s\n", substr(line, 5)
  next
}
state == "input" { printf "%s\n", plain(line) >place }
state == "output" { printf "want\t%s\n", plain(line) }

END {
  if (state != "") wrong("the last block is not closed")
  if (broken) exit 1
}
