--- Rows as a table of text, fitted to the width of a screen.
--
-- Widths are counted in columns of a terminal, where Han takes two. What does
-- not fit is cut and says so with "…"; what is left out is counted below. A
-- citation is kept whole as long as that leaves room for the rest (cut, it could
-- not be checked any more), and so is the name of a document.
-- @module lesdiplo.report.table
local cells = require "lesdiplo.report.cells"
local util = require "lesdiplo.util"
local concat, remove, sort = table.concat, table.remove, table.sort
local format, ipairs = string.format, ipairs
local huge, math_type = math.huge, math.type
_ENV = nil
local M = {}

local GAP = 2          -- blanks between two columns
local LEAST = 6        -- a narrower column says nothing: it is left out
local EXAMPLE = 8      -- and so is an example that is narrower than this
local WIDTH = 100      -- where nobody knows the width
local whole = { cite = true, doc = true, id = true }   -- columns not to be cut

-- A cell on one line: runs of white space are one blank, control bytes are
-- shown, marks that turn the direction of writing are dropped.
local function clean (text)
  text = text:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", "")
  text = util.shown(text)
  if text:find "\xE2\x80[\x8E\x8F\xAA-\xAE]" or text:find "\xE2\x81[\xA6-\xA9]" then
    text = text:gsub("\xE2\x80[\x8E\x8F\xAA-\xAE]", ""):gsub("\xE2\x81[\xA6-\xA9]", "")
  end
  return text
end

-- The width above which columns are cut so that all fit into 'room': those that
-- are narrower keep theirs, the rest share what is left.
local function cap_for (widths, room)
  sort(widths)
  for i, width in ipairs(widths) do
    local left = #widths - i + 1
    if width * left > room then return room // left end
    room = room - width
  end
  return huge
end

-- An example shows what the row has told already: it takes the room that others
-- leave. Its place, where that is too little to say anything.
local function spare (shown, room)
  local place
  for i, column in ipairs(shown) do
    if column.name == "example" then place = i
    elseif not column.kept then room = room - column.width end
  end
  if not place or shown[place].width <= room then return nil end
  shown[place].width = room
  return room < EXAMPLE and #shown > 1 and place or nil
end

-- Cuts columns down until they fit; one at the right end that would say
-- nothing any more is left out, `cite` last of all.
local function lay_out (columns, width)
  local shown, left_out = {}, {}
  for i, column in ipairs(columns) do shown[i] = column end
  while true do
    local room, left, widths = width - GAP * (#shown - 1), width * 3 // 5, {}
    for _, column in ipairs(shown) do
      column.kept = whole[column.name] and column.width <= left
      if column.kept then
        room, left = room - column.width, left - column.width
      end
    end
    local last = spare(shown, room)
    for _, column in ipairs(shown) do
      if not column.kept then widths[#widths + 1] = column.width end
    end
    local cap = cap_for(widths, room)
    if not last and (cap >= LEAST or #shown == 1) then
      for _, column in ipairs(shown) do
        if not column.kept and column.width > cap then column.width = cap end
      end
      return shown, left_out
    end
    if not last then last = shown[#shown].name == "cite" and #shown - 1 or #shown end
    left_out[#left_out + 1] = remove(shown, last).name
  end
end

-- 'n' blanks.
local function blanks (n) return (" "):rep(n) end

local function place (text, column)
  if column.name == "left" then text = util.fit_end(text, column.width)
  else text = util.fit(text, column.width) end
  local rest = blanks(column.width - util.width(text))
  return column.right and rest .. text or text .. rest
end

local function line (cells_of, shown)
  local out = {}
  for i, column in ipairs(shown) do out[i] = place(cells_of[column.place], column) end
  return (concat(out, blanks(GAP)):gsub(" +$", "")) .. "\n"
end

-- What the table does not show, or how many rows it has.
local function count (total, shown, left_out)
  local out = { format("%d row%s", total, total == 1 and "" or "s") }
  if shown < total then out[1] = format("%d of %s", shown, out[1]) end
  if left_out[1] then
    sort(left_out)
    out[2] = format("no room for %s", concat(left_out, ", "))
  end
  return "(" .. concat(out, "; ") .. ")"
end

-- Rows as a table that is at most `width` columns wide. Numbers stand right, and
-- are shown to six digits: the other formats have them whole. A
-- column named `left` is what stands before a match: it stands right, and loses
-- its beginning. With `rows`, no more than that many are shown.
-- @param write fun(text: string)
-- @param options table with width, rows and warn
-- @return table writer
function M.table (write, options)
  local width = options.width or WIDTH
  if width < 1 then width = WIDTH end
  local pile = cells.pile(options.warn)

  local function columns_of (names, rows)
    local columns, head = {}, {}
    for i, name in ipairs(names) do
      local column = { name = name, place = i, width = util.width(clean(name)) }
      column.right = name == "left" or cells.is_numeric(rows, name)
      head[i] = clean(name)
      for _, row in ipairs(rows) do
        local value = row.raw[name]
        if math_type(value) == "float" then row[i] = format("%.6g", value) end
        row[i] = clean(row[i])
        local w = util.width(row[i])
        if w > column.width then column.width = w end
      end
      columns[i] = column
    end
    return columns, head
  end

  return {
    row = function (_, row, columns) pile.add(row, columns) end,
    finish = function ()
      local names, rows = pile.close()
      local total = #rows
      if total == 0 then return end
      for i = total, (options.rows or total) + 1, -1 do rows[i] = nil end
      local columns, head = columns_of(names, rows)
      local shown, left_out = lay_out(columns, width)
      write(line(head, shown))
      local rule = {}
      for i, column in ipairs(shown) do rule[i] = ("─"):rep(column.width) end
      write(concat(rule, blanks(GAP)) .. "\n")
      for _, row in ipairs(rows) do write(line(row, shown)) end
      write(util.fit(count(total, #rows, left_out), width) .. "\n")
    end,
  }
end

return M
