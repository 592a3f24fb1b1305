--- Do the words that a frame asks for stand with a word of an act or a stance?
-- @module lesdiplo.fact.han.frames
local words = require "lesdiplo.fact.han.words"
local find, sub = string.find, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local WINDOW = 150           -- bytes before or behind a trigger in which its words stand
local NEAR = 24              -- bytes between a verb and the body that it takes

local function begins (text, at, set)
  local rest = sub(text, at, at + 30)
  local a = words.finder(set):match(rest)
  if a == 1 then return true end
  local c = sub(rest, 1, 3)
  return (c == "了" or c == "过") and words.finder(set):match(sub(rest, 4)) == 1
end

local bodies = { igo = true, bloc = true, court = true, treaty = true }

-- The last byte of a body that states join and leave, counted from a byte; it begins before
-- another one.
local function body_behind (st, last, to)
  for at = last + 1, to < last + NEAR and to or last + NEAR do
    local m = st.at_byte[at]
    if m then return m.kind == "org" and bodies[m.row.kind] and m.last - last + 1 or nil end
  end
end

-- Do a frame's words stand with a trigger? Returns the last byte of what told it.
local function fits (st, seg, frame, item)
  local text = st.simple
  local first, last = item.first, item.last
  local stop = last
  if frame.next and not begins(text, last + 1, frame.next) then return nil end
  if frame.behind then
    local to = seg.last < last + WINDOW and seg.last or last + WINDOW
    local at, behind = words.finder(frame.behind):match(sub(text, last + 1, to))
    -- 进行访问的塞尔维亚总理举行会谈
    if behind and find(sub(st.masked, last + 1, last + at), "的\1\2*\1") then behind = nil end
    if not behind and frame.behind["组织"] then behind = body_behind(st, last, to) end
    if behind then stop = last + behind - 1
    else
      local from = seg.first > first - WINDOW and seg.first or first - WINDOW
      if not words.finder(frame.behind):match(sub(text, from, first - 1)) then return nil end
    end
  end
  if frame.before then
    local from = seg.first > first - WINDOW and seg.first or first - WINDOW
    if not words.finder(frame.before):match(sub(text, from, first - 1)) then return nil end
  end
  if frame.veto and words.finder(frame.veto):match(sub(text, first - 9 > seg.first and first - 9
         or seg.first,
                                                       last + 12 < seg.last and last + 12
                                                           or seg.last)) then
    return nil
  end
  return stop
end

--- The first of the frames of an item that fits, and the last byte of what told it.
---@return table? frame
---@return integer? last
function M.choose (st, seg, frames, item)
  for _, frame in ipairs(frames or {}) do
    local stop = fits(st, seg, frame, item)
    if stop then return frame, stop end
  end
end

return M
