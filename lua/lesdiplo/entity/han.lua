--- People named in Chinese characters.
--
-- Foreign names are spelled by characters that stand for syllables, and parted by a
-- dot: 德米特里·梅德韦杰夫. Chinese ones are a surname and one or two characters. Where a
-- name begins and ends is told by those characters, and by the role beside it.
-- @module lesdiplo.entity.han
local lexicon = require "lesdiplo.entity.lexicon"
local _, native = ...
local fold, has_han = native.tokens.fold, native.entities.has_han
local find, gmatch, gsub, match = string.find, string.gmatch, string.gsub, string.match
local sort, sub = table.sort, string.sub
local char_pattern = utf8.charpattern
local ipairs = ipairs
_ENV = nil
local M = {}

-- Characters that foreign names are spelled with.
local spelling = [[阿埃艾爱安昂奥澳巴班邦保鲍贝本比彼毕别宾波伯博布查达戴丹当道德登邓迪蒂丁东杜顿多厄恩尔法范方菲
费芬丰冯夫弗福富盖甘冈高戈格葛根古瓜圭哈海汉豪赫亨洪胡华怀惠霍基吉季加贾姜杰金津喀卡凯坎康考柯科克肯孔库夸奎昆拉莱
赖兰郎朗劳勒雷黎里利莉连列林琳龙隆卢鲁路伦罗洛吕玛马麦迈曼芒毛梅门蒙孟米密明摩莫默姆木穆娜纳乃南尼内嫩能妮涅宁牛纽
农努诺欧帕潘庞佩彭蓬皮匹平泼珀普奇齐恰乔切钦琴青丘让热日荣儒瑞若撒萨塞赛桑森瑟沙莎珊尚绍舍申圣施史士舒斯丝松苏素索所
塔泰坦汤唐陶特滕提廷土托陀瓦万旺威韦维魏温文翁沃乌武西希锡席夏先香肖谢辛欣兴休修许雅亚扬杨耶叶伊依因英尤于约云泽扎
詹召哲珍芝朱兹佐祖娅佳蕾黛薇媞琪坂俄京]]

local is_spelling = {}
for c in gmatch(spelling, "[\xE3-\xE9]..") do is_spelling[c] = true end

local folded = {}
local function simple (c)
  local f = folded[c]
  if not f then
    f = fold(c)
    folded[c] = f
  end
  return f
end

local dots = { ["-"] = true, ["·"] = true, ["‧"] = true, ["・"] = true, ["•"] = true, ["．"] = true }

-- The character that begins at a byte, and that which ends at one.
local function at (text, i) return text:match("^" .. char_pattern, i) end
local function before (text, i)
  local first = i - 1
  while first > 0 and find(sub(text, first, first), "[\x80-\xBF]") do first = first - 1 end
  return first > 0 and sub(text, first, i - 1) or nil
end

local function spelled (c) return c and is_spelling[simple(c)] end

