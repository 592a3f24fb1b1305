/*
** html.h - a web page while it is read: shared by the files of this folder.
**
**   html.c       the walk: tags in, blocks out
**   text.c       the text of blocks
**   stack.c      which elements are open, and what that means for the text
**   elements.c   what the elements of HTML are; what class words say
**   tables.c     which tables hold data and which only lay a page out
**   article.c    which of the blocks are the article
**   meta.c       what the page says of itself: meta tags, <time>, <title>
**   linked.c     the same out of JSON-LD
**   fields.c     from there into the document's fields
*/
#ifndef LD_READ_HTML_H
#define LD_READ_HTML_H

#include "read/format/markup.h"


/* ------------------------------------------------------------- elements */

/* X(ID, name, traits), sorted by name. */
#define LD_ELEMENTS(X) \
  X(A, "a", FORMAT) X(ABBR, "abbr", 0) X(ADDRESS, "address", BLOCK) \
  X(APPLET, "applet", DROP) X(AREA, "area", VOID) \
  X(ARTICLE, "article", BLOCK) X(ASIDE, "aside", BLOCK) \
  X(AUDIO, "audio", DROP) X(B, "b", FORMAT) X(BASE, "base", VOID) \
  X(BASEFONT, "basefont", VOID) X(BGSOUND, "bgsound", VOID) \
  X(BLOCKQUOTE, "blockquote", BLOCK) X(BODY, "body", BLOCK | VOID) \
  X(BR, "br", VOID) X(BUTTON, "button", DROP) X(CANVAS, "canvas", DROP) \
  X(CAPTION, "caption", BLOCK | SCOPE) X(CENTER, "center", BLOCK) \
  X(CITE, "cite", 0) X(COL, "col", VOID) X(COLGROUP, "colgroup", BLOCK) \
  X(COMMAND, "command", VOID) X(DATALIST, "datalist", DROP) \
  X(DD, "dd", BLOCK) X(DEL, "del", DROP) X(DETAILS, "details", BLOCK) \
  X(DIALOG, "dialog", BLOCK) X(DIR, "dir", BLOCK | LIST) \
  X(DIV, "div", BLOCK) X(DL, "dl", BLOCK | LIST) X(DT, "dt", BLOCK) \
  X(EM, "em", 0) X(EMBED, "embed", VOID) \
  X(FIELDSET, "fieldset", BLOCK) X(FIGCAPTION, "figcaption", BLOCK) \
  X(FIGURE, "figure", BLOCK) X(FONT, "font", 0) X(FOOTER, "footer", BLOCK) \
  X(FORM, "form", BLOCK | FORMAT) X(FRAME, "frame", VOID) \
  X(FRAMESET, "frameset", VOID) X(H1, "h1", BLOCK | TITLE) \
  X(H2, "h2", BLOCK | TITLE) X(H3, "h3", BLOCK | TITLE) \
  X(H4, "h4", BLOCK | TITLE) X(H5, "h5", BLOCK | TITLE) \
  X(H6, "h6", BLOCK | TITLE) X(HEAD, "head", VOID) \
  X(HEADER, "header", BLOCK) X(HGROUP, "hgroup", BLOCK) \
  X(HR, "hr", BLOCK | VOID) X(HTML, "html", BLOCK | VOID) X(I, "i", 0) \
  X(IFRAME, "iframe", DROP) X(IMG, "img", VOID) X(INPUT, "input", VOID) \
  X(KEYGEN, "keygen", VOID) X(LABEL, "label", 0) \
  X(LEGEND, "legend", BLOCK) X(LI, "li", BLOCK) X(LINK, "link", VOID) \
  X(LISTING, "listing", BLOCK) X(MAIN, "main", BLOCK) X(MAP, "map", 0) \
  X(MARK, "mark", 0) X(MARQUEE, "marquee", BLOCK) \
  X(MENU, "menu", BLOCK | LIST) X(META, "meta", VOID) X(NAV, "nav", BLOCK) \
  X(NOEMBED, "noembed", DROP) X(NOFRAMES, "noframes", BLOCK) \
  X(NOSCRIPT, "noscript", DROP) X(OBJECT, "object", DROP) \
  X(OL, "ol", BLOCK | LIST) X(OPTGROUP, "optgroup", DROP) \
  X(OPTION, "option", DROP) X(P, "p", BLOCK) X(PARAM, "param", VOID) \
  X(PRE, "pre", BLOCK) X(Q, "q", 0) X(RB, "rb", 0) X(RP, "rp", DROP) \
  X(RT, "rt", DROP) \
  X(RTC, "rtc", DROP) X(RUBY, "ruby", 0) X(SCRIPT, "script", DROP) \
  X(SEARCH, "search", BLOCK) X(SECTION, "section", BLOCK) \
  X(SELECT, "select", DROP) X(SMALL, "small", 0) X(SOURCE, "source", VOID) \
  X(SPAN, "span", 0) X(STRONG, "strong", FORMAT) X(STYLE, "style", DROP) \
  X(SUB, "sub", 0) X(SUMMARY, "summary", BLOCK) X(SUP, "sup", 0) \
  X(SVG, "svg", DROP) X(TABLE, "table", BLOCK | SCOPE) \
  X(TBODY, "tbody", BLOCK) X(TD, "td", BLOCK | SCOPE) \
  X(TEMPLATE, "template", DROP) X(TEXTAREA, "textarea", DROP) \
  X(TFOOT, "tfoot", BLOCK) X(TH, "th", BLOCK | SCOPE) \
  X(THEAD, "thead", BLOCK) X(TIME, "time", 0) X(TITLE_ELEMENT, "title", 0) \
  X(TR, "tr", BLOCK) X(TRACK, "track", VOID) X(U, "u", 0) \
  X(UL, "ul", BLOCK | LIST) X(VIDEO, "video", DROP) X(WBR, "wbr", VOID) \
  X(XMP, "xmp", BLOCK)

