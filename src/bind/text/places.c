/*
** places.c - where some phrases stand in a text, in one pass over its bytes.
**
** What grammars read with care begins, in most texts, at few places: at a number
** word, a verb of saying, a quotation mark. A list of phrases becomes a table by
** their heads: the first word of a phrase, or its first character where that is
** no letter or one of a script that parts no words. Each word and each such
** character of the text is looked up there, and only behind a head that is known
** are further bytes compared.
**
** Of phrases that begin alike the longest counts, and the search goes on behind
** it. A phrase that begins or ends with a letter begins or ends a word, save that
** of one written with a star behind it the last word may go on; a space stands for
** any white space; a digit is met only where no digit is before it.
*/
#include <stdlib.h>
#include <string.h>

#include "bind/inside.h"

typedef unsigned char byte;

/* What a byte can be: part of a word; the first of a character to look up; a
** digit; the first of a phrase whose only word may go on. */
enum { IN_WORD = 1, HEAD = 2, DIGIT = 4, STEM = 8 };

typedef struct phrase {
  uint32_t at, length;       /* in the bytes of all */
  uint32_t head;             /* bytes of its head */
  uint32_t hash;             /* of its head */
  uint32_t next;             /* with the same slot, longest first; NONE: the last */
  bool open;                 /* its last word may go on */
} phrase;

#define NONE UINT32_MAX

/* Followed by the phrases, the slots and the bytes. */
typedef struct places {
  uint32_t count, slots;     /* slots: a power of two */
  byte kind[256];
  byte folded[256];          /* itself, or its small letter */
  byte second[256][32];      /* bits: what may be behind the first byte of a head */
  phrase *phrases;           /* into the same block */
  uint32_t *slot;
  char *bytes;
} places;


/* ----------------------------------------------------------------------
** Bytes
*/

/* Letters of the scripts that part words: Latin, Greek, Cyrillic and the like. */
static bool is_letter (byte c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= 0xC3 && c <= 0xDF);
}

/* How many bytes a character has that begins with c. */
static uint32_t width_of (byte c) {
  return c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
}

static void sort_bytes (places *p, bool fold) {
  for (int c = 0; c < 256; c++) {
    p->folded[c] = (byte)(fold && c >= 'A' && c <= 'Z' ? c + 32 : c);
    p->kind[c] = (byte)(is_letter((byte)c) || (c >= 0x80 && c < 0xC0) ? IN_WORD
                        : c >= '0' && c <= '9' ? DIGIT : 0);
  }
}

/* FNV-1a, a byte at a time. */
enum { HASH_BEGIN = 0x11C9DC5 };

static inline uint32_t hash_step (const places *p, uint32_t h, char c) {
  return (h ^ p->folded[(byte)c]) * 16777619u;
}

static uint32_t hash_of (const places *p, const char *s, uint32_t n) {
  uint32_t h = HASH_BEGIN;
  for (uint32_t i = 0; i < n; i++) h = hash_step(p, h, s[i]);
  return h;
}

static uint32_t *slot_of (const places *p, uint32_t hash) {
  return &p->slot[(hash ^ hash >> 15) & (p->slots - 1)];
}

/* The end of the word that begins at s. */
static const char *word_end (const places *p, const char *s, const char *end) {
  while (s < end && p->kind[(byte)*s] & IN_WORD) s++;
  return s;
}

/* Bytes of white space at s, 0 where there is none. */
static uint32_t space_at (const char *s, const char *end) {
  if (s < end && (*s == ' ' || (*s >= '\t' && *s <= '\r'))) return 1;
  if (end - s >= 2 && memcmp(s, "\xC2\xA0", 2) == 0) return 2;
  if (end - s >= 3 && memcmp(s, "\xE2\x80\xAF", 3) == 0) return 3;
  return 0;
}


/* ----------------------------------------------------------------------
** The table
*/

/* Its capital too begins the phrase where capitals are folded. */
static void mark_stem (places *p, byte first) {
  for (int c = 0; c < 256; c++)
    if (p->folded[c] == p->folded[first]) p->kind[c] |= STEM;
}

/* Lets a head through that begins so; behind the only letter of one stands what is
** in no word. Of what begins alike the capital is let through too. */
static void mark_pair (places *p, const char *head, uint32_t n) {
  const byte first = (byte)head[0], second = n > 1 ? (byte)head[1] : 0;
  for (int a = 0; a < 256; a++) {
    if (p->folded[a] != p->folded[first]) continue;
    for (int b = 0; b < 256; b++)
      if (n > 1 ? p->folded[b] == p->folded[second] : !(p->kind[b] & IN_WORD))
        p->second[a][b >> 3] |= (byte)(1 << (b & 7));
  }
}

