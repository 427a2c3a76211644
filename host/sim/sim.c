/* The simulator behind the public functions. */
#include "sim/sim.h"

#include "sim/console.h"
#include "sim/server.h"

#include <stdio.h>
#include <string.h>

#define DEFAULT_TOKEN "4242424242:AAE-simulated-token_for_offline_use0"

struct tgr_sim {
  const struct tgr_mem *mem;
  struct tgr_sim_world world;
  struct tgr_sim_inbox inbox;
  struct tgr_sim_server *server;
  char url[40];
  char token[TGR_SIM_TOKEN_MAX];
};

void tgr_sim_options_init(struct tgr_sim_options *options) {
  *options = (struct tgr_sim_options){0};
}

/* Starts the world and the server of `sim`; undoes both on failure. */
static enum tgr_status start(struct tgr_sim *sim,
                             const struct tgr_sim_options *options,
                             struct tgr_error *error) {
  const bool only = options->token != NULL;
  if (tgr_sim_inbox_init(&sim->inbox, sim->mem) != TGR_OK)
    return tgr_error_set(error, TGR_ENOMEM, "out of memory");
  if (tgr_sim_world_init(&sim->world, sim->mem, sim->token, only) != TGR_OK) {
    tgr_sim_inbox_deinit(&sim->inbox);
    return tgr_error_set(error, TGR_ENOMEM, "out of memory");
  }
  sim->world.inbox = &sim->inbox;
  sim->world.console = only ? sim->world.home : NULL;
  sim->world.on_reply = options->on_reply;
  sim->world.on_reply_user = options->user;
  sim->world.draws_buttons = options->draw_buttons;
  const enum tgr_status status =
      tgr_sim_server_start(&sim->world, options->port, &sim->server, error);
  if (status != TGR_OK) {
    tgr_sim_world_deinit(&sim->world);
    tgr_sim_inbox_deinit(&sim->inbox);
  }
  return status;
}

enum tgr_status tgr_sim_start_in(const struct tgr_mem *mem,
                                 const struct tgr_sim_options *options,
                                 struct tgr_sim **out,
                                 struct tgr_error *error) {
  const char *token = options->token == NULL ? DEFAULT_TOKEN : options->token;
  if (!tgr_sim_token_well_formed(token, strlen(token)))
    return tgr_error_set(error, TGR_EINVAL,
                         "the simulator's token is not of the form 123456:ABC");
  struct tgr_sim *sim = tgr_mem_new0(mem, sizeof *sim);
  if (sim == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "out of memory");
  sim->mem = mem;
  snprintf(sim->token, sizeof sim->token, "%s", token);
  const enum tgr_status status = start(sim, options, error);
  if (status != TGR_OK) {
    tgr_mem_free(mem, sim);
    return status;
  }
  snprintf(sim->url, sizeof sim->url, "http://127.0.0.1:%u",
           (unsigned)tgr_sim_server_port(sim->server));
  *out = sim;
  return TGR_OK;
}

enum tgr_status tgr_sim_start(const struct tgr_sim_options *options,
                              struct tgr_sim **out, char *error,
                              size_t error_size) {
  struct tgr_error detail = {0};
  const enum tgr_status status =
      tgr_sim_start_in(&tgr_mem_libc, options, out, &detail);
  if (status != TGR_OK && error_size > 0)
    snprintf(error, error_size, "%s", detail.text);
  return status;
}

const char *tgr_sim_url(const struct tgr_sim *sim) {
  return sim->url;
}

const char *tgr_sim_token(const struct tgr_sim *sim) {
  return sim->token;
}

/* Counts what is on its way first, so that nobody sees too few. */
static enum tgr_status posted(struct tgr_sim *sim, enum tgr_status status,
                              size_t count) {
  if (status == TGR_OK)
    tgr_sim_server_wake(sim->server);
  else
    atomic_fetch_sub(&sim->world.unconfirmed, count);
  return status;
}

enum tgr_status tgr_sim_say(struct tgr_sim *sim, const char *text, size_t len) {
  atomic_fetch_add(&sim->world.unconfirmed, 1);
  return posted(sim, tgr_sim_inbox_say(&sim->inbox, text, len), 1);
}

enum tgr_status tgr_sim_load(struct tgr_sim *sim, uint64_t count,
                             uint64_t chats) {
  atomic_fetch_add(&sim->world.unconfirmed, (size_t)count);
  return posted(sim, tgr_sim_inbox_load(&sim->inbox, count, chats),
                (size_t)count);
}

size_t tgr_sim_unconfirmed(const struct tgr_sim *sim) {
  return atomic_load(&sim->world.unconfirmed);
}

void tgr_sim_stop(struct tgr_sim *sim) {
  if (sim == NULL)
    return;
  tgr_sim_server_stop(sim->server);
  tgr_sim_world_deinit(&sim->world);
  tgr_sim_inbox_deinit(&sim->inbox);
  tgr_mem_free(sim->mem, sim);
}
