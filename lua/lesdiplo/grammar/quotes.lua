--- What somebody said, and who: direct, indirect and mixed speech.
--
--     for doc in corpus:docs() do
--       for quote in lesdiplo.grammar.quotes.each(doc) do print(quote.speaker, quote) end
--     end
--
-- A block is read sentence by sentence; a sentence that ends between marks goes on
-- behind them. quote/marks.lua finds what is between marks, quote/frames.lua the
-- words of saying and what they say, quote/speakers.lua who is meant. The words
-- themselves are in data/speech.lua: a script adds a verb in one line,
--
--     local cues = lesdiplo.grammar.quotes.cues
--     cues.en.say = cues.en.say .. ", quip=quipped"
--
-- @module lesdiplo.grammar.quotes
local lpeg = require "lpeg"
local asides = require "lesdiplo.grammar.quote.asides"
local cues = require "lesdiplo.grammar.quote.cues"
local marks = require "lesdiplo.grammar.quote.marks"
local reports = require "lesdiplo.grammar.quote.reports"
local speakers = require "lesdiplo.grammar.quote.speakers"
local turns = require "lesdiplo.grammar.quote.turns"
local unclosed = require "lesdiplo.grammar.quote.unclosed"
local units = require "lesdiplo.grammar.quote.units"
local atoms = require "lesdiplo.grammar.atoms"
local util = require "lesdiplo.util"
local _, native = ...
local class, error = native.base.class, error
local source, stretches_of = native.base.source, native.layers.stretches
local find, gmatch, match, sub = string.find, string.gmatch, string.match, string.sub
local ipairs, sort, utf8offset = ipairs, table.sort, utf8.offset
_ENV = nil
local M = {}

--- The words of speech by language: data.speech.
M.cues = cues.data

-- The words between the marks, whose first and last character these are.
local function between (quoted)
  return sub(quoted, utf8offset(quoted, 2), utf8offset(quoted, -1) - 1)
end

--- An LPeg pattern of what stands between quotation marks of one kind or another, at the start
-- of a subject or in a grammar of one's own; it captures a row: first and last, marks
-- included, and value, the words between them. Who says them is for `all` and the layer.
--     > quotes.pattern:match("“We agree,” he said").value
--     We agree,
M.pattern = lpeg.Ct(lpeg.Cg(lpeg.Cp(), "first") * lpeg.Cg(atoms.quoted / between, "value")
                    * lpeg.Cg(lpeg.Cp() / function (at) return at - 1 end, "last"))

--- An LPeg pattern of a quotation mark, of any kind.
M.mark = marks.mark

local read = { paragraph = true, item = true, caption = true, table = true }

-- A short paragraph may pass for a heading: one that ends with a stop inside marks.
local spoken = "[.!?][ \xC2\xA0]*[\"\xC2\xE2][\x80-\xBF]*$"

-- Blocks that speak, as plain tables; headings end what was said before them.
local function by_place (a, b)
  if a.first ~= b.first then return a.first < b.first end
  return a.last < b.last
end

local function blocks_of (doc, text)
  local out, gap, positions, kinds = {}, true, stretches_of(doc, "block")
  local n, sorted, before = 0, true, 0
  for i = 1, #kinds do
    local kind, first, last = kinds[i], positions[2 * i - 1], positions[2 * i]
    local speaks = read[kind] or kind == "heading" and find(sub(text, first, last), spoken) ~= nil
    if speaks and last >= first then
      n = n + 1
      out[n] = { first = first, last = last, after_gap = gap }
      sorted, before, gap = sorted and first > before, first, false
    elseif kind == "heading" then
      gap = true
    end
  end
  if not sorted then sort(out, by_place) end
  return out
end

-- Where sentences begin and end, as two lists.
local function sentences_of (doc)
  local firsts, lasts = native.layers.sentences(doc)
  return { firsts = firsts, lasts = lasts }
end

-- Labels: MR PRICE: Good afternoon ------------------------------------------------------

local LABEL = 70          -- bytes behind the first of a block in which its label ends

-- Capitals, those beyond ASCII among them: JOSÉ.
local capitals = "[%u%d%s.'’,\x80-\xFF-]*[%u\x80-\xFF]"

