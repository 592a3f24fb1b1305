--- Atoms: the small LPeg patterns that everything else is composed of.
--
-- Text is UTF-8 and LPeg sees bytes; these patterns see characters. Each is an
-- ordinary LPeg value: `*  +  -  ^` and captures work on it. Atoms capture
-- nothing: put `lpeg.C` around what you want to keep.
--
-- Each ends at its own boundary. Once an ordered choice has succeeded it is
-- not tried again, so no rule can repair an atom that took too little: `number`
-- takes all of "1,200", or nothing at all of "12.05.1919".
-- @module lesdiplo.grammar.atoms
local lpeg = require "lpeg"
local P, R, S, B, V = lpeg.P, lpeg.R, lpeg.S, lpeg.B, lpeg.V
local char, utf8char, codepoint = string.char, utf8.char, utf8.codepoint
local concat, sort = table.concat, table.sort
local error, format, ipairs, math_type = error, string.format, ipairs, math.type
local tonumber, type, unpack = tonumber, type, table.unpack
local utf8codes, utf8len = utf8.codes, utf8.len
_ENV = nil   -- from here on a forgotten 'local' is an error
local M = {}


-- Classes ----------------------------------------------------------------
--
-- LPeg 1.0.2 has no utfR. A class is a list of ranges {from, to, from, to ...}
-- that becomes a tree of byte sets: characters that share their first bytes
-- share the test of them, and bytes after which the same may follow are one
-- set, so that a whole alphabet costs a handful of alternatives.

local follow = { [0] = P(true) }
for n = 1, 3 do follow[n] = R"\x80\xBF" * follow[n - 1] end

