--- Who did it and whom it concerns: the two sides of the act that a verb tells.
--
-- Its subject, and what stands behind it, as object or tied by a preposition; a passive turns
-- them. Nothing is guessed. Those of a noun are in noun_sides.lua.
-- @module lesdiplo.fact.sides
local actors = require "lesdiplo.fact.actors"
local clauses = require "lesdiplo.fact.clauses"
local ids = require "lesdiplo.fact.ids"
local items = require "lesdiplo.fact.items"
local operators = require "lesdiplo.fact.operators"
local subjects = require "lesdiplo.fact.subjects"
local form, resolve, governor, party = items.form, actors.resolve, clauses.governor, clauses.party
local gmatch = string.gmatch
_ENV = nil
local M = {}

local SINCE = 4          -- sentences in which a meeting is remembered
local NEAR = 4           -- items behind a verb in which stands whose its object is

-- Classes of items that are somebody who may act.
local is_party = items.classes "ARqGYo"

-- Prepositions that tie a side.
local tying = {}
for word in gmatch("with to from against between on for of toward towards in by at among "
                   .. "regarding about over", "%a+") do
  tying[word] = true
end

-- A list with whom an item stands for: that of nobody is one for all.
local function added (st, list, s, i, own)
  return resolve(st, list == ids.none and ids.new() or list, s, i, own)
end

-- Where something happens is no side of it: held talks in Africa.
local function is_scene (s, i, preposition)
  return s.m[i] and s.m[i].kind == "place"
         and (preposition == "in" or preposition == "at" or preposition == "across")
end

-- Verbs -----------------------------------------------------------------------------

local remote = {}
for word in gmatch("face light view wake response spite violation context connection accordance "
                   .. "aftermath absence course event case midst", "%S+") do
  remote[word] = true
end

-- Does a preposition only say what was the matter: in the face of, in response to?
local function is_remote (s, p, tie)
  if tie == "to" then return p > 1 and items.word(s, p - 1) == "response" end
  if tie ~= "in" or p >= s.n then return false end
  return remote[items.word(s, s.c[p + 1] == "d" and p + 1 < s.n and p + 2 or p + 1)] == true
end

local several = items.classes "GRA"

-- "Including" at p names some of those before it: what ties THEM to a verb, or the verb where
-- nothing does (leaders of five states, including Chad); nil where it names no parties.
local function including (s, verb, p)
  local k = s.c[p - 1] == "," and p - 2 or p - 1
  if k <= verb or not several[s.c[k]] then return nil end
  return governor(s, verb + 1, k + 1) or verb
end

local whither = { to = true, ["in"] = true, at = true, into = true }
local within = { from = true, ["in"] = true, at = true, to = true }

local of_list = items.classes "dARG&,s"

-- Does "with" behind a comma tell what others do by it: was adopted, WITH Chad and Mali abstaining?
local function is_absolute (s, p)
  if p < 2 or s.c[p - 1] ~= "," then return false end
  local k = p + 1
  while of_list[s.c[k]] do k = k + 1 end
  return k <= s.n and s.e[k].tense == "ing"
end

-- Does a preposition at p, or none, tie a side of the act of a verb? What two do together has
-- nobody for its topic: met on Mali; discussed Mali; but: with officials from Mali.
local function ties (s, frame, verb, p)
  local tie, act = p and form(s, p), frame.act
  if tie == "including" then
    p = including(s, verb, p)
    if not p then return false end
    if p == verb then p, tie = nil, nil else tie = form(s, p) end
  end
  if p and is_remote(s, p, tie) then return false end
  if tie and frame.next and frame.next[tie] then return true end
  if act.type == "visit" then return not tie or whither[tie] end
  if act.type == "congratulate" and tie == "on" then return false end
  if act.id == "extradite" then return tie == "to" end
  if tie == "with" and is_absolute(s, p) then return false end
  if not act.both then return not tie or tying[tie] end
  if tie and within[tie] and s.c[p - 1] ~= "A" then
    local outer = governor(s, verb + 1, p - 1)
    if outer then tie = form(s, outer) end
  end
  return tie == "with" or tie == "between" or not tie and not act.topic
end

local thing = items.classes "xXNUVI"

-- Does a preposition at p belong to something of those who were named at an item before: thanked
-- Chad for its help | to Mali?
local function is_of_theirs (s, named, p)
  for k = named + 1, p - 1 do
    if s.c[k] == "o" and thing[s.c[k + 1]] then return true end
  end
  return false
end

-- Acts by which what somebody did is judged: condemned the attack BY Chad.
local judged = { criticise = true, reject = true, praise = true }

