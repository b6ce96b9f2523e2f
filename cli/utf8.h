/**
 * Stepping through UTF-8, and how wide it is on a screen.
 */
#ifndef CLI_UTF8_H
#define CLI_UTF8_H

#include <stddef.h>
#include <stdint.h>

/** Stands for bytes that are no character. */
#define UTF8_BAD UINT32_MAX

/**
 * The character a text begins with.
 *
 * @param      text       not at its end
 * @param[out] character  the code point, or UTF8_BAD
 * @return how many bytes it takes; at least 1
 */
size_t utf8_next(const char *text, uint32_t *character);

/** @return how many columns of a terminal the text takes: 0 for a combining mark, 2 for an ideograph, else 1
 * each. */
size_t utf8_width(const char *text);

#endif
