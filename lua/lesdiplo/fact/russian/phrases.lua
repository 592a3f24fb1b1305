--- Parties of a Russian clause: the words of one party, those that are listed with it, and what
-- its case says.
-- @module lesdiplo.fact.russian.phrases
local actors = require "lesdiplo.fact.actors"
local lexicon = require "lesdiplo.entity.lexicon"
local speakers = require "lesdiplo.grammar.quote.speakers"
local plain = require "lesdiplo.fact.plain"
local fold = require "lesdiplo.fact.russian.forms".fold
local _, native = ...
local find, match, sub = string.find, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

--- What an item is to its phrase: A who acts, R an office, L a city, G the two sides, q he, f we,
-- J a joined adjective; nil of other words.
local function class (item)
  if not item then return nil end
  if item.m then return item.m.c end
  local e = item.e
  if not e then return nil end
  return e.pair and "G" or e.he and "q" or e.self and "f" or e.joined and "J" or nil
end

-- Classes with which a phrase begins.
local opens = { A = true, R = true, G = true, q = true, f = true, L = true, J = true }

local function is_person (item) return item.m ~= nil and item.m.kind == "person" end
local function is_adjective (item)
  local m = item.m
  return m ~= nil and m.kind == "country" and (m.row.form == "adjective" or m.row.form == "demonym")
end

-- What a word's ending says of its case, as far as it is told.
local instrumental = { "ом", "ем", "ой", "ей", "ою", "ами", "ями", "ым", "им",
                       "ыми", "ими" }
local function rigid () return lexicon.list("russian.txt", "rigid") end

local SHORT = 8          -- bytes of names that may end so in any case: Крым

local function case_of (st, item)
  local words = sub(st.doc.text, item.first, item.last)
  local word = match(words, is_person(item) and "%S+$" or "^%S+")
  for _, ending in ipairs(instrumental) do
    if #word > SHORT and sub(word, -#ending) == ending then return "ins" end
  end
  local last = sub(word, -2)
  local dative = last == "у" or last == "ю" or last == "е" and item.m and item.m.kind == "country"
  if dative and not rigid()[fold(word)] then return "oblique" end
end

local nominatives = { "т", "р", "л", "н", "ц", "ь", "ый", "ий",
                      "ры", "ты", "лы" }

