--- Parties of clauses: lists of ids, the states that cities and speakers stand for, and
-- the mentions of a document.
-- @module lesdiplo.fact.plain.parties
local actors = require "lesdiplo.fact.actors"
local ids = require "lesdiplo.fact.ids"
local naming = require "lesdiplo.grammar.quote.mentions"
local speakers = require "lesdiplo.grammar.quote.speakers"
local _, native = ...
local facts, entity = native.entities.facts, native.entities.entity
local gmatch, sort = string.gmatch, table.sort
local ipairs = ipairs
_ENV = nil
local M = {}

--- A set of the words of a text.
---@param words string
---@return table<string, true>
function M.set (words)
  local out = {}
  for word in gmatch(words, "%S+") do out[word] = true end
  return out
end

-- Parties -------------------------------------------------------------------------------

--- The ids of a list, without what else it holds.
M.plain = ids.plain

--- Adds the ids and the people of a list to another.
local function add (out, list)
  for _, id in ipairs(list) do ids.add(out, id) end
  for _, id in ipairs(list.people or {}) do ids.add_person(out, id) end
  return out
end

--- A list without those of another.
function M.less (all, taken)
  local out = { people = all.people }
  for _, id in ipairs(all) do
    if not taken[id] then out[#out + 1], out[id] = id, true end
  end
  return out
end

--- Two sides of one list: the first, and the others.
function M.split (all)
  local source, target = { people = all.people }, { people = {} }
  for i, id in ipairs(all) do
    local out = i == 1 and source or target
    out[#out + 1], out[id] = id, true
  end
  return source, target
end

M.add = add

M.quote_at = actors.quote_at

local one = { c = {}, m = {}, e = {} }

--- Adds whom a mention stands for.
---@return table out
function M.resolve (st, out, m)
  one.c[1], one.m[1] = m.c, m
  return actors.resolve(st, out, one, 1)
end

--- Adds whom a phrase names: the bytes from first to last.
---@return table out
function M.named (st, out, first, last, pronoun)
  local who = speakers.phrase(st.ctx, first, last, pronoun)
  if who.id then add(out, actors.parties(st, who.id)) end
  return out
end

--- Adds who says "we" at a byte: the speaker of its quote, else the author.
---@return table out
function M.speaking (st, out, at)
  local quote = M.quote_at(st, at)
  if quote and quote.kind ~= "indirect" then return add(out, actors.parties(st, quote.speaker)) end
  return add(out, actors.parties(st, st.author))
end

local speaking = { c = { "A" }, m = {}, e = {} }

--- The state for which a person or a body acts, or the body: from the id of a speaker.
function M.acting (st, id)
  if st.people[id] then return actors.parties(st, id) end
  speaking.m[1] = { kind = "org", c = "A", id = id, row = {} }
  return actors.resolve(st, { people = {} }, speaking, 1)
end

-- Places that stand for a state: a capital or another city of it -------------------------

local former

--- The ids that a document names, as a set.
function M.names (st)
  if not st.names then
    st.names = {}
    for _, m in ipairs(st.mentions) do
      if m.id then st.names[m.id] = true end
    end
  end
  return st.names
end

-- What a state was called at a time: Russia up to 1991 is the Soviet Union, where the
-- document knows that one.
function M.state_at (st, id, date)
  if not former then
    former = {}
    for _, fact in ipairs(facts "successor") do
      local heir = fact[3]:match "^%S+"
      former[heir] = former[heir] or {}
      former[heir][#former[heir] + 1] = fact[1]
    end
  end
  for _, old in ipairs(former[id] or {}) do
    local until_day
    for _, fact in ipairs(entity(old).facts) do
      if fact[1] == "to" then until_day = fact[2] end
    end
    if date and until_day and date < until_day and M.names(st)[old] then return old end
  end
  return id
end

local country_of_place, is_capital = {}, {}

--- The country in which a city lies, or nil.
function M.country_of (id)
  if country_of_place[id] == nil then
    country_of_place[id] = false
    local found = entity(id)
    local city, country = false, nil
    for _, fact in ipairs(found and found.facts or {}) do
      if fact[1] == "kind" then city = fact[2] == "city"
      elseif fact[1] == "capital" then is_capital[id] = fact[2] == "yes"
      elseif fact[1] == "country" then country = fact[2] end
    end
    country_of_place[id] = city and country or false
  end
  return country_of_place[id] or nil
end

-- Documents -------------------------------------------------------------------------------

--- The cities that a document names, as mentions; those with an office of state in front.
function M.places (doc)
  local out = {}
  for _, span in doc:layer "place":each() do
    local country = M.country_of(span.id)
    if country then
      out[#out + 1] = { kind = "place", c = "L", first = span.first, last = span.last,
                        id = span.id, country = country, capital = is_capital[span.id], row = span }
    end
  end
  return out
end

local rank = {}
for i, kind in ipairs(naming.kinds) do rank[kind] = i end

local function by_place (a, b)
  if a.first ~= b.first then return a.first < b.first end
  if a.last ~= b.last then return a.last > b.last end
  if a.kind ~= b.kind then return rank[a.kind] < rank[b.kind] end
  return (a.id or "") < (b.id or "")
end

--- All mentions of a document, cities among them, none inside another; without those
-- of which drop(st, mention) is true.
---@return table[]
function M.mentions (st, drop)
  local all, out, last = M.places(st.doc), {}, 0
  for _, m in ipairs(st.mentions) do
    if m.kind ~= "place" or not M.country_of(m.id) then all[#all + 1] = m end
  end
  sort(all, by_place)
  for _, m in ipairs(all) do
    if m.first > last and not drop(st, m) then out[#out + 1], last = m, m.last end
  end
  return out
end

return M
