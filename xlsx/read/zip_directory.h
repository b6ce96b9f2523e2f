/**
 * The directory of a zip container: which members there are and where their bytes are.
 *
 * Not libzip, since that reports "damaged" when memory runs out, copies every block, and does not
 * read the header before a member, which can contradict the directory. All of the format that workbooks use
 * is read here: stored and deflated members, sizes after the data, 64-bit directories. Unpacking is in
 * zip_stream.h.
 */
#ifndef BMS_XLSX_READ_ZIP_DIRECTORY_H
#define BMS_XLSX_READ_ZIP_DIRECTORY_H

#include "core/base/arena.h"
#include "xlsx/read/fault.h"

#include <stdbool.h>
#include <stdint.h>

enum { BMS_ZIP_STORED = 0, BMS_ZIP_DEFLATED = 8 };

/** What the directory says of one member. */
typedef struct bms_zip_member {
    char *name; /* "/" between folders, none and no "./" in front; bytes that are not UTF-8 or invisible
                   are written as "%86" */
    uint16_t method;
    bool encrypted;
    bool contradicted;          /* the header before its bytes is missing or says something else */
    uint32_t crc;               /* of the unpacked bytes */
    uint64_t size;              /* unpacked, as the file says */
    uint64_t packed;            /* bytes in the file */
    const unsigned char *bytes; /* where they are; NULL where `contradicted` */
} bms_zip_member;

/** All members, in the directory's order. */
typedef struct bms_zip_directory {
    bms_zip_member *members;
    size_t n;
} bms_zip_directory;

/**
 * Read the directory. No member is unpacked or judged; names may occur twice.
 *
 * @param bytes  the whole file; the members point into it
 * @param arena  where the names live
 * @return BMS_OK; BMS_INPUT for a file without a sound directory or with too many members; BMS_NO_MEMORY
 */
enum bms_status bms_zip_directory_read(bms_zip_directory *out, const unsigned char *bytes, size_t size,
                                       bms_arena *arena, const bms_reading *reading);

#endif
