#!/usr/bin/env lesdiplo
--[==[ lesdiplo-script 1
name    = "events"
version = "1.0.0"
api     = 1
summary = "Who did what to whom, a row an event, with CAMEO and PLOVER codes"
license = "MIT"
categories = ["facts"]
[param.type]
type = "string"
default = ""
help = "One type of event only (meet, visit, sign_agreement ...); all when empty"
[param.actor]
type = "string"
default = ""
help = "Only events in which that country, body or person has a part: an id (LSO, SADC, wang-yi)"
[param.since]
type = "date"
help = "Not before that date: 1980, 1980-02, 1980-02-01; events without a date are left out then"
[param.to]
type = "date"
help = "Not after that date"
[param.modality]
type = "enum"
default = "all"
values = ["all", "asserted", "planned", "negated", "reported", "habitual"]
help = "How the event is meant: done, intended, denied, told by somebody else, done again and again"
[param.why]
type = "bool"
default = false
help = "Instead: each word that may tell an act, and what became of it"
[doc.visit]
date = "1998-07-04"
text = """
The French foreign minister visited Oman on Friday.
Norway and Kenya established diplomatic relations on 2 May 1970."""
[test.all]
columns = ["date", "type", "source", "target"]
expect = """
1998-07-03\tvisit\tFRA\tOMN
1970-05-02\testablish_relations\tNOR\tKEN
"""
[test.old]
params = "--to 1980"
columns = ["date", "type"]
expect = """
1970-05-02\testablish_relations
"""
]==]

-- The layer `event` has a span for each word or phrase that tells an act. Its fields are
-- the table's columns: type, the codes of the two books of the field (CAMEO, PLOVER), the
-- sides, the date as precisely as the text tells it, and how the act is meant.
--
-- For R or pandas:  lesdiplo -c FOLDER -f csv -o events.csv examples/10-events.lua

local script = ...
local params = script.params

if params.why then
  local rows = { columns = { "trigger", "result", "rule", "clause" } }
  for doc in corpus:docs() do
    for _, row in ipairs(lesdiplo.fact.explain(doc)) do rows[#rows + 1] = row end
  end
  return rows
end

if params.type ~= "" then
  lesdiplo.util.one_of("--type", params.type, lesdiplo.fact.types)
end

local function has (list, id)
  for _, one in ipairs(list) do
    if one == id then return true end
  end
  return false
end

local function wanted (event)
  local date = event.date
  if params.type ~= "" and event.type ~= params.type then return false end
  if params.modality ~= "all" and event.modality ~= params.modality then return false end
  if params.actor ~= "" and not (has(event.source, params.actor) or has(event.target, params.actor)
                                 or has(event.participants, params.actor)) then
    return false
  end
  -- Dates are texts that sort by time; 1980 is compared with the year of 1980-02-01.
  if params.since and not (date and date >= params.since:sub(1, #date)) then return false end
  if params.to and not (date and date:sub(1, #params.to) <= params.to) then return false end
  return true
end

local rows = { columns = { "date", "type", "cameo", "plover", "source", "target", "people",
                           "modality", "via", "event", "id" } }
for event in corpus:layer "event" do
  if wanted(event) then
    rows[#rows + 1] = {
      date = event.date, type = event.type, cameo = event.cameo, plover = event.plover,
      source = table.concat(event.source, " "), target = table.concat(event.target, " "),
      people = table.concat(event.participants, " "), modality = event.modality, via = event.via,
      event = event, id = event.event,
    }
  end
end
return rows
