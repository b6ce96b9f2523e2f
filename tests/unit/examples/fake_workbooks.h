/**
 * Workbooks that are small texts, so that core can be tested without xlsx.
 *
 * A setup is what the test says it is. A form is a text with its unit and period; a return is such a text:
 *
 *     unit 1101
 *     period 2026-T1
 *     signed Kari
 *     SYK 12 148
 *     KORT 3 -
 *
 * A text that begins with `broken` cannot be read, one that begins with `letter` is some other workbook.
 * Questions, identity and seal are those the form had. A report that prints a hash is `printed` and the hash.
 */
#ifndef FAKE_WORKBOOKS_H
#define FAKE_WORKBOOKS_H

#include "core/definition/definition.h"
#include "core/workbooks.h"

struct fake_workbooks {
    const bms_setup_book *setup;      /* the content of every setup workbook */
    const bms_definition *definition; /* what the forms were made from */
    unsigned char key[BMS_SEAL_KEY_SIZE];
    int reads_until_change; /* counted down; at 0 `change` is called before a return is read; 0: never */
    void (*change)(void);
    int writes_until_full; /* counted down; at 0 the disk is full; 0: never */
};

extern struct fake_workbooks fake;

#endif
