/** A form that is written and read back is the same. */
#include "core/workbooks.h"
#include "tests/unit/xlsx/layout/example_form.h"
#include "xlsx/layout/form/sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char path[] = "test_form_return.xlsx";

struct fixture {
    bms_arena *arena;
    bms_raw_return raw;
};

static void write_and_read(struct fixture *fixture, const bms_form *form) {
    bms_error error = {0};
    const bms_source source = {.name = path};
    assert_int_equal(bms_workbooks_write_form(form, path, &error), BMS_OK);
    assert_int_equal(bms_workbooks_read_return(fixture->arena, &source, 0, "nb", &fixture->raw, &error),
                     BMS_OK);
}

static int set_up(void **state) {
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = bms_arena_new();
    *state = fixture;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    bms_arena_free(fixture->arena);
    free(fixture);
    (void)remove(path);
    return 0;
}

static void both_identities_are_those_of_the_form(void **state) {
    struct fixture *fixture = *state;
    const bms_form form = example_form("nb");
    write_and_read(fixture, &form);
    assert_int_equal(fixture->raw.recognition, BMS_BOTH_IDENTITIES);
    const bms_identity *both[] = {&fixture->raw.hidden, &fixture->raw.visible};
    for (int i = 0; i < 2; i++) {
        assert_string_equal(both[i]->municipality, "0301");
        assert_string_equal(both[i]->unit, "GARD");
        assert_string_equal(both[i]->period, "2026-T2");
        assert_string_equal(both[i]->definition, "3");
        assert_string_equal(both[i]->title, "Garderåsen barnehage – 2. tertial 2026");
        assert_string_equal(both[i]->seal, "0123456789abcdef0123456789abcdef");
    }
}

static void assert_same_number(bms_number a, bms_number b) {
    assert_int_equal(a.known, b.known);
    if (a.known)
        assert_memory_equal(&a.value, &b.value, sizeof a.value);
}

static void assert_same_asked(const bms_question_number *a, const bms_question_number *b) {
    assert_string_equal(a->text, b->text);
    assert_string_equal(a->unit_of_measure, b->unit_of_measure);
    assert_string_equal(a->same_as_indicator, b->same_as_indicator);
    assert_int_equal(a->same_as_number, b->same_as_number);
    assert_string_equal(a->part_of_indicator, b->part_of_indicator);
    assert_int_equal(a->part_of_number, b->part_of_number);
    assert_same_number(a->least, b->least);
    assert_same_number(a->most, b->most);
    assert_int_equal(a->whole, b->whole);
    assert_int_equal(a->parts_are_all, b->parts_are_all);
    assert_same_number(a->usual_from, b->usual_from);
    assert_same_number(a->usual_to, b->usual_to);
}

static void assert_same_question(const bms_question *a, const bms_question *b) {
    assert_string_equal(a->indicator, b->indicator);
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->period, b->period);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->basis, b->basis);
    assert_memory_equal(&a->factor, &b->factor, sizeof a->factor);
    assert_int_equal(a->decimals, b->decimals);
    assert_string_equal(a->unit_of_result, b->unit_of_result);
    assert_same_asked(&a->numerator, &b->numerator);
    assert_same_asked(&a->denominator, &b->denominator);
    assert_int_equal(a->required, b->required);
    assert_int_equal(a->must_answer, b->must_answer);
    assert_int_equal(a->when_red, b->when_red);
    assert_int_equal(a->limits.known, b->limits.known);
    assert_int_equal(a->limits.better, b->limits.better);
    assert_memory_equal(&a->limits.green, &b->limits.green, 4 * sizeof a->limits.green);
}

static void every_field_of_every_question_comes_back(void **state) {
    struct fixture *fixture = *state;
    const bms_form form = example_form("nb");
    write_and_read(fixture, &form);
    assert_int_equal(fixture->raw.n_questions, EXAMPLE_QUESTIONS);
    for (size_t i = 0; i < EXAMPLE_QUESTIONS; i++)
        assert_same_question(&fixture->raw.questions[i], &form.questions[i]);
}

static void numbers_that_need_seventeen_digits_come_back_exactly(void **state) {
    struct fixture *fixture = *state;
    bms_form form = example_form("nb");
    bms_question odd = form.questions[0];
    odd.factor = 0.1 + 0.2;
    odd.limits = (bms_limits){true, BMS_BAND, 1.0 / 3, 5e-324, 1.7976931348623157e308, -123456789.123456789};
    odd.when_red = BMS_RED_IS_HELD;
    odd.numerator.parts_are_all = odd.denominator.parts_are_all = true;
    odd.numerator.least = (bms_number){true, -0.1};
    odd.denominator.usual_from = (bms_number){true, 0.1 + 0.7};
    odd.denominator.usual_to = (bms_number){true, 40000};
    odd.numerator.text = "Hva \"er\" <dette> & _x0041_?\n  =1+1  ";
    form.questions = &odd;
    form.n_questions = 1;
    write_and_read(fixture, &form);
    assert_int_equal(fixture->raw.n_questions, 1);
    assert_same_question(&fixture->raw.questions[0], &odd);
}

