/* Scripts that mean harm, in a sandbox with limits: each is contained within a
 * second over its budget, and another script runs afterwards. A clock that is
 * that generous holds on a slow machine, too: CPU time is what is measured. */
#include "include/tgrunner.h"

#include "support/spec.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* What a script did is undone many times slower under a sanitizer: thousands of
 * coroutines and blocks are freed one by one within a step. */
#if defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__
#define SLOWNESS 10
#else
#define SLOWNESS 1
#endif

enum {
  CPU_MS = 200,
  OVER_MS = 1000 * SLOWNESS,
  LIVE_MS = 300,
  MIB = 1 << 20,
  SOFT = 16 * MIB,
  HARD = 24 * MIB
};

/* How a script may end. */
enum {
  ENDS = 1,  /* without an error */
  FAILS = 2, /* TGR_ESCRIPT */
  GROWS = 4, /* TGR_ENOMEM */
  LIVES = 8  /* not by itself: it is stopped by the program */
};

struct hostile {
  const char *name;
  int how;
  const char *error; /* part of its text; NULL: any */
  const char *text;
};

#define TG "local tg = require 'tgrunner'\n"
#define BOT                                                                    \
  TG "local bot = tg.Bot('123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1')\n"
#define STOPPED "stopped after 200 ms"

