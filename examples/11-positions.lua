#!/usr/bin/env lesdiplo
--[==[ lesdiplo-script 1
name    = "positions"
version = "1.0.0"
api     = 1
summary = "Who supports, opposes, promises or asks for what"
license = "MIT"
categories = ["facts"]
[param.holder]
type = "string"
default = ""
help = "Only the positions of that state or body: an id (LSO, SADC)"
[param.about]
type = "string"
default = ""
help = "Only positions whose object holds that word"
[param.stance]
type = "string"
default = ""
help = "Only that stance: supports opposes rejects condemns reaffirms advocates commits ..."
[param.sum]
type = "bool"
default = false
help = "A row for each holder: how many positions of which kind"
[doc.talks]
date = "1998-07-04"
text = """
Norway supports the treaty on the river.
Kenya rejects the new toll on the bridge."""
[test.all]
columns = ["holder", "stance"]
expect = """
NOR\tsupports
KEN\trejects
"""
[test.one]
params = "--about toll"
columns = ["holder", "stance", "object"]
expect = """
KEN\trejects\tthe new toll on the bridge
"""
]==]

-- The layer `stance` stands on what a position is about. Its holder is a state or body;
-- `via` is the person or paper that says it. Polarity is 1, 0 or -1: "does not oppose"
-- is opposes, negated, 0.

local script = ...
local params = script.params

if params.stance ~= "" then
  lesdiplo.util.one_of("--stance", params.stance, lesdiplo.fact.stances())
end

local function wanted (stance)
  if params.stance ~= "" and stance.stance ~= params.stance then return false end
  local text, about = stance.text:lower(), params.about:lower()
  if about ~= "" and not text:find(about, 1, true) then return false end
  if params.holder == "" then return true end
  for _, id in ipairs(stance.holder) do
    if id == params.holder then return true end
  end
  return false
end

if params.sum then
  local by, rows = {}, { columns = { "holder", "stance", "positions", "first" } }
  for stance in corpus:layer "stance" do
    for _, id in ipairs(wanted(stance) and stance.holder or {}) do
      local key = id .. "\0" .. stance.stance
      if not by[key] then
        by[key] = { holder = id, stance = stance.stance, positions = 0, first = stance }
        rows[#rows + 1] = by[key]
      end
      by[key].positions = by[key].positions + 1
    end
  end
  table.sort(rows, function (a, b)
    if a.holder ~= b.holder then return a.holder < b.holder end
    if a.positions ~= b.positions then return a.positions > b.positions end
    return a.stance < b.stance
  end)
  return rows
end

local rows = { columns = { "holder", "stance", "polarity", "object", "via", "date" } }
for stance in corpus:layer "stance" do
  if wanted(stance) then
    rows[#rows + 1] = {
      holder = table.concat(stance.holder, " "), stance = stance.negated and "not " .. stance.stance
                                                          or stance.stance,
      polarity = stance.polarity, object = stance, via = stance.via, date = stance.doc.date,
    }
  end
end
return rows
