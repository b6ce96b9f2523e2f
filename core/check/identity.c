/*
 * Which unit and period a return is for and which questions it answers, and the rules about that: identity,
 * seal, period, and whether the definition has changed since the form was made.
 */
#include "core/base/error.h"
#include "core/base/language.h"
#include "core/base/text.h"
#include "core/check/checking.h"
#include "core/form/questions.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* Identifying */

static bool is_lost(const bms_identity *identity) {
    return *identity->unit == '\0' && *identity->period == '\0' && *identity->municipality == '\0';
}

/** @return whether two parts of an identity contradict each other; a blank one contradicts nothing. */
static bool differ(const char *a, const char *b) {
    return *a != '\0' && *b != '\0' && !bms_text_same(a, b);
}

/** @return whether they are the same number, one of them without the zeros in front: to a spreadsheet 0999 is
 * 999. */
static bool lost_zeros(const char *a, const char *b) {
    if (*a == '\0' || *b == '\0' || a[strspn(a, "0123456789")] != '\0' || b[strspn(b, "0123456789")] != '\0')
        return false;
    return strcmp(a + strspn(a, "0"), b + strspn(b, "0")) == 0;
}

/** @return of two spellings of a code the one that has all its zeros; the first where they differ otherwise.
 */
static const char *with_zeros(const char *code, const char *other) {
    return lost_zeros(code, other) && strlen(other) > strlen(code) ? other : code;
}

/** @return the one of the municipality's numbers, today's or an earlier one, that `number` is, perhaps
 * without its zeros; NULL: none. */
static const char *own_number(const bms_municipality *municipality, const char *number) {
    for (size_t i = 0; i <= municipality->n_earlier_numbers; i++) {
        const char *own = i == 0 ? municipality->number : municipality->earlier_numbers[i - 1].text;
        if (bms_text_same(number, own) || lost_zeros(number, own))
            return own;
    }
    return NULL;
}

/** The parts of an identity, in the order in which they are compared. */
static const struct part {
    const char *name;
    size_t offset;
    bool is_code; /* may have lost zeros */
} parts[] = {
    {BMS_TEXT("The title"), offsetof(bms_identity, title), false},
    {BMS_TEXT("Municipality"), offsetof(bms_identity, municipality), true},
    {BMS_TEXT("Unit"), offsetof(bms_identity, unit), true},
    {BMS_TEXT("Period"), offsetof(bms_identity, period), false},
    {BMS_TEXT("Version"), offsetof(bms_identity, definition), false},
    {BMS_TEXT("Control code"), offsetof(bms_identity, seal), false},
};
enum { N_PARTS = sizeof parts / sizeof *parts, TITLE = 0 };

static const char *part_of(const bms_identity *identity, size_t part) {
    return *(const char *const *)((const char *)identity + parts[part].offset);
}

/** @return whether a part of the two contradicts. */
static bool part_differs(const bms_identity *a, const bms_identity *b, size_t part) {
    const char *left = part_of(a, part);
    const char *right = part_of(b, part);
    return differ(left, right) && !(parts[part].is_code && lost_zeros(left, right));
}

static bool is_complete(const bms_identity *identity) {
    return *identity->municipality != '\0' && *identity->unit != '\0' && *identity->period != '\0' &&
           *identity->title != '\0' && *identity->seal != '\0';
}

/** @return whether the form was made from the definition at hand. */
static bool is_of_definition(const bms_checking *checking) {
    char version[16];
    (void)snprintf(version, sizeof version, "%d", checking->context->definition->version);
    return strcmp(version, checking->identity.definition) == 0;
}

static const unsigned char *key_of(const bms_checking *checking) {
    static const unsigned char none[BMS_SEAL_KEY_SIZE];
    return checking->context->seal_key ? checking->context->seal_key : none;
}

static bms_form_request request_of(const bms_checking *checking, const char *language) {
    return (bms_form_request){.definition = checking->context->definition,
                              .key = key_of(checking),
                              .unit = checking->unit,
                              .period = checking->period,
                              .language = language};
}

