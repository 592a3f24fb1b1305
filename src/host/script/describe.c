/*
** describe.c - a header, told to people: what the script is for, its parameters as
** flags, what it needs. What a script wrote is shown as text, whatever is in it.
*/
#include <stdio.h>
#include <string.h>

#include "host/host.h"

/* Where the second column begins. */
enum { COLUMN = 26 };

static const char *text_of (const ld_value *value, char *out, size_t size) {
  ld_text text;
  ld_text_init(&text, out, size);
  switch (value->kind) {
    case LD_INTEGER: ld_text_format(&text, "%lld", value->integer); break;
    case LD_BOOLEAN:
      ld_text_format(&text, "%s", value->integer ? "true" : "false");
      break;
    case LD_LIST:
      for (uint32_t i = 0; i < value->list.count; i++)
        ld_text_format(&text, "%s%s", i > 0 ? "," : "", value->list.items[i]);
      break;
    default:
      ld_text_escape(&text, value->string, strlen(value->string));
      break;
  }
  return out;
}

static void put (ld_buffer *out, const char *string) {
  char room[1000];
  ld_text text;
  ld_text_init(&text, room, sizeof room);
  ld_text_escape(&text, string, strlen(string));
  ld_buffer_puts(out, room);
}

/* "--top INT", for a bool "--all". */
static void put_flag (const ld_param *p, char *out, size_t size) {
  size_t used = (size_t)snprintf(out, size, "--%s", p->name);
  if (p->type == LD_P_BOOL || used >= size) return;
  snprintf(out + used, size - used, " %s", ld_param_types[p->type]);
  for (char *q = out + used; *q; q++)
    if (*q >= 'a' && *q <= 'z') *q = (char)(*q - 32);
}

static void put_usage (ld_buffer *out, const ld_header *h) {
  char text[300];
  ld_buffer_puts(out, "\n  lesdiplo [options] ");
  put(out, h->script);
  for (uint32_t i = 0; i < h->param_count; i++) {
    const ld_param *p = &h->params[i];
    const bool needed = p->required.integer && !p->fallback.present;
    ld_buffer_puts(out, needed ? " " : " [");
    if (needed && p->example.present) {
      ld_buffer_format(out, "--%s ", p->name);
      ld_buffer_puts(out, text_of(&p->example, text, sizeof text));
    }
    else {
      put_flag(p, text, sizeof text);
      ld_buffer_puts(out, text);
    }
    if (!needed) ld_buffer_char(out, ']');
  }
  ld_buffer_char(out, '\n');
}

static void put_param (ld_buffer *out, const ld_param *p) {
  char text[300];
  const char *open = " (";
  put_flag(p, text, sizeof text);
  const int gap = COLUMN - 2 - (int)strlen(text);
  ld_buffer_format(out, "  %s%*s", text, gap > 1 ? gap : 2, "");
  put(out, p->help.string);
  for (uint32_t i = 0; i < p->values.list.count; i++) {
    ld_buffer_puts(out, i == 0 ? ": " : " ");
    put(out, p->values.list.items[i]);
  }
  if (p->required.integer && !p->fallback.present) {
    ld_buffer_format(out, "%sneeded", open);
    open = ", ";
  }
  if (p->fallback.present && *text_of(&p->fallback, text, sizeof text)) {
    ld_buffer_format(out, "%sdefault %s", open, text);
    open = ", ";
  }
  if (p->example.present) {
    text_of(&p->example, text, sizeof text);
    ld_buffer_format(out, "%sas in %s", open, text);
    open = ", ";
  }
  ld_buffer_puts(out, *open == ',' ? ")\n" : "\n");
}

static const char *const asks[LD_NEEDS] = {
  "to read", "to write", "to run", "to know the variable"
};

static void put_needs (ld_buffer *out, const ld_header *h) {
  bool first = true;
  for (int i = 0; i < LD_NEEDS; i++) {
    for (uint32_t j = 0; j < h->needs[i].list.count; j++) {
      ld_buffer_puts(out, first ? "\nAsks for more than other scripts:\n" : "");
      ld_buffer_format(out, "  %s ", asks[i]);
      put(out, h->needs[i].list.items[j]);
      ld_buffer_format(out, "  (--allow-%s)\n", ld_need_names[i]);
      first = false;
    }
  }
}

static void put_about (ld_buffer *out, const ld_header *h) {
  const struct { const char *what; const ld_value *value; } lines[] = {
    { "Author    ", &h->author }, { "Licence   ", &h->license },
    { "Topics    ", &h->categories }
  };
  char text[300];
  bool first = true;
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    if (!lines[i].value->present) continue;
    ld_buffer_format(out, "%s%s%s\n", first ? "\n" : "", lines[i].what,
                     text_of(lines[i].value, text, sizeof text));
    first = false;
  }
}

