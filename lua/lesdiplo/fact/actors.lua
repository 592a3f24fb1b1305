--- Who acts: from the words of a clause to states, bodies and people.
--
-- A country is itself. A person acts for the state of their office: the one that the
-- document names with it, else, in a state's own release, that state for its
-- officials. A ministry acts for its state. "we" is who speaks; "it", "its" and "they"
-- take up the last subject; "the two sides" are the pair that was last named.
-- An official without a country is one of the country that the document comes from, where
-- that country has such an office (states.lua). What cannot be told stays open.
-- @module lesdiplo.fact.actors
local naming = require "lesdiplo.grammar.quote.mentions"
local speakers = require "lesdiplo.grammar.quote.speakers"
local speech = require "lesdiplo.grammar.quote.cues"
local authors = require "lesdiplo.fact.authors"
local ids = require "lesdiplo.fact.ids"
local items = require "lesdiplo.fact.items"
local pronouns = require "lesdiplo.fact.pronouns"
local states = require "lesdiplo.fact.states"
local unlisted = require "lesdiplo.fact.unlisted"
local words = require "lesdiplo.fact.words"
local _, native = ...
local stretches, room = native.layers.stretches, native.layers.room
local find, gmatch, gsub = string.find, string.gmatch, string.gsub
local match = string.match
local bytes = items.bytes
local many, selves, ships, things = pronouns.many, pronouns.selves, pronouns.ships, pronouns.things
local ipairs, require, tonumber = ipairs, require, tonumber
_ENV = nil
local M = {}

local SINCE = 4          -- sentences in which what a main clause tells of a group stands
local NAMED = 12         -- names in which a country is looked for that is only described

-- Mentions ------------------------------------------------------------------------------

local class_of = { person = "A", org = "A", country = "A", role = "R", date = "T", place = "L" }

-- What a sentence may tell by somebody who is named: a forum with its place and day took place.
local SOMEBODY, FORUM = words.SOMEBODY, words.SOMEBODY | words.ACT

local may_act = { country = true, org = true, place = true }

