/** Cell addresses, and findings gathered, counted and delivered. */
#include "tests/unit/close.h"

#include "core/base/findings.h"

#include <string.h>

static void addresses_are_written_as_spreadsheets_do(void **state) {
    (void)state;
    static const struct {
        uint32_t row;
        uint32_t column;
        const char *address;
    } cases[] = {{0, 0, "A1"},    {4, 2, "C5"},     {9, 25, "Z10"},
                 {0, 26, "AA1"},  {0, 51, "AZ1"},   {0, 52, "BA1"},
                 {0, 701, "ZZ1"}, {0, 702, "AAA1"}, {1048575, 16383, "XFD1048576"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char address[16];
        bms_cell_address(cases[i].row, cases[i].column, address);
        assert_string_equal(address, cases[i].address);
    }
    char largest[16];
    bms_cell_address(UINT32_MAX, UINT32_MAX, largest);
    assert_true(strlen(largest) < sizeof largest);
}

static void count_finding(void *context, const bms_finding *finding) {
    assert_string_equal(finding->file, finding->severity == BMS_FATAL ? "other.xlsx" : "form.xlsx");
    ++*(int *)context;
}

static void findings_are_gathered_counted_and_delivered(void **state) {
    (void)state;
    bms_findings findings = {.arena = bms_arena_new(), .language = "nb", .file = "form.xlsx"};
    for (int i = 0; i < 20; i++)
        bms_findings_add(&findings, (bms_finding){.rule = "x", .severity = BMS_WARNING});
    bms_findings_add(&findings, (bms_finding){.rule = "y", .severity = BMS_FATAL, .file = "other.xlsx"});
    assert_int_equal(findings.n, 21);
    assert_int_equal(bms_findings_count(&findings, BMS_ERROR), 1);
    assert_int_equal(bms_findings_count(&findings, BMS_INFO), 21);
    int delivered = 0;
    bms_listener listener = {.context = &delivered, .on_finding = count_finding};
    bms_findings_deliver(&findings, &listener);
    assert_int_equal(delivered, 21);
    bms_findings_deliver(&findings, NULL);
    assert_false(bms_arena_failed(findings.arena));
    bms_arena_free(findings.arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_written_as_spreadsheets_do),
        cmocka_unit_test(findings_are_gathered_counted_and_delivered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
