/**
 * Numbers as people write them, in all combinations: every text of up to five pieces against an independent
 * grammar (regular expressions), and every way of writing a known number, with every space, sign, currency
 * and end.
 */
#include "tests/unit/close.h"

#include "core/base/number.h"

#include <regex.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *reading_name(enum bms_number_reading reading) {
    static const char *const names[] = {"number", "blank", "dash", "ambiguous", "per cent", "other"};
    return names[reading];
}

static void expect(const char *text, enum bms_number_reading expected, double expected_value) {
    double value = -12345.0;
    enum bms_number_reading reading = bms_number_read(text, &value);
    if (reading != expected) {
        fail_msg("\"%s\" was read as %s (%.17g), not as %s", text, reading_name(reading), value,
                 reading_name(expected));
    }
    if (reading == BMS_READ_NUMBER && fabs(value - expected_value) > 1e-12 * fmax(1.0, fabs(expected_value)))
        fail_msg("\"%s\" was read as %.17g, not as %.17g", text, value, expected_value);
}

/* Every short text, against a grammar */

/** What may be around a number; its parts are the subexpressions. Spaces and minus signs are ASCII. */
static const char outer_kroner[] = "^ *((-|\\+)? *(kr\\.?)? *|(kr\\.?) *(-|\\+) *)"
                                   "([0-9.,][0-9., ]*|[0-9])( *[,.]-)? *(kr\\.?)? *$";
static const char outer_per_cent[] = "^ *(-|\\+)? *([0-9.,][0-9., ]*|[0-9]) *% *$";

/** What a number itself looks like, and which signs in it are the decimal mark. */
static const struct {
    const char *pattern;
    const char *mark;
    bool before_dash; /* also before ",-" */
} bodies[] = {
    {"^[0-9]+$", "", true},
    {"^[1-9][0-9]{0,2}( [0-9]{3})+$", "", true},
    {"^[1-9][0-9]{0,2}(\\.[0-9]{3}){2,}$", "", true},
    {"^[1-9][0-9]{0,2}(,[0-9]{3}){2,}$", "", false},
    {"^[0-9]*[.,][0-9]+$", ".,", false},
    {"^[1-9][0-9]{0,2}( [0-9]{3})+[.,][0-9]+$", ".,", false},
    {"^[1-9][0-9]{0,2}(\\.[0-9]{3})+,[0-9]+$", ",", false},
    {"^[1-9][0-9]{0,2}(,[0-9]{3})+\\.[0-9]+$", ".", false},
};

static const char one_thousand_before_dash[] = "^[1-9][0-9]{0,2}\\.[0-9]{3}$";
static const char lone_and_three[] = "^[0-9]*[.,][0-9]{3}$";
static const char nothing[] = "^ *$";
static const char instead[] = "^ *(-+|:|\\.{1,3}) *$";

struct grammar {
    regex_t kroner;
    regex_t per_cent;
    regex_t bodies[COUNT(bodies)];
    regex_t one_thousand;
    regex_t lone;
    regex_t nothing;
    regex_t instead;
};

static void compile(regex_t *out, const char *pattern) {
    assert_int_equal(regcomp(out, pattern, REG_EXTENDED), 0);
}

static void compile_grammar(struct grammar *grammar) {
    compile(&grammar->kroner, outer_kroner);
    compile(&grammar->per_cent, outer_per_cent);
    for (size_t i = 0; i < COUNT(bodies); i++)
        compile(&grammar->bodies[i], bodies[i].pattern);
    compile(&grammar->one_thousand, one_thousand_before_dash);
    compile(&grammar->lone, lone_and_three);
    compile(&grammar->nothing, nothing);
    compile(&grammar->instead, instead);
}

static void free_grammar(struct grammar *grammar) {
    regfree(&grammar->kroner);
    regfree(&grammar->per_cent);
    for (size_t i = 0; i < COUNT(bodies); i++)
        regfree(&grammar->bodies[i]);
    regfree(&grammar->one_thousand);
    regfree(&grammar->lone);
    regfree(&grammar->nothing);
    regfree(&grammar->instead);
}

