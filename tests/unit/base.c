/*
** base.c - memory, arenas, areas, buffers, maps, UTF-8, errors, files, walks.
*/
#include "check.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };      /* whose own maps no limit on addresses allows */
#else
enum { SANITIZED = 0 };
#endif

#define KB ((size_t)1024)
#define MB (KB * KB)


/* ---------------------------------------------------------------- memory */

static void test_memory_counts (void **state) {
  (void)state;
  check_heap heap = { -1, 0 };
  ld_memory memory;
  ld_memory_init(&memory, check_alloc, &heap, 1000);
  char *a = ld_memory_new(&memory, 600);
  assert_non_null(a);
  assert_int_equal(memory.used, 600);
  assert_null(ld_memory_new(&memory, 401));
  assert_null(ld_memory_new(&memory, SIZE_MAX));
  char *b = ld_memory_new(&memory, 400);
  assert_non_null(b);
  assert_null(ld_memory_resize(&memory, a, 600, 601));
  a = ld_memory_resize(&memory, a, 600, 10);
  assert_non_null(a);
  assert_int_equal(memory.used, 410);
  assert_int_equal(memory.peak, 1000);
  ld_memory_free(&memory, a, 10);
  ld_memory_free(&memory, b, 400);
  ld_memory_free(&memory, NULL, 0);
  assert_int_equal(memory.used, 0);
  assert_int_equal(heap.blocks, 0);
}


/* Lua tells the kind of a new object where other blocks have their size. */
static void test_memory_lua_tag (void **state) {
  (void)state;
  ld_memory memory;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  void *block = ld_memory_resize(&memory, NULL, 5, 64);
  assert_non_null(block);
  assert_int_equal(memory.used, 64);
  assert_null(ld_memory_resize(&memory, NULL, 5, 0));
  assert_null(ld_memory_resize(&memory, block, 64, 0));
  assert_int_equal(memory.used, 0);
}


static void test_memory_says_who_refused (void **state) {
  (void)state;
  check_heap heap = { 0, 0 };
  ld_memory memory;
  lesdiplo_error error;
  ld_memory_init(&memory, check_alloc, &heap, 100);
  assert_null(ld_memory_new(&memory, 101));
  assert_int_equal(ld_fail_memory(&error), LESDIPLO_ENOMEM);
  assert_non_null(strstr(error.message, "budget"));
  assert_null(ld_memory_new(&memory, 99));
  ld_fail_memory(&error);
  assert_non_null(strstr(error.message, "system"));
  assert_int_equal(error.code, LESDIPLO_ENOMEM);
}


static void test_arena (void **state) {
  (void)state;
  check_heap heap = { -1, 0 };
  ld_memory memory;
  ld_arena arena;
  char *small[200], *big[20];
  ld_memory_init(&memory, check_alloc, &heap, UINT64_MAX);
  ld_arena_init(&arena, &memory);
  for (size_t i = 0; i < 200; i++) {
    small[i] = ld_arena_take(&arena, i);
    assert_non_null(small[i]);
    assert_int_equal((uintptr_t)small[i] % _Alignof(max_align_t), 0);
    for (size_t k = 0; k < i; k++) assert_int_equal(small[i][k], 0);
    memset(small[i], (int)i, i);
    if (i % 10 != 0) continue;
    big[i / 10] = ld_arena_take(&arena, 30000);
    assert_non_null(big[i / 10]);
    assert_int_equal(big[i / 10][29999], 0);
    memset(big[i / 10], (int)i, 30000);
  }
  for (size_t i = 0; i < 200; i++) {
    for (size_t k = 0; k < i; k++)
      assert_int_equal((unsigned char)small[i][k], i);
    assert_int_equal((unsigned char)big[i / 10][29999], i / 10 * 10);
  }
  assert_string_equal(ld_arena_string(&arena, "embassy", 3), "emb");
  assert_string_equal(ld_arena_string(&arena, NULL, 0), "");
  ld_arena_free(&arena);
  assert_int_equal(memory.used, 0);
  assert_int_equal(heap.blocks, 0);
}


static void test_arena_fails_for_good (void **state) {
  (void)state;
  ld_memory memory;
  ld_arena arena;
  ld_memory_init(&memory, NULL, NULL, 20000);
  ld_arena_init(&arena, &memory);
  assert_non_null(ld_arena_take(&arena, 1));
  assert_null(ld_arena_take(&arena, SIZE_MAX));
  assert_true(arena.failed);
  assert_null(ld_arena_take(&arena, 1));
  assert_null(ld_arena_string(&arena, "a", 1));
  ld_arena_free(&arena);
  assert_false(arena.failed);
  assert_null(ld_arena_take(&arena, 20001));
  ld_arena_free(&arena);
  assert_int_equal(memory.used, 0);
}


/* ------------------------------------------------------------------ pools */

static unsigned pool_random (void) {
  static unsigned state = 4711;
  state = state * 1103515245u + 12345u;
  return state >> 8;
}

