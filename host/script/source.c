/* The script's face of engine/source.c. */
#include "script/source.h"

#include "script/class.h"
#include "script/fetcher.h"
#include "script/handler.h"
#include "script/place.h"
#include "script/state.h"

#include <assert.h>
#include <lauxlib.h>
#include <limits.h>
#include <string.h>

#define SOURCE_META "tgrunner.Source"

/* A script's open pull; it is the source's until it is answered for good. */
struct tgr_lua_pull {
  struct tgr_wait wait;
  struct tgr_lua_source *source;
  struct tgr_list tasks;
  bool answered; /* by a batch or an error */
  bool failed;
  struct tgr_error error;
};

struct tgr_lua_source *tgr_lua_source_check(lua_State *L, int index) {
  return luaL_checkudata(L, index, SOURCE_META);
}

bool tgr_lua_source_push_raised(lua_State *L, const struct tgr_lua_source *it,
                                const struct tgr_error *error) {
  return it->fetcher == NULL &&
         strcmp(it->source.error.text, error->text) == 0 &&
         tgr_lua_supplier_push_raised(&it->supplier, L);
}

/* ---- pull --------------------------------------------------------------- */

static void pull_free(struct tgr_lua_pull *pull) {
  assert(tgr_list_empty(&pull->tasks));
  if (pull->source->pull == pull)
    pull->source->pull = NULL;
  tgr_mem_free(pull->source->script->env.mem, pull);
}

static void on_batch(struct tgr_source_consumer *consumer,
                     struct tgr_list *tasks, int count) {
  struct tgr_lua_source *it =
      TGR_CONTAINER_OF(consumer, struct tgr_lua_source, consumer);
  (void)count;
  it->pull->answered = true;
  tgr_list_append_all(&it->pull->tasks, tasks);
  tgr_wait_wake(&it->pull->wait);
}

static void on_error(struct tgr_source_consumer *consumer,
                     const struct tgr_error *error) {
  struct tgr_lua_source *it =
      TGR_CONTAINER_OF(consumer, struct tgr_lua_source, consumer);
  it->pull->answered = true;
  it->pull->failed = true;
  it->pull->error = *error;
  tgr_wait_wake(&it->pull->wait);
}

/* The fiber that pulled was cancelled: the batch is for who pulls next. */
static void pull_abort(struct tgr_wait *wait) {
  struct tgr_lua_pull *pull = TGR_CONTAINER_OF(wait, struct tgr_lua_pull, wait);
  struct tgr_source *source = &pull->source->source;
  if (pull->source->pull == pull)
    tgr_source_leave(source);
  tgr_source_give_back(source, &pull->tasks);
  pull_free(pull);
}

/* The list of what was given back, which holds what is left of it when this
 * raises for want of memory. An update that nobody can decode is left out: it
 * would come again and again. */
static int push_batch(lua_State *L, struct tgr_lua_source *it) {
  lua_newtable(L);
  lua_Integer count = 0;
  struct tgr_task *task = NULL;
  while ((task = tgr_source_first_back(&it->source)) != NULL) {
    struct tgr_error error;
    if (tgr_handler_try_update(L, it->script, task, &error) == TGR_OK)
      lua_rawseti(L, -2, ++count);
    else
      tgr_log_write(it->script->env.log, TGR_LOG_ERROR, "%s; it is left out",
                    error.text);
    tgr_list_remove(&task->link);
    tgr_task_release(task);
  }
  return 1;
}

static int pull_k(lua_State *L, int status, lua_KContext ctx) {
  (void)status;
  struct tgr_lua_pull *pull = (struct tgr_lua_pull *)ctx;
  struct tgr_lua_source *it = pull->source;
  const bool answered = pull->answered;
  if (pull->failed) {
    const struct tgr_error error = pull->error;
    pull_free(pull);
    if (!tgr_lua_source_push_raised(L, it, &error))
      lua_pushstring(L, error.text);
    return lua_error(L);
  }
  tgr_source_give_back(&it->source, &pull->tasks);
  pull_free(pull);
  return answered ? push_batch(L, it) : 0;
}

