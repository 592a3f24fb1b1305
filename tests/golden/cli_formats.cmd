rows='return { { name = "a, \"b\"", n = 1, is = true }, { name = "c\t|<d>", n = 2.5 }, columns = { "name", "n", "is" } }'
for format in table tsv csv json jsonl md; do
  echo "$format:"
  "$LESDIPLO" -f $format -e "$rows"
done
echo "html:"
"$LESDIPLO" -f html -e "$rows" | grep '<t[rdh]'
