/**
 * What the command asks of the terminal and the system around it. One file a system implements it.
 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

/** @return whether the stream ends on a terminal. */
bool terminal_is(FILE *stream);

/** @return whether the stream ends on a terminal that shows colours, and NO_COLOR does not forbid them. */
bool terminal_shows_colours(FILE *stream);

/** @return a file without a name, to be written and read, that is gone when it is closed with fclose; NULL
 * when there can be none. */
FILE *terminal_scratch_file(void);

/** From here on an interrupt (Ctrl-C) is remembered; the second ends the program. */
void terminal_watch_interrupt(void);

/** @return whether the user has interrupted. */
bool terminal_interrupted(void);

#endif
