-- lesdiplo.summary.brief: what a brief holds, and how it is printed.
local summary = require "lesdiplo.summary"
local report = require "lesdiplo.report"
local util = require "lesdiplo.util"
local check = require "lesdiplo.util.check".new()

local CITATION = "%S+:%d+:%d+%-%d+#%x%x%x%x%x%x%x%x$"
local background = summary.background(corpus)

for doc in corpus:docs() do
  local brief = summary.brief(doc, { sentences = 4, background = background })

  -- Each fact is cited, or says how it is known, or is unknown.
  local names = {}
  for _, fact in ipairs(brief.facts) do
    names[#names + 1] = fact.name
    local known = fact.value ~= "unknown"
    check:equal((fact.cite or fact.how) ~= nil, known,
                doc.id .. ": how its " .. fact.name .. " is known")
    if fact.cite then check:equal(fact.cite:find(CITATION), 1, doc.id .. ": " .. fact.cite) end
  end
  check:equal(table.concat(names, " "), "title date source byline dateline language kind",
              doc.id .. ": the facts")

  -- Sentences stand in the order of the document, word for word.
  local last = 0
  for _, sentence in ipairs(brief.telling) do
    check:equal(sentence.span.first > last, true, doc.id .. ": in the document's order")
    check:equal(doc.text:sub(sentence.span.first, sentence.span.last), sentence.text,
                doc.id .. ": word for word")
    last = sentence.span.last
  end
  check:equal(#brief.telling <= 4, true, doc.id .. ": as many as asked for")

  -- The outline is the document's headings, without its title.
  local headings, title = 0, doc:evidence "title"
  for _, block in doc:blocks():each() do
    local titled = title and block.first <= title.last and block.last >= title.first
    if block.kind == "heading" and not titled then headings = headings + 1 end
  end
  check:equal(#brief.outline, headings, doc.id .. ": its outline")
  for _, heading in ipairs(brief.outline) do
    check:equal(heading.cite:find(CITATION), 1, doc.id .. ": a heading is cited")
  end
  check:equal(brief.length.bytes, doc.bytes, doc.id .. ": its bytes")
  check:equal(brief.length.sentences, #doc:sentences(), doc.id .. ": its sentences")

  -- Printed, no line is wider than asked for, citations apart, and each
  -- statement ends with its citation.
  for _, width in ipairs{ 40, 72, 100, 160 } do
    local cited = 0
    for line in brief:text(width):gmatch "([^\n]*)\n" do
      local bare = line:gsub("%s*" .. CITATION, "")
      check:equal(util.width(bare) <= width, true, doc.id .. ": at most " .. width .. " wide")
      if bare ~= line then cited = cited + 1 end
    end
    local statements = #brief.outline + #brief.telling + (brief.opening and 1 or 0)
                       + (brief.length.cite and 1 or 0)
    for _, fact in ipairs(brief.facts) do statements = statements + (fact.cite and 1 or 0) end
    check:equal(cited, statements, doc.id .. ": a citation for each statement")
  end
  check:equal(tostring(brief), brief:text(), doc.id .. ": print shows it")

  -- The words of a sentence are all there when its lines are put together.
  local flat = brief:text(60):gsub("%s+", "")
  for _, sentence in ipairs(brief.telling) do
    check:equal(flat:find((sentence.text .. sentence.cite):gsub("%s+", ""), 1, true) ~= nil, true,
                doc.id .. ": whole, and followed by its citation")
  end

  local rows = brief:rows()
  check:equal(#rows, #brief.facts + 1 + #brief.outline + #brief.telling
              + (brief.opening and 1 or 0), doc.id .. ": a row for each")
  check:equal(report.text("jsonl", rows):find '^{"doc":' ~= nil, true, doc.id .. ": as rows")
end

check:finish()
