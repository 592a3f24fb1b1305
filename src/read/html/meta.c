/*
** meta.c - what a page says of itself: <meta>, <link rel=canonical>.
**
** Each fact may be told several times. The best source wins, by its rank; of
** equal ones the first, but authors are all kept.
*/
#include <string.h>
#include <strings.h>

#include "read/html/html.h"

enum { VALUE_MAX = 2000 };      /* bytes of a value that are looked at */

/* Names of meta tags, as date_how will quote them; higher ranks win. */
static const struct { const char *how; enum ld_html_fact fact; int rank; }
known[] = {
  { "meta og:title", LD_FACT_TITLE, 8 },
  { "meta citation_title", LD_FACT_TITLE, 8 },
  { "meta headline", LD_FACT_TITLE, 6 }, { "meta dc.title", LD_FACT_TITLE, 6 },
  { "meta dcterms.title", LD_FACT_TITLE, 6 },
  { "meta twitter:title", LD_FACT_TITLE, 5 },
  { "meta title", LD_FACT_TITLE, 4 },

  { "meta og:site_name", LD_FACT_SITE, 9 },
  { "meta citation_publisher", LD_FACT_SITE, 7 },
  { "meta dc.publisher", LD_FACT_SITE, 6 },
  { "meta dcterms.publisher", LD_FACT_SITE, 6 },
  { "meta publisher", LD_FACT_SITE, 5 }, { "meta source", LD_FACT_SITE, 5 },
  { "meta application-name", LD_FACT_SITE, 4 },

  { "meta citation_author", LD_FACT_AUTHOR, 9 },
  { "meta author", LD_FACT_AUTHOR, 7 }, { "meta byl", LD_FACT_AUTHOR, 7 },
  { "meta parsely-author", LD_FACT_AUTHOR, 6 },
  { "meta sailthru.author", LD_FACT_AUTHOR, 6 },
  { "meta dc.creator", LD_FACT_AUTHOR, 6 },
  { "meta dcterms.creator", LD_FACT_AUTHOR, 6 },
  { "meta article:author", LD_FACT_AUTHOR, 5 },

  { "meta article:published_time", LD_FACT_DATE, 9 },
  { "meta og:published_time", LD_FACT_DATE, 9 },
  { "meta published_time", LD_FACT_DATE, 9 },
  { "meta citation_publication_date", LD_FACT_DATE, 8 },
  { "meta dc.date.issued", LD_FACT_DATE, 8 },
  { "meta dcterms.issued", LD_FACT_DATE, 8 },
  { "meta datePublished", LD_FACT_DATE, 8 },
  { "meta citation_date", LD_FACT_DATE, 7 },
  { "meta pubdate", LD_FACT_DATE, 7 }, { "meta publishdate", LD_FACT_DATE, 7 },
  { "meta publish-date", LD_FACT_DATE, 7 },
  { "meta publish_date", LD_FACT_DATE, 7 },
  { "meta publication_date", LD_FACT_DATE, 7 },
  { "meta publication-date", LD_FACT_DATE, 7 },
  { "meta publicationdate", LD_FACT_DATE, 7 },
  { "meta originalpublicationdate", LD_FACT_DATE, 7 },
  { "meta parsely-pub-date", LD_FACT_DATE, 7 },
  { "meta sailthru.date", LD_FACT_DATE, 7 },
  { "meta release_date", LD_FACT_DATE, 7 },
  { "meta firstpublishedtime", LD_FACT_DATE, 7 },
  { "meta date", LD_FACT_DATE, 6 }, { "meta issued", LD_FACT_DATE, 6 },
  { "meta dcterms.created", LD_FACT_DATE, 6 },
  { "meta dc.date.created", LD_FACT_DATE, 6 },
  { "meta dcterms.date", LD_FACT_DATE, 5 }, { "meta dc.date", LD_FACT_DATE, 5 },

  { "meta article:modified_time", LD_FACT_MODIFIED, 5 },
  { "meta dateModified", LD_FACT_MODIFIED, 5 },
  { "meta dcterms.modified", LD_FACT_MODIFIED, 5 },
  { "meta dc.date.modified", LD_FACT_MODIFIED, 5 },
  { "meta og:updated_time", LD_FACT_MODIFIED, 4 },
  { "meta last-modified", LD_FACT_MODIFIED, 3 },

  { "meta content-language", LD_FACT_LANG, 1 },
  { "meta dc.language", LD_FACT_LANG, 1 },
  { "meta language", LD_FACT_LANG, 1 },

  { "meta og:url", LD_FACT_URL, 5 }
};

/* One more author after those that there are; "Berg, Anna; Maas, Piet". */
static void add_author (ld_html *w, const char *value, size_t n) {
  ld_html_found *f = w->facts + LD_FACT_AUTHOR;
  if (f->n + n > VALUE_MAX || memmem(f->value, f->n, value, n)) return;
  char *both = ld_arena_take(&w->arena, f->n + n + 3);
  if (!both) return;
  memcpy(both, f->value, f->n);
  memcpy(both + f->n, memchr(value, ',', n) ? "; " : ", ", 2);
  memcpy(both + f->n + 2, value, n);
  f->value = both;
  f->n += n + 2;
}

