/**
 * The history: one SQLite file in which facts are only ever added.
 *
 * Only this room includes <sqlite3.h>; the schema, with what each table is for, is in sql/schema.sql. All
 * writing happens inside a run (bms_history_begin … bms_history_commit), which is stored whole or not at all.
 * Current values are the entries of the newest revision; results and colours are not stored but worked out.
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

/** Called repeatedly while another program holds the lock; false gives up. May be NULL: nobody waits. */
typedef bool bms_history_wait(void *context);

/** Make an empty history with a new seal key. @return BMS_OK; BMS_NOT_WRITABLE, also when the file exists */
enum bms_status bms_history_create(const char *path, const char *language, int64_t now, bms_error *error);

/**
 * Open an existing history, migrating an older one.
 * @return BMS_OK, BMS_HISTORY_MISSING, _LOCKED, _NEWER, _DAMAGED, BMS_NO_MEMORY
 */
enum bms_status bms_history_open(bms_history **out, const char *path, const char *language,
                                 bms_history_wait *wait, void *context, bms_error *error);

/** Close the history; an open run is rolled back. NULL is legal. */
void bms_history_close(bms_history *history);

/** @return the key that seals forms; lives as long as the history is open. */
const unsigned char *bms_history_seal_key(const bms_history *history);

/** Begin a run: takes the lock for writing. @param verb  such as "collect" */
enum bms_status bms_history_begin(bms_history *history, const char *verb, int64_t now, bms_error *error);
/** Commit the run: nothing is reported as done before this. A run that cannot be committed is rolled back. */
enum bms_status bms_history_commit(bms_history *history, bms_error *error);
/** Restore what was there before bms_history_begin; legal when no run is open. */
void bms_history_roll_back(bms_history *history);

/* The chain: every run has a hash over its facts and the run before (chain.h) */

/** Find the newest run and its hash. @param[out] run, sha256  0 and "" when there is none */
enum bms_status bms_history_newest_hash(bms_history *history, int64_t *run, char sha256[65],
                                        bms_error *error);
/** Find the newest run before another one, and its hash. */
enum bms_status bms_history_hash_before(bms_history *history, int64_t before, int64_t *run, char sha256[65],
                                        bms_error *error);

/* As it was */

#define BMS_ALL_RUNS INT64_MAX

/** From now on show only what runs up to `run` have added; BMS_ALL_RUNS shows all. While the history is
 * limited nothing can be added. */
enum bms_status bms_history_limit(bms_history *history, int64_t run, bms_error *error);
/** @return the run it is limited to, or BMS_ALL_RUNS. */
int64_t bms_history_limited_to(const bms_history *history);

/** Find the newest run that had begun by a time. @param[out] run  0 when there is none */
enum bms_status bms_history_run_at(bms_history *history, int64_t at, int64_t *run, bms_error *error);

/** Find when a run began. @param[out] known  whether there is such a run */
enum bms_status bms_history_run_time(bms_history *history, int64_t run, int64_t *began_at, bool *known,
                                     bms_error *error);

/** Find the version of bms that made a run. @param[out] program  in `arena`; "" when there is no such run */
enum bms_status bms_history_run_program(bms_history *history, int64_t run, bms_arena *arena,
                                        const char **program, bms_error *error);

/** Find who made a run and where, as the system said. @param[out] account, machine  in `arena`; "" where it
 * is not known: of runs before version 6, or blanked */
enum bms_status bms_history_run_system(bms_history *history, int64_t run, bms_arena *arena,
                                       const char **account, const char **machine, bms_error *error);

/** Add a definition unless the newest is the same. @param[out] version  of the one that is newest then */
enum bms_status bms_history_add_definition(bms_history *history, const bms_setup_book *setup,
                                           const char *file, int *version, bool *added, bms_error *error);

/**
 * Load a setup as it was stored.
 * @param version  0 for the newest
 * @return BMS_OK with *found_version 0 and an empty setup when there is none yet
 */
enum bms_status bms_history_load_setup(bms_history *history, bms_arena *arena, int version,
                                       bms_setup_book *out, int *found_version, bms_error *error);

/** Find when a version of the definition was stored. @param[out] at  0 when there is none */
enum bms_status bms_history_definition_time(bms_history *history, int version, int64_t *at, bms_error *error);

/** Find the newest definition. @param[out] version  0 when there is none */
enum bms_status bms_history_newest_definition(bms_history *history, int *version, bms_error *error);

