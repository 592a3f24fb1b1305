query='a:[shape="title"] "of"%c b:[shape="title"]+ :: a.word != "Minister|Ministry" within s cut 6'
for format in table tsv csv json jsonl; do
  echo "$format:"
  "$LESDIPLO" query -c seeds -f $format "$query"
done
"$LESDIPLO" query -c seeds 'MU(meet "China" (union "King" "Premier") -12 12)' --most 3
"$LESDIPLO" query -c seeds '"建立|簽了" []{0,6} "關" "係" within p'