static void add (places *p, uint32_t i, uint32_t at, uint32_t length) {
  const char *s = p->bytes + at;
  phrase *one = &p->phrases[i];
  one->open = length > 1 && s[length - 1] == '*';
  if (one->open) length--;
  one->at = at;
  one->length = length;
  one->head = is_letter((byte)*s)
              ? (uint32_t)(word_end(p, s, s + length) - s)
              : width_of((byte)*s) < length ? width_of((byte)*s) : length;
  one->hash = hash_of(p, s, one->head);
  if (!is_letter((byte)*s)) p->kind[(byte)*s] |= HEAD;
  else if (one->open && one->head == length) mark_stem(p, (byte)*s);
  mark_pair(p, s, one->head);
  uint32_t *link = slot_of(p, one->hash);
  while (*link != NONE && p->phrases[*link].length >= length)
    link = &p->phrases[*link].next;
  one->next = *link;
  *link = i;
}

/* Room for the phrases of the table at 1, whose bytes are counted. Left on the
** top. [-0, +1, m] */
static places *new_places (lua_State *L, uint32_t count, size_t bytes) {
  uint32_t slots = 16;
  while (slots < 2 * count) slots *= 2;
  places *p = lua_newuserdatauv(L, sizeof *p + count * sizeof *p->phrases +
                                slots * sizeof *p->slot + bytes, 1);
  p->count = count;
  p->slots = slots;
  p->phrases = (phrase *)(p + 1);
  p->slot = (uint32_t *)(p->phrases + count);
  p->bytes = (char *)(p->slot + slots);
  memset(p->slot, 0xFF, slots * sizeof *p->slot);
  memset(p->second, 0, sizeof p->second);
  return p;
}


/* ----------------------------------------------------------------------
** The search
*/

/* Where the rest of a phrase ends that was met up to s; NULL where it goes on in
** another way. */
static const char *rest_of (const places *p, const phrase *one, const char *s,
                            const char *end) {
  const char *want = p->bytes + one->at + one->head;
  const char *stop = p->bytes + one->at + one->length;
  for (; want < stop; want++) {
    if (*want == ' ') {
      uint32_t n = space_at(s, end);
      if (n == 0) return NULL;
      for (; n > 0; n = space_at(s, end)) s += n;
    } else if (s == end || p->folded[(byte)*want] != p->folded[(byte)*s]) {
      return NULL;
    } else {
      s++;
    }
  }
  if (one->open) return s;
  const bool in_word = p->kind[(byte)stop[-1]] & IN_WORD &&
                       is_letter((byte)p->bytes[one->at]);
  return in_word && s < end && p->kind[(byte)*s] & IN_WORD ? NULL : s;
}

/* A phrase that was met: where it ends, and its number from 0. An end of NULL: none. */
typedef struct met {
  const char *stop;
  uint32_t number;
} met;

/* The small letter, or another byte, behind the white space at s; 0 at the end. */
static byte beyond_space (const places *p, const char *s, const char *end) {
  for (uint32_t n; (n = space_at(s, end)) > 0;) s += n;
  return s < end ? p->folded[(byte)*s] : 0;
}

/* The longest phrase whose head is the n bytes at s, of that hash; where the word goes on
** behind them, of those only that allow it. Many phrases may begin with a head such as "a":
** the first byte of their second word tells most of them apart. */
static met look_up (const places *p, const char *s, uint32_t n, uint32_t hash,
                    bool goes_on, const char *end) {
  int second = -1;                          /* not yet looked at */
  for (uint32_t i = *slot_of(p, hash); i != NONE; i = p->phrases[i].next) {
    const phrase *one = &p->phrases[i];
    if (one->hash != hash || one->head != n) continue;
    if (goes_on && !(one->open && one->length == n)) continue;
    const char *known = p->bytes + one->at;
    if (one->length > n + 1 && known[n] == ' ') {
      if (second < 0) second = beyond_space(p, s + n, end);
      if (p->folded[(byte)known[n + 1]] != second) continue;
    }
    uint32_t k = 0;
    while (k < n && p->folded[(byte)known[k]] == p->folded[(byte)s[k]]) k++;
    const char *stop = k == n ? rest_of(p, one, s + n, end) : NULL;
    if (stop) return (met){ stop, i };
  }
  return (met){ NULL, 0 };
}

