--- Several as one: who is named by two names or offices and "and" between them, and whom "they"
-- means, of which a sentence before tells: Berg and Holm met; Berg met with Holm.
-- @module lesdiplo.grammar.quote.groups
local atoms = require "lesdiplo.grammar.atoms"
local mentions = require "lesdiplo.grammar.quote.mentions"
local set = require "lesdiplo.util".words
local _, native = ...
local at_or_behind = native.base.at_or_behind
local find, gmatch, gsub, match, sub = string.find, string.gmatch, string.gsub, string.match,
                                       string.sub
local ipairs, pairs, small = ipairs, pairs, atoms.small
_ENV = nil
local M = {}

local LONG = 160         -- bytes of a phrase that names two, and of a sentence's subject
local LISTED = 60        -- bytes before a phrase in which other names of its list stand
local BACK = 4           -- sentences before a pronoun in which it is told whom it means
local FAR = 1500         -- bytes from it to them
local SEVERAL = 32       -- bytes of words that stand for several, and one behind them
local MORE = 40          -- bytes behind a name in which another is joined to it
local WITH = 70          -- bytes from a subject to those with whom it met

-- With which somebody's name or office begins, besides a capital.
local leads = set "the his her its their our a an both"
-- What stands between the words of a name or an office.
local joints = set "the of for and to de la du bin al von van der"

-- Two -----------------------------------------------------------------------------------------

-- Is "and" at those bytes part of a name: Department of Trade and Industry?
local function is_inside (list, first, last)
  local i = mentions.from(list, last + 1) - 1
  for n = i, i > 3 and i - 3 or 1, -1 do
    local m = list[n]
    if m and m.first < first and m.last > last then return true end
  end
  return false
end

-- Is a stretch somebody by name or office, and nothing but that?
local function is_name (text, first, last)
  local word = match(sub(text, first, last), "^%s*(%S+)")
  return word ~= nil and (find(word, "^[%u\xC3-\xD0]") ~= nil or word == "I"
                          or leads[small(word)] ~= nil)
end

