/** Reads the sheets Mål and Referansetall: limits, for whom and from when, and the series they refer to. */
#include "core/definition/accepted.h"
#include "core/definition/reading.h"
#include "core/definition/rollup.h"

#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/base/text.h"

#include <string.h>

/* The choices of Måte and of Gjelder for are in the order of the enums (setup.c). */
_Static_assert(BMS_ABSOLUTE == 0 && BMS_PER_CENT == 1 && BMS_PERCENTAGE_POINTS == 2, "ways in order");
_Static_assert(BMS_ONE_UNIT == 0 && BMS_TOGETHER == 1 && BMS_A_YEAR == 2, "what targets are for in order");

static void read_reference_period(bms_reading_row row, bms_reference_value *value) {
    const bms_definition *definition = row.reading->definition;
    const char *code = bms_reading_text(row, "period");
    int known = bms_definition_period(definition, code);
    if (known != BMS_NONE) {
        value->period = definition->calendar[known].period;
    } else if (code[0] != '\0' && !bms_period_parse(code, &value->period)) {
        bms_reading_mistake(row, "period", BMS_MISTAKE_UNKNOWN_MEASURING_POINT, code,
                            bms_reading_sheet_name(row.reading, BMS_SHEET_CALENDAR));
    }
}

/** @return a series in its first spelling among the first `n` figures, so that all use the same; or NULL. */
static const char *known_series(const bms_definition *definition, size_t n, const char *series) {
    for (size_t i = 0; i < n; i++) {
        if (bms_text_same(definition->references[i].series, series))
            return definition->references[i].series;
    }
    return NULL;
}

static void read_reference_group(bms_reading_row row, bms_reference_value *value) {
    value->group = bms_reading_text(row, "group");
    const char *known = value->group[0] == '\0' ? "" : bms_reading_group(row.reading, value->group);
    if (known) {
        value->group = known;
    } else if (!row.reading->setup->tables[BMS_SHEET_UNITS].unclear) {
        bms_reading_mistake(row, "group", BMS_MISTAKE_UNKNOWN_GROUP, value->group,
                            bms_reading_sheet_name(row.reading, BMS_SHEET_UNITS));
    }
}

static void read_reference(bms_reading_row row, size_t index, bms_reference_value *value) {
    const char *series = bms_reading_text(row, "series");
    const char *known = known_series(row.reading->definition, index, series);
    value->series = known ? known : series;
    value->source = bms_reading_text(row, "source");
    value->value = bms_reading_number(row, "value").value;
    value->published = bms_reading_date(row, "published");
    read_reference_period(row, value);
    read_reference_group(row, value);
}

/** A figure may be published again, revised, but only once on the same day. */
static void check_reference_once(bms_reading_row row, size_t index) {
    const bms_reference_value *this = &row.reading->definition->references[index];
    for (size_t i = 0; i < index && this->period.code[0] != '\0'; i++) {
        const bms_reference_value *other = &row.reading->definition->references[i];
        bool same = other->published == this->published &&
                    bms_code_compare(other->period.code, this->period.code) == 0 &&
                    strcmp(other->series, this->series) == 0 && strcmp(other->group, this->group) == 0;
        if (!same)
            continue;
        bms_reading_mistake(row, "series", BMS_MISTAKE_REFERENCE_TWICE, NULL,
                            bms_reading_address(row.reading, row.sheet, i, "series"));
        return;
    }
}

void bms_read_references(bms_reading *reading) {
    bms_definition *definition = reading->definition;
    size_t n = reading->setup->tables[BMS_SHEET_REFERENCES].n_rows;
    definition->references = bms_arena_alloc(reading->arena, n * sizeof *definition->references);
    definition->n_references = definition->references ? n : 0;
    for (size_t i = 0; i < definition->n_references; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_REFERENCES, i);
        read_reference(row, i, &definition->references[i]);
        check_reference_once(row, i);
    }
}

/** A limit as it is written: one number, or from–to. */
struct limit {
    bool known;
    bool range;
    double from;
    double to;
};

