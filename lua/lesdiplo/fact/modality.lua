--- How an act is meant: asserted, planned, negated, habitual, or only possible.
--
-- Verbs before another are operators on it, from outside in: "refused to agree to sign"
-- is negated. What is reported is told by events.lua, which knows who speaks.
-- @module lesdiplo.fact.modality
local items = require "lesdiplo.fact.items"
local lexicon = require "lesdiplo.entity.lexicon"
local operators = require "lesdiplo.fact.operators"
local find = string.find
_ENV = nil
local M = {}

local DEPTH = 8           -- clauses that are looked up through

local condition = lexicon.list("english.txt", "condition")
local intends = lexicon.list("english.txt", "intends")
local goes_on = lexicon.list("english.txt", "goes_on")
local habits = lexicon.list("english.txt", "habits")
local denials = lexicon.list("english.txt", "denials")
local pleased = lexicon.list("english.txt", "pleased")
local performs = lexicon.list("english.txt", "performs")
local foretells = lexicon.list("english.txt", "foretells")
local reputed = lexicon.list("english.txt", "reputed")
local neutral = lexicon.list("english.txt", "neutral")

-- Does a noun before an infinitive say that it is not done: its refusal to sign, the refusal
-- of Oslo to sign?
local function denies (s, clause)
  local i = clause.first - 1
  if s.c[i] == "A" and items.form(s, i - 1) == "of" then i = i - 2 end
  return i > 0 and denials[items.word(s, i)] == true
end

-- Does an adjective or a noun before an infinitive say that it is done: is pleased to announce,
-- is a great pleasure to welcome?
local function is_pleased (s, clause, up)
  local i = up.verb
  if s.c[i] == "b" then
    repeat i = i + 1 until s.c[i] ~= "W" and s.c[i] ~= "o"      -- is very pleased, is my pleasure
  end
  if i <= s.n and pleased[items.word(s, i)] then return true end
  return s.c[up.verb] == "b" and s.c[i] == "d" and pleased[items.word(s, clause.first - 1)] == true
end

-- Does a clause say what somebody is asked to do: demanded that Chad withdraw?
local function is_asked (s, clause, up)
  local act = clause.verb and up and up.found and up.found.act
  return act and act.to and s.e[clause.verb].tense == "base" or false
end

local bygone = { past = true, ed = true }

-- Does "would" only say in the past what will be: said it would recall its envoy? Not where a
-- condition goes with it.
local function is_foretold (s, clause)
  if clause.possible ~= "would" then return false end
  local behind = s.clauses[clause.number + 1]
  if behind and behind.kind == "sub" and condition[behind.cue] then return false end
  local up = clause.kind == "sub" and clause.up or s.clauses[clause.number - 1]
  local verb = up and up.finite and up.verb
  return verb and foretells[s.e[verb].lemma] and bygone[up.tense] or false
end

-- Is a clause what somebody denies, or says not to deny: denied that it had signed? Its modality,
-- false where nobody knows, nil where it is not.
local function denied (s, clause, depth)
  if clause.kind ~= "sub" or not operators.is_disowned(s, clause) then return nil end
  return M.of(s, clause.up, depth + 1) ~= "negated" and "negated"
end

-- Does a clause say by a word or a date that it is done again and again: each year?
local function is_habit (s, clause)
  for i = clause.first, clause.last do
    local class = s.c[i]
    if class == "W" and habits[items.word(s, i)] then return true end
    if class == "T" and s.m[i].row.type == "SET" and find(items.text(s, i), "^[Ee][av]%a+ ") then
      return true                                          -- each year, every May; not: annual
    end
  end
  return false
end

local ordinals = lexicon.list("english.txt", "ordinal")

-- Does somebody become one of those who do something by doing it: became the first state to sign?
local function is_counted (s, clause, up)
  local lemma = s.e[up.verb].lemma
  if lemma ~= "become" and s.c[up.verb] ~= "b" then return false end
  for i = up.verb + 1, clause.first - 1 do
    local word = items.word(s, i)
    if ordinals[word] or find(word, "^%d+[snrt][tdh]$") then return true end
  end
  return false
end

