/**
 * XML in, elements and text out: the narrow interface between the reader and the XML parser (expat).
 *
 * Names come resolved: any prefix, the transitional and the strict namespaces give the same. Alternate
 * content (ECMA-376 part 3) is resolved to its fallback. What is not well-formed, has a DOCTYPE, nests too
 * deep or holds an overlong token is refused.
 */
#ifndef BMS_XLSX_READ_XML_H
#define BMS_XLSX_READ_XML_H

#include "xlsx/read/fault.h"

#include <stdbool.h>
#include <stddef.h>

/** The namespaces that the reader knows. */
enum bms_xml_space {
    BMS_XML_NONE,          /* no namespace */
    BMS_XML_MAIN,          /* SpreadsheetML */
    BMS_XML_OFFICE_LINKS,  /* r:id and the like */
    BMS_XML_PACKAGE_LINKS, /* the .rels parts */
    BMS_XML_CONTENT_TYPES, /* [Content_Types].xml */
    BMS_XML_MACRO_SHEET,   /* root of an Excel 4 macro sheet */
    BMS_XML_ALTERNATIVES,  /* mc:AlternateContent; handlers never see it */
    BMS_XML_OTHER
};

/** The attributes of one element; lives until its handler returns. */
typedef struct bms_xml_attributes bms_xml_attributes;

/** @return the value of an attribute without a namespace, or NULL. */
const char *bms_xml_attribute(const bms_xml_attributes *attributes, const char *name);

/** @return the value of an attribute in a namespace, or NULL. */
const char *bms_xml_attribute_in(const bms_xml_attributes *attributes, enum bms_xml_space space,
                                 const char *name);

/**
 * The next attribute without a namespace, for elements that occur a million times.
 *
 * @param[in,out] position  start with 0
 * @return its name, with its value in `value`; NULL when there are no more
 */
const char *bms_xml_next_attribute(const bms_xml_attributes *attributes, size_t *position,
                                   const char **value);

/** What a handler wants next. */
enum bms_xml_next {
    BMS_XML_GO_ON,
    BMS_XML_SKIP, /* from a start: nothing inside this element and not its end */
    BMS_XML_STOP
};

/** What is called with each element and text. `context` is passed to each function. */
typedef struct bms_xml_handler {
    void *context;
    enum bms_xml_next (*on_start)(void *context, enum bms_xml_space space, const char *name,
                                  const bms_xml_attributes *attributes);
    enum bms_xml_next (*on_end)(void *context);
    /** Text comes in pieces of any size. A CR LF of the file stays one, and in one piece. */
    enum bms_xml_next (*on_text)(void *context, const char *text, size_t length);
} bms_xml_handler;

/** Where the bytes come from. */
typedef struct bms_xml_input {
    void *context;
    /** Deliver up to `size` bytes, and say when they are the last. Reports itself what goes wrong. */
    enum bms_status (*read)(void *context, void *buffer, size_t size, size_t *length, bool *last);
    const char *part; /* for messages */
} bms_xml_input;

/**
 * Parse one document.
 *
 * @return BMS_OK at the end or when a handler said stop (which has its own status then), BMS_INPUT or
 * BMS_NO_MEMORY
 */
enum bms_status bms_xml_parse(const bms_xml_input *input, const bms_xml_handler *handler,
                              const bms_reading *reading);

/** @return whether an attribute's value is true: "1", "true", "on". NULL is false. */
bool bms_xml_true(const char *value);

#endif
