/*
 * Rules between questions of one return: common bases, parts of a whole, red results without an action,
 * another unit's numbers, and shown results that differ from the numbers.
 */
#include "core/base/text.h"
#include "core/check/checking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The same base */

/** A question's number 2 as it is compared: folded once, as folding every pair takes long in a large form. */
struct base {
    const char *text;
    const char *unit_of_measure;
    bms_found_answer *answer;
};

static int by_base(const void *left, const void *right) {
    const struct base *a = left;
    const struct base *b = right;
    int order = strcmp(a->text, b->text);
    if (order == 0)
        order = strcmp(a->unit_of_measure, b->unit_of_measure);
    if (order == 0)
        order = (int)a->answer->question->basis - (int)b->answer->question->basis;
    return order != 0 ? order : bms_code_compare(a->answer->question->period, b->answer->question->period);
}

static int by_base_and_place(const void *left, const void *right) {
    const struct base *a = left;
    const struct base *b = right;
    int order = by_base(left, right);
    return order != 0 ? order : (a->answer > b->answer) - (a->answer < b->answer);
}

void bms_checking_find_bases(bms_checking *checking) {
    struct base *bases = bms_arena_alloc(checking->arena, checking->n_questions * sizeof *bases);
    size_t n = 0;
    for (size_t i = 0; bases && i < checking->n_questions; i++) {
        const bms_question_number *number = &checking->questions[i].denominator;
        if (*number->text != '\0') {
            bases[n++] =
                (struct base){bms_text_fold(checking->arena, number->text),
                              bms_text_fold(checking->arena, number->unit_of_measure), &checking->answers[i]};
        }
    }
    if (n > 1)
        qsort(bases, n, sizeof *bases, by_base_and_place);
    for (size_t i = 1; i < n; i++) {
        if (by_base(&bases[i - 1], &bases[i]) == 0)
            bases[i].answer->base_before = bases[i - 1].answer;
    }
}

bool bms_rule_common_base(const bms_subject *subject, bms_verdict *verdict) {
    const bms_found_answer *answer = subject->answer;
    const bms_found_number *here = &answer->numbers[BMS_DENOMINATOR];
    bms_found_answer *first = NULL;
    for (bms_found_answer *other = answer->base_before; other; other = other->base_before) {
        const bms_found_number *there = &other->numbers[BMS_DENOMINATOR];
        if (here->own && bms_found_given(here) && there->own && bms_found_given(there) && !other->spoiled &&
            !bms_number_equal(here->value, there->value))
            first = other;
    }
    if (!first)
        return false;
    const bms_found_number *there = &first->numbers[BMS_DENOMINATOR];
    bms_verdict_cell(verdict, "cell", here);
    bms_verdict_cell(verdict, "other_cell", there);
    bms_verdict_number(verdict, "value", here->value);
    bms_verdict_number(verdict, "other_value", there->value);
    bms_verdict_text(verdict, "other_name", first->question->name);
    bms_verdict_text(verdict, "question", here->asked->text);
    bms_verdict_other(verdict, first);
    verdict->cell = here->cell->address;
    return true;
}

/* Parts of a whole */

/** The parts of one number, and the sum of those that are given. */
struct parts {
    double sum;
    int decimals; /* the most that a part or the whole is written with */
    size_t n;
    bool all_given;
    bool one_is_larger;                         /* than the whole: the part has its own finding */
    const char *cells;                          /* "C7, C8" */
    bms_found_answer *answers[BMS_MOST_OTHERS]; /* of the first parts that are given */
};

/** @return how many decimals a number is written with. */
static int decimals_of(double value) {
    enum { MOST_DECIMALS = 6 };
    int decimals = 0;
    while (decimals < MOST_DECIMALS && !bms_number_equal(bms_number_round(value, decimals), value))
        decimals++;
    return decimals;
}

static void add_part(bms_checking *checking, bms_found_answer *answer, const bms_found_number *part,
                     double whole, struct parts *parts) {
    parts->sum += part->value;
    int decimals = decimals_of(part->value);
    parts->decimals = decimals > parts->decimals ? decimals : parts->decimals;
    parts->one_is_larger = parts->one_is_larger || bms_number_compare(part->value, whole, 9) > 0;
    parts->cells = bms_arena_format(checking->arena, "%s%s%s", parts->cells, parts->n > 0 ? ", " : "",
                                    part->cell ? part->cell->address : "");
    if (parts->n < BMS_MOST_OTHERS)
        parts->answers[parts->n] = answer;
    parts->n++;
}