-- The part of 'ranges' inside from..to.
local function clip (ranges, from, to)
  local out = {}
  for i = 1, #ranges, 2 do
    local a, b = ranges[i], ranges[i + 1]
    if a < from then a = from end
    if b > to then b = to end
    if a <= b then out[#out + 1], out[#out + 2] = a, b end
  end
  return out
end

-- Hands 'ranges' out to blocks of 'size' code points, the first at 'base'. A
-- block that is covered whole gets `true`.
local function deal (ranges, base, size)
  local out, last = {}, -1
  for i = 1, #ranges, 2 do
    local a, b = ranges[i], ranges[i + 1]
    local from, to = (a - base) // size, (b - base) // size
    if to > last then last = to end
    for block = from, to do
      local low, high = base + block * size, base + (block + 1) * size - 1
      if a <= low and b >= high then
        out[block] = true
      elseif out[block] ~= true then
        local part = out[block]
        if not part then part = {}; out[block] = part end
        part[#part + 1], part[#part + 2] = a < low and low or a, b > high and high or b
      end
    end
  end
  return out, last
end

-- One byte, 'lead' or after it, with 'left' bytes to follow; 'base' is the
-- code point below 'lead'. Returns the pattern and a key that is equal where
-- patterns are.
local function tree (ranges, lead, base, left)
  if left == 0 then
    local set = {}
    for i = 1, #ranges, 2 do
      set[#set + 1] = char(lead + ranges[i] - base, lead + ranges[i + 1] - base)
    end
    return R(unpack(set)), concat(set)
  end
  local keys, sets, rest = {}, {}, {}
  local blocks, last = deal(ranges, base, 1 << 6 * left)
  for i = 0, last do
    local part = blocks[i]
    if part then
      local key, pattern = "", follow[left]
      if part ~= true then
        pattern, key = tree(part, 0x80, base + (i << 6 * left), left - 1)
      end
      if not sets[key] then
        keys[#keys + 1], sets[key], rest[key] = key, {}, pattern
      end
      sets[key][#sets[key] + 1] = char(lead + i)
    end
  end
  local out, name = nil, {}
  for _, key in ipairs(keys) do
    local set = concat(sets[key])
    local one = S(set) * rest[key]
    out = out and out + one or one
    name[#name + 1] = set .. "(" .. key .. ")"
  end
  return out, concat(name)
end

-- How many bytes a character takes: from, to, and the first byte of zero.
local widths = { { 0x0, 0x7F, 0x00 }, { 0x80, 0x7FF, 0xC0 },
                 { 0x800, 0xFFFF, 0xE0 }, { 0x10000, 0x10FFFF, 0xF0 } }

-- The pattern of one character of a class, and that of the place right after
-- one: LPeg looks back over a fixed number of bytes only, so one test a width.
local function class (ranges)
  local out, behind = P(false), P(false)
  for width, w in ipairs(widths) do
    local part = clip(ranges, w[1], w[2])
    if part[1] then
      local pattern = tree(part, w[3], 0, width - 1)
      out, behind = out + pattern, behind + B(pattern)
    end
  end
  return out, behind
end

-- Ranges written as "41-5A C0-D6 100-136/2": "/2" takes every second one.
local function read (...)
  local out = {}
  for _, text in ipairs{...} do
    for from, to, step in text:gmatch "(%x+)%-?(%x*)(/?2?)" do
      from = tonumber(from, 16)
      to = to == "" and from or tonumber(to, 16)
      if step == "" then out[#out + 1], out[#out + 2] = from, to
      else for cp = from, to, 2 do out[#out + 1], out[#out + 2] = cp, cp end end
    end
  end
  return out
end

local function join (...)
  local out = {}
  for _, ranges in ipairs{...} do
    for _, cp in ipairs(ranges) do out[#out + 1] = cp end
  end
  return out
end

-- Cased letters, after the Unicode Character Database (general categories).
local latin_upper = read("41-5A C0-D6 D8-DE 100-136/2 139-147/2 14A-178/2",
  "179-17D/2 181-182 184 186-187 189-18B 18E-191 193-194 196-198 19C-19D",
  "19F-1A0 1A2-1A6/2 1A7 1A9 1AC 1AE-1AF 1B1-1B3 1B5 1B7-1B8 1BC 1C4-1C5",
  "1C7-1C8 1CA-1CB 1CD-1DB/2 1DE-1EE/2 1F1-1F2 1F4 1F6-1F8 1FA-232/2",
  "23A-23B 23D-23E 241 243-246 248-24E/2 1E00-1E94/2 1E9E-1EFE/2")
local latin_lower = read("61-7A B5 DF-F6 F8-FF 101-137/2 138-148/2 149-177/2",
  "17A-17E/2 17F-180 183 185 188 18C-18D 192 195 199-19B 19E 1A1-1A5/2 1A8",
  "1AA-1AB 1AD 1B0 1B4 1B6 1B9-1BA 1BD-1BF 1C6 1C9 1CC-1DC/2 1DD-1EF/2 1F0",
  "1F3 1F5 1F9-233/2 234-239 23C 23F-240 242 247-24F/2 250-2AF",
  "1E01-1E95/2 1E96-1E9D 1E9F-1EFF/2")
local greek_upper = read("370-372/2 376 37F 386 388-38A 38C 38E-38F 391-3A1",
  "3A3-3AB 3CF 3D2-3D4 3D8-3EE/2 3F4 3F7 3F9-3FA 3FD-3FF 1F08-1F0F 1F18-1F1D",
  "1F28-1F2F 1F38-1F3F 1F48-1F4D 1F59-1F5F/2 1F68-1F6F 1F88-1F8F 1F98-1F9F",
  "1FA8-1FAF 1FB8-1FBC 1FC8-1FCC 1FD8-1FDB 1FE8-1FEC 1FF8-1FFC")
local greek_lower = read("371-373/2 377 37A-37D 390 3AC-3CE 3D0-3D1 3D5-3D7",
  "3D9-3EF/2 3F0-3F3 3F5 3F8 3FB-3FC 1F00-1F07 1F10-1F15 1F20-1F27 1F30-1F37",
  "1F40-1F45 1F50-1F57 1F60-1F67 1F70-1F7D 1F80-1F87 1F90-1F97 1FA0-1FA7",
  "1FB0-1FB4 1FB6-1FB7 1FBE 1FC2-1FC4 1FC6-1FC7 1FD0-1FD3 1FD6-1FD7",
  "1FE0-1FE7 1FF2-1FF4 1FF6-1FF7")
local cyrillic_upper = read("400-42F 460-480/2 48A-4C0/2 4C1-4CD/2 4D0-52E/2")
local cyrillic_lower = read("430-45F 461-481/2 48B-4BF/2 4C2-4CE/2 4CF-52F/2",
  "1C80-1C88")
local arabic = read("620-63F 641-64A 66E-66F 671-6D3 6D5 6EE-6EF 6FA-6FC 6FF",
  "750-77F 870-887 889-88E 8A0-8C9 FB50-FBB1 FBD3-FD3D FD50-FDC7 FDF0-FDFB",
  "FE70-FEFC")
local hangul = read("1100-11FF 3131-318E A960-A97C AC00-D7A3 D7B0-D7FB")
local han = read("3005-3007 3021-3029 3400-4DBF 4E00-9FFF F900-FAFF",
  "20000-2FA1F 30000-323AF")
local kana = read("3041-3096 309D-309F 30A1-30FA 30FC-30FF 31F0-31FF FF66-FF9F")
-- Other alphabets: their letters, and the vowel signs written with them.
local others = read("531-556 560-588 5D0-5EA 5EF-5F2 710-72F 74D-7A5 7CA-7EA",
  "800-815 840-858 900-963 971-983 985-9E3 9F0-9F1 A01-A5E A70-A74 A81-AE3",
  "B01-B63 B71 B82-BD7 C00-C63 C80-CE3 D00-D63 D7A-DDF E01-E3A E40-E4E",
  "E81-ECD EDC-EDF F00 F40-F6C F71-F84 1000-103F 1050-108F 10A0-10FA 10FC-10FF",
  "1200-135A 1380-138F 13A0-13FD 1401-166C 1780-17D3 1820-1878 1C90-1CBF",
  "2C00-2CE4 2D00-2D67 2DE0-2DFF A4D0-A4FD A640-A69F A722-A788 A78B-A7CA",
  "AB30-AB5A")
local mark = read("300-36F 483-487 591-5BD 5BF 5C1-5C2 5C4-5C5 610-61A 640",
  "64B-65F 670 6D6-6DC 6DF-6E4 6E7-6E8 6EA-6ED 8CA-8E1 8E3-8FF 1AB0-1AFF",
  "1DC0-1DFF 20D0-20FF FE20-FE2F")
local digits = read("30-39 660-669 6F0-6F9 966-96F FF10-FF19")

local latin = read "41-5A 61-7A AA B5 BA C0-D6 D8-F6 F8-2B8 1E00-1EFF"
local wide = read "FB00-FB06 FF21-FF3A FF41-FF5A"      -- and ligatures
local greek = read("370-373 376-377 37A-37D 37F 386 388-38A 38C 38E-3A1",
  "3A3-3F5 3F7-3FF 1F00-1FBC 1FBE 1FC2-1FCC 1FD0-1FDB 1FE0-1FEC 1FF2-1FFC")
local cyrillic = read "400-481 48A-52F 1C80-1C88"

local upper = join(latin_upper, greek_upper, cyrillic_upper, read "FF21-FF3A")
local lower = join(latin_lower, greek_lower, cyrillic_lower,
                   read "FB00-FB06 FF41-FF5A")
local letters = join(latin, greek, cyrillic, others, arabic, hangul, wide)
local breaks = read("A-D 85 2028-2029")
local blanks = read("9 20 A0 1680 2000-200A 202F 205F 3000")


-- Making classes ---------------------------------------------------------

local function code (value, where)
  if math_type(value) == "integer" and value >= 0 and value <= 0x10FFFF then
    return value
  elseif type(value) == "string" and utf8len(value) == 1 then
    return codepoint(value)
  end
  error(format("range(from, to): %s must be a code point or one character",
               where), 3)
end

--- One character from..to, by code point or as characters.
--     > lpeg.match(lpeg.C(atoms.range("а", "я")^1), "мир!")
--     мир
---@param from integer|string the first code point or character
---@param to integer|string the last one
---@return userdata pattern
function M.range (from, to)
  local a, b = code(from, "from"), code(to, "to")
  if a > b then error("range(from, to): from lies after to", 2) end
  -- what lies between the two surrogate halves is no character
  return (class(join(clip({ a, b }, 0, 0xD7FF), clip({ a, b }, 0xE000, 0x10FFFF))))
end

--- One of the characters of a string; what lpeg.S is for bytes.
--     > lpeg.match(lpeg.C(atoms.set("€£¥")), "£40")
--     £
---@param characters string
---@return userdata pattern
function M.set (characters)
  if type(characters) ~= "string" or not utf8len(characters) then
    error("set(characters): a string of UTF-8 characters is needed", 2)
  end
  local out = {}
  for _, cp in utf8codes(characters) do out[#out + 1], out[#out + 2] = cp, cp end
  return (class(out))
end


-- Characters -------------------------------------------------------------

--- One character, whatever it is; never a byte of broken UTF-8.
--     > lpeg.match(lpeg.C(atoms.any * atoms.any), "éтé")
--     éт
M.any = class{ 0x0, 0xD7FF, 0xE000, 0x10FFFF }

-- One step on, over broken bytes too: for searching, which must get past them.
local step_on = 1 * R"\x80\xBF"^0

--- A capital letter of the Latin, Greek or Cyrillic alphabet.
--     > lpeg.match(lpeg.C(atoms.upper^1), "ÉСΔa")
--     ÉСΔ
M.upper = class(upper)

local lower_letter, after_lower = class(lower)
--- A small letter of the Latin, Greek or Cyrillic alphabet.
M.lower = lower_letter

--- A letter of any alphabet, Arabic and Hangul among them. Han and kana are no
-- letters here: their words are not set apart by spaces. See han and kana.
--     > lpeg.match(lpeg.C(atoms.letter^1), "Čeština 2")
--     Čeština
M.letter = class(letters)

--- A Latin letter: ASCII, Latin-1, Extended A and B, Additional, full width.
M.latin = class(join(latin, wide))
--- A Greek letter, with or without accents.
M.greek = class(greek)
--- A Cyrillic letter.
M.cyrillic = class(cyrillic)
--- An Arabic letter. Vowel points are marks.
M.arabic = class(arabic)
--- A Hangul syllable or letter.
M.hangul = class(hangul)
--- A Chinese character (also 々 and 〇).
--     > lpeg.match(lpeg.C(atoms.han^1), "萊索托－俄羅斯")
--     萊索托
M.han = class(han)
--- A Japanese hiragana or katakana letter.
M.kana = class(kana)
--- A combining mark, as in a letter written in two parts.
M.mark = class(mark)

--- A decimal digit: ASCII, full width, Arabic-Indic or Devanagari.
M.digit = class(digits)

--- One white-space character: line breaks, the no-break spaces (U+00A0,
-- U+202F), the thin ones and the wide one of Chinese print included.
--     > lpeg.match(atoms.space^1 * lpeg.Cp(), "\u{A0}\u{202F}\u{3000}\n.")
--     10
M.space = class(join(blanks, breaks))
--- White space that stays on its line.
M.blank = class(blanks)
--- The end of a line: "\n", "\r\n", and the rarer ones.
M.newline = P"\r\n" + class(breaks)
--- White space between two words of one paragraph: blanks, and one line end at
-- most. A blank line ends the paragraph.
--     > lpeg.match(atoms.gap * lpeg.C "b", " \n b")
--     b
--     > lpeg.match(atoms.gap * lpeg.C "b", "\n\nb")
--     nil
M.gap = (M.blank^1 * (M.newline * M.blank^0)^-1 + M.newline * M.blank^0)
      * -M.newline

--- An apostrophe, typewriter or printer's (or ʼ, or full width).
M.apostrophe = M.set "'’ʼ＇"
--- A hyphen inside a word: "-", U+2010, or the no-break one U+2011.
M.hyphen = P"-" + class{ 0x2010, 0x2011 }
--- A dash between words: figure, en, em, horizontal bar, "--", and the full
-- width ones.
--     > lpeg.match(lpeg.C(atoms.dash), "-- he said")
--     --
M.dash = P"--" * P"-"^-1 + class(read("2012-2015 2E3A-2E3B FE58 FF0D"))



-- Words ------------------------------------------------------------------

local wordly, after_wordly = class(join(letters, mark, digits))
local soft = P"\u{AD}"

--- The place before a word: no letter, mark or digit stands right before it.
M.word_start = -after_wordly
--- The place after a word: no letter, mark or digit follows.
M.word_end = -wordly

--- A word: letters, with the marks, digits, apostrophes and hyphens in it.
--     > lpeg.match(lpeg.C(atoms.word), "Côte-d’Ivoire's.")
--     Côte-d’Ivoire's
--     > lpeg.match(lpeg.C(atoms.word), "COVID-19,")
--     COVID-19
M.word = M.letter * (wordly + soft)^0
       * ((M.apostrophe + M.hyphen) * (wordly + soft)^1)^0

--- A word that begins with a capital.
M.capital = #M.upper * M.word

--- The pattern, where it is not part of a longer word.
--     > lpeg.match(atoms.whole "state", "statement")
--     nil
---@param pattern userdata|string
---@return userdata pattern
function M.whole (pattern)
  return M.word_start * P(pattern) * M.word_end
end


-- Literals in any case ---------------------------------------------------

-- Capitals and how far away their small letters are: {from, to, distance}; a
-- distance of 1 is for alphabets in which each capital stands beside its own.
local cases = {
  { 0x41, 0x5A, 32 }, { 0xC0, 0xD6, 32 }, { 0xD8, 0xDE, 32 },
  { 0x100, 0x12E, 1 }, { 0x132, 0x136, 1 }, { 0x139, 0x147, 1 },
  { 0x14A, 0x176, 1 }, { 0x178, 0x178, -121 }, { 0x179, 0x17D, 1 },
  { 0x1CD, 0x1DB, 1 }, { 0x1DE, 0x1EE, 1 }, { 0x1F8, 0x21E, 1 },
  { 0x222, 0x232, 1 }, { 0x246, 0x24E, 1 }, { 0x386, 0x386, 38 },
  { 0x388, 0x38A, 37 }, { 0x38C, 0x38C, 64 }, { 0x38E, 0x38F, 63 },
  { 0x391, 0x3A1, 32 }, { 0x3A3, 0x3AB, 32 }, { 0x400, 0x40F, 80 },
  { 0x410, 0x42F, 32 }, { 0x460, 0x480, 1 }, { 0x48A, 0x4BE, 1 },
  { 0x4C1, 0x4CD, 1 }, { 0x4D0, 0x52E, 1 }, { 0x1E00, 0x1E94, 1 },
  { 0x1EA0, 0x1EFE, 1 }, { 0xFF21, 0xFF3A, 32 },
}
local small, large = {}, {}
for _, c in ipairs(cases) do
  for cp = c[1], c[2], c[3] == 1 and 2 or 1 do
    small[cp], large[cp + c[3]] = cp + c[3], cp
  end
end

--- The text in small letters: Latin, Greek and Cyrillic. Other characters, and
-- the length in characters, stay.
--     > atoms.small "ÉTAT, Лесото"
--     état, лесото
---@param text string
---@return string
function M.small (text)
  return (text:gsub("[%z\1-\127\194-\244][\128-\191]*", function (c)
    if #c == 1 then return c:lower() end
    local cp = utf8len(c) == 1 and small[codepoint(c)]
    return cp and utf8char(cp)
  end))
end

-- What stands for more than itself in a literal.
local stand_in = {}
for _, cp in utf8codes "'’ʼ" do stand_in[cp] = M.apostrophe end
for _, cp in utf8codes "-‐‑" do stand_in[cp] = M.hyphen end
for _, list in ipairs{ blanks, breaks } do
  for i = 1, #list, 2 do
    for cp = list[i], list[i + 1] do stand_in[cp] = M.gap end
  end
end

--- The text in capitals or small letters, mixed or not. A space stands for any
-- white space, so that a name broken over two lines is found; an apostrophe
-- and a hyphen for each of their kinds. Its ends are not word ends: see phrase.
--     > lpeg.match(lpeg.C(atoms.ci "security council"), "SECURITY\n Council")
--     SECURITY
--      Council
---@param text string
---@return userdata pattern
function M.ci (text)
  if type(text) ~= "string" or not utf8len(text) then
    error("ci(text): a string of UTF-8 characters is needed", 2)
  end
  local out, last = P(true), nil
  for _, cp in utf8codes(text) do
    local piece, other = stand_in[cp], small[cp] or large[cp]
    if not piece then
      piece = P(utf8char(cp))
      if other then piece = piece + utf8char(other) end
    end
    -- two spaces in a row ask for no more than one does
    if piece ~= M.gap or last ~= M.gap then out = out * piece end
    last = piece
  end
  return out
end

--- A word or several in any case, not part of a longer word.
--     > lpeg.match(atoms.phrase "one china", "One-China")
--     nil
--     > lpeg.match(lpeg.C(atoms.phrase "one-china"), "One‑China policy")
--     One‑China
---@param text string
---@return userdata pattern
function M.phrase (text) return M.whole(M.ci(text)) end

--- Any of several phrases; where two begin alike, the longer one. For some
-- hundreds: long lists of names belong in a table of the corpus.
--     > lpeg.match(lpeg.C(atoms.phrases{"call", "call for"}), "Call for peace")
--     Call for
---@param list string[]
---@return userdata pattern
function M.phrases (list)
  local sorted, out = {}, P(false)
  for i, text in ipairs(list) do sorted[i] = text end
  sort(sorted, function (a, b)
    if #a ~= #b then return #a > #b end
    return a < b
  end)
  for _, text in ipairs(sorted) do out = out + M.ci(text) * M.word_end end
  return M.word_start * out
end


-- Numbers ----------------------------------------------------------------

local d = M.digit
local _, after_digit = class(digits)
local group = d * d * d * -d
local head = d * d^-2 * -d
local thin = class(read "20 A0 2007 2009 202F")
local tick = S"'" + "’"
local function fraction (sign) return (sign * d^1)^-1 end

--- A number as people write it: 27, 1,234.5, 1.234,5, 1 234,5 (with a plain,
-- thin or no-break space), 1'200, 12,00,000. No piece of a longer run such as
-- 12.05.1919 or 3.2.1, and no sign before it.
--     > lpeg.match(lpeg.C(atoms.number), "1,234.5 km")
--     1,234.5
--     > lpeg.match(atoms.number, "12.05.1919")
--     nil
M.number = -after_digit * -B(R"09" * S".,")
         * ( head * (P"," * group)^1 * fraction(P".")
           + head * (P"." * group)^1 * fraction(P",")
           + head * (thin * group)^1 * fraction(S".,")
           + head * (tick * group)^1 * fraction(P".")
           + d * d^-1 * (P"," * d * d * -d)^1 * "," * group * fraction(P".")
           + d^1 * fraction(S".,") )
         * -d * -(S".," * d)


-- Quotation marks --------------------------------------------------------

--- A mark that opens a quotation, of any style; the straight one too.
M.opening = M.set "“‘„‚«‹「『《〈\"»"
--- A mark that closes a quotation, of any style; the straight one too.
M.closing = M.set "”’“‘»›」』》〉\"«"

-- A quotation of one style. It stops, and is none, at a blank line or at the
-- next mark that opens the same style: so a missing mark never swallows the
-- page, and no place is read more than once a style.
local function quotation (open, close, stop)
  local inside = M.any - close - stop - M.newline * M.blank^0 * M.newline
  return open * inside^1 * close
end

--- A whole quotation with its marks, in any of the usual styles: “ ” ‘ ’ « »
-- „ “ „ ” » « ‹ › 「 」 『 』 《 》 〈 〉 and straight double marks. The marks of
-- another style inside are part of it; an apostrophe closes nothing.
--     > lpeg.match(lpeg.C(atoms.quoted), "“it is ‘our’ task” he said")
--     “it is ‘our’ task”
--     > lpeg.match(lpeg.C(atoms.quoted), "‘Russia’s role’, he said")
--     ‘Russia’s role’
M.quoted = quotation(P"“", P"”", M.set "“„")
         + quotation(P"„", P"“" + "”", P"„")
         + quotation(P"«", P"»", P"«")
         + quotation(P"»" * #M.letter, P"«", P"»")
         + quotation(P"‘", P"’" * M.word_end, P"‘")
         + quotation(P"‚", P"‘" + "’" * M.word_end, P"‚")
         + quotation(P"‹", P"›", P"‹")
         + quotation(P"「", P"」", P"「") + quotation(P"『", P"』", P"『")
         + quotation(P"《", P"》", P"《") + quotation(P"〈", P"〉", P"〈")
         + quotation(P'"' * -M.space, P'"', P(false))


-- Putting atoms together -------------------------------------------------

--- What stands between the items of a list: a comma, a semicolon, 、 or a word
-- for "and" (English, French, German, Spanish, Portuguese, Russian, Chinese),
-- or a comma and that word.
M.separator = M.gap^-1 * M.set ",;，；、" * M.gap^-1
              * (M.phrases{ "and", "or", "et", "und", "y", "e", "и" } * M.gap)^-1
            + M.gap * (M.phrases{ "and", "or", "et", "und", "y", "e", "и" } + "&")
              * M.gap
            + M.set "和及與与"

--- Items with something between them, one item at least.
--     > lpeg.match(lpeg.C(atoms.list(atoms.capital)), "Oslo, Rome and Lima met")
--     Oslo, Rome and Lima
---@param item userdata|string
---@param separator? userdata|string default: atoms.separator
---@return userdata pattern
function M.list (item, separator)
  return P(item) * (P(separator or M.separator) * item)^0
end

--- The first place where the pattern matches, and all before it. Where you can,
-- leave the search to corpus:gmatch, which is made for it.
--     > lpeg.match(atoms.anywhere(lpeg.C(atoms.number)), "some 1,200 men")
--     1,200
---@param pattern userdata|string
---@return userdata pattern
function M.anywhere (pattern)
  return P{ pattern + step_on * V(1) }
end

-- A stop that ends its sentence. After a capital it may be an abbreviation's.
local stop = (after_lower + after_digit) * S".!?" * M.closing^0 * (M.space + -1)
           + S"!?" + M.set "。！？"

--- A word with its punctuation and the white space after it, inside one
-- sentence: what a pattern steps over.
--     > lpeg.match(atoms.step^0 * lpeg.C(1), "met the U.S. envoy. He said")
--     .
M.step = (M.han + (M.any - M.space - M.han - stop)^1) * M.gap^-1

--- The pattern, after at most n words of the same sentence (see step). The
-- nearest place is taken. n of 20 is plenty: the pattern is copied n times.
--     > lpeg.match("met" * atoms.gap * atoms.within(4, lpeg.C "envoy"), "met their new envoy")
--     envoy
---@param n integer
---@param pattern userdata|string
---@return userdata pattern
function M.within (n, pattern)
  if math_type(n) ~= "integer" or n < 0 or n > 50 then
    error("within(n, pattern): n must be a number of words, 0 to 50", 2)
  end
  local out = P(pattern)
  for _ = 1, n do out = pattern + M.step * out end
  return out
end

return M
