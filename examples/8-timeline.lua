#!/usr/bin/env lesdiplo
--[==[ lesdiplo-script 1
name    = "timeline"
version = "1.0.0"
api     = 1
summary = "Every dated sentence in the order of its dates, across documents and languages"
license = "MIT"
categories = ["start here", "dates"]
[param.since]
type = "date"
example = "1980"
help = "From this date on: a year, a month (2024-05) or a day"
[param.to]
type = "date"
example = "2024-12-31"
help = "Up to this date, which is included"
[param.term]
type = "string"
default = ""
example = "embassy"
help = "Only sentences that have this in them"
[doc.english]
date = "1998-07-04"
text = """
The embassy opened on 12 May 1968. It was closed last year.
The ministers will meet on Friday."""
[doc.chinese]
lang = "zh"
text = "两国于1980年2月1日建立外交关系。"
[test.all]
columns = ["date", "as_written", "lang"]
expect = """
1968-05-12\t12 May 1968\ten
1980-02-01\t1980年2月1日\tzh
1997\tlast year\ten
1998-07-10\tFriday\ten
"""
[test.some]
params = "--since 1975 --to 1990"
columns = ["date", "as_written"]
expect = """
1980-02-01\t1980年2月1日
"""
]==]

-- The layer `date` has what a text says of time. Its value is normalised (ISO 8601 as in TIMEX3):
-- "1980年2月1日", "1 февраля 1980 года" and "Feb. 1, 1980" are all 1980-02-01; "last year" is a
-- year, reckoned from the document's date; "the 46th anniversary" is the day on which it is
-- marked, where the text says of what. `anchor` says how a date was found that is not
-- written out: from the document's day, or by a sum such as 1980-02-01+P46Y.

local script = ...
local params = script.params

-- The day, month or year that a value begins with; nil of durations, of repetitions, of "now",
-- and of what leaves its year open. Of a range, where it begins; of "until 2030", where it ends.
local function start_of (value)
  local first, last = value:match "^(.-)/(.*)$"
  first = first or value
  if first == ".." or first == "" then first = last end
  return first:match "^%d%d%d%d%-%d%d%-%d%d" or first:match "^%d%d%d%d%-%d%d"
         or first:match "^%d%d%d%d"
end

-- Sorted as text, a year stands before its months, and these before their days: so it is
-- wanted. A limit holds as far as it goes: to 1984 is to the end of 1984.
local function is_wanted (date)
  return (not params.since or date >= params.since:sub(1, #date))
         and (not params.to or date:sub(1, #params.to) <= params.to)
end

local function has (text, part) return text:lower():find(part:lower(), 1, true) ~= nil end

-- One row for each date of a sentence; one that it says twice counts once.
local rows = { columns = { "date", "as_written", "how", "lang", "sentence" } }
local seen = {}
for span in corpus:layer "date" do
  local date = (span.type == "DATE" or span.type == "TIME") and start_of(span.value)
  local sentence = span.sentence
  if date and sentence and is_wanted(date) and has(sentence.text, params.term) then
    local key = date .. " " .. sentence.cite
    if not seen[key] then
      seen[key] = true
      rows[#rows + 1] = { date = date, as_written = span.text, how = span.anchor,
                          lang = span.doc.lang, sentence = sentence }
    end
  end
end

table.sort(rows, function (a, b)
  if a.date ~= b.date then return a.date < b.date end
  if a.sentence.doc.index ~= b.sentence.doc.index then
    return a.sentence.doc.index < b.sentence.doc.index
  end
  return a.sentence.first < b.sentence.first
end)

return rows
