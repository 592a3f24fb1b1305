/*
** stack.c - the elements that are open.
**
** They are closed as browsers close them: a paragraph by whatever begins a
** block, an item by the next one, a cell by the next cell, all by the end of
** what is around them; an end tag that has no partner is nothing. Elements that
** mark words up are tracked only where they mean something here (links, bold
** type, what hides), and may end out of turn without ending others.
**
** Each open element is looked for among at most LD_HTML_DEPTH, and only when
** one of its name is open, so that time is linear in the tags.
*/
#include <string.h>
#include <strings.h>

#include "read/html/html.h"


/* --------------------------------------------------------------- regions */

static bool is_value (const ld_attribute *a, const char *value) {
  return strlen(value) == a->value_length &&
         strncasecmp(a->value, value, a->value_length) == 0;
}

/* What class and id say of an element, from memory where it was asked. */
static unsigned words_say (ld_html *w, const ld_attribute *a) {
  if (!a->value_length) return 0;
  uint64_t hash = ld_hash(a->value, a->value_length);
  size_t i = hash % (sizeof w->said / sizeof *w->said);
  if (w->said[i].n == a->value_length &&
      memcmp(w->said[i].words, a->value, a->value_length) == 0)
    return w->said[i].says;
  w->said[i].words = a->value;
  w->said[i].n = (uint32_t)a->value_length;
  w->said[i].says = ld_html_words(a->value, a->value_length);
  return w->said[i].says;
}

static enum ld_region_sort sort_of_role (const ld_attribute *role) {
  static const struct { const char *role; enum ld_region_sort sort; } roles[] = {
    { "main", LD_REGION_MAIN }, { "article", LD_REGION_ARTICLE },
    { "banner", LD_REGION_HEADER }, { "navigation", LD_REGION_MENU },
    { "contentinfo", LD_REGION_MENU }, { "search", LD_REGION_MENU },
    { "menu", LD_REGION_MENU }, { "menubar", LD_REGION_MENU },
    { "toolbar", LD_REGION_MENU }, { "complementary", LD_REGION_SIDE },
    { "dialog", LD_REGION_SIDE }, { "alertdialog", LD_REGION_SIDE },
    { "form", LD_REGION_SIDE }
  };
  for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
    if (is_value(role, roles[i].role)) return roles[i].sort;
  return LD_REGION_PLAIN;
}

/* What an element is by its name, role, class and id, in this order. */
static enum ld_region_sort sort_of (enum ld_element element,
                                    const ld_html_attributes *a,
                                    unsigned says) {
  enum ld_region_sort role = sort_of_role(&a->role);
  if (role != LD_REGION_PLAIN) return role;
  switch (element) {
    case LD_EL_MAIN: return LD_REGION_MAIN;
    case LD_EL_ARTICLE: return LD_REGION_ARTICLE;
    case LD_EL_NAV: case LD_EL_MENU: case LD_EL_SEARCH: return LD_REGION_MENU;
    case LD_EL_ASIDE: case LD_EL_FOOTER: case LD_EL_DIALOG:
      return LD_REGION_SIDE;
    case LD_EL_HEADER:
      return says & LD_SAYS_SIDE ? LD_REGION_SIDE : LD_REGION_HEADER;
    case LD_EL_FORM:
      return says & LD_SAYS_SIDE ? LD_REGION_SIDE : LD_REGION_FORM;
    default: break;
  }
  if (is_value(&a->itemprop, "articleBody")) return LD_REGION_BODY;
  if (says & LD_SAYS_BODY) return LD_REGION_BODY;
  if (says & LD_SAYS_SIDE) return LD_REGION_SIDE;
  return says & LD_SAYS_HEADER ? LD_REGION_HEADER : LD_REGION_PLAIN;
}

