/**
 * Fuzz target: a whole file, of which everything is read that the reader can read, within the budget of a
 * return. No file holds more, and all of it is given back.
 */
#include "xlsx/layout/allowance.h"
#include "xlsx/read/workbook.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static bool take(void *context, const bms_cell *cell) {
    uint64_t *cells = context;
    return ++*cells < 1000000 && cell->row < BMS_MAX_ROWS;
}

static void check_budget(const bms_budget *budget, enum bms_status status) {
    if (budget->held > 0 || (status == BMS_NO_MEMORY && !budget->exceeded))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    bms_workbook *workbook = NULL;
    bms_budget budget = bms_form_allowance.budget;
    const bms_wanted wanted = {.formulas = true, .formats = true, .budget = &budget};
    bms_error error = {0};
    uint64_t cells = 0;
    const bms_source source = {.name = "fuzz", .bytes = size > 0 ? (const void *)bytes : "", .size = size};
    enum bms_status status = bms_workbook_open(&workbook, &source, &wanted, "nb", &error);
    for (size_t i = 0; !status && i < bms_workbook_sheet_count(workbook); i++) {
        bms_arena *arena = bms_arena_new();
        bms_arena_set_budget(arena, &budget);
        const bms_sheet *sheet = NULL;
        bms_sheet_details details = {.arena = arena};
        status = bms_workbook_read(workbook, i, take, &cells, &details, &error);
        if (!status && cells < 10000)
            status = bms_sheet_load(&sheet, workbook, i, arena, &error);
        bms_arena_free(arena);
    }
    bms_workbook_free(workbook);
    check_budget(&budget, status);
    return 0;
}
