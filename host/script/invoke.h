/* Invoke: the embedding program calls a function of the script.
 *
 * The call is a fiber like any other: it starts from the ready list and may
 * wait; its end is told once.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_SCRIPT_INVOKE_H
#define TGR_SCRIPT_INVOKE_H

#include "base/status.h"
#include "include/tgrunner.h"

struct tgr_script;

/* See tgr_host_call. `done` may be NULL. TGR_EINVAL, TGR_ENOMEM;
 * TGR_ESTATE behind the script's end, which calls that are cancelled hear of
 * while it is taken apart. */
TGR_MUST_CHECK enum tgr_status tgr_invoke_start(struct tgr_script *script,
                                                const char *name,
                                                const struct tgr_value *args,
                                                size_t arg_count,
                                                tgr_call_done done, void *user);

/* The script is closed: calls that have not ended are told so. */
void tgr_invokes_cancel(struct tgr_script *script);

#endif
