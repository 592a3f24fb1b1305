/*
** duplicates.c - documents that are the same, or nearly so.
**
** Two are the same when their tokens are: every word and mark, white space
** aside. How near two others are is the Jaccard index of their shingles: of all
** runs of four words (folded, marks left out, of headings, paragraphs, items
** and tables alone, but not of the title) the share that both have.
**
** Comparing each with each would be quadratic. Each document's shingles are
** summed up by the least hash in each of BINS classes (one-permutation MinHash,
** empty classes filled from others); bands of a few of these sums are keys of
** one table, and documents that share a key are candidates. With each key the
** first and the last document that had it are compared, and no others: so a
** document is compared at most twice a band, however many are alike, and a
** chain of likenesses makes one group. The index is then worked out in full.
*/
#include <string.h>

#include "corpus/corpus.h"

enum { BINS = 64, SHINGLE = 4 };
#define NOBODY UINT32_MAX

/* What is known of a document. */
typedef struct entry {
  uint32_t shingles;      /* distinct ones */
  uint32_t above;         /* a document of its group with a lesser index, or
                             itself: a tree, the root being the first */
  uint32_t like;          /* the earlier one that it is most like; where there
                             is none, a later one; NOBODY */
  uint32_t next;          /* in its group; NOBODY at the end */
  uint32_t seen;          /* compared with that one last */
  float similarity;       /* with 'like' */
  bool same;              /* as 'like', token by token */
  bool whole;             /* nothing in it counts, and so all of it does */
} entry;

/* Who had a key first and last. An empty slot has key 0. */
typedef struct slot {
  uint64_t key;
  uint32_t first, last;
} slot;

typedef struct search {
  const lesdiplo_corpus *corpus;
  double near;
  uint32_t count;         /* of documents */
  unsigned rows, bands;   /* sums in a band, and bands */
  entry *entries;
  slot *slots;            /* of bands, and of whole documents */
  uint64_t slot_mask;
  uint64_t *set;          /* shingles of the document at hand; 0: empty */
  uint64_t set_mask;      /* of that document: a part of the set is used */
} search;

/* The top bit of a shingle in the set: the other document has it, too. */
#define BOTH ((uint64_t)1 << 63)


/* --------------------------------------------------------------- shingles */

/* A walk over a document's shingles. */
typedef struct walk {
  const lesdiplo_doc *doc;
  bool whole;                   /* every block counts */
  uint32_t token, block;
  uint32_t words;               /* met so far */
  uint32_t last[SHINGLE];       /* the last ones, folded, the newest last */
} walk;

/* Do a block's words count? Those of a title do not: a page shows it above its
** text, where a record has it as a field; and one text runs under many. */
static bool is_counted (const lesdiplo_doc *doc, const ld_block *block) {
  return block->kind == LD_PARAGRAPH || block->kind == LD_ITEM ||
         block->kind == LD_TABLE ||
         (block->kind == LD_HEADING &&
          (block->end <= doc->evidence[LD_F_TITLE].begin ||
           block->begin >= doc->evidence[LD_F_TITLE].end));
}

/* Moves on to the next word that counts; false at the end. */
static bool next_word (walk *w) {
  const lesdiplo_doc *doc = w->doc;
  for (; w->token < doc->token_count; w->token++) {
    const uint32_t begin = doc->token_begin[w->token];
    while (w->block < doc->block_count && doc->blocks[w->block].end <= begin)
      w->block++;
    if (w->block == doc->block_count) return false;
    if (!w->whole && !is_counted(doc, doc->blocks + w->block)) continue;
    const ld_word *word = ld_word_at(&doc->corpus->vocabulary,
                                     doc->token_word[w->token]);
    if (word->shape == LD_SHAPE_OTHER) continue;
    memmove(w->last, w->last + 1, sizeof w->last - sizeof *w->last);
    w->last[SHINGLE - 1] = word->folded;
    w->words++;
    w->token++;
    return true;
  }
  return false;
}

