--- English words as the clause reader sees them: one entry a form, with the byte of
-- its class.
--
--   A actor   R office   T date   L place        (mentions, put in by clauses.lua)
--   G sides, countries: behind "the two" or "both" a pair of actors
--   Y department: behind "the" the one whose release it is
--   V verb    N noun of an act    U either of the two
--   b be   h have   D do   m will   u may   n not
--   d determiner   o its   q he   r which   S that   & and   p of   t to
--   x other   X other, in the plural   W adverb   E other in -ed   I other in -ing
--   and , ; : ( ) " - for marks, s for 's
--
-- An entry has c, the class, and for verbs and nouns: tense (as inflect.verb has it),
-- verb and noun (frames of acts), cue (a stance's), lemma, base (the form is the lemma,
-- whatever else it is: cut); causes, reports, adjectival (lists of data/english.txt); tells,
-- bits of what it may tell.
-- @module lesdiplo.fact.words
local acts = require "lesdiplo.fact.acts"
local inflect = require "lesdiplo.fact.inflect"
local lexicon = require "lesdiplo.entity.lexicon"
local stances = require "lesdiplo.fact.attitudes"
local util = require "lesdiplo.util"
local _, native = ...
local fold, reading = native.tokens.fold, native.base.english
local find, gsub, sub = string.find, string.gsub, string.sub
local ipairs, pairs, setmetatable = ipairs, pairs, setmetatable
_ENV = nil
local M = {}

local lists = {
  { "preposition", "p" }, { "determiner", "d" }, { "possessive", "o" }, { "subordinator", "S" },
  { "conjunction", "&" }, { "negator", "n" }, { "pronoun", "q" }, { "relative", "r" },
  { "adverb", "W" }, { "group", "G" }, { "body", "Y" }, { "be", "b" }, { "have", "h" },
  { "do", "D" }, { "modal", "m" }, { "possible", "u" },
}

local marks = { [","] = ",", [";"] = ";", [":"] = ":", ["("] = "(", [")"] = ")", ['"'] = '"',
                ["“"] = '"', ["”"] = '"', ["–"] = "-", ["—"] = ";", ["-"] = "-", ["--"] = ";",
                ["'s"] = "s", ["’s"] = "s", ["’"] = "s", ["'"] = "s" }

local function entry (out, form)
  out[form] = out[form] or { c = "x", form = form }
  return out[form]
end

-- The forms of a verb.
local function add_verb (out, lemma, frames, cues)
  for form, tense in inflect.verb(lemma) do
    local e = entry(out, form)
    e.c, e.lemma = e.noun and "U" or "V", lemma
    e.tense = e.tense and e.tense ~= tense and "ed" or tense
    e.base = e.base or form == lemma
    e.verb, e.cue = frames or e.verb, cues or e.cue
  end
end

local function add_noun (out, lemma, frames, cues)
  for _, form in ipairs{ lemma, inflect.plural(lemma) } do
    local e = entry(out, form)
    e.c, e.noun_lemma = e.tense and "U" or "N", lemma
    e.noun, e.noun_cue = frames or e.noun or {}, cues or e.noun_cue
  end
end

