/**
 * Where text is written piece by piece; the writer need not know whether it is kept, saved or sent on.
 */
#ifndef BMS_BASE_SINK_H
#define BMS_BASE_SINK_H

#include <stdbool.h>
#include <stddef.h>

typedef struct bms_sink {
    void *context;
    void (*write)(void *context, const char *bytes, size_t size);
} bms_sink;

/** Write a zero-terminated text. */
void bms_sink_text(const bms_sink *sink, const char *text);

/** The text that a sink has kept. Start with {0}; free with bms_kept_free. */
typedef struct bms_kept {
    char *text; /* zero-terminated; NULL when nothing has been written */
    size_t size;
    size_t capacity;
    bool failed; /* memory ran out and text is missing; check once, at the end */
} bms_kept;

/** @return a sink that keeps what is written to it in `kept`, which must stay where it is. */
bms_sink bms_sink_keep(bms_kept *kept);

/** Get room for `size` bytes now, so that as much can be written later though memory is out. @return whether
 * there was */
bool bms_kept_reserve(bms_kept *kept, size_t size);

/** Forget the text and that any is missing, and keep the room. */
void bms_kept_restart(bms_kept *kept);

void bms_kept_free(bms_kept *kept);

#endif
