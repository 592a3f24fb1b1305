-- The words of dates in German; what the tables are is told in data/dates.lua.

-- A stem with each of some endings, for the same value.
local function inflected (out, stem, endings, value)
  for ending in endings:gmatch "[^ ]+" do
    out[stem .. (ending == "-" and "" or ending)] = value
  end
end

local ordinals, steps = {}, {}
for stem, n in pairs { erst = 1, zweit = 2, dritt = 3, viert = 4, ["fünft"] = 5, sechst = 6,
    siebt = 7, acht = 8,
  neunt = 9, zehnt = 10, elft = 11, ["zwölft"] = 12, zwanzigst = 20, ["fünfundzwanzigst"] = 25,
    ["dreißigst"] = 30,
  vierzigst = 40, ["fünfzigst"] = 50, sechzigst = 60, siebzigst = 70 } do
  inflected(ordinals, stem, "e en er es em", n)
end
for stem, n in pairs { letzt = -1, vergangen = -1, vorig = -1, ["nächst"] = 1, kommend = 1,
    dies = 0, folgend = 1, darauffolgend = 1, vorangegangen = -1, vorhergehend = -1,
  laufend = 0, ["vorletzt"] = -2, ["übernächst"] = 2 } do
  inflected(steps, stem, "e en er es em", n)
end

local told, same = {}, {}
for _, stem in ipairs { "folgend", "darauffolgend", "vorangegangen", "vorhergehend" } do
  inflected(told, stem, "e en er es em", true)
end
inflected(same, "selb", "e en", 0)
inflected(same, "gleich", "e en", 0)

