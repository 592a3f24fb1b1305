--- The words of speech, made ready for a language: which forms there are, and a
-- pattern that finds them all in one pass over a text.
--
-- What is ready is kept until one of the lists of data.speech is another text.
-- @module lesdiplo.grammar.quote.cues
local lpeg = require "lpeg"
local data = require "lesdiplo.data.speech"
local atoms = require "lesdiplo.grammar.atoms"
local util = require "lesdiplo.util"
local P, R, S, Cp, Ct = lpeg.P, lpeg.R, lpeg.S, lpeg.Cp, lpeg.Ct
local byte, char, find, gmatch, gsub = string.byte, string.char, string.find, string.gmatch,
                                       string.gsub
local match, sub = string.match, string.sub
local ipairs, pairs, rawequal = ipairs, pairs, rawequal
_ENV = nil
local M = { data = data }

-- Bytes of words in the scripts that part them; what begins with E2 or C2 is a mark.
local letter = R("az", "AZ", "09", "\xC3\xE1", "\xE3\xF4", "\x80\xBF") + "_"
local mark = P"\xE2" * R"\x80\xBF"^0 + P"\xC2" * R"\x80\xBF"^0
local word_end = -(R("az", "AZ", "09") + R"\xC3\xDF")

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

-- Patterns ------------------------------------------------------------------------

-- The longest of some words at a place; `stop` is what must follow one.
local function trie (words, stop)
  local root = {}
  for word in pairs(words) do
    local node = root
    for i = 1, #word do
      local b = byte(word, i)
      node[b] = node[b] or {}
      node = node[b]
    end
    node.stop = true
  end
  local function build (node)
    local p = P(false)
    for b = 0, 255 do
      if node[b] then p = p + P(char(b)) * build(node[b]) end
    end
    return node.stop and p + stop or p
  end
  return build(root)
end

-- Positions of all words: first, and what follows the last.
local function scanner (words, lang)
  local one = Cp() * trie(words, lang == "zh" and P(true) or word_end) * Cp()
  if lang == "zh" then return Ct((one + 1)^0) end
  return Ct((one + letter^1 + mark + S" \n"^1 + 1)^0)
end

-- A form with a capital as well, where it may open a sentence.
local capitals = {}
for c in gmatch("ABCDEFGHIJKLMNOPQRSTUVWXYZÀÉÊАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯ",
                "[%z\1-\127\192-\255][\128-\191]*") do
  capitals[atoms.small(c)] = c
end
local function capital (form)
  local head = match(form, "^[%z\1-\127\192-\255][\128-\191]*")
  return (capitals[head] or head) .. sub(form, #head + 1)
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
                        "self", "pair", "voices", "finite", "titled", "persons", "offices" } do
    x[name] = set(lists[name])
  end
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
  x.words, x.pattern = words, scanner(words, lang)
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

--- Of a language that we know nothing of.
M.none = compile("none", {})

return M
