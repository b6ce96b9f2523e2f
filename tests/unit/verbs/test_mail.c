/** Letters as files: what a mail program needs, whatever the text. */
#include "core/verbs/mail.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

static const bms_mail example = {.from = "bms@eksempel.example",
                                 .to = "lia@eksempel.example",
                                 .subject = "Påminnelse: Lia barnehage – 2. tertial 2026",
                                 .text = "Hei.\n",
                                 .at = 1789980000}; /* 2026-09-21 08:00 UTC, a Monday */

static void headers_are_ascii_and_dated(void **state) {
    bms_arena *arena = *state;
    const char *mail = bms_mail_write(arena, &example);
    assert_non_null(mail);
    assert_non_null(strstr(mail, "Date: Mon, 21 Sep 2026 08:40:00 +0000\r\n"));
    assert_non_null(strstr(mail, "Subject: =?utf-8?B?"));
    for (const char *c = mail; *c; c++)
        assert_true((unsigned char)*c < 128);
}

static void no_line_is_longer_than_mail_allows(void **state) {
    bms_arena *arena = *state;
    unsigned char bytes[5000];
    memset(bytes, 0xA5, sizeof bytes);
    bms_mail mail = example;
    mail.file = "1101-Lia.xlsx";
    mail.attached = bytes;
    mail.size = sizeof bytes;
    const char *line = bms_mail_write(arena, &mail);
    for (const char *end; (end = strstr(line, "\r\n")); line = end + 2)
        assert_true(end - line <= 100);
    assert_string_equal(line, "");
}

static int begin(void **state) {
    *state = bms_arena_new();
    return *state ? 0 : -1;
}

static int end(void **state) {
    bms_arena_free(*state);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(headers_are_ascii_and_dated, begin, end),
        cmocka_unit_test_setup_teardown(no_line_is_longer_than_mail_allows, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
