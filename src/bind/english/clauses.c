/*
** clauses.c - cuts the items of a sentence into clauses: english.h says how.
*/
#include <string.h>

#include "bind/english/english.h"


/* ----------------------------------------------------------------------
** Opening
*/

static ld_en_clause *open_clause (ld_english *s, enum ld_en_kind kind, int first,
                                  ld_en_clause *up) {
  if (s->clauses == LD_CLAUSES) return &s->clause[s->clauses - 1];    /* not reached */
  ld_en_clause *clause = &s->clause[s->clauses++];
  memset(clause, 0, sizeof *clause);
  clause->kind = kind;
  clause->first = first;
  clause->last = s->n;
  clause->up = up;
  if (s->clauses > 1) clause[-1].last = first - 1;
  return clause;
}

/* A verb with its auxiliaries. */
typedef struct group {
  int first, verb;
  int possible;                 /* the item of may, could */
  enum ld_en_tense tense;
  bool aux, passive, modal, negated, have;
} group;

static group one_verb (const ld_english *s, int i) {
  const group g = { .first = i, .verb = i, .tense = (enum ld_en_tense)s->item[i].tense };
  return g;
}

static ld_en_clause *give_verb (ld_english *s, ld_en_clause *clause, const group *g,
                             bool is_finite) {
  clause->verb = g->verb;
  clause->group = g->first;
  clause->finite = is_finite;
  clause->tense = g->tense;
  clause->passive = g->passive;
  clause->modal = g->modal;
  clause->possible = g->possible;
  clause->negated = g->negated;
  clause->perfect = g->have;
  clause->aux = g->aux;
  s->item[g->verb].taken = 'V';
  return clause;
}


/* ----------------------------------------------------------------------
** Finite verbs
*/

static bool is_present (enum ld_en_tense tense) {
  return tense == LD_BASE || tense == LD_S || tense == LD_BE;
}

static bool ties (uint8_t class) { return class == '&' || class == ','; }

/* Is who acts in a clause what the verb behind "and" takes: the work that Chad does, and
** supports Chad? */
static bool is_object_of (const ld_english *s, const ld_en_clause *clause, const group *g) {
  const int object = g->verb + 1;
  if (!ld_en_is(s, object, LD_IS_MENTION) || clause->kind != LD_SUB) return false;
  for (int i = clause->first; i < clause->group; i++)
    if (ld_en_is(s, i, LD_IS_MENTION) &&
        s->same(s->data, s->item[i].number, s->item[object].number)) return true;
  return false;
}

/* The clause whose subject a verb behind "and" shares: behind a comma one outside the
** relative clause; of those around it the nearest whose tense is of the same kind. */
static ld_en_clause *companion (const ld_english *s, ld_en_clause *clause, const group *g, int p) {
  ld_en_clause *start = clause;
  if (ld_en_class(s, p) == ',' || (ld_en_class(s, p) == '&' && ld_en_class(s, p - 1) == ',')) {
    const ld_en_clause *k = clause;
    while (k && k->kind != LD_REL) k = k->up;
    if (k && k->up) start = k->up;
  }
  ld_en_clause *nearest = ld_clause_finite(start);
  if (!nearest) nearest = clause;
  for (ld_en_clause *k = nearest; k; k = ld_clause_finite(k->up))
    if (k->finite && !g->aux && !k->aux && !is_object_of(s, k, g) &&
        is_present(k->tense) == is_present(g->tense)) return k;
  return nearest;
}

/* Was the clause's verb a participle after all: the treaty signed in May | has ended? */
static bool was_reduced (const ld_english *s, const ld_en_clause *clause, const group *g, int p) {
  return clause->finite && !clause->aux && s->item[clause->verb].tense == LD_ED && g->aux &&
         ld_en_class(s, p) != '&' && !ld_phrase_noun(s, clause->verb + 1, p);
}

static ld_en_clause *demote (ld_english *s, ld_en_clause *clause, const group *g) {
  ld_en_clause *again = open_clause(s, LD_MAIN, g->first, clause->up);
  again->subject_first = clause->first;
  again->subject_last = clause->group - 1;
  clause->kind = LD_PARTICIPLE;
  clause->finite = false;
  clause->reduced = true;
  return again;
}

