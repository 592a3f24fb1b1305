--- Spellings that may be one person, with the reason why; nothing is merged.
--
-- Names of one script are a letter apart, or have words more, or initials. Names of different
-- scripts have to sound alike, and both are said to hold the same office of the same state at
-- times that one life has room for.
-- @module lesdiplo.entity.variants
local sounds = require "lesdiplo.entity.sounds"
local util = require "lesdiplo.util"
local _, native = ...
local fold = native.tokens.fold
local find, format, match, sub = string.find, string.format, string.match, string.sub
local max, min, sort = math.max, math.min, table.sort
local ipairs, tonumber = ipairs, tonumber
_ENV = nil
local M = {}

-- An office with its state, and to which it is sent: "ambassador RUS->LSO".
local function office (span)
  return span.role .. " " .. span.of .. (span.to and "->" .. span.to or "")
end

-- Widens the years in which somebody is told to hold an office by that of a document, if it has
-- one.
local function add_year (one, name, date)
  local year = tonumber(match(date or "", "^%d%d%d%d"))
  local years = one.offices[name] or {}
  one.offices[name] = years
  if year then
    years[1] = min(years[1] or year, year)
    years[2] = max(years[2] or year, year)
  end
end

-- People of a corpus, in the order in which they are named, and by the first word of their names:
-- the first span of each id, and the offices that they are said to hold.
local function people_of (corpus)
  local by_id, by_first, list = {}, {}, {}
  for span in corpus:layer "person" do
    if span.form == "name" then
      local one = by_id[span.id]
      if not one then
        one = { span = span, roles = {}, offices = {}, words = {} }
        for word in span.name:gmatch "%S+" do one.words[#one.words + 1] = word end
        by_id[span.id], list[#list + 1] = one, one
        local first = fold(one.words[1])
        by_first[first] = by_first[first] or {}
        by_first[first][#by_first[first] + 1] = one
      end
      if span.role then one.roles[span.role] = true end
      if span.role and span.of then add_year(one, office(span), span.doc.date) end
    end
  end
  return by_first, list
end

local LETTERS_LEAST, LETTERS_MOST = 5, 64    -- bytes of names that may be a letter apart

-- Of some words those a letter apart, each pair once. Two that are have one in common of
-- the words that they are without a letter, or without none.
local function apart (words)
  local by_key, found = {}, {}
  for _, word in ipairs(words) do
    local seen, keys = {}, {}
    if #word >= LETTERS_LEAST and #word <= LETTERS_MOST then
      for i = 1, #word do keys[i] = sub(word, 1, i - 1) .. sub(word, i + 1) end
      keys[#keys + 1] = word
    end
    for _, key in ipairs(keys) do
      local others = by_key[key] or {}
      by_key[key] = others
      for _, other in ipairs(others) do
        if not seen[other] and other ~= word and util.distance(other, word, 1) == 1 then
          found[#found + 1] = { other, word }
        end
        seen[other] = true
      end
      if others[#others] ~= word then others[#others + 1] = word end
    end
  end
  return found
end

-- People by their last words, and of each by the number of words: arrays of places in
-- the list. Also the last words, in order.
local function people_by_last (list)
  local by_last, words = {}, {}
  for i, one in ipairs(list) do
    local last, n = fold(one.words[#one.words]), #one.words
    if not by_last[last] then
      by_last[last] = {}
      words[#words + 1] = last
    end
    by_last[last][n] = by_last[last][n] or {}
    by_last[last][n][#by_last[last][n] + 1] = i
  end
  return by_last, words
end

-- Pairs of people of one first name who may be one: the same words but for a letter of
-- the last one, or words more in the middle of one of them. What is gone through are
-- the pairs that are told.
local function pairs_of (list)
  local by_last, words = people_by_last(list)
  local out = {}
  local function add (some, others, what)
    for _, i in ipairs(some) do
      for _, k in ipairs(others) do
        local a, b = list[i < k and i or k], list[i < k and k or i]
        local why = what or format("'%s' and '%s' are a letter apart", a.words[#a.words],
                                   b.words[#b.words])
        for _, role in ipairs(util.keys(a.roles)) do
          if b.roles[role] then why = format("%s; both are %s", why, role) end
        end
        out[#out + 1] = { i < k and i or k, i < k and k or i, why }
      end
    end
  end
  for _, pair in ipairs(apart(words)) do
    for n, some in util.sorted(by_last[pair[1]]) do
      local others = by_last[pair[2]][n]
      if others then add(some, others) end
    end
  end
  for _, last in ipairs(words) do
    local counts = util.keys(by_last[last])
    for x = 1, #counts do
      for y = x + 1, #counts do
        if counts[x] > 1 then
          add(by_last[last][counts[x]], by_last[last][counts[y]],
              "the same but for what stands between")
        end
      end
    end
  end
  sort(out, function (x, y)
    if x[1] ~= y[1] then return x[1] < y[1] end
    if x[2] ~= y[2] then return x[2] < y[2] end
    return x[3] < y[3]
  end)
  return out
end

local function is_initial (word) return find(word, "^[%a\xC3-\xD1][\x80-\xBF]?%.$") ~= nil end
local function first_letter (word) return match(fold(word), "^[^\x80-\xBF][\x80-\xBF]*") end

-- May the words before the surname of a name with initials be those of a full one: V. V. Holm,
-- Viktor Holm?
local function fits_initials (short, full)
  local n = #short.words < #full.words and #short.words - 1 or #full.words - 1
  for i = 1, n do
    if first_letter(short.words[i]) ~= first_letter(full.words[i]) then return false end
  end
  return true
end

-- Pairs of a name with an initial in front and a full one of the same surname, in the order of
-- the text of those with initials.
local function pairs_by_initials (by_first)
  local short, by_last, out = {}, {}, {}
  for _, list in util.sorted(by_first) do
    for _, one in ipairs(list) do
      local last = fold(one.words[#one.words])
      if #one.words > 1 and is_initial(one.words[1]) then
        short[#short + 1] = one
      elseif #one.words > 1 then
        by_last[last] = by_last[last] or {}
        by_last[last][#by_last[last] + 1] = one
      end
    end
  end
  for _, one in ipairs(short) do
    for _, other in ipairs(by_last[fold(one.words[#one.words])] or {}) do
      if fits_initials(one, other) then out[#out + 1] = { one, other } end
    end
  end
  return out
end

-- Scripts ------------------------------------------------------------------------------------

local YEARS_MOST = 40      -- in which one holds an office
local HOLDERS_MOST = 200   -- of an office that are compared: pairs of them are gone through

-- Are the years of two compatible, as far as they are known?
local function is_in_time (a, b)
  return not a[1] or not b[1] or max(a[2], b[2]) - min(a[1], b[1]) <= YEARS_MOST
end

-- By offices whose holders are named in several scripts, these.
local function holders_of (list)
  local by_office = {}
  for i, one in ipairs(list) do
    one.place = i
    for name in util.sorted(one.offices) do
      local holders = by_office[name] or {}
      by_office[name] = holders
      one.script = one.script or sounds.script(one.span.name)
      holders.script = holders.script or one.script
      holders.several = holders.several or one.script ~= holders.script
      if #holders < HOLDERS_MOST then holders[#holders + 1] = one end
    end
  end
  return by_office
end

-- Pairs of people with names in different scripts that sound alike, and one office; in the
-- order of the corpus.
local function pairs_by_sound (list)
  local out, seen = {}, {}
  local function compare (a, b, name)
    local key = a.place .. " " .. b.place
    if a.script == b.script or seen[key] or not is_in_time(a.offices[name], b.offices[name]) then
      return
    end
    a.sound, b.sound = a.sound or sounds.of(a.span.name), b.sound or sounds.of(b.span.name)
    if sounds.agree(a.sound, b.sound) then
      seen[key] = true
      out[#out + 1] = { a, b, format("'%s' sounds as '%s' does; both are %s", a.span.name,
                                     b.span.name, name) }
    end
  end
  for name, holders in util.sorted(holders_of(list)) do
    for i = 1, holders.several and #holders or 0 do
      for k = i + 1, #holders do compare(holders[i], holders[k], name) end
    end
  end
  sort(out, function (x, y)
    if x[1] ~= y[1] then return x[1].place < y[1].place end
    return x[2].place < y[2].place
  end)
  return out
end

--- People who may be one, with the reason.
---@param corpus Corpus
---@return table[] rows name, other (each a Span), reason
function M.all (corpus)
  local out = { columns = { "name", "other", "reason" } }
  local by_first, everybody = people_of(corpus)
  for _, list in util.sorted(by_first) do
    for _, pair in ipairs(pairs_of(list)) do
      out[#out + 1] = { name = list[pair[1]].span, other = list[pair[2]].span, reason = pair[3] }
    end
  end
  for _, pair in ipairs(pairs_by_initials(by_first)) do
    out[#out + 1] = { name = pair[1].span, other = pair[2].span,
                      reason = "the same surname, and initials of the other's" }
  end
  for _, pair in ipairs(pairs_by_sound(everybody)) do
    out[#out + 1] = { name = pair[1].span, other = pair[2].span, reason = pair[3] }
  end
  return out
end

return M
