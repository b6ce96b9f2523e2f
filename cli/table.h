/**
 * A table of text in aligned columns, for people.
 *
 * Cells are gathered row by row and written when the widths are known. Width is counted in columns of a
 * terminal, not in bytes. The last column is not padded.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "output.h"

struct table_column {
    const char *heading; /* translated; NULL in all columns: no headings */
    bool right;          /* numbers */
};

/** Start with `columns` and `n_columns` set and the rest 0. */
struct table {
    const struct table_column *columns;
    size_t n_columns;
    size_t n_optional; /* the last columns, left out when no row has anything in them */
    char *cells;       /* row by row */
    size_t n_cells;
    size_t size; /* of the cells, in bytes */
    size_t capacity;
    bool out_of_memory; /* stays set */
};

/** Add the next cell, from left to right, then the next row. The text is copied; NULL is an empty cell. */
void table_add(struct table *table, const char *text, enum colour colour);

/** Add a count as the next cell. */
void table_add_count(struct table *table, size_t count);

/** Write heading and rows. */
void table_write(const struct table *table, struct output *output);

void table_dispose(struct table *table);

#endif
