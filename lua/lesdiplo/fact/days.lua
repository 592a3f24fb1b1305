--- When: the day of an act, from the dates of its clause and of the document.
-- @module lesdiplo.fact.days
local calendar = require "lesdiplo.grammar.calendar"
local clauses = require "lesdiplo.fact.clauses"
local items = require "lesdiplo.fact.items"
local naming = require "lesdiplo.grammar.quote.mentions"
local find, format, match, sub = string.find, string.format, string.match, string.sub
local bytes, lower = items.bytes, string.lower
local ipairs, tonumber = ipairs, tonumber
_ENV = nil
local M = {}

local YEAR = "^%d%d%d%d"

local in_phrase = items.classes "xXNUALER-"

-- The day that a date tells, the hour left out; nil where it tells none.
local function day_of (row)
  local value = row.value or ""
  if row.type == "TIME" then return match(value, "^%d%d%d%d%-%d%d%-%d%d") end
  return row.type == "DATE" and value or nil
end

-- The year last told before an item in the document, or nil.
local function year_before (st, s, i)
  local list = st.mentions
  for k = naming.from(list, (bytes(s, i))) - 1, 1, -1 do
    local m = list[k]
    local year = m.kind == "date" and m.row.anchor ~= "document" and match(m.row.value or "", YEAR)
    if year then return year end
  end
end

-- The day of an item that is a date, as day_of. In a history a month without a year, and "that
-- year", are of the year that it told last, not of the one in which it was written.
local function value_of (st, s, i)
  local row = s.m[i].row
  local value = day_of(row)
  if not value or row.anchor ~= "document" or st.doc.kind ~= "wiki" then return value end
  local month = match(value, "^%d%d%d%d(%-%d%d)$")
  if not month and not find(lower(items.text(s, i)), "that year$") then return nil end
  local year = year_before(st, s, i)
  return year and year .. (month or "") or nil
end

-- The number of a day that a value ends with, or nil.
local function number_of (day)
  local y, m, d = match(day, "(%d%d%d%d)%-(%d%d)%-(%d%d)$")
  return y and calendar.number(tonumber(y), tonumber(m), tonumber(d))
end

