--- Stances: who holds which position on what.
--
-- A record stands on the object: what is supported, opposed, promised. Its holder is
-- the state or body whose subject the cue has; the person who spoke is `via`. A list
-- under one cue gives a record an item. The cues are in data/stances.txt.
-- @module lesdiplo.fact.stances
local actors = require "lesdiplo.fact.actors"
local clauses = require "lesdiplo.fact.clauses"
local frames = require "lesdiplo.fact.frames"
local items = require "lesdiplo.fact.items"
local lexicon = require "lesdiplo.entity.lexicon"
local sides = require "lesdiplo.fact.sides"
local words = require "lesdiplo.fact.words"
local byte, gmatch = string.byte, string.gmatch
local ipairs, select = ipairs, select
_ENV = nil
local M = {}

local STANCE = words.STANCE
local LEAD = 5           -- items between a verb and the noun that carries the stance
local MEMBER = 9         -- items of a list's member
local bytes, form_of, cue_of = items.bytes, items.form, frames.cue

-- Cues --------------------------------------------------------------------------------

local function least (a, b) return a < b and a or b end

local after_noun = { next = true }      -- a noun's object stands behind "to" as well

-- Does an item stand between a cue and its object?
local function leads (s, i, cue)
  local class = s.c[i]
  if class == "W" then
    local much = form_of(s, i) == "very" and s.c[i + 1] == "x"          -- very dangerous allies
    return s.c[i + 1] ~= nil and not much
  end
  if class == "S" then return form_of(s, i) == "that" end
  if class == "p" then return form_of(s, i) == "of" end
  return class == "," or class == "t" and cue.next ~= nil
end

-- Where the object begins behind a cue: "that" and prepositions of the cue left out.
local function object_first (s, stop, cue, last)
  local i = stop + 1
  while i <= last and leads(s, i, cue) do i = i + 1 end
  return i
end

-- Objects -------------------------------------------------------------------------------

-- Words that open a clause which is no part of an object.
local cuts = {}
for word in gmatch("as while when after before because if although though since unless whereas",
                   "%a+") do
  cuts[word] = true
end

-- Is an infinitive a neighbour of another: to oppose this and promote that?
local function is_beside (one, clause)
  local k = one.beside
  while k and k ~= clause do k = k.beside end
  return k == clause
end

-- Does a clause end the object of another that stands before it?
local function ends (s, one, clause, doing)
  local kind = one.kind
  if kind == "main" or kind == "resumed" or kind == "coord" then return true end
  if kind == "sub" then return cuts[one.cue] == true and one.finite == true end
  if kind == "inf" then return is_beside(one, clause) end
  if kind == "part" and one.verb and not one.reduced then
    if doing then return false end                 -- building roads, deepening trade, and ...
    return s.c[one.first - 1] == "," and (s.e[one.verb].cue ~= nil or s.e[one.verb].verb ~= nil)
  end
  return false
end

-- Does a noun that carries a stance of its own begin at an item: "and recognition that"?
local function carries (s, i, last)
  local stop = i + 2 < last and i + 2 or last
  for k = i, stop do
    if s.taken[k] == "N" and s.e[k].noun_cue and cue_of(s, k) then return true end
    if s.c[k] ~= "d" and s.c[k] ~= "o" and s.c[k] ~= "x" then return false end
  end
  return false
end

-- Where the object of a noun has to end that stands before its clause's verb: our duty to
-- the region | remains; in its support for reform | , Oslo has helped.
local function before_verb (s, clause, i)
  local group = clause.finite and clause.group
  if not group or i >= group then return s.n end
  for k = group - 2, i + 1, -1 do
    if s.c[k] == "&" then break end
    if s.c[k] == "," then return k - 1 end
  end
  return group - 1
end

-- Is a clause what the verb at i takes: ensuring | all help is sent; help | bring peace?
local function is_complement (s, one, i)
  if one.first ~= i + 1 or s.m[i] then return false end
  return (one.kind == "main" or one.kind == "coord") and (s.taken[i] == "V" or s.c[i] == "I")
end

-- The last item of an object that begins at i in a clause.
local function object_last (s, clause, i)
  local last = before_verb(s, clause, i)
  local doing = s.c[i] == "I" or s.taken[i] == "V" and not s.m[i] and s.e[i].tense == "ing"
  for k = clause.number + 1, s.opened do
    local one = s.clauses[k]
    if one.first > i and ends(s, one, clause, doing) and not is_complement(s, one, i) then
      last = least(last, one.first - 1)
      break
    end
  end
  for k = i + 1, last do
    if s.c[k] == "&" and carries(s, k + 1, last) then
      last = k - 1
      break
    end
  end
  while last >= i and (s.c[last] == "," or s.c[last] == "&" or s.c[last] == ";" or s.c[last] == '"'
                       or s.c[last] == "W" and s.c[last - 1] == "&") do
    last = last - 1
  end
  return last
