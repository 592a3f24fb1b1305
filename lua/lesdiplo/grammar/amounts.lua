--- Money, counts, percentages, measures and ordinals, with what they are worth.
--
--     for _, a in ipairs(amounts.all("more than US$4.2 billion in aid")) do print(a.value) end
--
-- An amount is `{first=, last=, class=, value=, unit=, mod=}`: class is money, count, percent,
-- ordinal or measure; value a plain number in whole units, "A..B" for a range, nil where words
-- count without a number ("hundreds of"); unit a currency's code, a measure's sign or the noun
-- that is counted; mod more_than, less_than or about. Its bytes hold modifier, number and unit.
--
-- The words are data/amounts.txt, the rules grammar/amount: numbers in digits and words,
-- Chinese ones, currencies and units behind them, and the context that tells an amount from
-- a label, a date or a name. A script adds words of its own:
--
--     amounts.add_unit("dunum", "measure")
--     amounts.add_currency({ "bitcoin", "bitcoins" }, "BTC")
--     amounts.add("before", "a whopping", "about", "en")
-- @module lesdiplo.grammar.amounts
local lpeg = require "lpeg"
local atoms = require "lesdiplo.grammar.atoms"
local bare = require "lesdiplo.grammar.bare"
local util = require "lesdiplo.util"
local context = require "lesdiplo.grammar.amount.context"
local digits = require "lesdiplo.grammar.amount.digits"
local lexicon = require "lesdiplo.grammar.amount.lexicon"
local rules = require "lesdiplo.grammar.amount.rules"
local judge = require "lesdiplo.grammar.amount.judge"
local ranges = require "lesdiplo.grammar.amount.ranges"
local _, native = ...
local class_of = native.base.class
local error, format, ipairs, setmetatable = error, string.format, ipairs, setmetatable
local byte, concat, find = string.byte, table.concat, string.find
local tostring, type = tostring, type
_ENV = nil
local M = {}

--- The words, by language and kind, as data/amounts.txt has them: to read. `add` and its
-- like put words in.
M.lexicon = lexicon.words


-- Grammars, one a language -----------------------------------------------------------

local made, finders, version = {}, {}, nil
local latin = { en = true, fr = true, pt = true, es = true, de = true }

-- What was made of older words is forgotten.
local function refresh ()
  if version ~= lexicon.version then made, finders, version = {}, {}, lexicon.version end
end

-- Whether the most frequent letter of Russian is in a text; its first byte is in few others.
local function has_russian (text)
  return find(text, "\xD0", 1, true) and find(text, "о", 1, true)
end

-- Where amounts may begin in a text: Chinese numerals count in any, Russian words where there is
-- the most frequent of their letters, of the other languages those of its own.
local function places_of (text, lang)
  refresh()
  lang = latin[lang] and lang or lang == "ru" and lang or "en"
  local other = lang == "ru" and "en" or has_russian(text) and "ru" or nil
  local key = other and lang .. " " .. other or lang
  finders[key] = finders[key] or rules.finder{ lang, other }
  return finders[key](text)
end

