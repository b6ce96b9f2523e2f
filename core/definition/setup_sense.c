/** Whether the values of a setup make sense (see setup_sense.h). */
#include "core/definition/setup_sense.h"

#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "core/definition/rollup.h"
#include "core/definition/setup_limits.h"
#include "core/definition/setup_mistakes.h"

#include <math.h>
#include <string.h>

/** A setup being looked at. */
struct looking {
    bms_arena *arena;
    const bms_setup_book *setup;
    const bms_definition *definition;
    bms_findings *findings;
};

static void add(const struct looking *looking, enum bms_mistake mistake, bms_setup_place place,
                const char *value, const char *other) {
    bms_setup_mistake_add(looking->findings, looking->setup, mistake, place, value, other);
}

static const char *number_text(const struct looking *looking, double number) {
    return bms_number_plain(looking->arena, number, looking->findings->language);
}

static const char *text_at(bms_setup_place place) {
    const bms_setup_cell *cell = bms_setup_find(place.row, place.column);
    return cell ? cell->text : "";
}

/* Columns that a sheet which is there cannot do without. Not in the table of columns: stored setups may lack
 * them. */

static bool has_column(const struct looking *looking, enum bms_setup_sheet sheet, const char *key) {
    const bms_setup_table *table = &looking->setup->tables[sheet];
    const bms_setup_column *first = bms_setup_schema_of(sheet)->columns;
    return !table->columns || table->columns[bms_setup_column_of(sheet, key) - first] != BMS_NO_COLUMN;
}

static void check_columns(const struct looking *looking) {
    static const char *const needed[] = {"scope", "green", "red"};
    const bms_setup_table *table = &looking->setup->tables[BMS_SHEET_TARGETS];
    for (size_t i = 0; table->n_rows > 0 && !table->unclear && i < sizeof needed / sizeof *needed; i++) {
        if (!has_column(looking, BMS_SHEET_TARGETS, needed[i])) {
            add(looking, BMS_MISTAKE_MISSING_COLUMN, (bms_setup_place){BMS_SHEET_TARGETS, NULL, needed[i]},
                NULL, NULL);
        }
    }
}

/* The municipality */

/** 0301 written as a number becomes 301, and 301 is not the same. */
static void check_municipality_number(const struct looking *looking) {
    enum { LOST_ZERO = 3 };
    const bms_setup_table *table = &looking->setup->tables[BMS_SHEET_MUNICIPALITY];
    const bms_setup_column *facts = bms_setup_column_of(BMS_SHEET_MUNICIPALITY, "fact");
    enum { NUMBER = 1 }; /* in the order of the choices (setup.c) */
    for (size_t i = 0; i < table->n_rows; i++) {
        bms_setup_place place = {BMS_SHEET_MUNICIPALITY, &table->rows[i], "fact"};
        if (bms_setup_recognise_choice(facts, text_at(place)) != NUMBER)
            continue;
        place.column = "value";
        const char *number = text_at(place);
        if (strlen(number) == LOST_ZERO && strspn(number, "0123456789") == LOST_ZERO) {
            add(looking, BMS_MISTAKE_NUMBER_LOST_ZERO, place, number,
                bms_arena_format(looking->arena, "0%s", number));
        }
    }
}

/* Indicators */

static void check_factor(const struct looking *looking, bms_setup_place place,
                         const bms_indicator *indicator) {
    place.column = "factor";
    if (!bms_kind_of(indicator->kind)->factor_declared || bms_setup_find(place.row, "factor"))
        return;
    if (has_column(looking, place.sheet, "factor")) {
        add(looking, BMS_MISTAKE_RATE_WITHOUT_FACTOR, place, indicator->code, NULL);
    } else if (!looking->setup->tables[place.sheet].unclear) {
        place.row = NULL;
        add(looking, BMS_MISTAKE_MISSING_COLUMN, place, NULL, NULL);
    }
}

static void check_question(const struct looking *looking, bms_setup_place place, const char *column) {
    place.column = column;
    const char *unknown = bms_question_unknown_place(looking->arena, text_at(place));
    if (unknown)
        add(looking, BMS_MISTAKE_UNKNOWN_PLACE, place, unknown, "{dates}, {date}, {year}, {from}, {to}");
}

