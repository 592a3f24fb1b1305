--- Dates, times, durations and repetitions, with their values as in TIMEX3.
--
--     local dates = require "lesdiplo".grammar.dates
--     for _, row in ipairs(dates.all("from 2 to 5 March 2025")) do print(row.value) end
--     2025-03-02/2025-03-05
--
-- How they are written is told by dates_read.lua, which day is meant by
-- dates_resolve.lua; the words are those of lesdiplo.data.dates.
-- @module lesdiplo.grammar.dates
local calendar = require "lesdiplo.grammar.calendar"
local han = require "lesdiplo.grammar.dates_han"
local lpeg = require "lpeg"
local read = require "lesdiplo.grammar.dates_read"
local resolve = require "lesdiplo.grammar.dates_resolve"
local words = require "lesdiplo.data.dates"
local char, find, gsub, lower = string.char, string.find, string.gsub, string.lower
local match, sub, tointeger = string.match, string.sub, math.tointeger
local ipairs, sort = ipairs, table.sort
_ENV = nil
local M = {}

--- The words, by language: tables to read, and to add to before the first use.
M.lexicon = words

local function small (c) return "\xD0" .. char(c:byte(2) + 32) end
local function small_high (c) return "\xD1" .. char(c:byte(2) - 32) end

-- A text in small letters, white space made blanks: all bytes stay in their places.
local function plain (text)
  text = lower(text)
  if find(text, "[\xC2\xC3\xD0\xE2]") then
    text = gsub(text, "\xD0[\x90-\x9F]", small)
    text = gsub(text, "\xD0[\xA0-\xAF]", small_high)
    text = gsub(text, "\xC3[\x80-\x96\x98-\x9E]", function (c) return "\xC3" .. char(c:byte(2)
        + 32) end)
    text = gsub(text, "\u{A0}", "  ")
    text = gsub(text, "\u{202F}", "   ")
    text = gsub(text, "\u{2009}", "   ")
  end
  return text
end

-- Where a phrase may begin: at a digit or a letter that no other stands before.
local letter = lpeg.R("az", "09") + (lpeg.R "\x80\xFF" - "\xE2\x80")

local function finder (lang)
  local r = read.rules[lang] or read.rules.en
  local word = letter^1 + 1
  return lpeg.P{ lpeg.Ct((r.found / function (first, t, stop)
    return { first = first, last = stop - 1, t = t }
  end + word)^0) }
end

local finders = {}

-- Words that say of what stands around a phrase that it is about what will be.
local function is_future (text, first, last, lang)
  local from, to = first > 90 and first - 90 or 1, last + 70
  local around = sub(text, from, to)
  local near = first - from + 1
  local before = sub(around, 1, near - 1):match "[^.!?\n]*$"
  local after = sub(around, near):match "^[^.!?\n]*"
  for _, word in ipairs(words[lang] and words[lang].future or {}) do
    if find(" " .. before .. " " .. after .. " ", " " .. word .. " ", 1, true) then return true end
  end
  return false
end

-- What is no date although it looks like one.
local function is_trap (text, one)
  local before, after = sub(text, one.first > 24 and one.first - 24 or 1, one.first - 1),
                        sub(text, one.last + 1, one.last + 12)
  if one.t.op == "abs" and one.t.y and not one.t.m then
    for _, sign in ipairs{ "$", "€", "£", "¥", "№", "#", "/" } do
      if find(before, sign, -#sign - 1, true) or find(after, sign, 1,
          true) == 1 then return true end
    end
    if find(before, "resolution %(?$") or find(before, "res%.$") or find(before, "%f[%a]no%.? *$")
       or find(before, "section *$") or find(before, "article *$") or find(after, "^ *%%")
       or find(before, "%d[%.,]$") then
      return true
    end
  end
  if one.t.op == "abs" and one.t.m and not one.t.d and not one.t.y then
    local word = sub(text, one.first, one.last)
    return word == "may" or word == "mar" or word == "march" or word == "sun" or #word <= 3
  end
  if one.t.op == "dow" and one.last - one.first < 3 then return true end
  return false
