/**
 * Filling the caller's bms_error (see error.h). Messages are written where the faults are found, not here.
 */
#include "core/base/error.h"

#include "core/base/text.h"

#include <string.h>

/** Copy as much as fits, never half a UTF-8 character. */
static void copy_text(char *to, size_t size, const char *from) {
    const size_t length = bms_text_fit(from, size - 1);
    memcpy(to, from, length);
    to[length] = '\0';
}

enum bms_status bms_error_set(bms_error *error, enum bms_status code, const char *where,
                              const char *message) {
    if (!error || error->code != BMS_OK)
        return code;
    error->code = code;
    copy_text(error->where, sizeof error->where, where ? where : "");
    copy_text(error->message, sizeof error->message, message ? message : "");
    return code;
}

enum bms_status bms_error_no_memory(bms_error *error) {
    return bms_error_set(error, BMS_NO_MEMORY, NULL, "Ikke nok minne. (Out of memory.)");
}

void bms_error_clear(bms_error *error) {
    if (!error)
        return;
    error->code = BMS_OK;
    error->message[0] = '\0';
    error->where[0] = '\0';
}

enum bms_status bms_error_of_arena(enum bms_status status, const bms_arena *arena, bms_error *error) {
    if (!bms_arena_failed(arena))
        return status;
    bms_error_clear(error);
    return bms_error_no_memory(error);
}
