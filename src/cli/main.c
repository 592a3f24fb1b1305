/*
** main.c - the table of contents of the program: arguments, output, corpus,
** the verb, the exit code. Each has its file; what they share is the session.
*/
#include <stdlib.h>

#include "cli/cli.h"

const ld_verb ld_verbs[] = {
  {"annotate", "[FILE...]",
   "print documents and layers as JSON lines",
   "One JSON object a line: doc, layer, start and end (bytes of the source,\n"
   "half open), text, and the fields of the layer. A document's own record\n"
   "comes first, then the others by their start. FILEs are read beside what\n"
   "-c names. --layers chooses among document block sentence country org\n"
   "place person date amount quote event stance relation token; without it\n"
   "all but token are printed. Where the text differs from the source,\n"
   "`hash` holds the first digits of the SHA-256 of the source bytes.\n"
   "\n"
   "--script FILE runs a script first, with its limits and its rights and no\n"
   "more, and drops what it prints: the layers that it defines (lesdiplo.layer,\n"
   "hits:layer) are printed too, or may be named in --layers. A field that is a\n"
   "Span is text and citation; one called start, end or hash is printed as\n"
   "field_start ...; what a script adds to the library (acts, cues, entities)\n"
   "counts in the library's own layers.\n"
   "\n"
   "    lesdiplo annotate -c FOLDER --script treaties.lua --layers treaty,event\n",
   LD_WHOLE, ld_annotate_prepare, ld_annotate},
  {"verify", "[FILE...]",
   "check citations against their sources",
   "Reads FILEs (or standard input), finds every citation in them and every\n"
   "JSON line with doc, start and end, and compares them with the corpus.\n"
   "Prints a line for each that does not hold, and on stderr how many do.\n"
   "Ends with 0 when all hold, and with 1 when one does not or when a file\n"
   "claims nothing. The corpus must be named as it was when they were made.\n",
   LD_WHOLE, ld_verify_prepare, ld_verify},
  {"query", "CQL",
   "find what a query in CQL describes",
   "Prints a row for each hit: its text, what the query labels, the date of\n"
   "the document, the sentence, the citation. The query is one argument, in\n"
   "single quotes, for the shell's sake:\n"
   "\n"
   "    lesdiplo query -c FOLDER '[stem=\"visit\"] []{0,4} where:[shape=\"title\"]+'\n"
   "\n"
   "A token is \"word\", as it is written (%c: any case, %d: any accents);\n"
   "[word=\"reg.*\"], [stem=\"visit\"], [shape=\"title\"], joined by & | ! ( );\n"
   "[] any token; <quote/> a whole mention of a layer. ( ) | ? * + {m,n} join\n"
   "them; label:[...] makes a column; <s> and </s> are where a sentence begins\n"
   "and ends. After it may follow :: a.word = b.word & doc.date >= \"2021\",\n"
   "within s, p or doc, and cut 10. MU(meet \"a\" \"b\" -5 5) and\n"
   "MU(meet \"a\" \"b\" s) find tokens near others. A mistake is shown with its\n"
   "column, and ends with 2. See also help corpus:cql.\n",
   LD_WHOLE, ld_query_prepare, ld_query},
  {"kwic", "WORD...",
   "print each occurrence of words with its context",
   "The words follow each other, whatever their case and accents. A line has\n"
   "what stands left of them, them, what stands right, and the citation.\n"
   "--sort left or right sorts lines by the words there, the nearest first;\n"
   "--width says how many columns there are on either side, --most how many\n"
   "lines.\n",
   LD_WHOLE, ld_kwic_prepare, ld_kwic},
  {"corpus", "[PATH...]",
   "print what is in a corpus, what twice, what not",
   "Counts documents by language, kind, source, file and charset, says from\n"
   "when to when they are and how large, which of them are the same or nearly\n"
   "so, and what could not be read and why. PATHs are read beside what -c\n"
   "names. With -f (table tsv csv json jsonl md html) it prints a row a\n"
   "document instead. Such a list in csv, edited and put into the folder as\n"
   "metadata.csv, is read with its documents and corrects them:\n"
   "\n"
   "    lesdiplo corpus -f csv FOLDER -o FOLDER/metadata.csv\n"
   "\n"
   "metadata.csv (or metadata.jsonl) has a column file, the path below its\n"
   "folder (of a file of records or an archive: all in it), or id, that of a\n"
   "document, and any of title date source byline dateline lang kind url\n"
   "charset. A column of your own is written meta.NAME and becomes\n"
   "doc.meta.NAME. A cell that is empty changes nothing.\n",
   LD_WHOLE, NULL, ld_inventory},
  {"test", "[PATH...]",
   "run the tests that scripts carry",
   "A script's header may hold texts and what the script is to print for them:\n"
   "\n"
   "    [doc.a]\n"
   "    date = \"1998-07-04\"\n"
   "    text = \"The French foreign minister visited Oman on Friday.\"\n"
   "    [test.basic]\n"
   "    docs = [\"a\"]\n"
   "    params = \"--country FRA\"\n"
   "    columns = [\"where\", \"date\"]\n"
   "    expect = \"OMN\\t1998-07-03\\n\"\n"
   "\n"
   "Each test runs in a process of its own, over its docs (all, if it names\n"
   "none), without any right. `expect` is what it prints in `format` (tsv), or,\n"
   "where `columns` names some, these alone and without the line of their names.\n"
   "Text of several lines stands between \"\"\" and \"\"\". What differs is shown,\n"
   "and with --update written into the script: read it before you keep it.\n"
   "Of a folder the scripts (.lua) in it and below it are tested. Ends with 0\n"
   "when all pass.\n",
   LD_NOTHING, NULL, ld_test},
  {"check", "[PATH...]",
   "look for mistakes in scripts; nothing is run",
   "PATHs are scripts, and folders of them; here, if there is none.\n"
   "Tells a line for each: a wrong header; names that no script has, and such\n"
   "fields and methods of our library; parameters that are declared and not read,\n"
   "or read and not declared; what is worked out and thrown away; the order of\n"
   "pairs in what is printed, which differs from run to run; patterns that can\n"
   "take for ever, or that LPeg does not take. Ends with 1 when there is one.\n"
   "A line that has the remark -- check: ok is left alone.\n",
   LD_NOTHING, NULL, ld_check},
  {"inspect", "SCRIPT...",
   "show what a script asks for and uses",
   "For a script that you were given: what it says of itself, the rights it asks\n"
   "for in words, its parameters, the functions it uses, the globals it sets,\n"
   "what is hard to read in it (load, very long or encoded text), its sha256; and\n"
   "what is different from the one of its name that you have allowed always.\n",
   LD_NOTHING, NULL, ld_inspect},
  {"list", "[PATH...]",
   "list scripts: what for, what they ask for",
   "Reads the headers of the scripts (.lua) in folders and below them, or of the\n"
   "one we are in; nothing is run. With words that are no paths: only those\n"
   "scripts that have them all in their header's name, summary, author or\n"
   "categories. A bad file is a warning, and the others are listed.\n",
   LD_NOTHING, NULL, ld_list},
  {"hash", "FILE...",
   "print the sha256 by which a script is known",
   "Of a script: for --pin sha256:..., which runs only these bytes. Of a module:\n"
   "for the sha256 of [module.NAME] in the header of who requires it.\n",
   LD_NOTHING, NULL, ld_hash},
  {"init-editor", "[DIR]",
   "tell editors and luacheck the names there are",
   "Writes into the folder (here, if none is named): library/lesdiplo.lua, the names of\n"
   "the library with their help, as the Lua language server reads them; .luarc.json,\n"
   "which tells it so; .luacheckrc for luacheck. A file that is there is left as it\n"
   "is, unless --force is given.\n",
   LD_NOTHING, NULL, ld_editor},
  {"help", "[NAME...]",
   "explain a verb, a script, a name",
   "NAME is a verb (annotate), a function or field as scripts write it\n"
   "(corpus:gmatch, span.cite), or the file of a script, whose header is\n"
   "read without running it.\n",
   LD_NOTHING, NULL, ld_help},
  {NULL, NULL, NULL, NULL, LD_NOTHING, NULL, NULL}
};

