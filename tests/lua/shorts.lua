-- States of one Chinese character over the documents of shorts.jsonl: armies, lists of rows, rows
-- that a body's name begins with; and words that only end with such a character.
local check = require "lesdiplo.util.check"
local c = check.new()

local function countries (id)
  local out = {}
  for _, span in corpus:doc(id):layer "country":each() do
    if span.form == "short" then out[#out + 1] = span.text .. "=" .. span.id end
  end
  return table.concat(out, " ")
end

c:equal(countries "armies", "美=USA 俄=RUS 乌=UKR 美=USA 英=GBR 法=FRA", "before 军, in both scripts")
c:equal(countries "words", "", "not in a word, a day, a name that is spelled so")
c:equal(countries "means", "德=DEU 日=JPN", "nor before what is military")
c:equal(countries "rows", "美=USA 俄=RUS 中=CHN 美=USA 日=JPN 美=USA 韩=KOR 美=USA",
        "a list of rows, the last of which has company")
c:equal(countries "tied", "俄=RUS 乌=UKR 美=USA 伊=IRN 中=CHN 美=USA 中=CHN 俄=RUS 日=JPN 韩=KOR",
        "tied by a mark or a word")
c:equal(countries "topics", "俄=RUS 烏=UKR 印=IND 巴=PAK 中=CHN 法=FRA", "before what they do")
c:equal(countries "untied", "", "of which none has company")
c:equal(countries "paired", "中=CHN 老=LAO 俄=RUS 土=TUR", "words that are states in a pair")
c:equal(countries "unpaired", "", "which others are not")
c:equal(countries "forums", "中=CHN 日=JPN 韩=KOR 中=CHN 俄=RUS", "in the name of a forum")
c:equal(countries "bodies", "", "but not in any body's")

-- What names of states mean elsewhere.
local function meant (id)
  local out = {}
  for _, layer in ipairs{ "country", "place" } do
    for _, span in corpus:doc(id):layer(layer):each() do
      out[#out + 1] = span.text .. "=" .. span.id
    end
  end
  return table.concat(out, " ")
end
c:equal(meant "meant", "Georgia=GEO Armenia=ARM Georgia=georgia-state Alabama=alabama " ..
        "Texas=texas Florida=florida Georgia=georgia-state", "a state among those of a federation")
c:equal(meant "things", "Swiss=CHE", "things called after a country or a town")
c:equal(countries "kingdoms", "Kingdom=LSO Kingdom=NOR", "of several kingdoms the last called so")

local strike = corpus:doc "strike":layer "event"[1]
c:equal(strike.type .. " " .. strike.source[1] .. " " .. strike.place,
        "military_action RUS kharkiv", "an army acts for its state")
c:finish()
