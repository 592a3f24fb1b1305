--- People of a document: their names, told by what stands beside them.
--
-- Runs of words with a capital are parted where something known stands in them (a
-- role, a country, a body, a word that is no name). A part is a person's name where
-- there is evidence: a title or form of address before it, a given name, a role in
-- apposition, a verb of saying, initials. What is a person's name in one place is
-- one in all of the document, and so are its short forms: the surname alone.
-- @module lesdiplo.entity.people
local around = require "lesdiplo.entity.around"
local han = require "lesdiplo.entity.han"
local nominative = require "lesdiplo.entity.nominative"
local offices = require "lesdiplo.entity.offices"
local split = require "lesdiplo.entity.split"
local stretches = require "lesdiplo.entity.stretches"
local tables = require "lesdiplo.entity.tables"
local lore = require "lesdiplo.entity.traits"
local _, native = ...
local fold, mentions = native.tokens.fold, native.entities.mentions
local facts, root = native.entities.facts, native.entities.root
local grown, stretches_of = native.entities.grown, native.layers.stretches
local concat, remove, sort = table.concat, table.remove, table.sort
local byte, find, gmatch, gsub = string.byte, string.find, string.gmatch, string.gsub
local match, sub = string.match, string.sub
local ipairs = ipairs
local adjoin, between, of_and_to = around.adjoin, around.between, around.of_and_to
_ENV = nil
local M = {}

local NEAR = around.NEAR  -- bytes on either side of a name in which a role is looked for
local WORDS_MOST = 12     -- of a name
local ALIKE = 3           -- bytes by which given names are told apart
local LISTED_MOST = 4     -- words of a name that a list tells
local KIN_MOST = 16       -- bytes of a word for one of the family

-- Words ----------------------------------------------------------------------------

local traits, is = lore.of, lore.is
local is_named_as_land, is_surname_of_two = lore.is_named_as_land, lore.is_surname_of_two
local is_surname_in_capitals, is_cyrillic = lore.is_surname_in_capitals, lore.is_cyrillic
local GIVEN, NOT, PARTICLE, SUFFIX = lore.GIVEN, lore.NOT, lore.PARTICLE, lore.SUFFIX
local FIRST_SURNAME, INITIAL, INITIALS = lore.FIRST_SURNAME, lore.INITIAL, lore.INITIALS
local ODD, SMALL, CAPITAL, MARK = lore.ODD, lore.SMALL, lore.CAPITAL, lore.MARK
local ENDED, LAND, SURNAME, HONOUR = lore.ENDED, lore.LAND, lore.SURNAME, lore.HONOUR

-- What a father's name stands behind: Salman bin Sultan, whoever else a sultan is.
local patronymic = { bin = true, bint = true, ibn = true, ben = true }

-- Mentions -----------------------------------------------------------------------------

-- Roles that say something of another one: former, acting.
local modifier, read_at
local function read_modifiers ()
  modifier, read_at = {}, grown()
  for _, fact in ipairs(facts "rank") do modifier[fact[1]] = fact[3] == "modifier" end
end

-- What makes another thing of an office in Chinese: 大使馆 is a house.
local houses = {}
for c in gmatch("馆 館 府 处 處 室 级 級 职 職 团 團", "%S+") do houses[c] = true end

local function is_of_house (text, first, last)
  return find(text, "^[\xE4-\xE9]", first) ~= nil and houses[sub(text, last + 1, last + 3)]
end

