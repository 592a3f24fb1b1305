--- The layers event and stance of Russian documents.
--
-- data/acts-ru.txt has the words of acts, data/stances-ru.txt those of stances, in their
-- dictionary forms; data/russian.txt the small words that a clause is read by.
-- @module lesdiplo.fact.russian
local clauses = require "lesdiplo.fact.russian.clauses"
local plain = require "lesdiplo.fact.plain"
local find, sub = string.find, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local MEMBER = 9         -- items of a list's member

-- Objects -----------------------------------------------------------------------------------

local finite = { past = true, present = true, inf = false }

-- Does an item end an object: a verb of its own, or a word that begins a clause?
local function ends (item)
  local e = item.e
  return e ~= nil and (finite[e.tense] and (e.verb or e.cues) or e.say or e.relative
         or e.subordinate or e["if"]
                       or e.tense == "gerund" or e.tense == "active" or e.tense == "participle")
                           and true or false
end

-- Does a segment go on with the object of the one before it, as a list does?
local function goes_on (s, seg)
  if not seg or seg.kind == "rel" or seg.kind == "if" then return false end
  local head = s.list[seg.from].e
  if head and (head.turn or head.form == "а" or head.form == "при") then return false end
  for i = seg.from, seg.to do
    if ends(s.list[i]) then return false end
  end
  return true
end

-- Does a verb of its own follow "and": ... и призывает?
local function verb_behind (list, i)
  local e = list[i].e
  if not e or not e.conjunction then return false end
  for k = i + 1, i + 2 do
    local one = list[k] and list[k].e
    if one and (one.say or finite[one.tense] and (one.verb or one.cues)) then return true end
    if not one or not (one.light or one.op) then return false end
  end
  return false
end

-- The last item of an object that begins at an item of a segment.
local function object_last (s, seg, first)
  local last = seg.to
  for i = first, last do
    if verb_behind(s.list, i) then return i - 1 end
  end
  while seg.mark == "," and goes_on(s, seg.next) do
    seg = seg.next
    last = seg.to
  end
  return last
end

-- Prepositions that lead to an object and are no part of it.
local leads = { ["за"] = true, ["на"] = true, ["о"] = true, ["об"] = true }

local turned = { calls_for = true, appreciates = true }

-- The first item of an object: behind whom the cue is turned to, and small words.
local function object_first (s, seg, i, cue, last)
  local list, k = s.list, seg[i].cue_last + 1
  while k <= last and list[k].e and (list[k].e.light or list[k].e.mark) do k = k + 1 end
  if turned[cue.stance] then
    local one = seg[i + 1]
    if one and one.k == "P" and not one.slot and list[k] and one.first - list[k].first < 40 then
      local after = k
      while after <= last and list[after].last <= one.last do after = after + 1 end
      if after <= last then k = after end
    end
    if one and one.k == "P" and one.slot == "from" and list[k] and list[k].e
           and list[k].e.tie == "from" then
      while k <= last and list[k].last <= one.last do k = k + 1 end
    end
    if k <= last and list[k].e and (list[k].e.tie == "to" or list[k].e.tie == "for") then
      k = k + 1
    end
  end
  local e = k < last and list[k].e
  return e and leads[e.form] and k + 1 or k
end

-- The members of a list: суверенитет, независимость и
-- целостность.
local function members (list, first, last)
  local out, from, commas = {}, first, 0
  for i = first, last do
    local e = list[i].e
    if e and (e.mark == "," or e.form == "и" and commas > 0) then
      if i - from < 1 or i - from > MEMBER then return nil end
      out[#out + 1] = { from, i - 1 }
      from = i + 1
      if e.mark then commas = commas + 1 end
    end
  end
  if #out < 2 or last - from >= MEMBER or from > last then return nil end
  out[#out + 1] = { from, last }
  return out
end

-- The byte at which the text of an item's stretch ends: up to the next item's mark.
local function stop (text, list, i)
  local last = list[i].last
  local after = list[i + 1]
  if not after then
    return last
  end
  return after.e and after.e.quote == -1 and find(sub(text, list[i].first, last), "«", 1, true)
         and after.last or last
end

-- What stands behind a cue that a comma ends: подтвердил, что ...
local function clause_behind (s, seg)
  local next_one = seg.next
  if seg.mark ~= "," or not next_one then return nil end
  local e = s.list[next_one.from].e
  if not e or e.form ~= "что" and e.form ~= "чтобы" then return nil end
  local last = next_one
  while last.next and last.mark ~= ";" do last = last.next end
  if next_one.from + 1 > last.to then return nil end              -- a headline ends with it
  return next_one.from + 1, last.to
end

local told = { reaffirms = true, hopes = true, believes = true, calls_for = true, advocates = true,
               commits = true,
               supports = true, stands_ready = true }
local carriers = { reaffirms = true, recognises = true }

-- A cue whose object another one carries: подтвердила приверженность ...
local function carried (seg, i)
  local one = seg[i + 1]
  if carriers[seg[i].cue.stance] and one and one.k == "T" and one.cue
         and one.item - seg[i].item <= 3 then
    return i + 1
  end
  return i
end

local function hedge (seg, i)
  for k = 1, i - 1 do
    if seg[k].k == "O" and (seg[k].hedge or seg[k].op == "maybe") then return seg[k].word end
  end
end

local function read_cue (st, s, seg, i, state, out)
  local u, list = seg[i], s.list
  local holder = plain.holder(st, s, seg, i, state)
  if #holder == 0 then return u.last end
  local k = carried(seg, i)
  local last = object_last(s, seg, u.cue_last + 1)
  local first = object_first(s, seg, k, u.cue, last)
  if first > last or first > seg.to then
    first, last = nil, nil
    if told[u.cue.stance] then first, last = clause_behind(s, seg) end
    if not first then return u.last end
  end
  local found = { cue = u.cue, holder = holder, negated = plain.negated(seg, i), hedge = hedge(seg,
                  i) }
  for _, one in ipairs(members(list, first, last) or { { first, last } }) do
    plain.stance(st, s, out, found, list[one[1]].first, stop(st.simple, list, one[2]))
  end
  return list[last].last
end

local function read_segment (st, s, seg, state, out)
  for i, u in ipairs(seg) do
    if u.k == "T" and u.cue and u.first > (state.covered or 0) and not u.passive
           and not u.active then
      state.covered = read_cue(st, s, seg, i, state, out)
    end
  end
end

--- The events and the stances of a document.
---@param doc Doc
---@param all table its sentences, with firsts
---@param read table[] those that tell something
---@return table events, positions and rows
---@return table stances
function M.read (doc, all, read)
  return plain.read(clauses.new(doc, all), read, clauses, read_segment)
end

return M
