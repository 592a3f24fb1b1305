--- An inventory: what a corpus holds, what is in it twice, what is not in it.
--
-- It counts what documents say of themselves and guesses nothing: what a document
-- does not say is counted as unknown.
-- @module lesdiplo.report.inventory
local util = require "lesdiplo.util"
local concat, sort = table.concat, table.sort
local format, ipairs, max, min = string.format, ipairs, math.max, math.min
local pairs, setmetatable, tostring = pairs, setmetatable, tostring
_ENV = nil
local M = {}

local WIDTH = 100       -- columns of a text, where nobody knows them
local NAMES = 24        -- languages, sources ... that are named; the rest are counted
local GROUPS = 40       -- groups of duplicates that are shown,
local MEMBERS = 12      -- and members of one
local ALIKE = 3         -- notes that say the same are put together from here on
local TITLE = 16        -- columns that a title is given at least
local FILES = 5         -- of them, that are named
local COLUMNS = { "id", "path", "title", "date", "source", "byline", "lang", "kind",
  "url", "charset", "bytes", "words", "sentences", "duplicate", "like", "similarity", "cite" }


-- Counting ---------------------------------------------------------------

-- The values of a table of counts: the most frequent first, then by name.
local function ranked (counts)
  local out = {}
  for name, count in pairs(counts) do out[#out + 1] = { name = name, count = count } end
  sort(out, function (a, b)
    if a.count ~= b.count then return a.count > b.count end
    return a.name < b.name
  end)
  return out
end

local function add (counts, name)
  counts[name] = (counts[name] or 0) + 1
end

-- The ending of a file's name in small letters; of an archive's member, its own.
local function ending_of (path)
  local name = path:match "[^/]*$"
  return (name:match ".%.([%w_]+)$" or "none"):lower()
end

-- The smallest, the largest, and the one in the middle, each with its document.
local function spread (docs, name)
  local order = {}
  for i, entry in ipairs(docs) do order[i] = entry end
  sort(order, function (a, b)
    if a[name] ~= b[name] then return a[name] < b[name] end
    return a.doc.index < b.doc.index
  end)
  local function at (i) return { value = order[i][name], id = order[i].doc.id } end
  local middle = (#order + 1) // 2
  return { smallest = at(1), median = at(middle), largest = at(#order) }
end

local function dates_of (docs)
  local years, out = {}, { unknown = 0, years = {} }
  for _, entry in ipairs(docs) do
    local date = entry.doc.date
    if date then
      add(years, date:sub(1, 4))
      if not out.first or date < out.first then out.first = date end
      if not out.last or date > out.last then out.last = date end
    else
      out.unknown = out.unknown + 1
    end
  end
  for year, count in util.sorted(years) do
    out.years[#out.years + 1] = { name = year, count = count }
  end
  return out
end


-- Notes ------------------------------------------------------------------

-- What notes have in common that say the same of different things: numbers and
-- what stands in quotes are left out.
local function gist (message)
  return (message:gsub("\"[^\"]*\"", "\"\""):gsub("'[^']*'", "''"):gsub("%d+", "0")
    :gsub("bytes are", "byte is"))
end

-- Notes in the order in which they came, those alike together.
local function notes_of (corpus)
  local groups, known = {}, {}
  for _, note in ipairs(corpus:notes()) do
    local key = gist(note.message)
    local group = known[key]
    if not group then
      group = { left_out = note.message:find "left out" ~= nil }
      known[key], groups[#groups + 1] = group, group
    end
    group[#group + 1] = note
  end
  return groups
end


-- The inventory ----------------------------------------------------------

local meta = { __index = M }

--- See report.inventory.
-- @param corpus userdata
-- @param options? table near
-- @return table inventory
function M.inventory (corpus, options)
  local docs = {}
  local self = { documents = #corpus, bytes = 0, words = 0, sentences = 0 }
  local counts = { lang = {}, kind = {}, source = {}, ending = {}, charset = {} }
  local files = {}
  for doc in corpus:docs() do
    local entry = { doc = doc, bytes = doc.bytes, words = doc.words,
                    sentences = #doc:sentences(), charset = doc.meta.charset }
    docs[#docs + 1] = entry
    for _, name in ipairs{ "bytes", "words", "sentences" } do
      self[name] = self[name] + entry[name]
    end
    for _, name in ipairs{ "lang", "kind", "source" } do
      add(counts[name], doc[name] or "unknown")
    end
    if not files[doc.path] then
      files[doc.path] = true
      add(counts.ending, ending_of(doc.path))
    end
    add(counts.charset, entry.charset or "UTF-8")
  end
  for name, values in pairs(counts) do self[name] = ranked(values) end
  self.files = 0
  for _, ending in ipairs(self.ending) do self.files = self.files + ending.count end
  self.dates = dates_of(docs)
  if docs[1] then
    self.sizes = { bytes = spread(docs, "bytes"), words = spread(docs, "words"),
                   sentences = spread(docs, "sentences") }
  end
  self.duplicates = corpus:duplicates(options)
  self.same, self.near = 0, 0
  for _, group in ipairs(self.duplicates) do
    for _, twin in ipairs(group) do
      docs[twin.doc.index].twin = twin
      if twin.same then self.same = self.same + 1
      elseif twin.like then self.near = self.near + 1 end
    end
  end
  self.notes = notes_of(corpus)
  self.docs = docs
  return setmetatable(self, meta)
end


-- As text ----------------------------------------------------------------

-- "1 file", "1,985 files".
local function count (n, one, many)
  return format("%s %s", util.count(n), n == 1 and one or many or one .. "s")
end

-- A label, and beside it a text of as many lines as it takes; without a label,
-- the text is an item of a list.
local function put (out, width, label, text)
  local head = label and format("  %-12s", label) or "    - "
  for i, line in ipairs(util.wrap(util.shown(text), max(20, width - #head))) do
    out[#out + 1] = (i == 1 and head or (" "):rep(#head)) .. line
  end
end

-- "en 1,920; fr 60; unknown 5"
local function list (values)
  local out, more, rest = {}, 0, 0
  for i, value in ipairs(values) do
    if i <= NAMES then
      out[i] = value.name .. " " .. util.count(value.count)
    else
      more, rest = more + 1, rest + value.count
    end
  end
  if more > 0 then out[#out + 1] = format("%s others %s", util.count(more), util.count(rest)) end
  return concat(out, "; ")
end

local function dates_text (dates, documents)
  if not dates.first then return format("unknown in all %s", util.count(documents)) end
  local years = {}
  for i, year in ipairs(dates.years) do years[i] = year end
  if dates.unknown > 0 then years[#years + 1] = { name = "unknown", count = dates.unknown } end
  local out = { dates.first == dates.last and dates.first
                or dates.first .. " to " .. dates.last }
  for _, year in ipairs(years) do
    out[#out + 1] = format("%s %s", year.name, util.count(year.count))
  end
  return concat(out, "; ")
end

local function spread_text (s)
  return format("%s (%s) to %s (%s), the median %s", util.count(s.smallest.value),
                s.smallest.id, util.count(s.largest.value), s.largest.id,
                util.count(s.median.value))
end

-- How a member of a group is like the first one, or like another.
local function likeness (group, twin)
  if not twin.like then return "" end
  local first = twin.like == group[1].doc
  if twin.same then return first and "the same" or "the same as " .. twin.like.id end
  local out = "100 %"
  if twin.similarity < 1 then      -- never 100 where something differs
    out = format("%.1f %%", min(twin.similarity * 100, 99.9))
  end
  return first and out or out .. " like " .. twin.like.id
end

-- The members of a group, a line each: id, likeness, date and title, and at the
-- right end the citation, where there is room for it.
local function put_group (out, width, group)
  local ids, likes = 0, 8
  for i, twin in ipairs(group) do
    if i > MEMBERS then break end
    ids = max(ids, util.width(util.shown(twin.doc.id)))
    likes = max(likes, util.width(util.shown(likeness(group, twin))))
  end
  for i, twin in ipairs(group) do
    if i > MEMBERS then
      out[#out + 1] = format("    and %s more", util.count(#group - MEMBERS))
      break
    end
    local doc, like = twin.doc, util.shown(likeness(group, twin))
    local id, cite = util.shown(doc.id), util.shown(twin.cite)
    local line = "    " .. id .. (" "):rep(ids - util.width(id) + 2) .. like
                 .. (" "):rep(likes - util.width(like) + 2)
                 .. format("%-10s", doc.date or "unknown")
    local left = width - util.width(line) - util.width(cite) - 4
    local apart = left < TITLE
    if apart then left = max(TITLE, width - util.width(line) - 2) end
    local title = util.fit(util.shown((doc.title or ""):gsub("%s+", " ")), left)
    if apart then
      out[#out + 1] = line .. "  " .. title
      out[#out + 1] = (" "):rep(max(4, width - util.width(cite))) .. cite
    else
      out[#out + 1] = line .. "  " .. title .. (" "):rep(left - util.width(title) + 2)
                      .. cite
    end
  end
end

local function put_duplicates (out, width, self)
  if #self.duplicates == 0 then
    put(out, width, "duplicates", "none")
    return
  end
  put(out, width, "duplicates", format("%s the same as one before, %s nearly so",
                                       util.count(self.same), util.count(self.near)))
  for i, group in ipairs(self.duplicates) do
    if i > GROUPS then
      out[#out + 1] = format("    and %s: -f csv has them all",
                             count(#self.duplicates - GROUPS, "further group"))
      break
    end
    put_group(out, width, group)
  end
end

-- Notes that say the same, as one, with the first few of what they speak of.
local function group_text (group)
  local names = {}
  for i = 1, min(#group, FILES) do
    local note = group[i]
    names[i] = note.line and format("%s:%d", note.where, note.line) or note.where
  end
  if #group > FILES then names[#names + 1] = util.count(#group - FILES) .. " more" end
  return format("%d times: %s: %s", #group, group[1].message, concat(names, ", "))
end

local function put_notes (out, width, label, groups)
  local n = 0
  for _, group in ipairs(groups) do n = n + #group end
  if n == 0 then return end
  put(out, width, label, util.count(n))
  for _, group in ipairs(groups) do
    if #group >= ALIKE then
      put(out, width, nil, group_text(group))
    else
      for _, note in ipairs(group) do put(out, width, nil, tostring(note)) end
    end
  end
end

--- The inventory as text, for a terminal or a file: `width` columns, 100 if
-- nothing is said.
---@param width? integer
---@return string
function M:text (width)
  width = width and width > 0 and max(40, width) or WIDTH
  local out = util.wrap(format("%s in %s: %s, %s, %s", count(self.documents, "document"),
    count(self.files, "file"), count(self.bytes, "byte"), count(self.words, "word"),
    count(self.sentences, "sentence")), width)
  put(out, width, "language", list(self.lang))
  put(out, width, "kind", list(self.kind))
  put(out, width, "source", list(self.source))
  put(out, width, "files", list(self.ending))
  if #self.charset > 1 or self.charset[1] and self.charset[1].name ~= "UTF-8" then
    put(out, width, "charset", list(self.charset))
  end
  put(out, width, "date", dates_text(self.dates, self.documents))
  for _, name in ipairs{ "bytes", "words", "sentences" } do
    if self.sizes then put(out, width, name, spread_text(self.sizes[name])) end
  end
  put_duplicates(out, width, self)
  local left_out, doubts = {}, {}
  for _, group in ipairs(self.notes) do
    local to = group.left_out and left_out or doubts
    to[#to + 1] = group
  end
  put_notes(out, width, "left out", left_out)
  put_notes(out, width, "warnings", doubts)
  return concat(out, "\n") .. "\n"
end
meta.__tostring = function (inventory) return inventory:text() end


-- As rows ----------------------------------------------------------------

--- The inventory as rows for lesdiplo.emit or `return`, one a document: id path
-- title date source byline lang kind url charset bytes words sentences; for one that
-- is like another, duplicate (same or near), like, similarity; and cite, all of
-- it. Saved as metadata.csv, they can be edited and are read with the documents.
---@return table[] rows
function M:rows ()
  local rows = { columns = COLUMNS }
  for i, entry in ipairs(self.docs) do
    local doc, twin = entry.doc, entry.twin
    local row = { id = doc.id, path = doc.path, url = doc.meta.url, charset = entry.charset,
                  bytes = entry.bytes, words = entry.words, sentences = entry.sentences }
    for _, name in ipairs{ "title", "date", "source", "byline", "lang", "kind" } do
      row[name] = doc[name]
    end
    if twin and twin.like then
      row.duplicate = twin.same and "same" or "near"
      row.like, row.similarity = twin.like.id, twin.similarity
    end
    row.cite = entry.words > 0 and doc:span(1).cite or nil
    rows[i] = row
  end
  return rows
end

return M
