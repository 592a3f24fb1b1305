--- Who and what a document names, in the order of its text: people with what is known of their
-- gender, bodies, countries and roles.
-- @module lesdiplo.grammar.quote.mentions
local units = require "lesdiplo.grammar.quote.units"
local _, native = ...
local mentions, entity = native.entities.mentions, native.entities.entity
local stretches = native.layers.stretches
local find, gmatch, match, sub = string.find, string.gmatch, string.match, string.sub
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

-- Mentions of a document ------------------------------------------------------------

-- What the same words are first of all: a person; a body, before the state that it is
-- of (Capitol Hill); that state, before the town that stands for it (Moscow announced).
local precedence = { person = 1, org = 2, country = 3, role = 4, place = 5, date = 6 }

--- Does a mention stand before another in a list: by where they begin, longer ones
-- first; of the same words a person, then a body, a country, an office, a place, a
-- date. No two mentions of a kind have the same words, so this is a whole order.
---@param a table first, last, kind
---@param b table
---@return boolean
function M.comes_before (a, b)
  if a.first ~= b.first then return a.first < b.first end
  if a.last ~= b.last then return a.last > b.last end
  return precedence[a.kind] < precedence[b.kind]
end
local comes_before = M.comes_before

--- Two lists in that order as one.
---@param a table[]
---@param b table[]
---@return table[]
function M.merge (a, b)
  if #a == 0 or #b == 0 then return #a == 0 and b or a end
  local out, i, k = {}, 1, 1
  for n = 1, #a + #b do
    if not b[k] or a[i] and comes_before(a[i], b[k]) then out[n], i = a[i], i + 1
    else out[n], k = b[k], k + 1
    end
  end
  return out
end

--- The mentions of a layer, in order. Offices without a name are among the roles.
---@param doc Doc
---@param layer string "person", "org", "country", "role", "place" or "date"
---@return table[]
function M.of_layer (doc, layer)
  local list, n, positions, rows = {}, 0, (layer == "role" and mentions or stretches)(doc, layer)
  for i = 1, #rows do
    local row = rows[i]
    if layer ~= "person" or row.form ~= "role_only" then
      local first, last = positions[2 * i - 1], positions[2 * i]
      n = n + 1
      local k = n                            -- a layer has the shorter of two first
      while k > 1 and list[k - 1].first == first and list[k - 1].last < last do
        list[k] = list[k - 1]
        k = k - 1
      end
      list[k] = { kind = layer, first = first, last = last, id = row.id, row = row }
    end
  end
  return list
end

-- All mentions, in order.
local function collect (doc)
  local of_layer = M.of_layer
  return M.merge(M.merge(of_layer(doc, "person"), of_layer(doc, "org")),
                 M.merge(of_layer(doc, "country"), of_layer(doc, "role")))
end

--- The first of a sorted list that begins at or behind a place.
function M.from (list, first)
  local low, high = 1, #list + 1
  while low < high do
    local middle = (low + high) // 2
    if list[middle].first < first then low = middle + 1 else high = middle end
  end
  return low
end

--- Mentions inside a stretch, by kind.
function M.within (list, first, last)
  local out = { person = {}, org = {}, country = {}, role = {} }
  local i = M.from(list, first)
  while list[i] and list[i].first <= last do
    if list[i].last <= last then
      local of = out[list[i].kind]
      of[#of + 1] = list[i]
    end
    i = i + 1
  end
  return out
end

-- Gender ----------------------------------------------------------------------------

local by_title = {}
for word in gmatch("Mr Mr. Sir Lord King Prince M. Monsieur господин г-н Ntate Herr Señor",
                   "%S+") do
  by_title[word] = "he"
end
for word in gmatch([[Mrs Mrs. Ms Ms. Miss Madam Madame Mme Queen Princess Lady госпожа г-жа 'Mè
                   Frau]], "%S+") do
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
  for _, ending in ipairs{ "ова", "ева", "ёва", "ина", "ская" } do
    if sub(name, -#ending) == ending then return "she" end
  end
  for _, ending in ipairs{ "ов", "ев", "ёв", "ин", "ский" } do
    if sub(name, -#ending) == ending then return "he" end
  end
end

--- By id, from forms of address and roles anywhere in the document.
function M.genders (ctx)
  if ctx.gender then return ctx.gender end
  ctx.gender = {}
  for _, m in ipairs(ctx.list) do
    if m.kind == "person" then
      local word = match(sub(ctx.text, m.first > 20 and m.first - 20 or 1, m.first - 1),
                         "([^%s\xC2\xA0(“\"]+)[%s\xC2\xA0]+$")
      local g = word and by_title[word] or m.row.role and gender_of_role(m.row.role)
      g = g or russian(m.row.name or "")
      if g then ctx.gender[m.id] = ctx.gender[m.id] or g end
    end
  end
  return ctx.gender
end

-- Context ---------------------------------------------------------------------------

--- What is known of a document's speakers; `sentences` as quotes has them.
function M.new (doc, text, sentences, x)
  local ctx = { doc = doc, text = units.plain(text), sentences = sentences, x = x,
                list = collect(doc), holders = {} }
  for i, m in ipairs(ctx.list) do
    if m.kind == "person" and m.row.role then ctx.holders[#ctx.holders + 1] = i end
  end
  return ctx
end

--- Whom the document calls by just those words somewhere.
function M.named (ctx, text)
  if not ctx.names then
    ctx.names = {}
    for _, m in ipairs(ctx.list) do
      if m.kind == "person" then ctx.names[sub(ctx.text, m.first, m.last)] = m.id end
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
  local list = ctx.sentences
  local i = M.from(list, at + 1) - 1
  return i >= 1 and list[i].first or 1
end

--- Does the document name a woman?
function M.is_she (ctx)
  for _, gender in pairs(M.genders(ctx)) do
    if gender == "she" then return true end
  end
  return false
end

return M