local function build ()
  local out = {}
  local nouns, noun_cues = acts.by_word("en", "noun"), stances.by_word("en", "noun")
  local verbs, verb_cues = acts.by_word("en", "verb"), stances.by_word("en", "verb")
  for lemma, frames in util.sorted(nouns) do add_noun(out, lemma, frames, noun_cues[lemma]) end
  for lemma, cues in util.sorted(noun_cues) do
    if not nouns[lemma] then add_noun(out, lemma, nil, cues) end
  end
  for lemma in util.sorted(lexicon.list("english.txt", "verbs")) do add_verb(out, lemma) end
  for lemma, frames in util.sorted(verbs) do add_verb(out, lemma, frames, verb_cues[lemma]) end
  for lemma, cues in util.sorted(verb_cues) do
    if not verbs[lemma] then add_verb(out, lemma, nil, cues) end
  end
  for lemma in util.sorted(lexicon.list("english.txt", "both")) do
    if not (out[lemma] and out[lemma].tense) then add_verb(out, lemma) end
    add_noun(out, lemma)
  end
  for _, list in ipairs(lists) do
    for form in util.sorted(lexicon.list("english.txt", list[1])) do
      out[form] = { c = list[2], form = form }
    end
  end
  for form in util.sorted(lexicon.list("english.txt", "adjectival")) do
    entry(out, form).adjectival = true
  end
  out["to"] = { c = "t", form = "to" }
  for mark, class in pairs(marks) do
    out[mark] = { c = class, form = mark }
  end
  return out
end

--- What a sentence may tell by an item, a bit each: an act, a stance, of somebody.
M.ACT, M.STANCE, M.SOMEBODY = 1, 2, 4

local causes = lexicon.list("english.txt", "causative")
local reports = lexicon.list("english.txt", "report")

-- Marks the words by which a sentence may tell something, and verbs of some kinds.
local function mark (entries)
  for _, e in pairs(entries) do
    e.causes, e.reports = causes[e.lemma] ~= nil, reports[e.lemma] ~= nil
    local acts_by = e.verb or e.noun and e.noun[1]
    local held_by = e.cue or e.noun_cue or e.c == "u" or e.c == "m"
    e.tells = (acts_by and M.ACT or 0) | (held_by and M.STANCE or 0)
  end
  return entries
end

local plain, plural = { c = "x", tells = 0 }, { c = "X", tells = 0 }
local adverb, past = { c = "W", tells = 0 }, { c = "E", tense = "ed", tells = 0 }
local ing = { c = "I", tense = "ing", tells = 0 }

-- The entry of a word that is in no list.
local function by_ending (word)
  local n, ending = #word, sub(word, -2)
  if n > 4 and ending == "ly" then return adverb end
  if n > 4 and ending == "ed" then return past end
  if n > 5 and ending == "ng" and sub(word, -3) == "ing" then return ing end
  if n > 3 and ending ~= "ss" and sub(ending, 2) == "s" then return plural end
  return plain
end

-- A table that answers for every word.
local function answering (known)
  return setmetatable({}, { __index = function (_, word)
    if known[word] then return known[word] end
    local low = fold(find(word, "’", 1, true) and gsub(word, "’", "'") or word)
    return known[low] or by_ending(low)
  end })
end

-- Papers that speak for those who were last named together: the joint statement says ...
local papers = { communique = true, ["communiqué"] = true, statement = true, declaration = true }

-- The sets of words for which somebody asks, each once: papers, and what the frames and cues
-- of the entries want. (In C a word's place in them is looked up once a word, and not once a
-- sentence.)
local function asked_for (known)
  local out, seen = { papers }, { [papers] = true }
  for _, e in util.sorted(known) do
    for _, list in ipairs{ e.verb or {}, e.noun or {}, e.cue or {}, e.noun_cue or {} } do
      for _, frame in ipairs(list) do
        for _, set in pairs{ frame.next, frame.behind, frame.before, frame.veto } do
          if not seen[set] then out[#out + 1], seen[set] = set, true end
        end
      end
    end
  end
  return out
end

local entries, reader, version

--- A number that grows when acts or stances are added.
function M.version () return acts.version + stances.version end

-- Makes all again when acts were added.
local function ready ()
  local now = M.version()
  if version ~= now then
    local known = mark(build())
    entries = answering(known)
    reader, version = reading(entries, asked_for(known)), now
  end
end

--- The table of entries: any word to its entry.
---@return table
function M.entries ()
  ready()
  return entries
end

--- What reads sentences by these entries (fact/clauses.lua).
---@return userdata
function M.reader ()
  ready()
  return reader
end

return M