void ld_html_offer (ld_html *w, enum ld_html_fact fact, int rank,
                    const char *value, size_t n, const char *how) {
  ld_html_found *f = w->facts + fact;
  if (rank < f->rank || (rank == f->rank && fact != LD_FACT_AUTHOR) || !n)
    return;
  if (n > VALUE_MAX) n = ld_utf8_floor(value, VALUE_MAX);
  char *copy = ld_arena_take(&w->arena, n + 1);
  if (!copy) return;
  n = ld_markup_decode(value, n, copy, n + 1, true);     /* never grows */
  const char *begin = ld_skip_space(copy, copy + n);
  n = (size_t)(ld_trim_space(begin, copy + n) - begin);
  bool url = n > 6 && memmem(begin, n, "://", 3);
  if (n == 0 || (url && fact != LD_FACT_URL)) return;
  if (rank == f->rank) { add_author(w, begin, n); return; }
  f->value = begin;
  f->n = n;
  f->how = how;
  f->rank = rank;
}

/* A tag that names its content: <meta name= ... content= ...>. */
static void take (ld_html *w, const ld_attribute *name,
                  const ld_attribute *content) {
  if (name->value_length == 9 && !strncasecmp(name->value, "generator", 9))
    w->mediawiki |= content->value_length >= 9 &&
                    !strncasecmp(content->value, "mediawiki", 9);
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    const char *wanted = known[i].how + sizeof "meta " - 1;
    if ((*wanted | 0x20) == (*name->value | 0x20) &&
        strlen(wanted) == name->value_length &&
        strncasecmp(wanted, name->value, name->value_length) == 0) {
      ld_html_offer(w, known[i].fact, known[i].rank, content->value,
                    content->value_length, known[i].how);
      return;
    }
  }
}

void ld_html_meta_tag (ld_html *w) {
  static const char *const keys[] = { "property", "name", "itemprop",
                                      "http-equiv" };
  ld_attribute name, content;
  if (ld_markup_is(&w->markup, "link")) {
    if (ld_markup_find(&w->markup, "rel", &name) &&
        name.value_length == 9 && !strncasecmp(name.value, "canonical", 9) &&
        ld_markup_find(&w->markup, "href", &content))
      ld_html_offer(w, LD_FACT_URL, 9, content.value, content.value_length,
                    "link canonical");
    return;
  }
  if (!ld_markup_find(&w->markup, "content", &content)) return;
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    if (ld_markup_find(&w->markup, keys[i], &name) && name.value_length)
      take(w, &name, &content);
}


/* ---------------------------------------------------------------- charset */

enum { PRESCAN = 4096 };        /* bytes in which a page declares its encoding */

/* "text/html; charset=koi8-r", or encoding="..." of an XML declaration. */
static bool named_after (const char *p, size_t n, const char *word,
                         const char **value, size_t *length) {
  const char *end = p + n, *q = p;
  size_t m = strlen(word);
  for (; (size_t)(end - q) > m; q++) {
    if (strncasecmp(q, word, m) != 0) continue;
    const char *from = q + m;
    while (from < end && (unsigned char)*from <= ' ') from++;
    if (from == end || *from != '=') continue;
    for (from++; from < end && ((unsigned char)*from <= ' ' || *from == '"' ||
                                *from == '\'');)
      from++;
    const char *stop = from;
    while (stop < end && (unsigned char)*stop > ' ' && !strchr(";\"'?>", *stop))
      stop++;
    *value = from;
    *length = (size_t)(stop - from);
    return stop > from;
  }
  return false;
}

/* The name in a meta tag, or false. */
static bool declared (const ld_markup *m, const char **value, size_t *length) {
  ld_attribute a, content;
  if (ld_markup_find(m, "charset", &a) && a.value_length) {
    *value = a.value;
    *length = a.value_length;
    return true;
  }
  return ld_markup_find(m, "http-equiv", &a) && a.value_length == 12 &&
         !strncasecmp(a.value, "content-type", 12) &&
         ld_markup_find(m, "content", &content) &&
         named_after(content.value, content.value_length, "charset", value,
                     length);
}

const char *ld_html_charset (const char *bytes, size_t n, char *out,
                             size_t size) {
  const char *value = NULL;
  size_t length = 0;
  ld_markup m;
  ld_markup_init(&m, bytes, n < PRESCAN ? n : PRESCAN, false);
  while (!value && ld_markup_next(&m) != LD_MARKUP_END) {
    if (m.kind == LD_MARKUP_OPEN && ld_markup_is(&m, "meta"))
      declared(&m, &value, &length);
    else if (m.kind == LD_MARKUP_OTHER && m.end - m.begin > 5 &&
             !memcmp(bytes + m.begin, "<?xml", 5))
      named_after(bytes + m.begin, m.end - m.begin, "encoding", &value,
                  &length);
  }
  if (!value) return NULL;
  while (length && (unsigned char)*value <= ' ') { value++; length--; }
  while (length && (unsigned char)value[length - 1] <= ' ') length--;
  if (!length || length >= size) return NULL;
  /* A page that can be read so far as to declare UTF-16 is not in it. */
  if (length >= 6 && !strncasecmp(value, "utf-16", 6)) {
    value = "UTF-8";
    length = 5;
    if (length >= size) return NULL;
  }
  memcpy(out, value, length);
  out[length] = '\0';
  return out;
}
