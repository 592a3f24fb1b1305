/*
** fields.c - from what a page says of itself to the fields of its document.
**
** The title is a heading of the article that says what the page's own title
** says: then it can be cited. Else it is that title, without the name of the
** site. Fields that are set here win over what the lines of the page would tell.
*/
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "read/html/html.h"

enum {
  KEY_MAX = 400,          /* bytes of a title's letters that are compared */
  HEADINGS = 60,          /* blocks in which the title is looked for ... */
  SCAN = 4000,            /* among so many, with furniture */
  TITLE_MAX = 600,        /* bytes of a heading that is one */
  PARTS = 8,              /* of a title: "Talks | World | The Gazette" */
  OWN_TITLE = 15,         /* bytes of an <h1> that can be a title by itself */
  MOST_WORDS = 5          /* of a name, without "of the" and the like */
};

typedef struct slice { const char *p; size_t n; } slice;


/* ---------------------------------------------------------------- titles */

/* Letters and digits alone, folded: what titles are compared by. */
static size_t key_of (slice s, char key[KEY_MAX]) {
  char plain[KEY_MAX];
  size_t n = 0;
  int k;
  for (const char *p = s.p, *end = p + s.n; p < end; p += k) {
    enum ld_class c = ld_class_at(p, end, &k);
    if (!ld_is_letter(c) && c != LD_DIGIT && c != LD_IDEOGRAPH && c != LD_MARK)
      continue;
    if (n + (size_t)k > sizeof plain) break;
    memcpy(plain + n, p, (size_t)k);
    n += (size_t)k;
  }
  return ld_fold(plain, n, key, KEY_MAX);
}

static bool same (slice a, slice b) {
  char x[KEY_MAX], y[KEY_MAX];
  size_t n = key_of(a, x);
  return n && n == key_of(b, y) && memcmp(x, y, n) == 0;
}

/* "World", "Press releases". */
static bool is_section (slice s) { return ld_lexicon_has(LD_SECTION, s.p, s.n); }

/* The name of the site itself, or a word that can be nothing but a name. */
static bool is_certain (const ld_html *w, slice s) {
  const ld_html_found *site = w->facts + LD_FACT_SITE;
  slice named = { site->value, site->n };
  return (site->rank && same(s, named)) || is_section(s) ||
         ld_lexicon_has(LD_AGENCY, s.p, s.n) ||
         ld_lexicon_has(LD_ISSUER, s.p, s.n);
}

/* Does it read as a name? It is of a few words, with capitals: of words without
** them it has fewer still. */
static bool is_name (slice s, int most, int most_small) {
  int count = 0, small = 0, k;
  for (const char *p = s.p, *end = p + s.n, *stop; p < end; p = stop) {
    p = ld_skip_space(p, end);
    for (stop = p; stop < end && (unsigned char)*stop > ' ';) stop++;
    size_t n = (size_t)(stop - p);
    if (!n || ld_lexicon_has(LD_TITLE_SMALL, p, n)) continue;
    count++;
    small += ld_class_at(p, end, &k) == LD_LOWER;
  }
  return count <= most && (!small || count <= most_small);
}

/* Does a name in Han script end so, as those of bodies and outlets do?
** "...人民日报", "...国外交部". One sign says too little, but 网. */
static bool ends_in (enum ld_list list, slice s) {
  enum { SIGN = 3, LONGEST = 6 * SIGN, WHOLE = 16 * SIGN };
  const char *end = s.p + s.n;
  int k;
  if (s.n > WHOLE) return false;
  for (size_t n = SIGN; n <= s.n && n <= LONGEST; n += SIGN)
    if (ld_class_at(end - n, end, &k) != LD_IDEOGRAPH || k != SIGN)
      return false;
    else if ((n > SIGN || !memcmp(end - n, "网", SIGN)) &&
             ld_lexicon_has(list, end - n, n))
      return true;
  return false;
}

/* The name of the site, or what looks like one: an outlet, an issuing body. A
** headline may begin with the name of a body, or end with a word of outlets. */
static bool is_site (const ld_html *w, slice s) {
  const char *word = s.p + s.n;
  int k;
  while (word > s.p && word[-1] != ' ') word--;
  if (is_certain(w, s) || ends_in(LD_ISSUER, s) || ends_in(LD_OUTLET, s))
    return true;
  if (ld_class_at(s.p, s.p + s.n, &k) == LD_IDEOGRAPH) return false;
  return (ld_lexicon_prefix(LD_ISSUER, s.p, s.n) > 0 &&
          is_name(s, MOST_WORDS, 4)) ||
         (ld_lexicon_has(LD_OUTLET, word, (size_t)(s.p + s.n - word)) &&
          is_name(s, MOST_WORDS, 2));
}

