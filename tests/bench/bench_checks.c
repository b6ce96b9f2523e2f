/**
 * How good are the checks? Draws a population (population.h), checks every clean return and, for each kind of
 * mistake, a return of every unit with one such mistake in it (plant.h), and prints what was found, and what
 * was found in right answers.
 *
 *     build/release/tests/bench/bench_checks [SEED …]
 *
 * Mistakes are planted in each of the first three tertials, when a unit has nothing, one and two values
 * before it, and in those with at least four. A mistake is found when a warning or worse is about its
 * indicator or names its cell. 'Measurable' are those with
 * four earlier values, whose median is at least 10, of both numbers (for a factor: of the number); in the
 * first tertials those with four peers.
 */
#include "tests/bench/plant.h"

#include "core/check/check.h"
#include "core/form/questions.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ENOUGH_EARLIER = 4, EARLY = 3, MOST_RULES = 64 };
static const double least_median = 10.0;

/** The counts of one kind of mistake. */
typedef struct mistake_tally {
    size_t planted;
    size_t found;
    size_t measurable;
    size_t measurable_found;
    size_t held;
} mistake_tally;

typedef struct rule_count {
    const char *rule;
    size_t clean_entries; /* its findings in clean returns */
    size_t clean_returns; /* clean returns with one or more of them */
    size_t last_return;   /* the number of the last of these, from 1 */
    size_t planted;       /* mistakes it was the first to find */
} rule_count;

typedef struct bench {
    town population;
    unsigned char key[BMS_SEAL_KEY_SIZE];
    bms_before *before;
    bms_arena *known; /* what `before` lives in */
    mistake_tally tallies[N_PLANTED];
    mistake_tally early[N_PLANTED][EARLY]; /* by tertial */
    size_t early_returns[EARLY];
    size_t early_warned[EARLY];
    rule_count rules[MOST_RULES];
    size_t n_rules;
    size_t clean_entries;
    size_t entries_warned;
    size_t clean_returns;
    size_t returns_warned;
    size_t returns_held;
} bench;

/** A return being checked. */
typedef struct checked {
    bms_arena *arena;
    bms_form form;
    bms_raw_row rows[INDICATORS];
    bms_findings findings;
    bms_checked_return out;
} checked;

static void must(enum bms_status status) {
    if (status != BMS_OK) {
        (void)fputs("out of memory\n", stderr);
        exit(1);
    }
}

/** What is known when the returns of a period come in: all before it, and what others sent for it. */
static void know(bench *b, int period) {
    const town *p = &b->population;
    bms_before_dispose(b->before);
    bms_arena_free(b->known);
    b->known = bms_arena_new();
    must(bms_before_new(b->known, &p->definition, &b->before, NULL));
    for (int t = 0; t <= period; t++) {
        for (int u = 0; u < UNITS; u++) {
            for (int i = 0; i < INDICATORS; i++) {
                if (!bms_before_add(b->before, u, i, t, &p->answers[t][u][i]))
                    must(BMS_NO_MEMORY);
            }
        }
    }
    if (!bms_before_finish(b->before))
        must(BMS_NO_MEMORY);
}

static void address(bms_raw_cell *cell, char column, int row) {
    (void)snprintf(cell->address, sizeof cell->address, "%c%d", column, row);
}

/** The return as the unit would fill it in. */
static void fill_in(bench *b, int unit, int period, checked *c) {
    const town *p = &b->population;
    const bms_form_request request = {
        .definition = &p->definition, .key = b->key, .unit = unit, .period = period, .language = "nb"};
    must(bms_form_questions(c->arena, &request, &c->form, NULL));
    assert(c->form.n_questions == INDICATORS);
    memset(c->rows, 0, sizeof c->rows);
    for (int i = 0; i < INDICATORS; i++) {
        bms_raw_row *row = &c->rows[i];
        row->indicator = p->indicators[i].code;
        address(&row->numerator, 'C', 100 + i);
        address(&row->denominator, 'E', 100 + i);
        address(&row->reason, 'I', 100 + i);
        address(&row->comment, 'J', 100 + i);
        plant_answer(row, &p->answers[period][unit][i]);
    }
}

