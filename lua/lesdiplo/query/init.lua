--- Patterns over tokens: words, stems, shapes, composed as LPeg patterns are.
-- @module lesdiplo.query
local pattern = require "lesdiplo.query.pattern"
local compile = require "lesdiplo.query.compile"
local pairs, require = pairs, require
_ENV = nil
local M = {}
for name, value in pairs(pattern) do M[name] = value end

-- What corpus:find and doc:find call.
function M.find (corpus, p, options, doc)
  return compile.find(corpus, pattern.to_pattern(p), options, doc)
end

--- A pattern written in CQL, to be composed with others; and its options.
--     > lesdiplo.query.cql '"so" []{0,2} [stem="friend"]'.op
--     seq
---@param text string without MU, :: and cut, which are corpus:cql's
---@return Pattern pattern
---@return table options for corpus:find: within, policy
function M.cql (text) return require "lesdiplo.query.written".pattern(text) end

return M