--- Of what a document names that which is inside nothing else, and where it stands: first, last,
-- first ... The states and bodies inside are kept as `inner`. Of several mentions that stand for
-- the same words the first one counts (grammar.quote.mentions has the order).
---@param all table of grammar.quote.mentions.merge
---@return table[] mentions
---@return integer[] places
function M.outermost (all)
  local firsts, which, numbers, layers = all.firsts, all.which, all.numbers, all.layers
  local places, out = room(#which)
  local reached, n = 0, 0
  for k = 1, #which do
    local of, i, first = layers[which[k]], numbers[k], firsts[k]
    local kind, row = of.kind, of.rows[i]
    local class = class_of[kind]
    if class == "L" and row.kind == "continent" then class = "A" end
    if first > reached then
      local tells = row.kind == "forum" and FORUM or SOMEBODY
      if class == "T" or class == "L" then tells = 0 end
      n, reached = n + 1, of.positions[2 * i]
      out[n] = { kind = kind, first = first, last = reached, id = row.id, row = row, c = class,
                 tells = tells, inner = nil }
      places[2 * n - 1], places[2 * n] = first, reached
    elseif class == "A" and may_act[kind] then
      local outer = out[n]
      local inner = outer.inner
      if inner then inner[#inner + 1] = row.id else outer.inner = { row.id } end
    end
  end
  return out, places
end

-- Ids ---------------------------------------------------------------------------------------

local function put_one (out, id, st)
  if st.people[id] then
    ids.add_person(out, id)
    id = states.of_person(st, id)
  end
  ids.add(out, id)
end

local function put (out, id, st)
  if not find(id, "+", 1, true) then return put_one(out, id, st) end
  for one in gmatch(id, "[^+]+") do put_one(out, one, st) end
end

-- Bodies -------------------------------------------------------------------------------------

local no_party = { treaty = true, initiative = true }
local of_a_state = { organ = true, agency = true, ministry = true, military = true,
                     parliament = true, court = true }

-- Whom an organisation's mention stands for: papers are nobody; a body that the text
-- names after its state (Saudi Space Commission) is that state; a forum, when it is not
-- the one that acts, those in its name as well (U.S.-EU Consultations).
local function put_org (st, out, m, acts)
  local kind, inner = m.row.kind, m.inner or ids.none
  if no_party[kind] then
    for _, id in ipairs(inner) do put_one(out, id, st) end
  elseif of_a_state[kind] and inner[1] and not states.known(m.id).kind then
    put_one(out, inner[1], st)
  else
    put_one(out, states.body(m.id), st)
    if kind == "forum" and not acts then
      for _, id in ipairs(inner) do put_one(out, id, st) end
    end
  end
end

--- Is somebody a state's body that no table knows? Then who speaks for it acts for the state.
function M.is_unknown_part (m)
  return m and m.kind == "org" and of_a_state[m.row.kind] and not m.inner
         and not states.known(m.id).kind or false
end

-- The quotes of a document, in order; `outer` is the number of the last one before that still
-- goes on where one begins, 0 of none.
local function quotes_of (doc)
  local positions, rows = stretches(doc, "quote")
  local firsts, outer, around = {}, {}, 0
  for i = 1, #rows do
    firsts[i] = positions[2 * i - 1]
    while around > 0 and positions[2 * around] < firsts[i] do around = outer[around] end
    outer[i], around = around, i
  end
  return { firsts = firsts, positions = positions, outer = outer, rows = rows }
end

--- Makes ready what is known of a document.
---@param doc Doc
---@param sentences table with firsts
---@return table state
function M.new (doc, sentences)
  local x = speech.of(doc.lang or "en") or speech.none
  local text = doc.text
  local all = naming.all(doc, #naming.kinds)
  local st = { doc = doc, text = text, ctx = naming.new(doc, sentences, x, all), x = x,
               states = {}, people = {}, last = {}, alone = {}, titled = {},
               at_sentence = 0, group_told = -SINCE, unlisted = unlisted.new() }
  st.mentions, st.places = M.outermost(all)
  for i = 1, #st.mentions do
    local m = st.mentions[i]
    if m.kind == "person" then
      local same = st.people[m.id]
      if same then same[#same + 1] = m else st.people[m.id] = { m } end
      local title = m.row.role_first
      if title and title < m.first then st.titled[title] = m.id end
    end
  end
  authors.read(st)
  st.today = doc.meta.dateline_date or doc.date
  st.quotes = quotes_of(doc)
  local several = st.voice and find(st.voice, "+", 1, true)
  if several and st.author and not M.parties(st, st.voice)[st.author] then
    st.voice = st.author .. "+" .. st.voice                       -- it is on their site
  end
  return st
end

--- The country that a place lies in, or nil.
function M.country_of (id) return states.known(id).country end

--- The innermost quote around a place, as its span has it, or nil.
function M.quote_at (st, at)
  local quotes = st.quotes
  local i = naming.from(quotes, at + 1) - 1
  while i >= 1 and quotes.positions[2 * i] < at do i = quotes.outer[i] end
  return i >= 1 and quotes.rows[i] or nil
end

--- The states or bodies of an id that speakers or mentions give; "a+b" are two.
---@return table ids, an array and a set; people, an array
function M.parties (st, id)
  local out = ids.new()
  if id then put(out, id, st) end
  return out
end

--- Likewise the same list each time that a document means them: not the caller's to change.
---@param id string?
---@return table ids
function M.alone (st, id)
  if not id then return ids.none end
  local out = st.alone[id]
  if not out then
    out = M.parties(st, id)
    st.alone[id] = out
  end
  return out
end

local function copy (out, from, st)
  for _, id in ipairs(from or ids.none) do put_one(out, id, st) end
  for _, id in ipairs(from and from.people or ids.none) do put_one(out, id, st) end
end

-- Is there a continent among some parties?
local function has_continent (list)
  for _, id in ipairs(list) do
    if find(id, "^%l+$") and states.known(id).kind == "place" then return true end
  end
  return false
end

local leads = { main = true, coord = true, resumed = true }

--- Remembers who did something together, for "they" and "the two sides" behind it: a continent
-- is none of these (the steps that Norway and Africa take) where others did before. What stands
-- below a main clause does not displace whom one told of in the last SINCE sentences.
function M.remember (st, list, clause)
  local told = leads[clause.kind]
  if not told and st.group and st.at_sentence - st.group_told <= SINCE then return end
  if told then st.group_told = st.at_sentence end
  if not st.group or has_continent(st.group) or not has_continent(list) then st.group = list end
end

--- Who says "we" at a place.
---@return string? id
local function self_at (st, at)
  local quote = M.quote_at(st, at)
  if quote and quote.kind ~= "indirect" then return quote.speaker end
  return st.voice
end
M.self_at = self_at

--- Of whom a state's own paper speaks: the other country that it names more often than any
-- other, and not once only; nobody where that is not one. What it does with nobody who is named,
-- our cooperation, it does with that one.
---@return table ids
function M.partner (st)
  if st.partner then return st.partner end
  local count, most, tied = {}, nil, false
  for _, m in ipairs(st.mentions) do
    if m.kind == "country" and m.id ~= st.author then count[m.id] = (count[m.id] or 0) + 1 end
  end
  for _, m in ipairs(st.mentions) do
    local n = m.kind == "country" and count[m.id]
    if n and (not most or n > count[most]) then most, tied = m.id, false
    elseif n and m.id ~= most and n == count[most] then tied = true
    end
  end
  st.partner = most and not tied and count[most] > 1 and ids.of(most) or ids.none
  return st.partner
end

-- The subject of the clause behind the one at whose head "they" stands. (Subjects are made of
-- actors: the module is asked for when it is there.)
local function ahead (st, s, i)
  local subject = require "lesdiplo.fact.subjects".subject
  for k = 1, s.opened do
    local clause = s.clauses[k]
    if clause.first > i and clause.finite and clause.kind == "main" then
      return subject(st, s, clause)
    end
  end
end

local function pronoun (st, out, s, i, own)
  local form = s.e[i].form
  local from, to = pronouns.given_cause(s, i)
  if from and (many[form] or from == to) and not selves[form] then
    for k = from, to do
      if s.c[k] == "A" then put(out, s.m[k].id, st) end
    end
    return
  end
  local owner = many[form] or things[form]
  owner = owner and pronouns.owner_beside(s, i)
  if owner then
    put(out, s.m[owner].id, st)
  elseif selves[form] then
    local id = self_at(st, (bytes(s, i)))
    if id then put(out, id, st) end
    if out[1] and pronouns.of_both(s, i) then
      local both = st.group or st.pair
      local alone = out[1] == st.author and not M.quote_at(st, (bytes(s, i)))
      both = both and both[out[1]] and both or alone and M.partner(st) or ids.none
      for _, one in ipairs(both) do put(out, one, st) end
    end
  elseif things[form] then
    local other = pronouns.other_than_we(s, i, st.author)
    if other then put(out, other, st)
    else copy(out, own and #own == 1 and own or st.single, st) end
  elseif many[form] then
    local people = st.plural and st.at_sentence - st.plural_at <= 1 and st.plural
    local same = form ~= "them" and own and #own > 0 and own
    copy(out, same or people or st.group or ahead(st, s, i), st)
  elseif ships[form] and st.single and states.known(st.single[1]).kind == "country"
         and not naming.is_she(st.ctx) and not pronouns.names_somebody(s, i) then
    copy(out, st.single, st)                        -- Lesotho and her neighbours
  else
    local gender = (form == "his" or form == "him") and "he" or form == "her" and "she" or form
    local first, last = bytes(s, i)
    local quote = M.quote_at(st, first)
    st.ctx.self = quote and quote.kind == "direct" and quote.speaker or nil
    local who = speakers.id(st.ctx, first, last, gender)
    if who then put(out, who, st) end
  end
end

-- The item of the state whose office it is, or of the first of those whose offices they
-- are: the president OF MALTA, the ministers of Malta, Cyprus and Oman; nil where none is.
local function owner_of (s, i)
  if items.form(s, i + 1) ~= "of" then return nil end
  local k = s.c[i + 2] == "d" and i + 3 or i + 2
  return s.c[k] == "A" and k or nil
end

-- The next in a list behind a name, or nil.
local function next_owner (s, i)
  local k = i + 1
  while s.c[k] == "," or s.c[k] == "&" do k = k + 1 end
  if k == i + 1 then return nil end
  if s.c[k] == "d" then k = k + 1 end
  return s.c[k] == "A" and k or nil
end

-- Adds those whose offices they are.
local function owners (st, out, s, i, own, acts)
  while i do
    M.resolve(st, out, s, i, own, acts)
    i = next_owner(s, i)
  end
end

-- Is an envoy of whom was spoken sent elsewhere than the one at an item: its ambassador
-- TO MALI?
local function is_elsewhere (st, s, i, id)
  local to = items.form(s, i + 1) == "to" and s.c[i + 2] == "A" and s.m[i + 2]
  local elsewhere = false
  for _, m in ipairs(to and st.people[id] or {}) do
    if m.row.to == to.id then return false end
    elsewhere = elsewhere or m.row.to ~= nil
  end
  return elsewhere
end

local function office (st, out, s, i)
  local first, last = bytes(s, i)
  local d = s.c[i - 1]
  if d == "d" then first = bytes(s, s.c[i - 2] == "d" and i - 2 or i - 1) end
  local who, role = speakers.id(st.ctx, first, last), s.m[i].id
  local home = states.of_office(st, role, d == "d")
  local known = who and not is_elsewhere(st, s, i, who)
  if known then put(out, who, st) elseif home then put(out, home, st) end
end

local told_group = { the = true, two = true, both = true, our = true, their = true }

--- Adds to `out` those who were last named together.
function M.group (st, out, at)
  if st.group then
    copy(out, st.group, st)
  elseif st.pair then
    copy(out, st.pair, st)
  else
    local who = speakers.id(st.ctx, at, at, "the two sides")
    if who then put(out, who, st) end
  end
  return out
end

local nations = { country = true, nation = true, kingdom = true, state = true, republic = true }

-- Does a continent only say which country is meant: the southern African nation? (Sentences of
-- other languages have no n.)
local function describes (s, i) return i < (s.n or 0) and nations[items.word(s, i + 1)] == true end

-- The country last named before such words, other than whose act it is.
local function described_country (st, out, s, i, own)
  local list = st.mentions
  local last = naming.from(list, (bytes(s, i))) - 1
  for k = last, last > NAMED and last - NAMED or 1, -1 do
    local m = list[k]
    if m.kind == "country" and not (own and own[m.id]) then return put(out, m.id, st) end
  end
end

--- Adds to `out` who an item is. `own` is the subject of its clause, which "its" takes
-- up; `acts` says that the item is a subject itself.
function M.resolve (st, out, s, i, own, acts)
  local class, m = s.c[i], s.m[i]
  if class == "A" then
    local kind = m.kind
    if kind == "org" then put_org(st, out, m, acts)
    elseif kind == "place" and describes(s, i) then described_country(st, out, s, i, own)
    else put_one(out, m.id, st)
    end
  elseif class == "G" then
    if items.form(s, i + 1) == "of" then
      owners(st, out, s, owner_of(s, i), own, acts)
    elseif told_group[items.form(s, i - 1)] then
      M.group(st, out, (bytes(s, i)))
    end
  elseif class == "R" then
    local owner = owner_of(s, i)
    local holder = owner and st.titled[(bytes(s, i))]       -- the envoy of Oman, Said Ali
    if holder then
      put(out, holder, st)
    elseif owner then
      M.resolve(st, out, s, owner, own, acts)
    elseif s.c[i + 1] ~= "A" and not (s.c[i - 1] == "A" and s.m[i - 1].kind == "country") then
      office(st, out, s, i)
    end
  elseif class == "Y" then
    if st.author and s.c[i - 1] == "d" then put(out, st.author, st) end
  elseif class == "q" or class == "o" then
    pronoun(st, out, s, i, own)
  end
  return out
end

--- Parties without people for whose state nothing is known.
---@return table ids
function M.states (st, all)
  local out = { people = all.people }
  for _, id in ipairs(all) do
    if not st.people[id] then ids.add(out, id) end
  end
  return out
end

--- Those in the name of a forum: Russia–Africa Summit.
function M.of_forum (st, s, i)
  local out = ids.new()
  for _, id in ipairs(s.m[i].inner or {}) do put(out, id, st) end
  return out
end

--- Those whose relations a document is about by its title, or nobody.
---@return table ids
function M.pair (st)
  local out = ids.new()
  copy(out, st.pair, st)
  return out
end

--- A year of a date's value, or nil.
function M.year (value) return tonumber(match(gsub(value or "", "^%.%./", ""), "^(%d%d%d%d)")) end

return M
