/*
** charset.c - encodings: a short report in ten languages is written in every
** encoding that holds it, and has to come back, letter for letter, with the
** place of each.
*/
#include "check.h"

#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include "read/charset/charset.h"
#include "read/read.h"

static uint32_t seed;

static uint32_t pick (uint32_t n) {       /* 0 .. n - 1 */
  seed = seed * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(seed >> 4) * n >> 28);
}


/* ----------------------------------------------------------------- reports */

typedef struct report { const char *lang, *text; } report;

static const report reports[] = {
  { "en",
    "Talks on the river – a “first step”\n\n"
    "The foreign ministers of both countries met on Tuesday in the old customs "
    "house and agreed to go on. “We haven’t signed anything yet,” the minister "
    "said. “But this isn’t the end of it.” The delegation’s spokesman, José "
    "Núñez, said that the café où they had met before – the one with the "
    "façade – was closed. Neither side’s figures were published; the treaty’s "
    "third article is still open, and the next round won’t begin before May.\n" },
  { "fr",
    "Pourparlers sur le fleuve : un premier pas\n\n"
    "Les ministres des affaires étrangères des deux pays se sont rencontrés "
    "mardi à l’ancienne douane et ont décidé de poursuivre leurs entretiens. "
    "« Rien n’est encore signé », a déclaré la ministre, « mais ce n’est pas "
    "terminé. » Le porte-parole de la délégation a précisé que l’accord "
    "prévoyait une aide à la pêche et à la forêt, et que la frontière "
    "resterait fermée jusqu’à l’été. Les chiffres n’ont pas été publiés.\n" },
  { "es",
    "Conversaciones sobre el río: un primer paso\n\n"
    "Los ministros de Relaciones Exteriores de ambos países se reunieron el "
    "martes en la antigua aduana y acordaron continuar el diálogo. «Todavía no "
    "hemos firmado nada», señaló la ministra, «pero aquí no termina». ¿Cuándo "
    "será la próxima sesión? El portavoz de la delegación explicó que la "
    "comisión volverá a reunirse en mayo y que la frontera seguirá cerrada "
    "hasta el año próximo. Ningún país publicó cifras.\n" },
  { "de",
    "Gespräche über den Fluss: ein erster Schritt\n\n"
    "Die Außenminister der beiden Länder trafen sich am Dienstag im alten "
    "Zollhaus und vereinbarten, die Verhandlungen fortzuführen. „Wir haben noch "
    "nichts unterschrieben“, erklärte die Ministerin, „aber das ist nicht das "
    "Ende.“ Der Sprecher der Abordnung fügte hinzu, dass für die Fischer größere "
    "Hilfen vorgesehen seien und die Brücke bis zum Frühjahr geschlossen bleibe. "
    "Über die Höhe äußerte er sich nicht.\n" },
  { "pl",
    "Rozmowy o rzece: pierwszy krok\n\n"
    "Ministrowie spraw zagranicznych obu państw spotkali się we wtorek w starym "
    "urzędzie celnym i postanowili kontynuować rozmowy. „Nic jeszcze nie zostało "
    "podpisane – powiedziała minister – ale to nie koniec”. Rzecznik delegacji "
    "dodał, że umowa przewiduje większą pomoc dla rybaków, a granica pozostanie "
    "zamknięta do końca miesiąca. Żadna ze stron nie ogłosiła liczb, także tych, "
    "które dotyczą łąk i źródeł.\n" },
  { "ru",
    "Переговоры о реке: первый шаг\n\n"
    "Министры иностранных дел двух стран встретились во вторник в старой "
    "таможне и договорились продолжить переговоры. «Пока ничего не подписано, — "
    "сказала министр, — но это ещё не конец». Представитель делегации добавил, "
    "что соглашение предусматривает помощь рыбакам и что граница останется "
    "закрытой до конца мая. Цифры не были опубликованы, а третья статья "
    "договора по-прежнему обсуждается сторонами.\n" },
  { "zh-Hans",
    "关于河流的会谈：第一步\n\n"
    "两国外交部长星期二在旧海关大楼举行会谈，同意继续谈判。部长说：“我们还没有签署任何文件，"
    "但这不是结束。”代表团发言人表示，协议将向渔民提供更多援助，边界在五月底以前不会开放。"
    "双方都没有公布数字，条约第三条仍在讨论之中。下一轮会谈将在首都举行，联合国和WTO的代表"
    "也会参加。\n" },
  { "zh-Hant",
    "關於河流的會談：第一步\n\n"
    "兩國外交部長星期二在舊海關大樓舉行會談，同意繼續談判。部長說：「我們還沒有簽署任何文件，"
    "但這不是結束。」代表團發言人表示，協議將向漁民提供更多援助，邊界在五月底以前不會開放。"
    "雙方都沒有公布數字，條約第三條仍在討論之中。下一輪會談將在首都舉行，聯合國和WTO的代表"
    "也會參加。\n" },
  { "ja",
    "川をめぐる会談：最初の一歩\n\n"
    "両国の外務大臣は火曜日、古い税関の建物で会談し、協議を続けることで一致した。大臣は"
    "「まだ何も署名していないが、これで終わりではない」と述べた。代表団の報道官によると、"
    "協定は漁業者への支援を定めており、国境は五月末まで閉鎖されたままになる。双方とも数字を"
    "公表していない。次回の会談はワシントンで開かれる見通しだ。\n" },
  { "ko",
    "강에 관한 회담: 첫걸음\n\n"
    "양국 외교부 장관은 화요일 옛 세관 건물에서 만나 협상을 계속하기로 합의했다. 장관은 "
    "“아직 아무것도 서명하지 않았지만 이것이 끝은 아니다”라고 말했다. 대표단 대변인은 "
    "협정이 어민에 대한 지원을 담고 있으며 국경은 오월 말까지 닫혀 있을 것이라고 밝혔다. "
    "양측은 수치를 발표하지 않았고 조약 제3조는 아직 논의되고 있다.\n" }
};

