-- lesdiplo.grammar.date.pieces: a text that is cut into pieces has the dates that it has.
local check = require "lesdiplo.util.check".new()
local dates = require "lesdiplo.grammar.dates"
local util = require "lesdiplo.util"
local read = require "lesdiplo.grammar.date.read"

-- What was read, as text: places and what stands there.
local function shown (all)
  local out = {}
  for i, one in ipairs(all) do
    out[i] = ("%d-%d %s"):format(one.first, one.last, one.t.op)
  end
  return table.concat(out, "; ")
end

local function same (text, lang)
  local small = text:lower()
  check:equal(shown(read.find(text, small, lang, false)), shown(read.whole(text, small, lang)),
              lang .. ": " .. text)
end

for doc in corpus:docs() do same(doc.text, doc.lang) end

-- A document's own text is passed over by its tokens: that finds what the bytes of a copy do.
for doc in corpus:docs() do
  local text = doc.text
  local copy, small = (text .. " "):sub(1, -2), text:lower()
  check:ok(#read.find(text, small, doc.lang, false) > 3, doc.id .. " has dates")
  check:equal(shown(read.find(text, small, doc.lang, false)),
              shown(read.find(copy, small, doc.lang, false)), doc.id .. ": by tokens")
end
for _, text in ipairs{ "2024", "b2b 2019", "5people in 2019", "in 2019", "in 2019zz", "May",
    "from 2 to 5 March 2025. He left", "at 3 p.m. on 2 May; then", "covid-19 in March?", "",
    "2024-05-03T10:30Z", "on the 3rd of May", "at 3pm on Friday",
    "the 1980s!", "12.05.1919: so", "1/2 a day", "1/2",
    "8/2021people met in May" } do
  same(text, "en")
end

-- Sentences by chance, of words of dates and others.
local words = {}
for word in ([[the in of 2019 1998, May March 12 10:30 p.m. a.m. Sept. 3 last next week Friday
    year years two ago since until from to and - – 12.05.1919 2024-05-03 of. day; night? (the 5
    million people who said, on Monday morning half an hour later first quarter Q3 FY2024 $12 #7
    1/2 80s 1980s century BC b2b x9 St. Patrick's Day New Year's Eve mid-term end mid- every
    between before noon 7: "now" today's this month’s 10,000 3.5 the: \ e.g. U.S.
    early late decades ]]):gmatch "%S+" do words[#words + 1] = word end
local state = 7
local function chance (n)
  state = (state * 1103515245 + 12345) % 2147483648
  return state // 65536 % n + 1
end
local function by_chance (count, list, lang)
  for _ = 1, count do
    local line = {}
    for i = 1, 12 do line[i] = chance(3) == 1 and words[chance(#words)] or list[chance(#list)] end
    same(table.concat(line, " "), lang)
  end
end
by_chance(3000, words, "en")

-- The same of all words of a language, but for what hangs on numbers or on words.
local hang = { ordinal_endings = true, roman_endings = true }
local function lexicon_of (lex)
  local list, seen = {}, {}
  for name, words_of in util.sorted(lex) do
    for key, value in pairs(type(words_of) == "table" and not hang[name] and words_of or {}) do
      local word = type(key) == "string" and key or value
      if type(word) == "string" and not seen[word] then
        seen[word], list[#list + 1] = true, word
      end
    end
  end
  table.sort(list)
  return list
end
for lang, lex in util.sorted(dates.lexicon) do
  if not lex.unspaced then by_chance(500, lexicon_of(lex), lang) end
end

-- What is read once serves again, at its own place.
local rows = dates.all("It began in May 2019 there. It ended in May 2019 there.", "en")
check:equal(rows[1].value .. " " .. rows[2].value, "2019-05 2019-05", "twice")
check:equal(rows[2].first - rows[1].first, 28, "each at its place")
local parts = dates.all("So from 2 to 5 March 2025 they met, and from 2 to 5 March 2025 sat.", "en")
check:equal(parts[2].parts[1][1] - parts[1].parts[1][1], parts[2].first - parts[1].first,
            "the parts of a range too")
check:equal(#dates.all("From Friday to Monday they met.", "en"), 0, "no day to reckon from")

-- Twice as long a text takes no more than twice the pieces.
for _, text in ipairs{ "in 2019 ", "the ", "2019", "-", "May.", "; ", "é2019 " } do
  local many = #dates.all(text:rep(2000), "en")
  check:equal(#dates.all(text:rep(4000), "en") <= 2 * many + 1, true, "doubled " .. text)
end
check:finish()
