/**
 * The help: for bms as a whole and for each command, from the same tables that the arguments are read with.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "command.h"

void help_write(struct session *session);

void help_write_command(struct session *session, const struct command *command);

#endif
