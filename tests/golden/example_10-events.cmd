$LESDIPLO -q -c seeds -f csv examples/10-events.lua --actor SUN
$LESDIPLO -q -c seeds -f csv examples/10-events.lua --type meet
$LESDIPLO -q -c seeds examples/10-events.lua --since 1980 --to 1999
$LESDIPLO -q -c seeds -f tsv examples/10-events.lua --modality negated
$LESDIPLO -q -c seeds -f tsv examples/10-events.lua --why | head -12
