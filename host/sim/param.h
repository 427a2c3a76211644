/* Param: reads what a call was given. Parameters are one JSON object: of a
 * JSON body its values as they came, of forms and query strings text.
 *
 * Functions that return json_t * return a new reference, or NULL. */
#ifndef TGR_SIM_PARAM_H
#define TGR_SIM_PARAM_H

#include <jansson.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The parameter as text: numbers and flags become their JSON text. */
json_t *tgr_sim_param_string(const json_t *params, const char *name);
/* The text of a parameter that is text already; borrowed; "" for all others. */
const char *tgr_sim_param_text(const json_t *params, const char *name);
/* False when it is absent or no integer; `*out` is untouched then. */
bool tgr_sim_param_int(const json_t *params, const char *name, int64_t *out);
/* true, "true", "1", 1 and the like. */
bool tgr_sim_param_true(const json_t *params, const char *name);
/* The parameter as JSON: text is parsed. NULL also for text that is none. */
json_t *tgr_sim_param_json(const json_t *params, const char *name);
/* Present, and neither null nor empty text. */
bool tgr_sim_param_given(const json_t *params, const char *name);

/* Adds the pairs of an application/x-www-form-urlencoded text to `params`.
 * Works in place: `body` is garbage afterwards, and body[len] must be
 * writable. False without memory. */
bool tgr_sim_param_add_form(json_t *params, char *body, size_t len);
/* Adds one text pair. Bytes of a value that is no UTF-8 become question marks,
 * in place. False without memory. */
bool tgr_sim_param_add(json_t *params, const char *name, char *value,
                       size_t len);

/* Replaces the bytes above ASCII by question marks when the text as a whole is
 * no UTF-8. */
void tgr_sim_text_make_utf8(char *text, size_t len);

/* Length of UTF-8 text in UTF-16 units, which is how Telegram counts. */
size_t tgr_sim_text_units(const char *text, size_t len);

#endif
