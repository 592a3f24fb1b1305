#!/usr/bin/env lesdiplo
--[==[ lesdiplo-script 1
name    = "figures"
version = "1.0.0"
api     = 1
summary = "Amounts with what they count; those of one unit together, the largest first"
license = "MIT"
categories = ["start here", "amounts"]
[param.class]
type = "enum"
default = "all"
values = ["all", "money", "count", "percent", "measure"]
help = "Only amounts of this class"
[param.unit]
type = "string"
default = ""
example = "USD"
help = "Only of this unit: a currency's code, a measure's sign or the noun that is counted"
[param.least]
type = "number"
default = 0
help = "Only amounts of at least so much"
[doc.dam]
text = """
The dam costs US$2.5 million, and the road 800,000 US dollars.
Twelve villages have 3,400 voters; the pipe is 900 m long, the road 12 km."""
[test.all]
columns = ["class", "unit", "value", "as_written"]
expect = """
money\tUSD\t2,500,000\tUS$2.5 million
money\tUSD\t800,000\t800,000 US dollars
measure\tkm\t12\t12 km
measure\tkm\t0.9\t900 m
count\tvillage\t12\tTwelve villages
count\tvoter\t3,400\t3,400 voters
"""
[test.money]
params = "--class money --least 1e6"
columns = ["unit", "value", "as_written"]
expect = """
USD\t2,500,000\tUS$2.5 million
"""
]==]

-- The layer `amount` has a span for each amount, however it is written: US$4.2 billion,
-- 42亿美元 and 4,2 млрд долларов США are 4200000000 USD. Its fields: class, value (a number, or
-- A..B), unit, and mod: more_than, less_than or about. Several and hundreds of have no value:
-- they are left out here, as are ordinals.

local script = ...
local params = script.params

-- Comparable units are brought to one: thousands of metres are kilometres, and what is counted
-- is the main word of what the text says, without its s ("African countries": country).
local same = { g = { "kg", 1e-3 }, t = { "kg", 1e3 }, Mt = { "kg", 1e9 }, kt = { "kg", 1e6 },
               m = { "km", 1e-3 }, cm = { "km", 1e-5 }, mi = { "km", 1.609344 },
               kW = { "MW", 1e-3 }, GW = { "MW", 1e3 }, ha = { "km2", 0.01 },
               m2 = { "km2", 1e-6 } }

local function singular (noun)
  noun = noun:lower():match "^(.-) of " or noun:lower()
  local last = noun:match "(%S+)$" or noun
  local stem = last:match "^(.+)ies$"
  if stem then return stem .. "y" end
  if last:match "ss$" or #last < 4 then return last end
  return last:match "^(.+[scx]h)es$" or last:match "^(.+ss)es$" or last:match "^(.+x)es$"
         or last:match "^(.+)s$" or last
end

-- The unit to compare by, and how many of it one of the written unit is.
local function comparable (span)
  local unit = span.unit
  if span.class == "percent" then return unit and "% " .. unit or "%", 1 end
  if span.class == "money" then return unit or "?", 1 end
  if not unit then return "-", 1 end
  if span.class == "count" then return singular(unit), 1 end
  local to = same[unit]
  if to then return to[1], to[2] end
  return unit, 1
end

-- A range counts as its greater end.
local function number_of (value)
  if type(value) == "string" then value = value:match "%.%.(.+)$" end
  return tonumber(value)
end

local signs = { more_than = ">", less_than = "<", about = "~" }

-- 1234567 as 1,234,567; a fraction with as many digits as it needs.
local function shown (x)
  if x ~= math.floor(x) then return ("%.6g"):format(x) end
  local text = ("%.0f"):format(x)
  local n
  repeat text, n = text:gsub("^(-?%d+)(%d%d%d)", "%1,%2") until n == 0
  return text
end

local by, order = {}, {}
for span in corpus:layer "amount" do
  local value = span.class ~= "ordinal" and number_of(span.value)
  local unit, times = comparable(span)
  local wanted = value and (params.class == "all" or span.class == params.class)
                 and (params.unit == "" or unit == params.unit or span.unit == params.unit)
                 and value * times >= params.least
  if wanted then
    local key = span.class .. " " .. unit
    if not by[key] then
      by[key] = {}
      order[#order + 1] = key
    end
    table.insert(by[key], { class = span.class, unit = unit, value = value * times,
                            mod = signs[span.mod], as_written = span,
                            sentence = span.sentence and span.sentence.text:gsub("%s+", " ") })
  end
end

-- Money first, then shares, measures and counts; of each the units with most amounts.
local rank = { money = 1, percent = 2, measure = 3, count = 4 }
table.sort(order, function (a, b)
  local one, two = by[a], by[b]
  local x, y = rank[one[1].class], rank[two[1].class]
  if x ~= y then return x < y end
  if #one ~= #two then return #one > #two end
  return a < b
end)

local rows = { columns = { "class", "unit", "value", "mod", "as_written", "sentence" } }
for _, key in ipairs(order) do
  local list = by[key]
  for i, row in ipairs(list) do row.place = i end
  table.sort(list, function (a, b)
    if a.value ~= b.value then return a.value > b.value end
    return a.place < b.place                     -- as they stand in the corpus
  end)
  for _, row in ipairs(list) do
    row.value, row.place = shown(row.value), nil
    rows[#rows + 1] = row
  end
end
return rows
