#include "telegram/poll.h"

#include "support/spec.h"
#include "support/spec_mem.h"

static void offset_and_limit_come_last(void **state) {
  (void)state;
  struct tgr_buf out, fetch, allowed;
  tgr_buf_init(&out, &tgr_mem_libc, 1000);
  tgr_buf_init(&fetch, &tgr_mem_libc, 1000);
  tgr_buf_init(&allowed, &tgr_mem_libc, 1000);
  assert_int_equal(tgr_buf_append_str(&fetch, "\"a\":1,\"b\":[]"), TGR_OK);
  assert_int_equal(tgr_buf_append_str(&allowed, "[\"poll\"]"), TGR_OK);
  const struct tgr_poll poll = {.timeout_s = 50,
                                .fetch = &fetch,
                                .allowed_updates = &allowed,
                                .offset = INT64_MIN,
                                .limit = 100};
  assert_int_equal(tgr_poll_write(&out, &poll), TGR_OK);
  assert_string_equal(tgr_buf_cstr(&out),
                      "{\"timeout\":50,\"a\":1,\"b\":[],\"allowed_updates\":["
                      "\"poll\"],\"offset\":-9223372036854775808,\"limit\":"
                      "100}");
  tgr_buf_deinit(&out);
  tgr_buf_deinit(&fetch);
  tgr_buf_deinit(&allowed);
}

static void what_is_not_given_is_not_sent(void **state) {
  (void)state;
  struct tgr_buf out, empty;
  tgr_buf_init(&out, &tgr_mem_libc, 1000);
  tgr_buf_init(&empty, &tgr_mem_libc, 1000);
  const struct tgr_poll poll = {.allowed_updates = &empty, .limit = 1};
  assert_int_equal(tgr_poll_write(&out, &poll), TGR_OK);
  assert_string_equal(tgr_buf_cstr(&out),
                      "{\"timeout\":0,\"offset\":0,\"limit\":1}");
  tgr_buf_deinit(&out);
}

static void without_memory_or_room_it_says_so(void **state) {
  (void)state;
  struct spec_mem mem;
  spec_mem_init(&mem);
  mem.fail_at = 1;
  struct tgr_buf out;
  tgr_buf_init(&out, &mem.mem, 1000);
  const struct tgr_poll poll = {.limit = 1};
  assert_int_equal(tgr_poll_write(&out, &poll), TGR_ENOMEM);
  tgr_buf_init(&out, &tgr_mem_libc, 20);
  assert_int_equal(tgr_poll_write(&out, &poll), TGR_ELIMIT);
  tgr_buf_deinit(&out);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(offset_and_limit_come_last),
      cmocka_unit_test(what_is_not_given_is_not_sent),
      cmocka_unit_test(without_memory_or_room_it_says_so),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
