/* Call: one HTTP request to the simulator, from its head to its answer.
 *
 * A call is answered at once or waits: server.c suspends its connection until
 * tgr_sim_call_ready. Whoever makes it wait sets on_timer; on_lost runs when
 * the client goes away before.
 *
 * Owner: the simulator's thread. Not here: HTTP (server.c). */
#ifndef TGR_SIM_CALL_H
#define TGR_SIM_CALL_H

#include "sim/world.h"

enum tgr_sim_call_state {
  TGR_SIM_CALL_ARRIVING, /* the body is still coming */
  TGR_SIM_CALL_WAITING,  /* for a timer, or for an update */
  TGR_SIM_CALL_READY     /* the answer can go out */
};

/* What goes back. */
struct tgr_sim_answer {
  int status;
  json_t *json; /* the body; NULL when `body` holds it */
  struct tgr_buf body;
  const char *type; /* content type; static text */
  json_t *headers;  /* more headers: an object of texts, or NULL */
  bool close;       /* close the connection instead */
  bool reset;       /* close it with a TCP reset instead */
};

struct tgr_sim_call {
  struct tgr_sim_world *world;
  enum tgr_sim_call_state state;
  struct tgr_sim_timer timer;
  void (*on_timer)(struct tgr_sim_call *call);
  void (*on_lost)(struct tgr_sim_call *call); /* may be NULL */
  /* Before the answer of a call that waited goes out; may be NULL. */
  void (*on_ready)(struct tgr_sim_call *call);
  void (*resume)(struct tgr_sim_call *call); /* the server's, when waiting */
  struct tgr_sim_bot *bot;
  struct tgr_sim_tally *tally; /* NULL for what is no API call */
  uint64_t seq;
  json_t *params;
  json_t *files;  /* field → description of an uploaded file */
  bool bad_body;  /* the body was no JSON object */
  bool too_large; /* the body was over the limit */
  json_t *rule;   /* to apply when the wait is over, or NULL */
  struct tgr_sim_answer answer;
  /* getUpdates while it waits. */
  uint64_t limit;
  bool gathering;
};

/* Answers {"ok":true,"result":…}. Takes `result`; NULL answers 500. */
void tgr_sim_call_ok(struct tgr_sim_call *call, json_t *result);
/* Answers {"ok":false,…} with a description. */
TGR_PRINTF(3, 4)
void tgr_sim_call_fail(struct tgr_sim_call *call, int status,
                       const char *format, ...);
/* Answers this JSON. Takes `json`; NULL answers 500. */
void tgr_sim_call_json(struct tgr_sim_call *call, int status, json_t *json);
/* Answers these bytes. */
void tgr_sim_call_bytes(struct tgr_sim_call *call, int status, const char *type,
                        const char *bytes, size_t len);

/* Makes the call wait until tgr_sim_call_ready; `on_timer` runs at `at_us`.
 * Without memory for the timer it runs at once. */
void tgr_sim_call_wait(struct tgr_sim_call *call, uint64_t at_us,
                       void (*on_timer)(struct tgr_sim_call *call));
/* Sends the answer of a call, waiting or not. */
void tgr_sim_call_ready(struct tgr_sim_call *call);

/* Forgets the answer. */
void tgr_sim_answer_clear(struct tgr_sim_answer *answer);

#endif
