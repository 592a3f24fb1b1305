/*
** verbs.c - verb or noun: what a word is that may be either, by what stands around it.
**
** The word before decides mostly: "the visit", "to visit", "Chad's visit". Behind "and" a
** word goes with the one before it; behind a name it is the clause's verb, where that has
** none yet.
*/
#include "bind/english/english.h"

static enum ld_en_tense tense_of (const ld_english *s, int i) {
  return (enum ld_en_tense)s->item[i].tense;
}

ld_en_clause *ld_clause_finite (ld_en_clause *clause) {
  while (clause && !clause->finite) clause = clause->up;
  return clause;
}

/* How the verb or noun before "and" was taken, and its tense. */
static uint8_t partner (const ld_english *s, int i, const ld_en_clause *clause,
                        enum ld_en_tense *tense) {
  *tense = LD_NO_TENSE;
  for (int k = i - 1; k >= 1; k--)
    if (s->item[k].taken) {
      *tense = tense_of(s, k);
      return s->item[k].taken;
    }
  return clause->verb ? 'V' : 'N';
}

/* Has a clause its verb? One that reports leaves room for another: Chad said Mali agreed. */
static bool is_closed (const ld_english *s, const ld_en_clause *clause) {
  return clause->verb != 0 && !ld_en_is(s, clause->verb, LD_IS_REPORTS);
}

/* Does a word that is mostly a verb end a noun phrase that is no subject: of friendly
** exchanges? */
static bool ends_phrase (const ld_english *s, int i, const ld_en_clause *clause) {
  const enum ld_en_tense tense = tense_of(s, i);
  if ((tense != LD_S && tense != LD_BASE) || !is_closed(s, clause)) return false;
  int k = i - 1;
  while (k > clause->verb && ld_en_in(s, k, LD_IN_INSIDE)) k--;
  return k < i - 1 && (ld_en_class(s, k) == 'p' || ld_en_in(s, k, LD_IN_FIRM));
}

/* Is a word that may be both a noun by what ties the next one to it: the acceptance and
** respect of, equal rights, respect for; but: urge and call for? */
static bool is_tied_noun (ld_english *s, int i) {
  return ld_en_is(s, i + 1, LD_IS_OF) ||
         (ld_en_is(s, i + 1, LD_IS_FOR) && !ld_frame_takes(s, i, i + 1));
}

/* Goes a word on with the clause's verb, in its form and with what it takes: we deplore the
** arrests and call for calm? */
static bool is_second_verb (ld_english *s, int i, ld_en_clause *clause) {
  const ld_en_clause *main = ld_clause_finite(clause);
  return main && main->verb && tense_of(s, main->verb) == tense_of(s, i) &&
         ld_frame_takes(s, i, i + 1);
}

/* Behind "and" or a comma, item p. */
static bool in_list (ld_english *s, int i, ld_en_clause *clause, int p) {
  const enum ld_en_tense tense = tense_of(s, i);
  if (tense == LD_BASE || tense == LD_S) {
    if (is_tied_noun(s, i)) return false;
    if (is_second_verb(s, i, clause)) return true;
  }
  const bool opens = ld_en_in(s, i + 1, LD_IN_OPENS_OBJECT);
  enum ld_en_tense other;
  const uint8_t kind = partner(s, p, clause, &other);
  if (tense == LD_PAST) return true;
  if (tense == LD_ING)
    return (ld_en_class(s, p) == ',' && opens) || (kind == 'V' && other == LD_ING);
  if (tense == LD_ED) {
    const ld_en_clause *main = ld_clause_finite(clause);
    const enum ld_en_tense now = main ? tense_of(s, main->verb) : LD_NO_TENSE;
    return (now != LD_BASE && now != LD_S) || opens;
  }
  return (kind == 'V' && (other == tense || (tense == LD_BASE && other != LD_S))) ||
         (tense == LD_S && opens);
}

/* Does a name, item p, follow ", and", as the subject of a new clause does? */
static bool is_anew (const ld_english *s, int p) {
  const int tie = ld_en_class(s, p - 1) == 'd' ? p - 2 : p - 1;
  return ld_en_class(s, tie) == '&' && ld_en_class(s, tie - 1) == ',';
}

