--- Who is the subject of a clause: those its words name, or that of the clause it goes with.
--
-- actors.lua says who an item is, pronouns and offices too.
-- @module lesdiplo.fact.subjects
local actors = require "lesdiplo.fact.actors"
local clauses = require "lesdiplo.fact.clauses"
local ids = require "lesdiplo.fact.ids"
local items = require "lesdiplo.fact.items"
local operators = require "lesdiplo.fact.operators"
local pronouns = require "lesdiplo.fact.pronouns"
local unlisted = require "lesdiplo.fact.unlisted"
local bytes, resolve = items.bytes, actors.resolve
local ipairs = ipairs
_ENV = nil
local M = {}

-- Does a country stand before an office whose holder is named behind it: Norway's Foreign
-- Minister Anna Berg?
local function names_office (s, i)
  local behind = s.c[i + 1] == "s" and s.c[i + 2] or s.c[i + 1]
  return behind == "R" and s.m[i] and s.m[i].kind ~= "person"
end

-- Who the head of a subject is.
local function of_head (st, s, head)
  local class, m = s.c[head], s.m[head]
  if class == "A" and m.kind ~= "org" and m.kind ~= "place" then return actors.alone(st, m.id) end
  if class == "q" and pronouns.selves[s.e[head].form] then
    return actors.alone(st, actors.self_at(st, (bytes(s, head))))
  end
  return resolve(st, ids.new(), s, head, nil, true)
end

-- Who the head of a subject is, or several heads. The list is not the caller's to change.
local function of_heads (st, s, head, heads)
  if not head then return ids.none end
  if not heads then return of_head(st, s, head) end
  local out = ids.new()
  for k = 1, #heads do
    local i, m = heads[k], s.m[heads[k]]
    local holds = k > 1 and m and m.kind == "person" and names_office(s, heads[k - 1])
    if holds and actors.is_unknown_part(s.m[heads[k - 1]]) then
      resolve(st, out, s, i, nil, true)           -- Bureau of African Affairs Secretary Holm
    elseif k < #heads and actors.is_unknown_part(m) and names_office(s, i) then
      out = ids.new()
    elseif holds then
      ids.add_person(out, m.id)
    else
      resolve(st, out, s, i, nil, true)
    end
  end
  return out
end

local where = { ["in"] = true, at = true, across = true, throughout = true, near = true }

-- The party behind which a relative clause stands; not where it only says where that is which the
-- clause describes: the attack in Chad, which killed.
local function described (st, s, clause)
  local i = clause.first - 1
  while i >= 1 and s.c[i] ~= "A" and s.c[i] ~= "R" and i > clause.first - 4
        and s.taken[i] ~= "V" do i = i - 1 end
  local p = i >= 1 and s.c[i] == "A" and clause.up and clauses.governor(s, clause.up.first, i)
  if p and where[items.form(s, p)] then return ids.none end
  return of_heads(st, s, i >= 1 and s.c[i] == "A" and i)
end

local texts = { resolution = true, resolutions = true, law = true, bill = true, letter = true,
                petition = true, motion = true, amendment = true, treaty = true, agreement = true,
                statement = true, communique = true, declaration = true }

-- Does a participle say of a paper what that does, and of nobody: back a resolution
-- condemning the attack? What the subject issues itself says what the subject says.
local function is_of_paper (s, clause)
  local i = clause.first - 1
  local word = i > 0 and items.word(s, i)
  local act = clause.up.found and clause.up.found.act
  return texts[word] == true and not (act and act.type == "issue_statement")
end

-- Those who are named in some items.
local function who_in (st, s, first, last)
  local out = ids.new()
  for i = first, last do
    if s.c[i] == "A" then resolve(st, out, s, i) end
  end
  return out
end

local leads_it = { lead = true, head = true }

-- The subject of a verb behind a participle that names who leads it, with that one: a delegation
-- led by Anna Berg | visited Chad.
local function with_leader (st, s, clause, out)
  local part = s.clauses[clause.number - 1]
  if not part.reduced or part.up ~= clause.up or not leads_it[s.e[part.verb].lemma] then
    return out
  end
  local leaders = who_in(st, s, part.verb + 1, part.last)
  if #out == 0 then return leaders end
  out = ids.copy(out)
  for _, id in ipairs(leaders.people) do ids.add_person(out, id) end
  return out
end

-- The subject of a clause, or of the one that it goes with.
local function subject (st, s, clause)
  local kind, up = clause.kind, clause.up
  if kind == "rel" then
    if clause.head then return of_heads(st, s, clause.head, clause.heads) end
    return described(st, s, clause)
  elseif clause.reduced then
    local tied = clauses.stative[s.e[clause.verb].lemma] and up and up.verb
                 and clauses.copular[s.e[up.verb].lemma]
    return tied and M.subject(st, s, up) or ids.none
  elseif kind == "main" or kind == "sub" then
    return of_heads(st, s, clause.head, clause.heads)
  elseif up then
    if kind == "part" and is_of_paper(s, clause) then return ids.none end
    local mine = kind == "inf" and pronouns.own_will(s, clause)
    if mine then return actors.parties(st, actors.self_at(st, (bytes(s, mine)))) end
    local whom = kind == "inf" and operators.for_whom(s, clause)
    if whom then
      return who_in(st, s, whom, clause.first - 1)
    end
    local out = M.subject(st, s, up)
    if kind == "resumed" then return with_leader(st, s, clause, out) end
    local hindered, last = operators.hindered(s, clause)
    if hindered then return who_in(st, s, hindered, last) end       -- barred Chad from signing
    local found = up.found
    local asked = (kind == "gerund" or kind == "inf" and found and found.frame.act.to)
                  and found and found.asks
    local for_it = asked and kind == "gerund" and items.form(s, clause.first - 1) == "for"
    return asked and (#asked > 0 or for_it) and asked or out
  end
  return ids.none
end

-- The item of "the two" that is all of a clause's subject, or nil.
local function several_before (s, clause)
  local i = clause.finite and not clause.head and clause.group - 1
  return i and items.form(s, i) == "two" and s.c[i - 1] == "d" and i or nil
end

-- The parties of a subject in which nobody is named: a paper speaks for those who were named
-- together last, and so do the two; or somebody whom no table knows.
local function of_nobody (st, s, clause, out)
  local several = clause.kind ~= "rel" and clause.paper or several_before(s, clause)
  if several then out = actors.group(st, ids.new(), (bytes(s, several))) end
  return #out == 0 and unlisted.subject(st, s, clause) or out
end

--- The parties of a clause's subject, its own or that of the clause it goes with. The
-- list is not the caller's to change.
---@return table ids
function M.subject (st, s, clause)
  if clause.parties then return clause.parties end
  clause.parties = ids.none                      -- a clause that asks for itself has none
  local out = subject(st, s, clause)
  if #out == 0 then out = of_nobody(st, s, clause, out) end
  clause.parties = out
  if clause.finite then
    if #out == 1 then st.single = out elseif #out > 1 then actors.remember(st, out, clause) end
    if clause.head and pronouns.is_people(s, clause.head) then
      st.plural, st.plural_at = out, st.at_sentence
    end
  end
  return out
end

return M
