--- What a corpus tells, as the records and claims that fact.reconcile takes: made of the
-- layer `event` (or one of a script's own, with the same fields), `date`, `person`.
-- @module lesdiplo.fact.told.records
local entity = require "lesdiplo.entity"
local objects = require "lesdiplo.fact.told.objects"
local period = require "lesdiplo.fact.told.period"
local units = require "lesdiplo.fact.told.units"
local _, native = ...
local find, gsub, ipairs = string.find, string.gsub, ipairs
local match, max, require = string.match, math.max, require
local tonumber, type = tonumber, type
local inside, source = objects.inside, native.base.source
_ENV = nil
local M = {}

local NEAR = 200       -- bytes between an anniversary and the act that it is of
local CHAIN = 8        -- states that precede each other

-- Lines ----------------------------------------------------------------------------------

--- A function that gives the id of the line that an entity is of: of a state that is no
-- more the one that continues it, by the facts of the entity tables.
--     > records.lines()("SUN") .. records.lines()("LSO")
--     RUSLSO
---@return fun(id: string): string
function M.lines ()
  local known = {}
  return function (id)
    if known[id] then return known[id] end
    local at = id
    for _ = 1, CHAIN do
      local found = entity.get(at)
      local heir = found and found.successor and match(found.successor, "^[^%s;]+")
      if not heir then break end
      at = heir
    end
    known[id] = at
    return at
  end
end

-- What a document has ------------------------------------------------------------------------

-- Its people by their id: name, and the state or body that they act for.
local function people_of (doc)
  local out = {}
  for _, span in doc:layer "person":each() do
    if span.form ~= "role_only" then
      local one = out[span.id]
      if not one then
        one = { name = span.name }
        out[span.id] = one
      end
      one.of = one.of or span.of
    end
  end
  return out
end

-- Parties: a person acts for a state or body, and is a person.
local function parties (ids, people, persons)
  local out = {}
  for _, id in ipairs(ids or {}) do
    local person = people[id]
    if person then persons[#persons + 1] = person.name end
    out[#out + 1] = not person and id or person.of
  end
  return units.sorted_set(out)
end

-- The evidence of an event, which counts bytes of the source, as a Span of the text.
local function evidence_of (span)
  local doc = span.doc
  if type(span.evidence_start) == "number" and span.evidence_end then
    local start = source(doc, span.first, span.last)
    local first = span.first + span.evidence_start - start
    local last = first + span.evidence_end - span.evidence_start - 1
    if first >= 1 and last <= #doc.text and last >= first then
      local a, b = source(doc, first, last)
      if a == span.evidence_start and b == span.evidence_end then return doc:span(first, last) end
    end
  end
  return span.sentence or span
end

-- Anniversaries --------------------------------------------------------------------------------

local marks = { "annivers", "周年", "週年", "годовщин", "лети" }

-- How many years the words of an anniversary count, or nil.
local function years_in (span)
  local text = span.text
  for _, mark in ipairs(marks) do
    if find(text, mark, 1, true) then
      local found = require "lesdiplo.grammar.amounts".all(text, span.doc.lang)[1]
      local n = found and tonumber(found.value) or tonumber(match(text, "%d+"))
      return n and n >= 1 and n <= 500 and n // 1 | 0 or nil
    end
  end
  return nil
end

-- The anniversaries of a document: years, and where they stand.
local function anniversaries_of (doc)
  local out = {}
  for i, span in doc:layer "date":each() do
    local n = span.type == "DATE" and years_in(span)
    if n then out[#out + 1] = { n = n, span = span, at = i, sentence = span.sentence } end
  end
  return out
end

-- The years in which so many may have passed: those that the sentence names, and that of
-- the document. A date that is reckoned from the act itself is no witness of it.
local function years_of (one, dates)
  local out, seen = {}, {}
  local function add (year)
    if year and not seen[year] then out[#out + 1], seen[year] = year, true end
  end
  add(period.year(period.of(one.span.doc.date)))
  if one.span.anchor == "document" then add(period.year(period.of(one.span.value))) end
  for _, date in ipairs(inside(dates, one.sentence.first, one.sentence.last)) do
    if date.first ~= one.span.first and date.type == "DATE" then
      add(period.year(period.of(date.value)))
    end
  end
  return out
end

-- The record that an anniversary is of: the nearest of its sentence that happens once.
local function base_of (one, records)
  local best, nearest
  for _, record in ipairs(records) do
    local span = record.trigger
    local gap = max(span.first - one.span.last, one.span.first - span.last)
    if units.once[record.type] and gap <= NEAR and (not nearest or gap < nearest)
       and span.first >= one.sentence.first and span.last <= one.sentence.last then
      best, nearest = record, gap
    end
  end
  return best
end

-- Does a sentence tell the date of an event itself, by another date than the anniversary?
local function is_told (own, one, dates)
  for _, date in ipairs(inside(dates, one.sentence.first, one.sentence.last)) do
    local told = date.first ~= one.span.first and period.of(date.value)
    if told and period.meet(told, own) then return true end
  end
  return false
end

-- Is the date of an event that of the feast, or only reckoned from it? Then nobody tells it.
local function is_reckoned (record, one, dates)
  local own, feast = period.of(record.date), period.of(one.span.value)
  if not own or not feast then return false end
  if period.meet(own, feast) then return true end
  return one.span.anchor == "document" and not is_told(own, one, dates)
         and period.year(own) == (period.year(feast) or 0) - one.n
end

-- Adds the claims of a document.
local function add_claims (out, doc, records)
  local dates
  for _, one in ipairs(records[1] and anniversaries_of(doc) or {}) do
    local base = one.sentence and base_of(one, records)
    if base then
      dates = dates or doc:layer "date"
      out[#out + 1] = { doc = doc.id, at = one.at, event = base.event, kind = "anniversary",
                        n = one.n, years = years_of(one, dates), type = base.type,
                        source = base.source, target = base.target, span = one.sentence,
                        inferred = find(doc.date_how or "", "^inferred") ~= nil }
      if is_reckoned(base, one, dates) then base.date = nil end
    end
  end
end

-- Records ---------------------------------------------------------------------------------------

-- One event of a document.
local function record_of (doc, i, span, people)
  local persons, acts_for = {}, {}
  for _, id in ipairs(span.participants or {}) do
    persons[#persons + 1] = people[id] and people[id].name or id
    if people[id] then acts_for[people[id].name] = people[id].of end
  end
  local record = {
    doc = doc.id, at = i, event = span.event, type = span.type, date = span.date,
    source = parties(span.source, people, persons),
    target = parties(span.target, people, persons),
    place = span.place, modality = span.modality, told = doc.date, lang = doc.lang,
    trigger = span, persons = persons, acts_for = acts_for,
  }
  return record
end

--- What is only asked of records that are compared: figures, titles, the words.
---@param record table
function M.complete (record)
  local span = M.evidence(record)
  record.words, record.figures = gsub(span.text, "%s+", " "), {}
  for _, amount in ipairs(inside(span.doc:layer "amount", span.first, span.last)) do
    if amount.class == "money" or amount.class == "percent" or amount.unit then
      record.figures[#record.figures + 1] = { class = amount.class, unit = amount.unit,
                                              value = amount.value }
    end
  end
end

--- The words that a record is taken from, as a Span.
---@param record table
---@return Span
function M.evidence (record)
  record.span = record.span or evidence_of(record.trigger)
  return record.span
end

-- Do the words of a record hold its date? Others have it from what is told elsewhere.
local function is_dated (record)
  local span = M.evidence(record)
  if not record.date then return false end
  for _, day in ipairs(inside(span.doc:layer "date", span.first, span.last)) do
    if day.value == record.date then return true end
  end
  return false
end

--- Which of some records to show for an event: of those with the finest date the first that
-- says it, else the first.
---@param entry table with units
---@return table record
function M.telling (entry)
  local best = units.telling(entry)
  local grain = period.of(best.date)
  for _, unit in ipairs(grain and entry.units or {}) do
    for _, record in ipairs(unit.records) do
      local own = period.of(record.date)
      if own and own.grain == grain.grain and is_dated(record) then return record end
    end
  end
  return best
end

-- The name of an agreement that is signed, by the entity tables.
local function add_title (record)
  local span = record.trigger.sentence
  if record.type ~= "sign_agreement" or not span then return end
  for _, org in ipairs(inside(span.doc:layer "org", span.first, span.last)) do
    if org.kind == "treaty" then record.title = record.title or org.id end
  end
end

--- The records and claims of some documents.
---@param docs function an iterator of Doc
---@param layer string
---@return table[] records
---@return table[] claims
---@return string? latest the last day on which a document was told
function M.of (docs, layer)
  local records, claims, latest = {}, {}, nil
  for doc in docs do
    local own, people = {}, nil
    for i, span in doc:layer(layer):each() do
      people = people or people_of(doc)
      local record = record_of(doc, i, span, people)
      add_title(record)
      own[#own + 1] = record
      records[#records + 1] = record
    end
    add_claims(claims, doc, own)
    if doc.date and (not latest or doc.date > latest) then latest = doc.date end
  end
  return records, claims, latest
end

return M
