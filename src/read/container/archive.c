/*
** archive.c - zip, tar and 7z archives, files packed by gzip, bzip2, xz, zstd
** or lz4, and WARC files, packed or not: read through libarchive.
**
** Nothing is ever written to a disk, so a member's name is only a name.
*/
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "read/container/container.h"
#include "read/container/unpack.h"

/* Places in a row that look like a member's header and are none, before a
** damaged zip is given up. */
enum { TRIES_MOST = 1000 };


/* -------------------------------------------------------------- one member */

/* Adds the member whose bytes were pushed from 'mark' on, as far as its end is
** what it should be. 'code' is what 'unpack' returned. */
static void settle (ld_unpacking *u, const ld_member *member, size_t mark,
                    int code) {
  size_t n = u->members->bytes.used - mark;
  if (code == ARCHIVE_EOF) {
    ld_members_add(u->members, member, mark);
  } else if (code == ARCHIVE_OK) {
    ld_area_cut(&u->members->bytes, mark);
  } else if (ld_unpack_is_cut_off(u) && n > 0) {
    ld_builder_note(ld_unpack_builder(u), LESDIPLO_EFORMAT, member->id, 0,
                    "breaks off after %zu bytes, for the archive is cut short; "
                    "what there is of it is read; fetch the archive again", n);
    ld_members_add(u->members, member, mark);
  } else {
    ld_builder_note(ld_unpack_builder(u), LESDIPLO_EFORMAT, member->id, 0,
                    "left out: it cannot be unpacked (%s); if the archive is "
                    "damaged, fetch it again",
                    ld_unpack_trouble(u));
    ld_area_cut(&u->members->bytes, mark);
  }
}

/* Reads one member. What is no file, and what is hidden, goes without a word.
** Returns as ld_unpack_member does. */
static int visit_member (ld_unpacking *u, struct archive_entry *entry) {
  const char *raw = u->lib->archive_entry_pathname(entry);
  ld_member member = { 0 };
  if (!ld_unpack_is_file(u, entry) || !raw) return ARCHIVE_EOF;
  if (u->lib->archive_filter_count(u->handle) < 2)
    ld_names_learn(u->members, raw, u->bytes, u->n);
  member.id = ld_member_id(u->members, raw, false);
  if (!member.id || ld_member_is_hidden(u->members, member.id))
    return ARCHIVE_EOF;
  if (!ld_unpack_one_more(u)) return ARCHIVE_OK;
  ld_tell_progress(u->members->reading, member.id);
  if (u->lib->archive_entry_is_encrypted(entry)) {
    ld_builder_note(ld_unpack_builder(u), LESDIPLO_EFORMAT, member.id, 0,
                    "left out: it is encrypted; unpack it by hand with its "
                    "password");
    return ARCHIVE_EOF;
  }
  size_t mark = u->members->bytes.used;
  int code = ld_unpack_member(u, member.id);
  settle(u, &member, mark, code);
  return code;
}


/* ------------------------------------------------------------- all members */

/*
** Goes on with a zip behind what libarchive gave up at, from the next bytes on
** that look like a member's header. So each byte is gone over once, however
** much is damaged. Returns as ld_unpack_next does.
*/
static int resume (ld_unpacking *u, struct archive_entry **entry) {
  if (ld_unpack_format(u) != ARCHIVE_FORMAT_ZIP) return ARCHIVE_FATAL;
  for (int tries = 0; u->handle && tries < TRIES_MOST; tries++) {
    la_int64_t at = u->lib->archive_filter_bytes(u->handle, -1);
    if (at < 4) at = 4;             /* past the header that was tried */
    if ((uint64_t)at > u->n) return ARCHIVE_EOF;
    const char *from = u->bytes + at;
    u->n -= (size_t)at;
    u->bytes = memmem(from, u->n, "PK\3\4", 4);
    if (!u->bytes) return ARCHIVE_EOF;
    u->n -= (size_t)(u->bytes - from);
    u->passed += (uint64_t)at + (uint64_t)(u->bytes - from);
    int code = ld_unpack_open(u, true) ? ld_unpack_next(u, entry)
                                       : ARCHIVE_FATAL;
    if (code != ARCHIVE_FATAL) return code;
    u->gap = true;
  }
  return ARCHIVE_FATAL;
}

