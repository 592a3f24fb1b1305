/*
** container.h - files that hold other files: shared by the files of this
** folder.
**
** A container is gone through once, in its own order. What its members hold is
** collected (a text's bytes in the corpus at once, for it stays its source;
** those of an archive or a PDF beside it, until it has been read), sorted by
** name, and read. So memory is bounded by what is unpacked, and the documents
** come in one order however the container was packed.
*/
#ifndef LD_READ_CONTAINER_H
#define LD_READ_CONTAINER_H

#include "read/read.h"

/* A member that waits to be read. */
typedef struct ld_member {
  const char *id;             /* "a.zip!/b.txt" */
  const char *as;             /* the name that tells its format; NULL: id */
  const char *bytes;          /* with LD_PADDING zeros after them */
  size_t n;
  const char *reason;         /* why it is left out, or NULL */
  const char *charset;        /* declared by its HTTP header, or NULL */
  ld_field fields[2];         /* url and retrieved of a WARC record ... */
  uint32_t field_count;       /* ... or none */
  uint32_t number;            /* in the container's order */
  bool stored;                /* its bytes lie in the corpus */
  bool sidecar;               /* metadata.csv, read already */
} ld_member;

typedef struct ld_members {
  ld_reading *reading;
  const char *name;           /* the container's id */
  ld_arena strings;
  ld_area bytes;              /* of members that are no source themselves, and
                                 of the one that is being unpacked */
  ld_area list;               /* of ld_member */
  const struct ld_charset *names;     /* what names that are no UTF-8 are in;
                                         NULL: none of them was met */
  bool crawl;                 /* records of a WARC: what is no document is not
                                 noted, and no path is that of a sidecar */
} ld_members;

void ld_members_init (ld_members *members, ld_reading *reading,
                      const char *name);
void ld_members_free (ld_members *members);
/*
** Finds the encoding of the names of the archive of these bytes, when 'name' is
** the first of them that is no UTF-8: by what most likely wrote them all, with a
** note where that is in doubt.
*/
void ld_names_learn (ld_members *members, const char *name, const char *bytes,
                     size_t n);
/*
** The id of a member as its container calls it, in the strings: no part of it
** leads anywhere, for "", "." and ".." are left out of a path (those of a URL
** stay), bytes that are no UTF-8, nor text in members->names, are written %XX,
** control bytes "_", and of a name that is too long the front with a hash of
** the whole. NULL where nothing is left, or without memory.
*/
const char *ld_member_id (ld_members *members, const char *name, bool url);
/* Is it one that a walk through a folder would pass over, too? */
bool ld_member_is_hidden (const ld_members *members, const char *id);
/*
** Adds a member whose bytes were pushed from members->bytes.base + mark on:
** they are moved into the corpus, kept there, or given back. The rest of
** 'member' is filled in by the caller. False when there is nothing in it that
** can be read.
*/
bool ld_members_add (ld_members *members, const ld_member *member,
                     size_t mark);
/* Reads them all, in the order of their names by bytes. */
void ld_members_read (ld_members *members);

/*
** Unpacks the next bytes of a stream: their count, 0 at its end or where it
** breaks off. They are lent until the next call.
*/
typedef size_t (*ld_pull) (void *data, const char **bytes);

/* Adds the records of a WARC file: warc.c. */
void ld_warc_members (ld_members *members, ld_pull pull, void *data);

/*
** Unpacks what gzip, zstd and the like have packed, onto the end of
** members->bytes, within the bounds. False where that cannot be done; then
** nothing was added.
*/
bool ld_unpack_stream (ld_members *members, const char *bytes, size_t n);

/* Lies what is called 'name' in as many archives as may be opened? Then that is
** noted. */
bool ld_is_too_deep (ld_reading *reading, const char *name);

/* A member of a zip that is wanted by its name. */
typedef struct ld_part {
  const char *name;           /* as the zip calls it, without a first "/" */
  const char *bytes;          /* NULL: there is none of that name */
  size_t n;
} ld_part;

/*
** Unpacks the members that are named, within the bounds, to the end of
** members->bytes. What cannot be unpacked is a note, and is not there.
*/
void ld_archive_parts (ld_members *members, const char *bytes, size_t n,
                       ld_part *parts, size_t count);

/*
** Reads a zip that is an office document or a book: docx, odt, epub. Returns
** false when it is none of these; what it is besides is told with a note, and
** is read no further.
*/
bool ld_read_office (ld_reading *reading, const char *name, const char *bytes,
                     size_t n);

#endif
