/*
** markup.c - a linear reader of tags, for HTML and XML.
**
** It goes by the rules that browsers go by, as far as they decide what is text
** and what is markup. Where a browser would lose the rest of the page, because
** a comment, a quote, a tag or a title never ends, the opening sign ends where
** it may and what follows is read: a page that was cut off keeps its text.
** Nothing is looked for twice that has been looked for in vain ('missing'), so
** that a page of openings costs no more than one of text.
*/
#include <string.h>
#include <strings.h>

#include "read/format/markup.h"

/* What may be missing from here to the end of the bytes. */
enum {
  NO_COMMENT_END = 1, NO_INSTRUCTION_END = 2, NO_CDATA_END = 4,
  NO_DOUBLE = 8, NO_SINGLE = 16,      /* quotes */
  NO_TAG_END = 32,                    /* a > that is not in quotes */
  NO_SUBSET_END = 64,                 /* of <!DOCTYPE x [ ... ]> */
  NO_ANGLE = 128,                     /* any > */
  NO_BANG_END = 256,                  /* of a comment: --!> */
  NO_RAW = 512                        /* the first of 'raws' below */
};

/* Elements of HTML whose content is no markup. References in a title or a text
** area are, and what is not closed there is no reason to lose the page. */
static const struct { const char *name; size_t n; bool text, must_close; }
raws[] = {
  { "script", 6, false, false }, { "style", 5, false, false },
  { "title", 5, true, true }, { "textarea", 8, true, true },
  { "noscript", 8, false, true }, { "iframe", 6, false, true },
  { "xmp", 3, false, true }, { "noembed", 7, false, true }
};
enum { RAWS = sizeof raws / sizeof *raws };

