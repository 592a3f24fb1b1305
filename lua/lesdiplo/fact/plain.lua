--- Events and stances of clauses that are rows of units: what Chinese and Russian share.
--
-- A language makes of a sentence segments, one a stretch between commas or words that
-- part clauses, and of each segment an array of units (fact/han, fact/russian):
--
--   k = "P"   a party: ids (as actors.parties gives them); slot, what ties it to the verb
--             (with to by at about invite on for from), nil where nothing does; weak, it only
--             owns something; whole, it may be a subject and no object; part, an object
--             and no subject; place, a city that may stand for its state; receiver,
--             the state to which an envoy is sent
--   k = "T"   a trigger: frame (acts.lua); how, what its own form says ("planned", or
--             false for what is only possible); passive; noun; inf; op, what it makes of acts behind it
--   k = "D"   a date: value
--   k = "O"   an operator on the acts behind it: op is plan, neg, maybe or habit
--
-- and of a segment: kind ("aside" for a stretch of time, "rel" for a clause with a head,
-- "if"), head (a party), first and last byte. There is no parser: the subject of a
-- trigger is the nearest party before it that nothing ties, else that of the segment
-- before, else that of the one behind.
-- @module lesdiplo.fact.plain
local actors = require "lesdiplo.fact.actors"
local acts = require "lesdiplo.fact.acts"
local _, native = ...
local source_of = native.base.source
local facts, entity = native.entities.facts, native.entities.entity
local concat, sort = table.concat, table.sort
local find, gmatch, sub = string.find, string.gmatch, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local FAR = 40           -- units before or behind a trigger that may belong to it

-- Parties -------------------------------------------------------------------------------

local function plain (ids)
  local out = {}
  for i, id in ipairs(ids) do out[i] = id end
  return out
end

