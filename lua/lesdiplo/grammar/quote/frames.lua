--- Sentences that report what somebody said: where the content stands, where the
-- verb, and the words that name who spoke.
--
-- A sentence comes with what is between marks made opaque (byte 1), so that verbs
-- and commas in there are not seen. Around each word of saying there is one frame:
--
--   that     S said (on Friday) that C        colon   S said: C
--   marks    S said, "C"                      bare    S said C
--   tail     C, S said.   C, said S.          middle  C, S said, C
--   source   according to S, C.   C, according to S.
--
-- What is on either side of the word, sides.lua tells.
-- @module lesdiplo.grammar.quote.frames
local lpeg = require "lpeg"
local cues = require "lesdiplo.grammar.quote.cues"
local sides = require "lesdiplo.grammar.quote.sides"
local byte, char, find, gmatch = string.byte, string.char, string.find, string.gmatch
local match, sub = string.match, string.sub
local after, before, behind, is_clause = sides.after, sides.before, sides.behind, sides.is_clause
local dashes, lower, skip = sides.dashes, sides.lower, sides.skip
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

local articles = { the = true, a = true, an = true, its = true, his = true, her = true,
  their = true, le = true, la = true }
local SHORT = 45         -- bytes behind "that" which may be a thing, not a clause

-- The place behind blanks, commas and dashes.
local past = (lpeg.S" ,;:-" + "—" + "–" + "―")^0 * lpeg.Cp()


-- Frames ----------------------------------------------------------------------------

