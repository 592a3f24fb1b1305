--- corpus:timeline: what happened, each event once, with the documents that tell it.
-- @module lesdiplo.fact.timeline
local differences = require "lesdiplo.fact.told.differences"
local period = require "lesdiplo.fact.told.period"
local reconcile = require "lesdiplo.fact.reconcile"
local records = require "lesdiplo.fact.told.records"
local units = require "lesdiplo.fact.told.units"
local util = require "lesdiplo.util"
local concat, error, format, ipairs = table.concat, error, string.format, ipairs
local match, setmetatable, tostring, type = string.match, setmetatable, tostring, type
_ENV = nil
local M = {}

local names = { "type", "actor", "since", "until", "several", "undated", "docs", "layer" }
local columns = { "date", "event", "who", "evidence", "sources", "differences", "cite" }

-- Options ----------------------------------------------------------------------------------

-- One value or several, as a set; nil where none is given.
local function set_of (what, value)
  if value == nil then return nil end
  local out = {}
  for _, one in ipairs(type(value) == "table" and value or { value }) do
    if type(one) ~= "string" then
      error(format("corpus:timeline: %s is a text, or an array of texts; got a %s", what,
                   type(one)), 0)
    end
    out[one] = true
  end
  return out
end

local function day_of (what, value)
  local found = value ~= nil and period.of(tostring(value)) or nil
  if value ~= nil and not found then
    error(format("corpus:timeline: %s must be a date like 1998, 1998-07 or 1998-07-04, got '%s'",
                 what, tostring(value)), 0)
  end
  return found
end

local function check_types (wanted, entries)
  local known, some = {}, {}
  for _, entry in ipairs(entries) do
    if not some[entry.type] then known[#known + 1], some[entry.type] = entry.type, true end
  end
  for _, name in ipairs(units.types) do
    if not some[name] then known[#known + 1] = name end
  end
  for _, name in ipairs(util.keys(wanted)) do util.one_of("corpus:timeline: type", name, known) end
end

-- Who ------------------------------------------------------------------------------------------

-- The ids of a role as the records say them: a state, and the one that it precedes.
local function ids_of (entry, role)
  local out = {}
  for _, unit in ipairs(entry.units) do
    for _, record in ipairs(unit.records) do
      for _, id in ipairs(record[role] or {}) do out[#out + 1] = id end
    end
  end
  return units.sorted_set(out)
end

local function who (entry)
  local source, target = ids_of(entry, "source"), ids_of(entry, "target")
  local from, to = concat(source, ", "), concat(target, ", ")
  if to == "" or from == to then return from end
  if not units.mutual[entry.type] then return from .. (from == "" and "> " or " > ") .. to end
  for _, id in ipairs(target) do source[#source + 1] = id end
  return concat(units.sorted_set(source), ", ")
end

local function has_actor (entry, actors, line)
  for _, id in ipairs(entry.all) do
    if actors[id] then return true end
  end
  for _, role in ipairs{ "source", "target" } do
    for _, id in ipairs(ids_of(entry, role)) do
      if actors[id] or actors[line(id)] then return true end
    end
  end
  for _, name in ipairs(entry.persons) do
    for actor in util.sorted(actors) do
      if units.names(name, actor) then return true end
    end
  end
  return false
end

-- Rows -------------------------------------------------------------------------------------------

-- Each document with the place where it tells the event.
local function sources (entry)
  local out, seen = {}, {}
  for _, list in ipairs{ entry.units, entry.mentions or {} } do
    for _, unit in ipairs(list) do
      unit.says = records.evidence(records.telling{ units = { unit } })
      local cite = unit.says.cite
      if not seen[cite] then
        out[#out + 1] = { text = match(cite, "^(.*:%d+):") or unit.doc, cite = cite }
        seen[cite] = true
      end
    end
  end
  return out
end

local function said (entry)
  local out = {}
  if entry.modality ~= "asserted" then out[1] = entry.modality end
  if entry.reckoned then
    local claim = entry.units[1].reckoned
    out[#out + 1] = format("date: reckoned from %d years in %d", claim.n, claim.years[1])
  end
  for _, text in ipairs(differences.told(entry)) do out[#out + 1] = text end
  for _, one in ipairs(entry.anniversaries or {}) do
    out[#out + 1] = format("%d years told (%s)%s", one.n, one.claim.doc, one.ok and "" or ": wrong")
  end
  return concat(out, "; ")
end

-- A row, behind which stands the entry: row.units, row.history, row.persons ...
local function row_of (entry)
  local row = {
    date = entry.date, event = entry.type, who = who(entry),
    evidence = records.evidence(records.telling(entry)), differences = said(entry),
    sources = sources(entry),
  }
  return setmetatable(row, { __index = entry })
end

local function check_row (one)
  local function span (what) return what and (what.span or records.evidence(what)) or nil end
  return { kind = one.kind, ok = one.ok, text = one.text, one = span(one.one),
           other = span(one.other) }
end

-- Does a check concern one of the events that are shown?
local function concerns (one, shown)
  return shown[one.one] or one.other and shown[one.other]
end

-- The whole -------------------------------------------------------------------------------------

-- A function that says which entries are wanted.
local function filter_of (options, line)
  local kinds, actors = set_of("type", options.type), set_of("actor", options.actor)
  local since, till = day_of("since", options.since), day_of("until", options["until"])
  return function (entry)
    local when = entry.period
    return (not kinds or kinds[entry.type]) and (not actors or has_actor(entry, actors, line))
           and (when or options.undated and not since and not till)
           and (not since or when.last >= since.first) and (not till or when.first <= till.last)
           and (not options.several or differences.documents(entry.units)[2] ~= nil)
  end, kinds
end

--- What corpus:timeline gives.
---@param corpus Corpus
---@param options? table type, actor, since, until, several, undated, docs, layer
---@return table[] rows date, event, who, evidence, differences, sources; with the fields
--   checks (rows of kind, ok, text, one, other), entries and undated (how many there are)
function M.timeline (corpus, options)
  options = util.options("corpus:timeline(options)", options, names)
  local line = records.lines()
  local wanted, kinds = filter_of(options, line)
  local all, claims, latest = records.of(corpus:docs(options.docs), options.layer or "event")
  local entries, checks = reconcile.reconcile(all, {
    line = line, claims = claims, latest = latest, complete = records.complete })
  if kinds then check_types(kinds, entries) end
  local out, shown = { columns = columns, entries = 0, undated = 0 }, {}
  for _, entry in ipairs(entries) do
    if not entry.period then out.undated = out.undated + 1 end
    if wanted(entry) then
      out[#out + 1] = row_of(entry)
      for _, unit in ipairs(entry.units) do
        for _, record in ipairs(unit.records) do shown[record] = true end
      end
    end
  end
  out.entries = #entries
  out.checks = { columns = { "kind", "ok", "text", "one", "other", "cite" } }
  for _, one in ipairs(checks) do
    if concerns(one, shown) then out.checks[#out.checks + 1] = check_row(one) end
  end
  return out
end

return M
