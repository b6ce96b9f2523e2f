/** Delivers the sheets and defined names of any workbook (bms_workbooks_contents), not only of ours. */
#include "core/workbooks.h"
#include "xlsx/layout/allowance.h"

static void report_sheets(const bms_workbook *workbook, const bms_contents_listener *listener) {
    static const char *const visibilities[] = {[BMS_SHEET_VISIBLE] = "visible",
                                               [BMS_SHEET_HIDDEN] = "hidden",
                                               [BMS_SHEET_VERY_HIDDEN] = "veryHidden"};
    static const char *const kinds[] = {[BMS_WORKSHEET] = "worksheet",
                                        [BMS_CHART_SHEET] = "chartsheet",
                                        [BMS_DIALOG_SHEET] = "dialogsheet",
                                        [BMS_MACRO_SHEET] = "macrosheet",
                                        [BMS_MODULE_SHEET] = "module"};
    for (size_t i = 0; listener->on_sheet && i < bms_workbook_sheet_count(workbook); i++) {
        const bms_sheet_entry *entry = bms_workbook_sheet(workbook, i);
        const bms_sheet_row row = {entry->name, visibilities[entry->visibility], kinds[entry->kind]};
        listener->on_sheet(listener->context, &row);
    }
}

/** @return the sheet's name; NULL for BMS_NO_SHEET. */
static const char *name_of(const bms_workbook *workbook, size_t sheet) {
    return sheet == BMS_NO_SHEET ? NULL : bms_workbook_sheet(workbook, sheet)->name;
}

static void report_names(const bms_workbook *workbook, const bms_contents_listener *listener) {
    size_t n = 0;
    const bms_defined_name *names = bms_workbook_names(workbook, &n);
    for (size_t i = 0; listener->on_name && i < n; i++) {
        char range[BMS_RANGE_SIZE];
        const bool resolved = names[i].sheet != BMS_NO_SHEET;
        const bms_name_row row = {.name = names[i].name,
                                  .scope = name_of(workbook, names[i].scope),
                                  .refers_to = names[i].refers_to,
                                  .sheet = name_of(workbook, names[i].sheet),
                                  .range = resolved ? bms_range_write(&names[i].range, range) : NULL,
                                  .hidden = names[i].hidden};
        listener->on_name(listener->context, &row);
    }
}

enum bms_status bms_workbooks_contents(const bms_source *source, const char *language,
                                       const bms_contents_listener *listener, bms_error *error) {
    bms_workbook *workbook = NULL;
    bms_allowance allowance;
    bms_allowance_begin(&allowance, &bms_cells_allowance, NULL);
    enum bms_status status = bms_workbook_open(&workbook, source, &allowance.wanted, language, error);
    if (status == BMS_OK) {
        if (listener->on_book)
            listener->on_book(listener->context, bms_workbook_date_1904(workbook));
        report_sheets(workbook, listener);
        report_names(workbook, listener);
    }
    bms_workbook_free(workbook);
    return bms_allowance_end(&allowance, status, source, language, error);
}
