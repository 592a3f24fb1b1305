--- Whose word a document is: the state of its site, or those who signed a joint paper.
-- @module lesdiplo.fact.authors
local _, native = ...
local facts = native.entities.facts
local concat = table.concat
local find, gmatch, lower, match, sub = string.find, string.gmatch, string.lower, string.match,
                                        string.sub
local ipairs, sort = ipairs, table.sort
_ENV = nil
local M = {}

local HEAD = 1500        -- bytes in which a paper says whose it is

local sites

-- The state or body whose site that is.
local function of_site (host)
  if not sites then
    sites = {}
    for site, id in gmatch(native.base.data "sites.txt", "\n([^#%s:]+):%s*(%S+)") do
      sites[site] = id
    end
    for _, fact in ipairs(facts "alpha2") do
      for _, part in ipairs{ "gov.", "gouv.", "gob.", "mfa.", "gub." } do
        sites[part .. lower(fact[3])] = fact[1]
      end
    end
    sites["gov.uk"] = "GBR"
  end
  while host do
    if sites[host] then return sites[host] end
    host = match(host, "^[^.]*%.(.+)$")
  end
end

-- The country of a two-letter domain.
local function by_domain (domain) return domain and of_site("gov." .. domain) end

-- The host that a document comes from, or nil.
local function host_of (doc)
  for _, text in ipairs{ doc.source or "", doc.meta.url or "" } do
    local low = lower(text)
    local host = match(low, "^%a+://([^/:]+)") or match(low, "^([%w.-]+%.%a+)$")
    if host then return host end
  end
end

-- The country whose name stands in a text, of those that the document names.
local function named_in (st, text)
  for _, m in ipairs(st.mentions) do
    if m.kind == "country" and find(text, sub(st.doc.text, m.first, m.last), 1, true) then
      return m.id
    end
  end
end

local speeches = { statement = true, address = true, remarks = true, speech = true,
                   interview = true, intervention = true, explanation = true, vote = true }

