--- Dates and hours as machines write them: 2024-09-01, 2024-09-01T08:00:00.5+02:00,
-- 20240901T080000Z, 2024-W35-7; as patterns that make the token.
-- @module lesdiplo.grammar.date.stamps
local lpeg = require "lpeg"
local tonumber = tonumber
local C, Cc, P, R, S = lpeg.C, lpeg.Cc, lpeg.P, lpeg.R, lpeg.S
_ENV = nil
local M = {}

local digit = R "09"
local d2, two = digit * digit^-1, C(digit * digit)
local year = C(S "12" * digit * digit * digit)

local function iso (y, m, d)
  return { starts = true, iso = true, y = tonumber(y), m = tonumber(m), d = d and tonumber(d) }
end

local function stamped (y, m, d, h, min, s, zone)
  return { starts = true, iso = true, y = tonumber(y), m = tonumber(m), d = tonumber(d),
    th = tonumber(h), tmin = tonumber(min), ts = s ~= "" and tonumber(s) or nil, tz = zone }
end

local function week_of (y, w, d)
  return { starts = true, y = tonumber(y), week = tonumber(w), weekday = tonumber(d) }
end

local offset = S "+-" * digit * digit * P ":"^-1 * digit * digit
local clock = (S "t " + P ":") * C(d2) * ":" * two
  * (":" * two * (S ".," * digit^1)^-1 + Cc "") * (C(P "z" + offset) + Cc(nil))
local dashed = year * "-" * C(d2) * "-" * C(d2)

M.day = dashed / iso
M.month = year * "-" * C(P "0" * digit + "1" * R "02" + digit) / iso
M.slashed = year * S "/." * C(d2) * S "/." * C(d2) / iso
M.with_clock = dashed * clock / stamped

local function made (y, make, ...) return make(y, ...) end

-- The forms without marks, and the weeks of a year; nothing goes on behind them.
M.compact = year * (Cc(stamped) * two * two * "t" * two * two * (two + Cc "") * (C(P "z") + Cc(nil))
                    + Cc(week_of) * P "-"^-1 * "w" * two * (P "-"^-1 * C(R "17") + Cc(nil)))
  * -R("09", "az") / made

return M
