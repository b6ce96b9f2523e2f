/**
 * Reads content types and relationships, which say which part is what (see parts.h). Parts are found by these
 * alone, never by their usual names.
 */
#include "xlsx/read/parts.h"

#include "core/base/catalogue.h"
#include "xlsx/read/identify.h"

#include <stdlib.h>
#include <string.h>

/** What both kinds of part are read with. */
struct reader {
    bms_arena *arena;
    const bms_reading *reading;
    bms_package *package;
    const char *source; /* of the relationships */
    const char *part;
    unsigned depth;
    bms_relationships *relationships;
    bms_content_types *types;
    enum bms_status status;
};

static enum bms_xml_next fail(struct reader *reader, enum bms_status status) {
    reader->status = status;
    return BMS_XML_STOP;
}

/** @return to go on, unless something could not be kept */
static enum bms_xml_next go_on(struct reader *reader) {
    return bms_arena_failed(reader->arena) ? fail(reader, bms_fault_no_memory(reader->reading))
                                           : BMS_XML_GO_ON;
}

static enum bms_xml_next wrong_root(struct reader *reader) {
    return fail(
        reader,
        bms_fault(
            reader->reading,
            BMS_TEXT(
                "{file}: {part} does not hold what its name says; the file is damaged or not a workbook"),
            &(bms_fault_place){.part = reader->part}));
}

static enum bms_xml_next on_end(void *context) {
    struct reader *reader = context;
    reader->depth--;
    return BMS_XML_GO_ON;
}

/** The length of a part's folder, with the final "/". */
static size_t folder_length(const char *part) {
    const char *slash = strrchr(part, '/');
    return slash ? (size_t)(slash - part) + 1 : 0;
}

/** Remove "." and ".." from a path; what would lead outside stays at the top. */
static void resolve_dots(char *path) {
    char *to = path;
    const char *from = path;
    while (*from) {
        size_t length = strcspn(from, "/");
        bool is_dot = length == 1 && from[0] == '.';
        bool is_parent = length == 2 && from[0] == '.' && from[1] == '.';
        if (is_parent) {
            while (to > path && *--to != '/')
                continue;
        } else if (!is_dot && length > 0) {
            if (to > path)
                *to++ = '/';
            memmove(to, from, length);
            to += length;
        }
        from += length;
        from += strspn(from, "/");
    }
    *to = '\0';
}

/** @return the part that a target leads to, seen from `source`. */
static const char *resolve_target(bms_arena *arena, const char *source, const char *target) {
    bool absolute = target[0] == '/' || target[0] == '\\';
    size_t folder = absolute ? 0 : folder_length(source);
    size_t length = strcspn(target, "#");
    char *path = bms_arena_alloc(arena, folder + length + 1);
    if (!path)
        return "";
    memcpy(path, source, folder);
    memcpy(path + folder, target, length);
    for (char *at = path; *at; at++) {
        if (*at == '\\')
            *at = '/';
    }
    resolve_dots(path);
    return path;
}

static const char *last_segment(const char *type) {
    const char *slash = strrchr(type, '/');
    return slash ? slash + 1 : type;
}

static void add_relationship(struct reader *reader, const bms_xml_attributes *attributes) {
    const char *id = bms_xml_attribute(attributes, "Id");
    const char *type = bms_xml_attribute(attributes, "Type");
    const char *target = bms_xml_attribute(attributes, "Target");
    const char *mode = bms_xml_attribute(attributes, "TargetMode");
    if (!id || !type || !target)
        return;
    bms_relationships *list = reader->relationships;
    bms_relationship *item =
        bms_arena_grow(reader->arena, &list->items, &list->count, &list->capacity, sizeof *item);
    if (!item)
        return;
    item->id = bms_arena_text(reader->arena, id);
    item->type = bms_arena_text(reader->arena, last_segment(type));
    bool outside = mode && strcmp(mode, "External") == 0;
    item->part = outside ? NULL : resolve_target(reader->arena, reader->source, target);
    item->from_top = outside ? NULL : resolve_target(reader->arena, "", target);
}

static enum bms_xml_next on_relationship(void *context, enum bms_xml_space space, const char *name,
                                         const bms_xml_attributes *attributes) {
    struct reader *reader = context;
    if (reader->depth++ == 0) {
        return space == BMS_XML_PACKAGE_LINKS && strcmp(name, "Relationships") == 0 ? BMS_XML_GO_ON
                                                                                    : wrong_root(reader);
    }
    if (space == BMS_XML_PACKAGE_LINKS && strcmp(name, "Relationship") == 0)
        add_relationship(reader, attributes);
    return go_on(reader);
}

static enum bms_status parse(struct reader *reader, size_t member, const bms_xml_handler *handler) {
    reader->part = bms_package_name(reader->package, member);
    enum bms_status status = bms_package_parse(reader->package, member, handler, reader->reading);
    return status ? status : reader->status;
}

static int compare_ids(const void *a, const void *b) {
    const bms_relationship *const *left = a;
    const bms_relationship *const *right = b;
    const int difference = strcmp((*left)->id, (*right)->id);
    return difference ? difference : (*left > *right) - (*left < *right);
}