/* Encodings, as ICU writes them: what holds no report is not tried on it. */
static const char *const encodings[] = {
  "windows-1252", "ISO-8859-1", "ISO-8859-15", "macintosh", "IBM850", "IBM437",
  "windows-1250", "ISO-8859-2", "IBM852", "x-mac-ce", "windows-1251", "KOI8-R",
  "KOI8-U", "ISO-8859-5", "x-mac-cyrillic", "IBM866", "gb18030", "GBK",
  "Big5", "Big5-HKSCS", "Shift_JIS", "euc-jp-2007", "windows-949", "EUC-KR",
  "ISO-2022-JP", "ISO-2022-KR", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"
};

/* What an encoding has no sign for is typed plain. */
static const struct { const char *sign, *plain; } typed[] = {
  { "’", "'" }, { "“", "\"" }, { "”", "\"" }, { "„", "\"" }, { "–", "-" },
  { "—", "-" }, { "«", "\"" }, { "»", "\"" }
};

static void type_plain (const char *text, char *out) {
  while (*text) {
    size_t i = 0;
    while (i < CHECK_COUNT(typed) &&
           strncmp(text, typed[i].sign, strlen(typed[i].sign)) != 0)
      i++;
    if (i == CHECK_COUNT(typed)) { *out++ = *text++; continue; }
    text += strlen(typed[i].sign);
    out += sprintf(out, "%s", typed[i].plain);
  }
  *out = '\0';
}

enum { MOST = 20000 };

/* Writes a text in an encoding, every character of it; 0 where it cannot. */
static size_t encode (const char *name, const char *text, size_t n,
                      char *out) {
  static UChar wide[MOST];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length;
  UConverter *converter = ucnv_open(name, &status);
  assert_non_null(converter);
  ucnv_setFallback(converter, false);
  ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL,
                        &status);
  u_strFromUTF8(wide, MOST, &length, text, (int32_t)n, &status);
  int32_t used = ucnv_fromUChars(converter, out, MOST, wide, length, &status);
  ucnv_close(converter);
  return U_SUCCESS(status) ? (size_t)used : 0;
}

/* The same with plain signs where it must be; '*text' is then another. Nobody
** writes accents in EUC-JP: they have three bytes there. */
static size_t encode_report (const char *name, const char **text, char *out) {
  static char plain[MOST];
  if (strncmp(name, "euc-jp", 6) == 0 && strchr(*text, ' ')) return 0;
  size_t n = encode(name, *text, strlen(*text), out);
  if (n) return n;
  type_plain(*text, plain);
  *text = plain;
  return encode(name, plain, strlen(plain), out);
}


/* --------------------------------------------------------------- documents */

typedef struct reading {
  ld_builder builder;
  lesdiplo_corpus *corpus;
  const lesdiplo_doc *doc;
} reading;

