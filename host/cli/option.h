/* Option: long options of the command line that do not exist.
 *
 * getopt takes "--tok" for "--token-file"; a person who meant another option,
 * or a later version's, would not notice: names are taken whole. */
#ifndef TGR_CLI_OPTION_H
#define TGR_CLI_OPTION_H

#include <getopt.h>
#include <stdbool.h>
#include <stddef.h>

/* How long the name in "--name=value" is, dashes included. */
size_t tgr_cli_option_len(const char *word);

/* Whether the name of `word` ("--name" or "--name=value") is one of `options`
 * (ends with a NULL name). */
bool tgr_cli_option_exists(const struct option *options, const char *word);

/* The name, without dashes, that is most like that of `word`; NULL for none. */
const char *tgr_cli_option_nearest(const struct option *options,
                                   const char *word);

#endif
