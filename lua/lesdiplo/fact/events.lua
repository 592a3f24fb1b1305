--- Events: who did what to whom, when, and how that is meant.
--
-- A record stands on its trigger, the verb or noun that tells the act. The sides come
-- from its clause: the subject acts, the object and what prepositions tie is the other
-- side; a passive turns them. A noun's sides are those before it (Russia's war) and
-- behind (talks with Oman), else its verb's subject. Nothing is guessed.
-- @module lesdiplo.fact.events
local actors = require "lesdiplo.fact.actors"
local acts = require "lesdiplo.fact.acts"
local clauses = require "lesdiplo.fact.clauses"
local frames = require "lesdiplo.fact.frames"
local _, native = ...
local source = native.base.source
local concat, sort = table.concat, table.sort
local find, format, match, sub = string.find, string.format, string.match, string.sub
local ipairs, tonumber = ipairs, tonumber
_ENV = nil
local M = {}

local FAR = 14           -- items behind a noun in which its sides may stand

-- Dates -----------------------------------------------------------------------------

-- May an item be the day of an act that is meant in that way? What has been done was
-- not done later than the document's day, what will be done not before it. The year in
-- a title (Security Act, 2021) is none.
local function is_day (st, s, i, how)
  local m = s.m[i]
  if not m or m.kind ~= "date" or m.row.type ~= "DATE" then return false end
  local value, day = m.row.value or "", st.today
  if not find(value, "^%d%d%d%d") then return false end
  if #value == 4 and s.c[i - 1] == "," and s.c[i - 2] ~= "x" then return false end
  if not day then return true end
  if how == "planned" then return value >= sub(day, 1, #value) or find(value, "/", 1, true) ~= nil end
  return sub(value, 1, 10) <= day
end

-- The day that an anniversary counts from: the 30th in 2024 is of 1994.
local function base_of (value, text)
  local n = tonumber(match(text, "(%d+)%a* [Aa]nniversar"))
  local year, rest = match(value, "^(%d%d%d%d)(.*)$")
  return n and year and format("%04d%s", tonumber(year) - n, rest) or nil
end

-- The first day in some items of a clause; of what an anniversary is of, its base.
local function day_in (st, s, first, last, how)
  local step = first <= last and 1 or -1
  for i = first, last, step do
    if s.c[i] == "T" and is_day(st, s, i, how) then
      local value = s.m[i].row.value
      return step < 0 and clauses.form(s, i + 1) == "of" and base_of(value, clauses.text(s, i)) or value
    end
  end
end

-- The 30 of "30th anniversary of" right before an item, where it is no date itself.
local function anniversary (s, i)
  for k = i - 1, i - 4 > 1 and i - 4 or 2, -1 do
    if s.c[k] == "x" and find(clauses.text(s, k), "^[Aa]nniversar") then
      return tonumber(match(clauses.text(s, k - 1), "^(%d+)%a%a$"))
    elseif s.c[k] ~= "d" and s.c[k] ~= "p" then
      return nil
    end
  end
end

-- The date of a trigger: the nearest behind it in its clause, up to the next act; the
-- nearest before it; one in the clause that it hangs on; one that opens the sentence.
local function date_in (st, s, clause, found)
  local how, stop = found.modality, clause.last
  for i = found.last + 2, clause.last do
    if s.taken[i] == "N" and s.e[i].noun and s.e[i].noun[1] then
      stop = i
      break
    end
  end
  local day = found.last < stop and day_in(st, s, found.last + 1, stop, how)
              or found.first > clause.first and day_in(st, s, found.first - 1, clause.first, how)
  local up = clause.up
  while not day and up and up.kind ~= "rel" do
    local last = up.verb or up.last
    if last >= found.first then last = found.first - 1 end
    day = up.first <= last and day_in(st, s, up.first, last, how) or nil
    up = up.up
  end
  local head = s.clauses[1]
  if not day and clause ~= head and not head.verb and head.first <= head.last then
    day = day_in(st, s, head.first, head.last, how)
  end
  local n = day and anniversary(s, found.first)
  return n and format("%04d", tonumber(sub(day, 1, 4)) - n) or day or nil
end

-- Modality ------------------------------------------------------------------------------

local condition = { ["if"] = true, unless = true, whether = true }
local means = { aim = true, plan = true, seek = true, hope = true, want = true, intend = true, wish = true,
                expect = true, agree = true, promise = true, pledge = true, vow = true, commit = true,
                undertake = true, offer = true, propose = true, decide = true, resolve = true,
                prepare = true, aspire = true, try = true, look = true, ask = true, urge = true,
                call = true, advocate = true, need = true, encourage = true, request = true, demand = true }
local refuses = { refuse = true, decline = true, fail = true, reject = true }
local goes_on = { continue = true, begin = true, start = true, help = true, serve = true, work = true }
local habits = { regularly = true, annually = true, often = true, routinely = true, yearly = true }

local modality

-- How the act of a clause is meant; nil where it is only possible.
function modality (s, clause, depth)
  depth = depth or 0
  if depth > 8 then return "asserted" end
  if clause.possible then return nil end
  if clause.kind == "sub" and condition[clause.cue] then return nil end
  if clause.negated then return "negated" end
  if clause.modal then return "planned" end
  local up = clause.up
  if (clause.kind == "inf" or clause.kind == "gerund") and up and up.verb then
    local lemma = s.e[up.verb].lemma
    local outer = modality(s, up, depth + 1)
    if refuses[lemma] then return "negated" end
    if clause.kind == "gerund" and not means[lemma] or goes_on[lemma] then return outer end
    if outer == "asserted" then return "planned" end
    return outer
  end
  if clause.kind == "inf" then return "planned" end
  if (clause.kind == "part" or clause.kind == "coord") and up and not clause.finite then
    return modality(s, up, depth + 1)
  end
  if clause.verb and s.e[clause.verb].tense == "base" and up and up.modal and clause.kind == "coord" then
    return "planned"
  end
  for i = clause.first, clause.last do
    if s.c[i] == "W" and habits[clauses.text(s, i)] then return "habitual" end
  end
  return "asserted"
end

-- Sides --------------------------------------------------------------------------------

-- Where something happens is no side of it: held talks in Africa.
local function is_scene (s, i, form)
  return s.m[i] and s.m[i].kind == "place" and (form == "in" or form == "at" or form == "across")
end

local sides = { with = true, to = true, from = true, against = true, between = true, on = true,
                ["for"] = true, of = true, toward = true, towards = true, ["in"] = true, by = true,
                at = true, among = true, regarding = true, about = true, over = true }

-- The parties behind a verb, up to an item: its objects and what prepositions tie.
-- Returns those, and those that "by" ties.
local function behind_verb (st, s, clause, own, last)
  local out, by = { people = {} }, { people = {} }
  for i = clause.verb + 1, last do
    if clauses.is_party(s, i) and s.c[i] ~= "o" then
      local p = clauses.governor(s, { first = clause.verb + 1 }, i)
      local form = p and s.e[p].form
      if is_scene(s, i, form) then                      -- not a party
      elseif form == "by" and (clause.passive or clause.tense == "ed") then actors.resolve(st, by, s, i, own)
      elseif not form or sides[form] then actors.resolve(st, out, s, i, own)
      end
    end
  end
  return out, by
end

-- The end of what belongs to a clause: of those that hang on it, too.
local function end_of (s, clause)
  local list, last = s.clauses, clause.last
  for k = 1, #list do
    if list[k] == clause then
      for j = k + 1, #list do
        local kind = list[j].kind
        if kind == "main" or kind == "coord" or kind == "resumed" then break end
        last = list[j].last
      end
      break
    end
  end
  return last
end

local function less (all, taken)
  local out = { people = all.people }
  for _, id in ipairs(all) do
    if not taken[id] then
      out[#out + 1] = id
      out[id] = true
    end
  end
  return out
end

-- Two sides of what one list tells: the first, and the others.
local function split (all)
  local source, target = { people = all.people }, { people = {} }
  for i, id in ipairs(all) do
    local out = i == 1 and source or target
    out[#out + 1] = id
    out[id] = true
  end
  return source, target
end

-- Who acts where the subject is a thing: all that its phrase names (our ties with
-- Oman began); whose the thing is that the verb takes (reaffirm Ghana's commitment).
local function told_before (st, s, clause, frame, own)
  local out = { people = {} }
  local first, last = clause.first, clause.verb - 1
  if not frame.before then first, last = clause.verb + 1, clause.verb + 4 end
  for i = first, last < s.n and last or s.n do
    if clauses.is_party(s, i) and (frame.before or s.c[i + 1] == "s" or s.c[i + 1] == "N") then
      actors.resolve(st, out, s, i, own)
    end
  end
  return #out > 0 and out or own
end

local function joined (...)
  local out = { people = {} }
  for _, list in ipairs{ ... } do
    for _, id in ipairs(list) do
      if not out[id] then out[#out + 1], out[id] = id, true end
    end
    for _, id in ipairs(list.people) do out.people[#out.people + 1] = id end
  end
  return out
end

-- Whose a thing is that a passive verb has for its subject, and whom else its phrase
-- names: the embassy of Finland in Nepal was opened.
local function of_thing (st, s, clause, own)
  local whose, whom = { people = {} }, { people = {} }
  for i = clause.first, clause.group - 1 do
    if clauses.is_party(s, i) then
      local p = clauses.governor(s, clause, i)
      local before = s.c[i - 1] == "p" and s.e[i - 1].form == "of" or s.c[i - 1] == "d" and s.c[i - 2] == "p"
                     and s.e[i - 2].form == "of"
      actors.resolve(st, not p and (before or s.c[i + 1] == "s" or s.c[i] == "o") and whose or whom, s, i, own)
    end
  end
  return whose, whom
end

local function verb_sides (st, s, clause, frame, filler)
  local own = actors.subject(st, s, clause)
  local others, by = behind_verb(st, s, clause, own, clause.last)
  local source, target
  if frame.before or frame.act.id == "reaffirm" and #own == 0 then
    own = told_before(st, s, clause, frame, own)
  end
  if clause.passive and not clause.reduced and filler and filler < clause.verb then
    local whose, whom = of_thing(st, s, clause, own)
    source, target = #by > 0 and by or whose, #by > 0 and joined(whose, whom, others) or joined(whom, others)
  elseif clause.passive and not (clauses.stative[s.e[clause.verb].lemma]) then
    source, target = by, own
    if clause.reduced then
      target = others
    elseif #others > 0 then
      for _, id in ipairs(others) do
        if not target[id] then target[#target + 1], target[id] = id, true end
      end
    end
  else
    source, target = own, less(others, own)
    if #target == 0 and (frame.act.today or frame.act.both or frame.act.type == "provide_aid") then
      target = less(behind_verb(st, s, clause, own, end_of(s, clause)), own)
    end
  end
  if frame.act.both and #target == 0 and #source > 1 then source, target = split(source) end
  if frame.act.both and #source == 0 and #target > 1 then source, target = split(target) end
  return source, target
end

local left_of = { L = true, x = true, X = true, W = true, E = true, I = true, N = true, A = true, s = true, R = true,
                  T = true, ["-"] = true, U = true, ["&"] = true, V = true }

-- The parties before a noun in its phrase: Russia's war, U.S.-EU talks, its visit.
local function before_noun (st, s, i, own)
  local out, k = { people = {} }, i - 1
  while k >= 1 and i - k <= 8 do
    local class = s.c[k]
    if class == "o" then
      actors.resolve(st, out, s, k, own)
      break
    end
    if class == "d" and s.c[k - 1] ~= "s" then break end
    if not left_of[class] and not (class == "," and s.c[k + 1] ~= "A" and s.c[k - 1] ~= "A" and s.c[k - 1] ~= "T")
       or class == "V" and s.taken[k] == "V" and s.e[k].tense ~= "ed" then break end
    if class == "&" and s.c[k - 1] ~= "A" and s.c[k - 1] ~= "x" then break end
    if class == "A" and not (s.c[k + 1] == "x" and s.taken[k + 1] == "V") then
      actors.resolve(st, out, s, k, own)
    end
    k = k - 1
  end
  return out
end

-- The parties behind a noun: of and by those who act, others whom it concerns.
local function behind_noun (st, s, i, own, act)
  local agents, others, p = { people = {} }, { people = {} }, nil
  for k = i + 1, i + FAR < s.n and i + FAR or s.n do
    local class = s.c[k]
    if class == "p" or class == "t" then
      p = s.e[k].form
      if not sides[p] then break end
    elseif s.taken[k] == "V" or class == ";" or class == "r" or class == "S" or class == "," and s.c[k + 1] ~= "A"
           or class == "b" or class == "h" or class == "m" or class == "u" then
      if not (s.taken[k] == "V" and s.e[k].tense == "ed") then break end
    elseif clauses.is_party(s, k) and p and not is_scene(s, k, p) then
      local out = (p == "by" or p == "between" or p == "among" or p == "of" and act.both) and agents or others
      actors.resolve(st, out, s, k, own)
    elseif s.taken[k] == "N" and not p then
      break
    end
  end
  return agents, others
end

-- Is a noun what the verb of its clause takes, without a preposition between?
local function is_object (s, clause, i)
  for k = clause.verb + 1, i - 1 do
    if s.c[k] == "p" and s.e[k].form ~= "of" or s.c[k] == "t" then return false end
  end
  return true
end

local announces = { statement = true, communique = true }

-- Does an act only speak of what its object tells, which others do: condemn the attack?
local function judges (act)
  return act and act.today and act.type ~= "express_intent" and not announces[act.id]
end

local function noun_sides (st, s, clause, i, frame)
  local own = actors.subject(st, s, clause)
  local source = before_noun(st, s, i, own)
  local agents, target = behind_noun(st, s, i, own, frame.act)
  for _, id in ipairs(agents) do
    if not source[id] then source[#source + 1], source[id] = id, true end
  end
  if #source == 0 and clause.verb and clause.verb < i and s.e[clause.verb].c ~= "b" then
    local asked = clause.asks and s.c[i - 1] == "p" and clause.asks
    if asked and #asked > 0 then source = asked
    elseif is_object(s, clause, i) and not judges(clause.act) then source = own
    end
  end
  target = less(target, source)
  if frame.act.both and #target == 0 and #source > 1 then source, target = split(source) end
  return source, target
end

-- Records -----------------------------------------------------------------------------

local function people_in (...)
  local out, seen = {}, {}
  for _, list in ipairs{ ... } do
    for _, id in ipairs(list.people) do
      if not seen[id] then out[#out + 1], seen[id] = id, true end
    end
  end
  return out
end

local function plain (ids)
  local out = {}
  for i, id in ipairs(ids) do out[i] = id end
  return out
end

-- An id for all that tell of one event: type, parties and the date as far as told.
local function event_id (row)
  local parties = {}
  for _, id in ipairs(row.source) do parties[#parties + 1] = id end
  for _, id in ipairs(row.target) do parties[#parties + 1] = id end
  sort(parties)
  return row.type .. ":" .. concat(parties, "+") .. (row.date and ":" .. row.date or "")
end

local today = { meet = true, visit = true, host_event = true, sign_agreement = true, attend_summit = true,
                open_embassy = true, sanction = true, provide_aid = true }

local function place_in (s, clause)
  for i = clause.first, clause.last do
    local m = s.m[i]
    if m and m.kind == "place" then return m.id end
  end
end

-- The clause whose tense holds for another: the finite one that it hangs on.
local function ruler (clause)
  while not clause.finite and clause.up and clause.kind ~= "rel" do clause = clause.up end
  return clause
end

-- The date of an act whose day is not told: what is done by saying it is done on the
-- document's day; what has been done, up to it; what will be, from it on.
local function open_date (st, clause, found)
  local day, act, how = st.today, found.frame.act, found.modality
  if not day or how == "habitual" then return nil end
  if how == "planned" then return found.verb and day .. "/.." or nil end
  if found.verb and not act.today and ruler(clause).perfect then return "../" .. day end
  if how ~= "asserted" then return nil end
  if act.today or found.verb and today[act.type] and clause.finite then return day end
end

-- Acts whose place tells the other side: an embassy in Maseru, a visit to Baku.
local there = { open_embassy = true, close_embassy = true, visit = true }

local function record (st, s, clause, found)
  local act = found.frame.act
  local row = { type = act.type, rule = found.frame.where, modality = found.modality,
                source = plain(found.source), target = plain(found.target),
                participants = people_in(found.source, found.target) }
  row.cameo, row.plover = acts.codes(act, found.modality)
  row.date = date_in(st, s, clause, found)
  row.date = row.date or found.date or open_date(st, clause, found)
  if act.both and #row.source > 0 and #row.target > 0 then      -- "they", behind it
    st.group = joined(found.source, found.target)
  end
  st.last[act.type] = { source = found.source, target = found.target, date = row.date }
  row.place = place_in(s, clause)
  if there[act.type] and #row.target == 0 and row.place then
    row.target[1] = actors.country_of(row.place)
    if row.target[1] == row.source[1] then row.target[1] = nil end
  end
  local a, b = s.a[clause.first], s.b[end_of(s, clause)]
  row.evidence_start, row.evidence_end = source(st.doc, a, b)
  local quote = actors.quote_at(st, s.a[found.first])
  if quote and quote.speaker then
    row.via = quote.speaker
    local by = actors.parties(st, quote.speaker)
    local own = false
    for _, id in ipairs(row.source) do own = own or by[id] end
    if not own and row.modality == "asserted" then row.modality = "reported" end
  end
  row.event = event_id(row)
  return row
end

local function keep (out, s, found, row)
  local n = #out.rows + 1
  out.positions[2 * n - 1], out.positions[2 * n] = s.a[found.first], s.b[found.last]
  out.rows[n] = row
end

-- Acts whose object does what a gerund behind it tells: thank Oslo for hosting.
local gives_cause = { praise = true, congratulate = true, criticise = true }

-- What a noun has from elsewhere: "this designation" is the one last told of; one that
-- a verb takes (wage war) or announces has the verb's date.
local function inherit (st, s, clause, i, found, out)
  local row, pointed
  for k = i - 1, i - 4 > 0 and i - 4 or 1, -1 do
    local form = clauses.form(s, k)
    if form == "this" or form == "these" or form == "such" then pointed = true end
    if s.c[k] == "d" or s.c[k] == "p" then break end
  end
  local before = pointed and st.last[found.frame.act.type]
  if before then
    if #found.source == 0 then found.source = before.source end
    if #found.target == 0 then found.target = before.target end
    return before.date
  end
  row = out.filled[i] or clause.announces or clause.up and clause.up.announces
  return row and (row.type == found.frame.act.type or not out.filled[i]) and row.date or nil
end

-- Says to who asks why (fact.explain) what became of a trigger.
local function tell (out, s, clause, i, frame, what)
  if out.why then
    out.why[#out.why + 1] = { first = s.a[i], last = s.b[i], clause_first = s.a[clause.first],
                              clause_last = s.b[clause.last], rule = frame and frame.where, what = what }
  end
end

-- Is it told who did that, as far as the act needs it?
local function sides_missing (clause, found)
  local act, a, b = found.frame.act, #found.source, #found.target
  if a + b == 0 then return "nobody is named" end
  if found.verb and act.today and a == 0 and not clause.passive then return "nobody is named who says it" end
  if act.two and (found.verb and (a == 0 or b == 0) or a + b < 2) then return "one side is not named" end
end

local function read_verb (st, s, clause, out)
  local i = clause.verb
  local frame, last, filler = frames.verb(s, clause)
  if not frame then return tell(out, s, clause, i, nil, "no frame fits: " .. frames.wanted(s.e[i].verb)) end
  local how = modality(s, clause)
  if not how then return tell(out, s, clause, i, frame, "only possible: " .. (clause.possible or "if")) end
  local found = { frame = frame, first = i, last = last, modality = how, verb = true }
  found.source, found.target = verb_sides(st, s, clause, frame, filler)
  if frame.act.to or gives_cause[frame.act.type] then clause.asks = found.target end
  local missing = sides_missing(clause, found)
  if missing then return tell(out, s, clause, i, frame, missing) end
  local row = record(st, s, clause, found)
  clause.act = frame.act
  keep(out, s, found, row)
  tell(out, s, clause, i, frame, row.type)
  if filler then out.filled[filler] = row end
  if announces[frame.act.id] then clause.announces = row end
  return found, filler
end

-- How the act of a noun is meant: as its verb is, where it is what the verb takes (to
-- hold talks; not: to discuss the war).
local function noun_modality (s, clause, i, frame)
  if clause.verb and clause.verb < i and frame.act.type ~= "military_action"
     and (clause.kind == "inf" or clause.modal or clause.possible)
     and not clauses.neutral[s.e[clause.verb].lemma] and is_object(s, clause, i) then
    return modality(s, clause) or "planned"
  end
  return "asserted"
end

local function read_noun (st, s, clause, i, out)
  local frame, last = frames.noun(s, i)
  if not frame then
    if s.e[i].noun[1] then tell(out, s, clause, i, nil, "no frame fits: " .. frames.wanted(s.e[i].noun)) end
    return
  end
  local found = { frame = frame, first = i, last = last, modality = noun_modality(s, clause, i, frame) }
  found.source, found.target = noun_sides(st, s, clause, i, frame)
  found.date = inherit(st, s, clause, i, found, out)
  local missing = sides_missing(clause, found)
  if missing then return tell(out, s, clause, i, frame, missing) end
  keep(out, s, found, record(st, s, clause, found))
  tell(out, s, clause, i, frame, frame.act.type)
end

local function read_sentence (st, s, out)
  local covered = 0
  out.filled = {}
  for _, clause in ipairs(s.clauses) do
    actors.subject(st, s, clause)
    local verb, found, filler = clause.verb, nil, nil
    if verb and s.e[verb].verb then
      found, filler = read_verb(st, s, clause, out)
    end
    for i = clause.first, clause.last do
      if found and i == verb then covered = found.last end
      if s.taken[i] == "N" and s.e[i].noun and i > covered and not (found and i == filler and i < verb) then
        read_noun(st, s, clause, i, out)
      end
    end
  end
end

-- Acts that are done once: a later word of one that has no date means the dated one.
local once = { establish_relations = true, resume_relations = true, sever_relations = true,
               open_embassy = true, close_embassy = true, succeed_state = true, recognise = true }

-- May two tell of one event: of one type, with a party in common, and no other date?
local function same_event (a, b)
  if a.type ~= b.type or a.modality == "negated" or b.modality == "negated" then return false end
  local seen = {}
  for _, id in ipairs(a.source) do seen[id] = true end
  for _, id in ipairs(a.target) do seen[id] = true end
  for _, list in ipairs{ b.source, b.target } do
    for _, id in ipairs(list) do
      if seen[id] then return true end
    end
  end
  return false
end

local function starts (a, b) return sub(a, 1, #b) == b end

-- Gives what is told again its date, the finest there is, where only one dated event can be meant.
local function tie (rows)
  for _, row in ipairs(rows) do
    if once[row.type] and not row.date and row.modality ~= "planned" and row.modality ~= "negated" then
      local base, several
      for _, other in ipairs(rows) do
        if other.date and other.modality ~= "planned" and same_event(row, other) then
          several = several or base ~= nil and not (starts(base.date, other.date) or starts(other.date, base.date))
          if not base or #other.date > #base.date then base = other end
        end
      end
      if base and not several then
        row.date, row.event = base.date, base.event
      end
    end
  end
end

--- Adds the events of a sentence to `out`, which has positions and rows.
---@param st table of actors.new
---@param s table of clauses.read
---@param out table
M.sentence = read_sentence

--- Ties what several sentences tell of one event.
---@param out table
function M.finish (out) tie(out.rows) end

M.end_of, M.modality, M.behind_noun, M.before_noun = end_of, modality, behind_noun, before_noun
return M
