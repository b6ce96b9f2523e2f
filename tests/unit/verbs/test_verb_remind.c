/** Letters to those who have not delivered: who gets one, when it is removed, and the memory it takes. */
#define _XOPEN_SOURCE 700 /* mkdtemp, nftw */

#include "tests/unit/examples/municipality.h"

/* The memory that our code asks for is added up (tests/CMakeLists.txt puts these in the place of our own
 * code's calls). */

static size_t asked_for;

void *__real_malloc(size_t size);
void *__real_realloc(void *piece, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_realloc(void *piece, size_t size);

void *__wrap_malloc(size_t size) {
    asked_for += size;
    return __real_malloc(size);
}

void *__wrap_realloc(void *piece, size_t size) {
    asked_for += size;
    return __real_realloc(piece, size);
}

static enum bms_status remind(struct municipality *place) {
    forget(place);
    return bms_remind(place->b, "2026-T2", &place->listener, &place->error);
}

static bool is_there(const struct municipality *place, const char *name) {
    return bms_platform_path_kind(inside(place, name)) == BMS_PATH_FILE;
}

/** Give the municipality an address, Eng (1103) one of its own, and Eng's row other cells. */
static void write_addresses(struct municipality *place, const char *of_unit, const char *cells) {
    made_cells(place->made, BMS_SHEET_MUNICIPALITY, 2, "fact=E-post for svar;value=bms@eksempel.example");
    made_set(place->made, BMS_SHEET_UNITS, 4, "email", of_unit);
    made_cells(place->made, BMS_SHEET_UNITS, 4, cells);
    load_setup(place);
}

#define DRAFT "reminders/2026-T2/1103-Eng_barnehage.eml"
#define TEXT_FILE "reminders/2026-T2/1103-Eng_barnehage.txt"
#define LETTER_TO_LIA "reminders/2026-T2/1101-Lia_barnehage.txt"
#define LIST "reminders/2026-T2/list.csv"

static void a_unit_with_an_address_gets_a_draft(void **state) {
    struct municipality *place = *state;
    write_addresses(place, "eng@eksempel.example", "");
    assert_int_equal(remind(place), BMS_OK);
    assert_non_null(strstr(content(place, DRAFT), "To: eng@eksempel.example\r\n"));
    assert_non_null(strstr(content(place, TEXT_FILE), "Til: eng@eksempel.example\n"));
    assert_int_equal(place->findings.n, 0);
}

static void an_earlier_draft_is_removed_when_the_address_is_gone(void **state) {
    struct municipality *place = *state;
    write_addresses(place, "eng@eksempel.example", "");
    assert_int_equal(remind(place), BMS_OK);
    assert_true(is_there(place, DRAFT));
    write_addresses(place, NULL, "");
    assert_int_equal(remind(place), BMS_OK);
    assert_false(is_there(place, DRAFT));
    assert_true(is_there(place, TEXT_FILE));
}

static void both_earlier_files_are_removed_after_delivery(void **state) {
    struct municipality *place = *state;
    write_addresses(place, "eng@eksempel.example", "");
    assert_int_equal(remind(place), BMS_OK);
    put(place, "returns/2026-T2/eng.xlsx", "unit 1103\nperiod 2026-T2\nsigned Kari\nSYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(remind(place), BMS_OK);
    assert_false(is_there(place, DRAFT));
    assert_false(is_there(place, TEXT_FILE));
    assert_null(strstr(content(place, LIST), "1103"));
}

static void the_form_of_another_period_is_named(void **state) {
    struct municipality *place = *state;
    put(place, "returns/2026-T2/eng.xlsx", "unit 1103\nperiod 2026-T1\nsigned Kari\nSYK 12 148\nKORT 3\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(remind(place), BMS_OK);
    const char *letter = content(place, TEXT_FILE);
    assert_non_null(strstr(letter, "Vi har fått en fil fra Eng barnehage, men ikke skjemaet for"));
    assert_non_null(strstr(letter, "Dette er skjemaet for 1. tertial 2026."));
    assert_null(strstr(letter, "Må rettes"));
}

static void what_has_not_come_is_asked_for_once_it_is_due(void **state) {
    struct municipality *place = *state;
    made_set(place->made, BMS_SHEET_CALENDAR, 2, "due", "2026-05-15");
    load_setup(place);
    put(place, "returns/2026-T2/lia.xlsx", "unit 1101\nperiod 2026-T2\nsigned Ola\nFALL 1 100\n");
    assert_int_equal(collect(place, "2026-T2"), BMS_OK);
    assert_int_equal(remind(place), BMS_OK);
    assert_false(is_there(place, LETTER_TO_LIA));
    place->now += (int64_t)7 * 24 * 3600;
    assert_int_equal(remind(place), BMS_OK);
    const char *letter = content(place, LETTER_TO_LIA);
    assert_non_null(strstr(letter, "har ikke kommet ennå: Korttidsfravær, Sykefravær. Fristen var"));
}

static void an_invalid_address_is_reported_and_gets_no_draft(void **state) {
    struct municipality *place = *state;
    write_addresses(place, "å@x.no", "");
    assert_int_equal(remind(place), BMS_OK);
    assert_false(is_there(place, DRAFT));
    assert_int_equal(place->findings.n, 1);
    assert_string_equal(place->findings.lines[0],
                        "bad_email - 'å@x.no' does not look like an e-mail address.");
}

static bool stop_at_the_last(void *context, size_t done, size_t total) {
    (void)context;
    return total == 0 || done < total;
}

static void a_run_that_is_stopped_leaves_no_letter(void **state) {
    struct municipality *place = *state;
    place->listener.on_progress = stop_at_the_last;
    assert_int_equal(remind(place), BMS_CANCELLED);
    assert_int_equal(bms_platform_path_kind(inside(place, "reminders")), BMS_PATH_MISSING);
}

static void a_name_in_the_list_is_never_a_formula(void **state) {
    struct municipality *place = *state;
    write_addresses(place, NULL, "name==cmd|' /c calc'!A1;leader=@SUM(A1)");
    assert_int_equal(remind(place), BMS_OK);
    assert_non_null(strstr(content(place, LIST), "\"1103\";\"'=cmd|' /c calc'!A1\";\"'@SUM(A1)\";"));
}

/** @return the memory that reminding so many units asks for. */
static size_t cost_of(struct municipality *place, size_t first, size_t end) {
    for (size_t i = first; i < end; i++) {
        const char *cells = bms_arena_format(
            place->made->arena, "code=U%zu;name=Barnehage %zu;parent=1100;group=barnehage", i, i);
        made_cells(place->made, BMS_SHEET_UNITS, 5 + i, cells);
    }
    load_setup(place);
    place->listener = (bms_listener){0};
    asked_for = 0;
    assert_int_equal(remind(place), BMS_OK);
    return asked_for;
}

static void memory_follows_the_list(void **state) {
    struct municipality *place = *state;
    const size_t few = cost_of(place, 0, 40);
    const size_t list_of_few = strlen(content(place, LIST));
    const size_t many = cost_of(place, 40, 160);
    const size_t list_of_many = strlen(content(place, LIST));
    assert_true(list_of_many > 3 * list_of_few);
    assert_true(many - few < 10 * (list_of_many - list_of_few));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, municipality_begin_loaded, municipality_end)
    const struct CMUnitTest tests[] = {
        TEST(a_unit_with_an_address_gets_a_draft),
        TEST(an_earlier_draft_is_removed_when_the_address_is_gone),
        TEST(both_earlier_files_are_removed_after_delivery),
        TEST(the_form_of_another_period_is_named),
        TEST(what_has_not_come_is_asked_for_once_it_is_due),
        TEST(an_invalid_address_is_reported_and_gets_no_draft),
        TEST(a_run_that_is_stopped_leaves_no_letter),
        TEST(a_name_in_the_list_is_never_a_formula),
        TEST(memory_follows_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
