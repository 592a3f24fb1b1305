--- The layer event: who did what to whom, when, and how that is meant.
--
-- A record stands on its trigger, the verb or noun that tells the act. The sides come
-- from its clause: the subject acts, the object and what prepositions tie is the other
-- side; a passive turns them. A noun's sides are those before it (Russia's war) and
-- behind (talks with Oman), else its verb's subject. Nothing is guessed.
-- @module lesdiplo.fact.events
local actors = require "lesdiplo.fact.actors"
local acts = require "lesdiplo.fact.acts"
local clauses = require "lesdiplo.fact.clauses"
local frames = require "lesdiplo.fact.frames"
local util = require "lesdiplo.util"
local concat, sort = table.concat, table.sort
local find, ipairs, require = string.find, ipairs, require
_ENV = nil
local M = {}

local FAR = 14           -- items behind a noun in which its sides may stand

-- Dates -----------------------------------------------------------------------------

local function is_day (m)
  return m and m.kind == "date" and m.row.type == "DATE" and m.row.value
         and find(m.row.value, "^%d%d%d%d") ~= nil
end

-- The date of a trigger: the nearest in its clause, else one that opens the sentence.
local function date_in (s, clause, first, last)
  for i = last + 1, clause.last do
    if s.c[i] == "T" and is_day(s.m[i]) then return s.m[i].row.value end
    if i > last + 1 and (s.taken[i] == "N" and s.e[i].noun and s.e[i].noun[1]) and clause.verb ~= last then break end
  end
  for i = first - 1, clause.first, -1 do
    if s.c[i] == "T" and is_day(s.m[i]) then return s.m[i].row.value end
  end
  local up = clause.up
  while up and up.kind ~= "rel" do
    for i = up.first, up.last do
      if i < first and s.c[i] == "T" and is_day(s.m[i]) and (i < (up.verb or s.n)) then
        return s.m[i].row.value
      end
    end
    up = up.up
  end
  local head = s.clauses[1]
  if clause ~= head and not head.verb then
    for i = head.first, head.last do
      if s.c[i] == "T" and is_day(s.m[i]) then return s.m[i].row.value end
    end
  end
end

-- Modality ------------------------------------------------------------------------------

local condition = { ["if"] = true, unless = true, whether = true }
local means = { aim = true, plan = true, seek = true, hope = true, want = true, intend = true, wish = true,
                expect = true, agree = true, promise = true, pledge = true, vow = true, commit = true,
                undertake = true, offer = true, propose = true, decide = true, resolve = true,
                prepare = true, aspire = true, try = true, look = true, ask = true, urge = true,
                call = true, advocate = true, need = true, encourage = true, request = true, demand = true }
local refuses = { refuse = true, decline = true, fail = true, reject = true }
local goes_on = { continue = true, begin = true, start = true, help = true, serve = true, work = true }
local habits = { regularly = true, annually = true, often = true, routinely = true, yearly = true }

local modality

-- How the act of a clause is meant; nil where it is only possible.
function modality (s, clause, depth)
  depth = depth or 0
  if depth > 8 then return "asserted" end
  if clause.possible then return nil end
  if clause.kind == "sub" and condition[clause.cue] then return nil end
  if clause.negated then return "negated" end
  if clause.modal then return "planned" end
  local up = clause.up
  if (clause.kind == "inf" or clause.kind == "gerund") and up and up.verb then
    local lemma = s.e[up.verb].lemma
    local outer = modality(s, up, depth + 1)
    if refuses[lemma] then return "negated" end
    if clause.kind == "gerund" and not means[lemma] or goes_on[lemma] then return outer end
    if outer == "asserted" then return "planned" end
    return outer
  end
  if clause.kind == "inf" then return "planned" end
  if (clause.kind == "part" or clause.kind == "coord") and up and not clause.finite then
    return modality(s, up, depth + 1)
  end
  if clause.verb and s.e[clause.verb].tense == "base" and up and up.modal and clause.kind == "coord" then
    return "planned"
  end
  for i = clause.first, clause.last do
    if s.c[i] == "W" and habits[clauses.text(s, i)] then return "habitual" end
  end
  return "asserted"
end

-- Sides --------------------------------------------------------------------------------

local sides = { with = true, to = true, from = true, against = true, between = true, on = true,
                ["for"] = true, of = true, toward = true, towards = true, ["in"] = true, by = true,
                at = true, among = true, regarding = true, about = true, over = true }

