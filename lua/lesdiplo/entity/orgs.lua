--- Bodies, forums and agreements that no table names, told by the word they are
-- called by: "Interministerial Dialogue", "Committee of Chiefs of Defense Staff".
--
-- A run of words with a capital, small words between, holds such a head noun and
-- another word. It reaches from its first word to its last that is not a person's
-- title. What the text defines, "Ministerial Council Meeting (MCM)", is found by its
-- short form, too, from there on. Parts of known bodies are known beside them.
-- @module lesdiplo.entity.orgs
local lexicon = require "lesdiplo.entity.lexicon"
local runs = require "lesdiplo.entity.runs"
local util = require "lesdiplo.util"
local entity = require "lesdiplo.entity".get
local _, native = ...
local entities = native.entities
local heads, small, dates        -- lists, once they have been read
local fold = native.tokens.fold
local concat = table.concat
local find, gsub, lower, match = string.find, string.gsub, string.lower, string.match
local sub, upper = string.sub, string.upper
local ipairs, min, next = ipairs, math.min, next
_ENV = nil
local M = {}

local WORDS_MOST = 16        -- of a name: longer runs are headings
local SHORT_MOST = 32        -- bytes of a short form

-- A run in capitals is a heading.
local function is_in_capitals (text) return text == upper(text) end

-- The kind of body that a word tells, or false.
local head_kind = lexicon.remembered(function (word)
  return heads[fold((gsub(word, "^.*[-–]", "")))] or false
end)

-- The head noun of a run: the first one if "of" or "on" follows, else the last. A
-- word of something that is known by name is none.
local function head_of (words, covers)
  local best
  for i, word in ipairs(words) do
    if head_kind[word.text] and not covers(word.first, word.last) then
      local after = words[i + 1] and words[i + 1].text
      if after == "of" or after == "on" or after == "for" then return i end
      best = i
    end
  end
  return best
end

-- Words that a name does not begin with: they open the sentence, or are somebody's
-- office ("CEO of the").
local function begins_at (words, head, role)
  local from, i = 1, 1
  while i < head do
    local behind = role(words[i].first)
    if behind then
      while i < head and words[i].first < behind do i = i + 1 end
      from = i
    elseif i == from and small[fold(words[i].text)] then
      i = i + 1
      from = i
    else i = i + 1
    end
  end
  return from
end

local stops = { ["'s"] = true, ["’s"] = true, to = true, with = true, ["in"] = true }

-- Where the name ends: behind its head, or behind what "of" and its kin add to it.
local function ends_at (words, head)
  local last = head
  for i = head + 1, #words do
    local text = words[i].text
    if stops[text] or dates[fold(text)] then break end
    if find(text, "^%u") or find(text, "^[\xC3-\xD1]") then
      if not find(words[i - 1].text, "^[%l]") and i - 1 == head then break end
      last = i
    end
  end
  return last
end

-- A function that tells where the role ends that begins at a place, if any.
local function roles_of (doc)
  local positions = native.entities.mentions(doc, "role")
  local seek = runs.walker(positions)
  return function (first)
    local i = seek(first)
    return positions[2 * i - 1] == first and positions[2 * i] or nil
  end
end

local function slug (text)
  return (gsub(gsub(lower(fold(text)), "[^%w\x80-\xff]+", "-"), "^%-*(.-)%-*$", "%1"))
end

-- Short forms in brackets behind a name: "(MCM)", "(MCM) meeting".
local function short_of (text, last)
  local short = match(text, "^%s*%([\"“]?(%u[%u%d&-]+)[\"”]?%)", last + 1)
  return short and #short <= SHORT_MOST and short or nil
end

-- The kind of a body by its head noun: institution, agreement, forum ...
local kinds = { "igo", "organ", "forum", "treaty", "agency", "ministry", "parliament", "court",
  "bank", "party", "media", "ngo", "military", "initiative" }

local function read_heads ()
  local out = {}
  for _, kind in ipairs(kinds) do
    for word in util.sorted(lexicon.list("bodies.txt", "head." .. kind)) do out[word] = kind end
  end
  return out
end

-- Of a run of so many words, behind `at` among all of them: {text, first, last} each.
local function words_of (text, all, at, count)
  local out = {}
  for k = 1, count do
    local first, last = all[2 * (at + k) - 1], all[2 * (at + k)]
    out[k] = { text = sub(text, first, last), first = first, last = last }
  end
  return out
end

-- Does a run hold a head noun?
local function has_head (text, all, at, count)
  for k = at + 1, at + count do
    if head_kind[sub(text, all[2 * k - 1], all[2 * k])] then return true end
  end
  return false
end

