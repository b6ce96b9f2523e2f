/* A report in words (see words.h). Only texts: every value comes from the model. */
#include "core/report/words.h"

#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/definition/succession.h"

#include <math.h>
#include <string.h>

#define NO_BREAK_SPACE "\xC2\xA0"

/* Results. */

static const char *with_unit(const bms_words *words, const char *number, const char *unit) {
    return bms_number_with_unit(words->arena, number, unit, words->language);
}

bool bms_words_is_yes_or_no(const bms_indicator *indicator, const bms_figure *figure) {
    return bms_kind_of(indicator->kind)->yes_or_no && figure->rolled.planned == 1;
}

static const char *sum_of_money(const bms_words *words, const char *unit_of_measure, double amount) {
    double kroner = bms_kroner_of(unit_of_measure) * amount;
    if (bms_kroner_of(unit_of_measure) <= 0)
        return with_unit(words, bms_number_plain(words->arena, amount, words->language), unit_of_measure);
    if (kroner < 1e6)
        return with_unit(words, bms_number_text(words->arena, kroner, 0, words->language), "kr");
    return with_unit(words, bms_number_text(words->arena, kroner / 1e6, 1, words->language),
                     bms_tr(words->language, BMS_TEXT("million kr")));
}

const char *bms_words_amount(const bms_words *words, const bms_indicator *indicator,
                             const bms_figure *figure) {
    const bms_values *answer = &figure->rolled.answer;
    const bms_kind_difference *difference = bms_kind_of(indicator->kind)->difference;
    if (!difference || answer->state != BMS_REPORTED || !answer->numerator.known ||
        !answer->denominator.known)
        return "";
    double amount = bms_number_round(answer->numerator.value - answer->denominator.value, 6);
    if (fabs(amount) <= 0)
        return bms_tr(words->language, difference->none);
    const char *sum = sum_of_money(words, indicator->numerator.unit_of_measure, fabs(amount));
    const char *text = amount > 0 ? difference->amount_above : difference->amount_below;
    return bms_message(words->arena, bms_tr(words->language, text), "amount", sum, NULL);
}

const char *bms_words_state(const bms_words *words, enum bms_state state) {
    static const char *const texts[] = {[BMS_REPORTED] = "",
                                        [BMS_MISSING] = BMS_TEXT("missing"),
                                        [BMS_NOT_APPLICABLE] = BMS_TEXT("not relevant"),
                                        [BMS_EMPTY_BASE] = BMS_TEXT("nobody to measure (0 of 0)")};
    return *texts[state] == '\0' ? "" : bms_tr(words->language, texts[state]);
}

/* Targets. */

static const char *limit_text(const bms_words *words, const bms_limits *limits) {
    const char *green = bms_number_plain(words->arena, limits->green, words->language);
    if (limits->better != BMS_BAND) {
        return bms_arena_format(words->arena, "%s" NO_BREAK_SPACE "%s", limits->better == BMS_UP ? "≥" : "≤",
                                green);
    }
    const char *green_to = bms_number_plain(words->arena, limits->green_to, words->language);
    return bms_arena_format(words->arena, "%s–%s", green, green_to);
}

const char *bms_words_target(const bms_words *words, const bms_indicator *indicator,
                             const bms_figure *figure) {
    if (!figure->limits.known)
        return "";
    if (bms_words_is_yes_or_no(indicator, figure) && figure->limits.better != BMS_BAND) {
        const char *word = figure->limits.better == BMS_UP ? BMS_TEXT("Yes") : BMS_TEXT("No");
        return bms_tr(words->language, word);
    }
    return with_unit(words, limit_text(words, &figure->limits), indicator->unit_of_result);
}

static const char *offset_text(const bms_words *words, const bms_target *target) {
    double offset = target->limits.green;
    bool points = target->offset == BMS_PERCENTAGE_POINTS;
    const char *text =
        offset < 0 ? (points ? BMS_TEXT(" minus {n} percentage points") : BMS_TEXT(" minus {n} per cent"))
                   : (points ? BMS_TEXT(" plus {n} percentage points") : BMS_TEXT(" plus {n} per cent"));
    const char *n = bms_number_plain(words->arena, fabs(offset), words->language);
    if (fabs(offset) <= 0)
        return "";
    return bms_message(words->arena, bms_tr(words->language, text), "n", n, NULL);
}

