--- Patterns for the smallest things of a text, and readers of its values.
--
--     atoms              letters, spaces, numbers, quotation marks, scripts, as LPeg patterns
--     dates amounts quotes
--                        values: pattern, all(text, lang), each(doc)
--     calendar           days, weekdays, feasts
--
-- Each part is loaded when it is first asked for: lesdiplo.grammar.dates.all(text).
-- @module lesdiplo.grammar
local util = require "lesdiplo.util"
local error, format, ipairs = error, string.format, ipairs
local require, setmetatable = require, setmetatable
_ENV = nil

local parts = { "amounts", "atoms", "calendar", "dates", "quotes" }

return setmetatable({}, { __index = function (grammar, name)
  for _, part in ipairs(parts) do
    if part == name then
      local module = require("lesdiplo.grammar." .. name)
      grammar[name] = module
      return module
    end
  end
  error(format("lesdiplo.grammar has no '%s'%s", name, util.hint(name, parts)), 2)
end })
