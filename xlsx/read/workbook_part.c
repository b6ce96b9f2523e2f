/**
 * Reads sheets and defined names from the workbook part (see workbook_part.h). A name is resolved only where
 * it is one plain range.
 */
#include "xlsx/read/workbook_part.h"

#include "core/base/catalogue.h"
#include "xlsx/read/reading_limits.h"
#include "xlsx/read/stored_number.h"
#include "xlsx/read/text_buffer.h"

#include <stdlib.h>
#include <string.h>

/** Where in the part the parser is. */
enum place { OUTSIDE, ROOT, SHEETS, NAMES, NAME };

static const enum place parents[] = {OUTSIDE, OUTSIDE, ROOT, ROOT, NAMES};

struct reader {
    bms_workbook_part *part;
    bms_arena *arena;
    const bms_reading *reading;
    const char *part_name;
    enum place place;
    bms_text_buffer refers_to; /* of the defined name being read */
    enum bms_status status;
};

static enum bms_xml_next fail(struct reader *reader, const char *text) {
    reader->status = text ? bms_fault(reader->reading, text, &(bms_fault_place){.part = reader->part_name})
                          : bms_fault_no_memory(reader->reading);
    return BMS_XML_STOP;
}

static enum bms_xml_next enter(struct reader *reader, enum place place) {
    reader->place = place;
    return BMS_XML_GO_ON;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool bms_workbook_part_same_name(const char *a, size_t length, const char *b) {
    for (size_t i = 0; i < length; i++) {
        if (!b[i] || lower(a[i]) != lower(b[i]))
            return false;
    }
    return b[length] == '\0';
}

/** Compare two names, case of A–Z ignored; `a` is `length` bytes long. */
static int compare_names(const char *a, size_t length, const char *b) {
    size_t i = 0;
    while (i < length && b[i] && lower(a[i]) == lower(b[i]))
        i++;
    const int left = i < length ? (unsigned char)lower(a[i]) : 0;
    return left - (unsigned char)lower(b[i]);
}

static int by_name(const void *a, const void *b) {
    const bms_listed_sheet *const *left = a;
    const bms_listed_sheet *const *right = b;
    return compare_names((*left)->name, strlen((*left)->name), (*right)->name);
}

/** Sorted, since a file may ask for thousands of sheets as often as it likes. */
static size_t find_sheet(const bms_workbook_part *part, const char *name, size_t length) {
    size_t low = 0;
    size_t high = part->n_sheets;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int difference = compare_names(name, length, part->by_name[middle]->name);
        if (difference == 0)
            return (size_t)(part->by_name[middle] - part->sheets);
        if (difference < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return BMS_NO_SHEET;
}

/** Copy an attribute's text, its escapes undone. @return NULL when memory ran out */
static const char *copy_text(bms_arena *arena, const char *text) {
    char *copy = bms_arena_buffer(arena, text, strlen(text));
    if (copy)
        (void)bms_text_unescape(copy, strlen(copy));
    return copy;
}

static enum bms_status refuse_sheet(const struct reader *reader, const char *name) {
    return bms_fault(reader->reading,
                     BMS_TEXT("{file}: two sheets have the name “{sheet}”, and it is unclear which one "
                              "counts; give one of them another name"),
                     &(bms_fault_place){.sheet = name});
}

/** Sort the sheets by their names, of which none may occur twice. */
static enum bms_status sort_sheets(struct reader *reader) {
    bms_workbook_part *part = reader->part;
    const size_t n = part->n_sheets;
    const bms_listed_sheet **sorted = bms_arena_alloc(reader->arena, n * sizeof(const bms_listed_sheet *));
    if (!sorted)
        return bms_fault_no_memory(reader->reading);
    part->by_name = sorted;
    for (size_t i = 0; i < n; i++)
        sorted[i] = &part->sheets[i];
    if (n > 1)
        qsort(sorted, n, sizeof(const bms_listed_sheet *), by_name);
    for (size_t i = 1; i < n; i++) {
        if (by_name(&sorted[i - 1], &sorted[i]) == 0)
            return refuse_sheet(reader, (sorted[i - 1] > sorted[i] ? sorted[i - 1] : sorted[i])->name);
    }
    return BMS_OK;
}

static enum bms_visibility read_visibility(const char *state) {
    if (!state)
        return BMS_SHEET_VISIBLE;
    if (strcmp(state, "veryHidden") == 0)
        return BMS_SHEET_VERY_HIDDEN;
    return strcmp(state, "hidden") == 0 ? BMS_SHEET_HIDDEN : BMS_SHEET_VISIBLE;
}

static enum bms_xml_next add_sheet(struct reader *reader, const bms_xml_attributes *attributes) {
    bms_workbook_part *part = reader->part;
    const char *name = bms_xml_attribute(attributes, "name");
    if (!name)
        return fail(reader, BMS_TEXT("{file}: {part} lists a sheet without a name; the file is damaged"));
    if (part->n_sheets == BMS_LIMIT_SHEETS)
        return fail(reader, BMS_TEXT("{file}: {part} lists more sheets than any workbook has"));
    bms_listed_sheet *sheet =
        bms_arena_grow(reader->arena, &part->sheets, &part->n_sheets, &part->sheets_capacity, sizeof *sheet);
    if (!sheet)
        return fail(reader, NULL);
    const char *id = bms_xml_attribute_in(attributes, BMS_XML_OFFICE_LINKS, "id");
    sheet->name = copy_text(reader->arena, name);
    sheet->relationship = bms_arena_text(reader->arena, id);
    sheet->visibility = read_visibility(bms_xml_attribute(attributes, "state"));
    return bms_arena_failed(reader->arena) ? fail(reader, NULL) : BMS_XML_SKIP;
}

static enum bms_xml_next start_name(struct reader *reader, const bms_xml_attributes *attributes) {
    bms_workbook_part *part = reader->part;
    const char *name = bms_xml_attribute(attributes, "name");
    const char *scope = bms_xml_attribute(attributes, "localSheetId");
    uint64_t sheet = 0;
    if (!name)
        return BMS_XML_SKIP;
    bms_defined_name *added =
        bms_arena_grow(reader->arena, &part->names, &part->n_names, &part->names_capacity, sizeof *added);
    const char *copy = copy_text(reader->arena, name);
    if (!added || !copy)
        return fail(reader, NULL);
    bool local = scope && bms_stored_count_read(scope, strlen(scope), UINT32_MAX, &sheet);
    *added = (bms_defined_name){.name = copy,
                                .scope = local ? (size_t)sheet : BMS_NO_SHEET,
                                .hidden = bms_xml_true(bms_xml_attribute(attributes, "hidden")),
                                .sheet = BMS_NO_SHEET};
    bms_text_buffer_clear(&reader->refers_to);
    return enter(reader, NAME);
}

static enum bms_xml_next end_name(struct reader *reader) {
    char *text =
        bms_arena_buffer(reader->arena, bms_text_buffer_get(&reader->refers_to), reader->refers_to.length);
    if (!text)
        return fail(reader, NULL);
    (void)bms_text_unescape(text, reader->refers_to.length);
    reader->part->names[reader->part->n_names - 1].refers_to = text;
    return enter(reader, NAMES);
}

static enum bms_xml_next start_in_root(struct reader *reader, const char *name,
                                       const bms_xml_attributes *attributes) {
    if (strcmp(name, "sheets") == 0)
        return enter(reader, SHEETS);
    if (strcmp(name, "definedNames") == 0)
        return enter(reader, NAMES);
    if (strcmp(name, "workbookPr") == 0)
        reader->part->date_1904 = bms_xml_true(bms_xml_attribute(attributes, "date1904"));
    return BMS_XML_SKIP;
}

static enum bms_xml_next on_start(void *context, enum bms_xml_space space, const char *name,
                                  const bms_xml_attributes *attributes) {
    struct reader *reader = context;
    bool ours = space == BMS_XML_MAIN;
    switch (reader->place) {
    case OUTSIDE:
        if (ours && strcmp(name, "workbook") == 0)
            return enter(reader, ROOT);
        return fail(
            reader,
            BMS_TEXT(
                "{file}: {part} does not hold what its name says; the file is damaged or not a workbook"));
    case ROOT:
        return ours ? start_in_root(reader, name, attributes) : BMS_XML_SKIP;
    case SHEETS:
        return ours && strcmp(name, "sheet") == 0 ? add_sheet(reader, attributes) : BMS_XML_SKIP;
    case NAMES:
        return ours && strcmp(name, "definedName") == 0 ? start_name(reader, attributes) : BMS_XML_SKIP;
    case NAME:
    default:
        return BMS_XML_SKIP;
    }
}

static enum bms_xml_next on_end(void *context) {
    struct reader *reader = context;
    return reader->place == NAME ? end_name(reader) : enter(reader, parents[reader->place]);
}

static enum bms_xml_next on_text(void *context, const char *text, size_t length) {
    struct reader *reader = context;
    if (reader->place != NAME)
        return BMS_XML_GO_ON;
    if (reader->refers_to.length + length > BMS_LIMIT_TEXT) {
        return fail(
            reader,
            BMS_TEXT(
                "{file}: {part} holds a text longer than any cell can; the file is damaged or malicious"));
    }
    return bms_text_buffer_add(&reader->refers_to, text, length) ? BMS_XML_GO_ON : fail(reader, NULL);
}

/** Undo the quotes of a sheet's name in a formula: 'Bob''s' is Bob's. @return the length; 0: no name */
static size_t unquote(char *text, size_t length) {
    if (length < 3 || text[0] != '\'' || text[length - 1] != '\'')
        return text[0] == '\'' ? 0 : length;
    char *to = text;
    for (size_t i = 1; i + 1 < length; i++) {
        if (text[i] == '\'' && text[++i] != '\'')
            return 0;
        *to++ = text[i];
    }
    return (size_t)(to - text);
}

/** Find what a name refers to, if it is one range of one sheet. @return false when memory ran out */
static bool resolve_name(const bms_workbook_part *part, bms_defined_name *name, bms_arena *arena) {
    const char *mark = strrchr(name->refers_to, '!');
    bms_range range;
    if (!mark || !bms_range_read(mark + 1, strlen(mark + 1), &range))
        return true;
    size_t length = (size_t)(mark - name->refers_to);
    char *sheet = bms_arena_buffer(arena, name->refers_to, length);
    if (!sheet)
        return false;
    length = unquote(sheet, length);
    name->sheet = length > 0 ? find_sheet(part, sheet, length) : BMS_NO_SHEET;
    name->range = range;
    return true;
}

static bool resolve_names(bms_workbook_part *part, bms_arena *arena) {
    for (size_t i = 0; i < part->n_names; i++) {
        bms_defined_name *name = &part->names[i];
        if (name->scope != BMS_NO_SHEET && name->scope >= part->n_sheets)
            name->scope = BMS_NO_SHEET;
        if (!resolve_name(part, name, arena))
            return false;
    }
    return true;
}

enum bms_status bms_workbook_part_read(bms_workbook_part *out, bms_package *package, size_t member,
                                       bms_arena *arena, const bms_reading *reading) {
    *out = (bms_workbook_part){0};
    struct reader reader = {
        .part = out, .arena = arena, .reading = reading, .part_name = bms_package_name(package, member)};
    const bms_xml_handler handler = {&reader, on_start, on_end, on_text};
    enum bms_status status = bms_package_parse(package, member, &handler, reading);
    if (!status)
        status = reader.status;
    if (!status)
        status = sort_sheets(&reader);
    if (!status && !resolve_names(out, arena))
        status = bms_fault_no_memory(reading);
    bms_text_buffer_dispose(&reader.refers_to);
    return status;
}
