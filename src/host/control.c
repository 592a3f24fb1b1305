/*
** control.c - how a script is stopped, and why it cannot catch that.
**
** Nothing is watched while a script runs: a stop sets a flag and arms a hook
** on the thread that runs, which Lua calls at its next instruction. The flag
** is sticky and the hook counts every instruction, so whatever catches the
** error runs into the next one; our own pcall and xpcall pass it on, and a
** coroutine is armed when it is entered. What the hook cannot reach, such as a
** long match inside LPeg, the parent process kills (jail/watch.c).
*/
#include <stdio.h>
#include <string.h>

#include "host/host.h"

/* A recursion in C of this depth is stopped by us: in Lua 5.4.4 a long chain
** of coroutines that close one another overflows the C stack. */
enum { CLOSE_DEPTH = 150 };


/* ----------------------------------------------------------------------
** The stop
*/

static void hook (lua_State *L, lua_Debug *ar) {
  (void)ar;
  if (ld_host_stopped(L))
    ld_host_raise_stop(L);
  else
    lua_sethook(L, NULL, 0, 0);   /* left over from an earlier stop */
}

/* Setting a hook is safe in a signal handler, as in lua.c: it only stores. */
static void arm (lua_State *L) {
  lua_sethook(L, hook,
              LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

/* A first reason stays, but a memory stop may yet turn out to be none. */
void ld_host_stop (lesdiplo_host *host, enum ld_stop why) {
  lua_State *L = host->current;
  if (host->stop == LD_STOP_NONE || host->stop == LD_STOP_MEMORY)
    host->stop = (sig_atomic_t)why;
  if (L) arm(L);
}

void lesdiplo_host_interrupt (lesdiplo_host *host) {
  if (host && host->current) ld_host_stop(host, LD_STOP_INTERRUPT);
}

bool ld_host_stopped (lua_State *L) {
  lesdiplo_host *host = ld_host_of(L);
  if (host->stop == LD_STOP_NONE) return false;
  if (host->stop != LD_STOP_MEMORY) return true;
  lua_gc(L, LUA_GCCOLLECT);
  /* a tenth has to be free, or the next few bytes would collect again */
  if (host->memory.used > host->soft_limit - host->soft_limit / 10)
    return true;
  host->stop = LD_STOP_NONE;
  return false;
}

const char ld_host_no_room[] = "stopped: the script needs more than";

static void push_reason (lua_State *L, const lesdiplo_host *host) {
  char size[32];
  switch (host->stop) {
    case LD_STOP_TIME:
      snprintf(size, sizeof size, "%g", host->max_time);
      lua_pushfstring(L, "stopped after %s seconds, the limit (--max-time)",
                      size);
      break;
    case LD_STOP_MEMORY:
      lua_pushfstring(L, "%s %s of memory, the limit (--max-memory)",
                      ld_host_no_room,
                      ld_host_size(host->soft_limit, size, sizeof size));
      break;
    case LD_STOP_FLOOD:
      lua_pushfstring(L, "stopped: the script writes more than %s, the limit "
                         "(--max-output)",
                      ld_host_size(host->max_output, size, sizeof size));
      break;
    case LD_STOP_OUTPUT:
      lua_pushliteral(L, "stopped: its output cannot be written");
      break;
    default:
      lua_pushliteral(L, "stopped: interrupted");
      break;
  }
}

int ld_host_raise_stop (lua_State *L) {
  luaL_checkstack(L, 4, NULL);
  push_reason(L, ld_host_of(L));
  return lua_error(L);
}

/* A worker may have been stopped before it came here. */
void ld_host_begin (lesdiplo_host *host) {
  host->refusal = LESDIPLO_OK;
  host->closing = 0;
  host->current = host->L;
  if (host->stop != LD_STOP_NONE) arm(host->L);
}

void ld_host_end (lesdiplo_host *host) {
  host->current = NULL;
  host->last_stop = (enum ld_stop)host->stop;
  host->stop = LD_STOP_NONE;
  lua_sethook(host->L, NULL, 0, 0);
}


/* ----------------------------------------------------------------------
** pcall and xpcall
*/

/* After a protected call whose 'true' and results lie above 'base'. */
static int finish (lua_State *L, int status, lua_KContext base) {
  if (status != LUA_OK && status != LUA_YIELD) {
    if (ld_host_stopped(L)) ld_host_raise_stop(L);
    lua_pushboolean(L, 0);
    lua_insert(L, -2);
    return 2;
  }
  return lua_gettop(L) - (int)base;
}

static int protected_call (lua_State *L) {
  luaL_checkany(L, 1);
  lua_pushboolean(L, 1);
  lua_insert(L, 1);                               /* true f ... */
  return finish(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0,
                              finish), 0);
}

/* When a hook raises, the handler runs inside the hook, where hooks are off: a
** script's handler could loop for ever. It does not see a stop. */
static int guarded_handler (lua_State *L) {
  if (ld_host_of(L)->stop != LD_STOP_NONE) return 1;
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, 1, LUA_MULTRET);
  return lua_gettop(L);
}

