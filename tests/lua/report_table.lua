-- lesdiplo.report: rows as a table of text that fits a screen.
local report = require "lesdiplo.report"
local util = require "lesdiplo.util"
local check = require "lesdiplo.util.check".new()

local function lines_of (text)
  local lines = {}
  for line in text:gmatch "([^\n]*)\n" do lines[#lines + 1] = line end
  return lines
end

check:equal(report.text("table", { { n = 1, who = "A" }, { n = 20, who = "Bb" } }),
  " n  who\n──  ───\n 1  A\n20  Bb\n(2 rows)\n", "numbers stand right")
check:equal(report.text("table", {}), "", "no rows, no table")
check:equal(lines_of(report.text("table", { { a = "x" } }))[4], "(1 row)", "one row")
local dirty = report.text("table", { { a = "one\n  two\tthree \27[31m" } })
check:equal(dirty:find("one two three \\x1b[31m", 1, true) ~= nil, true,
  "white space is a blank, control bytes are shown")
check:equal(report.text("table", { { a = "x\u{202E}y" } }):find("\u{202E}", 1, true), nil,
  "no mark turns the line around")

local long = { { left = ("before "):rep(30), match = "MATCH", right = ("after "):rep(30) } }
long.columns = { "left", "match", "right" }
local line = lines_of(report.text("table", long, { width = 60 }))[3]
check:equal(line:match "^(…).*before  MATCH  after.*…$", "…",
  "left loses its beginning, right its end")

local cite = "folder/a-document.txt:120:4000-4100#0123abcd"
local cited = { { text = ("word "):rep(40), cite = cite } }
check:equal(report.text("table", cited, { width = 100 }):find(cite, 1, true) ~= nil, true,
  "a citation is kept whole")
check:equal(lines_of(report.text("table", cited, { width = 30 }))[3]:find "…" ~= nil, true,
  "unless there is no room at all")

local wide = {}
for i = 1, 30 do wide["column" .. i] = "some text " .. i end
local shown = lines_of(report.text("table", { wide }, { width = 80 }))
check:equal(shown[#shown]:find "^%(1 row; no room for column" ~= nil, true,
  "what is left out is named")

local many = {}
for i = 1, 50 do many[i] = { n = i } end
shown = lines_of(report.text("table", many, { rows = 10 }))
check:equal(#shown, 13, "ten rows of fifty")
check:equal(shown[13], "(10 of 50 rows)", "and how many there are")

-- No line is ever wider than the screen, whatever stands in the cells.
local bits = { "a", "word ", "漢", "萊索托，", "é", "e\u{301}", "\t", "\n", "…", "\27",
               "\u{1F600}", "한국 ", "ليسوتو ", "\u{200B}", "－", "x:1:2-3#01234567 " }
math.randomseed(11)
local function text_of (n)
  local out = {}
  for i = 1, math.random(0, n) do out[i] = bits[math.random(#bits)] end
  return table.concat(out)
end
local too_wide, ragged = 0, 0
for round = 1, 200 do
  local rows, names = {}, { "left", "name", "名稱", "z", "cite" }
  for i = 1, math.random(1, 6) do
    local row = {}
    for _, name in ipairs(names) do
      local dice = math.random(6)
      if dice == 1 then row[name] = math.random(-10 ^ 6, 10 ^ 6)
      elseif dice > 2 then row[name] = text_of(round % 40) end
    end
    rows[i] = row
  end
  local width = math.random(1, 130)
  local lines = lines_of(report.text("table", rows, { width = width }))
  for _, l in ipairs(lines) do
    if util.width(l) > width then too_wide = too_wide + 1 end
  end
  -- the rule shows where columns are; no row is longer than it
  if #lines > 0 and util.width(lines[3]) > util.width(lines[2]) then ragged = ragged + 1 end
end
check:equal(too_wide, 0, "200 tables: no line too wide")
check:equal(ragged, 0, "200 tables: no row wider than its rule")

check:finish()
