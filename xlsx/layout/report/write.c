/** Writes a report (bms_workbooks_write_report): which sheets, in which order. */
#include "core/base/catalogue.h"
#include "core/workbooks.h"
#include "xlsx/layout/finish.h"
#include "xlsx/layout/report/sheets.h"

static void put_sheets(const bms_report_book *report) {
    bool unit = report->model->kind == BMS_REPORT_UNIT;
    bms_report_front(report);
    bms_report_changed(report);
    if (!unit)
        bms_report_red_sheet(report);
    bms_report_detail(report);
    if (!unit) {
        bms_report_matrix(report);
        bms_report_deliveries(report);
    }
    bms_report_actions(report);
    bms_report_comments(report);
    bms_report_numbers(report);
}

enum bms_status bms_workbooks_write_report(const bms_report_model *report, const char *path,
                                           bms_error *error) {
    const bms_definition *definition = report->definition;
    const bms_day day = definition->calendar[report->form].period.to;
    bms_book *book =
        bms_book_new(&(bms_book_about){.title = report->period_name,
                                       .author = bms_municipality_name_on(&definition->municipality, day),
                                       .language = report->language,
                                       .made_at = report->made_at});
    if (book) {
        bms_report_book writing = {.model = report,
                                   .book = book,
                                   .words = {.arena = bms_book_arena(book), .language = report->language}};
        put_sheets(&writing);
        if (bms_arena_failed(bms_book_arena(book)))
            bms_book_no_memory(book);
    }
    return bms_finish_book(book, path, report->language, error);
}
