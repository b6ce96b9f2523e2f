/** Keeping what steers a terminal from it (see shown.h). Which characters those are is the library's to say.
 */
#include "shown.h"

#include <bms.h>
#include <string.h>
#include <utf8proc.h>

/** @return the bytes of the first character; 0 where it is no UTF-8. */
static size_t read_character(const char *bytes, size_t size, uint32_t *character) {
    utf8proc_int32_t read;
    utf8proc_ssize_t length =
        utf8proc_iterate((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)size, &read);
    *character = length > 0 ? (uint32_t)read : 0;
    return length > 0 ? (size_t)length : 0;
}

size_t shown_as_they_are(const char *bytes, size_t size, bool one_line) {
    size_t shown = 0;
    while (shown < size) {
        uint32_t character = (unsigned char)bytes[shown];
        bool ascii = character < 0x80;
        size_t length = ascii ? 1 : read_character(bytes + shown, size - shown, &character);
        bool breaks = character == '\n' || character == '\t';
        if (length == 0 || (breaks ? one_line : bms_is_control(character)))
            break;
        shown += length;
    }
    return shown;
}

size_t shown_instead(const char *bytes, size_t size, char sign[SHOWN_SIGN_SIZE]) {
    if (size > 1 && bytes[0] == '\r' && bytes[1] == '\n') { /* one line end, and it stands after this */
        sign[0] = '\0';
        return 1;
    }
    enum { PICTURES = 0x2400, PICTURE_OF_DELETE = 0x2421, UNKNOWN = 0xFFFD };
    uint32_t character;
    size_t length = read_character(bytes, size, &character);
    utf8proc_int32_t picture = UNKNOWN;
    if (length > 0 && character < 0x20) {
        picture = PICTURES + (utf8proc_int32_t)character;
    } else if (character == 0x7F) {
        picture = PICTURE_OF_DELETE;
    }
    utf8proc_ssize_t end = utf8proc_encode_char(picture, (utf8proc_uint8_t *)sign);
    sign[end] = '\0';
    return length > 0 ? length : 1;
}
