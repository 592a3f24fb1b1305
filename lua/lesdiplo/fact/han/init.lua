--- The layers event and stance of Chinese documents, in either script.
--
-- data/acts-zh.txt has the words of acts, data/stances-zh.txt those of stances,
-- data/chinese.txt the small words that a clause is read by.
-- @module lesdiplo.fact.han
local clauses = require "lesdiplo.fact.han.clauses"
local plain = require "lesdiplo.fact.plain"
local find, gmatch, sub = string.find, string.gmatch, string.sub
local char_pattern = utf8.charpattern
local ipairs = ipairs
_ENV = nil
local M = {}

-- Objects -----------------------------------------------------------------------------------

local EDGE = { [" "] = true, ["\n"] = true, ["\t"] = true, ["\r"] = true }
local edges = {}
for c in gmatch("，。；：！？、“”‘’「」　…", char_pattern) do edges[c] =
    true end

-- A stretch without marks and blanks at its ends.
local function trimmed (text, first, last)
  while first <= last do
    if EDGE[sub(text, first, first)] then first = first + 1
    elseif edges[sub(text, first, first + 2)] then first = first + 3
    else break
    end
  end
  while first <= last do
    if EDGE[sub(text, last, last)] then last = last - 1
    elseif last - first >= 2 and edges[sub(text, last - 2, last)] then last = last - 3
    else break
    end
  end
  return first, last
end

local leads = { "了", "过", "着", "并", "和", "再次", "在", "其", "于", "对" }

-- Behind the small words that lead to an object.
local function object_first (text, first, last)
  local again = true
  while again do
    again = false
    for _, word in ipairs(leads) do
      if sub(text, first, first + #word - 1) == word and first + #word <= last then
        first, again = first + #word, true
      end
    end
  end
  return first
end

-- The members of a list: 改革、对话和贸易. Without 和 before the last one, what stands
-- between 、 only describes: 政治、经济、文化合作.
local function members (st, first, last)
  local text = st.simple
  local out, from, at = {}, first, first
  while true do
    local a, b = find(text, "、", at, true)
    if not a or a > last then break end
    out[#out + 1] = { from, a - 1 }
    from, at = b + 1, b + 1
  end
  if #out == 0 or find(sub(st.masked, first, out[1][2]), "\1", 1, true) then return nil end
  local a, b
  for _, tie in ipairs{ "以及", "和", "与", "及" } do
    if not a or a > last then a, b = find(text, tie, from, true) end
    if a and a > last then a = nil end
  end
  if not a or a - from < 6 or last - b < 6 then return nil end
  for _, one in ipairs(out) do
    if one[2] - one[1] < 5 or one[2] - one[1] > 45 then return nil end
  end
  out[#out + 1] = { from, a - 1 }
  out[#out + 1] = { b + 1, last }
  return out
end

local turned = { calls_for = true, appreciates = true }

-- Where the object of a cue begins: behind whom it is turned to.
local function behind_party (seg, i, cue, first, last)
  local one = seg[i + 1]
  if turned[cue.stance] and one and one.k == "P" and not one.slot and not one.de
         and one.first - first < 12
     and last - one.last >= 6 then
    return one.last + 1
  end
  return first
end

-- The object before a cue that ends its clause: 对封锁表示谴责.
local function object_before (seg, i)
  for k = i - 1, i > 12 and i - 12 or 1, -1 do
    local one = seg[k]
    if one.k == "T" and one.cue then return nil end
    if one.k == "W" then
      local last = seg[i].first - 1
      if seg.light and seg.light.first > one.last and seg.light.first < last then
        last = seg.light.first - 1
      end
      for j = k + 1, i - 1 do
        local u = seg[j]
        if u.k == "T" and u.under ~= one and u.first < last then last = u.first - 1 end
      end
      return one.last + 1, last
    end
  end
end

-- The last byte of what stands behind a segment up to a stop: what 强调： goes on with.
local function rest (s, seg)
  local last
  for k = seg.at + 1, #s.segs do
    last = s.segs[k].last
    if s.segs[k].mark == ";" then break end
  end
  return seg.next and seg.next.first, last
end

-- With these an object only begins: 愿同莱方一道，推动 ...
local together = { "一道", "一起", "共同努力", "携手" }

-- Stances whose object may be a sentence behind a comma.
local told = { advocates = true, reaffirms = true, calls_for = true, hopes = true, believes = true,
               commits = true }

local carriers = { reaffirms = true, recognises = true }

-- A cue whose object another one carries: 重申支持 ...; the index of the last of them.
local function carried (seg, i)
  if not carriers[seg[i].cue.stance] then return i end
  for k = i + 1, i + 3 do
    local one = seg[k]
    if not one or one.first - seg[i].last > 30 then return i end
    if one.k == "T" and one.cue and not one.of then return k end
  end
  return i
end

local function hedge (seg, i)
  for k = 1, i - 1 do
    if seg[k].k == "O" and seg[k].hedge then return seg[k].word end
  end
end

-- Reads the cue at i of a segment: returns the last byte of its object.
local function read_cue (st, s, seg, i, state, out)
  local u = seg[i]
  local holder = plain.holder(st, s, seg, i, state)
  if #holder == 0 then return u.last end
  local text = st.simple
  local k = carried(seg, i)
  local first, last = trimmed(text, seg[k].cue_last + 1, seg.last)
  if last - first < 5 then
    first, last = object_before(seg, i)
    if not first and told[u.cue.stance] and (seg.mark == "," or seg.mark == ":")
           and last == nil then
      first, last = rest(s, seg)
    end
    if not first or not last then return u.last end
    first, last = trimmed(text, first, last)
  end
  for _, word in ipairs(together) do
    if sub(text, last - #word + 1, last) == word and seg.mark == "," then
      local _, more = rest(s, seg)
      if more then _, last = trimmed(text, first, more) end
      break
    end
  end
  first = object_first(text, behind_party(seg, k, u.cue, first, last), last)
  first, last = trimmed(text, first, last)
  if last - first < 5 then return u.last end
  local found = { cue = u.cue, holder = holder, negated = plain.negated(seg, i), hedge = hedge(seg,
                  i) }
  for _, one in ipairs(members(st, first, last) or { { first, last } }) do
    plain.stance(st, s, out, found, one[1], one[2])
  end
  return last
end

-- What somebody says that has to be: 美方应当取消封锁.
local function read_modal (st, s, seg, u, out)
  local holder = plain.speaker(st, s, seg)
  local first, last = trimmed(st.simple, seg.first, seg.last)
  if #holder == 0 or last - u.last < 6 then return u.last end
  plain.stance(st, s, out, { cue = u.modal, holder = holder }, first, last)
  return last
end

local function read_segment (st, s, seg, state, out)
  local covered = 0
  for i, u in ipairs(seg) do
    if u.k == "O" and u.modal and u.first > covered then covered = read_modal(st, s, seg, u, out)
    elseif u.k == "T" and u.cue and u.first > covered and not u.of and not u.passive
           and not u.rel then
      covered = read_cue(st, s, seg, i, state, out)
    end
  end
end

--- The events and the stances of a document.
---@param doc Doc
---@param all table its sentences, with firsts
---@param read table[] those that tell something
---@return table events, positions and rows
---@return table stances
function M.read (doc, all, read)
  return plain.read(clauses.new(doc, all), read, clauses, read_segment)
end

return M
