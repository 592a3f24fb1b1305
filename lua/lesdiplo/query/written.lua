--- Queries in CQL made patterns, and answered.
--
-- The tree that cql.lua reads becomes the same patterns that a script composes by
-- hand, found by the policy "regular": alternatives are tried in their order, and
-- quantifiers take as many tokens as they can and still let the rest match. But
-- `[]{m,n}` before something else is a gap, as few tokens as that needs.
-- @module lesdiplo.query.written
local compile = require "lesdiplo.query.compile"
local cql = require "lesdiplo.query.cql"
local q = require "lesdiplo.query.pattern"
local util = require "lesdiplo.util"
local _, native = ...
local concat, error, ipairs = table.concat, error, ipairs
local pcall, tonumber, tostring = pcall, tonumber, tostring
local fold, meet = native.tokens.folded, native.tokens.meet
_ENV = nil
local M = {}

local RULES_MOST = 230       -- of LPeg's grammar, which each repetition takes one of

local wrong = cql.wrong

-- Many joined by an operator, by halves: a thousand alternatives are as many steps
-- times ten.
local function joined (list, operator, i, j)
  i, j = i or 1, j or #list
  if i == j then return list[i] end
  local middle = (i + j) // 2
  return operator(joined(list, operator, i, middle), joined(list, operator, middle + 1, j))
end
local function either (a, b) return a + b end
local function after (a, b) return a * b end

-- Layers ------------------------------------------------------------------------

local function check_layer (name, at)
  if native.layers.known(name) then return end
  local names = native.layers.names()
  wrong(at, "there is no layer '%s'%s", name,
        util.hint(name, names, ": there are " .. concat(names, " ")))
end

-- Tests of a token -------------------------------------------------------------------

local advice = {
  lemma = "lemmas are not known here, stems are: write stem=",
  pos = "parts of speech are not known here: shape tells title, upper, number ...",
  form = "a word as it is written is word=",
  folded = 'a word whatever its case and accents is word="..." %cd',
}
local attributes = { "word", "stem", "shape" }

local is = {}

-- A test of one token: is it one of these, each asked for in that way?
local function any_of (how, words)
  local node = q.form(words[1])
  for i, word in ipairs(words) do node.alternatives[i] = { how, word } end
  return node
end

-- A word as it is written, or folded; what no list of words is, by its spelling.
function is.word (t)
  local value = t.value.value
  if not value.words or value.how and value.how ~= "cd" then return q.text(value:pattern()) end
  for _, word in ipairs(value.words) do
    if word:find "%s" then
      wrong(t.value.at, "a token has no space in it: words that follow each other have quotes "
            .. 'of their own, "%s"', word:gsub("%s+", '" "'))
    end
  end
  return any_of(value.how and "word" or "form", value.words)
end

function is.stem (t)
  local value = t.value.value
  if not value.words then
    wrong(t.value.at, "a stem is a word, or some with | between them: spellings are "
          .. 'word="%s"', t.value.text)
  end
  return any_of("stem", value.words)
end

