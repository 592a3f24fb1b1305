#!/bin/sh
# Documents built to be slow or to break a reader: megabytes of one thing. Each
# must be read, or refused with its reason, long before the guard against
# hanging ends it. What takes more than linear time does not come through.
# memcheck: no, its files are large, and their time is bounded
. tests/fault/cli.inc

guard=30
case $BUILD in *asan*) guard=180 ;; esac
size=4000000

# repeat TEXT [BYTES]: TEXT again and again, as many bytes
repeat () {
  awk -v text="$1" -v size="${2:-$size}" 'BEGIN {
    while (length(text) < size) text = text text
    printf "%s", substr(text, 1, size)
  }'
}

# lines FORMAT COUNT: that line so many times, %d its number
lines () {
  awk -v format="$1" -v count="$2" 'BEGIN {
    for (i = 0; i < count; i++) printf format "\n", i
  }'
}

# fine NAME FILE: it is read within the time, and nothing is said about it
fine () {
  try "$1" 0 timeout $guard "$LESDIPLO" annotate --layers document "$2"
  out '"layer":"document"'
  quiet
  rm -f "$2"
}

# told NAME FILE MESSAGE: it is read, with a warning
told () {
  try "$1" 0 timeout $guard "$LESDIPLO" annotate --layers document "$2"
  out '"layer":"document"'
  err "$3"
  rm -f "$2"
}

# refused NAME FILE MESSAGE: nothing in it can be read
refused () {
  try "$1" 3 timeout $guard "$LESDIPLO" annotate --layers document "$2"
  err "$3"
  rm -f "$2"
}

# holds NAME FILE: all that is said of it is true
holds () {
  try "$1" 0 timeout $guard "$LESDIPLO" -q annotate "$2" \
    --layers document,block,sentence
  mv .out all.jsonl
  try "$1, verified" 0 timeout $guard "$LESDIPLO" -q verify -c "$2" all.jsonl
  rm -f "$2" all.jsonl
}

# Words and marks
repeat x >a.txt; fine "one word" a.txt
repeat 'word ' >a.txt; fine "words without a stop" a.txt
repeat '中' 3999999 >a.txt; fine "Chinese without a stop" a.txt
repeat '. ' >a.txt; fine "stops" a.txt
repeat . >a.txt; fine "one row of stops" a.txt
repeat '"x ' >a.txt; fine "quotes that do not close" a.txt
repeat '“x ' >a.txt; fine "quotes that only open" a.txt
repeat '. ( ' >a.txt; fine "brackets that open after stops" a.txt
{ printf x.; repeat ')'; } >a.txt; fine "brackets that close after a stop" a.txt
{ repeat '.)'; printf ' x'; } >a.txt; fine "stops that close, and a word" a.txt
{ repeat '!?'; printf ' x'; } >a.txt
fine "two kinds of stops, and a word" a.txt
{ repeat '.[1]'; printf ' x'; } >a.txt; fine "stops and notes, and a word" a.txt
repeat "l'" >a.txt; fine "apostrophes" a.txt
repeat 'A.' >a.txt; fine "letters with points" a.txt
repeat '1,' >a.txt; fine "a number without an end" a.txt
repeat "$(printf 'e\314\201\314\201')" >a.txt; fine "accents" a.txt
repeat "$(printf '\342\200\215')" 3999999 >a.txt
try "joiners" 0 timeout $guard "$LESDIPLO" annotate a.txt

# Lines and lists
repeat '* ' >a.txt; fine "stars in a line" a.txt
lines '* x' 1000000 >a.txt; fine "a million items" a.txt
lines '%d. x' 300000 >a.txt; fine "numbered items" a.txt
lines 'Heading %d\n' 100000 >a.txt; fine "a hundred thousand headings" a.txt
repeat 'a) b) c) ' >a.txt; fine "letters that begin again" a.txt
repeat 'a) b) c) d) e) f) g) h) i) ' >a.txt; fine "letters up to i" a.txt
repeat '1. x 2. y 3. z ' >a.txt; fine "numbers that begin again" a.txt
repeat '• ' >a.txt; fine "bullets in a line" a.txt
lines "$(repeat 'wrapped ' 76)" 50000 >a.txt; fine "one wrapped paragraph" a.txt
lines 'By Anna Berg, 12 March 2024' 100000 >a.txt; fine "bylines" a.txt
lines 'Related Posts' 200000 >a.txt; fine "related posts" a.txt
repeat "$(printf 'line\r')" >a.txt; fine "carriage returns" a.txt

