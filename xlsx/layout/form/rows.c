/** Writes the form's table (see layout.h): one row a question, under the headings of their focus areas. */
#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "xlsx/layout/form/formula.h"
#include "xlsx/layout/form/layout.h"

#include <string.h>

static const bms_style name_style = {
    .bold = true, .wrap = true, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_THIN};
static const bms_style question_style = {.wrap = true, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_THIN};
static const bms_style calm_style = {
    .size = 9, .wrap = true, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_THIN};
static const bms_style code_style = {
    .size = 7, .ink = BMS_GREY_TEXT, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_THIN};
static const bms_style closed_style = {.ink = BMS_GREY_TEXT,
                                       .fill = BMS_GREY_FILL,
                                       .wrap = true,
                                       .align = BMS_ALIGN_CENTRE,
                                       .rise = BMS_RISE_MIDDLE,
                                       .edges = BMS_EDGES_THIN};
static const bms_style status_style = {
    .bold = true, .wrap = true, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_THIN};

static uint32_t column_of(enum bms_which which) {
    return which == BMS_NUMERATOR ? BMS_FORM_NUMBER_1 : BMS_FORM_NUMBER_2;
}

/** @return the place of a question by its indicator; `n_questions` when this form does not ask it. */
static size_t find_question(const bms_form *form, const char *indicator) {
    size_t i = 0;
    while (i < form->n_questions && strcmp(form->questions[i].indicator, indicator) != 0)
        i++;
    return i;
}

bool bms_form_is_fetched(const bms_form_layout *layout, const bms_question_number *number, size_t *question) {
    if (*number->same_as_indicator == '\0')
        return false;
    *question = find_question(layout->form, number->same_as_indicator);
    return *question < layout->form->n_questions;
}

/** A result with its unit of measure: "8,1 %", "4,9 poeng", "Ja". */
static const char *result_text(const bms_form_layout *layout, const bms_question *question, double value) {
    bms_arena *arena = layout->arena;
    if (bms_kind_of(question->kind)->yes_or_no)
        return bms_form_tr(layout, value >= 50 ? BMS_WORD_YES : BMS_WORD_NO);
    const char *number = bms_number_text(arena, value, question->decimals, layout->language);
    return bms_number_with_unit(arena, number, question->unit_of_result, layout->language);
}

/** A limit with the decimals it has: "minst 60 %". */
static const char *limit_text(const bms_form_layout *layout, const bms_question *question, double value,
                              bool unit) {
    bms_arena *arena = layout->arena;
    const char *number = bms_number_plain(arena, value, layout->language);
    return unit ? bms_number_with_unit(arena, number, question->unit_of_result, layout->language) : number;
}

/** The words around the limits; equal limits show only the green one, as everything beyond it is red. */
static const char *target_words(const bms_limits *limits) {
    const bool equal = limits->green >= limits->red && limits->green <= limits->red;
    switch (limits->better) {
    case BMS_UP:
        return equal ? BMS_TEXT("Target: at least {green}")
                     : BMS_TEXT("Target: at least {green} (red below {red})");
    case BMS_DOWN:
        return equal ? BMS_TEXT("Target: at most {green}")
                     : BMS_TEXT("Target: at most {green} (red above {red})");
    case BMS_BAND:
        break;
    }
    return BMS_TEXT("Target: {green} to {green_to} (red below {red} and above {red_to})");
}

/** "Mål: minst 90 % (rødt under 75)" */
static const char *target_text(const bms_form_layout *layout, const bms_question *question) {
    const bms_limits *limits = &question->limits;
    const bool yes_no = bms_kind_of(question->kind)->yes_or_no;
    if (!limits->known)
        return bms_why_title(layout->arena, layout->language, BMS_WHY_NO_TARGET);
    const char *words = yes_no ? BMS_TEXT("Target: {green}") : target_words(limits);
    const bool band = limits->better == BMS_BAND;
    const char *green = yes_no ? result_text(layout, question, limits->green)
                               : limit_text(layout, question, limits->green, !band);
    return bms_message(layout->arena, bms_form_tr(layout, words), "green", green, "red",
                       limit_text(layout, question, limits->red, false), "green_to",
                       limit_text(layout, question, limits->green_to, true), "red_to",
                       limit_text(layout, question, limits->red_to, false), NULL);
}

