/*
** warc.c - the pages of a web crawl, out of a WARC file (ISO 28500).
**
** A record is a head, a blank line and as many bytes as the head says; those of
** a response are an HTTP answer. What a reader of the page would have got is
** the document's source: the answer's body, put together from its chunks and
** unpacked. Answers other than 200, and what is not text, are left out and
** counted. A record that makes no sense is passed over, up to the next line
** that begins one.
*/
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "read/container/container.h"

enum { HEAD_MOST = 65536 };     /* bytes of a record's or an answer's head */

typedef struct warc {
  ld_members *members;
  ld_pull pull;
  void *data;
  const char *p, *end;          /* what was pulled and not used yet */
  ld_buffer line, head, http;
  uint32_t records, answers;    /* met; of these answers and the like */
  uint32_t taken, status, kind, damaged;    /* what became of those */
} warc;


/* ---------------------------------------------------------------- stream */

/* How many bytes lie at w->p: 0 at the end. */
static size_t there (warc *w) {
  if (w->p == w->end) {
    size_t n = w->pull(w->data, &w->p);
    w->end = n ? w->p + n : w->p;
  }
  return (size_t)(w->end - w->p);
}

/* Uses up to n bytes: 'to' gets them unless it is NULL. Returns how many there
** were. */
static uint64_t use (warc *w, uint64_t n, ld_area *to) {
  uint64_t used = 0;
  while (used < n) {
    size_t step = there(w);
    if (step == 0) break;
    if (step > n - used) step = (size_t)(n - used);
    if (to && !ld_area_push(to, w->p, step)) break;
    w->p += step;
    used += step;
  }
  return used;
}

/* Reads a line with its end, of at most '*left' bytes; what is too long is cut.
** False at the end. */
static bool read_line (warc *w, uint64_t *left) {
  ld_buffer_clear(&w->line);
  bool ended = false;
  while (!ended && *left > 0 && there(w) > 0) {
    size_t n = there(w);
    if (n > *left) n = (size_t)*left;
    const char *q = memchr(w->p, '\n', n);
    if (q) n = (size_t)(q - w->p) + 1;
    ended = q != NULL;
    if (w->line.used < HEAD_MOST) ld_buffer_add(&w->line, w->p, n);
    w->p += n;
    *left -= n;
  }
  return w->line.used > 0;
}

static bool is_empty_line (const warc *w) {
  return w->line.bytes[0] == '\n' ||
         (w->line.used == 2 && w->line.bytes[0] == '\r');
}

/* Gathers the lines of a head up to a blank one. */
static bool read_head (warc *w, ld_buffer *head, uint64_t *left) {
  while (read_line(w, left)) {
    if (is_empty_line(w)) return true;
    ld_buffer_add(head, w->line.bytes, w->line.used);
    if (head->used > HEAD_MOST || head->failed) return false;
  }
  return false;
}


/* ----------------------------------------------------------------- heads */

typedef struct value { const char *p; size_t n; } value;

/* The value of a field of a head: its last line of that name, trimmed. */
static value field (const ld_buffer *head, const char *name) {
  size_t n = strlen(name);
  const char *p = ld_buffer_text(head), *end = p + head->used;
  while (p < end) {
    const char *q = memchr(p, '\n', (size_t)(end - p));
    if (!q) q = end;
    if ((size_t)(q - p) > n && p[n] == ':' && !strncasecmp(p, name, n)) {
      value found = { ld_skip_space(p + n + 1, q), 0 };
      found.n = (size_t)(ld_trim_space(found.p, q) - found.p);
      return found;
    }
    p = q + 1;
  }
  return (value){ "", 0 };
}

static bool begins (value v, const char *word) {
  size_t n = strlen(word);
  return v.n >= n && strncasecmp(v.p, word, n) == 0;
}

/* The charset that a Content-Type declares, in the strings, or NULL. */
static const char *charset_of (warc *w, value type) {
  const char *end = type.p + type.n;
  for (const char *p = type.p; (p = memchr(p, ';', (size_t)(end - p)));) {
    p = ld_skip_space(p + 1, end);
    if (end - p <= 8 || strncasecmp(p, "charset=", 8) != 0) continue;
    p += 8;
    while (p < end && (*p == '"' || *p == '\'')) p++;
    size_t n = 0;
    while (p + n < end && !strchr("\"'; \t", p[n])) n++;
    return n ? ld_arena_string(&w->members->strings, p, n) : NULL;
  }
  return NULL;
}

