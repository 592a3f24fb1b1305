--- Phrases of a Chinese clause that name parties: 俄罗斯驻莱索托大使阿纳托利 is one, and
-- acts for Russia, and is sent to Lesotho.
-- @module lesdiplo.fact.han.phrases
local actors = require "lesdiplo.fact.actors"
local home = require "lesdiplo.entity.home"
local plain = require "lesdiplo.fact.plain"
local short = require "lesdiplo.fact.han.short"
local speakers = require "lesdiplo.grammar.quote.speakers"
local sub = string.sub
_ENV = nil
local M = {}

local LINK = 9               -- bytes between the parts of a phrase, but for words that are known

--- The class of an item, or nil.
local function class (item) return item and item.c or nil end

--- Classes of items with which a phrase begins.
M.opens = { Z = true, A = true, R = true, G = true, q = true, f = true, S = true, L = true }

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

local ours_words = { ["我国"] = true, ["我方"] = true }

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
    local ours = #out.ids == 0 and ours_words[head.e.word]
    if ours then plain.add(out.ids, actors.parties(st, st.home)) end
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
  out.last, out.someone = list[k].last, role ~= nil or person ~= nil
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
    if #out.ids == 0 and home.titled(st.doc.text, role.last, st.home) then
      plain.add(out.ids, actors.parties(st, st.home))
    end
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

--- A phrase and those that are listed with it: its unit, and the index of its last item.
function M.parties (st, list, i)
  local out, k = phrase(st, list, i)
  while not out.place do
    local tie, from = list[k + 1], k + 2
    while list[from] and list[from].e and list[from].e.modifier do from = from + 1 end
    local item = list[from]
    local begins = class(item)
    if begins == "L" then break end
    if begins and M.opens[begins] and tie.first == list[k].last + 1 and tie.e
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

M.class = class

return M