static void check(bench *b, checked *c, int period) {
    const town *p = &b->population;
    bms_raw_return raw = {.recognition = BMS_BOTH_IDENTITIES,
                          .hidden = c->form.identity,
                          .visible = c->form.identity,
                          .questions = c->form.questions,
                          .n_questions = c->form.n_questions,
                          .sheet = "Skjema",
                          .headings_known = true,
                          .rows = c->rows,
                          .n_rows = INDICATORS,
                          .signed_by = {.kind = BMS_RAW_TEXT, .text = "Kari Eksempel"}};
    const bms_check_context context = {.language = "nb",
                                       .file = "skjema.xlsx",
                                       .definition = &p->definition,
                                       .seal_key = b->key,
                                       .expected_period = p->calendar[period].period.code,
                                       .before = b->before};
    c->findings = (bms_findings){.arena = c->arena, .language = "nb"};
    must(bms_check_return(c->arena, &raw, &context, &c->out, &c->findings, NULL));
}

static rule_count *count_of(bench *b, const char *rule) {
    for (size_t i = 0; i < b->n_rules; i++) {
        if (strcmp(b->rules[i].rule, rule) == 0)
            return &b->rules[i];
    }
    assert(b->n_rules < MOST_RULES);
    b->rules[b->n_rules].rule = strdup(rule);
    return &b->rules[b->n_rules++];
}

static void check_clean(bench *b, int unit, int period) {
    checked c = {.arena = bms_arena_new()};
    bool warned[INDICATORS] = {false};
    size_t n = 0;
    fill_in(b, unit, period, &c);
    check(b, &c, period);
    for (size_t f = 0; f < c.findings.n; f++) {
        const bms_finding *finding = &c.findings.items[f];
        if (finding->severity < BMS_WARNING)
            continue;
        n++;
        rule_count *count = count_of(b, finding->rule);
        count->clean_entries++;
        count->clean_returns += count->last_return != b->clean_returns + 1;
        count->last_return = b->clean_returns + 1;
        for (int i = 0; finding->indicator && i < INDICATORS; i++)
            warned[i] = warned[i] || strcmp(finding->indicator, b->population.indicators[i].code) == 0;
    }
    for (int i = 0; i < INDICATORS; i++) {
        b->clean_entries += b->population.answers[period][unit][i].state == BMS_REPORTED;
        b->entries_warned += warned[i];
    }
    b->clean_returns++;
    b->returns_warned += n > 0;
    if (period < EARLY) {
        b->early_returns[period]++;
        b->early_warned[period] += n > 0;
    }
    b->returns_held += c.out.outcome != BMS_ACCEPTED;
    bms_arena_free(c.arena);
}

/* Measurable mistakes */

