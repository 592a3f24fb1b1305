/*
** base.h - what every other room stands on: memory with a budget, arenas,
** growing areas, buffers that remember failure, maps, UTF-8, errors, files.
**
** Knows no other room. Nothing here prints, and nothing aborts.
*/
#ifndef LD_BASE_H
#define LD_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lesdiplo.h"

#if defined(__GNUC__)
#define LD_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define LD_PRINTF(f, a)
#endif


/* ---------------------------------------------------------------- errors */

/*
** As vsnprintf, for a message: what does not fit is cut, and bytes that are no
** UTF-8 (a name cut short by a "%.40s", among others) are left out.
*/
void ld_vprint (char *out, size_t size, const char *format, va_list arguments)
  LD_PRINTF(3, 0);
/*
** Fills '*error' (which may be NULL) and returns 'code', so that a caller can
** `return ld_fail(...)`. 'where' may be NULL for "".
*/
int ld_fail (lesdiplo_error *error, int code, const char *where,
             uint32_t line, const char *format, ...) LD_PRINTF(5, 6);
/* No memory: the message says whether the budget or the system refused. */
int ld_fail_memory (lesdiplo_error *error);


/* ---------------------------------------------------------------- memory */

/*
** An allocator with a budget. 'used' counts the bytes of all blocks alive,
** and of areas; an allocation that would lift it past 'limit' fails.
** Not shared between threads without a lock of the caller's.
*/
typedef struct ld_memory {
  lesdiplo_alloc alloc;
  void *data;
  uint64_t used, peak;
  uint64_t limit;            /* UINT64_MAX: none */
} ld_memory;

void ld_memory_init (ld_memory *memory, lesdiplo_alloc alloc, void *data,
                     uint64_t limit);
/* Lua's signature, 'memory' as the data: hand it to lua_newstate. */
void *ld_memory_resize (void *memory, void *block, size_t old, size_t size);
void *ld_memory_new (ld_memory *memory, size_t size);
void ld_memory_free (ld_memory *memory, void *block, size_t size);

/*
** Small blocks that die in any order, taken from 'memory' many at once: for a Lua
** state. Each is given back with the size that it has, as Lua does.
*/
enum { LD_POOL_CLASSES = 14 };
typedef struct ld_pool {
  ld_memory *memory;
  struct ld_slab *open[LD_POOL_CLASSES];   /* by size: those with a free block */
} ld_pool;

void ld_pool_init (ld_pool *pool, ld_memory *memory);
/* As ld_memory_resize; 'old' is 0 where there is no block. To make a block smaller
** may fail, as making it larger may. */
void *ld_pool_resize (ld_pool *pool, void *block, size_t old, size_t size);
/* Gives back what no living block is in: all, when they were given back before. */
void ld_pool_free (ld_pool *pool);

/* Small things that live and die together. Remembers that it failed. */
typedef struct ld_arena {
  ld_memory *memory;
  struct ld_arena_chunk *chunks;   /* the newest first */
  size_t free;                     /* bytes left in it */
  bool failed;
} ld_arena;

void ld_arena_init (ld_arena *arena, ld_memory *memory);
/* 'size' bytes aligned for any type, zeroed; NULL (and failed) without memory.
** A request of any size is served. */
void *ld_arena_take (ld_arena *arena, size_t size);
/* A terminated copy of n bytes. */
char *ld_arena_string (ld_arena *arena, const char *bytes, size_t n);
void ld_arena_free (ld_arena *arena);

/*
** A growing array that never moves: 'base' is good from the first take on, and
** pointers into it stay. It asks for large pages, so that filling it and
** forking with it cost little. Remembers that it failed; a failed area takes
** nothing more.
*/
typedef struct ld_area {
  ld_memory *memory;
  char *base;
  size_t used;      /* bytes taken */
  size_t size;      /* bytes that may be touched */
  size_t reserve;   /* bytes of address space */
  bool failed;
} ld_area;

/* Makes it; nothing is mapped before the first take. */
void ld_area_init (ld_area *area, ld_memory *memory);
/* Room for 'n' more bytes at base + used, WITHOUT taking them; NULL without. */
void *ld_area_room (ld_area *area, size_t n);
/* Takes n bytes, not cleared (fresh pages are zero). */
void *ld_area_take (ld_area *area, size_t n);
/* Appends a copy; returns its place, or NULL. */
void *ld_area_push (ld_area *area, const void *bytes, size_t n);
/* Gives back what was taken from base + used on; those bytes are not zero. */
void ld_area_cut (ld_area *area, size_t used);
/* Makes it read-only and gives back what it did not use. */
void ld_area_seal (ld_area *area);
void ld_area_free (ld_area *area);

