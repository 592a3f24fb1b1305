--- Who speaks: from the words that name a speaker to an id of the document's people,
-- bodies and countries.
--
-- A name is itself; a pronoun, the person last spoken of, of its gender; a role, the
-- last person who holds it; "the two sides", the two countries last named as a pair.
-- Where none of that is certain there is no id.
-- @module lesdiplo.grammar.quote.speakers
local atoms = require "lesdiplo.grammar.atoms"
local antecedents = require "lesdiplo.grammar.quote.antecedents"
local groups = require "lesdiplo.grammar.quote.groups"
local mentions = require "lesdiplo.grammar.quote.mentions"
local offices = require "lesdiplo.grammar.quote.offices"
local subjects = require "lesdiplo.grammar.quote.subjects"
local plain = require "lesdiplo.grammar.quote.units".plain
local find, gmatch, gsub, match, sub = string.find, string.gmatch, string.gsub, string.match,
                                       string.sub
local small = atoms.small
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

-- Verbs behind an "it" that means nobody.
local impersonal = { was = true, is = true, were = true, be = true }

local APART = 12         -- bytes between the names of a pair
local GROUP = 3000       -- bytes from those who spoke as several to a word for them
local HAN_APART = 24     -- bytes from what somebody is called to the name, in Chinese
local BODIES = 40        -- mentions that are looked through for a body

-- Noun phrases ----------------------------------------------------------------------------

-- What ties somebody to a state or a body behind the name, and what is in its name.
local from, joints = {}, {}
for word in gmatch("of from with at de du des d' из от", "%S+") do from[word] = true end
for word in gmatch("of the and for in on de la le les du des et и по", "%S+") do
  joints[word] = true
end

-- Does a text behind a name say whose somebody is: of Norway, from the World Bank?
local function is_whose (rest)
  local tie, names = match(gsub(rest, "’", "'"), "^%s+([^%s']+'?)%s*(.+)$")
  if not tie or not from[tie] then return false end
  for word in gmatch(gsub(names, "%f[%a][ld]'", ""), "[^%s]+") do
    if not joints[word] and not find(word, "^%u") and not find(word, "^\xC3[\x80-\x9E]")
       and not find(word, "^\xD0[\x81\x90-\xAF]") then
      return false
    end
  end
  return true
end

-- Is it something of somebody's that speaks: the supporters of Anna Berg, the government of
-- President Berg? Of another office that is said to be somebody's, the holder does.
local function is_of_theirs (ctx, inside, head, first)
  if ctx.x.lang ~= "en" then return false end
  local ahead = small(sub(ctx.text, first, head.first - 1))
  local noun = match(ahead, "^[%l ]-(%l+) of ")
  if noun and (ctx.x.bodies[noun] or ctx.x.anybody[noun]) then return true end
  if not find(ahead, "%f[%l]%l+ of $") then return false end
  local of = head.first - 4
  for _, m in ipairs(inside.role) do
    if m.last >= of - 1 or m.first > of then return false end
  end
  return true
end