/* Where a relative clause without a word for it begins in a noun phrase: the crisis | the people
** are enduring, the care | Chad has shown; 0 where none does. */
static int contact (const ld_english *s, int first, int last) {
  const uint8_t thing = ld_en_class(s, last - 1);
  if (ld_en_class(s, last) == 'A' && !ld_en_is(s, last, LD_IS_ADJECTIVE) && last - 1 > first &&
      ld_en_class(s, first) == 'd' &&
      (thing == 'x' || thing == 'N' || thing == 'X' || s->item[last - 1].taken == 'N'))
    return last;
  for (int i = last - 1; i > first; i--)
    if (ld_en_class(s, i) == 'd')
      return ld_en_in(s, i - 1, LD_IN_NOUNS) && ld_en_class(s, i - 1) != '&' ? i : 0;
  return 0;
}

/* Of a verb that nothing ties: a new clause with the noun phrase before it, else with the
** subject that there is. */
static ld_en_clause *open_untied (ld_english *s, ld_en_clause *clause, const group *g) {
  const int from = (clause->verb ? clause->verb : clause->first) + 1;
  const int first = ld_phrase_first(s, g->first, from);
  const bool taken = first > from || !ld_en_is(s, clause->verb, LD_IS_REPORTS);
  const int inner = clause->verb && taken ? contact(s, first, g->first - 1) : 0;
  if (inner) return open_clause(s, LD_REL, inner, clause);
  if (first < g->first && ld_phrase_noun(s, first, g->first - 1))
    return open_clause(s, LD_MAIN, first, NULL);
  ld_en_clause *up = ld_clause_finite(clause);
  return open_clause(s, LD_COORD, g->first, up ? up : clause);
}

/* May a clause stand between a subject and its verb: the league, which Oslo heads, met; the
** league, headed by Oslo, met; the league, instead of meeting, waited? */
static bool is_inserted (const ld_en_clause *clause) {
  if (!clause->verb || !clause->up) return false;
  return clause->kind == LD_REL ||
         ((clause->kind == LD_PARTICIPLE || clause->kind == LD_GERUND) &&
          clause->up->first < clause->first);
}

/* Is a verb that of the subject which a relative clause describes, without a comma: those who
** serve Chad | are paid; not: the minister who said Mali | agreed? */
static bool goes_on (const ld_english *s, const ld_en_clause *clause) {
  const ld_en_clause *up = clause->up;
  return clause->kind == LD_REL && clause->verb && !ld_en_is(s, clause->verb, LD_IS_REPORTS) &&
         clause->cue && up && !up->verb && up->first < clause->first &&
         ld_phrase_noun(s, up->first, clause->first - 1);
}

/* May a clause without a verb only say when, where or why: In May; Today in Geneva; To this
** end; Pursuant to the treaty; That notwithstanding? */
static bool is_front (const ld_english *s, int i) {
  const uint8_t class = ld_en_class(s, i), behind = ld_en_class(s, i + 1);
  return ld_en_in(s, i, LD_IN_FRONTS) || class == 't' || (class == 'T' && behind == 'p') ||
         (behind == 't' && !ld_en_is(s, i, LD_IS_MENTION)) ||
         (behind == 'x' && ld_en_class(s, i + 2) == ',' && class == 'q');
}

/* Is a verb that of the subject which a participle describes, without a comma: a delegation led by
** Oslo | met; not: in a speech given in Oslo the king | met? */
static bool goes_past (const ld_english *s, const ld_en_clause *clause, const group *g) {
  const ld_en_clause *up = clause->up;
  if (clause->kind != LD_PARTICIPLE || !clause->reduced || !up || up->verb ||
      (up->kind != LD_MAIN && up->kind != LD_SUB) || up->first >= clause->first ||
      !ld_en_is(s, clause->verb + 1, LD_IS_BY) || is_front(s, up->first) ||
      !ld_phrase_noun(s, up->first, clause->first - 1)) return false;
  const int by = clause->verb + 1;
  int first = ld_phrase_first(s, g->first, by);
  while (ld_en_class(s, first - 1) == '&' && first - 1 > by)      /* by Chad and Togo | ended */
    first = ld_phrase_first(s, first - 1, by);
  return first == by + 1;
}

/* Does "we" or the like say behind ", and" who acts, whatever waits for its verb: as head of the
** league, and we | met? */
static bool starts_anew (const ld_english *s, const ld_en_clause *clause, int p) {
  return ld_en_class(s, p) == 'q' && ld_en_class(s, p - 1) == '&' &&
         ld_en_class(s, p - 2) == ',' && p - 2 > clause->first;
}

