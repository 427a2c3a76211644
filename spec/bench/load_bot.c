/* The updates of one run, and what became of them. */
#include "load_bot.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHAT = 5000000, SEED = 12345, ENTITIES = 24 };

static void *again(void *old, size_t count, size_t size) {
  free(old);
  return calloc(count + 1, size);
}

/* Draws the chats of all updates. */
static bool draw_chats(struct load_bot *bot) {
  unsigned *updates_of = calloc(bot->run.chats, sizeof *updates_of);
  if (updates_of == NULL)
    return false;
  uint64_t state = SEED;
  for (unsigned i = 0; i < bot->run.count; i++) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    const unsigned chat = (unsigned)((state >> 33) % bot->run.chats);
    bot->chat_of[i] = chat;
    if (++updates_of[chat] > bot->busiest)
      bot->busiest = updates_of[chat];
  }
  free(updates_of);
  return true;
}

bool load_bot_start(struct load_bot *bot, const struct load_run *run) {
  *bot = (struct load_bot){
      .run = *run,
      .first_id = bot->first_id + bot->run.count,
      .due = run->gap_ms == 0 ? run->count : 0,
      .delivered_us = again(bot->delivered_us, run->count, sizeof(uint64_t)),
      .latency_us = again(bot->latency_us, run->count, sizeof(uint32_t)),
      .chat_of = again(bot->chat_of, run->count, sizeof(uint32_t)),
      .last_of = again(bot->last_of, run->chats, sizeof(unsigned))};
  if (bot->first_id == 0)
    bot->first_id = 1000000;
  return bot->delivered_us != NULL && bot->latency_us != NULL &&
         bot->chat_of != NULL && bot->last_of != NULL && draw_chats(bot);
}

void load_bot_confirm(struct load_bot *bot, int64_t offset, uint64_t now_us) {
  if (bot->confirmed || bot->run.count == 0 ||
      offset < bot->first_id + bot->run.count)
    return;
  bot->confirmed = true;
  if (bot->echoed == 0)
    bot->ended_us = now_us;
}

unsigned load_bot_ready(const struct load_bot *bot) {
  return bot->due - bot->delivered;
}

/* Every tenth update of a mixed run is a command, every fifth a press of a
 * button. */
static int write_mixed(char *out, unsigned i, int64_t id, unsigned chat) {
  if (i % 5 == 4)
    return snprintf(
        out, LOAD_UPDATE_MAX,
        "{\"update_id\":%" PRId64 ",\"callback_query\":{\"id\":\"%" PRId64
        "\",\"from\":{\"id\":%u,\"is_bot\":false,\"first_name\":\"Ann\"},"
        "\"message\":{\"message_id\":%u,\"chat\":{\"id\":%u,\"first_name\":"
        "\"Ann\",\"type\":\"private\"},\"date\":1700000000,\"text\":\"Sure?\"}"
        ",\"chat_instance\":\"42\",\"data\":\"yes\"}}",
        id, id, chat, i + 1, chat);
  return snprintf(
      out, LOAD_UPDATE_MAX,
      "{\"update_id\":%" PRId64 ",\"message\":{\"message_id\":%u,\"from\":{"
      "\"id\":%u,\"is_bot\":false,\"first_name\":\"Ann\",\"last_name\":"
      "\"Example\",\"username\":\"ann_example\",\"language_code\":\"en\"},"
      "\"chat\":{\"id\":%u,\"first_name\":\"Ann\",\"last_name\":\"Example\","
      "\"username\":\"ann_example\",\"type\":\"private\"},\"date\":1700000000,"
      "\"text\":\"/start %u\",\"entities\":[{\"offset\":0,\"length\":6,"
      "\"type\":\"bot_command\"}]}}",
      id, i + 1, chat, chat, i);
}

static int write_text(char *out, unsigned i, int64_t id, unsigned chat) {
  return snprintf(
      out, LOAD_UPDATE_MAX,
      "{\"update_id\":%" PRId64 ",\"message\":{\"message_id\":%u,\"from\":{"
      "\"id\":%u,\"is_bot\":false,\"first_name\":\"Ann\",\"last_name\":"
      "\"Example\",\"username\":\"ann_example\",\"language_code\":\"en\"},"
      "\"chat\":{\"id\":%u,\"first_name\":\"Ann\",\"last_name\":\"Example\","
      "\"username\":\"ann_example\",\"type\":\"private\"},\"date\":1700000000,"
      "\"text\":\"a message %u\"}}",
      id, i + 1, chat, chat, i);
}

/* A post with a picture, a long caption and many entities, in answer to
 * another one: some 4 KiB. */
