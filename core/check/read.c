/*
 * Reading a return: which row answers which question, what its cells contain, and the entries that follow.
 * What is wrong with the content is for the rules.
 */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/check/checking.h"
#include "core/definition/links.h"

#include <stdio.h>
#include <string.h>

/* Rows */

bms_found_answer *bms_checking_answer(const bms_checking *checking, const char *indicator) {
    for (size_t i = 0; i < checking->n_questions; i++) {
        if (bms_code_compare(checking->questions[i].indicator, indicator) == 0)
            return &checking->answers[i];
    }
    return NULL;
}

/** Match each question with its row. @return how many rows have an unknown code; they are put in `unknown` */
static size_t match_rows(bms_checking *checking, const bms_raw_row **unknown) {
    size_t n = 0;
    for (size_t i = 0; i < checking->raw->n_rows; i++) {
        const bms_raw_row *row = &checking->raw->rows[i];
        if (!row->indicator || *row->indicator == '\0')
            continue;
        bms_found_answer *answer = bms_checking_answer(checking, row->indicator);
        if (!answer) {
            unknown[n++] = row;
        } else if (!answer->row) {
            answer->row = row;
        } else if (!answer->twin) {
            answer->twin = row;
        }
    }
    return n;
}

/** As many unknown codes as missing ones: they were probably overtyped, and are matched in their order. */
static void match_overtyped(bms_checking *checking, const bms_raw_row *const *unknown, size_t n) {
    size_t missing = 0;
    for (size_t i = 0; i < checking->n_questions; i++)
        missing += checking->answers[i].row ? 0 : 1;
    if (missing != n)
        return;
    size_t next = 0;
    for (size_t i = 0; i < checking->n_questions; i++) {
        if (!checking->answers[i].row)
            checking->answers[i].renamed = unknown[next++];
    }
}

/* Cells */

const char *bms_raw_text(bms_checking *checking, const bms_raw_cell *cell) {
    const char *language = checking->context->language;
    switch (cell->kind) {
    case BMS_RAW_BLANK:
    case BMS_RAW_NO_RESULT:
        return "";
    case BMS_RAW_DATE:
        return bms_day_text(checking->arena, cell->day, language);
    case BMS_RAW_PER_CENT:
        return bms_arena_format(checking->arena, "%s %%",
                                bms_number_plain(checking->arena, cell->number * 100, language));
    case BMS_RAW_NUMBER:
        return bms_number_plain(checking->arena, cell->number, language);
    case BMS_RAW_BOOLEAN:
        return cell->number != 0.0 ? bms_tr(language, BMS_TEXT("TRUE")) : bms_tr(language, BMS_TEXT("FALSE"));
    case BMS_RAW_TEXT:
    case BMS_RAW_ERROR:
        break;
    }
    return cell->text ? bms_text_trim(checking->arena, cell->text) : "";
}

bool bms_checking_is_personal(const bms_checking *checking, const bms_raw_cell *cell) {
    const bms_raw_return *raw = checking->raw;
    for (size_t i = 0; cell && raw->sheet && i < raw->n_personal; i++) {
        if (strcmp(raw->personal[i].address, cell->address) == 0 &&
            strcmp(raw->personal[i].sheet, raw->sheet) == 0)
            return true;
    }
    return false;
}

/** @return whether a text says yes or no, and which. */
static bool read_yes_or_no(const char *text, double *value) {
    bool yes = bms_says(text, "yes");
    if (!yes && !bms_says(text, "no"))
        return false;
    *value = yes ? 1 : 0;
    return true;
}

static void read_text(enum bms_kind kind, const char *text, bms_found_number *number) {
    if (bms_kind_of(kind)->yes_or_no && read_yes_or_no(text, &number->value)) {
        number->content = BMS_CONTENT_GIVEN;
        return;
    }
    number->reading = bms_number_read(text, &number->value);
    switch (number->reading) {
    case BMS_READ_NUMBER:
        number->content = BMS_CONTENT_GIVEN;
        break;
    case BMS_READ_BLANK:
        number->content = BMS_CONTENT_BLANK;
        break;
    case BMS_READ_DASH:
        number->content = BMS_CONTENT_DASH;
        break;
    case BMS_READ_AMBIGUOUS:
    case BMS_READ_PER_CENT:
    case BMS_READ_OTHER:
        number->content = BMS_CONTENT_BAD;
        break;
    }
}

