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
local nominative = require "lesdiplo.entity.nominative"
local terms = require "lesdiplo.grammar.terms"
local is_cyrillic = require "lesdiplo.entity.traits".is_cyrillic
local stretches = require "lesdiplo.entity.stretches"
local set = require "lesdiplo.util".words
local _, native = ...
local entity, facts = native.entities.entity, native.entities.facts
local grown = native.entities.grown
local at, before, between = around.at, around.before, around.between
local find, gmatch, match, sub = string.find, string.gmatch, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local STEPS_MOST = 8    -- from an office to a wider one; offices before one name
local SHORTLY = 300     -- bytes in which the last that was called an office is meant
local BACK = 40         -- bytes before an office in which its article and what that hangs on stand

-- Definite words before an office.
local definite = set [[the our his her their its le la l' l’ notre leur du au]]
-- Those that say it is somebody's of whom was spoken: perhaps not of whom an office was told.
local owned = set "his her their its leur notre our"
-- Words that go on with what somebody is, behind his name and a comma.
local goes_on = set [[a an un une former then now also and et acting who qui ancien ancienne
  as in currently long]]
-- Ranks of which a state has one: whose it is says who. It may have many officials.
local is_single = set [[head_of_state head_of_government deputy_head royal minister
  deputy_minister envoy ambassador]]
-- Ranks of whom many are spoken of: the President may be another state's.
local is_head = set "head_of_state head_of_government deputy_head royal"
-- Ranks that are a calling, which many follow.
local is_calling = set "academic press other"
-- What makes one the name of the post, or tells what somebody is.
local of_post = set [[office post position role title rank job function candidate election
  appointment poste fonction titre rôle]]
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

-- Where the last mention of a person before a place ends, of those that stand shortly
-- before it; or nil.
local function last_named (people, id, first)
  local i = people.seek(first) - 1
  while people.rows[i] and first - people.positions[2 * i] < SHORTLY do
    if people.rows[i].id == id then return people.positions[2 * i] end
    i = i - 1
  end
end

-- What is told of how somebody holds an office (terms.held); the then minister is who is spoken of.
local function is_held (people, row)
  local i = people.at[row]
  local kind = terms.of(people.text, row, people.positions[2 * i - 1], people.positions[2 * i])
  return kind ~= "then" and kind or nil
end

-- The only person who is said to hold an office, or to have held it: as `held` says; nil, or
-- "several".
local function holder (people, role, of, held)
  local found
  for _, row in ipairs(people.holders) do
    if is_under(row.role, role) and (of == nil or row.of == nil or row.of == of)
       and is_held(people, row) == held then
      if found and found.id ~= row.id then return "several" end
      if not found or row.of then found = row end
    end
  end
  return found
end

-- Is somebody named before a place?
local function is_named_before (people, id, first)
  if people.since[id] == nil then
    for i, row in ipairs(people.rows) do
      if row.id and people.since[row.id] == nil then
        people.since[row.id] = people.positions[2 * i - 1]
      end
    end
  end
  return people.since[id] ~= nil and people.since[id] < first
end

-- The only person who is said to hold an office, and is named before a place; false where
-- there are several, or it may be another state's: unless of both it is told of whom, they
-- stand close together. The President of a paper is not always the one that it names.
local function holder_of_text (people, role, of, first, held)
  local key = role .. " " .. (of or "") .. (held and " " .. held or "")
  if people.held[key] == nil then people.held[key] = holder(people, role, of, held) or "nobody" end
  local found = people.held[key]
  if found == "nobody" then return nil end
  if found == "several" then return false end
  local place = people.named[found.id] or last_named(people, found.id, first)
  local sure = of and found.of == of or place and first - place < SHORTLY
               or not is_head[rank[role]] and is_named_before(people, found.id, first)
  return sure and found
end

-- Places -----------------------------------------------------------------------------

-- From its end on, a text is looked through the sooner.
local LAST_WORD = "^.*%f[%a\x80-\xFF]()([%a\x80-\xFF]+['’]?) *$"

-- The word that ends before a byte, small; and where it begins.
local function word_before (text, first)
  local from = first > BACK and first - BACK or 1
  local start, word = match(sub(text, from, first - 1), LAST_WORD)
  return word and word:lower() or "", start and from + start - 1
end

-- Does what stands before an office say that one holder is meant? `of`: of whom.
local function is_meant (known, first, role, of)
  local text, start = known.plain, first
  local owner, owner_last = before(known, "country", first)
  if owner and find(between(known, owner_last, first), "^ *$") then
    start = owner                             -- the Norwegian minister
  end
  local word, place = word_before(text, start)
  local told = definite[word]
  local tie = told and word_before(text, place) or word
  if is_one[tie] then return false end
  local stop = (told and place or start) - 1
  local head = match(sub(text, stop > BACK and stop - BACK or 1, stop), "^(.*) of *$")
  local post = head and match(head, "[%a\x80-\xFF]+$")
  return not (post and of_post[post:lower()]) and (told or of ~= nil and is_single[rank[role]])
end

-- Is an office a country's name as well, or inside one: 南苏丹, South Sudan and sultan?
local function is_country (known, first, last)
  local _, b = at(known, "country", first)
  return b ~= nil and b >= last
end

-- Does a name go on behind: the Minister Counsellor, Foreign Minister and Deputy Prime
-- Minister Holm? Or does what stands before say whose office it is: Jan Holm, the minister?
local function is_beside (known, number, people, steps)
  local text, positions = known.text, known.role.positions
  local first, last, next_first = positions[2 * number - 1], positions[2 * number],
                                  positions[2 * number + 1]
  if (find(text, "^[ \u{A0}]+%u", last + 1) or find(text, "^ +\xD0[\x90-\xAF]", last + 1))
     and not at(known, "country", (find(text, "[^ \u{A0}]", last + 1))) then
    return true
  end
  if steps > 0 and next_first and next_first - last < BACK
     and find(between(known, last, next_first), "^ and $") then
    return people.taken[next_first] or is_beside(known, number + 1, people, steps - 1)
  end
  local i = people.seek(first)
  local name = people.positions[2 * i - 1]
  name = name and around.addressed(known, name)
  local gap = name and name > last and between(known, last, name)
  if gap and (find(gap, "^[^.;:!?\"\xE2()]*, [%a ]*$") or find(gap, "^ of %u[%a ]*$")) then
    return true                               -- the minister of Norway, Jan Holm
  end
  local stop, row = people.positions[2 * i - 2], people.rows[i - 1]
  if not stop or stop >= first or known.role.rows[number].id == "counterpart" then return false end
  gap = between(known, stop, first)
  local word = row.role_first and row.role_first < stop and match(gap, "^, ([^%s,]+)")
  if word and (not (definite[word] or goes_on[word]) or word == "a" and known.doc.lang == "fr") then
    return false                              -- the minister, Jan Holm, met the envoy
  end
  return find(gap, "^, [^.;:!?\n]*$") ~= nil
end

-- Is a text the plural of an office, as its Russian names tell? Other texts ask no entity.
local function is_plural (text, role)
  return find(text, is_cyrillic) and nominative.is_plural(text, entity(role).names)
end

-- Is one of the document's roles an office that belongs to no name?
local function stands_alone (known, number, people)
  local role = known.role.rows[number]
  local first, last = known.role.positions[2 * number - 1], known.role.positions[2 * number]
  return takes[role.id] and (role.id == "counterpart" or not is_calling[rank[role.id]])
         and role.form ~= "plural"
         and not people.taken[first] and not at(known, "org", first)
         and not is_plural(sub(known.text, first, last), role.id)
         and not is_country(known, first, last) and not is_beside(known, number, people, STEPS_MOST)
end

-- What is known of who is meant by an office that stands alone; nil where nobody is.
local function row_of (known, people, role, first, last)
  local of, to = around.of_and_to(known, first, last, role)
  local text = known.text
  local begin, held = terms.begin(text, first)
  if not is_meant(known, begin, role, of) then return nil end
  held = (held == "name" or held == "beside") and terms.held(text, begin, last)
         or terms.tells[held] and held or terms.held_behind(text, last)
  if held == "next" then return nil end
  local past = held == "former" and held or nil
  local row = { form = "role_only", role = role, of = of, to = to, held = past }
  local one = holder_of_text(people, role, of, first, past)
  local id = one == nil and not past and holder_of_rows(known.doc, role, of)
  local whose = word_before(known.plain, begin)
  if one and (to and to ~= one.to or not of and one.of and owned[whose]) then
    one = nil                             -- sent elsewhere, or another's
  end
  if one then
    row.id, row.name = one.id, one.name
    people.named[one.id] = last           -- by this one
  elseif id then
    local e = entity(id)
    row.id, row.name = id, e and e.names[1] and e.names[1].text
  end
  return row
end

-- What is known of the people that a document names.
local function people_of (text, positions, rows)
  local people = { text = text, positions = positions, rows = rows,
                   seek = stretches.walker(positions),
                   at = {},          -- the numbers of those in `holders`
                   taken = {},       -- where the offices of names begin
                   holders = {},     -- rows with an office, of each person, office and state one
                   held = {},        -- holder(), by office and state
                   since = {},       -- by id where somebody is named first
                   named = {} }      -- by id where the last office ends that meant somebody
  local seen = {}
  for i, row in ipairs(rows) do
    if row.role_first then people.taken[row.role_first] = true end
    local key = row.role and row.role .. " " .. row.id .. " " .. (row.of or "")
    if key and not seen[key] then
      seen[key] = true
      people.holders[#people.holders + 1], people.at[row] = row, i
    end
  end
  return people
end

-- Has a row an office? To be a member of something is none.
local function has_office (row)
  local role = row.role
  return role and role ~= "counterpart" and not find(role, "^member_of_")
end

-- A counterpart who is named has the office that was told with the name. `told` has those of
-- the rows before, by id.
local function has_told (told, row)
  local known = row.id and told[row.id]
  if known then row.role, row.of, row.to = known.role, known.of, known.to end
  return known ~= nil
end

-- Others have the office of who was told of before in the sentence: the foreign minister met
-- his Russian counterpart. Returns false where one stands alone and nobody with an office was
-- told of.
local function takes_office (known, positions, rows, i)
  local first = positions[2 * i - 1]
  for k = i - 1, 1, -1 do
    local gap = between(known, positions[2 * k], first)
    if #gap > SHORTLY or find(gap, "[.!?;][%s\u{A0}]+%u") then break end
    if has_office(rows[k]) then
      rows[i].role = rows[k].role
      return true
    end
  end
  return rows[i].form ~= "role_only"
end

--- Gives counterparts their offices; takes away those of whom none is told.
---@param known table
---@param positions integer[] the people of a document and offices that stand for them
---@param rows table[]
---@return integer[] positions
---@return table[] rows
function M.peers (known, positions, rows)
  local out, out_rows = stretches.room(#rows)
  local n, told = 0, {}
  for i, row in ipairs(rows) do
    if row.role ~= "counterpart" or has_told(told, row)
       or takes_office(known, positions, rows, i) then
      if row.id and has_office(row) and row.form == "name" then told[row.id] = row end
      n = n + 1
      out[2 * n - 1], out[2 * n], out_rows[n] = positions[2 * i - 1], positions[2 * i], row
    end
  end
  return out, out_rows
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
  local people = people_of(known.text, positions, rows)
  for i, role in ipairs(roles.rows) do
    local first, last = roles.positions[2 * i - 1], roles.positions[2 * i]
    local row = stands_alone(known, i, people) and row_of(known, people, role.id, first, last)
    if row then
      local n = #out_rows + 1
      out[2 * n - 1], out[2 * n], out_rows[n] = first, last, row
    end
  end
  return out, out_rows
end

return M