/* Blocks of all sizes, made, resized and given back in any order, keep what is in
** them, and are aligned; at the end nothing is left. */
static void test_pool (void **state) {
  (void)state;
  enum { BLOCKS = 500 };
  unsigned char *block[BLOCKS] = { NULL };
  size_t size[BLOCKS] = { 0 };
  check_heap heap = { -1, 0 };
  ld_memory memory;
  ld_pool pool;
  ld_memory_init(&memory, check_alloc, &heap, UINT64_MAX);
  ld_pool_init(&pool, &memory);
  for (int round = 0; round < 50000; round++) {
    const unsigned i = pool_random() % BLOCKS;
    const size_t want = pool_random() % 3 == 0 ? 0 : pool_random() % 1200;
    const size_t kept = want < size[i] ? want : size[i];
    block[i] = ld_pool_resize(&pool, block[i], block[i] ? size[i] : 5, want);
    assert_true((block[i] != NULL) == (want > 0));
    assert_int_equal((uintptr_t)block[i] % _Alignof(max_align_t), 0);
    for (size_t k = 0; k < kept; k++) assert_int_equal(block[i][k], i % 251);
    if (block[i]) memset(block[i], (int)(i % 251), want);
    size[i] = want;
  }
  for (int i = 0; i < BLOCKS; i++)
    assert_null(ld_pool_resize(&pool, block[i], size[i], 0));
  ld_pool_free(&pool);
  assert_int_equal(memory.used, 0);
  assert_int_equal(heap.blocks, 0);
}

/* What died is given back, but for a slab of each size; and at the limit a block is
** refused, not the ones that are there. */
static void test_pool_gives_back (void **state) {
  (void)state;
  enum { MANY = 10000 };
  static char *block[MANY];
  ld_memory memory;
  ld_pool pool;
  ld_memory_init(&memory, NULL, NULL, 100 * KB);
  ld_pool_init(&pool, &memory);
  int count = 0;
  while (count < MANY && (block[count] = ld_pool_resize(&pool, NULL, 0, 40)))
    count++;
  assert_true(count > 1000 && count < MANY);
  assert_true(memory.used <= 100 * KB);
  for (int i = 0; i < count; i++) ld_pool_resize(&pool, block[i], 40, 0);
  assert_true(memory.used <= (SANITIZED ? 0 : 16 * KB));
  void *large = ld_pool_resize(&pool, NULL, 0, 80 * KB);
  assert_non_null(large);
  ld_pool_resize(&pool, large, 80 * KB, 0);
  ld_pool_free(&pool);
  assert_int_equal(memory.used, 0);
}


/* ----------------------------------------------------------------- areas */

static void test_area_grows_in_place (void **state) {
  (void)state;
  ld_memory memory;
  ld_area area;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_area_init(&area, &memory);
  assert_null(area.base);
  uint32_t *first = ld_area_take(&area, sizeof *first);
  assert_non_null(first);
  *first = 4711;
  const uint32_t count = 3u << 20;
  for (uint32_t i = 1; i < count; i++) {
    const uint32_t *at = ld_area_push(&area, &i, sizeof i);
    if (at != first + i) fail_msg("entry %u has moved", i);
  }
  assert_ptr_equal(first, area.base);
  assert_int_equal(*first, 4711);
  for (uint32_t i = 1; i < count; i++)
    if (first[i] != i) fail_msg("entry %u is %u", i, first[i]);
  assert_int_equal(area.used, count * sizeof *first);
  assert_int_equal(memory.used, area.used);
  ld_area_free(&area);
  assert_int_equal(memory.used, 0);
  assert_int_equal(memory.peak, count * sizeof *first);
}


static void test_area_room (void **state) {
  (void)state;
  ld_memory memory;
  ld_area area;
  ld_memory_init(&memory, NULL, NULL, 5 * MB);
  ld_area_init(&area, &memory);
  char *room = ld_area_room(&area, 4 * MB);
  assert_non_null(room);
  assert_int_equal(area.used, 0);
  assert_int_equal(memory.used, 0);
  assert_int_equal(room[4 * MB - 1], 0);
  room[10] = 'x';
  assert_ptr_equal(ld_area_take(&area, 11), room);
  assert_ptr_equal(ld_area_room(&area, 1), room + 11);
  assert_null(ld_area_room(&area, 5 * MB));
  assert_true(area.failed);
  assert_int_equal(room[10], 'x');
  ld_area_free(&area);
}


static void test_area_keeps_to_the_budget (void **state) {
  (void)state;
  ld_memory memory;
  ld_area area;
  lesdiplo_error error;
  ld_memory_init(&memory, NULL, NULL, 100 * KB);
  ld_area_init(&area, &memory);
  assert_non_null(ld_area_take(&area, 100 * KB));
  assert_null(ld_area_take(&area, 1));
  ld_fail_memory(&error);
  assert_non_null(strstr(error.message, "budget"));
  memory.limit = UINT64_MAX;
  assert_null(ld_area_take(&area, 1));      /* it does not recover */
  assert_null(ld_area_push(&area, "x", 1));
  ld_area_free(&area);
  assert_non_null(ld_area_take(&area, 1));
  assert_null(ld_area_take(&area, SIZE_MAX));
  ld_area_free(&area);
  assert_int_equal(memory.used, 0);
}


