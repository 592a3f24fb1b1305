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
    { "в прошлом году", "2024" }, { "в прошлом месяце", "2025-04" },
      { "10 лет назад", "2015" },
    { "в 80-х годах", "198X" }, { "в XIX веке", "18" }, { "с 1997 года",
      "1997/.." },
    { "к 2035 году", "../2035" }, { "ежегодно", "P1Y" },
      { "раз в два года", "P2Y" },
    { "2–5 марта 2019 года", "2019-03-02/2019-03-05" }, { "три недели", "P3W" },
  },
  zh = {
    { "2019年5月12日", "2019-05-12" }, { "二〇一九年五月十二日", "2019-05-12" },
    { "民國六十二年三月", "1973-03" }, { "昭和五十年", "1975" }, { "去年", "2024" },
    { "前年", "2023" }, { "上月十日", "2025-04-10" }, { "本月5日", "2025-05-05" },
    { "昨日", "2025-05-13" }, { "前天", "2025-05-12" }, { "上周二", "2025-05-06" },
    { "三天前", "2025-05-11" }, { "十年前", "2015" }, { "上世纪八十年代", "198X" },
    { "二十世纪", "19" }, { "3月2日至5日", "2025-03-02/2025-03-05" },
    { "2021年至2023年", "2021/2023" }, { "自2001年起", "2001/.." }, { "2035年前",
      "../2035" },
    { "2024年底", "2024 END" }, { "三天", "P3D" }, { "每年", "P1Y" }, { "每两年", "P2Y" },
    { "2025年第三季度", "2025-Q3" }, { "去年5月", "2024-05" },
  },
}

