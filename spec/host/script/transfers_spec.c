/* What scripts send and receive (method.c, fetch.c, file.c, stream.c,
 * payload.c), with memory running out at every place. */
#include "script/state.h"

#include "host/net/net_spec.h"

#include <lauxlib.h>
#include <stdlib.h>

#define TOKEN "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"

static struct spec_mem mem;
static struct tgr_script *script;
static int ended;
static enum tgr_status end_status;
static long fail_in; /* requests behind the mark; 0: none fails */
static bool finished;

static void ignore_line(void *user, enum tgr_log_level level, const char *text,
                        size_t len) {
  (void)user;
  (void)level;
  (void)text;
  (void)len;
}

static struct tgr_log log_nothing = {.threshold = TGR_LOG_NONE,
                                     .write = ignore_line};

static void on_end(void *user, const struct tgr_script_end *end) {
  (void)user;
  ended++;
  end_status = end->status;
}

/* For scripts: from here on memory runs out. */
static int mark(lua_State *L) {
  (void)L;
  mem.fail_at = fail_in == 0 ? 0 : mem.requests + fail_in;
  return 0;
}

/* For scripts: what was to be done is done. */
static int finish(lua_State *L) {
  (void)L;
  mem.fail_at = 0;
  finished = true;
  return 0;
}

/* Runs `text` with `url` and `path` as its arguments. */
static void run_script(const char *text, char *path) {
  spec_mem_init(&mem);
  ended = 0;
  finished = false;
  assert_int_equal(tgr_loop_init(&loop, &mem.mem), TGR_OK);
  assert_int_equal(tgr_http_new(&mem.mem, &loop, NULL, &http), TGR_OK);
  log_nothing.mem = &mem.mem;
  const struct tgr_script_env env = {
      .mem = &mem.mem, .log = &log_nothing, .loop = &loop, .http = http};
  struct tgr_error error;
  assert_int_equal(tgr_script_new(&env, &script, &error), TGR_OK);
  script->on_end = on_end;
  lua_register(script->L, "mark", mark);
  lua_register(script->L, "finish", finish);
  char *const argv[] = {server.url, path};
  assert_int_equal(
      tgr_script_start(script, "spec.lua", text, strlen(text), 2, argv, &error),
      TGR_OK);
  run_until(&ended, 1);
  mem.fail_at = 0;
  tgr_script_free(script);
  tgr_http_free(http);
  run_for_ms(5); /* disks come back */
  tgr_loop_deinit(&loop);
  assert_int_equal(mem.live, 0);
}

static void serve(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    spec_peer_answer(peer, 200,
                     strstr(peer->head, "/file/") != NULL ? "some bytes"
                     : strstr(peer->head, "getFile") != NULL
                         ? "{\"ok\":true,\"result\":{\"file_id\":\"x\","
                           "\"file_path\":\"a/b\"}}"
                         : "{\"ok\":true,\"result\":{\"message_id\":1}}");
}

static int setup(void **state) {
  (void)state;
  spec_server_start(&server, serve, NULL);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  spec_server_stop(&server);
  return 0;
}

#define HEAD                                                                   \
  "local url, path = ...\n"                                                    \
  "local tg = require 'tgrunner'\n"                                            \
  "local bot = tg.Bot('" TOKEN "', { api_root = url, auto_retry = false })\n"  \
  "local file = bot.api.get_file { file_id = 'x' }\n"                          \
  "local n = 0\n"                                                              \
  "local function piece() n = n + 1 if n <= 2 then return 'bytes' end end\n"   \
  "collectgarbage()\n"

/* Whether memory ran out before the script was through. */
static void walk(const char *text) {
  char path[] = "/tmp/transfers_spec.XXXXXX";
  const int fd = mkstemp(path);
  assert_true(fd >= 0);
  close(fd);
  fail_in = 0;
  run_script(text, path);
  assert_true(finished);
  assert_int_equal(end_status, TGR_OK);
  fail_in = 1;
  do {
    run_script(text, path);
    fail_in++;
  } while (!finished);
  assert_in_range(fail_in, 5, 1000);
  unlink(path);
}

static void calls_survive(void **state) {
  (void)state;
  walk(HEAD "mark()\n"
            "bot.api.send_message { chat_id = 1, text = 'x' }\n"
            "finish()\n");
}

static void uploads_survive(void **state) {
  (void)state;
  walk(HEAD "mark()\n"
            "bot.api.send_media_group { chat_id = 1, media = {\n"
            "  { type = 'photo', media = tg.InputFile { bytes = 'x' } },\n"
            "  { type = 'photo', media = tg.InputFile(path) },\n"
            "  { type = 'photo', media = tg.InputFile(piece) } } }\n"
            "finish()\n");
}

static void downloads_survive(void **state) {
  (void)state;
  walk(HEAD "mark()\n"
            "file:download(path)\n"
            "finish()\n");
}

static void copies_survive(void **state) {
  (void)state;
  walk(HEAD "file.file_path = path\n"
            "mark()\n"
            "file:download(path)\n"
            "finish()\n");
}

static void files_in_pieces_survive(void **state) {
  (void)state;
  walk(HEAD "mark()\n"
            "for chunk in file:chunks() do n = n + #chunk end\n"
            "finish()\n"
            "assert(n == 10)\n");
}

static void local_files_in_pieces_survive(void **state) {
  (void)state;
  walk(HEAD "file.file_path = path\n"
            "mark()\n"
            "for chunk in file:chunks() do n = n + #chunk end\n"
            "finish()\n");
}

static void fetches_survive(void **state) {
  (void)state;
  walk(HEAD
       "mark()\n"
       "local got = tg.fetch(url, { json = { 1 }, headers = { A = 'b' }})\n"
       "finish()\n"
       "assert(got.status == 200)\n");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(calls_survive),           TEST(uploads_survive),
      TEST(downloads_survive),       TEST(copies_survive),
      TEST(files_in_pieces_survive), TEST(local_files_in_pieces_survive),
      TEST(fetches_survive),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
