--- Money, counts, percentages, measures and ordinals.
-- @module lesdiplo.grammar.amounts
_ENV = nil
local M = {}

--- The layer of a document.
---@return integer[] positions
---@return table[] rows
function M.amount () return {}, {} end

return M
