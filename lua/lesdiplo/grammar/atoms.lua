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
local classes = require "lesdiplo.grammar.classes"
local P, R, S, B, V = lpeg.P, lpeg.R, lpeg.S, lpeg.B, lpeg.V
local class, join = classes.make, classes.join
local error, format, ipairs, math_type = error, string.format, ipairs, math.type
local sort, type, utf8char, codepoint = table.sort, type, utf8.char, utf8.codepoint
local utf8codes, utf8len = utf8.codes, utf8.len
local find, sub = string.find, string.sub
_ENV = nil   -- from here on a forgotten 'local' is an error
local M = {}


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
  return (class(join(classes.clip({ a, b }, 0, 0xD7FF),
                     classes.clip({ a, b }, 0xE000, 0x10FFFF))))
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
M.upper = class(classes.upper)

local lower_letter, after_lower = class(classes.lower)
--- A small letter of the Latin, Greek or Cyrillic alphabet.
M.lower = lower_letter

--- A letter of any alphabet, Arabic and Hangul among them. Han and kana are no
-- letters here: their words are not set apart by spaces. See han and kana.
--     > lpeg.match(lpeg.C(atoms.letter^1), "Čeština 2")
--     Čeština
M.letter = class(classes.letters)

--- A Latin letter: ASCII, Latin-1, Extended A and B, Additional, full width.
M.latin = class(join(classes.latin, classes.wide))
--- A Greek letter, with or without accents.
M.greek = class(classes.greek)
--- A Cyrillic letter.
M.cyrillic = class(classes.cyrillic)
--- An Arabic letter. Vowel points are marks.
M.arabic = class(classes.arabic)
--- A Hangul syllable or letter.
M.hangul = class(classes.hangul)
--- A Chinese character (also 々 and 〇).
--     > lpeg.match(lpeg.C(atoms.han^1), "萊索托－俄羅斯")
--     萊索托
M.han = class(classes.han)
--- A Japanese hiragana or katakana letter.
M.kana = class(classes.kana)
--- A combining mark, as in a letter written in two parts.
M.mark = class(classes.mark)

--- A decimal digit: ASCII, full width, Arabic-Indic or Devanagari.
M.digit = class(classes.digits)

--- One white-space character: line breaks, the no-break spaces (U+00A0,
-- U+202F), the thin ones and the wide one of Chinese print included.
--     > lpeg.match(atoms.space^1 * lpeg.Cp(), "\u{A0}\u{202F}\u{3000}\n.")
--     10
M.space = class(join(classes.blanks, classes.breaks))
--- White space that stays on its line.
M.blank = class(classes.blanks)
--- The end of a line: "\n", "\r\n", and the rarer ones.
M.newline = P"\r\n" + class(classes.breaks)
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
M.dash = P"--" * P"-"^-1 + class{ 0x2012, 0x2015, 0x2E3A, 0x2E3B, 0xFE58, 0xFE58, 0xFF0D, 0xFF0D }



-- Words ------------------------------------------------------------------

local wordly, after_wordly = class(join(classes.letters, classes.mark, classes.digits))
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
local small, large = {}, {}              -- by code point
local small_of, large_of = {}, {}        -- by character, of more than one byte
for _, c in ipairs(cases) do
  for cp = c[1], c[2], c[3] == 1 and 2 or 1 do
    local other = cp + c[3]
    small[cp], large[other] = other, cp
    if cp > 0x7F then
      small_of[utf8char(cp)], large_of[utf8char(other)] = utf8char(other), utf8char(cp)
    end
  end
end

-- ASCII has none of those characters.
local function in_case (text, of)
  if utf8len(text) == #text then return text end
  return (text:gsub("[\xC3-\xEF][\x80-\xBF]+", of))
end

--- The text in small letters: Latin, Greek and Cyrillic. Other characters, and
-- the length in characters, stay.
--     > atoms.small "ÉTAT, Лесото"
--     état, лесото
---@param text string
---@return string
function M.small (text) return in_case(text:lower(), small_of) end

--- The text in capitals: of the same letters as `small`.
--     > atoms.large "état, Лесото"
--     ÉTAT, ЛЕСОТО
---@param text string
---@return string
function M.large (text) return in_case(text:upper(), large_of) end

-- What stands for more than itself in a literal.
local stand_in = {}
for _, cp in utf8codes "'’ʼ" do stand_in[cp] = M.apostrophe end
for _, cp in utf8codes "-‐‑" do stand_in[cp] = M.hyphen end
for _, list in ipairs{ classes.blanks, classes.breaks } do
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
local _, after_digit = class(classes.digits)
local group = d * d * d * -d
local head = d * d^-2 * -d
local thin = M.set " \u{A0}\u{2007}\u{2009}\u{202F}"
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

-- A value is no longer than this, the words that tell how it is meant included.
local WINDOW = 160

--- A value as a pattern: what a reader of texts finds at that very place. It captures the
-- row, and takes what the row does. The reader is given some 160 bytes, and what stands
-- before them.
---@param read function of a text, that gives an array of rows with first and last
---@param before? integer how many bytes of that, 0 if not given
---@return userdata pattern
function M.value (read, before)
  return lpeg.Cmt(true, function (subject, at)
    local from = at - (before or 0)
    from = from > 1 and find(subject, "%f[%s]", from) or 1
    if from > at then from = at end
    local behind = find(subject, "%s", at + WINDOW) or #subject + 1
    if behind > at + 2 * WINDOW then behind = at + 2 * WINDOW end
    for _, row in ipairs(read(sub(subject, from, behind - 1))) do
      if row.first == at - from + 1 then
        row.first, row.last = at, from + row.last - 1
        return row.last + 1, row
      end
    end
    return false
  end)
end

return M
