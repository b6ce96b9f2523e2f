#include "core/check/decisions.h"

#include "core/base/text.h"

#include <string.h>

/** Copy a text; NULL stays NULL. @return false when memory is out */
static bool keep(bms_arena *arena, const char **text) {
    if (!*text)
        return true;
    *text = bms_arena_text(arena, *text);
    return *text != NULL;
}

static bool keep_decided(bms_arena *arena, bms_decided *decided) {
    decided->by = decided->by ? decided->by : "";
    decided->reason = decided->reason ? decided->reason : "";
    return keep(arena, &decided->by) && keep(arena, &decided->reason);
}

bool bms_decisions_accept(bms_decisions *decisions, const bms_acceptance *acceptance) {
    bms_arena *arena = decisions->arena;
    bms_acceptance *added = bms_arena_grow(arena, &decisions->acceptances, &decisions->n_acceptances,
                                           &decisions->acceptance_capacity, sizeof *added);
    if (!added)
        return false;
    *added = *acceptance;
    return keep(arena, &added->rule) && keep(arena, &added->unit) && keep(arena, &added->period) &&
           keep(arena, &added->indicator) && keep(arena, &added->about) &&
           keep_decided(arena, &added->decided);
}

bool bms_decisions_choose(bms_decisions *decisions, const bms_choice *choice) {
    bms_arena *arena = decisions->arena;
    bms_choice *added = bms_arena_grow(arena, &decisions->choices, &decisions->n_choices,
                                       &decisions->choice_capacity, sizeof *added);
    if (!added)
        return false;
    *added = *choice;
    return keep(arena, &added->unit) && keep(arena, &added->period) && keep(arena, &added->file) &&
           keep(arena, &added->sha256) && keep_decided(arena, &added->decided);
}

bool bms_decisions_put_aside(bms_decisions *decisions, const bms_set_aside *aside) {
    bms_arena *arena = decisions->arena;
    bms_set_aside *added = bms_arena_grow(arena, &decisions->set_aside, &decisions->n_set_aside,
                                          &decisions->set_aside_capacity, sizeof *added);
    if (!added)
        return false;
    *added = *aside;
    return keep(arena, &added->unit) && keep(arena, &added->period) && keep(arena, &added->sha256) &&
           keep(arena, &added->chosen);
}

bool bms_decisions_let_in(bms_decisions *decisions, const bms_release *release) {
    bms_arena *arena = decisions->arena;
    bms_release *added = bms_arena_grow(arena, &decisions->releases, &decisions->n_releases,
                                        &decisions->release_capacity, sizeof *added);
    if (!added)
        return false;
    *added = *release;
    return keep(arena, &added->unit) && keep(arena, &added->period) && keep(arena, &added->sha256) &&
           keep_decided(arena, &added->decided);
}

/** @return whether a decision is about this; one that names none is about any. */
static bool is_of(const char *decided, const char *code) {
    return !decided || bms_code_compare(decided, code) == 0;
}

static bool is_of_content(const char *decided, const char *content) {
    return !decided || strcmp(decided, content) == 0;
}

const bms_acceptance *bms_decisions_accepted(const bms_decisions *decisions,
                                             const bms_accepted_question *question,
                                             const bms_acceptance **outdated) {
    *outdated = NULL;
    for (size_t i = decisions ? decisions->n_acceptances : 0; i-- > 0;) {
        const bms_acceptance *acceptance = &decisions->acceptances[i];
        if (strcmp(acceptance->rule, question->rule) != 0 || !is_of(acceptance->unit, question->unit) ||
            !is_of(acceptance->period, question->period) ||
            !is_of(acceptance->indicator, question->indicator))
            continue;
        if (is_of_content(acceptance->about, question->about)) {
            *outdated = NULL;
            return acceptance;
        }
        *outdated = *outdated ? *outdated : acceptance;
    }
    return NULL;
}

const bms_choice *bms_decisions_choice(const bms_decisions *decisions, const char *unit, const char *period) {
    for (size_t i = decisions ? decisions->n_choices : 0; i-- > 0;) {
        const bms_choice *choice = &decisions->choices[i];
        if (is_of(choice->unit, unit) && is_of(choice->period, period))
            return choice;
    }
    return NULL;
}

const bms_set_aside *bms_decisions_aside(const bms_decisions *decisions, const char *unit, const char *period,
                                         const char *sha256) {
    for (size_t i = decisions ? decisions->n_set_aside : 0; i-- > 0;) {
        const bms_set_aside *aside = &decisions->set_aside[i];
        if (is_of(aside->unit, unit) && is_of(aside->period, period) && strcmp(aside->sha256, sha256) == 0)
            return aside;
    }
    return NULL;
}

const bms_release *bms_decisions_released(const bms_decisions *decisions, const char *unit,
                                          const char *period, const char *sha256) {
    for (size_t i = decisions ? decisions->n_releases : 0; i-- > 0;) {
        const bms_release *release = &decisions->releases[i];
        if (is_of(release->unit, unit) && is_of(release->period, period) &&
            is_of_content(release->sha256, sha256))
            return release;
    }
    return NULL;
}
