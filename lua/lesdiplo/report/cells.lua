--- What a value becomes in a row, and which columns a row has.
--
-- A cited value is a Span, or a table with `text` and `cite`: text that knows
-- where it stands. In formats without structure it becomes its text, and the
-- row's citations move to a column of their own, `cite`.
-- @module lesdiplo.report.cells
local concat, sort = table.concat, table.sort
local error, format, ipairs, math_type = error, string.format, ipairs, math.type
local next, pairs, pcall, tonumber = next, pairs, pcall, tonumber
local tostring, type = tostring, type
_ENV = nil
local M = {}

local function field (object, name) return object[name] end

-- What a value is: nil boolean number string cited list record doc hits other.
-- Of a cited value and of a document the text, and the citation, follow; of Hits
-- how many they are.
-- @param value any
-- @return string kind
-- @return string? text
-- @return string? cite
function M.kind (value)
  local t = type(value)
  if t ~= "userdata" and t ~= "table" then
    return (t == "string" or t == "number" or t == "boolean" or t == "nil")
           and t or "other"
  elseif t == "table" then
    if type(value.text) == "string" and type(value.cite) == "string" then
      return "cited", value.text, value.cite
    end
    return (#value > 0 or next(value) == nil) and "list" or "record"
  end
  -- our objects raise for a field they do not have
  local ok, cite = pcall(field, value, "cite")
  if ok and type(cite) == "string" then return "cited", value.text, cite end
  local is_doc, id = pcall(field, value, "id")
  if is_doc and type(id) == "string" then return "doc", id end
  local is_set, profile = pcall(field, value, "profile")
  if is_set and profile then return "hits", format("%d", #value) end
  return "other"
end
local kind = M.kind

-- A number as its shortest text that reads back as the same number; one that
-- is not an integer never looks like one.
--     > cells.number(0.1) .. " " .. cells.number(3.0) .. " " .. cells.number(7)
--     0.1 3.0 7
-- @param n number
-- @return string
function M.number (n)
  if math_type(n) == "integer" then return format("%d", n) end
  if n ~= n then return "nan" end
  if n == 1 / 0 then return "inf" elseif n == -1 / 0 then return "-inf" end
  local text
  for digits = 14, 17 do
    text = format("%." .. digits .. "g", n)
    if tonumber(text) == n then break end
  end
  return text:find "[.eE]" and text or text .. ".0"
end

-- The text of a value in a format without structure. The items of a list
-- stand beside each other; a value that has no text is an error.
-- @param value any
-- @param column string named in that error
-- @return string
function M.text (value, column)
  local what, text = kind(value)
  if what == "string" then return value
  elseif what == "nil" then return ""
  elseif what == "number" then return M.number(value)
  elseif what == "boolean" then return tostring(value)
  elseif text then return text
  elseif what == "list" then
    local items = {}
    for i, item in ipairs(value) do items[i] = M.text(item, column) end
    return concat(items, "; ")
  end
  error(format("column '%s' holds a %s: a cell is a text, a number, a boolean, "
               .. "a Span or nothing", column, type(value)), 0)
end

-- Adds the citations of a value, each once.
local function gather (out, seen, value)
  local what, _, cite = kind(value)
  if what == "cited" then
    if not seen[cite] then out[#out + 1], seen[cite] = cite, true end
  elseif what == "list" then
    for _, item in ipairs(value) do gather(out, seen, item) end
  end
end

-- Whether a row holds a cited value in one of the columns.
-- @param row table
-- @param columns string[]
-- @return boolean
function M.is_cited (row, columns)
  local out = {}
  for _, column in ipairs(columns) do gather(out, {}, row[column]) end
  return #out > 0
end

-- What stands in the column `cite`: the row's own, else the citations of its
-- cited values in column order, each once.
-- @param row table
-- @param columns string[]
-- @return string
function M.cite (row, columns)
  local own = row.cite
  local what, _, cite = kind(own)
  if what == "cited" then return cite end
  if own ~= nil then return M.text(own, "cite") end
  local out, seen = {}, {}
  for _, column in ipairs(columns) do gather(out, seen, row[column]) end
  return concat(out, " ")
end

-- Whether some of the rows hold a number in a column, and none anything else.
-- @param rows table[] of a pile
-- @param name string
-- @return boolean
function M.is_numeric (rows, name)
  local some = false
  for _, row in ipairs(rows) do
    local value = row.raw[name]
    if value ~= nil and type(value) ~= "number" then return false end
    some = some or value ~= nil
  end
  return some
end

-- The columns of a row whose order nobody gave: by name, `cite` last.
-- @param row table
-- @return string[]
function M.names (row)
  local names = {}
  for name in pairs(row) do
    if type(name) ~= "string" then
      error(format("a row is a table of names and values; found the key %s",
                   tostring(name)), 0)
    end
    if name ~= "cite" then names[#names + 1] = name end
  end
  sort(names)
  if row.cite ~= nil then names[#names + 1] = "cite" end
  return names
end

-- Adds to 'columns' the names that it lacks, `cite` staying last.
local function extend (columns, known, names)
  local cite = known.cite and columns[#columns] == "cite"
  if cite then columns[#columns] = nil end
  for _, name in ipairs(names) do
    if not known[name] then columns[#columns + 1], known[name] = name, true end
  end
  if cite then columns[#columns + 1] = "cite" end
end

-- The cells of rows under columns that are fixed from the first row on, as
-- formats need that are written while the rows come. A column that turns up
-- later is named once through `warn`; its values are left out.
-- @param warn? fun(message: string)
-- @param columns? string[] fixed already
-- @return table sheet with columns, rows (a count) and cells(row, columns)
function M.sheet (warn, columns)
  local sheet, known, told = { rows = 0 }, {}, {}

  local function settle (names)
    sheet.columns = {}
    extend(sheet.columns, known, names)
  end
  if columns then settle(columns) end

  -- Names in 'row' that no column has.
  local function strangers (row)
    local out = {}
    for name in pairs(row) do
      if not known[name] and not told[name] then out[#out + 1] = tostring(name) end
    end
    if not known.cite and not told.cite and row.cite == nil
       and M.is_cited(row, sheet.columns) then
      out[#out + 1] = "cite"
    end
    for _, name in ipairs(out) do told[name] = true end
    sort(out)
    return out
  end

  --- The text of each cell of a row; the first row settles the columns.
  function sheet.cells (row, names)
    sheet.rows = sheet.rows + 1
    if not sheet.columns then
      settle(names or M.names(row))
      if row.cite ~= nil or M.is_cited(row, sheet.columns) then
        extend(sheet.columns, known, { "cite" })
      end
    end
    local left = strangers(row)
    if left[1] and warn then
      warn(format("row %d has '%s', which is no column: left out, there and "
                  .. "below; name it in rows.columns or lesdiplo.emit(row, columns)",
                  sheet.rows, concat(left, "', '")))
    end
    local cells = {}
    for i, name in ipairs(sheet.columns) do
      cells[i] = name == "cite" and M.cite(row, sheet.columns)
                 or M.text(row[name], name)
    end
    return cells
  end

  return sheet
end

-- Rows kept until all are there, as formats need that are laid out: their
-- columns are those that were named, or all that any row has.
-- @param warn? fun(message: string)
-- @return table pile with add(row, columns) and close() -> columns, rows
function M.pile (warn)
  local pile, rows, columns, known, given = {}, {}, {}, {}, false

  --- Keeps a row. It is copied: a script may use its table again.
  function pile.add (row, names)
    local copy = {}
    for name, value in pairs(row) do copy[name] = value end
    rows[#rows + 1] = copy
    if names and not given then columns, known, given = {}, {}, true end
    if names or not given then extend(columns, known, names or M.names(row)) end
    if row.cite ~= nil or M.is_cited(row, columns) then
      extend(columns, known, { "cite" })
    end
  end

  --- The columns, and the rows: each the array of its cells, and `raw`, the
  -- row it was made of.
  function pile.close ()
    if not given then
      -- by name, as if all had stood in one row
      local row = {}
      for _, name in ipairs(columns) do row[name] = true end
      columns = M.names(row)
    end
    local sheet, out = M.sheet(warn, columns), {}
    for i, row in ipairs(rows) do
      out[i] = sheet.cells(row)
      out[i].raw = row
    end
    return columns, out
  end

  return pile
end

return M
