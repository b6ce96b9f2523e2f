/** Every verb as text in and text out. */
#define _XOPEN_SOURCE 700 /* mkdtemp, nftw */

#include "tests/unit/examples/answers.h"

static bms_answer answer;

/** Call a verb; its answer is in `answer` until the next call. */
static enum bms_status call_with(struct municipality *place, const char *verb, const char *request,
                                 const bms_source *attached, size_t n) {
    bms_answer_free(&answer);
    return bms_call(place->b, verb, request, attached, n, NULL, &answer, &place->error);
}

static enum bms_status call(struct municipality *place, const char *verb, const char *request) {
    return call_with(place, verb, request, NULL, 0);
}

static void assert_answer(struct municipality *place, const char *verb, const char *request,
                          const char *expected) {
    assert_int_equal(call(place, verb, request), BMS_OK);
    assert_string_equal(answer.text, expected);
    assert_int_equal(answer.size, strlen(expected));
}

static void assert_part(const char *part) {
    if (!strstr(answer.text, part))
        fail_msg("%s\nis not in\n%s", part, answer.text);
}

static bms_source bytes_of(const char *name, const char *text) {
    return (bms_source){.name = name, .bytes = text, .size = strlen(text)};
}

static int end(void **state) {
    bms_answer_free(&answer);
    return municipality_end(state);
}

/* What the verbs answer */

static void what_was_written_is_named_and_comes_back_as_bytes(void **state) {
    struct municipality *place = *state;
    assert_int_equal(call(place, "forms", "{\"period\":\"2026-T2\",\"unit\":\"1101\",\"bytes\":true}"),
                     BMS_OK);
    assert_int_equal(answer.n_files, 1);
    assert_non_null(strstr(answer.files[0].name, "forms/2026-T2/1101-"));
    assert_part(
        bms_arena_format(place->made->arena, "{\"files\":[\"%s\"],\"findings\":[]}", answer.files[0].name));
    const char *written = content(place, strstr(answer.files[0].name, "forms/"));
    assert_int_equal(answer.files[0].size, strlen(written));
    assert_memory_equal(answer.files[0].bytes, written, strlen(written));
    assert_int_equal(call(place, "forms", "{\"period\":\"2026-T2\",\"force\":true}"), BMS_OK);
    assert_int_equal(answer.n_files, 0);
    assert_false(answer.wrong);
}

static void returns_are_checked_and_collected_from_bytes(void **state) {
    struct municipality *place = *state;
    const bms_source sent[] = {bytes_of("eng.xlsx", ENG "SYK 12 148\nKORT 3\n"),
                               bytes_of("x.xlsx", "broken")};
    place->now = 1789459200; /* 2026-09-15 08:00 UTC */
    assert_int_equal(call_with(place, "check", "{\"threads\":1}", sent, 1), BMS_OK);
    assert_string_equal(
        answer.text, "{\"returns\":[{\"file\":\"eng.xlsx\",\"unit\":\"1103\",\"period\":\"2026-T2\","
                     "\"revision\":null,\"outcome\":\"accepted\",\"findings\":[]}],\"accepted\":1,\"held\":0,"
                     "\"unreadable\":0,\"duplicate\":0,\"unfinished\":0,\"skipped\":0,\"replaced\":0}");
    assert_false(answer.wrong);
    assert_int_equal(call_with(place, "collect", "{\"no_corrections\":true}", sent, 2), BMS_OK);
    assert_part("\"revision\":1,\"outcome\":\"accepted\"");
    assert_part("\"outcome\":\"unreadable\"");
    assert_true(answer.wrong);
}

static void returns_lie_where_the_request_says_too(void **state) {
    struct municipality *place = *state;
    const bms_source sent = bytes_of("fjell.xlsx", "unit 1102\nperiod 2026-T2\nSYK 1 2\n");
    put(place, "returns/2026-T2/eng.xlsx", ENG "SYK 12 148\nKORT 3\n");
    assert_int_equal(call_with(place, "check", "{\"sources\":[\"2026-T2\"]}", &sent, 1), BMS_OK);
    assert_part("fjell.xlsx");
    assert_part("returns/2026-T2/eng.xlsx");
}

