/**
 * Reads the columns Samme tall som, Del av and Antall personer hentes fra: numbers that are another
 * indicator's, or a part of one. Also Vanlig størrelse, which names the numbers in the same way.
 *
 * `2 = SYK 1` is number 2 here and number 1 of SYK. The word tall (number) may come before a number; without
 * `2 =` it is the same number as there; in Del av `SYK` alone means 1 = SYK 1.
 */
#include "core/definition/reading.h"

#include "core/base/catalogue.h"
#include "core/base/text.h"

#include <string.h>

/** A reference as it is written: the number here, the indicator, the number there. */
struct written {
    int here; /* 1, 2, or 0 when not said, as `there` */
    const char *code;
    int there;
};

/** @return 1 or 2 for `1`, `2`, `number 1` or `number 2`; 0 for any other text. */
static int number_said(bms_reading *reading, const char *text) {
    const char *rest = text;
    const char *piece = bms_reading_piece(reading, &rest, " ");
    if (piece && bms_says(piece, "number"))
        piece = bms_reading_piece(reading, &rest, " ");
    if (!piece || bms_reading_piece(reading, &rest, " "))
        return 0;
    return strcmp(piece, "1") == 0 ? 1 : strcmp(piece, "2") == 0 ? 2 : 0;
}

/** Understand `SYK`, `SYK 1` or `SYK tall 1`. */
static bool parse_there(bms_reading *reading, const char *text, struct written *out) {
    out->code = bms_reading_piece(reading, &text, " ");
    if (!out->code)
        return false;
    while (*text == ' ')
        text++;
    out->there = number_said(reading, text);
    return *text == '\0' || out->there != 0;
}

static bool parse_reference(bms_reading *reading, const char *text, struct written *out) {
    *out = (struct written){0, NULL, 0};
    const char *sign = strchr(text, '=');
    if (!sign)
        return parse_there(reading, text, out);
    const char *rest = text;
    const char *left = bms_reading_piece(reading, &rest, "=");
    out->here = left ? number_said(reading, left) : 0;
    return out->here != 0 && parse_there(reading, sign + 1, out);
}

static bms_asked_number *number_of(bms_definition *definition, bms_number_ref ref) {
    bms_indicator *indicator = &definition->indicators[ref.indicator];
    return ref.which == BMS_NUMERATOR ? &indicator->numerator : &indicator->denominator;
}

/** Make a reference of an indicator and 1 or 2. @return false, with a mistake, when it has no such number */
static bool find_number(bms_reading_row row, const char *column, int indicator, int number,
                        bms_number_ref *out) {
    const bms_indicator *found = &row.reading->definition->indicators[indicator];
    *out = (bms_number_ref){indicator, number == 2 ? BMS_DENOMINATOR : BMS_NUMERATOR};
    if (number == 1 || bms_kind_of(found->kind)->has_denominator)
        return true;
    bms_reading_mistake(row, column, BMS_MISTAKE_NO_SUCH_NUMBER, found->code, NULL);
    return false;
}

/** Which references a column holds. */
struct column_rule {
    const char *column;
    bool part; /* a part of the number: SYK alone is understood */
};

static const struct column_rule same_as_rule = {"same_as", false};
static const struct column_rule part_of_rule = {"part_of", true};

static bool read_reference(bms_reading_row row, const struct column_rule *rule, int indicator,
                           const char *text, bms_number_ref *here, bms_number_ref *there) {
    struct written written;
    bool understood = parse_reference(row.reading, text, &written);
    if (understood && rule->part && written.there == 0)
        written.there = 1;
    if (!understood || written.there == 0) {
        bms_reading_mistake(row, rule->column, BMS_MISTAKE_BAD_NUMBER_REFERENCE, text, NULL);
        return false;
    }
    int other = bms_reading_find(row.reading, BMS_SHEET_INDICATORS, written.code);
    if (other == BMS_NONE) {
        bms_reading_unknown(row, rule->column, BMS_MISTAKE_UNKNOWN_REFERENCE, BMS_SHEET_INDICATORS,
                            written.code);
        return false;
    }
    return find_number(row, rule->column, indicator, written.here == 0 ? written.there : written.here,
                       here) &&
           find_number(row, rule->column, other, written.there, there);
}

