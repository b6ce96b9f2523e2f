/**
 * The history: one SQLite file in which facts are only ever added.
 *
 * The only code that includes <sqlite3.h> is history*.c; the schema, with what each table is for, is in
 * core/sql. Everything that writes happens inside one run (bms_history_begin … bms_history_commit): whole or
 * absent. Current values are the entries of the newest revision; results and colours are not stored, they are
 * worked out.
 */
#ifndef BMS_HISTORY_HISTORY_H
#define BMS_HISTORY_HISTORY_H

#include "core/base/arena.h"
#include "core/bms.h"
#include "core/check/check.h"
#include "core/definition/setup.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct bms_history bms_history;

/** How long and how to wait for another program that writes. Called every now and then; false gives up. May
 * be NULL. */
typedef bool bms_history_wait(void *context);

/** Make a new, empty history with a fresh seal key. @return BMS_OK; BMS_NOT_WRITABLE, also when the file
 * exists */
enum bms_status bms_history_create(const char *path, const char *language, int64_t now, bms_error *error);

/**
 * Open an existing history, migrating an older one.
 * @return BMS_OK, BMS_HISTORY_MISSING, _LOCKED, _NEWER, _DAMAGED, BMS_NO_MEMORY
 */
enum bms_status bms_history_open(bms_history **out, const char *path, const char *language,
                                 bms_history_wait *wait, void *context, bms_error *error);

/** Close; an open run is rolled back. NULL is legal. */
void bms_history_close(bms_history *history);

/** @return the key that seals forms; lives as long as the history is open. */
const unsigned char *bms_history_seal_key(const bms_history *history);

/** Begin a run: takes the lock for writing. `verb` as "collect". */
enum bms_status bms_history_begin(bms_history *history, const char *verb, int64_t now, bms_error *error);
/** Commit: only now is anything to be reported as done. Ends the run, also when it fails (then as rolled
 * back). */
enum bms_status bms_history_commit(bms_history *history, bms_error *error);
/** Everything as it was before bms_history_begin; legal when no run is open. */
void bms_history_roll_back(bms_history *history);

/* The chain: every run has a hash over its facts and the run before (history_chain.h) */

/** @param[out] run, sha256  of the newest run; 0 and "" when there is none */
enum bms_status bms_history_newest_hash(bms_history *history, int64_t *run, char sha256[65],
                                        bms_error *error);
/** The same of the newest run before another. */
enum bms_status bms_history_hash_before(bms_history *history, int64_t before, int64_t *run, char sha256[65],
                                        bms_error *error);

/* As it was */

#define BMS_ALL_RUNS INT64_MAX

/** From now on see only what runs up to `run` have added; BMS_ALL_RUNS sees all. While it is limited nothing
 * can be added. */
enum bms_status bms_history_limit(bms_history *history, int64_t run, bms_error *error);
/** @return the run it is limited to, or BMS_ALL_RUNS. */
int64_t bms_history_limited_to(const bms_history *history);

/** @param[out] run  the newest that had begun by then; 0: none */
enum bms_status bms_history_run_at(bms_history *history, int64_t at, int64_t *run, bms_error *error);

/** @param[out] began_at  when the run began; *known false when there is no such run */
enum bms_status bms_history_run_time(bms_history *history, int64_t run, int64_t *began_at, bool *known,
                                     bms_error *error);

/** @param[out] program  the version of bms that carried the run out, in the arena; "" when there is no such
 * run */
enum bms_status bms_history_run_program(bms_history *history, int64_t run, bms_arena *arena,
                                        const char **program, bms_error *error);

/** Add a definition unless the newest is the same. @param[out] version of the new one, or of the same old one
 */
enum bms_status bms_history_add_definition(bms_history *history, const bms_setup_book *setup,
                                           const char *file, int *version, bool *added, bms_error *error);

/**
 * Load a setup as it was stored.
 * @param version  0 for the newest
 * @return BMS_OK with *found_version 0 and an empty setup when there is none yet
 */
enum bms_status bms_history_load_setup(bms_history *history, bms_arena *arena, int version,
                                       bms_setup_book *out, int *found_version, bms_error *error);

/** @param[out] at  when that version of the definition was stored; 0 when there is none */
enum bms_status bms_history_definition_time(bms_history *history, int version, int64_t *at, bms_error *error);

/** @param[out] version  of the newest definition; 0 when there is none */
enum bms_status bms_history_newest_definition(bms_history *history, int *version, bms_error *error);

/** A file that was looked at, and what became of it. Texts may be NULL. */
typedef struct bms_receipt {
    const char *file;
    const char *sha256;
    size_t size;
    const char *unit;
    const char *period;
    enum bms_outcome outcome;
    const bms_finding *findings;
    size_t n_findings;
} bms_receipt;