static const struct hostile hostiles[] = {
    /* ---- CPU */
    {"a loop", FAILS, STOPPED, "while true do end"},
    {"a goto loop", FAILS, STOPPED, "::a:: goto a"},
    {"a loop in pcall", FAILS, STOPPED,
     "while true do pcall(function() while true do end end) end"},
    {"a loop in an xpcall handler", FAILS, STOPPED,
     "xpcall(error, function() while true do end end)"},
    {"a loop in a coroutine", FAILS, STOPPED,
     "coroutine.wrap(function() while true do end end)()"},
    {"a loop in a chain of coroutines", FAILS, STOPPED,
     "local f = function() while true do end end\n"
     "for i = 1, 20 do local g = f f = function() coroutine.wrap(g)() end end\n"
     "f()"},
    {"a loop in a comparator", FAILS, STOPPED,
     "table.sort({3, 2, 1}, function() while true do end end)"},
    {"a loop in a gsub callback", FAILS, STOPPED,
     "('x'):gsub('x', function() while true do end end)"},
    {"a loop in __index", FAILS, STOPPED,
     "local t = setmetatable({}, {__index = function() while true do end end})"
     " return t.x"},
    {"a loop in __tostring", FAILS, NULL,
     "tostring(setmetatable({}, {__tostring = function() while true do end "
     "end}))"},
    {"an error whose __tostring loops", FAILS, NULL,
     "error(setmetatable({}, {__tostring = function() while true do end "
     "end}))"},
    {"a loop in __close", FAILS, STOPPED,
     "local x <close> = setmetatable({}, {__close = function() while true do "
     "end end})"},
    {"a loop in __close of a failing coroutine", FAILS, NULL,
     "local x <close> = setmetatable({}, {__close = function() while true do "
     "end end}) error 'x'"},
    {"a loop in __eq", FAILS, STOPPED,
     "local m = {__eq = function() while true do end end}\n"
     "return setmetatable({}, m) == setmetatable({}, m)"},
    {"a loop in __len of table.unpack", FAILS, STOPPED,
     "table.unpack(setmetatable({}, {__len = function() while true do end end}"
     "))"},
    {"a loop in a reader of load", FAILS, NULL,
     "load(function() while true do end end)"},
    {"an endless reader of load", FAILS, NULL,
     "local f, e = load(function() return ' ' end) error(e)"},
    {"a loop in a spawned task", ENDS, NULL,
     TG "tg.spawn(function() while true do end end)"},
    {"a loop in a repeated function", FAILS, STOPPED,
     TG "local n = 0\n"
        "tg.every(1, function() end)\n"
        "while true do end"},
    {"deep recursion", FAILS, NULL,
     "local function f() return 1 + f() end f()"},
    {"endless tail calls", FAILS, STOPPED,
     "local function f() return f() end f()"},
    {"recursion through pcall", FAILS, NULL,
     "local function f() pcall(f) error 'x' end f()"},
    {"recursion through __index", FAILS, "C stack overflow",
     "local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) "
     "return t[k] end return t.x"},
    {"recursion through coroutines", FAILS, NULL,
     "local function f() coroutine.wrap(f)() end f()"},
    {"recursion through tostring", FAILS, NULL,
     "local t t = setmetatable({}, {__tostring = function() return tostring(t)"
     " end}) tostring(t)"},
    {"recursion through string.gsub", FAILS, NULL,
     "local function f() return (('x'):gsub('x', f)) end f()"},
    {"nothing, repeated", ENDS, NULL, "return #(''):rep(1 << 60)"},
    {"a move of nothing", FAILS, "too long",
     "table.move({}, 1, math.maxinteger - 1, 2)"},
    {"a concat of a table that pretends", FAILS, NULL,
     "table.concat(setmetatable({}, {__index = type}), '', 1, 1 << 50)"},
    {"an insert into a table that pretends", FAILS, "too long",
     "table.insert(setmetatable({}, {__len = function() return 1 << 60 end}),"
     " 1, 1)"},
    {"a remove from a table that pretends", FAILS, "too long",
     "table.remove(setmetatable({}, {__len = function() return 1 << 60 end}),"
     " 1)"},
    {"a sort of a table that pretends", FAILS, "too long",
     "table.sort(setmetatable({}, {__len = function() return 1 << 30 end,"
     " __index = rawlen}))"},
    {"an unpack of too much", FAILS, "too many results",
     "table.unpack({}, 1, 1 << 30)"},
    {"many large strings", FAILS, STOPPED,
     "while true do local s = ('x'):rep(1 << 19) end"},
    {"long searches", FAILS, STOPPED,
     "local s = ('x'):rep(1 << 19) while true do s:find('y', 1, true) end"},
    {"long replacements", FAILS, STOPPED,
     "local s = ('x'):rep(1 << 16) while true do s:gsub('x', 'y') end"},
    {"a hook of its own", FAILS, NULL, "debug.sethook(function() end, '', 1)"},
    /* ---- memory */
    {"a growing table", FAILS | GROWS, NULL,
     "local t = {} for i = 1, math.huge do t[i] = i end"},
    {"a growing table of tables", FAILS | GROWS, NULL,
     "local t = {} for i = 1, math.huge do t[i] = {i} end"},
    {"a doubling string", FAILS, "not enough memory",
     "local s = 'x' while true do s = s .. s end"},
    {"a string of a gigabyte", FAILS, "not enough memory",
     "return ('x'):rep(1 << 30)"},
    {"a string beyond all sizes", FAILS, NULL, "return ('xx'):rep(1 << 62)"},
    {"a global hoard in pcall", FAILS | GROWS, NULL,
     "t = {} while true do pcall(function() t[#t + 1] = ('x'):rep(1 << 16) .. "
     "#t end) end"},
    {"a hoard of coroutines", FAILS | GROWS, NULL,
     "local t = {} while true do t[#t + 1] = coroutine.create(print) end"},
    {"a hoard of closures", FAILS | GROWS, NULL,
     "local t = {} while true do t[#t + 1] = function() return t end end"},
    {"a fork bomb", FAILS | GROWS | LIVES, NULL,
     TG "local function f() tg.spawn(f) tg.spawn(f) tg.sleep(1000) end f()\n"
        "while true do tg.sleep(0) end"},
    {"a hoard of tasks", FAILS | GROWS | LIVES, NULL,
     TG "while true do tg.spawn(tg.sleep, 1e9) end"},
    {"a collector that is stopped", FAILS | ENDS, NULL,
     "collectgarbage 'stop' for i = 1, 1e9 do local t = {i} end"},
    {"a wide format", FAILS, NULL, "return ('%99999999d'):format(1)"},
    {"a long format", FAILS, NULL,
     "return (('%99s'):rep(1 << 18)):format(table.unpack({}, 1, 1 << 18))"},
    {"a concat of much", FAILS | GROWS, NULL,
     "local t = {} for i = 1, 1e5 do t[i] = ('x'):rep(1000) end return #table."
     "concat(t)"},
    {"JSON nested deeply", FAILS, NULL,
     TG "local t = {} for i = 1, 1e5 do t = {t} end tg.json.encode(t)"},
    {"JSON of doubled parts", FAILS, STOPPED,
     TG "local t = {} for i = 1, 40 do t = {t, t} end tg.json.encode(t)"},
    {"JSON of doubled parts, in pcall", FAILS, STOPPED,
     TG "local t = {1} for i = 1, 40 do t = {a = t, b = t} end "
        "while true do pcall(tg.json.encode, t) end"},
    {"a call with doubled parts", FAILS, STOPPED,
     BOT "local t = {} for i = 1, 40 do t = {t, t} end "
         "bot.api.some_method { some_field = t }"},
    {"JSON text nested deeply", FAILS, NULL,
     TG "tg.json.decode(('['):rep(1e6))"},
    {"a long chunk", FAILS, NULL,
     "local f, e = load(('x = 1 '):rep(1e6)) error(e)"},
    {"a chunk nested deeply", FAILS, NULL,
     "local f, e = load(('('):rep(1e5)) error(e)"},
    /* ---- reaching out */
    {"bytecode", FAILS, "attempt to load a binary chunk",
     "local f, e = load('\\27Lua', 'x', 'b') error(e)"},
    {"a dump", FAILS, "nil value", "string.dump(print)"},
    {"a finaliser", FAILS, "__gc",
     "setmetatable({}, {__gc = function() while true do end end})"},
    {"a finaliser by rawset", FAILS, "__gc",
     "local m = {} rawset(m, '__gc', 1) setmetatable({}, m)"},
    {"a file", FAILS, "nil value", "io.open '/etc/passwd'"},
    {"a process", FAILS, "nil value", "os.execute 'true'"},
    {"the environment", FAILS, "nil value", "os.getenv 'HOME'"},
    {"removing a file", FAILS, "nil value", "os.remove '/tmp/x'"},
    {"a file to run", FAILS, "nil value", "dofile '/etc/passwd'"},
    {"a file to load", FAILS, "nil value", "loadfile '/etc/passwd'"},
    {"a C library", FAILS, "nil value", "package.loadlib('x', '*')"},
    {"io by require", FAILS, "not there", "require 'io'"},
    {"the host's functions by require", FAILS, "not there",
     "require 'tgrunner.host'"},
    {"the library's parts by require", FAILS, "not there",
     "require 'tgrunner.errors'"},
    {"a part that is needed late, by require", FAILS, "not there",
     TG "require 'tgrunner.run'"},
    {"Lua's own load, from the stack of an error", FAILS, "not there",
     "local errors, caught = require 'tgrunner.errors', {}\n"
     "errors.handlers = setmetatable({}, {__index = function(_, f) "
     "caught[#caught + 1] = f end})\n"
     "coroutine.wrap(load)(errors.place)\n"
     "for _, f in ipairs(caught) do pcall(f, '\\27Lua') end"},
    {"the library's messages by string.format", FAILS, "token",
     TG "string.format = function() error('mine', 0) end\n"
        "tg.Bot 'no token at all'"},
    {"the library's messages by globals", FAILS, "token",
     TG "select, error = nil, nil\n"
        "tg.Bot 'no token at all'"},
    {"a bot that starts, in parts that are needed late", FAILS, "own end",
     BOT "bot:start() error 'own end'"},
    {"a part that is needed late, by a field", FAILS, "own end",
     TG "for _, l in pairs {string, table, math} do for k in pairs(l) do l[k] "
        "= nil end end\n"
        "select, setmetatable, type, require = nil\n"
        "tg.InlineKeyboard():text('a', 'b') error 'own end'"},
    {"a C module by require", FAILS, "not there", "require 'cjson'"},
    {"debug by require", FAILS, "nil value", "require('debug').getregistry()"},
    {"os by require", FAILS, "nil value", "require('os').execute()"},
    {"the registry", FAILS, "nil value", "debug.getregistry()"},
    {"an upvalue of the host's", FAILS, "nil value",
     "debug.getupvalue(print, 1)"},
    {"the metatable of a host object", FAILS, "boolean",
     BOT "getmetatable(bot._native).__gc(bot._native)"},
    {"a host method on nothing", FAILS, NULL, BOT "bot._native.call()"},
    {"a host method on something else", FAILS, NULL,
     BOT "bot._native.call(io, 1, {})"},
    {"a file to upload", FAILS, "sandbox",
     BOT "bot.api.send_document { chat_id = 1, document = tg.InputFile "
         "'/etc/passwd' }"},
    {"another server", FAILS, "sandbox",
     TG "tg.Bot('123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1', { api_root = "
        "'http://127.0.0.1:1' })"},
    {"any server", FAILS, "sandbox", TG "tg.fetch 'http://127.0.0.1:1/'"},
    {"a worker", FAILS, "sandbox", BOT "bot:use(tg.distribute 'x.lua')"},
    {"a way out by os.exit", ENDS | FAILS, NULL, "os.exit(true, true)"},
    {"the string metatable", FAILS, NULL,
     "getmetatable('').__index = nil\n" BOT "bot:on 'message:txet'"},
    {"broken globals", FAILS | ENDS, NULL,
     "for name in pairs(_G) do _G[name] = nil end"},
    {"a hijacked pcall", FAILS, STOPPED,
     "pcall = function() while true do end end " BOT
     "bot:handle_update('{\"update_id\":1}') while true do end"},
};

