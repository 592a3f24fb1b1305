--- What a summary knows of words: which count, and what they give away.
--
-- Built from data.stopwords and data.cues, a language at a time. Each distinct
-- form is looked at once; what was found is kept, never once a token.
-- @module lesdiplo.summary.lexicon
local stopwords = require "lesdiplo.data.stopwords"
local cues = require "lesdiplo.data.cues"
local codepoint, utf8char, utf8codes = utf8.codepoint, utf8.char, utf8.codes
local concat, ipairs, pairs = table.concat, ipairs, pairs
local require = require
_ENV = nil
local M = {}

-- Distinct forms remembered; then we begin anew. A bound on memory only.
local FORMS = 100000

-- Inflected words are one term up to here; English loses its plural s instead.
local stem_length = { ru = 6, uk = 6, de = 7, fr = 7, es = 7, pt = 7, it = 7 }

-- Characters of scripts that do not part their words.
local function is_han (cp)
  return cp >= 0x3400 and cp <= 0x9FFF or cp >= 0x3041 and cp <= 0x30FF
      or cp >= 0x20000 or cp >= 0xF900 and cp <= 0xFAFF or cp == 0x3005
end

-- Letters and digits, roughly: what is no punctuation in the scripts we meet.
local function is_word (cp)
  if cp < 0x80 then
    return cp >= 0x30 and cp <= 0x39 or cp >= 0x41 and cp <= 0x5A
        or cp >= 0x61 and cp <= 0x7A
  end
  return cp >= 0xC0 and cp < 0x2000 and cp ~= 0xD7 and cp ~= 0xF7
      or cp >= 0xAC00 and cp <= 0xD7A3 or cp >= 0xFF10 and cp <= 0xFF5A
      or is_han(cp)
end

-- Small letters. Most text is ASCII or has no capitals: the tables of the
-- atoms are loaded only for what is neither.
local function small (text)
  if not text:find "[\xC3-\xD4]" then return text:lower() end
  return require "lesdiplo.grammar.atoms".small(text)
end
M.small = small

-- The words of a text as data files have them, without their capitals.
local function set_of (text, out)
  for word in small(text or ""):gmatch "%S+" do out[word] = true end
  return out
end

