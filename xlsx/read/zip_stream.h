/**
 * Unpacking one member of a zip container piece by piece, with zlib.
 *
 * Never delivers more than the directory says the member has, and the last piece only when the size and the
 * checksum are right.
 */
#ifndef BMS_XLSX_READ_ZIP_STREAM_H
#define BMS_XLSX_READ_ZIP_STREAM_H

#include "xlsx/read/zip_directory.h"

typedef struct bms_zip_stream bms_zip_stream;

/**
 * @param[out] out  the stream; free with bms_zip_stream_free
 * @param member    stored or deflated, not encrypted; lives as long as the stream, as `reading` does
 * @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY
 */
enum bms_status bms_zip_stream_open(bms_zip_stream **out, const bms_zip_member *member,
                                    const bms_reading *reading);

/** NULL is legal. */
void bms_zip_stream_free(bms_zip_stream *stream);

/**
 * Fill a buffer as far as the member goes.
 *
 * @param size      at least 1
 * @param[out] last the end of the member was reached, and its size and checksum are right
 * @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY
 */
enum bms_status bms_zip_stream_read(bms_zip_stream *stream, void *buffer, size_t size, size_t *length,
                                    bool *last);

#endif
