--- Whom an office means at a place of a document, or the two of a pair: the minister, the
-- presidents, the two sides.
-- @module lesdiplo.grammar.quote.offices
local atoms = require "lesdiplo.grammar.atoms"
local mentions = require "lesdiplo.grammar.quote.mentions"
local terms = require "lesdiplo.grammar.terms"
local _, native = ...
local entity, at_or_behind = native.entities.entity, native.base.at_or_behind
local concat, sort = table.concat, table.sort
local byte, find, gsub = string.byte, string.find, string.gsub
local match, sub = string.match, string.sub
local small = atoms.small
local ipairs = ipairs
_ENV = nil
local M = {}

local BACK = 24          -- people who are looked through for one who is called by an office
local FAR = 300          -- mentions before a place that are looked at for a role or a pair
local SHORTLY = 500      -- bytes within which the last of several holders of a role is meant
local NEAR = 70          -- bytes from a name to what its person is called
local APART = 12         -- bytes between the names of a pair
local SOON = 400         -- bytes in which the name of who was told by an office follows
local SPOKEN = 1500      -- bytes from who spoke to "the diplomat"
local COMMA = byte ","

-- Roles -------------------------------------------------------------------------------

local wider = {}         -- by role: those that it is one of, or not, as far as was asked

-- Is it the office of somebody's deputy, who is not called as the other is: a vice president, but
-- not a deputy minister?
local function is_second (id, role)
  return role ~= "minister" and (find(id, "^vice_") or find(id, "^deputy_")) ~= nil
end

local function is_under (id, role)
  if id == role then return true end
  local of = wider[id]
  if not of then
    of = {}
    local e = entity(id)
    for _, fact in ipairs(e and e.facts or {}) do
      if fact[1] == "under" then of[fact[2]] = true end
    end
    wider[id] = of
  end
  if of[role] == nil then
    of[role] = find(id, "^" .. role .. "_of_") ~= nil
               or find(id, "_" .. role .. "$") ~= nil and not is_second(id, role)
               or find(role, "^" .. id .. "_of_") ~= nil
  end
  return of[role]
end

-- Is it told that somebody holds an office no more, or not yet: the former minister, Jan Holm?
local function is_out (ctx, m) return terms.is_out(ctx.text, m.row, m.first, m.last) end

-- How many holders of roles are named before a place.
local function named_before (ctx, at)
  return at_or_behind(ctx.holders, at_or_behind(ctx.list.firsts, at)) - 1
end

-- The first of those that are looked at.
local function last_looked (ctx, at)
  local n = named_before(ctx, at) - FAR
  return n > 0 and n or 1
end

-- The only holder of a role of a country who is named behind a place; nil where there are several.
-- Right behind it the country goes without saying: Chad's envoy said ... Envoy Anna Berg.
local function only_behind (ctx, role, at, of)
  local only
  local n = named_before(ctx, at)
  for k = n + 1, n + FAR do
    local m = ctx.holders[k] and ctx.list[ctx.holders[k]]
    if not m then break end
    local fits = m.row.of == of or not m.row.of and m.first - at < SOON
    if fits and is_under(m.row.role, role) and not is_out(ctx, m) then
      if only and only ~= m.id then return nil end
      only = m.id
    end
  end
  return only
end

--- The last holder of a role named before a place; of a country, where one is told. Where none
-- is and several hold it, the last one counts only if named shortly before.
function M.holder (ctx, role, at, of)
  local last
  for k = named_before(ctx, at), last_looked(ctx, at), -1 do
    local m = ctx.list[ctx.holders[k]]
    if is_under(m.row.role, role) and (not of or m.row.of == of) and not is_out(ctx, m) then
      if of or at - m.last <= SHORTLY then return last and last.id or m.id end
      if last and last.id ~= m.id then return nil end
      last = last or m
    end
  end
  return last and last.id
end

