/** Writes the example form, for tests in which other programs fill it in: write_form PATH [LANGUAGE] */
#include "core/workbooks.h"
#include "tests/unit/xlsx/layout/example_form.h"

#include <stdio.h>

int main(int count, char **arguments) {
    if (count < 2)
        return 2;
    const bms_form form = example_form(count > 2 ? arguments[2] : "nb");
    bms_error error = {0};
    if (bms_workbooks_write_form(&form, arguments[1], &error) == BMS_OK)
        return 0;
    (void)fprintf(stderr, "%s: %s\n", error.where, error.message);
    return 1;
}
