--- Who speaks how: the words by which a text reports what somebody said, one list a
-- language. Words or phrases, one a line or parted by commas.
--
--   say        verbs that report, with or without "that": X said the talks went well
--   that       verbs that report only with "that" behind them, or beside quotation marks
--   hedge      those by which the writer leaves it open whether it is so
--   loose      those of them that hardly ever have a thing said as their object
--   tail       verbs that report only beside or behind what is said: "...", he continued
--   as         those that report with "as": described the talks as frank
--   tell       those with somebody who is told between them and what is said
--   nouns      what may be expressed or shared: the hope that, the view that
--   source     openings of a source: according to X, in the words of X
--   whose      nouns of which one is somebody's: in X's words
--   own        those with a pronoun in them, and which: "in his words = he"
--   dubious    those of them that leave it open
--   conj       the words for "that"
--   between    words between subject and verb: also, has, later
--   adjunct    words that begin what may stand between a verb and "that": on Friday
--   denied     with one of these before it nothing was said
--   he, she, it, they, self    pronouns, by what they stand for
--   pair       two sides of a talk: their countries speak
--   papers     things that speak: "communique = COMMUNIQUE"
--   voices     those who speak for a body; the body is the speaker
--   offices    roles by one word: the minister is who was called one
--   anybody    heads of phrases that name nobody: Chadian officials
--   whoever    words for the one who spoke last, whatever the office: the diplomat
--   called     what stands behind a title or a slogan in marks
--   meets      what two do with one another: Berg met with Holm
--   links      what ties a sentence to the one before it, and is not said
--   bodies     those by which a country speaks: the Chadian government
--   acts       past forms that follow what was said and are no part of it: and urged
--   acts_now   the same where the word of saying is in the present: and calls
--   uttered    what is somebody's who said it: the motto of X. "..."
--   acts_too   the same where it is a participle: and calling for
--   asides     what begins, behind a comma, what the writer adds about the telling
--   modal      verbs of a clause of which such a form cannot be a part
--   finite     verbs that tell a clause from a noun: said the road IS open
--   callers    what stands before the name, in marks, of one that may speak: the daily “El Watan”
--   titled     what stands before a title, a slogan or a term in marks
--
-- In English "note+" is note notes noted noting, "say=said" is say says said saying.
-- In other languages the forms are written out.
-- To add a verb in a script of your own:
--
--     local cues = lesdiplo.grammar.quotes.cues
--     cues.en.say = cues.en.say .. ", quip=quipped"
-- @module lesdiplo.data.speech
return {

en = {
say = [[
say=said, add+, note+, stress+, emphasise+, emphasize+, declare+, explain+, recall+
reiterate+, warn+, insist+, state+, remarked, observe+, argue+, claim+, allege+, acknowledge+
point+ out, caution+, assert+, contend+, reply+, tell=told, assure+, inform+
remind+, make=made clear, make=made it clear, admit=admitted, concede+, complain+, comment+
underscore+, underline+, highlight+, confirm+, suggest+, reaffirm+, affirm+, predict+, lament+
write=wrote
]],
loose = "say=said, add+, tell=told, explain+, claim+, allege+, admit=admitted, warn+",
tail = "reads, reads in part, read in part, reads as follows, continued, asked, joked, tweeted, responded, repeated, went on, quipped, announce+, concluded, promised, remarked",
as = "describe+, characterise+, characterize+",
that = [[
announce+, agree+, believe+, hope+, think=thought, indicate+, conclude+, report+, reveal+, disclose+, promise+
pledge+, propose+, recommend+, estimate+, maintain+, testify+, advise+, argue+, vow+, deny+
tweet+, regret=regretted, expect+, fear+, clarify+, urge+, demand+, convey+, repeat+, mention+
accuse+, notify+, feel=felt, find=found, decide+, express+, share+, send=sent, rule+, threaten+
have=had no doubt, relay+, assess+, be=was convinced, be=were convinced, be=was confident, answer+, appreciate+
]],
hedge = [[claim+, allege+, suggest+, contend+, estimate+, predict+, believe+, think=thought, report+
expect+, fear+]],
tell = [[tell=told, assure+, inform+, remind+, warn+, advise+, notify+, ask+]],
nouns = [[
hope, belief, view, confidence, concern, concerns, conviction, wish, opinion, expectation, regret, fear
fears, hopes, views, readiness, assessment, message, satisfaction, understanding, doubt, doubts
]],
source = [[according to, in the words of, in the view of, in the opinion of]],
whose = "words",
own = "in his words = he, in her words = she, in their words = they",
dubious = "according to",
conj = "that, how",
between = [[
also, further, furthermore, again, has, have, had, is, was, were, are, later, then, therefore, once
recently, both, all, jointly, today, yesterday, earlier, each, even, just, only, now, still, soon
on, sunday, monday, tuesday, wednesday, thursday, friday, saturday, been, as, himself, herself, simply
too, himself, themselves, itself, thus, did, already, always, often, has been, quoted, being
]],
adjunct = [[
in, on, at, during, after, before, through, via, today, yesterday, again, here, there, by, with
late, early, earlier, later, when, while, following, from, over, monday, tuesday, wednesday, thursday
friday, saturday, sunday, this, last, of, for, upon, without, clearly, however, recently, once, as
without, under, ahead, amid, via, about, of, myself, yourself, himself, herself, itself, ourselves
yourselves, themselves, afterwards, afterward, separately, privately, publicly, repeatedly
]],
denied = [[
not, never, n't, don't, didn't, doesn't, won't, can't, cannot, don’t, didn’t, doesn’t, won’t, can’t
will, would, could, may, might, should, must, can, shall, to, neither, nor, without, if, whether
having, let, please, i'd, i’d, i'll, i’ll, we'll, we’ll, we'd, we’d
]],
he = "he", she = "she", it = "it, the agency, the organisation, the organization, the bloc, the alliance", they = [[they, the two, the ministers, the leaders, the presidents, the two ministers, both ministers
the two leaders, both leaders, the two presidents, both presidents, the two foreign ministers, the pair]],
self = "i, we",
pair = [[
both sides, the two sides, the sides, the two countries, both countries, both parties, the two parties
the two governments, both governments, the two nations, the two delegations, the two delegation heads
]],
papers = [[
communique = COMMUNIQUE, communiqué = COMMUNIQUE, statement = STATEMENT, report = REPORT
declaration = DECLARATION, letter = LETTER, resolution = RESOLUTION, document = DOCUMENT
agreement = AGREEMENT, readout = READOUT, paper = PAPER, release = STATEMENT, memorandum = MEMORANDUM
charter = CHARTER, treaty = TREATY, constitution = CONSTITUTION, article = ARTICLE, message = MESSAGE
]],
offices = [[
minister, ambassador, president, secretary, envoy, premier, chancellor, king, queen, prince, princess
commissioner, director, chairman, chairwoman, chair, governor, mayor, senator, general, admiral, diplomat
chief, leader, representative, counsellor, consul, vice president, prime minister, foreign minister, head
defence minister, defense minister, special envoy, deputy minister, speaker, pope, attorney general
]],
whoever = "diplomat, politician, lawmaker, legislator, statesman, parliamentarian",
voices = [[spokesperson, spokesman, spokeswoman, spokesmen, spokespeople, spokespersons]],
finite = [[
is, are, was, were, am, has, have, had, will, would, can, could, may, might, must, shall, should, do, does
did, remains, remain, continues, continue, looks, stands, seeks, wants, believes, hopes, plays, gives, takes
makes, means, shows, helps, brings, comes, goes, supports, needs, became, becomes, began, begins, came, went
gave, took, made, held, led, met, saw, stood, shares, attaches, welcomes, expects, intends, opposes, knows
won't, won’t, cannot, can't, can’t, isn't, isn’t, it's, it’s, i'm, i’m, we're, we’re, we've, we’ve, there's
requires, represents, reflects, includes, provides, poses, serves, respects, rejects, calls, faces, depends
it'll, stay, stays, keeps, holds, lies, maintains, agreed, marked, places, enjoys, deserves, drew, attracted
]],
titled = [[
titled, entitled, called, named, dubbed, theme, slogan, term, so-called, word, words, phrase, song, book
film, themed, motto, labelled, labeled, termed, nicknamed, headline, headlined, by, as, article, panel, on
]],
meets = [[met, meets, meet, spoke, speaks, speak, talked, conferred, consulted, hosted, received]],
links = "but, and, still, however, meanwhile, at the same time, nevertheless, in addition, besides",
called = "is the title, is the name, is the theme, is the motto, is the slogan, was the theme",
callers = [[newspaper, daily, weekly, magazine, agency, channel, broadcaster, station, website, portal
outlet, organisation, organization, NGO, party, movement, company, foundation, association]],
anybody = [[officials, official, women, men, people, outlet, outlets, sources, source, experts, analysts, diplomats
media, newspaper, newspapers, observers, witnesses, students, children, citizens, leaders, ministers, groups
activists, researchers, survivors, refugees, families, companies, firms, members, users, voters, troops
friends, relatives, supporters, lawyers]],
bodies = [[government, side, delegation, ministry, authorities, leadership, embassy, mission, military, army, navy
parliament, administration, cabinet, presidency, senate, congress, council, consulate, chancellery, state, forces
party, court, agency, department, office, family, commission, committee, foreign ministry, representation, regime, officials]],
acts = [[urged, thanked, welcomed, congratulated, discussed, praised, commended, condemned, called, invited, offered
underscored, reaffirmed, reiterated, emphasized, emphasised, stressed, highlighted, acknowledged, affirmed, underlined
applauded, expressed, reinforced, conveyed, pledged, encouraged, reviewed, exchanged, condoled, wished]],
acts_now = [[includes, calls, urges, requests, welcomes, encourages, invites, demands, condemns, commends, expresses
recalls, reaffirms, reiterates, underscores, emphasizes, emphasises, stresses, highlights, sets, lists, provides]],
uttered = "words, motto, principle, saying, maxim, dictum, proverb, adage, slogan, creed, message, phrase, quote",
acts_too = [[calling, urging, encouraging, thanking, expressing, welcoming, requesting, condemning, commending
demanding, inviting, reaffirming, reiterating, underscoring, emphasizing, emphasising, stressing, highlighting]],
asides = [[without giving, without elaborating, without providing, without naming, without specifying
without saying, without mentioning, without offering, without disclosing, without going, but declined
but refused]],
modal = [[is, are, has, have, will, would, can, could, may, might, must, shall, should, do, does, remains, remain
continues, continue, stands, stand, needs, need, supports, support, plays, shares, wants, seeks, depends]],
persons = [[official, officials, source, sources, analyst, analysts, expert, experts, media, reports, agency
minister, ministry, diplomat, diplomats, government, news, witnesses, observers, figures, police, data]],
},

zh = {
say = [[
表示, 指出, 强调, 强調, 强調說, 强调说, 说, 說, 称, 稱, 认为, 認為, 重申, 介绍说, 介紹說, 表示说, 声明, 透露, 回应称, 回應稱
呼吁, 呼籲, 补充说, 補充說, 补充道, 提到, 谈到, 談到, 告诉记者, 告訴記者, 坦言, 警告说, 警告稱, 警告称, 回答说, 介绍
介紹, 说道, 說道, 写道, 寫道, 声称, 聲稱, 宣称, 宣稱, 据称, 據稱, 回应说, 回應說, 宣布, 宣佈, 相信, 希望, 批评说, 又指, 並指, 并指
後指, 后指, 后指出, 後指出, 讲话称, 講話稱, 表示赞同, 表示贊同, 指, 答, 強調, 強調說, 表示說, 聲明, 強調稱
补充称, 補充稱, 補充道, 回答道, 答道, 告诉媒体, 告訴媒體, 回应, 回應, 痛批, 反驳, 反駁, 坦承, 直言, 警告說, 指称, 指稱, 强调称, 证实, 證實, 反问, 反問
]],
that = "又指, 並指, 并指, 後指, 后指",
hedge = "声称, 聲稱, 宣称, 宣稱, 据称, 據稱",
source = "据, 據, 根据, 根據, 按照, 依照",
he = "他, 其", she = "她", it = "它", they = "他们, 他們, 她们, 两人, 兩人, 双方领导人", self = "我, 我们, 我們",
pair = "双方, 雙方, 两国, 兩國, 两国元首, 兩國元首, 两国领导人",
papers = "公报 = COMMUNIQUE, 公報 = COMMUNIQUE, 声明 = STATEMENT, 聲明 = STATEMENT, 报告 = REPORT, 報告 = REPORT, 宣言 = DECLARATION, 文件 = DOCUMENT, 白皮书 = PAPER, 白皮書 = PAPER, 决议 = RESOLUTION",
offices = "部长, 部長, 大使, 总统, 總統, 总理, 總理, 外长, 外長, 主席, 首相, 国王, 國王, 秘书长, 秘書長, 特使",
voices = "发言人, 發言人",
denied = "没有, 沒有, 不, 未, 并未, 從未, 从未, 未予, 不予, 未能, 拒绝, 拒絕, 无法, 無法",
titled = "题为, 題為, 名为, 名為, 主题为, 主題為, 主题是, 所谓, 所謂, 称为, 稱為, 被称, 稱作",
},

ru = {
say = [[
сказал, сказала, сказали, сказало, заявил, заявила, заявили, заявило, заявляет, заявляют, отметил
отметила, отметили, отметило, отмечает, отмечают, подчеркнул, подчеркнула, подчеркнули, подчеркнуло
подчёркивает, подчеркивает, сообщил, сообщила, сообщили, сообщило, сообщает, сообщают, добавил, добавила
добавили, указал, указала, указали, указывает, напомнил, напомнила, напомнили, считает, считают, пояснил
пояснила, пояснили, уточнил, уточнила, рассказал, рассказала, рассказали, ответил, ответила, говорит
говорится, написал, написала, утверждает, утверждают, утверждал, утверждала, признал, признала, обещал
предупредил, предупредила, объявил, объявила, объявили, констатировал, констатировала, констатировали
заверил, заверила, объяснил, объяснила, резюмировал, продолжил, продолжила, заключил, заключила
выразил надежду, выразила надежду, выразили надежду, выразил уверенность, выразила уверенность
выразили уверенность, выразил мнение, выразил убеждение, говорил, говорила, цитирует, передает, передаёт
подтвердил, подтвердила, подтвердили, полагает, полагают, уверен, уверена, процитировал
заметил, заметила, заметили, спросил, спросила, спросили, подытожил, подытожила, возразил, возразила
воскликнул, воскликнула, парировал, парировала, заявив, сообщив, посетовал, посетовала
отмечается, сообщается, подчеркивается, подчёркивается, напомнив, добавив, отметив, подчеркнув, указав
]],
that = "договорились, согласились, уверен, уверена",
hedge = "утверждает, утверждают, утверждал, утверждала, якобы, предположил, предположила",
source = [[по сведениям, по версии, по утверждению, по подсчетам, по подсчётам, по словам, по мнению, по данным, по сообщению, по оценке, по оценкам, по информации, согласно]],
own = "по его словам = он, по ее словам = она, по её словам = она, по их словам = они, по его мнению = он, по ее мнению = она, по её мнению = она",
dubious = "по данным, по сообщению, по информации",
conj = "что, чтобы",
between = "также, еще, ещё, при этом, затем, ранее, вновь, особо, далее, тоже, сегодня, вчера, и",
adjunct = [[в, во, на, журналистам, во время, после, о, об, по, перед, ему, ей, им, нам, мне, корреспонденту, при, тасс
в понедельник, во вторник, агентству, прессе, репортерам, собравшимся, сегодня, вчера, также, ранее]],
denied = "не, ни, если, бы",
he = "он, его, ему", she = "она, ее, её", it = "оно", they = "они, их, оба министра, министры, главы мид, президенты, лидеры", self = "я, мы",
pair = "стороны, обе стороны, две стороны, обеих сторон",
papers = [[коммюнике = COMMUNIQUE, заявление = STATEMENT, заявлении = STATEMENT, доклад = REPORT, докладе = REPORT
декларация = DECLARATION, декларации = DECLARATION, документ = DOCUMENT, документе = DOCUMENT, отчет = REPORT, отчете = REPORT
послание = MESSAGE, послании = MESSAGE, резолюция = RESOLUTION, резолюции = RESOLUTION, письмо = LETTER, письме = LETTER
сообщении = STATEMENT, сообщение = STATEMENT]],
offices = [[министр, посол, президент, премьер, премьер-министр, король, генсек, спецпредставитель, глава мид
губернатор, сенатор, депутат]],
whoever = "дипломат, политик, парламентарий",
voices = [[представитель, представителя, представительница, пресс-секретарь, пресс-секретаря, пресс-служба, пресс-службе]],
acts = [[договорились, договорился, призвал, призвала, призвали, поблагодарил, поблагодарила, поблагодарили
поздравил, поздравила, поздравили, пригласил, пригласила, передал, передала, осудил, осудила, осудили
приветствовал, приветствовала, приветствовали, обсудили, обсудил, подтвердил, подтвердила, подтвердили
выразил, выразила, выразили, пожелал, пожелала, пожелали, пообещал, пообещала, попросил, попросила
предложил, предложила, предложили, высказались, высказался, высказалась, условились, потребовал
потребовала, потребовали, выступили, выступил, выступила, отказался, отказалась, отказались]],
meets = "встретился, встретилась, переговоры, принял, приняла",
links = [[при этом, вместе с тем, кроме того, в то же время, однако, тем не менее, более того, но, а, и, помимо этого]],
called = "так называ, так звуч, под таким, под этим, таков девиз, такова тема",
callers = [[газета, газеты, газете, газетой, газету, агентство, агентства, агентству, агентством, издание, издания
изданию, изданием, журнал, журнала, журналу, журналом, телеканал, телеканала, телеканалу, телеканалом, канал
канала, радиостанция, радиостанции, портал, портала, порталу, организация, организации, движение, движения
группировка, группировки, партия, партии, компания, компании, фонд, фонда, ассоциация, ассоциации]],
asides = [[не уточнив, не назвав, не раскрыв, не приведя, не вдаваясь, однако не, но не, но отказался
но отказалась, но отказались]],
titled = [[под названием, на тему, так называемый, так называемая, называемый, газета, газеты, газете, группа
агентство, издание, проект, девиз, девизом, слоган, термин, тему, тема, журнал, компания, партия, фонд]],
persons = [[эксперт, экспертов, эксперта, министр, министра, дипломат, дипломата, агентства, сми, источника, источников, посол
посла, министерства, мид, чиновника, политика, ведомства, полиции]],
},

fr = {
say = [[
dit, disent, disait, déclaré, déclare, déclarent, déclarait, déclarant, indiqué, indique, indiquent
indiquant, souligné, souligne, soulignent, soulignant, affirmé, affirme, affirment, affirmant, précisé
précise, précisent, précisant, rappelé, rappelle, rappellent, rappelant, ajouté, ajoute, ajoutent
ajoutant, estimé, estime, estiment, estimant, expliqué, explique, expliquent, expliquant, annoncé, annonce
annoncent, annonçant, prétendu, prétend, prétendent, prétendant, assuré, assure, assurent, assurant
fait savoir, fait valoir, fait observer, réaffirmé, réaffirme, réaffirment, relevé, relève, noté, note, notent
notant, confié, confie, confirmé, confirme, confirment, insisté, insiste, répondu, répond, conclu, conclut
poursuivi, poursuit, martelé, reconnu, reconnaît, averti, avertit, regretté, regrette, écrit, lancé
soupire, soupiré, lance, glisse, glissé, souffle, tonne, s'indigne, s’indigne, s'agace, s’agace, s'étonne
s’étonne, s'emporte, s’emporte, s'amuse, s’amuse, s'interroge, s’interroge
prévient, prévenu, plaide, plaidé, déplore, déploré, soutient, soutenu, ironise, ironisé, résume, résumé
admet, renchérit, renchéri, tranche, tranché, avance, avancé, prédit, promet
fait remarquer, exprimé l'espoir, exprimé l’espoir, exprimé sa conviction, dit convaincu, dit confiant
tenu à dire, tenu à souligner, tenu à rappeler, tenu à préciser, tenu à réaffirmer, tenu à indiquer
réitéré, témoigné, observé, admis, juge, jugé, commenté, a-t-il dit, lâché, raconté, révélé
]],
that = "juge, jugé, convenu, convenus, promis, décidé, espère, espèrent, pense, pensent, croit, croient, admis",
hedge = "prétendu, prétend, prétendent, prétendant, aurait, auraient",
source = "selon, d'après, d’après, aux dires de, de l'avis de, de l’avis de, pour",
own = "selon lui = il, selon elle = elle, d'après lui = il, d’après lui = il, selon eux = ils",
dubious = "selon, d'après, d’après",
conj = "que, qu', qu’",
between = [[
a, ont, avait, avaient, également, aussi, ensuite, encore, notamment, toutefois, enfin, par ailleurs, a-t-il
a-t-elle, est, s'est, se, s’est, lui, leur, nous, en outre, par, ailleurs, outre, en, de, nouveau, aurait, auraient, ai, avons
hier, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, y, l'a, l’a, tous, deux, cependant, pourtant, il, elle
]],
adjunct = [[à, au, aux, lors, dans, lundi, mardi, mercredi, jeudi, vendredi, samedi, dimanche, hier, en, devant, sur, par, ce
mercredi, samedi, après, avant, jeudi, vendredi, également, aussi, à l'issue, pour, notamment, auprès]],
denied = "pas, ne, n', n’, si, sans, pour, peut, doit, à, jamais, n'a, n’a, n'ont, n’ont",
he = "il", she = "elle", it = "cela", they = "ils, elles, les deux ministres, les deux hommes, les deux présidents, les deux chefs d'état", self = "je, nous, j'ai, j’ai",
pair = "les deux parties, les deux pays, les deux côtés, les parties, les deux gouvernements",
papers = [[communiqué = COMMUNIQUE, déclaration = DECLARATION, rapport = REPORT, lettre = LETTER, document = DOCUMENT
résolution = RESOLUTION, message = MESSAGE, texte = DOCUMENT]],
offices = [[ministre, président, présidente, ambassadeur, ambassadrice, secrétaire, roi, reine, envoyé, émissaire
premier ministre, chancelier, directeur, directrice, diplomate, chef de la diplomatie]],
whoever = "diplomate, élu, élue, parlementaire, dirigeant, dirigeante",
voices = "porte-parole",
acts = [[appelé, appelés, appelée, appelées, convenu, convenus, convenue, convenues, remercié, félicité
salué, condamné, exprimé, invité, exhorté, promis, refusé, demandé, évoqué, discuté, plaidé, proposé
transmis, présenté, engagé, engagés, engagée, engagées, félicités, félicitée, félicitées, dénoncé]],
meets = "rencontré, reçu, entretenu, entretenue",
links = "mais, et, en outre, par ailleurs, toutefois, cependant, de plus, en même temps, dans le même temps",
called = "tel est le, tel était le, c'est le titre, c’est le titre, est le titre, est le thème",
callers = [[journal, quotidien, hebdomadaire, magazine, chaîne, agence, site, association, ONG, mouvement, parti
collectif, revue, fondation, organisation]],
asides = [[sans préciser, sans toutefois, sans donner, sans indiquer, sans dire, sans fournir, sans nommer
sans citer, sans dévoiler, sans confirmer, sans plus, sans autre, mais sans, tout en, mais refusé]],
titled = [[intitulé, intitulée, appelé, appelée, nommé, dite, thème, slogan, expression, terme, mot, dénommé, dénommée
baptisé, baptisée, titre, titré, journal, film, livre, pour, opération, projet]],
persons = [[source, sources, expert, experts, diplomate, diplomates, ministre, ministère, médias, agence, gouvernement, presse
responsable, responsables, analystes, autorités, témoins, police, observateurs]],
},

}
