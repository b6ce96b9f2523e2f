/** The headings of a form, and its visible line of identity (see sheet.h). Where cells are is in write.c. */
#include "xlsx/layout/form/sheet.h"

#include "core/base/catalogue.h"
#include "core/base/language.h"
#include "core/base/text.h"

#include <string.h>

const char *bms_form_heading(enum bms_form_column column) {
    static const char *const headings[] = {
        [BMS_FORM_INDICATOR] = BMS_TEXT("Indicator"),
        [BMS_FORM_QUESTION_1] = BMS_TEXT("Number 1: question"),
        [BMS_FORM_NUMBER_1] = BMS_TEXT("Number 1 (numerator)"),
        [BMS_FORM_QUESTION_2] = BMS_TEXT("Number 2: question"),
        [BMS_FORM_NUMBER_2] = BMS_TEXT("Number 2 (denominator)"),
        [BMS_FORM_RESULT] = BMS_TEXT("Result"),
        [BMS_FORM_STATUS] = BMS_TEXT("Status"),
        [BMS_FORM_COMPARED] = BMS_TEXT("Target and earlier"),
        [BMS_FORM_REASON] = BMS_TEXT("Not ready?"),
        [BMS_FORM_COMMENT] = BMS_TEXT("Comment"),
        [BMS_FORM_CODE] = BMS_TEXT("Code"),
    };
    return headings[column];
}

const char *bms_action_heading(enum bms_action_column column) {
    static const char *const headings[] = {
        [BMS_ACTION_NUMBER] = BMS_TEXT("No."),   [BMS_ACTION_LINKED] = BMS_TEXT("Linked to"),
        [BMS_ACTION_TEXT] = BMS_TEXT("Action"),  [BMS_ACTION_RESPONSIBLE] = BMS_TEXT("Responsible"),
        [BMS_ACTION_DUE] = BMS_TEXT("Due date"), [BMS_ACTION_STATUS] = BMS_TEXT("Status"),
    };
    return headings[column];
}

const char *bms_form_link(bms_arena *arena, const bms_question *question) {
    return bms_arena_format(arena, "%s (%s)", question->name, question->indicator);
}

/* The parts of the visible line, in order. */
enum part { PART_MUNICIPALITY, PART_UNIT, PART_PERIOD, PART_VERSION, PART_SEAL, N_PARTS };

static const char *const part_labels[N_PARTS] = {
    [PART_MUNICIPALITY] = BMS_TEXT("Municipality"),
    [PART_UNIT] = BMS_TEXT("Unit"),
    [PART_PERIOD] = BMS_TEXT("Period"),
    [PART_VERSION] = BMS_TEXT("Version"),
    [PART_SEAL] = BMS_TEXT("Control code"),
};

static const char separator[] = "·";

/** The seal in groups of four, so that a person can compare it. */
static const char *grouped(bms_arena *arena, const char *seal) {
    size_t length = strlen(seal);
    char *text = bms_arena_alloc(arena, length + length / 4 + 2);
    char *end = text;
    for (size_t i = 0; text && i < length; i++) {
        if (i > 0 && i % 4 == 0)
            *end++ = ' ';
        *end++ = seal[i];
    }
    return text ? text : "";
}

const char *bms_identity_line(bms_arena *arena, const bms_identity *identity, const char *language) {
    return bms_arena_format(arena, "%s %s %s %s %s %s %s %s %s %s %s %s %s %s",
                            bms_tr(language, part_labels[PART_MUNICIPALITY]), identity->municipality,
                            separator, bms_tr(language, part_labels[PART_UNIT]), identity->unit, separator,
                            bms_tr(language, part_labels[PART_PERIOD]), identity->period, separator,
                            bms_tr(language, part_labels[PART_VERSION]), identity->definition, separator,
                            bms_tr(language, part_labels[PART_SEAL]), grouped(arena, identity->seal));
}

/** @return the rest of `part` after a label of that kind; NULL when it begins with none of them. */
static const char *behind_label(const char *part, const char *label) {
    for (size_t i = 0; bms_language_at(i); i++) {
        const char *word = bms_tr(bms_language_at(i)->code, label);
        const size_t length = strlen(word);
        if (strncmp(part, word, length) == 0 && part[length] == ' ')
            return part + length;
    }
    return NULL;
}

/** Remove the spaces from a text, in place. */
static void close_up(char *text) {
    char *to = text;
    for (; *text; text++) {
        if (*text != ' ')
            *to++ = *text;
    }
    *to = '\0';
}

/** Read one part of the line. @return whether it is a known part */
static bool read_part(bms_arena *arena, const char *part, bms_identity *out) {
    const char **places[N_PARTS] = {&out->municipality, &out->unit, &out->period, &out->definition,
                                    &out->seal};
    for (int i = 0; i < N_PARTS; i++) {
        const char *behind = behind_label(part, part_labels[i]);
        if (!behind)
            continue;
        size_t length = 0;
        const char *trimmed = bms_text_trimmed(behind, &length);
        char *value = bms_arena_buffer(arena, trimmed, length);
        if (!value)
            return false;
        if (i == PART_SEAL)
            close_up(value);
        *places[i] = value;
        return true;
    }
    return false;
}

bool bms_identity_line_read(bms_arena *arena, const char *line, bms_identity *out) {
    *out = (bms_identity){"", "", "", "", "", ""};
    int known = 0;
    while (line) {
        const char *end = strstr(line, separator);
        const char *copy = bms_arena_copy(arena, line, end ? (size_t)(end - line) : strlen(line));
        known += read_part(arena, bms_text_trim(arena, copy), out);
        line = end ? end + strlen(separator) : NULL;
    }
    return known >= 3; /* one or two parts may be damaged */
}
