/*
** main.c - replays stored inputs through a fuzz target, without libFuzzer.
**
**     target FILE|FOLDER...
**
** Each file is one input, in a block of just its size, so that reading past its
** end is seen. Its name is printed before it is tried: the last one printed is
** the one that fails. Folders that are not there hold nothing. Closes with the
** line that tests/run.sh adds up.
*/
#include <ftw.h>

#include "../fuzz.h"

static unsigned long passed;

static uint8_t *read_whole (const char *path, size_t size) {
  FILE *file = fopen(path, "rb");
  uint8_t *bytes = malloc(size ? size : 1);
  if (!file || !bytes || fread(bytes, 1, size, file) != size) {
    perror(path);
    exit(1);
  }
  fclose(file);
  return bytes;
}

static int replay (const char *path, const struct stat *about, int type,
                   struct FTW *where) {
  (void)where;
  if (type != FTW_F) return 0;
  const size_t size = (size_t)about->st_size;
  uint8_t *bytes = read_whole(path, size);
  printf("%s\n", path);
  fflush(stdout);
  LLVMFuzzerTestOneInput(bytes, size);
  free(bytes);
  passed++;
  return 0;
}

int main (int argc, char **argv) {
  for (int i = 1; i < argc; i++)
    nftw(argv[i], replay, 16, FTW_PHYS);
  printf("%lu passed, 0 failed\n", passed);
  return 0;
}
