--- Russian words as the clause reader sees them: one entry a form.
--
-- An entry has form, is (the dictionary forms that it may be of, as far as a frame asks
-- for them), verb, noun and passive (frames of acts), cues and noun_cues (stances),
-- tense (forms.lua), future, we (its form is that of "we"), tie (what it makes of the party
-- behind it), op (what it makes of the acts behind it), and a flag for each other list of
-- data/russian.txt.
-- @module lesdiplo.fact.russian.words
local acts = require "lesdiplo.fact.acts"
local stances = require "lesdiplo.fact.attitudes"
local forms = require "lesdiplo.fact.russian.forms"
local lexicon = require "lesdiplo.entity.lexicon"
local lpeg = require "lpeg"
local util = require "lesdiplo.util"
local _, native = ...
local C, Cc, Cp, Ct, P, R, S = lpeg.C, lpeg.Cc, lpeg.Cp, lpeg.Ct, lpeg.P, lpeg.R, lpeg.S
local find, gmatch, match = string.find, string.gmatch, string.match
local fold = forms.fold
local ipairs, pairs, setmetatable = ipairs, pairs, setmetatable
_ENV = nil
local M = {}

local KEPT = 20000           -- forms that are remembered before all are forgotten

local ties = { "with", "to", "in", "on", "from", "for", "against", "by", "invite", "about" }
local ops = { "plan", "neg", "maybe", "do", "habit" }
local flags = { "if", "relative", "conjunction", "subordinate", "he", "pair", "self", "light",
                "hedge", "source", "say", "past", "aside", "whole", "turn", "paper", "due",
                "membership", "was", "denies", "disowns", "claim" }

local function entry (out, form)
  local e = out[form]
  if not e then
    e = { form = form, is = {} }
    out[form] = e
  end
  return e
end

