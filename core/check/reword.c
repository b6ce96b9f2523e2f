/** Stored findings in another language (see reword.h): a text's places are found between what stands around
 * them. */
#include "core/check/reword.h"

#include "core/base/catalogue.h"
#include "core/base/language.h"
#include "core/base/period.h"
#include "core/check/checking.h"

#include <string.h>

/** A text being compared with what rules say. */
struct rewording {
    bms_arena *arena;
    const char *text;
    const char *language; /* wanted */
    size_t literal;       /* how much of the best match is the rule's own words */
    const char *best;
};

/** A place of a template, and what stands there in a text; both borrowed. */
struct found {
    const char *name, *value;
    size_t name_length, value_length;
};

/** @return where `words` of a length first stand in a text, or NULL. */
static const char *find_words(const char *text, const char *words, size_t length) {
    while (*text && strncmp(text, words, length) != 0)
        text++;
    return strncmp(text, words, length) == 0 ? text : NULL;
}

/**
 * Find what stands at a place, up to the words after it; at the last place, up to the words that end the
 * text.
 *
 * @return where the text goes on after these words, or NULL
 */
static const char *take_value(const char *text, const char *after, size_t words, struct found *found) {
    const size_t rest = strlen(text);
    const char *at = after[words] != '\0' ? find_words(text, after, words)
                     : rest >= words      ? text + rest - words
                                          : NULL;
    if (!at || strncmp(at, after, words) != 0)
        return NULL;
    found->value = text;
    found->value_length = (size_t)(at - text);
    return at + words;
}

/** Find the values of a template's places in a text. @param[out] literal  how many bytes are the template's
 * own
 * @return how many places; -1 when the text is not of the template */
static int find_values(const char *template, const char *text, struct found *places, size_t *literal) {
    int n = 0;
    *literal = strcspn(template, "{");
    if (strncmp(text, template, *literal) != 0)
        return -1;
    text += *literal;
    template += *literal;
    while (*template) {
        const char *end = strchr(template, '}');
        if (!end || n == BMS_MOST_PLACES)
            return -1;
        const size_t words = strcspn(end + 1, "{");
        places[n].name = template + 1;
        places[n].name_length = (size_t)(end - template) - 1;
        text = take_value(text, end + 1, words, &places[n++]);
        if (!text)
            return -1;
        template = end + 1 + words;
        *literal += words;
    }
    return *text == '\0' ? n : -1;
}

/** @return a regular period's name in another language; NULL where the text is none. */
static const char *period_in(bms_arena *arena, const char *text, const char *from, const char *to) {
    static const char *const parts[] = {"",    "-H1", "-H2", "-T1", "-T2", "-T3", "-Q1", "-Q2", "-Q3", "-Q4",
                                        "-B1", "-B2", "-B3", "-B4", "-B5", "-B6", "-01", "-02", "-03", "-04",
                                        "-05", "-06", "-07", "-08", "-09", "-10", "-11", "-12"};
    const size_t length = strlen(text);
    if (length <= 4 || strspn(text + length - 4, "0123456789") != 4)
        return NULL;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bms_period period;
        if (bms_period_parse(bms_arena_format(arena, "%s%s", text + length - 4, parts[i]), &period) &&
            strcmp(bms_period_name(arena, &period, from), text) == 0)
            return bms_period_name(arena, &period, to);
    }
    return NULL;
}

/** @return a text that begins with a number, with it as the other language writes it; any other text itself.
 */
static const char *number_in(bms_arena *arena, const char *value, const bms_language *from,
                             const bms_language *to) {
    const size_t group = strlen(from->group_mark);
    const char *at = value + strspn(value, "-");
    const char *number = bms_arena_copy(arena, value, (size_t)(at - value));
    bool decimals = false;
    while (*at >= '0' && *at <= '9') {
        const size_t digits = strspn(at, "0123456789");
        number = bms_arena_format(arena, "%s%.*s", number, (int)digits, at);
        at += digits;
        if (!decimals && *at == from->decimal_mark && at[1] >= '0' && at[1] <= '9') {
            decimals = true;
            number = bms_arena_format(arena, "%s%c", number, to->decimal_mark);
            at++;
        } else if (strncmp(at, from->group_mark, group) == 0 && at[group] >= '0' && at[group] <= '9') {
            number = bms_arena_format(arena, "%s%s", number, to->group_mark);
            at += group;
        }
    }
    const bool ends = *at == '\0' || *at == ' ' || strncmp(at, "\u00A0", 2) == 0;
    return ends ? bms_arena_format(arena, "%s%s", number, at) : value;
}

/** @return what stood at a place; a period, or a number at its beginning, as the other language writes it. */
static const char *value_in(bms_arena *arena, const struct found *found, const bms_language *from,
                            const bms_language *to) {
    const char *value = bms_arena_copy(arena, found->value, found->value_length);
    const char *period = period_in(arena, value, from->code, to->code);
    if (period)
        return period;
    return from->decimal_mark == to->decimal_mark ? value : number_in(arena, value, from, to);
}

/** Compare with a rule's text as it is in one language; the one with most words of its own is taken. */
static void compare_in(struct rewording *rewording, const char *english, const char *language) {
    struct found found[BMS_MOST_PLACES];
    bms_text_place places[BMS_MOST_PLACES];
    const char *template = bms_tr(language, english);
    bms_arena *arena = rewording->arena;
    size_t literal;
    const int n = find_values(template, rewording->text, found, &literal);
    if (n < 0 || literal <= rewording->literal)
        return;
    for (int i = 0; i < n; i++) {
        places[i].name = bms_arena_copy(arena, found[i].name, found[i].name_length);
        places[i].value = bms_arena_copy(arena, found[i].value, found[i].value_length);
    }
    /* A place that stands there twice must have had the same value. */
    if (strcmp(bms_message_of(arena, template, places, (size_t)n), rewording->text) != 0)
        return;
    const bms_language *from = bms_language_of(language);
    const bms_language *to = bms_language_of(rewording->language);
    for (int i = 0; i < n; i++)
        places[i].value = value_in(arena, &found[i], from, to);
    rewording->literal = literal;
    rewording->best = bms_message_of(arena, bms_tr(rewording->language, english), places, (size_t)n);
}

static void compare(struct rewording *rewording, const char *english) {
    if (!english)
        return;
    compare_in(rewording, english, rewording->language); /* first: as it is */
    for (size_t i = 0; bms_language_at(i); i++)
        compare_in(rewording, english, bms_language_at(i)->code);
}

const char *bms_finding_in(bms_arena *arena, const char *rule, const char *text, const char *language) {
    size_t n;
    const bms_rule *rules = bms_check_rules(&n);
    struct rewording rewording = {.arena = arena, .text = text, .language = language};
    for (size_t i = 0; text && i < n; i++) {
        if (rule && strcmp(rules[i].id, rule) != 0)
            continue;
        compare(&rewording, rules[i].message);
        compare(&rewording, rules[i].message_to_unit);
        compare(&rewording, rules[i].fix);
        compare(&rewording, rules[i].fix_to_unit);
    }
    if (text)
        compare(&rewording, BMS_ACCEPTED_BY);
    return rewording.best ? rewording.best : text;
}
