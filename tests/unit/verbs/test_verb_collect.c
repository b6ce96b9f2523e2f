/** Collecting: the outcome of a file alone, among others, and after earlier ones. */

#include "tests/unit/examples/municipality.h"

#define ENG "unit 1103\nperiod 2026-T2\nsigned Kari\n"
#define LIA "unit 1101\nperiod 2026-T2\nsigned Ola\n"

static void assert_rows(const struct municipality *place, size_t n, const char *const *lines) {
    assert_int_equal(place->rows.n, n);
    for (size_t i = 0; i < n; i++)
        assert_string_equal(place->rows.lines[i], lines[i]);
}

#define ASSERT_ROWS(place, ...)                                                                              \
    do {                                                                                                     \
        const char *const expected_rows[] = {__VA_ARGS__};                                                   \
        assert_rows(place, sizeof expected_rows / sizeof expected_rows[0], expected_rows);                   \
    } while (0)

static bool found(const struct municipality *place, const char *text) {
    for (size_t i = 0; i < place->findings.n; i++) {
        if (strstr(place->findings.lines[i], text))
            return true;
    }
    return false;
}

struct entries {
    size_t n;
    double sum;
};

static bool add_up(void *context, const bms_stored_entry *stored) {
    struct entries *entries = context;
    entries->n++;
    if (stored->entry.answer.numerator.known)
        entries->sum += stored->entry.answer.numerator.value;
    return true;
}

/** @return how many current entries a unit has, and the sum of their numerators. */
static struct entries entries_of(struct municipality *place, const char *unit) {
    struct entries entries = {0};
    bms_history *history = NULL;
    const bms_entry_filter filter = {.unit = unit};
    assert_int_equal(bms_history_open(&history, inside(place, "bms.db"), "en", NULL, NULL, &place->error),
                     BMS_OK);
    assert_int_equal(bms_history_each_entry(history, &filter, add_up, &entries, &place->error), BMS_OK);
    bms_history_close(history);
    return entries;
}

static void a_sound_return_is_accepted_as_the_first_revision(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "eng.xlsx 1103 2026-T2 accepted 1");
    assert_int_equal(place->counts.accepted, 1);
    assert_int_equal(entries_of(place, "1103").n, 2);
    assert_true(entries_of(place, "1103").sum == 15);
}

static void a_part_above_the_whole_is_held_and_nothing_of_it_stored(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 200 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "eng.xlsx 1103 2026-T2 held 0");
    assert_true(place->findings.n > 0);
    assert_int_equal(entries_of(place, "1103").n, 0);
}

static void one_bad_file_does_not_stop_the_others(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/1.xlsx", "broken");
    put(place, "returns/2026-T2/2.xlsx", "letter to the coordinator");
    put(place, "returns/2026-T2/3.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/4.xlsx", "unit 1101\nperiod 2026-T2\nSYK 1 2\n");
    put(place, "returns/2026-T2/~$3.xlsx", "lock");
    put(place, "returns/2026-T2/Thumbs.db", "picture");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "1.xlsx - - unreadable 0", "2.xlsx - - unreadable 0", "3.xlsx 1103 2026-T2 accepted 1",
                "4.xlsx 1101 2026-T2 unfinished 0", "Thumbs.db - - skipped 0", "~$3.xlsx - - skipped 0");
    assert_true(found(place, "the workbook is damaged"));
    assert_int_equal(place->counts.unreadable, 2);
    assert_int_equal(place->counts.skipped, 2);
}

static void a_file_in_another_is_a_return_of_its_own(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/alle.zip", "holds eng.xlsx\n" ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/andre.zip", "holds ~$eng.xlsx\nlock");
    put(place, "returns/2026-T2/brev.xlsx", "letter to the coordinator");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "alle.zip › eng.xlsx 1103 2026-T2 accepted 1", "alle.zip › bilde.png - - skipped 0",
                "andre.zip › ~$eng.xlsx - - skipped 0", "andre.zip › bilde.png - - skipped 0",
                "brev.xlsx - - unreadable 0");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_true(found(place, "duplicate - The same as return no. 1"));
}

