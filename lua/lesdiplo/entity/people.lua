--- People of a document: their names, told by what stands beside them.
--
-- A part of the text that may be a name (see parts.lua) is a person's where there is
-- evidence: a title or form of address before it, a given name, a role in apposition, a
-- verb of saying, initials. What is a person's name in one place is one in all of the
-- document, and so are its short forms: the surname alone.
-- @module lesdiplo.entity.people
local around = require "lesdiplo.entity.around"
local han = require "lesdiplo.entity.han"
local leaders = require "lesdiplo.entity.leaders"
local lexicon = require "lesdiplo.entity.lexicon"
local offices = require "lesdiplo.entity.offices"
local parts = require "lesdiplo.entity.parts"
local shared = require "lesdiplo.entity.shared"
local split = require "lesdiplo.entity.split"
local stretches = require "lesdiplo.entity.stretches"
local tables = require "lesdiplo.entity.tables"
local terms = require "lesdiplo.grammar.terms"
local ties = require "lesdiplo.entity.ties"
local titles = require "lesdiplo.entity.titles"
local lore = require "lesdiplo.entity.traits"
local names_of = require "lesdiplo.entity.who"
local _, native = ...
local mentions = native.entities.mentions
local plain, stretches_of = native.base.plain, native.layers.stretches
local concat, remove, sort = table.concat, table.remove, table.sort
local byte, find, gmatch, gsub = string.byte, string.find, string.gmatch, string.gsub
local lower, match, sub = string.lower, string.match, string.sub
local ipairs, type = ipairs, type
local adjoin, between, of_and_to = around.adjoin, around.between, around.of_and_to
_ENV = nil
local M = {}

local NEAR = around.NEAR  -- bytes on either side of a name in which a role is looked for
local LISTED_MOST = 4     -- words of a name that a list tells
local COMMA, SPACE = byte ",", byte " "

-- Words ----------------------------------------------------------------------------

local is = lore.is
local is_named_as_land, is_surname_of_two = lore.is_named_as_land, lore.is_surname_of_two
local is_surname_in_capitals, is_cyrillic = lore.is_surname_in_capitals, lore.is_cyrillic
local GIVEN, PARTICLE, SURNAME = lore.GIVEN, lore.PARTICLE, lore.SURNAME
local INITIAL, INITIALS = lore.INITIAL, lore.INITIALS
local addressed, role_before, role_behind = parts.addressed, parts.role_before, parts.role_behind

-- Mentions -----------------------------------------------------------------------------

-- What is known of a document: stretches by kind, each with a walker.
local function known_of (doc)
  local text = doc.text
  local known = { doc = doc, text = text, plain = plain(text), lang = doc.lang, day = doc.date }
  for _, kind in ipairs{ "honorific", "role", "country", "place" } do
    local positions, rows, names = mentions(doc, kind)
    if kind == "role" then
      positions, rows = split.joined(doc, positions, rows)
      positions, rows = titles.roles(doc, positions, rows, known.honorific.positions)
    elseif kind == "honorific" then
      positions, rows, names = titles.forms(doc, positions, rows, names)
    elseif kind == "country" then
      rows = shared.settled(doc, positions, rows, names)
    end
    known[kind] = { positions = positions, rows = rows, names = kind ~= "role" and names or {},
                    seek = stretches.walker(positions) }
  end
  local positions, rows = stretches_of(doc, "org")
  known.org = { positions = positions, rows = rows, names = {}, seek = stretches.walker(positions) }
  return known
end

-- Roles ------------------------------------------------------------------------------------

-- What a list of an office's fields has besides words with a capital.
local between_fields = { ["for"] = true, ["and"] = true, the = true, of = true }

-- Is what stands between an office and a name a list of its fields: for Growth, Energy, and the
-- Environment?
local function is_fields (gap)
  if not find(gap, "^ for .* and ") or find(gap, "[.;:!?\"()]") then return false end
  for word in gmatch(gap, "%a[%w'-]*") do
    if not find(word, "^%u") and not between_fields[word] then return false end
  end
  return true