static int wait_for (pid_t child) {
  int status = -1;
  assert_int_equal(waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}


/* Valgrind reports a process that a signal ends: this one ends by itself. */
static void end_at_fault (int number) {
  _exit(128 + number);
}


static void test_area_is_sealed (void **state) {
  (void)state;
  ld_memory memory;
  ld_area area;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_area_init(&area, &memory);
  char *bytes = ld_area_push(&area, "before", 7);
  ld_area_seal(&area);
  pid_t child = fork();
  if (child == 0) _exit(strcmp(area.base, "before") == 0 ? 7 : 8);
  assert_int_equal(wait_for(child), 7);
  child = fork();
  if (child == 0) {
    signal(SIGSEGV, end_at_fault);
    *(volatile char *)bytes = 'x';
    _exit(0);
  }
  assert_int_equal(wait_for(child), 128 + SIGSEGV);
  assert_int_equal(memory.used, 7);
  assert_null(ld_area_take(&area, 1));
  ld_area_free(&area);
  assert_int_equal(memory.used, 0);
}


static void test_area_sealed_empty (void **state) {
  (void)state;
  ld_memory memory;
  ld_area area;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_area_init(&area, &memory);
  ld_area_seal(&area);
  ld_area_free(&area);
  assert_non_null(ld_area_room(&area, 10));
  ld_area_seal(&area);
  assert_non_null(area.base);
  assert_int_equal(area.base[0], 0);
  ld_area_free(&area);
}


/* Fills twelve areas under a limit of the system's; 0 when all is well. */
static int fill_under (unsigned what, rlim_t most) {
  const struct rlimit limit = { most, most };
  ld_memory memory;
  ld_area areas[12];
  if (setrlimit(what, &limit) != 0) return 2;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  for (int i = 0; i < 12; i++) {
    ld_area_init(&areas[i], &memory);
    char *bytes = ld_area_take(&areas[i], 900 * KB);
    if (bytes == NULL) return 3;
    memset(bytes, i, 900 * KB);
  }
  for (int i = 0; i < 12; i++) {
    ld_area_seal(&areas[i]);
    if (areas[i].base[900 * KB - 1] != i) return 4;
    ld_area_free(&areas[i]);
  }
  return memory.used == 0 ? 0 : 5;
}


/* With few addresses areas still work: each takes less of them. */
static void test_area_under_limits (void **state) {
  (void)state;
  if (SANITIZED) return;
  pid_t child = fork();
  if (child == 0) _exit(fill_under(RLIMIT_AS, 512 * MB));
  assert_int_equal(wait_for(child), 0);
}


/* --------------------------------------------------------------- buffers */

static void test_buffer (void **state) {
  (void)state;
  check_heap heap = { -1, 0 };
  ld_memory memory;
  ld_buffer buffer;
  ld_memory_init(&memory, check_alloc, &heap, UINT64_MAX);
  ld_buffer_init(&buffer, &memory);
  assert_string_equal(ld_buffer_text(&buffer), "");
  ld_buffer_puts(&buffer, "one");
  ld_buffer_char(&buffer, ' ');
  ld_buffer_format(&buffer, "%d-%s", 2, "three");
  ld_buffer_add(&buffer, "", 0);
  ld_buffer_format(&buffer, "%s", "");
  assert_string_equal(ld_buffer_text(&buffer), "one 2-three");
  ld_buffer_format(&buffer, "%0500d", 7);
  assert_int_equal(buffer.used, 511);
  assert_int_equal(strlen(buffer.bytes), 511);
  assert_int_equal(buffer.bytes[510], '7');
  ld_buffer_clear(&buffer);
  assert_string_equal(ld_buffer_text(&buffer), "");
  for (int i = 0; i < 10000; i++) ld_buffer_char(&buffer, (char)('a' + i % 26));
  assert_int_equal(buffer.used, 10000);
  assert_int_equal(buffer.bytes[9999], 'a' + 9999 % 26);
  ld_buffer_free(&buffer);
  assert_int_equal(memory.used, 0);
  assert_int_equal(heap.blocks, 0);
}


static void test_buffer_remembers_failure (void **state) {
  (void)state;
  ld_memory memory;
  ld_buffer buffer;
  ld_memory_init(&memory, NULL, NULL, 400);
  ld_buffer_init(&buffer, &memory);
  ld_buffer_puts(&buffer, "kept");
  ld_buffer_format(&buffer, "%0900d", 7);
  assert_true(buffer.failed);
  assert_string_equal(ld_buffer_text(&buffer), "kept");
  memory.limit = UINT64_MAX;
  ld_buffer_puts(&buffer, "ignored");
  ld_buffer_char(&buffer, 'x');
  ld_buffer_json(&buffer, "x", 1);
  ld_buffer_add(&buffer, "", SIZE_MAX);
  assert_string_equal(ld_buffer_text(&buffer), "kept");
  ld_buffer_clear(&buffer);
  ld_buffer_puts(&buffer, "new");
  assert_false(buffer.failed);
  assert_string_equal(ld_buffer_text(&buffer), "new");
  ld_buffer_add(&buffer, "", SIZE_MAX);
  assert_true(buffer.failed);
  ld_buffer_free(&buffer);
  assert_int_equal(memory.used, 0);
}


/* Every allocation fails once: text there is whole or cut, never broken. */
static void test_buffer_each_failure (void **state) {
  (void)state;
  for (long k = 0; ; k++) {
    check_heap heap = { k, 0 };
    ld_memory memory;
    ld_buffer buffer;
    ld_memory_init(&memory, check_alloc, &heap, UINT64_MAX);
    ld_buffer_init(&buffer, &memory);
    for (int i = 0; i < 100; i++) ld_buffer_format(&buffer, "%09d ", i);
    const bool failed = buffer.failed;
    assert_int_equal(strlen(ld_buffer_text(&buffer)), buffer.used);
    assert_int_equal(failed, buffer.used != 1000);
    ld_buffer_free(&buffer);
    assert_int_equal(heap.blocks, 0);
    if (!failed) break;
  }
}


static void test_buffer_json (void **state) {
  (void)state;
  static const struct { const char *in; size_t n; const char *out; } cases[] = {
    { "", 0, "\"\"" },
    { "plain", 5, "\"plain\"" },
    { "a\"b\\c/", 6, "\"a\\\"b\\\\c/\"" },
    { "\b\f\n\r\t", 5, "\"\\b\\f\\n\\r\\t\"" },
    { "\0\1\x1F\x7F", 4, "\"\\u0000\\u0001\\u001f\x7F\"" },
    { "\xC3\xA9\xE5\x8D\x97\xF0\x9F\x87\xB1", 9,
      "\"\xC3\xA9\xE5\x8D\x97\xF0\x9F\x87\xB1\"" },
    { "\xEF\xBF\xBD", 3, "\"\xEF\xBF\xBD\"" },
    { "a\xFF" "b", 3, "\"a\xEF\xBF\xBD" "b\"" },
    { "\xE5\x8D", 2, "\"\xEF\xBF\xBD\xEF\xBF\xBD\"" },
    { "\xC0\xAF", 2, "\"\xEF\xBF\xBD\xEF\xBF\xBD\"" },
    { "\xED\xA0\x80.", 4,
      "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD.\"" }
  };
  ld_memory memory;
  ld_buffer buffer;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  ld_buffer_init(&buffer, &memory);
  for (size_t i = 0; i < CHECK_COUNT(cases); i++) {
    ld_buffer_clear(&buffer);
    ld_buffer_json(&buffer, cases[i].in, cases[i].n);
    assert_string_equal(ld_buffer_text(&buffer), cases[i].out);
  }
  ld_buffer_free(&buffer);
}


/* ------------------------------------------------------------------ maps */

enum { KEYS = 5000 };
static char keys[KEYS][16];

static void make_keys (void) {
  for (int i = 0; i < KEYS; i++) snprintf(keys[i], sizeof keys[i], "k%d", i);
}


static void test_map (void **state) {
  (void)state;
  check_heap heap = { -1, 0 };
  ld_memory memory;
  ld_map map;
  uint32_t value = 99;
  make_keys();
  ld_memory_init(&memory, check_alloc, &heap, UINT64_MAX);
  ld_map_init(&map, &memory);
  assert_false(ld_map_get(&map, "k0", 2, &value));
  for (uint32_t i = 0; i < KEYS; i++)
    assert_int_equal(ld_map_put(&map, keys[i], strlen(keys[i]), i), i);
  assert_int_equal(map.count, KEYS);
  assert_int_equal(map.size & (map.size - 1), 0);
  assert_true(map.size > map.count);
  for (uint32_t i = 0; i < KEYS; i++) {
    assert_true(ld_map_get(&map, keys[i], strlen(keys[i]), &value));
    assert_int_equal(value, i);
    assert_int_equal(ld_map_put(&map, keys[i], strlen(keys[i]), 0), i);
  }
  assert_int_equal(map.count, KEYS);
  assert_false(ld_map_get(&map, "k", 1, &value));
  assert_false(ld_map_get(&map, "", 0, &value));
  ld_map_put(&map, "", 0, 77);
  ld_map_put(&map, "a\0b", 3, 78);
  assert_true(ld_map_get(&map, "", 0, &value));
  assert_int_equal(value, 77);
  assert_false(ld_map_get(&map, "a\0c", 3, &value));
  assert_true(ld_map_get(&map, "a\0b", 3, &value));
  assert_int_equal(value, 78);
  ld_map_free(&map);
  assert_int_equal(heap.blocks, 0);
}


/* A map that may not grow stays right as long as it has room. */
static void test_map_without_memory (void **state) {
  (void)state;
  check_heap heap = { 1, 0 };
  ld_memory memory;
  ld_map map;
  uint32_t value;
  make_keys();
  ld_memory_init(&memory, check_alloc, &heap, UINT64_MAX);
  ld_map_init(&map, &memory);
  uint32_t count = 0;
  while (!map.failed) {
    assert_true(count < KEYS);
    ld_map_put(&map, keys[count], strlen(keys[count]), count);
    count++;
  }
  assert_int_equal(map.count, count - 1);
  assert_int_equal(map.count, map.size - 1);
  for (uint32_t i = 0; i < map.count; i++) {
    assert_true(ld_map_get(&map, keys[i], strlen(keys[i]), &value));
    assert_int_equal(value, i);
  }
  assert_false(ld_map_get(&map, "other", 5, &value));
  ld_map_free(&map);
  heap.left = 0;
  assert_int_equal(ld_map_put(&map, "a", 1, 5), 5);
  assert_true(map.failed);
  ld_map_free(&map);
  assert_int_equal(heap.blocks, 0);
}


/* The published values of XXH3: ids in files outlive a library. */
static void test_hash_is_the_same_everywhere (void **state) {
  (void)state;
  assert_true(ld_hash("", 0) == UINT64_C(0x2D06800538D394C2));
  assert_true(ld_hash("a", 1) != ld_hash("b", 1));
  assert_true(ld_hash("ab", 1) == ld_hash("a", 1));
}


/* ----------------------------------------------------------------- UTF-8 */

static const char *const good[] = {
  "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xE1\x80\x80",
  "\xED\x9F\xBF", "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80",
  "\xF3\xBF\xBF\xBF", "\xF4\x8F\xBF\xBF"
};

static const char *const bad[] = {
  "\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x41", "\xC2\xC2\x80",
  "\xE0\x80\x80", "\xE0\x9F\xBF", "\xE1\x80", "\xE1\x80\x41", "\xE1\x41\x80",
  "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF",
  "\xF1\x80\x80", "\xF1\x80\x80\x41", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
  "\xF8\x88\x80\x80\x80", "\xFE", "\xFF"
};


/* The sequence between ASCII, so that it lies everywhere in a step of 64. */
static size_t check_at (const char *sequence, size_t before, size_t after) {
  static char bytes[400];
  const size_t n = strlen(sequence);
  memset(bytes, 'a', sizeof bytes);
  memcpy(bytes + before, sequence, n);
  return ld_utf8_check(bytes, before + n + after);
}


static void test_utf8_check (void **state) {
  (void)state;
  assert_int_equal(ld_utf8_check(NULL, 0), 0);
  for (size_t before = 0; before < 140; before++) {
    for (size_t i = 0; i < CHECK_COUNT(good); i++)
      for (size_t after = 0; after < 140; after += 23)
        assert_int_equal(check_at(good[i], before, after),
                         before + strlen(good[i]) + after);
    for (size_t i = 0; i < CHECK_COUNT(bad); i++)
      for (size_t after = 0; after < 140; after += 23)
        assert_int_equal(check_at(bad[i], before, after), before);
  }
}


static void test_utf8_every_code_point (void **state) {
  (void)state;
  char bytes[8] = { 0 };
  uint32_t back;
  for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
    const int n = ld_utf8_write(cp, bytes);
    const int m = ld_utf8_read(bytes, bytes + n, &back);
    const bool surrogate = cp >= 0xD800 && cp < 0xE000;
    if (n != m || back != (surrogate ? 0xFFFD : cp) ||
        ld_utf8_check(bytes, (size_t)n) != (size_t)n ||
        ld_utf8_floor(bytes, (size_t)n - 1) != 0)
      fail_msg("U+%04X became U+%04X", (unsigned)cp, (unsigned)back);
    for (int cut = 1; cut < n; cut++) {
      assert_int_equal(ld_utf8_read(bytes, bytes + cut, &back), 1);
      assert_int_equal(back, 0xFFFD);
    }
  }
  assert_int_equal(ld_utf8_write(0x110000, bytes), 3);
  assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
}


