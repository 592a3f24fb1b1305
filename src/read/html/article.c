/*
** article.c - which blocks of a page are the article, and which are furniture.
**
** What elements, roles and class words call furniture is furniture, unless
** nothing that reads as text would be left: then the part that has most of it is
** the article after all. Of what remains, <main>, <article> and the classes of
** article bodies are tried from the outside in; each is believed when it has
** its share of the running text. A headline and the lines between it and the
** article belong to it. Where no element says so, all is the article but menus:
** rows of links.
**
** Furniture stays in the document as blocks of boilerplate: nothing is lost.
** All of this takes a few passes over regions and blocks.
*/
#include <string.h>

#include "read/html/html.h"

enum {
  LEAST = 40,           /* bytes of running text that are something */
  FORM_TEXT = 300,      /* bytes of running text that no form has */
  LINK_LINE = 200,      /* bytes of a line that may be a link of a list */
  LINK_RUN = 3,         /* so many of them are a menu */
  HEAD_LINES = 12,      /* blocks between a headline and its article */
  ROUNDS = 8            /* how often furniture is thought over */
};

/* Sums over regions and all that is in them; areas of furniture count for
** themselves only. */
typedef struct sums {
  uint32_t prose, headlines;
} sums;

static bool is_candidate (const ld_region *r) {
  return r->sort == LD_REGION_MAIN || r->sort == LD_REGION_ARTICLE ||
         r->sort == LD_REGION_BODY;
}

static bool is_odd (const ld_region *r) {       /* furniture by its looks */
  return r->sort >= LD_REGION_HEADER;
}

/* A header stands for the site when it is in no article, unless the page's
** title is in it or, where no block says the title, its only headlines. What
** has the title in it is no furniture. */
static void set_headers (ld_html *w, const sums *all) {
  w->regions[0].inside = false;
  if (w->headline != UINT32_MAX)
    for (uint32_t r = w->notes[w->headline].region; r;
         r = w->regions[r].parent)
      if (is_odd(w->regions + r)) w->regions[r].sort = LD_REGION_PLAIN;
  for (uint32_t i = 1; i < w->region_count; i++) {
    ld_region *r = w->regions + i;
    const ld_region *parent = w->regions + r->parent;
    r->inside = parent->inside || is_candidate(r);
    if (r->sort == LD_REGION_HEADER &&
        (parent->inside ||
         (w->headline == UINT32_MAX && all[i].headlines &&
          all[i].headlines == all[0].headlines)))
      r->sort = LD_REGION_PLAIN;
  }
}

/* Pages of some makes lie in a form as a whole. */
static void set_forms (ld_html *w, const sums *all) {
  for (uint32_t i = 1; i < w->region_count; i++)
    if (w->regions[i].sort == LD_REGION_FORM &&
        (all[i].prose >= FORM_TEXT || all[i].headlines))
      w->regions[i].sort = LD_REGION_PLAIN;
}

static void set_furniture (ld_html *w) {
  w->regions[0].furniture = false;
  for (uint32_t i = 1; i < w->region_count; i++)
    w->regions[i].furniture =
        w->regions[w->regions[i].parent].furniture ||
        is_odd(w->regions + i);
}

/* What each region holds, with what is nested in it and is no furniture of its
** own. Children come after their parents. */
static void sum_up (const ld_html *w, sums *all) {
  for (uint32_t i = 0; i < w->region_count; i++) {
    all[i].prose = w->regions[i].prose;
    all[i].headlines = w->regions[i].headlines;
  }
  for (uint32_t i = w->region_count; i-- > 1;) {
    all[w->regions[i].parent].headlines += all[i].headlines;
    if (!is_odd(w->regions + i))
      all[w->regions[i].parent].prose += all[i].prose;
  }
}

/* Where next to nothing is left, the furniture with most text is none. */
static void think_over (ld_html *w, sums *all) {
  for (int round = 0; round < ROUNDS; round++) {
    uint32_t most = 0;
    bool believed = false;
    set_furniture(w);
    sum_up(w, all);
    for (uint32_t i = 1; i < w->region_count; i++) {
      const ld_region *r = w->regions + i;
      believed |= is_candidate(r) && !r->furniture && all[i].prose >= LEAST;
      if (is_odd(r) && (!most || all[i].prose > all[most].prose)) most = i;
    }
    if (!most || all[most].prose < LEAST ||
        (all[0].prose >= LEAST &&
         (believed || all[0].prose >= all[most].prose / 20)))
      return;
    for (uint32_t r = most; r; r = w->regions[r].parent)
      if (is_odd(w->regions + r)) w->regions[r].sort = LD_REGION_PLAIN;
  }
}