static const char *earlier_result(const bms_form_layout *layout, const bms_question *question,
                                  const bms_earlier *earlier) {
    if (earlier->result.known)
        return result_text(layout, question, earlier->result.value);
    switch (earlier->answer.state) {
    case BMS_NOT_APPLICABLE:
        return bms_form_tr(layout, BMS_TEXT("not relevant"));
    case BMS_EMPTY_BASE:
        return bms_form_tr(layout, BMS_TEXT("nobody to measure"));
    case BMS_REPORTED:
    case BMS_MISSING:
        break;
    }
    return bms_form_tr(layout, BMS_TEXT("missing"));
}

/** The remark after "last" where the numbers are not the unit's own; the line above names the units. */
static const char *whose_text(const bms_form_layout *layout, const bms_earlier *earlier) {
    switch (earlier->whose) {
    case BMS_EARLIER_PREDECESSORS: {
        const char *n = bms_arena_format(layout->arena, "%zu", earlier->n_units);
        const char *text = bms_tr_plural(layout->language, BMS_TEXT(", the former unit"),
                                         BMS_TEXT(", {n} units together"), earlier->n_units);
        return bms_message(layout->arena, text, "n", n, NULL);
    }
    case BMS_EARLIER_SHARED:
        return bms_form_tr(layout, BMS_TEXT(", before the split"));
    case BMS_EARLIER_OWN:
        break;
    }
    return "";
}

static const char *earlier_text(const bms_form_layout *layout, const bms_question *question,
                                const bms_earlier *earlier, const char *text) {
    if (!earlier->known)
        return "";
    return bms_message(layout->arena, bms_form_tr(layout, text), "whose", whose_text(layout, earlier),
                       "result", earlier_result(layout, question, earlier), "period", earlier->period_name,
                       NULL);
}

/** @return whether there is anything to show of an earlier time. */
static bool says_something(const bms_earlier *earlier) {
    return earlier->known && (earlier->result.known || earlier->answer.state != BMS_MISSING);
}

/** Target, last time, and the same time last year; for what is measured once a year these two are one. */
static const char *compared_text(const bms_form_layout *layout, size_t i) {
    const bms_question *question = &layout->form->questions[i];
    const bms_question_view *view = &layout->form->views[i];
    const bool again = view->last.known && strcmp(view->last.period_name, view->year_before.period_name) == 0;
    const char *last =
        earlier_text(layout, question, &view->last, BMS_TEXT("\nLast{whose}: {result} ({period})"));
    const char *year = again ? ""
                             : earlier_text(layout, question, &view->year_before,
                                            BMS_TEXT("\nLast year{whose}: {result} ({period})"));
    if (!says_something(&view->last) && !says_something(&view->year_before)) {
        last = view->last.redefined || view->year_before.redefined
                   ? bms_form_tr(layout, BMS_TEXT("\nNew definition: not compared with earlier"))
                   : bms_form_tr(layout, BMS_TEXT("\nNo earlier figures"));
        year = "";
    }
    return bms_arena_format(layout->arena, "%s%s%s", target_text(layout, question), last, year);
}

/** The question and what to answer in, or where the number comes from. */
static const char *question_text(const bms_form_layout *layout, const bms_question_number *number) {
    bms_arena *arena = layout->arena;
    size_t source = 0;
    if (bms_form_is_fetched(layout, number, &source)) {
        return bms_message(arena, bms_form_tr(layout, BMS_TEXT("Fetched from «{indicator}», number {n}")),
                           "indicator", layout->form->questions[source].name, "n",
                           number->same_as_number == BMS_NUMERATOR ? "1" : "2", NULL);
    }
    if (*number->unit_of_measure == '\0')
        return number->text;
    return bms_message(arena, bms_form_tr(layout, BMS_TEXT("{question}\nAnswer in: {unit}")), "question",
                       number->text, "unit", number->unit_of_measure, NULL);
}

