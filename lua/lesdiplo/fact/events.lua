--- Events: who did what to whom, when, and how that is meant.
--
-- A record stands on its trigger, the verb or noun that tells the act by one of the
-- frames of data/acts.txt. sides.lua says who, days.lua when, modality.lua how.
-- @module lesdiplo.fact.events
local actors = require "lesdiplo.fact.actors"
local acts = require "lesdiplo.fact.acts"
local clauses = require "lesdiplo.fact.clauses"
local company = require "lesdiplo.fact.company"
local days = require "lesdiplo.fact.days"
local frames = require "lesdiplo.fact.frames"
local ids = require "lesdiplo.fact.ids"
local items = require "lesdiplo.fact.items"
local modality = require "lesdiplo.fact.modality"
local nominal = require "lesdiplo.fact.nominal"
local noun_sides = require "lesdiplo.fact.noun_sides"
local sides = require "lesdiplo.fact.sides"
local sought = require "lesdiplo.fact.sought"
local subjects = require "lesdiplo.fact.subjects"
local words = require "lesdiplo.fact.words"
local _, native = ...
local source = native.base.source
local concat, sort = table.concat, table.sort
local find, sub = string.find, string.sub
local bytes = items.bytes
local ipairs, next, select = ipairs, next, select
_ENV = nil
local M = {}

local ACT = words.ACT
local NEAR = 4           -- items before a noun in which "this" may stand
-- Of a sentence: by the noun that a verb took the record of what that told.
local filled = {}

local points = { this = true, these = true, such = true }

-- Records ---------------------------------------------------------------------------

-- The parties of a row, in the order of their ids, tied by "+".
local function parties_of (row)
  local these, those = row.source, row.target
  local a, b = these[1] or those[1], these[1] and those[1]
  if #these < 2 and #those < 2 then
    return not b and a or a < b and a .. "+" .. b or b .. "+" .. a
  end
  local all = {}
  for i = 1, #these do all[i] = these[i] end
  for i = 1, #those do all[#all + 1] = those[i] end
  sort(all)
  return concat(all, "+")
end

-- An id for all that tell of one event: type, parties and the date as far as told.
local function event_id (row)
  local id = row.type .. ":" .. parties_of(row)
  return row.date and id .. ":" .. row.date or id
end

-- Acts whose place tells the other side: an embassy in Maseru, a visit to Baku.
local there = { open_embassy = true, close_embassy = true, visit = true, recall = true,
                military_action = true }

-- Who tells of it: an act that somebody tells of another's is reported.
local function add_teller (st, s, clause, row, found)
  local accuser = clause.kind == "gerund" and sides.accuser(st, s, clause)
  if accuser then
    row.via = accuser
    if row.modality == "asserted" then row.modality = "reported" end
    return
  end
  local quote = actors.quote_at(st, (bytes(s, found.first)))
  if not quote or not quote.speaker then return end
  row.via = quote.speaker
  local by = actors.alone(st, quote.speaker)
  for _, id in ipairs(row.source) do
    if by[id] then return end
  end
  if row.modality == "asserted" then row.modality = "reported" end
end

-- What a relative clause tells of goes on where it stood: opened an embassy in Oslo,
-- which closed and was followed by ours.
local goes_on = { close_embassy = true, succeed_state = true }

-- The event of the clause whose thing a relative one describes.
local function described (clause)
  local up = clause
  while up and up.kind == "coord" do up = up.up end
  return up and up.kind == "rel" and up.up and up.up.found and up.up.found.row
end

local function add_place (s, clause, row)
  row.place = company.place(s, clause)
  local before = goes_on[row.type] and #row.target == 0 and described(clause)
  if before and before.type == "open_embassy" then
    row.target = before.target
  elseif there[row.type] and #row.target == 0 and row.place then
    local country = actors.country_of(row.place)
    if country ~= row.source[1] then row.target[1] = country end
  end
end

local function is_state (id) return id ~= nil and find(id, "^%u%u%u$") ~= nil end

-- Two states that meet in a third one.
local function is_elsewhere (row)
  local host = row.place and actors.country_of(row.place)
  if row.cameo ~= "040" or row.type ~= "meet" or not is_state(host) then return false end
  local a, b = row.source[1], row.target[1]
  if not (is_state(a) and is_state(b)) then return false end
  for _, id in ipairs(row.source) do if id == host then return false end end
  for _, id in ipairs(row.target) do if id == host then return false end end
  return true
