/**
 * How a result is made of the cells of its two numbers: what a kind is to a workbook, in forms and reports
 * alike. The library's own arithmetic is in core/definition/kind.c; a test holds one against the other.
 */
#ifndef BMS_XLSX_LAYOUT_RESULT_FORMULA_H
#define BMS_XLSX_LAYOUT_RESULT_FORMULA_H

#include "core/base/arena.h"
#include "core/definition/kind.h"

/** @return the result of a kind from cells `n` and `d`, "100*C9/E9", as a part of a formula; "" when memory
 * is out. */
const char *bms_result_formula(bms_arena *arena, enum bms_kind kind, double factor, const char *n,
                               const char *d);

#endif
