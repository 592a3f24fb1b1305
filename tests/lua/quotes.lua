-- lesdiplo.grammar.quotes: what is said, between which bytes, and by whom.
local quotes = require "lesdiplo.grammar.quotes"
local cues = require "lesdiplo.grammar.quote.cues"
local marks = require "lesdiplo.grammar.quote.marks"
local sides = require "lesdiplo.grammar.quote.sides"
local check = require "lesdiplo.util.check"
local c = check.new()

-- The quotes of a text, one a line: kind, cue, words that name the speaker, content.
local function read (text, lang)
  local out = {}
  for i, quote in ipairs(quotes.all(text, lang)) do
    local who = quote.speaker_first and text:sub(quote.speaker_first, quote.speaker_last) or "-"
    out[i] = table.concat({ quote.kind, quote.cue or "-", who, text:sub(quote.first, quote.last) },
                          " | ")
  end
  return table.concat(out, "\n")
end

local function is (text, want, lang) c:equal(read(text, lang), want, text) end

-- Frames -------------------------------------------------------------------------------

is("The envoy said that the road to the coast was open.",
   "indirect | said | The envoy | the road to the coast was open")
is("The envoy said the road to the coast was open.",
   "indirect | said | The envoy | the road to the coast was open")
is("The envoy told reporters in Rabat on Monday that the road was open.",
   "indirect | told | The envoy | the road was open")
is("Anna Berg, the envoy to Chad, said that the road was open.",
   "indirect | said | the envoy to Chad | the road was open")
is("Anna Berg, who is the envoy to Chad, said that the road was open.",
   "indirect | said | Anna Berg | the road was open")
is("The road was open again, said the envoy.",
   "indirect | said | the envoy | The road was open again")
is("The road was open again, the envoy said on Monday.",
   "indirect | said | the envoy | The road was open again")
is("The road was open again, the envoy, Anna Berg, said.",
   "indirect | said | Anna Berg | The road was open again")
is("“The road was open again,” the envoy to Chad, Anna Berg, said on Monday.",
   "direct | said | Anna Berg | “The road was open again,”")
is("“The road was open again,” Anna Berg, the envoy to Chad, told reporters.",
   "direct | told | the envoy to Chad | “The road was open again,”")
is("The road was open, the envoy to Chad, Anna Berg, who drove there, said.",
   "indirect | said | the envoy to Chad | The road was open")
is("The road, they knew, was open, in turn, said the envoy.",
   "indirect | said | the envoy | The road, they knew, was open, in turn")
is("According to the ministry, the road is open.",
   "indirect | According to | the ministry | the road is open")
is("The road is open again, according to the ministry.",
   "indirect | according to | the ministry | The road is open again")
is("As the envoy said, roads need money, and we have none.",
   "indirect | said | the envoy | roads need money")
is("The envoy described the talks as a very long road.",
   "indirect | described | The envoy | the talks as a very long road")
is("The envoy said the road was open, adding that trucks were using it.",
   "indirect | said | The envoy | the road was open\n"
   .. "indirect | adding | - | trucks were using it")
is("The envoy expressed the hope that trucks would use it.",
   "indirect | expressed | The envoy | trucks would use it")
is("The envoy would like to stress that the road is open.",
   "indirect | stress | The envoy | the road is open")

is("As the envoy said, roads, bridges, and ports need money.",
   "indirect | said | the envoy | roads, bridges, and ports need money")
is("As the envoy mentioned, the road is open.",
   "indirect | mentioned | the envoy | the road is open")
is("The envoy said Chad remains a friend and urged Mali to sign.",
   "indirect | said | The envoy | Chad remains a friend")
is("The envoy said that the road will stay open and underscored her thanks.",
   "indirect | said | The envoy | the road will stay open")
is("The envoy said the guard met the driver and urged him to wait.",
   "indirect | said | The envoy | the guard met the driver and urged him to wait")
is("The envoy noted how the road was built.", "indirect | noted | The envoy | the road was built")

is("And the envoy stressed that the road is open.",
   "indirect | stressed | the envoy | the road is open")
is("The envoy came late and he stressed that the road is open.",
   "indirect | stressed | he | the road is open")
is("The road is open, and the envoy said this twice.", "")
is("We’ve said that the road is open.", "indirect | said | We | the road is open")
is("The envoy stressed that should it rain in the hills, the road will be closed.",
   "indirect | stressed | The envoy | should it rain in the hills, the road will be closed")
is("The envoy relayed that the road is open.",
   "indirect | relayed | The envoy | the road is open")

-- What reports nothing -------------------------------------------------------------------

is("Having said that, the road is still closed.", "")
is("If the court concludes that the road is closed, we leave.", "")
is("The driver was told that the road was closed.", "")
is("It was a town marked once more this week by a fire that closed the road.", "")
is("The envoy underscored the role the council plays in the talks.", "")
is("The envoy underscored the firm ties of the two towns and noted the road will stay open.",
   "indirect | noted | - | the road will stay open")