end

local function record (st, s, clause, found)
  local act, a, b, how = found.frame.act, found.source, found.target, found.modality
  local cameo, plover = acts.codes(act, how)
  local row = { type = act.type, rule = found.frame.where, cameo = cameo, plover = plover,
                modality = act.undone and how == "asserted" and "negated" or how,
                source = ids.plain(a), target = ids.plain(b), participants = ids.people(a, b),
                date = nil, place = nil, evidence_start = nil, evidence_end = nil, via = nil,
                event = nil }
  local told = days.told(st, s, clause, found)
  st.day = told or st.day
  row.date = told or found.date
  if not (row.date or found.old) then row.date, told = days.open(st, clause, found, s) end
  local latest = st.last[act.type]
  if not latest then
    latest = { source = nil, target = nil, date = nil, told = nil, how = nil, sentence = nil }
    st.last[act.type] = latest
  elseif not told and latest.date == row.date then told = latest.told
  end
  latest.source, latest.target, latest.date, latest.told = a, b, row.date, told
  latest.how, latest.sentence = how, st.at_sentence
  add_place(s, clause, row)
  if #b == 0 and row.target[1] then b = actors.parties(st, row.target[1]) end
  local together = act.both and (found.verb or not st.group) or act.type == "visit" and not st.group
  if together and #a > 0 and #b > 0 then                                 -- "they", behind it
    actors.remember(st, ids.joined(a, b), clause)
  end
  if is_elsewhere(row) then row.cameo = "044" end
  local _, last = bytes(s, clauses.end_of(s, clause))
  row.evidence_start, row.evidence_end = source(st.doc, (bytes(s, clause.first)), last)
  add_teller(st, s, clause, row, found)
  row.event = event_id(row)
  return row
end

local function keep (out, s, found, row)
  local n = #out.rows + 1
  out.positions[2 * n - 1] = bytes(s, found.first)
  out.positions[2 * n] = select(2, bytes(s, found.last))
  out.rows[n] = row
end

-- Acts whose object does what a gerund behind it tells: thank Oslo for hosting.
local gives_cause = { praise = true, congratulate = true, criticise = true, sanction = true }

-- Does "this" stand before a noun?
local function is_pointed (s, i)
  for k = i - 1, i - NEAR > 0 and i - NEAR or 1, -1 do
    if points[items.form(s, k)] then return true end
    if s.c[k] == "d" or s.c[k] == "p" then return false end
  end
  return false
end

-- The record of a clause that announces what its noun tells.
local function announced (clause)
  local found = clause.found
  return found and found.act and noun_sides.announces[found.act.id] and found.row
end

local SINCE = 8          -- sentences in which an occasion is remembered

-- The day of the occasion that "their meeting" means: the meeting or journey told before.
local function occasion_of (st, s, i, act)
  local k = i - 1
  while s.c[k] == "x" or s.c[k] == "W" do k = k - 1 end
  local before = act.type == "meet" and items.form(s, k) == "their"
                 and (st.last.meet or st.last.visit)
  return before and st.at_sentence - before.sentence <= SINCE and before.date or nil
end

-- What a noun has from elsewhere: "this designation" is the one last told of; one that
-- a verb takes (wage war) or announces has the verb's date.
local function inherit (st, s, clause, i, found)
  local act = found.frame.act
  local before = is_pointed(s, i) and st.last[act.type]
  if before then
    if #found.source == 0 then found.source = ids.less(before.source, found.target) end
    if #found.target == 0 then found.target = ids.less(before.target, found.source) end
    return before.date
  end
  local told = filled[i]
  if told then return told.type == act.type and told.date or nil end
  local row = announced(clause) or clause.up and announced(clause.up)
  return row and row.date or occasion_of(st, s, i, act)
end

