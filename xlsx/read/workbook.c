/**
 * Opens a workbook: puts container, parts, sheets, names, styles and texts together (see workbook.h). Each of
 * them is read in a file of its own.
 */
#include "xlsx/read/workbook.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "xlsx/read/identify.h"
#include "xlsx/read/parts.h"
#include "xlsx/read/reading_limits.h"
#include "xlsx/read/sheet_reader.h"
#include "xlsx/read/workbook_part.h"

#include <stdlib.h>
#include <string.h>

struct bms_workbook {
    const char *file;     /* the name for messages */
    const char *language; /* of messages */
    bms_wanted wanted;
    unsigned char *own_bytes; /* of a file opened by its path */
    bms_arena *arena;
    bms_package *package;
    bms_workbook_part part;
    bms_sheet_entry *sheets;
    size_t *members; /* of the sheets */
    bms_cell_styles styles;
    size_t strings_member;
    bool strings_read;
    bms_shared_strings strings;
};

static bms_reading reading_of(const bms_workbook *workbook, bms_error *error) {
    return (bms_reading){workbook->file, workbook->language, error, workbook->wanted.budget};
}

/** Find the workbook part: by the package's relationships, else by the content types. */
static enum bms_status find_main(bms_workbook *workbook, const bms_content_types *types, size_t *member,
                                 const bms_reading *reading) {
    bms_relationships links;
    enum bms_status status = bms_parts_relationships(&links, workbook->package, "", workbook->arena, reading);
    if (status)
        return status;
    const bms_relationship *link = bms_parts_by_type(&links, "officeDocument");
    *member = link ? bms_parts_member(workbook->package, link) : BMS_NO_MEMBER;
    if (*member == BMS_NO_MEMBER)
        *member = bms_parts_with_type(types, workbook->package, "sheet.main+xml");
    if (*member == BMS_NO_MEMBER)
        *member = bms_parts_with_type(types, workbook->package, "sheet.macroEnabled.main+xml");
    if (*member == BMS_NO_MEMBER)
        return bms_identify_refuse_package(workbook->package, reading);
    const char *other = bms_identify_main_type(bms_parts_type_of(types, workbook->package, *member));
    return other ? bms_fault(reading, other, NULL) : BMS_OK;
}

static enum bms_sheet_kind kind_of(const char *relationship_type) {
    if (strcmp(relationship_type, "chartsheet") == 0)
        return BMS_CHART_SHEET;
    if (strcmp(relationship_type, "dialogsheet") == 0)
        return BMS_DIALOG_SHEET;
    if (strcmp(relationship_type, "xlMacrosheet") == 0 || strcmp(relationship_type, "xlIntlMacrosheet") == 0)
        return BMS_MACRO_SHEET;
    return BMS_WORKSHEET;
}

static enum bms_status find_sheet(bms_workbook *workbook, size_t index, const bms_relationships *links,
                                  const bms_reading *reading) {
    const bms_listed_sheet *listed = &workbook->part.sheets[index];
    if (listed->relationship && !*listed->relationship) {
        workbook->sheets[index] = (bms_sheet_entry){listed->name, listed->visibility, BMS_MODULE_SHEET};
        workbook->members[index] = BMS_NO_MEMBER;
        return BMS_OK;
    }
    const bms_relationship *link = listed->relationship ? bms_parts_by_id(links, listed->relationship) : NULL;
    size_t member = link ? bms_parts_member(workbook->package, link) : BMS_NO_MEMBER;
    workbook->sheets[index] =
        (bms_sheet_entry){listed->name, listed->visibility, link ? kind_of(link->type) : BMS_WORKSHEET};
    workbook->members[index] = member;
    if (member == BMS_NO_MEMBER) {
        return bms_fault(reading,
                         BMS_TEXT("{file}: the contents of sheet “{sheet}” are missing; the file is damaged, "
                                  "ask for a new copy"),
                         &(bms_fault_place){.sheet = listed->name});
    }
    return BMS_OK;
}

