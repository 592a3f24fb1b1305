/* Tests of src/bind/english: sentences as classes, and the clauses that come of them. */
#include "check.h"

#include "bind/english/english.h"

static ld_english s;

/* Reads classes as items; of a verb or a noun the next letter is its tense: b s p (past)
** t (participle) e (either) i (ing), - for none. */
static void read_classes (const char *classes) {
  static const char tenses[] = "-bsptei";
  ld_english_init(&s);
  s.text = "";
  for (const char *c = classes; *c && s.n < LD_ITEMS; c++) {
    ld_en_item *item = &s.item[++s.n];
    item->class = (uint8_t)*c;
    if (strchr("VUEI", *c)) item->tense = (uint8_t)(strchr(tenses, *++c) - tenses);
  }
  ld_clauses_cut(&s);
}

/* Clauses as "kind first-last verb", and "<n" for that which one hangs on. */
static const char *clauses_of (const char *classes) {
  static const char *const names[] = { "main", "coord", "sub", "rel", "resumed", "inf",
                                       "part", "gerund" };
  static char out[2000];
  size_t n = 0;
  read_classes(classes);
  for (int k = 0; k < s.clauses; k++) {
    const ld_en_clause *c = &s.clause[k];
    n += (size_t)snprintf(out + n, sizeof out - n, "%s%s %d-%d %d", k ? ", " : "",
                          names[c->kind], c->first, c->last, c->verb);
    if (c->up) n += (size_t)snprintf(out + n, sizeof out - n, "<%td", c->up - s.clause + 1);
  }
  return out;
}

static void test_cuts (void **state) {
  (void)state;
  /* Chad met Mali */
  assert_string_equal(clauses_of("AVpA"), "main 1-3 2");
  /* Chad met Mali and left */
  assert_string_equal(clauses_of("AVpA&Vp"), "main 1-4 2, coord 5-5 5<1");
  /* Chad said that Mali had closed the post */
  assert_string_equal(clauses_of("AVpSAhVedx"), "main 1-2 2, sub 3-8 6<1");
  /* the envoy , who met Chad , left */
  assert_string_equal(clauses_of("dx,rVpA,Vp"), "main 1-3 0, rel 4-7 5<1, resumed 8-8 8<1");
  /* Chad agreed to reopen the post */
  assert_string_equal(clauses_of("AVetVbdx"), "main 1-2 2, inf 3-6 4<1");
  /* the treaty signed in May has ended */
  assert_string_equal(clauses_of("dxVepThVe"), "part 1-5 3, main 6-7 7");
  /* Chad will not sign */
  assert_string_equal(clauses_of("AmnVb"), "main 1-4 4");
  assert_true(s.clause[0].modal && s.clause[0].negated && !s.clause[0].passive);
  /* the note was rejected by Chad */
  assert_string_equal(clauses_of("dxbVepA"), "main 1-6 4");
  assert_true(s.clause[0].passive);
}

static void test_subjects (void **state) {
  int heads[LD_ITEMS];
  (void)state;
  /* Chad , Mali and the minister met */
  read_classes("A,A&dRVp");
  assert_int_equal(ld_phrase_subject(&s, &s.clause[0], heads), 3);
  assert_int_equal(heads[2], 6);
  /* troops from Chad left */
  read_classes("XpAVp");
  assert_int_equal(ld_phrase_subject(&s, &s.clause[0], heads), 0);
  assert_int_equal(ld_phrase_governor(&s, 1, 3), 2);
  assert_int_equal(ld_phrase_governor(&s, 3, 3), 0);
}

/* Whatever the classes: clauses are in order, inside the sentence, and hang on others. */
static void test_any_classes (void **state) {
  static const char letters[] = "ARTLGYVNUbhDmundoqrS&ptxXWEIs,;:()\"-";
  static const char tenses[] = "bsptei";
  char text[2 * LD_ITEMS + 40];
  unsigned random = 1;
  int heads[LD_ITEMS];
  (void)state;
  for (size_t turn = 0; turn < 20000; turn += check_step(100)) {
    size_t n = 0;
    random = random * 1103515245u + 12345u;
    const size_t most = turn % 50 == 0 ? sizeof text - 3 : (random >> 16) % 60;
    while (n < most) {
      random = random * 1103515245u + 12345u;
      text[n] = letters[(random >> 16) % (sizeof letters - 1)];
      if (strchr("VUEI", text[n++])) text[n++] = tenses[(random >> 8) % 6];
    }
    text[n] = '\0';
    read_classes(text);
    assert_true(s.clauses >= 1 && s.clauses < LD_CLAUSES);
    for (int k = 0; k < s.clauses; k++) {
      const ld_en_clause *c = &s.clause[k];
      assert_true(c->last <= s.n && c->first >= 1);
      assert_true(k == 0 || (c->first == c[-1].last + 1 && c->first >= c[-1].first));
      assert_true(!c->up || c->up < c);
      assert_true(!c->beside || c->beside < c);
      assert_true(c->verb <= c->last);
      const int count = ld_phrase_subject(&s, c, heads);
      for (int i = 0; i < count; i++) assert_true(heads[i] >= 1 && heads[i] <= s.n);
    }
  }
}

/* A word that is asked for stands where its frame looks for it, and no veto behind. */
static void test_frames (void **state) {
  static const uint32_t treaty[] = { 1 }, draft[] = { 2 };
  static const struct ld_en_asked_set sets[] = { { 0 }, { 0 }, { treaty, 1 }, { draft, 1 } };
  static const ld_en_frame frame = { .behind = 2, .veto = 3 };
  static const ld_en_teller signs = { .verb = { &frame, 1 }, .verb_cue = { &frame, 0 } };
  ld_en_asked asked = { .count = 3, .sets = sets };
  int last = 0, filler = 0;
  (void)state;
  /* Chad signed the treaty */
  read_classes("AVpdx");
  s.asked = &asked;
  s.item[2].teller = &signs;
  assert_int_equal(ld_frame_verb(&s, &s.clause[0], &last, &filler), 0);
  s.item[4].asked = 1;
  assert_int_equal(ld_frame_verb(&s, &s.clause[0], &last, &filler), 1);
  assert_int_equal(last, 4);
  assert_int_equal(filler, 4);
  assert_int_equal(ld_frame_cue(&s, 2, &last), 0);
  /* ... the draft */
  s.item[3].asked = 2;
  assert_int_equal(ld_frame_verb(&s, &s.clause[0], &last, &filler), 0);
}

static const struct CMUnitTest tests[] = {
  cmocka_unit_test(test_frames),
  cmocka_unit_test(test_cuts),
  cmocka_unit_test(test_subjects),
  cmocka_unit_test(test_any_classes)
};

int main (void) {
  return CHECK_ALL(tests);
}
