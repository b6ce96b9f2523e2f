/*
 * Rules about a question's two numbers together, about its reason, and about the return as a whole. Rules
 * about one cell are in cells.c, those between questions in together.c.
 */
#include "core/base/text.h"
#include "core/check/checking.h"

#include <string.h>

static const bms_found_number *numerator_of(const bms_subject *subject) {
    return &subject->answer->numbers[BMS_NUMERATOR];
}

static const bms_found_number *denominator_of(const bms_subject *subject) {
    return &subject->answer->numbers[BMS_DENOMINATOR];
}

static const bms_kind_traits *kind_of(const bms_subject *subject) {
    return bms_kind_of(subject->answer->question->kind);
}

static const char *address_of(const bms_found_number *number) {
    return number->cell ? number->cell->address : "";
}

/** Compared like results are, so that 0.1 + 0.2 does not exceed 0.3. */
static bool exceeds(double a, double b) {
    return bms_number_compare(a, b, 9) > 0;
}

/** Point at the numerator and fill in both numbers. */
static bool say_both(const bms_subject *subject, bms_verdict *verdict) {
    const bms_found_number *n = numerator_of(subject);
    const bms_found_number *d = denominator_of(subject);
    verdict->cell = n->own ? address_of(n) : address_of(d);
    bms_verdict_number(verdict, "n", n->value);
    bms_verdict_number(verdict, "d", d->value);
    const bms_checking *checking = verdict->checking;
    bms_verdict_measured(verdict, "whole",
                         bms_number_plain(checking->arena, d->value, checking->context->language),
                         d->asked->unit_of_measure);
    bms_verdict_text(verdict, "cell_n", address_of(n));
    bms_verdict_text(verdict, "cell_d", address_of(d));
    return true;
}

static void say_reason(const bms_subject *subject, bms_verdict *verdict) {
    const char *language = verdict->checking->context->language;
    verdict->cell = subject->answer->row->reason.address;
    bms_verdict_text(verdict, "cell", verdict->cell);
    bms_verdict_text(verdict, "reason", bms_tr(language, bms_reason_text(subject->answer->reason)));
}

bool bms_rule_must_be_answered(const bms_subject *subject, bms_verdict *verdict) {
    const bms_found_answer *answer = subject->answer;
    if (!answer->question->must_answer || answer->reason != BMS_NOT_RELEVANT ||
        answer->answer.state != BMS_NOT_APPLICABLE)
        return false;
    say_reason(subject, verdict);
    return true;
}

/** @return the number that is missing where the other is given and no reason explains it; else NULL. */
static const bms_found_number *lacking(const bms_found_answer *answer) {
    const bms_found_number *n = &answer->numbers[BMS_NUMERATOR];
    const bms_found_number *d = &answer->numbers[BMS_DENOMINATOR];
    if (!d->asked || answer->answer.state != BMS_MISSING || answer->reason != BMS_NO_REASON ||
        !bms_found_any(answer, BMS_CONTENT_GIVEN) || bms_found_given(n) == bms_found_given(d))
        return NULL;
    return bms_found_given(n) ? d : n;
}

/** Fill in which number is given and which is missing. */
static void say_lacking(const bms_subject *subject, bms_verdict *verdict, const bms_found_number *missing) {
    const bms_found_number *there =
        missing == numerator_of(subject) ? denominator_of(subject) : numerator_of(subject);
    verdict->cell = address_of(missing);
    bms_verdict_text(verdict, "missing_cell", address_of(missing));
    bms_verdict_text(verdict, "missing_question", missing->asked->text);
    bms_verdict_text(verdict, "given_cell", address_of(there));
    bms_verdict_text(verdict, "given_question", there->asked->text);
    bms_verdict_number(verdict, "value", there->value);
}

bool bms_rule_dash_beside_number(const bms_subject *subject, bms_verdict *verdict) {
    const bms_found_number *missing = lacking(subject->answer);
    if (!missing || missing->content != BMS_CONTENT_DASH)
        return false;
    say_lacking(subject, verdict, missing);
    bms_verdict_text(verdict, "text", bms_raw_text(verdict->checking, missing->cell));
    return true;
}

bool bms_rule_one_of_two(const bms_subject *subject, bms_verdict *verdict) {
    const bms_found_number *missing = lacking(subject->answer);
    if (!missing)
        return false;
    say_lacking(subject, verdict, missing);
    return true;
}

/** @return whether both numbers are given and the second is 0. */
static bool is_part_of_zero(const bms_subject *subject) {
    return bms_found_given(numerator_of(subject)) && bms_found_given(denominator_of(subject)) &&
           !exceeds(denominator_of(subject)->value, 0) && !exceeds(0, denominator_of(subject)->value);
}

