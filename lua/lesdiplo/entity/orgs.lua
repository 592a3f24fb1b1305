--- Bodies, forums and agreements that no table names, told by the word they are
-- called by: "Interministerial Dialogue", "Committee of Chiefs of Defense Staff".
--
-- A run of words with a capital, small words between, holds such a head noun and
-- another word. It reaches from its first word to its last that is not a person's
-- title. What the text defines, "Ministerial Council Meeting (MCM)", is found by its
-- short form, too, from there on. Parts of known bodies are known beside them.
-- @module lesdiplo.entity.orgs
local lexicon = require "lesdiplo.entity.lexicon"
local stretches = require "lesdiplo.entity.stretches"
local util = require "lesdiplo.util"
local entity = require "lesdiplo.entity".get
local _, native = ...
local entities = native.entities
local fold = native.tokens.fold
local concat = table.concat
local find, gsub, lower, match = string.find, string.gsub, string.lower, string.match
local sub, upper = string.sub, string.upper
local ipairs, min, next = ipairs, math.min, next
_ENV = nil
local M = {}

local WORDS_MOST = 16        -- of a name: longer runs are headings
local SHORT_MOST = 32        -- bytes of a short form

-- What is known of a word, a bit each.
local HEAD = 1             -- what bodies are called by: Committee
local OPENING, DATE = 2, 4
local SMALL = 8
local NAMED = 16           -- it is part of a name: with a capital, or no Latin letters
local STOP = 32            -- what follows is none of the name's

-- The kinds of bodies by head nouns: institution, agreement, forum ...
local heads = {}
for _, kind in ipairs{ "igo", "organ", "forum", "treaty", "agency", "ministry", "parliament",
  "court", "bank", "party", "media", "ngo", "military", "initiative" } do
  for word in util.sorted(lexicon.list("bodies.txt", "head." .. kind)) do heads[word] = kind end
end

-- The noun of a word: Vice-Ministry is one, too.
local function noun_of (word) return fold((gsub(gsub(word, "^.*%-", ""), "^.*–", ""))) end

local opening, dates = lexicon.list("bodies.txt", "opening"), lexicon.list("bodies.txt", "date")
local stops = { ["'s"] = true, ["’s"] = true, to = true, with = true, ["in"] = true }

local traits = lexicon.remembered(function (word)
  local folded, out = fold(word), 0
  if heads[noun_of(word)] then out = out | HEAD end
  if opening[folded] then out = out | OPENING end
  if dates[folded] then out = out | DATE end
  if find(word, "^%l") then out = out | SMALL end
  if find(word, "^[%u\xC3-\xD1]") then out = out | NAMED end
  if stops[word] then out = out | STOP end
  return out
end)

-- Runs of words with a capital, two or more, one a head noun.
local joints = { "of", "for", "on", "and", "the", "in", "to", "with", "de", "des", "du", "la", "le",
  "les", "pour", "et", "по", "и" }
local runs = native.entities.runs(joints, {}, util.keys(heads))

-- A run: an array of its words, `at` in the array `all` of where words of the document
-- begin and end. Its words from..to are looked at.

local function first_of (run, i) return run.all[2 * (run.at + i) - 1] end
local function last_of (run, i) return run.all[2 * (run.at + i)] end

-- The head noun: the first one if "of" or "on" follows, else the last. A word of
-- something that is known by name is none.
local function head_of (run, from, to, covers)
  local best
  for i = from, to do
    if traits[run[i]] & HEAD ~= 0 and not covers(first_of(run, i), last_of(run, i)) then
      local after = i < to and run[i + 1]
      if after == "of" or after == "on" or after == "for" then return i end
      best = i
    end
  end
  return best
end

-- Where the name begins. Words that a name does not begin with open the sentence, or are
-- somebody's office ("CEO of the").
local function begins_at (run, i, head, role)
  local from = i
  while i < head do
    local behind = role(first_of(run, i))
    if behind then
      while i < head and first_of(run, i) < behind do i = i + 1 end
      from = i
    else
      if i == from and traits[run[i]] & OPENING ~= 0 then from = i + 1 end
      i = i + 1
    end
  end
  return from
end

-- Where the name ends: behind its head, or behind what "of" and its kin add to it.
local function ends_at (run, head, to)
  local last = head
  for i = head + 1, to do
    local trait = traits[run[i]]
    if trait & (STOP | DATE) ~= 0 then break end
    if trait & NAMED ~= 0 then
      if i - 1 == head and traits[run[head]] & SMALL == 0 then break end
      last = i
    end
  end
  return last
end

-- A function that tells where the role ends that begins at a place, if any.
local function roles_of (doc)
  local positions = native.entities.mentions(doc, "role")
  local seek = stretches.walker(positions)
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

-- Reads the words of a run, so many behind `at`; nil where none of them is a head noun.
local function read_run (text, all, at, count)
  local run, any = { all = all, at = at }, 0
  for i = 1, count do
    local word = sub(text, all[2 * (at + i) - 1], all[2 * (at + i)])
    run[i], any = word, any | traits[word]
  end
  return any & HEAD ~= 0 and run or nil
end

-- A run in capitals is a heading.
local function is_heading (text, run)
  local whole = sub(text, first_of(run, 1), last_of(run, #run))
  return whole == upper(whole)
end

--- Finds them in a document.
---@param doc Doc
---@param covers function (first, last): is the stretch a mention of something already?
---@return integer[] positions
---@return table[] rows
---@return table<string, table> rows of the short forms that the text defines
function M.find (doc, covers)
  local positions, rows, shorts, text, role = {}, {}, {}, doc.text, nil
  -- what words from..to of a run are called
  local function take (run, from, to)
    local head = to > from and to - from < WORDS_MOST and head_of(run, from, to, covers)
    if not head or is_heading(text, run) then return end
    role = role or roles_of(doc)
    from, to = begins_at(run, from, head, role), ends_at(run, head, to)
    local first, last = first_of(run, from), last_of(run, to)
    if to == from or covers(first, last) then return end
    local name = concat(run, " ", from, to)
    local row = { id = slug(name), name = name, form = "name", kind = heads[noun_of(run[head])] }
    positions[#positions + 1], positions[#positions + 2], rows[#rows + 1] = first, last, row
    local short = short_of(text, last)
    if short then
      shorts[short] = { id = row.id, name = name, form = "abbreviation", kind = row.kind }
    end
  end
  local all, counts = runs(doc)
  local at = 0
  for _, count in ipairs(counts) do
    local run, from = read_run(text, all, at, count), 1
    for i = 2, run and count - 1 or 0 do
      if run[i] == "and" and run[i + 1] == "the" then        -- "A and the B" is two
        take(run, from, i - 1)
        from = i + 1
      end
    end
    if run then take(run, from, count) end
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

-- Does a name count only beside that of another body? Doubtful short names of parts do.
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
    return stretches.plain(sub(text, positions[2 * k] + 1, positions[2 * k + 1] - 1))
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
