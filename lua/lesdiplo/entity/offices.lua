--- Offices that stand for those who hold them: the foreign minister, Norway's ambassador.
--
-- An office counts where one holder is meant: behind an article that is definite, or
-- where it is told whose it is. It is that of a person if the document names one holder
-- alone, or, where it names none, if the rows of a table do, at its date:
--
--     corpus:entities{ { id = "jan-holm", kind = "person", name = "Jan Holm",
--                        holds = "foreign_minister NOR (2021-10..2024); mayor (2016..2019)" } }
--
-- Otherwise nobody is named.
-- @module lesdiplo.entity.offices
local around = require "lesdiplo.entity.around"
local walker = require "lesdiplo.entity.stretches".walker
local _, native = ...
local entity, facts, grown = native.entities.entity, native.entities.facts, native.entities.grown
local at, before, between = around.at, around.before, around.between
local find, gmatch, ipairs, match, sub = string.find, string.gmatch, ipairs, string.match, string.sub
_ENV = nil
local M = {}

local STEPS_MOST = 8    -- from an office to a wider one
local SHORTLY = 500     -- bytes in which the last that was called an office is meant
local BACK = 40         -- bytes before an office in which its article and what that hangs on stand

local function set (words)
  local out = {}
  for word in gmatch(words, "%S+") do out[word] = true end
  return out
end

