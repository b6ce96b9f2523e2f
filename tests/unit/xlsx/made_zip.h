/**
 * Zip containers made from bytes, for tests of the reader: members as they are given, sound or not.
 */
#ifndef BMS_MADE_ZIP_H
#define BMS_MADE_ZIP_H

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

/** A member of the container. What is not said is right: sizes and checksum are made from the content. */
struct member {
    const char *name;
    const void *content;
    size_t size;         /* 0: the length of the text */
    unsigned method;     /* 0 stored, 8 deflate … */
    unsigned flags;      /* 1 encrypted */
    uint64_t claim_size; /* inflated size to claim */
    uint32_t spoil_crc;  /* mixed into the checksum */
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

/** The part of a header that a member has in common before its bytes and in the directory. */
static inline void put_header(struct bytes *out, const struct member *member, size_t size) {
    uint32_t crc = checksum(member->content, size) ^ member->spoil_crc;
    put_number(out, 20, 2);
    put_number(out, member->flags, 2);
    put_number(out, member->method, 2);
    put_number(out, 0x58210000, 4); /* a date */
    put_number(out, crc, 4);
    put_number(out, size, 4);
    put_number(out, member->claim_size ? member->claim_size : size, 4);
    put_number(out, strlen(member->name), 2);
    put_number(out, 0, 2);
}

static inline struct bytes make_zip(const struct member *members, size_t n) {
    struct bytes out = {0};
    struct bytes directory = {0};
    for (size_t i = 0; i < n; i++) {
        const struct member *member = &members[i];
        size_t size = member->size ? member->size : strlen(member->content);
        put_number(&directory, 0x02014B50, 4);
        put_number(&directory, 20, 2);
        put_header(&directory, member, size);
        put_number(&directory, 0, 10);
        put_number(&directory, out.size, 4);
        put_number(&directory, 0, 0);
        put(&directory, member->name, strlen(member->name));
        put_number(&out, 0x04034B50, 4);
        put_header(&out, member, size);
        put(&out, member->name, strlen(member->name));
        put(&out, member->content, size);
    }
    size_t start = out.size;
    put(&out, directory.at, directory.size);
    put_number(&out, 0x06054B50, 4);
    put_number(&out, 0, 4);
    put_number(&out, n, 2);
    put_number(&out, n, 2);
    put_number(&out, directory.size, 4);
    put_number(&out, start, 4);
    put_number(&out, 0, 2);
    free(directory.at);
    return out;
}

#endif
