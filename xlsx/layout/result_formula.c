/** The table of formulas, one for each kind (see result_formula.h). */
#include "xlsx/layout/result_formula.h"

#include "core/base/catalogue.h"
#include "core/base/number.h"

static const char *const formulas[] = {
    [BMS_SHARE] = "100*{n}/{d}",
    [BMS_RATE] = "{factor}*{n}/{d}",
    [BMS_MEAN] = "{n}",
    [BMS_DEVIATION] = "100*({n}-{d})/ABS({d})",
    [BMS_COUNT] = "{n}",
    [BMS_YESNO] = "100*{n}/{d}", /* over units: those that said yes, of those that answered */
};

_Static_assert(sizeof formulas / sizeof *formulas == BMS_N_KINDS, "a formula for every kind");

const char *bms_result_formula(bms_arena *arena, enum bms_kind kind, double factor, const char *n,
                               const char *d) {
    char number[32];
    bms_number_shortest(factor, number);
    return bms_message(arena, formulas[kind], "n", n, "d", d, "factor", number, NULL);
}
