/*
** trie.c - the trie of names.
**
** Names are cut into tokens as documents are, a name a line, all that are new and cut
** alike at once. A node of the trie is a number, its edges lie in one hash table; several
** names of the same words end in one node and are a list. French cuts d'Ivoire in two:
** a name that counts in documents of any language, and has an apostrophe, has a twin
** that is cut so, a row of its own that is in no entity's list.
*/
#include <string.h>

#include "mark/entity/entity.h"

/* Bytes of names that are cut into tokens at once. */
#if defined(LD_SMALL)
enum { BATCH = 64 };
#else
enum { BATCH = 4 << 20 };
#endif

static uint32_t new_node (ld_gazetteer *t) {
  const ld_node_entry none = { .first = LD_NONE, .last = LD_NONE };
  const uint32_t number = ld_rows_add(&t->rows[LD_ROWS_NODES], &none);
  return number < LD_NODE_MANY ? number : 0;
}

/* A node or a name to be changed. They have been copied: all that is asked about are
** nodes of a new name's, and new names. */
static ld_node_entry *node_at (ld_gazetteer *t, uint32_t node) {
  return ld_rows_change(&t->rows[LD_ROWS_NODES], node);
}

static ld_name_entry *name_at (ld_gazetteer *t, uint32_t name) {
  return ld_rows_change(&t->rows[LD_ROWS_NAMES], name);
}

/* Makes a node lead to another; false without memory. */
static bool put_edge (ld_gazetteer *t, uint32_t number, uint32_t term, uint32_t to) {
  ld_node_entry *node = node_at(t, number);
  ld_pairs *edges = &t->pairs[LD_PAIRS_EDGES];
  if (!node->low && !node->high) {
    node->low = term;
    node->high = to;
    return true;
  }
  if (!(node->high & LD_NODE_MANY)) {
    const uint64_t bit = (uint64_t)1 << ld_term_bit(node->low);
    if (!ld_pairs_put(edges, number, node->low, node->high)) return false;
    node->low = (uint32_t)bit;
    node->high = (uint32_t)(bit >> 32) | LD_NODE_MANY;
  }
  const uint64_t bit = (uint64_t)1 << ld_term_bit(term);
  node->low |= (uint32_t)bit;
  node->high |= (uint32_t)(bit >> 32);
  return ld_pairs_put(edges, number, term, to);
}

/* The node behind one by a term, made where there is none; 0 without memory. */
static uint32_t step (ld_gazetteer *t, uint32_t node, uint32_t term) {
  uint32_t to = ld_gazetteer_step(t, node, term, ld_term_bit(term));
  if (to) return to;
  to = new_node(t);
  return to && put_edge(t, node, term, to) ? to : 0;
}

size_t ld_name_term (const char *folded, size_t n, char *out) {
  int length;
  if (ld_class_at(folded, folded + n, &length) == LD_DASH) {
    *out = '-';
    return 1;
  }
  memcpy(out, folded, n);
  const unsigned char c = (unsigned char)*folded;
  if (c != 0xD0 && c != 0xD1) return n;
  n = ld_russian_root(folded, n);
  const char *stem = ld_russian_stem(folded, n);
  if (stem) {
    n = strlen(stem);
    memcpy(out, stem, n);
    return n;
  }
  if (n < 10 || memcmp(folded + n - 4, "ец", 4) != 0) return n;
  const bool vowel = memcmp(folded + n - 6, "а", 2) == 0 ||
                     memcmp(folded + n - 6, "е", 2) == 0;
  memcpy(out + n - 4, vowel ? "йц" : "ц", vowel ? 4 : 2);
  return vowel ? n : n - 2;     /* китаец китайца, американец американца */
}

/* What is known of a batch's word: its term, 0 until it is asked for. */
typedef struct word {
  uint32_t term;
  bool capital, apostrophe;  /* it begins with one; ends in one */
} word;

