/* A warning after a stop. */
#include "script/cut_off.h"

#include <inttypes.h>
#include <stdio.h>

enum { SHOWN_MAX = 20, ID_MAX = 24 };

/* "1, 2, 3", the first of them. */
static void list_ids(const struct tgr_runner *runner,
                     char text[SHOWN_MAX * ID_MAX]) {
  const size_t count = runner->abandoned_count;
  size_t len = 0;
  text[0] = '\0';
  for (size_t i = 0; i < count && i < SHOWN_MAX; i++)
    len += (size_t)snprintf(text + len, ID_MAX, "%s%" PRId64,
                            i == 0 ? "" : ", ", runner->abandoned_ids[i]);
}

/* Updates up to `polled` are confirmed by the poll that followed them. */
static const char *fate(const struct tgr_runner *runner) {
  if (runner->source->supplier->keeps)
    return "the journal keeps them, and they are run again";
  return runner->polled <= runner->prefix_serial
             ? "the server sends them again"
             : "without a journal, those that a later poll has confirmed do "
               "not come again";
}

void tgr_cut_off_tell(const struct tgr_log *log,
                      const struct tgr_runner *runner) {
  const uint64_t count = runner->outcomes[TGR_OUTCOME_ABANDONED] -
                         runner->at_stop[TGR_OUTCOME_ABANDONED];
  if (count == 0 || !tgr_list_empty(&runner->stops))
    return;
  char ids[SHOWN_MAX * ID_MAX];
  list_ids(runner, ids);
  tgr_log_write(log, TGR_LOG_WARN,
                "stop: %" PRIu64 " update%s cut off before %s had ended: "
                "%s%s; %s",
                count, count == 1 ? " was" : "s were",
                count == 1 ? "it" : "they", ids, count > SHOWN_MAX ? ", …" : "",
                fate(runner));
}
