/** Takes typed values from the cells of a setup (see reading.h). What each sheet means is in read_*.c. */
#include "core/definition/reading.h"

#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/base/text.h"

#include <string.h>

bms_reading_row bms_reading_row_at(bms_reading *reading, enum bms_setup_sheet sheet, size_t index) {
    return (bms_reading_row){reading, sheet, &reading->setup->tables[sheet].rows[index]};
}

/** @return a number of the workbook as people write it; anything else, also 7,50 typed as text, as it is. */
static const char *as_written(bms_reading_row row, const char *column, const char *value) {
    const bms_setup_column *schema = bms_setup_column_of(row.sheet, column);
    double number;
    if (!value || !schema || schema->type != BMS_COLUMN_NUMBER ||
        bms_number_read(value, &number) != BMS_READ_NUMBER)
        return value;
    return bms_number_plain(row.reading->arena, number, row.reading->findings->language);
}

void bms_reading_mistake(bms_reading_row row, const char *column, enum bms_mistake mistake, const char *value,
                         const char *other) {
    bms_setup_place place = {row.sheet, row.row, column};
    bms_setup_mistake_add(row.reading->findings, row.reading->setup, mistake, place,
                          as_written(row, column, value), as_written(row, column, other));
}

const char *bms_reading_address(bms_reading *reading, enum bms_setup_sheet sheet, size_t index,
                                const char *column) {
    bms_setup_place place = {sheet, &reading->setup->tables[sheet].rows[index], column};
    char address[16];
    bms_setup_address(reading->setup, place, address);
    return bms_arena_text(reading->arena, address);
}

bool bms_reading_has_column(bms_reading_row row, const char *column) {
    const uint32_t *columns = row.reading->setup->tables[row.sheet].columns;
    const bms_setup_column *first = bms_setup_schema_of(row.sheet)->columns;
    return !columns || columns[bms_setup_column_of(row.sheet, column) - first] != BMS_NO_COLUMN;
}

const char *bms_reading_text(bms_reading_row row, const char *column) {
    const bms_setup_cell *cell = bms_setup_find(row.row, column);
    const char *text = cell ? bms_text_trim(row.reading->arena, cell->text) : "";
    if (text[0] != '\0')
        return text;
    const bms_setup_column *schema = bms_setup_column_of(row.sheet, column);
    if (!cell && schema && schema->required && bms_reading_has_column(row, column))
        bms_reading_mistake(row, column, BMS_MISTAKE_MISSING_VALUE, NULL, NULL);
    return "";
}

/** @return the first row with this code, or BMS_NONE. */
static int row_with_code(const bms_reading *reading, enum bms_setup_sheet sheet, const char *code) {
    const bms_setup_table *table = &reading->setup->tables[sheet];
    for (size_t i = 0; i < table->n_rows; i++) {
        const bms_setup_cell *cell = bms_setup_find(&table->rows[i], "code");
        if (cell && bms_code_compare(cell->text, code) == 0)
            return (int)i;
    }
    return BMS_NONE;
}

int bms_reading_find(const bms_reading *reading, enum bms_setup_sheet sheet, const char *code) {
    int row = row_with_code(reading, sheet, code);
    return row != BMS_NONE && sheet == BMS_SHEET_UNITS ? reading->unit_of_row[row] : row;
}

const char *bms_reading_code(bms_reading_row row, size_t index, const char *column) {
    const char *code = bms_reading_text(row, column);
    size_t *bad_codes = &row.reading->bad_codes[row.sheet];
    if (code[0] == '\0') {
        ++*bad_codes;
        return code;
    }
    if (!bms_code_valid(code)) {
        ++*bad_codes;
        bms_reading_mistake(row, column, BMS_MISTAKE_BAD_CODE, code, NULL);
        return code;
    }
    int first = row_with_code(row.reading, row.sheet, code);
    if (first != BMS_NONE && (size_t)first < index) {
        bms_reading_mistake(row, column, BMS_MISTAKE_DUPLICATE_CODE, code,
                            bms_reading_address(row.reading, row.sheet, (size_t)first, column));
    }
    return code;
}

const char *bms_reading_example(bms_reading_row row, const char *column) {
    static const struct {
        const char *column;
        double number;
    } examples[] = {{"value", 5},    {"decimals", 1},        {"factor", 1000}, {"order", 1},
                    {"most_2", 100}, {"least_coverage", 50}, {"least_2", 0}};
    double number = 7.5;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        if (row.sheet != BMS_SHEET_REFERENCES && strcmp(examples[i].column, column) == 0)
            number = examples[i].number;
    }
    return bms_number_plain(row.reading->arena, number, row.reading->findings->language);
}

bms_number bms_reading_number(bms_reading_row row, const char *column) {
    bms_number number = {false, 0};
    const char *text = bms_reading_text(row, column);
    if (text[0] == '\0')
        return number;
    size_t length = strlen(text);
    if (text[length - 1] == '%')
        text = bms_arena_copy(row.reading->arena, text, length - 1);
    number.known = bms_number_read(text, &number.value) == BMS_READ_NUMBER;
    if (!number.known) {
        bms_reading_mistake(row, column, BMS_MISTAKE_BAD_NUMBER, bms_reading_text(row, column),
                            bms_reading_example(row, column));
    }
    return number;
}