static int write_heavy(char *out, unsigned i, int64_t id, unsigned chat) {
  char *at = out;
  at += sprintf(
      at,
      "{\"update_id\":%" PRId64 ",\"message\":{\"message_id\":%u,\"from\":{"
      "\"id\":%u,\"is_bot\":false,\"first_name\":\"Ann\"},\"chat\":{\"id\":%u,"
      "\"first_name\":\"Ann\",\"type\":\"private\"},\"date\":1700000000,"
      "\"reply_to_message\":{\"message_id\":1,\"chat\":{\"id\":%u,\"type\":"
      "\"private\"},\"date\":1690000000,\"text\":\"\\u041f\\u0440\\u0438"
      "\\u0432\\u0435\\u0442, \\\"you\\\"\\n\"},\"photo\":[",
      id, i + 1, chat, chat, chat);
  for (unsigned size = 90; size <= 1280; size *= 2)
    at += sprintf(at,
                  "%s{\"file_id\":\"AgACAgIAAxkBAAIBZ2Xk%uexample_of_an_id\","
                  "\"file_unique_id\":\"AQADx%u\",\"file_size\":%u,\"width\":"
                  "%u,\"height\":%u}",
                  size == 90 ? "" : ",", size, size, size * 37, size, size);
  at += sprintf(at, "],\"caption\":\"");
  for (unsigned n = 0; n < ENTITIES; n++)
    at += sprintf(at, "https://example.org/%u and #tag%u, ", n, n);
  at += sprintf(at, "message %u\",\"caption_entities\":[", i);
  for (unsigned n = 0; n < ENTITIES; n++)
    at += sprintf(at,
                  "%s{\"offset\":%u,\"length\":21,\"type\":\"url\"},{"
                  "\"offset\":%u,\"length\":5,\"type\":\"hashtag\"}",
                  n == 0 ? "" : ",", n * 32, n * 32 + 26);
  at += sprintf(at, "]}}");
  return (int)(at - out);
}

size_t load_bot_next(struct load_bot *bot, char *out, uint64_t now_us) {
  const unsigned i = bot->delivered++;
  const int64_t id = bot->first_id + i;
  const unsigned chat = FIRST_CHAT + bot->chat_of[i];
  if (i == 0)
    bot->began_us = now_us;
  bot->delivered_us[i] = now_us;
  int len = 0;
  if (bot->run.kind == LOAD_HEAVY)
    len = write_heavy(out, i, id, chat);
  else if (bot->run.kind == LOAD_MIXED && (i % 5 == 4 || i % 10 == 0))
    len = write_mixed(out, i, id, chat);
  else
    len = write_text(out, i, id, chat);
  return (size_t)len;
}

void load_bot_echo(struct load_bot *bot, const char *text, uint64_t now_us) {
  const char *digits = text + strcspn(text, "0123456789\"");
  if (*digits == '"' || *digits == '\0')
    return;
  const unsigned long i = strtoul(digits, NULL, 10);
  if (i >= bot->delivered)
    return;
  if (bot->latency_us[i] != 0) {
    bot->repeated++;
    return;
  }
  const uint64_t took_us = now_us - bot->delivered_us[i];
  bot->latency_us[i] = took_us == 0 ? 1 : (uint32_t)took_us;
  unsigned *last = &bot->last_of[bot->chat_of[i]];
  if (*last > i + 1)
    bot->disordered++;
  else
    *last = (unsigned)i + 1;
  bot->echoed++;
  bot->ended_us = now_us;
}

static int compare(const void *a, const void *b) {
  const uint32_t x = *(const uint32_t *)a;
  const uint32_t y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

size_t load_bot_stats(struct load_bot *bot, char *out, size_t size) {
  uint32_t p50_us = 0;
  uint32_t p99_us = 0;
  const unsigned n = bot->echoed;
  uint32_t *sorted = NULL;
  if (n > 0 && n == bot->run.count)
    sorted = malloc(n * sizeof *sorted);
  if (sorted != NULL) {
    memcpy(sorted, bot->latency_us, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, compare);
    p50_us = sorted[n / 2];
    p99_us = sorted[(uint64_t)n * 99 / 100];
    free(sorted);
  }
  return (size_t)snprintf(
      out, size,
      "{\"delivered\":%u,\"echoed\":%u,\"repeated\":%u,\"disordered\":%u,"
      "\"busiest\":%u,\"confirmed\":%s,\"took_us\":%" PRIu64
      ",\"p50_us\":%u,\"p99_us\":%u}",
      bot->delivered, n, bot->repeated, bot->disordered, bot->busiest,
      bot->confirmed ? "true" : "false",
      bot->ended_us > bot->began_us ? bot->ended_us - bot->began_us : 0, p50_us,
      p99_us);
}
