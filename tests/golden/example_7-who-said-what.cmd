$LESDIPLO -q -c seeds examples/7-who-said-what.lua
echo "-- about peace, of whoever is called Xi, direct"
$LESDIPLO -q -c seeds examples/7-who-said-what.lua --about peace
$LESDIPLO -q -c seeds -f csv examples/7-who-said-what.lua --who Xi
$LESDIPLO -q -c seeds examples/7-who-said-what.lua --kind direct