uint32_t ld_html_add_region (ld_html *w, enum ld_region_sort sort) {
  if (w->region_count == w->regions_size) {
    uint32_t size = w->regions_size ? w->regions_size * 2 : LD_HTML_FIRST;
    ld_region *regions = ld_memory_resize(
        &w->builder->corpus->memory, w->regions,
        w->regions_size * sizeof *regions, size * sizeof *regions);
    if (!regions) { w->failed = true; return 0; }
    w->regions = regions;
    w->regions_size = size;
  }
  ld_region region = { w->depth ? ld_html_top(w)->region : 0, 0,
                       0, (uint8_t)sort, false, false };
  w->regions[w->region_count] = region;
  return w->region_count++;
}


/* ----------------------------------------------------------------- leaving */

/* An element that is open no more: what it did to the text ends. */
static void kill (ld_html *w, ld_html_open *open) {
  if (open->dead) return;
  open->dead = true;
  w->open[open->element]--;
  w->hidden -= open->hidden;
  w->links -= open->link;
  w->bolds -= open->bold;
}

static void pop_to (ld_html *w, uint32_t depth) {
  while (w->depth > depth) kill(w, w->stack + --w->depth);
}

static bool is_row_part (enum ld_element e) {
  return e == LD_EL_TD || e == LD_EL_TH || e == LD_EL_TR ||
         e == LD_EL_TBODY || e == LD_EL_THEAD || e == LD_EL_TFOOT ||
         e == LD_EL_CAPTION;
}

/* The topmost open element of that name, or 0: the page. Blocks are not looked
** for outside the cell, the parts of a table not outside the table. */
static uint32_t find (const ld_html *w, enum ld_element element) {
  if (!w->open[element]) return 0;
  unsigned traits = ld_html_traits(element);
  bool anywhere = element == LD_EL_TABLE || traits & LD_EL_IS_FORMAT ||
                  !(traits & LD_EL_IS_BLOCK);
  bool part = is_row_part(element);
  for (uint32_t i = w->depth - 1; i > 0; i--) {
    enum ld_element e = (enum ld_element)w->stack[i].element;
    if (w->stack[i].dead) continue;
    if (e == element) return i;
    if (part ? e == LD_EL_TABLE
             : !anywhere && ld_html_traits(e) & LD_EL_IS_SCOPE)
      return 0;
  }
  return 0;
}

/* Closes an item that stands open in the same list. */
static void close_item (ld_html *w, enum ld_element first,
                        enum ld_element second) {
  if (!w->open[first] && !w->open[second]) return;
  for (uint32_t i = w->depth - 1; i > 0; i--) {
    enum ld_element element = (enum ld_element)w->stack[i].element;
    if (element == first || element == second) { pop_to(w, i); return; }
    if (ld_html_traits(element) & (LD_EL_IS_LIST | LD_EL_IS_SCOPE)) return;
  }
}

/* Closes the cells, rows and groups of the innermost table down to what the
** new part may stand in. */
static void close_rows (ld_html *w, enum ld_element element) {
  uint32_t table = find(w, LD_EL_TABLE), keep = table;
  if (!table) return;
  for (uint32_t i = table + 1; i < w->depth; i++) {
    enum ld_element e = (enum ld_element)w->stack[i].element;
    bool group = e == LD_EL_TBODY || e == LD_EL_THEAD || e == LD_EL_TFOOT;
    bool cell = element == LD_EL_TD || element == LD_EL_TH;
    if (e == LD_EL_FORM || (group && (cell || element == LD_EL_TR)) ||
        (e == LD_EL_TR && cell))
      keep = i;
    else
      break;
  }
  pop_to(w, keep + 1);
}

/* An end tag that marks words up closes nothing but itself. */
static void leave_inline (ld_html *w, uint32_t at) {
  bool blocks = false;
  for (uint32_t i = at + 1; i < w->depth && !blocks; i++)
    blocks = ld_html_traits((enum ld_element)w->stack[i].element) &
             LD_EL_IS_BLOCK;
  if (blocks) kill(w, w->stack + at);
  else pop_to(w, at);
}