/** The verb of a run that made an earlier definition again, before the number of its version. */
#define BMS_UNDO_RUN "setup --undo "

/** Find the version before the newest; what was made again counts as the version that it made again, so that
 * each undo goes one further back. @param[out] version  0 when there is none */
enum bms_status bms_history_version_before(bms_history *history, int *version, bms_error *error);

/** Find the name of the workbook that a version came from. @param[out] file  in `arena` */
enum bms_status bms_history_definition_file(bms_history *history, bms_arena *arena, int version,
                                            const char **file, bms_error *error);

/** A file that was read, and its outcome. Texts may be NULL. */
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

/** Add a receipt with its findings. @param[out] id  of the receipt; may be NULL */
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

/** An amendment by the coordinator: a revision without a file, the return before it with a number put right.
 */
typedef struct bms_amendment {
    const char *name;                  /* in place of a file's name */
    const bms_checked_return *checked; /* unit, form period, and the changed entries, without cells */
    const char *indicator;             /* that was amended; the other changed entries share its numbers */
    const char *period;                /* measured */
    const char *made_by;
    const char *reason;
} bms_amendment;

/**
 * Add an amendment as the next revision; the entries it does not change are carried over with their origin.
 *
 * @param document  the amendment as a text, recorded as a file's bytes are
 */
enum bms_status bms_history_add_amendment(bms_history *history, const bms_amendment *amendment,
                                          const char *document, int *revision, bms_error *error);

/** Close a period that is open. */
enum bms_status bms_history_close_period(bms_history *history, const char *form_period, const char *made_by,
                                         bms_error *error);

/** Find when a period was closed. @param[out] at  0 when it is open */
enum bms_status bms_history_closed_at(bms_history *history, const char *form_period, int64_t *at,
                                      bms_error *error);

/** Find when a period was closed, where a file with these bytes first came after that. @param[out] at  0: the
 * file came in time */
enum bms_status bms_history_closed_before(bms_history *history, const char *form_period, const char *sha256,
                                          int64_t *at, bms_error *error);

/* What the coordinator has decided about returns */

/** Add an acceptance, whose `period` and `about` are not NULL. @param[out] id  its number */
enum bms_status bms_history_add_acceptance(bms_history *history, const bms_acceptance *acceptance,
                                           int64_t *id, bms_error *error);

/**
 * Find the warning that an acceptance is for, in the units' newest returns.
 *
 * @param      wanted         its period and numbers may be NULL: any
 * @param[out] period, about  form period and numbers of the warning, in `arena`; `about` NULL: there is none
 */
enum bms_status bms_history_find_acceptable(bms_history *history, const bms_acceptance *wanted,
                                            bms_arena *arena, const char **period, const char **about,
                                            bms_error *error);

/** Add a choice among files; then add each file that it sets aside. */
enum bms_status bms_history_add_choice(bms_history *history, const bms_choice *choice, int64_t *id,
                                       bms_error *error);
enum bms_status bms_history_add_set_aside(bms_history *history, int64_t choice, const char *sha256,
                                          bms_error *error);

/** Add the release by which the return of a receipt was accepted without its wrong answers. */
enum bms_status bms_history_add_release(bms_history *history, int64_t receipt, const bms_release *release,
                                        bms_error *error);

/** Load the decisions that still apply to new returns: acceptances, and files that are set aside. */
enum bms_status bms_history_load_decisions(bms_history *history, bms_decisions *out, bms_error *error);

enum bms_decision_kind { BMS_DECIDED_TO_ACCEPT, BMS_DECIDED_TO_USE, BMS_DECIDED_TO_RELEASE };

/** A decision as stored. Absent texts are NULL. */
typedef struct bms_stored_decision {
    enum bms_decision_kind kind;
    const char *unit;
    const char *indicator; /* of an acceptance */
    const char *rule;      /* likewise */
    const char *about;     /* its numbers; for the other kinds the file */
    const char *message;   /* the latest message of the finding that was accepted */
    const char *made_by;
    const char *reason;
    int64_t at;
    bool holds; /* what counts now depends on it */
} bms_stored_decision;

/** Decisions about the returns of a form period, newest run first. */
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
    bool amended;     /* the newest is an amendment by the coordinator */
    bool held_before; /* a file with the same bytes was held in an earlier run */
    bool superseded;  /* it was seen in an earlier run, not accepted, and another has been accepted since */
} bms_known_return;

