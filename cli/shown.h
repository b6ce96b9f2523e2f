/**
 * What of a text may go to a terminal: everything that is seen, and nothing that steers the terminal or turns
 * the text around it (bms_is_control). What may not is replaced by a sign that is seen.
 *
 * The same whether standard output is a terminal, a pipe or a file, since a file is shown later.
 */
#ifndef CLI_SHOWN_H
#define CLI_SHOWN_H

#include <stdbool.h>
#include <stddef.h>

/**
 * @param one_line  newline and tab may not be shown either: the text is a value inside a line
 * @return how many bytes at the beginning may be shown as they are
 */
size_t shown_as_they_are(const char *bytes, size_t size, bool one_line);

enum { SHOWN_SIGN_SIZE = 4 };

/**
 * Find what stands for the first character, which may not be shown: ␛ and the like for those that have such a
 * picture, else U+FFFD, also for what is no UTF-8.
 *
 * @param size  at least 1
 * @return how many bytes it stands for
 */
size_t shown_instead(const char *bytes, size_t size, char sign[SHOWN_SIGN_SIZE]);

#endif
