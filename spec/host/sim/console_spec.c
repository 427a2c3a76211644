#include "sim/console.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <stdio.h>
#include <string.h>

#define TOKEN "123456:ABC"

/* The command entities of a text as "offset+length …". */
static const char *entities(const char *text) {
  static char line[256];
  size_t len = 0;
  size_t i;
  json_t *entity;
  json_t *all = tgr_sim_console_entities(text, strlen(text));
  line[0] = '\0';
  json_array_foreach(all, i, entity) {
    len += (size_t)snprintf(
        line + len, sizeof line - len, "%s%d+%d", i == 0 ? "" : " ",
        (int)json_integer_value(json_object_get(entity, "offset")),
        (int)json_integer_value(json_object_get(entity, "length")));
  }
  json_decref(all);
  return line;
}

static void commands_are_marked_as_telegram_marks_them(void **state) {
  (void)state;
  assert_string_equal(entities("/start"), "0+6");
  assert_string_equal(entities("/start now /stop"), "0+6 11+5");
  assert_string_equal(entities("/go@some_bot x"), "0+12");
  assert_string_equal(entities("hi (/go)"), "4+3");
  assert_string_equal(entities("\xF0\x9F\x98\x80 /go"), "3+3");
}

static void what_only_looks_like_a_command_is_not_marked(void **state) {
  (void)state;
  assert_string_equal(entities("and/or"), "");
  assert_string_equal(entities("/"), "");
  assert_string_equal(entities("//go"), "");
  assert_string_equal(entities("/usr/bin"), "");
  assert_string_equal(entities("http://a"), "");
  assert_string_equal(entities("/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), "");
}

static void what_was_said_waits_for_the_first_bot(void **state) {
  (void)state;
  struct tgr_sim_world world;
  struct tgr_sim_inbox inbox;
  assert_int_equal(tgr_sim_world_init(&world, &tgr_mem_libc, TOKEN, false),
                   TGR_OK);
  assert_int_equal(tgr_sim_inbox_init(&inbox, &tgr_mem_libc), TGR_OK);
  world.inbox = &inbox;
  atomic_store(&world.unconfirmed, 1 + 5);
  assert_int_equal(tgr_sim_inbox_say(&inbox, "/hi \xFF", 5), TGR_OK);
  assert_int_equal(tgr_sim_inbox_load(&inbox, 5, 2), TGR_OK);
  assert_int_equal(tgr_sim_inbox_say(&inbox, "", 0), TGR_EINVAL);
  tgr_sim_console_deliver(&world);
  assert_int_equal(world.home->queue.count, 0);
  struct tgr_sim_bot *other = tgr_sim_world_bot(&world, "7:x", 3);
  tgr_sim_console_meet(&world, other, "getMe");
  tgr_sim_console_meet(&world, world.home, "getMe");
  assert_int_equal(other->queue.count, 6);
  assert_int_equal(atomic_load(&world.unconfirmed), 6);
  struct tgr_buf out;
  tgr_buf_init(&out, &tgr_mem_libc, SIZE_MAX);
  assert_int_equal(tgr_sim_queue_write(&other->queue, 1, &out), TGR_OK);
  const char *text = tgr_buf_cstr(&out);
  assert_non_null(strstr(text, "\"text\":\"/hi ?\""));
  assert_non_null(strstr(text, "\"bot_command\""));
  assert_non_null(strstr(text, "\"chat\":{\"id\":1000,"));
  tgr_buf_deinit(&out);
  tgr_sim_world_deinit(&world);
  tgr_sim_inbox_deinit(&inbox);
}

static void a_line_in_brackets_waits_while_its_button_may_come(void **state) {
  (void)state;
  struct tgr_sim_world world;
  struct tgr_sim_inbox inbox;
  assert_int_equal(tgr_sim_world_init(&world, &tgr_mem_libc, TOKEN, true),
                   TGR_OK);
  assert_int_equal(tgr_sim_inbox_init(&inbox, &tgr_mem_libc), TGR_OK);
  world.inbox = &inbox;
  world.console = world.home;
  const struct tgr_sim_queue *queue = &world.home->queue;
  assert_int_equal(tgr_sim_inbox_say(&inbox, "[1]", 3), TGR_OK);
  tgr_sim_console_deliver(&world); /* the bot has nothing to do */
  assert_int_equal(queue->count, 1);
  assert_int_equal(tgr_sim_inbox_say(&inbox, "[2]", 3), TGR_OK);
  tgr_sim_console_deliver(&world); /* it owes an answer */
  assert_int_equal(queue->count, 1);
  assert_true(tgr_sim_console_holds(&world));
  tgr_sim_console_note_answer(&world, false);
  tgr_sim_console_deliver(&world);
  assert_int_equal(queue->count, 2);
  assert_false(tgr_sim_console_holds(&world));
  tgr_sim_console_note_answer(&world, true);
  assert_int_equal(tgr_sim_inbox_say(&inbox, "[3]", 3), TGR_OK);
  tgr_sim_console_deliver(&world); /* it knows buttons */
  assert_true(tgr_sim_console_holds(&world));
  tgr_sim_world_deinit(&world);
  tgr_sim_inbox_deinit(&inbox);
}

static void a_line_in_brackets_waits_for_who_calls(void **state) {
  (void)state;
  struct tgr_sim_world world;
  struct tgr_sim_inbox inbox;
  assert_int_equal(tgr_sim_world_init(&world, &tgr_mem_libc, TOKEN, true),
                   TGR_OK);
  assert_int_equal(tgr_sim_inbox_init(&inbox, &tgr_mem_libc), TGR_OK);
  world.inbox = &inbox;
  tgr_sim_console_meet(&world, world.home, "getUpdates");
  assert_int_equal(inbox.called_us, 0);
  tgr_sim_console_meet(&world, world.home, "getMe");
  assert_true(inbox.called_us > 0);
  inbox.called_us += 3600000000; /* in an hour */
  assert_int_equal(tgr_sim_inbox_say(&inbox, "[1]", 3), TGR_OK);
  tgr_sim_console_deliver(&world);
  assert_true(tgr_sim_console_holds(&world));
  inbox.called_us = 1;
  tgr_sim_console_deliver(&world);
  assert_false(tgr_sim_console_holds(&world));
  tgr_sim_world_deinit(&world);
  tgr_sim_inbox_deinit(&inbox);
}

static void without_memory_nothing_is_said(void **state) {
  (void)state;
  struct spec_mem mem;
  struct tgr_sim_inbox inbox;
  spec_mem_init(&mem);
  mem.fail_at = 1;
  assert_int_equal(tgr_sim_inbox_init(&inbox, &mem.mem), TGR_OK);
  assert_int_equal(tgr_sim_inbox_say(&inbox, "x", 1), TGR_ENOMEM);
  assert_int_equal(tgr_sim_inbox_load(&inbox, 1, 1), TGR_ENOMEM);
  tgr_sim_inbox_deinit(&inbox);
}

static void
a_message_that_cannot_be_delivered_is_counted_as_lost(void **state) {
  (void)state;
  struct spec_mem mem;
  struct tgr_sim_world world;
  struct tgr_sim_inbox inbox;
  spec_mem_init(&mem);
  assert_int_equal(tgr_sim_world_init(&world, &mem.mem, TOKEN, true), TGR_OK);
  assert_int_equal(tgr_sim_inbox_init(&inbox, &mem.mem), TGR_OK);
  world.inbox = &inbox;
  world.console = world.home;
  for (long later = 1; later <= 2; later++) {
    mem.fail_at = 0;
    atomic_store(&world.unconfirmed, 1);
    assert_int_equal(tgr_sim_inbox_say(&inbox, "x", 1), TGR_OK);
    mem.fail_at = mem.requests + later;
    tgr_sim_console_deliver(&world);
    assert_int_equal(world.lost, later);
    assert_int_equal(atomic_load(&world.unconfirmed), 0);
  }
  tgr_sim_world_deinit(&world);
  tgr_sim_inbox_deinit(&inbox);
  assert_int_equal(mem.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(commands_are_marked_as_telegram_marks_them),
      cmocka_unit_test(what_only_looks_like_a_command_is_not_marked),
      cmocka_unit_test(what_was_said_waits_for_the_first_bot),
      cmocka_unit_test(a_line_in_brackets_waits_while_its_button_may_come),
      cmocka_unit_test(a_line_in_brackets_waits_for_who_calls),
      cmocka_unit_test(without_memory_nothing_is_said),
      cmocka_unit_test(a_message_that_cannot_be_delivered_is_counted_as_lost),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
