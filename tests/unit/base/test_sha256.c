/** The hash by which files are recognised. */
#include "core/base/sha256.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void sha256_is_what_everyone_else_computes(void **state) {
    (void)state;
    char hash[65];
    bms_sha256("abc", 3, hash);
    assert_string_equal(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    bms_sha256("", 0, hash);
    assert_string_equal(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sha256_is_what_everyone_else_computes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
