-- lesdiplo.grammar.atoms: what each atom takes, and where it stops.
local lpeg = require "lpeg"
local atoms = require "lesdiplo.grammar.atoms"
local check = require "lesdiplo.util.check".new()
local C, P = lpeg.C, lpeg.P

-- What the pattern takes at the start of the text, or nil.
local function takes (pattern, text, want, what)
  check:equal(C(pattern):match(text), want, what or text)
end

-- How many code points from..to a one-character pattern takes.
local function count (pattern, from, to)
  local n = 0
  pattern = pattern * -1
  for cp = from, to do
    if (cp < 0xD800 or cp > 0xDFFF) and pattern:match(utf8.char(cp)) then n = n + 1 end
  end
  return n
end

-- Classes -----------------------------------------------------------------

check:equal(count(atoms.any, 0, 0x10FFFF), 0x110000 - 0x800, "any: all of Unicode")
takes(atoms.any, "\xC3", nil, "any: half a character")
takes(atoms.any, "\xED\xA0\x80", nil, "any: a surrogate")
takes(atoms.any, "\xC0\x80", nil, "any: an overlong form")
takes(atoms.any, "\xF4\x90\x80\x80", nil, "any: past the last code point")

check:equal(count(atoms.range(0x400, 0x4FF), 0, 0x10FFFF), 256, "range: a block")
check:equal(count(atoms.range(0x7F, 0x10000), 0, 0x10FFFF), 0x10000 - 0x7F + 1 - 0x800,
            "range: over every width, surrogates left out")
check:equal(count(atoms.range("𠀀", "𠀀"), 0, 0x10FFFF), 1, "range: one character")
takes(atoms.range("a", "z")^1, "abcÀ", "abc")
check:raises(function () atoms.range("b", "a") end, "from lies after to", "range: order")
check:raises(function () atoms.range("ab", "c") end, "one character", "range: two characters")
check:raises(function () atoms.range(-1, 4) end, "from must be", "range: below zero")

takes(atoms.set("«»")^1, "»«“", "»«")
check:equal(count(atoms.set "a–é漢", 0, 0xFFFF), 4, "set: four characters")
check:raises(function () atoms.set("\xFF") end, "UTF%-8", "set: broken bytes")

-- Every range there is gives back what it was made of.
local edges = { 0, 1, 0x41, 0x7F, 0x80, 0xBF, 0xC0, 0x7FF, 0x800, 0xFFF, 0x1000, 0x1041,
                0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10040, 0x3FFFF, 0x40000, 0x10FFFF }
for i, from in ipairs(edges) do
  for k = i, #edges do
    local to = edges[k]
    local p, wrong = atoms.range(from, to) * -1, 0
    for _, cp in ipairs(edges) do
      local inside = p:match(utf8.char(cp)) ~= nil
      if inside ~= (cp >= from and cp <= to) then wrong = wrong + 1 end
    end
    check:equal(wrong, 0, ("range %X..%X"):format(from, to))
  end
end

-- Letters ------------------------------------------------------------------

check:equal(count(atoms.upper, 0x41, 0x5A), 26, "upper: ASCII")
check:equal(count(atoms.lower, 0x41, 0x5A), 0, "lower: no capitals")
check:equal(count(atoms.upper, 0x410, 0x42F), 32, "upper: Russian")
check:equal(count(atoms.lower, 0x430, 0x44F), 32, "lower: Russian")
check:equal(count(atoms.upper + atoms.lower, 0x100, 0x17F), 128, "Latin Extended-A has case")
for text in ("É È Ö Š Ž Ł Ő Ș Ç Ñ Α Ω Ё Ї Қ"):gmatch "%S+" do takes(atoms.upper, text, text) end
for text in ("é è ö š ž ł ő ș ç ñ ß α ω ё ї қ"):gmatch "%S+" do takes(atoms.lower, text, text) end
for text in ("× ÷ 5 _ - ’ 漢 か ¹ №"):gmatch "%S+" do takes(atoms.letter, text, nil) end
for text in ("ŉǅ ª ﬁ Ա א ع ہ ግ ა 한 ไ हि"):gmatch "%S+" do takes(atoms.letter^1, text, text) end
takes(atoms.han^1, "莱索托，", "莱索托")
takes(atoms.kana^1, "カーブ漢", "カーブ")
takes(atoms.hangul^1, "한국 ", "한국")
takes(atoms.arabic^1, "ليسوتو.", "ليسوتو")
takes(atoms.greek^1, "Ἑλλάςa", "Ἑλλάς")
takes(atoms.cyrillic^1, "Лесотоa", "Лесото")
takes(atoms.latin^1, "Čadж", "Čad")
takes(atoms.digit^1, "12３٤५a", "12３٤५")

