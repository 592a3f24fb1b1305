/*
** steps.c - patterns that are a few sets of bytes in a row.
**
** LPeg never goes back into a repetition: so a row of sets, each taken once, as
** often as it can be, or at most once, matches in one way only, and a loop over
** the row does what LPeg's machine would, without a call of it. Captures of text and
** of positions are places in the row.
*/
#include <string.h>

#include "bind/text/begin.h"

void ld_steps_none (ld_steps *out) {
  out->count = 0;
  out->plain = false;
}

void ld_steps_empty (ld_steps *out) {
  out->count = 0;
  out->plain = true;
}

size_t ld_steps_size (const ld_steps *s) {
  return offsetof(ld_steps, at) + s->count * sizeof s->at[0];
}

static void add (ld_steps *s, enum ld_step_kind kind, const ld_bytes *set) {
  if (s->count == LD_STEPS) ld_steps_none(s);
  if (!s->plain) return;
  s->at[s->count].kind = kind;
  s->at[s->count++].set = *set;
}

void ld_steps_set (ld_steps *out, const ld_bytes *set) {
  ld_steps_empty(out);
  add(out, LD_STEP_ONE, set);
}

void ld_steps_literal (ld_steps *out, const char *bytes, size_t n) {
  ld_steps_empty(out);
  for (size_t i = 0; i < n && out->plain; i++) {
    ld_bytes one = { { 0 } };
    ld_bytes_add(&one, (unsigned char)bytes[i]);
    add(out, LD_STEP_ONE, &one);
  }
}

void ld_steps_some (ld_steps *out, size_t n) {
  ld_bytes all;
  memset(&all, 0xFF, sizeof all);
  ld_steps_empty(out);
  for (size_t i = 0; i < n && out->plain; i++) add(out, LD_STEP_ONE, &all);
}

void ld_steps_sequence (ld_steps *out, const ld_steps *a, const ld_steps *b) {
  ld_steps_none(out);
  if (!a->plain || !b->plain) return;
  *out = *a;
  for (int i = 0; i < b->count; i++) add(out, b->at[i].kind, &b->at[i].set);
}

static bool is_set (const ld_steps *s) {
  return s->plain && s->count == 1 && s->at[0].kind == LD_STEP_ONE;
}

void ld_steps_choice (ld_steps *out, const ld_steps *a, const ld_steps *b) {
  ld_steps_none(out);
  if (!is_set(a) || !is_set(b)) return;
  ld_bytes both = a->at[0].set;
  for (int i = 0; i < 4; i++) both.bits[i] |= b->at[0].set.bits[i];
  ld_steps_set(out, &both);
}

void ld_steps_minus (ld_steps *out, const ld_steps *a, const ld_steps *b) {
  ld_steps_none(out);
  if (!is_set(a) || !is_set(b)) return;
  ld_bytes left = a->at[0].set;
  for (int i = 0; i < 4; i++) left.bits[i] &= ~b->at[0].set.bits[i];
  ld_steps_set(out, &left);
}

void ld_steps_repeat (ld_steps *out, const ld_steps *p, int n) {
  ld_steps_none(out);
  if (!is_set(p)) return;
  out->plain = true;
  const int count = n < 0 ? -n : n;
  for (int i = 0; i < count && out->plain; i++)
    add(out, n < 0 ? LD_STEP_MAYBE : LD_STEP_ONE, &p->at[0].set);
  if (n >= 0) add(out, LD_STEP_MANY, &p->at[0].set);
}

void ld_steps_look (ld_steps *out, const ld_steps *p, bool wanted) {
  ld_steps_none(out);
  if (!is_set(p)) return;
  out->plain = true;
  add(out, wanted ? LD_STEP_IS : LD_STEP_IS_NOT, &p->at[0].set);
}

void ld_steps_capture (ld_steps *out, const ld_steps *p) {
  static const ld_bytes none;
  ld_steps_empty(out);
  add(out, LD_STEP_OPEN, &none);
  const ld_steps open = *out;
  ld_steps_sequence(out, &open, p);
  add(out, LD_STEP_CLOSE, &none);
}

void ld_steps_here (ld_steps *out) {
  static const ld_bytes none;
  ld_steps_empty(out);
  add(out, LD_STEP_HERE, &none);
}

const char *ld_steps_match (const ld_steps *s, const char *p, const char *end,
                            const char **at) {
  for (int i = 0; i < s->count; i++) {
    const ld_bytes *set = &s->at[i].set;
    const bool there = p < end && ld_bytes_has(set, (unsigned char)*p);
    switch (s->at[i].kind) {
      case LD_STEP_ONE: if (!there) return NULL; p++; break;
      case LD_STEP_MAYBE: p += there; break;
      case LD_STEP_MANY:
        while (p < end && ld_bytes_has(set, (unsigned char)*p)) p++;
        break;
      case LD_STEP_IS: if (!there) return NULL; break;
      case LD_STEP_IS_NOT: if (there) return NULL; break;
      case LD_STEP_OPEN: case LD_STEP_CLOSE: case LD_STEP_HERE:
        at[i] = p;
        break;
    }
  }
  return p;
}
