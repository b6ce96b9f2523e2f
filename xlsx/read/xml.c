/**
 * Drives expat, the XML parser (see xml.h): namespaces, alternate content and limits are handled here, so
 * that no reader of a part has to.
 */
#include "xlsx/read/xml.h"

#include "core/base/catalogue.h"
#include "xlsx/read/reading_limits.h"
#include "xlsx/read/xml_encoding.h"

#include <expat.h>
#include <stdalign.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 1 << 16, SEPARATOR = 0x1F /* cannot occur in XML */ };

struct bms_xml_attributes {
    const XML_Char **pairs; /* name, value, name, value, NULL */
};

static const struct {
    const char *uri;
    enum bms_xml_space space;
} known_spaces[] = {
    {"http://schemas.openxmlformats.org/spreadsheetml/2006/main", BMS_XML_MAIN},
    {"http://purl.oclc.org/ooxml/spreadsheetml/main", BMS_XML_MAIN},
    {"http://schemas.openxmlformats.org/officeDocument/2006/relationships", BMS_XML_OFFICE_LINKS},
    {"http://purl.oclc.org/ooxml/officeDocument/relationships", BMS_XML_OFFICE_LINKS},
    {"http://schemas.openxmlformats.org/package/2006/relationships", BMS_XML_PACKAGE_LINKS},
    {"http://schemas.openxmlformats.org/package/2006/content-types", BMS_XML_CONTENT_TYPES},
    {"http://schemas.microsoft.com/office/excel/2006/main", BMS_XML_MACRO_SHEET},
    {"http://schemas.openxmlformats.org/markup-compatibility/2006", BMS_XML_ALTERNATIVES},
};

/** One parse. */
struct parse {
    XML_Parser parser;
    const bms_xml_handler *handler;
    const bms_reading *reading;
    const char *part;
    enum bms_status status;
    bool stopped;
    unsigned depth;
    unsigned skip_from; /* depth of the element whose inside is skipped; 0: none */
    unsigned choices;   /* open alternate contents and their fallbacks; handlers do not see them */
    /* the last element's namespace, nearly always that of the next one too */
    enum bms_xml_space last_space;
    size_t last_length;
    char last_uri[128];
};

/**
 * This thread's parse, for expat's allocator, which is given no context. It is watched since expat 2.5 does
 * not check one allocation, that for a declared prefix, and then reports the prefix as undeclared; and it is
 * counted since expat keeps every name of an element or attribute that it has seen.
 */
static _Thread_local struct {
    bool memory_ran_out;
    bms_budget limit; /* of this parse */
    bms_budget *budget;
} allocating;

/** Count in the limit of the parse and in the budget of the file. */
static bool count(size_t size) {
    if (!bms_budget_take(&allocating.limit, size))
        return false;
    if (bms_budget_take(allocating.budget, size))
        return true;
    bms_budget_give_back(&allocating.limit, size);
    return false;
}

static void uncount(size_t size) {
    bms_budget_give_back(&allocating.limit, size);
    bms_budget_give_back(allocating.budget, size);
}

/** What stands before each piece of memory given to expat. */
struct counted {
    size_t size; /* with this head */
    alignas(max_align_t) unsigned char bytes[];
};

static void *counted_realloc(void *old, size_t size) {
    struct counted *before = old ? (struct counted *)((unsigned char *)old - sizeof *before) : NULL;
    const size_t old_size = before ? before->size : 0;
    const size_t whole = size + sizeof *before;
    struct counted *made = NULL;
    if (whole > size && count(whole)) {
        made = realloc(before, whole);
        uncount(made ? old_size : whole);
    }
    if (!made) {
        allocating.memory_ran_out = true;
        return NULL;
    }
    made->size = whole;
    return made->bytes;
}

static void *counted_malloc(size_t size) {
    return counted_realloc(NULL, size);
}

static void counted_free(void *old) {
    if (!old)
        return;
    struct counted *before = (struct counted *)((unsigned char *)old - sizeof *before);
    uncount(before->size);
    free(before);
}

static enum bms_xml_space space_of(const char *uri, size_t length) {
    for (size_t i = 0; i < sizeof known_spaces / sizeof *known_spaces; i++) {
        if (strncmp(known_spaces[i].uri, uri, length) == 0 && known_spaces[i].uri[length] == '\0')
            return known_spaces[i].space;
    }
    return BMS_XML_OTHER;
}

/** Split expat's "uri SEPARATOR name". */
static enum bms_xml_space split(struct parse *parse, const char *full, const char **name) {
    if (parse->last_length > 0 && strncmp(full, parse->last_uri, parse->last_length) == 0 &&
        full[parse->last_length] == SEPARATOR) {
        *name = full + parse->last_length + 1;
        return parse->last_space;
    }
    const char *separator = strchr(full, SEPARATOR);
    *name = separator ? separator + 1 : full;
    if (!separator)
        return BMS_XML_NONE;
    size_t length = (size_t)(separator - full);
    enum bms_xml_space space = space_of(full, length);
    if (length < sizeof parse->last_uri) {
        memcpy(parse->last_uri, full, length);
        parse->last_length = length;
        parse->last_space = space;
    }
    return space;
}

