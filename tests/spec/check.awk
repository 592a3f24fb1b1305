# check.awk - compares what annotate printed with what a page expects.
#
#     awk -v page=PAGE -f check.awk PLAN WARNINGS RECORDS
#
# Records are boiled down to lines that people read (see run.sh). The last
# line printed is two numbers: blocks that passed, and that failed.

# The value of a string in JSON. Line ends and tabs stay \n and \t, so that a
# record is a line.
function string (text) {
  text = substr(text, 2, length(text) - 2)
  gsub(/\\"/, "\"", text)
  gsub(/\\\\/, "\\", text)
  return text
}

# Splits an object into name[1..], value[name]; gives their count.
function parse (line,   count, at, key) {
  count = 0
  split("", value)
  line = substr(line, 2)
  while (match(line, /^"([^"\\]|\\.)*":/)) {
    key = string(substr(line, 1, RLENGTH - 1))
    line = substr(line, RLENGTH + 1)
    if (!match(line, /^"([^"\\]|\\.)*"/) && !match(line, /^\[[^\]]*\]/))
      match(line, /^[^,}]*/)
    at = substr(line, 1, RLENGTH)
    line = substr(line, RLENGTH + 2)
    name[++count] = key
    value[key] = at ~ /^"/ ? string(at) : at
  }
  return count
}

# Characters that cannot be seen, by their names.
function visible (line) {
  gsub("\302\240", "<U+00A0>", line)
  gsub("\302\255", "<U+00AD>", line)
  gsub("\342\200\213", "<U+200B>", line)
  gsub("\342\200\214", "<U+200C>", line)
  gsub("\342\200\215", "<U+200D>", line)
  gsub("\342\200\257", "<U+202F>", line)
  gsub("\343\200\200", "<U+3000>", line)
  gsub("\357\273\277", "<U+FEFF>", line)
  return line
}

function say (block, line) {
  got[block] = got[block] line "\n"
}

# Ends the line of tokens that is open.
function end_line () {
  if (tokens != "") say(now, tokens)
  tokens = ""
}

function has (words, word) { return index(words " ", " " word " ") > 0 }

function is_shown (field) {
  if (fields[now] != "") return has(fields[now], field)
  return !has(" doc layer start end path bytes sha256", field)
}

# A document: every field that says something of its own, or those asked for.
function add_document (count,   i, shown) {
  if (documents[now]++) say(now, "")
  if (kind[now] != "document") return
  if (several[now] || (file[now] ~ /\.(jsonl?|ndjson)$/ && fields[now] == "")) {
    shown = value["doc"]
    if (index(shown, now "/") == 1) shown = substr(shown, length(now) + 2)
    say(now, "doc: " shown)
  }
  for (i = 1; i <= count; i++) {
    shown = value[name[i]]
    gsub(now "/", "", shown)      # the block's folder, in names of files
    if (is_shown(name[i])) say(now, name[i] ": " shown)
  }
}

function add_token (count,   i, line) {
  if (fields[now] == "") {
    tokens = tokens (tokens == "" ? "" : " ") value["text"]
    return
  }
  line = value["text"]
  for (i = 1; i <= count; i++)
    if (has(fields[now], name[i])) line = line " " value[name[i]]
  say(now, line)
}

# ["LSO","RUS"] as LSO+RUS.
function joined (list) {
  gsub(/[\["\]]/, "", list)
  gsub(/,/, "+", list)
  return list
}

# Type, who to whom, how it is meant, when; and by whom it is told.
function add_event (   line) {
  line = value["type"] " " joined(value["source"]) " > " joined(value["target"])
  line = line " " value["modality"]
  if ("date" in value) line = line " " value["date"]
  if ("via" in value) line = line " via " value["via"]
  gsub(/  +/, " ", line)
  say(now, line)
}

function add_stance (   line) {
  line = joined(value["holder"]) " " value["stance"] " " value["polarity"]
  if ("negated" in value) line = line " not"
  if ("hedge" in value) line = line " (" value["hedge"] ")"
  say(now, line "| " value["text"])
}

function add_record (count) {
  if (value["layer"] == "document") {
    end_line()
    now = substr(value["path"], 1, 4)
    owner[value["doc"]] = now
    add_document(count)
  } else if (value["layer"] == "block" && kind[now] == "blocks") {
    say(now, value["kind"] (("level" in value) ? " " value["level"] : "") "|" \
             (value["text"] == "" ? "" : " ") value["text"])
  } else if (value["layer"] == "sentence") {
    end_line()
    if (kind[now] == "sentences") say(now, value["text"])
  } else if (value["layer"] == "event" && kind[now] == "events") {
    add_event()
  } else if (value["layer"] == "stance" && kind[now] == "stances") {
    add_stance()
  } else if (value["layer"] == "token" && kind[now] == "tokens") {
    add_token(count)
  }
}

# What could not be read, after the documents that could. A warning begins with
# the name of a file, or with a document's id.
function add_warnings (   i, line, block) {
  for (i = 1; i <= warnings; i++) {
    line = warning[i]
    if (line ~ /^[0-9][0-9][0-9][0-9]\//) {
      block = substr(line, 1, 4)
      line = substr(line, 6)
    } else {
      block = owner[substr(line, 1, index(line, ": ") - 1)]
    }
    if (block == "") printf "%s: a warning of no block: %s\n", page, line
    failed += block == ""
    say(block, "warning: " line)
  }
}

# Lines with a bar before them, as a block of the report.
function report (title, text) {
  printf "  %s\n", title
  sub(/\n$/, "", text)
  gsub(/\n/, "\n    | ", text)
  printf "    | %s\n", visible(text)
}

FILENAME == ARGV[1] {
  at = index($0, "\t")
  word = substr($0, 1, at - 1)
  rest = substr($0, at + 1)
  if (word == "block") order[++blocks] = block = rest
  else if (word == "line") line_of[block] = rest
  else if (word == "heading") heading[block] = rest
  else if (word == "kind") kind[block] = rest
  else if (word == "fields") fields[block] = rest
  else if (word == "file") file[block] = rest
  else if (word == "more") several[block] = 1
  else want[block] = want[block] rest "\n"
  next
}

FILENAME == ARGV[2] {
  if (sub(/^warning: /, "")) warning[++warnings] = $0
  next
}

{ add_record(parse($0)) }

END {
  end_line()
  add_warnings()
  for (i = 1; i <= blocks; i++) {
    block = order[i]
    result = got[block]
    if (result == want[block]) { passed++; continue }
    failed++
    printf "%s:%d: %s\n", page, line_of[block], heading[block]
    report("wanted", want[block])
    report("got", result)
  }
  print passed + 0, failed + 0
}