/** Make the form again in each language until one has the seal that is left on the sheet. */
static enum bms_status rebuild_questions(bms_checking *checking, bms_error *error) {
    const bms_check_context *context = checking->context;
    checking->questions_lost = true;
    if (!context->definition || !context->seal_key || checking->unit == BMS_NONE ||
        checking->period == BMS_NONE || !is_of_definition(checking))
        return BMS_OK;
    for (size_t i = 0; bms_language_at(i) && checking->questions_lost; i++) {
        bms_form form;
        const bms_form_request request = request_of(checking, bms_language_at(i)->code);
        enum bms_status status = bms_form_questions(checking->arena, &request, &form, error);
        if (status != BMS_OK)
            return status;
        if (strcmp(form.identity.seal, checking->identity.seal) != 0)
            continue;
        checking->questions = form.questions;
        checking->n_questions = form.n_questions;
        checking->questions_lost = false;
        checking->seal = BMS_SEAL_RIGHT;
    }
    return BMS_OK;
}

static enum bms_status verify_seal(bms_checking *checking, bms_error *error) {
    char seal[BMS_SEAL_SIZE];
    checking->seal = BMS_SEAL_NOT_VERIFIED;
    if (!checking->context->seal_key)
        return BMS_OK;
    enum bms_status status = bms_seal(checking->context->seal_key, &checking->identity, checking->questions,
                                      checking->n_questions, seal);
    if (status != BMS_OK)
        return bms_error_no_memory(error);
    bool right = strcmp(seal, checking->identity.seal) == 0;
    checking->seal = right ? BMS_SEAL_RIGHT : BMS_SEAL_WRONG;
    return BMS_OK;
}

/** Codes are written as the definition has them, where it knows them. */
static void set_unit_and_period(bms_checking *checking) {
    const bms_definition *definition = checking->context->definition;
    bms_checked_return *out = checking->out;
    if (*checking->identity.unit != '\0') {
        out->unit = definition && checking->unit != BMS_NONE ? definition->units[checking->unit].code
                                                             : checking->identity.unit;
    }
    if (*checking->identity.period != '\0') {
        out->period = definition && checking->period != BMS_NONE
                          ? definition->calendar[checking->period].period.code
                          : checking->identity.period;
    }
    out->definition = checking->identity.definition;
}

/** A spreadsheet may have made a number of a code: the other identity, or the definition, has it whole. The
 * seal tells whether it is the right one. */
static void restore_zeros(bms_checking *checking) {
    const bms_raw_return *raw = checking->raw;
    const bms_definition *definition = checking->context->definition;
    bms_identity *identity = &checking->identity;
    identity->unit = with_zeros(identity->unit, raw->visible.unit);
    identity->municipality = with_zeros(identity->municipality, raw->visible.municipality);
    const char *own = definition ? own_number(&definition->municipality, identity->municipality) : NULL;
    if (own)
        identity->municipality = with_zeros(identity->municipality, own);
}

enum bms_status bms_checking_identify(bms_checking *checking, bms_error *error) {
    const bms_raw_return *raw = checking->raw;
    const bms_definition *definition = checking->context->definition;
    bool hidden = raw->recognition == BMS_BOTH_IDENTITIES || raw->recognition == BMS_VISIBLE_IDENTITY_LOST;
    static const bms_identity nobody = {"", "", "", "", "", ""};
    if (raw->recognition == BMS_NOT_OURS) {
        checking->identity = nobody;
        return BMS_OK;
    }
    checking->identity = hidden ? raw->hidden : raw->visible;
    restore_zeros(checking);
    if (definition) {
        checking->unit = bms_definition_unit(definition, checking->identity.unit);
        checking->period = bms_definition_period(definition, checking->identity.period);
    }
    set_unit_and_period(checking);
    if (!hidden)
        return rebuild_questions(checking, error);
    checking->questions = raw->questions;
    checking->n_questions = raw->n_questions;
    return verify_seal(checking, error);
}

/* Rules */

const char *bms_checking_period_name(bms_checking *checking, const char *code) {
    const bms_definition *definition = checking->context->definition;
    const char *language = checking->context->language;
    int known = definition ? bms_definition_period(definition, code) : BMS_NONE;
    if (known != BMS_NONE)
        return bms_definition_period_name(definition, known, checking->arena, language);
    bms_period period;
    return bms_period_parse(code, &period) ? bms_period_name(checking->arena, &period, language) : code;
}

bool bms_rule_not_ours(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    return verdict->checking->raw->recognition == BMS_NOT_OURS;
}

/** @return one part that differs, as a sentence without its full stop. */
static const char *difference(const bms_checking *checking, size_t part) {
    const bms_raw_return *raw = checking->raw;
    const char *language = checking->context->language;
    const bms_text_place places[] = {{"part", bms_tr(language, parts[part].name)},
                                     {"visible", part_of(&raw->visible, part)},
                                     {"hidden", part_of(&raw->hidden, part)}};
    return bms_message_of(checking->arena,
                          bms_tr(language, BMS_TEXT("{part} says “{visible}”, but should say “{hidden}”")),
                          places, sizeof places / sizeof *places);
}

