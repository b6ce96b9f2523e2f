/** The budgets of the kinds of workbook, and what happens beyond them (see allowance.h). */
#include "xlsx/layout/allowance.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "xlsx/read/fault.h"
#include "xlsx/read/reading_limits.h"

/* Real forms take under 2 MB and go through under 1 MB; the file may be large with the pictures in it. */
const bms_allowance_kind bms_form_allowance = {
    .budget = {.memory = (size_t)32 << 20, .work = (uint64_t)64 << 20},
    .wanted = {.rows = 2000, .columns = 512, .merged = 5000},
    .file = (uint64_t)64 << 20,
    .too_much = BMS_TEXT("{file}: there is far more in this workbook than in any form; save a copy with only "
                         "the form's own sheets and nothing below or beside them, and send that"),
};

const bms_allowance_kind bms_own_allowance = {
    .budget = {.memory = (size_t)512 << 20, .work = (uint64_t)1 << 30},
    .file = BMS_LIMIT_FILE,
    .too_much = BMS_TEXT("{file}: there is more in this workbook than bms needs for the largest "
                         "municipality; remove sheets, rows and columns that are not part of it"),
};

const bms_allowance_kind bms_cells_allowance = {
    .budget = {.memory = (size_t)512 << 20, .work = UINT64_MAX},
    .wanted = {.formulas = true, .formats = true},
    .file = BMS_LIMIT_FILE,
    .too_much = BMS_TEXT("{file}: the texts, styles, merged cells or formulas of this workbook are more than "
                         "bms reads"),
};

void bms_allowance_begin(bms_allowance *allowance, const bms_allowance_kind *kind, bms_arena *arena) {
    *allowance =
        (bms_allowance){.kind = kind, .arena = arena, .budget = kind->budget, .wanted = kind->wanted};
    allowance->wanted.budget = &allowance->budget;
    if (arena)
        bms_arena_set_budget(arena, &allowance->budget);
}

static enum bms_status refuse(const bms_allowance *allowance, const bms_source *source, const char *language,
                              bms_error *error) {
    const bms_reading reading = {source->name, language, error, NULL};
    bms_error_clear(error); /* what was reported when the budget ran out is only a result of it */
    return bms_fault(&reading, allowance->kind->too_much, NULL);
}

enum bms_status bms_allowance_check_file(const bms_allowance *allowance, const bms_source *source,
                                         const char *language, bms_error *error) {
    return source->bytes && source->size > allowance->kind->file ? refuse(allowance, source, language, error)
                                                                 : BMS_OK;
}

enum bms_status bms_allowance_end(bms_allowance *allowance, enum bms_status status, const bms_source *source,
                                  const char *language, bms_error *error) {
    const bool exceeded = allowance->budget.exceeded;
    if (allowance->arena) {
        bms_arena_set_budget(allowance->arena, NULL);
        if (bms_arena_failed(allowance->arena))
            return bms_error_of_arena(status, allowance->arena, error);
    }
    return exceeded ? refuse(allowance, source, language, error) : status;
}