double bms_reading_number_within(bms_reading_row row, const char *column, double least, double most,
                                 double otherwise) {
    bms_number number = bms_reading_number(row, column);
    if (!number.known)
        return otherwise;
    if (number.value >= least && number.value <= most)
        return number.value;
    bms_reading *reading = row.reading;
    const char *language = reading->findings->language;
    const char *range = bms_message(reading->arena, bms_tr(language, BMS_TEXT("from {least} to {most}")),
                                    "least", bms_number_plain(reading->arena, least, language), "most",
                                    bms_number_plain(reading->arena, most, language), NULL);
    bms_reading_mistake(row, column, BMS_MISTAKE_NUMBER_OUT_OF_RANGE, bms_reading_text(row, column), range);
    return otherwise;
}

/** Read `length` bytes from `start` as a number; a per cent sign may follow it. @return whether it is one */
static bool piece_number(bms_reading *reading, const char *start, size_t length, double *out) {
    while (length > 0 && (start[length - 1] == ' ' || start[length - 1] == '%'))
        length--;
    const char *piece = bms_arena_copy(reading->arena, start, length);
    return bms_number_read(piece, out) == BMS_READ_NUMBER;
}

/** @return the sign between two numbers, and its length; NULL when there is none. */
static const char *range_sign(const char *text, size_t *length) {
    static const char en_dash[] = "–";
    *length = sizeof en_dash - 1;
    const char *sign = strstr(text, en_dash);
    if (sign)
        return sign;
    /* A hyphen after a digit; one before is a minus. */
    *length = 1;
    for (sign = strchr(text, '-'); sign; sign = strchr(sign + 1, '-')) {
        const char *before = sign;
        while (before > text && (before[-1] == ' ' || before[-1] == '%'))
            before--;
        if (before > text && before[-1] >= '0' && before[-1] <= '9')
            return sign;
    }
    return NULL;
}

bool bms_reading_is_number(bms_reading *reading, const char *text, double *out) {
    return piece_number(reading, text, strlen(text), out);
}

bool bms_reading_from_to(bms_reading *reading, const char *text, double *from, double *to) {
    size_t length = 0;
    const char *sign = range_sign(text, &length);
    return sign && piece_number(reading, text, (size_t)(sign - text), from) &&
           piece_number(reading, sign + length, strlen(sign + length), to);
}

bms_day bms_reading_date(bms_reading_row row, const char *column) {
    const char *text = bms_reading_text(row, column);
    bms_day day = BMS_NO_DAY;
    if (text[0] != '\0' && !bms_day_parse(text, &day)) {
        bms_reading_mistake(row, column, BMS_MISTAKE_BAD_DATE, text, NULL);
        return BMS_NO_DAY;
    }
    return day;
}

void bms_reading_dates(bms_reading_row row, const char *from_column, const char *to_column, bms_day *from,
                       bms_day *to) {
    *from = bms_reading_date(row, from_column);
    *to = bms_reading_date(row, to_column);
    if (*from == BMS_NO_DAY || *to == BMS_NO_DAY || *from <= *to)
        return;
    bms_reading *reading = row.reading;
    const char *language = reading->findings->language;
    bms_reading_mistake(row, from_column, BMS_MISTAKE_DATES_TURNED,
                        bms_day_text(reading->arena, *from, language),
                        bms_day_text(reading->arena, *to, language));
}

const char *bms_reading_choices(bms_reading *reading, const bms_setup_column *column) {
    return bms_setup_choices(reading->arena, column, reading->findings->language);
}

int bms_reading_choice(bms_reading_row row, const char *column, int otherwise) {
    const char *text = bms_reading_text(row, column);
    if (text[0] == '\0')
        return otherwise;
    const bms_setup_column *schema = bms_setup_column_of(row.sheet, column);
    int choice = bms_setup_recognise_choice(schema, text);
    if (choice >= 0)
        return choice;
    bms_reading_mistake(row, column, BMS_MISTAKE_UNKNOWN_WORD, text,
                        bms_reading_choices(row.reading, schema));
    return otherwise;
}

bool bms_reading_yes(bms_reading_row row, const char *column) {
    const bms_setup_cell *cell = bms_setup_find(row.row, column);
    if (cell && bms_text_same(cell->text, "x"))
        return true;
    enum { YES, NO };
    return bms_reading_choice(row, column, NO) == YES;
}

int bms_reading_reference(bms_reading_row row, const char *column) {
    const char *code = bms_reading_text(row, column);
    if (code[0] == '\0')
        return BMS_NONE;
    enum bms_setup_sheet other = bms_setup_column_of(row.sheet, column)->refers_to;
    int found = bms_reading_find(row.reading, other, code);
    if (found == BMS_NONE)
        bms_reading_unknown(row, column, BMS_MISTAKE_UNKNOWN_REFERENCE, other, code);
    return found;
}

const char *bms_reading_sheet_name(const bms_reading *reading, enum bms_setup_sheet sheet) {
    return bms_setup_sheet_name(reading->setup, sheet, reading->findings->language);
}

const char *bms_reading_heading(const bms_reading *reading, enum bms_setup_sheet sheet, const char *column) {
    return bms_tr(reading->findings->language, bms_setup_column_of(sheet, column)->heading);
}

const char *bms_reading_piece(bms_reading *reading, const char **text, const char *separators) {
    while (**text != '\0') {
        size_t length = strcspn(*text, separators);
        const char *piece = bms_text_trim(reading->arena, bms_arena_copy(reading->arena, *text, length));
        *text += (*text)[length] == '\0' ? length : length + 1;
        if (piece[0] != '\0')
            return piece;
    }
    return NULL;
}

const char *bms_reading_group(const bms_reading *reading, const char *group) {
    for (size_t i = 0; i < reading->n_groups; i++) {
        if (bms_text_same(reading->groups[i], group))
            return reading->groups[i];
    }
    return NULL;
}
