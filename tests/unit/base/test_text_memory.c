/** Texts compared while memory runs out: never taken for the same, never nearer than they are. */
#include "tests/unit/failing_memory.h"

#include "core/base/text.h"

#include <string.h>

enum { LONG = 2000, MOST_ALLOCATIONS = 100 };

/** A text longer than those that are compared without memory. */
static void fill(char text[LONG], char letter) {
    memset(text, letter, LONG - 1);
    text[LONG - 1] = '\0';
}

static void different_texts_are_never_the_same(void **state) {
    (void)state;
    char a[LONG];
    char b[LONG];
    fill(a, 'a');
    fill(b, 'a');
    memcpy(b + LONG / 2, "å", strlen("å")); /* a letter of ASCII would be seen before anything is folded */
    for (size_t allocations = 0; allocations < MOST_ALLOCATIONS; allocations++) {
        left = allocations;
        bool same = bms_text_same(a, b);
        left = SIZE_MAX;
        assert_false(same);
    }
}

static void a_distance_is_right_or_none(void **state) {
    (void)state;
    bool right = false;
    for (size_t allocations = 0; allocations < MOST_ALLOCATIONS; allocations++) {
        left = allocations;
        size_t distance = bms_text_distance("Lia", "Lund");
        left = SIZE_MAX;
        assert_true(distance == 3 || distance == SIZE_MAX);
        right = distance == 3;
    }
    assert_true(right);
}

int main(void) {
    left = SIZE_MAX;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(different_texts_are_never_the_same),
        cmocka_unit_test(a_distance_is_right_or_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