-- The state that speaks by the title of a speech or an interview: Statement by Chad at the General
-- Assembly; Interview with the Ambassador OF CHAD to Peru. The first country behind "by".
local function of_speech (st)
  local title = lower(st.doc.title or "")
  for _, tie in ipairs{ " by ", " with ", " of " } do
    local before, stop = match(title, "(%a+)" .. tie .. "()")
    if before and speeches[before] then
      local rest = sub(st.doc.title, stop)
      for _, word in ipairs{ " on ", " at ", " before ", " in " } do
        rest = sub(rest, 1, (find(rest, word, 1, true) or #rest + 1) - 1)
      end
      local found, at
      for _, m in ipairs(st.mentions) do
        local where = m.kind == "country" and find(rest, sub(st.text, m.first, m.last), 1, true)
        if where and (not at or where < at) then found, at = m.id, where end
      end
      return found
    end
  end
end

-- The state that speaks in a release: of its site; of who signed it; on the site of a body that of
-- whose speech the title says it is.
local function author_of (st, host)
  local doc = st.doc
  local id = of_site(host)
  if id and find(id, "^%u%u%u$") then return id end
  id = of_speech(st) or id
  if id then return id end
  local byline = doc.byline
  if byline and byline ~= "" then
    for _, m in ipairs(st.mentions) do
      if m.kind == "person" and m.row.of and find(byline, m.row.name or "\0", 1, true) then
        return m.row.of
      end
    end
  end
  return doc.kind == "policy" and named_in(st, doc.title or "") or nil
end

-- Joint papers ----------------------------------------------------------------------------

local paper = { "statement", "communiqué", "communique", "declaration", "readout" }

-- Is it the title of a paper of several: Joint Statement ..., G7 Foreign Ministers' Statement?
local function is_joint (st, low)
  local is_paper = false
  for _, word in ipairs(paper) do is_paper = is_paper or find(low, word, 1, true) ~= nil end
  if not is_paper then return false end
  if find(low, "%f[%a]joint%f[%A]") then return true end
  for _, m in ipairs(st.mentions) do
    if m.kind == "org" and find(low, lower(sub(st.text, m.first, m.last)), 1, true) == 1 then
      return true
    end
  end
  return false
end

-- Where what the title of a joint paper is about begins: Joint Statement by Chad and Mali ON
-- SUDAN. One that names its sides only there has no such part: on the Chad-Mali Dialogue.
local function topic (title)
  local at = #title + 1
  for _, word in ipairs{ " on ", " [Rr]egarding ", " [Cc]oncerning ", " %u%l+ing " } do
    local from = find(title, word)
    if from and from < at then at = from end
  end
  return at
end

local no_side = { treaty = true, initiative = true, forum = true }

-- The ids of those who are named in a stretch of a text, in its order. Names are known from
-- what the document mentions.
local function named (st, text)
  local found, seen, at = {}, {}, {}
  for _, m in ipairs(st.mentions) do
    local is_side = m.kind == "country" or m.kind == "person" or m.kind == "org"
                    and not no_side[m.row.kind]
    local name = is_side and not seen[m.id] and sub(st.text, m.first, m.last)
    if name then
      if at[name] == nil then at[name] = find(text, name, 1, true) or false end
      if at[name] then
        seen[m.id] = true
        found[#found + 1] = { at[name], m.id }
      end
    end
  end
  sort(found, function (a, b) return a[1] < b[1] end)
  local out = {}
  for i, one in ipairs(found) do out[i] = one[2] end
  return out
end

local meets = { "dialogue", "partnership", "working group", "meeting", "council", "committee",
                "cooperation", "ministerial", "consultation" }

-- The sides that the title of a joint paper names.
local function of_title (st, title)
  local at = topic(title)
  local out = named(st, sub(title, 1, at - 1))
  if #out > 0 then return out end
  local rest = lower(sub(title, at))
  for _, word in ipairs(meets) do
    if find(rest, word, 1, true) then return named(st, title) end
  end
  return out
end

-- The sides that a paper names where it begins: the following statement was released by the
-- governments of Chad and Mali on ...
local function of_text (st)
  local head = sub(st.text, 1, HEAD)
  local _, from = find(head, "[Ss]tatement[^.\n]- by ")
  if not from then _, from = find(head, "[Ss]tatement from ") end
  if not from then return {} end
  local line = match(head, "^[^\n]*", from + 1)
  for _, word in ipairs{ " on ", " in ", " at ", " following ", " after ", " regarding " } do
    line = sub(line, 1, (find(line, word, 1, true) or #line + 1) - 1)
  end
  return named(st, line)
end

-- Is a statement given as it stands: The following statement was released by ...
local function is_quoted (st)
  local at = find(st.text, "following", 1, true)
  return at ~= nil and at <= HEAD
         and find("\n" .. sub(st.text, 1, HEAD), "\nThe [%l ]-following [^.\n]*statement ") ~= nil
end

-- Who says "we" in a joint paper: ids tied by "+", or nil.
local function of_several (st)
  local title = st.doc.title or ""
  local joint = is_joint(st, lower(title))
  if not joint and not is_quoted(st) then return nil end
  local sides = of_text(st)
  if #sides < 2 and not joint then return nil end
  if #sides < 2 then sides = of_title(st, title) end
  return #sides > 0 and concat(sides, "+") or nil
end

-- The two countries whose relations the title of a history is of, or nil.
local function of_relations (st)
  local title = st.doc.title
  if not title or st.doc.kind ~= "wiki" or not find(lower(title), "relations", 1, true) then
    return nil
  end
  local sides = {}
  for _, id in ipairs(named(st, title)) do
    if find(id, "^%u%u%u$") then sides[#sides + 1] = id end
  end
  return #sides == 2 and sides or nil
end

--- Says whose word a document is: st.author, the state or body that speaks; st.voice, those
-- whom "we" means, ids tied by "+"; st.pair, those whose relations it is about; st.home, the
-- country that officials without one are of.
---@param st table state of the document, with its mentions
function M.read (st)
  local doc = st.doc
  local host = host_of(doc)
  st.author = author_of(st, host)
  st.voice = of_several(st) or st.author
  st.pair = of_relations(st)
  st.home = st.author or host and by_domain(match(host, "%.(%a%a)$"))
            or named_in(st, doc.source or "")
end

return M
