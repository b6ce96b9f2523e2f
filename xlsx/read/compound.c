/**
 * Looks through the directory of an OLE2 container (see compound.h), every step checked against the size of
 * the file. No contents are read.
 */
#include "xlsx/read/compound.h"

#include "xlsx/read/reading_limits.h"

#include <string.h>

enum {
    HEADER = 512,
    ENTRY = 128,       /* bytes of a directory entry */
    NAME_LENGTH = 64,  /* where an entry says how long its name is */
    SECTOR_SHIFT = 30, /* where the header says how large sectors are */
    FIRST_DIRECTORY = 48,
    FIRST_FAT = 76, /* the header's own list of FAT sectors */
    N_FAT = 109
};

/** A container being looked into. */
struct compound {
    const unsigned char *bytes;
    size_t size;
    size_t sector; /* bytes */
};

bool bms_compound_is(const unsigned char *bytes, size_t size) {
    static const unsigned char signature[] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
    return size >= sizeof signature && memcmp(bytes, signature, sizeof signature) == 0;
}

static uint32_t read_32(const unsigned char *at) {
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/** @return the bytes of a sector, or NULL when the file does not reach there. */
static const unsigned char *sector_at(const struct compound *compound, uint32_t number) {
    uint64_t start = ((uint64_t)number + 1) * compound->sector;
    return start + compound->sector <= compound->size ? compound->bytes + start : NULL;
}

/** The sector after `number` in its chain, by the FAT sectors that the header lists. */
static uint32_t next_sector(const struct compound *compound, uint32_t number) {
    const uint32_t end = UINT32_MAX;
    size_t per_sector = compound->sector / 4;
    size_t index = number / per_sector;
    if (index >= N_FAT)
        return end;
    const unsigned char *fat = sector_at(compound, read_32(compound->bytes + FIRST_FAT + 4 * index));
    return fat ? read_32(fat + 4 * (number % per_sector)) : end;
}

/** @return whether a directory entry has that (ASCII) name. */
static bool is_named(const unsigned char *entry, const char *name) {
    size_t length = strlen(name);
    if (entry[NAME_LENGTH] != (length + 1) * 2 || entry[NAME_LENGTH + 1] != 0)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (entry[2 * i] != (unsigned char)name[i] || entry[2 * i + 1] != 0)
            return false;
    }
    return true;
}

static enum bms_compound_kind kind_of_entry(const unsigned char *entry) {
    static const struct {
        const char *name;
        enum bms_compound_kind kind;
    } known[] = {
        {"EncryptedPackage", BMS_COMPOUND_ENCRYPTED},
        {"EncryptionInfo", BMS_COMPOUND_ENCRYPTED},
        {"\006DataSpaces", BMS_COMPOUND_ENCRYPTED},
        {"\011DRMContent", BMS_COMPOUND_ENCRYPTED},
        {"Workbook", BMS_COMPOUND_WORKBOOK},
        {"WORKBOOK", BMS_COMPOUND_WORKBOOK},
        {"Book", BMS_COMPOUND_WORKBOOK},
        {"BOOK", BMS_COMPOUND_WORKBOOK},
        {"WordDocument", BMS_COMPOUND_DOCUMENT},
        {"PowerPoint Document", BMS_COMPOUND_DOCUMENT},
        {"__properties_version1.0", BMS_COMPOUND_MAIL},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (is_named(entry, known[i].name))
            return known[i].kind;
    }
    return BMS_COMPOUND_OTHER;
}

/** A container can hold several kinds; the first in the order of the enum is reported. */
static enum bms_compound_kind kind_of_sector(const struct compound *compound, const unsigned char *sector) {
    enum bms_compound_kind kind = BMS_COMPOUND_OTHER;
    for (size_t at = 0; at + ENTRY <= compound->sector; at += ENTRY) {
        enum bms_compound_kind entry = kind_of_entry(sector + at);
        if (entry < kind)
            kind = entry;
    }
    return kind;
}

enum bms_compound_kind bms_compound_kind(const unsigned char *bytes, size_t size) {
    enum bms_compound_kind kind = BMS_COMPOUND_OTHER;
    if (size < HEADER)
        return kind;
    unsigned shift = bytes[SECTOR_SHIFT];
    if (shift != 9 && shift != 12)
        return kind;
    const struct compound compound = {bytes, size, (size_t)1 << shift};
    uint32_t number = read_32(bytes + FIRST_DIRECTORY);
    for (int i = 0; i < BMS_LIMIT_OLE_SECTORS; i++) {
        const unsigned char *sector = sector_at(&compound, number);
        if (!sector)
            break;
        enum bms_compound_kind found = kind_of_sector(&compound, sector);
        if (found < kind)
            kind = found;
        number = next_sector(&compound, number);
    }
    return kind;
}
