--- Who speaks: from the words that name a speaker to an id of the document's people,
-- bodies and countries.
--
-- A name is itself; a pronoun, the person last spoken of, of its gender; a role, the
-- last person who holds it; "the two sides", the two countries last named as a pair.
-- Where none of that is certain there is no id.
-- @module lesdiplo.grammar.quote.speakers
local atoms = require "lesdiplo.grammar.atoms"
local _, native = ...
local mentions, entity = native.entities.mentions, native.entities.entity
local concat, sort = table.concat, table.sort
local find, gmatch, gsub, match, sub = string.find, string.gmatch, string.gsub, string.match,
                                       string.sub
local small = atoms.small
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

local BACK = 24          -- mentions that are looked through for whom a pronoun means
local FAR = 300          -- mentions before a place that are looked at for a role or a pair
local NEAR = 70          -- bytes from a name to what its person is called
local APART = 12         -- bytes between the names of a pair

-- Mentions of a document ------------------------------------------------------------

-- The mentions of a layer, in order.
local function of_layer (doc, layer)
  local list = {}
  for i, span in doc:layer(layer):each() do
    list[i] = { kind = layer, first = span.first, last = span.last, id = span.id, row = span }
  end
  return list
end

local function of_roles (doc)
  local list, positions, rows = {}, mentions(doc, "role")
  for i, row in ipairs(rows) do
    list[i] = { kind = "role", first = positions[2 * i - 1], last = positions[2 * i], id = row.id,
                row = row }
  end
  return list
end

local function comes_before (a, b)
  if a.first ~= b.first then return a.first < b.first end
  if a.last ~= b.last then return a.last > b.last end
  return a.kind < b.kind
end

-- Two lists in order as one.
local function merge (a, b)
  if #a == 0 or #b == 0 then return #a == 0 and b or a end
  local out, i, k = {}, 1, 1
  for n = 1, #a + #b do
    if not b[k] or a[i] and comes_before(a[i], b[k]) then out[n], i = a[i], i + 1
    else out[n], k = b[k], k + 1
    end
  end
  return out
end

-- All mentions, by where they begin; longer ones first.
local function collect (doc)
  local people, bodies = of_layer(doc, "person"), of_layer(doc, "org")
  return merge(merge(people, bodies), merge(of_layer(doc, "country"), of_roles(doc)))
end

-- The first of a sorted list that begins at or behind a place.
local function from (list, first)
  local low, high = 1, #list + 1
  while low < high do
    local middle = (low + high) // 2
    if list[middle].first < first then low = middle + 1 else high = middle end
  end
  return low
end

