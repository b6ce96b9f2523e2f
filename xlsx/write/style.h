/**
 * How cells look: styles by value, one palette, and how much room a text takes.
 *
 * A style is a small struct given by value; equal ones are made once in a workbook, however often they are
 * used. The palette is the only place where colours are written as numbers. Every pair of text and fill in it
 * has a contrast of at least 4.5 : 1 (WCAG AA), and a status is never a colour alone: shape and word are
 * shown with it.
 */
#ifndef BMS_XLSX_WRITE_STYLE_H
#define BMS_XLSX_WRITE_STYLE_H

#include "core/base/arena.h"
#include "core/bms.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A font that every program has, or has one exactly as wide, so that texts can be measured here. */
#define BMS_FONT "Arial"
enum { BMS_USUAL_SIZE = 10 };

/** A colour, 0xRRGGBB, with a bit on top so that 0 means the default. */
typedef uint32_t bms_ink;
#define BMS_INK(rgb) (0x1000000U | (rgb))

#define BMS_BLACK BMS_INK(0x1F1F1F)     /* text */
#define BMS_GREY_TEXT BMS_INK(0x595959) /* what readers may skip: codes, the identity line */
#define BMS_WHITE BMS_INK(0xFFFFFF)
#define BMS_NAVY BMS_INK(0x1F3A5F)       /* titles, and the fill of table headings (with white text) */
#define BMS_BLUE_PALE BMS_INK(0xE4ECF5)  /* fill of group headings */
#define BMS_GREY_PALE BMS_INK(0xF5F5F5)  /* a faint background */
#define BMS_GREY_FILL BMS_INK(0xE3E3E3)  /* fill of cells that are not filled in */
#define BMS_GREY_LINE BMS_INK(0xBFBFBF)  /* thin borders */
#define BMS_INPUT_FILL BMS_INK(0xFFF06A) /* the one strong yellow: fill this in */
#define BMS_INPUT_PALE BMS_INK(0xFFFBDC) /* this may be filled in */
#define BMS_INPUT_LINE BMS_INK(0x8A7500) /* border of cells to fill in */
#define BMS_LINK_BLUE BMS_INK(0x0B4F9E)
#define BMS_ALARM_FILL BMS_INK(0xFFD9B8) /* check this */
#define BMS_MARK_FILL BMS_INK(0xFFC2B8)  /* put this right */
#define BMS_ALARM_TEXT BMS_INK(0x7A2E00)

enum bms_align { BMS_ALIGN_USUAL, BMS_ALIGN_LEFT, BMS_ALIGN_CENTRE, BMS_ALIGN_RIGHT };
enum bms_rise { BMS_RISE_TOP, BMS_RISE_MIDDLE, BMS_RISE_BOTTOM };
enum bms_edges {
    BMS_EDGES_NONE,
    BMS_EDGES_THIN,   /* all four */
    BMS_EDGES_MEDIUM, /* all four */
    BMS_EDGES_ABOVE,  /* thin */
    BMS_EDGES_BELOW   /* thin */
};

/** How a cell looks. All zero: 10 points, black on nothing, top-aligned, locked. */
typedef struct bms_style {
    double size;               /* points; 0: BMS_USUAL_SIZE */
    bms_ink ink;               /* 0: BMS_BLACK */
    bms_ink fill;              /* 0: none */
    bms_ink edge_ink;          /* 0: BMS_GREY_LINE */
    const char *number_format; /* as "#,##0.0", see bms_number_format; NULL: General */
    enum bms_edges edges;
    enum bms_align align;
    enum bms_rise rise;
    uint8_t indent;
    bool bold;
    bool italic;
    bool underline;
    bool wrap;
    bool turned;   /* reads upwards, for headings of narrow columns */
    bool unlocked; /* can be edited on a protected sheet */
} bms_style;

/** @return "#,##0", "#,##0.0" … for 0 to 9 decimals (beyond that: 9); lives as long as the program. */
const char *bms_number_format(int decimals);

/** @return the same with a text after the number, `#,##0.0" %"`; "" when memory ran out. */
const char *bms_number_format_with(bms_arena *arena, int decimals, const char *suffix);

/**
 * The number format for a value that is known when the cell is written. A negative number gets the minus that
 * texts have (U+2212), and what is rounded to zero none at all. The cell keeps the value.
 *
 * @param format    without a part for negative numbers, as from bms_number_format
 * @param decimals  how many it shows
 * @return the format itself, or one in `arena`; "" when memory ran out
 */
const char *bms_number_format_for(bms_arena *arena, const char *format, int decimals, double value);

/** The inks of a colour; its shape and its words are in core/definition/colour.h. */
typedef struct bms_look {
    bms_ink ink; /* of the text on `fill` */
    bms_ink fill;
    bms_ink strong; /* of the shape alone on white */
} bms_look;

/** @return the look of a colour; lives as long as the program. */
const bms_look *bms_look_of(enum bms_colour colour);

/** @return how wide a text is at the usual size, in units of column width (7 pixels). */
double bms_text_width(const char *text, bool bold);

/** @return how many lines, at least 1, a wrapped text takes in a `width` at `size` points (0: the usual). */
int bms_text_lines(const char *text, double width, double size, bool bold);

/** @return the height in points of that many lines at `size` points (0: the usual). */
double bms_line_height(int lines, double size);

#endif
