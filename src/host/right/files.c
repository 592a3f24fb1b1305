/*
** files.c - what scripts call to read and write files, know a variable and run
** a program: each asks the parent (broker.c), and gets a descriptor.
**
** What is not granted is refused with the flag that would allow it, as an error
** that a script may catch; what the system does not do is nil and a message.
** A File and an Output are closed once, whoever closes them.
*/
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "host/right/right.h"

static const char file_class[] = "lesdiplo.File";
static const char output_class[] = "lesdiplo.Output";

/* Its address is the key of the outputs that are open: a set, in order. */
static const char outputs_key;

enum { BLOCK = 1 << 16 };

/* A descriptor with what was read ahead, or has yet to be written. */
typedef struct stream {
  int fd;                     /* -1: closed */
  size_t begin, end;          /* of what the block holds */
  uint64_t written;           /* bytes of an output that have left the block */
  char block[BLOCK];
} stream;


/* ----------------------------------------------------------------------
** Asking
*/

/* Waits until the descriptor is ready; a stop ends that.       [-0, +0, v] */
static void await (lua_State *L, int fd, short events) {
  struct pollfd one = { fd, events, 0 };
  while (poll(&one, 1, -1) < 0)
    if (ld_host_stopped(L)) ld_host_raise_stop(L);
}

/* Takes the descriptors out of a message; those past 'count' are closed. */
static int take_fds (struct msghdr *message, int *fds, int count) {
  int taken = 0;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c; c = CMSG_NXTHDR(message, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) continue;
    const size_t n = (c->cmsg_len - CMSG_LEN(0)) / sizeof *fds;
    for (size_t i = 0; i < n; i++) {
      int fd;
      memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
      if (taken < count) fds[taken++] = fd;
      else close(fd);
    }
  }
  return taken;
}

static int no_answer (lua_State *L) {
  return luaL_error(L, "the process that started this one does not answer");
}

/* Those to a process of the session that was killed before they came. */
static void drop_answers (int fd) {
  char room[CMSG_SPACE(2 * sizeof(int))], byte;
  int fds[2], count;
  for (;;) {
    struct iovec bytes = { &byte, 1 };
    struct msghdr in = { .msg_iov = &bytes, .msg_iovlen = 1,
                         .msg_control = room, .msg_controllen = sizeof room };
    if (recvmsg(fd, &in, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) <= 0) return;
    count = take_fds(&in, fds, 2);
    while (count > 0) close(fds[--count]);
  }
}

/* Sends a question and waits for its answer. Returns how many descriptors came
** with it.                                                     [-0, +0, v] */
static int ask (lua_State *L, enum ld_ask what, const char *text, size_t n,
                ld_answer *a, int fds[2]) {
  union {
    struct cmsghdr head;
    char room[CMSG_SPACE(2 * sizeof(int))];
  } control;
  const int fd = ld_host_of(L)->broker;
  uint32_t number = what;
  struct iovec parts[2] = {
    { &number, sizeof number }, { (void *)(uintptr_t)text, n }
  };
  struct iovec whole = { a, sizeof *a - 1 };
  struct msghdr out = { .msg_iov = parts, .msg_iovlen = 2 };
  struct msghdr in = { .msg_iov = &whole, .msg_iovlen = 1,
                       .msg_control = &control,
                       .msg_controllen = sizeof control };
  if (n >= LD_ASK_MOST) luaL_error(L, "a name of %d bytes is too long", (int)n);
  drop_answers(fd);
  if (sendmsg(fd, &out, MSG_NOSIGNAL) < 0) no_answer(L);
  await(L, fd, POLLIN);
  const ssize_t got = recvmsg(fd, &in, MSG_CMSG_CLOEXEC);
  if (got < (ssize_t)offsetof(ld_answer, message)) no_answer(L);
  ((char *)a)[got] = '\0';
  return take_fds(&in, fds, 2);
}

/* A host in the embedder's process has nobody to ask. */
static void check_broker (lua_State *L, const char *name) {
  if (ld_host_of(L)->broker < 0)
    ld_host_refuse(L, LESDIPLO_EDENIED, "%s: only a script that runs in a "
                   "process of its own can be granted that", name);
}