const char *bms_words_target_source(const bms_words *words, const bms_report_indicator *row) {
    const bms_target *target = row->target.target;
    const bms_reference_value *reference = row->target.reference;
    if (!target || !target->series || *target->series == '\0')
        return "";
    if (!reference) {
        return bms_message(words->arena,
                           bms_tr(words->language, BMS_TEXT("no figure for {series} is known yet")), "series",
                           target->series, NULL);
    }
    const char *value = bms_number_plain(words->arena, reference->value, words->language);
    const char *period = bms_period_name(words->arena, &reference->period, words->language);
    const char *offset = offset_text(words, target);
    bool published = reference->published != BMS_NO_DAY;
    const char *day = published ? bms_day_text(words->arena, reference->published, words->language) : "";
    const char *text = published ? BMS_TEXT("{series} {value} ({period}, published {day}){offset}")
                                 : BMS_TEXT("{series} {value} ({period}){offset}");
    return bms_message(words->arena, bms_tr(words->language, text), "series", target->series, "value", value,
                       "period", period, "day", day, "offset", offset, NULL);
}

/* Change, coverage, spread, course. */

const char *bms_words_change(const bms_words *words, const bms_change *change) {
    if (change->with == BMS_COMPARED_WITH_NOTHING && change->broken)
        return bms_tr(words->language, BMS_TEXT("break"));
    if (change->with == BMS_COMPARED_WITH_NOTHING)
        return "";
    const char *word = BMS_TEXT("about as before");
    if (change->direction != 0) {
        word = change->better > 0      ? BMS_TEXT("better")
               : change->better < 0    ? BMS_TEXT("worse")
               : change->direction > 0 ? BMS_TEXT("higher")
                                       : BMS_TEXT("lower");
    }
    const char *arrow = change->direction > 0 ? "↑ " : change->direction < 0 ? "↓ " : "";
    return bms_arena_format(words->arena, "%s%s", arrow, bms_tr(words->language, word));
}

/** @return one of the two numbers, as short as it can be. */
static const char *compared_number(const bms_words *words, const bms_indicator *indicator,
                                   const bms_change *change, bms_number number) {
    if (bms_kind_of(indicator->kind)->yes_or_no && change->units == 1) {
        const char *word = number.value > 0 ? BMS_TEXT("Yes") : BMS_TEXT("No");
        return bms_tr(words->language, word);
    }
    return bms_number_text(words->arena, number.value, change->decimals, words->language);
}

const char *bms_words_compared(const bms_words *words, const bms_indicator *indicator,
                               const bms_change *change) {
    const char *text = change->too_few ? BMS_TEXT("too few answers both times") : "";
    switch (change->with) {
    case BMS_COMPARED_WITH_LAST:
        text = change->in_row ? BMS_TEXT("last time {n}") : BMS_TEXT("last time");
        break;
    case BMS_COMPARED_WITH_FORECAST:
        text = change->in_row ? BMS_TEXT("last forecast {n}") : BMS_TEXT("last forecast");
        break;
    case BMS_COMPARED_WITH_YEAR_BEFORE:
    case BMS_COMPARED_WITH_YEAR_TO_DATE:
        text = BMS_TEXT("last year");
        break;
    case BMS_COMPARED_WITH_NOTHING:
        break;
    }
    if (*text == '\0')
        return "";
    return bms_message(words->arena, bms_tr(words->language, text), "n",
                       compared_number(words, indicator, change, change->then), NULL);
}

static const char *count_text(const bms_words *words, size_t n) {
    return bms_arena_format(words->arena, "%zu", n);
}

