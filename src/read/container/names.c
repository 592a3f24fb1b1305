/*
** names.c - what the members of an archive are called.
**
** Old zips have names in the code page of whoever packed them, and do not say
** which. It is guessed from all such names together, for each alone is short.
*/
#include <string.h>

#include "read/charset/charset.h"
#include "read/container/unpack.h"

enum {
  ID_MOST = 900,      /* bytes of an id: a citation has room for 1,000 */
  ID_FRONT = 800,     /* what stays of a longer one */
  SURE = 90           /* percent; a guess below it is told */
};

/* What a zip says of names that are not said to be UTF-8. */
static const char NAMES_OF_OLD[] = "IBM437";


/* ------------------------------------------------------------ their encoding */

static bool is_utf8 (const char *name) {
  const size_t n = strlen(name);
  return ld_utf8_check(name, n) == n;
}

/* Collects the names that are not UTF-8, a line each, as far as there is room. */
static void collect (ld_unpacking *u, ld_sample *sample) {
  struct archive_entry *entry;
  int code;
  while ((code = ld_unpack_next(u, &entry)) == ARCHIVE_OK ||
         code == ARCHIVE_WARN) {
    const char *name = u->lib->archive_entry_pathname(entry);
    if (!name || is_utf8(name)) continue;
    const size_t n = strlen(name);
    if (n >= sizeof sample->bytes - sample->n) return;
    memcpy(sample->bytes + sample->n, name, n);
    sample->bytes[sample->n + n] = '\n';
    sample->n += n + 1;
  }
}

static void guess (ld_members *m, const ld_sample *sample) {
  ld_guess found;
  if (!ld_guess_charset(&found, m->strings.memory, sample->bytes, sample->n,
                        NULL)) {
    m->strings.failed = true;
    return;
  }
  m->names = found.charset ? found.charset : ld_charset_named(NAMES_OF_OLD);
  if (!found.charset || found.percent < SURE)
    ld_builder_note(m->reading->builder, LESDIPLO_EFORMAT, m->name, 0,
                    "does not say in which encoding the names of its members "
                    "are: they are read as %s, which is a guess",
                    m->names->name);
}

void ld_names_learn (ld_members *m, const char *name, const char *bytes,
                     size_t n) {
  if (m->names || is_utf8(name)) return;
  ld_unpacking again;
  ld_sample sample = { .n = 0 };
  if (ld_unpack_begin(&again, m, bytes, n) && ld_unpack_open(&again, false))
    collect(&again, &sample);
  ld_unpack_end(&again);
  if (sample.n) guess(m, &sample);
}


/* ---------------------------------------------------------------------- ids */

/* Adds n bytes, clean. */
static void add_clean (ld_buffer *out, const char *p, size_t n) {
  for (const char *end = p + n; p < end;) {
    uint32_t cp;
    int length = ld_utf8_read(p, end, &cp);
    if (cp == 0xFFFD && length == 1)
      ld_buffer_format(out, "%%%02X", (unsigned char)*p);
    else if (cp < ' ' || (cp >= 0x7F && cp < 0xA0)) ld_buffer_char(out, '_');
    else ld_buffer_add(out, p, (size_t)length);
    p += length;
  }
}

/* Adds a path's parts, the ones that are names. */
static void add_path (ld_buffer *out, const char *p) {
  size_t begin = out->used;
  while (*p) {
    size_t n = strcspn(p, "/");
    if (n > 0 && !(n == 1 && *p == '.') && !(n == 2 && !memcmp(p, "..", 2))) {
      if (out->used > begin) ld_buffer_char(out, '/');
      add_clean(out, p, n);
    }
    p += n + (p[n] == '/');
  }
}

/* Cuts an id that is too long; what was cut is told by a hash. */
static void shorten (ld_buffer *id) {
  if (id->used <= ID_MOST) return;
  uint64_t hash = ld_hash(id->bytes, id->used);
  id->used = ld_utf8_floor(id->bytes, ID_FRONT);
  ld_buffer_format(id, "~%016llx", (unsigned long long)hash);
}

/* Adds a path in the encoding of such names; false where it is not in it. */
static bool add_decoded (ld_members *m, ld_buffer *out, const char *name) {
  const size_t n = strlen(name);
  char text[LD_ROW_MAX];
  ld_row row;
  ld_decoder decoder;
  ld_buffer path;
  ld_buffer_init(&path, m->strings.memory);
  ld_decoder_open(&decoder, m->names, name, 0, n);
  while (ld_decoder_next(&decoder, text, &row))
    ld_buffer_add(&path, text, row.n);
  ld_decoder_close(&decoder);
  const bool good = !decoder.bad && !decoder.failed && !path.failed;
  if (good) add_path(out, ld_buffer_text(&path));
  out->failed |= decoder.failed || path.failed;
  ld_buffer_free(&path);
  return good;
}

const char *ld_member_id (ld_members *m, const char *name, bool url) {
  ld_buffer id;
  ld_buffer_init(&id, m->strings.memory);
  ld_buffer_puts(&id, m->name);
  ld_buffer_puts(&id, "!/");
  size_t front = id.used;
  if (url) add_clean(&id, name, strlen(name));
  else if (!m->names || is_utf8(name) || !add_decoded(m, &id, name))
    add_path(&id, name);
  const char *result = NULL;
  if (id.used > front && !id.failed) {
    shorten(&id);
    result = ld_arena_string(&m->strings, id.bytes, id.used);
  }
  m->strings.failed |= id.failed;
  ld_buffer_free(&id);
  return result;
}

bool ld_member_is_hidden (const ld_members *m, const char *id) {
  const char *p = id + strlen(m->name) + 2;
  /* what tells the kind of a zip, of a book that lacks the rest of it */
  if (strcmp(p, "mimetype") == 0 || strncmp(p, "META-INF/", 9) == 0)
    return true;
  return strncmp(p, "__MACOSX/", 9) == 0 || *p == '.' || strstr(p, "/.");
}
