--- The two sides of an act: who acts, and upon whom or with whom, from the units before
-- and behind its trigger (plain/init.lua tells what units are).
-- @module lesdiplo.fact.plain.sides
local actors = require "lesdiplo.fact.actors"
local parties = require "lesdiplo.fact.plain.parties"
local _, native = ...
local entity = native.entities.entity
local add, less, set, split = parties.add, parties.less, parties.set, parties.split
local ipairs = ipairs
_ENV = nil
local M = {}

local FAR = 40           -- units before or behind a trigger that may belong to it
local SOON = 300         -- bytes after a meeting in which what was done is done by who met

-- Sides -----------------------------------------------------------------------------------

local targets = set "with to for against object"
local visits = { visit = true, open_embassy = true, close_embassy = true }
local leaves = { recall = true, expel = true }

-- Acts whose object may be named by what is its own: 赞赏塞尔维亚的立场.
local owned = set [[
  praise criticise mediate recognise threaten reject sanction lift_sanction provide_aid
  congratulate military_action ]]


local lets = set [[
  appeal praise criticise congratulate reject express_intent provide_aid threaten
  issue_statement ]]

local judged = set [[
  supports opposes rejects condemns appreciates calls_for advocates recognises believes hopes ]]
local blames = set "criticise reject threaten"
local judging = set "praise criticise appeal reject threaten congratulate"

-- Does a trigger tell what somebody thinks or says of an act, so that the act is another's?
local function judges (u)
  local act = u.frame and u.frame.act
  return u.cue and judged[u.cue.stance] or act and (judging[act.type] or act.topic) or false
end

local nobody = { people = {} }

-- Does a party act in what a passive tells, by its case: Канадой введены санкции?
local function is_agent (u, one)
  return u.passive and one.case == "ins" and not one.slot
end

-- вызван в МИД Чада: it summoned him.
local function is_host (u, one)
  return u.passive and u.frame.act.id == "summon" and one.slot == "in" and not one.place
end

-- The first party of the units up to one that nothing ties.
local function first_of (seg, last)
  for k = 1, last do
    local u = seg[k]
    if u.k == "P" and not u.slot and not u.place and not u.part then return u.ids end
  end
end

-- The party before a trigger that acts in it.
local function before_trigger (seg, i)
  local last_trigger
  local weak
  local after, scope = seg[i].after, seg[i].scope
  if seg[i].alien then
    seg[i].within = true
    return nobody
  end
  for k = i - 1, i > FAR and i - FAR or 1, -1 do
    local u = seg[k]
    if u == seg[i].under then return weak or nobody end
    if k == scope then return after and before_trigger(seg, after) or first_of(seg, scope) end
    if u.k == "T" then
      if seg[i].noun and judges(u) then
        seg[i].within = true
        return nobody
      end
      last_trigger = last_trigger or u
      if u.acts and u.under == seg[i].under and not lets[u.frame.act.type] and not u.noun then
        return u.acts
      end
    elseif u.k == "P" and not u.place and not u.part and not is_agent(seg[i], u)
           and (not u.slot or u.slot == "at" and seg.kind == "aside" and seg[i].frame
               and not visits[seg[i].frame.act.type]) then
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

local function subject (st, s, seg, i, state)
  local own = before_trigger(seg, i) or city(st, seg, i)
  if own then return own end
  if seg.head then return seg.head.ids end
  local u = seg[i]
  if u.turns and not u.we and not u.passive and not u.inf and not u.noun and not (state.subject
         and seg.continues) then
    -- подписали соглашение министры
    for k = i + 1, #seg do
      local one = seg[k]
      if one.k == "T" then break end
      if one.k == "P" and not one.slot and not one.place and one.case ~= "oblique"
             and one.case ~= "ins" then
        one.used = true
        return one.ids
      end
    end
  end
  return state.subject or s.ahead(seg) or nobody
end