local function add (out, ids)
  for _, id in ipairs(ids) do
    if not out[id] then out[#out + 1], out[id] = id, true end
  end
  for _, id in ipairs(ids.people or {}) do
    local seen = false
    for _, one in ipairs(out.people) do seen = seen or one == id end
    if not seen then out.people[#out.people + 1] = id end
  end
  return out
end

local function less (all, taken)
  local out = { people = all.people }
  for _, id in ipairs(all) do
    if not taken[id] then out[#out + 1], out[id] = id, true end
  end
  return out
end

local function split (all)
  local source, target = { people = all.people }, { people = {} }
  for i, id in ipairs(all) do
    local out = i == 1 and source or target
    out[#out + 1], out[id] = id, true
  end
  return source, target
end

M.add = add

local NESTED = 6         -- quotes that may hold one another

--- The innermost quote around a byte, or nil.
function M.quote_at (st, at)
  local list = st.quotes
  local low, high = 1, #list + 1
  while low < high do
    local middle = (low + high) // 2
    if list[middle].first <= at then low = middle + 1 else high = middle end
  end
  for i = low - 1, low - NESTED > 1 and low - NESTED or 1, -1 do
    if list[i].last >= at then return list[i] end
  end
end

local one = { c = { "A" }, m = {}, e = {} }

--- The state for which a person or a body acts, or the body: from the id of a speaker.
function M.acting (st, id)
  if st.people[id] then return actors.parties(st, id) end
  one.m[1] = { kind = "org", class = "A", id = id, row = {} }
  return actors.resolve(st, { people = {} }, one, 1)
end

-- Places that stand for a state: a capital or another city of it -------------------------

local former

--- The ids that a document names, as a set.
function M.names (st)
  if not st.names then
    st.names = {}
    for _, m in ipairs(st.mentions) do
      if m.id then st.names[m.id] = true end
    end
  end
  return st.names
end

-- What a state was called at a time: Russia up to 1991 is the Soviet Union, where the
-- document knows that one.
function M.state_at (st, id, date)
  if not former then
    former = {}
    for _, fact in ipairs(facts "successor") do
      local heir = fact[3]:match "^%S+"
      former[heir] = former[heir] or {}
      former[heir][#former[heir] + 1] = fact[1]
    end
  end
  for _, old in ipairs(former[id] or {}) do
    local until_day
    for _, fact in ipairs(entity(old).facts) do
      if fact[1] == "to" then until_day = fact[2] end
    end
    if date and until_day and date < until_day and M.names(st)[old] then return old end
  end
  return id
end

local country_of_place, is_capital = {}, {}

--- The country in which a city lies, or nil.
function M.country_of (id)
  if country_of_place[id] == nil then
    country_of_place[id] = false
    local found = entity(id)
    local city, country = false, nil
    for _, fact in ipairs(found and found.facts or {}) do
      if fact[1] == "kind" then city = fact[2] == "city"
      elseif fact[1] == "capital" then is_capital[id] = fact[2] == "yes"
      elseif fact[1] == "country" then country = fact[2] end
    end
    country_of_place[id] = city and country or false
  end
  return country_of_place[id] or nil
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
local meant = { calls_for = "maybe", opposes = "maybe", advocates = "maybe", supports = "maybe", hopes = "maybe",
                rejects = "maybe", stands_ready = "plan", commits = "plan", appeal = "maybe", threaten = "maybe" }

local function operator (u)
  return u.op or u.cue and meant[u.cue.stance] or u.frame and meant[u.frame.act.type]
end

-- How a trigger is meant: its own form, and the operators before it. nil where it is
-- only possible, wished or asked for.
local function modality (seg, i, state)
  local u = seg[i]
  if u.how == false or seg.kind == "if" then return nil end
  local how, own, met = u.how or "asserted", u.how ~= nil, false
  local carried = not u.inf
  for k = i - 1, i > FAR and i - FAR or 1, -1 do
    local one = seg[k]
    if one.k == "O" and not (met and one.op == "neg") then
      how, own, carried = apply(one.op, how), true, true
    elseif one.k == "T" then
      local op = operator(one)
      if op then how, own, carried = apply(op, how), true, true end
      if not one.noun then met = true end
    end
    if not how then return nil end
  end
  if not carried and state.how ~= "planned" then return nil end
  if not own and not seg.own and seg.kind ~= "aside" and state.how ~= nil and not seg.head then
    if state.how == false then return nil end
    if state.how == "planned" then how = "planned" end
  end
  if seg.kind == "aside" and seg.next and not own then
    for _, one in ipairs(seg.next) do
      if one.k == "T" then break end
      if one.k == "O" and one.op == "plan" or one.how == "planned" then return "planned" end
    end
  end
  return how
end

-- Sides -----------------------------------------------------------------------------------

local targets = { with = true, to = true, ["for"] = true, against = true }
local visits = { visit = true, open_embassy = true, close_embassy = true }
local leaves = { recall = true, expel = true }

-- Acts whose object may be named by what is its own: 赞赏塞尔维亚的立场.
local owned = { praise = true, criticise = true, mediate = true, recognise = true, threaten = true, reject = true,
                sanction = true, lift_sanction = true, provide_aid = true, congratulate = true, military_action = true }


local lets = { appeal = true, praise = true, criticise = true, congratulate = true, reject = true,
               express_intent = true, provide_aid = true, threaten = true, issue_statement = true }

-- The party before a trigger that acts in it.
local function before_trigger (seg, i)
  local last_trigger
  local weak
  for k = i - 1, i > FAR and i - FAR or 1, -1 do
    local u = seg[k]
    if u.k == "T" then
      last_trigger = last_trigger or u
      if u.acts and not lets[u.frame.act.type] and not u.noun then return u.acts end
    elseif u.k == "P" and not u.place and not u.part
           and (not u.slot or u.slot == "at" and seg.kind == "aside" and seg[i].frame and not visits[seg[i].frame.act.type]) then
      if seg[i].owner == u.ids then return u.ids end
      if not u.weak then return u.ids end
      if not last_trigger then weak = weak or u.ids end
    end
  end
  return weak
end

-- A city that stands at the head of a clause speaks for its state.
local function city (st, seg, i)
  for k = 1, i - 1 do
    local u = seg[k]
    if u.k == "P" then
      if u.place and not u.slot and u.capital then
        return actors.parties(st, u.place)
      end
      return nil
    end
  end
end

local nobody = { people = {} }

local function subject (st, s, seg, i, state)
  local own = before_trigger(seg, i) or city(st, seg, i)
  if own then return own end
  if seg.head then return seg.head.ids end
  local u = seg[i]
  if u.turns and not u.passive and not u.inf and not u.noun and not (state.subject and seg.continues) then
    for k = i + 1, #seg do                              -- подписали соглашение министры
      local one = seg[k]
      if one.k == "T" then break end
      if one.k == "P" and not one.slot and not one.place and one.case ~= "oblique" and one.case ~= "ins" then
        one.used = true
        return one.ids
      end
    end
  end
  return state.subject or s.ahead(seg) or nobody
end


-- Does a party that is tied in this way belong to the other side of an act?
local function is_target (u, act)
  if u.slot == nil then return not u.weak or u.weak == "adjective" and not act.both or owned[act.type] ~= nil end
  if targets[u.slot] then return true end
  if u.slot == "in" then return visits[act.type] ~= nil or act.type == "military_action" end
  if u.slot == "on" then return act.type == "military_action" end
  if u.slot == "at" then return visits[act.type] ~= nil and act.type ~= "visit" or act.id == "represent" end
  if u.slot == "from" then return leaves[act.type] ~= nil or act.to == true end
  if u.slot == "invite" then return act.type == "visit" end
  return false
end

local function other (st, seg, u, act, date)
  if not u.place then return u.ids end
  seg.place = u.id
  if not visits[act.type] or act.type == "visit" and u.slot and u.slot ~= "in" then return nobody end
  return actors.parties(st, M.state_at(st, u.place, date))
end

local attitudes = { praise = true, criticise = true, congratulate = true, appeal = true, threaten = true,
                    reject = true }

-- Acts whose noun has what they are done to behind it: признание Абхазии.
local objective = { recognise = true, expel = true, recall = true, appoint = true, criticise = true, praise = true,
                    congratulate = true, lift_sanction = true, reject = true, close_embassy = true }

-- Does a trigger behind another end what belongs to the first?
local function ends_trigger (u, one) return one.frame ~= nil and not one.rel and not (u.light and one.noun) end

-- The parties behind a trigger, up to the next one: those that act, those that are acted on.
local function behind_trigger (st, seg, i, date)
  local u, by, out = seg[i], { people = {} }, { people = {} }
  local act, objects, owner = u.frame.act, 0, false
  for k = i + 1, i + FAR < #seg and i + FAR or #seg do
    local one = seg[k]
    if one.k == "T" and ends_trigger(u, one) then break end
    if one.k == "P" and not one.used then
      if one.slot == "by" or (u.passive or u.noun) and one.case == "ins" and not one.slot then add(by, one.ids)
      elseif u.noun and not one.slot then
        if u.genitive and one.adj == nil and not owner then add(objective[act.type] and out or by, one.ids) end
        if not owner then owner, one.part = true, true end
      elseif is_target(one, act) and not (objects > 0 and not act.both and (one.slot == nil or attitudes[act.type]))
             and not (attitudes[act.type] and st.near and one.slot == nil and one.first - u.last > st.near) then
        if not one.slot and #one.ids > 0 then
          objects = objects + 1
          one.part = one.part or not lets[act.type] and not u.rel or nil
        end
        add(out, other(st, seg, one, act, date))
      elseif one.place then
        seg.place = seg.place or one.id
      end
    end
  end
  return by, out
end

-- The parties before a trigger that something ties to it.
local function tied_before (st, seg, i, date)
  local u, by, out = seg[i], { people = {} }, { people = {} }
  for k = i - 1, i > FAR and i - FAR or 1, -1 do
    local one = seg[k]
    if one.k == "T" and not one.rel and not (u.noun and one.light) then
      if not (u.noun and not one.noun) then break end
    end
    if one.k == "P" and one.slot then
      if one.slot == "by" then add(by, one.ids)
      elseif is_target(one, u.frame.act) then add(out, other(st, seg, one, u.frame.act, date))
      elseif one.place and one.slot == "at" then seg.place = seg.place or one.id
      end
    end
  end
  return by, out
end

-- An envoy's appointment: who sends, and where to.
local function sent (seg)
  for _, one in ipairs(seg) do
    if one.k == "P" and one.receiver then return one end
  end
end

-- Acts whose sides are the state that sends and the one to which it does.
local sends = { appoint = true, recall = true, open_embassy = true, close_embassy = true }

local head_ranks = { head_of_state = true, royal = true }

local function is_head (st, id)
  for _, m in ipairs(st.people[id] or {}) do
    local found = m.row.role and entity(m.row.role)
    for _, fact in ipairs(found and found.facts or {}) do
      if fact[1] == "rank" and head_ranks[fact[2]] then return true end
    end
  end
  return false
end

-- Who presents credentials is no head of state: that one receives them.
local function receives (st, source)
  st.heads = st.heads or {}
  for _, id in ipairs(source.people) do
    if st.heads[id] == nil then st.heads[id] = is_head(st, id) end
    if st.heads[id] then return true end
  end
  return false
end

local function sides (st, s, seg, i, state, date)
  local u = seg[i]
  local act = u.frame.act
  local own = u.owner or subject(st, s, seg, i, state)
  local by, tied = tied_before(st, seg, i, date)
  local by_behind, objects = behind_trigger(st, seg, i, date)
  add(by, by_behind)
  local source, target = own, add(tied, objects)
  if u.rel then source = u.rel.ids end
  if u.passive or u.frame.kind == "passive" then
    source, target = u.frame.kind == "passive" and target or by,
                     add(add({ people = {} }, own), u.frame.kind == "passive" and by or target)
    if act.type == "recall" and #by == 0 then source, target = own, tied end    -- whose envoy it is
  elseif #by > 0 then
    source = u.noun and by or #own > 0 and act.both and add(add({ people = {} }, own), by) or by
    if u.noun and #own > 0 and not u.genitive then target = add(target, own) end
  end
  local envoy = sends[act.type] and sent(seg)
  if envoy then
    local people = add(add({ people = {} }, own), target).people
    if envoy.sender then source = actors.parties(st, envoy.sender) end
    source = add({ people = people }, source)
    target = actors.parties(st, envoy.receiver)
  elseif act.type == "present_credentials" and u.frame.kind ~= "passive" and receives(st, source) then
    source, target = target, source
  end
  target = less(target, source)
  if act.both and #target == 0 and #source > 1 then source, target = split(source)
  elseif act.both and #source == 0 and #target > 1 then source, target = split(target)
  end
  u.acts = own
  return source, target
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

local function date_of (st, seg, i, how, state)
  for k = i + 1, #seg do
    if seg[k].k == "D" and fits(st, seg[k].value, how) then return seg[k].value end
    if seg[k].k == "T" and not seg[k].rel then break end
  end
  for k = i - 1, 1, -1 do
    if seg[k].k == "D" and fits(st, seg[k].value, how) then return seg[k].value end
  end
  local u = seg[i]
  if u.past or seg.kind == "aside" or not state.date or how == "planned" and not state.alone then return nil end
  return fits(st, state.date, how) and state.date or nil
end

local today = { meet = true, visit = true, host_event = true, sign_agreement = true, attend_summit = true,
                open_embassy = true, sanction = true, provide_aid = true }

-- Without a date of its own: what is done by saying it, on the document's day; what
-- will be, from it on.
local function open_date (st, seg, u, how)
  local day, act = st.today, u.frame.act
  if not day or u.past or how == "habitual" or u.noun and not act.today then return nil end
  if how == "planned" then return day .. "/.." end
  if how == "asserted" and seg.kind ~= "aside" and (act.today or today[act.type]) then return day end
end

-- Records -----------------------------------------------------------------------------

local function event_id (row)
  local parties = {}
  for _, id in ipairs(row.source) do parties[#parties + 1] = id end
  for _, id in ipairs(row.target) do parties[#parties + 1] = id end
  sort(parties)
  return row.type .. ":" .. concat(parties, "+") .. (row.date and ":" .. row.date or "")
end

-- Who reports what stands at a place, and whether that is another than who acts.
local function reporter (st, at, source, said)
  local quote = M.quote_at(st, at)
  if not quote or not quote.speaker then
    if not said or not said[1] then return nil end
    return said.people[1] or said[1], source[said[1]] == nil
  end
  local own = false
  for id in gmatch(quote.speaker, "[^+]+") do
    for _, state in ipairs(M.acting(st, id)) do own = own or source[state] end
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
  if u.frame.act.type == "recognise" and not u.frame.behind then return #source > 0 and #target > 0 end
  if u.frame.act.both and (u.noun or u.needs) then return n > 1 end
  if u.noun then return n > 0 end
  return #source > 0 or u.passive and n > 0 or u.frame.act.type == "other" and n > 0
end

local function record (st, s, seg, u, how, sides_of, date, said)
  local source, target = sides_of[1], sides_of[2]
  local act = u.frame.act
  local row = { type = act.type, rule = u.frame.where, modality = how, source = plain(source),
                target = plain(target), participants = people_in(source, target), place = seg.place }
  row.cameo, row.plover = acts.codes(act, how)
  row.date = date or open_date(st, seg, u, how)
  row.evidence_start, row.evidence_end = source_of(st.doc, s.base + seg.first, s.base + seg.last)
  local via, foreign = reporter(st, s.base + u.first, source, said)
  row.via = via
  if via and foreign and how == "asserted" then row.modality = "reported" end
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
  if u.op ~= "plan" and u.op ~= "neg" and (u.frame.behind or u.frame.act.type ~= "issue_statement") then return false end
  for k = i + 1, i + 6 do
    local one = seg[k]
    if not one then return false end
    if one.frame and not one.noun then return true end
  end
  return false
end

-- What the segments behind take up.
local function remember (st, seg, state, how)
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
end

-- Does a noun only go on with the act before it: 提供粮食援助?
local function repeats (seg, i)
  for k = i - 1, i > 4 and i - 4 or 1, -1 do
    local one = seg[k]
    if one.k == "T" and one.frame then return one.frame.act.type == seg[i].frame.act.type and (seg[i].noun or seg[i].first - one.last < 30) end
    if one.k == "P" and not seg[i].noun then return false end
  end
  return false
end

-- Is a noun the subject or object of the verb that tells its act: санкции были введены?
local function told_behind (seg, i)
  if not seg[i].noun then return false end
  for k = i + 1, i + 4 do
    local one = seg[k]
    if one and one.k == "T" and one.frame then
      return one.frame.act.type == seg[i].frame.act.type and not one.noun and one.frame.behind ~= nil
    end
  end
  return false
end

local function read_segment (st, s, seg, state, out)
  local kept
  for i, u in ipairs(seg) do
    if u.k == "T" then
      local how = modality(seg, i, state)
      if u.frame and not leads_on(seg, i) and not (repeats(seg, i) and not u.passive) and not told_behind(seg, i) then
        seg.place = nil
        local date = how and date_of(st, seg, i, how, state)
        local source, target = sides(st, s, seg, i, state, date)
        if how and told(u, source, target) then
          if u.frame.act.both and #source + #target == 2 then st.group = add(add({ people = {} }, source), target) end
          keep(out, s, u, record(st, s, seg, u, how, { source, target }, date, state.said))
        end
      end
      kept = how and (how == "asserted" and operator(u) == "plan" and "planned" or how) or false
    end
  end
  if kept == nil then
    for _, u in ipairs(seg) do
      if u.k == "O" then kept = u.op == "plan" and "planned" or nil end
    end
  end
  remember(st, seg, state, kept)
end

-- The first party of a segment that nothing ties: its subject.
local function own_of (seg)
  for _, u in ipairs(seg) do
    if u.k == "P" and not u.slot and not u.weak and not u.place and not u.part then return u.ids end
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
    seg.own, seg.next, seg.at = own_of(seg), s.segs[k + 1], k
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

--- The events of a sentence: adds to out.positions and out.rows.
function M.events (st, s, out)
  local state = {}
  for _, seg in ipairs(s.segs) do read_segment(st, s, seg, state, out) end
end

-- Stances -------------------------------------------------------------------------------

local function outcome (cue, negated)
  if not negated then return cue.polarity end
  return cue.stance == "opposes" and 0 or -cue.polarity
end

--- Adds a stance on an object, given by its bytes in the sentence.
function M.stance (st, s, out, found, first, last)
  local holder = found.holder
  local row = { holder = plain(holder), stance = found.cue.stance, rule = found.cue.where,
                polarity = outcome(found.cue, found.negated), negated = found.negated or nil,
                hedge = found.hedge, via = holder.people and holder.people[1] }
  local quote = M.quote_at(st, s.base + first)
  if quote and quote.speaker and not holder[quote.speaker] then row.via = quote.speaker end
  local n = #out.rows + 1
  out.positions[2 * n - 1], out.positions[2 * n], out.rows[n] = s.base + first, s.base + last, row
end

--- Who says what stands in a segment: a quote's speaker, or whose paper it is.
function M.speaker (st, s, seg)
  local quote = M.quote_at(st, s.base + seg.first)
  if quote and quote.speaker then return M.acting(st, quote.speaker) end
  return seg.told or actors.parties(st, st.author)
end

--- Who holds the position of a cue, the unit i of a segment: its subject, who speaks, or
-- whose paper it is.
function M.holder (st, s, seg, i, state)
  local own = before_trigger(seg, i) or city(st, seg, i) or seg.head and seg.head.ids or state.subject or s.ahead(seg)
  if own and #own > 0 then return own end
  return M.speaker(st, s, seg)
end

--- Is a cue negated, by an operator right before it?
function M.negated (seg, i)
  for k = i - 1, i > 4 and i - 4 or 1, -1 do
    if seg[k].k == "T" or seg[k].k == "P" and not seg[k].slot then return false end
    if seg[k].k == "O" and seg[k].op == "neg" then return true end
  end
  return false
end

M.remember = remember

--- Positions and rows in the order of the text.
function M.ordered (out)
  local list, positions, rows = {}, {}, {}
  for i = 1, #out.rows do
    list[i] = { out.positions[2 * i - 1], out.positions[2 * i], out.rows[i], i }
  end
  sort(list, function (a, b)
    if a[1] ~= b[1] then return a[1] < b[1] end
    if a[2] ~= b[2] then return a[2] > b[2] end
    return a[4] < b[4]
  end)
  for i, one in ipairs(list) do
    positions[2 * i - 1], positions[2 * i], rows[i] = one[1], one[2], one[3]
  end
  return { positions = positions, rows = rows }
end

-- Documents -------------------------------------------------------------------------------

--- The cities that a document names, as mentions; those with an office of state in front.
function M.places (doc)
  local out = {}
  for _, span in doc:layer "place":each() do
    local country = M.country_of(span.id)
    if country then
      out[#out + 1] = { kind = "place", class = "L", first = span.first, last = span.last,
                        id = span.id, country = country, capital = is_capital[span.id], row = span }
    end
  end
  return out
end

local function by_place (a, b)
  if a.first ~= b.first then return a.first < b.first end
  if a.last ~= b.last then return a.last > b.last end
  return not a.again and b.again or false
end

--- All mentions of a document, cities among them, none inside another; without those
-- of which drop(st, mention) is true.
-- `more` are mentions as well, where none of the others stands.
---@return table[]
function M.mentions (st, more, drop)
  local all, out, last = M.places(st.doc), {}, 0
  for _, m in ipairs(more) do all[#all + 1] = m end
  for _, m in ipairs(st.mentions) do
    if m.kind ~= "place" or not M.country_of(m.id) then all[#all + 1] = m end
  end
  sort(all, by_place)
  for _, m in ipairs(all) do
    if m.first > last and not drop(st, m) then out[#out + 1], last = m, m.last end
  end
  return out
end

return M