/* Is a name, item p, that of a country's people: Chadians? */
static bool is_people (const ld_english *s, int p) {
  return ld_en_is(s, p, LD_IS_ADJECTIVE) && s->text[s->item[p].end - 1] == 's';
}

/* Behind a name, item p: "Chad visits", "Chad and Mali visit", "Chadians visit"; not "Chadian
** visits". */
static bool behind_name (const ld_english *s, int i, const ld_en_clause *clause, int p) {
  const bool people = is_people(s, p);
  if (ld_en_is(s, p, LD_IS_ADJECTIVE) && !people) return false;
  if (is_closed(s, clause)) return tense_of(s, i) == LD_S && is_anew(s, p);
  if (people && tense_of(s, i) == LD_BASE) return ld_en_in(s, i + 1, LD_IN_FOLLOWS_PLURAL);
  if (tense_of(s, i) != LD_BASE) return true;
  while (p > 2 && ld_en_is(s, p - 1, LD_IS_OF)) p -= 2;           /* Chad, King Idris of Libya */
  if (ld_en_class(s, p - 1) == 'R') p--;
  return ld_en_class(s, p - 1) == '&' ||
         (ld_en_class(s, p - 1) == ',' && ld_en_class(s, p - 2) == 'A');
}

/* Is an item a noun in the plural? */
static bool is_plural (const ld_english *s, int i) {
  const uint8_t class = ld_en_class(s, i);
  return class == 'X' || ((class == 'N' || class == 'U') && ld_en_is(s, i, LD_IS_PLURAL));
}

static bool is_small (char c) { return c >= 'a' && c <= 'z'; }

/* Has a sentence words that begin with five small letters, as prose has? */
static bool is_running (ld_english *s) {
  if (s->running < 0) {
    int letters = 0;
    bool found = false;
    for (uint32_t i = s->begin; i < s->end && !found; i++) {
      if (s->text[i] == ' ') letters = 1;
      else letters = letters > 0 && is_small(s->text[i]) ? letters + 1 : 0;
      found = letters == 6;
    }
    s->running = found;
  }
  return s->running > 0;
}

/* Has a word a capital where others have none: the Minister for EU Funds? */
static bool is_named (ld_english *s, int i) {
  const char c = s->text[s->item[i].begin];
  return i > 1 && c >= 'A' && c <= 'Z' && is_running(s);
}

bool ld_verb_looks (ld_english *s, int i) {
  return ld_en_is(s, i + 1, LD_IS_FORWARD) && ld_frame_takes(s, i, i + 1);
}

/* Does item p before a verb of the past begin a noun phrase in which no verb stands: the met
** office; not "the two met Oman"? */
static bool is_firm (const ld_english *s, int i, int p) {
  if (!ld_en_in(s, p, LD_IN_FIRM)) return false;
  const enum ld_en_tense tense = tense_of(s, i);
  const bool past = tense == LD_ED || tense == LD_PAST;
  return !(past && ld_en_class(s, p) == 'd' && ld_en_class(s, p - 1) == 'd' &&
           (ld_en_in(s, i + 1, LD_IN_OPENS_OBJECT | LD_IN_FRONTS) || ld_en_class(s, i + 1) == 'T'));
}

/* Is a word behind item p, which negates it, a verb: never supports; neither supports nor opposes
** the plan; not: without visits? */
static bool behind_not (const ld_english *s, int i, int p) {
  const enum ld_en_tense tense = tense_of(s, i);
  if (tense != LD_S) return tense == LD_BASE;
  if (!ld_en_is(s, p, LD_IS_NEVER | LD_IS_NOR | LD_IS_NO)) return false;
  return ld_en_in(s, i + 1, LD_IN_OPENS_OBJECT) ||
         ld_en_in(s, ld_phrase_before(s, p), LD_IN_SUBJECT_LIKE);
}