static int protected_call_handled (lua_State *L) {
  luaL_checktype(L, 2, LUA_TFUNCTION);
  lua_pushvalue(L, 1);                            /* f handler ... f */
  lua_pushvalue(L, 2);
  lua_pushcclosure(L, guarded_handler, 1);
  lua_replace(L, 1);                              /* guard handler ... f */
  lua_pushboolean(L, 1);
  lua_replace(L, 2);
  lua_insert(L, 3);                               /* guard true f ... */
  return finish(L, lua_pcallk(L, lua_gettop(L) - 3, LUA_MULTRET, 1, 1,
                              finish), 1);
}


/* ----------------------------------------------------------------------
** Coroutines
*/

static lua_State *check_thread (lua_State *L) {
  lua_State *co = lua_tothread(L, 1);
  luaL_argexpected(L, co, 1, "coroutine");
  return co;
}

/* Makes 'co' the thread that a stop arms. A stop that came just before armed
** the other one. */
static void enter (lesdiplo_host *host, lua_State *co) {
  host->current = co;
  if (host->stop != LD_STOP_NONE) arm(co);
}

/* The same on the way back; a stop goes on from here. */
static void leave (lesdiplo_host *host, lua_State *L) {
  enter(host, L);
  if (ld_host_stopped(L)) ld_host_raise_stop(L);
}

/*
** Resumes 'co' with the n values on the top. Leaves its results and returns
** how many; or leaves an error value and returns -1.
*/
static int resume (lua_State *L, lua_State *co, int n) {
  lesdiplo_host *host = ld_host_of(L);
  int results = 0;
  if (!lua_checkstack(co, n)) {
    lua_pushliteral(L, "too many arguments to resume");
    return -1;
  }
  lua_xmove(L, co, n);
  enter(host, co);
  const int status = lua_resume(co, L, n, &results);
  leave(host, L);
  if (status != LUA_OK && status != LUA_YIELD) {
    lua_xmove(co, L, 1);
    return -1;
  }
  if (!lua_checkstack(L, results + 1)) {
    lua_pop(co, results);
    lua_pushliteral(L, "too many results to resume");
    return -1;
  }
  lua_xmove(co, L, results);
  return results;
}

static int coroutine_resume (lua_State *L) {
  lua_State *co = check_thread(L);
  const int n = resume(L, co, lua_gettop(L) - 1);
  lua_pushboolean(L, n >= 0);
  lua_insert(L, n >= 0 ? -(n + 1) : -2);
  return n >= 0 ? n + 1 : 2;
}

/* Closes a coroutine; it may run its `<close>` variables, hence the same care
** as for resume. Returns its status. */
static int reset (lua_State *L, lua_State *co) {
  lesdiplo_host *host = ld_host_of(L);
  if (host->closing >= CLOSE_DEPTH)
    luaL_error(L, "too many coroutines close one another (at most %d)",
               CLOSE_DEPTH);
  host->closing++;
  enter(host, co);
#if LUA_VERSION_RELEASE_NUM >= 50406
  const int status = lua_closethread(co, L);
#else
  const int status = lua_resetthread(co);
#endif
  host->closing--;
  leave(host, L);
  return status;
}

