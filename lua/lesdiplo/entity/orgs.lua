--- Bodies, forums and agreements that no table names, told by the word they are
-- called by: "Interministerial Dialogue", "Committee of Chiefs of Defense Staff".
--
-- A run of words with a capital, small words between, holds such a head noun and
-- another word. It reaches from its first word to its last that is not a person's
-- title. What the text defines, "Ministerial Council Meeting (MCM)", is found by its
-- short form, too, from there on. Parts of known bodies are known beside them.
-- @module lesdiplo.entity.orgs
local entity = require "lesdiplo.entity".get
local lexicon = require "lesdiplo.entity.lexicon"
local stretches = require "lesdiplo.entity.stretches"
local util = require "lesdiplo.util"
local _, native = ...
local entities = native.entities
local fold, plain = native.tokens.fold, native.base.plain
local concat = table.concat
local byte, find, gmatch, gsub = string.byte, string.find, string.gmatch, string.gsub
local lower, match, sub, upper = string.lower, string.match, string.sub, string.upper
local ipairs = ipairs
_ENV = nil
local M = {}

local WORDS_MOST = 16        -- of a name: longer runs are headings
local SHORT_MOST = 32        -- bytes of a short form

-- What is known of a word, a bit each.
local HEAD = 1             -- what bodies are called by: Committee
local OPENING, DATE = 2, 4
local SMALL = 8
local NAMED = 16           -- it is part of a name: with a capital, or no Latin letters
local STOP = 32            -- what follows is none of the name's
local BOUND = 64           -- a head noun that is one where "of" or "for" follows: Year
local BEHIND = 256         -- a head noun that is one only behind some words: Working Group
local MATTER = 128         -- behind a head noun it says that this is none: Affairs

-- The kinds of bodies by head nouns: institution, agreement, forum ...
local heads = {}
for _, kind in ipairs{ "igo", "organ", "forum", "treaty", "agency", "ministry", "parliament",
  "court", "bank", "party", "media", "ngo", "military", "mission", "initiative" } do
  for word in util.sorted(lexicon.list("bodies.txt", "head." .. kind)) do heads[word] = kind end
end

-- The noun of a word: Vice-Ministry is one, too.
local noun_of = lexicon.remembered(function (word)
  return fold((gsub(gsub(word, "^.*%-", ""), "^.*–", "")))
end)

local function list (name) return lexicon.list("bodies.txt", name) end

local flags = {}           -- of folded words
for name, flag in util.sorted{ opening = OPENING, date = DATE, ["head.bound"] = BOUND,
                               ["head.behind"] = BEHIND, matter = MATTER } do
  for word in util.sorted(list(name)) do flags[word] = (flags[word] or 0) | flag end
end
local leads = list "behind"
local reach = { ["in"] = list "reach.in", to = list "reach.to" }
local stops = { ["'s"] = true, ["’s"] = true, to = true, with = true, ["in"] = true }

local traits = lexicon.remembered(function (word)
  local out = flags[fold(word)] or 0
  if heads[noun_of[word]] then out = out | HEAD end
  if find(word, "^%l") then out = out | SMALL end
  if find(word, "^[%u\xC3-\xD1]") then out = out | NAMED end
  if stops[word] then out = out | STOP end
  return out
end)

-- Runs of words with a capital, two or more, one a head noun.
local joints = { "of", "for", "on", "and", "the", "in", "to", "with", "de", "des", "du", "la", "le",
  "les", "pour", "et", "по", "и" }
local runs = native.entities.runs(joints, {}, util.keys(heads))

-- A run: an array of its words, `at` in the array `all` of where words of the document
-- begin and end, with `states` and `next` of these as `runs` tells them. Its words from..to
-- are looked at.

local function first_of (run, i) return run.all[2 * (run.at + i) - 1] end
local function last_of (run, i) return run.all[2 * (run.at + i)] end
local HELD = 1             -- the state's bit of a word whose first byte something known holds

local ties = { of = true, on = true, ["for"] = true }

