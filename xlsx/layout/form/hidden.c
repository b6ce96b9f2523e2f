/** Writes and reads the hidden sheet (see sheet.h), both by one table of fields. */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "xlsx/layout/form/sheet.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char marker[] = "bms form";
static const char notation[] = "1";

/** What a field of a question is, and how it is spelled. */
enum kind {
    FIELD_TEXT,
    FIELD_FLAG,    /* bool: 1, or empty */
    FIELD_INTEGER, /* int */
    FIELD_DOUBLE,
    FIELD_NUMBER, /* bms_number: empty when not known */
    FIELD_KIND,
    FIELD_BASIS,
    FIELD_BETTER,
    FIELD_WHICH,   /* 2: denominator; empty: numerator */
    FIELD_WHEN_RED /* empty: taken, 1: warned, 2: held */
};

struct field {
    const char *heading;
    enum kind kind;
    size_t offset;
};

#define OF(member) offsetof(bms_question, member)

static const struct field fields[] = {
    {"indicator", FIELD_TEXT, OF(indicator)},
    {"name", FIELD_TEXT, OF(name)},
    {"period", FIELD_TEXT, OF(period)},
    {"kind", FIELD_KIND, OF(kind)},
    {"basis", FIELD_BASIS, OF(basis)},
    {"factor", FIELD_DOUBLE, OF(factor)},
    {"decimals", FIELD_INTEGER, OF(decimals)},
    {"unit_of_result", FIELD_TEXT, OF(unit_of_result)},
    {"required", FIELD_FLAG, OF(required)},
    {"must_answer", FIELD_FLAG, OF(must_answer)},
    {"action_when_red", FIELD_WHEN_RED, OF(when_red)},
    {"limits", FIELD_FLAG, OF(limits.known)},
    {"better", FIELD_BETTER, OF(limits.better)},
    {"green", FIELD_DOUBLE, OF(limits.green)},
    {"red", FIELD_DOUBLE, OF(limits.red)},
    {"green_to", FIELD_DOUBLE, OF(limits.green_to)},
    {"red_to", FIELD_DOUBLE, OF(limits.red_to)},
    {"text_1", FIELD_TEXT, OF(numerator.text)},
    {"unit_of_measure_1", FIELD_TEXT, OF(numerator.unit_of_measure)},
    {"same_as_1", FIELD_TEXT, OF(numerator.same_as_indicator)},
    {"same_as_number_1", FIELD_WHICH, OF(numerator.same_as_number)},
    {"part_of_1", FIELD_TEXT, OF(numerator.part_of_indicator)},
    {"part_of_number_1", FIELD_WHICH, OF(numerator.part_of_number)},
    {"least_1", FIELD_NUMBER, OF(numerator.least)},
    {"most_1", FIELD_NUMBER, OF(numerator.most)},
    {"whole_1", FIELD_FLAG, OF(numerator.whole)},
    {"text_2", FIELD_TEXT, OF(denominator.text)},
    {"unit_of_measure_2", FIELD_TEXT, OF(denominator.unit_of_measure)},
    {"same_as_2", FIELD_TEXT, OF(denominator.same_as_indicator)},
    {"same_as_number_2", FIELD_WHICH, OF(denominator.same_as_number)},
    {"part_of_2", FIELD_TEXT, OF(denominator.part_of_indicator)},
    {"part_of_number_2", FIELD_WHICH, OF(denominator.part_of_number)},
    {"least_2", FIELD_NUMBER, OF(denominator.least)},
    {"most_2", FIELD_NUMBER, OF(denominator.most)},
    {"whole_2", FIELD_FLAG, OF(denominator.whole)},
    {"parts_are_all_1", FIELD_FLAG, OF(numerator.parts_are_all)},
    {"parts_are_all_2", FIELD_FLAG, OF(denominator.parts_are_all)},
    {"usual_from_1", FIELD_NUMBER, OF(numerator.usual_from)},
    {"usual_to_1", FIELD_NUMBER, OF(numerator.usual_to)},
    {"usual_from_2", FIELD_NUMBER, OF(denominator.usual_from)},
    {"usual_to_2", FIELD_NUMBER, OF(denominator.usual_to)},
};
enum { N_FIELDS = sizeof fields / sizeof *fields };

/* The last fields are newer than the first forms, which have no columns for them: they are read as empty. */
enum { N_LATER_FIELDS = 6 };

