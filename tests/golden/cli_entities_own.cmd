for end in csv jsonl txt; do
  echo ".$end"
  "$LESDIPLO" annotate --entities "tests/golden/tables/own.$end" -c tests/golden/tables/text \
    --layers country,org,place 2>&1
done
