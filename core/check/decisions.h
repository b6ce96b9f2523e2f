/**
 * What the coordinator has decided about returns: findings accepted with a reason, one of several files of a
 * unit chosen, the rest of a held return released.
 *
 * Only a list to look decisions up in: where they come from (options, the workbook Mottak, the history) is
 * for core/verbs/collect/decide.h, what they lead to for check.h and core/verbs/collect/settle.c. While
 * returns are read the list is not changed, so that several threads can use it.
 */
#ifndef BMS_CHECK_DECISIONS_H
#define BMS_CHECK_DECISIONS_H

#include "core/base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Who decided, and why. Texts are never NULL once it is in the list. */
typedef struct bms_decided {
    const char *by;
    const char *reason; /* "" where none was asked for */
    int64_t at;         /* when it was recorded; 0: not yet */
} bms_decided;

/** A finding that is accepted: it no longer holds its return back. */
typedef struct bms_acceptance {
    int64_t id; /* in the history; 0: not recorded yet */
    const char *rule;
    const char *unit;
    const char *period; /* of the form; NULL: any */
    const char *indicator;
    const char *about; /* the numbers that were accepted, as in bms_finding; NULL: any */
    bms_decided decided;
} bms_acceptance;

/** The file that is used of several from one unit for one form period; the others are set aside. */
typedef struct bms_choice {
    const char *unit;
    const char *period;
    const char *file;
    const char *sha256;
    bool among_seen; /* made in Mottak, among the files of earlier runs: newer ones are not set aside */
    bms_decided decided;
} bms_choice;

/** A file that a choice has set aside: it is not accepted unless it is chosen later. */
typedef struct bms_set_aside {
    const char *unit;
    const char *period;
    const char *sha256;
    const char *chosen; /* the name of the file that was chosen */
} bms_set_aside;

/** The rest of a held return is to be accepted, without its wrong answers. */
typedef struct bms_release {
    const char *unit;
    const char *period; /* NULL: any */
    const char *sha256; /* of the file; NULL: any */
    bms_decided decided;
} bms_release;

/** All decisions, oldest first; texts are in the arena. Start with the arena set and the rest 0. */
typedef struct bms_decisions {
    bms_arena *arena;
    bms_acceptance *acceptances;
    size_t n_acceptances;
    size_t acceptance_capacity;
    bms_choice *choices;
    size_t n_choices;
    size_t choice_capacity;
    bms_set_aside *set_aside;
    size_t n_set_aside;
    size_t set_aside_capacity;
    bms_release *releases;
    size_t n_releases;
    size_t release_capacity;
} bms_decisions;

/** Add a decision; its texts are copied into the arena, which remembers when memory was out. */
void bms_decisions_accept(bms_decisions *decisions, const bms_acceptance *acceptance);
void bms_decisions_choose(bms_decisions *decisions, const bms_choice *choice);
void bms_decisions_set_aside(bms_decisions *decisions, const bms_set_aside *aside);
void bms_decisions_release(bms_decisions *decisions, const bms_release *release);

/** A finding that may have been accepted. No part is NULL. */
typedef struct bms_accepted_question {
    const char *rule;
    const char *unit;
    const char *period; /* of the form */
    const char *indicator;
    const char *about;
} bms_accepted_question;

/**
 * Look an acceptance up, the newest first. `decisions` may be NULL: nothing has been decided.
 *
 * @param[out] outdated  the newest for the same finding with other numbers; NULL when there is none, or when
 *                       an acceptance holds
 * @return the acceptance that holds, or NULL
 */
const bms_acceptance *bms_decisions_accepted(const bms_decisions *decisions,
                                             const bms_accepted_question *question,
                                             const bms_acceptance **outdated);

/** @return the choice now being made among a unit's files for a form period, or NULL. */
const bms_choice *bms_decisions_choice(const bms_decisions *decisions, const char *unit, const char *period);

/** @return the earlier choice's record that a file is set aside, or NULL. */
const bms_set_aside *bms_decisions_find_set_aside(const bms_decisions *decisions, const char *unit,
                                                  const char *period, const char *sha256);

/** @return the release of the rest of this file, or NULL. */
const bms_release *bms_decisions_released(const bms_decisions *decisions, const char *unit,
                                          const char *period, const char *sha256);

#endif
