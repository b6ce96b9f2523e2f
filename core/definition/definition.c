/** Look-ups in a definition (see definition.h): codes, the tree of units, the plan, questions as asked. */
#include "core/definition/definition.h"

#include "core/base/catalogue.h"
#include "core/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @return the first unit with a code, found in their order by code. */
static int unit_by_code(const bms_definition *definition, const char *code) {
    size_t low = 0;
    size_t high = definition->n_units;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (bms_code_compare(definition->units[definition->units_by_code[middle]].code, code) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    int unit = low < definition->n_units ? definition->units_by_code[low] : BMS_NONE;
    return unit != BMS_NONE && bms_code_compare(definition->units[unit].code, code) == 0 ? unit : BMS_NONE;
}

/** A unit with its code, for sorting. */
struct coded {
    const char *code;
    int unit;
};

static int by_code(const void *left, const void *right) {
    const struct coded *a = left;
    const struct coded *b = right;
    int order = bms_code_compare(a->code, b->code);
    return order != 0 ? order : a->unit - b->unit;
}

void bms_definition_sort_units(bms_arena *arena, bms_definition *definition) {
    const size_t n = definition->n_units;
    int *sorted = bms_arena_alloc(arena, n * sizeof *sorted);
    struct coded *units = malloc((n + 1) * sizeof *units);
    for (size_t i = 0; units && i < n; i++)
        units[i] = (struct coded){definition->units[i].code, (int)i};
    if (units && sorted) {
        qsort(units, n, sizeof *units, by_code);
        for (size_t i = 0; i < n; i++)
            sorted[i] = units[i].unit;
        definition->units_by_code = sorted;
    } else {
        bms_arena_fail(arena);
    }
    free(units);
}

int bms_definition_unit(const bms_definition *definition, const char *code) {
    if (definition->units_by_code)
        return unit_by_code(definition, code);
    for (size_t i = 0; i < definition->n_units; i++) {
        if (bms_code_compare(definition->units[i].code, code) == 0)
            return (int)i;
    }
    return BMS_NONE;
}

int bms_definition_indicator(const bms_definition *definition, const char *code) {
    for (size_t i = 0; i < definition->n_indicators; i++) {
        if (bms_code_compare(definition->indicators[i].code, code) == 0)
            return (int)i;
    }
    return BMS_NONE;
}

int bms_definition_period(const bms_definition *definition, const char *code) {
    for (size_t i = 0; i < definition->n_calendar; i++) {
        if (bms_code_compare(definition->calendar[i].period.code, code) == 0)
            return (int)i;
    }
    return BMS_NONE;
}

const char *bms_definition_period_name(const bms_definition *definition, int period, bms_arena *arena,
                                       const char *language) {
    const bms_calendar_period *entry = &definition->calendar[period];
    if (entry->name[0] != '\0')
        return entry->name;
    return bms_period_name(arena, &entry->period, language);
}

const char *bms_definition_unit_names(const bms_definition *definition, const int *units, size_t n,
                                      bms_arena *arena, const char *language) {
    const char *names = "";
    for (size_t i = 0; i < n; i++) {
        const char *between = i == 0 ? "" : i + 1 < n ? ", " : bms_tr(language, BMS_TEXT(" and "));
        names = bms_arena_format(arena, "%s%s%s", names, between, definition->units[units[i]].name);
    }
    return names;
}

static const char *text_on(const bms_earlier_text *earlier, size_t n, const char *newest, bms_day day) {
    for (size_t i = 0; i < n; i++) {
        if (day <= earlier[i].to)
            return earlier[i].text;
    }
    return newest;
}

const char *bms_municipality_name_on(const bms_municipality *municipality, bms_day day) {
    return text_on(municipality->earlier_names, municipality->n_earlier_names, municipality->name, day);
}

const char *bms_municipality_number_on(const bms_municipality *municipality, bms_day day) {
    return text_on(municipality->earlier_numbers, municipality->n_earlier_numbers, municipality->number, day);
}

bool bms_unit_valid(const bms_unit *unit, bms_day day) {
    return (unit->from == BMS_NO_DAY || unit->from <= day) && (unit->to == BMS_NO_DAY || day <= unit->to);
}

int bms_unit_parent_on(const bms_unit *unit, bms_day day) {
    for (size_t i = 0; i < unit->n_earlier; i++) {
        if (day <= unit->earlier[i].to)
            return unit->earlier[i].parent;
    }
    return unit->parent;
}

bool bms_unit_is_below_on(const bms_definition *definition, int unit, int above, bms_day day) {
    /* Counted, so that this also ends for a circle, which a setup may have until it is checked. */
    for (size_t steps = 0; unit != BMS_NONE && steps <= definition->n_units; steps++) {
        if (unit == above)
            return true;
        unit = bms_unit_parent_on(&definition->units[unit], day);
    }
    return false;
}

bms_day bms_definition_day_of(const bms_definition *definition, const bms_measuring_point *point) {
    const bms_period *measured = &definition->calendar[point->period].period;
    const bms_period *form = &definition->calendar[point->form].period;
    /* A figure for the whole year, asked for in its first form, is about the units of that time. */
    return measured->to < form->to ? measured->to : form->to;
}

enum bms_duty bms_definition_duty(const bms_definition *definition, const bms_measuring_point *point,
                                  int unit) {
    const bms_period *measured = &definition->calendar[point->period].period;
    const bms_indicator *indicator = &definition->indicators[point->indicator];
    if (!bms_unit_valid(&definition->units[unit], bms_definition_day_of(definition, point)))
        return BMS_NOT_ASKED;
    if (indicator->from != BMS_NO_DAY && measured->to < indicator->from)
        return BMS_NOT_ASKED;
    return point->duty[unit];
}

bool bms_definition_has_form(const bms_definition *definition, int form) {
    for (size_t i = 0; i < definition->n_points; i++) {
        const bms_measuring_point *point = &definition->points[i];
        if (point->form != form)
            continue;
        for (size_t unit = 0; unit < definition->n_units; unit++) {
            if (bms_definition_duty(definition, point, (int)unit) != BMS_NOT_ASKED)
                return true;
        }
    }
    return false;
}

const bms_asked_number *bms_definition_number(const bms_definition *definition, bms_number_ref ref) {
    const bms_indicator *indicator = &definition->indicators[ref.indicator];
    return ref.which == BMS_NUMERATOR ? &indicator->numerator : &indicator->denominator;
}

bms_number_ref bms_definition_asked_as(const bms_definition *definition, bms_number_ref ref) {
    const bms_asked_number *number = bms_definition_number(definition, ref);
    return number->same_as.indicator == BMS_NONE ? ref : number->same_as;
}

int bms_definition_point(const bms_definition *definition, int indicator, int period) {
    if (indicator == BMS_NONE || period == BMS_NONE)
        return BMS_NONE;
    if (definition->points_of)
        return definition->points_of[(size_t)indicator * definition->n_calendar + (size_t)period];
    for (size_t i = 0; i < definition->n_points; i++) {
        if (definition->points[i].indicator == indicator && definition->points[i].period == period)
            return (int)i;
    }
    return BMS_NONE;
}

bool bms_definition_is_by(const bms_definition *definition, int period, int other) {
    return definition->calendar[period].period.to <= definition->calendar[other].period.to;
}

bool bms_definition_was_due(const bms_definition *definition, int form, bms_day day, int later) {
    bms_day due = definition->calendar[form].due;
    return due != BMS_NO_DAY ? due < day : !bms_definition_is_by(definition, later, form);
}

static bms_day day_of(const bms_definition *definition, int point) {
    return bms_definition_day_of(definition, &definition->points[point]);
}

bool bms_definition_point_is_before(const bms_definition *definition, int point, int other) {
    return day_of(definition, point) < day_of(definition, other);
}

int bms_definition_compare_points(const bms_definition *definition, int a, int b) {
    bms_day day = day_of(definition, a);
    bms_day other = day_of(definition, b);
    if (day != other)
        return day < other ? -1 : 1;
    return definition->points[a].period - definition->points[b].period;
}

/** @return how much longer or shorter the period of one point is than that of another, in days. */
static int difference(const bms_definition *definition, int point, int other) {
    const bms_period *a = &definition->calendar[definition->points[point].period].period;
    const bms_period *b = &definition->calendar[definition->points[other].period].period;
    return abs((a->to - a->from) - (b->to - b->from));
}

bool bms_definition_is_closer(const bms_definition *definition, int a, int b, int point) {
    if (day_of(definition, a) != day_of(definition, b))
        return day_of(definition, a) > day_of(definition, b);
    return difference(definition, a, point) < difference(definition, b, point);
}

/** 2026-BU becomes 2025-BU. @return false when the code does not begin with a year */
static bool code_year_before(const char *code, char out[BMS_CODE_SIZE]) {
    if (strspn(code, "0123456789") < 4)
        return false;
    char digits[5] = {code[0], code[1], code[2], code[3], '\0'};
    long year = strtol(digits, NULL, 10);
    if (year <= 1000)
        return false;
    (void)snprintf(out, BMS_CODE_SIZE, "%04ld%s", year - 1, code + 4);
    return true;
}

int bms_definition_point_year_before(const bms_definition *definition, int point) {
    const bms_measuring_point *this = &definition->points[point];
    char code[BMS_CODE_SIZE];
    if (!code_year_before(definition->calendar[this->period].period.code, code))
        return BMS_NONE;
    int period = bms_definition_period(definition, code);
    return period == BMS_NONE ? BMS_NONE : bms_definition_point(definition, this->indicator, period);
}

/** What the places of a question are filled with: a period's days as 31.08, its year as 2026. */
struct filling {
    char from[16];
    char to[16];
    char year[16];
    char dates[40];
};

static void fill(struct filling *out, enum bms_basis basis, const bms_period *period) {
    int year = 0;
    int month = 0;
    int day = 0;
    bms_day_parts(period->to, &year, &month, &day);
    (void)snprintf(out->to, sizeof out->to, "%02d.%02d", day, month);
    (void)snprintf(out->year, sizeof out->year, "%d", year);
    bms_day_parts(bms_basis_first_day(basis, period), &year, &month, &day);
    (void)snprintf(out->from, sizeof out->from, "%02d.%02d", day, month);
    (void)snprintf(out->dates, sizeof out->dates, "%s–%s", out->from, out->to);
}

/** @return the text for a place such as {dates}, NULL for an unknown one. @param[out] length of the place */
static const char *place_text(const char *text, const struct filling *filling, size_t *length) {
    const struct {
        const char *place;
        const char *value;
    } places[] = {
        {"{dates}", filling->dates}, {"{periode}", filling->dates}, {"{date}", filling->to},
        {"{dato}", filling->to},     {"{year}", filling->year},     {"{år}", filling->year},
        {"{from}", filling->from},   {"{fra}", filling->from},      {"{to}", filling->to},
        {"{til}", filling->to},
    };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        *length = strlen(places[i].place);
        if (strncmp(text, places[i].place, *length) == 0)
            return places[i].value;
    }
    return NULL;
}

const char *bms_question_text(bms_arena *arena, const char *question, enum bms_basis basis,
                              const bms_period *period) {
    struct filling filling;
    fill(&filling, basis, period);
    size_t room = strlen(question) + 1;
    for (const char *at = strchr(question, '{'); at; at = strchr(at + 1, '{'))
        room += sizeof filling.dates;
    char *out = bms_arena_alloc(arena, room);
    if (!out)
        return "";
    char *end = out;
    while (*question != '\0') {
        size_t length = 0;
        const char *value = *question == '{' ? place_text(question, &filling, &length) : NULL;
        if (value) {
            size_t n = strlen(value);
            memcpy(end, value, n);
            end += n;
            question += length;
        } else {
            *end++ = *question++;
        }
    }
    *end = '\0';
    return out;
}

const char *bms_question_unknown_place(bms_arena *arena, const char *question) {
    const struct filling filling = {0};
    for (const char *at = strchr(question, '{'); at; at = strchr(at + 1, '{')) {
        size_t length = 0;
        if (!place_text(at, &filling, &length))
            return bms_arena_copy(arena, at, strcspn(at, "} ") + (at[strcspn(at, "} ")] == '}'));
    }
    return NULL;
}
