--- Token patterns compiled for a corpus, and the plan for looking for them.
-- @module lesdiplo.query.compile
local build = require "lesdiplo.query.build"
local lpeg = require "lpeg"
local util = require "lesdiplo.util"
local _, native = ...
local P, S, V, Cmt, Cp = lpeg.P, lpeg.S, lpeg.V, lpeg.Cmt, lpeg.Cp
local concat, format, sort = table.concat, string.format, table.sort
local error, ipairs, pairs, pcall, tostring = error, ipairs, pairs, pcall, tostring
local rawlen, setmetatable = rawlen, setmetatable
local layer_of, tokens = build.layer_of, native.tokens
_ENV = nil
local M = {}

local FREQUENT = 32    -- of so many tokens one: sentences have as many or so

-- Predicates ------------------------------------------------------------------

-- Tests that are made lists of words, once a query.
local listed = { shape = tokens.shaped, match = tokens.matching }

local function add_predicate (c, key, alternatives)
  if not c.number[key] then
    c.predicates[#c.predicates + 1] = alternatives
    c.number[key] = #c.predicates
  end
  return c.number[key]
end

-- The number of a predicate: the same tests have the same.
local function predicate (alternatives, c)
  local keys, out = {}, {}
  for i, a in ipairs(alternatives) do keys[i] = format("%s %s", a[1], tostring(a[2])) end
  local key = concat(keys, "\0")
  if c.number[key] then return c.number[key] end
  for i, a in ipairs(alternatives) do
    local list = listed[a[1]]
    out[i] = list and { "list", list(c.corpus, a[2]) } or a
  end
  return add_predicate(c, key, out)
end

local function mark (how, layer, c)
  local key = how .. " " .. layer
  if not c.mark_number[key] then
    c.marks[#c.marks + 1] = { how, layer }
    c.mark_number[key] = #c.marks
  end
  return c.mark_number[key]
end

-- May it match nothing? A rule of a grammar is not asked: LPeg does.
local function is_empty (p)
  local op = p.op
  if op == "seq" then
    for _, inner in ipairs(p) do
      if not is_empty(inner) then return false end
    end
    return true
  elseif op == "choice" then
    for _, inner in ipairs(p) do
      if is_empty(inner) then return true end
    end
    return false
  elseif op == "rep" then return p.least == 0 or is_empty(p.p)
  elseif op == "gap" then return p.least == 0
  elseif op == "as" or op == "where" then return is_empty(p.p)
  end
  return op == "ahead" or op == "refuse" or op == "behind" or op == "start" or op == "stop"
end

local number

local numbering = {
  word = function (p, c) c.of[p] = predicate(p.alternatives, c) end,
  layer = function (p, c) c.of[p] = mark("begins", p.name, c) end,
  mark = function (p, c) c.of[p] = mark("inside", p.name, c) end,
  same = function (p, c) c.again[p.name] = p end,
  phrases = function (p, c)
    local words
    c.phrases[p], words = tokens.phrases(c.corpus, p.list)
    c.of[p] = add_predicate(c, p, { { "list", words } })
  end,
  as = function (p, c)
    if not c.name[p.name] then
      c.names[#c.names + 1] = p.name
      c.name[p.name] = #c.names
      c.layers[#c.names] = layer_of(p)
    end
    if layer_of(p) ~= c.layers[c.name[p.name]] then c.layers[c.name[p.name]] = nil end
  end,
  rep = function (p)
    if not p.most and is_empty(p.p) then
      error(format("%s may match nothing, and cannot be repeated without end: make part of it "
                   .. "needed, or repeat it up to a number of times, p^-5", tostring(p.p)), 0)
    end
  end,
  grammar = function (p, c)
    for _, name in ipairs(util.keys(p.rules)) do number(p.rules[name], c) end
  end,
}

-- Gives each test of a tree, and each name, a number.
function number (p, c)
  local own = numbering[p.op]
  if own then own(p, c) end
  if p.p then number(p.p, c) end
  for _, inner in ipairs(p) do number(inner, c) end
end

-- Where it may begin ------------------------------------------------------------

local zero = { ahead = true, refuse = true, behind = true, start = true, stop = true }

-- The set of the bytes that a match begins with, or nil where it is not known.
local function first (p, c)
  local op = p.op
  if c.of[p] then
    local sets = (op == "layer" or op == "mark") and c.marked or c.sets
    local set = sets[c.of[p]]
    return set and set ~= "" and S(set) or nil
  elseif op == "as" or op == "where" then return first(p.p, c)
  elseif op == "rep" then return p.least > 0 and first(p.p, c) or nil
  elseif op == "choice" then
    local out
    for _, inner in ipairs(p) do
      local set = first(inner, c)
      if not set then return nil end
      out = out and out + set or set
    end
    return out
  elseif op == "seq" then
    for _, inner in ipairs(p) do
      if not zero[inner.op] then return first(inner, c) end
    end
  end
end

-- May it take a token? What only looks has nothing that could be cited; nor has a gap
-- that may be none, of what takes the least that what follows needs, at the end.
local function takes (p, least)
  if zero[p.op] then return false end
  if p.op == "gap" then return (least and p.least or p.most) > 0 end
  if p.op == "rep" and p.most == 0 then return false end
  if p.p then return takes(p.p, least) end
  if p.op ~= "seq" and p.op ~= "choice" then return true end
  for i = rawlen(p), 1, -1 do
    if takes(p[i], least) then return true end
    if p.op == "seq" and p[i].op ~= "gap" then least = false end   -- it follows something
  end
  return false
end

-- What it needs -------------------------------------------------------------------

-- Of some needs that of the fewest tokens.
local function rarest_of (needs)
  local best
  for _, need in ipairs(needs) do
    if not best or need.count < best.count then best = need end
  end
  return best
end

local needs

-- Of each alternative one is needed: where all have one, one of these.
local function need_of_choice (c, p)
  local alternatives, numbers, count = {}, {}, 0
  for _, inner in ipairs(p) do
    local best = rarest_of(needs(c, inner, {}))
    if not best then return nil end
    for _, alternative in ipairs(best.alternatives) do
      alternatives[#alternatives + 1] = alternative
    end
    for _, one in ipairs(best.numbers) do numbers[#numbers + 1] = one end
    count = count + best.count
  end
  return { test = p, alternatives = alternatives, numbers = numbers, count = count }
end

-- The tests of which each match has a token.
function needs (c, p, out)
  local of = c.of[p]
  if of and p.op ~= "layer" and p.op ~= "mark" then
    local alternatives = c.predicates[of]
    local count = tokens.count(c.corpus, alternatives)
    out[#out + 1] = { test = p, alternatives = alternatives, numbers = { of }, count = count }
  elseif p.op == "choice" then out[#out + 1] = need_of_choice(c, p)
  elseif p.op == "as" or p.op == "where" then needs(c, p.p, out)
  elseif p.op == "rep" and p.least > 0 then needs(c, p.p, out)
  elseif p.op == "seq" then
    for _, inner in ipairs(p) do needs(c, inner, out) end
  end
  return out
end

--- The tests a match needs, each {test, alternatives, numbers, count}: what of it is looked
-- up, by what numbers, and how many tokens of the corpus it holds for, at the most; and how
-- many tokens there are.
---@param c table compiled
---@param p Pattern
---@return table[] array of {test = Pattern, alternatives = table, count = integer}
---@return integer tokens
function M.needs (c, p)
  local _, all = tokens.count(c.corpus, {})
  return needs(c, p, {}), all
end

--- The rarest of them; nil where it is so frequent that its sentences are most of
-- the corpus, or where nothing is needed.
function M.rarest (c, p)
  local all, count = M.needs(c, p)
  local best = rarest_of(all)
  return best and best.count * FREQUENT < count and best or nil
end

-- Grammars ------------------------------------------------------------------------------

-- What LPeg says of a grammar, in the words of who wrote the pattern.
local function explain_error (message, c)
  local rule = message:match "rule '(rule %d+)'"
  local name = rule and c.rule_name[rule]
  local of = name and format("rule '%s'", tostring(name)) or "a rule"
  if message:find "left recursive" then
    return of .. " uses itself before it has taken a token: put what it begins with first"
  elseif message:find "empty loop" or message:find "loop body" then
    return of .. " repeats without end what may match nothing"
  elseif message:find "fixed length" then
    return "q.behind takes what has one length: of a repetition or a choice it is not known"
  elseif message:find "captures" then
    return "q.behind takes a pattern without captures (:as, :where, layers, lexicons)"
  elseif message:find "too many rules" or message:find "too %a+ complex" then
    return "the pattern is too large: put lists of words and phrases into q.lexicon, and "
           .. "repeat fewer times"
  end
  return (message:gsub("^[^:]*:%d+: ", ""))
end

-- The grammar that `make` gives the first rule of.
local function grammar (c, make)
  build.begin(c)
  local ok, out = pcall(function ()
    c.rules.start = make()
    c.rules[1] = "start"
    return P(c.rules)
  end)
  if not ok then error("the pattern cannot be compiled: " .. explain_error(tostring(out), c), 0) end
  return out
end

-- Looks for a match that ends with `last`, and gives where it begins.
local function searching (c, p, last, regular)
  local found, before = build.node(p, c, last, regular)
  local begin = first(p, c)
  local skip = begin and (P(1) - begin)^0 or P(true)
  c.rules.next = skip * (Cp() * found + 1 * V "next")
  return before * V "next"
end

-- Matches at one place only.
local function anchored (c, p, last, regular)
  local found, before = build.node(p, c, last, regular)
  return before * found
end

-- Policies ---------------------------------------------------------------------------------

--- How a match is chosen of several that begin at a place; and the next one.
M.policies = { "first", "regular", "longest", "shortest", "all" }

-- A function as lpeg.match, for policies that choose among all the matches that
-- begin at a place. `find` looks for the next place; `ends` collects where those
-- matches end, and fails; `take` matches up to the end that was chosen. No end that
-- would not count is looked for: behind the shortest one so far, where the shortest
-- counts, and behind the one that is taken.
local function chooser (c, p, policy)
  local reached, wanted, nearest = {}, nil, nil
  local shortest = policy == "shortest"
  c.lazy = shortest
  local find = grammar(c, function ()
    return searching(c, p, P(true), true)
  end)
  c.further = shortest and function (_, at) return not nearest or at < nearest end or nil
  local begin
  local ends = grammar(c, function ()
    local seen = Cmt(P(true), function (_, at)
      reached[at] = true
      if at > begin and (not nearest or at < nearest) then nearest = at end
    end)
    return anchored(c, p, seen * P(false), true)
  end)
  c.lazy, c.further = false, function (_, at) return at < wanted end
  local take = grammar(c, function ()
    local there = Cmt(P(true), function (_, at) return at == wanted end)
    return Cp() * anchored(c, p, there * Cp(), true)
  end)
  c.further = nil
  local waiting, subject

  -- The ends that count, the next one last.
  local function choose ()
    local all = {}
    for at in pairs(reached) do
      if at > begin then all[#all + 1] = at end
    end
    sort(all, policy == "longest" and function (a, b) return a < b end
              or function (a, b) return a > b end)
    return policy == "all" and all or { all[#all] }
  end

  return function (_, s, at)
    if s ~= subject then waiting, subject = nil, s end
    while not waiting or #waiting == 0 do
      begin = at <= #s and lpeg.match(find, s, at)
      if not begin then waiting = nil return end
      reached, nearest = {}, nil
      lpeg.match(ends, s, begin)
      waiting, at = choose(), begin + 1
    end
    wanted = waiting[#waiting]
    waiting[#waiting] = nil
    if not c.names[1] then return begin, wanted end
    return lpeg.match(take, s, begin)
  end
end

-- Compiling --------------------------------------------------------------------------------

--- A pattern for a corpus. Of the fields others use: compiled, names, of,
-- predicates, sets; and `pattern`, what search takes, with `match` where it is not
-- lpeg.match that is to be called with it.
---@param corpus Corpus
---@param p Pattern
---@param policy string
---@param watch? function as build.lua calls it
---@param unit? string that is searched: sentence (as it is without), block, doc
---@return table c
function M.compile (corpus, p, policy, watch, unit)
  local c = {
    corpus = corpus, of = {}, number = {}, predicates = {}, name = {}, names = {}, again = {},
    marks = {}, mark_number = {}, phrases = {}, watch = watch, unit = unit,
    layers = { [0] = layer_of(p) },
  }
  number(p, c)
  for name, node in pairs(c.again) do
    if not c.name[name] then
      error(format("%s: the pattern has no capture of that name", tostring(node)), 0)
    end
  end
  c.compiled, c.sets, c.all, c.marked = tokens.compile(corpus, c.predicates, c.marks)
  if policy == "first" or policy == "regular" then
    c.pattern = grammar(c, function ()
      return searching(c, p, Cp(), policy == "regular")
    end)
  elseif policy then
    c.pattern, c.match = P(true), chooser(c, p, policy)
  end
  return c
end

--- The pattern at one place only: where it ends. For `.lpeg` and explain.
function M.anchored (c, p)
  return grammar(c, function () return anchored(c, p, Cp(), false) / function (...)
    local all = { ... }
    return all[#all]
  end end)
end

-- Finding ------------------------------------------------------------------------------------

local units = { "sentence", "block", "doc" }
local known = { "most", "overlap", "plan", "policy", "within" }

--- The options of a search, checked; `what` asks.
---@param what string
---@param options table?
---@return table
function M.options (what, options)
  options = util.options(what, options, known)
  util.one_of(what .. ": policy", options.policy, M.policies)
  util.one_of(what .. ": within", options.within, units)
  util.whole(what .. ": most", options.most, 1)
  return options
end

-- What was compiled last of a pattern, to be used again: documents are asked one by
-- one. Not while it is searched with: a function of a pattern may search, too.
local last = setmetatable({}, { __mode = "k" })

local function compiled (corpus, p, policy, unit)
  local kept = last[p]
  if kept and kept.corpus == corpus and kept.policy == policy and kept.unit == unit
     and not kept.busy then
    return kept
  end
  local c = M.compile(corpus, p, policy, nil, unit)
  c.policy = policy
  last[p] = c
  return c
end

--- Raises where a pattern never takes a token: there is nothing that a hit could cite.
---@param p Pattern
---@param policy string? without it one that takes as few as may be
function M.check (p, policy)
  if not takes(p) then
    error(format("%s takes no token, it only looks: there is nothing to find; put q.any behind it",
                 tostring(p)), 0)
  elseif policy ~= "longest" and policy ~= "all" and not takes(p, true) then
    error(format("%s takes no token: a gap takes as few as what follows needs, and nothing "
                 .. "follows; q.any^1 takes all there are, q.any^-3 three at most", tostring(p)), 0)
  end
end

-- The bytes of a subject of which every match has one, or false where that is not known.
local function bytes_needed (c, p)
  local rarest = M.rarest(c, p)
  local bytes = {}
  for i, one in ipairs(rarest and rarest.numbers or {}) do
    bytes[i] = c.sets[one]
    if not bytes[i] then return false end            -- it has a table to itself
  end
  return rarest ~= nil and concat(bytes)
end

--- The hits of a pattern in a corpus, or in one document of it. Options are
-- those of corpus:find; `plan = false` looks at every sentence.
---@param corpus Corpus
---@param p Pattern
---@param options table?
---@param doc Doc?
---@return Hits hits
function M.find (corpus, p, options, doc)
  options = M.options("find(pattern, options)", options)
  local policy = options.policy or "first"
  M.check(p, policy)
  local c = compiled(corpus, p, policy, options.within)
  local plan, rarest = options.plan ~= false, nil
  if plan and not doc then rarest = M.rarest(c, p) end
  if plan and doc and c.bytes == nil then c.bytes = bytes_needed(c, p) end
  c.busy = true
  local hits = tokens.search(c.compiled, c.pattern, c.names, {
    within = options.within, overlap = options.overlap or policy == "all",
    most = options.most, doc = doc, match = c.match, layers = c.layers,
    need = rarest and rarest.alternatives, bytes = plan and c.bytes or nil,
  })
  c.busy = false
  return hits
end

-- As LPeg over text ----------------------------------------------------------------------------

local made = setmetatable({}, { __mode = "k" })

--- An LPeg pattern over text: it matches where a token of the document that is
-- read begins, what the pattern matches from there on in its sentence.
---@param p Pattern
---@return userdata
function M.lpeg (p)
  local corpus, c, whole
  made[p] = made[p] or Cmt(P(true), function (text, at)
    local now = tokens.corpus(text)
    if now ~= corpus or not c then
      corpus = now
      c = M.compile(corpus, p)
      whole = M.anchored(c, p)
    end
    return tokens.here(c.compiled, whole, text, at)
  end)
  return made[p]
end

return M
