/**
 * Reads the number formats of the styles part (see cell_styles.h); skips fonts, fills and borders.
 */
#include "xlsx/read/cell_styles.h"

#include "core/base/catalogue.h"
#include "xlsx/cell/number_format.h"
#include "xlsx/read/number_table.h"
#include "xlsx/read/stored_number.h"
#include "xlsx/read/text_buffer.h"

#include <string.h>

/** A number format that the workbook defines itself. */
struct custom {
    const char *format; /* NULL: General, or not kept */
    bool is_date;
    bool is_per_cent;
};

/** Where in the part the parser is: before the root, in it, or in one of the two lists that are read. */
enum place { OUTSIDE, ROOT, FORMATS, CELL_STYLES };

struct reader {
    bms_cell_styles *styles;
    bms_arena *arena;
    const bms_reading *reading;
    const char *part;
    bool formats; /* are kept */
    bms_text_buffer format;
    bms_number_table places; /* of the customs, by id */
    struct custom *customs;
    size_t n_customs;
    size_t customs_capacity;
    enum place place;
    enum bms_status status;
};

static enum bms_xml_next out_of_memory(struct reader *reader) {
    reader->status = bms_fault_no_memory(reader->reading);
    return BMS_XML_STOP;
}

static uint32_t read_id(const char *text) {
    uint64_t id = 0;
    return text && bms_stored_count_read(text, strlen(text), UINT32_MAX, &id) ? (uint32_t)id : 0;
}

static enum bms_xml_next add_format(struct reader *reader, const bms_xml_attributes *attributes) {
    const char *code = bms_xml_attribute(attributes, "formatCode");
    if (!code)
        return BMS_XML_SKIP;
    bms_text_buffer_clear(&reader->format);
    if (!bms_text_buffer_add(&reader->format, code, strlen(code)))
        return out_of_memory(reader);
    const char *format = reader->format.text;
    reader->format.length = bms_text_unescape(reader->format.text, reader->format.length);
    const uint32_t id = read_id(bms_xml_attribute(attributes, "numFmtId"));
    if (bms_number_table_get(&reader->places, id) != BMS_NO_VALUE)
        return BMS_XML_SKIP; /* the first counts */
    const uint32_t place = (uint32_t)reader->n_customs;
    struct custom *custom = bms_arena_grow(reader->arena, &reader->customs, &reader->n_customs,
                                           &reader->customs_capacity, sizeof *custom);
    if (!custom || !bms_number_table_put(&reader->places, id, place))
        return out_of_memory(reader);
    const bool kept = reader->formats && strcmp(format, "General") != 0;
    *custom = (struct custom){.format = kept ? bms_arena_text(reader->arena, format) : NULL,
                              .is_date = bms_number_format_is_date(format),
                              .is_per_cent = bms_number_format_is_per_cent(format)};
    return bms_arena_failed(reader->arena) ? out_of_memory(reader) : BMS_XML_SKIP;
}

static bms_cell_style style_of(const struct reader *reader, uint32_t id) {
    const uint32_t place = bms_number_table_get(&reader->places, id);
    if (place != BMS_NO_VALUE) {
        const struct custom *custom = &reader->customs[place];
        return (bms_cell_style){custom->format, custom->is_date, custom->is_per_cent};
    }
    const char *format = bms_number_format_builtin(id);
    return (bms_cell_style){reader->formats ? format : NULL, bms_number_format_builtin_is_date(id),
                            format && bms_number_format_is_per_cent(format)};
}

static enum bms_xml_next add_style(struct reader *reader, const bms_xml_attributes *attributes) {
    bms_cell_styles *styles = reader->styles;
    bms_cell_style *style =
        bms_arena_grow(reader->arena, &styles->items, &styles->count, &styles->capacity, sizeof *style);
    if (!style)
        return out_of_memory(reader);
    *style = style_of(reader, read_id(bms_xml_attribute(attributes, "numFmtId")));
    return BMS_XML_SKIP;
}

static enum bms_xml_next on_start(void *context, enum bms_xml_space space, const char *name,
                                  const bms_xml_attributes *attributes) {
    struct reader *reader = context;
    bool ours = space == BMS_XML_MAIN;
    switch (reader->place) {
    case OUTSIDE:
        if (!ours || strcmp(name, "styleSheet") != 0) {
            reader->status = bms_fault(
                reader->reading,
                BMS_TEXT(
                    "{file}: {part} does not hold what its name says; the file is damaged or not a workbook"),
                &(bms_fault_place){.part = reader->part});
            return BMS_XML_STOP;
        }
        reader->place = ROOT;
        return BMS_XML_GO_ON;
    case ROOT:
        if (ours && strcmp(name, "numFmts") == 0) {
            reader->place = FORMATS;
        } else if (ours && strcmp(name, "cellXfs") == 0) {
            reader->place = CELL_STYLES;
        } else {
            return BMS_XML_SKIP;
        }
        return BMS_XML_GO_ON;
    case FORMATS:
        return ours && strcmp(name, "numFmt") == 0 ? add_format(reader, attributes) : BMS_XML_SKIP;
    case CELL_STYLES:
    default:
        return ours && strcmp(name, "xf") == 0 ? add_style(reader, attributes) : BMS_XML_SKIP;
    }
}

static enum bms_xml_next on_end(void *context) {
    struct reader *reader = context;
    reader->place = reader->place == ROOT ? OUTSIDE : ROOT;
    return BMS_XML_GO_ON;
}

enum bms_status bms_cell_styles_read(bms_cell_styles *out, bms_package *package, size_t member, bool formats,
                                     bms_arena *arena, const bms_reading *reading) {
    *out = (bms_cell_styles){0};
    struct reader reader = {.styles = out,
                            .arena = arena,
                            .reading = reading,
                            .part = bms_package_name(package, member),
                            .formats = formats,
                            .places = {.budget = reading->budget}};
    const bms_xml_handler handler = {&reader, on_start, on_end, NULL};
    enum bms_status status = bms_package_parse(package, member, &handler, reading);
    bms_text_buffer_dispose(&reader.format);
    bms_number_table_dispose(&reader.places);
    return status ? status : reader.status;
}

const bms_cell_style *bms_cell_styles_get(const bms_cell_styles *styles, uint64_t index) {
    static const bms_cell_style general = {0};
    return index < styles->count ? &styles->items[index] : &general;
}