#define NO_COLUMN UINT32_MAX

static const struct field identity_fields[] = {
    {"municipality", FIELD_TEXT, offsetof(bms_identity, municipality)},
    {"unit", FIELD_TEXT, offsetof(bms_identity, unit)},
    {"period", FIELD_TEXT, offsetof(bms_identity, period)},
    {"definition", FIELD_TEXT, offsetof(bms_identity, definition)},
    {"title", FIELD_TEXT, offsetof(bms_identity, title)},
    {"seal", FIELD_TEXT, offsetof(bms_identity, seal)},
};
enum { N_IDENTITY_FIELDS = sizeof identity_fields / sizeof *identity_fields };

/** Spell a number; `room` is used for it. */
static const char *spell_number(double value, char room[32]) {
    bms_number_shortest(value, room);
    return room;
}

static const char *spell_integer(int value, char room[32]) {
    return spell_number(value, room);
}

/** @return a field as text; `room` may be used for it. */
static const char *spell(const struct field *field, const void *from, char room[32]) {
    const void *at = (const char *)from + field->offset;
    switch (field->kind) {
    case FIELD_TEXT:
        return *(const char *const *)at;
    case FIELD_FLAG:
        return *(const bool *)at ? "1" : "";
    case FIELD_INTEGER:
        return spell_integer(*(const int *)at, room);
    case FIELD_DOUBLE:
        return spell_number(*(const double *)at, room);
    case FIELD_NUMBER: {
        const bms_number *number = at;
        return number->known ? spell_number(number->value, room) : "";
    }
    case FIELD_KIND:
        return bms_kind_name(*(const enum bms_kind *)at);
    case FIELD_BASIS:
        return bms_basis_name(*(const enum bms_basis *)at);
    case FIELD_BETTER:
        return bms_better_name(*(const enum bms_better *)at);
    case FIELD_WHICH:
        return *(const enum bms_which *)at == BMS_DENOMINATOR ? "2" : "";
    case FIELD_WHEN_RED: {
        enum bms_when_red when = *(const enum bms_when_red *)at;
        return when == BMS_RED_IS_HELD ? "2" : when == BMS_RED_IS_WARNED ? "1" : "";
    }
    }
    return "";
}

void bms_hidden_write(bms_page *page, const bms_form *form) {
    char room[32];
    uint32_t row = 0;
    bms_page_text(page, row, 0, NULL, marker);
    bms_page_text(page, row++, 1, NULL, notation);
    for (size_t i = 0; i < N_IDENTITY_FIELDS; i++, row++) {
        bms_page_text(page, row, 0, NULL, identity_fields[i].heading);
        bms_page_text(page, row, 1, NULL, spell(&identity_fields[i], &form->identity, room));
    }
    row++;
    for (size_t i = 0; i < N_FIELDS; i++)
        bms_page_text(page, row, (uint32_t)i, NULL, fields[i].heading);
    for (size_t q = 0; q < form->n_questions; q++) {
        row++;
        for (size_t i = 0; i < N_FIELDS; i++)
            bms_page_text(page, row, (uint32_t)i, NULL, spell(&fields[i], &form->questions[q], room));
    }
}

bool bms_hidden_is_marker(const char *text) {
    return text && strcmp(text, marker) == 0;
}

/** @return the text of a cell, "" for an empty one; numbers too, since scripts may turn "12" into one. */
static const char *text_at(bms_arena *arena, const bms_sheet *sheet, uint32_t row, uint32_t column) {
    const bms_cell *cell = bms_sheet_find(sheet, row, column);
    if (!cell)
        return "";
    if (cell->kind == BMS_CELL_NUMBER) {
        char room[32];
        return bms_arena_text(arena, spell_number(cell->number, room));
    }
    return cell->text ? cell->text : "";
}

/** Read a number that was spelled by spell_number. */
static bool read_number(const char *text, double *out) {
    char *end = NULL;
    double value = strtod(text, &end);
    if (end == text || *end != '\0')
        return false;
    *out = value;
    return true;
}

static bool read_whole(const char *text, int *out) {
    double value = 0;
    if (!read_number(text, &value) || value < -100 || value > 100)
        return false;
    *out = (int)value;
    return true;
}

