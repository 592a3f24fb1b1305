--- Clauses of an English sentence: who is its subject, which verb it has and how
-- that is meant, and what stands behind it.
--
-- Items (fact/items.lua) become clauses in one walk from left to right:
--
--   main    The ministers signed a treaty
--   coord   ... and left               the subject of the clause before it
--   sub     when they met; that ...    a subject of its own
--   rel     , who met them in May ,    its subject is the noun before it
--   resumed , left                     goes on with the clause before the relative one
--   inf     to sign; part  signing, signed by; gerund  of signing
--
-- There is no parser: a verb belongs to the nearest noun phrase before it that stands
-- free of a preposition, and a clause ends where the next one begins. A clause has
--
--   kind, first, last     its items           up    the clause that it hangs on
--   verb, group           items: the verb, and the first of its auxiliaries
--   tense, finite, passive, modal (will), possible (may), negated, perfect, aux
--   cue                   the word that opens it: when, that, who
--   reduced               a participle without a subject: the treaty signed in May
--   beside                an infinitive's neighbour: to sign and ratify
--
-- @module lesdiplo.fact.clauses
local items = require "lesdiplo.fact.items"
local lexicon = require "lesdiplo.entity.lexicon"
local phrases = require "lesdiplo.fact.phrases"
local verbs = require "lesdiplo.fact.verbs"
local before, classes, form = items.before, items.classes, items.form
local has_noun, finite = phrases.has_noun, verbs.finite
local auxiliary = verbs.auxiliary
local pairs = pairs
_ENV = nil
local M = {}

local causes = lexicon.list("english.txt", "causative")

-- Opening ---------------------------------------------------------------------------

-- A sentence's clauses are used again for the next one: all fields are set here.
local function open (s, kind, first, up)
  local list, n = s.clauses, s.opened
  local clause = s.pool[n + 1]
  if not clause then
    clause = {}
    s.pool[n + 1] = clause
  end
  clause.kind, clause.first, clause.last, clause.up = kind, first, s.n, up or false
  clause.verb, clause.group, clause.finite, clause.tense = false, false, false, false
  clause.passive, clause.modal, clause.possible, clause.negated = false, false, false, false
  clause.perfect, clause.aux, clause.cue, clause.reduced = false, false, false, false
  clause.beside, clause.subject_first, clause.subject_last = false, false, false
  clause.parties, clause.heads, clause.act = false, false, false
  clause.asks, clause.announces = false, false
  if n > 0 then list[n].last = first - 1 end
  list[n + 1], s.opened = clause, n + 1
  return clause
end

-- The verb group that is being read: there is one at a time.
local scratch = {}

local function new_group (first, verb, tense, aux)
  local g = scratch
  g.first, g.verb, g.tense, g.aux = first, verb, tense, aux
  g.passive, g.modal, g.possible, g.negated, g.have = false, false, false, false, false
  return g
end

local function give_verb (s, clause, group, is_finite)
  clause.verb, clause.group, clause.finite = group.verb, group.first, is_finite
  clause.tense, clause.passive = group.tense, group.passive
  clause.modal, clause.possible, clause.negated = group.modal, group.possible, group.negated
  clause.perfect, clause.aux = group.have, group.aux
  s.taken[group.verb] = "V"
  return clause
end

-- Finite verbs ----------------------------------------------------------------------

local present = { base = true, s = true, be = true }

local function is_present (tense) return present[tense] or false end

-- Is who acts in a clause what the verb behind "and" takes: the work that Chad does, and
-- supports Chad?
local function is_object_of (s, clause, group)
  local object = s.m[group.verb + 1]
  if not object or clause.kind ~= "sub" then return false end
  for i = clause.first, clause.group - 1 do
    if s.m[i] and s.m[i].id == object.id then return true end
  end
  return false
end

-- The clause whose subject a verb behind "and" shares: behind a comma one outside the
-- relative clause; of those around it the nearest whose tense is of the same kind.
local function companion (s, clause, group, p)
  local start = clause
  if s.c[p] == "," or s.c[p] == "&" and s.c[p - 1] == "," then
    local k = clause
    while k and k.kind ~= "rel" do k = k.up end
    start = k and k.up or clause
  end
  local nearest = finite(start) or clause
  local k = nearest
  while k do
    if k.finite and not group.aux and not k.aux and not is_object_of(s, k, group)
       and is_present(k.tense) == is_present(group.tense) then
      return k
    end
    k = k.up and finite(k.up)
  end
  return nearest
end

-- Subordinators that may stand before a noun alone: as the cornerstone of peace.
local prepositional = { as = true, after = true, before = true, since = true, ["until"] = true }

-- Was the clause's verb a participle after all: the treaty signed in May | has ended?
local function was_reduced (s, clause, group, p)
  return clause.finite and not clause.aux and s.e[clause.verb].tense == "ed" and group.aux
         and s.c[p] ~= "&" and not has_noun(s, clause.verb + 1, p)
end

local function demote (s, clause, group)
  local again = open(s, "main", group.first, clause.up)
  again.subject_first, again.subject_last = clause.first, clause.group - 1
  clause.kind, clause.finite, clause.reduced = "part", false, true
  return again