static void a_held_return_comes_back_as_a_correction_and_can_be_accepted(void **state) {
    struct municipality *place = *state;
    const bms_source sent = bytes_of("eng.xlsx", ENG "SYK 200 148\nKORT 3\n");
    assert_int_equal(call_with(place, "collect", "{\"bytes\":true}", &sent, 1), BMS_OK);
    assert_true(answer.wrong);
    assert_part("\"rule\":\"part_above_whole\",\"severity\":\"error\",\"sheet\":\"Skjema\",\"cell\":\"C5\"");
    assert_int_equal(answer.n_files, 2); /* and Mottak */
    assert_memory_equal(answer.files[0].bytes, "unit 1103", 9);
    assert_int_equal(call_with(place, "collect",
                               "{\"accept\":[{\"rule\":\"none\",\"unit\":\"1103\",\"indicator\":\"SYK\"}],"
                               "\"reason\":\"so it is\",\"by\":\"Kari\"}",
                               &sent, 1),
                     BMS_USAGE);
    assert_non_null(strstr(place->error.message, "none"));
}

static void what_is_stored_is_answered(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    assert_int_equal(call(place, "status", "{\"period\":\"2026-T2\"}"), BMS_OK);
    assert_part("{\"period\":\"2026-T2\",\"units\":[");
    assert_part("{\"unit\":\"1103\",\"expected\":2,\"reported\":2,\"missing\":0,\"held\":0,\"unfinished\":0,"
                "\"revision\":1}");
    assert_part("\"unfinished\":1,\"revision\":null}");
    assert_int_equal(call(place, "history", "{\"unit\":\"1103\",\"indicator\":\"SYK\",\"changes\":true}"),
                     BMS_OK);
    assert_part(
        "{\"measurements\":[{\"unit\":\"1103\",\"indicator\":\"SYK\",\"period\":\"2026-T2\",\"revision\":1,"
        "\"state\":\"reported\",\"numerator\":12,\"denominator\":148,\"result\":8.108108108108109,"
        "\"status\":\"green\",\"file\":");
    assert_part("\"cell\":\"Skjema!C5\"}],\"changes\":[]}");
    assert_int_equal(
        call(place, "explain", "{\"unit\":\"1103\",\"indicator\":\"SYK\",\"period\":\"2026-T2\"}"), BMS_OK);
    assert_part("{\"unit\":\"1103\",\"indicator\":\"SYK\",\"period\":\"2026-T2\",\"facts\":[{\"key\":");
}

static void everything_is_exported_in_three_formats(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    assert_int_equal(call(place, "export", NULL), BMS_OK);
    assert_part("\"cell\":\"Skjema!C5\",\"unit_name\":");
    assert_int_equal(call(place, "export", "{\"format\":\"csv\"}"), BMS_OK);
    assert_memory_equal(answer.text, "unit,unit_name,indicator,", 25);
    assert_part("reported,12,148,8.108108108108109,green,");
    assert_int_equal(call(place, "export", "{\"format\":\"excel\"}"), BMS_OK);
    assert_memory_equal(answer.text, "\xEF\xBB\xBFunit;unit_name;indicator;", 28);
    assert_part("reported;12;148;8,108108108108109;green;");
    assert_int_equal(call(place, "export", "{\"format\":\"xml\"}"), BMS_USAGE);
    assert_string_equal(place->error.where, "format");
}

static void a_number_is_corrected_and_a_period_closed(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    assert_answer(place, "correct",
                  "{\"unit\":\"1103\",\"indicator\":\"SYK\",\"period\":\"2026-T2\",\"numerator\":\"13\","
                  "\"reason\":\"counted anew\",\"by\":\"Kari\"}",
                  "{\"files\":[],\"findings\":[]}");
    assert_int_equal(call(place, "history", "{\"unit\":\"1103\",\"changes\":true}"), BMS_OK);
    assert_part("\"what\":\"numerator\",\"was\":\"12\",\"became\":\"13\"");
    assert_part("\"correction\":\"counted anew\"");
    assert_answer(place, "close", "{\"period\":\"2026-T2\",\"by\":\"Kari\"}", "{\"closed\":\"2026-T2\"}");
}

