--- The layers country, org, place and person, made a document at a time.
-- @module lesdiplo.entity.layers
local _, native = ...
local mentions = native.entities.mentions
_ENV = nil
local M = {}

--- Countries, by their names.
---@param doc Doc
---@return integer[] positions
---@return table[] rows
function M.country (doc) return mentions(doc, "country") end

--- Organisations.
function M.org (doc) return mentions(doc, "org") end

--- Places.
function M.place (doc) return mentions(doc, "place") end

--- People.
function M.person () return {}, {} end

return M
