/**
 * The formula of a result, by kind, for forms and reports alike. The library's own arithmetic is in
 * core/definition/kind.c; a test compares the two.
 */
#ifndef BMS_XLSX_LAYOUT_RESULT_FORMULA_H
#define BMS_XLSX_LAYOUT_RESULT_FORMULA_H

#include "core/base/arena.h"
#include "core/definition/kind.h"

/** @return the result from cells `n` and `d`, as "100*C9/E9", a part of a formula; "" when memory ran out. */
const char *bms_result_formula(bms_arena *arena, enum bms_kind kind, double factor, const char *n,
                               const char *d);

#endif
