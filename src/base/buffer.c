/*
** buffer.c - growing strings that remember their first failure.
**
** A writer adds and adds, and asks 'failed' once at its end. The room doubles,
** so n bytes cost n copies at most twice over.
*/
#include "base/base.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#if defined(LD_SMALL)
enum { FIRST = 23 };
#else
enum { FIRST = 120 };
#endif


void ld_buffer_init (ld_buffer *buffer, ld_memory *memory) {
  memset(buffer, 0, sizeof *buffer);
  buffer->memory = memory;
}


/* Room for n bytes and a NUL behind what is there; NULL after a failure. */
static char *room (ld_buffer *buffer, size_t n) {
  if (buffer->failed) return NULL;
  if (n >= SIZE_MAX / 4 - buffer->used) {
    errno = ENOMEM;
    buffer->failed = true;
    return NULL;
  }
  const size_t need = buffer->used + n + 1;
  if (need > buffer->size) {
    size_t size = buffer->size > 0 ? buffer->size : FIRST;
    while (size < need) size *= 2;
    char *bytes = ld_memory_resize(buffer->memory, buffer->bytes,
                                   buffer->size, size);
    if (bytes == NULL) {
      buffer->failed = true;
      return NULL;
    }
    buffer->bytes = bytes;
    buffer->size = size;
  }
  return buffer->bytes + buffer->used;
}


void ld_buffer_add (ld_buffer *buffer, const char *bytes, size_t n) {
  char *to = room(buffer, n);
  if (to == NULL) return;
  if (n > 0) memcpy(to, bytes, n);
  to[n] = '\0';
  buffer->used += n;
}


void ld_buffer_puts (ld_buffer *buffer, const char *string) {
  ld_buffer_add(buffer, string, strlen(string));
}


void ld_buffer_char (ld_buffer *buffer, char c) {
  ld_buffer_add(buffer, &c, 1);
}


/* Prints into the room that is there; if it is too small, makes it and prints
** once more. */
void ld_buffer_format (ld_buffer *buffer, const char *format, ...) {
  char *to = room(buffer, 0);
  if (to == NULL) return;
  va_list arguments;
  va_start(arguments, format);
  int n = vsnprintf(to, buffer->size - buffer->used, format, arguments);
  va_end(arguments);
  if (n >= 0 && (size_t)n >= buffer->size - buffer->used) {
    *to = '\0';
    to = room(buffer, (size_t)n);
    if (to == NULL) return;
    va_start(arguments, format);
    n = vsnprintf(to, (size_t)n + 1, format, arguments);
    va_end(arguments);
  }
  if (n < 0) {          /* a number too large for the C library to pad */
    *to = '\0';
    buffer->failed = true;
    return;
  }
  buffer->used += (size_t)n;
}


/* Writes one byte that may not stand in a JSON string as it is. */
static void json_escape (ld_buffer *buffer, unsigned char c) {
  static const char digits[] = "0123456789abcdef";
  static const char plain[] = "\"\"\\\\\bb\ff\nn\rr\tt";
  char out[6] = { '\\', 'u', '0', '0', digits[c >> 4], digits[c & 15] };
  for (const char *p = plain; *p != '\0'; p += 2) {
    if (*p == (char)c) {
      out[1] = p[1];
      ld_buffer_add(buffer, out, 2);
      return;
    }
  }
  ld_buffer_add(buffer, out, 6);
}


/* How many bytes from the start may be copied as they are. */
static size_t json_plain (const char *bytes, size_t n) {
  const char *p = bytes, *end = bytes + n;
  while (p < end) {
    const unsigned char c = (unsigned char)*p;
    if (c < 0x20 || c == '"' || c == '\\') break;
    if (c < 0x80) p++;
    else {
      uint32_t cp;
      int length = ld_utf8_read(p, end, &cp);
      if (length == 1) break;
      p += length;
    }
  }
  return (size_t)(p - bytes);
}


void ld_buffer_json (ld_buffer *buffer, const char *bytes, size_t n) {
  ld_buffer_char(buffer, '"');
  for (size_t i = 0; i < n; ) {
    const size_t plain = json_plain(bytes + i, n - i);
    ld_buffer_add(buffer, bytes + i, plain);
    i += plain;
    if (i == n) break;
    const unsigned char c = (unsigned char)bytes[i++];
    if (c < 0x80) json_escape(buffer, c);
    else ld_buffer_add(buffer, "\xEF\xBF\xBD", 3);
  }
  ld_buffer_char(buffer, '"');
}


const char *ld_buffer_text (const ld_buffer *buffer) {
  return buffer->bytes == NULL ? "" : buffer->bytes;
}


void ld_buffer_clear (ld_buffer *buffer) {
  buffer->used = 0;
  buffer->failed = false;
  if (buffer->bytes != NULL) buffer->bytes[0] = '\0';
}


void ld_buffer_free (ld_buffer *buffer) {
  ld_memory_free(buffer->memory, buffer->bytes, buffer->size);
  ld_buffer_init(buffer, buffer->memory);
}