/* A name's tokens are being put into the trie, one by one. */
typedef struct inserter {
  ld_gazetteer *table;
  uint32_t name, stop;       /* which one, and the first that is not cut yet */
  uint32_t node, tokens;
  uint32_t capitals;
  bool elided;               /* of which names: see is_elided */
  bool small;                /* see is_office */
  bool tied;                 /* the last token ended in an apostrophe */
  ld_buffer folded;
  const lesdiplo_doc *doc;   /* the batch that is cut, or NULL, and its words: most */
  word *words;               /* come often */
  uint32_t count;            /* of words */
} inserter;

static bool has_apostrophe (const char *text) {
  return strchr(text, '\'') || strstr(text, "’");
}

/* Is a name cut as documents of its language are, l' and Union? */
static bool is_elided (const ld_gazetteer *t, uint32_t number) {
  const ld_name_entry *name = ld_name_entry_at(t, number);
  const char *text = ld_string(t, name->text);
  const char *lang = text + name->length + 1;
  if (name->traits & LD_NAME_TWIN) return true;
  return (!strcmp(lang, "fr") || !strcmp(lang, "it") || !strcmp(lang, "ca")) &&
         has_apostrophe(text);
}

/* Gives new names their twins. */
static void add_twins (ld_gazetteer *t) {
  const uint32_t count = ld_gazetteer_name_count(t);
  for (uint32_t i = t->sealed; i < count && !t->failed; i++) {
    ld_name_entry twin = *ld_name_entry_at(t, i);
    if (!(twin.traits & LD_NAME_COMMON) || !has_apostrophe(ld_string(t, twin.text)))
      continue;
    twin.traits |= LD_NAME_TWIN;
    twin.next = twin.same = LD_NONE;
    if (ld_rows_add(&t->rows[LD_ROWS_NAMES], &twin) == LD_NONE) t->failed = true;
  }
}

/* The next such name from a number on. */
static uint32_t next_name (const inserter *in, uint32_t number) {
  const uint32_t count = ld_gazetteer_name_count(in->table);
  while (number < count && is_elided(in->table, number) != in->elided) number++;
  return number;
}

static bool is_capital (const char *token, size_t n) {
  int length;
  return ld_class_at(token, token + n, &length) == LD_UPPER;
}

static bool ends_in_apostrophe (const char *token, size_t n) {
  return token[n - 1] == '\'' || (n >= 3 && memcmp(token + n - 3, "’", 3) == 0);
}

/* Offices are written with and without capitals: the foreign minister, Norway's
** ambassador. Those that are everyday words as well keep theirs. */
static bool is_office (const ld_gazetteer *t, uint32_t number) {
  const ld_name_entry *name = ld_name_entry_at(t, number);
  return (name->traits & LD_NAME_FORM) != LD_FORM_ABBREVIATION &&
         ld_link_get(t, LD_LINK_FIRST_FACT, name->entity) != LD_NONE &&
         ld_gazetteer_get(t, name->entity, ld_gazetteer_key(t, "takes")) &&
         !ld_gazetteer_doubts(t, name->entity, ld_string(t, name->text),
                              name->length);
}

/* Sets what is known of a word, which is folded as documents fold theirs. */
static void set_word (ld_gazetteer *t, const ld_vocabulary *v, uint32_t id, word *out) {
  char term[4 * LD_WORD_MAX];
  const ld_word *own = ld_word_at(v, id), *folded = ld_word_at(v, own->folded);
  const char *form = ld_word_form(v, id);
  const size_t n =
    ld_name_term(ld_word_form(v, own->folded), folded->length, term);
  out->term = ld_string_put(t, LD_PAIRS_TERMS, term, n);
  out->capital = is_capital(form, own->length);
  out->apostrophe = ends_in_apostrophe(form, own->length);
}

/* What is known of a token of the batch; NULL without memory. */
static const word *word_of (inserter *in, const lesdiplo_doc *doc, uint32_t token) {
  const ld_vocabulary *v = &doc->corpus->vocabulary;
  ld_memory *memory = in->table->memory;
  if (in->doc != doc) {
    word *words = ld_memory_resize(memory, in->words, in->count * sizeof *words,
                                   v->count * sizeof *words);
    if (!words) return NULL;
    memset(words, 0, v->count * sizeof *words);
    in->words = words;
    in->count = v->count;
    in->doc = doc;
  }
  const uint32_t id = doc->token_word[token];
  if (!in->words[id].term) set_word(in->table, v, id, &in->words[id]);
  return in->words[id].term ? &in->words[id] : NULL;
}