static void letters_and_reports_come_back_as_bytes(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    assert_int_equal(call(place, "remind", "{\"period\":\"2026-T2\",\"bytes\":true}"), BMS_OK);
    assert_int_equal(answer.n_files, 2); /* a letter to the one unit that has only begun, and the list */
    assert_memory_equal(answer.files[1].bytes, "\xEF\xBB\xBF", 3);
    assert_int_equal(call(place, "report", "{\"period\":\"2026-T2\",\"unit\":\"1103\",\"bytes\":true}"),
                     BMS_OK);
    assert_memory_equal(answer.files[0].bytes, "unit 1103", 9);
}

static void texts_are_removed_and_the_history_verified_and_copied(void **state) {
    struct municipality *place = *state;
    collect_all(place);
    assert_int_equal(call(place, "redact",
                          "{\"unit\":\"1103\",\"period\":\"2026-T2\",\"what\":\"signature\",\"by\":\"Kari\","
                          "\"reason\":\"a mistake\"}"),
                     BMS_OK);
    assert_part("{\"files\":[],\"findings\":[{\"rule\":\"copies_renewed\",\"severity\":\"info\",");
    assert_part("{\"rule\":\"copies_remain\",\"severity\":\"warning\",");
    assert_int_equal(call(place, "verify", "{}"), BMS_OK);
    assert_part("{\"removed\":[],\"differences\":[],\"redactions\":[{\"run\":");
    assert_part("\"by\":\"Kari\",\"reason\":\"a mistake\",\"table\":");
    assert_false(answer.wrong);
    const char *copy = inside(place, "copy.db");
    assert_answer(place, "backup", bms_arena_format(place->made->arena, "{\"file\":\"%s\"}", copy),
                  bms_arena_format(place->made->arena, "{\"files\":[\"%s\"]}", copy));
    assert_int_equal(bms_platform_path_kind(copy), BMS_PATH_FILE);
}

static void what_can_be_removed_is_named(void **state) {
    struct municipality *place = *state;
    const char *const refused[] = {
        "{\"unit\":\"1103\",\"period\":\"2026-T2\",\"what\":\"numbers\",\"by\":\"K\",\"reason\":\"r\"}",
        "{\"unit\":\"1103\",\"period\":\"2026-T2\",\"what\":\"setup\",\"by\":\"K\",\"reason\":\"r\"}",
        "{\"unit\":\"1103\",\"period\":\"2026-T2\",\"setup\":\"Kari\",\"by\":\"K\",\"reason\":\"r\"}",
        "{\"what\":\"comment\",\"setup\":\"Kari\",\"by\":\"K\",\"reason\":\"r\"}",
        "{\"unit\":\"1103\",\"period\":\"2026-T2\",\"by\":\"K\",\"reason\":\"r\"}"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(call(place, "redact", refused[i]), BMS_USAGE);
        assert_string_equal(place->error.where, "what");
        assert_non_null(strstr(place->error.message, "comment, signature, actions, original, findings, "
                                                     "correction, decisions, file"));
    }
    assert_int_equal(call(place, "redact", "{\"setup\":\"nowhere\",\"by\":\"K\",\"reason\":\"r\"}"),
                     BMS_USAGE);
    assert_string_not_equal(place->error.where, "what");
}

