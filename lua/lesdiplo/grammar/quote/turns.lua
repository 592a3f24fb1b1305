--- Turns of a talk in Chinese, each behind who speaks and a colon, at the head of a block or
-- behind a sentence: 林剑：…, 法新社记者：…, 问：…答：….
-- @module lesdiplo.grammar.quote.turns
local mentions = require "lesdiplo.grammar.quote.mentions"
local byte, find, sub = string.byte, string.find, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local LABEL = 45         -- bytes of a label: fifteen characters
local NAME = 12          -- bytes of a name alone: four characters
local ASKED = 18         -- bytes of one that ends with 问

-- What ends the sentence before a label.
local stops = { ["。"] = true, ["？"] = true, ["！"] = true, ["”"] = true, ["」"] = true,
                ["；"] = false }

-- Those who ask, and are nobody's: labels end so.
local askers = { "记者", "記者", "主持人", "媒体", "媒體", "电视台", "電視台" }

-- Where the label before a colon begins; nil where marks are in it.
local function label_first (text, from, colon)
  local at = colon - 1
  while at >= from and colon - at <= LABEL do
    local b = byte(text, at)
    if b == 0x0A or b == 0x20 then return at + 1 end
    if b < 0x80 then return nil end
    local c = sub(text, at - 2, at)
    if stops[c] then return at + 1 end
    if stops[c] == false or find(c, "^[\xEF\xE2\xE3]") then return nil end
    at = at - 3
  end
  return at < from and from or nil
end

-- Who is named right before a colon, and nothing in the label but what tells who that is.
local function person (ctx, first, last)
  local list = ctx.list
  local i, at = mentions.from(list, first), first
  while list[i] and list[i].last <= last do
    local m = list[i]
    if m.first > at then return nil end
    if m.kind == "person" and m.id and m.last == last then return m.id end
    if m.last >= at then at = m.last + 1 end
    i = i + 1
  end
end

local function ends (text, first, last, word)
  return last - #word + 1 >= first and sub(text, last - #word + 1, last) == word
end

-- What a label says: who speaks, or "asks" or "answers"; nil where it is none.
local function told (ctx, text, first, last)
  local name = sub(text, first, last)
  if name == "答" then return "answers" end
  if ends(text, first, last, "问") and last - first < ASKED
     or ends(text, first, last, "問") and last - first < ASKED then
    return "asks"
  end
  for _, word in ipairs(askers) do
    if ends(text, first, last, word) then return "asks" end
  end
  return nil, person(ctx, first, last)
end

-- Whom the last person named before a place is.
local function last_named (ctx, at)
  local m = ctx.list[ctx.people[mentions.people_before(ctx, at)]]
  return m and m.id
end

-- The colons of a text, one after the other: a function that gives the first byte of the next,
-- and the first behind it.
local function colons (text)
  local wide, narrow = find(text, "：", 1, true), find(text, ":", 1, true)
  return function ()
    if wide and (not narrow or wide < narrow) then
      local at = wide
      wide = find(text, "：", at + 3, true)
      return at, at + 3
    elseif narrow then
      local at = narrow
      narrow = find(text, ":", at + 1, true)
      return at, at + 1
    end
  end
end

--- The turns of a text: name_first, name_last, id of who speaks, first, and blocks, as what is
-- said of each.
---@param ctx table
---@param text string
---@param blocks table[]
---@return table[]
function M.find (ctx, text, blocks)
  local out, answerer = {}, nil
  local next_colon = colons(text)
  local colon, behind = next_colon()
  for _, block in ipairs(blocks) do
    local turn = not block.after_gap and out[#out] or nil
    local from = block.first
    while colon and colon < from do colon, behind = next_colon() end
    while colon and colon <= block.last do
      local first = label_first(text, from, colon)
      local what, id
      if first and first < colon then what, id = told(ctx, text, first, colon - 1) end
      -- Somebody whom the text does not name otherwise, who is asked.
      local unknown = answerer ~= nil and first and first < colon and colon - first <= NAME
                      and (first == block.first or sub(text, first - 3, first - 1) == "？")
      if what or id or unknown then
        if turn then turn.blocks[#turn.blocks + 1] = { first = from, last = first - 1 } end
        if what == "asks" then answerer = answerer or last_named(ctx, first) or false end
        if what == "answers" then id = answerer or nil end
        answerer = id or answerer
        turn = { name_first = first, name_last = colon - 1, id = id, first = behind, blocks = {} }
        out[#out + 1], from = turn, behind
      end
      colon, behind = next_colon()
    end
    if turn then turn.blocks[#turn.blocks + 1] = { first = from, last = block.last } end
  end
  -- One alone is a sentence that somebody is given before.
  local one = #out == 1 and out[1].blocks[1]
  local stop = one and find(text, "。", one.first, true)
  if one then
    one.last = stop and stop + 2 < one.last and stop + 2 or one.last
    out[1].blocks = { one }
  end
  return out
end

return M
