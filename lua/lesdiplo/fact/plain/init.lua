--- Events and stances of clauses that are rows of units: what Chinese and Russian share.
--
-- A language makes of a sentence segments, one a stretch between commas or words that
-- part clauses, and of each segment an array of units (fact/han, fact/russian):
--
--   k = "P"   a party: ids (as actors.parties gives them); slot, what ties it to the verb
--             (with to by at about invite on for from), nil where nothing does; weak, it only
--             owns something; whole, it may be a subject and no object; part, an object
--             and no subject; place, a city that may stand for its state; receiver,
--             the state to which an envoy is sent; only, the one trigger to which it belongs;
--             envoy, it is one; spoken, the "we" of a verb's form; object, no subject that
--             was named before; body, one that states join; land, a country by its name
--             alone; voice, a capital that nothing ties; into, where something goes; case, as
--             far as it is told
--   k = "T"   a trigger: frame (acts.lua); how, what its own form says ("planned", or
--             false for what is only possible); passive; noun; inf; op, what it
--             makes of acts behind it; keeps, its stance makes nothing of them; closes, what
--             it makes of them ends with the segment; done, no operator of another segment
--             is on it; bygone, a finite past; under, the unit before which no subject of it
--             stands; goes_on, it is right behind another; spoken, it is done by saying it,
--             whatever else is planned; we, a form whose subject is "we"; joined, the last
--             unit before the "and" that joins it to a verb, scope, the same where operators
--             before do not reach it, after, the finite trigger whose subject it has;
--             agentless, a passive that follows what several did together; announced, a noun
--             that tells what was made known; alien, one that nobody does but whom it names
--             itself
--   k = "D"   a date: value
--   k = "O"   an operator on the acts behind it: op is plan, neg, maybe or habit; whole,
--             on all of them; due, off, on a noun before it
--
-- and of a segment: kind ("aside" for a stretch of time, "rel" for a clause with a head,
-- "if"), head (a party), denied (somebody says that it is not so), hearsay (others tell it,
-- nobody says who), first and last byte. There is no parser: the subject of a trigger is the
-- nearest party before it that nothing ties, else that of the segment before, else that of the one
-- behind.
-- @module lesdiplo.fact.plain
local actors = require "lesdiplo.fact.actors"
local acts = require "lesdiplo.fact.acts"
local attitudes = require "lesdiplo.fact.attitudes"
local parties = require "lesdiplo.fact.plain.parties"
local speakers = require "lesdiplo.grammar.quote.speakers"
local sides = require "lesdiplo.fact.plain.sides"
local _, native = ...
local source_of = native.base.source
local add, set = parties.add, parties.set
local concat, sort = table.concat, table.sort
local find, gmatch, sub = string.find, string.gmatch, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local FAR = 40           -- units before a trigger in which operators on it stand

for _, name in ipairs{ "add", "acting", "mentions", "named", "names", "quote_at", "resolve",
                       "speaking" } do
  M[name] = parties[name]
end

-- Modality ------------------------------------------------------------------------------

local after = {
  plan = { asserted = "planned", habitual = "planned" },
  neg = { asserted = "negated", planned = "negated", habitual = "negated" },
  habit = { asserted = "habitual" },
}

local function apply (op, how)
  if op == "maybe" then return nil end
  return after[op] and after[op][how] or how
end

-- What a stance or an act makes of acts behind it.
local meant = { calls_for = "maybe", opposes = "maybe", advocates = "maybe", supports = "maybe",
                hopes = "maybe",
                rejects = "maybe", stands_ready = "plan", commits = "plan", appeal = "maybe",
                    threaten = "maybe" }

local function operator (u)
  if u.keeps then return u.op end
  return u.op or u.cue and meant[u.cue.stance] or u.frame and meant[u.frame.act.type]
end

-- What stands behind a noun says that it is still to be, or is off: визит запланирован на май,
-- визит отменен, 访问被取消. The operator, or nil.
local function due_behind (seg, i)
  for k = i + 1, #seg do
    local one = seg[k]
    if one.k == "T" then return nil end
    if one.k == "O" then return (one.off or one.due and seg[i].genitive) and one.op end
  end
end