static void a_folder_is_made_and_its_setup_loaded(void **state) {
    struct municipality *place = *state;
    bms_arena *arena = place->made->arena;
    const char *folder = inside(place, "new");
    assert_answer(place, "init", bms_arena_format(arena, "{\"folder\":\"%s\",\"bytes\":true}", folder),
                  bms_arena_format(arena, "{\"files\":[\"%s/setup.xlsx\",\"%s/bms.db\"],\"findings\":[]}",
                                   folder, folder));
    assert_int_equal(answer.n_files, 2);
    const bms_source book = {
        .name = "setup.xlsx", .bytes = answer.files[0].bytes, .size = answer.files[0].size};
    bms_answer loaded;
    assert_int_equal(bms_call(place->b, "setup", NULL, &book, 1, NULL, &loaded, NULL), BMS_OK);
    assert_non_null(strstr(loaded.text, "{\"files\":[],\"findings\":[],\"version\":1,\"added\":"));
    assert_non_null(strstr(loaded.text,
                           "\"changes\":[],\"asked\":[{\"group\":\"barnehage\",\"period\":\"2025-T1\","
                           "\"units\":2,\"fewest\":4,\"most\":4}"));
    bms_answer_free(&loaded);
}

static void any_workbook_is_listed_in_two_formats(void **state) {
    struct municipality *place = *state;
    const bms_source book = bytes_of("a\tb", "bytes");
    assert_int_equal(call_with(place, "cells", "{\"details\":true}", &book, 1), BMS_OK);
    assert_string_equal(
        answer.text,
        "{\"sheets\":[{\"name\":\"a\\tb\",\"visibility\":\"visible\",\"kind\":\"en\"}],\"names\":[],"
        "\"cells\":[{\"sheet\":\"a\\tb\",\"address\":\"A1\",\"kind\":\"s\",\"value\":\"en\","
        "\"number_format\":null,\"formula\":null,\"has_result\":false,\"hidden\":true,"
        "\"merged\":null,\"date\":false,\"per_cent\":false}]}");
    assert_int_equal(call_with(place, "cells", "{\"format\":\"tsv\"}", &book, 1), BMS_OK);
    assert_string_equal(answer.text, "a b\tA1\ts\t\"en\"\n");
}

/* How it is delivered */

struct heard {
    char text[4096];
    size_t size;
    int progress;
};

static void on_text(void *context, const char *bytes, size_t size) {
    struct heard *heard = context;
    assert_true(heard->size + size < sizeof heard->text);
    memcpy(heard->text + heard->size, bytes, size);
    heard->size += size;
}

static bool on_stop(void *context, size_t done, size_t total) {
    (void)done;
    (void)total;
    ((struct heard *)context)->progress++;
    return false;
}

static void a_long_answer_is_delivered_in_pieces(void **state) {
    struct municipality *place = *state;
    struct heard heard = {0};
    const bms_listener listener = {.context = &heard, .on_text = on_text};
    collect_all(place);
    assert_int_equal(call(place, "status", NULL), BMS_OK);
    bms_answer streamed;
    assert_int_equal(bms_call(place->b, "status", NULL, NULL, 0, &listener, &streamed, NULL), BMS_OK);
    assert_null(streamed.text);
    assert_string_equal(heard.text, answer.text);
    bms_answer_free(&streamed);
}

static void a_failure_is_answered_and_never_streamed(void **state) {
    struct municipality *place = *state;
    struct heard heard = {0};
    const bms_listener listener = {.context = &heard, .on_text = on_text};
    assert_int_equal(
        bms_call(place->b, "status", "{\"period\":\"2031-T1\"}", NULL, 0, &listener, &answer, &place->error),
        BMS_USAGE);
    assert_null(strstr(heard.text, "error"));
    assert_memory_equal(answer.text, "{\"error\":{\"code\":\"usage\",\"message\":\"", 36);
    assert_part(place->error.where);
    assert_false(answer.wrong);
}

static void progress_can_cancel(void **state) {
    struct municipality *place = *state;
    struct heard heard = {0};
    const bms_listener listener = {.context = &heard, .on_progress = on_stop};
    assert_int_equal(bms_call(place->b, "forms", "{\"period\":\"2026-T2\",\"bytes\":true}", NULL, 0,
                              &listener, &answer, &place->error),
                     BMS_CANCELLED);
    assert_int_equal(heard.progress, 1);
    assert_int_equal(answer.n_files, 0);
    assert_part("{\"error\":{\"code\":\"cancelled\"");
}

