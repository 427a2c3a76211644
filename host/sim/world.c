/* Everything the simulator simulates, without HTTP. */
#include "sim/world.h"

#include <string.h>

static bool know_only(struct tgr_sim_world *world, const char *token) {
  world->known_tokens = json_object();
  return json_object_set_new(world->known_tokens, token, json_true()) == 0;
}

enum tgr_status tgr_sim_world_init(struct tgr_sim_world *world,
                                   const struct tgr_mem *mem, const char *token,
                                   bool only) {
  *world = (struct tgr_sim_world){
      .mem = mem, .gather_ms = 1, .repeat_rule = true, .next_query_id = 1};
  atomic_init(&world->unconfirmed, 0);
  tgr_sim_timers_init(&world->timers, mem);
  tgr_sim_rules_init(&world->rules, mem);
  world->bot_index = json_object();
  if (world->bot_index == NULL ||
      tgr_sim_files_init(&world->files, mem) != TGR_OK ||
      tgr_sim_record_init(&world->record, mem) != TGR_OK)
    goto fail;
  world->home = tgr_sim_world_bot(world, token, strlen(token));
  if (world->home == NULL || (only && !know_only(world, token)))
    goto fail;
  return TGR_OK;
fail:
  tgr_sim_world_deinit(world);
  return TGR_ENOMEM;
}

void tgr_sim_world_deinit(struct tgr_sim_world *world) {
  while (world->bots != NULL) {
    struct tgr_sim_bot *bot = world->bots;
    world->bots = bot->next;
    tgr_sim_bot_free(bot);
  }
  tgr_sim_timers_deinit(&world->timers);
  tgr_sim_files_deinit(&world->files);
  tgr_sim_rules_deinit(&world->rules);
  tgr_sim_record_deinit(&world->record);
  json_decref(world->bot_index);
  json_decref(world->known_tokens);
  world->bot_index = world->known_tokens = NULL;
}

bool tgr_sim_world_knows(const struct tgr_sim_world *world, const char *token) {
  return world->known_tokens == NULL ||
         json_object_get(world->known_tokens, token) != NULL;
}

struct tgr_sim_bot *tgr_sim_world_bot(struct tgr_sim_world *world,
                                      const char *token, size_t len) {
  const json_t *known = json_object_getn(world->bot_index, token, len);
  if (known != NULL)
    return (struct tgr_sim_bot *)(uintptr_t)json_integer_value(known);
  struct tgr_sim_bot *bot =
      tgr_sim_bot_new(world->mem, token, len, &world->unconfirmed);
  if (bot == NULL ||
      json_object_set_new(world->bot_index, bot->token,
                          json_integer((json_int_t)(uintptr_t)bot)) != 0) {
    tgr_sim_bot_free(bot);
    return NULL;
  }
  bot->next = world->bots;
  world->bots = bot;
  return bot;
}