end

-- Is it a list whose first member may stand alone? Not so adjectives before one noun
-- (safe, open and fair trade), nor a list inside the first one's prepositions.
local function is_list (s, list)
  local first, singles = list[1], 0
  for _, one in ipairs(list) do
    if one[1] == one[2] then singles = singles + 1 end
  end
  local head = s.c[first[1]] == "d" and first[1] + 1 or first[1]
  if head == first[2] and singles < #list and (head == first[1] or singles > 0) then
    return false
  end
  for i = first[1], first[2] do
    local class = s.c[i]
    if class == "p" or class == "A" or class == "R" or class == "o" then return false end
  end
  return true
end

-- Nouns of a list: unilateral sanctions, protectionism and economic hegemonism.
local function members (s, first, last)
  local out, from, commas, short = {}, first, 0, true
  for i = first, last do
    local class = s.c[i]
    local stop = class == "," or class == "&" and (commas > 0 or i == last)
    if i > first and class == "&" and carries(s, i + 1, last) then return nil end
    if stop then
      if i > from then
        out[#out + 1] = { from, i - 1 }
        short = short and i - from <= MEMBER
      end
      if class == "," then commas = commas + 1 end
      from = i + 1
    elseif s.taken[i] == "V" or class == "b" or class == "r" or class == "S" then
      return nil
    end
  end
  if from <= last then
    out[#out + 1] = { from, last }
    short = short and last - from < MEMBER
  end
  return #out > 2 and commas > 0 and short and is_list(s, out) and out or nil
end

local bare = items.classes ",&WtI"

-- Has a member of a list of verbs an object of its own? Else it shares the next one's:
-- plan, build and open the road.
local function has_object (s, first, last)
  for i = first, last do
    if s.taken[i] ~= "V" and not bare[s.c[i]] then return true end
  end
  return false
end

-- Verbs of a list: stop the violence, de-escalate and choose the path of diplomacy.
local function verbs (s, first, last, tense)
  local out, from = {}, first
  for _, one in ipairs(s.clauses) do
    if one.first > first and one.first <= last and one.verb and s.e[one.verb].tense == tense then
      local p = one.first - 1
      while s.c[p] == "W" do p = p - 1 end
      if s.c[p] == "," or s.c[p] == "&" then
        local stop = p
        while s.c[stop] == "," or s.c[stop] == "&" do stop = stop - 1 end
        if has_object(s, from, stop) then
          out[#out + 1] = { from, stop }
          from = s.c[one.first] == "t" and one.first + 1 or one.first
        end
      end
    end
  end
  if #out == 0 then return nil end
  out[#out + 1] = { from, last }
  return out
end

-- Records ---------------------------------------------------------------------------------

local hedges = { could = true, would = true, may = true, might = true, can = true }

local function outcome (cue, negated)
  if not negated then return cue.polarity end
  return cue.stance == "opposes" and 0 or -cue.polarity
end

local function plain (ids)
  local out = {}
  for i, id in ipairs(ids) do out[i] = id end
  return out
end

-- Words that are no object by themselves: as he rightly should; thank you very much.
local empty = items.classes "muntpbhWT&"

-- Does "should" stand before its subject: should Chad attack?
local modals, subjects = items.classes "mu", items.classes "qAdRoGY"
local function is_inverted (s, i)
  return modals[s.c[i]] and subjects[s.c[i + 1]] or false
end

local function put (st, s, out, cue, clause, holder, first, last)
  if first > last or first == last and empty[s.c[first]] and not s.m[first] then return end
  if is_inverted(s, first) then return end
  local row = { stance = cue.stance, holder = plain(holder), rule = cue.where,
                negated = clause.negated or nil, polarity = outcome(cue, clause.negated) }
  if hedges[clause.possible] then row.hedge = clause.possible end
  row.via = holder.people[1]
  local from, to = bytes(s, first), select(2, bytes(s, last))
  local quote = actors.quote_at(st, from)
  if quote and quote.speaker and not holder[quote.speaker] then row.via = quote.speaker end
  local n = #out.rows + 1
  out.positions[2 * n - 1], out.positions[2 * n], out.rows[n] = from, to, row
end

local of_party = items.classes "dARoqG&"

-- Behind whom a cue is turned to: urge Oslo TO SIGN, thank Oslo FOR its help.
local function behind_party (s, cue, first)
  local asks, gives = cue.stance == "calls_for", cue.stance == "appreciates"
  if not asks and not gives then return first end
  for i = first, least(first + 8, s.n) do
    local class = s.c[i]
    local form = form_of(s, i)
    if i > first and (gives and (form == "for" or form == "on")
                      or asks and class == "t" and s.taken[i + 1] == "V") then
      return i + 1
    elseif not (of_party[class] or class == "x" and gives or class == "W" and i > first) then
      return first
    end
  end
  return first
end

local function only_pronouns (s, first, last)
  if form_of(s, first) == "you" then return true end
  for i = first, last do
    if s.c[i] ~= "q" and s.c[i] ~= "p" and s.c[i] ~= "W" then return false end
  end
  return true
end

-- The object of two verbs that "and" ties: advocate for and support the reform.
local function shared (s, clause, first)
  local k = first + 1
  while s.c[k] == "W" do k = k + 1 end
  if s.c[first] == "&" and s.taken[k] == "V" then
    for _, one in ipairs(s.clauses) do
      if one.verb == k then
        k = k + 1
        while s.c[k] == "p" or s.c[k] == "t" do k = k + 1 end
        return one, k
      end
    end
  end
  return clause, first
end

local has_or_is = items.classes "bh"

-- The records of a cue whose object begins at an item: one an item of a list.
local function record (st, s, out, cue, clause, holder, first)
  if #holder == 0 then return end
  first = behind_party(s, cue, first)
  clause, first = shared(s, clause, first)
  while s.c[first] == "W" or s.c[first] == '"' do first = first + 1 end
  local e = s.e[first]
  local tense = s.c[first] == "I" and "ing"
  if e and not s.m[first] and s.taken[first] == "V" then tense = e.tense end
  local last = object_last(s, clause, first)
  local other = tense and last == first and s.clauses[clause.number + 1]
  if other and other.kind == "coord" and other.verb then            -- promote and support trade
    last = object_last(s, other, other.verb)
  end
  if s.c[first] == ":" or s.c[first] == ";" then return end               -- agreed to: ...
  if cue.stance == "appreciates" and (tense == "base" or has_or_is[s.c[first]]) then
    return                                                            -- grateful to be here
  end
  local list = tense and verbs(s, first, last, tense) or not tense and members(s, first, last)
  if not list and only_pronouns(s, first, last) then return end               -- thank him
  for _, one in ipairs(list or { { first, last } }) do
    put(st, s, out, cue, clause, holder, one[1], one[2])
  end
end

local carriers = { reaffirms = true, recognises = true }

-- The noun that carries the stance right behind a verb: reaffirm our commitment to.
local function carried (s, first, last)
  for i = first, least(first + LEAD, last) do
    if s.taken[i] == "N" and s.e[i].noun_cue then
      local cue, stop = cue_of(s, i)
      if cue then return i, stop, cue end
    end
    if s.taken[i] == "V" or s.c[i] == "p" or s.c[i] == "," then return nil end
  end
end

-- Who holds a position that no subject tells: who speaks, or whose paper it is.
local function speaker (st, s, i)
  local quote = actors.quote_at(st, (bytes(s, i)))
  if quote and (quote.speaker or quote.kind == "direct") then
    return actors.parties(st, quote.speaker)
  end
  return actors.parties(st, st.voice)
end

local function read_verb (st, s, clause, out, used)
  local i = clause.verb
  local e = s.e[i]
  if not e.cue then return nil end
  local cue, stop = cue_of(s, i)
  if not cue or clause.possible and not hedges[clause.possible] then return nil end
  if clause.passive and not clauses.stative[e.lemma] then return nil end
  local holder = actors.subject(st, s, clause)
  local first = object_first(s, stop, cue, s.n)
  if carriers[cue.stance] then
    local noun, after, told = carried(s, first, s.n)
    if noun then
      used[noun] = true
      if told.polarity < 0 or told.stance == "calls_for" then cue = told end   -- its concern over
      if #holder == 0 then holder = sides.before_noun(st, s, clause, noun, holder) end
      first = object_first(s, after, after_noun, s.n)
    end
  end
  used[stop] = true
  record(st, s, out, cue, clause, holder, first)
  return cue
end

local function read_noun (st, s, clause, i, out)
  local cue, stop = cue_of(s, i)
  if not cue then return end
  if clause.cue == "whether" or clause.cue == "if" then return end
  local verb = clause.verb and s.e[clause.verb].lemma
  if verb and clause.verb < i and clauses.neutral[verb] then return end
  local own = actors.subject(st, s, clause)
  local holder = sides.before_noun(st, s, clause, i, own)
  if #holder == 0 then holder = own end
  if #holder == 0 then holder = speaker(st, s, i) end
  record(st, s, out, cue, clause, holder, object_first(s, stop, after_noun, s.n))
end

local first_person = { we = true, i = true }

-- Is a clause a promise of who speaks: we will, the Department will? Not so of a thing: the
-- statement will.
local function promises (st, s, clause, own)
  local up = clause
  if not clause.modal and clause.kind == "coord" and s.e[clause.verb].tense == "base" then
    up = clause.up
  end
  if not up or not up.modal or not own[1] then return false end
  local head = up.head
  if not head and (up.kind == "main" or up.kind == "sub") then return false end
  local class = head and s.c[head]
  if class == "q" and first_person[form_of(s, head)] then return true end
  if class == "o" or class == "q" then return false end
  local by = speaker(st, s, clause.verb)
  return by[1] ~= nil and own[1] == by[1] and #own.people == 0
end

local remarks = lexicon.list("english.txt", "remarks")

local function is_first_person (s, head) return head and first_person[form_of(s, head)] == true end

local modal_cue = { stance = "commits", polarity = 1, where = "stances.txt" }
local duty_cue = { stance = "advocates", polarity = 1, where = "stances.txt" }
local duty = { must = true, should = true, ought = true }

local function read_modal (st, s, clause, out)
  local own = actors.subject(st, s, clause)
  local i = clause.verb
  local stem = clause.stem or clause.kind == "coord" and clause.up and clause.up.stem
  if stem then return record(st, s, out, stem.cue or modal_cue, clause, own, i) end
  if remarks[s.e[i].lemma] and is_first_person(s, clause.head) then return end      -- I should add
  if duty[clause.possible or ""] then
    local holder = speaker(st, s, i)
    record(st, s, out, duty_cue, clause, holder, clause.passive and i - 1 or i)
  elseif s.taken[i] == "V" and s.e[i].tense and promises(st, s, clause, own) then
    local goes_on = s.c[i + 1] == "t" and (s.taken[i + 2] == "V" or s.c[i + 2] == "W")
    record(st, s, out, modal_cue, clause, own, goes_on and i + 2 or i)
  end
end

-- Does a clause say what will or must be, or goes it on with one that does?
local function is_open (clause)
  if clause.modal or clause.possible or clause.stem then return true end
  local up = clause.kind == "coord" and clause.up
  return up and (up.modal or up.stem)
end

-- Has a clause an infinitive of its own with a cue: will continue to urge?
local function passes_on (s, clause)
  local inner = s.clauses[clause.number + 1]
  if not inner or inner.up ~= clause or not inner.verb then return false end
  local kind = inner.kind
  return kind ~= "part" and kind ~= "coord" and kind ~= "rel" and inner.tells & STANCE ~= 0
end

local QUESTION = byte "?"

-- Does a sentence end with a question mark, a quotation mark or none behind it?
local function is_question (s)
  for at = s.last, s.last > 4 and s.last - 3 or 1, -1 do
    if byte(s.text, at) == QUESTION then return true end
  end
  return false
end

local function read_sentence (st, s, out)
  if s.tells & STANCE == 0 or is_question(s) then return end
  local used, list, told, at = {}, s.clauses, s.told, 1
  for k = 1, s.opened do
    local clause = list[k]
    local cue
    if clause.verb and s.c[clause.verb] ~= "b" then
      cue = clause.tells & STANCE ~= 0 and read_verb(st, s, clause, out, used)
      if not cue and is_open(clause) and not passes_on(s, clause) then
        read_modal(st, s, clause, out)
      end
    end
    while at <= s.tellers and told[at] <= clause.last do
      local i = told[at]
      at = at + 1
      if s.e[i].noun_cue and not used[i] and not (cue and i < clause.verb) then
        read_noun(st, s, clause, i, out)
      end
    end
  end
end

--- Adds the stances of a sentence to `out`, which has positions and rows.
---@param st table of actors.new
---@param s table of clauses.read
---@param out table
M.sentence = read_sentence

return M
