-- Events and stances in Chinese, of both scripts, and in Russian: the languages that
-- fact/plain.lua reads. A sentence each in facts_units.jsonl: text, the events that it
-- tells (want), the stances, and in some the CAMEO codes of the events.
local check = require "lesdiplo.util.check"
local c = check.new()

local function sides (row) return table.concat(row.source, "+") .. ">" .. table.concat(row.target,
    "+") end

local function events (doc)
  local out = {}
  for i, e in doc:layer "event":each() do
    out[i] = e.type .. " " .. e.modality .. " " .. sides(e) .. (e.date and " " .. e.date or "")
             .. (e.via and " via " .. e.via or "")
  end
  return table.concat(out, "; ")
end

local function stances (doc)
  local out = {}
  for i, s in doc:layer "stance":each() do
    out[i] = ("%s %d %s: %s%s"):format(s.stance, s.polarity, table.concat(s.holder, "+"), s.text,
                                       s.hedge and " (" .. s.hedge .. ")" or "")
  end
  return table.concat(out, "; ")
end

local function codes (doc)
  local out = {}
  for i, e in doc:layer "event":each() do out[i] = e.cameo or "-" end
  return table.concat(out, " ")
end

local langs, rules = {}, {}
for doc in corpus:docs() do
  langs[doc.lang] = true
  c:equal(events(doc), doc.meta.want or "", doc.text)
  c:equal(stances(doc), doc.meta.stances or "", doc.text)
  if doc.meta.cameo then c:equal(codes(doc), doc.meta.cameo, doc.text) end
  for _, e in doc:layer "event":each() do
    rules[e.rule] = true
    c:equal(doc.text:sub(e.first, e.last), e.text, "a record is on its trigger")
  end
end

-- Every act has a sentence here that tells it, in each of the languages.
local acts = require "lesdiplo.fact.acts"
for _, act in ipairs(acts.list) do
  for lang in pairs(langs) do
    local told, frames = false, 0
    for _, frame in pairs(act.frames) do
      if frame.lang == lang then
        frames = frames + 1
        told = told or rules[frame.where] or false
      end
    end
    c:ok(told or frames == 0, "a sentence for the act " .. act.id .. " in " .. lang)
  end
end

c:finish()
