/**
 * What one file from outside may cost: bytes held at the same time, and bytes gone through.
 *
 * Counted and not measured, so that the same file has the same outcome on every machine and with any number
 * of threads. Arenas (bms_arena_set_budget) and buffers of one file share one budget. Whoever gave the file
 * its budget looks at `exceeded` when reading ends with BMS_NO_MEMORY: then the file is too large, and memory
 * has not run out.
 */
#ifndef BMS_BASE_BUDGET_H
#define BMS_BASE_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Start with the two limits; the rest is counted. */
typedef struct bms_budget {
    size_t memory; /* most bytes held at the same time */
    uint64_t work; /* most bytes gone through, each time they are */
    size_t held;
    uint64_t done;
    bool exceeded; /* something was refused */
} bms_budget;

/** Count bytes that are taken from the system. @param budget  NULL: no limit @return whether they may be */
bool bms_budget_take(bms_budget *budget, size_t size);

/** Count bytes that are given back; NULL is legal. */
void bms_budget_give_back(bms_budget *budget, size_t size);

/** Count bytes that are gone through. @param budget  NULL: no limit @return whether there is enough left */
bool bms_budget_spend(bms_budget *budget, uint64_t size);

#endif
