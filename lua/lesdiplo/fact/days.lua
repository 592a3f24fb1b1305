--- When: the day of an act, from the dates of its clause and of the document.
-- @module lesdiplo.fact.days
local items = require "lesdiplo.fact.items"
local find, format, match, sub = string.find, string.format, string.match, string.sub
local tonumber = tonumber
_ENV = nil
local M = {}

-- May an item be the day of an act that is meant in that way? What has been done was
-- not done later than the document's day, what will be done not before it. The year in
-- a title (Security Act, 2021) is none.
local function is_day (st, s, i, how)
  local m = s.m[i]
  if not m or m.kind ~= "date" or m.row.type ~= "DATE" then return false end
  local value, day = m.row.value or "", st.today
  if not find(value, "^%d%d%d%d") then return false end
  if #value == 4 and s.c[i - 1] == "," and s.c[i - 2] ~= "x" then return false end
  if not day then return true end
  if how == "planned" then
    return value >= sub(day, 1, #value) or find(value, "/", 1, true) ~= nil
  end
  return sub(value, 1, 10) <= day
end

-- The day that an anniversary counts from: the 30th in 2024 is of 1994.
local function base_of (value, text)
  local n = tonumber(match(text, "(%d+)%a* [Aa]nniversar"))
  local year, rest = match(value, "^(%d%d%d%d)(.*)$")
  return n and year and format("%04d%s", tonumber(year) - n, rest) or nil
end

-- The first day in some items of a clause; of what an anniversary is of, its base.
local function day_in (st, s, first, last, how)
  local step = first <= last and 1 or -1
  for i = first, last, step do
    if s.c[i] == "T" and is_day(st, s, i, how) then
      local value = s.m[i].row.value
      local base = step < 0 and items.form(s, i + 1) == "of" and base_of(value, items.text(s, i))
      return base or value
    end
  end
end

-- The 30 of "30th anniversary of" right before an item, where it is no date itself.
local function anniversary (s, i)
  for k = i - 1, i - 4 > 1 and i - 4 or 2, -1 do
    if s.c[k] == "x" and find(items.word(s, k), "^anniversar") then
      return tonumber(match(items.text(s, k - 1), "^(%d+)%a%a$"))
    elseif s.c[k] ~= "d" and s.c[k] ~= "p" then
      return nil
    end
  end
end

-- Where the next act's noun begins behind a trigger: dates from there on are its own.
local function next_act (s, clause, last)
  for i = last + 2, clause.last do
    if s.taken[i] == "N" and s.e[i].noun and s.e[i].noun[1] then return i end
  end
  return clause.last
end

-- A day before the verb of one of the clauses that a clause hangs on.
local function day_above (st, s, clause, found)
  local up = clause.up
  while up and up.kind ~= "rel" do
    local last = up.verb or up.last
    if last >= found.first then last = found.first - 1 end
    local day = up.first <= last and day_in(st, s, up.first, last, found.modality)
    if day then return day end
    up = up.up
  end
end

--- The date of a trigger: the nearest behind it in its clause, up to the next act; the
-- nearest before it; one in a clause that it hangs on; one that opens the sentence.
---@param st table state of the document
---@param s table sentence
---@param clause table
---@param found table first, last, modality
---@return string? date
function M.told (st, s, clause, found)
  local how, stop = found.modality, next_act(s, clause, found.last)
  local day = found.last < stop and day_in(st, s, found.last + 1, stop, how)
              or found.first > clause.first
                 and day_in(st, s, found.first - 1, clause.first, how)
              or day_above(st, s, clause, found)
  local head = s.clauses[1]
  if not day and clause ~= head and not head.verb and head.first <= head.last then
    day = day_in(st, s, head.first, head.last, how)
  end
  local n = day and anniversary(s, found.first)
  return n and format("%04d", tonumber(sub(day, 1, 4)) - n) or day or nil
end

-- The clause whose tense holds for another: the finite one that it hangs on.
local function ruler (clause)
  while not clause.finite and clause.up and clause.kind ~= "rel" do clause = clause.up end
  return clause
end

-- What news reports on the day it is done.
local today = {}
for name in ("meet visit host_event sign_agreement attend_summit open_embassy sanction provide_aid")
            :gmatch "%S+" do
  today[name] = true
end

--- The date of an act whose day is not told: what is done by saying it is done on the
-- document's day; what has been done, up to it ("../2024-05-02"); what will be, from it on
-- ("2024-05-02/.."). nil where that would be a guess.
---@param st table
---@param clause table
---@param found table frame, modality, verb
---@return string? date
function M.open (st, clause, found)
  local day, act, how = st.today, found.frame.act, found.modality
  if not day or how == "habitual" then return nil end
  if how == "planned" then return found.verb and day .. "/.." or nil end
  if found.verb and not act.today and ruler(clause).perfect then return "../" .. day end
  if how ~= "asserted" then return nil end
  if act.today or found.verb and today[act.type] and clause.finite then return day end
end

return M
