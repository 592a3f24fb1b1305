--- How the act is meant that a noun tells: done, unless a word before the noun, the verb that
-- takes it, or the one that has it for its subject says otherwise.
-- @module lesdiplo.fact.nominal
local clauses = require "lesdiplo.fact.clauses"
local days = require "lesdiplo.fact.days"
local items = require "lesdiplo.fact.items"
local lexicon = require "lesdiplo.entity.lexicon"
local modality = require "lesdiplo.fact.modality"
local noun_sides = require "lesdiplo.fact.noun_sides"
local operators = require "lesdiplo.fact.operators"
_ENV = nil
local M = {}

local none = { no = true, without = true }

--- How an act is meant of which a clause says what became of it: cancelled it, may cancel it. nil
-- where nobody knows.
function M.made_of (s, clause, made)
  local how = modality.of(s, clause)
  if made == "as told" then return how end
  return how and how ~= "negated" and made or nil
end

-- Verbs that only say that an act is done: hold talks.
local does = {}
for lemma in ("hold have conduct stage give make take pay send provide impose issue")
            :gmatch "%S+" do
  does[lemma] = true
end

-- Does a clause's verb say nothing but that the act of its noun is done?
local function carries_out (s, clause, act)
  local of = act.type == "military_action" and noun_sides.fights or does
  return of[s.c[clause.verb] == "h" and "have" or s.e[clause.verb].lemma]
end

-- Acts that are not done yet where somebody asks for them: demand the withdrawal of troops.
local on_request = { withdraw = true, free = true, evacuate = true, extradite = true, sign = true,
                     lift = true, truce = true }

local before_noun = items.classes "xXWENU"

-- Is a noun one that was told of, or somebody's: the sanctions, its visit; not: sanctions?
local function is_definite (s, i)
  local k = i - 1
  while before_noun[s.c[k]] and s.taken[k] ~= "V" do k = k - 1 end
  local form = items.form(s, k)
  return s.c[k] == "o" or s.c[k] == "s" or s.c[k] == "A"
         or s.c[k] == "d" and form ~= "a" and form ~= "an" and form ~= "any" and form ~= "no"
end

-- Is a noun the subject of its clause's verb, and no part of it: THE VISIT of Mali's minister was
-- cancelled?
local heads = items.classes "pbhmuDtT,W"
local function is_subject (s, clause, i)
  if not clause.verb or i > clause.verb or clause.kind ~= "main" and clause.kind ~= "sub" then
    return false
  end
  return (heads[s.c[i + 1]] or s.taken[i + 1] == "V" or i + 1 >= clause.group)
         and not clauses.governor(s, clause.first, i)
end

-- How the act of a noun is meant by its clause's verb, where that tells; false where not.
local function made_by_verb (s, clause, i, frame)
  if not clause.verb or not operators.concerns_nouns(s, clause) then return false end
  if i < clause.verb then
    local made = is_subject(s, clause, i) and operators.on_subject(s, clause)
    if not made then return false end
    return M.made_of(s, clause, made)
  end
  if not noun_sides.is_object(s, clause, i) or days.is_celebrated(s, i) then return false end
  local made = frame.act.type ~= "military_action" and operators.on_noun(s, clause)
  if made then return M.made_of(s, clause, made) end
  local weighed = operators.is_weighed(s, clause)
  if weighed and (operators.is_gerund(s, i) or not is_definite(s, i)) then return nil end
  return false
end

-- Verbs by which somebody would like what they take, which is not done by that: propose talks.
local wishes = {}
for lemma in ("propose seek want request demand advocate favour favor urge recommend consider need "
              .. "support back oppose"):gmatch "%S+" do
  wishes[lemma] = true
end

local described = items.classes "xWE"

-- Does nothing say of a noun which one is meant: talks, a meeting; not: the talks, its talks?
local function is_any (s, i)
  local k = i - 1
  while described[s.c[k]] do k = k - 1 end
  local form = items.form(s, k)
  return s.taken[k] == "V" or s.c[k] == "p" or form == "a" or form == "an" or form == "any"
end

-- How the act of a noun is meant: as its verb is, where it is what the verb takes (to
-- hold talks; not: to discuss the war). What is not wanted or feared may be done.
local function of_clause (s, clause, i, frame, quantifier)
  if modality.is_inverted(s, i) then return nil end
  local asks = clause.found and clause.found.act and clause.found.act.to
  if asks and on_request[frame.act.id] then return i > clause.verb and "planned" or nil end
  local made = made_by_verb(s, clause, i, frame)
  if made ~= false then return made end
  if none[quantifier] then return modality.of(s, clause) and "negated" or nil end
  if not clause.verb or clause.verb > i or clauses.neutral[s.e[clause.verb].lemma]
     or not noun_sides.is_object(s, clause, i) or days.is_celebrated(s, i) then
    return "asserted"
  end
  local wished = wishes[s.e[clause.verb].lemma] and items.form(s, clause.verb) ~= "needed"
  if wished and frame.act.type ~= "military_action" and is_any(s, i) then return nil end
  local open = clause.kind == "inf" or clause.modal or clause.possible
  local act = clause.found and clause.found.act
  local governed = open or clause.negated or operators.above(s, clause)
  local done = governed and carries_out(s, clause, frame.act)
  if done then return modality.of(s, clause) end
  local told = open and frame.act.type ~= "military_action"
               or clause.negated and act and act.type == "visit"
  return told and (modality.of(s, clause) or "planned") or "asserted"
end

local unreal = lexicon.list("english.txt", "unreal")
local describes = items.classes "xWEdN"

-- Is an act only feared: fear of arrest, a warrant for her arrest?
local function is_unreal (s, i)
  local k = i - 1
  while describes[s.c[k]] or s.c[k] == "o" do k = k - 1 end
  return s.c[k] == "p" and k > 1 and unreal[items.word(s, k - 1)] ~= nil
end

--- How the act of a noun is meant; nil where it is not told as done, or to be done.
---@param s table sentence
---@param clause table that it stands in
---@param i integer item
---@param frame table of frames.noun
---@return string?
function M.modality (s, clause, i, frame)
  if is_unreal(s, i) then return nil end
  local quantifier = operators.quantifier(s, i)
  local how = of_clause(s, clause, i, frame, quantifier)
  return not (how == "asserted" and quantifier == "any") and how or nil
end

return M
