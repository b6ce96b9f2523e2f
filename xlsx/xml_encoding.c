#include "xlsx/xml_encoding.h"

#include <stdbool.h>
#include <stddef.h>

/** What windows-1252 has where ISO-8859-1 has control characters; the five it leaves free stay as these. */
static const int windows_1252[32] = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                     0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                     0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                     0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

static bool is_called(const XML_Char *name, const char *known) {
    for (; *name && *known; name++, known++) {
        char letter = *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name;
        if (letter != *known)
            return false;
    }
    return *name == *known;
}

int XMLCALL bms_xml_encoding_know(void *unused, const XML_Char *name, XML_Encoding *out) {
    (void)unused;
    if (!is_called(name, "windows-1252") && !is_called(name, "cp1252"))
        return XML_STATUS_ERROR;
    for (int i = 0; i < 256; i++)
        out->map[i] = i >= 0x80 && i < 0xA0 ? windows_1252[i - 0x80] : i;
    out->data = NULL;
    out->convert = NULL;
    out->release = NULL;
    return XML_STATUS_OK;
}
