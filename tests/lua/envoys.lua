-- Whose envoys are sent where, over the documents of envoys.jsonl: to several states, and by
-- Chinese words between a state and 驻.
local check = require "lesdiplo.util.check"
local c = check.new()

local function offices (id)
  local out = {}
  for _, span in corpus:doc(id):layer "relation":each() do
    if span.relation == "holds_role" then out[#out + 1] = span.subject .. " " .. span.object end
  end
  table.sort(out)
  return table.concat(out, "; ")
end

c:equal(offices "two", "ilya-rogachev ambassador RUS->LSO; ilya-rogachev ambassador RUS->ZAF",
        "to two states")
c:equal(offices "behind", "roman-ambarov ambassador RUS->LSO; roman-ambarov ambassador RUS->ZAF",
        "in apposition")
c:equal(offices "three", "anna-lund ambassador NOR->KEN; anna-lund ambassador NOR->RWA; " ..
        "anna-lund ambassador NOR->UGA", "to three")
c:equal(offices "again", "anna-lund ambassador NOR->KEN; anna-lund ambassador NOR->SYC",
        "the tie again")
c:equal(offices "acts", "jan-holm ambassador NOR->KEN", "not to a state that acts")
c:equal(offices "people", "jan-holm ambassador ->KEN", "nor to one whose people do")
c:equal(offices "fr", "roman-ambarov ambassador RUS->LSO; roman-ambarov ambassador RUS->ZAF",
        "in French")
c:equal(offices "ru", "роман-амбар ambassador RUS->LSO; роман-амбар ambassador RUS->ZAF",
        "in Russian")
c:equal(offices "ru-acts", "роман-амбар ambassador RUS->ZAF", "where the name ends the list")
c:equal(offices "zh", "伊里亚·罗加乔夫 ambassador RUS->LSO", "的 between")
c:equal(offices "zh-behind", "阿纳托利·马卡罗夫 ambassador RUS->LSO", "the office behind the name")
c:equal(offices "zh-two", "陈晓东 ambassador CHN->LSO; 陈晓东 ambassador CHN->ZAF", "兼驻")
c:equal(offices "zh-land", "罗曼·安巴罗夫 ambassador RUS->LSO; 罗曼·安巴罗夫 ambassador RUS->ZAF",
        "和; a land's name in a name")
c:equal(offices "zh-new", "王敏 ambassador CHN->KEN", "新任")
local alone = corpus:doc "zh-alone":layer "person"[1]
c:equal(alone.role .. " " .. alone.of .. " " .. alone.to, "ambassador LSO RUS", "without a name")
c:finish()
