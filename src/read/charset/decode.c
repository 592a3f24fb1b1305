/*
** decode.c - from bytes of an encoding to rows of text, and what they stand for.
**
** Most text is a table's (tables.c). What a table does not hold, and what is
** switched by escape sequences, goes through ICU a character at a time. A byte
** that is part of no character becomes U+FFFD, each for itself.
*/
#include <string.h>

#include <unicode/ucnv.h>

#include "read/charset/charset.h"

static const char UNKNOWN[] = "\xEF\xBF\xBD";     /* U+FFFD */
enum { UNKNOWN_LENGTH = 3, UNKNOWN_PACKED = 0xBDBFEF, WIDTH_MAX = 16 };

void ld_decoder_open (ld_decoder *d, const ld_charset *charset,
                      const char *source, size_t begin, size_t end) {
  memset(d, 0, sizeof *d);
  d->charset = charset;
  d->source = source;
  d->at = begin;
  d->end = end;
  if (charset->coding == LD_CODING_BYTES) {
    d->bytes = ld_charset_bytes(charset);
    d->failed = !d->bytes;
  } else if (charset->coding == LD_CODING_PAIRS) {
    d->pairs = ld_charset_pairs(charset);
    d->failed = !d->pairs;
  }
}

void ld_decoder_close (ld_decoder *d) {
  if (d->converter) ucnv_close(d->converter);
  d->converter = NULL;
}

static void count_bad (ld_decoder *d, size_t at, size_t n) {
  if (!d->bad) d->first_bad = at;
  d->bad += n;
}

static void set_width (ld_row *row, size_t width) {
  memset(row->width, (int)width, sizeof row->width);
}

static void bytes_row (ld_decoder *d, char *out, ld_row *row) {
  size_t used = 0, at = d->at;
  for (; at < d->end && used + 4 <= LD_ROW_MAX; at++) {
    uint32_t text = d->bytes[(unsigned char)d->source[at]];
    out[used] = (char)text;
    out[used + 1] = (char)(text >> 8);
    out[used + 2] = (char)(text >> 16);
    used += text >> 24;
    if ((text & 0xFFFFFF) == UNKNOWN_PACKED) count_bad(d, at, 1);
  }
  row->n = used;
  d->at = at;
}

/* What the last bytes of a file are that make no whole code unit. */
static void cut_row (ld_decoder *d, char *out, ld_row *row) {
  for (; d->at < d->end; d->at++, row->n += UNKNOWN_LENGTH)
    memcpy(out + row->n, UNKNOWN, UNKNOWN_LENGTH);
  set_width(row, 1);
  count_bad(d, row->begin, d->end - row->begin);
}

/* Writes a code point of the first plane, no surrogate. */
static size_t put (uint32_t cp, char *out) {
  if (cp < 0x800) return (size_t)ld_utf8_write(cp, out);
  out[0] = (char)(0xE0 | cp >> 12);
  out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
  out[2] = (char)(0x80 | (cp & 0x3F));
  return 3;
}

static uint32_t unit_at (const ld_decoder *d, size_t at, size_t n) {
  const unsigned char *p = (const unsigned char *)d->source + at;
  uint32_t unit = 0;
  for (size_t i = 0; i < n; i++)
    unit |= (uint32_t)p[i] << 8 * (d->charset->big_endian ? n - 1 - i : i);
  return unit;
}

static void utf16_row (ld_decoder *d, char *out, ld_row *row) {
  size_t used = 0, at = d->at;
  while (d->end - at >= 2 && used + 4 <= LD_ROW_MAX) {
    uint32_t cp = unit_at(d, at, 2);
    if (cp < 0x80) {
      out[used++] = (char)cp;
      at += 2;
      continue;
    }
    if ((cp & 0xF800) == 0xD800) {
      uint32_t low = d->end - at >= 4 ? unit_at(d, at + 2, 2) : 0;
      bool pair = cp < 0xDC00 && (low & 0xFC00) == 0xDC00;
      if (!pair) count_bad(d, at, 2);
      cp = pair ? 0x10000 + ((cp & 0x3FF) << 10 | (low & 0x3FF)) : 0xFFFD;
    }
    used += (size_t)ld_utf8_write(cp, out + used);
    at += cp < 0x10000 ? 2 : 4;
  }
  row->n = used;
  d->at = at;
}

