/* Message: builds the Message objects that calls answer.
 *
 * Functions that return json_t * return a new reference, or NULL without
 * memory. */
#ifndef TGR_SIM_MESSAGE_H
#define TGR_SIM_MESSAGE_H

#include "sim/call.h"

/* The chat of the call, borrowed; NULL with the call answered 400 when
 * chat_id is missing or names none. */
json_t *tgr_sim_message_chat(struct tgr_sim_call *call);

/* A Message from the bot to `chat`: a new message_id, the date, and what the
 * common parameters say (thread, reply, inline keyboard, protection). */
json_t *tgr_sim_message_new(struct tgr_sim_call *call, json_t *chat);

/* Sets `name` to the text and `entities_name` to the entities of a parameter,
 * "text" with "entities" or "caption" with "caption_entities". False with the
 * call answered when the text is too long or blank, or its entities are no
 * JSON. */
bool tgr_sim_message_set_text(struct tgr_sim_call *call, json_t *message,
                              const json_t *params, const char *name,
                              const char *entities_name);

/* The keyboard of the call when it is an inline one, as set in a message. */
void tgr_sim_message_set_markup(json_t *message, const json_t *params);

/* The media object of a kind ("photo", "document", …): from an uploaded file
 * when `source` is "attach://field" or the field's own name was uploaded, else
 * from a file_id or URL. NULL also when there is no such file. */
json_t *tgr_sim_message_media(struct tgr_sim_call *call, const char *kind,
                              const char *field, const char *source);

/* Keeps the message, tells the console, and answers it. Takes `message`. */
void tgr_sim_message_send(struct tgr_sim_call *call, json_t *message);
/* The part of it that tells the console, when it is in the console's chat. */
void tgr_sim_message_tell(const struct tgr_sim_call *call,
                          const json_t *message);
/* Tells the console a parameter of the call that is no message, as
 * "[kind] text"; one that is not given is not told. */
void tgr_sim_message_tell_mark(const struct tgr_sim_call *call,
                               const char *kind, const char *text_field);

#endif
