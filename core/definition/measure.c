/** Decides the state of an answer and works out its result (see measure.h). */
#include "core/definition/measure.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

const char *bms_state_name(enum bms_state state) {
    switch (state) {
    case BMS_REPORTED:
        return "reported";
    case BMS_MISSING:
        return "missing";
    case BMS_NOT_APPLICABLE:
        return "not_applicable";
    case BMS_EMPTY_BASE:
        break;
    }
    return "empty_base";
}

static bool is_zero(bms_number number) {
    return number.known && number.value == 0.0;
}

enum bms_state bms_values_state(enum bms_kind kind, bms_number numerator, bms_number denominator) {
    const bms_kind_traits *traits = bms_kind_of(kind);
    if (!traits->has_denominator)
        return numerator.known ? BMS_REPORTED : BMS_MISSING;
    if (is_zero(denominator) && (traits->on_a_scale || is_zero(numerator)))
        return BMS_EMPTY_BASE;
    return numerator.known && denominator.known ? BMS_REPORTED : BMS_MISSING;
}

bms_number bms_result(enum bms_kind kind, double factor, const bms_values *answer) {
    const bms_number none = {false, 0.0};
    const bms_kind_traits *traits = bms_kind_of(kind);
    if (answer->state != BMS_REPORTED || !answer->numerator.known)
        return none;
    if (traits->has_denominator && (!answer->denominator.known || answer->denominator.value == 0.0))
        return none;
    double of = traits->has_denominator ? answer->denominator.value : 1.0;
    double result = traits->result(factor, answer->numerator.value, of);
    return isfinite(result) ? (bms_number){true, result} : none;
}

/* Kroner */

/** Copy the letters and digits of a unit of measure, in lower case. */
static void squeeze(const char *text, char *out, size_t size) {
    size_t n = 0;
    for (const char *c = text ? text : ""; *c != '\0' && n + 1 < size; c++) {
        if (isalnum((unsigned char)*c) && (unsigned char)*c < 0x80)
            out[n++] = (char)tolower((unsigned char)*c);
    }
    out[n] = '\0';
}

double bms_kroner_of(const char *unit_of_measure) {
    static const struct {
        const char *before; /* the word for kroner */
        double kroner;
    } many[] = {{"1000", 1e3},    {"tusen", 1e3},     {"t", 1e3}, {"mill", 1e6},
                {"million", 1e6}, {"millioner", 1e6}, {"m", 1e6}, {"", 1}};
    static const char *const words[] = {"kr", "kroner", "nok"};
    char said[24];
    squeeze(unit_of_measure, said, sizeof said);
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        size_t n = strlen(many[i].before);
        for (size_t w = 0; w < sizeof words / sizeof *words && strncmp(said, many[i].before, n) == 0; w++) {
            if (strcmp(said + n, words[w]) == 0)
                return many[i].kroner;
        }
    }
    return 0;
}