const char *bms_words_same_units(const bms_words *words, const bms_indicator *indicator,
                                 const bms_change *change) {
    bool last = change->with == BMS_COMPARED_WITH_LAST || change->with == BMS_COMPARED_WITH_NOTHING;
    const char *missing =
        last && change->year_missing ? bms_tr(words->language, BMS_TEXT("last year is missing")) : "";
    if (change->with == BMS_COMPARED_WITH_NOTHING || change->in_row)
        return missing;
    const char *text = bms_tr_plural(words->language, BMS_TEXT("{then} → {now}, same {n} unit"),
                                     BMS_TEXT("{then} → {now}, same {n} units"), change->units);
    const char *pair = bms_message(
        words->arena, text, "then", compared_number(words, indicator, change, change->then), "now",
        compared_number(words, indicator, change, change->now), "n", count_text(words, change->units), NULL);
    return bms_arena_format(words->arena, "%s%s%s", pair, *missing == '\0' ? "" : "; ", missing);
}

/* What is known. */

static size_t count_missing(const bms_report_model *model) {
    size_t missing = 0;
    for (size_t i = 0; i < model->n_indicators; i++) {
        for (size_t a = 0; a < model->indicators[i].n_answers; a++)
            missing += model->indicators[i].answers[a].now.rolled.answer.state == BMS_MISSING;
    }
    return missing;
}

const char *bms_words_nothing_red(const bms_words *words, const bms_report_model *model, bool *good) {
    const size_t *n = model->n_answers_by_colour;
    bool unit = model->kind == BMS_REPORT_UNIT;
    bool all_in = model->n_delivered_units == model->n_expected_units;
    const char *text = BMS_TEXT("Nothing is red");
    *good = false;
    if (!all_in && model->n_delivered_units == 0) {
        text = unit ? BMS_TEXT("Not delivered: nothing is known")
                    : BMS_TEXT("Nobody has delivered: nothing is known");
    } else if (n[BMS_GREEN] + n[BMS_YELLOW] + n[BMS_RED] == 0) {
        text = BMS_TEXT("No result has a colour");
    } else if (model->n_by_colour[BMS_RED] > 0) {
        text = BMS_TEXT("None of the units that answered is red");
    } else if (!all_in) {
        text = bms_tr_plural(words->language, BMS_TEXT("Nothing is red of the {n} that has delivered"),
                             BMS_TEXT("Nothing is red among the {n} that have delivered"),
                             model->n_delivered_units);
        return bms_message(words->arena, text, "n", count_text(words, model->n_delivered_units), NULL);
    } else if (count_missing(model) > 0) {
        text = BMS_TEXT("Nothing is red of what was answered");
    } else {
        *good = true;
    }
    return bms_tr(words->language, text);
}

const char *bms_words_preliminary(const bms_words *words, const bms_report_indicator *row) {
    if (row->n_preliminary == 0)
        return "";
    if (row->n_answers == 1)
        return bms_tr(words->language, BMS_TEXT("preliminary"));
    const char *text = bms_tr_plural(words->language, BMS_TEXT("{n} preliminary number"),
                                     BMS_TEXT("{n} preliminary numbers"), row->n_preliminary);
    return bms_message(words->arena, text, "n", count_text(words, row->n_preliminary), NULL);
}

const char *bms_words_coverage(const bms_words *words, const bms_rolled *rolled) {
    size_t asked = rolled->planned - rolled->not_applicable;
    const char *n = count_text(words, rolled->reported + rolled->empty_base);
    const char *of = count_text(words, asked);
    const char *text = bms_tr_plural(words->language, BMS_TEXT("{n} of {count} unit"),
                                     BMS_TEXT("{n} of {count} units"), asked);
    return bms_message(words->arena, text, "n", n, "count", of, NULL);
}

const char *bms_words_spread(const bms_words *words, const bms_report_indicator *row) {
    if (!row->spread.lowest || bms_kind_of(row->indicator->kind)->yes_or_no)
        return "";
    const bms_figure *low = bms_report_in_spread(row, row->spread.lowest);
    const bms_figure *high = bms_report_in_spread(row, row->spread.highest);
    const char *from =
        bms_number_text(words->arena, low->rolled.result.value, row->indicator->decimals, words->language);
    const char *to =
        bms_number_text(words->arena, high->rolled.result.value, row->indicator->decimals, words->language);
    const char *dash = low->rolled.result.value < 0 || high->rolled.result.value < 0 ? " – " : "–";
    return bms_arena_format(words->arena, "%s%s%s", from, dash, to);
}

