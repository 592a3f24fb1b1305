--- lesdiplo: what `require "lesdiplo"` gives, and scripts have as a global.
--
--     for doc in corpus:docs() do
--       lesdiplo.emit({ id = doc.id, title = doc.title })
--     end
--
-- Its rooms (lesdiplo.report, lesdiplo.grammar ...) are loaded when they are
-- first touched, so that a script pays for what it uses.
-- @module lesdiplo
local _, native = ...       -- the C half: emit, layer, version
local util = require "lesdiplo.util"
local error, format, ipairs = error, string.format, ipairs
local pairs, require, setmetatable, type = pairs, require, setmetatable, type
_ENV = nil

local rooms = { "fact", "grammar", "query", "report", "statistics", "summary", "util" }

local M = {}
for name, value in pairs(native) do
  if type(value) ~= "table" then M[name] = value end     -- a table is a room's own
end

return setmetatable(M, { __index = function (_, name)
  for _, room in ipairs(rooms) do
    if room == name then
      M[name] = require("lesdiplo." .. name)
      return M[name]
    end
  end
  local names = util.keys(M)
  for _, room in ipairs(rooms) do names[#names + 1] = room end
  error(format("lesdiplo has no '%s'%s", name, util.hint(name, names)), 2)
end })
