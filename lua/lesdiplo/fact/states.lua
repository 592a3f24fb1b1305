--- For which state somebody acts: a body by its kind; a person by the country that the document
-- names with their office, by who is known to have led what, by the state whose release it is.
-- @module lesdiplo.fact.states
local home = require "lesdiplo.entity.home"
local terms = require "lesdiplo.grammar.terms"
local known_leaders = require "lesdiplo.entity.leaders"
local naming = require "lesdiplo.grammar.quote.mentions"
local titled = require "lesdiplo.fact.titled"
local _, native = ...
local facts, entity, grown = native.entities.facts, native.entities.entity, native.entities.grown
local fold = native.tokens.fold
local find, lower, match, sub = string.find, string.lower, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local ASKED = 3          -- questions that make a briefing
local OFFICE = 80        -- bytes between a name and the words of its office

-- Entities -----------------------------------------------------------------------------------

local kept, kept_at = {}, nil    -- by id, as far as was asked since entities were added

--- What there is to know of an entity: its kind, nil of one that nobody knows; the country that it
-- lies in.
local function known_of (id)
  if kept_at ~= grown() then kept, kept_at = {}, grown() end
  local of = kept[id]
  if not of then
    local found = entity(id)
    of = { kind = found and found.kind, country = nil }
    for _, fact in ipairs(found and found.facts or {}) do
      if fact[1] == "country" then of.country = of.country or fact[2] end
    end
    kept[id] = of
  end
  return of
end
M.known = known_of

-- Bodies -------------------------------------------------------------------------------------

local ministries = { ministry = true, agency = true, armed_force = true }
local state_of_body = {}

--- The state for which a body acts, or the body itself.
local function body (id)
  if state_of_body[id] == nil then
    local found, kind, of = entity(id), nil, nil
    for _, fact in ipairs(found and found.facts or {}) do
      if fact[1] == "kind" then kind = fact[2] elseif fact[1] == "of" then of = of or fact[2] end
    end
    state_of_body[id] = ministries[kind] and of or id
  end
  return state_of_body[id]
end
M.body = body

-- People ---------------------------------------------------------------------------------------

local home_rank = { minister = true, deputy_minister = true, official = true, envoy = true,
                    ambassador = true, diplomat = true, press = true, officer = true }
local rank_of, home_of = {}, {}

local function rank (role)
  if rank_of[role] == nil then
    rank_of[role] = false
    local found = entity(role)
    for _, fact in ipairs(found and found.facts or {}) do
      if fact[1] == "rank" then rank_of[role] = fact[2] end
      if fact[1] == "home" then home_of[role] = fact[2] end
    end
  end
  return rank_of[role]
end

--- The country whose an office is that is named with none: its own, the Secretary of State's;
-- of others that officials of a state have, the one that speaks, where `ours` says so.
function M.of_office (st, role, ours)
  local level = rank(role)
  return level and (home_of[role] or ours and home_rank[level] and st.author) or nil
end

local leaders

-- The state that a known leader led at a time; data/leaders.txt.
local function led (name, day)
  if not leaders then
    leaders = {}
    for _, row in ipairs(known_leaders.all()) do
      local who = fold(row.name)
      leaders[who] = leaders[who] or {}
      leaders[who][#leaders[who] + 1] = row
    end
  end
  name = fold(name)
  for _, one in ipairs(leaders[name] or leaders[match(name, "%S+$")] or {}) do
    if known_leaders.is_in_force(one, day) then return one.state end
  end
end

-- The words of a person's office, as they stand near their name.
local function wording (st, m)
  local list, text = st.ctx.list, st.text
  local i = naming.from(list, m.first - OFFICE)
  while list[i] and list[i].first <= m.last + OFFICE do
    if list[i].kind == "role" and list[i].id == m.row.role then
      return lower(sub(text, list[i].first, list[i].last))
    end
    i = i + 1
  end
  return ""
end

local secretaries

-- Has a state secretaries and no ministers: does it have an office of a minister's rank that
-- is its own, the Secretary of State?
local function has_secretaries (state)
  if not secretaries then
    secretaries = {}
    for _, fact in ipairs(facts "home") do
      if rank(fact[1]) == "minister" then secretaries[fact[3]] = true end
    end
  end
  return secretaries[state] == true
end

-- Is an office without a country one of the state whose release it is?
local function is_ours (st, m)
  if not st.home then return false end
  if home.titled(st.text, m.first - 1, st.home) then return true end
  if not home_rank[rank(m.row.role)] then return false end
  return not (has_secretaries(st.home) and find(wording(st, m), "minister", 1, true))
end

-- The country of somebody whose office stands behind another's of the same country: Norway's
-- Foreign Minister Berg and Trade Minister Dahl.
local function of_pair (st, m)
  if not m.row.role then return nil end
  local near = sub(st.text, m.first > OFFICE and m.first - OFFICE or 1, m.first - 1)
  if not find(near, " and ", 1, true) then return nil end             -- so of most
  local list = st.ctx.list
  local i = naming.from(list, m.first) - 1
  local office = list[i]
  if office and office.kind == "role" then i = i - 1 end
  local before = list[i]
  if not before or before.kind ~= "person" or not before.row.of or before.row.role == m.row.role
     or before.id == m.id or m.first - before.last > OFFICE then return nil end
  local next_one = office.kind == "role" and office or m
  local tie = sub(st.text, before.last + 1, next_one.first - 1)
  if not find(tie, "^,? and $") or is_ours(st, m) then return nil end
  local of = before.row.of
  return not (has_secretaries(of) and find(wording(st, m), "minister", 1, true)) and of or nil
end

-- Who answers the questions of nameless askers, a third of all that is said or more, or nil:
-- in a state's release its spokesperson.
local function answers (st)
  if st.answers == nil then
    local asked, all, said, most = 0, 0, {}, false
    for _, quote in ipairs(st.quotes.rows) do
      if quote.kind == "direct" then
        local by = quote.speaker
        all = all + 1
        if by then said[by] = (said[by] or 0) + 1 else asked = asked + 1 end
        if by and (not most or said[by] > said[most]) then most = by end
      end
    end
    st.answers = asked >= ASKED and most and 3 * said[most] >= all and most
  end
  return st.answers
end

--- The state for which a person acts, or the person.
---@param st table state of the document
---@param id string
---@return string
function M.of_person (st, id)
  local known = st.states[id]
  if known ~= nil then return known or id end
  st.states[id] = false
  local holds, name, part                -- part: a body of which nobody knows whose it is
  for _, m in ipairs(st.people[id] or {}) do
    local held = not terms.is_out(st.text, m.row, m.first, m.last)
    local of = held and (m.row.of or of_pair(st, m))
    if of and known_of(of).kind then
      st.states[id] = body(of)
      return st.states[id]
    end
    part = part or of
    holds = holds or held and m.row.role and m
    name = name or m.row.name
  end
  if not holds then
    st.states[id] = part or answers(st) == id and st.author or false
    return st.states[id] or id
  end
  local own = rank(holds.row.role) and home_of[holds.row.role]
  -- a bureau's secretary is the state's, an institute's director may be nobody's
  local free = part and rank(holds.row.role) == "official" and not find(holds.row.role, "secretary")
  local ours = not free and is_ours(st, holds)
  local state = name and (not own and titled.state(st, name) or led(name, st.today)) or own
                or ours and st.home or part
  st.states[id] = state or false
  return state or id
end

return M