static void test_utf8_bad_bytes (void **state) {
  (void)state;
  uint32_t cp;
  for (size_t i = 0; i < CHECK_COUNT(bad); i++) {
    assert_int_equal(ld_utf8_read(bad[i], bad[i] + strlen(bad[i]), &cp), 1);
    assert_int_equal(cp, 0xFFFD);
  }
}


static void test_utf8_floor (void **state) {
  (void)state;
  const char *text = "a\xC3\xA9\xE5\x8D\x97\xF0\x9F\x87\xB1z\x80\x80";
  static const size_t floors[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 12 };
  for (size_t i = 0; i < CHECK_COUNT(floors); i++)
    assert_int_equal(ld_utf8_floor(text, i), floors[i]);
}


/* ---------------------------------------------------------------- errors */

static void test_fail (void **state) {
  (void)state;
  lesdiplo_error error;
  assert_int_equal(ld_fail(NULL, LESDIPLO_EIO, "a", 1, "b"), LESDIPLO_EIO);
  assert_int_equal(ld_fail(&error, LESDIPLO_EARG, NULL, 0, "%d", 7),
                   LESDIPLO_EARG);
  assert_int_equal(error.code, LESDIPLO_EARG);
  assert_string_equal(error.where, "");
  assert_string_equal(error.message, "7");
  ld_fail(&error, LESDIPLO_EIO, "file.txt", 12, "gone");
  assert_string_equal(error.where, "file.txt");
  assert_int_equal(error.line, 12);
}


