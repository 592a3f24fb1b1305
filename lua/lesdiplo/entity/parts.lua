--- Parts of a document's text that may be names of people.
--
-- Runs of words with a capital are parted where something known stands in them (a role,
-- a country, a body, a word that is no name). A part is an array of its words, with the
-- number of the first `word`, `first` and `last` byte, `stop`, the last one with what
-- stands behind a name (KC), and `text`; it is `kin` where a word of the family stands
-- before it. A word alone before which nothing stands that may tell a name is its text
-- only: of most of them nothing more is asked.
-- @module lesdiplo.entity.parts
local atoms = require "lesdiplo.grammar.atoms"
local around = require "lesdiplo.entity.around"
local lore = require "lesdiplo.entity.traits"
local stopwords = require "lesdiplo.data.stopwords"
local titles = require "lesdiplo.entity.titles"
local concat, remove = table.concat, table.remove
local find, gmatch, gsub, match = string.find, string.gmatch, string.gsub, string.match
local sub = string.sub
local ipairs, setmetatable = ipairs, setmetatable
local at, between, NEAR = around.at, around.between, around.NEAR
_ENV = nil
local M = {}

local WORDS_MOST = 12     -- of a name

local traits, is = lore.of, lore.is
local is_surname_in_capitals, is_cyrillic = lore.is_surname_in_capitals, lore.is_cyrillic
local GIVEN, NOT, PARTICLE, SUFFIX = lore.GIVEN, lore.NOT, lore.PARTICLE, lore.SUFFIX
local FIRST_SURNAME, INITIAL, INITIALS = lore.FIRST_SURNAME, lore.INITIAL, lore.INITIALS
local ODD, SMALL, CAPITAL, MARK = lore.ODD, lore.SMALL, lore.CAPITAL, lore.MARK
local ENDED, LAND, SURNAME, HONOUR = lore.ENDED, lore.LAND, lore.SURNAME, lore.HONOUR
local GLUED, OPENING = lore.GLUED, lore.OPENING

-- What a father's name stands behind: Salman bin Sultan, whoever else a sultan is.
local patronymic = { bin = true, bint = true, ibn = true, ben = true }

-- Titles that are names as well, behind a given name: Hassan Sheikh Mohamud.
local inside = { Sheikh = true, Shaikh = true, Sayed = true, Haji = true }

-- Mentions -----------------------------------------------------------------------------

-- What something is known of. Of the first two, `next` says of each word of a run which is
-- the first mention that ends at its first byte, or behind.
local kinds = { "role", "honorific", "country", "org", "place" }
local TOLD = 2

--- The last role that ends before a part.
---@param known table see lesdiplo.entity.around
---@param part table
---@return integer? first
---@return integer? last
---@return table? row
function M.role_before (known, part)
  local roles, i = known.role, known.next[TOLD * part.word - 1] - 1
  return roles.positions[2 * i - 1], roles.positions[2 * i], roles.rows[i]
end

--- The first role that begins behind a part, likewise.
function M.role_behind (known, part)
  local roles, i = known.role, known.next[TOLD * part.word - 1]
  local positions, last = roles.positions, part.stop
  while positions[2 * i - 1] and positions[2 * i - 1] <= last do i = i + 1 end
  return positions[2 * i - 1], positions[2 * i], roles.rows[i]
end

--- Where the form of address begins that stands before a word of a run: Mr. Chad.
---@param known table
---@param word integer its number
---@param first integer
---@return integer? first
function M.addressed (known, word, first)
  local positions, i = known.honorific.positions, known.next[TOLD * word] - 1
  local stop = positions[2 * i]
  return stop and first - stop < NEAR and find(between(known, stop, first), "^%.? *$")
         and positions[2 * i - 1]
end

