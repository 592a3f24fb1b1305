/*
** frames.c - what a verb or a noun tells, by the words around it: which frame of an act,
** which cue of a stance fits. A frame asks for a word of a set in some stretch of items.
*/
#include <string.h>

#include "bind/english/english.h"

enum {
  BEHIND = 9,           /* items behind a verb in which its words are looked for */
  BEHIND_NOUN = 6,
  BEFORE = 4,           /* items before a noun */
  NEXT = 2,             /* items behind a verb in which a particle stands */
  APART = 4,            /* dates, places and adverbs that may stand before a particle */
  VETO = 5,             /* items behind a verb with a particle in which a word cancels it */
  VETO_NOUN = 3,
  TIED_TO = 2,          /* items behind a noun in which its particle stands */
  TIED = 4,             /* items in which nouns behind what was asked for belong to it */
  CUE_NEXT = 4, CUE_BEHIND = 6
};

static int least (int a, int b) { return a < b ? a : b; }

/* Some items before another one. */
static int back (int i, int n) { return i > n ? i - n : 1; }


/* ----------------------------------------------------------------------
** Words that are asked for
*/

/* Does a space end before p, one that breaks no line too? */
static bool is_behind_space (const char *first, const char *p) {
  const char c = p[-1];
  return c == ' ' || (c >= '\t' && c <= '\r') ||
         (c == '\xA0' && p - first > 1 && p[-2] == '\xC2');
}
static char small (char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

/* The number of some bytes among the words that are asked for, or 0. */
static uint32_t number_of (const ld_english *s, const char *p, size_t n, bool lower) {
  char word[128];
  uint32_t number;
  if (!s->asked || n > sizeof word) return 0;          /* no word of a list is as long */
  for (size_t i = 0; i < n; i++) word[i] = lower ? small(p[i]) : p[i];
  return ld_map_get(&s->asked->words, word, n, &number) ? number : 0;
}

/* The number of the word that ends at 'end', or 0. */
static uint32_t number_before (const ld_english *s, const char *first, const char *end) {
  const char *p = end;
  while (p > first && !is_behind_space(first, p)) p--;
  if (p == end) p = first;
  return number_of(s, p, (size_t)(end - p), true);
}

static bool starts (const char *p, const char *end, const char *word) {
  const size_t n = strlen(word);
  return (size_t)(end - p) > n && memcmp(p, word, n) == 0;
}

/* The number of the word before "on" or "for" in a name, or 0: the Treaty on Open Skies. */
static uint32_t number_of_head (const ld_english *s, const char *first, const char *end) {
  for (const char *p = first; (p = memchr(p, ' ', (size_t)(end - p))) != NULL; p++)
    if (p > first && (starts(p, end, " on ") || starts(p, end, " for ")))
      return number_before(s, first, p);
  return 0;
}

/* Of a mention the last of its words counts, or the one before "on". */
static uint32_t asked_of (ld_english *s, ld_en_item *item) {
  if (item->asked == LD_UNASKED) {
    const char *first = s->text + item->begin, *end = s->text + item->end;
    item->asked = (item->is & LD_IS_MENTION) != 0 ? number_of_head(s, first, end) : 0;
    if (item->asked == 0) item->asked = number_before(s, first, end);
  }
  return item->asked;
}

/* All that an item says as it stands. */
static uint32_t written_of (ld_english *s, ld_en_item *item) {
  if (item->written == LD_UNASKED)
    item->written = number_of(s, s->text + item->begin, item->end - item->begin, false);
  return item->written;
}

static bool set_has (const ld_english *s, uint32_t set, uint32_t word) {
  if (word == 0 || set == 0 || set > s->asked->count) return false;
  const uint32_t *words = s->asked->sets[set].words;
  uint32_t low = 0, high = s->asked->sets[set].count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (words[middle] < word) low = middle + 1;
    else high = middle;
  }
  return low < s->asked->sets[set].count && words[low] == word;
}

static bool is_letter (char c) { return small(c) >= 'a' && small(c) <= 'z'; }

/* Is one of the words in an office: heads of state? */
static bool office_has (const ld_english *s, uint32_t set, const ld_en_item *item) {
  const char *end = s->text + item->end;
  for (const char *p = s->text + item->begin; p < end; p++) {
    const char *word = p;
    while (p < end && is_letter(*p)) p++;
    if (p > word && set_has(s, set, number_of(s, word, (size_t)(p - word), true))) return true;
  }
  return false;
}