-- Does a party that is tied in this way belong to the other side of an act?
local function is_target (u, act)
  if act.topic then return u.slot == "with" or u.pair == true end
  if u.slot == nil then
    return not u.weak or u.weak == "adjective" and not act.both or owned[act.type] ~= nil
  end
  if targets[u.slot] then return true end
  if u.slot == "in" then
    return visits[act.type] ~= nil or act.type == "military_action"
           or u.into and act.type == "provide_aid"
  end
  if u.slot == "on" then return act.type == "military_action" end
  if u.slot == "at" then
    return visits[act.type] ~= nil and act.type ~= "visit" or act.id == "represent"
  end
  if u.slot == "from" then return leaves[act.type] ~= nil or act.to == true end
  return false
end

-- Is a party the body that somebody joins or leaves?
local function is_joined (u, frame)
  local act = frame.act.id
  return u.body and (act == "denounce" or act == "sign") and frame.behind ~= nil
         and frame.behind["организация"] or false
end

-- Does a party stand on the other side of a trigger?
local function is_other (u, one) return is_target(one, u.frame.act) or is_joined(one, u.frame) end

local function other (st, seg, u, act, date)
  if not u.place then return u.ids end
  if u.voice and owned[act.type] then return actors.parties(st, u.place) end
  seg.place = u.id
  if not visits[act.type] or act.type == "visit" and u.slot and u.slot ~= "in" then
    return nobody
  end
  return actors.parties(st, parties.state_at(st, u.place, date))
end

local attitudes = set "praise criticise congratulate appeal threaten reject"

-- Acts whose noun has what they are done to behind it: признание Абхазии.
local objective = set [[
  recognise expel recall appoint criticise praise congratulate lift_sanction reject
  close_embassy ]]

-- Does a trigger behind another end what belongs to the first? Not one that goes on with it,
-- 提供资金协助B, or a noun that says the same once more: выделила средства на помощь Гане.
local function ends_trigger (u, one)
  if not one.frame or one.rel then return false end
  local same = one.frame.act.type == u.frame.act.type
  if one.noun and (u.light or not u.noun and not u.frame.act.both and same) then return false end
  return not (one.goes_on and same)
end

-- Who asked somebody to come, where nothing else says where to.
local function inviting (seg)
  for _, one in ipairs(seg) do
    if one.k == "P" and one.slot == "invite" then return one.ids end
  end
  return nobody
end

-- The parties behind a trigger, up to the next one: those that act, those that are acted on.
local function behind_trigger (st, seg, i, date)
  local u, by, out = seg[i], { people = {} }, { people = {} }
  local act, objects, owner = u.frame.act, 0, false
  local by_whom, genitive, tied = false, nil, false
  for k = i + 1, i + FAR < #seg and i + FAR or #seg do
    local one = seg[k]
    if one.k == "T" and ends_trigger(u, one) then break end
    if one.k == "P" and not one.used and (one.only or u) == u then
      tied = tied or one.slot ~= nil                 -- behind it stands no genitive of a noun's
      if one.slot == "by" or (u.passive or u.noun) and one.case == "ins" and not one.slot
         or is_host(u, one) then
        by_whom = true
        add(by, one.ids)
      elseif u.noun and not one.slot then
        if u.genitive and one.adj == nil and not owner then
          if one.case == "oblique" then add(out, one.ids) else genitive = one.ids end
        end
        if not owner then owner, one.part = true, not (u.genitive and tied) end
      elseif is_other(u, one) and not (objects > 0 and not act.both and (one.slot == nil
             or attitudes[act.type]))
             and not (attitudes[act.type] and st.near and one.slot == nil
                 and one.first - u.last > st.near) then
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
  -- объявила о заморозке активов Чада: who announces it does it
  local own = u.announced and u.frame.behind and not act.both
  if genitive then add((by_whom or own or objective[act.type]) and out or by, genitive) end
  return by, out
end

-- Is a noun the object of a verb that tells its act: антикитайские санкции ввели?
local function is_told (u, one)
  return one.noun and not u.noun and one.frame ~= nil and one.frame.act.type == u.frame.act.type
end

