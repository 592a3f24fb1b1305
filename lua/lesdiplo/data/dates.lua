-- The words of dates, times, lengths and repetitions, a table a language: what they are
-- called, and what they stand for. Case does not count; words are written small, phrases
-- with one blank. Anyone can add to them before the first use.
--
--   months, weekdays     word -> number (of a weekday from 1, Monday)
--   days                 word -> days from today
--   numbers, ordinals    word -> number; "X" for a few
--   scales, fractions    hundred -> 100; half -> 0.5
--   units                word -> D W M Y, or S MIN H, Q quarter, N night, WE weekend, DE
--                        decade, CE century, and FN for two weeks
--   steps                words before a unit, a month or a weekday -> -1 last, 0 this, 1 next
--   steps_after          the same, of words that stand behind it
--   ago later            behind a length: before now, from now on
--   ago_before, after    before a length: il y a; in, within
--   shifts               between a length and a day -> -1 before it, 1 after it
--   since until before beyond   open ends
--   from between to      the words of a stretch
--   seasons              word -> SP SU FA WI
--   parts                word -> TMO TAF TEV TNI
--   times                word -> hour
--   am pm oclock past to_hour hour_marks minute_marks   the hours
--   refs                 phrase -> PRESENT_REF PAST_REF FUTURE_REF, PXY: a length not told
--   sets                 word -> value of a repetition
--   attributes           those that may be adjectives, and then repeat nothing: everyday life
--   mods                 phrase before a length or a date -> START MID END APPROX ...
--   zones                word -> offset, or true where it is not one alone; in more: zone_ahead
--   holidays             phrase -> the name of a day in data/feasts.lua, or a rule as there
--   future, past_signs   words that say of a sentence that it is about what will be, or was
--   future_before        those that say so of what stands behind them: ahead of
--   future_endings       endings of verbs that say so, no_future: other words that end so
--   point_dates          15.10. is a day
--   inflected            a month may have a shorter form that is no abbreviation: those that may
--                        have a full stop are listed as more.short
--   doubtful             months, weekdays ... that need a capital, or a day beside them
--   weak                 words that make no date without another
--   point_hours          11.30 is an hour where a word before it says so: в 11.30
--   no_hours             words behind 6.45 that make it no hour
--   clauses              words that open a clause of its own, with its own time
--   no_units             words behind a year that make it no amount
--   earlier              words of ago that count from the date last spoken of, not from today
--   programmes           words beside a year that make it part of a name: Vision 2030; with the
--                        years, or true for all
--   own_feasts           words before a feast that make it a country's own: National Women's Day
--   titles               words behind a weekday that make it part of one: Sunday Times
--   small_months         months have small letters: a capital is that of a name
--   more                 role -> words, for what few languages have; local_day: feasts that are
--                        another day in another country, and tell none in a report
--   nightword, onto      words of a night between two days; the one between these, or before the
--                        second
--   and_minutes          an hour and what "and" adds to it: las ocho y media
--   on_day               "on" and a number is a day: am 5.
--   hung_years           endings of ordinals that years have without their noun: в 1941-м
--   hung_decades         the same of decades: в 90-е
--   year_ending          letters on a year that is a decade: 1990er
--   month_first          12/05 is 5 December where nothing else decides
--   year_first           10/05/12 begins with the year
--   ordinal_endings      letters on a number that is an ordinal: 24th, 5-го; "." for 5. Mai
--   roman, roman_endings ordinals may be Roman numbers, and the letters on these: XIXe
--   cardinal_days        a bare number before a month, or behind it, is a day
--   hours_after_at       a bare number is an hour only behind "at": в 5 часов, but 5 часов
--   week_steps           a step before a weekday is one of its week
--   unspaced, dotted     words stand without blanks; a full stop may stand in a phrase: 12. Mai
--   joins, beside        what joins two verbs, and may stand beside the second: will go and then
--   comma, stops         the marks behind which another clause, another sentence begins
return {
  en = require "lesdiplo.data.dates.en",
  zh = require "lesdiplo.data.dates.zh",
  ru = require "lesdiplo.data.dates.ru",
  fr = require "lesdiplo.data.dates.fr",
  es = require "lesdiplo.data.dates.es",
  pt = require "lesdiplo.data.dates.pt",
  de = require "lesdiplo.data.dates.de",
}
