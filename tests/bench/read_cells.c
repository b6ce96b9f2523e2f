/**
 * Reads workbooks and prints every cell, as `bms cells` does, or only how many there are.
 *
 *     read_cells [--count] FILE…
 *
 * For the corpus test and the benchmark: it uses the reader alone.
 */
#include "core/base/number.h"
#include "xlsx/read/workbook.h"

#include <stdio.h>
#include <string.h>

/** Sums over all files, and the sheet being printed. */
struct total {
    const char *sheet;
    unsigned long long cells;
    double sum;
    size_t text;
};

static void print_text(const char *text) {
    putchar('"');
    for (const unsigned char *at = (const unsigned char *)text; *at; at++)
        if (*at == '"' || *at == '\\')
            printf("\\%c", *at);
        else if (*at < ' ')
            printf("\\u%04x", *at);
        else
            putchar(*at);
    putchar('"');
}

static bool print_cell(void *context, const bms_cell *cell) {
    const struct total *total = context;
    if (cell->kind == BMS_CELL_BLANK || (cell->kind == BMS_CELL_TEXT && !*cell->text))
        return true;
    char address[BMS_ADDRESS_SIZE];
    char number[32];
    printf("%s\t%s\t%c\t", total->sheet, bms_address_write(cell->row, cell->column, address),
           "?nsbe"[cell->kind]);
    if (cell->kind == BMS_CELL_NUMBER) {
        bms_number_shortest(cell->number, number);
        fputs(number, stdout);
    } else if (cell->kind == BMS_CELL_BOOLEAN) {
        fputs(cell->number > 0 ? "true" : "false", stdout);
    } else {
        print_text(cell->text);
    }
    putchar('\n');
    return true;
}

static bool count_cell(void *context, const bms_cell *cell) {
    struct total *total = context;
    total->cells++;
    total->sum += cell->number;
    total->text += cell->text ? strlen(cell->text) : 0;
    return true;
}

static int read_file(const char *path, struct total *total, bool count) {
    bms_error error = {0};
    bms_workbook *workbook = NULL;
    const bms_source source = {.name = path};
    enum bms_status status = bms_workbook_open(&workbook, &source, NULL, "en", &error);
    for (size_t i = 0; !status && i < bms_workbook_sheet_count(workbook); i++) {
        total->sheet = bms_workbook_sheet(workbook, i)->name;
        status = bms_workbook_read(workbook, i, count ? count_cell : print_cell, total, NULL, &error);
    }
    bms_workbook_free(workbook);
    if (status)
        fprintf(stderr, "%s\n", error.message);
    return status ? 1 : 0;
}

int main(int n, char **arguments) {
    bool count = n > 1 && strcmp(arguments[1], "--count") == 0;
    struct total total = {0};
    int failed = 0;
    for (int i = count ? 2 : 1; i < n; i++)
        failed |= read_file(arguments[i], &total, count);
    if (count)
        printf("%llu cells, %.6g, %zu bytes of text\n", total.cells, total.sum, total.text);
    return failed;
}