static struct parts parts_of(bms_checking *checking, const bms_question *question, enum bms_which which,
                             const bms_found_number *whole) {
    struct parts parts = {.cells = "", .all_given = true, .decimals = decimals_of(whole->value)};
    for (size_t i = 0; i < checking->n_questions; i++) {
        bms_found_answer *answer = &checking->answers[i];
        for (int w = BMS_NUMERATOR; w <= BMS_DENOMINATOR; w++) {
            const bms_found_number *part = &answer->numbers[w];
            if (!part->asked || !part->own || part->asked->part_of_number != which ||
                bms_code_compare(part->asked->part_of_indicator, question->indicator) != 0)
                continue;
            parts.all_given = parts.all_given && bms_found_given(part) && !answer->spoiled;
            if (bms_found_given(part))
                add_part(checking, answer, part, whole->value, &parts);
        }
    }
    return parts;
}

/** Point at the whole and fill in the sum of its parts. */
static bool say_parts(bms_verdict *verdict, const struct parts *parts, const bms_found_number *whole) {
    bms_verdict_number(verdict, "sum", parts->sum);
    bms_verdict_number(verdict, "whole", whole->value);
    bms_verdict_text(verdict, "cells", parts->cells);
    bms_verdict_cell(verdict, "cell_whole", whole);
    for (size_t i = 0; i < parts->n && i < BMS_MOST_OTHERS; i++)
        bms_verdict_other(verdict, parts->answers[i]);
    verdict->cell = whole->cell->address;
    return true;
}

/**
 * Whole numbers must agree exactly. Where any has decimals, each may be rounded: half a unit of the last
 * decimal for each of them.
 *
 * @return by how much the parts exceed the whole; below 0 when their sum is less, 0 when they agree
 */
static double excess_of(const struct parts *parts, const bms_found_number *whole) {
    double difference = parts->sum - whole->value;
    double rounding = parts->decimals == 0 ? 0.0 : 0.5 * pow(10.0, -parts->decimals) * (double)(parts->n + 1);
    return bms_number_compare(fabs(difference), rounding, 9) > 0 ? difference : 0.0;
}

bool bms_rule_parts_above_total(const bms_subject *subject, bms_verdict *verdict) {
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        const bms_found_number *whole = &subject->answer->numbers[which];
        if (!bms_found_given(whole) || !whole->own)
            continue;
        struct parts parts =
            parts_of(verdict->checking, subject->answer->question, (enum bms_which)which, whole);
        if (parts.n >= 2 && !parts.one_is_larger && excess_of(&parts, whole) > 0.0)
            return say_parts(verdict, &parts, whole);
    }
    return false;
}

bool bms_rule_parts_not_all(const bms_subject *subject, bms_verdict *verdict) {
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        const bms_found_number *whole = &subject->answer->numbers[which];
        if (!bms_found_given(whole) || !whole->own || !whole->asked->parts_are_all)
            continue;
        struct parts parts =
            parts_of(verdict->checking, subject->answer->question, (enum bms_which)which, whole);
        if (parts.n >= 2 && parts.all_given && excess_of(&parts, whole) < 0.0)
            return say_parts(verdict, &parts, whole);
    }
    return false;
}

/** @return an earlier number of a question, or one not known. */
static bms_number earlier_number(const bms_checking *checking, const bms_found_answer *answer,
                                 enum bms_which which, int period) {
    const bms_values *before =
        answer->indicator == BMS_NONE
            ? NULL
            : bms_before_answer(checking->context->before, checking->unit, answer->indicator, period);
    if (!before || before->state != BMS_REPORTED)
        return (bms_number){false, 0.0};
    return which == BMS_NUMERATOR ? before->numerator : before->denominator;
}

/** @return the sum of the parts in an earlier period; not known unless all of them are. */
static bms_number earlier_sum(const bms_checking *checking, const bms_question *question,
                              enum bms_which which, int period) {
    bms_number sum = {true, 0.0};
    for (size_t i = 0; i < checking->n_questions; i++) {
        const bms_found_answer *answer = &checking->answers[i];
        for (int w = BMS_NUMERATOR; w <= BMS_DENOMINATOR; w++) {
            const bms_question_number *asked = answer->numbers[w].asked;
            if (!asked || asked->part_of_number != which ||
                bms_code_compare(asked->part_of_indicator, question->indicator) != 0)
                continue;
            bms_number part = earlier_number(checking, answer, (enum bms_which)w, period);
            sum = (bms_number){sum.known && part.known, sum.value + part.value};
        }
    }
    return sum;
}