/** What shows when the cell is selected: its unit of measure, and what it takes. */
static const char *number_prompt(const bms_form_layout *layout, const bms_question_number *number) {
    bms_arena *arena = layout->arena;
    const char *least =
        number->least.known ? bms_number_plain(arena, number->least.value, layout->language) : NULL;
    const char *most =
        number->most.known ? bms_number_plain(arena, number->most.value, layout->language) : NULL;
    const char *text = least && most ? BMS_TEXT("Only the number, from {least} to {most}. Unit: {unit}.")
                                     : BMS_TEXT("Only the number. Unit: {unit}.");
    if (*number->unit_of_measure == '\0')
        text = BMS_TEXT("Only the number.");
    return bms_message(arena, bms_form_tr(layout, text), "least", least, "most", most, "unit",
                       number->unit_of_measure, NULL);
}

/** What was sent in the cell of a number; NULL in a fresh form. */
static const bms_raw_cell *sent_number(const bms_form_layout *layout, const bms_question *question,
                                       enum bms_which which) {
    const bms_raw_row *sent = bms_form_sent_row(layout, (size_t)(question - layout->form->questions));
    return !sent ? NULL : which == BMS_NUMERATOR ? &sent->numerator : &sent->denominator;
}

static void write_own_number(bms_form_layout *layout, const bms_question *question, uint32_t row,
                             enum bms_which which) {
    const bms_question_number *number =
        which == BMS_NUMERATOR ? &question->numerator : &question->denominator;
    const uint32_t column = column_of(which);
    const bms_range range = bms_range_of(row, column, row, column);
    bms_style style = question->required ? bms_form_input : bms_form_extra;
    style.size = 12;
    style.bold = true;
    style.wrap = false;
    style.align = bms_kind_of(question->kind)->yes_or_no ? BMS_ALIGN_CENTRE : BMS_ALIGN_RIGHT;
    style.indent = bms_kind_of(question->kind)->yes_or_no ? 0 : 1;
    const bms_raw_cell *sent = sent_number(layout, question, which);
    if (sent && sent->kind == BMS_RAW_TEXT &&
        !bms_kind_of(question->kind)->yes_or_no) { /* a text must be seen whole */
        style.size = BMS_USUAL_SIZE;
        style.wrap = true;
    }
    bms_form_put_input(layout, row, column, &style, sent);
    if (bms_kind_of(question->kind)->yes_or_no) {
        bms_page_choose(layout->page, range, layout->yes_no,
                        &(bms_page_prompt){.message = bms_form_tr(layout, BMS_TEXT("Choose yes or no."))});
    } else {
        bms_page_take_numbers(
            layout->page, range,
            &(bms_page_prompt){
                .message = number_prompt(layout, number),
                .refusal = bms_form_tr(
                    layout,
                    BMS_TEXT(
                        "This is not a number. Write only digits here, and anything else in the comment."))});
    }
}

/** A number asked for in another row: a locked formula that refers to it. */
static void write_fetched_number(bms_form_layout *layout, uint32_t row, enum bms_which which, size_t source,
                                 enum bms_which there) {
    char cell[BMS_ADDRESS_SIZE];
    bms_address_write(layout->rows[source], column_of(there), cell);
    bms_style style = closed_style;
    style.align = BMS_ALIGN_RIGHT;
    style.indent = 1;
    const char *formula = bms_arena_format(layout->arena, "=IF(LEN(TRIM(%s))=0,\"\",%s)", cell, cell);
    const bms_raw_cell *sent = bms_form_sent_cell(layout, source, there);
    const char *text = sent ? bms_form_sent_text(layout, sent) : NULL;
    if (sent && sent->kind == BMS_RAW_NUMBER) {
        bms_page_formula_number(layout->page, row, column_of(which), &style, formula, sent->number);
    } else {
        bms_page_formula_text(layout->page, row, column_of(which), &style, formula,
                              text && text[strspn(text, " ")] ? text : "");
    }
}

