/** Puts the formulas of a form together (see formula.h); which cells they use is decided in rows.c. */
#include "xlsx/layout/form/formula.h"

#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "xlsx/layout/form/sheet.h"
#include "xlsx/layout/result_formula.h"
#include "xlsx/write/style.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* As in core/definition/colour.c. */
enum { COMPARED_DECIMALS = 9 };

/* The longest formula, in characters. */
enum { LONGEST = 8192 };

/* Characters of a text between quotes. Excel takes 255, and counts some characters twice. */
enum { MOST_IN_QUOTES = 120 };

/** A formula being put together: IF(…,…,IF(…,…,…)). */
struct chain {
    bms_arena *arena;
    const bms_question *question;
    const bms_form_cells *cells;
    const char *language;
    char *text;
    size_t used;
    int decimals; /* to which the result is rounded before it is compared */
    int open;     /* brackets still to be closed */
};

static void put(struct chain *chain, const char *format, ...) BMS_FORMAT(2, 3);

/** Put a piece at the end; a formula that becomes too long fails the arena, as running out of memory does. */
static void put(struct chain *chain, const char *format, ...) {
    if (bms_arena_failed(chain->arena))
        return;
    const size_t room = LONGEST - chain->used;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(chain->text + chain->used, room, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= room) {
        bms_arena_fail(chain->arena);
    } else {
        chain->used += (size_t)length;
    }
}

static void chain_begin(struct chain *chain) {
    chain->text = bms_arena_alloc(chain->arena, LONGEST);
    put(chain, "=");
}

static const char *chain_end(struct chain *chain) {
    while (chain->open-- > 0)
        put(chain, ")");
    return chain->text ? chain->text : "";
}

/** Put a sign of a text in quotes; after so many the text goes on in a new piece: "…"&"…". */
static char *put_sign(char *end, char sign, size_t *n) {
    static const char between[] = "\"&\"";
    const bool begins = ((unsigned char)sign & 0xC0) != 0x80; /* a character */
    if (begins && *n >= MOST_IN_QUOTES) {
        memcpy(end, between, sizeof between);
        end += sizeof between - 1;
        *n = 0;
    }
    *n += begins;
    if (sign == '"')
        *end++ = '"';
    *end++ = sign;
    return end;
}

const char *bms_formula_text(bms_arena *arena, const char *text) {
    const size_t length = strlen(text);
    char *quoted = bms_arena_alloc(arena, length * 2 + length / MOST_IN_QUOTES * 3 + 4);
    if (!quoted)
        return "";
    char *end = quoted;
    size_t n = 0;
    *end++ = '"';
    for (; *text; text++)
        end = put_sign(end, *text, &n);
    *end++ = '"';
    *end = '\0';
    return quoted;
}

const char *bms_form_check_word(const char *language) {
    return bms_tr(language, BMS_TEXT("Check"));
}

/** Put a text in quotes. */
static void put_text(struct chain *chain, const char *text) {
    put(chain, "%s", bms_formula_text(chain->arena, text));
}

static void put_shape_and_text(struct chain *chain, enum bms_colour colour, const char *text) {
    put_text(chain, bms_colour_mark(chain->arena, colour, text));
}

/** Finish an IF whose condition was just put: the remark if it is true, then what follows if not. */
static void put_remark(struct chain *chain, const char *text) {
    put(chain, ",");
    put_text(chain, bms_arena_format(chain->arena, "%s: %s", bms_form_check_word(chain->language), text));
    put(chain, ",");
    chain->open++;
}

/** As put_remark, for a text about number 1 or 2: "number {n} is missing". */
static void put_number_remark(struct chain *chain, int n, const char *text) {
    put_remark(chain,
               bms_message(chain->arena, bms_tr(chain->language, text), "n", n == 0 ? "1" : "2", NULL));
}

static void put_limit_remark(struct chain *chain, int n, const char *text, double limit) {
    const char *plain = bms_number_plain(chain->arena, limit, chain->language);
    put_remark(chain, bms_message(chain->arena, bms_tr(chain->language, text), "n", n == 0 ? "1" : "2",
                                  "limit", plain, NULL));
}

static void put_number(struct chain *chain, double value) {
    char room[32];
    bms_number_shortest(value, room);
    put(chain, "%s", room);
}

static const char *cell_of(const struct chain *chain, int n) {
    return n == 0 ? chain->cells->numerator : chain->cells->denominator;
}