/* Marks what lies in region 'root'. */
static void set_inside (ld_html *w, uint32_t root) {
  for (uint32_t i = 0; i < w->region_count; i++)
    w->regions[i].inside =
        i == root || (i && w->regions[w->regions[i].parent].inside);
}

/* Percent of the running text that a region must have to be believed. */
static uint32_t least_share (const ld_region *r, bool headline, bool only) {
  switch (r->sort) {
    case LD_REGION_MAIN: return headline ? 10 : 30;
    case LD_REGION_ARTICLE: return headline ? 10 : only ? 30 : 60;
    default: return 75;
  }
}

/* The region of the article: 0 where nothing tells it. */
static uint32_t choose_root (ld_html *w, const sums *all) {
  uint32_t root = 0;
  for (int round = 0; round < ROUNDS; round++) {
    uint32_t best = 0, articles = 0;
    set_inside(w, root);
    for (uint32_t i = root + 1; i < w->region_count; i++) {
      const ld_region *r = w->regions + i;
      if (!r->inside || r->furniture || !is_candidate(r)) continue;
      articles += r->sort == LD_REGION_ARTICLE &&
                  w->regions[r->parent].sort != LD_REGION_ARTICLE;
      if (!best || all[i].prose > all[best].prose) best = i;
    }
    if (!best || !all[best].prose) break;
    const ld_region *r = w->regions + best;
    uint64_t share = (uint64_t)all[best].prose * 100;
    if (share < (uint64_t)all[root].prose *
                    least_share(r, all[best].headlines > 0, articles == 1))
      break;
    root = best;
  }
  set_inside(w, root);
  return root;
}


/* ----------------------------------------------------------------- blocks */

static bool is_kept (const ld_html *w, uint32_t i) {
  const ld_region *r = w->regions + w->notes[i].region;
  return r->inside && !r->furniture;
}

static void set_aside (ld_html *w, uint32_t i) {
  w->outline.blocks[i].kind = LD_BOILERPLATE;
  w->outline.blocks[i].level = 0;
}

/* The headline that stands a few lines above the article, or the article's
** first block itself. */
static uint32_t find_headline (const ld_html *w, uint32_t first) {
  uint32_t found = first, lines = 0;
  if (w->headline < first) {
    for (uint32_t i = w->headline; i < first; i++)
      lines += !w->regions[w->notes[i].region].furniture;
    if (lines <= HEAD_LINES) return w->headline;
    lines = 0;
  }
  for (uint32_t i = first; i-- > 0 && lines < HEAD_LINES;) {
    const ld_block *block = w->outline.blocks + i;
    if (w->regions[w->notes[i].region].furniture) continue;
    lines++;
    if (block->kind != LD_HEADING || block->level > 2) continue;
    found = i;
    if (block->level == 1) break;
  }
  return found;
}

static void keep_article (ld_html *w, uint32_t root, const sums *all) {
  uint32_t first = 0;
  while (first < w->outline.count && !is_kept(w, first)) first++;
  uint32_t headline = first;
  if (!all[root].headlines || w->headline < first)
    headline = find_headline(w, first);
  for (uint32_t i = 0; i < w->outline.count; i++) {
    bool head = i >= headline && i < first &&
                !w->regions[w->notes[i].region].furniture;
    if (!head && !is_kept(w, i)) set_aside(w, i);
  }
}

/* A line that is a link, or a row of links. */
static bool is_link_line (const ld_html *w, uint32_t i) {
  const ld_block *block = w->outline.blocks + i;
  const ld_html_note *note = w->notes + i;
  uint32_t n = block->end - block->begin;
  return !note->prose && n > 0 && n <= LINK_LINE &&
         !(block->kind == LD_HEADING && block->level == 1) &&
         note->link_bytes * 10 >= n * 7;
}

static bool is_menu_line (const ld_html *w, uint32_t i) {
  const ld_block *block = w->outline.blocks + i;
  const ld_html_note *note = w->notes + i;
  return note->links >= LINK_RUN && !note->prose &&
         note->link_bytes * 10 >= (block->end - block->begin) * 6;
}