static void read_number(enum bms_kind kind, bms_found_number *number) {
    const bms_raw_cell *cell = number->cell;
    number->content = BMS_CONTENT_BAD;
    switch (cell->kind) {
    case BMS_RAW_BLANK:
        number->content = BMS_CONTENT_BLANK;
        break;
    case BMS_RAW_NUMBER:
        number->content = BMS_CONTENT_GIVEN;
        number->value = cell->number;
        break;
    case BMS_RAW_BOOLEAN:
        number->content = bms_kind_of(kind)->yes_or_no ? BMS_CONTENT_GIVEN : BMS_CONTENT_BAD;
        number->value = cell->number;
        break;
    case BMS_RAW_TEXT:
        read_text(kind, cell->text ? cell->text : "", number);
        break;
    case BMS_RAW_PER_CENT:
    case BMS_RAW_DATE:
    case BMS_RAW_ERROR:
    case BMS_RAW_NO_RESULT:
        break;
    }
}

static void read_reason(bms_checking *checking, bms_found_answer *answer) {
    const char *text = bms_raw_text(checking, &answer->row->reason);
    double none;
    enum bms_number_reading reading = bms_number_read(text, &none);
    bool recognised = bms_reason_recognise(text, &answer->reason);
    if (!recognised && reading != BMS_READ_BLANK && reading != BMS_READ_DASH &&
        !bms_checking_is_personal(checking, &answer->row->reason))
        answer->other_reason = text;
}

static void read_answer(bms_checking *checking, bms_found_answer *answer) {
    const bms_question *question = answer->question;
    const bms_question_number *asked[] = {&question->numerator, &question->denominator};
    answer->comment = "";
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        bms_found_number *number = &answer->numbers[which];
        if (which == BMS_DENOMINATOR && !bms_kind_of(question->kind)->has_denominator)
            continue;
        number->asked = asked[which];
        const char *there = asked[which]->same_as_indicator;
        number->own = *there == '\0' || !bms_checking_answer(checking, there);
        if (!number->own || !answer->row)
            continue;
        number->cell = which == BMS_NUMERATOR ? &answer->row->numerator : &answer->row->denominator;
        read_number(question->kind, number);
    }
    if (!answer->row)
        return;
    read_reason(checking, answer);
    answer->comment = bms_raw_text(checking, &answer->row->comment);
}

/** Anything but blank and a dash is a signature. */
static void read_signature(bms_checking *checking) {
    const bms_raw_return *raw = checking->raw;
    bms_checked_return *out = checking->out;
    double none;
    out->signed_by = raw->signed_by.kind == BMS_RAW_ERROR ? "" : bms_raw_text(checking, &raw->signed_by);
    enum bms_number_reading reading = bms_number_read(out->signed_by, &none);
    checking->finished = reading != BMS_READ_BLANK && reading != BMS_READ_DASH;
    out->finished = checking->finished;
    if (!checking->finished)
        out->signed_by = "";
    bms_day day;
    if (bms_raw_day(&raw->signed_on, &day))
        out->signed_on = bms_day_iso(checking->arena, day);
}

/** @return the code of the question that an action is linked to, by code or name; else what the unit wrote.
 */
static const char *link_of(bms_checking *checking, const bms_raw_cell *cell) {
    const char *text = bms_raw_text(checking, cell);
    char code[BMS_CODE_SIZE];
    const bool coded = bms_link_code(text, code);
    for (size_t i = 0; i < checking->n_questions; i++) {
        const bms_question *question = &checking->questions[i];
        if ((coded && bms_code_compare(code, question->indicator) == 0) ||
            bms_text_same(text, question->name) || bms_text_same(text, question->indicator))
            return question->indicator;
    }
    return text;
}

static void read_links(bms_checking *checking) {
    const bms_raw_return *raw = checking->raw;
    checking->links = bms_arena_alloc(checking->arena, raw->n_actions * sizeof *checking->links);
    for (size_t i = 0; checking->links && i < raw->n_actions; i++)
        checking->links[i] = link_of(checking, &raw->actions[i].linked_to);
}

/** Which indicator and period of the definition a question is about, where there is one. */
static void place_answer(const bms_checking *checking, bms_found_answer *answer,
                         const bms_question *question) {
    const bms_definition *definition = checking->context->definition;
    answer->question = question;
    answer->indicator = definition ? bms_definition_indicator(definition, question->indicator) : BMS_NONE;
    answer->period = definition ? bms_definition_period(definition, question->period) : BMS_NONE;
}

