--- How names sound, so that those in different scripts can be compared: 拉夫罗夫, Лавров, Lavrov.
--
-- Of a name its consonants are taken, in classes that transliteration keeps: b and p are one, l
-- and r, m and n, v, f and w; vowels, h and y are left out. Chinese characters sound as
-- data/sounds.txt says; some of their sounds stand for several (京 for tin and kin).
-- @module lesdiplo.entity.sounds
local util = require "lesdiplo.util"
local _, native = ...
local fold = native.tokens.fold
local concat = table.concat
local find, gmatch, gsub = string.find, string.gmatch, string.gsub
local match, sub = string.match, string.sub
local min = math.min
_ENV = nil
local M = {}

local LETTERS_MOST = 40    -- consonants of a name that are compared
local SLACK = 4            -- of so many one may be another
local LEAST = 2            -- consonants of a name that can be told

-- Classes of the beginnings of Chinese syllables, the longer ones first. J is tin, kin or chin; X
-- is s, sh or h.
local initials = { { "zh", "S" }, { "ch", "S" }, { "sh", "S" }, { "b", "P" }, { "p", "P" },
  { "m", "N" }, { "n", "N" }, { "f", "F" }, { "w", "W" }, { "d", "T" }, { "t", "T" },
  { "l", "L" }, { "g", "K" }, { "k", "K" }, { "j", "J" }, { "q", "S" }, { "x", "X" },
  { "z", "S" }, { "c", "S" }, { "s", "S" }, { "r", "S" } }

-- Classes of letters in Latin names, and of what several stand for; G is a k or a dj.
local latin = { { "sch", "S" }, { "tch", "S" }, { "ch", "S" }, { "sh", "S" }, { "zh", "S" },
  { "kh", "X" }, { "ts", "S" }, { "tz", "S" }, { "dz", "S" }, { "dj", "S" }, { "cz", "S" },
  { "ck", "K" }, { "ph", "F" }, { "th", "T" }, { "ng", "N" }, { "ce", "S" }, { "ci", "S" },
  { "cy", "S" }, { "x", "KS" }, { "b", "P" }, { "p", "P" }, { "m", "N" }, { "n", "N" },
  { "f", "F" }, { "v", "F" }, { "w", "W" }, { "d", "T" }, { "t", "T" }, { "l", "L" }, { "r", "L" },
  { "g", "J" }, { "k", "K" }, { "c", "K" }, { "q", "K" }, { "j", "S" }, { "z", "S" }, { "s", "S" } }

local cyrillic = { { "дж", "S" }, { "тс", "S" }, { "б", "P" }, { "п", "P" }, { "м", "N" },
  { "н", "N" }, { "ф", "F" }, { "в", "F" }, { "д", "T" }, { "т", "T" }, { "л", "L" }, { "р", "L" },
  { "г", "K" }, { "к", "K" }, { "х", "X" }, { "ж", "S" }, { "з", "S" }, { "с", "S" }, { "ц", "S" },
  { "ч", "S" }, { "ш", "S" }, { "щ", "S" } }

-- Classes that may be one another, besides themselves.
local alike = { J = "KTS", X = "S", W = "F", K = "J", T = "J", S = "JX", F = "W",
                L = "R", R = "L" }
-- Those that may be nothing: h, the w before a u, an r that no vowel follows.
local faint = { X = true, W = true, R = true }

local syllables            -- by character, simplified
local function syllable (c)
  if not syllables then
    syllables = {}
    for sound, all in gmatch(native.base.data "sounds.txt", "\n(%l+): ([^\n]+)") do
      for one in gmatch(all, "[\xE3-\xE9]..") do syllables[fold(one)] = sound end
    end
  end
  return syllables[fold(c)]
end

local is_r = { r = true, ["р"] = true }

-- Does a vowel stand at a byte?
local function is_vowel (word, at)
  return find(word, "^[aeiouy]", at) ~= nil
         or at < #word and find("аеёиоуыэюя", sub(word, at, at + 1), 1, true) ~= nil
end

