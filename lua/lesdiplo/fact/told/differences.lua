--- What the documents of an entry say differently, field by field. Nothing is settled by
-- majority: every version stays, with who says it.
--
-- A difference is {field, status, versions, silent}. Fields: date, parties, person, name
-- (of one party or person, written otherwise), place, title, figure, modality, wording.
-- Status: "same"; "finer", where one version contains the other; "different"; "only
-- here", where some say it and others nothing. A version is {value, units}; `silent` are
-- the units that say nothing. What comes of silence is no denial.
-- @module lesdiplo.fact.told.differences
local period = require "lesdiplo.fact.told.period"
local units = require "lesdiplo.fact.told.units"
local concat, format = table.concat, string.format
local ipairs, sort, tostring, type = ipairs, table.sort, tostring, type
_ENV = nil
local M = {}

--- The documents of some units, each once.
---@param list table[]
---@return string[] ids
function M.documents (list)
  local out, seen = {}, {}
  for _, unit in ipairs(list) do
    if not seen[unit.doc] then out[#out + 1], seen[unit.doc] = unit.doc, true end
  end
  return out
end
local documents = M.documents

-- Versions ----------------------------------------

-- Those of some units whose document is none of the versions': it says nothing of them.
local function silent_of (all, list)
  local says, out = {}, {}
  for _, version in ipairs(list) do
    for _, unit in ipairs(version.units) do says[unit.doc] = true end
  end
  for _, unit in ipairs(all) do
    if not says[unit.doc] then out[#out + 1] = unit end
  end
  return out
end

-- The values of a field by who has them, in the order of values; and who has none.
local function versions (all, values_of)
  local out, by = {}, {}
  for _, unit in ipairs(all) do
    local values = units.sorted_set(values_of(unit))
    for _, value in ipairs(values) do
      local version = by[value]
      if not version then
        version = { value = value, units = {} }
        by[value] = version
        out[#out + 1] = version
      end
      version.units[#version.units + 1] = unit
    end
  end
  sort(out, function (a, b) return a.value < b.value end)
  return out, silent_of(all, out)
end

local function add (out, field, status, list, silent)
  out[#out + 1] = { field = field, status = status, versions = list, silent = silent or {} }
end

-- What a field is where any two versions are just different.
local function status_of (list, silent)
  if #list > 1 then return "different" end
  return #silent > 0 and "only here" or "same"
end

-- The values that a unit's records have in a field.
local function values (field)
  return function (unit)
    local out = {}
    for _, record in ipairs(unit.records) do out[#out + 1] = record[field] end
    return out
  end
end

-- Fields ----------------------------------------

-- Finer, if each two versions contain one the other.
local function add_dates (out, entry)
  local list, silent = versions(entry.units, values "date")
  if #list == 0 then return end
  local status = status_of(list, silent)
  if #list > 1 then
    local finest = entry.period
    status = "finer"
    for _, version in ipairs(list) do
      local one = period.of(version.value)
      if not one or finest and period.compare(finest, one) == "different" then
        status = "different"
      end
    end
  end
  add(out, "date", status, list, silent)
end

-- Parties: who is named by some only, and who is named otherwise: a state, and the one
-- that it precedes.
local function add_parties (out, entry, line)
  local named = versions(entry.units, function (unit) return unit.all end)
  for _, version in ipairs(named) do
    local silent = silent_of(entry.units, { version })
    if #silent > 0 then add(out, "parties", "only here", { version }, silent) end
    local forms = versions(version.units, function (unit)
      local own = {}
      for _, record in ipairs(unit.records) do
        for _, role in ipairs{ "source", "target" } do
          for _, id in ipairs(record[role] or {}) do
            if line(id) == version.value then own[#own + 1] = id end
          end
        end
      end
      return own
    end)
    if #forms > 1 then add(out, "name", "different", forms) end
  end
end

local script_of = units.script_of

-- Names that may be of one person, in groups.
local function people (entry)
  local groups = {}
  for _, name in ipairs(entry.persons) do
    local mine
    for _, group in ipairs(groups) do
      if not mine and units.names(group[1], name) then mine = group end
    end
    if not mine then
      mine = {}
      groups[#groups + 1] = mine
    end
    mine[#mine + 1] = name
  end
  return groups
end

-- Is a name of a group no more or less of another, but a letter away from it?
local function is_spelt_otherwise (group)
  for i, name in ipairs(group) do
    for k = i + 1, #group do
      if units.names(name, group[k]) == "alike" then return true end
    end
  end
  return false
end

-- Persons: written otherwise, or named by some only. In another script a name cannot be
-- told to be the same, so nobody is silent about it there.
local function add_people (out, entry)
  for _, group in ipairs(people(entry)) do
    local script = script_of(group[1])
    local list, all = versions(entry.units, function (unit)
      local own = {}
      for _, name in ipairs(unit.persons) do
        if script_of(name) == script and units.names(group[1], name) then own[#own + 1] = name end
      end
      return own
    end)
    local silent = {}
    for _, unit in ipairs(all) do
      local other = unit.persons[1] and script_of(unit.persons[1]) ~= script
      if not other then silent[#silent + 1] = unit end
    end
    local who = { value = concat(group, " / "), units = {} }
    for _, version in ipairs(list) do
      for _, unit in ipairs(version.units) do who.units[#who.units + 1] = unit end
    end
    add(out, "person", #silent > 0 and "only here" or "same", { who }, silent)
    if is_spelt_otherwise(group) then add(out, "name", "different", list) end
  end
end

-- A value as text: a whole number without a point, however it was reckoned.
local function number (value)
  return type(value) == "number" and format("%.15g", value) or tostring(value)
end

-- Figures of one class and unit: a document may tell several, and agrees with another
-- where one of them is the same.
local function add_figures (out, entry)
  local kinds = versions(entry.units, function (unit)
    local own = {}
    for _, record in ipairs(unit.records) do
      for _, figure in ipairs(record.figures or {}) do
        own[#own + 1] = figure.class .. " " .. (figure.unit or "")
      end
    end
    return own
  end)
  for _, kind in ipairs(kinds) do
    local list, silent = versions(entry.units, function (unit)
      local own = {}
      for _, record in ipairs(unit.records) do
        for _, figure in ipairs(record.figures or {}) do
          if figure.class .. " " .. (figure.unit or "") == kind.value then
            own[#own + 1] = number(figure.value) .. (figure.unit and " " .. figure.unit or "")
          end
        end
      end
      return own
    end)
    local everywhere = false
    for _, version in ipairs(list) do
      everywhere = everywhere or #version.units + #silent == #entry.units
    end
    local status = everywhere and (#silent > 0 and "only here" or "same") or "different"
    add(out, "figure", status, list, silent)
  end
end

local function add_plain (out, entry, field, values_of)
  local list, silent = versions(entry.units, values_of)
  if #list > 0 then add(out, field, status_of(list, silent), list, silent) end
end

-- The whole ----------------------------------------

--- The differences of an entry, all fields that anybody fills; none where one document
-- alone tells it.
---@param entry table
---@param line fun(id: string): string
---@return table[]
function M.of (entry, line)
  local out = {}
  if not documents(entry.units)[2] then return out end
  add_dates(out, entry)
  add_parties(out, entry, line)
  add_people(out, entry)
  add_plain(out, entry, "place", function (unit) return unit.places end)
  add_plain(out, entry, "title", function (unit) return unit.titles end)
  add_figures(out, entry)
  add_plain(out, entry, "modality", values "modality")
  add_plain(out, entry, "wording", values "words")
  return out
end

local modalities = { "asserted", "reported", "habitual", "planned", "negated" }

--- What an entry is as a whole: done beats planned, and an assertion what is reported.
---@param entry table
---@return string
function M.modality (entry)
  local some = {}
  for _, unit in ipairs(entry.units) do
    for _, record in ipairs(unit.records) do some[record.modality or "asserted"] = true end
  end
  for _, modality in ipairs(modalities) do
    if some[modality] then return modality end
  end
  return "asserted"
end

--- What became of a plan: units with their modality in the order in which they were told;
-- nothing where no plan is told, or nothing else.
---@param entry table
---@return table[]
function M.history (entry)
  local out, planned = {}, 0
  for _, unit in ipairs(entry.units) do
    if unit.planned then planned = planned + 1 end
    out[#out + 1] = { modality = unit.planned and "planned" or unit.records[1].modality
                                 or "asserted", unit = unit }
  end
  return planned > 0 and planned < #out and out or {}
end

-- Showing ----------------------------------------

local MOST = 3     -- documents that are named of a version

local function named (list)
  local docs, out = documents(list), ""
  for i, doc in ipairs(docs) do
    if i <= MOST then out = out .. (i > 1 and ", " or "") .. doc end
  end
  return #docs > MOST and format("%s and %d more", out, #docs - MOST) or out
end

--- A difference in words: "date: 1980 (b), 1980-02-01 (a); the finer is kept".
---@param one table
---@return string
function M.shown (one)
  local out = {}
  for i, version in ipairs(one.versions) do
    out[i] = format("%s (%s)", version.value, named(version.units))
  end
  return format("%s: %s%s", one.field, concat(out, ", "),
                one.status == "finer" and "; the finer is kept" or "")
end

-- What some say and others do not, by those who do: "only b: maseru, Ivan Orlov".
local function omissions (list)
  local by, order, out = {}, {}, {}
  for _, one in ipairs(list) do
    for _, version in ipairs(one.status == "only here" and one.versions or {}) do
      local who = named(version.units)
      if not by[who] then
        by[who] = {}
        order[#order + 1] = who
      end
      by[who][#by[who] + 1] = version.value
    end
  end
  for i, who in ipairs(order) do out[i] = format("only %s: %s", who, concat(by[who], ", ")) end
  return out
end

-- Is it a difference that a reader is told? That one reports what another asserts is none,
-- nor how each words it.
local function is_told (one)
  if one.status == "same" or one.status == "only here" then return false end
  if one.field == "wording" then return false end
  if one.field ~= "modality" then return true end
  for _, version in ipairs(one.versions) do
    if version.value == "planned" or version.value == "negated" then return true end
  end
  return false
end

--- The differences of an entry in words, those in what is said before those in what is not.
---@param entry table
---@return string[]
function M.told (entry)
  local out = {}
  for _, one in ipairs(entry.differences) do
    if is_told(one) then out[#out + 1] = M.shown(one) end
  end
  for _, text in ipairs(omissions(entry.differences)) do out[#out + 1] = text end
  return out
end

return M
