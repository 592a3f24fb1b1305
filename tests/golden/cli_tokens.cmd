"$LESDIPLO" annotate --layers sentence,token seeds/5-congratulations.txt | head -n 40
