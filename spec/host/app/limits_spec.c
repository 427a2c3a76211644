/* Limits of a host: memory, CPU, sandboxes that an honest bot works in. */
#include "include/tgrunner.h"

#include "support/spec.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { MIB = 1 << 20 };

static char log_text[4096];
static int loads;
static int calls_done;
static enum tgr_status call_status;
static char call_text[512];

static void on_event(void *user, const struct tgr_host_event *event) {
  (void)user;
  const size_t used = strlen(log_text);
  if (event->kind == TGR_EVENT_LOG)
    snprintf(log_text + used, sizeof log_text - used, "%.*s\n", (int)event->len,
             event->text);
}

static enum tgr_status note_load(void *user, const struct tgr_value *args,
                                 size_t count, struct tgr_value *result) {
  (void)user;
  (void)args;
  (void)count;
  *result = (struct tgr_value){.type = TGR_INTEGER, .integer = ++loads};
  return TGR_OK;
}

static void on_done(void *user, enum tgr_status status,
                    const struct tgr_value *values, size_t count) {
  (void)user;
  calls_done++;
  call_status = status;
  call_text[0] = '\0';
  if (count > 0 && values[0].text != NULL)
    snprintf(call_text, sizeof call_text, "%.*s", (int)values[0].len,
             values[0].text);
}

static struct tgr_host *start(enum tgr_sandbox sandbox, const char *text) {
  struct tgr_options options;
  tgr_options_init(&options);
  options.on_event = on_event;
  options.memory_soft = 8 * MIB;
  options.memory_hard = 12 * MIB;
  options.sandbox = sandbox;
  options.cpu_ms = 5000;
  options.stays = true;
  options.no_polling = true;
  log_text[0] = '\0';
  loads = calls_done = 0;
  struct tgr_host *host = NULL;
  assert_int_equal(tgr_host_new(&options, &host), TGR_OK);
  assert_int_equal(tgr_host_register(host, "note_load", note_load, NULL),
                   TGR_OK);
  assert_int_equal(
      tgr_host_load_string(host, "spec.lua", text, strlen(text), 0, NULL),
      TGR_OK);
  return host;
}

static void call(struct tgr_host *host, const char *name) {
  const int before = calls_done;
  assert_int_equal(tgr_host_call(host, name, NULL, 0, on_done, NULL), TGR_OK);
  while (calls_done == before) {
    struct pollfd fd = {.fd = tgr_host_fd(host), .events = POLLIN};
    poll(&fd, 1, tgr_host_timeout_ms(host));
    tgr_host_step(host, 1000);
  }
}

static void above_the_soft_limit_one_call_fails_and_others_go_on(void **state) {
  (void)state;
  struct tgr_host *host = start(
      TGR_SANDBOX_FULL, "note_load()\n"
                        "function hog() local t = {} while true do t[#t + "
                        "1] = { #t } end end\n"
                        "function fine() return 'fine' end");
  for (int i = 0; i < 3; i++) {
    call(host, "hog");
    assert_int_equal(call_status, TGR_ESCRIPT);
    assert_non_null(strstr(call_text, "not enough memory"));
    call(host, "fine");
    assert_string_equal(call_text, "fine");
  }
  assert_int_equal(loads, 1);
  tgr_host_free(host);
}

static void an_error_of_memory_can_be_handled(void **state) {
  (void)state;
  struct tgr_host *host = start(
      TGR_SANDBOX_FULL, "function hog()\n"
                        "  local keep = ('x'):rep(3 << 20)\n"
                        "  local ok, err = pcall(string.rep, 'x', 4 << 20)\n"
                        "  return ('handled: '):rep(1000):sub(1, 9) .. err\n"
                        "end");
  call(host, "hog");
  assert_string_equal(call_text, "handled: not enough memory");
  tgr_host_free(host);
}

static void above_the_hard_limit_the_script_is_loaded_anew(void **state) {
  (void)state;
  struct tgr_host *host =
      start(TGR_SANDBOX_FULL,
            "loaded = note_load()\n"
            "kept = {}\n"
            "function hog()\n"
            "  while true do pcall(function()\n"
            "    while true do kept[#kept + 1] = { #kept } end end) end\n"
            "end\n"
            "function fine() return 'load ' .. loaded end");
  call(host, "fine");
  assert_string_equal(call_text, "load 1");
  call(host, "hog");
  while (tgr_host_step(host, 1000))
    ;
  call(host, "fine");
  assert_string_equal(call_text, "load 2");
  assert_non_null(strstr(log_text, "12288 KiB: it is loaded anew"));
  assert_int_equal(tgr_host_state(host), TGR_STATE_STARTING);
  tgr_host_free(host);
}

static void a_script_that_always_breaks_ends_the_host(void **state) {
  (void)state;
  struct tgr_host *host = start(
      TGR_SANDBOX_FULL, "note_load() kept = {} while true do pcall(function() "
                        "kept[#kept + 1] = ('x'):rep(1 << 16) .. #kept end) "
                        "end");
  assert_int_equal(tgr_host_run(host), TGR_ENOMEM);
  assert_int_equal(loads, 3);
  assert_non_null(strstr(tgr_host_errmsg(host), "more than its 12288 KiB"));
  tgr_host_free(host);
}