bool bms_rule_mean_of_nobody(const bms_subject *subject, bms_verdict *verdict) {
    return kind_of(subject)->on_a_scale && is_part_of_zero(subject) && say_both(subject, verdict);
}

bool bms_rule_part_of_nothing(const bms_subject *subject, bms_verdict *verdict) {
    return kind_of(subject)->zero_with_whole && is_part_of_zero(subject) &&
           exceeds(numerator_of(subject)->value, 0) && say_both(subject, verdict);
}

static bool is_above_whole(const bms_subject *subject) {
    return kind_of(subject)->part_of_whole && bms_found_given(numerator_of(subject)) &&
           bms_found_given(denominator_of(subject)) &&
           exceeds(numerator_of(subject)->value, denominator_of(subject)->value);
}

/** @return whether a number would be valid in the other's place. */
static bool would_fit(double value, const bms_found_number *place) {
    return (!place->asked->least.known || !exceeds(place->asked->least.value, value)) &&
           (!place->asked->most.known || !exceeds(value, place->asked->most.value));
}

/** @return whether the numbers may have been swapped, judged by the question alone. */
static bool may_be_swapped(const bms_subject *subject) {
    const bms_found_number *n = numerator_of(subject);
    const bms_found_number *d = denominator_of(subject);
    return is_above_whole(subject) && n->own && d->own && would_fit(n->value, d) && would_fit(d->value, n);
}

static bool say_swapped(const bms_subject *subject, bms_verdict *verdict) {
    double swapped = 100.0 * denominator_of(subject)->value / numerator_of(subject)->value;
    bms_verdict_rounded(verdict, "turned", swapped, subject->answer->question->decimals);
    return say_both(subject, verdict);
}

bool bms_rule_swapped_near(const bms_subject *subject, bms_verdict *verdict) {
    enum bms_compared with;
    double usual;
    if (!may_be_swapped(subject) ||
        !bms_checking_swapped_fits(verdict->checking, subject->answer, &with, &usual) ||
        with != BMS_COMPARED_WITH_EARLIER)
        return false;
    bms_verdict_rounded(verdict, "usual", usual, subject->answer->question->decimals);
    return say_swapped(subject, verdict);
}

bool bms_rule_swapped_like_peers(const bms_subject *subject, bms_verdict *verdict) {
    bms_checking *checking = verdict->checking;
    enum bms_compared with;
    double usual;
    if (!may_be_swapped(subject) || !bms_checking_swapped_fits(checking, subject->answer, &with, &usual) ||
        with != BMS_COMPARED_WITH_PEERS)
        return false;
    bms_verdict_text(verdict, "group", checking->context->definition->units[checking->unit].group);
    bms_verdict_of_others(verdict, "usual",
                          bms_number_text(checking->arena, usual, subject->answer->question->decimals,
                                          checking->context->language));
    return say_swapped(subject, verdict);
}

bool bms_rule_swapped(const bms_subject *subject, bms_verdict *verdict) {
    enum bms_compared with;
    double usual;
    return may_be_swapped(subject) &&
           !bms_checking_swapped_fits(verdict->checking, subject->answer, &with, &usual) &&
           with == BMS_COMPARED_WITH_NOTHING && say_swapped(subject, verdict);
}

bool bms_rule_part_above_whole(const bms_subject *subject, bms_verdict *verdict) {
    return is_above_whole(subject) && say_both(subject, verdict);
}

/** @return whether a whole is this question's own denominator: bms_rule_part_above_whole reports it. */
static bool is_own_whole(const bms_found_answer *answer, const bms_found_number *whole) {
    const bms_found_number *d = &answer->numbers[BMS_DENOMINATOR];
    return bms_kind_of(answer->question->kind)->part_of_whole && d->cell && d->cell == whole->cell;
}

bool bms_rule_part_above_total(const bms_subject *subject, bms_verdict *verdict) {
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        const bms_found_number *part = &subject->answer->numbers[which];
        if (!part->asked || !bms_found_given(part) || *part->asked->part_of_indicator == '\0')
            continue;
        bms_found_answer *other = bms_checking_answer(verdict->checking, part->asked->part_of_indicator);
        const bms_found_number *whole = other ? &other->numbers[part->asked->part_of_number] : NULL;
        if (!whole || !bms_found_given(whole) || is_own_whole(subject->answer, whole) ||
            !exceeds(part->value, whole->value))
            continue;
        verdict->cell = address_of(part);
        bms_verdict_number(verdict, "part", part->value);
        bms_verdict_number(verdict, "whole", whole->value);
        bms_verdict_text(verdict, "whole_name", other->question->name);
        bms_verdict_text(verdict, "cell_part", address_of(part));
        bms_verdict_text(verdict, "cell_whole", address_of(whole));
        bms_verdict_other(verdict, other);
        return true;
    }
    return false;
}