static bool matches(const regex_t *pattern, const char *text) {
    return regexec(pattern, text, 0, NULL, 0) == 0;
}

/** @return the digits' value; the last of the marks is the decimal one. */
static double value_of(const char *body, const char *marks) {
    const char *mark = NULL;
    double value = 0.0;
    double scale = 1.0;
    for (const char *at = body; *marks && *at; at++)
        mark = strchr(marks, *at) ? at : mark;
    for (const char *at = body; *at; at++) {
        if (*at < '0' || *at > '9')
            continue;
        value = value * 10.0 + (*at - '0');
        if (mark && at > mark)
            scale *= 10.0;
    }
    return value / scale;
}

/** What the body is by itself, or before a ",-". */
static enum bms_number_reading read_body(const struct grammar *grammar, const char *body, bool before_dash,
                                         double *value) {
    for (size_t i = 0; i < COUNT(bodies); i++) {
        if ((before_dash && !bodies[i].before_dash) || !matches(&grammar->bodies[i], body))
            continue;
        *value = value_of(body, bodies[i].mark);
        return matches(&grammar->lone, body) ? BMS_READ_AMBIGUOUS : BMS_READ_NUMBER;
    }
    if (!before_dash || !matches(&grammar->one_thousand, body))
        return BMS_READ_OTHER;
    *value = value_of(body, "");
    return BMS_READ_NUMBER;
}

static void take(const char *text, regmatch_t match, char out[64]) {
    (void)snprintf(out, 64, "%.*s", match.rm_so < 0 ? 0 : (int)(match.rm_eo - match.rm_so),
                   text + (match.rm_so < 0 ? 0 : match.rm_so));
    for (size_t n = strlen(out); n > 0 && out[n - 1] == ' '; n--)
        out[n - 1] = '\0';
}

/** What the grammar makes of a text. */
static enum bms_number_reading by_grammar(const struct grammar *grammar, const char *text, double *value) {
    regmatch_t found[9];
    char body[64];
    *value = 0.0;
    if (matches(&grammar->nothing, text))
        return BMS_READ_BLANK;
    if (matches(&grammar->instead, text))
        return BMS_READ_DASH;
    if (regexec(&grammar->per_cent, text, 3, found, 0) == 0) {
        take(text, found[2], body);
        enum bms_number_reading reading = read_body(grammar, body, false, value);
        return reading == BMS_READ_OTHER ? reading : BMS_READ_PER_CENT;
    }
    if (regexec(&grammar->kroner, text, 9, found, 0) != 0)
        return BMS_READ_OTHER;
    bool in_front = found[3].rm_so >= 0 || found[4].rm_so >= 0;
    if (in_front && found[8].rm_so >= 0)
        return BMS_READ_OTHER;
    bool negative = (found[2].rm_so >= 0 && text[found[2].rm_so] == '-') ||
                    (found[5].rm_so >= 0 && text[found[5].rm_so] == '-');
    take(text, found[6], body);
    enum bms_number_reading reading = read_body(grammar, body, found[7].rm_so >= 0, value);
    *value = negative ? -*value : *value;
    return reading;
}

static void every_text_of_five_pieces_is_read_as_the_grammar_says(void **state) {
    (void)state;
    static const char *const pieces[] = {"1", "0", "234", " ", ".", ",", "-", "+", "kr", "%", ":", "ca"};
    enum { LONGEST = 5 };
    struct grammar grammar;
    size_t seen[6] = {0};
    compile_grammar(&grammar);
    for (size_t length = 0, n = 1; length <= LONGEST; length++, n *= COUNT(pieces)) {
        for (size_t k = 0; k < n; k++) {
            char text[32] = "";
            size_t rest = k;
            for (size_t i = 0; i < length; i++, rest /= COUNT(pieces)) {
                const char *piece = pieces[rest % COUNT(pieces)];
                memcpy(text + strlen(text), piece, strlen(piece) + 1);
            }
            double value;
            enum bms_number_reading reading = by_grammar(&grammar, text, &value);
            seen[reading]++;
            expect(text, reading, value);
        }
    }
    free_grammar(&grammar);
    for (size_t i = 0; i < COUNT(seen); i++)
        assert_true(seen[i] > 3);
}

