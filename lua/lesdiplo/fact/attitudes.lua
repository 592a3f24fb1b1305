--- Stances as data: what data/stances.txt says, and what a script adds.
--
--     lesdiplo.fact.stance "supports: 1\n  en verb champion"
--
-- data/stances.txt explains how a stance is written.
-- @module lesdiplo.fact.attitudes
local inflect = require "lesdiplo.fact.inflect"
local util = require "lesdiplo.util"
local error, format, ipairs, tonumber, type = error, string.format, ipairs, tonumber, type
local find, gsub, match = string.find, string.gsub, string.match
local sort = table.sort
_ENV = nil
local M = {}

--- The cues, in the order in which they were read.
M.list = {}
M.version = 0        -- grows when cues are added to those that are shipped

local polarities = {}

-- Stances of which nothing is left where they are negated: who does not oppose something does not
-- yet support it, nor who does not condemn it.
local void = { opposes = true, condemns = true }

--- What comes of a cue, negated or not: 1, 0 or -1.
---@param cue table stance, polarity
---@param negated boolean?
---@return integer
function M.outcome (cue, negated)
  if not negated then return cue.polarity end
  return void[cue.stance] and 0 or -cue.polarity
end

local kinds = { verb = true, noun = true, modal = true, pattern = true }

local function wrong (where, ...) error(where .. ": " .. format(...), 0) end

-- A set of words, or nil.
local function set (text)
  local out
  for word in inflect.each(text or "") do
    out = out or {}
    out[word] = true
  end
  return out
end

-- A cue: "en verb call + for, on".
local function cue (stance, line, where)
  local lang, kind, rest = match(line, "^%s+(%a%a)%s+(%a+)%s+(.-)%s*$")
  if not kinds[kind] then
    wrong(where, "a cue is 'en verb words', 'en noun words + words' or 'zh pattern ...', got '%s'",
          match(line, "^%s*(.-)%s*$"))
  end
  inflect.check(lang, where)
  local out = { stance = stance.id, polarity = stance.polarity, lang = lang, kind = kind,
                where = where, order = #M.list + 1 }
  if kind == "pattern" then
    out.text = rest
    return out
  end
  rest = gsub(rest, "%s*%[(.-)%]%s*$", function (words)
    out.veto = set(words)
    return ""
  end)
  out.words = match(rest, "^[^+>]+")
  out.next = set(match(rest, "%+%s*([^>]+)"))
  out.behind = set(match(rest, ">%s*(.+)"))
  if not out.words then wrong(where, "words are wanted") end
  return out
end

-- Reads stances from a text. Returns how many cues.
local function read (text, name)
  local stance, count = nil, 0
  for number, line in inflect.lines(text) do
    local where = format("%s:%d", name or "stances", number)
    if find(line, "^%s") then
      if not stance then wrong(where, "a cue before any stance") end
      M.list[#M.list + 1], count = cue(stance, line, where), count + 1
    elseif find(line, "^[%w_]+:%s*$") then        -- more cues of a stance that was read before
      local id = match(line, "^[%w_]+")
      stance = { id = id, polarity = polarities[id] }
      if not polarities[id] then
        wrong(where, "no stance '%s' before this line%s", id, util.hint(id, util.keys(polarities)))
      end
    else
      local id, polarity = match(line, "^([%w_]+):%s+([+-]?[01])%s*$")
      if not id then wrong(where, "a stance is 'id: polarity', with 1, 0 or -1") end
      stance = { id = id, polarity = tonumber(polarity) // 1 }
      polarities[id] = stance.polarity
    end
  end
  return count
end

-- The cues of a language are read when somebody first asks for them; the stances
-- themselves stand with the English ones.
local need = inflect.shipped("stances", read)

--- Reads stances from a text; `name` is what rules and messages call it. A mistake
-- raises an error that names the line.
---@param text string
---@param name string? "stances" when left out
---@return integer count of cues that were read
function M.read (text, name)
  if type(text) ~= "string" then error("lesdiplo.fact.stance(text): a text is wanted", 2) end
  need(nil)
  local count = read(text, name)
  M.version = M.version + 1
  return count
end

--- The names of the stances, in order.
---@return string[]
function M.names () return util.keys(polarities) end

--- The cues of a language and kind by a word of theirs, those that ask for more
-- first.
---@param lang string
---@param kind string "verb", "noun" or "modal"
---@return table<string, table[]>
function M.by_word (lang, kind)
  need(lang)
  local out = {}
  for _, one in ipairs(M.list) do
    if one.lang == lang and one.kind == kind then
      for word in inflect.each(one.words) do
        out[word] = out[word] or {}
        out[word][#out[word] + 1] = one
      end
    end
  end
  for _, list in util.sorted(out) do
    sort(list, function (a, b)
      local x, y = (a.next or a.behind) and 1 or 0, (b.next or b.behind) and 1 or 0
      if x ~= y then return x > y end
      return a.order < b.order
    end)
  end
  return out
end

need "en"

return M