/* nil and the message, or an error where a right is missing. */
static int fail (lua_State *L, const ld_answer *a, const char *name) {
  if (a->code == LESDIPLO_EDENIED)
    ld_host_refuse(L, LESDIPLO_EDENIED, "%s: %s", name, a->message);
  luaL_pushfail(L);
  lua_pushstring(L, a->message);
  return 2;
}


/* ----------------------------------------------------------------------
** Streams
*/

static int close_fd (stream *s) {
  const int fd = s->fd;
  s->fd = -1;
  s->begin = s->end = 0;
  return fd >= 0 ? close(fd) : 0;
}

/* Born closed: an error on the way to its descriptor leaks nothing. */
static stream *push_stream (lua_State *L, const char *class) {
  stream *s = lua_newuserdatauv(L, sizeof *s, 0);
  s->fd = -1;
  s->begin = s->end = 0;
  s->written = 0;
  luaL_setmetatable(L, class);
  return s;
}

static stream *check_open (lua_State *L, const char *class) {
  stream *s = luaL_checkudata(L, 1, class);
  luaL_argcheck(L, s->fd >= 0, 1, "it is closed");
  return s;
}

/* Files count as what is printed does, all of them together: the kernel keeps
** each of them to the limit, too.                              [-0, +0, v] */
static void count_written (lua_State *L, size_t n) {
  lesdiplo_host *host = ld_host_of(L);
  host->written += n;
  if (host->max_output == 0 || host->written <= host->max_output) return;
  ld_host_stop(host, LD_STOP_FLOOD);
  ld_host_raise_stop(L);
}

/* [-0, +0, v] */
static void write_all (lua_State *L, stream *s, const char *bytes, size_t n) {
  count_written(L, n);
  while (n > 0) {
    const ssize_t done = write(s->fd, bytes, n);
    if (done > 0) {
      s->written += (uint64_t)done;
      bytes += done;
      n -= (size_t)done;
    }
    else if (errno != EINTR)
      ld_host_refuse(L, LESDIPLO_EIO, "an output cannot be written: %s",
                     strerror(errno));
    if (ld_host_stopped(L)) ld_host_raise_stop(L);
  }
}

static void flush (lua_State *L, stream *s) {
  const size_t n = s->end;
  s->end = 0;
  write_all(L, s, s->block, n);
}

/* Reads on; false at the end.                                  [-0, +0, v] */
static bool fill (lua_State *L, stream *s) {
  ssize_t n;
  do {
    if (ld_host_stopped(L)) ld_host_raise_stop(L);
    n = read(s->fd, s->block, BLOCK);
  } while (n < 0 && errno == EINTR);
  if (n < 0) luaL_error(L, "the file cannot be read: %s", strerror(errno));
  s->begin = 0;
  s->end = (size_t)n;
  return n > 0;
}


/* ----------------------------------------------------------------------
** Files
*/

/* Pushes a stream of a class, the name at 1 opened by the broker; a number of
** results is returned when it was refused, else 0. */
static int push_opened (lua_State *L, enum ld_ask kind, const char *class,
                        const char *what) {
  ld_answer a;
  int fds[2];
  size_t n;
  const char *name = luaL_checklstring(L, 1, &n);
  luaL_argcheck(L, strlen(name) == n, 1, "a name has no NUL in it");
  check_broker(L, what);
  stream *s = push_stream(L, class);
  if (ask(L, kind, name, n, &a, fds) != 1) return fail(L, &a, what);
  s->fd = fds[0];
  return 0;
}

static int files_open (lua_State *L) {
  const int refused = push_opened(L, LD_ASK_READ, file_class, "files.open");
  return refused ? refused : 1;
}

/* file:read() -> the rest; file:read(n) -> at most n bytes, nil at the end */
static int file_read (lua_State *L) {
  stream *s = check_open(L, file_class);
  const lua_Integer most = luaL_optinteger(L, 2, LUA_MAXINTEGER);
  lua_Integer left = most;
  luaL_Buffer out;
  luaL_argcheck(L, most > 0, 2, "a number of bytes");
  luaL_buffinit(L, &out);
  while (left > 0 && (s->begin < s->end || fill(L, s))) {
    size_t n = s->end - s->begin;
    if ((lua_Integer)n > left) n = (size_t)left;
    luaL_addlstring(&out, s->block + s->begin, n);
    s->begin += n;
    left -= (lua_Integer)n;
  }
  luaL_pushresult(&out);
  if (most != LUA_MAXINTEGER && left == most) luaL_pushfail(L);
  return 1;
}