-- Does a body or a state stand there, and nothing of theirs: the Chadian government, but not the
-- allies of Chad?
local function is_body (ctx, first, last)
  local inside = mentions.within(ctx.list, first, last)
  local m = inside.org[#inside.org] or inside.country[#inside.country]
  if not m then return false end
  local ahead = match(sub(ctx.text, first, m.first - 1), "^%s*(.-)%s*$")
  if ahead ~= "" and not leads[small(ahead)] then return false end
  if m.last == last then return m.row.form ~= "adjective" end
  local head = match(sub(ctx.text, m.last + 1, last), "^ (%l+)$")
  return head ~= nil and ctx.x.bodies ~= nil and ctx.x.bodies[head] ~= nil
end

-- The id of two, of which each is told: of people in the order of the text, of others in that of
-- the alphabet.
local function joined (ctx, a, b)
  if not (a.id and b.id) or a.id == b.id or a.via or b.via or a.plural or b.plural then
    return nil
  end
  local a_person, b_person = a.person or a.self, b.person or b.self
  if a_person and b_person then return a.id .. "+" .. b.id, true end
  if a_person or b_person or not is_body(ctx, a.from, a.to) or not is_body(ctx, b.from, b.to) then
    return nil
  end
  return a.id < b.id and a.id .. "+" .. b.id or b.id .. "+" .. a.id, false
end

-- Do other names stand before a phrase: of Chad, Mali, Norway and Peru?
local function is_listed (text, first)
  local before = sub(text, first > LISTED and first - LISTED or 1, first - 1)
  local name = match(before, ", ([^,]+), $")
  return name ~= nil and not find(gsub(name, "^the ", ""), "%f[%a]%l")
end

--- Whom a phrase names that joins two by "and": the minister and the envoy, Chad and Norway; nil
-- where it names no two.
---@param ctx table of mentions.new
---@param first integer
---@param last integer
---@param phrase function who the words from first to last name, of speakers.lua
---@return table?
function M.two (ctx, first, last, phrase)
  if ctx.x.lang ~= "en" or last - first > LONG then return nil end
  local text = sub(ctx.text, first, last)
  if find(text, ",", 1, true) or is_listed(ctx.text, first) then return nil end
  local from = match(text, "^[Bb]oth ()") or 1
  local at, behind = match(text, "() and ()", from)
  while at and is_inside(ctx.list, first + at, first + at + 2) do
    at, behind = match(text, "() and ()", behind)
  end
  if not at or find(text, " and ", behind, true) and not find(text, " and %u", behind) then
    return nil
  end
  local a1, a2, b1 = first + from - 1, first + at - 2, first + behind - 1
  if not is_name(ctx.text, a1, a2) or not is_name(ctx.text, b1, last) then return nil end
  local a, b = phrase(ctx, a1, a2), phrase(ctx, b1, last)
  a.from, a.to, b.from, b.to = a1, a2, b1, last
  local id, people = joined(ctx, a, b)
  return id and { id = id, first = first, last = last, plural = true, people = people,
                  known = true } or nil
end

-- Is what stands between two names only what parts a list, with their titles?
local function parts_list (text, last)
  local rest = match(text, last and "^, and (.*)$" or "^, (.*)$")
  return rest ~= nil and not find(rest, "[,.;:]") and not find(gsub(rest, "%f[%a]of%f[%A]", ""),
                                                             "%f[%a]%l")
end

--- Whom a list of names ends with that person: Berg, Holm, and Minister Lund; the person alone
-- where no list does.
---@param ctx table
---@param who table of the last: id, first, last
function M.listed (ctx, who)
  local list, ids = ctx.list, who.id
  local first, n = who.first, mentions.from(ctx.list, who.first) - 1
  local parted, m = true, list[n]
  while m and m.kind ~= "person" and n > 1 and first - m.first < LISTED do
    n = n - 1
    m = list[n]
  end
  while m and m.kind == "person" and m.id
        and parts_list(sub(ctx.text, m.last + 1, first - 1), parted) do
    ids, first, parted = m.id .. "+" .. ids, m.first, false
    repeat
      n = n - 1
      m = list[n]
    until not m or m.kind == "person" or first - m.first > LISTED
  end
  if parted then return who end
  return { id = ids, first = first, last = who.last, plural = true, people = true, known = true }
end

-- They ------------------------------------------------------------------------------------------

-- The first and last byte of the subject with which a sentence opens: its words up to the first
-- with a small letter that is no joint.
local function opening (text, first)
  local last
  local piece = sub(text, first, first + LONG)
  for begin, word, stop in gmatch(piece, "()(%S+)()") do
    if not (find(word, "^[%u\xC3-\xD0]") or last and joints[word]) then break end
    last = first + stop - 2
    if find(word, "[,;:.]$") and not find(word, "%u%.$") or begin > LONG then return nil end
  end
  while last do                                     -- without a joint at its end
    local word = match(sub(text, first, last), " (%S+)$")
    if not word or not joints[word] then break end
    last = last - #word - 1
  end
  return last and first, last
end

--- Who is named as two at the beginning of a sentence, before a place; nil where they are not.
---@return table?
function M.opening (ctx, begin, before, phrase)
  local first, last = opening(ctx.text, begin)
  if not first or last >= before or not find(sub(ctx.text, first, last), " and ", 1, true) then
    return nil
  end
  local who = phrase(ctx, first, last)
  return who.plural and who.id and who or nil
end

-- With whom somebody met whose name ends at a byte; nil where it is not told, false where they are
-- several.
local function met_with (ctx, last)
  local verb, at = match(sub(ctx.text, last + 1, last + 16), "^ (%l+)()")
  if verb == "also" then verb, at = match(sub(ctx.text, last + 1, last + 20), "^ also (%l+)()") end
  if not verb or not ctx.x.meets[verb] then return nil end
  local _, with = find(sub(ctx.text, last + at, last + at + WITH), "^[^.,;:]-%f[%a]with ")
  if not with then return nil end
  local first = last + at + with
  local i = mentions.from(ctx.list, first)
  local m = ctx.list[i]
  while m and m.kind ~= "person" and m.first - first < WITH do
    i = i + 1
    m = ctx.list[i]
  end
  if not m or m.kind ~= "person" or m.first - first > WITH
     or find(sub(ctx.text, first, m.first - 1), "[.;:]") then
    return nil
  end
  return not find(sub(ctx.text, m.last + 1, m.last + MORE), "^,? and[ %a]- %u") and m.id
end

-- The words for several with which a sentence opens: they, the ministers, both sides.
local function several (ctx, begin)
  local low, longest = small(sub(ctx.text, begin, begin + SEVERAL)), nil
  for _, name in ipairs{ "pair", "they" } do
    for word in pairs(ctx.x[name]) do
      if #word > #(longest or "") and sub(low, 1, #word + 1) == word .. " " then longest = word end
    end
  end
  return longest
end

-- Those mean others in their turn.
local again = { they = true, ["the two"] = true }

-- Who is told by the sentence that begins there: two, or one who met with another.
local function told_by (ctx, begin, words, phrase)
  local first, last = begin, words and begin + #words - 1
  if not last then first, last = opening(ctx.text, begin) end
  if not first then return nil end
  local who = phrase(ctx, first, last)
  if who.plural then return who.id and who or nil end
  if not who.person or not who.id then return nil end
  local other = met_with(ctx, last)
  if other == false then return {} end
  if other and other ~= who.id then return { id = who.id .. "+" .. other, people = true } end
end

--- Whom "they" means at a byte: who spoke last as several, or those of whom a sentence before tells
-- first, as far as nothing parts them.
---@param ctx table
---@param at integer
---@param phrase function as above
---@return string|false|nil id false where others are told whom nobody names
---@return boolean? people
function M.they (ctx, at, phrase)
  local firsts, spoke = ctx.sentences.firsts, ctx.last_group
  local i = at_or_behind(firsts, at + 1) - 1                        -- the sentence it stands in
  local known = spoke and at - spoke.at < 2 * FAR and spoke or nil
  if ctx.x.lang ~= "en" then return known and known.id, known and known.people end
  for n = i - 1, i > BACK and i - BACK or 1, -1 do
    local begin = firsts[n]
    if known and known.at >= begin or at - begin > FAR then break end
    local words = several(ctx, begin)
    if not again[words] then
      local who = told_by(ctx, begin, words, phrase)
      if who then return who.id or false, who.people end
      break
    end
  end
  return known and known.id, known and known.people
end

return M