static void write_number(bms_form_layout *layout, size_t i, enum bms_which which) {
    const bms_question *question = &layout->form->questions[i];
    const bms_question_number *number =
        which == BMS_NUMERATOR ? &question->numerator : &question->denominator;
    const uint32_t row = layout->rows[i];
    const uint32_t column = column_of(which);
    size_t source = 0;
    if (which == BMS_DENOMINATOR && !bms_kind_of(question->kind)->has_denominator) {
        bms_page_text(layout->page, row, column - 1, &closed_style, "–");
        bms_page_text(layout->page, row, column, &closed_style, "–");
        return;
    }
    if (bms_form_is_fetched(layout, number, &source)) {
        bms_style style = closed_style;
        style.align = BMS_ALIGN_USUAL;
        bms_page_text(layout->page, row, column - 1, &style, question_text(layout, number));
        write_fetched_number(layout, row, which, source, number->same_as_number);
        return;
    }
    bms_page_text(layout->page, row, column - 1, &question_style, question_text(layout, number));
    write_own_number(layout, question, row, which);
}

/** Find the cell of the whole that a number is a part of. */
static void find_whole(const bms_form_layout *layout, const bms_question_number *number, int n,
                       bms_form_cells *cells) {
    if (*number->part_of_indicator == '\0')
        return;
    size_t whole = find_question(layout->form, number->part_of_indicator);
    if (whole == layout->form->n_questions)
        return;
    bms_address_write(layout->rows[whole], column_of(number->part_of_number), cells->whole[n]);
    cells->whole_name[n] = layout->form->questions[whole].name;
}

/** Find the cells of the numbers that are parts of this one. */
static void find_parts(const bms_form_layout *layout, const bms_question *whole, enum bms_which which,
                       bms_form_cells *cells) {
    size_t n = 0;
    for (size_t i = 0; i < layout->form->n_questions; i++) {
        const bms_question *question = &layout->form->questions[i];
        const bms_question_number *numbers[] = {&question->numerator, &question->denominator};
        for (int w = BMS_NUMERATOR; w <= BMS_DENOMINATOR; w++) {
            if (n > BMS_MOST_PARTS || *numbers[w]->same_as_indicator != '\0' ||
                numbers[w]->part_of_number != which ||
                bms_code_compare(numbers[w]->part_of_indicator, whole->indicator) != 0)
                continue;
            if (n < BMS_MOST_PARTS) {
                bms_form_part *part = &cells->parts[which][n];
                *part = (bms_form_part){.question = i, .which = (enum bms_which)w};
                bms_address_write(layout->rows[i], column_of(part->which), part->cell);
            }
            n++;
        }
    }
    cells->n_parts[which] = n <= BMS_MOST_PARTS ? n : 0;
}

void bms_form_find_cells(const bms_form_layout *layout, size_t i, bms_form_cells *cells) {
    const bms_question *question = &layout->form->questions[i];
    const uint32_t row = layout->rows[i];
    size_t source = 0;
    *cells = (bms_form_cells){.actions = layout->action_links};
    bms_address_write(row, BMS_FORM_NUMBER_1, cells->numerator);
    bms_address_write(row, BMS_FORM_NUMBER_2, cells->denominator);
    bms_address_write(row, BMS_FORM_RESULT, cells->result);
    bms_address_write(row, BMS_FORM_REASON, cells->reason);
    bms_address_write(row, BMS_FORM_COMMENT, cells->comment);
    cells->fetched[0] = bms_form_is_fetched(layout, &question->numerator, &source);
    cells->fetched[1] = bms_form_is_fetched(layout, &question->denominator, &source);
    find_whole(layout, &question->numerator, 0, cells);
    find_whole(layout, &question->denominator, 1, cells);
    find_parts(layout, question, BMS_NUMERATOR, cells);
    find_parts(layout, question, BMS_DENOMINATOR, cells);
    cells->link = bms_form_link(layout->arena, question);
}