const ld_verb ld_verb_run = {
  NULL, NULL, NULL, NULL, LD_NAMED, ld_run_prepare, ld_run
};
const ld_verb ld_verb_repl = {
  NULL, NULL, NULL, NULL, LD_WHOLE, NULL, ld_repl
};
const ld_verb ld_verb_version = {
  NULL, NULL, NULL, NULL, LD_NOTHING, NULL, ld_help_version
};

static int prepare (ld_session *session) {
  const ld_verb *verb = session->arguments.verb;
  const int status = ld_entities_prepare(session);
  if (status != LD_DONE) return status;
  return verb->prepare ? verb->prepare(session) : LD_DONE;
}

int main (int argc, char **argv) {
  static ld_session session;
  int status;
  ld_output_guard();
  status = ld_arguments_read(&session, argc, argv);
  if (status == LD_DONE) status = prepare(&session);
  if (status == LD_DONE)
    status = ld_output_open(&session.output, session.arguments.output);
  if (status == LD_DONE) status = ld_corpus_load(&session);
  if (status == LD_DONE) status = session.arguments.verb->act(&session);
  status = ld_output_close(&session.output, status);
  lesdiplo_corpus_close(session.corpus);
  free(session.script.bytes);
  free(session.seeds);
  ld_arguments_free(&session.arguments);
  return status;
}
