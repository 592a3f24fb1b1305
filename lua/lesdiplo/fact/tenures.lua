--- Who holds an office, and from when to when as far as it is told: a title beside a name is
-- an office that is held; that somebody was appointed, presented credentials or was recalled
-- says since when, or until when, and so do dates behind the office: ambassador since 2019. Of a
-- former or the then holder the office has ended when the document is written, at whatever time
-- (`to` is ../ its date); a designate's has not begun, and is told of nobody.
-- @module lesdiplo.fact.tenures
local terms = require "lesdiplo.grammar.terms"
local _, native = ...
local stretches, source, plain = native.layers.stretches, native.base.source, native.base.plain
local at_or_behind = native.base.at_or_behind
local find, gmatch, gsub = string.find, string.gmatch, string.gsub
local lower, match, sub = string.lower, string.match, string.sub
local ipairs = ipairs
_ENV = nil
local M = {}

local PAST = "PAST_REF"    -- until when, in a document without a date

-- Offices that are held in another country.
local abroad = { ambassador = true, charge_d_affaires = true, consul = true,
                 consul_general = true, envoy = true, high_commissioner = true,
                 permanent_representative = true, special_envoy = true,
                 special_representative = true }

-- Acts that tell when such an office begins, or ends.
local tour = { present_credentials = "from", recall = "to", expel = "to" }

-- An office as a relation's object: "ambassador RUS->LSO".
local function office (role, of, to)
  local out = role
  if of then out = out .. " " .. of end
  if to then out = out .. (of and "->" or " ->") .. to end
  return out
end

local function is_state (id) return id ~= nil and find(id, "^%u%u%u$") ~= nil end
local function is_told (row) return row.modality == "asserted" or row.modality == "reported" end
local function is_one_date (date) return date ~= nil and not find(date, "[./]") end

-- The states of an act: whose envoy it is, and to whom.
local function states_of (row)
  local of, to
  for _, id in ipairs(row.source) do of = of or is_state(id) and id end
  for _, id in ipairs(row.target) do to = to or is_state(id) and id end
  return of or nil, to or nil
end

