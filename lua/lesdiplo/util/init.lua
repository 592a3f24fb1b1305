--- Small helpers: pairs in a fixed order, the nearest name, text that fits.
--
-- Widths are columns of a terminal: a Han character takes two, a combining one
-- none. Lengths are characters. Bytes that are no UTF-8 count as one each.
-- @module lesdiplo.util
local byte, gmatch, sub = string.byte, string.gmatch, string.sub
local error, format, min, sort = error, string.format, math.min, table.sort
local concat, math_type = table.concat, math.type
local char, codepoint, codes, len, offset = utf8.char, utf8.codepoint, utf8.codes, utf8.len,
                                            utf8.offset
local ipairs, pairs, pcall, require = ipairs, pairs, pcall, require
local setmetatable, tostring, type = setmetatable, tostring, type
_ENV = nil
local M = {}

-- Parts of this room that not every script wants.
local parts = { "check" }


-- Sets -----------------------------------------------------------------------

--- The words of a text that blanks part, as a set.
--     > util.words("who which").which
--     true
---@param text string
---@return table<string, true>
function M.words (text)
  local out = {}
  for word in gmatch(text, "%S+") do out[word] = true end
  return out
end


-- Order ----------------------------------------------------------------------

-- Numbers before the rest, by value; the rest by their text.
local function before (a, b)
  local x, y = type(a) == "number", type(b) == "number"
  if x and y then return a < b end
  if x or y then return x end
  return tostring(a) < tostring(b)
end