enum bms_status bms_checking_read(bms_checking *checking, bms_error *error) {
    read_signature(checking);
    read_links(checking);
    checking->answers = bms_arena_alloc(checking->arena, checking->n_questions * sizeof *checking->answers);
    const bms_raw_row **unknown =
        bms_arena_alloc(checking->arena, checking->raw->n_rows * sizeof(const bms_raw_row *));
    if (!checking->answers || !checking->links || !unknown)
        return bms_error_no_memory(error);
    for (size_t i = 0; i < checking->n_questions; i++)
        place_answer(checking, &checking->answers[i], &checking->questions[i]);
    match_overtyped(checking, unknown, match_rows(checking, unknown));
    for (size_t i = 0; i < checking->n_questions; i++)
        read_answer(checking, &checking->answers[i]);
    return BMS_OK;
}

/* Entries */

/** @return the number as far as it is known. */
static bms_number value_of(const bms_found_number *number) {
    bool known = number->content == BMS_CONTENT_GIVEN;
    return (bms_number){known, known ? number->value : 0.0};
}

const bms_found_number *bms_subject_number(const bms_subject *subject, enum bms_which which) {
    return &subject->answer->numbers[which];
}

bool bms_found_given(const bms_found_number *number) {
    return number->asked && number->content == BMS_CONTENT_GIVEN;
}

bool bms_found_any(const bms_found_answer *answer, enum bms_content content) {
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        if (answer->numbers[which].own && answer->numbers[which].content == content)
            return true;
    }
    return false;
}

/** Numbers count before a reason; without numbers the reason decides the state (design, 'State'). */
bms_values bms_found_answer_state(const bms_found_answer *answer) {
    const bms_question *question = answer->question;
    bms_values out = {BMS_MISSING, {false, 0.0}, {false, 0.0}};
    if (answer->spoiled || !answer->row)
        return out;
    bms_number n = value_of(&answer->numbers[BMS_NUMERATOR]);
    bms_number d = value_of(&answer->numbers[BMS_DENOMINATOR]);
    out.state = bms_values_state(question->kind, n, d);
    if (out.state == BMS_MISSING) {
        out.state = bms_reason_state(answer->reason);
        return out;
    }
    out.numerator = n;
    out.denominator = d;
    return out;
}

static void put_entry(const bms_found_answer *answer, bms_entry *entry) {
    const bms_question *question = answer->question;
    *entry = (bms_entry){.indicator = question->indicator,
                         .period = question->period,
                         .answer = bms_found_answer_state(answer),
                         .reason = answer->reason,
                         .comment = answer->comment,
                         .required = question->required};
    if (answer->left_out) {
        entry->answer = (bms_values){.state = BMS_MISSING};
        entry->reason = BMS_TO_BE_CLARIFIED;
    }
    if (bms_reason_state(entry->reason) != entry->answer.state)
        entry->reason = BMS_NO_REASON; /* the numbers decided the state */
    char *cells[] = {entry->numerator_cell, entry->denominator_cell};
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        const bms_raw_cell *cell = answer->numbers[which].cell;
        if (cell)
            (void)snprintf(cells[which], sizeof entry->numerator_cell, "%s", cell->address);
    }
}

/** @return the day as it is stored; what is no date as the unit wrote it, which a rule points out. */
static const char *due_of(bms_checking *checking, const bms_raw_cell *cell) {
    bms_day day;
    return bms_raw_day(cell, &day) ? bms_day_iso(checking->arena, day) : bms_raw_text(checking, cell);
}

static void put_actions(bms_checking *checking) {
    const bms_raw_return *raw = checking->raw;
    bms_checked_return *out = checking->out;
    out->actions = bms_arena_alloc(checking->arena, raw->n_actions * sizeof *out->actions);
    for (size_t i = 0; out->actions && i < raw->n_actions; i++) {
        const bms_raw_action *action = &raw->actions[i];
        bms_entry_action *entry = &out->actions[i];
        entry->number = bms_raw_text(checking, &action->number);
        entry->linked_to = checking->links[i];
        entry->text = bms_raw_text(checking, &action->text);
        entry->responsible = bms_raw_text(checking, &action->responsible);
        entry->due = due_of(checking, &action->due);
        entry->status = bms_raw_text(checking, &action->status);
        (void)snprintf(entry->cell, sizeof entry->cell, "%s", action->text.address);
    }
    out->n_actions = out->actions ? raw->n_actions : 0;
}

/* Hash of the inputs */

static void hash_text(bms_sha256_state *hash, const char *text) {
    char length[32];
    size_t size = strlen(text);
    int digits = snprintf(length, sizeof length, "%zu:", size);
    bms_sha256_add(hash, length, (size_t)digits);
    bms_sha256_add(hash, text, size);
}

