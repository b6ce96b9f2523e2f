/** Number formats, the palette's looks, and how much room a text takes (see style.h). */
#include "xlsx/write/style.h"

#include "core/base/number.h"

#include <math.h>
#include <string.h>

const char *bms_number_format(int decimals) {
    static const char *const formats[] = {
        "#,##0",       "#,##0.0",      "#,##0.00",      "#,##0.000",      "#,##0.0000",
        "#,##0.00000", "#,##0.000000", "#,##0.0000000", "#,##0.00000000", "#,##0.000000000",
    };
    const int last = (int)(sizeof formats / sizeof *formats) - 1;
    return formats[decimals < 0 ? 0 : decimals > last ? last : decimals];
}

const char *bms_number_format_with(bms_arena *arena, int decimals, const char *suffix) {
    size_t length = strlen(suffix);
    char *quotable = bms_arena_buffer(arena, suffix, length);
    if (!quotable)
        return "";
    for (size_t i = 0; i < length; i++) { /* a quote cannot be written inside quotes */
        if (quotable[i] == '"')
            quotable[i] = '\'';
    }
    return bms_arena_format(arena, "%s\"%s\"", bms_number_format(decimals), quotable);
}

const char *bms_number_format_for(bms_arena *arena, const char *format, int decimals, double value) {
    const bool is_zero = !(fabs(bms_number_round(value, decimals)) > 0.0);
    const char *sign = is_zero ? "" : "\"\u2212\"";
    return format && value < 0.0 ? bms_arena_format(arena, "%s;%s%s", format, sign, format) : format;
}

const bms_look *bms_look_of(enum bms_colour colour) {
    static const bms_look looks[] = {
        [BMS_NO_COLOUR] = {BMS_INK(0x4D4D4D), BMS_INK(0xEDEDED), BMS_INK(0x6E6E6E)},
        [BMS_GREEN] = {BMS_INK(0x0B5A24), BMS_INK(0xCDEBD3), BMS_INK(0x1B7F3B)},
        [BMS_YELLOW] = {BMS_INK(0x6B4300), BMS_INK(0xFFE2A3), BMS_INK(0x946200)},
        [BMS_RED] = {BMS_INK(0x8C1310), BMS_INK(0xF9CFCB), BMS_INK(0xB3261E)},
    };
    return &looks[colour];
}

/** Widths of the printable ASCII characters of the font, in thousandths of its size. */
static const uint16_t ascii_widths[95] = {
    278,  278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, /* space to / */
    556,  556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, /* 0 to ? */
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, /* @ to O */
    667,  778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, /* P to _ */
    333,  556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, /* ` to o */
    556,  556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,      /* p to ~ */
};

/* The width of other characters, roughly: æ is wider, å and – are not. */
enum { OTHER_WIDTH = 640 };

/* A point is 4/3 pixels, and a digit of the usual font is 7. */
static const double columns_a_point = 4.0 / 3.0 / 7.0;

static double byte_width(unsigned char byte) {
    if (byte >= 0xC0)
        return OTHER_WIDTH; /* the first byte counts for the whole character */
    if (byte >= 0x80)
        return 0;
    return byte < ' ' || byte > '~' ? 278 : ascii_widths[byte - ' '];
}

static double span_width(const char *text, size_t length, bool bold) {
    double thousandths = 0;
    for (size_t i = 0; i < length; i++)
        thousandths += byte_width((unsigned char)text[i]);
    return thousandths / 1000 * BMS_USUAL_SIZE * columns_a_point * (bold ? 1.08 : 1.0);
}

double bms_text_width(const char *text, bool bold) {
    double widest = 0;
    while (true) {
        size_t line = strcspn(text, "\n");
        widest = fmax(widest, span_width(text, line, bold));
        if (!text[line])
            return widest;
        text += line + 1;
    }
}

int bms_text_lines(const char *text, double width, double size, bool bold) {
    const double scale = (size > 0 ? size : BMS_USUAL_SIZE) / BMS_USUAL_SIZE;
    const double room = fmax(width, 1);
    int lines = 1;
    double used = 0;
    while (*text) {
        if (*text == '\n') {
            lines++;
            used = 0;
            text++;
            continue;
        }
        size_t word = strcspn(text, " \n");
        size_t spaces = strspn(text + word, " ");
        double wide = span_width(text, word, bold) * scale;
        if (used > 0 && used + wide > room) {
            lines++;
            used = 0;
        }
        if (wide > room) { /* a word longer than the line is broken */
            const int further = (int)(wide / room);
            lines += further;
            wide -= further * room;
        }
        used += wide + span_width(text + word, spaces, bold) * scale;
        text += word + spaces;
    }
    return lines;
}

double bms_line_height(int lines, double size) {
    return ceil(lines * (size > 0 ? size : BMS_USUAL_SIZE) * 1.28 * 4) / 4;
}
