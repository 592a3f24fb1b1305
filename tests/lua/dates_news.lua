-- What the news and documents say of days, months and their shares, a phenomenon a line.
-- The day that all is reckoned from is Wednesday, 14 May 2025.
local check = require "lesdiplo.util.check"
local dates = lesdiplo.grammar.dates
local c = check.new()

-- The dates of a text, with mods, one after the other; as they are written, before a colon.
local function told (text, lang, date)
  local out = {}
  for _, row in ipairs(dates.all(text, lang, date or "2025-05-14")) do
    out[#out + 1] = text:sub(row.first, row.last) .. ": " .. row.value
                    .. (row.mod and " " .. row.mod or "")
  end
  return table.concat(out, "; ")
end

local cases = {
  en = {
    -- a month by itself: sure behind a preposition, else in doubt where it is a word, too
    { "The envoys will return in May.", "May: 2025-05" },
    { "They called for steps to ensure a fair vote in November.", "November: 2025-11" },
    { "Both want to do more ahead of the June conference.", "June: 2025-06" },
    { "They prepared the vote in November.", "November: 2024-11" },
    { "The vote must be held in November.", "November: 2025-11" },
    { "They met over lunch on Monday.", "lunch on Monday: 2025-05-12TMEL" },
    { "They should leave before Friday.", "Friday: 2025-05-16 BEFORE" },
    { "Talks began in March and went on.", "March: 2025-03" },
    { "nothing since May", "since May: 2025-05/.." }, { "after the May talks", "May: 2025-05" },
    { "by the May talks", "May: 2025-05" },
    { "by the Year 2040, or until the year 2050",
      "by the Year 2040: ../2040; until the year 2050: ../2050" },
    { "since the year 1990 and before the year 2000",
      "since the year 1990: 1990/..; 2000: 2000 BEFORE" },
    -- a day that is named again is the same one
    { "They signed on March 19. Breach of the March 19 pact would be grave.",
      "March 19: 2025-03-19; March 19: 2025-03-19" },
    { "They signed on February 19. Breach of the February 19 pact would be grave.",
      "February 19: 2025-02-19; February 19: 2025-02-19" },
    { "what they did prior to February 19", "February 19: 2025-02-19 BEFORE" },
    { "the upcoming May 25th jubilee", "the upcoming May 25th: 2025-05-25" },
    { "the upcoming May 5th jubilee", "the upcoming May 5th: 2026-05-05" },
    { "19 in the last six months", "the last six months: P6M" },
    { "the 5th of last month", "the 5th of last month: 2025-04-05" },
    -- a country's own feast is another one
    { "on International Women's Day", "International Women's Day: 2025-03-08" },
    { "on National Women's Day", "" },
    -- a word of repetition that is an adjective
    { "the everyday life of sailors", "" }, { "It sails everyday.", "everyday: P1D" },
    { "It sails everyday and at noon.", "everyday: P1D; noon: 2025-05-14T12:00" },
    -- numbers and names that are none
    { "No. 7/2025 and P.O. Box 1387", "" }, { "after Paris 2024", "" },
    { "the 1718 Committee met", "" }, { "a committee of 1718", "1718: 1718" },
    { "Paris 2023", "2023: 2023" },
    { "The Sunday Times said", "" }, { "on Sunday", "Sunday: 2025-05-11" },
    -- of letters and notes
    { "your letter of the 3rd instant", "the 3rd instant: 2025-05-03" },
    { "that of the 5th ult. and 10th prox.", "the 5th ult.: 2025-04-05; 10th prox.: 2025-06-10" },
    { "5 instant noodles", "" },
    -- other dates of the text say whether the month stands first
    { "of 12/05/2010 and 25/06/2011", "12/05/2010: 2010-05-12; 25/06/2011: 2011-06-25" },
    { "of 12/05/2010 and 06/25/2011", "12/05/2010: 2010-12-05; 06/25/2011: 2011-06-25" },
    { "of 12/05/2010 and 3 May 2009", "12/05/2010: 2010-05-12; 3 May 2009: 2009-05-03" },
    { "of 12/05/2010 and May 3, 2009", "12/05/2010: 2010-12-05; May 3, 2009: 2009-05-03" },
    { "relations since 3 March 2000, and their 25th anniversary",
      "since 3 March 2000: 2000-03-03/..; 25th anniversary: 2025-03-03" },
    -- two calendars: the second is the day
    { "signed on 13/25 June 1878", "13/25 June 1878: 1878-06-25" },
    { "on 30 March (11 April) 1856", "30 March (11 April) 1856: 1856-04-11" },
    { "on June 13/25, 1878", "June 13/25, 1878: 1878-06-25" },
    { "on 20 December 1877/1 January 1878",
      "20 December 1877/1 January 1878: 1878-01-01" },
    { "on 13/25 June 1978", "June 1978: 1978-06" }, { "on 13/20 June 1878", "June 1878: 1878-06" },
    { "Article 3 (15 June 1907)", "15 June 1907: 1907-06-15" },
    { "They stay until June.", "until June: ../2025-06" },
    { "by the end of June", "by the end of June: ../2025-06 END" },
    { "called in “May 2019”", "May 2019: 2019-05" },
    { "signed on “3 June 2019” there", "3 June 2019: 2019-06-03" },
    { "over the next few “forty-eight hours”", "forty-eight hours: PT48H" },
    { "at the end of the ’90s", "the end of the ’90s: 199X END" },
    -- what nobody counts, years in names, and years from a year that was told
    { "In the coming days and over the past months they met.",
      "the coming days: FUTURE_REF; the past months: PAST_REF" },
    { "in the weeks ahead, over the next month",
      "the weeks ahead: FUTURE_REF; the next month: 2025-06" },
    { "Harbour Vision 2030 and the 2030 Agenda were launched in 2016.", "2016: 2016" },
    { "She came in 1963, when what began ten years earlier ended.",
      "1963: 1963; ten years earlier: 1953" },
    { "He left in 2010. Six years later he came back.", "2010: 2010; Six years later: 2016" },
    { "In 2026 the league will mark its 60th anniversary.",
      "2026: 2026; 60th anniversary: 2026" },
    { "It was signed in 1949, and its 75th anniversary was marked.",
      "1949: 1949; 75th anniversary: 2024" },
    { "This may take some time.", "" }, { "the crowds of this march", "" },
    { "They may march by hundreds.", "" },
    -- words of longer phrases, beside what else they stand for
    { "They will meet as soon as possible, if possible.", "as soon as possible: FUTURE_REF" },
    { "in fiscal year 2021, a fiscal matter", "fiscal year 2021: FY2021" },
    { "They met last fall, before the fall of prices.", "last fall: 2024-FA" },
    { "a new spring this spring", "this spring: 2025-SP" },
    { "It was, at the end of the day, no success.", "the end of the day: 2025-05-14" },
    -- since looks back, by and until look ahead
    { "It will stay as it was since August 20.", "since August 20: 2024-08-20/.." },
    { "to be ready by Monday", "by Monday: ../2025-05-19" },
    { "The bridge stays closed until Friday", "until Friday: ../2025-05-16" },
    -- a clause has its own time
    { "The ministry announced Friday that it will build a school.", "Friday: 2025-05-09" },
    { "The ministry will announce on Friday what it builds.", "Friday: 2025-05-16" },
    -- days that share a month
    { "on 18 and 19 June 2018", "18: 2018-06-18; 19 June 2018: 2018-06-19" },
    { "on 3, 4 and 5 March", "3: 2025-03-03; 4: 2025-03-04; 5 March: 2025-03-05" },
    { "on June 18 and 19, 2018", "June 18: 2018-06-18; 19, 2018: 2018-06-19" },
    { "on July 17th and 18th.", "July 17th: 2024-07-17; 18th: 2024-07-18" },
    { "on Monday, 3 and Tuesday, 4 March 2025",
      "Monday, 3: 2025-03-03; Tuesday, 4 March 2025: 2025-03-04" },
    { "on March 25, 26, and 27, 2022.",
      "March 25: 2022-03-25; 26: 2022-03-26; 27, 2022: 2022-03-27" },
    { "on April 17th, 18th, or 19th.",
      "April 17th: 2025-04-17; 18th: 2025-04-18; 19th: 2025-04-19" },
    { "on April 21 and 22, the envoys met", "April 21: 2025-04-21; 22: 2025-04-22" },
    { "on June 18 and 19 ships sailed", "June 18: 2025-06-18" },
    { "12 May to 3 June and 4 houses", "12 May to 3 June: 2025-05-12/2025-06-03" },
    { "on 22/Jan/2019 they met", "22/Jan/2019: 2019-01-22" },
    { "from March to date", "March to date: 2025-03/2025-05-14" },
    -- a unit by itself is no length
    { "We told you years ago; weeks later it was gone.", "years ago: PAST_REF; weeks: PXW" },
    { "for the first time in decades, in days, in year 0", "decades: PXDE" },
    -- shares of a year and of a month
    { "in the first nine months of 2024", "the first nine months of 2024: 2024-01/2024-09" },
    { "the last two months of the year", "the last two months of the year: 2025-11/2025-12" },
    { "the last three weeks of this year",
      "the last three weeks of this year: 2025-12-11/2025-12-31" },
    { "the first ten days of June", "the first ten days of June: 2025-06-01/2025-06-10" },
    { "the second half of February 2024",
      "the second half of February 2024: 2024-02-16/2024-02-29" },
    { "the first 13 months of 2024", "13 months: P13M; 2024: 2024" },
    { "the first two days of the visit", "two days: P2D" },
    { "growth in the fourth quarter", "the fourth quarter: 2025-Q4" },
    { "last quarter", "last quarter: 2025-Q1" }, { "a quarter of the members", "" },
    { "the last quarter of 2023", "the last quarter of 2023: 2023-Q4" },
    { "three quarters of the members", "" }, { "first-quarter figures", "first-quarter: 2025-Q1" },
    -- the past, and so much of it
    { "in the past five years", "the past five years: P5Y" },
    { "over the past year", "the past year: P1Y" },
    { "as in the past", "in the past: PAST_REF" },
    -- numbers that are no years, words that are no seconds
    { "some 2000 refugees", "" }, { "a loan of EUR 2000", "" }, { "1500 soldiers or about 1500 men",
      "1500: 1500" },
    { "2000 people", "" }, { "In 2014 people voted.", "2014: 2014" },
    { "The 2019 elections", "2019: 2019" }, { "about 1850 he left", "about 1850: 1850 APPROX" },
    { "2022 marks it, below 2012 levels", "2022: 2022; 2012: 2012" },
    { "a decade and two years", "a decade and two years: P12Y" },
    { "2000 years of trade", "2000 years: P2000Y" }, { "for a second time", "" },
    { "dial 138-2010-2015 there", "" },
    { "October two thousand and five", "October two thousand and five: 2005-10" },
    -- hours
    { "at 1994-11-05T13:15:30Z it fell", "1994-11-05T13:15:30Z: 1994-11-05T13:15:30Z" },
    { "on 2014-04-18 13:00 - 16:00",
      "2014-04-18 13:00 - 16:00: 2014-04-18T13:00/2014-04-18T16:00" },
    { "on 20 May after 3 pm", "20 May after 3 pm: 2025-05-20T15 AFTER" },
    { "every evening at 7:15 p.m.", "every evening at 7:15 p.m.: XXXX-XX-XXT19:15" },
    { "the week beginning 2 June", "the week beginning 2 June: 2025-W23" },
    -- a title above a date
    { "The worst year since 1992\nJanuary 27, 2006\nThe firm",
      "since 1992: 1992/..; January 27, 2006: 2006-01-27" },
    { "Banks to stay shut until Friday\nSeptember 18, 2008\nThe",
      "until Friday: ../2025-05-16; September 18, 2008: 2008-09-18" },
    { "A singer dies aged 56\nOctober 6, 2011", "October 6, 2011: 2011-10-06" },
    { "on Thursday\nSeptember 18, 2008", "Thursday\nSeptember 18, 2008: 2008-09-18" },
  },
  fr = {
    { "en mai", "mai: 2025-05" }, { "il y a 2000 ans", "il y a 2000 ans: 0025" },
    { "les 18 et 19 juin 2024", "les 18: 2024-06-18; 19 juin 2024: 2024-06-19" },
    { "les neuf premiers mois de 2024", "les neuf premiers mois de 2024: 2024-01/2024-09" },
    { "la première quinzaine d'avril", "la première quinzaine d'avril: 2025-04-01/2025-04-15" },
    { "au premier semestre", "premier semestre: 2025-H1" },
    { "la première moitié de 2024", "la première moitié de 2024: 2024-H1" },
    { "le lendemain du 13 février", "le lendemain du 13 février: 2025-02-14" },
    { "une durée de 3 heures", "3 heures: PT3H" },
    { "votre note du 3 courant", "3 courant: 2025-05-03" },
    { "jeudi à partir de 9h30", "jeudi à partir de 9h30: 2025-05-08T09:30/.." },
  },
  ru = {
    { "18 и 19 июня 2024 года",
      "18: 2024-06-18; 19 июня 2024 года: 2024-06-19" },
    { "между 18 и 19 июня", "18 и 19 июня: 2025-06-18/2025-06-19" },
    { "в 2019 и 2020 годах", "2019: 2019; 2020: 2020" },
    { "14–15.10.2018", "14–15.10.2018: 2018-10-14/2018-10-15" },
    { "за первые девять месяцев 2024 года",
      "первые девять месяцев 2024 года: 2024-01/2024-09" },
    { "за девять месяцев 2024 года",
      "девять месяцев 2024 года: 2024-01/2024-09" },
    { "в первой половине мая", "первой половине мая: 2025-05-01/2025-05-15" },
    { "в третьей декаде февраля",
      "третьей декаде февраля: 2025-02-21/2025-02-28" },
    { "Он прибыл 1-го числа.", "1-го числа: 2025-05-01" }, { "из числа первых", "" },
    { "Марта Берг прибыла", "" }, { "Март выдался", "Март: 2025-03" },
    { "13 (25) июня 1878 года", "13 (25) июня 1878 года: 1878-06-25" },
    { "25 октября (7 ноября) 1917 года", "25 октября (7 ноября) 1917 года: 1917-11-07" },
    { "в последние годы", "в последние годы: PXY" },
    { "с 3-го по 5-е число", "3-го по 5-е число: 2025-05-03/2025-05-05" },
    { "в первых числах июня", "в первых числах июня: 2025-06 START" },
    { "до конца июня", "до конца июня: ../2025-06 END" },
    { "в первой половине 2024 года", "первой половине 2024 года: 2024-H1" },
    { "за три дня", "три дня: P3D" }, { "каждый год", "каждый год: P1Y" },
    { "около 1500 солдат", "" }, { "2000 долларов", "" },
    { "2000 лет", "2000 лет: P2000Y" }, { "в 2 часа дня", "2 часа дня: 2025-05-14T14" },
    { "до 14 часов", "до 14 часов: ../2025-05-14T14" },
    -- the full stop of a sentence, and of an abbreviation
    { "Он прибыл 12 мая.", "12 мая: 2025-05-12" },
    { "Она пройдет в июне.", "июне: 2025-06" },
    { "Он прибыл 3 янв. в Лиму", "3 янв.: 2025-01-03" },
    -- a perfective present looks ahead
    { "Король нанесет визит 11 июля", "11 июля: 2025-07-11" },
    { "Король нанес визит 11 июля", "11 июля: 2024-07-11" },
  },
  zh = {
    { "13月5日，2019年2月30日", "" },
    { "3月和5月", "3月: 2025-03; 5月: 2025-05" },
    { "2024年3月2日、3日和5日",
      "2024年3月2日: 2024-03-02; 3日: 2024-03-03; 5日: 2024-03-05" },
    { "2024年3月、5月", "2024年3月: 2024-03; 5月: 2024-05" },
    { "3月与5月之间", "3月与5月: 2025-03/2025-05" },
    { "大使18日至19日访问", "18日至19日: 2025-05-18/2025-05-19" },
    { "过去十年中国", "过去十年: P10Y" }, { "2018年中国", "2018年: 2018" },
    { "2018年中", "2018年中: 2018 MID" },
    { "今年前三季度", "今年前三季度: 2025-01/2025-09" },
    { "2024年前9个月", "2024年前9个月: 2024-01/2024-09" },
    { "2024年前", "2024年前: ../2024" },
    { "今年最后3周", "今年最后3周: 2025-12-11/2025-12-31" },
    { "5月上半月", "5月上半月: 2025-05-01/2025-05-15" },
    { "约2000人", "" }, { "2018/1/10-2018/7/10", "2018/1/10-2018/7/10: 2018-01-10/2018-07-10" },
    { "下午3：30", "下午3：30: 2025-05-14T15:30" }, { "个半月", "个半月: P1.5M" },
    { "一小时零十五秒", "一小时零十五秒: PT1H15S" },
    { "持续到6月30日", "持续到6月30日: ../2025-06-30" },
    { "会议15时开始", "15时: 2025-05-14T15" }, { "北京时间到了", "" },
    { "近年来，贸易", "近年来: PXY" }, { "临近年底", "临近年底: 2025 END" },
    { "北京时间8月15日20时", "北京时间8月15日20时: 2024-08-15T20+08:00" },
  },
}
for lang, list in require "lesdiplo.util".sorted(cases) do
  for _, case in ipairs(list) do
    c:equal(told(case[1], lang), case[2], lang .. ": " .. case[1])
  end
end

-- An utterance, at half past ten.
for _, case in ipairs {
  { "en", "Thursday before 5pm", "Thursday before 5pm: 2025-05-15T17 BEFORE" },
  { "en", "call on 20 May until 4pm", "20 May until 4pm: ../2025-05-20T16" },
  { "en", "I leave for 3h", "3h: PT3H" }, { "en", "two to four people", "" },
  { "en", "the week of the 18th", "the week of the 18th: 2025-W20" },
  { "en", "we have lunch together", "" }, { "en", "May I ask you?", "" },
  { "en", "the second of a second round", "" }, { "ru", "17ч10", "17ч10: 2025-05-14T17:10" },
  { "fr", "du 13 au 18", "13 au 18: 2025-06-13/2025-06-18" },
  { "fr", "de 5 à 7", "de 5 à 7: 2025-05-14T05:00/2025-05-14T07:00" },
} do
  c:equal(told(case[2], case[1], "2025-05-14T10:30"), case[3], "said: " .. case[2])
end

-- Twice as much of it ends, too.
for _, part in ipairs { "3, 4 and ", "18 and ", "June 18 and ", "the first nine months of ",
    "in the past ten ", "the second half of ", "until Friday ", "Thursday before 5 " } do
  c:ok(#dates.all(part:rep(100000 // #part), "en", "2025-05-14") >= 0, "many of " .. part)
end
for _, part in ipairs { "3月2日、", "3月和", "今年前九个月", "上半月" } do
  c:ok(#dates.all(part:rep(50000 // #part), "zh", "2025-05-14") >= 0, "many of " .. part)
end

c:finish()