/* Rows of links are menus, and so is a heading that has nothing else below, or
** that stands between two of them. */
static void drop_menus (ld_html *w) {
  uint32_t count = w->outline.count, end;
  for (uint32_t i = 0; i < count; i = end > i ? end : i + 1) {
    end = i;
    uint32_t lines = 0;
    bool menu = false;
    for (; end < count && is_kept(w, end); end++) {
      if (is_menu_line(w, end)) menu = true;
      else if (!is_link_line(w, end)) break;
      lines++;
    }
    if (!menu && lines < LINK_RUN) continue;
    for (uint32_t k = i; k < end; k++) set_aside(w, k);
    if (i && w->outline.blocks[i - 1].kind == LD_HEADING &&
        w->outline.blocks[i - 1].level > 1 &&
        (end == count || w->outline.blocks[end].kind == LD_HEADING ||
         (i > 1 && w->outline.blocks[i - 2].kind == LD_BOILERPLATE)))
      set_aside(w, i - 1);
  }
}

/* Is there nothing in it but words of furniture and of sections, numbers and
** signs? Sections alone, parted by signs, are the path to the page. */
static bool is_furniture_line (const char *p, const char *end) {
  int words = 0, sections = 0, signs = 0, k;
  while (p < end) {
    enum ld_class c = ld_class_at(p, end, &k);
    size_t n = 0;
    if (ld_is_letter(c) || c == LD_IDEOGRAPH) {
      size_t left = (size_t)(end - p);
      n = ld_lexicon_prefix(LD_PAGE_LINE, p, left);
      words += n > 0;
      if (!n) sections += (n = ld_lexicon_prefix(LD_SECTION, p, left)) > 0;
      if (!n) return false;
    }
    signs += k == 1 && (*p == '/' || *p == '>' || *p == '|');
    signs += k == 2 && !memcmp(p, "»", 2);
    signs += k == 3 && !memcmp(p, "›", 3);
    p += n ? n : (size_t)k;
  }
  return words || (sections > 1 && signs >= sections - 1);
}

/* "Read more: A story", of which the story is a link. */
static bool is_pointer (const ld_html_note *note, const char *p,
                        const char *end) {
  size_t n = ld_lexicon_prefix(LD_PAGE_LINE, p, (size_t)(end - p));
  const char *colon = p + n;
  if (!n || !note->links) return false;
  while (colon < end && (*colon == ' ' || !strncmp(colon, "\xC2\xA0", 2)))
    colon += *colon == ' ' ? 1 : 2;
  if (end - colon < 4 || (*colon != ':' && memcmp(colon, "：", 3) != 0))
    return false;
  return note->link_bytes * 10 >= (size_t)(end - colon) * 7;
}

/* Short lines by their words. What opens a list of other pages is left to who
** reads on from there. */
static void drop_lines (ld_html *w) {
  for (uint32_t i = 0; i < w->outline.count; i++) {
    const ld_block *block = w->outline.blocks + i;
    const char *p = w->builder->doc->text + block->begin;
    uint32_t n = block->end - block->begin;
    if (!n || n > LINK_LINE || block->kind == LD_BOILERPLATE ||
        block->kind == LD_TABLE || block->kind == LD_CAPTION ||
        (block->kind == LD_HEADING && block->level == 1) ||
        i == w->headline ||
        ld_lexicon_has(LD_RELATED, p, p[n - 1] == ':' ? n - 1 : n))
      continue;
    if (is_furniture_line(p, p + n) || is_pointer(w->notes + i, p, p + n))
      set_aside(w, i);
  }
}

/* Notes and references, up to the next heading of their rank. */
static void drop_apparatus (ld_html *w) {
  unsigned level = 0;           /* of the heading above them; 0: none */
  for (uint32_t i = 0; i < w->outline.count; i++) {
    ld_block *block = w->outline.blocks + i;
    const char *text = w->builder->doc->text + block->begin;
    if (block->kind == LD_HEADING) {
      if (level && block->level <= level) level = 0;
      if (!level && block->level > 1 &&
          ld_lexicon_has(LD_APPARATUS, text, block->end - block->begin))
        level = block->level;
    }
    if (level) set_aside(w, i);
  }
}

void ld_html_choose (ld_html *w) {
  ld_memory *memory = &w->builder->corpus->memory;
  size_t size = w->region_count * sizeof(sums);
  sums *all = ld_memory_new(memory, size);
  if (!all) { w->failed = true; return; }
  sum_up(w, all);
  set_forms(w, all);
  think_over(w, all);
  ld_html_find_headline(w);
  set_headers(w, all);
  think_over(w, all);
  uint32_t root = choose_root(w, all), kept = 0;
  for (uint32_t i = 0; i < w->outline.count; i++) kept += is_kept(w, i);
  if (kept) {
    keep_article(w, root, all);
    if (!root && all[0].prose >= LEAST) drop_menus(w);
    drop_apparatus(w);
    drop_lines(w);
  }
  ld_memory_free(memory, all, size);
}
