--- Stretches of a text between quotation marks.
--
-- Marks are read a block at a time. A mark that is never closed reaches to the end
-- of its block, or into the next one where that opens with the same mark: so speech
-- of several paragraphs is one quote. Each byte is looked at once, whatever stands
-- open.
-- @module lesdiplo.grammar.quote.marks
local lpeg = require "lpeg"
local small_letters = require "lesdiplo.grammar.atoms".small
local P = lpeg.P
local byte, find, gmatch, gsub = string.byte, string.find, string.gmatch, string.gsub
local match, sub = string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local DEPTH = 6       -- quotations inside one another that are told apart

-- What closes a mark. The two straight ones close themselves; ’ is an apostrophe
-- as well.
local closers = {
  ["“"] = { ["”"] = true }, ["„"] = { ["“"] = true, ["”"] = true }, ["‘"] = { ["’"] = true },
  ["«"] = { ["»"] = true }, ["‹"] = { ["›"] = true }, ["「"] = { ["」"] = true },
  ["『"] = { ["』"] = true }, ['"'] = { ['"'] = true }, ["＂"] = { ["＂"] = true },
}
--- All quotation marks, and the bytes with which they begin: none of these begins a word.
M.all, M.begins = {}, {}
local width = {}                          -- bytes of a mark, by its first
local mark = P(false)
for c in gmatch("“„‘«‹「『\"＂”’»›」』", "[%z\1-\127\192-\255][\128-\191]*") do
  mark = mark + c
  M.all[#M.all + 1], M.begins[byte(c)], width[byte(c)] = c, true, #c
end

--- A quotation mark of any kind.
M.mark = mark

-- May an opening ‘ or a straight mark stand there: with no letter before it?
local function opens (text, at)
  if at == 1 then return true end
  local before = sub(text, at - 1, at - 1)
  return find(before, "[%s(%[/—–-]") ~= nil
         or find(before, "[\x80-\xBF]") ~= nil
            and not find(sub(text, at - 2, at - 1), "[\xC3-\xDF]")
end

-- The last ’ of a block that stands behind a stop or comma: certainly no apostrophe.
local function last_certain (text, marked, from, to)
  for i = to, from, -1 do
    local at = marked[i]
    if byte(text, at + 2) == 0x99 and find(text, "^[.,!?]\xE2", at - 1) then return at end
  end
  return 0
end

-- Is this ’ an apostrophe: don’t, or the peoples’ where the ‘ is closed further on?
local function is_apostrophe (text, at, certain)
  if at < certain and find(text, "^s’%s+%l", at - 1) then return true end
  return find(sub(text, at - 1, at - 1), "[%w\x80-\xBF]") ~= nil
         and find(sub(text, at + 3, at + 3), "[%a\xC3-\xDF]") ~= nil
end

-- The depth at which a mark closes what is open; nil where it closes nothing.
local function closed_by (stack, c)
  for depth = #stack, 1, -1 do
    if closers[stack[depth].mark][c] then return depth end
  end
end

-- The stack of one block, of the marks from..to: those that are open, outermost first.
local function read_block (text, block, marked, from, to, found)
  local stack, last_close = {}, nil
  local certain = last_certain(text, marked, from, to)
  for i = from, to do
    local at = marked[i]
    local c = sub(text, at, at + width[byte(text, at)] - 1)
    local close = closed_by(stack, c)
    if close and not (c == "’" and is_apostrophe(text, at, certain))
       and not (c == '"' and stack[close].at == at - 1) then
      last_close = at + #c - 1
      if close == 1 then
        found[#found + 1] = { first = stack[1].at, last = last_close, mark = stack[1].mark,
                              block = block }
        last_close = nil
      end
      for depth = #stack, close, -1 do stack[depth] = nil end
    elseif closers[c] and #stack < DEPTH
           and (c ~= "‘" and c ~= '"' or at == block.first or opens(text, at)) then
      stack[#stack + 1] = { at = at, mark = c }
    end
  end
  if stack[1] and stack[1].mark ~= "‘" then
    found[#found + 1] = { first = stack[1].at, last = last_close or block.last,
                          mark = stack[1].mark, block = block, unclosed = not last_close }
  end
end

--- The stretches between marks in some blocks, in order. One that goes on in the
-- next block has it as `next`, and that one has it as `previous`.
---@param text string
---@param blocks table[] each with first and last
---@param marked integer[] where the marks of the text stand
---@return table[] stretches first, last, mark, block; unclosed, next, previous
function M.find (text, blocks, marked)
  local found, start, from = {}, {}, 1
  if #marked == 0 then return found end
  for i, block in ipairs(blocks) do
    start[i] = #found + 1
    while marked[from] and marked[from] < block.first do from = from + 1 end
    local to = from
    while marked[to] and marked[to] <= block.last do to = to + 1 end
    if to > from then read_block(text, block, marked, from, to - 1, found) end
    from = to
  end
  for i = 1, #blocks - 1 do
    local open, next_one = found[start[i + 1] - 1], found[start[i + 1]]
    if open and next_one and open.block == blocks[i] and open.unclosed
       and next_one.block == blocks[i + 1] and next_one.mark == open.mark
       and find(sub(text, blocks[i + 1].first, next_one.first - 1), "^%s*$") then
      open.next, next_one.previous = next_one, open
    end
  end
  return found
end

local NAME = 60          -- bytes of a name between marks
local AHEAD = 40         -- bytes before it in which the word stands for what is called so

--- Without those that are the name of somebody who may speak, as the word before tells: the daily
-- “El Watan”, газета «Труд».
---@param text string
---@param stretches table[] of M.find
---@param callers table|nil those words, as a set
---@return table[]
function M.without_names (text, stretches, callers)
  if not callers then return stretches end
  local out = {}
  for _, s in ipairs(stretches) do
    local from = s.first > AHEAD and s.first - AHEAD or 1
    local word = s.last - s.first < NAME and not s.unclosed
                 and match(sub(text, from, s.first - 1), "([^%s,.;:(]+)[ \xC2\xA0]+$")
    local named = word and (callers[word] or callers[small_letters(word)])
                  and not find(text, "^[^%w\xC3-\xF4]*%l", s.first)
                  and not find(text, "^[^%w\xC3-\xF4]*\xD0[\xB0-\xBF]", s.first)
                  and not find(text, "^[^%w\xC3-\xF4]*\xD1", s.first)
                  and not find(sub(text, s.first, s.last), "[.!?,:]")
    if not named then out[#out + 1] = s end
  end
  return out
end

--- How many words stand in it: Chinese characters count for half.
---@param piece string
---@return integer
function M.words (piece)
  local _, han = gsub(piece, "[\xE4-\xE9][\x80-\xBF][\x80-\xBF]", "")
  local rest = gsub(piece, "[\xE4-\xE9][\x80-\xBF][\x80-\xBF]", " ")
  local _, words = gsub(rest, "%f[%w\xC3-\xDF][%w\x80-\xDF'-]+", "")
  return words + han // 2
end

-- Small words in titles.
local small = {}
for word in gmatch([[a an the of and or for in on to at by with from as is de la le les du des et en
  un une pour dans sur i]], "%S+") do
  small[word] = true
end

--- Is it a title or a name rather than speech: Every Word With a Capital?
---@param piece string with its marks
---@return boolean
function M.is_title (piece)
  local lower, upper = 0, 0
  for word in gmatch(piece, "[%a\xC3-\xDF][%w\x80-\xBF\xC3-\xDF'-]*") do
    if find(word, "^%u") then upper = upper + 1
    elseif not small[word] then lower = lower + 1
    end
  end
  return upper > 1 and lower <= upper / 4
end

--- Does it end as speech does, with a stop or a comma inside its marks?
---@param piece string with its marks
---@return boolean
function M.is_sentence (piece)
  local inner = match(piece, "^(.-)[\"”’»›」』\x80-\xBF\xC2\xE2\xE3%s]*$") or piece
  return find(inner, "[.,!?]$") ~= nil or find(piece, "[，。！？…]") ~= nil
end

return M