-- Spaces, dashes, marks ----------------------------------------------------

takes(atoms.space^1, " \t\r\n\u{85}\u{A0}\u{2009}\u{202F}\u{2028}\u{3000}x",
      " \t\r\n\u{85}\u{A0}\u{2009}\u{202F}\u{2028}\u{3000}", "every white space")
takes(atoms.space, "\u{200B}", nil, "a zero-width space is none")
takes(atoms.blank^1, " \u{A0}\nx", " \u{A0}", "a blank stays on its line")
takes(atoms.newline, "\r\nx", "\r\n", "CR LF is one line end")
takes(atoms.gap, " \r\n x", " \r\n ", "gap: over a line end")
takes(atoms.gap, "\n\nx", nil, "gap: not over a blank line")
takes(atoms.gap, " \n \nx", nil, "gap: not over a blank line with blanks")
takes(atoms.dash, "—", "—")
takes(atoms.dash, "-", nil, "a hyphen is no dash")
takes(atoms.dash, "--", "--")
takes(atoms.hyphen, "‑", "‑")
for text in ("' ’ ʼ"):gmatch "%S+" do takes(atoms.apostrophe, text, text) end

-- Words --------------------------------------------------------------------

takes(atoms.word, "people-to-people ties", "people-to-people")
takes(atoms.word, "l’accord", "l’accord")
takes(atoms.word, "work- and", "work", "a hyphen at the end stays out")
takes(atoms.word, "states’ rights", "states", "an apostrophe at the end stays out")
takes(atoms.word, "2019", nil, "a word begins with a letter")
takes(atoms.word, "e\u{301}tat.", "e\u{301}tat", "a letter in two parts")
takes(atoms.capital, "Élysée", "Élysée")
takes(atoms.capital, "élysée", nil)
check:equal((P(1) * atoms.whole "ate"):match("late"), nil, "whole: not inside a word")
check:equal((P(2) * atoms.whole "ate"):match("é" .. "ate"), nil, "whole: after two bytes")
check:equal((P(3) * atoms.whole "ate"):match("한" .. "ate"), nil, "whole: after three bytes")
check:equal((P(3) * atoms.whole "ate"):match("漢" .. "ate"), 7, "whole: Han parts words")
check:equal((P(1) * atoms.whole "ate"):match(" ate"), 5, "whole: after a blank")
takes(atoms.whole "Lesotho", "Lesotho’s", "Lesotho", "whole: before an apostrophe")

-- Case ---------------------------------------------------------------------

takes(atoms.ci "état", "ÉTAT", "ÉTAT")
takes(atoms.ci "ÉTAT", "état", "état")
takes(atoms.ci "Лесото", "ЛЕСОТО", "ЛЕСОТО")
takes(atoms.ci "ÿ", "Ÿ", "Ÿ")
takes(atoms.ci "Ёж", "ёЖ", "ёЖ")
takes(atoms.ci "foreign  minister", "Foreign\u{A0}Minister", "Foreign\u{A0}Minister")
takes(atoms.ci "foreign minister", "foreign\n  minister", "foreign\n  minister")
takes(atoms.ci "foreign minister", "foreign\n\nminister", nil, "ci: not over a blank line")
takes(atoms.ci "people's", "People’s", "People’s")
takes(atoms.ci "", "", "", "ci: nothing")
check:raises(function () atoms.ci(1) end, "UTF%-8", "ci: no string")
for _, cp in ipairs{ 0x41, 0x5A, 0xC0, 0xDE, 0x100, 0x12E, 0x136, 0x139, 0x147, 0x14A,
                     0x176, 0x178, 0x17D, 0x386, 0x38F, 0x3A9, 0x400, 0x42F, 0x4D0, 0x1E00,
                     0x1EFE } do
  local capital = utf8.char(cp)
  local small = atoms.small(capital)
  check:equal(small ~= capital and (atoms.lower * -1):match(small) ~= nil, true,
              ("U+%04X has a small letter"):format(cp))
  takes(atoms.ci(small), capital, capital)
end
check:equal(atoms.small "×÷ 漢 12 Ǆ", "×÷ 漢 12 Ǆ", "small: others stay")
check:equal(atoms.small "A\xFFÉ", "a\xFFé", "small: over broken bytes")

