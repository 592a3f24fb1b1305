--- The words of speech, made ready for a language: which forms there are, and how
-- to find them all, and the quotation marks, in one pass over a text.
--
-- What is ready is kept until one of the lists of data.speech is another text.
-- @module lesdiplo.grammar.quote.cues
local data = require "lesdiplo.data.speech"
local atoms = require "lesdiplo.grammar.atoms"
local marks = require "lesdiplo.grammar.quote.marks"
local places = require "lesdiplo.grammar.places"
local util = require "lesdiplo.util"
local byte, find, gmatch, gsub = string.byte, string.find, string.gmatch, string.gsub
local match, sub = string.match, string.sub
local ipairs, pairs, rawequal = ipairs, pairs, rawequal
_ENV = nil
local M = { data = data }

-- Forms ---------------------------------------------------------------------------

-- Phrases of a list, without blanks around them.
local function each (text)
  local next_phrase = gmatch(text or "", "[^,\n]+")
  return function ()
    for phrase in next_phrase do
      phrase = match(phrase, "^%s*(.-)%s*$")
      if phrase ~= "" then return phrase end
    end
  end
end

-- An English verb's forms: with s, of the past, with ing.
local function inflect (base)
  local soft = match(base, "^(.*[^aeiou])y$")
  local s = soft and soft .. "ies" or find(base, "[sxz]$") and base .. "es"
            or find(base, "[cs]h$") and base .. "es" or base .. "s"
  local past = soft and soft .. "ied" or find(base, "e$") and base .. "d" or base .. "ed"
  return s, past, (gsub(base, "([^e])e$", "%1")) .. "ing"
end

-- Puts the forms of an entry of a list into a table: form to how it is inflected.
local function expand (entry, put)
  local base, rest = match(entry, "^([^ +=]+)%+(.*)$")
  local past
  if not base then
    base, past, rest = match(entry, "^([^ =]+)=([^ =]+)(.*)$")
  end
  if not base then return put(entry, "past") end
  local s, regular, ing = inflect(base)
  if find(past or "", "tted$") then ing = sub(past, 1, -3) .. "ing" end
  put(base .. rest, "base")
  put(s .. rest, "s")
  put((past or regular) .. rest, "past")
  put(ing .. rest, "ing")
end

local function set (text)
  local out = {}
  for phrase in each(text) do
    expand(phrase, function (form) out[form] = true end)
  end
  return out
end

-- "communique = COMMUNIQUE"
local function map (text)
  local out = {}
  for phrase in each(text) do
    local from, to = match(phrase, "^(.-)%s*=%s*(.-)$")
    if from then out[from] = to end
  end
  return out
end

-- Capitals -------------------------------------------------------------------------

-- A form with a capital as well, where it may open a sentence.
local function capital (form)
  local head = match(form, "^[%z\1-\127\192-\255][\128-\191]*")
  return atoms.large(head) .. sub(form, #head + 1)
end

-- Compiling -----------------------------------------------------------------------

local function compile (lang, lists)
  local x = { lang = lang, forms = {}, source = {} }
  local told, hedge, loose = set(lists.tell), set(lists.hedge), set(lists.loose)
  for _, list in ipairs{ "tail", "as", "that", "say" } do
    for entry in each(lists[list]) do
      expand(entry, function (form, tense)
        local is = x.forms[form] or { form = form, tense = tense, tell = told[form],
                                      hedge = hedge[form], loose = loose[form] }
        is[list] = true
        x.forms[form] = is
      end)
    end
  end
  local dubious = set(lists.dubious)
  for phrase in each(lists.source) do
    x.source[phrase] = { form = phrase, source = true, hedge = dubious[phrase] }
  end
  for phrase, pronoun in pairs(map(lists.own)) do
    x.source[phrase] = { form = phrase, source = true, own = pronoun }
  end
  for _, name in ipairs{ "nouns", "conj", "between", "adjunct", "denied", "he", "she", "it", "they",
                        "self", "pair", "voices", "finite", "titled", "persons", "offices",
                        "anybody", "acts", "modal" } do
    x[name] = set(lists[name])
  end
  x.bodies = lists.bodies and set(lists.bodies)
  x.papers = map(lists.papers)
  local words = {}
  for form, entry in util.sorted(x.forms) do
    words[form] = entry
    if entry.tense == "ing" or lang == "fr" and find(form, "ant$") then
      words[capital(form)] = entry
    end
  end
  for form, entry in util.sorted(x.source) do
    words[form], words[capital(form)] = entry, entry
  end
  local phrases = {}
  for word in util.sorted(words) do phrases[#phrases + 1] = word end
  for _, mark in ipairs(marks.all) do phrases[#phrases + 1] = mark end
  x.words, x.find = words, places.finder(phrases, true)
  return x
end

local ready, known = {}, {}     -- by language; the texts that each was made from

--- What is known of speech in a language; nil where nothing is.
---@param lang string?
---@return table?
function M.of (lang)
  local lists = lang and data[lang]
  if not lists then return nil end
  local old, same = known[lang], ready[lang] ~= nil
  for name, text in pairs(lists) do
    same = same and old[name] ~= nil and rawequal(old[name], text)
  end
  if not same then
    local copy = {}
    for name, text in pairs(lists) do copy[name] = text end
    ready[lang], known[lang] = compile(lang, lists), copy
  end
  return ready[lang]
end

--- Where the words of saying and the quotation marks of a text stand.
---@param x table
---@param text string
---@return integer[] hits the first byte of each word, and what follows its last
---@return integer[] marked the first byte of each mark
function M.find (x, text)
  local at, hits, marked = x.find(text), {}, {}
  local n, m, begins = 0, 0, marks.begins
  for i = 1, #at, 2 do
    local first, last = at[i], at[i + 1]
    if last - first < 3 and begins[byte(text, first)] then
      m = m + 1
      marked[m] = first
    else
      hits[n + 1], hits[n + 2] = first, last + 1
      n = n + 2
    end
  end
  return hits, marked
end

--- What is known of a word of saying, as it stands in a text.
---@param x table
---@param word string
---@return table
function M.entry (x, word)
  return x.words[word] or x.words[gsub(gsub(word, "[\xC2\xE2][\x80-\xBF]+", " "), "%s+", " ")]
end

--- Of a language that we know nothing of.
M.none = compile("none", {})

return M