# Markdown
{ echo '# x'; repeat '['; } >a.md; fine "open brackets" a.md
{ echo '# x'; repeat '[a]('; } >a.md; fine "links that do not end" a.md
{ echo '# x'; repeat '!['; } >a.md; fine "pictures that do not end" a.md
{ echo '# x'; repeat '**a '; } >a.md; fine "strong words that do not end" a.md
{ echo '# x'; repeat '_a*'; } >a.md; fine "emphasis that crosses" a.md
{ echo '# x'; repeat '`'; } >a.md; fine "backquotes" a.md
{ echo '# x'; repeat '<!-- '; } >a.md; fine "comments that do not end" a.md
{ echo '# x'; repeat '&amp;'; } >a.md; fine "character references" a.md
{ echo '# x'; repeat '>'; } >a.md; fine "quotes in quotes" a.md
{ echo '# x'; repeat '- '; echo x; } >a.md; fine "lists in lists" a.md
awk 'BEGIN { for (i = 0; i < 2000; i++) printf "%*s- x\n", 2 * i, "" }' >a.md
fine "a list of two thousand levels" a.md
lines '# heading %d\n' 100000 >a.md; fine "headings" a.md
lines '* x' 500000 >a.md; fine "items" a.md
{ printf '|a|\n|-|\n'; lines '|%d|' 300000; } >a.md; fine "a long table" a.md
{ echo '# x'; repeat '\\[1\\]'; } >a.md; fine "marks of notes" a.md
{ echo '# x'; repeat '\\['; } >a.md; fine "notes that do not end" a.md
lines '[r%d]: http://example.org' 50000 >a.md; echo x >>a.md
fine "definitions of links" a.md
{ echo '# x'; repeat "$(printf 'line\r')"; } >a.md
fine "carriage returns in Markdown" a.md

# HTML
deep="deeper in each other than 512"
repeat '<div>x' >a.html; told "a million divs" a.html "$deep"
repeat '<table><tr><td>x' >a.html; told "tables in tables" a.html "$deep"
repeat '<ul><li>x' >a.html; told "lists in lists" a.html "$deep"
repeat '<div>' >a.html; refused "divs and no text" a.html "$deep"
repeat '</div>x' >a.html; fine "end tags" a.html
repeat '<p>x' >a.html; fine "paragraphs that do not close" a.html
repeat '<b>x<i>y' >a.html; told "bold type that does not close" a.html "$deep"
repeat '<a href=x>y' >a.html; fine "links that do not close" a.html
repeat '<b><p>x</b>' >a.html; fine "tags that cross" a.html
repeat 'x< ' >a.html; fine "signs that begin no tag" a.html
repeat 'x<y' >a.html; fine "tags that begin in tags" a.html
repeat '<a b="' >a.html; fine "quotes that do not close in a tag" a.html
repeat 'x<!--' >a.html; fine "comments that do not close" a.html
repeat 'x<!' >a.html; fine "declarations that do not close" a.html
repeat 'x</title' >a.html; fine "end tags that do not end" a.html
repeat '<title>x<p>y' >a.html; fine "titles that do not close" a.html
repeat '<sup>1<a href=#n>' >a.html; fine "notes that do not close" a.html
repeat '<script>x</script>y' >a.html; fine "scripts" a.html
repeat '&#x4e2d;&eacute;&amp' >a.html; fine "references" a.html
repeat '&#1' >a.html; fine "a reference without an end" a.html
repeat '[' >a.html; fine "brackets in a page" a.html
repeat '<br>x' >a.html; fine "line breaks" a.html
repeat '<section class=share>x' 1000000 >a.html
told "furniture in furniture" a.html "$deep"
repeat '<nav>x</nav>y' >a.html; fine "menus" a.html
repeat '<time datetime=2024-01-01>x' >a.html; fine "days" a.html
repeat '<h1>x</h1>' >a.html; fine "headlines" a.html
{ printf '<title>x'; repeat ' | y'; printf '</title>x'; } >a.html
fine "a title of megabytes in a page" a.html
{ printf '<p '; repeat 'a=b '; printf '>x'; } >a.html; fine "attributes" a.html
{ printf '<p class="'; repeat 'share '; printf '">x'; } >a.html
fine "classes" a.html
{ printf '<script type="application/ld+json">'; repeat '{"@type":['
  printf '</script>x'; } >a.html
fine "linked data that does not end" a.html
repeat 'A r\351sum\351 <b>o</b>f&nbsp;<td>it</td>.<br> (Yes!)
<p> &amp; ' 1000000 | tr '\351' '\377' >a.html
holds "bad bytes in a page" a.html

