/* Finding what an action is linked to (see links.h). */
#include "core/definition/links.h"

#include "core/base/text.h"

#include <string.h>

bool bms_link_code(const char *text, char code[BMS_CODE_SIZE]) {
    const char *open = strrchr(text, '(');
    size_t length = open ? strcspn(open + 1, ")") : 0;
    if (length == 0 || length >= BMS_CODE_SIZE || strcmp(open + 1 + length, ")") != 0)
        return false;
    memcpy(code, open + 1, length);
    code[length] = '\0';
    return true;
}

/** What can be linked to, by kind in the order of precedence. */
enum linked {
    LINKED_INDICATOR,
    LINKED_CRITERION,
    LINKED_FOCUS_AREA,
    LINKED_SCORECARD,
    LINKED_UNIT,
    N_LINKED
};

/** @return number `i` of a kind. @param[out] more  whether there is one */
static bms_link item_at(const bms_definition *d, enum linked kind, size_t i, bool *more) {
    const size_t counts[N_LINKED] = {[LINKED_INDICATOR] = d->n_indicators,
                                     [LINKED_CRITERION] = d->n_criteria,
                                     [LINKED_FOCUS_AREA] = d->n_focus_areas,
                                     [LINKED_SCORECARD] = d->n_scorecards,
                                     [LINKED_UNIT] = d->n_units};
    bms_link link = {BMS_NONE, BMS_NONE, "", ""};
    *more = i < counts[kind];
    if (!*more)
        return link;
    switch (kind) {
    case LINKED_INDICATOR:
        return (bms_link){(int)i, BMS_NONE, d->indicators[i].code, d->indicators[i].name};
    case LINKED_CRITERION:
        return (bms_link){BMS_NONE, BMS_NONE, d->criteria[i].code, d->criteria[i].name};
    case LINKED_FOCUS_AREA:
        return (bms_link){BMS_NONE, (int)i, d->focus_areas[i].code, d->focus_areas[i].name};
    case LINKED_SCORECARD:
        return (bms_link){BMS_NONE, BMS_NONE, d->scorecards[i].code, d->scorecards[i].name};
    case LINKED_UNIT:
        return (bms_link){BMS_NONE, BMS_NONE, d->units[i].code, d->units[i].name};
    case N_LINKED:
        break;
    }
    return link;
}

/** Find the first with this code (or name). */
static bool find(const bms_definition *definition, const char *code, const char *name, bms_link *out) {
    for (int kind = 0; kind < N_LINKED; kind++) {
        bool more = true;
        for (size_t i = 0; more; i++) {
            *out = item_at(definition, (enum linked)kind, i, &more);
            if (more && (bms_code_compare(out->code, code) == 0 || (name && bms_text_same(out->name, name))))
                return true;
        }
    }
    return false;
}

bool bms_link_find(const bms_definition *definition, const char *text, bms_link *out) {
    char code[BMS_CODE_SIZE];
    if (bms_text_blank(text))
        return false;
    return find(definition, text, text, out) ||
           (bms_link_code(text, code) && find(definition, code, NULL, out));
}

const char *bms_link_text(bms_arena *arena, const bms_definition *definition, const char *text) {
    bms_link link;
    if (!bms_link_find(definition, text, &link))
        return text;
    return bms_arena_format(arena, "%s (%s)", link.name, link.code);
}

const char *bms_planned_link(const bms_definition *definition, const bms_planned_action *planned) {
    if (planned->indicator != BMS_NONE)
        return definition->indicators[planned->indicator].code;
    if (planned->focus_area != BMS_NONE)
        return definition->focus_areas[planned->focus_area].code;
    if (planned->criterion != BMS_NONE)
        return definition->criteria[planned->criterion].code;
    return planned->scorecard == BMS_NONE ? "" : definition->scorecards[planned->scorecard].code;
}
