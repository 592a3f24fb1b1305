$LESDIPLO -q -c seeds examples/1-first-look.lua