end

-- Does nothing stand between an office and a name but what says whether it is held: Foreign
-- Minister-designate Holm?
local function is_told_behind (known, last, first)
  local kind, stop = terms.behind(known.text, last)
  return kind ~= nil and stop < first and find(between(known, stop, first), "^,? *$") ~= nil
end

-- The role before a name, as a title or in apposition. `loose` takes one whose office stands
-- between: "Secretary for African Affairs Phee"; "far" is the same, but there has to be an
-- office. Of a counterpart, in whose place an office may follow, it is the second result.
local function title_of (known, name, loose)
  local first = addressed(known, name.word, name.first) or name.first
  local a, b, row = role_before(known, name)
  if not a or first - b >= NEAR then return nil end
  if row.id == "counterpart" then
    return nil, adjoin(known, b, first, between(known, b, first)) and { a, b, row }
  end
  local gap = between(known, b, first)
  if gap == " " then return { a, b, row } end
  if find(gap, "(", 1, true) then gap = gsub(gap, " %(%u[%u-]*%)", "") end    -- for Chad (TCD)
  local whose = find(gap, "^ +of ") or find(gap, "^ +for ")
                or find(gap, "^ +to ") and around.is_sent(row.id)
                or known.lang == "fr" and find(gap, "^ d[eu’']")
  whose = whose and not find(gap, "respectively", 1, true)
  if adjoin(known, b, first, gap) or whose and find(gap, "^[^.;:!?\"\xE2()]*, *$")
     or loose and whose and find(gap, "^[^.;:!?,\"\xE2()]*$") and not find(gap, " %l+ed ")
        and (loose ~= "far" or find(gap, "^ %l+ .*%u"))
     or loose and whose and is_fields(gap) or is_told_behind(known, b, first) then
    return { a, b, row }
  end
end

-- The role behind a name, in apposition.
local function apposition_of (known, name)
  local a, b, row = role_behind(known, name)
  local last = name.stop
  if not a or a - last >= NEAR or find(known.text, "^ +%u", b + 1) then return nil end
  -- the King's aide is no king
  local owns = find(known.text, "^'s", b + 1) or find(known.text, "^’s", b + 1)
  return not owns and ties.to_role(between(known, last, a)) and { a, b, row } or nil
end

-- Does "of" a country or a body alone stand between two bytes, and a comma: president of
-- Mali, General?
local function is_of (known, last, first)
  local gap = between(known, last, first)
  local at = match(gap, "^ of the ().*, $") or match(gap, "^ of ().*, $")
  if not at then return false end
  local _, stop = around.at(known, "country", last + at)
  if not stop then _, stop = around.at(known, "org", last + at) end
  return stop == first - 3
end

-- The office before a rank: Foreign Minister Prince Faisal.
local function office_before (known, rank)
  local a, b, row = around.before(known, "role", rank[1])
  if not a or not titles.is_office(row.id) then return nil end
  return (between(known, b, rank[1]) == " " or is_of(known, b, rank[1])) and { a, b, row } or nil
end

-- The role that belongs to a name: before it, or behind. An office tells more than a rank does.
local function role_of (known, name, loose)
  local title, peer = title_of(known, name, loose)
  local found = title
  if not title or titles.is_rank(title[3].id) then
    local other = apposition_of(known, name)
    if title and other and (not titles.is_office(other[3].id)
                            or find(known.text, "^,? and ", other[2] + 1)) then
      other = nil
    end
    found = other or title and office_before(known, title) or title or peer
  end
  if found then return found[1], found[2], found[3] end
end

-- Evidence ---------------------------------------------------------------------------

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

