--- Segments of a Russian sentence, as fact/plain.lua reads them: parties with what ties
-- them to the verb, dates, operators and the words of acts.
--
-- Prepositions tie a party: с B, между A и B, в B, против B; a party behind a noun is
-- in the genitive, and acts in what the noun tells (визит министра); one in the
-- instrumental acts in a passive. What stands free before the verb is its subject;
-- where nothing does, what stands behind it: состоялась встреча,
-- подписали министры.
-- @module lesdiplo.fact.russian.clauses
local actors = require "lesdiplo.fact.actors"
local frames = require "lesdiplo.fact.russian.frames"
local heading = require "lesdiplo.fact.russian.heading"
local items = require "lesdiplo.fact.russian.items"
local phrases = require "lesdiplo.fact.russian.phrases"
local plain = require "lesdiplo.fact.plain"
local _, native = ...
local stretches = native.layers.stretches
local find, sub = string.find, string.sub
local choose, has = frames.choose, frames.has
local class, opens = phrases.class, phrases.opens
local is_and, parties, receiver = phrases.is_and, phrases.parties, phrases.receiver
local ipairs = ipairs
_ENV = nil
local M = {}

local REACH = 8              -- items between a preposition and its party
local LIST = 14              -- items of a list of parties
local FIGURES = 80           -- bytes before a country in which a sum has its figures
local ERRAND = 6             -- items from "with" to the visit that somebody comes for

-- Units -----------------------------------------------------------------------------------

-- A number alone is a year only where nothing is counted: not so 2000 тонн.
local function counts (st, item, behind)
  return item.last - item.first == 3 and behind ~= nil and behind.e ~= nil and behind.e.mark == nil
         and behind.first == item.last + 2 and not find(st.simple, "^ г", item.last + 1)
end

local function is_day (m)
  return m.kind == "date" and m.row.type == "DATE" and m.row.value
         and find(m.row.value, "^%d%d%d%d")
end

-- An act that is only recalled: годовщина установления.
local function recalled (list, i, from)
  for k = i - 1, i - 4 > from and i - 4 or from, -1 do
    local e = list[k].e
    if e and e.past then return true end
    if e and e.tense and e.verb then return nil end
  end
end

-- Does a noun only say what a paper is about: соглашение о сотрудничестве?
local function titled (list, i, covered)
  local tie = list[i - 1] and list[i - 1].e
  return covered > 0 and i - 2 <= covered and tie ~= nil and (tie.tie == "about" or tie.tie == "on")
end

-- Is it what somebody announces: объявил о снятии санкций? That is done by saying it.
local function announced (seg, list, i)
  local tie = list[i - 1] and list[i - 1].e
  if not tie or tie.tie ~= "about" then return nil end
  local k = #seg
  while k > 0 and seg[k].k == "D" do k = k - 1 end
  local frame = k > 0 and seg[k].frame
  return frame and frame.act.type == "issue_statement" and not frame.behind or nil
end

-- Does a segment name nobody so far? What was done by nobody is done by those who met:
-- Обсуждены вопросы ...
local function nobody_in (seg)
  for _, u in ipairs(seg) do
    if u.k == "P" then return false end
  end
  return true
end

-- What a verb behind "and" has to itself: who is tied to the verb before is not tied to it; a
-- finite one has the subject of the finite one before, and none of its operators:
-- отказалась от переговоров и выслала.
local function resumes (seg, u, joined_at)
  if u.noun or not joined_at then return end
  u.scope = u.turns and joined_at or nil
  for k = joined_at, 1, -1 do
    local one = seg[k]
    if one.k == "T" and not one.noun then
      u.joined = joined_at
      if not u.turns or one.turns then
        u.after = u.turns and k or nil
        return
      end
    end
  end
end

-- Is a noun only what something is for: открыта для переговоров?
local function is_aim (list, i)
  local tie = list[i - 1] and list[i - 1].e
  return tie ~= nil and tie.tie == "for"