bool bms_rule_identity_edited(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    bms_checking *checking = verdict->checking;
    const bms_raw_return *raw = checking->raw;
    const char *list = "";
    for (size_t i = 0; raw->recognition == BMS_BOTH_IDENTITIES && i < N_PARTS; i++) {
        if (!part_differs(&raw->hidden, &raw->visible, i))
            continue;
        if (*list == '\0')
            verdict->cell = i == TITLE ? raw->title_address : raw->visible_address;
        list = bms_arena_format(checking->arena, "%s%s%s", list, *list ? "; " : "", difference(checking, i));
    }
    if (*list == '\0')
        return false;
    bms_verdict_text(verdict, "list", list);
    checking->out->unit = NULL; /* which of the two it is for is not known */
    return true;
}

bool bms_rule_wrong_municipality(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    const bms_checking *checking = verdict->checking;
    const bms_definition *definition = checking->context->definition;
    const char *number = checking->identity.municipality;
    if (!definition || *number == '\0' || own_number(&definition->municipality, number))
        return false;
    bms_verdict_text(verdict, "theirs", number);
    bms_verdict_text(verdict, "ours", definition->municipality.number);
    bms_verdict_text(verdict, "municipality", definition->municipality.name);
    verdict->checking->out->unit = NULL; /* the same code may be another unit here */
    return true;
}

/** @return the unit whose code, and then whose name, is nearest to what the form says. */
static const bms_unit *nearest_unit(bms_checking *checking) {
    const bms_definition *definition = checking->context->definition;
    const bms_unit *nearest = NULL;
    size_t least = 0;
    for (size_t i = 0; i < definition->n_units; i++) {
        const bms_unit *unit = &definition->units[i];
        size_t code = bms_text_distance(unit->code, checking->identity.unit);
        size_t name = bms_text_distance(unit->name, checking->identity.title);
        if (code == SIZE_MAX || name == SIZE_MAX)
            bms_arena_fail(checking->arena);
        size_t distance = code < 1000 && name < 1000 ? code * 1000 + name : SIZE_MAX;
        if (!nearest || distance < least) {
            nearest = unit;
            least = distance;
        }
    }
    return nearest;
}

/** @return the unit that the title names, or NULL; the title is the name, a dash and the period. */
static const bms_unit *unit_of_title(const bms_checking *checking) {
    const bms_definition *definition = checking->context->definition;
    const char *title = checking->identity.title;
    for (size_t i = 0; i < definition->n_units; i++) {
        const bms_unit *unit = &definition->units[i];
        size_t length = strlen(unit->name);
        if (length > 0 && strncmp(title, unit->name, length) == 0 && strncmp(title + length, " –", 4) == 0)
            return unit;
    }
    return NULL;
}

bool bms_rule_unknown_unit_named(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    const bms_checking *checking = verdict->checking;
    if (!checking->context->definition || checking->unit != BMS_NONE)
        return false;
    const bms_unit *named = unit_of_title(checking);
    if (!named)
        return false;
    bms_verdict_text(verdict, "unit", checking->identity.unit);
    bms_verdict_text(verdict, "nearest", named->code);
    bms_verdict_text(verdict, "nearest_name", named->name);
    verdict->cell = checking->raw->visible_address;
    return true;
}

bool bms_rule_unknown_unit(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    bms_checking *checking = verdict->checking;
    if (!checking->context->definition || checking->unit != BMS_NONE)
        return false;
    const bms_unit *nearest = nearest_unit(checking);
    bms_verdict_text(verdict, "unit", checking->identity.unit);
    bms_verdict_text(verdict, "nearest", nearest ? nearest->code : "");
    bms_verdict_text(verdict, "nearest_name", nearest ? nearest->name : "");
    verdict->cell = checking->raw->visible_address;
    return true;
}

bool bms_rule_identity_lost(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    const bms_checking *checking = verdict->checking;
    return checking->questions_lost || is_lost(&checking->identity);
}

bool bms_rule_seal_invalid(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    return verdict->checking->seal == BMS_SEAL_WRONG;
}

/** Fill the places for the period the form is for, and one it should be for. */
static void name_periods(bms_verdict *verdict, const char *right) {
    bms_checking *checking = verdict->checking;
    verdict->cell = checking->raw->title_address;
    bms_verdict_text(verdict, "period", bms_checking_period_name(checking, checking->identity.period));
    bms_verdict_text(verdict, "right", bms_checking_period_name(checking, right));
}

