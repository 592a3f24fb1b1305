--- A brief: what a document is, its outline, its most telling sentences.
--
-- Nothing in it is written by us: every line is a field or a stretch of the
-- document and carries its citation, or says how it is known. What the
-- document does not say is "unknown".
-- @module lesdiplo.summary.brief
local lexicon = require "lesdiplo.summary.lexicon"
local ranking = require "lesdiplo.summary.ranking"
local util = require "lesdiplo.util"
local concat, sort = table.concat, table.sort
local format, ipairs, setmetatable = string.format, ipairs, setmetatable
local max = math.max
_ENV = nil
local M = {}

local HEADINGS = 200    -- in an outline; the rest are counted
local WIDTH = 100       -- columns of a text, where nobody knows them

local languages = { ar = "Arabic", de = "German", en = "English", es = "Spanish",
  fr = "French", it = "Italian", ja = "Japanese", ko = "Korean", pt = "Portuguese",
  ru = "Russian", st = "Sesotho", sw = "Swahili", tr = "Turkish", uk = "Ukrainian",
  zh = "Chinese" }


-- What it is -------------------------------------------------------------

-- A field: its value, and where it was read or how it is known.
local function fact (doc, name, label, how)
  local value = doc[name]
  if not value then return { name = label, value = "unknown" } end
  local where = doc:evidence(name)
  return { name = label, value = value, cite = where and where.cite,
           how = not where and how or nil }
end

local function facts_of (doc)
  local record = doc.path:find "%.jsonl?$" or doc.path:find "%.ndjson$"
  local beside = doc.meta.metadata
  local given = record and beside and "stated in its record, or in " .. beside
                or record and "stated in its record"
                or beside and "not read in its text; see " .. beside
                or doc.kind == "wiki" and "by its markup" or "not read in its text"
  local date = fact(doc, "date", "date", given)
  if doc.date and doc.date_how then date.how = doc.date_how end
  local language = fact(doc, "lang", "language",
                        record and "by its record or its words" or "by its words")
  if languages[doc.lang] then
    language.value = format("%s, %s", doc.lang, languages[doc.lang])
  end
  return { fact(doc, "title", "title", given), date,
           fact(doc, "source", "source", given), fact(doc, "byline", "byline", given),
           fact(doc, "dateline", "dateline", given), language,
           fact(doc, "kind", "kind", "by its shape") }
end

