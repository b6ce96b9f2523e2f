/**
 * What the command needs of the terminal and the system. Each system has its own file.
 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

/** @return whether the stream is a terminal. */
bool terminal_is(FILE *stream);

/** @return whether the stream is a terminal that shows colours, and NO_COLOR is not set. */
bool terminal_shows_colours(FILE *stream);

/** @return whether a question can be asked: what is typed and what is shown are a terminal's. */
bool terminal_can_ask(void);

/** Read what the user types in answer to a question. @return false at the end of input or an interrupt */
bool terminal_answer(char *out, size_t size);

/** @return SOURCE_DATE_EPOCH as the environment has it; NULL when it is not set. */
const char *terminal_given_time(void);

/** @return a temporary file without a name, gone when it is closed with fclose; NULL when there is none. */
FILE *terminal_scratch_file(void);

/** From here on an interrupt (Ctrl-C, a closed terminal, the system going down) is remembered; the second
 * ends the program. What was ignored before stays so. */
void terminal_watch_interrupt(void);

/** @return whether the user has interrupted. */
bool terminal_interrupted(void);

#endif
