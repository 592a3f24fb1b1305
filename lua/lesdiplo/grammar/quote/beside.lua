--- Whose words stand between marks without a word of saying, where it is told right beside them:
-- the motto of X. “...”; the plan, which reads in part. “...”; “...” – X.
-- @module lesdiplo.grammar.quote.beside
local atoms = require "lesdiplo.grammar.atoms"
local mentions = require "lesdiplo.grammar.quote.mentions"
local speakers = require "lesdiplo.grammar.quote.speakers"
local find, gmatch, match, sub = string.find, string.gmatch, string.match, string.sub
local small = atoms.small
_ENV = nil
local M = {}

local SIGNED = 50        -- bytes from a dash to the name behind it
local FAR = 300          -- bytes before a name in which it stands what of theirs follows
local AHEAD = 90         -- bytes before marks in which it stands what reads so

-- Whose words stand at a place, where the sentence before it ends with their name and tells that
-- they are words: the motto of the founder, Anna Berg. “...”
local function uttered (ctx, at)
  local list = ctx.list
  local i = mentions.from(list, at) - 1
  local m = list[i]
  if not m or m.kind ~= "person" or not m.id
     or not find(sub(ctx.text, m.last + 1, at - 1), "^[.:;, ]*$") then
    return nil
  end
  local begin = mentions.sentence_first(ctx, m.first)
  if m.first - begin > FAR then begin = m.first - FAR end
  local ahead = small(sub(ctx.text, begin, m.first - 1))
  local nouns = ctx.x.uttered
  for noun in gmatch(ahead, "(%l+) of ") do
    if nouns[noun] then return { id = m.id, first = m.first, last = m.last, person = true } end
  end
end

-- Whose name is signed behind a dash right behind marks: “...” – Minister Anna Berg, May 2021.
local function signed (ctx, last)
  local at = match(ctx.text, "^ *\xE2\x80[\x93-\x95] *()%u", last + 1)
             or match(ctx.text, "^ *%-%-? *()%u", last + 1)
  local i = at and mentions.from(ctx.list, at)
  local m = i and ctx.list[i]
  while m and m.kind ~= "person" and m.first - at < SIGNED do
    i = i + 1
    m = ctx.list[i]
  end
  if not m or m.kind ~= "person" or not m.id or m.first - at > SIGNED
     or find(sub(ctx.text, at, m.first - 1), "%f[%a]%l") then
    return nil
  end
  return { id = m.id, first = m.first, last = m.last, person = true }
end

-- What reads so, where the sentence before a place ends with that: the Coast Plan, which reads in
-- part. “...” It is no one's speech who spoke before.
local function reading (ctx, at)
  local begin = at > AHEAD and at - AHEAD or 1
  local ahead = sub(ctx.text, begin, at - 1)
  local first, name, last = match(ahead, "()(%u[^,.;]*)(),? which reads?[%l ]*[.:]? *$")
  if not first then return nil end
  local whose = match(name, ".*'s ()%u") or match(name, ".*\xE2\x80\x99s ()%u")
  if whose then first = first + whose - 1 end
  return speakers.just_before(ctx, begin + last - 1)
         or { first = begin + first - 1, last = begin + last - 2 }
end

--- Who says what stands between marks, by the words beside it; nil where none tells. Of a paper
-- that nobody knows there is no id.
---@param ctx table of mentions.new
---@param first integer
---@param last integer
---@return table?
function M.told (ctx, first, last)
  return uttered(ctx, first) or signed(ctx, last) or reading(ctx, first)
end

return M