-- Adds a word of a list, or the beginning of a phrase: `many` has the rest.
local function listed (out, many, text, key, value)
  local first, rest = match(text, "^(%S+)%s+(.+)$")
  if not first then
    local e = entry(out, text)
    e[key] = e[key] or value
    return
  end
  entry(out, first)
  many[first] = many[first] or {}
  local words = {}
  for word in gmatch(rest, "%S+") do
    words[#words + 1] = word
    entry(out, word)
  end
  many[first][#many[first] + 1] = { words = words, key = key, value = value }
end

-- Is a form of the present that of "we"?
local function is_ours (form)
  form = match(form, "^(.*)ся$") or form
  return find(form, "ем$") ~= nil or find(form, "им$") ~= nil
end

local function add_verbs (out, found, key)
  for lemma, list in util.sorted(found) do
    for form, tense in util.sorted(forms.verb(fold(lemma))) do
      local e = entry(out, form)
      if not e[key] then
        e[key] = list
        e.tense = tense
        e.we = tense == "present" and is_ours(form) or nil
        e.future = tense == "present" and not forms.is_imperfective(fold(lemma)) or nil
      end
      e.is[lemma] = true
    end
  end
end

local function add_nouns (out, found, key)
  for lemma, list in util.sorted(found) do
    for form in util.sorted(forms.word(lemma)) do
      local e = entry(out, form)
      e[key] = e[key] or list
      e.is[lemma] = true
    end
  end
end

-- The words that a frame asks for.
local function add_wanted (out, frame)
  for _, set in pairs{ frame.next or false, frame.behind or false, frame.before or false, frame.veto
      or false } do
    for word in util.sorted(set or {}) do
      if not find(word, "s$") then                -- the plural that English would have
        for form in util.sorted(forms.word(word)) do entry(out, form).is[word] = true end
        entry(out, fold(word)).is[word] = true
      end
    end
  end
end

-- Joined adjectives: российско- before another country's; антироссийский.
local function add_joined (out)
  for _, fact in ipairs(native.entities.facts "alpha2") do
    local found = native.entities.entity(fact[1])
    for _, name in ipairs(found and found.names or {}) do
      local stem = name.lang == "ru" and name.form == "adjective"
          and match(name.text, "^(.*ск)ий$")
      if stem then
        local e = entry(out, fold(stem .. "о"))
        e.joined = e.joined or fact[1]
        for form in util.sorted(forms.word(fold("анти" .. stem .. "ий"))) do
          entry(out, form).anti = fact[1]
        end
      end
    end
  end
end

local function build ()
  local out, many = {}, {}
  for _, name in ipairs(flags) do
    for word in util.sorted(lexicon.list("russian.txt", name)) do listed(out, many, word, name,
        word) end
  end
  for word in util.sorted(lexicon.list("russian.txt", "head")) do
    if find(word, " ", 1, true) then listed(out, many, word, "head", true)
    else
      for form in util.sorted(forms.word(word)) do entry(out, form).head = true end
    end
  end
  for word in util.sorted(lexicon.list("russian.txt", "anniversary")) do
    for form in util.sorted(forms.word(word)) do entry(out, form).past = true end
  end
  for _, name in ipairs(ties) do
    for word in util.sorted(lexicon.list("russian.txt", name)) do listed(out, many, word, "tie",
        name) end
  end
  for _, name in ipairs(ops) do
    for word in util.sorted(lexicon.list("russian.txt", name)) do listed(out, many, word, "op",
        name) end
  end
  add_verbs(out, acts.by_word("ru", "verb"), "verb")
  add_verbs(out, acts.by_word("ru", "passive"), "passive")
  add_nouns(out, acts.by_word("ru", "noun"), "noun")
  add_verbs(out, stances.by_word("ru", "verb"), "cues")
  add_nouns(out, stances.by_word("ru", "noun"), "noun_cues")
  for _, frame in ipairs(acts.frames) do
    if frame.lang == "ru" then add_wanted(out, frame) end
  end
  for _, cue in ipairs(stances.list) do
    if cue.lang == "ru" then add_wanted(out, cue) end
  end
  add_joined(out)
  for _, e in pairs(out) do
    e.trigger = (e.verb or e.noun or e.passive or e.cues or e.noun_cues) and true or nil
  end
  return out, many
end

-- Lexer -----------------------------------------------------------------------------------

local letter = P"\xD0" * R"\x80\xBF" + P"\xD1" * R"\x80\xBF"
local mention = P"\1" * P"\2"^0
local plain = { is = {}, form = "" }
local marks = {
  [","] = { mark = ",", form = "", is = {} }, [";"] = { mark = ";", form = "", is = {} }, [":"] =
      { mark = ":", form = "", is = {} },
  ["("] = { mark = "(", form = "", is = {} }, [")"] = { mark = "(", form = "", is = {} }, ["—"] =
      { mark = "-", form = "", is = {} },
  ["–"] = { mark = "-", form = "", is = {} }, ["\n"] = { mark = ";", form = "", is = {} },
      ["-"] = { hyphen = true, form = "", is = {} },
  ["«"] = { quote = 1, form = "", is = {} }, ["»"] = { quote = -1, form = "", is = {} },
}
local mark = S",;:()\n-" + P"—" + "–" + "«" + "»"
local other = R("az", "AZ", "09")^1

local made = { version = -1 }

-- A table that answers for every word.
local function answering (known)
  local seen, count = {}, 0
  return setmetatable({}, { __index = function (_, word)
    local e = seen[word]
    if e then return e end
    e = known[fold(word)] or plain
    count = count + 1
    if count > KEPT then seen, count = {}, 0 end
    seen[word] = e
    return e
  end })
end

--- The lexer of now, and the phrases by their first words. The lexer matches a masked
-- text and gives a table of first, entry (false for a mention), behind ...
---@return userdata
---@return table
function M.lexer ()
  local version = acts.version + stances.version
  if made.version ~= version then
    local known, many = build()
    local one =
        Cp() * (mention * Cc(false) + C(letter^1) / answering(known) + C(mark) / marks
                        + other * Cc(plain)) * Cp()
    made = { version = version, lexer = Ct((one + 1)^0), many = many, known = known }
  end
  return made.lexer, made.many
end

--- The entry of a word in whatever form.
---@param word string?
function M.of (word)
  M.lexer()
  return word and made.known[fold(word)] or nil
end

return M
