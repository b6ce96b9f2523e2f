/** How wide a text is on a screen (see width.h), by way of utf8proc. */
#include "width.h"

#include <utf8proc.h>

size_t text_width(const char *text) {
    size_t width = 0;
    while (*text) {
        utf8proc_int32_t character;
        const utf8proc_ssize_t size = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &character);
        width += size > 0 ? (size_t)utf8proc_charwidth(character) : 1;
        text += size > 0 ? size : 1;
    }
    return width;
}
