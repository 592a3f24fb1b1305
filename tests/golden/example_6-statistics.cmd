$LESDIPLO -q -c seeds examples/6-statistics.lua
