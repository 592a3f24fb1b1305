--- Whether an office is held when a text is written, as the words beside it tell: a former minister
-- holds it no longer, the then minister held it when it happened, an ambassador-designate does not
-- hold it yet. The words are in data/terms.lua.
-- @module lesdiplo.grammar.terms
local data = require "lesdiplo.data.terms"
local _, native = ...
local fold, root = native.tokens.fold, native.entities.root
local _, word_before = native.base.parted "('\""
local byte, find, gmatch, lower = string.byte, string.find, string.gmatch, string.lower
local match, sub, upper = string.match, string.sub, string.upper
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

--- What says whether an office is held, as a set.
M.tells = { former = true, ["then"] = true, next = true }
local tells = M.tells

local BACK = 40           -- bytes before an office in which such a word and that before it stand
local BEHIND = 40         -- bytes behind it
local STEPS_MOST = 5      -- words from an office to one that says whether it is held
local WORDS_MOST = 3      -- of one behind an office
local HAN_MOST = 12       -- bytes of a Chinese one, three a character
local MOST = 4096         -- words that are remembered
local OF, DE = byte "o", byte "d"

-- What a word before an office says, by it or, in Russian, by its root; those that are other words
-- as well. What Chinese ones say, and those behind an office.
local words, maybe, han, behind = {}, {}, {}, {}

local function key_of (word)
  if find(word, "^%a+$") then return lower(word) end
  word = fold(word)
  return find(word, "^[\xD0\xD1]") and root(word) or word
end

-- Calls put(phrase) for each of a list.
local function each (list, put)
  for phrase in gmatch(list, "[^,%s][^,\n]*") do put(phrase) end
end

for _, kind in ipairs{ "beside", "article", "was", "former", "then", "next" } do
  each(data[kind], function (word) words[key_of(word)] = kind end)
  each(data.zh[kind] or "", function (word) han[word] = kind end)
  each(data.behind[kind] or "", function (phrase) behind[fold(phrase)] = kind end)
end
each(data.maybe, function (word) maybe[key_of(word)] = true end)
each(data.zh.none, function (word) han[word] = "none" end)

-- The bytes with which what stands behind an office begins.
local begins = {}
for phrase in pairs(behind) do
  begins[byte(phrase)], begins[byte(upper(phrase))] = true, true
end

-- What a word says: as above; "name" if it is one. "maybe " stands before what those say that are
-- other words as well. False if it says nothing.
local function said_by (word)
  word = match(word, "\u{A0}([^\u{A0}]+)$") or word
  local bare = match(word, "^(%l+)%-%u") or match(word, "^(.-)%-?$")    -- ex-Chilean, ex-
  local key = key_of(match(bare, "^%a’(.+)$") or bare)                    -- l’ancien
  local kind = words[key] or words[match(key, "%-(%l+)$")]                -- then-former
  if kind then return bare == word and maybe[key] and "maybe " .. kind or kind end
  local named = find(word, "^[%a\x80-\xFF-]+$")
                and (find(word, "^%u") or find(word, "^\xC3[\x80-\x9E]")
                     or find(word, "^\xD0[\x81\x90-\xAF]"))
  return (named or find(word, "^%u%.%u")) and "name" or false
end

--- Does a word tie such a one to an office before a name: Then-President?
---@param word string
---@return boolean
function M.is_tied (word)
  local head = match(word, "^(%u%l+)%-%u%l")
  return head ~= nil and tells[words[lower(head)]] == true
end

local said, met = {}, 0

-- The same of words that were met of late.
local function kind_of (word)
  local kind = said[word]
  if kind == nil then
    kind = said_by(word)
    if met == MOST then said, met = {}, 0 end
    said[word], met = kind, met + 1
  end
  return kind
end

-- What stands before one that is another word as well: the then minister, by then President Moe.
local leads = {}
for word in gmatch([[the a an his her its their our my by with of from to under between was le la
  les un une du de des son sa ses cet cette]], "%a+") do
  leads[word] = true
end

local function is_led (ahead)
  if find(ahead, "[,(] *$") or find(ahead, "['\x99]s? *$") then return true end
  return leads[lower(match(ahead, "(%a+) +$") or "")] or false
end

-- The last characters of Chinese ones.
local han_ends = {}
for c in gmatch("前任原故休的选選准準", "[\xE4-\xE9][\x80-\xBF]+") do han_ends[c] = true end

