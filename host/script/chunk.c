/* A script's main chunk: compiled, run as a fiber, and how it ended. */
#include "script/describe.h"
#include "script/place.h"
#include "script/sandbox.h"
#include "script/state.h"
#include "script/worker.h"

#include <errno.h>
#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

/* The text in the field `name` of the table on top; "" for none. */
static const char *raw_text(lua_State *L, const char *name) {
  lua_pushstring(L, name);
  lua_rawget(L, -2);
  const char *text = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
  lua_pop(L, 1); /* the table holds it */
  return text;
}

/* Protected: (error, status: light). What an error that nobody caught means to
 * those who start the program: a call of the Bot API that had no network, or no
 * valid token, is neither's fault. */
static int find_status(lua_State *L) {
  enum tgr_status *status = lua_touserdata(L, 2);
  if (luaL_getmetafield(L, 1, "__name") == LUA_TNIL)
    return 0;
  const bool is_api = lua_type(L, -1) == LUA_TSTRING &&
                      strcmp(lua_tostring(L, -1), "tgrunner.ApiError") == 0;
  if (!is_api || !lua_istable(L, 1))
    return 0;
  lua_pushvalue(L, 1);
  lua_pushliteral(L, "error_code");
  lua_rawget(L, -2);
  if (lua_tointeger(L, -1) == 401)
    *status = TGR_EAUTH;
  lua_pop(L, 1);
  if (strcmp(raw_text(L, "kind"), "network") == 0)
    *status = TGR_ENET;
  return 0;
}

static enum tgr_status status_of(lua_State *L, lua_State *co) {
  enum tgr_status status = TGR_ESCRIPT;
  lua_pushcfunction(L, find_status);
  lua_pushvalue(co, 1);
  lua_xmove(co, L, 1);
  lua_pushlightuserdata(L, &status);
  if (lua_pcall(L, 2, 0, 0) != LUA_OK)
    lua_pop(L, 1);
  return status;
}

/* Protected: (text, frames) -> both */
static int join(lua_State *L) {
  lua_pushliteral(L, "\n");
  lua_insert(L, 2);
  lua_concat(L, 3);
  return 1;
}

/* Leaves on L the text of what `co` raised, without memory only a part. */
static void push_error(struct tgr_script *script, lua_State *co) {
  lua_State *L = script->L;
  tgr_describe_push(&script->fibers, co);
  if (tgr_describe_frames(co) == NULL)
    return;
  lua_pushcfunction(L, join);
  lua_pushvalue(L, -2);
  lua_pushvalue(co, 2);
  lua_xmove(co, L, 1);
  if (lua_pcall(L, 2, 1, 0) == LUA_OK)
    lua_replace(L, -2);
  else
    lua_pop(L, 1);
}

static void main_ended(struct tgr_fiber *fiber, enum tgr_fiber_end how) {
  struct tgr_script *script = fiber->owner;
  lua_State *co = fiber->co;
  if (how == TGR_FIBER_RETURNED) {
    if (lua_isinteger(co, 1))
      script->exit_code = tgr_script_exit_code(lua_tointeger(co, 1));
    if (script->env.worker != NULL)
      tgr_worker_loaded(script->env.worker);
    if (script->clock.is_virtual) /* no time passes for what is left */
      tgr_script_exit(script,
                      &(struct tgr_script_end){.exit_code = script->exit_code});
    return;
  }
  if (how == TGR_FIBER_CANCELED ||
      (script->env.worker != NULL &&
       tgr_worker_is_out_of_memory(script->env.worker)))
    return;
  lua_State *L = script->L;
  if (!lua_checkstack(L, 5) || !lua_checkstack(co, 1)) {
    tgr_script_exit(
        script, &(struct tgr_script_end){.status = TGR_ENOMEM, .exit_code = 1});
    return;
  }
  enum tgr_status status =
      script->env.worker == NULL ? status_of(L, co) : TGR_ESCRIPT;
  push_error(script, co);
  const char *text = lua_tostring(L, -1);
  const char *known = script->end_error.text;
  if (*known != '\0' && strstr(text, known) != NULL) {
    status = script->end_error.status; /* one line says it */
    text = known;
  }
  tgr_script_exit(script, &(struct tgr_script_end){
                              .status = status, .exit_code = 1, .text = text});
  lua_pop(L, 1);
}

/* What tgr_script_start hands to its protected part. */
struct main_chunk {
  const char *name;
  const char *text;
  size_t len;
  int argc;
  char *const *argv;
  lua_State *co;
};

