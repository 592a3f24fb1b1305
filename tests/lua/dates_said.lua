-- What is said in messages of days, hours and lengths, and notes of times of the day in reports,
-- a phenomenon a block. An utterance is dated to the minute: Tuesday, 12 February 2013, 04:30.
local check = require "lesdiplo.util.check"
local dates = lesdiplo.grammar.dates
local c = check.new()

-- The dates of a text, as they are written, before a colon.
local function told (text, lang, date)
  local out = {}
  for _, row in ipairs(dates.all(text, lang, date or "2013-02-12T04:30")) do
    out[#out + 1] = text:sub(row.first, row.last) .. ": " .. row.value
  end
  return table.concat(out, "; ")
end

local utterances = {
  en = {
    -- the end of a stretch tells what its beginning is
    { "this Thu 9-11am", "this Thu 9-11am: 2013-02-14T09:00/2013-02-14T11:00" },
    { "I am free 6-8 next Monday", "6-8 next Monday: 2013-02-18T06:00/2013-02-18T08:00" },
    { "3-5 tomorrow", "3-5 tomorrow: 2013-02-13T03:00/2013-02-13T05:00" },
    { "7 - 8", "7 - 8: 2013-02-12T07:00/2013-02-12T08:00" },
    { "15 - 2", "15 - 2: 2013-02-15" }, { "2-15", "2-15: 2013-02-15" },
    { "between 7 and 9 last night",
      "between 7 and 9 last night: 2013-02-11T19:00/2013-02-11T21:00" },
    { "call next month between 2:20 to 3pm",
      "next month: 2013-03; between 2:20 to 3pm: T14:20/T15:00" },
    { "Race - 3pm - this week", "3pm: T15; this week: 2013-W07" },
    -- what makes a number an hour
    { "at 1030", "1030: 2013-02-12T10:30" },
    { "We will go 10, tonight", "10, tonight: 2013-02-12T22" },
    { "134 this afternoon", "this afternoon: 2013-02-12TAF" },
    { "Rates were at 6.45 percent", "" }, { "Meet me at 6.45", "6.45: T06:45" },
    { "previous Monday by 2 in the afternoon",
      "previous Monday by 2 in the afternoon: ../2013-02-11T14" },
  },
  fr = {
    { "Je reviendrai 10, ce soir", "10, ce soir: 2013-02-12T22" },
  },
}
for lang, list in pairs(utterances) do
  for _, case in ipairs(list) do c:equal(told(case[1], lang), case[2], lang .. ": " .. case[1]) end
end

local reports = {
  en = {
    { "closed Monday 7 to 9am", "Monday 7 to 9am: 2025-05-12T07:00/2025-05-12T09:00" },
    { "adopted by 5 to 3 votes", "" },
    { "Fri 9 May 1:29 PM - Fri 9 May 3:29 PM",
      "Fri 9 May 1:29 PM - Fri 9 May 3:29 PM: 2025-05-09T13:29/2025-05-09T15:29" },
  },
}
for lang, list in pairs(reports) do
  for _, case in ipairs(list) do
    c:equal(told(case[1], lang, "2025-05-14"), case[2], lang .. ": " .. case[1])
  end
end

c:finish()
