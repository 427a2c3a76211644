/* Sim: the simulator behind the public tgr_sim_* functions of tgrunner.h. */
#ifndef TGR_SIM_SIM_H
#define TGR_SIM_SIM_H

#include "base/mem.h"
#include "base/status.h"

/* As tgr_sim_start, with an allocator that must cope with two threads. */
TGR_MUST_CHECK enum tgr_status
tgr_sim_start_in(const struct tgr_mem *mem,
                 const struct tgr_sim_options *options, struct tgr_sim **out,
                 struct tgr_error *error);

#endif
