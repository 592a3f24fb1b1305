#!/usr/bin/env lesdiplo
--[==[ lesdiplo-script 1
name    = "who-said-what"
version = "1.0.0"
api     = 1
summary = "What was said, by whom, in which office: statements put together by speaker"
license = "MIT"
categories = ["start here", "quotes"]
[param.who]
type = "string"
default = ""
example = "Ambarov"
help = "Only speakers whose name or id has this in it"
[param.about]
type = "string"
default = ""
example = "trade"
help = "Only statements that have this in them"
[param.kind]
type = "enum"
default = "all"
values = ["all", "direct", "indirect", "mixed"]
help = "Only what is between quotation marks, or only what is told without them"
[doc.talks]
date = "1998-07-04"
text = """
“The bridge will be ready in May,” said Foreign Minister Anna Berg.
Ambassador Paul Koro said that the road was closed."""
[test.all]
columns = ["speaker", "kind", "statement"]
expect = """
Anna Berg\tdirect\t“The bridge will be ready in May,”
Paul Koro\tindirect\tthe road was closed
"""
[test.direct]
params = "--kind direct --about bridge"
columns = ["speaker", "statement"]
expect = """
Anna Berg\t“The bridge will be ready in May,”
"""
]==]

-- The layer `quote` has a span for each statement, however it is told: “C,” said S; S said
-- that C; S表示，C; по словам S, C. Its fields: kind, cue (the word of saying), speaker (the id of
-- a person, a body, a country, or of two: CHN+LSO), hedge where the writer leaves it open.
-- Where it is not certain who spoke there is no speaker.

local script = ...
local params = script.params

-- An id says who; the layers say what they are called, and in which office. Of a person who has
-- several names, or is told of as holding several offices, the one that the same document gives
-- is taken, else the first.
local names, roles = {}, {}
local function learn (span)
  local called = names[span.id] or { first = span.name }
  names[span.id], called[span.doc.id] = called, called[span.doc.id] or span.name
  local role = span.layer == "person" and span.role
  if not role then return end
  if span.of then role = role .. ", " .. span.of end
  roles[span.id] = roles[span.id] or { first = role }
  local of = roles[span.id]
  of[span.doc.id] = of[span.doc.id] or role
end
for _, layer in ipairs{ "person", "org" } do
  for span in corpus:layer(layer) do
    if span.id then learn(span) end          -- an office alone may be anybody's
  end
end

local function name_of (id, doc)
  local entity, called = lesdiplo.entity(id), names[id]
  return called and (called[doc.id] or called.first) or entity and entity.name or id
end

-- Two who speak together are one speaker: China and Lesotho.
local function speaker_of (quote)
  if not quote.speaker then return nil end
  local all = {}
  for id in quote.speaker:gmatch "[^+]+" do all[#all + 1] = name_of(id, quote.doc) end
  return table.concat(all, " and ")
end

local function role_of (quote)
  local of = roles[quote.speaker]
  return of and (of[quote.doc.id] or of.first)
end

local function has (text, part)
  return part == "" or text ~= nil and text:lower():find(part:lower(), 1, true) ~= nil
end

-- The statements, by speaker; those of nobody are kept, at the end.
local by, order = {}, {}
for quote in corpus:layer "quote" do
  local speaker = speaker_of(quote)
  if (params.kind == "all" or quote.kind == params.kind) and has(quote.text, params.about)
     and (has(speaker, params.who) or has(quote.speaker, params.who)) then
    local key = speaker or ""
    if not by[key] then
      by[key] = {}
      order[#order + 1] = key
    end
    table.insert(by[key], { speaker = speaker, role = role_of(quote), date = quote.doc.date,
                            kind = quote.kind, cue = quote.cue,
                            hedge = quote.hedge and "hedged" or nil, statement = quote })
  end
end

-- Who says most comes first.
table.sort(order, function (a, b)
  if (a == "") ~= (b == "") then return b == "" end
  if #by[a] ~= #by[b] then return #by[a] > #by[b] end
  return a < b
end)

-- `statement` is a Span: it is printed as its text, and cited.
local rows = { columns = { "speaker", "role", "date", "kind", "cue", "hedge", "statement" } }
for _, key in ipairs(order) do
  for _, row in ipairs(by[key]) do rows[#rows + 1] = row end
end
return rows