-- The parties before a trigger that something ties to it.
local function tied_before (st, seg, i, date)
  local u, by, out = seg[i], { people = {} }, { people = {} }
  local verb
  for k = i - 1, u.joined or (i > FAR and i - FAR or 1), -1 do
    local one = seg[k]
    verb = verb or one and one.k == "T" and not one.noun
    if u.noun and one and one.k == "T" and judges(one) then break end      -- another's act
    if not one or k == u.joined or one.k == "T" and not one.rel and not (u.noun and one.light)
           and not (u.noun and not one.noun) and not is_told(u, one) then
      -- Санкции против Чада осудила Гана: against Chad are the sanctions
      local judged_act = one and one.noun and not u.noun and judging[u.frame.act.type]
      if judged_act then out = { people = {} } end
      break
    end
    if one.k == "P" and (is_agent(u, one) or is_host(u, one)) then add(by, one.ids)
    elseif one.k == "P" and one.slot and (one.only or u) == u then
      if one.slot == "by" then
        if not (u.noun and verb) then add(by, one.ids) end
      elseif is_other(u, one) and not (one.slot == "with" and blames[u.frame.act.type]) then
        add(out, other(st, seg, one, u.frame.act, date))
      elseif one.place and one.slot == "at" then seg.place = seg.place or one.id
      end
    end
  end
  return by, out
end

-- An envoy's appointment: who sends, and where to.
local function sent (seg)
  for _, one in ipairs(seg) do
    if one.k == "P" and (one.receiver or one.sender) then return one end
  end
end

-- Acts whose sides are the state that sends and the one to which it does.
local sends = set "appoint recall open_embassy close_embassy"

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

-- Credentials are the envoy's, whoever is told to hand or to take them: грамоты посла
-- Кубы принял министр.
local function presented (seg, source, target)
  local envoys = { people = {} }
  for _, one in ipairs(seg) do
    if one.k == "P" and one.envoy then add(envoys, one.ids) end
  end
  if #envoys == 0 then return source, target end
  return envoys, less(add(add({ people = {} }, source), target), envoys)
end

-- Who visits and what, where the country or city stands first: Чад посетил король Омана.
local function visitor (st, seg, i)
  local land, guest
  for k = 1, i - 1 do
    local one = seg[k]
    if one.k == "T" then return nil end
    if one.k == "P" and not one.slot then land = one end
  end
  for k = i + 1, land and (land.land or land.place) and #seg or 0 do
    local one = seg[k]
    if one.k == "T" then break end
    if one.k == "P" and not one.slot then
      guest = not one.land and not one.place and one
      break
    end
  end
  if not guest or #guest.ids == 0 then return nil end
  return guest.ids, land.place and actors.parties(st, land.place) or land.ids
end

--- The sides of the trigger at i of a segment: source, target.
function M.find (st, s, seg, i, state, date)
  local u = seg[i]
  local act = u.frame.act
  local own = u.owner or subject(st, s, seg, i, state)
  local by, tied = tied_before(st, seg, i, date)
  local by_behind, objects = behind_trigger(st, seg, i, date)
  add(by, by_behind)
  if u.agentless and #by == 0 and #own == 0 and st.met and s.first - st.met_at <= SOON then
    add(by, st.met)
    st.met_at = s.last
  end
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
    if envoy.receiver or act.type == "appoint" then target = actors.parties(st, envoy.receiver) end
  elseif act.type == "present_credentials" and u.frame.kind ~= "passive"
         and receives(st, source) then
    source, target = target, source
  end
  if act.type == "present_credentials" then source, target = presented(seg, source, target) end
  local sent_to = act.type == "present_credentials" and (seg.receiver or state.receiver)
  if sent_to and (#target == 0 or st.people[target[1]]) then     -- to whom the envoy is sent
    target = add({ people = target.people }, actors.parties(st, sent_to))
  end
  if act.id == "visit" and u.turns then
    local guest, land = visitor(st, seg, i)
    if guest then source, target = guest, add({ people = {} }, land) end
  end
  if act.type == "visit" and #target == 0 then target = add(target, inviting(seg)) end
  target = less(target, source)
  if act.both and #target == 0 and #source > 1 then source, target = split(source)
  elseif act.both and #source == 0 and #target > 1 then source, target = split(target)
  end
  u.acts = own
  return source, target
end

--- Who acts in what a trigger or a cue tells, as far as the segment says it.
function M.own (st, seg, i) return before_trigger(seg, i) or city(st, seg, i) end

return M
