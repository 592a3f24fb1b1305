--- What one document tells of one event: records put together, and how two agree.
--
-- A record is a plain table: `doc`, the id of a document, `at`, its place there, a
-- number, and `event`, which is the same for all records of the document that tell of
-- one event; `type`, `date` (a TIMEX value), `source` and `target` (arrays of ids),
-- `persons` (names), `acts_for` (by a name the id of the state or body), `place` (an id),
-- `title` (of an agreement), `figures` (an array of {class, unit, value}), `modality`, and
-- `told`, the document's date. What else it has, its Span above all, is kept. All but doc,
-- at and type may be absent.
-- @module lesdiplo.fact.told.units
local period = require "lesdiplo.fact.told.period"
local util = require "lesdiplo.util"
local set = util.words
local _, native = ...
local concat, sort = table.concat, table.sort
local fold = native.tokens.fold
local find, format, gmatch = string.find, string.format, string.gmatch
local huge, ipairs, min = math.huge, ipairs, math.min
local pairs, type = pairs, type
_ENV = nil
local M = {}

-- Acts by how often they happen ----------------------------------------

--- The types of events that documents are read for.
M.types = {}
for word in gmatch([[establish_relations resume_relations sever_relations recognise
  open_embassy close_embassy appoint present_credentials visit meet sign_agreement host_event
  attend_summit congratulate provide_aid cooperate vote_support vote_against issue_statement
  praise criticise appeal express_intent threaten reject sanction lift_sanction recall expel
  protest mediate military_action succeed_state other]], "%S+") do
  M.types[#M.types + 1] = word
end

-- Once between the same two, or so seldom that the year tells which.
M.once = set [[establish_relations resume_relations sever_relations recognise open_embassy
  close_embassy succeed_state]]
-- Again and again: one of them is another's only on the same days.
M.daily = set [[meet visit attend_summit host_event provide_aid cooperate congratulate praise
  criticise appeal express_intent threaten reject issue_statement vote_support vote_against
  protest mediate sanction lift_sanction military_action other]]
-- Words: on one day one may say several things of another.
M.words = set [[congratulate praise criticise appeal express_intent threaten reject
  issue_statement]]
-- Their parties have no order.
M.mutual = set [[establish_relations resume_relations sever_relations meet sign_agreement
  cooperate]]
-- Of those who come: a state has several meetings on one day, and its ministers one each.
M.attended = set [[meet visit]]
-- Of somebody: two who are called otherwise are two events.
M.personal = set [[appoint present_credentials recall expel]]

-- Names ----------------------------------------

local function words_of (name)
  local out = {}
  for word in gmatch(fold(name), "[^%s·.]+") do out[#out + 1] = word end
  return out
end

local function has_all (words, of)
  local known = {}
  for _, word in ipairs(of) do known[word] = true end
  for _, word in ipairs(words) do
    if not known[word] then return false end
  end
  return #words > 0
end

--- Whether two names may be one person's: "same" but for case and accents, "short" where
-- one has fewer words of the other, "alike" where the last words are a letter apart.
--     > units.names("Lejone Mpotjoane", "Lejone Mpotjoana")
--     alike
---@param a string
---@param b string
---@return string?
function M.names (a, b)
  local x, y = words_of(a), words_of(b)
  if concat(x, " ") == concat(y, " ") then return "same" end
  if has_all(x, y) or has_all(y, x) then return "short" end
  if #x ~= #y or #x < 2 or #x[#x] < 5 then return nil end
  for i = 1, #x - 1 do
    if x[i] ~= y[i] then return nil end
  end
  return util.distance(x[#x], y[#y], 1) == 1 and "alike" or nil
end

-- Units ----------------------------------------

-- An array of values without doubles, in order.
local function sorted_set (values)
  local out, seen = {}, {}
  for _, value in ipairs(values) do
    if not seen[value] then out[#out + 1], seen[value] = value, true end
  end
  sort(out)
  return out
end
M.sorted_set = sorted_set

local function has (list, wanted)
  for _, value in ipairs(list) do
    if value == wanted then return true end
  end
  return false
end

local function holds (a, b)                 -- has a all of b? Both are short
  for _, value in ipairs(b) do
    if not has(a, value) then return false end
  end
  return true
end

local function gather (records, field, line)
  local out = {}
  for _, record in ipairs(records) do
    local value = record[field]
    local n = #out
    if value == nil then value = {} end
    for i, one in ipairs(type(value) == "table" and value or { value }) do
      out[n + i] = line and line(one) or one
    end
  end
  return sorted_set(out)
end

-- The date of a unit: what its records' dates have in common, those that exclude what
-- the finer ones say left aside.
local function date_of (records)
  local all = {}
  for _, record in ipairs(records) do
    local one = period.of(record.date)
    if one then all[#all + 1] = one end
  end
  sort(all, function (a, b)
    if a.grain ~= b.grain then return period.order[a.grain] < period.order[b.grain] end
    if a.first ~= b.first then return a.first < b.first end
    if a.last ~= b.last then return a.last < b.last end
    return a.text < b.text
  end)
  local out
  for _, one in ipairs(all) do
    if period.meet(out, one) then out = period.common(out, one) end
  end
  return out
end

local LATE = 100000000     -- added to the number of a day, it is not negative

-- Where a unit stands in the order in which they are joined: the finest dates, what has
-- happened, the most parties first; and nothing that depends on the order of reading.
local function rank (unit)
  local when = unit.period
  local first = when and when.first > -huge and when.first < huge and when.first or 0
  return format("%d%d%02d %09d %s %s %s %s %09d", when and period.order[when.grain] or 5,
                unit.planned and 1 or 0, 99 - min(#unit.all, 99), first + LATE,
                unit.type, concat(unit.source, ","), concat(unit.target, ","), unit.doc,
                unit.records[1].at)
end

local function new_unit (records, line)
  local first = records[1]
  local unit = {
    doc = first.doc, type = first.type, records = records, period = date_of(records),
    source = gather(records, "source", line), target = gather(records, "target", line),
    persons = gather(records, "persons"), places = gather(records, "place"),
    titles = gather(records, "title"), planned = true, habitual = true,
    acts_for = {},
  }
  local all = {}
  for _, role in ipairs{ "source", "target" } do
    for _, id in ipairs(unit[role]) do all[#all + 1] = id end
  end
  unit.all = sorted_set(all)
  for _, record in ipairs(records) do
    for name, id in pairs(record.acts_for or {}) do unit.acts_for[name] = line(id) end
    unit.planned = unit.planned and record.modality == "planned"
    unit.habitual = unit.habitual and record.modality == "habitual"
    unit.told = unit.told or record.told
  end
  return unit
end

--- Records as units, one for what a document tells of an event, in an order that does
-- not depend on theirs.
---@param records table[]
---@param line fun(id: string): string the id that stands for a party and its successors
---@return table[] units
function M.of (records, line)
  local by_key, units = {}, {}
  for _, record in ipairs(records) do
    local key = format("%s\0%s\0%s", record.doc, record.type, record.event or "@" .. record.at)
    if not by_key[key] then by_key[key] = {} end
    by_key[key][#by_key[key] + 1] = record
  end
  for _, list in pairs(by_key) do
    sort(list, function (a, b) return a.at < b.at end)
    units[#units + 1] = new_unit(list, line)
  end
  for _, unit in ipairs(units) do unit.rank = rank(unit) end
  sort(units, function (a, b) return a.rank < b.rank end)
  return units
end

-- Parties ----------------------------------------

local function role_fits (a, b) return holds(a, b) or holds(b, a) end

--- Can the parties of two be the same ones: nobody on the one side who is not on the
-- other, and at least one on both?
---@param a table unit
---@param b table unit
---@return boolean
function M.parties_fit (a, b)
  if #a.all == 0 or #b.all == 0 then return false end
  if M.mutual[a.type] then return role_fits(a.all, b.all) end
  if not role_fits(a.source, b.source) or not role_fits(a.target, b.target) then return false end
  return #a.source > 0 and #b.source > 0 or #a.target > 0 and #b.target > 0
end

--- Do two name the same parties, all of them?
---@param a table unit
---@param b table unit
---@return boolean
function M.parties_equal (a, b)
  local sides = M.mutual[a.type] and { "all" } or { "source", "target" }
  for _, side in ipairs(sides) do
    local least = side == "all" and 2 or 1
    if #a[side] < least or concat(a[side], "\0") ~= concat(b[side], "\0") then return false end
  end
  return true
end

-- The names of those who act for a state or body, by its id.
local function sides_of (unit)
  local out = {}
  for _, name in ipairs(unit.persons) do
    local id = unit.acts_for[name]
    if id then
      out[id] = out[id] or {}
      out[id][#out[id] + 1] = name
    end
  end
  return out
end

local function script_of (name) return find(name, "^[\xE3-\xE9]") and "han" or "other" end
M.script_of = script_of

--- Is somebody else named for the same side: another minister of that state, in the same
-- script, and nobody who is the same?
---@param a table unit
---@param b table unit or entry
---@return boolean
function M.others_act (a, b)
  local mine, theirs = sides_of(a), sides_of(b)
  for id, names in pairs(mine) do
    if theirs[id] and script_of(names[1]) == script_of(theirs[id][1])
       and M.shared(names, theirs[id], M.names) == 0 then
      return true
    end
  end
  return false
end

--- The record of an event with the finest date; of those the first.
---@param entry table
---@return table
function M.telling (entry)
  local best, grain
  for _, unit in ipairs(entry.units) do
    for _, record in ipairs(unit.records) do
      local one = period.of(record.date)
      local own = one and period.order[one.grain] or 5
      if not best or own < grain then best, grain = record, own end
    end
  end
  return best
end

--- How many of one array are in another, by a function that compares two.
---@param a any[]
---@param b any[]
---@param same? fun(x: any, y: any): any equality, without
---@return integer
function M.shared (a, b, same)
  local n = 0
  for _, x in ipairs(a) do
    for _, y in ipairs(b) do
      if same and same(x, y) or x == y then
        n = n + 1
        break
      end
    end
  end
  return n
end

return M