static void stop(struct parse *parse) {
    parse->stopped = true;
    XML_StopParser(parse->parser, XML_FALSE);
}

static void refuse(struct parse *parse, const char *text) {
    if (parse->stopped)
        return;
    parse->status = bms_fault(parse->reading, text, &(bms_fault_place){.part = parse->part});
    stop(parse);
}

/** Handlers see through AlternateContent and Fallback; a Choice needs something unknown and is skipped. */
static void start_alternative(struct parse *parse, const char *name) {
    if (strcmp(name, "AlternateContent") == 0 || strcmp(name, "Fallback") == 0) {
        parse->choices++;
    } else {
        parse->skip_from = parse->depth;
    }
}

/** Count what a call costs besides the bytes. @return false: the budget is out, and parsing stops */
static bool spend(struct parse *parse, uint64_t work) {
    if (bms_budget_spend(parse->reading->budget, work))
        return true;
    parse->status = bms_fault_no_memory(parse->reading);
    stop(parse);
    return false;
}

static void XMLCALL on_start(void *context, const XML_Char *full, const XML_Char **pairs) {
    struct parse *parse = context;
    const int n = parse->stopped ? 0 : XML_GetSpecifiedAttributeCount(parse->parser) / 2;
    if (parse->stopped || !spend(parse, BMS_WORK_OF_CALL * (1 + (uint64_t)n)))
        return;
    if (++parse->depth > BMS_LIMIT_DEPTH) {
        refuse(parse, BMS_TEXT("{file}: {part} nests its elements deeper than any workbook does; the file is "
                               "damaged or malicious"));
        return;
    }
    if (parse->skip_from > 0)
        return;
    const char *name;
    enum bms_xml_space space = split(parse, full, &name);
    if (space == BMS_XML_ALTERNATIVES) {
        start_alternative(parse, name);
        return;
    }
    const bms_xml_attributes attributes = {pairs};
    switch (parse->handler->on_start(parse->handler->context, space, name, &attributes)) {
    case BMS_XML_SKIP:
        parse->skip_from = parse->depth;
        break;
    case BMS_XML_STOP:
        stop(parse);
        break;
    case BMS_XML_GO_ON:
        break;
    }
}

static void XMLCALL on_end(void *context, const XML_Char *full) {
    struct parse *parse = context;
    if (parse->stopped)
        return;
    unsigned depth = parse->depth--;
    if (parse->skip_from > 0) {
        if (parse->skip_from == depth)
            parse->skip_from = 0;
        return;
    }
    const char *name;
    if (parse->choices > 0 && split(parse, full, &name) == BMS_XML_ALTERNATIVES) {
        parse->choices--;
        return;
    }
    if (parse->handler->on_end(parse->handler->context) == BMS_XML_STOP)
        stop(parse);
}

/** @return whether the line break just parsed is CR LF in the file, in one or in two bytes each. */
static bool is_stored_as_cr_lf(XML_Parser parser) {
    static const char little[] = {'\r', '\0', '\n', '\0'};
    static const char big[] = {'\0', '\r', '\0', '\n'};
    int offset = 0;
    int size = 0;
    const char *bytes = XML_GetInputContext(parser, &offset, &size);
    int left = bytes ? size - offset : 0;
    if (left < 2)
        return false;
    bytes += offset;
    return memcmp(bytes, "\r\n", 2) == 0 ||
           (left >= 4 && (memcmp(bytes, little, 4) == 0 || memcmp(bytes, big, 4) == 0));
}

static void XMLCALL on_text(void *context, const XML_Char *text, int length) {
    struct parse *parse = context;
    if (parse->stopped || !spend(parse, BMS_WORK_OF_CALL) || parse->skip_from > 0 || !parse->handler->on_text)
        return;
    if (length == 1 && *text == '\n' && is_stored_as_cr_lf(parse->parser)) {
        text = "\r\n";
        length = 2;
    }
    if (parse->handler->on_text(parse->handler->context, text, (size_t)length) == BMS_XML_STOP)
        stop(parse);
}

static void XMLCALL on_doctype(void *context, const XML_Char *name, const XML_Char *system_id,
                               const XML_Char *public_id, int has_subset) {
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_subset;
    refuse(context,
           BMS_TEXT(
               "{file}: {part} has a document type declaration (DOCTYPE), which no workbook has; the file is "
               "not read"));
}

static enum bms_status report_malformed(struct parse *parse) {
    enum XML_Error code = XML_GetErrorCode(parse->parser);
    if (code == XML_ERROR_UNKNOWN_ENCODING) {
        return bms_fault(parse->reading,
                         BMS_TEXT("{file}: {part} is written in a character encoding that workbooks do not "
                                  "use; open the workbook in Excel and save it again"),
                         &(bms_fault_place){.part = parse->part});
    }
    char line[32];
    (void)snprintf(line, sizeof line, "%llu", (unsigned long long)XML_GetCurrentLineNumber(parse->parser));
    if (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN) {
        return bms_fault(
            parse->reading,
            BMS_TEXT("{file}: {part} is cut off in line {value}; the file is damaged, ask for a new copy"),
            &(bms_fault_place){.part = parse->part, .value = line});
    }
    return bms_fault(
        parse->reading,
        BMS_TEXT("{file}: {part} is not well-formed XML (line {value}); the file is damaged, ask for a new "
                 "copy"),
        &(bms_fault_place){.part = parse->part, .value = line});
}

