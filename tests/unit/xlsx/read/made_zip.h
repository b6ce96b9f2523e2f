/**
 * Zip containers made from bytes, for tests of the reader: members exactly as given, sound or not.
 */
#ifndef BMS_MADE_ZIP_H
#define BMS_MADE_ZIP_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/** Bytes that grow. */
struct bytes {
    unsigned char *at;
    size_t size;
    size_t room;
};

static inline void put(struct bytes *bytes, const void *more, size_t size) {
    if (bytes->size + size + 1 > bytes->room) {
        bytes->room = (bytes->size + size + 1) * 2;
        bytes->at = realloc(bytes->at, bytes->room);
        if (!bytes->at)
            abort();
    }
    if (size > 0)
        memcpy(bytes->at + bytes->size, more, size);
    bytes->size += size;
    bytes->at[bytes->size] = 0;
}

static inline void put_number(struct bytes *bytes, uint64_t value, int size) {
    for (int i = 0; i < size; i++, value >>= 8)
        put(bytes, &(unsigned char){(unsigned char)value}, 1);
}

/** A member of the container. Fields left out are right: sizes and checksum are made from the content. */
struct member {
    const char *name;
    const void *content;
    size_t size;         /* 0: the length of the text */
    unsigned method;     /* 0 stored, 8 deflate … */
    unsigned flags;      /* 1 encrypted */
    uint64_t claim_size; /* inflated size to claim */
    uint32_t crc;        /* of the unpacked bytes; 0: that of the content */
    uint32_t spoil_crc;  /* mixed into the checksum */
    bool sizes_behind;   /* sizes and checksum come after the bytes, as when a program writes to a pipe */
    bool wide;           /* sizes and place are in 64-bit fields */
    const char *called;  /* its name in the header before the bytes; NULL: the same */
};

static inline uint32_t checksum(const unsigned char *bytes, size_t size) {
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (0xEDB88320U & (0U - (crc & 1)));
    }
    return ~crc;
}

static inline uint32_t checksum_of(const struct member *member, size_t size) {
    return (member->crc ? member->crc : checksum(member->content, size)) ^ member->spoil_crc;
}

/** What a member's header before the bytes has in common with that in the directory. */
static inline void put_header(struct bytes *out, const struct member *member, size_t size, const char *name,
                              bool before) {
    bool blank = before && member->sizes_behind;
    uint32_t crc = checksum_of(member, size);
    uint64_t claimed = member->claim_size ? member->claim_size : size;
    put_number(out, member->wide ? 45 : 20, 2);
    put_number(out, member->flags | (member->sizes_behind ? 8U : 0U), 2);
    put_number(out, member->method, 2);
    put_number(out, 0x58210000, 4); /* a date */
    put_number(out, blank ? 0 : crc, 4);
    put_number(out, member->wide ? UINT32_MAX : blank ? 0 : size, 4);
    put_number(out, member->wide ? UINT32_MAX : blank ? 0 : claimed, 4);
    put_number(out, strlen(name), 2);
    put_number(out, member->wide ? (before ? 20 : 28) : 0, 2);
}

/** The 64-bit field of a header. */
static inline void put_wide(struct bytes *out, const struct member *member, size_t size) {
    put_number(out, 1, 2);
    put_number(out, 0, 2);
    out->at[out->size - 2] = 16;
    put_number(out, member->claim_size ? member->claim_size : size, 8);
    put_number(out, size, 8);
}

static inline void put_member(struct bytes *out, const struct member *member, size_t size) {
    const char *name = member->called ? member->called : member->name;
    put_number(out, 0x04034B50, 4);
    put_header(out, member, size, name, true);
    put(out, name, strlen(name));
    if (member->wide)
        put_wide(out, member, size);
    put(out, member->content, size);
    if (member->sizes_behind) {
        put_number(out, 0x08074B50, 4);
        put_number(out, checksum_of(member, size), 4);
        put_number(out, size, 4);
        put_number(out, size, 4);
    }
}

static inline void put_entry(struct bytes *out, const struct member *member, size_t size, size_t start) {
    put_number(out, 0x02014B50, 4);
    put_number(out, 20, 2);
    put_header(out, member, size, member->name, false);
    put_number(out, 0, 10);
    put_number(out, member->wide ? UINT32_MAX : start, 4);
    put(out, member->name, strlen(member->name));
    if (!member->wide)
        return;
    size_t field = out->size;
    put_wide(out, member, size);
    put_number(out, start, 8);
    out->at[field + 2] = 24;
}

/** The end record of a container whose directory begins at `start`. */
static inline void put_end(struct bytes *out, size_t n, size_t start) {
    size_t size = out->size - start;
    put_number(out, 0x06054B50, 4);
    put_number(out, 0, 4);
    put_number(out, n, 2);
    put_number(out, n, 2);
    put_number(out, size, 4);
    put_number(out, start, 4);
    put_number(out, 0, 2);
}

/** The same with everything in 64-bit records. */
static inline void put_wide_end(struct bytes *out, size_t n, size_t start) {
    size_t at = out->size;
    put_number(out, 0x06064B50, 4);
    put_number(out, 44, 8);
    put_number(out, 45, 2);
    put_number(out, 45, 2);
    put_number(out, 0, 8);
    put_number(out, n, 8);
    put_number(out, n, 8);
    put_number(out, at - start, 8);
    put_number(out, start, 8);
    put_number(out, 0x07064B50, 4);
    put_number(out, 0, 4);
    put_number(out, at, 8);
    put_number(out, 1, 4);
    put_number(out, 0x06054B50, 4);
    put_number(out, 0, 4);
    put_number(out, UINT32_MAX, 4);
    put_number(out, UINT32_MAX, 8);
    put_number(out, 0, 2);
}

/** @param put_last  put_end or put_wide_end */
static inline struct bytes make_zip_with(const struct member *members, size_t n,
                                         void (*put_last)(struct bytes *out, size_t n, size_t start)) {
    struct bytes out = {0};
    struct bytes directory = {0};
    for (size_t i = 0; i < n; i++) {
        const struct member *member = &members[i];
        size_t size = member->size ? member->size : strlen(member->content);
        put_entry(&directory, member, size, out.size);
        put_member(&out, member, size);
    }
    size_t start = out.size;
    put(&out, directory.at, directory.size);
    put_last(&out, n, start);
    free(directory.at);
    return out;
}

static inline struct bytes make_zip(const struct member *members, size_t n) {
    return make_zip_with(members, n, put_end);
}

#endif
