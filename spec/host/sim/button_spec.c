#include "sim/button.h"

#include "support/spec.h"
#include "support/spec_mem.h"

#include <string.h>

#define TOKEN "123456:ABC"

static struct tgr_sim_world world;

static int fresh(void **state) {
  (void)state;
  return tgr_sim_world_init(&world, &tgr_mem_libc, TOKEN, true) == TGR_OK ? 0
                                                                          : -1;
}

static int done(void **state) {
  (void)state;
  tgr_sim_world_deinit(&world);
  return 0;
}

/* Keeps a message with these rows of buttons in a chat. */
static void sent(int64_t id, int chat, const char *rows) {
  json_t *keyboard = json_loads(rows, 0, NULL);
  assert_non_null(keyboard);
  json_t *message =
      json_pack("{s:I,s:{s:i},s:{s:o}}", "message_id", (json_int_t)id, "chat",
                "id", chat, "reply_markup", "inline_keyboard", keyboard);
  assert_non_null(message);
  tgr_sim_bot_keep_message(world.home, message);
  json_decref(message);
  if (world.home->next_message_id <= id)
    world.home->next_message_id = id + 1;
}

/* "message id:data" of what pressing gives; "" for nothing. */
static const char *pressed(const char *label) {
  static char text[64];
  text[0] = '\0';
  json_t *update =
      tgr_sim_button_press(&world, world.home, label, strlen(label));
  const json_t *query = json_object_get(update, "callback_query");
  if (query != NULL)
    (void)snprintf(text, sizeof text, "%d:%s",
                   (int)json_integer_value(json_object_get(
                       json_object_get(query, "message"), "message_id")),
                   json_string_value(json_object_get(query, "data")));
  json_decref(update);
  return text;
}

static void a_line_in_brackets_presses(void **state) {
  (void)state;
  size_t len = 0;
  const char *label = tgr_sim_button_label("[Yes]", 5, &len);
  assert_int_equal(len, 3);
  assert_memory_equal(label, "Yes", 3);
  assert_null(tgr_sim_button_label("Yes", 3, &len));
  assert_null(tgr_sim_button_label("[]", 2, &len));
  assert_null(tgr_sim_button_label("[Yes", 4, &len));
  assert_null(tgr_sim_button_label("[Yes] no", 8, &len));
}

static void the_newest_message_with_the_button_is_meant(void **state) {
  (void)state;
  sent(1, TGR_SIM_CONSOLE_ID, "[[{\"text\":\"A\",\"callback_data\":\"old\"}]]");
  sent(2, TGR_SIM_CONSOLE_ID,
       "[[{\"text\":\"L\",\"url\":\"https://x\"}],"
       "[{\"text\":\"A\",\"callback_data\":\"new\"},"
       "{\"text\":\"B\",\"callback_data\":\"b\"}]]");
  sent(3, 77, "[[{\"text\":\"A\",\"callback_data\":\"elsewhere\"}]]");
  sent(4, TGR_SIM_CONSOLE_ID, "[[{\"text\":\"C\",\"callback_data\":\"c\"}]]");
  assert_string_equal(pressed("A"), "2:new");
  assert_string_equal(pressed("C"), "4:c");
  assert_string_equal(pressed("L"), "");
  assert_string_equal(pressed("a"), "");
}

static void a_deleted_message_has_no_buttons(void **state) {
  (void)state;
  sent(1, TGR_SIM_CONSOLE_ID, "[[{\"text\":\"A\",\"callback_data\":\"a\"}]]");
  json_t *chat = json_pack("{s:i}", "id", TGR_SIM_CONSOLE_ID);
  tgr_sim_bot_forget_message(world.home, chat, 1);
  json_decref(chat);
  assert_string_equal(pressed("A"), "");
}

static void a_keyboard_is_drawn_row_by_row(void **state) {
  (void)state;
  struct spec_mem mem;
  struct tgr_buf out;
  json_t *message =
      json_pack("{s:{s:[[{s:s},{s:s}],[{s:s}]]}}", "reply_markup",
                "inline_keyboard", "text", "Yes", "text", "No", "text", "More");
  spec_mem_init(&mem);
  tgr_buf_init(&out, &mem.mem, SIZE_MAX);
  assert_int_equal(tgr_sim_button_draw(message, &out), TGR_OK);
  assert_string_equal(tgr_buf_cstr(&out), "\n[Yes] [No]\n[More]");
  tgr_buf_deinit(&out);
  mem.fail_at = mem.requests + 1;
  tgr_buf_init(&out, &mem.mem, SIZE_MAX);
  assert_int_equal(tgr_sim_button_draw(message, &out), TGR_ENOMEM);
  tgr_buf_deinit(&out);
  json_decref(message);
  assert_int_equal(mem.live, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_line_in_brackets_presses),
      cmocka_unit_test_setup_teardown(
          the_newest_message_with_the_button_is_meant, fresh, done),
      cmocka_unit_test_setup_teardown(a_deleted_message_has_no_buttons, fresh,
                                      done),
      cmocka_unit_test(a_keyboard_is_drawn_row_by_row),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
