$LESDIPLO -q -c seeds examples/6-statistics.lua --lang zh --term 莫斯科 --rows 5