static void an_error_of_the_caller_looks_the_same(void **state) {
    const bms_error error = {.code = BMS_INPUT, .message = "no \"file\""};
    (void)state;
    bms_answer_error(&answer, &error);
    assert_string_equal(answer.text,
                        "{\"error\":{\"code\":\"input\",\"message\":\"no \\\"file\\\"\",\"where\":null}}");
}

/* What is refused */

static void a_request_that_asks_for_what_does_not_exist_is_refused_by_name(void **state) {
    static const struct {
        const char *verb;
        const char *request;
        const char *where;
        const char *said;
    } refused[] = {
        {"", "{}", "", "no verb"},
        {"shred", "{}", "shred", "no verb shred"},
        {"amend", "{}", "amend", "no verb amend"},
        {"forms", "{\"period\":\"2026-T2\",\"units\":\"1101\"}", "units", "period, unit, force, bytes"},
        {"forms", "{\"Period\":\"2026-T2\"}", "Period", "forms takes no Period"},
        {"close", "{}", "period", "close needs period"},
        {"close", "{\"period\":null}", "period", "close needs period"},
        {"forms", "{\"period\":2026}", "period", "a text"},
        {"forms", "{\"period\":[\"2026-T2\"]}", "period", "a text"},
        {"forms", "{\"period\":\"2026-T2\",\"force\":\"true\"}", "force", "true or false"},
        {"forms", "{\"period\":\"2026-T2\",\"force\":1}", "force", "true or false"},
        {"check", "{\"threads\":0}", "threads", "whole number"},
        {"check", "{\"threads\":-1}", "threads", "whole number"},
        {"check", "{\"threads\":1.5}", "threads", "whole number"},
        {"check", "{\"threads\":4294967297}", "threads", "whole number"},
        {"check", "{\"threads\":\"2\"}", "threads", "whole number"},
        {"check", "{\"sources\":\"2026-T2\"}", "sources", "list of texts"},
        {"check", "{\"sources\":[\"2026-T2\",1]}", "sources", "list of texts"},
        {"check", "{\"accept\":[]}", "accept", "check takes no accept"},
        {"collect", "{\"accept\":{\"rule\":\"r\",\"unit\":\"u\",\"indicator\":\"i\"}}", "accept",
         "list of objects"},
        {"collect", "{\"accept\":[{\"rule\":\"r\",\"unit\":\"u\"}]}", "accept", "list of objects"},
        {"collect", "{\"accept\":[{\"rule\":\"r\",\"unit\":\"u\",\"indicator\":1}]}", "accept",
         "list of objects"},
        {"collect", "{\"accept\":[{\"rule\":\"r\",\"unit\":\"u\",\"indicator\":\"i\",\"x\":1}]}", "accept",
         "list of objects"},
        {"cells", "{}", "", "one workbook"},
        {"cells", "{\"file\":\"a.xlsx\",\"format\":\"csv\"}", "format", "json, tsv"},
        {"status", "", "", "not JSON"},
        {"status", "period", "", "not JSON"},
        {"status", "[]", "", "JSON object"},
        {"status", "\"2026-T2\"", "", "not JSON"},
        {"status", "null", "", "not JSON"},
        {"status", "{\"period\":\"2026-T2\"} x", "", "not JSON"},
        {"status", "{\"period\":\"2026-T2\",}", "", "not JSON"},
        {"status", "{'period':'2026-T2'}", "", "not JSON"},
        {"status", "{\"period\":\"2026-T2\",\"period\":\"2026-T1\"}", "", "twice"},
        {"status", "{\"period\":\"\xE5\"}", "", "not JSON"},
        {"status", "{\"period\":\"\\ud800\"}", "", "not JSON"},
        {"status", "{\"period\":\"a\\u0000b\"}", "", "not JSON"},
        {"status", "\xEF\xBB\xBF{}", "", "not JSON"}};
    struct municipality *place = *state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_int_equal(call(place, refused[i].verb, refused[i].request), BMS_USAGE);
        assert_string_equal(place->error.where, refused[i].where);
        if (!strstr(place->error.message, refused[i].said))
            fail_msg("%s is not in: %s", refused[i].said, place->error.message);
        assert_memory_equal(answer.text, "{\"error\":{\"code\":\"usage\",", 25);
    }
}

