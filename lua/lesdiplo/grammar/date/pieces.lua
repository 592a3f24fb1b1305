--- Where dates may be: a text is cut at the words and marks that no date has, and of the pieces
-- those are read in which a word or a number makes one.
--
-- The lexicon says which words these are, the core cuts (native.base.pieces): a text without
-- dates is gone over once and costs nothing else. What a piece says does not hang on what is
-- around it, so equal pieces are read once (date/read.lua). A word cuts where a number hangs on
-- it, too: the letters of 737s.
-- @module lesdiplo.grammar.date.pieces
local lpeg = require "lpeg"
local _, native = ...
local match = string.match
local ipairs, pairs = ipairs, pairs
local C, Ct, P, R = lpeg.C, lpeg.Ct, lpeg.P, lpeg.R
_ENV = nil
local M = {}

-- Words so common that a phrase is looked for by those behind them.
local common = {}
for word in (
    "the a an in at of to on this that de la le les du en au un une в на с и der die das im am "
             .. "el los las o os as no na em"):gmatch "[^ ]+" do common[word] = true end

--- What a strong phrase is looked for by: itself, or the words behind its first ones where
-- these are common; nothing where another of its words is looked for anyway.
---@param word string
---@param words table word -> roles
---@return string?
function M.trigger (word, words)
  local rest, cut = word, false
  while true do
    local head, tail = match(rest, "^([^ ]+) (.+)$")
    if not head or not common[head] then break end
    rest, cut = tail, true
  end
  if not cut then return word end
  for part in rest:gmatch "[^ ]+" do
    local e = words[part]
    if e and not e.weak then return nil end
  end
  return rest
end

-- Runs of letters, as words.lua and pieces.c know them.
local letter = R "az" + (R "\xC3\xF4" - P "\xE2\x80") * R "\x80\xBF"^1
local letters_of = Ct((C(letter^1) + 1)^0)
local dotted_of = Ct((C(letter^1) * "." + letter^1 + 1)^0)

-- Adds the words of a phrase to a set.
local function add (set, phrase)
  for _, word in ipairs(letters_of:match(phrase)) do set[word] = true end
end

