--- People named in Chinese characters.
--
-- Foreign names are spelled by characters that stand for syllables, and parted by a
-- dot: 德米特里·梅德韦杰夫. Chinese ones are a surname and one or two characters. Where a
-- name begins and ends is told by those characters, and by the role or the form of address
-- beside it. Whoever is named so in one place is meant by the same name wherever it stands,
-- by what stands behind its last dot, and by the surname before an office: 杨大使.
-- @module lesdiplo.entity.han
local around = require "lesdiplo.entity.around"
local leaders = require "lesdiplo.entity.leaders"
local lexicon = require "lesdiplo.entity.lexicon"
local recall = require "lesdiplo.entity.recall"
local terms = require "lesdiplo.grammar.terms"
local _, native = ...
local fold, has_han = native.tokens.fold, native.entities.has_han
local find, gmatch, gsub, match = string.find, string.gmatch, string.gsub, string.match
local sort, sub = table.sort, string.sub
local char_pattern = utf8.charpattern
local is_sent, posted = around.is_sent, around.posted
local ipairs, pairs = ipairs, pairs
_ENV = nil
local M = {}

-- Characters that foreign names are spelled with.
local spelling = [[阿埃艾爱安昂奥澳巴班邦保鲍贝本比彼毕别宾波伯博布查达戴丹当道德登邓迪蒂丁东杜顿多厄恩尔法范方菲
费芬丰冯夫弗福富盖甘冈高戈格葛根古瓜圭哈海汉豪赫亨洪胡华怀惠霍基吉季加贾姜杰金津喀卡凯坎康考柯科克肯孔库夸奎昆拉莱
赖兰郎朗劳勒雷黎里利莉连列林琳龙隆卢鲁路伦罗洛吕玛马麦迈曼芒毛梅门蒙孟米密明摩莫默姆木穆娜纳乃南尼内嫩能妮涅宁牛纽
农努诺欧帕潘庞佩彭蓬皮匹平泼珀普奇齐恰乔切钦琴青丘让热日荣儒瑞若撒萨塞赛桑森瑟沙莎珊尚绍舍申圣施史士舒斯丝松苏素索所
塔泰坦汤唐陶特滕提廷土托陀瓦万旺威韦维魏温文翁沃乌武西希锡席夏先香肖谢辛欣兴休修许雅亚扬杨耶叶伊依因英尤于约云泽扎
詹召哲珍芝朱兹佐祖娅佳蕾黛薇媞琪坂俄京拜茨翰逊契朔谭玻斐芙弥萝莉露琼珀辉治廉丽侯优罕卜川宏蒲亭萧澳甫捷]]

local is_spelling = {}
for c in gmatch(spelling, "[\xE3-\xE9]..") do is_spelling[c] = true end

local simple, simply = recall.simple, recall.simply

local dots = { ["-"] = true, ["·"] = true, ["‧"] = true, ["・"] = true, ["•"] = true, ["．"] = true }

-- The character that begins at a byte, and that which ends at one.
local function at (text, i) return text:match("^" .. char_pattern, i) end
local function before (text, i)
  local first = i - 1
  while first > 0 and find(sub(text, first, first), "[\x80-\xBF]") do first = first - 1 end
  return first > 0 and sub(text, first, i - 1) or nil
end

local function spelled (c) return c and is_spelling[simple(c)] end

local numbers = { ["一"] = true, ["二"] = true, ["三"] = true, ["四"] = true, ["五"] = true,
  ["六"] = true, ["七"] = true, ["八"] = true, ["九"] = true, ["十"] = true }