-- Phrases parted by commas or lines: a set, and prefixes by their length.
local function phrases_of (text)
  local whole, prefixes, lengths = {}, {}, {}
  for phrase in small(text or ""):gmatch "[^,\n]+" do
    phrase = phrase:gsub("^%s+", ""):gsub("%s+$", "")
    local stem, verb = phrase:match "^(.+)%*$", phrase:match "^(.+)%+$"
    if stem then
      prefixes[stem], lengths[#stem] = true, true
    elseif verb then
      whole[verb], whole[verb .. "s"] = true, true
      whole[verb .. (verb:find "e$" and "d" or "ed")] = true
    elseif phrase ~= "" then
      whole[phrase] = true
    end
  end
  return { whole = whole, prefixes = prefixes, lengths = lengths }
end

local function has (phrases, word)
  if phrases.whole[word] then return true end
  for length in pairs(phrases.lengths) do
    if #word >= length and phrases.prefixes[word:sub(1, length)] then return true end
  end
  return false
end

-- A word without what an apostrophe ties to it: I’m, we've, minister’s.
local function bare (word)
  local head, tail = word:match "^(.-)'(%a+)$"
  if not head then head, tail = word:match "^(.-)’(%a+)$" end
  return head and head ~= "" and #tail <= 2 and head or word
end

-- What a word is counted as. `folded` has lost case and accents.
local function stem (lang, folded)
  local n = stem_length[lang]
  if n then
    local at, count = 1, 0
    while at <= #folded and count < n do
      at, count = at + #folded:match("[%z\1-\127\192-\255][\128-\191]*", at), count + 1
    end
    return folded:sub(1, at - 1)
  end
  folded = bare(folded)
  if #folded > 4 and folded:find "[^s]s$" then folded = folded:sub(1, -2) end
  return folded
end

-- The description of a form. term: what it counts as, or false.
local function describe (lexicon, form, folded)
  local ok, cp = true, codepoint(form)
  if not is_word(cp) then ok = false end
  local d = { word = ok, han = ok and is_han(cp), term = false, form = form,
              folded = folded }
  if not ok then return d end
  d.small = bare(small(form))
  d.number = form:find "%d" ~= nil
  d.upper = form:find "^%u" ~= nil or #form > 1 and small(form) ~= form
  if d.han then return d end
  d.act = has(lexicon.acts, d.small)
  d.self = lexicon.self.whole[d.small] or false
  if not lexicon.stop[d.small] and not d.number and #form > 1
     and (#form > 3 or d.upper or lexicon.known) then
    d.term = stem(lexicon.lang, folded)
  end
  return d
end

-- The description of two Han characters beside each other.
local function describe_pair (lexicon, a, b)
  local form = a.form .. b.form
  local stop = lexicon.stop[a.form] or lexicon.stop[b.form]
  return { form = form, term = not stop and a.folded .. b.folded,
           act = lexicon.acts.whole[form] or false }
end

local lexicons = {}

-- The lexicon of a language. Where we have no words of it, short words are
-- left out and nothing is known of cues.
-- @param lang string? ISO 639-1
-- @return table lexicon
function M.of (lang)
  lang = lang or "?"
  local stop, cue = stopwords[lang], cues[lang] or {}
  local old = lexicons[lang]
  -- a script may have added words since
  if old and old.source == stop and old.acts_source == cue.acts
     and old.leaning_source == cue.leaning then
    return old
  end
  local lexicon = {
    lang = lang, known = stop ~= nil, source = stop,
    acts_source = cue.acts, leaning_source = cue.leaning,
    stop = set_of(stop, {}), acts = phrases_of(cue.acts),
    leaning = phrases_of(cue.leaning), self = phrases_of(cue.self),
    furniture = phrases_of(cue.furniture), forms = {}, count = 0,
  }
  lexicons[lang] = lexicon
  return lexicon
end

local function remember (lexicon, key, description)
  if lexicon.count >= FORMS then lexicon.forms, lexicon.count = {}, 0 end
  lexicon.forms[key], lexicon.count = description, lexicon.count + 1
  return description
end

-- Reads tokens into `out`, which is used again and again: out[1..n] are
-- descriptions of words in order; Han characters come as pairs. Also
-- out.words, out.han (counts), and out.first, the first words as text.
-- @param lexicon table
-- @param tokens userdata Spans of the layer token
-- @param out table
-- @return integer n
function M.read (lexicon, tokens, out)
  local n, words, han, first, last = 0, 0, 0, 0, nil
  local heads, forms = out.heads or {}, lexicon.forms
  out.heads = heads
  for i, form in tokens:forms() do
    local d = forms[form]
    if not d then
      -- the folded form is asked for once a form, not once a token
      local _, folded = tokens:words(i, i)()
      d = remember(lexicon, form, describe(lexicon, form, folded))
      forms = lexicon.forms
    end
    if d.word then
      if first < 4 then first = first + 1; heads[first] = d end
      if d.han then
        han = han + 1
        if last then
          local key = last.form .. form
          n = n + 1
          out[n] = forms[key] or remember(lexicon, key, describe_pair(lexicon, last, d))
          forms = lexicon.forms
        end
        last = d
      else
        n, words, last = n + 1, words + 1, nil
        out[n] = d
      end
    else
      last = nil
    end
  end
  for i = first + 1, 4 do heads[i] = nil end
  out.n, out.words, out.han = n, words, han
  return n
end

-- How many words the tokens are, and how many characters of scripts that do
-- not part their words; punctuation is neither.
-- @param tokens userdata Spans of the layer token
-- @return integer words
-- @return integer characters
function M.count (tokens)
  local words, characters, kinds, known = 0, 0, {}, 0
  for _, form in tokens:forms() do
    local kind = kinds[form]
    if not kind then
      local cp = codepoint(form)
      kind = is_han(cp) and 2 or is_word(cp) and 1 or 0
      if known >= FORMS then kinds, known = {}, 0 end
      kinds[form], known = kind, known + 1
    end
    if kind == 1 then words = words + 1
    elseif kind == 2 then characters = characters + 1 end
  end
  return words, characters
end

-- Whether the first words that were read lean on the sentence before.
-- @param lexicon table
-- @param out table filled by read
-- @return string? phrase
function M.leaning (lexicon, out)
  local text, found = "", nil
  for i, d in ipairs(out.heads) do
    if i == 1 then text = d.small
    else text = text .. (d.han and "" or " ") .. d.small end
    if lexicon.leaning.whole[text] then found = text end
  end
  return found
end

-- The terms of a text that has no tokens, as a set: a title from a record.
-- @param lexicon table
-- @param text string
-- @return table<string, boolean>
function M.terms (lexicon, text)
  local out, word, last = {}, {}, nil   -- last: the Han character before
  local function finish ()
    if word[1] then
      local form = concat(word)
      local d = describe(lexicon, form, small(form))
      if d.term then out[d.term] = true end
      word = {}
    end
  end
  for _, cp in utf8codes(text) do
    local c = utf8char(cp)
    if is_han(cp) then
      finish()
      if last then
        local d = describe_pair(lexicon, last, { form = c, folded = c })
        if d.term then out[d.term] = true end
      end
      last = { form = c, folded = c }
    else
      last = nil
      if is_word(cp) then word[#word + 1] = c else finish() end
    end
  end
  finish()
  return out
end

return M
