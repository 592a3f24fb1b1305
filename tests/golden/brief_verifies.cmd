$LESDIPLO -c seeds examples/2-brief.lua | $LESDIPLO verify -c seeds - 2>&1
