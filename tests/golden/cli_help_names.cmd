"$LESDIPLO" -e 'for name in lesdiplo.util.sorted(lesdiplo.query) do print(name) end' | while read -r name; do "$LESDIPLO" help "q.$name" 2>&1 | head -n 1; done
"$LESDIPLO" help lesdiplo.query | head -n 3
for name in as where plan explain; do "$LESDIPLO" help "pattern:$name" 2>&1 | head -n 1; done
