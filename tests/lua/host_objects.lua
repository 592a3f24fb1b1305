-- Corpus, Doc, Spans, Span: what each document of the seeds says of itself must
-- hold together, whatever the seeds are.
-- luacheck: ignore 122 (objects are written to, to see that it fails)
local check = require "lesdiplo.util.check".new()

-- Corpus -----------------------------------------------------------------------

check:ok(#corpus >= 3, "the seeds hold a few documents")
check:equal(corpus[0], nil, "no document 0")
check:equal(corpus[#corpus + 1], nil, "none past the end")
check:equal(corpus[-1], nil, "none before the first")
check:equal(tostring(corpus), "corpus of " .. #corpus .. " documents")
check:raises(function () return corpus.lenght end, "a Corpus has no field or method 'lenght'")
check:raises(function () return corpus.gmach end, "did you mean 'gmatch'?")
check:raises(function () corpus.x = 1 end, "cannot be changed")
check:raises(function () return corpus[1.5] end, "integer")
check:equal(type(corpus:notes()), "table")

local count = 0
for doc in corpus:docs() do
  count = count + 1
  check:ok(rawequal(doc, corpus[count]), "a document is one object")
  check:equal(doc.index, count)
  check:ok(rawequal(corpus:doc(doc.id), doc), "found by its id")
end
check:equal(count, #corpus)
local none, why = corpus:doc(corpus[1].id .. "x")
check:equal(none, nil)
check:ok(why:find("did you mean '" .. corpus[1].id .. "'?", 1, true), why)
check:raises(function () corpus.doc(corpus[1], "x") end, "Corpus expected, got Doc")
check:raises(function () corpus:doc() end, "string expected")

-- Filters ----------------------------------------------------------------------

local function ids (filter)
  local out = {}
  for doc in corpus:docs(filter) do out[#out + 1] = doc.id end
  return table.concat(out, " ")
end

local function expected (test)
  local out = {}
  for doc in corpus:docs() do if test(doc) then out[#out + 1] = doc.id end end
  return table.concat(out, " ")
end

check:equal(ids{}, expected(function () return true end), "no filter")
check:equal(ids{ lang = "EN" }, expected(function (d) return d.lang == "en" end), "folded")
check:equal(ids{ kind = "news" }, expected(function (d) return d.kind == "news" end))
check:equal(ids{ lang = "en", kind = "news" },
  expected(function (d) return d.lang == "en" and d.kind == "news" end), "both")
check:equal(ids{ lang = "xx" }, "")
local dated = expected(function (d) return d.date end)
check:equal(ids{ since = "0001" }, dated, "undated ones are left out")
check:equal(ids{ ["until"] = "9999-12-31" }, dated)
check:equal(ids{ since = "9999" }, "")
for doc in corpus:docs{ since = "0001" } do
  local year, day = doc.date:sub(1, 4), doc.date
  check:ok(ids{ since = year, ["until"] = year }:find(doc.id, 1, true), "its year")
  check:ok(ids{ since = day, ["until"] = day }:find(doc.id, 1, true), "its day")
  check:ok(not ids{ since = ("%04d"):format(year + 1) }:find(doc.id, 1, true), "a later year")
end
for doc in corpus:docs() do
  if doc.source then
    local part = doc.source:sub(2, 6):upper()
    check:ok(ids{ source = part }:find(doc.id, 1, true), "a part of its source")
  end
end
check:raises(function () corpus:docs{ langg = "en" } end,
  "no filter 'langg'; did you mean 'lang'?")
check:raises(function () corpus:docs{ sometime = "1998" } end,
  "there are lang since until kind source")
check:raises(function () corpus:docs{ since = "July 1998" } end, "since must be a date like 1998")
check:raises(function () corpus:docs{ lang = {} } end, "lang must be a string, got table")
check:raises(function () corpus:docs{ "en" } end, "filters have names")
check:raises(function () corpus:docs("en") end, "table expected, got string")
local next_doc = corpus:docs()
while next_doc() do count = count - 1 end
check:equal(count, 0)
check:equal(next_doc(), nil, "an iterator at its end stays there")

-- Doc --------------------------------------------------------------------------

for doc in corpus:docs() do
  local text = doc.text
  check:equal(type(text), "string")
  check:equal(tostring(doc), doc.id)
  check:ok(doc == corpus[doc.index])
  check:ok(math.type(doc.bytes) == "integer" and doc.bytes > 0)
  for _, name in ipairs{ "title", "date", "date_precision", "date_how", "source", "byline",
      "dateline", "lang", "kind", "path", "sha256" } do
    local value = doc[name]
    check:ok(value == nil or type(value) == "string" and value ~= "", name)
  end
  check:ok(doc.sha256:find "^%x+$" and #doc.sha256 == 64, "sha256")
  check:raises(function () return doc.titel end,
    "a Doc has no field or method 'titel'; did you mean 'title'?")
  check:raises(function () doc.title = "x" end, "cannot be changed")
  for name, value in pairs(doc.meta) do
    check:equal(doc.meta[name], value)
  end
  check:equal(doc.meta.no_such_field, nil)
  check:raises(function () doc.meta.x = 1 end, "cannot be changed")
  for _, name in ipairs{ "title", "date", "source", "byline" } do
    local place = doc:evidence(name)
    check:ok(place == nil or place.doc == doc and #place.text > 0, "evidence of " .. name)
  end
  -- positions are those of string.sub
  check:equal(doc:span(1, 10).text, text:sub(1, 10))
  check:equal(doc:span(-10).text, text:sub(-10))
  check:equal(doc:span(5, 4).text, "", "an empty one")
  check:equal(doc:span(5, 4).last, 4)
  check:equal(doc:span(#text + 1, #text).text, "", "at the end")
  check:raises(function () doc:span(0) end, "first must be from 1")
  check:raises(function () doc:span(1, #text + 1) end, "last must be from 0 to " .. #text)
  check:raises(function () doc:span(5, 3) end, "last must be from 4")
  check:raises(function () doc:span(#text + 2) end, "first must be")
  check:raises(function () doc:span() end, "number expected, got no value")
end
check:raises(function () corpus[1]:evidence "titel" end, "did you mean 'title'?")
check:raises(function () corpus[1]:layer "tokens" end, "no layer 'tokens'; did you mean 'token'?")
local seen = {}
seen[corpus[1]] = true
check:ok(seen[corpus:doc(corpus[1].id)], "a document is a key")

-- Spans and Span ---------------------------------------------------------------

local kinds = { heading = 1, paragraph = 1, item = 1, caption = 1, byline = 1, dateline = 1,
  header = 1, footer = 1, boilerplate = 1, table = 1 }

for doc in corpus:docs() do
  local text = doc.text
  for _, layer in ipairs{ "block", "sentence", "token" } do
    local spans, last, n, ordered, good = doc:layer(layer), 0, 0, true, true
    for i, span in spans:each() do
      n = n + 1
      ordered = ordered and i == n and span.first >= last
      last = span.first
      good = good and span.text == text:sub(span.first, span.last) and span.index == i
             and span.layer == layer and rawequal(span.doc, doc) and tostring(span) == span.text
             and spans[i] == span
    end
    check:equal(n, #spans, layer .. "s of " .. doc.id)
    check:ok(ordered, layer .. "s are in order")
    check:ok(good, layer .. "s agree with the text")
    check:equal(spans[0], nil)
    check:equal(spans[n + 1], nil)
    check:equal(tostring(spans):match "^(%d+)", tostring(n))
  end
  for _, block in doc:blocks():each() do
    check:ok(kinds[block.kind], "a block's kind")
    check:ok(block.level == nil or math.type(block.level) == "integer")
    check:equal(block.folded, nil, "no field of tokens")
  end
  for _, sentence in doc:sentences():each(1, math.min(10, #doc:sentences())) do
    check:equal(sentence.sentence, sentence, "it lies in itself")
    check:ok(sentence.block and sentence.block.first <= sentence.first)
    check:equal(sentence.kind, nil, "no field of blocks")
    local tokens, forms = sentence:tokens(), {}
    for i, form in tokens:forms() do
      check:equal(tokens[i].text, form)
      forms[i] = form
    end
    check:equal(#forms, #tokens)
    check:ok(#tokens > 0 and tokens[1].first >= sentence.first
             and tokens[#tokens].last <= sentence.last, "tokens lie inside")
    local k = 0
    for i, word in sentence:words() do
      k = k + 1
      check:ok(i == k and tokens[i].folded == word, "folded")
    end
    check:equal(k, #tokens)
    check:ok(sentence.cite:find "^[^ ]+:%d+:%d+%-%d+#%x%x%x%x%x%x%x%x$", sentence.cite)
    local left, right = sentence:context(7)
    check:ok(text:sub(1, sentence.first - 1):sub(-#left) == left or left == "", "left context")
    check:equal(text:sub(sentence.last + 1, sentence.last + #right), right)
    check:ok(utf8.len(left) <= 7 and utf8.len(right) <= 7, "whole characters, at most 7")
  end
  local token = doc:tokens()[1]
  check:ok(token.shape and token.stem and token.folded)
  check:equal(#token:tokens(), 1)
end

local doc = corpus[1]
local tokens = doc:tokens()
local part = {}
for i, span in tokens:each(2, 4) do part[#part + 1] = i .. span.text end
check:equal(part, { "2" .. tokens[2].text, "3" .. tokens[3].text, "4" .. tokens[4].text })
part = {}
for i, word in tokens:words(-2) do part[#part + 1] = i .. word end
check:equal(part, { #tokens - 1 .. tokens[#tokens - 1].folded, #tokens .. tokens[#tokens].folded })
check:raises(function () tokens:each(0) end, "first must be from 1")
check:raises(function () tokens:each(1, #tokens + 1) end, "last must be")
check:raises(function () doc:sentences():words() end, "only tokens have words")
check:raises(function () return tokens.word end,
  "a Spans has no field or method 'word'; did you mean 'words'?")
check:raises(function () return tokens[1].txt end, "did you mean 'text'?")
check:raises(function () tokens[1]:context(-1) end, "not negative")
check:raises(function () tokens[1].text = "x" end, "cannot be changed")
check:raises(function () tokens.each(doc) end, "Spans expected, got Doc")

local a, b = doc:span(1, 5), doc:span(1, 5)
check:ok(a == b and not rawequal(a, b), "equal by what they are")
check:ok(a ~= doc:span(1, 6))
check:ok(a ~= corpus[2]:span(1, 5), "another document")
check:ok(doc:tokens()[1] ~= doc:span(tokens[1].first, tokens[1].last), "another layer")
check:equal(a.layer, nil)
check:equal(a.index, nil)
check:equal(a.kind, nil)
check:raises(function () return a .. "" end, "concatenate a Span", "no __concat")
check:raises(function () return doc .. "" end, "concatenate a Doc")

-- layers over all documents
for _, layer in ipairs{ "block", "sentence", "token" } do
  local sum, n = 0, 0
  for d in corpus:docs() do sum = sum + #d:layer(layer) end
  for span in corpus:layer(layer) do n = n + (span.layer == layer and 1 or 0) end
  check:equal(n, sum, "all of layer " .. layer)
end
check:raises(function () corpus:layer "sentnce" end, "did you mean 'sentence'?")
check:equal(lesdiplo.layer "token".fields, { "folded", "stem", "shape" })
check:raises(function () lesdiplo.layer "x" end, "no layer 'x'")

-- locked: nothing behind an object is in reach
for _, object in ipairs{ corpus, doc, tokens, a, doc.meta, "", lpeg.P(1) } do
  check:equal(getmetatable(object), false, "metatable of " .. type(object))
end

check:finish()
