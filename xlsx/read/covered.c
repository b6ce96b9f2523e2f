/** A tree over the columns, each node with what holds for all columns below it (see covered.h). */
#include "xlsx/read/covered.h"

#include <stdlib.h>

/* The leaves are the second half; the parent of a node is at half its place. */
enum { LEAVES = BMS_MAX_COLUMNS };

static void extend(uint32_t *until, uint32_t to) {
    if (*until < to)
        *until = to;
}

bool bms_covered_add(bms_covered *covered, const bms_range *range) {
    const uint32_t to = range->last_row + 1;
    if (!covered->until)
        covered->until = calloc(2 * (size_t)LEAVES, sizeof *covered->until);
    if (!covered->until)
        return false;
    extend(&covered->until_any, to);
    uint32_t left = range->first_column + LEAVES;
    uint32_t right = range->last_column + 1 + LEAVES; /* one beyond */
    for (; left < right; left /= 2, right /= 2) {
        if (left & 1)
            extend(&covered->until[left++], to);
        if (right & 1)
            extend(&covered->until[--right], to);
    }
    return true;
}

bool bms_covered_reaches(const bms_covered *covered, uint32_t row, uint32_t column) {
    if (row >= covered->until_any)
        return false;
    for (uint32_t node = column + LEAVES; node > 0; node /= 2) {
        if (row < covered->until[node])
            return true;
    }
    return false;
}

void bms_covered_dispose(bms_covered *covered) {
    free(covered->until);
    *covered = (bms_covered){0};
}
