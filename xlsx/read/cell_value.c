/**
 * Makes a value of a cell's type and text (see cell_value.h). Nothing is guessed: what the type does not
 * allow is refused.
 */
#include "xlsx/read/cell_value.h"

#include "core/base/catalogue.h"
#include "xlsx/read/stored_number.h"

#include <string.h>

enum bms_cell_type bms_cell_type_read(const char *letters) {
    static const struct {
        const char *letters;
        enum bms_cell_type type;
    } types[] = {
        {"s", BMS_TYPE_SHARED},         {"n", BMS_TYPE_NUMBER},  {"str", BMS_TYPE_FORMULA_TEXT},
        {"inlineStr", BMS_TYPE_INLINE}, {"b", BMS_TYPE_BOOLEAN}, {"e", BMS_TYPE_ERROR},
        {"d", BMS_TYPE_DATE},
    };
    if (!letters || !*letters)
        return BMS_TYPE_NUMBER;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i].letters, letters) == 0)
            return types[i].type;
    }
    return BMS_TYPE_UNKNOWN;
}

static enum bms_status refuse(const bms_cell *cell, const bms_stored_cell *stored,
                              const bms_sheet_source *source, const bms_reading *reading, const char *text) {
    char address[BMS_ADDRESS_SIZE];
    const bms_fault_place place = {.sheet = source->sheet,
                                   .cell = bms_address_write(cell->row, cell->column, address),
                                   .value = bms_text_buffer_get(&stored->value)};
    return bms_fault(reading, text, &place);
}

static void take_text(bms_cell *cell, bms_text_buffer *buffer) {
    cell->kind = BMS_CELL_TEXT;
    if (buffer->length > 0)
        buffer->length = bms_text_unescape(buffer->text, buffer->length);
    cell->text = bms_text_buffer_get(buffer);
}

/** @return whether the text is the word, in small or capital letters. */
static bool is_word(const char *text, size_t length, const char *word) {
    if (strlen(word) != length)
        return false;
    for (size_t i = 0; i < length; i++) {
        if ((text[i] | 0x20) != word[i])
            return false;
    }
    return true;
}

static bool read_boolean(const bms_text_buffer *value, double *out) {
    const char *text = bms_text_buffer_get(value);
    text += strspn(text, " \t\r\n");
    size_t length = strcspn(text, " \t\r\n");
    bool yes = (length == 1 && *text == '1') || is_word(text, length, "true");
    bool no = (length == 1 && *text == '0') || is_word(text, length, "false");
    *out = yes;
    return yes || no;
}

static bool is_blank(const bms_text_buffer *value) {
    const char *text = bms_text_buffer_get(value);
    return text[strspn(text, " \t\r\n")] == '\0';
}

static enum bms_status read_shared(bms_cell *cell, bms_stored_cell *stored, const bms_sheet_source *source,
                                   const bms_reading *reading) {
    uint64_t index = 0;
    if (!bms_stored_count_read(stored->value.text, stored->value.length, UINT32_MAX - 1, &index)) {
        return refuse(cell, stored, source, reading,
                      BMS_TEXT("{file}: cell {cell} of sheet “{sheet}” refers to text number “{value}”, "
                               "which is not a number; the file is damaged"));
    }
    cell->text = bms_shared_strings_get(source->strings, index);
    if (!cell->text) {
        return refuse(cell, stored, source, reading,
                      BMS_TEXT("{file}: cell {cell} of sheet “{sheet}” refers to text number {value}, which "
                               "the file does not "
                               "have; the file is damaged"));
    }
    cell->kind = BMS_CELL_TEXT;
    cell->shared_text = (uint32_t)index + 1;
    /* One long text in every cell is gone through as often as if it stood in each of them. */
    const size_t length = bms_shared_strings_length(source->strings, index);
    return bms_budget_spend(reading->budget, length) ? BMS_OK : bms_fault_no_memory(reading);
}

static enum bms_status read_other(bms_cell *cell, bms_stored_cell *stored, const bms_sheet_source *source,
                                  const bms_reading *reading) {
    const bms_text_buffer *value = &stored->value;
    switch (stored->type) {
    case BMS_TYPE_BOOLEAN:
        cell->kind = BMS_CELL_BOOLEAN;
        if (read_boolean(value, &cell->number))
            return BMS_OK;
        return refuse(cell, stored, source, reading,
                      BMS_TEXT("{file}: cell {cell} of sheet “{sheet}” holds “{value}”, which is neither "
                               "true nor false; the "
                               "file is damaged"));
    case BMS_TYPE_DATE:
        cell->kind = BMS_CELL_NUMBER;
        cell->is_date = true;
        if (bms_stored_date_read(value->text, value->length, source->date_1904, &cell->number))
            return BMS_OK;
        return refuse(
            cell, stored, source, reading,
            BMS_TEXT(
                "{file}: cell {cell} of sheet “{sheet}” holds “{value}”, which is not a date; the file is "
                "damaged"));
    case BMS_TYPE_ERROR:
        take_text(cell, &stored->value);
        cell->kind = BMS_CELL_ERROR;
        return BMS_OK;
    default:
        return refuse(cell, stored, source, reading,
                      BMS_TEXT("{file}: cell {cell} of sheet “{sheet}” has a type that the format does not "
                               "have; the file is damaged"));
    }
}

enum bms_status bms_cell_value_read(bms_cell *cell, bms_stored_cell *stored, const bms_sheet_source *source,
                                    const bms_reading *reading) {
    cell->kind = BMS_CELL_BLANK;
    if (stored->has_inline && (stored->type == BMS_TYPE_INLINE || !stored->has_value)) {
        take_text(cell, &stored->inline_text);
        return BMS_OK;
    }
    if (!stored->has_value)
        return BMS_OK;
    if (stored->type == BMS_TYPE_FORMULA_TEXT || stored->type == BMS_TYPE_INLINE) {
        take_text(cell, &stored->value);
        return BMS_OK;
    }
    if (is_blank(&stored->value))
        return BMS_OK;
    if (stored->type == BMS_TYPE_SHARED)
        return read_shared(cell, stored, source, reading);
    if (stored->type != BMS_TYPE_NUMBER)
        return read_other(cell, stored, source, reading);
    cell->kind = BMS_CELL_NUMBER;
    if (bms_stored_number_read(stored->value.text, stored->value.length, &cell->number))
        return BMS_OK;
    return refuse(
        cell, stored, source, reading,
        BMS_TEXT("{file}: cell {cell} of sheet “{sheet}” holds “{value}”, which is not a number; the file is "
                 "damaged"));
}
