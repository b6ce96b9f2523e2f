/* The list of decisions (see decisions.h). People make them one by one, so they are few: lookups go through
 * the whole list from the newest. */
#include "core/check/decisions.h"

#include "core/base/text.h"

#include <string.h>

static bms_decided keep(bms_arena *arena, const bms_decided *decided) {
    return (bms_decided){.by = bms_arena_text(arena, decided->by ? decided->by : ""),
                         .reason = bms_arena_text(arena, decided->reason ? decided->reason : ""),
                         .at = decided->at};
}

void bms_decisions_accept(bms_decisions *decisions, const bms_acceptance *acceptance) {
    bms_arena *arena = decisions->arena;
    bms_acceptance *added = bms_arena_grow(arena, &decisions->acceptances, &decisions->n_acceptances,
                                           &decisions->acceptance_capacity, sizeof *added);
    if (!added)
        return;
    *added = (bms_acceptance){.id = acceptance->id,
                              .rule = bms_arena_text(arena, acceptance->rule),
                              .unit = bms_arena_text(arena, acceptance->unit),
                              .period = bms_arena_text(arena, acceptance->period),
                              .indicator = bms_arena_text(arena, acceptance->indicator),
                              .about = bms_arena_text(arena, acceptance->about),
                              .decided = keep(arena, &acceptance->decided)};
}

void bms_decisions_choose(bms_decisions *decisions, const bms_choice *choice) {
    bms_arena *arena = decisions->arena;
    bms_choice *added = bms_arena_grow(arena, &decisions->choices, &decisions->n_choices,
                                       &decisions->choice_capacity, sizeof *added);
    if (!added)
        return;
    *added = (bms_choice){.unit = bms_arena_text(arena, choice->unit),
                          .period = bms_arena_text(arena, choice->period),
                          .file = bms_arena_text(arena, choice->file),
                          .sha256 = bms_arena_text(arena, choice->sha256),
                          .among_seen = choice->among_seen,
                          .decided = keep(arena, &choice->decided)};
}

void bms_decisions_set_aside(bms_decisions *decisions, const bms_set_aside *aside) {
    bms_arena *arena = decisions->arena;
    bms_set_aside *added = bms_arena_grow(arena, &decisions->set_aside, &decisions->n_set_aside,
                                          &decisions->set_aside_capacity, sizeof *added);
    if (!added)
        return;
    *added = (bms_set_aside){.unit = bms_arena_text(arena, aside->unit),
                             .period = bms_arena_text(arena, aside->period),
                             .sha256 = bms_arena_text(arena, aside->sha256),
                             .chosen = bms_arena_text(arena, aside->chosen)};
}

void bms_decisions_release(bms_decisions *decisions, const bms_release *release) {
    bms_arena *arena = decisions->arena;
    bms_release *added = bms_arena_grow(arena, &decisions->releases, &decisions->n_releases,
                                        &decisions->release_capacity, sizeof *added);
    if (!added)
        return;
    *added = (bms_release){.unit = bms_arena_text(arena, release->unit),
                           .period = bms_arena_text(arena, release->period),
                           .sha256 = bms_arena_text(arena, release->sha256),
                           .decided = keep(arena, &release->decided)};
}

/** @return whether a decision covers a code; one without a code covers all. */
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

const bms_set_aside *bms_decisions_find_set_aside(const bms_decisions *decisions, const char *unit,
                                                  const char *period, const char *sha256) {
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
