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
local Cmt, P, R, S = lpeg.Cmt, lpeg.P, lpeg.R, lpeg.S
local error, format, ipairs, tonumber = error, string.format, ipairs, tonumber
local setmetatable, type = setmetatable, type
local longest, codepoint, utf8len = native.base.longest, utf8.codepoint, utf8.len
_ENV = nil
local M = { version = 1 }

local FILE = "amounts.txt"

-- Kinds whose keys are numbers.
local numeric = { number = true, scale = true, alone = true, group = true, ordinal = true,
                  fraction = true, both = true, money_scale = true, part = true,
                  half = true, coin = true, cent = true }

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

local function made_plain (s)
  if not s:find "[\x80-\xFF]" then s = s:lower()
  else
    s = atoms.small(s)
    for i = 1, #alike, 2 do s = s:gsub(alike[i], alike[i + 1]) end
  end
  return (s:gsub("%s+", " "))
end

-- What was made plain of late: words come again and again. Forgotten when it is MOST.
local LONG, MOST = 32, 4096
local plain, count = {}, 0

--- Small letters, plain hyphens and apostrophes, single spaces: what sets are asked for.
--     > lexicon.plain "D’ENVIRON"
--     d'environ
---@param s string
---@return string
function M.plain (s)
  if plain[s] then return plain[s] end
  local made = made_plain(s)
  if #s > LONG then return made end
  if count == MOST then plain, count = {}, 0 end
  plain[s], count = made, count + 1
  return made
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

-- What stands between the words of a phrase is a few bytes' look here: `atoms` knows all of
-- Unicode.
local blank = S" \t" + "\xC2\xA0" + P"\xE2\x80" * S"\x89\xAF"
local newline = P"\r"^-1 * "\n"
--- Space between two words of one paragraph.
M.gap = (blank^1 * (newline * blank^0)^-1 + newline * blank^0) * -newline
--- The place where a word ends.
M.word_end = -(R("az", "AZ", "09") + R"\xC3\xD4")

-- How a character of a phrase may be written: apostrophes and hyphens in all their kinds,
-- letters in both cases unless that counts.
local kinds_of = {}
for _, kinds in ipairs{ { "'", "\u{2019}", "\u{2BC}", "\u{FF07}" },
                        { "-", "\u{2010}", "\u{2011}" } } do
  for _, c in ipairs(kinds) do kinds_of[c] = kinds end
end

setmetatable(kinds_of, { __index = function (kinds, c)
  kinds[c] = { atoms.small(c), atoms.large(c) }
  return kinds[c]
end })

-- Does a character end a word? Those of Han, and all above, do not.
local wordly = setmetatable({}, { __index = function (known, c)
  known[c] = codepoint(c) < 0x2E80 and atoms.word_end:match(c) == nil
  return known[c]
end })

local function phrases_of (list, open, exact)
  local all = list
  if not exact then
    all = {}
    for i, entry in ipairs(list) do all[i] = { atoms.small(entry[1]), entry[2] } end
  end
  return longest(all, open or false, wordly, not exact and kinds_of or nil)
end

--- A function that reads the longest of some phrases at a place: what it stands for, and the
-- place behind it. It ends at the end of a word, save after Han and signs.
---@param list table[] of {phrase, key}
---@param open? boolean it may end within a word
---@param exact? boolean case counts
---@return function read
---@return userdata first what a phrase may begin with
function M.reader (list, open, exact)
  local reader, _, first = phrases_of(list, open, exact)
  return reader, S(first)
end

--- The same as a pattern that captures the key.
---@param list table[] of {phrase, key}
---@param open? boolean
---@param exact? boolean
---@return userdata pattern
function M.trie (list, open, exact)
  if #list == 0 then return P(false) end
  local _, capture, first = phrases_of(list, open, exact)
  return S(first) * Cmt(true, capture)
end

return setmetatable(M, { __index = function (_, name)
  error(format("lexicon has no '%s'", name), 2)
end })
