/**
 * Gathering findings: of the checks of a return, and mistakes in a setup.
 */
#ifndef BMS_BASE_FINDINGS_H
#define BMS_BASE_FINDINGS_H

#include "core/base/arena.h"
#include "core/bms.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A growing list; the findings and their texts live in the arena. Start with the arena and language set, the
 * rest 0. */
typedef struct bms_findings {
    bms_arena *arena;
    const char *language;
    const char *file; /* for findings that have none */
    bms_finding *items;
    size_t n;
    size_t capacity;
} bms_findings;

/** Add a finding; its texts are borrowed and must live as long as the arena. */
void bms_findings_add(bms_findings *findings, bms_finding finding);

/** @return how many have this severity or a worse one. */
size_t bms_findings_count(const bms_findings *findings, enum bms_severity at_least);

/** Deliver all to a listener (NULL is legal). */
void bms_findings_deliver(const bms_findings *findings, const bms_listener *listener);

/** Write an address as `C5`, from row and column counted from 0. */
void bms_cell_address(uint32_t row, uint32_t column, char out[16]);

#endif
