--- The layer relation: what holds between two, and since when as far as told.
--
--   holds_role       person -> office ("ambassador RUS->LSO")      see tenures.lua
--   member_of        country, person or body -> body               X is a member of Y, joined Y
--   capital_of       place -> country                              Maseru, Lesotho's capital
--   partner          country -> country or body                    X is a partner of Y
--   diplomatic_relations, aid_to, precedes                         from events
--
-- Those of members, capitals and partners are token patterns, below; a script finds others
-- the same way and makes a layer of its own with lesdiplo.layer.
-- @module lesdiplo.fact.relations
local q = require "lesdiplo.query"
local tenures = require "lesdiplo.fact.tenures"
local _, native = ...
local stretches = native.layers.stretches
local ipairs, match, pairs = ipairs, string.match, pairs
_ENV = nil
local M = {}

-- Patterns --------------------------------------------------------------------------------

local patterns

-- Made when they are first asked for; each captures a, the subject, and b, the object; some
-- a date, `since`, `from` or `to`, where it is told.
-- A capture that is one layer's span has its fields, so each kind has its own pattern.
local function made ()
  local the = q.word("the", "a", "an")
  local is = q.word("is", "was", "are", "were", "remains", "became")
             + q.word("has", "have") * q.word "been"
  local own, comma, of = q.form "'s" + q.form "’s", q.form ",", q.word "of" * q.word("the", "a")^-1
  local country, body, place = q.layer "country", q.layer "org", q.layer "place"
  local day = q.layer "date"
  local since = day:as "since"^-1
  local when = (q.word("in", "on") * day:as "from")^-1
  local until_when = (q.word("in", "on") * day:as "to")^-1
  local out = {}
  local function add (name, pattern, date) out[#out + 1] = { name, pattern, date } end
  for _, kind in ipairs{ "country", "org", "person" } do
    local a = q.layer(kind):as "a"
    local member = q.gap(0, 3) * q.stem "member" * q.gap(0, 2) * of * body:as "b" * since
    add("member_of", a * is * the^-1 * member, "since")
    add("member_of", a * comma^-1 * q.word("also", "itself")^-1 * the * member, "since")
  end
  add("member_of", country:as "a" * q.gap(0, 1) * q.word("joined", "joins") * the^-1 * body:as "b"
                   * when, "from")
  local leaves = q.word("left", "leaves", "quit") + q.word("withdrew", "withdraws") * q.word "from"
  add("member_of", country:as "a" * q.gap(0, 1) * leaves * the^-1 * body:as "b" * until_when, "to")
  add("capital_of", place:as "a" * comma * country:as "b" * own * q.gap(0, 1) * q.word "capital")
  local capital = the * q.gap(0, 1) * q.word "capital" * of * country:as "b"
  add("capital_of", place:as "a" * comma * capital)
  add("capital_of", place:as "a" * is * capital)
  add("capital_of", country:as "b" * own * q.word "capital" * comma^-1 * place:as "a")
  for _, other in ipairs{ country, body } do
    local b, partner = other:as "b", q.word("partner", "ally")
    add("partner", country:as "a" * is * q.gap(0, 2) * b * own * q.gap(0, 2) * partner * since,
        "since")
    add("partner", country:as "a" * is * the^-1 * q.gap(0, 3) * partner
                   * q.word("of", "to", "for") * the^-1 * b * since, "since")
  end
  return out
end

-- Words of which each pattern of a relation has one: a document without them has no hit.
local telling = {
  member_of = q.stem "member" + q.word("joined", "joins", "left", "leaves", "quit", "withdrew",
                                       "withdraws"),
  capital_of = q.word "capital",
  partner = q.word("partner", "ally"),
}

-- Adds a relation that is told from one byte to another.
local function put (out, first, last, row)
  local n = #out.rows + 1
  out.positions[2 * n - 1], out.positions[2 * n], out.rows[n] = first, last, row
end

-- From when to when something is that began on a date: of "../B" no beginning is told.
local function begun (date)
  local from, to = match(date or "", "^(.*)/(.*)$")
  if not from then return date end
  return from ~= ".." and from or nil, from ~= ".." and to ~= ".." and to or nil
end

-- Puts the date that a hit names into a row: since 1955, in 1955, or until when.
local function date_it (row, name, value)
  if name == "since" then row.from = match(value, "^(.*)/%.%.$")
  else row[name] = begun(value) end
end

-- Adds what the patterns find in a document.
local function found (doc, out)
  local told, date = {}, doc.date
  for name, words in pairs(telling) do told[name] = #doc:find(words, { most = 1 }) > 0 end
  patterns = patterns or made()
  for _, one in ipairs(patterns) do
    local hits = told[one[1]] and doc:find(one[2]) or {}
    for i = 1, #hits do
      local hit = hits[i]
      local b = hit.b
      if hit.a.id and b.id and hit.a.id ~= b.id and b.kind ~= "treaty" then
        local row = { relation = one[1], subject = hit.a.id, object = b.id, date = date }
        local day = one[3] and hit[one[3]]
        if day then date_it(row, one[3], day.value or "") end
        put(out, hit.first, hit.last, row)
      end
    end
  end
end

-- Events that last --------------------------------------------------------------------------

local lasting = { establish_relations = "diplomatic_relations",
                  resume_relations = "diplomatic_relations",
                  sever_relations = "diplomatic_relations",
                  provide_aid = "aid_to", succeed_state = "precedes" }

local function from_events (doc, out)
  local positions, rows = stretches(doc, "event")
  for i, row in ipairs(rows) do
    local name = lasting[row.type]
    if name and row.modality == "asserted" and row.source[1] and row.target[1] then
      local a, b = row.source[1], row.target[1]
      if name == "precedes" then a, b = b, a end
      local from, to = begun(row.date)
      if row.type == "sever_relations" then from, to = nil, to or from end
      put(out, positions[2 * i - 1], positions[2 * i],
          { relation = name, subject = a, object = b, from = from, to = to, date = doc.date })
    end
  end
end

--- The layer of a document.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.relation (doc)
  local out = { positions = {}, rows = {} }
  tenures.each(doc, function (first, last, row) put(out, first, last, row) end)
  found(doc, out)
  from_events(doc, out)
  return out.positions, out.rows
end

return M
