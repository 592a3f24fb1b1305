--- People that the rows of a table name: theirs is the id, wherever a document names them.
-- @module lesdiplo.entity.tables
local stretches = require "lesdiplo.entity.stretches"
local _, native = ...
local mentions = native.entities.mentions
local ipairs = ipairs
_ENV = nil
local M = {}

-- By id of the document's own, the row of a table that names the same stretch; and the
-- mentions of tables that lie in no other.
local function compared (positions, rows, own, own_rows)
  local seek, same, rest, rest_rows = stretches.walker(positions), {}, {}, {}
  for k, row in ipairs(own_rows) do
    local first, last = own[2 * k - 1], own[2 * k]
    local i = seek(first)
    local a, b = positions[2 * i - 1], positions[2 * i]
    if a == first and b == last then same[rows[i].id] = same[rows[i].id] or row
    elseif not a or a > last then
      rest[#rest + 1], rest[#rest + 2] = first, last
      rest_rows[#rest_rows + 1] = { id = row.id, name = row.name, form = "name" }
    end
  end
  return same, rest, rest_rows
end

--- The people of a document, those of tables under their ids.
---@param doc Doc
---@param positions integer[] what is found without them
---@param rows table[] which are changed
---@return integer[] positions
---@return table[] rows
function M.joined (doc, positions, rows)
  local own, own_rows = mentions(doc, "person")
  if #own_rows == 0 then return positions, rows end
  local same, rest, rest_rows = compared(positions, rows, own, own_rows)
  for _, row in ipairs(rows) do
    local known = same[row.id]
    if known then row.id, row.name = known.id, known.name end
  end
  return stretches.joined{ { positions, rows }, { rest, rest_rows } }
end

return M