static bool is_space (char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool is_letter (char c) {
  return (unsigned char)((c | 0x20) - 'a') < 26;
}

/* May a tag's name begin so? In XML with any letter past ASCII too. */
static bool begins_name (const ld_markup *m, const char *p) {
  return is_letter(*p) ||
         (m->xml && (*p == '_' || *p == ':' || (unsigned char)*p >= 0x80));
}

static const char *name_end (const char *p, const char *end) {
  while (p < end && !is_space(*p) && *p != '>' && *p != '/' && *p != '<') p++;
  return p;
}

static bool same_name (const char *name, size_t n, const char *wanted,
                       bool exact) {
  return strlen(wanted) == n && (exact ? memcmp(name, wanted, n) == 0
                                       : strncasecmp(name, wanted, n) == 0);
}

void ld_markup_init (ld_markup *m, const char *bytes, size_t n, bool xml) {
  memset(m, 0, sizeof *m);
  m->bytes = m->name = bytes;
  m->n = n;
  m->xml = xml;
}

/* Where 'mark' stands at or after p, or NULL, and then it is known to be
** missing from here on. */
static const char *seek (ld_markup *m, const char *p, const char *mark,
                         unsigned missing) {
  const char *end = m->bytes + m->n;
  if (m->missing & missing) return NULL;
  const char *found = memmem(p, (size_t)(end - p), mark, strlen(mark));
  if (!found) m->missing |= missing;
  return found;
}

/* The piece [begin, end), and the next one at 'next'. */
static enum ld_markup_kind piece (ld_markup *m, enum ld_markup_kind kind,
                                  const char *begin, const char *end,
                                  const char *next) {
  m->begin = (size_t)(begin - m->bytes);
  m->end = (size_t)(end - m->bytes);
  m->at = (size_t)(next - m->bytes);
  return m->kind = kind;
}


/* ------------------------------------------------------------------- tags */

/* Past the value after an equals sign at p: quoted, or up to a space. With
** 'm' the end of a quotation is looked for wherever it may be. */
static const char *value_end (ld_markup *m, const char *p, const char *end,
                              const char **value, const char **stop) {
  while (p < end && is_space(*p)) p++;
  char quote = p < end ? *p : '\0';
  if (quote == '"' || quote == '\'') {
    const char *close = !m ? memchr(p + 1, quote, (size_t)(end - p - 1))
                        : quote == '"' ? seek(m, p + 1, "\"", NO_DOUBLE)
                                       : seek(m, p + 1, "'", NO_SINGLE);
    if (close) {
      *value = p + 1;
      *stop = close;
      return close + 1;
    }
  }
  *value = p;
  while (p < end && !is_space(*p) && *p != '>' && *p != '<') p++;
  *stop = p;
  return p;
}

/* Past the tag whose name ends at p: after its > or, when that was forgotten,
** before the next <. NULL where neither comes. */
static const char *tag_end (ld_markup *m, const char *p) {
  const char *end = m->bytes + m->n, *value, *stop;
  bool quotes = !(m->missing & NO_TAG_END);
  while (p < end && *p != '>' && *p != '<') {
    if (*p++ == '=' && quotes) p = value_end(m, p, end, &value, &stop);
  }
  if (p < end) return *p == '>' ? p + 1 : p;
  m->missing |= NO_TAG_END;
  return NULL;
}

/* The end tag of the raw element 'which' at or after p, or NULL. */
static const char *raw_end (ld_markup *m, const char *p, unsigned which) {
  const char *end = m->bytes + m->n;
  size_t n = raws[which].n;
  unsigned missing = (unsigned)NO_RAW << which;
  if (m->missing & missing) return NULL;
  while ((p = memmem(p, (size_t)(end - p), "</", 2)) != NULL) {
    if ((size_t)(end - p) > n + 2 && !strncasecmp(p + 2, raws[which].name, n) &&
        (is_space(p[n + 2]) || p[n + 2] == '>' || p[n + 2] == '/'))
      return p;
    p += 2;
  }
  m->missing |= missing;
  return NULL;
}

/* Which of the raw elements was opened, from 1; 0 for none. */
static unsigned raw_of (const ld_markup *m) {
  static const char firsts[] = "stnixSTNIX";
  if (m->xml || (m->empty && m->xhtml) ||
      !memchr(firsts, *m->name, sizeof firsts - 1))
    return 0;
  for (unsigned i = 0; i < RAWS; i++)
    if (same_name(m->name, m->name_length, raws[i].name, false)) return i + 1;
  return 0;
}

/* A tag at p, whose name begins at 'name'; END when it is none. */
static enum ld_markup_kind tag (ld_markup *m, const char *p,
                                const char *name) {
  const char *end = m->bytes + m->n, *stop = name_end(name, end);
  const char *next = tag_end(m, stop);
  if (!next) return LD_MARKUP_END;
  m->name = name;
  m->name_length = (size_t)(stop - name);
  m->attributes = (size_t)(stop - m->bytes);
  m->empty = next[-1] == '>' && next[-2] == '/';
  if (p[1] == '/') return piece(m, LD_MARKUP_CLOSE, p, next, next);
  m->raw = raw_of(m);
  if (m->raw) {
    const char *close = raw_end(m, next, m->raw - 1);
    if (close) m->raw_end = (size_t)(close - m->bytes);
    else if (raws[m->raw - 1].must_close) m->raw = 0;
    else m->raw_end = m->n;
  }
  return piece(m, LD_MARKUP_OPEN, p, next, next);
}

bool ld_markup_attribute (ld_markup *m, ld_attribute *out) {
  const char *p = m->bytes + m->attributes, *end = m->bytes + m->end;
  if (m->kind != LD_MARKUP_OPEN) return false;
  if (end[-1] == '>') end--;
  while (p < end && (is_space(*p) || *p == '/')) p++;
  m->attributes = (size_t)(p - m->bytes);
  if (p >= end) return false;
  out->name = p++;
  while (p < end && !is_space(*p) && *p != '=' && *p != '/') p++;
  out->name_length = (size_t)(p - out->name);
  out->value = p;
  out->value_length = 0;
  while (p < end && is_space(*p)) p++;
  if (p < end && *p == '=') {
    const char *stop;
    p = value_end(NULL, p + 1, end, &out->value, &stop);
    out->value_length = (size_t)(stop - out->value);
  }
  m->attributes = (size_t)(p - m->bytes);
  return true;
}

bool ld_attribute_is (const ld_attribute *a, const char *name) {
  return same_name(a->name, a->name_length, name, false);
}

bool ld_markup_find (const ld_markup *m, const char *name, ld_attribute *out) {
  ld_markup copy = *m;
  if (m->kind != LD_MARKUP_OPEN) return false;
  copy.attributes = (size_t)(m->name + m->name_length - m->bytes);
  while (ld_markup_attribute(&copy, out))
    if (ld_attribute_is(out, name)) return true;
  return false;
}

bool ld_markup_is (const ld_markup *m, const char *name) {
  return same_name(m->name, m->name_length, name, m->xml);
}


/* ------------------------------------------------------- other than tags */

/* Past the next > after p, or after the sign itself when there is none. */
static const char *bogus_end (ld_markup *m, const char *p, const char *sign) {
  const char *close = seek(m, p, ">", NO_ANGLE);
  return close ? close + 1 : sign;
}

static enum ld_markup_kind comment (ld_markup *m, const char *p) {
  const char *end = m->bytes + m->n, *from = p + 4, *close;
  if (from < end && *from == '>')                        /* <!--> */
    return piece(m, LD_MARKUP_COMMENT, p, from + 1, from + 1);
  close = seek(m, p + 3, "-->", NO_COMMENT_END);      /* <!---> is one, too */
  if (!m->xml) {
    const char *other = close && close > from
                        ? memmem(from, (size_t)(close - from), "--!>", 4)
                        : close ? NULL
                                : seek(m, from, "--!>", NO_BANG_END);
    if (other) return piece(m, LD_MARKUP_COMMENT, p, other + 4, other + 4);
  }
  const char *next = close ? close + 3 : from;
  return piece(m, LD_MARKUP_COMMENT, p, next, next);
}

static enum ld_markup_kind cdata (ld_markup *m, const char *p) {
  const char *from = p + 9, *close = seek(m, from, "]]>", NO_CDATA_END);
  if (!close) return piece(m, LD_MARKUP_OTHER, p, from, from);
  return piece(m, LD_MARKUP_LITERAL, from, close, close + 3);
}

/* <!doctype ...>, with what XML may declare inside. */
static enum ld_markup_kind declaration (ld_markup *m, const char *p) {
  const char *next = bogus_end(m, p + 2, p + 2);
  bool subsets = m->xml || (m->n - (size_t)(p - m->bytes) > 9 &&
                            !strncasecmp(p + 2, "doctype", 7));
  const char *subset = subsets ? memchr(p, '[', (size_t)(next - p)) : NULL;
  const char *close = subset ? seek(m, subset, "]>", NO_SUBSET_END) : NULL;
  if (close) next = close + 2;
  return piece(m, LD_MARKUP_OTHER, p, next, next);
}

static enum ld_markup_kind instruction (ld_markup *m, const char *p) {
  const char *close = m->xml ? seek(m, p + 2, "?>", NO_INSTRUCTION_END) : NULL;
  if (m->n - m->at > 5 && !memcmp(p, "<?xml", 5)) m->xhtml = true;
  const char *next = close ? close + 2 : bogus_end(m, p + 2, p + 2);
  return piece(m, LD_MARKUP_OTHER, p, next, next);
}

/* What stands inside a raw element, if there is something. */
static enum ld_markup_kind raw_content (ld_markup *m) {
  const char *p = m->bytes + m->at, *stop = m->bytes + m->raw_end;
  bool text = raws[m->raw - 1].text;
  m->raw = 0;
  if (stop == p) return LD_MARKUP_END;
  return piece(m, text ? LD_MARKUP_TEXT : LD_MARKUP_LITERAL, p, stop, stop);
}

/* What begins with the < at p, or END where that is just a sign. */
static enum ld_markup_kind sign (ld_markup *m, const char *p) {
  size_t left = m->n - (size_t)(p - m->bytes);
  if (left < 2) return LD_MARKUP_END;
  if (begins_name(m, p + 1)) return tag(m, p, p + 1);
  if (p[1] == '/' && left > 2) {
    if (begins_name(m, p + 2)) return tag(m, p, p + 2);
    const char *next = bogus_end(m, p + 2, p);
    return next > p ? piece(m, LD_MARKUP_OTHER, p, next, next)
                    : LD_MARKUP_END;
  }
  if (p[1] == '?') return instruction(m, p);
  if (p[1] != '!') return LD_MARKUP_END;
  if (left >= 4 && !memcmp(p, "<!--", 4)) return comment(m, p);
  if (m->xml && left >= 9 && !memcmp(p, "<![CDATA[", 9)) return cdata(m, p);
  return declaration(m, p);
}

enum ld_markup_kind ld_markup_next (ld_markup *m) {
  const char *p = m->bytes + m->at, *end = m->bytes + m->n;
  if (m->raw && raw_content(m) != LD_MARKUP_END) return m->kind;
  if (p == end) {
    m->begin = m->end = m->n;
    return m->kind = LD_MARKUP_END;
  }
  const char *next = p;
  if (*p == '<') {
    if (sign(m, p) != LD_MARKUP_END) return m->kind;
    next++;                            /* a sign that is text */
  }
  next = next < end ? memchr(next, '<', (size_t)(end - next)) : NULL;
  if (!next) next = end;
  return piece(m, LD_MARKUP_TEXT, p, next, next);
}