bool bms_rule_wrong_period(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    const bms_checking *checking = verdict->checking;
    const char *expected = checking->context->expected_period;
    if (!expected || bms_code_compare(expected, checking->identity.period) == 0)
        return false;
    name_periods(verdict, expected);
    return true;
}

bool bms_rule_unplanned_period(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    const bms_checking *checking = verdict->checking;
    const bms_definition *definition = checking->context->definition;
    if (!definition)
        return false;
    if (checking->period != BMS_NONE && bms_definition_has_form(definition, checking->period))
        return false;
    name_periods(verdict, checking->identity.period);
    return true;
}

static bool same_measure(const bms_question_number *a, const bms_question_number *b) {
    return bms_text_same(a->unit_of_measure, b->unit_of_measure) &&
           bms_code_compare(a->same_as_indicator, b->same_as_indicator) == 0 &&
           (*a->same_as_indicator == '\0' || a->same_as_number == b->same_as_number);
}

/** @return whether two versions of a question measure the same; names, wording and targets may differ. */
static bool same_substance(const bms_question *a, const bms_question *b) {
    return a->kind == b->kind && a->basis == b->basis && bms_code_compare(a->period, b->period) == 0 &&
           bms_number_compare(a->factor, b->factor, 9) == 0 && same_measure(&a->numerator, &b->numerator) &&
           same_measure(&a->denominator, &b->denominator);
}

/** @return the names of the questions that measure something else today, "" for none. */
static const char *changed_questions(bms_checking *checking, const bms_form *today) {
    const char *list = "";
    for (size_t i = 0; i < checking->n_questions; i++) {
        const bms_question *then = &checking->questions[i];
        for (size_t j = 0; j < today->n_questions; j++) {
            const bms_question *now = &today->questions[j];
            if (bms_code_compare(then->indicator, now->indicator) == 0 && !same_substance(then, now))
                list = bms_arena_format(checking->arena, "%s%s%s", list, *list ? ", " : "", now->name);
        }
    }
    return list;
}

/** @return the names of the questions that only today's form has, "" for none. */
static const char *new_questions(bms_checking *checking, const bms_form *today) {
    const char *list = "";
    for (size_t j = 0; j < today->n_questions; j++) {
        size_t i = 0;
        while (i < checking->n_questions &&
               bms_code_compare(checking->questions[i].indicator, today->questions[j].indicator) != 0)
            i++;
        if (i == checking->n_questions) {
            list = bms_arena_format(checking->arena, "%s%s%s", list, *list ? ", " : "",
                                    today->questions[j].name);
        }
    }
    return list;
}

/** Make today's form where the return's is of an older definition. @return false where it is not older */
static bool make_today(bms_checking *checking, bms_form *today) {
    const bms_check_context *context = checking->context;
    bms_error error = {0};
    if (!context->definition || checking->unit == BMS_NONE || checking->period == BMS_NONE ||
        is_of_definition(checking))
        return false;
    const bms_form_request request = request_of(checking, context->language);
    if (bms_form_questions(checking->arena, &request, today, &error) == BMS_OK)
        return true;
    bms_arena_fail(checking->arena);
    return false;
}

/** Fill in the questions a rule is about. @return whether there are any */
static bool say_questions(bms_verdict *verdict, const char *names) {
    if (*names == '\0')
        return false;
    bms_verdict_text(verdict, "questions", names);
    return true;
}

bool bms_rule_older_definition(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    bms_form today;
    return make_today(verdict->checking, &today) &&
           say_questions(verdict, changed_questions(verdict->checking, &today));
}

bool bms_rule_older_form(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    bms_form today;
    return make_today(verdict->checking, &today) &&
           say_questions(verdict, new_questions(verdict->checking, &today));
}

bool bms_rule_hidden_identity_lost(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    return verdict->checking->raw->recognition == BMS_HIDDEN_IDENTITY_LOST;
}

bool bms_rule_visible_identity_lost(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    const bms_raw_return *raw = verdict->checking->raw;
    if (!raw->sheet) /* the whole sheet is lost, which has its own rule */
        return false;
    return raw->recognition == BMS_VISIBLE_IDENTITY_LOST ||
           (raw->recognition == BMS_BOTH_IDENTITIES && !is_complete(&raw->visible));
}

bool bms_rule_seal_not_verified(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    return verdict->checking->seal == BMS_SEAL_NOT_VERIFIED;
}
