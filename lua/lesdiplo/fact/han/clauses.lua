--- Segments of a Chinese sentence, as fact/plain.lua reads them: parties with what ties
-- them to the verb, dates, operators and the words of acts.
--
-- What stands before the verb is tied to it by a word in front: 与B, 对B, 由A, 在P, 就X;
-- a party that nothing ties is the subject, and behind the verb the object. A party is
-- a whole phrase: 俄罗斯驻莱索托大使阿纳托利 acts for Russia, and is sent to Lesotho.
-- @module lesdiplo.fact.han.clauses
local actors = require "lesdiplo.fact.actors"
local frames = require "lesdiplo.fact.han.frames"
local home = require "lesdiplo.entity.home"
local plain = require "lesdiplo.fact.plain"
local words = require "lesdiplo.fact.han.words"
local lexicon = require "lesdiplo.entity.lexicon"
local phrases = require "lesdiplo.fact.han.phrases"
local short = require "lesdiplo.fact.han.short"
local find, match, rep, sub = string.find, string.match, string.rep, string.sub
local concat, ipairs, pairs = table.concat, ipairs, pairs
_ENV = nil
local M = {}

local choose = frames.choose
local class, opens, parties = phrases.class, phrases.opens, phrases.parties

local ITEMS_MOST = 600       -- of a sentence: a longer one is a list or a table
local GAP = 24               -- bytes between a tie and its party: 与来访的B
local NEAR = 15              -- bytes between a verb of praise or blame and whom it names
local hearsay = { "据报道", "有报道称", "有消息称", "有媒体称", "有媒体报道", "据媒体", "据外媒", "据传" }
local numbers = { "一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "多", "数" }
local LINK = 9               -- bytes between 将 and the thing that it takes

-- Documents -------------------------------------------------------------------------------

-- A text in simplified characters, its mentions masked: \1, then \2.
local function masked (simple, mentions)
  local out, at = {}, 1
  for _, m in ipairs(mentions) do
    out[#out + 1] = sub(simple, at, m.first - 1)
    out[#out + 1] = "\1" .. rep("\2", m.last - m.first)
    at = m.last + 1
  end
  out[#out + 1] = sub(simple, at)
  return concat(out)
end

-- The items of a sentence: first, last (bytes of the document), m or e, and c, their class.
-- None of one that tells no act and names no two parties together.
local function items (st, first, last)
  local list = words.lexer():match(sub(st.masked, first, last))
  local out, n, acts, named = {}, 0, false, 0
  for i = 1, #list, 3 do
    local e = list[i + 1]
    local before = out[n]
    if not (e and e.idle) or before and before.e and before.e.say then
      local a, b = first + list[i] - 1, first + list[i + 2] - 2
      n = n + 1
      if n > ITEMS_MOST then break end
      if e then
        acts = acts or e.frames ~= nil or e.cues ~= nil or e.modal ~= nil
        local side = e.side and short.side(st, e.word, a) or nil
        out[n] = { first = a, last = b, e = e, c = side and "S" or e.class or false, side = side }
      else
        local m = st.at_byte[a]
        named = named + (m and m.c == "A" and 1 or 0)
        out[n] = { first = a, last = b, m = m, c = m and m.c or false }
        if m and m.c == "A" and before and before.e and before.e.accredited
               and before.last == a - 1 then
          before.c = "Z"
        end
      end
    end
  end
  return (acts or named > 1) and out or {}
end

-- Triggers ----------------------------------------------------------------------------------

local no_agent = { ["由"] = true, ["经"] = true }

local function anniversary (text, last)
  local rest = sub(text, last + 1, last + 30)
  return find(rest, "周年", 1, true) ~= nil or find(rest, "年来", 1, true) ~= nil
end

-- Units -----------------------------------------------------------------------------------

-- Is a role's mention part of another word: 大使馆, 批准?
local function is_part (st, m)
  if m.kind == "role" and m.last - m.first < 3 then return true end
  local c = m.kind == "role" and sub(st.doc.text, m.last + 1, m.last + 3)
  return c == "馆" or c == "館" or c == "级" or c == "級" or c == "团" or c == "團"
         or c == "衔"
end

-- The day that a mention tells, with a time of it or alone: 9日, 5月10日下午. A number alone is
-- none: 2000吨.
local function day_of (st, m)
  local row = m.kind == "date" and m.row
  if not row or not row.value or not find(row.value, "^%d%d%d%d")
     or find(sub(st.simple, m.first, m.last), "^%d+$") then
    return nil
  end
  if row.type == "TIME" then return sub(row.value, 1, 10) end
  return row.type == "DATE" and row.value or nil
end

-- 应 before an invitation is a tie, else it says what should be done.
local function invites (text, item)
  local rest = sub(text, item.last + 1, item.last + 90)
  return find(rest, "邀", 1, true) or find(rest, "请求", 1, true)
end

-- Under 就 and 关于 an act is a topic, but for one that has its object behind it, or talks.
local function topical (tie, item, frame, stop)
  return tie ~= nil and tie.slot == "about" and frame ~= nil and stop <= item.last
         and frame.act.type ~= "meet"
end

-- Stances whose object ends with their clause: 反对制裁，已提出交涉. 呼吁 and 愿 go on.
local closing = { supports = true, opposes = true, rejects = true, condemns = true, commits = true,
                  appreciates = true, recognises = true }

-- Acts done by saying it: 愿加强合作，感谢支持.
local spoken = { praise = true, criticise = true, congratulate = true }

-- Has what a word tells been done: 提供了, 已向美方提出?
local function is_done (st, seg, item)
  local behind = sub(st.simple, item.last + 1, item.last + 3)
  if behind == "了" or behind == "过" then return true end
  local from = seg.first
  for k = #seg, 1, -1 do
    if seg[k].k == "T" then from = seg[k].last + 1 break end
  end
  local ahead = sub(st.masked, from, item.first - 1)
  return find(ahead, "曾", 1, true) ~= nil
         or find(ahead, "已", 1, true) ~= nil and not find(ahead, "已故", 1, true)
end

-- Does a stretch tell of what was done lately, nobody says when: 日前宣布?
local function is_late (st, first, last)
  local text = sub(st.simple, first, last)
  for word in pairs(lexicon.list("chinese.txt", "lately")) do
    if find(text, word, 1, true) then return true end
  end
  return false
end

local function trigger (st, seg, item, covered, tie)
  local e = item.e
  local frame, stop
  if item.first > covered then frame, stop = choose(st, seg, e.frames, item) end
  if topical(tie, item, frame, stop) then frame = nil end
  local cue, cue_last
  if e.cues then cue, cue_last = choose(st, seg, e.cues, item) end
  if not frame and not cue then return nil, covered end
  local u = { k = "T", frame = frame, cue = cue, cue_last = cue_last, op = e.op, first =
              item.first, last = item.last,
              noun = frame and frame.kind == "noun" or nil, past = anniversary(st.simple, item.last)
                  or seg.late or nil,
              of = sub(st.simple, item.first - 3, item.first - 1) == "的" or nil,
              spoken = frame and spoken[frame.act.type],
              goes_on = item.first > covered and item.first - covered < NEAR,
              closes = cue and closing[cue.stance], keeps = cue and cue.stance == "commits",
              done = is_done(st, seg, item), stop = frame and stop or item.last }
  return u, frame and stop > covered and stop or covered
end

local goes = { ["来"] = true, ["赴"] = true, ["抵"] = true, ["访"] = true }

-- The state to which somebody comes, by one character: 来华, 访俄.
local function gone_to (st, list, i)
  local item = list[i]
  return item.m and item.m.kind == "country" and item.last == item.first + 2
         and goes[sub(st.simple, item.first - 3, item.first - 1)] or false
end

local function add_party (st, seg, list, i, tie, acted)
  local u, k = parties(st, list, i)
  local behind = list[k + 1]
  u.de = behind and behind.e and behind.e.de and behind.first == u.last + 1 or nil
  if u.de and list[k + 2] and list[k + 2].first == behind.last + 1
     and (class(list[k + 2]) == "R" or list[k + 2].e and list[k + 2].e.head) then
    k, u.last, u.de = k + 2, list[k + 2].last, nil             -- 苏联政府的官员
  end
  if tie and tie.e.word == "以" and find(st.simple, "^的身[分份]", u.last + 1) then
    -- 以莱索托外长的身份 is who acts
    tie = nil
  elseif tie and tie.e.word == "由" and acted then
    tie = nil                                                 -- 承认由B充当
  end
  if tie then
    if tie.e.tie == "about" or u.first - tie.last <= GAP then u.slot = tie.slot end
    if tie.e.tie == "by" and u.slot and not no_agent[tie.e.word] then seg.passive = true end
  end
  if u.de and not u.slot then u.weak = true end
  seg[#seg + 1] = u
  return k
end

-- Whom a clause before 的 describes: 访问中国的俄罗斯总统, 来华出席论坛的乌拉圭外长; and the object
-- of that clause, where it has one.
local function head_of (st, seg, i)
  local u, object = seg[i], nil
  for k = i + 1, #seg do
    local one = seg[k]
    if one.k == "T" and one.frame and not one.noun then return nil end
    if one.k == "P" then
      local described = one.first > u.last + 3
                        and sub(st.simple, one.first - 3, one.first - 1) == "的"
      if described and (one.someone or object or one.first == u.last + 4) and not one.slot then
        return one, object
      end
      if object or described then return nil end
      if not one.slot then object = one end
    end
  end
end

-- Is the clause its subject's, who stands right before it: 中方支持的叙利亚总统?
local function has_subject (seg, i)
  local before = seg[i - 1]
  return before ~= nil and before.k == "P" and not before.slot and not before.place
         and not seg[i].tied and seg[i].first - before.last <= NEAR
end

-- Clauses before the noun that they describe: the noun is who acts, and what is tied to the
-- clause with it is tied to it alone: 同来访的外长举行会谈.
local function relative (st, seg)
  for i, u in ipairs(seg) do
    local head, object
    if u.k == "T" then head, object = head_of(st, seg, i) end
    if head and not has_subject(seg, i) then
      u.rel = head
      if u.tied and u.tied.slot ~= "about" then head.slot = u.tied.slot end
      if object then object.weak, object.part, object.only = nil, true, u end
    end
    -- 来华访问
    local before = seg[i - 1]
    if u.k == "T" and before and before.goes then before.only = u end
  end
end

-- Words of what somebody thinks of an act, which is not theirs then: 谴责袭击, 感谢提供援助.
local thought = { condemns = true, opposes = true, rejects = true, supports = true,
                  appreciates = true, calls_for = true, criticise = true, appeal = true,
                  reject = true, praise = true, congratulate = true, vote_against = true,
                  vote_support = true }

local function is_thought (u)
  return u.cue and thought[u.cue.stance] or u.frame and thought[u.frame.act.type] or false
end

local joint = { ["和"] = true, ["与"] = true, ["及"] = true, ["、"] = true, ["或"] = true }

local suffered = { military_action = true, sanction = true, criticise = true, threaten = true,
                   expel = true }

-- Triggers between 对 and what somebody thinks of them, from and to as indices: 对B提供援助表示
-- 感谢. Whose they are stands behind 对; in 对B的袭击 it is who suffers.
local function govern_between (seg, from, to)
  local who = seg[from + 1]
  for k = from, to do
    local u = seg[k]
    if u.k == "T" then
      u.under = u.under or seg[from]
      if who.k == "P" and not u.owner and not (who.de and u.frame
             and suffered[u.frame.act.type]) then
        u.owner = who.ids
      end
    end
  end
end

-- Puts triggers under those whose object they are in: behind them, or between 对 and them.
local function govern (st, seg)
  local over, tied
  for i, u in ipairs(seg) do
    if u.k == "W" then
      tied = i
    elseif u.k == "T" then
      if over and u.last ~= over.stop and (u.noun or over.op ~= "neg") then u.under = over end
      if is_thought(u) and not u.passive and not u.rel then
        if tied then govern_between(seg, tied, i - 1) end
        -- 支持和参与 is two acts of one subject
        over = not joint[sub(st.simple, u.last + 1, u.last + 3)] and u or over
      end
      if is_thought(u) then tied = nil end
    end
  end
end

-- Does a word of saying begin a clause whose subject is nobody known: 又指乔纳森曾承诺?
local function stranger (st, item, behind)
  return behind ~= nil and behind.first - item.last > 6
         and not find(st.simple, "^[\xEF\xE2\x80%p]", item.last + 1)
end

-- Is a word of an act behind an item: 为莱索托发展提供支持?
local function acts_behind (list, i, to)
  for k = i + 1, to do
    if list[k].e and list[k].e.frames then return true end
  end
  return false
end

-- Is a word of a plan a noun behind 的: 叙利亚的决定?
local function is_named (st, e, item)
  return e.op == "plan" and sub(st.simple, item.first - 3, item.first - 1) == "的"
end

local nobody = { people = {} }

local function units (st, seg, list, from, to)
  local tie, covered, title, acted = nil, 0, false, false
  local i = from
  while i <= to do
    local item = list[i]
    local e, c = item.e, class(item)
    if c and opens[c] then
      if gone_to(st, list, i) then
        local u = { k = "P", ids = plain.resolve(st, { people = {} }, item.m), slot = "to",
                    goes = true, first = item.first, last = item.last }
        if seg[#seg] and seg[#seg].last == item.first - 1 then u.only = seg[#seg] end    -- 访华
        seg[#seg + 1] = u
      else
        i = add_party(st, seg, list, i, tie, acted)
        if tie and tie.slot ~= "about" then tie = nil end
      end
    elseif item.m and day_of(st, item.m) then
      seg[#seg + 1] = { k = "D", value = day_of(st, item.m), first = item.first, last = item.last }
      if tie and tie.slot == "at" then tie = nil end
    elseif item.m and item.m.kind == "date" and item.m.row.type == "SET" then
      seg[#seg + 1] = { k = "O", op = "habit", first = item.first, last = item.last }
    elseif e then
      if e.mark == "<" then title = true elseif e.mark == ">" then title = false end
      local u
      if e.source and i > from then e = words.entry "就" end
      if (e.frames or e.cues) and not title and (e.word ~= "访" or list[i + 1]
             and list[i + 1].m and list[i + 1].m.kind == "country") then
        u, covered = trigger(st, seg, item, covered, tie)
      end
      if u then
        u.passive = seg.passive or tie ~= nil and e.frames and tie.slot == "by"
            and not no_agent[tie.e.word]
                    or nil
        u.de = sub(st.simple, item.last + 1, item.last + 3) == "的" or nil
        u.tied = tie or nil
        seg[#seg + 1] = u
        seg.passive, tie, acted = nil, nil, true
      elseif e.tie == "invite" and invites(st.simple, item) then
        tie = item
        tie.slot = "invite"
      elseif e.op and not title and not is_named(st, e, item) then
        seg[#seg + 1] = { k = "O", op = e.op, word = e.word, hedge = e.hedge, modal = e.modal,
            off = e.off and (i == to or tie ~= nil and tie.slot == "by") or nil,
            first = item.first, last = item.last }
        if e.op == "plan" and e.word == "将" then tie = nil end
      elseif e.tie and e.tie ~= "invite" then
        tie = item
        tie.slot = e.word == "为" and acted and not acts_behind(list, i, to) and "about" or e.tie
        seg[#seg + 1] = e.tie == "to" and { k = "W", first = item.first, last = item.last } or nil
      elseif e.source and i == from then
        seg.source = true
        item.slot = "about"
        tie = item
      elseif e.say then
        seg.says = i == to or seg.says
        if e.light then seg.light = seg.light or item end
        if stranger(st, item, list[i + 1]) then
          seg[#seg + 1] = { k = "P", ids = nobody, first = item.last + 1, last = item.last }
        end
      elseif e.hedge then
        seg[#seg + 1] = { k = "O", op = "hedge", word = e.word, hedge = true, first = item.first,
            last = item.last }
      elseif e.light then
        seg.light = seg.light or item
      end
    end
    i = i + 1
  end
  relative(st, seg)
  govern(st, seg)
end

-- Do others tell what a segment tells, or what follows it: 据报道, 有消息称?
local function is_hearsay (st, seg)
  local text = sub(st.simple, seg.first, seg.last)
  for _, word in ipairs(hearsay) do
    if find(text, word, 1, true) then return true end
  end
  return find(text, "^%s*据") ~= nil and (find(text, "报道$") or find(text, "消息$")
                                           or find(text, "透露$")) ~= nil
end

-- Segments ----------------------------------------------------------------------------------

local cuts = { [","] = true, [";"] = true, [":"] = true, ["("] = true }

-- What is counted behind 将: 将三家企业列入.
local counted = { ["家"] = true, ["名"] = true, ["个"] = true, ["艘"] = true, ["架"] = true,
                  ["人"] = true, ["批"] = true, ["所"] = true, ["项"] = true }

local function is_counted (text, at)
  local behind = match(text, "^%d+()", at)
  for _, number in ipairs(behind and {} or numbers) do
    if sub(text, at, at + 2) == number then behind = at + 3 break end
  end
  return behind ~= nil and counted[sub(text, behind, behind + 2)] or false
end

-- 将 before a thing that the verb takes: 将两国关系提升为, 将大使召回, 将伊朗企业列入,
-- 将与B的关系降为.
local function takes (st, list, i)
  local item, behind = list[i], list[i + 1]
  if not item.e or item.e.word ~= "将" then return false end
  if is_counted(st.simple, item.last + 1) or behind and behind.first == item.last + 1
     and behind.m and behind.m.c == "A" then
    return true
  end
  if not behind or behind.first > item.last + 1 + LINK then
    return false
  end
  if behind.e and behind.e.thing and behind.first == item.last + 1 or class(behind) == "R" then
    return true
  end
  local e = behind.e
  return e ~= nil and (e.pair and true or e.tie == "with"
         and find(sub(st.masked, item.last, item.last + 60), "\2的", 1, true) ~= nil)
end

local function segment (s, list, from, to, continues, stop)
  local seg = { first = list[from].first, last = list[to].last, continues = continues }
  s.segs[#s.segs + 1] = seg
  local tail, head = list[to].e, list[from].e
  if tail and (tail.after or tail.during) and to > from and list[to].last >= stop - 2 then
    seg.kind, seg.during = "aside", tail.during
  end
  if head and head["if"] or list[from + 1] and from < to and list[from + 1].e
         and list[from + 1].e["if"] then
    seg.kind = "if"
  end
  return seg
end

--- A sentence as segments.
---@param st table from M.new
---@param first integer bytes of the document
---@param last integer
---@return table s
function M.read (st, first, last)
  local list = items(st, first, last)
  local s = { base = 0, segs = {}, first = first, last = last }
  local from, begin, continues = 1, first, false
  local bounds = {}
  for i = 1, #list + 1 do
    local item = list[i]
    local e = item and item.e
    local breaks = e and e["break"] and i > from and not e.mark
    if not item or e and e.mark and cuts[e.mark] or breaks then
      local stop = item and item.first - 1 or last
      bounds[#bounds + 1] = { from, i - 1, begin, stop, continues, e and e.mark }
      from, begin, continues = i + 1, item and item.last + 1 or last, breaks
    end
  end
  local late, read = false, first
  for _, b in ipairs(bounds) do
    if b[1] <= b[2] then
      local seg = segment(s, list, b[1], b[2], b[5], b[4])
      seg.first, seg.last, seg.mark = b[3], b[4], b[6]
      for i = b[1], b[2] do
        if takes(st, list, i) then list[i].e = words.entry "把" end
      end
      local before = s.segs[#s.segs - 1]
      if before and before.mark == ":" and list[b[1]].first - seg.first > 6 then
        -- somebody unknown
        seg[1] = { k = "P", ids = nobody, first = seg.first, last = seg.first }
      end
      late = late or is_late(st, read, b[4])
      seg.late, read = late, b[4] + 1
      units(st, seg, list, b[1], b[2])
      seg.hearsay = before and before.hearsay or is_hearsay(st, seg)
      if seg.kind == "aside" and not acts_behind(list, b[1] - 1, b[2]) then seg.kind = nil end
    end
  end
  plain.prepare(s)
  return s
end

--- What is known of a document, with its text masked.
---@param doc Doc
---@param sentences table with firsts
---@return table state
function M.new (doc, sentences)
  local st = actors.new(doc, sentences)
  st.home, st.near = st.home or home.of(doc.text), NEAR
  st.simple = words.simple(doc.text)
  local mentions = plain.mentions(st, is_part)
  st.masked = masked(st.simple, mentions)
  st.at_byte, st.pair = {}, "双方"
  for _, m in ipairs(mentions) do st.at_byte[m.first] = m end
  return st
end

return M
