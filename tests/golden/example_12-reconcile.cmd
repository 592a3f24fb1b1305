for show in timeline sources checks offices drift positions; do
  echo "-- $show"
  $LESDIPLO -q -c seeds examples/12-reconcile.lua --show $show
done