-- The parties behind a verb, up to an item: its objects and what prepositions tie.
-- Returns those, and those that "by" ties.
local function behind_verb (st, s, clause, own, last)
  local out, by = { people = {} }, { people = {} }
  for i = clause.verb + 1, last do
    if clauses.is_party(s, i) and s.c[i] ~= "o" then
      local p = clauses.governor(s, { first = clause.verb + 1 }, i)
      local form = p and s.e[p].form
      if form == "by" and (clause.passive or clause.tense == "ed") then actors.resolve(st, by, s, i, own)
      elseif not form or sides[form] then actors.resolve(st, out, s, i, own)
      end
    end
  end
  return out, by
end

-- The end of what belongs to a clause: of those that hang on it, too.
local function end_of (s, clause)
  local list, last = s.clauses, clause.last
  for k = 1, #list do
    if list[k] == clause then
      for j = k + 1, #list do
        local kind = list[j].kind
        if kind == "main" or kind == "coord" or kind == "resumed" then break end
        last = list[j].last
      end
      break
    end
  end
  return last
end

local function less (all, taken)
  local out = { people = all.people }
  for _, id in ipairs(all) do
    if not taken[id] then
      out[#out + 1] = id
      out[id] = true
    end
  end
  return out
end

-- Two sides of what one list tells: the first, and the others.
local function split (all)
  local source, target = { people = all.people }, { people = {} }
  for i, id in ipairs(all) do
    local out = i == 1 and source or target
    out[#out + 1] = id
    out[id] = true
  end
  return source, target
end

-- Who acts where the subject is a thing: all that its phrase names (our ties with
-- Oman began); whose the thing is that the verb takes (reaffirm Ghana's commitment).
local function told_before (st, s, clause, frame, own)
  local out = { people = {} }
  local first, last = clause.first, clause.verb - 1
  if not frame.before then first, last = clause.verb + 1, clause.verb + 4 end
  for i = first, last < s.n and last or s.n do
    if clauses.is_party(s, i) and (frame.before or s.c[i + 1] == "s" or s.c[i + 1] == "N") then
      actors.resolve(st, out, s, i, own)
    end
  end
  return #out > 0 and out or own
end

local function verb_sides (st, s, clause, frame)
  local own = actors.subject(st, s, clause)
  local others, by = behind_verb(st, s, clause, own, clause.last)
  local source, target
  if frame.before or frame.act.id == "reaffirm" and #own == 0 then
    own = told_before(st, s, clause, frame, own)
  end
  if clause.passive and not (clauses.stative[s.e[clause.verb].lemma]) then
    source, target = by, own
    if clause.reduced then
      target = others
    elseif #others > 0 then
      for _, id in ipairs(others) do
        if not target[id] then target[#target + 1], target[id] = id, true end
      end
    end
  else
    source, target = own, less(others, own)
    if #target == 0 and (frame.act.today or frame.act.both or frame.act.type == "provide_aid") then
      target = less(behind_verb(st, s, clause, own, end_of(s, clause)), own)
    end
  end
  if frame.act.both and #target == 0 and #source > 1 then source, target = split(source) end
  return source, target
end

local left_of = { x = true, X = true, W = true, E = true, I = true, N = true, A = true, s = true, R = true,
                  T = true, ["-"] = true, U = true, ["&"] = true, V = true }

-- The parties before a noun in its phrase: Russia's war, U.S.-EU talks, its visit.
local function before_noun (st, s, i, own)
  local out, k = { people = {} }, i - 1
  while k >= 1 and i - k <= 8 do
    local class = s.c[k]
    if class == "o" then
      actors.resolve(st, out, s, k, own)
      break
    end
    if class == "d" and s.c[k - 1] ~= "s" then break end
    if not left_of[class] and not (class == "," and s.c[k + 1] ~= "A" and s.c[k - 1] ~= "A" and s.c[k - 1] ~= "T")
       or class == "V" and s.taken[k] == "V" and s.e[k].tense ~= "ed" then break end
    if class == "&" and s.c[k - 1] ~= "A" and s.c[k - 1] ~= "x" then break end
    if class == "A" and not (s.c[k + 1] == "x" and s.taken[k + 1] == "V") then
      actors.resolve(st, out, s, k, own)
    end
    k = k - 1
  end
  return out
end

-- The parties behind a noun: of and by those who act, others whom it concerns.
local function behind_noun (st, s, i, own, act)
  local agents, others, p = { people = {} }, { people = {} }, nil
  for k = i + 1, i + FAR < s.n and i + FAR or s.n do
    local class = s.c[k]
    if class == "p" or class == "t" then
      p = s.e[k].form
      if not sides[p] then break end
    elseif s.taken[k] == "V" or class == ";" or class == "r" or class == "S" or class == "," and s.c[k + 1] ~= "A"
           or class == "b" or class == "h" or class == "m" or class == "u" then
      if not (s.taken[k] == "V" and s.e[k].tense == "ed") then break end
    elseif clauses.is_party(s, k) and p then
      local out = (p == "by" or p == "between" or p == "among" or p == "of" and act.both) and agents or others
      actors.resolve(st, out, s, k, own)
    elseif s.taken[k] == "N" and not p then
      break
    end
  end
  return agents, others
end

local function noun_sides (st, s, clause, i, frame)
  local own = actors.subject(st, s, clause)
  local source = before_noun(st, s, i, own)
  local agents, target = behind_noun(st, s, i, own, frame.act)
  for _, id in ipairs(agents) do
    if not source[id] then source[#source + 1], source[id] = id, true end
  end
  if #source == 0 and clause.verb and clause.verb < i and s.e[clause.verb].c ~= "b" then
    source = clause.asks and #clause.asks > 0 and s.c[i - 1] == "p" and clause.asks or own
  end
  target = less(target, source)
  if frame.act.both and #target == 0 and #source > 1 then source, target = split(source) end
  return source, target
end

-- Records -----------------------------------------------------------------------------

local function people_in (...)
  local out, seen = {}, {}
  for _, list in ipairs{ ... } do
    for _, id in ipairs(list.people) do
      if not seen[id] then out[#out + 1], seen[id] = id, true end
    end
  end
  return out
end

local function plain (ids)
  local out = {}
  for i, id in ipairs(ids) do out[i] = id end
  return out
end

-- An id for all that tell of one event: type, parties and the date as far as told.
local function event_id (row)
  local parties = {}
  for _, id in ipairs(row.source) do parties[#parties + 1] = id end
  for _, id in ipairs(row.target) do parties[#parties + 1] = id end
  sort(parties)
  return row.type .. ":" .. concat(parties, "+") .. (row.date and ":" .. row.date or "")
end

local today = { meet = true, visit = true, host_event = true, sign_agreement = true, attend_summit = true,
                open_embassy = true, sanction = true, provide_aid = true }

local function place_in (s, clause)
  for i = clause.first, clause.last do
    local m = s.m[i]
    if m and m.kind == "place" then return m.id end
  end
end

-- The clause whose tense holds for another: the finite one that it hangs on.
local function ruler (clause)
  while not clause.finite and clause.up and clause.kind ~= "rel" do clause = clause.up end
  return clause
end

-- The date of an act whose day is not told: what is done by saying it is done on the
-- document's day; what has been done, up to it; what will be, from it on.
local function open_date (st, clause, found)
  local day, act, how = st.today, found.frame.act, found.modality
  if not day or how == "habitual" then return nil end
  if how == "planned" then return found.verb and day .. "/.." or nil end
  if found.verb and not act.today and ruler(clause).perfect then return "../" .. day end
  if how ~= "asserted" then return nil end
  if act.today or found.verb and today[act.type] and clause.finite then return day end
end

local function record (st, s, clause, found)
  local act = found.frame.act
  local row = { type = act.type, rule = found.frame.where, modality = found.modality,
                source = plain(found.source), target = plain(found.target),
                participants = people_in(found.source, found.target) }
  row.cameo, row.plover = acts.codes(act, found.modality)
  row.date = date_in(s, clause, found.first, found.last)
  row.date = row.date or found.date or open_date(st, clause, found)
  st.last[act.type] = { source = found.source, target = found.target, date = row.date }
  row.place = place_in(s, clause)
  local a, b = s.a[clause.first], s.b[end_of(s, clause)]
  row.evidence_start, row.evidence_end = util.source(st.doc, a, b)
  local quote = actors.quote_at(st, s.a[found.first])
  if quote and quote.speaker then
    row.via = quote.speaker
    local by = actors.parties(st, quote.speaker)
    local own = false
    for _, id in ipairs(row.source) do own = own or by[id] end
    if not own and row.modality == "asserted" then row.modality = "reported" end
  end
  row.event = event_id(row)
  return row
end

local function keep (out, s, found, row)
  local n = #out.rows + 1
  out.positions[2 * n - 1], out.positions[2 * n] = s.a[found.first], s.b[found.last]
  out.rows[n] = row
end

-- Acts whose object does what a gerund behind it tells: thank Oslo for hosting.
local gives_cause = { praise = true, congratulate = true, criticise = true }

local act_announces = { statement = true, communique = true }

-- What a noun has from elsewhere: "this designation" is the one last told of; one that
-- a verb takes (wage war) or announces has the verb's date.
local function inherit (st, s, clause, i, found, out)
  local row, pointed
  for k = i - 1, i - 4 > 0 and i - 4 or 1, -1 do
    local form = clauses.form(s, k)
    if form == "this" or form == "these" or form == "such" then pointed = true end
    if s.c[k] == "d" or s.c[k] == "p" then break end
  end
  local before = pointed and st.last[found.frame.act.type]
  if before then
    if #found.source == 0 then found.source = before.source end
    if #found.target == 0 then found.target = before.target end
    return before.date
  end
  row = out.filled[i] or clause.announces or clause.up and clause.up.announces
  return row and (row.type == found.frame.act.type or not out.filled[i]) and row.date or nil
end

local function read_verb (st, s, clause, out)
  local frame, last, filler = frames.verb(s, clause)
  if not frame then return nil end
  local how = modality(s, clause)
  if not how then return nil end
  local found = { frame = frame, first = clause.verb, last = last, modality = how, verb = true }
  found.source, found.target = verb_sides(st, s, clause, frame)
  if frame.act.to or gives_cause[frame.act.type] then clause.asks = found.target end
  if #found.source + #found.target == 0 then return nil end
  local row = record(st, s, clause, found)
  keep(out, s, found, row)
  if filler then out.filled[filler] = row end
  if act_announces[frame.act.id] then clause.announces = row end
  return found
end

local function read_noun (st, s, clause, i, out)
  local frame, last = frames.noun(s, i)
  if not frame then return end
  local how = "asserted"
  if clause.verb and clause.verb < i and (clause.kind == "inf" or clause.modal or clause.possible) then
    how = modality(s, clause) or "planned"
  end
  local found = { frame = frame, first = i, last = last, modality = how }
  found.source, found.target = noun_sides(st, s, clause, i, frame)
  local date = inherit(st, s, clause, i, found, out)
  local sides_told = #found.source + #found.target
  if sides_told == 0 or frame.act.both and frame.act.state and sides_told < 2 then return end
  found.date = date
  keep(out, s, found, record(st, s, clause, found))
end

local function read_sentence (st, s, out)
  local covered = 0
  out.filled = {}
  for _, clause in ipairs(s.clauses) do
    actors.subject(st, s, clause)
    for i = clause.first, clause.last do
      if i == clause.verb then
        local found = s.e[i].verb and read_verb(st, s, clause, out)
        if found then covered = found.last end
      elseif s.taken[i] == "N" and s.e[i].noun and i > covered then
        read_noun(st, s, clause, i, out)
      end
    end
  end
end

local reads = { paragraph = true, item = true, caption = true, heading = true, table = true, byline = false }

-- The sentences of the blocks that tell something.
local function sentences_of (doc)
  local out, all = {}, {}
  local blocks, at = {}, 1
  for i, block in doc:blocks():each() do blocks[i] = { block.first, block.last, block.kind } end
  for i, span in doc:sentences():each() do
    all[i] = { first = span.first, last = span.last }
    while blocks[at] and blocks[at][2] < span.first do at = at + 1 end
    local block = blocks[at]
    if not block or reads[block[3]] or block[1] > span.first then out[#out + 1] = all[i] end
  end
  return out, all
end

--- What the layers of a document are made of: its state and its sentences as clauses.
---@param doc Doc
---@return table state
---@return table[] sentences
function M.read (doc)
  local told, all = sentences_of(doc)
  local st = actors.new(doc, all)
  local text, out = doc.text, {}
  for i, one in ipairs(told) do
    local from = actors.first_mention(st, one.first)
    out[i] = clauses.read(text:sub(one.first, one.last), one.first, st.mentions, from)
  end
  return st, out
end

-- Languages that are read elsewhere.
local other = { zh = "lesdiplo.fact.han", ru = "lesdiplo.fact.russian" }

--- The layer of a document.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.event (doc)
  local out = { positions = {}, rows = {} }
  if other[doc.lang] then return require(other[doc.lang]).event(doc) end
  if doc.lang ~= "en" then return out.positions, out.rows end
  local st, sentences = M.read(doc)
  st.last = {}
  for _, s in ipairs(sentences) do read_sentence(st, s, out) end
  return out.positions, out.rows
end

M.sentences_of, M.other = sentences_of, other
M.end_of, M.modality, M.behind_noun, M.before_noun = end_of, modality, behind_noun, before_noun
return M
