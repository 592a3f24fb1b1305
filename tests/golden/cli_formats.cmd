for format in table tsv csv json jsonl md html; do
  echo "$format:"
  "$LESDIPLO" -f $format -e 'return { { name = "a, \"b\"", n = 1, is = true }, { name = "c\t|<d>", n = 2.5 }, columns = { "name", "n", "is" } }'
done