-- The headings, without those that are the title.
local function outline_of (doc)
  local title, out, more = doc:evidence "title", {}, 0
  for _, block in doc:blocks():each() do
    if block.kind == "heading"
       and not (title and block.first <= title.last and block.last >= title.first) then
      if #out < HEADINGS then
        out[#out + 1] = { level = block.level or 1, text = block.text, cite = block.cite }
      else
        more = more + 1
      end
    end
  end
  return out, more
end

-- The first sentence of the text proper.
local function opening_of (doc)
  for _, sentence in doc:sentences():each() do
    local block = sentence.block
    if block and block.kind == "paragraph" then
      return { text = sentence.text, cite = sentence.cite }
    end
  end
end

-- Of a short document at most every second sentence: more would be a copy.
local function telling_of (doc, options)
  local telling, eligible = ranking.rank(doc, options)
  for i = #telling, (eligible + 1) // 2 + 1, -1 do telling[i] = nil end
  local seen = {}
  sort(telling, function (a, b) return a.span.first < b.span.first end)
  for i, t in ipairs(telling) do
    telling[i] = { text = t.span.text, cite = t.span.cite, span = t.span,
                   score = t.score, reasons = t.reasons }
    seen[t.span.cite] = true
  end
  return telling, seen
end

local function length_of (doc)
  local words, characters = lexicon.count(doc:tokens())
  local sentences = #doc:sentences()
  return { sentences = sentences, words = words, characters = characters,
           bytes = doc.bytes, cite = sentences > 0 and doc:span(1).cite or nil }
end


-- As text ----------------------------------------------------------------

-- Adds a statement, its citation at the right end of its last line, or on a
-- line of its own where there is no room for it.
local function put (out, width, head, text, cite)
  local indent = (" "):rep(util.width(head))
  local lines = util.wrap(text, max(20, width - #indent))
  for i, line in ipairs(lines) do
    lines[i] = (i == 1 and head or indent) .. line
  end
  if cite then
    local rest = width - util.width(lines[#lines]) - util.width(cite)
    if rest < 2 then
      lines[#lines + 1] = (" "):rep(max(2, width - util.width(cite))) .. cite
    else
      lines[#lines] = lines[#lines] .. (" "):rep(rest) .. cite
    end
  end
  for _, line in ipairs(lines) do out[#out + 1] = line end
end

-- A number with what it counts.
local function count (n, one, many)
  return format("%s %s", util.count(n), n == 1 and one or many)
end

local function length_text (length)
  local out = { count(length.sentences, "sentence", "sentences") }
  if length.characters > 0 then
    out[#out + 1] = count(length.characters, "character", "characters")
  end
  if length.words > 0 or length.characters == 0 then
    out[#out + 1] = count(length.words, "word", "words")
  end
  out[#out + 1] = count(length.bytes, "byte", "bytes")
  return concat(out, ", ")
end

-- A fact with how it is known.
local function said (f)
  return f.how and format("%s (%s)", f.value, f.how) or f.value
end

local meta = { __index = M }

--- The brief as text, for a terminal or a file: `width` columns, 100 if nothing
-- is said. Each line that states something ends with its citation.
---@param width? integer
---@return string
function M:text (width)
  width = width and width > 0 and max(40, width) or WIDTH
  local out = { self.id }
  local function line (label, text, cite)
    put(out, width, format("  %-10s", label), text, cite)
  end
  for _, f in ipairs(self.facts) do
    -- a dateline is for those documents that have one
    if f.value ~= "unknown" or f.name ~= "dateline" then
      line(f.name, said(f), f.cite)
    end
  end
  line("length", length_text(self.length), self.length.cite)
  if self.outline[1] then
    out[#out + 1] = "  outline"
    -- one step in for each heading above it, however many levels lie between
    local above = {}
    for _, heading in ipairs(self.outline) do
      while above[1] and above[#above] >= heading.level do above[#above] = nil end
      above[#above + 1] = heading.level
      put(out, width, ("  "):rep(#above + 1), heading.text, heading.cite)
    end
    if self.more_headings > 0 then
      out[#out + 1] = "    " .. count(self.more_headings, "more heading", "more headings")
    end
  end
  if self.opening then
    out[#out + 1] = "  opens with"
    put(out, width, "    ", self.opening.text, self.opening.cite)
  end
  if self.telling[1] then
    out[#out + 1] = "  most telling sentences"
    for _, sentence in ipairs(self.telling) do
      put(out, width, "  - ", sentence.text, sentence.cite)
    end
  end
  return concat(out, "\n") .. "\n"
end
meta.__tostring = function (brief) return brief:text() end

--- The brief as rows for lesdiplo.emit or `return`: doc, part, text, cite.
---@return table[] rows
function M:rows ()
  local rows = { columns = { "doc", "part", "text", "cite" } }
  local function add (part, text, cite)
    rows[#rows + 1] = { doc = self.id, part = part, text = text, cite = cite }
  end
  for _, f in ipairs(self.facts) do
    add(f.name, said(f), f.cite)
  end
  add("length", length_text(self.length), self.length.cite)
  for _, heading in ipairs(self.outline) do
    add("heading " .. heading.level, heading.text, heading.cite)
  end
  if self.opening then add("opening", self.opening.text, self.opening.cite) end
  for _, sentence in ipairs(self.telling) do
    add("sentence", sentence.text, sentence.cite)
  end
  return rows
end

-- See summary.brief.
function M.brief (doc, options)
  options = options or {}
  local telling, seen = telling_of(doc, options)
  local outline, more = outline_of(doc)
  local opening = not outline[1] and opening_of(doc) or nil
  if opening and seen[opening.cite] then opening = nil end
  return setmetatable({ id = doc.id, facts = facts_of(doc), outline = outline,
    more_headings = more, opening = opening, telling = telling,
    length = length_of(doc) }, meta)
end

return M