end

local hostile = { military_action = true, sanction = true }
local topics = { ["о"] = true, ["об"] = true, ["обо"] = true }

-- Is a noun a blow that something answers: в связи с ударами по Чаду? Not решение о санкциях.
local function is_reason (list, i, frame)
  local k = i - 1
  local e = list[k] and list[k].e
  if e and not e.tie then e = list[k - 1] and list[k - 1].e end          -- с ракетными ударами
  return hostile[frame.act.type] and e ~= nil and e.tie == "about" and not topics[e.form]
end

-- Does what stands behind a passive deny it: подписан не был?
local function denied_behind (list, i, to)
  local no = i + 1 < to and list[i + 1].e
  local was = no and no.form == "не" and list[i + 2].e
  return was and was.was or false
end

local plurals = { "ют", "ят", "ут", "ат", "ли" }

-- Is a finite verb's form that of "they"?
local function is_plural (form)
  for _, ending in ipairs(plurals) do
    if sub(form, -#ending) == ending then return true end
  end
  return false
end

local function trigger (seg, list, i, from, to, covered)
  local item = list[i]
  local e = item.e
  local frame, stop
  local told = announced(seg, list, i)
  if i > covered and (told or not titled(list, i, covered)) then
    frame, stop = choose(list, e.passive, i, from, to)
    if not frame then frame, stop = choose(list, e.verb, i, from, to) end
    if not frame then frame, stop = choose(list, e.noun, i, from, to) end
  end
  local cue, cue_last = choose(list, e.cues, i, from, to)
  local noun_cue
  if not cue then
    cue, cue_last = choose(list, e.noun_cues, i, from, to)
    noun_cue = cue ~= nil
  end
  if not frame and not cue then return nil, covered end
  local noun = frame and frame.kind == "noun" or not frame and noun_cue or nil
  local u = { k = "T", frame = frame, cue = cue, cue_last = cue_last, op = e.op, first =
              item.first, last = item.last,
              noun = noun, item = i, past = recalled(list, i, from), genitive = noun,
              announced = told }
  if noun and is_aim(list, i) then u.how = false end
  u.alien = noun and not told and frame and is_reason(list, i, frame) or nil
  if not noun then
    u.passive = e.tense == "passive" or e.tense == "participle" or nil
    u.agentless = u.passive and not seg.before and nobody_in(seg) or nil
    u.inf, u.active = e.tense == "inf" or nil, e.tense == "active" or nil
    u.how = e.future and "planned" or u.passive and denied_behind(list, i, to) and "negated" or nil
    u.turns, u.bygone = e.tense == "past" or e.tense == "present", e.tense == "past"
    u.we, u.present, u.plural = e.we, e.tense == "present", is_plural(e.form)
    u.gerund = e.tense == "gerund" or nil
    if (e.tense == "participle" or e.tense == "active") and seg.kind ~= "rel" then u.frame = nil end
  end
  return u, u.frame and stop > covered and stop or covered
end

-- Two that were named, where they can only be a subject.
local nominative = { ["стороны"] = true, ["обе стороны"] = true,
                     ["обе страны"] = true, ["две страны"] = true,
                     ["оба государства"] = true, ["оба министра"] = true,
                         ["оба президента"] = true }

local embassies = { ["посольство"] = true, ["консульство"] = true,
                    ["генконсульство"] = true,
                    ["представительство"] = true }

local envoy_nouns = { ["посол"] = true, ["посланник"] = true, ["консул"] =
                      true }

local function is_envoy (list, i) return has(list[i], envoy_nouns) end

local errands = { ["визитом"] = true, ["визитами"] = true,
                  ["поездкой"] = true }

-- Does a word tell a visit by itself: посетит, прибыл?
local function is_visit (item)
  for _, frame in ipairs(item.e and item.e.verb or {}) do
    if frame.act.id == "visit" and not frame.behind then return true end
  end
  return false
end

-- с официальным визитом is how somebody goes, and nobody is with him: "с" ties no
-- party. Beside a verb that tells the visit the noun tells none of its own.
local function hush_errands (list, from, to)
  local told
  for i = from, to do
    local e = list[i].e
    if e and (e.form == "с" or e.form == "со") then
      local k = i + 1
      while k <= to and k <= i + ERRAND and list[k].e and not list[k].e.tie
            and not errands[list[k].e.form] do
        k = k + 1
      end
      if k <= to and list[k].e and errands[list[k].e.form] then
        if told == nil then
          told = false
          for n = from, to do told = told or is_visit(list[n]) end
        end
        for n = i, told and k or i do list[n].quiet = true end
      end
    end
  end
end

-- The ids of the first party of a segment that nothing ties.
local function subject_of (seg)
  for _, u in ipairs(seg) do
    if u.k == "P" and not u.slot then return u.ids end
  end
end

-- Who says "we": whom a colon before says to speak, else whose word it is.
local function speaker (st, seg, at)
  local before = seg.before
  return before and before.mark == ":" and subject_of(before)
         or plain.speaking(st, { people = {} }, at)
end

-- Are "the sides" those whom somebody calls upon, and not those who call?
local function is_called (seg)
  local u = seg[#seg]
  return u ~= nil and u.k == "T" and u.turns and u.cue ~= nil and u.cue.stance == "calls_for"
end

-- осуждаем, призываем: who speaks stands in the verb, unless it is said before.
local function put_speaker (st, seg, item)
  if subject_of(seg) then return end
  local ids = speaker(st, seg, item.first)
  if #ids == 0 then return end
  seg[#seg + 1] = { k = "P", ids = ids, spoken = true, first = item.first, last = item.first }
end

-- Whose embassy a party is, which stands behind the word or, an adjective, before it, and where:
-- посольство Ганы в Перу; планируется открыть ганское посольство. The index of its last item.
local function embassy (seg, list, i, u, k)
  if #u.ids == 0 then return k end
  if list[i - 1] and has(list[i - 1], embassies) and not u.receiver then
    local there, last = receiver(list, k)
    if there then
      u.receiver, u.sender, u.part = there, u.ids[1], true
      return last
    end
  elseif u.adj and has(list[k + 1], embassies) and not subject_of(seg) then
    u.sender, u.part = u.ids[1], true
  end
  return k
end

-- The party at item i, with what ties it, and the index of its last item.
local function party (st, seg, list, i, to, tie, tie_at)
  local item = list[i]
  local e = item.e
  local tied = tie and i - tie_at <= REACH and tie or nil
  local u, k = parties(st, list, i, to, tied)
  k = embassy(seg, list, i, u, k)
  if tie == "in" and is_envoy(list, tie_at - 1) and u.ids[1] then       -- послом в Кении
    u.receiver, u.part = u.ids[1], true
  end
  if tied and not u.nominative and not (u.bare and (tied == "in" or tied == "on"))
         and not (e and (nominative[e.pair or ""] or e.he or e.self)) then
    u.slot = tied == "with" and u.behalf and "by" or tied
    u.into = tied == "in" and u.accusative or nil
  end
  local kind = item.m and item.m.kind == "org" and item.m.row.kind
  u.body = items.joinable[kind] == "организация" or nil
  u.voice = u.capital and not u.slot or nil
  if e and e.self and #u.ids == 0 then u.ids = speaker(st, seg, item.first) end
  u.object = u.pair and is_called(seg) or nil
  return u, k
end

-- В Москве осуждают: where nobody is named, it is the state that thinks so.
local function say_where (seg)
  local where
  for _, u in ipairs(seg) do
    if u.k == "P" then
      if where or not (u.capital or u.land) or u.slot ~= "in" then return end
      where = u
    elseif u.k == "T" and not u.noun then
      if where and u.cue and u.plural then where.slot = nil end
      return
    end
  end
end

-- Do the days of a segment lie ahead, so that its present is what will be: с 1 июня вводит?
local function is_ahead (st, seg)
  local any = false
  for _, u in ipairs(seg) do
    if u.k == "D" then
      any = st.today ~= nil and find(u.value, "^%d+%-%d%d") ~= nil and u.value > st.today
      if not any then return false end
    end
  end
  return any
end

local function units (st, seg, list, from, to)
  local tie, tie_at, covered = nil, 0, 0
  local joined_at
  hush_errands(list, from, to)
  local i = from
  while i <= to do
    local item = list[i]
    local e, c = item.e, class(item)
    if c and opens[c] and not (c == "J" and not (list[i + 1] and list[i + 1].e
           and list[i + 1].e.hyphen)) then
      local u, k = party(st, seg, list, i, to, tie, tie_at)
      local more = u.place and is_and(list[k + 1]) and class(list[k + 2]) == "L"
      tie, tie_at = more and tie or nil, k + 1                  -- в Лиме и Найроби
      seg[#seg + 1] = u
      i = k
    elseif item.m and item.m.kind == "date" then
      local counted = counts(st, item, list[i + 1])
      if is_day(item.m) and not counted then
        seg[#seg + 1] = { k = "D", value = item.m.row.value, first = item.first, last = item.last }
      elseif item.m.row.type == "SET" then
        seg[#seg + 1] = { k = "O", op = "habit", first = item.first, last = item.last }
      end
      -- a preposition before a date is the date's
      if not counted and (tie_at == i - 1 or tie == "in" or tie == "on") then tie = nil end
    elseif e and e.anti then
      seg[#seg + 1] = { k = "P", slot = "against", ids = actors.parties(st, e.anti),
                        first = item.first, last = item.last }
    elseif e and not item.quiet then
      local u
      if e.source and i == from then seg.source, tie, tie_at = true, "about", i end
      if e.say then seg.says = i == to or i + 2 >= to or seg.says end
      if e.verb or e.noun or e.passive or e.cues or e.noun_cues then
        u, covered = trigger(seg, list, i, from, to, covered)
      end
      if e.conjunction then joined_at = #seg end
      if u then
        resumes(seg, u, joined_at)
        if e.we and not u.noun then put_speaker(st, seg, item) end
        local before = seg[#seg]
        if u.noun and before and before.k == "P" and before.adj
               and list[i - 1].last == before.last then
          u.owner = before.ids
        end
        seg[#seg + 1] = u
        tie = nil
      elseif e.op or e.hedge then
        seg[#seg + 1] = { k = "O", op = e.op, word = e.hedge or e.form, hedge = e.hedge,
                          whole = e.whole, due = e.due, first = item.first, last = item.last }
      elseif e.tie then
        tie, tie_at = e.tie, i
      elseif i == covered and tie == "on" then           -- на помощь Гане
        tie = nil
      end
    end
    i = i + 1
  end
  for _, u in ipairs(seg) do
    if u.k == "P" and u.adj and not u.slot then u.weak = "adjective" end
  end
  say_where(seg)
  if is_ahead(st, seg) then
    for _, u in ipairs(seg) do
      if u.present and u.how == nil then u.how = "planned" end
    end
  end
end

-- Segments ----------------------------------------------------------------------------------

local cuts = { [","] = true, [";"] = true, [":"] = true, ["("] = true, ["-"] = true }

local function is_listed (item)
  local c = class(item)
  return c == "A" or c == "R" or c == "L" and item.m.capital
end

-- A comma in a list of parties parts no clauses: Россия, Китай и Иран. There is an
-- "and" further on, and no verb before it.
local function in_list (list, i)
  if not is_listed(list[i - 1]) or not is_listed(list[i + 1]) then return false end
  for k = i + 2, i + LIST < #list and i + LIST or #list do
    local e = list[k].e
    if e and e.tense and (e.verb or e.cues or e.say) then return false end
    if e and e.conjunction and is_listed(list[k + 1]) then return true end
  end
  return false
end

local participles = { participle = true, active = true }

-- What kind of segment begins at an item.
local function kind_of (list, from, to)
  local e, behind = list[from].e, list[from + 1]
  if not e then return nil end
  if e["if"] then return "if" end
  if e.relative or e.tie and behind and behind.e and behind.e.relative then return "rel" end
  if participles[e.tense] then return "rel" end
  for k = from, to do
    if list[k].e and list[k].e.form == "бы" then return "if" end
  end
end

-- The party right before a relative clause.
local function last_party (seg)
  local u = seg and seg[#seg]
  return u and u.k == "P" and u or nil
end

local claims = { ["что"] = true, ["будто"] = true }

-- Does the segment before one deny what it claims: опроверг, что ...; отверг сообщения о том, что?
local function is_denied (list, before, from)
  local head = list[from].e
  if not before or before.to ~= from - 2 or not head or not claims[head.form] then return nil end
  local disowns, claim
  for i = before.from, before.to do
    local e = list[i].e
    if e and e.form == "не" then return nil end
    if e and e.denies then return true end
    disowns, claim = disowns or e and e.disowns, claim or e and e.claim
  end
  return disowns and claim and true or nil
end

--- A sentence as segments.
---@param st table from M.new
---@param first integer bytes of the document
---@param last integer
---@return table s
function M.read (st, first, last)
  local list = items.of(st, first, last)
  local s = { base = 0, segs = {}, first = first, last = last, list = list }
  local from, begin = 1, first
  for i = 1, #list + 1 do
    local item = list[i]
    local e = item and item.e
    if not item or e and e.mark and cuts[e.mark] and not (e.mark == "," and i > 1 and i < #list
           and in_list(list, i)) then
      if from <= i - 1 then
        local seg = { first = begin, last = item and item.first - 1 or last, mark = e and e.mark,
                      kind = kind_of(list, from, i - 1), from = from, to = i - 1 }
        local before = s.segs[#s.segs]
        seg.before = before
        s.segs[#s.segs + 1] = seg
        if seg.kind == "rel" then seg.head = last_party(before) or { ids = { people = {} } } end
        local head = list[from].e
        seg.continues = head ~= nil and (head.conjunction or head.turn) or false
        seg.turned = head ~= nil and head.turn or nil
        seg.denied = is_denied(list, before, from)
        units(st, seg, list, from, i - 1)
      end
      from, begin = i + 1, item and item.last + 1 or last
    end
  end
  plain.prepare(s)
  return s
end

-- Is a mention within a sum of money: 5 млн долларов США? Asked of those alone that have
-- figures before them.
local function of_currency (doc)
  local sums, rows
  return function (_, m)
    if m.kind ~= "country" or not find(sub(doc.text, m.first > FIGURES and m.first - FIGURES or 1,
                                           m.first - 1), "%d") then
      return false
    end
    if not sums then sums, rows = stretches(doc, "amount") end
    local low, high = 1, #sums / 2                          -- the last that begins before it
    while low < high do
      local mid = (low + high + 1) // 2
      if sums[2 * mid - 1] <= m.first then low = mid else high = mid - 1 end
    end
    return high > 0 and sums[2 * low - 1] <= m.first and m.last <= sums[2 * low]
           and rows[low].class == "money"
  end
end

--- What is known of a document, with its text masked.
---@param doc Doc
---@param sentences table with firsts
---@return table state
function M.new (doc, sentences)
  local st = actors.new(doc, sentences)
  local mentions = plain.mentions(st, of_currency(doc))
  st.masked, st.simple = items.masked(doc.text, mentions), doc.text
  st.at_byte, st.pair = {}, "стороны"
  st.author = st.author or heading.speaker(st)
  for _, m in ipairs(mentions) do st.at_byte[m.first] = m end
  return st
end

return M