/* Where the subject of a verb begins behind "as" and an office, which have no verb: in its term as
** chair, they | met; 0 where none does. */
static int behind_office (const ld_english *s, const ld_en_clause *clause, const group *g) {
  if (clause->kind != LD_SUB || clause->verb || !clause->cue || !ld_en_is(s, clause->cue, LD_IS_AS))
    return 0;
  if (clause->up && clause->up->kind == LD_SUB && !clause->up->verb) return 0;    /* that, as ... */
  const int first = ld_en_class(s, g->first - 1) == 'q'
                      ? g->first - 1 : ld_phrase_first(s, g->first, clause->first + 1);
  return first < g->first && first > clause->first + 2 && ld_en_class(s, first - 1) == ',' ? first
                                                                                            : 0;
}

/* Has a relative clause a verb that no list has, and ended at the comma p: Chad, which borders
** Niger, | agreed? */
static bool is_passed (const ld_english *s, const ld_en_clause *clause, int p) {
  const ld_en_clause *up = clause->up;
  if (clause->kind != LD_REL || clause->verb || !up || up->verb) return false;
  const int behind = clause->first + 1;
  return ld_en_class(s, p) == ',' && p > behind + 1 && ld_en_class(s, clause->first - 1) == ',' &&
         ld_en_class(s, behind) != ',' && ld_en_class(s, behind) != 'p';
}

/* Is a verb behind "and" a second participle of a passive one, which takes nothing: was arrested and
** expelled in May? */
static bool shares_be (ld_english *s, const ld_en_clause *up, const group *g) {
  const int k = g->verb + 1;
  if (!up || !up->passive || up->reduced || g->aux || g->tense != LD_ED) return false;
  if (k > s->n || ld_en_is(s, k, LD_IS_BY)) return true;
  const uint8_t class = ld_en_class(s, k);
  return ties(class) || class == 'T' || (class == 'p' && !ld_frame_takes(s, g->verb, k));
}

/* A finite verb: of the clause that waits for one, of one more with the same subject, or of
** a new one with its own. */
static ld_en_clause *place_finite (ld_english *s, ld_en_clause *clause, const group *g) {
  const int p = ld_phrase_before(s, g->first);
  const bool tied = ties(ld_en_class(s, p));
  const int anew = behind_office(s, clause, g);
  ld_en_clause *up = clause->up, *one;
  const bool waits = !clause->verb && !(tied && up && clause->cue &&
                                        ld_en_is(s, clause->cue, LD_IS_BEFORE_NOUN));
  if (is_passed(s, clause, p) ||
      (is_inserted(clause) && ld_en_class(s, p) == ',' && up && !up->verb))
    one = open_clause(s, LD_RESUMED, g->first, up);
  else if (starts_anew(s, clause, p)) one = open_clause(s, LD_MAIN, p, NULL);
  else if (anew) one = open_clause(s, LD_MAIN, anew, NULL);
  else if (waits) one = clause;
  else if (was_reduced(s, clause, g, p)) one = demote(s, clause, g);
  else if (tied) {
    one = open_clause(s, LD_COORD, g->first, companion(s, clause, g, p));
    group second = *g;
    second.passive |= shares_be(s, one->up, g);
    return give_verb(s, one, &second, true);
  }
  else if (goes_on(s, clause) || goes_past(s, clause, g))
    one = open_clause(s, LD_RESUMED, g->first, up);
  else one = open_untied(s, clause, g);
  return give_verb(s, one, g, true);
}

/* May a verb of some tense follow item i, an auxiliary? */
static bool fits (const ld_english *s, int i, enum ld_en_tense tense) {
  const uint8_t class = ld_en_class(s, i);
  if (class == 'b') return tense == LD_ING || tense == LD_ED || tense == LD_PART;
  if (class == 'h') return tense == LD_ED || tense == LD_PART || tense == LD_PAST;
  return ld_en_in(s, i, LD_IN_AFTER_MODAL) && tense == LD_BASE;
}

/* Takes a form that is also a past one for the lemma where that has to stand: will cut aid. */
static void take_base (ld_english *s, int i, bool wanted) {
  if (wanted && ld_en_is(s, i, LD_IS_BASE)) s->item[i].tense = LD_BASE;
}

/* Does "since" stand in a group: has since signed? */
static bool is_since (const ld_english *s, int k) {
  return ld_en_class(s, k) == 'S' && ld_en_class(s, k - 1) == 'h' &&
         ld_en_is(s, k, LD_IS_BEFORE_NOUN) && ld_en_in(s, k + 1, LD_IN_VERBAL) &&
         fits(s, k - 1, (enum ld_en_tense)s->item[k + 1].tense);
}