-- How a trigger is meant: its own form, and the operators before it. nil where it is
-- only possible, wished or asked for.
local function modality (seg, i, state)
  local u = seg[i]
  if u.how == false or seg.kind == "if" then return nil end
  local how, own, met = u.how or seg.denied and "negated" or "asserted", u.how ~= nil, false
  local carried, scope = not u.inf, u.scope or 0
  for k = i - 1, i > FAR and i - FAR or 1, -1 do
    local one = seg[k]
    local reaches = k > scope or one.whole
    if reaches and one.k == "O" and not (met and one.op == "neg") then
      how, own, carried = apply(one.op, how), true, true
    elseif reaches and one.k == "T" then
      local op = operator(one)
      if op then how, own, carried = apply(op, how), true, true end
      if not one.noun and not (u.inf and one.inf) then met = true end
    end
    if not how then return nil end
  end
  if how == "asserted" then
    local due = due_behind(seg, i)
    if due then return apply(due, how) end
  end
  if not carried and state.how ~= "planned" then return nil end
  if not own and not u.done and not seg.own and seg.kind ~= "aside" and state.how ~= nil
     and not seg.head and not (u.bygone and seg.turned) then
    if state.how == false then return nil end
    if state.how == "planned" and not u.spoken and not u.bygone then how = "planned" end
  end
  if seg.kind == "aside" and seg.next and not own then
    for _, one in ipairs(seg.next) do
      if one.k == "T" then break end
      if one.k == "O" and one.op == "plan" or one.how == "planned" then return "planned" end
    end
  end
  return how
end

-- Dates -------------------------------------------------------------------------------

