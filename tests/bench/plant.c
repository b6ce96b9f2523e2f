/** Plants one mistake in a return (see plant.h), at a random place. */
#include "tests/bench/plant.h"

#include <math.h>
#include <stdio.h>

const char *plant_name(enum planted planted) {
    static const char *const names[N_PLANTED] = {"swap that breaks n <= d",
                                                 "swap in a rate",
                                                 "swap in a mean",
                                                 "swap in a deviation",
                                                 "10/100/1000 times",
                                                 "1/10, 1/100, 1/1000",
                                                 "both numbers 1000 times",
                                                 "both numbers 1/1000",
                                                 "both numbers 100 times",
                                                 "both numbers 10 times",
                                                 "one number 1000 times",
                                                 "base mismatch",
                                                 "text number",
                                                 "text that is no number",
                                                 "date for number",
                                                 "the whole year's budget",
                                                 "another unit's numbers"};
    return names[planted];
}

static void type(bms_raw_cell *cell, bms_number number) {
    cell->kind = number.known ? BMS_RAW_NUMBER : BMS_RAW_BLANK;
    cell->number = number.value;
    cell->text = NULL;
}

static void write(bms_raw_cell *cell, const char *text) {
    cell->kind = BMS_RAW_TEXT;
    cell->text = text;
}

void plant_answer(bms_raw_row *row, const bms_values *answer) {
    type(&row->numerator, answer->numerator);
    type(&row->denominator, answer->denominator);
    row->reason.kind = BMS_RAW_BLANK;
    if (answer->state == BMS_MISSING)
        write(&row->reason, "Kommer senere");
}

static bms_raw_cell *cell_of(bms_raw_row *rows, const planted_at *spot) {
    bms_raw_row *row = &rows[spot->indicator];
    return spot->which == BMS_NUMERATOR ? &row->numerator : &row->denominator;
}

static bool is_kind(const town *p, int i, enum bms_kind kind) {
    return p->indicators[i].kind == kind;
}

/** Pick an indicator among those of a kind that are answered with different numbers. */
static bool pick_swap(town *p, enum bms_kind kind, const bms_raw_row *rows, planted_at *out) {
    for (int tries = 0; tries < 200; tries++) {
        int i = (int)population_pick(p, INDICATORS);
        const bms_raw_row *row = &rows[i];
        if (!is_kind(p, i, kind) || row->numerator.kind != BMS_RAW_NUMBER ||
            fabs(row->numerator.number - row->denominator.number) < 1e-9)
            continue;
        *out = (planted_at){.indicator = i, .which = BMS_NUMERATOR};
        return true;
    }
    return false;
}

static bool swap(town *p, enum bms_kind kind, bms_raw_row *rows, planted_at *out) {
    if (!pick_swap(p, kind, rows, out))
        return false;
    bms_raw_row *row = &rows[out->indicator];
    double n = row->numerator.number;
    row->numerator.number = row->denominator.number;
    row->denominator.number = n;
    return true;
}

/** Pick a number that is typed and more than 0. */
static bool pick_number(town *p, bms_raw_row *rows, planted_at *out) {
    for (int tries = 0; tries < 200; tries++) {
        *out = (planted_at){.indicator = (int)population_pick(p, INDICATORS),
                            .which = population_even(p) < 0.5 ? BMS_NUMERATOR : BMS_DENOMINATOR};
        const bms_raw_cell *cell = cell_of(rows, out);
        if (cell->kind == BMS_RAW_NUMBER && cell->number > 0.0 && !is_kind(p, out->indicator, BMS_YESNO))
            return true;
    }
    return false;
}

static bool factor(town *p, bms_raw_row *rows, bool times, planted_at *out) {
    static const double factors[] = {10.0, 100.0, 1000.0};
    double factor = factors[population_pick(p, 3)];
    if (!pick_number(p, rows, out))
        return false;
    bms_raw_cell *cell = cell_of(rows, out);
    const bms_indicator *indicator = &p->indicators[out->indicator];
    bool whole = out->which == BMS_NUMERATOR ? indicator->numerator.whole : indicator->denominator.whole;
    cell->number = times ? cell->number * factor : cell->number / factor;
    if (whole)
        cell->number = round(cell->number);
    return true;
}

/** Both numbers, or the only one, in the wrong unit of measure; not of a mean, which has a scale. */
static bool wrong_measure(town *p, bms_raw_row *rows, double times, bool both, planted_at *out) {
    do {
        if (!pick_number(p, rows, out))
            return false;
    } while (is_kind(p, out->indicator, BMS_MEAN));
    bms_raw_cell *cell = cell_of(rows, out);
    bms_raw_row *row = &rows[out->indicator];
    if (both) {
        row->numerator.number *= times;
        row->denominator.number *= times;
    } else {
        cell->number *= times;
    }
    return true;
}

