$LESDIPLO -q -c seeds examples/2-brief.lua