/* Readings of ruby end where the next piece of it begins, or the whole. */
static void close_ruby (ld_html *w) {
  static const enum ld_element parts[] = { LD_EL_RT, LD_EL_RP, LD_EL_RTC };
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    uint32_t at = find(w, parts[i]);
    if (at) leave_inline(w, at);
  }
}

/* What a start tag closes before it opens anything. */
static void close_before (ld_html *w, enum ld_element element,
                          unsigned traits) {
  if (traits & LD_EL_IS_BLOCK) {
    static const enum ld_element closed[] = {
      LD_EL_SVG, LD_EL_SELECT, LD_EL_OPTION, LD_EL_P
    };
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++) {
      uint32_t at = find(w, closed[i]);
      if (at) pop_to(w, at);
    }
  }
  switch (element) {
    case LD_EL_LI: close_item(w, LD_EL_LI, LD_EL_LI); break;
    case LD_EL_DT: case LD_EL_DD: close_item(w, LD_EL_DT, LD_EL_DD); break;
    case LD_EL_TR: case LD_EL_TD: case LD_EL_TH: case LD_EL_TBODY:
    case LD_EL_THEAD: case LD_EL_TFOOT: case LD_EL_CAPTION:
      close_rows(w, element);
      break;
    case LD_EL_RB: case LD_EL_RT: case LD_EL_RP: case LD_EL_RTC:
      close_ruby(w);
      break;
    case LD_EL_A: {
      uint32_t a = find(w, LD_EL_A);
      if (a) kill(w, w->stack + a);
      break;
    }
    default:
      if (traits & LD_EL_IS_TITLE &&
          ld_html_traits((enum ld_element)ld_html_top(w)->element) &
              LD_EL_IS_TITLE)
        pop_to(w, w->depth - 1);
  }
  while (w->depth > 1 && ld_html_top(w)->dead) w->depth--;
}

/* The open heading of whatever level, or 0. */
static uint32_t find_title (const ld_html *w) {
  for (uint32_t i = w->depth - 1; i > 0; i--) {
    unsigned traits = ld_html_traits((enum ld_element)w->stack[i].element);
    if (traits & LD_EL_IS_TITLE && !w->stack[i].dead) return i;
    if (traits & LD_EL_IS_SCOPE) return 0;
  }
  return 0;
}

static uint32_t find_custom (const ld_html *w) {
  if (!w->open[LD_EL_CUSTOM]) return 0;
  for (uint32_t i = w->depth - 1; i > 0; i--) {
    const ld_html_open *open = w->stack + i;
    if (open->element == LD_EL_CUSTOM && !open->dead &&
        open->name_length == w->markup.name_length &&
        strncasecmp(open->name, w->markup.name, open->name_length) == 0)
      return i;
  }
  return 0;
}

/* The next end tag of this element from where the walk is, or SIZE_MAX. It is
** remembered, so that none is looked for twice. */
static size_t next_end (ld_html *w, enum ld_element element) {
  const ld_markup *m = &w->markup;
  size_t n = m->name_length;
  const char *p = m->bytes + m->end, *end = m->bytes + m->n;
  if (w->ends[element] > m->end) return w->ends[element];
  while ((p = memmem(p, (size_t)(end - p), "</", 2)) != NULL) {
    if ((size_t)(end - p) > n + 2 && !strncasecmp(p + 2, m->name, n) &&
        ((unsigned char)p[n + 2] <= ' ' || p[n + 2] == '>'))
      break;
    p += 2;
  }
  return w->ends[element] = p ? (size_t)(p - m->bytes) : SIZE_MAX;
}

/* Does an element that is left out end? One that does not hides nothing, and
** buttons end where the next one begins. What scripts and styles hold is known
** to go on to the end of the page. */
static bool never_ends (ld_html *w, enum ld_element element) {
  const ld_markup *m = &w->markup;
  if (m->raw || element == LD_EL_RT || element == LD_EL_RP ||
      element == LD_EL_OPTION || element == LD_EL_OPTGROUP)
    return false;
  size_t at = next_end(w, element);
  if (at == SIZE_MAX || element != LD_EL_BUTTON) return at == SIZE_MAX;
  const char *p = m->bytes + m->end, *end = m->bytes + at;
  for (; (p = memchr(p, '<', (size_t)(end - p))) != NULL; p++)
    if (end - p > 7 && !strncasecmp(p + 1, "button", 6)) return true;
  return false;
}

