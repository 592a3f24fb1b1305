/*
** corpus.c - lesdiplo_corpus_open_all as a whole, over one file.
**
** The last byte of an input names the file: its upper bits choose the ending,
** its lowest one says whether there is a bound to memory, which then follows
** from the length. A new format adds its endings to the list.
**
** fuzz-seeds: seeds
*/
#include "fuzz.h"

#include <fcntl.h>
#include <unistd.h>

static const char *const names[] = {
  "a", "a.txt", "a.md", "a.jsonl", "a.json", "a.html", "a.zip", "a.tar",
  "a.tar.gz", "a.gz", "a.docx", "a.odt", "a.epub", "a.warc", "a.pdf",
  "metadata.csv", "a.xml", "a.eml", "a.rtf", "b c#(1).txt", "\xFF.txt",
  "a.xz", "a.zst", "a.bz2", "\xE4\xBC\x9A\xE8\xB0\x88.txt", ".json",
  "metadata.jsonl"
};
enum { NAMES = sizeof names / sizeof *names };

/* A folder of ours for the file, gone at the end. */
static char folder[200];
static void remove_folder (void) { rmdir(folder); }

static void write_file (const char *path, const uint8_t *data, size_t size) {
  const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  FUZZ_CHECK(fd >= 0);
  FUZZ_CHECK(write(fd, data, size) == (ssize_t)size);
  close(fd);
}

static void open_path (const char *path, uint64_t most) {
  const char *const paths[] = { path };
  lesdiplo_options options = LESDIPLO_OPTIONS_INIT;
  lesdiplo_error error = { 0, 0, "", "" };
  lesdiplo_corpus *corpus;
  options.max_memory = most;
  const int code = lesdiplo_corpus_open_all(&corpus, paths, 1, &options,
                                            &error);
  FUZZ_CHECK(code == error.code && (corpus != NULL) == (code == LESDIPLO_OK));
  if (code == LESDIPLO_OK) {
    FUZZ_CHECK(lesdiplo_corpus_count(corpus) > 0);
    fuzz_check_corpus(corpus);
  }
  else if (code == LESDIPLO_ENOMEM) FUZZ_CHECK(most > 0);
  else FUZZ_CHECK(code == LESDIPLO_EIO && error.message[0]);
  lesdiplo_corpus_close(corpus);
}

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size) {
  const unsigned option = fuzz_option(data, &size);
  const char *temporary = getenv("TMPDIR");
  char path[300];
  if (!*folder) {
    snprintf(folder, sizeof folder, "%.180s/fuzz.XXXXXX",
             temporary ? temporary : "/tmp");
    FUZZ_CHECK(mkdtemp(folder) != NULL);
    atexit(remove_folder);
  }
  snprintf(path, sizeof path, "%s/%s", folder, names[option / 2 % NAMES]);
  write_file(path, data, size);
  open_path(path, option % 2 ? 200000 + size * 37 % 200000 : 0);
  unlink(path);
  return 0;
}
