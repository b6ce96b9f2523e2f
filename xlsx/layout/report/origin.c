/**
 * Reads from a report which state of the history it was made from (bms_workbooks_read_origin): the line
 * 'bms 1.2 · Setup 3 · History 0123456789ab' of its first sheet, and the municipality among its properties.
 */
#include "core/base/error.h"
#include "core/workbooks.h"
#include "xlsx/layout/allowance.h"
#include "xlsx/read/package.h"

#include <string.h>

enum { DIGITS = 12, LONGEST_NAME = 1024 };

struct reading_origin {
    bms_arena *arena;
    bms_report_origin *out;
    bool in_author;
};

/** @return the digits at the end of the line, in whatever language it is; NULL: it is another text. */
static const char *hash_in(const char *text) {
    const size_t length = strlen(text);
    if (strncmp(text, "bms ", 4) != 0 || length < 4 + DIGITS)
        return NULL;
    const char *digits = text + length - DIGITS;
    return digits[-1] == ' ' && strspn(digits, "0123456789abcdef") == DIGITS ? digits : NULL;
}

static bool look_at(void *context, const bms_cell *cell) {
    struct reading_origin *reading = context;
    const char *digits = cell->kind == BMS_CELL_TEXT ? hash_in(cell->text) : NULL;
    if (digits)
        reading->out->hash = bms_arena_text(reading->arena, digits);
    return !digits;
}

static enum bms_xml_next on_start(void *context, enum bms_xml_space space, const char *name,
                                  const bms_xml_attributes *attributes) {
    struct reading_origin *reading = context;
    (void)space;
    (void)attributes;
    reading->in_author = strcmp(name, "creator") == 0;
    return BMS_XML_GO_ON;
}

static enum bms_xml_next on_end(void *context) {
    ((struct reading_origin *)context)->in_author = false;
    return BMS_XML_GO_ON;
}

static enum bms_xml_next on_text(void *context, const char *text, size_t length) {
    struct reading_origin *reading = context;
    const char *known = reading->out->municipality;
    if (!reading->in_author || strlen(known) + length > LONGEST_NAME)
        return BMS_XML_GO_ON;
    reading->out->municipality =
        bms_arena_format(reading->arena, "%s%s", known, bms_arena_copy(reading->arena, text, length));
    return BMS_XML_GO_ON;
}

static enum bms_status read_author(struct reading_origin *reading, const bms_source *source,
                                   const char *language, bms_budget *budget, bms_error *error) {
    const bms_reading place = {.file = source->name, .language = language, .error = error, .budget = budget};
    const bms_xml_handler handler = {
        .context = reading, .on_start = on_start, .on_end = on_end, .on_text = on_text};
    bms_package *package = NULL;
    enum bms_status status = bms_package_open(&package, source->bytes, source->size, &place);
    const size_t member = status == BMS_OK ? bms_package_find(package, "docProps/core.xml") : BMS_NO_MEMBER;
    if (member != BMS_NO_MEMBER)
        status = bms_package_parse(package, member, &handler, &place);
    bms_package_free(package);
    return status;
}

enum bms_status bms_workbooks_read_origin(bms_arena *arena, const bms_source *source, const char *language,
                                          bms_report_origin *out, bms_error *error) {
    bms_workbook *book = NULL;
    struct reading_origin reading = {.arena = arena, .out = out};
    *out = (bms_report_origin){"", ""};
    bms_allowance allowance;
    bms_allowance_begin(&allowance, &bms_own_allowance, arena);
    enum bms_status status = bms_workbook_open(&book, source, &allowance.wanted, language, error);
    if (status == BMS_OK && bms_workbook_sheet_count(book) > 0)
        status = bms_workbook_read(book, 0, look_at, &reading, NULL, error);
    bms_workbook_free(book);
    if (status == BMS_OK && *out->hash != '\0')
        status = read_author(&reading, source, language, &allowance.budget, error);
    status = bms_allowance_end(&allowance, status, source, language, error);
    return bms_error_of_arena(status, arena, error);
}
