--- Which act or stance a verb or a noun tells, by the frames of data/acts.txt and the cues of
-- data/stances.txt. They are matched in C (src/bind/english/frames.c): most fit nothing.
-- @module lesdiplo.fact.frames
local items = require "lesdiplo.fact.items"
local util = require "lesdiplo.util"
local words = require "lesdiplo.fact.words"
local concat = table.concat
local ipairs = ipairs
_ENV = nil
local M = {}

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
  local number, last, filler = s.reader:frame(clause.number)
  return number and s.e[clause.verb].verb[number], last, filler or nil
end

--- The act that the last word of a name tells, as a noun alone: Summit.
function M.of_name (s, i)
  local e = words.entries()[items.word(s, i)]
  for _, frame in ipairs(e.noun or {}) do
    if frame.act.type == "host_event" and not frame.behind then return frame end
  end
end

--- The act that a noun tells: its frame, and the last item of what told it.
function M.noun (s, i)
  local number, last = s.reader:noun(i)
  return number and s.e[i].noun[number], last
end

--- The cue of the stance that a verb or a noun tells, and its last item; nil where it tells
-- none.
function M.cue (s, i)
  local number, last = s.reader:cue(i)
  if not number then return nil end
  local e = s.e[i]
  return (s.taken[i] == "N" and e.noun_cue or e.cue)[number], last
end

return M
