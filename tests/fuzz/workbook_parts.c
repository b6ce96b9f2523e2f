#include "tests/fuzz/workbook_parts.h"

#include "xlsx/read/package.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { LARGEST_PART = 4 << 20, LOCAL_HEADER = 30, DIRECTORY_HEADER = 46, DIRECTORY_END = 22 };

static bool part_set(struct part *part, const void *bytes, size_t size) {
    part->bytes = malloc(size + 1);
    if (!part->bytes)
        return false;
    memcpy(part->bytes, bytes, size);
    part->bytes[size] = '\0';
    part->size = size;
    return true;
}

static bool unpack(workbook_parts *out, bms_package *package, bms_arena *arena, const bms_reading *reading) {
    bool fine = true;
    for (size_t i = 0; fine && i < bms_package_count(package) && i < MOST_PARTS; i++) {
        const void *bytes = NULL;
        size_t size = 0;
        fine = bms_package_unpack(package, i, arena, &bytes, &size, reading) == BMS_OK;
        if (fine)
            fine = part_set(&out->parts[out->n], bytes, size);
        if (fine) {
            struct part *part = &out->parts[out->n++];
            (void)snprintf(part->name, sizeof part->name, "%s", bms_package_name(package, i));
        }
    }
    return fine;
}

bool parts_read(workbook_parts *out, const void *bytes, size_t size) {
    const bms_reading reading = {.file = "seed", .language = "nb"};
    bms_package *package = NULL;
    bms_arena *arena = bms_arena_new();
    *out = (workbook_parts){0};
    const bool opened = arena && bms_package_open(&package, bytes, size, &reading) == BMS_OK;
    const bool fine = opened && unpack(out, package, arena, &reading);
    bms_package_free(package);
    bms_arena_free(arena);
    return fine;
}

bool parts_copy(workbook_parts *out, const workbook_parts *from) {
    bool fine = true;
    *out = *from;
    out->n = 0;
    for (size_t i = 0; fine && i < from->n; i++) {
        fine = part_set(&out->parts[i], from->parts[i].bytes, from->parts[i].size);
        out->n += fine;
    }
    return fine;
}

void parts_free(workbook_parts *parts) {
    for (size_t i = 0; i < parts->n; i++)
        free(parts->parts[i].bytes);
    *parts = (workbook_parts){0};
}

bool part_splice(struct part *part, size_t from, size_t to, const char *text, size_t size) {
    const size_t rest = part->size - to;
    const size_t whole = from + size + rest;
    char *bytes = whole > LARGEST_PART ? NULL : malloc(whole + 1);
    if (!bytes)
        return false;
    memcpy(bytes, part->bytes, from);
    memcpy(bytes + from, text, size);
    memcpy(bytes + from + size, part->bytes + to, rest);
    bytes[whole] = '\0';
    free(part->bytes);
    part->bytes = bytes;
    part->size = whole;
    return true;
}

/* Packing */

struct packed {
    unsigned char *bytes;
    size_t size;
    size_t capacity;
    bool failed;
};

static unsigned char *room(struct packed *out, size_t size) {
    if (out->size + size > out->capacity) {
        const size_t capacity = 2 * (out->size + size) + 4096;
        unsigned char *bytes = realloc(out->bytes, capacity);
        if (!bytes) {
            out->failed = true;
            return NULL;
        }
        out->bytes = bytes;
        out->capacity = capacity;
    }
    out->size += size;
    return out->bytes + out->size - size;
}

static void put(struct packed *out, const void *bytes, size_t size) {
    unsigned char *to = room(out, size);
    if (to && size > 0)
        memcpy(to, bytes, size);
}

static void put_number(struct packed *out, uint64_t number, int size) {
    unsigned char bytes[8];
    for (int i = 0; i < size; i++)
        bytes[i] = (unsigned char)(number >> 8 * i);
    put(out, bytes, (size_t)size);
}

/** What a member's two headers say. */
struct member {
    const struct part *part;
    uint32_t sum;
    uint32_t packed;
    uint32_t at;
    int method;
};

/** The fields that both headers have. */
static void put_facts(struct packed *out, const struct member *member) {
    put_number(out, 20, 2);
    put_number(out, member->part->flags, 2);
    put_number(out, (uint64_t)member->method, 2);
    put_number(out, 0x00210000, 4); /* 1980-01-01 */
    put_number(out, member->sum + (member->part->wrong_sum ? 1 : 0), 4);
    put_number(out, member->packed, 4);
    put_number(out, member->part->size + (uint64_t)member->part->size_lie, 4);
    put_number(out, strlen(member->part->name), 2);
    put_number(out, 0, 2);
}

static uint32_t put_deflated(struct packed *out, const struct part *part) {
    z_stream stream = {0};
    if (deflateInit2(&stream, 1, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return 0;
    const size_t bound = deflateBound(&stream, part->size);
    unsigned char *to = room(out, bound);
    stream.next_in = (unsigned char *)part->bytes;
    stream.avail_in = (unsigned)part->size;
    stream.next_out = to;
    stream.avail_out = (unsigned)bound;
    if (to)
        (void)deflate(&stream, Z_FINISH);
    const uint32_t size = (uint32_t)stream.total_out;
    (void)deflateEnd(&stream);
    if (to)
        out->size -= bound - size;
    return size;
}

/** A member with its header, which is completed when its packed size is known. */
static struct member put_member(struct packed *out, const struct part *part, bool deflated, size_t start) {
    struct member member = {.part = part, .at = (uint32_t)(out->size - start), .method = deflated ? 8 : 0};
    const size_t header = out->size;
    member.sum = (uint32_t)crc32(0, (const unsigned char *)part->bytes, (unsigned)part->size);
    (void)room(out, LOCAL_HEADER);
    put(out, part->name, strlen(part->name));
    if (deflated) {
        member.packed = put_deflated(out, part);
    } else {
        put(out, part->bytes, part->size);
        member.packed = (uint32_t)part->size;
    }
    if (out->failed)
        return member;
    const size_t end = out->size;
    out->size = header;
    put(out, "PK\3\4", 4);
    put_facts(out, &member);
    out->size = end;
    return member;
}

static void put_directory(struct packed *out, const struct member *members, size_t n, size_t start) {
    const size_t at = out->size;
    for (size_t i = 0; i < n; i++) {
        put(out, "PK\1\2", 4);
        put_number(out, 20, 2);
        put_facts(out, &members[i]);
        put_number(out, 0, 8);
        put_number(out, 0, 2);
        put_number(out, members[i].at, 4);
        put(out, members[i].part->name, strlen(members[i].part->name));
    }
    const size_t size = out->size - at;
    put(out, "PK\5\6", 4);
    put_number(out, 0, 4);
    put_number(out, n, 2);
    put_number(out, n, 2);
    put_number(out, size, 4);
    put_number(out, at - start, 4);
    put_number(out, 0, 2);
}

unsigned char *parts_pack(const workbook_parts *parts, size_t *size) {
    struct member members[MOST_PARTS];
    struct packed out = {0};
    for (size_t i = 0; i < parts->junk; i++)
        put_number(&out, 'j', 1);
    for (size_t i = 0; i < parts->n; i++)
        members[i] =
            put_member(&out, &parts->parts[i], parts->deflated != parts->parts[i].deflated, parts->junk);
    put_directory(&out, members, parts->n, parts->junk);
    if (out.failed) {
        free(out.bytes);
        return NULL;
    }
    *size = out.size > parts->cut_off ? out.size - parts->cut_off : 0;
    return out.bytes;
}
