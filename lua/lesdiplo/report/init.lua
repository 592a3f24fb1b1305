--- Rows, printed: as a table for people, or in a format for other programs.
--
--     local writer = report.writer("csv", io_write, { warn = warn })
--     writer:row({ title = "Note", date = "1998-07-04" }, { "title", "date" })
--     writer:finish()
--
-- A row is a table of names and values: strings, numbers, booleans, Spans. The
-- same rows in the same order give the same bytes.
-- @module lesdiplo.report
local util = require "lesdiplo.util"
local concat, error, format, ipairs = table.concat, error, string.format, ipairs
local require, type = require, type
_ENV = nil
local M = {}

-- Where each format is written: module, function.
local formats = {
  table = { "lesdiplo.report.table", "table" },
  tsv = { "lesdiplo.report.flat", "tsv" },
  csv = { "lesdiplo.report.flat", "csv" },
  json = { "lesdiplo.report.json", "array" },
  jsonl = { "lesdiplo.report.json", "lines" },
  md = { "lesdiplo.report.markdown", "table" },
  html = { "lesdiplo.report.html", "page" },
}

--- The formats, in the order in which they are explained to people.
M.formats = { "table", "tsv", "csv", "json", "jsonl", "md", "html" }

--- Something to give rows to. `writer:row(row, columns)` takes one; columns, an
-- array of names, fixes which are shown and in what order, else all are, sorted
-- by name. `writer:finish()` writes what is still kept: call it once, at the
-- end. tsv, csv and jsonl write each row when it comes, the others at the end.
--
-- Spans: json and jsonl write {"text", "cite"}; the others write the text, and
-- the row's citations into a last column, `cite`, unless the row has its own.
--
-- Options: `width` of a table in columns (100), `rows` of a table at most (all),
-- `title` of a page, `warn`, a function that is told what was left out.
---@param name string table tsv csv json jsonl md html
---@param write fun(text: string) takes the output, piece by piece
---@param options? table width, rows, title, warn
---@return table writer
function M.writer (name, write, options)
  local where = formats[name]
  if not where then
    error(format("report.writer(format): no format '%s'%s; there are %s", name,
                 util.hint(name, M.formats),
                 concat(M.formats, " ")), 2)
  end
  if type(write) ~= "function" then
    error("report.writer(format, write): write must be a function", 2)
  end
  return require(where[1])[where[2]](write, options or {})
end

--- All of some rows as one text.
--     > report.text("csv", { { n = 1, who = "A" } }):gsub("\r\n", "|")
--     n,who|1,A|
---@param name string a format
---@param rows table[] and rows.columns, an array of names
---@param options? table see writer
---@return string
function M.text (name, rows, options)
  local out = {}
  local writer = M.writer(name, function (text) out[#out + 1] = text end, options)
  for _, row in ipairs(rows) do writer:row(row, rows.columns) end
  writer:finish()
  return concat(out)
end

--- What a corpus holds: how many documents, in which languages, of what kinds,
-- from whom, from when to when, how large; which are in it twice or nearly so;
-- what could not be read, and why. `print` shows it, inventory:text(width) does
-- so for another width, inventory:rows() makes a row of each document. The verb
-- `lesdiplo corpus` prints it.
--
-- It is a table: `documents`, `files`, `bytes`, `words`, `sentences`; `lang`,
-- `kind`, `source`, `ending` (of files), `charset`: arrays of name and count;
-- `dates`: first, last, unknown, years; `sizes`: of bytes, words and sentences
-- the smallest, median and largest, with value and id; `duplicates`, as
-- corpus:duplicates gives them, `same` and `near`, how many they are; `notes`,
-- those that say the same together.
---@param corpus userdata
---@param options? table near: of corpus:duplicates
---@return table inventory
function M.inventory (corpus, options)
  return require "lesdiplo.report.inventory".inventory(corpus, options)
end

return M
