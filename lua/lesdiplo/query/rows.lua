--- Hits as rows: columns of captures and fields, and concordance lines.
-- @module lesdiplo.query.rows
local util = require "lesdiplo.util"
local _, native = ...
local concat, sort = table.concat, table.sort
local error, format, ipairs, pairs = error, string.format, ipairs, pairs
local math_type, min, sub = math.type, math.min, string.sub
local char, codes, width_of = utf8.char, utf8.codes, util.width
local line_of, order_of = native.tokens.line, native.tokens.order
local pcall, tostring, type = pcall, tostring, type
_ENV = nil
local M = {}

local WIDTH_MOST = 10000     -- characters on either side of a hit

local function field (object, name) return object[name] end

-- A stretch of text in one line.
local function line (text) return (text:gsub("%s+", " ")) end

-- The value of "who", "doc.date", "who.cite": a field of a field. `what` asks.
local function value_of (what, hit, path)
  local value = hit
  for name in path:gmatch "[^.]+" do
    if value == nil then return nil end
    local ok, found = pcall(field, value, name)
    if not ok then error(format("hits:%s: %s, in column '%s'", what, found, path), 0) end
    value = found
  end
  return value
end

local function check_column (what, column)
  if type(column) ~= "string" then
    error(format("hits:%s: the name of a column is wanted, a text; got a %s", what,
                 type(column)), 0)
  end
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
    error("hits:rows: an array of columns is wanted: hits:rows{\"text\", \"doc.date\"}", 0)
  end
  for _, path in ipairs(columns) do check_column("rows", path) end
  local out = { columns = columns }
  for hit in hits do
    local row = {}
    for _, path in ipairs(columns) do
      row[path] = path == "text" and hit or value_of("rows", hit, path)
    end
    out[#out + 1] = row
  end
  return out
end

-- What tells a value from others: of text, its words without case and accents.
local function key_of (value)
  if value == nil or type(value) == "number" or type(value) == "boolean" then return value end
  return (native.tokens.fold(tostring(value)):gsub("%s+", " "))
end

-- The hits' numbers by the values of columns, in the order they are first met.
local function groups (what, hits, columns)
  check_column(what, columns[1])
  for _, path in ipairs(columns) do
    check_column(what, path)
    if path == "count" or path == "hits" then
      error(format("hits:%s: what is counted is in the columns count and hits: name the "
                   .. "capture '%s' otherwise", what, path), 0)
    end
  end
  local out, by_key, number = {}, {}, 0
  for hit in hits do
    number = number + 1
    local key, values = {}, {}
    for i, path in ipairs(columns) do
      values[path] = path == "text" and hit or value_of(what, hit, path)
      key[i] = format("%s %s", type(values[path]), tostring(key_of(values[path])))
    end
    key = concat(key, "\0")
    local group = by_key[key]
    if not group then
      group = { values = values, numbers = {}, docs = 0 }
      by_key[key] = group
      out[#out + 1] = group
    end
    group.numbers[#group.numbers + 1] = number
    if group.last ~= hit.doc then group.docs, group.last = group.docs + 1, hit.doc end
  end
  return out
end

--- Groups of hits with the same values.
---@param hits Hits
---@param ... string columns
---@return table[] the values by column, and hits
function M.group (hits, ...)
  local columns = { ... }
  local out = groups("group", hits, columns)
  columns[#columns + 1] = "hits"
  out.columns = columns
  for i, group in ipairs(out) do
    group.values.hits = native.hits.pick(hits, group.numbers)
    out[i] = group.values
  end
  return out
end

--- How often each value occurs: rows of the columns, count, docs, example.
---@param hits Hits
---@param ... string columns
---@return table[] rows
function M.count (hits, ...)
  local columns = { ... }
  local all = groups("count", hits, columns)
  sort(all, function (a, b)
    if #a.numbers ~= #b.numbers then return #a.numbers > #b.numbers end
    return a.numbers[1] < b.numbers[1]
  end)
  columns[#columns + 1] = "count"
  columns[#columns + 1] = "docs"
  columns[#columns + 1] = "example"
  local out = { columns = columns }
  for i, group in ipairs(all) do
    local row = group.values
    for name, value in pairs(row) do
      if type(value) == "userdata" then row[name] = line(tostring(value)) end
    end
    row.count, row.docs, row.example = #group.numbers, group.docs, hits[group.numbers[1]]
    out[i] = row
  end
  return out
end

--- The hits by the values of a column.
---@param hits Hits
---@param column string
---@param descending boolean?
---@return Span[]
function M.sort (hits, column, descending)
  check_column("sort", column)
  local keys, order = {}, {}
  for hit in hits do
    local i = #order + 1
    order[i] = i
    local key = column == "text" and key_of(hit) or key_of(value_of("sort", hit, column))
    keys[i] = type(key) == "boolean" and tostring(key) or key
  end
  sort(order, function (a, b)
    local x, y = keys[a], keys[b]
    if x == nil or y == nil then
      if (x == nil) ~= (y == nil) then return y == nil end
      return a < b
    elseif type(x) ~= type(y) then return (type(x) == "number") ~= (descending == true)
    elseif x == y then return a < b
    elseif descending then return x > y
    end
    return x < y
  end)
  local out = {}
  for i, number in ipairs(order) do out[i] = hits[number] end
  return out
end

M.line = line
M.names = native.hits.names

-- The end of a text, or its beginning, in so many columns.
local function last_columns (text, columns)
  local total = width_of(text)
  for at, cp in codes(text) do
    local w = width_of(char(cp))
    if total <= columns and w > 0 then return sub(text, at) end
    total = total - w
  end
  return ""
end
local function first_columns (text, columns)
  for at, cp in codes(text) do
    columns = columns - width_of(char(cp))
    if columns < 0 then return sub(text, 1, at - 1) end
  end
  return text
end

--- Concordance lines: so many columns on either side of each hit. Lines can be
-- sorted by the words that follow, or that stand before, the nearest first.
---@param hits Hits
---@param options? table width (40), sort ("doc", "left", "right"), most (all)
---@return table[] rows left, hit, right
function M.kwic (hits, options)
  if math_type(options) then options = { width = options } end
  options = util.options("kwic(options)", options, { "width", "sort", "most" })
  util.one_of("kwic: sort", options.sort, { "doc", "left", "right" })
  util.whole("kwic: most", options.most, 0)
  local width, most = options.width or 40, options.most or #hits
  if math_type(width) ~= "integer" or width < 0 or width > WIDTH_MOST then
    error(format("kwic: width is a number of characters, up to %d", WIDTH_MOST), 0)
  end
  local order = order_of(hits, options.sort or "doc")
  local out = { columns = { "left", "hit", "right" } }
  for i = 1, min(most, #hits) do
    local hit = hits[order and order[i] or i]
    local left, right, left_ready, right_ready = line_of(hit, width)
    left = left_ready and left or last_columns(left, width)
    right = right_ready and right or first_columns(right, width)
    out[i] = { left = left, hit = hit, right = right }
  end
  return out
end

return M
