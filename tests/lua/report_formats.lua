-- lesdiplo.report: rows as tsv, csv, json, jsonl, md and html.
local lpeg = require "lpeg"
local report = require "lesdiplo.report"
local json = require "lesdiplo.report.json"
local check = require "lesdiplo.util.check".new()
local C, Cc, Cf, Cg, Cs, Ct = lpeg.C, lpeg.Cc, lpeg.Cf, lpeg.Cg, lpeg.Cs, lpeg.Ct
local P, R, S, V = lpeg.P, lpeg.R, lpeg.S, lpeg.V

-- Text with a citation, as a Span has both.
local function cited (text, cite) return { text = text, cite = cite } end

local hostile = {
  "", " ", "\t", "\n", "\r\n", "\\", "\\n", '"', '""', "'", ",", ";", "|", "a,b", 'say "no"',
  "\0", "a\0b", "\1\31\127", "</script>", "<b>&amp;</b>", "=1+1", "é", "漢字", "\u{1F600}",
  "\u{2028}\u{2029}", "\u{FEFF}x", "\u{202E}x", "trailing ", " leading", "`code`", "*b* _i_",
  "[a](b)", "# h", "a | b", "a\\|b", ("x"):rep(5000), "\r", "a\rb",
}

-- JSON, read back by a grammar of its own -----------------------------------

local function unescape (hex) return utf8.char(tonumber(hex, 16)) end
local plain = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t", ['"'] = '"', ["\\"] = "\\" }
local W = S" \n"^0
local NULL = {}
local grammar = P{ W * V "value" * W * -1,
  value = V "string" + V "number" + V "object" + V "array"
        + P "true" * Cc(true) + P "false" * Cc(false) + P "null" * Cc(NULL),
  string = '"' * Cs((1 - S'"\\' - R"\0\31" + P "\\" / "" * (S'bfnrt"\\' / plain)
                    + P "\\u" / "" * (R("09", "af") * R("09", "af") * R("09", "af")
                                      * R("09", "af") / unescape))^0) * '"',
  number = (P "-"^-1 * R"09"^1 * (P "." * R"09"^1)^-1
            * (S"eE" * S"+-"^-1 * R"09"^1)^-1) / tonumber,
  object = P "{" * W * Cf(Ct "" * (V "member" * (P "," * V "member")^0)^-1, rawset) * W * "}",
  member = W * Cg(V "string" * W * ":" * W * V "value") * W,
  array = P "[" * Ct((W * V "value" * (W * "," * W * V "value")^0)^-1) * W * "]",
}

for _, text in ipairs(hostile) do
  check:equal(grammar:match(json.encode(text)), text, "json: " .. json.encode(text):sub(1, 40))
end
for _, n in ipairs{ 0, 1, -1, 0.1, -0.1, 1 / 3, 2^53, 2^53 + 1.0, 1e300, 5e-324, 1.5e-7,
                    math.maxinteger, math.mininteger + 1, 1.0, -0.0, 123456789.125 } do
  local back = grammar:match(json.encode(n))
  check:equal(back, n, "json: the number " .. n)
  check:equal(math.type(back), math.type(n), "json: its type, " .. n)
end
for _, n in ipairs{ 1 / 0, -1 / 0, 0 / 0 } do
  check:raises(function () json.encode(n) end, "JSON has no number", "json: not a number")
end
check:equal(json.encode "\xFFa\xC3", '"\u{FFFD}a\u{FFFD}"', "json: broken bytes")
check:equal(json.encode "\xED\xA0\x80", '"\u{FFFD}\u{FFFD}\u{FFFD}"', "json: a surrogate")
check:equal(json.encode{}, "[]", "json: an empty table is a list")
check:equal(json.encode{ b = { 1, "x" }, a = true }, '{"a":true,"b":[1,"x"]}', "json: sorted")
check:equal(json.encode(nil), "null", "json: nothing")
check:raises(function () json.encode{ 1, 2, x = 3 } end, "both", "json: list and names")
check:raises(function () json.encode{ [2.5] = 1 } end, "names", "json: a key that is no name")
check:raises(function () json.encode(print) end, "no value for a function", "json: a function")
local loop = {}
loop.loop = loop
check:raises(function () json.encode(loop) end, "hold itself", "json: a table in itself")