/* What is too long is cut between characters, a path at its front. */
static void test_fail_cuts (void **state) {
  (void)state;
  lesdiplo_error error;
  char text[3000];
  for (size_t before = 0; before < 8; before++) {
    memset(text, 'x', before);
    for (size_t i = before; i + 4 < sizeof text; i += 4)
      memcpy(text + i, "\xF0\x9F\x87\xB1", 5);
    ld_fail(&error, LESDIPLO_EIO, text, 0, "%s", text);
    size_t n = strlen(error.message);
    assert_int_equal(ld_utf8_check(error.message, n), n);
    assert_in_range(n, sizeof error.message - 4, sizeof error.message - 1);
    n = strlen(error.where);
    assert_int_equal(ld_utf8_check(error.where, n), n);
    assert_memory_equal(error.where, "...\xF0", 4);
    assert_in_range(n, sizeof error.where - 4, sizeof error.where - 1);
  }
  memset(text, 'y', sizeof error.where - 1);
  text[sizeof error.where - 1] = '\0';
  ld_fail(&error, LESDIPLO_EIO, text, 0, "fits");
  assert_string_equal(error.where, text);
  memset(text, 'z', sizeof error.message - 1);
  text[sizeof error.message - 1] = '\0';
  ld_fail(&error, LESDIPLO_EIO, "", 0, "%s", text);
  assert_string_equal(error.message, text);
}