static void the_same_file_again_is_a_duplicate(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "eng.xlsx 1103 2026-T2 duplicate 0");
    assert_int_equal(place->findings.n, 1);
    assert_true(found(place, "duplicate - The same as return no. 1"));
}

static void a_copy_that_was_saved_again_is_a_duplicate(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    put(place, "returns/2026-T2/eng.xlsx", ENG "KORT 3\nSYK 12 148\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "eng.xlsx 1103 2026-T2 duplicate 0");
}

static void the_same_file_twice_in_one_run_counts_once(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/c.xlsx", ENG "KORT 3\nSYK 12 148\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "a.xlsx 1103 2026-T2 accepted 1", "b.xlsx 1103 2026-T2 duplicate 0",
                "c.xlsx 1103 2026-T2 duplicate 0");
    assert_true(found(place, "“a.xlsx”"));
    assert_int_equal(entries_of(place, "1103").n, 2);
}

static void a_later_different_return_is_the_next_revision(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    put(place, "returns/2026-T2/eng ny.xlsx", ENG "SYK 14 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "eng ny.xlsx 1103 2026-T2 accepted 2", "eng.xlsx 1103 2026-T2 duplicate 0");
    assert_true(entries_of(place, "1103").sum == 17);
}

static void two_different_files_of_one_unit_are_both_held(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 14 150\nKORT 3\n");
    put(place, "returns/2026-T2/c.xlsx", LIA "SYK 1 100\nKORT 1\nFALL 1 100\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "a.xlsx 1103 2026-T2 held 0", "b.xlsx 1103 2026-T2 held 0",
                "c.xlsx 1101 2026-T2 accepted 1");
    assert_true(found(place, "two_files C5"));
    assert_true(found(place, "“a.xlsx” and “b.xlsx”. They differ in C5, E5."));
    assert_true(found(place, "“b.xlsx” and “a.xlsx”."));
    assert_int_equal(entries_of(place, "1103").n, 0);
}

static void two_files_stay_held_until_one_is_removed(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 14 150\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(place->counts.held, 2);
    assert_int_equal(remove(inside(place, "returns/2026-T2/a.xlsx")), 0);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "b.xlsx 1103 2026-T2 accepted 1");
}

static void take_held(void *context, const bms_delivery *row) {
    if (strcmp(row->unit, "1103") == 0)
        *(int *)context = row->held;
}

/** @return how many files of Eng (1103) are held, as status counts them. */
static int held_of_eng(const struct municipality *place) {
    int held = -1;
    bms_error error = {0};
    assert_int_equal(bms_deliveries(place->b, "2026-T2", NULL, take_held, &held, &error), BMS_OK);
    return held;
}

static void a_held_file_does_not_compete_with_its_correction(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 200 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 20 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "a.xlsx 1103 2026-T2 replaced 0", "b.xlsx 1103 2026-T2 accepted 1");
    assert_false(found(place, "two_files"));
    assert_int_equal(place->counts.held, 0);
    assert_int_equal(place->counts.replaced, 1);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "a.xlsx 1103 2026-T2 replaced 0", "b.xlsx 1103 2026-T2 duplicate 0");
    assert_false(found(place, "part_above_whole"));
}

static void a_file_once_set_aside_never_becomes_a_revision_by_itself(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 14 150\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    put(place, "returns/2026-T2/c.xlsx", ENG "SYK 16 150\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "a.xlsx 1103 2026-T2 replaced 0", "b.xlsx 1103 2026-T2 replaced 0",
                "c.xlsx 1103 2026-T2 accepted 1");
    assert_true(found(place, "replaced - A newer file"));
    for (int again = 0; again < 2; again++) {
        assert_int_equal(collect(place, inside(place, "returns/2026-T2/a.xlsx")), BMS_OK);
        ASSERT_ROWS(place, "a.xlsx 1103 2026-T2 replaced 0");
    }
    assert_true(entries_of(place, "1103").sum == 19);
}

static void a_held_file_is_not_replaced_before_another_is_accepted(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 14 150\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    put(place, "returns/2026-T2/c.xlsx", ENG "SYK 200 150\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "a.xlsx 1103 2026-T2 held 0", "b.xlsx 1103 2026-T2 held 0",
                "c.xlsx 1103 2026-T2 held 0");
    assert_true(found(place, "set_aside"));
}

