/**
 * What the coordinator has said yes to when a setup was renewed, kept as cells of the stored setup.
 *
 * No workbook has these columns, so they can neither be typed nor exported: they are written when the yes is
 * given, and carried over from one stored setup to the next as long as what they are about stays the same.
 */
#ifndef BMS_DEFINITION_ACCEPTED_H
#define BMS_DEFINITION_ACCEPTED_H

#include "core/base/period.h"
#include "core/definition/definition.h"
#include "core/definition/setup.h"

/** @return the day when the limit in a row was put right for all its periods; BMS_NO_DAY: never. */
bms_day bms_accepted_limit(const bms_setup_row *row);

/** @return the version since which the words in a row have asked for the same; 0: not said. */
int bms_accepted_words(const bms_setup_row *row);

/** Record that the limit in a row of the targets is put right for all its periods. */
void bms_accept_limit(bms_arena *arena, bms_setup_book *book, int target, bms_day day);

/** Record that an indicator's words have asked for the same since a version. */
void bms_accept_words(bms_arena *arena, bms_setup_book *book, int indicator, int version);

/** Carry over what holds still: a limit that is the same, words that are the same. @param now  read from
 * `book` */
void bms_accepted_carry(bms_arena *arena, const bms_definition *before, bms_definition *now,
                        bms_setup_book *book);

#endif
