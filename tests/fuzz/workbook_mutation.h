/**
 * Changes to a workbook that keep its structure: in a cell's value, type, style and place, in rows, formulas,
 * shared strings, styles, sheets, links, merged cells, names, and in the container. Most leave a workbook
 * that can be read, so that what is tested lies behind the parser and not only in it.
 */
#ifndef FUZZ_WORKBOOK_MUTATION_H
#define FUZZ_WORKBOOK_MUTATION_H

#include "tests/fuzz/workbook_parts.h"

/** A source of chance that gives the same again for the same seed. */
struct chance {
    uint64_t state;
};

/** @return a number from 0 to n − 1 */
size_t chance_below(struct chance *chance, size_t n);

size_t mutation_count(void);
const char *mutation_name(size_t mutation);

/** @return one of them, the common ones more often */
size_t mutation_choose(struct chance *chance);

/** Do one mutation. @return whether it found something to change */
bool mutate(workbook_parts *parts, size_t mutation, struct chance *chance);

#endif
