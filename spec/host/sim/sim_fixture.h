/* A running simulator and a client, for the specs of this folder. */
#ifndef SIM_FIXTURE_H
#define SIM_FIXTURE_H

#include "include/tgrunner.h"
#include "support/spec.h"
#include "support/spec_http.h"

#include <jansson.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SIM_JSON "application/json"

struct sim_fixture {
  struct tgr_sim *sim;
  struct spec_http http;
  json_t *answer; /* of the last request, parsed; NULL when it is no JSON */
};

static inline uint16_t sim_port(const struct sim_fixture *it) {
  return spec_http_port(tgr_sim_url(it->sim));
}

static inline int sim_setup(void **state) {
  struct sim_fixture *it = calloc(1, sizeof *it);
  struct tgr_sim_options options;
  char error[200] = "";
  tgr_sim_options_init(&options);
  if (it == NULL ||
      tgr_sim_start(&options, &it->sim, error, sizeof error) != TGR_OK ||
      !spec_http_open(&it->http, sim_port(it))) {
    free(it);
    return -1;
  }
  *state = it;
  return 0;
}

static inline int sim_teardown(void **state) {
  struct sim_fixture *it = *state;
  json_decref(it->answer);
  spec_http_close(&it->http);
  tgr_sim_stop(it->sim);
  free(it);
  return 0;
}

/* The path of an API call with the fixture's token; static storage. */
static inline const char *sim_path(struct sim_fixture *it, const char *rest) {
  static _Thread_local char path[9000];
  snprintf(path, sizeof path, "/bot%s/%s", tgr_sim_token(it->sim), rest);
  return path;
}

/* Reads and parses an answer; returns its HTTP status. */
static inline int sim_read(struct sim_fixture *it) {
  json_decref(it->answer);
  it->answer = NULL;
  assert_true(spec_http_read(&it->http));
  it->answer = json_loadb(it->http.body, it->http.len, 0, NULL);
  return it->http.status;
}

static inline int sim_request(struct sim_fixture *it, const char *verb,
                              const char *path, const char *type,
                              const char *body) {
  assert_true(spec_http_request(&it->http, verb, path, type, body,
                                body == NULL ? 0 : strlen(body)));
  return sim_read(it);
}

/* An API call with a JSON body. */
static inline int sim_call(struct sim_fixture *it, const char *method,
                           const char *body) {
  return sim_request(it, "POST", sim_path(it, method), SIM_JSON, body);
}

static inline int sim_get(struct sim_fixture *it, const char *path) {
  return sim_request(it, "GET", path, NULL, NULL);
}

static inline int sim_post(struct sim_fixture *it, const char *path,
                           const char *body) {
  return sim_request(it, "POST", path, SIM_JSON, body);
}

/* The answer's "result". */
static inline json_t *sim_result(const struct sim_fixture *it) {
  json_t *result = json_object_get(it->answer, "result");
  assert_non_null(result);
  return result;
}

static inline const char *sim_text(const json_t *object, const char *name) {
  const char *text = json_string_value(json_object_get(object, name));
  assert_non_null(text);
  return text;
}

static inline long long sim_int(const json_t *object, const char *name) {
  const json_t *value = json_object_get(object, name);
  assert_true(json_is_integer(value));
  return json_integer_value(value);
}

static inline const char *sim_description(const struct sim_fixture *it) {
  assert_true(json_is_false(json_object_get(it->answer, "ok")));
  assert_int_equal(sim_int(it->answer, "error_code"), it->http.status);
  return sim_text(it->answer, "description");
}

/* Queues `count` plain messages, each with an id of its own. */
static inline void sim_feed(struct sim_fixture *it, int count) {
  for (int i = 0; i < count; i++)
    assert_int_equal(
        sim_post(it, "/sim/updates",
                 "{\"message\":{\"message_id\":1,\"text\":\"x\"}}"),
        200);
}

/* The update ids of the last getUpdates answer, as "1 2 3". */
static inline const char *sim_ids(const struct sim_fixture *it) {
  static char text[2048];
  size_t len = 0;
  size_t i;
  json_t *update;
  text[0] = '\0';
  json_array_foreach(sim_result(it), i, update) {
    len += (size_t)snprintf(text + len, sizeof text - len,
                            i == 0 ? "%lld" : " %lld",
                            sim_int(update, "update_id"));
  }
  return text;
}

/* A second client. */
static inline void sim_open(const struct sim_fixture *it,
                            struct spec_http *http) {
  assert_true(spec_http_open(http, sim_port(it)));
}

/* One number of /sim/stats. */
static inline long long sim_stat(struct sim_fixture *it, const char *name) {
  assert_int_equal(sim_get(it, "/sim/stats"), 200);
  return sim_int(sim_result(it), name);
}

/* Asks until the number has come to `wanted`; fails after 10 s. */
static inline void sim_await_stat(struct sim_fixture *it, const char *name,
                                  long long wanted) {
  for (int i = 0; i < 10000 && sim_stat(it, name) != wanted; i++)
    usleep(1000);
  assert_int_equal(sim_stat(it, name), wanted);
}

#define sim_test(name)                                                         \
  cmocka_unit_test_setup_teardown(name, sim_setup, sim_teardown)

#endif