end

-- A finite verb: of the clause that waits for one, of one more with the same subject,
-- or of a new one with its own.
local function place_finite (s, clause, group)
  local p = before(s, group.first)
  local tied = s.c[p] == "&" or s.c[p] == ","
  local up = clause.up
  local one
  if clause.kind == "rel" and clause.verb and s.c[p] == "," and up and not up.verb then
    one = open(s, "resumed", group.first, up)
  elseif not clause.verb and not (tied and up and prepositional[clause.cue]) then
    one = clause
  elseif was_reduced(s, clause, group, p) then
    one = demote(s, clause, group)
  elseif tied then
    one = open(s, "coord", group.first, companion(s, clause, group, p))
  else
    local first = phrases.first(s, group.first, (clause.verb or clause.first) + 1)
    if first < group.first and has_noun(s, first, group.first - 1) then
      one = open(s, "main", first, nil)
    else
      one = open(s, "coord", group.first, finite(clause) or clause)
    end
  end
  return give_verb(s, one, group, true)
end

local among = classes 'W"T'
local verbal = classes "VUEI"
local after_modal = classes "muDn"

-- May a verb of some tense follow an auxiliary of some class?
local function fits (class, tense)
  if class == "b" then return tense == "ing" or tense == "ed" or tense == "part" end
  if class == "h" then return tense == "ed" or tense == "part" or tense == "past" end
  return after_modal[class] and (tense == "base" or class == "n")
end

-- Does the run of auxiliaries go on at k? Dates and quotation marks may stand in it.
local function runs_on (s, k)
  local class = s.c[k]
  if auxiliary[class] or class == '"' then return true end
  local behind = s.e[k + 1]
  return class == "T" and behind ~= nil and not s.m[k + 1] and behind.tense ~= nil
end

-- The run of auxiliaries at i and the verb behind them; and its last item.
local function read_group (s, i)
  local g, k, last_aux = new_group(i, false, false, true), i, i
  while runs_on(s, k) do
    local class = s.c[k]
    if class == "m" then g.modal = true
    elseif class == "u" then g.possible = s.e[k].form
    elseif class == "n" then g.negated = true
    elseif class == "h" then g.have = true
    end
    if not among[class] then last_aux = k end
    k = k + 1
  end
  local tense = verbal[s.c[k]] and s.e[k].tense
  local after = s.c[last_aux]
  if tense and fits(after, tense) then
    g.verb, g.tense, g.passive = k, tense, after == "b" and tense ~= "ing"
    return g, k
  end
  g.verb, g.tense = last_aux, "be"
  return g, last_aux
end

-- Verbs without auxiliaries ---------------------------------------------------------

-- Does a verb of the past follow a noun phrase of its own behind a comma: ", the
-- communique said"?
local function tagged (s, clause, i)
  local first = phrases.first(s, i, clause.verb + 1)
  return first < i and s.c[before(s, first)] == "," and has_noun(s, first, i - 1)
end

local subject_like = classes "&,AqRGY"
local caused = classes "AqGX"

-- Is a form in -ed a participle: by whom follows, nobody stands before it, or the
-- clause has its verb and this one describes a noun (the accord signed in May)?
local function is_reduced (s, clause, i, class)
  local tense = s.e[i].tense
  if tense == "part" then return true end
  if tense ~= "ed" then return false end
  if form(s, i + 1) == "by" then return true end
  if not clause.verb then
    return clause.kind ~= "rel" and not has_noun(s, clause.first, i - 1)
  end
  return not tagged(s, clause, i) and not subject_like[class]
end

-- The kind of the clause that a verb without auxiliary opens, and the item that it
-- begins with; nil where the verb is a finite one.
local function bare_kind (s, clause, i, p)
  local tense, class = s.e[i].tense, s.c[p]
  if class == "t" and tense == "base" then return "inf", p end
  if tense == "ing" then return (class == "p" or class == "t") and "gerund" or "part", i end
  if is_reduced(s, clause, i, class) then return "part", i end
  if tense ~= "base" or not clause.verb then return nil end
  if caused[class] and causes[s.e[clause.verb].lemma] then return "inf", i end
  if clause.kind == "inf" and (class == "&" or class == ",") then return "inf", i end
end

-- A verb without auxiliary: returns its clause.
local function place_bare (s, clause, i)
  local p = before(s, i)
  local group = new_group(i, i, s.e[i].tense, false)
  if s.c[p] == "n" then                               -- never signed
    group.negated, p = true, before(s, p)
  end
  local kind, first = bare_kind(s, clause, i, p)
  if not kind then return place_finite(s, clause, group) end
  local beside = kind == "inf" and first == i and clause.kind == "inf"
                 and (s.c[p] == "&" or s.c[p] == ",")
  local one = open(s, kind, first, beside and clause.up or clause)
  one.beside = beside and clause
  if kind == "inf" and first == p and s.c[before(s, p)] == "n" then group.negated = true end
  if kind == "part" and group.tense ~= "ing" then one.reduced, group.passive = true, true end
  return give_verb(s, one, group, false)
end

-- Subordinate clauses ---------------------------------------------------------------

