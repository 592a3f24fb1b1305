--- CQL: token patterns written as text, as corpus linguists write them.
--
--     [stem="visit"] []{0,4} where:[shape="title"]+ within s
--
-- The text is read into a tree here; written.lua makes patterns of it. What there is:
--
--     "visit"  [word="visit"]  a word as it is written; %c any case, %d any accents
--     [stem="visit"]  [shape="title|upper"]            != for not so
--     [word="a.*" & !(shape="number" | stem="be")]     [] any token
--     <person/>   [person]   a mention; a token inside one
--     "a" "b" | "c"   (...)   ? * + {n} {m,n} {m,} {,n}
--     who:[...]   who:(...)   @[...]                   a field of the hit; `target`
--     <s> </s> <p> </p> <doc> </doc>                   where the unit begins and ends
--     ... :: a.word = b.word %c & doc.date >= "2021"   what must hold of a hit
--     ... within s | p | doc                           s unless told otherwise
--     MU(meet "a" "b" -5 5)  MU(meet "a" (union "b" "c") s)
-- @module lesdiplo.query.cql
local lpeg = require "lpeg"
local values = require "lesdiplo.query.values"
local util = require "lesdiplo.util"
local Cc, Cg, Cp, Ct, P, R, S = lpeg.Cc, lpeg.Cg, lpeg.Cp, lpeg.Ct, lpeg.P, lpeg.R, lpeg.S
local error, find, format = error, string.find, string.format
local len, pcall, rep, sub = utf8.len, pcall, string.rep, string.sub
local tonumber, type = tonumber, type
_ENV = nil
local M = {}

local DEPTH_MOST = 100       -- parentheses in one another
local SHOWN = 50             -- characters of a long line on either side of a mistake

-- Words of the text -----------------------------------------------------------