/** @return a limit as it could be written for the indicator, for what to do. */
static const char *example_limit(bms_reading_row row, const char *column, bool band) {
    const char *language = row.reading->findings->language;
    bms_arena *arena = row.reading->arena;
    return band ? bms_arena_format(arena, "%s–%s", bms_number_plain(arena, 5.5, language),
                                   bms_number_plain(arena, 6.1, language))
                : bms_reading_example(row, column);
}

static struct limit read_limit(bms_reading_row row, const char *column, bool band) {
    struct limit limit = {0};
    const char *text = bms_reading_text(row, column);
    if (text[0] == '\0')
        return limit;
    limit.range = bms_reading_from_to(row.reading, text, &limit.from, &limit.to);
    limit.known = limit.range || bms_reading_is_number(row.reading, text, &limit.from);
    if (!limit.known)
        bms_reading_mistake(row, column, BMS_MISTAKE_BAD_NUMBER, text, example_limit(row, column, band));
    return limit;
}

/** @return whether the limit has the right form: from–to where best is within, else one number. */
static bool form_fits(bms_reading_row row, const char *column, const struct limit *limit,
                      enum bms_better better) {
    bool band = better == BMS_BAND;
    if (!limit->known || limit->range == band)
        return true;
    bms_reading_mistake(row, column, band ? BMS_MISTAKE_BAND_WITHOUT_RANGE : BMS_MISTAKE_RANGE_WITHOUT_BAND,
                        bms_reading_text(row, column), NULL);
    return false;
}

static bool right_side(const bms_limits *limits) {
    switch (limits->better) {
    case BMS_UP:
        return limits->red <= limits->green;
    case BMS_DOWN:
        return limits->red >= limits->green;
    case BMS_BAND:
        return limits->red <= limits->green && limits->green <= limits->green_to &&
               limits->green_to <= limits->red_to;
    }
    return false;
}

/** @return whether it is said when the indicator is best: if not, that is reported, and no consequences. */
static bool better_known(const bms_reading *reading, int indicator) {
    const bms_setup_row *row = &reading->setup->tables[BMS_SHEET_INDICATORS].rows[indicator];
    const bms_setup_cell *cell = bms_setup_find(row, "better");
    return cell &&
           bms_setup_recognise_choice(bms_setup_column_of(BMS_SHEET_INDICATORS, "better"), cell->text) >= 0;
}

static void require_limit(bms_reading_row row) {
    bool blank = !bms_setup_find(row.row, "green") && !bms_setup_find(row.row, "red");
    if (blank && bms_reading_has_column(row, "green") && bms_reading_has_column(row, "red"))
        bms_reading_mistake(row, "green", BMS_MISTAKE_WITHOUT_LIMITS, NULL, NULL);
}

/** Report where a band ends before it begins. @return whether it does */
static bool turned(bms_reading_row row, const char *column, const struct limit *limit) {
    if (!limit->known || !limit->range || limit->from <= limit->to)
        return false;
    bms_reading_mistake(row, column, BMS_MISTAKE_BAND_TURNED, bms_reading_text(row, column), NULL);
    return true;
}

static void read_limits(bms_reading_row row, bms_target *target) {
    const bms_indicator *indicator =
        target->indicator == BMS_NONE ? NULL : &row.reading->definition->indicators[target->indicator];
    bool band = indicator && indicator->better == BMS_BAND;
    struct limit green = read_limit(row, "green", band);
    struct limit red = read_limit(row, "red", band);
    require_limit(row);
    if (!indicator || (!green.known && !red.known) || !better_known(row.reading, target->indicator))
        return;
    enum bms_better better = indicator->better;
    bool fits = form_fits(row, "green", &green, better);
    fits = form_fits(row, "red", &red, better) && fits;
    /* One limit given means both. */
    green = green.known ? green : red;
    red = red.known ? red : green;
    target->limits = (bms_limits){.known = true,
                                  .better = better,
                                  .green = green.from,
                                  .green_to = green.range ? green.to : green.from,
                                  .red = red.from,
                                  .red_to = red.range ? red.to : red.from};
    if (turned(row, "green", &green) || turned(row, "red", &red) || !fits)
        return;
    if (!right_side(&target->limits)) {
        bms_reading_mistake(row, "red", BMS_MISTAKE_RED_ON_WRONG_SIDE, bms_reading_text(row, "red"),
                            bms_reading_text(row, "green"));
    }
}

