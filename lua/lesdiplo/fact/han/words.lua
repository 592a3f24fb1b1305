--- Chinese words as the clause reader sees them: one entry a word of data/chinese.txt,
-- acts-zh.txt and stances-zh.txt, found by the longest match.
--
-- Everything is matched in simplified characters, a character for a character, so that
-- bytes stay where they are. An entry has word, and what it may be: tie (with to by
-- object at about invite), op (plan neg maybe habit), frames (acts), cues (stances),
-- and a flag for each other list of the file.
-- @module lesdiplo.fact.han.words
local acts = require "lesdiplo.fact.acts"
local stances = require "lesdiplo.fact.attitudes"
local lexicon = require "lesdiplo.entity.lexicon"
local lpeg = require "lpeg"
local util = require "lesdiplo.util"
local _, native = ...
local fold = native.tokens.fold
local Cc, Cp, Ct, P = lpeg.Cc, lpeg.Cp, lpeg.Ct, lpeg.P
local byte, gsub, sub = string.byte, string.gsub, string.sub
local char, ipairs, setmetatable = string.char, ipairs, setmetatable
_ENV = nil
local M = {}

-- Simplified characters -----------------------------------------------------------------

local simple = setmetatable({}, { __index = function (t, c)
  local f = fold(c)
  if #f ~= #c then f = c end
  t[c] = f
  return f
end })

--- A text in simplified characters, as long as it is.
---@param text string
---@return string
function M.simple (text) return (gsub(text, "[\xE3-\xE9\xEF][\x80-\xBF][\x80-\xBF]", simple)) end

-- A choice of words as a tree, a byte a step ---------------------------------------------

local function insert (tree, word)
  for i = 1, #word do
    local b = byte(word, i)
    tree[b] = tree[b] or {}
    tree = tree[b]
  end
  tree.word = word
end

local function pattern (tree, value)
  local out
  for b, branch in util.sorted(tree) do
    if b ~= "word" then
      local one = P(char(b)) * pattern(branch, value)
      out = out and out + one or one
    end
  end
  if not tree.word then return out end
  local here = value and Cc(value[tree.word]) or P(true)
  return out and out + here or here
end

--- A pattern for the longest of some words; false where there are none. It captures
-- the value of the word where there are values.
---@param words table<string, any> a set
---@param value table<string, any>?
---@return userdata
function M.choice (words, value)
  local tree = {}
  for word in util.sorted(words) do insert(tree, word) end
  return pattern(tree, value) or P(false)
end

-- Entries ---------------------------------------------------------------------------------

local ties = { "with", "to", "by", "object", "at", "about", "invite" }
local ops = { "plan", "neg", "habit", "maybe" }
local flags = { "accredited", "head", "modifier", "de", "self", "he", "pair", "if", "after",
                "during",
                "past", "say", "source", "thing", "break", "light", "filler", "hedge",
                "off" }

local function list (name) return util.sorted(lexicon.list("chinese.txt", name)) end

-- A cue that is an adverb and a verb tells what the verb tells: 强烈谴责.
local function with_adverb (out, e)
  if not e.cues or e.frames then return end
  for at = 3, #e.word - 3, 3 do
    local adverb, verb = out[sub(e.word, 1, at)], out[sub(e.word, at + 1)]
    if adverb and adverb.light and verb and verb.frames then e.frames = verb.frames end
  end
end

local function build ()
  local out = {}
  local function entry (word)
    out[word] = out[word] or { word = word }
    return out[word]
  end
  for _, name in ipairs(flags) do
    for word in list(name) do entry(word)[name] = true end
  end
  for _, name in ipairs(ties) do
    for word in list(name) do entry(word).tie = entry(word).tie or name end
  end
  for _, name in ipairs(ops) do
    for word in list(name) do entry(word).op = entry(word).op or name end
  end
  for _, kind in ipairs{ "verb", "noun", "passive" } do
    for word, frames in util.sorted(acts.by_word("zh", kind)) do
      local e = entry(M.simple(word))
      e.frames = e.frames or {}
      for _, frame in ipairs(frames) do e.frames[#e.frames + 1] = frame end
      e.filler = nil
    end
  end
  for word, cues in util.sorted(stances.by_word("zh", "verb")) do
    entry(M.simple(word)).cues = cues
  end
  for word, cues in util.sorted(stances.by_word("zh", "modal")) do
    entry(M.simple(word)).modal = cues[1]
  end
  for _, e in util.sorted(out) do
    with_adverb(out, e)
    local class = e.pair and "G" or e.he and "q" or e.self and "f" or nil
    e.class = class
    e.side = e.word == "方" or e.word == "中方" or nil
    e.idle = e.filler and not (e.tie or e.op or e.frames or e.cues or e.modal or class or e.side
                               or e["break"] or e.say or e.light or e.after or e.during) or nil
  end
  return out
end

-- Lexer -----------------------------------------------------------------------------------

-- A mention is masked by its reader: \1, then \2 for each further byte.
local mention = P"\1" * P"\2"^0
-- Marks that part clauses, and 、, which parts members of a list.
local marks = { ["，"] = ",", ["；"] = ";", ["："] = ":", ["。"] = ";", ["！"] = ";",
                ["？"] = ";",
                [","] = ",", [";"] = ";", [":"] = ":", ["\n"] = ";", ["（"] = "(", ["）"] = "(",
                    ["("] = "(",
                [")"] = "(", ["、"] = "、", ["“"] = '"', ["”"] = '"', ["「"] = '"',
                    ["」"] = '"', ["—"] = ",",
                ["《"] = "<", ["》"] = ">" }

local made = { version = -1 }

--- The lexer of now: matches a masked text, and gives a table of first, entry, behind ...
---@return userdata
function M.lexer ()
  local version = acts.version + stances.version
  if made.version ~= version then
    local entries = build()
    for mark, class in util.sorted(marks) do entries[mark] = { word = mark, mark = class } end
    local one = Cp() * (mention * Cc(false) + M.choice(entries, entries)) * Cp()
    made = { version = version, lexer = Ct((one + 1)^0), entries = entries }
  end
  return made.lexer
end

--- The entry of a word, or nil.
function M.entry (word)
  M.lexer()
  return made.entries[word]
end

-- What frames ask for -----------------------------------------------------------------------

local wanted = setmetatable({}, { __mode = "k" })

--- A pattern that finds the first of a frame's words in a text: the bytes before it,
-- and behind it.
---@param set table<string, true>
function M.finder (set)
  local found = wanted[set]
  if not found then
    local words = {}
    for word in util.sorted(set) do words[M.simple(word)] = true end
    local any = M.choice(words)
    found = (1 - any)^0 * Cp() * any * Cp()
    wanted[set] = found
  end
  return found
end

--- Does a text end with one of the words of a list?
function M.ends_with (text, name)
  local words = lexicon.list("chinese.txt", name)
  for length = 12, 3, -3 do
    if #text >= length and words[sub(text, -length)] then return length end
  end
  return nil
end

return M
