/**
 * What the coordinator has decided about returns: findings accepted with a reason, one of several files of a
 * unit chosen, the rest of a held return released.
 *
 * A list to look decisions up in, and nothing else: where they come from (options, the workbook Mottak, the
 * history) is for core/verbs/collect/decide.h, what they lead to for the checks (check.h) and for settling.
 * While returns are read the list is only looked at, by several threads.
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
    int64_t at;         /* when it was stored; 0: not yet */
} bms_decided;

/** A finding that is accepted: it no longer holds its return back. */
typedef struct bms_acceptance {
    int64_t id; /* in the history; 0: not stored */
    const char *rule;
    const char *unit;
    const char *period; /* of the form; NULL: any */
    const char *indicator;
    const char *about; /* the numbers that were accepted, as bms_finding has them; NULL: whatever they are */
    bms_decided decided;
} bms_acceptance;

/** One of several different files of a unit and form period: it holds, the others are set aside. */
typedef struct bms_choice {
    const char *unit;
    const char *period;
    const char *file;
    const char *sha256;
    bool among_seen; /* made in Mottak: it is among the files of earlier runs, and sets no newer one aside */
    bms_decided decided;
} bms_choice;

/** A file that a choice has set aside: it never becomes a submission by itself. */
typedef struct bms_set_aside {
    const char *unit;
    const char *period;
    const char *sha256;
    const char *chosen; /* the name of the file that was chosen */
} bms_set_aside;

/** The rest of a held return is to be taken in without what is wrong in it. */
typedef struct bms_release {
    const char *unit;
    const char *period; /* NULL: any */
    const char *sha256; /* of the file; NULL: any */
    bms_decided decided;
} bms_release;

/** All of them, oldest first. Start with the arena set, the rest 0. Texts are borrowed from it. */
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

/** Add one; its texts are copied into the arena, which knows afterwards whether all could be had. */
void bms_decisions_accept(bms_decisions *decisions, const bms_acceptance *acceptance);
void bms_decisions_choose(bms_decisions *decisions, const bms_choice *choice);
void bms_decisions_put_aside(bms_decisions *decisions, const bms_set_aside *aside);
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
 * @param[out] outdated  the newest that is of the same finding, but of other numbers; NULL when there is none
 *                       or one that holds
 * @return the acceptance that holds, or NULL
 */
const bms_acceptance *bms_decisions_accepted(const bms_decisions *decisions,
                                             const bms_accepted_question *question,
                                             const bms_acceptance **outdated);

/** @return the choice among a unit's files for a form period that is being made now, or NULL. */
const bms_choice *bms_decisions_choice(const bms_decisions *decisions, const char *unit, const char *period);

/** @return that a file was set aside by an earlier choice, or NULL. */
const bms_set_aside *bms_decisions_aside(const bms_decisions *decisions, const char *unit, const char *period,
                                         const char *sha256);

/** @return that the rest of this file is released, or NULL. */
const bms_release *bms_decisions_released(const bms_decisions *decisions, const char *unit,
                                          const char *period, const char *sha256);

#endif
