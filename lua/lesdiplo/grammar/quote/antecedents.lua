--- Whom "he" or "she" means: of the people who are named before, or meant by their office, the last
-- who may be of that gender; of several in one sentence its subject. Where nothing tells which of
-- two is meant, it is nobody.
-- @module lesdiplo.grammar.quote.antecedents
local atoms = require "lesdiplo.grammar.atoms"
local mentions = require "lesdiplo.grammar.quote.mentions"
local offices = require "lesdiplo.grammar.quote.offices"
local set = require "lesdiplo.util".words
local _, native = ...
local at_or_behind = native.base.at_or_behind
local find, match, sub = string.find, string.match, string.sub
local ipairs, pairs, setmetatable, small = ipairs, pairs, setmetatable, atoms.small
_ENV = nil
local M = {}

local BACK = 24          -- mentions of people that are looked through
local FAR = 2000         -- bytes from a pronoun to who is meant
local NEAR = 400         -- and to a woman of whom nothing tells that she is one
local WORD = 40          -- bytes of a sentence in which its first word stands
local CLAUSE = 160       -- bytes behind a pronoun in which its clause names somebody
local BEHIND = 60        -- bytes from a comma to the name behind it
local ASIDE = 80         -- bytes from a name to its verb

-- Prepositions and the like with which a sentence opens before it names its subject.
local opens = set [[during in on at after before while when as following with upon throughout since
  for ahead pendant lors après avant durant lorsque во в при после перед когда]]
-- Pronouns that are no subjects: of the people of their sentence they mean the last.
local oblique = set "his her him его ему ее её"

-- What an apposition begins with: Berg, the envoy,.
local asides = set "the a an our his her their its my who"

-- People of a document -------------------------------------------------------------------------

-- Where people are named, or meant by an office, in order: lists of firsts, lasts and ids (id_of).
local function persons_of (ctx)
  local persons = ctx.persons
  if persons then return persons end
  persons = { first = {}, last = {}, id = {}, rows = ctx.list.layers[1].rows }
  ctx.persons = persons
  local positions = ctx.list.layers[1].positions
  for i = 1, #persons.rows do
    persons.first[i], persons.last[i] = positions[2 * i - 1], positions[2 * i]
    persons.id[i] = persons.rows[i].id
  end
  return persons
end

-- Who is named there, or who holds the office; false where nobody knows.
local function id_of (ctx, persons, i)
  local id = persons.id[i]
  if id == nil then
    local row = persons.rows[i]
    id = offices.holder(ctx, row.role, persons.first[i], row.of) or false
    persons.id[i] = id
  end
  return id
end

--- Where people are named, or meant by an office, in order: lists of firsts and lasts.
M.persons = persons_of

--- Who is meant by the n-th of them, or false.
function M.id (ctx, n) return id_of(ctx, persons_of(ctx), n) end

-- Words of lists as they are written, with a small letter and a capital, by list.
local written = setmetatable({}, { __mode = "k" })

