--- Rows as lines of text: TSV and CSV. Both are written while the rows come.
-- @module lesdiplo.report.flat
local cells = require "lesdiplo.report.cells"
local concat, ipairs = table.concat, ipairs
_ENV = nil
local M = {}

-- A writer whose lines are made of quoted cells.
local function lines (write, options, quote, between, ending)
  local sheet = cells.sheet(options.warn)
  local function put (row)
    local out = {}
    for i, text in ipairs(row) do out[i] = quote(text, #row == 1) end
    write(concat(out, between) .. ending)
  end
  return {
    row = function (_, row, columns)
      local first = not sheet.columns
      local line = sheet.cells(row, columns)
      if first then put(sheet.columns) end
      put(line)
    end,
    finish = function () end,
  }
end

local escapes = { ["\\"] = "\\\\", ["\t"] = "\\t", ["\n"] = "\\n", ["\r"] = "\\r" }

-- Rows with a tab between cells. Inside a cell a tab, a line end and a
-- backslash are written \t, \n, \r and \\, so that a line is always a row.
-- @param write fun(text: string)
-- @param options table with warn
-- @return table writer
function M.tsv (write, options)
  return lines(write, options, function (text)
    return (text:gsub("[\\\t\n\r]", escapes))
  end, "\t", "\n")
end

-- Rows as RFC 4180 has them: commas, CR LF, quotes where a cell needs them.
-- @param write fun(text: string)
-- @param options table with warn
-- @return table writer
function M.csv (write, options)
  -- an empty cell that is alone in its row would be an empty line
  return lines(write, options, function (text, alone)
    if not text:find '[,"\r\n]' and not text:find "^%s" and not text:find "%s$"
       and (text ~= "" or not alone) then
      return text
    end
    return '"' .. text:gsub('"', '""') .. '"'
  end, ",", "\r\n")
end

return M