/* One number out of two, each of its bits depending on all of theirs. */
static uint64_t mix (uint64_t a, uint64_t b) {
  __extension__ unsigned __int128 m =
      (unsigned __int128)(a ^ 0x9E3779B97F4A7C15u) * (b ^ 0xC2B2AE3D27D4EB4Fu);
  return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/* The next shingle's hash, never 0 and without BOTH; 0 at the end. A document
** of fewer words is one shingle. */
static uint64_t next_shingle (walk *w) {
  bool more;
  while ((more = next_word(w)) && w->words < SHINGLE) { }
  if (!more && (w->words == 0 || w->words >= SHINGLE)) return 0;
  if (!more) w->words = SHINGLE;          /* and next time the end */
  uint64_t hash = mix((uint64_t)w->last[0] << 32 | w->last[1],
                      (uint64_t)w->last[2] << 32 | w->last[3]);
  hash = mix(hash, 0) & ~BOTH;
  return hash ? hash : 1;
}

/* The place of a shingle in the set: where it is, or where it would be. */
static uint64_t *place_of (const search *s, uint64_t hash) {
  uint64_t i = hash & s->set_mask;
  while (s->set[i] && (s->set[i] & ~BOTH) != hash) i = (i + 1) & s->set_mask;
  return s->set + i;
}

static uint64_t power_above (uint64_t n) {
  uint64_t power = 16;
  while (power < n) power *= 2;
  return power;
}

/* Slots of a table for n things: at most three quarters full. */
static uint64_t room_for (uint64_t n) { return power_above(n + n / 3 + 1); }

static walk walk_over (const search *s, uint32_t i) {
  return (walk){ .doc = lesdiplo_corpus_doc(s->corpus, i),
                 .whole = s->entries[i].whole };
}

/* Puts the document's shingles into the set, and their least hashes, a class
** each, into 'least'. Returns how many different ones there are. */
static uint32_t gather (search *s, uint32_t i, uint64_t least[BINS]) {
  walk w = walk_over(s, i);
  uint64_t hash;
  uint32_t count = 0;
  s->set_mask = room_for(w.doc->token_count) - 1;
  memset(s->set, 0, (s->set_mask + 1) * sizeof *s->set);
  for (int bin = 0; bin < BINS; bin++) least[bin] = UINT64_MAX;
  while ((hash = next_shingle(&w)) != 0) {
    uint64_t *place = place_of(s, hash);
    if (*place) continue;
    *place = hash;
    count++;
    /* the class by the upper bits, its order by all */
    uint64_t *bin = least + (hash >> 57 & (BINS - 1));
    if (hash < *bin) *bin = hash;
  }
  return count;
}

/* Empty classes take what another has: which one follows from their number, so
** that two documents alike take the same. */
static void fill_bins (uint64_t least[BINS]) {
  uint64_t full[BINS];
  memcpy(full, least, sizeof full);
  for (uint64_t i = 0; i < BINS; i++)
    for (uint64_t turn = 1; least[i] == UINT64_MAX; turn++)
      least[i] = full[mix(i, turn) & (BINS - 1)];
}

/* The share of shingles that document i, whose set it is, has in common with
** document k. Marks what is common in the set, and takes the marks off. */
static double jaccard (const search *s, uint32_t i, uint32_t k) {
  const uint32_t n = s->entries[i].shingles, m = s->entries[k].shingles;
  uint32_t common = 0;
  if ((n < m ? n : m) < s->near * (n < m ? m : n)) return 0;
  for (int pass = 0; pass < 2; pass++) {
    walk w = walk_over(s, k);
    uint64_t hash;
    while ((hash = next_shingle(&w)) != 0) {
      uint64_t *place = place_of(s, hash);
      if (!*place) continue;
      if (pass == 0) common += !(*place & BOTH);
      *place = pass == 0 ? *place | BOTH : *place & ~BOTH;
    }
  }
  return (double)common / (double)((uint64_t)n + m - common);
}


/* ----------------------------------------------------------------- groups */

/* The first document of a group. Paths are halved on the way. */
static uint32_t first_of (const search *s, uint32_t i) {
  entry *e = s->entries;
  while (e[i].above != i) i = e[i].above = e[e[i].above].above;
  return i;
}

static void join (const search *s, uint32_t i, uint32_t k) {
  i = first_of(s, i);
  k = first_of(s, k);
  if (i < k) s->entries[k].above = i;
  else s->entries[i].above = k;
}

/* The slot of a key, new or known. */
static slot *slot_of (const search *s, uint64_t key) {
  if (key == 0) key = 1;
  uint64_t i = key & s->slot_mask;
  while (s->slots[i].key && s->slots[i].key != key) i = (i + 1) & s->slot_mask;
  if (!s->slots[i].key) s->slots[i] = (slot){ key, NOBODY, NOBODY };
  return s->slots + i;
}

static void enter (slot *at, uint32_t i) {
  if (at->first == NOBODY) at->first = i;
  at->last = i;
}

/* Is it the same as one before? That one only stands for both from now on. */
static bool find_same (search *s, uint32_t i, const lesdiplo_doc *doc) {
  const size_t size = doc->token_count * sizeof *doc->token_word;
  slot *at = slot_of(s, ld_hash((const char *)doc->token_word, size));
  const uint32_t k = at->first;
  enter(at, i);
  if (k == NOBODY) return false;
  const lesdiplo_doc *other = lesdiplo_corpus_doc(s->corpus, k);
  if (other->token_count != doc->token_count ||
      memcmp(other->token_word, doc->token_word, size) != 0)
    return false;
  s->entries[i].like = k;
  s->entries[i].similarity = 1;
  s->entries[i].same = true;
  join(s, i, k);
  return true;
}

/* Document i is like k: keeps the likest of those that come before it, or of
** those that come after, as long as none came before. */
static void note_like (entry *e, uint32_t i, uint32_t k, float found) {
  entry *one = e + i;
  const bool before = k < i, had = one->like != NOBODY && one->like < i;
  if (one->like != NOBODY &&
      (before == had ? found < one->similarity ||
                       (found == one->similarity && k > one->like)
                     : had))
    return;
  one->like = k;
  one->similarity = found;
}

/* Compares document i with one that shares a key. */
static void compare (search *s, uint32_t i, uint32_t k) {
  entry *e = s->entries;
  if (k == NOBODY || k == i || e[k].seen == i) return;
  e[k].seen = i;
  const double found = jaccard(s, i, k);
  if (found < s->near) return;
  join(s, i, k);
  note_like(e, i, k, (float)found);
  note_like(e, k, i, (float)found);
}

static void find_near (search *s, uint32_t i) {
  uint64_t least[BINS];
  entry *e = s->entries + i;
  e->shingles = gather(s, i, least);
  e->whole = e->shingles == 0;
  if (e->whole) e->shingles = gather(s, i, least);
  if (e->shingles == 0) return;
  fill_bins(least);
  for (unsigned band = 0; band < s->bands; band++) {
    uint64_t key = band + 1;
    for (unsigned row = 0; row < s->rows; row++)
      key = mix(key, least[band * s->rows + row]);
    slot *at = slot_of(s, key);
    compare(s, i, at->first);
    compare(s, i, at->last);
    enter(at, i);
  }
}


/* ------------------------------------------------------------------ whole */

/*
** Bands by the least similarity that is asked for, so that of documents as
** similar as that fewer than 1 in 100 are missed: 1 - (1 - near^rows)^bands is
** .9998 for .8, .988 for .7, .995 for .6, .9999 for .5.
*/
static void choose_bands (search *s) {
  s->rows = s->near >= 0.7 ? 4 : s->near >= 0.6 ? 3 : 2;
  s->bands = BINS / s->rows;
}

/* Tells of all groups, in the order of their first documents. */
static void tell (search *s, lesdiplo_duplicate_found found, void *data) {
  entry *e = s->entries;
  uint32_t groups = 0;
  for (uint32_t i = s->count; i-- > 0;) {     /* from the last: in order */
    const uint32_t first = first_of(s, i);
    if (first == i) continue;
    e[i].next = e[first].next;
    e[first].next = i;
  }
  for (uint32_t i = 0; i < s->count; i++) {
    if (e[i].above != i || e[i].next == NOBODY) continue;
    for (uint32_t k = i; k != NOBODY; k = e[k].next) {
      const lesdiplo_duplicate one = {
        groups, k, k == i ? i : e[k].like, k == i ? 1 : e[k].similarity,
        k != i && e[k].same
      };
      found(data, &one);
    }
    groups++;
  }
}

/* All memory is one block: of the corpus's, so that it is taken and given back
** under its lock. */
static void *take (const lesdiplo_corpus *c, void *block, size_t size) {
  lesdiplo_corpus *mine = (lesdiplo_corpus *)(uintptr_t)c;
  pthread_mutex_lock(&mine->lock);
  if (block) ld_memory_free(&mine->lazy, block, size);
  else block = ld_memory_new(&mine->lazy, size);
  pthread_mutex_unlock(&mine->lock);
  return block;
}

static void search_all (search *s) {
  for (uint32_t i = 0; i < s->count; i++)
    s->entries[i] = (entry){ .above = i, .like = NOBODY, .next = NOBODY,
                             .seen = NOBODY };
  for (uint32_t i = 0; i < s->count; i++) {
    const lesdiplo_doc *doc = lesdiplo_corpus_doc(s->corpus, i);
    if (doc->token_count > 0 && !find_same(s, i, doc)) find_near(s, i);
  }
}

int lesdiplo_corpus_duplicates (const lesdiplo_corpus *c, double near,
                                lesdiplo_duplicate_found found, void *data,
                                lesdiplo_error *error) {
  if (!c || !found)
    return ld_fail(error, LESDIPLO_EARG, NULL, 0, "nothing to look through");
  if (!(near >= 0.5 && near <= 1))
    return ld_fail(error, LESDIPLO_EARG, NULL, 0,
                   "near is %g; it has to be from 0.5 to 1", near);
  search s = { .corpus = c, .near = near, .count = c->doc_count };
  uint32_t longest = 0;
  choose_bands(&s);
  for (uint32_t i = 0; i < s.count; i++) {
    const uint32_t n = lesdiplo_corpus_doc(c, i)->token_count;
    if (n > longest) longest = n;
  }
  const uint64_t slots = room_for((uint64_t)s.count * (s.bands + 1));
  const uint64_t set = room_for(longest);
  const size_t size = slots * sizeof *s.slots + set * sizeof *s.set +
                      s.count * sizeof *s.entries;
  char *block = take(c, NULL, size);
  if (!block) return ld_fail_memory(error);
  s.slots = (slot *)(void *)block;
  s.slot_mask = slots - 1;
  s.set = (uint64_t *)(void *)(block + slots * sizeof *s.slots);
  s.entries = (entry *)(void *)(s.set + set);
  memset(s.slots, 0, slots * sizeof *s.slots);
  search_all(&s);
  tell(&s, found, data);
  take(c, block, size);
  return LESDIPLO_OK;
}
