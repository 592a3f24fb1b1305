--- The units that are read at once: sentences, joined where they part between marks.
--
-- A unit has first and last, the stretches between marks in it, and the words of
-- saying: how many (cues), and where the first of them is among the job's hits (cue).
-- One that has neither is not made, and sentences without anything are passed over; so
-- are those that have nothing but words of saying that report nothing.
-- @module lesdiplo.grammar.quote.units
local _, native = ...
local concat = table.concat
local find, match, rep, sub = string.find, string.match, string.rep, string.sub
local huge, ipairs = math.huge, ipairs
_ENV = nil
local M = {}

local NEAR = 50           -- bytes from marks to the verb of a sentence that goes on behind them
local CUES_MOST = 200     -- words of saying in one sentence

-- Does a sentence go on behind marks: "Yes!" he said. "We agree!" Okello told them.
-- A Chinese one: “……。”他说。
local function goes_on (job, unit, next_first, next_last, hit)
  local text, stretch = job.text, unit.stretches[#unit.stretches]
  if stretch.last < unit.last - 1 then return false end
  if find(text, "^%l", next_first) then return true end
  local at, stop = job.hits.first[hit], job.hits.stop[hit]
  if not at or at >= next_last or at - next_first > NEAR then return false end
  local ending = sub(text, stretch.first, stretch.last)
  if job.x.lang == "zh" then
    local behind = sub(text, stop, stop + 5)
    return behind == "，“" or behind == "，「" or find(behind, "^。") ~= nil
  end
  return find(ending, "[!?][^%w]*$") ~= nil
end

-- Gives the unit the words of saying that stand in it.
local function take_cues (job, unit, hit)
  local firsts = job.hits.first
  while firsts[hit] and firsts[hit] < unit.first do hit = hit + 1 end
  if unit.cues == 0 then unit.cue = hit end
  while firsts[hit] and firsts[hit] <= unit.last do
    if unit.cues < CUES_MOST then unit.cues = unit.cues + 1 end
    hit = hit + 1
  end
  return hit
end

-- Of a unit without any stretches.
local none = {}

-- Gives it the stretches between marks, and reaches as far as they do.
local function take_stretches (job, unit, s)
  local list = job.stretches
  while list[s] and list[s].last < unit.first do s = s + 1 end
  while list[s] and list[s].first <= unit.last do
    if unit.stretches == none then unit.stretches = {} end
    unit.stretches[#unit.stretches + 1] = list[s]
    local last = list[s].through or list[s].last
    if last > unit.last then unit.last = last end
    s = s + 1
  end
  return s
end

-- The unit that begins with the i-th sentence of a block, from first to last: itself, its last
-- sentence, and how far stretches and words of saying have been read then.
local function unit_at (job, block, i, first, last, s, hit)
  local firsts, lasts = job.sentences.firsts, job.sentences.lasts
  local unit = { first = first, last = last, stretches = none, cues = 0, block = block }
  s = take_stretches(job, unit, s)
  hit = take_cues(job, unit, hit)
  first, last = firsts[i + 1], lasts[i + 1]
  while first and first <= block.last
        and (first <= unit.last
             or #unit.stretches > 0 and goes_on(job, unit, first, last, hit)) do
    i = i + 1
    if last > unit.last then unit.last = last < block.last and last or block.last end
    s = take_stretches(job, unit, s)
    hit = take_cues(job, unit, hit)
    first, last = firsts[i + 1], lasts[i + 1]
  end
  return unit, i, s, hit
end

-- The unit of a sentence that has nothing but words of saying, from the first of them on that may
-- report something; nil where none does. And the word of saying behind it.
local function plain_unit (job, block, first, last, hit)
  local firsts, idle = job.hits.first, job.hits.idle
  local n, live = hit, nil
  while firsts[n] and firsts[n] <= last do
    if not live and not (idle[n] and firsts[n] > first) then live = n end
    n = n + 1
  end
  if not live or live >= hit + CUES_MOST then return nil, n end
  local stop = n < hit + CUES_MOST and n or hit + CUES_MOST
  return { first = first, last = last, stretches = none, cues = stop - live, cue = live,
           block = block }, n
end

-- Where the next stretch or word of saying is.
local function next_place (job, s, hit)
  local stretch = job.stretches[s]
  local a, b = job.hits.first[hit] or huge, stretch and stretch.first or huge
  return a < b and a or b
end

-- How far words of saying and stretches have been read that end before a place.
local function pass (job, s, hit, first)
  local firsts, stretches = job.hits.first, job.stretches
  while firsts[hit] and firsts[hit] < first do hit = hit + 1 end
  while stretches[s] and stretches[s].last < first do s = s + 1 end
  return s, hit
end

--- Those of a block that have something in them. `at` remembers how far sentences,
-- stretches and words of saying have been read.
function M.of (job, block, at, every)
  local s, hit = pass(job, at.stretch, at.hit, block.first)
  at.stretch, at.hit = s, hit
  if not every and next_place(job, s, hit) > block.last then return none end
  local firsts, lasts, stretches = job.sentences.firsts, job.sentences.lasts, job.stretches
  local out, i = {}, at.sentence
  while firsts[i] and lasts[i] < block.first do i = i + 1 end
  while firsts[i] and firsts[i] <= block.last do
    local place = every and 0 or next_place(job, s, hit)
    while lasts[i] < place and firsts[i + 1] and firsts[i + 1] <= block.last do i = i + 1 end
    local first = firsts[i] < block.first and block.first or firsts[i]
    local last = lasts[i] > block.last and block.last or lasts[i]
    s, hit = pass(job, s, hit, first)
    if every or next_place(job, s, hit) <= last then
      local stretch, behind, unit = stretches[s], firsts[i + 1]
      if every or stretch and stretch.first <= last or behind and behind <= last then
        unit, i, s, hit = unit_at(job, block, i, first, last, s, hit)
      else
        unit, hit = plain_unit(job, block, first, last, hit)
      end
      out[#out + 1] = unit
    end
    i = i + 1
  end
  at.sentence, at.stretch, at.hit = i, s, hit
  return out
end

--- A text in one line: each white space made as many blanks as it has bytes.
M.plain = native.base.plain

--- The unit's text, of a document's in one line: opaque between marks, every byte in its place.
function M.masked (plain, unit)
  if #unit.stretches == 0 then return sub(plain, unit.first, unit.last) end
  local parts, at = {}, unit.first
  for _, stretch in ipairs(unit.stretches) do
    local a, b = stretch.first, stretch.last
    if b > unit.last then b = unit.last end
    if a >= at then
      parts[#parts + 1] = sub(plain, at, a - 1)
      parts[#parts + 1] = rep("\1", b - a + 1)
      at = b + 1
    end
  end
  parts[#parts + 1] = sub(plain, at, unit.last)
  return concat(parts)
end

--- Where its words begin: a dateline at the beginning is not what was said.
function M.body (u)
  local at = match(u, "^%u[^%l]-%(?%a*%)?%s+%-%-%s+()")
             or match(u, "^%u[%a%s,.%d]-%(%a+%)%s+[–—-]+%s*()")
             or match(u, "^%u[%u%s,]+,? [%w%s.,]-[—–]%s*()")
  return at and at < 80 and at or 1
end

--- Where the words of a stretch of the unit begin and end.
function M.trim (u, first, last)
  local a = match(u, "^[%s,;:]*()", first)
  local b = last
  while b >= a and find(sub(u, b, b), "[%s,;:]") do b = b - 1 end
  while b >= a + 2 and (sub(u, b - 2, b) == "—" or sub(u, b - 2, b) == "–") do
    b = b - 3
    while b >= a and find(sub(u, b, b), "[%s,]") do b = b - 1 end
  end
  return a, b
end

return M
