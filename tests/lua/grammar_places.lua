-- lesdiplo.grammar.places: where phrases stand in a text.
local places = require "lesdiplo.grammar.places"
local check = require "lesdiplo.util.check".new()

local function found (phrases, text, exact)
  local out, at = {}, places.finder(phrases, exact)(text)
  for i = 1, #at, 2 do out[#out + 1] = text:sub(at[i], at[i + 1]) end
  return table.concat(out, "|")
end

check:equal(found({ "two" }, "two, Two TWO network twofold two"), "two|Two|TWO|two", "whole words")
check:equal(found({ "two" }, "Two two", true), "two", "capitals that count")
check:equal(found({ "in", "in the", "in the end" }, "in the ending in the end, in"),
            "in the|in the end|in", "the longest")
check:equal(found({ "a few", "a couple of", "a", "a Ton" },
                  "a couple\n of, a\u{A0}few, A  TON, a  cow, a of a "),
            "a couple\n of|a\u{A0}few|A  TON|a|a|a", "phrases that share their first word")
check:equal(found({ "a few", "a" }, "a few a  "), "a few|a", "blanks at the end")
check:equal(found({ "per cent" }, "per\n cent per\u{A0}cent per \u{202F} cent percent"),
            "per\n cent|per\u{A0}cent|per \u{202F} cent", "any white space")
check:equal(found({ "d'accord" }, "d'accord, d’accord"), "d'accord|d’accord", "apostrophes")
check:equal(found({ "два", "élan" }, "Два ДВА два двадцать Élan élans"), "Два|ДВА|два|Élan",
            "other letters")
check:equal(found({ "zwei*" }, "Zweihundert zwei entzwei"), "Zwei|zwei", "words that go on")
check:equal(found({ "zwei*", "zweig", "zweigen" }, "zweigen zweige"), "zweigen|zwei",
            "the whole word first")
check:equal(found({ "“", "$", "US$" }, "“US$5 and $6”"), "“|US$|$", "signs")
check:equal(found({ "5", "7" }, "57 75 A5 507"), "5|7|5|5", "one place a number")
check:equal(found({ "表示", "表" }, "他表示，表态"), "表示|表", "characters stand anywhere")
check:equal(found({ "a" }, "a\xC3a \xE4\xB8a a"), "a|a", "broken UTF-8")
check:equal(found({ "x" }, ""), "", "no text")
check:equal(found({}, "some text"), "", "no phrases")
check:equal(found({ "n\0l" }, "n\0l"), "n\0l", "bytes of any value")
check:equal(#places.finder{ "a" } (("a "):rep(100000)), 200000, "many")
check:raises(function () places.finder { "" } end, "phrases of")

-- Which phrase it is, and the word before it.
local find_all, known = places.finder({ "said", "l'a dit", "“" }, true)
local _, numbers, before = find_all("The envoy \n said so; said, “yes” (he said) l’a dit", true)
local names = {}
for i, number in ipairs(numbers) do names[i] = known[number] .. " < " .. tostring(before[i]) end
check:equal(table.concat(names, "|"),
            "said < envoy|said < so;|“ < said,|said < (he|l'a dit < said)",
            "all that is known of phrases")
_, numbers, before = find_all(("x"):rep(40) .. " said", true)
check:equal(#numbers .. before[1], "1" .. ("x"):rep(23), "the word before, as far as it is near")
_, numbers, before = find_all("said“said", true)
check:equal(#numbers .. tostring(before[1]) .. tostring(before[3]), "3falsefalse", "no word before")

-- A document's own text is gone through by its tokens: the same is found as in a copy of it.
local lists = { { "one", "a hundred", "the", "5", "“", "$", "US$" }, { "can*", "не", "н*", "表" },
                { "state", "not", "x", "'s", "n't", "-", "." }, {} }
for doc in corpus:docs() do
  for i, phrases in ipairs(lists) do
    local find = places.finder(phrases)
    check:equal(find(doc.text), find(doc.text .. " "), doc.id .. ", list " .. i)
  end
end
check:finish()