/** A missing column of factors is reported once, though several rates lack theirs. */
static void check_indicators(const struct looking *looking) {
    const bms_setup_table *table = &looking->setup->tables[BMS_SHEET_INDICATORS];
    const size_t before = looking->findings->n;
    for (size_t i = 0; i < looking->definition->n_indicators; i++) {
        bms_setup_place place = {BMS_SHEET_INDICATORS, &table->rows[i], NULL};
        if (has_column(looking, place.sheet, "factor") || looking->findings->n == before)
            check_factor(looking, place, &looking->definition->indicators[i]);
    }
    for (size_t i = 0; i < looking->definition->n_indicators; i++) {
        bms_setup_place place = {BMS_SHEET_INDICATORS, &table->rows[i], NULL};
        check_question(looking, place, "question_1");
        check_question(looking, place, "question_2");
    }
}

/* Targets */

/** What a result can be. */
struct span {
    double least; /* or no limit: an infinity, as the next */
    double most;
};

static struct span span_of(const bms_indicator *indicator, const bms_target *target) {
    const bms_kind_traits *kind = bms_kind_of(indicator->kind);
    const bool sum = target->applies != BMS_ONE_UNIT && bms_rolls_up_to_sum(indicator, indicator->rollup);
    struct span span = {bms_is_never_negative(indicator) ? 0 : -INFINITY, INFINITY};
    if (kind->part_of_whole || kind->yes_or_no) {
        span.most = 100;
    } else if (kind->on_a_scale || kind->result_is_amount) {
        span.least = indicator->numerator.least.known ? indicator->numerator.least.value : span.least;
        span.most = indicator->numerator.most.known ? indicator->numerator.most.value : span.most;
    }
    return sum ? (struct span){span.least < 0 ? span.least : 0, INFINITY} : span;
}

static const char *span_text(const struct looking *looking, const struct span *span) {
    const char *language = looking->findings->language;
    const char *text = isinf(span->most)    ? BMS_TEXT("at least {least}")
                       : isinf(span->least) ? BMS_TEXT("at most {most}")
                                            : BMS_TEXT("from {least} to {most}");
    return bms_message(looking->arena, bms_tr(language, text), "least",
                       isinf(span->least) ? "" : number_text(looking, span->least), "most",
                       isinf(span->most) ? "" : number_text(looking, span->most), NULL);
}

/** A limit as it is in its cell: one number or two. */
struct written {
    const char *text;
    bool per_cent; /* said with the sign */
    size_t n;
    double numbers[2];
};

static struct written limit_written(bms_setup_place place, const bms_limits *limits, bool green) {
    struct written written = {.text = text_at(place)};
    if (written.text[0] == '\0')
        return written;
    written.per_cent = strchr(written.text, '%');
    written.n = limits->better == BMS_BAND ? 2 : 1;
    written.numbers[0] = green ? limits->green : limits->red;
    written.numbers[1] = green ? limits->green_to : limits->red_to;
    return written;
}

/** @return whether the limits of a result in per cent are all below one: 0,075 for 7,5 %. One itself is that
 * only where a high share is good. */
static bool as_fractions(const struct written *green, const struct written *red, enum bms_better better) {
    const struct written *both[] = {green, red};
    double largest = 0;
    for (size_t i = 0; i < 2; i++) {
        if (both[i]->per_cent)
            return false;
        for (size_t n = 0; n < both[i]->n; n++)
            largest = fabs(both[i]->numbers[n]) > largest ? fabs(both[i]->numbers[n]) : largest;
    }
    return largest > 0 && (largest < 1 || (largest <= 1 && better == BMS_UP));
}

/** @return whether something was wrong. */
static bool check_limit(const struct looking *looking, bms_setup_place place, const struct written *limit,
                        const struct span *span) {
    for (size_t i = 0; i < limit->n && span->least <= span->most; i++) {
        if (limit->numbers[i] >= span->least && limit->numbers[i] <= span->most)
            continue;
        add(looking, BMS_MISTAKE_LIMIT_OUTSIDE, place, number_text(looking, limit->numbers[i]),
            span_text(looking, span));
        return true;
    }
    return false;
}

static void check_fraction(const struct looking *looking, bms_setup_place place,
                           const struct written *limit) {
    const double number = limit->numbers[0];
    add(looking, BMS_MISTAKE_LIMIT_AS_FRACTION, place, number_text(looking, number),
        number_text(looking, bms_number_round(number * 100, 9)));
}

