/**
 * A sink that keeps its text in memory (see sink.h). The memory doubles, so that small pieces are cheap.
 */
#include "core/base/sink.h"

#include <stdlib.h>
#include <string.h>

void bms_sink_text(const bms_sink *sink, const char *text) {
    sink->write(sink->context, text, strlen(text));
}

static bool make_room(bms_kept *kept, size_t size) {
    if (size < kept->capacity - kept->size)
        return true;
    const size_t capacity = 2 * kept->capacity + size + 64;
    char *text = realloc(kept->text, capacity);
    if (!text)
        return false;
    kept->text = text;
    kept->capacity = capacity;
    return true;
}

static void keep(void *context, const char *bytes, size_t size) {
    bms_kept *kept = context;
    kept->failed = kept->failed || !make_room(kept, size);
    if (kept->failed)
        return;
    memcpy(kept->text + kept->size, bytes, size);
    kept->size += size;
    kept->text[kept->size] = '\0';
}

bms_sink bms_sink_keep(bms_kept *kept) {
    return (bms_sink){.context = kept, .write = keep};
}

bool bms_kept_reserve(bms_kept *kept, size_t size) {
    return make_room(kept, size);
}

void bms_kept_restart(bms_kept *kept) {
    kept->size = 0;
    kept->failed = false;
}

void bms_kept_free(bms_kept *kept) {
    free(kept->text);
    *kept = (bms_kept){0};
}