static void read_references(bms_reading_row row, const struct column_rule *rule, int indicator) {
    bms_reading *reading = row.reading;
    const char *text = bms_reading_text(row, rule->column);
    const char *piece;
    while ((piece = bms_reading_piece(reading, &text, ",;"))) {
        bms_number_ref here;
        bms_number_ref there;
        if (!read_reference(row, rule, indicator, piece, &here, &there)) {
            reading->unclear_numbers[indicator] = true;
        } else if (rule->part) {
            number_of(reading->definition, here)->part_of = there;
        } else {
            number_of(reading->definition, here)->same_as = there;
        }
    }
}

/** Read `2`, or as in the other columns. */
static void read_persons(bms_reading_row row, int index) {
    static const struct column_rule rule = {"persons_from", false};
    bms_indicator *indicator = &row.reading->definition->indicators[index];
    const char *text = bms_reading_text(row, rule.column);
    bms_number_ref here;
    if (text[0] == '\0') {
        int number = bms_kind_of(indicator->kind)->persons;
        if (indicator->about_persons && number != 0)
            indicator->persons = (bms_number_ref){index, number == 2 ? BMS_DENOMINATOR : BMS_NUMERATOR};
        return;
    }
    int own = number_said(row.reading, text);
    bms_number_ref there;
    bool found = own != 0 ? find_number(row, rule.column, index, own, &there)
                          : read_reference(row, &rule, index, text, &here, &there);
    if (found)
        indicator->persons = there;
}

/** Read one usual size: `100–900` is that of number 1, `2 = 2000–40000` that of number 2. */
static void read_usual_size(bms_reading_row row, int index, const char *piece) {
    static const char column[] = "usual";
    const char *rest = piece;
    const char *sign = strchr(piece, '=');
    const char *left = sign ? bms_reading_piece(row.reading, &rest, "=") : NULL;
    int number = !sign ? 1 : left ? number_said(row.reading, left) : 0;
    bms_number from = {true, 0};
    bms_number to = {true, 0};
    bms_number_ref here;
    if (number == 0 || !bms_reading_from_to(row.reading, sign ? sign + 1 : piece, &from.value, &to.value) ||
        from.value > to.value) {
        bms_reading_mistake(row, column, BMS_MISTAKE_BAD_USUAL_SIZE, piece, NULL);
    } else if (find_number(row, column, index, number, &here)) {
        number_of(row.reading->definition, here)->usual_from = from;
        number_of(row.reading->definition, here)->usual_to = to;
    }
}

static void read_usual_sizes(bms_reading_row row, int index) {
    const char *text = bms_reading_text(row, "usual");
    const char *piece;
    while ((piece = bms_reading_piece(row.reading, &text, ";")))
        read_usual_size(row, index, piece);
}

/** The number that a number refers to: the one it is the same as, or the one it is a part of. */
static bms_number_ref *tie_of(bms_definition *definition, bms_number_ref ref, bool part) {
    bms_asked_number *number = number_of(definition, ref);
    return part ? &number->part_of : &number->same_as;
}

static bool same_ref(bms_number_ref a, bms_number_ref b) {
    return a.indicator == b.indicator && a.which == b.which;
}

static bool in_a_circle(bms_definition *definition, bms_number_ref start, bool part) {
    bms_number_ref at = *tie_of(definition, start, part);
    for (size_t steps = 0; at.indicator != BMS_NONE && steps <= 2 * definition->n_indicators; steps++) {
        if (same_ref(at, start))
            return true;
        at = *tie_of(definition, at, part);
    }
    return false;
}

