"$LESDIPLO" help query kwic
