--- Classes of characters, as patterns of bytes.
--
-- LPeg 1.0.2 has no utfR. A class is a list of ranges {from, to, from, to ...}
-- that becomes a tree of byte sets: characters that share their first bytes
-- share the test of them, and bytes after which the same may follow are one
-- set, so that a whole alphabet costs a handful of alternatives.
-- @module lesdiplo.grammar.classes
local lpeg = require "lpeg"
local P, R, S, B = lpeg.P, lpeg.R, lpeg.S, lpeg.B
local char, concat, ipairs = string.char, table.concat, ipairs
local tonumber, unpack = tonumber, table.unpack
_ENV = nil
local M = {}


-- Patterns ---------------------------------------------------------------

local follow = { [0] = P(true) }
for n = 1, 3 do follow[n] = R"\x80\xBF" * follow[n - 1] end

-- The part of 'ranges' inside from..to.
function M.clip (ranges, from, to)
  local out = {}
  for i = 1, #ranges, 2 do
    local a, b = ranges[i], ranges[i + 1]
    if a < from then a = from end
    if b > to then b = to end
    if a <= b then out[#out + 1], out[#out + 2] = a, b end
  end
  return out
end

-- Hands 'ranges' out to blocks of 'size' code points, the first at 'base'. A
-- block that is covered whole gets `true`.
local function deal (ranges, base, size)
  local out, last = {}, -1
  for i = 1, #ranges, 2 do
    local a, b = ranges[i], ranges[i + 1]
    local from, to = (a - base) // size, (b - base) // size
    if to > last then last = to end
    for block = from, to do
      local low, high = base + block * size, base + (block + 1) * size - 1
      if a <= low and b >= high then
        out[block] = true
      elseif out[block] ~= true then
        local part = out[block]
        if not part then part = {}; out[block] = part end
        part[#part + 1], part[#part + 2] = a < low and low or a, b > high and high or b
      end
    end
  end
  return out, last
end

-- One byte, 'lead' or after it, with 'left' bytes to follow; 'base' is the
-- code point below 'lead'. Returns the pattern and a key that is equal where
-- patterns are.
local function tree (ranges, lead, base, left)
  if left == 0 then
    local set = {}
    for i = 1, #ranges, 2 do
      set[#set + 1] = char(lead + ranges[i] - base, lead + ranges[i + 1] - base)
    end
    return R(unpack(set)), concat(set)
  end
  local keys, sets, rest = {}, {}, {}
  local blocks, last = deal(ranges, base, 1 << 6 * left)
  for i = 0, last do
    local part = blocks[i]
    if part then
      local key, pattern = "", follow[left]
      if part ~= true then
        pattern, key = tree(part, 0x80, base + (i << 6 * left), left - 1)
      end
      if not sets[key] then
        keys[#keys + 1], sets[key], rest[key] = key, {}, pattern
      end
      sets[key][#sets[key] + 1] = char(lead + i)
    end
  end
  local out, name = nil, {}
  for _, key in ipairs(keys) do
    local set = concat(sets[key])
    local one = S(set) * rest[key]
    out = out and out + one or one
    name[#name + 1] = set .. "(" .. key .. ")"
  end
  return out, concat(name)
end

-- How many bytes a character takes: from, to, and the first byte of zero.
local widths = { { 0x0, 0x7F, 0x00 }, { 0x80, 0x7FF, 0xC0 },
                 { 0x800, 0xFFFF, 0xE0 }, { 0x10000, 0x10FFFF, 0xF0 } }

-- The pattern of one character of a class, and that of the place right after
-- one: LPeg looks back over a fixed number of bytes only, so one test a width.
function M.make (ranges)
  local out, behind = P(false), P(false)
  for width, w in ipairs(widths) do
    local part = M.clip(ranges, w[1], w[2])
    if part[1] then
      local pattern = tree(part, w[3], 0, width - 1)
      out, behind = out + pattern, behind + B(pattern)
    end
  end
  return out, behind
end

-- Ranges written as "41-5A C0-D6 100-136/2": "/2" takes every second one.
local function read (...)
  local out = {}
  for _, text in ipairs{...} do
    for from, to, step in text:gmatch "(%x+)%-?(%x*)(/?2?)" do
      from = tonumber(from, 16)
      to = to == "" and from or tonumber(to, 16)
      if step == "" then out[#out + 1], out[#out + 2] = from, to
      else for cp = from, to, 2 do out[#out + 1], out[#out + 2] = cp, cp end end
    end
  end
  return out
end

--- Several lists of code-point ranges as one.
---@param ... integer[][] lists of `{first, last, ...}` pairs
---@return integer[]
function M.join (...)
  local out = {}
  for _, ranges in ipairs{...} do
    for _, cp in ipairs(ranges) do out[#out + 1] = cp end
  end
  return out
end


-- Ranges -----------------------------------------------------------------

-- Cased letters, after the Unicode Character Database (general categories).
local latin_upper = read("41-5A C0-D6 D8-DE 100-136/2 139-147/2 14A-178/2",
  "179-17D/2 181-182 184 186-187 189-18B 18E-191 193-194 196-198 19C-19D",
  "19F-1A0 1A2-1A6/2 1A7 1A9 1AC 1AE-1AF 1B1-1B3 1B5 1B7-1B8 1BC 1C4-1C5",
  "1C7-1C8 1CA-1CB 1CD-1DB/2 1DE-1EE/2 1F1-1F2 1F4 1F6-1F8 1FA-232/2",
  "23A-23B 23D-23E 241 243-246 248-24E/2 1E00-1E94/2 1E9E-1EFE/2")
local latin_lower = read("61-7A B5 DF-F6 F8-FF 101-137/2 138-148/2 149-177/2",
  "17A-17E/2 17F-180 183 185 188 18C-18D 192 195 199-19B 19E 1A1-1A5/2 1A8",
  "1AA-1AB 1AD 1B0 1B4 1B6 1B9-1BA 1BD-1BF 1C6 1C9 1CC-1DC/2 1DD-1EF/2 1F0",
  "1F3 1F5 1F9-233/2 234-239 23C 23F-240 242 247-24F/2 250-2AF",
  "1E01-1E95/2 1E96-1E9D 1E9F-1EFF/2")
local greek_upper = read("370-372/2 376 37F 386 388-38A 38C 38E-38F 391-3A1",
  "3A3-3AB 3CF 3D2-3D4 3D8-3EE/2 3F4 3F7 3F9-3FA 3FD-3FF 1F08-1F0F 1F18-1F1D",
  "1F28-1F2F 1F38-1F3F 1F48-1F4D 1F59-1F5F/2 1F68-1F6F 1F88-1F8F 1F98-1F9F",
  "1FA8-1FAF 1FB8-1FBC 1FC8-1FCC 1FD8-1FDB 1FE8-1FEC 1FF8-1FFC")
local greek_lower = read("371-373/2 377 37A-37D 390 3AC-3CE 3D0-3D1 3D5-3D7",
  "3D9-3EF/2 3F0-3F3 3F5 3F8 3FB-3FC 1F00-1F07 1F10-1F15 1F20-1F27 1F30-1F37",
  "1F40-1F45 1F50-1F57 1F60-1F67 1F70-1F7D 1F80-1F87 1F90-1F97 1FA0-1FA7",
  "1FB0-1FB4 1FB6-1FB7 1FBE 1FC2-1FC4 1FC6-1FC7 1FD0-1FD3 1FD6-1FD7",
  "1FE0-1FE7 1FF2-1FF4 1FF6-1FF7")
local cyrillic_upper = read("400-42F 460-480/2 48A-4C0/2 4C1-4CD/2 4D0-52E/2")
local cyrillic_lower = read("430-45F 461-481/2 48B-4BF/2 4C2-4CE/2 4CF-52F/2",
  "1C80-1C88")
M.arabic = read("620-63F 641-64A 66E-66F 671-6D3 6D5 6EE-6EF 6FA-6FC 6FF",
  "750-77F 870-887 889-88E 8A0-8C9 FB50-FBB1 FBD3-FD3D FD50-FDC7 FDF0-FDFB",
  "FE70-FEFC")
M.hangul = read("1100-11FF 3131-318E A960-A97C AC00-D7A3 D7B0-D7FB")
M.han = read("3005-3007 3021-3029 3400-4DBF 4E00-9FFF F900-FAFF",
  "20000-2FA1F 30000-323AF")
M.kana = read("3041-3096 309D-309F 30A1-30FA 30FC-30FF 31F0-31FF FF66-FF9F")
-- Other alphabets: their letters, and the vowel signs written with them.
local others = read("531-556 560-588 5D0-5EA 5EF-5F2 710-72F 74D-7A5 7CA-7EA",
  "800-815 840-858 900-963 971-983 985-9E3 9F0-9F1 A01-A5E A70-A74 A81-AE3",
  "B01-B63 B71 B82-BD7 C00-C63 C80-CE3 D00-D63 D7A-DDF E01-E3A E40-E4E",
  "E81-ECD EDC-EDF F00 F40-F6C F71-F84 1000-103F 1050-108F 10A0-10FA 10FC-10FF",
  "1200-135A 1380-138F 13A0-13FD 1401-166C 1780-17D3 1820-1878 1C90-1CBF",
  "2C00-2CE4 2D00-2D67 2DE0-2DFF A4D0-A4FD A640-A69F A722-A788 A78B-A7CA",
  "AB30-AB5A")
M.mark = read("300-36F 483-487 591-5BD 5BF 5C1-5C2 5C4-5C5 610-61A 640",
  "64B-65F 670 6D6-6DC 6DF-6E4 6E7-6E8 6EA-6ED 8CA-8E1 8E3-8FF 1AB0-1AFF",
  "1DC0-1DFF 20D0-20FF FE20-FE2F")
M.digits = read("30-39 660-669 6F0-6F9 966-96F FF10-FF19")

M.latin = read "41-5A 61-7A AA B5 BA C0-D6 D8-F6 F8-2B8 1E00-1EFF"
M.wide = read "FB00-FB06 FF21-FF3A FF41-FF5A"      -- and ligatures
M.greek = read("370-373 376-377 37A-37D 37F 386 388-38A 38C 38E-3A1",
  "3A3-3F5 3F7-3FF 1F00-1FBC 1FBE 1FC2-1FCC 1FD0-1FDB 1FE0-1FEC 1FF2-1FFC")
M.cyrillic = read "400-481 48A-52F 1C80-1C88"

M.upper = M.join(latin_upper, greek_upper, cyrillic_upper, read "FF21-FF3A")
M.lower = M.join(latin_lower, greek_lower, cyrillic_lower,
                   read "FB00-FB06 FF41-FF5A")
M.letters = M.join(M.latin, M.greek, M.cyrillic, others, M.arabic, M.hangul, M.wide)
M.breaks = read("A-D 85 2028-2029")
M.blanks = read("9 20 A0 1680 2000-200A 202F 205F 3000")

return M
