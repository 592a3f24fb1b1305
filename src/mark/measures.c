/*
** measures.c - how much more often things come together than by chance, or on
** one side than on the other.
**
** Of four cells with their sums: `both` of the `first` and of the `second`
** things, of `all`. By chance it would be first * second / all.
*/
#include <math.h>

#include "mark/mark.h"

static double expected (const ld_table *t) {
  return t->first * t->second / t->all;
}

/* One cell of G2: o ln(o / e), 0 where nothing was seen. */
static double cell (double observed, double row, double column, double all) {
  return observed > 0 ? observed * log(observed * all / (row * column)) : 0;
}

/* T. Dunning, Accurate methods for the statistics of surprise and coincidence,
** Computational Linguistics 19 (1993): twice the sum of o ln(o / e). */
double ld_log_likelihood (const ld_table *t) {
  const double rest = t->all - t->first, others = t->all - t->second;
  const double g = 2 * (cell(t->both, t->first, t->second, t->all) +
                        cell(t->first - t->both, t->first, others, t->all) +
                        cell(t->second - t->both, rest, t->second, t->all) +
                        cell(rest - t->second + t->both, rest, others, t->all));
  if (!(g > 0)) return 0;                     /* or what rounding left */
  return t->both < expected(t) ? -g : g;
}

/* K. W. Church and P. Hanks, Word association norms, mutual information, and
** lexicography, Computational Linguistics 16 (1990). */
double ld_mutual_information (const ld_table *t) {
  return log2(t->both / expected(t));
}

/* K. Church and others, Using statistics in lexical analysis (1991):
** (o - e) / sqrt(o). */
double ld_t_score (const ld_table *t) {
  return (t->both - expected(t)) / sqrt(t->both);
}

/* P. Rychly, A lexicographer-friendly association score, RASLAN (2008). */
double ld_log_dice (double both, double first, double second) {
  return 14 + log2(2 * both / (first + second));
}

/* A. Hardie, Log ratio: an informal introduction (2014). */
double ld_log_ratio (const ld_table *t) {
  const double here = t->both, there = t->second - t->both;
  return log2((here > 0 ? here : 0.5) / t->first) -
         log2((there > 0 ? there : 0.5) / (t->all - t->first));
}

/* C. Gabrielatos and A. Marchi, Keyness: appropriate metrics and practical
** issues (2012): infinite where there is nothing on the other side. */
double ld_percent_difference (const ld_table *t) {
  const double here = t->both / t->first;
  const double there = (t->second - t->both) / (t->all - t->first);
  return (here - there) / there * 100;
}
