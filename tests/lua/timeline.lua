-- corpus:timeline, over the documents of timeline.jsonl. What they tell is a layer of our
-- own: what is tried is what becomes of it.
local check = require "lesdiplo.util.check"
local c = check.new()

-- By document: the words that tell of an event, and its fields.
local happenings = {
  wire = { { "met", type = "meet", date = "2026-01-11", source = { "CHN" }, target = { "LSO" },
             participants = { "wang-yi", "lejone-mpotjoana" }, place = "maseru" } },
  paper = { { "met", type = "meet", date = "2026-01-11", source = { "CHN" },
              target = { "lejone-mpotjoane", "LSO" },
              participants = { "wang-yi", "lejone-mpotjoane" } } },
  plan = { { "will meet", type = "meet", date = "2026-01", source = { "CHN" },
             target = { "LSO" }, modality = "planned" } },
  zh = { { "会谈", type = "meet", date = "2026-01-11", source = { "CHN" }, target = { "LSO" } },
         { "建立外交关系", type = "establish_relations", date = "1980-02-01",
           source = { "LSO" }, target = { "SUN" } } },
  history = { { "established", type = "establish_relations", date = "1980", source = { "LSO" },
                target = { "SUN" } } },
  feast = { { "establishment", type = "establish_relations", date = "2026-02-10", event = "e1",
              source = { "LSO" }, target = { "RUS" } },
            { "establishment", 2, type = "establish_relations", event = "e2",
              source = { "RUS" }, target = { "LSO" } } },
  other = { { "talks", type = "meet", date = "2026-01-12", source = { "CHN" },
              target = { "ZMB" } } },
}
local fields = { "event", "type", "date", "source", "target", "participants", "place",
                 "modality", "evidence_start", "evidence_end" }
lesdiplo.layer{ name = "happening", fields = fields, make = function (doc, add)
  for i, row in ipairs(happenings[doc.id] or {}) do
    local first, last = 0, 0
    for _ = 1, row[2] or 1 do first, last = doc.text:find(row[1], last + 1, true) end
    local values = { modality = "asserted", event = doc.id .. i }
    for _, name in ipairs(fields) do
      if row[name] ~= nil then values[name] = row[name] end
    end
    add(first, last, values)
  end
end }

local function timeline (options)
  options = options or {}
  options.layer = "happening"
  return corpus:timeline(options)
end

-- The events -----------------------------------------------------------------------------

local rows = timeline()
local shown = {}
for i, row in ipairs(rows) do
  local docs = {}
  for k, unit in ipairs(row.units) do docs[k] = unit.doc end
  shown[i] = table.concat({ row.date, row.event, row.who, table.concat(docs, "+") }, " ")
end
c:equal(table.concat(shown, "\n"), table.concat({
  "1980-02-01 establish_relations LSO, RUS, SUN zh+feast+history",
  "2026-01-11 meet CHN, LSO plan+wire+zh+paper",
  "2026-01-12 meet CHN, ZMB other",
}, "\n"), "each event once, from English and Chinese together")

-- An anniversary is not the date of what it is of: it is reckoned from the document's year
local relations, meeting = rows[1], rows[2]
c:equal(relations.differences, "date: 1980 (history), 1980-02-01 (zh); the finer is kept; "
        .. "name: RUS (feast), SUN (zh, history); 46 years told (feast); "
        .. "45 years told (feast): wrong", "years, states, anniversaries")
c:equal(relations.evidence.text:find("莱索托同苏联建立外交关系", 1, true) ~= nil, true,
        "the document with the finest date is shown")
c:equal(relations.mentions[1].doc, "feast", "what is reckoned wrong is a mention")
c:equal(#relations.sources, 4, "each place that tells it")
c:equal(relations.sources[3].cite, relations.units[3].records[1].span.cite, "is cited")

c:equal(meeting.differences, "date: 2026-01 (plan), 2026-01-11 (wire, zh, paper); the finer is "
        .. "kept; name: Lejone Mpotjoana (wire), Lejone Mpotjoane (paper); "
        .. "figure: 5000000 (wire), 7000000 (paper); "
        .. "modality: asserted (wire, zh, paper), planned (plan); "
        .. "only wire, paper: Lejone Mpotjoana / Lejone Mpotjoane, Wang Yi; only wire: maseru",
        "names, figures, a plan, an omission")
c:equal(meeting.history[1].unit.doc, "plan", "first it was planned")
c:equal(meeting.modality, "asserted", "and then done")

-- Sums ---------------------------------------------------------------------------------------

c:equal(#rows.checks, 2, "two anniversaries")
c:equal(rows.checks[1].text, "45 years from 1980 to 2026: that is 46", "the wrong one first")
c:equal(rows.checks[1].one.doc.id, "feast", "who says so")
c:equal(rows.checks[1].other.doc.id, "zh", "and who says otherwise")
c:equal(rows.checks[2].ok, true, "the other is right")

-- Filters --------------------------------------------------------------------------------------

local function count (options) return #timeline(options) end
c:equal(count{ type = "meet" }, 2, "a type")
c:equal(count{ type = { "meet", "visit" } }, 2, "some types")
c:equal(count{ actor = "RUS" }, 1, "an actor of the line")
c:equal(count{ actor = "SUN" }, 1, "the same")
c:equal(count{ actor = { "ZMB", "RUS" } }, 2, "some")
c:equal(count{ actor = "Wang Yi" }, 1, "a person")
c:equal(count{ since = "2026" }, 2, "since")
c:equal(count{ ["until"] = "1990" }, 1, "until")
c:equal(count{ several = true }, 2, "told by more than one")
c:equal(count{ docs = { lang = "zh" } }, 2, "of some documents")
c:equal(#timeline{ type = "visit" }.checks, 0, "checks of what is shown")
c:raises(function () timeline{ type = "viist" } end, "did you mean 'visit'", "no such type")
c:raises(function () timeline{ since = "soon" } end, "must be a date", "no date")
c:raises(function () timeline{ actors = "LSO" } end, "did you mean 'actor'", "no such option")
c:raises(function () timeline{ actor = { 1 } } end, "is a text", "no text")

-- As text ------------------------------------------------------------------------------

for _, format in ipairs(lesdiplo.report.formats) do
  local text = lesdiplo.report.text(format, rows, { width = 400 })
  c:ok(text:find("zh", 1, true), format)
end
local json = lesdiplo.report.text("json", { rows[3], columns = rows.columns })
c:ok(json:find('"sources":[{"cite":"other:1:0-47#', 1, true), "a source in json has its citation")
c:equal(#timeline{}, #rows, "asked again, the same")

-- The layer `event` itself: whatever it finds, each row is cited, and its sources are
for _, row in ipairs(corpus:timeline{ undated = true }) do
  c:ok(row.evidence.cite:find "^%S+:%d+:%d+%-%d+#%x+$", "a citation")
  for _, source in ipairs(row.sources) do
    c:ok(corpus:doc(source.cite:match "^[^:]+"), "a source")
  end
end
c:finish()
