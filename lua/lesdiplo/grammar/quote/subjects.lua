--- Whom a sentence before has as its subject, by the people's names alone and in any language:
-- those whom "they" means (Berg and Holm; Berg spoke with Holm), the body that "it" means.
-- @module lesdiplo.grammar.quote.subjects
local atoms = require "lesdiplo.grammar.atoms"
local antecedents = require "lesdiplo.grammar.quote.antecedents"
local mentions = require "lesdiplo.grammar.quote.mentions"
local offices = require "lesdiplo.grammar.quote.offices"
local set = require "lesdiplo.util".words
local _, native = ...
local at_or_behind = native.base.at_or_behind
local concat, find, gmatch, match = table.concat, string.find, string.gmatch, string.match
local sub, small = string.sub, atoms.small
local pairs = pairs
_ENV = nil
local M = {}

local LEAD = 120         -- bytes of a sentence in which its first person is named
local TIE = 140          -- bytes between two who are named together
local FAR = 2500         -- bytes from a pronoun to those it means
local MOST = 12          -- sentences that are looked at
local SIDES = 40         -- bytes of a sentence that may open with "the two sides"

local both = set "and et и"

-- What ties two names that stand side by side: "and", a comma; "met", what they do together. Nil
-- where a verb parts them.
local function tie_of (ctx, piece)
  local x, found = ctx.x, find(piece, "^%s*,") and "," or nil
  for word in gmatch(piece, "[^%s,()]+") do
    local w = small(word)
    if both[w] then found = "and"
    elseif x.meets[w] and found ~= "and" then found = "met"
    elseif found ~= "met" and (x.finite[w] or x.forms[w]) then return nil
    end
  end
  return found
end

-- The number of the first person of a list who is named at a byte or behind it.
local function from (positions, count, begin)
  local low, high = 1, count + 1
  while low < high do
    local middle = (low + high) // 2
    if positions[2 * middle - 1] < begin then low = middle + 1 else high = middle end
  end
  return low
end

-- Does a verb stand in a piece of a text?
local function has_verb (ctx, piece)
  for word in gmatch(piece, "[^%s,()]+") do
    local w = small(word)
    if ctx.x.finite[w] or ctx.x.forms[w] or ctx.x.meets[w] then return true end
  end
  return false
end

--- Those whom a sentence that begins at a byte names as its subject, and, where `too` is true, whom
-- they are told to have met: their ids, tied by "+"; nil where there is none, or one.
---@param ctx table of mentions.new
---@param begin integer
---@param stop integer where what is looked at ends
---@param too boolean?
---@return string?
function M.at (ctx, begin, stop, too)
  local layer, text = ctx.list.layers[1], ctx.text
  local rows, positions = layer.rows, layer.positions
  local i = from(positions, #rows, begin)
  local next_first = positions[2 * i + 1]
  if not next_first or next_first >= stop or positions[2 * i - 1] - begin > LEAD
     or has_verb(ctx, sub(text, begin, positions[2 * i - 1] - 1)) then
    return nil
  end
  local ids = { rows[i].id or antecedents.id(ctx, i) or nil }
  while ids[1] and next_first and next_first < stop and next_first - positions[2 * i] <= TIE do
    local tie = tie_of(ctx, sub(text, positions[2 * i] + 1, next_first - 1))
    i = i + 1
    local id = tie and (rows[i].id or antecedents.id(ctx, i))
    if not id or tie == "met" and (#ids > 1 or not too) then return nil end
    if id ~= ids[#ids] then ids[#ids + 1] = id end
    if tie ~= "," then return #ids > 1 and concat(ids, "+") or nil end
    next_first = positions[2 * i + 1]
  end
end

-- The two sides with which a sentence opens.
local function sides (ctx, begin)
  local head = small(sub(ctx.text, begin, begin + SIDES))
  for phrase in pairs(ctx.x.pair) do
    if sub(head, 1, #phrase) == phrase then return offices.pair(ctx, begin) end
  end
end

--- Those whom "they" means in a sentence that begins at a place, and where their sentence begins;
-- of sentences with "they" it goes on, and of one other.
---@return string?
---@return integer?
function M.before (ctx, at)
  local firsts = ctx.sentences.firsts
  local k, others = at_or_behind(firsts, at) - 1, 0
  for n = k, k > MOST and k - MOST + 1 or 1, -1 do
    local begin = match(ctx.text, "^[%s\xC2\xA0]*()", firsts[n])
    if at - begin > FAR then return nil end
    local word = match(sub(ctx.text, begin, begin + SIDES), "^[^%s,]+")
    if not (word and ctx.x.they[small(word)]) then
      local id = M.at(ctx, begin, firsts[n + 1] or #ctx.text, true) or sides(ctx, begin)
      if id then return id, begin end
      others = others + 1
      if others > 1 then return nil end
    end
  end
end

local ARTICLE = 6        -- bytes of a sentence before a body that is its subject
local opens = { [""] = true, ["the "] = true, ["l'"] = true, ["l’"] = true, ["la "] = true,
                ["le "] = true }

--- The body or country with which the sentence before a place opens: what "it" means there, unless
-- something else does. Nil where it opens with another.
---@return string? id
---@return integer? begin where that sentence begins
function M.body_before (ctx, at)
  local firsts, list = ctx.sentences.firsts, ctx.list
  local n = at_or_behind(firsts, at) - 1
  local begin = firsts[n] and match(ctx.text, "^[%s\xC2\xA0]*()", firsts[n])
  local i = begin and mentions.from(list, begin)
  local m = i and list[i]
  if not m or m.kind == "person" or m.kind == "role" or m.first - begin > ARTICLE
     or m.first >= at or m.row.form == "adjective" or mentions.possessive(ctx.text, m) then
    return nil
  end
  if opens[small(sub(ctx.text, begin, m.first - 1))] then return m.id, begin end
end

return M
