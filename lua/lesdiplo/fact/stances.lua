--- Stances: who holds which position on what.
--
-- A record stands on the object: what is supported, opposed, promised. Its holder is
-- the state or body whose subject the cue has; the person who spoke is `via`. A list
-- under one cue gives a record an item. The cues are in data/stances.txt.
-- @module lesdiplo.fact.stances
local actors = require "lesdiplo.fact.actors"
local attitudes = require "lesdiplo.fact.attitudes"
local clauses = require "lesdiplo.fact.clauses"
local frames = require "lesdiplo.fact.frames"
local ids = require "lesdiplo.fact.ids"
local items = require "lesdiplo.fact.items"
local lexicon = require "lesdiplo.entity.lexicon"
local noun_sides = require "lesdiplo.fact.noun_sides"
local objects = require "lesdiplo.fact.objects"
local openings = require "lesdiplo.fact.openings"
local operators = require "lesdiplo.fact.operators"
local sides = require "lesdiplo.fact.sides"
local sought = require "lesdiplo.fact.sought"
local talk = require "lesdiplo.fact.talk"
local subjects = require "lesdiplo.fact.subjects"
local words = require "lesdiplo.fact.words"
local byte, concat, find = string.byte, table.concat, string.find
local match, sub = string.match, string.sub
local ipairs, next, pairs, select = ipairs, next, pairs, select
_ENV = nil
local M = {}

local STANCE = words.STANCE
local LEAD = 5           -- items between a verb and the noun that carries the stance
local bytes, form_of, cue_of = items.bytes, items.form, frames.cue

local professed = lexicon.list("english.txt", "professed")

-- Of a sentence: the verbs that a position told before tells with it; items that are told of.
local undertaken, used = {}, {}

local function least (a, b) return a < b and a or b end

-- Records ---------------------------------------------------------------------------------

local hedges = { could = true, would = true, may = true, might = true, can = true }

local reserved = lexicon.list("english.txt", "hedge")
local condition = lexicon.list("english.txt", "condition")

-- A condition beside a clause, by the word that opens it: supports the treaty if Chad signs.
local function condition_of (s, clause)
  for k = clause.number - 1, clause.number + 1, 2 do
    local one = k >= 1 and k <= s.opened and s.clauses[k]
    local cue = one and one.kind == "sub" and one.verb and one.cue
    if cue and condition[cue] and cue ~= "whether" then
      return find(cue, "^provid") and cue .. " that" or cue
    end
  end
end

-- What makes a position of a clause with an object up to an item less than a whole one, and the
-- object's last item without it: the plan | in principle.
local function hedge_of (s, clause, first, last)
  local before, hedge = s.clauses[clause.number - 1], nil
  local i, c = before and not before.verb and before.first or clause.first, s.c
  while i <= last do
    local word = (c[i] == "W" or c[i] == "x") and items.word(s, i)
    if word and reserved[word] then hedge = word end
    if word == "principle" and form_of(s, i - 1) == "in" then hedge = "in principle" end
    i = i >= first and i < last and last or i + 1           -- before the object, and its last word
  end
  if hedge == "in principle" and last - 1 > first and form_of(s, last - 1) == "in" then
    last = last - 2
  end
  return hedges[clause.possible] and clause.possible or hedge or condition_of(s, clause), last
end

-- Words that are no object by themselves: as he rightly should; thank you very much.
local empty = items.classes "muntpbhWT&"

-- Does "should" stand before its subject: should Chad attack?
local modals, opens_subject = items.classes "mu", items.classes "qAdRoGY"
local function is_inverted (s, i)
  return modals[s.c[i]] and opens_subject[s.c[i + 1]] or false
end

local function add (out, row, from, to)
  local n = #out.rows + 1
  out.positions[2 * n - 1], out.positions[2 * n], out.rows[n] = from, to, row
end

-- May a list follow that goes on with an object, which ends the sentence: in these areas: ; a
-- member of the following bodies.
local function is_open_end (s, last, from, to)
  if last + 1 < s.n then return false end
  if s.c[s.n] == ":" or s.c[s.n] == ";" then return true end
  return find(sub(s.text, from, to), "following", 1, true) ~= nil
end

