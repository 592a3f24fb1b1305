--- Events that several documents tell, put together: records in, entries out.
--
-- No corpus is needed: records are plain tables (fact.told.units). The rules:
--
-- 1. Two can be one where type and parties fit (of mutual acts in either order; a state
--    and those it precedes are one line), and their dates do not exclude each other.
-- 2. They are one if something specific agrees, too: the date to the month, the place, a
--    person, the title of an agreement. What happens again and again needs the same
--    days, and two parties or one of the others; words need the same parties or a
--    person; what happens once needs the year, where all parties are named.
-- 3. No chains: what joins has to fit all that are joined. What fits two entries as well
--    as each other, and says less than they do, joins neither.
-- 4. Planned and then done are one, where the plan says the month.
-- 5. All versions stay: fact.told.differences tells them apart, fact.told.witness checks sums.
--
-- Units are joined from the finest date to the coarsest, in an order that has nothing to
-- do with the order of reading. An entry is looked for by type, party and month (or day,
-- place, person, title), so that the work grows with what is there.
-- @module lesdiplo.fact.reconcile
local differences = require "lesdiplo.fact.told.differences"
local period = require "lesdiplo.fact.told.period"
local units = require "lesdiplo.fact.told.units"
local witness = require "lesdiplo.fact.told.witness"
local concat, format, huge, ipairs = table.concat, string.format, math.huge, ipairs
local match, min, pairs, sort = string.match, math.min, pairs, table.sort
_ENV = nil
local M = {}

local PROBED = 256      -- entries of one key that are looked at: beyond, none is
local SPAN = 400        -- days: what is longer is not looked for by its months

-- What agrees ----------------------------------------

-- How much agrees between a unit and an entry whose dates and parties fit; nil where it
-- is not enough for their type to be the same event.
local function agreement (unit, entry)
  local function both (grain)
    return period.is_known(unit.period, grain) and period.is_known(entry.period, grain)
  end
  local kind, full = unit.type, units.parties_equal(unit, entry)
  local month, year = both "month", both "year"
  local persons = units.shared(unit.persons, entry.persons, units.names)
  local places = units.shared(unit.places, entry.places)
  local titles = units.shared(unit.titles, entry.titles)
  local specific = persons + places + titles > 0
  local enough = month or specific
  if units.daily[kind] then
    local same = full or persons > 0 or entry.docs[unit.doc] ~= nil
    if not same and not units.words[kind] then
      same = specific or units.shared(unit.all, entry.all) > 1
    end
    enough = same and both "day" or month and full and unit.planned ~= entry.planned
  elseif units.once[kind] then enough = enough or year and full
  end
  if not enough then return nil end
  local score = both "day" and 8 or month and 4 or year and 2 or 0
  return score + 2 * min(persons, 2) + places + 4 * min(titles, 1) + (full and 4 or 0)
end

-- Does the same document tell of the entry as of something else? What it tells of the
-- same parties and dates under another name is another event; what says less is not.
local function is_parted (unit, entry)
  for _, other in ipairs(entry.docs[unit.doc] or {}) do
    local a, b = unit.period, other.period
    if units.parties_equal(unit, other) and (a and a.text) == (b and b.text) then return true end
  end
  return false
end

-- Can the unit be of the entry at all?
local function fits (unit, entry)
  if unit.habitual ~= entry.habitual or not period.meet(unit.period, entry.period)
     or is_parted(unit, entry) then
    return false
  end
  for _, other in pairs(entry.signatures) do
    if not units.parties_fit(unit, other) then return false end
  end
  if #unit.titles > 0 and #entry.titles > 0
     and units.shared(unit.titles, entry.titles) == 0 then
    return false
  end
  if units.attended[unit.type] and units.others_act(unit, entry) then return false end
  return not units.personal[unit.type] or #unit.persons == 0 or #entry.persons == 0
         or units.shared(unit.persons, entry.persons, units.names) > 0
end