/* Upvalue: the File. Gives a line without its end. */
static int next_line (lua_State *L) {
  luaL_Buffer out;
  bool any = false;
  lua_settop(L, 0);
  lua_pushvalue(L, lua_upvalueindex(1));
  stream *s = check_open(L, file_class);
  luaL_buffinit(L, &out);
  while (s->begin < s->end || fill(L, s)) {
    const char *begin = s->block + s->begin;
    const char *end = memchr(begin, '\n', s->end - s->begin);
    const size_t n = end ? (size_t)(end - begin) : s->end - s->begin;
    any = true;
    luaL_addlstring(&out, begin, n);
    s->begin += n + (end != NULL);
    if (end) break;
  }
  luaL_pushresult(&out);
  if (!any) {
    close_fd(s);
    luaL_pushfail(L);
  }
  return 1;
}

static int file_lines (lua_State *L) {
  check_open(L, file_class);
  lua_settop(L, 1);
  lua_pushcclosure(L, next_line, 1);
  return 1;
}

static int file_close (lua_State *L) {
  close_fd(luaL_checkudata(L, 1, file_class));
  return 0;
}


/* ----------------------------------------------------------------------
** Outputs
*/

static int out_open (lua_State *L) {
  const int refused = push_opened(L, LD_ASK_WRITE, output_class, "out.open");
  if (refused) return refused;
  lua_rawgetp(L, LUA_REGISTRYINDEX, &outputs_key);
  lua_pushvalue(L, -2);
  lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
  lua_pop(L, 1);
  return 1;
}

/* output:write(...) -> output */
static int output_write (lua_State *L) {
  stream *s = check_open(L, output_class);
  const int last = lua_gettop(L);
  for (int i = 2; i <= last; i++) {
    size_t n;
    const char *bytes = luaL_checklstring(L, i, &n);
    if (n > BLOCK - s->end) flush(L, s);
    if (n > BLOCK) {
      write_all(L, s, bytes, n);
      continue;
    }
    memcpy(s->block + s->end, bytes, n);
    s->end += n;
  }
  lua_settop(L, 1);
  return 1;
}

static int output_close (lua_State *L) {
  stream *s = luaL_checkudata(L, 1, output_class);
  if (s->fd >= 0) flush(L, s);
  if (close_fd(s) != 0)
    ld_host_refuse(L, LESDIPLO_EIO, "an output cannot be written: %s",
                   strerror(errno));
  return 0;
}

static int output_flush (lua_State *L) {
  stream *s = luaL_checkudata(L, 1, output_class);
  if (s->fd >= 0) flush(L, s);
  return 0;
}

/* Another process had the same file, and may have written on. */
static int output_back (lua_State *L) {
  const stream *s = luaL_checkudata(L, 1, output_class);
  const off_t end = (off_t)s->written;
  if (s->fd >= 0 && (ftruncate(s->fd, end) != 0 ||
                     lseek(s->fd, end, SEEK_SET) != end))
    ld_host_refuse(L, LESDIPLO_EIO, "an output cannot be written: %s",
                   strerror(errno));
  return 0;
}

/* All of them, since a script may leave them open. */
static void each_output (lua_State *L, lua_CFunction function) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &outputs_key) == LUA_TTABLE) {
    const lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 1; i <= n; i++) {
      lua_pushcfunction(L, function);
      lua_rawgeti(L, -2, i);
      lua_call(L, 1, 0);
    }
  }
  lua_pop(L, 1);
}

void ld_files_finish (lua_State *L) {
  each_output(L, output_close);
}

void ld_files_flush (lua_State *L) {
  each_output(L, output_flush);
}

