/**
 * What the live formulas of a correction give for what was sent (see formula.c, which this follows step by
 * step), stored beside them: a program that does not calculate shows the same as one that does.
 */
#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "xlsx/layout/form/layout.h"

#include <math.h>
#include <string.h>

/** A cell as it is written in the correction: blank (neither), a number, or a text. */
struct value {
    bms_number number;
    const char *text; /* NULL: none */
};

/** One question with what was sent for it. */
struct answer {
    const bms_form_layout *layout;
    const bms_question *question;
    size_t i;
    int numbers; /* how many it has */
    bool fetched[2];
    struct value values[2];
};

static bool is_blank(const struct value *value) {
    return !value->number.known && (!value->text || value->text[strspn(value->text, " ")] == '\0');
}

static const bms_question_number *asked_of(const bms_question *question, int which) {
    return which == BMS_NUMERATOR ? &question->numerator : &question->denominator;
}

static struct value value_of(const bms_form_layout *layout, const bms_raw_cell *sent) {
    if (sent && sent->kind == BMS_RAW_NUMBER)
        return (struct value){.number = {true, sent->number}};
    return (struct value){.text = sent ? bms_form_sent_text(layout, sent) : NULL};
}

/** @return a number of a question, wherever it is asked for. */
static struct value find_value(const bms_form_layout *layout, size_t i, enum bms_which which) {
    return value_of(layout, bms_form_sent_cell(layout, i, which));
}

static struct answer answer_of(const bms_form_layout *layout, size_t i) {
    const bms_question *question = &layout->form->questions[i];
    struct answer answer = {.layout = layout,
                            .question = question,
                            .i = i,
                            .numbers = bms_kind_of(question->kind)->has_denominator ? 2 : 1};
    for (int n = 0; n < answer.numbers; n++) {
        size_t source = 0;
        answer.fetched[n] = bms_form_is_fetched(layout, asked_of(question, n), &source);
        answer.values[n] = find_value(layout, i, (enum bms_which)n);
    }
    return answer;
}

/* The result */

/** @return 100 for yes, 0 for no. */
static bms_number yes_or_no(const struct answer *answer) {
    const struct value *value = &answer->values[0];
    if (value->number.known) {
        const double number = value->number.value;
        const bool valid = bms_number_equal(number, 0) || bms_number_equal(number, 1);
        return (bms_number){valid, 100 * number};
    }
    const char *text = value->text ? value->text : "";
    const bool yes = bms_text_same(text, bms_form_tr(answer->layout, BMS_WORD_YES));
    return (bms_number){yes || bms_text_same(text, bms_form_tr(answer->layout, BMS_WORD_NO)), yes ? 100 : 0};
}

static bms_number result_of(const struct answer *answer) {
    const bms_question *question = answer->question;
    if (bms_kind_of(question->kind)->yes_or_no)
        return yes_or_no(answer);
    const bms_values values = {BMS_REPORTED, answer->values[0].number, answer->values[1].number};
    if (!values.numerator.known || (answer->numbers == 2 && (!values.denominator.known ||
                                                             bms_number_equal(values.denominator.value, 0))))
        return (bms_number){false, 0};
    return bms_result(question->kind, question->factor, &values);
}

bms_number bms_form_live_result(const bms_form_layout *layout, size_t i) {
    const struct answer answer = answer_of(layout, i);
    return result_of(&answer);
}

/* Remarks */

static const char *remark(const struct answer *answer, const char *text) {
    return bms_arena_format(answer->layout->arena, "%s: %s", bms_form_check_word(answer->layout->language),
                            bms_form_tr(answer->layout, text));
}

/** A remark about number 1 or 2. @param place  of another thing it names; "": none */
static const char *number_remark(const struct answer *answer, int n, const char *text, const char *place,
                                 const char *value) {
    return bms_message(answer->layout->arena, remark(answer, text), "n", n == 0 ? "1" : "2", place, value,
                       NULL);
}

static const char *unanswered(const struct answer *answer) {
    const bms_form_layout *layout = answer->layout;
    const bms_raw_row *sent = bms_form_sent_row(layout, answer->i);
    const struct value reason = value_of(layout, sent ? &sent->reason : NULL);
    if (is_blank(&reason))
        return bms_form_status_when_empty(layout->arena, answer->question, layout->language);
    const char *text = reason.text ? bms_text_trim(layout->arena, reason.text)
                                   : bms_number_plain(layout->arena, reason.number.value, layout->language);
    const char *not_relevant = bms_form_tr(layout, bms_reason_text(BMS_NOT_RELEVANT));
    if (answer->question->must_answer && bms_text_same(text, not_relevant))
        return remark(answer, BMS_REMARK_MUST_ANSWER);
    return bms_colour_mark(layout->arena, BMS_NO_COLOUR, text);
}

