--- Reckoning with days, weeks and months of the Gregorian calendar, with Easter, and with
-- the feasts of three calendars that follow the moon.
-- @module lesdiplo.grammar.calendar
local format, sub = string.format, string.sub
local tonumber = tonumber
_ENV = nil
local M = {}

--- The number of a day, counted from 1 January 1970.
---@param y integer
---@param m integer
---@param d integer
---@return integer
function M.number (y, m, d)
  if m <= 2 then y = y - 1 end
  local era = y // 400
  local yoe = y - era * 400
  local doy = (153 * (m + (m > 2 and -3 or 9)) + 2) // 5 + d - 1
  return era * 146097 + yoe * 365 + yoe // 4 - yoe // 100 + doy - 719468
end

--- The day of a number: year, month, day.
---@param n integer
---@return integer, integer, integer
function M.day (n)
  n = n + 719468
  local era = n // 146097
  local doe = n - era * 146097
  local yoe = (doe - doe // 1460 + doe // 36524 - doe // 146096) // 365
  local doy = doe - (365 * yoe + yoe // 4 - yoe // 100)
  local mp = (5 * doy + 2) // 153
  local d = doy - (153 * mp + 2) // 5 + 1
  local m = mp + (mp < 10 and 3 or -9)
  return yoe + era * 400 + (m <= 2 and 1 or 0), m, d
end

local lengths = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

--- How many days a month has.
---@param y integer
---@param m integer
---@return integer
function M.month_length (y, m)
  local leap = y % 4 == 0 and (y % 100 ~= 0 or y % 400 == 0)
  return m == 2 and leap and 29 or lengths[m]
end

--- Is there such a day?
---@param y integer?
---@param m integer
---@param d integer?
---@return boolean
function M.is_day (y, m, d)
  return m >= 1 and m <= 12 and (d == nil or d >= 1 and d <= M.month_length(y or 2000, m))
end

--- The day of the week, from 1, Monday.
---@param n integer number of a day
---@return integer
function M.weekday (n) return (n + 3) % 7 + 1 end

--- The ISO week of a day: year and week.
---@param n integer number of a day
---@return integer, integer
function M.week (n)
  local thursday = n - M.weekday(n) + 4
  local y = M.day(thursday)
  return y, (thursday - M.number(y, 1, 1)) // 7 + 1
end

--- A month some months on: year and month.
---@param y integer
---@param m integer
---@param by integer
---@return integer, integer
function M.add_months (y, m, by)
  local n = y * 12 + m - 1 + by
  return n // 12, n % 12 + 1
end

--- As ISO 8601 writes it: 2025, 2025-03, 2025-03-01.
---@param y integer
---@param m integer?
---@param d integer?
---@return string
function M.text (y, m, d)
  if not m then return format("%04d", y) end
  return d and format("%04d-%02d-%02d", y, m, d) or format("%04d-%02d", y, m)
end

-- ---------------------------------------------------------- moveable feasts and the moon

--- Easter Sunday, after Gauss: the number of the day.
---@param y integer
---@return integer
function M.easter (y)
  local century = y // 100
  local golden = y % 19
  local epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
  epact = epact - epact // 28 * (1 - epact // 28 * (29 // (epact + 1)) * ((21 - golden) // 11))
  local dow = (y + y // 4 + epact + 2 - century + century // 4) % 7
  return M.number(y, 3, 28) + epact - dow
end

--- Easter Sunday of the eastern churches: reckoned in the Julian calendar.
---@param y integer
---@return integer
function M.orthodox_easter (y)
  local d = (19 * (y % 19) + 15) % 30
  local e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7
  local behind = y // 100 - y // 400 - 2        -- days between the two calendars
  return M.number(y, 3, 22) + d + e + behind
end

-- Days of the Hebrew calendar from its beginning to a new year.
local function hebrew_days (y)
  local months = (235 * y - 234) // 19
  local parts = 12084 + 13753 * months
  local days = 29 * months + parts // 25920
  if 3 * (days + 1) % 7 < 3 then days = days + 1 end
  return days
end

-- The new year itself, moved where the years about it would be too long or too short.
local function hebrew_new_year (y)
  local last, this, next_ = hebrew_days(y - 1), hebrew_days(y), hebrew_days(y + 1)
  local by = next_ - this == 356 and 2 or this - last == 382 and 1 or 0
  return this + by - 2092591
end

--- The Hebrew calendar; months count from Nisan, as the Bible does. A day begins in the
-- evening: told is the day of that evening.
M.hebrew = {
  number = function (y, m, d)
    local leap = (7 * y + 1) % 19 < 7
    local first = hebrew_new_year(y)
    local length = hebrew_new_year(y + 1) - first
    local months = { 30, 29, 30, 29, 30, 29, 30, length % 10 == 5 and 30 or 29,
      length % 10 == 3 and 29 or 30, 29, 30, leap and 30 or 29, 29 }
    local n, last = first, leap and 13 or 12
    local at = 7
    while at ~= m do
      n = n + months[at]
      at = at < last and at + 1 or 1
    end
    return n + d - 1
  end,
  year = function (y) return y + 3760 end,
}

-- Days of the year on which 1/1, 5/5, 7/7, 8/15 and 9/9 of the Chinese calendar fell, three
-- digits each, from 1950; then 1/1, 3/12, 9/1, 10/1 and 12/10 of the Islamic one. Both out
-- of ICU's calendars; 000 where the year had none.
local moons = [[
  048170232269292 037160221258282 027149239277301 045166228265289 035156217254278
  024175236273297 043165225263286 031153214251304 049172233270294 039161222260283
  028150241279302 046168229267291 036157218256280 025176237275298 044166227264288
  033155215253276 021174234272295 040163224261285 030152213280304 048170231269292
  037159220258281 027148239276300 046167228266289 034156217254277 023175236273296
  042165225263286 031154215252305 049172233270294 038161222260283 028150241278302
  047169230267291 036157218255279 025176237274298 044166227264287 033156216254277
  051173234272295 040162224261285 029151213280304 048170231269293 037159220257281
  027148238276299 046167228265289 035157218255278 023175236273296 041164225263286
  031153214252305 050172233271294 038160221259283 028150240278301 047169229267290
  036158219256280 024176237274298 043166227264287 032155216254277 022174235272296
  040162223261284 029151212279303 049170231268292 038160220258281 026148238276299
  045167228265289 034157218255278 023175237274297 041163225262286 031153214251275
  050171232270294 039161222259283 028150240277301 047169229267290 036158219256280
  025177238275299 043165226264287 032154216253277 022173234272296 041162223261285
  029151241279302 048170231268291 038160220258281 026149239277300 044167228265289
  033156217255278 023175236274297 042164225263286 031152213251274 050171232270293
  039161222259282 028151241278301 046169229267290 035158219256280 024147238275299
  043166227264288 032154215253276 022173234271295 041162223260284 030152213279303
  048170231268291 037159220258281 026149239277300 045167229266290 033155217254278
  023174235273297]]
local crescents = [[
  286001168197266 276346157186255 265335146176244 253323134164232 242312124153221
  231301114143211 221291103133201 210279092121189 199269081110179 189259070099168
  178248059089157 166236048077145 155225037067134 144214027056124 134204016046114
  123192004034102 112182348023092 101171337012081 090161327002070 078149316345058
  068138305334048 058127294324037 047117283313027 036106271301015 025095261290004
  014084250280347 003073240269337 346061229258325 335051218247315 325040207236304
  314030196225293 302019184213281 291008174203271 281351163193260 270340153182250
  259329141171238 249319130160228 238308119149217 227298109138206 215286097127194
  204275087116184 194264077106174 184254066096163 172242054084152 162232043073141
  151221032062130 140210022051119 128198010040108 118188354029097 107177343019087
  097166332008076 085155320350064 074144310339053 063133299329042 052122289319032
  041111277307021 031100267296010 020090256286354 010080245275343 352068234263331
  341057223253320 330046213242310 320035202232300 308024190220288 298013179209277
  287003169198266 276346158188255 264334147176244 254324136166233 243313126155223
  233303115145213 221291103133201 211281092122190 200270082111179 189259071101168
  177247060089157 167237049079147 157226039068136 146216028057126 134205016045114
  124194005035103 113183350024092 102172339014082 091161327003071 081150316346060
  070140305335050 060130295324039 048118283313027 037107273302016 026096262292005
  015085252281350 004074240270338 348064229259327 337053218248316 326043208237306
  315031197226294 304020186216284 294009176205273 283353165195263 272342153183251
  261331142172240]]

-- The day of the year in a column of such a table; 0 where the year has none.
local function tabled (rows, y, column)
  if y < 1950 or y > 2050 then return nil end
  local at = (y - 1950) // 5 * 82 + (y - 1950) % 5 * 16 + 3 + 3 * column
  local n = tonumber(sub(rows, at, at + 2))
  return n > 0 and M.number(y, 1, 1) - 1 + n or nil
end

local columns = { ["1/1"] = 0, ["5/5"] = 1, ["7/7"] = 2, ["8/15"] = 3, ["9/9"] = 4 }

--- A day of the Chinese calendar that has a feast: the number of the day, from 1950 to 2050.
---@param y integer
---@param m integer
---@param d integer
---@return integer?
function M.chinese (y, m, d)
  local column, add = columns[m .. "/" .. d], 0
  if m == 1 and not column then column, add = 0, d - 1 end
  if m == 12 then column, add = 0, -1 end         -- the last day before the new year
  local n = column and tabled(moons, y, column)
  return n and n + add
end

local islamic_columns = { [1] = { 0, 1 }, [3] = { 1, 12 }, [9] = { 2, 1 }, [10] = { 3, 1 },
  [12] = { 4, 10 } }

--- A day of the Islamic calendar that falls into a year, from 1950 to 2050: the first one.
-- Of the calendar of Umm al-Qura; where the moon is looked for it may be a day later.
---@param y integer
---@param m integer 1, 3, 9, 10 or 12
---@param d integer
---@return integer?
function M.islamic (y, m, d)
  local column = islamic_columns[m]
  local n = column and tabled(crescents, y, column[1])
  return n and n + d - column[2]
end

return M
