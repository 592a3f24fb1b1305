--- The forms of English verbs and nouns, from their lemmas; data files and their lines.
--
-- Irregular ones stand in data/english.txt, list "irregular".
-- @module lesdiplo.fact.inflect
local util = require "lesdiplo.util"
local lexicon = require "lesdiplo.entity.lexicon"
local _, native = ...
local find, gmatch, gsub = string.find, string.gmatch, string.gsub
local ipairs, match, sub = ipairs, string.match, string.sub
_ENV = nil
local M = {}

local irregular

-- By lemma: { past, participle, ing or nil }.
local function irregulars ()
  if not irregular then
    irregular = {}
    for line in util.sorted(lexicon.list("english.txt", "irregular")) do
      local lemma, past, part, ing = match(line, "^(%S+) (%S+) (%S+) ?(%S*)$")
      irregular[lemma] = { past, part, ing ~= "" and ing or nil }
    end
  end
  return irregular
end

-- With s: visits, watches, carries. A noun's plural is made the same way.
local function with_s (base)
  local soft = match(base, "^(.*[^aeiou])y$")
  if soft then return soft .. "ies" end
  local hissing = find(base, "[sxz]$") or find(base, "[cs]h$")
  return base .. (hissing and "es" or "s")
end

--- A noun's plural.
M.plural = with_s

--- A verb's forms: an iterator of form and tense. The tense is "base", "s", "past",
-- "part" (a participle of the past), "ed" (either of the two) or "ing".
---@param lemma string
---@return function
function M.verb (lemma)
  local odd = irregulars()[lemma]
  local soft = match(lemma, "^(.*[^aeiou])y$")
  local stem = find(lemma, "^[^aeiou]*[aeiou][^aeiouwxy]$") and lemma .. sub(lemma, -1) or lemma
  local past = soft and soft .. "ied" or find(lemma, "e$") and lemma .. "d" or stem .. "ed"
  local part, ing = past, (gsub(stem, "([^eo])e$", "%1")) .. "ing"
  if odd then past, part, ing = odd[1], odd[2], odd[3] or ing end
  local forms = { lemma, "base", with_s(lemma), "s", ing, "ing" }
  if past == part then
    forms[7], forms[8] = past, "ed"
  else
    forms[7], forms[8], forms[9], forms[10] = past, "past", part, "part"
  end
  if not odd and find(lemma, "[aeiou].*[^aeiou]i?[aeiou]l$") then          -- as British writes it
    forms[9], forms[10], forms[11], forms[12] = lemma .. "led", "ed", lemma .. "ling", "ing"
  end
  local i = -1
  return function ()
    i = i + 2
    return forms[i], forms[i + 1]
  end
end

--- The lines of a data file that say something: number and line. '#' begins a remark.
---@param text string
---@return function
function M.lines (text)
  local next_one, number = gmatch(text .. "\n", "([^\n]*)\r?\n"), 0
  return function ()
    for line in next_one do
      number = number + 1
      if find(line, "%S") and not find(line, "^%s*#") then return number, line end
    end
  end
end

--- The words of a list in a data file's line, parted by commas.
---@param text string
---@return function
function M.each (text)
  local next_one = gmatch(text, "[^,]+")
  return function ()
    for word in next_one do
      word = match(word, "^%s*(.-)%s*$")
      if word ~= "" then return word end
    end
  end
end

local languages = { "en", "ru", "zh" }

--- Raises unless facts are read in documents of that language.
---@param lang string
---@param where string what the message begins with
function M.check (lang, where) util.one_of(where .. ": a language", lang, languages) end

--- A function need(lang) that reads what is shipped for a language when it is first asked for,
-- and with nil all: NAME.txt, which has English and what all languages share, NAME-zh.txt,
-- NAME-ru.txt.
---@param name string
---@param read fun(text: string, file: string)
---@return fun(lang: string?)
function M.shipped (name, read)
  local files = { { "en", name .. ".txt" }, { "zh", name .. "-zh.txt" },
                  { "ru", name .. "-ru.txt" } }
  local is_read = {}
  return function (lang)
    for _, one in ipairs(files) do
      if (not lang or lang == one[1]) and not is_read[one[1]] then
        is_read[one[1]] = true
        read(native.base.data(one[2]), one[2])
      end
    end
  end
end

return M