static const bms_question_number *number_of(const struct chain *chain, int n) {
    return n == 0 ? &chain->question->numerator : &chain->question->denominator;
}

static int count_numbers(const struct chain *chain) {
    return bms_kind_of(chain->question->kind)->has_denominator ? 2 : 1;
}

const char *bms_form_status_when_empty(bms_arena *arena, const bms_question *question, const char *language) {
    const char *word = question->required ? BMS_TEXT("Not filled in") : BMS_TEXT("Voluntary");
    return bms_colour_mark(arena, BMS_NO_COLOUR, bms_tr(language, word));
}

/** Nothing was typed in the row's own cells: the reason chosen, or that nothing is filled in. */
static void put_unanswered(struct chain *chain) {
    const bms_form_cells *cells = chain->cells;
    const bool none_own =
        count_numbers(chain) == 1 ? cells->fetched[0] : cells->fetched[0] && cells->fetched[1];
    put(chain, "IF(AND(TRUE");
    for (int n = 0; n < count_numbers(chain); n++) {
        if (none_own || !cells->fetched[n])
            put(chain, ",LEN(TRIM(%s))=0", cell_of(chain, n));
    }
    put(chain, "),IF(LEN(TRIM(%s))=0,", cells->reason);
    put_text(chain, bms_form_status_when_empty(chain->arena, chain->question, chain->language));
    put(chain, ",");
    if (chain->question->must_answer) {
        put(chain, "IF(TRIM(%s)=", cells->reason);
        put_text(chain, bms_tr(chain->language, bms_reason_text(BMS_NOT_RELEVANT)));
        int before = chain->open;
        put_remark(chain, bms_tr(chain->language, BMS_REMARK_MUST_ANSWER));
        chain->open = before;
    }
    put(chain, "\"%s \"&TRIM(%s))", bms_colour_shape(BMS_NO_COLOUR), cells->reason);
    put(chain, chain->question->must_answer ? ")," : ",");
    chain->open++;
}

const char *bms_form_must_act_words(const char *language) {
    return bms_tr(language, BMS_TEXT("Must have an action or a comment"));
}

/** The first letter of the cell's number format: D a date, P per cent; empty where the program lacks it. */
static void put_format_letter(struct chain *chain, int n) {
    put(chain, "IF(ISERROR(CELL(\"format\",%s)),\"\",LEFT(CELL(\"format\",%s),1))", cell_of(chain, n),
        cell_of(chain, n));
}

/** The cell must not have become a date or a percentage; a fetched one is checked where it is asked for. */
static void put_format_checks(struct chain *chain, int n) {
    if (chain->cells->fetched[n])
        return;
    put(chain, "IF(");
    put_format_letter(chain, n);
    put(chain, "=\"D\"");
    put_number_remark(chain, n, BMS_TEXT("number {n} has become a date"));
    put(chain, "IF(");
    put_format_letter(chain, n);
    put(chain, "=\"P\"");
    put_number_remark(chain, n, BMS_TEXT("number {n} is a percentage"));
}

/** The cell must hold a number, typed as one. */
static void put_form_checks(struct chain *chain, int n) {
    put(chain, "IF(AND(LEN(TRIM(%s))>0,NOT(ISNUMBER(%s)))", cell_of(chain, n), cell_of(chain, n));
    put_number_remark(chain, n, BMS_REMARK_NOT_A_NUMBER);
    put_format_checks(chain, n);
}

/** The number must be in the question's range; a fetched one is checked where it is asked for. */
static void put_range_checks(struct chain *chain, int n) {
    const bms_question_number *number = number_of(chain, n);
    if (chain->cells->fetched[n])
        return;
    if (number->least.known) {
        put(chain, "IF(%s<", cell_of(chain, n));
        put_number(chain, number->least.value);
        put_limit_remark(chain, n, BMS_REMARK_BELOW, number->least.value);
    }
    if (number->most.known) {
        put(chain, "IF(%s>", cell_of(chain, n));
        put_number(chain, number->most.value);
        put_limit_remark(chain, n, BMS_REMARK_ABOVE, number->most.value);
    }
    if (number->whole) {
        put(chain, "IF(%s<>INT(%s)", cell_of(chain, n), cell_of(chain, n));
        put_number_remark(chain, n, BMS_REMARK_DECIMALS);
    }
}

