/*
** pieces.c - the pieces of a text in which a grammar may find something.
**
** A phrase such as a date is made of words that are known beforehand, and of
** numbers. So a text is cut at every other word and behind marks that stand in no
** phrase, a full stop if it is no abbreviation's; and of the pieces those count
** that have something which makes a phrase: a word that does, a number that may
** be a year or is joined to others, a number with a certain word behind it. What
** stands in a piece can be read without what stands around it, which is why a
** grammar need read equal pieces only once. Words that say nothing at the beginning
** or at the end of a piece are left out of it: then more pieces are equal.
**
** Of a document's own text the tokens are known: what has neither such a word nor a
** digit is passed over by them, a byte of the vocabulary a token (skip).
**
** Words are runs of letters; the text is in small letters. A number is no word,
** but what is left of a word behind a cut belongs to the word: in b2b 2019, the
** piece begins behind the second b.
*/
#include <string.h>

#include "bind/inside.h"

typedef unsigned char byte;

/* What a word is: one of those of phrases; one that makes a phrase; one that
** does behind a number; one that may have a full stop; one that says nothing at the
** beginning of a piece, or at its end; one of a phrase only beside another of it; one
** of which it matters what stands behind it. */
enum { PART = 1, MAKER = 2, BEHIND = 4, SHORT = 8, HEAD = 16, TAIL = 32, MEMBER = 64,
       OPEN = 128 };

/* Two words of a phrase are kept as one with this between them. */
enum { BETWEEN = ' ', PAIR_MOST = 64 };

/* What a byte is: a letter, a digit, the first of a letter of several bytes; a mark
** behind which a piece ends; one behind which it does where no digit follows. */
enum { LETTER = 1, DIGIT, LEAD, MARK, STOP };

/* Bytes between a number and the word behind it; between words of a phrase. */
enum { APART = 3, APART_IN_PHRASE = 6 };

typedef struct word {
  uint64_t hash;
  uint32_t at, length;    /* in the bytes of all; a length of 0: a free slot */
  uint32_t kind;
} word;

/* Followed by the slots and the bytes. */
typedef struct pieces {
  uint32_t slots;         /* a power of two, at least twice the words */
  uint32_t used;          /* bytes so far */
  byte class[256];
  bool ordinals;          /* a number may have a full stop, too */
  byte pairs[256][32];    /* bits: what may be behind the first byte of a word */
  word *slot;
  char *bytes;
} pieces;

/* A piece: its bytes, and of those [from, to) that count. */
typedef struct piece {
  const char *begin, *end;
  const char *from, *to;
  bool counts;            /* has it something that makes a phrase? */
  bool at_word;           /* is it a word that ends it? */
} piece;


/* ----------------------------------------------------------------------
** Bytes
*/

