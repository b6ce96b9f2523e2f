/**
 * The checks: what a return says against what was asked.
 *
 * A check is one function and one row in the table of rules (rules.c). Checks are pure functions of the
 * questions, the raw return and earlier answers; they read no files and no history. A finding that only
 * follows from another one is left out.
 */
#ifndef BMS_CHECK_CHECK_H
#define BMS_CHECK_CHECK_H

#include "core/base/findings.h"
#include "core/check/before.h"
#include "core/check/decisions.h"
#include "core/form/return.h"

/** One checked measurement. Texts are borrowed from the raw return's arena, "" for none. */
typedef struct bms_entry {
    const char *indicator;
    const char *period; /* measured */
    bms_values answer;
    enum bms_reason reason;
    const char *comment;
    char numerator_cell[16]; /* "" where the number was not in a cell */
    char denominator_cell[16];
    bool required; /* the unit must answer */
} bms_entry;

/** An action as the unit wrote it. */
typedef struct bms_entry_action {
    const char *number;    /* "" for a new one */
    const char *linked_to; /* indicator code, focus area or free text; "" for the unit as such */
    const char *text;
    const char *responsible;
    const char *due; /* 2026-09-15, or as written */
    const char *status;
    char cell[16];
} bms_entry_action;

/** What the checks know beside the return. Anything may be missing: checks that need it find nothing. */
typedef struct bms_check_context {
    const char *language;
    bool to_unit;     /* the findings are for the unit itself: nothing about other units is in them */
    const char *file; /* name for findings */
    const bms_definition *definition; /* NULL: no history at hand */
    const unsigned char *seal_key;    /* NULL: the seal cannot be verified */
    const char *expected_period;      /* the period whose folder it was found in; NULL: none */
    const bms_before *before;         /* earlier answers and those of other units; NULL: not known */
    const bms_decisions *decisions;   /* what the coordinator has decided; NULL: nothing */
    const char *sha256; /* of the file, since a release may be for one file only; NULL: not known */
} bms_check_context;

/** A return after the checks. Lives in the arena given to bms_check_return. */
typedef struct bms_checked_return {
    const char *unit;       /* code; NULL when not known */
    const char *period;     /* form period; NULL when not known */
    const char *definition; /* version carried by the form; "" when lost */
    const char *sheet;
    bool finished;         /* signed 'ferdig utfylt av' */
    const char *signed_by; /* "" when not */
    const char *signed_on; /* 2026-09-15, or "" */
    bms_entry *entries;    /* one a question, in the form's order */
    size_t n_entries;
    bms_entry_action *actions;
    size_t n_actions;
    char numbers_sha256[65];    /* of the numbers alone, to find copies of another unit's; "" for too few */
    char inputs_sha256[65];     /* of identity, signature and all inputs; the same for a re-saved copy */
    bool without_peers;         /* a number has neither earlier values nor peers to be compared with */
    enum bms_outcome outcome;   /* accepted, held, unreadable or unfinished; duplicates are found later */
    const bms_release *release; /* the release it is accepted by, without its wrong answers; NULL */
} bms_checked_return;

/**
 * Check one return.
 *
 * @param raw       as read; `recognition` BMS_NOT_OURS gives one fatal finding
 * @param findings  new findings are added, with the file's name
 * @return BMS_OK whatever was found, or BMS_NO_MEMORY
 */
enum bms_status bms_check_return(bms_arena *arena, const bms_raw_return *raw,
                                 const bms_check_context *context, bms_checked_return *out,
                                 bms_findings *findings, bms_error *error);

/** @return whether the coordinator can accept a rule's findings. @param[out] known  there is such a rule */
bool bms_check_can_accept(const char *rule, bool *known);

/** @return whether the unit can put a rule's findings right in the workbook itself. */
bool bms_check_can_correct(const char *rule);

#endif
