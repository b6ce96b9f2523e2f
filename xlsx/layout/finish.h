/**
 * The end of every layout: the workbook gets its file, which is then looked through.
 *
 * libxlsxwriter puts sheets together in scratch files and does not notice when the disk fails there: the part
 * that it then packs is cut off, with a checksum that fits.
 */
#ifndef BMS_XLSX_LAYOUT_FINISH_H
#define BMS_XLSX_LAYOUT_FINISH_H

#include "xlsx/write/book.h"

/** Close a book as bms_book_close does. @return also BMS_NOT_WRITABLE, without a file, when a part is not
 * whole */
enum bms_status bms_finish_book(bms_book *book, const char *path, const char *language, bms_error *error);

/** Look through a workbook. @return BMS_OK, BMS_INPUT when a part is not whole, BMS_NO_MEMORY */
enum bms_status bms_check_whole(const void *bytes, size_t size);

#endif