enum { COUNT = sizeof hostiles / sizeof *hostiles };

static void limits(struct tgr_options *options) {
  tgr_options_init(options);
  options->cpu_ms = CPU_MS;
  options->memory_soft = SOFT;
  options->memory_hard = HARD;
  options->sandbox = TGR_SANDBOX_PURE;
  options->no_polling = true;
}

static int64_t cpu_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int how(enum tgr_status status) {
  return status == TGR_OK ? ENDS : status == TGR_ENOMEM ? GROWS : FAILS;
}

/* Runs the host as a game would, and stops it after LIVE_MS. Returns how long
 * its longest step took. */
static int64_t live(struct tgr_host *host) {
  const int64_t begin_ms = cpu_ms();
  int64_t longest_ms = 0;
  while (cpu_ms() - begin_ms < LIVE_MS &&
         tgr_host_state(host) != TGR_STATE_ENDED) {
    const int64_t step_ms = cpu_ms();
    tgr_host_step(host, 1000);
    const int64_t took_ms = cpu_ms() - step_ms;
    longest_ms = took_ms > longest_ms ? took_ms : longest_ms;
  }
  tgr_host_stop(host, 0);
  return longest_ms;
}

/* Runs one script; false when it was not contained. A script that breaks its
 * state is loaded three times. */
