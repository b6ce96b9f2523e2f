/** What is written differently in two setups, and what a definition says. All names and numbers are invented.
 */
#include "tests/unit/examples/made_setup.h"

#include "core/definition/difference.h"
#include "core/definition/overview.h"

enum { MOST = 64 };

struct told {
    struct made *before;
    struct made *now;
    size_t n;
    char lines[MOST][200];
};

static int begin(void **state) {
    struct told *told = test_calloc(1, sizeof *told);
    void *before = NULL;
    void *now = NULL;
    if (made_begin(&before) != 0 || made_begin(&now) != 0)
        return -1;
    told->before = before;
    told->now = now;
    *state = told;
    return 0;
}

static int end(void **state) {
    struct told *told = *state;
    void *before = told->before;
    void *now = told->now;
    (void)made_end(&before);
    (void)made_end(&now);
    test_free(told);
    return 0;
}

static void on_change(void *context, const bms_setup_change *change) {
    static const char *const actions[] = {"new", "gone", "changed"};
    struct told *told = context;
    assert_true(told->n < MOST);
    (void)snprintf(told->lines[told->n++], sizeof told->lines[0], "%s: %s %s%s%s%s%s%s%s", change->sheet,
                   actions[change->action], change->row, change->column ? " | " : "",
                   change->column ? change->column : "", change->column ? ": " : "",
                   change->before ? change->before : "", change->column ? " > " : "",
                   change->after ? change->after : "");
}

static void compare(struct told *told) {
    size_t n =
        bms_setup_compare(told->now->arena, &told->before->book, &told->now->book, "en", on_change, told);
    assert_int_equal(n, told->n);
}

static void the_same_has_no_differences(void **state) {
    struct told *told = *state;
    compare(told);
    assert_int_equal(told->n, 0);
}

static void the_same_said_in_another_way_is_no_difference(void **state) {
    struct told *told = *state;
    made_set(told->now, BMS_SHEET_INDICATORS, 0, "better", "low");
    made_set(told->now, BMS_SHEET_INDICATORS, 4, "factor", "1000,0");
    made_set(told->now, BMS_SHEET_INDICATORS, 4, "code", "fall");
    made_set(told->now, BMS_SHEET_PLACEMENTS, 0, "criterion", "miljo1");
    compare(told);
    assert_int_equal(told->n, 0);
}

static void a_cell_says_what_it_was_and_is(void **state) {
    struct told *told = *state;
    made_set(told->now, BMS_SHEET_UNITS, 2, "name", "Lia");
    made_set(told->now, BMS_SHEET_INDICATORS, 5, "better", "lavt");
    made_set(told->now, BMS_SHEET_CALENDAR, 1, "due", NULL);
    made_set(told->now, BMS_SHEET_PLAN, 0, "skole", "f");
    compare(told);
    assert_int_equal(told->n, 4);
    assert_string_equal(told->lines[0], "Units: changed 1101 Lia | Name: Lia barnehage > Lia");
    assert_string_equal(told->lines[1], "Indicators: changed KLAGER Klager | Best when: within > low");
    assert_string_equal(told->lines[2], "Measuring points: changed 2026-T1 | Due: 2026-05-15 > ");
    assert_string_equal(told->lines[3], "Who measures what: changed SYK, *-T* | skole: x > f");
}

static void rows_that_are_new_gone_or_moved(void **state) {
    struct told *told = *state;
    bms_setup_row *rows = told->now->book.tables[BMS_SHEET_UNITS].rows;
    bms_setup_row moved = rows[3];
    rows[3] = rows[2];
    rows[2] = moved;
    told->now->book.tables[BMS_SHEET_UNITS].n_rows--;
    made_cells(told->now, BMS_SHEET_UNITS, 4, "code=1104;name=Ny barnehage;parent=1100;group=barnehage");
    made_cells(told->now, BMS_SHEET_TARGETS, 8, "indicator=BUD;green=1;from=2027-01-01");
    compare(told);
    assert_int_equal(told->n, 3);
    assert_string_equal(told->lines[0], "Units: new 1104 Ny barnehage");
    assert_string_equal(told->lines[1], "Units: gone 1103 Eng barnehage");
    assert_string_equal(told->lines[2], "Targets: new BUD, 2027-01-01");
}

