--- Why a pattern matches, and why not: plans, how far it got, near misses.
-- @module lesdiplo.query.explain
local build = require "lesdiplo.query.build"
local compile = require "lesdiplo.query.compile"
local lpeg = require "lpeg"
local pattern = require "lesdiplo.query.pattern"
local util = require "lesdiplo.util"
local _, native = ...
local P, Cmt = lpeg.P, lpeg.Cmt
local concat, format, sort = table.concat, string.format, table.sort
local error, ipairs, pairs = error, ipairs, pairs
local floor, logarithm, min = math.floor, math.log, math.min
local rawlen, setmetatable, tostring = rawlen, setmetatable, tostring
local tokens = native.tokens
_ENV = nil
local M = {}

local SHOWN_MOST = 20      -- sentences that the explanation of a document shows
local FOUND_MOST = 3       -- tokens that may stand in the place of what is missing

local function percent (part, all)
  return all > 0 and format("%.2f %%", 100 * part / all) or "-"
end

-- Plans ----------------------------------------------------------------------------

local Plan = { __name = "Plan" }

local WIDE = 72

-- What a policy takes, and how it is looked for.
local taken = {
  first = "the match that LPeg would take",
  regular = "the first match when all alternatives are tried",
  longest = "the longest match that begins at a place: all of them are tried",
  shortest = "the shortest match that begins at a place: none longer is tried",
  all = "every match: all that begin at a place",
}
local behind = { [true] = "hits may overlap", [false] = "the next one begins behind it" }

local unit_names = { sentence = "sentence", block = "block", doc = "document" }

local function choice_of (plan)
  local unit = unit_names[plan.within]
  if plan.choice == "postings" then
    return format("the %ss that hold %s: at most %s of %s", unit, util.fit(plan.by, WIDE),
                  util.count(plan.candidates), util.count(plan.units))
  end
  return format("every %s, %s in all: %s", unit, util.count(plan.units),
                plan.unplanned and "it was told not to plan"
                or #plan.needs == 0 and "no word is needed"
                or "what is needed is too frequent for postings to help")
end

