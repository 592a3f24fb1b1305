--- Clauses of an English sentence: who is its subject, which verb it has and how
-- that is meant, and what stands behind it.
--
-- A sentence is read as items, one a word, a mark or a mention (fact/words.lua has
-- their classes). Items become clauses in one walk from left to right:
--
--   main    The ministers signed a treaty
--   coord   ... and left               the subject of the clause before it
--   sub     when they met; that ...    a subject of its own
--   rel     , who met them in May ,    its subject is the noun before it
--   inf     to sign; part  signing, signed by; gerund  of signing
--
-- There is no parser: a verb belongs to the nearest noun phrase before it that stands
-- free of a preposition, and a clause ends where the next one begins.
-- @module lesdiplo.fact.clauses
local lpeg = require "lpeg"
local words = require "lesdiplo.fact.words"
local lexicon = require "lesdiplo.entity.lexicon"
local C, Ct, Cp, P, R, S = lpeg.C, lpeg.Ct, lpeg.Cp, lpeg.P, lpeg.R, lpeg.S
local find, sub = string.find, string.sub
_ENV = nil
local M = {}

local ITEMS_MOST = 400        -- of a sentence: a longer one is a list or a table

-- Items ---------------------------------------------------------------------------

local ascii, tail = R("az", "AZ", "09"), R"\x80\xBF"
local letter = ascii^1 + R"\xC3\xDF" * tail + (R"\xE0\xF4" - P"\xE2\x80") * tail^1
local apostrophe = P"'" + "’"
local letters = letter^1
local word = letters * ((P"-" + "‑" + apostrophe * -(S"sS" * -letter)) * letters)^0
local genitive = apostrophe * (S"sS" * -letter)^-1
local quote = P'"' + "“" + "”"
local mark = P"--" + "–" + "—" + S",;:()-"

-- Positions and entries of the words up to the end of a text: first, entry, behind ...
local function lexer (entries)
  local one = Cp() * (C(word) / entries) * Cp()
              + Cp() * (C(genitive + mark) / entries) * Cp()
              + Cp() * (quote / '"' / entries) * Cp()
  return Ct((one + 1)^0)
end

local lex, entries

-- A sentence without items, to be filled again and again.
local function blank () return { n = 0, c = {}, e = {}, m = {}, a = {}, b = {} } end

-- Forgets the items behind the last one.
local function shorten (s, n)
  local c, e, m, a, b = s.c, s.e, s.m, s.a, s.b
  for i = n + 1, s.n do c[i], e[i], m[i], a[i], b[i] = nil, nil, nil, nil, nil end
  s.n = n
end

-- Reads the words of a text into a sentence: arrays c of classes, e entries, m
-- mentions, a and b first and last bytes. Mentions take the place of the words that
-- they hold; `from` is the index of the first one that may stand in it.
local function fill (s, text, first, mentions, from)
  local now = words.entries()
  if entries ~= now then lex, entries = lexer(now), now end
  local list = lex:match(text)
  local c, e, m, a, b, n = s.c, s.e, s.m, s.a, s.b, 0
  local at, mention, last, tells, names = from, mentions[from], 0, false, false
  for i = 1, #list, 3 do
    local begin = first + list[i] - 1
    if begin > last then                       -- not inside the mention before
      while mention and mention.last < begin do
        at = at + 1
        mention = mentions[at]
      end
      if n == ITEMS_MOST then break end
      n = n + 1
      if mention and mention.first <= begin then
        last = mention.last
        names = names or mention.class ~= "T" and mention.class ~= "L"
        c[n], e[n], m[n], a[n], b[n] = mention.class, mention, mention, mention.first, last
      else
        local entry = list[i + 1]
        tells = tells or entry.tells
        c[n], e[n], m[n], a[n], b[n] = entry.c, entry, false, begin, first + list[i + 2] - 2
      end
    end
  end
  shorten(s, n)
  s.text, s.first, s.running, s.dull = text, first, nil, not (tells or names)
end

local function form_of (s, i) return s.e[i] and s.e[i].form end

-- Verb or noun? -------------------------------------------------------------------

