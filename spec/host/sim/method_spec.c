#include "sim/method.h"

#include "support/spec.h"

#include <string.h>
#include <strings.h>

static void the_table_is_in_order(void **state) {
  (void)state;
  size_t count;
  const struct tgr_sim_method *table = tgr_sim_method_table(&count);
  assert_true(count > 150);
  for (size_t i = 1; i < count; i++)
    assert_true(strcasecmp(table[i - 1].name, table[i].name) < 0);
}

static void names_are_found_in_any_case(void **state) {
  (void)state;
  struct tgr_sim_method spare;
  assert_string_equal(tgr_sim_method_find("SENDMESSAGE", &spare)->name,
                      "sendMessage");
  assert_string_equal(tgr_sim_method_find("getme", &spare)->name, "getMe");
}

static void a_plausible_name_is_served_by_its_first_word(void **state) {
  (void)state;
  struct tgr_sim_method spare;
  const struct tgr_sim_method *method =
      tgr_sim_method_find("sendHologram", &spare);
  assert_string_equal(method->name, "sendHologram");
  assert_ptr_equal(method->run, tgr_sim_send_part);
  assert_ptr_equal(tgr_sim_method_find("setMood", &spare)->run,
                   tgr_sim_set_true);
}

static void other_names_are_unknown(void **state) {
  (void)state;
  struct tgr_sim_method spare;
  static const char *const names[] = {
      "", "foo", "send", "get", "get me", "getMe/x", "set1", "messageSend"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    assert_null(tgr_sim_method_find(names[i], &spare));
}

/* Runs a method without HTTP and returns the status. */
static int run(struct tgr_sim_world *world, const struct tgr_sim_method *method,
               json_t *params) {
  struct tgr_sim_call call = {
      .world = world, .bot = world->home, .params = params};
  call.files = json_object();
  tgr_buf_init(&call.answer.body, world->mem, SIZE_MAX);
  tgr_sim_method_run(&call, method);
  const int status = call.answer.status;
  if (call.answer.json != NULL)
    assert_int_equal(json_is_true(json_object_get(call.answer.json, "ok")),
                     status == 200);
  json_decref(call.files);
  json_decref(call.answer.json);
  tgr_buf_deinit(&call.answer.body);
  return status;
}

static void every_method_answers_when_it_has_all_it_needs(void **state) {
  (void)state;
  struct tgr_sim_world world;
  size_t count;
  const struct tgr_sim_method *table = tgr_sim_method_table(&count);
  assert_int_equal(tgr_sim_world_init(&world, &tgr_mem_libc, "1:a", false),
                   TGR_OK);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(table[i].name, "uploadStickerFile") == 0 ||
        strcmp(table[i].name, "getUpdates") == 0)
      continue;
    json_t *params = json_pack(
        "{s:i,s:i,s:i,s:i,s:s,s:s,s:s,s:s,s:[i],s:[s,s],s:s,s:f,s:f,s:s,s:[]}",
        "chat_id", 5, "from_chat_id", 5, "user_id", 6, "message_id",
        (int)(1000 + i), "text", "x", "file_id", "f", "question", "q", "url",
        "https://a.b/", "message_ids", 1, "options", "a", "b", "name", "n",
        "latitude", 1.0, "longitude", 2.0, "action", "typing", "commands");
    json_object_set_new(
        params, "media",
        strcmp(table[i].name, "editMessageMedia") == 0
            ? json_pack("{s:s,s:s}", "type", "photo", "media", "f")
            : json_pack("[{s:s,s:s}]", "type", "photo", "media", "f"));
    const char *rest = table[i].arg;
    if (table[i].run == tgr_sim_send_media)
      json_object_set_new(params, rest, json_string("f"));
    for (const char *need = table[i].needs; *need != '\0';) {
      const size_t len = strcspn(need, " ");
      if (json_object_getn(params, need, len) == NULL)
        json_object_setn_new(params, need, len, json_string("x"));
      need += len + (need[len] == ' ');
    }
    if (run(&world, &table[i], params) != 200)
      fail_msg("%s does not answer", table[i].name);
    json_decref(params);
  }
  tgr_sim_world_deinit(&world);
}

static void a_method_says_what_it_misses(void **state) {
  (void)state;
  struct tgr_sim_world world;
  size_t count;
  const struct tgr_sim_method *table = tgr_sim_method_table(&count);
  assert_int_equal(tgr_sim_world_init(&world, &tgr_mem_libc, "1:a", false),
                   TGR_OK);
  json_t *none = json_object();
  for (size_t i = 0; i < count; i++)
    if (table[i].needs[0] != '\0')
      assert_int_equal(run(&world, &table[i], none), 400);
  json_decref(none);
  tgr_sim_world_deinit(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_table_is_in_order),
      cmocka_unit_test(names_are_found_in_any_case),
      cmocka_unit_test(a_plausible_name_is_served_by_its_first_word),
      cmocka_unit_test(other_names_are_unknown),
      cmocka_unit_test(every_method_answers_when_it_has_all_it_needs),
      cmocka_unit_test(a_method_says_what_it_misses),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
