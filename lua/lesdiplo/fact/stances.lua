--- The layer stance.
-- @module lesdiplo.fact.stances
_ENV = nil
local M = {}
function M.stance () return {}, {} end
return M