-- An item of a list that stands behind a stance: the same is held of each. One that is a
-- sentence tells for itself.
local function read_listed (st, s, out)
  for k = 1, s.opened do
    local one = s.clauses[k]
    if one.finite and one.verb then return end
  end
  local held, row = st.listed, {}
  for key, value in pairs(held) do row[key] = value end
  row.holder = ids.plain(held.holder)
  local last = s.last - #match(sub(s.text, s.first, s.last), "[%s;,.]*$")
  if match(sub(s.text, s.first, last), "[;,] and$") then last = last - 5 end
  add(out, row, s.first, last)
end

-- Did the verb before "and" tell the same of the same: values and honours their courage?
local function is_told (out, row, from, to)
  local n = #out.rows
  local last = out.rows[n]
  return last ~= nil and out.positions[2 * n - 1] == from and out.positions[2 * n] == to
         and last.stance == row.stance and last.polarity == row.polarity
         and concat(last.holder, "+") == concat(row.holder, "+")
end

local function put (st, s, out, cue, clause, holder, first, last, negated)
  if first > last or first == last and empty[s.c[first]] and not s.m[first] then return end
  if is_inverted(s, first) then return end
  local row = { stance = cue.stance, holder = ids.plain(holder), rule = cue.where,
                negated = negated or nil, polarity = attitudes.outcome(cue, negated) }
  row.hedge, last = hedge_of(s, clause, first, last)
  row.via = clause.kind == "gerund" and sides.accuser(st, s, clause) or holder.people[1]
  local from, to = bytes(s, first), select(2, bytes(s, last))
  if is_told(out, row, from, to) then return end
  local quote = actors.quote_at(st, from)
  if quote and quote.speaker and not holder[quote.speaker] then row.via = quote.speaker end
  add(out, row, from, to)
  if is_open_end(s, last, from, to) then st.listed = row end
end

local function only_pronouns (s, first, last)
  if form_of(s, first) == "you" then return true end
  for i = first, last do
    if s.c[i] ~= "q" and s.c[i] ~= "p" and s.c[i] ~= "W" then return false end
  end
  return true
end

-- The object of two verbs that "and" ties: advocate for and support, neither support nor oppose
-- the reform.
local function shared (s, clause, first)
  local k = first + 1
  while s.c[k] == "W" do k = k + 1 end
  if (s.c[first] == "&" or form_of(s, first) == "nor") and s.taken[k] == "V" then
    for n = 1, s.opened do
      local one = s.clauses[n]
      if one.verb == k then
        k = k + 1
        while s.c[k] == "p" or s.c[k] == "t" do k = k + 1 end
        return one, k
      end
    end
  end
  return clause, first
end

-- How the verb at an item stands in its clause.
local function tense_of (s, i)
  for k = 1, s.opened do
    if s.clauses[k].verb == i then return s.clauses[k].tense end
  end
  return s.e[i].tense
end

local has_or_is = items.classes "bh"

-- Positions of which what somebody supports is a part: is committed to supporting the reform.
local undertakes = { commits = true, stands_ready = true }

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

local said = { calls_for = true, appreciates = true, condemns = true }

-- Is what somebody will do a position that is told for itself: we will | call on Oslo to sign;
-- we pledge to | renew our commitment to peace?
local function tells_itself (s, cue, first, last)
  local own = s.taken[first] == "V" and s.e[first].cue and cue_of(s, first)
  if own and said[own.stance] then return true end
  local _, _, inner = carried(s, first + 1, last)
  return inner ~= nil and inner.stance == cue.stance
end

-- The records of a cue whose object begins at an item: one an item of a list.
local function record (st, s, out, cue, clause, holder, first, negated)
  if #holder == 0 then return end
  first = openings.behind_party(s, cue, first)
  if not first then return end
  clause, first = shared(s, clause, first)
  while s.c[first] == "W" or s.c[first] == '"' do first = first + 1 end
  local tense = s.c[first] == "I" and "ing" or s.taken[first] == "V" and tense_of(s, first)
  local last = objects.last(s, clause, first)
  local other = tense and last == first and s.clauses[clause.number + 1]
  if other and other.kind == "coord" and other.verb then            -- promote and support trade
    last = objects.last(s, other, other.verb)
    out.shared = bytes(s, other.verb)
  end
  if s.c[first] == ":" or s.c[first] == ";" then return end               -- agreed to: ...
  local to_do = s.c[first] == "t" and s.taken[first + 1] == "V"
  if cue.stance == "appreciates" and (to_do or tense == "base" or has_or_is[s.c[first]]) then
    return                                              -- honoured to host, grateful to be here
  end
  local list = tense and objects.verbs(s, first, last, tense)
               or not tense and (objects.members(s, first, last) or objects.tied(s, first, last)
                                or objects.pair(s, first, last))
  if not list and only_pronouns(s, first, last) then return end               -- thank him
  for _, one in ipairs(list or { { first, last } }) do
    if undertakes[cue.stance] and s.taken[one[1]] == "V" then undertaken[one[1]] = true end
    if not (tense and tells_itself(s, cue, one[1], one[2])) then
      put(st, s, out, cue, clause, holder, one[1], one[2], negated)
    end
  end