/** Find the accepted revisions of a unit and period, and whether one has the same bytes or inputs. */
enum bms_status bms_history_find_return(bms_history *history, const char *unit, const char *period,
                                        const char *sha256, const char *inputs_sha256, bms_known_return *out,
                                        bms_error *error);

/** Find out whether the newest receipt of a file with these bytes has this outcome: then nothing is new. */
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

/** What was decided about an entry beside the return that brought it. */
typedef struct bms_entry_origin {
    const char *amended_by;  /* who amended the number; "": nobody */
    const char *amendment;   /* why */
    const char *accepted_by; /* who accepted a finding about it; "": nobody */
    const char *acceptance;  /* why */
    const char *released_by; /* who released the return without it, to be clarified; "": nobody */
    const char *release;     /* why */
    const char *chosen_by;   /* who chose its file among several; "": nobody */
    const char *choice;      /* why; "" where no reason was given */
    bool late;               /* the return came after its period was closed */
} bms_entry_origin;

/** A stored entry with its origin. Texts are borrowed during the callback, "" for none. */
typedef struct bms_stored_entry {
    const char *unit;
    const char *form_period;
    int revision;
    bool current;
    bms_entry entry;
    const char *sheet;
    const char *file;
    const char *sha256;
    const char *definition; /* the version that the form was made from */
    const char *signed_by;
    const char *signed_on;
    int64_t received_at;
    int64_t run; /* that stored it */
    bms_entry_origin origin;
} bms_stored_entry;

/**
 * Copy an entry into an arena.
 *
 * @param like  an earlier copy there, whose texts are shared where they are equal; NULL: none
 */
bms_stored_entry bms_stored_entry_copy(bms_arena *arena, const bms_stored_entry *stored,
                                       const bms_stored_entry *like);

/** Entries in order of unit, indicator, measured period and revision. Return false to stop. */
enum bms_status bms_history_each_entry(bms_history *history, const bms_entry_filter *filter,
                                       bool (*on_entry)(void *context, const bms_stored_entry *entry),
                                       void *context, bms_error *error);

/** That a unit has answered, without what. */
typedef struct bms_arrival {
    const char *unit;
    const char *indicator;
    const char *definition; /* the version that its form was made from; "" when lost */
} bms_arrival;

/** Which number: codes, and the measured period. */
typedef struct bms_number_key {
    const char *unit;
    const char *indicator;
    const char *period;
} bms_number_key;

/** What the newest returns hold of a measured period, in no order, and with little work. Return false to
 * stop. */
enum bms_status bms_history_each_arrival(bms_history *history, const char *period,
                                         bool (*on_arrival)(void *context, const bms_arrival *arrival),
                                         void *context, bms_error *error);

/** The numbers that count: one call for each reported entry of the newest returns, in no order. Return false
 * to stop. */
enum bms_status bms_history_each_number(bms_history *history,
                                        bool (*on_number)(void *context, const bms_number_key *key),
                                        void *context, bms_error *error);

/** The versions of the definition in the newest returns with a measured period, in the order in which
 * bms_history_each_entry first comes to them. Return false to stop. */
enum bms_status bms_history_each_version(bms_history *history, const char *period,
                                         bool (*on_version)(void *context, const char *version),
                                         void *context, bms_error *error);

typedef struct bms_stored_action {
    const char *unit;
    const char *form_period;
    bms_entry_action action;
} bms_stored_action;

/** The form periods whose newest return of a unit has actions, in no order. Return false to stop. */
enum bms_status bms_history_each_action_form(bms_history *history, const char *unit,
                                             bool (*on_form)(void *context, const char *form_period),
                                             void *context, bms_error *error);

/** Actions of the newest returns of a form period. @param unit NULL for all */
enum bms_status bms_history_each_action(bms_history *history, const char *unit, const char *form_period,
                                        bool (*on_action)(void *context, const bms_stored_action *action),
                                        void *context, bms_error *error);

/** The latest receipt of a content in one form period. Texts are borrowed during the callback. */
typedef struct bms_stored_receipt {
    int64_t id;
    const char *file;
    const char *sha256;
    const char *unit; /* NULL when not known */
    enum bms_outcome outcome;
    int revision; /* when accepted */
    int64_t seen_at;
    const char *signed_by;   /* when accepted */
    const char *why;         /* message of the first finding that held it back; NULL */
    bool replaced;           /* a later file of the unit was accepted, or another chosen */
    bool overwritten;        /* this file has been changed since */
    bool superseded;         /* one of these: it waits for nobody */
    bool for_another_period; /* the form of another period, which came for this one */
} bms_stored_receipt;