/* The first item of from..to with one of the words, or 0. */
static int find (ld_english *s, uint32_t set, int from, int to) {
  for (int i = from; i <= to; i++) {
    ld_en_item *item = &s->item[i];
    if (set_has(s, set, asked_of(s, item))) return i;
    if (item->class == 'R' && office_has(s, set, item)) return i;
  }
  return 0;
}

int ld_phrase_paper (ld_english *s, const ld_en_clause *clause) {
  for (int i = clause->first; i < clause->verb && ld_en_class(s, i) != 'p'; i++) {
    const ld_en_item *item = &s->item[i];
    const uint32_t word = ld_en_is(s, i, LD_IS_MENTION)
      ? number_of(s, s->text + item->begin, item->end - item->begin, true) : item->asked;
    if (set_has(s, LD_PAPERS, word)) return i;
  }
  return 0;
}


/* ----------------------------------------------------------------------
** Acts
*/

/* Where the stretch ends in which a verb's words may stand: the sentence's end, a stop, or
** another finite verb. */
static int reach (const ld_english *s, int i) {
  const int last = least(i + BEHIND, s->n);
  for (int k = i + 1; k <= last; k++) {
    const ld_en_item *item = &s->item[k];
    if (ld_en_in(s, k, LD_IN_STOPS_VERB) ||
        (item->taken == 'V' && ld_en_class(s, k - 1) != 't' && item->tense != LD_ING))
      return k - 1;
  }
  return last;
}

/* Where the words of a verb's subject begin: of a relative clause with those before it, of
** a participle with the noun that it describes. */
static int subject_from (const ld_en_clause *clause) {
  if (clause->kind == LD_REL && clause->up) return clause->up->first;
  if (clause->reduced) return back(clause->first, BEFORE);
  return clause->subject_first ? clause->subject_first : clause->first;
}

/* The noun right before a relative clause that is what its verb takes, or 0: the aid | that Oman
** gave to Chad; the aid | Oman gave. */
static int taken_before (const ld_english *s, const ld_en_clause *clause) {
  const int i = clause->verb, k = clause->first - 1;
  if (!clause->finite || clause->passive || k < 1 || s->item[k].taken == 'V') return 0;
  if (i < s->n && s->item[i + 1].taken != 'V' && !ld_en_in(s, i + 1, LD_IN_NO_OBJECT)) return 0;
  return ld_en_in(s, k, LD_IN_NOUNS) ? k : 0;
}

/* The word that a verb's frame asks for in its clause up to item `to`: of a passive verb first
** among what stands before it, of one in a relative clause last. Returns 0 where there is none;
** moves '*last'. */
static int find_filler (ld_english *s, uint32_t set, const ld_en_clause *clause, int to,
                        int *last) {
  const int i = clause->verb;
  if (clause->passive) {
    const int filler = find(s, set, clause->reduced ? back(clause->first, BEFORE)
                                                    : clause->first, i - 1);
    if (filler) return filler;
  }
  const int filler = find(s, set, i + 1, to);
  if (filler && filler - i <= TIED) {
    int k = filler;
    while (s->item[k + 1].taken == 'N') k++;                /* food aid */
    if (k > *last) *last = k;
  }
  if (filler) return filler;
  const int before = taken_before(s, clause);
  return before ? find(s, set, before, before) : 0;
}

/* Does item i say where or when: today, in Geneva? */
static bool says_where (const ld_english *s, int i) {
  const uint8_t class = ld_en_class(s, i);
  if (class == 'p') return ld_en_class(s, i + 1) == 'T' || ld_en_class(s, i + 1) == 'L';
  return class == 'T' || class == 'L' || class == 'W';
}

/* The particle of a verb's frame: the item, or 0. */
static int find_next (ld_english *s, uint32_t set, int i) {
  const int near = find(s, set, i + 1, least(i + NEXT, s->n));
  if (near) return near;
  int k = i + 1;
  while (k <= i + APART && says_where(s, k)) k++;
  return k > i + 1 && k <= s->n ? find(s, set, k, k) : 0;
}

static bool fits_verb (ld_english *s, const ld_en_frame *frame, const ld_en_clause *clause,
                       int to, int *last, int *filler) {
  const int i = *last = clause->verb;
  *filler = 0;
  if (frame->next) {
    *last = find_next(s, frame->next, i);
    if (!*last) return false;
  }
  if (frame->before && !find(s, frame->before, subject_from(clause), i - 1)) return false;
  if (frame->behind) {
    *filler = find_filler(s, frame->behind, clause, to, last);
    if (!*filler) return false;
  }
  return !(frame->veto && find(s, frame->veto, i + 1, frame->next ? least(i + VETO, to) : to));
}

