#!/usr/bin/env lesdiplo
--[==[ lesdiplo-script 1
name    = "dossier"
version = "1.0.0"
api     = 1
summary = "All that a corpus says of a person or a country: mentions, offices, company, spellings"
license = "MIT"
categories = ["start here", "people"]
[param.who]
type = "string"
default = "LSO"
help = "A person's name or part of it, a country's or an organisation's id (LSO, SADC) or name"
[param.show]
type = "enum"
default = "mentions"
values = ["mentions", "offices", "company", "names", "variants"]
help = "Where; which offices, as of when; with whom in a sentence; which names; who may be one"
[param.most]
type = "int"
default = 50
min = 1
max = 100000
help = "Rows at most"
[doc.visit]
date = "1998-07-04"
text = """
Foreign Minister Anna Berg of Norway visited Lesotho on Friday.
Berg met the Basotho press in Maseru."""
[test.country]
columns = ["mention", "form"]
expect = """
Lesotho\tname
Basotho\tadjective
"""
[test.person]
params = "--who Berg --show offices"
columns = ["name", "role", "from"]
expect = """
Anna Berg\tforeign_minister\t1998-07-04
"""
[test.state]
params = "--who NOR --show offices"
columns = ["name", "role", "of"]
expect = """
Anna Berg\tforeign_minister\tNOR
"""
]==]

-- Four layers say who and where: country, org, place and person. Their spans have an
-- id that is the same wherever the entity is named, whatever the language and the form
-- of the name: "Basotho", 莱索托 and "the Kingdom of Lesotho" are all LSO. People have one
-- for each spelling, but for leaders whom everybody knows; --show variants tells who may be one.
--
-- An office whose holder is not told ("the prime minister") has none, and is left out.
-- First, then: which id is meant? An id of the tables is taken as it is. Otherwise it
-- is looked for among the names of what the corpus mentions.

local script = ...
local params = script.params
local layers = { "person", "country", "org", "place" }

local function folded (text) return (text:lower():gsub("%s+", " ")) end

-- What an entity is called: a country by its table's name, others by their own.
local function name_of (span)
  return span.layer == "country" and lesdiplo.entity(span.id).name or span.name
end

local function matches (span, name)
  local own = " " .. folded(name_of(span)) .. " "
  return span.id == params.who or own:find(" " .. name .. " ", 1, true) ~= nil
end

local ids = {}
local wanted = folded(params.who)
local entity = lesdiplo.entity(params.who)
if entity then ids[entity.id] = true end
if not next(ids) then
  for _, layer in ipairs(layers) do
    for span in corpus:layer(layer) do
      if span.id and not ids[span.id] and matches(span, wanted) then ids[span.id] = true end
    end
    if next(ids) then break end                  -- people before countries, and so on
  end
end
if not next(ids) then
  error("nobody and nothing is called '" .. params.who .. "' in these documents", 0)
end

-- All mentions, in the order of the corpus: a Span each, so that each row is cited.
local mentions = {}
for _, layer in ipairs(layers) do
  for span in corpus:layer(layer) do
    if span.id and ids[span.id] then mentions[#mentions + 1] = span end
  end
end
table.sort(mentions, function (a, b)
  if a.doc.index ~= b.doc.index then return a.doc.index < b.doc.index end
  if a.first ~= b.first then return a.first < b.first end
  return a.last > b.last
end)

-- Rows are handed out up to params.most.
local rows = {}
local function add (row)
  if #rows < params.most then rows[#rows + 1] = row end
end

if params.show == "mentions" then
  rows.columns = { "mention", "form", "date", "lang", "sentence" }
  for _, span in ipairs(mentions) do
    add{ mention = span, form = span.form, date = span.doc.date, lang = span.doc.lang,
         sentence = span.sentence and span.sentence.text:gsub("%s+", " ") or nil }
  end

-- Offices: those of a person, or of all who act for a country or are sent there. The relation
-- holds_role has one for each state that an envoy is sent to. The dates are those of the
-- documents: so long somebody held it at least.
elseif params.show == "offices" then
  rows.columns = { "name", "role", "of", "to", "from", "to_date", "mentions" }
  local by, named = {}, {}
  for span in corpus:layer "person" do
    if span.id and not named[span.id] then named[span.id] = span end
  end
  for span in corpus:layer "relation" do
    local role, of, to = span.object:match "^(%S+) ?([^%s>-]*)-?>?(%S*)$"
    if span.relation == "holds_role" and (ids[span.subject] or ids[of] or ids[to]) then
      local key = span.subject .. " " .. span.object
      local row = by[key]
      if not row then
        row = { name = named[span.subject] or span.subject, role = role, mentions = 0,
                of = of ~= "" and of or nil, to = to ~= "" and to or nil }
        by[key] = row
        add(row)
      end
      row.mentions = row.mentions + 1
      local date = span.doc.date
      if date and (not row.from or date < row.from) then row.from = date end
      if date and (not row.to_date or date > row.to_date) then row.to_date = date end
    end
  end
  if not next(by) then
    error("no document tells an office of '" .. params.who .. "' beside a name", 0)
  end

-- Company: who and what else stands in the same sentences, the most frequent first.
elseif params.show == "company" then
  rows.columns = { "with", "kind", "sentences", "first" }
  local seen, by, list = {}, {}, {}
  for _, span in ipairs(mentions) do
    local sentence = span.sentence
    local key = sentence and sentence.cite
    if key and not seen[key] then
      seen[key] = true
      for _, layer in ipairs(layers) do
        local here = {}
        for _, other in span.doc:layer(layer):each() do
          if other.first >= sentence.first and other.last <= sentence.last
             and other.id and not ids[other.id] and not here[other.id] then
            here[other.id] = true
            local row = by[layer .. other.id]
            if not row then
              row = { with = name_of(other), kind = layer, sentences = 0, first = sentence }
              by[layer .. other.id] = row
              list[#list + 1] = row
            end
            row.sentences = row.sentences + 1
          end
        end
      end
    end
  end
  table.sort(list, function (a, b)
    if a.sentences ~= b.sentences then return a.sentences > b.sentences end
    return a.with < b.with
  end)
  for _, row in ipairs(list) do add(row) end

-- Variants: people whose names differ by a letter, or sound alike in two scripts. They stay two
-- until somebody decides otherwise; the reason stands beside them.
elseif params.show == "variants" then
  rows.columns = { "name", "other", "reason" }
  for _, row in ipairs(corpus:variants()) do
    if ids[row.name.id] or ids[row.other.id] then add(row) end
  end

-- Names: each spelling, how often, in which languages, and where it stands first.
else
  rows.columns = { "name", "form", "mentions", "languages", "first" }
  local by, list = {}, {}
  for _, span in ipairs(mentions) do
    local text = span.text:gsub("%s+", " ")
    local row = by[text]
    if not row then
      row = { name = text, form = span.form, mentions = 0, languages = {}, first = span }
      by[text] = row
      list[#list + 1] = row
    end
    row.mentions = row.mentions + 1
    row.languages[span.doc.lang or "?"] = true
  end
  table.sort(list, function (a, b)
    if a.mentions ~= b.mentions then return a.mentions > b.mentions end
    return a.name < b.name
  end)
  for _, row in ipairs(list) do
    local languages = {}
    for lang in pairs(row.languages) do languages[#languages + 1] = lang end
    table.sort(languages)
    row.languages = table.concat(languages, " ")
    add(row)
  end
end

return rows