/* Bytes of a separator at p; '*strong' when it cannot be part of a sentence. */
static size_t separator (const char *p, const char *end, bool spaced,
                         bool *strong) {
  static const struct { const char *sign; bool strong; } signs[] = {
    { "|", true }, { "_", true }, { "::", true }, { "»", true }, { "«", true },
    { "·", true }, { "•", true }, { "｜", true }, { "--", false },
    { "-", false }, { "–", false }, { "—", false }
  };
  if (!memchr("|_:-\xC2\xE2\xEF", *p, 7)) return 0;
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    size_t n = strlen(signs[i].sign);
    if ((size_t)(end - p) < n || memcmp(p, signs[i].sign, n) != 0) continue;
    bool apart = spaced && p + n < end && p[n] == ' ';
    *strong = signs[i].strong;
    if (apart || *p == '|' || *p == '_' || (unsigned char)*p == 0xEF) return n;
  }
  return 0;
}

/* The parts of a title. */
static int split (slice title, slice parts[PARTS], bool *strong) {
  const char *p = title.p, *end = p + title.n, *from = p;
  int count = 0;
  bool sure = false;
  *strong = true;
  for (; p < end && count + 1 < PARTS; p++) {
    size_t n = separator(p, end, p > from && p[-1] == ' ', &sure);
    if (!n) continue;
    const char *stop = ld_trim_space(from, p);
    if (stop > from) {
      slice part = { from, (size_t)(stop - from) };
      parts[count++] = part;
      *strong &= sure;
    }
    from = ld_skip_space(p + n, end);
    p = from > p ? from - 1 : p;
  }
  slice rest = { from, (size_t)(ld_trim_space(from, end) - from) };
  if (rest.n) parts[count++] = rest;
  return count;
}

/* How far a block is from being the title by where it stands: 1 in what is
** furniture by its class, 2 in a menu. */
static int distance (const ld_html *w, uint32_t i) {
  int most = 0;
  for (uint32_t r = w->notes[i].region; r; r = w->regions[r].parent) {
    if (w->regions[r].sort == LD_REGION_MENU) return 2;
    if (w->regions[r].sort > LD_REGION_HEADER) most = 1;
  }
  return most;
}

/* The block whose words are these, a heading if possible: its number, or
** UINT32_MAX. Inside furniture only a heading will do. */
static uint32_t find_block (const ld_html *w, slice words) {
  const char *text = w->builder->doc->text;
  char key[KEY_MAX], other[KEY_MAX];
  size_t n = key_of(words, key);
  uint32_t found = UINT32_MAX;
  int best = INT_MAX;
  uint32_t last = w->outline.count < SCAN ? w->outline.count : SCAN;
  for (uint32_t i = 0, seen = 0; i < last && seen < HEADINGS; i++) {
    const ld_block *block = w->outline.blocks + i;
    slice line = { text + block->begin, block->end - block->begin };
    bool heading = block->kind == LD_HEADING;
    int far = distance(w, i) * 2 + !heading;
    if ((!heading && block->kind != LD_PARAGRAPH) || line.n > TITLE_MAX ||
        far > 2)
      continue;
    seen += far < 2;
    if (far >= best || line.n > 3 * words.n || words.n > 3 * line.n ||
        key_of(line, other) != n || memcmp(key, other, n) != 0)
      continue;
    found = i;
    best = far;
  }
  return found;
}

/* The parts from 'first' to 'last' as they stand in the title, without a name
** before a colon: "The Courier: Talks go on". Where the site has another name,
** or the headline is known, that is who speaks: "MFA: no comment | TASS". */
static slice without_name (const ld_html *w, const slice *parts, int first,
                           int last, bool known, slice *cut) {
  const char *from = parts[first].p, *end = from + parts[first].n;
  const char *colon = memchr(from, ':', parts[first].n);
  slice name = { from, colon ? (size_t)(colon - from) : 0 };
  if (name.n && !known && is_site(w, name) && (!cut->n || same(name, *cut))) {
    from = ld_skip_space(colon + 1, end);
    *cut = name;
  }
  slice rest = { from, (size_t)(parts[last].p + parts[last].n - from) };
  return rest;
}

