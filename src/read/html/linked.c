/*
** linked.c - JSON-LD: what a page tells machines of its article.
**
** A script holds one object, an array of them or a graph. The object of an
** article is looked for by its type; what it only names by an id (a publisher,
** an author) is looked up among the others.
*/
#include <string.h>

#include "read/html/html.h"

enum { PATH_MAX_ = 200, ID_MAX = 300, TITLE_MAX = 2000 };

/* One way through all values of a script. */
typedef struct search {
  ld_html *page;
  char object[PATH_MAX_];     /* path of the article, "@graph.1." */
  size_t object_length;
  int rank;                   /* of its type, 0: none was found */
  char publisher[ID_MAX], author[ID_MAX];     /* their ids, or "" */
  char path[PATH_MAX_];       /* of the object that has the id 'wanted' */
  const char *wanted;
} search;

static bool ends (const char *p, size_t n, const char *ending) {
  size_t m = strlen(ending);
  return n >= m && memcmp(p + n - m, ending, m) == 0;
}

static bool is (const char *p, size_t n, const char *what) {
  return strlen(what) == n && memcmp(p, what, n) == 0;
}

static int rank_of_type (const char *type, size_t n) {
  if (ends(type, n, "NewsArticle")) return 4;
  if (ends(type, n, "Article") || ends(type, n, "Posting") ||
      ends(type, n, "Report"))
    return 3;
  return ends(type, n, "WebPage") ? 1 : 0;
}

/* The part of a path before a key, or NULL when it does not end in that key:
** "@graph.0.@type" and "@graph.0.@type.1" before "@type". */
static bool before (const ld_json_field *f, const char *key, size_t *length) {
  size_t n = f->name_length, m = strlen(key);
  while (n && f->name[n - 1] >= '0' && f->name[n - 1] <= '9') n--;
  if (n < f->name_length && n && f->name[n - 1] == '.') n--;
  else n = f->name_length;
  if (n < m || memcmp(f->name + n - m, key, m) != 0 ||
      (n > m && f->name[n - m - 1] != '.'))
    return false;
  *length = n - m;
  return true;
}

static void find_article (void *data, const ld_json_field *f) {
  search *s = data;
  size_t n;
  if (!f->is_string || !before(f, "@type", &n) || n >= sizeof s->object) return;
  int rank = rank_of_type(f->value, f->value_length);
  if (rank <= s->rank) return;
  s->rank = rank;
  memcpy(s->object, f->name, n);
  s->object_length = n;
}

/* "author.0.name" is "author.name" here. */
static size_t without_numbers (const char *p, size_t n, char *out,
                               size_t size) {
  size_t used = 0;
  for (size_t i = 0; i < n && used < size; i++) {
    if (p[i] == '.' && i + 1 < n && p[i + 1] >= '0' && p[i + 1] <= '9') {
      for (i++; i < n && p[i] >= '0' && p[i] <= '9'; i++) { }
      i--;
      continue;
    }
    out[used++] = p[i];
  }
  return used;
}

static void keep_id (char *id, const ld_json_field *f) {
  if (*id || f->value_length >= ID_MAX) return;
  memcpy(id, f->value, f->value_length);
  id[f->value_length] = '\0';
}

/* A headline without tags: some pages give it as it stands in them. */
static void offer_title (ld_html *w, int rank, const ld_json_field *f,
                         const char *how) {
  char plain[TITLE_MAX];
  size_t n = 0;
  ld_markup m;
  ld_markup_init(&m, f->value, f->value_length, false);
  while (ld_markup_next(&m) != LD_MARKUP_END) {
    size_t length = m.end - m.begin;
    if (m.kind != LD_MARKUP_TEXT && m.kind != LD_MARKUP_LITERAL) continue;
    if (n + length > sizeof plain) break;
    memcpy(plain + n, m.bytes + m.begin, length);
    n += length;
  }
  ld_html_offer(w, LD_FACT_TITLE, rank, plain, n, how);
}

static void take_facts (void *data, const ld_json_field *f) {
  static const struct {
    const char *key, *how;
    enum ld_html_fact fact;
    int rank;
  } known[] = {
    { "headline", "JSON-LD headline", LD_FACT_TITLE, 7 },
    { "name", "JSON-LD name", LD_FACT_TITLE, 3 },
    { "datePublished", "JSON-LD datePublished", LD_FACT_DATE, 8 },
    { "dateCreated", "JSON-LD dateCreated", LD_FACT_DATE, 4 },
    { "dateModified", "JSON-LD dateModified", LD_FACT_MODIFIED, 5 },
    { "author.name", "JSON-LD author.name", LD_FACT_AUTHOR, 8 },
    { "author", "JSON-LD author", LD_FACT_AUTHOR, 8 },
    { "publisher.name", "JSON-LD publisher.name", LD_FACT_SITE, 8 },
    { "publisher", "JSON-LD publisher", LD_FACT_SITE, 6 },
    { "inLanguage", "JSON-LD inLanguage", LD_FACT_LANG, 1 },
    { "mainEntityOfPage", "JSON-LD mainEntityOfPage", LD_FACT_URL, 3 },
    { "mainEntityOfPage.@id", "JSON-LD mainEntityOfPage", LD_FACT_URL, 3 },
    { "url", "JSON-LD url", LD_FACT_URL, 4 }
  };
  search *s = data;
  char key[64];
  if (!f->is_string || f->name_length <= s->object_length ||
      memcmp(f->name, s->object, s->object_length) != 0)
    return;
  size_t n = without_numbers(f->name + s->object_length,
                             f->name_length - s->object_length, key,
                             sizeof key);
  if (is(key, n, "publisher.@id")) keep_id(s->publisher, f);
  if (is(key, n, "author.@id")) keep_id(s->author, f);
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (is(key, n, known[i].key) && known[i].fact == LD_FACT_TITLE)
      offer_title(s->page, known[i].rank, f, known[i].how);
    else if (is(key, n, known[i].key))
      ld_html_offer(s->page, known[i].fact, known[i].rank, f->value,
                    f->value_length, known[i].how);
}

