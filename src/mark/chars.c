/*
** chars.c - what a code point is; folding; what a form looks like.
**
** ICU knows; what it said is kept in a byte a code point of the first plane,
** so that text pays for the look-up once. The byte is class | script << 4,
** stored inverted: 0 is "not asked yet", and no script is 15.
*/
#include <stdatomic.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "mark/mark.h"

/* What ICU says of ASCII, and special() below: a test compares them. */
enum { C = LD_SPACE, L = LD_LOWER, U = LD_UPPER, D = LD_DIGIT, S = LD_STOP,
       O = LD_OPEN, E = LD_CLOSE, Q = LD_QUOTE, H = LD_DASH,
       A = LD_APOSTROPHE, P = LD_PUNCT, Y = LD_SYMBOL };
const unsigned char ld_ascii_class[128] = {
  C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C,
  C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C,
  C, S, Q, P, Y, P, P, A, O, E, P, Y, P, H, S, P,
  D, D, D, D, D, D, D, D, D, D, P, P, Y, Y, Y, S,
  P, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
  U, U, U, U, U, U, U, U, U, U, U, O, P, E, Y, P,
  Y, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
  L, L, L, L, L, L, L, L, L, L, L, O, Y, E, Y, Y
};

static enum ld_script script_of (UChar32 cp) {
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(cp, &status)) {
    case USCRIPT_COMMON: case USCRIPT_INHERITED: return LD_SCRIPT_NONE;
    case USCRIPT_LATIN: return LD_SCRIPT_LATIN;
    case USCRIPT_CYRILLIC: return LD_SCRIPT_CYRILLIC;
    case USCRIPT_GREEK: return LD_SCRIPT_GREEK;
    case USCRIPT_ARABIC: return LD_SCRIPT_ARABIC;
    case USCRIPT_HEBREW: return LD_SCRIPT_HEBREW;
    case USCRIPT_HAN: case USCRIPT_BOPOMOFO: return LD_SCRIPT_HAN;
    case USCRIPT_HIRAGANA: case USCRIPT_KATAKANA: return LD_SCRIPT_KANA;
    case USCRIPT_HANGUL: return LD_SCRIPT_HANGUL;
    default: return LD_SCRIPT_OTHER;
  }
}

/* Characters whose part in a text is not what their category says. */
static int special (UChar32 cp) {
  switch (cp) {
    case '.': case '!': case '?': case 0x2026: case 0x203C: case 0x2047:
    case 0x2048: case 0x2049: case 0x3002: case 0xFF01: case 0xFF0E:
    case 0xFF1F: case 0xFF61: case 0x061F: case 0x06D4: case 0x0964:
    case 0x0965: case 0x1362: case 0x104A: case 0x104B: case 0x17D4:
      return LD_STOP;
    case '"': case 0xFF02: return LD_QUOTE;
    case '\'': case 0x2019: case 0x02BC: case 0xFF07: return LD_APOSTROPHE;
    case 0xBF: case 0xA1:            /* Spanish ones open */
    case 0x2018: case 0x201C: case 0x201E: case 0x201A: case 0xAB:
    case 0x2039: case 0x301D: return LD_OPEN;
    case 0x201D: case 0xBB: case 0x203A: case 0x301E: case 0x301F:
      return LD_CLOSE;
    case 0x3005: case 0x3006: case 0x3007: return LD_IDEOGRAPH;
    case 0xB7: case 0x2027: case 0x30FB: return LD_PUNCT;
    case 0x200B: case 0x2028: case 0x2029: return LD_SPACE;
    case '_': return LD_PUNCT;
    case 0x7F: return LD_SYMBOL;
    default: return -1;
  }
}

static enum ld_class class_of (UChar32 cp) {
  int known = special(cp);
  if (known >= 0) return (enum ld_class)known;
  enum ld_script script = script_of(cp);
  switch (u_charType(cp)) {
    case U_UPPERCASE_LETTER: case U_TITLECASE_LETTER: return LD_UPPER;
    case U_LOWERCASE_LETTER: return LD_LOWER;
    case U_MODIFIER_LETTER: case U_OTHER_LETTER:
      return script == LD_SCRIPT_HAN || script == LD_SCRIPT_KANA
                 ? LD_IDEOGRAPH : LD_LETTER;
    case U_NON_SPACING_MARK: case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK: return LD_MARK;
    case U_DECIMAL_DIGIT_NUMBER: return LD_DIGIT;
    case U_SPACE_SEPARATOR: case U_LINE_SEPARATOR: case U_PARAGRAPH_SEPARATOR:
    case U_CONTROL_CHAR: return LD_SPACE;
    case U_FORMAT_CHAR: return LD_FORMAT;
    case U_DASH_PUNCTUATION: return LD_DASH;
    case U_START_PUNCTUATION: case U_INITIAL_PUNCTUATION: return LD_OPEN;
    case U_END_PUNCTUATION: case U_FINAL_PUNCTUATION: return LD_CLOSE;
    case U_CONNECTOR_PUNCTUATION: case U_OTHER_PUNCTUATION: return LD_PUNCT;
    default: return LD_SYMBOL;
  }
}