is("There are credible reports that the road is closed.", "")
is("The two towns agreed on a deal that should open the road to everybody.", "")
is("The envoy thanked the council for the road, continued aid, and the bridge.", "")
is("What he is insisting on is a long and costly road.", "")
is("It says how much we want the road.", "")
is("Last May, the ministry announced nine new roads to the coast, a bridge and a port.", "")

is("The step was taken under the “Berg Rule,” a road policy the ministry announced in May.", "")
is("The bridge was closed again, a step the ministry announced on Monday.", "")
is("The bridge was closed again, like the envoy said.",
   "indirect | said | the envoy | The bridge was closed again")

-- Direct, mixed, interrupted --------------------------------------------------------------

is("“We opened the road to everybody,” said the envoy.",
   "direct | said | the envoy | “We opened the road to everybody,”")
is("The envoy said: \"We opened the road to everybody.\"",
   "direct | said | The envoy | \"We opened the road to everybody.\"")
is("A guard wrote on a wall, and I quote: “We will not let them pass this gate.”",
   "direct | wrote | A guard | “We will not let them pass this gate.”")
is("“Yes!” he said.", "direct | said | he | “Yes!”")
is("“We agree,” he said, “to open it.”", "direct | said | he | “We agree,” he said, “to open it.”")
is("The road, he said, was “long and dusty” in May.",
   "mixed | said | he | The road, he said, was “long and dusty” in May")
is("The road, she added, was long and dusty.",
   "indirect | added | she | The road, she added, was long and dusty")
is("“My father said, ‘Mind the road,’ and I do,” she said.",
   "direct | said | she | “My father said, ‘Mind the road,’ and I do,”")
is("‘The peoples’ road isn’t closed to anybody,’ she said.",
   "direct | said | she | ‘The peoples’ road isn’t closed to anybody,’")
is("“We opened the first road.\n“And then we opened the second,” she said.",
   "direct | said | she | “We opened the first road.\n“And then we opened the second,”")
is("“We opened the road.\nThe envoy said the bridge was closed.",
   "direct | - | - | “We opened the road.\nindirect | said | The envoy | the bridge was closed")

-- No quotes ---------------------------------------------------------------------------------

for _, text in ipairs{
  "The so-called “road of peace” is long.",
  "In “Many Long Roads to the Sea”, a book of 1998, it is described.",
  "The envoy did not say that the road was open.",
  "The envoy declined to say whether it was open.",
  "The envoy praised the new road.",
  "The parties reaffirmed their commitment to the road, and discussed trade.",
  "The ministry acknowledged that request.",
  "States on both sides note remarks on the road.",
  "Write to press@state.example for a report.",
  "The measures which she announced are not yet in force.",
} do
  is(text, "")
end

-- Hedges, verbs of one's own -------------------------------------------------------------------

is("The envoy quipped that the road was short.", "")
quotes.cues.en.say = quotes.cues.en.say .. ", quip=quipped"
is("The envoy quipped that the road was short.",
   "indirect | quipped | The envoy | the road was short")

-- Other languages ---------------------------------------------------------------------------------

is("发言人表示，道路已经开放。", "indirect | 表示 | 发言人 | 道路已经开放", "zh")
is("大使说：“我们愿意开放道路。”", "direct | 说 | 大使 | “我们愿意开放道路。”", "zh")
is("大使還指出，道路已經開放。", "indirect | 指出 | 大使 | 道路已經開放", "zh")
is("大使在会见部长时表示，道路已经开放。", "indirect | 表示 | 大使 | 道路已经开放", "zh")
is("大使同部长会谈后对记者指出，道路已经开放。", "indirect | 指出 | 大使 | 道路已经开放", "zh")
is("大使表示，道路开放；政府作出回应，指桥梁关闭。", "indirect | 表示 | 大使 | 道路开放", "zh")
is("大使表示，道路开放；中方强调桥梁关闭。", "indirect | 表示 | 大使 | 道路开放；中方强调桥梁关闭", "zh")
is("据通讯社报道，道路已经开放。", "indirect | 据 | 通讯社 | 道路已经开放", "zh")
is("政府作出回应，称桥梁已经关闭，又指道路已经全部开放。",
   "indirect | 称 | - | 桥梁已经关闭\nindirect | 指 | - | 道路已经全部开放", "zh")
is("外交部发表声明，称道路已经全部开放。", "indirect | 称 | - | 道路已经全部开放", "zh")
is("他没有表示，道路被称为大道，也说明了问题。", "", "zh")
is("Посол заявил, что дорога открыта.", "indirect | заявил | Посол | дорога открыта", "ru")
is("«Дорога открыта для всех стран», — сказал посол журналистам.",
   "direct | сказал | посол | «Дорога открыта для всех стран»", "ru")