/** @return whether the parts have always added up to the whole, often enough not to be by chance. */
static bool always_added_up(const bms_checking *checking, const bms_found_answer *answer,
                            enum bms_which which) {
    enum { OFTEN_ENOUGH = 4 };
    size_t n = 0;
    if (!checking->context->before || checking->unit == BMS_NONE || answer->indicator == BMS_NONE)
        return false;
    for (int p = 0; p < answer->period; p++) {
        bms_number whole = earlier_number(checking, answer, which, p);
        bms_number sum = earlier_sum(checking, answer->question, which, p);
        if (!whole.known || !sum.known)
            continue;
        if (!bms_number_equal(whole.value, sum.value))
            return false;
        n++;
    }
    return n >= OFTEN_ENOUGH;
}

bool bms_rule_parts_below_total(const bms_subject *subject, bms_verdict *verdict) {
    bms_checking *checking = verdict->checking;
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        const bms_found_number *whole = &subject->answer->numbers[which];
        if (!bms_found_given(whole) || !whole->own)
            continue;
        struct parts parts = parts_of(checking, subject->answer->question, (enum bms_which)which, whole);
        if (parts.n >= 2 && parts.all_given && excess_of(&parts, whole) < 0.0 &&
            always_added_up(checking, subject->answer, (enum bms_which)which))
            return say_parts(verdict, &parts, whole);
    }
    return false;
}

/* Red */

/** @return whether an action in the return is linked to the question. */
static bool has_action(const bms_checking *checking, const bms_question *question) {
    for (size_t i = 0; i < checking->raw->n_actions; i++) {
        if (strcmp(checking->links[i], question->indicator) == 0)
            return true;
    }
    return false;
}

/** @return whether the result is red with neither an action nor a comment; `verdict` is then filled in. */
static bool is_red_without_action(const bms_subject *subject, bms_verdict *verdict) {
    const bms_checking *checking = verdict->checking;
    const bms_found_answer *answer = subject->answer;
    const bms_question *question = answer->question;
    const bms_limits *limits = &question->limits;
    bms_number result = bms_result(question->kind, question->factor, &answer->answer);
    if (!checking->finished || bms_colour_of(limits, result) != BMS_RED || *answer->comment != '\0' ||
        has_action(checking, question))
        return false;
    double limit = limits->red;
    if (limits->better == BMS_BAND && result.value > limits->red)
        limit = limits->red_to;
    int decimals = bms_shown_decimals(limits, result, question->decimals);
    const char *language = checking->context->language;
    const char *shown = bms_number_text(checking->arena, result.value, decimals, language);
    const char *shown_limit = bms_number_plain(checking->arena, limit, language);
    bms_verdict_measured(verdict, "result", shown, question->unit_of_result);
    bms_verdict_measured(verdict, "limit", shown_limit, question->unit_of_result);
    verdict->cell = answer->row->comment.address;
    bms_verdict_text(verdict, "cell", verdict->cell);
    return true;
}

bool bms_rule_red_needs_action(const bms_subject *subject, bms_verdict *verdict) {
    return subject->answer->question->when_red == BMS_RED_IS_HELD && is_red_without_action(subject, verdict);
}

bool bms_rule_red_without_action(const bms_subject *subject, bms_verdict *verdict) {
    return subject->answer->question->when_red == BMS_RED_IS_WARNED &&
           !subject->answer->doubted && /* a comment is asked for already, if the number is right */
           is_red_without_action(subject, verdict);
}

/* Another unit's numbers */

enum { ENOUGH_TO_TELL_UNITS_APART = 3 };

/** @return the answer whose number 1 is the largest: the one that fewest others will have; NULL for none. */
static const bms_found_answer *most_telling(const bms_checking *checking) {
    const bms_found_answer *largest = NULL;
    for (size_t i = 0; i < checking->n_questions; i++) {
        const bms_found_answer *answer = &checking->answers[i];
        if (answer->answer.state == BMS_REPORTED && !bms_kind_of(answer->question->kind)->yes_or_no &&
            (!largest || fabs(answer->answer.numerator.value) > fabs(largest->answer.numerator.value)))
            largest = answer;
    }
    return largest && largest->indicator != BMS_NONE && largest->period != BMS_NONE ? largest : NULL;
}

