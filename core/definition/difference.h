/**
 * What is written differently in two setups: rows that are new or gone, and cells that say something else.
 *
 * Rows are matched by what names them, cells by what they mean: a code in another case, `lavt` for `low` and
 * 7,50 for 7.5 are no change, nor is a date written in another way. What follows for numbers that are there
 * is in effects.h.
 */
#ifndef BMS_DEFINITION_DIFFERENCE_H
#define BMS_DEFINITION_DIFFERENCE_H

#include "core/bms.h"
#include "core/definition/setup.h"

/**
 * Deliver each difference, sheet by sheet in the order of the new setup; what is gone comes last in a sheet.
 *
 * @param language  of headings and values
 * @param arena     for texts; it remembers when memory was out, and then some are missing
 * @return how many there are
 */
size_t bms_setup_compare(bms_arena *arena, const bms_setup_book *before, const bms_setup_book *now,
                         const char *language,
                         void (*on_change)(void *context, const bms_setup_change *change), void *context);

/** @return whether they have the same rows in the same order, with cells of the same meaning; where the
 * columns are in a sheet says nothing. */
bool bms_setups_say_the_same(bms_arena *arena, const bms_setup_book *one, const bms_setup_book *other);

#endif
