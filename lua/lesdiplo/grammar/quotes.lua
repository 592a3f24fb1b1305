--- What somebody said, and who.
-- @module lesdiplo.grammar.quotes
_ENV = nil
local M = {}

--- The layer of a document.
---@return integer[] positions
---@return table[] rows
function M.quote () return {}, {} end

return M
