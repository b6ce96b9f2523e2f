/**
 * How wide a text is on a screen.
 */
#ifndef CLI_WIDTH_H
#define CLI_WIDTH_H

#include <stddef.h>

/** @return the columns of a terminal that the text takes: 0 for a combining mark, 2 for an ideograph, 1 for
 * others, also for a byte that is not UTF-8. */
size_t text_width(const char *text);

#endif
