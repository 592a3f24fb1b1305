"$LESDIPLO" -c seeds -f tsv -e 'return corpus:find(lesdiplo.query.stem "exchange" * (lesdiplo.query.any^-2):as "what")'
"$LESDIPLO" -c seeds -f json -e 'return corpus:find "no such word anywhere"'