static bool contain(const struct hostile *it) {
  struct tgr_options options;
  limits(&options);
  struct tgr_host *host = NULL;
  assert_int_equal(tgr_host_new(&options, &host), TGR_OK);
  enum tgr_status status = tgr_host_load_string(host, "spec.lua", it->text,
                                                strlen(it->text), 0, NULL);
  assert_int_equal(status, TGR_OK);
  const int64_t longest_ms = (it->how & LIVES) != 0 ? live(host) : 0;
  const int64_t begin_ms = cpu_ms();
  status = tgr_host_run(host);
  const int64_t took_ms = cpu_ms() - begin_ms;
  const int64_t most_ms = (CPU_MS + OVER_MS) * (status == TGR_ENOMEM ? 3 : 1);
  const char *text = tgr_host_errmsg(host);
  const bool as_said = (it->how & LIVES) != 0 || (how(status) & it->how) != 0;
  const bool contained = longest_ms <= CPU_MS + OVER_MS && took_ms <= most_ms &&
                         as_said &&
                         (it->error == NULL || strstr(text, it->error) != NULL);
  if (!contained)
    print_error("%s: %s after %d ms, longest step %d ms: %s\n", it->name,
                tgr_strerror(status), (int)took_ms, (int)longest_ms, text);
  tgr_host_free(host);
  return contained;
}

static void every_hostile_script_is_contained(void **state) {
  (void)state;
  assert_true(COUNT >= 60);
  int failures = 0;
  for (int i = 0; i < COUNT; i++)
    failures += !contain(&hostiles[i]);
  assert_int_equal(failures, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_hostile_script_is_contained),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
