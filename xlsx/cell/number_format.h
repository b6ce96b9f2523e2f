/**
 * What a number format says about the numbers shown with it.
 */
#ifndef BMS_XLSX_CELL_NUMBER_FORMAT_H
#define BMS_XLSX_CELL_NUMBER_FORMAT_H

#include <stdbool.h>
#include <stdint.h>

/** @return the text of a built-in format, as in English; NULL for General and for unknown ids. */
const char *bms_number_format_builtin(uint32_t id);

/** @return whether a built-in format shows dates or times: 14–22, 27–36, 45–47, 50–58, 71–81. */
bool bms_number_format_builtin_is_date(uint32_t id);

/**
 * @return whether a format shows dates or times: one of y m d h s outside quotes, escapes and brackets;
 * elapsed hours, minutes and seconds (`[h]`) count.
 */
bool bms_number_format_is_date(const char *format);

/** @return whether a format shows per cent: a % outside quotes, escapes and brackets. */
bool bms_number_format_is_per_cent(const char *format);

#endif