static void workbooks_are_accepted_only_where_a_verb_uses_them(void **state) {
    struct municipality *place = *state;
    const bms_source books[] = {bytes_of("a", "a"), bytes_of("b", "b")};
    assert_int_equal(call_with(place, "status", "{}", books, 1), BMS_USAGE);
    assert_int_equal(call_with(place, "cells", "{}", books, 2), BMS_USAGE);
    assert_int_equal(call_with(place, "cells", "{\"file\":\"a\"}", books, 1), BMS_USAGE);
    assert_int_equal(call_with(place, "cells", "{}", books, 1), BMS_OK);
    assert_int_equal(call_with(place, "cells", "{\"file\":\"a\"}", NULL, 0), BMS_OK);
}

/** A request that is cut short or has a changed byte is refused or means something; it never does harm. */
static void a_spoilt_request_is_refused_and_harms_nothing(void **state) {
    static const char whole[] =
        "{\"unit\": \"11\\u00303\", \"indicator\": null, \"all\": true, \"changes\": false}";
    static const char spoilt_by[] = "\"\\{}[],:0-e.\x01\x80\xFF tn";
    struct municipality *place = *state;
    char request[sizeof whole];
    collect_all(place);
    assert_int_equal(call(place, "history", whole), BMS_OK);
    for (size_t length = 0; length < sizeof whole - 1; length++) {
        memcpy(request, whole, length);
        request[length] = '\0';
        assert_int_equal(call(place, "history", request), BMS_USAGE);
        for (size_t i = 0; i < sizeof spoilt_by - 1; i++) {
            memcpy(request, whole, sizeof whole);
            request[length] = spoilt_by[i];
            enum bms_status status = call(place, "history", request);
            assert_true(status == BMS_USAGE || status == BMS_OK);
        }
    }
    char deep[6000];
    memset(deep, '[', sizeof deep - 1);
    deep[sizeof deep - 1] = '\0';
    assert_int_equal(call(place, "history", deep), BMS_USAGE);
}

static void a_null_counts_as_left_out(void **state) {
    struct municipality *place = *state;
    assert_int_equal(call(place, "status", NULL), BMS_OK);
    const char *without = bms_arena_text(place->made->arena, answer.text);
    assert_answer(place, "status", "{\"period\":null}", without);
}

static void refusals_are_in_the_language_of_the_handle(void **state) {
    struct municipality *place = *state;
    assert_int_equal(bms_set_language(place->b, "nb", &place->error), BMS_OK);
    assert_int_equal(call(place, "forms", "{\"period\":1}"), BMS_USAGE);
    assert_string_equal(place->error.message, "period må være en tekst.");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, municipality_begin_loaded, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_was_written_is_named_and_comes_back_as_bytes),
        TEST(returns_are_checked_and_collected_from_bytes),
        TEST(returns_lie_where_the_request_says_too),
        TEST(a_held_return_comes_back_as_a_correction_and_can_be_accepted),
        TEST(what_is_stored_is_answered),
        TEST(everything_is_exported_in_three_formats),
        TEST(a_number_is_corrected_and_a_period_closed),
        TEST(letters_and_reports_come_back_as_bytes),
        TEST(texts_are_removed_and_the_history_verified_and_copied),
        TEST(what_can_be_removed_is_named),
        TEST(a_folder_is_made_and_its_setup_loaded),
        TEST(any_workbook_is_listed_in_two_formats),
        TEST(a_long_answer_is_delivered_in_pieces),
        TEST(a_failure_is_answered_and_never_streamed),
        TEST(progress_can_cancel),
        TEST(an_error_of_the_caller_looks_the_same),
        TEST(a_request_that_asks_for_what_does_not_exist_is_refused_by_name),
        TEST(workbooks_are_accepted_only_where_a_verb_uses_them),
        TEST(a_spoilt_request_is_refused_and_harms_nothing),
        TEST(a_null_counts_as_left_out),
        TEST(refusals_are_in_the_language_of_the_handle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