-- Does a father's name tell a Russian name: Петров Иван Сергеевич?
local function is_told_by_father (name)
  return #name == 3 and is(name[2], GIVEN) and find(name[3], is_cyrillic) ~= nil
         and parts.is_patronymic(name[3])
end

-- What an apposition calls somebody who holds no office that the tables have.
local called_by = {}
for word in gmatch([[head chief founder co-founder cofounder leader member director owner commander
  deputy chair editor author candidate critic national citizen resident native lecturer expert
  veteran survivor graduate relative fellow secretary official president]], "%S+") do
  called_by[word] = true
end

-- What happens to people alone, before "of"; and what is done to them alone.
local befalls = {}
for word in gmatch([[appointment nomination arrest conviction assassination poisoning extradition
  sentencing]], "%l+") do
  befalls[word] = true
end
local done_to = {}
for word in gmatch([[appoint appointed appointing appoints nominate nominated nominating nominates
  arrested arresting convicted extradited]], "%l+") do
  done_to[word] = true
end

local APPOSED = 4         -- words of an apposition, its noun the last
local BEHIND, AHEAD = 60, 24   -- bytes in which it stands, and in which a word before does

-- What may stand behind that noun.
local behind_noun = {}
for word in gmatch("of in at from for who and with based on to", "%l+") do
  behind_noun[word] = true
end

-- Does an apposition or a relative clause behind a name say that it is somebody's: ", a Malian
-- national"; ", 45, head of the agency"; ", who leads it"; " is a Malian national"?
local function is_apposed (text, last)
  local sign = byte(text, last + 1)
  if sign ~= COMMA and (sign ~= SPACE or not find(text, "^ [iw]a?s an? ", last + 1)) then
    return false
  end
  local rest = gsub(sub(text, last + 1, last + BEHIND), "^, %d%d?,", ",")
  if find(rest, "^, who%l* ") then return true end
  local words = match(rest, "^, ([^,.;:!?()\n]+)") or match(rest, "^ %l+ (an? [^,.;:!?()\n]+)")
  local n, found = 0, false
  for word in gmatch(words or "", "[^ ]+") do
    if found then return behind_noun[word] == true end
    n, found = n + 1, called_by[word] == true
    if n == APPOSED and not found then return false end
  end
  return found
end

-- Is a name told by the word before it: the appointment of, arrested? `before` ends with a space.
local function is_befallen (before)
  local word = match(before, "(%l+) $")
  if word == "of" then return befalls[match(before, "(%l+) of $")] == true end
  return done_to[word] == true
end

-- Is a name of several words, which no article stands before, told by what is said of it? A body
-- or a people would be: the Oslo Group, who; Mali's Tuaregs.
local function is_described (known, name)
  if #name > LISTED_MOST or #name == 2 and find(name[2], "[^s]s$") then return false end
  local text, first = known.text, name.first
  local before = sub(text, first > AHEAD and first - AHEAD or 1, first - 1)
  if first > 1 and not find(before, "[%s(\"]$") or find(before, "[Tt]he $") then return false end
  return is_befallen(before) or is_apposed(text, name.stop)
end

local before_towns = {}
for word in gmatch("в В во Во из Из", "%S+") do before_towns[word] = true end

-- Does a Russian word stand where a town does: в Остине, графство Керри?
local function is_town (known, first)
  local before = sub(known.plain, first > AHEAD and first - AHEAD or 1, first - 1)
  local word = match(before, "([^%s%p]+) $")
  return word ~= nil and (before_towns[word] or find(word, "рафств", 1, true) ~= nil)
end

local common = lexicon.list("people.txt", "person.leader.common")

