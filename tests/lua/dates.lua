-- Dates, times, durations and repetitions: what is written, and what it means.
-- The day that all is reckoned from is Wednesday, 14 May 2025.
local check = require "lesdiplo.util.check"
local calendar = lesdiplo.grammar.calendar
local dates = lesdiplo.grammar.dates
local c = check.new()

-- The values of a text, with mods, one after the other.
local function values (text, lang)
  local out = {}
  for _, row in ipairs(dates.all(text, lang, "2025-05-14")) do
    out[#out + 1] = row.value .. (row.mod and " " .. row.mod or "")
  end
  return table.concat(out, "; ")
end

local cases = {
  en = {
    { "on 12 May 1919", "1919-05-12" }, { "May 12, 1919", "1919-05-12" },
    { "the 3rd of June, 2001", "2001-06-03" }, { "2025-01-31", "2025-01-31" },
    { "they met on Sept. 3", "2024-09-03" }, { "they will meet on Sept. 3", "2025-09-03" },
    { "spring 2024", "2024-SP" }, { "Q3 2024", "2024-Q3" },
    { "the first half of 2024", "2024-H1" }, { "the third quarter of 2023", "2023-Q3" },
    { "in the 1980s", "198X" }, { "the early 1980s", "198X START" },
    { "the 20th century", "19" }, { "late 2024", "2024 END" }, { "mid-May", "2025-05 MID" },
    { "about 1850", "1850 APPROX" }, { "from 2 to 5 March 2019", "2019-03-02/2019-03-05" },
    { "March 2-5, 2019", "2019-03-02/2019-03-05" }, { "2019-2023", "2019/2023" },
    { "2019–23", "2019/2023" }, { "May 2019 to June 2021", "2019-05/2021-06" },
    { "since 1997", "1997/.." }, { "by 2035", "../2035" },
    { "yesterday", "2025-05-13" }, { "the day before yesterday", "2025-05-12" },
    { "on Tuesday", "2025-05-13" }, { "on Wednesday", "2025-05-14" },
    { "they met on Friday", "2025-05-09" }, { "they will meet on Friday", "2025-05-16" },
    { "last week", "2025-W19" }, { "last month", "2025-04" }, { "last year", "2024" },
    { "this coming June", "2025-06" }, { "last June", "2024-06" },
    { "the fifth of this month", "2025-05-05" }, { "10 years ago", "2015" },
    { "two weeks ago", "2025-W18" }, { "ten days ago", "2025-05-04" },
    { "three months ago", "2025-02" }, { "now", "PRESENT_REF" }, { "in the past", "PAST_REF" },
    { "in future years; in the future", "FUTURE_REF" },
    { "a three-day visit", "P3D" }, { "half an hour", "PT30M" }, { "a fortnight", "P2W" },
    { "more than four decades", "P40Y MORE_THAN" }, { "forty-five years", "P45Y" },
    { "for decades", "PXDE" }, { "several months", "PXM" }, { "a century", "P100Y" },
    { "annually", "P1Y" }, { "every two years", "P2Y" }, { "each June", "XXXX-06" },
    { "every Monday", "XXXX-WXX-1" }, { "noon on 3 March", "2025-03-03T12:00" },
    { "Friday morning", "2025-05-09TMO" }, { "10:30 a.m. on 3 March 2025", "2025-03-03T10:30" },
    { "at 4 p.m.", "2025-05-14T16" }, { "08:28, January 12, 2026", "2026-01-12T08:28" },
    -- no dates
    { "they may march in may ways", "" }, { "resolution 1973 of the Council", "" },
    { "paid $2019 to him", "" }, { "32 August 2014", "" }, { "room 12/31", "" },
    { "31 February", "" }, { "the 777 and the 1,998 others", "" },
  },
  fr = {
    { "le 1er mai 1919", "1919-05-01" }, { "le 3 septembre 2024", "2024-09-03" },
    { "avant-hier", "2025-05-12" }, { "mardi", "2025-05-13" },
    { "la semaine dernière", "2025-W19" }, { "le mois dernier", "2025-04" },
    { "l'an dernier", "2024" }, { "il y a dix ans", "2015" },
    { "les années 1980", "198X" }, { "au XIXe siècle", "18" }, { "fin 2024", "2024 END" },
    { "du 2 au 5 mars 2019", "2019-03-02/2019-03-05" }, { "depuis 1997", "1997/.." },
    { "une visite de trois jours", "P3D" }, { "six mois", "P6M" },
    { "chaque année", "P1Y" }, { "tous les deux ans", "P2Y" }, { "12/05/1919", "1919-05-12" },
  },
  ru = {
    { "12 мая 1919 года", "1919-05-12" }, { "12.05.1919", "1919-05-12" },
    { "в сентябре 2024 года", "2024-09" }, { "позавчера", "2025-05-12" },
    { "во вторник", "2025-05-13" }, { "на прошлой неделе", "2025-W19" },
    { "в прошлом году", "2024" }, { "в прошлом месяце", "2025-04" }, { "10 лет назад", "2015" },
    { "в 80-х годах", "198X" }, { "в XIX веке", "18" }, { "с 1997 года", "1997/.." },
    { "к 2035 году", "../2035" }, { "ежегодно", "P1Y" }, { "раз в два года", "P2Y" },
    { "2–5 марта 2019 года", "2019-03-02/2019-03-05" }, { "три недели", "P3W" },
  },
  zh = {
    { "2019年5月12日", "2019-05-12" }, { "二〇一九年五月十二日", "2019-05-12" },
    { "民國六十二年三月", "1973-03" }, { "昭和五十年", "1975" }, { "去年", "2024" },
    { "前年", "2023" }, { "上月十日", "2025-04-10" }, { "本月5日", "2025-05-05" },
    { "昨日", "2025-05-13" }, { "前天", "2025-05-12" }, { "上周二", "2025-05-06" },
    { "三天前", "2025-05-11" }, { "十年前", "2015" }, { "上世纪八十年代", "198X" },
    { "二十世纪", "19" }, { "3月2日至5日", "2025-03-02/2025-03-05" },
    { "2021年至2023年", "2021/2023" }, { "自2001年起", "2001/.." }, { "2035年前", "../2035" },
    { "2024年底", "2024 END" }, { "三天", "P3D" }, { "每年", "P1Y" }, { "每两年", "P2Y" },
    { "2025年第三季度", "2025-Q3" }, { "去年5月", "2024-05" },
  },
}

for lang, list in require "lesdiplo.util".sorted(cases) do
  for _, case in ipairs(list) do
    c:equal(values(case[1], lang), case[2], lang .. ": " .. case[1])
  end
end

-- Where they stand, and of what kind.
local row = dates.all("He came on 12\u{A0}May\u{202F}1919.", "en")[1]
c:equal(row.first .. "-" .. row.last, "12-25", "no-break spaces")
c:equal(dates.all("for three days")[1].type, "DURATION", "a length")
c:equal(dates.all("at 10:30 on 3 May 2025")[1].type, "TIME", "a time")
c:equal(dates.all("weekly")[1].type, "SET", "a repetition")
c:equal(#dates.all("last year; yesterday; 3 days ago"), 0, "without a day nothing is reckoned")
c:equal(dates.all("on Tuesday")[1].value, "XXXX-WXX-2", "but what is known is told")
c:equal(dates.all("on 3 May")[1].value, "XXXX-05-03", "a day without a year")
c:equal(dates.all("the 46th anniversary of 1 February 1980", "en")[1].value, "2026-02-01",
        "an anniversary of a date in the text")
local marked = dates.all("The 46th anniversary came. On 1 February 1980 it began; last year")
c:equal(marked[3].value, "2025", "and the year that follows from it")
local parts = dates.all("from 2 to 5 March 2019")[1].parts
c:equal(parts[1][3] .. " " .. parts[2][3], "2019-03-02 2019-03-05", "the ends of a range")

-- Documents
for doc in corpus:docs() do
  for _, span in doc:layer "date":each() do
    c:equal(doc.text:sub(span.first, span.last), span.text, "a span is its text")
    c:ok(span.value and span.type, "and has a value")
  end
end
local q = lesdiplo.query
c:ok(#corpus:find(q.date) > 20, "dates in patterns")
local wire = corpus:doc "5-congratulations.txt"
local friday
for span in dates.each(wire) do friday = friday or span.text == "Friday" and span end
c:equal(friday.value .. " " .. friday.anchor, "2024-01-12 document", "a weekday of the news")

-- The calendar: there and back again, over four centuries.
for n = -150000, 150000, 37 do
  local y, m, d = calendar.day(n)
  c:equal(calendar.number(y, m, d), n, "a day")
end
c:equal(calendar.weekday(calendar.number(2025, 5, 14)), 3, "a Wednesday")
c:equal(table.concat({ calendar.week(calendar.number(2021, 1, 3)) }, " "), "2020 53", "a week")

c:finish()