function Plan.__tostring (plan)
  local out = { "pattern    " .. plan.pattern }
  out[2] = format("policy     %s: %s; %s", plan.policy, taken[plan.policy], behind[plan.overlap])
  for _, need in ipairs(plan.needs) do
    out[#out + 1] = format("needs      %s: %s of %s tokens (%s)", util.fit(need.what, WIDE),
      util.count(need.tokens), util.count(plan.tokens), percent(need.tokens, plan.tokens))
  end
  if #plan.needs == 0 then out[#out + 1] = "needs      no word" end
  out[#out + 1] = "choice     " .. choice_of(plan)
  if #plan.layers > 0 then
    out[#out + 1] = format("layers     %s: made of the documents that are read",
                           concat(plan.layers, ", "))
  end
  local more = plan.remembers and "; what failed is remembered, not tried again" or ""
  out[#out + 1] = format("cost       about %s tokens of %s%s", util.count(plan.cost),
                         util.count(plan.tokens), more)
  return concat(out, "\n")
end

local function count_units (corpus, unit)
  if unit == "doc" then return #corpus end
  local count = 0
  for doc in corpus:docs() do count = count + tokens.units(doc, unit) end
  return count
end

--- How corpus:find would look for a pattern: what counts as a hit, what it needs, how
-- many tokens that holds for, and which units are looked at.
---@param p Pattern
---@param corpus Corpus
---@param options table? those of corpus:find
---@return table plan
function M.plan (p, corpus, options)
  options = compile.options("plan(corpus, options)", options)
  compile.check(p)
  local within, policy = options.within or "sentence", options.policy or "first"
  local c = compile.compile(corpus, p, policy, nil, within)
  local needs, all = compile.needs(c, p)
  local rarest = options.plan ~= false and compile.rarest(c, p) or nil
  local units = count_units(corpus, within)
  local ways, costly = build.ways(p, within)
  local plan = {
    pattern = tostring(p), policy = policy, within = within, needs = {}, tokens = all,
    units = units, overlap = options.overlap == true or policy == "all",
    unplanned = options.plan == false, remembers = ways > costly,
    choice = rarest and "postings" or "scan", by = rarest and tostring(rarest.test),
  }
  for i, need in ipairs(needs) do
    plan.needs[i] = { what = tostring(need.test), tokens = need.count }
  end
  local seen = {}
  for _, mark in ipairs(c.marks) do seen[mark[2]] = true end
  plan.layers = util.keys(seen)
  plan.candidates = rarest and min(rarest.count, units) or units
  plan.cost = units > 0 and plan.candidates * all // units or 0
  return setmetatable(plan, Plan)
end


-- How far it got -----------------------------------------------------------------------

-- The elements of a pattern in the order in which they are written: what stands
-- for tokens or asks about them, not what holds it together. Their places by
-- element, and the choice that each is part of, if any, are added to `of`.
local function elements (p, of, choice)
  if p.op == "choice" then choice = choice or p end
  if p.p then elements(p.p, of, choice) end
  for _, item in ipairs(p) do elements(item, of, choice) end
  for _, name in ipairs(util.keys(p.rules or {})) do elements(p.rules[name], of, choice) end
  local holds = (p.p and p.op ~= "where") or rawlen(p) > 0 or p.rules
  if not holds and p.op ~= "seq" and p.op ~= "gap" and p.op ~= "ref" and not of.rank[p] then
    of[#of + 1] = p
    of.rank[p], of.choice[p] = #of, choice or p
  end
  return of
end

-- Watches the elements of a pattern: how often each was `tried` and `passed`, and
-- of those that were tried in vain the one that is written last: `best`, and the
-- position `at`; `also` has what else failed there of the same choice.
local function watcher (of)
  local log = {}

  function log.forget () log.tried, log.passed, log.best = {}, {}, nil end

  local function is_better (p, at)
    if not log.best then return true end
    local rank, best = of.rank[p], of.rank[log.best]
    if of.choice[p] == of.choice[log.best] then return at > log.at end
    return rank > best or (rank == best and at > log.at)
  end

  local function watch (p, made)
    local before = Cmt(P(true), function (_, at)
      log.tried[p] = (log.tried[p] or 0) + 1
      if is_better(p, at) then log.best, log.at, log.also = p, at, {} end
      if at == log.at and of.choice[p] == of.choice[log.best] then
        log.also[#log.also + 1] = p
      end
      return true
    end)
    local after = Cmt(P(true), function ()
      log.passed[p] = (log.passed[p] or 0) + 1
      return true
    end)
    return before * made * after
  end
  return watch, log
end

local Explanation = { __name = "Explanation" }

local function one_line (text) return (text:gsub("%s+", " ")) end

function Explanation.__tostring (e)
  local out = { "pattern   " .. e.pattern }
  for i, unit in ipairs(e) do
    if i > SHOWN_MOST then
      out[#out + 1] = format("\nand %d sentences that came no nearer", #e - SHOWN_MOST)
      return concat(out, "\n")
    end
    out[#out + 1] = ""
    out[#out + 1] = format("sentence  %s", unit.sentence.cite)
    out[#out + 1] = "          " .. one_line(unit.sentence.text)
    if unit.hit then
      out[#out + 1] = format("matches   %s", one_line(unit.hit.text))
    elseif unit.expected then
      out[#out + 1] = format("got to    %s", unit.after and "\"" .. one_line(unit.after.text)
                             .. "\", and then" or "its beginning, where")
      out[#out + 1] = format("expected  %s", unit.expected)
      out[#out + 1] = format("found     %s", unit.found and one_line(unit.found.text)
                             or "the end of the sentence")
    end
    for _, element in ipairs(unit.elements) do
      out[#out + 1] = format("          %6d tried %6d passed  %s", element.tried, element.passed,
                             element.what)
    end
  end
  return concat(out, "\n")
end

local function names_of (leaves)
  local out, seen = {}, {}
  for _, leaf in ipairs(leaves) do
    local name = tostring(leaf)
    if not seen[name] then out[#out + 1], seen[name] = name, true end
  end
  return concat(out, ", or ")
end

-- What one sentence says: of the attempts that failed, the one that came to the
-- element that is written last.
local function explain_unit (c, match, log, of, sentence)
  local unit = { sentence = sentence, elements = {} }
  local best
  log.forget()
  tokens.walk(c.compiled, sentence, function (subject)
    for at = 2, #subject - 1 do
      log.best = nil
      if not lpeg.match(match, subject, at) and log.best
         and (not best or of.rank[log.best] > of.rank[best.element]) then
        best = { from = at, at = log.at, element = log.best, also = log.also }
      end
    end
    if not best then return end
    unit.expected = names_of(best.also)
    unit.after = best.at > best.from and tokens.span(c.compiled, best.from, best.at) or nil
    unit.found = tokens.span(c.compiled, best.at, best.at + 1)
  end)
  unit.reached = best and of.rank[best.element] or 0
  for i, element in ipairs(of) do
    unit.elements[i] = {
      what = tostring(element), tried = log.tried[element] or 0,
      passed = log.passed[element] or 0,
    }
  end
  return unit
end

-- The sentences of a document, or the one that a span begins in.
local function sentences_of (where, doc)
  local out = {}
  if where == doc then
    for _, s in doc:sentences():each() do out[#out + 1] = s end
  elseif where.layer == "sentence" then out[1] = where
  else out[1] = where.sentence
  end
  return out
end

--- How far a pattern gets in the sentences of a document, or in that of a span.
---@param p Pattern
---@param where Doc|Span
---@return table explanation an entry a sentence, those that came nearest first:
--   sentence; hit where it matches, else after (what matched before it failed),
--   expected, found; reached, the number of the element that it failed at; and
--   elements, each what, tried, passed
function M.explain (p, where)
  local corpus, doc = tokens.place(where)
  local hit_of = {}
  for hit in doc:find(p) do
    local i = hit.sentence.index
    hit_of[i] = hit_of[i] or hit
  end
  local of = elements(p, { rank = {}, choice = {} })
  local out = { pattern = tostring(p) }
  local watch, log = watcher(of)
  local c = compile.compile(corpus, p, nil, watch)
  local match = compile.anchored(c, p)
  for _, sentence in ipairs(sentences_of(where, doc)) do
    local unit = explain_unit(c, match, log, of, sentence)
    unit.hit = hit_of[sentence.index]
    if unit.hit then
      unit.after, unit.expected, unit.found, unit.reached = nil, nil, nil, #of + 1
    end
    out[#out + 1] = unit
  end
  sort(out, function (a, b)
    if a.reached ~= b.reached then return a.reached > b.reached end
    return a.sentence.index < b.sentence.index
  end)
  return setmetatable(out, Explanation)
end


-- Near misses -----------------------------------------------------------------------------

-- The elements of which each match has one, in order.
local function needed (p, out)
  if p.op == "seq" then
    for _, inner in ipairs(p) do needed(inner, out) end
  elseif p.op == "as" or p.op == "where" or (p.op == "rep" and p.least > 0) then
    needed(p.p, out)
  elseif p.op == "word" or p.op == "phrases" or p.op == "layer" or p.op == "mark"
         or p.op == "choice" or p.op == "same" then
    out[#out + 1] = p
  end
  return out
end

-- The tree with another node in the place of one.
local function replace (p, old, new)
  if p == old then return new end
  if p.op ~= "seq" and not (p.p and p.op ~= "refuse" and p.op ~= "ahead" and p.op ~= "behind") then
    return p
  end
  local out = {}
  for key, value in pairs(p) do out[key] = value end
  if p.p then out.p = replace(p.p, old, new) end
  for i, inner in ipairs(p) do out[i] = replace(inner, old, new) end
  return pattern.node(out)
end

-- How much a test tells: in bits, by how rare it is.
local function information (corpus, c, test)
  local number = c.of[test]
  if (test.op ~= "word" and test.op ~= "phrases") or not number then return 1 end
  local count, all = tokens.count(corpus, c.predicates[number])
  return count > 0 and logarithm(all / count, 2) or 0
end

local MISSING = "\1missing"

-- What stands for an element that is missing: at either end of the pattern one
-- token, if there is one; between two others as few as there are between them.
local function stand_in (at_end)
  return (at_end and pattern.any + true or pattern.gap(0, FOUND_MOST)):as(MISSING)
end

-- Nothing but punctuation: it was hardly meant.
local function is_mark (found)
  return found ~= nil and not found.text:find "[%w\x80-\xFF]"
end

local function add_misses (corpus, p, element, at_end, score, matched, by_sentence)
  local open = stand_in(at_end)
  score = floor(score * 100 + 0.5) / 100
  local hits = corpus:find(replace(p, element, open), { policy = "regular" })
  for hit in hits:minus(hits:within(matched)) do
    local key = hit.sentence.cite
    local old = by_sentence[key]
    if not old or score > old.score then
      by_sentence[key] = {
        sentence = hit.sentence, matched = hit, missing = tostring(element),
        found = hit[MISSING], score = score, order = old and old.order or by_sentence.count + 1,
        is_mark = is_mark(hit[MISSING]),
      }
      if not old then by_sentence.count = by_sentence.count + 1 end
    end
  end
end

--- The sentences without a hit that lack one element of a pattern only: those first in
-- which what is there is rarest, and last of these those with a mark in its place.
---@param corpus Corpus
---@param p Pattern
---@param options table? most: how many are wanted, 20; must: a pattern that the
--   sentence matches, too
---@return table[] rows sentence, missing (the element), found (what stands there), matched
--   (from the first element to the last), score
function M.near_misses (corpus, p, options)
  local what = "near_misses(pattern, options)"
  p = pattern.to_pattern(p)
  options = util.options(what, options, { "most", "must" })
  util.whole(what .. ": most", options.most, 1)
  local most = options.most or 20
  local all = needed(p, {})
  if #all < 2 then
    error("corpus:near_misses: the pattern has one element only: without it all sentences are near",
          0)
  end
  local c = compile.compile(corpus, p)
  local matched = corpus:find(p):expand "sentence"
  local scores, sum = {}, 0
  for i, element in ipairs(all) do
    scores[i] = information(corpus, c, element)
    sum = sum + scores[i]
  end
  local by_sentence = { count = 0 }
  for i, element in ipairs(all) do
    add_misses(corpus, p, element, i == 1 or i == #all, sum - scores[i], matched, by_sentence)
  end
  by_sentence.count = nil
  local out = {}
  local must = options.must and corpus:find(options.must)
  local holds = {}
  for hit in must or function () end do holds[hit.sentence.cite] = true end
  for key, miss in pairs(by_sentence) do
    if not must or holds[key] then out[#out + 1] = miss end
  end
  sort(out, function (a, b)
    if a.score ~= b.score then return a.score > b.score end
    if a.is_mark ~= b.is_mark then return b.is_mark end
    return a.order < b.order
  end)
  for i = #out, most + 1, -1 do out[i] = nil end
  for _, miss in ipairs(out) do miss.order, miss.is_mark = nil, nil end
  out.columns = { "missing", "found", "matched", "sentence", "score" }
  return out
end

--- The hits of a trigger in whose sentence a pattern has none.
---@param corpus Corpus
---@param trigger Pattern|string
---@param p Pattern
---@return Hits
function M.blind_spots (corpus, trigger, p)
  local hits = corpus:find(trigger)
  return hits:minus(hits:within(corpus:find(p):expand "sentence"))
end

return M