cases.es = {
  { "el 12 de mayo de 1919", "1919-05-12" }, { "mayo de 2019", "2019-05" }, { "12/05/1919",
    "1919-05-12" },
  { "hace dos semanas", "2025-W18" }, { "la semana pasada", "2025-W19" }, { "el próximo año",
    "2026" },
  { "el lunes", "2025-05-12" }, { "anteayer", "2025-05-12" }, { "los años 1980", "198X" },
    { "el siglo XIX", "18" },
  { "una visita de tres días", "P3D" }, { "cada dos años", "P2Y" }, { "anualmente", "P1Y" },
  { "a las 10:30", "2025-05-14T10:30" }, { "del 2 al 5 de marzo de 2019", "2019-03-02/2019-03-05" },
  { "desde 1997", "1997/.." }, { "hasta 2035", "../2035" }, { "el 25º aniversario", "2025" },
  { "primer trimestre de 2023", "2023-Q1" }, { "a mediados de 2019", "2019 MID" },
}
cases.pt = {
  { "12 de maio de 1919", "1919-05-12" }, { "em 1º de maio de 2020", "2020-05-01" },
    { "em março", "2025-03" },
  { "há dois anos", "2023" }, { "na semana passada", "2025-W19" }, { "no próximo mês",
    "2025-06" },
  { "na segunda-feira", "2025-05-12" }, { "ontem", "2025-05-13" }, { "depois de amanhã",
    "2025-05-16" },
  { "de 2 a 5 de março de 2019", "2019-03-02/2019-03-05" }, { "século XIX", "18" },
    { "a década de 1980", "198X" },
  { "três dias", "P3D" }, { "a cada dois anos", "P2Y" }, { "desde 1997", "1997/.." },
    { "às 10h30", "2025-05-14T10:30" },
}
cases.de = {
  { "am 12. Mai 1919", "1919-05-12" }, { "12.05.1919", "1919-05-12" }, { "Montag, 3. Mai 2021",
    "2021-05-03" },
  { "im Mai 2019", "2019-05" }, { "Mitte Mai", "2025-05 MID" }, { "vor zwei Wochen", "2025-W18" },
  { "letzte Woche", "2025-W19" }, { "im nächsten Jahr", "2026" }, { "am Montag", "2025-05-12" },
  { "übermorgen", "2025-05-16" }, { "das 19. Jahrhundert", "18" }, { "drei Tage", "P3D" },
    { "alle zwei Jahre", "P2Y" },
  { "um 10 Uhr", "2025-05-14T10" }, { "vom 2. bis 5. März 2019", "2019-03-02/2019-03-05" },
    { "seit 1997", "1997/.." },
  { "bis 2035", "../2035" }, { "zum 25. Jahrestag", "2025" }, { "erstes Quartal 2023", "2023-Q1" },
  { "Karfreitag 2019", "2019-04-19" },
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

-- What the functions are given by mistake.
for _, slip in ipairs{
  { function () dates.all() end, "dates.all(text[, lang[, date]]): text: a string is wanted" },
  { function () dates.all("May", {}) end, "lang: a string is wanted, got a table" },
  { function () dates.all("May", "en", 2025) end, "date: a string is wanted, got a number" },
  { function () dates.all("May", "en", "May") end, "date: 'May' is none; write 2025-05-14" },
  { function () dates.each() end, "dates.each(doc): a Doc is wanted" },
  { function () dates.each "May" end, "dates.each(doc): a Doc is wanted" },
  { function () lesdiplo.grammar.quotes.all() end, "quotes.all(text[, lang]): text: a string" },
  { function () lesdiplo.grammar.quotes.each() end, "quotes.each(doc): a Doc is wanted" },
} do c:raises(slip[1], slip[2], slip[2]) end

-- The pattern: one date, in a grammar of a script's own.
local caught = lpeg.Ct((lpeg.P "on " * dates.pattern + 1)^0)
  :match "on 12 May 1919 and on 3 June 1920; on Friday; on from 2 to 5 March 2019, on it"
c:equal(#caught, 3, "three dates behind a word")
c:equal(caught[3].value, "XXXX-WXX-5", "one of them a weekday of no week")
c:equal(caught[1].value .. " " .. caught[2].value, "1919-05-12 1920-06-03", "and their values")
c:equal(caught[2].first .. "-" .. caught[2].last, "23-33", "and where they are")
local stretch = lpeg.match(lpeg.P "so " * dates.pattern, "so 2 to 5 March 2019 was")
c:equal(stretch.parts[2][1] .. "-" .. stretch.parts[2][2], "9-20", "parts, too")
c:equal(dates.pattern:match "yesterday", nil, "without a day to reckon from")
c:equal(dates.pattern:match "the talks of 2019", nil, "not at the start")
c:equal(lpeg.match(lpeg.P "x" * dates.pattern, "x2019"), nil, "not within a word")

-- An utterance, at half past ten on Wednesday: it looks ahead, and knows its hour.
local said = {
  { "in two hours", "2025-05-14T12:30" }, { "call me in 20 minutes", "2025-05-14T10:50" },
  { "Friday", "2025-05-16" }, { "it broke on Friday", "2025-05-16" }, { "it was here on Friday",
    "2025-05-09" },
  { "tomorrow at 5pm", "2025-05-15T17" }, { "half past three", "2025-05-14T15:30" },
  { "next Friday", "2025-05-16" }, { "Friday after next", "2025-05-23" }, { "in a week",
    "2025-05-21" },
  { "the last two days", "2025-05-12/2025-05-14" }, { "Monday from 9 to 11",
    "2025-05-19T09:00/2025-05-19T11:00" },
  { "Tuesday or Thursday next week", "2025-05-20; 2025-05-22" },
  { "what is from March to September", "2025-03/2025-09" },
  { "what is from July to March", "2025-07/2026-03" },
  { "see you at 4 pm", "T16" }, { "10 - 12 June", "2025-06-10/2025-06-12" },
    { "the first Monday of June", "2025-06-02" },
  { "two days after the 5th of June", "2025-06-07" }, { "every Monday at 8 pm", "XXXX-WXX-1T20" },
  { "week 27 of last year", "2024-W27" }, { "week 3 of 2019", "2019-W03" },
  { "next year's first quarter", "2026-Q1" }, { "the previous two quarters",
    "2024-Q4/2025-Q1" },
  { "Monday two weeks from now", "2025-05-26" }, { "every night", "XXXX-XX-XXTNI" },
  { "20 to noon", "2025-05-14T11:40" }, { "9 to noon", "2025-05-14T09:00/2025-05-14T12:00" },
  { "Monday a few weeks ago", "2025-05-19; 2025-04-23" },
  { "Friday half a week ago", "2025-05-16; 2025-05-10" },
  { "Monday 2000000000 weeks from now", "2025-05-19" },
  { "the third week of January 2019", "2019-W03" }, { "the last week of October 2018",
    "2018-W43" },
  { "you may do so", "" }, { "at 25:10", "" },
}
for _, case in ipairs(said) do
  local out = {}
  for _, found in ipairs(dates.all(case[1], "en",
      "2025-05-14T10:30:00")) do out[#out + 1] = found.value end
  c:equal(table.concat(out, "; "), case[2], "said: " .. case[1])
end
c:equal(dates.all("через два часа", "ru", "2025-05-14T10:30")[1].value,
  "2025-05-14T12:30", "in Russian")
c:equal(dates.all("明天下午3点", "zh", "2025-05-14T10:30")[1].value, "2025-05-15T15",
  "in Chinese")

-- No feast of any year fails: a calendar that has none of it tells none.
local feast_days = require "lesdiplo.grammar.date.feasts"
local told, first_year = 0, 1583
for key in pairs(require "lesdiplo.data.feasts") do
  for y = first_year, 2200, 3 do told = told + (feast_days.day(key, y) and 1 or 0) end
end
c:ok(told > 20000, "feasts of six centuries")

-- Days with names, over years whose days are known.
local feasts = {
  { "Easter 2024", "2024-03-31" }, { "Easter 2019", "2019-04-21" }, { "Orthodox Easter 2024",
    "2024-05-05" },
  { "Good Friday 2025", "2025-04-18" }, { "Thanksgiving 2023", "2023-11-23" }, { "Labor Day 2022",
    "2022-09-05" },
  { "Eid al-Fitr 2024", "2024-04-10" }, { "Yom Kippur 2023", "2023-09-24" }, { "Passover 2022",
    "2022-04-15/2022-04-22" },
  { "Chinese New Year 2024", "2024-02-10" }, { "Mid-Autumn Festival 2023", "2023-09-29" },
  { "Diplomatic Workers’ Day 2026", "2026-02-10" },
  { "Diwali 2015", "2015-11-11" }, { "Diwali 2018", "2018-11-07" }, { "Diwali 2020",
    "2020-11-14" },
  { "Deepavali 2024", "2024-10-31" }, { "Holi 2019", "2019-03-21" }, { "Holi 2022",
    "2022-03-18" },
  { "Ganesh Chaturthi 2019", "2019-09-02" }, { "Maha Shivaratri 2020", "2020-02-21" },
  { "Janmashtami 2019", "2019-08-23" }, { "Guru Nanak Jayanti 2021", "2021-11-19" },
  { "Vaisakhi 2018", "2018-04-14" }, { "Pongal 2018", "2018-01-14" }, { "Vesak 2013",
    "2013-05-24" }, { "Vesak 2021", "2021-05-26" },
  { "Nowruz 2020", "2020-03-20" }, { "Nowruz 2021", "2021-03-21" }, { "Nowruz 2024",
    "2024-03-20" },
  { "Songkran 2019", "2019-04-13/2019-04-15" },
}
for _, case in ipairs(feasts) do
  local found = dates.all(case[1], "en", "2025-05-14")[1]
  c:equal(found and found.value, case[2], case[1])
end

local lexicon = dates.lexicon
rawset(lexicon, "sw", { holidays = { ["siku ya moshoeshoe"] = { m = 3, d = 11 } },
                     months = { machi = 3 }, units = { siku = "D" }, numbers = { tatu = 3 } })
c:equal(dates.all("siku ya moshoeshoe 2024", "sw", "2025-05-14")[1].value, "2024-03-11",
  "a day of one's own")
c:equal(dates.all("tarehe 12 machi 2024", "sw")[1].value, "2024-03-12", "a language of one's own")

-- In a story, "the same year" and "three days later" go on from the day spoken of last.
local story =
  dates.all("On 2 June 1954 he left. Three days later he died. In the same year she came.", "en",
  "2025-05-14")
c:equal(story[2].value .. " " .. story[2].anchor, "1954-06-05 text", "from the text")
c:equal(story[3].value .. " " .. story[3].anchor, "1954 text", "and its year")

-- What is said again and again is read once: twice as much takes about twice as long, and
-- all of it ends.
for _, part in ipairs{ "the first Monday of ", "half past ", "between 3 and ",
    "last 2 weeks and ", "1.", "12/", "(", "’",
  "2 hours and ", "the 46th anniversary of 1 February 1980. ", "from 1 May to ", "twenty ",
    "\u{200F}", "99/99/9999 " } do
  local found = dates.all(part:rep(100000 // #part), "en", "2025-05-14")
  c:ok(#found >= 0, "many of " .. part)
end
c:equal(#dates.all(("9"):rep(10000), "en", "2025-05-14"), 0, "ten thousand digits are no date")
c:equal(#dates.all("30 February 2019, 99/99/9999, 0000-00-00", "en", "2025-05-14"), 0,
  "nor are these")

-- A document that tells no date is dated by its sums.
local dated = corpus:doc "1-anniversary.txt"
c:equal(dated.date .. " " .. dated.date_precision, "2026-02 month", "the month of the anniversary")
c:ok(dated.date_how:find("inferred", 1, true) == 1 and dated.date_how:find("1980 + 46", 1, true),
     "and why")

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