/* Does the run of auxiliaries go on at k? Dates and quotation marks may stand in it. */
static bool runs_on (const ld_english *s, int k) {
  if (is_since(s, k)) return true;
  if (ld_en_in(s, k, LD_IN_AUXILIARY) || ld_en_class(s, k) == '"') return true;
  return ld_en_class(s, k) == 'T' && s->item[k + 1].tense != LD_NO_TENSE;
}

/* Reads the run of auxiliaries at i and the verb behind them; returns their last item. */
static int read_group (ld_english *s, int i, group *g) {
  int k = i, aux = i, last = i;         /* aux: what the verb's tense hangs on */
  memset(g, 0, sizeof *g);
  g->first = i;
  g->aux = true;
  for (; runs_on(s, k); k++) {
    switch (ld_en_class(s, k)) {
      case 'm': g->modal = true; break;
      case 'u': g->possible = k; break;
      case 'n': g->negated = !ld_en_is(s, k + 1, LD_IS_ONLY); break;
      case 'h': g->have = true; break;
      default: break;
    }
    if (ld_en_in(s, k, LD_IN_AMONG) || ld_en_class(s, k) == 'S') continue;
    last = k;
    if (ld_en_class(s, k) != 'n') aux = k;
  }
  take_base(s, k, ld_en_in(s, aux, LD_IN_AFTER_MODAL));
  const enum ld_en_tense tense = ld_en_in(s, k, LD_IN_VERBAL) ? (enum ld_en_tense)s->item[k].tense
                                                     : LD_NO_TENSE;
  if (tense != LD_NO_TENSE && fits(s, aux, tense)) {
    g->verb = k;
    g->tense = tense;
    g->passive = ld_en_class(s, aux) == 'b' && tense != LD_ING;
  } else {
    g->verb = last;
    g->tense = LD_BE;
  }
  return g->verb;
}


/* ----------------------------------------------------------------------
** Verbs without auxiliaries
*/

/* Does a verb of the past follow a noun phrase of its own behind a comma: ", the communique
** said"? */
static bool tagged (const ld_english *s, const ld_en_clause *clause, int i) {
  const int first = ld_phrase_first(s, i, clause->verb + 1);
  return first < i && ld_en_class(s, ld_phrase_before(s, first)) == ',' &&
         ld_phrase_noun(s, first, i - 1);
}

/* Is a form in -ed a participle: by whom follows, nobody stands before it, or the clause
** has its verb and this one describes a noun (the accord signed in May)? */
static bool is_reduced (ld_english *s, const ld_en_clause *clause, int i, int p) {
  const uint8_t tense = s->item[i].tense;
  if (tense == LD_PART) return true;
  if (tense != LD_ED) return false;
  if (ld_en_is(s, i + 1, LD_IS_BY))                 /* not: Chad stood by Mali */
    return (clause->verb && !ld_en_is(s, clause->verb, LD_IS_REPORTS)) ||
           ld_en_class(s, p) == ',' || !ld_en_in(s, p, LD_IN_SUBJECT_LIKE) ||
           !ld_frame_takes(s, i, i + 1);
  if (!clause->verb)
    return clause->kind != LD_REL && !ld_phrase_noun(s, clause->first, i - 1);
  return !tagged(s, clause, i) && !ld_en_in(s, p, LD_IN_SUBJECT_LIKE);
}

/* The kind of the clause that a verb without auxiliary opens, behind p; LD_KINDS where the verb
** is a finite one. */
static enum ld_en_kind bare_kind (ld_english *s, const ld_en_clause *clause, int i, int p) {
  const uint8_t tense = s->item[i].tense, class = ld_en_class(s, p);
  if (class == 't' && tense == LD_BASE) return LD_INF;
  if (tense == LD_ING) return class == 'p' || class == 't' ? LD_GERUND : LD_PARTICIPLE;
  if (is_reduced(s, clause, i, p)) return LD_PARTICIPLE;
  if (tense != LD_BASE || !clause->verb) return LD_KINDS;
  if ((p == clause->verb || ld_en_in(s, p, LD_IN_CAUSED)) &&
      ld_en_is(s, clause->verb, LD_IS_CAUSES)) return LD_INF;             /* help bring peace */
  return clause->kind == LD_INF && ties(class) && !ld_verb_looks(s, i) ? LD_INF : LD_KINDS;
}

