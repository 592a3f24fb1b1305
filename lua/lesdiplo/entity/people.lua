--- People of a document: their names, told by what stands beside them.
--
-- Runs of words with a capital are parted where something known stands in them (a
-- role, a country, a body, a word that is no name). A part is a person's name where
-- there is evidence: a title or form of address before it, a given name, a role in
-- apposition, a verb of saying, initials. What is a person's name in one place is
-- one in all of the document, and so are its short forms: the surname alone.
-- @module lesdiplo.entity.people
local han = require "lesdiplo.entity.han"
local lexicon = require "lesdiplo.entity.lexicon"
local runs = require "lesdiplo.entity.runs"
local _, native = ...
local fold, mentions = native.tokens.fold, native.entities.mentions
local entity, root = native.entities.entity, native.entities.root
local concat, sort = table.concat, table.sort
local find, gmatch, gsub, match, sub = string.find, string.gmatch, string.gsub, string.match,
                                       string.sub
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

local NEAR = 90           -- bytes on either side of a name in which a role is looked for
local WORDS_MOST = 12     -- of a name

-- Lists -----------------------------------------------------------------------------

local function list (name) return lexicon.list("people.txt", "person." .. name) end

local is_cyrillic = "^[\xD0\xD1]"

local russian              -- roots of Russian given names
local function is_russian (word)
  if not russian then
    russian = {}
    for name in pairs(list "given.ru") do russian[root(name)] = true end
  end
  return russian[root(word)] or false
end

local function is_given (word)
  word = fold(gsub(word, "[-–].*$", ""))
  return list "given"[word] or find(word, is_cyrillic) and is_russian(word) or false
end
local function is_not (word) return list "not"[fold(word)] or false end
local function is_surname_of_two (words)
  return #words <= 3 and #words >= 2
         and (list "surname.pinyin"[fold(words[1].text)] or list "surname.ko"[fold(words[1].text)])
end
local function is_particle (word) return list "particle"[fold(word)] or false end
local function is_suffix (word)
  word = gsub(word, "%.$", "")
  if find(word, "^[IVXivx]+$") then return find(word, "^[IVX]+$") ~= nil end    -- not Xi
  return list "suffix"[fold(word)] or false
end

-- Mentions -----------------------------------------------------------------------------

-- Roles that say something of another one: former, acting.
local modifier = {}
local function is_modifier (id)
  if modifier[id] == nil then
    modifier[id] = false
    for _, fact in ipairs(entity(id).facts) do
      if fact[1] == "rank" and fact[2] == "modifier" then modifier[id] = true end
    end
  end
  return modifier[id]
end

-- Mentions of roles that a person can have. One letter is an initial, not a judge.
local function roles_of (doc)
  local positions, rows = mentions(doc, "role")
  local kept, kept_rows = {}, {}
  for i, row in ipairs(rows) do
    local first, last = positions[2 * i - 1], positions[2 * i]
    if last - first > 1 and not is_modifier(row.id) then
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
                    seek = runs.walker(positions) }
  end
  local positions, rows = {}, {}
  for i, span in doc:layer "org":each() do
    positions[2 * i - 1], positions[2 * i], rows[i] = span.first, span.last, span
  end
  known.org = { positions = positions, rows = rows, names = {}, seek = runs.walker(positions) }
  return known
end

-- The mention of a kind that holds a byte: where it begins and ends, and its row.
local function at (known, kind, first)
  local k = known[kind]
  local i = k.seek(first)
  local a, b = k.positions[2 * i - 1], k.positions[2 * i]
  if a and a <= first and first <= b then return a, b, k.rows[i], i end
end

-- The last mention of a kind that ends before a byte.
local function before (known, kind, first)
  local k = known[kind]
  local i = k.seek(first) - 1
  if i >= 1 and k.positions[2 * i] < first then
    return k.positions[2 * i - 1], k.positions[2 * i], k.rows[i], i
  end
end

-- The first mention of a kind that begins behind a byte.
local function behind (known, kind, last)
  local k = known[kind]
  local i = k.seek(last + 1)
  if k.positions[2 * i - 1] and k.positions[2 * i - 1] <= last then i = i + 1 end
  if k.positions[2 * i - 1] then return k.positions[2 * i - 1], k.positions[2 * i], k.rows[i], i end
end

-- Roles ------------------------------------------------------------------------------------

-- What stands between two bytes; of two paragraphs, nothing that ties them.
local function between (known, a, b)
  local text = sub(known.text, a + 1, b - 1)
  return find(text, "\n%s*\n") and "\n" or runs.plain(text)
end