/* Every way of writing a number that is known */

static const char *const spaces[] = {" ", "\u00A0", "\u202F", "\u2007", "\u2009"};

/** Ways of writing what comes before, with the spaces where they may stand ("_"), and what they do. */
static const struct {
    const char *text;
    bool negative;
    bool currency;
} fronts[] = {
    {"", false, false},     {"_", false, false},       {"-", true, false},    {"\u2212", true, false},
    {"-_", true, false},    {"\u2212_", true, false},  {"+", false, false},   {"kr_", false, true},
    {"kr", false, true},    {"Kr._", false, true},     {"KR._", false, true}, {"NOK_", false, true},
    {"kr_-", true, true},   {"kr_\u2212", true, true}, {"-kr_", true, true},  {"\u2212_kr_", true, true},
    {"_kr__", false, true},
};

static const struct {
    const char *text;
    bool currency;
    bool whole; /* ",-": no decimals before it */
    bool per_cent;
} ends[] = {
    {"", false, false, false},        {"_", false, false, false},    {"__", false, false, false},
    {"_kr", true, false, false},      {"kr", true, false, false},    {"_kr.", true, false, false},
    {"_NOK", true, false, false},     {",-", false, true, false},    {",\u2013", false, true, false},
    {",\u2212", false, true, false},  {".-", false, true, false},    {",-_kr", true, true, false},
    {"%", false, false, true},        {"_%", false, false, true},    {"_%_", false, false, true},
    {"_prosent", false, false, true}, {"_pst.", false, false, true},
};

/** Digits as people group them ("_": some space), and their value; `decimals` are behind a mark. */
static const struct {
    const char *text;
    double value;
    bool decimals;
    bool ambiguous; /* a lone mark and three digits */
    bool comma;     /* grouped by commas: ",-" after it cannot be told from one more */
} digits[] = {
    {"0", 0, false, false, false},
    {"7", 7, false, false, false},
    {"29000", 29000, false, false, false},
    {"1_234", 1234, false, false, false},
    {"12_345_678", 12345678, false, false, false},
    {"1.234.567", 1234567, false, false, false},
    {"1,234,567", 1234567, false, false, true},
    {"3,5", 3.5, true, false, false},
    {"3.5", 3.5, true, false, false},
    {",5", 0.5, true, false, false},
    {"12,25", 12.25, true, false, false},
    {"1234,5678", 1234.5678, true, false, false},
    {"1_234,5", 1234.5, true, false, false},
    {"1_234.5", 1234.5, true, false, false},
    {"1_234,567", 1234.567, true, false, false},
    {"1.234,5", 1234.5, true, false, false},
    {"1,234.5", 1234.5, true, false, false},
    {"12.345.678,90", 12345678.9, true, false, false},
    {"1,234", 1.234, true, true, false},
    {"1.234", 1.234, true, true, false},
    {"123,456", 123.456, true, true, false},
};

/** Signs after a number that are no part of it. */
static const char *const residues[] = {
    " ca",   "ca",     " stk",   " *",  "*",  "?", " (anslag)", "/2", " av 7",  "e5",
    "x",     "-3",     " - 3",   " 12", "..", ",", ";",         "=",  " kr kr", "%%",
    " % ca", "\u00BD", "\u20AC", "'",   "\"", "_", "\n7",       "#",
};

/** Put a space for every "_". */
static void with_space(char out[128], const char *front, const char *middle, const char *end,
                       const char *space) {
    const char *const parts[] = {front, middle, end};
    char *to = out;
    for (size_t p = 0; p < COUNT(parts); p++) {
        for (const char *at = parts[p]; *at; at++) {
            if (*at == '_') {
                memcpy(to, space, strlen(space));
                to += strlen(space);
            } else {
                *to++ = *at;
            }
        }
    }
    *to = '\0';
}

