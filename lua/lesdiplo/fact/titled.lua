--- Whose minister somebody is by the title of the document: "Remarks with Malian Foreign Minister
-- Abdoulaye Diop" heads a transcript in which there is but FOREIGN MINISTER DIOP.
-- @module lesdiplo.fact.titled
local _, native = ...
local entity, facts, grown = native.entities.entity, native.entities.facts, native.entities.grown
local fold, plain = native.tokens.fold, native.base.plain
local concat = table.concat
local find, gmatch, gsub = string.find, string.gmatch, string.gsub
local lower, match = string.lower, string.match
local ipairs = ipairs
_ENV = nil
local M = {}

local WORDS_MOST = 5       -- of a country's name
local NEAR = 14            -- words before a name in which its country stands
local LETTERS = 3          -- of a surname, at least

local told = { name = true, official = true, adjective = true }
local named, read_at       -- countries by their folded English names
local bare                 -- those of the names that are no adjectives

local function countries ()
  if read_at == grown() then return named end
  named, bare, read_at = {}, {}, grown()
  for _, fact in ipairs(facts "alpha2") do
    for _, name in ipairs(entity(fact[1], "country").names) do
      if name.lang == "en" and told[name.form] then
        named[fold(name.text)] = fact[1]
        bare[fold(name.text)] = name.form ~= "adjective" or nil
      end
    end
  end
  return named
end

-- What may stand before the country of an office: with Malian ..., President of Palau ...; one
-- behind "to" or "for" is whom somebody is sent to.
local before = { of = true, ["and"] = true, with = true, by = true }

-- What an office begins with behind a country's name: Costa Rica Foreign Minister, but not
-- Afghanistan Task Force Director.
local offices = {}
for word in gmatch([[foreign prime president vice deputy minister defense defence finance king crown
  secretary chancellor]], "%l+") do
  offices[word] = true
end

-- The country whose name, the longest, ends with word i, the number of its first word, and is it no
-- adjective: Kenya, not Kenyan nor Kenya's?
local function country_to (words, i)
  local id, first, is_bare
  for from = i, i > WORDS_MOST and i - WORDS_MOST + 1 or 1, -1 do
    local written = concat(words, " ", from, i)
    local name = gsub(written, "'s$", "")
    local one = countries()[fold(name)]
    if one then id, first, is_bare = one, from, bare[fold(name)] and name == written end
  end
  return id, first, is_bare
end

-- The country last named before word `to`: no other office or body between, which a comma or
-- words in capitals would be.
local function country_before (words, to)
  for i = to - 1, to > NEAR and to - NEAR or 1, -1 do
    local id, first, is_bare = country_to(words, i)
    if id then
      local tie = words[first - 1]
      if tie == "the" then tie = words[first - 2] end
      local ties = not tie or before[fold(tie)] or find(tie, "^%u") or find(tie, ",$")
      local holds = not is_bare or tie == "of" or offices[lower(words[i + 1])]
      return ties and holds and id or nil
    end
    if find(words[i], "[,;:]$") or find(words[i], "^%(?%u%u+%)?$") then return nil end
  end
end

--- The country, or nil.
---@param title string? of the document
---@param name string of the person, as the text has it
---@return string? id
function M.state (title, name)
  local surname = fold(match(name, "%S+$") or "")
  if not title or #surname < LETTERS then return nil end
  local words = {}
  for word in gmatch(plain(title), "%S+") do
    words[#words + 1] = word
    if fold((gsub(word, "[,;:]$", ""))) == surname then
      return country_before(words, #words)
    end
  end
end

return M