end

-- Verbs behind which a noun carries the stance, and nouns whose stance counts then: so they do
-- behind other verbs that only point to something.
local carriers = { reaffirms = true, recognises = true }
local instead = { calls_for = true, advocates = true }

local wins = lexicon.list("english.txt", "wins")

local inside_phrase = items.classes "xXNUdoW&,EAs"

-- Is a noun what somebody wants of others: mobilise support for, build broad support for?
local function is_won (s, i)
  local k = i - 1
  while inside_phrase[s.c[k]] and not (s.taken[k] == "V" or s.c[k] == "I") do k = k - 1 end
  if k < 1 or not (s.taken[k] == "V" or s.c[k] == "I") then return false end
  local lemma = s.e[k].lemma or items.word(s, k)
  return wins[lemma] ~= nil
end

-- Who holds a position that no subject tells: who speaks, or whose paper it is.
local function speaker (st, s, i)
  local quote = actors.quote_at(st, (bytes(s, i)))
  if quote and (quote.speaker or quote.kind == "direct") then
    return actors.alone(st, quote.speaker)
  end
  return actors.alone(st, st.voice)
end

-- Is a clause what somebody is asked to do? The asker says it: urged Mali to press for a truce.
local function is_asked (clause)
  local up = clause.kind == "inf" and clause.up
  return up and up.found and up.found.frame.act.to or false
end

local declines = lexicon.list("english.txt", "declines")
local disposed = lexicon.list("english.txt", "disposed")
local feasts = lexicon.list("english.txt", "feasts")

-- Does somebody celebrate a day, and no deed: celebrates its Independence Day?
local function is_feast (s, i)
  if s.e[i].lemma ~= "celebrate" then return false end
  for k = i + 1, least(i + LEAD, s.n) do
    if feasts[items.word(s, k)] then return true end
  end
  return false
end

-- Is a verb without an object all to which somebody is disposed: determined to win?
local function says_nothing (s, clause, first)
  return s.taken[first] == "V" and objects.last(s, clause, first) == first
end

local turned_to = lexicon.list("english.txt", "turned_to")

local function read_verb (st, s, clause, out)
  local i = clause.verb
  local e = s.e[i]
  if not e.cue or is_asked(clause) or is_feast(s, i) then return nil end
  local cue, stop = cue_of(s, i)
  local possible, declined = clause.possible, declines[e.lemma]
  local cannot = possible == "cannot" and cue and (cue.polarity > 0 or declined)
  if not cue or possible and not hedges[possible] and not cannot then return nil end
  if declined and not (clause.negated or cannot) then return nil end
  if cue.stance == "supports" and undertaken[i] then return nil end
  if disposed[e.lemma] and (not clause.passive or clause.kind == "sub" and condition[clause.cue])
     or professed[e.lemma] and not clause.finite or sought.is_others(s, clause, cue) then
    return nil
  end
  if clause.passive and not clauses.stative[e.lemma]
     and not (turned_to[e.lemma] and form_of(s, i + 1) == "to") then return nil end
  local negated = operators.is_negated(s, clause)
  if negated == nil then return nil end
  local holder = subjects.subject(st, s, clause)
  if s.c[stop + 1] == "," and s.c[stop + 2] == "q" then return nil end    -- as they celebrate, we
  if clauses.is_by_deed(s, clause) and not clause.paper then holder = speaker(st, s, i) end
  if sought.is_thanks(s, clause) then holder = speaker(st, s, i) end
  local first = openings.of_verb(s, stop, cue)
  if carriers[cue.stance] or cue.stance == "appreciates" then
    local noun, after, told = carried(s, first, s.n)
    if noun and (carriers[cue.stance] or instead[told.stance]) then
      used[noun] = true
      if told.polarity < 0 or instead[told.stance] then cue = told end         -- its concern over
      if #holder == 0 then holder = noun_sides.before_noun(st, s, clause, noun, holder) end
      first = openings.of_noun(s, after)
    end
  end
  if disposed[e.lemma] and says_nothing(s, clause, first)
     or sought.is_own_need(s, clause, stop) then
    return nil
  end
  used[stop] = true
  local affirmed = declined and (negated or cannot)
  record(st, s, out, cue, clause, holder, first, not affirmed and (negated or cannot))
  return cue
