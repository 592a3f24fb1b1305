--- The words of speech, made ready for a language: which forms there are, and how
-- to find them all, and the quotation marks, in one pass over a text.
--
-- What is ready is kept until one of the lists of data.speech is another text.
-- @module lesdiplo.grammar.quote.cues
local data = require "lesdiplo.data.speech"
local atoms = require "lesdiplo.grammar.atoms"
local marks = require "lesdiplo.grammar.quote.marks"
local places = require "lesdiplo.grammar.places"
local sides = require "lesdiplo.grammar.quote.sides"
local util = require "lesdiplo.util"
local find, gmatch, gsub, match, sub = string.find, string.gmatch, string.gsub, string.match,
                                       string.sub
local articles, lower = sides.articles, sides.lower
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
        if lang == "fr" and find(form, "ant$") then tense = "ing" end
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
  for phrase in each(lists.whose) do
    x.source[phrase] = { form = phrase, source = true, whose = true }
  end
  for phrase, pronoun in pairs(map(lists.own)) do
    x.source[phrase] = { form = phrase, source = true, own = pronoun }
  end
  for _, name in ipairs{ "nouns", "conj", "between", "adjunct", "denied", "he", "she", "it", "they",
                        "self", "pair", "voices", "finite", "titled", "persons", "offices",
                        "anybody", "acts", "acts_now", "acts_too", "modal", "uttered", "asides",
                        "whoever", "called", "meets", "links" } do
    x[name] = set(lists[name])
  end
  x.asides_by = {}
  for phrase in pairs(x.asides) do x.asides_by[match(phrase, "^%S+")] = true end
  x.callers = lists.callers and set(lists.callers)
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
  local numbered
  x.find, numbered = places.finder(phrases, true)
  x.entries = {}
  for n, phrase in ipairs(numbered) do x.entries[n] = words[phrase] or false end
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

-- Words before which a plain form (report, state) is a noun.
local before_noun = {}
for word in gmatch([[of in on for at by from with about into under through during against between
  our your my this that these those his its her their a an the some any no every each]], "%S+") do
  before_noun[word] = true
end

--- Is the word before a word of saying one that makes it nobody's report: the report, never said, I
-- think? Most that report nothing are told by it, so that nothing else of their sentence is read.
---@param x table
---@param entry table what is known of the word of saying
---@param before string|false the word before it in the sentence
---@return boolean
function M.is_idle (x, entry, before)
  if not before or entry.source then return false end
  local word = lower(before)
  if word == "to" then return false end                        -- would like to stress
  if x.denied[word] or articles[word] and not x.between[word] then return true end
  return entry.tense == "base" and x.lang == "en"
         and (before_noun[word] or x.self[word] or word == "you") or false
end

--- Where the words of saying and the quotation marks of a text stand.
---@param x table
---@param text string
---@return table hits of the words, in lists: first, the first byte of each; stop, what follows its
-- last; entry, what is known of it; idle, whether the word before tells that it reports nothing
---@return integer[] marked the first byte of each mark
function M.find (x, text)
  local at, numbers, before = x.find(text, true)
  local firsts, stops, found, idle, marked = {}, {}, {}, {}, {}
  local n, m, entries, parted = 0, 0, x.entries, x.lang ~= "zh"
  for i = 1, #numbers do
    local entry = entries[numbers[i]]
    if entry then
      n = n + 1
      firsts[n], stops[n], found[n] = at[2 * i - 1], at[2 * i] + 1, entry
      idle[n] = parted and M.is_idle(x, entry, before[i])
    else
      m = m + 1
      marked[m] = at[2 * i - 1]
    end
  end
  return { first = firsts, stop = stops, entry = found, idle = idle }, marked
end

--- Of a language that we know nothing of.
M.none = compile("none", {})

return M