const char *bms_words_course(const bms_words *words, const bms_number *points, size_t n) {
    static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    double least = INFINITY;
    double most = -INFINITY;
    size_t known = 0;
    for (size_t i = 0; i < n; i++) {
        if (points[i].known) {
            known++;
            least = fmin(least, points[i].value);
            most = fmax(most, points[i].value);
        }
    }
    char *text = bms_arena_alloc(words->arena, n * 3 + 1);
    size_t length = 0;
    if (!text)
        return "";
    for (size_t i = 0; known >= 3 && i < n; i++) {
        double height = most > least ? (points[i].value - least) / (most - least) : 0.5;
        const char *block = points[i].known ? blocks[(int)(height * 7 + 0.5)] : "·";
        memcpy(text + length, block, strlen(block) + 1);
        length += strlen(block);
    }
    return text;
}

const char *bms_words_course_of(const bms_words *words, const bms_report_indicator *row) {
    if (row->course_break == 0)
        return bms_words_course(words, row->course, row->n_course);
    const char *before = bms_words_course(words, row->course, row->course_break);
    const char *after =
        bms_words_course(words, row->course + row->course_break, row->n_course - row->course_break);
    return bms_arena_format(words->arena, "%s%s%s%s%s", before, *before == '\0' ? "" : " ",
                            bms_tr(words->language, BMS_TEXT("break")), *after == '\0' ? "" : " ", after);
}

const char *bms_words_answered_by(const bms_words *words, const bms_definition *definition, int unit,
                                  bms_day day) {
    const char *name = definition->units[unit].name;
    int now = bms_succession_only_heir(definition, unit, day);
    if (now == BMS_NONE || now == unit)
        return name;
    return bms_message(words->arena, bms_tr(words->language, BMS_TEXT("{unit} (number from {before})")),
                       "unit", definition->units[now].name, "before", name, NULL);
}

const char *bms_words_past(const bms_words *words, const bms_definition *definition, int unit,
                           bms_day seen_from) {
    bms_day day = bms_succession_day(definition, unit, seen_from);
    int *past = bms_arena_alloc(words->arena, definition->n_units * sizeof *past);
    int *others = bms_arena_alloc(words->arena, definition->n_units * sizeof *others);
    if (!past || !others)
        return "";
    size_t n = day == BMS_NO_DAY ? 0 : bms_succession_past(definition, unit, day, seen_from, past);
    size_t shared = bms_succession_shared(definition, unit, day, seen_from, past, n, others);
    if (n == 0 || (shared == 0 && n == 1 && past[0] == unit))
        return "";
    const char *text = shared > 0 ? BMS_TEXT("figures before {day} are shared with {units}")
                       : n > 1    ? BMS_TEXT("figures before {day} are {units} added together")
                                  : BMS_TEXT("figures before {day} are from {units}");
    const char *from = bms_day_text(words->arena, day + 1, words->language);
    const char *names = bms_definition_unit_names(definition, shared > 0 ? others : past,
                                                  shared > 0 ? shared : n, words->arena, words->language);
    return bms_message(words->arena, bms_tr(words->language, text), "day", from, "units", names, NULL);
}

const char *bms_words_red_in_a_row(const bms_words *words, int times) {
    if (times <= 1)
        return bms_tr(words->language, BMS_TEXT("first time"));
    const char *n = count_text(words, (size_t)times);
    return bms_message(words->arena, bms_tr(words->language, BMS_TEXT("{n} times in a row")), "n", n, NULL);
}

const char *bms_words_basis(const bms_words *words, enum bms_basis basis) {
    return bms_tr(words->language, bms_basis_of(basis)->shown);
}

const char *bms_words_closed(const bms_words *words, const bms_unit *unit) {
    return bms_message(words->arena, bms_tr(words->language, BMS_TEXT("{unit}, closed {day}")), "unit",
                       unit->name, "day", bms_day_text(words->arena, unit->to, words->language), NULL);
}
