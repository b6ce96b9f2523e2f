/** Memory that runs out in the tools of every room: no NULL text and no empty message. */
#include "tests/unit/failing_memory.h"

#include "core/base/number.h"
#include "core/base/platform.h"

#include <string.h>

enum { ENOUGH = 40 };

static void a_number_is_a_text(void **state) {
    (void)state;
    bms_arena *arena = bms_arena_new();
    left = 0;
    const char *text = bms_number_text(arena, 1.5, 1, "nb");
    const char *plain = bms_number_plain(arena, 1.5, "nb");
    left = SIZE_MAX;
    assert_string_equal(text, "");
    assert_string_equal(plain, "");
    assert_true(bms_arena_failed(arena));
    bms_arena_free(arena);
}

static void a_failure_has_its_message_or_is_want_of_memory(void **state) {
    (void)state;
    bms *b = NULL;
    assert_int_equal(bms_new(&b, NULL), BMS_OK);
    for (size_t room = 0; room < ENOUGH; room++) {
        unsigned char *bytes = NULL;
        size_t size = 0;
        bms_error missing = {0};
        bms_error unknown;
        left = room;
        (void)bms_platform_read_file("no such file", "nb", &bytes, &size, &missing);
        left = room;
        (void)bms_set_language(b, "xx", &unknown);
        left = SIZE_MAX;
        assert_true(missing.code == BMS_NO_MEMORY || strstr(missing.message, "no such file"));
        assert_true(unknown.code == BMS_NO_MEMORY || strstr(unknown.message, "nb, nn"));
    }
    bms_free(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_a_text),
        cmocka_unit_test(a_failure_has_its_message_or_is_want_of_memory),
    };
    left = SIZE_MAX;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
