/**
 * Folding, comparing and shaping text, by way of utf8proc (see text.h). Translations are in catalogue.h.
 */
#include "core/base/text.h"

#include "core/bms.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { CODE_LENGTH = 20, FILE_NAME_LENGTH = 80 };

/** @return whether a character is any kind of white space, or invisible (pasted along with text). */
static bool is_space(utf8proc_int32_t c) {
    if ((c >= '\t' && c <= '\r') || c == 0x85)
        return true;
    utf8proc_category_t category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_CF;
}

/** Read a character; a byte that is not UTF-8 counts as one. @return its length in bytes */
static size_t next_character(const char *text, size_t length, utf8proc_int32_t *out) {
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, out);
    if (used > 0)
        return (size_t)used;
    *out = (unsigned char)*text;
    return 1;
}

const char *bms_text_trimmed(const char *text, size_t *length) {
    size_t total = strlen(text);
    size_t first = total;
    size_t end = 0;
    for (size_t i = 0; i < total;) {
        utf8proc_int32_t c;
        size_t used = next_character(text + i, total - i, &c);
        if (!is_space(c)) {
            first = i < first ? i : first;
            end = i + used;
        }
        i += used;
    }
    *length = end > first ? end - first : 0;
    return text + (end > first ? first : total);
}

size_t bms_text_seen(const char *text, size_t length, char *out) {
    size_t used = 0;
    for (size_t i = 0; i < length;) {
        utf8proc_int32_t c;
        size_t bytes = next_character(text + i, length - i, &c);
        utf8proc_category_t category = utf8proc_category(c);
        if (category == UTF8PROC_CATEGORY_ZS) {
            out[used++] = ' ';
        } else if (category != UTF8PROC_CATEGORY_CF) {
            memcpy(out + used, text + i, bytes);
            used += bytes;
        }
        i += bytes;
    }
    return used;
}

const char *bms_text_trim(bms_arena *arena, const char *text) {
    size_t length;
    const char *part = bms_text_trimmed(text, &length);
    return bms_arena_copy(arena, part, length);
}

/** Runs of white space become one space, in place. */
static void squeeze(char *text) {
    size_t length = strlen(text);
    size_t out = 0;
    bool between = false;
    for (size_t i = 0; i < length;) {
        utf8proc_int32_t c;
        size_t used = next_character(text + i, length - i, &c);
        if (is_space(c)) {
            between = true;
        } else {
            if (between && out > 0)
                text[out++] = ' ';
            between = false;
            memmove(text + out, text + i, used);
            out += used;
        }
        i += used;
    }
    text[out] = '\0';
}

/** Composed and case-folded; a text that is not UTF-8 is left as it is. @return false when memory is out */
static bool fold_characters(const char *text, utf8proc_uint8_t **out) {
    *out = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text, 0, out,
                                           UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                               UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    return length != UTF8PROC_ERROR_NOMEM;
}

const char *bms_text_fold(bms_arena *arena, const char *text) {
    utf8proc_uint8_t *folded;
    if (!fold_characters(text, &folded)) {
        bms_arena_fail(arena);
        return "";
    }
    const char *better = folded ? (const char *)folded : text;
    char *copy = bms_arena_buffer(arena, better, strlen(better));
    free(folded);
    if (!copy)
        return "";
    squeeze(copy);
    return copy;
}

enum { SHORT_TEXT = 512 };

/** White space as in squeeze, for characters. @return how many are left */
static size_t squeeze_characters(utf8proc_int32_t *characters, size_t n) {
    size_t out = 0;
    bool between = false;
    for (size_t i = 0; i < n; i++) {
        if (is_space(characters[i])) {
            between = out > 0;
            continue;
        }
        if (between)
            characters[out++] = ' ';
        between = false;
        characters[out++] = characters[i];
    }
    return out;
}

