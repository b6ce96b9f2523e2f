/**
 * Fuzz target: a text where a number is asked for. Whatever is typed, the result must not depend on spaces
 * around it, and a number that is written out must be read as the same number again.
 */
#include "core/base/number.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds) {
    if (!holds)
        abort();
}

static bool same(double a, double b) {
    return !(a < b) && !(a > b);
}

/** A number is finite, and written out it is read as the same. */
static void read_back(double value) {
    bms_arena *arena = bms_arena_new();
    const char *shown = arena ? bms_number_text(arena, value, 6, "nb") : NULL;
    double again = 0.0;
    must(isfinite(value));
    /* three decimals after a number without groups are ambiguous on purpose; six are not */
    if (shown && fabs(value) < 1e9) {
        must(bms_number_read(shown, &again) == BMS_READ_NUMBER);
        must(fabs(again - value) <= 1e-6);
    }
    bms_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    char *text = malloc(size + 3);
    if (!text)
        return 0;
    double value = 0.0;
    double padded = 0.0;
    memcpy(text, bytes, size);
    text[size] = '\0';
    enum bms_number_reading reading = bms_number_read(text, &value);
    if (reading == BMS_READ_NUMBER)
        read_back(value);
    size = strlen(text);
    memmove(text + 1, text, size);
    text[0] = ' ';
    text[size + 1] = ' ';
    text[size + 2] = '\0';
    must(bms_number_read(text, &padded) == reading && same(value, padded));
    free(text);
    return 0;
}
