/** Turns styles into formats of libxlsxwriter (see style.h); equal styles become one format. */
#include "xlsx/write/book_inside.h"

#include <string.h>

static uint32_t mix(uint32_t hash, uint32_t value) {
    return (hash ^ value) * 16777619U;
}

static uint32_t hash_style(const bms_style *style) {
    uint32_t hash = 2166136261U;
    hash = mix(hash, (uint32_t)(int32_t)(style->size * 4));
    hash = mix(hash, style->ink);
    hash = mix(hash, style->fill);
    hash = mix(hash, style->edge_ink);
    hash = mix(hash, (uint32_t)style->edges | (uint32_t)style->align << 4 | (uint32_t)style->rise << 8 |
                         (uint32_t)style->indent << 12);
    hash = mix(hash, (uint32_t)style->bold | (uint32_t)style->italic << 1 | (uint32_t)style->underline << 2 |
                         (uint32_t)style->wrap << 3 | (uint32_t)style->unlocked << 4 |
                         (uint32_t)style->turned << 5);
    for (const char *c = style->number_format; c && *c; c++)
        hash = mix(hash, (unsigned char)*c);
    return hash ^ hash >> 15;
}

static bool same_number_format(const char *a, const char *b) {
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_style(const bms_style *a, const bms_style *b) {
    return a->size >= b->size && a->size <= b->size && a->ink == b->ink && a->fill == b->fill &&
           a->edge_ink == b->edge_ink && a->edges == b->edges && a->align == b->align && a->rise == b->rise &&
           a->indent == b->indent && a->bold == b->bold && a->italic == b->italic &&
           a->underline == b->underline && a->wrap == b->wrap && a->turned == b->turned &&
           a->unlocked == b->unlocked && same_number_format(a->number_format, b->number_format);
}

static lxw_color_t rgb(bms_ink ink) {
    return ink & 0xFFFFFFU;
}

static void set_edges(lxw_format *format, const bms_style *style) {
    if (style->edges == BMS_EDGES_NONE)
        return;
    const lxw_color_t colour = rgb(style->edge_ink ? style->edge_ink : BMS_GREY_LINE);
    switch (style->edges) {
    case BMS_EDGES_NONE:
        break;
    case BMS_EDGES_THIN:
        format_set_border(format, LXW_BORDER_THIN);
        break;
    case BMS_EDGES_MEDIUM:
        format_set_border(format, LXW_BORDER_MEDIUM);
        break;
    case BMS_EDGES_ABOVE:
        format_set_top(format, LXW_BORDER_THIN);
        break;
    case BMS_EDGES_BELOW:
        format_set_bottom(format, LXW_BORDER_THIN);
        break;
    }
    format_set_border_color(format, colour);
}

static void set_place(lxw_format *format, const bms_style *style) {
    static const uint8_t across[] = {LXW_ALIGN_NONE, LXW_ALIGN_LEFT, LXW_ALIGN_CENTER, LXW_ALIGN_RIGHT};
    static const uint8_t upright[] = {LXW_ALIGN_VERTICAL_TOP, LXW_ALIGN_VERTICAL_CENTER,
                                      LXW_ALIGN_VERTICAL_BOTTOM};
    if (style->align != BMS_ALIGN_USUAL)
        format_set_align(format, across[style->align]);
    if (style->rise != BMS_RISE_BOTTOM) /* the default */
        format_set_align(format, upright[style->rise]);
    if (style->indent)
        format_set_indent(format, style->indent);
    if (style->wrap)
        format_set_text_wrap(format);
    if (style->turned)
        format_set_rotation(format, 90);
}

static void set_look(lxw_format *format, const bms_style *style) {
    format_set_font_name(format, BMS_FONT);
    format_set_font_size(format, style->size > 0 ? style->size : BMS_USUAL_SIZE);
    format_set_font_color(format, rgb(style->ink ? style->ink : BMS_BLACK));
    if (style->fill)
        format_set_bg_color(format, rgb(style->fill));
    if (style->bold)
        format_set_bold(format);
    if (style->italic)
        format_set_italic(format);
    if (style->underline)
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
    if (style->number_format)
        format_set_num_format(format, style->number_format);
    if (style->unlocked)
        format_set_unlocked(format);
}

/** What a condition adds to a cell. */
static void set_bare_look(lxw_format *format, const bms_style *style) {
    if (style->ink)
        format_set_font_color(format, rgb(style->ink));
    if (style->fill)
        format_set_bg_color(format, rgb(style->fill));
    if (style->bold)
        format_set_bold(format);
    if (style->number_format)
        format_set_num_format(format, style->number_format);
}

static bms_made_style *make_style(bms_book *book, const bms_style *style, bool bare) {
    bms_made_style *made = bms_arena_alloc(book->arena, sizeof *made);
    if (!made)
        return NULL;
    made->style = *style;
    made->bare = bare;
    made->style.number_format = bms_arena_text(book->arena, style->number_format);
    made->format = workbook_add_format(book->workbook);
    if (!made->format)
        return NULL;
    if (bare) {
        set_bare_look(made->format, style);
        return made;
    }
    set_look(made->format, style);
    set_place(made->format, style);
    set_edges(made->format, style);
    return made;
}

static bms_made_style *find_style(bms_book *book, const bms_style *style, bool bare) {
    bms_made_style *last = book->last_style;
    if (last && last->bare == bare && same_style(&last->style, style))
        return last;
    bms_made_style **chain = &book->styles[hash_style(style) % BMS_STYLE_CHAINS];
    bms_made_style *made = *chain;
    while (made && (made->bare != bare || !same_style(&made->style, style)))
        made = made->next;
    if (!made) {
        made = make_style(book, style, bare);
        if (!made) {
            bms_book_no_memory(book);
            return NULL;
        }
        made->next = *chain;
        *chain = made;
    }
    book->last_style = made;
    return made;
}

lxw_format *bms_book_format(bms_book *book, const bms_style *style) {
    static const bms_style usual = {0};
    const bms_made_style *made = find_style(book, style ? style : &usual, false);
    return made ? made->format : NULL;
}

lxw_format *bms_book_condition(bms_book *book, const bms_style *style) {
    const bms_made_style *made = find_style(book, style, true);
    return made ? made->format : NULL;
}
