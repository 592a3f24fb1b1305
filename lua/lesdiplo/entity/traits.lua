--- What is known of the words of names: given names, surnames, particles, what stands
-- behind a name; and which words together are one, by themselves alone.
-- @module lesdiplo.entity.traits
local lexicon = require "lesdiplo.entity.lexicon"
local terms = require "lesdiplo.grammar.terms"
local _, native = ...
local fold, root = native.tokens.fold, native.entities.root
local find, gmatch, gsub, match = string.find, string.gmatch, string.gsub, string.match
local lower, sub, upper = string.lower, string.sub, string.upper
local ipairs, pairs = ipairs, pairs
local concat = table.concat
_ENV = nil
local M = {}

local function list (name) return lexicon.list("people.txt", "person." .. name) end

local never, particles, suffixes = list "not", list "particle", list "suffix"

--- A pattern: the beginning of a Russian word.
M.is_cyrillic = "^[\xD0\xD1]"
local is_cyrillic = M.is_cyrillic

local russian = {}         -- roots of Russian given names
for name in pairs(list "given.ru") do russian[root(name)] = true end

-- What is known of a word, a bit each.
local GIVEN, NOT, PARTICLE, SUFFIX = 1, 2, 4, 8
local FIRST_SURNAME = 16   -- a Chinese or Korean surname, which stands first
local INITIAL = 32         -- J.
local ODD = 64             -- with a digit or a point in it
local SMALL, CAPITAL = 128, 256
local MARK = 512           -- it is a dash or the like
local ENDED = 1024         -- its end may be none of the name's: Xi's
local LAND = 2048          -- a given name that is a land's or a town's as well
local SURNAME = 4096       -- one that hardly is anything else
local INITIALS = 8192      -- J.R., unless it is known as something else
local HONOUR = 16384       -- a suffix that is no part of the name: KC
local GLUED = 32768        -- Russian initials and a surname in one: В.В.Путин
local MAN, WOMAN = 65536, 131072         -- a given name that men have, or women
local OPENING = 262144     -- nobody's where it opens a sentence

-- What the lists say of folded words.
local listed = {}
for _, one in ipairs{ { list "given.man", GIVEN | MAN }, { list "given.woman", GIVEN | WOMAN },
                      { list "given.either", GIVEN }, { list "given.land", LAND }, { never, NOT },
                      { particles, PARTICLE }, { list "surname", SURNAME },
                      { list "opening", OPENING },
                      { list "surname.pinyin", FIRST_SURNAME },
                      { list "surname.ko", FIRST_SURNAME } } do
  for word in pairs(one[1]) do listed[word] = (listed[word] or 0) | one[2] end
end

local function is_suffix (word)
  word = gsub(word, "%.$", "")
  if find(word, "^[IVXivx]+$") then return find(word, "^[IVX]+$") ~= nil end    -- not Xi
  return suffixes[fold(word)]
end

-- Suffixes that belong to a name.
local inborn = {}
for word in gmatch("jr jr. junior jnr sr sr. senior snr filho neto sobrinho fils pere aine",
                   "%S+") do
  inborn[word] = true
end

-- Of a word, as far as a hyphen, whether it is a given name, and whose.
local function as_given (word)
  word = fold(gsub(gsub(word, "%-.*$", ""), "–.*$", ""))
  local out = (listed[word] or 0) & (GIVEN | MAN | WOMAN)
  return out == 0 and find(word, is_cyrillic) and russian[root(word)] and GIVEN or out
end

local function is_surname (word)
  return (listed[fold(gsub(gsub(word, "'s?$", ""), "’s?$", ""))] or 0) & SURNAME ~= 0
end

local A_CAPITAL = "\xD0[\x81\x90-\xAF]"      -- a Russian one
local initials_and_surname = {
  "^(" .. A_CAPITAL .. "%.)(" .. A_CAPITAL .. "[\xD0\xD1].+)$",
  "^(" .. A_CAPITAL .. "%." .. A_CAPITAL .. "%.)(" .. A_CAPITAL .. "[\xD0\xD1].+)$"
}

--- Russian initials and the surname behind them that are one word; nil where it is another.
function M.parted (word)
  for _, pattern in ipairs(initials_and_surname) do
    local initials, surname = match(word, pattern)
    if initials and not find(surname, "[.%d]") then return initials, surname end
  end
end

-- What the signs in a word tell, and its letters.
local function written (word)
  local out = 0
  if M.parted(word) then return GLUED end
  if find(word, "-", 3, true) and terms.is_tied(word) then out = NOT end    -- Then-President
  if find(word, "^I['\xE2]") then out = out | NOT end       -- I’m
  if find(word, "^%u%.$") or find(word, "^\xD0[\x90-\xAF]%.$") then out = out | INITIAL end
  if find(word, "^%u%.%u%.$") or find(word, "^%u%.%u%.%u%.$")
     or find(word, "^\xD0[\x90-\xAF]%.\xD0[\x90-\xAF]%.$") then
    out = out | INITIALS
  elseif find(word, "[%d.]") then out = out | ODD
  end
  if find(word, "^%l") then out = out | SMALL end
  if find(word, "^%u") then out = out | CAPITAL end
  if find(word, "^[%p–—]+$") then out = out | MARK end
  if find(word, "['’]s?$") or find(word, "^[IVX]+%.$") then out = out | ENDED end
  return out
