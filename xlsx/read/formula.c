/**
 * Writes shared formulas out for each cell and keeps track of array formulas (see formula.h): references are
 * moved, nothing is computed.
 */
#include "xlsx/read/formula.h"

#include "core/base/catalogue.h"
#include "xlsx/read/reading_limits.h"
#include "xlsx/read/stored_number.h"

#include <stdlib.h>
#include <string.h>

void bms_formula_clear(bms_stored_formula *formula) {
    formula->present = false;
    bms_text_buffer_clear(&formula->text);
}

static enum bms_formula_kind read_kind(const char *letters) {
    if (!letters)
        return BMS_FORMULA_PLAIN;
    if (strcmp(letters, "shared") == 0)
        return BMS_FORMULA_SHARED;
    if (strcmp(letters, "array") == 0)
        return BMS_FORMULA_ARRAY;
    return strcmp(letters, "dataTable") == 0 ? BMS_FORMULA_TABLE : BMS_FORMULA_PLAIN;
}

void bms_formula_start(bms_stored_formula *formula, const bms_xml_attributes *attributes) {
    const char *index = bms_xml_attribute(attributes, "si");
    const char *range = bms_xml_attribute(attributes, "ref");
    uint64_t number = 0;
    bms_text_buffer_clear(&formula->text);
    formula->present = true;
    formula->kind = read_kind(bms_xml_attribute(attributes, "t"));
    formula->has_index = index && bms_stored_count_read(index, strlen(index), UINT32_MAX, &number);
    formula->index = (uint32_t)number;
    formula->has_range = range && bms_range_read(range, strlen(range), &formula->range);
}

void bms_formula_dispose(bms_stored_formula *formula) {
    bms_text_buffer_dispose(&formula->text);
}

void bms_formulas_dispose(bms_formulas *formulas) {
    bms_covered_dispose(&formulas->covered);
    bms_number_table_dispose(&formulas->places);
    bms_budget_give_back(formulas->budget, formulas->shared_capacity * sizeof *formulas->shared);
    free(formulas->shared);
    bms_text_buffer_dispose(&formulas->shared_texts);
    bms_text_buffer_dispose(&formulas->written_out);
}

/* Moving references */

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/** @return whether the character can be part of a reference or of a name. */
static bool is_word(char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '$' || c == '?' || c == '\\' ||
           (unsigned char)c >= 0x80;
}

/** A word of a formula, as a reference. */
struct reference {
    bool has_column, has_row;
    bool fixed_column, fixed_row; /* with a `$` */
    uint32_t column, row;
};

static const char *read_reference_column(const char *at, const char *end, struct reference *out) {
    const char *start = at;
    bool fixed = at < end && *at == '$';
    at += fixed;
    uint32_t column = 0;
    for (; at < end && is_letter(*at) && column <= BMS_MAX_COLUMNS; at++)
        column = column * 26 + (uint32_t)(*at & 0x1F);
    if (column == 0)
        return start;
    out->has_column = true;
    out->fixed_column = fixed;
    out->column = column - 1;
    return at;
}

static const char *read_reference_row(const char *at, const char *end, struct reference *out) {
    const char *start = at;
    bool fixed = at < end && *at == '$';
    at += fixed;
    uint32_t row = 0;
    for (; at < end && is_digit(*at) && row <= BMS_MAX_ROWS; at++)
        row = row * 10 + (uint32_t)(*at - '0');
    if (row == 0)
        return start;
    out->has_row = true;
    out->fixed_row = fixed;
    out->row = row - 1;
    return at;
}

/** @return whether the word is a cell ("A1"), a column ("$A") or a row ("1"). */
static bool read_reference(const char *word, size_t length, struct reference *out) {
    const char *end = word + length;
    *out = (struct reference){0};
    const char *at = read_reference_column(word, end, out);
    at = read_reference_row(at, end, out);
    return at == end && length > 0 && out->column < BMS_MAX_COLUMNS && out->row < BMS_MAX_ROWS;
}

static uint32_t moved(uint32_t from, int64_t by, uint32_t edge) {
    int64_t to = ((int64_t)from + by) % edge;
    return (uint32_t)(to < 0 ? to + edge : to);
}

static bool write_reference(bms_text_buffer *out, const struct reference *reference, int64_t rows,
                            int64_t columns) {
    uint32_t column =
        reference->fixed_column ? reference->column : moved(reference->column, columns, BMS_MAX_COLUMNS);
    uint32_t row = reference->fixed_row ? reference->row : moved(reference->row, rows, BMS_MAX_ROWS);
    char address[BMS_ADDRESS_SIZE];
    bms_address_write(row, column, address);
    size_t letters = 0;
    while (is_letter(address[letters]))
        letters++;
    bool fine = true;
    if (reference->has_column) {
        fine = bms_text_buffer_add(out, "$", reference->fixed_column) &&
               bms_text_buffer_add(out, address, letters);
    }
    if (fine && reference->has_row) {
        fine = bms_text_buffer_add(out, "$", reference->fixed_row) &&
               bms_text_buffer_add(out, address + letters, strlen(address + letters));
    }
    return fine;
}

static size_t word_length(const char *at) {
    size_t length = 0;
    while (at[length] && is_word(at[length]))
        length++;
    return length;
}

/** @return the length of the text, quoted sheet name or bracketed part that starts here; 0: none does. */
static size_t quoted_length(const char *at) {
    if (*at == '"' || *at == '\'') {
        const char *end = strchr(at + 1, *at);
        return end ? (size_t)(end - at) + 1 : strlen(at);
    }
    if (*at != '[')
        return 0;
    size_t depth = 0;
    size_t length = 0;
    do {
        depth += at[length] == '[';
        depth -= at[length] == ']';
        length++;
    } while (at[length] && depth > 0);
    return length;
}

