/** Two returns of a made-up municipality, and the findings in them. */
#ifndef ANSWERS_H
#define ANSWERS_H

#include "tests/unit/examples/municipality.h"

#define ENG "unit 1103\nperiod 2026-T2\nsigned Kari\n"
#define LIA "unit 1101\nperiod 2026-T2\nsigned Ola\n"

static inline bool said(const struct municipality *place, const char *line) {
    for (size_t i = 0; i < place->rows.n; i++) {
        if (strcmp(place->rows.lines[i], line) == 0)
            return true;
    }
    return false;
}

#define ASSERT_SAID(place, line)                                                                             \
    do {                                                                                                     \
        if (!said(place, line)) {                                                                            \
            for (size_t i = 0; i < (place)->rows.n; i++)                                                     \
                print_error("    %s\n", (place)->rows.lines[i]);                                             \
            fail_msg("not said: %s", line);                                                                  \
        }                                                                                                    \
    } while (0)

static inline void on_fact(void *context, const bms_fact *fact) {
    (void)snprintf(next_row(&((struct municipality *)context)->rows), 400, "%s: %s", fact->key, fact->text);
    assert_true(strlen(fact->label) > 0);
}

static inline enum bms_status explain(struct municipality *place, const char *unit, const char *indicator,
                                      const char *period) {
    forget(place);
    return bms_explain(place->b, unit, indicator, period, on_fact, place, &place->error);
}

static inline void collect_all(struct municipality *place) {
    place->now = 1789459200; /* 2026-09-15 08:00 UTC */
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/lia.xlsx", LIA "SYK 10 100\nKORT 1\nFALL 1 100\n");
    put(place, "returns/2026-T2/fjell.xlsx", "unit 1102\nperiod 2026-T2\nSYK 1 2\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(place->counts.accepted, 2);
}

#endif