--- The two last holders: "the ministers".
function M.holders (ctx, role, at)
  local out, seen = {}, {}
  for k = named_before(ctx, at), last_looked(ctx, at), -1 do
    local m = ctx.list[ctx.holders[k]]
    if not seen[m.id] and is_under(m.row.role, role) and not is_out(ctx, m) then
      seen[m.id] = true
      out[#out + 1] = m.id
    end
  end
  return #out == 2 and out[2] .. "+" .. out[1] or nil
end

-- Pairs -------------------------------------------------------------------------------

local ties = { "and", "&", "与", "與", "和", "及", "и", "et", "-", "–", "‑", "、", "同", "с" }
--- What ties two names, as a set.
M.is_tie = {}
for _, tie in ipairs(ties) do M.is_tie[tie] = true end

--- The two countries that were last named side by side before a place, or the only two
-- that the document names up to there.
function M.pair (ctx, at)
  local i, seen, ids = mentions.from(ctx.list, at) - 1, {}, {}
  local later
  local stop = i - FAR
  while i >= 1 and i > stop do
    local m = ctx.list[i]
    if m.kind == "country" then
      if later and later.id ~= m.id and later.first - m.last <= APART then
        local between = match(sub(ctx.text, m.last + 1, later.first - 1), "^%s*(.-)%s*$")
        if M.is_tie[between] then
          return m.id < later.id and m.id .. "+" .. later.id or later.id .. "+" .. m.id
        end
      end
      later = m
      if not seen[m.id] then seen[m.id] = true ids[#ids + 1] = m.id end
    end
    i = i - 1
  end
  if #ids == 2 then
    sort(ids)
    return concat(ids, "+")
  end
end

--- A role as the head: the minister; the presidents.
function M.office (ctx, inside, first, low)
  local role = inside.role[#inside.role]
  if not role then return nil end
  local told = mentions.office(ctx, role.first)
  if told and told.held == "former" then return told.id, not told.id end    -- no other is meant
  local of = inside.country[1] or inside.org[1]
  if of and of.first < role.first and of.last > role.last then of = nil end
  local words = small(sub(ctx.text, role.first, role.last))
  if role.row.form == "plural" or find(words, "[^su]s$") or find(low, "^both ") then
    return M.holders(ctx, role.id, first), true
  end
  local id = M.holder(ctx, role.id, first, of and of.id)
  return id or of and only_behind(ctx, role.id, first, of.id) or nil, false
end

-- Does a text have the word for an office, and not for that of a deputy: vice president?
local function has_office (text, word)
  local first, last = find(text, word, 1, true)
  while first do
    local before = match(sub(text, 1, first - 1), "(%l+)[ -]$")
    if not before or not is_second(before .. "_", word) then return true end
    first, last = find(text, word, last + 1, true)
  end
  return false
end

-- Is a person called that somewhere near a mention: Lejone Mpotjoane, the minister?
local function called (ctx, m, word)
  local from_byte = m.first > NEAR and m.first - NEAR or 1
  local before = small(sub(ctx.text, from_byte, m.first - 1))
  if find(before, word, 1, true)
     and has_office(match(before, "^.*%.(.*)$") or before, word) then return true end
  if byte(ctx.text, m.last + 1) ~= COMMA then return false end
  return has_office(match(small(sub(ctx.text, m.last + 2, m.last + NEAR)), "^[^.]*"), word)
end

-- A noun phrase without its article; of a Russian word in the genitive, what it is the form of.
local function bare (ctx, low)
  if ctx.x.lang == "ru" then
    local stem = match(low, "^(.*л)я$")
    return stem and stem .. "ь" or gsub(gsub(low, "посла$", "посол"), "([рнтдк])а$", "%1")
  end
  return match(low, "^the (.+)$") or match(low, "^l[ea] (.+)$") or match(low, "^l'(.+)$")
         or match(low, "^l’(.+)$") or low
end

--- The minister, the president: the last person who was called one; the diplomat: who spoke last.
function M.office_word (ctx, first, low)
  local word, said = bare(ctx, low), ctx.last_person
  local anyone = ctx.x.whoever[word] and said and first - said.at < SPOKEN and said.id
  if not ctx.x.offices[word] then return anyone or nil end
  local id = M.holder(ctx, (gsub(word, " ", "_")), first)
  local i, looked = mentions.from(ctx.list, first) - 1, 0
  while not id and i >= 1 and looked < BACK do
    local m = ctx.list[i]
    if m.kind == "person" and not is_out(ctx, m) then
      looked = looked + 1
      if called(ctx, m, word) then id = m.id end
    end
    i = i - 1
  end
  return id or anyone or nil
end

return M
