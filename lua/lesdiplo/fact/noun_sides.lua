--- Who did it and whom it concerns: the two sides of the act that a noun tells, or of the
-- position that it carries.
--
-- Those before it in its phrase (Russia's war), those behind (talks with Oman), else its verb's
-- subject. Nothing is guessed.
-- @module lesdiplo.fact.noun_sides
local actors = require "lesdiplo.fact.actors"
local clauses = require "lesdiplo.fact.clauses"
local ids = require "lesdiplo.fact.ids"
local items = require "lesdiplo.fact.items"
local sides = require "lesdiplo.fact.sides"
local subjects = require "lesdiplo.fact.subjects"
local form, governor = items.form, clauses.governor
local added, is_scene, is_remote = sides.added, sides.is_scene, sides.is_remote
local is_owner, shared_out = sides.is_owner, sides.shared_out
local is_authors_alone = sides.is_authors_alone
local is_party, tying, upon_own = sides.is_party, sides.tying, sides.upon_own
local gmatch = string.gmatch
_ENV = nil
local M = {}

local BEHIND = 14        -- items behind a noun in which its sides may stand
local BEFORE = 10        -- items before it

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
local blames = { ["for"] = true, over = true, after = true, to = true }   -- in response to its war

-- Whose attack is meant that somebody acts against: pressed Chad because of ITS war. The last
-- country that stands between the clause's verb and that word, where no other act does, unless
-- they blame it; else one that stands before it in the sentence and is not who acts; or nil.
local function opponent (s, clause, k, act, own)
  if not act or act.type ~= "military_action" or not hostile_to[s.e[k].form] or not clause.verb
     or M.fights[s.e[clause.verb].lemma] and M.takes(s, clause.verb, k) then return nil end
  local found, blamed = nil, clause.passive or blames[form(s, k - 1)]
  for i = k - 1, clause.verb + 1, -1 do
    if s.taken[i] == "N" and s.e[i].noun and s.e[i].noun[1] then return nil end
    if s.m[i] and s.m[i].kind == "person" and s.e[k].form == "his" then return nil end
    if not found and s.c[i] == "A" and s.m[i].kind == "country" and s.c[i - 1] ~= "&"
       and (blamed or s.c[i + 1] ~= "s") then
      if blamed and not own[s.m[i].id] then return i end
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
  local own = subjects.subject(st, s, clause)
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
