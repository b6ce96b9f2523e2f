/** Columns of text aligned by their width on a terminal (see table.h). */
#include "table.h"

#include "number.h"
#include "shown.h"
#include "width.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Cells lie one behind the other, each a byte for its colour and a text that ends with zero: a long table
 * takes little more than what is printed. */

static bool make_room(struct table *table, size_t size) {
    if (table->capacity - table->size >= size)
        return true;
    size_t capacity = (table->size + size) * 2;
    char *cells = realloc(table->cells, capacity);
    if (!cells)
        return false;
    table->cells = cells;
    table->capacity = capacity;
    return true;
}

/** Copy a text as it is shown, so that its width is that of what is seen. @return the end of the copy */
static char *copy_text(const char *text, size_t size, char *end) {
    while (size > 0) {
        size_t done = shown_as_they_are(text, size, true);
        memcpy(end, text, done);
        end += done;
        if (done == 0) {
            done = shown_instead(text, size, end);
            end += strlen(end);
        }
        text += done;
        size -= done;
    }
    *end = '\0';
    return end + 1;
}

void table_add(struct table *table, const char *text, enum colour colour) {
    text = text ? text : "";
    size_t size = strlen(text);
    if (!make_room(table, 1 + SHOWN_SIGN_SIZE * size + 1)) {
        table->out_of_memory = true;
        return;
    }
    char *cell = table->cells + table->size;
    *cell = (char)colour;
    table->size = (size_t)(copy_text(text, size, cell + 1) - table->cells);
    table->n_cells++;
}

void table_add_count(struct table *table, size_t count) {
    char digits[NUMBER_SIZE];
    table_add(table, number_count(count, digits), COLOUR_NONE);
}

static const char *next_cell(const char *cell) {
    return cell + 1 + strlen(cell + 1) + 1;
}

/** @return how many columns are written */
static size_t columns_shown(const struct table *table) {
    size_t always = table->n_columns - table->n_optional;
    const char *cell = table->cells;
    for (size_t i = 0; i < table->n_cells; i++, cell = next_cell(cell)) {
        if (i % table->n_columns >= always && cell[1])
            return table->n_columns;
    }
    return always;
}

static void measure_columns(const struct table *table, size_t *widths) {
    const char *cell = table->cells;
    for (size_t c = 0; c < table->n_columns; c++)
        widths[c] = table->columns[c].heading ? text_width(table->columns[c].heading) : 0;
    for (size_t i = 0; i < table->n_cells; i++, cell = next_cell(cell)) {
        size_t width = text_width(cell + 1);
        size_t *widest = &widths[i % table->n_columns];
        *widest = width > *widest ? width : *widest;
    }
}

/**
 * Write one cell. Spaces after it are written only when something follows, so that no line ends in spaces.
 *
 * @param owed  the spaces owed before this cell; updated to those owed after it
 */
static void write_cell(struct output *output, bool right, size_t width, const char *text, enum colour colour,
                       size_t *owed) {
    size_t padding = width - text_width(text);
    if (*text) {
        output_repeat(output, ' ', *owed + (right ? padding : 0));
        output_coloured(output, text, colour);
        *owed = right ? 0 : padding;
    } else {
        *owed += width;
    }
    *owed += 2;
}

/** @return the first cell of the next row */
static const char *write_row(const struct table *table, struct output *output, const char *cell, size_t shown,
                             const size_t *widths) {
    size_t owed = 0;
    for (size_t c = 0; c < table->n_columns; c++, cell = next_cell(cell)) {
        if (c < shown)
            write_cell(output, table->columns[c].right, widths[c], cell + 1, (enum colour) * cell, &owed);
    }
    output_text(output, "\n");
    return cell;
}

static void write_headings(const struct table *table, struct output *output, size_t shown,
                           const size_t *widths) {
    size_t owed = 0;
    for (size_t c = 0; c < shown; c++) {
        const struct table_column *column = &table->columns[c];
        write_cell(output, column->right, widths[c], column->heading, COLOUR_DIM, &owed);
    }
    output_text(output, "\n");
}

void table_write(const struct table *table, struct output *output) {
    assert(table->n_columns > 0);
    size_t *widths = calloc(table->n_columns, sizeof *widths);
    if (!widths || table->out_of_memory) {
        output->failed = true;
        free(widths);
        return;
    }
    measure_columns(table, widths);
    const size_t shown = columns_shown(table);
    if (table->columns[0].heading)
        write_headings(table, output, shown, widths);
    const char *cell = table->cells;
    for (size_t i = 0; i + table->n_columns <= table->n_cells; i += table->n_columns)
        cell = write_row(table, output, cell, shown, widths);
    free(widths);
}

void table_dispose(struct table *table) {
    free(table->cells);
    *table = (struct table){.columns = table->columns, .n_columns = table->n_columns};
}
