"$LESDIPLO" annotate --layers document,block,sentence seeds/2-relations.md | head -n 25
