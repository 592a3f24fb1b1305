"$LESDIPLO" kwic -c seeds -f tsv --sort right china
"$LESDIPLO" kwic -c seeds -f table foreign affairs
"$LESDIPLO" kwic -c seeds --width 10 莱索托 | tail -n 8
"$LESDIPLO" kwic -c seeds -f csv security --sort left --most 4 | "$LESDIPLO" verify -c seeds - 2>&1
