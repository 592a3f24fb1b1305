--- Who holds an office, and from when to when as far as it is told: a title beside a name is
-- an office that is held; that somebody was appointed, presented credentials or was recalled
-- says since when, or until when.
-- @module lesdiplo.fact.tenures
local _, native = ...
local stretches, source = native.layers.stretches, native.base.source
local find, lower, match = string.find, string.lower, string.match
local ipairs = ipairs
_ENV = nil
local M = {}

-- Offices that are held in another country.
local abroad = { ambassador = true, charge_d_affaires = true, consul = true,
                 consul_general = true, envoy = true, high_commissioner = true,
                 permanent_representative = true, special_envoy = true,
                 special_representative = true }

local begins = { appoint = true, present_credentials = true }
local ends = { recall = true, expel = true }

-- An office as a relation's object: "ambassador RUS->LSO".
local function office (role, of, to)
  local out = role
  if of then out = out .. " " .. of end
  if to then out = out .. (of and "->" or " ->") .. to end
  return out
end

local function is_state (id) return id ~= nil and find(id, "^%u%u%u$") ~= nil end
local function is_told (row) return row.modality == "asserted" or row.modality == "reported" end
local function is_day (date) return date ~= nil and not find(date, "[./]") end

-- The states of an act: whose envoy it is, and to whom.
local function states_of (row)
  local of, to
  for _, id in ipairs(row.source) do of = of or is_state(id) and id end
  for _, id in ipairs(row.target) do to = to or is_state(id) and id end
  return of or nil, to or nil
end

-- Acts that begin or end the time of an office: by person, from and to; those that appoint.
local function acts_of (doc)
  local positions, rows = stretches(doc, "event")
  local held, named = {}, {}
  for i, row in ipairs(rows) do
    local told = is_told(row)
    if told and is_day(row.date) and (begins[row.type] or ends[row.type]) then
      for _, id in ipairs(row.participants or {}) do
        local one = held[id] or {}
        held[id] = one
        local when = begins[row.type] and "from" or "to"
        one[when] = one[when] or row.date
      end
    end
    if told and row.type == "appoint" then
      named[#named + 1] = { row = row, first = positions[2 * i - 1], last = positions[2 * i] }
    end
  end
  return held, named
end

-- The first of some offices without a name from one place of the source to another.
local function nameless (people, from, to)
  for _, one in ipairs(people) do
    if one.at >= from and one.at < to then return one end
  end
end

-- Who was appointed of those who took part: one among those to whom it was done, or the only one.
local function appointee (row)
  local there = row.participants or {}
  for _, id in ipairs(row.target) do
    for _, one in ipairs(there) do
      if one == id then return id end
    end
  end
  return #there == 1 and there[1] or nil
end

-- What an appointment says that no title does: Kenya named Ada Lund as its ambassador to
-- Norway. Calls put(first, last, row).
local function appointed (doc, one, people, titled, put)
  local row = one.row
  local of, to = states_of(row)
  local span = nameless(people, row.evidence_start, row.evidence_end)
  local word = match(lower(doc.text:sub(one.first, one.last)), "(%a+)$")
  local role = span and span.role or abroad[word] and word
  local who = role and appointee(row)
  if not who or titled[who] then return end
  put(one.first, one.last, { relation = "holds_role", subject = who,
    object = office(role, span and span.of or of, span and span.to or to),
    from = is_day(row.date) and row.date or nil, date = doc.date })
end

--- Tells the offices of a document: calls put(first, last, row) for each. A stretch reaches
-- from the office to the name, or back; as of when, the document's date tells.
---@param doc Doc
---@param put function
function M.each (doc, put)
  local held, named = acts_of(doc)
  local positions, rows = stretches(doc, "person")
  local people, titled, date = {}, {}, doc.date
  for i, row in ipairs(rows) do
    local first, last = positions[2 * i - 1], positions[2 * i]
    if row.form == "role_only" then
      if #named > 0 and abroad[row.role] then
        people[#people + 1] = { role = row.role, of = row.of, to = row.to,
                                at = (source(doc, first, last)) }
      end
    elseif row.role and row.role_first then
      if row.role_first < first then first = row.role_first end
      if row.role_last > last then last = row.role_last end
      local when = abroad[row.role] and held[row.id] or {}
      titled[row.id] = true
      put(first, last, { relation = "holds_role", subject = row.id,
                         object = office(row.role, row.of, row.to),
                         from = when.from, to = when.to, date = date })
    end
  end
  for _, one in ipairs(named) do appointed(doc, one, people, titled, put) end
end

return M
