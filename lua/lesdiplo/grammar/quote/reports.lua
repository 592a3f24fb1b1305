--- From frames to quotes: a block's sentences are read in order, what their frames
-- say becomes quotes, and what is left between marks is speech without a verb.
-- @module lesdiplo.grammar.quote.reports
local lpeg = require "lpeg"
local attribution = require "lesdiplo.grammar.quote.attribution"
local ends = require "lesdiplo.grammar.quote.ends"
local frames = require "lesdiplo.grammar.quote.frames"
local han = require "lesdiplo.grammar.quote.han"
local marks = require "lesdiplo.grammar.quote.marks"
local sides = require "lesdiplo.grammar.quote.sides"
local units = require "lesdiplo.grammar.quote.units"
local atoms = require "lesdiplo.grammar.atoms"
local byte, find, gmatch, gsub = string.byte, string.find, string.gmatch, string.gsub
local match, sub = string.match, string.sub
local ipairs, pairs = ipairs, pairs
local P = lpeg.P
_ENV = nil
local M = {}

local WINDOW = 60        -- bytes before marks in which a word tells that they hold a title
local NEXT = 12          -- bytes behind marks in which what tells that begins
local WORDS = 5          -- between marks, without a verb of saying, that are speech

-- Quotes of a unit -------------------------------------------------------------------

local function stretch_at (unit, first)
  local list, low, high = unit.stretches, 1, #unit.stretches + 1
  while low < high do
    local middle = (low + high) // 2
    if list[middle].last < first then low = middle + 1 else high = middle end
  end
  return list[low] and list[low].first <= first and list[low] or nil
end