/** @return whether it is clear whom the target is for. */
static bool read_scope(bms_reading_row row, bms_target *target) {
    const char *text = bms_reading_text(row, "scope");
    target->scope = BMS_FOR_ALL;
    target->group = "";
    target->unit = BMS_NONE;
    if (text[0] == '\0' || bms_says(text, "all"))
        return true;
    const char *group = bms_reading_group(row.reading, text);
    int unit = bms_reading_find(row.reading, BMS_SHEET_UNITS, text);
    if (group && unit != BMS_NONE) {
        bms_reading_mistake(row, "scope", BMS_MISTAKE_UNCLEAR_SCOPE, text, NULL);
        return false;
    }
    if (!group && unit == BMS_NONE) {
        bms_reading_unknown(row, "scope", BMS_MISTAKE_UNKNOWN_SCOPE, BMS_SHEET_UNITS, text);
        return false;
    }
    target->scope = group ? BMS_FOR_GROUP : BMS_FOR_UNIT;
    target->group = group ? group : "";
    target->unit = unit;
    return true;
}

/** @return two of the words of Måte, as "per cent, percentage points". */
static const char *two_ways(bms_reading_row row, enum bms_offset a, enum bms_offset b) {
    const bms_setup_column *way = bms_setup_column_of(row.sheet, "way");
    const char *language = row.reading->findings->language;
    char first[BMS_SETUP_WORD_SIZE];
    char second[BMS_SETUP_WORD_SIZE];
    return bms_arena_format(row.reading->arena, "%s, %s", bms_setup_choice(way, a, language, first),
                            bms_setup_choice(way, b, language, second));
}

/** A target relative to a series must say how: 1 lower than 8 % has two meanings. */
static void check_way(bms_reading_row row, const bms_target *target) {
    bool said = bms_setup_find(row.row, "way");
    bool linked = target->series[0] != '\0';
    if (said && !linked) {
        if (target->offset != BMS_ABSOLUTE) {
            bms_reading_mistake(row, "way", BMS_MISTAKE_WAY_WITHOUT_SERIES, bms_reading_text(row, "way"),
                                bms_reading_heading(row.reading, row.sheet, "series"));
        }
        return;
    }
    if (!linked || target->indicator == BMS_NONE)
        return;
    const bms_indicator *indicator = &row.reading->definition->indicators[target->indicator];
    bool per_cent = strcmp(indicator->unit_of_result, "%") == 0;
    if (per_cent && target->offset == BMS_ABSOLUTE) {
        bms_reading_mistake(row, "way", BMS_MISTAKE_WAY_MISSING, target->series,
                            two_ways(row, BMS_PER_CENT, BMS_PERCENTAGE_POINTS));
    } else if (!per_cent && !said) {
        bms_reading_mistake(row, "way", BMS_MISTAKE_WAY_MISSING, target->series,
                            two_ways(row, BMS_ABSOLUTE, BMS_PER_CENT));
    } else if (!per_cent && target->offset == BMS_PERCENTAGE_POINTS) {
        bms_reading_mistake(row, "way", BMS_MISTAKE_POINTS_OF_NO_PER_CENT, indicator->code,
                            two_ways(row, BMS_ABSOLUTE, BMS_PER_CENT));
    }
}

static void check_given_once(bms_reading_row row, size_t index) {
    const bms_definition *definition = row.reading->definition;
    const bms_target *this = &definition->targets[index];
    for (size_t i = 0; i < index; i++) {
        const bms_target *other = &definition->targets[i];
        bool same = other->indicator == this->indicator && other->scope == this->scope &&
                    other->unit == this->unit && other->applies == this->applies &&
                    other->from == this->from && strcmp(other->group, this->group) == 0;
        if (!same)
            continue;
        bms_reading_mistake(row, "indicator", BMS_MISTAKE_TARGET_TWICE, NULL,
                            bms_reading_address(row.reading, row.sheet, i, "indicator"));
        return;
    }
}

