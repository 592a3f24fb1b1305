-- lesdiplo.report.inventory, corpus:duplicates, corpus:notes: what is counted is
-- there, whatever the seeds are.
local report = require "lesdiplo.report"
local util = require "lesdiplo.util"
local check = require "lesdiplo.util.check".new()

-- Notes ------------------------------------------------------------------------

for _, note in ipairs(corpus:notes()) do
  check:equal(type(note.where), "string")
  check:equal(type(note.message), "string")
  check:equal(tostring(note), note.where .. (note.line and ":" .. note.line or "")
              .. ": " .. note.message)
end

-- Duplicates -------------------------------------------------------------------

check:equal(#corpus:duplicates(), 0, "the seeds hold none")
check:equal(#corpus:duplicates{}, 0)
check:equal(#corpus:duplicates{ near = 0.5 }, 0)
check:raises(function () corpus:duplicates{ near = 0.4 } end, "near is a number from 0.5 to 1")
check:raises(function () corpus:duplicates{ near = "x" } end, "near is a number from 0.5 to 1")
check:raises(function () corpus:duplicates{ far = 1 } end, "there is one option, near")
check:raises(function () corpus:duplicates(0.8) end, "table expected")

-- Words ------------------------------------------------------------------------

for doc in corpus:docs() do
  local words = 0
  for _, token in doc:tokens():each() do
    if token.shape ~= "other" then words = words + 1 end
  end
  check:equal(doc.words, words, doc.id .. ": its words")
end

-- The inventory ----------------------------------------------------------------

local inventory = report.inventory(corpus)
check:equal(inventory.documents, #corpus)
local sums = { bytes = 0, words = 0, sentences = 0 }
local kinds, undated = {}, 0
for doc in corpus:docs() do
  sums.bytes, sums.words = sums.bytes + doc.bytes, sums.words + doc.words
  sums.sentences = sums.sentences + #doc:sentences()
  kinds[doc.kind] = (kinds[doc.kind] or 0) + 1
  if not doc.date then undated = undated + 1 end
end
for name, sum in pairs(sums) do check:equal(inventory[name], sum, name) end
for _, name in ipairs{ "lang", "kind", "source", "charset" } do
  local total, last = 0, math.huge
  for _, value in ipairs(inventory[name]) do
    check:ok(value.count <= last, name .. ": the most frequent first")
    total, last = total + value.count, value.count
    if name == "kind" then check:equal(value.count, kinds[value.name]) end
  end
  check:equal(total, #corpus, name .. ": every document once")
end
check:equal(inventory.dates.unknown, undated)
local dated = undated
for _, year in ipairs(inventory.dates.years) do dated = dated + year.count end
check:equal(dated, #corpus, "each in a year, or in none")
for name, spread in pairs(inventory.sizes) do
  check:ok(spread.smallest.value <= spread.median.value, name)
  check:ok(spread.median.value <= spread.largest.value, name)
  check:ok(corpus:doc(spread.smallest.id) and corpus:doc(spread.largest.id), name)
end

-- As text: no line is wider than it may be.
for _, width in ipairs{ 40, 72, 100, 160 } do
  for line in inventory:text(width):gmatch "([^\n]*)\n" do
    check:ok(util.width(line) <= width, line)
  end
end
check:equal(tostring(inventory), inventory:text(100))

-- As rows: one a document, cited as a whole.
local rows = inventory:rows()
check:equal(#rows, #corpus)
for i, row in ipairs(rows) do
  local doc = corpus[i]
  for _, name in ipairs{ "id", "path", "title", "date", "source", "lang", "kind", "bytes" } do
    check:equal(row[name], doc[name], doc.id .. ": " .. name)
  end
  check:equal(row.words, doc.words)
  check:equal(row.cite, doc:span(1).cite)
end
check:ok(report.text("csv", rows):find("^id,path,title,date,"), "in their order")

check:finish()