static enum bms_status report_names(const struct parse *parse) {
    return bms_fault(parse->reading,
                     BMS_TEXT("{file}: {part} has more different names of elements and attributes than any "
                              "workbook; the file is damaged or malicious"),
                     &(bms_fault_place){.part = parse->part});
}

/** Feed one chunk. @param[out] finished it was the last, or a handler said stop */
static enum bms_status feed(struct parse *parse, const bms_xml_input *input, uint64_t *fed, bool *finished) {
    void *buffer = XML_GetBuffer(parse->parser, CHUNK);
    if (!buffer)
        return allocating.limit.exceeded ? report_names(parse) : bms_fault_no_memory(parse->reading);
    size_t length = 0;
    bool last = false;
    enum bms_status status = input->read(input->context, buffer, CHUNK, &length, &last);
    if (status)
        return status;
    const char *instead = *fed == 0 ? bms_xml_encoding_instead(buffer, length) : NULL;
    if (instead)
        (void)XML_SetEncoding(parse->parser, instead); /* the watched allocator sees when memory runs out */
    enum XML_Status result = XML_ParseBuffer(parse->parser, (int)length, last);
    *finished = last || parse->stopped;
    if (allocating.limit.exceeded)
        return report_names(parse);
    if (allocating.memory_ran_out)
        return bms_fault_no_memory(parse->reading);
    if (parse->stopped)
        return parse->status;
    if (result != XML_STATUS_OK)
        return report_malformed(parse);
    *fed += length;
    XML_Index at = XML_GetCurrentByteIndex(parse->parser);
    const uint64_t unfinished = at >= 0 ? *fed - (uint64_t)at : 0; /* scanned again with the next chunk */
    if (!bms_budget_spend(parse->reading->budget, unfinished))
        return bms_fault_no_memory(parse->reading);
    if (unfinished > BMS_LIMIT_TOKEN) {
        return bms_fault(
            parse->reading,
            BMS_TEXT(
                "{file}: {part} holds a tag longer than any workbook has; the file is damaged or malicious"),
            &(bms_fault_place){.part = parse->part});
    }
    return BMS_OK;
}

enum bms_status bms_xml_parse(const bms_xml_input *input, const bms_xml_handler *handler,
                              const bms_reading *reading) {
    static const XML_Memory_Handling_Suite memory = {counted_malloc, counted_realloc, counted_free};
    static const XML_Char separator[] = {SEPARATOR, '\0'};
    struct parse parse = {.handler = handler, .reading = reading, .part = input->part};
    allocating.memory_ran_out = false;
    allocating.limit = (bms_budget){.memory = BMS_LIMIT_PARSER};
    allocating.budget = reading->budget;
    parse.parser = XML_ParserCreate_MM(NULL, &memory, separator);
    if (!parse.parser)
        return bms_fault_no_memory(reading);
    XML_SetUserData(parse.parser, &parse);
    XML_SetElementHandler(parse.parser, on_start, on_end);
    XML_SetCharacterDataHandler(parse.parser, on_text);
    XML_SetStartDoctypeDeclHandler(parse.parser, on_doctype);
    XML_SetUnknownEncodingHandler(parse.parser, bms_xml_encoding_know, NULL);
    uint64_t fed = 0;
    bool finished = false;
    enum bms_status status = BMS_OK;
    while (!status && !finished)
        status = feed(&parse, input, &fed, &finished);
    XML_ParserFree(parse.parser);
    allocating.budget = NULL;
    return status;
}

const char *bms_xml_attribute(const bms_xml_attributes *attributes, const char *name) {
    for (const XML_Char **pair = attributes->pairs; *pair; pair += 2) {
        if (strcmp(*pair, name) == 0)
            return pair[1];
    }
    return NULL;
}

const char *bms_xml_attribute_in(const bms_xml_attributes *attributes, enum bms_xml_space space,
                                 const char *name) {
    for (const XML_Char **pair = attributes->pairs; *pair; pair += 2) {
        const char *separator = strchr(*pair, SEPARATOR);
        if (separator && strcmp(separator + 1, name) == 0 &&
            space_of(*pair, (size_t)(separator - *pair)) == space)
            return pair[1];
    }
    return NULL;
}

const char *bms_xml_next_attribute(const bms_xml_attributes *attributes, size_t *position,
                                   const char **value) {
    while (attributes->pairs[*position]) {
        const char *name = attributes->pairs[*position];
        *value = attributes->pairs[*position + 1];
        *position += 2;
        if (!strchr(name, SEPARATOR))
            return name;
    }
    return NULL;
}

bool bms_xml_true(const char *value) {
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}