static enum bms_number_reading expected_of(size_t f, size_t d, size_t e) {
    bool contradicts = (fronts[f].currency && (ends[e].currency || ends[e].per_cent));
    /* "1.234,-" has no decimals, so the point groups thousands; "3,5,-" is nothing */
    bool grouped = ends[e].whole && digits[d].ambiguous && strchr(digits[d].text, '.');
    if (contradicts || (ends[e].whole && (digits[d].decimals || digits[d].comma) && !grouped))
        return BMS_READ_OTHER;
    if (ends[e].per_cent)
        return BMS_READ_PER_CENT;
    return digits[d].ambiguous && !grouped ? BMS_READ_AMBIGUOUS : BMS_READ_NUMBER;
}

static double value_expected(size_t f, size_t d, size_t e) {
    double value = digits[d].ambiguous && ends[e].whole ? digits[d].value * 1000.0 : digits[d].value;
    return fronts[f].negative ? -value : value;
}

static void every_way_of_writing_a_number_is_read_with_every_space(void **state) {
    (void)state;
    char text[128];
    for (size_t f = 0; f < COUNT(fronts); f++) {
        for (size_t d = 0; d < COUNT(digits); d++) {
            for (size_t e = 0; e < COUNT(ends); e++) {
                for (size_t s = 0; s < COUNT(spaces); s++) {
                    with_space(text, fronts[f].text, digits[d].text, ends[e].text, spaces[s]);
                    expect(text, expected_of(f, d, e), value_expected(f, d, e));
                }
            }
        }
    }
}

/** Never the leading part, and never the last. */
static void nothing_is_read_of_what_has_something_left_over(void **state) {
    (void)state;
    char text[160];
    char number[128];
    for (size_t f = 0; f < COUNT(fronts); f++) {
        for (size_t d = 0; d < COUNT(digits); d++) {
            for (size_t e = 0; e < COUNT(ends); e++) {
                with_space(number, fronts[f].text, digits[d].text, ends[e].text, " ");
                for (size_t r = 0; r < COUNT(residues); r++) {
                    (void)snprintf(text, sizeof text, "%s%s", number, residues[r]);
                    double value;
                    enum bms_number_reading reading = bms_number_read(text, &value);
                    if (reading == BMS_READ_NUMBER || reading == BMS_READ_PER_CENT)
                        fail_msg("\"%s\" was read as %.17g", text, value);
                }
                (void)snprintf(text, sizeof text, "ca %s", number);
                expect(text, BMS_READ_OTHER, 0);
            }
        }
    }
}

/** A foreign byte or letter anywhere must not change the number silently. */
static void a_foreign_sign_anywhere_makes_it_no_number(void **state) {
    (void)state;
    static const char *const foreign[] = {"a",      "x", "e",      "\u00E5", "/",      "*", "'", "\u2019",
                                          "_",      "&", "=",      "\u00BD", "(",      ")", ";", "!",
                                          "\u20AC", "$", "\u00B2", "\u0660", "\uFF11", "~"};
    for (size_t d = 0; d < COUNT(digits); d++) {
        char plain[128];
        with_space(plain, "", digits[d].text, "", " ");
        for (size_t at = 0; at <= strlen(plain); at++) {
            for (size_t i = 0; i < COUNT(foreign); i++) {
                char text[160];
                (void)snprintf(text, sizeof text, "%.*s%s%s", (int)at, plain, foreign[i], plain + at);
                expect(text, BMS_READ_OTHER, 0);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_of_five_pieces_is_read_as_the_grammar_says),
        cmocka_unit_test(every_way_of_writing_a_number_is_read_with_every_space),
        cmocka_unit_test(nothing_is_read_of_what_has_something_left_over),
        cmocka_unit_test(a_foreign_sign_anywhere_makes_it_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
