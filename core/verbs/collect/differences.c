/** Comparing two returns cell by cell (see differences.h). What becomes of them is decided in settle.c. */
#include "core/verbs/collect/differences.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/verbs/collect/returns.h"

enum { MOST_CELLS = 8 };

/** The cells that differ, as they are found. */
struct found {
    bms_arena *arena; /* the job's */
    bms_differences *out;
    size_t n;
};

static void note(struct found *found, const char *address) {
    bms_differences *out = found->out;
    if (!*address)
        return;
    found->n++;
    if (found->n > MOST_CELLS + 1)
        return;
    if (found->n == MOST_CELLS + 1) {
        out->cells = bms_arena_format(found->arena, "%s …", out->cells);
    } else if (out->cells) {
        out->cells = bms_arena_format(found->arena, "%s, %s", out->cells, address);
    } else {
        out->cells = out->first = bms_arena_text(found->arena, address);
    }
}

static void compare_cells(struct found *found, const bms_raw_cell *a, const bms_raw_cell *b) {
    if (!bms_raw_same(a, b))
        note(found, *a->address ? a->address : b->address);
}

static const bms_raw_row *row_of(const bms_raw_return *raw, const char *indicator) {
    for (size_t i = 0; i < raw->n_rows; i++) {
        if (bms_code_compare(raw->rows[i].indicator, indicator) == 0)
            return &raw->rows[i];
    }
    return NULL;
}

static void compare(struct found *found, const bms_raw_return *a, const bms_raw_return *b) {
    for (size_t i = 0; i < a->n_rows; i++) {
        const bms_raw_row *row = &a->rows[i];
        const bms_raw_row *other = row_of(b, row->indicator);
        if (!other) {
            note(found, row->code_address);
            continue;
        }
        compare_cells(found, &row->numerator, &other->numerator);
        compare_cells(found, &row->denominator, &other->denominator);
        compare_cells(found, &row->reason, &other->reason);
        compare_cells(found, &row->comment, &other->comment);
    }
    compare_cells(found, &a->signed_by, &b->signed_by);
    compare_cells(found, &a->signed_on, &b->signed_on);
}

enum bms_status bms_differences_find(const bms_job *job, const bms_return_file *a, const bms_return_file *b,
                                     bms_differences *out, bms_error *error) {
    bms_arena *arena = bms_arena_new();
    bms_open_return first = {0};
    bms_open_return second = {0};
    struct found found = {.arena = job->arena, .out = out};
    enum bms_status status = arena ? BMS_OK : bms_error_no_memory(error);
    *out = (bms_differences){0};
    if (status == BMS_OK)
        status = bms_return_open(job, a, arena, &first, error);
    if (status == BMS_OK)
        status = bms_return_open(job, b, arena, &second, error);
    if (status == BMS_OK)
        compare(&found, &first.raw, &second.raw);
    if (status == BMS_OK && out->first)
        out->sheet = bms_arena_text(job->arena, first.raw.sheet);
    bms_return_close(&first);
    bms_return_close(&second);
    bms_arena_free(arena);
    return bms_error_of_arena(status, job->arena, error);
}
