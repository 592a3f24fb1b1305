/*
** markup.h - HTML and XML taken apart into tags and text, one piece at a time:
** shared by the readers of formats made of them.
**
** A piece is a stretch of the bytes that were given, so that whoever reads a
** page knows where in it each letter stands. Nothing is copied, nothing is
** nested: elements that are open are the caller's business. Whatever the bytes,
** it takes linear time, and a piece begins where the one before it ended or
** later: what lies between was markup.
**
**     ld_markup m;
**     ld_markup_init(&m, bytes, n, false);
**     while (ld_markup_next(&m) != LD_MARKUP_END)
**       if (m.kind == LD_MARKUP_OPEN && ld_markup_is(&m, "p")) ...
*/
#ifndef LD_READ_MARKUP_H
#define LD_READ_MARKUP_H

#include "read/read.h"

enum ld_markup_kind {
  LD_MARKUP_END,        /* no piece: all was seen */
  LD_MARKUP_TEXT,       /* text with its character references as they are; a
                           run may come in several pieces */
  LD_MARKUP_LITERAL,    /* text in which & is no reference: CDATA, and what
                           stands inside <script>, <style> ... */
  LD_MARKUP_OPEN,       /* a start tag */
  LD_MARKUP_CLOSE,      /* an end tag */
  LD_MARKUP_COMMENT,    /* a comment, whole */
  LD_MARKUP_OTHER       /* <!doctype ...>, <?xml ...?>, </>, <![if ...]> */
};

typedef struct ld_markup {
  const char *bytes;
  size_t n;
  bool xml;
  /* The piece that was found last: its bytes, those of a tag with its angle
  ** brackets, of CDATA only what is inside. */
  enum ld_markup_kind kind;
  size_t begin, end;
  const char *name;         /* of a tag, as it is written, with its prefix */
  size_t name_length;
  bool empty;               /* <br/>: in XML it has no end tag */
  bool xhtml;               /* HTML in which <script/> is empty: it begins with
                               <?xml, or the caller saw that it is XML */
  /* Its own: */
  size_t at;                /* where the next piece begins */
  size_t attributes;        /* where the tag's next attribute begins */
  unsigned raw;             /* the raw element that was opened, from 1, ... */
  size_t raw_end;           /* ... and where its content ends */
  unsigned missing;         /* ends that are known not to come any more, a bit
                               each, so that none is looked for twice */
} ld_markup;

/*
** Begins with n bytes that outlive it. HTML (xml is false) knows elements whose
** content is no markup: <script>, <style>, <title>, <textarea>, <noscript>,
** <iframe>, <xmp>, <noembed>; an open tag of these, one piece of text, the end
** tag. A <title>, <textarea> or <noscript> that is never closed is an element
** as others are.
*/
void ld_markup_init (ld_markup *m, const char *bytes, size_t n, bool xml);

/* Goes on to the next piece and returns its kind. */
enum ld_markup_kind ld_markup_next (ld_markup *m);

/* Is the tag's name this one, in small letters? In XML case counts. */
bool ld_markup_is (const ld_markup *m, const char *name);

/* An attribute of a start tag, lent: bytes as they are written, the value
** without its quotes (ld_markup_decode reads it). No value is an empty one. */
typedef struct ld_attribute {
  const char *name, *value;
  size_t name_length, value_length;
} ld_attribute;

/* The next attribute of the start tag found last; false after the last one. */
bool ld_markup_attribute (ld_markup *m, ld_attribute *out);
/* The first attribute of that tag with this name (small letters), whichever
** ones were asked for before. */
bool ld_markup_find (const ld_markup *m, const char *name, ld_attribute *out);
/* Is the attribute's name this one (small letters)? Case does not count. */
bool ld_attribute_is (const ld_attribute *attribute, const char *name);

/*
** The character reference at p, which is an '&': how many bytes it takes, or 0
** where there is none. '*length' bytes of UTF-8 go to 'out', at most 4. All
** names of HTML 4 are known, the Latin-1 ones also without a semicolon, and
** those of HTML 5 for the punctuation of ASCII, Latin and Cyrillic letters;
** numbers from 128 to 159 are the characters of windows-1252, as everywhere on
** the web; what is no character is U+FFFD. 'value': it stands in an attribute,
** where &copy=1 is part of an address.
*/
size_t ld_reference (const char *p, const char *end, bool value, char out[4],
                     int *length);
/* Copies an attribute's value ('value' as above) or other text with its
** references resolved, and terminates it; returns the length. What does not
** fit is left out. */
size_t ld_markup_decode (const char *bytes, size_t n, char *out, size_t size,
                         bool value);

#endif
