--- Segments of a Chinese sentence, as fact/plain.lua reads them: parties with what ties
-- them to the verb, dates, operators and the words of acts.
--
-- What stands before the verb is tied to it by a word in front: 与B, 对B, 由A, 在P, 就X;
-- a party that nothing ties is the subject, and behind the verb the object. A party is
-- a whole phrase: 俄罗斯驻莱索托大使阿纳托利 acts for Russia, and is sent to Lesotho.
-- @module lesdiplo.fact.han.clauses
local actors = require "lesdiplo.fact.actors"
local speakers = require "lesdiplo.grammar.quote.speakers"
local plain = require "lesdiplo.fact.plain"
local words = require "lesdiplo.fact.han.words"
local short = require "lesdiplo.fact.han.short"
local find, rep, sub = string.find, string.rep, string.sub
local concat, ipairs = table.concat, ipairs
_ENV = nil
local M = {}

local ITEMS_MOST = 600       -- of a sentence: a longer one is a list or a table
local GAP = 24               -- bytes between a tie and its party: 与来访的B
local WINDOW = 150           -- bytes before or behind a trigger in which its words stand
local NEAR = 15              -- bytes between a verb of praise or blame and whom it names
local LINK = 9               -- bytes between the parts of a phrase, but for words that are known

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
  local out, n, acts, parties = {}, 0, false, 0
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
        parties = parties + (m and m.c == "A" and 1 or 0)
        out[n] = { first = a, last = b, m = m, c = m and m.c or false }
        if m and m.c == "A" and before and before.e and before.e.accredited
               and before.last == a - 1 then
          before.c = "Z"
        end
      end
    end
  end
  return (acts or parties > 1) and out or {}
end

-- Phrases -----------------------------------------------------------------------------------

local function class (item) return item and item.c or nil end

local opens = { Z = true, A = true, R = true, G = true, q = true, f = true, S = true, L = true }

local function is_country (item) return item.m ~= nil and item.m.kind ~= "person"
    and item.m.c == "A" end

-- Does an item go on with the phrase that ends with another?
local function joins (last, item)
  if not item or item.first - last.last - 1 > LINK then return false end
  local c = class(item)
  if item.first ~= last.last + 1 then return c == "A" and item.m.kind == "person" or c == "R" end
  return c == "A" or c == "R" or item.e ~= nil and (item.e.head or item.e.accredited or false)
end

-- Does 的 follow an item, and an office or a person behind it; or a country, where that may be?
local function is_of (list, k, country)
  local tie, item = list[k + 1], list[k + 2]
  return tie ~= nil and tie.e ~= nil and tie.e.de and tie.first == list[k].last + 1 and item ~= nil
         and item.first == tie.last + 1 and (class(item) == "R" or country and is_country(item)
             or item.m ~= nil
             and item.m.kind == "person")
end

-- The phrase at item i: its parties, and the index of its last item. A person speaks
-- for their state; an office for its country.
local phrase

