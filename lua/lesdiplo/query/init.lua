--- Patterns over tokens: words, stems, shapes, composed as LPeg patterns are.
-- @module lesdiplo.query
local pattern = require "lesdiplo.query.pattern"
local compile = require "lesdiplo.query.compile"
local pairs = pairs
_ENV = nil
local M = {}
for name, value in pairs(pattern) do M[name] = value end

-- What corpus:find and doc:find call.
function M.find (corpus, p, options, doc)
  return compile.find(corpus, pattern.to_pattern(p), options, doc)
end

return M