/* Elements whose end tag may be left out: of those that lie too deep nobody
** knows how many are open. */
static bool may_stay_open (enum ld_element e) {
  return e == LD_EL_P || e == LD_EL_LI || e == LD_EL_DT || e == LD_EL_DD ||
         is_row_part(e);
}

bool ld_html_in_row (const ld_html *w, enum ld_element element) {
  return ld_html_top(w)->row && element != LD_EL_TABLE &&
         (element == LD_EL_TD || element == LD_EL_TH ||
          !is_row_part(element));
}

void ld_html_leave (ld_html *w, enum ld_element element) {
  unsigned traits = ld_html_traits(element);
  if (traits & LD_EL_IS_BLOCK && !ld_html_in_row(w, element))
    ld_html_end_block(w);
  if (traits & LD_EL_IS_VOID) return;
  uint32_t at = element == LD_EL_CUSTOM ? find_custom(w)
                : traits & LD_EL_IS_TITLE ? find_title(w)
                                          : find(w, element);
  if (element == LD_EL_RUBY) close_ruby(w);
  if (w->over && traits & LD_EL_IS_BLOCK) {
    w->over -= !may_stay_open(element);
    return;
  }
  if (!at) return;
  if (w->stack[at].region != w->stack[at - 1].region) ld_html_end_block(w);
  if (traits & LD_EL_IS_FORMAT || !(traits & LD_EL_IS_BLOCK))
    leave_inline(w, at);
  else
    pop_to(w, at);
  while (w->depth > 1 && ld_html_top(w)->dead) w->depth--;
}

void ld_html_leave_all (ld_html *w) {
  ld_html_end_block(w);
  if (w->hidden && w->hid) w->lost = w->hides + 1;
  pop_to(w, 1);
}


/* ---------------------------------------------------------------- entering */

/* Blocks inside the element: what kind they are, of which level. */
static void set_kind (ld_html_open *open, enum ld_element element,
                      unsigned says) {
  if (open->row && element != LD_EL_CAPTION) return;
  switch (element) {
    case LD_EL_H1: case LD_EL_H2: case LD_EL_H3: case LD_EL_H4: case LD_EL_H5:
    case LD_EL_H6:
      open->kind = LD_HEADING;
      open->level = (uint8_t)(element - LD_EL_H1 + 1);
      break;
    case LD_EL_UL: case LD_EL_OL: case LD_EL_DL: case LD_EL_DIR:
    case LD_EL_MENU:
      open->lists++;
      open->kind = LD_ITEM;
      open->level = open->lists;
      break;
    case LD_EL_LI: case LD_EL_DT: case LD_EL_DD:
      if (open->kind != LD_PARAGRAPH) break;
      open->kind = LD_ITEM;
      open->level = 1;
      break;
    case LD_EL_BLOCKQUOTE: case LD_EL_PRE:
      if (open->kind == LD_CAPTION) open->kind = LD_PARAGRAPH;
      break;
    case LD_EL_FIGURE: case LD_EL_FIGCAPTION: case LD_EL_CAPTION:
      open->kind = LD_CAPTION;
      open->level = 0;
      open->row = false;
      break;
    case LD_EL_TD: case LD_EL_TH:
      open->kind = LD_PARAGRAPH;
      open->level = open->lists = 0;
      break;
    default:
      if (says & LD_SAYS_CAPTION && open->kind == LD_PARAGRAPH)
        open->kind = LD_CAPTION;
  }
}

/* Is it worth a place on the stack? A mark-up of words is when it does
** something to them, or when one that does is open under the same name. */
static bool is_tracked (const ld_html *w, enum ld_element element,
                        unsigned traits, const ld_html_open *open) {
  return traits & LD_EL_IS_BLOCK || open->hidden || open->link || open->bold ||
         element == LD_EL_Q || element == LD_EL_CUSTOM || w->open[element];
}