enum ld_element {
#define X(id, name, traits) LD_EL_##id,
  LD_ELEMENTS(X)
#undef X
  LD_EL_CUSTOM,         /* <share-bar>: any other name with a hyphen */
  LD_EL_OTHER, LD_ELEMENT_COUNT
};

enum {                  /* traits */
  LD_EL_IS_BLOCK = 1,   /* begins and ends a block of text */
  LD_EL_IS_VOID = 2,    /* has no content, or none that it says anything of */
  LD_EL_IS_DROP = 4,    /* what is in it is no text of the page: controls,
                           pictures, programs, what stands in for these */
  LD_EL_IS_TITLE = 8,   /* h1 ... h6 */
  LD_EL_IS_LIST = 16,
  LD_EL_IS_SCOPE = 32,  /* what is in it cannot close what is around it */
  LD_EL_IS_FORMAT = 64  /* may be closed out of turn */
};

enum ld_element ld_html_element (const char *name, size_t n);
unsigned ld_html_traits (enum ld_element element);


/* -------------------------------------------------------------- regions */

/*
** What an element says of all that is in it. Regions are nested as their
** elements are; the page itself is region 0. What a class or an id says may be
** wrong: where nothing else would be left, it is not believed (article.c).
*/
enum ld_region_sort {
  LD_REGION_PLAIN,      /* the page, or an element that says nothing */
  LD_REGION_MAIN,       /* <main>, role=main */
  LD_REGION_ARTICLE,    /* <article> */
  LD_REGION_BODY,       /* class "article-body" and the like */
  LD_REGION_HEADER,     /* <header>: the site's, unless in an article */
  LD_REGION_FORM,       /* <form>: furniture, unless the page is in it */
  LD_REGION_SIDE,       /* furniture as it seems: <aside>, class "share" ... */
  LD_REGION_MENU        /* furniture: <nav> */
};

