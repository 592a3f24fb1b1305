--- Dates, times, durations and repetitions.
-- @module lesdiplo.grammar.dates
_ENV = nil
local M = {}

--- The layer of a document.
---@return integer[] positions
---@return table[] rows
function M.date () return {}, {} end

return M