-- The head noun: the first one if "of" or "on" follows, else the last. A word of
-- something that is known by name is none.
local function head_of (run, from, to, covers)
  local best
  for i = from, to do
    local trait = traits[run[i]]
    local bare = trait & BEHIND ~= 0 and (i == from or not leads[fold(run[i - 1])])
    if trait & HEAD ~= 0 and not bare and not (run.states[run.at + i] & HELD ~= 0
                                  and covers(first_of(run, i), last_of(run, i))) then
      local after = i < to and run[i + 1]
      if ties[after] then return i end
      if trait & BOUND == 0 and not (after and traits[after] & MATTER ~= 0) then best = i end
    end
  end
  return best
end

-- The word at which the name of a ministry begins that ends before the head noun.
local function owner_of (run, from, head, named)
  local i = head > from and named.seek(last_of(run, head - 1))
  local first, last = i and named.positions[2 * i - 1], i and named.positions[2 * i]
  if not first or last ~= last_of(run, head - 1) or named.rows[i].kind ~= "ministry" then
    return nil
  end
  for k = from, head - 1 do
    if first_of(run, k) == first then return k end
  end
end

-- Where the name begins. Words that a name does not begin with open the sentence, or are
-- somebody's office ("CEO of the").
local function begins_at (run, i, head, roles)
  local from = i
  while i < head do
    local number = run.next[run.at + i]
    if roles[2 * number - 1] == first_of(run, i) then
      local behind = roles[2 * number]
      while i < head and first_of(run, i) < behind do i = i + 1 end
      from = i
    else
      if i == from and traits[run[i]] & OPENING ~= 0 then from = i + 1 end
      i = i + 1
    end
  end
  return from
end

-- Is a word an abbreviation by which a body is known?
local function is_known_short (run, i, covers)
  return find(run[i], "^%u[%u%d]+$") and run.states[run.at + i] & HELD ~= 0
         and covers(first_of(run, i), last_of(run, i))
end

-- Where the name begins behind "and": two bodies have no council together, EU and NATO Defence
-- Council.
local function behind_and (run, from, head, covers)
  for i = from + 1, head - 1 do
    if run[i] == "and" and is_known_short(run, i - 1, covers)
       and is_known_short(run, i + 1, covers) then
      from = i + 1
    end
  end
  return from
end

-- Where a country's name ends that stands behind word i of a run, "the" between them or
-- not; nil where none does.
local function country_behind (run, i, to, countries)
  if run[i + 1] == "the" then i = i + 1 end
  if i >= to then return nil end
  local k = countries.seek(first_of(run, i + 1))
  local first, last = countries.positions[2 * k - 1], countries.positions[2 * k]
  if first ~= first_of(run, i + 1) or countries.rows[k].form == "adjective" then return nil end
  for j = i + 1, to do
    if last_of(run, j) >= last then return j end
  end
end

-- Does a head noun stand among the words with a capital from word i on?
local function heads_behind (run, i, to)
  while i <= to and traits[run[i]] & NAMED ~= 0 do
    if traits[run[i]] & HEAD ~= 0 then return true end
    i = i + 1
  end
  return false
end

-- Does somebody's office begin at word i of a run, his name behind it: Bureau of African Affairs |
-- Assistant Secretary Holm? The office of the envoy is one.
local function is_holder (run, i, to, roles)
  local number = run.next[run.at + i]
  if roles[2 * number - 1] ~= first_of(run, i) or roles[2 * number] >= last_of(run, to) then
    return false
  end
  if traits[run[i - 1]] & SMALL ~= 0 and run[i - 1] ~= "and" then return false end
  local last = roles[2 * number]
  while i <= to and first_of(run, i) <= last do i = i + 1 end
  return not heads_behind(run, i, to)
end

