#include "sim_fixture.h"

#define FORM "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data; boundary=XX"
#define PART(name) "--XX\r\nContent-Disposition: form-data; name=\"" name "\""
#define FILE_PART(field, name)                                                 \
  PART(field)                                                                  \
  "; filename=\"" name "\"\r\nContent-Type: text/plain\r\n\r\n"
#define END "\r\n--XX--\r\n"

/* The newest recorded call. */
static json_t *last_call(struct sim_fixture *it) {
  assert_int_equal(sim_get(it, "/sim/calls?limit=1000"), 200);
  const json_t *calls = sim_result(it);
  return json_array_get(calls, json_array_size(calls) - 1);
}

static int post(struct sim_fixture *it, const char *method, const char *type,
                const char *body) {
  return sim_request(it, "POST", sim_path(it, method), type, body);
}

static void all_kinds_of_bodies_give_parameters(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(sim_get(it, sim_path(it, "sendMessage?chat_id=5&text=a%20"
                                            "%2B")),
                   200);
  assert_string_equal(sim_text(sim_result(it), "text"), "a +");
  assert_int_equal(post(it, "sendMessage", FORM, "chat_id=5&text=a+%2B"), 200);
  assert_string_equal(sim_text(sim_result(it), "text"), "a +");
  assert_int_equal(
      post(it, "sendMessage", SIM_JSON, "{\"chat_id\":5,\"text\":\"a +\"}"),
      200);
  assert_string_equal(sim_text(sim_result(it), "text"), "a +");
  assert_int_equal(post(it, "sendMessage", MULTIPART,
                        PART("chat_id") "\r\n\r\n5\r\n" PART("text") "\r\n\r\n"
                                                                     "a +" END),
                   200);
  assert_string_equal(sim_text(sim_result(it), "text"), "a +");
}

static void a_body_beats_the_query(void **state) {
  struct sim_fixture *it = *state;
  post(it, "sendMessage?chat_id=5&text=query", FORM, "text=body");
  assert_string_equal(sim_text(sim_result(it), "text"), "body");
}

static void a_body_that_is_no_json_object_is_refused(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(post(it, "getMe", SIM_JSON, "{\"a\":"), 400);
  assert_string_equal(sim_description(it),
                      "Bad Request: can't parse request body");
  assert_int_equal(post(it, "getMe", SIM_JSON, "[1]"), 400);
  assert_int_equal(post(it, "getMe", SIM_JSON, ""), 200);
}

static void text_that_is_no_utf8_does_no_harm(void **state) {
  struct sim_fixture *it = *state;
  post(it, "sendMessage", FORM, "chat_id=5&text=a%FFb&%FE=1");
  assert_string_equal(sim_text(sim_result(it), "text"), "a?b");
  assert_int_equal(post(it, "sendDocument", MULTIPART,
                        PART("chat_id") "\r\n\r\n5\r\n" FILE_PART(
                            "document", "\xFF.txt") "x" END),
                   200);
  assert_string_equal(
      sim_text(json_object_get(sim_result(it), "document"), "file_name"),
      "?.txt");
}

static void an_uploaded_file_is_recorded_and_can_be_downloaded(void **state) {
  struct sim_fixture *it = *state;
  char path[400];
  post(it, "sendDocument", MULTIPART,
       PART("chat_id") "\r\n\r\n5\r\n" FILE_PART("document",
                                                 "a.txt") "foobar" END);
  const json_t *document = json_object_get(sim_result(it), "document");
  assert_string_equal(sim_text(document, "file_name"), "a.txt");
  assert_string_equal(sim_text(document, "mime_type"), "text/plain");
  assert_int_equal(sim_int(document, "file_size"), 6);
  snprintf(path, sizeof path, "getFile?file_id=%s",
           sim_text(document, "file_id"));
  sim_get(it, sim_path(it, path));
  assert_string_equal(sim_text(sim_result(it), "file_path"),
                      "files/file_1.txt");
  snprintf(path, sizeof path, "/file/bot%s/files/file_1.txt",
           tgr_sim_token(it->sim));
  assert_int_equal(sim_get(it, path), 200);
  assert_string_equal(it->http.body, "foobar");
  assert_non_null(strstr(it->http.head, "text/plain"));
  sim_get(it, "/sim/calls?method=sendDocument");
  const json_t *file = json_object_get(
      json_object_get(json_array_get(sim_result(it), 0), "files"), "document");
  assert_string_equal(sim_text(file, "fnv1a"), "85944171f73967e8");
}