/* The first test, for it is known to be true: its parameters, the beginning of
** what it gives. */
static void put_sample (ld_buffer *out, const ld_header *h) {
  enum { LINES = 8, WIDTH = 300 };
  const ld_test *t = h->tests;
  if (h->test_count == 0 || !t->expect.present || !*t->expect.string) return;
  ld_buffer_puts(out, "\nExample, over the texts of its test");
  for (uint32_t i = 0; i < t->params.list.count; i++) {
    ld_buffer_puts(out, i == 0 ? ", with " : " ");
    put(out, t->params.list.items[i]);
  }
  if (t->params.string && *t->params.string) {
    ld_buffer_puts(out, ", with ");
    put(out, t->params.string);
  }
  ld_buffer_puts(out, ":\n");
  for (uint32_t i = 0; i < t->columns.list.count; i++) {
    ld_buffer_puts(out, i == 0 ? "  " : "\t");
    put(out, t->columns.list.items[i]);
  }
  if (t->columns.list.count > 0) ld_buffer_char(out, '\n');
  const char *p = t->expect.string;
  for (int i = 0; *p && i < LINES; i++) {
    char line[WIDTH];
    const size_t n = strcspn(p, "\n");
    ld_text text;
    ld_text_init(&text, line, sizeof line);
    ld_text_escape(&text, p, n);
    ld_buffer_format(out, *line ? "  %s\n" : "%s\n", line);
    p += n + (p[n] == '\n');
  }
  if (*p) ld_buffer_puts(out, "  ...\n");
}

/* The name, the version, what it is for. */
static void put_title (ld_buffer *out, const ld_header *h) {
  put(out, h->name.present ? h->name.string : h->script);
  if (h->version.present) {
    ld_buffer_char(out, ' ');
    put(out, h->version.string);
  }
  if (h->summary.present) {
    ld_buffer_puts(out, ": ");
    put(out, h->summary.string);
  }
  ld_buffer_char(out, '\n');
}

void ld_params_help (const ld_header *h, ld_buffer *out) {
  if (!h->present) {
    put(out, h->script);
    ld_buffer_puts(out, " has no header: what it is for, and what arguments "
                        "it takes, only its text says.\n");
    return;
  }
  put_title(out, h);
  put_usage(out, h);
  if (h->param_count > 0) ld_buffer_puts(out, "\nParameters:\n");
  for (uint32_t i = 0; i < h->param_count; i++) put_param(out, &h->params[i]);
  put_sample(out, h);
  put_needs(out, h);
  put_about(out, h);
}


/* ----------------------------------------------------------------------
** For somebody who was given it
*/

static void put_rights (ld_buffer *out, const ld_header *h) {
  static const char *const sentences[LD_NEEDS] = {
    "It asks to read %s, a file or all that a folder holds",
    "It asks to write new files in a folder it calls %s",
    "It asks to run the program %s: that is as good as full trust",
    "It asks to know the variable %s of your environment"
  };
  size_t count = 0;
  for (int i = 0; i < LD_NEEDS; i++) {
    for (uint32_t k = 0; k < h->needs[i].list.count; k++, count++) {
      const char *hole = strstr(sentences[i], "%s");
      ld_buffer_add(out, sentences[i], (size_t)(hole - sentences[i]));
      put(out, h->needs[i].list.items[k]);
      ld_buffer_format(out, "%s (--allow-%s).\n", hole + 2, ld_need_names[i]);
    }
  }
  if (count == 0)
    ld_buffer_puts(out, "It reads the corpus that it is given, prints, and asks "
                        "for nothing else.\n");
  if (h->time > 0)
    ld_buffer_format(out, "It wants to run for up to %.15g seconds.\n", h->time);
  if (h->memory > 0) {
    char size[40];
    ld_buffer_format(out, "It wants up to %s of memory.\n",
                     ld_host_size(h->memory, size, sizeof size));
  }
}

static void put_modules (ld_buffer *out, const ld_header *h) {
  for (uint32_t i = 0; i < h->module_count; i++) {
    ld_buffer_puts(out, i == 0 ? "\nIts modules, which share its rights:\n" : "");
    ld_buffer_format(out, "  %s.lua  sha256:%s\n", h->modules[i].name,
                     h->modules[i].sha256.string);
  }
}

void ld_header_inspect (const ld_header *h, const char *sha256,
                        ld_buffer *out) {
  if (h->present) put_title(out, h);
  else {
    put(out, h->script);
    ld_buffer_puts(out, " has no header: it does not say what it is for.\n");
  }
  ld_buffer_format(out, "sha256:%s\n\n", sha256);
  put_rights(out, h);
  if (h->param_count > 0) ld_buffer_puts(out, "\nParameters:\n");
  for (uint32_t i = 0; i < h->param_count; i++) put_param(out, &h->params[i]);
  put_modules(out, h);
  if (h->test_count > 0)
    ld_buffer_format(out, "\nIt has %u test%s: lesdiplo test runs %s.\n",
                     (unsigned)h->test_count, h->test_count == 1 ? "" : "s",
                     h->test_count == 1 ? "it" : "them");
  for (uint32_t i = 0; i < h->warnings.count; i++)
    ld_buffer_format(out, "%s  %s\n", i == 0 ? "\nIn its header:\n" : "",
                     h->warnings.items[i]);
  put_about(out, h);
}
