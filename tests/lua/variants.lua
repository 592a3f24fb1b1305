-- One person in several languages, over the documents of variants.jsonl: leaders whom everybody
-- knows have one id; of others is told who may be one, and why; who only sounds so is not.
local check = require "lesdiplo.util.check"
local c = check.new()

local rows = {}
for _, row in ipairs(corpus:variants()) do
  rows[#rows + 1] = row.name.id .. " = " .. row.other.id .. ": " .. row.reason
end
local function told (one, other)
  for _, row in ipairs(rows) do
    local a, b, why = row:match "^(.-) = (.-): (.*)$"
    if a == one and b == other then return why end
  end
end

c:equal(told("anna-berg", "安娜·贝格"),
        "'Anna Berg' sounds as '安娜·贝格' does; both are foreign_minister NOR", "in Chinese")
c:equal(told("anna-berg", "анн-берг"),
        "'Anna Berg' sounds as 'Анна Берг' does; both are foreign_minister NOR", "in Russian")
c:equal(told("roman-ambarov", "罗曼·安巴罗夫"),
        "'Roman Ambarov' sounds as '罗曼·安巴罗夫' does; both are ambassador RUS->LSO", "an envoy")
c:equal(told("罗曼·安巴罗夫", "роман-амбар"),
        "'罗曼·安巴罗夫' sounds as 'Роман Амбаров' does; both are ambassador RUS->LSO",
        "in neither is it English")
c:ok(told("mswati-iii", "姆斯瓦蒂三世"), "a king with a number")
c:ok(told("mahamat-deby", "махамат-деб"), "a president")
c:ok(told("samia-hassan", "萨米娅·哈桑"), "another")
c:ok(told("elmer-schialer", "埃尔默·谢勒"), "an r that no vowel follows")
c:ok(not told("jan-holm", "卡洛斯·桑切斯"), "one office, and names of another sound")
c:ok(not told("john-mahama", "约翰·马哈马"), "one sound, and another office")
c:ok(not told("mswati-iii", "姆斯瓦蒂二世"), "another number")
c:ok(not told("samia-hassan", "萨米娅·哈山"), "at a time that one life has no room for")
c:ok(not told("jan-holm", "олаф-норман"), "nor in Russian")

local function people (id)
  local out = {}
  for _, span in corpus:doc(id):layer "person":each() do out[#out + 1] = span.id or "?" end
  return table.concat(out, " ")
end
c:equal(people "leaders-zh", "xi-jinping vladimir-putin sergey-lavrov letsie-iii", "in Chinese")
c:equal(people "leaders-hant", "sergey-lavrov donald-trump dmitry-medvedev", "in the other script")
c:equal(people "leaders-ru",
        "sergey-lavrov xi-jinping sergey-lavrov dmitry-medvedev vladimir-putin", "in Russian")
c:equal(people "leaders-en",
        "sergey-lavrov xi-jinping letsie-iii dmitry-medvedev vladimir-putin", "in English")
c:equal(people "others-zh", "沙利文 普京", "offices of other states")
c:equal(people "others-ru", "иван-лавр петр-медвед", "other given names")
c:equal(people "others-en", "sullivan ivan-lavrov johnson", "surnames that others have")
c:equal(people "before", "普京", "before his time")
c:finish()
