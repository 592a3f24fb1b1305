--- Patterns over tokens: words, stems, shapes, layers, composed as LPeg patterns
-- are. Besides the names below, each layer's is one: q.treaty is q.layer "treaty".
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