/** Report once that references form a circle, and open it, so that nothing after this loops. */
static void open_circle(bms_reading *reading, bms_number_ref start, bool part) {
    bms_definition *definition = reading->definition;
    const char *circle = "";
    bms_number_ref at = start;
    bool closed = false;
    while (!closed) {
        circle = bms_arena_format(reading->arena, "%s%s %d = ", circle,
                                  definition->indicators[at.indicator].code, (int)at.which + 1);
        at = *tie_of(definition, at, part);
        closed = same_ref(at, start);
    }
    circle = bms_arena_format(reading->arena, "%s%s %d", circle, definition->indicators[start.indicator].code,
                              (int)start.which + 1);
    bms_reading_mistake(bms_reading_row_at(reading, BMS_SHEET_INDICATORS, (size_t)start.indicator),
                        part ? part_of_rule.column : same_as_rule.column,
                        part ? BMS_MISTAKE_PART_IN_A_CIRCLE : BMS_MISTAKE_NUMBER_IN_A_CIRCLE, circle, NULL);
    tie_of(definition, start, part)->indicator = BMS_NONE;
    reading->unclear_numbers[start.indicator] = true;
}

static void open_circles(bms_reading *reading, bool part) {
    for (size_t i = 0; i < reading->definition->n_indicators; i++) {
        for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
            bms_number_ref start = {(int)i, (enum bms_which)which};
            if (in_a_circle(reading->definition, start, part))
                open_circle(reading, start, part);
        }
    }
}

/** @return where a number is really asked for. */
static bms_number_ref asked_at(bms_definition *definition, bms_number_ref ref) {
    while (ref.indicator != BMS_NONE && number_of(definition, ref)->same_as.indicator != BMS_NONE)
        ref = number_of(definition, ref)->same_as;
    return ref;
}

/** Let a number that is asked for elsewhere refer directly to it, and have its properties. */
static void settle(bms_reading *reading, bms_number_ref here) {
    bms_definition *definition = reading->definition;
    bms_asked_number *number = number_of(definition, here);
    number->part_of = asked_at(definition, number->part_of);
    if (number->same_as.indicator == BMS_NONE)
        return;
    number->same_as = asked_at(definition, number->same_as);
    const bms_asked_number *asked = number_of(definition, number->same_as);
    if (number->unit_of_measure[0] == '\0') {
        number->unit_of_measure = asked->unit_of_measure;
    } else if (!bms_text_same(number->unit_of_measure, asked->unit_of_measure)) {
        bms_reading_mistake(bms_reading_row_at(reading, BMS_SHEET_INDICATORS, (size_t)here.indicator),
                            here.which == BMS_NUMERATOR ? "measure_1" : "measure_2",
                            BMS_MISTAKE_OTHER_MEASURE, number->unit_of_measure, asked->unit_of_measure);
    }
    number->least = asked->least;
    number->most = asked->most;
    number->usual_from = asked->usual_from;
    number->usual_to = asked->usual_to;
    number->whole = asked->whole;
}

void bms_read_number_references(bms_reading *reading) {
    bms_definition *definition = reading->definition;
    reading->unclear_numbers = bms_arena_alloc(reading->arena, definition->n_indicators * sizeof(bool));
    if (!reading->unclear_numbers)
        return;
    for (size_t i = 0; i < definition->n_indicators; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_INDICATORS, i);
        read_references(row, &same_as_rule, (int)i);
        read_references(row, &part_of_rule, (int)i);
        read_persons(row, (int)i);
        read_usual_sizes(row, (int)i);
    }
    open_circles(reading, false);
    for (size_t i = 0; i < definition->n_indicators; i++) {
        settle(reading, (bms_number_ref){(int)i, BMS_NUMERATOR});
        settle(reading, (bms_number_ref){(int)i, BMS_DENOMINATOR});
    }
    open_circles(reading, true);
}