-- May an item be the day of an act that is meant in that way? What has been done was
-- not done later than the document's day, what will be done not before it. The year in
-- a title (Security Act, 2021) is none.
local function is_day (st, s, i, how)
  local m = s.m[i]
  local value, day = m and m.kind == "date" and value_of(st, s, i), st.today
  if not value then return false end
  if not find(value, "^%d%d%d%d") and not find(value, "^%.%./%d%d%d%d") then return false end
  if #value == 4 and s.c[i - 1] == "," and s.c[i - 2] ~= "x" then return false end
  if not day then return true end
  if how == "planned" then
    return value >= sub(day, 1, #value) or find(value, "/", 1, true) ~= nil
  end
  return sub(match(value, "^%.%./(.*)") or value, 1, 10) <= day
end

-- The day that an anniversary counts from: the 30th in 2024 is of 1994.
local function base_of (value, text)
  local n = tonumber(match(text, "(%d+)%a*%s+[Aa]nniversar"))
  local year, rest = match(value, "^(%d%d%d%d)(.*)$")
  return n and year and format("%04d%s", tonumber(year) - n, rest) or nil
end

-- Does a date only say which thing is meant: the May 3 crash, its 2019 strategy? A noun has
-- the one of its own phrase.
local function is_attribute (s, i, trigger)
  local before, after = s.c[i - 1], s.c[i + 1]
  if before ~= "d" and before ~= "o" and before ~= "s" or not in_phrase[after] then return false end
  if s.taken[trigger] == "V" or trigger < i then return true end
  for k = i + 1, trigger - 1 do
    if not in_phrase[s.c[k]] then return true end
  end
  return false
end

-- The value of the day at item i, up to the day after it where "and" ties that: on Saturday and
-- Sunday.
local function days_at (st, s, i)
  local value = value_of(st, s, i)
  local next_day = items.form(s, i + 1) == "and" and s.c[i + 2] == "T" and day_of(s.m[i + 2].row)
  local a, b = number_of(value), next_day and number_of(next_day)
  return a and b == a + 1 and value .. "/" .. next_day or value
end

-- The first day in some items of a clause; of what an anniversary before it is of, its
-- base. What is `said` is not of the day that it marks: congratulate on an anniversary.
local function day_in (st, s, first, last, how, trigger, said)
  local step, c = first <= last and 1 or -1, s.c
  for i = first, last, step do
    if c[i] == "T" and not (said and find(items.text(s, i), "anniversar"))
       and is_day(st, s, i, how) and not is_attribute(s, i, trigger) then
      local value = days_at(st, s, i)
      local base = i < trigger and items.form(s, i + 1) == "of"
                   and base_of(value, items.text(s, i))
      return base or value
    end
  end
end

-- The item of "anniversary of" right before an item, or nil.
local function celebration (s, i)
  for k = i - 1, i - 4 > 1 and i - 4 or 2, -1 do
    if find(items.word(s, k), "^anniversar") then return k end
    if s.c[k] ~= "d" and s.c[k] ~= "p" then return nil end
  end
end

--- Is what an item tells celebrated, and so done: the anniversary of the treaty?
function M.is_celebrated (s, i)
  return celebration(s, i) ~= nil
end

-- The 30 of "30th anniversary of" right before an item, where it is no date itself.
local function anniversary (s, i)
  local k = celebration(s, i)
  return k and s.c[k] == "x" and tonumber(match(items.text(s, k - 1), "^(%d+)%a%a$")) or nil
end

-- Does a noun only say what kind of thing the next one is: test ban treaty?
local nouns = items.classes "NXUx"
local function is_first_of_two (s, i)
  return nouns[s.c[i + 1]] and s.taken[i + 1] ~= "V" or false
end

local described = items.classes "xWENAd"
local made_of = { ["in"] = true, of = true }

--- Does a noun behind a verb only name what is given by it: gave five million in aid?
function M.restates (s, found, i)
  local frame = found.verb and i > found.last and s.e[i].noun and s.e[i].noun[1]
  if not frame or frame.act.type ~= "provide_aid" or found.frame.act.type ~= "provide_aid" then
    return false
  end
  local k = i - 1
  while described[s.c[k]] do k = k - 1 end
  return made_of[items.form(s, k)] == true and k > found.first
end

-- Where the next act's noun begins behind a trigger: dates from there on are its own.
local function next_act (s, found, stop)
  for i = found.last + 2, stop do
    if s.taken[i] == "N" and s.e[i].noun and s.e[i].noun[1] and not is_first_of_two(s, i)
       and not M.restates(s, found, i) then
      return i
    end
  end
  return stop
end

-- A day before the verb of one of the clauses that a clause hangs on; of a relative
-- clause one that stands with what it describes.
local function day_above (st, s, clause, found, how)
  local up = clause.up
  if clause.kind == "rel" and up and up.first < clause.first then
    return day_in(st, s, clause.first - 1, up.first, how, found.first)
  end
  while up and up.kind ~= "rel" do
    local last = up.verb or up.last
    if last >= found.first then last = found.first - 1 end
    local day = up.first <= last and day_in(st, s, up.first, last, how, found.first)
    if day then return day end
    up = up.up
  end
end

local later = { later = true, subsequently = true, afterwards = true, afterward = true }

-- "and was later succeeded": from the day on that the sentence told before.
local function since_then (st, s, clause)
  if not st.day or find(st.day, "/", 1, true) then return nil end
  for i = clause.group or clause.first, clause.verb or clause.last do
    if later[items.word(s, i)] then return st.day .. "/.." end
  end
end

-- The clause whose tense holds for another: the finite one that it hangs on.
local function ruler (clause)
  while not clause.finite and clause.up and clause.kind ~= "rel" do clause = clause.up end
  return clause
end

local bygone = { past = true, ed = true }

-- In a history the day of what "and" ties to what was done, where only that has one: accused Chad
-- and left in 1994.
local function day_beside (st, s, clause, found)
  if st.doc.kind ~= "wiki" or not clause.finite or not bygone[clause.tense] then return nil end
  for k = clause.number + 1, s.opened do
    local one = s.clauses[k]
    if one.kind == "main" or one.kind == "resumed" then return nil end
    if one.kind == "coord" then
      return one.up == clause and one.verb and bygone[one.tense]
             and day_in(st, s, one.verb + 1, one.last, found.modality, found.first) or nil
    end
  end
end

-- Acts that end something: "until 1992" is their date, and no other's.
local ending = { close_embassy = true, sever_relations = true, lift_sanction = true }

local NEWS = 14           -- days before the document's

-- Is a day, or the last one of some, so near before another that news still tells of it?
local function is_recent (told, day)
  local a, b = number_of(told), number_of(sub(day, 1, 10))
  return a ~= nil and b ~= nil and a <= b and b - a <= NEWS
end

-- The nearest day behind a trigger up to an item; before it in its clause; in one that the clause
-- hangs on; the one that opens the sentence.
local function nearest (st, s, clause, found, how, from, stop)
  local today, before = found.frame.act.today, found.first - 1
  local day = from <= stop and day_in(st, s, from, stop, how, found.first, today)
              or before >= clause.first and day_in(st, s, before, clause.first, how, found.first)
              or day_above(st, s, clause, found, how)
  local head = s.clauses[1]
  if not day and clause ~= head and not head.verb and head.first <= head.last then
    day = day_in(st, s, head.first, head.last, how, found.first)
  end
  return day
end

-- What was promised on a day is to be from then on: on 3 May Oslo pledged, agreed to sign.
local function since_promise (st, s, clause, found, from, stop)
  local up = ruler(clause)
  if not found.verb or found.modality ~= "planned" or not up.finite or up.modal or up.possible
     or not bygone[up.tense] then return nil end
  if up ~= clause then from, stop = 1, 0 end           -- called to condemn the attack in May
  local day = nearest(st, s, clause, found, "asserted", from, stop)
  return day and not find(day, "/", 1, true) and day .. "/.." or nil
end

--- The date of a trigger: the nearest behind it in its clause, up to the next act; the
-- nearest before it; one in a clause that it hangs on; one that opens the sentence.
---@param st table state of the document
---@param s table sentence
---@param clause table
---@param found table first, last, modality
---@return string? date
function M.told (st, s, clause, found)
  local how, reach = found.modality, clause.last
  if not found.frame.act.today then reach = clauses.reach(s, clause) end
  local stop = next_act(s, found, reach)
  local from = found.first + 1                          -- spoke yesterday with
  for i = from, found.last do                           -- not: marked the 80th anniversary
    if find(items.word(s, i), "^anniversar") then from = i + 1 end
  end
  local today = found.frame.act.today
  local day = nearest(st, s, clause, found, how, from, stop)
  day = day or found.verb and day_beside(st, s, clause, found)
  local stopped = day and match(day, "^%.%./(.*)")
  if stopped then day = ending[found.frame.act.type] and stopped or nil end
  if day and how == "asserted" and find(day, "/%.%.$") and not ruler(clause).perfect then
    day = nil                                           -- our third shipment since May
  end
  local now = clause.finite and (clause.tense == "base" or clause.tense == "s")
  if day and today and found.verb and now and how == "asserted" and st.today
     and not is_recent(day, st.today) then
    day = nil                                           -- we commend its vote in December
  end
  local n = day and anniversary(s, found.first)
  if n then return format("%04d", tonumber(sub(day, 1, 4)) - n) end
  return day or found.verb and since_then(st, s, clause)
         or since_promise(st, s, clause, found, from, stop) or nil
end

local occasions = { "meet", "visit" }
local SINCE = 8           -- sentences in which an occasion is remembered

-- What news reports on the day it is done.
local today = {}
for name in ("meet visit host_event sign_agreement attend_summit open_embassy sanction provide_aid")
            :gmatch "%S+" do
  today[name] = true
end

local now = { is = true, are = true, am = true, ["'re"] = true, ["'m"] = true }

-- Is an act another meeting than one told before: with others?
local function is_another (found, kind, before)
  if kind ~= "meet" or found.frame.act.type ~= "meet" or #found.target == 0 then return false end
  for _, id in ipairs(found.target) do
    if before.target[id] or before.source[id] then return false end
  end
  return true
end

-- The day of the meeting or journey of which an act is part: what the same people did, or
-- will do, as told with its day shortly before (met them yesterday. She thanked them).
local function occasion (st, found)
  local who, how = found.source, found.modality
  for _, kind in ipairs(occasions) do
    local before = st.last[kind]
    if before and before.told and before.how == how and who[1] and who[1] == before.source[1]
       and who.people[1] == before.source.people[1] and st.at_sentence - before.sentence <= SINCE
       and (how ~= "planned" or found.frame.act.type ~= "visit" or find(before.told, "/%d"))
       and not is_another(found, kind, before) then
      return before.told
    end
  end
end

--- The date of an act whose day is not told: that of the occasion of which it is part; what
-- is done by saying it is done on the document's day; what has been done, up to it
-- ("../2024-05-02"); what will be, from it on ("2024-05-02/.."). nil where that would be a
-- guess; and the day of the occasion.
---@param st table
---@param clause table
---@param found table frame, modality, verb
---@param s table sentence
---@return string? date
---@return string? day of the occasion, where it has the date from one
function M.open (st, clause, found, s)
  local day, act, how = st.today, found.frame.act, found.modality
  if not day or how == "habitual" then return nil end
  if how == "planned" then
    if not found.verb then return nil end
    local then_too = occasion(st, found)
    return then_too or day .. "/..", then_too
  end
  if found.verb and not act.today and ruler(clause).perfect then return "../" .. day end
  if how ~= "asserted" or st.doc.kind == "wiki" then return nil end
  local done = clause.finite or clause.kind == "inf" and not clause.perfect     -- the first to sign
  if act.today or found.verb and today[act.type] and done then
    local then_too = clause.tense ~= "s" and occasion(st, found)
    if then_too and is_recent(then_too, day) then return then_too, then_too end
    return day
  end
  if found.verb and clause.tense == "ing" and done and now[items.form(s, clause.group)] then
    return day                                              -- is appointing an envoy
  end
end

return M