/* Asks for large pages for a block that has not been written yet, where they fit: what
** is looked at here and there is found sooner. May do nothing. */
void ld_advise_large (void *block, size_t size);


/* --------------------------------------------------------------- buffers */

/*
** A growing string. It keeps the first failure and ignores what comes after:
** ask 'failed' once, at the end. 'bytes' is always terminated once something
** was added; ld_buffer_text never gives NULL.
*/
typedef struct ld_buffer {
  ld_memory *memory;
  char *bytes;
  size_t used, size;
  bool failed;
} ld_buffer;

void ld_buffer_init (ld_buffer *buffer, ld_memory *memory);
void ld_buffer_add (ld_buffer *buffer, const char *bytes, size_t n);
void ld_buffer_puts (ld_buffer *buffer, const char *string);
void ld_buffer_char (ld_buffer *buffer, char c);
void ld_buffer_format (ld_buffer *buffer, const char *format, ...)
    LD_PRINTF(2, 3);
/* A JSON string with its quotes. Bytes that are not UTF-8 become U+FFFD. */
void ld_buffer_json (ld_buffer *buffer, const char *bytes, size_t n);
const char *ld_buffer_text (const ld_buffer *buffer);
void ld_buffer_clear (ld_buffer *buffer);   /* keeps the room */
void ld_buffer_free (ld_buffer *buffer);


/* ------------------------------------------------------------------ maps */

/* A 64-bit hash of n bytes (XXH3 by libxxhash); the same on every machine. */
uint64_t ld_hash (const char *bytes, size_t n);

/*
** From strings to numbers. The keys are lent: they must outlive the map.
*/
typedef struct ld_map {
  ld_memory *memory;
  struct ld_map_slot *slots;
  uint32_t count, size;      /* size is 0 or a power of two */
  bool failed;
} ld_map;

void ld_map_init (ld_map *map, ld_memory *memory);
/* Sets key to value unless it is there; returns the value it has now. */
uint32_t ld_map_put (ld_map *map, const char *key, size_t n, uint32_t value);
/* 1 and '*value' set, or 0. */
bool ld_map_get (const ld_map *map, const char *key, size_t n,
                 uint32_t *value);
void ld_map_free (ld_map *map);


/* ----------------------------------------------------------------- UTF-8 */

/*
** Reads one code point at p < end into '*cp' and returns its length. A byte
** that begins no valid sequence (overlong, surrogate, past U+10FFFF, cut off)
** gives *cp = 0xFFFD and length 1.
*/
int ld_utf8_read (const char *p, const char *end, uint32_t *cp);
/* Writes it into out[4] and returns its length. */
int ld_utf8_write (uint32_t cp, char *out);
/* How many bytes are good, from the start: n when all are. Skips ASCII 16
** bytes at a time. */
size_t ld_utf8_check (const char *bytes, size_t n);
/* How many newlines stand there. */
uint32_t ld_count_lines (const char *p, const char *end);
/* Where the code point begins that holds byte 'at'. */
size_t ld_utf8_floor (const char *bytes, size_t at);


/* ----------------------------------------------------------------- files */

/* Bytes past the end of each file mapped or read: they are zero. */
enum { LD_PADDING = 64 };

/*
** A whole file, read only, with LD_PADDING zero bytes after it. Small files
** are read, large ones mapped (shared across forks).
*/
typedef struct ld_file {
  const char *bytes;
  size_t size;
  size_t mapped;      /* bytes mapped; 0 when it was read into memory */
  ld_memory *memory;
} ld_file;

/* Opens a regular file. Its message names what stands there instead. */
int ld_file_open (ld_file *file, ld_memory *memory, const char *path,
                  lesdiplo_error *error);
void ld_file_close (ld_file *file);

/*
** Walks a file or a folder. 'visit' gets each regular file, names in byte
** order, files and folders together, hidden ones left out; 'path' opens it,
** 'name' is the path below 'root' (the file's own name when 'root' is a file).
** Links are followed; one that leads back to a folder being walked, or to
** nothing, goes to 'trouble' with the reason, as does what cannot be opened.
** A non-zero result of 'visit' ends the walk and is returned. Returns
** LESDIPLO_EIO when 'root' itself cannot be read.
*/
typedef int (*ld_visit) (void *data, const char *path, const char *name);
typedef void (*ld_trouble) (void *data, const char *name, const char *reason);
int ld_walk (ld_memory *memory, const char *root, ld_visit visit,
             ld_trouble trouble, void *data, lesdiplo_error *error);

/* SHA-256 (by libmd) as 64 hex digits and a NUL. */
void ld_sha256 (const char *bytes, size_t n, char hex[65]);

/* Edit distance (insert, delete, change, swap neighbours) of two names, at
** most 'most' + 1; for "did you mean". */
int ld_distance (const char *a, const char *b, int most);

#endif
