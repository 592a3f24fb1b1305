--- What gives a sentence away, one text a language: by these words a summary
-- tells a sentence that states something from one that leans on another.
--
--   acts       the sentence does or announces something: X rejects, X signed ...
--   leaning    begins a sentence that points back at the one before it
--   self       somebody speaks who is not named: we, our, I ...
--   furniture  belongs to the page, not to the document
--
-- Words or phrases, one a line or parted by commas. "reaffirm*" is every word that
-- begins so; "reject+" is an English verb: reject, rejects, rejected. Case does
-- not matter. To add to them in a script of your own:
--
--     local cues = require "lesdiplo.data.cues"
--     cues.en.acts = cues.en.acts .. ", fund+, co-host*"
-- @module lesdiplo.data.cues
return {

en = {
acts = [[
accept+, accuse+, acknowledge+, adopt+, advocate+, agree, agreed, agrees, aim+
announce+, appeal+, applaud+, appoint+, approve+, assure+, authorise+, authorize+
banned, began, call+, commend+, commit, commits, committed, conclude+, condemn+
congratulate+, consider+, convince+, cooperate+, decide+, declare+, demand+, denied
denies, denounce+, deny, deplore+, deploy+, designate+, discuss+, donate+, emphasise+
emphasize+, endorse+, establish+, exchange+, expel, expelled, expels, express+, extend+
fund+, grant+, held, hold, holds, host+, impose+, inaugurate+, intend+, invite+, join+
launch+, lift+, maintain+, mark+, meet, meets, met, negotiate+, object+, offer+, open+
oppose+, pledge+, praise+, present+, promote+, propose+, protest+, provide+, pursue+
ratified, ratifies, ratify, reaffirm+, recall+, recognise+, recognize+, refuse+, regret
regrets, regretted, reiterate+, reject+, release+, remain+, renew+, request+, resolve+
restore+, resume+, sanction+, seek, seeks, sent, sever+, shall, sign+, sought, stress+
subscribe+, suggest+, support+, suspend+, thank+, underline+, underscore+, undertake
undertakes, undertook, upheld, uphold, upholds, urge+, visit+, vote+, vow+, warn+
welcome+, withdraw, withdraws, withdrew, witness+
]],
leaning = [[
he, she, it, they, him, them, this, that, these, those, such, his, her, its, their
there, here, and, but, or, so, then, thus, hence, therefore, however, moreover
furthermore, nevertheless, nonetheless, also, first, second, look, well, additionally, besides, consequently
accordingly, meanwhile, similarly, likewise, equally, instead, otherwise, indeed, still
yet, again, too, finally, next, conversely, for example, for instance, for his part
for her part, for its part, for their part, for this reason, as such, as a result
as well, at the same time, at the time, in addition, in this, in that, in these, in turn
in fact, in other words, in particular, in so doing, on the other hand, on the contrary
on this, on that, that said, to this end, to that end, it is, among them, both, another
one of, the latter, the former, the same, the others, of these, with this, from this
by then, since then, the minister, the president, the ambassador, the secretary
the official, the spokesperson, either way, what is more, all this, all these, even so
after that
]],
self = "i, me, my, mine, we, us, our, ours, you, your",
furniture = [[
read more, click here, subscribe, sign up, follow us, share this, related posts
advertisement, all rights reserved, copyright, web editor, for further information
for more information, view the, this email, unsubscribe, media contact, press contact
photo, caption, terms of use, cookie*, an official website, download, visit our website
end text, begin text, the text of the following, text of the statement
media inquiries, please submit, please contact, rsvp, web form, livestreamed, live-streamed
 office of the spokesperson, remarks as prepared, as delivered
thank you, good morning, good afternoon, good evening
]],
},

fr = {
acts = [[
accept*, accord*, accus*, adopt*, affirm*, annonc*, appel*, appuie*, approuv*, autoris*
commis, condamn*, confirm*, convenu*, convien*, coop*, déclar*, décid*, demand*, dénonc*
déplor*, désign*, discut*, encourag*, engag*, entend*, établi*, expuls*, exprim*
félicit*, impos*, inaugur*, invit*, lanc*, nomm*, offr*, oppos*, plaid*, préconis*
prévoi*, promet*, propos*, protest*, ratif*, rappel*, reconn*, refus*, regrett*
réaffirm*, réitèr*, rejet*, remerci*, renouvel*, rétabl*, salu*, sign*, soulign*
souten*, soutien*, suspend*, visit*, vot*, levé, rompu
]],
leaning = [[
il, elle, ils, elles, ce, cet, cette, ces, cela, ceci, c'est, celui, celle, ceux, son
sa, ses, leur, leurs, lui, y, en, et, mais, ou, donc, or, car, ainsi, alors, puis, enfin
aussi, cependant, toutefois, pourtant, néanmoins, par ailleurs, de plus, en outre
en effet, par conséquent, à cet égard, à cette, dans ce, dans cette, par exemple
de même, d'autre part, d'une part, pour sa part, de son côté, en revanche, au contraire
en particulier, tel, telle, ce dernier, cette dernière, tous deux
]],
self = "je, j, me, moi, mon, ma, mes, nous, notre, nos, vous, votre, vos",
furniture = [[
lire aussi, lire la suite, cliquez ici, abonnez-vous, tous droits réservés, partager
crédit photo, publicité, contact presse, suivez-nous, télécharger, merci
]],
},

es = {
acts = [[
acept*, acord*, acus*, adopt*, afirm*, agradec*, anunci*, aprob*, apoy*, asegur*
autoriz*, celebr*, comprom*, conden*, confirm*, convin*, coop*, decid*, declar*, defend*
denunci*, deplor*, design*, destac*, exig*, exhort*, expres*, expuls*, felicit*, firm*
impus*, impon*, inaugur*, inst*, invit*, lament*, lanz*, llam*, manifest*, nombr*
ofrec*, opon*, promet*, propon*, propus*, protest*, ratific*, reafirm*, rechaz*
reconoc*, reiter*, renov*, respald*, restablec*, romp*, sancion*, solicit*, subray*
suscrib*, suspend*, vot*, visit*
]],
leaning = [[
él, ella, ellos, ellas, ello, este, esta, esto, estos, estas, ese, esa, eso, esos, esas
aquel, su, sus, lo, la cual, lo cual, y, e, pero, o, pues, así, entonces, además
también, sin embargo, no obstante, por lo tanto, por tanto, por ello, por eso, asimismo
en este, en esta, en ese, al mismo tiempo, por otra parte, por otro lado, por su parte
a su vez, de hecho, por ejemplo, en cambio, ambos, ambas, tal, tales, finalmente
mientras tanto, dicho, dicha
]],
self = "yo, me, mi, mis, nosotros, nosotras, nos, nuestro, nuestra, nuestros, nuestras, usted, ustedes",
furniture = [[
leer más, lea también, haga clic, suscríbase, todos los derechos reservados, compartir
publicidad, contacto de prensa, síganos, descargar, gracias, foto
]],
},

pt = {
acts = [[
aceit*, acord*, acus*, adot*, afirm*, agradec*, anunci*, aprov*, apoi*, assegur*, assin*
autoriz*, comprom*, conden*, confirm*, coop*, decid*, declar*, defend*, denunci*
deplor*, design*, destac*, exig*, exort*, express*, expuls*, felicit*, imp*, inaugur*
inst*, convid*, lament*, lan*, manifest*, nome*, oferec*, opõ*, opôs, promet*, propô*
propõ*, protest*, ratific*, reafirm*, rejeit*, reconhec*, reiter*, renov*, restabelec*
romp*, sancion*, solicit*, sublinh*, suspend*, vot*, visit*
]],
leaning = [[
ele, ela, eles, elas, este, esta, isto, estes, estas, esse, essa, isso, esses, essas
aquele, seu, sua, seus, suas, e, mas, ou, pois, assim, então, além disso, também
no entanto, contudo, todavia, porém, portanto, por isso, neste, nesta, nesse, nessa
ao mesmo tempo, por outro lado, por sua vez, de facto, de fato, por exemplo, ambos
ambas, tal, tais, finalmente, entretanto, o mesmo, a mesma
]],
self = "eu, me, meu, minha, meus, minhas, nós, nos, nosso, nossa, nossos, nossas, você, vocês",
furniture = [[
leia mais, leia também, clique aqui, assine, todos os direitos reservados, partilhar
compartilhar, publicidade, contacto de imprensa, siga-nos, baixar, obrigado, foto
]],
},

de = {
acts = [[
abgelehnt, ablehn*, akzeptier*, anerk*, angekündigt, ankündig*, appell*, aufforder*
aufgenommen, ausweis*, bedauer*, befürwort*, begrüß*, bekräftig*, bekannt*, beschl*
beschuldig*, bestätig*, beton*, dank*, einig*, einlad*, empf*, ernannt*, erkenn*
erklär*, eröffn*, forder*, genehmig*, gratul*, hervor*, kritisier*, kündig*, lehn*, lob*
protest*, ratifiz*, sagte zu, sanktion*, setz*, sprach*, stimm*, treff*, traf*
unterschr*, unterstütz*, unterstreich*, unterzeichn*, verabschied*, vereinbar*, verhäng*
verlang*, verpflicht*, verurteil*, verspr*, vorschl*, warn*, wies, würdig*, zurück*
zusammenarbeit*
]],
leaning = [[
er, sie, es, ihm, ihn, ihnen, dies, diese, dieser, dieses, diesem, diesen, das, jene
solche, sein, seine, ihr, ihre, dort, hier, da, und, aber, oder, doch, denn, also, daher
deshalb, deswegen, dennoch, trotzdem, jedoch, außerdem, zudem, ferner, darüber hinaus
dabei, damit, dazu, dagegen, dafür, danach, gleichzeitig, zugleich, allerdings, auch
ebenso, beide, beispielsweise, zum beispiel, in diesem, in dieser, letztere, schließlich
so, somit
]],
self = "ich, mich, mir, mein, meine, wir, uns, unser, unsere, unserem, unseren, sie",
furniture = [[
mehr lesen, lesen sie, klicken sie, abonnieren, alle rechte vorbehalten, teilen, anzeige
pressekontakt, folgen sie, herunterladen, vielen dank, foto
]],
},

ru = {
acts = [[
ввел*, ввёл*, вводит, возобнов*, восстанов*, вручил*, встрет*, выдвор*, выраз*, выраж*
высту*, высказ*, договор*, заяв*, заверил*, заключ*, избр*, надел*, назнач*, намер*
наста*, объяв*, обсу*, обяз*, одобр*, осу*, отверг*, отверга*, отказ*, открыл*, отмен*
отозва*, пересмотр*, подде*, подпис*, подтвер*, поздрав*, позити*, поруч*, посет*
постанов*, потреб*, предлож*, предлаг*, предостав*, предупре*, призва*, призыва*
призна*, принял*, приня*, приветств*, приглас*, проголос*, провел*, провёл*, протест*
разорв*, ратифиц*, реши*, содейств*, соглас*, сотруднич*, сохран*, стрем*, требу*
установ*, утверд*, учред*
]],
leaning = [[
он, она, оно, они, его, ее, её, их, ему, ей, им, это, этот, эта, эти, этого, этой, этих
тот, та, те, такой, такая, такие, такое, там, здесь, тут, и, а, но, или, же, также, тоже
поэтому, потому, однако, при этом, кроме того, вместе с тем, в то же время, тем не менее
таким образом, в связи с этим, в этой связи, в этом, в частности, например
с другой стороны, в свою очередь, по его словам, по ее словам, по её словам
по их словам, наконец, затем, тогда, тем самым, оба, обе, следовательно
]],
self = "я, меня, мне, мой, моя, мои, мы, нас, нам, нами, наш, наша, наше, наши, вы, вас, вам, ваш",
furniture = [[
читайте также, подробнее, подпис* на, все права защищены, поделиться, реклама, фото
контакты для прессы, нажмите, скачать, спасибо
]],
},

-- Chinese is written without spaces: pairs of characters, traditional and
-- simplified.
zh = {
acts = [[
表示, 指出, 強調, 强调, 重申, 支持, 反對, 反对, 宣佈, 宣布, 宣告, 簽署, 签署, 簽訂, 签订
簽了, 同意, 承認, 承认, 建交, 斷交, 断交, 復交, 复交, 承諾, 承诺, 呼籲, 呼吁, 譴責, 谴责
歡迎, 欢迎, 祝賀, 祝贺, 訪問, 访问, 到訪, 到访, 出訪, 出访, 會見, 会见, 會談, 会谈, 任命
遞交, 递交, 批准, 通過, 通过, 拒絕, 拒绝, 抗議, 抗议, 要求, 提供, 援助, 決定, 决定, 制裁
參加, 参加, 出席, 主張, 主张, 認為, 认为, 讚賞, 赞赏, 致力, 召回, 驅逐, 驱逐, 撤銷, 撤销
恢復, 恢复
]],
leaning = [[
他, 她, 它, 他們, 他们, 其, 這, 这, 那, 此, 該, 该, 因此, 所以, 但, 但是, 然而, 不過
不过, 而, 而且, 並, 并, 並且, 并且, 同時, 同时, 此外, 另外, 其後, 其后, 之後, 之后, 隨後
随后, 此後, 此后, 後來, 后来, 於是, 于是, 例如, 另一方面, 對此, 对此, 為此, 为此, 上述
]],
self = "我, 我們, 我们, 你, 您, 咱",
furniture = [[
點擊, 点击, 訂閱, 订阅, 版權所有, 版权所有, 責任編輯, 责任编辑, 相關閱讀, 相关阅读, 更多
下載, 下载, 謝謝, 谢谢
]],
},

}
