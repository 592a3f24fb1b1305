--- Clauses of an English sentence: who is its subject, which verb it has and how
-- that is meant, and what stands behind it.
--
-- Items (fact/items.lua) become clauses in one walk from left to right, in C
-- (src/bind/english):
--
--   main    The ministers signed a treaty
--   coord   ... and left               the subject of the clause before it
--   sub     when they met; that ...    a subject of its own
--   rel     , who met them in May ,    its subject is the noun before it
--   resumed , left                     goes on with the clause before the relative one
--   inf     to sign; part  signing, signed by; gerund  of signing
--
-- A clause has, each false where there is none,
--
--   kind, first, last     its items           up    the clause that it hangs on
--   verb, group           items: the verb, and the first of its auxiliaries
--   head, heads           the first item of its subject; all where there are several
--   tense, finite, passive, modal (will), possible (may), negated, perfect
--   cue                   the word that opens it: when, that, who
--   reduced               a participle without a subject: the treaty signed in May
--   subject_first         where its subject begins, if that is not inside it
--   paper                 the joint statement, the communique that is its subject
--   tells                 bits of words.lua: what its verb tells by a frame or a cue
--   beside                an infinitive's neighbour: to sign and ratify
--   number                its place in the sentence
--
-- and, of those who read it: parties, its subject (subjects.lua); found, the act that its verb
-- tells (events.lua). A clause is good until another sentence is read.
--
-- @module lesdiplo.fact.clauses
local items = require "lesdiplo.fact.items"
local lexicon = require "lesdiplo.entity.lexicon"
local words = require "lesdiplo.fact.words"
_ENV = nil
local M = {}

--- A sentence to be read into, again and again.
---@return table
function M.blank ()
  return { n = 0, c = {}, e = {}, m = {}, taken = {}, told = {}, tellers = 0, clauses = {},
           opened = 0 }
end

--- Makes a sentence ready for those of a document.
---@param s table of M.blank
---@param st table state of the document: text, mentions, places (first, last, first ...)
function M.begin (s, st) s.text, s.reader = st.text, words.reader() end

--- Reads a sentence of a document in place of what stood there, and cuts it into clauses:
-- s.clauses, in order, s.opened of them; s.tells, what it tells as bits of words.lua: an act or
-- a stance only where a frame fits. One that tells nothing, and names nobody whom the next one
-- could take up, has no clauses, and its items are not read.
---@param s table of M.begin
---@param st table state of the document
---@param first integer byte of the sentence
---@param last integer
---@param from integer index of the first mention that may stand in it
---@param all boolean? what its words may tell is told, whether a frame fits or not
---@return integer next that of the sentence behind it
function M.read (s, st, first, last, from, all)
  s.first, s.last = first, last
  s.tells, from = s.reader:read(s, s.text, first, last, st.places, st.mentions, from, all)
  return from
end

--- The preposition that governs item i, not before `first`, or nil where it stands free.
-- "of" is looked through: the people of Ukraine.
---@param s table
---@param first integer
---@param i integer
---@return integer?
function M.governor (s, first, i) return s.reader:governor(first, i) end

--- The next item from i up to `last` that is somebody who may act, and the preposition that
-- governs it, not before `first`; nil where there is none.
---@param s table
---@param first integer
---@param i integer
---@param last integer
---@return integer?
---@return integer?
function M.party (s, first, i, last) return s.reader:party(first, i, last) end

local says = { that = true, what = true, how = true, why = true, whether = true }

--- The last item of what belongs to a clause: of those that hang on it, too; with `taken`, only
-- what its verb may take: that Oman signed; not: while Oman signed.
---@param s table
---@param clause table
---@param taken boolean?
---@return integer
function M.end_of (s, clause, taken)
  local last = clause.last
  for k = clause.number + 1, s.opened do
    local one = s.clauses[k]
    if one.kind == "main" or one.kind == "coord" or one.kind == "resumed" then break end
    if taken and one.kind == "sub" and one.verb and not says[one.cue] then break end
    last = one.last
  end
  return last
end

--- The last item of a clause with the phrases behind it that "as" or "when" opens and that have
-- no verb: named her as envoy to Oslo in May.
---@param s table
---@param clause table
---@return integer
function M.reach (s, clause)
  local last = clause.last
  for k = clause.number + 1, s.opened do
    local one = s.clauses[k]
    if one.kind ~= "sub" or one.verb or one.up ~= clause then break end
    last = one.last
  end
  return last
end

--- Is the subject of a clause what somebody did: Mali's attack; the signing of Mali's deal? Then
-- who did it says nothing by the clause's verb.
---@param s table
---@param clause table
---@return boolean
function M.is_by_deed (s, clause)
  if not clause.verb then return false end
  local head, owned = clause.head or clause.verb, false
  for i = clause.first, clause.verb - 1 do
    if i >= head and (s.c[i] == "p" or s.c[i] == ",") then return false end
    owned = owned or s.c[i] == "s" and i > head
    local deed = s.taken[i] == "N" and s.e[i].noun and s.e[i].noun[1]
    if deed and (owned or i < head and items.form(s, i + 1) == "of") then return true end
  end
  return false
end

--- Verbs that tell a topic and no position on it: discuss.
M.neutral = lexicon.list("english.txt", "neutral")
--- Verbs that only tie: remains committed.
M.copular = lexicon.list("english.txt", "copular")
--- Verbs whose participle with "be" says how somebody is disposed: is committed to.
M.stative = lexicon.list("english.txt", "stative")

return M
