"$LESDIPLO" help annotate