static int source_pull(lua_State *L) {
  struct tgr_lua_source *it = tgr_lua_source_check(L, 1);
  tgr_fiber_check_wait(L, "the source's generator");
  struct tgr_lua_pull *pull = tgr_mem_new0(it->script->env.mem, sizeof *pull);
  if (pull == NULL)
    return tgr_place_raise(L, "not enough memory to ask for updates");
  pull->wait.abort = pull_abort;
  pull->source = it;
  tgr_list_init(&pull->tasks);
  if (it->pull != NULL ||
      tgr_source_pull(&it->source, &it->consumer) != TGR_OK) {
    tgr_mem_free(it->script->env.mem, pull);
    return tgr_place_raise(L,
                           "this source is asked for updates by someone else");
  }
  it->pull = pull;
  return tgr_fiber_wait(L, &pull->wait, (lua_KContext)pull, pull_k);
}

/* ---- the rest ----------------------------------------------------------- */

/* Who pulls is told that there will be no answer, and is the source's no more:
 * it may be asked again at once. */
static int source_close(lua_State *L) {
  struct tgr_lua_source *it = tgr_lua_source_check(L, 1);
  tgr_source_close(&it->source);
  struct tgr_lua_pull *pull = it->pull;
  if (pull != NULL && !pull->answered && it->source.state == TGR_SOURCE_IDLE) {
    it->pull = NULL;
    tgr_wait_wake(&pull->wait);
  }
  return 0;
}

static int source_is_active(lua_State *L) {
  lua_pushboolean(L, tgr_source_is_active(&tgr_lua_source_check(L, 1)->source));
  return 1;
}

static int source_set_pace(lua_State *L) {
  struct tgr_lua_source *it = tgr_lua_source_check(L, 1);
  const lua_Number pace = luaL_checknumber(L, 2);
  tgr_source_set_generator_pace(&it->source, pace >= INT_MAX ? INT_MAX
                                             : pace < 1      ? 1
                                                             : (int)pace);
  return 0;
}

static double number_field(lua_State *L, int index, const char *name,
                           double fallback) {
  lua_getfield(L, index, name);
  const double value = luaL_optnumber(L, -1, fallback);
  lua_pop(L, 1);
  return value;
}

static int source_new(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  luaL_checktype(L, 2, LUA_TTABLE);
  struct tgr_lua_source *it = lua_newuserdatauv(L, sizeof *it, 1);
  memset(it, 0, sizeof *it);
  it->script = script;
  it->consumer =
      (struct tgr_source_consumer){.on_batch = on_batch, .on_error = on_error};
  struct tgr_source_options options;
  tgr_source_options_init(&options);
  options.speed_traffic_balance = number_field(L, 2, "speed_traffic_balance",
                                               options.speed_traffic_balance);
  options.max_delay_milliseconds = number_field(L, 2, "max_delay_milliseconds",
                                                options.max_delay_milliseconds);
  it->fetcher = tgr_lua_fetcher_at(L, 1);
  struct tgr_supplier *supplier = NULL;
  if (it->fetcher != NULL) {
    supplier = tgr_lua_fetcher_supplier(it->fetcher);
  } else {
    tgr_lua_supplier_init(&it->supplier, script, L, 1);
    supplier = &it->supplier.supplier;
  }
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  tgr_source_init(&it->source, &script->env.loop->timers,
                  &script->env.loop->ready, supplier, &options);
  luaL_setmetatable(L, SOURCE_META);
  return 1;
}

static int source_gc(lua_State *L) {
  struct tgr_lua_source *it = lua_touserdata(L, 1);
  tgr_source_deinit(&it->source);
  if (it->fetcher == NULL)
    tgr_lua_supplier_deinit(&it->supplier);
  return 0;
}

void tgr_source_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"source", source_new}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"pull", source_pull},
                                     {"close", source_close},
                                     {"is_active", source_is_active},
                                     {"set_generator_pace", source_set_pace},
                                     {NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, SOURCE_META, methods, source_gc);
}
