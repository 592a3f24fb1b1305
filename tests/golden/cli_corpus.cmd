"$LESDIPLO" corpus
"$LESDIPLO" corpus -f tsv seeds