/* Which part of a title the page has as its headline, or -1: what meta tags
** call the title, else the part that stands in the page, as a heading if it
** alone does; but some pages have the name of the site as one. */
static int headline_part (const ld_html *w, const slice *parts, int count) {
  const ld_html_found *fact = w->facts + LD_FACT_TITLE;
  slice told = { fact->value, fact->n };
  int found = -1, plain = -1, here = 0, plains = 0;
  for (int k = 0; k < count && count > 1; k++) {
    if (is_certain(w, parts[k])) continue;
    if (told.n && same(told, parts[k])) return k;
    uint32_t i = find_block(w, parts[k]);
    if (i == UINT32_MAX) continue;
    here++;
    bool site = is_site(w, parts[k]);
    if (w->outline.blocks[i].kind == LD_HEADING &&
        !(site && is_name(parts[k], MOST_WORDS, 0)))
      found = k;
    if (!site) { plain = k; plains++; }
  }
  return here == 1 ? found : plains == 1 ? plain : -1;
}

/* A title without the site's name and section; the name goes to '*cut'. What
** else is parted from the headline by a sign for that is the name, too. */
static slice clean (const ld_html *w, slice title, slice *cut) {
  slice parts[PARTS];
  bool strong;
  int count = split(title, parts, &strong), first = 0, last = count - 1;
  if (!count) return title;
  int headline = headline_part(w, parts, count);
  for (; last > first && last != headline && is_site(w, parts[last]); last--)
    if (!cut->n && !is_section(parts[last])) *cut = parts[last];
  for (; first < last && first != headline && is_site(w, parts[first]) &&
         (!strong || is_name(parts[first], MOST_WORDS, 0)); first++)
    if (!cut->n && !is_section(parts[first])) *cut = parts[first];
  if (strong && first == 0 && last > 0 && last == count - 1) {
    *cut = parts[headline == last ? first : last];
    first = last = headline > 0 ? headline : first;   /* so titles are made */
  }
  return without_name(w, parts, first, last, headline >= 0, cut);
}

/* The article's only <h1>, when it is no name of a site or section. */
static uint32_t own_heading (const ld_html *w) {
  const char *text = w->builder->doc->text;
  uint32_t found = UINT32_MAX;
  for (uint32_t i = 0; i < w->outline.count; i++) {
    const ld_block *block = w->outline.blocks + i;
    slice heading = { text + block->begin, block->end - block->begin };
    if (block->kind != LD_HEADING || block->level != 1) continue;
    if (found != UINT32_MAX) return UINT32_MAX;
    if (heading.n >= OWN_TITLE && !is_site(w, heading)) found = i;
  }
  return found;
}

static bool has_heading (const ld_html *w) {
  for (uint32_t i = 0; i < w->outline.count; i++)
    if (w->outline.blocks[i].kind == LD_HEADING) return true;
  return false;
}

/* A block that says what a title or a part of it says. */
static uint32_t block_of (const ld_html *w, slice title) {
  slice parts[PARTS], cut = { NULL, 0 };
  bool strong;
  if (!title.n) return UINT32_MAX;
  uint32_t i = find_block(w, title);
  if (i == UINT32_MAX) i = find_block(w, clean(w, title, &cut));
  if (i != UINT32_MAX) return i;
  int count = split(title, parts, &strong);
  int headline = headline_part(w, parts, count);
  if (headline >= 0) i = find_block(w, parts[headline]);
  for (int k = 0; k < count && i == UINT32_MAX; k++)
    if (count > 1 && !is_site(w, parts[k])) i = find_block(w, parts[k]);
  return i;
}

/* The page's own title, without the white space around it. */
static slice own_title (const ld_html *w, char *out, size_t size) {
  size_t n = w->title_length
             ? ld_markup_decode(w->title, w->title_length, out, size,
                               false) : 0;
  slice title = { ld_skip_space(out, out + n), 0 };
  title.n = (size_t)(ld_trim_space(title.p, out + n) - title.p);
  return title;
}

void ld_html_find_headline (ld_html *w) {
  const ld_html_found *fact = w->facts + LD_FACT_TITLE;
  slice told = { fact->value, fact->n };
  char own[TITLE_MAX];
  w->headline = block_of(w, told);
  if (w->headline == UINT32_MAX)
    w->headline = block_of(w, own_title(w, own, sizeof own));
}