-- People as the head: the last one, or all that "and" ties, unless something of
-- theirs is the head: Blinken's office.
local function people (ctx, inside, first, last)
  local kept = {}
  for _, m in ipairs(inside.person) do
    if m.last == last or not mentions.possessive(ctx.text, m) then kept[#kept + 1] = m end
  end
  local head = kept[#kept]
  if not head then return nil end
  local rest = sub(ctx.text, head.last + 1, last)
  if find(rest, "%a%a%a") and not find(rest, "^%s*[,(]") and not is_whose(rest)
     or is_of_theirs(ctx, inside, head, first) then
    return nil
  end
  local before = kept[#kept - 1]
  if before and before.id ~= head.id then
    local tie = sub(ctx.text, before.last + 1, head.first - 1)
    local word, did = match(tie, "^,?%s+(%S+)%s+(%l*)")       -- and Foreign Minister
    word = word and not find(did, "ed$") and word or tie      -- and thanked Minister
    if word == "and" or word == "и" or word == "et" or offices.is_tie[tie] then
      return { id = before.id .. "+" .. head.id, first = before.first, last = head.last,
               plural = true, people = true }
    end
  end
  return { id = head.id, first = head.first, last = head.last, person = true }
end

local function has_word (list, low)
  for word in gmatch(low, "[^%s,%.'’()]+") do
    if list[word] then return list[word], word end
  end
end

-- What stands before some bytes, or nil where they do not come.
local function up_to (text, bytes)
  local at = find(text, bytes, 1, true)
  return at and sub(text, 1, at - 1)
end

-- The last word of a noun phrase, before what hangs on it: officials in Oslo.
local function head_of (low)
  local phrase = up_to(low, ",") or low
  phrase = up_to(phrase, " of ") or up_to(phrase, " in ") or up_to(phrase, " from ") or phrase
  return match(phrase, "^.*%s([^%s]+)%s*$") or match(phrase, "^([^%s]+)%s*$")
end

-- Is a country only what somebody or something is called by: Chadian women? A body that it acts
-- through is the country: the Chadian government.
local function is_attribute (ctx, country, last, low)
  local bodies = ctx.x.bodies
  if not bodies or country.row.form ~= "adjective" or country.last >= last then return false end
  local head = head_of(low)
  return head ~= nil and find(head, "^%l") ~= nil and not bodies[head]
end

-- A body or a country as the head.
local function body (inside)
  local best
  for _, m in ipairs(inside.org) do
    if not best or m.last - m.first > best.last - best.first then best = m end
  end
  return best or inside.country[#inside.country]
end

-- Whom a word for several means: those whom sentences before name, or who spoke as several. Are
-- they people?
local function several (ctx, low, first)
  local said, english = ctx.last_group, ctx.x.lang == "en"
  if said and first - said.at >= GROUP then said = nil end
  if english and low ~= "they" and low ~= "the two" then                -- the ministers
    local role = match(low, "^the (%l+)s$")
    if said and said.people then return said.id, true end
    if role then return offices.holders(ctx, role, first), true end
  elseif english then
    local id, are_people = groups.they(ctx, first, M.phrase)
    if id ~= nil then return id or nil, are_people end
  end
  local id, at = subjects.before(ctx, ctx.unit_first or first)
  if said and (not id or said.at >= at) then return said.id, said.people end
  return id, id ~= nil
end

-- Who a pronoun means, or the likes of one: he, they, I, both sides. Nil where it is none.
local function of_pronoun (ctx, low, first, out)
  local x = ctx.x
  if x.he[low] or x.she[low] then
    out.id, out.person = antecedents.of(ctx, first, x.he[low] and "he" or "she"), true
  elseif x.self[low] then
    out.id, out.self = ctx.self, true
  elseif x.they[low] then
    out.id, out.people = several(ctx, low, first)
    if not out.id and x.lang ~= "en" and find(low, " ", 1, true) then return nil end
    out.plural = true
  elseif x.it[low] then
    local verb = match(ctx.text, "^%s+(%l+)", out.last and out.last + 1 or first)
    if impersonal[verb] then return out end                  -- it was agreed that
    local said = ctx.last_body
    local id, at = subjects.body_before(ctx, ctx.unit_first or first)
    if said and first - said.at < 1500 and (not id or said.at >= at) then id = said.id end
    out.id = id
  elseif x.pair[low] then
    out.id, out.plural = offices.pair(ctx, first), true
  else
    return nil
  end
  return out
end

-- Who an office means, by itself or of a body: the minister, the ministry's spokesman.
local function of_office (ctx, inside, low, out)
  local x, first = ctx.x, out.first
  if has_word(x.voices, low) then
    local of = body(inside)
    out.via, out.id = "spokesperson", of and of.id or offices.holder(ctx, "spokesperson", first)
    return out
  end
  if #inside.role > 0 then
    local id, plural = offices.office(ctx, inside, first, low)
    out.id = id or not plural and offices.office_word(ctx, first, low) or nil
    out.plural, out.person = plural, not plural
    return out
  end
  out.id = offices.office_word(ctx, first, low)
  if not out.id and not x.offices[match(low, "^the (.+)$")] then return nil end
  out.person = true
  return out
end

-- The body that was named last whose name ends with a word: the ministry. Nil where none was.
local function body_before (ctx, low, first)
  local head = match(low, "^the (%l+)$")
  if not head or not ctx.x.bodies or not ctx.x.bodies[head] then return nil end
  local last = mentions.from(ctx.list, first) - 1
  for i = last, last > BODIES and last - BODIES + 1 or 1, -1 do
    local m = ctx.list[i]
    if m.kind == "org" and small(sub(ctx.text, m.last - #head, m.last)) == " " .. head then
      return m.id
    end
  end
end

-- A paper of an office that speaks: the king's letter; that of a body is its. Nil where it is none.
local function of_paper (ctx, inside, low, out)
  if ctx.x.lang ~= "en" or inside.role[1] == nil or inside.org[1] or inside.country[1] then
    return nil
  end
  out.id = ctx.x.papers[head_of(low)]
  if not out.id then return nil end
  out.body = true
  return out
end

-- A body, a country or a paper that speaks; people without a name (persons). Nil where it is
-- none of them.
local function of_body (ctx, inside, low, out)
  local x, of, head = ctx.x, body(inside), head_of(low)
  local nameless = has_word(x.persons or {}, low) and not find(low, "ministry")
                   and not find(low, "government") or head and x.anybody[head]
  if nameless and not (of and of.kind == "org") then
    out.persons = true
    return out
  end
  if of and of.kind == "country" and is_attribute(ctx, of, out.last, low) then return out end
  local id = of and of.id or has_word(x.papers, low) or body_before(ctx, low, out.first)
  if not id then return nil end
  out.id, out.body = id, true
  return out
end

-- The person whom an office is said to be right behind it: the ambassador, Anna Berg.
local function named_behind (ctx, inside, last)
  if #inside.role == 0 then return nil end
  local at = match(ctx.text, "^,%s+()", last + 1)
  local m = at and ctx.list[mentions.from(ctx.list, at)]
  if m and m.first == at and m.kind == "person" then
    return { id = m.id, first = m.first, last = m.last, person = true, known = true }
  end
end

-- Who a noun phrase names, and whether anything tells.
local function told_by (ctx, first, last, pronoun)
  local low = pronoun or gsub(small(sub(ctx.text, first, last)), "%s+", " ")
  local out = { first = first, last = last, known = true }
  local who = of_pronoun(ctx, low, first, out)
  if who then return who, true end
  who = find(low, " and ", 1, true) and groups.two(ctx, first, last, M.phrase)
  if who then return who, true end
  local inside = mentions.within(ctx.list, first, last)
  who = people(ctx, inside, first, last)
  if who then
    who.known = true
    return who.person and ctx.x.lang == "en" and groups.listed(ctx, who) or who, true
  end
  who = named_behind(ctx, inside, last) or of_paper(ctx, inside, low, out)
        or of_office(ctx, inside, low, out) or of_body(ctx, inside, low, out)
  if who then return who, true end
  out.id = mentions.named(ctx, sub(ctx.text, first, last))
  out.person = out.id ~= nil
  return out, out.person
end

--- The id of whom a noun phrase names, or the pronoun that stands for it; or nil.
function M.id (ctx, first, last, pronoun)
  if not pronoun then return told_by(ctx, first, last).id end
  local who = of_pronoun(ctx, pronoun, first, {})
  return who and who.id
end

--- Who a noun phrase names: { id, first, last, known = whether it names a speaker at
-- all, person, plural, via }.
---@param ctx table
---@param first integer
---@param last integer
---@param pronoun string? that stands for it
function M.phrase (ctx, first, last, pronoun)
  local out, told = told_by(ctx, first, last, pronoun)
  if told then return out end
  local text = sub(ctx.text, first, last)
  out.known = ctx.x.lang == "zh" and #text <= 30
              or find(text, "%f[%w]%u[%w.'’-]*$") ~= nil
              or find(text, "[\"\xBB\x9D]$") ~= nil             -- the daily “El Watan”
              or find(text, "^[\xD0][\x90-\xAF]") ~= nil
  return out
end

--- May a noun phrase be a source, though nobody knows who that is: according to the ministry, to
-- officials? Not to the plan.
---@return boolean
function M.is_source (ctx, first, last)
  local head = head_of(gsub(small(sub(ctx.text, first, last)), "%s+", " "))
  return head ~= nil and (ctx.x.bodies and ctx.x.bodies[head] or ctx.x.anybody[head]) ~= nil
end

--- Remembers who spoke: pronouns that follow mean them.
function M.spoke (ctx, who, at)
  if not who or not who.id then return end
  if who.plural then ctx.last_group = { id = who.id, at = at, people = who.people }
  elseif who.body then ctx.last_body = { id = who.id, at = at }
  else ctx.last_person = { id = who.id, at = at }
  end
end

--- What is known of a document's speakers: see mentions.new.
M.new = mentions.new

--- Who is named right before a place: Wang, who said ...
function M.just_before (ctx, at)
  local i = mentions.from(ctx.list, at) - 1
  local m = ctx.list[i]
  if m and m.kind ~= "role" and at - m.last < 12 then
    return { id = m.id, first = m.first, last = m.last, known = true, person = m.kind == "person",
             body = m.kind ~= "person" }
  end
end

-- Do only small words stand between two mentions: Minister of Trade Berg? Not in: Minister thanked
-- Berg.
local function is_joined (text, last, first)
  for word in gmatch(sub(text, last + 1, first - 1), "[^%s,'’]+") do
    if word == "and" or word == "et" or word == "и" or not joints[word] and word ~= "to" then
      return false
    end
  end
  return true
end

-- The name of its holder right behind a role: Special Envoy Berg; nil where none stands there.
local function titled (text, list, i)
  local last, next_one = list[i].last, list[i + 1]
  while next_one and next_one.kind ~= "person" and next_one.first <= last + APART
        and is_joined(text, last, next_one.first) do
    if next_one.last > last then last = next_one.last end
    i = i + 1
    next_one = list[i + 1]
  end
  return next_one and next_one.kind == "person" and next_one.first - last <= APART
         and is_joined(text, last, next_one.first) and next_one or nil
end

-- Is a country only what somebody is called who is named right behind it: the Chadian envoy? In
-- Chinese whatever stands before a name in its clause: 前驻美代表高明.
local function is_called (ctx, i)
  local m, next_one = ctx.list[i], ctx.list[i + 1]
  if ctx.x.lang == "zh" then
    local k = i
    while m.kind ~= "person" and next_one and next_one.kind ~= "person" and k < i + 4 do
      k = k + 1
      next_one = ctx.list[k + 1]
    end
    return m.kind ~= "person" and next_one ~= nil and next_one.kind == "person"
           and next_one.first - m.last <= HAN_APART
           and not find(sub(ctx.text, m.last + 1, next_one.first - 1), "，", 1, true)
  end
  return m.kind == "country" and m.row.form == "adjective" and next_one ~= nil
         and (next_one.kind == "role" or next_one.kind == "person")
         and next_one.first - m.last <= APART
end

-- Whom a Chinese stretch means that begins with a pronoun, or with one for two sides; nil where it
-- does not.
local function opening_han (ctx, first)
  local longest = 0
  for _, list in ipairs{ "pair", "they", "he", "she" } do
    for word in pairs(ctx.x[list]) do
      if #word > longest and sub(ctx.text, first, first + #word - 1) == word then
        longest = #word
      end
    end
  end
  local who = longest > 0 and M.phrase(ctx, first, first + longest - 1)
  return who and who.id and who or nil
end

-- The last byte of a state's name in Chinese, with the body through which it acts: 挪威政府.
local function with_body (ctx, m)
  if ctx.x.lang == "zh" and m.kind == "country" then
    for _, word in ipairs{ "政府", "当局", "當局", "方面" } do
      if sub(ctx.text, m.last + 1, m.last + #word) == word then return m.last + #word end
    end
  end
  return m.last
end

--- The first person, body or country that a sentence names before a place, or whom the
-- pronoun means with which it begins.
function M.first_in (ctx, first, before)
  local opens = ctx.x.lang == "zh" and opening_han(ctx, first)
                or ctx.x.lang == "en" and groups.opening(ctx, first, before, M.phrase)
  if opens then return opens end
  local word_first, word = match(sub(ctx.text, first, first + 40), "^[^%w\xC3-\xF4]*()([^%s,.]+)")
  local low = word and small(word)
  if word and (ctx.x.he[low] or ctx.x.she[low] or ctx.x.they[low]) then
    return M.phrase(ctx, first + word_first - 1, first + word_first + #word - 2)
  end
  local noun, stop, behind = match(sub(ctx.text, first, first + 40), "^[Tt]he%s+(%l+)()%s+(%l+)")
  if noun and (ctx.x.it["the " .. noun] or ctx.x.offices[noun] and not from[behind]
               and behind ~= "for") then
    return M.phrase(ctx, first, first + stop - 2)
  end
  local id = subjects.at(ctx, first, before)
  if id then return { id = id, known = true, plural = true } end
  local i, of = mentions.from(ctx.list, first), nil
  while ctx.list[i] and ctx.list[i].first < before do
    local m = ctx.list[i]
    local office = ctx.x.lang == "zh" and m.kind == "country" and ctx.list[i + 1]
    if office and office.kind == "role" and office.first == m.last + 1
       and not titled(ctx.text, ctx.list, i + 1) then                           -- 挪威首相
      return { id = offices.holder(ctx, office.id, m.first, m.id), first = m.first,
               last = office.last, known = true, person = true }
    elseif is_called(ctx, i) then
      of = m.id
    elseif m.kind ~= "role" and not mentions.possessive(ctx.text, m) then
      return { id = m.id, first = m.first, last = with_body(ctx, m), known = true,
               person = m.kind == "person", body = m.kind ~= "person" }
    elseif m.kind == "role" then
      local holder = titled(ctx.text, ctx.list, i)
      if holder and not mentions.possessive(ctx.text, holder) then
        return { id = holder.id, first = holder.first, last = holder.last, known = true,
                 person = true }
      elseif not holder then
        local office_of = mentions.office(ctx, m.first)
        id = office_of and office_of.id or offices.holder(ctx, m.id, m.first, of)
        return { id = id, first = m.first, last = m.last, known = true, person = true }
      end
    end
    i = i + 1
  end
end

--- Whether a stretch begins with the name of somebody else than who spoke: after a
-- paragraph of theirs, what follows is no longer the first one's.
function M.others (ctx, first, last, id)
  local i = mentions.from(ctx.list, first)
  while ctx.list[i] and ctx.list[i].last <= last do
    local m = ctx.list[i]
    if m.kind == "person" and m.id ~= id then return true end
    i = i + 1
  end
  return false
end

-- People by the words of their names: of each word the one whom the document names first. A name
-- that was met has nothing to add.
local function by_word (ctx)
  local out, met = {}, {}
  for _, n in ipairs(ctx.people) do
    local row = mentions.row(ctx.list, n)
    local name = row.name or ""
    if not met[name] then
      met[name] = true
      for word in gmatch(small(name), "[^%s.]+") do out[word] = out[word] or row.id end
    end
  end
  return out
end

--- Whom a label means: MR PRICE, SECRETARY BLINKEN. Most of a text are a few, again and again.
function M.label (ctx, label)
  local labels = ctx.labels
  if not labels then
    labels = {}
    ctx.labels, ctx.by_word = labels, by_word(ctx)
  end
  if labels[label] == nil then
    local word = match(small(plain(label)), "([^%s.]+)[%s.]*$")
    labels[label] = word and ctx.by_word[word] or false
  end
  return labels[label] or nil
end

return M
