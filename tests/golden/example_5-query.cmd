for show in hits count lines missed plan; do
  echo "-- $show"
  $LESDIPLO -q -c seeds examples/5-query.lua --show $show --most 6
done