static unsigned ask (uint32_t cp) {
  static _Atomic unsigned char plane[0x10000];
  if (cp >= 0x10000)
    return (unsigned)class_of((UChar32)cp) |
           (unsigned)script_of((UChar32)cp) << 4;
  unsigned known = atomic_load_explicit(&plane[cp], memory_order_relaxed);
  if (!known) {
    known = 0xFF ^ ((unsigned)class_of((UChar32)cp) |
                    (unsigned)script_of((UChar32)cp) << 4);
    atomic_store_explicit(&plane[cp], (unsigned char)known,
                          memory_order_relaxed);
  }
  return 0xFF ^ known;
}

enum ld_class ld_class_of (uint32_t cp) {
  return (enum ld_class)(ask(cp) & 15);
}

enum ld_script ld_script_of (uint32_t cp) {
  return (enum ld_script)(ask(cp) >> 4);
}

enum ld_class ld_wide_class_at (const char *p, const char *end, int *n) {
  uint32_t cp;
  *n = ld_utf8_read(p, end, &cp);
  return ld_class_of(cp);
}

enum ld_class ld_wide_class_before (const char *begin, const char *p,
                                    int *n) {
  const char *q = p - 1;
  while (q > begin && p - q < 4 && ((unsigned char)*q & 0xC0) == 0x80) q--;
  *n = (int)(p - q);
  uint32_t cp;
  ld_utf8_read(q, p, &cp);
  return ld_class_of(cp);
}

const char *ld_skip_space (const char *p, const char *end) {
  for (int n; p < end && ld_class_at(p, end, &n) == LD_SPACE;) p += n;
  return p;
}

const char *ld_trim_space (const char *begin, const char *p) {
  for (int n; p > begin && ld_class_before(begin, p, &n) == LD_SPACE;) p -= n;
  return p;
}


/* --------------------------------------------------------------- folding */

static bool is_ascii (const char *bytes, size_t n) {
  for (size_t i = 0; i < n; i++)
    if ((unsigned char)bytes[i] >= 0x80) return false;
  return true;
}

static size_t fold_ascii (const char *bytes, size_t n, char *out) {
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)bytes[i];
    out[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return n;
}

/* Traditional characters and what they fold to, in order. */
static const UChar simplified[][2] = {
#include "han.h"
};

static UChar simplify (UChar c) {
  size_t low = 0, high = sizeof simplified / sizeof *simplified;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (simplified[middle][0] <= c) low = middle;
    else high = middle;
  }
  return simplified[low][0] == c ? simplified[low][1] : c;
}

/* Letters that decomposition leaves whole but readers type plain. */
static UChar plain (UChar c) {
  switch (c) {
    case 0x0142: return 'l';    /* l with stroke */
    case 0x0111: return 'd';
    case 0x00F8: return 'o';
    case 0x0131: return 'i';    /* dotless i */
    case 0x2019: case 0x02BC: case 0xFF07: return '\'';
    case 0x0451: return 0x0435; /* Cyrillic yo */
    default: return c >= 0x3400 && c < 0xA000 ? simplify(c) : c;
  }
}

/* Marks go, save where they make another letter (Cyrillic short i) or carry
** the vowels (Indic scripts: spacing marks stay). */
static int drop_marks (UChar *text, int n) {
  int used = 0;
  for (int i = 0; i < n; i++) {
    if (i > 0 && text[i] == 0x0306 && text[i - 1] == 0x0438) {
      text[used - 1] = 0x0439;
    } else if (u_charType(text[i]) != U_NON_SPACING_MARK &&
               u_charType(text[i]) != U_FORMAT_CHAR) {
      text[used++] = plain(text[i]);
    }
  }
  return used;
}

enum { FOLD_MAX = 1024 };

static size_t fold_wide (const char *bytes, size_t n, char *out, size_t size) {
  UChar first[FOLD_MAX], second[FOLD_MAX];
  UErrorCode status = U_ZERO_ERROR;
  int32_t length = 0;
  u_strFromUTF8WithSub(first, FOLD_MAX, &length, bytes, (int32_t)n, 0xFFFD,
                       NULL, &status);
  const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
  length = unorm2_normalize(nfkd, first, length, second, FOLD_MAX, &status);
  length = u_strFoldCase(first, FOLD_MAX, second, length,
                         U_FOLD_CASE_DEFAULT, &status);
  if (U_FAILURE(status)) return 0;
  length = drop_marks(first, length);
  /* NFC again: Hangul and Indic letters come back whole. */
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
  length = unorm2_normalize(nfc, first, length, second, FOLD_MAX, &status);
  int32_t written = 0;
  u_strToUTF8(out, (int32_t)size, &written, second, length, &status);
  return U_FAILURE(status) ? 0 : (size_t)written;
}

