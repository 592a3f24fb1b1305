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
-- @module lesdiplo.grammar.quote.frames
local lpeg = require "lpeg"
local atoms = require "lesdiplo.grammar.atoms"
local byte, find, match, reverse, sub = string.byte, string.find, string.match, string.reverse,
                                        string.sub
local small, pairs = atoms.small, pairs
_ENV = nil
local M = {}

local WINDOW = 260       -- bytes before a verb in which its subject begins
local SHORT = 45         -- bytes behind "that" which may be a thing, not a clause
local WORDS = 22         -- words in a subject
local CLAUSE = 40        -- words in which a clause's verb is looked for
local ADJUNCT = 16       -- words between a verb and "that"

local dashes = { ["—"] = true, ["–"] = true, ["--"] = true, ["-"] = true, ["―"] = true }

-- Words before which a subject begins.
local cut = {}
for word in ([[that what whom why how but while whereas because when if who which where although
  though as than so что но который которая которые если когда как а хотя чем que mais qui tandis
  alors comme si quand]])
  :gmatch "%S+" do
  cut[word] = true
end

-- The place behind blanks, commas and dashes.
local past = (lpeg.S" ,;:-" + "—" + "–" + "―")^0 * lpeg.Cp()

local function lower (word) return find(word, "[A-Z\xC3-\xD3]") and small(word) or word end

-- Left ------------------------------------------------------------------------------

-- The words before a place, from the last to the first: a function that gives each
-- with its positions, or a mark of punctuation alone.
local function backward (u, before)
  local from = before > WINDOW and before - WINDOW or 1
  local rev, at = reverse(sub(u, from, before - 1)), 1
  return function ()
    local a, c, b = match(rev, "^%s*()([,;:\1()])()", at)
    if not a then
      a, c, b = match(rev, "^%s*()([^%s,;:\1()]+)()", at)
      if not a then return nil end
      c = reverse(c)
    end
    at = b
    return c, before - b + 1, before - a      -- first, last
  end
end

-- One stretch of words up to a mark or a word that cuts: the stretch, what it
-- stopped at, where that stands.
local function chunk (next_word)
  local first, last, count = nil, nil, 0
  for word, a, b in next_word do
    if find(word, "^[,;:\1()]$") or dashes[word] then return first, last, word, a end
    local w = lower(word)
    if cut[w] then return first, last, w, a, b end
    first, last, count = a, last or b, count + 1
    if count > WORDS then return nil end
  end
  return first, last, "start", nil
end

-- Before "to say" and the like it counts all the same.
local willing = { like = true, wish = true, wishes = true, wished = true, want = true,
                  wants = true, wanted = true, went = true }

local articles = {}
for word in ([[the a an this these those his her its their our my your no any some
  of]]):gmatch "%S+" do
  articles[word] = true
end

