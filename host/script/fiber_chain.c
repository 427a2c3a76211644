/* The coroutines of the script's own that a fiber is inside of. */
#include "script/fiber.h"

#include "script/slot.h"

#include <assert.h>
#include <string.h>

void tgr_fiber_chain_free(struct tgr_fiber *fiber) {
  if (fiber->chain != fiber->chain_inline)
    tgr_mem_free(fiber->fibers->mem, fiber->chain);
  fiber->chain = fiber->chain_inline;
  fiber->chain_cap = TGR_FIBER_CHAIN_INLINE;
}

enum tgr_status tgr_fiber_chain_push(struct tgr_fiber *fiber, lua_State *co,
                                     bool can_wait) {
  if (fiber->chain_len == fiber->chain_cap) {
    const int cap = fiber->chain_cap * 2;
    const size_t size = sizeof *fiber->chain * (size_t)cap;
    struct tgr_fiber_nested *chain = tgr_mem_new(fiber->fibers->mem, size);
    if (chain == NULL)
      return TGR_ENOMEM;
    memcpy(chain, fiber->chain,
           sizeof *fiber->chain * (size_t)fiber->chain_len);
    tgr_fiber_chain_free(fiber);
    fiber->chain = chain;
    fiber->chain_cap = cap;
  }
  fiber->chain[fiber->chain_len++] =
      (struct tgr_fiber_nested){.co = co, .can_wait = can_wait};
  tgr_slot_set(co, fiber);
  return TGR_OK;
}

void tgr_fiber_chain_pop(struct tgr_fiber *fiber) {
  assert(fiber->chain_len > 0);
  tgr_slot_set(fiber->chain[--fiber->chain_len].co, NULL);
}