/** A part must not be larger than its whole. */
static void put_part_check(struct chain *chain, int n) {
    const char *whole = chain->cells->whole[n];
    if (!*whole)
        return;
    put(chain, "IF(AND(ISNUMBER(%s),%s>%s)", whole, cell_of(chain, n), whole);
    put_remark(chain, bms_message(chain->arena, bms_tr(chain->language, BMS_REMARK_ABOVE_WHOLE), "n",
                                  n == 0 ? "1" : "2", "whole", chain->cells->whole_name[n], NULL));
}

/** "C9,C10" */
static const char *parts_text(const struct chain *chain, int n) {
    const char *text = "";
    for (size_t i = 0; i < chain->cells->n_parts[n]; i++) {
        text =
            bms_arena_format(chain->arena, "%s%s%s", text, i > 0 ? "," : "", chain->cells->parts[n][i].cell);
    }
    return text;
}

/** That the whole and all its parts are written with at most so many decimals. */
static void put_most_decimals(struct chain *chain, int n, int decimals) {
    const char *whole = cell_of(chain, n);
    put(chain, "AND(%s=ROUND(%s,%d)", whole, whole, decimals);
    for (size_t i = 0; i < chain->cells->n_parts[n]; i++) {
        const char *part = chain->cells->parts[n][i].cell;
        put(chain, ",N(%s)=ROUND(N(%s),%d)", part, part, decimals);
    }
    put(chain, ")");
}

/** How far parts and whole may be apart, as in core/check/together.c: whole numbers agree exactly, others may
 * each be rounded at their last decimal. */
static void put_rounding(struct chain *chain, int n, const char *parts) {
    enum { MOST_DECIMALS = 3 };
    put(chain, "IF(");
    put_most_decimals(chain, n, 0);
    put(chain, ",0,");
    for (int decimals = 1; decimals <= MOST_DECIMALS; decimals++) {
        put(chain, "IF(");
        put_most_decimals(chain, n, decimals);
        put(chain, ",5E-%d,", decimals + 1);
    }
    put(chain, "5E-7)))*(COUNT(%s)+1))", parts);
}

/** Two or more parts must not add up to more than the whole, nor, where they are all of it, to less. */
static void put_parts_check(struct chain *chain, int n) {
    if (chain->cells->n_parts[n] < 2)
        return;
    const char *parts = parts_text(chain, n);
    const bool all = number_of(chain, n)->parts_are_all;
    const char *remark = all ? BMS_REMARK_NOT_THE_SUM : BMS_REMARK_BELOW_PARTS;
    put(chain, "IF(IF(COUNT(%s)<2,FALSE,ROUND(", parts);
    if (all) {
        put(chain, "IF(COUNT(%s)=%zu,ABS(SUM(%s)-%s),SUM(%s)-%s)", parts, chain->cells->n_parts[n], parts,
            cell_of(chain, n), parts, cell_of(chain, n));
    } else {
        put(chain, "SUM(%s)-%s", parts, cell_of(chain, n));
    }
    put(chain, ",%d)>ROUND(", COMPARED_DECIMALS);
    put_rounding(chain, n, parts);
    put(chain, ",%d))", COMPARED_DECIMALS);
    put_remark(chain, bms_message(chain->arena, bms_tr(chain->language, remark), "n", n == 0 ? "1" : "2",
                                  "cells", parts, NULL));
}

/** Checks on the two numbers together, an empty base first. */
static void put_pair_checks(struct chain *chain) {
    const char *n = chain->cells->numerator;
    const char *d = chain->cells->denominator;
    if (!bms_kind_of(chain->question->kind)->on_a_scale) {
        put(chain, "IF(AND(%s=0,%s=0),", n, d);
        put_shape_and_text(chain, BMS_NO_COLOUR,
                           bms_why_title(chain->arena, chain->language, BMS_WHY_NOBODY));
        put(chain, ",");
        chain->open++;
        put(chain, "IF(%s=0", d);
        put_remark(chain, bms_tr(chain->language, BMS_REMARK_PART_OF_NOTHING));
    }
    if (bms_kind_of(chain->question->kind)->part_of_whole) {
        put(chain, "IF(%s>%s", n, d);
        put_remark(chain, bms_tr(chain->language, BMS_REMARK_SWAPPED));
    }
}