-- Is it the "that" of a relative clause: the countries that attended?
local function relates (s, i)
  if form(s, i) ~= "that" or not has_noun(s, i - 1, i - 1) then return false end
  local k = i + 1
  while s.c[k] == "W" do k = k + 1 end
  if auxiliary[s.c[k]] then return true end
  return s.e[k] ~= nil and not s.m[k] and s.e[k].tense ~= nil and s.c[k] ~= "N"
end

-- Does a clause belong to the one with "when" or "as" that opens the sentence?
local function opened_by_sub (clause)
  while clause.up and clause.kind ~= "sub" do clause = clause.up end
  return clause.kind == "sub" and clause.first <= 2 and clause.verb
end

local starts_subject = classes "AdqoGRX"
local fronts = classes "pS"

-- What a comma begins: behind what opens a sentence (In May, ...; When they met, ...)
-- the main clause, else nothing.
local function at_comma (s, clause, i)
  if not clause.verb and clause.first < i
     and (fronts[s.c[clause.first]] and clause.kind ~= "sub"
          or clause.kind == "sub" and clause.first <= 2) then
    return open(s, "main", i + 1, clause.kind == "sub" and clause.up or nil)
  elseif opened_by_sub(clause) and starts_subject[s.c[i + 1]]
         or clause.first == 1 and clause.kind == "part" then
    return open(s, "main", i + 1, nil)
  end
  return clause
end

-- "as well as" and "such as" open no clause: the last item of the phrase, or nil.
local function phrase_of_as (s, i)
  if form(s, i) ~= "as" then return nil end
  if form(s, i - 1) == "such" then
    s.c[i] = "p"
    return i
  elseif form(s, i + 1) == "well" and form(s, i + 2) == "as" then
    s.c[i], s.c[i + 2] = "&", "W"
    return i + 2
  end
end

local function subordinate (s, clause, i)
  if s.c[i] == "r" and not clause.verb and i == clause.first then return clause end
  local one = open(s, (s.c[i] == "r" or relates(s, i)) and "rel" or "sub", i, clause)
  one.cue = form(s, i)
  return one
end

-- The walk --------------------------------------------------------------------------

local opens_group = classes "bhDmu"

-- The word at i, where it is or may be a verb.
local function place_word (s, clause, i)
  local class = s.c[i]
  if class == "N" or class ~= "I" and not verbs.is_verb(s, i, clause) then
    s.taken[i] = "N"
  elseif class ~= "I" then
    return place_bare(s, clause, i)
  elseif verbs.is_participle(s, i) then
    local one = open(s, s.c[i - 1] == "p" and "gerund" or "part", i, clause)
    return give_verb(s, one, new_group(i, i, "ing", false), false)
  end
  return clause
end

local word_like = classes "VUNI"

-- Cuts the items of a sentence into clauses.
local function cut (s)
  local clause, i = open(s, "main", 1, nil), 1
  while i <= s.n do
    local class = s.c[i]
    if opens_group[class] then
      local group, last = read_group(s, i)
      clause, i = place_finite(s, clause, group), last
    elseif word_like[class] then
      if not (s.e[i].adjectival and verbs.modifies(s, i)) then clause = place_word(s, clause, i) end
    elseif class == ";" or class == ":" then
      clause = open(s, "main", i + 1, nil)
    elseif class == "S" or class == "r" then
      local last = phrase_of_as(s, i)
      if last then i = last else clause = subordinate(s, clause, i) end
    elseif class == "," then
      clause = at_comma(s, clause, i)
    end
    i = i + 1
  end
end

-- Makes room for the clauses of a sentence, in place of those of the one before.
local function clear (s)
  local clauses, taken = s.clauses, s.taken
  for k = 1, s.opened do clauses[k] = nil end
  for i in pairs(taken) do taken[i] = nil end
  s.opened = 0
end

--- A sentence to be read into, again and again.
---@return table
function M.blank ()
  local s = items.blank()
  s.clauses, s.opened, s.pool, s.taken = {}, 0, {}, {}
  return s
end

--- Reads a sentence (items.fill has the arguments) and cuts it into clauses:
-- s.clauses, in order; s.taken, "V" or "N" for each item that is a verb, or a noun of an
-- act.
---@return table s
function M.read (s, st, first, last, from)
  clear(s)
  if items.fill(s, st, first, last, from) then cut(s) end
  return s
end

--- The last item of what belongs to a clause: of those that hang on it, too.
function M.end_of (s, clause)
  local list, last, seen = s.clauses, clause.last, false
  for k = 1, #list do
    local kind = list[k].kind
    if seen and (kind == "main" or kind == "coord" or kind == "resumed") then break end
    if seen then last = list[k].last end
    seen = seen or list[k] == clause
  end
  return last
end

--- Verbs that tell a topic and no position on it: discuss.
M.neutral = lexicon.list("english.txt", "neutral")
--- Verbs that only tie: remains committed.
M.copular = lexicon.list("english.txt", "copular")
--- Verbs whose participle with "be" says how somebody is disposed: is committed to.
M.stative = lexicon.list("english.txt", "stative")

return M