/* An infinitive behind item p, which is its "to" as a rule: to sign, to be signed, help bring;
** one behind "and" stands beside the one before it. */
static ld_en_clause *place_infinitive (ld_english *s, ld_en_clause *clause, group *g, int p) {
  const bool to = ld_en_class(s, p) == 't';
  const int tie = to ? ld_phrase_before(s, p) : p;
  const bool beside = clause->kind == LD_INF && ties(ld_en_class(s, tie));
  ld_en_clause *one = open_clause(s, LD_INF, to ? p : g->first,
                                  beside && clause->up ? clause->up : clause);
  if (beside) one->beside = clause;
  if (to && ld_en_class(s, tie) == 'n') g->negated = true;
  return give_verb(s, one, g, false);
}

/* Says a participle behind a comma what the sentence's subject adds, whoever is to do what
** stands before it: urged Oslo to sign, stressing? */
static bool is_comment (const ld_english *s, ld_en_clause *clause, int i, int p) {
  return s->item[i].tense == LD_ING && ld_en_class(s, p) == ',' && clause->kind == LD_INF &&
         ld_en_is(s, i, LD_IS_REPORTS) && ld_clause_finite(clause);
}

/* A verb without auxiliary: returns its clause. */
static ld_en_clause *place_bare (ld_english *s, ld_en_clause *clause, int i) {
  int p = ld_phrase_before(s, i);
  group g = one_verb(s, i);
  const bool nor = ld_en_is(s, p, LD_IS_NOR) && g.tense == LD_ED && clause->finite;
  if (ld_en_class(s, p) == 'n') {                            /* never signed */
    g.negated = true;
    p = ld_phrase_before(s, p);
  }
  const enum ld_en_kind kind = nor ? LD_KINDS : bare_kind(s, clause, i, p);
  if (kind == LD_KINDS) return place_finite(s, clause, &g);
  if (kind == LD_INF) return place_infinitive(s, clause, &g, p);
  if (kind == LD_GERUND && ld_en_is(s, p - 1, LD_IS_INSTEAD)) g.negated = true;
  ld_en_clause *one = open_clause(s, kind, i, is_comment(s, clause, i, p) ? ld_clause_finite(clause)
                                                                          : clause);
  if (kind == LD_PARTICIPLE && g.tense != LD_ING) one->reduced = g.passive = true;
  return give_verb(s, one, &g, false);
}


/* ----------------------------------------------------------------------
** Subordinate clauses
*/

/* Is it the "that" of a relative clause: the countries that attended? */
static bool relates (const ld_english *s, int i) {
  if (!ld_en_is(s, i, LD_IS_THAT) || !ld_phrase_noun(s, i - 1, i - 1)) return false;
  int k = i + 1;
  while (ld_en_class(s, k) == 'W') k++;
  if (ld_en_in(s, k, LD_IN_AUXILIARY)) return true;
  return s->item[k].tense != LD_NO_TENSE && ld_en_class(s, k) != 'N';
}

/* Does a clause belong to the one with "when" or "as" that opens the sentence? */
static bool opened_by_sub (const ld_en_clause *clause) {
  while (clause->up && clause->kind != LD_SUB) clause = clause->up;
  return clause->kind == LD_SUB && clause->first <= 2 && clause->verb;
}

/* ... or to the infinitive that does: To help achieve this, ...? */
static bool opened_by_aim (const ld_en_clause *clause) {
  while (clause->up && clause->kind == LD_INF && clause->first > 1) clause = clause->up;
  return clause->kind == LD_INF && clause->first == 1;
}

/* Is the name before a comma the first of a list, behind a date that opens the sentence: In 2017
** Norway, Chad and Mali met? */
static bool begins_list (const ld_english *s, int i) {
  if (ld_en_class(s, i - 1) != 'A' || ld_en_is(s, i - 1, LD_IS_ADJECTIVE)) return false;
  const int before = ld_en_class(s, i - 2) == 'd' ? i - 3 : i - 2;
  const int behind = ld_en_class(s, i + 1) == 'd' ? i + 2 : i + 1;
  return ld_en_class(s, before) == 'T' && ld_en_class(s, before - 1) == 'p' && before == 2 &&
         ld_en_class(s, behind) == 'A';
}

