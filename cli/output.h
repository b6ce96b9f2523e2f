/**
 * Where the command's text goes: gathered until the command has succeeded, or straight to a stream.
 *
 * What a command prints on standard output is held back until it is known to be whole: an error after half a
 * list would otherwise leave half a list behind. Little is kept in memory, much in a temporary file.
 * A failure is remembered and asked for once, at the end.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum colour { COLOUR_NONE, COLOUR_GREEN, COLOUR_YELLOW, COLOUR_RED, COLOUR_DIM, COLOUR_BOLD };

/** Start with {0} to gather, or with `direct` set to write straight to a stream. */
struct output {
    FILE *direct;
    bool coloured; /* it ends on a terminal that shows colours */
    FILE *spill;   /* what did not fit in memory, in order before `bytes` */
    char *bytes;
    size_t size;
    size_t capacity;
    bool failed; /* sticky: memory or disk ran out, or the stream refused */
};

/** Write `size` bytes. */
void output_bytes(struct output *output, const char *bytes, size_t size);

/** Write a text; NULL writes nothing. */
void output_text(struct output *output, const char *text);

/** Write a text in a colour, or plainly where the output has none. */
void output_coloured(struct output *output, const char *text, enum colour colour);

/** Write one character (a byte) `times` times. */
void output_repeat(struct output *output, char byte, size_t times);

/**
 * Write a text with its named places filled in: "{n} files" with "n", "3".
 *
 * @param ...  pairs of name and value (`const char *`), ended by NULL; a place without a pair stays as it is
 */
void output_message(struct output *output, const char *text, ...) __attribute__((sentinel));

/** As output_message, with the pairs as a list. */
void output_message_list(struct output *output, const char *text, va_list pairs);

/** Copy what was gathered to a stream. @return whether all of it went through */
bool output_deliver(const struct output *output, FILE *stream);

/** Forget what was gathered and give its memory back; can be used again. */
void output_discard(struct output *output);

#endif
