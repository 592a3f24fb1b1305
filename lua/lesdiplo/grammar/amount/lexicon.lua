--- The words of amounts, read from data/amounts.txt, and patterns made of them.
--
-- A lexicon is a table of languages; of each, kinds; of each kind, an array of
-- {phrase, key}. What the kinds are the data file says. `add` puts one more in, and
-- whoever made patterns of the old ones is told by `version` to make them anew.
-- @module lesdiplo.grammar.amount.lexicon
local lpeg = require "lpeg"
local atoms = require "lesdiplo.grammar.atoms"
local util = require "lesdiplo.util"
local _, native = ...
local P, R, S, Cc = lpeg.P, lpeg.R, lpeg.S, lpeg.Cc
local error, format, ipairs, tonumber = error, string.format, ipairs, tonumber
local setmetatable, type = setmetatable, type
local codes, utf8char, utf8len = utf8.codes, utf8.char, utf8.len
_ENV = nil
local M = { version = 1 }

local FILE = "amounts.txt"

-- Kinds whose keys are numbers.
local numeric = { number = true, scale = true, alone = true, group = true, ordinal = true,
                  fraction = true, both = true, money_scale = true, part = true,
                  half = true, coin = true }

local function read (text)
  local out, list, kind = {}, nil, nil
  for line in text:gmatch "[^\r\n]+" do
    local lang, name = line:match "^%[(%w+)%.([%w_]+)%]%s*$"
    if lang then
      out[lang] = out[lang] or {}
      out[lang][name] = out[lang][name] or {}
      list, kind = out[lang][name], name
    elseif list and not line:find "^#" then
      local key, phrases = line:match "^(.-):%s+(.+)$"
      if numeric[kind] then key = tonumber(key) end
      if not key then error(format("%s: '%s' is no 'key: phrases'", FILE, line), 0) end
      for phrase in phrases:gmatch "[^,]+" do
        phrase = phrase:match "^%s*(.-)%s*$"
        if phrase ~= "" then list[#list + 1] = { phrase, key } end
      end
    end
  end
  return out
end

local text = native.base.data(FILE)
if not text then error(format("no data file '%s'", FILE), 0) end

--- The lexicon itself: lexicon.words.en.money is an array of {phrase, key}.
M.words = read(text)

--- A list of a language, empty where there is none.
---@param lang string
---@param kind string
---@return table[] list of {phrase, key}
function M.list (lang, kind)
  local of = M.words[lang]
  return of and of[kind] or {}
end

--- The same of several languages, one after the other.
---@param langs string[]
---@param kind string
---@return table[]
function M.lists (langs, kind)
  local out = {}
  for _, lang in ipairs(langs) do
    for _, entry in ipairs(M.list(lang, kind)) do out[#out + 1] = entry end
  end
  return out
end

--- A table from phrase, in small letters and with plain apostrophes and hyphens, to key.
---@param langs string[]
---@param kind string
---@return table<string, any>
function M.set (langs, kind)
  local out = {}
  for _, entry in ipairs(M.lists(langs, kind)) do
    out[M.plain(entry[1])] = out[M.plain(entry[1])] or entry[2]
  end
  return out
end

local alike = { "\u{2019}", "'", "\u{2BC}", "'", "\u{2011}", "-", "\u{2010}", "-", "\u{A0}", " ",
                "\u{202F}", " " }

--- Small letters, plain hyphens and apostrophes, single spaces: what sets are asked for.
--     > lexicon.plain "D’ENVIRON"
--     d'environ
---@param s string
---@return string
function M.plain (s)
  if not s:find "[\x80-\xFF]" then s = s:lower()
  else
    s = atoms.small(s)
    for i = 1, #alike, 2 do s = s:gsub(alike[i], alike[i + 1]) end
  end
  return (s:gsub("%s+", " "))
end

--- Adds phrases. All languages have it that are not named.
---@param kind string
---@param phrases string|string[]
---@param key any
---@param lang? string
function M.add (kind, phrases, key, lang)
  if type(phrases) == "string" then phrases = { phrases } end
  for name in util.sorted(M.words) do
    if name ~= "sign" and (not lang or lang == name) or name == lang then
      local of = M.words[name]
      of[kind] = of[kind] or {}
      for _, phrase in ipairs(phrases) do
        if type(phrase) ~= "string" or phrase == "" or not utf8len(phrase) then
          error("a phrase is a string of UTF-8 characters", 3)
        end
        of[kind][#of[kind] + 1] = { phrase, key }
      end
    end
  end
  M.version = M.version + 1
end


-- Tries ------------------------------------------------------------------------

-- What stands at the ends and between the words of some thousand phrases is a few bytes' look
-- here: those of `atoms` know all of Unicode, and would be copied into each phrase.
local blank = S" \t" + "\xC2\xA0" + P"\xE2\x80" * S"\x89\xAF"
local newline = P"\r"^-1 * "\n"
--- Space between two words of one paragraph.
M.gap = (blank^1 * (newline * blank^0)^-1 + newline * blank^0) * -newline
--- The place where a word ends.
M.word_end = -(R("az", "AZ", "09") + R"\xC3\xD4")

-- A step for one character of a phrase, in any case if 'fold'.
local folded, as_is = { [0x20] = M.gap }, { [0x20] = M.gap }
local function step (cp, fold)
  local steps = fold and folded or as_is
  if not steps[cp] then steps[cp] = fold and atoms.ci(utf8char(cp)) or P(utf8char(cp)) end
  return steps[cp]
end

local function is_wordly (cp)
  return cp < 0x2E80 and atoms.word_end:match(utf8char(cp)) == nil
end

local function insert (node, phrase, value)
  local last
  for _, cp in codes(phrase) do
    node.next[cp] = node.next[cp] or { next = {} }
    node, last = node.next[cp], cp
  end
  if node.value == nil then node.value, node.wordly = value, is_wordly(last) end
end

-- A choice of patterns i..j, halved: joined one by one, each would be copied for each behind it.
local function choice (list, i, j)
  if i > j then return P(false) end
  if i == j then return list[i] end
  local middle = (i + j) // 2
  return choice(list, i, middle) + choice(list, middle + 1, j)
end

local function build (node, fold, open)
  local ways = {}
  for cp, child in util.sorted(node.next) do
    ways[#ways + 1] = step(cp, fold) * build(child, fold, open)
  end
  local out = choice(ways, 1, #ways)
  if node.value ~= nil then
    local edge = node.wordly and not open and M.word_end or P(true)
    out = out + edge * Cc(node.value)
  end
  return out
end

--- A pattern that takes the longest of some phrases and captures its key. It ends at
-- the end of a word, save after Han and signs.
---@param list table[] of {phrase, key}
---@param open? boolean it may end within a word
---@param exact? boolean case counts
---@return userdata pattern
function M.trie (list, open, exact)
  local root = { next = {} }
  for _, entry in ipairs(list) do
    insert(root, exact and entry[1] or atoms.small(entry[1]), entry[2])
  end
  return build(root, not exact, open)
end

return setmetatable(M, { __index = function (_, name)
  error(format("lexicon has no '%s'", name), 2)
end })