end

-- Does a stretch without a verb go on behind a semicolon with what was only discussed?
local function is_topic (s, clause)
  if s.c[clause.first - 1] ~= ";" then return false end
  for k = clause.number - 1, 1, -1 do
    local verb = s.clauses[k].verb
    if verb then return clauses.neutral[s.e[verb].lemma] ~= nil end
  end
  return false
end

local shares = { share = true, echo = true }        -- verbs whose subject holds it, too

-- Verbs whose subject is in support of something: stands in support of Oslo. Elsewhere that says
-- what something else is for, and the support of Oslo is what Oslo gives.
local for_it = { stand = true, be = true, speak = true, rally = true, unite = true, vote = true }

local function is_support_of (s, clause, i, stop)
  if items.word(s, i) ~= "support" or form_of(s, stop) ~= "of" then return false end
  local k = i - 1
  while s.c[k] == "x" or s.c[k] == "W" do k = k - 1 end
  if s.c[k] == "o" or s.c[k] == "s" then return false end                  -- its support of Oslo
  local verb = clause.verb and (s.c[clause.verb] == "b" and "be" or s.e[clause.verb].lemma)
  return not for_it[verb or ""] or form_of(s, i - 1) ~= "in" and s.c[i - 1] ~= "x"
end

-- What is attached to something by who holds it important; else it only is so: of importance to.
local attached = { importance = true, priority = true, significance = true }
local attaches = { attach = true, give = true, accord = true, assign = true }

-- Is something yours, who are not named: your support for us?
local function is_yours (s, i)
  local k = i - 1
  while s.c[k] == "x" or s.c[k] == "W" or s.c[k] == "E" do k = k - 1 end
  return form_of(s, k) == "your"
end

-- Does a noun stand in a name: the Call for Action Conference, in Solidarity with Refugees?
local function is_in_name (s, i, stop)
  local before = s.e[i - 1] and find(items.text(s, i), "^%u%l") and items.text(s, i - 1)
  if before == "in" or before == "on" or before == "and" then
    before = s.e[i - 2] and items.text(s, i - 2)
  end
  return before and stop < s.n and find(before, "^%u") and find(items.text(s, stop + 1), "^%u")
end

local function read_noun (st, s, clause, i, out)
  local cue, stop = cue_of(s, i)
  if not cue or is_support_of(s, clause, i, stop) or is_in_name(s, i, stop) then return end
  if sought.weighed[items.word(s, i)] then
    if sought.is_to_be_done(s, clause, stop) then
      record(st, s, out, cue, clause, speaker(st, s, i), openings.of_noun(s, stop), clause.negated)
    end
    return
  end
  if clause.cue == "whether" or clause.cue == "if" then return end
  local verb = clause.verb and s.e[clause.verb].lemma
  if verb and clause.verb < i and clauses.neutral[verb] or is_won(s, i) then return end
  if not verb and is_topic(s, clause) then return end
  if form_of(s, stop) == "to" and attached[items.word(s, i)] and not attaches[verb] then return end
  local own = subjects.subject(st, s, clause)
  local holder = shares[verb] and own or noun_sides.before_noun(st, s, clause, i, own)
  local affirmed = clause.verb and i < clause.verb               -- our support will not waver
  if clause.negated and not affirmed and not (holder[1] and own[holder[1]]) then
    return                                                       -- who do not share our values
  end
  if #holder == 0 and is_yours(s, i) then return end
  if #holder == 0 and #own == 0 and clause.kind == "rel" then return end     -- those who back it
  if #holder == 0 and verb and clause.verb < i and operators.disowns(s, clause)
     and noun_sides.is_object(s, clause, i) then return end               -- rejected calls to sign
  if #holder == 0 and not clauses.is_by_deed(s, clause) then holder = own end
  local can = clause.possible ~= "would" and hedges[clause.possible]
  if #holder == 0 and verb and clause.verb < i and can then
    return                                                       -- traders can build support for
  end
  if #holder == 0 then holder = speaker(st, s, i) end
  record(st, s, out, cue, clause, holder, openings.of_noun(s, stop),
         clause.negated and not affirmed)
