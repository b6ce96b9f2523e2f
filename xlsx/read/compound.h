/**
 * What an OLE2 container ([MS-CFB]) holds: an encrypted workbook and an old .xls both come in one.
 */
#ifndef BMS_XLSX_READ_COMPOUND_H
#define BMS_XLSX_READ_COMPOUND_H

#include <stdbool.h>
#include <stddef.h>

enum bms_compound_kind {
    BMS_COMPOUND_MAIL,      /* .msg, whatever is attached to it */
    BMS_COMPOUND_ENCRYPTED, /* a password, or a label with protection */
    BMS_COMPOUND_WORKBOOK,  /* .xls */
    BMS_COMPOUND_DOCUMENT,  /* Word, PowerPoint */
    BMS_COMPOUND_OTHER      /* damaged, or none of these */
};

/** @return whether the bytes begin as an OLE2 container does. */
bool bms_compound_is(const unsigned char *bytes, size_t size);

/** @return what it holds, by the names in its directory. */
enum bms_compound_kind bms_compound_kind(const unsigned char *bytes, size_t size);

#endif
