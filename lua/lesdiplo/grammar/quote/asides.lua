--- An author's words inside the marks of speech, as Russian and French print them: «Да, – сказал
-- он. – Нет». What is said is then two stretches, or more, and the author's words are outside.
-- @module lesdiplo.grammar.quote.asides
local find, match, sub = string.find, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local BEFORE = 16        -- bytes before a word of saying in which it is parted from what is said
local ASIDE = 160        -- bytes of an author's words
local LEAST = 4          -- bytes of what is said before them

local DASH = "\xE2\x80[\x93-\x95]"

-- What the first pattern captures that a text has.
local function first_of (text, patterns)
  for _, pattern in ipairs(patterns) do
    local at = match(text, pattern)
    if at then return at end
  end
end

-- Does a quotation mark stand in a text before a byte?
local function has_mark (text, stop)
  for _, mark in ipairs{ "«", "»", '"', "“" } do
    local first = find(text, mark, 1, true)
    if first and first < stop then return true end
  end
  return false
end

-- What stands before a word of saying, up to it, and behind it, by language: of the first the place
-- of a mark, of the second what is behind one.
local opens = { ru = { "()[,!?.\xA6] +" .. DASH .. " +$", "()[,!?.\xA6] +%- +$" },  -- …, – сказал
                fr = { "(), +ont +$", "(), +a +$", "(), +a%-t%-%a+ +$" } }       -- …, a dit
local closes = { ru = { "[,.] +" .. DASH .. " +()", "[,.] +%- +()" }, fr = { ", +()" } }

-- Where an author's words begin around a word of saying, from first to stop - 1, and where what is
-- said goes on; nil where there are none.
local function aside (lang, plain, first, stop)
  local from = first > BEFORE and first - BEFORE or 1
  local before = sub(plain, from, first - 1)
  local at = first_of(before, opens[lang])
  if not at and lang == "fr" and find(plain, "^%-", stop) then          -- …, dit-il
    at = match(before, "(), +$")
  end
  local rest = sub(plain, stop, stop + ASIDE)
  local resume = at and first_of(rest, closes[lang])
  if not resume or has_mark(rest, resume) then return nil end
  local said = from + at - 1
  return find(plain, "^,", said) and said or said + 1, stop + resume - 1
end

-- Adds what is left of a stretch, from first on, to a list.
local function put (out, stretch, first, last)
  out[#out + 1] = { first = first, last = last, mark = stretch.mark, block = stretch.block,
                    through = stretch.last, of = stretch }
  return out[#out]
end

-- The pieces of a stretch, added to a list; hits from number n on are in it. The number of the
-- first behind it.
local function part (out, stretch, lang, plain, hits, n)
  local from, piece = stretch.first, nil
  while hits.first[n] and hits.first[n] <= stretch.last do
    local stop, resume
    if hits.first[n] > from + LEAST and hits.stop[n] < stretch.last then
      stop, resume = aside(lang, plain, hits.first[n], hits.stop[n])
    end
    if stop and stop > from + LEAST and resume < stretch.last then
      local first = piece == nil
      piece = put(out, stretch, from, stop - 1)
      if first then piece.previous = stretch.previous end
      from = resume
    end
    n = n + 1
  end
  if not piece then
    out[#out + 1] = stretch
    return n
  end
  piece = put(out, stretch, from, stretch.last)
  piece.next, piece.unclosed = stretch.next, stretch.unclosed
  if piece.next then piece.next.previous = piece end
  return n
end

--- The stretches between marks, each parted where an author's words stand in it: its pieces know
-- the one that they are `of`, and its last byte, `through`.
---@param x table of cues.of
---@param plain string the text, in one line
---@param stretches table[] of marks.find
---@param hits table of cues.find
---@return table[]
function M.parted (x, plain, stretches, hits)
  if not opens[x.lang] then return stretches end
  local out, n = {}, 1
  for _, stretch in ipairs(stretches) do
    while hits.first[n] and hits.first[n] < stretch.first do n = n + 1 end
    n = part(out, stretch, x.lang, plain, hits, n)
  end
  return out
end

return M
