# Small enough to be counted by hand. In 2020 there are 9 words, one of which is
# "talks"; in 2021 4, with 2; the last document has none, and is of no date.
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cat >"$folder/press.jsonl" <<'END'
{"id":"a","date":"2020-03-01","lang":"en","text":"The talks on trade were long. Peace came, late."}
{"id":"b","date":"2021-05-02","lang":"en","text":"Talks and more talks."}
{"id":"c","lang":"en","text":"?! ... ***"}
{"id":"d","lang":"zh","text":"泽连斯基和德米特里·梅德韦杰夫会谈，莱索托人支持发展中国家。"}
END
show () { "$LESDIPLO" -q -f tsv -c "$folder" -e "return $1" && echo; }
show 'corpus:frequency{docs = {lang = "en"}, least = 2}'
show 'corpus:trend("talks")'
show 'corpus:trend({"talks", peace = "peace"}, {by = "decade", docs = {lang = "en"}})'
show 'corpus:dispersion("talks", {docs = {lang = "en"}})'
show 'corpus:dispersion("talks", {docs = {corpus:doc "c"}, parts = 4})'
show 'corpus:dispersion("talks", {docs = {corpus:doc "c"}})'
show 'corpus:collocates("talks", {left = 1, right = 1, least = 1})'
show 'corpus:cooccurrence({"talks", "trade", "more"}, {matrix = true})'
show 'corpus:ngrams(1, {docs = {lang = "zh"}, least = 1})'
