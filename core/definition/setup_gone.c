/** What is gone from a setup since the last accepted one (see setup_gone.h). */
#include "core/definition/setup_gone.h"

#include "core/base/catalogue.h"
#include "core/definition/setup_mistakes.h"

bool bms_setup_sheet_gone(const bms_setup_book *before, const bms_setup_book *now,
                          enum bms_setup_sheet sheet) {
    return before->tables[sheet].n_rows > 0 && now->tables[sheet].n_rows == 0;
}

/** @return whether any row has something in a column. */
static bool is_used(const bms_setup_table *table, const char *column) {
    for (size_t i = 0; i < table->n_rows; i++) {
        if (bms_setup_find(&table->rows[i], column))
            return true;
    }
    return false;
}

static void check_columns(const bms_setup_book *before, const bms_setup_book *now, enum bms_setup_sheet sheet,
                          bms_findings *findings) {
    const bms_setup_schema *schema = bms_setup_schema_of(sheet);
    const uint32_t *columns = now->tables[sheet].columns;
    for (size_t i = 0; columns && i < schema->n_columns; i++) {
        const char *key = schema->columns[i].key;
        if (columns[i] != BMS_NO_COLUMN || !is_used(&before->tables[sheet], key))
            continue;
        bms_setup_mistake_add(findings, now, BMS_MISTAKE_COLUMN_GONE, (bms_setup_place){sheet, NULL, key},
                              NULL, NULL);
    }
}

void bms_setup_gone_check(const bms_setup_book *before, const bms_setup_book *now, bms_findings *findings) {
    for (int i = 0; i < BMS_N_SETUP_SHEETS; i++) {
        const enum bms_setup_sheet sheet = (enum bms_setup_sheet)i;
        if (!bms_setup_sheet_gone(before, now, sheet)) {
            check_columns(before, now, sheet, findings);
            continue;
        }
        bms_setup_mistake_add(findings, now, BMS_MISTAKE_SHEET_GONE, (bms_setup_place){sheet, NULL, NULL},
                              bms_arena_format(findings->arena, "%zu", before->tables[sheet].n_rows), NULL);
    }
}