/* The same of the word from s to 'after', and where there are stems of its
** beginning: the longest. */
static met look_up_word (const places *p, const char *s, const char *after,
                         const char *end) {
  const uint32_t n = (uint32_t)(after - s);
  const byte next = s + 1 < end ? (byte)s[1] : 0;
  if (!(p->second[(byte)*s][next >> 3] >> (next & 7) & 1)) return (met){ NULL, 0 };
  met found = look_up(p, s, n, hash_of(p, s, n), false, end);
  if (found.stop || !(p->kind[(byte)*s] & STEM)) return found;
  uint32_t hash = HASH_BEGIN;
  for (uint32_t k = 1; k < n; k++) {
    hash = hash_step(p, hash, s[k - 1]);
    const met longer = look_up(p, s, k, hash, true, end);
    if (longer.stop) found = longer;
  }
  return found;
}


/* ----------------------------------------------------------------------
** Passing over, by tokens
*/

/* What is known of a form: what is in it begins no phrase, or may begin one. */
enum { SILENT = 1, TELLS = 2 };

/* A document's text, of which the tokens are known, as far as it was gone through. */
typedef struct walk {
  const char *text;
  const lesdiplo_doc *doc;   /* NULL: the text is no document's */
  byte *classes;             /* of its corpus's forms; 0: not yet known */
  uint32_t token;            /* that ends behind what was gone through */
} walk;

/* Is the beginning of the word from s to 'after' the head of a phrase? */
static bool is_head (const places *p, const char *s, const char *after) {
  uint32_t hash = HASH_BEGIN;
  for (const char *stop = s + 1; stop <= after; stop++) {
    hash = hash_step(p, hash, stop[-1]);
    if (stop < after && !(p->kind[(byte)*s] & STEM)) continue;
    for (uint32_t i = *slot_of(p, hash); i != NONE; i = p->phrases[i].next)
      if (p->phrases[i].hash == hash) return true;
  }
  return false;
}

static byte class_of (const places *p, const char *s, const char *end) {
  for (const char *after; s < end; s = after) {
    after = s + 1;
    if (is_letter((byte)*s)) {
      after = word_end(p, s, end);
      if (is_head(p, s, after)) return TELLS;
    } else if (p->kind[(byte)*s] & HEAD) {
      return TELLS;
    }
  }
  return SILENT;
}

/* Does a word go on over the place at s, which is inside of the text? */
static bool is_in_word (const places *p, const char *s) {
  return p->kind[(byte)s[-1]] & IN_WORD && p->kind[(byte)*s] & IN_WORD;
}

/* Where the search goes on that has come to s: behind all tokens from there on that begin
** no phrase, where what stands between them begins none. */
static const char *pass (const places *p, walk *w, const char *s) {
  const lesdiplo_doc *doc = w->doc;
  const char *const end = w->text + doc->text_length;
  for (; w->token < doc->token_count; w->token++) {
    const char *begin = w->text + doc->token_begin[w->token];
    const char *stop = w->text + ld_token_end(doc, w->token);
    if (stop <= s) continue;
    while (s < begin && p->kind[(byte)*s] == 0) s++;
    if (s < begin || s > begin) return s;
    byte *class = w->classes + doc->token_word[w->token];
    if (*class == 0) *class = class_of(p, begin, stop);
    if (*class == TELLS || (begin > w->text && is_in_word(p, begin)) ||
        (stop < end && is_in_word(p, stop))) return s;
    s = stop;
  }
  return s;
}


/* ----------------------------------------------------------------------
** Finding
*/

enum { NEAR = 24 };          /* bytes before a phrase in which the word before it stands */

/* Bytes of the white space that ends before s, which is behind 'near'; 0: there is none. */
static uint32_t space_before (const char *near, const char *s) {
  for (uint32_t n = 1; n <= 3 && s - near >= (ptrdiff_t)n; n++)
    if (space_at(s - n, s) == n) return n;
  return 0;
}

/* Pushes what stands before s, and white space before it, up to other white space or to
** 'near'; false where there is nothing, or a blank line behind it. Where it begins.
** [-0, +1, m] */
static const char *push_word_before (lua_State *L, const char *near, const char *s) {
  const char *stop = s, *line = NULL;        /* the line end that was passed last */
  for (uint32_t n; (n = space_before(near, stop)) > 0;) {
    stop -= n;
    if (*stop == '\n' && line) break;
    if (*stop == '\n') line = stop;
    else if (*stop != ' ' && *stop != '\t') line = NULL;
  }
  const bool parted = line && *stop == '\n' && stop != line;
  const char *begin = stop;
  while (begin > near && space_before(near, begin) == 0) begin--;
  if (begin == stop || parted) lua_pushboolean(L, 0);
  else lua_pushlstring(L, begin, (size_t)(stop - begin));
  return begin;
}