/** How a result is shown: with its decimals and its unit of measure; yes and no as words. */
static const char *result_format(const bms_form_layout *layout, const bms_question *question) {
    bms_arena *arena = layout->arena;
    if (bms_kind_of(question->kind)->yes_or_no) {
        return bms_arena_format(arena, "[=100]\"%s\";[=0]\"%s\";General", bms_form_tr(layout, BMS_WORD_YES),
                                bms_form_tr(layout, BMS_WORD_NO));
    }
    if (*question->unit_of_result == '\0' || strlen(question->unit_of_result) > 3)
        return bms_number_format(question->decimals);
    const char *suffix = bms_arena_format(arena, "\u00A0%s", question->unit_of_result);
    return bms_number_format_with(arena, question->decimals, suffix);
}

/** The same with up to as many more decimals as core/definition/colour.h gives a report. */
static const char *finer_format(const bms_form_layout *layout, const bms_question *question) {
    const char *format = result_format(layout, question);
    const size_t number = strlen(bms_number_format(question->decimals));
    if (strlen(format) < number) /* out of memory */
        return format;
    return bms_arena_format(layout->arena, "%.*s%s###%s", (int)number, format,
                            question->decimals > 0 ? "" : ".", format + number);
}

/**
 * Show more decimals where the rounded result would have another colour. LibreOffice applies only the first
 * condition that is true, so the result has no other.
 */
static void show_more_decimals(bms_form_layout *layout, const bms_question *question,
                               const bms_form_cells *cells, uint32_t row) {
    const bms_range range = bms_range_of(row, BMS_FORM_RESULT, row, BMS_FORM_RESULT);
    const char *formula = bms_form_contradiction_formula(layout->arena, question, cells);
    if (*formula == '\0' || bms_kind_of(question->kind)->yes_or_no)
        return;
    bms_page_when(layout->page, range, formula,
                  &(bms_style){.number_format = finer_format(layout, question)});
}

/** Show what is rounded to zero without a sign, as bms_number_format_for does. */
static void show_no_minus_zero(bms_form_layout *layout, const bms_question *question,
                               const bms_form_cells *cells, uint32_t row) {
    const bms_range range = bms_range_of(row, BMS_FORM_RESULT, row, BMS_FORM_RESULT);
    const char *format = result_format(layout, question);
    if (bms_kind_of(question->kind)->yes_or_no)
        return;
    const char *formula = bms_arena_format(layout->arena, "=IF(ISNUMBER(%s),AND(%s<0,ROUND(%s,%d)=0),FALSE)",
                                           cells->result, cells->result, cells->result, question->decimals);
    bms_page_when(layout->page, range, formula,
                  &(bms_style){.number_format = bms_arena_format(layout->arena, "%s;%s", format, format)});
}

/**
 * The status of a correction's row. What holds the return back without the row's own formula seeing it is
 * said until something about it is changed.
 */
static void write_sent_status(bms_form_layout *layout, size_t i, const char *formula) {
    const char *language = layout->language;
    const char *live = bms_form_live_status(layout, i);
    const char *check = bms_form_check_word(language);
    const bool says_so =
        strncmp(live, check, strlen(check)) == 0 || strstr(live, bms_form_must_act_words(language));
    const char *wrong = says_so ? "" : bms_form_still_wrong(layout, i);
    if (*wrong) {
        live = bms_arena_format(layout->arena, "%s: %s", check,
                                bms_form_tr(layout, BMS_TEXT("see the sheet «Correct this»")));
        formula = bms_arena_format(layout->arena, "=IF(%s,%s,%s)", wrong,
                                   bms_formula_text(layout->arena, live), formula + 1);
    }
    layout->statuses[i] = live;
    bms_page_formula_text(layout->page, layout->rows[i], BMS_FORM_STATUS, &status_style, formula, live);
}