-- Where entries are found ----------------------------------------

local function add (out, unit, who, id, what)
  out[#out + 1] = concat({ unit.type, who, id, what }, "\0")
end

-- Adds the keys of a unit for some when or where. Parties fit where those of the one are
-- among those of the other: so an entry is kept by all it names and by each of them, and
-- a unit of two looks for the same two, one of them alone, and those of more.
local function add_kept (out, unit, what)
  add(out, unit, "all", concat(unit.all, ","), what)
  for _, id in ipairs(unit.all) do
    add(out, unit, "any", id, what)
    if #unit.all == 1 then add(out, unit, "alone", id, what) end
    if #unit.all > 2 then add(out, unit, "many", id, what) end
  end
end

local function add_looked (out, unit, what)
  if #unit.all == 2 then add(out, unit, "all", concat(unit.all, ","), what) end
  for _, id in ipairs(unit.all) do
    if #unit.all ~= 2 then add(out, unit, "any", id, what)
    else
      add(out, unit, "alone", id, what)
      add(out, unit, "many", id, what)
    end
  end
end

-- Months and days of a unit, by one of those two.
local function add_months (f, out, unit)
  for month = period.month(unit.period.first), period.month(unit.period.last) do
    f(out, unit, month)
  end
end

local function add_days (f, out, unit)
  for day = unit.period.first, unit.period.last do f(out, unit, "day" .. day) end
end

local function add_specific (f, out, unit)
  for _, id in ipairs(unit.places) do f(out, unit, "place " .. id) end
  for _, title in ipairs(unit.titles) do f(out, unit, "title " .. title) end
  for _, name in ipairs(unit.persons) do
    local first, last = match(name, "^%S*"), match(name, "%S*$")      -- either may be short
    f(out, unit, "name " .. first)
    if last ~= first then f(out, unit, "name " .. last) end
  end
end

-- The keys under which an entry that begins with this unit is kept, and those by which
-- the unit looks for one.
local function keys (unit)
  local kept, looked = {}, {}
  local when, daily = unit.period, units.daily[unit.type]
  if when and when.last - when.first <= SPAN then
    add_months(add_kept, kept, unit)
    if daily and when.grain == "day" then
      add_days(add_kept, kept, unit)
      add_days(add_looked, looked, unit)
    elseif not daily or when.grain == "month" then add_months(add_looked, looked, unit)
    end
  end
  if not daily then
    add_specific(add_kept, kept, unit)
    add_specific(add_looked, looked, unit)
  end
  return kept, looked
end

-- Joining ----------------------------------------

local function signature (unit)
  return concat(unit.source, ",") .. "|" .. concat(unit.target, ",")
end

local function union (a, b)
  if #b == 0 then return a end
  local out = {}
  for _, list in ipairs{ a, b } do
    for _, value in ipairs(list) do out[#out + 1] = value end
  end
  return units.sorted_set(out)
end

-- The unit becomes one of the entry's.
local function take (entry, unit)
  entry.units[#entry.units + 1] = unit
  entry.docs[unit.doc] = entry.docs[unit.doc] or {}
  entry.docs[unit.doc][#entry.docs[unit.doc] + 1] = unit
  entry.signatures[signature(unit)] = unit
  entry.period = period.common(entry.period, unit.period)
  for _, field in ipairs{ "source", "target", "all", "persons", "places", "titles" } do
    entry[field] = union(entry[field], unit[field])
  end
  entry.planned = entry.planned and unit.planned
  for name, id in pairs(unit.acts_for) do entry.acts_for[name] = id end
end

local function new_entry (unit)
  local entry = { type = unit.type, units = {}, docs = {}, signatures = {}, planned = true,
                  habitual = unit.habitual, source = {}, target = {}, all = {}, persons = {},
                  places = {}, titles = {}, acts_for = {} }
  take(entry, unit)
  return entry
end

-- The entry that a unit belongs to, or nil. Of two that agree as much with it the first
-- one, if the unit says who it was; else it might be either, and is neither.
local function choose (unit, looked, index)
  local seen, best, score, twice = {}, nil, -1, false
  for _, key in ipairs(looked) do
    local list = index[key] or {}
    for i = 1, min(#list, PROBED) do
      local entry = list[i]
      local agrees = not seen[entry] and fits(unit, entry) and agreement(unit, entry)
      seen[entry] = true
      if agrees and agrees == score then
        twice = true
        if entry.number < best.number then best = entry end
      elseif agrees and agrees > score then best, score, twice = entry, agrees, false
      end
    end
  end
  if twice and not units.parties_equal(unit, best) then return nil end
  return best
end

local function join (all)
  local entries, index = {}, {}
  for _, unit in ipairs(all) do
    local kept, looked = keys(unit)
    local entry = choose(unit, looked, index)
    if entry then take(entry, unit)
    else
      entry = new_entry(unit)
      entries[#entries + 1] = entry
      entry.number = #entries
      for _, key in ipairs(kept) do
        index[key] = index[key] or {}
        index[key][#index[key] + 1] = entry
      end
    end
  end
  return entries
end

-- Order ----------------------------------------

-- By date, those without one last, then by type, parties and documents.
local function place_of (entry)
  local when = entry.period
  local first = when and (when.first > -huge and when.first or when.last) or huge
  return format("%s %s %s %s", first < huge and format("%010d", first + 1000000000) or "~",
                entry.type, concat(entry.all, ","), entry.units[1].rank)
end

local function put_in_order (entries)
  for _, entry in ipairs(entries) do entry.order = place_of(entry) end
  sort(entries, function (a, b) return a.order < b.order end)
  for _, entry in ipairs(entries) do
    entry.number, entry.order = nil, nil
    -- as they were told: the documents' dates, then their ids
    sort(entry.units, function (a, b)
      if a.told ~= b.told then return (a.told or "~") < (b.told or "~") end
      if a.doc ~= b.doc then return a.doc < b.doc end
      return a.rank < b.rank
    end)
  end
end

-- What is said of an entry as a whole: the finest date; done, if anybody says so.
local function finish (entry, options, line)
  for _, unit in ipairs(options.complete and entry.units[2] and entry.units or {}) do
    for _, record in ipairs(unit.records) do options.complete(record) end
  end
  entry.date = entry.period and entry.period.text or nil
  entry.reckoned = true
  for _, unit in ipairs(entry.units) do
    entry.reckoned = entry.reckoned and unit.reckoned ~= nil
  end
  entry.place = entry.places[1]
  entry.modality = differences.modality(entry)
  entry.history = differences.history(entry)
  entry.differences = differences.of(entry, line)
end

--- Entries of records. Each has `type`, `date` (the finest that is told; `reckoned` where
-- only an anniversary tells it), `source`, `target`, `persons`, `place`, `modality`
-- (asserted before reported before planned), `units` (what each document says, in the
-- order of their dates, with its `doc` and `records`), `history` (planned, then asserted)
-- and `differences` (fact.told.differences). `mentions` are units that tell of it and say
-- nothing specific.
---@param records table[]
---@param options? table line: a function, of an id that of its line; claims: sums that
--   documents do (fact.told.witness); latest: the day up to which plans may have been carried
--   out; complete: is called with each record of an entry that several documents tell,
--   before they are compared, to add what joining does not ask for
---@return table[] entries by date
---@return table[] checks of fact.told.witness
function M.reconcile (records, options)
  options = options or {}
  local line = options.line or function (id) return id end
  local claims = witness.claims(options.claims or {}, line)
  local all = units.of(records, line)
  witness.reckon(all, claims)
  local entries = witness.fold(join(all))
  put_in_order(entries)
  for _, entry in ipairs(entries) do finish(entry, options, line) end
  return entries, witness.checks(entries, claims, options.latest)
end

return M
