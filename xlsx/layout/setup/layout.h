/**
 * What the files that write a setup workbook share: write.c, guide.c and lists.c; for no one else. They are a
 * library of their own that only the build's tool links.
 */
#ifndef BMS_XLSX_LAYOUT_SETUP_LAYOUT_H
#define BMS_XLSX_LAYOUT_SETUP_LAYOUT_H

#include "core/definition/setup.h"
#include "xlsx/write/book.h"

/** A setup workbook being written. */
struct setup_layout {
    const bms_setup_book *setup;
    const char *language;
    const char *municipality; /* its name, "" when not known */
    bms_book *book;
    bms_page *pages[BMS_N_SETUP_SHEETS];
    bms_page *lists; /* hidden: a column for each list to choose from */
    uint32_t n_lists;
    const char *marks; /* a reference to the list of marks, once it is written */
    const char *yes_no;
};

/** Write what to do, in ten lines with links to the sheets. */
void setup_write_guide(struct setup_layout *layout, bms_page *page);

/** @return a reference to the choices of a column, for bms_page_choose. */
const char *setup_choice_list(struct setup_layout *layout, const bms_setup_column *column);

/** @return a reference to the marks of the plan. */
const char *setup_mark_list(struct setup_layout *layout);

#endif