local function name_of (words, from, to)
  local out = {}
  for i = from, to do out[#out + 1] = words[i].text end
  return concat(out, " ")
end

-- The parts of a run: "A and the B" is two of them.
local function parts_of (words)
  local out, part = {}, {}
  for i, word in ipairs(words) do
    if word.text == "and" and words[i + 1] and words[i + 1].text == "the" then
      out[#out + 1] = part
      part = {}
    else part[#part + 1] = word
    end
  end
  out[#out + 1] = part
  return out
end

--- Finds them in a document.
---@param doc Doc
---@param covers function (first, last): is the stretch a mention of something already?
---@return integer[] positions
---@return table[] rows
---@return table<string, table> rows of the short forms that the text defines
function M.find (doc, covers)
  heads = heads or read_heads()
  small = small or lexicon.list("bodies.txt", "opening")
  dates = dates or lexicon.list("bodies.txt", "date")
  local positions, rows, shorts, text, role = {}, {}, {}, doc.text, nil
  local function take (words, in_capitals)
    local head = #words > 1 and #words <= WORDS_MOST and not in_capitals and head_of(words, covers)
    if not head then return end
    role = role or roles_of(doc)
    local from, to = begins_at(words, head, role), ends_at(words, head)
    local first, last = words[from].first, words[to].last
    if to == from or covers(first, last) then return end
    local name = name_of(words, from, to)
    local row = { id = slug(name), name = name, form = "name", kind = head_kind[words[head].text] }
    positions[#positions + 1], positions[#positions + 2], rows[#rows + 1] = first, last, row
    local short = short_of(text, last)
    if short then
      shorts[short] = { id = row.id, name = name, form = "abbreviation", kind = row.kind }
    end
  end
  local all, counts = runs.bodies(doc)
  local at = 0
  for _, count in ipairs(counts) do
    if has_head(text, all, at, count) then
      local words = words_of(text, all, at, count)
      local in_capitals = is_in_capitals(sub(text, words[1].first, words[count].last))
      for _, part in ipairs(parts_of(words)) do take(part, in_capitals) end
    end
    at = at + count
  end
  return positions, rows, shorts
end

-- Organs ---------------------------------------------------------------------------

local OWNERS_MOST = 8        -- steps from a part to the whole

-- The value of an entity's first fact of that key.
local function fact_of (known, key)
  for _, fact in ipairs(known.facts) do
    if fact[1] == key then return fact[2] end
  end
end

-- Is a body a part of another one, or of a part of it?
local function is_part (id, whole)
  for _ = 1, OWNERS_MOST do
    local known = id and entities.entity(id)
    id = known and fact_of(known, "part_of")
    if id == whole then return true end
  end
  return false
end

-- The body that is called so, or that shares the name, and is a part of another; nil
-- where none is.
local function organ_of (row, whole)
  if is_part(row.id, whole) then
    return { id = row.id, name = row.name, form = "name", kind = row.kind }
  end
  for _, id in ipairs(row.also or {}) do
    if is_part(id, whole) then
      local known = entity(id)
      return { id = id, name = known.name, form = "name", kind = fact_of(known, "kind") }
    end
  end
end

-- What stands between a part and the whole, or between the whole and its part.
local of = { [" of "] = true, [" of the "] = true, [" du "] = true, [" de la "] = true,
             [" de l'"] = true, [" de l’"] = true, [" des "] = true, [" de "] = true,
             [" "] = true }
local own = { ["'s "] = true, ["’s "] = true, ["' "] = true, ["’ "] = true, [" "] = true }

-- The function of a name: does it count beside another body alone? Doubtful short
-- names of parts do.
local function is_bound (row, name)
  return name < 0 and row.form == "short" and fact_of(entities.entity(row.id), "part_of") ~= nil
end

--- Bodies that are called by a short name beside what they are a part of: "Political
-- Bureau of the CPC". They and the whole become one mention; where such a name stands
-- alone, or beside something else, it is none.
---@param text string
---@param positions integer[] of organisations that are known by name
---@param rows table[]
---@param names integer[] as the tagger numbers them
---@return integer[] positions
---@return table[] rows
function M.organs (text, positions, rows, names)
  local out, out_rows, i, n = {}, {}, 1, 0
  local function gap (k)
    return runs.plain(sub(text, positions[2 * k] + 1, positions[2 * k + 1] - 1))
  end
  local function put (first, last, row)
    n = n + 1
    out[2 * n - 1], out[2 * n], out_rows[n] = first, last, row
  end
  while i <= #rows do
    local first, last, row = positions[2 * i - 1], positions[2 * i], rows[i]
    if not is_bound(row, names[i]) then put(first, last, row)
    else
      local organ = rows[i + 1] and of[gap(i)] and organ_of(row, rows[i + 1].id)
      if organ then
        i = i + 1
        put(first, positions[2 * i], organ)
      elseif n > 0 and out[2 * n] == positions[2 * i - 2] and own[gap(i - 1)] then
        organ = organ_of(row, out_rows[n].id)
        if organ then out[2 * n], out_rows[n] = last, organ end
      end
    end
    i = i + 1
  end
  return out, out_rows
end

-- Short forms ------------------------------------------------------------------------

--- Where the short forms of a text stand: in words in capitals, or in a part of one,
-- "the MCM-led talks".
---@param doc Doc
---@param shorts table<string, table> rows by what is written
---@return integer[] positions
---@return table[] rows
function M.short (doc, shorts)
  local positions, rows = {}, {}
  if next(shorts) == nil then return positions, rows end
  local text, at = doc.text, 1
  while true do
    local a, b = find(text, "%f[%w]%u[%u%d&-]+", at)
    if not a then return positions, rows end
    for last = min(b, a + SHORT_MOST - 1), a + 1, -1 do
      local row = not find(text, "^%w", last + 1) and shorts[sub(text, a, last)]
      if row then
        positions[#positions + 1], positions[#positions + 2], rows[#rows + 1] = a, last, row
      end
    end
    at = match(text, "^[%u%d]+()", a)
  end
end

return M