static void a_file_begun_is_replaced_by_one_that_is_delivered(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/a.xlsx", "unit 1103\nperiod 2026-T2\nSYK 12 148\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "a.xlsx 1103 2026-T2 unfinished 0");
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 14 150\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "a.xlsx 1103 2026-T2 replaced 0", "b.xlsx 1103 2026-T2 duplicate 0");
}

static void what_is_set_aside_is_not_held(void **state) {
    struct municipality *place = *state;
    const char *const use[] = {"a.xlsx"};
    const bms_collect_options options = {.use = use, .n_use = 1};
    const bms_source source = {.name = "2026-T2"};
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 14 150\nKORT 3\n");
    place->listener.on_file = on_file_of_collect;
    assert_int_equal(
        bms_collect(place->b, &source, 1, &options, &place->listener, &place->counts, &place->error), BMS_OK);
    ASSERT_ROWS(place, "a.xlsx 1103 2026-T2 accepted 1", "b.xlsx 1103 2026-T2 replaced 0");
    assert_int_equal(held_of_eng(place), 0);
}

static void a_form_for_another_period_does_not_compete_with_the_right_one(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T1/a.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 14 150\nKORT 3\n");
    assert_int_equal(collect(place, NULL), BMS_OK);
    ASSERT_ROWS(place, "a.xlsx 1103 2026-T2 held 0", "b.xlsx 1103 2026-T2 accepted 1");
    assert_true(found(place, "wrong_period"));
    assert_false(found(place, "two_files"));
    put(place, "returns/2026-T1/c.xlsx", "unit 1103\nperiod 2026-T1\nsigned Kari\nSYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T1"), BMS_OK);
    assert_int_equal(collect(place, "2026-T1"), BMS_OK);
    ASSERT_ROWS(place, "a.xlsx 1103 2026-T2 replaced 0", "c.xlsx 1103 2026-T1 duplicate 0");
}

static void a_form_of_another_period_is_held(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T1/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T1"), BMS_OK);
    ASSERT_ROWS(place, "eng.xlsx 1103 2026-T2 held 0");
    assert_int_equal(collect(place, NULL), BMS_OK);
    assert_int_equal(place->counts.held, 1);
    assert_int_equal(collect(place, inside(place, "returns/2026-T1/eng.xlsx")), BMS_OK);
    assert_int_equal(place->counts.accepted, 1);
}

