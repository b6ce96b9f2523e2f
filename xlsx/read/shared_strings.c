/**
 * Reads the shared strings part into one piece of memory (see shared_strings.h). Fonts within a text and
 * phonetic hints are skipped.
 */
#include "xlsx/read/shared_strings.h"

#include "core/base/catalogue.h"
#include "xlsx/read/reading_limits.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/** Where in the part the parser is. A text is in an item or in a run of one. */
enum place { OUTSIDE, ROOT, ITEM, ITEM_TEXT, RUN, RUN_TEXT };

static const enum place parents[] = {OUTSIDE, OUTSIDE, ROOT, ITEM, ITEM, RUN};

struct reader {
    bms_shared_strings *strings;
    const bms_reading *reading;
    const char *part;
    size_t start; /* of the item's text */
    enum place place;
    enum bms_status status;
};

static enum bms_xml_next fail(struct reader *reader, const char *text) {
    reader->status = text ? bms_fault(reader->reading, text, &(bms_fault_place){.part = reader->part})
                          : bms_fault_no_memory(reader->reading);
    return BMS_XML_STOP;
}

static bool add_start(bms_shared_strings *strings) {
    if (strings->count == strings->capacity) {
        size_t capacity = strings->capacity < 64 ? 64 : strings->capacity + strings->capacity / 2;
        if (!bms_budget_take(strings->texts.budget, capacity * sizeof *strings->starts))
            return false;
        uint32_t *moved = realloc(strings->starts, capacity * sizeof *moved);
        bms_budget_give_back(strings->texts.budget, (moved ? strings->capacity : capacity) * sizeof *moved);
        if (!moved)
            return false;
        strings->starts = moved;
        strings->capacity = capacity;
    }
    strings->starts[strings->count++] = (uint32_t)strings->texts.length;
    return true;
}

static enum bms_xml_next enter(struct reader *reader, enum place place) {
    reader->place = place;
    return BMS_XML_GO_ON;
}

static enum bms_xml_next start_item(struct reader *reader) {
    if (reader->strings->texts.length >= UINT32_MAX)
        return fail(reader, BMS_TEXT("{file}: {part} holds more text than any workbook does"));
    if (!add_start(reader->strings))
        return fail(reader, NULL);
    reader->start = reader->strings->texts.length;
    return enter(reader, ITEM);
}

static enum bms_xml_next on_start(void *context, enum bms_xml_space space, const char *name,
                                  const bms_xml_attributes *attributes) {
    struct reader *reader = context;
    (void)attributes;
    bool ours = space == BMS_XML_MAIN;
    bool is_text = ours && strcmp(name, "t") == 0;
    switch (reader->place) {
    case OUTSIDE:
        if (ours && strcmp(name, "sst") == 0)
            return enter(reader, ROOT);
        return fail(
            reader,
            BMS_TEXT(
                "{file}: {part} does not hold what its name says; the file is damaged or not a workbook"));
    case ROOT:
        return ours && strcmp(name, "si") == 0 ? start_item(reader) : BMS_XML_SKIP;
    case ITEM:
        if (ours && strcmp(name, "r") == 0)
            return enter(reader, RUN);
        return is_text ? enter(reader, ITEM_TEXT) : BMS_XML_SKIP;
    case RUN:
        return is_text ? enter(reader, RUN_TEXT) : BMS_XML_SKIP;
    case ITEM_TEXT:
    case RUN_TEXT:
    default:
        return BMS_XML_SKIP;
    }
}

static bool end_item(struct reader *reader) {
    bms_text_buffer *texts = &reader->strings->texts;
    if (!bms_text_buffer_reserve(texts, 1))
        return false;
    if (texts->length > reader->start) {
        texts->length =
            reader->start + bms_text_unescape(texts->text + reader->start, texts->length - reader->start);
    }
    texts->text[texts->length++] = '\0';
    return true;
}

static enum bms_xml_next on_end(void *context) {
    struct reader *reader = context;
    if (reader->place == ITEM && !end_item(reader))
        return fail(reader, NULL);
    return enter(reader, parents[reader->place]);
}

static enum bms_xml_next on_text(void *context, const char *text, size_t length) {
    struct reader *reader = context;
    if (reader->place != ITEM_TEXT && reader->place != RUN_TEXT)
        return BMS_XML_GO_ON;
    if (reader->strings->texts.length - reader->start + length > BMS_LIMIT_TEXT) {
        return fail(
            reader,
            BMS_TEXT(
                "{file}: {part} holds a text longer than any cell can; the file is damaged or malicious"));
    }
    return bms_text_buffer_add(&reader->strings->texts, text, length) ? BMS_XML_GO_ON : fail(reader, NULL);
}

enum bms_status bms_shared_strings_read(bms_shared_strings *out, bms_package *package, size_t member,
                                        const bms_reading *reading) {
    struct reader reader = {.strings = out, .reading = reading, .part = bms_package_name(package, member)};
    const bms_xml_handler handler = {&reader, on_start, on_end, on_text};
    enum bms_status status = bms_package_parse(package, member, &handler, reading);
    return status ? status : reader.status;
}

void bms_shared_strings_dispose(bms_shared_strings *strings) {
    bms_text_buffer_dispose(&strings->texts);
    free(strings->starts);
    bms_budget_give_back(strings->texts.budget, strings->capacity * sizeof *strings->starts);
    *strings = (bms_shared_strings){.texts = {.budget = strings->texts.budget}};
}

const char *bms_shared_strings_get(const bms_shared_strings *strings, uint64_t index) {
    return index < strings->count ? strings->texts.text + strings->starts[index] : NULL;
}

size_t bms_shared_strings_length(const bms_shared_strings *strings, uint64_t index) {
    if (index >= strings->count)
        return 0;
    const size_t end = index + 1 < strings->count ? strings->starts[index + 1] : strings->texts.length;
    return end - strings->starts[index] - 1;
}
