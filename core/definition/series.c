/** What breaks an indicator's series (see series.h). */
#include "core/definition/series.h"

#include "core/base/number.h"

#include <limits.h>
#include <string.h>

/** @return how a number is asked for; a shared one as in the question where it is typed. */
static const bms_asked_number *number_of(const bms_definition *definition, int indicator,
                                         enum bms_which which) {
    const bms_number_ref here = {indicator, which};
    return bms_definition_number(definition, bms_definition_asked_as(definition, here));
}

static bool same_text(const char *a, const char *b) {
    return strcmp(a ? a : "", b ? b : "") == 0;
}

/** @return the version of a definition; one that is not stored yet comes after all others. */
static int age(const bms_definition *definition) {
    return definition->version > 0 ? definition->version : INT_MAX;
}

/** @return whether the coordinator has said that the newer words ask for the same as the older ones. */
static bool is_reworded(const bms_definition *a, int indicator_a, const bms_definition *b, int indicator_b) {
    bool a_is_newer = age(a) > age(b);
    const bms_indicator *newer = a_is_newer ? &a->indicators[indicator_a] : &b->indicators[indicator_b];
    const bms_definition *older = a_is_newer ? b : a;
    return newer->series_since > 0 && age(older) >= newer->series_since;
}

static void compare_words(const bms_definition *a, int indicator_a, const bms_definition *b, int indicator_b,
                          bms_measure_difference *out) {
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        const bms_asked_number *first = number_of(a, indicator_a, which);
        const bms_asked_number *second = number_of(b, indicator_b, which);
        out->question[which] = !same_text(first->question, second->question);
        out->unit_of_measure[which] = !same_text(first->unit_of_measure, second->unit_of_measure);
    }
}

bms_measure_difference bms_measure_compare(const bms_definition *a, int indicator_a, const bms_definition *b,
                                           int indicator_b) {
    const bms_indicator *one = &a->indicators[indicator_a];
    const bms_indicator *other = &b->indicators[indicator_b];
    bms_measure_difference difference = {.kind = one->kind != other->kind,
                                         .basis = one->basis != other->basis,
                                         .factor =
                                             one->factor < other->factor || one->factor > other->factor};
    if (bms_kind_of(one->kind)->on_a_scale && bms_kind_of(other->kind)->on_a_scale) {
        difference.scale = !bms_number_same(one->numerator.least, other->numerator.least) ||
                           !bms_number_same(one->numerator.most, other->numerator.most);
    }
    if (!is_reworded(a, indicator_a, b, indicator_b))
        compare_words(a, indicator_a, b, indicator_b, &difference);
    return difference;
}

bool bms_measure_differs_in_words_only(const bms_measure_difference *difference) {
    return !difference->kind && !difference->basis && !difference->factor && !difference->scale;
}

bool bms_indicators_measure_the_same(const bms_definition *a, int indicator_a, const bms_definition *b,
                                     int indicator_b) {
    const bms_measure_difference d = bms_measure_compare(a, indicator_a, b, indicator_b);
    return bms_measure_differs_in_words_only(&d) && !d.question[BMS_NUMERATOR] &&
           !d.question[BMS_DENOMINATOR] && !d.unit_of_measure[BMS_NUMERATOR] &&
           !d.unit_of_measure[BMS_DENOMINATOR];
}