/** Two questions ask for the same base (0 and 3, 2 and 6): one is answered a little differently. */
static bool base(town *p, bms_raw_row *rows, planted_at *out) {
    int i = population_even(p) < 0.5 ? 3 : 6;
    int other = i == 3 ? 0 : 2;
    *out = (planted_at){.indicator = i, .which = BMS_DENOMINATOR};
    if (rows[i].denominator.kind != BMS_RAW_NUMBER || rows[other].denominator.kind != BMS_RAW_NUMBER)
        return false;
    rows[i].denominator.number += 1.0 + floor(rows[i].denominator.number * 0.1 * population_even(p));
    return true;
}

/** Write a number as people do: grouped by some space, with a decimal comma or point, with kr or ",-". */
static bool text(town *p, bms_raw_row *rows, bool number, planted_at *out) {
    static const char *const spaces[] = {"", " ", "\u00a0", "\u202f"};
    static char texts[64][64];
    static size_t used;
    char *written = texts[used++ % 64];
    if (!pick_number(p, rows, out))
        return false;
    bms_raw_cell *cell = cell_of(rows, out);
    double whole = floor(cell->number + 1e-9);
    int tenths = (int)round((cell->number - whole) * 10.0);
    bool kroner = is_kind(p, out->indicator, BMS_DEVIATION) && population_even(p) < 0.5;
    const char *space = spaces[population_pick(p, 4)];
    char left[32];
    if (whole >= 1000.0) {
        (void)snprintf(left, sizeof left, "%.0f%s%03.0f", floor(whole / 1000.0), space, fmod(whole, 1000.0));
    } else {
        (void)snprintf(left, sizeof left, "%.0f", whole);
    }
    char right[16] = "";
    if (tenths > 0)
        (void)snprintf(right, sizeof right, "%c%d", population_even(p) < 0.8 ? ',' : '.', tenths);
    (void)snprintf(written, 64, "%s%s%s%s%s", kroner ? "kr " : "", left, right,
                   kroner && tenths == 0 ? ",-" : "", number ? "" : " ca");
    out->value = whole + tenths / 10.0;
    write(cell, written);
    return true;
}

static bool date(town *p, bms_raw_row *rows, planted_at *out) {
    if (!pick_number(p, rows, out))
        return false;
    bms_raw_cell *cell = cell_of(rows, out);
    cell->kind = BMS_RAW_DATE;
    cell->day = bms_day_of(2026, 1 + (int)population_pick(p, 12), 1 + (int)population_pick(p, 28));
    return true;
}

/** The budget of the whole year, where that of the period or of the year so far was asked for. */
static bool budget(town *p, int period, bms_raw_row *rows, planted_at *out) {
    int i = population_even(p) < 0.5 ? 14 : 15;
    double tertials = p->indicators[i].basis == BMS_YEAR_TO_DATE ? period % 3 + 1 : 1;
    *out = (planted_at){.indicator = i, .which = BMS_DENOMINATOR};
    if (tertials > 2.5 || rows[i].denominator.kind != BMS_RAW_NUMBER)
        return false;
    rows[i].denominator.number *= 3.0 / tertials;
    return true;
}

static bool others(town *p, int unit, int period, bms_raw_row *rows, planted_at *out) {
    int other =
        (int)population_pick(p, (size_t)(UNITS / p->shape.groups)) * p->shape.groups + unit % p->shape.groups;
    *out = (planted_at){.indicator = -1};
    if (other == unit)
        return false;
    for (int i = 0; i < INDICATORS; i++)
        plant_answer(&rows[i], &p->answers[period][other][i]);
    return true;
}

bool plant(town *p, enum planted planted, int unit, int period, bms_raw_row rows[INDICATORS],
           planted_at *out) {
    switch (planted) {
    case PLANT_SWAP_SHARE:
        return swap(p, BMS_SHARE, rows, out);
    case PLANT_SWAP_RATE:
        return swap(p, BMS_RATE, rows, out);
    case PLANT_SWAP_MEAN:
        return swap(p, BMS_MEAN, rows, out);
    case PLANT_SWAP_DEVIATION:
        return swap(p, BMS_DEVIATION, rows, out);
    case PLANT_FACTOR:
    case PLANT_FRACTION:
        return factor(p, rows, planted == PLANT_FACTOR, out);
    case PLANT_THOUSAND:
    case PLANT_THOUSAND_ONCE:
        return wrong_measure(p, rows, 1000.0, planted == PLANT_THOUSAND, out);
    case PLANT_THOUSANDTH:
        return wrong_measure(p, rows, 0.001, true, out);
    case PLANT_HUNDRED:
        return wrong_measure(p, rows, 100.0, true, out);
    case PLANT_TEN:
        return wrong_measure(p, rows, 10.0, true, out);
    case PLANT_BASE:
        return base(p, rows, out);
    case PLANT_TEXT:
    case PLANT_NO_NUMBER:
        return text(p, rows, planted == PLANT_TEXT, out);
    case PLANT_DATE:
        return date(p, rows, out);
    case PLANT_BUDGET:
        return budget(p, period, rows, out);
    case PLANT_OTHERS:
        return others(p, unit, period, rows, out);
    case N_PLANTED:
        break;
    }
    return false;
}
