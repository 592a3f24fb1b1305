"$LESDIPLO" annotate -c tests/golden/entities --layers country,org,place,person