/** Case-fold into letters and marks. @return how many; negative when it is not UTF-8 or too long */
static ptrdiff_t short_characters(const char *text, utf8proc_int32_t out[SHORT_TEXT]) {
    utf8proc_ssize_t n = utf8proc_decompose((const utf8proc_uint8_t *)text, 0, out, SHORT_TEXT,
                                            UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                                                UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    return n > SHORT_TEXT || n < 0 ? -1 : (ptrdiff_t)squeeze_characters(out, (size_t)n);
}

static bool same_when_folded(const char *a, const char *b) {
    bms_arena *arena = bms_arena_new();
    if (!arena)
        return false;
    const char *folded_a = bms_text_fold(arena, a);
    const char *folded_b = bms_text_fold(arena, b);
    bool same = !bms_arena_failed(arena) && strcmp(folded_a, folded_b) == 0;
    bms_arena_free(arena);
    return same;
}

/** @return true when the first difference is between ASCII characters with no combining mark after them: then
 * the folded texts differ too. False decides nothing. */
static bool differ_plainly(const char *a, const char *b) {
    while (*a > ' ' && bms_text_lower(*a) == bms_text_lower(*b)) {
        a++;
        b++;
    }
    return *a > ' ' && *a < 0x7F && *b > ' ' && *b < 0x7F && (unsigned char)a[1] < 0x80 &&
           (unsigned char)b[1] < 0x80;
}

/** Short texts (headings, codes, names) are compared without allocating, so that lack of memory cannot make
 * them differ. */
bool bms_text_same(const char *a, const char *b) {
    if (strcmp(a, b) == 0)
        return true;
    if (differ_plainly(a, b))
        return false;
    utf8proc_int32_t all_a[SHORT_TEXT];
    utf8proc_int32_t all_b[SHORT_TEXT];
    ptrdiff_t n = short_characters(a, all_a);
    ptrdiff_t m = short_characters(b, all_b);
    if (n < 0 || m < 0)
        return same_when_folded(a, b);
    return n == m && memcmp(all_a, all_b, (size_t)n * sizeof *all_a) == 0;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool bms_text_blank(const char *text) {
    return !text || text[strspn(text, " \t\n")] == '\0';
}

bool bms_code_valid(const char *code) {
    size_t length = 0;
    for (; code[length]; length++) {
        if (!is_letter(code[length]) && !is_digit(code[length]) && !strchr("-_.", code[length]))
            return false;
    }
    return length >= 1 && length <= CODE_LENGTH;
}

unsigned char bms_text_lower(char letter) {
    return (unsigned char)(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
}

bool bms_email_valid(const char *text) {
    const char *at = strchr(text, '@');
    if (!at || at == text || strchr(at + 1, '@'))
        return false;
    const char *dot = strchr(at, '.');
    if (!dot || dot == at + 1 || text[strlen(text) - 1] == '.')
        return false;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c <= ' ' || *c > '~' || strchr("<>,;:\"()[]\\", *c))
            return false;
    }
    return true;
}

int bms_code_compare(const char *a, const char *b) {
    while (*a && bms_text_lower(*a) == bms_text_lower(*b)) {
        a++;
        b++;
    }
    return bms_text_lower(*a) - bms_text_lower(*b);
}

/** Letters that do not decompose into a base letter and a mark, in ASCII. */
static const struct spelling {
    utf8proc_int32_t letter;
    const char *ascii;
} spellings[] = {
    {0xC6, "Ae"}, {0xE6, "ae"}, {0xD8, "O"},  {0xF8, "o"},   {0xDF, "ss"},  {0x110, "D"}, {0x111, "d"},
    {0xD0, "D"},  {0xF0, "d"},  {0xDE, "Th"}, {0xFE, "th"},  {0x141, "L"},  {0x142, "l"}, {0x14A, "N"},
    {0x14B, "n"}, {0x166, "T"}, {0x167, "t"}, {0x152, "Oe"}, {0x153, "oe"},
};

/** @return a character in a file name; "" for a mark that is left out, NULL for one that separates words. */
static const char *in_ascii(utf8proc_int32_t c, char one[2]) {
    if (c < 0x80 && (is_letter((char)c) || is_digit((char)c))) {
        one[0] = (char)c;
        one[1] = '\0';
        return one;
    }
    if (utf8proc_category(c) == UTF8PROC_CATEGORY_MN)
        return "";
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        if (spellings[i].letter == c)
            return spellings[i].ascii;
    }
    return NULL;
}

/** The name in ASCII, words joined by `_`; at most `room` bytes and a zero. */
static void write_words(char *out, size_t room, const char *text) {
    size_t length = strlen(text);
    size_t used = 0;
    bool between = false;
    for (size_t i = 0; i < length;) {
        utf8proc_int32_t c;
        char one[2];
        i += next_character(text + i, length - i, &c);
        const char *ascii = in_ascii(c, one);
        if (!ascii) {
            between = used > 0;
            continue;
        }
        size_t more = strlen(ascii);
        if (used + more + (between ? 1 : 0) > room)
            break;
        if (between && more > 0) {
            out[used++] = '_';
            between = false;
        }
        memcpy(out + used, ascii, more);
        used += more;
    }
    out[used] = '\0';
}

