/**
 * Reads the directory of a zip container, from its end (see zip_directory.h). Every length is checked against
 * the file before it is used.
 */
#include "xlsx/read/zip_directory.h"

#include "core/base/catalogue.h"
#include "xlsx/read/reading_limits.h"

#include <string.h>
#include <utf8proc.h>

/* Sizes of the records without their parts of variable length (APPNOTE.TXT 4.3), then flags of a member. */
enum { END = 22, END_64 = 56, LOCATOR_64 = 20, ENTRY = 46, LOCAL = 30, MOST_COMMENT = 0xFFFF };
enum { STRONGLY = 0x0040, MASKED = 0x2000, ENCRYPTED = 0x0001 };

static const unsigned char end_mark[] = {'P', 'K', 5, 6};
static const unsigned char end_64_mark[] = {'P', 'K', 6, 6};
static const unsigned char locator_64_mark[] = {'P', 'K', 6, 7};
static const unsigned char entry_mark[] = {'P', 'K', 1, 2};
static const unsigned char local_mark[] = {'P', 'K', 3, 4};

/** The bytes of the file. */
struct file {
    const unsigned char *bytes;
    uint64_t size;
};

/** What the end record says. */
struct end {
    uint64_t n;
    uint64_t start; /* of the directory */
    uint64_t size;  /* of the directory */
    uint64_t at;    /* of the record itself: the directory is before it */
};

/** A member's record in the directory, with the fields of a 64-bit one moved to their usual places. */
struct entry {
    const unsigned char *name;
    uint16_t name_length;
    uint16_t flags;
    uint16_t method;
    uint32_t crc;
    uint64_t packed;
    uint64_t size;
    uint64_t local; /* where the header in front of its bytes is */
    uint64_t length;
};

static uint16_t read_16(const unsigned char *at) {
    return (uint16_t)(at[0] | at[1] << 8);
}

static uint32_t read_32(const unsigned char *at) {
    return (uint32_t)read_16(at) | (uint32_t)read_16(at + 2) << 16;
}

static uint64_t read_64(const unsigned char *at) {
    return (uint64_t)read_32(at) | (uint64_t)read_32(at + 4) << 32;
}

/** @return whether there is a record of that length and mark. */
static bool has_record(const struct file *file, uint64_t at, uint64_t length, const unsigned char *mark) {
    return at <= file->size && length <= file->size - at && memcmp(file->bytes + at, mark, 4) == 0;
}

/** If there is a 64-bit end record, its fields are used instead. */
static void read_end_64(const struct file *file, struct end *end) {
    if (end->at < LOCATOR_64 || !has_record(file, end->at - LOCATOR_64, LOCATOR_64, locator_64_mark))
        return;
    uint64_t at = read_64(file->bytes + end->at - LOCATOR_64 + 8);
    if (!has_record(file, at, END_64, end_64_mark))
        return;
    end->n = read_64(file->bytes + at + 32);
    end->size = read_64(file->bytes + at + 40);
    end->start = read_64(file->bytes + at + 48);
    end->at = at;
}

/** @return whether there is an end record whose directory is where it says. */
static bool read_end(const struct file *file, uint64_t at, struct end *end) {
    if (!has_record(file, at, END, end_mark))
        return false;
    const unsigned char *record = file->bytes + at;
    *end = (struct end){read_16(record + 10), read_32(record + 16), read_32(record + 12), at};
    read_end_64(file, end);
    if (end->start > end->at || end->size > end->at - end->start || end->n > end->size / ENTRY)
        return false;
    return end->n == 0 || has_record(file, end->start, ENTRY, entry_mark);
}

/** Search backwards for the end record: a comment may follow it, or bytes that a transfer has added. */
static bool find_end(const struct file *file, struct end *end) {
    if (file->size < END)
        return false;
    uint64_t last = file->size - END;
    uint64_t first = last > MOST_COMMENT ? last - MOST_COMMENT : 0;
    for (uint64_t at = last + 1; at-- > first;) {
        if (read_end(file, at, end))
            return true;
    }
    return false;
}

/** Take the next 64-bit field for a value that did not fit. @return false: there is no such field */
static bool take_64(const unsigned char **at, const unsigned char *end, uint64_t *value) {
    if (*value != UINT32_MAX)
        return true;
    if (end - *at < 8)
        return false;
    *value = read_64(*at);
    *at += 8;
    return true;
}

/** Sizes and place of a member beyond 32 bits are in an extra field of its own. @return false: damaged */
static bool read_extra(const unsigned char *extra, size_t length, struct entry *entry) {
    const unsigned char *end = extra + length;
    while (end - extra >= 4) {
        uint16_t id = read_16(extra);
        size_t field = read_16(extra + 2);
        extra += 4;
        if (field > (size_t)(end - extra))
            return true; /* padding that some programs align members with */
        if (id == 1) {
            const unsigned char *at = extra;
            return take_64(&at, extra + field, &entry->size) && take_64(&at, extra + field, &entry->packed) &&
                   take_64(&at, extra + field, &entry->local);
        }
        extra += field;
    }
    return true;
}

