--- Russian names of people in the case that names are shown in: Сергею Лаврову is
-- Сергей Лавров.
--
-- The given name, of a list, tells whether a man or a woman is meant, and the ending of
-- the surname its case. What the endings leave open stays as it is written.
-- @module lesdiplo.entity.nominative
local lexicon = require "lesdiplo.entity.lexicon"
local util = require "lesdiplo.util"
local _, native = ...
local fold, root = native.tokens.fold, native.entities.root
local concat, find, gmatch, sub = table.concat, string.find, string.gmatch, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local ENDING_MOST = 6      -- bytes of a case ending: -ого, -ыми

-- Men's names that end as women's do; women's that do not, and one that either has.
local of_men, of_women = {}, {}
for name in gmatch([[никита илья данила фома лука кузьма савва муса абдалла абдулла осама франсуа
  николя]], "%S+") do
  of_men[name] = true
end
for name in gmatch("любовь нелли хиллари кристин", "%S+") do of_women[name] = true end
local of_either = { ["мишель"] = true }

-- Given names by their root: arrays of {name, gender}.
local given = {}
for name in util.sorted(lexicon.list("people.txt", "person.given.ru")) do
  local key, last = root(name), sub(name, -2)
  local ends_so = last == "а" or last == "я"
  local gender = (ends_so and not of_men[name] or of_women[name]) and "f" or "m"
  given[key] = given[key] or {}
  given[key][#given[key] + 1] = { name, gender }
  if of_either[name] then given[key][#given[key] + 1] = { name, "f" } end
end

-- The endings that a given name has in the other cases, by the end of the name.
local endings = { ["а"] = " ы и е у ой ", ["я"] = " и е ю ей ёй ", ["й"] = " я ю ем е и ",
                  ["ь"] = " я ю ем е и ью " }
local hard = " а у ом ем е "

-- Is a folded word the name, or another case of it?
local function is_case (name, word)
  if word == name then return true end
  local list = endings[sub(name, -2)]
  local stem = list and sub(name, 1, -3) or name
  return sub(word, 1, #stem) == stem
         and find(list or hard, " " .. sub(word, #stem + 1) .. " ", 1, true) ~= nil
end

-- The end of a family name by gender: what the nominative ends with, and the ends that
-- stand for it in the other cases. The first row that fits is meant.
local names = {
  m = {
    { "", { "ов", "ев", "ин", "ын" }, { "а", "у", "ым", "ом", "е" } },
    { "ий", { "ск", "цк" }, { "ого", "ому", "им", "ом" } },
    { "", { "ич", "ук", "юк", "ян", "ман", "берг", "штейн" }, { "а", "у", "ом", "ем", "е" } },
  },
  f = {
    { "а", { "ов", "ев", "ин", "ын", "вн" }, { "ой", "у", "ою", "ы", "е" } },
    { "ая", { "ск", "цк" }, { "ой", "ую", "ою" } },
  }
}

-- The stem of a word before an ending, if it ends so; only its end is looked at.
local function without (word, ending)
  if ending == "" then return word end
  return #word > #ending and sub(word, -#ending) == ending and sub(word, 1, -#ending - 1) or nil
end

local function ends_with (stem, ends)
  for _, one in ipairs(ends) do
    if without(stem, one) then return true end
  end
  return false
end

-- The nominative of a family or father's name, and whether it is written in it already;
-- nil where no row tells.
local function family (word, gender)
  local folded = fold(word)
  for _, row in ipairs(names[gender]) do
    local stem = without(folded, row[1])
    if stem and ends_with(stem, row[2]) then return word, true end
    for _, ending in ipairs(row[3]) do
      stem = without(folded, ending)
      if stem and ends_with(stem, row[2]) then return sub(word, 1, #stem) .. row[1], false end
    end
  end
end

-- A given name in the nominative, with the letters that the text has.
local function in_letters_of (word, name)
  local folded, n = fold(word), 0
  while n < #name and sub(folded, n + 1, n + 1) == sub(name, n + 1, n + 1) do n = n + 1 end
  return sub(word, 1, n) .. sub(name, n + 1)
end

-- The words of a name as those of one gender, with that given name; nil where they are
-- not in one case.
local function as_one_of (words, one)
  local folded = fold(words[1])
  if not is_case(one[1], folded) then return nil end
  local out, same = { in_letters_of(words[1], one[1]) }, folded == one[1]
  for i = 2, #words do
    local nominative, is = family(words[i], one[2])
    if not nominative then
      if not same then return nil end
      nominative, is = words[i], true            -- Сергей Чайка
    end
    if is ~= same then return nil end
    out[i] = nominative
  end
  return concat(out, " ")
end

--- Whether a man or a woman has a Russian given name, in any case: "m", "f"; nil where that is not
-- told.
---@param word string
---@return string?
function M.gender (word)
  local folded, found = fold(word), nil
  for _, one in ipairs(given[root(folded)] or {}) do
    if is_case(one[1], folded) then
      if found and found ~= one[2] then return nil end
      found = one[2]
    end
  end
  return found
end

--- A person's name in the nominative: of words that are a given name and others; nil where
-- it cannot be told.
---@param words string[]
---@return string?
function M.of (words)
  local found
  for _, one in ipairs(#words > 1 and given[root(fold(words[1]))] or {}) do
    local name = as_one_of(words, one)
    if name and found and name ~= found then return nil end
    found = name or found
  end
  return found
end

-- Endings of the plural alone, by the end of the nominative: of nouns that end in а or я,
-- one may be a case of the singular; of adjectives -ым is.
local plural_always = { "ов", "ев", "ам", "ям", "ами", "ями", "ах", "ях" }
local plural_soft = { "ей", "и" }          -- of представитель, секретарь
local plural_hard = { "ы", "и" }           -- of президент, посланник
local plural_adjective = { "ые", "ие", "ых", "их", "ыми", "ими" }

local function plural_of (name)
  local last = sub(name, -2)
  if last == "й" and find("ыио", sub(name, -4, -3), 1, true) then return plural_adjective end
  if last == "ь" or last == "й" then return plural_soft end
  return last ~= "а" and last ~= "я" and plural_hard or {}
end

local function words_of (text)
  local out = {}
  for word in gmatch(fold(text), "[^%s%p]+") do out[#out + 1] = word end
  return out
end

-- Is it told of one of the words that it is a plural of the name's? nil where they are not
-- the name's.
local function is_plural_of (name, words)
  local plural = false
  if #name ~= #words then return nil end
  for i, word in ipairs(words) do
    if root(word) ~= root(name[i]) and sub(word, 1, 6) ~= sub(name[i], 1, 6) then return nil end
    local told = word ~= name[i]
                 and (ends_with(word, plural_always) and not ends_with(name[i], plural_always)
                      or ends_with(word, plural_of(name[i])))
    plural = plural or told
  end
  return plural
end

--- Is a Russian text the plural of one of some names, as its endings tell: Послы, of Посол?
---@param text string
---@param of table[] the names of an entity
---@return boolean
function M.is_plural (text, of)
  local words = words_of(text)
  for _, name in ipairs(of) do
    local is = nil
    if name.lang == "ru" then is = is_plural_of(words_of(name.text), words) end
    if is ~= nil then return is end
  end
  return false
end

local family_ends = { "ов", "ев", "ин", "ын", "ск", "цк" }

--- Is a word a case of a surname? They have one root, and what it ends with is short.
---@param surname string of any case
---@param word string
---@return boolean
function M.is_form (surname, word)
  local a, b = fold(surname), fold(word)
  if a == b then return true end
  local stem = root(a)
  for _, row in ipairs(family_ends) do
    local _, stop = find(a, row, #a - #row - ENDING_MOST > 0 and #a - #row - ENDING_MOST or 1, true)
    if stop then stem = sub(a, 1, stop) end
  end
  return root(a) == root(b) and sub(b, 1, #stem) == stem and #b - #stem <= ENDING_MOST
end

return M
