/**
 * How wide a text is on a screen.
 */
#ifndef CLI_WIDTH_H
#define CLI_WIDTH_H

#include <stddef.h>

/** @return how many columns of a terminal the text takes: 0 for a combining mark, 2 for an ideograph, else 1
 * each; a byte that is no character takes 1. */
size_t text_width(const char *text);

#endif