/* Does it stand in the page's furniture, as a site's name does? */
static bool is_furniture (const ld_html *w, slice name) {
  const char *text = w->builder->doc->text;
  uint32_t last = w->outline.count < SCAN ? w->outline.count : SCAN;
  for (uint32_t i = 0; i < last; i++) {
    const ld_block *block = w->outline.blocks + i;
    if (block->kind == LD_BOILERPLATE &&
        memmem(text + block->begin, block->end - block->begin, name.p, name.n))
      return true;
  }
  return false;
}

static void set_title (ld_html *w) {
  ld_builder *b = w->builder;
  const ld_html_found *fact = w->facts + LD_FACT_TITLE;
  slice told = { fact->value, fact->n }, cut = { NULL, 0 };
  char own[TITLE_MAX];
  slice title = own_title(w, own, sizeof own);
  uint32_t i = w->headline;
  if (i != UINT32_MAX && w->outline.blocks[i].kind == LD_BOILERPLATE)
    i = UINT32_MAX;
  if (i == UINT32_MAX) i = own_heading(w);
  if (title.n) title = clean(w, title, &cut);
  if (i != UINT32_MAX) {
    ld_block *block = w->outline.blocks + i;
    ld_builder_field_at(b, LD_F_TITLE, block->begin, block->end);
    block->kind = LD_HEADING;
    block->level = 1;
  } else if (told.n) {
    slice name = { NULL, 0 };
    told = clean(w, told, &name);
    ld_builder_field(b, LD_F_TITLE, told.p, told.n);
  } else if (title.n && (!is_site(w, title) || !has_heading(w))) {
    ld_builder_field(b, LD_F_TITLE, title.p, title.n);
  }
  if (cut.n && !w->facts[LD_FACT_SITE].rank &&
      (is_site(w, cut) || (i != UINT32_MAX && is_furniture(w, cut))))
    ld_html_offer(w, LD_FACT_SITE, 1, cut.p, cut.n, "title");
}


/* ----------------------------------------------------------------- dates */

/* A day in a form that pages use, as ISO 8601, with its precision. */
static const char *read_day (const char *value, size_t n, char iso[16]) {
  ld_day day;
  char text[48];
  unsigned y, m, d;
  if (n >= sizeof text) n = ld_utf8_floor(value, sizeof text - 1);
  if (ld_find_day(value, n, &day)) {
    snprintf(iso, 16, "%04d-%02d-%02d", day.year % 10000, day.month % 100,
             day.day % 100);
    return "day";
  }
  memcpy(text, value, n);
  text[n] = '\0';
  int end = 0;
  if (sscanf(text, "%4u%2u%2u%n", &y, &m, &d, &end) == 3 && end == 8 &&
      (text[8] < '0' || text[8] > '9')) {              /* 20260131T1200 */
    n = (size_t)snprintf(text, sizeof text, "%04u-%02u-%02u", y, m, d);
    return ld_find_day(text, n, &day) ? read_day(text, n, iso) : NULL;
  }
  end = 0;
  if (sscanf(text, "%4u-%2u%n", &y, &m, &end) == 2 && !text[end] &&
      y >= 1000 && m >= 1 && m <= 12) {
    snprintf(iso, 16, "%04u-%02u", y % 10000, m % 100);
    return "month";
  }
  end = 0;
  if (sscanf(text, "%4u%n", &y, &end) != 1 || end != 4 || text[4] || y < 1000)
    return NULL;
  snprintf(iso, 16, "%04u", y % 10000);
  return "year";
}

static bool set_date (ld_html *w, const char *value, size_t n,
                      const char *how) {
  ld_builder *b = w->builder;
  char iso[16];
  if (!n || b->doc->field[LD_F_DATE]) return false;
  const char *precision = read_day(value, n, iso);
  if (!precision) return false;
  ld_builder_field(b, LD_F_DATE, iso, strlen(iso));
  ld_builder_field(b, LD_F_DATE_PRECISION, precision, strlen(precision));
  ld_builder_field(b, LD_F_DATE_HOW, how, strlen(how));
  return true;
}

/* Does a <time> stand in the article, or right before its first block? */
static bool is_in_article (const ld_html *w, const ld_html_time *time) {
  uint32_t i = time->block;
  return i < w->outline.count && w->outline.blocks[i].kind != LD_BOILERPLATE;
}

