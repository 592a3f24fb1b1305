--- What stands around a place of a document: the mentions there, and whose office a role is.
--
-- What is known of a document is a table: `doc`, its `text`, that text in one line, `plain`,
-- its `lang`, and by kind of entity {positions, rows, seek}: stretches, the row of each, and
-- a walker over them.
-- @module lesdiplo.entity.around
local terms = require "lesdiplo.grammar.terms"
local _, native = ...
local facts, grown = native.entities.facts, native.entities.grown
local find, gmatch, gsub = string.find, string.gmatch, string.gsub
local insert, match, move, sub = table.insert, string.match, table.move, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

--- Bytes between a name and what may belong to it.
M.NEAR = 90
local OWN, OWN_MOST = 4, 30    -- bytes between an office and whose it is: with no word; with some

--- The mention of a kind that holds a byte: where it begins and ends, and its row.
---@param known table
---@param kind string
---@param first integer
---@return integer? first
---@return integer? last
---@return table? row
---@return integer? number
function M.at (known, kind, first)
  local k = known[kind]
  local i = k.seek(first)
  local a, b = k.positions[2 * i - 1], k.positions[2 * i]
  if a and a <= first and first <= b then return a, b, k.rows[i], i end
end

--- The last mention of a kind that ends before a byte, likewise.
function M.before (known, kind, first)
  local k = known[kind]
  local i = k.seek(first) - 1
  if i >= 1 and k.positions[2 * i] < first then
    return k.positions[2 * i - 1], k.positions[2 * i], k.rows[i], i
  end
end

--- The first mention of a kind that begins behind a byte, likewise.
function M.behind (known, kind, last)
  local k = known[kind]
  local i = k.seek(last + 1)
  if k.positions[2 * i - 1] and k.positions[2 * i - 1] <= last then i = i + 1 end
  if k.positions[2 * i - 1] then return k.positions[2 * i - 1], k.positions[2 * i], k.rows[i], i end
end

--- What stands between two bytes; of two paragraphs, and of what is far apart, nothing
-- that ties them.
function M.between (known, a, b)
  if b - a > M.NEAR then return "\n" end
  local line = find(known.text, "\n", a + 1, true)
  if line and line < b and find(sub(known.text, line, b - 1), "\n%s*\n") then return "\n" end
  return sub(known.plain, a + 1, b - 1)
end

local between = M.between

--- Where a name begins with the form of address before it: Mr. Holm.
function M.addressed (known, first)
  local a, b = M.before(known, "honorific", first)
  return a and find(M.between(known, b, first), "^%.? *$") and a or first
end

-- What may tie an office's country, body and place in Russian: посол Китая в ЮАР Ван Минь.
local links = { ["в"] = true, ["во"] = true, ["при"] = true, ["и"] = true, ["на"] = true }