size_t ld_fold (const char *bytes, size_t n, char *out, size_t size) {
  if (n <= size && is_ascii(bytes, n)) return fold_ascii(bytes, n, out);
  size_t used = 0;
  while (n > 0) {   /* in pieces that the buffers hold whole */
    size_t piece = n <= FOLD_MAX / 8 ? n : ld_utf8_floor(bytes, FOLD_MAX / 8);
    if (piece == 0) piece = n < 4 ? n : 4;
    char folded[4 * FOLD_MAX];
    size_t got = fold_wide(bytes, piece, folded, sizeof folded);
    if (got > size - used) return used;
    memcpy(out + used, folded, got);
    used += got;
    bytes += piece;
    n -= piece;
  }
  return used;
}


/* ---------------------------------------------------------------- shapes */

typedef struct { int upper, lower, letter, digit, mark, stop, other; } tally;

static enum ld_shape number_shape (const tally *t, const char *form, size_t n) {
  if (!t->lower && !t->upper && !t->letter) return LD_SHAPE_NUMBER;
  if (t->lower == 2 && !t->upper && n > 2 &&
      (!memcmp(form + n - 2, "st", 2) || !memcmp(form + n - 2, "nd", 2) ||
       !memcmp(form + n - 2, "rd", 2) || !memcmp(form + n - 2, "th", 2)))
    return LD_SHAPE_ORDINAL;
  return LD_SHAPE_MIXED;
}

static enum ld_shape shape_of (const tally *t, enum ld_class first,
                               const char *form, size_t n) {
  if (t->digit) return number_shape(t, form, n);
  if (first == LD_IDEOGRAPH) return LD_SHAPE_HAN;
  if (!t->upper && !t->lower && !t->letter) return LD_SHAPE_OTHER;
  if (t->stop) return LD_SHAPE_DOTTED;
  if (t->upper == 1 && !t->lower && !t->letter) return LD_SHAPE_INITIAL;
  if (!t->upper) return LD_SHAPE_LOWER;
  if (!t->lower) return LD_SHAPE_UPPER;
  return first == LD_UPPER ? LD_SHAPE_TITLE : LD_SHAPE_MIXED;
}

static void count (tally *t, enum ld_class k) {
  switch (k) {
    case LD_UPPER: t->upper++; break;
    case LD_LOWER: t->lower++; break;
    case LD_LETTER: t->letter++; break;
    case LD_DIGIT: t->digit++; break;
    case LD_MARK: t->mark++; break;
    case LD_STOP: t->stop++; break;
    default: t->other++; break;
  }
}

void ld_word_describe (ld_vocabulary *v, uint32_t id, const char *form,
                       size_t n) {
  tally t = { 0, 0, 0, 0, 0, 0, 0 };
  enum ld_class first = LD_SPACE;
  enum ld_script script = LD_SCRIPT_NONE;
  for (size_t i = 0; i < n;) {
    int length;
    enum ld_class k = ld_class_at(form + i, form + n, &length);
    if (i == 0) first = k;
    if (script == LD_SCRIPT_NONE && length == 1)
      script = ld_is_letter(k) ? LD_SCRIPT_LATIN : LD_SCRIPT_NONE;
    else if (script == LD_SCRIPT_NONE) {
      uint32_t cp;
      ld_utf8_read(form + i, form + n, &cp);
      script = ld_script_of(cp);
    }
    count(&t, k);
    i += (size_t)length;
  }
  char folded[2 * LD_WORD_MAX];
  size_t m = ld_fold(form, n, folded, sizeof folded);
  uint32_t to = id;
  if (m > 0 && m <= LD_WORD_MAX && (m != n || memcmp(folded, form, n) != 0))
    to = ld_word_add(v, folded, m);
  ld_word *word = (ld_word *)(void *)v->words.base + id;
  word->shape = (uint8_t)shape_of(&t, first, form, n);
  word->script = (uint8_t)script;
  word->folded = to;
  if (word->shape == LD_SHAPE_DOTTED && form[n - 1] == '.') n--;
  if (to != id)     /* lists do not know cases */
    word->lists = ld_word_at(v, to)->lists;
  else if (word->shape != LD_SHAPE_OTHER && n < 24)
    word->lists = (uint32_t)ld_lexicon_lists(form, n);
}