-- May a date be that of an act that is meant in that way? What has been done was not
-- done later than the document's day; what will be done, not before it.
local function fits (st, value, how)
  local day = st.today
  if not day then return true end
  if how == "planned" then
    return value >= sub(day, 1, #value) or find(value, "/", 1, true) ~= nil
  end
  return sub(value, 1, 10) <= day
end

-- Is a day only what somebody is congratulated on: 祝贺乍得国庆, поздравил с Днём независимости?
local function is_feast (st, u, day)
  return u.frame.act.type == "congratulate" and not find(sub(st.simple, day.first, day.last), "%d")
end

local function date_of (st, seg, i, how, state)
  for k = i + 1, #seg do
    if seg[k].k == "D" and fits(st, seg[k].value, how) and not is_feast(st, seg[i], seg[k]) then
      return seg[k].value
    end
    if seg[k].k == "T" and not seg[k].rel then break end
  end
  for k = i - 1, 1, -1 do
    if seg[k].k == "D" and fits(st, seg[k].value, how) then return seg[k].value end
  end
  local u = seg[i]
  if u.past or seg.kind == "aside" or not state.date or how == "planned" and not state.alone then
    return nil
  end
  return fits(st, state.date, how) and state.date or nil
end

local today = set [[
  meet visit host_event sign_agreement attend_summit open_embassy sanction provide_aid ]]

-- Without a date of its own: what is done by saying it, on the document's day; what
-- will be, from it on.
local function open_date (st, seg, u, how)
  local day, act = st.today, u.frame.act
  if not day or u.past or how == "habitual" or u.noun and not act.today then return nil end
  if how == "planned" then return day .. "/.." end
  if how == "asserted" and seg.kind ~= "aside" and (act.today or today[act.type]) then
    return day
  end
end

-- Records -----------------------------------------------------------------------------

-- An event's id but for its date: type and parties.
local function event_of (row)
  local ids = {}
  for _, id in ipairs(row.source) do ids[#ids + 1] = id end
  for _, id in ipairs(row.target) do ids[#ids + 1] = id end
  sort(ids)
  return row.type .. ":" .. concat(ids, "+")
end

local function event_id (row) return event_of(row) .. (row.date and ":" .. row.date or "") end

-- Acts that are done once: a later word of one that has no date means the dated one.
local once = set [[establish_relations resume_relations sever_relations open_embassy close_embassy
  succeed_state recognise]]

local function starts (a, b) return sub(a, 1, #b) == b end

-- Gives what is told again the date that it has elsewhere, where that is one.
function M.finish (out)
  local dated = {}
  for _, row in ipairs(out.rows) do
    if once[row.type] and row.date
       and (row.modality == "asserted" or row.modality == "reported") then
      local key = event_of(row)
      local base = dated[key]
      if base == nil then dated[key] = row
      elseif base and not starts(row.date, base.date) and not starts(base.date, row.date) then
        dated[key] = false
      elseif base and #row.date > #base.date then dated[key] = row
      end
    end
  end
  for _, row in ipairs(out.rows) do
    local base = not row.date and row.modality ~= "planned" and row.modality ~= "negated"
                 and dated[row.event]
    if base then row.date, row.event = base.date, base.event end
  end
end

-- Who reports what stands at a place, and whether that is another than who acts.
local function reporter (st, at, source, said)
  local quote = parties.quote_at(st, at)
  if not quote or not quote.speaker then
    if not said or not said[1] then return nil end
    return said.people[1] or said[1], source[said[1]] == nil
  end
  local own = false
  for id in gmatch(quote.speaker, "[^+]+") do
    for _, state in ipairs(parties.acting(st, id)) do own = own or source[state] end
  end
  return quote.speaker, not own
end

local function people_in (source, target)
  local out = add({ people = {} }, source)
  add(out, target)
  return out.people
end

-- Whether enough is told: two sides of a mutual act that a noun names, else one.
local function told (u, source, target)
  local n = #source + #target
  if u.within and #source == 0 then return false end
  if u.frame.act.two then return #source > 0 and #target > 0 end
  if u.frame.act.type == "recognise" and not u.frame.behind then
    return #source > 0 and #target > 0
  end
  if u.frame.act.both and (u.noun or u.needs) then return n > 1 end
  if u.noun then return n > 0 end
  return #source > 0 or u.passive and n > 0 or u.frame.act.type == "other" and n > 0
end

local function record (st, s, seg, u, how, sides_of, date, said)
  local source, target = sides_of[1], sides_of[2]
  local act = u.frame.act
  local row = { type = act.type, rule = u.frame.where, modality = how,
                source = parties.plain(source),
                target = parties.plain(target), participants = people_in(source, target), place =
                    seg.place }
  row.cameo, row.plover = acts.codes(act, how)
  row.date = date or open_date(st, seg, u, how)
  row.evidence_start, row.evidence_end = source_of(st.doc, s.base + seg.first, s.base + seg.last)
  local via, foreign = reporter(st, s.base + u.first, source, said)
  row.via = via
  if act.undone and how == "asserted" then row.modality = "negated"
  elseif (via and foreign or seg.hearsay) and how == "asserted" then row.modality = "reported" end
  row.event = event_id(row)
  return row
end

local function keep (out, s, u, row)
  local n = #out.rows + 1
  out.positions[2 * n - 1], out.positions[2 * n] = s.base + u.first, s.base + u.last
  out.rows[n] = row
end

-- Is a trigger no more than an operator on an act behind it: has agreed to sign,
-- announced that it recognises?
local function leads_on (seg, i)
  local u = seg[i]
  if u.op ~= "plan" and u.op ~= "neg" and (u.frame.behind
         or u.frame.act.type ~= "issue_statement") then
    return false
  end
  for k = i + 1, i + 6 do
    local one = seg[k]
    if not one then return false end
    if one.frame and (not one.noun or one.announced) then return true end
  end
  return false
end

-- What the segments behind take up.
local function remember (seg, state, how)
  if seg.kind == "rel" then return end
  if seg.said then state.said, state.subject = seg.said, seg.said end
  if seg.kind ~= "aside" or seg.during then
    local acted = false
    for _, u in ipairs(seg) do acted = acted or u.k == "T" end
    if acted and how ~= "planned" then state.alone = false end
    for _, u in ipairs(seg) do
      if u.k == "D" then state.date, state.alone = u.value, not acted end
    end
  end
  if seg.kind == "aside" and not seg.during then return end
  if how ~= nil or seg.own then state.how = how end
  state.subject = seg.own or state.subject
  state.receiver = seg.receiver or not seg.own and state.receiver or nil
end

-- Is a noun the subject or object of the verb that tells its act: санкции были
-- введены?
local function told_behind (seg, i)
  if not seg[i].noun then return false end
  for k = i + 1, i + 4 do
    local one = seg[k]
    if one and one.k == "T" and one.frame then
      return one.frame.act.type == seg[i].frame.act.type and not one.noun
             and one.frame.behind ~= nil
    end
  end
  return false
end

-- Does a noun only go on with the act before it: 提供粮食援助?
local function repeats (seg, i)
  for k = i - 1, i > 4 and i - 4 or 1, -1 do
    local one = seg[k]
    if one.k == "T" and one.frame and not told_behind(seg, k) then
      return one.frame.act.type == seg[i].frame.act.type and (seg[i].noun
             or seg[i].first - one.last < 30)
    end
    if one.k == "P" and not seg[i].noun then return false end
  end
  return false
end

local function read_segment (st, s, seg, state, out)
  local kept, closed
  for i, u in ipairs(seg) do
    if u.k == "T" then
      local how = modality(seg, i, state)
      if u.frame and not leads_on(seg, i) and not (repeats(seg, i) and not u.passive)
             and not told_behind(seg, i) then
        seg.place = nil
        local date = how and date_of(st, seg, i, how, state)
        local source, target = sides.find(st, s, seg, i, state, date)
        if how and told(u, source, target) then
          if u.frame.act.both and #source + #target == 2 then
            st.group = add(add({ people = {} }, source), target)
            st.met, st.met_at = st.group, s.last
          end
          keep(out, s, u, record(st, s, seg, u, how, { source, target }, date, state.said))
        end
      end
      kept = how and (how == "asserted" and operator(u) == "plan" and "planned" or how) or false
      if u.closes and closed == nil then closed = kept end
    end
  end
  if closed ~= nil then kept = closed end
  if kept == nil then
    for _, u in ipairs(seg) do
      if u.k == "O" then kept = u.op == "plan" and "planned" or nil end
    end
  end
  remember(seg, state, kept)
end

-- The first party of a segment that nothing ties: its subject.
local function own_of (seg)
  for _, u in ipairs(seg) do
    if u.k == "P" and not u.slot and not u.weak and not u.place and not u.part then
      return u.ids, u.receiver
    end
    if u.k == "T" and not u.rel then return nil end
  end
end

-- Any party of a segment that only names a source: по словам министра.
local function any_of (seg)
  for _, u in ipairs(seg) do
    if u.k == "P" and #u.ids > 0 then return u.ids end
  end
end

--- Makes ready the segments of a sentence for events and stances.
---@param s table with segs, and base, the byte before its first one
function M.prepare (s)
  for k, seg in ipairs(s.segs) do
    seg.own, seg.receiver = own_of(seg)
    seg.next, seg.at = s.segs[k + 1], k
    if seg.says then seg.said = seg.own
    elseif seg.source then seg.said = any_of(seg)
    end
  end
  -- Whom a segment means that has no subject and follows none: that of the next one.
  function s.ahead (seg)
    local next_one = seg.next
    return next_one and next_one.kind ~= "rel" and next_one.own or nil
  end
end

-- Settles whom "the two sides" of a segment are: those who were last named together, or
-- did something together.
local function settle (st, s, seg)
  for _, u in ipairs(seg) do
    if u.k == "P" and u.pair and not u.object and #u.ids == 0 then
      local group = st.group
      if not group then
        local who = speakers.phrase(st.ctx, s.base + u.first, s.base + u.last, st.pair)
        group = actors.parties(st, who.id)
      end
      for _, id in ipairs(group) do u.ids[#u.ids + 1], u.ids[id] = id, true end
    elseif u.k == "P" and #u.ids == 2 then
      st.group = u.ids
    end
  end
end

-- Does a sentence name a subject of its own, so that it tells no more of those who met?
local function names_another (s)
  for _, seg in ipairs(s.segs) do
    if seg.own and #seg.own > 0 then return true end
  end
  return false
end

--- The events of a sentence: adds to out.positions and out.rows.
function M.events (st, s, out)
  local state = {}
  if names_another(s) then st.met = nil end
  for _, seg in ipairs(s.segs) do
    settle(st, s, seg)
    read_segment(st, s, seg, state, out)
  end
end

-- Stances -------------------------------------------------------------------------------

--- Adds a stance on an object, given by its bytes in the sentence.
function M.stance (st, s, out, found, first, last)
  local holder = found.holder
  local row = { holder = parties.plain(holder), stance = found.cue.stance, rule = found.cue.where,
                polarity = attitudes.outcome(found.cue, found.negated),
                negated = found.negated or nil,
                hedge = found.hedge, via = holder.people and holder.people[1] }
  local quote = parties.quote_at(st, s.base + first)
  if quote and quote.speaker and not holder[quote.speaker] then row.via = quote.speaker end
  local n = #out.rows + 1
  out.positions[2 * n - 1], out.positions[2 * n], out.rows[n] = s.base + first, s.base + last, row
end

--- Who says what stands in a segment: a quote's speaker, or whose paper it is.
function M.speaker (st, s, seg)
  local quote = parties.quote_at(st, s.base + seg.first)
  if quote and quote.speaker then return parties.acting(st, quote.speaker) end
  return seg.told or actors.parties(st, st.author)
end

--- Who holds the position of a cue, the unit i of a segment: its subject, who speaks, or
-- whose paper it is.
function M.holder (st, s, seg, i, state)
  local own = sides.own(st, seg, i) or seg.head and seg.head.ids
      or state.subject or s.ahead(seg)
  if own and #own > 0 then return own end
  return M.speaker(st, s, seg)
end

--- Is a cue negated, by an operator right before it?
function M.negated (seg, i)
  if seg.denied then return true end
  for k = i - 1, i > 4 and i - 4 or 1, -1 do
    local one = seg[k]
    if (one.k == "O" or one.k == "T") and one.op == "neg" then return true end
    if one.k == "T" or one.k == "P" and not one.slot and not one.spoken then return false end
  end
  return false
end

--- The events and the stances of a document, not in order.
---@param st table what clauses.new made of the document
---@param read table[] the sentences that tell something
---@param clauses table of the language: read(st, first, last) gives a sentence
---@param stance function (st, sentence, segment, state, out) reads a segment's
---@return table events, positions and rows
---@return table stances
function M.read (st, read, clauses, stance)
  local acted, held = { positions = {}, rows = {} }, { positions = {}, rows = {} }
  for _, one in ipairs(read) do
    local s, state = clauses.read(st, one.first, one.last), {}
    M.events(st, s, acted)
    for _, seg in ipairs(s.segs) do
      stance(st, s, seg, state, held)
      remember(seg, state, nil)
    end
  end
  M.finish(acted)
  return acted, held
end

return M
