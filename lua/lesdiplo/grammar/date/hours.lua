--- Hours of a day as values: 2025-03-03T10:30, 2025-05-14TMO.
-- @module lesdiplo.grammar.date.hours
local calendar = require "lesdiplo.grammar.calendar"
local shift = require "lesdiplo.grammar.date.shift"
local format, match, sub = string.format, string.match, string.sub
local tonumber = tonumber
_ENV = nil

local late = { TAF = true, TEV = true, TMED = true, TMEL = true }

-- The hour of a clock on the dial of twenty-four; a part of the day says which half.
local function hour_of (c, part)
  local h = c.h
  local half = c.half
  if half then
    if half == 12 and h < 12 then return h + 12 end
    if half == 0 and h == 12 then return 0 end
    return h
  end
  if part and not c.full or part and h <= 12 then
    if late[part] and h < 12 and not c.noon then return h + 12 end
    if part == "TNI" and h >= 5 and h < 12 then return h + 12 end
    if part == "TNI" and h == 12 then return 0 end
    if part == "TMO" and h == 12 and not c.noon then return 0 end
  end
  return h
end

local function clock_text (c, h, whole, bare)
  if c.s then return format("T%02d:%02d:%02d", h, c.min or 0, c.s) end
  if c.min or whole or c.noon and not bare then return format("T%02d:%02d", h, c.min or 0) end
  return format("T%02d", h)
end

local function zone_of (c)
  if c.zone == true or not c.zone then return "" end
  return c.zone
end

-- The first time from now that a clock shows this.
local function coming (c, h, a, part)
  local now = a.h * 60 + (a.min or 0)
  local at = h * 60 + (c.min or 0)
  local day = shift.number_of(a)
  if at > now or c.full and at == now then return h % 24, h == 24 and day + 1 or day end
  if not part and not c.half and not c.full and not c.noon and h <= 12 and h > 0
      and at + 720 > now then
    return (h % 12) + 12, day
  end
  if at == now then return h, day end
  return h % 24, day + 1
end

-- The day of the next day, for hours that go past midnight.
local function day_after (value)
  local y, m, d = match(value, "^(%d+)%-(%d+)%-(%d+)$")
  return shift.day_text(calendar.number(tonumber(y), tonumber(m), tonumber(d)) + 1)
end

-- Both ends of a stretch of hours.
local function ends (r, part)
  local a, b = r.a, r.b
  local ha, hb = hour_of(a, r.part_a or part), hour_of(b, part)
  if not a.half and not r.part_a and b.half and not a.full then
    ha = b.half == 12 and (a.h % 12) + 12 or a.h % 12
    if ha > hb and a.h < 13 then ha = (ha + 12) % 24 end
    if a.h > 12 then ha = a.h end
  elseif not b.half and not part and hb <= 12 and hb < ha and not b.full and not (a.full
      and a.h > 12) then
    if hb + 12 > ha then hb = hb + 12 end
  elseif not b.half and not part and b.full and hb < ha and hb + 12 > ha and hb <= 12
      and a.h <= 12 then hb = hb + 12
  end
  if not b.half and part and hb < ha and hb + 12 <= 24 then hb = hb + 12 end
  return ha, hb
end

local M = {}

--- The time of a clock, as T20 or T20:30.
function M.time (c, part) return clock_text(c, hour_of(c, part)) end

--- Readers of times and their stretches; value_of gives the value of a date.
function M.new (value_of)
  local function clocks (t, date, how)
    local ha, hb = ends(t.clocks, t.part)
    if ha > 24 or hb > 24 then return nil end
    local first, last = clock_text(t.clocks.a, ha, true), clock_text(t.clocks.b, hb, true)
    local a, b = t.clocks.a, t.clocks.b
    first, last = first .. zone_of(a.zone and a or b), last .. zone_of(b)
    if not date then return first .. "/" .. last, nil, nil, "TIME" end
    local until_ = date
    if hb < ha or hb == ha and (t.clocks.b.min or 0) < (t.clocks.a.min
        or 0) then until_ = day_after(date) end
    return date .. first .. "/" .. until_ .. last, how, nil, "TIME"
  end

  -- The day that an hour is of: said, or the document's; an utterance leaves it open where
  -- it says more than the hour.
  local function day_of (t, c)
    if t.date then
      local date, how = value_of(t.date, c)
      return date, how, date ~= nil
    end
    local a = c.anchor
    if a and a.d and (not c.loose or c.whole) then return calendar.text(a.y, a.m, a.d),
        "document", true end
    return nil, nil, true
  end

  return function (t, c)
    local date, how, known = day_of(t, c)
    if not known then return nil end
    if date and #date ~= 10 then
      if not t.part and not t.clock then return nil end
      if t.date.op == "abs" or t.date.op == "rel" then return date, how, t.mod end
      return nil
    end
    if t.clocks then return clocks(t, date, how) end
    if not t.clock then
      return (date or "") .. "T" .. sub(t.part, 2), how, t.mod, "TIME"
    end
    local h = hour_of(t.clock, t.part)
    if h > 24 or (t.clock.min or 0) > 59 then return nil end
    if not t.date and c.loose and date and c.anchor.h then
      local day
      h, day = coming(t.clock, h, c.anchor, t.part)
      date = shift.day_text(day)
    end
    local bare = c.loose and not t.date
    return (date or "") .. clock_text(t.clock, h, false, bare) .. zone_of(t.clock), how, t.mod,
      "TIME"
  end
end

return M