static bool is_unanswered(const struct answer *answer) {
    const bool none_own = answer->fetched[0] && (answer->numbers == 1 || answer->fetched[1]);
    for (int n = 0; n < answer->numbers; n++) {
        if ((none_own || !answer->fetched[n]) && !is_blank(&answer->values[n]))
            return false;
    }
    return true;
}

static bool has_reason(const struct answer *answer) {
    const bms_raw_row *sent = bms_form_sent_row(answer->layout, answer->i);
    const struct value reason = value_of(answer->layout, sent ? &sent->reason : NULL);
    return !is_blank(&reason);
}

static const char *nobody(const struct answer *answer) {
    const bms_form_layout *layout = answer->layout;
    return bms_colour_mark(layout->arena, BMS_NO_COLOUR,
                           bms_why_title(layout->arena, layout->language, BMS_WHY_NOBODY));
}

/** What is wrong with the numbers being there and being numbers; NULL: nothing. */
static const char *look_at_presence(const struct answer *answer) {
    const bms_number d = answer->values[1].number;
    for (int n = 0; n < answer->numbers; n++) {
        if (!answer->values[n].number.known && !is_blank(&answer->values[n]))
            return number_remark(answer, n, BMS_REMARK_NOT_A_NUMBER, "", "");
    }
    if (bms_kind_of(answer->question->kind)->on_a_scale && d.known && bms_number_equal(d.value, 0))
        return is_blank(&answer->values[0]) ? nobody(answer) : remark(answer, BMS_REMARK_MEAN_OF_NOBODY);
    for (int n = 0; n < answer->numbers; n++) {
        if (is_blank(&answer->values[n]))
            return number_remark(answer, n, BMS_REMARK_MISSING, "", "");
    }
    return has_reason(answer) ? remark(answer, BMS_REMARK_BOTH) : NULL;
}

static const char *look_at_range(const struct answer *answer, int n) {
    const bms_question_number *asked = asked_of(answer->question, n);
    const double value = answer->values[n].number.value;
    const bms_form_layout *layout = answer->layout;
    if (answer->fetched[n])
        return NULL;
    if (asked->least.known && value < asked->least.value) {
        return number_remark(answer, n, BMS_REMARK_BELOW, "limit",
                             bms_number_plain(layout->arena, asked->least.value, layout->language));
    }
    if (asked->most.known && value > asked->most.value) {
        return number_remark(answer, n, BMS_REMARK_ABOVE, "limit",
                             bms_number_plain(layout->arena, asked->most.value, layout->language));
    }
    return asked->whole && !bms_number_equal(value, floor(value))
               ? number_remark(answer, n, BMS_REMARK_DECIMALS, "", "")
               : NULL;
}

static const char *look_at_whole(const struct answer *answer, int n) {
    const bms_form_layout *layout = answer->layout;
    const bms_question_number *asked = asked_of(answer->question, n);
    for (size_t i = 0; *asked->part_of_indicator && i < layout->form->n_questions; i++) {
        const bms_question *whole = &layout->form->questions[i];
        if (strcmp(whole->indicator, asked->part_of_indicator) != 0)
            continue;
        const bms_number value = find_value(layout, i, asked->part_of_number).number;
        if (value.known && bms_number_compare(answer->values[n].number.value, value.value, 9) > 0)
            return number_remark(answer, n, BMS_REMARK_ABOVE_WHOLE, "whole", whole->name);
    }
    return NULL;
}

/** @return with how many decimals a number is written, up to 3; 6 for more. */
static int decimals_of(double value) {
    for (int decimals = 0; decimals <= 3; decimals++) {
        if (bms_number_equal(bms_number_round(value, decimals), value))
            return decimals;
    }
    return 6;
}

static const char *look_at_parts(const struct answer *answer, int n) {
    const bms_form_layout *layout = answer->layout;
    bms_form_cells cells;
    const double whole = answer->values[n].number.value;
    const bool all = asked_of(answer->question, n)->parts_are_all;
    int decimals = decimals_of(whole);
    double sum = 0.0;
    size_t given = 0;
    const char *list = "";
    bms_form_find_cells(layout, answer->i, &cells);
    for (size_t p = 0; p < cells.n_parts[n]; p++) {
        const bms_number part =
            find_value(layout, cells.parts[n][p].question, cells.parts[n][p].which).number;
        list = bms_arena_format(layout->arena, "%s%s%s", list, p > 0 ? "," : "", cells.parts[n][p].cell);
        if (!part.known)
            continue;
        given++;
        sum += part.value;
        decimals = decimals_of(part.value) > decimals ? decimals_of(part.value) : decimals;
    }
    if (given < 2)
        return NULL;
    const double apart = all && given == cells.n_parts[n] ? fabs(sum - whole) : sum - whole;
    const double rounding = decimals == 0 ? 0.0 : 0.5 * pow(10.0, -decimals) * (double)(given + 1);
    if (bms_number_compare(apart, rounding, 9) <= 0)
        return NULL;
    return number_remark(answer, n, all ? BMS_REMARK_NOT_THE_SUM : BMS_REMARK_BELOW_PARTS, "cells", list);
}

