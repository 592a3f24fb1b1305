--- Where speech ends whose closing mark is missing: before the words that tell who said it, where
-- the sentence has such words at its end: “We came to stay, the envoy said.
-- @module lesdiplo.grammar.quote.unclosed
local frames = require "lesdiplo.grammar.quote.frames"
local _, native = ...
local at_or_behind = native.base.at_or_behind
local sub = string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local MOST = 8           -- words of saying that are looked at

-- The last byte of what is said in a stretch that a word of saying in it follows, or nil.
local function said_before (job, s, k)
  local hits, firsts, lasts = job.hits, job.sentences.firsts, job.sentences.lasts
  local i = at_or_behind(firsts, hits.first[k] + 1) - 1
  if i < 1 or hits.idle[k] then return nil end
  local first, last = firsts[i], lasts[i] < s.last and lasts[i] or s.last
  if first < s.first + #s.mark then first = s.first + #s.mark end
  if hits.first[k] <= first then return nil end
  local cue = { first = hits.first[k] - first + 1, last = hits.stop[k] - first,
                entry = hits.entry[k] }
  local frame = not cue.entry.source and frames.frame(sub(job.plain, first, last), cue, job.x)
  if frame and frame.kind == "tail" and #frame.subject > 0 then return first + frame.last end
end

--- Ends the stretches between marks that nothing closes where their words of saying tell.
---@param job table of reports.find
function M.close (job)
  if job.x.lang == "zh" then return end
  for _, s in ipairs(job.stretches) do
    if s.unclosed and not s.next and not s.previous then
      local k = at_or_behind(job.hits.first, s.first)
      for n = k, k + MOST - 1 do
        if not job.hits.first[n] or job.hits.first[n] > s.last then break end
        local last = said_before(job, s, n)
        if last then
          s.last, s.unclosed = last, nil
          break
        end
      end
    end
  end
end

return M