static void everything_is_found_in_one_level_of_folders_in_order_of_path(void **state) {
    struct municipality *place = *state;
    put(place, "inn/b/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "inn/a/lia.xlsx", LIA "SYK 1 100\nKORT 1\nFALL 1 100\n");
    put(place, "inn/a/dypere/fjell.xlsx", "unit 1102\nperiod 2026-T2\nsigned x\n");
    assert_int_equal(collect(place, inside(place, "inn")), BMS_OK);
    ASSERT_ROWS(place, "lia.xlsx 1101 2026-T2 accepted 1", "eng.xlsx 1103 2026-T2 accepted 1");
}

static void bytes_are_collected_as_files_are(void **state) {
    struct municipality *place = *state;
    static const char text[] = ENG "SYK 12 148\nKORT 3\n";
    const bms_source source = {.name = "eng.xlsx", .bytes = text, .size = sizeof text - 1};
    place->listener.on_file = on_file_of_collect;
    assert_int_equal(bms_collect(place->b, &source, 1, NULL, &place->listener, &place->counts, &place->error),
                     BMS_OK);
    ASSERT_ROWS(place, "eng.xlsx 1103 2026-T2 accepted 1");
}

static void a_folder_named_twice_is_read_once(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    const bms_source sources[] = {{.name = inside(place, "returns/2026-T2/eng.xlsx")}, {.name = "2026-T2"}};
    place->listener.on_file = on_file_of_collect;
    assert_int_equal(bms_collect(place->b, sources, 2, NULL, &place->listener, &place->counts, &place->error),
                     BMS_OK);
    ASSERT_ROWS(place, "eng.xlsx 1103 2026-T2 accepted 1");
}

static void what_is_missing_is_reported_with_its_path(void **state) {
    struct municipality *place = *state;
    assert_int_equal(collect(place, inside(place, "nothing")), BMS_INPUT);
    assert_string_equal(place->error.where, inside(place, "nothing"));
    assert_int_equal(collect(place, "2026-T2"), BMS_INPUT);
    assert_non_null(strstr(place->error.where, "returns/2026-T2"));
    assert_int_equal(collect(place, NULL), BMS_INPUT);
}

static void a_folder_without_workbooks_is_no_input(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/notes.txt", "remember");
    put(place, "returns/2026-T2/.DS_Store", "x");
    assert_int_equal(collect(place, "2026-T2"), BMS_INPUT);
    assert_non_null(strstr(place->error.where, "2026-T2"));
}

static void a_period_without_forms_is_a_mistake_of_the_caller(void **state) {
    struct municipality *place = *state;
    assert_int_equal(collect(place, "2031-T1"), BMS_USAGE);
    assert_non_null(strstr(place->error.message, "2026-T2"));
    assert_int_equal(collect(place, "2026-BU"), BMS_USAGE);
}

static void collecting_needs_a_history_and_a_setup(void **state) {
    struct municipality *place = *state;
    (void)bms_set_history(place->b, inside(place, "other.db"), &place->error);
    assert_int_equal(collect(place, "2026-T2"), BMS_HISTORY_MISSING);
    assert_string_equal(place->error.where, inside(place, "other.db"));
}

static void a_cancelled_run_stores_nothing_and_reports_nothing(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/lia.xlsx", LIA "SYK 1 100\nKORT 1\nFALL 1 100\n");
    for (int steps = 1; steps <= 4; steps++) {
        place->stop_after = steps;
        assert_int_equal(collect(place, "2026-T2"), BMS_CANCELLED);
        assert_int_equal(place->rows.n, 0);
        assert_int_equal(place->counts.accepted, 0);
        assert_int_equal(entries_of(place, "1103").n, 0);
    }
    place->stop_after = 0;
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(place->counts.accepted, 2);
}

static struct municipality *changing;

static void change_the_file(void) {
    put(changing, "returns/2026-T2/eng.xlsx", ENG "SYK 99 148\nKORT 3\n");
}

static void a_file_that_changes_while_it_is_read_is_held(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    changing = place;
    fake.change = change_the_file;
    fake.reads_until_change = 1; /* between the first and the second reading */
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "eng.xlsx 1103 2026-T2 held 0");
    assert_true(found(place, "changed_meanwhile"));
    assert_int_equal(entries_of(place, "1103").n, 0);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "eng.xlsx 1103 2026-T2 accepted 1");
}

static void load_a_new_setup(void) {
    const bms_source workbook = {.name = inside(changing, "setup.xlsx")};
    bms_error error = {0};
    bms_setup_result result;
    made_set(changing->made, BMS_SHEET_UNITS, 2, "name", "Lia");
    assert_int_equal(bms_setup(changing->b, &workbook, NULL, NULL, &result, &error), BMS_OK);
}

static void nothing_is_stored_when_the_setup_changes_meanwhile(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    changing = place;
    fake.change = load_a_new_setup;
    fake.reads_until_change = 1;
    assert_int_equal(collect(place, "2026-T2"), BMS_HISTORY_LOCKED);
    assert_int_equal(entries_of(place, "1103").n, 0);
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(place->rows.n, 1);
}

static void files_are_never_touched(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/bad.xlsx", "broken");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_string_equal(content(place, "returns/2026-T2/eng.xlsx"), ENG "SYK 12 148\nKORT 3\n");
    assert_string_equal(content(place, "returns/2026-T2/bad.xlsx"), "broken");
}

/** Collect many files with so many threads, and keep what is delivered. */
static void collect_with(struct municipality *place, int threads, struct delivered *rows,
                         struct delivered *findings) {
    const bms_source source = {.name = inside(place, "returns/2026-T2")};
    const bms_collect_options options = {.threads = threads};
    forget(place);
    assert_int_equal(
        bms_check(place->b, &source, 1, &options, &place->listener, &place->counts, &place->error), BMS_OK);
    *rows = place->rows;
    *findings = place->findings;
}