-- A ruler's number behind a name: 三世.
local function number_to (text, last)
  local c = at(text, last + 1)
  if c and numbers[c] and at(text, last + 1 + #c) == "世" then return last + #c + 3 end
  return last
end

local SPELLED_LEAST = 2      -- characters of a spelled name
local NAME_MOST = 4          -- of a Chinese or Japanese one
local ANY_MOST = 5           -- of one that only its ends tell

-- Where the name of a ruler with a number begins that ends before a byte: 莱齐耶三世国王.
local function ruler_from (text, behind, taken)
  if before(text, behind) ~= "世" then return nil end
  local first = behind - 3
  if not numbers[before(text, first)] then return nil end
  first = first - 3
  local letters, c = 0, before(text, first)
  while spelled(c) and not taken(first - 1) do
    letters, first = letters + 1, first - #c
    c = before(text, first)
  end
  return letters >= SPELLED_LEAST and first or nil
end

local marks = {}
for c in ("，。、：；）」”》（「“《"):gmatch(char_pattern) do marks[c] = true end

-- Does one of a list's words stand at a byte, or one of several characters? They have three at
-- most.
local function stands_at (text, first, list, several)
  local rest = fold(sub(text, first, first + 8))
  local words = lexicon.list("people.txt", list)
  return not several and words[sub(rest, 1, 3)] or words[sub(rest, 1, 6)] or words[rest] or false
end

-- Where a spelled name ends that begins at a byte, dots in it: the last byte. Characters of
-- names are words, too: 普京于周二, 普京当天.
local function spelled_to (text, first, known)
  local last, i = first - 1, first
  local letters = 0
  local free = 0             -- up to where a land's name behind a dot reaches: 罗曼·安巴罗夫
  while true do
    local c = at(text, i)
    if spelled(c) and (i <= free or not known.taken(i))
       and not (letters >= SPELLED_LEAST and (stands_at(text, i, "person.zh.goes_on")
                or stands_at(text, i, "person.zh.behind", true))) then
      letters = letters + 1
      i = i + #c
      last = i - 1
    elseif c and dots[c] and letters > 0 then
      local initial = match(text, "^%u%.?", i + #c)        -- 唐纳德·J·特朗普
      local behind = initial and at(text, i + #c + #initial)
      if behind and dots[behind] then i = i + #c + #initial + #behind
      else i = i + #c
      end
      if not spelled(at(text, i)) then return last, letters end
      free = known.taken(i) or free
    else return last, letters
    end
  end
end

-- Does the number of a day, a month or a year stand behind a byte? 时隔18年 has none.
local function is_dated (text, last)
  local behind = match(text, "^%d%d?()", last + 1)
  local unit = behind and sub(text, behind, behind + 2)
  return unit == "日" or unit == "月" or unit == "号" or find(text, "^%d%d%d%d年", last + 1) ~= nil
end

-- Does what follows a name say that it has ended: a mark, a date, a word?
local function followed (text, last)
  local rest = sub(text, last + 1, last + 1)
  return rest == "" or find(rest, "^[%s%p]") ~= nil or marks[at(text, last + 1)] ~= nil
         or is_dated(text, last) or stands_at(text, last + 1, "person.zh.behind")
end

local function surname_at (text, first)
  local one = at(text, first)
  if not one then return nil end
  local two = at(text, first + #one)
  local names = lexicon.list("people.txt", "person.surname.zh")
  if two and names[simple(one) .. simple(two)] then return #one + #two end
  return names[simple(one)] and #one or nil
end

local function is_han (c) return c and find(c, "^[\xE3-\xE9]") and not find(c, "^\xE3\x80") end

-- Characters that no given name has: they go on with the sentence.
local particle = {}
for c in ("在和与同向对将于从是说也就为把被及或的了已曾则并不地得这此其该每们他她它"):gmatch(char_pattern) do particle[c] = true end

-- Where a Chinese name ends that begins at a byte, behind an office: surname, then one or two.
local function chinese_to (text, first)
  local surname = surname_at(text, first)
  if not surname or particle[simple(at(text, first))]                        -- 总理向普京
     or stands_at(text, first, "person.zh.word") then                        -- 总统任期
    return nil
  end
  local a = at(text, first + surname)
  if not is_han(a) or particle[simple(a)] then return nil end
  local one = first + surname + #a - 1
  local b = at(text, one + 1)
  local two = is_han(b) and not particle[simple(b)] and one + #b or nil
  if two and followed(text, two)
     and not stands_at(text, one + 1, "person.zh.behind", true) then            -- 王敏访问
    return two
  end
  if followed(text, one) then return one end
  return nil
end

-- Where a name ends that begins at a byte and has characters that no name is known by, too: at
-- the first that no name has, with nothing before it that goes on with a sentence. `letters` of
-- it stand before, up to a byte.
local function any_to (text, first, last, letters)
  local known = letters > 0
  if not known and (stands_at(text, first, "person.zh.word")
                    or stands_at(text, first, "person.zh.behind")) then
    return nil
  end
  while letters < ANY_MOST do
    if letters > 0 and followed(text, last) or stands_at(text, last + 1, "person.zh.goes_on") then
      break
    end
    local c = at(text, last + 1)
    if not is_han(c) or particle[simple(c)] then break end
    letters, last, known = letters + 1, last + #c, known or spelled(c)
  end
  known = known or is_dated(text, last)
  return known and letters >= SPELLED_LEAST and followed(text, last) and last or nil
end

-- May a name begin behind a character: none, a mark, a word that goes before it?
local function is_ahead (c)
  return not is_han(c) or particle[simple(c)] or marks[c]
         or lexicon.list("people.txt", "person.zh.ahead")[simple(c)] or false
end

-- Where a Chinese name begins that ends before a byte: 王毅外长. `alone`: it may be a surname.
local function chinese_from (text, behind, alone)
  local one = before(text, behind)
  if not is_han(one) or particle[simple(one)] then return nil end           -- 向国王
  local found, first = nil, behind - #one
  if alone and surname_at(text, first) and not lexicon.list("people.txt", "person.zh.none")[one]
     and is_ahead(before(text, first)) then
    found = first
  end
  for _ = 2, NAME_MOST do
    local c = before(text, first)
    if not is_han(c) then break end
    first = first - #c
    local ahead = before(text, first)
    if surname_at(text, first) and not dots[ahead] and is_ahead(ahead)
       and not (found and particle[simple(c)]) then                         -- 向王毅外长
      found = first
    end
  end
  return found
end

-- Where a spelled name begins that ends before a byte: 普京总统. 巴方 is a state.
local function spelled_from (text, behind, known)
  if before(text, behind) == "方" then return nil end
  local first, letters = behind, 0
  local c = before(text, first)
  while spelled(c) and not known.taken(first - 1) do
    letters, first = letters + 1, first - #c
    c = before(text, first)
  end
  local lead = lexicon.list("people.txt", "person.zh.lead")
  while letters > SPELLED_LEAST and lead[simple(at(text, first))] do        -- 由于普京总统
    letters, first = letters - 1, first + 3
  end
  return letters >= SPELLED_LEAST and not dots[c] and first or nil
end

local function plain_name (text)
  for dot in ("‧ ・ • ．"):gmatch "%S+" do text = gsub(text, dot, "·") end
  return (gsub(text, "%s+", ""))
end

-- Whether a spelled name is a man's or a woman's, as the given name tells.
local function gender_of (name)
  local given = match(name, "^(.-)·")
  if not given then return nil end
  local women = lexicon.list("people.txt", "person.zh.woman")
  given = fold(given)
  return (women[given] or women[sub(given, -3)]) and "f"
         or lexicon.list("people.txt", "person.zh.man")[given] and "m" or nil
end

-- A person at a place. `office`: what is known of the office beside the name, or nil.
local function person (text, first, last, office)
  local name, row = plain_name(sub(text, first, last)), {}
  for key, value in pairs(office or row) do row[key] = value end
  row.id, row.name, row.form, row.gender = fold(name), name, "name", gender_of(name)
  return { first, last, row }
end

-- Names with a dot: spelled on both sides of it.
local function dotted (text, known, out, seen)
  local i = 1
  while true do
    local a, b
    for _, dot in ipairs{ "·", "‧", "・", "•" } do
      local x, y = find(text, dot, i, true)
      if x and (not a or x < a) then a, b = x, y end
    end
    if not a then return end
    local first = a
    local c = before(text, first)
    while (spelled(c) or c == "-" and spelled(before(text, first - 1)))
          and not known.taken(first - 1) do
      first = first - #c
      c = before(text, first)
    end
    local last = spelled_to(text, first, known)
    if first < a and last > b and not seen[first] then
      last = number_to(text, last)
      seen[first] = true
      out[#out + 1] = person(text, first, last,
                             known.office_before(first) or known.office_behind(first, last))
      i = last + 1
    else i = b + 1
    end
  end
end

-- Those found, and their names ----------------------------------------------------------------

local function by_place (a, b) return a[1] < b[1] or a[1] == b[1] and a[2] > b[2] end

-- Whom a surname means: of those who have it, who holds an office, or was named last before.
local function of_surname (found, surname, role, first)
  local last
  for _, one in ipairs(found) do
    local name = one[3].name
    if sub(name, 1, #surname) == surname and #name > #surname and not find(name, "·", 1, true) then
      if role and one[3].role == role then return one[3] end
      if one[1] < first or not last then last = one[3] end
    end
  end
  return last
end

-- A surname alone is that of a full name of the text: 普京总统, 王先生, 岸田首相. Leaders whom
-- everybody knows have the id that they have in other scripts.
local function settle (found, day)
  local by_family = {}
  for _, one in ipairs(found) do
    local family = match(simply(one[3].name), "^.*·(.+)$")
    if family and not by_family[family] then by_family[family] = one[3] end
  end
  for _, one in ipairs(found) do
    local row = one[3]
    local full = by_family[simply(row.name)]
    local surname = surname_at(row.name, 1) == #row.name
    if not full and surname then full = of_surname(found, row.name, row.role, one[1]) end
    if full then row.id, row.name, row.form = full.id, full.name, "short"
    elseif surname then row.form = "short"
    end
  end
  for _, one in ipairs(found) do
    local row = one[3]
    row.id = leaders.han_id(row.name, row.of, day) or row.id
  end
end

-- Adds those who are called by their surname and an office: 杨大使.
local function with_offices (known, found, out, seen)
  local text, roles = known.text, known.role
  for i = 1, #found > 0 and #roles.rows or 0 do
    local behind = roles.positions[2 * i - 1]
    local c = is_han(at(text, behind)) and before(text, behind)
    local first = is_han(c) and behind - #c
    local who = first and surname_at(text, first) == #c and not known.taken(first)
                and not seen[first] and of_surname(found, c, roles.rows[i].id, first)
    if who then
      local office = known.office_behind(first, behind - 1)
      office.id, office.name, office.form = who.id, who.name, "short"
      out[#out + 1] = { first, behind - 1, office }
    end
  end
end

-- What is known of a document ------------------------------------------------------------------

-- Gives what is known of a document, as people.lua has it, functions about what stands there.
local function with_offices_of (known)
  local roles, country = known.role, known.country
  -- Is a byte part of something else that is named? Then up to where, or false.
  function known.taken (place)
    for _, kind in ipairs{ roles, country, known.org } do
      local i = kind.seek(place)
      if kind.positions[2 * i - 1] and kind.positions[2 * i - 1] <= place then
        return kind.positions[2 * i]
      end
    end
    return false
  end
  -- The body whose name ends before a byte, or begins there: 联合国秘书长.
  local function body_at (first)
    local orgs, i = known.org, known.org.seek(first)
    if orgs.positions[2 * i - 1] == first then return orgs.rows[i].id end
    return orgs.positions[2 * i - 2] == first - 1 and orgs.rows[i - 1].id or nil
  end
  -- The country whose name ends before a byte.
  local function country_at (first)
    local j = country.seek(first) - 1
    if j < 1 or country.positions[2 * j] ~= first - 1 then return nil end
    return country.rows[j].id, country.positions[2 * j - 1]
  end
  -- The office that stands before a name, and that behind it.
  function known.office_before (first)
    local i = roles.seek(first) - 1
    if i < 1 or roles.positions[2 * i] ~= first - 1 then return nil end
    local begin = roles.positions[2 * i - 1]
    local office = { role = roles.rows[i].id, role_first = begin, role_last = first - 1 }
    office.held, begin = terms.ahead(known.text, begin)                 -- 美国前总统, 前美国总统
    begin = begin or office.role_first
    local id, from = country_at(begin)
    office.held = office.held or id and terms.ahead(known.text, from) or nil
    office.to, office.of, office.also_to = posted(known, begin)       -- 俄罗斯驻莱索托大使
    if not office.to then office.of = id or body_at(begin) end
    return office
  end
  function known.office_behind (first, last)
    local i = roles.seek(last + 1)
    if roles.positions[2 * i - 1] ~= last + 1 then return nil end
    local office = { role = roles.rows[i].id, role_first = last + 1,
                     role_last = roles.positions[2 * i] }
    if is_sent(office.role) then                        -- 俄罗斯派驻莱索托的列别捷夫大使
      office.to, office.of, office.also_to = posted(known, first)
    end
    office.of = office.of or not office.to and country_at(first) or nil
    return office
  end
end

-- Forms of address that stand before a name; others stand behind it.
local leading = { sheikh = true, sheikha = true, haji = true, st = true, rev = true }

-- The name that ends before a byte, or nil: where it begins.
local function name_before (known, behind, alone)
  local text = known.text
  if terms.ahead(text, behind) then return nil end                -- 时任外长
  local first = ruler_from(text, behind, known.taken)
  local chinese = not first and chinese_from(text, behind, alone)
  if chinese and particle[simple(at(text, chinese))] then         -- 和三位教授, 于普京总统
    first = spelled_from(text, behind, known)
  else first = first or chinese or spelled_from(text, behind, known)
  end
  return first and not known.taken(first) and not known.taken(behind - 1) and first or nil
end

-- The name that begins at a byte, or nil: where it ends. `sent`: behind a country's office.
local function name_behind (known, first, sent)
  local text = known.text
  if not is_han(at(text, first)) then return nil end
  local last, letters = spelled_to(text, first, known)
  local chinese = chinese_to(text, first)
  if chinese and not (letters > SPELLED_LEAST and last > chinese) then
    last, letters = chinese, SPELLED_LEAST
  elseif letters >= SPELLED_LEAST then                            -- 伊丽莎白14日
    local c = at(text, last + 1)
    local more = not known.taken(last + 1) and is_han(c) and last + #c
    if more and any_to(text, first, last, letters) == more then last = more end
  elseif sent then                                                -- 泰国总理佩通坦14日
    local more = any_to(text, first, first - 1, 0)
    if more and not known.taken(more) then last, letters = more, SPELLED_LEAST end
  end
  if letters < SPELLED_LEAST or known.taken(first) or known.taken(last) then return nil end
  return number_to(text, last)
end

--- The people of a document that are named in Chinese.
---@param known table as people.lua has it
---@param doc Doc
---@return table[] array of {first, last, row}
function M.find (known, doc)
  local text, found, seen = known.text, {}, {}
  if not has_han(doc) then return found end
  with_offices_of(known)
  local function add (first, last, office)
    if first and last and not seen[first] then
      seen[first] = true
      found[#found + 1] = person(text, first, last, office)
    end
  end
  dotted(text, known, found, seen)
  for i = 1, #known.role.rows do
    local behind = known.role.positions[2 * i - 1]
    if is_han(at(text, behind)) then
      local first = name_before(known, behind, false)
      if first then add(first, behind - 1, known.office_behind(first, behind - 1)) end
    end
    local first = known.role.positions[2 * i] + 1
    local office = known.office_before(first)
    local last = not seen[first] and name_behind(known, first, office.of or office.to)
    add(first, last, office)
  end
  for i, row in ipairs(known.honorific.rows) do
    local behind = known.honorific.positions[2 * i - 1]
    if is_han(at(text, behind)) and not leading[row.id] then
      local first = name_before(known, behind, true)
      add(first, first and behind - 1, first and known.office_before(first))
      first = known.honorific.positions[2 * i] + 1
      if stands_at(text, behind, "person.zh.wife") then add(first, name_behind(known, first)) end
    end
  end
  sort(found, by_place)
  settle(found, known.day)
  local out = {}
  with_offices(known, found, out, seen)
  for _, one in ipairs(found) do out[#out + 1] = one end
  sort(out, by_place)
  local more = {}
  recall.again(text, out, more)
  for _, one in ipairs(more) do out[#out + 1] = one end
  recall.leaders(known, out)
  return out
end

return M
