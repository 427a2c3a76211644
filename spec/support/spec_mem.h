/* An allocator for specs: counts live blocks and makes the n-th request fail,
 * so that every path out of memory can be walked through. */
#ifndef SPEC_MEM_H
#define SPEC_MEM_H

#include "base/mem.h"

#include <stdatomic.h>

struct spec_mem {
  struct tgr_mem mem; /* hand `&it.mem` to the code under test */
  /* Atomic: other threads of a host allocate too. */
  atomic_long live;     /* blocks that are not freed */
  atomic_long requests; /* allocations and resizes so far */
  atomic_long fail_at; /* this request (1 is the first) and all later ones fail;
                          0 for never */
};

void spec_mem_init(struct spec_mem *it);

#endif