/** Sort, since a file may have many relationships and thousands of sheets to find among them. */
static enum bms_status sort_by_id(bms_relationships *list, bms_arena *arena, const bms_reading *reading) {
    const bms_relationship **sorted = bms_arena_alloc(arena, list->count * sizeof(const bms_relationship *));
    if (!sorted)
        return bms_fault_no_memory(reading);
    list->by_id = sorted;
    for (size_t i = 0; i < list->count; i++)
        sorted[i] = &list->items[i];
    if (list->count > 1)
        qsort(sorted, list->count, sizeof(const bms_relationship *), compare_ids);
    return BMS_OK;
}

enum bms_status bms_parts_relationships(bms_relationships *out, bms_package *package, const char *source,
                                        bms_arena *arena, const bms_reading *reading) {
    *out = (bms_relationships){0};
    size_t length = folder_length(source);
    const char *path = bms_arena_format(arena, "%.*s_rels/%s.rels", (int)length, source, source + length);
    if (bms_arena_failed(arena))
        return bms_fault_no_memory(reading);
    size_t member = bms_package_find(package, path);
    if (member == BMS_NO_MEMBER)
        return BMS_OK;
    struct reader reader = {
        .arena = arena, .reading = reading, .package = package, .source = source, .relationships = out};
    const bms_xml_handler handler = {&reader, on_relationship, on_end, NULL};
    enum bms_status status = parse(&reader, member, &handler);
    return status ? status : sort_by_id(out, arena, reading);
}

const bms_relationship *bms_parts_by_id(const bms_relationships *relationships, const char *id) {
    size_t low = 0;
    size_t high = relationships->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (strcmp(relationships->by_id[middle]->id, id) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    const bool found = low < relationships->count && strcmp(relationships->by_id[low]->id, id) == 0;
    return found ? relationships->by_id[low] : NULL;
}

const bms_relationship *bms_parts_by_type(const bms_relationships *relationships, const char *type) {
    for (size_t i = 0; i < relationships->count; i++) {
        if (strcmp(relationships->items[i].type, type) == 0 && relationships->items[i].part)
            return &relationships->items[i];
    }
    return NULL;
}

size_t bms_parts_member(const bms_package *package, const bms_relationship *relationship) {
    if (!relationship->part)
        return BMS_NO_MEMBER;
    size_t member = bms_package_find(package, relationship->part);
    return member != BMS_NO_MEMBER ? member : bms_package_find(package, relationship->from_top);
}

static void add_content_type(struct reader *reader, const char *name, bool is_part, const char *type) {
    if (!name || !type)
        return;
    bms_content_types *list = reader->types;
    bms_content_type *item =
        bms_arena_grow(reader->arena, &list->items, &list->count, &list->capacity, sizeof *item);
    if (!item)
        return;
    item->name = bms_arena_text(reader->arena, name);
    item->is_part = is_part;
    item->type = bms_arena_text(reader->arena, type);
}

static enum bms_xml_next on_content_type(void *context, enum bms_xml_space space, const char *name,
                                         const bms_xml_attributes *attributes) {
    struct reader *reader = context;
    if (reader->depth++ == 0) {
        return space == BMS_XML_CONTENT_TYPES && strcmp(name, "Types") == 0 ? BMS_XML_GO_ON
                                                                            : wrong_root(reader);
    }
    if (space != BMS_XML_CONTENT_TYPES)
        return BMS_XML_GO_ON;
    const char *type = bms_xml_attribute(attributes, "ContentType");
    if (strcmp(name, "Override") == 0) {
        add_content_type(reader, bms_xml_attribute(attributes, "PartName"), true, type);
    } else if (strcmp(name, "Default") == 0) {
        add_content_type(reader, bms_xml_attribute(attributes, "Extension"), false, type);
    }
    return go_on(reader);
}

enum bms_status bms_parts_content_types(bms_content_types *out, bms_package *package, bms_arena *arena,
                                        const bms_reading *reading) {
    *out = (bms_content_types){0};
    size_t member = bms_package_find(package, "[Content_Types].xml");
    if (member == BMS_NO_MEMBER)
        return bms_identify_refuse_package(package, reading);
    struct reader reader = {.arena = arena, .reading = reading, .package = package, .types = out};
    const bms_xml_handler handler = {&reader, on_content_type, on_end, NULL};
    return parse(&reader, member, &handler);
}

static bool has_extension(const char *name, const char *extension) {
    const char *dot = strrchr(name, '.');
    return dot && strcmp(dot + 1, extension) == 0;
}

const char *bms_parts_type_of(const bms_content_types *types, const bms_package *package, size_t member) {
    const char *found = "";
    for (size_t i = 0; i < types->count; i++) {
        const bms_content_type *item = &types->items[i];
        if (item->is_part && bms_package_find(package, item->name) == member)
            return item->type;
        if (!item->is_part && has_extension(bms_package_name(package, member), item->name))
            found = item->type;
    }
    return found;
}

size_t bms_parts_with_type(const bms_content_types *types, const bms_package *package, const char *type) {
    for (size_t i = 0; i < types->count; i++) {
        const bms_content_type *item = &types->items[i];
        size_t member =
            item->is_part && strstr(item->type, type) ? bms_package_find(package, item->name) : BMS_NO_MEMBER;
        if (member != BMS_NO_MEMBER)
            return member;
    }
    return BMS_NO_MEMBER;
}