-- Behind a label's colon there is white space of any kind, up to what is said.
local behind_colon = (lpeg.S " \t\n\v\f\r" + "\xC2\xA0")^1 * lpeg.Cp()

-- The name before the colon with which a block begins, and where what is said begins.
local function label (text, block)
  local head = sub(text, block.first, block.first + LABEL)
  local name, at = match(head, "^(%u" .. capitals .. "):()")
  if not name then name, at = match(head, "^(%u" .. capitals .. ") %b():()") end
  if not name then name, at = match(head, "^([QA]):()") end
  local from = name and behind_colon:match(text, block.first + at - 1)
  if from then return name, from end
end

-- The labelled speeches: one a label, up to the next. A single label is none.
local function speeches (text, blocks)
  local out, colon = {}, find(text, ":", 1, true)
  for i, block in ipairs(blocks) do
    if colon and colon < block.first then colon = find(text, ":", block.first, true) end
    local name, at
    if colon and colon <= block.first + LABEL then name, at = label(text, block) end
    if name then
      out[#out + 1] = { name = name, name_first = block.first, name_last = block.first + #name - 1,
                        first = at, blocks = { { first = at, last = block.last } } }
      block.speech, block.spoken = out[#out], at
    elseif #out > 0 and not block.after_gap and blocks[i - 1].speech then
      block.speech = out[#out]
      local of = out[#out].blocks
      of[#of + 1] = { first = block.first, last = block.last }
    end
  end
  if #out < 2 then
    for _, block in ipairs(blocks) do block.speech = nil end
    return {}
  end
  for _, block in ipairs(blocks) do block.first = block.spoken or block.first end
  return out
end

-- Rows ---------------------------------------------------------------------------------

local function row_of (doc, text, report)
  local row = { kind = report.kind, hedge = report.hedge }
  if report.cue then row.cue = report.cue.text end
  local who = report.who
  if who then
    row.speaker, row.via = who.id, who.via
    if who.first then
      row.speaker_start, row.speaker_end = source(doc, who.first, who.last)
    end
  end
  if report.segments and #report.segments > 1 then
    row.segments = {}
    for i, segment in ipairs(report.segments) do
      local a, b = source(doc, segment.first, segment.last)
      row.segments[i] = { start = a, ["end"] = b,
                          text = sub(text, segment.first, segment.last) }
    end
  end
  return row
end

-- The layer -------------------------------------------------------------------------------

local function labelled (ctx, said, out)
  for _, speech in ipairs(said) do
    local id = speech.id or speech.name and speakers.label(ctx, speech.name)
    speech.id = id
    local last = speech.blocks[#speech.blocks].last
    if last >= speech.first then
      out[#out + 1] = { first = speech.first, last = last, kind = "direct",
                        segments = speech.blocks,
                        who = { id = id, first = speech.name_first, last = speech.name_last } }
    end
  end
end

-- Who says "I" at a place: the one whose labelled speech it is.
local function self_of (blocks)
  local i = 1
  return function (at)
    while i > 1 and blocks[i] and blocks[i].first > at do i = i - 1 end
    while blocks[i] and blocks[i].last < at do i = i + 1 end
    return blocks[i] and blocks[i].speech and blocks[i].speech.id
  end
end

-- Turns as labelled speeches: what is said is trimmed, and blocks are parted into theirs.
local function turns_of (ctx, text, blocks)
  local said, parts = {}, {}
  for _, turn in ipairs(turns.find(ctx, text, blocks)) do
    local kept = {}
    for _, part in ipairs(turn.blocks) do
      local first = match(text, "^%s*()", part.first)
      local last = part.last
      while last >= first and find(sub(text, last, last), "%s") do last = last - 1 end
      if last >= first then
        kept[#kept + 1] = { first = first, last = last }
        parts[#parts + 1] = { first = first, last = last, speech = turn }
      end
    end
    if #kept > 0 then
      turn.first, turn.blocks = kept[1].first, kept
      said[#said + 1] = turn
    end
  end
  return said, parts
end

-- Without reports whose word of saying is in a label: 答：.
local function without_labels (found, said)
  local labels, out = {}, {}
  for _, turn in ipairs(said) do
    for at = turn.name_first, turn.name_last do labels[at] = true end
  end
  for _, report in ipairs(found) do
    if not (report.cue and labels[report.cue.first]) then out[#out + 1] = report end
  end
  return out
end

--- The layer of a document.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.quote (doc)
  local text = doc.text
  local x = cues.of(doc.lang or "en") or cues.none     -- as facts are: fact/layers.lua
  local blocks = blocks_of(doc, text)
  local said = speeches(text, blocks)
  local hits, marked = cues.find(x, text)
  local stretches = marks.without_names(text, marks.find(text, blocks, marked), x.callers)
  local may_turn = x.lang == "zh" and #said == 0
                   and (find(text, "：", 1, true) or find(text, ":", 1, true)) ~= nil
  if #hits.first == 0 and #stretches == 0 and #said == 0 and not may_turn then return {}, {} end
  local sentences = sentences_of(doc)
  local ctx = speakers.new(doc, sentences, x)
  if #stretches > 0 then stretches = asides.parted(x, ctx.text, stretches, hits) end
  local found = {}
  local parts = blocks
  if may_turn then said, parts = turns_of(ctx, text, blocks) end
  labelled(ctx, said, found)
  local job = { text = text, plain = ctx.text, x = x, blocks = blocks, sentences = sentences,
                hits = hits, stretches = stretches, ctx = ctx, self = self_of(parts) }
  unclosed.close(job)
  reports.find(job, found)
  if parts ~= blocks then found = without_labels(found, said) end
  local positions, rows = {}, {}
  for i, report in ipairs(found) do
    positions[2 * i - 1], positions[2 * i] = report.first, report.last
    rows[i] = row_of(doc, text, report)
  end
  return positions, rows
end

--- The quotes of a document, one after the other.
---@param doc Doc
---@return function iterator of Span
function M.each (doc)
  if class(doc) ~= "Doc" then error("quotes.each(doc): a Doc is wanted", 0) end
  local spans, i = doc:layer "quote", 0
  return function ()
    i = i + 1
    return spans[i]
  end
end

-- A sentence of a text that is no document, up to a stop and the marks that close behind it.
local stop = lpeg.P "。" + "！" + "？"
local closed = stop * (lpeg.P "」" + "』" + "”" + "’" + "）" + stop)^0
local sentence = lpeg.Cp() * ((1 - lpeg.S ".!?" - stop)^0
                              * (closed + lpeg.S ".!?" * (1 - lpeg.S " \t\r" - stop)^0 + -1)
                              + 1) * lpeg.Cp()

--- The quotes of a text that is no document: first, last, kind, cue, and the words
-- that name the speaker (speaker_first, speaker_last).
--     > quotes.all('The envoy said the talks went on.')[1].kind
--     indirect
---@param text string
---@param lang string? en when left out
---@return table[]
function M.all (text, lang)
  util.of_type("quotes.all(text[, lang]): text", text, "string")
  util.of_type("quotes.all(text[, lang]): lang", lang, "string", true)
  local x = cues.of(lang or "en") or cues.none
  local blocks, firsts, lasts = {}, {}, {}
  for first, piece in gmatch(text, "()([^\n]+)") do
    blocks[#blocks + 1] = { first = first, last = first + #piece - 1 }
    local at = 1
    while at <= #piece do
      local a, b = sentence:match(piece, at)
      if b > a then firsts[#firsts + 1], lasts[#lasts + 1] = first + a - 1, first + b - 2 end
      at = b > at and b or at + 1
    end
  end
  local found, out = {}, {}
  local hits, marked = cues.find(x, text)
  local plain = units.plain(text)
  local stretches = marks.without_names(text, marks.find(text, blocks, marked), x.callers)
  stretches = asides.parted(x, plain, stretches, hits)
  local job = { text = text, plain = plain, x = x, blocks = blocks, hits = hits,
                sentences = { firsts = firsts, lasts = lasts }, stretches = stretches }
  unclosed.close(job)
  reports.find(job, found)
  for i, report in ipairs(found) do
    local subject = report.subject and report.subject[1]
    out[i] = { first = report.first, last = report.last, kind = report.kind,
               cue = report.cue and report.cue.text, speaker_first = subject and subject.first,
               speaker_last = subject and subject.last }
  end
  return out
end

return M
