/* Load bot: the Bot API side of the load server: the updates of one run, and
 * what the bot under test has made of them.
 *
 * A run is `count` updates over `chats` chats, drawn by a generator with a
 * fixed seed. Updates take no memory but 8 bytes each; texts end in the
 * update's number, so that an echo can be told from the others. */
#ifndef BENCH_LOAD_BOT_H
#define BENCH_LOAD_BOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum load_kind { LOAD_TEXT, LOAD_MIXED, LOAD_HEAVY };

struct load_run {
  enum load_kind kind;
  unsigned count;
  unsigned chats;
  unsigned delay_ms; /* before the answer of every call but getUpdates */
  unsigned gap_ms;   /* between two updates; 0: all are there at once */
};

struct load_bot {
  struct load_run run;
  int64_t first_id;    /* update_id of the run's first update */
  unsigned due;        /* updates that may be delivered by now */
  unsigned delivered;  /* so far */
  unsigned echoed;     /* updates whose echo has come */
  unsigned repeated;   /* echoes that came twice */
  unsigned disordered; /* echoes before one of an earlier update of the chat */
  unsigned busiest;    /* updates of the chat that has most */
  bool confirmed;      /* a poll's offset was behind the last update */
  uint64_t began_us;   /* the first delivery */
  uint64_t ended_us;   /* the last echo, or the confirmation */
  uint64_t *delivered_us;
  uint32_t *latency_us; /* 0: no echo yet */
  uint32_t *chat_of;
  unsigned *last_of; /* by chat: the number of its last echo, counted from 1 */
};

/* Forgets the last run and begins another. False when out of memory. */
bool load_bot_start(struct load_bot *bot, const struct load_run *run);

/* The offset of a poll. */
void load_bot_confirm(struct load_bot *bot, int64_t offset, uint64_t now_us);

/* How many updates a poll could have now. */
unsigned load_bot_ready(const struct load_bot *bot);

enum { LOAD_UPDATE_MAX = 6144 };

/* Writes the next update, LOAD_UPDATE_MAX bytes at most; returns its length. */
size_t load_bot_next(struct load_bot *bot, char *out, uint64_t now_us);

/* A text that the bot has sent. */
void load_bot_echo(struct load_bot *bot, const char *text, uint64_t now_us);

/* The run's figures as JSON. */
size_t load_bot_stats(struct load_bot *bot, char *out, size_t size);

#endif