/* What a comma begins: behind what opens a sentence (In May, ...; When they met, ...) the
** main clause, else nothing. */
static ld_en_clause *at_comma (ld_english *s, ld_en_clause *clause, int i) {
  const bool sub = clause->kind == LD_SUB;
  if (ld_en_class(s, i - 1) == 'L' && ld_en_class(s, i + 1) == 'A' &&
      ld_en_class(s, i + 2) == ',') return clause;              /* in Lyon, France, ... */
  if (begins_list(s, i)) return clause;
  if (!clause->verb && clause->first < i &&
      (sub ? clause->first <= 2 : is_front(s, clause->first)))
    return open_clause(s, LD_MAIN, i + 1, sub ? clause->up : NULL);
  if (((opened_by_sub(clause) || opened_by_aim(clause)) &&
       ld_en_in(s, i + 1, LD_IN_STARTS_SUBJECT)) ||
      (clause->kind == LD_INF && clause->first == 1 && clause->tense == LD_BE) ||
      (clause->first == 1 && clause->kind == LD_PARTICIPLE))
    return open_clause(s, LD_MAIN, i + 1, NULL);
  return clause;
}

/* "as well as" and "such as" open no clause: the last item of the phrase, or 0. */
static int phrase_of_as (ld_english *s, int i) {
  if (!ld_en_is(s, i, LD_IS_AS)) return 0;
  if (ld_en_is(s, i - 1, LD_IS_SUCH)) {
    s->item[i].class = 'p';
    return i;
  }
  if (ld_en_is(s, i + 1, LD_IS_WELL) && ld_en_is(s, i + 2, LD_IS_AS)) {
    s->item[i].class = '&';
    s->item[i + 2].class = 'W';
    return i + 2;
  }
  return 0;
}

static ld_en_clause *subordinate (ld_english *s, ld_en_clause *clause, int i) {
  const bool relative = ld_en_class(s, i) == 'r';
  if (relative && !clause->verb && i == clause->first) return clause;
  ld_en_clause *one = open_clause(s, relative || relates(s, i) ? LD_REL : LD_SUB, i, clause);
  one->cue = i;
  return one;
}


/* ----------------------------------------------------------------------
** The walk
*/

/* The word at i, where it is or may be a verb. */
static ld_en_clause *place_word (ld_english *s, ld_en_clause *clause, int i) {
  const uint8_t class = ld_en_class(s, i), before = ld_en_class(s, ld_phrase_before(s, i));
  take_base(s, i, before == 't' || (clause->kind == LD_INF && ties(before)));
  if (class == 'N' || (class != 'I' && !ld_verb_is(s, i, clause))) {
    s->item[i].taken = 'N';
  } else if (class != 'I') {
    return place_bare(s, clause, i);
  } else if (ld_verb_participle(s, i)) {
    const group g = one_verb(s, i);
    const enum ld_en_kind kind = ld_en_class(s, i - 1) == 'p' ? LD_GERUND : LD_PARTICIPLE;
    return give_verb(s, open_clause(s, kind, i, clause), &g, false);
  }
  return clause;
}

/* Does a condition begin: signs, provided that Chad pays; not: the law provided that? */
static bool is_proviso (const ld_english *s, const ld_en_clause *clause, int i) {
  return ld_en_is(s, i, LD_IS_PROVIDED) && ld_en_is(s, i + 1, LD_IS_THAT) && clause->verb;
}

void ld_clauses_cut (ld_english *s) {
  s->clauses = 0;
  ld_en_clause *clause = open_clause(s, LD_MAIN, 1, NULL);
  for (int i = 1; i <= s->n; i++) {
    const uint8_t class = ld_en_class(s, i);
    if (ld_en_in(s, i, LD_IN_OPENS_GROUP)) {
      group g;
      const int p = ld_phrase_before(s, i);
      i = read_group(s, i, &g);
      clause = ld_en_class(s, p) == 't' ? place_infinitive(s, clause, &g, p)
                                        : place_finite(s, clause, &g);
    } else if (is_proviso(s, clause, i)) {
      clause = subordinate(s, clause, i++);
    } else if (ld_en_in(s, i, LD_IN_WORD_LIKE)) {
      if (!ld_verb_modifies(s, i)) clause = place_word(s, clause, i);
    } else if (class == ';' || class == ':') {
      clause = open_clause(s, LD_MAIN, i + 1, NULL);
    } else if (class == 'S' || class == 'r') {
      const int last = phrase_of_as(s, i);
      if (last) i = last;
      else clause = subordinate(s, clause, i);
    } else if (class == ',') {
      clause = at_comma(s, clause, i);
    }
  }
}