-- Acts by which an office that is held abroad begins or ends, as rows; and appointments, with
-- where they stand.
local function acts_of (doc)
  local positions, rows = stretches(doc, "event")
  local tours, named = {}, {}
  for i, row in ipairs(rows) do
    if is_told(row) and row.type == "appoint" then
      named[#named + 1] = { row = row, first = positions[2 * i - 1], last = positions[2 * i] }
    elseif is_told(row) and tour[row.type] and is_one_date(row.date) then
      tours[#tours + 1] = row
    end
  end
  return tours, named
end

-- Whose time of office an act tells: who presents credentials, or any who is sent home.
local function concerns (act, id)
  local there = act.participants or {}
  if act.type == "present_credentials" then return there[1] == id end
  for _, one in ipairs(there) do
    if one == id then return true end
  end
  return false
end

-- Bytes before the words of an act in which the one of whom it tells may be named: brackets
-- with the name in another script part the two.
local NEAR = 240

-- Gives the rows of offices, which stand at `offices.at`, the days that acts tell which name
-- those offices, or whose holder is the last one named before.
local function date_them (tours, offices)
  for _, act in ipairs(tours) do
    local i = at_or_behind(offices.at, act.evidence_start)
    local before = offices[i - 1]
    if before and act.evidence_start - offices.at[i - 1] < NEAR
       and concerns(act, before.subject) then
      before[tour[act.type]] = before[tour[act.type]] or act.date
    end
    while offices[i] and offices.at[i] < act.evidence_end do
      local row = offices[i]
      if concerns(act, row.subject) then row[tour[act.type]] = row[tour[act.type]] or act.date end
      i = i + 1
    end
  end
end

-- Who was appointed of those who took part: one among those to whom it was done, or the only one.
local function appointee (row)
  local there = row.participants or {}
  for _, id in ipairs(row.target) do
    for _, one in ipairs(there) do
      if one == id then return id end
    end
  end
  return #there == 1 and there[1] or nil
end

-- Dates behind an office ------------------------------------------------------------------------

local BEHIND = 80            -- bytes between an office and its date

-- What stands between them, but for names: of Norway since.
local between = {}
for word in gmatch([[of to the and for in at since from until till between on as de du des la le les
  depuis jusqu'en jusqu'à en à au с по до в]], "%S+") do
  between[word] = true
end
-- Who is that becomes it.
local becomes = {}
for word in gmatch([[became appointed named elected re-elected reelected chosen inaugurated
  confirmed sworn nommé nommée élu élue devient devenu devenue
  стал стала назначен назначена избран избрана]], "%S+") do
  becomes[word] = true
end

-- Is a text only words that may stand before an office's date?
local function is_between (gap)
  if find(gap, "[.,;:!?()\"\xE2]") then return false end
  for word in gmatch(gsub(gap, "[ld]['’]", "de "), "[^ ]+") do
    if not between[word] and not find(word, "^%u") and not find(word, "^\xC3[\x80-\x9E]")
       and not find(word, "^\xD0[\x90-\xAF]") then
      return false
    end
  end
  return true
end

local function is_begun (gap)
  for word in gmatch(gap, "[^ ]+") do
    if becomes[word] then return true end
  end
  return false
end

-- From when to when somebody held an office that stands behind the name, which ends before
-- `stop`: what the first date behind it says.
local function term_of (doc, dates, row, stop)
  local last = row.role_last
  local i = at_or_behind(dates.at, last + 1)
  local first = dates.at[i]
  if last < stop or not first or first - last > BEHIND then return nil end
  local gap = sub(doc.text, last + 1, first - 1)
  if find(gap, "\n%s*\n") or not is_between(plain(gap)) then return nil end
  local value = dates.rows[i].value or ""
  local from, to = match(value, "^([^/]+)/([^/]+)$")
  if from then return from ~= ".." and from or nil, to ~= ".." and to or nil end
  local begun = is_begun(sub(doc.text, stop + 1, row.role_first - 1))
  return begun and find(value, "^%d%d%d%d[%d-]*$") and value or nil
end

-- The dates of a document: where they begin, and their rows.
local function dates_of (doc)
  local positions, rows = stretches(doc, "date")
  local out = { rows = rows, at = {} }
  for i = 1, #rows do out.at[i] = positions[2 * i - 1] end
  return out
end

-- Appointments ------------------------------------------------------------------------------------

-- The states that stand on either side of an office, whose it is and to whom: the United States
-- ambassador to Lesotho.
local function states_beside (doc, first, last)
  local positions, rows = stretches(doc, "country")
  local of, to
  for i, row in ipairs(rows) do
    local a, b = positions[2 * i - 1], positions[2 * i]
    if a > last + BEHIND then break end
    if b < first and find(sub(doc.text, b + 1, first - 1), "^['’s]*%s+$") then of = row.id end
    if a > last and find(sub(doc.text, last + 1, a - 1), "^%s+to%s+t?h?e?%s*$") then to = row.id end
  end
  return of, to
end

-- What an appointment says that no title does: Kenya named Ada Lund as its ambassador to
-- Norway. `offices` are those without a name. Calls put(first, last, row).
local function appointed (doc, one, offices, titled, put)
  local row = one.row
  local of, to = states_of(row)
  local i = at_or_behind(offices.at, row.evidence_start)
  local span = offices[i]
  if span and offices.at[i] >= row.evidence_end then span = nil end
  local word = match(lower(sub(doc.text, one.first, one.last)), "(%a+)$")
  local role = span and span.role or abroad[word] and word
  local who = role and appointee(row)
  local told = who and titled[who .. " " .. role]
  local from = is_one_date(row.date) and row.date or nil
  if told then told.from = told.from or from end
  if told or not who then return end
  if not span then
    local whose, sent = states_beside(doc, one.last - #word + 1, one.last)
    if whose then of, to = whose, sent end
  end
  put(one.first, one.last, { relation = "holds_role", subject = who,
    object = office(role, span and span.of or of, span and span.to or to),
    from = from, date = doc.date })
end

--- Tells the offices of a document: calls put(first, last, row) for each. A stretch reaches
-- from the office to the name, or back; as of when, the document's date tells. Who is sent to
-- several states holds as many.
---@param doc Doc
---@param put function
function M.each (doc, put)
  local tours, named = acts_of(doc)
  local positions, rows = stretches(doc, "person")
  local held, nameless, titled, date, text = { at = {} }, { at = {} }, {}, doc.date, doc.text
  local dates
  for i, row in ipairs(rows) do
    local first, last = positions[2 * i - 1], positions[2 * i]
    if row.form == "role_only" then
      if #named > 0 and abroad[row.role] then
        nameless[#nameless + 1], nameless.at[#nameless.at + 1] = row, (source(doc, first, last))
      end
    elseif row.role and row.role_first and terms.of(text, row, first, last) ~= "next" then
      if row.role_first < first then first = row.role_first end
      if row.role_last > last then last = row.role_last end
      local told = { relation = "holds_role", subject = row.id,
                     object = office(row.role, row.of, row.to),
                     date = not row.held and date or nil }
      dates = dates or dates_of(doc)
      told.from, told.to = term_of(doc, dates, row, positions[2 * i])
      if row.held then told.to = told.to or date and "../" .. date or PAST end
      titled[row.id .. " " .. row.role] = titled[row.id .. " " .. row.role] or told
      if #tours > 0 and abroad[row.role] then
        held[#held + 1], held.at[#held.at + 1] = told, (source(doc, first, last))
      end
      put(first, last, told)
      for _, to in ipairs(row.also_to or {}) do
        put(first, last, { relation = told.relation, subject = row.id, from = told.from,
                           to = told.to, object = office(row.role, row.of, to), date = date })
      end
    end
  end
  date_them(tours, held)
  for _, one in ipairs(named) do appointed(doc, one, nameless, titled, put) end
end

return M