/* Protected: compiles the chunk and puts it with its arguments on `co`. */
static int load_main(lua_State *L) {
  const struct main_chunk *chunk = lua_touserdata(L, 1);
  const char *name = chunk->name;
  if (strcmp(name, "-") == 0)
    lua_pushliteral(L, "=stdin");
  else if (strcmp(name, "-e") == 0)
    lua_pushliteral(L, "=(command line)");
  else
    lua_pushfstring(L, "@%s", name);
  if (chunk->len > 0 && *chunk->text == *LUA_SIGNATURE)
    return luaL_error(L, "%s: compiled code of Lua is not run, only its text",
                      name);
  if (luaL_loadbufferx(L, chunk->text, chunk->len, lua_tostring(L, -1), "t") !=
      LUA_OK)
    return lua_error(L);
  lua_createtable(L, chunk->argc, 2);
  lua_pushstring(L, name);
  lua_rawseti(L, -2, 0);
  lua_pushstring(L, program_invocation_name); /* as argv[0] gave it */
  lua_rawseti(L, -2, -1);
  luaL_checkstack(L, chunk->argc + 1, "script arguments");
  for (int i = 1; i <= chunk->argc; i++) {
    lua_pushstring(L, chunk->argv[i - 1]);
    lua_rawseti(L, -2, i);
  }
  lua_setglobal(L, "arg");
  for (int i = 0; i < chunk->argc; i++)
    lua_pushstring(L, chunk->argv[i]);
  if (!lua_checkstack(chunk->co, chunk->argc + 1))
    return tgr_place_raise(L, "not enough memory");
  lua_xmove(L, chunk->co, chunk->argc + 1);
  return 0;
}

/* Adds the source line that a message "chunk:LINE: …" speaks of. */
static void add_source_line(struct tgr_error *error, const char *name,
                            const char *text, size_t len) {
  const size_t name_len = strlen(name); /* it may hold colons itself */
  const bool is_path = strncmp(error->text, name, name_len) == 0;
  const char *colon = strchr(error->text + (is_path ? name_len : 0), ':');
  int line = 0;
  if (colon == NULL || sscanf(colon, ":%d:", &line) != 1 || line < 1)
    return;
  const char *end = text + len;
  for (; line > 1 && text < end; line--) {
    const char *newline = memchr(text, '\n', (size_t)(end - text));
    if (newline == NULL)
      return;
    text = newline + 1;
  }
  const char *newline = memchr(text, '\n', (size_t)(end - text));
  const int width = (int)((newline == NULL ? end : newline) - text);
  const size_t used = strlen(error->text);
  snprintf(error->text + used, sizeof error->text - used, "\n  %.*s",
           width < 160 ? width : 160, text);
}

/* A byte order mark is skipped. A first line that begins with # (as in
 * "#!/usr/bin/env tgrunner-lua") is skipped; its newline stays, so that line
 * numbers hold. */
static void skip_shebang(const char **text, size_t *len) {
  static const char mark[] = {'\xEF', '\xBB', '\xBF'};
  if (*len >= sizeof mark && memcmp(*text, mark, sizeof mark) == 0) {
    *text += sizeof mark;
    *len -= sizeof mark;
  }
  if (*len == 0 || **text != '#')
    return;
  const char *newline = memchr(*text, '\n', *len);
  const size_t skipped = newline == NULL ? *len : (size_t)(newline - *text);
  *text += skipped;
  *len -= skipped;
}

enum tgr_status tgr_script_start(struct tgr_script *script, const char *name,
                                 const char *text, size_t len, int argc,
                                 char *const argv[], struct tgr_error *error) {
  lua_State *L = script->L;
  const char *const whole = text;
  const size_t whole_len = len;
  skip_shebang(&text, &len);
  struct tgr_fiber *fiber = tgr_fiber_new(&script->fibers);
  if (fiber == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "not enough memory for %s", name);
  struct main_chunk chunk = {.name = name,
                             .text = text,
                             .len = len,
                             .argc = argc,
                             .argv = argv,
                             .co = fiber->co};
  lua_pushcfunction(L, load_main);
  lua_pushlightuserdata(L, &chunk);
  if (lua_pcall(L, 1, 0, 0) != LUA_OK) {
    tgr_error_set(error, TGR_ESYNTAX, "%s", lua_tostring(L, -1));
    lua_pop(L, 1);
    add_source_line(error, name, whole, whole_len);
    void (*const idle)(struct tgr_fibers *) = script->fibers.idle;
    script->fibers.idle = NULL; /* it never ran: that is no end */
    tgr_fiber_drop(fiber);
    script->fibers.idle = idle;
    return tgr_heap_exceeded(&script->heap)
               ? tgr_script_tell_limit(script, error)
               : TGR_ESYNTAX;
  }
  fiber->owner = script;
  if (script->env.worker == NULL) /* a worker that spins is replaced */
    fiber->cpu_budget_ms =
        tgr_sandbox_cpu_ms(script, 0); /* loading may be long */
  tgr_fiber_start(fiber, argc, main_ended);
  return TGR_OK;
}
