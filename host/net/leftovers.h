/* Leftovers: temporary files that tgr_disk_replace has made, and whose program
 * was killed before it could rename or remove them. They are known by their
 * names (TGR_DISK_TEMPORARY): other files in the folder are people's.
 *
 * For threads that may wait. Any thread. */
#ifndef TGR_NET_LEFTOVERS_H
#define TGR_NET_LEFTOVERS_H

#include <stdint.h>

/* Removes from `folder` the temporary files beside files whose names end with
 * `ending` (".json"), when nobody has written to them for `age_s` seconds: who
 * is still at work on one, in this process or another, has written later.
 * Returns how many are gone; what cannot be read or removed stays, as it has
 * until now. */
unsigned tgr_leftovers_remove(const char *folder, const char *ending,
                              int64_t age_s);

#endif
