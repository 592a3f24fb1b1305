/*
** english.c - the sets of classes by which English is read.
*/
#include <string.h>

#include "bind/english/english.h"

static const struct {
  uint32_t set;
  const char *classes;
} sets[] = {
  /* what stands among auxiliaries, verbs and nouns */
  { LD_IN_AUXILIARY, "bhDmunW" },          { LD_IN_OPENS_GROUP, "bhDmu" },
  { LD_IN_AMONG, "W\"T" },                 { LD_IN_AFTER_MODAL, "muDn" },
  { LD_IN_VERBAL, "VUEI" },                { LD_IN_WORD_LIKE, "VUNI" },
  { LD_IN_NOUNS, "xXNUG&" },
  /* what a word is by what stands before or behind it */
  { LD_IN_OPENS_OBJECT, "doAqtRS" },       { LD_IN_FOLLOWS_PLURAL, "doAqtRSWxp" },
  { LD_IN_FIRM, "dos" },                   { LD_IN_GOVERNS, "tmuDqn" },
  { LD_IN_CAUSED, "AqGX" },                { LD_IN_FRONTS, "pS" },
  /* noun phrases */
  { LD_IN_NOUN_LIKE, "doxXARNTGYLqsEIW\"-" }, { LD_IN_NO_HEAD, "WT\"-" },
  { LD_IN_INSIDE, "xXWEIN" },              { LD_IN_PASSED, "doxXWARNGYLsEIT\"&,-q()" },
  { LD_IN_HEADS, "ARqGY" },                { LD_IN_JOINED, "AG" },
  { LD_IN_SUBJECT_LIKE, "&,AqRGY" },       { LD_IN_STARTS_SUBJECT, "AdqoGRX" },
  /* what ends a verb's stretch, and what may stand between a cue and its word */
  { LD_IN_STOPS_VERB, ";muhD" },           { LD_IN_BEFORE_CUE, "WT,n" },
  { LD_IN_NO_OBJECT, "ptTb,;)muhD" }
};

void ld_english_init (ld_english *s) {
  memset(s, 0, sizeof *s);
  s->item = s->store + LD_SLACK;
  for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
    for (const char *c = sets[i].classes; *c != '\0'; c++)
      s->sets[(unsigned char)*c & 127] |= sets[i].set;
}
