# A phrase in two languages, in the formats that are laid out.
for format in table md jsonl; do
  $LESDIPLO -q -f $format -c tests/lua/drift.jsonl -e \
    'return corpus:drift({"Blue River principle", "蓝河原则"}, {changes = true})'
done
