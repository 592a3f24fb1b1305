--- Word lists of data files, as sets: read when they are first asked for.
--
-- A file of lesdiplo/data holds lists, each begun by its name in brackets, with
-- phrases parted by commas or lines; '#' begins a remark. Case and accents do not
-- count.
-- @module lesdiplo.entity.lexicon
local _, native = ...
local fold = native.tokens.fold
local find, format, gmatch, match = string.find, string.format, string.gmatch, string.match
local error, next, setmetatable = error, next, setmetatable
_ENV = nil
local M = {}

local files = {}

-- Adds the phrases of a line, parted by commas.
local function add_phrases (list, line)
  for phrase in gmatch(line, "[^,%s][^,]*") do
    if find(phrase, "^%s", -1) then phrase = match(phrase, "^(.-)%s*$") end
    list[fold(phrase)] = true
  end
end

local function read (file)
  local text, lists, list = native.base.data(file), {}, nil
  if not text then error(format("no data file '%s'", file), 0) end
  for line in gmatch(text, "[^\r\n]+") do
    local name = match(line, "^%[([%w._]+)%]%s*$")
    if name then
      list = lists[name] or {}
      lists[name] = list
    elseif list and not find(line, "^#") then
      add_phrases(list, line)
    end
  end
  return lists
end

--- A list of a file, as a set of folded phrases; empty where there is none.
---@param file string such as "people.txt"
---@param name string such as "person.given"
---@return table<string, true>
function M.list (file, name)
  files[file] = files[file] or read(file)
  return files[file][name] or {}
end

local WORDS_MOST = 20000     -- that are remembered

--- What a function says of words, remembered: a table that asks it of each word once.
-- When it has many it begins anew.
---@param say fun(word: string): any not nil
---@return table
function M.remembered (say)
  local count = 0
  return setmetatable({}, { __index = function (words, word)
    if count == WORDS_MOST then
      for known in next, words do words[known] = nil end
      count = 0
    end
    local value = say(word)
    words[word], count = value, count + 1
    return value
  end })
end

return M
