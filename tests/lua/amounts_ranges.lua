-- Ranges whose scale is said once, numbers that are names or labels, measure words behind "more",
-- and the franc that two unions have.
local check = require "lesdiplo.util.check"
local amounts = lesdiplo.grammar.amounts
local c = check.new()

-- The amounts of a text, one after the other: class, value, unit and mod.
local function told (text, lang)
  local out = {}
  for _, row in ipairs(amounts.all(text, lang)) do
    out[#out + 1] = ("%s %s %s%s"):format(row.class, row.value, row.unit or "-",
                                          row.mod and " " .. row.mod or "")
  end
  return table.concat(out, "; ")
end

for _, case in ipairs {
  { "zh", "约有500至700万人受灾。", "count 5000000..7000000 人" },
  { "zh", "五至七百万人受灾。", "count 5000000..7000000 人" },
  { "zh", "三到五千名士兵。", "count 3000..5000 士兵" },
  { "zh", "3到5亿美元", "money 300000000..500000000 USD" },
  { "zh", "三百至五千万人", "count 3000000..50000000 人" },
  { "zh", "500万至700万人", "count 5000000..7000000 人" },
  { "zh", "300至500人", "count 300..500 人" },
  { "zh", "900至1万人", "count 900..10000 人" },
  { "zh", "三十至五百人", "count 30..500 人" },
  { "ru", "от 5 до 7 миллионов человек", "count 5000000..7000000 человек" },
  { "ru", "от 500 до 700 человек", "count 500..700 человек" },
  { "ru", "от 5 человек до 7 миллионов", "count 5..7000000 человек" },
  { "ru", "от 5 до 7 млн долларов США", "money 5000000..7000000 USD" },
  { "ru", "до 7 миллионов человек", "count 7000000 человек less_than" },
  { "ru", "от 5 миллионов человек", "count 5000000 человек more_than" },
  { "ru", "переговоры от 5 до 7 часов", "" },
  { "en", "from 5 to 7 million people", "count 5000000..7000000 people" },
  { "zh", "七十七国集团和77国集团发表声明。", "" }, { "zh", "二十国集团峰会", "" },
  { "zh", "七十七国发表声明。", "count 77 国" },
  { "zh", "第1325号决议，第十二号文件", "" }, { "zh", "第十二轮谈判", "ordinal 12 谈判" },
  { "zh", "有30多个国家", "count 30 国家 more_than" },
  { "zh", "30余名代表和3000多家企业", "count 30 代表 more_than; count 3000 企业 more_than" },
  { "zh", "有30多年历史", "" },
  { "fr", "Le Sénégal a reçu 120 000 francs CFA.", "money 120000 XOF" },
  { "fr", "Le Cameroun a reçu 120 000 FCFA.", "money 120000 XAF" },
  { "fr", "Le Sénégal et le Cameroun ont reçu 120 000 francs CFA.", "money 120000 -" },
  { "en", "Chad received 120,000 CFA francs.", "money 120000 XAF" },
  { "es", "El Camerún (Cameroun) recibió 120.000 francos CFA.", "money 120000 XAF" },
} do
  c:equal(told(case[2], case[1]), case[3], case[2])
end

-- Signs that only typesetting sees are told with what they stand in.
local text = "They sent 3\u{AD}0 min\u{AD}is\u{AD}ters for US$\u{200E}4.2 billion."
local signed = amounts.all(text, "en")
c:equal(told(text, "en"),
  "count 30 ministers; money 4200000000 USD", "soft hyphens")
c:equal(signed[1].first .. "-" .. signed[1].last, "11-28", "where it stands")

c:finish()
