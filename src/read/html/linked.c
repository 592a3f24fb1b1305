/*
** linked.c - JSON-LD: what a page tells machines of its article.
**
** A script holds one object, an array of them or a graph. The object of an
** article is looked for by its type; what it only names by an id (a publisher,
** an author) is looked up among the others.
*/
#include <string.h>

#include "read/html/html.h"

enum { PATH_MAX_ = 200, ID_MAX = 300 };

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
    if (is(key, n, known[i].key))
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

void ld_html_linked_data (ld_html *w, const char *bytes, size_t n) {
  search s;
  memset(&s, 0, sizeof s);
  s.page = w;
  const char *end = ld_trim_space(bytes, bytes + n);
  bytes = ld_skip_space(bytes, end);
  while (end > bytes && (end[-1] == ';' || (unsigned char)end[-1] <= ' ')) end--;
  if (!w->json) w->json = ld_json_new();
  if (!w->json) { w->failed = true; return; }
  n = (size_t)(end - bytes);
  if (!n || ld_json_tree(w->json, bytes, n, find_article, &s) || !s.rank)
    return;
  w->news |= s.rank == 4;
  ld_json_tree(w->json, bytes, n, take_facts, &s);
  look_up(&s, bytes, n, s.publisher);
  look_up(&s, bytes, n, s.author);
}