bool bms_rule_value_and_reason(const bms_subject *subject, bms_verdict *verdict) {
    const bms_found_answer *answer = subject->answer;
    if (answer->reason == BMS_NO_REASON || !bms_found_any(answer, BMS_CONTENT_GIVEN) ||
        bms_reason_state(answer->reason) == answer->answer.state)
        return false;
    say_reason(subject, verdict);
    return true;
}

bool bms_rule_half_and_reason(const bms_subject *subject, bms_verdict *verdict) {
    const bms_found_answer *answer = subject->answer;
    if (answer->reason == BMS_NO_REASON || !bms_found_any(answer, BMS_CONTENT_GIVEN) ||
        answer->answer.numerator.known || answer->answer.denominator.known)
        return false;
    say_reason(subject, verdict);
    return true;
}

/** @return whether something else than the fetched number is typed in the cell that fetches it. */
static bool is_typed_over(const bms_found_number *number, const bms_raw_cell *here) {
    double value = here->number;
    enum bms_number_reading reading =
        here->kind == BMS_RAW_TEXT ? bms_number_read(here->text ? here->text : "", &value) : BMS_READ_NUMBER;
    if (!number->asked || number->own || here->formula || here->kind == BMS_RAW_BLANK ||
        reading == BMS_READ_BLANK || reading == BMS_READ_DASH)
        return false;
    return (here->kind != BMS_RAW_NUMBER && here->kind != BMS_RAW_TEXT) || reading != BMS_READ_NUMBER ||
           !bms_found_given(number) || exceeds(value, number->value) || exceeds(number->value, value);
}

bool bms_rule_typed_over(const bms_subject *subject, bms_verdict *verdict) {
    const bms_raw_row *row = subject->answer->row;
    for (int which = BMS_NUMERATOR; row && which <= BMS_DENOMINATOR; which++) {
        const bms_found_number *number = &subject->answer->numbers[which];
        const bms_raw_cell *here = which == BMS_NUMERATOR ? &row->numerator : &row->denominator;
        if (!is_typed_over(number, here))
            continue;
        const bms_found_answer *there =
            bms_checking_answer(verdict->checking, number->asked->same_as_indicator);
        verdict->cell = here->address;
        bms_verdict_text(verdict, "cell", here->address);
        bms_verdict_text(verdict, "text", bms_raw_text(verdict->checking, here));
        bms_verdict_text(verdict, "other", there->question->name);
        bms_verdict_text(verdict, "cell_there", address_of(number));
        return true;
    }
    return false;
}

bool bms_rule_not_explained(const bms_subject *subject, bms_verdict *verdict) {
    const bms_found_answer *answer = subject->answer;
    if (!verdict->checking->finished || answer->reason != BMS_NOT_CARRIED_OUT ||
        answer->answer.state != BMS_MISSING || *answer->comment != '\0')
        return false;
    say_reason(subject, verdict);
    verdict->cell = answer->row->comment.address;
    bms_verdict_text(verdict, "comment", verdict->cell);
    return true;
}

bool bms_rule_budget_of_zero(const bms_subject *subject, bms_verdict *verdict) {
    return kind_of(subject)->difference && is_part_of_zero(subject) &&
           subject->answer->answer.state == BMS_REPORTED && say_both(subject, verdict);
}

bool bms_rule_unknown_reason(const bms_subject *subject, bms_verdict *verdict) {
    const bms_found_answer *answer = subject->answer;
    if (!answer->other_reason)
        return false;
    verdict->cell = answer->row->reason.address;
    bms_verdict_text(verdict, "cell", verdict->cell);
    bms_verdict_text(verdict, "text", answer->other_reason);
    return true;
}

bool bms_rule_dash(const bms_subject *subject, bms_verdict *verdict) {
    const bms_found_answer *answer = subject->answer;
    if (answer->reason != BMS_NO_REASON || answer->other_reason || answer->answer.state != BMS_MISSING ||
        !bms_found_any(answer, BMS_CONTENT_DASH))
        return false;
    const bms_found_number *n = numerator_of(subject);
    const bms_found_number *dash = n->own && n->content == BMS_CONTENT_DASH ? n : denominator_of(subject);
    verdict->cell = address_of(dash);
    bms_verdict_text(verdict, "cell", verdict->cell);
    bms_verdict_text(verdict, "text", bms_raw_text(verdict->checking, dash->cell));
    return true;
}

/* The return as a whole */

