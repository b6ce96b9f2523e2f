/**
 * Finds and unpacks the members of a workbook's container (see package.h). The format of the container is in
 * zip_directory.c and zip_stream.c.
 */
#include "xlsx/read/package.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "xlsx/read/reading_limits.h"
#include "xlsx/read/zip_stream.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct bms_package {
    bms_arena *arena;
    bms_zip_directory directory;
    const bms_zip_member **by_name; /* as compare_parts orders them, then by their bytes */
};

static enum bms_status refuse(const bms_zip_member *member, const char *text, const bms_reading *reading) {
    return bms_fault(reading, text, &(bms_fault_place){.part = member->name});
}

static bool beyond_limits(const bms_zip_member *member) {
    return member->size > BMS_LIMIT_PART ||
           (member->size > BMS_LIMIT_RATIO_FROM && member->size / BMS_LIMIT_RATIO > member->packed);
}

static enum bms_status check_member(const bms_zip_member *member, uint64_t *total,
                                    const bms_reading *reading) {
    if (member->encrypted) {
        return refuse(member, BMS_TEXT("{file}: {part} is encrypted; save the workbook without a password"),
                      reading);
    }
    if (member->method != BMS_ZIP_STORED && member->method != BMS_ZIP_DEFLATED) {
        return refuse(
            member,
            BMS_TEXT("{file}: {part} is packed in a way that workbooks do not use; save the workbook "
                     "again as .xlsx"),
            reading);
    }
    if (beyond_limits(member) || (*total += member->size) > BMS_LIMIT_TOTAL) {
        return refuse(
            member,
            BMS_TEXT(
                "{file}: {part} unpacks to more than any workbook needs; the file is damaged or malicious"),
            reading);
    }
    return BMS_OK;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int hex(char c) {
    c = lower(c);
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/** The next character of a part name in lower case, with escapes such as %20 undone. */
static int next_of(const char **at) {
    const char *from = *at;
    if (from[0] == '%' && hex(from[1]) >= 0 && hex(from[2]) >= 0) {
        *at += 3;
        return lower((char)(hex(from[1]) * 16 + hex(from[2])));
    }
    *at += 1;
    return from[0] == '\\' ? '/' : lower(from[0]);
}

/** Part names are compared without case (ECMA-376 part 2, 6.2.2.3). */
static int compare_parts(const char *a, const char *b) {
    while (*a && *b) {
        int difference = next_of(&a) - next_of(&b);
        if (difference != 0)
            return difference;
    }
    return (*a != '\0') - (*b != '\0');
}

static int by_name(const void *a, const void *b) {
    const bms_zip_member *const *left = a;
    const bms_zip_member *const *right = b;
    int difference = compare_parts((*left)->name, (*right)->name);
    return difference ? difference : strcmp((*left)->name, (*right)->name);
}

static bool is_folder(const char *name) {
    size_t length = strlen(name);
    return length == 0 || name[length - 1] == '/';
}

static enum bms_status sort_members(bms_package *package, const bms_reading *reading) {
    size_t n = package->directory.n;
    const bms_zip_member **sorted = bms_arena_alloc(package->arena, (n + 1) * sizeof(const bms_zip_member *));
    if (!sorted)
        return bms_fault_no_memory(reading);
    package->by_name = sorted;
    for (size_t i = 0; i < n; i++)
        sorted[i] = &package->directory.members[i];
    qsort(sorted, n, sizeof(const bms_zip_member *), by_name);
    for (size_t i = 1; i < n; i++) {
        if (strcmp(sorted[i - 1]->name, sorted[i]->name) == 0 && !is_folder(sorted[i]->name)) {
            return refuse(sorted[i],
                          BMS_TEXT("{file}: {part} is in the file twice, and it is unclear which one counts; "
                                   "ask for a new copy"),
                          reading);
        }
    }
    return BMS_OK;
}

static enum bms_status read_directory(bms_package *package, const void *bytes, size_t size,
                                      const bms_reading *reading) {
    package->arena = bms_arena_new();
    if (!package->arena)
        return bms_fault_no_memory(reading);
    bms_arena_set_budget(package->arena, reading->budget);
    enum bms_status status =
        bms_zip_directory_read(&package->directory, bytes, size, package->arena, reading);
    uint64_t total = 0;
    for (size_t i = 0; !status && i < package->directory.n; i++)
        status = check_member(&package->directory.members[i], &total, reading);
    if (!status)
        status = sort_members(package, reading);
    return bms_error_of_arena(status, package->arena, reading->error);
}

enum bms_status bms_package_open(bms_package **out, const void *bytes, size_t size,
                                 const bms_reading *reading) {
    *out = NULL;
    bms_package *package = calloc(1, sizeof *package);
    if (!package)
        return bms_fault_no_memory(reading);
    enum bms_status status = read_directory(package, bytes, size, reading);
    if (status) {
        bms_package_free(package);
    } else {
        *out = package;
    }
    return status;
}

void bms_package_free(bms_package *package) {
    if (!package)
        return;
    bms_arena_free(package->arena);
    free(package);
}

size_t bms_package_find(const bms_package *package, const char *part) {
    part += strspn(part, "/\\");
    size_t low = 0;
    size_t n = package->directory.n;
    size_t high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_parts(package->by_name[middle]->name, part) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t found = BMS_NO_MEMBER;
    for (; low < n && compare_parts(package->by_name[low]->name, part) == 0; low++) {
        bool exact = strcmp(package->by_name[low]->name, part) == 0;
        if (exact || found == BMS_NO_MEMBER)
            found = (size_t)(package->by_name[low] - package->directory.members);
        if (exact)
            break;
    }
    return found;
}

size_t bms_package_count(const bms_package *package) {
    return package->directory.n;
}

uint64_t bms_package_size(const bms_package *package, size_t member) {
    return package->directory.members[member].size;
}

uint64_t bms_package_packed(const bms_package *package, size_t member) {
    return package->directory.members[member].packed;
}

const char *bms_package_name(const bms_package *package, size_t member) {
    return package->directory.members[member].name;
}

/** A member being parsed. */
struct parsing {
    bms_zip_stream *stream;
    const bms_reading *reading;
};

static enum bms_status read_stream(void *context, void *buffer, size_t size, size_t *length, bool *last) {
    const struct parsing *parsing = context;
    enum bms_status status = bms_zip_stream_read(parsing->stream, buffer, size, length, last);
    if (status == BMS_OK && !bms_budget_spend(parsing->reading->budget, *length))
        status = bms_fault_no_memory(parsing->reading);
    return status;
}

enum bms_status bms_package_parse(bms_package *package, size_t member, const bms_xml_handler *handler,
                                  const bms_reading *reading) {
    bms_zip_stream *stream;
    enum bms_status status = bms_zip_stream_open(&stream, &package->directory.members[member], reading);
    if (status)
        return status;
    struct parsing parsing = {stream, reading};
    const bms_xml_input input = {
        .context = &parsing, .read = read_stream, .part = bms_package_name(package, member)};
    status = bms_xml_parse(&input, handler, reading);
    bms_zip_stream_free(stream);
    return status;
}

enum bms_status bms_package_peek(bms_package *package, size_t member, void *out, size_t size, size_t *length,
                                 const bms_reading *reading) {
    bms_zip_stream *stream;
    enum bms_status status = bms_zip_stream_open(&stream, &package->directory.members[member], reading);
    if (status)
        return status;
    bool last = false;
    status = bms_zip_stream_read(stream, out, size, length, &last);
    bms_zip_stream_free(stream);
    return status;
}

/** Read a stream to its end. Where it delivers more than the size it began with, it refuses that itself. */
static enum bms_status read_whole(bms_zip_stream *stream, unsigned char *to, size_t size) {
    unsigned char beyond[1];
    size_t done = 0;
    bool last = false;
    enum bms_status status = BMS_OK;
    while (status == BMS_OK && !last) {
        size_t length = 0;
        status = done < size ? bms_zip_stream_read(stream, to + done, size - done, &length, &last)
                             : bms_zip_stream_read(stream, beyond, sizeof beyond, &length, &last);
        done += length;
    }
    return status;
}

enum bms_status bms_package_unpack(bms_package *package, size_t member, bms_arena *arena, const void **out,
                                   size_t *size, const bms_reading *reading) {
    const bms_zip_member *from = &package->directory.members[member];
    bms_zip_stream *stream = NULL;
    unsigned char *bytes = bms_arena_alloc(arena, (size_t)from->size + 1);
    *out = bytes;
    *size = (size_t)from->size;
    if (!bytes)
        return bms_fault_no_memory(reading);
    enum bms_status status = bms_zip_stream_open(&stream, from, reading);
    if (status)
        return status;
    status = read_whole(stream, bytes, (size_t)from->size);
    bms_zip_stream_free(stream);
    return status;
}
