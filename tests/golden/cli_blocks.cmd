"$LESDIPLO" annotate --layers block,sentence seeds/4-communique.txt
