/** Whose answers count as a unit's at a measuring point. All units are invented. */
#include "tests/unit/close.h"

#include "core/definition/past.h"

enum { A, B, C, D, N_UNITS };
enum { T2, YEAR, N_PERIODS };

struct town {
    bms_arena *arena;
    bms_unit units[N_UNITS];
    bms_calendar_period calendar[N_PERIODS];
    bms_definition definition;
    bms_measuring_point forecast; /* for the year, in the form of August */
    bms_measuring_point late;     /* of August, in the form of December */
    bms_past past;
};

static int begin(void **state) {
    static struct town town;
    struct town *t = &town;
    *t = (struct town){.arena = bms_arena_new(),
                       .forecast = {.period = YEAR, .form = T2},
                       .late = {.period = T2, .form = YEAR}};
    for (int u = 0; u < N_UNITS; u++)
        t->units[u] = (bms_unit){.from = BMS_NO_DAY, .to = BMS_NO_DAY};
    assert_true(bms_period_parse("2026-T2", &t->calendar[T2].period));
    assert_true(bms_period_parse("2026", &t->calendar[YEAR].period));
    t->definition = (bms_definition){
        .units = t->units, .n_units = N_UNITS, .calendar = t->calendar, .n_calendar = N_PERIODS};
    assert_true(bms_past_room(t->arena, &t->definition, &t->past));
    *state = t;
    return 0;
}

static int end(void **state) {
    bms_arena_free(((struct town *)*state)->arena);
    return 0;
}

/** Units take over from another, or others, in October. */
static void take_over(struct town *t, int unit, int *from, size_t n) {
    t->units[unit].from = bms_day_of(2026, 10, 1);
    t->units[unit].predecessors = from;
    t->units[unit].n_predecessors = n;
    for (size_t i = 0; i < n; i++)
        t->units[from[i]].to = bms_day_of(2026, 9, 30);
}

static const bms_past *find_at(struct town *t, const bms_measuring_point *point, int unit, bms_day seen_from,
                               const int *together, size_t n) {
    const bms_past_question question = {.definition = &t->definition,
                                        .unit = unit,
                                        .point = point,
                                        .seen_from = seen_from,
                                        .together = together,
                                        .n_together = n};
    bms_past_find(&question, &t->past);
    return &t->past;
}

static const bms_past *find(struct town *t, int unit, bms_day seen_from, const int *together, size_t n) {
    return find_at(t, &t->forecast, unit, seen_from, together, n);
}

static void the_day_is_the_forms_where_that_ends_first(void **state) {
    struct town *t = *state;
    take_over(t, C, (int[]){A, B}, 2);
    const bms_past *past = find(t, C, bms_day_of(2026, 12, 31), NULL, 0);
    assert_int_equal(past->n, 2);
    assert_true(bms_past_holds(past, A) && bms_past_holds(past, B) && !bms_past_holds(past, C));
    assert_int_equal(past->n_others, 0);
}

static void the_day_is_the_measured_ones_where_that_ends_first(void **state) {
    struct town *t = *state;
    take_over(t, C, (int[]){A, B}, 2);
    const bms_past *past = find_at(t, &t->late, C, bms_day_of(2026, 12, 31), NULL, 0);
    assert_int_equal(past->n, 2);
    assert_true(bms_past_holds(past, A) && bms_past_holds(past, B) && !bms_past_holds(past, C));
}

static void a_merger_changes_nothing_before_it_is_seen(void **state) {
    struct town *t = *state;
    take_over(t, C, (int[]){A, B}, 2);
    const bms_past *past = find(t, A, bms_day_of(2026, 8, 31), NULL, 0);
    assert_int_equal(past->n, 1);
    assert_int_equal(past->units[0], A);
    assert_int_equal(past->n_others, 0);
}

static void a_past_of_others_too_is_reported_as_shared(void **state) {
    struct town *t = *state;
    int from[] = {A};
    take_over(t, B, from, 1);
    take_over(t, C, from, 1);
    const bms_past *past = find(t, B, bms_day_of(2026, 12, 31), NULL, 0);
    assert_int_equal(past->n, 1);
    assert_int_equal(past->n_others, 1);
    assert_int_equal(past->others[0], C);
}

static void a_past_shared_by_units_added_up_is_the_first_ones(void **state) {
    struct town *t = *state;
    const int both[] = {B, C};
    int from[] = {A};
    take_over(t, B, from, 1);
    take_over(t, C, from, 1);
    bms_day now = bms_day_of(2026, 12, 31);
    assert_int_equal(find(t, B, now, both, 2)->n, 1);
    assert_int_equal(t->past.n_others, 0);
    assert_int_equal(find(t, C, now, both, 2)->n, 0);
    assert_int_equal(t->past.n_others, 0);
    take_over(t, D, from, 1);
    assert_int_equal(find(t, B, now, both, 2)->n_others, 1);
}

static void parts_are_missing_until_they_are_filled(void **state) {
    struct town *t = *state;
    take_over(t, C, (int[]){A, B}, 2);
    const bms_past *past = find(t, C, bms_day_of(2026, 12, 31), NULL, 0);
    const bms_part *parts = bms_past_parts(t->arena, past);
    for (size_t i = 0; i < past->n; i++) {
        assert_int_equal(parts[i].unit, past->units[i]);
        assert_int_equal(parts[i].answer.state, BMS_MISSING);
    }
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(the_day_is_the_forms_where_that_ends_first),
        TEST(the_day_is_the_measured_ones_where_that_ends_first),
        TEST(a_merger_changes_nothing_before_it_is_seen),
        TEST(a_past_of_others_too_is_reported_as_shared),
        TEST(a_past_shared_by_units_added_up_is_the_first_ones),
        TEST(parts_are_missing_until_they_are_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