-- Says to who asks why (fact.explain) what became of a trigger.
local function tell (out, s, clause, i, frame, what)
  if out.why then
    local why = { rule = frame and frame.where, what = what }
    why.first, why.last = bytes(s, i)
    why.clause_first, why.clause_last = bytes(s, clause.first), select(2, bytes(s, clause.last))
    out.why[#out.why + 1] = why
  end
end

local function misfit (out, s, clause, i, list)
  if out.why then tell(out, s, clause, i, nil, "no frame fits: " .. frames.wanted(list)) end
end

-- What is not told of who did that, as far as the act needs it; nil where nothing is.
local function missing (s, clause, found)
  local act, a, b = found.frame.act, #found.source, #found.target
  if a + b == 0 then return "nobody is named" end
  if act.type == "cooperate" and a == 1 and company.has_fellows(s, found) then return nil end
  if found.unnamed then return nil end
  if found.verb and act.today and a == 0 and not clause.passive then
    return "nobody is named who says it"
  elseif act.two and (a + b < 2 or found.verb and (a == 0 or b == 0)) then
    return "one side is not named"
  end
end

-- Acts whose words have to be what the verb takes: withdrew troops, not its support for troops.
local takes = { withdraw = true, free = true, evacuate = true, lawsuit = true, restrict = true,
                open = true, sustain = true }

local selves = { itself = true, themselves = true, himself = true, herself = true,
                 ourselves = true, myself = true }

-- Acts whose verbs also tell what a deed shows: the visit underscores our commitment.
local shows = { issue_statement = true, express_intent = true }

-- Does an infinitive only say what those talked about who met: met Oman's envoy to discuss trade?
local function is_agenda (clause)
  local found = clause.kind == "inf" and clause.up and clause.up.found
  return found and found.row and found.row.type == "meet" or false
end

-- Does an infinitive tell what was said when those met who did: called Oman's envoy to thank
-- him? Else it tells what is meant to be.
local function is_said_then (clause, act)
  local found = clause.kind == "inf" and act.today and clause.up and clause.up.found
  return found and found.row and found.row.type == "meet" and found.row.modality == "asserted"
         or false
end

-- Is something theirs meant whom a verb takes: supports the people's hopes, the people of Mali's?
local function is_owner (s, i)
  return s.c[i + 1] == "s" or items.form(s, i + 1) == "of" and s.c[i + 3] == "s"
end

local behind_object = items.classes "ptTW,;:&)"

-- Verbs that tell of a delegation who leads it, which is no act of its own: a delegation led by.
local leads = { lead = true, head = true }

local BEHIND = 8         -- clauses behind an act in which its object is taken up
local taken_up_by = { them = true, it = true, these = true }

-- The act told before in a sentence that has the thing at an item for its object, or the one that
-- a pronoun takes up: severed relations with Oman and resumed relations; and resumed them.
local function of_same_thing (s, clause, i)
  for k = clause.number - 1, clause.number > BEHIND and clause.number - BEHIND or 1, -1 do
    local before = s.clauses[k].found
    local thing = before and before.row and before.thing
    if thing then return (not i or items.word(s, i) == items.word(s, thing)) and before or nil end
  end
end

-- The frame of a verb whose object is a pronoun for what a verb before took, that object, and who
-- did that.
local function taken_up (s, clause)
  local i = clause.verb + 1
  local alone = taken_up_by[items.form(s, i)] and (i == s.n or behind_object[s.c[i + 1]])
  local before = alone and of_same_thing(s, clause)
  local word = before and items.word(s, before.thing)
  for _, frame in ipairs(word and s.e[clause.verb].verb or {}) do
    local given = frame.act.type == "provide_aid"          -- give them: to whom
    if frame.behind and frame.behind[word] and not (frame.next or frame.before or given) then
      return frame, i, before.thing
    end
  end
end

local function read_verb (st, s, clause, out)
  local i = clause.verb
  if selves[items.form(s, i + 1)] then
    return tell(out, s, clause, i, nil, "what one does to oneself")
  end
  local frame, last, filler = frames.verb(s, clause)
  local thing = filler
  if not frame then frame, last, thing = taken_up(s, clause) end
  if not frame or filler and takes[frame.act.id] and not noun_sides.takes(s, i, filler)
     or filler and frame.act.id == "sustain" and is_owner(s, filler)
     or filler and frame.act.type == "visit" and s.taken[filler] == "V"
     or frame.act.itself and not noun_sides.takes_itself(s, clause)
     or clause.reduced and leads[s.e[i].lemma] and items.form(s, i + 1) == "by" then
    return misfit(out, s, clause, i, s.e[i].verb)
  end
  if clause.passive and frame.act.type == "praise" and s.c[i + 1] == "t"
     and s.taken[i + 2] == "V" then
    return tell(out, s, clause, i, frame, "a courtesy: honoured to")
  end
  if shows[frame.act.type] and not clause.paper and clauses.is_by_deed(s, clause) then
    return tell(out, s, clause, i, frame, "nobody says it: its subject is a deed")
  end
  if frame.act.topic and is_agenda(clause) then
    return tell(out, s, clause, i, frame, "what the meeting before it was for")
  end
  local how = modality.is_by_saying(s, clause) and "asserted" or modality.of(s, clause)
  if not how then
    return tell(out, s, clause, i, frame, "only possible: " .. (clause.possible or "if"))
  end
  if frame.act.meant and how == "asserted" then how = "planned" end
  if how == "planned" and is_said_then(clause, frame.act) then how = "asserted" end
  local found = { frame = frame, first = i, last = last, modality = how, verb = true,
                  source = nil, target = nil, asks = nil, act = nil, row = nil, thing = thing,
                  unnamed = nil, old = filler ~= nil and filler < i and not clause.passive }
  local all
  found.source, found.target, all = sides.verb(st, s, clause, frame, filler)
  if frame.act.type == "praise" and sought.is_thanks(s, clause) then
    if not sought.behind_thanks(s, i + 1) then
      return tell(out, s, clause, i, frame, "a courtesy: thank you")
    end
    local quote = actors.quote_at(st, (bytes(s, i)))
    found.source = actors.parties(st, quote and quote.speaker or not quote and st.voice or nil)
    found.target = ids.less(found.target, found.source)
  end
  local forum = frame.act.type == "meet" and filler and s.m[filler]       -- held the Oslo Dialogue
  if forum and #found.source + #found.target > 2 then
    found.target = ids.less(found.target, ids.of(forum.id))
    found.source, found.target = sides.shared_out(frame.act, found.source, found.target)
  end
  local before = frame.act.both and thing and #found.target == 0 and clause.kind == "coord"
                 and of_same_thing(s, clause, filler)
  if before and before.source[1] == found.source[1] then found.target = before.target end
  if frame.act.to or gives_cause[frame.act.type] then
    found.asks = #found.target > 0 and found.target or all
  end
  clause.found = found
  if frame.act.type == "meet" and #found.source == 1 and #found.target == 0 then
    company.meet(st, s, clause, found, described(clause))
  end
  local lack = missing(s, clause, found)
  if lack then return tell(out, s, clause, i, frame, lack) end
  local row = record(st, s, clause, found)
  found.act, found.row = frame.act, row
  keep(out, s, found, row)
  tell(out, s, clause, i, frame, row.type)
  if filler then filled[filler] = row end
  return found, filler
end

-- Who hosts what takes place somewhere: the second summit, in Saint Petersburg.
local function host_of (s, i)
  for k = i + 1, i + NEAR < s.n and i + NEAR or s.n do
    if s.c[k] == "L" then return actors.country_of(s.m[k].id) end
    if s.c[k] ~= "p" and s.c[k] ~= "T" and s.c[k] ~= "," then return nil end
  end
end

local function read_noun (st, s, clause, i, out)
  local frame, last = frames.noun(s, i)
  if not frame then
    return s.e[i].noun[1] and misfit(out, s, clause, i, s.e[i].noun)
  end
  local taken = filled[i]
  if taken and taken.type ~= frame.act.type and frame.act.type == "provide_aid" then
    return tell(out, s, clause, i, frame, "told by its verb")           -- froze its aid
  end
  local given = clause.found
  if given and given.row and days.restates(s, given, i) then return end     -- $5 million in aid
  local found = { frame = frame, first = i, last = last,
                  modality = nominal.modality(s, clause, i, frame), source = nil, target = nil,
                  date = nil }
  if not found.modality then return tell(out, s, clause, i, frame, "not told as done") end
  found.source, found.target = noun_sides.noun(st, s, clause, i, frame)
  found.date = inherit(st, s, clause, i, found)
  if frame.act.type == "congratulate" and not clause.verb then            -- Congratulations!
    found.source = actors.parties(st, st.voice)
    found.target = ids.less(found.target, found.source)
  end
  local host = frame.act.type == "host_event" and #found.source == 0 and host_of(s, i)
  if host then found.source = ids.of(host) end
  local lack = missing(s, clause, found)
  if lack then return tell(out, s, clause, i, frame, lack) end
  keep(out, s, found, record(st, s, clause, found))
  tell(out, s, clause, i, frame, frame.act.type)
end

-- A forum that is named with its place and day took place: the Nile Basin Summit in
-- Kampala in 2019.
local function read_forum (st, s, clause, i, out)
  local host, day = host_of(s, i), nil
  for k = i + 1, i + NEAR < s.n and i + NEAR or s.n do day = day or s.c[k] == "T" end
  local frame = host and day and frames.of_name(s, i)
  if not frame then return end
  local found = { frame = frame, first = i, last = i, modality = "asserted", source = ids.of(host) }
  found.target = ids.less(actors.of_forum(st, s, i), found.source)
  keep(out, s, found, record(st, s, clause, found))
end

--- Adds the events of a sentence to `out`, which has positions and rows. Of one that
-- tells no act only the subjects are read: what follows may take them up.
---@param st table of actors.new
---@param s table of clauses.read
---@param out table
function M.sentence (st, s, out)
  local list, told, at, covered = s.clauses, s.told, 1, 0
  if s.tells & ACT == 0 then
    for k = 1, s.opened do
      if list[k].finite or list[k].head then subjects.subject(st, s, list[k]) end
    end
    return
  end
  local thing                       -- what a verb took, which "them" may take up
  if next(filled) then filled = {} end
  st.day = nil
  for k = 1, s.opened do
    local clause = list[k]
    if clause.finite or clause.head then subjects.subject(st, s, clause) end
    local verb, found, filler = clause.verb, nil, nil
    if (clause.tells & ACT ~= 0 or thing and verb and s.c[verb + 1] == "q") and s.e[verb].verb then
      found, filler = read_verb(st, s, clause, out)
    end
    while at <= s.tellers and told[at] <= clause.last do
      local i = told[at]
      at = at + 1
      if found and i > verb then covered = found.last end
      if s.m[i] then
        read_forum(st, s, clause, i, out)
      elseif s.e[i].noun and i > covered and not (found and i == filler and i < verb) then
        read_noun(st, s, clause, i, out)
      end
    end
    if found then covered, thing = found.last, found.thing or thing end
  end
end

-- What is told again ----------------------------------------------------------------

-- Acts that are done once: a later word of one that has no date means the dated one.
local once = { establish_relations = true, resume_relations = true, sever_relations = true,
               open_embassy = true, close_embassy = true, succeed_state = true,
               recognise = true }

local function starts (a, b) return sub(a, 1, #b) == b end

local function is_done (row)
  return once[row.type] and row.modality ~= "planned" and row.modality ~= "negated"
end

-- Calls f(key) for each party of a row, with its type.
local function each_party (row, f)
  for _, id in ipairs(row.source) do f(row.type .. " " .. id) end
  for _, id in ipairs(row.target) do f(row.type .. " " .. id) end
end

local function has_both (row) return #row.source > 0 and #row.target > 0 end

-- Of two dated rows that may tell of one event the one with the finer date, of the same date
-- one with both sides; false where the dates exclude each other.
local function finer (a, b)
  if not a or a == b then return b end
  if not b then return false end
  if a.date == b.date then return has_both(b) and b or a end
  if starts(b.date, a.date) then return b end
  return starts(a.date, b.date) and a
end

-- The only dated event that a row can mean by its parties; nil or false where there is none.
local function base_of (dated, row)
  local base
  each_party(row, function (key)
    if dated[key] == false then base = false end
    if dated[key] and base ~= false then base = finer(base, dated[key]) end
  end)
  return base
end

--- Gives what is told again its date, the finest there is, and the sides that it leaves out,
-- where only one dated event with a party in common can be meant.
---@param out table
function M.finish (out)
  local dated = {}                   -- by type and party: the event, false for several
  for _, row in ipairs(out.rows) do
    if is_done(row) and row.date then
      each_party(row, function (key)
        if dated[key] ~= false then dated[key] = finer(dated[key], row) end
      end)
    end
  end
  for _, row in ipairs(out.rows) do
    if is_done(row) and not (row.date and has_both(row)) then
      local base = base_of(dated, row)
      if base and base ~= row then
        if not row.date or starts(base.date, row.date) then row.date = base.date end
        if not has_both(row) and has_both(base) and row.date == base.date then
          row.source, row.target = base.source, base.target
        end
        row.event = base.event
      end
    end
  end
end

return M
