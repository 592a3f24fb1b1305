--- One-character states before 方: 中方, 俄方, 莱方.
-- @module lesdiplo.fact.han.short
local plain = require "lesdiplo.fact.plain.parties"
local shorts = require "lesdiplo.entity.short"
local sub = string.sub
_ENV = nil
local M = {}

--- The state that a character stands for in a document, or nil.
---@param st table
---@param c string
---@return string? id
function M.meant (st, c)
  st.sides = st.sides or {}
  if st.sides[c] == nil then
    local one = shorts.meant(c, plain.names(st))
    st.sides[c] = one and one[1] or false
  end
  return st.sides[c] or nil
end

--- The state that 方 at a byte means by the character before it, or that 中方 means.
---@param st table with simple, the text
---@param word string 方 or 中方
---@param first integer
---@return string? id
function M.side (st, word, first)
  return M.meant(st, word == "中方" and "中" or sub(st.simple, first - 3, first - 1))
end

return M