/* Is it in the lines above the article's first paragraph of text? Days that
** stand further down are those of events. */
static bool is_in_head (const ld_html *w, const ld_html_time *time) {
  for (uint32_t i = 0; i < time->block; i++)
    if (w->outline.blocks[i].kind != LD_BOILERPLATE && w->notes[i].prose &&
        w->outline.blocks[i].kind == LD_PARAGRAPH)
      return false;
  return true;
}

static void set_dates (ld_html *w, ld_hints *hints) {
  const ld_html_found *date = w->facts + LD_FACT_DATE;
  const ld_html_found *modified = w->facts + LD_FACT_MODIFIED;
  char iso[16];
  if (w->mediawiki)               /* a page of many days: that of its text */
    set_date(w, modified->value, modified->n, modified->how);
  set_date(w, date->value, date->n, date->how);
  for (int round = 0; round < 2; round++)
    for (uint32_t i = 0; i < w->time_count; i++) {
      const ld_html_time *time = w->times + i;
      if (is_in_article(w, time) &&
          (round == 0 ? time->published : is_in_head(w, time)))
        set_date(w, time->value, time->n, time->published
                 ? "time datePublished" : "time datetime");
    }
  if (!modified->rank || !read_day(modified->value, modified->n, iso)) return;
  ld_builder_more(w->builder, "modified", iso, strlen(iso));
  if (strlen(iso) != 10) return;
  hints->late_date = ld_arena_string(&w->arena, iso, strlen(iso));
  hints->late_how = modified->how;
}


/* ------------------------------------------------------------------ whole */

/* The language that the page declares. Templates say "en" whatever the page is
** in: that is believed unless the words say otherwise. */
static void set_language (ld_html *w) {
  const ld_html_found *f = w->facts + LD_FACT_LANG;
  const ld_builder *b = w->builder;
  char code[4] = "";
  size_t n = 0;
  while (n < f->n && n < sizeof code && (f->value[n] | 0x20) >= 'a' &&
         (f->value[n] | 0x20) <= 'z') {
    code[n] = (char)(f->value[n] | 0x20);
    n++;
  }
  if (n < 2 || n > 3 ||
      (n < f->n && !strchr("-_, ;", f->value[n])))
    return;
  code[n] = '\0';
  for (uint32_t i = 0; i < w->outline.count && !strcmp(code, "en"); i++) {
    const ld_block *block = w->outline.blocks + i;
    if (block->kind == LD_BOILERPLATE || block->kind == LD_HEADING) continue;
    const char *lang = ld_language(b->doc->text + block->begin,
                                   b->doc->text_length - block->begin);
    if (lang && strcmp(lang, "en") != 0) return;
    break;
  }
  ld_builder_field(w->builder, LD_F_LANG, code, n);
}

static void set_author (ld_html *w) {
  const ld_html_found *author = w->facts + LD_FACT_AUTHOR;
  const ld_html_found *site = w->facts + LD_FACT_SITE;
  slice a = { author->value, author->n }, s = { site->value, site->n };
  if (!author->rank || w->mediawiki || ld_lexicon_has(LD_PAGE_NOBODY, a.p, a.n) ||
      (site->rank && same(a, s)))
    return;
  size_t by = ld_lexicon_prefix(LD_BY, a.p, a.n);
  const char *name = ld_skip_space(a.p + by, a.p + a.n);
  if (name > a.p + by && name < a.p + a.n) {      /* "By Anna Berg" */
    a.n -= (size_t)(name - a.p);
    a.p = name;
  }
  ld_builder_field(w->builder, LD_F_BYLINE, a.p, a.n);
}

static bool has (const ld_html_found *fact, const char *what) {
  return fact->rank && memmem(fact->value, fact->n, what, strlen(what));
}

void ld_html_fields (ld_html *w, ld_hints *hints) {
  ld_builder *b = w->builder;
  const ld_html_found *site = w->facts + LD_FACT_SITE;
  const ld_html_found *url = w->facts + LD_FACT_URL;
  if (w->failed || b->failure) return;
  set_title(w);
  set_author(w);
  set_dates(w, hints);
  set_language(w);
  hints->wiki = w->mediawiki && (has(url, "wikipedia.org") ||
                                 has(site, "Wikipedia"));
  if (site->rank && !hints->wiki)
    ld_builder_field(b, LD_F_SOURCE, site->value, site->n);
  if (url->rank) ld_builder_more(b, "url", url->value, url->n);
  if (w->mediawiki) hints->kind = "wiki";
  else if (w->news && !ld_lexicon_prefix(LD_ISSUER, site->value, site->n))
    hints->kind = "news";
}
