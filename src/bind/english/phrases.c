/*
** phrases.c - noun phrases of a sentence: where one begins, what governs it, who is a
** clause's subject.
*/
#include "bind/english/english.h"

int ld_phrase_before (const ld_english *s, int i) {
  for (i--; i >= 1 && (ld_en_class(s, i) == 'W' || ld_en_class(s, i) == '"');) i--;
  return i < 0 ? 0 : i;
}

/* Does an item belong to a noun phrase? */
static bool is_inside (const ld_english *s, int i) {
  return ld_en_in(s, i, LD_IN_NOUN_LIKE) || (ld_en_class(s, i) == 'U' && s->item[i].taken != 'V') ||
         (ld_en_class(s, i) == 'p' && ld_en_is(s, i, LD_IS_OF));
}

/* Two phrases that "and" ties are one behind a comma: ", the king and the president
** exchanged". */
int ld_phrase_first (const ld_english *s, int i, int least) {
  int k = i - 1, tied = 0;             /* tied: where the phrase before "and" was met */
  for (;;) {
    while (k >= least && is_inside(s, k)) k--;
    if (ld_en_class(s, k) != '&' || k <= least || !ld_en_in(s, k - 1, LD_IN_JOINED)) break;
    if (tied == 0) tied = k + 1;
    k--;
  }
  if (tied == 0) return k + 1;
  return ld_en_class(s, k) == ',' ? k + 1 : tied;
}

bool ld_phrase_noun (const ld_english *s, int first, int last) {
  for (int k = first; k <= last; k++)
    if ((ld_en_in(s, k, LD_IN_NOUN_LIKE) || s->item[k].taken == 'N') &&
        !ld_en_in(s, k, LD_IN_NO_HEAD))
      return true;
  return false;
}

/* "of" is looked through: the people of Ukraine. What opens a sentence with a date
** governs nothing: In 2024 Norway ... */
int ld_phrase_governor (const ld_english *s, int first, int i) {
  for (int k = i - 1; k >= first; k--) {
    const uint8_t class = ld_en_class(s, k);
    if ((class == 'p' && !ld_en_is(s, k, LD_IS_OF)) || class == 't') return k;
    if (class == 'T' && ld_en_class(s, k - 1) == 'p')
      k--;
    else if (!ld_en_in(s, k, LD_IN_PASSED) && class != 'p' &&
             !(class == 'U' && s->item[k].taken == 'N'))
      return 0;
  }
  return 0;
}

/* Does a list go on behind item i: ", Togo", "and the minister", ", and Chad", ", including
** Chad"? */
static bool goes_on (const ld_english *s, int i) {
  const uint8_t class = ld_en_class(s, i), behind = ld_en_class(s, i + 1);
  if (class == '&' || class == '-' || ld_en_is(s, i, LD_IS_INCLUDING)) return true;
  if (class == ',' && ld_en_is(s, i + 1, LD_IS_INCLUDING)) return true;
  return class == ',' && (behind == 'A' || behind == 'R' || behind == '&' ||
                          (behind == 'd' && ld_en_class(s, i + 2) == 'A'));
}

/* Stands item i free of a preposition, or is it one of those that are named before: ministers
** from ten states, including Chad? */
static bool is_free (const ld_english *s, int first, int i) {
  const int p = ld_phrase_governor(s, first, i);
  if (p == 0 || !ld_en_is(s, p, LD_IS_INCLUDING)) return p == 0;
  const uint8_t of = ld_en_class(s, ld_en_class(s, p - 1) == ',' ? p - 2 : p - 1);
  return of == 'G' || of == 'R' || of == 'A';
}

/* May item i head a subject? An office before a name is part of the name, and so is a
** department before another noun: the Department press briefing. */
static bool is_head (const ld_english *s, int i, bool found) {
  const uint8_t class = ld_en_class(s, i);
  const uint8_t behind = ld_en_class(s, i + 1);
  if (class == 'Y' && (behind == 'x' || behind == 'X')) return false;
  return (ld_en_in(s, i, LD_IN_HEADS) && !(class == 'R' && behind == 'A')) ||
         (class == 'o' && !found);
}

/* The person who is named with item i, a country before an office: Norway's Foreign Minister
** Anna Berg; 0 where nobody is. */
static int with_office (const ld_english *s, int i) {
  int k = i + 1, offices = 0;
  if (ld_en_class(s, i) != 'A' || ld_en_is(s, i, LD_IS_PERSON)) return 0;
  if (ld_en_class(s, k) == 's') k++;
  for (; ld_en_class(s, k) == 'R'; k++) {
    offices++;
    if (ld_en_class(s, k + 1) == '&' && ld_en_class(s, k + 2) == 'R') k++;
  }
  return offices && ld_en_class(s, k) == 'A' && ld_en_is(s, k, LD_IS_PERSON) ? k : 0;
}

/* Is the last item before a verb a name that is no part of the phrase before it, without a
** comma between: On the other hand Norway | agreed? */
static bool stands_alone (const ld_english *s, int first, int last) {
  if (last <= first + 1 || ld_en_class(s, last) != 'A' || ld_en_is(s, last, LD_IS_ADJECTIVE))
    return false;
  const uint8_t before = ld_en_class(s, last - 1);
  return (before == 'x' || before == 'X' || before == 'N' || before == 'U') && ld_en_in(s, first, LD_IN_FRONTS);
}

/* Is item i an office, or a country before one: Norway's Envoy for Yemen? */
static bool is_office (const ld_english *s, int i) {
  if (ld_en_class(s, i) == 'R') return true;
  if (ld_en_class(s, i) != 'A' || ld_en_is(s, i, LD_IS_PERSON)) return false;
  return ld_en_class(s, ld_en_class(s, i + 1) == 's' ? i + 2 : i + 1) == 'R';
}

int ld_phrase_subject (const ld_english *s, const ld_en_clause *clause, int *heads) {
  const int first = clause->subject_first ? clause->subject_first : clause->first;
  const int last = clause->subject_last ? clause->subject_last
                   : (clause->group ? clause->group : clause->last + 1) - 1;
  int n = 0;
  bool tie = true;
  for (int i = first; i <= last; i++) {
    const uint8_t class = ld_en_class(s, i);
    if (is_head(s, i, n > 0)) {
      if (tie && is_free(s, first, i)) {
        heads[n++] = i;
        const int person = with_office(s, i);
        if (person) heads[n++] = i = person;
        tie = false;
      }
    } else if (n > 0) {
      if (goes_on(s, i)) tie = true;
      else if (class == ',') break;
      else if ((class == 'p' && !ld_en_is(s, i, LD_IS_OF)) || class == 'S') tie = false;
    }
  }
  if (n == 0 && clause->finite && stands_alone(s, first, last)) heads[n++] = last;
  if (n == 1 && is_office(s, heads[0])) {
    const int k = ld_phrase_before(s, last + 1);
    if (k > heads[0] && ld_en_class(s, k) == 'A' && ld_en_is(s, k, LD_IS_PERSON)) {
      if (ld_en_class(s, heads[0]) == 'R') n = 0;
      heads[n++] = k;            /* Secretary for Labor and Rights Ann Peters said */
    }
  }
  return n;
}