function is.shape (t)
  local names, fitting, is_shape = native.tokens.shapes(), {}, {}
  for _, name in ipairs(names) do
    is_shape[name] = true
    if t.value.value:accepts(name) then fitting[#fitting + 1] = q.shape(name) end
  end
  for _, word in ipairs(t.value.value.words or {}) do
    if not is_shape[word] then
      wrong(t.value.at, "there is no shape '%s'%s", word,
            util.hint(word, names, ": there are " .. concat(names, " ")))
    end
  end
  if #fitting == 0 then
    wrong(t.value.at, "no shape is called so: there are %s", concat(names, " "))
  end
  return joined(fitting, either)
end

local tests = {}

function tests.is (t)
  if is[t.attribute] then return is[t.attribute](t) end
  wrong(t.at, "there is no attribute '%s'%s", t.attribute,
        advice[t.attribute] and ": " .. advice[t.attribute]
        or util.hint(t.attribute, attributes,
                     ": there are word, stem and shape, and the names of layers"))
end

function tests.inside (t)
  local near = not native.layers.known(t.name) and util.nearest(t.name, attributes)
  if near then wrong(t.at, '\'%s\' is no layer; did you mean %s="..."?', t.name, near) end
  check_layer(t.name, t.at)
  return t.name == "token" and q.any or q.inside(t.name)
end

local function test (t) return tests[t.op](t) end

tests["not"] = function (t) return q.any - test(t[1]) end

tests["or"] = function (t)
  local list = {}
  for i, inner in ipairs(t) do list[i] = test(inner) end
  return joined(list, either)
end

-- How well postings tell where a test holds.
local function rank (p)
  if p.op ~= "word" then return 0 end
  local how = p.alternatives[1][1]
  return how == "shape" and 1 or how == "match" and 2 or 3
end

-- Of several tests the best one takes the token; the others look ahead.
tests["and"] = function (t)
  local best, ahead, refused = nil, {}, {}
  for _, inner in ipairs(t) do
    if inner.op == "not" then
      refused[#refused + 1] = -test(inner[1])
    else
      local p = test(inner)
      if best and rank(p) <= rank(best) then ahead[#ahead + 1] = #p
      else
        if best then ahead[#ahead + 1] = #best end
        best = p
      end
    end
  end
  for _, p in ipairs(refused) do ahead[#ahead + 1] = p end
  ahead[#ahead + 1] = best or q.any
  return joined(ahead, after)
end

-- Patterns --------------------------------------------------------------------------

-- The fewest tokens that a tree is, and how many rules of a grammar its pattern
-- takes: what is repeated is written out as often as it is counted.
local function measure (t)
  if t.op == "token" or t.op == "any" or t.op == "span" then return 1, 0
  elseif t.op == "start" or t.op == "stop" then return 0, 0
  elseif t.op == "label" then return measure(t.p)
  elseif t.op == "rep" then
    local least, rules = measure(t.p)
    local count = t.most or t.least
    if count > q.COUNTED_MOST then
      wrong(t.at, "what is counted repeats %d times at most", q.COUNTED_MOST)
    end
    rules = 2 + (t.p.op == "any" and 0 or count * (rules + 1))
    if rules > RULES_MOST then wrong(t.at, "this is too large: repetitions multiply") end
    if least == 0 and not t.most then
      wrong(t.at, "what is repeated here can be nothing: take one of the repetitions away")
    end
    return least * t.least, rules
  end
  local least, rules = t.op == "seq" and 0 or nil, 1
  for _, inner in ipairs(t) do
    local l, r = measure(inner)
    rules = rules + r
    if t.op == "seq" then least = least + l
    else least = (not least or l < least) and l or least end
  end
  return least, rules
end

local build = {}

-- A tree as a pattern; `followed` where something comes after it.
local function make (t, c, followed) return build[t.op](t, c, followed) end

-- Words that documents cut into several tokens (Han text into characters) are those,
-- one after the other. nil where there is none among the words of a value.
local function written_apart (t)
  local value = t.op == "is" and t.attribute == "word" and t.value.value
  if not value or not value.words or value.how and value.how ~= "cd" then return nil end
  local how, list, whole = value.how and "word" or "form", {}, {}
  for _, word in ipairs(value.words) do
    local tokens = q.tokens(word)
    if #tokens < 2 then
      whole[#whole + 1] = word
    else
      for i, token in ipairs(tokens) do tokens[i] = any_of(how, { token }) end
      list[#list + 1] = joined(tokens, after)
    end
  end
  if #list == 0 then return nil end
  if #whole > 0 then list[#list + 1] = any_of(how, whole) end
  return joined(list, either)
end

function build.token (t) return written_apart(t.test) or test(t.test) end
function build.any () return q.any end

-- How far a unit reaches.
local reach = { sentence = 1, block = 2, doc = 3 }

function build.span (t, c)
  local unit = cql.units[t.name] or t.name
  if unit == c.within then return q.bos * q.any^1 * q.eos end
  if (reach[unit] or 0) > reach[c.within] then
    wrong(t.at, "<%s/> is a whole %s: that takes 'within %s' at the end", t.name, unit, t.name)
  end
  check_layer(unit, t.at)
  return q.layer(unit)
end

-- Raises where a unit that begins or ends is none, in a tree or in a part of it.
local function check_bounds (t)
  if (t.op == "start" or t.op == "stop") and not cql.units[t.unit] then
    check_layer(t.unit, t.at)
    wrong(t.at, "of a %s there is the whole, <%s/>, and a token inside, [%s]", t.unit, t.unit,
          t.unit)
  end
  if t.p then check_bounds(t.p) end
  for _, inner in ipairs(t) do check_bounds(inner) end
end

-- The unit's beginning or end.
local function bound (t, c, p, mark)
  check_bounds(t)
  if cql.units[t.unit] ~= c.within then
    wrong(t.at, "<%s%s> takes 'within %s' at the end: without it, a query looks at %ss one by "
          .. "one", mark, t.unit, t.unit, c.within)
  end
  return p
end
function build.start (t, c) return bound(t, c, q.bos, "") end
function build.stop (t, c) return bound(t, c, q.eos, "/") end

-- From least to most times, or more.
local function repeated (p, least, most)
  if most == 0 then return q.to_pattern(true) end
  local out = p^least
  out.most = most
  return out
end

function build.rep (t, c, followed)
  local most = t.most or q.COUNTED_MOST
  if t.p.op == "any" and (followed or t.least == t.most) then return q.gap(t.least, most) end
  return repeated(make(t.p, c, true), t.least, t.most)
end

function build.alt (t, c, followed)
  local list = {}
  for i, inner in ipairs(t) do list[i] = make(inner, c, followed) end
  return joined(list, either)
end

-- Gaps that follow each other are one.
local function merge_gaps (t)
  local out = {}
  for _, item in ipairs(t) do
    local last = out[#out]
    local gap = item.op == "any" and { op = "rep", p = item, least = 1, most = 1, at = item.at }
                or item.op == "rep" and item.p.op == "any" and item or nil
    if gap and last and last.op == "rep" and last.p.op == "any" then
      out[#out] = { op = "rep", p = gap.p, least = last.least + gap.least, at = last.at,
                    most = last.most and gap.most and last.most + gap.most }
      measure(out[#out])
    else
      out[#out + 1] = gap or item
    end
  end
  return out
end

function build.seq (t, c, followed)
  local items, list = merge_gaps(t), {}
  for i, item in ipairs(items) do list[i] = make(item, c, followed or i < #items) end
  return joined(list, after)
end

function build.label (t, c, followed)
  local p = make(t.p, c, followed)
  c.labels[t.name] = true
  if c.early[t] then
    p = p:where(c.early[t])
    p.stateful = true          -- it asks for other labels
  end
  local ok, message = pcall(p.as, p, t.name)
  if not ok then wrong(t.at, "%s", message:gsub("^%S+:%d+: ", "")) end
  return message
end

-- Conditions ----------------------------------------------------------------------------

-- What a field of a capture says: of several tokens, theirs with spaces between.
local fields = {}
function fields.word (span) return (span.text:gsub("%s+", " ")) end
local function each_token (name)
  return function (span)
    local out = {}
    for _, t in span:tokens():each() do out[#out + 1] = t[name] or "" end
    return concat(out, " ")
  end
end
fields.stem, fields.shape = each_token "stem", each_token "shape"
fields.lemma = fields.stem

local function check_field (t, c)
  if t.label ~= "doc" and t.label ~= "match" and not c.labels[t.label] then
    wrong(t.at, "nothing is labelled '%s'%s", t.label,
          util.hint(t.label, util.keys(c.labels)))
  end
  local name = t.path[1]
  if t.label == "doc" then return end
  if #t.path > 1 and not (t.label == "match" and name == "doc") then
    wrong(t.path_at, "a label has word, stem and shape")
  end
  if #t.path == 1 and not fields[name] or name == "lemma" then
    wrong(t.path_at, "a label has word, stem and shape, and no '%s'", name)
  end
end

local function member (object, name) return object[name] end

-- The value of a field; `of` gives the capture of a name. nil where there is none.
local function value_of (t, of)
  local span = of(t.label)
  if span == nil then return nil end
  local first = 1
  if t.label ~= "doc" and #t.path == 1 then return fields[t.path[1]](span) end
  if t.label == "match" then span, first = span.doc, 2 end
  for i = first, #t.path do
    local ok, found = pcall(member, span, t.path[i])
    if not ok then wrong(t.path_at, "%s", tostring(found)) end
    span = found
    if span == nil then return nil end
  end
  return tostring(span)
end

local function compare (sign, a, b)
  local x, y = tonumber(a), tonumber(b)
  if x and y then a, b = x, y end
  if sign == "<" then return a < b
  elseif sign == ">" then return a > b
  elseif sign == "<=" then return a <= b end
  return a >= b
end

local function same (a, b, how)
  if how then return fold(a, how) == fold(b, how) end
  return a == b
end

local conditions = {}

function conditions.compare (t, of)
  local a = value_of(t.a, of)
  local holding
  if a == nil then return t.sign == "!=" end
  local equality = t.sign == "=" or t.sign == "!="
  if t.b.op == "value" then
    if not equality then return compare(t.sign, a, t.b.text) end
    holding = t.b.value:accepts(a)
  else
    local b = value_of(t.b, of)
    if b == nil then return t.sign == "!=" end
    if not equality then return compare(t.sign, a, b) end
    holding = same(a, b, t.how)
  end
  return holding == (t.sign == "=")
end

function conditions.set (t, of) return of(t.name) ~= nil end
conditions["not"] = function (t, of) return not conditions[t[1].op](t[1], of) end
conditions["and"] = function (t, of)
  for _, inner in ipairs(t) do
    if not conditions[inner.op](inner, of) then return false end
  end
  return true
end
conditions["or"] = function (t, of)
  for _, inner in ipairs(t) do
    if conditions[inner.op](inner, of) then return true end
  end
  return false
end

local function holds (t, of) return conditions[t.op](t, of) end

-- Looks at a condition before it is asked; calls f with each name in it.
local function check_condition (t, c, f)
  if t.op == "compare" then
    for _, side in ipairs{ t.a, t.b } do
      if side.op == "field" then
        check_field(side, c)
        f(side.label)
      end
    end
    local how = (t.flags:find "c" and "c" or "") .. (t.flags:find "d" and "d" or "")
    t.how = how ~= "" and how or nil
  elseif t.op == "set" then
    check_field({ label = t.name, at = t.at, path = { "word" } }, c)
    f(t.name)
  else
    for _, inner in ipairs(t) do check_condition(inner, c, f) end
  end
end

-- Is a group repeated in it? Its ways of matching may be without number, and only
-- what asks nothing of labels can be remembered of them.
local function has_loops (t)
  if t.op == "rep" and t.p.op ~= "token" and t.p.op ~= "any" then return true end
  if t.p and has_loops(t.p) then return true end
  for _, inner in ipairs(t) do
    if has_loops(inner) then return true end
  end
  return false
end

-- Labels of single tokens and mentions that each match has, in their order.
local function certain (t)
  local out = {}
  if not t or has_loops(t) then return out end
  for _, item in ipairs(t.op == "seq" and t or { t }) do
    local p = item.op == "label" and item.p.op
    if p == "token" or p == "any" or p == "span" then out[#out + 1] = item end
  end
  return out
end

local function collect_labels (t, into)
  if t.op == "label" then into[t.name] = true end
  for _, inner in ipairs(t) do collect_labels(inner, into) end
  for _, inner in ipairs{ t.p or false, t.a or false, t.b or false } do
    if inner then collect_labels(inner, into) end
  end
end

-- A condition on labels that each match has is asked where the last of them stands,
-- so that what does not hold makes the search look further, and not give up. The
-- rest is asked of what was found.
local function place_conditions (query, c)
  local t, order, place = query.constraint, {}, {}
  for i, label in ipairs(certain(query.pattern)) do
    order[label.name], place[i] = i, { label = label, conditions = {} }
  end
  for _, part in ipairs(t.op == "and" and t or { t }) do
    local last, late = 0, false
    check_condition(part, c, function (name)
      if not order[name] then late = true
      elseif order[name] > last then last = order[name] end
    end)
    if not late then
      place[last].conditions[#place[last].conditions + 1] = part
    end
  end
  local seen = {}
  local function of (name) return seen[name] end
  for _, one in ipairs(place) do
    c.early[one.label] = function (span)
      seen[one.label.name] = span
      for _, part in ipairs(one.conditions) do
        if not holds(part, of) then return false end
      end
      return true
    end
  end
end

-- The whole -----------------------------------------------------------------------------

local function check_policy (query)
  if not query.policy then return end
  for _, name in ipairs(compile.policies) do
    if name == query.policy then return end
  end
  wrong(query.policy_at, "there is no policy '%s': there are %s", query.policy,
        concat(compile.policies, " "))
end

-- The pattern of a tree, which has to take a token.
local function whole (t, c, at)
  local least = measure(t)
  if least == 0 then
    check_bounds(t)
    wrong(at or t.at, "this matches where there is nothing: of what may be missing, "
          .. "something must stay")
  end
  return make(t, c, false)
end

local function build_mu (t, c)
  if t.op == "union" then
    for i, inner in ipairs(t) do t[i] = build_mu(inner, c) end
  elseif t.op == "meet" then
    t.a, t.b = build_mu(t.a, c), build_mu(t.b, c)
  else
    return { op = "find", pattern = whole(t, c) }
  end
  return t
end

--- A query, ready to be asked: {pattern or mu, within, policy, most, test}.
---@param text string
---@return table query
function M.build (text)
  local query = cql.read(text)
  local c = { within = query.within or "sentence", labels = {}, early = {} }
  local out = { within = query.within, policy = query.policy, most = query.cut }
  check_policy(query)
  collect_labels(query.pattern or query.mu, c.labels)
  if query.constraint then
    place_conditions(query, c)
    out.test = function (hit)
      return holds(query.constraint, function (name)
        if name == "doc" then return hit.doc end
        if name == "match" then return hit end
        return hit[name]
      end)
    end
  end
  if query.mu then out.mu = build_mu(query.mu, c)
  else out.pattern = whole(query.pattern, c, query.at) end
  return out
end

-- The hits of a tree of meet and union.
local function answer_mu (t, find)
  if t.op == "find" then return find(t.pattern) end
  if t.op == "union" then
    local out = answer_mu(t[1], find)
    for i = 2, #t do out = out:union(answer_mu(t[i], find)) end
    return out
  end
  local a, b = answer_mu(t.a, find), answer_mu(t.b, find)
  return meet(a, b, t.least or -1000000, t.most or 1000000, t.unit or "doc", true)
end

-- The first ones of hits for which a test holds.
local function keep (hits, test_of, most)
  local left = most or #hits
  if not test_of and left >= #hits then return hits end
  return hits:filter(function (hit)
    if left <= 0 or test_of and not test_of(hit) then return false end
    left = left - 1
    return true
  end)
end

--- Patterns as CQL writes them: what a query without MU, :: and cut is.
---@param text string
---@return Pattern pattern
---@return table options for corpus:find
function M.pattern (text)
  local query = cql.checked(text, M.build, text)
  if query.mu or query.test or query.most then
    error("q.cql(text): MU, :: and cut are no part of a pattern: ask corpus:cql(text)", 2)
  end
  return query.pattern, { within = query.within, policy = query.policy or "regular" }
end

--- What corpus:cql and doc:cql call.
---@param find function (pattern, options) -> Hits
---@param text string
---@param options? table those of corpus:find
---@return Hits hits
function M.find (find, text, options)
  options = options or {}
  local query = cql.checked(text, M.build, text)
  local most = query.most
  if options.most and (not most or options.most < most) then most = options.most end
  local ask = {}
  for _, name in ipairs(util.keys(options)) do ask[name] = options[name] end
  ask.within, ask.policy = query.within or options.within, query.policy or options.policy
                          or "regular"
  ask.most = not query.test and not query.mu and most or nil
  local function one (p) return find(p, ask) end
  local hits = query.mu and answer_mu(query.mu, one) or one(query.pattern)
  return cql.checked(text, keep, hits, query.test, most)
end

return M