/* The archive cannot be read on. */
static void give_up (ld_unpacking *u, const char *why) {
  if (ld_unpack_format(u) &&
      u->lib->archive_read_has_encrypted_entries(u->handle) > 0)
    why = "it is encrypted, its list of members too";
  if (u->headers == 0)
    ld_builder_note(ld_unpack_builder(u), LESDIPLO_EFORMAT, u->members->name, 0,
                    "left out: it cannot be unpacked (%s)", why);
  else
    ld_builder_note(ld_unpack_builder(u), LESDIPLO_EFORMAT, u->members->name, 0,
                    "cannot be unpacked to its end (%s): what may stand after "
                    "its first %u members is left out; fetch it again", why,
                    u->headers);
}

/* A tar archive ends with zeros: one that is cut off between two members can be
** told by nothing else. What is compressed tells by itself. */
static bool lacks_end (const ld_unpacking *u) {
  static const char zeros[512];
  return ld_unpack_format(u) == ARCHIVE_FORMAT_TAR &&
         u->lib->archive_filter_count(u->handle) < 2 &&
         (u->n < sizeof zeros ||
          memcmp(u->bytes + u->n - sizeof zeros, zeros, sizeof zeros) != 0);
}

/* Goes through the members from the one whose header was just read. */
static void collect (ld_unpacking *u, struct archive_entry *entry, int code) {
  while (code == ARCHIVE_OK || code == ARCHIVE_WARN) {
    u->headers++;
    code = visit_member(u, entry);
    if (u->stopped || ld_unpack_builder(u)->failure ||
        u->members->bytes.failed ||
        (code == ARCHIVE_FATAL && ld_unpack_is_cut_off(u)))
      return;
    bool good = code != ARCHIVE_FATAL;
    if (good) code = ld_unpack_next(u, &entry);
    if (code == ARCHIVE_FATAL) {
      code = resume(u, &entry);
      u->gap |= good;
    }
  }
  if (code != ARCHIVE_EOF) give_up(u, ld_unpack_trouble(u));
  else if (u->gap)
    ld_builder_note(ld_unpack_builder(u), LESDIPLO_EFORMAT, u->members->name, 0,
                    "is damaged where members begin: some of them are not "
                    "found and left out; fetch the archive again");
  else if (lacks_end(u))
    ld_builder_note(ld_unpack_builder(u), LESDIPLO_EFORMAT, u->members->name,
                    0, "ends without an end: it may be cut short; if members "
                    "are missing, fetch it again");
}


/* ------------------------------------------- one file that was compressed */

/* The name without what the compression added to it. */
static const char *inner_name (ld_members *m) {
  static const char *const endings[] = { ".gz", ".bz2", ".xz", ".zst",
                                         ".lz4" };
  size_t n = strlen(m->name);
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
    size_t k = strlen(endings[i]);
    if (n > k && strcasecmp(m->name + n - k, endings[i]) == 0)
      return ld_arena_string(&m->strings, m->name, n - k);
  }
  return m->name;
}

/* A stream that is unpacked piece by piece. */
typedef struct stream {
  ld_unpacking *u;
  const void *piece;      /* one that was looked at but not given yet ... */
  size_t n;               /* ... and its length; 0: none */
  int code;               /* ARCHIVE_EOF at its end; else what was wrong */
} stream;

static size_t pull (void *data, const char **bytes) {
  stream *s = data;
  ld_unpacking *u = s->u;
  size_t n = s->n;
  la_int64_t offset;
  while (n == 0 && s->code == ARCHIVE_OK) {
    do s->code = u->lib->archive_read_data_block(u->handle, &s->piece, &n,
                                                 &offset);
    while (s->code == ARCHIVE_RETRY);
    if (s->code == ARCHIVE_OK && !ld_unpack_within(u, u->members->name, n))
      return 0;
  }
  s->n = 0;
  *bytes = s->piece;
  return s->code == ARCHIVE_OK ? n : 0;
}

/* The checksum of RFC 1952, a bit at a time over a table of nibbles. */
static uint32_t checksum (const char *p, size_t n) {
  uint32_t table[16], sum = 0xFFFFFFFFu;
  for (uint32_t i = 0; i < 16; i++) {
    table[i] = i;
    for (int k = 0; k < 4; k++)
      table[i] = table[i] >> 1 ^ (table[i] & 1 ? 0xEDB88320u : 0);
  }
  for (size_t i = 0; i < n; i++) {
    sum ^= (unsigned char)p[i];
    sum = sum >> 4 ^ table[sum & 15];
    sum = sum >> 4 ^ table[sum & 15];
  }
  return ~sum;
}

static uint32_t word_at (const char *p) {
  const unsigned char *b = (const unsigned char *)p;
  return b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 |
         (uint32_t)b[3] << 24;
}