takes(atoms.phrase "call for", "Calls for", nil)
takes(atoms.phrases{ "call", "call for", "called for" }, "called for it", "called for")
takes(atoms.phrases{ "call", "call for" }, "call forth", "call", "phrases: the longer fails")
takes(atoms.phrases{}, "x", nil, "phrases: of nothing")

-- Numbers ------------------------------------------------------------------

for text in ("0|27|1980|1,234|1,234,567.89|1.234,5|1.234.567|3,5|1.57|1 234|1\u{A0}234,5"
          .. "|1\u{202F}234\u{202F}567|12,00,000|1'200|１２３"):gmatch "[^|]+" do
  takes(atoms.number, text, text)
  takes(atoms.number, text .. ".", text, text .. " and a full stop")
  takes(atoms.number, text .. ", x", text, text .. " and a comma")
end
takes(atoms.number, "1,23,4", nil, "no number")
takes(atoms.number, "3.2.1", nil, "a section is no number")
takes(atoms.number, "2019 300", "2019", "four digits are no group head")
takes(atoms.number, "5 billion", "5")
check:equal((P(3) * atoms.number):match "12.05.1919", nil, "not inside a date")
check:equal((P(1) * atoms.number):match "1980", nil, "not inside a number")
check:equal((P(3) * atoms.number):match "US$27", 6, "after a sign")

-- Quotations ---------------------------------------------------------------

for _, text in ipairs{ "“a b”", "‘Russia’s role’", "«a»", "« a »", "„a“", "„a”", "»a«", "‹a›",
                       "「甲」", "『甲』", "《甲》", '"a b"', "“a ‘b’ c”", "“it’s”" } do
  takes(atoms.quoted, text .. " x", text)
end
takes(atoms.quoted, "“a\nb”", "“a\nb”", "over a line end")
takes(atoms.quoted, "“a\n\nb”", nil, "not over a blank line")
takes(atoms.quoted, "“a “b”", nil, "an opening mark while one is open")
takes(atoms.quoted, '" a "', nil, "a straight mark before a blank opens nothing")
takes(atoms.quoted, "» et la suite «", nil, "a closing mark opens nothing")
takes(atoms.opening * "a" * atoms.closing, "「a」", "「a」")

-- Composition --------------------------------------------------------------

takes(atoms.list(atoms.capital), "Oslo, Rome, and Lima met", "Oslo, Rome, and Lima")
takes(atoms.list(atoms.capital), "Oslo; Rome et Lima", "Oslo; Rome et Lima")
takes(atoms.list(atoms.capital), "Москва, Масеру и Пекин.", "Москва, Масеру и Пекин")
takes(atoms.list(atoms.capital), "Oslo", "Oslo", "a list of one")
takes(atoms.list(atoms.digit^1, "-"), "1-2-3-", "1-2-3")
check:equal(atoms.anywhere(C(atoms.han)):match("x é 漢"), "漢", "anywhere: past other letters")
check:equal(atoms.anywhere(C "b"):match("\xFF\xC3b"), "b", "anywhere: past broken bytes")
check:equal(atoms.anywhere "z":match("aaa"), nil, "anywhere: nowhere")
takes("met" * atoms.gap * atoms.within(3, "envoy"), "met with the new envoy",
      "met with the new envoy")
takes("met" * atoms.gap * atoms.within(2, "envoy"), "met with the new envoy", nil)
takes("met" * atoms.gap * atoms.within(3, "He"), "met the envoy. He", nil, "within: one sentence")
takes("met" * atoms.gap * atoms.within(3, "envoy"), "met the U.S. envoy", "met the U.S. envoy")
takes(P "與" * atoms.within(3, "簽"), "與蘇聯簽署", "與蘇聯簽")
check:raises(function () atoms.within(-1, "x") end, "0 to 50", "within: below zero")

-- No atom takes forever: twice the text takes at most about twice the time.
local function seconds (pattern, text)
  local start = os.clock()
  pattern:match(text)
  return os.clock() - start
end
local hostile = { quoted = "“‘«„", number = "1,", word = "a-", gap = " \n", list = "A, " }
for name, unit in pairs(hostile) do
  local p = (atoms[name] or atoms.number)
  if name == "list" then p = atoms.list(atoms.capital) end
  p = (p + 1)^0
  local short, long = unit:rep(40000), unit:rep(80000)
  seconds(p, short)
  local a, b = seconds(p, short), seconds(p, long)
  check:equal(b < 4 * a + 0.02, true, name .. ": linear on its worst text")
end

check:finish()
