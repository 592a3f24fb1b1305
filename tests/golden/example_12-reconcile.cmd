for show in timeline sources checks drift positions; do
  echo "-- $show"
  $LESDIPLO -q -c seeds examples/12-reconcile.lua --show $show
done