static void read_as (reading *r, const char *bytes, size_t n,
                     const char *declared,
                     void (*read) (ld_reading *reading, const ld_input *in)) {
  static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  lesdiplo_error error;
  ld_builder *b = &r->builder;
  ld_input in;
  assert_int_equal(ld_builder_init(b, NULL, ld_word_describe, &error), 0);
  bytes = ld_builder_store(b, bytes, n);
  ld_reading all = { .builder = b, .options = &options };
  assert_true(ld_input_open(&in, &all, "a.txt", bytes, n, declared));
  assert_int_equal(ld_utf8_check(in.bytes, in.n), in.n);
  read(&all, &in);
  ld_input_free(&in);
  assert_int_equal(ld_builder_finish(b, &r->corpus, &error), LESDIPLO_OK);
  r->doc = lesdiplo_corpus_doc(r->corpus, 0);
}

static const char *message (const reading *r, uint32_t i) {
  static lesdiplo_error note;
  return lesdiplo_corpus_note(r->corpus, i, &note) == LESDIPLO_OK
             ? note.message : NULL;
}

static bool is_said (const reading *r, const char *what) {
  for (uint32_t i = 0; message(r, i); i++)
    if (strstr(message(r, i), what)) return true;
  return false;
}

/* Every token's slice of the source, decoded, is the token, and the way back
** leads to it. */
static void check_slices (const lesdiplo_doc *doc, const char *encoding) {
  static char bytes[MOST];
  assert_true(doc->token_count > 20);
  for (uint32_t i = 0; i < doc->token_count; i++) {
    lesdiplo_span span;
    uint32_t begin, end;
    lesdiplo_doc_span(doc, lesdiplo_layer("token"), i, &span);
    size_t n = encode(encoding, doc->text + span.begin, span.end - span.begin,
                      bytes);
    assert_int_equal(span.source_end - span.source_begin, n);
    assert_memory_equal(doc->source + span.source_begin, bytes, n);
    assert_true(ld_locate_source(doc, span.source_begin, span.source_end,
                                 &begin, &end));
    assert_int_equal(begin, span.begin);
    assert_int_equal(end, span.end);
  }
}

static bool has_states (const char *encoding) {
  return strncmp(encoding, "ISO-2022", 8) == 0;
}


/* ------------------------------------------------------------------- tests */

/* Each report in each encoding that holds it: the text is the same again. */
static void test_every_encoding (void **state) {
  (void)state;
  static char bytes[MOST];
  int tried = 0;
  for (size_t i = 0; i < CHECK_COUNT(reports); i++)
    for (size_t k = 0; k < CHECK_COUNT(encodings); k++) {
      const char *text = reports[i].text;
      size_t n = encode_report(encodings[k], &text, bytes);
      if (n == 0) continue;
      reading r;
      read_as(&r, bytes, n, NULL, ld_read_text);
      assert_non_null(r.doc);
      if (r.doc->text_length != strlen(text) ||
          memcmp(r.doc->text, text, strlen(text)) != 0)
        fail_msg("%s in %s is read as %s: %.200s", reports[i].lang,
                 encodings[k], lesdiplo_doc_field(r.doc, "charset"),
                 r.doc->text);
      if (message(&r, 0))
        fail_msg("%s in %s: %s", reports[i].lang, encodings[k], message(&r, 0));
      if (!has_states(encodings[k])) check_slices(r.doc, encodings[k]);
      lesdiplo_corpus_close(r.corpus);
      tried++;
    }
  assert_true(tried > 90);
}


/* The first two hundred bytes are enough. */
static void test_short (void **state) {
  (void)state;
  static char bytes[MOST], part[MOST];
  for (size_t i = 0; i < CHECK_COUNT(reports); i++)
    for (size_t k = 0; k < CHECK_COUNT(encodings); k++) {
      const char *text = reports[i].text;
      if (encode_report(encodings[k], &text, bytes) == 0) continue;
      size_t n = strlen(text), used = MOST;
      while (used > 200) {
        n = ld_utf8_floor(text, n - 1);
        used = encode(encodings[k], text, n, part);
      }
      reading r;
      read_as(&r, part, used, NULL, ld_read_text);
      if (r.doc->text_length != n || memcmp(r.doc->text, text, n) != 0)
        fail_msg("%s in %s is read as %s: %.200s", reports[i].lang,
                 encodings[k], lesdiplo_doc_field(r.doc, "charset"),
                 r.doc->text);
      lesdiplo_corpus_close(r.corpus);
    }
}