/** Read a field back. @return false when the text is no value of its kind */
static bool unspell(const struct field *field, const char *text, void *to) {
    void *at = (char *)to + field->offset;
    switch (field->kind) {
    case FIELD_TEXT:
        *(const char **)at = text;
        return true;
    case FIELD_FLAG:
        *(bool *)at = strcmp(text, "1") == 0;
        return true;
    case FIELD_INTEGER:
        return read_whole(text, (int *)at);
    case FIELD_DOUBLE:
        return read_number(text, (double *)at);
    case FIELD_NUMBER: {
        bms_number *number = at;
        number->known = *text != '\0';
        return !number->known || read_number(text, &number->value);
    }
    case FIELD_KIND:
        return bms_kind_parse(text, (enum bms_kind *)at);
    case FIELD_BASIS:
        return bms_basis_parse(text, (enum bms_basis *)at);
    case FIELD_BETTER:
        return bms_better_parse(text, (enum bms_better *)at);
    case FIELD_WHICH:
        *(enum bms_which *)at = strcmp(text, "2") == 0 ? BMS_DENOMINATOR : BMS_NUMERATOR;
        return true;
    case FIELD_WHEN_RED:
        *(enum bms_when_red *)at = strcmp(text, "2") == 0   ? BMS_RED_IS_HELD
                                   : strcmp(text, "1") == 0 ? BMS_RED_IS_WARNED
                                                            : BMS_RED_IS_TAKEN;
        return true;
    }
    return false;
}

/** Read the identity's rows. @return the row after the last */
static uint32_t read_identity(bms_arena *arena, const bms_sheet *sheet, bms_identity *identity) {
    uint32_t row = 1;
    for (;; row++) {
        const char *key = text_at(arena, sheet, row, 0);
        const char *value = text_at(arena, sheet, row, 1);
        if (*key == '\0')
            return row;
        for (size_t i = 0; i < N_IDENTITY_FIELDS; i++) {
            if (strcmp(key, identity_fields[i].heading) == 0)
                (void)unspell(&identity_fields[i], value, identity);
        }
    }
}

/**
 * Find each field's column in the heading row; NO_COLUMN where a later field is missing.
 *
 * @return whether all others are there
 */
static bool find_columns(bms_arena *arena, const bms_sheet *sheet, uint32_t row, uint32_t columns[N_FIELDS]) {
    size_t found = 0;
    for (size_t i = 0; i < N_FIELDS; i++) {
        columns[i] = NO_COLUMN;
        for (uint32_t column = 0; column < BMS_HIDDEN_LISTS; column++) {
            const char *text = text_at(arena, sheet, row, column);
            if (strcmp(text, fields[i].heading) != 0)
                continue;
            columns[i] = column;
            break;
        }
        found += columns[i] != NO_COLUMN || i >= N_FIELDS - N_LATER_FIELDS;
    }
    return found == N_FIELDS;
}

/** Read one question. @return false when a field is missing or wrong */
static bool read_question(bms_arena *arena, const bms_sheet *sheet, uint32_t row,
                          const uint32_t columns[N_FIELDS], bms_question *out) {
    for (size_t i = 0; i < N_FIELDS; i++) {
        const char *text = columns[i] == NO_COLUMN ? "" : text_at(arena, sheet, row, columns[i]);
        if (!unspell(&fields[i], text, out))
            return false;
    }
    return *out->indicator != '\0';
}

enum bms_status bms_hidden_read(bms_arena *arena, const bms_sheet *sheet, bms_identity *identity,
                                const bms_question **questions, size_t *n, bms_error *error) {
    *identity = (bms_identity){"", "", "", "", "", ""};
    *questions = NULL;
    *n = 0;
    uint32_t row = read_identity(arena, sheet, identity) + 1;
    uint32_t columns[N_FIELDS] = {0};
    if (!find_columns(arena, sheet, row, columns))
        return bms_error_of_arena(BMS_OK, arena, error);
    bms_question *found = NULL;
    size_t capacity = 0;
    for (row++; row < sheet->info.rows_used; row++) {
        bms_question *question = bms_arena_grow(arena, &found, n, &capacity, sizeof *question);
        if (!question)
            return bms_error_no_memory(error);
        if (!read_question(arena, sheet, row, columns, question)) {
            --*n;
            break;
        }
    }
    *questions = found;
    return bms_error_of_arena(BMS_OK, arena, error);
}
