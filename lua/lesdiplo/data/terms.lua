--- Words that say whether an office is held: one that was, one that was held at the time of which
-- is told, one that is not yet.
--
--   former then next    before the office: the former minister
--   maybe               of these, those that are other words as well: they count behind an article,
--                       a preposition or a comma, or with a hyphen
--   behind              behind the office, or whose it is: the minister-designate
--   was                 before it, the name before: Jan Holm, who was the minister
--   beside              what else may stand between one of them and the office
--   zh                  before the office, in Chinese; none: words that end so, and are others
--
-- Phrases are parted by commas; Russian ones stand for all their cases. Articles are `article`.
-- @module lesdiplo.data.terms
return {

former = [[
former, formerly, ex, erstwhile, one-time, onetime, ousted, deposed, retired, disgraced
late, past, previous, once
ancien, ancienne, anciens, anciennes, déchu, déchue, feu, précédent, précédente, défunt, défunte
бывший, экс, отставной, свергнутый, покойный, смещённый, умерший, прежний, предыдущий
]],
["then"] = "then, тогдашний",
next = [[
designate, elect, incoming, nominated, désigné, désignée, pressenti, pressentie, будущий
]],
maybe = [[
late, past, previous, once, then, feu, précédent, précédente, défunt, défunte, прежний, предыдущий
]],

behind = {
  former = "emeritus, déchu, déchue, в отставке",
  ["then"] = "at the time, at that time, de l'époque, de l’époque, d'alors, d’alors",
  next = "designate, elect, nominee, désigné, désignée, pressenti, pressentie, élu, élue",
},

was = "was, were, était, fut, был, была",
beside = [[
senior, junior, deputy, acting, long-time, longtime, long-serving, chief, top, first, second, principal
premier, première, vice, haut, haute, старший, первый
]],
article = "the, a, an, le, la, un, une",

zh = {
  former = "前, 前任, 原, 已故, 离任, 卸任, 退休, 被推翻的, 已卸任的, 已故的",
  ["then"] = "时任",
  next = "候任, 待任, 当选, 准",
  none = [[
  目前, 日前, 此前, 之前, 以前, 当前, 提前, 面前, 眼前, 事前, 先前, 空前, 从前, 年前, 天前, 月前, 周前
  中原, 平原, 草原, 高原, 标准, 批准, 核准, 水准, 获准
  ]],
},

}
