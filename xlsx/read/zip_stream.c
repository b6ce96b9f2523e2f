/** Unpacks one member (see zip_stream.h), without looking at what is in it. */
#define ZLIB_CONST /* what is unpacked is not changed */

#include "xlsx/read/zip_stream.h"

#include "core/base/catalogue.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct bms_zip_stream {
    const bms_zip_member *member;
    const bms_reading *reading;
    z_stream inflater; /* of a deflated member */
    bool inflating;
    bool ended;     /* all of it is unpacked */
    uint64_t given; /* unpacked so far */
    uLong crc;      /* of these */
};

static enum bms_status refuse(const bms_zip_stream *stream, const char *text) {
    return bms_fault(stream->reading, text, &(bms_fault_place){.part = stream->member->name});
}

static enum bms_status refuse_packed(const bms_zip_stream *stream) {
    return refuse(stream, BMS_TEXT("{file}: {part} is damaged (it cannot be unpacked); ask for a new copy"));
}

static enum bms_status begin(bms_zip_stream *stream) {
    const bms_zip_member *member = stream->member;
    if (member->contradicted)
        return refuse_packed(stream);
    if (member->method == BMS_ZIP_STORED)
        return BMS_OK;
    if (member->packed > UINT32_MAX)
        return refuse_packed(stream);
    stream->inflater.next_in = member->bytes;
    stream->inflater.avail_in = (uInt)member->packed;
    int result = inflateInit2(&stream->inflater, -MAX_WBITS); /* without a header of zlib's own */
    stream->inflating = result == Z_OK;
    return stream->inflating ? BMS_OK : bms_fault_no_memory(stream->reading);
}

enum bms_status bms_zip_stream_open(bms_zip_stream **out, const bms_zip_member *member,
                                    const bms_reading *reading) {
    *out = NULL;
    bms_zip_stream *stream = calloc(1, sizeof *stream);
    if (!stream)
        return bms_fault_no_memory(reading);
    stream->member = member;
    stream->reading = reading;
    stream->crc = crc32(0, NULL, 0);
    enum bms_status status = begin(stream);
    if (status) {
        bms_zip_stream_free(stream);
    } else {
        *out = stream;
    }
    return status;
}

void bms_zip_stream_free(bms_zip_stream *stream) {
    if (stream && stream->inflating)
        (void)inflateEnd(&stream->inflater);
    free(stream);
}

static enum bms_status copy_some(bms_zip_stream *stream, unsigned char *buffer, size_t size, size_t *length) {
    uint64_t left = stream->member->packed - stream->given;
    *length = left < size ? (size_t)left : size;
    if (*length > 0)
        memcpy(buffer, stream->member->bytes + stream->given, *length);
    stream->ended = left == *length;
    return BMS_OK;
}

static enum bms_status inflate_some(bms_zip_stream *stream, unsigned char *buffer, size_t size,
                                    size_t *length) {
    uInt room = size > UINT32_MAX ? UINT32_MAX : (uInt)size;
    stream->inflater.next_out = buffer;
    stream->inflater.avail_out = room;
    int result = inflate(&stream->inflater, Z_NO_FLUSH);
    *length = room - stream->inflater.avail_out;
    stream->ended = result == Z_STREAM_END;
    if (result == Z_MEM_ERROR)
        return bms_fault_no_memory(stream->reading);
    return result == Z_OK || result == Z_STREAM_END ? BMS_OK : refuse_packed(stream);
}

/** Unpack once, and count. */
static enum bms_status unpack(bms_zip_stream *stream, unsigned char *buffer, size_t size, size_t *length) {
    enum bms_status status = stream->member->method == BMS_ZIP_STORED
                                 ? copy_some(stream, buffer, size, length)
                                 : inflate_some(stream, buffer, size, length);
    if (status)
        return status;
    stream->given += *length;
    stream->crc = crc32_z(stream->crc, buffer, *length);
    if (stream->given > stream->member->size || (stream->ended && stream->given != stream->member->size)) {
        return refuse(stream, BMS_TEXT("{file}: {part} is damaged (it has another size than the file says); "
                                       "ask for a new copy"));
    }
    if (stream->ended && stream->crc != stream->member->crc) {
        return refuse(stream,
                      BMS_TEXT("{file}: {part} is damaged (its checksum is wrong); ask for a new copy"));
    }
    return BMS_OK;
}

enum bms_status bms_zip_stream_read(bms_zip_stream *stream, void *buffer, size_t size, size_t *length,
                                    bool *last) {
    size_t given = 0;
    enum bms_status status = BMS_OK;
    *length = 0;
    while (!status && !stream->ended && *length < size) {
        status = unpack(stream, (unsigned char *)buffer + *length, size - *length, &given);
        *length += given;
    }
    /* A full buffer may be the last one: try whether anything follows. */
    unsigned char beyond[1];
    if (!status && !stream->ended && stream->given == stream->member->size)
        status = unpack(stream, beyond, sizeof beyond, &given);
    *last = !status && stream->ended;
    return status;
}