static void two_rows_with_the_same_name_are_matched_in_order(void **state) {
    struct told *told = *state;
    made_cells(told->before, BMS_SHEET_UNITS, 5, "code=1103;name=Eng barnehage;parent=1000;from=2027-01-01");
    made_cells(told->now, BMS_SHEET_UNITS, 5, "code=1103;name=Eng barnehage;parent=1000;from=2028-01-01");
    compare(told);
    assert_int_equal(told->n, 1);
    assert_string_equal(told->lines[0],
                        "Units: changed 1103 Eng barnehage | In force from: 2027-01-01 > 2028-01-01");
}

/* What a definition says */

static void on_asked(void *context, const bms_setup_asked *asked) {
    struct told *told = context;
    assert_true(told->n < MOST);
    (void)snprintf(told->lines[told->n++], sizeof told->lines[0], "%s %s %zu × %zu–%zu%s", asked->period,
                   asked->group, asked->units, asked->fewest, asked->most, asked->past ? " past" : "");
}

static void on_left(void *context, const bms_setup_left *left) {
    struct told *told = context;
    (void)snprintf(told->lines[told->n++], sizeof told->lines[0], "%d %s", (int)left->what, left->code);
}

static void who_is_asked_how_much_and_what_nothing_comes_of(void **state) {
    struct told *told = *state;
    made_set(told->now, BMS_SHEET_TARGETS, 6, "indicator", "KORT"); /* was BUD's */
    made_cells(told->now, BMS_SHEET_UNITS, 5, "code=1200;name=Arkivet;parent=1000");
    made_set(told->now, BMS_SHEET_PLAN, 2, "exceptions", "uten 1000, 1100, 1200");
    made_set(told->now, BMS_SHEET_PLAN, 3, "exceptions", "uten 1000, 1100, 1200");
    made_set(told->now, BMS_SHEET_PLAN, 5, "skole", NULL); /* nobody measures KLAGER */
    made_read(told->now);
    const bms_setup_listener listener = {.context = told, .on_asked = on_asked, .on_left = on_left};
    bms_overview(told->now->arena, &told->now->definition, bms_day_of(2026, 8, 31), "en", &listener);
    const char *const expected[] = {"2025-T1 barnehage 2 × 4–4 past",
                                    "2025-T1 skole 1 × 4–4 past",
                                    "2025-T3 barnehage 2 × 2–2 past",
                                    "2025-T3 skole 1 × 2–2 past",
                                    "2026-T1 barnehage 2 × 4–5 past",
                                    "2026-T1 skole 1 × 7–7 past",
                                    "2026-T2 barnehage 2 × 2–3",
                                    "2026-T2 skole 1 × 3–3",
                                    "2026-T3 barnehage 2 × 2–2",
                                    "2026-T3 skole 1 × 2–2",
                                    "0 1200"};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        assert_string_equal(told->lines[i], expected[i]);
    assert_string_equal(told->lines[told->n - 4], "1 FALL");
    assert_string_equal(told->lines[told->n - 3], "2 KLAGER");
    assert_string_equal(told->lines[told->n - 2], "1 VERN");
    assert_string_equal(told->lines[told->n - 1], "1 BUD");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_same_has_no_differences),
        TEST(the_same_said_in_another_way_is_no_difference),
        TEST(a_cell_says_what_it_was_and_is),
        TEST(rows_that_are_new_gone_or_moved),
        TEST(two_rows_with_the_same_name_are_matched_in_order),
        TEST(who_is_asked_how_much_and_what_nothing_comes_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