/* The name by which bytes of that Content-Type are recognised: NULL where they
** are no text. A page's URL does not tell what it is. */
static const char *name_for (value type) {
  static const struct { const char *type, *name; } kinds[] = {
    { "text/html", "page.html" }, { "application/xhtml", "page.html" },
    { "text/plain", "page.txt" }, { "text/markdown", "page.md" },
    { "application/pdf", "page.pdf" }, { "application/epub+zip", "page" },
    { "application/vnd.openxmlformats-officedocument.wordprocessing", "page" },
    { "application/vnd.oasis.opendocument.text", "page" }
  };
  if (type.n == 0) return "page";
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (begins(type, kinds[i].type)) return kinds[i].name;
  return NULL;
}


/* ---------------------------------------------------------------- bodies */

static int hex_digit (char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/*
** Puts the chunks of n bytes together, in place, and returns their length. Some
** crawlers have done that themselves and left the header: bytes that begin no
** chunk are left alone. A body that breaks off is read as far as it goes.
*/
static size_t join_chunks (char *bytes, size_t n) {
  size_t from = 0, to = 0;
  while (from < n) {
    uint64_t size = 0;
    size_t at = from;
    for (; at < n && at - from < 8 && hex_digit(bytes[at]) >= 0; at++)
      size = size * 16 + (uint64_t)hex_digit(bytes[at]);
    const char *q = at > from ? memchr(bytes + at, '\n', n - at) : NULL;
    if (!q || (bytes[at] != '\r' && bytes[at] != '\n' && bytes[at] != ';' &&
               bytes[at] != ' '))
      return from == 0 ? n : to;
    if (size == 0) break;
    from = (size_t)(q - bytes) + 1;
    if (size > n - from) size = n - from;
    memmove(bytes + to, bytes + from, size);
    to += size;
    from += size;
    if (from < n && bytes[from] == '\r') from++;
    if (from < n && bytes[from] == '\n') from++;
  }
  return to;
}

/* Unpacks the body that lies from 'mark' on, in its place. */
static bool unpack_body (ld_members *m, size_t mark) {
  size_t end = m->bytes.used, n;
  if (!ld_unpack_stream(m, m->bytes.base + mark, end - mark)) return false;
  n = m->bytes.used - end;
  memmove(m->bytes.base + mark, m->bytes.base + end, n);
  ld_area_cut(&m->bytes, mark + n);
  return true;
}

/* Undoes what the server did to the body for the way. */
static bool restore_body (warc *w, size_t mark) {
  ld_members *m = w->members;
  value coding = field(&w->http, "Content-Encoding");
  if (m->bytes.used == mark) return true;
  if (begins(field(&w->http, "Transfer-Encoding"), "chunked")) {
    size_t n = join_chunks(m->bytes.base + mark, m->bytes.used - mark);
    ld_area_cut(&m->bytes, mark + n);
  }
  if (coding.n == 0 || begins(coding, "identity")) return true;
  const char *bytes = m->bytes.base + mark;
  size_t n = m->bytes.used - mark;
  if (begins(coding, "br") || begins(coding, "deflate")) return false;
  /* As with chunks: some crawlers have done it themselves. */
  if (n < 4 || (memcmp(bytes, "\x1F\x8B", 2) != 0 &&
                memcmp(bytes, "\x28\xB5\x2F\xFD", 4) != 0))
    return true;
  return unpack_body(m, mark);
}


/* --------------------------------------------------------------- records */

static const char *copy (warc *w, value v) {
  return v.n ? ld_arena_string(&w->members->strings, v.p, v.n) : NULL;
}

/* Takes the body, of 'left' bytes, of a page. */
static void take_page (warc *w, value type, const char *as, uint64_t left) {
  ld_members *m = w->members;
  size_t mark = m->bytes.used;
  value uri = field(&w->head, "WARC-Target-URI");
  if (uri.n > 2 && *uri.p == '<') { uri.p++; uri.n -= 2; }
  ld_member page = { .as = as };
  const char *url = copy(w, uri);
  const char *when = copy(w, field(&w->head, "WARC-Date"));
  bool whole = use(w, left, &m->bytes) == left;
  page.id = url ? ld_member_id(m, url, true) : NULL;
  if (!page.id || !restore_body(w, mark)) {
    w->damaged++;
    ld_area_cut(&m->bytes, mark);
    return;
  }
  if (!whole && m->bytes.used > mark)
    ld_builder_note(m->reading->builder, LESDIPLO_EFORMAT, page.id, 0,
                    "breaks off after %zu bytes, for the file is cut short; "
                    "what there is of it is read; fetch the file again",
                    m->bytes.used - mark);
  page.charset = charset_of(w, type);
  page.fields[page.field_count++] = (ld_field){ "url", url };
  if (when) page.fields[page.field_count++] = (ld_field){ "retrieved", when };
  if (ld_members_add(m, &page, mark)) w->taken++;
  else w->kind++;
}

/* Reads the HTTP head of an answer and returns what is left of the record. */
static void read_answer (warc *w, uint64_t left) {
  ld_buffer_clear(&w->http);
  bool good = read_head(w, &w->http, &left);
  const char *line = ld_buffer_text(&w->http);
  value type = field(&w->http, "Content-Type");
  const char *as = name_for(type), *status = strchr(line, ' ');
  if (!good || strncmp(line, "HTTP/", 5) != 0 || !status) w->damaged++;
  else if (atoi(status) != 200) w->status++;
  else if (!as) w->kind++;
  else { take_page(w, type, as, left); return; }
  use(w, left, NULL);
}

/* A resource or a conversion has no HTTP head: the record's own type tells. */
static void read_resource (warc *w, uint64_t left) {
  value type = field(&w->head, "Content-Type");
  const char *as = name_for(type);
  ld_buffer_clear(&w->http);
  if (as && type.n) {
    take_page(w, type, as, left);
    return;
  }
  w->kind++;
  use(w, left, NULL);
}

/* Reads one record; false at the end. */
static bool read_record (warc *w) {
  uint64_t left = UINT64_MAX;
  do if (!read_line(w, &left)) return false;
  while (is_empty_line(w));
  if (strncmp(w->line.bytes, "WARC/", 5) != 0) {
    w->damaged++;
    do if (!read_line(w, &left)) return false;
    while (strncmp(w->line.bytes, "WARC/", 5) != 0);
  }
  ld_buffer_clear(&w->head);
  w->records++;
  if (!read_head(w, &w->head, &left)) { w->damaged++; return true; }
  value length = field(&w->head, "Content-Length");
  value type = field(&w->head, "WARC-Type");
  if (length.n == 0) { w->damaged++; return true; }
  left = strtoull(length.p, NULL, 10);
  if (begins(type, "response") &&
      begins(field(&w->head, "WARC-Target-URI"), "dns:"))
    use(w, left, NULL);
  else if (begins(type, "response")) { w->answers++; read_answer(w, left); }
  else if (begins(type, "resource") || begins(type, "conversion")) {
    w->answers++;
    read_resource(w, left);
  } else use(w, left, NULL);
  return true;
}

/* One note for all that was left out. */
static void tell (const warc *w) {
  ld_builder *b = w->members->reading->builder;
  if (w->answers == 0)
    ld_builder_note(b, LESDIPLO_EFORMAT, w->members->name, 0,
                    "left out: of its %u records none is the answer of a "
                    "server", w->records);
  else if (w->status || w->kind || w->damaged)
    ld_builder_note(b, LESDIPLO_EFORMAT, w->members->name, 0,
                    "%u of %u pages are read; left out are %u that were not "
                    "found or moved (another status than 200), %u that are not "
                    "text, and %u that are damaged", w->taken, w->answers,
                    w->status, w->kind, w->damaged);
}

void ld_warc_members (ld_members *members, ld_pull pull, void *data) {
  ld_memory *memory = members->strings.memory;
  const ld_builder *b = members->reading->builder;
  warc w = { .members = members, .pull = pull, .data = data };
  ld_buffer_init(&w.line, memory);
  ld_buffer_init(&w.head, memory);
  ld_buffer_init(&w.http, memory);
  members->crawl = true;
  while (!b->failure && !members->bytes.failed && !members->strings.failed &&
         !w.line.failed && read_record(&w)) { }
  members->strings.failed |= w.line.failed || w.head.failed || w.http.failed;
  tell(&w);
  ld_buffer_free(&w.line);
  ld_buffer_free(&w.head);
  ld_buffer_free(&w.http);
}