static void an_empty_form_has_a_row_for_each_question_and_no_numbers(void **state) {
    struct fixture *fixture = *state;
    const bms_form form = example_form("nb");
    write_and_read(fixture, &form);
    const bms_raw_return *raw = &fixture->raw;
    assert_string_equal(raw->sheet, "Skjema");
    assert_true(raw->headings_known);
    assert_null(raw->missing_heading);
    assert_int_equal(raw->n_rows, EXAMPLE_QUESTIONS);
    for (size_t i = 0; i < raw->n_rows; i++) {
        assert_string_equal(raw->rows[i].indicator, form.questions[i].indicator);
        assert_int_equal(raw->rows[i].numerator.kind, BMS_RAW_BLANK);
        assert_int_equal(raw->rows[i].reason.kind, BMS_RAW_BLANK);
        assert_int_equal(raw->rows[i].comment.kind, BMS_RAW_BLANK);
        assert_int_equal(raw->rows[i].result.kind, BMS_RAW_BLANK);
        assert_true(raw->rows[i].result.formula);
        assert_string_not_equal(raw->rows[i].numerator.address, "");
    }
    assert_true(raw->rows[1].denominator.formula); /* fetched */
    assert_int_equal(raw->signed_by.kind, BMS_RAW_BLANK);
    assert_int_equal(raw->signed_on.kind, BMS_RAW_BLANK);
    assert_string_not_equal(raw->signed_by.address, "");
}

static void known_actions_come_back_with_the_indicator_they_are_linked_to(void **state) {
    struct fixture *fixture = *state;
    const bms_form form = example_form("nb");
    write_and_read(fixture, &form);
    const bms_raw_return *raw = &fixture->raw;
    assert_string_equal(raw->action_sheet, "Tiltak");
    assert_int_equal(raw->n_actions, 1);
    assert_string_equal(raw->actions[0].number.text, "T-1");
    assert_string_equal(raw->actions[0].linked_to.text, "Sykefravær (SYK)"); /* a code once it is checked */
    assert_int_equal(raw->actions[0].due.kind, BMS_RAW_DATE);
    assert_int_equal(raw->actions[0].due.day, example_actions[0].due);
    assert_string_equal(raw->actions[0].status.text, "I gang");
}

static void a_form_in_another_language_is_read_the_same(void **state) {
    struct fixture *fixture = *state;
    static const char *const languages[] = {"nn", "en"};
    for (size_t i = 0; i < 2; i++) {
        const bms_form form = example_form(languages[i]);
        write_and_read(fixture, &form);
        assert_int_equal(fixture->raw.recognition, BMS_BOTH_IDENTITIES);
        assert_string_equal(fixture->raw.visible.unit, "GARD");
        assert_true(fixture->raw.headings_known);
        assert_int_equal(fixture->raw.n_rows, EXAMPLE_QUESTIONS);
        assert_string_not_equal(fixture->raw.signed_by.address, "");
        assert_int_equal(fixture->raw.n_actions, 1);
    }
}

static unsigned char *read_whole(const char *name, size_t *size) {
    FILE *file = fopen(name, "rb");
    assert_non_null(file);
    unsigned char *bytes = malloc(1 << 20);
    *size = fread(bytes, 1, 1 << 20, file);
    (void)fclose(file);
    return bytes;
}

static void the_same_form_gives_the_same_bytes(void **state) {
    (void)state;
    bms_error error = {0};
    size_t sizes[2];
    unsigned char *bytes[2];
    const bms_form form = example_form("nb");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(bms_workbooks_write_form(&form, path, &error), BMS_OK);
        bytes[i] = read_whole(path, &sizes[i]);
    }
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(bytes[0], bytes[1], sizes[0]);
    free(bytes[0]);
    free(bytes[1]);
}

static void a_form_without_questions_can_be_written(void **state) {
    struct fixture *fixture = *state;
    bms_form form = example_form("nb");
    form.n_questions = 0;
    form.n_actions = 0;
    write_and_read(fixture, &form);
    assert_int_equal(fixture->raw.recognition, BMS_BOTH_IDENTITIES);
    assert_int_equal(fixture->raw.n_rows, 0);
}

static void only_a_line_of_identity_is_recognised_in_every_language(void **state) {
    struct fixture *fixture = *state;
    const bms_form form = example_form("nb");
    static const char *const languages[] = {"nb", "nn", "en"};
    bms_identity read;
    for (size_t i = 0; i < 3; i++) {
        const char *line = bms_identity_line(fixture->arena, &form.identity, languages[i]);
        assert_true(bms_identity_line_read(fixture->arena, line, &read));
        assert_string_equal(read.seal, form.identity.seal);
        assert_string_equal(read.municipality, "0301");
    }
    assert_false(bms_identity_line_read(fixture->arena, "Enhet · med prikk · i teksten", &read));
    assert_false(bms_identity_line_read(fixture->arena, "", &read));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(both_identities_are_those_of_the_form, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_field_of_every_question_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbers_that_need_seventeen_digits_come_back_exactly, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_empty_form_has_a_row_for_each_question_and_no_numbers, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(known_actions_come_back_with_the_indicator_they_are_linked_to, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_form_in_another_language_is_read_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_form_gives_the_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_form_without_questions_can_be_written, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_a_line_of_identity_is_recognised_in_every_language, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