--- The keys of a table as an array, in order: numbers by value, then the rest
-- by their text.
--     > table.concat(util.keys{ b = 1, a = 2, 3 }, " ")
--     1 a b
---@param t table
---@param compare? fun(a: any, b: any): boolean another order
---@return any[]
function M.keys (t, compare)
  local keys, words = {}, true
  for key in pairs(t) do
    keys[#keys + 1] = key
    words = words and type(key) == "string"
  end
  if compare or not words then sort(keys, compare or before)
  else sort(keys)                        -- the same order, without a call for each two
  end
  return keys
end

--- `pairs` in a fixed order: what `pairs` gives comes in another one each run.
--     > local s = "" for k, v in util.sorted{ b = 1, a = 2 } do s = s .. k .. v end return s
--     a2b1
---@param t table
---@param compare? fun(a: any, b: any): boolean another order of keys
---@return function iterator
function M.sorted (t, compare)
  local keys, i = M.keys(t, compare), 0
  return function ()
    i = i + 1
    return keys[i], t[keys[i]]
  end
end


-- Did you mean ---------------------------------------------------------------

--- How many bytes have to change to make b of a, a swap of neighbours being one.
--     > util.distance("Mpotjoane", "Mpotjoana", 3)
--     1
---@param a string
---@param b string
---@param most integer past it, the answer is any number above it
---@return integer
function M.distance (a, b, most)
  local above, row, older = {}, {}, {}
  for j = 0, #b do above[j] = j end
  for i = 1, #a do
    row[0] = i
    local best = i
    for j = 1, #b do
      local cost = byte(a, i) == byte(b, j) and 0 or 1
      local d = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost)
      if i > 1 and j > 1 and byte(a, i) == byte(b, j - 1)
         and byte(a, i - 1) == byte(b, j) then
        d = min(d, older[j - 2] + 1)
      end
      row[j] = d
      best = min(best, d)
    end
    if best > most then return most + 1 end
    older, above, row = above, row, older
  end
  return above[#b]
end

--- Of some names the one nearest to one that is not there, or nil when none is
-- near enough to be meant.
--     > util.nearest("titel", { "date", "title", "text" })
--     title
---@param name string
---@param names string[]
---@return string?
function M.nearest (name, names)
  name = tostring(name)
  if #name > 64 then return nil end
  local most = #name < 5 and 1 or #name < 9 and 2 or 3
  local best
  for _, other in ipairs(names) do
    if type(other) == "string" and #other <= 64 then
      local d = M.distance(name, other, most)
      if d <= most and d < #name then best, most = other, d - 1 end
    end
  end
  return best
end

--- What a message about a name that is not there ends with: the one that was meant, or
-- else `otherwise`.
--     > util.hint("titel", { "title", "date" })
--     ; did you mean 'title'?
---@param name string
---@param names string[]
---@param otherwise? string ""
---@return string
function M.hint (name, names, otherwise)
  local near = M.nearest(name, names)
  return near and format("; did you mean '%s'?", near) or otherwise or ""
end

-- Numbers ------------------------------------------------------------------------

local roman = { i = 1, v = 5, x = 10, l = 50, c = 100, d = 500, m = 1000 }

--- The number that Roman digits stand for, or nil.
--     > util.roman("XIV")
--     14
---@param text string
---@return integer?
function M.roman (text)
  local sum, last = 0, 0
  for c in text:lower():reverse():gmatch "." do
    local n = roman[c]
    if not n then return nil end
    sum = sum + (n < last and -n or n)
    if n > last then last = n end
  end
  return sum > 0 and sum or nil
end


-- Options ----------------------------------------------------------------------

--- The options themselves, or an empty table: raises where one has no such name.
--     > util.options("f(x, options)", { widht = 3 }, { "width" })
--     error: f(x, options): no option 'widht'; did you mean 'width'?
---@param what string whose options they are
---@param options table?
---@param names string[]
---@return table
function M.options (what, options, names)
  if options == nil then return {} end
  if type(options) ~= "table" then
    error(format("%s: options are a table, such as {%s = ...}; got a %s", what, names[1],
                 type(options)), 0)
  end
  local known = {}
  for _, name in ipairs(names) do known[name] = true end
  for _, name in ipairs(M.keys(options)) do
    if not known[name] then
      error(format("%s: no option '%s'%s", what, tostring(name),
                   M.hint(name, names, "; there are " .. concat(names, " "))), 0)
    end
  end
  return options
end

--- Raises unless a value is nil or one of some names.
---@param what string
---@param value any
---@param names string[]
function M.one_of (what, value, names)
  if value == nil then return end
  for _, name in ipairs(names) do
    if name == value then return end
  end
  error(format("%s: no '%s'%s", what, tostring(value),
               M.hint(value, names, "; there are " .. concat(names, " "))), 0)
end

--- Raises unless a value is of a type (or nil, where it may be left out).
--     > util.of_type("dates.all(text[, lang]): text", nil, "string")
--     error: dates.all(text[, lang]): text: a string is wanted, got a nil
---@param what string the function, what it takes, and which of it this is
---@param value any
---@param wanted string as `type` tells it
---@param optional? boolean
function M.of_type (what, value, wanted, optional)
  if type(value) ~= wanted and not (optional and value == nil) then
    error(format("%s: a %s is wanted, got a %s", what, wanted, type(value)), 0)
  end
end

--- Raises unless a value is nil or a whole number, `least` or more.
---@param what string
---@param value any
---@param least integer
function M.whole (what, value, least)
  if value ~= nil and (math_type(value) ~= "integer" or value < least) then
    error(format("%s: a whole number, %d or more; got %s", what, least, tostring(value)), 0)
  end
end


-- Text -----------------------------------------------------------------------

-- Code points of two columns, and of none: first and last, in order.
local wide = {
  0x1100, 0x115F, 0x231A, 0x231B, 0x2E80, 0x303E, 0x3041, 0x33FF, 0x3400, 0x4DBF,
  0x4E00, 0xA4CF, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE10, 0xFE19,
  0xFE30, 0xFE6B, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x1F300, 0x1F64F, 0x1F680, 0x1F6FF,
  0x1F900, 0x1F9FF, 0x20000, 0x3FFFD,
}
local thin = {
  0x0300, 0x036F, 0x0483, 0x0489, 0x0591, 0x05BD, 0x0610, 0x061A, 0x064B, 0x065F,
  0x06D6, 0x06DC, 0x06DF, 0x06E4, 0x093C, 0x093C, 0x094D, 0x094D, 0x0E31, 0x0E31,
  0x0E34, 0x0E3A, 0x0E47, 0x0E4E, 0x1AB0, 0x1AFF, 0x1DC0, 0x1DFF, 0x200B, 0x200F,
  0x202A, 0x202E, 0x2060, 0x2064, 0x20D0, 0x20F0, 0x302A, 0x302D, 0x3099, 0x309A,
  0xFE00, 0xFE0F, 0xFE20, 0xFE2F, 0xFEFF, 0xFEFF, 0xE0100, 0xE01EF,
}

local function is_in (cp, ranges)
  local low, high = 1, #ranges // 2
  while low <= high do
    local middle = (low + high) // 2
    if cp < ranges[2 * middle - 1] then high = middle - 1
    elseif cp > ranges[2 * middle] then low = middle + 1
    else return true end
  end
  return false
end

local function width_of (cp)
  if cp < 0x300 then return 1 end
  if is_in(cp, thin) then return 0 end
  return is_in(cp, wide) and 2 or 1
end

-- The character at byte i: its bytes and its width. A stray byte is one wide.
local function character (s, i)
  local b = byte(s, i)
  if b < 0x80 then return 1, 1 end
  local n = b >= 0xF0 and 4 or b >= 0xE0 and 3 or 2
  local ok, cp = pcall(codepoint, s, i)
  if not ok then return 1, 1 end
  return n, width_of(cp)
end

--- The columns that a text takes on a terminal.
--     > util.width "café" .. " " .. util.width "外交"
--     4 4
---@param s string
---@return integer
function M.width (s)
  if not s:find "[\x80-\xFF]" then return #s end
  local total, i = 0, 1
  while i <= #s do
    local n, w = character(s, i)
    total, i = total + w, i + n
  end
  return total
end

--- The beginning of a text, at most n characters of it.
--     > util.cut("Données", 4)
--     Donn
---@param s string
---@param n integer
---@return string
function M.cut (s, n)
  if #s <= n then return s end
  if len(s) then
    local stop = offset(s, n + 1)
    return stop and sub(s, 1, stop - 1) or s
  end
  local i = 1
  for _ = 1, n do
    if i > #s then return s end
    i = i + character(s, i)
  end
  return sub(s, 1, i - 1)
end

-- The first byte behind at most 'columns' columns from byte i on.
local function walk (s, i, columns)
  while i <= #s do
    local n, w = character(s, i)
    if w > columns then break end
    columns, i = columns - w, i + n
  end
  return i
end

--- A text that takes at most that many columns: the end of a longer one is
-- replaced by an ellipsis.
--     > util.fit("communiqué", 6)
--     commu…
---@param s string
---@param columns integer
---@return string
function M.fit (s, columns)
  if M.width(s) <= columns then return s end
  if columns < 1 then return "" end
  return sub(s, 1, walk(s, 1, columns - 1) - 1) .. "…"
end

--- The same, losing its beginning.
--     > util.fit_end("communiqué", 6)
--     …niqué
---@param s string
---@param columns integer
---@return string
function M.fit_end (s, columns)
  local total = M.width(s)
  if total <= columns then return s end
  if columns < 1 then return "" end
  local i = 1
  while total > columns - 1 do
    local n, w = character(s, i)
    total, i = total - w, i + n
  end
  -- a combining character belongs to the one that is gone
  while i <= #s do
    local n, w = character(s, i)
    if w > 0 then break end
    i = i + n
  end
  return "…" .. sub(s, i)
end

--- A text in which a terminal finds nothing to obey: control characters are \x1b
-- and the like.
--     > util.shown("a\27[2Jb\nc")
--     a\x1b[2Jb\x0ac
---@param s string
---@return string
function M.shown (s)
  if not s:find "[%c\xC2]" then return s end
  s = s:gsub("%c", function (c) return format("\\x%02x", byte(c)) end)
  return (s:gsub("\xC2([\x80-\x9F])", function (c) return format("\\x%02x", byte(c)) end))
end

--- A text that is UTF-8: each byte that has no part in a character is U+FFFD.
--     > util.mend("caf\xE9") .. util.mend("café")
--     caf�café
---@param s string
---@return string
function M.mend (s)
  if len(s) then return s end
  local out, at = {}, 1
  while at <= #s do
    local ok, bad = len(s, at)
    out[#out + 1] = sub(s, at, ok and #s or bad - 1)
    if ok then break end
    out[#out + 1] = "\u{FFFD}"
    at = bad + 1
  end
  return concat(out)
end


-- Lines ----------------------------------------------------------------------

-- The pieces between which a line may be broken: words, and each character of
-- scripts that do not part their words with the marks that close after it.
local function pieces_of (text)
  local out, word, space = {}, {}, false
  local function finish ()
    if word[1] then
      out[#out + 1] = { text = concat(word), space = space }
      word, space = {}, false
    end
  end
  local after_wide = false
  for _, cp in codes(M.mend(text)) do
    local c = char(cp)
    if cp == 0x20 or cp >= 0x9 and cp <= 0xD then
      finish()
      space, after_wide = #out > 0, false
    else
      -- wide punctuation keeps to what stands before it, save what opens
      local broad = cp >= 0x2E80 and M.width(c) == 2
      local mark = cp >= 0x3001 and cp <= 0x303F or cp >= 0xFF00 and cp <= 0xFF65
      local opens = cp == 0x300A or cp == 0x300C or cp == 0x300E or cp == 0x3008
                    or cp == 0x3010 or cp == 0xFF08
      if (broad and not mark) or opens or after_wide and not mark then finish() end
      word[#word + 1] = c
      after_wide = broad and not opens
    end
  end
  finish()
  return out
end

--- A text in lines of at most that many columns, broken where it may be: at
-- white space, and between characters of scripts that do not part their words.
--     > table.concat(util.wrap("the talks on the river", 10), "|")
--     the talks|on the|river
---@param text string
---@param columns integer a longer word has a line to itself
---@return string[] lines
function M.wrap (text, columns)
  local lines, line, width = {}, {}, 0
  for _, piece in ipairs(pieces_of(text)) do
    local w = M.width(piece.text)
    local gap = piece.space and #line > 0 and 1 or 0
    if width + gap + w > columns and #line > 0 then
      lines[#lines + 1], line, width, gap = concat(line), {}, 0, 0
    end
    if gap == 1 then line[#line + 1] = " " end
    line[#line + 1], width = piece.text, width + gap + w
  end
  lines[#lines + 1] = concat(line)
  return lines
end

--- A whole number as people write it.
--     > util.count(1234567)
--     1,234,567
---@param n integer
---@return string
function M.count (n)
  return (format("%d", n):reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^(%-?),", "%1"))
end

return setmetatable(M, { __index = function (_, name)
  for _, part in ipairs(parts) do
    if part == name then
      M[name] = require("lesdiplo.util." .. name)
      return M[name]
    end
  end
  error(format("lesdiplo.util has no '%s'%s", name, M.hint(name, M.keys(M))), 2)
end })