void ld_files_back (lua_State *L) {
  char digits[24];
  ld_answer a;
  int fds[2];
  lua_Integer n = 0;
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &outputs_key) == LUA_TTABLE)
    n = (lua_Integer)lua_rawlen(L, -1);
  lua_pop(L, 1);
  each_output(L, output_back);
  const int length = snprintf(digits, sizeof digits, "%lld", (long long)n);
  ask(L, LD_ASK_BACK, digits, (size_t)length, &a, fds);
}


/* ----------------------------------------------------------------------
** Variables
*/

/* __index of env: (table, name). */
static int env_get (lua_State *L) {
  ld_answer a;
  int fds[2];
  size_t n;
  if (lua_type(L, 2) != LUA_TSTRING) return 0;
  const char *name = lua_tolstring(L, 2, &n);
  if (strlen(name) != n || ld_host_of(L)->broker < 0) return 0;
  ask(L, LD_ASK_ENV, name, n, &a, fds);
  if (a.code != LESDIPLO_OK) return 0;
  lua_pushstring(L, a.message);
  return 1;
}


/* ----------------------------------------------------------------------
** Programs
*/

/* The words of argument 1, each with its NUL, into 'out'. */
static size_t take_words (lua_State *L, char out[LD_ASK_MOST]) {
  size_t used = 0, n;
  const lua_Integer count = (lua_Integer)lua_rawlen(L, 1);
  luaL_argcheck(L, count > 0, 1, "a program, as in run{\"dot\", \"-Tsvg\"}");
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, 1, i);
    const char *word = lua_tolstring(L, -1, &n);
    luaL_argcheck(L, word && strlen(word) == n, 1,
                  "its words are strings without NUL");
    luaL_argcheck(L, used + n + 1 < LD_ASK_MOST, 1, "its words are too long");
    memcpy(out + used, word, n + 1);
    used += n + 1;
    lua_pop(L, 1);
  }
  return used;
}

/* A program's pipes, and what it has yet to be given. */
typedef struct talk {
  stream *out;                /* what it prints */
  stream *in;                 /* what it reads */
  const char *input;
  size_t left;
} talk;

/* A program that reads no more is no failure. */
static void give (talk *t) {
  const ssize_t n = t->left ? write(t->in->fd, t->input, t->left) : 0;
  if (n > 0) {
    t->input += n;
    t->left -= (size_t)n;
  }
  if (t->left == 0 || (n < 0 && errno != EINTR && errno != EAGAIN))
    close_fd(t->in);
}

/* Reads what it prints while it takes what it is given: neither waits for the
** other, since the pipe to it does not block.                  [-0, +0, v] */
static void converse (lua_State *L, talk *t, luaL_Buffer *out) {
  for (;;) {
    struct pollfd ends[2] = {
      { t->out->fd, POLLIN, 0 }, { t->in->fd, POLLOUT, 0 }
    };
    if (ld_host_stopped(L)) ld_host_raise_stop(L);
    if (poll(ends, 2, -1) < 0) continue;
    if (ends[1].revents) give(t);
    if (!ends[0].revents) continue;
    if (!fill(L, t->out)) return;
    luaL_addlstring(out, t->out->block, t->out->end);
  }
}

/* run{program, word ..., input = text} -> output, status */
static int run_program (lua_State *L) {
  char words[LD_ASK_MOST];
  ld_answer a;
  int fds[2];
  talk t = { NULL, NULL, "", 0 };
  luaL_Buffer out;
  luaL_checktype(L, 1, LUA_TTABLE);
  lua_settop(L, 1);
  check_broker(L, "run");
  const size_t n = take_words(L, words);
  lua_pushliteral(L, "input");
  if (lua_rawget(L, 1) != LUA_TNIL) t.input = luaL_checklstring(L, 2, &t.left);
  t.out = push_stream(L, file_class);
  t.in = push_stream(L, file_class);
  if (ask(L, LD_ASK_RUN, words, n, &a, fds) != 2) return fail(L, &a, "run");
  t.out->fd = fds[0];
  t.in->fd = fds[1];
  luaL_buffinit(L, &out);
  converse(L, &t, &out);
  luaL_pushresult(&out);
  close_fd(t.in);
  close_fd(t.out);
  ask(L, LD_ASK_WAIT, "", 0, &a, fds);
  lua_pushinteger(L, a.status);
  return 2;
}