static int by_value(const void *a, const void *b) {
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

/** @return whether four earlier values of a number have a median of at least ten. */
static bool is_large(const bench *b, int unit, int period, int indicator, enum bms_which which) {
    double values[PERIODS];
    size_t n = 0;
    for (int t = 0; t < period; t++) {
        const bms_values *answer = &b->population.answers[t][unit][indicator];
        bms_number number = which == BMS_NUMERATOR ? answer->numerator : answer->denominator;
        if (number.known)
            values[n++] = number.value;
    }
    if (n < ENOUGH_EARLIER)
        return false;
    qsort(values, n, sizeof *values, by_value);
    return (values[(n - 1) / 2] + values[n / 2]) / 2 >= least_median;
}

/** @return whether four units of the group have answered too: so many are needed in the first tertial. */
static bool has_peers(const bench *b, int unit, int period, int indicator) {
    enum { ENOUGH_PEERS = 4 };
    const town *p = &b->population;
    size_t n = 0;
    for (int u = unit % p->shape.groups; u < UNITS; u += p->shape.groups)
        n += u != unit && (indicator < 0 || p->answers[period][u][indicator].state == BMS_REPORTED);
    return n >= ENOUGH_PEERS;
}

static bool is_measurable(const bench *b, enum planted planted, int unit, int period,
                          const planted_at *spot) {
    if (period < EARLY)
        return has_peers(b, unit, period, spot->indicator);
    if (planted == PLANT_FACTOR || planted == PLANT_FRACTION)
        return is_large(b, unit, period, spot->indicator, spot->which);
    if (planted >= PLANT_SWAP_RATE && planted <= PLANT_SWAP_DEVIATION) {
        return is_large(b, unit, period, spot->indicator, BMS_NUMERATOR) &&
               is_large(b, unit, period, spot->indicator, BMS_DENOMINATOR);
    }
    return true;
}

/** @return the finding that reports the mistake, or NULL. */
static const bms_finding *finding_of(const bench *b, const checked *c, enum planted planted,
                                     const planted_at *spot) {
    char cell[24];
    (void)snprintf(cell, sizeof cell, "%c%d", spot->which == BMS_NUMERATOR ? 'C' : 'E',
                   100 + spot->indicator);
    for (size_t f = 0; f < c->findings.n; f++) {
        const bms_finding *finding = &c->findings.items[f];
        if (finding->severity < BMS_WARNING)
            continue;
        if (spot->indicator < 0 && strcmp(finding->rule, "others_numbers") == 0)
            return finding;
        if (spot->indicator < 0)
            continue;
        if ((finding->indicator &&
             strcmp(finding->indicator, b->population.indicators[spot->indicator].code) == 0) ||
            strstr(finding->message, cell))
            return finding;
    }
    (void)planted;
    return NULL;
}

/** A text that is a number must also have been read as that number. */
static bool is_read(const checked *c, const planted_at *spot) {
    const bms_values *answer = &c->out.entries[spot->indicator].answer;
    double value = spot->which == BMS_NUMERATOR ? answer->numerator.value : answer->denominator.value;
    return value > spot->value - 1e-9 && value < spot->value + 1e-9;
}

static void check_spoiled(bench *b, enum planted planted, int unit, int period) {
    checked c = {.arena = bms_arena_new()};
    planted_at spot;
    fill_in(b, unit, period, &c);
    if (plant(&b->population, planted, unit, period, c.rows, &spot)) {
        mistake_tally *tally = period < EARLY ? &b->early[planted][period] : &b->tallies[planted];
        bool measurable = is_measurable(b, planted, unit, period, &spot);
        check(b, &c, period);
        const bms_finding *finding = finding_of(b, &c, planted, &spot);
        bool found =
            finding && (planted != PLANT_TEXT || c.out.outcome != BMS_ACCEPTED || is_read(&c, &spot));
        if (finding)
            count_of(b, finding->rule)->planted++;
        tally->planted++;
        tally->found += found;
        tally->measurable += measurable;
        tally->measurable_found += measurable && found;
        tally->held += c.out.outcome == BMS_HELD;
        if (measurable && !found && getenv("BENCH_MISSES")) {
            printf("missed %s: %s %s now %g / %g\n", plant_name(planted), b->population.units[unit].code,
                   spot.indicator < 0 ? "-" : b->population.indicators[spot.indicator].code,
                   c.rows[spot.indicator < 0 ? 0 : spot.indicator].numerator.number,
                   c.rows[spot.indicator < 0 ? 0 : spot.indicator].denominator.number);
        }
    }
    bms_arena_free(c.arena);
}

/* The report */

static double per_cent(size_t part, size_t whole) {
    return whole > 0 ? 100.0 * (double)part / (double)whole : 0.0;
}

static void print_tallies(const bench *b) {
    printf("%-26s %8s %8s %8s %8s   %s\n", "mistake", "planted", "found", "%", "held", "measurable: found");
    mistake_tally swaps = {0};
    for (int m = 0; m < N_PLANTED; m++) {
        const mistake_tally *t = &b->tallies[m];
        printf("%-26s %8zu %8zu %7.1f%% %8zu   %zu of %zu, %.1f %%\n", plant_name((enum planted)m),
               t->planted, t->found, per_cent(t->found, t->planted), t->held, t->measurable_found,
               t->measurable, per_cent(t->measurable_found, t->measurable));
        if (m >= PLANT_SWAP_RATE && m <= PLANT_SWAP_DEVIATION) {
            swaps.measurable += t->measurable;
            swaps.measurable_found += t->measurable_found;
        }
    }
    printf("other swaps, measurable: %zu of %zu, %.1f %%\n", swaps.measurable_found, swaps.measurable,
           per_cent(swaps.measurable_found, swaps.measurable));
}

/** What was found when there was little to compare with. */
static void print_early(const bench *b) {
    printf("%-26s %14s %14s %14s\n", "found, with four peers", "1st tertial", "2nd", "3rd");
    for (int m = 0; m < N_PLANTED; m++) {
        printf("%-26s", plant_name((enum planted)m));
        for (int t = 0; t < EARLY; t++)
            printf(" %13.1f%%", per_cent(b->early[m][t].measurable_found, b->early[m][t].measurable));
        (void)putchar('\n');
    }
    printf("%-26s", "clean returns warned");
    for (int t = 0; t < EARLY; t++)
        printf(" %13.1f%%", per_cent(b->early_warned[t], b->early_returns[t]));
    printf("\n(to reach, of 1000 times in both: 80 in the first, 95 after it; warned: under 10)\n");
}

static void print_rules(const bench *b) {
    printf("%-26s %16s %16s %16s\n", "rule", "planted, found", "clean entries", "clean returns");
    for (size_t i = 0; i < b->n_rules; i++) {
        const rule_count *rule = &b->rules[i];
        printf("%-26s %16zu %16zu %16zu\n", rule->rule, rule->planted, rule->clean_entries,
               rule->clean_returns);
    }
    printf("clean returns held: %zu of %zu\n", b->returns_held, b->clean_returns);
    printf("clean returns warned: %zu of %zu, %.2f %% (to reach: under 10)\n", b->returns_warned,
           b->clean_returns, per_cent(b->returns_warned, b->clean_returns));
    printf("clean entries warned: %zu of %zu, %.3f %% (to reach: under 1)\n", b->entries_warned,
           b->clean_entries, per_cent(b->entries_warned, b->clean_entries));
}

static void measure(uint64_t seed, population_shape shape) {
    bench *b = calloc(1, sizeof *b);
    if (!b)
        must(BMS_NO_MEMORY);
    clock_t began = clock();
    population_draw(&b->population, seed, shape);
    for (int period = 0; period < PERIODS; period++) {
        know(b, period);
        for (int unit = 0; unit < UNITS; unit++)
            check_clean(b, unit, period);
        for (int m = 0; (period < EARLY || period >= ENOUGH_EARLIER) && m < N_PLANTED; m++) {
            for (int unit = 0; unit < UNITS; unit++)
                check_spoiled(b, (enum planted)m, unit, period);
        }
    }
    printf(
        "seed %" PRIu64
        ": %d units in %d groups, spread by %.2f, %d tertials, %d indicators; mistakes in the first %d and "
        "the last %d\n",
        seed, UNITS, shape.groups, shape.spread, PERIODS, INDICATORS, EARLY, PERIODS - ENOUGH_EARLIER);
    print_early(b);
    print_tallies(b);
    print_rules(b);
    printf("%.1f s of processor time\n\n", (double)(clock() - began) / CLOCKS_PER_SEC);
    bms_before_dispose(b->before);
    bms_arena_free(b->known);
    for (size_t i = 0; i < b->n_rules; i++)
        free((void *)(uintptr_t)b->rules[i].rule);
    free(b);
}

/** Units much alike; as different as real ones; and these in groups of five. */
static void measure_all(uint64_t seed) {
    static const population_shape shapes[] = {{8, 0.15}, {8, 0.5}, {80, 0.5}};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        measure(seed, shapes[i]);
}

int main(int n, char **arguments) {
    if (n < 2)
        measure_all(20261120);
    for (int i = 1; i < n; i++)
        measure_all(strtoull(arguments[i], NULL, 10));
    return 0;
}
