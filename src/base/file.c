/*
** file.c - whole files, read or mapped, and their SHA-256.
**
** Behind the last byte there are always LD_PADDING zero bytes, so that
** scanners may read ahead in whole steps. A mapped file must not be cut short
** by another program while it is open: that is a SIGBUS, as for any mapping.
*/
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <sha2.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* From this size on a file is mapped: below, reading it costs less than the
** page faults, and many small files would use up the process's mappings. */
#if defined(LD_SMALL)
enum { MAP_FROM = 4096 };
#else
enum { MAP_FROM = 256 << 10 };
#endif

/* Offsets have 32 bits, and a text may be a little longer than its source. */
#define SIZE_MOST ((uint64_t)UINT32_MAX - 65535)


static int refuse (lesdiplo_error *error, const char *path, mode_t mode) {
  const char *reason =
    S_ISDIR(mode) ? "is a folder: give it as a corpus, or name a file in it" :
    S_ISFIFO(mode) ? "is a pipe: write its contents to a file first" :
    S_ISSOCK(mode) ? "is a socket: only files can be read" :
                     "is a device: only files can be read";
  return ld_fail(error, LESDIPLO_EIO, path, 0, "%s", reason);
}


static int refuse_errno (lesdiplo_error *error, const char *path) {
  const int why = errno;
  struct stat info;
  if (why == ENXIO && stat(path, &info) == 0)      /* so sockets answer */
    return refuse(error, path, info.st_mode);
  const char *advice =
    why == ENOENT || why == ENOTDIR ? "check the path" :
    why == EACCES || why == EPERM ? "allow reading it, or leave it out" :
    why == ELOOP ? "mend the links that lead to each other" :
    why == EMFILE || why == ENFILE ? "too many files are open: raise the "
                                     "limit (ulimit -n)" :
    "try again, or leave it out";
  return ld_fail(error, LESDIPLO_EIO, path, 0, "cannot be read (%s): %s",
                 strerror(why), advice);
}


/* Reads up to 'size' bytes; fewer when the file has shrunk. -1 on failure. */
static ssize_t read_all (int fd, char *to, size_t size) {
  size_t got = 0;
  while (got < size) {
    const ssize_t n = read(fd, to + got, size - got);
    if (n == 0) break;
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return -1;
    got += (size_t)n;
  }
  return (ssize_t)got;
}


static int read_file (ld_file *file, int fd, size_t size, const char *path,
                      lesdiplo_error *error) {
  char *bytes = ld_memory_new(file->memory, size + LD_PADDING);
  if (bytes == NULL) return ld_fail_memory(error);
  const ssize_t got = read_all(fd, bytes, size);
  if (got < 0) {
    const int code = refuse_errno(error, path);
    ld_memory_free(file->memory, bytes, size + LD_PADDING);
    return code;
  }
  if ((size_t)got < size) {
    char *less = ld_memory_resize(file->memory, bytes, size + LD_PADDING,
                                  (size_t)got + LD_PADDING);
    if (less != NULL) bytes = less;
  }
  file->bytes = bytes;
  file->size = (size_t)got;
  memset(bytes + got, 0, LD_PADDING);
  return LESDIPLO_OK;
}


/*
** The zero bytes behind the file: what is left of its last page is zero
** already; where that is too little an anonymous page follows. So first a
** stretch for both, and then the file over its front.
*/
static int map_file (ld_file *file, int fd, size_t size, const char *path,
                     lesdiplo_error *error) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  const size_t whole = (size + LD_PADDING + page - 1) / page * page;
  void *place = mmap(NULL, whole, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                     0);
  if (place == MAP_FAILED) {
    errno = ENOMEM;
    return ld_fail_memory(error);
  }
  /* All of it will be read: its pages are mapped at once, not one by one. */
  if (mmap(place, size, PROT_READ, MAP_SHARED | MAP_FIXED | MAP_POPULATE, fd,
           0) == MAP_FAILED) {
    const int code = refuse_errno(error, path);
    munmap(place, whole);
    return code;
  }
  file->bytes = place;
  file->size = size;
  file->mapped = whole;
  return LESDIPLO_OK;
}


int ld_file_open (ld_file *file, ld_memory *memory, const char *path,
                  lesdiplo_error *error) {
  struct stat info;
  int code;
  memset(file, 0, sizeof *file);
  file->memory = memory;
  /* without O_NONBLOCK the opening of a pipe would wait for its writer */
  const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0) return refuse_errno(error, path);
  if (fstat(fd, &info) != 0) code = refuse_errno(error, path);
  else if (!S_ISREG(info.st_mode)) code = refuse(error, path, info.st_mode);
  else if ((uint64_t)info.st_size > SIZE_MOST)
    code = ld_fail(error, LESDIPLO_EIO, path, 0,
                   "has %llu bytes, and one file may have at most %llu: "
                   "split it", (unsigned long long)info.st_size,
                   (unsigned long long)SIZE_MOST);
  else if (info.st_size < MAP_FROM)
    code = read_file(file, fd, (size_t)info.st_size, path, error);
  else
    code = map_file(file, fd, (size_t)info.st_size, path, error);
  close(fd);
  return code;
}


void ld_file_close (ld_file *file) {
  if (file->bytes == NULL) return;
  char *bytes;              /* const only for those who read it */
  memcpy(&bytes, &file->bytes, sizeof bytes);
  if (file->mapped > 0) munmap(bytes, file->mapped);
  else ld_memory_free(file->memory, bytes, file->size + LD_PADDING);
  file->bytes = NULL;
  file->size = file->mapped = 0;
}


void ld_sha256 (const char *bytes, size_t n, char hex[65]) {
  static const char digits[] = "0123456789abcdef";
  uint8_t sum[SHA256_DIGEST_LENGTH];
  SHA2_CTX context;
  SHA256Init(&context);
  SHA256Update(&context, (const uint8_t *)bytes, n);
  SHA256Final(sum, &context);
  for (size_t i = 0; i < sizeof sum; i++) {
    hex[2 * i] = digits[sum[i] >> 4];
    hex[2 * i + 1] = digits[sum[i] & 15];
  }
  hex[64] = '\0';
}
