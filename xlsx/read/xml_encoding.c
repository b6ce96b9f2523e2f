/**
 * Adds encodings that expat does not know (see xml_encoding.h). Any other is refused, never read as if it
 * were a known one.
 */
#include "xlsx/read/xml_encoding.h"

#include <stdbool.h>
#include <string.h>

/** What windows-1252 has where ISO-8859-1 has control characters, of which it keeps five. */
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

/** Find a text in bytes that no zero ends. @return what follows it, or NULL */
static const char *behind(const char *bytes, const char *end, const char *text) {
    size_t length = strlen(text);
    for (; (size_t)(end - bytes) >= length; bytes++) {
        if (memcmp(bytes, text, length) == 0)
            return bytes + length;
    }
    return NULL;
}

const char *bms_xml_encoding_instead(const char *bytes, size_t length) {
    enum { DECLARATION = 200, NAME = 5 };
    const char *end = bytes + (length < DECLARATION ? length : DECLARATION);
    if (length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0)
        bytes += 3;
    const char *at = (size_t)(end - bytes) >= NAME && memcmp(bytes, "<?xml", NAME) == 0 ? bytes : NULL;
    const char *last = at ? behind(at, end, "?>") : NULL;
    at = last ? behind(at, last, "encoding") : NULL;
    while (at && at < last && strchr("= \t\r\n\"'", *at))
        at++;
    if (!at || last - at <= NAME || !strchr("\"'", at[NAME - 1]))
        return NULL;
    const char name[NAME] = {at[0], at[1], at[2], at[3], '\0'};
    return is_called(name, "utf8") ? "UTF-8" : NULL;
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