/** Hash what was typed, not how it is shown: another program that saves the workbook may change formats. */
static void hash_cell(bms_checking *checking, bms_sha256_state *hash, const bms_raw_cell *cell) {
    char number[32] = "";
    switch (cell->kind) {
    case BMS_RAW_NUMBER:
    case BMS_RAW_PER_CENT:
    case BMS_RAW_DATE:
    case BMS_RAW_BOOLEAN:
        bms_number_shortest(cell->number, number);
        hash_text(hash, "n");
        hash_text(hash, number);
        break;
    case BMS_RAW_BLANK:
    case BMS_RAW_TEXT:
    case BMS_RAW_ERROR:
    case BMS_RAW_NO_RESULT:
        hash_text(hash, cell->kind == BMS_RAW_NO_RESULT ? "f" : "t");
        hash_text(hash, bms_raw_text(checking, cell));
        break;
    }
}

/** A question that an action is linked to counts by its code, however it is spelled. */
static void hash_link(bms_checking *checking, bms_sha256_state *hash, size_t action) {
    const bms_raw_cell *cell = &checking->raw->actions[action].linked_to;
    bms_raw_cell linked = *cell;
    if (cell->kind == BMS_RAW_TEXT)
        linked.text = checking->links[action];
    hash_cell(checking, hash, &linked);
}

static void hash_answer(bms_checking *checking, bms_sha256_state *hash, const bms_found_answer *answer) {
    hash_text(hash, answer->question->indicator);
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        const bms_found_number *number = &answer->numbers[which];
        if (number->own && number->cell)
            hash_cell(checking, hash, number->cell);
    }
    if (!answer->row)
        return;
    hash_cell(checking, hash, &answer->row->reason);
    hash_cell(checking, hash, &answer->row->comment);
}

static void hash_inputs(bms_checking *checking) {
    const bms_raw_return *raw = checking->raw;
    bms_sha256_state hash;
    bms_sha256_begin(&hash);
    hash_text(&hash, checking->identity.municipality);
    hash_text(&hash, checking->identity.unit);
    hash_text(&hash, checking->identity.period);
    hash_text(&hash, checking->identity.definition);
    hash_cell(checking, &hash, &raw->signed_by);
    hash_cell(checking, &hash, &raw->signed_on);
    for (size_t i = 0; i < checking->n_questions; i++)
        hash_answer(checking, &hash, &checking->answers[i]);
    for (size_t i = 0; i < raw->n_actions; i++) {
        const bms_raw_action *action = &raw->actions[i];
        hash_cell(checking, &hash, &action->number);
        hash_link(checking, &hash, i);
        hash_cell(checking, &hash, &action->text);
        hash_cell(checking, &hash, &action->responsible);
        hash_cell(checking, &hash, &action->due);
        hash_cell(checking, &hash, &action->status);
    }
    bms_sha256_end_text(&hash, checking->out->inputs_sha256);
}

/** Hash the reported numbers, unless they are so few, or all zeros, that several units may have the same. */
static void hash_numbers(bms_checking *checking) {
    enum { ENOUGH_TO_TELL_UNITS_APART = 3 };
    bms_sha256_state hash;
    size_t n = 0;
    bms_sha256_begin(&hash);
    for (size_t i = 0; i < checking->out->n_entries; i++) {
        const bms_entry *entry = &checking->out->entries[i];
        char text[32];
        if (entry->answer.state != BMS_REPORTED || bms_kind_of(checking->questions[i].kind)->yes_or_no)
            continue;
        hash_text(&hash, entry->indicator);
        bms_number_shortest(entry->answer.numerator.value, text);
        hash_text(&hash, text);
        bms_number_shortest(entry->answer.denominator.known ? entry->answer.denominator.value : 0.0, text);
        hash_text(&hash, text);
        n += strcmp(text, "0") != 0 || entry->answer.numerator.value > 0.0;
    }
    if (n >= ENOUGH_TO_TELL_UNITS_APART)
        bms_sha256_end_text(&hash, checking->out->numbers_sha256);
}

enum bms_status bms_checking_conclude(bms_checking *checking, bms_error *error) {
    bms_checked_return *out = checking->out;
    out->entries = bms_arena_alloc(checking->arena, checking->n_questions * sizeof *out->entries);
    if (!out->entries)
        return bms_error_no_memory(error);
    out->n_entries = checking->n_questions;
    for (size_t i = 0; i < checking->n_questions; i++)
        put_entry(&checking->answers[i], &out->entries[i]);
    put_actions(checking);
    hash_inputs(checking);
    hash_numbers(checking);
    return BMS_OK;
}
