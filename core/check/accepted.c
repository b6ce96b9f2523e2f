/*
 * How the coordinator's decisions change the outcome of a return: accepted findings, and a held return whose
 * rest is released.
 */
#include "core/base/text.h"
#include "core/check/checking.h"

#include <string.h>

/* Accepted findings */

bool bms_check_can_accept(const char *rule, bool *known) {
    size_t n;
    bool can = false;
    const bms_rule *rules = bms_check_rules(&n);
    *known = false;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rules[i].id, rule) != 0)
            continue;
        *known = true;
        can = can || rules[i].tolerance == BMS_MAY_STAND;
    }
    return can;
}

bool bms_check_can_correct(const char *rule) {
    size_t n;
    const bms_rule *rules = bms_check_rules(&n);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rules[i].id, rule) == 0 && rules[i].tolerance == BMS_BEYOND_FORM)
            return false;
    }
    return true;
}

/** @return a number as an acceptance records it, "-" where there is none. */
static const char *exact(bms_arena *arena, const bms_found_number *number) {
    char text[32];
    if (number->content != BMS_CONTENT_GIVEN)
        return "-";
    bms_number_shortest(number->value, text);
    return bms_arena_text(arena, text);
}

/** @return both numbers of an answer, and its reason where it has one: "10/7". */
static const char *numbers_of(bms_arena *arena, const bms_found_answer *answer) {
    const char *n = exact(arena, &answer->numbers[BMS_NUMERATOR]);
    const char *d = exact(arena, &answer->numbers[BMS_DENOMINATOR]);
    const char *reason = bms_reason_name(answer->reason);
    return bms_arena_format(arena, "%s/%s%s%s", n, d, *reason ? "/" : "", reason);
}

const char *bms_checking_about(const bms_verdict *verdict, const bms_found_answer *answer) {
    bms_arena *arena = verdict->checking->arena;
    const char *about = numbers_of(arena, answer);
    for (size_t i = 0; i < verdict->n_others; i++)
        about = bms_arena_format(arena, "%s %s", about, numbers_of(arena, verdict->others[i]));
    return about;
}

const bms_acceptance *bms_checking_accepted(const bms_checking *checking, const bms_finding *finding,
                                            const bms_acceptance **outdated) {
    *outdated = NULL;
    if (!finding->about || !finding->unit || !finding->indicator || !checking->out->period)
        return NULL;
    const bms_accepted_question question = {.rule = finding->rule,
                                            .unit = finding->unit,
                                            .period = checking->out->period,
                                            .indicator = finding->indicator,
                                            .about = finding->about};
    return bms_decisions_accepted(checking->context->decisions, &question, outdated);
}

/* Releasing the rest of a held return */

/** @return whether two answers use the same cell. */
static bool share_a_number(const bms_found_answer *a, const bms_found_answer *b) {
    for (int i = BMS_NUMERATOR; i <= BMS_DENOMINATOR; i++) {
        for (int j = BMS_NUMERATOR; j <= BMS_DENOMINATOR; j++) {
            const bms_raw_cell *cell = a->numbers[i].cell;
            if (cell && cell == b->numbers[j].cell)
                return true;
        }
    }
    return false;
}

/** Leave out the answers that share a number with `out`. @return whether there were any */
static bool leave_out_sharing(bms_checking *checking, const bms_found_answer *out) {
    bool any = false;
    for (size_t i = 0; i < checking->n_questions; i++) {
        bms_found_answer *answer = &checking->answers[i];
        if (!answer->left_out && share_a_number(answer, out))
            answer->left_out = any = true;
    }
    return any;
}

static void leave_out_wrong(bms_checking *checking) {
    bool more = true;
    for (size_t i = 0; i < checking->n_questions; i++) {
        bms_found_answer *answer = &checking->answers[i];
        answer->left_out = answer->spoiled || answer->involved;
    }
    while (more) {
        more = false;
        for (size_t i = 0; i < checking->n_questions; i++) {
            if (checking->answers[i].left_out)
                more = leave_out_sharing(checking, &checking->answers[i]) || more;
        }
    }
}

/** @return whether every error is about a question; one about the form as a whole cannot be left out. */
static bool can_be_released(const bms_checking *checking, size_t first) {
    for (size_t i = first; i < checking->findings->n; i++) {
        const bms_finding *finding = &checking->findings->items[i];
        if (finding->severity >= BMS_ERROR && !finding->indicator)
            return false;
    }
    return true;
}

const bms_release *bms_checking_release(bms_checking *checking, size_t first) {
    const bms_check_context *context = checking->context;
    const bms_checked_return *out = checking->out;
    const bms_release *release = NULL;
    if (out->unit && out->period && can_be_released(checking, first)) {
        release = bms_decisions_released(context->decisions, out->unit, out->period,
                                         context->sha256 ? context->sha256 : "");
    }
    if (release)
        leave_out_wrong(checking);
    return release;
}
