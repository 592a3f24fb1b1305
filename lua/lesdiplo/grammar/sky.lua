--- The sun and the moon as calendars need them: where they stand, when a month of the Indian
-- calendar begins, and which day has a lunar day of it.
--
-- The theories are those of Meeus, Astronomical Algorithms (chapters 25 and 47), cut to the
-- terms that move the moon by a hundredth of a degree: a minute or two of time. Moments are
-- days and parts of a day since 1 January 1970 in universal time.
-- @module lesdiplo.grammar.sky
local calendar = require "lesdiplo.grammar.calendar"
local floor, rad, sin = math.floor, math.rad, math.sin
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

local J2000 = 10957.5                  -- noon of 1 January 2000
local SUN_A_DAY, MOON_A_DAY = 360 / 365.2422, 360 / 29.530589    -- the moon's beyond the sun's

local function centuries (t) return (t + 69 / 86400 - J2000) / 36525 end
local function wrapped (angle) return (angle + 180) % 360 - 180 end

-- The longitude of the sun in degrees, from the equinox.
local function sun (t)
  local c = centuries(t)
  local anomaly = rad(357.52911 + 35999.05029 * c)
  local centre = (1.914602 - 0.004817 * c) * sin(anomaly) + 0.019993 * sin(2 * anomaly)
    + 0.000289 * sin(3 * anomaly)
  local node = rad(125.04 - 1934.136 * c)
  return (280.46646 + 36000.76983 * c + centre - 0.00569 - 0.00478 * sin(node)) % 360
end

-- Amplitude in millionths of a degree, and how often each angle is taken: the moon's distance
-- from the sun, the sun's anomaly, the moon's, its distance from the node.
local terms = {
  { 6288774, 0, 0, 1, 0 }, { 1274027, 2, 0, -1, 0 }, { 658314, 2, 0, 0, 0 },
  { 213618, 0, 0, 2, 0 }, { -185116, 0, 1, 0, 0 }, { -114332, 0, 0, 0, 2 },
  { 58793, 2, 0, -2, 0 }, { 57066, 2, -1, -1, 0 }, { 53322, 2, 0, 1, 0 },
  { 45758, 2, -1, 0, 0 }, { -40923, 0, 1, -1, 0 }, { -34720, 1, 0, 0, 0 },
  { -30383, 0, 1, 1, 0 }, { 15327, 2, 0, 0, -2 }, { -12528, 0, 0, 1, 2 },
  { 10980, 0, 0, 1, -2 }, { 10675, 4, 0, -1, 0 }, { 10034, 0, 0, 3, 0 },
}

local function moon (t)
  local c = centuries(t)
  local distance = rad(297.8501921 + 445267.1114034 * c)
  local around = rad(357.5291092 + 35999.0502909 * c)
  local anomaly = rad(134.9633964 + 477198.8675055 * c)
  local node = rad(93.2720950 + 483202.0175233 * c)
  local sum = 0
  for _, term in ipairs(terms) do
    sum = sum + term[1] * sin(term[2] * distance + term[3] * around + term[4] * anomaly
      + term[5] * node)
  end
  return 218.3164477 + 481267.88123421 * c + sum / 1e6
end

-- When an angle that grows so fast has a value, near a moment; a few steps of Newton's.
local function when (angle, speed, value, t)
  for _ = 1, 6 do t = t - wrapped(angle(t) - value) / speed end
  return t
end

-- When the sun has a longitude, in a year: the year begins at some 281 degrees.
local function sun_at (y, longitude)
  local behind = longitude < 281 and longitude or longitude - 360
  return when(sun, SUN_A_DAY, longitude, calendar.number(y, 3, 20) + behind / SUN_A_DAY)
end

local function apart (t) return moon(t) - sun(t) end

-- ------------------------------------------------------------------- the Indian calendar

local INDIA = 5.5 / 24                 -- its clocks, ahead of universal time
-- By how much the zodiac of the stars has moved from that of the seasons: Lahiri's figure.
local function shifted (t) return 23.853 + (t - J2000) / 365.25 * 0.01397 end

local function sign (t) return (sun(t) - shifted(t)) % 360 // 30 end

-- The new moon that begins a month, near a moment; nil when the month is a leap one. A month
-- is named by the sign that the sun enters in it, and one in which it enters none is a leap
-- month. In the rare month with two (1983 had one) the second has no month of its own, and its
-- feasts are not told.
local function begins (month, near)
  local t = when(apart, MOON_A_DAY, 0, near)
  local after = when(apart, MOON_A_DAY, 0, t + 29.53)
  local from, to = sign(t), sign(after)
  return from ~= to and (from + 1) % 12 + 1 == month and t or nil
end

-- The hour of the Indian day at which a feast wants its lunar day.
local hours = { sunrise = 6.2, noon = 12.2, afternoon = 14.5, sunset = 18, evening = 20,
  midnight = 24 }

-- The day on which a lunar day, which lasts from one moment to another, is there at an hour.
local function meets (from, to, hour)
  local day = floor(from)
  if day + hour / 24 < from then day = day + 1 end
  return day + hour / 24 < to and day or nil
end

-- The same for the n-th of a month. One that meets the hour on no day is told of the day at whose
-- sunrise it is there, or else of the one on which it begins.
local function day_of (new_moon, n, at)
  local mean = new_moon + (n - 1) * 29.53 / 30
  local from = when(apart, MOON_A_DAY, 12 * (n - 1), mean) + INDIA
  local to = when(apart, MOON_A_DAY, 12 * n, mean + 1) + INDIA
  return meets(from, to, hours[at]) or meets(from, to, hours.sunrise) or floor(from)
end

local function indian (y, month, n, at)
  local first = calendar.number(y, 1, 1)
  for i = -2, 12 do
    local new_moon = begins(month, first + 29.53 * i)
    local day = new_moon and day_of(new_moon, n, at)
    if day and day >= first and day < calendar.number(y + 1, 1, 1) then return day end
  end
end

-- What was reckoned, by hour, month, lunar day and year: a text that names a feast does it again.
-- No feast is told of before 1583 or behind 2200 (date/feasts.lua).
local reckoned = {}
for at in pairs(hours) do reckoned[at] = {} end

--- The day of a feast that is told by a month and a lunar day, in a year.
---@param y integer
---@param month integer 1 Chaitra to 12 Phalguna; a month begins with the new moon
---@param n integer 1 to 15 of the bright half, 16 to 30 of the dark one
---@param at string sunrise noon afternoon sunset evening midnight
---@return integer? number of the day
function M.indian (y, month, n, at)
  local known, key = reckoned[at], (y * 16 + month) * 32 + n
  if known[key] == nil then known[key] = indian(y, month, n, at) or false end
  return known[key] or nil
end

--- The day on which the sun enters a sign of the stars' zodiac: after sunset it is the next.
---@param y integer
---@param n integer 0 Aries, 9 Capricorn
---@return integer number of the day
function M.entry (y, n)
  local longitude = (30 * n + shifted(calendar.number(y, 7, 1))) % 360
  return floor(sun_at(y, longitude) + INDIA + 0.25)
end

--- The day on which the sun has a longitude, by the clocks of a place.
---@param y integer
---@param longitude number degrees from the equinox
---@param zone number hours ahead of universal time
---@return integer number of the day
function M.solar (y, longitude, zone)
  return floor(sun_at(y, longitude) + zone / 24)
end

return M
