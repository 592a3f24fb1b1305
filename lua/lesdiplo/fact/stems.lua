--- Lists under one verb: "Chad will:" and then, an item each, "support the reform", "host the
-- talks". What an item tells is told of the one who holds the stem's position.
-- @module lesdiplo.fact.stems
local frames = require "lesdiplo.fact.frames"
local subjects = require "lesdiplo.fact.subjects"
_ENV = nil
local M = {}

local marks = { [":"] = true, [";"] = true, ["-"] = true, [","] = true }

-- The last item of a sentence that is no mark, where one stands behind it: will:
local function before_mark (s)
  local i = s.n
  while i > 0 and marks[s.c[i]] do i = i - 1 end
  return i < s.n and i or nil
end

-- The last clause with a verb.
local function last_clause (s)
  for k = s.opened, 1, -1 do
    if s.clauses[k].verb then return s.clauses[k] end
  end
end

--- What a sentence leaves open for the items behind it: parties, and the cue of the stance that
-- its verb tells, false for a promise (will, shall); nil where it leaves nothing open.
---@param st table
---@param s table
---@return table?
function M.of (st, s)
  local i = before_mark(s)
  local clause = i and last_clause(s)
  if not clause or not clause.finite then return nil end
  local cue = false
  if s.c[i] == "t" then
    cue = s.taken[clause.verb] == "V" and s.e[clause.verb].cue and frames.cue(s, clause.verb)
    if not cue then return nil end
  elseif s.c[i] ~= "m" or clause.verb ~= i or clause.negated then
    return nil
  end
  local parties = subjects.subject(st, s, clause)
  return #parties > 0 and { parties = parties, cue = cue } or nil
end

--- Lets the first clause of an item go on with what st.stem left open.
function M.continue (st, s)
  local clause = s.clauses[1]
  if not clause.verb or clause.finite and clause.head or s.e[clause.verb].tense ~= "base" then
    return
  end
  clause.stem, clause.parties = st.stem, st.stem.parties
end

return M