/* ----------------------------------------------------------------------
** Registration
*/

const ld_bind_entry ld_files_entries[] = {
  { "files.open", files_open,
    "files.open(path) -> File | nil, message\n"
    "Opens a file to read, if the user has granted it (--allow-read PATH).\n"
    "@param path string\n"
    "@raises what is not granted\n"
    "@since 1\n" },
  { "file:read", file_read,
    "file:read([n]) -> string | nil\n"
    "The rest of the file; or at most n bytes, and nil at its end.\n"
    "@since 1\n" },
  { "file:lines", file_lines,
    "file:lines() -> iterator\n"
    "Its lines, without their ends. After the last one it is closed.\n"
    "@since 1\n" },
  { "file:close", file_close,
    "file:close()\n"
    "Closes it; twice does no harm.\n"
    "@since 1\n" },
  { "out.open", out_open,
    "out.open(name) -> Output | nil, message\n"
    "A new file in a folder that the user has granted (--allow-write FOLDER):\n"
    "name is plain, or FOLDER/NAME where there are several. It is put in its\n"
    "place when the script has ended well, and not at all when it has not.\n"
    "@param name string\n"
    "@raises what is not granted\n"
    "@since 1\n" },
  { "output:write", output_write,
    "output:write(...) -> Output\n"
    "Writes strings and numbers.\n"
    "@since 1\n" },
  { "output:close", output_close,
    "output:close()\n"
    "Closes it. Open ones are closed at the end of the script.\n"
    "@since 1\n" },
  { "env", NULL,
    "env -> table\n"
    "Variables of the environment that the user has granted (--allow-env NAME):\n"
    "env.NAME is a string. Others are nil.\n"
    "@since 1\n" },
  { "run", run_program,
    "run{program, word..., input = text} -> output, status | nil, message\n"
    "Runs a program that the user has granted (--allow-run PROGRAM), without a\n"
    "shell: what it printed, and the number it ended with. Such a program can\n"
    "do all that the user can.\n"
    "@raises what is not granted\n"
    "@since 1\n" },
  { NULL, NULL, NULL }
};

/* Puts the functions whose names begin with 'prefix' into the table on top. */
static void add_functions (lua_State *L, const char *prefix) {
  const size_t n = strlen(prefix);
  for (const ld_bind_entry *e = ld_files_entries; e->name; e++) {
    if (!e->function || strncmp(e->name, prefix, n) != 0) continue;
    lua_pushcfunction(L, e->function);
    lua_setfield(L, -2, e->name + n);
  }
}

static int end_stream (lua_State *L) {
  close_fd(lua_touserdata(L, 1));
  return 0;
}

/* Closing without flushing is the end of what the collector found, or of a run
** that failed: an output of such a run is thrown away. */
static void make_class (lua_State *L, const char *name, const char *prefix,
                        lua_CFunction close) {
  luaL_newmetatable(L, name);
  lua_newtable(L);
  add_functions(L, prefix);
  lua_setfield(L, -2, "__index");
  lua_pushcfunction(L, end_stream);
  lua_setfield(L, -2, "__gc");
  lua_pushcfunction(L, close);
  lua_setfield(L, -2, "__close");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 1);
}

static void push_env (lua_State *L) {
  lua_newtable(L);
  lua_createtable(L, 0, 2);
  lua_pushcfunction(L, env_get);
  lua_setfield(L, -2, "__index");
  lua_pushboolean(L, 0);
  lua_setfield(L, -2, "__metatable");
  lua_setmetatable(L, -2);
}

static void make_classes (lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &outputs_key) == LUA_TNIL) {
    make_class(L, file_class, "file:", file_close);
    make_class(L, output_class, "output:", output_close);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &outputs_key);
  }
  lua_pop(L, 1);
}

void ld_files_push (lua_State *L, const char *name) {
  make_classes(L);
  if (strcmp(name, "env") == 0)
    push_env(L);
  else if (strcmp(name, "run") == 0)
    lua_pushcfunction(L, run_program);
  else {
    lua_newtable(L);
    add_functions(L, strcmp(name, "out") == 0 ? "out." : "files.");
  }
}
