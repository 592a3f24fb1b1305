--- The units that are read at once: sentences, joined where they part between marks.
--
-- A unit has first and last, the stretches between marks in it, and the words of
-- saying (cues). One that has neither is not made.
-- @module lesdiplo.grammar.quote.units
local concat = table.concat
local find, gsub, match, rep, sub = string.find, string.gsub, string.match, string.rep, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local NEAR = 50           -- bytes from marks to the verb of a sentence that goes on behind them
local CUES_MOST = 200     -- words of saying in one sentence

-- Does a sentence go on behind marks: "Yes!" he said. "We agree!" Okello told them.
-- A Chinese one: “……。”他说。
local function goes_on (job, unit, next_one, hit)
  local text, stretch = job.text, unit.stretches[#unit.stretches]
  if stretch.last < unit.last - 1 then return false end
  if find(text, "^%l", next_one.first) then return true end
  local at, stop = job.hits[hit], job.hits[hit + 1]
  if not at or at >= next_one.last or at - next_one.first > NEAR then return false end
  local ending = sub(text, stretch.first, stretch.last)
  if job.x.lang == "zh" then
    local behind = sub(text, stop, stop + 5)
    return behind == "，“" or behind == "，「" or find(behind, "^。") ~= nil
  end
  return find(ending, "[!?][^%w]*$") ~= nil
end

-- Gives the unit the words of saying that stand in it.
local function take_cues (job, unit, hit)
  local hits = job.hits
  while hits[hit] and hits[hit] < unit.first do hit = hit + 2 end
  while hits[hit] and hits[hit] <= unit.last do
    if #unit.cues < CUES_MOST then
      unit.cues[#unit.cues + 1] = { hits[hit], hits[hit + 1] - 1 }
    end
    hit = hit + 2
  end
  return hit
end

-- Gives it the stretches between marks, and reaches as far as they do.
local function take_stretches (job, unit, s)
  local list = job.stretches
  while list[s] and list[s].last < unit.first do s = s + 1 end
  while list[s] and list[s].first <= unit.last do
    unit.stretches[#unit.stretches + 1] = list[s]
    if list[s].last > unit.last then unit.last = list[s].last end
    s = s + 1
  end
  return s
end

--- Those of a block that have something in them. `at` remembers how far sentences,
-- stretches and words of saying have been read.
function M.of (job, block, at, every)
  local out, list, i = {}, job.sentences, at.sentence
  local s, hit = at.stretch, at.hit
  while list[i] and list[i].last < block.first do i = i + 1 end
  while list[i] and list[i].first <= block.last do
    local first, last = list[i].first, list[i].last
    if first < block.first then first = block.first end
    if last > block.last then last = block.last end
    while job.hits[hit] and job.hits[hit] < first do hit = hit + 2 end
    while job.stretches[s] and job.stretches[s].last < first do s = s + 1 end
    if every or job.hits[hit] and job.hits[hit] <= last
       or job.stretches[s] and job.stretches[s].first <= last then
      local unit = { first = first, last = last, stretches = {}, cues = {}, block = block }
      s = take_stretches(job, unit, s)
      hit = take_cues(job, unit, hit)
      local next_one = list[i + 1]
      while next_one and next_one.first <= block.last
            and (next_one.first <= unit.last
                 or #unit.stretches > 0 and goes_on(job, unit, next_one, hit)) do
        i = i + 1
        if next_one.last > unit.last then
          unit.last = next_one.last < block.last and next_one.last or block.last
        end
        s = take_stretches(job, unit, s)
        hit = take_cues(job, unit, hit)
        next_one = list[i + 1]
      end
      out[#out + 1] = unit
    end
    i = i + 1
  end
  at.sentence, at.stretch, at.hit = i, s, hit
  return out
end

--- A text in one line: each white space made as many blanks as it has bytes.
function M.plain (text)
  if find(text, "\n", 1, true) or find(text, "\t", 1, true) then
    text = gsub(text, "[\n\r\t]", " ")
  end
  if find(text, "\xC2\xA0", 1, true) then text = gsub(text, "\xC2\xA0", "  ") end
  if find(text, "\xE2\x80\xAF", 1, true) then text = gsub(text, "\xE2\x80\xAF", "   ") end
  return text
end

--- The unit's text: opaque between marks, in one line, every byte in its place.
function M.masked (text, unit)
  local u
  if #unit.stretches == 0 then
    u = sub(text, unit.first, unit.last)
  else
    local parts, at = {}, unit.first
    for _, stretch in ipairs(unit.stretches) do
      local a, b = stretch.first, stretch.last
      if b > unit.last then b = unit.last end
      if a >= at then
        parts[#parts + 1] = sub(text, at, a - 1)
        parts[#parts + 1] = rep("\1", b - a + 1)
        at = b + 1
      end
    end
    parts[#parts + 1] = sub(text, at, unit.last)
    u = concat(parts)
  end
  return M.plain(u)
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