-- Of an infinitive or a gerund: what the verb before makes of it.
local function under_verb (s, clause, up, depth)
  local lemma = s.e[up.verb].lemma
  local act = up.found and up.found.act
  if act and act.to and clause.kind == "inf" then return nil end         -- only asked for
  if clause.kind == "inf" and denies(s, clause) then return "negated" end
  if clause.kind == "inf" and (is_pleased(s, clause, up) or is_counted(s, clause, up)) then
    return M.of(s, up, depth + 1)
  end
  local operator = operators.above(s, clause)
  if operator then return operators.apply(operator, M.of(s, up, depth + 1), up) end
  if clause.kind == "inf" and neutral[lemma] then return nil end       -- discussed ways to
  if lemma == "use" and clause.first == up.verb + 1 and up.finite and bygone[up.tense]
     and not up.passive and not up.perfect then
    return "habitual"                                             -- used to host
  end
  local outer = M.of(s, up, depth + 1)
  if clause.kind ~= "inf" and not intends[lemma] or goes_on[lemma]
     or up.passive and reputed[lemma] then return outer end
  return outer == "asserted" and "planned" or outer
end

local speaks = { i = true, we = true }
local wants = { want = true, wish = true }

--- Is an act done by saying that one would: I want to thank Oslo; Oslo wishes to express its
-- regret; let me reiterate?
---@param s table sentence
---@param clause table an infinitive, else it is not
---@return boolean
function M.is_by_saying (s, clause)
  local up = clause.kind == "inf" and not clause.negated and clause.up
  if not up or not up.verb or up.negated then return false end
  if not performs[s.e[clause.verb].lemma] then return false end
  local lemma, form = s.e[up.verb].lemma, items.form(s, clause.first - 1)
  if lemma == "let" then return items.form(s, up.verb + 1) == "me" end
  if up.possible then                                            -- would like to, may I
    return (form == "like" and clause.first <= up.verb + 3) and not condition[up.cue]
  end
  if not wants[lemma] or clause.first ~= up.verb + 1 or not up.finite then return false end
  return lemma == "wish" or up.head ~= nil and speaks[items.form(s, up.head)] == true
end

local inverts = { were = true, had = true, should = true }
local may_invert = items.classes "bhu"          -- what most sentences do not begin with
local subjects = items.classes "AdRoqGx"

--- Does an item stand in a condition that an auxiliary opens: were Chad to attack, Mali ...?
function M.is_inverted (s, item)
  if not may_invert[s.c[1]] or not inverts[items.form(s, 1)] or not subjects[s.c[2]] then
    return false
  end
  for i = 3, s.n do
    if s.c[i] == "," then return item < i end
  end
  return false
end

local still = { longer = true, fewer = true, less = true, more = true, doubt = true }

-- Is nothing done because "no" says so of what the verb takes, or of the subject of a passive one:
-- imposed no sanctions; no treaty was signed?
local function is_of_none (s, clause)
  local i = clause.verb + 1
  while s.c[i] == "W" do i = i + 1 end
  if items.form(s, i) == "no" and i < s.n then return not still[items.word(s, i + 1)] end
  local first = clause.subject_first or clause.first
  return clause.passive and clause.finite and first < clause.verb and items.form(s, first) == "no"
         and not still[items.word(s, first + 1)] or false
end

--- How the act of a clause is meant; nil where it is only possible.
---@param s table sentence
---@param clause table
---@param depth integer? clauses that have been looked up through
---@return string? modality
function M.of (s, clause, depth)
  depth = depth or 0
  local kind, up = clause.kind, clause.up
  if depth > DEPTH then return "asserted" end
  if kind == "sub" and condition[clause.cue] or clause.verb and M.is_inverted(s, clause.verb) then
    return nil
  end
  if clause.possible then
    if not is_foretold(s, clause) then return nil end
    return clause.negated and "negated" or "planned"
  end
  if kind == "sub" and is_asked(s, clause, up) then return nil end
  if clause.negated then return "negated" end
  local disowned = denied(s, clause, depth)
  if disowned ~= nil then return disowned or nil end
  if depth == 0 and clause.verb and is_of_none(s, clause) then return "negated" end
  if clause.modal or clause.stem then return "planned" end
  local direct = kind == "part" and up and clause.first == (up.verb or 0) + 1   -- denied signing
  if (kind == "inf" or kind == "gerund" or direct) and up and up.verb then
    return under_verb(s, clause, up, depth)
  end
  if kind == "inf" then return denies(s, clause) and "negated" or "planned" end
  if kind == "part" and up then return M.of(s, up, depth + 1) end
  if kind == "coord" and up and (up.modal or up.stem) and s.e[clause.verb].tense == "base" then
    return "planned"                                          -- will come and see
  end
  return is_habit(s, clause) and "habitual" or "asserted"
end

return M