typedef struct ld_region {
  uint32_t parent;
  uint32_t prose;       /* bytes of running text in it, not in regions in it */
  uint32_t headlines;   /* <h1> in it */
  uint8_t sort;         /* enum ld_region_sort */
  bool furniture, inside;   /* article.c's verdicts */
} ld_region;

/* What is known of a block of the outline: where it stands, how many of its
** bytes are links, and how many links there are. */
typedef struct ld_html_note {
  uint32_t region;
  uint32_t link_bytes;
  uint16_t links;
  bool prose;           /* it reads as running text */
} ld_html_note;


/* ------------------------------------------------------- class words */

/* What the words of classes and ids say of an element. */
enum {
  LD_SAYS_BODY = 1, LD_SAYS_SIDE = 2, LD_SAYS_HIDDEN = 4, LD_SAYS_HEADER = 8,
  LD_SAYS_CAPTION = 16
};
unsigned ld_html_words (const char *bytes, size_t n);

/* What attributes of a start tag are asked for; empty where there are none. */
typedef struct ld_html_attributes {
  ld_attribute id, class_, role, style, itemprop, href, datetime, content, lang,
      rel, type;
  bool hidden, open, pubdate, xmlns;
} ld_html_attributes;
void ld_html_attributes_read (ld_markup *m, ld_html_attributes *out);


/* ---------------------------------------------------------------- stack */

enum {
#if defined(LD_SMALL)
  LD_HTML_FIRST = 2,    /* room for regions and the like; it grows */
#else
  LD_HTML_FIRST = 64,
#endif
  LD_HTML_DEPTH = 512   /* open elements that are told apart; deeper ones are
                           read as if they stood beside these */
};

/* An open element, and the state of the text in it. */
typedef struct ld_html_open {
  const char *name;     /* of a custom element */
  uint32_t name_length;
  uint32_t region;
  uint8_t element;
  uint8_t kind, level;  /* of blocks in it */
  uint8_t lists;        /* how many lists it is in */
  bool dead;            /* was closed out of turn */
  bool hidden, link, bold;    /* it is what hides, links, makes bold */
  bool pre, row;        /* inside <pre>; inside a table of data */
} ld_html_open;


/* ---------------------------------------------------------------- meta */

/* What a page says of itself, the best that was found so far. */
enum ld_html_fact {
  LD_FACT_TITLE, LD_FACT_SITE, LD_FACT_AUTHOR, LD_FACT_DATE, LD_FACT_MODIFIED,
  LD_FACT_LANG, LD_FACT_URL, LD_FACTS
};

typedef struct ld_html_found {
  const char *value, *how;    /* in the page's arena; how: "meta og:title" */
  size_t n;
  int rank;                   /* 0: nothing */
} ld_html_found;

/* A <time>, until it is known whether it stands in the article. */
typedef struct ld_html_time {
  const char *value;
  size_t n;
  uint32_t block;             /* of the outline, that it stands in or before */
  bool published;
} ld_html_time;

enum { LD_HTML_TIMES = 16 };


/* ----------------------------------------------------------------- page */

