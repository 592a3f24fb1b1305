--- A token pattern as one would write it.
-- @module lesdiplo.query.describe
local concat, format, ipairs = table.concat, string.format, ipairs
local pairs, rawlen, tostring, type = pairs, rawlen, tostring, type
local sort = table.sort
_ENV = nil

-- How tightly an operator binds; what binds less stands in brackets.
local CHOICE, SEQ, UNARY, POWER, ATOM = 1, 2, 3, 4, 5
local write = {}

local function text (p, least)
  local out, binding = write[p.op](p)
  if binding < least then return "(" .. out .. ")" end
  return out
end

local function quoted (s) return (format("%q", s):gsub("\\\n", "\\n")) end

local function list (p, operator, binding)
  local out = {}
  for i, inner in ipairs(p) do out[i] = text(inner, binding + (i > 1 and 1 or 0)) end
  return concat(out, operator), binding
end

function write.word (p)
  local out = {}
  for i, a in ipairs(p.alternatives) do
    local how = a[1] == "match" and "text" or a[1]
    out[i] = "q." .. how .. (type(a[2]) == "string" and " " .. quoted(a[2]) or "(...)")
  end
  return concat(out, " + "), #out > 1 and CHOICE or ATOM
end

function write.any () return "q.any", ATOM end
function write.start () return "q.bos", ATOM end
function write.stop () return "q.eos", ATOM end
function write.layer (p) return "q.layer " .. quoted(p.name), ATOM end
function write.mark (p) return "q.inside " .. quoted(p.name), ATOM end
function write.same (p) return "q.same " .. quoted(p.name), ATOM end
write["ref"] = function (p) return "q.rule " .. quoted(tostring(p.name)), ATOM end

function write.phrases (p)
  if p.title then return "q.lexicon " .. quoted(p.title), ATOM end
  local out = {}
  for i = 1, #p.list < 4 and #p.list or 3 do out[i] = quoted(concat(p.list[i], " ")) end
  if #p.list > #out then out[#out + 1] = format("... %d in all", #p.list) end
  return "q.lexicon{" .. concat(out, ", ") .. "}", ATOM
end

function write.seq (p)
  if rawlen(p) == 0 then return "true", ATOM end
  return list(p, " * ", SEQ)
end

function write.choice (p) return list(p, " + ", CHOICE) end
function write.ahead (p) return "#" .. text(p.p, UNARY), UNARY end
function write.refuse (p) return "-" .. text(p.p, UNARY), UNARY end
function write.behind (p) return "q.behind(" .. text(p.p, CHOICE) .. ")", ATOM end
function write.gap (p) return format("q.gap(%d, %d)", p.least, p.most), ATOM end
function write.as (p) return text(p.p, ATOM) .. ":as " .. quoted(p.name), ATOM end
function write.where (p) return text(p.p, ATOM) .. ":where(...)", ATOM end

function write.rep (p)
  local inner = text(p.p, ATOM)
  if not p.most then return inner .. "^" .. p.least, POWER end
  if p.least == 0 then return inner .. "^-" .. p.most, POWER end
  return format("%s^{%d, %d}", inner, p.least, p.most), POWER
end

function write.grammar (p)
  local out = {}
  for name, rule in pairs(p.rules) do
    out[#out + 1] = tostring(name) .. " = " .. text(rule, CHOICE)
  end
  sort(out)
  return "q.grammar{" .. quoted(tostring(p.first)) .. ", " .. concat(out, ", ") .. "}", ATOM
end

return function (p) return text(p, CHOICE) end