local function list_of (set)
  local out = {}
  for word in pairs(set) do out[#out + 1] = word end
  return out
end

-- Letters among the numbers: q3, fy2024, 10h30, 2024-05-03t10:30z, 1980s.
local codes = "q fy f y h t z s"

local numerals = { "", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix" }
local tens = { "", "x", "xx", "xxx" }

-- The words that hang on numbers: endings, letters among them.
local function hang_of (lex)
  local set = {}
  add(set, codes)
  for _, ending in ipairs(lex.ordinal_endings or {}) do add(set, ending) end
  for _, ten in ipairs(lex.roman and tens or {}) do
    for _, one in ipairs(numerals) do
      add(set, ten .. one)
      for _, ending in ipairs(lex.roman_endings or {}) do add(set, ten .. one .. ending) end
    end
  end
  return set
end

-- All words that stand in phrases.
local function parts_of (words, hang)
  local set = {}
  for word in pairs(words) do add(set, word) end
  for word in pairs(hang) do set[word] = true end
  return set
end

-- The words that make a phrase: the only one of a phrase, or the longest.
local function makers_of (words)
  local set, longer = { q = true }, {}
  for word, e in pairs(words) do
    local all = letters_of:match(not e.weak and M.trigger(word, words) or "")
    if #all > 1 then longer[#longer + 1] = all
    elseif all[1] then set[all[1]] = true
    end
  end
  for _, all in ipairs(longer) do
    local longest, known = "", false
    for _, word in ipairs(all) do
      known = known or set[word]
      if #word > #longest then longest = word end
    end
    if not known then set[longest] = true end
  end
  return set
end

--- Does a word make a phrase of a number before it: 3 pm, 480 BC?
---@param word string
---@param e table its roles
---@return boolean
function M.is_behind (word, e)
  return e.half and not e.glue_only or e.era == -1 and match(word, "^%l%l+$") ~= nil
         or e.zone == "Z" and #word > 1
end

-- The words that make a phrase behind a number: 3 pm, 8 Uhr, 10h, the 80s.
local function behind_of (words, lex)
  local set = { s = true, h = true }
  local function put (phrase)
    local first = letters_of:match(phrase)[1]
    if first then set[first] = true end
  end
  for word, e in pairs(words) do if M.is_behind(word, e) then put(word) end end
  for _, word in ipairs(lex.hour_marks or {}) do put(word) end
  for _, ending in ipairs(lex.hung_decades or {}) do put(ending) end
  return set
end

-- The words that may have a full stop behind them.
local function short_of (words)
  local set = {}
  for word, e in pairs(words) do
    for _, part in ipairs(dotted_of:match(word)) do set[part] = true end
    if e.short then
      local all = letters_of:match(word)
      set[all[#all]] = true
    end
  end
  return set
end

-- What a word is by itself, as a list; of one that only stands in longer phrases nothing.
local function alone_in (words)
  local out = {}
  for phrase, e in pairs(words) do
    local all = letters_of:match(phrase)
    if #all == 1 then
      out[all[1]] = out[all[1]] or {}
      out[all[1]][#out[all[1]] + 1] = e
    end
  end
  return out
end

-- Roles that say nothing of what comes behind, and of what stood before.
local idle_heads = { weak = true, to = true, of = true, and_ = true, or_ = true, poss = true,
  no_point = true, no_moment = true }
local idle_tails = { weak = true, to = true, of = true, and_ = true, or_ = true, inn = true,
  on = true, at = true, from = true, for_ = true, the = true, definite = true, starts = true,
  past = true,
  past_of = true, no_point = true, no_moment = true }

local function is_idle (entries, roles)
  for _, e in ipairs(entries or {}) do
    for role in pairs(e) do
      if not roles[role] then return false end
    end
  end
  return true
end

-- The words that say nothing at the beginning of a piece, and those at its end: what they are
-- by themselves does not matter there. What hangs on numbers is none of them, but for the s of
-- a genitive at the beginning.
local function idle_of (parts, alone, hang)
  local heads, tails = {}, {}
  for word in pairs(parts) do
    if not hang[word] then
      heads[word] = is_idle(alone[word], idle_heads) or nil
      tails[word] = is_idle(alone[word], idle_tails) or nil
    end
  end
  heads.s = is_idle(alone.s, idle_heads) or nil
  return heads, tails
end

-- The words that are nothing by themselves; and each two that follow one another in a phrase.
local function members_of (words, alone, hang)
  local members, pairs_ = {}, {}
  for phrase in pairs(words) do
    local all = letters_of:match(phrase)
    for i, word in ipairs(all) do
      if not alone[word] and not hang[word] then members[word] = true end
      if all[i + 1] then pairs_[word .. " " .. all[i + 1]] = true end
    end
  end
  return members, pairs_
end

-- The words of which it matters what word is behind them: a quarter of them is no time.
local function opens_of (alone)
  local set = {}
  for word, entries in pairs(alone) do
    for _, e in ipairs(entries) do
      if e.unit == "Q" or e.fraction then set[word] = true end
    end
  end
  return set
end

local function has (list, wanted)
  for _, one in ipairs(list or {}) do if one == wanted then return true end end
  return false
end

-- Marks that stand in no date, and those that do before digits only.
local MARKS, STOPS = ";!?[]{}|<>=*&^\\_`", ".:"

--- A function that finds the pieces of a text in small letters: the first and last byte of each,
-- as far as it matters, one after the other. Given the text itself as well it is faster, where
-- that is a document's. For languages that part words by blanks.
---@param words table word -> roles
---@param lex table
---@return function
function M.finder (words, lex)
  local hang = hang_of(lex)
  local parts = parts_of(words, hang)
  local alone = alone_in(words)
  local heads, tails = idle_of(parts, alone, hang)
  local members, pairs_ = members_of(words, alone, hang)
  return native.base.pieces{ parts = list_of(parts), makers = list_of(makers_of(words)),
    behind = list_of(behind_of(words, lex)), short = list_of(short_of(words)),
    heads = list_of(heads), tails = list_of(tails), members = list_of(members),
    opens = list_of(opens_of(alone)), pairs = list_of(pairs_),
    ordinals = has(lex.ordinal_endings, "."), marks = MARKS,
    stops = lex.dotted and ":" or STOPS }
end

return M