static void sort_bytes (pieces *p) {
  for (int c = 0; c < 256; c++)
    p->class[c] = (byte)((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? LETTER
                         : c >= '0' && c <= '9' ? DIGIT
                         : c >= 0xC3 && c <= 0xF4 ? LEAD : 0);
}

static bool is_digit (const pieces *p, const char *s) {
  return p->class[(byte)*s] == DIGIT;
}

/* Bytes of the letter at s, which begins with a LEAD; 0 where there is none. All
** characters above U+00BF pass for letters, save the dashes, quotation marks and
** blanks of U+2000 on. */
static size_t wide_letter (const char *s, const char *end) {
  size_t n = 1;
  if (end - s >= 2 && (byte)*s == 0xE2 && (byte)s[1] == 0x80) return 0;
  while (n < (size_t)(end - s) && ((byte)s[n] & 0xC0) == 0x80) n++;
  return n > 1 ? n : 0;
}

/* The end of the letters that begin at s; s where there are none. */
static const char *letters_end (const pieces *p, const char *s,
                                const char *end) {
  for (;;) {
    while (s < end && p->class[(byte)*s] == LETTER) s++;
    const size_t n = s < end && p->class[(byte)*s] == LEAD ? wide_letter(s, end)
                                                           : 0;
    if (n == 0) return s;
    s += n;
  }
}

static const char *digits_end (const pieces *p, const char *s,
                               const char *end) {
  while (s < end && is_digit(p, s)) s++;
  return s;
}

/* The end of the letters and digits that begin at s. */
static const char *word_end (const pieces *p, const char *s, const char *end) {
  for (;;) {
    const char *after = digits_end(p, letters_end(p, s, end), end);
    if (after == s) return s;
    s = after;
  }
}


/* ----------------------------------------------------------------------
** The words
*/

/* The slot of a word, or the free one where it belongs. */
static word *slot_of (const pieces *p, const char *s, uint32_t n) {
  const uint64_t hash = ld_hash(s, n);
  for (uint32_t i = (uint32_t)hash;; i++) {
    word *one = &p->slot[i & (p->slots - 1)];
    if (one->length == 0) {
      one->hash = hash;
      return one;
    }
    if (one->hash == hash && one->length == n &&
        memcmp(p->bytes + one->at, s, n) == 0)
      return one;
  }
}

/* The byte that tells words with the same first one apart; 0 for words of one. */
static byte second_of (const char *s, uint32_t n) {
  return n > 1 ? (byte)s[1] : 0;
}

/* What the word of n bytes at s is, 0 for none. Most words of a text begin as none
** of those that are known. */
static uint32_t kind_of (const pieces *p, const char *s, uint32_t n) {
  const byte second = second_of(s, n);
  if (!(p->pairs[(byte)*s][second >> 3] >> (second & 7) & 1)) return 0;
  return slot_of(p, s, n)->kind;
}

/* Are the words at a and b, of so many bytes, beside each other in a phrase? */
static bool is_pair (const pieces *p, const char *a, size_t m, const char *b, size_t n) {
  char both[PAIR_MOST];
  if (m == 0 || n == 0 || m + 1 + n > sizeof both) return false;
  memcpy(both, a, m);
  both[m] = BETWEEN;
  memcpy(both + m + 1, b, n);
  return slot_of(p, both, (uint32_t)(m + 1 + n))->length != 0;
}

/* Adds the words of the array on the top. [-0, +0, -] */
static void add_words (lua_State *L, pieces *p, uint32_t kind) {
  const lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
  for (lua_Integer i = 1; i <= count; i++) {
    size_t n;
    lua_rawgeti(L, -1, i);
    const char *s = lua_tolstring(L, -1, &n);
    word *one = slot_of(p, s, (uint32_t)n);
    if (one->length == 0) {
      one->at = p->used;
      one->length = (uint32_t)n;
      memcpy(p->bytes + p->used, s, n);
      p->used += (uint32_t)n;
    }
    one->kind |= PART | kind;
    const byte second = second_of(s, (uint32_t)n);
    p->pairs[(byte)*s][second >> 3] |= (byte)(1 << (second & 7));
    lua_pop(L, 1);
  }
}

/* Counts the words of the array on the top, and their bytes. [-0, +0, v] */
static void count_words (lua_State *L, size_t *count, size_t *bytes) {
  const lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
  for (lua_Integer i = 1; i <= n; i++) {
    size_t length;
    lua_rawgeti(L, -1, i);
    luaL_argcheck(L, lua_tolstring(L, -1, &length) && length > 0, 1,
                  "words are strings of letters");
    *count += 1;
    *bytes += length;
    lua_pop(L, 1);
  }
  luaL_argcheck(L, *count < 1 << 24 && *bytes < 1 << 30, 1, "fewer words");
}


/* ----------------------------------------------------------------------
** The search
*/

/* Are there one or two digits at s, then the byte, then two digits: the 12.05 of 3.12.05? */
static bool is_dated (const pieces *p, const char *s, const char *end, char joint) {
  const char *after = digits_end(p, s, end);
  return after - s <= 2 && end - after >= 3 && *after == joint && is_digit(p, after + 1) &&
         is_digit(p, after + 2);
}

/* Are the two digits at s minutes, behind which no number goes on? */
static bool is_minutes (const pieces *p, const char *s, const char *end) {
  const char *after = s + 2;
  if (end - s < 2 || *s > '5' || !is_digit(p, s + 1)) return false;
  return after == end || (!is_digit(p, after) && !(end - after >= 2 && is_digit(p, after + 1) &&
                                                   (*after == '.' || *after == ',')));
}

/* Does the number from s to 'after' make a phrase by itself: a year (2019, no 2019.5), an
** hour (10:30, 10.30), a day (12/5, 12.5.19, 12-5-19)? */
static bool is_maker (const pieces *p, const char *s, const char *after,
                      const char *end) {
  const bool joined = end - after >= 2 && is_digit(p, after + 1);
  if (after - s == 4)
    return (*s == '1' || (*s == '2' && s[1] <= '1')) &&
           !(joined && (*after == '.' || *after == ','));
  if (after - s > 2 || !joined) return false;
  if (*after == ':' || *after == '/') return true;
  if (*after == '.' && is_minutes(p, after + 1, end)) return true;
  return (*after == '.' || *after == '-') && is_dated(p, after + 1, end, *after);
}

/* Does a piece end behind the byte at s? 'may' says whether what is before it may have
** a full stop. */
static bool is_end (const pieces *p, const char *s, const char *end, bool may) {
  const byte class = p->class[(byte)*s];
  if (class == MARK) return true;
  return class == STOP && !(may && *s == '.') &&
         !(end - s >= 2 && is_digit(p, s + 1));
}

/* Takes what is behind the word that ends at 'last' off the end of what counts: all but
** apostrophes and, where it may have one, a full stop. */
static void trim (piece *one, const char *last, bool may) {
  const char *s = last;
  if (s < one->to && (*s == '\'' || (*s == '.' && may))) s++;
  else if (one->to - s >= 3 && memcmp(s, "\xE2\x80\x99", 3) == 0) s += 3;
  one->to = s;
}

/* A word of a piece, and the one before it: none where n is 0. */
typedef struct word_at {
  const char *s;
  size_t n;
} word_at;

/* Is the word from s to 'after' one with the word behind it in a phrase? */
static bool is_tied (const pieces *p, const char *s, const char *after, const char *end) {
  const char *next = after;
  while (next < end && next - after < APART_IN_PHRASE && letters_end(p, next, end) == next)
    next++;
  return is_pair(p, s, (size_t)(after - s), next,
                 (size_t)(letters_end(p, next, end) - next));
}

/* What the word from s to 'after' is here; 0 where it is none of a phrase. Words that stand
** in longer phrases are nothing by themselves, or say nothing at the ends of a piece, only
** where they stand in none. */
static uint32_t kind_here (const pieces *p, word_at before, const char *s,
                           const char *after, const char *end) {
  const size_t n = (size_t)(after - s);
  uint32_t kind = kind_of(p, s, (uint32_t)n);
  if (!(kind & (HEAD | TAIL | MEMBER))) return kind;
  const bool left = is_pair(p, before.s, before.n, s, n);
  const bool right = is_tied(p, s, after, end);
  if (kind & MEMBER && !left && !right) return 0;
  if (left) kind &= ~(uint32_t)TAIL;
  if (right) kind &= ~(uint32_t)HEAD;
  return kind;
}

/* What is known of a piece as far as it was read. */
typedef struct reading {
  const char *head;       /* behind the words at the beginning that say nothing */
  const char *idle;       /* where those at the end begin, or NULL */
  const char *number;     /* where the last number ends, or NULL */
  const char *last;       /* where the word ends that is the last to count; of a number NULL */
  word_at before;         /* the word before */
  bool may;               /* may a full stop follow? */
  bool is_short;          /* and behind the last that counts? */
  bool open;              /* does it matter what word follows? */
} reading;

/* Takes a word of that kind. What hangs on a number is a part of it. */
static void take_word (reading *r, piece *one, uint32_t kind, const char *s,
                       const char *after) {
  const bool hangs = r->number == s;
  r->before = (word_at){ s, (size_t)(after - s) };
  if (kind & MAKER || (kind & BEHIND && r->number && s - r->number <= APART))
    one->counts = true;
  r->may = kind & SHORT;
  if (!one->from && !(kind & HEAD)) one->from = s;
  if (!one->from) r->head = after;
  if (kind & TAIL && !r->open) {
    if (!r->idle) r->idle = s;
    return;
  }
  r->open = hangs || kind & OPEN;
  r->idle = NULL;
  r->last = hangs ? NULL : after;
  r->is_short = r->may;
}

/* Takes the number from s to 'after'. */
static void take_number (reading *r, piece *one, const pieces *p, const char *s,
                         const char *after, const char *end) {
  const bool hung = end - after > 2 && (memcmp(after, ".\xC2\xBA", 3) == 0 ||   /* 46.º, 2.ª */
                                        memcmp(after, ".\xC2\xAA", 3) == 0);
  r->may = p->ordinals || hung;
  r->number = after;
  if (is_maker(p, s, after, end)) one->counts = true;
  if (!one->from) one->from = r->head;
  r->idle = r->last = NULL;
  r->open = true;
}

/* Reads the piece that begins at s. What stands about a number is kept: it may be a
** sign that makes it another one. */
static void take_piece (const pieces *p, piece *one, const char *s, const char *end) {
  reading r = { .head = s, .before = { s, 0 }, .may = true };
  *one = (piece){ .begin = s, .from = NULL };
  for (const char *after; s < end; s = after) {
    after = letters_end(p, s, end);
    if (after > s) {
      const uint32_t kind = kind_here(p, r.before, s, after, end);
      if (kind == 0) {
        one->at_word = true;
        break;
      }
      take_word(&r, one, kind, s, after);
    } else if (is_digit(p, s)) {
      after = digits_end(p, s, end);
      take_number(&r, one, p, s, after, end);
    } else {
      after = s + 1;
      if (is_end(p, s, end, r.may)) {
        s = after;
        break;
      }
    }
  }
  one->end = s;
  one->to = r.idle ? r.idle : s;
  if (!one->from) one->counts = false;
  else if (r.last) trim(one, r.last, r.is_short);
}


/* ----------------------------------------------------------------------
** Passing over, by tokens
*/

/* What is known of a form: it may make a phrase; it is a word that no phrase has. */
enum { SEEN = 1, TELLS = 2, CUTS = 4 };

/* What a form is, of which s is one in small letters. */
static byte class_of (const pieces *p, const char *s, uint32_t n) {
  const char *end = s + n;
  byte class = SEEN;
  if (letters_end(p, s, end) == end && kind_of(p, s, n) == 0) return SEEN | CUTS;
  for (const char *after; s < end; s = after) {
    after = letters_end(p, s, end);
    if (after > s) {
      if (kind_of(p, s, (uint32_t)(after - s)) & MAKER) class |= TELLS;
    } else {
      if (is_digit(p, s)) class |= TELLS;
      after = s + 1;
    }
  }
  return class;
}

/* Is the byte at s, which is no first one of a character perhaps, outside of words? */
static bool is_outside (const pieces *p, const char *s) {
  return (byte)*s < 0x80 && p->class[(byte)*s] != LETTER && p->class[(byte)*s] != DIGIT;
}

/*
** The place from s on where the search has to begin for what comes next: behind the
** last word that cuts before the first token that tells. NULL where none tells. 'at'
** is the token to begin with, and is moved on. What is passed over holds nothing that
** counts, and from behind a word that cuts the search goes on as if it came from
** further back.
*/
static const char *skip (const pieces *p, const lesdiplo_doc *doc, byte *classes,
                         const char *text, const char *s, uint32_t *at) {
  const uint32_t count = doc->token_count;
  const char *const end = text + doc->text_length;
  uint32_t i = *at;
  while (i < count && text + ld_token_end(doc, i) <= s) i++;
  const uint32_t first = i;
  for (; i < count; i++) {
    byte *class = classes + doc->token_word[i];
    if (*class == 0)
      *class = class_of(p, text + doc->token_begin[i],
                        ld_token_end(doc, i) - doc->token_begin[i]);
    if (*class & TELLS) break;
  }
  *at = i;
  if (i == count) return NULL;
  while (i-- > first) {
    const char *begin = text + doc->token_begin[i], *stop = text + ld_token_end(doc, i);
    if (classes[doc->token_word[i]] & CUTS && begin > s && is_outside(p, begin - 1) &&
        stop < end && is_outside(p, stop))
      return stop;
  }
  return s;
}


/* ----------------------------------------------------------------------
** The search
*/

/* find(small, text) -> array of the first and the last byte of each piece that
** counts, as far as it does. `small` is the text in small letters. */
static int find (lua_State *L) {
  const pieces *p = lua_touserdata(L, lua_upvalueindex(1));
  size_t length;
  const char *s = luaL_checklstring(L, 1, &length);
  const char *const text = s, *const end = s + length;
  lua_settop(L, 2);
  const lesdiplo_doc *doc = lua_isstring(L, 2) ? ld_text_doc(L, 2) : NULL;
  if (doc && doc->text_length != length) doc = NULL;
  byte *classes = doc ? ld_push_classes(L, doc->corpus) : NULL;
  uint32_t token = 0;
  lua_Integer found = 0;
  lua_createtable(L, length < 1 << 20 ? (int)(length / 256) : 0, 0);
  while (s < end) {
    if (doc && !(s = skip(p, doc, classes, text, s, &token))) break;
    piece one;
    take_piece(p, &one, s, end);
    if (one.counts) {
      lua_pushinteger(L, one.from - text + 1);
      lua_rawseti(L, -2, ++found);
      lua_pushinteger(L, one.to - text);
      lua_rawseti(L, -2, ++found);
    }
    s = one.end;
    if (one.at_word) s = word_end(p, s, end);
  }
  return 1;
}

/* Pushes the array that a field of the table at 1 is. [-0, +1, v] */
static void push_words (lua_State *L, const char *field) {
  lua_getfield(L, 1, field);
  luaL_argcheck(L, lua_istable(L, -1), 1, "words are in lists");
}

/* Sets the class of the bytes of a field of the table at 1. [-0, +0, v] */
static void set_class (lua_State *L, pieces *p, const char *field, byte class) {
  lua_getfield(L, 1, field);
  for (const char *s = luaL_checkstring(L, -1); *s; s++)
    p->class[(byte)*s] = class;
  lua_pop(L, 1);
}

/* pieces{ parts =, makers =, behind =, short =, marks =, stops =, ordinals =, heads =,
** tails =, members =, opens =, pairs = } -> find, a function. Words of phrases, those that
** make one, those that do behind a number, those that may have a full stop; those that say
** nothing at the beginning of a piece and at its end; those that are nothing but beside
** another of their phrase, and these pairs, with a blank; those of which it matters what
** word is behind them; bytes behind which a piece ends: always, or where no digit follows,
** as with a full stop if nothing before may have one, a number only with `ordinals`. */
static int make (lua_State *L) {
  static const char *const fields[] = { "parts", "makers", "behind", "short", "heads",
                                        "tails", "members", "opens", "pairs" };
  static const uint32_t kinds[] = { PART, MAKER, BEHIND, SHORT, HEAD, TAIL, MEMBER, OPEN,
                                    0 };
  enum { FIELDS = sizeof kinds / sizeof *kinds };
  size_t count = 0, bytes = 0;
  luaL_checktype(L, 1, LUA_TTABLE);
  for (int i = 0; i < FIELDS; i++) {
    push_words(L, fields[i]);
    count_words(L, &count, &bytes);
    lua_pop(L, 1);
  }
  uint32_t slots = 16;
  while (slots < 2 * count) slots *= 2;
  pieces *p = lua_newuserdatauv(L, sizeof *p + slots * sizeof *p->slot + bytes,
                                1);
  memset(p, 0, sizeof *p + slots * sizeof *p->slot);
  sort_bytes(p);
  p->slots = slots;
  p->slot = (word *)(p + 1);
  p->bytes = (char *)(p->slot + slots);
  for (int i = 0; i < FIELDS; i++) {
    push_words(L, fields[i]);
    add_words(L, p, kinds[i]);
    lua_pop(L, 1);
  }
  set_class(L, p, "marks", MARK);
  set_class(L, p, "stops", STOP);
  lua_getfield(L, 1, "ordinals");
  p->ordinals = lua_toboolean(L, -1);
  lua_pop(L, 1);
  ld_keep_classes(L);
  lua_pushcclosure(L, find, 1);
  return 1;
}

void ld_pieces_open (lua_State *L) {
  lua_pushcfunction(L, make);
  lua_setfield(L, -2, "pieces");
}
