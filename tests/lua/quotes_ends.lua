-- lesdiplo.grammar.quotes: where what is said begins and ends, and what stands around it: the
-- author's asides, who somebody is, what else they did.
local quotes = require "lesdiplo.grammar.quotes"
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

-- Who somebody is, behind a comma ----------------------------------------------------------------

is("The road is open, said the envoy, Anna Berg.",
   "indirect | said | the envoy | The road is open")
is("The road is open, said Anna Berg, the envoy to Chad, adding that it was long.",
   "indirect | said | Anna Berg | The road is open\nindirect | adding | - | it was long")
is("The road, said Anna Berg, the envoy to Chad, was open.",
   "indirect | said | Anna Berg | The road, said Anna Berg, the envoy to Chad, was open")
is("The road is open, according to the envoy, who drove there.",
   "indirect | according to | the envoy | The road is open")
is("According to the envoy, who drove there, the road is open.",
   "indirect | According to | the envoy | the road is open")
is("According to the envoy, Chad, Mali, and Niger have opened the road.",
   "indirect | According to | the envoy | Chad, Mali, and Niger have opened the road")
is("La route est ouverte, a assuré lundi la ministre, Claire Lund, démentant des rumeurs.",
   "indirect | assuré | lundi la ministre | La route est ouverte", "fr")
is("La route, a assuré Claire Lund, la ministre, est ouverte.",
   "indirect | assuré | Claire Lund | La route, a assuré Claire Lund, la ministre, est ouverte",
   "fr")
is("Selon la ministre, qui revenait du port, la route est ouverte.",
   "indirect | Selon | la ministre | la route est ouverte", "fr")
is("Дорога к морю снова открыта, заявил посол, Иван Рейес.",
   "indirect | заявил | посол | Дорога к морю снова открыта", "ru")
is("The network, announced by Chad, Mali, and Niger last year, is growing.", "")

is("According to Anna Berg, the envoy to Chad, the road is open.",
   "indirect | According to | Anna Berg | the road is open")
is("According to Anna Berg, the road, which is long, is open.",
   "indirect | According to | Anna Berg | the road, which is long, is open")
is("Selon Paul Lund, de l’université de Dakar, « la route est ouverte ».",
   "direct | Selon | Paul Lund | « la route est ouverte »", "fr")
is("Selon lui, de nombreux pays, dont le Mali, ont ouvert la route.",
   "indirect | Selon lui | Selon lui | de nombreux pays, dont le Mali, ont ouvert la route", "fr")
is("The fair opened yesterday, while, according to the envoy, the road was closed.",
   "indirect | according to | the envoy | the road was closed")

-- The writer's circumstances ---------------------------------------------------------------------

is("The road will reopen, the envoy said on Monday, after talks that lasted a week.",
   "indirect | said | the envoy | The road will reopen")
is("The long coastal road, the envoy said on Monday, will reopen soon.",
   "indirect | said | the envoy | The long coastal road, the envoy said on Monday, "
   .. "will reopen soon")
is("The road will reopen, the envoy said, as much as it pains us.",
   "indirect | said | the envoy | The road will reopen, the envoy said, as much as it pains us")
is("The envoy said the road would reopen, without giving a date.",
   "indirect | said | The envoy | the road would reopen")
is("The envoy said the road would reopen, but declined to say when.",
   "indirect | said | The envoy | the road would reopen")
is("La ministre a dit que la route serait ouverte, sans préciser la date.",
   "indirect | dit | La ministre | la route serait ouverte", "fr")
is("Посол сообщил, что дорога откроется, не уточнив срока.",
   "indirect | сообщил | Посол | дорога откроется", "ru")

-- What else they did -----------------------------------------------------------------------------

is("The envoy said that the road “is a lifeline” and thanked the drivers.",
   "mixed | said | The envoy | the road “is a lifeline”")
is("Les ministres ont noté que la route est ouverte et ont remercié les chauffeurs.",
   "indirect | noté | Les ministres | la route est ouverte", "fr")
is("Le ministre a rappelé que le roi a ouvert la route et a remercié les chauffeurs.",
   "indirect | rappelé | Le ministre | le roi a ouvert la route et a remercié les chauffeurs", "fr")
is("Послы отметили, что дорога открыта, и поблагодарили водителей.",
   "indirect | отметили | Послы | дорога открыта", "ru")
is("Послы отметили, что дорога открыта, и водители благодарны.",
   "indirect | отметили | Послы | дорога открыта, и водители благодарны", "ru")

-- Is it a clause? ---------------------------------------------------------------------------------

is("The envoy said they’re ready to open the road.",
   "indirect | said | The envoy | they’re ready to open the road")
is("The envoy said the guard doesn't open it.",
   "indirect | said | The envoy | the guard doesn't open it")
is("The envoy reiterated the wish of both towns to continue the works.", "")
is("The envoys reaffirmed the terms of the May 2 letter and the plan.", "")
is("The envoy told reporters the road was open.",
   "indirect | told | The envoy | the road was open")
is("The envoy assured the drivers of the coast the road was open.",
   "indirect | assured | The envoy | the road was open")
is("The envoy said to the drivers that the road was open.",
   "indirect | said | The envoy | the road was open")
is("The law provides the means, assuring rules are kept.", "")
is("Neither the envoy nor the guard said that the road was open.", "")
is("No driver said that the road was open.", "")
is("No 10 said that the road was open.", "indirect | said | No 10 | the road was open")