-- Where a spelled name ends that begins at a byte, dots in it: the last byte.
local function spelled_to (text, first)
  local last, i = first - 1, first
  local letters = 0
  while true do
    local c = at(text, i)
    if spelled(c) then
      letters = letters + 1
      i = i + #c
      last = i - 1
    elseif c and dots[c] and letters > 0 and spelled(at(text, i + #c)) then i = i + #c
    else return last, letters
    end
  end
end

local numbers = { ["一"] = true, ["二"] = true, ["三"] = true, ["四"] = true, ["五"] = true,
  ["六"] = true, ["七"] = true, ["八"] = true, ["九"] = true, ["十"] = true }

-- A ruler's number behind a name: 三世.
local function number_to (text, last)
  local c = at(text, last + 1)
  if c and numbers[c] and at(text, last + 1 + #c) == "世" then return last + #c + 3 end
  return last
end

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
  return letters >= 2 and first or nil
end

-- Words that follow a name of two or three characters, in which a verb or an
-- office speaks for a person.
local followers = { "表示", "指出", "说", "說", "强调", "強調", "介绍", "认为", "宣布", "先生", "女士",
  "同志", "阁下", "主席", "总理", "总统", "部长", "外长", "大使", "会见", "会晤", "访问", "出席", "主持", "当天",
  "在", "和", "同", "与", "出任", "当选", "对此" }

local marks = {}
for c in ("，。、：；）」”》"):gmatch(char_pattern) do marks[c] = true end

local function followed (text, last, doubtful)
  local rest = sub(text, last + 1, last + 12)
  if not doubtful and (rest == "" or find(rest, "^[%s%p]") or marks[at(text, last + 1)]) then
    return true
  end
  local plain = fold(rest)
  for _, word in ipairs(followers) do
    if find(plain, fold(word), 1, true) == 1 then return true end
  end
  return false
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
for c in ("在和与同向对将于从是说也就为把被及或的了已曾则并不"):gmatch(char_pattern) do particle[c] = true end

-- Where a Chinese name ends that begins at a byte: surname, then one or two.
local function chinese_to (text, first)
  local surname = surname_at(text, first)
  if not surname then return nil end
  local a = at(text, first + surname)
  if not is_han(a) or particle[simple(a)] then return nil end
  local one = first + surname + #a - 1
  local b = at(text, one + 1)
  local two = is_han(b) and not particle[simple(b)] and one + #b or nil
  local doubtful = lexicon.list("people.txt", "person.surname.zh.word")[simple(at(text, first))]
  if two and followed(text, two, doubtful) then return two end
  if followed(text, one, doubtful) then return one end
  return nil
end

local function plain_name (text)
  for dot in ("‧ ・ • ．"):gmatch "%S+" do text = gsub(text, dot, "·") end
  return (gsub(text, "%s+", ""))
end

local function person (text, first, last, role, of, to, role_first)
  local name = plain_name(sub(text, first, last))
  return { first, last, { id = fold(name), name = name, form = "name", role = role and role.id,
                          of = of, to = to, role_first = role_first,
                          role_last = role_first and first - 1 } }
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
    local last = spelled_to(text, first)
    if first < a and last > b and not seen[first] then
      last = number_to(text, last)
      seen[first] = true
      out[#out + 1] = person(text, first, last, known.role_before(first))
      i = last + 1
    else i = b + 1
    end
  end
end

-- Where a Chinese name begins that ends before a role, if it stands alone there:
-- 王毅外长.
local function chinese_from (text, role)
  local one = before(text, role)
  if one and particle[simple(one)] then return nil end                -- 向国王
  local two = is_han(one) and before(text, role - #one)
  local three = is_han(two) and before(text, role - #one - #two)
  for _, c in ipairs{ is_han(three) and three or "", is_han(two) and two or "" } do
    local first = c == three and role - #one - #two - #three or c == two and role - #one - #two
    local ahead = first and before(text, first)
    if first and surname_at(text, first) and not dots[ahead]
       and (not is_han(ahead) or ahead == "和" or ahead == "与" or ahead == "同" or ahead == "了"
            or marks[ahead]) then
      return first
    end
  end
end

local FAMILY_LEAST = 6     -- bytes: two characters

-- What stands behind the last dot of the names of a text, by its first two characters:
-- rows of short forms, the longest last; nil where there is none.
local function families (found)
  local out, seen = nil, {}
  for _, one in ipairs(found) do
    local row = one[3]
    local family = match(row.name, "^.*·(.+)$")
    if family and #family >= FAMILY_LEAST and not seen[family] then
      local head = sub(family, 1, FAMILY_LEAST)
      seen[family], out = true, out or {}
      local other = out[head]
      if not other or #family > #other.family then
        out[head] = { family = family, row = { id = row.id, name = row.name, form = "short" } }
      end
    end
  end
  return out
end

local function by_place (a, b) return a[1] < b[1] or a[1] == b[1] and a[2] > b[2] end

-- Those found, in their order, and between them people who are called by the last part of
-- a name of the text alone: 梅德韦杰夫.
local function with_families (text, found)
  local by_head = families(found)
  if not by_head then return found end
  local out, k, free = {}, 1, 1
  sort(found, by_place)
  for first in gmatch(text, "()[\xE3-\xE9]") do
    local one = first >= free and by_head[sub(text, first, first + FAMILY_LEAST - 1)]
    if one and sub(text, first, first + #one.family - 1) == one.family then
      while found[k] and found[k][2] < first do k = k + 1 end
      free = first + #one.family
      if not (found[k] and found[k][1] < free) then out[#out + 1] = { first, free - 1, one.row } end
    end
  end
  for _, one in ipairs(found) do out[#out + 1] = one end
  return out
end

--- The people of a document that are named in Chinese.
---@param known table as people.lua has it
---@param doc Doc
---@return table[] array of {first, last, row}
function M.find (known, doc)
  local text, out, seen = known.text, {}, {}
  if not has_han(doc) then return out end
  local roles = known.role
  local function ended_by (first)
    local i = roles.seek(first) - 1
    if i >= 1 and roles.positions[2 * i] == first - 1 then return i end
  end
  function known.taken (last)
    local i = roles.seek(last)
    if roles.positions[2 * i - 1] and roles.positions[2 * i - 1] <= last then return true end
    i = known.country.seek(last)
    return known.country.positions[2 * i - 1] ~= nil and known.country.positions[2 * i - 1] <= last
  end
  -- The body whose name ends before a byte, or begins there: 联合国秘书长.
  function known.body_at (first)
    local orgs, i = known.org, known.org.seek(first)
    if orgs.positions[2 * i - 1] == first then return orgs.rows[i].id end
    return orgs.positions[2 * i - 2] == first - 1 and orgs.rows[i - 1].id or nil
  end
  function known.role_before (first)
    local i = ended_by(first)
    if not i then return nil end
    local begin = roles.positions[2 * i - 1]
    local k = known.country
    local j = k.seek(begin) - 1
    if j < 1 or k.positions[2 * j] ~= begin - 1 then
      return roles.rows[i], known.body_at(begin), nil, begin
    end
    local first_of = k.positions[2 * j - 1]
    if simple(before(text, first_of) or "") ~= "驻" then
      return roles.rows[i], k.rows[j].id, nil, begin
    end
    -- 俄罗斯驻莱索托大使: of the one, to the other
    local sender = k.positions[2 * j - 2] == first_of - 4 and k.rows[j - 1].id or nil
    return roles.rows[i], sender, k.rows[j].id, begin
  end
  dotted(text, known, out, seen)
  for i = 1, #roles.rows do
    local behind = roles.positions[2 * i - 1]
    local named = is_han(at(text, behind))
                  and (ruler_from(text, behind, known.taken) or chinese_from(text, behind))
    if named and not seen[named] and not known.taken(named) and not known.taken(behind - 1) then
      seen[named] = true
      out[#out + 1] = person(text, named, behind - 1, roles.rows[i], nil, nil, named)
    end
    local first = roles.positions[2 * i] + 1
    if not seen[first] and is_han(at(text, first)) then
      local last, letters = spelled_to(text, first)
      local chinese = chinese_to(text, first)
      if chinese and not (letters >= 3 and last > chinese) then last, letters = chinese, 2 end
      if letters >= 2 and not known.taken(first) and not known.taken(last) then
        seen[first] = true
        out[#out + 1] = person(text, first, number_to(text, last), known.role_before(first))
      end
    end
  end
  return with_families(text, out)
end

return M
