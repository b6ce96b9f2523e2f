/** The reader on its own, as any program could use it: prints the cells of a workbook, sheet by sheet. */
#include "xlsx/read/workbook.h"

#include <stdio.h>

static bool print_cell(void *context, const bms_cell *cell) {
    char address[BMS_ADDRESS_SIZE];
    (void)context;
    printf("  %s ", bms_address_write(cell->row, cell->column, address));
    if (cell->kind == BMS_CELL_TEXT || cell->kind == BMS_CELL_ERROR)
        printf("%s", cell->text);
    else if (cell->kind == BMS_CELL_BLANK)
        printf("(not calculated yet)");
    else
        printf("%.15g%s", cell->number, cell->is_date ? " (a date)" : cell->is_per_cent ? " (per cent)" : "");
    printf("%s%s\n", cell->formula ? "  =" : "", cell->formula ? cell->formula : "");
    return true; /* go on */
}

int main(int n, char **arguments) {
    bms_workbook *workbook = NULL;
    bms_error error = {0};
    const bms_source source = {.name = n > 1 ? arguments[1] : ""};
    enum bms_status status = bms_workbook_open(&workbook, &source, NULL, "en", &error);
    for (size_t i = 0; !status && i < bms_workbook_sheet_count(workbook); i++) {
        const bms_sheet_entry *sheet = bms_workbook_sheet(workbook, i);
        printf("%s%s\n", sheet->name, sheet->visibility == BMS_SHEET_VISIBLE ? "" : " (hidden)");
        status = bms_workbook_read(workbook, i, print_cell, NULL, NULL, &error);
    }
    bms_workbook_free(workbook);
    if (status)
        fprintf(stderr, "%s\n", error.message);
    return status ? 1 : 0;
}
