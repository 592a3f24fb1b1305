/*
** begin.c - what patterns can begin with: the finder by a plain look, and
** gmatch over small texts, with and without what is known of a pattern.
*/
#include "pack.h"

#include <lauxlib.h>
#include <lualib.h>

#include "bind/text/begin.h"
#include "bind/bind.h"
#include "lesdiplo_lua.h"

static uint32_t seed;

static uint32_t pick (uint32_t n) {       /* 0 .. n - 1 */
  seed = seed * 1664525u + 1013904223u;
  return (uint32_t)((uint64_t)(seed >> 4) * n >> 28);
}

/* A byte of few, so that what is looked for is there; or any. */
static unsigned char any_byte (void) {
  static const unsigned char common[] = "aabbce \n\x80\xC3\xFF";
  return pick(8) ? common[pick(sizeof common)] : (unsigned char)pick(256);
}

static void any_set (ld_begin *out) {
  ld_bytes set = { { 0 } };
  for (uint32_t n = 1 + pick(4); n > 0; n--) ld_bytes_add(&set, any_byte());
  ld_begin_set(out, &set);
}

/* A pattern of which something is known, put together at random. */
static void make (ld_begin *out, int depth) {
  ld_begin a, b;
  char bytes[6];
  if (depth > 0) {
    make(&a, depth - 1);
    make(&b, depth - 1);
  }
  switch (depth > 0 ? pick(5) : 5 + pick(3)) {
    case 0: case 1: ld_begin_sequence(out, &a, &b); break;
    case 2: case 3: ld_begin_choice(out, &a, &b); break;
    case 4: ld_begin_repeat(out, &a, (int)pick(9) - 4); break;
    case 5: any_set(out); break;
    case 6: ld_begin_some(out, pick(6)); break;
    default:
      for (int i = 0; i < 6; i++) bytes[i] = (char)any_byte();
      ld_begin_literal(out, bytes, pick(7));
  }
}

/* What a front says, byte by byte. */
static bool may_begin (const ld_begin *b, const char *p, const char *end) {
  for (int f = 0; f < b->count; f++) {
    const ld_front *front = &b->fronts[f];
    int d = 0;
    while (d < front->depth && p + d < end &&
           ld_bytes_has(&front->at[d], (unsigned char)p[d]))
      d++;
    if (d == front->depth) return true;
  }
  return false;
}

static void find_all (const ld_begin *b, enum ld_speed speed, const char *text,
                      size_t n) {
  ld_finder finder;
  char *tight = malloc(n ? n : 1);         /* its end is watched */
  assert_non_null(tight);
  memcpy(tight, text, n);
  const char *end = tight + n, *p = tight, *found;
  ld_finder_init(&finder, b, speed);
  while ((found = ld_finder_next(&finder, p, end)) != NULL) {
    assert_true(found >= p && found < end);
    for (; p < found; p++) assert_false(may_begin(b, p, end));
    assert_true(may_begin(b, p, end));
    p++;
  }
  for (; p < end; p++) assert_false(may_begin(b, p, end));
  free(tight);
}

static void test_finder (void **state) {
  (void)state;
  char text[300];
  uint32_t tell = 0;
  seed = 1;
  for (int i = 0; i < 4000; i += (int)check_step(20)) {
    ld_begin b;
    make(&b, (int)pick(4));
    if (!ld_begin_tells(&b)) continue;
    tell++;
    const size_t n = pick(2) ? pick(sizeof text) : pick(40);
    for (size_t c = 0; c < n; c++) text[c] = (char)any_byte();
    find_all(&b, LD_PLAIN, text, n);
    find_all(&b, ld_finder_speed(), text, n);
  }
  assert_true(tell > 100);
}

static bool begins (const ld_begin *b, const char *text) {
  return may_begin(b, text, text + strlen(text));
}

