--- Whom a name of a document means: the person of a full name, of the surname alone, of a Russian
-- name in any case; of several of one surname who was named last.
-- @module lesdiplo.entity.who
local around = require "lesdiplo.entity.around"
local calls = require "lesdiplo.entity.calls"
local gender = require "lesdiplo.entity.gender"
local leaders = require "lesdiplo.entity.leaders"
local remembered = require "lesdiplo.entity.lexicon".remembered
local nominative = require "lesdiplo.entity.nominative"
local lore = require "lesdiplo.entity.traits"
local _, native = ...
local fold, root = native.tokens.fold, native.entities.root
local concat = table.concat
local byte, find, gmatch, gsub = string.byte, string.find, string.gmatch, string.gsub
local sub, upper = string.sub, string.upper
local ipairs = ipairs
_ENV = nil
local M = {}

local ALIKE = 3           -- bytes by which given names are told apart

local is = lore.is
local is_surname_of_two, is_cyrillic = lore.is_surname_of_two, lore.is_cyrillic
local GIVEN, INITIAL, PARTICLE = lore.GIVEN, lore.INITIAL, lore.PARTICLE

local id_of = remembered(function (name)
  if find(name, is_cyrillic) then
    local out = {}
    for word in gmatch(fold(name), "[^%s%p]+") do out[#out + 1] = root(word) end
    return concat(out, "-")
  end
  return leaders.id(name)
end)

-- The person of a name. Russian names of one root are one person's, called by the
-- nominative where a name of the text tells it.
local function person_of (one, by_id, day)
  local name = lore.shown(one)
  local id = find(name, is_cyrillic) and leaders.russian_id(one, day) or id_of[name]
  local told = find(name, is_cyrillic) and nominative.of(one)
  local person = told and by_id[id] or { id = id, name = told or name }
  if told and not by_id[id] then by_id[id] = person end
  return person
end

-- The person whom a Russian surname in any case means.
local function called (by_call, word)
  local known = find(word, is_cyrillic) and by_call[root(fold(word))]
  return known and known.call and nominative.is_form(known.call, word) and known.person or nil
end

-- The person whom a name means that no text of a full name gives: a Russian surname, a
-- word before it that opens the sentence or not.
local function called_last (by_call, one)
  local n = #one
  if n > 2 or not find(one[n], is_cyrillic) or n == 2 and is(one[1], GIVEN | INITIAL) then
    return nil
  end
  local person = called(by_call, one[n])
  if person and n == 2 then one.first = one.last - #one[2] + 1 end
  return person
end

-- Do names begin with the same letters, or one with an initial of the other?
local function is_alike (a, b)
  local n = find(a, "^%u%.") or find(b, "^%u%.")
  return n and byte(a) == byte(b) or sub(a, 1, ALIKE) == sub(b, 1, ALIKE)
end

-- The person of a name that has a middle initial and has none elsewhere in the text, Antony J.
-- Blinken; nil where no other text names him. `spelt`: people by both forms, false where names
-- of several initials share the one without.
local function spelt_otherwise (one, spelt)
  return #one == 3 and is(one[2], INITIAL) and spelt[one[1] .. " " .. one[3]]
         or #one == 2 and spelt[one[1] .. " . " .. one[2]] or nil
end

local function add_spelling (one, spelt, person)
  if #one == 2 then spelt[one.text] = person
  elseif #one == 3 and is(one[2], INITIAL) then
    local key = one[1] .. " . " .. one[3]
    spelt[one[1] .. " " .. one[3]] = spelt[key] == nil and spelt[one[1] .. " " .. one[3]]
    spelt[key] = spelt[key] == nil and person
  end
end

-- Whom M. Dupont means where Jean Dupont is named before.
local function monsieur (one, by_call)
  return #one == 2 and one[1] == "M." and by_call[one[2]] or nil
end

-- Who is called by a word in capitals, as transcripts write who speaks: SECRETARY BLINKEN.
local function called_in_capitals (by_capitals, text)
  return find(text, "^%u%u%u[%u'-]*$") and by_capitals[text] or nil
end

-- The state that somebody is known to act for.
local function leader_of (one, day)
  local row = leaders.of(one, day)
  return row and leaders.is_in_force(row, day) and row.state or nil
end

-- The person of a surname alone in Latin letters: a leader of whom texts speak so.
local function person_of_surname (word, day)
  local row = leaders.sole(word, day)
  return { id = row and leaders.id_of(row) or id_of[word], name = word,
           gender = gender.of_name{ word } }
end

-- Adds whom a surname alone is known to mean, where it is one; returns whether.
local function add_leader (by_call, words, day)
  local row = leaders.of(words, day)
  if row then
    local key = root(fold(row.surname))
    by_call[key] = by_call[key] or { call = row.surname,
      person = { id = leaders.id_of(row) or id_of[row.ru], name = row.ru,
                 state = leaders.is_in_force(row, day) and row.state or nil } }
  end
  return row ~= nil
end

--- Adds whom a Russian word is known to mean that is a surname, if it means nobody yet.
---@param who table of register
---@param word string
---@param day string?
function M.add_leader (who, word, day)
  if find(word, is_cyrillic) and not called(who.by_call, word) then
    add_leader(who.by_call, { word }, day)
  end
end

--- Adds whom a surname alone means, and the state that he acts for, if it means nobody yet.
---@param who table of register
---@param word string
---@param state string? for which somebody of it acts at the time
---@param day string?
function M.add_surname (who, word, state, day)
  if who.by_name[word] or who.by_call[word] then return end
  local person = person_of_surname(word, day)
  person.state = state
  who.by_name[word], who.by_call[word] = person, person
end

--- Who is meant by a name, `by_name`, or by a word, `by_call`: people can be known by several
-- words. Also the words that several are called by, if there are any: `shared`, and who of
-- them was called so last, `latest`.
---@param told table[] parts that are names (parts.lua)
---@param lang string
---@param day string? of the document: who was in office then
---@return table who
function M.register (told, lang, day)
  local by_name, by_call, by_id, shared = {}, {}, {}, nil
  local rest = {}            -- surnames alone, of one word or with a particle: Le Drian
  local by_first = {}        -- whose first word no list of given names has: Mori Takeo
  local spelt = {}           -- see spelt_otherwise
  local by_capitals = {}     -- by what they are called, in capitals
  for _, one in ipairs(told) do
    if #one == 1 or #one == 2 and is(one[1], PARTICLE) and not is_surname_of_two(one, lang) then
      rest[#rest + 1] = one
    elseif not by_name[one.text] then
      local person = spelt_otherwise(one, spelt) or monsieur(one, by_call)
                     or person_of(one, by_id, day)
      add_spelling(one, spelt, person)
      person.state = person.state or leader_of(one, day)
      person.gender = person.gender or gender.of_name(one)
      by_name[one.text], person.particles = person, person.particles or calls.particles(one)
      if #one == 2 and not is(one[1], GIVEN) then
        by_first[one[1]] = by_first[one[1]] == nil and person
      end
      for _, call in ipairs(calls.names(one, lang)) do
        local other = by_call[call]
        by_call[call] = other == nil and person or other
        by_capitals[upper(call)] = by_call[call]
        if other and other.id ~= person.id and not is_alike(other.name, person.name) then
          shared = shared or {}
          shared[call] = true
        end
        if find(call, is_cyrillic) then
          local key = root(fold(call))
          by_call[key] = by_call[key] or { person = person, call = call }
        end
      end
    end
  end
  for _, one in ipairs(rest) do
    local known = by_call[one.text] or by_name[one.text]
    local capital = not known and called_in_capitals(by_capitals, one.text)
    if capital then
      by_call[one.text] = capital
    elseif not known and by_first[one.text] then
      by_call[one.text] = by_first[one.text]                -- the surname stands first
    elseif not known and not called(by_call, one.text) and not add_leader(by_call, one, day) then
      local person = person_of_surname(one.text, day)
      by_name[one.text], by_call[one.text] = person, person
    end
  end
  return { by_name = by_name, by_call = by_call, shared = shared, latest = {}, several = {},
           lang = lang }
end

--- May a text that is one word mean somebody?
function M.is_known (who, text)
  return who.by_name[text] or who.latest[text] or who.by_call[text] or find(text, is_cyrillic)
end

-- Somebody of whom no more is known than the form of address and a surname that several have:
-- Mr Berg.
local function addressed (known, who, one)
  local first = around.addressed(known, one.first)
  local text = gsub(gsub(sub(known.plain, first, one.last), "%.", ""), "%s+", " ")
  local person = who.by_name[text] or { id = id_of[text], name = text,
                                        gender = gender.of(known, one.first) }
  who.by_name[text] = person
  return person
end

-- Who of those of one surname was named last that may be of a gender, where that is told; nil where
-- none may.
local function latest_of (known, who, one, told)
  local call = one.text
  if not who.shared or not who.shared[call] then return nil end
  local sure = told and who.latest[call .. " " .. told]
  local unknown = who.latest[call .. " ?"]
  if not told or sure or not unknown then return sure or who.latest[call] end
  return who.several[call] and addressed(known, who, one) or unknown
end

--- The person whom a part means, or nil; and whether by a full name.
function M.meant_by (known, who, one)
  local person = who.by_name[one.text]
  if person then return person, #one > 1 end
  local told = #one <= 2 and who.latest[one.text] and gender.of(known, one.first)
  person = #one <= 2 and (latest_of(known, who, one, told) or who.by_call[one.text])
  return person or called_last(who.by_call, one), false
end

--- Remembers who was called so last, of several of one surname; and of each gender, and whether of
-- several none is told.
function M.remember (known, who, one, person)
  person.gender = person.gender or gender.of(known, one.first)
  for _, call in ipairs(calls.names(one, who.lang)) do
    if who.shared[call] then
      local key = call .. " " .. (person.gender or "?")
      local before = who.latest[key]
      if before and before ~= person and not person.gender then who.several[call] = true end
      who.latest[call], who.latest[key] = person, person
    end
  end
end

return M