/** @return whether a unit has given this answer too. */
static bool gave_too(const bms_checking *checking, int other, const bms_found_answer *answer) {
    const bms_values *theirs = NULL;
    if (answer->indicator != BMS_NONE && answer->period != BMS_NONE)
        theirs = bms_before_answer(checking->context->before, other, answer->indicator, answer->period);
    return theirs && theirs->state == BMS_REPORTED &&
           bms_number_equal(theirs->numerator.value, answer->answer.numerator.value) &&
           (!answer->answer.denominator.known ||
            bms_number_equal(theirs->denominator.value, answer->answer.denominator.value));
}

/** @return how many answers both units have given, all with the same numbers; 0 when any differs. */
static size_t same_answers(const bms_checking *checking, int other) {
    size_t n = 0;
    for (size_t i = 0; i < checking->n_questions; i++) {
        const bms_found_answer *answer = &checking->answers[i];
        if (answer->answer.state != BMS_REPORTED || bms_kind_of(answer->question->kind)->yes_or_no)
            continue;
        if (!gave_too(checking, other, answer))
            return 0;
        n += !bms_number_equal(answer->answer.numerator.value, 0.0);
    }
    return n;
}

bool bms_rule_others_numbers(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    bms_checking *checking = verdict->checking;
    const bms_definition *definition = checking->context->definition;
    if (!checking->context->before || !definition || checking->unit == BMS_NONE)
        return false;
    const bms_found_answer *telling = most_telling(checking);
    if (!telling)
        return false;
    bms_before_prepare(checking->context->before, telling->indicator, telling->period);
    for (size_t u = 0; u < definition->n_units; u++) {
        if ((int)u == checking->unit || !gave_too(checking, (int)u, telling) ||
            same_answers(checking, (int)u) < ENOUGH_TO_TELL_UNITS_APART)
            continue;
        bms_verdict_of_others(verdict, "unit", definition->units[u].name);
        verdict->cell = checking->raw->title_address;
        return true;
    }
    return false;
}

/* Results shown in the sheet */

/** @return whether this is the result as the form displays it: people type that over the formula. */
static bool is_as_displayed(const bms_question *question, double shown, double result) {
    for (int more = 0; more <= BMS_FURTHER_DECIMALS; more++) {
        if (bms_number_equal(shown, bms_number_round(result, question->decimals + more)))
            return true;
    }
    return false;
}

/** @return whether the row shows another result than its numbers give. */
static bool shows_another(const bms_found_answer *answer, double *shown) {
    const bms_raw_cell *cell = answer->row ? &answer->row->result : NULL;
    if (!cell || answer->spoiled || (cell->kind != BMS_RAW_NUMBER && cell->kind != BMS_RAW_PER_CENT))
        return false;
    *shown = cell->kind == BMS_RAW_PER_CENT ? 100.0 * cell->number : cell->number;
    bms_number result = bms_result(answer->question->kind, answer->question->factor, &answer->answer);
    if (!result.known)
        return true;
    double yes_or_no = result.value / 100.0; /* the form may show a yes as 1 */
    if (bms_kind_of(answer->question->kind)->yes_or_no && bms_number_equal(*shown, yes_or_no))
        return false;
    return !is_as_displayed(answer->question, *shown, result.value) &&
           fabs(*shown - result.value) > 1e-6 * fmax(1.0, fabs(result.value));
}

bool bms_rule_result_differs(const bms_subject *subject, bms_verdict *verdict) {
    (void)subject;
    bms_checking *checking = verdict->checking;
    const char *list = "";
    for (size_t i = 0; i < checking->n_questions; i++) {
        const bms_found_answer *answer = &checking->answers[i];
        double shown;
        if (!shows_another(answer, &shown))
            continue;
        const char *text = bms_number_plain(checking->arena, shown, checking->context->language);
        verdict->cell = verdict->cell ? verdict->cell : answer->row->result.address;
        list = bms_arena_format(checking->arena, "%s%s%s (%s: %s)", list, *list ? ", " : "",
                                answer->question->name, answer->row->result.address, text);
    }
    if (*list == '\0')
        return false;
    bms_verdict_text(verdict, "list", list);
    return true;
}