/** @param[out] has  whether anything was received for a form period */
enum bms_status bms_history_has_receipts(bms_history *history, const char *form_period, bool *has,
                                         bms_error *error);

/** Receipts of a form period, oldest first: each content once, with its latest outcome. */
enum bms_status bms_history_each_receipt(bms_history *history, const char *form_period,
                                         bool (*on_receipt)(void *context, const bms_stored_receipt *receipt),
                                         void *context, bms_error *error);

/** The codes of all units that facts refer to, in order. Return false to stop. */
enum bms_status bms_history_each_unit(bms_history *history, bool (*on_unit)(void *context, const char *code),
                                      void *context, bms_error *error);

/** Find out whether any fact refers to an indicator. */
enum bms_status bms_history_knows_indicator(bms_history *history, const char *code, bool *known,
                                            bms_error *error);

/** Record a workbook that the program wrote: `forms` must not overwrite one that has been changed since. */
enum bms_status bms_history_add_written(bms_history *history, const char *path, const char *sha256,
                                        bms_error *error);
/**
 * Find out what is recorded of a path.
 *
 * @param[out] ours    whether this content was ever written there: a newer one may be recorded that could not
 *                     replace it
 * @param[out] newest  whether the newest record has this hash
 */
enum bms_status bms_history_find_written(bms_history *history, const char *path, const char *sha256,
                                         bool *ours, bool *newest, bms_error *error);

/** Find out whether any workbook was ever written into a folder itself. @param folder  as "forms/2026-T1/" */
enum bms_status bms_history_has_written(bms_history *history, const char *folder, bool *has,
                                        bms_error *error);

/** Find out whether a return for a form period has been accepted. */
enum bms_status bms_history_has_returns(bms_history *history, const char *form_period, bool *has,
                                        bms_error *error);

/** An edition of a report. */
typedef struct bms_edition {
    int number; /* 0: none */
    int64_t run;
    int64_t made_at;
    char sha256[65];  /* of the workbook; "" when not known */
    char program[32]; /* the version of bms that made it */
    char said[65];    /* a hash of what it said; "" where that was not kept yet */
    char language[3]; /* likewise */
} bms_edition;

/** Find the newest edition of a report up to number `most`. @param[out] out  number 0 when there is none */
enum bms_status bms_history_find_edition(bms_history *history, const char *unit, const char *period, int most,
                                         bms_edition *out, bms_error *error);

/** Add an edition of a report: its number, and the hash of its workbook. */
enum bms_status bms_history_add_edition(bms_history *history, const char *unit, const char *period,
                                        int number, const char *sha256, bms_error *error);

/** Which of an indicator's figures. The numbers are stored: they never change. */
enum bms_said_role {
    BMS_SAID_NOW = 0,
    BMS_SAID_SO_FAR = 1,        /* the year so far, where it is another than now */
    BMS_SAID_LAST = 2,          /* the previous measuring point */
    BMS_SAID_YEAR_BEFORE = 3,   /* the same time last year */
    BMS_SAID_SO_FAR_BEFORE = 4, /* the year so far then */
    BMS_SAID_OWN = 5            /* the unit's own answer, where it has others below it */
};

/** A figure as an edition of a report showed it. Absent texts are NULL. */
typedef struct bms_said {
    const char *indicator;
    enum bms_said_role role;
    const char *period; /* measured */
    bms_values answer;
    bms_number result;
    int decimals;
    enum bms_colour colour;
    const char *why;      /* it had no colour, as a key */
    const char *compared; /* with what it was compared, as a key; NULL: with nothing, and the rest is empty */
    bms_number compared_from;
    bms_number compared_to;
    int direction;
    int better;
} bms_said;

/** What an edition said. */
typedef struct bms_edition_said {
    const char *language;
    const char *sha256; /* over all of it */
    const bms_said *figures;
    size_t n_figures;
} bms_edition_said;

/** Add what an edition said, once the edition is added. */
enum bms_status bms_history_add_said(bms_history *history, const char *unit, const char *period, int number,
                                     const bms_edition_said *said, bms_error *error);

/**
 * The figures of the newest edition of a report that a run up to `run` made; none where they were not kept.
 * Texts are borrowed during the callback, which returns false to stop.
 */
enum bms_status bms_history_each_said(bms_history *history, const char *unit, const char *period, int64_t run,
                                      bool (*on_figure)(void *context, const bms_said *figure), void *context,
                                      bms_error *error);

#endif
