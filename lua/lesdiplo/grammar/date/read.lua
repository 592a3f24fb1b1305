--- From a text to phrases: finds the runs of words that may make dates, and reads each.
-- @module lesdiplo.grammar.date.read
local items = require "lesdiplo.grammar.date.items"
local phrases = require "lesdiplo.grammar.date.phrases"
local words = require "lesdiplo.grammar.date.words"
local lexicon = require "lesdiplo.data.dates"
local byte, find, gsub, match, sub = string.byte, string.find, string.gsub, string.match, string.sub
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

-- -------------------------------------------------------------------------- languages

-- All words that phrases are made of: true, or of what is none by itself those beside it in a
-- phrase, before it and behind it.
local function parts_of (all, lex)
  local out = {}
  for word in pairs(all) do
    local only = match(word, "^[ %-.,]*([^ %-.,]+)[ %-.,]*$")
    if only then out[only] = true end
  end
  for _, ending in ipairs(lex.ordinal_endings or {}) do out[(gsub(ending, "^%-", ""))] = true end
  for word in pairs(all) do
    local before
    for part in word:gmatch "[^ %-.,]+" do
      out[part] = out[part] or { before = {}, behind = {} }
      if out[part] ~= true and before then out[part].before[before] = true end
      if before and out[before] ~= true then out[before].behind[part] = true end
      before = part
    end
  end
  return out
end

local compiled = {}

local function language (lang)
  local lex = lexicon[lang] or lexicon.en
  local c = compiled[lex]
  if not c then
    c = words.compile(lex)
    c.lex, c.parts = lex, parts_of(c.words, lex)
    compiled[lex] = c
  end
  return c
end

-- Bytes of words, and those that may stand between two words of a phrase.
local word_bytes, gaps = {}, { [32] = true, [44] = true, [45] = true, [10] = true, [9] = true,
  [47] = true, [40] = true, [41] = true }
for b = 0, 255 do
  word_bytes[b] = b >= 97 and b <= 122 or b >= 128 or b >= 48 and b <= 57 or b == 39
end

-- The last bytes of the dashes among the tokens: ‐ ‑ – —. At other marks of their kind, such as “,
-- the tokens of a run end, so what is before them is none of its words; ’ belongs to a year's end.
local dashes = { [0x90] = true, [0x91] = true, [0x93] = true, [0x94] = true }
-- And those of the quotation marks, which begin no word: ‘ “ ” „.
local quotes = { [0x98] = true, [0x9C] = true, [0x9D] = true, [0x9E] = true }
local digits = {}
for b = 48, 57 do digits[b] = true end

-- Has a word that is nothing by itself one of its phrase beside it?
local function is_member (text, part, first, behind)
  return part.behind[behind or ""] ~= nil
    or part.before[match(sub(text, first > 32 and first - 32 or 1, first - 1),
                         "([^ %-.,\n]+)[ %-.,\n]*$") or ""] ~= nil
end

-- Where the run of a word begins: back over words that phrases are made of, and what may
-- stand between them, no further than ten of them or the run before.
local function left_of (c, text, first, done)
  local from, parts = first, c.parts
  local behind                         -- the word behind, asked for where it matters
  for _ = 1, 10 do
    local k = from - 1
    local gap = 0
    while k >= done and gap < 6 do
      local b = byte(text, k)
      if gaps[b] or b == 46 and (c.dotted or find(text, "^\xC2[\xAA\xBA]", k + 1)) then -- 46.º
        k, gap = k - 1, gap + 1
      elseif (dashes[b] or b == 0x99 and digits[byte(text, k + 1)])
             and k - 2 >= done and sub(text, k - 2, k - 1) == "\xE2\x80" then
        k, gap = k - 3, gap + 1
      else
        break
      end
    end
    local stop = k
    local b = byte(text, k)
    while k >= done and stop - k < 32 and word_bytes[b]
          and not (quotes[b] and sub(text, k - 2, k - 1) == "\xE2\x80") do
      k = k - 1
      b = byte(text, k)
    end
    if k == stop then break end
    local word = sub(text, k + 1, stop)
    local part = parts[word]
    local behind_mark = part == nil and (match(word, "^.+'()") or match(word, "^.+\xE2\x80\x99()"))
    if behind_mark and behind_mark <= #word then               -- d'un an: two words
      k = k + behind_mark - 1
      word = sub(text, k + 1, stop)
      part = parts[word]
    end
    if part ~= true and not digits[byte(word)]
        and not (part and is_member(text, part, k + 1,
                                    behind or match(text, "^[^ %-.,\n]+", first))) then break end
    from, behind = k + 1, word
  end
  return from
end

-- The same where words stand without blanks: back over as many bytes as make a phrase.
local function left_of_unspaced (c, text, first, done)
  local from = first - c.reach
  if from < done then from = done
  else
    local b = byte(text, from)               -- at the beginning of a word
    while from < first and (b >= 97 and b <= 122 or b >= 128 or b >= 48 and b <= 57) do
      if b >= 0xC0 then break end
      from = from + 1
      b = byte(text, from)
    end
  end
  local at = from < first and c.left:match(sub(text, from, first - 1))
  return at and from + at - 1 or first
