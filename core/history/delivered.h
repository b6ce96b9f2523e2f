/**
 * Who has delivered what of a form: the one place that decides it, for status, reminders and reports.
 *
 * A table with a row for each unit of the definition, filled from the entries and receipts of the form
 * period.
 */
#ifndef BMS_HISTORY_DELIVERED_H
#define BMS_HISTORY_DELIVERED_H

#include "core/history/history.h"

typedef struct bms_delivered bms_delivered;

/**
 * Make the table before anything has come in.
 *
 * @param form  the form period, index into the definition's calendar
 * @return BMS_OK or BMS_NO_MEMORY; the table lives in `arena` and borrows the definition
 */
enum bms_status bms_delivered_new(bms_arena *arena, const bms_definition *definition, int form,
                                  bms_delivered **out, bms_error *error);

/** Add an entry of a unit's newest return, or a receipt; those of another form are left out. The arena
 * remembers when memory was out. */
void bms_delivered_add_entry(bms_delivered *delivered, const bms_stored_entry *stored);
void bms_delivered_add_receipt(bms_delivered *delivered, const bms_stored_receipt *stored);

/** Fill the table from a history. */
enum bms_status bms_delivered_load(bms_delivered *delivered, bms_history *history, bms_error *error);

/** @return how far a unit has come. */
bms_delivery bms_delivered_of(const bms_delivered *delivered, int unit);

#endif