-- The Chinese one that ends before a byte, likewise.
local function han_ahead (text, first)
  if not han_ends[sub(text, first - 3, first - 1)] then return nil end
  for from = first - HAN_MOST, first - 3, 3 do
    local kind = from > 0 and han[fold(sub(text, from, first - 1))]
    if kind == "none" then return nil end
    if kind then
      local more = from == first - 3 and han[fold(sub(text, first - 6, first - 1))]
      return more ~= "none" and kind or nil, from
    end
  end
end

--- What the word before an office says: "former", "then", "next", "was"; and where it begins. The
-- kinds "beside", "article" and "name" say nothing: another word may stand before them.
---@param text string
---@param first integer where the office begins
---@return string? kind
---@return integer? first
function M.ahead (text, first)
  local from = first > BACK and first - BACK or 1
  local word, at, last = word_before(text, first, from)
  if not word then return nil end
  if last == first - 1 and byte(text, last) >= 0x80 then return han_ahead(text, first) end
  local kind = kind_of(word)
  local doubtful = kind and match(kind, "^maybe (.+)")
  if doubtful then kind = is_led(sub(text, from, at - 1)) and doubtful end
  if kind then return kind, at end
end
local ahead = M.ahead

--- Where an office begins with a word before it that says whether it is held; and what the word
-- before it says (M.ahead).
---@param text string
---@param first integer
---@return integer first
---@return string? kind
function M.begin (text, first)
  local kind, begin = ahead(text, first)
  return tells[kind] and begin or first, kind
end

--- What stands right behind an office: "former", "then", "next"; and where it ends.
---@param text string
---@param last integer
---@return string? kind
---@return integer? last
function M.behind (text, last)
  if not begins[byte(text, last + 2)] or not find(text, "^[ -]", last + 1) then return nil end
  local rest, stop = sub(text, last + 2, last + BEHIND), 0
  for _ = 1, WORDS_MOST do
    stop = match(rest, "^ ?[%a\x80-\xFF'-]+()", stop + 1)
    if not stop then return nil end
    stop = stop - 1
    local kind = behind[fold(sub(rest, 1, stop))]
    if kind then return kind, last + 1 + stop end
  end
end

-- Where a country ends whose an office is: President | of Chad | at the time. nil where none stands
-- there.
local function owner_last (text, last)
  local sign = byte(text, last + 2)
  local stop = match(text, sign == OF and "^ of t?h?e? ?%u[%w\x80-\xFF.-]*()"
                           or sign == DE and "^ d[eu'’][^%s,.]*()"
                           or "^ [%l\xC3][^%s,.]*() d[e'\xE2][ a\x80]", last + 1)
  return stop and stop - 1
end

--- What stands behind an office, or behind whose it is, likewise.
---@param text string
---@param last integer
---@return string? kind
function M.held_behind (text, last)
  local kind = M.behind(text, last)
  local stop = not kind and owner_last(text, last)
  return kind or stop and M.behind(text, stop) or nil
end

--- Whether an office is held, by the words beside it: "former", "then", "next"; nil where it is.
---@param text string
---@param first integer where it begins
---@param last integer
---@param name_first integer? where the name that it goes with begins
---@param name_last integer?
---@return string? kind
function M.held (text, first, last, name_first, name_last)
  local at, named = first, name_last and name_last < first
  for _ = 1, STEPS_MOST do
    local kind, begin = ahead(text, at)
    if tells[kind] then return kind end
    if kind == "was" and named then return "then" end              -- Holm, who was the minister
    if not (kind == "name" or kind == "beside" or kind == "article" and named) then break end
    at = begin
  end
  return name_first ~= last + 2 and M.held_behind(text, last) or nil
end

--- The same of a row of the layer person that stands somewhere; asked for once of each.
---@param text string
---@param row table
---@param first integer
---@param last integer
---@return string|false kind
function M.of (text, row, first, last)
  if row.held == nil then
    row.held = row.role_first and M.held(text, row.role_first, row.role_last, first, last) or false
  end
  return row.held
end

--- Is it told that somebody holds an office no more, or not yet? The same arguments.
---@return boolean
function M.is_out (text, row, first, last)
  local kind = row.role and M.of(text, row, first, last)
  return kind == "former" or kind == "next"
end

return M