-- Is an office in the nominative, so that no preposition ties it: По телефону министр ...?
local function is_nominative (st, item)
  if not item.m or item.m.c ~= "R" then return false end
  local word = match(sub(st.doc.text, item.first, item.last), "^%S+")
  for _, ending in ipairs(nominatives) do
    if sub(word, -#ending) == ending then return true end
  end
  return false
end

-- Is a country or a city the subject behind "в" or "на" and another word, by its ending:
-- В ответ Москва ...? Names such as Никарагуа have no cases.
local function is_subject_behind_in (st, item)
  if not item.m or item.m.kind ~= "country" and item.m.c ~= "L" then return nil end
  local text = sub(st.doc.text, item.first, item.last)
  return match(text, "а$") and not match(text, "уа$") and not match(text, "оа$")
         or match(text, "я$")
end

-- Is a country behind "в" one into which something goes: в Мьянму, not в Мьянме?
local function goes_into (st, item)
  if not item.m or item.m.kind ~= "country" then return nil end
  local text = sub(st.doc.text, item.first, item.last)
  return not (match(text, "е$") or match(text, "ии$") or match(text, "ах$")) or nil
end

-- Is somebody named behind a country for another one: с президентом Ирана Путин?
local function is_of_another (item, behind)
  local of = behind.m.row.of
  return item.m ~= nil and item.m.kind == "country" and of ~= nil and find(of, "^%u%u%u$") ~= nil
         and of ~= item.m.id
end

-- Does the item behind go on with the phrase that ends with one?
local function joins (item, behind)
  local c = class(behind)
  if item.m and item.m.c == "R" then return c == "A" or c == "R" end
  if is_person(item) then return false end
  if is_adjective(item) then
    return c == "R" or behind ~= nil and behind.e ~= nil and behind.e.head == true
  end
  if item.e and item.e.head then return c == "A" end
  return c == "A" and is_person(behind) and not is_of_another(item, behind)
end

-- посол России в Лесото: the state to which an envoy is sent.
local function receiver (list, k)
  local tie, there = list[k + 1], list[k + 2]
  if tie and tie.e and tie.e.tie == "in" and there and there.m then
    if there.m.kind == "country" then return there.m.id, k + 2 end
    if there.m.c == "L" then return there.m.country, k + 2 end
  end
end

local envoys = { ambassador = true, envoy = true, consul = true, charge_d_affaires = true }

local modifiers = {}         -- ids of roles: does it say something of another, as новый does?
local function modifies (item)
  local id = item.m.id
  if modifiers[id] == nil then
    modifiers[id] = false
    local found = native.entities.entity(id)
    for _, fact in ipairs(found and found.facts or {}) do
      if fact[1] == "rank" then modifiers[id] = fact[2] == "modifier" end
    end
  end
  return modifiers[id]
end

-- The phrase at item i: its parties, and the index of its last item.
local function phrase (st, list, i)
  local head = list[i]
  local out = { k = "P", ids = { people = {} }, first = head.first, last = head.last }
  local c = class(head)
  if c == "G" or c == "f" or c == "q" then
    if c == "G" then
      out.pair = true               -- settled when it is its turn
      out.case = match(head.e.pair, "ами$") and "ins" or nil
      out.behalf = match(head.e.pair, "сторон$") ~= nil        -- с обеих сторон
    elseif c == "f" then plain.speaking(st, out.ids, head.first)
    else plain.named(st, out.ids, head.first, head.last) end
    return out, i
  elseif c == "L" then
    out.place, out.id, out.capital = head.m.country, head.m.id, head.m.capital
    out.bare = is_subject_behind_in(st, head)
    return out, i
  elseif c == "J" then
    plain.add(out.ids, actors.parties(st, head.e.joined))
    out.adj = true
    return out, i
  end
  local country, role, person, has_head
  local k = i
  while true do
    local item = list[k]
    if not item.m then has_head = item
    elseif item.m.c == "R" then role = role and not modifies(role) and role or item
    elseif is_person(item) then person = item
    else country = country or item end
    if role and country and not person and envoys[role.m.id] then
      local id, last = receiver(list, k)
      if id then
        out.receiver, out.sender, k = id, country.m.id, last
        if class(list[k + 1]) == "A" and is_person(list[k + 1]) then
          k = k + 1
          person = list[k]
        end
        break
      end
    end
    if person or not list[k + 1] or not joins(item, list[k + 1]) then break end
    k = k + 1
  end
  out.last = list[k].last
  local whose = list[i - 1]                       -- делегацией Лесото
  out.case = case_of(st, is_adjective(head) and (has_head or role)
                         or whose and whose.e and whose.e.head and whose or head)
  out.nominative = is_nominative(st, head)
  out.land = country ~= nil and not role and not person and not has_head or nil
  out.accusative = goes_into(st, head)
  out.bare = is_subject_behind_in(st, head)
  out.envoy = role ~= nil and envoys[role.m.id]
  -- с российской стороны
  out.behalf = has_head ~= nil and has_head.e.form == "стороны"
  if role and not country and not person and envoys[role.m.id] then
    out.receiver = receiver(list, k)
  end
  if person then
    plain.resolve(st, out.ids, person.m)
    if country and out.ids[1] == person.m.id then
      out.ids = plain.resolve(st, { people = { person.m.id } }, country.m)
    end
  elseif country then
    plain.resolve(st, out.ids, country.m)
    out.adj = is_adjective(country) and not role and not has_head or nil
    if role then
      local first = country.first < role.first and country.first or role.first
      local last = country.last > role.last and country.last or role.last
      local who = speakers.phrase(st.ctx, first, last)
      if who.id and st.people[who.id] then plain.add(out.ids, { people = { who.id } }) end
    end
  elseif role then
    plain.named(st, out.ids, role.first, role.last)
  end
  return out, k
end

local function is_and (item)
  return item ~= nil and item.e ~= nil and (item.e.conjunction or item.e.mark == ","
         or item.e.hyphen or false)
end

-- Makes of a capital its state: Ереван.
local function as_state (st, u)
  u.ids, u.place, u.capital = actors.parties(st, u.place), nil, nil
end

-- May two that are listed act together: states, bodies and people, and capitals with them?
local function may_join (out, item)
  local c = class(item)
  if not c or not opens[c] or c == "q" or c == "G" then return false end
  if out.place and not out.capital then return false end
  return c ~= "L" and not out.place or item.m ~= nil and (item.m.capital or item.m.c == "A")
end

local stately = { with = true, against = true, to = true, ["for"] = true, by = true }

--- A phrase and those that are listed with it: Россия, Китай и Иран. Capitals that
-- are listed, or tied like somebody who acts, are their states: против Тегерана.
---@param tie string?
function M.parties (st, list, i, to, tie)
  local out, k = phrase(st, list, i)
  local acts = not tie or stately[tie]
  while k + 2 <= to and is_and(list[k + 1]) do
    local from = k + 2
    if not may_join(out, list[from]) or (out.place or class(list[from]) == "L") and not acts then
      break
    end
    local more, last = phrase(st, list, from)
    if more.place then as_state(st, more) end
    if #more.ids == 0 then break end
    if out.place then as_state(st, out) end
    plain.add(out.ids, more.ids)
    out.last, k = more.last, last
    out.adj = out.adj and more.adj
  end
  if out.capital and stately[tie] then as_state(st, out) end
  return out, k
end

M.class, M.is_and, M.opens, M.receiver = class, is_and, opens, receiver
return M