local auxiliary = { b = true, h = true, D = true, m = true, u = true, n = true, W = true }
local plural_like = { X = true }

-- The item before another, adverbs and quotation marks apart.
local function before (s, i)
  i = i - 1
  while i >= 1 and (s.c[i] == "W" or s.c[i] == '"') do i = i - 1 end
  return i
end

local opens_object = { d = true, o = true, A = true, q = true, t = true, R = true, S = true }
local firm = { d = true, o = true, s = true }
local governs = { t = true, m = true, u = true, D = true, q = true, n = true }

local reports = lexicon.list("english.txt", "report")
local causes = lexicon.list("english.txt", "causative")

-- How the verb or noun before "and" was taken: the one behind it goes with it.
local function partner (s, i, clause)
  for k = i - 1, 1, -1 do
    if s.taken[k] then return s.taken[k], s.e[k].tense end
    if s.c[k] == "." then break end
  end
  return clause.verb and "V" or "N"
end

-- The nearest clause around one that has a finite verb.
local function finite (clause)
  while clause and (not clause.finite) do clause = clause.up end
  return clause
end

local inside = { x = true, X = true, W = true, E = true, I = true, N = true }

-- Does a word that is mostly a verb end a noun phrase that is no subject: of friendly
-- exchanges?
local function ends_phrase (s, i, clause)
  local tense = s.e[i].tense
  if not clause.verb or reports[s.e[clause.verb].lemma] or tense ~= "s" and tense ~= "base" then return false end
  local k = i - 1
  while k > clause.verb and inside[s.c[k]] do k = k - 1 end
  return k < i - 1 and (s.c[k] == "p" or firm[s.c[k]] == true)
end

-- Does a word have a capital where others have none: the Minister for EU Funds?
local function is_named (s, i)
  local at = s.a[i] - s.first + 1
  if i == 1 or not find(s.text, "^%u", at) then return false end
  if s.running == nil then s.running = find(s.text, " %l%l%l%l%l") ~= nil end
  return s.running
end

-- Is the word at i, which may be both, a verb here?
local function is_verb (s, i, clause)
  if is_named(s, i) then return false end
  local tense, p = s.e[i].tense, before(s, i)
  local class, behind = s.c[p], s.c[i + 1]
  if p == 0 then return tense == "ing" or tense == "ed" end
  if governs[class] then return class ~= "n" or tense == "base" end
  if firm[class] then return false end
  if class == "p" then
    return tense == "ing" and behind ~= "p" and (s.e[i].noun == nil or opens_object[behind] == true)
  end
  if class == "b" then return tense == "ed" or tense == "ing" or tense == "part" end
  if class == "h" then return tense == "ed" or tense == "part" end
  if class == "&" or class == "," then
    local kind, other = partner(s, p, clause)
    if tense == "ing" then return class == "," and opens_object[behind] or kind == "V" and other == "ing" end
    if tense == "past" then return true end
    if tense == "ed" then
      local main = finite(clause)
      return not main or s.e[main.verb].tense ~= "base" and s.e[main.verb].tense ~= "s" or opens_object[behind] == true
    end
    return kind == "V" and (other == tense or tense == "base" and other ~= "s")
           or tense == "s" and opens_object[behind] == true
  end
  if class == "r" then return true end
  local closed = clause.verb and not reports[s.e[clause.verb].lemma]
  if tense == "ed" or tense == "past" then return true end
  if tense == "ing" then return class == "," end
  if class == "A" then
    local m = s.m[p]
    if m.row.form == "adjective" then return false end
    local many = s.c[p - 1] == "&" or s.c[p - 1] == "," and s.c[p - 2] == "A"
    if tense == "base" then return many and not closed end
    return not closed
  end
  if closed then return false end
  if tense == "base" then
    return (plural_like[class] or (class == "N" or class == "U") and find(s.text, "s", s.b[p] - s.first + 1, true) == s.b[p] - s.first + 1)
           and (opens_object[behind] or behind == "W" or behind == "x" or behind == "p")
  end
  return opens_object[behind] == true
end

-- Clauses ---------------------------------------------------------------------------

