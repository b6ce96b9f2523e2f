/**
 * Norwegian personal numbers (fødselsnummer, D-nummer) in a text: found, and hidden.
 *
 * A number that identifies a person has no place in a scorecard. What was found is never written again: not
 * in a message, not in the history, not in a workbook.
 */
#ifndef BMS_BASE_PERSONAL_NUMBER_H
#define BMS_BASE_PERSONAL_NUMBER_H

#include "core/base/arena.h"

#include <stdbool.h>

/** Stands in a text where a personal number was. */
#define BMS_HIDDEN_NUMBER "•••••• •••••"

/**
 * @return whether a text holds a personal number as it is seen, so invisible marks do not count: eleven
 * digits, no more beside them, that begin with a date and end with the two right control digits. After the
 * day, the month, the year and the ninth digit there may be spaces, dots or dashes, up to three. Those of a
 * D-nummer (the day + 40) and of people made for tests (the month + 40 or + 80) count too.
 */
bool bms_personal_number_in(const char *text);

/** @return the same for a number: a cell shows no zero in front, so it may have ten digits. */
bool bms_personal_number_is(double number);

/** @return the text with each personal number hidden; the text itself where there is none, also where it is
 * NULL. */
const char *bms_personal_number_hide(bms_arena *arena, const char *text);

#endif