end

local ships = { she = true, it = true }

-- Is a clause a promise of who speaks: we will, the Department will? Not so of a thing: the
-- statement will.
local function promises (st, s, clause, own)
  local up = clause
  if not clause.modal and clause.kind == "coord" and s.e[clause.verb].tense == "base" then
    up = clause.up
  end
  if not up or not up.modal or not own[1] or clause.passive then return false end
  local head = up.head
  if not head and (up.kind == "main" or up.kind == "sub") then return false end
  local class = head and s.c[head]
  local form = class == "q" and form_of(s, head)
  if form and talk.speakers[form] then return true end
  local ship = ships[form] and st.doc.kind == "policy"               -- the country itself
  if form_of(s, up.group) == "shall" and #own > 0 and #own.people == 0 then
    return not says_nothing(s, clause, clause.verb)
  end
  if class == "o" or form and not ship then return false end
  local by = speaker(st, s, clause.verb)
  return by[1] ~= nil and own[1] == by[1] and #own.people == 0
end

local modal_cue = { stance = "commits", polarity = 1, where = "stances.txt" }
local duty_cue = { stance = "advocates", polarity = 1, where = "stances.txt" }
local unlisted = items.classes "xW"
local duty = { must = true, should = true, ought = true }

-- What somebody only announces to do, and takes no position by: will meet, will host. What a
-- policy says shall be done is one.
local plans = { meet = true, host_event = true, visit = true, attend_summit = true,
                issue_statement = true }

local function read_modal (st, s, clause, out)
  local planned = clause.modal and clause.found
  if planned and plans[planned.frame.act.type] and st.doc.kind ~= "policy" then return end
  local own = subjects.subject(st, s, clause)
  local i = clause.verb
  if out.shared == bytes(s, i) then return end        -- told with the verb before "and"
  local stem = clause.stem or clause.kind == "coord" and clause.up and clause.up.stem
  local no = clause.negated
  if stem then return record(st, s, out, stem.cue or modal_cue, clause, own, i, no) end
  if talk.goes_on(s, clause, i) then return end
  if find(items.text(s, i), "^%u%u") then return end                   -- MEDIA SHOULD CONTACT
  if duty[clause.possible or ""] then
    if talk.instructs[s.e[i].lemma or items.word(s, i)] then return end
    local holder = speaker(st, s, i)
    record(st, s, out, duty_cue, clause, holder, clause.passive and i - 1 or i, no)
  elseif s.c[i] == "m" and unlisted[s.c[i + 1]] and promises(st, s, clause, own) then
    record(st, s, out, modal_cue, clause, own, i + 1, no)             -- no list has the verb
  elseif s.taken[i] == "V" and s.e[i].tense and promises(st, s, clause, own) then
    local goes_on = s.c[i + 1] == "t" and (s.taken[i + 2] == "V" or s.c[i + 2] == "W")
    record(st, s, out, modal_cue, clause, own, goes_on and i + 2 or i, no)
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
  if professed[s.e[inner.verb].lemma] or sought.is_open_to(s, clause, inner) then return false end
  local kind = inner.kind
  if kind == "gerund" and inner.first > clause.verb + 1 then return false end    -- a plan for
  return kind ~= "part" and kind ~= "coord" and kind ~= "rel" and inner.tells & STANCE ~= 0
end

local MARK = byte "?"

-- Does a sentence end with a question mark, a quotation mark or none behind it?
local function is_question (s)
  local a, b, c, d = byte(s.text, s.last > 4 and s.last - 3 or 1, s.last)
  return a == MARK or b == MARK or c == MARK or d == MARK
end

local function read_sentence (st, s, out)
  if s.in_list then read_listed(st, s, out) end
  if s.tells & STANCE == 0 or is_question(s) then return end
  if next(undertaken) then undertaken = {} end
  if next(used) then used = {} end
  local list, told, at = s.clauses, s.told, 1
  for k = 1, s.opened do
    local clause = list[k]
    local cue
    if clause.verb and s.c[clause.verb] ~= "b" then
      cue = clause.tells & STANCE ~= 0 and read_verb(st, s, clause, out)
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