-- The parties behind a verb, up to an item: its objects and what prepositions tie; and
-- those that "by" ties to a participle.
local function behind_verb (st, s, clause, frame, own, last)
  local out, by, behind = ids.none, ids.none, clause.verb + 1
  local i, p = party(s, behind, behind, last)
  local named                                  -- the first of those that the verb takes
  while i do
    local tie = p and form(s, p)
    local apart = p and named and is_of_theirs(s, named, p)
    if tie == "by" and clause.passive then
      if not apart then by = added(st, by, s, i, own) end
    elseif tie == "by" and not (frame.next and frame.next.by) then
      if judged[frame.act.type] and not named then out = added(st, out, s, i, own) end
    elseif not apart and ties(s, frame, clause.verb, p) and not is_scene(s, i, tie) then
      out = added(st, out, s, i, own)
      named = named or i
    end
    i, p = party(s, behind, i + 1, last)
  end
  return out, by
end

-- Who acts where the subject is a thing: all that its phrase names (our ties with
-- Oman began); whose the thing is that the verb takes (reaffirm Ghana's commitment).
local function told_before (st, s, clause, frame, own)
  local out = ids.none
  local first, last = clause.first, clause.verb - 1
  if not frame.before then first, last = clause.verb + 1, clause.verb + NEAR
  elseif clause.kind == "rel" and clause.up then first = clause.up.first     -- which closed
  end
  for i = first, last < s.n and last or s.n do
    if is_party[s.c[i]] and (frame.before or s.c[i + 1] == "s" or s.c[i + 1] == "N") then
      out = added(st, out, s, i, own)
    end
  end
  return #out > 0 and out or own
end

-- Does "of" stand before an item, an article between or not?
local function is_of (s, i)
  return form(s, i - 1) == "of" or s.c[i - 1] == "d" and form(s, i - 2) == "of"
end

-- Acts upon what is one's own: the Irish embassy was closed, the French envoy was recalled.
local attributed = items.classes "xXNUR"
local upon_own = { open_embassy = true, close_embassy = true, recall = true }

-- Is somebody named as whose a thing is: the embassy of Finland, Finland's embassy?
local function is_owner (s, i)
  return is_of(s, i) or s.c[i + 1] == "s" or attributed[s.c[i + 1]] == true
end

-- Whose a thing is that a passive verb has for its subject, and whom else its phrase
-- names: the embassy of Finland in Nepal was opened.
local function of_thing (st, s, clause, act, own)
  local whose, whom = ids.none, ids.none
  for i = clause.first, clause.group - 1 do
    if is_party[s.c[i]] then
      local owns = is_of(s, i) or s.c[i + 1] == "s" or s.c[i] == "o"
                   or upon_own[act.type] and attributed[s.c[i + 1]]
      local free = not governor(s, clause.first, i)
      if free and owns then whose = added(st, whose, s, i, own)
      else whom = added(st, whom, s, i, own) end
    end
  end
  return whose, whom
end

local function passive_sides (st, s, clause, act, filler, own, others, by)
  if clause.reduced or act.type == "host_event" then return by, others end    -- not the forum
  if not filler or filler > clause.verb then return by, ids.joined(own, others) end
  local whose, whom = of_thing(st, s, clause, act, own)
  if act.id == "summon" and s.c[filler] == "R" then     -- their envoy to Chad; to Chad's ministry
    local by_whom = #by > 0 and by or #others > 0 and others or whom
    if #whose == 0 then return #by > 0 and by or others, whom end
    return ids.less(by_whom, whose), whose
  end
  if #by > 0 then return by, ids.joined(whose, whom, others) end
  return whose, ids.joined(whom, others)
end

-- A mutual act whose parties stand in one list has the first on one side.
local function shared_out (act, source, target)
  if act.both and #target == 0 and #source > 1 then return ids.split(source) end
  if act.both and #source == 0 and #target > 1 then return ids.split(target) end
  return source, target
end

-- Those of some parties who took part in a meeting, or nil; and who else did.
local function others_there (before, parties)
  for k = 1, #parties do
    if not before.source[parties[k]] and not before.target[parties[k]] then return nil end
  end
  return ids.less(ids.joined(before.source, before.target), parties)
end

-- With whom a topic was discussed: on the occasion that the sentence tells of (works with Oman
-- to negotiate a truce), or one before it (met Oman's envoy. They discussed trade).
local function with_whom (st, clause, source, own)
  local up = clause.up
  while up and not (up.found and up.found.act and up.found.act.both) do up = up.up end
  if up and clause.kind == "inf" then return up.found.source, ids.less(up.found.target, own) end
  local before = st.last.meet
  local others = before and #source > 0 and st.at_sentence - before.sentence <= SINCE
                 and others_there(before, source)
  return source, others or ids.none
end

-- Acts of which a history of two countries' relations need not say whose they are.
local between_them = { establish_relations = true, resume_relations = true, sever_relations = true,
                       sign_agreement = true }

local ties_of = { establish_relations = true, resume_relations = true, sever_relations = true }

-- With whom ties are cut that have no other side, where "and" ties that to what was done to one:
-- accused Chad and severed ties.
local function with_same (clause, act, target)
  local before = clause.kind == "coord" and clause.up and clause.up.found
  if #target > 0 or not before or not ties_of[act.type] then return target end
  return #before.target == 1 and before.target or target
end

-- For whom somebody acted who is named with no state: Anna Berg signed for Norway, spoke on
-- behalf of Norway.
local function on_behalf (st, s, clause, act, source, own)
  if #own ~= 1 or not own.people[1] then return source end
  local out
  for i = clause.verb + 1, clause.last do
    local p = is_party[s.c[i]] and governor(s, clause.verb + 1, i)
    if p and (act.id == "sign" and form(s, p) == "for"
              or form(s, p) == "on" and items.word(s, p + 1) == "behalf") then
      out = resolve(st, out or { people = own.people }, s, i, own)
    end
  end
  return out or source
end

-- Does somebody of whom no state is known do it WITH those who are named: an envoy met with Oman
-- and Chad? Those did nothing with each other.
local function is_others (s, clause)
  if not clause.finite or clause.passive then return false end
  for i = clause.verb + 1, clause.last do
    if form(s, i) == "with" then return true end
  end
  return false
end

-- Verbs of those to whom credentials are presented.
local takes_them = { receive = true, accept = true }

-- Does the author work together with nobody who is named?
local function is_authors_alone (st, act, source, target)
  return act.type == "cooperate" and #target == 0 and #source == 1 and source[1] == st.author
end

--- The sides of the act that a clause's verb tells.
---@param st table state of the document
---@param s table sentence
---@param clause table
---@param frame table of frames.verb
---@param filler integer? item of the noun that the frame asked for
---@return table source
---@return table target
---@return table all whom the verb takes, those who do it themselves too
function M.verb (st, s, clause, frame, filler)
  local own, act = subjects.subject(st, s, clause), frame.act
  local last = act.type == "appoint" and clauses.reach(s, clause) or clause.last
  local others, by = behind_verb(st, s, clause, frame, own, last)
  local source, target
  if frame.before or act.id == "reaffirm" and #own == 0 then
    own = told_before(st, s, clause, frame, own)
  end
  if clause.passive and not clauses.stative[s.e[clause.verb].lemma] then
    source, target = passive_sides(st, s, clause, act, filler, own, others, by)
  else
    source, target = own, ids.less(others, own)
    if #target == 0 and (act.today or act.both or act.type == "provide_aid") then
      local inner = s.clauses[clause.number + 1]
      local false_claim = clause.number < s.opened and inner.up == clause
                          and operators.is_disowned(s, inner)
      local reach = false_claim and clause.last or clauses.end_of(s, clause, true)
      if reach > last then target = ids.less(behind_verb(st, s, clause, frame, own, reach), own) end
    end
  end
  if st.pair and #source + #target == 0 and between_them[act.type] and clause.passive then
    target = actors.pair(st)                                -- relations were restored in 2002
  end
  if act.topic and #target == 0 and #source < 2 then
    source, target = with_whom(st, clause, source, own)
  end
  if not clause.passive then
    target = with_same(clause, act, target)
    source = on_behalf(st, s, clause, act, source, own)
    target = ids.less(target, source)
  end
  if act.id == "credentials" and takes_them[s.e[clause.verb].lemma] then
    source, target = target, source
  end
  if act.type == "recall" then target = actors.states(st, target) end     -- not the envoy
  if is_authors_alone(st, act, source, target) and form(s, clause.verb + 1) == "together" then
    target = actors.partner(st)                               -- we work together
  end
  if #source == 0 and (act.type == "meet" or not filler) and is_others(s, clause) then
    return source, target, others
  end
  source, target = shared_out(act, source, target)
  return source, target, others
end

--- Who accuses somebody of what a clause tells: accused Oslo of signing; nil where nobody does.
---@return string? id
function M.accuser (st, s, clause)
  local up = operators.accusation(s, clause)
  if not up then return nil end
  local who = up.found and up.found.source or not up.passive and subjects.subject(st, s, up)
  return who and (who.people[1] or who[1]) or nil
end

-- What those of a noun are found by, too.
M.added, M.is_scene, M.is_remote, M.is_owner = added, is_scene, is_remote, is_owner
M.shared_out, M.is_authors_alone = shared_out, is_authors_alone
M.is_party, M.tying, M.upon_own = is_party, tying, upon_own

return M