-- Chinese ----------------------------------------------------------------------------------------

is("大使強調並無此事。", "indirect | 強調 | 大使 | 並無此事", "zh")
is("大使强调将继续合作。", "indirect | 强调 | 大使 | 将继续合作", "zh")
is("大使强调合作的重要性。", "", "zh")
is("大使未予證實，只稱「有消息會再報告大家」。", "direct | 稱 | - | 「有消息會再報告大家」", "zh")
is("「至於開放日期，」大使補充道，「目前還沒有決定。」",
   "direct | 補充道 | 大使 | 「至於開放日期，」大使補充道，「目前還沒有決定。」", "zh")
is("另據報紙援引官員的話報導，道路已經開放。", "indirect | 據 | 報紙 | 道路已經開放", "zh")
is("据报纸报道，道路已经关闭，大使对此有何评论？", "indirect | 据 | 报纸 | 道路已经关闭", "zh")

-- Names and titles in marks -----------------------------------------------------------------------

is("The daily “El Faro” said that the road was open.",
   "indirect | said | The daily “El Faro” | the road was open")
is("According to the weekly “El Faro”, the road was open.",
   "indirect | According to | the weekly “El Faro” | the road was open")
is("Газета «Маяк» утверждает, что дорога закрыта.",
   "indirect | утверждает | Газета «Маяк» | дорога закрыта", "ru")
is("La route est ouverte, affirme le quotidien « Le Phare ».",
   "indirect | affirme | le quotidien « Le Phare » | La route est ouverte", "fr")
is("“The road is open to us,” the daily wrote.",
   "direct | wrote | the daily | “The road is open to us,”")
is("«Дорога не знает конца» – так называется новая выставка.", "", "ru")
is("“The road that never ends” is the title of a show.", "")

is("The ban, declared at the start of the month would end soon.", "")
is("The driver left, and we asked her for the papers, and she has them.", "")
is("One “driver” openly stated an intent to leave.", "")

is("Diplomats in Oslo say the road will be open again.",
   "indirect | say | Diplomats in Oslo | the road will be open again")
is("The words on the gate say the road is open.", "")
is("“The road is ours,” Berg, a driver, said to applause.",
   "direct | said | a driver | “The road is ours,”")
is("政府作出回应，桥梁关闭。大使回應，橋樑已經關閉。", "indirect | 回應 | 大使 | 橋樑已經關閉", "zh")

-- A mark that nothing closes ---------------------------------------------------------------------

is("“We came here to stay, a driver from Chad said afterwards. The road was open.",
   "direct | said | a driver from Chad | “We came here to stay,")
is("“We came here to stay. The road, he said, is open. It was good.",
   "direct | - | - | “We came here to stay. The road, he said, is open. It was good.")
is("Une envoyée a estimé, sous couvert d’anonymat, que la route était longue.",
   "indirect | estimé | Une envoyée | la route était longue", "fr")

is("При этом, сказал посол, \"мост никто не закрывал\".",
   "direct | сказал | посол | \"мост никто не закрывал\"", "ru")
is("Он добавил, что \"дорога готова для всех\", и уехал в порт.",
   "direct | добавил | Он | \"дорога готова для всех\"", "ru")
is("大使表示，道路“没有关闭”，并称愿继续合作。",
   "mixed | 表示 | 大使 | 道路“没有关闭”\nindirect | 称 | - | 愿继续合作", "zh")
is("大使表示目前没有消息，同时召回了代表。", "indirect | 表示 | 大使 | 目前没有消息", "zh")

-- Elision, hyphens for dashes --------------------------------------------------------------------

is("L'envoyée a déclaré qu'elle partirait. La déclaration précise qu’un comité siégera.",
   "indirect | déclaré | L'envoyée | elle partirait\n"
   .. "indirect | précise | La déclaration | un comité siégera", "fr")
is("\"Мы готовы ехать, - сказал он. - Но не сегодня\".",
   "direct | сказал | он | \"Мы готовы ехать, - сказал он. - Но не сегодня\"", "ru")

-- Marks side by side, of which each has its own word of saying ------------------------------------

is("大使指出：「港口已經修好。」「我們會等，」他說。",
   "direct | 指出 | 大使 | 「港口已經修好。」\ndirect | 說 | 他 | 「我們會等，」", "zh")
is("大使指出：“港口已经修好。”“我们会等，”他说，“等到明年。”",
   "direct | 指出 | 大使 | “港口已经修好。”\ndirect | 说 | 他 | “我们会等，”他说，“等到明年。”", "zh")

-- Repetitions ------------------------------------------------------------------------------------

for lang, pieces in pairs{
  en = { "said X, the envoy, ", "told them the ", ", without giving ", "“a, he said. ",
         "said that a and ", "according to X, the envoy, ", "said it’s " },
  fr = { "a dit qu’il a et ont salué ", "a dit, sous, que ", "selon X, de la ",
         "dit, sans préciser " },
  ru = { "сказал, что а, и призвал ", "— а, — сказал он. ", "газета «А» сказала, что " },
  zh = { "据报道，有何评论？", "並稱將", "强调将，", "另据援引" },
} do
  for _, piece in ipairs(pieces) do
    c:ok(quotes.all(piece:rep(2000), lang), "repetitions: " .. piece)
  end
end

c:finish()