/** Both numbers or none; a mean of nobody has no first number. */
static void put_presence_checks(struct chain *chain) {
    if (bms_kind_of(chain->question->kind)->on_a_scale) {
        const char *d = chain->cells->denominator;
        put(chain, "IF(AND(ISNUMBER(%s),%s=0,LEN(TRIM(%s))=0),", d, d, chain->cells->numerator);
        put_shape_and_text(chain, BMS_NO_COLOUR,
                           bms_why_title(chain->arena, chain->language, BMS_WHY_NOBODY));
        put(chain, ",");
        chain->open++;
        put(chain, "IF(AND(ISNUMBER(%s),%s=0)", d, d);
        put_remark(chain, bms_tr(chain->language, BMS_REMARK_MEAN_OF_NOBODY));
    }
    for (int n = 0; n < count_numbers(chain); n++) {
        put(chain, "IF(LEN(TRIM(%s))=0", cell_of(chain, n));
        put_number_remark(chain, n, BMS_REMARK_MISSING);
    }
}

static void put_reason_check(struct chain *chain) {
    put(chain, "IF(LEN(TRIM(%s))>0", chain->cells->reason);
    put_remark(chain, bms_tr(chain->language, BMS_REMARK_BOTH));
}

static void put_limit(struct chain *chain, const char *comparison, double limit) {
    put(chain, "ROUND(%s,%d)%s", chain->cells->result, chain->decimals, comparison);
    put_number(chain, bms_number_round(limit, COMPARED_DECIMALS));
}

/** The condition for one colour, as in core/definition/colour.c. */
static void put_condition(struct chain *chain, enum bms_colour colour) {
    const bms_limits *limits = &chain->question->limits;
    const bool green = colour == BMS_GREEN;
    if (limits->better == BMS_BAND) {
        put(chain, green ? "AND(" : "OR(");
        put_limit(chain, green ? ">=" : "<", green ? limits->green : limits->red);
        put(chain, ",");
        put_limit(chain, green ? "<=" : ">", green ? limits->green_to : limits->red_to);
        put(chain, ")");
    } else if (limits->better == BMS_UP) {
        put_limit(chain, green ? ">=" : "<", green ? limits->green : limits->red);
    } else {
        put_limit(chain, green ? "<=" : ">", green ? limits->green : limits->red);
    }
}

/** To a red status: the request for an action or a comment, as long as there is neither. */
static void put_action_prompt(struct chain *chain) {
    if (chain->question->when_red == BMS_RED_IS_TAKEN || !chain->cells->actions)
        return;
    put(chain, "&IF(AND(LEN(TRIM(%s))=0,SUMPRODUCT(--(%s=%s))=0),CHAR(10)&", chain->cells->comment,
        chain->cells->actions, bms_formula_text(chain->arena, chain->cells->link));
    put_text(chain, chain->question->when_red == BMS_RED_IS_HELD
                        ? bms_form_must_act_words(chain->language)
                        : bms_tr(chain->language, BMS_MAY_ACT_WORDS));
    put(chain, ",\"\")");
}

static void put_colour(struct chain *chain) {
    const char *language = chain->language;
    if (!chain->question->limits.known) {
        put_shape_and_text(chain, BMS_NO_COLOUR, bms_why_title(chain->arena, language, BMS_WHY_NO_TARGET));
        return;
    }
    put(chain, "IF(");
    put_condition(chain, BMS_GREEN);
    put(chain, ",");
    put_shape_and_text(chain, BMS_GREEN, bms_colour_title(chain->arena, language, BMS_GREEN));
    put(chain, ",IF(");
    put_condition(chain, BMS_RED);
    put(chain, ",");
    put_shape_and_text(chain, BMS_RED, bms_colour_title(chain->arena, language, BMS_RED));
    put_action_prompt(chain);
    put(chain, ",");
    put_shape_and_text(chain, BMS_YELLOW, bms_colour_title(chain->arena, language, BMS_YELLOW));
    put(chain, "))");
}

/** After the status of a deviation: how much more or less than the budget. */
static void put_amount(struct chain *chain) {
    const bms_kind_difference *difference = bms_kind_of(chain->question->kind)->difference;
    if (!difference)
        return;
    const char *n = chain->cells->numerator;
    const char *d = chain->cells->denominator;
    put(chain, "&IF(%s=%s,\"\",CHAR(10)&IF(%s>%s,", n, d, n, d);
    put_text(chain, bms_tr(chain->language, difference->above));
    put(chain, ",");
    put_text(chain, bms_tr(chain->language, difference->below));
    put(chain, ")&\" \"&FIXED(ABS(%s-%s),0))", n, d);
}

