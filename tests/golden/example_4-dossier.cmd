for show in mentions offices company names; do
  echo "-- $show"
  $LESDIPLO -q -c seeds examples/4-dossier.lua --who Xi --show $show --most 8
done
$LESDIPLO -q -c seeds -f csv examples/4-dossier.lua --who LSO --show names
$LESDIPLO -q -c seeds examples/4-dossier.lua --who Mpotjoane --show variants
$LESDIPLO -q -c seeds examples/4-dossier.lua --who nobody 2>&1 || true