local function written_as (list)
  local out = written[list]
  if not out then
    out = {}
    for word in pairs(list) do
      local head = match(word, "^[%z\1-\127\192-\255][\128-\191]*")
      out[#out + 1], out[#out + 2] = word, atoms.large(head) .. sub(word, #head + 1)
    end
    written[list] = out
  end
  return out
end

-- Has a text one of a list's words?
local function has_word (text, list)
  for _, word in ipairs(written_as(list)) do
    local first, last = find(text, word, 1, true)
    while first do
      local parted = first == 1 or not find(text, "^%w", first - 1)
      if parted and not find(text, "^%w", last + 1) then return true end
      first, last = find(text, word, last + 1, true)
    end
  end
  return false
end

-- Has a document both he and she?
local function has_both (ctx)
  if ctx.both == nil then
    ctx.both = has_word(ctx.text, ctx.x.he) and has_word(ctx.text, ctx.x.she)
  end
  return ctx.both
end

-- Is somebody a clause's subject, by the word behind the name: Berg said; Berg, the envoy, said?
local function is_subject (ctx, last)
  local rest = sub(ctx.text, last + 1, last + ASIDE)
  local word, aside = match(rest, "^%s+(%l+)"), nil
  if not word then aside, word = match(rest, "^,%s+(%a+)[^,.;:!?\n]+,%s+(%l+)") end
  if aside and not asides[aside] then return false end
  return word ~= nil and (ctx.x.finite[word] or ctx.x.forms[word] or find(word, "[^s]s$")
                          or find(word, "ed$")) and true or false
end

-- Has the sentence of a Chinese pronoun an office before it, and nobody who was named last, at
-- a byte: 首相到访中国，他其后指出?
local function is_office (ctx, at, named)
  if ctx.x.lang ~= "zh" then return false end
  local from, list = mentions.sentence_first(ctx, at), ctx.list
  local i = named < from and mentions.from(list, from) or #list + 1
  while list[i] and list[i].first < at do
    if list[i].kind == "role" then return true end
    i = i + 1
  end
  return false
end

-- One pronoun ----------------------------------------------------------------------------------

-- What is asked: {ctx, text, at, gender, persons, known (genders by id), others (ids that it does
-- not mean), last (the number of the last person before it)}. Those are who says "I" there, and who
-- is named behind it in its clause: he who thanked Berg is not Berg.
local function asked (ctx, at, gender)
  local persons, others = persons_of(ctx), {}
  local firsts = persons.first
  local last = at_or_behind(firsts, at) - 1
  if ctx.self then others[ctx.self] = true end
  local i, text = last + 1, ctx.text
  local stop = firsts[i] and firsts[i] - at < CLAUSE
               and (find(text, "[,;:.?!\"\n\xE2\xE3\xEF]", at) or #text) or 0
  while firsts[i] and firsts[i] < stop do
    others[id_of(ctx, persons, i)] = true
    i = i + 1
  end
  return { ctx = ctx, text = text, at = at, gender = gender, persons = persons, others = others,
           known = mentions.genders(ctx), last = last }
end

-- May the person of that number be meant? Who speaks behind a label is not: MR HOLM: he will.
local function fits (q, i)
  local id = id_of(q.ctx, q.persons, i)
  if not id then return true end
  return (q.known[id] or q.gender) == q.gender and not q.others[id]
         and not find(q.text, "^:", q.persons.last[i] + 1)
end

-- Does something of that person's stand there: Berg's visit?
local function owns (q, i)
  if q.ctx.x.lang == "zh" then return find(q.text, "^的", q.persons.last[i] + 1) ~= nil end
  local stop = q.persons.last[i] + 1
  return find(q.text, "^'s", stop) ~= nil or find(q.text, "^’s", stop) ~= nil
end

-- The id of who opens a Chinese sentence by name, and is its subject; nil where nobody does, or
-- where the text has both he and she and nothing tells which that is.
local function opener (q, n, begin)
  if q.ctx.x.lang ~= "zh" or q.persons.first[n] ~= begin or not fits(q, n) or owns(q, n) then
    return nil
  end
  local id = q.persons.id[n]
  return id and (q.known[id] or not has_both(q.ctx)) and id or nil
end

-- Of people in a sentence, numbers n to k, the first who may be meant; of several the first whose
-- gender is told, where the text has both. False where of none of several it is told, or nobody
-- knows who it is; nil where there is none. And whether it is told of the one, or who that is the
-- subject.
local function first_of (q, n, k)
  local found, told, several, number
  for i = n, k do
    if fits(q, i) and not owns(q, i) then
      local id = q.persons.id[i]
      several = several or found ~= nil and id and found ~= id
      if found == nil then found, number = id, i end
      told = told or id and q.known[id] and id
    end
  end
  if told and (told == found or has_both(q.ctx)) then return told, true end
  if several and not told then return false, false end
  local near = found and q.at - q.persons.first[number] < NEAR
  return found, near and is_subject(q.ctx, q.persons.last[number])
end

-- The last of them whose own something is who may be meant.
local function owner_of (q, n, k)
  for i = k, n, -1 do
    local id = fits(q, i) and q.persons.id[i]
    if id then return id, q.known[id] ~= nil end
  end
end

-- Of people in the pronoun's own sentence, before it, the last who is a clause's subject; if it is
-- none itself, the last.
local function of_own (q, n, k)
  local is_oblique = oblique[small(match(q.text, "^[^%s%p]+", q.at) or "")]
  for i = k, n, -1 do
    if fits(q, i) and (is_oblique or not owns(q, i) and is_subject(q.ctx, q.persons.last[i])) then
      return q.persons.id[i]
    end
  end
end

-- The id of who is named first behind the comma that ends the words of the pronoun with which a
-- sentence opens: during her visit, Berg. Nil where there is none.
local function announced (q)
  local first = q.persons.first[q.last + 1]
  if not first or first - q.at > CLAUSE then return nil end
  local begin, text = mentions.sentence_first(q.ctx, q.at), q.text
  local word = match(sub(text, begin, begin + WORD), "^%s*(%S+)")
  if not word or not opens[small(word)] or find(sub(text, begin, q.at), ",", 1, true) then
    return nil
  end
  local comma = find(text, ",", q.at, true)
  return comma and comma < first and first - comma < BEHIND and fits(q, q.last + 1)
         and q.persons.id[q.last + 1] or nil
end

--- The id of the person whom he or she means at a place, or nil. `ctx.self` is who says "I" there,
-- if that is known.
---@param ctx table of mentions.new
---@param at integer
---@param gender string "he" or "she"
---@return string?
function M.of (ctx, at, gender)
  local q, said = asked(ctx, at, gender), ctx.last_person
  local ahead, firsts = announced(q), q.persons.first
  if ahead then return ahead end
  if said and ((q.known[said.id] or gender) ~= gender or q.others[said.id]) then said = nil end
  local stop = said and (gender == "he" or q.known[said.id]) and said.at
  local own, k = mentions.sentence_first(ctx, at), q.last
  local looked, found = false, nil
  while k > 0 and k > q.last - BACK and at - firsts[k] < FAR do
    if stop and firsts[k] <= stop then break end
    if is_office(ctx, at, firsts[k]) then return nil end
    local begin, n = mentions.sentence_first(ctx, firsts[k]), k
    while n > 1 and k - n < BACK and firsts[n - 1] >= begin do n = n - 1 end
    local id, told = begin == own and of_own(q, n, k) or nil, true
    -- of him who met Berg it goes on: not of Berg
    local goes_on = begin ~= own and has_word(sub(q.text, begin, firsts[n] - 1), ctx.x[gender])
    if id == nil and not goes_on then
      id, told = opener(q, n, begin), true
      if id == nil then id, told = first_of(q, n, k) end
      if id == nil then id, told = owner_of(q, n, k) end
    end
    if id ~= nil then
      if told or gender == "he" then return id or nil end
      if not looked then found, looked = at - firsts[k] < NEAR and id, true end
    end
    k = n - 1
  end
  if said and (not looked or q.known[said.id]) then return said.id end
  return found or nil
end

return M
