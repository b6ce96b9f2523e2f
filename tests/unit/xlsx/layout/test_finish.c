/* A workbook that was cut off while it was put together is noticed, although its container is sound. */
#include "tests/unit/xlsx/read/made_zip.h"
#include "xlsx/layout/finish.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char whole[] = "<worksheet><sheetData><row r=\"1\"/></sheetData></worksheet>";

static enum bms_status check(const char *sheet, const char *name) {
    const struct member members[] = {{.name = "xl/workbook.xml", .content = "<workbook/>"},
                                     {.name = name, .content = sheet},
                                     {.name = "xl/media/image1.png", .content = "no XML <"}};
    struct bytes zip = make_zip(members, sizeof members / sizeof *members);
    enum bms_status status = bms_check_whole(zip.at, zip.size);
    free(zip.at);
    return status;
}

static void test_a_whole_workbook_passes(void **state) {
    (void)state;
    assert_int_equal(check(whole, "xl/worksheets/sheet1.xml"), BMS_OK);
}

static void test_a_part_without_its_end_is_noticed(void **state) {
    char cut[sizeof whole];
    (void)state;
    for (size_t length = 1; length + 1 < sizeof whole; length++) {
        memcpy(cut, whole, length);
        cut[length] = '\0';
        assert_int_equal(check(cut, "xl/worksheets/sheet1.xml"), BMS_INPUT);
        assert_int_equal(check(cut, "xl/_rels/workbook.xml.rels"), BMS_INPUT);
        assert_int_equal(check(cut, "xl/drawings/vmlDrawing1.vml"), BMS_INPUT);
    }
}

static void test_a_part_without_its_middle_is_noticed(void **state) {
    (void)state;
    assert_int_equal(check("<worksheet><sheetData></worksheet>", "xl/worksheets/sheet1.xml"), BMS_INPUT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_whole_workbook_passes),
        cmocka_unit_test(test_a_part_without_its_end_is_noticed),
        cmocka_unit_test(test_a_part_without_its_middle_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