-- Does nothing stand between two bytes but countries, bodies, places and such words?
local function is_all_named (known, a, b)
  local text, i = known.text, a + 1
  while true do
    i = find(text, "[^ ]", i)
    if i >= b then return i == b end
    local _, last = M.at(known, "country", i)
    for _, kind in ipairs{ "org", "place" } do
      local _, other = M.at(known, kind, i)
      if other and (not last or other > last) then last = other end
    end
    local word = match(text, "^[^%s%p]+", i)
    if not last and not links[word] then return false end
    i = (last or i + #word - 1) + 1
  end
end

--- Does nothing stand between an office and a name but a country: "president russe Vladimir"?
-- `gap`: what stands between their bytes a and b.
function M.adjoin (known, a, b, gap)
  if find(gap, "^,? *$") then return true end
  if known.lang == "ru" then return find(gap, "^[^\n,]*$") and is_all_named(known, a, b) end
  local first, last = M.at(known, "country", a + #match(gap, "^ *") + 1)
  return first ~= nil and find(M.between(known, a, first), "^ *$") ~= nil
         and last < b and find(M.between(known, last, b), "^ *$") ~= nil
end

local sent, read_at

--- Is an office sent somewhere, as the table tells?
---@param role string
---@return boolean?
function M.is_sent (role)
  if read_at ~= grown() then
    sent, read_at = {}, grown()
    for _, fact in ipairs(facts "takes") do sent[fact[1]] = find(fact[3], "to") ~= nil end
  end
  return sent[role]
end

-- What stands between states of a list to whom one envoy is sent: Kenya and Uganda, ЮАР и
-- Лесото; and which of these end the list.
local goes_on, ends_list = {}, {}
for _, tie in ipairs{ ", ", " and ", ", and ", " et ", " и ", "、", "和", "与", "與", "及", "兼", "兼驻",
                      "兼駐" } do
  for word in gmatch("|to |to the |the |à |au |aux |en |в |во |", "([^|]*)|") do
    goes_on[tie .. word], ends_list[tie .. word] = true, tie ~= ", " and tie ~= "、"
  end
end

-- The states behind the one of a number, to whom an envoy is sent as well; nil where there is
-- none. What stands behind the last one has to end the list, or it may be one that acts: the
-- ambassador to Kenya and Norway signed.
local function further (known, k, number)
  local positions, rows, found, count = k.positions, k.rows, {}, 0
  local i = number
  while rows[i + 1] and rows[i + 1].form ~= "adjective" do
    local gap = between(known, positions[2 * i], positions[2 * i + 1])
    if not goes_on[gap] then break end
    i = i + 1
    found[#found + 1] = rows[i].id
    if ends_list[gap] then count = #found end
  end
  local behind = count > 0 and positions[2 * (number + count)] + 1
  if not behind or find(known.plain, "^ *[%l\xC3\xD1]", behind)
     or find(known.plain, "^ *\xD0[\xB0-\xBF]", behind) then
    return nil
  end
  return move(found, 1, count, 1, {})
end

-- Where an envoy is sent, by what stands behind the country he comes from; in Chinese by
-- what stands before him.
local is_sent_to = { to = true, ["to the"] = true, en = true, au = true, aux = true,
                     ["в"] = true, ["во"] = true, ["auprès de"] = true, ["près"] = true }

local function sent_behind (known, last)
  local a, b = M.behind(known, "country", last)
  local next_a, _, row, i = M.behind(known, "country", b or last)
  if not next_a or a - last > M.NEAR then return nil end
  local gap = gsub(M.between(known, b, next_a), "^ *(.-) *$", "%1")
  gap = gsub(gsub(gap, " l['’]$", ""), " la$", "")
  if is_sent_to[gap] then return row.id, further(known, known.country, i) end
end

-- What stands between an envoy's own state and 驻: 派驻, 新任驻.
local POSTED_MOST = 9      -- bytes of it
local posted = {}
for word in gmatch("派 常 新任 现任 現任 前 时任 時任 前任 候任 原 首任 特", "%S+") do posted[word] = true end

--- Of an office or a name behind 驻 and a state, 中国驻南非大使, the state to whom the envoy is
-- sent, his own before it, and others to whom he is, 中国驻南非兼莱索托大使; 的 may stand between.
---@param known table
---@param first integer where it begins
---@return string? to
---@return string? of
---@return string[]? also
function M.posted (known, first)
  local text, k = known.text, known.country
  local a, b, to, i = M.before(known, "country", first)
  local gap = a and sub(text, b + 1, first - 1)
  if gap ~= "" and gap ~= "的" then return nil end
  local also
  while i > 1 and goes_on[sub(text, k.positions[2 * i - 2] + 1, a - 1)] do
    also = also or {}
    insert(also, 1, to.id)
    i = i - 1
    a, to = k.positions[2 * i - 1], k.rows[i]
  end
  local verb = sub(text, a - 3, a - 1)
  if verb ~= "驻" and verb ~= "駐" then return nil end
  local _, stop, of = M.before(known, "country", a - 3)
  gap = stop and a - 4 - stop <= POSTED_MOST and sub(text, stop + 1, a - 4)
  return to.id, (gap == "" or posted[gap]) and of.id or nil, also
end

local french = {}         -- de, and its like
for _, word in ipairs{ " de ", " du ", " d'", " d’",
                       " de la ", " de l'", " de l’", " des " } do
  french[word] = true
end

-- What ties what stands behind a role to it: "of", "to" or "" where nothing stands between;
-- nil where nothing does. `gap`: what stands between.
local function tie_of (known, gap)
  if find(gap, "^ *$") then return "" end
  if find(gap, "^ *of +$") or find(gap, "^ *of the *$") or known.lang == "fr" and french[gap]
     or find(gap, "^ *of [%a ]+ of +$") or find(gap, "^ *of [%a ]+ of the *$") then
    return "of"
  end
  return (find(gap, "^ *to +$") or find(gap, "^ *to the *$")) and "to"
end

-- Is a mention the short form, in brackets, of the one before: Republic of Korea (ROK)?
local function is_short_form (known, positions, rows, i)
  if i < 2 or rows[i - 1].id ~= rows[i].id or rows[i].form ~= "abbreviation"
     or between(known, positions[2 * i - 2], positions[2 * i - 1]) ~= " (" then return false end
  local first = positions[2 * i - 3]
  return not find(sub(known.plain, first > 9 and first - 9 or 1, first - 1), "%f[%a]for ?t?h?e? $")
end

-- The same of what is known of one kind; `of` is what is told before.
local function of_and_to_kind (known, k, first, last, of)
  local positions, rows, i = k.positions, k.rows, k.seek(first)
  local stop = positions[2 * i - 2]
  local own = stop and not of and first - stop <= M.NEAR and M.between(known, stop, first)
  if own and #own > OWN and #own < OWN_MOST then        -- Norway's former minister
    local kind, begin = terms.ahead(known.text, first)
    local parts = terms.tells[kind] or kind == "beside"
    if parts and begin > stop then own = M.between(known, stop, begin) end
  end
  if own and (find(own, "^'?s? *$") or find(own, "^’s? *$")
              or find(own, "^%) *$") and is_short_form(known, positions, rows, i - 1)) then
    of = rows[i - 1].id
  end
  if positions[2 * i - 1] and positions[2 * i - 1] <= first then      -- it stands inside
    of, i = of or rows[i].id, i + 1
  end
  if k == known.country and positions[2 * i] and positions[2 * i - 1] <= last
     and positions[2 * i] > last then
    return of or rows[i].id, nil      -- President of the Republic of Chile: they share a word
  end
  if positions[2 * i] and positions[2 * i] <= last and rows[i].form == "adjective" then
    of = of or rows[i].id             -- le ministre russe des Affaires étrangères
  end
  while positions[2 * i] and positions[2 * i - 1] <= last do i = i + 1 end
  local a, row = positions[2 * i - 1], rows[i]
  local tie = a and a - last < M.NEAR and tie_of(known, M.between(known, last, a))
  if tie == "of" and k == known.country and M.at(known, "org", a) then tie = nil end   -- its own
  if tie == "to" then return of, row.id, further(known, k, i) end
  if tie == "of" or tie == "" and (row.form == "adjective" or known.lang == "ru") then
    of = of or row.id                 -- président russe, президент России
  end
  return of, nil
end

-- The body that the wording of a role names, of which it is, or to which: Prosecutor of the
-- International Criminal Court, ambassador to the UN.
local function body_inside (known, first, last)
  local k = known.org
  local i = k.seek(first)
  local a, b = k.positions[2 * i - 1], k.positions[2 * i]
  if not a or a <= first or b > last then return nil, nil end
  if find(sub(known.plain, first, a - 1), " to ", 1, true) then return nil, k.rows[i].id end
  return k.rows[i].id, nil
end

--- The country or body a role is of, and the country that it is to, by what stands
-- around it: "Russia's Ambassador to Lesotho", "Minister of Foreign Affairs of China"; and the
-- other countries that it is to as well.
---@param known table
---@param first integer
---@param last integer
---@param role string
---@return string? of
---@return string? to
---@return string[]? also
function M.of_and_to (known, first, last, role)
  local of, to, also, other, more, to_body
  if M.is_sent(role) then
    to, of, also = M.posted(known, first)
    if to then return of, to, also end
    to, also = sent_behind(known, last)
  end
  of, other, more = of_and_to_kind(known, known.country, first, last, of)
  if other then to, also = other, more end
  local whose, where = body_inside(known, first, last)
  of, to = of or whose, to or where
  of, to_body = of_and_to_kind(known, known.org, first, last, of)
  if to_body then return of, to_body end
  return of, to, also
end

return M