/* word_before(text, place, near) -> the word before a place, with or without white space
** between, as far as it is in so many bytes; false where there is none; and where it begins. */
static int word_before (lua_State *L) {
  size_t n;
  const char *text = luaL_checklstring(L, 1, &n);
  const lua_Integer at = luaL_checkinteger(L, 2), near = luaL_checkinteger(L, 3);
  luaL_argcheck(L, at >= 1 && (lua_Unsigned)at <= n + 1, 2, "a place of the text");
  const lua_Integer back = near < 0 ? 0 : near < at - 1 ? near : at - 1;
  const char *s = text + at - 1, *begin = push_word_before(L, s - back, s);
  lua_pushinteger(L, begin - text + 1);
  return 2;
}

/* Where the tables of what is found are on the stack, behind the text and its classes. */
enum { POSITIONS = 3, NUMBERS, BEFORE };

/* Keeps the phrase at s, the n-th of the text; of which what all is asked for. [-0, +0, m] */
static void keep (lua_State *L, lua_Integer n, const char *text, const char *s, met one,
                  bool all) {
  lua_pushinteger(L, s - text + 1);
  lua_rawseti(L, POSITIONS, 2 * n - 1);
  lua_pushinteger(L, one.stop - text);
  lua_rawseti(L, POSITIONS, 2 * n);
  if (!all) return;
  lua_pushinteger(L, (lua_Integer)one.number + 1);
  lua_rawseti(L, NUMBERS, n);
  const char *const near = s - text > NEAR ? s - NEAR : text;
  if (space_before(near, s) > 0) push_word_before(L, near, s);
  else lua_pushboolean(L, 0);
  lua_rawseti(L, BEFORE, n);
}

/* find(text[, all]) -> array of the first and the last byte of each phrase in it; with
** 'all', of each its number in the list, and the word before it, too. */
static int find (lua_State *L) {
  const places *p = lua_touserdata(L, lua_upvalueindex(1));
  size_t length;
  const char *text = luaL_checklstring(L, 1, &length);
  const char *const end = text + length;
  const bool all = lua_toboolean(L, 2);
  lua_settop(L, 1);
  walk w = { .text = text, .doc = ld_text_doc(L, 1) };
  if (w.doc && w.doc->text_length != length) w.doc = NULL;
  if (w.doc) w.classes = ld_push_classes(L, w.doc->corpus);
  else lua_pushnil(L);
  lua_Integer found = 0;
  for (int i = 0; i < (all ? 3 : 1); i++) lua_newtable(L);
  for (const char *s = text; s < end;) {
    if (w.doc && (s = pass(p, &w, s)) == end) break;
    const byte c = (byte)*s, kind = p->kind[c];
    const char *after = s + 1;
    met one = { NULL, 0 };
    if (is_letter(c)) {
      after = word_end(p, s, end);
      one = look_up_word(p, s, after, end);
    } else if (kind & HEAD && (size_t)(end - s) >= width_of(c)) {
      const bool inside = kind & DIGIT && s > text &&
                          p->kind[(byte)s[-1]] & DIGIT;
      const uint32_t n = width_of(c);
      if (!inside) one = look_up(p, s, n, hash_of(p, s, n), false, end);
    }
    if (one.stop) {
      keep(L, ++found, text, s, one, all);
      if (one.stop > after) after = one.stop;    /* else a word goes on behind it */
    }
    s = after;
  }
  return all ? 3 : 1;
}

/* places(phrases[, fold]) -> find, a function; `fold`: capitals of ASCII are as
** their small letters. */
static int make (lua_State *L) {
  luaL_checktype(L, 1, LUA_TTABLE);
  const lua_Unsigned count = lua_rawlen(L, 1);
  luaL_argcheck(L, count < 1 << 24, 1, "fewer phrases");
  size_t bytes = 0;
  for (lua_Unsigned i = 1; i <= count; i++) {
    size_t n;
    lua_rawgeti(L, 1, (lua_Integer)i);
    luaL_argcheck(L, lua_tolstring(L, -1, &n) && n > 0 && n < 1000, 1,
                  "phrases of 1 to 999 bytes");
    bytes += n;
    lua_pop(L, 1);
  }
  places *p = new_places(L, (uint32_t)count, bytes);
  sort_bytes(p, lua_toboolean(L, 2));
  uint32_t at = 0;
  for (uint32_t i = 0; i < p->count; i++) {
    size_t n;
    lua_rawgeti(L, 1, (lua_Integer)i + 1);
    const char *s = lua_tolstring(L, -1, &n);
    memcpy(p->bytes + at, s, n);
    add(p, i, at, (uint32_t)n);
    at += (uint32_t)n;
    lua_pop(L, 1);
  }
  ld_keep_classes(L);
  lua_pushcclosure(L, find, 1);
  return 1;
}

void ld_places_open (lua_State *L) {
  lua_pushcfunction(L, make);
  lua_setfield(L, -2, "places");
  lua_pushcfunction(L, word_before);
  lua_setfield(L, -2, "word_before");
}
