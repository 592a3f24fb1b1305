--- Who and what a document names, in the order of its text: people with what is known of their
-- gender, bodies, countries and roles.
-- @module lesdiplo.grammar.quote.mentions
local units = require "lesdiplo.grammar.quote.units"
local _, native = ...
local mentions, entity = native.entities.mentions, native.entities.entity
local stretches, merged = native.layers.stretches, native.base.merged
local at_or_behind = native.base.at_or_behind
local find, gmatch, match, sub = string.find, string.gmatch, string.match, string.sub
local ipairs, pairs, setmetatable, unpack = ipairs, pairs, setmetatable, table.unpack
_ENV = nil
local M = {}

-- Mentions of a document ------------------------------------------------------------

-- Mentions stand in the order in which they begin, longer ones first; of the same words a
-- person, then a body, before the state that it is of (Capitol Hill); that state, before the town
-- that stands for it (Moscow announced); an office, a place, a date. No two mentions of a kind
-- have the same words, so this is a whole order.
M.kinds = { "person", "org", "country", "role", "place", "date" }

-- The numbers of the people of a layer who have a name; offices without one are among the roles.
local function named_in (rows)
  local numbers = {}
  for i = 1, #rows do
    if rows[i].form ~= "role_only" then numbers[#numbers + 1] = i end
  end
  return numbers
end

-- The mention of that number in a layer.
local function mention_of (of, i)
  local row = of.rows[i]
  return { kind = of.kind, first = of.positions[2 * i - 1], last = of.positions[2 * i],
           id = row.id, row = row }
end

local function layer_of (doc, kind)
  local positions, rows = (kind == "role" and mentions or stretches)(doc, kind)
  return { kind = kind, positions = positions, rows = rows,
           numbers = kind == "person" and named_in(rows) or nil }
end

--- Layers as one: where each mention begins (firsts), of which layer it is, and its number
-- there (which, numbers).
---@param layers table[] in the order of M.kinds: kind, positions, rows, and numbers of those that
--- count, if not all do
---@return table
function M.merge (layers)
  local lists = {}
  for k, of in ipairs(layers) do lists[k] = { of.positions, of.numbers } end
  local firsts, which, numbers = merged(lists)
  return { firsts = firsts, which = which, numbers = numbers, layers = layers }
end

--- What a document names, as M.merge has it.
---@param doc Doc
---@param count integer of M.kinds, the first of which are looked at
---@return table
function M.all (doc, count)
  local layers = {}
  for k = 1, count do layers[k] = layer_of(doc, M.kinds[k]) end
  return M.merge(layers)
end

-- A list of mentions knows where each begins; the mention itself is made when it is asked for,
-- and most never are.
local Lazy = {}

function Lazy.__index (list, n)
  local k = list.which[n]
  if not k then return nil end
  local mention = mention_of(list.layers[k], list.numbers[n])
  list[n] = mention
  return mention
end

function Lazy.__len (list) return #list.which end

local SPEAK = 4          -- of M.kinds, those who may speak

-- All mentions of who may speak, in order. The people among them are told by their numbers in
-- the list: all, and those who hold a role. `all` are the document's, where they are known.
local function collect (doc, all)
  local list = all and M.merge{ unpack(all.layers, 1, SPEAK) } or M.all(doc, SPEAK)
  local which, numbers, rows = list.which, list.numbers, list.layers[1].rows
  local people, holders = {}, {}
  for n = 1, #which do
    if which[n] == 1 then
      people[#people + 1] = n
      if rows[numbers[n]].role then holders[#holders + 1] = n end
    end
  end
  return setmetatable(list, Lazy), people, holders
end

--- What is known of the mention of that number in a document's list: the fields of its span.
---@param list table
---@param n integer
---@return table
function M.row (list, n) return list.layers[list.which[n]].rows[list.numbers[n]] end

--- The first of a sorted list that begins at or behind a place: `firsts` of the list says where
-- each begins, or else they do themselves.
function M.from (list, first)
  if list.firsts then return at_or_behind(list.firsts, first) end
  local low, high = 1, #list + 1
  while low < high do
    local middle = (low + high) // 2
    if list[middle].first < first then low = middle + 1 else high = middle end
  end
  return low
end

--- What is known of the office at a byte that stands for somebody, or nil.
---@return table? row of the layer person
function M.office (ctx, first)
  local layer = ctx.list.layers[1]
  local positions, low, high = layer.positions, 1, #layer.rows + 1
  while low < high do
    local middle = (low + high) // 2
    if positions[2 * middle - 1] < first then low = middle + 1 else high = middle end
  end
  local row = positions[2 * low - 1] == first and layer.rows[low]
  return row and row.form == "role_only" and row or nil
end

--- How many of the people that a document names begin before a place.
function M.people_before (ctx, at)
  return at_or_behind(ctx.people, at_or_behind(ctx.list.firsts, at)) - 1
end

local none = {}          -- the same for every kind that nobody names

--- Mentions inside a stretch, by kind: lists that are not the caller's to change.
function M.within (list, first, last)
  local out = { person = none, org = none, country = none, role = none }
  local firsts = list.firsts
  local i = M.from(list, first)
  while firsts[i] and firsts[i] <= last do
    local m = list[i]
    if m.last <= last then
      local of = out[m.kind]
      if of == none then out[m.kind] = { m } else of[#of + 1] = m end
    end
    i = i + 1
  end
  return out
end

-- Gender ----------------------------------------------------------------------------

local by_title = {}
for word in gmatch([[Mr Mr. MR MR. Sir Lord King Prince M. Monsieur господин г-н Ntate Herr Señor
                   先生]], "%S+") do
  by_title[word] = "he"
end
for word in gmatch([[Mrs Mrs. Ms Ms. MS MS. MRS MRS. Miss Madam Madame Mme Queen Princess Lady
                   госпожа г-жа 'Mè Frau 女士 小姐 夫人 太太]], "%S+") do
  by_title[word] = "she"
end

-- What a role says: king, spokeswoman.
local role_gender = {}
local function gender_of_role (id)
  if role_gender[id] == nil then
    role_gender[id] = false
    local role = entity(id)
    for _, fact in ipairs(role and role.facts or {}) do
      if fact[1] == "gender" then role_gender[id] = fact[2] == "f" and "she" or "he" end
    end
  end
  return role_gender[id]
end

-- What a Russian surname says.
local function russian (name)
  if not find(name, "[\xD0\xD1]") then return nil end
  for _, ending in ipairs{ "ова", "ева", "ёва", "ина", "ская" } do
    if sub(name, -#ending) == ending then return "she" end
  end
  for _, ending in ipairs{ "ов", "ев", "ёв", "ин", "ский" } do
    if sub(name, -#ending) == ending then return "he" end
  end
end

-- The word before a name, or nil: the last of a stretch that ends with white space. (From its
-- end: tried from each of its bytes on, it would take the square of them.)
local function word_before (stretch)
  return match(stretch, "^.*[%s\xC2\xA0(“\"]([^%s\xC2\xA0(“\"]+)[%s\xC2\xA0]+$")
         or match(stretch, "^([^%s\xC2\xA0(“\"]+)[%s\xC2\xA0]+$")
end

local HAN_TITLE = 6       -- bytes of a form of address behind a Chinese name

-- What stands beside a name says, or the role.
local function told (ctx, m)
  local text = ctx.text
  local word = word_before(sub(text, m.first > 20 and m.first - 20 or 1, m.first - 1))
               or ctx.x.lang == "zh" and sub(text, m.last + 1, m.last + HAN_TITLE)
  return word and by_title[word] or m.row.role and gender_of_role(m.row.role)
end

local gendered = { m = "he", f = "she" }

--- By id, "he" or "she": from forms of address, roles and names anywhere in the document.
function M.genders (ctx)
  if ctx.gender then return ctx.gender end
  local genders, list = {}, ctx.list
  ctx.gender = genders
  for _, n in ipairs(ctx.people) do
    local row = M.row(list, n)
    if not genders[row.id] then
      genders[row.id] = gendered[row.gender] or told(ctx, list[n]) or russian(row.name or "")
    end
  end
  return genders
end

-- Context ---------------------------------------------------------------------------

-- Who is named is asked when somebody speaks: in many documents nobody does.
local Context, asked = {}, { list = true, people = true, holders = true }

function Context.__index (ctx, name)
  if name == "text" then
    ctx.text = units.plain(ctx.doc.text)
  elseif asked[name] then
    ctx.list, ctx.people, ctx.holders = collect(ctx.doc, ctx.all)
  else
    return nil
  end
  return ctx[name]
end

--- What is known of a document's speakers: list, its mentions, the numbers in it of people and
-- of holders of roles, and text, in one line. Of `sentences` it is asked where they begin, as
-- their `firsts`.
---@param doc Doc
---@param sentences table
---@param x table of cues.of
---@param all table? of M.all, of all kinds
function M.new (doc, sentences, x, all)
  return setmetatable({ doc = doc, sentences = sentences, x = x, all = all }, Context)
end

--- Whom the document calls by just those words somewhere.
function M.named (ctx, text)
  if not ctx.names then
    ctx.names = {}
    for _, n in ipairs(ctx.people) do
      local m = ctx.list[n]
      ctx.names[sub(ctx.text, m.first, m.last)] = m.id
    end
  end
  return ctx.names[text]
end

--- Does a mention own what follows: Berg's office?
---@return boolean
function M.possessive (text, m)
  return find(text, "^'s", m.last + 1) ~= nil or find(text, "^’s", m.last + 1) ~= nil
end

--- The sentence that holds a byte: where it begins.
function M.sentence_first (ctx, at)
  local firsts = ctx.sentences.firsts
  return firsts[at_or_behind(firsts, at + 1) - 1] or 1
end

--- Does the document name a woman?
function M.is_she (ctx)
  for _, gender in pairs(M.genders(ctx)) do
    if gender == "she" then return true end
  end
  return false
end

return M
