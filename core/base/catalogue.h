/**
 * Messages and workbook text in the reader's language.
 *
 * The source text is English; the catalogues in `catalogue/` translate it and become part of the library.
 * The languages are listed in language.h. The language is an argument: nothing here is global, and
 * the system's locales are not used.
 */
#ifndef BMS_BASE_CATALOGUE_H
#define BMS_BASE_CATALOGUE_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/**
 * @return the translation of `text`, or that of the language whose texts this one uses (nynorsk: bokmål), or
 * `text` itself; never NULL, never freed
 */
const char *bms_tr(const char *language, const char *text);

/**
 * @return whether `text` is `english`, a translation of it, or what it was called in an earlier version,
 * regardless of case and spaces
 */
bool bms_says(const char *text, const char *english);

/** As bms_tr, for a text that depends on a number: `one` for 1, `other` for the rest. */
const char *bms_tr_plural(const char *language, const char *one, const char *other, size_t n);

/**
 * Fill the named places of a (translated) text: "{n} of {d}" with "n", "7", "d", "10".
 *
 * @param arena  what the text is allocated in
 * @param ...    pairs of name and value (`const char *`), ended by NULL, at most BMS_MOST_PLACES; a place
 * without a pair stays as it is
 * @return the text
 */
const char *bms_message(bms_arena *arena, const char *text, ...);

enum { BMS_MOST_PLACES = 16 };

/** A named place and what fills it (NULL: nothing). */
typedef struct bms_text_place {
    const char *name;
    const char *value;
} bms_text_place;

/** As bms_message, from an array. */
const char *bms_message_of(bms_arena *arena, const char *text, const bms_text_place *places, size_t n);

/** Marks a text in a table for translation; it is looked up with bms_tr where it is used. */
#define BMS_TEXT(text) text

#endif
