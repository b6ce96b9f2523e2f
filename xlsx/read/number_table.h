/**
 * A table from numbers of 32 bits to numbers, for what a file numbers itself: shared formulas, number
 * formats.
 *
 * A tree of sixteen branches a level and not a hash table: a look-up takes eight steps whatever the numbers,
 * and nobody can choose them so that it takes more.
 */
#ifndef BMS_XLSX_READ_NUMBER_TABLE_H
#define BMS_XLSX_READ_NUMBER_TABLE_H

#include "core/base/budget.h"

/** Stands where there is no such number. */
#define BMS_NO_VALUE UINT32_MAX

enum { BMS_NUMBER_BRANCHES = 16 };

/** Start with {0}, or with a budget for its memory. */
typedef struct bms_number_table {
    bms_budget *budget;
    uint32_t (*nodes)[BMS_NUMBER_BRANCHES]; /* of nodes, or at the last level of values + 1; 0: none */
    uint32_t count;
    uint32_t capacity;
} bms_number_table;

/**
 * Put a value at a number; one that is there already is replaced.
 *
 * @param value  below BMS_NO_VALUE
 * @return false when memory or the budget is out
 */
bool bms_number_table_put(bms_number_table *table, uint32_t number, uint32_t value);

/** @return the value at a number, or BMS_NO_VALUE. */
uint32_t bms_number_table_get(const bms_number_table *table, uint32_t number);

void bms_number_table_dispose(bms_number_table *table);

#endif
