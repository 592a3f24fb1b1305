--- Who did it and whom it concerns: the two sides of an act.
--
-- Of a verb: its subject, and what stands behind it, as object or tied by a preposition;
-- a passive turns them. Of a noun: those before it in its phrase (Russia's war), those
-- behind (talks with Oman), else its verb's subject. Nothing is guessed.
-- @module lesdiplo.fact.sides
local actors = require "lesdiplo.fact.actors"
local clauses = require "lesdiplo.fact.clauses"
local ids = require "lesdiplo.fact.ids"
local items = require "lesdiplo.fact.items"
local operators = require "lesdiplo.fact.operators"
local form, resolve, governor, party = items.form, actors.resolve, clauses.governor, clauses.party
local gmatch = string.gmatch
_ENV = nil
local M = {}

local BEHIND = 14        -- items behind a noun in which its sides may stand
local BEFORE = 10        -- items before it
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
  if clause.reduced then return by, others end
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
  local own, act = actors.subject(st, s, clause), frame.act
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
      target = ids.less(behind_verb(st, s, clause, frame, own, reach), own)
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
  local who = up.found and up.found.source or not up.passive and actors.subject(st, s, up)
  return who and (who.people[1] or who[1]) or nil
end

-- Nouns -----------------------------------------------------------------------------

local left_of = items.classes "LxXWEINAsRT-U&V"

-- May the phrase of a noun reach back over item k?
local function reaches_back (s, k)
  local class = s.c[k]
  if class == "," then                            -- unprovoked, brutal war
    return s.c[k + 1] ~= "A" and s.c[k - 1] ~= "A" and s.c[k - 1] ~= "T"
  elseif class == "V" then
    return s.taken[k] ~= "V" or s.e[k].tense == "ed"
  elseif class == "&" then                        -- brutal, unprovoked, and unjustified war
    local before = s.c[k - 1] == "," and s.c[k - 2] or s.c[k - 1]
    return before == "A" and s.c[k - 1] ~= "," or before == "x" or before == "E"
  elseif class == "d" then
    return s.c[k - 1] == "s"
  end
  return left_of[class] == true
end

local hostile_to = { its = true, their = true, his = true }

-- Whose attack is meant that somebody acts against: pressed Chad because of ITS war. The last
-- country that stands between the clause's verb and that word, where no other act does; else one
-- that stands before it in the sentence and is not who acts; or nil.
local function opponent (s, clause, k, act, own)
  if not act or act.type ~= "military_action" or not hostile_to[s.e[k].form] or not clause.verb
     or M.fights[s.e[clause.verb].lemma] then return nil end
  local found
  for i = k - 1, clause.verb + 1, -1 do
    if s.taken[i] == "N" and s.e[i].noun and s.e[i].noun[1] then return nil end
    if not found and s.c[i] == "A" and s.m[i].kind == "country" and s.c[i + 1] ~= "s"
       and s.c[i - 1] ~= "&" then
      found = i
    end
  end
  if found then return found end
  for i = clause.verb - 1, 1, -1 do
    if s.c[i] == "A" and s.m[i].kind == "country" and not own[s.m[i].id] and s.c[i + 1] ~= "s" then
      return i
    end
  end
end

-- Whose the noun is to which "and" at an item ties another: MALI's help for Oman and readiness to
-- sign. Nil where it is nobody's.
local function owner_before (s, i)
  for k = i - 1, i - BEFORE > 1 and i - BEFORE or 2, -1 do
    if s.taken[k] == "V" or s.c[k] == "," then return nil end
    if s.c[k] == "s" then return s.c[k - 1] == "A" and k - 1 or nil end
  end
end

--- The parties before a noun in its phrase: Russia's war, U.S.-EU talks, its visit.
---@param st table
---@param s table
---@param clause table
---@param i integer item of the noun
---@param own table parties of the clause's subject
---@param act table? what the noun tells
---@return table ids
function M.before_noun (st, s, clause, i, own, act)
  local out, k = ids.none, i - 1
  local verb = clause.finite and clause.verb
  while k >= 1 and i - k <= BEFORE and k ~= verb do
    local class = s.c[k]
    if class ~= "o" and not reaches_back(s, k) then break end
    if class == "&" and k == i - 1 then
      local owner = owner_before(s, k)
      return owner and added(st, out, s, owner, own) or out
    end
    if class == "o" or class == "A" then
      local who = class == "o" and opponent(s, clause, k, act, own) or k
      out = added(st, out, s, who, own)
    end
    if class == "o" then break end
    k = k - 1
  end
  return out
end

local stops = items.classes ";rSbhmu"

-- Does item k end what may belong to a noun before it?
local function ends_behind (s, k)
  local class = s.c[k]
  if s.taken[k] == "V" then return s.e[k].tense ~= "ed" or s.c[k - 1] == "&" end
  return stops[class] or class == "," and s.c[k + 1] ~= "A"
end

-- Acts of which "of" tells whose they are: the withdrawal of Chad.
local agents_of = { withdraw = true, joint = true }

-- The parties behind a noun: of, by and between those who act, others whom it concerns.
local function behind_noun (st, s, i, own, act)
  local agents, others, tie = ids.none, ids.none, nil
  local last = i + BEHIND < s.n and i + BEHIND or s.n
  for k = i + 1, last do
    local class = s.c[k]
    if class == "p" or class == "t" then
      local by = act.type == "visit" and tie == "by" and form(s, k) == "of"
      tie = by and tie or form(s, k)                              -- by the president of Chad
      if not tying[tie] or is_remote(s, k, tie) then break end
    elseif ends_behind(s, k) or s.taken[k] == "N" and not tie then
      break
    elseif tie and is_party[class] and not is_scene(s, k, tie) then
      local acts = tie == "by" or tie == "between" or tie == "among"
                   or tie == "of" and (act.both or agents_of[act.id]
                                       or act.id == "visit" and form(s, i + 1) == "of"
                                       or upon_own[act.type] and is_owner(s, k))
                   or tie == "from" and act.type == "provide_aid"
      if acts then agents = added(st, agents, s, k, own)
      else others = added(st, others, s, k, own) end
    end
  end
  return agents, others
end

-- What belongs to a verb before it, and ties nothing: carried out attacks.
local particles = { out = true, off = true, up = true }

-- Where what a verb takes may begin.
local function object_from (s, verb)
  return particles[verb < s.n and s.c[verb + 1] == "p" and form(s, verb + 1)] and verb + 2
         or verb + 1
end

--- Does nothing tie a noun behind a verb but the verb itself?
function M.takes (s, verb, noun)
  for k = object_from(s, verb), noun - 1 do
    local class = s.c[k]
    if class == "p" or class == "t" or class == "S" then return false end
  end
  return true
end

local belongs = items.classes "sxXNUEIR"

-- Is an item a country by itself, and not only whose something is: Mali; not: Mali's role?
local function is_itself (s, i)
  return s.c[i] == "A" and s.m[i].kind == "country" and not belongs[s.c[i + 1]]
end

--- Does a verb take a party itself, and nothing of theirs: recognised Mali? Of a passive one
-- that is its subject.
function M.takes_itself (s, clause)
  if clause.passive then return clause.head ~= nil and clause.head == clause.group - 1
                                and is_itself(s, clause.head) end
  local i = clause.verb + 1
  while s.c[i] == "W" or s.c[i] == "d" do i = i + 1 end
  return is_itself(s, i)
end

--- Is a noun what the verb of its clause takes, without a preposition between; or what a
-- journey is for: travelled to Mali for talks?
function M.is_object (s, clause, i)
  local act = clause.found and clause.found.act
  if act and act.type == "visit" then
    local p = governor(s, clause.verb + 1, i)
    if p and form(s, p) == "for" then return true end
  end
  for k = object_from(s, clause.verb), i - 1 do
    if s.c[k] == "p" and form(s, k) ~= "of" or s.c[k] == "t" then return false end
  end
  return true
end

--- Acts that tell the world of another, by their ids: announce the designation.
M.announces = { statement = true, communique = true }

-- Does an act only speak of what its object tells, which others do: condemn the attack?
local function judges (act)
  return act and act.today and act.type ~= "express_intent" and not M.announces[act.id]
end

--- Verbs whose subject takes part in the fighting that they tell: launch an attack. Others only
-- speak of it: end the war.
M.fights = {}
for lemma in gmatch("hold conduct stage launch wage mount begin start escalate commit continue "
                    .. "resume plan order carry", "%S+") do
  M.fights[lemma] = true
end

-- Acts that are somebody's only by such a verb: make arrests; not: to discuss the arrests.
local by_force = { arrest = true, assassinate = true, coup = true, demonstrate = true,
                   prosecute = true }

local function is_by_force (act, lemma)
  if act.type == "military_action" then return not M.fights[lemma] end
  return by_force[act.id] and not (M.fights[lemma] or lemma == "make" or lemma == "see")
end

-- Verbs whose subject does not want what they take, and does not do it: oppose sanctions.
local against = {}
for lemma in gmatch("oppose reject avoid prevent prohibit resist boycott skip snub block halt "
                    .. "hinder obstruct", "%S+") do
  against[lemma] = true
end

-- Verbs whose subject appoints where they take an appointment; others discuss it, or have some.
local names = {}
for lemma in gmatch("make announce approve confirm complete", "%S+") do
  names[lemma] = true
end

-- Those who commemorate a battle have fought it; of a bombing, or a war, others may, too.
local function is_theirs (s, i, lemma)
  return lemma == "commemorate" and items.word(s, i) == "battle"
end

-- The item before the words that describe a noun: our | close cooperation.
local function before_words (s, i)
  local k = i - 1
  while s.c[k] == "x" or s.c[k] == "W" or s.c[k] == "E" do k = k - 1 end
  return k
end

-- Who acts in a noun that names nobody itself: its verb's subject (held talks), or who is
-- asked (thank Oslo for hosting).
local function agent_of (s, clause, i, own, act)
  if not clause.verb or clause.verb > i then return ids.none end
  if s.c[clause.verb] == "b" then                                -- is grateful; not: is a war
    return before_words(s, i) == clause.verb and own or ids.none
  end
  local found = clause.found
  local asked = s.c[i - 1] == "p" and found and found.frame.act.type ~= "sanction" and found.asks
  if asked and #asked > 0 then return asked end
  local lemma = s.e[clause.verb].lemma
  if against[lemma]
     or is_by_force(act, lemma) and not is_theirs(s, i, lemma)
     or act.type == "appoint" and not names[lemma] then
    return ids.none
  end
  return M.is_object(s, clause, i) and not judges(found and found.act) and own or ids.none
end

-- Is a noun what "we" do with somebody: our close cooperation?
local function is_ours (s, i) return form(s, before_words(s, i)) == "our" end

local persons = { his = true, her = true }

-- Is a noun somebody's, whoever that may be: during HER visit?
local function is_somebodys (s, i) return persons[form(s, before_words(s, i))] == true end

--- The sides of the act that a noun tells.
---@param st table
---@param s table
---@param clause table that it stands in
---@param i integer item
---@param frame table of frames.noun
---@return table source
---@return table target
function M.noun (st, s, clause, i, frame)
  local own = actors.subject(st, s, clause)
  local agents, target = behind_noun(st, s, i, own, frame.act)
  local before = M.before_noun(st, s, clause, i, own, frame.act)
  if frame.act.id == "visit" and #agents > 0 and form(s, i + 1) == "of" then
    target, before = ids.joined(target, before), ids.none         -- the White House visit of
  end
  local source = ids.joined(before, agents)
  if frame.act.id == "appoint" and #target == 0 and #source > 0 then
    return ids.new(), source                            -- Berg's appointment as envoy
  end
  if #source == 0 and not is_somebodys(s, i) then
    source = agent_of(s, clause, i, own, frame.act)
  end
  if is_authors_alone(st, frame.act, source, target) and is_ours(s, i) then
    target = actors.partner(st)
  end
  return shared_out(frame.act, source, ids.less(target, source))
end

return M
