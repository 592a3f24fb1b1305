--- Words that say little by themselves, one text a language.
--
-- A summary does not count them. Case does not matter. To add to them in a
-- script of your own:
--
--     local stop = require "lesdiplo.data.stopwords"
--     stop.en = stop.en .. " mr mrs"
--
-- In Chinese a summary counts pairs of characters: a pair that holds one of these
-- characters is left out. Statistics count words of a dictionary: see
-- function_words.lua.
-- @module lesdiplo.data.stopwords
return {

en = [[
a about above across after again against all almost along already also although always am
among an and another any anyone anything are around as at away back be became because
become been before being below between both but by came can cannot come could did do does
doing done down during each either else end even ever every few first for from further get
give given go going got had has have having he her here hers herself him himself his how
however i if in including indeed instead into is it its itself just kind last later least
less let like made make many may me might more moreover most much must my myself near need
neither never next no nor not nothing now number of off often on once one only onto or
other others our ours ourselves out over own per perhaps put quite rather same second see
seem seen several shall she should since so some something still such take taken than that
the their theirs them themselves then there therefore these they thing things third this
those though through throughout thus till time to today together too toward towards two
under until up upon us use used very via was way we well went were what when where whether
which while who whole whom whose why will with within without would year years yes yet you
your yours yourself

say says said saying tell tells told add adds added note notes noted speak speaks speaking
spoke according mr mrs ms dr per cent t s re ve ll d m ain aren couldn didn doesn don hadn hasn
haven isn mustn needn shouldn wasn weren won wouldn monday tuesday wednesday
thursday friday saturday sunday january february march april june july august september
october november december jan feb mar apr jun jul aug sep sept oct nov dec
]],

fr = [[
a à afin ai aient ainsi alors après as au aucun aucune aujourd aussi autre autres aux
avait avant avec avez avoir avons ayant beaucoup bien c car ce ceci cela celle celles
celui cependant ces cet cette ceux chaque chez ci comme comment d dans de depuis dernier
dernière des donc dont du durant elle elles en encore enfin entre es est et étaient était
étant été être eu eux fait faire fois font furent fut grâce hors il ils j je jusqu l la
laquelle le lequel les lesquels leur leurs lors lorsque lui m ma mais me même mêmes mes
moi moins mon n ne ni non nos notamment notre nous on ont ou où par parce pas pendant peu
peut peuvent plus plusieurs pour pourquoi près puis puisque qu quand que quel quelle
quelles quels qui quoi s sa sans sauf se selon sera seront ses si sien soit son sont sous
souvent sur t ta tandis te tel telle telles tels tes toi ton toujours tous tout toute
toutes très tu un une vers voici voilà vos votre vous y dit déclaré indiqué ajouté
souligné affirmé monsieur madame m mme an ans année années jour jours lundi mardi mercredi
jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre
octobre novembre décembre
]],

es = [[
a acá además ahí ahora al algo alguna algunas alguno algunos allí ambos ante antes aquel
aquella aquellas aquello aquellos aquí así aun aún aunque bajo bien cada casi como cómo
con contra cual cuales cualquier cuando cuándo cuanto de del demás desde después dice
dicho donde dónde dos durante e el él ella ellas ello ellos en entonces entre era eran
eres es esa esas ese eso esos esta está estaba están estas este esto estos estoy fue
fueron ha había habían haber hace hacer hacia han hasta hay he hoy la las le les lo los
luego más me mediante menos mi mientras mis mismo mucha muchas mucho muchos muy nada ni no
nos nosotros nuestra nuestras nuestro nuestros o os otra otras otro otros para pero poco
por porque primera primero pues que qué quien quién se sea según ser será si sí siempre
sin sino sobre son su sus tal también tampoco tan tanto te tiene tienen toda todas todo
todos tras tu tú un una unas uno unos usted ustedes vez y ya yo dijo afirmó señaló añadió
indicó destacó señor señora sr sra año años día días lunes martes miércoles jueves viernes
sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre
noviembre diciembre
]],

pt = [[
a à ainda algo alguma algumas algum alguns além ante antes ao aos apenas após aquela
aquelas aquele aqueles aquilo as às assim até através bem cada com como contra cujo da
daquele das de dela delas dele deles depois desde dessa desse desta deste do dois dos
durante e é ela elas ele eles em embora enquanto então entre era eram essa essas esse
esses esta está estão estas estava este estes eu foi foram for há isso isto já la lhe lhes
lo logo mais mas me mediante meio menos mesma mesmo meu minha muita muitas muito muitos na
nada não nas nem nenhum nessa nesse nesta neste no nos nós nossa nossas nosso nossos num
numa o onde os ou outra outras outro outros para pela pelas pelo pelos perante pois por
porém porque pouco quais qual quando quanto que quem são se segundo seja sem sempre sendo
ser será seu seus sido sim sob sobre sua suas tal também tão tem têm ter teve toda todas
todo todos tua tudo um uma umas uns vez você vocês disse afirmou acrescentou destacou
sublinhou referiu senhor senhora ano anos dia dias segunda terça quarta quinta sexta
sábado domingo feira janeiro fevereiro março abril maio junho julho agosto setembro
outubro novembro dezembro
]],

de = [[
ab aber alle allem allen aller alles als also am an andere anderen anderer anderes auch
auf aus außer bei beide beiden beim bereits bin bis bisher bist da dabei dadurch dafür
dagegen daher dahin damit danach dann daran darauf daraus darf darin darüber darum das
dass daß davon davor dazu dein dem den denen denn dennoch der deren des deshalb dessen die
dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines
einige einigen einmal er erst erste es etwa etwas euch euer für gab ganz gegen gegenüber
gewesen gibt gut hab habe haben hat hatte hatten hier hin hinter ich ihm ihn ihnen ihr
ihre ihrem ihren ihrer im immer in indem ins ist ja jede jedem jeden jeder jedes jedoch
jene jetzt kann kein keine keinem keinen keiner können könnte man manche mehr mein mit
möchte muss müssen nach nachdem neben nein nicht nichts noch nun nur ob oder ohne sehr
sein seine seinem seinen seiner seit selbst sich sie sind so sobald sofern solche soll
sollen sollte sondern sonst soweit sowie über um und uns unser unsere unter viel viele vom
von vor während war waren was wegen weil weiter weitere welche welcher wem wen wenn wer
werden wie wieder will wir wird wo wollen worden wurde wurden würde zu zum zur zwar
zwischen sagte erklärte betonte fügte hinzu herr frau jahr jahre jahren tag tage montag
dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni
juli august september oktober november dezember
]],

ru = [[
а без более больше будет будут будто бы был была были было быть в вам вас ваш вдоль ведь
весь во вот впрочем все всегда всего всей всем всех вы где да даже два для до другие
другими других его ее её ей ему если есть еще ещё же за затем здесь и из или им имени
иначе их к каждый как какая какой когда конечно которая которого которое которой котором
которому которую которые который которым которых кроме кто куда ли либо лишь между меня
мне много может можно мой мы на над надо нам нами нас наш наша наше нашего нашей наши не
него нее неё ней нельзя нем нём несколько нет ни нибудь них но ну о об обо оба один однако
он она они оно от отчего очень перед по под после потом потому почти при про раз с сам
сама сами само свое своего своей своем свои своим своих свой свою себе себя со собой среди
так также такая такие таких такое такой там тем теперь то тогда того тоже той только том
тот три тут ты у уж уже хотя чего чей чем через что чтобы чуть эта эти этим этих это этого
этой этом этот эту я сказал сказала заявил заявила отметил отметила подчеркнул подчеркнула
добавил сообщил указал словам г гг год года году годов годы лет день дня дней тыс млн млрд
понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье января
февраля марта апреля мая июня июля августа сентября октября ноября декабря
]],

-- characters, traditional and simplified
zh = [[
的 了 是 在 於 于 之 其 及 或 而 也 就 都 並 并 被 把 這 这 那 哪 個 个 們 们 我 你 您 他
她 它 很 更 最 又 再 還 还 只 才 已 曾 將 将 會 会 可 能 要 讓 让 給 给 從 从 向 到 自 由
對 对 為 为 以 與 与 等 但 若 則 则 所 者 該 该 每 各 些 此 且 因 呢 嗎 吗 吧 啊 着 著 過
过 說 说 稱 称 年 月 日 時 时 一 二 三 兩 两
]],

ar = [[
في من إلى على عن مع هذا هذه ذلك تلك التي الذي الذين اللذين اللتين اللواتي هو هي هم هن هما أنا
نحن أنت أنتم أن إن أنه إنه أنها إنها أنهم كان كانت كانوا يكون تكون ليس ليست قد لقد لا ما لم لن
و أو أم ثم حتى إذا إذ لو لولا كما كل كلا بعض جميع أي أية بين بعد قبل عند عندما حيث حين حول خلال
ضد دون بدون غير سوى فقط أيضا منذ لدى نحو فوق تحت أمام وراء داخل خارج به بها بهم له لها لهم لك لي
لنا منه منها منهم فيه فيها فيهم عليه عليها عليهم إليه إليها إليهم عنه عنها ومن وفي وعلى وإلى وعن
ومع وهو وهي وهم وكان وكانت وقد ولا ولم ولن وما وأن وإن كذلك لكن ولكن بل هناك هنا الآن اليوم أمس غدا
كيف لماذا متى أين مثل نفس ذات أحد إحدى أكثر أقل أول آخر أخرى عدة عدد يوم عام سنة شهر قال قالت
وقال وقالت أضاف أضافت وأضاف وأضافت أكد أكدت وأكد وأكدت ذكر ذكرت وأوضح أشار وأشار أعلن يناير فبراير
مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر الاثنين الثلاثاء الأربعاء الخميس
الجمعة السبت الأحد
]],

}