/* The name is told, and how it is known. */
static void check_told (const char *bytes, size_t n, const char *declared,
                        const char *charset, const char *how,
                        const char *said) {
  reading r;
  read_as(&r, bytes, n, declared, ld_read_text);
  const char *name = lesdiplo_doc_field(r.doc, "charset");
  const char *known = lesdiplo_doc_field(r.doc, "charset_how");
  if (charset) {
    assert_non_null(name);
    assert_string_equal(name, charset);
    assert_non_null(strstr(known, how));
  } else {
    if (name) fail_msg("it is read as %s, %s", name, known);
  }
  if (said ? !is_said(&r, said) : message(&r, 0) != NULL)
    fail_msg("said is: %s", message(&r, 0));
  lesdiplo_corpus_close(r.corpus);
}

static void test_declared (void **state) {
  (void)state;
  static char bytes[MOST];
  const char *text = reports[1].text;
  size_t n = encode_report("windows-1252", &text, bytes);
  check_told(bytes, n, "windows-1252", "windows-1252", "declared", NULL);
  check_told(bytes, n, " CP1252 ", "windows-1252", "declared", NULL);
  check_told(bytes, n, "ISO-8859-1", "windows-1252", "guessed",
             "said to be in ISO-8859-1, but its bytes are windows-1252");
  check_told(bytes, n, "utf-8", "windows-1252", "guessed",
             "said to be in UTF-8, but its bytes are windows-1252");
  check_told(bytes, n, "klingon", "windows-1252", "guessed", "\"klingon\"");
  check_told(bytes, n, "", "windows-1252", "guessed", NULL);
  check_told(text, strlen(text), "ISO-8859-1", NULL, NULL,
             "said to be in ISO-8859-1, but its bytes are UTF-8");
  check_told(text, strlen(text), "UTF-8", NULL, NULL, NULL);
  check_told("The talks.", 10, "ISO-8859-1", NULL, NULL, NULL);
  check_told("The talks.", 10, "ISO-2022-JP", NULL, NULL, NULL);
  check_told("The talks.", 10, "UTF-16", NULL, NULL, "its bytes are UTF-8");
  text = reports[5].text;
  n = encode_report("KOI8-R", &text, bytes);
  check_told(bytes, n, "ISO-8859-1", "KOI8-R", "guessed", "are KOI8-R");
  check_told(bytes, n, "KOI8-U", "KOI8-U", "declared", NULL);
  text = reports[6].text;
  n = encode_report("GBK", &text, bytes);
  check_told(bytes, n, "GB2312", "GB18030", "declared", NULL);
  check_told(bytes, n, "Big5", "GB18030", "guessed", "are GB18030");
}


/* A name decides where the bytes say too little. */
static void test_declared_short (void **state) {
  (void)state;
  static const struct { const char *bytes, *declared, *text; } files[] = {
    { "\xE9", "windows-1252", "é" }, { "\xE9", "windows-1251", "й" },
    { "\xE9", "ISO-8859-7", "ι" }, { "\xA5", "ISO-8859-2", "Ľ" },
    { "\xB0\xA1", "EUC-KR", "가" }, { "\xB0\xA1", "GBK", "啊" },
    { "\xA1\xC4\xB9\xFA", "windows-874", "กฤน๚" }
  };
  for (size_t i = 0; i < CHECK_COUNT(files); i++) {
    reading r;
    read_as(&r, files[i].bytes, strlen(files[i].bytes), files[i].declared,
            ld_read_text);
    if (i < CHECK_COUNT(files) - 1)
      assert_int_equal(r.doc->text_length, strlen(files[i].text));
    else
      assert_string_equal(lesdiplo_doc_field(r.doc, "charset"), "windows-874");
    if (i < CHECK_COUNT(files) - 1)
      assert_memory_equal(r.doc->text, files[i].text, strlen(files[i].text));
    lesdiplo_corpus_close(r.corpus);
  }
}


