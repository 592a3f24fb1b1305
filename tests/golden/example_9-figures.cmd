$LESDIPLO -q -c seeds examples/9-figures.lua
echo "-- only some"
$LESDIPLO -q -c seeds -f csv examples/9-figures.lua --class money
$LESDIPLO -q -c seeds examples/9-figures.lua --unit country --least 10
mkdir -p "$WORK/figures"
printf '%s\n' 'The pipe is 3,500 m long, the road 12 km and the rail 40 miles.' \
  'It moved 5 tonnes and 900 kg of maize, and a third port 5 to 8 tonnes.' \
  'Members of parliament: 120 members of parliament came.' > "$WORK/figures/a.txt"
$LESDIPLO -q -c "$WORK/figures" examples/9-figures.lua
