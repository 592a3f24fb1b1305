--- Rows as a web page of its own: one file, no script, nothing fetched.
-- @module lesdiplo.report.html
local cells = require "lesdiplo.report.cells"
local concat, format, ipairs = table.concat, string.format, ipairs
local type = type
_ENV = nil
local M = {}

local entities = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;",
  ['"'] = "&quot;", ["'"] = "&#39;" }

-- Text for a place between tags or inside an attribute. Control bytes, which
-- no page may hold, become U+FFFD.
--     > html.escape("<b>'x' & \"y\"</b>")
--     &lt;b&gt;&#39;x&#39; &amp; &quot;y&quot;&lt;/b&gt;
-- @param text string
-- @return string
function M.escape (text)
  text = text:gsub("[&<>\"']", entities)
  return (text:gsub("[%z\1-\8\11\12\14-\31\127]", "\u{FFFD}"))
end
local escape = M.escape

local head = [[
<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>%s</title>
<style>
:root { color-scheme: light dark; --line: #8884; --faint: #888; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 80rem;
  padding: 0 1rem; }
table { border-collapse: collapse; width: 100%%; }
caption { caption-side: bottom; color: var(--faint); padding: .6rem;
  text-align: left; }
th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem;
  text-align: start; vertical-align: top; }
th { position: sticky; top: 0; background: Canvas; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
td.left { text-align: right; }
td[title] { text-decoration: underline dotted var(--faint); text-underline-offset: .2em; }
td.cite { font: .8em ui-monospace, monospace; color: var(--faint);
  overflow-wrap: anywhere; }
</style>
</head>
<body>
<table>
]]

local function cell (name, text, value)
  local kind, _, cite = cells.kind(value)
  local class = name == "cite" and "cite" or name == "left" and "left"
                or type(value) == "number" and "n"
  return format("<td%s%s dir=\"auto\">%s</td>",
    class and format(' class="%s"', class) or "",
    kind == "cited" and name ~= "cite" and format(' title="%s"', escape(cite)) or "",
    escape(text))
end

-- Rows as a page with one table. A cell that was a Span shows its citation
-- when pointed at, and the row's citations stand in the last column.
-- @param write fun(text: string)
-- @param options table with warn and title
-- @return table writer
function M.page (write, options)
  local pile = cells.pile(options.warn)
  return {
    row = function (_, row, columns) pile.add(row, columns) end,
    finish = function ()
      local columns, rows = pile.close()
      write(format(head, escape(options.title or "lesdiplo")))
      local line = {}
      for i, name in ipairs(columns) do
        line[i] = "<th scope=\"col\">" .. escape(name) .. "</th>"
      end
      write("<thead><tr>" .. concat(line) .. "</tr></thead>\n<tbody>\n")
      for _, row in ipairs(rows) do
        for i, name in ipairs(columns) do line[i] = cell(name, row[i], row.raw[name]) end
        write("<tr>" .. concat(line, "", 1, #columns) .. "</tr>\n")
      end
      write(format("</tbody>\n<caption>%d row%s</caption>\n</table>\n</body>\n</html>\n",
                   #rows, #rows == 1 and "" or "s"))
    end,
  }
end

return M