static void test_distance (void **state) {
  (void)state;
  char longer[100] = { 0 };
  assert_int_equal(ld_distance("title", "title", 2), 0);
  assert_int_equal(ld_distance("titel", "title", 2), 1);
  assert_int_equal(ld_distance("date", "dates", 2), 1);
  assert_int_equal(ld_distance("bylin", "byline", 2), 1);
  assert_int_equal(ld_distance("source", "sauce", 2), 2);
  assert_int_equal(ld_distance("", "abc", 5), 3);
  assert_int_equal(ld_distance("", "", 0), 0);
  assert_int_equal(ld_distance("kitten", "sitting", 9), 3);
  assert_int_equal(ld_distance("kitten", "sitting", 2), 3);
  assert_int_equal(ld_distance("abcdef", "uvwxyz", 2), 3);
  memset(longer, 'a', 99);
  assert_int_equal(ld_distance(longer, longer, 2), 3);
  assert_int_equal(ld_distance("a", longer, 2), 3);
}


/* ----------------------------------------------------------------- files */

static char folder[200];     /* a place of our own; taken away at the end */

static int make_folder (void **state) {
  (void)state;
  const char *parent = getenv("TMPDIR");
  snprintf(folder, sizeof folder, "%s/lesdiplo-base-XXXXXX",
           parent == NULL ? P_tmpdir : parent);
  return mkdtemp(folder) == NULL || chmod(folder, 0755) != 0;
}


static int remove_folder (void **state) {
  (void)state;
  char command[500];
  snprintf(command, sizeof command, "chmod -R u+rwx '%s'; rm -rf '%s'", folder,
           folder);
  return system(command);
}


/* A path in our folder; the last four stay good. */
static const char *in (const char *name) {
  static char paths[4][4096];
  static int turn;
  turn = (turn + 1) % 4;
  snprintf(paths[turn], sizeof paths[turn], "%s/%s", folder, name);
  return paths[turn];
}


/* A file of n bytes, none of them zero. */
static const char *put_file (const char *name, size_t n) {
  const char *path = in(name);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  for (size_t i = 0; i < n; i++) putc('A' + (int)(i % 57), file);
  assert_int_equal(fclose(file), 0);
  return path;
}


static void test_file_padding (void **state) {
  (void)state;
  static const size_t sizes[] = {
    0, 1, 63, 64, 4031, 4032, 4033, 4095, 4096, 4097, 8192 - 64, 8192,
    256 * KB - 1, 256 * KB, 256 * KB + 1, 320 * KB - 64, 320 * KB - 63,
    320 * KB, 320 * KB + 1
  };
  static const char zeros[LD_PADDING];
  ld_memory memory;
  ld_file file;
  lesdiplo_error error;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  for (size_t i = 0; i < CHECK_COUNT(sizes); i++) {
    const size_t n = sizes[i];
    const char *path = put_file("sizes", n);
    assert_int_equal(ld_file_open(&file, &memory, path, &error), 0);
    assert_int_equal(file.size, n);
    for (size_t k = 0; k < n; k++)
      if (file.bytes[k] != 'A' + (int)(k % 57)) fail_msg("byte %zu", k);
    assert_memory_equal(file.bytes + n, zeros, LD_PADDING);
    assert_int_equal(memory.used, file.mapped > 0 ? 0 : n + LD_PADDING);
    ld_file_close(&file);
    ld_file_close(&file);
    assert_int_equal(memory.used, 0);
  }
}


/* Opening fails with LESDIPLO_EIO, the path, and a message that says so. */
static void refused (const char *path, const char *words) {
  ld_memory memory;
  ld_file file;
  lesdiplo_error error;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  assert_int_equal(ld_file_open(&file, &memory, path, &error), LESDIPLO_EIO);
  if (strstr(error.message, words) == NULL)
    fail_msg("'%s' does not say '%s'", error.message, words);
  if (strlen(path) < sizeof error.where) assert_string_equal(error.where, path);
  assert_null(file.bytes);
  assert_int_equal(memory.used, 0);
  ld_file_close(&file);
}


static void make_socket (const char *name) {
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  snprintf(address.sun_path, sizeof address.sun_path, "%s", in(name));
  assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
  close(fd);
}


static void test_file_refusals (void **state) {
  (void)state;
  refused(in("missing"), "No such file");
  refused(folder, "is a folder");
  assert_int_equal(mkfifo(in("pipe"), 0600), 0);
  refused(in("pipe"), "is a pipe");
  make_socket("socket");
  refused(in("socket"), "is a socket");
  refused("/dev/null", "is a device");
  assert_int_equal(symlink("loop", in("loop")), 0);
  refused(in("loop"), "links");
  const char *path = put_file("secret", 10);
  assert_int_equal(chmod(path, 0), 0);
  if (geteuid() == 0) assert_int_equal(seteuid(65534), 0);
  refused(path, "Permission denied");
  if (getuid() == 0) assert_int_equal(seteuid(0), 0);
}


