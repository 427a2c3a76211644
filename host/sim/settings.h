/* Settings: what POST /sim/settings can change. */
#ifndef TGR_SIM_SETTINGS_H
#define TGR_SIM_SETTINGS_H

#include "sim/world.h"

/* Applies the fields of an object; those of `bot` to this one. TGR_EINVAL for
 * an unknown field or a wrong type; fields before it are applied. */
TGR_MUST_CHECK enum tgr_status
tgr_sim_settings_apply(struct tgr_sim_world *world, struct tgr_sim_bot *bot,
                       const json_t *json);
/* All settings; a new object. */
json_t *tgr_sim_settings_json(const struct tgr_sim_world *world,
                              const struct tgr_sim_bot *bot);
/* As at the start; the known tokens stay. */
void tgr_sim_settings_reset(struct tgr_sim_world *world);

#endif
