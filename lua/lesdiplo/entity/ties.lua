--- What stands between a name and a role behind it, and ties them: Jan Holm, the former minister;
-- Jan Holm was appointed minister; Jan Holm (minister).
-- @module lesdiplo.entity.ties
local find, gmatch, gsub = string.find, string.gmatch, string.gsub
local match, sub = string.match, string.sub
_ENV = nil
local M = {}

-- Words that may stand between a name, its comma and the role behind.
local lead = {}
for word in gmatch([[the a an le la l' les then former formerly once acting new now also currently
  de du the's who is was has had been serves as ancien ancienne бывший бывшая ныне новый новая]],
  "%S+") do
  lead[word] = true
end

local LEAD_MOST = 2       -- other words between an article and a role: the newly elected mayor

local function is_lead (gap)
  if not find(gap, "^, ") or find(gap, "[.;:!?\"\xE2()]") then return false end
  gap = gsub(gap, "^, %d%d?,", ",")
  local others = (find(gap, "^, an? ") or find(gap, "^, the ")) and LEAD_MOST or 0
  for word in gmatch(sub(gap, 2), "[^ ]+") do
    if not lead[word] and not find(word, "^[%u\xC4\xC5]") and not find(word, "^\xC3[\x80-\x9E]")
       and not find(word, "^\xD0[\x81\x90-\xAF]") then
      others = others - 1
      if others < 0 or find(word, ",", 1, true) then return false end
    end
  end
  return true
end

-- Verbs that say what somebody is, or becomes, and what may stand between them and the role:
-- was appointed as the new Norwegian; est devenu le; стал.
local copula, filler = {}, {}
for word in gmatch([[is was became has had serves served remains est était fut devient a стал стала
  является назначен назначена избран избрана был была]], "%S+") do
  copula[word] = true
end
for word in gmatch([[been became appointed named elected re-elected reelected nominated chosen
  designated inaugurated confirmed sworn in as the a an new next first its their country's
  été nommé nommée élu élue désigné désignée devenu devenue le la un une nouveau nouvelle comme
  новым новой назначен назначена избран избрана]], "%S+") do
  filler[word] = true
end

-- Does what stands between a name and a role behind it say that he is that? Where there is no
-- mark, only whose it is may stand there else: the Norwegian, Norway's.
local function is_said_to_be (gap)
  local first, rest = match(gap, "^ ([^ ]+) (.*)$")
  if not copula[first] or find(rest, "[.,;:!?()\"\xE2]") then return false end
  for word in gmatch(gsub(rest, "l['’]", "le "), "[^ ]+") do
    if not filler[word] and not find(word, "^[%u\xC3]") then return false end
  end
  return true
end

--- Does what stands between a name and a role behind it say that it is that person's?
---@param gap string in one line
---@return boolean
function M.to_role (gap)
  local aside = match(gap, "^ *[(-](.*)$") or match(gap, "^ *—(.*)$") or match(gap, "^ *–(.*)$")
  return is_lead(gap) or is_said_to_be(gap)
         or aside ~= nil and not find(aside, "[.;:!?,\"\xE2()]")
end

return M