-- Definite words before an office.
local definite = set [[the our his her their its le la l' l’ notre leur du au]]
-- Ranks of which a state has one: whose it is says who. It may have many officials.
local is_single = set [[head_of_state head_of_government deputy_head royal minister deputy_minister
  envoy ambassador]]
-- What makes one the name of the post, or tells what somebody is.
local of_post = set [[office post position role title rank job function candidate election appointment
  poste fonction titre rôle]]
local is_one = set [[is was are were be been being as became become becomes remains appointed named
  elected est était comme devient devenu nommé élu]]

-- Rows -------------------------------------------------------------------------------

-- Offices, which are of a country or a body, or are sent to one; and who holds which,
-- as tables tell.
local takes, wider, rank, holders, read_at

local function read_holders (id, text)
  for one in gmatch(text, "[^;]+") do
    local role, rest = match(one, "^%s*([^%s;()]+)%s*(.-)%s*$")
    local of = role and match(rest, "^([^%s()]+)")
    local from, to = match(rest, "%(([%d-]*)%.%.([%d-]*)%)$")
    if role then
      holders[role] = holders[role] or {}
      holders[role][#holders[role] + 1] = { id = id, of = of, from = from or "", to = to or "" }
    end
  end
end

local function read ()
  takes, wider, rank, holders, read_at = {}, {}, {}, {}, grown()
  for _, fact in ipairs(facts "takes") do takes[fact[1]] = true end
  for _, fact in ipairs(facts "under") do wider[fact[1]] = fact[3] end
  for _, fact in ipairs(facts "rank") do rank[fact[1]] = fact[3] end
  for _, fact in ipairs(facts "holds") do
    if fact[2] == "person" then read_holders(fact[1], fact[3]) end
  end
end

-- Does a date lie in the stretch of a row? Of two dates as much counts as both tell.
local function is_in_force (one, date)
  local function cut (a) return sub(date, 1, #a), sub(a, 1, #date) end
  local day, from = cut(one.from)
  local last, to = cut(one.to)
  return day >= from and last <= to
end

-- The one that holds an office at a document's date, or nil.
local function holder_of_rows (doc, role, of)
  local found
  for _, one in ipairs(doc.date and holders[role] or {}) do
    if one.of == of and is_in_force(one, doc.date) then
      if found and found ~= one.id then return nil end
      found = one.id
    end
  end
  return found
end

-- Holders a document names -----------------------------------------------------------------

-- Is an office of one kind: a secretary of state a secretary?
local function is_under (role, kind)
  local steps = 0
  while role and role ~= kind and steps < STEPS_MOST do
    role, steps = wider[role], steps + 1
  end
  return role == kind
end

-- The only person who is said to hold an office, and is named before a place; false where
-- there are several, or it may be another state's. Of whom it is, one of both has to
-- say, or they stand close together.
local function holder_of_text (people, role, of, first)
  local found, place
  for i, row in ipairs(people.rows) do
    local last = people.positions[2 * i]
    if row.role and is_under(row.role, role) and (of == nil or row.of == nil or row.of == of) then
      if found and found.id ~= row.id then return false end
      if last < first then place = last end
      found = found or row
    end
  end
  if not found then return nil end
  place = people.named[found.id] or place
  local sure = found.of and (of or place) or place and first - place < SHORTLY
  return sure and found
end

-- Places -----------------------------------------------------------------------------

-- The word that ends before a byte, small; and where it begins.
local function word_before (text, first)
  local from = first > BACK and first - BACK or 1
  local start, word = match(sub(text, from, first - 1), "()([%a\x80-\xFF]+['’]?) *$")
  return word and word:lower() or "", start and from + start - 1
end

-- Does what stands before an office say that one holder is meant? `of`: of whom.
local function is_meant (known, first, role, of)
  local text, start = known.text, first
  local _, stop = before(known, "country", first)
  if stop and find(between(known, stop, first), "^ *$") then     -- the Norwegian minister
    start = before(known, "country", first)
  end
  local word, place = word_before(text, start)
  local told = definite[word]
  local tie = told and word_before(text, place) or word
  if is_one[tie] then return false end
  local stop = (told and place or start) - 1
  local post = match(sub(text, stop > BACK and stop - BACK or 1, stop), "([%a\x80-\xFF]+) of *$")
  return not (post and of_post[post:lower()]) and (told or of ~= nil and is_single[rank[role]])
end

-- Is an office a country's name as well: 苏丹, Sudan and sultan?
local function is_country (known, first, last)
  local a, b = at(known, "country", first)
  return a == first and b >= last
end

-- Does a name go on behind: the Minister Counsellor? Or does what stands before say whose
-- office it is: Jan Holm, the minister?
local function is_beside (known, first, last, people)
  local text = known.text
  if find(text, "^[ \u{A0}]+%u", last + 1) or find(text, "^ +\xD0[\x90-\xAF]", last + 1) then
    return not at(known, "country", last + 2) and not at(known, "org", last + 2)
  end
  local i = people.seek(first)
  local name = people.positions[2 * i - 1]
  name = name and around.addressed(known, name)
  if name and name > last and find(between(known, last, name), "^[^.;:!?\"“”()]*, [%a ]*$") then
    return true                               -- the minister of Norway, Jan Holm
  end
  local stop = people.positions[2 * i - 2]
  return stop ~= nil and stop < first and find(between(known, stop, first), "^, ") ~= nil
end

--- The offices of a document that stand for a person.
---@param known table see lesdiplo.entity.around
---@param positions integer[] the people that it names
---@param rows table[]
---@return integer[] positions
---@return table[] rows
function M.find (known, positions, rows)
  if read_at ~= grown() then read() end
  local roles, out, out_rows = known.role, {}, {}
  local people = { positions = positions, rows = rows, named = {}, seek = walker(positions) }
  local taken = {}
  for _, row in ipairs(rows) do
    if row.role_first then taken[row.role_first] = true end
  end
  for i, role in ipairs(roles.rows) do
    local first, last = roles.positions[2 * i - 1], roles.positions[2 * i]
    if takes[role.id] and role.form ~= "plural" and not taken[first]
       and not at(known, "org", first) and not is_country(known, first, last)
       and not is_beside(known, first, last, people) then
      local of, to = around.of_and_to(known, first, last, role.id)
      if is_meant(known, first, role.id, of) then
        local row = { form = "role_only", role = role.id, of = of, to = to }
        local one = holder_of_text(people, role.id, of, first)
        local id = one == nil and holder_of_rows(known.doc, role.id, of)
        if one then
          row.id, row.name = one.id, one.name
          people.named[one.id] = last           -- by this one
        elseif id then
          local e = entity(id)
          row.id, row.name = id, e and e.names[1] and e.names[1].text
        end
        local n = #out_rows + 1
        out[2 * n - 1], out[2 * n], out_rows[n] = first, last, row
      end
    end
  end
  return out, out_rows
end

return M