is("По словам посла, дорога открыта.", "indirect | По словам | посла | дорога открыта", "ru")
is("По его словам, дорога открыта.", "indirect | По его словам | По его словам | дорога открыта",
   "ru")
is("Как отметил посол, дорога открыта.", "indirect | отметил | посол | дорога открыта", "ru")
is("— Дорога открыта, — сказал посол. — Приезжайте.",
   "direct | сказал | посол | Дорога открыта, — сказал посол. — Приезжайте.", "ru")
is("Посол не сказал, что дорога открыта.", "", "ru")
is("L'envoyée a déclaré que la route était ouverte.",
   "indirect | déclaré | L'envoyée | la route était ouverte", "fr")
is("« La route est ouverte à tous », a-t-elle ajouté.",
   "direct | ajouté | elle | « La route est ouverte à tous »", "fr")
is("« La route est ouverte à tous », a déclaré l'envoyée, « depuis lundi. »",
   "direct | déclaré | l'envoyée | « La route est ouverte à tous », a déclaré l'envoyée, "
   .. "« depuis lundi. »", "fr")
is("Selon l'envoyée, la route est ouverte.", "indirect | Selon | l'envoyée | la route est ouverte",
   "fr")
is("L'envoyée n'a pas dit que la route était ouverte.", "", "fr")
c:equal(#quotes.all("“Nothing is known of it in this tongue.”", "xx"), 1, "marks in any language")

-- Speakers: the seeds -------------------------------------------------------------

local speakers = {}
for doc in corpus:docs() do
  for quote in quotes.each(doc) do
    c:equal(doc.text:sub(quote.first, quote.last), quote.text, "a quote is its text")
    c:ok(quote.kind == "direct" or quote.kind == "indirect" or quote.kind == "mixed", "a kind")
    speakers[quote.speaker or "-"] = (speakers[quote.speaker or "-"] or 0) + 1
    if quote.speaker_start then
      c:ok(quote.speaker_end > quote.speaker_start, "words that name a speaker")
    end
    for _, segment in ipairs(quote.segments or {}) do
      c:ok(segment.start < segment["end"], "a segment")
      c:ok(quote.text:find(segment.text, 1, true), "is a part of its quote")
    end
  end
end
for _, id in ipairs{ "roman-ambarov", "lejone-mpotjoane", "xi-jinping", "letsie-iii", "li-qiang",
                     "sam-matekane", "COMMUNIQUE", "CHN+LSO" } do
  c:ok(speakers[id], id .. " speaks")
end

-- Words on either side -----------------------------------------------------------------

local en = cues.of "en"

-- What stands before and behind a verb: the subject, or what touches it; what follows.
local function around (u, verb)
  local first, last = u:find(verb, 1, true)
  local left = sides.before(u, first, en)
  local subject = left.subject[1]
  local kind, at = sides.after(u, last + 1, en, en.forms[verb])
  return (subject and u:sub(subject.first, subject.last) or left.touch or "-") .. " | " .. kind
         .. " " .. at
end

c:equal(around("said", "said"), "start | stop 5", "a verb alone")
c:equal(around("  said  ", "said"), "start | stop 9", "blanks at both ends")
c:equal(around("Anna\tBerg\n said\v that it is", "said"), "Anna\tBerg | that 23", "white space")
c:equal(around(", said, it is", "said"), ", | stop 7", "marks of punctuation")
c:equal(around("(Berg) said: it is", "said"), ") | colon 14", "brackets")
c:equal(around("“Да” Берг said\1\1", "said"):gsub("^.* | ", ""), "marks 25", "between marks")
c:equal(around(("x"):rep(400) .. " said", "said"), ("x"):rep(259) .. " | stop 406", "no further")
c:raises(function () sides.behind(nil, 1, en) end, "string expected", "no text")
c:raises(function () sides.behind("said", 0, en) end, "counted from 1", "no place")
c:raises(function () sides.behind("said", {}, en) end, "number expected", "no number")
c:equal(sides.behind("said", math.maxinteger, en), nil, "behind the end")

-- Bad input ------------------------------------------------------------------------

local function stretches (text)
  local _, marked = cues.find(cues.of "en", text)
  return #marks.find(text, { { first = 1, last = #text } }, marked)
end
c:equal(stretches(("“"):rep(100000)), 1, "marks that nobody closes")
c:equal(stretches(("”"):rep(100000)), 0, "marks that nobody opened")
for _, piece in ipairs{ "said ", "he said, ", "“a” ", "according to ", "said that ", "\xE2\x80",
                        "“", "X said, “", ", " } do
  c:ok(quotes.all(piece:rep(3000)), "repetitions: " .. piece)
end
for i = 1, 60 do c:ok(quotes.all(("“Да”, — he said. 他说，“好"):sub(1, i)), "cut at any byte") end

c:finish()