-- Where the name ends: behind its head, or behind what "of" and its kin add to it. What
-- is agreed on for a country may name it: Agreement on Peace in Mali.
local function ends_at (run, head, to, countries, roles)
  local last, noun = head, noun_of[run[head]]
  for i = head + 1, to do
    local trait = traits[run[i]]
    if is_holder(run, i, to, roles) then break end
    if trait & STOP ~= 0 and last == i - 1 and reach[run[i]] and reach[run[i]][noun]
       and (last > head or heads[noun] == "mission") then
      return country_behind(run, i, to, countries) or last
    end
    if trait & (STOP | DATE) ~= 0 then break end
    if trait & NAMED ~= 0 then
      if i - 1 == head and traits[run[head]] & SMALL == 0 then break end
      last = i
      local behind = trait & MATTER ~= 0 and i < to and traits[run[i + 1]]
      if behind and behind & NAMED ~= 0 and not heads_behind(run, i + 1, to) then
        break                                            -- Bureau of African Affairs | Bo Holm
      end
    end
  end
  return last
end

local slug = lexicon.remembered(function (text)
  return (gsub(gsub(lower(fold(text)), "[^%w\x80-\xff]+", "-"), "^%-*(.-)%-*$", "%1"))
end)

-- Short forms in brackets behind a name: "(MCM)", "(MCM) meeting".
local function short_of (text, last)
  local short = match(text, "^%s*%([\"“]?(%u[%u%d&-]+s?)[\"”]?%)", last + 1)
  return short and #short <= SHORT_MOST and short or nil
end

-- Reads the words of a run, so many. Is one of them a head noun?
local function read_run (text, run, count)
  local all, from, any = run.all, 2 * run.at, 0
  for i = 1, count do
    local word = sub(text, all[from + 2 * i - 1], all[from + 2 * i])
    run[i], any = word, any | traits[word]
  end
  return any & HEAD ~= 0
end