static void write_result(bms_form_layout *layout, size_t i) {
    const bms_question *question = &layout->form->questions[i];
    bms_form_cells cells;
    bms_form_find_cells(layout, i, &cells);
    bms_style style = status_style;
    style.align = BMS_ALIGN_RIGHT;
    style.indent = 1;
    style.number_format = result_format(layout, question);
    const char *result = bms_form_result_formula(layout->arena, question, &cells, layout->language);
    const char *status = bms_form_status_formula(layout->arena, question, &cells, layout->language);
    const bms_number first = layout->correction ? bms_form_live_result(layout, i) : (bms_number){false, 0};
    if (first.known) {
        bms_page_formula_number(layout->page, layout->rows[i], BMS_FORM_RESULT, &style, result, first.value);
    } else {
        bms_page_formula_text(layout->page, layout->rows[i], BMS_FORM_RESULT, &style, result, "");
    }
    show_more_decimals(layout, question, &cells, layout->rows[i]);
    show_no_minus_zero(layout, question, &cells, layout->rows[i]);
    if (layout->correction) {
        write_sent_status(layout, i, status);
        return;
    }
    layout->statuses[i] = bms_form_status_when_empty(layout->arena, question, layout->language);
    bms_page_formula_text(layout->page, layout->rows[i], BMS_FORM_STATUS, &status_style, status,
                          layout->statuses[i]);
}

static void write_reason_and_comment(bms_form_layout *layout, size_t i) {
    const uint32_t row = layout->rows[i];
    const bms_raw_row *sent = bms_form_sent_row(layout, i);
    bms_style style = bms_form_extra;
    style.size = BMS_USUAL_SIZE;
    bms_form_put_input(layout, row, BMS_FORM_REASON, &style, sent ? &sent->reason : NULL);
    bms_form_put_input(layout, row, BMS_FORM_COMMENT, &style, sent ? &sent->comment : NULL);
}

/** The reasons to choose from, for the whole column: rows between the questions are locked. */
static void offer_reasons(bms_form_layout *layout) {
    const bms_page_prompt prompt = {
        .message = bms_form_tr(layout, BMS_TEXT("No number yet? Choose why from the list.")),
        .refusal = bms_form_tr(layout, BMS_TEXT("Choose from the list, and explain in the comment."))};
    bms_page_choose(layout->page,
                    bms_range_of(layout->first_row, BMS_FORM_REASON, layout->end_row - 1, BMS_FORM_REASON),
                    layout->reasons, &prompt);
}

static void write_question(bms_form_layout *layout, size_t i) {
    const bms_question *question = &layout->form->questions[i];
    const uint32_t row = layout->rows[i];
    const char *name = question->name;
    if (!question->required) {
        name = bms_message(layout->arena, bms_form_tr(layout, BMS_TEXT("{name}\n(voluntary)")), "name", name,
                           NULL);
    }
    bms_page_text(layout->page, row, BMS_FORM_INDICATOR, &name_style, name);
    write_number(layout, i, BMS_NUMERATOR);
    write_number(layout, i, BMS_DENOMINATOR);
    write_result(layout, i);
    bms_page_text(layout->page, row, BMS_FORM_COMPARED, &calm_style, compared_text(layout, i));
    write_reason_and_comment(layout, i);
    bms_page_text(layout->page, row, BMS_FORM_CODE, &code_style, question->indicator);
}

static void write_focus_area(bms_form_layout *layout, uint32_t row, const char *name) {
    static const bms_style style = {
        .bold = true, .ink = BMS_NAVY, .fill = BMS_BLUE_PALE, .rise = BMS_RISE_MIDDLE};
    for (uint32_t column = 0; column < BMS_N_FORM_COLUMNS; column++)
        bms_page_blank(layout->page, row, column, &style);
    bms_page_text(layout->page, row, 0, &style, name);
    bms_page_height(layout->page, row, 20);
}

/** @return whether a question begins a new focus area. */
static bool begins_area(const bms_form *form, size_t i) {
    const char *area = form->views[i].focus_area;
    return *area && (i == 0 || strcmp(area, form->views[i - 1].focus_area) != 0);
}

/** @return the formula that is true when the status in `cell` is a remark. */
static const char *is_remark(const bms_form_layout *layout, const char *cell) {
    const char *word = bms_form_check_word(layout->language);
    const char *check = bms_formula_text(layout->arena, word);
    return bms_arena_format(layout->arena, "=LEFT($%s,LEN(%s))=%s", cell, check, check);
}

