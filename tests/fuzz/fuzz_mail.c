/** Fuzz target: any bytes as a saved mail, which never takes more than some times its size. */
#include "xlsx/read/mail.h"

#include <stdint.h>
#include <stdlib.h>

enum { TIMES = 8, ON_TOP = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    const bms_attachment *found = NULL;
    bms_arena *arena = bms_arena_new();
    bms_budget budget = {.memory = TIMES * size + ON_TOP};
    bms_arena_set_budget(arena, &budget);
    (void)bms_mail_is(bytes, size);
    size_t n = bms_mail_attachments(arena, size > 0 ? (const void *)bytes : "", size, &found);
    volatile unsigned char last = 0; /* so that every byte is looked at */
    for (size_t i = 0; i < n; i++) {
        for (size_t at = 0; at < found[i].size; at++)
            last = ((const unsigned char *)found[i].bytes)[at];
        for (const char *c = found[i].name; *c; c++)
            last = (unsigned char)*c;
    }
    if (budget.exceeded)
        abort();
    bms_arena_free(arena);
    (void)last;
    return 0;
}