static void test_composition (void **state) {
  (void)state;
  ld_begin digit, space, month, day, date;
  ld_bytes set = { { 0 } };
  for (int c = '0'; c <= '9'; c++) ld_bytes_add(&set, (unsigned char)c);
  ld_begin_set(&digit, &set);
  ld_begin_literal(&space, " ", 1);
  ld_begin_literal(&month, "June", 4);
  ld_begin_repeat(&day, &digit, 1);
  ld_begin_sequence(&date, &day, &space);
  ld_begin_sequence(&day, &date, &month);
  assert_true(ld_begin_tells(&day));
  assert_true(begins(&day, "5 June"));
  assert_true(begins(&day, "17 June"));
  assert_true(begins(&day, "1234567 June"));
  assert_false(begins(&day, "5 May 9"));
  assert_true(begins(&day, "17 July"));           /* past the depth */
  assert_false(begins(&day, "17 May"));
  assert_false(begins(&day, "17"));
  assert_false(day.captures || day.acts);
}

static void test_conservative (void **state) {
  (void)state;
  ld_begin a, b, out;
  ld_begin_literal(&a, "ab", 2);
  ld_begin_literal(&b, "cd", 2);
  ld_begin_act(&a);                     /* the function may move on */
  ld_begin_sequence(&out, &a, &b);
  assert_true(begins(&out, "abx"));
  assert_false(begins(&out, "xab"));
  ld_begin_look(&out, &a);              /* and is called where it would be */
  assert_false(ld_begin_tells(&out));
  ld_begin_sequence(&a, &out, &b);
  assert_false(ld_begin_tells(&a));
  ld_begin_repeat(&out, &b, -1);
  assert_false(ld_begin_tells(&out));
  ld_begin_literal(&a, "a", 1);
  ld_begin_unknown(&b);
  ld_begin_choice(&out, &a, &b);
  assert_false(ld_begin_tells(&out));
  ld_begin_some(&a, 0);
  assert_false(ld_begin_tells(&a));
}

/* Small documents: short, empty but for signs, without a line's end, with
** bytes past ASCII. Returns the length of the JSON lines. */
static size_t write_texts (char *out, size_t size) {
  static const char *const words[] = {
    "a", "e", "the", "an", "ab", "aba", "ing ", " ", " ", "\\n", "\\n\\n", "A",
    "Secretary", "19", "1", "é", "—", "国", "中国", "\\u0000", ".", "n", "t"
  };
  size_t n = 0;
  for (int doc = 0; doc < 24; doc++) {
    n += (size_t)snprintf(out + n, size - n, "{\"id\":\"d%d\",\"text\":\"", doc);
    for (uint32_t i = pick(doc < 8 ? 6 : 60); i > 0; i--)
      n += (size_t)snprintf(out + n, size - n, "%s",
                            words[pick(CHECK_COUNT(words))]);
    n += (size_t)snprintf(out + n, size - n, "\"}\n");
    assert_true(n + 1000 < size);
  }
  return n;
}

static void test_gmatch (void **state) {
  (void)state;
  static char all[60000];
  seed = 7;
  const size_t n = write_texts(all, sizeof all);
  lesdiplo_corpus *c = read_as("a.jsonl", all, n, NULL, NULL);
  assert_non_null(c);
  lua_State *L = luaL_newstate();
  assert_non_null(L);
  luaL_openlibs(L);
  lesdiplo_push_corpus(L, c);
  ld_bind_record(L);
  lua_setglobal(L, "corpus");
  lua_pushcfunction(L, ld_bind_require);
  lua_setglobal(L, "require");
  lua_pushinteger(L, check_is_slow() ? 60 : 800);
  lua_setglobal(L, "PATTERNS");
  if (luaL_dofile(L, "tests/lua/lpeg_random.lua"))
    fail_msg("%s", lua_tostring(L, -1));
  lua_close(L);
  lesdiplo_corpus_close(c);
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_finder),
  cmocka_unit_test(test_composition),
  cmocka_unit_test(test_conservative),
  cmocka_unit_test(test_gmatch)
};

int main (void) {
  return CHECK_ALL(tests);
}