/* Adds a word to the folded form of a name. */
static void add_folded (inserter *in, const ld_vocabulary *v, uint32_t id) {
  const uint32_t folded = ld_word_at(v, id)->folded;
  if (in->tokens > 0) ld_buffer_char(&in->folded, '\1');
  ld_buffer_add(&in->folded, ld_word_form(v, folded), ld_word_at(v, folded)->length);
}

/* Behind d' a capital may be wanting, where the name has another one: many write Côte
** d'ivoire. */
static void add_token (inserter *in, const lesdiplo_doc *doc, uint32_t token) {
  ld_gazetteer *t = in->table;
  const word *own = word_of(in, doc, token);
  if (!own) {
    t->failed = true;
    return;
  }
  if (in->tokens == 0) in->small = is_office(t, in->name);
  if (in->tokens < LD_NAME_TOKENS_MOST && own->capital && !(in->tied && in->capitals))
    in->capitals |= (uint32_t)1 << in->tokens;
  in->tied = own->apostrophe;
  add_folded(in, &doc->corpus->vocabulary, doc->token_word[token]);
  if (in->tokens++ >= LD_NAME_TOKENS_MOST) return;
  in->node = in->tokens == 1 || in->node ? step(t, in->node, own->term) : 0;
  if (!in->node) {
    t->failed = true;
    return;
  }
  const uint32_t bit = ld_kind_bit(ld_name_entry_at(t, in->name)->kind);
  ld_node_entry *node = node_at(t, in->node);
  if (!node) {
    t->failed = true;
    return;
  }
  node->kinds |= bit;
  if (in->small || !(in->capitals & 1)) node->small |= bit;
}

static bool is_latin (const char *text, size_t n) {
  uint32_t cp;
  for (const char *p = text, *end = p + n; p < end;) {
    p += ld_utf8_read(p, end, &cp);
    if (ld_script_of(cp) != LD_SCRIPT_NONE)
      return ld_script_of(cp) == LD_SCRIPT_LATIN;
  }
  return false;
}

/* Of one word it is the term as a rule. */
static uint32_t folded_string (const inserter *in) {
  const char *folded = ld_buffer_text(&in->folded);
  const size_t n = in->folded.used;
  const uint32_t term =
    in->tokens == 1 ? ld_string_find(in->table, LD_PAIRS_TERMS, folded, n) : 0;
  if (in->folded.failed) in->table->failed = true;
  return term ? term : ld_string_add(in->table, folded, n);
}

/* Sets what is known of a node's first name: where its words are exactly a token's, and
** nothing else is to be asked of it, its capitals tell whether it is meant. */
static void set_plain (ld_node_entry *node, const ld_name_entry *name) {
  const bool plain = ld_name_is_plain(name) && name->kind < LD_KINDS_ALONE;
  node->capitals = name->capitals;
  node->plain = plain ? ld_kind_bit(name->kind) : 0;
}

/* Names that come first are the first ones asked. */
static void end_name (inserter *in) {
  static const ld_chain same = { LD_LINK_FIRST_SAME, LD_LINK_LAST_SAME, LD_LINK_SAME };
  ld_gazetteer *t = in->table;
  ld_name_entry *name = name_at(t, in->name);
  const char *text = ld_string(t, name->text);
  const bool found = in->tokens > 0 && in->tokens <= LD_NAME_TOKENS_MOST && !t->failed;
  if (found) ld_chain_append(t, same, in->node, in->name);
  name->capitals = in->small ? 0 : in->capitals;
  name->folded = folded_string(in);
  ld_buffer_clear(&in->folded);
  if (ld_link_get(t, LD_LINK_FIRST_FACT, name->entity) != LD_NONE &&
      ld_gazetteer_doubts(t, name->entity, text, name->length))
    name->traits |= LD_NAME_DOUBT;
  if (is_latin(text, name->length)) name->traits |= LD_NAME_LATIN;
  if (found && !t->failed && ld_node_at(t, in->node)->first == in->name)
    set_plain(node_at(t, in->node), name);
  in->name = next_name(in, in->name + 1);
  in->node = in->tokens = in->capitals = 0;
  in->tied = false;
}

