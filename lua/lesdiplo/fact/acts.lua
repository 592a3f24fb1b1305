--- Acts as data: what data/acts.txt says, and what a script adds.
--
--     lesdiplo.fact.act "twin: cooperate 060 COOPERATE both\n  en verb twin + with"
--
-- data/acts.txt explains how an act is written.
-- @module lesdiplo.fact.acts
local inflect = require "lesdiplo.fact.inflect"
local util = require "lesdiplo.util"
local error, format, ipairs, pairs, type = error, string.format, ipairs, pairs, type
local find, gmatch, gsub, match = string.find, string.gmatch, string.gsub, string.match
local sort, tonumber = table.sort, tonumber
_ENV = nil
local M = {}

--- The types of events.
M.types = {}
for name in gmatch([[establish_relations resume_relations sever_relations recognise open_embassy
  close_embassy appoint present_credentials visit meet sign_agreement host_event attend_summit
  congratulate provide_aid cooperate vote_support vote_against issue_statement praise criticise
  appeal express_intent threaten reject sanction lift_sanction recall expel protest mediate
  military_action succeed_state other]], "%S+") do
  M.types[#M.types + 1] = name
  M.types[name] = true
end

local plovers = {}
for name in gmatch([[AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT
  THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT]], "%S+") do
  plovers[#plovers + 1], plovers[name] = name, true
end

local marks = { "both", "today", "two", "to", "meant", "topic", "undone", "itself" }
for _, mark in ipairs(marks) do marks[mark] = true end

M.list = {}          -- acts, in the order in which they were read
M.version = 0        -- grows when acts are added to those that are shipped
local lists = {}     -- "@ties" to its words
local by_id, ids = {}, {}
local frames = 0

local function wrong (where, ...) error(where .. ": " .. format(...), 0) end

-- A set of words, in the plural as well unless they are `bare`; nil of no text.
local function set (text, where, bare)
  if not text then return nil end
  local out
  for word in inflect.each(text) do
    out = out or {}
    if find(word, "^@") then
      local list = lists[word] or wrong(where, "no list %s before this line", word)
      for one in pairs(list) do out[one] = true end
    else
      out[word] = true
      if not bare then out[inflect.plural(word)] = true end
    end
  end
  return out or wrong(where, "words are wanted")
end

-- A head line: "resume: resume_relations 050 SUPPORT both".
local function head (line, where)
  local id, kind, cameo, plover, rest = match(line, "^([%w_]+):%s+(%S+)%s+(%S+)%s+(%S+)%s*(.*)$")
  if not id then
    wrong(where, "an act is 'id: type CAMEO PLOVER marks', such as "
          .. "'resume: resume_relations 050 SUPPORT both', with '-' for no code")
  end
  local act = { id = id, type = kind, where = where, cameo = cameo ~= "-" and cameo or nil,
                plover = plover ~= "-" and plover or nil }
  if not M.types[kind] then
    wrong(where, "no event type '%s'%s", kind, util.hint(kind, M.types))
  elseif act.cameo and not find(act.cameo, "^%d%d%d?%d?$") then
    wrong(where, "a CAMEO code has two to four digits, got '%s'", cameo)
  elseif act.plover and not plovers[plover] then
    wrong(where, "no PLOVER type '%s'%s", plover, util.hint(plover, plovers))
  end
  for mark in gmatch(rest, "%S+") do
    if not marks[mark] then wrong(where, "no mark '%s'%s", mark, util.hint(mark, marks)) end
    act[mark] = true
  end
  return act
end

local kinds = { verb = true, noun = true, passive = true }

-- A frame: "en verb sign, seal > agreement [off]".
local function frame (act, line, where)
  local lang, kind, rest = match(line, "^%s+(%a%a)%s+(%a+)%s+(.-)%s*$")
  if not lang or not kinds[kind] then
    wrong(where, "a frame is 'en verb words', 'en noun words' or 'zh passive words', got '%s'",
          match(line, "^%s*(.-)%s*$"))
  end
  inflect.check(lang, where)
  frames = frames + 1
  local out = { act = act, lang = lang, kind = kind, where = where, order = frames }
  rest = gsub(rest, "%s*%[(.-)%]%s*$", function (words)
    out.veto = set(words, where)
    return ""
  end)
  out.words = match(rest, "^[^+<>]+")
  out.next = set(match(rest, "%+%s*([^+<>]+)"), where, true)
  out.behind = set(match(rest, ">%s*([^+<>]+)"), where)
  out.before = set(match(rest, "<%s*([^+<>]+)"), where)
  out.weight = (out.next and 3 or 0) + (out.behind and 2 or 0) + (out.before and 2 or 0)
  return out
end

-- Reads acts from a text. Returns how many.
local function read (text, name)
  local act, count = nil, 0
  for number, line in inflect.lines(text) do
    local where = format("%s:%d", name or "acts", number)
    if find(line, "^@") then
      local list, words = match(line, "^(@%w+):%s*(.-)%s*$")
      if not list then wrong(where, "a list is '@name: word, word'") end
      lists[list] = set(words, where)
    elseif find(line, "^%s") then
      if not act then wrong(where, "a frame before any act") end
      local one = frame(act, line, where)
      act.frames[one.order] = one
      M.frames[#M.frames + 1] = one
    elseif find(line, "^[%w_]+:%s*$") then        -- more frames of an act that was read before
      local id = match(line, "^[%w_]+")
      act = by_id[id] or wrong(where, "no act '%s' before this line%s", id, util.hint(id, ids))
    else
      act = head(line, where)
      act.frames, by_id[act.id], ids[#ids + 1] = {}, act, act.id
      M.list[#M.list + 1], count = act, count + 1
    end
  end
  return count
end

-- The words of a language are read when somebody first asks for them; the acts
-- themselves stand with the English ones.
local need = inflect.shipped("acts", read)

--- Reads all acts that are shipped, where they were not yet.
function M.all () need(nil) end

--- Reads acts from a text; `name` is what rules and messages call it. A mistake raises
-- an error that names the line.
---@param text string
---@param name string? "acts" when left out
---@return integer count of acts that were read
function M.read (text, name)
  if type(text) ~= "string" then error("lesdiplo.fact.act(text): a text is wanted", 2) end
  M.all()
  local count = read(text, name)
  M.version = M.version + 1
  return count
end

M.frames = {}        -- of all acts that were read, in order

--- The frames of a language and kind by a word of theirs: lemma to frames, the most
-- specific first.
---@param lang string
---@param kind string "verb" or "noun"
---@return table<string, table[]>
function M.by_word (lang, kind)
  need(lang)
  local out = {}
  for _, one in ipairs(M.frames) do
    if one.lang == lang and one.kind == kind then
      for word in inflect.each(one.words) do
        out[word] = out[word] or {}
        out[word][#out[word] + 1] = one
      end
    end
  end
  for _, list in util.sorted(out) do
    sort(list, function (a, b)
      if a.weight ~= b.weight then return a.weight > b.weight end
      return a.order < b.order
    end)
  end
  return out
end

-- What becomes of a code when the act is not done but meant: events.md, section 5.
local planned = { ["04"] = "036", ["05"] = "032", ["06"] = "031", ["07"] = "033", ["08"] = "035" }

--- The codes of an act in a modality: CAMEO, PLOVER.
---@param act table
---@param modality string
---@return string? cameo
---@return string? plover
function M.codes (act, modality)
  if modality == "negated" then return nil end
  if modality ~= "planned" then return act.cameo, act.plover end
  if act.cameo == "045" then return "039", "AGREE" end
  local meant = act.cameo and planned[act.cameo:sub(1, 2)]
  if meant then return meant, "AGREE" end
  if act.cameo and tonumber(act.cameo:sub(1, 2)) >= 16 then
    return act.cameo:sub(1, 2) == "16" and "131" or "138", "THREATEN"
  end
  return act.cameo, act.plover
end

need "en"

return M
