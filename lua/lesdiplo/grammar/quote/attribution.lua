--- Who speaks in each of a document's reports: by the subject of its verb, or who
-- spoke last.
-- @module lesdiplo.grammar.quote.attribution
local beside = require "lesdiplo.grammar.quote.beside"
local speakers = require "lesdiplo.grammar.quote.speakers"
local find, sub, sort = string.find, string.sub, table.sort
local ipairs = ipairs
_ENV = nil
local M = {}

local keep_unknown = { said = true, says = true, say = true, told = true, announced = true,
                       warned = true, added = true, explained = true, declared = true }

-- Who speaks in a report with a verb; nil where it is none after all.
local function attribute (ctx, report)
  local last
  if report.relative then return speakers.just_before(ctx, report.relative) end
  for _, one in ipairs(report.subject) do
    local who = speakers.phrase(ctx, one.first, one.last, one.pronoun)
    if who.id and not (report.base and not who.plural and not who.self and who.person) then
      if not (who.self and report.base) then return who end
    end
    if who.self and report.base then return nil end
    if report.base and not (who.persons or who.self or who.plural) then return nil end
    if report.source and not who.known then
      who.known = speakers.is_source(ctx, one.first, one.last)
    end
    if not one.apposition or not last then last = last and last.known and last or who end
  end
  if report.follows or #report.subject == 0 then
    local before = report.previous
    -- A subject that is left out is that of the part of the sentence in which the word stands.
    if report.part and not (before and before.cue.first >= report.part) then
      return speakers.first_in(ctx, report.part, report.cue.first)
    end
    if before and before.who then
      local who = before.who
      return { id = who.id, first = who.first, last = who.last, known = true, person = who.person,
               body = who.body, plural = who.plural }
    end
    if #report.subject == 0 and not report.impersonal then
      local who = speakers.first_in(ctx, report.unit.first, report.cue.first)
      if who then return who end
    end
    return report.stretch and { known = true } or nil
  end
  if last and (last.known or report.stretch or report.kind ~= "indirect"
               or keep_unknown[report.cue.form] and not report.source) then
    return last
  end
end

-- Speech without a verb is of whom the sentence before names for it (the motto of the founder,
-- Berg. “...”), or belongs to who spoke last: in the sentence before, or at the head of the next
-- paragraph, where nobody else was named in between.
local function carry (ctx, report, state)
  local whose = report.opens and beside.told(ctx, report.first, report.last)
  if whose then return whose end
  if report.colon then                                       -- S was blunt: “C”
    local who = speakers.first_in(ctx, report.unit.first, report.first)
    if who and who.person and who.id and who.last
       and not find(sub(ctx.text, report.unit.first, who.first), "%s[od][fe]%s")
       and not speakers.others(ctx, who.last + 1, report.first - 1, who.id) then
      return who
    end
  end
  local spoken = state.who
  if not spoken or not spoken.id or not report.opens then return nil end
  if report.first - state.last > 1200 then return nil end
  if state.last + 1 < report.first - 1 then
    local seen = speakers.others(ctx, state.last + 1, report.first - 1, spoken.id)
    if seen then return nil end
  end
  return { id = spoken.id, person = spoken.person, body = spoken.body, plural = spoken.plural }
end

local function by_place (a, b)
  if a.first ~= b.first then return a.first < b.first end
  if a.last ~= b.last then return a.last > b.last end
  local x, y = a.cue and a.cue.first or 0, b.cue and b.cue.first or 0
  if x ~= y then return x < y end
  return a.kind < b.kind
end

--- Gives each report its speaker, in the order of the text; `out` gets those that are quotes.
function M.resolve (job, found, out)
  local ctx, state = job.ctx, {}
  sort(found, by_place)
  for _, report in ipairs(found) do
    if not ctx then
      out[#out + 1] = report
    else
      ctx.self, ctx.unit_first = job.self(report.first), report.unit and report.unit.first
      if report.cue then report.who = attribute(ctx, report)
      else report.who = carry(ctx, report, state)
      end
      local own = report.who and report.who.self and not report.who.id
      if (report.who and not own) or not report.cue then
        out[#out + 1] = report
        speakers.spoke(ctx, report.who, report.cue and report.cue.first or report.first)
        if report.who and not report.nested then
          state.who, state.last = report.who, report.cue and report.cue.last > report.last
                                              and report.cue.last or report.last
        elseif not report.who then
          state.who = nil
        end
      end
    end
  end
end

return M
