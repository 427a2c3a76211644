/* Sigpipe: keeps SIGPIPE away from a thread while it writes to sockets.
 *
 * A write to a connection that the peer has closed raises SIGPIPE, whose
 * default ends the process. The library installs no handler and changes no
 * disposition; it blocks the signal on its own threads, and on a foreign
 * thread for as long as it works there. In a program that handles or ignores
 * SIGPIPE it leaves the mask alone: programs that a script starts would inherit
 * it. */
#ifndef TGR_LOOP_SIGPIPE_H
#define TGR_LOOP_SIGPIPE_H

#include <signal.h>
#include <stdbool.h>

/* What the thread's state was before. */
struct tgr_sigpipe {
  bool blocks; /* the signal would end the process: the rest counts */
  sigset_t mask;
  bool pending; /* a SIGPIPE of somebody else's was waiting already */
};

/* Blocks SIGPIPE for the calling thread, unless the program handles it. */
void tgr_sigpipe_block(struct tgr_sigpipe *saved);

/* Puts the thread's mask back; a SIGPIPE that came meanwhile is dropped. On the
 * thread that blocked. */
void tgr_sigpipe_restore(const struct tgr_sigpipe *saved);

#endif