-- What stands before a verb: whether it is denied; the subject, as one stretch or
-- several of an apposition; what bounds it and where. `touch` is the mark that
-- touches the verb where no words do.
local function before (u, at, x)
  local back, left = backward(u, at), { subject = {} }
  local word, a, b = back()
  while word do
    local w = lower(word)
    local tied = x.lang == "fr" and match(w, "%-(%a+)$")
    if tied and (x.he[tied] or x.she[tied] or x.they[tied]) then
      left.pronoun = { first = b - #tied + 1, last = b }
      word, a, b = back()
    elseif w == "to" then
      local next_word, first = back()
      if not next_word or not willing[lower(next_word)] then left.denied = true return left end
      word, a, b = back()
      if word and find(lower(word), "^would$") then word, a, b = back() end
      left.willing = first
    elseif x.denied[w] or find(w, "n['’]t$") then
      left.denied = true
      return left
    elseif x.between[w] or x.lang == "en" and find(w, "%l%lly$") and not find(word, "^%u") then
      left.auxiliary = left.auxiliary or w
      word, a, b = back()
    else
      break
    end
  end
  if not word then
    left.touch = "start"
    return left
  end
  local w = lower(word)
  if articles[w] then                          -- the report, their claims
    left.denied = true
    return left
  end
  if find(word, "^[,;:\1()]$") or dashes[word] or cut[w] or w == "and" or w == "et" then
    left.touch, left.at = w, a
    if word ~= "," then return left end
    local f2, l2, stop2, at2 = chunk(back)
    if not f2 then return left end
    left.chunk = { f2, l2, stop2, at2 }
    if stop2 == "," then
      local f1, l1, stop1, at1 = chunk(back)
      if f1 then left.head = { f1, l1, stop1, at1 } end
    end
    return left
  end
  local resumed = false
  local f, l, stop, stop_at, stop_end = chunk(function ()
    if not resumed then resumed = true return word, a, b end
    return back()
  end)
  if f then
    left.subject[1] = { first = f, last = l }
    left.bound, left.bound_at, left.bound_end = stop, stop_at, stop_end
    -- a few more words before: "Minister of Trade of Chad and Mali, Jan Dupont said"
  else
    left.touch = stop
  end
  return left
end

-- Right -----------------------------------------------------------------------------

local function skip (u, at) return match(u, "^%s*()", at) end

-- What follows a verb: "that" and where the content begins; "marks"; "colon";
-- "stop" and where; "words" and where they begin.
local function after (u, at, x, entry)
  local place, count, adjunct, plain, noun = at, 0, false, nil, nil
  while true do
    local p, c = match(u, "^%s*()([,;:.!?\1()])", place)
    if not p then
      local a, word, b = match(u, "^%s*()([^%s,;:\1()!?]+)()", place)
      if not a then return plain and "words" or "stop", plain or #u + 1 end
      local bare = match(word, "^(.-)%.$")
      if bare and b > #u then word, b = bare, b - 1 end
      if dashes[word] then
        if plain and not adjunct then return "words", plain end
        return "stop", a, "-"
      end
      local w = lower(word)
      if x.conj[w] and (count == 0 or adjunct or noun) then return "that", skip(u, b) end
      if count == 0 then
        plain = a
        adjunct = x.adjunct[w] or entry.tell or false
      elseif x.finite[w] then
        return "words", plain
      end
      if adjunct and count <= 2 and x.between[w] and find(word, "^%u") then
        plain = skip(u, b)               -- on Friday
      end
      noun = x.nouns[w] or false
      count = count + 1
      if count > ADJUNCT then return "words", plain end
      place = b
    elseif c == "\1" then
      if plain and not adjunct then return "words", plain end
      return "marks", p
    elseif c == ":" then
      if plain and not adjunct then return "words", plain end
      local next_at = skip(u, p + 1)
      return byte(u, next_at) == 1 and "marks" or "colon", next_at
    elseif c == "," then
      local next_at = skip(u, p + 1)
      if byte(u, next_at) == 1 then
        if plain and not adjunct then return "words", plain end
        return "marks", next_at, p
      end
      local word, b = match(u, "^([^%s,;:\1()]+)()", next_at)
      if word and x.lang ~= "en" and x.conj[lower(word)]
         and (count == 0 or adjunct or x.lang == "ru") then
        return "that", skip(u, b)
      end
      local resume = match(u, "^[%a ]+,%s*()%f[%a]that%f[%A]", next_at)
      if resume and count == 0 then return "that", skip(u, resume + 4) end
      if plain and not adjunct then return "words", plain end
      return "stop", p
    else
      if c == "(" or c == ")" then return plain and "words" or "stop", plain or p end
      if plain and not adjunct then return "words", plain end
      return "stop", p
    end
  end
end

-- The subject behind a verb: said the minister, the envoy to Oslo. Up to a mark, or
-- to a word that begins something else.
local behind_stop = {}
for word in ([[in on at during when after following while as before by to upon via through
  в на во после lors dans à après devant mardi mercredi jeudi vendredi samedi dimanche lundi
  who monday tuesday wednesday thursday friday saturday sunday today yesterday late
  вчера сегодня журналистам avant]]):gmatch "%S+" do
  behind_stop[word] = true
end

local function behind (u, at, x)
  local first, last, count, place = nil, nil, 0, at
  while true do
    local p, c = match(u, "^%s*()([,;:\1()!?])", place)
    if p then return first, last, c, p end
    local a, word, b = match(u, "^%s*()([^%s,;:\1()!?]+)()", place)
    if not a then return first, last, "end", #u + 1 end
    if dashes[word] then return first, last, "-", a end
    local stopped = find(word, "%.$") and (b > #u or find(u, "^%s*\1", b))
    if stopped then b = b - 1 end
    local w = lower(stopped and match(word, "^(.-)%.$") or word)
    if x.finite[w] or cut[w] then return nil end
    if behind_stop[w] and first then
      local of = w == "to" or w == "à" or w == "в" or w == "при"
      if not of then return first, last, "adjunct", a end
    end
    first, last, count = first or a, b - 1, count + 1
    if stopped then return first, last, "end", b end
    if count > 16 then return nil end
    place = b
  end
end

-- The end of a sentence's content, without its stop.
local stops = { ["…"] = true, ["—"] = true, ["–"] = true }

local function tail_of (u, last)
  while last > 0 do
    if find(u, "^[%s,;:.!?]", last) then last = last - 1
    elseif last > 2 and stops[sub(u, last - 2, last)] then last = last - 3
    else break
    end
  end
  return last
end
M.tail = tail_of

local pronouns = { it = true, they = true, we = true, he = true, she = true, i = true, you = true }

-- Does it look like a clause, with a verb of its own: not one inside "which" or
-- "that", nor the second of two (it set a date and has ...)? Behind most verbs a thing
-- may stand as well (noted the progress that ...): there the verb has to come before
-- any comma or relative. Behind `loose` ones the past of any verb will do.
local function is_clause (u, at, x, loose)
  local place, count, relative, joined, contact = at, 0, 0, false, false
  while count <= CLAUSE do
    local gap, word, b = match(u, "^([%s,;:()]*)([^%s,;:()]+)()", place)
    if not word then return false end
    local w = lower(word)
    local comma = count > 0 and find(gap, ",") ~= nil
    if not loose and (cut[w] or comma) then return false end
    local past_form = find(w, "%l%led$") ~= nil
    if cut[w] then
      relative = relative + 1
    elseif x.finite[w] and not contact and not joined and not comma then
      if count == 0 then return false end                     -- said is true
      if relative == 0 then return true end
      relative = relative - 1
    elseif loose and past_form and relative == 0 and count > 1 and not joined and not comma then
      local next_word = match(u, "^%s+([^%s,;:()]+)", b)
      if next_word ~= "by" and next_word ~= "in" and next_word ~= "to" then return true end
    end
    contact = count > 0 and pronouns[w]                       -- the support it needs
    joined = w == "and" or w == "or"
    count, place = count + 1, b
  end
  return false
end

-- Frames ----------------------------------------------------------------------------

local function subject_of (left)
  if #left.subject > 0 then return left.subject end
  local out = {}
  if left.touch == "," and left.chunk then
    out[1] = { first = left.chunk[1], last = left.chunk[2], apposition = true }
    if left.head then out[2] = { first = left.head[1], last = left.head[2] } end
  end
  return out
end

-- Where the frame itself begins, its subject or a conjunction before it included.
local function begin_of (left, at)
  if left.touch then return left.at or at end
  if left.bound_at then return left.bound_at end
  return left.subject[1] and left.subject[1].first or at
end

-- according to S, C.  C, according to S.
local function source_frame (u, cue, x)
  local first, last, stop, stop_at = behind(u, cue.last + 1, x)
  if cue.entry.own then
    first, last = cue.first, cue.last
    stop_at, stop = match(u, "^%s*()([,.\1]?)", cue.last + 1)
    if stop == "" and cue.first > 1 or stop == "." then stop = "end" end
    if stop == "" then stop, stop_at = ",", stop_at - 1 end
  end
  if not first or last - first > 160 then return nil end
  local lead = match(sub(u, 1, cue.first - 1), "()[%s,;]*$")
  local frame = { cue = cue, source = true,
                  subject = { { first = first, last = last, pronoun = cue.entry.own } } }
  local head_end = lead - 1
  local comma = find(sub(u, lead, cue.first - 1), ",") ~= nil
                or head_end > 0 and byte(u, head_end) == 1
  if head_end <= 0 or match(sub(u, 1, head_end), "^%a+$") then
    if stop ~= "," and stop ~= "\1" then return nil end
    frame.kind, frame.first, frame.last = "head", skip(u, stop_at + (stop == "," and 1 or 0)), #u
    frame.start = 1
  elseif comma and (stop == "end" or stop == "adjunct" or stop == "\1") then
    frame.kind, frame.first, frame.last, frame.start = "tail", 1, head_end, lead
  elseif comma and stop == "," then
    frame.kind, frame.first, frame.last, frame.start = "middle", 1, head_end, lead
    frame.resume = skip(u, stop_at + 1)
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
  local ends = left.touch == "," or left.touch == "\1" or dashes[left.touch or ""]
  if not ends or not left.at or not M.closes(cue.entry, x) then return nil end
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
  local c = sub(u, stop_at, stop_at)
  if not M.closes(cue.entry, x) then return nil end
  if c == "," or dash then
    local next_at = past:match(u, stop_at)
    if next_at <= #u then frame.kind, frame.resume = "middle", next_at end
  end
  return frame
end

-- S said that C; S said: C; S described A as B.
local function head (u, cue, x, left, at)
  local entry, subject = cue.entry, subject_of(left)
  if x.lang == "en" and not entry.as and #u - at < SHORT and not find(u, "\1", at, true)
     and not is_clause(u, at, x, true) then
    return nil                                                -- acknowledged that request
  end
  local relative = left.touch == "which" or left.touch == "who"
  if entry.tense == "ing" and left.touch then subject = {} end
  return { cue = cue, kind = "head", first = at, last = #u, subject = subject,
           start = begin_of(left, cue.first), bound = left.bound or left.touch,
           follows = not relative and (#subject == 0 or entry.tense == "ing") or nil,
           relative = relative and left.at or nil, impersonal = left.touch == "start" or nil }
end

-- Как отметил S, C.
local function as_inverted (u, cue, x, left)
  local first, last, stop, stop_at = behind(u, cue.last + 1, x)
  if not first or stop ~= "," or left.at > 1 then return nil end
  return { cue = cue, kind = "head", first = skip(u, stop_at + 1), last = #u, start = 1,
           subject = { { first = first, last = last } } }
end

-- As S said, C: what comes behind ", and" is the writer's again.
local function as_frame (u, cue, left, at)
  if sub(u, at, at) ~= "," or left.bound_at ~= 1 then return nil end
  local first = skip(u, at + 1)
  local last = find(u, ", and ", first, true)
  return { cue = cue, kind = "head", first = first, last = last and last - 1 or #u,
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

-- S said C.
local function bare (u, cue, x, left, at)
  local entry, subject = cue.entry, subject_of(left)
  local follows = left.touch == "and" or left.touch == "," and #subject == 0
                  or entry.tense == "ing"
  if not entry.say or x.lang ~= "en" or entry.tense == "base"
     or entry.tense == "s" and entry.form ~= "says" or #subject == 0 and not follows
     or not is_clause(u, at, x, entry.loose) then
    return nil
  end
  if entry.tense == "ing" then subject = {} end
  return { cue = cue, kind = "head", first = at, last = #u, subject = subject,
           start = begin_of(left, cue.first), bound = left.bound or left.touch,
           follows = #subject == 0 or nil }
end

-- Words before which a plain form (report, state) is a noun.
local before_noun = {}
for word in ([[of in on for at by from with about into under through during against between our
  your my this that these those its his her their a an the some any no every each]]):gmatch "%S+" do
  before_noun[word] = true
end

-- Is the word before a plain form one that makes it nobody's report: I think, will say, the
-- report? Most plain forms end here, so that nothing else of their sentence is read.
local function is_idle (u, cue, x)
  local word = match(sub(u, cue.first > 24 and cue.first - 24 or 1, cue.first - 1), "(%S+)%s+$")
  if not word then return false end
  local w = lower(word)
  if w == "to" then return false end                          -- would like to stress
  return before_noun[w] or x.denied[w] or x.self[w] or w == "you"
end

-- A verb that reports only with "that", before a colon or beside marks, where there is none.
local function is_unanswered (u, cue, x)
  local entry = cue.entry
  if entry.say or entry.tail or entry.as or find(u, "[:\1]", cue.last)
     or find(u, "%f[%a][Aa]s%f[%A]") then                     -- as S mentioned, C
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

--- The frame around one word of saying, or nil.
---@param u string the sentence, opaque between marks
---@param cue table first, last, entry
---@param x table the language's words
---@return table? frame
function M.frame (u, cue, x)
  local entry = cue.entry
  if entry.source then return source_frame(u, cue, x) end
  if cue.first > 1 and not find(sub(u, cue.first - 1, cue.first - 1), "[%s\1\128-\191(]") then
    return nil                                                -- an address, half a word
  end
  if is_unanswered(u, cue, x) or entry.tense == "base" and x.lang == "en" and is_idle(u, cue, x) then
    return nil
  end
  local left = before(u, cue.first, x)
  if left.denied or entry.tense == "base" and not left.willing and #left.subject == 0 then
    return nil
  end
  local kind, at, comma = after(u, cue.last + 1, x, entry)
  if entry.as then
    at = match(u, "^%s+()[^,.;:]+ as ", cue.last + 1)
    return at and head(u, cue, x, left, at)
  end
  if kind == "that" or kind == "colon" then
    return (entry.say or entry.that) and head(u, cue, x, left, at) or nil
  end
  if as[left.touch] and left.touch ~= "as" then return as_inverted(u, cue, x, left) end
  if #left.subject == 0 and (kind ~= "marks" or left.pronoun) then
    local frame = inverted(u, cue, x, left)
    if frame then return frame end
  end
  if kind == "marks" then return marked(u, cue, x, left, at, comma) end
  if gapped[left.bound] then return nil end
  if kind == "words" then return bare(u, cue, x, left, at) end
  if #left.subject == 0 then return nil end
  if as[left.bound] then return as_frame(u, cue, left, at) end
  return parenthesis(u, cue, x, left, at, comma)
end

return M
