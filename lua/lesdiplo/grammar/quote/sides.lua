--- What stands on either side of a word of saying, in a sentence that is opaque between marks:
-- on the left the subject and what bounds it, on the right where the content begins.
-- @module lesdiplo.grammar.quote.sides
local lpeg = require "lpeg"
local atoms = require "lesdiplo.grammar.atoms"
local set = require "lesdiplo.util".words
local _, native = ...
local parted = native.base.parted
local byte, find, gmatch = string.byte, string.find, string.gmatch
local match, sub = string.match, string.sub
local small = atoms.small
_ENV = nil
local M = {}

local WINDOW = 260       -- bytes before a verb in which its subject begins
local WORDS = 22         -- words in a subject
local CLAUSE = 40        -- words in which a clause's verb is looked for
local PARENTHESIS = 80   -- bytes of an aside between a French verb and "que"
local ADJUNCT = 16       -- words between a verb and "that"

--- Dashes, as a set.
M.dashes = { ["—"] = true, ["–"] = true, ["--"] = true, ["-"] = true, ["―"] = true }
local dashes = M.dashes

-- Words before which a subject begins.
local cut = set [[that what whom why how but while whereas because when if who which where although
  though as than so что но который которая которые если когда как а хотя чем que mais qui tandis
  alors comme si quand]]

local determiners = set "the a an this that these those his her its their our my your"
--- Words that make a noun of what is behind them, as a set.
M.articles = set "the a an this that these those his her its their our my your no any some of"
local articles = M.articles
local pronouns = set "it they we he she i you"
-- Is it a pronoun with its verb: they've, there's; or, where a subject may stand before it, a verb
-- that is denied: doesn't?
local function is_contracted (w, count)
  local head = match(w, "^(%l+)['\xE2]")
  return head ~= nil and (pronouns[head] or head == "there" or head == "that" and count == 0
                          or count > 0 and (find(w, "n't$") or find(w, "n’t$"))) and true or false
end
local be = set "is are was were be been being"

-- Words in small letters: those met of late, forgotten when they are MOST.
local MOST = 8192
local lowered, met = {}, 0

--- A word in small letters.
function M.lower (word)
  local low = lowered[word]
  if low then return low end
  low = small(word)
  if met == MOST then lowered, met = {}, 0 end
  if #word <= 32 then lowered[word], met = low, met + 1 end
  return low
end
local lower = M.lower

--- The place behind the blanks at a place.
function M.skip (u, at) return match(u, "^%s*()", at) end
local skip = M.skip


-- Left ------------------------------------------------------------------------------

-- Marks of punctuation, as a set: each is a word of its own.
local punctuation = set ", ; : ( ) \1"
local _, word_before = parted ",;:()\1"

-- The words before a place, from the last to the first: a function that gives each
-- with its positions, or a mark of punctuation alone.
local function backward (u, before)
  local from = before > WINDOW and before - WINDOW or 1
  return function ()
    local word, first, last = word_before(u, before, from)
    before = first or from
    return word, first, last
  end
end

-- One stretch of words up to a mark or a word that cuts: the stretch, what it
-- stopped at, where that stands.
local function chunk (next_word, word, a, b)
  local first, last, count = nil, nil, 0
  if not word then word, a, b = next_word() end
  while word do
    if punctuation[word] or dashes[word] then return first, last, word, a end
    local w = lower(word)
    if cut[w] then return first, last, w, a end
    first, last, count = a, last or b, count + 1
    if count > WORDS then return nil end
    word, a, b = next_word()
  end
  return first, last, "start", nil
end

-- Before "to say" and the like it counts all the same.
local willing = set "like wish wishes wished want wants wanted went"

-- Words with the ending of an adverb that are none.
local nouns = set "daily weekly monthly quarterly family assembly ally reply supply monopoly"
local Q, T, Y = byte "q", byte "t", byte "y"