function phrase (st, list, i)
  local head = list[i]
  local out = { k = "P", ids = { people = {} }, first = head.first, last = head.last }
  local c = class(head)
  if c == "G" then
    out.pair = true                 -- settled when it is its turn
    return out, i
  elseif c == "f" then
    plain.speaking(st, out.ids, head.first)
    return out, i
  elseif c == "q" then
    plain.named(st, out.ids, head.first, head.last)
    return out, i
  elseif c == "S" then
    plain.add(out.ids, actors.parties(st, head.side))
    return out, i
  elseif c == "L" then
    out.place, out.id, out.capital = head.m.country, head.m.id, head.m.capital
    return out, i
  -- 驻加纳大使: whose, the subject tells
  elseif c == "Z" then
    local behind = list[i + 2]
    out.receiver, out.part, out.last = list[i + 1].m.id, true, list[i + 1].last
    if is_of(list, i + 1, true) then                          -- 驻莫桑比克的苏联大使
      local more, last = phrase(st, list, i + 3)
      more.receiver, more.sender, more.first = out.receiver, more.ids[1], out.first
      return more, last
    end
    plain.resolve(st, out.ids, list[i + 1].m)
    return out, behind and class(behind) == "R" and behind.first == out.last + 1 and i + 2 or i + 1
  end
  local country, receiver, role, person
  local k, sent = i, false
  while true do
    local item = list[k]
    local m = item.m
    if not m then sent = sent or item.e.accredited
    elseif m.c == "R" then role = item
    elseif m.kind == "person" then person = item
    elseif sent and not receiver then receiver = m.id
    else country = country or item
    end
    if receiver and is_of(list, k) then k = k + 1 end         -- 派驻莱索托的大使
    item = list[k]
    if person or not joins(item, list[k + 1]) then break end
    -- another country begins a phrase of its own
    if is_country(list[k + 1]) and country and not sent and not (m and m.kind ~= "country") then
      break
    end
    k = k + 1
  end
  out.last = list[k].last
  -- 驻美大使
  if role and not receiver and sub(st.simple, role.first, role.first + 2) == "驻" then
    sent, receiver = true, short.meant(st, sub(st.simple, role.first + 3, role.first + 5))
  end
  if person then
    plain.resolve(st, out.ids, person.m)
    local id = out.ids[1]
    if country and id == person.m.id then
      out.ids = plain.resolve(st, { people = { id } }, country.m)
    end
  elseif country then
    plain.resolve(st, out.ids, country.m)
    if role then
      local who = speakers.phrase(st.ctx, country.first, role.last)
      if who.id and st.people[who.id] then plain.add(out.ids, { people = { who.id } }) end
    end
  elseif role then
    plain.named(st, out.ids, role.first, role.last)
    out.role = true
  end
  if sent and not receiver and country and not person then    -- 苏联派往当地的大使
    out.sender, out.part = country.m.id, true
  elseif sent and receiver then
    out.receiver = receiver
    out.sender = country and country.m.id or out.ids[1]
    if not country and not person then out.ids = { people = out.ids.people } end
  end
  return out, k
end

local ties_list = { ["和"] = true, ["与"] = true, ["及"] = true, ["以及"] = true, ["同"] =
                    true, ["跟"] = true,
                    ["、"] = true, ["暨"] = true }

-- A phrase and those that are listed with it.
local function parties (st, list, i)
  local out, k = phrase(st, list, i)
  while not out.place do
    local tie, from = list[k + 1], k + 2
    while list[from] and list[from].e and list[from].e.modifier do from = from + 1 end
    local item = list[from]
    local begins = class(item)
    if begins == "L" then break end
    if begins and opens[begins] and tie.first == list[k].last + 1 and tie.e
           and ties_list[tie.e.word]
       and item.first - tie.last <= LINK then
      local more, last = phrase(st, list, from)
      plain.add(out.ids, more.ids)
      out.last, k = more.last, last
    elseif tie and tie.first == out.last + 1 and is_country(tie) and is_country(list[k]) then
      local more, last = phrase(st, list, k + 1)            -- 中莱, 中俄
      plain.add(out.ids, more.ids)
      out.last, k = more.last, last
    elseif tie and tie.e and tie.e.pair and tie.first == out.last + 1 then
      k = k + 1                                             -- 中莱两国领导人
      if class(list[k + 1]) == "R" and list[k + 1].first == list[k].last + 1 then k = k + 1 end
      out.last = list[k].last
    else
      break
    end
  end
  return out, k
end

-- Frames ----------------------------------------------------------------------------------

local function begins (text, at, set)
  local rest = sub(text, at, at + 30)
  local a = words.finder(set):match(rest)
  if a == 1 then return true end
  local c = sub(rest, 1, 3)
  return (c == "了" or c == "过") and words.finder(set):match(sub(rest, 4)) == 1
end

-- Do a frame's words stand with a trigger? Returns the last byte of what told it.
local function fits (text, seg, frame, item)
  local first, last = item.first, item.last
  local stop = last
  if frame.next and not begins(text, last + 1, frame.next) then return nil end
  if frame.behind then
    local to = seg.last < last + WINDOW and seg.last or last + WINDOW
    local _, behind = words.finder(frame.behind):match(sub(text, last + 1, to))
    if behind then stop = last + behind - 1
    else
      local from = seg.first > first - WINDOW and seg.first or first - WINDOW
      if not words.finder(frame.behind):match(sub(text, from, first - 1)) then return nil end
    end
  end
  if frame.before then
    local from = seg.first > first - WINDOW and seg.first or first - WINDOW
    if not words.finder(frame.before):match(sub(text, from, first - 1)) then return nil end
  end
  if frame.veto and words.finder(frame.veto):match(sub(text, first - 9 > seg.first and first - 9
         or seg.first,
                                                       last + 12 < seg.last and last + 12
                                                           or seg.last)) then
    return nil
  end
  return stop
end

