$LESDIPLO -q -c seeds examples/8-timeline.lua
echo "-- from 1983 to 1992"
$LESDIPLO -q -c seeds -f csv examples/8-timeline.lua --since 1983 --to 1992-06-30
$LESDIPLO -q -c seeds examples/8-timeline.lua --term embassy