static enum bms_status find_sheets(bms_workbook *workbook, const bms_relationships *links,
                                   const bms_reading *reading) {
    size_t n = workbook->part.n_sheets;
    if (n == 0)
        return bms_fault(reading, BMS_TEXT("{file}: the workbook has no sheets; the file is damaged"), NULL);
    workbook->sheets = bms_arena_alloc(workbook->arena, n * sizeof *workbook->sheets);
    workbook->members = bms_arena_alloc(workbook->arena, n * sizeof *workbook->members);
    if (!workbook->sheets || !workbook->members)
        return bms_fault_no_memory(reading);
    enum bms_status status = BMS_OK;
    for (size_t i = 0; i < n && !status; i++)
        status = find_sheet(workbook, i, links, reading);
    return status;
}

/** Find the styles or the shared strings: by relationship, else by content type, else none. */
static size_t find_shared(bms_workbook *workbook, const bms_relationships *links,
                          const bms_content_types *types, const char *relationship,
                          const char *content_type) {
    const bms_relationship *link = bms_parts_by_type(links, relationship);
    size_t member = link ? bms_parts_member(workbook->package, link) : BMS_NO_MEMBER;
    return member != BMS_NO_MEMBER ? member : bms_parts_with_type(types, workbook->package, content_type);
}

static enum bms_status read_structure(bms_workbook *workbook, const bms_reading *reading) {
    bms_content_types types;
    bms_relationships links;
    size_t main_member = BMS_NO_MEMBER;
    enum bms_status status = bms_parts_content_types(&types, workbook->package, workbook->arena, reading);
    if (!status)
        status = find_main(workbook, &types, &main_member, reading);
    if (!status) {
        status =
            bms_workbook_part_read(&workbook->part, workbook->package, main_member, workbook->arena, reading);
    }
    if (!status) {
        status = bms_parts_relationships(&links, workbook->package,
                                         bms_package_name(workbook->package, main_member), workbook->arena,
                                         reading);
    }
    if (!status)
        status = find_sheets(workbook, &links, reading);
    if (status)
        return status;
    workbook->strings_member = find_shared(workbook, &links, &types, "sharedStrings", "sharedStrings+xml");
    size_t styles = find_shared(workbook, &links, &types, "styles", "spreadsheetml.styles+xml");
    if (styles != BMS_NO_MEMBER) {
        status = bms_cell_styles_read(&workbook->styles, workbook->package, styles, workbook->wanted.formats,
                                      workbook->arena, reading);
    }
    return status;
}

static enum bms_status open_bytes(bms_workbook *workbook, const unsigned char *bytes, size_t size,
                                  const bms_reading *reading) {
    if (size > BMS_LIMIT_FILE) {
        return bms_fault(reading, BMS_TEXT("{file}: the file is larger than any workbook that bms reads"),
                         NULL);
    }
    if (!bms_identify_zip(bytes, size))
        return bms_identify_refuse(bytes, size, reading);
    enum bms_status status = bms_package_open(&workbook->package, bytes, size, reading);
    return status ? status : read_structure(workbook, reading);
}

static enum bms_status open_source(bms_workbook *workbook, const bms_source *source, bms_error *error) {
    const bms_reading reading = reading_of(workbook, error);
    if (source->bytes)
        return open_bytes(workbook, source->bytes, source->size, &reading);
    size_t size = 0;
    enum bms_status status =
        bms_platform_read_file(source->name, workbook->language, &workbook->own_bytes, &size, error);
    return status ? status : open_bytes(workbook, workbook->own_bytes, size, &reading);
}