end

--- What is known of a word: bits by M's names for them. Most words are a capital and small
-- letters, of which only the lists tell more.
M.of = lexicon.remembered(function (word)
  local folded = fold(word)
  local out = listed[folded] or 0
  if find(word, "^%u%l+$") then out = out | CAPITAL
  else
    out = out & ~(GIVEN | SURNAME) | written(word)
    local given = as_given(word)
    out = out | (out & (MAN | WOMAN) == 0 and given or given & GIVEN)
    if is_surname(word) then out = out | SURNAME end
  end
  if is_suffix(word) then
    out = out | SUFFIX
    if not inborn[folded] and not find(word, "^[IVX]+%.?$") then out = out | HONOUR end
  end
  return out
end)

-- Runs of words with a capital, particles between them.
local joints, firm = {}, {}
for particle in pairs(particles) do
  if not find(particle, "[%s%p]") then joints[#joints + 1] = particle end
end
for word in pairs(never) do
  if not is_suffix(upper(word)) then firm[#firm + 1] = word end
end
-- Words of the family, which a name stands behind.
local kin = {}
for word in gmatch([[wife husband spouse son daughter brother sister father mother widow uncle aunt
  nephew niece cousin grandson granddaughter épouse époux fils fille frère soeur père mère]],
  "%S+") do
  kin[#kin + 1] = word
end
--- The runs of a document, see src/bind/entity/runs.c.
M.runs = native.entities.runs(joints, firm, nil, kin)

local traits = M.of

--- Has a word one of some bits?
function M.is (word, trait) return traits[word] & trait ~= 0 end
local is = M.is

--- Whether a name is a man's or a woman's, as its given name tells: "m", "f", or nil.
---@param words string[]
---@return string?
function M.gender (words)
  for i = 1, #words - 1 do
    local trait = traits[words[i]]
    if trait & (INITIAL | INITIALS) == 0 then
      return trait & MAN ~= 0 and "m" or trait & WOMAN ~= 0 and "f" or nil
    end
  end
end

--- Are two words a name, of which the first is a land's as well: Chad Wilson?
function M.is_named_as_land (one, next_word)
  return is(one, LAND) and is(next_word, SURNAME)
end

--- Does a surname in capitals stand first: DUPONT Jean, XI Jinping?
function M.is_surname_in_capitals (name)
  if #name < 2 or #name > 3 or not find(name[1], "^%u%u+$") then return false end
  local leads = is(M.plain_surname(name[1]), FIRST_SURNAME)
  if is(name[1], GIVEN) and not leads then return false end
  for i = 2, #name do
    if not find(name[i], "^[%u\xC3-\xC5].-%l") then return false end
  end
  return leads or #name[1] > 3 and is(name[2], GIVEN)                     -- not USS
                  and (#name == 2 or is(name[3], GIVEN))
end

--- Is a name of two or three words Chinese or Korean, its surname first? What is an article in
-- the document's language is none: Le Drian.
function M.is_surname_of_two (name, lang)
  return (#name == 2 or #name == 3) and is(name[1], FIRST_SURNAME)
         and not (lang == "fr" and is(name[1], PARTICLE))
end

--- A surname that stands in capitals, as it is written else: Dupont.
function M.plain_surname (word) return sub(word, 1, 1) .. lower(sub(word, 2)) end

--- Does a surname in capitals end a name: Jean DUPONT? Not so an abbreviation of three letters.
function M.ends_in_capitals (name)
  local n = #name
  return n > 1 and #name[n] > 3 and find(name[n], "^%u+$") ~= nil and is(name[1], GIVEN)
         and find(name[1], "%l") ~= nil
end

--- The name to show: DUPONT Jean and Jean DUPONT are Jean Dupont, and XI Jinping Xi Jinping.
function M.shown (name)
  if M.ends_in_capitals(name) then
    return concat(name, " ", 1, #name - 1) .. " " .. M.plain_surname(name[#name])
  end
  if not M.is_surname_in_capitals(name) then return name.text end
  local surname, rest = M.plain_surname(name[1]), concat(name, " ", 2)
  return is(surname, FIRST_SURNAME) and surname .. " " .. rest or rest .. " " .. surname
end

M.GIVEN, M.NOT, M.PARTICLE, M.SUFFIX = GIVEN, NOT, PARTICLE, SUFFIX
M.FIRST_SURNAME, M.INITIAL, M.INITIALS, M.ODD = FIRST_SURNAME, INITIAL, INITIALS, ODD
M.SMALL, M.CAPITAL, M.MARK, M.ENDED = SMALL, CAPITAL, MARK, ENDED
M.LAND, M.SURNAME, M.HONOUR, M.GLUED = LAND, SURNAME, HONOUR, GLUED
M.OPENING = OPENING

return M