-- The country or body a role is of, and the country that it is to, by what stands
-- around it: "Russia's Ambassador to Lesotho", "Minister of Foreign Affairs of China".
local function of_and_to (known, first, last)
  local of, to
  for _, kind in ipairs{ "country", "org" } do
    local _, stop, owner = before(known, kind, first)
    local own = stop and gsub(between(known, stop, first), "’", "'")
    if own and not of and find(own, "^'?s? *$") then of = owner.id end
    local inner_a, _, inner = at(known, kind, first)
    if inner_a and not of then of = inner.id end
    local a, _, row = behind(known, kind, last)
    local gap = a and a - last < NEAR and between(known, last, a)
    if gap then
      if find(gap, "^ *of +$") or find(gap, "^ *of the *$") then of = of or row.id
      elseif find(gap, "^ *to +$") or find(gap, "^ *to the *$") then
        to = row.id
      elseif find(gap, "^ *$") and (row.form == "adjective" or known.doc.lang == "ru") then
        of = of or row.id                     -- président russe, президент России
      elseif find(gap, "^ *of [%a ]+ of +$") or find(gap, "^ *of [%a ]+ of the *$") then
        of = of or row.id
      end
    end
  end
  return of, to
end

-- Does nothing stand between, or a country: "president russe Vladimir"?
local function adjoin (known, a, b)
  local gap = between(known, a, b)
  if find(gap, "^,? *$") then return true end
  local first, last = at(known, "country", a + #match(gap, "^ *") + 1)
  return first ~= nil and find(between(known, a, first), "^ *$") ~= nil
         and last < b and find(between(known, last, b), "^ *$") ~= nil
end

-- Words that may stand between a name, its comma and the role behind.
local lead = {}
for word in gmatch([[the a an le la l' les then former acting new now also currently de du the's]],
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
local function role_of (known, first, last, loose)
  local a, b, row = before(known, "role", first)
  if a and first - b < NEAR then
    local gap = between(known, b, first)
    local whose = find(gap, "^ +of ") or find(gap, "^ +to ") or find(gap, "^ +for ")
    if adjoin(known, b, first) or whose and find(gap, "^[^.;:!?\"“”()]*, *$")
       or loose and whose and find(gap, "^[^.;:!?,\"“”()]*$") and not find(gap, " %l+ed ")
          and (loose ~= "far" or find(gap, "^ %l+ .*%u")) then
      return a, b, row
    end
  end
  a, b, row = behind(known, "role", last)
  if a and a - last < NEAR and not find(known.text, "^ +%u", b + 1) then
    local gap = between(known, last, a)
    if is_lead(gap) or find(gap, "^ *[(—–-] *[^.;:!?,\"“”()]*$") then
      return a, b, row
    end
  end
end

-- Evidence ---------------------------------------------------------------------------------------

-- Is there a verb of saying at a byte, or behind a comma there?
local function says_at (known, last)
  local word = match(sub(known.text, last + 1, last + 24), "^[%s\xC2\xA0]+([%l]+)")
  return word and known.verbs[word] or false
end

local function has_initial (words)
  for i, word in ipairs(words) do
    if i < #words and find(word.text, "^%u%.$") then return true end
  end
  return false
end

local kin = {}
for word in gmatch([[wife husband spouse son daughter brother sister father mother widow uncle aunt
  nephew niece cousin grandson granddaughter épouse époux fils fille frère soeur père mère]],
  "%S+") do
  kin[word] = true
end

-- Why a part of a run is a person's name, or nil.
local function evidence (known, words)
  local first, last = words[1].first, words[#words].last
  local _, stop = before(known, "honorific", first)
  if stop and find(between(known, stop, first), "^%.? *$") then return "address" end
  local a, b, row = before(known, "role", first)
  if a and row.form ~= "plural" and (find(between(known, b, first), "^ *$")
                                     or #words > 1 and adjoin(known, b, first)) then
    return "title"
  end
  local word = match(sub(known.text, first > 24 and first - 24 or 1, first - 1), "(%l+),? +$")
  if word and kin[word] then return "kin" end
  if #words < 2 then return nil end
  if is_given(words[1].text) then return "given name" end
  if has_initial(words) then return "initials" end
  if is_surname_of_two(words) then return "surname" end
  if role_of(known, first, last) or role_of(known, first, last, "far") then return "role" end
  if says_at(known, last) then return "saying" end
end

-- Names ------------------------------------------------------------------------------

-- Is a word something else than a part of a name?
local function is_known (known, word, next_word, part)
  if find(word.text, "^%u%.$") or is_suffix(word.text) then return false end
  if find(word.text, "[%d.]") and not is_suffix(word.text) then return true end
  if is_not(word.text) then return true end
  for _, kind in ipairs{ "role", "honorific", "country", "org", "place" } do
    local a, b, row, i = at(known, kind, word.first)
    local surname = a and #part == 1 and (known[kind].names[i] or 1) < 0 and is_given(part[1].text)
    if a and not surname and not (b == word.last and next_word and is_given(word.text)
                  and (kind == "place" or kind == "country" and row.form ~= "adjective")
                  and not is_not(next_word.text)) then
      return true
    end
  end
  return false
end

local function cleaned (words)
  local text = words[#words].text
  local bare = gsub(gsub(text, "['’]s?$", ""), "^([IVX]+)%.$", "%1")
  words[#words].last = words[#words].last - (#text - #bare)
  words[#words].text = bare
  while #words > 0 and (is_particle(words[#words].text) and not find(words[#words].text, "^%u")) do
    words[#words] = nil
  end
  return words
end

-- The parts of a run that may be names.
local function parts_of (known, words)
  local out, part = {}, {}
  for i, word in ipairs(words) do
    if find(word.text, "^[%p–—]+$") or is_known(known, word, words[i + 1], part)
       or (#part == 0 and find(word.text, "^%l")) then
      if #part > 0 then out[#out + 1] = cleaned(part) end
      part = {}
    else
      part[#part + 1] = word
      if #part > 1 and i < #words and not is_particle(word.text) and words[i + 1]
         and is_given(words[i + 1].text) and #part >= 3 then
        out[#out + 1], part = cleaned(part), {}
      end
    end
  end
  if #part > 0 then out[#out + 1] = cleaned(part) end
  return out
end

local function text_of (words)
  local out = {}
  for i, word in ipairs(words) do out[i] = word.text end
  return concat(out, " ")
end

-- The word that a person is called by alone: the surname, which stands first where
-- it is Chinese or Korean, and last otherwise; a king's name.
local function call_names (words)
  local out, n = {}, #words
  while n > 1 and is_suffix(words[n].text) do n = n - 1 end
  if is_surname_of_two(words) and not is_given(words[1].text) then out[1] = words[1].text
  else out[1] = words[n].text
  end
  if n > 2 and is_particle(words[n - 1].text) then
    out[#out + 1] = words[n - 1].text .. " " .. words[n].text
  elseif n > 2 then                   -- the first of two surnames
    out[#out + 1] = words[n - 1].text
    out[#out + 1] = words[n - 1].text .. " " .. words[n].text
  end
  if n < #words then out[#out + 1] = words[1].text end
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

local function collect (known, doc)
  local all = {}
  for hit in doc:find(runs.person) do
    local words = runs.words(runs.plain(hit.text), hit.first)
    for _, part in ipairs(parts_of(known, words)) do
      if #part > 0 and #part <= WORDS_MOST and not is_suffix(part[1].text) then
        all[#all + 1] = { words = part, name = text_of(part), why = evidence(known, part) }
      end
    end
  end
  return all
end

-- Whether a name is of several words: what a person can be known by.
local function is_full (one) return #one.words > 1 end

-- Names by what they are told by: the fullest first.
local function register (all)
  local by_name, by_call = {}, {}
  for _, one in ipairs(all) do
    if one.why and is_full(one) and not by_name[one.name] then
      local person = { id = id_of(one.name), name = one.name }
      by_name[one.name] = person
      for _, call in ipairs(call_names(one.words)) do
        by_call[call] = by_call[call] == nil and person or by_call[call]
      end
    end
  end
  for _, one in ipairs(all) do
    if one.why and not is_full(one) and not by_call[one.name] and not by_name[one.name] then
      local person = { id = id_of(one.name), name = one.name }
      by_name[one.name], by_call[one.name] = person, person
    end
  end
  return by_name, by_call
end

local verbs = {}
for word in gmatch([[said says told added noted stated stressed thanked announced declared
  reiterated emphasized emphasised underscored discussed met spoke expressed explained welcomed
  warned urged traveled travelled visited delivered affirmed reaffirmed highlighted agreed has will
  remarked recalled insisted argued claimed promised called described praised congratulated]],
  "%l+") do
  verbs[word] = true
end

local function row_of (known, one, person, full)
  local first, last = one.words[1].first, one.words[#one.words].last
  local row = { id = person.id, name = person.name, form = full and "name" or "short" }
  local a, b, role = role_of(known, first, last, true)
  if role then
    row.role = role.id
    row.of, row.to = of_and_to(known, a, b)
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
  known.verbs = verbs
  local all = collect(known, doc)
  local by_name, by_call = register(all)
  local found = {}
  for _, one in ipairs(all) do
    local person = by_name[one.name]
    local full = person ~= nil and is_full(one)
    person = person or (#one.words <= 2 and by_call[one.name])
    if person then
      found[#found + 1] = { one.words[1].first, one.words[#one.words].last,
                            row_of(known, one, person, full) }
    end
  end
  for _, one in ipairs(han.find(known, doc)) do found[#found + 1] = one end
  sort(found, function (x, y) return x[1] < y[1] end)
  local positions, rows = {}, {}
  for i, one in ipairs(found) do
    positions[2 * i - 1], positions[2 * i], rows[i] = one[1], one[2], one[3]
  end
  return positions, rows
end

return M