static void attached_files_are_found_by_name(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(
      post(
          it, "sendMediaGroup", MULTIPART,
          PART("chat_id") "\r\n\r\n5\r\n" PART(
              "media") "\r\n\r\n"
                       "[{\"type\":\"photo\",\"media\":\"attach://one\"},"
                       "{\"type\":\"document\",\"media\":\"attach://"
                       "two\"}]\r\n" FILE_PART(
                           "one", "1.jpg") "1\r\n" FILE_PART("two",
                                                             "2.pdf") "22" END),
      200);
  const json_t *document =
      json_object_get(json_array_get(sim_result(it), 1), "document");
  assert_string_equal(sim_text(document, "file_name"), "2.pdf");
  assert_int_equal(sim_int(document, "file_size"), 2);
}

static void empty_files_and_fields_are_kept(void **state) {
  struct sim_fixture *it = *state;
  assert_int_equal(post(it, "sendDocument", MULTIPART,
                        PART("chat_id") "\r\n\r\n5\r\n" PART(
                            "caption") "\r\n\r\n\r\n" FILE_PART("document", "e")
                            END),
                   200);
  assert_int_equal(
      sim_int(json_object_get(sim_result(it), "document"), "file_size"), 0);
  const json_t *params = json_object_get(last_call(it), "params");
  assert_string_equal(sim_text(params, "caption"), "");
}

/* A file much larger than what is kept of one. */
static void a_large_upload_is_hashed_and_not_kept(void **state) {
  struct sim_fixture *it = *state;
  enum { BLOCK = 65536, BLOCKS = 400 };
  static char block[BLOCK];
  static const char head[] =
      PART("chat_id") "\r\n\r\n5\r\n" FILE_PART("document", "big.bin");
  char request[1000];
  memset(block, 'z', sizeof block);
  sim_post(it, "/sim/settings", "{\"file_max\":100000}");
  const int len =
      snprintf(request, sizeof request,
               "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: " MULTIPART
               "\r\nContent-Length: %zu\r\n\r\n%s",
               sim_path(it, "sendDocument"),
               sizeof head - 1 + (size_t)BLOCK * BLOCKS + sizeof END - 1, head);
  assert_true(spec_http_send(&it->http, request, (size_t)len));
  for (int i = 0; i < BLOCKS; i++)
    assert_true(spec_http_send(&it->http, block, sizeof block));
  assert_true(spec_http_send(&it->http, END, sizeof END - 1));
  assert_int_equal(sim_read(it), 200);
  assert_int_equal(
      sim_int(json_object_get(sim_result(it), "document"), "file_size"),
      (long long)BLOCK * BLOCKS);
  assert_int_equal(sim_get(it, sim_path(it, "getFile?file_id=sim-file-1")),
                   400);
  assert_string_equal(sim_description(it), "Bad Request: file is too big");
}

static void an_upload_cut_off_is_recorded_as_aborted(void **state) {
  struct sim_fixture *it = *state;
  struct spec_http other;
  char request[600];
  sim_open(it, &other);
  const int len =
      snprintf(request, sizeof request,
               "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: " MULTIPART
               "\r\nContent-Length: 5000\r\n\r\n" FILE_PART("photo", "a") "aa",
               sim_path(it, "sendPhoto"));
  assert_true(spec_http_send(&other, request, (size_t)len));
  sim_await_stat(it, "connections", 2);
  while (sim_get(it, "/sim/calls?method=sendPhoto"),
         json_array_size(sim_result(it)) == 0)
    usleep(1000);
  spec_http_close(&other);
  sim_await_stat(it, "aborted", 1);
  const json_t *call = last_call(it);
  assert_true(json_is_true(json_object_get(call, "aborted")));
  assert_true(json_is_null(json_object_get(call, "status")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      sim_test(all_kinds_of_bodies_give_parameters),
      sim_test(a_body_beats_the_query),
      sim_test(a_body_that_is_no_json_object_is_refused),
      sim_test(text_that_is_no_utf8_does_no_harm),
      sim_test(an_uploaded_file_is_recorded_and_can_be_downloaded),
      sim_test(attached_files_are_found_by_name),
      sim_test(empty_files_and_fields_are_kept),
      sim_test(a_large_upload_is_hashed_and_not_kept),
      sim_test(an_upload_cut_off_is_recorded_as_aborted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