/** @return whether it is clear what the target is for. */
static bool read_target(bms_reading_row row, bms_target *target) {
    target->indicator = bms_reading_reference(row, "indicator");
    bool clear = read_scope(row, target);
    target->series = bms_reading_text(row, "series");
    target->offset = (enum bms_offset)bms_reading_choice(row, "way", BMS_ABSOLUTE);
    target->applies = (enum bms_applies)bms_reading_choice(row, "applies_for", BMS_ONE_UNIT);
    target->from = bms_reading_date(row, "from");
    target->decided = bms_reading_text(row, "decided");
    target->corrected = bms_accepted_limit(row.row);
    read_limits(row, target);
    const bms_definition *definition = row.reading->definition;
    const char *known = known_series(definition, definition->n_references, target->series);
    if (known) {
        target->series = known;
    } else if (target->series[0] != '\0') {
        bms_reading_mistake(row, "series", BMS_MISTAKE_UNKNOWN_SERIES, target->series,
                            bms_reading_sheet_name(row.reading, BMS_SHEET_REFERENCES));
    }
    check_way(row, target);
    return clear && target->indicator != BMS_NONE;
}

void bms_read_targets(bms_reading *reading) {
    bms_definition *definition = reading->definition;
    size_t n = reading->setup->tables[BMS_SHEET_TARGETS].n_rows;
    definition->targets = bms_arena_alloc(reading->arena, n * sizeof *definition->targets);
    definition->n_targets = definition->targets ? n : 0;
    for (size_t i = 0; i < definition->n_targets; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_TARGETS, i);
        if (read_target(row, &definition->targets[i]))
            check_given_once(row, i);
    }
}

/* Sums over units. */

static bool asked_of_several(const bms_definition *definition, int indicator) {
    for (size_t p = 0; p < definition->n_points; p++) {
        const bms_measuring_point *point = &definition->points[p];
        size_t n = 0;
        for (size_t u = 0; point->indicator == indicator && u < definition->n_units; u++)
            n += bms_definition_duty(definition, point, (int)u) != BMS_NOT_ASKED;
        if (n > 1)
            return true;
    }
    return false;
}

static bool has_units_below(const bms_definition *definition, int unit) {
    for (size_t i = 0; i < definition->n_units; i++) {
        if (definition->units[i].parent == unit)
            return true;
    }
    return false;
}

/** A limit for all is for one unit, so a sum of several needs one of its own to get a colour. */
void bms_read_target_of_sum(bms_reading *reading, int indicator) {
    const bms_definition *definition = reading->definition;
    const bms_indicator *this = &definition->indicators[indicator];
    const bms_target *for_all = NULL;
    for (size_t i = 0; i < definition->n_targets; i++) {
        const bms_target *target = &definition->targets[i];
        if (target->indicator != indicator)
            continue;
        if (target->applies == BMS_TOGETHER ||
            (target->scope == BMS_FOR_UNIT && has_units_below(definition, target->unit)))
            return;
        if (target->scope == BMS_FOR_ALL && target->applies == BMS_ONE_UNIT && !for_all)
            for_all = target;
    }
    if (!for_all || !bms_rolls_up_to_sum(this, this->rollup) || !asked_of_several(definition, indicator) ||
        (bms_limits_are_zero(&for_all->limits) && bms_is_never_negative(this)))
        return;
    bms_reading_mistake(
        bms_reading_row_at(reading, BMS_SHEET_TARGETS, (size_t)(for_all - definition->targets)), "green",
        BMS_MISTAKE_SUM_WITHOUT_TARGET, this->code,
        bms_reading_heading(reading, BMS_SHEET_TARGETS, "applies_for"));
}