static void test_marks (void **state) {
  (void)state;
  static const struct { const char *encoding, *mark; size_t n;
                        const char *charset; } files[] = {
    { "UTF-8", "\xEF\xBB\xBF", 3, NULL },
    { "UTF-16LE", "\xFF\xFE", 2, "UTF-16LE" },
    { "UTF-16BE", "\xFE\xFF", 2, "UTF-16BE" },
    { "UTF-32LE", "\xFF\xFE\0\0", 4, "UTF-32LE" },
    { "UTF-32BE", "\0\0\xFE\xFF", 4, "UTF-32BE" }
  };
  static char bytes[MOST];
  for (size_t i = 0; i < CHECK_COUNT(files); i++)
    for (size_t k = 0; k < CHECK_COUNT(reports); k++) {
      reading r;
      const char *text = reports[k].text;
      memcpy(bytes, files[i].mark, files[i].n);
      size_t n = encode(files[i].encoding, text, strlen(text),
                        bytes + files[i].n);
      check_told(bytes, n + files[i].n, NULL, files[i].charset,
                 "byte order mark", NULL);
      read_as(&r, bytes, n + files[i].n, NULL, ld_read_text);
      assert_int_equal(r.doc->text_length, strlen(text));
      assert_memory_equal(r.doc->text, text, strlen(text));
      check_slices(r.doc, files[i].encoding);
      assert_int_equal(ld_source_line(r.doc, (uint32_t)(n + files[i].n)),
                       ld_count_lines(text, text + strlen(text)) + 1);
      lesdiplo_corpus_close(r.corpus);
    }
}


/* Markup goes, and what is left of a wide text keeps its place. */
static void test_markdown (void **state) {
  (void)state;
  static const char text[] =
      "# Река *и* мост\n\nДоговор &amp; **мир**, [да](http://a.b/) й\\*к, "
      "河流。\n\n- one\n- два\n";
  static const char *const sets[] = { "UTF-16LE", "UTF-16BE", "UTF-32LE",
                                      "gb18030" };
  static char bytes[MOST];
  for (size_t i = 0; i < CHECK_COUNT(sets); i++) {
    reading r;
    size_t n = encode(sets[i], text, sizeof text - 1, bytes);
    read_as(&r, bytes, n, sets[i], ld_read_markdown);
    assert_string_equal(lesdiplo_doc_field(r.doc, "title"), "Река и мост");
    for (uint32_t k = 0; k < r.doc->token_count; k++) {
      lesdiplo_span span;
      lesdiplo_doc_span(r.doc, lesdiplo_layer("token"), k, &span);
      const char *form = r.doc->text + span.begin;
      n = encode(sets[i], *form == '&' ? "&amp;" : form,
                 *form == '&' ? 5 : span.end - span.begin, bytes);
      assert_int_equal(span.source_end - span.source_begin, n);
      assert_memory_equal(r.doc->source + span.source_begin, bytes, n);
    }
    lesdiplo_corpus_close(r.corpus);
  }
}


/* A tag between two runs of UTF-16 is left out, and a letter that a reference
** stood for has all of it for its source. */
static void test_replace (void **state) {
  (void)state;
  static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  static const char text[] = "да<b>нет</b>&eacute;x";
  static char bytes[MOST];
  size_t n = encode("UTF-16LE", text, sizeof text - 1, bytes);
  lesdiplo_error error;
  ld_builder b;
  ld_input in;
  lesdiplo_corpus *corpus;
  lesdiplo_span span;
  assert_int_equal(ld_builder_init(&b, NULL, ld_word_describe, &error), 0);
  ld_reading all = { .builder = &b, .options = &options };
  assert_true(ld_input_open(&in, &all, "a", bytes, n, "UTF-16LE"));
  assert_int_equal(in.n, sizeof text - 1);
  ld_input_begin(&all, &in);
  size_t tag = 4, word = 7, close = 13, mark = 17;     /* bytes of the text */
  ld_input_give(&b, &in, 0, tag);
  ld_input_give(&b, &in, word, close);
  ld_input_replace(&b, &in, "", 0, close, mark);
  ld_input_replace(&b, &in, "é", 2, mark, mark + 8);
  ld_input_replace(&b, &in, "\n", 1, mark + 8, mark + 8);
  ld_input_give(&b, &in, mark + 8, in.n);
  ld_builder_text_end(&b);
  ld_builder_close(&b);
  ld_input_free(&in);
  assert_int_equal(ld_builder_finish(&b, &corpus, &error), LESDIPLO_OK);
  const lesdiplo_doc *doc = lesdiplo_corpus_doc(corpus, 0);
  static const struct { uint32_t begin, end, from, to; } spans[] = {
    { 0, 4, 0, 4 }, { 2, 4, 2, 4 }, { 4, 10, 10, 16 }, { 2, 6, 2, 12 },
    { 3, 5, 2, 12 },                  /* inside letters: rounded outward */
    { 10, 10, 16, 24 },               /* what was dropped */
    { 10, 12, 24, 40 }, { 12, 13, 40, 40 }, { 13, 14, 40, 42 },
    { 0, 14, 0, 42 }
  };
  for (size_t i = 0; i < CHECK_COUNT(spans); i++) {
    ld_locate(doc, spans[i].begin, spans[i].end, &span);
    assert_int_equal(span.source_begin, spans[i].from);
    assert_int_equal(span.source_end, spans[i].to);
  }
  lesdiplo_corpus_close(corpus);
}