/* Upvalue: the coroutine. */
static int call_wrapped (lua_State *L) {
  lua_State *co = lua_tothread(L, lua_upvalueindex(1));
  const int n = resume(L, co, lua_gettop(L));
  if (n >= 0) return n;
  const int status = lua_status(co);
  if (status != LUA_OK && status != LUA_YIELD) {
    reset(L, co);
    lua_xmove(co, L, 1);          /* what closing made of the error */
  }
  return lua_error(L);
}

/* A coroutine made while a stop is under way is born with its hook. */
static lua_State *create (lua_State *L) {
  luaL_checktype(L, 1, LUA_TFUNCTION);
  lua_State *co = lua_newthread(L);
  lua_pushvalue(L, 1);
  lua_xmove(L, co, 1);
  return co;
}

static int coroutine_create (lua_State *L) {
  create(L);
  return 1;
}

static int coroutine_wrap (lua_State *L) {
  create(L);
  lua_pushcclosure(L, call_wrapped, 1);
  return 1;
}

/* "suspended", "dead", or NULL for one that is running or waits for one. */
static const char *rest_of (lua_State *L, lua_State *co) {
  lua_Debug ar;
  if (L == co) return NULL;
  switch (lua_status(co)) {
    case LUA_YIELD: return "suspended";
    case LUA_OK:
      if (lua_getstack(co, 0, &ar)) return NULL;
      return lua_gettop(co) == 0 ? "dead" : "suspended";
    default: return "dead";
  }
}

static int coroutine_close (lua_State *L) {
  lua_State *co = check_thread(L);
  if (!rest_of(L, co))
    return luaL_error(L, "cannot close a coroutine that runs");
  if (reset(L, co) == LUA_OK) {
    lua_pushboolean(L, 1);
    return 1;
  }
  lua_pushboolean(L, 0);
  lua_xmove(co, L, 1);
  return 2;
}


/* ----------------------------------------------------------------------
** Registration
*/

const ld_bind_entry ld_control_entries[] = {
  { "pcall", protected_call,
    "pcall(f, ...) -> true, results... | false, error\n"
    "Calls f and catches its error. A stop (time, memory, Ctrl-C) is not\n"
    "caught.\n"
    "@param f function\n"
    "@since 1\n" },
  { "xpcall", protected_call_handled,
    "xpcall(f, handler, ...) -> true, results... | false, handled error\n"
    "As pcall, with a function that turns the error into something else. It is\n"
    "not called for a stop.\n"
    "@param f function\n"
    "@param handler function\n"
    "@since 1\n" },
  { "coroutine.create", coroutine_create,
    "coroutine.create(f) -> coroutine\n"
    "As in Lua.\n"
    "@since 1\n" },
  { "coroutine.resume", coroutine_resume,
    "coroutine.resume(co, ...) -> true, values... | false, error\n"
    "As in Lua, save that a stop goes on through it.\n"
    "@since 1\n" },
  { "coroutine.wrap", coroutine_wrap,
    "coroutine.wrap(f) -> function\n"
    "As in Lua, save that a stop goes on through it.\n"
    "@since 1\n" },
  { "coroutine.close", coroutine_close,
    "coroutine.close(co) -> true | false, error\n"
    "As in Lua; coroutines that close one another may do so 150 deep.\n"
    "@since 1\n" },
  { NULL, NULL, NULL }
};

void ld_host_control (lua_State *L) {
  static const char coroutines[] = "coroutine.";
  const size_t n = sizeof coroutines - 1;
  lua_pushglobaltable(L);
  lua_getfield(L, -1, "coroutine");               /* globals coroutine */
  for (const ld_bind_entry *e = ld_control_entries; e->name; e++) {
    const bool inside = strncmp(e->name, coroutines, n) == 0;
    lua_pushcfunction(L, e->function);
    lua_setfield(L, inside ? -2 : -3, inside ? e->name + n : e->name);
  }
  lua_pop(L, 2);
}
