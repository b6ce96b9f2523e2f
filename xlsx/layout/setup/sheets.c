/**
 * Finds out which sheet of the setup each sheet of a workbook is (setup_find_sheets). A sheet that is almost
 * one of ours must not be left out in silence: all the targets can be in it.
 */
#include "xlsx/layout/setup/reading.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/language.h"
#include "core/base/text.h"

#include <ctype.h>
#include <string.h>

/* By headings */

/** How many headings of each of our sheets are in a row, while a sheet is looked through. */
struct likeness {
    uint32_t row;
    size_t n[BMS_N_SETUP_SHEETS];
    enum bms_setup_sheet kind; /* what it has the headings of */
    size_t most;
};

/** So many headings are enough to know a sheet by. */
enum { ENOUGH = 3 };

static void end_row(struct likeness *likeness) {
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++) {
        if (likeness->n[sheet] > likeness->most && likeness->n[sheet] >= ENOUGH) {
            likeness->most = likeness->n[sheet];
            likeness->kind = (enum bms_setup_sheet)sheet;
        }
        likeness->n[sheet] = 0;
    }
}

static bool look_at(void *context, const bms_cell *cell) {
    struct likeness *likeness = context;
    if (cell->row != likeness->row)
        end_row(likeness);
    likeness->row = cell->row;
    if (cell->row >= SETUP_HEADING_ROWS)
        return false;
    for (int sheet = 0; cell->kind == BMS_CELL_TEXT && sheet < BMS_N_SETUP_SHEETS; sheet++) {
        if (bms_setup_recognise_column((enum bms_setup_sheet)sheet, cell->text))
            likeness->n[sheet]++;
    }
    return true;
}

/** @return which of our sheets has these headings; BMS_N_SETUP_SHEETS: none. A damaged sheet has none. */
static enum bms_setup_sheet by_headings(bms_workbook *workbook, size_t index) {
    struct likeness likeness = {.kind = BMS_N_SETUP_SHEETS};
    bms_error ignored = {0};
    if (bms_workbook_read(workbook, index, look_at, &likeness, NULL, &ignored) != BMS_OK)
        return BMS_N_SETUP_SHEETS;
    end_row(&likeness);
    return likeness.kind;
}

/* By name */

/** @return whether a name is ours with something after it: "Mål (2)", "Mål 2025". */
static bool begins_with(const char *name, const char *ours) {
    size_t length = strlen(ours);
    const unsigned char next = (unsigned char)name[strlen(name) < length ? 0 : length];
    return strncmp(name, ours, length) == 0 && next < 0x80 && !isalpha(next);
}

/** Whether a name is almost that of one of our sheets, in any of the languages. */
static bool name_is_almost(const char *name, enum bms_setup_sheet sheet, bool *begins) {
    bool almost = false;
    for (size_t i = 0; bms_language_at(i); i++) {
        const char *ours = bms_tr(bms_language_at(i)->code, bms_setup_schema_of(sheet)->name);
        almost = almost || bms_text_almost(name, ours);
        *begins = *begins || begins_with(name, ours);
    }
    return almost;
}

/** @return the sheet whose name is almost this one; BMS_N_SETUP_SHEETS: none. */
static enum bms_setup_sheet by_name(const char *name) {
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++) {
        bool begins = false;
        if (name_is_almost(name, (enum bms_setup_sheet)sheet, &begins))
            return (enum bms_setup_sheet)sheet;
    }
    return BMS_N_SETUP_SHEETS;
}

/* Both */

/** Say what a sheet that is none of ours looks like. @return what it is to be read as */
static enum bms_setup_sheet judge(bms_workbook *workbook, size_t index, const bool *present,
                                  bms_findings *findings) {
    const char *name = bms_workbook_sheet(workbook, index)->name;
    enum bms_setup_sheet alike = by_headings(workbook, index);
    enum bms_setup_sheet kind = alike == BMS_N_SETUP_SHEETS ? by_name(name) : alike;
    if (kind == BMS_N_SETUP_SHEETS || (present[kind] && alike == BMS_N_SETUP_SHEETS))
        return BMS_N_SETUP_SHEETS;
    const char *ours = bms_tr(findings->language, bms_setup_schema_of(kind)->name);
    bool begins = false;
    bool almost = name_is_almost(name, kind, &begins);
    enum bms_mistake mistake = !present[kind]     ? BMS_MISTAKE_ALMOST_SHEET
                               : almost || begins ? BMS_MISTAKE_COPIED_SHEET
                                                  : BMS_MISTAKE_SHEET_ALIKE;
    bms_setup_mistake_in_sheet(findings, mistake, name, NULL, NULL, ours);
    return present[kind] ? BMS_N_SETUP_SHEETS : kind;
}

enum bms_status setup_find_sheets(bms_arena *arena, bms_workbook *workbook, bms_findings *findings,
                                  enum bms_setup_sheet **kinds, bms_error *error) {
    size_t n = bms_workbook_sheet_count(workbook);
    bool present[BMS_N_SETUP_SHEETS] = {false};
    *kinds = bms_arena_alloc(arena, n * sizeof **kinds);
    if (!*kinds)
        return bms_error_no_memory(error);
    for (size_t i = 0; i < n; i++) {
        (*kinds)[i] = BMS_N_SETUP_SHEETS;
        if (bms_setup_recognise_sheet(bms_workbook_sheet(workbook, i)->name, &(*kinds)[i]))
            present[(*kinds)[i]] = true;
    }
    bool ours = false;
    for (int sheet = 0; sheet < BMS_N_SETUP_SHEETS; sheet++)
        ours = ours || present[sheet];
    for (size_t i = 0; ours && i < n; i++) {
        if ((*kinds)[i] != BMS_N_SETUP_SHEETS)
            continue;
        (*kinds)[i] = judge(workbook, i, present, findings);
        if ((*kinds)[i] != BMS_N_SETUP_SHEETS)
            present[(*kinds)[i]] = true;
    }
    return BMS_OK;
}