/** Cells to fill in become pale once they are answered, and alarming while there is a remark. */
static void colour_inputs(bms_form_layout *layout, const bms_range *cells, size_t n) {
    char cell[BMS_ADDRESS_SIZE];
    char status[BMS_ADDRESS_SIZE];
    char reason[BMS_ADDRESS_SIZE];
    bms_address_write(cells[0].first_row, cells[0].first_column, cell);
    bms_address_write(cells[0].first_row, BMS_FORM_STATUS, status);
    bms_address_write(cells[0].first_row, BMS_FORM_REASON, reason);
    const char *answered = bms_arena_format(layout->arena, "=LEN(TRIM(%s))+LEN(TRIM($%s))>0", cell, reason);
    bms_page_when_apart(layout->page, cells, n, is_remark(layout, status),
                        &(bms_style){.fill = BMS_ALARM_FILL, .ink = BMS_ALARM_TEXT});
    bms_page_when_apart(layout->page, cells, n, answered, &(bms_style){.fill = BMS_INPUT_PALE});
}

/** @return whether the unit fills in this number in its own row. */
static bool is_own(const bms_form_layout *layout, const bms_question *question, enum bms_which which) {
    size_t source = 0;
    if (which == BMS_DENOMINATOR && !bms_kind_of(question->kind)->has_denominator)
        return false;
    return !bms_form_is_fetched(
        layout, which == BMS_NUMERATOR ? &question->numerator : &question->denominator, &source);
}

static void colour_column(bms_form_layout *layout, enum bms_which which) {
    /* One by one where some are marked: of two lists of conditions LibreOffice uses the last. */
    const size_t most = layout->correction ? 1 : BMS_MOST_RANGES;
    bms_range cells[BMS_MOST_RANGES];
    const uint32_t column = column_of(which);
    size_t n = 0;
    for (size_t i = 0; i < layout->form->n_questions; i++) {
        if (!is_own(layout, &layout->form->questions[i], which))
            continue;
        cells[n++] = bms_range_of(layout->rows[i], column, layout->rows[i], column);
        if (n == most) {
            colour_inputs(layout, cells, n);
            n = 0;
        }
    }
    if (n > 0)
        colour_inputs(layout, cells, n);
}

/** Colour the status column. The result stays plain: it can have only one condition (show_more_decimals). */
static void colour_statuses(bms_form_layout *layout) {
    const bms_range range =
        bms_range_of(layout->first_row, BMS_FORM_STATUS, layout->end_row - 1, BMS_FORM_STATUS);
    char status[BMS_ADDRESS_SIZE];
    bms_address_write(layout->first_row, BMS_FORM_STATUS, status);
    bms_page_when(layout->page, range, is_remark(layout, status),
                  &(bms_style){.fill = BMS_ALARM_FILL, .ink = BMS_ALARM_TEXT, .bold = true});
    for (int colour = BMS_NO_COLOUR; colour <= BMS_RED; colour++) {
        const bms_look *look = bms_look_of((enum bms_colour)colour);
        const char *formula = bms_arena_format(layout->arena, "=LEFT($%s,1)=\"%s\"", status,
                                               bms_colour_shape((enum bms_colour)colour));
        bms_page_when(layout->page, range, formula,
                      &(bms_style){.fill = look->fill, .ink = look->ink, .bold = true});
    }
}

void bms_form_write_rows(bms_form_layout *layout) {
    const bms_form *form = layout->form;
    uint32_t row = layout->first_row;
    for (size_t i = 0; i < form->n_questions; i++) {
        row += begins_area(form, i);
        layout->rows[i] = row++;
    }
    layout->end_row = row > layout->first_row ? row : layout->first_row + 1;
    for (size_t i = 0; i < form->n_questions; i++) {
        if (begins_area(form, i))
            write_focus_area(layout, layout->rows[i] - 1, form->views[i].focus_area);
        write_question(layout, i);
    }
    offer_reasons(layout);
    if (layout->correction)
        bms_form_mark_findings(layout);
    colour_column(layout, BMS_NUMERATOR);
    colour_column(layout, BMS_DENOMINATOR);
    colour_statuses(layout);
}