return {
  dotted = true,              -- 12. Mai
  point_dates = true,         -- 15.10.
  on_day = true,              -- am 5.
  year_ending = "er",         -- 1990er Jahre
  months = { januar = 1, ["jänner"] = 1, jan = 1, februar = 2, feb = 2, ["märz"] = 3,
    ["mär"] = 3, april = 4, apr = 4, mai = 5,
    juni = 6, jun = 6, juli = 7, jul = 7, august = 8, aug = 8, september = 9, sept = 9, sep = 9,
    oktober = 10, okt = 10,
    november = 11, nov = 11, dezember = 12, dez = 12 },
  programmes = { agenda = true, vision = true, expo = true },
  weekdays = { montag = 1, dienstag = 2, mittwoch = 3, donnerstag = 4, freitag = 5, samstag = 6,
    sonnabend = 6, sonntag = 7,
    montags = nil },
  ordinals = ordinals, steps = steps,
  days = { heute = 0, gestern = -1, morgen = 1, vorgestern = -2, ["übermorgen"] = 2,
    ["am folgenden tag"] = 1,
    ["am nächsten tag"] = 1, ["tags darauf"] = 1, ["am selben tag"] = 0, ["am vortag"] = -1,
    ["tags zuvor"] = -1 },
  numbers = { ein = 1, eine = 1, einem = 1, einen = 1, einer = 1, eines = 1, zwei = 2, drei = 3,
    vier = 4, ["fünf"] = 5, sechs = 6,
    sieben = 7, acht = 8, neun = 9, zehn = 10, elf = 11, ["zwölf"] = 12, dreizehn = 13,
    vierzehn = 14, ["fünfzehn"] = 15,
    sechzehn = 16, siebzehn = 17, achtzehn = 18, neunzehn = 19, zwanzig = 20,
    ["fünfundzwanzig"] = 25, ["dreißig"] = 30, vierzig = 40,
    ["fünfzig"] = 50, sechzig = 60, siebzig = 70, achtzig = 80, neunzig = 90, hundert = 100,
    einige = "X", einigen = "X", mehrere = "X",
    mehreren = "X", ["ein paar"] = "X", anderthalb = 1.5, eineinhalb = 1.5, zweieinhalb = 2.5,
    ["eine halbe"] = 0.5,
    ["einer halben"] = 0.5, ["ein halbes"] = 0.5, ["einem halben"] = 0.5, ["eine viertel"] = 0.25 },
  scales = { tausend = 1000 }, fractions = { halb = 0.5, halbe = 0.5, viertel = 0.25,
    dreiviertel = 0.75 },
  ordinal_endings = { ".", "er" },
  units = { werktag = "WD", werktage = "WD", werktagen = "WD", arbeitstag = "WD",
    arbeitstage = "WD", arbeitstagen = "WD", tag = "D", tage = "D", tagen = "D", tages = "D", woche = "W", wochen = "W",
    monat = "M", monate = "M", monaten = "M",
    monats = "M", jahr = "Y", jahre = "Y", jahren = "Y", jahres = "Y", jahrzehnt = "DE",
    jahrzehnte = "DE", jahrzehnten = "DE",
    jahrhundert = "CE", jahrhunderte = "CE", jahrhunderten = "CE", stunde = "H", stunden = "H",
    minute = "MIN", minuten = "MIN",
    sekunde = "S", sekunden = "S", quartal = "Q", quartals = "Q", quartale = "Q",
    wochenende = "WE", wochenenden = "WE",
    nacht = "N", ["nächte"] = "N", viertelstunde = "QH", viertelstunden = "QH", kw = "W" },
  steps_after = {}, ago = { "zuvor", "vorher", "her" }, later = { "später", "danach" },
    ago_before = { "vor" },
  after = { "in", "binnen", "innerhalb von" }, since = { "seit", "seit dem", "ab", "ab dem" },
  ["until"] = { "bis", "bis zum", "bis ende" }, before = { "vor", "vor dem" }, beyond = { "nach",
    "nach dem" },
  from = { "vom", "von" }, between = { "zwischen", "zwischen dem" }, ["and"] = { "und",
    "und dem" }, to = { "bis", "bis zum", "und" },
  point_hours = true,
  of = { "des", "im", "von" }, on = { "am", "um", "im", "an" }, at = { "um", "gegen" },
  the = { "der", "die", "das", "den", "dem", "des" }, for_ = { "für" },
  seasons = { ["frühling"] = "SP", ["frühjahr"] = "SP", sommer = "SU", herbst = "FA",
    winter = "WI" },
  parts = { vormittag = "TMO", nachmittag = "TAF", abend = "TEV", nacht = "TNI", morgens = "TMO",
    abends = "TEV", nachts = "TNI",
    nachmittags = "TAF", vormittags = "TMO", ["am morgen"] = "TMO", ["am abend"] = "TEV",
    ["am nachmittag"] = "TAF", ["früh"] = "TMO" },
  past = { "nach" }, to_hour = { "vor" },
  times = { mittag = 12, mittags = 12, mitternacht = 0 }, hour_marks = { "uhr" }, minute_marks = { "minuten" },
    am = {}, pm = {},
  refs = { jetzt = "PRESENT_REF", derzeit = "PRESENT_REF", ["zurzeit"] = "PRESENT_REF",
    ["gegenwärtig"] = "PRESENT_REF", ["kürzlich"] = "PAST_REF",
    ["in der vergangenheit"] = "PAST_REF", ["in zukunft"] = "FUTURE_REF",
    ["künftig"] = "FUTURE_REF", ["in den letzten jahren"] = "PXY" },
  sets = { ["jährlich"] = "P1Y", ["jährliche"] = "P1Y", ["jährlichen"] = "P1Y",
    ["alljährlich"] = "P1Y", monatlich = "P1M", ["wöchentlich"] = "P1W",
    ["täglich"] = "P1D", ["vierteljährlich"] = "P3M", ["halbjährlich"] = "P6M",
    ["stündlich"] = "PT1H" },
  every = { "jede", "jeden", "jedes", "jedem", "alle" }, other = {},
  anniversary = { "jahrestag", "jahrestages", "jahrestags", "jubiläum", "geburtstag" },
    century = { "jahrhundert", "jahrhunderts" }, decade = {},
  mods = { anfang = "START", ende = "END", mitte = "MID", ["zu beginn des"] = "START",
    ["am ende des"] = "END", ["beginn des"] = "START",
    ["ende des"] = "END", ["anfang des"] = "START", ["mitte des"] = "MID", ["ende der"] = "END",
    ["anfang der"] = "START", ["mitte der"] = "MID", ["beginn der"] = "START", etwa = "APPROX",
    rund = "APPROX", ["ungefähr"] = "APPROX", ["um das jahr"] = "APPROX",
    ["mehr als"] = "MORE_THAN", ["über"] = "MORE_THAN", ["weniger als"] = "LESS_THAN",
    fast = "LESS_THAN", ["mindestens"] = "EQUAL_OR_MORE" },
  future = { "wird", "werden", "soll", "sollen", "geplant", "nächsten", "kommenden" },
    joins = { "und", "aber" }, beside = { "dann", "er", "sie", "es" },
  past_signs = { "war", "waren", "wurde", "hatte" },
  eras = { ["v. chr."] = -1, ["v.chr."] = -1, ["n. chr."] = 0 },
  holidays = { neujahr = "new_year", silvester = "new_year_eve",
    ["heiligabend"] = "christmas_eve", weihnachten = "christmas",
    karfreitag = "good_friday", ["gründonnerstag"] = "maundy", ostern = "easter",
    ostersonntag = "easter", ostermontag = "easter_monday",
    ["christi himmelfahrt"] = "ascension", pfingsten = "pentecost", pfingstmontag = "whit_monday",
    fronleichnam = "corpus_christi",
    aschermittwoch = "ash_wednesday", rosenmontag = "shrove_monday",
    ["tag der deutschen einheit"] = "unity_de", ["tag der arbeit"] = "labour",
    ["allerheiligen"] = "all_saints", reformationstag = "reformation",
    ["europatag"] = "europe_day", ["afrikatag"] = "africa_day", ramadan = "ramadan",
    nikolaus = "st_nicholas" },
  doubtful = {}, weak = { "acht", "ende", "mitte", "anfang", "fast", "alle", "früh", "sep",
    "jun", "jul", "tag" },
  zones = { utc = "Z", gmt = "Z", mez = true, mesz = "+02:00" }, year_words = { ["das jahr"] = true,
    jahr = true, jahres = true, ["jahre"] = true, ["im jahr"] = true, ["im jahre"] = true },
  month_word = {}, day_word = {},
  more = {
    of_the = { "des", "der" }, half_hour = { "halb" }, each_part = { morgen = "TMO" },
    unit_mod = { "ende des", "anfang des", "mitte des", "beginn des", "am ende des",
      "zu beginn des", "ende der", "anfang der", "mitte der", "beginn der" },
    dowset = { montags = 1, dienstags = 2, mittwochs = 3, donnerstags = 4, freitags = 5,
      samstags = 6, sonnabends = 6, sonntags = 7 }, ending = { "vom" },
    per = { ["einmal pro"] = 1, ["einmal im"] = 1, ["einmal in der"] = 1, ["zweimal pro"] = 2,
      ["zweimal im"] = 2, ["zweimal in der"] = 2, ["dreimal pro"] = 3, ["dreimal im"] = 3,
      ["mal pro"] = 1, ["mal im"] = 1 },
    halfunit = { dreiviertelstunde = { 45, "MIN" }, ["eine dreiviertelstunde"] = { 45, "MIN" } },
    or_ = { "oder" }, article = { "ein", "eine", "einem", "einen", "einer", "eines" }, halfmark = { "halb" },
    ever = { "seit", "seit dem" }, told = told, same = same,
    decade_unit = {}, decade_after = { "jahre", "jahren" },
    lastof = { "letzte", "letzten", "letzter", "letztes" }, from_text = { "am folgenden tag",
    "am nächsten tag", "tags darauf", "am selben tag", "am vortag", "tags zuvor" },
    hyear = { "halbjahr", "jahreshälfte", "hälfte" }, shift = { nach = 1, vor = -1 },
    many = { jahrzehnte = "DE", jahrhunderte = "CE", jahrzehnten = "DE", jahrhunderten = "CE" } },
}