/* JSON lines in UTF-16: the records are found, and their source is their
** text. */
static void test_json (void **state) {
  (void)state;
  static char text[MOST], bytes[MOST];
  int n = sprintf(text, "{\"id\":\"a\",\"text\":\"Река.\"}\n"
                        "{\"id\":\"b\",\"text\":\"%.30s\"}\n", "Мост и мир.");
  static const char *const sets[] = { "UTF-16LE", "windows-1251", "UTF-32BE" };
  for (size_t i = 0; i < CHECK_COUNT(sets); i++) {
    static const lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
    size_t size = encode(sets[i], text, (size_t)n, bytes);
    lesdiplo_error error;
    lesdiplo_corpus *corpus;
    ld_builder b;
    ld_input in;
    assert_int_equal(ld_builder_init(&b, NULL, ld_word_describe, &error), 0);
    ld_reading all = { .builder = &b, .options = &options };
    assert_true(ld_input_open(&in, &all, "a.jsonl", bytes, size, NULL));
    ld_read_json(&all, &in, true);
    ld_input_free(&in);
    assert_int_equal(ld_builder_finish(&b, &corpus, &error), LESDIPLO_OK);
    assert_int_equal(lesdiplo_corpus_count(corpus), 2);
    const lesdiplo_doc *doc = lesdiplo_corpus_find(corpus, "b");
    assert_string_equal(lesdiplo_doc_field(doc, "charset"), sets[i]);
    assert_int_equal(doc->source_length, strlen("Мост и мир."));
    assert_memory_equal(doc->source, "Мост и мир.", doc->source_length);
    lesdiplo_corpus_close(corpus);
  }
}


/* ----------------------------------------------------------- mixed and twice */

/* Lines in UTF-8 and in something else, by turns at random. */
static void test_mixed_lines (void **state) {
  (void)state;
  static const struct { int report; const char *encoding; } others[] = {
    { 1, "windows-1252" }, { 5, "KOI8-R" }, { 5, "windows-1251" }, { 6, "GBK" },
    { 8, "Shift_JIS" }, { 3, "macintosh" }
  };
  static char bytes[MOST], wanted[MOST], line[MOST];
  seed = 11;
  for (int round = 0; round < 60; round++) {
    size_t which = pick(CHECK_COUNT(others)), n = 0, length = 0;
    const char *encoding = others[which].encoding;
    const char *first = reports[others[which].report].text;
    for (int i = 0; i < 12; i++) {
      bool other = i == 5 || !pick(3);
      const char *text = other || pick(2)
                             ? first : reports[pick(CHECK_COUNT(reports))].text;
      text = strchr(text, '\n') + 2;               /* its second paragraph */
      size_t size = strlen(text);
      size_t m = other ? encode(encoding, text, size, line) : size;
      if (m == 0) {                                /* not with these signs */
        type_plain(text, wanted + length);
        m = encode(encoding, wanted + length, strlen(wanted + length), line);
        length += strlen(wanted + length);
      } else {
        memcpy(wanted + length, text, size);
        length += size;
      }
      assert_true(m > 0);
      memcpy(bytes + n, other ? line : text, m);
      n += m;
    }
    reading r;
    read_as(&r, bytes, n, NULL, ld_read_text);
    assert_int_equal(r.doc->text_length, length);
    assert_memory_equal(r.doc->text, wanted, length);
    assert_true(is_said(&r, "of 12 lines are not UTF-8") ||
                is_said(&r, "of 12 lines is not UTF-8") ||
                !strstr(lesdiplo_doc_field(r.doc, "charset_how"), "UTF-8"));
    for (uint32_t i = 0; i < r.doc->token_count; i++) {
      lesdiplo_span span;
      lesdiplo_doc_span(r.doc, lesdiplo_layer("token"), i, &span);
      size_t m = span.end - span.begin;
      const char *form = r.doc->text + span.begin;
      if (span.source_end - span.source_begin == m &&
          memcmp(form, r.doc->source + span.source_begin, m) == 0)
        continue;
      m = encode(encoding, form, m, line);
      assert_int_equal(span.source_end - span.source_begin, m);
      assert_memory_equal(r.doc->source + span.source_begin, line, m);
    }
    lesdiplo_corpus_close(r.corpus);
  }
}


