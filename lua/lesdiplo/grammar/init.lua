--- Patterns for the smallest things of a text and, later, for its values.
--
--     local atoms = require "lesdiplo".grammar.atoms
--
-- Each part is loaded when it is first asked for.
-- @module lesdiplo.grammar
local util = require "lesdiplo.util"
local error, format, ipairs = error, string.format, ipairs
local require, setmetatable = require, setmetatable
_ENV = nil

local parts = { "atoms", "quotes" }

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