typedef struct ld_html {
  ld_reading *reading;
  ld_builder *builder;
  const ld_input *in;
  ld_markup markup;
  ld_outline outline;
  ld_html_note *notes;        /* one a block of the outline */
  ld_region *regions;
  uint32_t notes_size, region_count, regions_size;
  uint32_t headline;          /* block that says what the title says, or
                                 UINT32_MAX */

  /* the elements that are open */
  uint32_t depth, over;       /* on the stack; those that were too deep */
  uint32_t hidden, links, bolds;    /* how many of them do so */
  uint16_t open[LD_ELEMENT_COUNT];  /* how often each is on the stack */
  size_t ends[LD_ELEMENT_COUNT];    /* where its next end tag was seen to be */
  size_t hides, hid;          /* the outermost tag that hides; bytes of text
                                 that it has hidden */
  size_t lost;                /* the tag of one that never ended, from 1 */

  /* the block being gathered */
  uint32_t begin;             /* in the text */
  uint32_t region;
  uint32_t link_bytes, bold_bytes, link_count;
  uint32_t notes_at[16], note_count;    /* footnote marks that were left out */
  uint32_t brs;               /* <br> that no text has followed yet ... */
  size_t br_begin, br_end;    /* ... and where they stand */
  size_t space_begin, space_end;    /* white space that no text has followed
                                       yet; 0: none */
  uint8_t kind, level;
  bool started;               /* it has text */
  bool gap;                   /* white space here adds nothing */
  bool lines;                 /* it has line ends that count */

  bool failed;                /* no memory */
  bool shown;                 /* what is hidden is read as well */
  bool deep;                  /* elements were too deep: there is a note */
  bool in_title;              /* text that comes next is the title */
  bool linked_data;           /* the script that is open is JSON-LD */
  bool note_link;             /* the link that is open leads into the page */
  bool mediawiki, news, frames;

  uint32_t time_count;
  uint32_t table_count, table_size, table_at;
  uint8_t *tables;            /* a byte a table: does it hold data? */

  /* what class words said, by their hash: pages repeat them */
  struct { const char *words; uint32_t n, says; } said[64];

  ld_arena arena;             /* for facts */
  ld_html_found facts[LD_FACTS];
  ld_html_time times[LD_HTML_TIMES];
  const char *title;          /* the content of <title>, as it is written */
  size_t title_length;
  ld_json *json;

  ld_html_open stack[LD_HTML_DEPTH];    /* the last: it is not cleared */
} ld_html;

/* stack.c: opens and closes elements; blocks end where they do. */
void ld_html_enter (ld_html *w, enum ld_element element,
                    const ld_html_attributes *attributes);
void ld_html_leave (ld_html *w, enum ld_element element);
void ld_html_leave_all (ld_html *w);
static inline const ld_html_open *ld_html_top (const ld_html *w) {
  return w->stack + w->depth - 1;     /* the page itself is always open */
}

uint32_t ld_html_add_region (ld_html *w, enum ld_region_sort sort);
/* Does a tag of this element stand inside a row of data, and so end no block? */
bool ld_html_in_row (const ld_html *w, enum ld_element element);

/* html.c: the block being gathered is complete. */
void ld_html_end_block (ld_html *w);

/* text.c: gives the piece of text that was found last to the block; white space;
** a gap between cells; the quotation mark of a <q>; a <br>. */
void ld_html_text (ld_html *w, bool references);
void ld_html_space (ld_html *w, size_t begin, size_t end);
void ld_html_gap (ld_html *w, const char *gap);
void ld_html_quote (ld_html *w, const char *sign);
void ld_html_break (ld_html *w);
/* A <sup>, a link: marks of footnotes and of headings are left out. True when
** the whole element was read. */
bool ld_html_superscript (ld_html *w);
bool ld_html_anchor (ld_html *w);

/* tables.c: looks through the page's tables once, when the first is met. */
void ld_html_find_tables (ld_html *w);

/* article.c: what is not the article becomes furniture. */
void ld_html_choose (ld_html *w);

/* meta.c, linked.c: offers a value for a fact, which is kept when it is of a
** higher rank than what there is; attribute values have references in them. */
void ld_html_offer (ld_html *w, enum ld_html_fact fact, int rank,
                    const char *value, size_t n, const char *how);
void ld_html_meta_tag (ld_html *w);
void ld_html_linked_data (ld_html *w, const char *bytes, size_t n);
/* fields.c: finds the block that is the title, before anything is furniture;
** later facts become fields of the open document. */
void ld_html_find_headline (ld_html *w);
void ld_html_fields (ld_html *w, ld_hints *hints);

#endif