/* The word at i may be both. */
static bool verb_of_both (ld_english *s, int i, ld_en_clause *clause) {
  const enum ld_en_tense tense = tense_of(s, i);
  const int p = ld_phrase_before(s, i);
  const uint8_t class = ld_en_class(s, p);
  const bool opens = ld_en_in(s, i + 1, LD_IN_OPENS_OBJECT);
  if (is_named(s, i) || is_firm(s, i, p)) return false;
  if (ld_verb_looks(s, i) && (tense == LD_BASE || tense == LD_S)) return true;
  if (p == 0) return tense == LD_ING || tense == LD_ED;
  if (ld_en_in(s, p, LD_IN_GOVERNS)) return class != 'n' || behind_not(s, i, p);
  if (class == 'b') return tense == LD_ED || tense == LD_ING || tense == LD_PART;
  if (class == 'h') return tense == LD_ED || tense == LD_PART;
  if (class == 'p')
    return tense == LD_ING && ld_en_class(s, i + 1) != 'p' &&
           (!ld_en_is(s, i, LD_IS_NOUN) || opens);
  if (class == '&' || class == ',') return in_list(s, i, clause, p);
  if (class == 'r' || tense == LD_ED || tense == LD_PAST) return true;
  if (tense == LD_ING) return false;
  if (class == 'A') return behind_name(s, i, clause, p);
  if (is_closed(s, clause)) return false;
  if (tense == LD_BASE) return is_plural(s, p) && ld_en_in(s, i + 1, LD_IN_FOLLOWS_PLURAL);
  return opens || (class == 'T' && tense == LD_S);
}

/* Is a form in -ing a noun by what stands around it: the unlawful killing of? */
static bool is_gerund_noun (const ld_english *s, int i) {
  const int p = ld_phrase_before(s, i);
  const uint8_t class = ld_en_class(s, p);
  return tense_of(s, i) == LD_ING && ld_en_is(s, i + 1, LD_IS_OF) &&
         (class == 'x' || ld_en_in(s, p, LD_IN_FIRM));
}

bool ld_verb_is (ld_english *s, int i, ld_en_clause *clause) {
  if (is_gerund_noun(s, i)) return false;
  if (ld_en_class(s, i) == 'U') return verb_of_both(s, i, clause);
  if (tense_of(s, i) == LD_BASE && ld_en_class(s, i - 1) == 'p') return false;   /* of mass */
  return !is_firm(s, i, ld_phrase_before(s, i)) && !ends_phrase(s, i, clause);
}

bool ld_verb_participle (const ld_english *s, int i) {
  const uint8_t class = ld_en_class(s, i - 1), behind = ld_en_class(s, i + 1);
  if (class == ',') return true;
  if (behind == 0 || behind == ',' || behind == '&') return false;
  return class == 'p' || (class == '&' && behind != 'p');
}

/* Is a participle the second of two words before a noun: the open and widely shared plan? */
static bool is_second (const ld_english *s, int i, int p) {
  const uint8_t first = ld_en_class(s, p - 1), before = ld_en_class(s, p - 2);
  return tense_of(s, i) == LD_ED && ld_en_class(s, p) == '&' && (first == 'x' || first == 'E') &&
         (before == 'd' || before == 'o') && ld_en_in(s, i + 1, LD_IN_NOUNS) &&
         ld_en_class(s, i + 1) != '&';
}

bool ld_verb_modifies (const ld_english *s, int i) {
  const int p = ld_phrase_before(s, i);
  const uint8_t class = ld_en_class(s, p);
  if (is_second(s, i, p)) return true;
  if (class == 'p' && tense_of(s, i) == LD_ED && ld_en_in(s, i + 1, LD_IN_NOUNS | LD_IN_JOINED) &&
      ld_en_class(s, i + 1) != '&') return true;              /* of detained envoys */
  return ld_en_is(s, i, LD_IS_ADJECTIVAL) && ld_en_in(s, i + 1, LD_IN_NOUNS) &&
         !ld_en_in(s, p, LD_IN_AUXILIARY) && class != 'A' && class != 'q' && class != 'G';
}