local function open (s, kind, first, up)
  local clause = {                    -- with all its fields: it is not grown then
    kind = kind, first = first, up = up, last = s.n, verb = false, group = false, finite = false,
    tense = false, passive = false, modal = false, possible = false, negated = false,
    perfect = false, aux = false, cue = false, parties = false,
    heads = false, act = false, asks = false, reduced = false, beside = false,
  }
  local list = s.clauses
  if #list > 0 then list[#list].last = first - 1 end
  list[#list + 1] = clause
  return clause
end

local noun_like = { d = true, o = true, x = true, X = true, A = true, R = true, N = true, T = true,
                    G = true, Y = true, L = true, q = true, s = true, E = true, I = true, W = true, ['"'] = true, ["-"] = true }

-- Where the noun phrase begins that ends before i, not before `least`. Two that "and"
-- ties are one behind a comma: ", the king and the president exchanged".
local phrase_first

local function paired_first (s, k, least)
  if s.c[k] ~= "&" or k - 1 < least or not (s.c[k - 1] == "A" or s.c[k - 1] == "G") then return nil end
  local first = phrase_first(s, k, least)
  return first < k and s.c[first - 1] == "," and first or nil
end

function phrase_first (s, i, least)
  local k = i - 1
  while k >= least do
    local class = s.c[k]
    if not (noun_like[class] or class == "U" and s.taken[k] ~= "V"
            or class == "p" and s.e[k].form == "of") then
      break
    end
    k = k - 1
  end
  return paired_first(s, k, least) or k + 1
end

-- Does a stretch hold something that may be a subject?
local function has_noun (s, first, last)
  for k = first, last do
    local class = s.c[k]
    if (noun_like[class] or s.taken[k] == "N") and class ~= "W" and class ~= '"' and class ~= "-" and class ~= "T" then
      return true
    end
  end
  return false
end

local function give_verb (s, clause, group, is_finite)
  clause.verb, clause.group, clause.finite = group.verb, group.first, is_finite
  clause.tense, clause.passive = group.tense, group.passive
  clause.modal, clause.possible, clause.negated = group.modal, group.possible, group.negated
  clause.perfect, clause.aux = group.have, group.aux
  s.taken[group.verb] = "V"
end

-- The verb group that is being read: there is one at a time.
local scratch = {}

local function new_group (first, verb, tense, aux)
  local g = scratch
  g.first, g.verb, g.tense, g.aux = first, verb, tense, aux
  g.passive, g.modal, g.possible, g.negated, g.have = false, false, false, false, false
  return g
end

local present = { base = true, s = true, be = true }

-- The clause whose subject a verb behind "and" shares: behind a comma one outside the
-- relative clause; of those around it the nearest whose tense is of the same kind.
local function companion (s, clause, group, p)
  local start = clause
  if s.c[p] == "," or s.c[p] == "&" and s.c[p - 1] == "," then
    local k = clause
    while k and k.kind ~= "rel" do k = k.up end
    start = k and k.up or clause
  end
  local nearest = finite(start) or clause
  local k = nearest
  while k do
    if k.finite and not group.aux and not k.aux and (present[k.tense] or false) == (present[group.tense] or false) then
      return k
    end
    k = k.up and finite(k.up)
  end
  return nearest
end

-- Subordinators that may stand before a noun alone: as the cornerstone of peace.
local prepositional = { as = true, after = true, before = true, since = true, ["until"] = true }

-- A finite verb: of the clause that waits for one, of one more with the same subject,
-- or of a new one with its own.
local function place_finite (s, clause, group)
  local p = before(s, group.first)
  local tied = s.c[p] == "&" or s.c[p] == ","
  if clause.kind == "rel" and clause.verb and s.c[p] == "," and clause.up and not clause.up.verb then
    local back = open(s, "resumed", group.first, clause.up)
    give_verb(s, back, group, true)
    clause.up.resumed = back
    return back
  end
  if not clause.verb and not (tied and clause.up and prepositional[clause.cue or ""]) then
    give_verb(s, clause, group, true)
    return clause
  end
  if clause.finite and not clause.aux and s.e[clause.verb].tense == "ed" and group.aux
     and s.c[p] ~= "&" and not has_noun(s, clause.verb + 1, p) then
    local again = open(s, "main", group.first, clause.up)     -- "the treaty signed in May has ..."
    again.subject_first, again.subject_last = clause.first, clause.group - 1
    clause.kind, clause.finite, clause.reduced = "part", false, true
    give_verb(s, again, group, true)
    return again
  end
  local one
  if tied then
    one = open(s, "coord", group.first, companion(s, clause, group, p))
  else
    local first = phrase_first(s, group.first, (clause.verb or clause.first) + 1)
    if first < group.first and has_noun(s, first, group.first - 1) then
      one = open(s, "main", first, nil)
      one.told = clause
    else
      one = open(s, "coord", group.first, finite(clause) or clause)
    end
  end
  give_verb(s, one, group, true)
  return one
end

-- The run of auxiliaries at i and the verb behind them.
local function read_group (s, i)
  local g, k, last_aux = new_group(i, false, false, true), i, i
  while auxiliary[s.c[k]] or s.c[k] == '"' or s.c[k] == "T" and s.e[k + 1] and not s.m[k + 1] and s.e[k + 1].tense do
    local class = s.c[k]
    if class == "m" then g.modal = true
    elseif class == "u" then g.possible = s.e[k].form
    elseif class == "n" then g.negated = true
    elseif class == "h" then g.have = true
    end
    if class ~= "W" and class ~= "T" and class ~= '"' then last_aux = k end
    k = k + 1
  end
  local e, class = s.e[k], s.c[k]
  local tense = e and e.tense
  if (class == "V" or class == "U" or class == "E" or class == "I") and tense then
    local after = s.c[last_aux]
    local fits = after == "b" and (tense == "ing" or tense == "ed" or tense == "part")
                 or after == "h" and (tense == "ed" or tense == "part" or tense == "past")
                 or (after == "m" or after == "u" or after == "D" or after == "n")
                    and (tense == "base" or after == "n")
    if fits then
      g.verb, g.tense = k, tense
      g.passive = after == "b" and tense ~= "ing"
      return g, k
    end
  end
  g.verb, g.tense = last_aux, "be"
  return g, last_aux
end

-- Does a verb of the past follow a noun phrase of its own behind a comma: ", the
-- communique said"?
local function tagged (s, clause, i)
  local first = phrase_first(s, i, clause.verb + 1)
  return first < i and s.c[before(s, first)] == "," and has_noun(s, first, i - 1)
end

-- A verb without auxiliary: returns its clause.
local function place_bare (s, clause, i)
  local tense, p = s.e[i].tense, before(s, i)
  local group = new_group(i, i, tense, false)
  group.negated = s.c[p] == "n"
  if group.negated then p = before(s, p) end          -- never signed
  local class = s.c[p]
  if class == "t" and tense == "base" then
    local one = open(s, "inf", p, clause)
    group.negated = s.c[before(s, p)] == "n"
    give_verb(s, one, group, false)
    return one
  elseif tense == "ing" then
    local one = open(s, (class == "p" or class == "t") and "gerund" or "part", i, clause)
    give_verb(s, one, group, false)
    return one
  elseif tense == "part" or tense == "ed" and (s.c[i + 1] == "p" and s.e[i + 1].form == "by"
                                               or not has_noun(s, clause.first, i - 1)
                                                  and not clause.verb and clause.kind ~= "rel") then
    local one = open(s, "part", i, clause)
    one.reduced = true
    group.passive = true
    give_verb(s, one, group, false)
    return one
  elseif tense == "ed" and clause.verb and tagged(s, clause, i) then
    return place_finite(s, clause, group)
  elseif tense == "ed" and clause.verb and class ~= "&" and class ~= "," and class ~= "A"
         and class ~= "q" and class ~= "R" then
    local one = open(s, "part", i, clause)          -- "the accord signed in May"
    one.reduced, group.passive = true, true
    give_verb(s, one, group, false)
    return one
  elseif tense == "base" and clause.verb and causes[s.e[clause.verb].lemma] and (class == "A" or class == "q" or class == "G" or class == "X") then
    local one = open(s, "inf", i, clause)              -- helping Oslo meet its needs
    give_verb(s, one, group, false)
    return one
  elseif tense == "base" and clause.kind == "inf" and (class == "&" or class == ",") then
    local one = open(s, "inf", i, clause.up)
    one.beside = clause
    give_verb(s, one, group, false)
    return one
  end
  return place_finite(s, clause, group)
end

-- Is it the "that" of a relative clause: the countries that attended?
local function relates (s, i)
  if s.e[i].form ~= "that" or not has_noun(s, i - 1, i - 1) then return false end
  local k = i + 1
  while s.c[k] == "W" do k = k + 1 end
  return s.e[k] ~= nil and not s.m[k] and s.e[k].tense ~= nil and s.c[k] ~= "N" or auxiliary[s.c[k]] == true
end

-- Does a participle stand before the noun that it describes?
local function modifies (s, i)
  local behind, class = s.c[i + 1], s.c[before(s, i)]
  return (behind == "x" or behind == "X" or behind == "N" or behind == "U" or behind == "G" or behind == "&")
         and not auxiliary[class] and class ~= "A" and class ~= "q" and class ~= "G"
end

-- Does a clause belong to the one with "when" or "as" that opens the sentence?
local function opened_by_sub (clause)
  while clause.up and clause.kind ~= "sub" do clause = clause.up end
  return clause.kind == "sub" and clause.first <= 2 and clause.verb ~= false
end

local function starts_subject (s, i)
  local class = s.c[i]
  return class == "A" or class == "d" or class == "q" or class == "o" or class == "G" or class == "R" or class == "X"
end

-- Is an unknown word in -ing a verb: ", leaving the town"; not "and mining".
local function is_participle (s, i)
  local class, behind = s.c[i - 1], s.c[i + 1]
  if class == "," then return true end
  return (class == "p" or class == "&") and behind ~= nil and behind ~= "," and behind ~= "&" and behind ~= "."
         and (class == "p" or behind ~= "p")
end

local fronts = { p = true, S = true }

-- Cuts the items of a sentence into clauses.
local function cut (s)
  s.clauses, s.taken = {}, {}
  local clause, i = open(s, "main", 1, nil), 1
  while i <= s.n do
    local class = s.c[i]
    if class == "b" or class == "h" or class == "D" or class == "m" or class == "u" then
      local g, last = read_group(s, i)
      clause = place_finite(s, clause, g)
      i = last
    elseif (class == "V" or class == "U") and s.e[i].adjectival and modifies(s, i) then  -- shared goals
    elseif class == "V" or class == "U" then
      if class == "V" and not firm[s.c[before(s, i)]] and not ends_phrase(s, i, clause) or class == "U" and is_verb(s, i, clause) then
        clause = place_bare(s, clause, i)
      else
        s.taken[i] = "N"
      end
    elseif class == "N" then
      s.taken[i] = "N"
    elseif class == "I" and is_participle(s, i) then
      clause = open(s, s.c[i - 1] == "p" and "gerund" or "part", i, clause)
      give_verb(s, clause, new_group(i, i, "ing", false), false)
    elseif class == ";" or class == ":" then
      clause = open(s, "main", i + 1, nil)
      clause.after = class
    elseif class == "S" and form_of(s, i) == "as" and form_of(s, i - 1) == "such" then
      s.c[i] = "p"
    elseif class == "S" and form_of(s, i) == "as" and form_of(s, i + 1) == "well"
           and form_of(s, i + 2) == "as" then
      s.c[i], s.c[i + 2] = "&", "W"
      i = i + 2
    elseif class == "S" or class == "r" then
      if class == "S" or clause.verb or i > clause.first then
        local one = open(s, (class == "r" or relates(s, i)) and "rel" or "sub", i, clause)
        one.cue = s.e[i].form
        clause = one
      end
    elseif class == "," and not clause.verb and (fronts[s.c[clause.first]] or clause.kind == "sub")
           and clause.first < i and (clause.kind ~= "sub" or clause.first <= 2) then
      clause = open(s, "main", i + 1, clause.kind == "sub" and clause.up or nil)
      clause.fronted = true
    elseif class == "," and opened_by_sub(clause) and starts_subject(s, i + 1) then
      clause = open(s, "main", i + 1, nil)
    elseif class == "," and clause.first == 1 and clause.kind == "part" then
      clause = open(s, "main", i + 1, nil)
    end
    i = i + 1
  end
  return s
end

local none = {}          -- the clauses of a sentence that names nobody and tells no act

--- A sentence to read into.
M.blank = blank

--- Reads a sentence: its items and clauses, in place of what stood there before.
---@param s table of M.blank
---@param text string of the sentence
---@param first integer its first byte in the document
---@param mentions table[] with first, last, class; sorted, none inside another
---@param from integer index of the first mention that may stand in it
---@return table s: c, e, m, a, b, n, clauses, taken
function M.read (s, text, first, mentions, from)
  fill(s, text, first, mentions, from)
  if s.dull then
    s.clauses, s.taken = none, none
    return s
  end
  return cut(s)
end

-- Parts of clauses ------------------------------------------------------------------

local passed = { d = true, o = true, x = true, X = true, W = true, A = true, R = true, N = true, G = true, Y = true, L = true,
                 s = true, E = true, I = true, T = true, ['"'] = true, ["&"] = true, [","] = true,
                 ["-"] = true, q = true, ["("] = true, [")"] = true }

--- The preposition that governs an item within a clause: its index, or nil where it
-- stands free. "of" is looked through: the people of Ukraine.
function M.governor (s, clause, i)
  local k = i - 1
  while k >= clause.first do
    local class = s.c[k]
    if class == "p" and s.e[k].form ~= "of" or class == "t" then return k end
    if class == "T" and s.c[k - 1] == "p" then k = k - 1              -- In 2024 Norway
    elseif not (passed[class] or class == "p" or class == "U" and s.taken[k] == "N") then return nil end
    k = k - 1
  end
  return nil
end

local parts = { A = true, R = true, q = true, G = true, Y = true, o = true }

--- Is an item somebody who may act?
function M.is_party (s, i) return parts[s.c[i]] == true end

local heads = { A = true, R = true, q = true, G = true, Y = true }

-- Does a list go on behind item i: ", Togo", "and the minister"?
local function goes_on (s, i)
  local class, behind = s.c[i], s.c[i + 1]
  if class == "&" or class == "-" then return true end
  return class == "," and (behind == "A" or behind == "R" or behind == "d" and s.c[i + 2] == "A")
end

--- The items that are a clause's subject: the first party that stands free before the
-- verb, and those that "and" ties to it. Nothing where the subject is something else.
-- An office before a name is part of the name.
function M.subject (s, clause)
  local first = clause.subject_first or clause.first
  local last = clause.subject_last or (clause.group or clause.last + 1) - 1
  local out, tie = {}, false
  for i = first, last do
    local class = s.c[i]
    if heads[class] and not (class == "R" and s.c[i + 1] == "A") or class == "o" and #out == 0 then
      if (#out == 0 or tie) and not M.governor(s, { first = first }, i) then
        out[#out + 1] = i
        tie = false
      end
    elseif #out > 0 then
      if goes_on(s, i) then
        tie = true
      elseif class == "," then
        break
      elseif class == "p" or class == "S" then
        tie = false
      end
    end
  end
  local k = before(s, last + 1)
  if #out == 1 and s.c[out[1]] == "R" and k > out[1] and s.c[k] == "A" and s.m[k].kind == "person" then
    out[1] = k                           -- Secretary for Labor and Rights Ann Peters said
  end
  return out
end

--- The form of the word at an item, in small letters.
M.form = form_of

--- The text of an item.
function M.text (s, i) return sub(s.text, s.a[i] - s.first + 1, s.b[i] - s.first + 1) end

--- Verbs that only tie: remains committed. And verbs whose participle with "be" says how somebody is disposed: is committed to.
--- Verbs that tell a topic and no position on it: discuss.
M.neutral = lexicon.list("english.txt", "neutral")
M.copular = lexicon.list("english.txt", "copular")
M.stative = lexicon.list("english.txt", "stative")

return M