end

local phrase = phrases.phrase

-- The phrases of the run in hand.
local function read_run (run, out)
  local T, F, L, N = run.T, run.F, run.L, run.N
  local n, i = #out, 1
  while i <= N do
    local node, j
    if T[i].starts then node, j = phrase(i) end
    if node then
      n = n + 1
      out[n] = { first = node.first or F[i], last = L[j - 1], t = node }
      i = j
    else
      i = i + 1
    end
  end
end

-- The run in hand: lent to the rules, used again for the next.
local run = {}

local BEHIND = 40        -- bytes behind a run that its last word may look at

-- The phrases of a text, run by run.
local function read_text (c, text, small, is_loose)
  local out, done = {}, 1
  local found = (is_loose and c.loose or c.found):match(small)
  local back = c.lex.unspaced and left_of_unspaced or left_of
  run.loose, run.text, run.lex, run.source = is_loose, text, c.lex, small
  for r = 1, #found, 2 do
    local first, stop = found[r], found[r + 1]
    if first >= done then
      if not is_loose then
        first = back(c, small, first, done)
        stop = c.right:match(small, stop)
      end
      done = stop
      run.at_start = is_loose and not find(sub(small, 1, first - 1), "[%w\x80-\xFF]")
      run.alone = run.at_start and not find(small, "[%w\x80-\xFF]", stop)
      items.take(run, c.token:match(sub(small, first, stop + BEHIND)), first - 1, stop - 1)
      local behind = run.N > 0 and run.L[run.N] + 1 or 0
      if behind > done then done = behind end            -- a token may reach further
      phrases.take(run)
      read_run(run, out)
    end
  end
  return out
end

local ANY = "zz"          -- a word that no date has
-- Behind a number it stands where the other word stood, which may be a part of it.
local NUMBER = "%d[^%a\x80-\xFF]*$"

-- What pieces of SHORT bytes at most say, by language: those met of late, and those before them,
-- which are forgotten when there are MOST of late. A piece is known by its small letters; one in
-- which capitals matter is DOUBTED, and known as it is written.
local SHORT, MOST = 120, 16384
local DOUBTED = {}
local late, before, count = {}, {}, 0

-- A piece as it is written: no other begins with this sign, which stands in no date.
local function as_written (text, first, last) return "=" .. sub(text, first, last) end

local function recall (known, plain, text, first, last)
  local reading = known and known[plain]
  if reading == DOUBTED then return known[as_written(text, first, last)] end
  return reading
end

local function remember (c, piece, reading)
  if count == MOST then late, before, count = {}, late, 0 end
  if not late[c] then late[c] = {} end
  late[c][piece], count = reading, count + 1
end

-- The phrases of a piece. Some word is behind it that no date has; that there is one may matter
-- (1/2 a day, but 1/2), not which: any is as good.
local function read_piece (c, text, small, first, last)
  if last == #text then return read_text(c, sub(text, first), sub(small, first)) end
  local plain = sub(small, first, last)
  local reading = recall(late[c], plain, text, first, last)
  if reading then return reading end
  reading = recall(before[c], plain, text, first, last)
  run.doubted = reading ~= nil and before[c][plain] == DOUBTED
  if not reading then
    local any = find(plain, NUMBER) and ANY or " " .. ANY
    reading = read_text(c, sub(text, first, last) .. any, plain .. any)
  end
  if #plain <= SHORT then
    if run.doubted then
      remember(c, plain, DOUBTED)
      plain = as_written(text, first, last)
    end
    remember(c, plain, reading)
  end
  return reading
end

local function read_pieces (c, text, small)
  local out, n, at = {}, 0, c.pieces(small, text)
  for k = 1, #at, 2 do
    local offset = at[k] - 1
    local reading = read_piece(c, text, small, at[k], at[k + 1])
    for i = 1, #reading do
      local one = reading[i]
      n = n + 1
      out[n] = { first = offset + one.first, last = offset + one.last, t = one.t,
                 offset = offset }
    end
  end
  return out
end

--- The phrases of a report that is not cut into pieces: the same, and slower.
---@param text string
---@param small string
---@param lang string
---@return table[]
function M.whole (text, small, lang) return read_text(language(lang), text, small, false) end

--- The phrases of a text, as a list of {first, last, t, offset}; `small` is the text in small
-- letters (each byte in its place). What t has inside is counted from behind the byte `offset`,
-- and t is lent: equal phrases may share it.
---@param text string
---@param small string
---@param lang string
---@param is_loose boolean is it an utterance rather than a report?
---@return table[]
function M.find (text, small, lang, is_loose)
  local c = language(lang)
  if c.pieces and not is_loose then return read_pieces(c, text, small) end
  return read_text(c, text, small, is_loose)
end

return M
