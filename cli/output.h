/**
 * The command's text: gathered until the command has succeeded, or written straight to a stream.
 *
 * Standard output is kept until it is complete, since an error could otherwise leave half a list behind. A
 * little is kept in memory, more in a temporary file. A failure is remembered, and checked once at the end.
 *
 * All that people see goes through here, so this is where names of files, texts of cells and the like are
 * kept from steering the terminal.
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
    bool guarded;  /* people see it: nothing that steers a terminal gets in (shown.h) */
    bool coloured; /* it goes to a terminal that shows colours */
    FILE *spill;   /* what did not fit in memory, in order before `bytes` */
    char *bytes;
    size_t size;
    size_t capacity;
    bool failed; /* memory or disk ran out, or writing failed; stays set */
};

/** Write `size` bytes; where it is guarded, whole characters. */
void output_bytes(struct output *output, const char *bytes, size_t size);

/** Write a text, which may have several lines; NULL writes nothing. */
void output_text(struct output *output, const char *text);

/** Write a text that came from outside, as a part of one line; NULL writes nothing. */
void output_value(struct output *output, const char *text);

/** Write what steers the terminal: never a text from outside. */
void output_steer(struct output *output, const char *codes);

/** Write a text as output_value does, in a colour where the output has colours. */
void output_coloured(struct output *output, const char *text, enum colour colour);

/** Write one character (a byte) `times` times. */
void output_repeat(struct output *output, char byte, size_t times);

/**
 * Write a text with its named places filled in: "{n} files" with "n", "3".
 *
 * @param ...  pairs of name and value (`const char *`), ended by NULL; a place without a pair stays as it
 *             is. Values are written as by output_value.
 */
void output_message(struct output *output, const char *text, ...) __attribute__((sentinel));

/** As output_message, with the pairs as a list. */
void output_message_list(struct output *output, const char *text, va_list pairs);

/** Copy what was gathered to a stream. @return whether all of it was written */
bool output_deliver(const struct output *output, FILE *stream);

/** Ask for room in memory ahead, so that a short text can be gathered when memory is out later.
 * @return whether there was any */
bool output_reserve(struct output *output, size_t size);

/** Drop what was gathered and free its memory; can be used again. */
void output_discard(struct output *output);

#endif
