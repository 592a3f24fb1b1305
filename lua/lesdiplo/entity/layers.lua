--- The layers country, org, place and person, made a document at a time.
-- @module lesdiplo.entity.layers
local home = require "lesdiplo.entity.home"
local metonym = require "lesdiplo.entity.metonym"
local organs = require "lesdiplo.entity.organs"
local orgs = require "lesdiplo.entity.orgs"
local people = require "lesdiplo.entity.people"
local polity = require "lesdiplo.entity.polity"
local shared = require "lesdiplo.entity.shared"
local stretches = require "lesdiplo.entity.stretches"
local shorts = require "lesdiplo.entity.short"
local twins = require "lesdiplo.entity.twins"
local _, native = ...
local has_han, mentions = native.entities.has_han, native.entities.mentions
local facts = native.entities.facts
local grown = native.entities.grown
local entity = require "lesdiplo.entity".get
local set = require "lesdiplo.util".words
local stretches_of = native.layers.stretches
local find, match, sub = string.find, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local headed = set "部 局 厅 廳 处 處 司 署 院 委 会 會"
local leads = set "长 長"
local is_long = set "期 久 远 遠 达 達 城 江 年"

-- Some of the mentions, and their names: those for which keep(first, last, name) is true.
local function only (positions, rows, names, keep)
  local kept, kept_rows = stretches.room(#rows)
  local n, kept_names = 0, {}
  for i, row in ipairs(rows) do
    local first, last = positions[2 * i - 1], positions[2 * i]
    if keep(first, last, names[i], row) then
      n = n + 1
      kept[2 * n - 1], kept[2 * n], kept_rows[n], kept_names[n] = first, last, row, names[i]
    end
  end
  return kept, kept_rows, kept_names
end

-- A function: does a span of a layer hold a stretch? If so, where is the first that
-- might? The layer is made when it is first asked.
local function inside (doc, layer)
  local seek, positions
  return function (first, last)
    if not seek then
      positions = stretches_of(doc, layer)
      seek = stretches.walker(positions)
    end
    local i = seek(first)
    local a, b = positions[2 * i - 1], positions[2 * i]
    return a ~= nil and a <= first and last <= b, a, b
  end
end

-- Where people are named, and not by an office alone: 驻华大使.
local function names_of (doc)
  local positions, rows = stretches_of(doc, "person")
  local out = {}
  for i, row in ipairs(rows) do
    if row.form ~= "role_only" then
      out[#out + 1], out[#out + 2] = positions[2 * i - 1], positions[2 * i]
    end
  end
  return out
end

-- Those of one Chinese character, too.
local function with_short (doc, kind, positions, rows)
  if not has_han(doc) then return positions, rows end
  local countries, country_rows = mentions(doc, "country")
  local places, place_rows = mentions(doc, "place")
  local named = {}
  for _, list in ipairs{ country_rows, place_rows } do
    for _, row in ipairs(list) do named[row.id] = true end
  end
  local bodies = mentions(doc, "org")
  local covers, seek = stretches.cover(positions, kind == "place" and countries or places),
                       stretches.walker(bodies)
  local in_name = stretches.cover(names_of(doc))
  -- Is it part of another name? What begins a body's is none, nor a row that does: 俄非峰会, but
  -- not 哈马斯, nor what is in a person's: 希奇莱马.
  local function taken (first, last, from)
    local a = bodies[2 * seek(first) - 1]
    return a ~= nil and a < (from or first) or covers(first, last) or in_name(first, last)
  end
  local short, short_rows = shorts.find(doc.text, named, taken, kind)
  return stretches.joined{ { positions, rows }, { short, short_rows } }
end

-- Bodies, but for those that are the beginning of whoever leads them: 外交部长 is a minister.
-- What follows a long one is of another word: 国务院长期.
local function without_heads (text, positions, rows)
  local kept, kept_rows = {}, {}
  for i, row in ipairs(rows) do
    local first, last = positions[2 * i - 1], positions[2 * i]
    local behind = find(text, "^[\xE5-\xE9]", last - 2) and sub(text, last + 1, last + 6) or ""
    local led = leads[sub(behind, 1, 3)] and not is_long[sub(behind, 4)]
                and headed[sub(text, last - 2, last)]
    if not led then
      kept[#kept + 1], kept[#kept + 2], kept_rows[#kept_rows + 1] = first, last, row
    end
  end
  return kept, kept_rows
end

local state_of, read_at    -- whose ministries are, by id

local function read ()
  state_of, read_at = {}, grown()
  for _, fact in ipairs(facts "of") do state_of[fact[1]] = fact[3] end
end

-- The same body of another state, called so there: Norway's RUSMFA is NORMFA. nil where its
-- id does not tell: Pakistan's NSA is not the agency.
local function of_other (row, state, other, text)
  local id = sub(row.id, 1, #state) == state and other .. sub(row.id, #state + 1)
  if not id then return nil end
  local known = entity(id)
  return { id = id, name = known and known.name or text, form = "name", kind = row.kind }
end

-- Of several bodies that are called alike the one of the document's own state.
local function of_home (row, state)
  for _, id in ipairs(state and row.also or {}) do
    if state_of[id] == state then return { id = id, form = row.form, kind = row.kind } end
  end
  return row
end

-- Bodies, doubtful names of a state's with another one beside them being that one's: МИД is
-- Russia's, but not МИД Норвегии nor норвежский МИД.
local function with_others (doc, positions, rows, names)
  local any = false
  for i = 1, #rows do any = any or names[i] < 0 end
  if not any then return positions, rows, names end
  if read_at ~= grown() then read() end
  local text, countries, country_rows = doc.text, mentions(doc, "country")
  local seek, out, out_rows, out_names = stretches.walker(countries), {}, {}, {}
  local own = has_han(doc) and home.of(text)
  -- Does another state's name stand there, nothing but a blank between?
  local function is_other (i, from, to, state)
    return from and to and to - from < 4 and country_rows[i].id ~= state
           and find(sub(text, from + 1, to - 1), "^[ \u{A0}]+$") ~= nil
  end
  for k, row in ipairs(rows) do
    local first, last = positions[2 * k - 1], positions[2 * k]
    local state, other = names[k] < 0 and state_of[row.id], nil
    local i = state and seek(last + 1)
    if i and is_other(i, last, countries[2 * i - 1], state) then
      last, other = countries[2 * i], country_rows[i].id
    elseif i and is_other(i - 1, countries[2 * i - 2], first, state) then
      first, other = countries[2 * i - 3], country_rows[i - 1].id
    end
    if other then row = of_other(row, state, other, sub(text, first, last))
    elseif state then row = of_home(row, own)
    end
    if row then
      local n = #out_rows + 1
      out[2 * n - 1], out[2 * n], out_rows[n], out_names[n] = first, last, row, names[k]
    end
  end
  return out, out_rows, out_names
end

--- Countries, by their names. A doubtful name inside a person's is none, Jordan, nor any
-- that it begins with: India Holm.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.country (doc)
  local positions, rows, names = mentions(doc, "country")
  local person, text, parts = inside(doc, "person"), doc.text, twins.find(doc)
  positions, rows = only(positions, shared.settled(doc, positions, rows, names), names,
                         function (first, last, name, row)
    local form = row.form
    if parts and parts[first] then return false end
    if name > 0 and form ~= "name" then return true end
    local is, a = person(first, last)
    if name > 0 then return not (is and a == first) end
    local pair = form == "abbreviation" and find(text, "^[\xE3-\xE9]", first)      -- 中非
    return not is and not pair
  end)
  positions, rows = with_short(doc, "country", positions, rows)
  local acting, acting_rows = metonym.find(text, mentions(doc, "place"))
  local lists = polity.find(text, positions, rows)
  lists[#lists + 1], lists[#lists + 2] = { positions, rows }, { acting, acting_rows }
  return stretches.joined(lists)
end

-- Is a name part of an address: UN-info@oslo.no, www.un.org, @UN?
local function is_in_address (text, first, last)
  if find(text, "^[%w._-]*@%w", last + 1) then return true end
  if first == 1 or not find(text, "^[@/.-]", first - 1) then return false end
  local before = match(sub(text, first > 80 and first - 80 or 1, first - 1), "%S+$")
  return find(before, "^@") ~= nil or find(before, "://", 1, true) ~= nil
         or find(before, "^www%.") ~= nil
end

-- Bodies of the tables by their names, but for those in addresses.
local function named_bodies (doc)
  local text = doc.text
  local positions, rows, names = mentions(doc, "org")
  if not find(text, "@", 1, true) and not find(text, "www.", 1, true)
     and not find(text, "://", 1, true) then return positions, rows, names end
  return only(positions, rows, names, function (first, last)
    return not is_in_address(text, first, last)
  end)
end

-- The state whose a body is, by its id; nil where it is nobody's.
local function owner_of (id)
  if read_at ~= grown() then read() end
  return state_of[id]
end

local owns = { [" "] = true, ["'s "] = true, ["’s "] = true }
local owned = { [" of "] = true, [" of the "] = true }

-- Does a text say that a state's body is another one's: Liberia's Department of Justice?
local function is_foreign (text, first, last, state, countries)
  local list, found, k = countries.positions, countries.rows, countries.seek(first)
  local before = found[k - 1]
  if before and before.id ~= state and list[2 * k - 2] < first
     and owns[sub(text, list[2 * k - 2] + 1, first - 1)] then return true end
  while list[2 * k - 1] and list[2 * k - 1] <= last do k = k + 1 end
  return found[k] and found[k].id ~= state and owned[sub(text, last + 1, list[2 * k - 1] - 1)]
         or false
end

-- Bodies without those that are another state's.
local function not_foreign (text, positions, rows, countries)
  local foreign
  local known = { positions = countries[1], rows = countries[2],
                  seek = stretches.walker(countries[1]) }
  for i, row in ipairs(rows) do
    local first, last, state = positions[2 * i - 1], positions[2 * i], owner_of(row.id)
    if state and find(sub(text, first, last), " ", 1, true)
       and is_foreign(text, first, last, state, known) then
      foreign = foreign or {}
      foreign[first] = true
    end
  end
  if not foreign then return positions, rows end
  return only(positions, rows, {}, function (first) return not foreign[first] end)
end

--- Organisations: those of the tables, those that a head noun tells, and short forms
-- that the text defines.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.org (doc)
  local named, named_rows =
    organs.joined(doc.text, with_others(doc, named_bodies(doc)))
  if has_han(doc) then named, named_rows = without_heads(doc.text, named, named_rows) end
  local countries, places = { mentions(doc, "country") }, { mentions(doc, "place") }
  named, named_rows = not_foreign(doc.text, named, named_rows, countries)
  local told, told_rows, defined = orgs.find(doc, { named, named_rows }, countries, places)
  local covers = stretches.cover(named, told, countries[1], places[1])
  local lists = { { named, named_rows }, { told, told_rows }, { orgs.short(doc.text, defined) } }
  local forces, forces_rows = orgs.forces(doc.text, countries[1], countries[2])
  if forces[1] then lists[#lists + 1] = { forces, forces_rows } end
  for _, one in ipairs(orgs.programs(doc, covers)) do
    if one[1][1] then lists[#lists + 1] = one end
  end
  return stretches.joined(lists)
end

--- Places, but for those inside people's names, and those that are bodies as well or
-- an adjective in a body's name.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.place (doc)
  local positions, rows, names = mentions(doc, "place")
  local person, org = inside(doc, "person"), inside(doc, "org")
  positions, rows = only(positions, rows, names, function (first, last, _, row)
    local is, a, b = org(first, last)
    if person(first, last) then return false end
    return not (is and (row.form == "adjective" or a == first and b == last))
  end)
  local parts, at, part_rows = twins.find(doc)
  if parts then positions, rows = stretches.joined{ { positions, rows }, { at, part_rows } } end
  return with_short(doc, "place", positions, rows)
end

--- People.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.person (doc) return people.find(doc) end

return M