-- The languages of a text: its own, and those whose letters stand at the places.
local function languages (lang, text, places)
  local han, cyrillic = lang == "zh", lang == "ru"
  for i = 1, #places, 2 do
    local b = byte(text, places[i])
    if b >= 0xE3 and b <= 0xE9 then han = true
    elseif b == 0xD0 or b == 0xD1 then cyrillic = true
    end
  end
  local langs = { latin[lang] and lang or "en" }
  if han then langs[#langs + 1] = "zh" end
  if cyrillic then langs[#langs + 1] = "ru" end
  for i, one in ipairs(langs) do
    if one == lang then langs[1], langs[i] = langs[i], langs[1] end
  end
  return langs
end

local function grammar (langs)
  refresh()
  local key = concat(langs, " ")
  if not made[key] then
    local g = { lang = langs[1], marks = {}, sets = context.sets(langs) }
    g.pattern, g.reader = rules.make(langs, g.marks)
    made[key] = g
  end
  return made[key]
end


-- Amounts of a text ---------------------------------------------------------------------

-- The last byte that is no white space; 0 where all is.
local function end_of (text)
  local i = #text
  while i > 0 and find(text, "^%s", i) do i = i - 1 end
  return i
end

-- Those of a text that has no signs of typesetting.
local function amounts_of_bare (text, lang)
  local places = places_of(text, lang)
  if #places == 0 then return {} end
  local g = grammar(languages(lang, text, places))
  local view = setmetatable({ text = text, begins = find(text, "%S") or 1,
                              ends = end_of(text) }, { __index = g.sets })
  digits.learn(g.marks, g.lang, text, places)
  local found = rules.read(g, text, places)
  for _, one in ipairs(found) do judge.look(view, one) end
  return judge.keep(ranges.join(view, found))
end

-- All amounts of a text. A row has the fields of an amount.
local function amounts_of (written, lang)
  local text, back = bare(written)
  local rows = amounts_of_bare(text, lang)
  for _, row in ipairs(back and rows or {}) do
    row.first, row.last = back(row.first), back(row.last)
  end
  return rows
end

--- Every amount of a text, in order.
--     > amounts.all("nearly 60 states gave 7.5 per cent")[1].value
--     60
---@param text string
---@param lang? string "en" if none is given
---@return table[] amounts
function M.all (text, lang)
  util.of_type("amounts.all(text[, lang]): text", text, "string")
  util.of_type("amounts.all(text[, lang]): lang", lang, "string", true)
  return amounts_of(text, lang or "en")
end

--- An iterator over the amounts of a document, as Spans.
---@param doc Doc
---@return function iterator of Span
function M.each (doc)
  if class_of(doc) ~= "Doc" then error("amounts.each(doc): a Doc is wanted", 0) end
  local spans, i = doc:layer "amount", 0
  return function ()
    i = i + 1
    return spans[i]
  end
end

--- The layer of a document.
---@return integer[] positions
---@return table[] rows
function M.amount (doc)
  local positions, rows = {}, amounts_of(doc.text, doc.lang)
  for i, row in ipairs(rows) do
    positions[2 * i - 1], positions[2 * i] = row.first, row.last
    row.first, row.last = nil, nil
  end
  return positions, rows
end


-- Words of one's own ---------------------------------------------------------------------

--- Adds phrases to a list of the lexicon; data/amounts.txt says which there are.
---@param kind string such as "noun"
---@param phrases string|string[]
---@param key any what they stand for
---@param lang? string all languages if none is given
function M.add (kind, phrases, key, lang) lexicon.add(kind, phrases, key, lang) end

--- Adds a unit and, of one that ends in a letter, its plural in s.
---@param name string|string[]
---@param class string "measure", "money" or "count"
---@param unit? string what the amounts have as their unit; the name if none is given
---@param lang? string
function M.add_unit (name, class, unit, lang)
  local kinds = { measure = "measure", money = "money", count = "noun" }
  if not kinds[class] then
    error(format("add_unit(name, class): no class '%s'; there are measure money count", class), 2)
  end
  local names = type(name) == "table" and name or { name }
  local all = {}
  for _, one in ipairs(names) do
    all[#all + 1] = one
    if find(one, "^%l+[^s]$") then all[#all + 1] = one .. "s" end
  end
  lexicon.add(kinds[class], all, unit or names[1], lang)
end

--- Adds the names of a currency, and its signs.
---@param names string|string[]
---@param code string
---@param signs? string|string[] what stands right before or behind digits
function M.add_currency (names, code, signs)
  M.add_unit(names, "money", code)
  if signs then lexicon.add("money", signs, code, "sign") end
end

--- An LPeg pattern of one amount in English, at the start of a subject or in a grammar of
-- one's own; it captures the row. It does not begin within a word.
--     > amounts.pattern:match("US$4.2 billion in aid").value
--     4200000000
M.pattern = -lpeg.B(lpeg.R("az", "AZ", "09")) * -lpeg.S " \t\r\n"
            * atoms.value(function (text) return amounts_of(text, "en") end, 80)

return setmetatable(M, { __index = function (_, name)
  error(format("lesdiplo.grammar.amounts has no '%s'%s", tostring(name),
               util.hint(name, util.keys(M))), 2)
end })
