/**
 * Refusing a file that is no workbook, with a message that says what it is, judged by its content.
 */
#ifndef BMS_XLSX_READ_IDENTIFY_H
#define BMS_XLSX_READ_IDENTIFY_H

#include "xlsx/read/package.h"

#include <stdbool.h>

/** @return whether the bytes start as a zip file does; every .xlsx is one. */
bool bms_identify_zip(const unsigned char *bytes, size_t size);

/**
 * Refuse a file that is no zip file, saying what it is.
 *
 * @return BMS_INPUT
 */
enum bms_status bms_identify_refuse(const unsigned char *bytes, size_t size, const bms_reading *reading);

/**
 * Refuse a zip file in which no workbook was found, saying what it is (.ods, .numbers, a plain zip file …).
 *
 * @return BMS_INPUT or BMS_NO_MEMORY
 */
enum bms_status bms_identify_refuse_package(bms_package *package, const bms_reading *reading);

/** @return what is wrong with a main part of that content type; NULL: it is a workbook's, or unknown. */
const char *bms_identify_main_type(const char *content_type);

#endif