-- Random values come back as they were.
math.randomseed(7)
local function value (depth)
  local kind = math.random(depth > 3 and 4 or 6)
  if kind == 1 then return hostile[math.random(#hostile)]
  elseif kind == 2 then return math.random(-1000, 1000)
  elseif kind == 3 then return math.random() * 10 ^ math.random(-20, 20)
  elseif kind == 4 then return math.random(2) == 1
  end
  local out = {}
  for i = 1, math.random(4) do
    out[kind == 5 and i or hostile[math.random(#hostile)]] = value(depth + 1)
  end
  return out
end
local function same (a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  for k, v in pairs(a) do if not same(v, b[k]) then return false end end
  for k in pairs(b) do if a[k] == nil then return false end end
  return true
end
local wrong = 0
for _ = 1, 300 do
  local v = { value(1) }
  if not same(grammar:match(json.encode(v)), v) then wrong = wrong + 1 end
end
check:equal(wrong, 0, "json: 300 values read back")

local rows = { { b = 1, a = "x", cite = "d:1:0-1#00000000" },
               { a = cited("y", "e:2:3-4#00000001"), c = false } }
check:equal(report.text("jsonl", rows),
  '{"a":"x","b":1,"cite":"d:1:0-1#00000000"}\n'
  .. '{"a":{"cite":"e:2:3-4#00000001","text":"y"},"c":false}\n', "jsonl: a line a row")
check:equal(#grammar:match(report.text("json", rows)), 2, "json: an array of rows")
check:equal(report.text("json", {}), "[]\n", "json: no rows")
rows.columns = { "b", "a" }
check:equal(report.text("jsonl", { rows[1], columns = { "b", "a" } }), '{"b":1,"a":"x"}\n',
            "jsonl: columns in order")

-- CSV and TSV ---------------------------------------------------------------

local field = '"' * Cs((1 - P'"' + P'""' / '"')^0) * '"' + C((1 - S',"\r\n')^0)
local csv = Ct((Ct(field * ("," * field)^0) * "\r\n")^0) * -1

local columns = { "n", "text", "z" }
local function row_of (i, text) return { n = i, text = text, z = text } end
local all = { columns = columns }
for i, text in ipairs(hostile) do all[i] = row_of(i, text) end
local read = csv:match(report.text("csv", all))
check:equal(#read, #hostile + 1, "csv: as many lines as rows, and the head")
check:equal(table.concat(read[1], "|"), "n|text|z", "csv: the head")
for i, text in ipairs(hostile) do
  check:equal(read[i + 1][2], text, "csv: row " .. i)
  check:equal(read[i + 1][3], text, "csv: last cell of row " .. i)
end
check:equal(report.text("csv", { { a = "" } }), 'a\r\n""\r\n', "csv: an empty cell alone")

local undo = { ["\\\\"] = "\\", ["\\t"] = "\t", ["\\n"] = "\n", ["\\r"] = "\r" }
local lines = {}
for line in report.text("tsv", all):gmatch "([^\n]*)\n" do lines[#lines + 1] = line end
check:equal(#lines, #hostile + 1, "tsv: a line a row")
for i, text in ipairs(hostile) do
  local cell = lines[i + 1]:match "^[^\t]*\t([^\t]*)\t[^\t]*$"
  check:equal(cell and cell:gsub("\\.", undo), text, "tsv: row " .. i)
end

-- Columns --------------------------------------------------------------------

check:equal(report.text("tsv", { { b = 1, a = 2, cite = "c" } }), "a\tb\tcite\n2\t1\tc\n",
            "columns by name, cite last")
check:equal(report.text("tsv", { { a = cited("x", "k:1:0-1#00000000"),
                                   b = cited("y", "k:1:2-3#00000000"),
                                   c = cited("z", "k:1:0-1#00000000") } }),
            "a\tb\tc\tcite\nx\ty\tz\tk:1:0-1#00000000 k:1:2-3#00000000\n",
            "cite: each citation once, in column order")
check:equal(report.text("tsv", { { a = cited("x", "k:1:0-1#00000000"), cite = "mine" } }),
            "a\tcite\nx\tmine\n", "cite: the row's own wins")
check:equal(report.text("tsv", { { a = { cited("x", "k:1:0-1#00000000"), "y" } } }),
            "a\tcite\nx; y\tk:1:0-1#00000000\n", "a list in a cell")
check:equal(report.text("tsv", { { a = true, b = 2.5, c = 3.0, d = 10 } }),
            "a\tb\tc\td\ntrue\t2.5\t3.0\t10\n", "values as text")
check:raises(function () report.text("tsv", { { a = print } }) end, "column 'a' holds a function",
             "a value that is no cell")
check:raises(function () report.text("tsv", { { 1, 2 } }) end, "names and values",
             "a row of numbers")

local told = {}
local options = { warn = function (text) told[#told + 1] = text end }
check:equal(report.text("tsv", { { a = 1 }, { a = 2, late = 3 }, { a = 4, late = 5 } }, options),
            "a\n1\n2\n4\n", "a column that comes later is left out")
check:equal(#told, 1, "and named once")
check:equal(told[1] and told[1]:find("row 2 has 'late'", 1, true), 1, "with its row")
check:equal(report.text("md", { { a = 1 }, { b = 2 } }),
            "| a | b |\n| ---: | ---: |\n| 1 |  |\n|  | 2 |\n", "md: columns of all rows")

-- A script may use one table for all its rows.
for _, format in ipairs(report.formats) do
  local out, row = {}, {}
  local writer = report.writer(format, function (text) out[#out + 1] = text end)
  for i = 1, 3 do row.n = 10 + i; writer:row(row) end
  writer:finish()
  local text = table.concat(out)
  check:equal(text:find "11" and text:find "12" and text:find "13" and true, true,
              format .. ": rows are kept as they were given")
end

-- The same rows give the same bytes, however their tables were filled.
for _, format in ipairs(report.formats) do
  local first
  for round = 1, 5 do
    local row, names = {}, { "a", "b", "c", "d", "e", "f", "g", "h" }
    for i = 1, 8 do local k = (i * 3 + round) % 8 + 1; row[names[k]] = k end
    local text = report.text(format, { row })
    first = first or text
    check:equal(text, first, format .. ": the same bytes again")
  end
end

check:raises(function () report.writer("cvs", print) end, "did you mean 'csv'", "an unknown format")
check:raises(function () report.writer("csv") end, "write must be a function", "no function")

-- Spans and documents --------------------------------------------------------

local doc = corpus[1]
local span = doc:sentences()[2]
local read_back = grammar:match(json.encode{ span })[1]
check:equal(read_back.text, span.text, "json: a Span's text")
check:equal(read_back.cite, span.cite, "json: its citation")
check:equal(grammar:match(json.encode(doc)), doc.id, "json: a document is its id")
check:equal(report.text("jsonl", { { s = span } }):find('{"s":{"text":', 1, true), 1,
            "jsonl: text before citation")
local cells = csv:match(report.text("csv", { { s = span, d = doc } }))
check:equal(table.concat(cells[1], "|"), "d|s|cite", "csv: a Span brings its citation")
check:equal(cells[2][1], doc.id, "csv: a document is its id")
check:equal(cells[2][2], span.text, "csv: a Span is its text")
check:equal(cells[2][3], span.cite, "csv: the citation")
check:equal(report.text("tsv", { { cite = span } }), "cite\n" .. span.cite .. "\n",
            "tsv: a Span as the row's citation")

-- Markdown and HTML -----------------------------------------------------------

for i, text in ipairs(hostile) do
  local md = report.text("md", { row_of(i, text) })
  local _, count = md:gsub("\n", "")
  check:equal(count, 3, "md: three lines, row " .. i)
  local bars = md:match "\n([^\n]*)\n$":gsub("\\\\", ""):gsub("\\|", "")
  check:equal(select(2, bars:gsub("|", "")), 4, "md: three cells, row " .. i)
end
check:equal(report.text("md", { { cite = "a:1:0-1#00000000" } }),
            "| cite |\n| --- |\n| `a:1:0-1#00000000` |\n", "md: a citation is code")

local page = report.text("html", { { a = "<script>alert(1)</script>", b = '"&\'',
                                     c = cited("x\0y", "d:1:0-3#00000000") } },
                         { title = "<t>" })
check:equal(page:find("<script", 1, true), nil, "html: markup is escaped")
check:equal(page:find("<title>&lt;t&gt;</title>", 1, true) ~= nil, true, "html: the title too")
check:equal(page:find('title="d:1:0-3#00000000"', 1, true) ~= nil, true, "html: a cell's citation")
check:equal(page:find(">d:1:0-3#00000000</td>", 1, true) ~= nil, true, "html: the row's citation")
check:equal(page:find "[%z\1-\8\11\12\14-\31]", nil, "html: no control bytes")
check:equal(page:find "https?:", nil, "html: nothing is fetched")
check:equal(page:sub(1, 15), "<!DOCTYPE html>", "html: a page")

check:finish()
