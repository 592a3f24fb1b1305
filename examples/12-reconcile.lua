#!/usr/bin/env lesdiplo
--[==[ lesdiplo-script 1
name    = "reconcile"
version = "1.0.0"
api     = 1
summary = "What several documents tell together: one timeline, its sources, what does not agree"
license = "MIT"
categories = ["facts", "events"]
[param.actor]
type = "string"
default = "LSO"
help = "Whose events: an id (LSO, RUS, SADC), or a person's name"
[param.types]
type = "string"
default = "ties"
help = "Types of events, with blanks between; ties: what states do to theirs; all: every type"
[param.phrase]
type = "string"
default = "core interests"
help = "A set phrase to follow through the documents (--show drift)"
[param.a]
type = "string"
default = ""
help = "A document to compare (--show positions); without it the third"
[param.b]
type = "string"
default = ""
help = "With which other one; without it the fourth"
[param.show]
type = "enum"
default = "sources"
values = ["timeline", "sources", "checks", "offices", "drift", "positions"]
help = "Events; what its documents say of each; sums, contradictions, gaps; who held which office"
[doc.paper]
date = "1998-07-04"
text = """
Norway and Kenya established diplomatic relations on 2 May 1970.
Each opened an embassy in the year after."""
[doc.wiki]
text = """
On 2 May 1970 Kenya established diplomatic relations with Norway.
The first ambassador came by ship.
On 4 March 1971 Ambassador of Norway to Kenya Anna Lund presented her credentials."""
[test.offices]
params = "--actor KEN --show offices"
columns = ["office", "who", "from"]
expect = """
ambassador NOR->KEN\tanna-lund\t1971-03-04
"""
[test.timeline]
params = "--actor KEN --show timeline"
columns = ["date", "who"]
expect = """
1970-05-02\tKEN, NOR
"""
[test.sources]
params = "--actor KEN"
columns = ["told", "says"]
expect = """
1970-05-02\tNorway and Kenya established diplomatic relations on 2 May 1970
1970-05-02\tOn 2 May 1970 Kenya established diplomatic relations with Norway
"""
]==]

local script = ...
local params = script.params

-- A set phrase, from document to document: what was added, what was dropped.
if params.show == "drift" then return corpus:drift(params.phrase) end

-- What two documents hold of the same thing, side by side.
if params.show == "positions" then
  local a = params.a ~= "" and params.a or corpus[3]
  local b = params.b ~= "" and params.b or corpus[4]
  return corpus:compare(a, b)
end

-- Who held which office of the actor's, or was sent there: one row a person and office, with
-- since when and until when, or when it was told, as far as any document says. Who has
-- another name elsewhere may be one with its bearer: `perhaps`, that is for the reader to decide.
if params.show == "offices" then
  local rows, of = { columns = { "office", "who", "perhaps", "from", "to", "told", "says" } }, {}
  local perhaps = {}
  for _, row in ipairs(corpus:variants()) do
    local one, other = row.name.id, row.other.id
    perhaps[one], perhaps[other] = perhaps[one] or other, perhaps[other] or one
  end
  for span in corpus:layer "relation" do
    local key = span.subject .. " " .. span.object
    if span.relation == "holds_role" and span.object:find(params.actor, 1, true) then
      if not of[key] then
        of[key] = { office = span.object, who = span.subject, says = span,
                    perhaps = perhaps[span.subject] }
        rows[#rows + 1] = of[key]
      end
      local row = of[key]
      row.from, row.to = row.from or span.from, row.to or span.to
      row.told = row.told or span.date
    end
  end
  local function begin (row) return row.from or row.told or "" end
  table.sort(rows, function (a, b)
    if a.office ~= b.office then return a.office < b.office end
    if begin(a) ~= begin(b) then return begin(a) < begin(b) end
    return a.who < b.who
  end)
  return rows
end

-- An event that several documents tell is one row. Which documents these are does not
-- matter for that, nor their languages: an event has ids of countries and a date.
local ties = [[establish_relations resume_relations sever_relations recognise open_embassy
  close_embassy appoint present_credentials visit meet sign_agreement]]
local types
if params.types ~= "all" then
  types = {}
  for name in (params.types == "ties" and ties or params.types):gmatch "%S+" do
    lesdiplo.util.one_of("--types", name, lesdiplo.fact.types)
    types[#types + 1] = name
  end
end
local timeline = corpus:timeline{ actor = params.actor, type = types }

if params.show == "timeline" then return timeline end

-- Anniversaries are sums: 46 years from 1980 are over in 2026. Which sums are wrong, what
-- is told and denied, what is missing between two events? Each with both its sources.
if params.show == "checks" then return timeline.checks end

-- Behind a row stands the entry, with a unit for what each document says of it: its words,
-- its date, as it has it.
local rows = { columns = { "event", "date", "told", "who", "says", "differences" } }
for _, row in ipairs(timeline) do
  for _, unit in ipairs(row.units) do
    local record = unit.records[1]
    rows[#rows + 1] = {
      event = row.event, date = row.date, told = record.date, who = row.who, says = unit.says,
      differences = unit == row.units[1] and row.differences or nil,
    }
  end
end
return rows
