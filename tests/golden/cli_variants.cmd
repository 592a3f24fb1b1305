"$LESDIPLO" -c tests/golden/people -e '
for _, row in ipairs(corpus:variants()) do print(row.name.text, row.other.text, row.reason) end
for span in corpus:layer "org" do print(span.id, span.form, span.cite) end'
