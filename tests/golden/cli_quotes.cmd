"$LESDIPLO" annotate -c tests/golden/quotes --layers quote
