work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
folder=$work/talks
mkdir -p "$folder/reprints"
cp seeds/4-communique.txt seeds/5-congratulations.txt "$folder"
sed 's/reiterated/repeated/; s/all-weather //' seeds/5-congratulations.txt >"$folder/reprints/a.txt"
tr '\n' ' ' <seeds/4-communique.txt | sed 's/ *$//' >"$folder/reprints/b.txt"
cp seeds/4-communique.txt "$folder/reprints/c.txt"
for name in p q r s; do printf '\211PNG' >"$folder/$name.png"; done
: >"$folder/empty.txt"
printf '%s\n' 'file,titel,source,date,lang' \
  'reprints/a.txt,,The Reprint,2024-01-14,en' \
  'reprints/b.txt,,The Reprint,01/02/2024,xx' \
  'reprints/d.txt,,The Reprint,,' >"$folder/metadata.csv"
"$LESDIPLO" corpus "$folder" | tee "$work/report"
"$LESDIPLO" verify -c "$folder" "$work/report" 2>&1 | grep hold
