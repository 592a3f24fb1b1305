$LESDIPLO -q -c seeds examples/3-search.lua
