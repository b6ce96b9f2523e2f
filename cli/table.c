/** Columns of text aligned by their width on a terminal (see table.h). */
#include "table.h"

#include "number.h"
#include "shown.h"
#include "width.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(struct table *table) {
    if (table->n_cells < table->capacity)
        return true;
    size_t capacity = table->capacity * 2 + 64;
    struct table_cell *cells = realloc(table->cells, capacity * sizeof *cells);
    if (!cells)
        return false;
    table->cells = cells;
    table->capacity = capacity;
    return true;
}

/** @return a copy of a text as it is shown, so that its width is that of what is seen */
static char *copy_text(const char *text) {
    size_t size = strlen(text);
    char *copy = malloc(SHOWN_SIGN_SIZE * size + 1);
    char *end = copy;
    while (copy && size > 0) {
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
    if (copy)
        *end = '\0';
    return copy;
}

void table_add(struct table *table, const char *text, enum colour colour) {
    char *copy = copy_text(text ? text : "");
    if (!copy || !make_room(table)) {
        free(copy);
        table->out_of_memory = true;
        return;
    }
    table->cells[table->n_cells++] = (struct table_cell){.text = copy, .colour = colour};
}

void table_add_count(struct table *table, size_t count) {
    char digits[NUMBER_SIZE];
    table_add(table, number_count(count, digits), COLOUR_NONE);
}

static size_t column_width(const struct table *table, size_t column) {
    const char *heading = table->columns[column].heading;
    size_t width = heading ? text_width(heading) : 0;
    for (size_t i = column; i < table->n_cells; i += table->n_columns) {
        size_t cell = text_width(table->cells[i].text);
        width = cell > width ? cell : width;
    }
    return width;
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

static void write_row(const struct table *table, struct output *output, const struct table_cell *cells,
                      const size_t *widths) {
    size_t owed = 0;
    for (size_t c = 0; c < table->n_columns; c++)
        write_cell(output, table->columns[c].right, widths[c], cells[c].text, cells[c].colour, &owed);
    output_text(output, "\n");
}

static void write_headings(const struct table *table, struct output *output, const size_t *widths) {
    size_t owed = 0;
    for (size_t c = 0; c < table->n_columns; c++) {
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
    for (size_t c = 0; c < table->n_columns; c++)
        widths[c] = column_width(table, c);
    if (table->columns[0].heading)
        write_headings(table, output, widths);
    for (size_t i = 0; i + table->n_columns <= table->n_cells; i += table->n_columns)
        write_row(table, output, &table->cells[i], widths);
    free(widths);
}

void table_dispose(struct table *table) {
    for (size_t i = 0; i < table->n_cells; i++)
        free(table->cells[i].text);
    free(table->cells);
    *table = (struct table){.columns = table->columns, .n_columns = table->n_columns};
}