-- Goes left over the words between a verb and its subject: the first one that is none of them;
-- nil and true where they deny what follows.
local function auxiliaries (back, x, left)
  local word, a, b = back()
  while word do
    local w = lower(word)
    local tied = x.lang == "fr" and match(w, "%-(%a+)$")
    if tied and (x.he[tied] or x.she[tied] or x.they[tied]) then
      left.pronoun = { first = b - #tied + 1, last = b }
      word, a, b = back()
    elseif w == "to" then
      local wish, first = back()
      if not wish or not willing[lower(wish)] then return nil, true end
      word, a, b = back()
      if word and find(lower(word), "^would$") then word, a, b = back() end
      left.willing = first
    elseif x.denied[w] or byte(w, -1) == T and (find(w, "n't$") or find(w, "n’t$")) then
      return nil, true
    elseif x.between[w] or byte(w, -1) == Y and x.lang == "en" and find(w, "%l%lly$")
           and not find(word, "^%u") and not nouns[w] then
      left.passive = left.passive or be[w]
      left.own = (x.he[w] or x.she[w]) and { first = a, last = b } or nil      -- il a dit
      word, a, b = back()
    else
      break
    end
  end
  return word, a, b
end

local relatives = set "who which qui который которая которые"

-- Nobody says it: neither side said, no official said; but No 10 did.
local nobody = set "Neither neither Nobody nobody None none No no Nothing nothing"

-- What stands before a comma that touches the verb: an apposition and what it explains (Berg,
-- the envoy,), or behind a relative clause only that (Berg, who is the envoy,). What ends both
-- on the left is head_bound, at head_at; before a name with a clause an office may come first
-- (the envoy, Berg, who was there,).
local function apposition (u, left, back)
  local first, last, stop = chunk(back)
  local clause = relatives[stop]
  if clause then stop = back()
  elseif first then left.chunk = { first, last }
  else return
  end
  if stop ~= "," then return end
  local stop_at
  first, last, stop, stop_at = chunk(back)
  if not first then return end
  left.head, left.head_bound, left.head_at = { first, last }, stop, stop_at
  if not clause or stop ~= "," or not find(u, "^%u", first) then return end
  first, last, stop, stop_at = chunk(back)
  if first and articles[lower(match(u, "^%S+", first))] and stop_at then
    left.chunk, left.head_bound, left.head_at = { first, last }, stop, stop_at
  end
end

-- A clause may open with these, and goes on with its subject; the first of them bound it.
local opening = { ["and"] = true, yet = true, so = true, ["then"] = false, now = false,
                  like = false }
-- Nobody is named beside these, as a rule; with the others somebody may be: the minister and I.
local alone = set "he she it we they"

-- Takes from the words up to a verb what is not its subject: the conjunction of the sentence (And
-- he said), the clause before it (they met and he said), what is tied to a pronoun (we've said).
-- A conjunction is then what bounds it.
local function narrow (u, left)
  local subject = left.subject[1]
  local piece = sub(u, subject.first, subject.last)
  local tied = match(piece, "()'%l%l?$") or match(piece, "()\xE2\x80\x99%l%l?$")
  if tied and pronouns[lower(match(sub(piece, 1, tied - 1), "%a+$") or "")] then
    subject.last = subject.first + tied - 2
    piece = sub(u, subject.first, subject.last)
  end
  local at, begin, pronoun = match(piece, "%s()and%s+()(%a+)$")
  local word = "and"
  if not at or not alone[pronoun] then
    word, begin = match(piece, "^(%a+)%s+()")
    at = 1
    if not word or opening[lower(word)] == nil then return end
  end
  if at > 1 or left.bound ~= "start" and opening[lower(word)] then
    left.bound, left.bound_at = lower(word), subject.first + at - 1
  end
  subject.first = subject.first + begin - 1
end

--- What stands before a verb, as a table: denied; passive, whether it is done to somebody;
-- willing (would like to); pronoun, one that is tied to it (a-t-il); subject, as an array of
-- stretches; bound and bound_at, what ends it on the left. Where no words of a subject touch the
-- verb, touch and at are what does, and behind a comma chunk and head the words before that,
-- which head_bound ends on the left, at head_at.
function M.before (u, at, x)
  local back, left = backward(u, at), { subject = {} }
  local word, a, b = auxiliaries(back, x, left)
  if not word then
    local is_own = left.own and not a
    left.denied, left.touch = a, not a and not is_own and "start" or nil
    left.subject[1], left.bound = is_own and left.own or nil, is_own and "start" or nil
    return left
  end
  local w = lower(word)
  local parts = punctuation[word] or dashes[word] or cut[w] or w == "and" or w == "et"
  if articles[w] then                          -- the report, their claims
    left.denied = true
  elseif parts and left.own then
    left.subject[1], left.bound, left.bound_at = left.own, w, a
  elseif parts then
    left.touch, left.at = w, a
    if word == "," then apposition(u, left, back) end
  else
    local first, last, stop, stop_at = chunk(back, word, a, b)
    if first then
      left.subject[1] = { first = first, last = last }
      left.denied = be[match(u, "^[Tt]here%s+(%a+)", first)]    -- there are reports that
                    or nobody[match(u, "^%a+", first)] and not find(u, "^%a+%s+%d", first)
      left.bound, left.bound_at = stop, stop_at
      if x.lang == "en" then narrow(u, left) end
    else
      left.touch = stop
    end
  end
  return left
end


-- Right -----------------------------------------------------------------------------

--- Does a subject begin at a place, by the word that stands there: the, we?
function M.is_subject (u, at)
  local word = match(u, "^%s*(%S+)", at)
  return word ~= nil and (determiners[word] or pronouns[word]) or false
end

-- Does a clause follow "how", and not what it is about: how the road was built, how much?
local function tells_how (u, at)
  local word = match(u, "^%s+(%S+)", at)
  return word ~= nil and (find(word, "^%u") ~= nil or articles[word] or pronouns[word] or false)
end

-- and I quote, “C”
local blank = lpeg.S" "^1
local verbatim = (atoms.ci "and" * blank)^-1 * (atoms.ci "i" * blank)^-1 * atoms.ci "quote"
                 * lpeg.S",:"^-1 * blank * #lpeg.P"\1" * lpeg.Cp()

-- Words end at these on the right.
local word_at = parted ",;:()\1!?"

-- Goes right over the words behind a verb. `plain` is where the first of them stands, `adjunct`
-- whether they only say when and where it was said, or to whom.
local Right = {}

-- What stands behind the words so far: they begin the content, or stop it.
local function words_or (r, kind, at, comma)
  if r.plain and not r.adjunct then return "words", r.plain end
  return kind, at, comma
end

local whom = set "me us him them you reporters journalists applause cheers laughter lawmakers"

-- Is somebody told, behind "to": said to the envoy that; not claimed to be?
local function tells_whom (u, at)
  local word = match(u, "^%s+([^%s,;:.]+)", at)
  return word ~= nil and (whom[word] or determiners[word] or find(word, "^%u") ~= nil)
end

-- Where what is said begins behind a word for "that", from a to b - 1: que, qu'il. Nil where it is
-- none.
local function behind_that (r, w, a, b)
  if r.x.conj[w] then return (w ~= "how" or tells_how(r.u, b)) and skip(r.u, b) or nil end
  if byte(w) ~= Q or r.x.lang ~= "fr" then return nil end
  return match(r.u, "^[Qq]u'()", a) or match(r.u, "^[Qq]u’()", a)
end

function Right.word (r, word, a, b)
  local u, x = r.u, r.x
  if dashes[word] then return words_or(r, "stop", a, "-") end
  local w = lower(word)
  local that = (r.count == 0 or r.adjunct or r.noun) and behind_that(r, w, a, b)
  if that then return "that", that end
  if r.count == 0 then
    r.plain = a
    r.adjunct = x.adjunct[w] or r.entry.tell or w == "to" and r.entry.loose and tells_whom(u, b)
                and not find(r.entry.form, "^add") or false
  elseif x.finite[w] then
    return "words", r.plain
  end
  if r.adjunct and w == "by" and determiners[match(u, "^%s+(%a+)", b)] then
    return "words", r.plain                                   -- highlighted by an attack that
  end
  if r.adjunct and r.count <= 2 and x.between[w] and find(word, "^%u") then
    r.plain = skip(u, b)                                      -- on Friday
  end
  r.noun, r.count = x.nouns[w] or false, r.count + 1
  if r.count > ADJUNCT then return "words", r.plain end
end

function Right.comma (r, p)
  local u, x = r.u, r.x
  local at = skip(u, p + 1)
  local quoted = x.lang == "en" and verbatim:match(u, at)
  if quoted then return "marks", quoted end
  if byte(u, at) == 1 then return words_or(r, "marks", at, p) end
  local word, b = match(u, "^([^%s,;:\1()]+)()", at)
  local that = word and x.lang ~= "en" and (r.count == 0 or r.adjunct or x.lang == "ru")
               and behind_that(r, lower(word), at, b)
  if that then return "that", that end
  local resume = x.lang == "en" and match(u, "^[%a ]+,%s*()%f[%a]that%f[%A]", at)
  if resume and r.count == 0 then return "that", skip(u, resume + 4) end
  if x.lang == "fr" and r.count == 0 then
    resume = match(u, "^[^%s,;:\1][^,;:\1]+,%s*()qu", at)
    that = resume and resume - at < PARENTHESIS
           and behind_that(r, lower(match(u, "^[^%s,;:\1()]+", resume)), resume,
                           match(u, "^[^%s,;:\1()]+()", resume))
    if that then return "that", that end
  end
  return words_or(r, "stop", p)
end

function Right.colon (r, p)
  local at = skip(r.u, p + 1)
  return words_or(r, byte(r.u, at) == 1 and "marks" or "colon", at)
end

--- What follows a verb: "that", "colon" or "marks", and where the content begins; "words", and
-- where they begin; "stop", and where; of marks behind a comma, where that is.
---@return string kind
---@return integer at
---@return integer|string? comma the comma's place, or "-" for a dash
function M.after (u, at, x, entry)
  local r = { u = u, x = x, entry = entry, count = 0, adjunct = false }
  while true do
    local kind, place, comma
    local p, word, b = word_at(u, at)
    local c = sub(u, p, p)
    if b > p and c ~= "." then
      if b > #u and find(word, ".%.$") then word, b = sub(word, 1, -2), b - 1 end
      kind, place, comma = Right.word(r, word, p, b)
      at = b
    elseif c == "" then return r.plain and "words" or "stop", r.plain or #u + 1
    elseif c == "\1" then kind, place = words_or(r, "marks", p)
    elseif c == ":" then kind, place = Right.colon(r, p)
    elseif c == "," then kind, place, comma = Right.comma(r, p)
    elseif c == "(" or c == ")" then kind, place = r.plain and "words" or "stop", r.plain or p
    else kind, place = words_or(r, "stop", p)
    end
    if kind then return kind, place, comma end
  end
end

-- The subject behind a verb: said the minister, the envoy to Oslo. Up to a mark, or
-- to a word that begins something else.
local behind_stop = set [[in on at during when after following while as before by to upon via
  through  в на во после lors dans à après devant mardi mercredi jeudi vendredi samedi dimanche
  lundi
  who monday tuesday wednesday thursday friday saturday sunday today yesterday late
  вчера сегодня журналистам avant]]

--- The subject behind a verb.
---@return integer? first
---@return integer? last
---@return string? stop what it ends at: a mark, "adjunct", "-" or "end"
---@return integer? stop_at
function M.behind (u, at, x)
  local first, last, count, place = nil, nil, 0, at
  while true do
    local a, word, b = word_at(u, place)
    if a > #u then return first, last, "end", #u + 1 end
    if a == b then return first, last, sub(u, a, a), a end
    if dashes[word] then return first, last, "-", a end
    local aside = find(word, "%.$") and (find(u, "^%s+\xE2\x80[\x93-\x95]%s+\1", b)
                                        or find(u, "^%s+%-%s+\1", b))
    local stopped = aside or find(word, "%.$") and (b > #u or find(u, "^%s*\1", b))
    if stopped then b = b - 1 end
    local w = lower(stopped and match(word, "^(.-)%.$") or word)
    if x.finite[w] or cut[w] then return nil end
    if behind_stop[w] and first then
      local of = w == "to" or w == "à" or w == "в" or w == "при"
      if not of then return first, last, "adjunct", a end
    end
    first, last, count = first or a, b - 1, count + 1
    if stopped then return first, last, aside and "-" or "end", b end
    if count > 16 then return nil end
    place = b
  end
end

local stops = { ["…"] = true, ["—"] = true, ["–"] = true, ["，"] = true, ["；"] = true }

--- Where a sentence's content ends, without its stop.
function M.tail (u, last)
  while last > 0 do
    if find(u, "^[%s,;:.!?]", last) then last = last - 1
    elseif last > 2 and stops[sub(u, last - 2, last)] then last = last - 3
    else break
    end
  end
  return last
end
-- Words behind which an article begins no new subject: of the, and the, all the.
local leads = set [[of and or to between among across than all both half such even only just when as
  because into onto within toward towards against]]

local TOLD = 7           -- words of those who are told

local only_told = set "us me him them you reporters journalists lawmakers parliament"

--- Behind those who are told, where a subject begins: told the ministers the road, told us it.
-- Where nobody is, the place itself; nil where somebody has to be.
function M.past_told (u, at, x, wanted)
  local first, place = match(u, "^([^%s,;:()]+)()", at)
  if not first then return at end
  local count, previous = 1, lower(first)
  if only_told[previous] then return skip(u, place) end
  if leads[previous] then return not wanted and at or nil end
  while count < TOLD and not cut[previous] and (previous == "of" or not x.adjunct[previous]) do
    local word, b = match(u, "^%s+([^%s,;:()]+)()", place)
    local w = word and lower(word)
    if not word or x.finite[w] then break end
    if (determiners[w] or pronouns[w] or is_contracted(w, 0)) and not leads[previous] then
      return b - #word
    end
    count, previous, place = count + 1, w, b
  end
  return not wanted and at or nil
end

--- Does it look like a clause, with a verb of its own: not one inside "which" or
-- "that", nor the second of two (it set a date and has ...)? Behind most verbs a thing
-- may stand as well (noted the progress that ...): there the verb has to come before
-- any comma or relative. Behind `loose` ones the past of any verb will do.
function M.is_clause (u, at, x, loose)
  local place, count, relative, joined, contact, previous = at, 0, 0, false, false, nil
  while count <= CLAUSE do
    local gap, word, b = match(u, "^([%s,;:()]*)([^%s,;:()]+)()", place)
    if not word then return false end
    local w = lower(word)
    local comma = count > 0 and find(gap, ",") ~= nil
    if not loose and (cut[w] or comma) then return false end
    if cut[w] then
      relative = relative + 1
    elseif relative == 0 and not joined and is_contracted(w, count) then
      return true
    elseif x.finite[w] and not contact and not joined and not comma and previous ~= "to"
           and word ~= "May" then
      if count == 0 then return false end                     -- said is true
      if relative == 0 then return true end
      relative = relative - 1
    elseif loose and relative == 0 and count > 1 and not joined and not comma
           and find(w, "%l%led$") then
      local next_word = match(u, "^%s+([^%s,;:()]+)", b)
      if next_word ~= "by" and next_word ~= "in" and next_word ~= "to" then return true end
    end
    local begins = count > 0 and determiners[w] and not leads[previous] and not x.adjunct[previous]
    if begins and not loose then
      relative = relative + 1                                 -- the role the council plays
    end
    if joined and x.forms[w] then return false end            -- and noted
    previous, contact = w, count > 0 and pronouns[w]          -- the support it needs
    joined = w == "and" or w == "or"
    count, place = count + 1, b
  end
  return false
end

--- Does what looks like a subject have a clause in it, whose subject stands by the verb: a policy
-- the ministry announced? But not what is said so: like our minister said.
function M.is_contact (u, first, last, x)
  local previous
  for word in gmatch(sub(u, first, last), "%S+") do
    local w = lower(word)
    if previous and determiners[w] and not leads[previous] and not x.adjunct[previous]
       and previous ~= "like" then
      return true
    end
    previous = w
  end
  return false
end

return M
