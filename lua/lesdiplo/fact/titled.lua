--- Whose minister somebody is by the title of the document: "Remarks with Malian Foreign Minister
-- Abdoulaye Diop" heads a transcript in which there is but FOREIGN MINISTER DIOP.
-- @module lesdiplo.fact.titled
local _, native = ...
local entity, grown = native.entities.entity, native.entities.grown
local fold, plain = native.tokens.fold, native.base.plain
local concat = table.concat
local find, gmatch, gsub = string.find, string.gmatch, string.gsub
local lower, match, sub = string.lower, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local WORDS_MOST = 5       -- of a country's name
local NEAR = 14            -- words before a name in which its country stands
local LETTERS = 3          -- of a surname, at least

local told = { name = true, official = true, adjective = true }
local kept, kept_at = {}, nil   -- by id: a country's folded English names, is it no adjective

local function names_of (id)
  if kept_at ~= grown() then kept, kept_at = {}, grown() end
  local names = kept[id]
  if not names then
    names = {}
    local found = entity(id, "country")
    for _, name in ipairs(found and found.names or {}) do
      if name.lang == "en" and told[name.form] then
        names[fold(name.text)] = name.form ~= "adjective"
      end
    end
    kept[id] = names
  end
  return names
end

-- What there is to know of the title of a document: its words, the title folded, and the countries
-- that may be named in it: those of the text of which a name begins as a word of the title does.
local function read_title (st)
  local title = plain(st.doc.title or "")
  local words, low, ids, begins, seen = {}, {}, {}, {}, {}
  for word in gmatch(title, "%S+") do
    words[#words + 1] = word
    low[#low + 1] = gsub(fold(word), "[,;:]$", "")
    begins[lower(sub(word, 1, 2))] = true
  end
  for _, m in ipairs(st.mentions) do
    if m.kind == "country" and not seen[m.id]
       and begins[lower(sub(st.text, m.first, m.first + 1))] then
      ids[#ids + 1], seen[m.id] = m.id, true
    end
  end
  return { words = words, low = low, ids = ids }
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
local function country_to (title, i)
  local id, first, is_bare
  local last = gsub(title.low[i], "'s$", "")
  for from = i, i > WORDS_MOST and i - WORDS_MOST + 1 or 1, -1 do
    local name = from < i and concat(title.low, " ", from, i - 1) .. " " .. last or last
    for _, one in ipairs(title.ids) do
      local noun = names_of(one)[name]
      if noun ~= nil then id, first, is_bare = one, from, noun and last == title.low[i] end
    end
  end
  return id, first, is_bare
end

-- The country last named before word `to`: no other office or body between, which a comma or
-- words in capitals would be.
local function country_before (title, to)
  local words = title.words
  for i = to - 1, to > NEAR and to - NEAR or 1, -1 do
    local id, first, is_bare = country_to(title, i)
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

--- The country, one that the document names, or nil.
---@param st table state of the document
---@param name string of the person, as the text has it
---@return string? id
function M.state (st, name)
  local surname = fold(match(name, "%S+$") or "")
  if #surname < LETTERS then return nil end
  st.title = st.title or read_title(st)
  local title = st.title
  if #title.ids == 0 then return nil end
  for i, word in ipairs(title.low) do
    if word == surname then return country_before(title, i) end
  end
end

return M
