#!/bin/sh
# Archives as the command line meets them: named by -c, in folders, in scripts;
# made by the programs that people make them with, and made to do harm.
. tests/fault/cli.inc

guard=60
case $BUILD in *asan*) guard=240 ;; esac

count='print(#corpus)'
ids='for d in corpus:docs() do print(d.id) end'

# holds NAME PATH: what is said of it is true, and read a second time the same
holds () {
  try "$1" 0 timeout $guard "$LESDIPLO" -q annotate "$2"
  mv .out all.jsonl
  try "$1, verified" 0 timeout $guard "$LESDIPLO" -q verify -c "$2" all.jsonl
  try "$1, again" 0 timeout $guard "$LESDIPLO" -q annotate "$2"
  cmp -s .out all.jsonl || bad "the second reading differs"
}

mkdir -p docs/b
printf 'The talks began. It rained.\n' >docs/a.txt
printf '# Aims\n\n**Peace** and [trade](x) of [both](y).\n' >docs/b/c.md
printf '{"id":"r","text":"They met. They left."}\n' >docs/b/r.jsonl
tar -czf x.tar.gz docs
tar -cf x.tar docs
gzip -c docs/a.txt >a.txt.gz

for file in x.tar.gz x.tar; do
  try "a script over $file" 0 "$LESDIPLO" -c $file -e "$ids"
  out_is "$file!/docs/a.txt
$file!/docs/b/c.md
r"
  holds "$file" $file
done
try "a file that is compressed" 0 "$LESDIPLO" -c a.txt.gz -e "$ids"
out_is a.txt.gz
holds "a.txt.gz" a.txt.gz
if command -v zip >/dev/null; then
  zip -qr x.zip docs
  holds "x.zip" x.zip
  zip -qP secret e.zip docs/a.txt
  try "encrypted" 3 "$LESDIPLO" -c e.zip -e "$count"
  err "e.zip!/docs/a.txt: left out: it is encrypted"
else
  echo "left out: what zip makes (it is not installed)"
fi

mkdir -p all/sub
cp x.tar.gz all/sub
cp a.txt.gz docs/a.txt all
holds "archives in a folder" all
try "their order" 0 "$LESDIPLO" -c all -e "$ids"
out_is "a.txt
a.txt.gz
sub/x.tar.gz!/docs/a.txt
sub/x.tar.gz!/docs/b/c.md
r"
try "a citation into an archive" 0 "$LESDIPLO" -c all -e \
  'print(corpus:doc("sub/x.tar.gz!/docs/a.txt"):sentences()[2].cite)'
out "sub/x.tar.gz!/docs/a.txt:1:17-27#"
try "read inside the worker" 0 "$LESDIPLO" -c x.tar.gz - <<'EOF'
print(corpus:doc("x.tar.gz!/docs/a.txt").text)
EOF
out "The talks began."

# A byte changed inside: the citation does not hold any more.
"$LESDIPLO" -q annotate x.tar >claims.jsonl
sed 's/It rained/It snowed/' x.tar >y.tar
mv y.tar x.tar
try "a changed member" 1 "$LESDIPLO" verify -c x.tar claims.jsonl
err "3 do not"

# Ten gigabytes of one line, as one stream and as one in an archive, hardly cost
# anything; what stands beside them is read.
yes x | head -c 10000000 | gzip -9 >part.gz
awk 'BEGIN { for (i = 0; i < 1000; i++) print "part.gz" }' | xargs cat >b.txt.gz
try "ten gigabytes" 3 timeout $guard "$LESDIPLO" -c b.txt.gz -e "$count"
err "b.txt.gz: left out, and all after it in the archive: it unpacks to more"
mkdir bomb
cp docs/a.txt bomb
cp b.txt.gz bomb/b.txt.gz
tar -cf bomb.tar bomb
try "ten gigabytes in an archive" 0 timeout $guard "$LESDIPLO" \
  -c bomb.tar --max-memory 256M -e "$count"
out_is 1
err "bomb.tar!/bomb/b.txt.gz: left out"

# A hole of a terabyte that a tar archive only speaks of.
if truncate -s 1T hole.txt 2>/dev/null; then
  echo end >>hole.txt
  tar -cSf hole.tar hole.txt docs/a.txt
  try "a hole of a terabyte" 3 timeout $guard "$LESDIPLO" -c hole.tar \
    --max-memory 512M -e "$count"
  err "hole.tar!/hole.txt: left out"
  rm -f hole.txt
fi

# Nothing is written anywhere, whatever a member is called.
mkdir -p up/in
printf 'They met.\n' >up/evil.txt
(cd up/in && tar -cPf ../../evil.tar ../evil.txt)
rm up/evil.txt
try "a name that leads out" 0 "$LESDIPLO" -c evil.tar -e "$ids"
out_is 'evil.tar!/evil.txt'
ok "nothing was written" test ! -e up/evil.txt
ok "nor here" test ! -e evil.txt

# What libarchive cannot be found for is told. (A library of that name that is
# none is found first.)
mkdir lib
echo none >lib/libarchive.so.13
case $BUILD in
  *asan*) ;;
  *)
    try "no libarchive" 3 env LD_LIBRARY_PATH="$WORK/lib" "$LESDIPLO" \
      -c x.tar.gz -e "$count"
    err "libarchive13" ;;
esac

# A memory budget that is too small ends the reading as for any file.
try "no memory for it" 4 "$LESDIPLO" -c x.tar.gz --max-memory 1000 \
  -e "$count"
finish