local function subject_of (left)
  if #left.subject > 0 then return left.subject end
  local out = {}
  if left.touch ~= "," then return out end
  if left.chunk then
    out[1] = { first = left.chunk[1], last = left.chunk[2], apposition = true }
  end
  if left.head then out[#out + 1] = { first = left.head[1], last = left.head[2] } end
  return out
end

-- Where the frame itself begins, its subject or a conjunction before it included.
local function begin_of (left, at)
  if left.touch then return left.at or at end
  if left.bound_at then return left.bound_at end
  return left.subject[1] and left.subject[1].first or at
end

-- Who or what the one is who was named before a comma, in words without a verb, or in a relative
-- clause: said Berg, the envoy to Chad, ...; said the envoy, Anna Berg; qui revient de Dakar.
local tells_who = {}
for word in gmatch([[the a an his her its their who which whose le la les un une son sa qui dont
  который которая которые]], "%S+") do
  tells_who[word] = true
end
local own_clause = { who = true, which = true, whose = true, qui = true, dont = true,
                     ["который"] = true, ["которая"] = true, ["которые"] = true }
local fully = {}
for word in gmatch([[est sont était étaient sera seront a ont avait avaient va vont doit doivent
  peut peuvent reste restent fait font n'est n’est n'a n’a]], "%S+") do
  fully[word] = true
end

-- Does a word begin with a capital, a Latin or a Russian one?
local function is_capital (word)
  return find(word, "^%u") or find(word, "^\xC3[\x80-\x9E]") or find(word, "^\xD0[\x81\x90-\xAF]")
end

local lists = { ["and"] = true, ["or"] = true, et = true, ["и"] = true }
-- Whose somebody is, or where from.
local places = { "^de l['\xE2]", "^de la ", "^de %u", "^d['\xE2]", "^of the ", "^of %u",
                 "^from %u" }
local EXPLAINED = 16     -- words that tell who somebody is

-- The place behind such words and their comma, where they begin at a place; behind the sentence,
-- where they end it; the place itself, where none stand there.
local function past_explained (u, at, x)
  local head = match(u, "^[^%s,;:.\1]+", at)
  local low = head and lower(head)
  if not head or not (tells_who[low] or x.offices[low] or is_capital(head)
                      or find(low, "^d[eu'\xE2]") or low == "of" or low == "from") then
    return at
  end
  local stop, count = find(u, "[,;:]", at) or #u + 1, 0
  if find(u, "^[;:]", stop) then return at end
  if not own_clause[low] then
    for word in gmatch(sub(u, at, stop - 1), "[^%s(]+") do
      local w = lower(word)
      count = count + 1
      if x.finite[w] or fully[w] and x.lang == "fr" or w == "i" or count > EXPLAINED then
        return at
      end
    end
  end
  if stop > #u then return stop end
  local next_at = skip(u, stop + 1)
  return lists[match(u, "^%S+", next_at)] and at or next_at          -- Chad, Mali, and Niger
end

-- Words that tie a clause to the one before it, in which a source is told: while, according to S.
local joins = {}
for word in gmatch([[that while because whereas as if when que alors tandis comme car что поскольку
  хотя если когда]], "%S+") do
  joins[word] = true
end

-- Where a source's content begins behind words that tell who the source is, with an office or a
-- place: according to Berg, the envoy to Chad, C; selon Lund, de l'université de Dakar, C.
local function past_office (u, at, x)
  if own_clause[match(u, "^%S+", at)] then return past_explained(u, at, x) end
  local stop = find(u, ",", at, true)
  if not stop or find(u, "^%u", at) then return at end
  local piece, told = sub(u, at, stop - 1), nil
  for _, place in ipairs(places) do told = told or find(piece, place) end
  for word in gmatch(piece, "[^%s'’]+") do
    told = told or x.offices[word] or x.voices[word]
  end
  local from = told and not find(piece, "\1", 1, true) and past_explained(u, at, x) or at
  local goes_on = x.lang ~= "en" or byte(u, from) == 1 or is_clause(u, from, x)
  return goes_on and from or at
end

local NAMED = 80         -- bytes before "words" in which it stands whose they are

-- In S's words: where "in" stands, and the first and last byte of S; nil where it is not so.
local function whose (u, cue)
  local from = cue.first > NAMED and cue.first - NAMED or 1
  local ahead = sub(u, from, cue.first - 1)
  local at, first, stop = match(ahead, ".*%f[%a]()[Ii]n ()[^,;\1]-()'s $")
  if not at then at, first, stop = match(ahead, ".*%f[%a]()[Ii]n ()[^,;\1]-()\xE2\x80\x99s $") end
  if at then return from + at - 1, from + first - 1, from + stop - 2 end
end

-- according to S, C.  C, according to S.  In S's words, C.
local function source_frame (u, cue, x)
  local begin, first, last, stop, stop_at = cue.first, cue.first, cue.last, nil, nil
  if cue.entry.whose then begin, first, last = whose(u, cue) end
  if not cue.entry.own and not cue.entry.whose then
    first, last, stop, stop_at = behind(u, cue.last + 1, x)
  elseif begin then
    stop_at, stop = match(u, "^%s*()([,.\1]?)", cue.last + 1)
    if stop == "" and begin > 1 or stop == "." then stop = "end" end
    if stop == "" then stop, stop_at = ",", stop_at - 1 end
  end
  if not first or last - first > 160 then return nil end
  local lead = match(sub(u, 1, begin - 1), "()[%s,;]*$")
  local frame = { cue = cue, source = true,
                  subject = { { first = first, last = last, pronoun = cue.entry.own } } }
  local head_end = lead - 1
  local comma = find(sub(u, lead, begin - 1), ",") ~= nil
                or head_end > 0 and byte(u, head_end) == 1
  if head_end <= 0 or match(sub(u, 1, head_end), "^%a+$") then
    if stop ~= "," and stop ~= "\1" then return nil end
    local from = skip(u, stop_at + (stop == "," and 1 or 0))
    from = past_office(u, from, x)
    frame.kind, frame.first, frame.last, frame.start = "head", from, #u, 1
  elseif comma and (stop == "end" or stop == "adjunct" or stop == "\1") then
    frame.kind, frame.first, frame.last, frame.start = "tail", 1, head_end, lead
  elseif comma and stop == "," and joins[match(sub(u, 1, head_end), "([^%s,;:]+)$")] then
    frame.kind, frame.first, frame.last, frame.start = "head", skip(u, stop_at + 1), #u, lead
  elseif comma and stop == "," then                          -- while, according to S, C
    frame.kind, frame.first, frame.last, frame.start = "middle", 1, head_end, lead
    frame.resume = past_explained(u, skip(u, stop_at + 1), x)
    if frame.resume > #u then frame.kind = "tail" end
  else
    return nil
  end
  return frame
end

-- May a verb stand behind what is said: said, says; but not "the remarks", "we report"?
function M.closes (entry, x)
  if not entry.say and not entry.tail then return false end
  return x.lang ~= "en" or entry.tense == "past" or entry.form == "says" or entry.form == "say"
end

-- C, said S.
local function inverted (u, cue, x, left)
  local ends = left.touch == "," and cue.entry.form ~= "continued"       -- , continued aid, and
               or left.touch == "\1" or dashes[left.touch or ""]
  if not ends or not left.at or not M.closes(cue.entry, x)
     or x.lang == "en" and find(u, "^%s+by%s", cue.last + 1)              -- announced by Chad
        and sub(u, cue.first - 3, cue.first - 1) ~= "as " then
    return nil
  end
  local first, last, stop, stop_at = behind(u, cue.last + 1, x)
  local own = left.pronoun
  if not own then
    local a, tied, b = match(u, "^%-t?%-?()(%a+)()", cue.last + 1)
    if a and (x.he[tied] or x.she[tied] or x.they[tied]) then
      own = { first = a, last = b - 1 }
    end
  end
  if own then
    local at = own.first > cue.last and own.last + 1 or cue.last + 1
    stop_at, stop = match(u, "^%s*()([,;:.\1]?)", at)
    if stop == "" then stop = "adjunct" elseif stop == "." then stop = "end" end
    first, last = own.first, own.last
  end
  if not first or stop == "\1" and left.touch ~= "\1" then return nil end
  if stop ~= "end" and stop ~= "," and stop ~= "adjunct" and stop ~= "-" and stop ~= ":"
     and stop ~= ";" and stop ~= "\1" then return nil end
  local frame = { cue = cue, subject = { { first = first, last = last } }, kind = "tail",
                  first = 1, last = left.touch == "\1" and left.at or left.at - 1,
                  start = left.at + (left.touch == "\1" and 1 or 0), inverted = true }
  local next_at = stop_at and match(u, "^[%s,:;.—–-]*()", stop_at)
  if stop == "," and not own then next_at = past_explained(u, next_at, x) end
  if (stop == "," or stop == "-" or stop == ":") and next_at <= #u then
    frame.kind, frame.resume = "middle", next_at
  end
  if stop == "," then frame.stop_at = stop_at end
  return frame
end

-- C, S said.  C, S said, C.
local function parenthesis (u, cue, x, left, stop_at, dash)
  if not (left.bound == "," or left.bound == "\1" or dashes[left.bound]) then return nil end
  local bound_at = left.bound_at
  local frame = { cue = cue, subject = left.subject, kind = "tail", first = 1,
                  last = left.bound == "\1" and bound_at or bound_at - 1,
                  start = left.bound == "\1" and bound_at + 1 or bound_at }
  local c, one = sub(u, stop_at, stop_at), left.subject[1]
  if not (cue.quoted or M.closes(cue.entry, x))
     or one and x.lang == "en" and sides.is_contact(u, one.first, one.last, x) then
    return nil
  end
  if cue.entry.form == "asked" and (c == "," or dash)
     and find(sub(u, cue.last + 1, stop_at), "%sfor%s") then
    return nil                                               -- we asked her for the papers, and
  end
  if c == "," or dash then
    local next_at = past:match(u, stop_at)
    if next_at <= #u then frame.kind, frame.resume = "middle", next_at end
    frame.loose = stop_at > skip(u, cue.last + 1)             -- C, S said on Monday, C
  end
  return frame
end

-- Is it a name, or an office with its article, and no clause?
local function is_whose (u, one, x)
  local piece = sub(u, one.first, one.last)
  if not find(piece, "^%u") and not articles[match(piece, "^%S+")] then return false end
  for word in gmatch(piece, "%S+") do
    if x.finite[lower(word)] then return false end
  end
  return true
end

-- C, S, the envoy, said.  C, the envoy, S, said.
local function explained (u, cue, x, left, stop_at, dash)
  if not left.head_at or left.pronoun then return nil end
  local subject, named = subject_of(left), false
  for _, one in ipairs(subject) do
    if not is_whose(u, one, x) then return nil end
    named = named or find(u, "^%u", one.first) ~= nil
  end
  return named and parenthesis(u, cue, x, { subject = subject, bound = left.head_bound,
                                            bound_at = left.head_at }, stop_at, dash) or nil
end

-- Narrows a subject to the paper that is named right before a participle, from its article on: they
-- welcomed the envoy's report stressing that. But who issues a statement saying that says it.
local function narrow_to_paper (u, subject, x)
  local one = subject[1]
  local piece = one and sub(u, one.first, one.last)
  if not piece or not x.papers[lower(match(piece, "%S+$"))] then return end
  local begin
  for at, word in gmatch(piece, "()(%S+)") do
    if articles[lower(word)] then begin = not find(lower(word), "^an?$") and at end
  end
  if begin then one.first = one.first + begin - 1 end
end

-- Behind "that" these begin no clause of their own: agreed on a deal that should open the road.
-- Some may open a condition: that should it rain.
local auxiliaries = {}
for word in gmatch([[is are was were am has have had will would can could may might must shall
    should do does did]], "%S+") do
  auxiliaries[word] = word ~= "should" and word ~= "had" and word ~= "were" and "no" or "if"
end

local function is_relative (u, at)
  local word, next_at = match(u, "^(%l+)%s+()", at)
  local kind = auxiliaries[word]
  return kind == "no" or kind ~= nil and not find(u, "^%u", next_at)
                         and not sides.is_subject(u, next_at)
end

-- S said that C; S said: C; S described A as B.
local function head (u, cue, x, left, at)
  local entry, subject = cue.entry, subject_of(left)
  if x.lang == "en" and is_relative(u, at) then return nil end
  if x.lang == "en" and not entry.as and #u - at < SHORT and not find(u, "\1", at, true)
     and not is_clause(u, at, x, true) then
    return nil                                                -- acknowledged that request
  end
  local relative = left.touch == "which" or left.touch == "who"
  if entry.tense == "ing" and left.touch then subject = {} end
  if entry.tense == "ing" then narrow_to_paper(u, subject, x) end
  return { cue = cue, kind = "head", first = at, last = #u, subject = subject,
           start = begin_of(left, cue.first), bound = left.bound or left.touch,
           follows = not relative and not cue.quoted and (#subject == 0 or entry.tense == "ing")
                     or nil,
           relative = relative and left.at or nil, impersonal = left.touch == "start" or nil }
end

-- Как отметил S, C.
local function as_inverted (u, cue, x, left)
  local first, last, stop, stop_at = behind(u, cue.last + 1, x)
  if not first or stop ~= "," or left.at > 1 then return nil end
  return { cue = cue, kind = "head", first = skip(u, stop_at + 1), last = #u, start = 1,
           subject = { { first = first, last = last } } }
end

-- Where what somebody else says ends: before ", and" with another subject behind it, whose clause
-- is the writer's again. Nil where there is none.
local function writers_own (u, first, x)
  local from, to = find(u, ",%s+and%s+", first)
  while from do
    if sides.is_subject(u, to + 1) or is_clause(u, to + 1, x, true) then return from - 1 end
    from, to = find(u, ",%s+and%s+", to)
  end
end

-- As S said, C.
local function as_frame (u, cue, x, left, at)
  if sub(u, at, at) ~= "," or left.bound_at ~= 1 then return nil end
  local first = skip(u, at + 1)
  return { cue = cue, kind = "head", first = first, last = writers_own(u, first, x) or #u,
           subject = left.subject, start = 1 }
end

-- S said, "C".
local function marked (u, cue, x, left, at, comma)
  if #left.subject == 0 and left.touch == "\1" then
    local frame = inverted(u, cue, x, left)
    if frame then return frame end
  end
  if left.bound == "\1" and comma and left.bound_at then      -- "C," S said, "C"
    return parenthesis(u, cue, x, left, comma)
  end
  local subject = subject_of(left)
  return { cue = cue, kind = "marks", first = at, last = #u, subject = subject,
           start = begin_of(left, cue.first), bound = left.bound or left.touch,
           follows = #subject == 0 or nil }
end

-- Is a subject people without a name, who "say": diplomats in Brussels?
local function say_so (u, subject, x)
  local one = subject[1]
  for word in gmatch(one and sub(u, one.first, one.last) or "", "%a+") do
    if x.anybody[lower(word)] and find(word, "s$") then return true end
  end
  return false
end

-- S said C. S told N C.
local function bare (u, cue, x, left, at)
  local entry, subject = cue.entry, subject_of(left)
  if entry.tell then at = sides.past_told(u, at, x, find(entry.form, "^assur") ~= nil) end
  local follows = left.touch == "and" or left.touch == "," and #subject == 0
                  or entry.tense == "ing"
  if left.touch == "," and #left.subject == 0 and entry.tense == "past"
     and x.adjunct[match(u, "^%l+", at)] and not find(u, "^there%s", at) then
    return nil                                               -- the ban, declared in May, would
  end
  local they_say = entry.form == "say" and say_so(u, subject, x)
  if not entry.say or x.lang ~= "en" or entry.tense == "base" and not they_say
     or entry.tense == "s" and entry.form ~= "says" or #subject == 0 and not follows
     or not at or not is_clause(u, at, x, entry.loose) then
    return nil
  end
  if entry.tense == "ing" then subject = {} end
  return { cue = cue, kind = "head", first = at, last = #u, subject = subject,
           start = begin_of(left, cue.first), bound = left.bound or left.touch,
           follows = #subject == 0 or nil }
end

local NEAR = 24          -- bytes before a word of saying in which the first word of all may stand

-- The word before a place where that is near the beginning, which may part it from what is written
-- before it: (I think). What stands further on the hits tell already (cues.lua).
local function opening_word (u, at)
  return at <= NEAR + 1 and match(sub(u, 1, at - 1), "(%S+)%s+$")
end

-- Letters by their bytes; and behind which bytes a word starts: elsewhere it is a half one, or of
-- an address.
local letters, starts = {}, {}
for b = 0, 255 do
  letters[b] = find(char(b), "%a") ~= nil
  starts[b] = find(char(b), "[%s\1\128-\191(]") ~= nil
end

-- Does a word stand somewhere? Found as bytes: a pattern would try at each.
local function has_word (u, word)
  local first, last = find(u, word, 1, true)
  while first do
    if not letters[byte(u, first - 1)] and not letters[byte(u, last + 1)] then return true end
    first, last = find(u, word, last + 1, true)
  end
  return false
end

-- A verb that reports only with "that", before a colon or beside marks, where there is none.
local function is_unanswered (u, cue, x)
  local entry = cue.entry
  if entry.say or entry.tail or entry.as or find(u, ":", cue.last, true)
     or find(u, "\1", cue.last, true)
     or has_word(u, "as") or has_word(u, "As") then           -- as S mentioned, C
    return false
  end
  for word in pairs(x.conj) do
    if find(u, word, cue.last, true) then return false end
  end
  return true
end

-- What X said: the object is elsewhere.
local gapped = { what = true, which = true, whom = true, how = true, why = true }
local as = { as = true, comme = true, ["как"] = true }

-- Nothing is reported yet: if it concludes that.
local conditional = { ["if"] = true, unless = true, whether = true, ["если"] = true, si = true }

-- What is done to somebody is no saying of theirs: was told that, is found in. "It was decided
-- that" is one.
local function is_passive (x, entry, left, kind)
  if x.lang ~= "en" or entry.tense ~= "past" or not left.passive then return false end
  return entry.tell or entry.that and not entry.say and kind ~= "that"
end

local QUOTED = 160       -- bytes before "saying" in which it stands that somebody is quoted as

-- Is somebody quoted as saying: the agency quoted S as saying, S was quoted as saying? And where
-- the words that name who that is begin and end, if they stand behind "quoted".
local function quoted_as (u, cue)
  local form = cue.entry.form
  if form ~= "saying" or sub(u, cue.first - 4, cue.first - 1) ~= " as " then return false end
  local from = cue.first > QUOTED and cue.first - QUOTED or 1
  local ahead = sub(u, from, cue.first - 1)
  local first, last = match(ahead, ".*%f[%a]quot%l+ +()[^,;\1]-() +as +$")
  if not first then first, last = match(ahead, ".*%f[%a]cit%l+ +()[^,;\1]-() +as +$") end
  if first and find(ahead, "^by%s", first) then              -- was quoted by N as saying
    return true, nil, nil, from + match(ahead, ".*()%f[%a]%l+%s+by%s", 1) - 1
  end
  if first then return true, from + first - 1, from + last - 2 end
  return find(ahead, "%f[%a]quoted +as +$") ~= nil
end

--- The frame around one word of saying, or nil.
---@param u string the sentence, opaque between marks
---@param cue table first, last, entry
---@param x table the language's words
---@return table? frame
function M.frame (u, cue, x)
  local entry = cue.entry
  if entry.source then return source_frame(u, cue, x) end
  if cue.first > 1 and not starts[byte(u, cue.first - 1)] then return nil end
  if is_unanswered(u, cue, x) then return nil end
  if cues.is_idle(x, entry, opening_word(u, cue.first)) then return nil end
  local kind, at, comma = after(u, cue.last + 1, x, entry)
  if kind == "words" and x.lang == "en" and not (entry.say or entry.tail or entry.as) then
    return nil                                                -- announced the visit
  end
  local left = before(u, cue.first, x)
  local quoted, first, last, passive = quoted_as(u, cue)
  cue.quoted = quoted
  if passive then left = before(u, passive, x) end
  if first and last >= first then left.subject = { { first = first, last = last } } end
  if left.denied or entry.tense == "base" and not left.willing and #left.subject == 0 then
    return nil
  end
  if conditional[left.bound] or is_passive(x, entry, left, kind) then return nil end
  if entry.as then
    at = match(u, "^%s+()[^,.;:]+ as ", cue.last + 1)
    return at and head(u, cue, x, left, at)
  end
  if kind == "that" or kind == "colon" then
    return (entry.say or entry.that) and head(u, cue, x, left, at) or nil
  end
  if as[left.touch] and left.touch ~= "as" then return as_inverted(u, cue, x, left) end
  if #left.subject == 0 and (kind ~= "marks" or left.pronoun) then
    local frame = kind == "stop" and explained(u, cue, x, left, at, comma)
                  or inverted(u, cue, x, left)
    if frame then return frame end
  end
  if kind == "marks" then return marked(u, cue, x, left, at, comma) end
  if gapped[left.bound] then return nil end
  if kind == "words" then return bare(u, cue, x, left, at) end
  if #left.subject == 0 then return nil end
  if as[left.bound] then return as_frame(u, cue, x, left, at) end
  return parenthesis(u, cue, x, left, at, comma)
end

return M