/** Add a receipt with its findings. @param[out] receipt its id; may be NULL */
enum bms_status bms_history_add_receipt(bms_history *history, const bms_receipt *receipt, int64_t *id,
                                        bms_error *error);

/**
 * Add an accepted return with its entries, actions and original bytes, as the next revision of its unit and
 * period.
 * @param[out] revision  1, 2, …
 */
enum bms_status bms_history_add_return(bms_history *history, int64_t receipt,
                                       const bms_checked_return *checked, const void *original, size_t size,
                                       int *revision, bms_error *error);

/** The coordinator's own amendment: a revision that is no file, but the return before it with a number put
 * right. */
typedef struct bms_amendment {
    const char *name; /* what stands for a file's name */
    const bms_checked_return
        *checked;          /* unit, form period, and the entries that are others now, without cells */
    const char *indicator; /* what was amended; the other entries share its numbers */
    const char *period;    /* measured */
    const char *made_by;
    const char *reason;
} bms_amendment;

/**
 * Add a amendment as the next revision; what it does not touch is carried over with its origin.
 *
 * @param document  the amendment as a text, kept as a file's bytes are
 */
enum bms_status bms_history_add_amendment(bms_history *history, const bms_amendment *amendment,
                                          const char *document, int *revision, bms_error *error);

/** Close a period that is open. */
enum bms_status bms_history_close_period(bms_history *history, const char *form_period, const char *made_by,
                                         bms_error *error);

/** @param[out] at  when the period was closed; 0: it is open */
enum bms_status bms_history_closed_at(bms_history *history, const char *form_period, int64_t *at,
                                      bms_error *error);

/* What the coordinator has decided about returns */

/** Add an acceptance; `period` and `about` are settled by now. @param[out] id  its number */
enum bms_status bms_history_add_acceptance(bms_history *history, const bms_acceptance *acceptance,
                                           int64_t *id, bms_error *error);

/**
 * Look for what an acceptance is of among what should be checked in the units' newest submissions.
 *
 * @param wanted      its period and numbers may be NULL: any
 * @param[out] period, about  the form period and numbers of what was found, in `arena`; `about` NULL: nothing
 */
enum bms_status bms_history_find_acceptable(bms_history *history, const bms_acceptance *wanted,
                                            bms_arena *arena, const char **period, const char **about,
                                            bms_error *error);

/** Add a choice among files, and each file that it sets aside. */
enum bms_status bms_history_add_choice(bms_history *history, const bms_choice *choice, int64_t *id,
                                       bms_error *error);
enum bms_status bms_history_add_set_aside(bms_history *history, int64_t choice, const char *sha256,
                                          bms_error *error);

/** Add that the return of a receipt was taken in without what is wrong in it. */
enum bms_status bms_history_add_release(bms_history *history, int64_t receipt, const bms_release *release,
                                        bms_error *error);

/** Load what still bears upon new returns: acceptances, and files that are set aside. */
enum bms_status bms_history_load_decisions(bms_history *history, bms_decisions *out, bms_error *error);

enum bms_decision_kind { BMS_DECIDED_TO_ACCEPT, BMS_DECIDED_TO_USE, BMS_DECIDED_TO_RELEASE };

/** A decision as stored. Absent texts are NULL. */
typedef struct bms_stored_decision {
    enum bms_decision_kind kind;
    const char *unit;
    const char *indicator; /* of an acceptance */
    const char *rule;      /* likewise */
    const char *about;     /* its numbers; of the others the file */
    const char *message;   /* what was accepted, as it was last told */
    const char *made_by;
    const char *reason;
    int64_t at;
    bool holds; /* it bears upon what counts now */
} bms_stored_decision;

/** Decisions about the returns of a form period, the newest run's first. */
enum bms_status bms_history_each_decision(bms_history *history, const char *form_period,
                                          bool (*on_decision)(void *context,
                                                              const bms_stored_decision *decision),
                                          void *context, bms_error *error);

/** The findings of a receipt, in their order. */
enum bms_status bms_history_each_finding(bms_history *history, int64_t receipt,
                                         bool (*on_finding)(void *context, const bms_finding *finding),
                                         void *context, bms_error *error);

/** What is known of earlier returns for a unit and form period. */
typedef struct bms_known_return {
    int revision; /* newest accepted; 0: none */
    bool same;    /* an accepted revision has these bytes, or these inputs */
    int same_revision;
    bool amended;     /* numbers of the newest are the coordinator's own amendments */
    bool held_before; /* these very bytes were held in an earlier run */
    bool superseded;  /* … and another file of the same unit and period has been accepted since */
} bms_known_return;

/** Look for accepted revisions, and whether one has the same bytes or the same inputs. */
enum bms_status bms_history_find_return(bms_history *history, const char *unit, const char *period,
                                        const char *sha256, const char *inputs_sha256, bms_known_return *out,
                                        bms_error *error);

