--- Sums as witnesses: anniversaries and what they are of, contradictions, gaps.
--
-- A claim is a sum that a document does: {doc, event, kind, n, years, type, source,
-- target}: so many years, `n`, have passed in one of `years` (that of the document, those
-- that the sentence names) since an event of that type between those parties; `event` is
-- that of the record that the sentence is about, if there is one; `inferred` says that the
-- document has its year from such a sum itself, which proves nothing. kind is "anniversary",
-- or "break" for the years from the severance of relations to their resumption.
-- @module lesdiplo.fact.told.witness
local period = require "lesdiplo.fact.told.period"
local units = require "lesdiplo.fact.told.units"
local concat, format, ipairs = table.concat, string.format, ipairs
local abs, min, pairs, sort = math.abs, math.min, pairs, table.sort
local util = require "lesdiplo.util"
_ENV = nil
local M = {}

local PAIRS = 64       -- of dates that contradict each other: more of one event are not listed

local function key_of (kind, all) return kind .. "\0" .. concat(all, "\0") end

-- Claims ----------------------------------------

local function lines (ids, line)
  local out = {}
  for i, id in ipairs(ids or {}) do out[i] = line(id) end
  return units.sorted_set(out)
end

--- Claims with their parties' lines, in an order of their own.
---@param list table[]
---@param line fun(id: string): string
---@return table[]
function M.claims (list, line)
  local out = {}
  for i, claim in ipairs(list) do
    local both = {}
    for _, role in ipairs{ "source", "target" } do
      for _, id in ipairs(claim[role] or {}) do both[#both + 1] = id end
    end
    out[i] = { claim = claim, doc = claim.doc, event = claim.event, kind = claim.kind,
               n = claim.n, years = claim.years, type = claim.type, all = lines(both, line),
               source = lines(claim.source, line), target = lines(claim.target, line) }
  end
  sort(out, function (a, b)
    if a.doc ~= b.doc then return a.doc < b.doc end
    if a.claim.at ~= b.claim.at then return (a.claim.at or 0) < (b.claim.at or 0) end
    if a.n ~= b.n then return a.n < b.n end
    return (a.event or "") < (b.event or "")
  end)
  return out
end

--- Gives units that tell no date that which an anniversary tells: the year that somebody
-- else tells too, if there is one, else that of the document less the years passed.
---@param all table[] units
---@param claims table[]
function M.reckon (all, claims)
  local told, by = {}, {}
  for _, unit in ipairs(all) do
    local year = period.year(unit.period)
    if year then told[key_of(unit.type, unit.all) .. "\0" .. year] = true end
  end
  for _, claim in ipairs(claims) do
    if claim.kind == "anniversary" and claim.event then
      local key = format("%s\0%s\0%s", claim.doc, claim.type, claim.event)
      by[key] = by[key] or claim
    end
  end
  for _, unit in ipairs(all) do
    local claim = not unit.period
                  and by[format("%s\0%s\0%s", unit.doc, unit.type, unit.records[1].event)]
    if claim and claim.years[1] then
      local year = claim.years[1] - claim.n
      for _, other in ipairs(claim.years) do
        if told[key_of(unit.type, unit.all) .. "\0" .. other - claim.n] then
          year = other - claim.n
          break
        end
      end
      unit.period, unit.reckoned = period.of(format("%04d", year)), claim
    end
  end
end

-- Entries of acts that happen once, by type and each of their parties.
local function once_by_party (entries)
  local out = {}
  for _, entry in ipairs(entries) do
    for _, id in ipairs(units.once[entry.type] and entry.all or {}) do
      local key = key_of(entry.type, { id })
      out[key] = out[key] or {}
      out[key][#out[key] + 1] = entry
    end
  end
  return out
end

-- Entries of a type that name one of some parties, by date.
local function each (by_party, kind, all)
  local out, seen = {}, {}
  for _, id in ipairs(all) do
    for _, entry in ipairs(by_party[key_of(kind, { id })] or {}) do
      if not seen[entry] then out[#out + 1], seen[entry] = entry, true end
    end
  end
  return ipairs(out)
end

-- Mentions ----------------------------------------

local function is_reckoned (entry)
  for _, unit in ipairs(entry.units) do
    if not unit.reckoned then return false end
  end
  return true
end

-- Entries of acts that happen once by type and parties.
local function once_by_parties (entries)
  local by = {}
  for _, entry in ipairs(entries) do
    if units.once[entry.type] and #entry.all >= 2 and not entry.habitual then
      local key = key_of(entry.type, entry.all)
      by[key] = by[key] or {}
      by[key][#by[key] + 1] = entry
    end
  end
  return by
end

-- The entry of all parties that an entry of some, whose year is reckoned, is about: the
-- only one of its type with that year.
local function fuller (entry, by_party)
  local best
  for _, other in each(by_party, entry.type, entry.all) do
    if #other.all > #entry.all and units.parties_fit(entry, other)
       and other.period and period.meet(entry.period, other.period) then
      if best then return nil end
      best = other
    end
  end
  return best
end

-- The one that units without a date of their own are about, or nil.
local function base_of (list)
  local dated, reckoned = {}, {}
  for _, entry in ipairs(list) do
    if entry.period then
      local kind = is_reckoned(entry) and reckoned or dated
      kind[#kind + 1] = entry
    end
  end
  if #dated > 0 then return #dated == 1 and dated[1] or nil end
  return #reckoned == 1 and reckoned[1] or nil
end

--- Entries, less those that tell again what another tells with its date: an act that
-- happens once between the same two, without a date or with one that is reckoned only.
-- They are its `mentions`.
---@param entries table[]
---@return table[]
function M.fold (entries)
  local gone, by_party = {}, once_by_party(entries)
  local function mention (base, entry)
    gone[entry] = true
    base.mentions = base.mentions or {}
    for _, unit in ipairs(entry.units) do base.mentions[#base.mentions + 1] = unit end
  end
  for _, entry in ipairs(entries) do
    local base = #entry.all == 1 and entry.period and units.once[entry.type]
                 and is_reckoned(entry) and fuller(entry, by_party)
    if base then mention(base, entry) end
  end
  for _, list in pairs(once_by_parties(entries)) do
    local base = base_of(list)
    for _, entry in ipairs(list) do
      if base and entry ~= base and (not entry.period or is_reckoned(entry)) then
        mention(base, entry)
      end
    end
  end
  local out = {}
  for _, entry in ipairs(entries) do
    if not gone[entry] then out[#out + 1] = entry end
    if entry.mentions then
      sort(entry.mentions, function (a, b) return a.rank < b.rank end)
    end
  end
  return out
end

-- Checks ----------------------------------------

local function is_done (entry)
  return entry.modality ~= "planned" and entry.modality ~= "negated" and not entry.habitual
end

local function add (out, kind, ok, text, one, other)
  out[#out + 1] = { kind = kind, ok = ok, text = text, one = one, other = other,
                    number = #out + 1 }
end

-- The entry that a claim is about: of its type and parties the one that it agrees with,
-- else the one nearest to what it says; its year, and whether they agree.
local function tied (claim, by_party)
  local best, best_year, off
  for _, entry in each(by_party, claim.type, claim.all) do
    local year = period.year(entry.period)
    if year and not is_reckoned(entry) and units.parties_fit(claim, entry) then
      for _, other in ipairs(claim.years) do
        local distance = abs(other - claim.n - year)
        if not off or distance < off then best, best_year, off = entry, year, distance end
      end
    end
  end
  return best, best_year, off == 0
end

-- Does another document tell of the entry, too? A sum that agrees with its own document's
-- date is no witness.
local function is_told_elsewhere (entry, doc)
  for _, unit in ipairs(entry.units) do
    if unit.doc ~= doc and not unit.reckoned then return true end
  end
  return false
end

local function check_anniversary (out, claim, by_party)
  local entry, year, ok = tied(claim, by_party)
  if not entry then return end
  for _, one in ipairs(entry.anniversaries or {}) do        -- a document says it again
    if one.n == claim.n and one.claim.doc == claim.doc and one.ok == ok then return end
  end
  local text = format("%d years from %d to %s", claim.n, year, concat(claim.years, " or "))
  if not ok then
    text = format("%s: that is %s", text, claim.years[1] - year)
  end
  entry.anniversaries = entry.anniversaries or {}
  entry.anniversaries[#entry.anniversaries + 1] = { claim = claim.claim, ok = ok, n = claim.n }
  if ok and (claim.claim.inferred or not is_told_elsewhere(entry, claim.doc)) then return end
  add(out, "anniversary", ok, text, claim.claim, units.telling(entry))
end

-- The years from the last severance of relations to a resumption.
local function check_break (out, claim, by_party)
  local resumed, severed
  for _, entry in each(by_party, "resume_relations", claim.all) do
    if period.year(entry.period) and units.parties_fit(claim, entry) then resumed = entry end
  end
  for _, entry in each(by_party, "sever_relations", claim.all) do
    if resumed and period.year(entry.period) and entry.period.last <= resumed.period.first
       and units.parties_fit(resumed, entry) then
      severed = entry
    end
  end
  if not severed then return end
  local from, to = period.year(severed.period), period.year(resumed.period)
  local ok = to - from == claim.n
  add(out, "break", ok, format("%d years from %d to %d%s", claim.n, from, to,
                               ok and "" or format(": that is %d", to - from)),
      claim.claim, units.telling(severed))
end

-- The same act between the same two, on dates that exclude each other.
local function check_doubles (out, entries)
  local by = once_by_parties(entries)
  for _, key in ipairs(util.keys(by)) do
    local dated = {}
    for _, entry in ipairs(by[key]) do
      if entry.period and is_done(entry) then dated[#dated + 1] = entry end
    end
    if dated[2] and dated[1].type == "establish_relations" then
      for i = 2, min(#dated, PAIRS) do
        add(out, "contradiction", false,
            format("%s: %s against %s", dated[1].type, dated[1].date, dated[i].date),
            units.telling(dated[1]), units.telling(dated[i]))
      end
    end
  end
end

-- Acts of which one can say that this one has been, or has not.
local countable = { visit = true, meet = true, sign_agreement = true, appoint = true,
                    present_credentials = true, recall = true, expel = true }

-- Said to have been, and said not to have been.
local function check_denied (out, entry)
  if not units.once[entry.type] and not countable[entry.type] then return end
  local yes, no
  for _, unit in ipairs(entry.units) do
    for _, record in ipairs(unit.records) do
      if record.modality == "negated" then no = no or record
      elseif record.modality ~= "planned" then yes = yes or record
      end
    end
  end
  if yes and no then
    add(out, "contradiction", false, entry.type .. ": told, and denied", yes, no)
  end
end

local tie = { establish_relations = "on", resume_relations = "on", sever_relations = "off" }

-- Relations between two are established, severed, resumed: what is missing between.
local function check_course (out, entries)
  local last = {}
  for _, entry in ipairs(entries) do
    local to = tie[entry.type]
    if to and entry.period and #entry.all == 2 and is_done(entry) then
      local key = concat(entry.all, "\0")
      local before = last[key]
      local first = before and tie[before.type]
      if entry.type == "resume_relations" and first ~= "off" then
        add(out, "gap", false, format("resumed %s, and nothing tells when they were severed",
                                      entry.date),
            units.telling(entry), before and units.telling(before))
      elseif to == "off" and first == "off" then
        add(out, "gap", false, format("severed %s, and nothing tells that they were resumed "
                                      .. "after %s", entry.date, before.date),
            units.telling(entry), units.telling(before))
      elseif entry.type == "establish_relations" and before
             and before.type ~= "establish_relations" then
        add(out, "contradiction", false,
            format("established %s, after they were %s %s", entry.date,
                   first == "off" and "severed" or "resumed", before.date),
            units.telling(entry), units.telling(before))
      end
      last[key] = entry
    end
  end
end

local plans = { visit = true, meet = true, attend_summit = true, host_event = true,
                sign_agreement = true, open_embassy = true, establish_relations = true }

-- What is done, by each month and party: a visit is carried out where a meeting is told.
local function done_by_month (entries)
  local out = {}
  for _, entry in ipairs(entries) do
    if plans[entry.type] and is_done(entry) and period.is_known(entry.period, "month") then
      for month = period.month(entry.period.first), period.month(entry.period.last) do
        for _, id in ipairs(entry.all) do
          local key = month .. id
          out[key] = out[key] or {}
          out[key][#out[key] + 1] = entry
        end
      end
    end
  end
  return out
end

local function is_carried_out (plan, done)
  for month = period.month(plan.period.first), period.month(plan.period.last) do
    for _, other in ipairs(done[month .. (plan.all[1] or "")] or {}) do
      if period.meet(plan.period, other.period)
         and units.shared(plan.all, other.all) == #plan.all then
        return true
      end
    end
  end
  return false
end

-- A plan for a month that is over, and nobody tells that it was carried out.
local function check_plans (out, entries, latest)
  local now, done = period.of(latest), nil
  for _, entry in ipairs(entries) do
    if now and plans[entry.type] and entry.modality == "planned"
       and period.is_known(entry.period, "month") and entry.period.last < now.first then
      done = done or done_by_month(entries)
      if not is_carried_out(entry, done) then
        add(out, "gap", false, format("%s planned for %s, and nothing tells that it came to be",
                                      entry.type, entry.date), units.telling(entry))
      end
    end
  end
end

--- What entries and claims say of each other: anniversaries that are right and wrong,
-- contradictions, gaps. Each check is {kind, ok, text, one, other}: the claim or record
-- that says so, and the record that it is held against.
---@param entries table[] by date
---@param claims table[]
---@param latest? string the last day that is told of
---@return table[] checks those that fail first
function M.checks (entries, claims, latest)
  local out, by_party = {}, once_by_party(entries)
  for _, claim in ipairs(claims) do
    local check = claim.kind == "break" and check_break or check_anniversary
    check(out, claim, by_party)
  end
  check_doubles(out, entries)
  for _, entry in ipairs(entries) do check_denied(out, entry) end
  check_course(out, entries)
  check_plans(out, entries, latest)
  sort(out, function (a, b)
    if a.ok ~= b.ok then return b.ok end
    return a.number < b.number
  end)
  for _, one in ipairs(out) do one.number = nil end
  return out
end

return M
