--- Words that say little by themselves, of languages that do not part their words.
--
-- Statistics leave them out with `stop = true`, besides those of stopwords.lua. They
-- are words of a dictionary: one character here need not be a function word where
-- it is a part of another word. Simplified and traditional forms are alike.
-- @module lesdiplo.data.function_words
return {

zh = [[
和 不 有 他们 她们 我们 你们 它们 咱们 自己 这个 这些 这样 这种 这里 那个 那些 那样 那里 哪些 什么 怎么 怎样 如何
为何 为什么 多少 几 谁 一个 一些 一份 一种 一样 一直 一次 一般 一起 一概 一方面 每个 各个 各种 其 其他 其它 其中 其后
其实 另 另外 有关 有的 有些 没有 没 不是 不会 不能 不得 不要 不过 不仅 不同 不断 可以 可能 能够 应 应该 应当 必须 需要 需
得 来 去 上 下 中 里 内 外 前 后 间 以 以及 以来 以后 以前 以上 以下 之间 之后 之前 之一 由于 因为 因此 因而 所以 虽然 但是
然而 而且 并且 或者 还是 如果 只要 只有 无论 即使 尽管 甚至 尤其 特别 非常 十分 比较 更加 最后 已经 曾经 正在 正 将要 当
当时 同时 同 现在 目前 今天 昨天 明天 今年 去年 明年 近年来 此外 此次 此前 对于 关于 根据 按照 通过 经过 随着 作为 成为 使
使得 令 比 向 往 跟 像 如 例如 即 既 乃 至 至于 直到 便 亦 仍 仍然 依然 都是 也是 就是 还有 等等 表示 指出 强调 认为 四 五
六 七 八 九 十 百 千 万 亿 多 个 名 位 次 项 号 点 分
]],

-- particles, and what verbs end with
ja = [[
の に は を が と で も や へ か から まで より など ね よ な だ です ます でし まし た て い し さ せ れ
ない なかっ ある あり あっ いる いた おり する した して され いう こと もの ため よう これ それ あれ この
その あの ここ そこ という として による により において について に対する に対し また および 及び 年 月 日
]],

}