end

-- The days that anniversaries may be of: full dates of the text, the one first whose
-- n-th year is the year of the document.
local function base_of (full, anchor)
  return function (n)
    for _, date in ipairs(full) do
      if anchor and anchor.y == date.y + n then return date end
    end
    if anchor then return nil end
    for _, date in ipairs(full) do
      local y = date.y + n
      if y > 1990 and y < 2100 then return date end
    end
  end
end

local function found_in (text, lang)
  if lang == "zh" then return han.find(text) end
  lang = read.rules[lang] and lang or "en"
  finders[lang] = finders[lang] or finder(lang)
  return finders[lang]:match(text) or {}
end

-- Full dates that are written out.
local function full_dates (all)
  local out = {}
  for _, one in ipairs(all) do
    local t = one.t
    if t.op == "abs" and t.y and t.m and t.d and calendar.is_day(t.y, t.m, t.d) then
      out[#out + 1] = { y = t.y, m = t.m, d = t.d }
    end
  end
  return out
end

-- Without a day of its own, a document is of the year in which it marks an
-- anniversary.
local function inferred (all, full)
  for _, one in ipairs(all) do
    if one.t.op == "anniv" and one.t.n then
      local base = base_of(full)(one.t.n)
      if base then return { y = base.y + one.t.n, m = base.m } end
    end
  end
end

-- Rows of a text.
local function rows_of (source, lang, date)
  local text = lang == "zh" and source or plain(source)
  local all = found_in(text, lang)
  local full = full_dates(all)
  local anchor = date or inferred(all, full)
  local out = {}
  for _, one in ipairs(all) do
    if not is_trap(text, one) then
      local c = {
        anchor = anchor, base = base_of(full, date), future = is_future(text, one.first, one.last,
            lang),
        month_first = words[lang] and words[lang].month_first,
      }
      local value, how, mod, kind = resolve.value(one.t, c)
      if value then
        out[#out + 1] = { first = one.first, last = one.last, value = value, anchor = how,
            mod = mod,
                          type = kind or "DATE", parts = c.parts }
      end
    end
  end
  return out
end

--- The dates of a text.
---@param text string
---@param lang? string en
---@param date? string the day that they are reckoned from, as 2025-05-14
---@return table[] rows first, last, type, value, mod, anchor
function M.all (text, lang, date) return rows_of(text, lang or "en", resolve.parse(date)) end

-- The day that a document's words are reckoned from: its dateline's, else its own.
local function anchor_of (doc)
  return resolve.parse(doc.date)
end

-- The dates inside a range as records: where they stand in the source, and their values.
local function parts_of (doc, parts)
  if not parts then return nil end
  local out = {}
  for i, part in ipairs(parts) do
    local first, stop = match(doc:span(part[1], part[2]).cite, ":(%d+)%-(%d+)#%x+$")
    out[i] = { start = tointeger(first), ["end"] = tointeger(stop), value = part[3] }
  end
  return out
end

--- The layer of a document.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.date (doc)
  local positions, rows = {}, {}
  local all = rows_of(doc.text, doc.lang or "en", anchor_of(doc))
  sort(all, function (a, b) return a.first < b.first end)
  for i, row in ipairs(all) do
    positions[2 * i - 1], positions[2 * i] = row.first, row.last
    rows[i] = { type = row.type, value = row.value, mod = row.mod, anchor = row.anchor,
                parts = parts_of(doc, row.parts) }
  end
  return positions, rows
end

--- An iterator over the dates of a document, as Spans.
---@param doc Doc
---@return function
function M.each (doc)
  local i, spans = 0, doc:layer "date"
  return function ()
    i = i + 1
    return spans[i]
  end
end

return M