-- Is a word that something known holds that thing, and no part of a name that has begun
-- with `part`? Jordan is a surname behind a given name, and Georgia a given name.
local function is_thing (known, k, text, first, last, next_text, part)
  local given = part and is(part[1], GIVEN)
  if part and patronymic[part[#part]] or given and #part == 1 and inside[text] then return false end
  if given and #part == 2 and is(part[2], INITIAL) then return false end      -- Anna P. Medina
  local surname = given and #part == 1
  local begins = next_text and traits[next_text] & NOT == 0
  if begins and is(text, LAND) then
    begins = is(next_text, SURNAME) or M.addressed(known, k, first)
             or is(text, GIVEN) and not is(next_text, GIVEN)     -- not Israel Dan Holm
  else begins = begins and is(text, GIVEN)
  end
  if not surname and not begins then return true end
  for _, kind in ipairs(kinds) do
    local a, b, row, number = at(known, kind, first)
    if a and not (surname and (known[kind].names[number] or 1) < 0)
       and not (begins and b == last
                and (kind == "place" or kind == "country" and row.form ~= "adjective")) then
      return true
    end
  end
  return false
end

-- Parts --------------------------------------------------------------------------------

-- A word without what is none of a name's at its end: Xi's.
local function without_end (word)
  return (gsub(gsub(gsub(word, "'s?$", ""), "’s?$", ""), "^([IVX]+)%.$", "%1"))
end

--- Is a Russian word a father's name, in any case?
function M.is_patronymic (word)
  return find(word, "вич", 1, true) ~= nil or find(word, "вн", 1, true) ~= nil
end

-- Takes a word off that opens the sentence before a Russian name: Речь Сергея Лаврова, Назначить
-- Петрова А. Б. A surname may stand there, too, where the father's name is the last: Лавров
-- Сергей Викторович.
local function drop_opening (part, words, n)
  if is(part[1], GIVEN | INITIAL) then return end
  local father = M.is_patronymic(part[n])
  local opens = is(part[2], GIVEN) and not father
                or n == 4 and (father and is(part[3], GIVEN)
                               or is(part[3], INITIAL) and is(part[4], INITIAL))
  if not opens then return end
  remove(part, 1)
  part.word = part.word + 1
  part.first = words[2 * part.word - 1]
end

-- Takes off what stands at the end of a part, which ends with word k, and is none of the
-- name's; nil where nothing is left.
local function cleaned (part, words, k)
  local n = #part
  part.last = words[2 * k]
  if is(part[n], ENDED) then
    local text = part[n]
    part[n] = without_end(text)
    part.last = part.last - (#text - #part[n])
  end
  while n > 0 and traits[part[n]] & (PARTICLE | CAPITAL) == PARTICLE do
    part[n] = nil
    n, k = n - 1, k - 1
    part.last = words[2 * k]
  end
  part.stop = part.last               -- with KC behind it
  while n > 1 and is(part[n], HONOUR) do
    part[n] = nil
    n, k = n - 1, k - 1
    part.last = words[2 * k]
  end
  if n == 0 or n > WORDS_MOST or n == 1 and is(part[1], INITIALS)
     or is(part[1], SUFFIX) and not is_surname_in_capitals(part) then
    return nil
  end
  if n > 2 and find(part[1], is_cyrillic) then drop_opening(part, words, n) end
  part.text = #part == 1 and part[1] or concat(part, " ")
  return part
end

-- Adds the rest of a Korean given name: Yoon Suk-yeol.
local function hyphened (text, part)
  if not part or #part ~= 2 then return part end
  local rest = match(text, "^%-%l%l?%-%l+", part.last + 1)              -- Prayut Chan-o-cha
  if not rest and is(part[1], FIRST_SURNAME) then
    rest = match(text, "^%-%l+", part.last + 1) or match(text, "^‑%l+", part.last + 1)
  end
  if rest then
    part.last = part.last + #rest
    part.stop = part.last
    part[2] = part[2] .. rest
    part.text = part.text .. rest
  end
  return part
end

-- What `runs` tells of a word, a bit each.
local HELD, KIN, BESIDE = 1, 2, 4

-- May a word with some traits be one of a part, or of one that it begins?
local function is_apt (trait, part)
  return trait & MARK == 0 and (part or trait & SMALL == 0)
         and (trait & (INITIAL | SUFFIX) ~= 0 or trait & (ODD | NOT) == 0)
end

-- The words of a language that say little and are nobody's name, as they open a sentence: Selon.
local openings = setmetatable({}, { __index = function (sets, lang)
  local set = {}
  for word in gmatch(stopwords[lang] or "", "%S+") do
    local head = match(word, "^[%z\1-\127\192-\255][\128-\191]*")
    local opening = atoms.large(head) .. sub(word, #head + 1)
    if traits[opening] & (GIVEN | INITIAL | SURNAME) == 0 then set[opening] = true end
  end
  sets[lang] = set
  return set
end })

-- Does a sentence begin at a byte?
local function opens_sentence (text, first)
  return first == 1 or find(sub(text, first > 4 and first - 4 or 1, first - 1),
                            "[.!?:\n\"\xAB\xBB\x9C\x9D]%s*$")
end

-- Adds the parts of a run of words from..to.
local function add_parts (known, out, from, to)
  local text, words, states, part = known.text, known.words, known.states, nil
  local opening = openings[known.lang or ""]
  local french = known.lang == "fr"             -- M. is monsieur, and no initial
  for k = from, to do
    local first, last = words[2 * k - 1], words[2 * k]
    local word = sub(text, first, last)
    local trait = traits[word]
    local is_part = is_apt(trait, part) and (part or k == to or not titles.is_plural(word))
    local next_text = k < to and (part or states[k] & HELD ~= 0)
                      and sub(text, words[2 * k + 1], words[2 * k + 2])
    if is_part and states[k] & HELD ~= 0
       and (trait & (INITIAL | SUFFIX) == 0 or french and trait & INITIAL ~= 0) then
      is_part = not is_thing(known, k, word, first, last, next_text, part)
    end
    if is_part and not part and k < to and (opening[word] or trait & OPENING ~= 0)
       and opens_sentence(text, first) then
      is_part = false
    end
    if is_part and part and trait & INITIALS ~= 0 and not is(part[1], GIVEN) then
      out[#out + 1] = cleaned(part, words, k - 1)     -- Arms Control J.R. Holm
      part = nil
    end
    if is_part then
      part = part or { word = k, first = first, last = last, text = word,
                       kin = states[k] & KIN ~= 0, told = false }
      if trait & GLUED == 0 then part[#part + 1] = word
      else part[#part + 1], part[#part + 2] = lore.parted(word)
      end
    end
    if part and (not is_part or k == to
                 or #part >= 3 and trait & PARTICLE == 0 and is(next_text, GIVEN)) then
      out[#out + 1] = hyphened(text, cleaned(part, words, is_part and k or k - 1))
      part = nil
    end
  end
end

--- A part that is a word alone, called by a text, a beginning of it.
---@param known table
---@param k integer the word's number
---@param text string
---@return table part
function M.alone (known, k, text)
  local first = known.words[2 * k - 1]
  local last = first + #text - 1
  return { text, word = k, first = first, last = last, stop = last, text = text,
           kin = known.states[k] & KIN ~= 0, told = false }
end

-- What a word alone is called that may be a name; nil where it may be none.
local function text_alone (word)
  local trait = traits[word]
  if not is_apt(trait, nil) then return nil end
  if trait & ENDED ~= 0 then
    word = without_end(word)
    trait = traits[word]
  end
  if trait & (PARTICLE | CAPITAL) == PARTICLE or trait & (INITIALS | SUFFIX) ~= 0 then
    return nil
  end
  return word
end

--- The parts of a document, in order; and the number of the word of each that is a word
-- alone. `alone` makes a part of one that is its text only.
---@param known table which then knows the words of the runs
---@return table[] parts
---@return integer[] words
function M.find (known)
  local lists, counts = {}
  for i, kind in ipairs(kinds) do lists[i] = known[kind].positions end
  known.words, counts, known.states, known.next = lore.runs(known.doc, lists, TOLD)
  local out, numbers, k, text = {}, {}, 1, known.text
  for _, count in ipairs(counts) do
    local word = count == 1 and sub(text, known.words[2 * k - 1], known.words[2 * k])
    if not word or traits[word] & GLUED ~= 0 then add_parts(known, out, k, k + count - 1)
    else
      local alone, n = text_alone(word), #out + 1
      if alone and known.states[k] & (KIN | BESIDE) ~= 0 then out[n] = M.alone(known, k, alone)
      elseif alone then out[n], numbers[n] = alone, k
      end
    end
    k = k + count
  end
  return out, numbers
end

return M