static const char *look_at_pair(const struct answer *answer) {
    const bms_kind_traits *kind = bms_kind_of(answer->question->kind);
    const double n = answer->values[0].number.value;
    const double d = answer->values[1].number.value;
    if (answer->numbers < 2)
        return NULL;
    if (!kind->on_a_scale && bms_number_equal(d, 0))
        return bms_number_equal(n, 0) ? nobody(answer) : remark(answer, BMS_REMARK_PART_OF_NOTHING);
    return kind->part_of_whole && n > d ? remark(answer, BMS_REMARK_SWAPPED) : NULL;
}

/** What is wrong with the numbers themselves; NULL: nothing. */
static const char *look_at_numbers(const struct answer *answer) {
    const char *found = NULL;
    for (int n = 0; !found && n < answer->numbers; n++) {
        found = look_at_range(answer, n);
        if (!found)
            found = look_at_whole(answer, n);
        if (!found)
            found = look_at_parts(answer, n);
    }
    return found ? found : look_at_pair(answer);
}

/* The colour */

static bool has_action(const struct answer *answer) {
    const bms_form_layout *layout = answer->layout;
    const char *link = bms_form_link(layout->arena, answer->question);
    for (size_t i = 0; i < layout->form->n_actions; i++) {
        if (bms_text_same(bms_form_action_link(layout, layout->form->actions[i].linked_to), link))
            return true;
    }
    return false;
}

static const char *action_prompt(const struct answer *answer) {
    const bms_form_layout *layout = answer->layout;
    const bms_raw_row *sent = bms_form_sent_row(layout, answer->i);
    const struct value comment = value_of(layout, sent ? &sent->comment : NULL);
    const enum bms_when_red when = answer->question->when_red;
    if (when == BMS_RED_IS_TAKEN || !is_blank(&comment) || has_action(answer))
        return "";
    return when == BMS_RED_IS_HELD ? bms_form_must_act_words(layout->language)
                                   : bms_form_tr(layout, BMS_MAY_ACT_WORDS);
}

static const char *amount(const struct answer *answer) {
    const bms_form_layout *layout = answer->layout;
    const bms_kind_difference *difference = bms_kind_of(answer->question->kind)->difference;
    const double n = answer->values[0].number.value;
    const double d = answer->values[1].number.value;
    if (!difference || bms_number_equal(n, d))
        return "";
    return bms_arena_format(layout->arena, "\n%s %s",
                            bms_form_tr(layout, n > d ? difference->above : difference->below),
                            bms_number_text(layout->arena, fabs(n - d), 0, layout->language));
}

static const char *colour(const struct answer *answer) {
    const bms_form_layout *layout = answer->layout;
    const enum bms_colour colour = bms_colour_of(&answer->question->limits, result_of(answer));
    const char *words = colour == BMS_NO_COLOUR
                            ? bms_why_title(layout->arena, layout->language, BMS_WHY_NO_TARGET)
                            : bms_colour_title(layout->arena, layout->language, colour);
    const char *prompt = colour == BMS_RED ? action_prompt(answer) : "";
    return bms_arena_format(layout->arena, "%s%s%s%s", bms_colour_mark(layout->arena, colour, words),
                            *prompt ? "\n" : "", prompt, amount(answer));
}

const char *bms_form_live_status(const bms_form_layout *layout, size_t i) {
    const struct answer answer = answer_of(layout, i);
    const char *found = NULL;
    if (is_unanswered(&answer))
        return unanswered(&answer);
    if (bms_kind_of(answer.question->kind)->yes_or_no) {
        if (!yes_or_no(&answer).known)
            return remark(&answer, BMS_REMARK_YES_OR_NO);
        return has_reason(&answer) ? remark(&answer, BMS_REMARK_BOTH) : colour(&answer);
    }
    found = look_at_presence(&answer);
    if (!found)
        found = look_at_numbers(&answer);
    return found ? found : colour(&answer);
}
