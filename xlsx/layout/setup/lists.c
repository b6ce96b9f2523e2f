/**
 * Writes the hidden sheet with the lists to choose from. They are in cells because a list inside a validation
 * may not exceed 255 bytes.
 */
#include "xlsx/layout/setup/layout.h"

#include <string.h>

/** Finish a list of `n` items that was written to the next free column. @return a reference to it */
static const char *close_list(struct setup_layout *layout, uint32_t n) {
    uint32_t column = layout->n_lists++;
    return bms_page_reference(layout->lists, bms_range_of(0, column, n - 1, column));
}

const char *setup_choice_list(struct setup_layout *layout, const bms_setup_column *column) {
    bool yes_no = column->choices && strcmp(column->choices, "yes|no") == 0;
    if (yes_no && layout->yes_no)
        return layout->yes_no;
    char word[BMS_SETUP_WORD_SIZE];
    uint32_t n = 0;
    for (;; n++) {
        const char *choice = bms_setup_choice(column, n, layout->language, word);
        if (!choice)
            break;
        bms_page_text(layout->lists, n, layout->n_lists, NULL, choice);
    }
    const char *where = close_list(layout, n);
    if (yes_no)
        layout->yes_no = where;
    return where;
}

const char *setup_mark_list(struct setup_layout *layout) {
    if (!layout->marks) {
        bms_page_text(layout->lists, 0, layout->n_lists, NULL, "x");
        bms_page_text(layout->lists, 1, layout->n_lists, NULL, "f");
        layout->marks = close_list(layout, 2);
    }
    return layout->marks;
}
