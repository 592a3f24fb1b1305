--- Patterns over tokens: words, stems, shapes, layers, composed as LPeg patterns are.
--
--     word form stem shape text any gap bos eos        tokens
--     layer inside outside lexicon                     mentions, lists
--     behind same grammar rule cql                     the rest
--     a * b   a + b   a - b   a^1   #a   -a            as in LPeg
--     a:as "who"   a:where(f)   a:explain(doc)   a:plan(corpus)   a.lpeg
--
-- Each layer's name is one, too: q.person is q.layer "person". corpus:find looks for a
-- pattern; its field lpeg is one for plain LPeg, which matches in the text of a document,
-- where a token begins, what the pattern takes of that sentence.
-- @module lesdiplo.query
local pattern = require "lesdiplo.query.pattern"
local util = require "lesdiplo.util"
local _, native = ...
local error, format, pairs, require = error, string.format, pairs, require
local setmetatable, tostring, type = setmetatable, tostring, type
_ENV = nil
local M = {}
for name, value in pairs(pattern) do M[name] = value end

--- A pattern written in CQL, to be composed with others; and its options.
--     > lesdiplo.query.cql '"so" []{0,2} [stem="friend"]'.op
--     seq
---@param text string without MU, :: and cut, which are corpus:cql's
---@return Pattern pattern
---@return table options for corpus:find: within, policy
function M.cql (text) return require "lesdiplo.query.written".pattern(text) end

return setmetatable(M, { __index = function (_, name)
  if type(name) == "string" and native.layers.known(name) then return pattern.layer(name) end
  local names = native.layers.names()
  for key in pairs(M) do names[#names + 1] = key end
  error(format("lesdiplo.query has no '%s', and there is no layer of that name%s", tostring(name),
               util.hint(name, names)), 2)
end })
