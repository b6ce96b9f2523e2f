/**
 * Which part of the package is what: content types and relationships (ECMA-376 part 2).
 */
#ifndef BMS_XLSX_READ_PARTS_H
#define BMS_XLSX_READ_PARTS_H

#include "core/base/arena.h"
#include "xlsx/read/package.h"

#include <stdbool.h>

/** One relationship of a part. */
typedef struct bms_relationship {
    const char *id;
    const char *type;     /* the last segment of its type: "worksheet", "sharedStrings" … */
    const char *part;     /* the name of the part it leads to, present or not; NULL: outside the file */
    const char *from_top; /* the same if the target counts from the top of the package; NULL: outside */
} bms_relationship;

/** The relationships of one part, in order. */
typedef struct bms_relationships {
    bms_relationship *items;
    size_t count;
    size_t capacity;
    const bms_relationship **by_id; /* of equals the first comes first */
} bms_relationships;

/**
 * Read the relationships of a part, which need not have any.
 *
 * @param source  the part's name; "" for the package itself
 * @param arena   where they live
 * @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY
 */
enum bms_status bms_parts_relationships(bms_relationships *out, bms_package *package, const char *source,
                                        bms_arena *arena, const bms_reading *reading);

/** @return the relationship with that id, or NULL. */
const bms_relationship *bms_parts_by_id(const bms_relationships *relationships, const char *id);

/** @return the first relationship of that type which leads into the file, or NULL. */
const bms_relationship *bms_parts_by_type(const bms_relationships *relationships, const char *type);

/**
 * Find the part that a relationship leads to.
 *
 * The format counts targets from the folder of the source. Some programs count from the top of the package
 * ("xl/worksheets/sheet1.xml"); that is tried when the first gives nothing.
 *
 * @return the part, or BMS_NO_MEMBER when it is outside the file or missing
 */
size_t bms_parts_member(const bms_package *package, const bms_relationship *relationship);

/** The content type of one part, or of all parts with one extension. */
typedef struct bms_content_type {
    const char *name; /* a part's name, or an extension */
    bool is_part;
    const char *type;
} bms_content_type;

typedef struct bms_content_types {
    bms_content_type *items;
    size_t count;
    size_t capacity;
} bms_content_types;

/**
 * Read [Content_Types].xml, without which a zip file is no workbook.
 *
 * @return BMS_OK, BMS_INPUT or BMS_NO_MEMORY
 */
enum bms_status bms_parts_content_types(bms_content_types *out, bms_package *package, bms_arena *arena,
                                        const bms_reading *reading);

/** @return the content type of a part, or "". */
const char *bms_parts_type_of(const bms_content_types *types, const bms_package *package, size_t member);

/** @return the first part whose content type contains `type`, or BMS_NO_MEMBER. */
size_t bms_parts_with_type(const bms_content_types *types, const bms_package *package, const char *type);

#endif