# Bytes
head -c $size /dev/zero >a.txt; refused "only NULs" a.txt "control bytes"
{ repeat 'word ' 3990000; head -c 1000 /dev/zero; } >a.txt
told "some NULs" a.txt "has NUL bytes, the first at byte 3990000"
head -c $size /dev/zero | tr '\0' '\377' >a.txt
told "only bad bytes" a.txt "4000000 bytes are not UTF-8"
repeat 'bad word ' | tr a '\300' >a.txt; fine "many odd bytes" a.txt
repeat "$(printf 'b\303\251d w\300rd ')" | tr a '\300' >a.txt
told "many bad bytes" a.txt "bytes are not UTF-8, the first at byte 6"
repeat "$(printf 'd\303\251j\303\240 vu\nd\351j\340 vu\n-')" >a.txt
told "lines of two encodings" a.txt "lines are not UTF-8"
head -c $size /dev/urandom | tr '\0-\037' '[a*]' >a.txt
try "random bytes" 0 timeout $guard "$LESDIPLO" annotate --layers document a.txt
{ printf '\377\376'; repeat "$(printf 'a\0')"; } >a.txt; fine "UTF-16" a.txt
{ printf '\376\377'; repeat "$(printf '\330\0')"; } >a.txt
told "halves of UTF-16 pairs" a.txt "no characters in UTF-16BE"
repeat "$(printf '\033$B\033(B')" >a.txt
told "escapes" a.txt "no characters in ISO-2022-JP"
repeat "$(printf '\303\203\302\251 ')" >a.txt
told "encoded twice" a.txt "looks encoded twice"
{ echo '# x'; repeat 'b**a**d w\*rd. ' | tr a '\300'; } >a.md
holds "bad bytes in Markdown" a.md
repeat 'A r\351sum\351 [of] it. (Yes!)

' | tr '\351' '\377' >a.txt
holds "bad bytes in sentences" a.txt

# JSON
left='{"id":"left","text":"They left."}'
{ printf '{"id":"deep","a":'; repeat '[' 100000; repeat ']' 100000
  printf ',"text":"They met."}\n%s\n' "$left"; } >a.jsonl
try "deep" 0 timeout $guard "$LESDIPLO" annotate --layers document a.jsonl
out '"left"'
{ repeat '[' 100000; printf '\n%s\n' "$left"; } >a.jsonl
told "brackets that do not close" a.jsonl "a.jsonl:1: this record is left out"
repeat '{"a":' >a.json; refused "objects that do not close" a.json "a.json:1: "
{ printf '{"id":"long","text":"'; repeat 'They met. ' 8000000
  printf '"}\n%s\n' "$left"; } >a.jsonl
fine "a line of eight megabytes" a.jsonl
{ printf '{"id":"cut","text":"'; repeat 'They met. ' 8000000
  printf '\n%s\n' "$left"; } >a.jsonl
told "such a line without an end" a.jsonl "a.jsonl:1: this record is left out"
{ printf '{"id":"escapes","text":"'; repeat '\\u00e9 ' 7000000
  printf '"}\n'; } >a.jsonl
fine "escapes" a.jsonl
{ printf '{"id":"fields","text":"They met."'
  awk 'BEGIN { for (i = 0; i < 200000; i++) printf ",\"k%d\":\"v\"", i }'
  printf '}\n'; } >a.jsonl
fine "two hundred thousand fields" a.jsonl
{ printf '{"id":"title","text":"They met.","title":"'; repeat 'long '
  printf '"}\n'; } >a.jsonl
fine "a title of megabytes" a.jsonl
lines '{}' 300000 >a.jsonl; refused "records of nothing" a.jsonl 'no "text"'
lines '{"id":"same","text":"They met."}' 100000 >a.jsonl
told "one id for all" a.jsonl "another document has this id"

# Twice the input may cost three times the work at most. Work is counted in
# instructions, which not every machine lets a program count: times are no
# measure where others work as well.
work () {
  perf stat -x, -e instructions:u -o count "$LESDIPLO" -q annotate \
    --layers document "$1" >/dev/null 2>&1
  awk -F, '$3 ~ /^instructions/ && $1 ~ /^[0-9]+$/ { print $1 }' count
}

# twice NAME TEXT FILE: what reading TEXT repeated costs, once and twice
twice () {
  name=$1
  printf x >"$3"
  base=$(work "$3")
  repeat "$2" 200000 >"$3"
  once=$(work "$3")
  repeat "$2" 400000 >"$3"
  both=$(work "$3")
  if [ $((both - base)) -le $((3 * (once - base))) ]; then good
  else bad "instructions: $base for nothing, $once once, $both twice"; fi
  rm -f "$3"
}

printf x >a.txt
if [ "$(work a.txt)" ]; then
  twice "twice the words" 'The envoy left the hall. ' a.txt
  twice "twice the lines" "$(printf 'The envoy left.\n ')" a.txt
  twice "twice the stops" '.) ' a.txt
  twice "twice the markers" 'a) x b) y c) z ' a.txt
  twice "twice the Chinese" '他离开了。他又回来了。' a.txt
  twice "twice the markup" '**The** [envoy](x) \\[1\\] left. ' a.md
  twice "twice the brackets" '[[' a.md
  twice "twice the page" '<p>The <b>envoy</b> left &amp; <a href=x>went</a>.</p>' a.html
  twice "twice the depth" '<div><span>x' a.html
  twice "twice the opening" '<a b="<!--' a.html
else
  echo "not checked: twice the input, for perf counts no instructions here"
fi
finish
