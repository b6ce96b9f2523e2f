/**
 * Words why a workbook cannot be read (see fault.h). What is a fault is decided where it is found.
 */
#include "xlsx/read/fault.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/text.h"

enum { QUOTED = 60 }; /* bytes of what was found that a message repeats */

/** Shorten what was found for a message, between two characters. */
static const char *quote(bms_arena *arena, const char *value) {
    const size_t length = bms_text_fit(value, QUOTED);
    if (!value[length])
        return value;
    return bms_arena_format(arena, "%.*s…", (int)length, value);
}

static const char *or_empty(const char *text) {
    return text ? text : "";
}

enum bms_status bms_fault(const bms_reading *reading, const char *text, const bms_fault_place *place) {
    static const bms_fault_place nowhere = {0};
    if (!place)
        place = &nowhere;
    bms_arena *arena = bms_arena_new();
    if (!arena)
        return bms_error_no_memory(reading->error);
    const char *message =
        bms_message(arena, bms_tr(reading->language, text), "file", or_empty(reading->file), "part",
                    or_empty(place->part), "sheet", or_empty(place->sheet), "cell", or_empty(place->cell),
                    "value", quote(arena, or_empty(place->value)), (char *)NULL);
    enum bms_status status = bms_error_set(reading->error, BMS_INPUT, reading->file, message);
    status = bms_error_of_arena(status, arena, reading->error);
    bms_arena_free(arena);
    return status;
}

enum bms_status bms_fault_no_memory(const bms_reading *reading) {
    return bms_error_no_memory(reading->error);
}