/** @return whether what follows the word shows that it is no reference: a function or a sheet's name. */
static bool is_name(const char *behind) {
    return *behind == '(' || *behind == '!';
}

static bool same_shape(const struct reference *a, const struct reference *b) {
    return a->has_column == b->has_column && a->has_row == b->has_row;
}

/**
 * Move one word, or two with a colon between them that are a reference only together ("A:C", "2:4").
 *
 * @param[in,out] at  moved past what was used
 */
static bool move_word(bms_text_buffer *out, const char **at, int64_t rows, int64_t columns) {
    const char *word = *at;
    size_t length = word_length(word);
    const char *behind = word + length;
    struct reference first;
    struct reference second;
    *at = behind;
    if (!read_reference(word, length, &first) || is_name(behind))
        return bms_text_buffer_add(out, word, length);
    if (first.has_column && first.has_row)
        return write_reference(out, &first, rows, columns);
    size_t other = *behind == ':' ? word_length(behind + 1) : 0;
    if (!read_reference(behind + 1, other, &second) || !same_shape(&first, &second) ||
        is_name(behind + 1 + other))
        return bms_text_buffer_add(out, word, length);
    *at = behind + 1 + other;
    return write_reference(out, &first, rows, columns) && bms_text_buffer_add(out, ":", 1) &&
           write_reference(out, &second, rows, columns);
}

bool bms_formula_move(bms_text_buffer *out, const char *formula, int64_t rows, int64_t columns) {
    bms_text_buffer_clear(out);
    bool fine = true;
    for (const char *at = formula; fine && *at;) {
        size_t length = quoted_length(at);
        if (length == 0 && is_word(*at)) {
            fine = move_word(out, &at, rows, columns);
            continue;
        }
        length += length == 0;
        fine = bms_text_buffer_add(out, at, length);
        at += length;
    }
    return fine;
}

/* Shared formulas */

static bool make_room(bms_formulas *formulas) {
    if (formulas->n_shared < formulas->shared_capacity)
        return true;
    const size_t capacity = formulas->shared_capacity == 0 ? 16 : formulas->shared_capacity * 2;
    if (!bms_budget_take(formulas->budget, capacity * sizeof *formulas->shared))
        return false;
    bms_shared_formula *moved_to = realloc(formulas->shared, capacity * sizeof *moved_to);
    bms_budget_give_back(formulas->budget,
                         (moved_to ? formulas->shared_capacity : capacity) * sizeof *moved_to);
    if (!moved_to)
        return false;
    formulas->shared = moved_to;
    formulas->shared_capacity = capacity;
    return true;
}

/** Keep a shared formula that is given in full here. */
static bool keep_shared(bms_formulas *formulas, const bms_stored_formula *formula, const bms_cell *cell) {
    if (!formulas->texts)
        return true;
    formulas->places.budget = formulas->shared_texts.budget = formulas->budget;
    if (!make_room(formulas) ||
        !bms_number_table_put(&formulas->places, formula->index, (uint32_t)formulas->n_shared))
        return false;
    formulas->shared[formulas->n_shared++] =
        (bms_shared_formula){cell->row, cell->column, formulas->shared_texts.length};
    return bms_text_buffer_add(&formulas->shared_texts, formula->text.text, formula->text.length + 1);
}

/** Write a shared formula out for the cell, if it is known. */
static bool write_out(bms_formulas *formulas, const bms_stored_formula *formula, bms_cell *cell) {
    const uint32_t place = bms_number_table_get(&formulas->places, formula->index);
    if (place == BMS_NO_VALUE)
        return true;
    const bms_shared_formula *shared = &formulas->shared[place];
    if (!bms_formula_move(&formulas->written_out, formulas->shared_texts.text + shared->start,
                          (int64_t)cell->row - shared->row, (int64_t)cell->column - shared->column))
        return false;
    formulas->n_written_out += formulas->written_out.length;
    cell->formula = bms_text_buffer_get(&formulas->written_out);
    return true;
}

/* Array formulas */

static bool covers_others(const bms_stored_formula *formula) {
    const bms_range *range = &formula->range;
    return (formula->kind == BMS_FORMULA_ARRAY || formula->kind == BMS_FORMULA_TABLE) && formula->has_range &&
           (range->first_row != range->last_row || range->first_column != range->last_column);
}

enum bms_status bms_formulas_resolve(bms_formulas *formulas, bms_stored_formula *formula, bms_cell *cell,
                                     const char *sheet, const bms_reading *reading) {
    if (!formula->present) {
        cell->has_formula = bms_covered_reaches(&formulas->covered, cell->row, cell->column);
        return BMS_OK;
    }
    bms_text_buffer *text = &formula->text;
    if (text->length > 0)
        text->length = bms_text_unescape(text->text, text->length);
    bool is_shared = formula->kind == BMS_FORMULA_SHARED && formula->has_index;
    cell->has_formula = text->length > 0 || is_shared || formula->kind == BMS_FORMULA_TABLE;
    if (text->length > 0 && formulas->texts)
        cell->formula = text->text;
    bool fine = true;
    if (is_shared)
        fine = text->length > 0 ? keep_shared(formulas, formula, cell) : write_out(formulas, formula, cell);
    if (!fine)
        return bms_fault_no_memory(reading);
    if (formulas->n_written_out > BMS_LIMIT_WRITTEN_OUT) {
        return bms_fault(reading,
                         BMS_TEXT("{file}: the shared formulas of sheet “{sheet}” are longer than any sheet "
                                  "needs; the file is damaged or malicious"),
                         &(bms_fault_place){.sheet = sheet});
    }
    return !covers_others(formula) || bms_covered_add(&formulas->covered, &formula->range)
               ? BMS_OK
               : bms_fault_no_memory(reading);
}