static void push (ld_html *w, const ld_html_open *open) {
  enum ld_element element = (enum ld_element)open->element;
  if (w->depth == LD_HTML_DEPTH) {
    if (!w->deep)
      ld_builder_note(w->builder, LESDIPLO_EFORMAT, w->in->name,
                      ld_count_lines(w->markup.bytes,
                                     w->markup.bytes + w->markup.begin) + 1,
                      "its elements lie deeper in each other than %d here; "
                      "what is below that is read as if it stood side by side",
                      LD_HTML_DEPTH);
    w->deep = true;
    w->over += ld_html_traits(element) & LD_EL_IS_BLOCK &&
               !may_stay_open(element);
    return;
  }
  w->stack[w->depth++] = *open;
  w->open[open->element]++;
  if (open->hidden && !w->hidden++) {
    w->hides = w->markup.begin;
    w->hid = 0;
  }
  w->links += open->link;
  w->bolds += open->bold;
}

/* The region that the element opens, or the one it stands in. */
static void set_region (ld_html *w, ld_html_open *open,
                        enum ld_element element, const ld_html_attributes *a,
                        unsigned says) {
  enum ld_region_sort sort = sort_of(element, a, says);
  if (w->depth == LD_HTML_DEPTH) return;
  if (sort != LD_REGION_PLAIN) open->region = ld_html_add_region(w, sort);
  if (element == LD_EL_H1 && !w->hidden && !open->hidden && !w->failed)
    w->regions[open->region].headlines++;
}

void ld_html_enter (ld_html *w, enum ld_element element,
                    const ld_html_attributes *a) {
  unsigned traits = ld_html_traits(element);
  unsigned says = words_say(w, &a->class_);
  if (!(traits & LD_EL_IS_TITLE))     /* there an id is a section's name */
    says |= words_say(w, &a->id);
  if (element == LD_EL_CUSTOM) {      /* <share-bar>: its name is its class */
    ld_attribute name = { .value = w->markup.name,
                          .value_length = w->markup.name_length };
    says |= words_say(w, &name);
    if (says & LD_SAYS_SIDE) traits |= LD_EL_IS_BLOCK;
  }
  /* A paragraph below the words of a heading: it was not closed. */
  uint32_t title = element == LD_EL_P && w->started && w->kind == LD_HEADING
                   ? find_title(w) : 0;
  if (traits & LD_EL_IS_BLOCK && !ld_html_in_row(w, element))
    ld_html_end_block(w);
  if (title) pop_to(w, title);
  close_before(w, element, traits);
  if (traits & LD_EL_IS_VOID) return;
  ld_html_open open = *ld_html_top(w);
  open.name = w->markup.name;
  open.name_length = (uint32_t)w->markup.name_length;
  open.element = (uint8_t)element;
  open.dead = false;
  open.hidden = (traits & LD_EL_IS_DROP && !never_ends(w, element)) ||
                (!w->shown && (a->hidden || says & LD_SAYS_HIDDEN ||
                               (element == LD_EL_DIALOG && !a->open)));
  open.link = element == LD_EL_A && a->href.name;
  open.bold = element == LD_EL_B || element == LD_EL_STRONG;
  open.pre |= element == LD_EL_PRE || element == LD_EL_XMP ||
              element == LD_EL_LISTING;
  if (element == LD_EL_TABLE) {
    if (!w->tables) ld_html_find_tables(w);
    open.row = w->table_at < w->table_count && w->tables[w->table_at];
    w->table_at++;
    if (open.row) { open.kind = LD_TABLE; open.level = 0; }
  }
  if (!is_tracked(w, element, traits, &open)) return;
  set_kind(&open, element, says);
  if (traits & LD_EL_IS_BLOCK) set_region(w, &open, element, a, says);
  push(w, &open);
}
