/*
** library.h - libarchive, loaded when the first archive is met.
**
** Linked plainly it would cost every start a millisecond, for it brings nine
** libraries along. So its functions are looked up by name, once a process, and
** called through this table: `lib->archive_read_new()`.
*/
#ifndef LD_READ_LIBRARY_H
#define LD_READ_LIBRARY_H

#include <archive.h>
#include <archive_entry.h>

#include "read/read.h"

#define LD_ARCHIVE_CALLS(CALL) \
  CALL(archive_read_new) \
  CALL(archive_read_free) \
  CALL(archive_read_support_filter_bzip2) \
  CALL(archive_read_support_filter_gzip) \
  CALL(archive_read_support_filter_lz4) \
  CALL(archive_read_support_filter_xz) \
  CALL(archive_read_support_filter_zstd) \
  CALL(archive_read_support_format_7zip) \
  CALL(archive_read_support_format_empty) \
  CALL(archive_read_support_format_raw) \
  CALL(archive_read_support_format_tar) \
  CALL(archive_read_support_format_zip) \
  CALL(archive_read_support_format_zip_streamable) \
  CALL(archive_read_open_memory) \
  CALL(archive_read_next_header) \
  CALL(archive_read_data_block) \
  CALL(archive_read_has_encrypted_entries) \
  CALL(archive_format) \
  CALL(archive_filter_bytes) \
  CALL(archive_filter_count) \
  CALL(archive_error_string) \
  CALL(archive_version_string) \
  CALL(archive_entry_pathname) \
  CALL(archive_entry_filetype) \
  CALL(archive_entry_hardlink) \
  CALL(archive_entry_is_encrypted)

typedef struct ld_library {
#define CALL(name) __typeof__(name) *name;
  LD_ARCHIVE_CALLS(CALL)
#undef CALL
} ld_library;

/* The table, or NULL where the library is not installed. From any thread. */
const ld_library *ld_library_get (void);

#endif
