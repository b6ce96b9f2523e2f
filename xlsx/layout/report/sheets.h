/**
 * The sheets of a report workbook, a function each, and what they have in common. For this folder only.
 */
#ifndef BMS_XLSX_LAYOUT_REPORT_SHEETS_H
#define BMS_XLSX_LAYOUT_REPORT_SHEETS_H

#include "core/report/report.h"
#include "core/report/words.h"
#include "xlsx/write/book.h"

/** A report being written. */
typedef struct bms_report_book {
    const bms_report_model *model;
    bms_book *book;
    bms_words words;
} bms_report_book;

/* The sheets, in the order of the workbook. */
void bms_report_front(const bms_report_book *report);      /* the one to read */
void bms_report_changed(const bms_report_book *report);    /* since the edition before; none in the first */
void bms_report_red_sheet(const bms_report_book *report);  /* all that is red */
void bms_report_detail(const bms_report_book *report);     /* all indicators */
void bms_report_matrix(const bms_report_book *report);     /* indicator × unit */
void bms_report_deliveries(const bms_report_book *report); /* who has delivered */
void bms_report_actions(const bms_report_book *report);
void bms_report_comments(const bms_report_book *report); /* what units wrote about their numbers */
void bms_report_numbers(const bms_report_book *report);  /* numerators, denominators, their origin */

/* Changes (changed.c). */

/** @return a few words for the front on what changed since the edition before; "" in the first. */
const char *bms_report_changed_line(const bms_report_book *report);

/** @return who amended a number and why; "" when nobody did. */
const char *bms_report_amendment(const bms_report_book *report, const bms_stored_entry *source);

/**
 * @return a comment, and below it what the coordinator did about the number: amended, accepted or left to be
 * clarified, by whom and why
 */
const char *bms_report_remarks(const bms_report_book *report, const bms_stored_entry *source,
                               const char *comment);

/* What they have in common (cells.c). */

/** @return a text of the report in its language. */
const char *bms_report_tr(const bms_report_book *report, const char *text);

/** @return a text with its places filled in, pairs of place and value as for bms_message. */
#define bms_report_fill(report, ...) bms_message((report)->words.arena, __VA_ARGS__, NULL)

/** @return a number as text. */
const char *bms_report_count(const bms_report_book *report, size_t n);

/** @return a text cut to a width in digits at 11 points, with … where something was cut. */
const char *bms_report_cut(const bms_report_book *report, const char *text, double width);

/** @return the period as a title says it: "3. tertial 2026 (foreløpig)" before its last day. */
const char *bms_report_period(const bms_report_book *report);

/** @return the period of a figure that is of another than the report's: "2. tertial 2026"; else "". */
const char *bms_report_other_period(const bms_report_book *report, const bms_figure *figure);

/** @return the period of a figure without the year where that is the report's: "2. tertial", else "2. tertial
 * 2025". */
const char *bms_report_short_period(const bms_report_book *report, const bms_figure *figure);

const char *bms_report_unit_name(const bms_report_book *report, int unit);

/** @return an indicator's name, with the period where a figure is of another period than the report.
 */
const char *bms_report_dated(const bms_report_book *report, const bms_indicator *indicator,
                             const bms_figure *figure);

/** @return the name beside a unit's answer: of the unit that has taken over from it, and whose number it is.
 */
const char *bms_report_answered_by(const bms_report_book *report, int unit);

/** @return how far a unit has come, in a word or two; "" when nothing was asked. */
const char *bms_report_delivery_word(const bms_report_book *report, const bms_delivery *delivery);

/** @return whether something is still to come in before the form is delivered. */
bool bms_report_not_in(const bms_delivery *delivery);

/** How a result is shown in its cell. */
typedef struct bms_report_cell {
    double size;       /* points; 0: the usual */
    bool coloured;     /* shape before the number, fill in its cell */
    bool without_unit; /* the unit of measure is shown elsewhere */
    bool bold;
    bool centred;
    enum bms_edges edges;
} bms_report_cell;

/** Write a result: a number, or in a word why there is none. */
void bms_report_put(const bms_report_book *report, bms_page *page, uint32_t row, uint32_t column,
                    const bms_indicator *indicator, const bms_figure *figure, const bms_report_cell *how);

/** @return a copy of the indicator, without its unit of measure where that is too long after a number. */
bms_indicator bms_report_narrow(const bms_indicator *indicator);

/** Merge cells and write a text with a note after it, in smaller letters. */
void bms_report_merged_noted(bms_page *page, bms_range range, const bms_style *style, const char *text,
                             const bms_style *note_style, const char *note);

/** Write a status: shape and word on its colour. */
void bms_report_put_status(const bms_report_book *report, bms_page *page, uint32_t row, uint32_t column,
                           const bms_figure *figure, double size);

/** A column of a list: its heading (English) and width. */
typedef struct bms_report_column {
    const char *heading;
    double width;
    bool number; /* it holds numbers, to the right */
    bool turned; /* the heading reads upwards */
} bms_report_column;

/**
 * Begin a sheet: title and subtitle on the first rows, headings below them, paper and frozen panes.
 *
 * @param frozen  columns that stay in view
 * @return the page; the table begins on row BMS_REPORT_FIRST
 */
bms_page *bms_report_list(const bms_report_book *report, const char *name, const char *subtitle,
                          const bms_report_column *columns, size_t n, uint32_t frozen);
enum { BMS_REPORT_FIRST = 4 };

/** Give a row the height its wrapped texts need. @param texts as many as `widths`; NULL: does not wrap */
void bms_report_fit_row(bms_page *page, uint32_t row, const char *const *texts, const double *widths,
                        size_t n, double size);

/** A row that says that a list is empty. */
void bms_report_nothing(const bms_report_book *report, bms_page *page, size_t n_columns, const char *text);

#endif
