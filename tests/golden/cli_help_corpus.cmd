"$LESDIPLO" help corpus
