/* Describe: what was raised, as text for people.
 *
 * Strings and numbers as they are, objects by their __tostring (under the CPU
 * guard: it is the script's code), everything else by its type. */
#ifndef TGR_SCRIPT_DESCRIBE_H
#define TGR_SCRIPT_DESCRIBE_H

#include "script/fiber.h"

/* Pushes on the main thread the text of an error: the value at the bottom of
 * `co`'s stack, which stays. Always a string. */
void tgr_describe_push(struct tgr_fibers *fibers, lua_State *co);

/* The traceback at the second place of `co`'s stack, borrowed; NULL for none,
 * and for one without a frame of the script. */
const char *tgr_describe_frames(lua_State *co);

/* Logs "what: the error", and the traceback at the second place of `co`'s
 * stack, if there is one. Keeps the text in the fibers' list `unseen_ref`, if
 * there is one. */
void tgr_describe_log(struct tgr_fibers *fibers, lua_State *co,
                      const char *what);

/* lua_pcall on the main thread, under the guard with the budget of a fiber. A
 * call that used it up raises the guard's error. */
int tgr_describe_pcall(struct tgr_fibers *fibers, int nargs, int nresults);
/* The same with a budget of its own; 0 for none. */
int tgr_describe_pcall_within(struct tgr_fibers *fibers, unsigned budget_ms,
                              int nargs, int nresults);

#endif