/* The object that has an id and is not just a mention of it comes with a name:
** both are looked for at once, the name after the id. */
static void find_path (void *data, const ld_json_field *f) {
  search *s = data;
  size_t n;
  if (*s->path || !f->is_string || !before(f, "@id", &n) || n == 0 ||
      n >= sizeof s->path || !is(f->value, f->value_length, s->wanted) ||
      (n >= s->object_length && s->object_length &&
       memcmp(f->name, s->object, s->object_length) == 0))
    return;
  memcpy(s->path, f->name, n);
  s->path[n] = '\0';
}

static void take_name (void *data, const ld_json_field *f) {
  search *s = data;
  size_t n = strlen(s->path);
  if (!f->is_string || f->name_length != n + 4 ||
      memcmp(f->name, s->path, n) != 0 || memcmp(f->name + n, "name", 4) != 0)
    return;
  if (s->wanted == s->author)
    ld_html_offer(s->page, LD_FACT_AUTHOR, 8, f->value, f->value_length,
                  "JSON-LD author.name");
  else
    ld_html_offer(s->page, LD_FACT_SITE, 8, f->value, f->value_length,
                  "JSON-LD publisher.name");
}

static void look_up (search *s, const char *bytes, size_t n, const char *id) {
  if (!*id) return;
  s->wanted = id;
  *s->path = '\0';
  ld_json_tree(s->page->json, bytes, n, find_path, s);
  if (*s->path) ld_json_tree(s->page->json, bytes, n, take_name, s);
}

/* Past one of the wrappings by which pages hid scripts from old browsers. */
static const char *unwrap (const char *p, const char *end) {
  static const char *const signs[] = {
    "\xEF\xBB\xBF", "<!--", "<![CDATA[", "//", "/*", "*/"
  };
  for (size_t i = 0; i < sizeof signs / sizeof *signs;) {
    size_t n = strlen(signs[i]);
    p = ld_skip_space(p, end);
    bool has = (size_t)(end - p) >= n && memcmp(p, signs[i], n) == 0;
    if (has) p += n;
    i = has ? 0 : i + 1;
  }
  return p;
}

/* The end of the value: what wraps it, and semicolons, stand behind. */
static const char *last_of (const char *p, const char *end) {
  while (end > p && end[-1] != '}' && end[-1] != ']') end--;
  if (end - p < 3 || memcmp(end - 2, "]]", 2) != 0) return end;
  const char *from = ld_trim_space(p, end - 2);        /* "]]>" of CDATA */
  if (*p == '{' || (from > p && from[-1] == '/')) {
    while (from > p && (from[-1] == '/' || from[-1] == '*')) from--;
    return ld_trim_space(p, from);
  }
  return end;
}

/* A copy in which line ends and tabs inside strings are blanks: JSON has none
** there, pages do. */
static const char *without_lines (ld_html *w, const char *p, size_t n) {
  char *copy = ld_arena_take(&w->arena, n + LD_PADDING);
  bool string = false;
  if (!copy) return NULL;
  memcpy(copy, p, n);
  memset(copy + n, 0, LD_PADDING);
  for (size_t i = 0; i < n; i++) {
    if (string && (unsigned char)copy[i] < ' ') copy[i] = ' ';
    else if (string && copy[i] == '\\') i++;
    else if (copy[i] == '"') string = !string;
  }
  return copy;
}

void ld_html_linked_data (ld_html *w, const char *bytes, size_t n) {
  search s;
  memset(&s, 0, sizeof s);
  s.page = w;
  const char *end = bytes + n;
  bytes = unwrap(bytes, end);
  n = (size_t)(last_of(bytes, end) - bytes);
  if (!w->json) w->json = ld_json_new();
  if (!w->json) { w->failed = true; return; }
  if (n && ld_json_tree(w->json, bytes, n, find_article, &s)) {
    bytes = without_lines(w, bytes, n);
    memset(&s, 0, sizeof s);
    s.page = w;
    if (!bytes || ld_json_tree(w->json, bytes, n, find_article, &s)) return;
  }
  if (!s.rank) return;
  w->news |= s.rank == 4;
  ld_json_tree(w->json, bytes, n, take_facts, &s);
  look_up(&s, bytes, n, s.publisher);
  look_up(&s, bytes, n, s.author);
}
