/*
** unpack.c - one archive, opened by libarchive, and what comes out of it.
**
** What an archive says of itself (sizes, counts) is not believed: bytes are
** counted as they come, and the bounds of ld_bounds end it with a note. Memory
** that libarchive takes for itself (at most a gigabyte, for xz) is not in our
** budget.
*/
#include <string.h>

#include "read/container/unpack.h"

#if defined(LD_SMALL)
#define FREE ((uint64_t)8 << 20)
#else
#define FREE ((uint64_t)64 << 20)
#endif

/* Texts pack to a third, or to a thirtieth when they are much alike; zeros pack
** to a thousandth. What is small may pack as it likes. */
const ld_bounds ld_bounds_usual = {
  .unpacked = (uint64_t)8 << 30,
  .free = FREE,
  .ratio = 250,
  .members = 1000000,
  .depth = 4
};

static const ld_bounds *bounds_of (const ld_unpacking *u) {
  return u->members->reading->bounds;
}


/* ---------------------------------------------------------------- handle */

const char *ld_unpack_trouble (const ld_unpacking *u) {
  const char *why = u->handle ? u->lib->archive_error_string(u->handle) : NULL;
  return why ? why : "its bytes make no sense";
}

/*
** Only what is named here is tried: of the other formats libarchive knows some
** are hardly ever met, and the fewer parsers a hostile file can choose from the
** better. A filter answers other than OK when it would run a program instead.
*/
static bool supports_all (const ld_unpacking *u) {
  struct archive *a = u->handle;
  return u->lib->archive_read_support_filter_gzip(a) == ARCHIVE_OK &&
         u->lib->archive_read_support_filter_bzip2(a) == ARCHIVE_OK &&
         u->lib->archive_read_support_filter_xz(a) == ARCHIVE_OK &&
         u->lib->archive_read_support_filter_zstd(a) == ARCHIVE_OK &&
         u->lib->archive_read_support_filter_lz4(a) == ARCHIVE_OK &&
         u->lib->archive_read_support_format_zip(a) == ARCHIVE_OK &&
         u->lib->archive_read_support_format_tar(a) == ARCHIVE_OK &&
         u->lib->archive_read_support_format_7zip(a) == ARCHIVE_OK &&
         u->lib->archive_read_support_format_empty(a) == ARCHIVE_OK &&
         u->lib->archive_read_support_format_raw(a) == ARCHIVE_OK;
}

static void close_handle (ld_unpacking *u) {
  if (u->handle) u->lib->archive_read_free(u->handle);
  u->handle = NULL;
}

bool ld_unpack_open (ld_unpacking *u, bool zip_stream) {
  close_handle(u);
  u->handle = u->lib->archive_read_new();
  if (!u->handle) return false;
  bool good = zip_stream ? u->lib->archive_read_support_format_zip_streamable(
                               u->handle) == ARCHIVE_OK
                         : supports_all(u);
  return good && u->lib->archive_read_open_memory(u->handle, u->bytes, u->n) ==
                     ARCHIVE_OK;
}

int ld_unpack_next (const ld_unpacking *u, struct archive_entry **entry) {
  int code;
  do code = u->lib->archive_read_next_header(u->handle, entry);
  while (code == ARCHIVE_RETRY);
  return code;
}

bool ld_unpack_begin (ld_unpacking *u, ld_members *members, const char *bytes,
                   size_t n) {
  memset(u, 0, sizeof *u);
  u->members = members;
  u->bytes = bytes;
  u->n = n;
  u->lib = ld_library_get();
  if (!u->lib) return false;
  u->own = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  if (u->own) u->before = uselocale(u->own);
  return true;
}

void ld_unpack_end (ld_unpacking *u) {
  close_handle(u);
  if (u->own) {
    uselocale(u->before);
    freelocale(u->own);
    u->own = (locale_t)0;
  }
}


int ld_unpack_format (const ld_unpacking *u) {
  return u->handle ? u->lib->archive_format(u->handle) &
                         ARCHIVE_FORMAT_BASE_MASK
                   : 0;
}

