"$LESDIPLO" --help