-- A run in capitals is a heading.
local function is_heading (text, run)
  local whole = sub(text, first_of(run, 1), last_of(run, #run))
  return whole == upper(whole)
end

-- What the words from..to of a run are called: the first and last word, and the row. Of
-- "Department of State Bureau of Oceans" the bureau has a name of its own.
local function named_by (run, from, to, known)
  local head = to > from and to - from < WORDS_MOST and head_of(run, from, to, known.covers)
  if not head or is_heading(known.text, run) then return nil end
  local owner = head < to and ties[run[head + 1]] and owner_of(run, from, head, known.orgs)
  from = owner and owner < head - 1 and head
         or behind_and(run, begins_at(run, from, head, known.roles), head, known.covers)
  to = ends_at(run, head, to, known.countries, known.roles)
  local name = to > from and concat(run, " ", from, to)
  return from, to, name and { id = slug[name], name = name, form = "name",
                              kind = heads[noun_of[run[head]]] }
end

-- What is known of a document: does something known hold a stretch? Bodies and countries,
-- each with a walker; and where the roles stand.
local function known_of (doc, orgs, countries, places)
  local function stretch (one)
    return { positions = one[1], rows = one[2], seek = stretches.walker(one[1]) }
  end
  return { text = doc.text, covers = stretches.cover(orgs[1], countries[1], places[1]),
           orgs = stretch(orgs), countries = stretch(countries),
           roles = entities.mentions(doc, "role") }
end

-- How many letters of a short form from one on a word begins with.
local function begun (word, short, from)
  local n, small, begins = 0, lower(short), lower(word)
  while from + n <= #short and byte(small, from + n) == byte(begins, n + 1) do n = n + 1 end
  return n
end

-- Do words from one on spell a short form by their beginnings, MIN-INT, those with a capital all
-- until it ends? `reached`: how many of its letters the words so far may be.
local function spells (words, i, short)
  local reached, any = { [0] = true }, true
  while any and i <= #words do
    if find(words[i], "^%u") then
      local behind = {}
      any = false
      for k = 0, #short - 1 do
        for n = 1, reached[k] and begun(words[i], short, k + 1) or 0 do
          behind[k + n], any = true, true
        end
      end
      if behind[#short] then return true end
      reached = behind
    else                                                              -- AFT: Aid for Trade
      for k = #short - 2, 0, -1 do
        local begins = reached[k] and k > 0 and begun(words[i], short, k + 1) > 0
        reached[k + 1] = reached[k + 1] or begins
      end
    end
    i = i + 1
  end
  return false
end

-- The part of a body's name that a short form spells: of the Units of the Office of the Prosecutor
-- (OP) the office. The whole where it spells none.
local function spelt (name, short)
  local words, from = {}, {}
  for at, word in gmatch(name, "()(%S+)") do words[#words + 1], from[#from + 1] = word, at end
  for i = 1, #words do
    local head = find(words[i], "^%u") and (i == 1 or find(words[i - 1], "^%l"))
                 or heads[noun_of[words[i]]]
    if head and spells(words, i, short) then
      for k = i, #words do
        if heads[noun_of[words[k]]] or words[i - 1] == "and" then
          local before = sub(name, 1, from[i] - 1)
          return find(before, "%f[%S]%l") and sub(name, from[i]) or name       -- U.S. Office ...
        end
      end
    end
  end
  return name
end

-- Short forms that the text defines, by what is written: "(MCM)" behind a body's name.
local function define (shorts, text, last, row)
  local short = byte(text, last + 2) == 40 and short_of(text, last)        -- "("
  if short and not shorts[short] then
    local name = not entity(row.id) and spelt(row.name, short)
    if name and name ~= row.name then
      row = { id = slug[name], name = name, kind = heads[noun_of[match(name, "^%S+")]] or row.kind }
    end
    shorts[short] = { id = row.id, name = row.name, form = "abbreviation", kind = row.kind }
  end
end

--- Finds them in a document.
---@param doc Doc
---@param orgs table positions and rows of bodies that are known by name
---@param countries table likewise
---@param places table likewise
---@return integer[] positions
---@return table[] rows
---@return table<string, table> rows of the short forms that the text defines
function M.find (doc, orgs, countries, places)
  local positions, rows, shorts, text = {}, {}, {}, doc.text
  local known = known_of(doc, orgs, countries, places)
  local function take (run, from, to)
    local row
    from, to, row = named_by(run, from, to, known)
    if not row then return end
    local first, last = first_of(run, from), last_of(run, to)
    if known.covers(first, last) then return end
    positions[#positions + 1], positions[#positions + 2], rows[#rows + 1] = first, last, row
    define(shorts, text, last, row)
  end
  for i, row in ipairs(orgs[2]) do define(shorts, text, orgs[1][2 * i], row) end
  local all, counts, states, next_of =
    runs(doc, { known.roles, orgs[1], countries[1], places[1] }, 1)
  local at = 0
  for _, count in ipairs(counts) do
    local run = { all = all, states = states, next = next_of, at = at }
    local from, held = 1, false
    if read_run(text, run, count) then
      for i = 2, count - 1 do
        held = held and traits[run[i]] & HEAD == 0
        if run[i] == "and" and (held or run[i + 1] == "the") then        -- "A and the B" is two
          take(run, from, i - 1)
          from, held = i + 1, false
        elseif is_holder(run, i, count, known.roles) then
          take(run, from, i - 1)
          from, held = i, true
        end
      end
      take(run, from, count)
    end
    at = at + count
  end
  return positions, rows, shorts
end

-- Nouns written small -----------------------------------------------------------------

local small = list "small.initiative"
local small_military, small_between = list "small.military", list "small.between"
local small_after = list "small.after"
local NAME_MOST = 80       -- bytes of the words before a noun
-- From its end on, a text is looked through the sooner.
local LAST_WORD = "^.*%f[%w\x80-\xFF-]%-*()([%w\x80-\xFF][%w\x80-\xFF-]*)$"

-- The words with a capital that end before a byte, small ones that tie them between; nil
-- where none do.
local function words_before (text, last)
  local from = last > NAME_MOST and last - NAME_MOST or 1
  local first, stop = nil, last
  while true do
    local start, word = match(sub(text, from, stop), LAST_WORD)
    if not word or find(word, "\xE2\x80[\x98-\x9F\xAF]") or find(word, "\xC2\xA0", 1, true)
       or find(word, "%-%l+$") then             -- NASA-led
      break
    end
    if find(word, "^%u") then
      if traits[word] & OPENING ~= 0 then break end
      first = from + start - 1
    elseif not first or not (ties[word] or word == "and") then break
    end
    stop = from + start - 2
    if byte(text, stop) ~= 32 then break end
    stop = stop - 1
  end
  return first
end

-- Does a sentence begin at a byte? Its first word has a capital whatever it is.
local function is_opening (text, first)
  return not find(sub(text, first > 4 and first - 4 or 1, first - 1), "[%l%d,\"”“][ \xC2\xA0]+$")
end

-- What such nouns begin with: of program and programme the first.
local stems = {}
for noun in util.sorted(small) do
  local last = stems[#stems]
  if not last or sub(noun, 1, #last) ~= last then stems[#stems + 1] = noun end
end

-- Adds the names that end with a noun.
local function add_small (text, noun, covers, positions, rows)
  local at = find(text, noun, 1, true)
  while at do
    local word, stop = match(text, "^([%w\x80-\xFF]+)()", at)
    local first = small[word] and byte(text, at - 1) == 32 and words_before(text, at - 2)
    if first and not covers(first, at - 2)
       and (find(sub(text, first, at - 2), " ", 1, true) or not is_opening(text, first)) then
      local n, name = #rows + 1, plain(sub(text, first, stop - 1))
      positions[2 * n - 1], positions[2 * n] = first, stop - 1
      rows[n] = { id = slug[name], name = name, form = "name", kind = "initiative" }
    end
    at = find(text, noun, stop, true)
  end
end

--- What is called by a name and a noun written small: Fulbright program. An array of
-- positions and rows, a noun each.
---@param doc Doc
---@param covers function (first, last): is the stretch a mention of something already?
---@return table[]
function M.programs (doc, covers)
  local out = {}
  for i, noun in ipairs(stems) do
    out[i] = { {}, {} }
    add_small(doc.text, noun, covers, out[i][1], out[i][2])
  end
  return out
end

-- Where the word for its forces ends behind a state's adjective, or nil. Some may be an
-- adjective themselves: Russian military aid.
local function forces_to (text, last)
  local word, stop = match(text, "^ (%l+)()", last + 1)
  while small_between[word] do
    local after, behind = match(text, "^ (%l+)()", stop)
    if not small_between[after] and not small_military[after] then break end
    word, stop = after, behind
  end
  if not small_military[word] then return nil end
  local after = word ~= "forces" and match(text, "^[%s\xC2\xA0]+(%l+)", stop)
  return (not after or small_after[after]) and stop - 1 or nil
end

--- A state's forces, told by its adjective: Ukrainian security forces.
---@param text string
---@param positions integer[] of countries
---@param found table[] their rows
---@return integer[] positions
---@return table[] rows
function M.forces (text, positions, found)
  local out, rows = {}, {}
  for i, row in ipairs(found) do
    local last = positions[2 * i]
    local stop = row.form == "adjective" and byte(text, last + 1) == 32 and forces_to(text, last)
    if stop then
      local n, first = #rows + 1, positions[2 * i - 1]
      local name = sub(text, first, stop)
      out[2 * n - 1], out[2 * n] = first, stop
      rows[n] = { id = slug[name], name = name, form = "name", kind = "military" }
    end
  end
  return out, rows
end

-- Short forms ------------------------------------------------------------------------

-- Where one stands.
local function add_short (text, short, row, positions, rows)
  local first, last = find(text, short, 1, true)
  while first do
    if not find(text, "^%w", last + 1) and find(text, "^%f[%w]", first) then
      local n = #rows + 1
      positions[2 * n - 1], positions[2 * n], rows[n] = first, last, row
    end
    first, last = find(text, short, first + 1, true)
  end
end

--- Where the short forms of a text stand: in words in capitals, or in a part of one,
-- "the MCM-led talks".
---@param text string
---@param shorts table<string, table> rows by what is written
---@return integer[] positions
---@return table[] rows
function M.short (text, shorts)
  local lists = {}
  for short, row in util.sorted(shorts) do
    local one = { {}, {} }
    add_short(text, short, row, one[1], one[2])
    lists[#lists + 1] = one
  end
  if #lists == 1 then return lists[1][1], lists[1][2] end
  return stretches.joined(lists)
end

return M