static void constraints_that_raise_at_the_limit_end_the_script(void **state) {
  (void)state;
  static const char text[] =
      "local sink = require 'tgrunner'.create_concurrent_sink(\n"
      "  { consume = function() end }, function() end,\n"
      "  { concurrency = 1, sequentialize = function() error('no', 0) end })\n"
      "local list = {}\n"
      "for i = 1, 200000 do list[i] = i end\n"
      "sink:handle(list)";
  struct tgr_options options;
  tgr_options_init(&options);
  options.memory_hard = 12 * MIB;
  struct tgr_host *host = NULL;
  assert_int_equal(tgr_host_new(&options, &host), TGR_OK);
  assert_int_equal(
      tgr_host_load_string(host, "spec.lua", text, sizeof text - 1, 0, NULL),
      TGR_OK);
  assert_int_equal(tgr_host_run(host), TGR_ENOMEM);
  assert_non_null(strstr(tgr_host_errmsg(host), "more than its 12288 KiB"));
  tgr_host_free(host);
}

static void an_honest_bot_works_in_every_sandbox(void **state) {
  (void)state;
  static const char text[] =
      "local tg = require 'tgrunner'\n"
      "local bot = tg.Bot('123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1')\n"
      "bot:use(tg.sequentialize 'chat')\n"
      "bot:on('message:text', function(ctx)\n"
      "  tg.sleep(1)\n"
      "  seen = ctx.text .. os.date('!%Y', 0) .. #tg.InlineKeyboard():text('a',"
      " 'b').inline_keyboard\n"
      "  print('seen', seen)\n"
      "end)\n"
      "tg.run(bot, { sink = { max_cpu_milliseconds = 0 } })\n"
      "function what() while not seen do tg.sleep(1) end return seen end\n"
      "assert(load('return 1')() == 1)\n"
      "assert(table.concat({ 1, 2 }, ',') == '1,2')\n"
      "local t = { 3, 1, 2 } table.sort(t) table.insert(t, 4)\n"
      "assert(table.remove(t) == 4 and #table.move(t, 1, 3, 2) == 4)\n"
      "assert(('ab'):rep(2, '-') == 'ab-ab')\n";
  static const char update[] =
      "{\"update_id\":1,\"message\":{\"message_id\":1,\"date\":1,\"text\":"
      "\"hi\",\"chat\":{\"id\":1,\"type\":\"private\"}}}";
  for (int sandbox = TGR_SANDBOX_FULL; sandbox <= TGR_SANDBOX_PURE; sandbox++) {
    struct tgr_host *host = start((enum tgr_sandbox)sandbox, text);
    assert_int_equal(tgr_host_feed_update(host, update, sizeof update - 1),
                     TGR_OK);
    call(host, "what");
    assert_string_equal(call_text, "hi19701");
    if (sandbox != TGR_SANDBOX_FULL)
      assert_non_null(strstr(log_text, "seen\thi19701"));
    tgr_host_free(host);
  }
}

static void a_sandboxed_script_cannot_raise_its_cpu_limit(void **state) {
  (void)state;
  struct tgr_options options;
  tgr_options_init(&options);
  options.on_event = on_event;
  options.no_polling = true;
  options.sandbox = TGR_SANDBOX_NO_OS;
  options.cpu_ms = 50;
  log_text[0] = '\0';
  static const char text[] =
      "local tg = require 'tgrunner'\n"
      "local bot = tg.Bot('123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1')\n"
      "bot:use(function() while true do end end)\n"
      "local handle = tg.run(bot, { sink = { max_cpu_milliseconds = 0 } })\n"
      "while handle:stats().failed == 0 do tg.sleep(1) end\n"
      "handle:stop()";
  struct tgr_host *host = NULL;
  assert_int_equal(tgr_host_new(&options, &host), TGR_OK);
  assert_int_equal(
      tgr_host_load_string(host, "spec.lua", text, sizeof text - 1, 0, NULL),
      TGR_OK);
  assert_int_equal(tgr_host_feed_update(host, "{\"update_id\":1}", 15), TGR_OK);
  assert_int_equal(tgr_host_run(host), TGR_OK);
  assert_non_null(strstr(log_text, "stopped after 50 ms"));
  tgr_host_free(host);
}

static void storages_and_journals_leave_no_file_in_a_sandbox(void **state) {
  (void)state;
  static const char text[] =
      "local tg = require 'tgrunner'\n"
      "local bot = tg.Bot('123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1')\n"
      "local notes = {}\n"
      "local function try(fn)\n"
      "  local ok, err = pcall(fn)\n"
      "  notes[#notes + 1] = tostring(ok) .. ' ' .. tostring(err)\n"
      "end\n"
      "try(function() assert(tg.storage.sqlite('/tmp/limits_spec.db')) end)\n"
      "try(function() tg.run(bot, { journal = '/tmp/limits_spec.db' }) end)\n"
      "try(function() assert(tg.storage.sqlite(':memory:')) end)\n"
      "function what() return table.concat(notes, ', ') end\n";
  for (int sandbox = TGR_SANDBOX_NO_OS; sandbox <= TGR_SANDBOX_PURE;
       sandbox++) {
    unlink("/tmp/limits_spec.db");
    struct tgr_host *host = start((enum tgr_sandbox)sandbox, text);
    call(host, "what");
    assert_string_equal(call_text,
                        "false spec.lua:8: a database is not possible in this "
                        "sandbox, false spec.lua:9: a journal is not possible "
                        "in this sandbox, true nil");
    assert_int_equal(access("/tmp/limits_spec.db", F_OK), -1);
    tgr_host_free(host);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(above_the_soft_limit_one_call_fails_and_others_go_on),
      cmocka_unit_test(an_error_of_memory_can_be_handled),
      cmocka_unit_test(above_the_hard_limit_the_script_is_loaded_anew),
      cmocka_unit_test(constraints_that_raise_at_the_limit_end_the_script),
      cmocka_unit_test(a_script_that_always_breaks_ends_the_host),
      cmocka_unit_test(an_honest_bot_works_in_every_sandbox),
      cmocka_unit_test(a_sandboxed_script_cannot_raise_its_cpu_limit),
      cmocka_unit_test(storages_and_journals_leave_no_file_in_a_sandbox),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
