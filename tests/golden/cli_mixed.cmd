"$LESDIPLO" annotate seeds/2-relations.md | head -n 25