/* ---------------------------------------------------------------- bounds */

/* Did the archive give too much for what was read of it so far? What it gives
** next is not counted yet: of an archive that is not packed that may be a whole
** member, which counts as read only once it was taken. */
static bool is_bomb (const ld_unpacking *u) {
  la_int64_t eaten = u->lib->archive_filter_bytes(u->handle, -1);
  const ld_bounds *most = bounds_of(u);
  if (eaten < 0 || (uint64_t)eaten > u->n) eaten = (la_int64_t)u->n;
  return u->got > most->free &&
         u->got - most->free > (u->passed + (uint64_t)eaten) * most->ratio;
}

bool ld_unpack_within (ld_unpacking *u, const char *id, uint64_t n) {
  ld_reading *r = u->members->reading;
  bool bomb = is_bomb(u);
  u->got += n;
  r->unpacked += n;
  u->stopped = bomb || r->unpacked > bounds_of(u)->unpacked;
  if (!u->stopped || !id) return !u->stopped;
  if (bomb)
    ld_builder_note(r->builder, LESDIPLO_EFORMAT, id, 0,
                    "left out, and all after it in the archive: it unpacks to "
                    "more than %u times its size, as archives made to do harm "
                    "do; if it is what it should be, unpack it by hand",
                    bounds_of(u)->ratio);
  else
    ld_builder_note(r->builder, LESDIPLO_EFORMAT, id, 0,
                    "left out, and all after it in the archive: it unpacks to "
                    "more than %llu MiB, with the archives in it; unpack it "
                    "into a folder, or split it",
                    (unsigned long long)(bounds_of(u)->unpacked >> 20));
  return false;
}

bool ld_unpack_one_more (ld_unpacking *u) {
  ld_reading *r = u->members->reading;
  if (++r->members <= bounds_of(u)->members) return true;
  u->stopped = true;
  ld_builder_note(r->builder, LESDIPLO_EFORMAT, u->members->name, 0,
                  "has more than %u members, with those of the archives in it: "
                  "the rest is left out; unpack it into a folder, or split it",
                  bounds_of(u)->members);
  return false;
}


/* -------------------------------------------------------------- one member */

/* Appends the zeros of a hole. */
static bool fill_hole (ld_unpacking *u, const char *id, uint64_t n) {
  static const char zeros[4096];
  while (n > 0) {
    size_t step = n < sizeof zeros ? (size_t)n : sizeof zeros;
    if (!ld_unpack_within(u, id, step)) return false;
    if (!ld_area_push(&u->members->bytes, zeros, step)) return false;
    n -= step;
  }
  return true;
}

int ld_unpack_member (ld_unpacking *u, const char *id) {
  ld_area *to = &u->members->bytes;
  uint64_t at = 0;
  for (;;) {
    const void *piece;
    size_t n;
    la_int64_t offset;
    int code = u->lib->archive_read_data_block(u->handle, &piece, &n, &offset);
    if (code == ARCHIVE_RETRY) continue;
    if (code != ARCHIVE_OK && code != ARCHIVE_WARN) return code;
    if (offset > 0 && (uint64_t)offset > at) {
      if (!fill_hole(u, id, (uint64_t)offset - at)) return ARCHIVE_OK;
      at = (uint64_t)offset;
    }
    if (!ld_unpack_within(u, id, n) || !ld_area_push(to, piece, n))
      return ARCHIVE_OK;
    if (code == ARCHIVE_WARN) return code;
    at += n;
  }
}

bool ld_unpack_is_file (const ld_unpacking *u, struct archive_entry *entry) {
  return u->lib->archive_entry_filetype(entry) == AE_IFREG &&
         !u->lib->archive_entry_hardlink(entry);
}

bool ld_unpack_is_cut_off (const ld_unpacking *u) {
  return strcasestr(ld_unpack_trouble(u), "truncated") != NULL;
}