/* libarchive does not look at the checksum of a gzip file, whose last bytes are
** that and the length: where the length is right, and so it is one file and not
** several in a row, the sum has to be, too. */
static void check_sum (const ld_unpacking *u, const char *bytes, size_t n) {
  if (u->n < 18 || memcmp(u->bytes, "\x1F\x8B", 2) != 0 ||
      word_at(u->bytes + u->n - 4) != (uint32_t)n ||
      word_at(u->bytes + u->n - 8) == checksum(bytes, n))
    return;
  ld_builder_note(ld_unpack_builder(u), LESDIPLO_EFORMAT, u->members->name, 0,
                  "is damaged, for its checksum does not fit: what is read may "
                  "be wrong; fetch it again");
}

static void read_stream (ld_unpacking *u) {
  stream s = { u, NULL, 0, ARCHIVE_OK };
  const char *bytes = NULL;
  size_t n = pull(&s, &bytes), mark = u->members->bytes.used;
  if (n >= 5 && memcmp(bytes, "WARC/", 5) == 0) {
    s.n = n;
    ld_warc_members(u->members, pull, &s);
    if (s.code != ARCHIVE_OK && s.code != ARCHIVE_EOF)
      give_up(u, ld_unpack_trouble(u));
    return;
  }
  if (u->lib->archive_filter_count(u->handle) < 2) {
    give_up(u, "its bytes make no sense");
    return;
  }
  for (; n > 0; n = pull(&s, &bytes))
    if (!ld_area_push(&u->members->bytes, bytes, n)) return;
  if (s.code == ARCHIVE_EOF && u->members->bytes.used > mark)
    check_sum(u, u->members->bytes.base + mark, u->members->bytes.used - mark);
  ld_member member = { .id = u->members->name,
                       .as = inner_name(u->members) };
  settle(u, &member, mark, s.code);
}

bool ld_unpack_stream (ld_members *members, const char *bytes, size_t n) {
  ld_unpacking u;
  struct archive_entry *entry;
  size_t mark = members->bytes.used;
  bool good = ld_unpack_begin(&u, members, bytes, n) &&
              ld_unpack_open(&u, false) &&
              ld_unpack_next(&u, &entry) == ARCHIVE_OK &&
              ld_unpack_format(&u) == ARCHIVE_FORMAT_RAW &&
              ld_unpack_member(&u, NULL) == ARCHIVE_EOF;
  if (!good) ld_area_cut(&members->bytes, mark);
  ld_unpack_end(&u);
  return good;
}


/* ----------------------------------------------------------------- whole */

static void read_members (ld_unpacking *u) {
  struct archive_entry *entry = NULL;
  if (!ld_unpack_open(u, false)) {
    give_up(u, ld_unpack_trouble(u));
    return;
  }
  int code = ld_unpack_next(u, &entry);
  if (code == ARCHIVE_OK && ld_unpack_format(u) == ARCHIVE_FORMAT_RAW)
    read_stream(u);
  else
    collect(u, entry, code);
}

bool ld_is_too_deep (ld_reading *reading, const char *name) {
  if (reading->depth < reading->bounds->depth) return false;
  ld_builder_note(reading->builder, LESDIPLO_EFORMAT, name, 0,
                  "left out: it is an archive inside %u others, and no more "
                  "are opened; unpack it by hand", reading->bounds->depth);
  return true;
}

static void read_archive (ld_reading *reading, const char *name,
                          const char *bytes, size_t n) {
  ld_members members;
  ld_unpacking u;
  uint32_t notes = reading->builder->corpus->note_count;
  ld_members_init(&members, reading, name);
  if (ld_unpack_begin(&u, &members, bytes, n)) read_members(&u);
  bool tar = ld_unpack_format(&u) == ARCHIVE_FORMAT_TAR && !u.headers;
  ld_unpack_end(&u);
  if (!members.list.used &&
      notes == reading->builder->corpus->note_count)
    ld_builder_note(reading->builder, LESDIPLO_EFORMAT, name, 0,
                    tar ? "left out: it holds no text: nothing but zeros, or "
                          "an empty tar archive"
                        : "left out: it holds no file");
  ld_members_read(&members);
  ld_members_free(&members);
}

void ld_read_archive (ld_reading *reading, const char *name, const char *bytes,
                      size_t n) {
  if (reading->depth == 0) reading->unpacked = reading->members = 0;
  if (!ld_library_get())
    ld_builder_note(reading->builder, LESDIPLO_EIO, name, 0,
                    "left out: it is an archive or compressed, and libarchive "
                    "is not there to read it; install the package "
                    "libarchive13");
  else if (!ld_read_office(reading, name, bytes, n) &&
           !ld_is_too_deep(reading, name))
    read_archive(reading, name, bytes, n);
}
