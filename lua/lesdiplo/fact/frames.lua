--- Which act a verb or a noun tells, by the frames of data/acts.txt.
-- @module lesdiplo.fact.frames
local items = require "lesdiplo.fact.items"
local util = require "lesdiplo.util"
local concat = table.concat
local ipairs = ipairs
_ENV = nil
local M = {}

local BEHIND = 9         -- items behind a trigger in which its words are looked for
local BEFORE = 4         -- items before a noun
local NEXT = 2           -- items behind a verb in which a particle stands

-- The first item of from..to with one of the words, or nil.
local function find (s, set, from, to)
  for i = from, to do
    if set[items.word(s, i)] then return i end
  end
end

local function least (a, b) return a < b and a or b end

-- Some items before another one.
local function back (i, n) return i > n and i - n or 1 end

-- Where the stretch ends in which a trigger's words may stand: the sentence's end, a
-- stop, or another finite verb.
local function reach (s, i)
  local last = least(i + BEHIND, s.n)
  for k = i + 1, last do
    local class = s.c[k]
    if class == ";" or class == "m" or class == "u" or class == "h" or class == "D"
       or s.taken[k] == "V" and s.c[k - 1] ~= "t" and s.e[k].tense ~= "ing" then
      return k - 1
    end
  end
  return last
end

-- Does a verb's frame fit? Returns the last item of what told it, and the noun that it
-- asked for.
local function fits_verb (s, frame, i, clause, to)
  local last, filler = i, nil
  if frame.next then
    local k = find(s, frame.next, i + 1, least(i + NEXT, s.n))
    if not k then return nil end
    last = k
  end
  if frame.before and not find(s, frame.before, clause.subject_first or clause.first, i - 1) then
    return nil
  end
  if frame.behind then
    local k
    if clause.passive then
      filler = find(s, frame.behind, back(clause.first, clause.reduced and BEFORE or 0), i - 1)
      k = filler and i
    end
    k = k or find(s, frame.behind, i + 1, to)
    if not k then return nil end
    filler = filler or k
    if k > i and k - i <= 4 then
      while s.taken[k + 1] == "N" do k = k + 1 end           -- food aid
      last = k > last and k or last
    end
  end
  if frame.veto and find(s, frame.veto, i + 1, to) then return nil end
  return last, filler
end

local function fits_noun (s, frame, i)
  local last = i
  if frame.behind then
    local k = find(s, frame.behind, i + 1, least(i + BEHIND - 3, s.n))
    if not k then return nil end
    last = k
  end
  if frame.before and not find(s, frame.before, back(i, BEFORE), i - 1) then return nil end
  if frame.veto and find(s, frame.veto, i + 1, least(i + 3, s.n)) then return nil end
  return last
end

--- What the frames of a word ask for, as a text: "+ with; > agreement, treaty".
function M.wanted (frames)
  local out = {}
  for _, frame in ipairs(frames or {}) do
    for _, one in ipairs{ { "+ ", frame.next }, { "> ", frame.behind }, { "< ", frame.before } } do
      if one[2] and #out < 6 then
        local names = util.keys(one[2])
        out[#out + 1] = one[1] .. concat(names, ", ", 1, #names < 4 and #names or 4)
                        .. (#names > 4 and " ..." or "")
      end
    end
    if frame.veto then out[#out + 1] = "and no word that cancels it" end
  end
  return concat(out, "; ")
end

--- The act that the verb of a clause tells: its frame, the last item of what told it,
-- and the noun that the frame asked for; nil where it tells none.
function M.verb (s, clause)
  local i = clause.verb
  local to = reach(s, i)
  for _, frame in ipairs(s.e[i].verb) do
    local last, filler = fits_verb(s, frame, i, clause, to)
    if last then return frame, last, filler end
  end
end

--- The act that a noun tells.
function M.noun (s, i)
  for _, frame in ipairs(s.e[i].noun or {}) do
    local last = fits_noun(s, frame, i)
    if last then return frame, last end
  end
end

return M
