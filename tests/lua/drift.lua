-- corpus:drift, over the documents of drift.jsonl: a phrase in two languages.
local check = require "lesdiplo.util.check"
local wording = require "lesdiplo.fact.told.wording"
local q = lesdiplo.query
local c = check.new()

local rows = corpus:drift "Blue River principle"
local function texts (list)
  local out = {}
  for i, row in ipairs(list) do out[i] = row.wording.doc.id .. ": " .. row.wording.text end
  return table.concat(out, "\n")
end

-- The rows ----------------------------------------

c:equal(texts(rows), table.concat({
  "en-1: Veland reaffirms its firm commitment to the Blue River principle",
  "en-2: Veland adheres to the “Blue River principle”",
  "en-2: It adheres to the Blue River principle in its own waters",
  "en-3: Veland firmly adheres to the blue river principle in its own waters",
  "en-4: VELAND FIRMLY ADHERES TO THE BLUE RIVER PRINCIPLE IN ITS OWN WATERS",
  "en-5: nobody in the hall who had heard of any Blue River principle could say who wrote it",
  "en-0: Veland adheres to the Blue River principle",
}, "\n"), "a clause each, by date, the undated last")
c:equal(rows[1].change, nil, "nothing before the first")
c:equal(rows[2].change.text,
        "Veland [-reaffirms its firm commitment-] {+adheres+} to the "
        .. "{+“+}Blue River principle{+”+}", "what is gone, and what is new")
c:equal(rows[2].change.cite, rows[1].wording.cite, "it cites what it is compared with")
c:equal(rows[4].change.text, "[-It-] {+Veland firmly+} adheres to the blue river principle …",
        "of two wordings before, the nearest")
c:equal(rows[4].change.cite, rows[3].wording.cite, "and that one is cited")
c:equal(rows[5].change.text, "as before", "case does not count")
c:equal(rows[5].alike, 1.0, "all of it is the same")
c:equal(rows[6].change.text, "worded anew", "where little is left, a diff says nothing")
c:equal(rows[7].change, nil, "a document without a date has none before it")
for _, row in ipairs(rows) do
  c:ok(row.wording.text:lower():find("blue river principle", 1, true), "the phrase is in it")
end

-- Chinese: characters, in either script ----------------------------------------

local zh = corpus:drift "蓝河原则"
c:equal(texts(zh), "zh-1: 维兰重申坚定奉行蓝河原则\nzh-2: 維蘭恪守藍河原則\n"
        .. "zh-3: 维兰恪守蓝河原则", "found in both scripts")
c:equal(zh[2].change.text, "維蘭[-重申坚定奉行-]{+恪守+}藍河原則", "a diff of characters")
c:equal(zh[3].change.text, "as before", "the script is no change")
c:equal(texts(corpus:drift "藍河原則"), texts(zh), "asked for in the other one")

-- Two phrases at once: each language goes its own way
local both = corpus:drift({ "Blue River principle", "蓝河原则" },
                          { since = "2019", ["until"] = "2020" })
c:equal(texts(both):gsub(":[^\n]*", ""), "en-1\nzh-1\nen-2\nen-2\nzh-2", "filters, two languages")
c:equal(both[5].change.cite, both[2].wording.cite, "compared within a language")

-- Options ----------------------------------------

c:equal(#corpus:drift("Blue River principle", { changes = true }), #rows - 1, "only what is new")
c:equal(corpus:drift("Blue River principle", { around = "sentence" })[1].wording.text,
        corpus:doc "en-1":sentences()[2].text:gsub("%.$", "."), "whole sentences")
c:equal(#corpus:drift(q.stem "commit" * q.gap(0, 1) * "principle"), 0, "a pattern without hits")
c:equal(#corpus:drift(q.word "river" * q.stem "principle"), #rows, "a pattern")
c:equal(#corpus:drift(corpus:find "principle"), #rows, "hits")
c:equal(texts(corpus:drift "blue-river principle"), texts(rows), "a hyphen, or none")
c:equal(#corpus:drift "no such phrase", 0, "a phrase that is not there")
c:raises(function () corpus:drift("x", { arround = "clause" }) end, "did you mean 'around'",
         "a slip")
c:raises(function () corpus:drift("x", { around = "word" }) end, "no 'word'", "a value")
c:raises(function () corpus:drift{} end, "there is no phrase", "nothing to look for")
c:raises(function () corpus:drift() end, "value expected", "nothing at all")

-- As text ----------------------------------------

local csv = lesdiplo.report.text("csv", { rows[2], columns = rows.columns })
c:ok(csv:find(rows[2].wording.cite .. " " .. rows[1].wording.cite, 1, true), "both citations")
local json = lesdiplo.report.text("json", { rows[2], columns = rows.columns })
c:ok(json:find('"change":{"cite":"' .. rows[1].wording.cite, 1, true), "in json each with its own")

-- The diff itself: what is gone and what stays is the one wording, what is new and stays
-- the other; it is never shorter than the longest run that both begin with.
local function tokens (text)
  local out = {}
  for word in text:gmatch "%S+" do
    out[#out + 1] = { text = word, fold = word, space = #out > 0 }
  end
  return out
end
local function side (pieces, other)
  local out = {}
  for _, piece in ipairs(pieces) do
    if piece.op ~= other then
      for _, token in ipairs(piece) do out[#out + 1] = token.text end
    end
  end
  return table.concat(out, " ")
end
local state = 7
local function random (n)
  state = (state * 1103515245 + 12345) % 2147483648
  return state // 65536 % n + 1
end
for _ = 1, 200 do
  local sides = {}
  for i = 1, 2 do
    local words = {}
    for k = 1, random(9) - 1 do words[k] = ("abc"):sub(random(3)):sub(1, 1) end
    sides[i] = table.concat(words, " ")
  end
  local a, b = tokens(sides[1]), tokens(sides[2])
  local pieces, alike = wording.diff(a, b)
  c:equal(side(pieces, "+"), sides[1], "gone and kept is what was")
  c:equal(side(pieces, "-"), sides[2], "new and kept is what is")
  c:equal(alike == 1.0, sides[1] == sides[2], "all alike is the same")
  c:ok(alike <= wording.common(a, b) + 0.005, "no more than both have")
end
local pieces, alike = wording.diff(tokens "a b c d e", tokens "x b d y e")
c:equal(alike, 0.6, "b, d and e are in both")
c:equal(wording.shown(pieces), "[-a-] {+x+} b [-c-] d {+y+} e", "a longest common part")
c:finish()