static void test_file_too_large (void **state) {
  (void)state;
  const char *path = put_file("huge", 1);
  const off_t most = (off_t)UINT32_MAX - 65535;
  ld_memory memory;
  ld_file file;
  if (truncate(path, most + 1) != 0) skip();    /* no sparse files here */
  refused(path, "split it");
  assert_int_equal(truncate(path, most), 0);
  ld_memory_init(&memory, NULL, NULL, 1000);
  assert_int_equal(ld_file_open(&file, &memory, path, NULL), 0);
  assert_int_equal(file.size, most);
  assert_int_equal(file.bytes[most - 1], 0);
  assert_int_equal(file.bytes[most + LD_PADDING - 1], 0);
  ld_file_close(&file);
  assert_int_equal(unlink(path), 0);
}


static void test_file_without_memory (void **state) {
  (void)state;
  check_heap heap = { 0, 0 };
  ld_memory memory;
  ld_file file;
  lesdiplo_error error;
  ld_memory_init(&memory, check_alloc, &heap, UINT64_MAX);
  const char *path = put_file("small", 100);
  assert_int_equal(ld_file_open(&file, &memory, path, &error),
                   LESDIPLO_ENOMEM);
  assert_int_equal(error.code, LESDIPLO_ENOMEM);
}


static void test_sha256 (void **state) {
  (void)state;
  char hex[65];
  ld_sha256("", 0, hex);
  assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb924"
                           "27ae41e4649b934ca495991b7852b855");
  ld_sha256("abc", 3, hex);
  assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223"
                           "b00361a396177a9cb410ff61f20015ad");
}


/* ----------------------------------------------------------------- walks */

/* What a walk said: "name;" for a file, "name!word;" for trouble. */
struct heard {
  char text[4000];
  const char *words;      /* that trouble has to say, or NULL */
  int stop_at;            /* visits before it stops; 0: never */
  int visits;
};

static void hear (struct heard *heard, const char *name, const char *mark) {
  const size_t n = strlen(heard->text);
  snprintf(heard->text + n, sizeof heard->text - n, "%s%s;", name, mark);
}


static int visit (void *data, const char *path, const char *name) {
  struct heard *heard = data;
  struct stat info;
  assert_int_equal(stat(path, &info), 0);
  assert_true(S_ISREG(info.st_mode));
  hear(heard, name, "");
  return ++heard->visits == heard->stop_at ? 42 : 0;
}


static void trouble (void *data, const char *name, const char *reason) {
  struct heard *heard = data;
  if (heard->words != NULL && strstr(reason, heard->words) == NULL)
    fail_msg("'%s' does not say '%s'", reason, heard->words);
  hear(heard, name, "!");
}


static int walk (const char *root, struct heard *heard,
                 lesdiplo_error *error) {
  ld_memory memory;
  ld_memory_init(&memory, NULL, NULL, UINT64_MAX);
  const int code = ld_walk(&memory, root, visit, trouble, heard, error);
  assert_int_equal(memory.used, 0);
  return code;
}


static void make_dir (const char *name) {
  assert_int_equal(mkdir(in(name), 0755), 0);
}


static void test_walk_order (void **state) {
  (void)state;
  struct heard heard = { .words = NULL };
  make_dir("order");
  make_dir("order/b");
  make_dir("order/empty");
  make_dir("order/.hidden");
  put_file("order/b.txt", 3);
  put_file("order/b/2", 1);
  put_file("order/b/10", 1);
  put_file("order/B", 0);
  put_file("order/a", 1);
  put_file("order/\xC3\xA9", 1);
  put_file("order/z", 1);
  put_file("order/.secret", 1);
  put_file("order/.hidden/x", 1);
  assert_int_equal(walk(in("order"), &heard, NULL), 0);
  assert_string_equal(heard.text, "B;a;b/10;b/2;b.txt;z;\xC3\xA9;");
  heard = (struct heard){ .words = NULL };
  assert_int_equal(walk(in("order///"), &heard, NULL), 0);
  assert_string_equal(heard.text, "B;a;b/10;b/2;b.txt;z;\xC3\xA9;");
  heard = (struct heard){ .stop_at = 3 };
  assert_int_equal(walk(in("order"), &heard, NULL), 42);
  assert_string_equal(heard.text, "B;a;b/10;");
  heard = (struct heard){ .words = NULL };
  assert_int_equal(walk(in("order/b/10"), &heard, NULL), 0);
  assert_string_equal(heard.text, "10;");
}


static void test_walk_links (void **state) {
  (void)state;
  struct heard heard = { .words = "link" };
  make_dir("links");
  make_dir("links/d");
  put_file("links/d/file", 1);
  assert_int_equal(symlink("..", in("links/d/up")), 0);
  assert_int_equal(symlink(".", in("links/d/here")), 0);
  assert_int_equal(symlink("nowhere", in("links/dangling")), 0);
  assert_int_equal(symlink("itself", in("links/itself")), 0);
  assert_int_equal(symlink("d/file", in("links/to-file")), 0);
  assert_int_equal(symlink("d", in("links/to-folder")), 0);
  assert_int_equal(walk(in("links"), &heard, NULL), 0);
  assert_string_equal(heard.text,
                      "d/file;d/here!;d/up!;dangling!;itself!;to-file;"
                      "to-folder/file;to-folder/here!;to-folder/up!;");
}