static bool read_entry(const struct file *file, const struct end *end, uint64_t at, struct entry *entry) {
    if (end->at - at < ENTRY || !has_record(file, at, ENTRY, entry_mark))
        return false;
    const unsigned char *record = file->bytes + at;
    *entry = (struct entry){.name = record + ENTRY,
                            .name_length = read_16(record + 28),
                            .flags = read_16(record + 8),
                            .method = read_16(record + 10),
                            .crc = read_32(record + 16),
                            .packed = read_32(record + 20),
                            .size = read_32(record + 24),
                            .local = read_32(record + 42)};
    size_t extra = read_16(record + 30);
    entry->length = (uint64_t)ENTRY + entry->name_length + extra + read_16(record + 32);
    return entry->length <= end->at - at && read_extra(entry->name + entry->name_length, extra, entry);
}

/** @return the length of the character that starts there; 0: it is not UTF-8, or invisible. */
static size_t character_length(const unsigned char *at, const unsigned char *end) {
    utf8proc_int32_t code = 0;
    utf8proc_ssize_t length = utf8proc_iterate(at, end - at, &code);
    return length > 0 && code >= 0x20 && code != 0x7F ? (size_t)length : 0;
}

/** Skip "/" and "./" before the first name. */
static const unsigned char *skip_start(const unsigned char *at, const unsigned char *end) {
    while (at < end) {
        size_t length = at[0] == '.' && end - at > 1;
        if (at[length] != '/' && at[length] != '\\')
            break;
        at += length + 1;
    }
    return at;
}

/** Copy a name in a normal form; different names stay different, except that \ becomes /. */
static char *copy_name(const unsigned char *name, size_t length, bms_arena *arena) {
    static const char digits[] = "0123456789ABCDEF";
    const unsigned char *end = name + length;
    char *copy = bms_arena_alloc(arena, length * 3 + 1);
    char *to = copy;
    name = skip_start(name, end);
    while (copy && name < end) {
        size_t character = character_length(name, end);
        if (character == 0) {
            *to++ = '%';
            *to++ = digits[*name >> 4];
            *to++ = digits[*name & 15];
        } else {
            memcpy(to, name, character);
            if (*to == '\\')
                *to = '/';
            to += character;
        }
        name += character > 0 ? character : 1;
    }
    if (copy)
        *to = '\0';
    return copy;
}

static bool same_name(const unsigned char *a, const unsigned char *b, size_t length) {
    for (size_t i = 0; i < length; i++) {
        bool both_slashes = (a[i] == '/' || a[i] == '\\') && (b[i] == '/' || b[i] == '\\');
        if (a[i] != b[i] && !both_slashes)
            return false;
    }
    return true;
}

/** @return the member's bytes; NULL when the header before them contradicts the directory. */
static const unsigned char *find_bytes(const struct file *file, const struct entry *entry) {
    if (!has_record(file, entry->local, LOCAL, local_mark))
        return NULL;
    const unsigned char *record = file->bytes + entry->local;
    uint64_t left = file->size - entry->local - LOCAL;
    uint64_t before = (uint64_t)read_16(record + 26) + read_16(record + 28);
    if (before > left || entry->packed > left - before)
        return NULL;
    bool same = read_16(record + 26) == entry->name_length && read_16(record + 8) == entry->method &&
                ((read_16(record + 6) ^ entry->flags) & ENCRYPTED) == 0;
    return same && same_name(record + LOCAL, entry->name, entry->name_length) ? record + LOCAL + before
                                                                              : NULL;
}

static enum bms_status refuse(const bms_reading *reading) {
    return bms_fault(reading,
                     BMS_TEXT("{file}: the file is damaged or cut off (its zip directory cannot be read); "
                              "ask for a new copy"),
                     NULL);
}

static enum bms_status read_members(bms_zip_directory *out, const struct file *file, const struct end *end,
                                    bms_arena *arena, const bms_reading *reading) {
    uint64_t at = end->start;
    for (size_t i = 0; i < (size_t)end->n; i++) {
        struct entry entry;
        if (!read_entry(file, end, at, &entry))
            return refuse(reading);
        const unsigned char *bytes = find_bytes(file, &entry);
        out->members[i] = (bms_zip_member){.name = copy_name(entry.name, entry.name_length, arena),
                                           .method = entry.method,
                                           .encrypted = (entry.flags & (ENCRYPTED | STRONGLY | MASKED)) != 0,
                                           .contradicted = !bytes,
                                           .crc = entry.crc,
                                           .size = entry.size,
                                           .packed = entry.packed,
                                           .bytes = bytes};
        if (!out->members[i].name)
            return bms_fault_no_memory(reading);
        out->n = i + 1;
        at += entry.length;
    }
    /* Other programs would see a member that the count leaves out. */
    return end->at - at >= ENTRY && has_record(file, at, ENTRY, entry_mark) ? refuse(reading) : BMS_OK;
}

enum bms_status bms_zip_directory_read(bms_zip_directory *out, const unsigned char *bytes, size_t size,
                                       bms_arena *arena, const bms_reading *reading) {
    const struct file file = {bytes, size};
    struct end end;
    *out = (bms_zip_directory){0};
    if (!find_end(&file, &end))
        return refuse(reading);
    if (end.n > BMS_LIMIT_MEMBERS)
        return bms_fault(reading, BMS_TEXT("{file}: the file holds more parts than any workbook does"), NULL);
    out->members = bms_arena_alloc(arena, ((size_t)end.n + 1) * sizeof *out->members);
    return out->members ? read_members(out, &file, &end, arena, reading) : bms_fault_no_memory(reading);
}
