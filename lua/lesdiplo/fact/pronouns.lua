--- What pronouns take up, as far as the words of a sentence tell it.
--
-- Items are those of fact/items.lua; actors.lua says who they are.
-- @module lesdiplo.fact.pronouns
local items = require "lesdiplo.fact.items"
local find = string.find
_ENV = nil
local M = {}

--- Pronouns by what they stand for: who speaks, a thing, a state that is a she, several.
M.selves = { we = true, our = true, i = true, my = true, us = true, me = true,
             ourselves = true }
M.things = { it = true, its = true, itself = true }
M.ships = { she = true, her = true, herself = true }
M.many = { they = true, their = true, them = true, themselves = true }
local selves = M.selves

local joys = { pleasure = true, honor = true, honour = true, privilege = true, delight = true }
local causes = { ["for"] = true, over = true, about = true }
-- Verbs whose object has also what "on" ties: congratulate her on her victory.
local favours = { congratulate = true, accompany = true, join = true }
local lists = { [","] = true, ["&"] = true }

-- Does "to" or "with" tie a party to the verb, and it is no object of it? Aid to Mali for ...
local function is_tied (s, i)
  local class = s.c[i - 1]
  return class == "p" or class == "t" or (class == "d" and (s.c[i - 2] == "p" or s.c[i - 2] == "t"))
end

--- Whose what is that the object of a verb gives cause with: thank Oman FOR ITS help. The first
-- and the last item of those, or nil.
function M.given_cause (s, i)
  local tie = s.c[i] == "o" and items.form(s, i - 1)
  if not causes[tie] and tie ~= "on" then return nil end
  local last = i - 2
  if s.c[last] == "x" and s.c[last - 1] == "t" then last = last - 2 end       -- hold to account
  if items.form(s, last - 1) == "of" and s.c[last - 2] == "A" then last = last - 2 end   -- of Chad
  if s.c[last] ~= "A" or s.m[last].kind == "place" or is_tied(s, last) then return nil end
  local first = last
  while first > 1 and (s.c[first - 1] == "A" or lists[s.c[first - 1]] and s.c[first - 2] == "A") do
    first = first - 1
  end
  if tie == "on" then
    local verb = first - 1
    while s.c[verb] == "R" or s.c[verb] == "d" do verb = verb - 1 end
    if verb < 1 or not favours[s.e[verb].lemma] then return nil end
  end
  return first, last
end

--- Is a person named before an item in its sentence, or an office?
function M.names_somebody (s, i)
  for k = 1, i - 1 do
    if s.c[k] == "R" or s.m[k] and s.m[k].kind == "person" then return true end
  end
  return false
end

--- Who is "it" where "we" stands before it in a sentence, and so is somebody else: we will act
-- against Chad if IT attacks. The country last named between them other than the author, or nil.
function M.other_than_we (s, i, author)
  local other
  for k = i - 1, 1, -1 do
    local m = s.m[k]
    if not other and m and m.kind == "country" and m.id ~= author then other = m.id end
    if s.c[k] == ";" then return nil end
    if (s.c[k] == "q" or s.c[k] == "o") and selves[s.e[k].form] then return other end
  end
end

--- Whose something else is to which "and" ties what is ITS: Oman's reforms and ITS plans. The item
-- of that party, or nil.
function M.owner_beside (s, i)
  if s.c[i] ~= "o" or s.c[i - 1] ~= "&" then return nil end
  for k = i - 2, i - 6 > 1 and i - 6 or 1, -1 do
    if s.c[k] == "s" then return s.c[k - 1] == "A" and k - 1 or nil end
    if s.taken[k] == "V" or s.c[k] == "p" or s.c[k] == "," then return nil end
  end
end

--- An item at which those who speak do what an infinitive tells: it is MY pleasure to, it is a
-- great PLEASURE to, let ME; or nil.
function M.own_will (s, clause)
  local be = clause.up.verb
  if not be then return nil end
  if s.e[be].lemma == "let" then return items.form(s, be + 1) == "me" and be + 1 or nil end
  if s.c[be] ~= "b" then return nil end
  local head = clause.up.head
  if head and items.form(s, head) == "it" and joys[items.word(s, clause.first - 1)] then
    return clause.first - 1
  end
  for i = be + 1, clause.first - 1 do
    if s.c[i] == "o" and selves[s.e[i].form] then return i end
  end
end

local states = { countries = true, nations = true, governments = true, peoples = true }

--- Are those meant who speak and others with them: OUR two countries?
function M.of_both (s, i)
  if s.e[i].form ~= "our" then return false end
  local word = items.form(s, i + 1) == "two" and items.form(s, i + 2) or items.form(s, i + 1)
  return states[word] == true
end

--- Are a country's people meant: Ukrainians?
function M.is_people (s, i)
  local m = s.m[i]
  return m and m.kind == "country" and m.row.form ~= "name" and find(items.text(s, i), "s$")
         and s.c[i + 1] ~= "s"
end

return M
