-- Who speaks, over the documents of speakers.jsonl: of each quote its kind, who speaks, and what is
-- said, segment by segment.
local check = require "lesdiplo.util.check"
local c = check.new()

local wanted = {
  whose = "indirect eva-lund: the road was long | direct omar-kone: “We will build it,” | " ..
    "direct jan-holm: “It is a good road,” | " ..
    "direct rosa-vega: “We will pay for it.” | indirect ali-sow: the road is bad",
  theirs =
    "indirect NOR: the road was long | indirect ?: it was bad | indirect ?: it was good | " ..
    "indirect ?: it was over",
  ["whose-fr"] =
    "direct eva-lund: « La route est longue » | indirect omar-kone: tout était prêt",
  ["aside-ru"] =
    "direct иван-рейес: «Мы готовы к диалогу + Но не уступим никому» | " ..
    "direct анн-берг: «Дорога длинная + и она плохая» | " ..
    "direct петр-волк: «Мы ждём! + Ждём давно + Это наш долг»",
  ["aside-none"] =
    "direct ?: «Мы готовы – и это важно, – заявил Иван Рейес» | " ..
    "direct петр-волк: «Дорога длинная – и она плохая»",
  ["aside-hyphen"] =
    "direct иван-рейес: «Мы готовы + Но не уступим никому»",
  ["aside-fr"] = "direct paul-lund: « Nous sommes prêts + mais pas à tout prix. » | " ..
    "direct paul-lund: « La route est longue + et elle est mauvaise. » | " ..
    "direct ?: « La route + est longue et mauvaise. »",
  ["aside-fr-none"] =
    "direct paul-lund: « Le président a déclaré que la route est longue, mais elle est bonne »",
  ["parted-fr"] =
    "direct paul-lund: « Nous sommes prêts à tout » + « mais pas à n’importe quel prix. »",
  quoted = "direct omar-kone: “We agree to the plan,” | " ..
    "direct eva-lund: “The road is long,” | indirect ali-sow: the road was bad",
  ["nested-zh"] =
    "mixed XINHUA: 挪威外交大臣安娜·贝格说：“我们会坚持到底。” | " ..
    "direct 安娜·贝格: “我们会坚持到底。” | " ..
    "indirect AFP: 王毅部长表示，道路很长 | indirect wang-yi: 道路很长",
  nested = "mixed TASS: Omar Kone said: “We will hold on to the plan.” | " ..
    "direct omar-kone: “We will hold on to the plan.”",
  ["whose-words"] = "direct anna-berg: “this was a long and hard road for us” | " ..
    "indirect jan-holm: The bridge + was short",
  behind = "direct eva-lund: “We came to stay here,”",
  ["told-zh"] = "indirect wang-yi: 会谈进行得非常成功 | indirect NOR+TCD: 应进一步加强合作",
  groups = "indirect eva-lund+omar-kone: the road was long | " ..
    "indirect eva-lund+omar-kone: the port and the road will stay open to all of them | " ..
    "indirect NOR+TCD: the tolls are too high for most | " ..
    "indirect NOR+TCD: they will be cut | indirect NOR: it was late",
  both = "indirect omar-kone+eva-lund: it was long | indirect omar-kone+eva-lund: it was wide | " ..
    "indirect ?: it was dusty",
  conjoined = "indirect omar-kone: the road was long | indirect ali-sow: it was short",
  second = "indirect ?: the road was long",
  ["elided-zh"] = "indirect NOR: 两国在1990年曾承诺不会关闭任何口岸 | " ..
    "indirect ?: 道路已经开放，桥梁也已经开放 | indirect wang-yi: 道路很长 | " ..
    "indirect wang-yi: 桥梁也已经开放",
  uttered = "direct anna-berg: “Many small boats make a harbour.” | " ..
    "direct ?: “Each boat shall be painted green by its crew.” | " ..
    "direct ?: “It was a very long road here.”",
  signed = "direct anna-berg: “We have relied on this port in many storms.” | " ..
    "direct ?: “It rained in all of the town.”",
  listed = "indirect eva-lund+omar-kone+jan-holm: the road stays open | " ..
    "indirect omar-kone+jan-holm: it will stay open to all | indirect omar-kone: it was wet",
  papers = "direct LETTER: “We shall keep the peace in all our ports.” | " ..
    "indirect REPORT: old debts need new answers | indirect RESOLUTION: fees must be low | " ..
    "indirect omar-kone: boats are opening ports and urging care",
  source = "indirect ?: the talks were held in Oslo | indirect ?: The road was long | " ..
    "indirect chilean-foreign-ministry: the road was closed",
  group = "indirect eva-lund+omar-kone: it was long | " ..
    "indirect eva-lund+omar-kone: the bridge was short",
  ["talk-ru"] = "direct ?: Дорога открыта? | direct иван-рейес: Открыта | direct ?: А мост? | " ..
    "direct ?: Мост тоже.",
  ["list-ru"] = "",
  ["whoever-ru"] = "indirect анн-берг: она длинная | indirect анн-берг: мост короткий",
  ["opener-zh"] = "indirect 詹姆斯·奥马: 道路很长 | direct 高明: 「凡事要留有余地」",
  it = "indirect TASS: the road was long | indirect AU: the road was long",
  two = "indirect eva-lund+omar-kone: it was long",
  soon = "indirect eva-lund: the road was long",
  elles = "indirect eva-lund+rosa-vega: la route était longue",
  ["quoted-by"] = "indirect omar-kone: the road was long",
  agency = "indirect TASS: the road was long | indirect TASS: it was late",
  agreed = "indirect ?: Norway and Chad would meet",
  colon = "direct eva-lund: “We have no road left to us at all.” | " ..
    "direct ?: “We have no bridge left to us at all.” | " ..
    "direct ?: “We have no port left to us at all.”",
  titled = "indirect eva-lund: it was late | indirect jan-holm: it was long",
  met = "indirect eva-lund+omar-kone: the road was long",
  together = "indirect eva-lund+omar-kone: it was long",
  quoting = "direct eva-lund: “We will build it,” | direct ?: “no guard has opened the gate yet”",
}

local function told (doc)
  local out = {}
  for _, span in doc:layer "quote":each() do
    local said = { span.text }
    for i, segment in ipairs(span.segments or {}) do said[i] = segment.text end
    out[#out + 1] = ("%s %s: %s"):format(span.kind, span.speaker or "?", table.concat(said, " + "))
  end
  return table.concat(out, " | ")
end

for doc in corpus:docs() do
  c:equal(told(doc), wanted[doc.id], doc.id)
  wanted[doc.id] = nil
end
c:equal(next(wanted), nil, "all of them are there")

c:finish()
