--- Which frame of an act or a cue a Russian trigger fits, by the words that stand with it.
-- @module lesdiplo.fact.russian.frames
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

local WINDOW = 9             -- items behind a trigger in which its words stand
local BEFORE = 6             -- and before it

--- May an item be of one of some words?
local function has (item, set)
  local is = item and (item.is or item.e and item.e.is)
  for word in pairs(is or {}) do
    if set[word] then return true end
  end
  return false
end

-- The first item of a stretch with one of the words; `plainly`, not in a mention.
local function seek (list, set, from, to, plainly)
  for i = from, to do
    if not (plainly and list[i].m) and has(list[i], set) then return i end
  end
end

local passives = { passive = true, participle = true }

local finite = { past = true, present = true }

-- The last item before the next finite verb: what stands behind that is no longer a trigger's.
local function clause_end (list, i, to)
  for k = i + 1, to do
    local e = list[k].e
    if e and e.verb and finite[e.tense] then return k - 1 end
  end
  return to
end

-- Does a noun tell the same act by itself?
local function tells_too (item, act)
  for _, frame in ipairs(item and item.e and item.e.noun or {}) do
    if act and frame.act.type == act.type then return true end
  end
  return false
end

-- Do a frame's words stand with a trigger? Returns the index of the last that told it.
local function fits (list, frame, i, from, to)
  local stop = i
  to = frame.behind and clause_end(list, i, i + WINDOW < to and i + WINDOW or to) or to
  if frame.next then
    stop = seek(list, frame.next, i + 1, i + 2 < to and i + 2 or to)
    if not stop then return nil end
  end
  if frame.behind then
    local k = seek(list, frame.behind, i + 1, to)
    if k then stop = k > stop and k or stop
    elseif not seek(list, frame.behind, i - WINDOW > from and i - WINDOW or from, i - 1,
                    not passives[list[i].e.tense]) then
      return nil
    end
  end
  if frame.before and not seek(list, frame.before, i - BEFORE > from and i - BEFORE
         or from, i - 1) then
    return nil
  end
  local near = (stop > i and stop or i) + 3
  if frame.veto and seek(list, frame.veto, i + 1, near < to and near or to) then return nil end
  -- телефонный разговор: the noun of an adjective that was asked for
  return stop > i and stop < to and tells_too(list[stop + 1], frame.act) and stop + 1 or stop
end

--- The first of some frames that a trigger fits, and the last item that told it.
local function choose (list, frames, i, from, to)
  for _, frame in ipairs(frames or {}) do
    local stop = fits(list, frame, i, from, to)
    if stop then return frame, stop end
  end
end

M.choose, M.has = choose, has
return M
