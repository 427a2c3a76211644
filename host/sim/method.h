/* Method: the Bot API's methods by name, and what each of them answers.
 *
 * The table is method.c; the functions that answer are in method_send.c,
 * method_edit.c, method_get.c and method_set.c. All of them answer the call
 * they are given, with success or with an error in Telegram's words. */
#ifndef TGR_SIM_METHOD_H
#define TGR_SIM_METHOD_H

#include "sim/call.h"

struct tgr_sim_method {
  const char *name; /* as the Bot API writes it */
  void (*run)(struct tgr_sim_call *call, const struct tgr_sim_method *method);
  const char *arg;   /* what `run` needs to know: a field, a kind, a noun */
  const char *needs; /* parameters that must be given, with spaces between */
};

/* The method of a name in any case; also for names that are not in the table
 * but look like a method ("getSomething"), with the answer their first word
 * promises. NULL for all others. `spare` holds what is made up. */
const struct tgr_sim_method *tgr_sim_method_find(const char *name,
                                                 struct tgr_sim_method *spare);

/* Runs it: checks what it needs, then answers the call. */
void tgr_sim_method_run(struct tgr_sim_call *call,
                        const struct tgr_sim_method *method);

/* The table, in alphabetical order without regard to case. */
const struct tgr_sim_method *tgr_sim_method_table(size_t *count);

/* method_send.c */
void tgr_sim_send_text(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_send_media(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_send_group(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_send_part(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_send_poll(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_send_copy(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_send_draft(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_send_copies(struct tgr_sim_call *, const struct tgr_sim_method *);

/* method_edit.c */
void tgr_sim_edit_text(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_edit_media(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_edit_other(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_delete_message(struct tgr_sim_call *,
                            const struct tgr_sim_method *);
void tgr_sim_delete_messages(struct tgr_sim_call *,
                             const struct tgr_sim_method *);

/* method_get.c */
void tgr_sim_get_me(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_get_chat(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_get_member(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_get_admins(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_get_file(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_get_kept(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_get_fixed(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_get_updates(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_get_webhook(struct tgr_sim_call *, const struct tgr_sim_method *);

/* method_set.c */
void tgr_sim_set_true(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_answer_query(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_set_kept(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_set_webhook(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_delete_webhook(struct tgr_sim_call *,
                            const struct tgr_sim_method *);
void tgr_sim_set_link(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_set_topic(struct tgr_sim_call *, const struct tgr_sim_method *);
void tgr_sim_upload_sticker(struct tgr_sim_call *,
                            const struct tgr_sim_method *);

#endif