const char *bms_form_status_formula(bms_arena *arena, const bms_question *question,
                                    const bms_form_cells *cells, const char *language) {
    struct chain chain = {.arena = arena,
                          .question = question,
                          .cells = cells,
                          .language = language,
                          .decimals = COMPARED_DECIMALS};
    chain_begin(&chain);
    const int numbers = count_numbers(&chain);
    for (int n = 0; n < numbers; n++) {
        put(&chain, "IF(ISERROR(%s)", cell_of(&chain, n));
        put_number_remark(&chain, n, BMS_TEXT("number {n} is an error"));
    }
    put_unanswered(&chain);
    if (bms_kind_of(question->kind)->yes_or_no) {
        put_format_checks(&chain, 0);
        put(&chain, "IF(NOT(ISNUMBER(%s))", cells->result);
        put_remark(&chain, bms_tr(language, BMS_REMARK_YES_OR_NO));
        put_reason_check(&chain);
        put_colour(&chain);
        return chain_end(&chain);
    }
    for (int n = 0; n < numbers; n++)
        put_form_checks(&chain, n);
    put_presence_checks(&chain);
    put_reason_check(&chain);
    for (int n = 0; n < numbers; n++) {
        put_range_checks(&chain, n);
        put_part_check(&chain, n);
        put_parts_check(&chain, n);
    }
    if (numbers == 2)
        put_pair_checks(&chain);
    put_colour(&chain);
    put_amount(&chain);
    return chain_end(&chain);
}

/** One unit's answer in words, or as 1 or 0. */
static void put_yes_or_no(struct chain *chain) {
    const char *n = chain->cells->numerator;
    put(chain, "IF(ISERROR(%s),\"\",IF(TRIM(%s)=", n, n);
    put_text(chain, bms_tr(chain->language, BMS_WORD_YES));
    put(chain, ",100,IF(TRIM(%s)=", n);
    put_text(chain, bms_tr(chain->language, BMS_WORD_NO));
    put(chain, ",0,IF(COUNT(%s)=0,\"\",IF(OR(%s=0,%s=1),100*%s,\"\")))))", n, n, n, n);
}

const char *bms_form_result_formula(bms_arena *arena, const bms_question *question,
                                    const bms_form_cells *cells, const char *language) {
    struct chain chain = {.arena = arena,
                          .question = question,
                          .cells = cells,
                          .language = language,
                          .decimals = COMPARED_DECIMALS};
    const bms_kind_traits *kind = bms_kind_of(question->kind);
    const char *n = cells->numerator;
    const char *d = cells->denominator;
    chain_begin(&chain);
    if (kind->yes_or_no) {
        put_yes_or_no(&chain);
        return chain_end(&chain);
    }
    if (kind->has_denominator) {
        put(&chain, "IF(COUNT(%s,%s)<2,\"\",IF(%s=0,\"\",", n, d, d);
    } else {
        put(&chain, "IF(COUNT(%s)=0,\"\",", n);
    }
    chain.open = kind->has_denominator ? 2 : 1;
    put(&chain, "%s", bms_result_formula(arena, question->kind, question->factor, n, d));
    return chain_end(&chain);
}

/** "(this rounded)<>(this exact)" for one colour. */
static void put_difference(struct chain *chain, enum bms_colour colour) {
    put(chain, "(");
    chain->decimals = chain->question->decimals;
    put_condition(chain, colour);
    put(chain, ")<>(");
    chain->decimals = COMPARED_DECIMALS;
    put_condition(chain, colour);
    put(chain, ")");
}

const char *bms_form_contradiction_formula(bms_arena *arena, const bms_question *question,
                                           const bms_form_cells *cells) {
    struct chain chain = {.arena = arena, .question = question, .cells = cells, .language = "en"};
    if (!question->limits.known)
        return "";
    chain_begin(&chain);
    put(&chain, "IF(ISNUMBER(%s),OR(", cells->result);
    put_difference(&chain, BMS_GREEN);
    put(&chain, ",");
    put_difference(&chain, BMS_RED);
    put(&chain, "),FALSE)");
    return chain_end(&chain);
}
