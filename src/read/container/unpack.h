/*
** unpack.h - one archive that is gone through: shared by the files of this
** folder.
*/
#ifndef LD_READ_UNPACK_H
#define LD_READ_UNPACK_H

#include <locale.h>

#include "read/container/container.h"
#include "read/container/library.h"

typedef struct ld_unpacking {
  ld_members *members;      /* where to put what comes */
  const ld_library *lib;
  struct archive *handle;
  const char *bytes;        /* the archive's */
  size_t n;
  uint64_t passed;          /* bytes of it that stood before these */
  uint64_t got;             /* bytes unpacked from it */
  uint32_t headers;         /* members met */
  locale_t own, before;     /* the locale: names are to be UTF-8 */
  bool stopped;             /* by a bound: nothing more is read */
  bool gap;                 /* the header of a member made no sense */
} ld_unpacking;

static inline ld_builder *ld_unpack_builder (const ld_unpacking *u) {
  return u->members->reading->builder;
}

/* Begins with the bytes of an archive; false where there is no library. It is
** to be ended in any case; the members stay. */
bool ld_unpack_begin (ld_unpacking *u, ld_members *members, const char *bytes,
                      size_t n);
void ld_unpack_end (ld_unpacking *u);
/* Opens its bytes as any of the formats that are read, or, as what is left of a
** damaged zip, as a zip that comes in a stream. */
bool ld_unpack_open (ld_unpacking *u, bool zip_stream);
/* ARCHIVE_FORMAT_ZIP ...; 0 when it is not known. */
int ld_unpack_format (const ld_unpacking *u);

/* Goes on to the next member: as archive_read_next_header. */
int ld_unpack_next (const ld_unpacking *u, struct archive_entry **entry);
/* Is it a file? Folders, links and devices are none. */
bool ld_unpack_is_file (const ld_unpacking *u, struct archive_entry *entry);
/*
** Appends what the member holds to members->bytes. Returns ARCHIVE_EOF when all
** of it is there; ARCHIVE_OK when a bound or memory ended it; else what
** libarchive says of the damage.
*/
int ld_unpack_member (ld_unpacking *u, const char *id);
/* Counts bytes that came; false when there are too many, with a note of 'id'
** unless that is NULL. */
bool ld_unpack_within (ld_unpacking *u, const char *id, uint64_t n);
/* Counts a member; false, with a note, when there are too many. */
bool ld_unpack_one_more (ld_unpacking *u);

/* What libarchive says went wrong, for a note. */
const char *ld_unpack_trouble (const ld_unpacking *u);
/* Does it break off? What came before is right as far as it goes; what is
** damaged may be wrong anywhere. */
bool ld_unpack_is_cut_off (const ld_unpacking *u);

#endif
