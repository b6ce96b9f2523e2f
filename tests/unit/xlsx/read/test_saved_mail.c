/** Attachments of saved mails: how they are found, decoded and named. All of it is invented. */
#include "xlsx/read/mail.h"

#include "core/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define FIELDS "From: kari@eksempel.no\r\nTo: ola@eksempel.no\r\nSubject: Skjema\r\nMIME-Version: 1.0\r\n"
#define MIXED FIELDS "Content-Type: multipart/mixed; boundary=\"skille 1\"\r\n\r\nFor gamle programmer\r\n"
#define XLSX "Content-Type: application/octet-stream\r\n"
#define BASE64 "Content-Transfer-Encoding: base64\r\n"

static int set_up(void **state) {
    *state = bms_arena_new();
    return *state ? 0 : -1;
}

static int tear_down(void **state) {
    bms_arena_free(*state);
    return 0;
}

static const bms_attachment *take_apart(bms_arena *arena, const char *mail, size_t expected) {
    const bms_attachment *found = NULL;
    size_t n = bms_mail_attachments(arena, mail, strlen(mail), &found);
    assert_int_equal(n, expected);
    return found;
}

static void assert_holds(const bms_attachment *attachment, const char *name, const char *content) {
    assert_string_equal(attachment->name, name);
    assert_int_equal(attachment->size, strlen(content));
    assert_memory_equal(attachment->bytes, content, strlen(content));
}

/** The name of the only attachment of a mail, whose part has this field. */
static const char *name_by(bms_arena *arena, const char *field) {
    const char *mail =
        bms_arena_format(arena, "%s--skille 1\r\n%s\r\n%s\r\nUEs=\r\n--skille 1--\r\n", MIXED, field, BASE64);
    return take_apart(arena, mail, 1)->name;
}

static void an_attachment_is_decoded_and_named(void **state) {
    const bms_attachment *found = take_apart(
        *state,
        MIXED
        "--skille 1\r\nContent-Type: text/plain\r\n\r\nHei, her er skjemaet.\r\n--skille 1\r\n" XLSX BASE64
        "Content-Disposition: attachment; filename=\"skjema.xlsx\"\r\n\r\nUEsD\r\nBGhlaQ==\r\n--skille "
        "1--\r\n",
        1);
    assert_holds(found, "skjema.xlsx", "PK\003\004hei");
}

static void parts_are_found_in_parts_and_with_plain_line_ends(void **state) {
    const bms_attachment *found = take_apart(
        *state,
        "From: a@b.no\nDate: i dag\nSubject: x\nContent-Type: multipart/mixed;\n boundary=ytre\n\n--ytre\n"
        "Content-Type: multipart/related; boundary=indre\n\n--indre\nContent-Type: text/html\n\n<p>Hei</p>\n"
        "--indre\nContent-Type: image/png; name=logo.png\n\nPNG\n--indre--\n--ytre\n"
        "Content-Type: application/zip; name=to.zip\nContent-Transfer-Encoding: BASE64\n\nUEs=\n--ytre--\n",
        2);
    assert_string_equal(found[0].name, "logo.png");
    assert_holds(&found[1], "to.zip", "PK");
}

static void a_mail_that_is_nothing_but_its_attachment(void **state) {
    const bms_attachment *found = take_apart(*state, FIELDS XLSX BASE64 "\r\nUEs=", 1);
    assert_holds(found, "", "PK");
}