static void test_walk_trouble (void **state) {
  (void)state;
  struct heard heard = { .words = "only files and folders" };
  make_dir("odd");
  put_file("odd/file", 1);
  assert_int_equal(mkfifo(in("odd/pipe"), 0600), 0);
  make_socket("odd/socket");
  assert_int_equal(symlink("/dev/null", in("odd/device")), 0);
  assert_int_equal(walk(in("odd"), &heard, NULL), 0);
  assert_string_equal(heard.text, "device!;file;pipe!;socket!;");
  make_dir("locked");
  make_dir("locked/in");
  put_file("locked/in/file", 1);
  put_file("locked/other", 1);
  assert_int_equal(chmod(in("locked/in"), 0), 0);
  heard = (struct heard){ .words = "Permission denied" };
  if (geteuid() == 0) assert_int_equal(seteuid(65534), 0);
  const int code = walk(in("locked"), &heard, NULL);
  lesdiplo_error error;
  const int other = walk(in("locked/in"), &heard, &error);
  if (getuid() == 0) assert_int_equal(seteuid(0), 0);
  assert_int_equal(code, 0);
  assert_string_equal(heard.text, "in!;other;");
  assert_int_equal(other, LESDIPLO_EIO);
  assert_non_null(strstr(error.message, "Permission denied"));
}


static void test_walk_root (void **state) {
  (void)state;
  struct heard heard = { .words = NULL };
  lesdiplo_error error;
  assert_int_equal(walk(in("not-there"), &heard, &error), LESDIPLO_EIO);
  assert_non_null(strstr(error.message, "does not exist"));
  assert_string_equal(error.where, in("not-there"));
  assert_int_equal(walk("", &heard, &error), LESDIPLO_EIO);
  assert_int_equal(walk("/dev/null", &heard, &error), LESDIPLO_EIO);
  assert_non_null(strstr(error.message, "device"));
  assert_string_equal(heard.text, "");
}


/* Deeper than the bound: said once, and what lies above is read. */
static void test_walk_depth (void **state) {
  (void)state;
  struct heard heard = { .words = "64 folders deep" };
  char path[400] = "deep";
  make_dir(path);
  for (int n = 4; n < 4 + 70 * 2; n += 2) {
    snprintf(path + n, sizeof path - (size_t)n, "/d/file");
    path[n + 2] = '\0';
    make_dir(path);
    path[n + 2] = '/';
  }
  put_file("deep/z", 1);
  put_file(path, 1);
  assert_int_equal(walk(in("deep"), &heard, NULL), 0);
  const size_t deepest = 64 * strlen("/d") - 1;     /* below the root */
  assert_int_equal(strlen(heard.text), deepest + strlen("!;z;"));
  assert_string_equal(heard.text + deepest, "!;z;");
}


static void test_walk_each_failure (void **state) {
  (void)state;
  for (long k = 0; ; k++) {
    check_heap heap = { k, 0 };
    struct heard heard = { .words = NULL };
    ld_memory memory;
    lesdiplo_error error;
    ld_memory_init(&memory, check_alloc, &heap, UINT64_MAX);
    const int code = ld_walk(&memory, in("order"), visit, trouble, &heard,
                             &error);
    assert_int_equal(heap.blocks, 0);
    assert_int_equal(memory.used, 0);
    if (code == LESDIPLO_OK) break;
    assert_int_equal(code, LESDIPLO_ENOMEM);
    assert_int_equal(error.code, LESDIPLO_ENOMEM);
  }
}


static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_memory_counts),
  cmocka_unit_test(test_memory_lua_tag),
  cmocka_unit_test(test_memory_says_who_refused),
  cmocka_unit_test(test_arena),
  cmocka_unit_test(test_arena_fails_for_good),
  cmocka_unit_test(test_pool),
  cmocka_unit_test(test_pool_gives_back),
  cmocka_unit_test(test_area_grows_in_place),
  cmocka_unit_test(test_area_room),
  cmocka_unit_test(test_area_keeps_to_the_budget),
  cmocka_unit_test(test_area_is_sealed),
  cmocka_unit_test(test_area_sealed_empty),
  cmocka_unit_test(test_area_under_limits),
  cmocka_unit_test(test_buffer),
  cmocka_unit_test(test_buffer_remembers_failure),
  cmocka_unit_test(test_buffer_each_failure),
  cmocka_unit_test(test_buffer_json),
  cmocka_unit_test(test_map),
  cmocka_unit_test(test_map_without_memory),
  cmocka_unit_test(test_hash_is_the_same_everywhere),
  cmocka_unit_test(test_utf8_check),
  cmocka_unit_test(test_utf8_every_code_point),
  cmocka_unit_test(test_utf8_bad_bytes),
  cmocka_unit_test(test_utf8_floor),
  cmocka_unit_test(test_fail),
  cmocka_unit_test(test_fail_cuts),
  cmocka_unit_test(test_distance),
  cmocka_unit_test(test_file_padding),
  cmocka_unit_test(test_file_refusals),
  cmocka_unit_test(test_file_too_large),
  cmocka_unit_test(test_file_without_memory),
  cmocka_unit_test(test_sha256),
  cmocka_unit_test(test_walk_order),
  cmocka_unit_test(test_walk_links),
  cmocka_unit_test(test_walk_trouble),
  cmocka_unit_test(test_walk_root),
  cmocka_unit_test(test_walk_depth),
  cmocka_unit_test(test_walk_each_failure)
};


int main (void) {
  const int failed = cmocka_run_group_tests(tests, make_folder, remove_folder);
  return check_end(failed, CHECK_COUNT(tests));
}