/** @return whether Windows takes the name for a device, whatever follows its first `.`. */
static bool is_device(const char *code) {
    static const char *const devices[] = {"con", "prn", "aux", "nul", "com", "lpt"};
    size_t length = strcspn(code, ".");
    bool numbered = length == 4 && is_digit(code[3]);
    if (code[length] == '\0' || (length != 3 && !numbered))
        return false; /* without a `.`, `-name` follows, and that is no device */
    char start[] = {code[0], code[1], code[2], '\0'};
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        if (bms_code_compare(start, devices[i]) == 0)
            return true;
    }
    return false;
}

const char *bms_text_before_code(const char *code) {
    return (is_letter(*code) || is_digit(*code)) && !is_device(code) ? "" : "_";
}

/** The name has no `-`, so the last one ends the code. */
const char *bms_text_file_name(bms_arena *arena, const char *code, const char *name) {
    utf8proc_uint8_t *apart = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)name, 0, &apart,
                                           UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
    if (length == UTF8PROC_ERROR_NOMEM)
        bms_arena_fail(arena);
    char words[FILE_NAME_LENGTH + 1];
    const char *before = bms_text_before_code(code);
    size_t taken = strlen(before) + strlen(code) + strlen("-.xlsx");
    size_t room = taken < FILE_NAME_LENGTH ? FILE_NAME_LENGTH - taken : 0;
    write_words(words, room, apart ? (const char *)apart : name);
    free(apart);
    return bms_arena_format(arena, "%s%s-%s.xlsx", before, code, words);
}

/** The characters of a folded text. @return how many */
static size_t characters(const char *text, utf8proc_int32_t *out) {
    size_t length = strlen(text);
    size_t n = 0;
    for (size_t i = 0; i < length;)
        i += next_character(text + i, length - i, &out[n++]);
    return n;
}

static size_t least_of(size_t a, size_t b, size_t c) {
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/** Levenshtein's distance, one row of the table at a time. */
static size_t distance(const utf8proc_int32_t *a, size_t n, const utf8proc_int32_t *b, size_t m,
                       size_t *row) {
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t above = row[j];
            row[j] = least_of(above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
            diagonal = above;
        }
    }
    return row[m];
}

size_t bms_text_distance(const char *a, const char *b) {
    size_t found = SIZE_MAX;
    bms_arena *arena = bms_arena_new();
    if (!arena)
        return found;
    const char *folded_a = bms_text_fold(arena, a);
    const char *folded_b = bms_text_fold(arena, b);
    utf8proc_int32_t *all_a = bms_arena_alloc(arena, (strlen(folded_a) + 1) * sizeof *all_a);
    utf8proc_int32_t *all_b = bms_arena_alloc(arena, (strlen(folded_b) + 1) * sizeof *all_b);
    size_t *row = bms_arena_alloc(arena, (strlen(folded_b) + 1) * sizeof *row);
    if (!bms_arena_failed(arena))
        found = distance(all_a, characters(folded_a, all_a), all_b, characters(folded_b, all_b), row);
    bms_arena_free(arena);
    return found;
}

size_t bms_text_fit(const char *text, size_t most) {
    size_t length = 0;
    while (length < most && text[length])
        length++;
    size_t whole = length;
    while (whole > 0 && ((unsigned char)text[whole] & 0xC0) == 0x80)
        whole--;
    return whole > 0 ? whole : length;
}

const char *bms_text_capital(bms_arena *arena, const char *text) {
    utf8proc_int32_t c;
    utf8proc_uint8_t capital[4];
    size_t used = *text ? next_character(text, strlen(text), &c) : 0;
    size_t length = used > 0 ? (size_t)utf8proc_encode_char(utf8proc_toupper(c), capital) : 0;
    return bms_arena_format(arena, "%.*s%s", (int)length, (const char *)capital, text + used);
}

bool bms_is_control(uint32_t character) {
    static const struct {
        uint32_t from, to;
    } ranges[] = {{0, 0x1F},        {0x7F, 0x9F},     {0x061C, 0x061C},
                  {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (character >= ranges[i].from && character <= ranges[i].to)
            return true;
    }
    return false;
}

bool bms_text_almost(const char *a, const char *b) {
    enum { SHORTEST = 3, LONG = 6 };
    size_t shorter = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
    size_t longer = strlen(a) + strlen(b) - shorter;
    if (shorter < SHORTEST || longer > 3 * shorter)
        return false;
    size_t distance = bms_text_distance(a, b);
    return distance > 0 && distance <= (shorter < LONG ? 1 : 2);
}
