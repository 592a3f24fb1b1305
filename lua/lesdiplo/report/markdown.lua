--- Rows as a Markdown table (that of GitHub and of most readers).
-- @module lesdiplo.report.markdown
local cells = require "lesdiplo.report.cells"
local concat, ipairs = table.concat, ipairs
_ENV = nil
local M = {}

-- Text for a cell, shown as it is: what Markdown would read as markup is
-- escaped, and a line end becomes <br>.
--     > markdown.escape("a|b *c* <d>\ne")
--     a\|b \*c\* \<d\><br>e
-- @param text string
-- @return string
function M.escape (text)
  text = text:gsub("[\\`*_%[%]<>|~&$]", "\\%0")
  return (text:gsub("\r?\n", "<br>"):gsub("[%c]", " "))
end

-- Citations are set as code: nothing that is in one needs an escape.
local function cited (text)
  return (text:gsub("%S+", function (word)
    return word:find "^[^`|]+:%d+:%d+%-%d+#%x+$" and "`" .. word .. "`"
           or M.escape(word)
  end))
end

-- Rows as a table; numbers stand right, citations are set as code.
-- @param write fun(text: string)
-- @param options table with warn
-- @return table writer
function M.table (write, options)
  local pile = cells.pile(options.warn)
  return {
    row = function (_, row, columns) pile.add(row, columns) end,
    finish = function ()
      local columns, rows = pile.close()
      if not rows[1] then return end
      local names, rule = {}, {}
      for i, name in ipairs(columns) do
        local right = name == "left" or cells.is_numeric(rows, name)
        names[i], rule[i] = M.escape(name), right and "---:" or "---"
      end
      write("| " .. concat(names, " | ") .. " |\n")
      write("| " .. concat(rule, " | ") .. " |\n")
      for _, row in ipairs(rows) do
        local line = {}
        for i, name in ipairs(columns) do
          line[i] = name == "cite" and cited(row[i]) or M.escape(row[i])
        end
        write("| " .. concat(line, " | ") .. " |\n")
      end
    end,
  }
end

return M