-- Mentions of roles that a person can have. One letter is an initial, not a judge.
local function roles_of (doc)
  local positions, rows = split.joined(doc, mentions(doc, "role"))
  local kept, kept_rows, text = {}, {}, doc.text
  if read_at ~= grown() then read_modifiers() end
  for i, row in ipairs(rows) do
    local first, last = positions[2 * i - 1], positions[2 * i]
    if last - first > 1 and not modifier[row.id] and not is_of_house(text, first, last) then
      kept[#kept + 1], kept[#kept + 2], kept_rows[#kept_rows + 1] = first, last, row
    end
  end
  return kept, kept_rows
end

-- What is known of a document: stretches by kind, each with a walker.
local function known_of (doc)
  local known = { doc = doc, text = doc.text }
  for _, kind in ipairs{ "role", "honorific", "country", "place" } do
    local positions, rows, names
    if kind == "role" then positions, rows = roles_of(doc)
    else positions, rows, names = mentions(doc, kind)
    end
    known[kind] = { positions = positions, rows = rows, names = names or {},
                    seek = stretches.walker(positions) }
  end
  local positions, rows = stretches_of(doc, "org")
  known.org = { positions = positions, rows = rows, names = {}, seek = stretches.walker(positions) }
  return known
end

-- Of a word of a run, which `runs` has numbered: the mention of a kind that holds its
-- first byte, or else the last one that ends before it, as above.
local kinds = { "role", "honorific", "country", "org", "place" }
local ROLE, HONORIFIC = 1, 2

local function at_word (known, kind, word, first)
  local k, i = known[kinds[kind]], known.next[(word - 1) * #kinds + kind]
  local a, b = k.positions[2 * i - 1], k.positions[2 * i]
  if a and a <= first then return a, b, k.rows[i], i end
end

local function before_word (known, kind, word)
  local k, i = known[kinds[kind]], known.next[(word - 1) * #kinds + kind] - 1
  return k.positions[2 * i - 1], k.positions[2 * i], k.rows[i]
end

-- The first role that begins behind a name.
local function role_behind (known, name)
  local roles, i = known.role, known.next[(name.word - 1) * #kinds + ROLE]
  local positions, last = roles.positions, name.stop
  while positions[2 * i - 1] and positions[2 * i - 1] <= last do i = i + 1 end
  return positions[2 * i - 1], positions[2 * i], roles.rows[i]
end

-- Roles ------------------------------------------------------------------------------------

-- Words that may stand between a name, its comma and the role behind.
local lead = {}
for word in gmatch([[the a an le la l' les then former acting new now also currently de du the's
                      who is was serves as]],
                   "%S+") do
  lead[word] = true
end

local function is_lead (gap)
  if not find(gap, "^, ") then return false end
  for word in gmatch(sub(gap, 2), "[^ ]+") do
    if not lead[word] and not find(word, "^[%u\xC3-\xD1]") then return false end
  end
  return not find(gap, "[.;:!?\"“”()]")
end

-- The role that belongs to a name: before it as a title or in apposition, or behind.
-- `loose` takes one whose office stands between: "Secretary for African Affairs Phee";
-- "far" is the same, but there has to be an office.
local function role_of (known, name, loose)
  local first = around.addressed(known, name.first)
  local a, b, row = before_word(known, ROLE, name.word)
  local peer = row and row.id == "counterpart" and { a, b, row }    -- an office may follow
  if a and first - b < NEAR and not peer then
    local gap = between(known, b, first)
    local whose = find(gap, "^ +of ") or find(gap, "^ +to ") or find(gap, "^ +for ")
                  or known.doc.lang == "fr" and find(gap, "^ d[eu’']")
    whose = whose and not find(gap, "respectively", 1, true)
    if adjoin(known, b, first, gap) or whose and find(gap, "^[^.;:!?\"“”()]*, *$")
       or loose and whose and find(gap, "^[^.;:!?,\"“”()]*$") and not find(gap, " %l+ed ")
          and (loose ~= "far" or find(gap, "^ %l+ .*%u")) then
      return a, b, row
    end
  end
  a, b, row = role_behind(known, name)
  local last = name.stop
  if a and a - last < NEAR and not find(known.text, "^ +%u", b + 1) then
    local gap = between(known, last, a)
    if is_lead(gap) or find(gap, "^ *[(—–-] *[^.;:!?,\"“”()]*$") then
      return a, b, row
    end
  end
  if peer and adjoin(known, peer[2], first, between(known, peer[2], first)) then
    return peer[1], peer[2], peer[3]
  end
end

-- Evidence ---------------------------------------------------------------------------

-- A part of a run is a name, maybe: an array of its words, with the number of the first
-- `word`, `first` and `last` byte, and `text`.

local verbs = {}
for word in gmatch([[said says told added noted stated stressed thanked announced declared
  reiterated emphasized emphasised underscored discussed met spoke expressed explained welcomed
  warned urged traveled travelled visited delivered affirmed reaffirmed highlighted agreed has will
  remarked recalled insisted argued claimed promised called described praised congratulated]],
  "%l+") do
  verbs[word] = true
end

-- Is there a verb of saying behind a byte?
local function says_at (known, last)
  return verbs[match(known.text, "^[%s\xC2\xA0]+(%l+)", last + 1)] or false
end

local function has_initial (name)
  for i = 1, #name - 1 do
    if is(name[i], INITIAL) then return true end
  end
  return false
end

local kin = {}
for word in gmatch([[wife husband spouse son daughter brother sister father mother widow uncle aunt
  nephew niece cousin grandson granddaughter épouse époux fils fille frère soeur père mère]],
  "%S+") do
  kin[word] = true
end

-- Does a word of the family stand before a byte?
local function is_kin (known, first)
  local text = known.text
  local last = first - 2
  if byte(text, first - 1) ~= 32 then return false end
  local c = byte(text, last)
  if c == 44 then                     -- a comma
    last = last - 1
    c = byte(text, last)
  end
  local start = last + 1
  while c and (c >= 97 and c <= 122 or c >= 128) and last - start < KIN_MOST do
    start = start - 1
    c = byte(text, start - 1)
  end
  return kin[sub(text, start, last)] or false
end

-- Is there evidence that a part of a run is a person's name? What is asked first is what
-- is known soonest.
local function is_told (known, name)
  local first, last, several = name.first, name.last, #name > 1
  if several and (is(name[1], GIVEN) or has_initial(name) or is_surname_of_two(name)
                  or is_named_as_land(name[1], name[2])
                  or is_surname_in_capitals(name)
                  or is(name[1], INITIALS) and (is(name[#name], SURNAME)
                                                or find(name[1], is_cyrillic))) then
    return true
  end
  local _, stop = before_word(known, HONORIFIC, name.word)
  if stop and first - stop < NEAR and find(between(known, stop, first), "^%.? *$") then
    return true
  end
  local _, b, row = before_word(known, ROLE, name.word)
  if b and first - b < NEAR and row.form ~= "plural" then
    local gap = between(known, b, first)
    if find(gap, "^ *$") or several and adjoin(known, b, first, gap) then return true end
  end
  if is_kin(known, first) then return true end
  return several and (says_at(known, last) or role_of(known, name, "far") ~= nil)
end

-- Names ------------------------------------------------------------------------------

-- Does a form of address stand before a word of a run: Mr. Chad?
local function is_addressed (known, k, first)
  local _, stop = before_word(known, HONORIFIC, k)
  return stop ~= nil and first - stop < NEAR and find(between(known, stop, first), "^%.? *$") ~= nil
end

-- Is a word that something known holds that thing, and no part of a name that has begun
-- with `part`? Jordan is a surname behind a given name, and Georgia a given name.
local function is_thing (known, k, text, first, last, next_text, part)
  if part and patronymic[part[#part]] then return false end
  local surname = part and #part == 1 and is(part[1], GIVEN)
  local begins = next_text and traits[next_text] & NOT == 0
  if begins and is(text, LAND) then
    begins = is(next_text, SURNAME) or is_addressed(known, k, first)
             or is(text, GIVEN) and not is(next_text, GIVEN)     -- not Israel Dan Holm
  else begins = begins and is(text, GIVEN)
  end
  if not surname and not begins then return true end
  for i, kind in ipairs(kinds) do
    local a, b, row, number = at_word(known, i, k, first)
    if a and not (surname and (known[kind].names[number] or 1) < 0)
       and not (begins and b == last
                and (kind == "place" or kind == "country" and row.form ~= "adjective")) then
      return true
    end
  end
  return false
end

-- Takes a word off that opens the sentence before a Russian name: Речь Сергея Лаврова. A
-- surname may stand there, too, where the father's name is the last: Лавров Сергей Викторович.
local function drop_opening (part, words, n)
  if is(part[1], GIVEN | INITIAL) or not is(part[2], GIVEN)
     or find(part[n], "вич", 1, true) or find(part[n], "вн", 1, true) then
    return
  end
  remove(part, 1)
  part.word = part.word + 1
  part.first = words[2 * part.word - 1]
end

-- Takes off what stands at the end of a part, which ends with word k, and is none of the
-- name's; nil where nothing is left.
local function cleaned (part, words, k)
  local n = #part
  part.last = words[2 * k]
  if is(part[n], ENDED) then
    local text = part[n]
    part[n] = gsub(gsub(gsub(text, "'s?$", ""), "’s?$", ""), "^([IVX]+)%.$", "%1")
    part.last = part.last - (#text - #part[n])
  end
  while n > 0 and traits[part[n]] & (PARTICLE | CAPITAL) == PARTICLE do
    part[n] = nil
    n, k = n - 1, k - 1
    part.last = words[2 * k]
  end
  part.stop = part.last               -- with KC behind it
  while n > 1 and is(part[n], HONOUR) do
    part[n] = nil
    n, k = n - 1, k - 1
    part.last = words[2 * k]
  end
  if n == 0 or n > WORDS_MOST or n == 1 and is(part[1], INITIALS)
     or is(part[1], SUFFIX) and not is_surname_in_capitals(part) then
    return nil
  end
  if n > 2 and find(part[1], is_cyrillic) then drop_opening(part, words, n) end
  part.text = #part == 1 and part[1] or concat(part, " ")
  return part
end

-- Adds the rest of a Korean given name: Yoon Suk-yeol.
local function hyphened (text, part)
  if not part or #part ~= 2 or not is(part[1], FIRST_SURNAME) then return part end
  local rest = match(text, "^%-%l+", part.last + 1) or match(text, "^‑%l+", part.last + 1)
  if rest then
    part.last = part.last + #rest
    part.stop = part.last
    part[2] = part[2] .. rest
    part.text = part.text .. rest
  end
  return part
end

-- What `runs` tells of a word.
local HELD, NEVER = 1, 2

-- Adds the parts of a run that may be names: of so many words, behind those that are
-- done.
local function add_parts (known, out, words, states, done, count)
  local text, part = known.text, nil
  for k = done + 1, done + count do
    local state, is_part, ends = states[k], false, true
    if state ~= NEVER then
      local first, last = words[2 * k - 1], words[2 * k]
      local word = sub(text, first, last)
      local trait = traits[word]
      local next_text = k < done + count and (part or state == HELD)
                        and sub(text, words[2 * k + 1], words[2 * k + 2])
      is_part = trait & MARK == 0 and (part or trait & SMALL == 0)
         and (trait & (INITIAL | SUFFIX) ~= 0
              or trait & (ODD | NOT) == 0
                 and not (state == HELD
                          and is_thing(known, k, word, first, last, next_text, part)))
      if is_part and part and trait & INITIALS ~= 0 and not is(part[1], GIVEN) then
        out[#out + 1] = cleaned(part, words, k - 1)     -- Arms Control J.R. Holm
        part = nil
      end
      if is_part then
        if part then part[#part + 1] = word
        else part = { word, word = k, first = first, last = last, text = word, told = false }
        end
        ends = k == done + count or #part >= 3 and trait & PARTICLE == 0 and is(next_text, GIVEN)
      end
    end
    if part and ends then
      out[#out + 1] = hyphened(text, cleaned(part, words, is_part and k or k - 1))
      part = nil
    end
  end
end

-- The word that a person is called by alone: the surname, which stands first where
-- it is Chinese or Korean, and last otherwise; a king's name.
local function call_names (name)
  local out, n = {}, #name
  while n > 1 and is(name[n], SUFFIX) do n = n - 1 end
  if is_surname_in_capitals(name) then
    return { lore.plain_surname(name[1]), name[1] }
  end
  if is_surname_of_two(name) and not is(name[1], GIVEN) then out[1] = name[1]
  else out[1] = name[n]
  end
  if n > 2 and is(name[n - 1], PARTICLE) then
    out[#out + 1] = name[n - 1] .. " " .. name[n]
  elseif n > 2 then                   -- the first of two surnames
    out[#out + 1] = name[n - 1]
    out[#out + 1] = name[n - 1] .. " " .. name[n]
  end
  if n < #name then out[#out + 1] = name[1] end
  return out
end

local function id_of (name)
  if find(name, is_cyrillic) then
    local out = {}
    for word in gmatch(fold(name), "[^%s%p]+") do out[#out + 1] = root(word) end
    return concat(out, "-")
  end
  return (gsub(gsub(fold(name), "[%s%p]+", "-"), "^%-*(.-)%-*$", "%1"))
end

-- The people ------------------------------------------------------------------------

local list_ties = { [", "] = true, [", and "] = true, [" and "] = true, [" et "] = true,
                    [" и "] = true, [", ainsi que "] = true, [", as well as "] = true }

-- Does a list go on between two names: a comma, or "and"?
local function is_list (known, a, b)
  return list_ties[between(known, a.last, b.first)] or false
end

-- Is a name of several words the third of a list of people?
local function is_listed (known, one, two, three)
  return #three > 1 and #three <= LISTED_MOST and one.told and two.told
         and #one > 1 and #two > 1 and is_list(known, one, two) and is_list(known, two, three)
end

local function collect (known, doc)
  local all, lists, done = {}, {}, 0
  for i, kind in ipairs(kinds) do lists[i] = known[kind].positions end
  local words, counts, states, next_of = lore.runs(doc, lists)
  known.next = next_of
  for _, count in ipairs(counts) do
    add_parts(known, all, words, states, done, count)
    done = done + count
  end
  for _, one in ipairs(all) do one.told = is_told(known, one) end
  for i = 3, #all do
    if not all[i].told then all[i].told = is_listed(known, all[i - 2], all[i - 1], all[i]) end
  end
  return all
end

-- The person of a name. Russian names of one root are one person's, called by the
-- nominative where a name of the text tells it.
local function person_of (one, by_id)
  local name = lore.shown(one)
  local id = id_of(name)
  local told = find(name, is_cyrillic) and nominative.of(one)
  local person = told and by_id[id] or { id = id, name = told or name }
  if told and not by_id[id] then by_id[id] = person end
  return person
end

-- The person whom a Russian surname in any case means.
local function called (by_call, word)
  local known = find(word, is_cyrillic) and by_call[root(fold(word))]
  return known and known.call and nominative.is_form(known.call, word) and known.person or nil
end

-- The person whom a name means that no text of a full name gives: a Russian surname, a
-- word before it that opens the sentence or not.
local function called_last (by_call, one)
  local n = #one
  if n > 2 or not find(one[n], is_cyrillic) or n == 2 and is(one[1], GIVEN | INITIAL) then
    return nil
  end
  local person = called(by_call, one[n])
  if person and n == 2 then one.first = one.last - #one[2] + 1 end
  return person
end

-- Do names begin with the same letters, or one with an initial of the other?
local function is_alike (a, b)
  local n = find(a, "^%u%.") or find(b, "^%u%.")
  return n and byte(a) == byte(b) or sub(a, 1, ALIKE) == sub(b, 1, ALIKE)
end

-- Names by what they are told by: the fullest first. A person can be known by several
-- words. Also those words that several people are called by, if there are any.
local function register (all)
  local by_name, by_call, by_id, shared = {}, {}, {}, nil
  for _, one in ipairs(all) do
    if one.told and #one > 1 and not by_name[one.text] then
      local person = person_of(one, by_id)
      by_name[one.text] = person
      for _, call in ipairs(call_names(one)) do
        local other = by_call[call]
        by_call[call] = other == nil and person or other
        if other and other.id ~= person.id and not is_alike(other.name, person.name) then
          shared = shared or {}
          shared[call] = true
        end
        if find(call, is_cyrillic) then
          local key = root(fold(call))
          by_call[key] = by_call[key] or { person = person, call = call }
        end
      end
    end
  end
  for _, one in ipairs(all) do
    if one.told and #one == 1 and not by_call[one.text] and not by_name[one.text]
       and not called(by_call, one.text) then
      local person = { id = id_of(one.text), name = one.text }
      by_name[one.text], by_call[one.text] = person, person
    end
  end
  return by_name, by_call, shared
end

-- Who was called so last, of several of one surname.
local function named_last (shared, one, person, last)
  for _, call in ipairs(call_names(one)) do
    if shared[call] then last[call] = person end
  end
end

local function row_of (known, one, person, full)
  local row = { id = person.id, name = person.name, form = full and "name" or "short" }
  local a, b, role = role_of(known, one, true)
  if role then
    row.role = role.id
    row.of, row.to = of_and_to(known, a, b, role.id)
    row.role_first, row.role_last = a, b
  end
  return row
end

--- The people of a document.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.find (doc)
  local known = known_of(doc)
  local all = collect(known, doc)
  local by_name, by_call, shared = register(all)
  local latest = {}                 -- of those that share a surname, by it
  local found = { {}, {} }
  local positions, rows = found[1], found[2]
  for _, one in ipairs(all) do
    local person = by_name[one.text]
    local full = person ~= nil and #one > 1
    person = person or #one <= 2 and (latest[one.text] or by_call[one.text])
             or called_last(by_call, one)
    if person then
      if full and shared then named_last(shared, one, person, latest) end
      local n = #rows + 1
      positions[2 * n - 1], positions[2 * n] = one.first, one.last
      rows[n] = row_of(known, one, person, full)
    end
  end
  local others = han.find(known, doc)
  if #others > 0 then
    sort(others, function (x, y)
      if x[1] ~= y[1] then return x[1] < y[1] end
      return x[2] > y[2]
    end)
    local han_positions, han_rows = {}, {}
    for i, one in ipairs(others) do
      han_positions[2 * i - 1], han_positions[2 * i], han_rows[i] = one[1], one[2], one[3]
    end
    positions, rows = stretches.joined{ found, { han_positions, han_rows } }
  end
  positions, rows = tables.joined(doc, positions, rows)
  local office_positions, office_rows = offices.find(known, positions, rows)
  if #office_rows > 0 then
    positions, rows = stretches.joined{ { positions, rows }, { office_positions, office_rows } }
  end
  return offices.peers(known, positions, rows)
end

return M
