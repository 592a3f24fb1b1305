--- What somebody seeks, and what somebody finds is to be done, as far as it is a position.
-- @module lesdiplo.fact.sought
local items = require "lesdiplo.fact.items"
local lexicon = require "lesdiplo.entity.lexicon"
local form_of, word_of = items.form, items.word
local ipairs = ipairs
_ENV = nil
local M = {}

local FOR = 12           -- items of those for whom something is important
local NEED = 3           -- items behind "seek" and "thank you for" by which it is no matter
local THANKED = 18       -- items of whom they are said to

local lists = {}
for _, name in ipairs{ "weighed", "minded", "remarks", "strives", "strives.on", "strives.no",
  "courtesies" } do
  lists[name] = lexicon.list("english.txt", name)
end

--- Words for what is to be done: important.
M.weighed = lists.weighed

--- Does somebody find that a thing is to be done: it is essential | that Mali join, for Mali to
-- join; not: trade is essential to Mali; it is important to remember?
---@param s table sentence
---@param clause table
---@param stop integer last item of the cue
---@return boolean
function M.is_to_be_done (s, clause, stop)
  local head = clause.head
  if not head or form_of(s, head) ~= "it" or clause.possible or clause.modal then return false end
  local verb = clause.verb and form_of(s, clause.verb)
  if verb == "was" or verb == "been" then return false end
  if s.c[stop] == "S" then return true end
  local k = stop
  while s.c[k] and s.c[k] ~= "t" and form_of(s, stop) == "for" and k - stop < FOR do k = k + 1 end
  if s.c[k] ~= "t" then return false end
  k = k + 1
  while s.c[k] == "W" do k = k + 1 end
  local lemma = s.taken[k] == "V" and s.e[k].tense == "base" and s.e[k].lemma
  return lemma and not lists.minded[lemma] and not lists.remarks[lemma] or false
end

--- Does somebody not named seek: those seeking to leave, helped them to seek a way? What somebody
-- will seek is promised, or has to be sought: will continue to seek a way.
---@param s table
---@param clause table
---@param cue table
---@return boolean
function M.is_others (s, clause, cue)
  if not lists.strives[s.e[clause.verb].lemma] then return false end
  local up = clause.up
  local open = up and M.is_open_to(s, up, clause) or clause.modal or clause.possible or clause.stem
               or clause.kind == "coord" and up and (up.modal or up.stem)
  if open and cue.stance == "advocates" then return true end
  if clause.finite then return false end
  if clause.kind ~= "inf" then return true end
  local goes_on = up and up.verb and lists["strives.on"][s.e[up.verb].lemma or ""]
  return cue.stance == "advocates" and up and not goes_on or false
end

--- Is a clause one of what will or must be, that goes on with the verb of another: will continue to
-- seek?
---@param s table
---@param clause table
---@param inner table
---@return boolean
function M.is_open_to (s, clause, inner)
  return lists.strives[s.e[inner.verb].lemma] and inner.kind == "inf" and inner.up == clause
         and (clause.modal or clause.possible) and true or false
end

--- Does somebody seek what they need themselves, or is what they seek named before: seek refugee
-- status; the aid that they seek, ...?
---@param s table
---@param clause table
---@param stop integer
---@return boolean
function M.is_own_need (s, clause, stop)
  if not lists.strives[s.e[clause.verb].lemma] or s.c[stop] == "t" then return false end
  if s.c[stop + 1] == "," then return true end
  for k = stop + 1, stop + NEED < s.n and stop + NEED or s.n do
    if lists["strives.no"][word_of(s, k)] then return true end
  end
  return false
end

--- Does somebody say thank you? Whose words they are it is who thanks.
---@param s table
---@param clause table
---@return boolean
function M.is_thanks (s, clause)
  local i = clause.verb
  return s.e[i].lemma == "thank" and form_of(s, i) == "thank" and form_of(s, i + 1) == "you"
end

local this = { this = true, that = true, it = true }
local ends = items.classes ",&;"

-- Is what begins at an item no matter: your question; this, and no noun behind it?
local function is_courtesy (s, first)
  if this[form_of(s, first)] and (first == s.n or ends[s.c[first + 1]]) then return true end
  for k = first, first + NEED - 1 < s.n and first + NEED - 1 or s.n do
    if lists.courtesies[word_of(s, k)] then return true end
  end
  return false
end

--- Where begins what somebody is thanked for with these words, behind whom they are said to: thank
-- you so much, Minister, FOR the road. Nil of what is only courteous: for your question.
---@param s table
---@param first integer item of "you"
---@return integer?
function M.behind_thanks (s, first)
  for i = first + 1, first + THANKED < s.n and first + THANKED or s.n do
    local form = form_of(s, i)
    if form == "for" or form == "on" and form_of(s, i + 1) ~= "behalf"
       and word_of(s, i + 1) ~= "behalf" then
      return not is_courtesy(s, i + 1) and i + 1 or nil
    end
    if s.taken[i] == "V" or s.c[i] == "t" or form == "but" then return nil end
  end
end

return M