/* Lines in several old encodings, each plainly so. */
static void test_several_encodings (void **state) {
  (void)state;
  typedef struct part { int report; const char *encoding; } part;
  static const struct { part parts[4]; const char *said; } files[] = {
    { { { 1, "windows-1252" }, { 5, "windows-1251" } },
      "windows-1251 (3 lines, the first is 4)" },
    { { { 5, "windows-1251" }, { 5, "KOI8-R" } },
      "KOI8-R (3 lines, the first is 4)" },
    { { { 6, "gb18030" }, { 7, "Big5" } },
      "Big5-HKSCS (3 lines, the first is 4)" },
    { { { 3, "UTF-8" }, { 1, "windows-1252" }, { 5, "KOI8-R" },
        { 8, "Shift_JIS" } }, "Shift_JIS (3 lines, the first is 10)" }
  };
  static char bytes[MOST], wanted[MOST];
  for (size_t i = 0; i < CHECK_COUNT(files); i++) {
    size_t n = 0, length = 0;
    for (int k = 0; k < 4 && files[i].parts[k].encoding; k++) {
      const part *one = files[i].parts + k;
      char *text = wanted + length;
      char *end = text;
      for (int line = 0; line < 3; line++, end += strlen(end))
        type_plain(strchr(reports[one->report].text, '\n') + 2, end);
      size_t size = (size_t)(end - text);
      size_t m = encode(one->encoding, text, size, bytes + n);
      assert_true(m > 0);
      n += m;
      length += size;
    }
    reading r;
    read_as(&r, bytes, n, NULL, ld_read_text);
    if (!is_said(&r, files[i].said)) fail_msg("said is: %s", message(&r, 0));
    assert_int_equal(r.doc->text_length, length);
    assert_memory_equal(r.doc->text, wanted, length);
    lesdiplo_corpus_close(r.corpus);
  }
}


static void test_encoded_twice (void **state) {
  (void)state;
  static char once[MOST], bytes[MOST];
  static const struct { int report; const char *way; } files[] = {
    { 0, "windows-1252" }, { 1, "windows-1252" }, { 3, "windows-1252" },
    { 5, "windows-1251" }
  };
  for (size_t i = 0; i < CHECK_COUNT(files); i++) {
    static UChar wide[MOST];
    int32_t length, n = 0;
    UErrorCode status = U_ZERO_ERROR;
    UConverter *way = ucnv_open(files[i].way, &status);
    type_plain(reports[files[i].report].text, once);
    length = ucnv_toUChars(way, wide, MOST, once, (int32_t)strlen(once),
                           &status);
    u_strToUTF8(bytes, MOST, &n, wide, length, &status);
    ucnv_close(way);
    assert_true(U_SUCCESS(status));
    reading r;
    read_as(&r, bytes, (size_t)n, NULL, ld_read_text);
    assert_true(is_said(&r, "looks encoded twice"));
    assert_true(is_said(&r, files[i].way));
    assert_int_equal(r.doc->text_length, n);
    assert_memory_equal(r.doc->text, bytes, (size_t)n);
    lesdiplo_corpus_close(r.corpus);
  }
  for (size_t i = 0; i < CHECK_COUNT(reports); i++) {
    reading r;
    read_as(&r, reports[i].text, strlen(reports[i].text), NULL, ld_read_text);
    assert_null(message(&r, 0));
    lesdiplo_corpus_close(r.corpus);
  }
}


/* What is in no encoding is not forced into one. */
static void test_no_encoding (void **state) {
  (void)state;
  static char bytes[MOST];
  memset(bytes, '\xFF', 4000);
  check_told(bytes, 4000, NULL, NULL, NULL, "4000 bytes are not UTF-8");
  static const char cut[] = "They left.\nThe river\xE6\xB2 is deep.\n";
  reading r;
  read_as(&r, cut, sizeof cut - 1, NULL, ld_read_text);
  assert_non_null(r.doc);
  lesdiplo_corpus_close(r.corpus);
}


/* ----------------------------------------------------------------- decoder */

