"$LESDIPLO" annotate -c seeds --layers document