local wide = R"\xC2\xF4" * R"\x80\xBF"^1
local curly = P"\u{201C}" + "\u{201D}" + "\u{201E}" + "\u{2018}" + "\u{2019}" + "\u{AB}" + "\u{BB}"
local letter = R("az", "AZ") + "_" + (wide - curly)
local name = letter * (letter + R"09" + P"-" * #letter)^0
local number = R"09"^1
local space = (S" \t\r\n\v\f" + P"#" * (1 - P"\n")^0)^0

-- What stands between quotes; the quote itself comes twice or behind a \.
local function quoted (q)
  local inside = (P"\\" * 1 + P(q .. q) + (1 - P(q)))^0
  return P(q) * Cg(Cc(q), "quote")
         * (Cg(inside, "value") * P(q) * Cg(Cc"string", "kind") + Cg(Cc"unclosed", "kind"))
end

local signs = P"::" + "</" + "/>" + "<=" + ">=" + "!=" + S"[](){}<>=!&|?*+,.:@%;-"
local character = wide + 1
local token = Ct(Cg(Cp(), "at") * (
    quoted '"' + quoted "'"
  + Cg(name, "value") * Cg(Cc"name", "kind")
  + Cg(number, "value") * Cg(Cc"number", "kind")
  + Cg(signs, "kind")
  + Cg(character, "value") * Cg(Cc"unknown", "kind")) * Cg(Cp(), "after"))
local tokens = Ct((space * token)^0 * space)

-- Mistakes ---------------------------------------------------------------------

-- A line of the query with a mark below a byte of it; of a long one what is near.
local function shown_line (text, at)
  local first = at - (sub(text, 1, at - 1):reverse():find("\n", 1, true) or at + 1) + 1
  first = first < 1 and 1 or first
  local line, left = sub(text, first):match "^[^\n]*", sub(text, first, at - 1)
  local right = sub(line, #left + 1)
  left, right = util.shown(left:gsub("\t", " ")), util.shown(right:gsub("\t", " "))
  left, right = util.fit_end(left, SHOWN), util.fit(right, SHOWN)
  return left .. right, util.width(left)
end

-- "cql:1:14: message", the line and a mark. Columns are characters.
local function describe (text, at, message)
  local before = sub(text, 1, at - 1)
  local _, breaks = before:gsub("\n", "\n")
  local in_line = before:match "[^\n]*$"
  local place = format("cql:%d:%d: %s", breaks + 1, (len(in_line) or #in_line) + 1, message)
  if not find(text, "%S") then return place end
  local line, width = shown_line(text, at)
  return format("%s\n    %s\n    %s^", place, line, rep(" ", width))
end

--- Raises a mistake at a byte of the text: {at, message}.
function M.wrong (at, ...) error({ at = at, message = format(...) }, 0) end
local wrong = M.wrong

--- What is called, or an error that shows where in the text the mistake is.
---@param text string
---@param f function
---@return any
function M.checked (text, f, ...)
  local ok, result = pcall(f, ...)
  if ok then return result end
  if type(result) == "table" and result.at then
    error(describe(text, result.at, result.message), 0)
  end
  error(result, 0)
end

-- Reading ------------------------------------------------------------------------

-- A reader is {text, [1] ... tokens, i, depth}; the last token is of kind "end".
local function now (r) return r[r.i] end
local function is (r, kind, value)
  local t = now(r)
  return t.kind == kind and (value == nil or t.value == value)
end
local function advance (r)
  r.i = r.i + 1
  return r[r.i - 1]
end
local function accept (r, kind, value) return is(r, kind, value) and advance(r) or nil end

-- The token that is there instead, for messages.
local function found (r)
  local t = now(r)
  if t.kind == "end" then return "the query ends" end
  return format("there is '%s'", util.shown(util.fit(sub(r.text, t.at, t.after - 1), 30)))
end

local function expected (r, what, ...)
  local t = now(r)
  if t.kind == "unclosed" then
    wrong(t.at, "this quote is never closed by another %s", t.quote)
  elseif t.kind == "unknown" and curly:match(t.value) then
    wrong(t.at, "quotes are straight, \" or ', and there is %s", t.value)
  end
  wrong(t.at, "%s was expected here, and %s", format(what, ...), found(r))
end

local function expect (r, kind, what, ...)
  if not is(r, kind) then expected(r, what, ...) end
  return advance(r)
end

local function deeper (r, at)
  r.depth = r.depth + 1
  if r.depth > DEPTH_MOST then wrong(at, "more than %d groups in one another", DEPTH_MOST) end
end

-- %c %d %cd %l after a value, as letters.
local function read_flags (r)
  local out = ""
  while accept(r, "%") do
    local t = expect(r, "name", "c, d or l (any case, any accents, no expression)")
    if find(t.value, "[^cdl]") then
      wrong(t.at, "there are the flags c, d and l (any case, any accents, no expression)")
    end
    out = out .. t.value
  end
  return out
end

-- A quoted value, read by values.lua.
local function read_value (r)
  local t = expect(r, "string", "a value in quotes")
  if t.value == "" then wrong(t.at, "there is nothing between these quotes: any token is []") end
  local how = read_flags(r)
  local ok, value = pcall(values.read, t.value, t.quote, how)
  if not ok then
    if type(value) ~= "table" then error(value, 0) end
    wrong(t.at + value.at, "%s", value.message)
  end
  return { op = "value", at = t.at, value = value, text = t.value, flags = how }
end

-- Tests of a token. Trees: {op = "is", attribute, value, at}, {"inside", name, at},
-- {"not", t}, {"and", ...}, {"or", ...}.
local read_test

local function read_factor (r)
  local t = now(r)
  if accept(r, "!") then
    deeper(r, t.at)
    local out = { op = "not", read_factor(r) }
    r.depth = r.depth - 1
    return out
  elseif accept(r, "(") then
    deeper(r, t.at)
    local out = read_test(r)
    expect(r, ")", "&, | or )")
    r.depth = r.depth - 1
    return out
  elseif t.kind == "string" then
    return { op = "is", attribute = "word", at = t.at, value = read_value(r) }
  end
  expect(r, "name", 'a test (word="...", stem="...", shape="..." or the name of a layer)')
  if is(r, "=") or is(r, "!=") then
    local no = advance(r).kind == "!="
    local out = { op = "is", attribute = t.value, at = t.at, value = read_value(r) }
    return no and { op = "not", out } or out
  end
  if find(t.value, "^word$") or t.value == "stem" or t.value == "shape" then
    expected(r, "= or !=")
  end
  return { op = "inside", name = t.value, at = t.at }
end

-- One or more, with a sign between them.
local function read_list (r, sign, op, read)
  local first = read(r)
  if not is(r, sign) then return first end
  local out = { op = op, first }
  while accept(r, sign) do out[#out + 1] = read(r) end
  return out
end

local function read_both (r) return read_list(r, "&", "and", read_factor) end
function read_test (r) return read_list(r, "|", "or", read_both) end

-- Patterns. Trees: {op = "token", test}, {"any"}, {"span", name, at}, {"start", unit,
-- at}, {"stop", unit, at}, {"seq", ...}, {"alt", ...}, {"rep", p, least, most, at},
-- {"label", name, p, at}.
local read_choice

local function read_tag (r, at)
  if accept(r, "</") then
    local t = expect(r, "name", "s, p or doc")
    expect(r, ">", ">")
    return { op = "stop", unit = t.value, at = at }
  end
  advance(r)
  local t = expect(r, "name", "the name of a layer")
  if accept(r, "/>") then return { op = "span", name = t.value, at = at } end
  expect(r, ">", "/> (a whole mention) or > (where a unit begins)")
  return { op = "start", unit = t.value, at = at }
end

local function read_group (r)
  local open = advance(r)
  deeper(r, open.at)
  local out = read_choice(r)
  if not is(r, ")") then
    expected(r, "a token, an operator or the ) of the ( in column %d",
             len(sub(r.text, 1, open.at - 1):match "[^\n]*$") + 1)
  end
  advance(r)
  r.depth = r.depth - 1
  return out
end

local WHAT = 'a token ("word", [test], <layer/>, a group in parentheses)'

local function read_atom (r)
  local t = now(r)
  if t.kind == "string" then
    return { op = "token", at = t.at,
             test = { op = "is", attribute = "word", at = t.at, value = read_value(r) } }
  elseif accept(r, "[") then
    if accept(r, "]") then return { op = "any", at = t.at } end
    local test = read_test(r)
    expect(r, "]", "&, | or ]")
    return { op = "token", test = test, at = t.at }
  elseif t.kind == "(" then return read_group(r)
  elseif t.kind == "<" or t.kind == "</" then return read_tag(r, t.at)
  elseif t.kind == "name" then
    wrong(t.at, "%s was expected here, and there is %s: a word has quotes, \"%s\"", WHAT,
          t.value, t.value)
  end
  expected(r, WHAT)
end

local often = { ["?"] = { 0, 1 }, ["*"] = { 0 }, ["+"] = { 1 } }

-- {n} {m,n} {m,} {,n}
local function read_braces (r)
  local open = advance(r)
  local least = accept(r, "number")
  local most
  if not least and not is(r, ",") then expected(r, "a number (tokens at least)") end
  if accept(r, ",") then
    most = accept(r, "number")
    if not least and not most then expected(r, "a number (tokens at most)") end
    expect(r, "}", most and "}" or "a number or }")
  else
    most = least
    expect(r, "}", ", or }")
  end
  local m, n = least and tonumber(least.value) or 0, most and tonumber(most.value)
  if n and n < m then wrong(open.at, "{m,n} is from m to n times, and %d is more than %d", m, n) end
  return m, n
end

local function read_repeated (r)
  local p = read_atom(r)
  while often[now(r).kind] or is(r, "{") do
    local at, times = now(r).at, often[now(r).kind]
    local least, most
    if times then
      advance(r)
      least, most = times[1], times[2]
    else
      least, most = read_braces(r)
    end
    if p.op == "start" or p.op == "stop" then
      wrong(at, "there is one such place: it cannot repeat")
    end
    p = { op = "rep", p = p, least = least, most = most, at = at }
    deeper(r, at)
  end
  return p
end

local function read_item (r)
  local t, depth = now(r), r.depth
  if accept(r, "@") then accept(r, ":")
  elseif t.kind == "name" and r[r.i + 1].kind == ":" then r.i = r.i + 2
  else
    local p = read_repeated(r)
    r.depth = depth
    return p
  end
  deeper(r, t.at)
  local p = (now(r).kind == "name" and r[r.i + 1].kind == ":" or is(r, "@")) and read_item(r)
            or read_repeated(r)
  r.depth = depth
  return { op = "label", name = t.kind == "@" and "target" or t.value, p = p, at = t.at }
end

local begins = { string = true, name = true, ["["] = true, ["("] = true, ["<"] = true,
                 ["</"] = true, ["@"] = true }

-- May another element follow here?
local function goes_on (r)
  local t = now(r)
  local last = t.kind == "name" and (t.value == "within" or t.value == "cut")
               and r[r.i + 1].kind ~= ":"
  return begins[t.kind] and not last
end

local function read_sequence (r)
  local out = { op = "seq", at = now(r).at }
  repeat out[#out + 1] = read_item(r) until not goes_on(r)
  return #out == 1 and out[1] or out
end

function read_choice (r)
  local at = now(r).at
  local out = read_list(r, "|", "alt", read_sequence)
  out.at = out.at or at
  return out
end

-- Constraints. Trees: {op = "compare", a, sign, b, flags, at}, {"set", name, at},
-- {"not", t}, {"and", ...}, {"or", ...}; a and b are {"field", label, path, at} or
-- {"value", value, text}.
local read_constraint

local function read_field (r)
  local t = expect(r, "name", "a label")
  local out = { op = "field", label = t.value, at = t.at, path = {} }
  while accept(r, ".") do
    local part = expect(r, "name", "a field (word, stem, shape; of doc: date, lang, ...)")
    out.path[#out.path + 1], out.path_at = part.value, out.path_at or part.at
  end
  return out
end

local compares = { ["="] = true, ["!="] = true, ["<"] = true, [">"] = true, ["<="] = true,
                   [">="] = true }

local function read_condition (r)
  local t = now(r)
  if accept(r, "!") then
    deeper(r, t.at)
    local out = { op = "not", read_condition(r) }
    r.depth = r.depth - 1
    return out
  elseif accept(r, "(") then
    deeper(r, t.at)
    local out = read_constraint(r)
    expect(r, ")", "&, | or )")
    r.depth = r.depth - 1
    return out
  end
  local a = read_field(r)
  if #a.path == 0 then
    if compares[now(r).kind] then expected(r, "a field (%s.word, %s.stem)", a.label, a.label) end
    return { op = "set", name = a.label, at = a.at }
  end
  if not compares[now(r).kind] then expected(r, "= != < > <= or >=") end
  local sign = advance(r).kind
  local b = is(r, "name") and read_field(r) or read_value(r)
  if b.op == "field" and #b.path == 0 then expected(r, ". and a field") end
  return { op = "compare", a = a, sign = sign, b = b, at = t.at,
           flags = b.op == "field" and read_flags(r) or b.flags }
end

local function read_all (r) return read_list(r, "&", "and", read_condition) end
function read_constraint (r) return read_list(r, "|", "or", read_all) end

-- MU. Trees: {op = "meet", a, b, least, most} or with unit, {"union", ...}.
local function read_offset (r)
  local minus = accept(r, "-")
  local n = tonumber(expect(r, "number", "a number of tokens").value)
  if n > 1000000 then n = 1000000 end
  return minus and -n or n
end

local units = { s = "sentence", sentence = "sentence", p = "block", block = "block",
                doc = "doc", document = "doc", text = "doc" }

-- The unit that a name stands for.
local function read_unit (r)
  local t = expect(r, "name", "s, p or doc")
  if not units[t.value] then
    wrong(t.at, "a unit is s, p or doc (a sentence, a block, a document), and there is '%s'",
          t.value)
  end
  return units[t.value]
end

local read_mu

local function is_mu (r)
  local t = r[r.i + 1]
  return is(r, "(") and t.kind == "name" and (t.value == "meet" or t.value == "union")
end

local function read_operand (r)
  if not is_mu(r) then return read_item(r) end
  local open = advance(r)
  deeper(r, open.at)
  local out = read_mu(r)
  expect(r, ")", ")")
  r.depth = r.depth - 1
  return out
end

function read_mu (r)
  local t = now(r)
  if accept(r, "name", "union") then
    local out = { op = "union", at = t.at }
    repeat out[#out + 1] = read_operand(r) until is(r, ")") or is(r, "end")
    if #out < 2 then expected(r, "something to unite with") end
    return out
  elseif not accept(r, "name", "meet") then
    expected(r, "meet or union")
  end
  local out = { op = "meet", at = t.at, a = read_operand(r), b = read_operand(r) }
  if is(r, "name") then
    out.unit = read_unit(r)
  else
    if not is(r, "-") and not is(r, "number") then
      expected(r, "a window (-5 5: tokens before, tokens after) or s, p or doc")
    end
    local at = now(r).at
    out.least, out.most = read_offset(r), read_offset(r)
    if out.least > out.most then wrong(at, "a window goes from less to more") end
  end
  return out
end

-- The whole --------------------------------------------------------------------------

-- (?longest) at the beginning.
local function read_policy (r, query)
  if not (is(r, "(") and r[r.i + 1].kind == "?") then return end
  r.i = r.i + 2
  query.policy_at = now(r).at
  query.policy = expect(r, "name", "first, regular, longest, shortest or all").value
  expect(r, ")", ")")
end

local function read_end (r, query)
  local t = now(r)
  if accept(r, "::") then
    if query.constraint then wrong(t.at, "one :: is enough: conditions are joined by &") end
    query.constraint = read_constraint(r)
  elseif accept(r, "name", "within") then
    if query.within then wrong(t.at, "one within is enough: the larger unit holds the other") end
    query.within = read_unit(r)
  elseif accept(r, "name", "cut") then
    query.cut = tonumber(expect(r, "number", "a number of hits").value)
  else
    accept(r, ";")
    expected(r, query.pattern and "another token, an operator, ::, within or the end of the query"
             or "::, within or the end of the query")
  end
end

local function read_query (r)
  local query = {}
  if is(r, "end") then wrong(1, "the query is empty: a word is \"word\", any token is []") end
  read_policy(r, query)
  if is(r, "name", "MU") and r[r.i + 1].kind == "(" then
    r.i = r.i + 1
    if not is_mu(r) then
      r.i = r.i + 1
      expected(r, "meet or union")
    end
    query.mu = read_operand(r)
  else
    query.at = now(r).at
    query.pattern = read_choice(r)
  end
  while not is(r, "end") do
    if accept(r, ";") and is(r, "end") then break end
    read_end(r, query)
  end
  return query
end

--- Reads a query: {pattern or mu, constraint, within, policy, cut}, trees as above.
-- Mistakes are raised as {at, message}.
---@param text string
---@return table query
function M.read (text)
  local _, bad = len(text)
  if bad then wrong(bad, "these bytes are no UTF-8") end
  local r = tokens:match(text)
  r.text, r.i, r.depth = text, 1, 0
  r[#r + 1] = { kind = "end", at = #text:match "^(.-)%s*$" + 1, after = #text + 1 }
  return read_query(r)
end

M.units = units
return M