static void take_token (void *data, const lesdiplo_doc *doc, uint32_t token) {
  inserter *in = data;
  if (in->name >= in->stop) return;
  if (token == LD_PHRASE_END) end_name(in);
  else if (!in->table->failed) add_token(in, doc, token);
}

/* Adds lines of names from 'stop' on, as many as a batch takes. */
static void add_lines (inserter *in, ld_buffer *lines) {
  const uint32_t count = ld_gazetteer_name_count(in->table);
  ld_buffer_clear(lines);
  while (in->stop < count && lines->used < BATCH) {
    const ld_name_entry *name = ld_name_entry_at(in->table, in->stop);
    const char *text = ld_string(in->table, name->text);
    if (lines->used > 0) ld_buffer_char(lines, '\n');
    const size_t at = lines->used;
    ld_buffer_add(lines, text, name->length);
    if (lines->failed) return;
    for (char *p = lines->bytes + at; p < lines->bytes + lines->used; p++)
      if (*p == '\n') *p = ' ';
    in->stop = next_name(in, in->stop + 1);
  }
}

/* Puts new names into the trie that are elided, or those that are not. */
static void insert (ld_gazetteer *t, bool elided) {
  const uint32_t count = ld_gazetteer_name_count(t);
  inserter in = { .table = t, .elided = elided };
  ld_buffer lines;
  in.name = in.stop = next_name(&in, t->sealed);
  ld_buffer_init(&lines, t->memory);
  ld_buffer_init(&in.folded, t->memory);
  while (in.stop < count && !t->failed) {
    add_lines(&in, &lines);
    in.doc = NULL;
    if (lines.failed || !ld_phrase_tokens(lines.bytes, lines.used,
                                          elided ? "fr" : NULL, take_token, &in))
      t->failed = true;
  }
  ld_memory_free(t->memory, in.words, in.count * sizeof *in.words);
  ld_buffer_free(&in.folded);
  ld_buffer_free(&lines);
}

/* Doubts count for names that were sealed before them, too. */
static void doubt_sealed (ld_gazetteer *t) {
  bool doubted = false;
  for (uint32_t i = 0; i < t->sealed && !t->failed; i++) {
    const ld_name_entry *name = ld_name_entry_at(t, i);
    if (name->traits & LD_NAME_DOUBT ||
        ld_link_get(t, LD_LINK_FIRST_FACT, name->entity) == LD_NONE ||
        !ld_gazetteer_doubts(t, name->entity, ld_string(t, name->text), name->length))
      continue;
    ld_name_entry *own = name_at(t, i);
    if (own) own->traits |= LD_NAME_DOUBT;
    t->failed |= !own;
    doubted = true;
  }
  const uint32_t nodes = doubted ? ld_rows_count(&t->rows[LD_ROWS_NODES]) : 0;
  for (uint32_t i = 0; i < nodes && !t->failed; i++) {
    const uint32_t first = ld_node_at(t, i)->first;
    if (first == LD_NONE || !ld_node_at(t, i)->plain) continue;
    ld_node_entry *node = node_at(t, i);
    if (node) set_plain(node, ld_name_entry_at(t, first));
    t->failed |= !node;
  }
  t->doubted = false;
}

bool ld_gazetteer_seal (ld_gazetteer *t) {
  if (t->doubted && !t->failed) doubt_sealed(t);
  if (t->sealed == ld_gazetteer_name_count(t)) return !t->failed;
  if (ld_rows_count(&t->rows[LD_ROWS_NODES]) == 0) new_node(t);      /* the root */
  add_twins(t);
  insert(t, false);
  insert(t, true);
  t->sealed = ld_gazetteer_name_count(t);
  return !t->failed;
}
