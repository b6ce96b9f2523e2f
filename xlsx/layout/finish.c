/** The end of every layout (see finish.h). */
#include "xlsx/layout/finish.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "xlsx/read/package.h"

#include <stdlib.h>
#include <string.h>

static enum bms_xml_next pass(void *context, enum bms_xml_space space, const char *name,
                              const bms_xml_attributes *attributes) {
    (void)context, (void)space, (void)name, (void)attributes;
    return BMS_XML_SKIP; /* the parser still goes through all of it */
}

static bool is_xml(const char *name) {
    const char *dot = strrchr(name, '.');
    return dot && (strcmp(dot, ".xml") == 0 || strcmp(dot, ".rels") == 0 || strcmp(dot, ".vml") == 0);
}

enum bms_status bms_check_whole(const void *bytes, size_t size) {
    const bms_reading reading = {.file = "", .language = "en"};
    const bms_xml_handler handler = {.on_start = pass};
    bms_package *package = NULL;
    enum bms_status status = bms_package_open(&package, bytes, size, &reading);
    for (size_t i = 0; status == BMS_OK && i < bms_package_count(package); i++) {
        if (is_xml(bms_package_name(package, i)))
            status = bms_package_parse(package, i, &handler, &reading);
    }
    bms_package_free(package);
    return status;
}

static enum bms_status check_file(const char *path, const char *language, bms_error *error) {
    unsigned char *bytes = NULL;
    size_t size = 0;
    enum bms_status status = bms_platform_read_file(path, language, &bytes, &size, NULL);
    if (status == BMS_OK)
        status = bms_check_whole(bytes, size);
    free(bytes);
    if (status == BMS_NO_MEMORY)
        return bms_error_no_memory(error);
    return status == BMS_OK
               ? BMS_OK
               : bms_error_set(error, BMS_NOT_WRITABLE, path,
                               bms_tr(language, BMS_TEXT("The file cannot be written. Is the disk full?")));
}

enum bms_status bms_finish_book(bms_book *book, const char *path, const char *language, bms_error *error) {
    enum bms_status status = bms_book_close(book, path, error);
    if (status != BMS_OK)
        return status;
    status = check_file(path, language, error);
    if (status != BMS_OK)
        bms_platform_remove(path);
    return status;
}