-- The classes of a folded word by a list of letters.
local function classes (word, list)
  local out, i = {}, 1
  while i <= #word do
    local step = 1
    for k = 1, #list do
      local letters = list[k][1]
      if sub(word, i, i + #letters - 1) == letters then
        out[#out + 1], step = list[k][2], #letters
        if is_r[letters] and not is_vowel(word, i + step) then out[#out] = "R" end
        break
      end
    end
    i = i + step
  end
  return concat(out)
end

-- The classes of a Chinese character: of the beginning, and of an n at the end; 尔 is an l or r.
local function classes_of_character (c)
  local sound = syllable(c)
  if not sound then return "?" end
  if sound == "er" then return "L" end
  local first = ""
  for k = 1, #initials do
    if sub(sound, 1, #initials[k][1]) == initials[k][1] then
      first = initials[k][2]
      break
    end
  end
  return first .. (find(sound, "[aeiou]ng?$") and "N" or "")
end

local numbers = { ["一"] = 1, ["二"] = 2, ["三"] = 3, ["四"] = 4, ["五"] = 5, ["六"] = 6, ["七"] = 7,
                  ["八"] = 8, ["九"] = 9, ["十"] = 10 }

--- The script of a name: "han", "cyrillic" or "latin".
---@param name string
---@return string
function M.script (name)
  return find(name, "[\xE3-\xE9]..") and "han" or find(name, "[\xD0\xD1]") and "cyrillic" or "latin"
end

--- How a name sounds: an array of its parts' classes, a ruler's number as `number`; of a Chinese
-- one without dots also `spelt`, in Latin letters.
---@param name string
---@return table
function M.of (name)
  local out, script = {}, M.script(name)
  if script == "han" then
    local number = match(name, "(...)世$")
    if number and numbers[number] then
      out.number, name = numbers[number], sub(name, 1, -7)
    end
    local spelt = {}
    for part in gmatch(gsub(name, "·", " "), "%S+") do
      out[#out + 1] = gsub(gsub(part, "[\xE3-\xE9]..", classes_of_character), "NN+", "N")
      for c in gmatch(part, "[\xE3-\xE9]..") do spelt[#spelt + 1] = syllable(c) or "?" end
    end
    out.spelt = #out == 1 and concat(spelt) or nil
    return out
  end
  local list = script == "latin" and latin or cyrillic
  local spelt = {}
  for word in gmatch(name, "[^%s-]+") do
    local number = find(word, "^[IVX]+$") and util.roman(word)
    local letters = fold(word)
    if number and #out > 0 then out.number = number
    else
      spelt[#spelt + 1] = letters
      letters = gsub(letters, "(%l)%1", "%1")
      out[#out + 1] = classes(letters, list)
    end
  end
  out.spelt = concat(spelt)
  return out
end

-- How many classes of two strings differ: a step in a table of which two rows are kept.
local function cost (a, b)
  local row = { [0] = 0 }
  for k = 1, #b do row[k] = row[k - 1] + (faint[sub(b, k, k)] and 0 or 1) end
  for i = 1, #a do
    local x, last = sub(a, i, i), row
    local gone = faint[x] and 0 or 1
    row = { [0] = last[0] + gone }
    for k = 1, #b do
      local y = sub(b, k, k)
      local same = x == y or find(alike[x] or "", y, 1, true) ~= nil
      row[k] = min(last[k - 1] + (same and 0 or 1), last[k] + gone,
                   row[k - 1] + (faint[y] and 0 or 1))
    end
  end
  return row[#b]
end

-- Do strings of classes stand for one another?
local function agree (a, b)
  local short, long = min(#a, #b), #a + #b
  if short < LEAST or long > 2 * LETTERS_MOST or find(a .. b, "?", 1, true) then return false end
  return cost(a, b) <= short // SLACK
end

--- May two names be spellings of one, by how they sound? Whole ones as a whole, a surname by
-- the other's; and Chinese ones that Latin letters spell.
---@param a table of `of`
---@param b table
---@return boolean
function M.agree (a, b)
  if a.number ~= b.number or #a == 0 or #b == 0 then return false end
  if a.spelt and a.spelt == b.spelt then return true end
  if #a > 1 and #b > 1 then
    return agree(a[#a], b[#b]) and agree(concat(a), concat(b))
  end
  return agree(a[#a], b[#b])
end

return M