/** @return whether the unit has entered anything at all in the row. */
static bool is_touched(const bms_found_answer *answer) {
    return answer->spoiled || answer->reason != BMS_NO_REASON || answer->other_reason ||
           bms_found_any(answer, BMS_CONTENT_GIVEN) || bms_found_any(answer, BMS_CONTENT_DASH) ||
           bms_found_any(answer, BMS_CONTENT_BAD);
}

static bool is_empty(const bms_checking *checking) {
    for (size_t i = 0; i < checking->n_questions; i++) {
        if (is_touched(&checking->answers[i]))
            return false;
    }
    return checking->n_questions > 0;
}

bool bms_rule_empty_form(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    const bms_checking *checking = verdict->checking;
    if (!checking->finished || !is_empty(checking))
        return false;
    verdict->cell = checking->raw->signed_by.address;
    bms_verdict_text(verdict, "who", checking->out->signed_by);
    return true;
}

static bool is_missing(const bms_found_answer *answer) {
    return answer->question->required && !answer->has_finding && answer->reason == BMS_NO_REASON &&
           answer->answer.state == BMS_MISSING;
}

/** @return the cell where an answer was expected: the question's own, not that of a shared number. */
static const char *expected_at(const bms_found_answer *answer) {
    const bms_found_number *n = &answer->numbers[BMS_NUMERATOR];
    return n->own ? address_of(n) : address_of(&answer->numbers[BMS_DENOMINATOR]);
}

bool bms_rule_missing(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    bms_checking *checking = verdict->checking;
    const char *list = "";
    size_t n = 0;
    for (size_t i = 0; checking->finished && i < checking->n_questions; i++) {
        const bms_found_answer *answer = &checking->answers[i];
        if (!is_missing(answer))
            continue;
        verdict->cell = n == 0 ? expected_at(answer) : verdict->cell;
        list = bms_arena_format(checking->arena, "%s%s%s (%s)", list, n > 0 ? ", " : "",
                                answer->question->name, expected_at(answer));
        n++;
    }
    if (n == 0)
        return false;
    bms_verdict_number(verdict, "n", (double)n);
    bms_verdict_text(verdict, "list", list);
    return true;
}

static bool is_named(const char *name, const char *who) {
    return name && *name != '\0' && bms_text_same(name, who);
}

/** @return whether the signer leads the unit, stands in for its leader, or leads a unit above it. */
static bool may_sign(const bms_definition *definition, int unit, bms_day day, const char *who) {
    for (int at = unit; at != BMS_NONE; at = bms_unit_parent_on(&definition->units[at], day)) {
        if (is_named(definition->units[at].leader, who) || is_named(definition->units[at].deputy, who))
            return true;
    }
    return false;
}

bool bms_rule_signed_by_other(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    const bms_checking *checking = verdict->checking;
    const bms_definition *definition = checking->context->definition;
    const char *who = checking->out->signed_by;
    if (!definition || checking->unit == BMS_NONE || checking->period == BMS_NONE || !checking->finished)
        return false;
    bms_day day = definition->calendar[checking->period].period.to;
    for (size_t u = 0; u < definition->n_units; u++) {
        const bms_unit *other = &definition->units[u];
        if (!is_named(other->leader, who) || !bms_unit_valid(other, day))
            continue;
        if (may_sign(definition, checking->unit, day, who))
            return false;
        bms_verdict_text(verdict, "who", who);
        bms_verdict_of_others(verdict, "other", other->name);
        bms_verdict_text(verdict, "unit", definition->units[checking->unit].name);
        verdict->cell = checking->raw->signed_by.address;
        return true;
    }
    return false;
}

/** @return the last day of the form's period, where it is known or its code says it; else BMS_NO_DAY. */
static bms_day last_day(const bms_checking *checking) {
    bms_period period;
    if (checking->period != BMS_NONE)
        return checking->context->definition->calendar[checking->period].period.to;
    return bms_period_parse(checking->identity.period, &period) ? period.to : BMS_NO_DAY;
}

bool bms_rule_signed_early(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    bms_checking *checking = verdict->checking;
    bms_day last = last_day(checking);
    bms_day signed_on;
    if (!checking->finished || last == BMS_NO_DAY || !bms_day_parse(checking->out->signed_on, &signed_on))
        return false;
    const char *language = checking->context->language;
    verdict->cell = checking->raw->signed_on.address;
    bms_verdict_text(verdict, "signed", bms_day_text(checking->arena, signed_on, language));
    bms_verdict_text(verdict, "last", bms_day_text(checking->arena, last, language));
    return signed_on < last;
}

bool bms_rule_unfinished(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    verdict->cell = verdict->checking->raw->signed_by.address;
    return !verdict->checking->finished;
}