static void names_are_read_as_mail_programs_write_them(void **state) {
    static const struct {
        const char *field, *name;
    } names[] = {
        {"Content-Disposition: attachment; filename=skjema.xlsx", "skjema.xlsx"},
        {"Content-Disposition: attachment;\r\n\tfilename=\"et skjema; nr. \\\"2\\\".xlsx\"",
         "et skjema; nr. \"2\".xlsx"},
        {"content-type: application/x; NAME=\"a.xlsx\"", "a.xlsx"},
        {"Content-Disposition: attachment; filename*=UTF-8''Garder%C3%A5sen.xlsx", "Garderåsen.xlsx"},
        {"Content-Disposition: attachment; filename*=iso-8859-1'no'Garder%E5sen.xlsx", "Garderåsen.xlsx"},
        {"Content-Disposition: attachment; filename*0=\"et langt \"; filename*1=\"navn.xlsx\"",
         "et langt navn.xlsx"},
        {"Content-Disposition: attachment; filename*0*=utf-8''l%C3%A6; filename*1*=r%C3%A6r; "
         "filename*2=\".xlsx\"",
         "lærær.xlsx"},
        {"Content-Disposition: attachment; filename=\"=?UTF-8?B?R2FyZGVyw6VzZW4ueGxzeA==?=\"",
         "Garderåsen.xlsx"},
        {"Content-Disposition: attachment; filename=\"=?iso-8859-1?Q?Garder=E5sen_nr=2E_2?=\r\n "
         "=?utf-8?q?=2Exlsx?=\"",
         "Garderåsen nr. 2.xlsx"},
        {"Content-Disposition: attachment; filename=\"a=?b.xlsx\"", "a=?b.xlsx"},
        {"Content-Disposition: attachment; filename=\"Garder\xE5sen.xlsx\"", "Garderåsen.xlsx"},
        {"Content-Type: application/x; name=x.xlsx\r\nContent-Disposition: attachment; filename=\"y.xlsx\"",
         "y.xlsx"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_string_equal(name_by(*state, names[i].field), names[i].name);
}

static void an_encoded_word_without_an_end_is_a_name_as_it_stands(void **state) {
    enum { WORDS = 8000 };
    static const char word[] = "=?a?q?x";
    char *name = bms_arena_alloc(*state, WORDS * (sizeof word - 1) + 1);
    for (size_t i = 0; i < WORDS; i++)
        memcpy(name + i * (sizeof word - 1), word, sizeof word);
    const char *field = bms_arena_format(*state, "Content-Disposition: attachment; filename=\"%s\"", name);
    assert_string_equal(name_by(*state, field), name);
}

static void a_mail_that_is_cut_off_gives_what_is_there(void **state) {
    const bms_attachment *found = take_apart(
        *state,
        MIXED "--skille 1\r\n" XLSX BASE64 "Content-Disposition: attachment; filename=a.xlsx\r\n\r\nUEsD", 1);
    assert_holds(found, "a.xlsx", "PK\003");
    (void)take_apart(*state, MIXED, 0);
    (void)take_apart(*state, MIXED "--skille 1", 0);
    (void)take_apart(*state, MIXED "--skille 1\r\nContent-Disposition: attachment; filename=\"", 0);
}

/** Deeper than any mail: what is further in is not looked for. */
static void nesting_is_limited(void **state) {
    const char *mail = FIELDS;
    for (int i = 0; i < 100; i++)
        mail = bms_arena_format(*state, "%sContent-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n",
                                mail, i, i);
    mail = bms_arena_format(*state, "%s%s%s\r\nUEs=", mail, XLSX, BASE64);
    (void)take_apart(*state, mail, 0);
}

static bool is_mail(const char *text) {
    return bms_mail_is((const unsigned char *)text, strlen(text));
}

static void mails_are_recognised_by_their_fields(void **state) {
    (void)state;
    assert_true(is_mail(FIELDS "\r\nHei"));
    assert_true(is_mail("\xEF\xBB\xBF" FIELDS "\r\n"));
    assert_true(is_mail("From kari Mon Nov 16\n" FIELDS "\n"));
    assert_true(is_mail("Received: from a\n by b\nMessage-ID: <1>\nDate: x\n\n"));
    assert_false(is_mail(""));
    assert_false(is_mail("From: a\nTo: b\nikke et felt\nSubject: c\n\n"));
    assert_false(is_mail("Navn: Kari\nDato: 1.3\n\n"));
    assert_false(is_mail("Kode;Tall\nA;1\n"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_attachment_is_decoded_and_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_are_found_in_parts_and_with_plain_line_ends, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_mail_that_is_nothing_but_its_attachment, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_are_read_as_mail_programs_write_them, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_encoded_word_without_an_end_is_a_name_as_it_stands, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_mail_that_is_cut_off_gives_what_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nesting_is_limited, set_up, tear_down),
        cmocka_unit_test(mails_are_recognised_by_their_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
