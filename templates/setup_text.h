/**
 * A setup as text that reads well in a diff.
 *
 *     # Title, and remarks until the first sheet
 *
 *     ## Enheter
 *
 *     | Kode | Navn            | Hører under |
 *     |------|-----------------|-------------|
 *     | 1000 | Eksempel kommune |            |
 *
 *     ## Indikatorer
 *
 *     ### SYK                       a record: the first column of the sheet
 *     Navn: Sykefravær
 *     Tall 1 – spørsmål: Hvor mange dagsverk
 *       gikk tapt?                  an indented line continues the value
 *
 *     > a remark, anywhere
 *
 * Sheets and columns have the same names as in the workbook, in any of the languages.
 */
#ifndef BMS_SETUP_TEXT_H
#define BMS_SETUP_TEXT_H

#include "core/definition/setup.h"

#include <stdbool.h>

/** What is wrong with the text, and in which line (counted from 1). */
typedef struct bms_setup_text_error {
    unsigned line;
    const char *message; /* in English: only authors of templates see it */
} bms_setup_text_error;

/**
 * Read a setup. A cell's `row_index` is its line in the text, counted from 0, so that findings about it can
 * name the line.
 *
 * @param      text   the whole text, in `arena` as the setup is
 * @param[out] error  the first thing that cannot be understood
 * @return whether all of it was understood
 */
bool bms_setup_text_read(bms_arena *arena, const char *text, bms_setup_book *out,
                         bms_setup_text_error *error);

#endif