-- Mentions inside a stretch, by kind.
local function within (list, first, last)
  local out = { person = {}, org = {}, country = {}, role = {} }
  local i = from(list, first)
  while list[i] and list[i].first <= last do
    if list[i].last <= last then
      local of = out[list[i].kind]
      of[#of + 1] = list[i]
    end
    i = i + 1
  end
  return out
end

-- Gender ----------------------------------------------------------------------------

local by_title = {}
for word in gmatch("Mr Mr. Sir Lord King Prince M. Monsieur господин г-н Ntate Herr Señor",
                   "%S+") do
  by_title[word] = "he"
end
for word in gmatch([[Mrs Mrs. Ms Ms. Miss Madam Madame Mme Queen Princess Lady госпожа г-жа 'Mè
                   Frau]], "%S+") do
  by_title[word] = "she"
end

-- What a role says: king, spokeswoman.
local role_gender = {}
local function gender_of_role (id)
  if role_gender[id] == nil then
    role_gender[id] = false
    local role = entity(id)
    for _, fact in ipairs(role and role.facts or {}) do
      if fact[1] == "gender" then role_gender[id] = fact[2] == "f" and "she" or "he" end
    end
  end
  return role_gender[id]
end

-- What a Russian surname says.
local function russian (name)
  for _, ending in ipairs{ "ова", "ева", "ёва", "ина", "ская" } do
    if sub(name, -#ending) == ending then return "she" end
  end
  for _, ending in ipairs{ "ов", "ев", "ёв", "ин", "ский" } do
    if sub(name, -#ending) == ending then return "he" end
  end
end

-- By id, from forms of address and roles anywhere in the document.
local function genders (ctx)
  if ctx.gender then return ctx.gender end
  ctx.gender = {}
  for _, m in ipairs(ctx.list) do
    if m.kind == "person" then
      local word = match(sub(ctx.text, m.first > 20 and m.first - 20 or 1, m.first - 1),
                         "([^%s\xC2\xA0(“\"]+)[%s\xC2\xA0]+$")
      local g = word and by_title[word] or m.row.role and gender_of_role(m.row.role)
      g = g or russian(m.row.name or "")
      if g then ctx.gender[m.id] = ctx.gender[m.id] or g end
    end
  end
  return ctx.gender
end

--- Does the document name a woman?
function M.is_she (ctx)
  for _, gender in pairs(genders(ctx)) do
    if gender == "she" then return true end
  end
  return false
end

-- Context ---------------------------------------------------------------------------

--- What is known of a document's speakers; `sentences` as quotes has them.
function M.new (doc, text, sentences, x)
  local ctx = { doc = doc, text = text, sentences = sentences, x = x, list = collect(doc),
                holders = {} }
  for i, m in ipairs(ctx.list) do
    if m.kind == "person" and m.row.role then ctx.holders[#ctx.holders + 1] = i end
  end
  return ctx
end

-- Whom the document calls by just those words somewhere.
local function named (ctx, text)
  if not ctx.names then
    ctx.names = {}
    for _, m in ipairs(ctx.list) do
      if m.kind == "person" then ctx.names[sub(ctx.text, m.first, m.last)] = m.id end
    end
  end
  return ctx.names[text]
end

local function possessive (text, m) return find(text, "^['’]s", m.last + 1) ~= nil end

-- The sentence that holds a byte: where it begins.
local function sentence_first (ctx, at)
  local list = ctx.sentences
  local i = from(list, at + 1) - 1
  return i >= 1 and list[i].first or 1
end

-- Pronouns ----------------------------------------------------------------------------

-- The person whom he or she means at a place.
local function antecedent (ctx, at, gender)
  local known = genders(ctx)
  local function fits (id) return known[id] == nil or known[id] == gender end
  local said = ctx.last_person
  if said and not fits(said.id) then said = nil end
  local i, looked, best = from(ctx.list, at) - 1, 0, nil
  while i >= 1 and looked < BACK and not best do
    local m = ctx.list[i]
    if m.kind == "person" then
      looked = looked + 1
      if said and m.first <= said.at then break end
      if fits(m.id) and not possessive(ctx.text, m) then
        best = m
        local first = sentence_first(ctx, m.first)
        for k = from(ctx.list, first), i do
          local other = ctx.list[k]
          if other.kind == "person" and fits(other.id) and not possessive(ctx.text, other) then
            best = other
            break
          end
        end
      end
    end
    i = i - 1
  end
  return best and best.id or said and said.id
end

-- Roles -------------------------------------------------------------------------------

local wider = {}
local function is_under (id, role)
  if id == role then return true end
  wider[id] = wider[id] or (function ()
    local out, e = {}, entity(id)
    for _, fact in ipairs(e and e.facts or {}) do
      if fact[1] == "under" then out[fact[2]] = true end
    end
    return out
  end)()
  return wider[id][role] or find(id, "^" .. role .. "_of_") ~= nil
         or find(id, "_" .. role .. "$") ~= nil or find(role, "^" .. id .. "_of_") ~= nil
end

-- How many holders of roles are named before a place.
local function named_before (ctx, at)
  local low, high = 1, #ctx.holders + 1
  while low < high do
    local middle = (low + high) // 2
    if ctx.list[ctx.holders[middle]].first < at then low = middle + 1 else high = middle end
  end
  return low - 1
end

-- The first of those that are looked at.
local function last_looked (ctx, at)
  local n = named_before(ctx, at) - FAR
  return n > 0 and n or 1
end

-- The last holder of a role named before a place; of a country, where one is told.
local function holder (ctx, role, at, of)
  for k = named_before(ctx, at), last_looked(ctx, at), -1 do
    local m = ctx.list[ctx.holders[k]]
    if is_under(m.row.role, role) and (not of or m.row.of == of) then
      return m.id
    end
  end
end

-- The two last holders: "the ministers".
local function holders (ctx, role, at)
  local out, seen = {}, {}
  for k = named_before(ctx, at), last_looked(ctx, at), -1 do
    local m = ctx.list[ctx.holders[k]]
    if not seen[m.id] and is_under(m.row.role, role) then
      seen[m.id] = true
      out[#out + 1] = m.id
    end
  end
  return #out == 2 and out[2] .. "+" .. out[1] or nil
end

-- Pairs -------------------------------------------------------------------------------

local ties = { "and", "&", "与", "與", "和", "及", "и", "et", "-", "–", "‑", "、", "同", "с" }
local is_tie = {}
for _, tie in ipairs(ties) do is_tie[tie] = true end

-- The two countries that were last named side by side before a place, or the only two
-- that the document names up to there.
local function pair (ctx, at)
  local i, seen, ids = from(ctx.list, at) - 1, {}, {}
  local later
  local stop = i - FAR
  while i >= 1 and i > stop do
    local m = ctx.list[i]
    if m.kind == "country" then
      if later and later.id ~= m.id and later.first - m.last <= APART then
        local between = match(sub(ctx.text, m.last + 1, later.first - 1), "^%s*(.-)%s*$")
        if is_tie[between] then
          return m.id < later.id and m.id .. "+" .. later.id or later.id .. "+" .. m.id
        end
      end
      later = m
      if not seen[m.id] then seen[m.id] = true ids[#ids + 1] = m.id end
    end
    i = i - 1
  end
  if #ids == 2 then
    sort(ids)
    return concat(ids, "+")
  end
end

-- Noun phrases ----------------------------------------------------------------------------

-- People as the head: the last one, or all that "and" ties, unless something of
-- theirs is the head: Blinken's office.
local function people (ctx, inside, last)
  local kept = {}
  for _, m in ipairs(inside.person) do
    if not possessive(ctx.text, m) then kept[#kept + 1] = m end
  end
  local head = kept[#kept]
  if not head then return nil end
  local rest = sub(ctx.text, head.last + 1, last)
  if find(rest, "%a%a%a") and not find(rest, "^%s*[,(]") then return nil end
  local before = kept[#kept - 1]
  if before and before.id ~= head.id then
    local tie = sub(ctx.text, before.last + 1, head.first - 1)
    if find(tie, "^,? and ") or find(tie, "^ и ") or find(tie, "^ et ") or is_tie[tie] then
      return { id = before.id .. "+" .. head.id, first = before.first, last = head.last,
               plural = true }
    end
  end
  return { id = head.id, first = head.first, last = head.last, person = true }
end

local function has_word (list, low)
  for word in gmatch(low, "[^%s,%.'’()]+") do
    if list[word] then return list[word], word end
  end
end

-- A role as the head: the minister; the presidents.
local function office (ctx, inside, first, low)
  local role = inside.role[#inside.role]
  if not role then return nil end
  local of = inside.country[1] or inside.org[1]
  if of and of.first < role.first and of.last > role.last then of = nil end
  local words = small(sub(ctx.text, role.first, role.last))
  if role.row.form == "plural" or find(words, "[^su]s$") or find(low, "^both ") then
    return holders(ctx, role.id, first), true
  end
  return holder(ctx, role.id, first, of and of.id), false
end

-- Is a person called that somewhere near a mention: Lejone Mpotjoane, the minister?
local function called (ctx, m, word)
  local from_byte = m.first > NEAR and m.first - NEAR or 1
  local before = match(small(sub(ctx.text, from_byte, m.first - 1)), "([^.]*)$")
  local behind = match(small(sub(ctx.text, m.last + 1, m.last + NEAR)), "^,([^.]*)")
  return find(before, word, 1, true) ~= nil
         or behind ~= nil and find(behind, word, 1, true) ~= nil
end

-- The minister, the president: the last person who was called one.
local function office_word (ctx, first, low)
  local word = match(low, "^the (.+)$") or match(low, "^l[ea] (.+)$") or match(low, "^l['’](.+)$")
               or low
  if not ctx.x.offices[word] then return nil end
  local id = holder(ctx, (gsub(word, " ", "_")), first)
  local i, looked = from(ctx.list, first) - 1, 0
  while not id and i >= 1 and looked < BACK do
    local m = ctx.list[i]
    if m.kind == "person" then
      looked = looked + 1
      if called(ctx, m, word) then id = m.id end
    end
    i = i - 1
  end
  return id
end

-- A body or a country as the head.
local function body (inside)
  local best
  for _, m in ipairs(inside.org) do
    if not best or m.last - m.first > best.last - best.first then best = m end
  end
  return best or inside.country[#inside.country]
end

--- Who a noun phrase names: { id, first, last, known = whether it names a speaker at
-- all, person, plural, via }.
---@param ctx table
---@param first integer
---@param last integer
---@param pronoun string? that stands for it
function M.phrase (ctx, first, last, pronoun)
  local x, text = ctx.x, sub(ctx.text, first, last)
  local low = pronoun or gsub(small(text), "%s+", " ")
  local out = { first = first, last = last, known = true }
  if x.he[low] or x.she[low] then
    out.id, out.person = antecedent(ctx, first, x.he[low] and "he" or "she"), true
    return out
  elseif x.self[low] then
    out.id, out.self = ctx.self, true
    return out
  elseif x.they[low] then
    local group = ctx.last_group
    out.id, out.plural = group and first - group.at < 3000 and group.id or nil, true
    return out
  elseif x.it[low] then
    out.id = ctx.last_body and first - ctx.last_body.at < 1500 and ctx.last_body.id or nil
    return out
  elseif x.pair[low] then
    out.id, out.plural = pair(ctx, first), true
    return out
  end
  local inside = within(ctx.list, first, last)
  local who = people(ctx, inside, last)
  if who then
    who.known = true
    return who
  end
  if has_word(x.voices, low) then
    local of = body(inside)
    out.via = "spokesperson"
    out.id = of and of.id or holder(ctx, "spokesperson", first)
    return out
  end
  if #inside.role > 0 then
    local plural
    out.id, plural = office(ctx, inside, first, low)
    out.id = out.id or not plural and office_word(ctx, first, low) or nil
    out.plural, out.person = plural, not plural
    return out
  end
  out.id = office_word(ctx, first, low)
  if out.id or x.offices[match(low, "^the (.+)$")] then
    out.person = true
    return out
  end
  local of = body(inside)
  if has_word(x.persons or {}, low) and not (of and of.kind == "org")
     and not find(low, "ministry") and not find(low, "government") then
    out.persons = true
    return out
  end
  if of then
    out.id, out.body = of.id, true
    return out
  end
  local paper = has_word(x.papers, low)
  if paper then
    out.id, out.body = paper, true
    return out
  end
  out.id = named(ctx, text)
  out.person = out.id ~= nil
  out.known = out.id ~= nil or x.lang == "zh" and #text <= 30
              or find(text, "%f[%w]%u[%w.'’-]*$") ~= nil
              or find(text, "^[\xD0][\x90-\xAF]") ~= nil
  return out
end

--- Remembers who spoke: pronouns that follow mean them.
function M.spoke (ctx, who, at)
  if not who or not who.id then return end
  if who.plural then ctx.last_group = { id = who.id, at = at }
  elseif who.body then ctx.last_body = { id = who.id, at = at }
  else ctx.last_person = { id = who.id, at = at }
  end
end

--- Who is named right before a place: Wang, who said ...
function M.just_before (ctx, at)
  local i = from(ctx.list, at) - 1
  local m = ctx.list[i]
  if m and m.kind ~= "role" and at - m.last < 12 then
    return { id = m.id, first = m.first, last = m.last, known = true, person = m.kind == "person",
             body = m.kind ~= "person" }
  end
end

--- The first person, body or country that a sentence names before a place, or whom the
-- pronoun means with which it begins.
function M.first_in (ctx, first, before)
  local word_first, word = match(sub(ctx.text, first, first + 40), "^[^%w\xC3-\xF4]*()([^%s,.]+)")
  local low = word and small(word)
  if word and (ctx.x.he[low] or ctx.x.she[low] or ctx.x.they[low]) then
    return M.phrase(ctx, first + word_first - 1, first + word_first + #word - 2)
  end
  local i = from(ctx.list, first)
  while ctx.list[i] and ctx.list[i].first < before do
    local m = ctx.list[i]
    if m.kind ~= "role" and not possessive(ctx.text, m) then
      return { id = m.id, first = m.first, last = m.last, known = true, person = m.kind == "person",
               body = m.kind ~= "person" }
    elseif m.kind == "role" then
      local id = holder(ctx, m.id, m.first)
      if id then return { id = id, first = m.first, last = m.last, known = true, person = true } end
    end
    i = i + 1
  end
end

--- Whether a stretch begins with the name of somebody else than who spoke: after a
-- paragraph of theirs, what follows is no longer the first one's.
function M.others (ctx, first, last, id)
  local i = from(ctx.list, first)
  while ctx.list[i] and ctx.list[i].last <= last do
    local m = ctx.list[i]
    if m.kind == "person" and m.id ~= id then return true end
    i = i + 1
  end
  return false
end

-- People by the last word of each of their names.
local function by_word (ctx)
  local out = {}
  for _, m in ipairs(ctx.list) do
    if m.kind == "person" then
      for word in gmatch(small(m.row.name or ""), "[^%s.]+") do out[word] = out[word] or m.id end
    end
  end
  return out
end

--- Whom a label means: MR PRICE, SECRETARY BLINKEN.
function M.label (ctx, label)
  ctx.by_word = ctx.by_word or by_word(ctx)
  local word = match(small(label), "([^%s.]+)[%s.]*$")
  return word and ctx.by_word[word]
end

return M