enum bms_status bms_workbook_open(bms_workbook **out, const bms_source *source, const bms_wanted *wanted,
                                  const char *language, bms_error *error) {
    static const bms_wanted everything = {.formulas = true, .formats = true};
    *out = NULL;
    bms_workbook *workbook = calloc(1, sizeof *workbook);
    if (!workbook)
        return bms_error_no_memory(error);
    workbook->arena = bms_arena_new();
    if (!workbook->arena) {
        free(workbook);
        return bms_error_no_memory(error);
    }
    workbook->wanted = wanted ? *wanted : everything;
    workbook->strings.texts.budget = workbook->wanted.budget;
    bms_arena_set_budget(workbook->arena, workbook->wanted.budget);
    workbook->file = bms_arena_text(workbook->arena, source->name ? source->name : "");
    workbook->language = bms_arena_text(workbook->arena, language);
    enum bms_status status = bms_error_of_arena(open_source(workbook, source, error), workbook->arena, error);
    if (status) {
        bms_workbook_free(workbook);
    } else {
        *out = workbook;
    }
    return status;
}

void bms_workbook_free(bms_workbook *workbook) {
    if (!workbook)
        return;
    bms_shared_strings_dispose(&workbook->strings);
    bms_package_free(workbook->package);
    bms_arena_free(workbook->arena);
    free(workbook->own_bytes);
    free(workbook);
}

const bms_wanted *bms_workbook_wanted(const bms_workbook *workbook) {
    return &workbook->wanted;
}

size_t bms_workbook_sheet_count(const bms_workbook *workbook) {
    return workbook->part.n_sheets;
}

const bms_sheet_entry *bms_workbook_sheet(const bms_workbook *workbook, size_t index) {
    return &workbook->sheets[index];
}

const bms_defined_name *bms_workbook_names(const bms_workbook *workbook, size_t *count) {
    *count = workbook->part.n_names;
    return workbook->part.names;
}

const bms_defined_name *bms_workbook_find_name(const bms_workbook *workbook, const char *name, size_t scope) {
    size_t length = strlen(name);
    for (size_t i = 0; i < workbook->part.n_names; i++) {
        const bms_defined_name *one = &workbook->part.names[i];
        if (one->scope == scope && bms_workbook_part_same_name(name, length, one->name))
            return one;
    }
    return NULL;
}

bool bms_workbook_date_1904(const bms_workbook *workbook) {
    return workbook->part.date_1904;
}

static enum bms_status read_strings(bms_workbook *workbook, const bms_reading *reading) {
    if (workbook->strings_read || workbook->strings_member == BMS_NO_MEMBER)
        return BMS_OK;
    enum bms_status status =
        bms_shared_strings_read(&workbook->strings, workbook->package, workbook->strings_member, reading);
    workbook->strings_read = !status;
    if (status)
        bms_shared_strings_dispose(&workbook->strings);
    return status;
}

enum bms_status bms_workbook_read(bms_workbook *workbook, size_t index,
                                  bool (*on_cell)(void *context, const bms_cell *cell), void *context,
                                  bms_sheet_details *details, bms_error *error) {
    const bms_reading reading = reading_of(workbook, error);
    const bms_sheet_entry *entry = &workbook->sheets[index];
    if (details)
        details->info = (bms_sheet_info){0};
    if (entry->kind == BMS_CHART_SHEET || entry->kind == BMS_DIALOG_SHEET || entry->kind == BMS_MODULE_SHEET)
        return BMS_OK;
    enum bms_status status = read_strings(workbook, &reading);
    if (status)
        return status;
    const bms_sheet_source source = {.package = workbook->package,
                                     .member = workbook->members[index],
                                     .sheet = entry->name,
                                     .styles = &workbook->styles,
                                     .strings = &workbook->strings,
                                     .date_1904 = workbook->part.date_1904,
                                     .formulas = workbook->wanted.formulas,
                                     .most_merged = workbook->wanted.merged,
                                     .hidden = entry->visibility != BMS_SHEET_VISIBLE};
    const bms_sheet_sink sink = {.on_cell = on_cell,
                                 .context = context,
                                 .arena = details ? details->arena : NULL,
                                 .info = details ? &details->info : NULL};
    return bms_sheet_reader_run(&source, &sink, &reading);
}