/* Every byte string is read to its end as good UTF-8, in every encoding, and
** its rows follow each other and stand for all of it. */
static void test_noise (void **state) {
  (void)state;
  static char bytes[2000], out[LD_ROW_MAX];
  seed = 12;
  for (int round = 0; round < 400; round++) {
    size_t n = pick(sizeof bytes), odd = 1 + pick(8);
    for (size_t i = 0; i < n; i++)
      bytes[i] = (char)(pick((uint32_t)odd) ? pick(256) : 0x1B + pick(16));
    const ld_charset *charset;
    for (int i = 0; (charset = ld_charset_at(i)) != NULL; i++) {
      if (charset->coding == LD_CODING_UTF8) continue;
      ld_decoder d;
      ld_row row;
      size_t at = 0;
      ld_decoder_open(&d, charset, bytes, 0, n);
      while (ld_decoder_next(&d, out, &row)) {
        assert_true(row.n > 0 && row.n <= LD_ROW_MAX);
        assert_int_equal(ld_utf8_check(out, row.n), row.n);
        assert_true(row.begin >= at && row.end > row.begin && row.end <= n);
        if (charset->coding != LD_CODING_STATES)
          assert_int_equal(row.begin, at);
        at = row.end;
        size_t stands = 0;
        for (size_t k = 0; k < row.n;) {
          uint32_t cp;
          int length = ld_utf8_read(out + k, out + row.n, &cp);
          stands += row.width[length - 1];
          k += (size_t)length;
        }
        if (row.width[0]) assert_int_equal(stands, row.end - row.begin);
      }
      assert_false(d.failed);
      assert_true(d.bad <= n);
      if (charset->coding != LD_CODING_STATES) assert_int_equal(at, n);
      ld_decoder_close(&d);
    }
  }
}


/* Noise is read or refused, and what is read has a place in the source. */
static void test_noise_documents (void **state) {
  (void)state;
  static char bytes[3000];
  seed = 13;
  for (int round = 0; round < 300; round++) {
    size_t n = 1 + pick(sizeof bytes - 1);
    uint32_t high = pick(10);
    for (size_t i = 0; i < n; i++)
      bytes[i] = (char)(pick(10) < high ? 0x80 + pick(128) : ' ' + pick(90));
    reading r;
    read_as(&r, bytes, n, pick(2) ? NULL : encodings[pick(30)], ld_read_text);
    for (uint32_t i = 0; r.doc && i < r.doc->token_count; i++) {
      lesdiplo_span span;
      lesdiplo_doc_span(r.doc, lesdiplo_layer("token"), i, &span);
      assert_true(span.source_begin < span.source_end);
      assert_true(span.source_end <= n);
    }
    lesdiplo_corpus_close(r.corpus);
  }
}


static void test_names (void **state) {
  (void)state;
  static const struct { const char *label, *name; } labels[] = {
    { "utf8", "UTF-8" }, { "us-ascii", "UTF-8" }, { "latin1", "ISO-8859-1" },
    { "CP-1251", "windows-1251" }, { "cp866", "IBM866" },
    { "koi8", "KOI8-R" }, { "x-gbk", "GB18030" }, { "gb2312", "GB18030" },
    { "x-x-big5", "Big5-HKSCS" }, { "big5", "Big5-HKSCS" }, { "x-sjis", "Shift_JIS" },
    { "ks_c_5601-1987", "EUC-KR" }, { "'macintosh'", "macintosh" },
    { "unicode", "UTF-16LE" }, { "TIS-620", "windows-874" }, { "", NULL },
    { "utf-8; x", NULL }, { "UTF-16,swaplfnl", NULL }, { "\xFF", NULL },
    { "a-name-that-is-longer-than-the-name-of-any-encoding-that-there-is",
      NULL }
  };
  for (size_t i = 0; i < CHECK_COUNT(labels); i++) {
    const ld_charset *found = ld_charset_find(labels[i].label);
    assert_string_equal(found ? found->name : "none",
                        labels[i].name ? labels[i].name : "none");
  }
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_every_encoding),
  cmocka_unit_test(test_short),
  cmocka_unit_test(test_declared),
  cmocka_unit_test(test_declared_short),
  cmocka_unit_test(test_marks),
  cmocka_unit_test(test_markdown),
  cmocka_unit_test(test_replace),
  cmocka_unit_test(test_json),
  cmocka_unit_test(test_mixed_lines),
  cmocka_unit_test(test_several_encodings),
  cmocka_unit_test(test_encoded_twice),
  cmocka_unit_test(test_no_encoding),
  cmocka_unit_test(test_noise),
  cmocka_unit_test(test_noise_documents),
  cmocka_unit_test(test_names)
};

int main (void) { return CHECK_ALL(tests); }