-- Does a surname stand without what makes another thing of it: the Trump administration, the
-- Nazarbayev Centre, Erdogan-Putin talks?
local function is_bare (text, first, last)
  if find(text, "^[%-\xE2]", last + 1) and not find(text, "^’", last + 1)
     or find(text, "^[ \xC2\xA0]+%u", last + 1) or find(text, "^ administration%f[%A]", last + 1)
     or find(text, "^ era%f[%A]", last + 1) then
    return false
  end
  local before = sub(text, first > AHEAD and first - AHEAD or 1, first - 1)
  return not (find(before, "[%-\x93]$") or find(before, "%f[%a][Tt]he $")
              or find(before, "%u[%a\x80-\xFF]* $"))
end

-- Says what stands around a leader's surname that he is meant: the Assad regime, Lukashenka's
-- crackdown?
local function is_led (known, word, last)
  local text = known.text
  if leaders.is_sole(word) and is_bare(text, last - #word + 1, last) then return true end
  if find(text, "^ regime%f[%A]", last + 1) or find(text, "^ government%f[%A]", last + 1) then
    return true
  end
  if common[lower(word)] then return false end
  return find(text, "^'s? ", last + 1) ~= nil or find(text, "^\u{2019}s? ", last + 1) ~= nil
         or says_at(known, last)
end

-- Is a name a leader's whom everybody knows, by the surname?
local function is_leader (known, name)
  local n = #name
  if n > 2 or n == 1 and is(name[1], GIVEN) then return false end
  if not leaders.state(name[n], known.day) then return false end
  local first = name.first                     -- another word may open a sentence: Hence Putin
  local inside = n == 2 and find(name[1], "%l") and first > 2
                 and find(known.text, "^[%l,;(] ", first - 2)
  return inside ~= nil and inside ~= false or n == 1 and is_led(known, name[n], name.last)
end

-- Is there evidence that a part of a run is a person's name? What is asked first is what
-- is known soonest.
local function is_told (known, name)
  local first, last, several = name.first, name.last, #name > 1
  if several and (is(name[1], GIVEN) or has_initial(name) or is_told_by_father(name)
                  or is_surname_of_two(name, known.lang) or is_named_as_land(name[1], name[2])
                  or is_surname_in_capitals(name)
                  or is(name[1], INITIALS) and (is(name[#name], SURNAME)
                                                or find(name[1], is_cyrillic))) then
    return true
  end
  if addressed(known, name.word, first)
     or leaders.of(name, known.day) and not (#name == 1 and is_town(known, first)) then
    return true
  end
  local _, b, row = role_before(known, name)
  if b and first - b < NEAR and row.form ~= "plural" then
    local gap = between(known, b, first)
    if find(gap, "^ *$") or several and adjoin(known, b, first, gap) then return true end
  end
  if name.kin or is_leader(known, name) then return true end
  return several and (says_at(known, last) or role_of(known, name, "far") ~= nil
                      or is_described(known, name))
end

-- The people ------------------------------------------------------------------------

local list_ties = { [", "] = true, [", and "] = true, [" and "] = true, [" et "] = true,
                    [" и "] = true, [", ainsi que "] = true, [", as well as "] = true }

-- Does a list go on between two names: a comma, or "and"?
local function is_list (known, a, b)
  return list_ties[between(known, a.last, b.first)] or false
end

-- Is a name of several words the third of a list of people? Before it stand others, or
-- texts of words alone, of which nothing is told.
local function is_listed (known, one, two, three)
  return #three > 1 and #three <= LISTED_MOST and one.told and two.told
         and #one > 1 and #two > 1 and is_list(known, one, two) and is_list(known, two, three)
end

-- Does a name stand in a list behind another one that an office in the plural introduces:
-- ministers Ali Sow and Omar Kone?
local function is_one_of (known, before, one)
  if type(before) ~= "table" or not before.told or #one < 2 or #one > LISTED_MOST
     or not is_list(known, before, one) then return false end
  local _, b, row = role_before(known, before)
  return b ~= nil and row.form == "plural" and before.first - b < NEAR
         and find(between(known, b, before.first), "^ *$") ~= nil
end

-- Takes the last of an office's fields off that stands before a name: for International Security
-- and Nonproliferation | Eliot Holm.
local function drop_field (known, one)
  if #one < 3 or is(one[1], GIVEN | INITIAL | PARTICLE) then return end
  local _, b = role_before(known, one)
  if not b or one.first - b >= NEAR then return end
  local gap = between(known, b, one.first)
  local lists = find(gap, "^ for %u[^.;:!?\"()]* and $")
  if not lists and not (gap == " for " and is(one[2], GIVEN)) then return end
  remove(one, 1)
  one.word = one.word + 1
  one.first = known.words[2 * one.word - 1]
  one.text = concat(one, " ")
end

-- Those of the parts that are told to be names.
local function told_of (known, all)
  local out = {}
  for i, one in ipairs(all) do
    if type(one) == "table" then
      drop_field(known, one)
      one.told = is_told(known, one) or i > 2 and is_listed(known, all[i - 2], all[i - 1], one)
                 or i > 1 and is_one_of(known, all[i - 1], one)
      if one.told then out[#out + 1] = one end
    end
  end
  return out
end


-- The country that stands behind a name with its title: President Berg of Norway.
local function home_behind (known, last)
  local a, _, row = around.behind(known, "country", last)
  if not a or a - last > 9 or row.form == "adjective" then return nil end
  local gap = between(known, last, a)
  return (gap == " of " or gap == " of the ") and row.id or nil
end

-- Is an office that of another state than the one that somebody is known to act for, and so none
-- of theirs: с президентом Ирана Путин ...?
local function is_of_another (person, of)
  local state = person.state
  return state and of and of ~= state and find(of, "^%u%u%u$") and find(state, "^%u%u%u$")
end

local function row_of (known, one, person, full)
  local form = full and "name" or "short"
  local a, b, role = role_of(known, one, true)
  if not role then
    return { id = person.id, name = person.name, form = form, of = person.state,
             gender = person.gender }
  end
  local of, to, also_to = of_and_to(known, a, b, role.id)
  of = of or b < one.first and home_behind(known, one.stop) or person.state or nil
  if is_of_another(person, of) then
    return { id = person.id, name = person.name, form = form, of = person.state,
             gender = person.gender }
  end
  return { id = person.id, name = person.name, form = form, role = role.id, of = of, to = to,
           also_to = also_to, role_first = a, role_last = b, gender = person.gender }
end

--- The people of a document.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.find (doc)
  local known = known_of(doc)
  local all, at = parts.find(known)
  local who = names_of.register(told_of(known, all), known.lang, known.day)
  for i, one in ipairs(all) do
    local word = at[i] and one or #one == 2 and not one.told and one[2]     -- Переговоры Путина
    local place = word and (at[i] and is_town(known, known.words[2 * at[i] - 1])
                            or not at[i] and before_towns[one[1]])
    if word and not place then names_of.add_leader(who, word, known.day) end
    local alone = at[i] and not is(one, GIVEN)
    local state = alone and leaders.state(one, known.day)
    if (state or alone and leaders.sole(one, known.day))
       and is_led(known, one, known.words[2 * at[i] - 1] + #one - 1) then
      names_of.add_surname(who, one, state, known.day)                      -- Putin's war
    end
  end
  local found = { {}, {} }
  local positions, rows = found[1], found[2]
  for i, one in ipairs(all) do
    local person, full
    if at[i] then one = names_of.is_known(who, one) and parts.alone(known, at[i], one) end
    if one then person, full = names_of.meant_by(known, who, one) end
    if person then
      if one.first > 3 and find(known.text, "^%f[%a][ae]l%-", one.first - 3) then
        one.first = one.first - 3                                   -- al-Assad alone
      end
      local ahead = not full and person.particles
      if ahead and sub(known.text, one.first - #ahead, one.first - 1) == ahead then
        one.first = one.first - #ahead
      end
      if full and who.shared then names_of.remember(known, who, one, person) end
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
