/*
** words.c - what looks at a short text by itself: days and months, the
** lexicon, folding, the language, edit distance.
*/
#include "fuzz.h"

static void check_day (const char *text, size_t n) {
  ld_day day;
  if (ld_find_day(text, n, &day)) {
    FUZZ_CHECK(day.begin < day.end && day.end <= n);
    FUZZ_CHECK(day.month >= 1 && day.month <= 12);
    FUZZ_CHECK(day.day >= 1 && day.day <= 31);
  }
  const int month = ld_month(text, n);
  FUZZ_CHECK(month >= 0 && month <= 12);
}

static void check_lexicon (const char *text, size_t n) {
  const uint64_t all = ld_lexicon_lists(text, n);
  const uint64_t first = ld_lexicon_first(text, n);
  for (int i = 0; i < LD_LISTS; i++) {
    const enum ld_list list = (enum ld_list)i;
    const size_t length = ld_lexicon_prefix(list, text, n);
    FUZZ_CHECK(ld_lexicon_has(list, text, n) == (all >> i & 1));
    FUZZ_CHECK(length <= n);
    if (length) FUZZ_CHECK((first >> i & 1) && fuzz_is_utf8(text, length));
    ld_lexicon_within(list, text, n);
  }
  const uint64_t languages = ld_lexicon_languages(text, n);
  for (int i = 0; i < 64; i++)
    if (languages >> i & 1) FUZZ_CHECK(ld_lexicon_language(i) != NULL);
}

/* What is folded is UTF-8, no longer than its room, and stays when it is folded
** once more. */
static void check_fold (const char *text, size_t n) {
  char once[64], twice[256];
  for (size_t room = 0; room <= sizeof once; room += 8) {
    const size_t length = ld_fold(text, n, once, room);
    FUZZ_CHECK(length <= room && fuzz_is_utf8(once, length));
    if (room < sizeof once || length + 16 > room) continue;
    const size_t again = ld_fold(once, length, twice, sizeof twice);
    FUZZ_CHECK(again == length && memcmp(once, twice, length) == 0);
  }
}

static void check_distance (const char *text, size_t n) {
  const char *middle = text + n / 2;
  char *half = strndup(text, n / 2);
  FUZZ_CHECK(half != NULL);
  const int there = ld_distance(half, middle, 3);
  FUZZ_CHECK(there == ld_distance(middle, half, 3));
  FUZZ_CHECK(there >= 0 && there <= 4);
  FUZZ_CHECK((there == 0) == (strcmp(half, middle) == 0) || there == 4);
  free(half);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  if (ld_utf8_check((const char *)data, size) < size) return -1;
  char *text = calloc(1, size + LD_PADDING);
  FUZZ_CHECK(text != NULL);
  if (size) memcpy(text, data, size);
  check_day(text, size);
  check_lexicon(text, size);
  check_fold(text, size);
  check_distance(text, size);
  ld_language(text, size);
  free(text);
  return 0;
}
