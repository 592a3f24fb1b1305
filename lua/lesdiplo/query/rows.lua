--- Hits as rows: columns of captures and fields, and concordance lines.
-- @module lesdiplo.query.rows
local util = require "lesdiplo.util"
local _, native = ...
local find, format, gsub, rep = string.find, string.format, string.gsub, string.rep
local error, ipairs, pcall, type = error, ipairs, pcall, type
local math_type, min, width_of = math.type, math.min, util.width
local order_of = native.tokens.order
_ENV = nil
local M = {}

local function field (object, name) return object[name] end

-- The value of "who", "doc.date", "who.cite": a field of a field.
local function value_of (hit, path)
  local value = hit
  for name in path:gmatch "[^.]+" do
    if value == nil then return nil end
    local ok, found = pcall(field, value, name)
    if not ok then error(format("hits:rows: %s, in column '%s'", found, path), 0) end
    value = found
  end
  return value
end

--- One row a hit. A column is the name of a capture, a field of a hit ("text",
-- "cite", "sentence"), or a field of those ("doc.date"); without any, what was
-- found, then each capture. The array has them as `columns`, in their order.
---@param hits Hits
---@param columns? string[]
---@param names string[] of the captures
---@return table[] rows
function M.rows (hits, columns, names)
  if columns == nil then
    columns = { "text" }
    for _, name in ipairs(names) do columns[#columns + 1] = name end
  elseif type(columns) ~= "table" then
    error("hits:rows: an array of columns is wanted", 0)
  end
  local out = { columns = columns }
  for hit in hits do
    local row = {}
    for _, path in ipairs(columns) do
      row[path] = path == "text" and hit or value_of(hit, path)
    end
    out[#out + 1] = row
  end
  return out
end

-- A stretch of text in one line.
local function line (text)
  return find(text, "[\t-\r]") and (gsub(text, "%s+", " ")) or find(text, "  ", 1, true)
         and (gsub(text, " +", " ")) or text
end

--- Concordance lines: so many characters on either side of each hit. Lines can be
-- sorted by the words that follow, or that stand before, the nearest first.
---@param hits Hits
---@param options? table width (40), sort ("doc", "left", "right"), most (all)
---@return table[] rows left, hit, right
function M.kwic (hits, options)
  options = options or {}
  if type(options) ~= "table" then options = { width = options } end
  local width, most = options.width or 40, options.most or #hits
  if math_type(width) ~= "integer" or width < 0 then
    error("kwic: width is a number of characters", 0)
  elseif math_type(most) ~= "integer" or most < 0 then
    error("kwic: most is a number of lines", 0)
  end
  local order = order_of(hits, options.sort or "doc")
  local out = { columns = { "left", "hit", "right" } }
  for i = 1, min(most, #hits) do
    local hit = hits[order and order[i] or i]
    local left, right = hit:context(width)
    left, right = line(left), line(right)
    local short = width - width_of(left)
    out[i] = { left = short > 0 and rep(" ", short) .. left or left, hit = hit, right = right }
  end
  return out
end

return M
