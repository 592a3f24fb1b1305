--- The forms of Russian verbs, nouns and adjectives, from their dictionary forms.
--
-- A form more than the language has does no harm here, one too few would. What does not
-- follow from the ending stands in data/russian.txt, lists "irregular" and "declined".
-- @module lesdiplo.fact.russian.forms
local lexicon = require "lesdiplo.entity.lexicon"
local util = require "lesdiplo.util"
local _, native = ...
local fold = native.tokens.fold
local gmatch, gsub, match, sub = string.gmatch, string.gsub, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

-- Letters are two bytes.
local function cut (word, letters) return sub(word, 1, -2 * letters - 1) end
local function ends (word, ending) return sub(word, -#ending) == ending end
local function ends_in (word, letters)
  for i = 1, #letters, 2 do
    if sub(word, -2) == sub(letters, i, i + 1) then return true end
  end
  return false
end

-- Adjectives and participles ----------------------------------------------------------

local hard = "ый ого ому ым ом ая ой ую ое ые ых ыми"
local soft = "ий его ему им ем яя ей юю ее ие их ими"
local mixed = "ий ого ому им ом ая ой ую ое ие их ими"

local function with_endings (out, stem, endings, tense)
  for ending in gmatch(endings, "%S+") do out[stem .. ending] = tense end
end

--- The forms of an adjective, or nil where a word is none.
local function adjective (word)
  local out = {}
  if ends(word, "ый") or ends(word, "ой") then
    with_endings(out, cut(word, 2), hard, "adjective")
  elseif ends(word, "ний") then
    with_endings(out, cut(word, 2), soft, "adjective")
  elseif ends(word, "ий") and not ends(word, "рий") then
    with_endings(out, cut(word, 2), mixed, "adjective")
  else
    return nil
  end
  return out
end

-- Nouns -------------------------------------------------------------------------------

local declined

-- By ending: what is cut off, and what comes in its place. The first that fits.
local nouns = {
  { "ние", 1, "е я ю ем и й ям ями ях" }, { "ие", 1,
      "е я ю ем и й ям ями ях" },
  { "ия", 1, "я и ю ей й ям ями ях" },
  { "ка", 1, "а и е у ой ам ами ах", 2, "ок ек" }, { "га", 1,
      "а и е у ой ам ами ах" },
  { "ха", 1, "а и е у ой ам ами ах" }, { "ча", 1,
      "а и е у ей ам ами ах" },
  { "жа", 1, "а и е у ей ам ами ах" }, { "ша", 1,
      "а и е у ей ам ами ах" },
  { "а", 1, "а ы е у ой ам ами ах" }, { "я", 1, "я и е ю ей ям ями ях",
      1, "ь" },
  { "ство", 1, "о а у ом е ам ами ах" }, { "о", 1,
      "о а у ом е ам ами ах" },
  { "е", 1, "е я ю ем и ей ям ями ях" },
  { "ь", 1, "ь я ю ем е и ью ей ям ями ях" }, { "ы", 1,
      "ы ов ам ами ах" }, { "и", 1, "и ов ей ам ами ах ям ями ях" },
  { "й", 1, "й я ю ем е и ев ям ями ях" },
}

--- The forms of a noun, itself among them.
function M.noun (word)
  local out = { [word] = "noun" }
  if not declined then
    declined = {}
    for line in util.sorted(lexicon.list("russian.txt", "declined")) do
      declined[match(line, "^%S+")] = line
    end
  end
  if declined[word] then
    for form in gmatch(declined[word], "%S+") do out[form] = "noun" end
    return out
  end
  for _, rule in ipairs(nouns) do
    if ends(word, rule[1]) then
      with_endings(out, cut(word, rule[2]), rule[3], "noun")
      if rule[2] == 1 then out[cut(word, 1)] = "noun" end
      if rule[4] then with_endings(out, cut(word, rule[4]), rule[5], "noun") end
      return out
    end
  end
  with_endings(out, word, ends_in(word, "гкхжчшщ")
      and "а у ом е и ов ей ам ами ах"
          or "а у ом е ы ов ам ами ах", "noun")
  return out
end

-- Verbs -------------------------------------------------------------------------------

local irregular

local function irregulars ()
  if not irregular then
    irregular = {}
    for line in util.sorted(lexicon.list("russian.txt", "irregular")) do
      local list = {}
      for form in gmatch(line, "%S+") do list[#list + 1] = form end
      irregular[list[1]] = list
    end
  end
  return irregular
end

-- What becomes of a stem before -ен: осудить, осужден.
local softened = {
  ["б"] = { "бл" }, ["п"] = { "пл" }, ["в"] = { "вл" }, ["м"] = { "мл" }, ["ф"] =
      { "фл" }, ["д"] = { "жд", "ж" },
  ["т"] = { "щ", "ч" }, ["с"] = { "ш" }, ["з"] = { "ж" },
}

local function passive_stems (stem)
  local last = sub(stem, -2)
  local out = {}
  if ends(stem, "ст") then out[1] = cut(stem, 2) .. "щен" end
  for _, letters in ipairs(softened[last]
      or { last }) do out[#out + 1] = cut(stem, 1) .. letters .. "ен" end
  return out
end

-- Stems of a regular verb: of the present, its endings, the past, participles.
local function regular (verb)
  if ends(verb, "овать") or ends(verb, "евать") then
    return cut(verb, 5) .. (ends(verb, "евать") and "ю"
           or "у"), "ю ешь ет ем ете ют", cut(verb, 2), { cut(verb, 2) .. "н" }
  elseif ends(verb, "ать") or ends(verb, "ять") then
    return cut(verb, 2), "ю ешь ет ем ете ют", cut(verb, 2), { cut(verb, 2) .. "н" }
  elseif ends(verb, "ить") then
    local stem = cut(verb, 3)
    return stem, "ит ишь им ите ят ат", cut(verb, 2), passive_stems(stem)
  elseif ends(verb, "нуть") then
    return cut(verb, 3), "ет ем ут", cut(verb, 2), { cut(verb, 2) .. "т" }
  end
  return cut(verb, 2), "ет ем ут ют", cut(verb, 2), {}
end

local bare = { past = true, present = true, inf = true, gerund = true }

-- With -ся, or -сь behind a vowel.
local function reflexive (forms)
  local out = {}
  for form, tense in util.sorted(forms) do
    if bare[tense] then
      out[form .. (ends_in(form, "аоеиуюя") and "сь" or "ся")] = tense
    end
  end
  return out
end

local function add_past (out, he, she)
  local stem = ends(she, "а") and cut(she, 1) or she
  out[he], out[stem .. "а"], out[stem .. "о"], out[stem .. "и"] = "past", "past", "past", "past"
  local vowel = match(he, "^(.*)л$")
  if vowel then
    with_endings(out, vowel .. "вш", soft, "active")
    out[vowel .. "в"] = "gerund"
  end
end

local function add_passive (out, stem)
  for _, ending in ipairs{ "", "а", "о", "ы" } do out[stem .. ending] = "passive" end
  with_endings(out, ends(stem, "н") and stem .. "н" or stem, hard, "participle")
end

--- The forms of a verb: a table of form to tense, which is inf past present passive
-- participle (of the passive) active (participle) or gerund.
---@param lemma string
---@return table<string, string>
function M.verb (lemma)
  local base = match(lemma, "^(.*)ся$") or match(lemma, "^(.*)сь$")
  local verb = base or lemma
  local odd = irregulars()[lemma]
  local out = {}
  if odd then
    out[odd[2]], out[odd[3]] = "present", "present"
    local stem = match(odd[2], "^(.*)тся$") or match(odd[2], "^(.*)т$")
    local ours = stem and stem .. "м"                       -- примет, примем
    if ours then out[ours] = "present" end
    add_past(out, (gsub(odd[4], "ся$", "")), (gsub(odd[5], "сь$", "")))
    if base then
      for _, form in ipairs{ odd[2], odd[3] } do
        out[form] = nil
        out[(gsub(form, "ся$", ""))] = "present"
      end
    end
    if odd[6] ~= "-" then add_passive(out, odd[6]) end
  else
    local present, endings, past, passives = regular(verb)
    with_endings(out, present, endings, "present")
    add_past(out, past .. "л", past .. "ла")
    for _, stem in ipairs(passives) do add_passive(out, stem) end
    if ends(endings, "ют") then
      with_endings(out, present .. "ющ", soft, "active")
      out[present .. "я"] = "gerund"
    end
  end
  out[verb] = "inf"
  if base then return reflexive(out) end
  if M.is_imperfective(lemma) then
    for form, tense in util.sorted(reflexive(out)) do
      if tense == "present" or tense == "past" then out[form] = "passive" end
    end
  end
  return out
end

local telling = { "ывать", "ивать", "лять", "щать", "ждать", "шать",
                  "овать", "аться", "яться", "иваться", "ываться" }

--- Does a verb tell what goes on, so that its present is no future?
function M.is_imperfective (lemma)
  if lexicon.list("russian.txt", "imperfective")[lemma] then return true end
  if irregulars()[lemma] then return false end
  for _, ending in ipairs(telling) do
    if ends(lemma, ending) then return true end
  end
  return false
end

--- The forms of a noun or an adjective.
function M.word (lemma)
  lemma = fold(lemma)
  return adjective(lemma) or M.noun(lemma)
end

M.fold = fold
return M
