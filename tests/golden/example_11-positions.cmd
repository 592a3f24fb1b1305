$LESDIPLO -q -c seeds -f tsv examples/11-positions.lua --holder CHN
$LESDIPLO -q -c seeds examples/11-positions.lua --about sanctions
$LESDIPLO -q -c seeds -f csv examples/11-positions.lua --sum | head -20