/** @return BMS_OK with *known when the newest receipt of this file with these bytes has this outcome: nothing
 * new to add. */
enum bms_status bms_history_receipt_known(bms_history *history, const char *file, const char *sha256,
                                          enum bms_outcome outcome, bool *known, bms_error *error);

/** Which entries to deliver. NULL or 0 means any. */
typedef struct bms_entry_filter {
    const char *unit;
    const char *indicator;
    const char *period;      /* measured */
    const char *form_period; /* of the return */
    bool all_revisions;      /* else only the newest of each unit and form period */
} bms_entry_filter;

/** An entry as stored, with where it came from. Texts are borrowed during the callback; "" where there is
 * none. */
typedef struct bms_stored_entry {
    const char *unit;
    const char *form_period;
    int revision;
    bool current;
    bms_entry entry;
    const char *sheet;
    const char *file;
    const char *sha256;
    const char *definition; /* the version the form was made from */
    const char *signed_by;
    const char *signed_on;
    int64_t received_at;
    int64_t run;             /* that stored it */
    const char *amended_by;  /* the coordinator's own amendment of this number; "" */
    const char *amendment;   /* why */
    const char *accepted_by; /* what the checks found about it was accepted; "" */
    const char *acceptance;  /* why */
    const char *released_by; /* the return was taken in without it, to be clarified; "" */
    const char *release;     /* why */
    const char *chosen_by;   /* the file was chosen among several; "" */
    const char *choice;      /* why; "" where none was given */
    bool late;               /* the return came after its period was closed */
} bms_stored_entry;

/**
 * Keep an entry in an arena.
 *
 * @param like  one kept there before, whose texts are shared where they are the same; NULL: none
 */
bms_stored_entry bms_stored_entry_copy(bms_arena *arena, const bms_stored_entry *stored,
                                       const bms_stored_entry *like);

/** In order of unit, indicator, measured period, revision. Return false from the callback to stop. */
enum bms_status bms_history_each_entry(bms_history *history, const bms_entry_filter *filter,
                                       bool (*on_entry)(void *context, const bms_stored_entry *entry),
                                       void *context, bms_error *error);

typedef struct bms_stored_action {
    const char *unit;
    const char *form_period;
    bms_entry_action action;
} bms_stored_action;

/** Actions of the newest returns of a form period. @param unit NULL for all */
enum bms_status bms_history_each_action(bms_history *history, const char *unit, const char *form_period,
                                        bool (*on_action)(void *context, const bms_stored_action *action),
                                        void *context, bms_error *error);

/** The latest that is known of a file name and unit in one form period. Texts are borrowed during the
 * callback. */
typedef struct bms_stored_receipt {
    int64_t id;
    const char *file;
    const char *sha256;
    const char *unit; /* NULL when not known */
    enum bms_outcome outcome;
    int revision; /* when accepted */
    int64_t seen_at;
    const char *signed_by; /* when accepted */
    const char *why;       /* message of the first finding that held it back; NULL */
    bool superseded; /* a later one of the unit was accepted since, or the file says something else now */
} bms_stored_receipt;

/** Receipts of a form period, each distinct content once with its latest outcome, oldest first. */
enum bms_status bms_history_each_receipt(bms_history *history, const char *form_period,
                                         bool (*on_receipt)(void *context, const bms_stored_receipt *receipt),
                                         void *context, bms_error *error);

/** The codes of all units that any fact refers to, in order. Return false from the callback to stop. */
enum bms_status bms_history_each_unit(bms_history *history, bool (*on_unit)(void *context, const char *code),
                                      void *context, bms_error *error);

/** @return BMS_OK with *known when any fact refers to the indicator. */
enum bms_status bms_history_knows_indicator(bms_history *history, const char *code, bool *known,
                                            bms_error *error);

/** A workbook the program wrote, so that `forms` can tell what a unit has begun to fill in. */
enum bms_status bms_history_add_written(bms_history *history, const char *path, const char *sha256,
                                        bms_error *error);
/** @return BMS_OK with *same set when the newest record for that path has this hash, *known when there is any
 * record. */
enum bms_status bms_history_find_written(bms_history *history, const char *path, const char *sha256,
                                         bool *known, bool *same, bms_error *error);

/** An edition of a report. */
typedef struct bms_edition {
    int number; /* 0: none */
    int64_t run;
    int64_t made_at;
    char sha256[65]; /* of the workbook; "" when not known */
} bms_edition;

/** The newest edition of a report up to `most`. @param[out] out  number 0 when there is none */
enum bms_status bms_history_find_edition(bms_history *history, const char *unit, const char *period, int most,
                                         bms_edition *out, bms_error *error);

/** Add the next edition of a report: its number, and the hash of its workbook. Part of a run. */
enum bms_status bms_history_add_edition(bms_history *history, const char *unit, const char *period,
                                        int number, const char *sha256, bms_error *error);

#endif