local function choose (text, seg, frames, item)
  for _, frame in ipairs(frames or {}) do
    local stop = fits(text, seg, frame, item)
    if stop then return frame, stop end
  end
end

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

local function trigger (st, seg, item, covered, tie)
  local e = item.e
  local frame, stop
  if item.first > covered then frame, stop = choose(st.simple, seg, e.frames, item) end
  if topical(tie, item, frame, stop) then frame = nil end
  local cue, cue_last
  if e.cues then cue, cue_last = choose(st.simple, seg, e.cues, item) end
  if not frame and not cue then return nil, covered end
  local u = { k = "T", frame = frame, cue = cue, cue_last = cue_last, op = e.op, first =
              item.first, last = item.last,
              noun = frame and frame.kind == "noun" or nil, past = anniversary(st.simple, item.last)
                  or nil,
              of = sub(st.simple, item.first - 3, item.first - 1) == "的" or nil }
  return u, frame and stop > covered and stop or covered
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

-- 访问中国的俄罗斯总统: a clause before the noun that it describes.
local function relative (seg)
  for i, u in ipairs(seg) do
    if u.k == "T" then
      local k = i + 1
      local object = seg[k]
      if object and object.k == "P" and object.de and not object.slot then
        k = k + 1
      else
        object = nil
      end
      local head = seg[k]
      local from = object and object.last or u.last
      if head and head.k == "P" and not head.slot and head.first == from + 4 and (object
             or u.de) then
        u.rel = head
        if object then object.weak, object.part = nil, true end
      end
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
      i = add_party(st, seg, list, i, tie, acted)
      if tie and tie.slot ~= "about" then tie = nil end
    elseif item.m and day_of(st, item.m) then
      seg[#seg + 1] = { k = "D", value = day_of(st, item.m), first = item.first, last = item.last }
      if tie and tie.slot == "at" then tie = nil end
    elseif item.m and item.m.kind == "date" and item.m.row.type == "SET" then
      seg[#seg + 1] = { k = "O", op = "habit", first = item.first, last = item.last }
    elseif e then
      if e.mark == "<" then title = true elseif e.mark == ">" then title = false end
      local u
      if e.source and i > from then e = words.entry "就" end
      if (e.frames or e.cues) and not title then
        u, covered = trigger(st, seg, item, covered, tie)
      end
      if u then
        u.passive = seg.passive or tie ~= nil and e.frames and tie.slot == "by"
            and not no_agent[tie.e.word]
                    or nil
        u.de = sub(st.simple, item.last + 1, item.last + 3) == "的" or nil
        seg[#seg + 1] = u
        seg.passive, tie, acted = nil, nil, true
      elseif e.tie == "invite" and invites(st.simple, item) then
        tie = item
        tie.slot = "invite"
      elseif e.op and not title and not is_named(st, e, item) then
        seg[#seg + 1] = { k = "O", op = e.op, word = e.word, hedge = e.hedge, modal = e.modal,
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
  relative(seg)
end

-- Segments ----------------------------------------------------------------------------------

local cuts = { [","] = true, [";"] = true, [":"] = true, ["("] = true }

-- 将 before a thing that the verb takes: 将两国关系提升为, 将大使召回,
-- 将与B的关系降为.
local function takes (st, list, i)
  local item, behind = list[i], list[i + 1]
  if not item.e or item.e.word ~= "将" or not behind or behind.first > item.last + 1 + LINK then
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
      units(st, seg, list, b[1], b[2])
      if seg.kind == "aside" and not acts_behind(list, b[1] - 1, b[2]) then seg.kind = nil end
    end
  end
  plain.prepare(s)
  return s
end

-- Whose officials need no country in a document: China's, where it speaks of itself so.
local function home (doc)
  for _, word in ipairs{ "中共中央", "新华社", "中方", "我国", "新華社", "我國" } do
    if find(doc.text, word, 1, true) then return "CHN" end
  end
end

--- What is known of a document, with its text masked.
---@param doc Doc
---@param sentences table with firsts
---@return table state
function M.new (doc, sentences)
  local st = actors.new(doc, sentences)
  st.home, st.near = st.home or home(doc), NEAR
  st.simple = words.simple(doc.text)
  local mentions = plain.mentions(st, is_part)
  st.masked = masked(st.simple, mentions)
  st.at_byte, st.pair = {}, "双方"
  for _, m in ipairs(mentions) do st.at_byte[m.first] = m end
  return st
end

return M
