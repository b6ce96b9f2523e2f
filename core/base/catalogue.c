/** Texts looked up in the compiled catalogues (.mo), and their places filled (see catalogue.h). */
#include "core/base/catalogue.h"

#include "core/base/language.h"
#include "core/base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

/** The bytes of a .mo file. */
struct catalogue {
    const unsigned char *bytes;
    size_t size;
};

/** A number as msgfmt wrote it: in the byte order of the building machine, which is also ours. */
static uint32_t word_at(const struct catalogue *catalogue, size_t offset) {
    uint32_t word = 0;
    if (offset <= catalogue->size && catalogue->size - offset >= sizeof word)
        memcpy(&word, catalogue->bytes + offset, sizeof word);
    return word;
}

/** The text that an entry of one of the two tables points at; msgfmt ends each with a zero. */
static const char *text_at(const struct catalogue *catalogue, size_t table, size_t index, size_t *length) {
    *length = word_at(catalogue, table + 8 * index);
    size_t offset = word_at(catalogue, table + 8 * index + 4);
    if (offset >= catalogue->size || catalogue->size - offset <= *length)
        return NULL;
    return (const char *)catalogue->bytes + offset;
}

/** @return the translation (of a plural: all forms, each ended by a zero), or NULL. */
static const char *look_up(const struct catalogue *catalogue, const char *text, size_t *length) {
    enum { MAGIC_AT = 0, COUNT_AT = 8, ORIGINALS_AT = 12, TRANSLATIONS_AT = 16 };
    if (word_at(catalogue, MAGIC_AT) != 0x950412deU)
        return NULL;
    size_t originals = word_at(catalogue, ORIGINALS_AT);
    size_t low = 0;
    size_t high = word_at(catalogue, COUNT_AT);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        size_t original_length;
        const char *original = text_at(catalogue, originals, middle, &original_length);
        int order = original ? strcmp(text, original) : -1;
        if (order == 0)
            return text_at(catalogue, word_at(catalogue, TRANSLATIONS_AT), middle, length);
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return NULL;
}

/** @return the translation in that language, or in the one whose texts it uses; NULL when there is none. */
static const char *translation(const char *code, const char *text, size_t *length) {
    const bms_language *language = code && *text != '\0' ? bms_language_of(code) : NULL;
    for (; language && language->catalogue; language = bms_language_find(language->next)) {
        const struct catalogue catalogue = {language->catalogue, *language->catalogue_size};
        const char *found = look_up(&catalogue, text, length);
        if (found && *found)
            return found;
    }
    return NULL;
}

const char *bms_tr(const char *language, const char *text) {
    size_t length;
    const char *found = translation(language, text, &length);
    return found ? found : text;
}

/** Words that stand in workbooks already given out, and what they are called now. */
static const struct {
    const char *before;
    const char *english;
} earlier_words[] = {
    {"Slipp resten til", "Release the rest"},
    {"Slepp resten til", "Release the rest"},
    {"Samles opp", "Units together"},
    {"Samlast opp", "Units together"},
    {"Delene er alt", "Parts make up the whole"},
    {"Delane er alt", "Parts make up the whole"},
    {"Ikke startet", "Not begun"},
    {"Ikkje starta", "Not begun"},
};

/** @return whether `text` is what `english` was called in an earlier version. */
static bool said_before(const char *text, const char *english) {
    for (size_t i = 0; i < sizeof earlier_words / sizeof *earlier_words; i++) {
        if (strcmp(earlier_words[i].english, english) == 0 && bms_text_same(text, earlier_words[i].before))
            return true;
    }
    return false;
}

bool bms_says(const char *text, const char *english) {
    const bms_language *language = bms_language_at(0);
    for (size_t i = 1; language && !bms_text_same(text, bms_tr(language->code, english)); i++)
        language = bms_language_at(i);
    return language || said_before(text, english);
}

const char *bms_tr_plural(const char *language, const char *one, const char *other, size_t n) {
    size_t length;
    const char *found = translation(language, one, &length);
    if (!found)
        return n == 1 ? one : other;
    size_t first = strlen(found);
    return n != 1 && first < length ? found + first + 1 : found;
}

/** The places of a text and what fills them. */
struct filling {
    const bms_text_place *places;
    size_t n;
};

/** @return the value that belongs to a place, or NULL when none is given. */
static const char *value_of(const char *name, size_t length, const struct filling *filling) {
    for (size_t i = 0; i < filling->n; i++) {
        const bms_text_place *place = &filling->places[i];
        if (strlen(place->name) == length && memcmp(place->name, name, length) == 0)
            return place->value ? place->value : "";
    }
    return NULL;
}

/** Fill the places into `out`, or only measure when it is NULL. @return the length without the zero */
static size_t fill(char *out, const char *text, const struct filling *filling) {
    size_t used = 0;
    while (*text) {
        size_t length = strcspn(text, "{");
        const char *piece = text;
        const char *end = length == 0 ? strchr(text, '}') : NULL;
        const char *value = end ? value_of(text + 1, (size_t)(end - text) - 1, filling) : NULL;
        if (value) {
            piece = value;
            length = strlen(value);
            text = end + 1;
        } else {
            length = length == 0 ? 1 : length;
            text += length;
        }
        if (out)
            memcpy(out + used, piece, length);
        used += length;
    }
    return used;
}

const char *bms_message_of(bms_arena *arena, const char *text, const bms_text_place *places, size_t n) {
    const struct filling filling = {places, n};
    char *out = bms_arena_alloc(arena, fill(NULL, text, &filling) + 1);
    if (!out)
        return "";
    (void)fill(out, text, &filling);
    return out;
}

const char *bms_message(bms_arena *arena, const char *text, ...) {
    bms_text_place places[BMS_MOST_PLACES];
    size_t n = 0;
    va_list pairs;
    va_start(pairs, text);
    for (const char *name = va_arg(pairs, const char *); name; name = va_arg(pairs, const char *)) {
        assert(n < BMS_MOST_PLACES);
        places[n].name = name;
        places[n++].value = va_arg(pairs, const char *);
    }
    va_end(pairs);
    return bms_message_of(arena, text, places, n);
}