-- All paragraphs of one speech.
local function chain (stretch)
  while stretch.previous do stretch = stretch.previous end
  local segments = {}
  while stretch do
    stretch.used = true
    segments[#segments + 1] = { first = stretch.first, last = stretch.last }
    stretch = stretch.next
  end
  return segments
end

local little = { but = true, ["and"] = true, yet = true, so = true, mais = true, et = true,
                 ["но"] = true, ["и"] = true, ["а"] = true }

-- A stretch with whole characters, and all of what is between marks at its ends: “A。”“B，”他说 is
-- two, of which he says the second.
local function whole (unit, u, a, b)
  local opening = byte(u, a) == 1 and stretch_at(unit, unit.first + a - 1)
  local closing = byte(u, b) == 1 and stretch_at(unit, unit.first + b - 1)
  local first = opening and opening.first - unit.first + 1 or 1
  local last = closing and closing.last - unit.first + 1 or #u
  while a > first and byte(u, a) == 1 and byte(u, a - 1) == 1 do a = a - 1 end
  while b < last and byte(u, b) == 1 and byte(u, b + 1) == 1 do b = b + 1 end
  while find(u, "^[\x80-\xBF]", a) do a = a + 1 end
  while find(u, "^[\x80-\xBF]", b + 1) do b = b + 1 end
  return a, b
end

-- Makes the content a..b of a unit (positions in it) the content of a report: direct
-- where it is all between marks, mixed where a part is.
local function fill (unit, u, report, a, b)
  a, b = whole(unit, u, units.trim(u, a, b))
  if a > b then return nil end
  local lead = match(u, "^(%a+),? ()", a)
  local inner = lead and little[atoms.small(lead)] and match(u, "^%a+,? ()", a) or a
  if byte(u, inner) == 1 then a = inner end
  local piece = sub(u, a, b)
  report.first, report.last = unit.first + a - 1, unit.first + b - 1
  if not find(piece, "\1", 1, true) then
    report.kind = "indirect"
    local last = sides.tail(u, b)
    report.last = unit.first + last - 1
    report.segments = { { first = report.first, last = report.last } }
    return report.last >= report.first and report or nil
  end
  if find(piece, "^\1+[%s.,;]*$") then
    report.kind, report.segments = "direct", {}
    local s = stretch_at(unit, report.first)
    report.segments = chain(s)
    report.first, report.last = report.segments[1].first, report.segments[#report.segments].last
    report.stretch = s
    return report
  end
  local plain = gsub(piece, "\1+", " ")
  report.kind = find(plain, "[%w\xC3-\xF4]") and "mixed" or "direct"
  for _, stretch in ipairs(unit.stretches) do
    if stretch.first <= report.last and stretch.last >= report.first then stretch.used = true end
  end
  if byte(u, b) ~= 1 then report.last = unit.first + sides.tail(u, b) - 1 end
  report.segments = { { first = report.first, last = report.last } }
  return report
end

-- The words of the subject, as positions in the document.
local function lift (unit, subject)
  local out = {}
  for i, one in ipairs(subject or {}) do
    out[i] = { first = unit.first + one.first - 1, last = unit.first + one.last - 1,
               apposition = one.apposition, pronoun = one.pronoun }
  end
  return out
end

local function new_report (unit, text, frame)
  local cue = frame.cue
  local first, last = unit.first + cue.first - 1, unit.first + cue.last - 1
  return {
    cue = { first = first, last = last, text = sub(text, first, last), form = cue.entry.form },
    hedge = cue.entry.hedge or nil, subject = lift(unit, frame.subject), source = frame.source,
    relative = frame.relative and unit.first + frame.relative - 1,
    base = cue.entry.tense == "base", follows = frame.follows, unit = unit,
    impersonal = frame.impersonal, part = frame.part and unit.first + frame.part - 1,
  }
end

-- Cuts a report's content where another frame begins.
local function shorten (unit, u, report, at)
  local a = report.first - unit.first + 1
  if at <= a then return end
  local b = at - 1
  while true do
    local c = match(sub(u, a, b), "^.*()[%s,;]+and%s*$")
              or match(sub(u, a, b), "^.*()[%s,;]+while%s*$")
              or match(sub(u, a, b), "^.*()[%s,;]+et%s*$")
    if not c then break end
    b = a + c - 2
  end
  while sub(u, b - 2, b) == "，" or sub(u, b - 2, b) == "；" do b = b - 3 end
  local cut = fill(unit, u, { }, a, b)
  if cut then
    report.last, report.kind, report.segments = cut.last, cut.kind, cut.segments
  end
end

-- Two segments of what a frame stands in the midst of.
local function split (unit, u, report, frame)
  local a = report.first - unit.first + 1
  local left = fill(unit, u, {}, a, frame.last)
  local right = fill(unit, u, {}, frame.resume, report.last - unit.first + 1)
  if left and right then
    report.segments = { left.segments[1], right.segments[1] }
    report.kind = (left.kind == right.kind) and left.kind or "mixed"
    if report.kind == "direct" then
      report.segments = left.segments
      for _, segment in ipairs(right.segments) do
        report.segments[#report.segments + 1] = segment
      end
    end
    report.first = report.segments[1].first
    report.last = report.segments[#report.segments].last
  end
  return left and right
end

-- What begins a writer's circumstance of what was said; and what goes on with whom is named last.
local circumstance, relative = {}, {}
for word in gmatch([[after following as when amid despite ahead hours days alors lors après avant
  sans]], "%S+") do
  circumstance[word] = true
end
for word in gmatch("which who whose qui dont который которая которые", "%S+") do
  relative[word] = true
end

-- A present participle: adding, ajoutant.
local function is_participle (word, lang)
  if lang == "fr" then return find(word, "%w%want$") ~= nil and word ~= "pendant" end
  return find(word, "ing$") ~= nil
end

-- Does what comes behind a frame belong to it no more: adding that, citing X? Behind somebody whom
-- the verb has behind it, or a day on which it was said, what tells of them does not.
local function leaves (u, frame, next_cue, x)
  if next_cue and next_cue.first - frame.resume < 12 and next_cue.first >= frame.resume
     and not find(sub(u, frame.resume, next_cue.first - 1), "[,;]") then
    return true
  end
  local word = match(u, "^([%a\x80-\xFF]+)", frame.resume)
  if not word then return false end
  if find(u, "^as%s+%l+%s+as%s", frame.resume) then return false end     -- as much as we want
  local behind = frame.inverted or frame.source
  return is_participle(word, x.lang) or word == "who" or word == "when" or word == "citing"
         or behind and relative[word] or (behind or frame.loose) and circumstance[word]
         or byte(u, frame.first) == 1 and (circumstance[word] or word == "and" or word == "but"
                                           or word == "which" or word == "while")
end

local bounds = { [","] = true, [";"] = true, ["while"] = true, ["but"] = true, ["and"] = true,
                 ["whereas"] = true, ["а"] = true, ["но"] = true, ["et"] = true, ["mais"] = true }

local opening = {}
for word in gmatch([[as when while after before although though whether asked speaking since
  if because during for at in on to while following despite with quand lors après когда
  после]], "%S+") do
  opening[word] = true
end

-- Does a sentence only open with that, and say nothing yet: When asked about it, ...?
local function is_opening (u, first, last, x)
  local piece = sub(u, first, last)
  if find(piece, "\1", 1, true) then return false end
  local _, count = gsub(piece, "%S+", "")
  local word = match(piece, "^[%s,]*([^%s,]+)")
  if x.lang == "zh" then return #piece < 12 end
  if count < 4 then return true end
  return word ~= nil and opening[atoms.small(word)] ~= nil and not find(piece, ", ")
end

-- Does another word of saying part what stands between the same marks? Then the report of the first
-- goes on behind it.
local function goes_on (state, s)
  local parted = state.parted
  if not parted or not s or s.of ~= parted.of or s.used then return false end
  s.used = true
  parted.segments[#parted.segments + 1] = { first = s.first, last = s.last }
  parted.last = s.last
  return true
end

-- S said, "C". A word or two between marks, and more behind: a clause of which they
-- are a part. What a source tells is its own, and theirs: according to the paper S said, "C".
local function place_marks (job, unit, u, frame, state, report, inside)
  local s = stretch_at(unit, unit.first + frame.first - 1)
  report.nested = inside and state.open.source
  if s and find(report.cue.form, "^reads") and marks.is_title(sub(job.text, s.first, s.last)) then
    return nil                                                -- She reads “The Long Road”.
  end
  if not s or s.used and not report.nested then return nil end
  local rest = sub(u, s.last - unit.first + 2)
  if marks.words(sub(job.text, s.first, s.last)) < WORDS
     and (find(rest, "^%s*%w") or find(rest, "^[\xE4-\xE9]")) then
    return fill(unit, u, report, frame.first, frame.last)
  end
  if inside and not report.nested then shorten(unit, u, state.open, frame.start) end
  report.kind, report.segments, report.stretch = "direct", chain(s), s
  report.first, report.last = report.segments[1].first, report.segments[#report.segments].last
  state.floor = s.last - unit.first + 2
  return report
end

-- C, S said, C: a new report of two segments, or the two parts of the one that it
-- stands in. What comes behind may be the writer's own: then false.
local function place_middle (job, unit, u, frame, state, report, inside)
  local behind = byte(u, frame.resume) == 1 and stretch_at(unit, unit.first + frame.resume - 1)
  if goes_on(state, behind) then return nil end
  if inside then
    split(unit, u, state.open, frame)
    return nil
  end
  if frame.loose and is_opening(u, state.floor, frame.last, job.x) then return nil end
  local start = units.trim(u, state.floor, frame.last)
  if behind and byte(u, start) ~= 1                            -- но, сказал S, «C»
     and job.x.links[atoms.small(sub(u, start, frame.last))] then
    frame.first = frame.resume
    return place_marks(job, unit, u, frame, state, report, inside)
  end
  local last = sides.tail(u, #u)
  report.first, report.last = unit.first + start - 1, unit.first + last - 1
  if behind then report.last = behind.last                     -- "C," S said, "C"
  elseif byte(u, frame.resume) ~= 1 and byte(u, start) == 1 then
    return false
  end
  if not split(unit, u, report, frame) then return nil end
  state.floor = #u + 1
  if behind and behind.of then
    report.of, state.parted = behind.of, report
  end
  return report
end

-- C, S said.
local function place_tail (job, unit, u, frame, state, report, inside)
  if inside then
    shorten(unit, u, state.open, frame.start)
    return nil
  end
  local filled = fill(unit, u, report, state.floor, frame.last)
  if filled and filled.kind == "indirect" then
    if unit.dash then
      filled.kind = "direct"
      local stop = match(u, "^[?!]+()", filled.last - unit.first + 2)
      if stop then
        filled.last = unit.first + stop - 2
        filled.segments[1].last = filled.last
      end
    elseif is_opening(u, state.floor, frame.last, job.x) then filled = nil
    end
  end
  state.floor = frame.cue.last + 1
  return filled
end

-- S said that C: cuts the one before it where it goes on with the same or another
-- subject, or stands inside its content.
local function place_head (job, unit, u, frame, state, report, inside)
  if inside and not report.relative and (report.follows or bounds[frame.bound]) then
    shorten(unit, u, state.open, frame.start)
  elseif inside then
    report.nested = true
  end
  local last = ends.of(u, frame.first, frame.last, job.x, frame.cue.entry.tense)
  local filled = fill(unit, u, report, frame.first, last)
  if filled and not report.nested then state.open = filled end
  return filled
end

-- Do marks before a verb and somebody who is not known yet end as English speech does, with a stop
-- or a comma: “We agree,” said a driver; not “official” stated an intent?
local function ends_speech (job, unit, u, frame)
  if not find(u, "^an?%s", frame.subject[1].first) then return true end
  local s = job.x.lang == "en" and stretch_at(unit, unit.first + frame.last - 1)
  local ending = s and sub(job.text, s.last - 8, s.last)
  return not s or find(ending, "[,.?!-][^%w]*$") ~= nil
         or find(ending, "\xE2\x80[\x93\x94\xA6][^%w]*$") ~= nil
end

-- One frame of a unit: a new report, or a change to the one that is open.
local function place (job, unit, u, frame, state, next_cue)
  local open = state.open
  if frame.inverted and byte(u, frame.last) == 1 and not ends_speech(job, unit, u, frame) then
    return nil
  end
  local inside = open and unit.first + frame.start - 1 <= open.last
                 and unit.first + frame.cue.first - 1 >= open.first
  local report = new_report(unit, job.text, frame)
  if frame.kind == "middle" and not leaves(u, frame, next_cue, job.x) then
    local placed = place_middle(job, unit, u, frame, state, report, inside)
    if placed ~= false then return placed end
  end
  if frame.kind == "marks" then
    return place_marks(job, unit, u, frame, state, report, inside)
  elseif frame.kind == "head" then
    return place_head(job, unit, u, frame, state, report, inside)
  end
  return place_tail(job, unit, u, frame, state, report, inside)
end

local dash = (P"—" + "–" + "―") * (P" " + "\xC2\xA0")

-- A paragraph that opens with a dash is speech: — Yes, — he said. — Come in.
local function dashed (job, unit, before, out)
  local u = units.masked(job.plain, unit)
  local a = match(u, "^%s*()")
  local at = dash:match(u, a)
  if not at then return end
  local first, last = units.trim(u, at, #u)
  if before and before.unit.block == unit.block and before.kind == "direct" then
    before.segments[#before.segments + 1] = { first = unit.first + first - 1,
                                              last = unit.first + last - 1 }
    before.last = unit.first + last - 1
  else
    out[#out + 1] = { first = unit.first + first - 1, last = unit.first + last - 1, kind = "direct",
                      carried = true, opens = true, unit = unit,
                      segments = { { first = unit.first + first - 1,
                                     last = unit.first + last - 1 } } }
  end
end

-- The word of saying behind the n-th of the hits that is not between marks, as far as a unit has
-- any.
local function next_cue (job, unit, u, n)
  local hits = job.hits
  for k = n + 1, unit.cue + unit.cues - 1 do
    local first = hits.first[k] - unit.first + 1
    if byte(u, first) ~= 1 then return { first = first, last = hits.stop[k] - unit.first } end
  end
end

-- What a unit's frames share.
local function begin (unit, u)
  local at = unit.block.dashed and dash:match(u)
  unit.dash = at or unit.block.dashed and unit.first == unit.block.first
  return { floor = at or units.body(u) }
end

-- The frame around the n-th word of saying. Of most that are none it is known beforehand, so that
-- the unit's text is made for few: it is handed on.
local function frame_at (job, unit, n, u)
  local x, hits = job.x, job.hits
  local from = hits.first[n] - unit.first + 1
  if hits.idle[n] and from > 1 then return nil, u end
  u = u or units.masked(job.plain, unit)
  if byte(u, from) == 1 then return nil, u end
  local cue = { first = from, last = hits.stop[n] - unit.first, entry = hits.entry[n] }
  return (x.lang == "zh" and han or frames).frame(u, cue, x), u
end

local function read_unit (job, unit, out)
  local frame, u, state
  for n = unit.cue, unit.cue + unit.cues - 1 do
    frame, u = frame_at(job, unit, n, u)
    if frame then
      state = state or begin(unit, u)
      local report = place(job, unit, u, frame, state, next_cue(job, unit, u, n))
      if report then
        report.previous = state.last
        state.last = report
        out[#out + 1] = report
      end
    end
  end
end

-- Speech without a verb -----------------------------------------------------------------

-- What stands in the sentence before a stretch, as far back as it matters; and whether
-- there are words at all.
local function lead_of (job, unit, stretch)
  local from = stretch.first - WINDOW
  if from < unit.first then from = unit.first end
  local before = sub(job.text, from, stretch.first - 1)
  return before, from == unit.first and not find(before, "[%w\xC3-\xF4]")
end

-- Do words right behind a stretch tell that it is what something is called: «...» – так называется?
local function is_called (job, stretch)
  local rest = sub(job.text, stretch.last + 1, stretch.last + WINDOW)
  for phrase in pairs(job.x.called) do
    local at = find(rest, phrase, 1, true)
    if at and at <= NEXT then return true end
  end
  return false
end

local function is_speech (job, unit, stretch)
  local piece = sub(job.text, stretch.first, stretch.last)
  local count = marks.words(piece)
  if stretch.next then return true end
  if stretch.unclosed and count > 60 or marks.is_title(piece) or is_called(job, stretch) then
    return false
  end
  local before, opens = lead_of(job, unit, stretch)
  local word = match(before, "([^%s,:“”\"(]+)[%s,:]*$")
  if word and job.x.titled and job.x.titled[atoms.small(word)] then return false end
  if job.x.lang == "zh" then
    for titled in pairs(job.x.titled) do
      if sub(before, -#titled) == titled then return false end
    end
  end
  if opens then
    return count >= WORDS or count >= 2 and marks.is_sentence(piece)
  end
  return count >= WORDS and (marks.is_sentence(piece) or find(before, ":%s*$") ~= nil
                             or find(piece, "^%S-%f[%u]%u") ~= nil)
end

local function left_over (job, unit, out, waiting)
  for _, stretch in ipairs(unit.stretches) do
    if stretch.next and not stretch.previous and waiting then      -- its verb may come last
      waiting[#waiting + 1] = unit
    elseif not stretch.used and not stretch.previous and is_speech(job, unit, stretch) then
      local segments = chain(stretch)
      local before, opens = lead_of(job, unit, stretch)
      out[#out + 1] = { first = segments[1].first, last = segments[#segments].last, kind = "direct",
                        segments = segments, unit = unit, stretch = stretch, carried = true,
                        opens = opens, colon = find(before, ":%s*$") ~= nil }
    end
  end
end

-- A dash before a block, which was read as the mark of an item.
local function leads (before)
  return find(before, "\xE2\x80[\x93-\x95] ?$") ~= nil
         or find(before, "\xE2\x80[\x93-\x95]\xC2\xA0$") ~= nil
end
local dashes_speak = { ru = true, fr = true }

-- A paragraph behind a dash without a word of saying, as speech: nobody tells whose.
local function turn (job, block)
  local last = block.last
  while last > block.first and find(job.text, "^%s", last) do last = last - 1 end
  return { first = block.first, last = last, kind = "direct", unit = { first = block.first },
           segments = { { first = block.first, last = last } } }
end

-- Paragraphs behind dashes one after the other are a talk where one of them has a word of saying
-- behind another dash: then the others are speech, too. A talk knows which they are (silent), and
-- whether one has such a word.
local function end_talk (job, talk, found)
  if talk.told then
    for _, block in ipairs(talk.silent) do found[#found + 1] = turn(job, block) end
  end
  return { silent = {} }
end

--- Adds the quotes of a document to `out`. A job has text, the same in one line (plain), x,
-- blocks, sentences (firsts and lasts), hits (words of saying, see cues.find), stretches, and ctx
-- where speakers are asked for.
function M.find (job, out)
  local found, waiting, at = {}, {}, { sentence = 1, stretch = 1, hit = 1 }
  local dashes, talk = dashes_speak[job.x.lang], { silent = {} }
  for _, block in ipairs(job.blocks) do
    local led = dashes and leads(sub(job.text, block.first - 5, block.first - 1))
    local every = dashes and (dash:match(job.text, block.first) ~= nil or led)
    local before = #found
    block.dashed = every
    if not every then talk = end_talk(job, talk, found) end
    for _, unit in ipairs(units.of(job, block, at, every)) do
      local count = #found
      if unit.cues > 0 then read_unit(job, unit, found) end
      if #found == count and every then dashed(job, unit, found[count], found) end
      if #unit.stretches > 0 then left_over(job, unit, found, waiting) end
    end
    local report = every and found[before + 1]
    if report then
      talk.told = talk.told or report.kind == "direct" and report.cue and not report.stretch
    elseif led then talk.silent[#talk.silent + 1] = block
    end
  end
  end_talk(job, talk, found)
  for _, unit in ipairs(waiting) do left_over(job, unit, found) end
  attribution.resolve(job, found, out)
end

return M