int ld_frame_verb (ld_english *s, const ld_en_clause *clause, int *last, int *filler) {
  const ld_en_teller *teller = clause->verb ? s->item[clause->verb].teller : NULL;
  if (!teller || teller->verb.count == 0) return 0;
  const int to = reach(s, clause->verb);
  for (uint32_t k = 0; k < teller->verb.count; k++)
    if (fits_verb(s, &teller->verb.frame[k], clause, to, last, filler)) return (int)k + 1;
  return 0;
}

/* Is an item what ties a noun to what it is of: a threat | to; a demand | that? */
static bool is_particle (const ld_english *s, int i) {
  const uint8_t class = ld_en_class(s, i);
  return class == 'p' || class == 't' || class == 'S';
}

static bool fits_noun (ld_english *s, const ld_en_frame *frame, int i, int *last) {
  *last = i;
  if (frame->behind) {
    *last = find(s, frame->behind, i + 1, least(i + BEHIND_NOUN, s->n));
    const bool to_whom = ld_en_class(s, i + 1) == 't' && ld_en_is(s, i + 2, LD_IS_MENTION);
    if (!*last || (*last > (to_whom ? i + 2 : i) + TIED_TO && is_particle(s, *last))) return false;
  }
  if (frame->before && !find(s, frame->before, back(i, BEFORE), i - 1)) return false;
  return !(frame->veto && find(s, frame->veto, i + 1, least(i + VETO_NOUN, s->n)));
}

int ld_frame_noun (ld_english *s, int i, int *last) {
  const ld_en_teller *teller = s->item[i].teller;
  for (uint32_t k = 0; teller && k < teller->noun.count; k++)
    if (fits_noun(s, &teller->noun.frame[k], i, last)) return (int)k + 1;
  return 0;
}


static bool one_has (ld_english *s, const ld_en_frames *frames, int k) {
  for (uint32_t i = 0; i < frames->count; i++)
    if (frames->frame[i].next && set_has(s, frames->frame[i].next, asked_of(s, &s->item[k])))
      return true;
  return false;
}

bool ld_frame_takes (ld_english *s, int i, int k) {
  const ld_en_teller *teller = s->item[i].teller;
  return teller && (one_has(s, &teller->verb, k) || one_has(s, &teller->verb_cue, k));
}


/* ----------------------------------------------------------------------
** Stances
*/

/* Does a cue ask for the word of an item; `listed`: one that is in the lists of words? */
static bool cue_has (ld_english *s, uint32_t set, int i, bool listed) {
  ld_en_item *item = &s->item[i];
  if (listed && !ld_en_is(s, i, LD_IS_LISTED)) return false;
  return set_has(s, set, written_of(s, item));
}

/* The word that a cue asks for right behind it, or 0. */
static int cue_next (ld_english *s, uint32_t set, int i) {
  for (int k = i + 1; k <= least(i + CUE_NEXT, s->n); k++) {
    if (cue_has(s, set, k, false)) return k;
    if (!ld_en_in(s, k, LD_IN_BEFORE_CUE) && !ld_en_is(s, k, LD_IS_SELF)) return 0;
  }
  return 0;
}

static bool fits_cue (ld_english *s, const ld_en_frame *cue, int i, int *last) {
  int k = i + 1;
  while (ld_en_class(s, k) == 'W' && !(cue->next && cue_has(s, cue->next, k, true))) k++;
  if (cue->veto && cue_has(s, cue->veto, k, true)) return false;
  *last = cue->next ? cue_next(s, cue->next, i) : i;
  if (!*last) return false;
  if (!cue->behind) return true;
  for (k = i + 1; k <= least(i + CUE_BEHIND, s->n); k++)
    if (cue_has(s, cue->behind, k, false)) return true;
  return false;
}

int ld_frame_cue (ld_english *s, int i, int *last) {
  const ld_en_teller *teller = s->item[i].teller;
  if (!teller) return 0;
  const ld_en_frames *cues = s->item[i].taken == 'N' ? &teller->noun_cue : &teller->verb_cue;
  for (uint32_t k = 0; k < cues->count; k++)
    if (fits_cue(s, &cues->frame[k], i, last)) return (int)k + 1;
  return 0;
}
