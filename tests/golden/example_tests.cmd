$LESDIPLO check examples
$LESDIPLO test examples