static void check_target(const struct looking *looking, size_t row, const bms_target *target) {
    const bms_indicator *indicator = &looking->definition->indicators[target->indicator];
    bms_setup_place green = {BMS_SHEET_TARGETS, &looking->setup->tables[BMS_SHEET_TARGETS].rows[row],
                             "green"};
    bms_setup_place red = green;
    red.column = "red";
    const struct written limits[] = {limit_written(green, &target->limits, true),
                                     limit_written(red, &target->limits, false)};
    const struct span span = span_of(indicator, target);
    const bool per_cent = strcmp(indicator->unit_of_result, "%") == 0;
    const bms_setup_place places[] = {green, red};
    if (per_cent && as_fractions(&limits[0], &limits[1], indicator->better)) {
        const size_t which = limits[0].n > 0 && limits[0].numbers[0] != 0 ? 0 : 1;
        check_fraction(looking, places[which], &limits[which]);
        return;
    }
    for (size_t i = 0; i < 2; i++) {
        if (limits[i].per_cent && !per_cent) {
            add(looking, BMS_MISTAKE_LIMIT_IN_PER_CENT, places[i], limits[i].text, indicator->code);
            return;
        }
        if (check_limit(looking, places[i], &limits[i], &span))
            return;
    }
}

/** Limits relative to a series are differences: any size is possible. */
static void check_targets(const struct looking *looking) {
    for (size_t i = 0; i < looking->definition->n_targets; i++) {
        const bms_target *target = &looking->definition->targets[i];
        if (target->indicator != BMS_NONE && target->limits.known && target->series[0] == '\0')
            check_target(looking, i, target);
    }
}

/* Calendar */

/** @return whether something is wrong with a cell already. */
static bool is_said(const struct looking *looking, bms_setup_place place) {
    const char *sheet = bms_setup_sheet_name(looking->setup, place.sheet, looking->findings->language);
    char address[16];
    bms_setup_address(looking->setup, place, address);
    for (size_t i = 0; i < looking->findings->n; i++) {
        const bms_finding *finding = &looking->findings->items[i];
        if (finding->cell && strcmp(finding->cell, address) == 0 && strcmp(finding->sheet, sheet) == 0)
            return true;
    }
    return false;
}

/** @return whether the date in the place is before its period begins, which is said. */
static bool is_before(const struct looking *looking, bms_setup_place place, const bms_period *period) {
    bms_day day = BMS_NO_DAY;
    if (!bms_day_parse(text_at(place), &day) || period->from == BMS_NO_DAY || day >= period->from ||
        is_said(looking, place))
        return false;
    add(looking, BMS_MISTAKE_BEFORE_PERIOD, place,
        bms_day_text(looking->arena, day, looking->findings->language), period->code);
    return true;
}

/** A form that is sent, due or closed before its period begins has another year's date. */
static void check_dates(const struct looking *looking) {
    static const char *const columns[] = {"sent", "due", "closes"};
    const bms_setup_table *table = &looking->setup->tables[BMS_SHEET_CALENDAR];
    for (size_t i = 0; i < table->n_rows; i++) {
        bms_setup_place place = {BMS_SHEET_CALENDAR, &table->rows[i], "code"};
        const int period = bms_definition_period(looking->definition, text_at(place));
        bool said = period == BMS_NONE;
        for (size_t c = 0; !said && c < sizeof columns / sizeof *columns; c++) {
            place.column = columns[c];
            said = is_before(looking, place, &looking->definition->calendar[period].period);
        }
    }
}

/* Actions */

/** The words of an action's status are also read as done or not done. */
static void check_actions(const struct looking *looking) {
    const bms_setup_table *table = &looking->setup->tables[BMS_SHEET_ACTIONS];
    const bms_setup_column *column = bms_setup_column_of(BMS_SHEET_ACTIONS, "status");
    for (size_t i = 0; i < table->n_rows; i++) {
        const bms_setup_place place = {BMS_SHEET_ACTIONS, &table->rows[i], "status"};
        const char *status = text_at(place);
        if (status[0] == '\0' || bms_says(status, "Finished") ||
            bms_setup_recognise_choice(column, status) >= 0)
            continue;
        add(looking, BMS_MISTAKE_UNKNOWN_WORD, place, status,
            bms_setup_choices(looking->arena, column, looking->findings->language));
    }
}

void bms_setup_sense_check(bms_arena *arena, const bms_setup_book *setup, const bms_definition *definition,
                           bms_findings *findings) {
    const struct looking looking = {arena, setup, definition, findings};
    bms_setup_limits_check(arena, setup, definition, findings);
    check_municipality_number(&looking);
    check_indicators(&looking);
    check_columns(&looking);
    check_targets(&looking);
    check_dates(&looking);
    check_actions(&looking);
    bms_setup_asked_check(arena, setup, definition, findings);
}