static void the_outcome_does_not_depend_on_the_number_of_threads(void **state) {
    struct municipality *place = *state;
    static struct delivered alone[2];
    static struct delivered together[2];
    for (int i = 0; i < 30; i++) {
        char name[64];
        char text[128];
        (void)snprintf(name, sizeof name, "returns/2026-T2/%02d.xlsx", i);
        (void)snprintf(text, sizeof text, i % 7 == 0 ? "broken" : ENG "SYK %d 14\nKORT 3\n", i / 2);
        put(place, name, text);
    }
    collect_with(place, 1, &alone[0], &alone[1]);
    for (int threads = 2; threads <= 8; threads *= 2) {
        collect_with(place, threads, &together[0], &together[1]);
        assert_memory_equal(alone, together, sizeof alone);
    }
}

static void checking_reports_the_same_and_stores_nothing(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/a.xlsx", ENG "SYK 12 148\nKORT 3\n");
    put(place, "returns/2026-T2/b.xlsx", ENG "SYK 14 150\nKORT 3\n");
    put(place, "returns/2026-T2/c.xlsx", LIA "SYK 1 100\nKORT 1\nFALL 1 100\n");
    assert_int_equal(check(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "a.xlsx 1103 2026-T2 held 0", "b.xlsx 1103 2026-T2 held 0",
                "c.xlsx 1101 2026-T2 accepted 0");
    assert_int_equal(entries_of(place, "1101").n, 0);
    assert_int_equal(check(place, "2026-T2"), BMS_OK);
    assert_int_equal(place->counts.accepted, 1);
}

static void checking_works_without_a_history(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/c.xlsx", LIA "SYK 1 100\nKORT 1\nFALL 1 100\n");
    put(place, "returns/2026-T2/d.xlsx", ENG "SYK 200 148\nKORT 3\n");
    (void)bms_set_history(place->b, inside(place, "other.db"), &place->error);
    assert_int_equal(check(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "c.xlsx 1101 2026-T2 accepted 0", "d.xlsx 1103 2026-T2 held 0");
    assert_int_equal(bms_platform_path_kind(inside(place, "other.db")), BMS_PATH_MISSING);
}

/** Six complaints by April are stored; then four by August are collected. */
static void complaints_of_two_tertials(struct municipality *place, const char *question_in_august) {
    made_cells(place->made, BMS_SHEET_PLAN, 5, "periods=2026-T1, 2026-T2");
    load_setup(place);
    put(place, "returns/2026-T1/fjell.xlsx", "unit 1102\nperiod 2026-T1\nsigned Kari\nKLAGER 6\n");
    assert_int_equal(collect(place, "2026-T1"), BMS_OK);
    assert_int_equal(place->counts.accepted, 1);
    made_cells(place->made, BMS_SHEET_INDICATORS, 5, question_in_august);
    load_setup(place);
    put(place, "returns/2026-T2/fjell.xlsx", "unit 1102\nperiod 2026-T2\nsigned Kari\nKLAGER 4\n");
    assert_int_equal(check(place, "2026-T2"), BMS_OK);
}

static void less_so_far_this_year_is_asked_about(void **state) {
    struct municipality *place = *state;
    complaints_of_two_tertials(place, "name=Klagesaker"); /* another name is no other measure */
    assert_true(found(place, "year_to_date_lower C"));
}

static void a_year_to_date_does_not_go_on_over_a_break_of_measure(void **state) {
    struct municipality *place = *state;
    complaints_of_two_tertials(place, "question_1=Medhold i klager {dates}?");
    assert_false(found(place, "year_to_date_lower C"));
}

static void a_return_that_takes_the_place_of_an_amendment_says_so(void **state) {
    struct municipality *place = *state;
    const bms_amendment_request request = {.unit = "1103",
                                           .indicator = "SYK",
                                           .period = "2026-T2",
                                           .numerator = "13",
                                           .reason = "told on the phone",
                                           .by = "Ida"};
    size_t mistakes = 0;
    int revision = 0;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(bms_amend(place->b, &request, NULL, &revision, &mistakes, &place->error), BMS_OK);
    put(place, "returns/2026-T2/eng ny.xlsx", ENG "SYK 14 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    ASSERT_ROWS(place, "eng ny.xlsx 1103 2026-T2 accepted 3", "eng.xlsx 1103 2026-T2 duplicate 0");
    assert_true(found(place, "replaces_correction - The coordinator had corrected numbers"));
}

static void what_is_wrong_with_an_amendment_names_its_two_numbers(void **state) {
    struct municipality *place = *state;
    const bms_amendment_request request = {.unit = "1103",
                                           .indicator = "SYK",
                                           .period = "2026-T2",
                                           .numerator = "1500",
                                           .reason = "told on the phone",
                                           .by = "Ida"};
    size_t mistakes = 0;
    int revision = 0;
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    forget(place);
    (void)bms_amend(place->b, &request, &place->listener, &revision, &mistakes, &place->error);
    bool named = false;
    for (size_t i = 0; i < place->findings.n; i++)
        named = named || strstr(place->findings.lines[i], "(number 1, number 2)");
    assert_true(named);
}

static void a_failed_backup_rolls_nothing_back(void **state) {
    struct municipality *place = *state;
    bms_set_notices(place->b, on_finding, place);
    put(place, "bms.db.backup-1/in the way.txt", "");
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_true(found(place, "no_copy - Everything is stored, but no backup copy"));
    assert_int_equal(entries_of(place, "1103").n, 2);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, municipality_begin_loaded, municipality_end)
    const struct CMUnitTest tests[] = {
        TEST(a_sound_return_is_accepted_as_the_first_revision),
        TEST(a_part_above_the_whole_is_held_and_nothing_of_it_stored),
        TEST(one_bad_file_does_not_stop_the_others),
        TEST(a_file_in_another_is_a_return_of_its_own),
        TEST(the_same_file_again_is_a_duplicate),
        TEST(a_copy_that_was_saved_again_is_a_duplicate),
        TEST(the_same_file_twice_in_one_run_counts_once),
        TEST(a_later_different_return_is_the_next_revision),
        TEST(two_different_files_of_one_unit_are_both_held),
        TEST(two_files_stay_held_until_one_is_removed),
        TEST(a_held_file_does_not_compete_with_its_correction),
        TEST(a_file_once_set_aside_never_becomes_a_revision_by_itself),
        TEST(a_held_file_is_not_replaced_before_another_is_accepted),
        TEST(a_file_begun_is_replaced_by_one_that_is_delivered),
        TEST(what_is_set_aside_is_not_held),
        TEST(a_form_for_another_period_does_not_compete_with_the_right_one),
        TEST(a_form_of_another_period_is_held),
        TEST(everything_is_found_in_one_level_of_folders_in_order_of_path),
        TEST(bytes_are_collected_as_files_are),
        TEST(a_folder_named_twice_is_read_once),
        TEST(what_is_missing_is_reported_with_its_path),
        TEST(a_folder_without_workbooks_is_no_input),
        TEST(a_period_without_forms_is_a_mistake_of_the_caller),
        TEST(collecting_needs_a_history_and_a_setup),
        TEST(a_cancelled_run_stores_nothing_and_reports_nothing),
        TEST(a_file_that_changes_while_it_is_read_is_held),
        TEST(nothing_is_stored_when_the_setup_changes_meanwhile),
        TEST(files_are_never_touched),
        TEST(the_outcome_does_not_depend_on_the_number_of_threads),
        TEST(checking_reports_the_same_and_stores_nothing),
        TEST(checking_works_without_a_history),
        TEST(less_so_far_this_year_is_asked_about),
        TEST(a_year_to_date_does_not_go_on_over_a_break_of_measure),
        TEST(a_return_that_takes_the_place_of_an_amendment_says_so),
        TEST(what_is_wrong_with_an_amendment_names_its_two_numbers),
        TEST(a_failed_backup_rolls_nothing_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