static void utf32_row (ld_decoder *d, char *out, ld_row *row) {
  size_t used = 0, at = d->at;
  for (; d->end - at >= 4 && used + 4 <= LD_ROW_MAX; at += 4) {
    uint32_t cp = unit_at(d, at, 4);
    if (cp > 0x10FFFF || (cp & 0xFFFFF800) == 0xD800) count_bad(d, at, 4);
    used += (size_t)ld_utf8_write(cp, out + used);
  }
  row->n = used;
  d->at = at;
}


/* --------------------------------------------------------------------- ICU */

static bool open_converter (ld_decoder *d) {
  UErrorCode status = U_ZERO_ERROR;
  if (d->converter) return true;
  d->converter = ucnv_open(d->charset->icu, &status);
  if (d->converter)
    ucnv_setToUCallBack(d->converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL,
                        NULL, &status);
  if (!d->converter || U_FAILURE(status)) d->failed = true;
  return !d->failed;
}

/* One character as a row of its own, or the bytes that are none. */
static void asked_row (ld_decoder *d, char *out, ld_row *row) {
  if (!open_converter(d)) return;
  const char *p = d->source + d->at, *end = d->source + d->end;
  UErrorCode status = U_ZERO_ERROR, more = U_ZERO_ERROR;
  if (d->charset->coding == LD_CODING_PAIRS)
    ucnv_resetToUnicode(d->converter);
  UChar32 cp = ucnv_getNextUChar(d->converter, &p, end, &status);
  size_t width = (size_t)(p - d->source) - d->at;
  if (status == U_INDEX_OUTOFBOUNDS_ERROR) {     /* an escape was the last */
    d->at = d->end;
    return;
  }
  if (U_FAILURE(status)) {
    if (width == 0) width = 1;
    if (width > LD_ROW_MAX / UNKNOWN_LENGTH) width = LD_ROW_MAX / UNKNOWN_LENGTH;
    for (size_t i = 0; i < width; i++, row->n += UNKNOWN_LENGTH)
      memcpy(out + row->n, UNKNOWN, UNKNOWN_LENGTH);
    count_bad(d, d->at, width);
    set_width(row, 1);
    d->at += width;
    return;
  }
  row->n = (size_t)ld_utf8_write((uint32_t)cp, out);
  d->at += width;
  /* Many escapes before one character: the first ones stand for nothing. */
  if (width > WIDTH_MAX) row->begin = d->at - WIDTH_MAX;
  if (width != row->width[row->n - 1]) set_width(row, d->at - row->begin);
  if (d->charset->coding != LD_CODING_PAIRS) return;
  /* A few pairs are a letter with its accent: the whole stands for the whole. */
  cp = ucnv_getNextUChar(d->converter, &p, p, &more);
  if (U_FAILURE(more)) return;
  row->n += (size_t)ld_utf8_write((uint32_t)cp, out + row->n);
  set_width(row, 0);
}


/* ------------------------------------------------------------------- pairs */

/* The character of the pair at 'at', or 0. */
static uint32_t pair_at (const ld_decoder *d, size_t at) {
  unsigned lead = (unsigned char)d->source[at] - 0x81u;
  if (lead >= LD_LEADS || d->end - at < 2) return 0;
  unsigned trail = (unsigned char)d->source[at + 1] - 0x40u;
  return trail < LD_TRAILS ? (*d->pairs)[lead][trail] : 0;
}

static void pairs_row (ld_decoder *d, char *out, ld_row *row) {
  size_t used = 0, at = d->at;
  while (at < d->end && used + 4 <= LD_ROW_MAX) {
    char c = d->source[at];
    if ((unsigned char)c < 0x80) {
      out[used++] = c;
      at++;
      continue;
    }
    uint32_t cp = pair_at(d, at);
    if (!cp) break;
    used += put(cp, out + used);
    at += 2;
  }
  row->n = used;
  d->at = at;
  if (used == 0) asked_row(d, out, row);
}


bool ld_decoder_next (ld_decoder *d, char *out, ld_row *row) {
  if (d->failed || d->at >= d->end) return false;
  row->n = 0;
  row->begin = d->at;
  memcpy(row->width, d->charset->width, sizeof row->width);
  size_t left = d->end - d->at;
  switch (d->charset->coding) {
    case LD_CODING_BYTES: bytes_row(d, out, row); break;
    case LD_CODING_PAIRS: pairs_row(d, out, row); break;
    case LD_CODING_UTF16:
      if (left < 2) cut_row(d, out, row);
      else utf16_row(d, out, row);
      break;
    case LD_CODING_UTF32:
      if (left < 4) cut_row(d, out, row);
      else utf32_row(d, out, row);
      break;
    default: asked_row(d, out, row);
  }
  row->end = d->at;
  return row->n > 0;
}
