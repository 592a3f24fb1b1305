"$LESDIPLO" annotate -c seeds --layers document,block,sentence,token | "$LESDIPLO" verify -c seeds - 2>&1
