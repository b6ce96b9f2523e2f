/**
 * bms – balanced scorecard (balansert målstyring) on workbooks and one file.
 *
 * A coordinator describes the scorecard in a setup workbook; bms writes a form for every unit, reads the
 * returns, checks every number, keeps what holds up in a history (one SQLite file) and writes reports.
 *
 * This is the whole public interface: a handle, a function for each verb, callbacks that deliver typed rows,
 * and bms_call, which is all verbs in JSON. The library never prints, never exits and keeps no global state:
 * two handles can be used from two threads. All text in and out is UTF-8. Every `const char *` that a
 * callback is given is borrowed until the callback returns. Usable from C++.
 *
 *     bms *b = NULL;
 *     bms_error error = {0};
 *     bms_counts counts;
 *     bms_source period = {.name = "2026-T1"};
 *     if (bms_new(&b, &error) == BMS_OK && bms_collect(b, &period, 1, NULL, NULL, &counts, &error) == BMS_OK)
 *         printf("%zu accepted\n", counts.accepted);
 *     else
 *         fprintf(stderr, "%s: %s\n", error.where, error.message);
 *     bms_free(b);
 */
#ifndef BMS_H
#define BMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined _WIN32
#define BMS_API __declspec(dllexport)
#else
#define BMS_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** How a call ended. What a user did wrong inside a workbook is a finding, not one of these. */
enum bms_status {
    BMS_OK = 0,
    BMS_USAGE,           /* the call asks for what does not exist: unknown period, unit, language … */
    BMS_INPUT,           /* a named input is missing or unreadable, or a folder holds no workbooks */
    BMS_HISTORY_MISSING, /* there is no history at the path */
    BMS_HISTORY_LOCKED,  /* another program is writing to the history */
    BMS_HISTORY_NEWER,   /* the history was made by a newer bms */
    BMS_HISTORY_DAMAGED, /* the file is not a history, or is damaged */
    BMS_NOT_WRITABLE,    /* disk full, folder or file not writable */
    BMS_NO_MEMORY,
    BMS_CANCELLED, /* the caller's progress function said stop; everything is as it was */
    BMS_INTERNAL   /* our own mistake */
};

/** What went wrong, for the one who called. Owned by the caller; start with {0}. */
typedef struct bms_error {
    enum bms_status code;
    char message[1024]; /* what is wrong and what to do, in the handle's language */
    char where[1024];   /* path, or sheet and cell; "" when there is none */
} bms_error;

/** @return a stable English name for programs ("usage", "history_locked" …). */
BMS_API const char *bms_status_name(enum bms_status status);

/** @return the version of the library, as "0.1.0". */
BMS_API const char *bms_version(void);

/** A handle: language, clock and where the history is. */
typedef struct bms bms;

/** Make a handle: bokmål, the system's clock, `bms.db` in the current folder. */
BMS_API enum bms_status bms_new(bms **out, bms_error *error);

/** Give the handle back; NULL is legal. */
BMS_API void bms_free(bms *b);

/** Choose the language of messages and workbooks: "nb", "nn" or "en". */
BMS_API enum bms_status bms_set_language(bms *b, const char *language, bms_error *error);

/** @return what stands before decimals in the handle's language: ',' or '.'. */
BMS_API char bms_decimal_mark(const bms *b);

/** Use another history than `bms.db`. The folders forms, returns, reports and corrections lie beside it. */
BMS_API enum bms_status bms_set_history(bms *b, const char *path, bms_error *error);

/**
 * See the history as it was: reports, deliveries, measurements and explanations tell what was known then, and
 * what would add to the history is refused.
 *
 * @param date_or_run  2026-09-30 (its end, UTC), or the number of a run; NULL is now again
 */
BMS_API enum bms_status bms_set_as_of(bms *b, const char *date_or_run, bms_error *error);

/** Show every period by the newest targets, not by those that held then. Reports made so are no editions. */
BMS_API void bms_set_limits_of_today(bms *b, bool of_today);

/** Use another clock. @param now gives seconds since 1970-01-01 UTC; NULL is the system's clock again */
BMS_API void bms_set_clock(bms *b, int64_t (*now)(void *context), void *context);

/** @return `text` (English, from the library's catalogues) in the handle's language, or `text` itself. */
BMS_API const char *bms_translate(const bms *b, const char *text);

/** A workbook, or what leads to some: a path, or bytes with a name. */
typedef struct bms_source {
    const char *name;  /* path; for bytes the name to use in messages */
    const void *bytes; /* NULL: `name` is a path */
    size_t size;
} bms_source;

enum bms_severity { BMS_INFO, BMS_WARNING, BMS_ERROR, BMS_FATAL };

/** @return "info", "warning", "error" or "fatal". */
BMS_API const char *bms_severity_name(enum bms_severity severity);

/** What the checks say about one thing in one file. Absent parts are NULL. */
typedef struct bms_finding {
    const char *rule; /* stable id, as "part_above_whole" */
    enum bms_severity severity;
    const char *file;
    const char *sheet;
    const char *cell;
    const char *unit;
    const char *indicator;
    const char *message; /* what is wrong, with the values */
    const char *fix;     /* what to do */
    const char *about;   /* the numbers it is about, where it is one that can be accepted: "10/7" */
    bool accepted;       /* the coordinator has accepted it: `fix` says who and why */
} bms_finding;

enum bms_outcome { BMS_ACCEPTED, BMS_HELD, BMS_UNREADABLE, BMS_DUPLICATE, BMS_UNFINISHED, BMS_SKIPPED };

/** @return "accepted", "held" … */
BMS_API const char *bms_outcome_name(enum bms_outcome outcome);

/** What became of one file. */
typedef struct bms_return_row {
    const char *file;
    const char *unit;   /* NULL when not known */
    const char *period; /* the form's period; NULL when not known */
    int revision;       /* innsending nr.; 0 unless accepted by bms_collect */
    enum bms_outcome outcome;
    const bms_finding *findings;
    size_t n_findings;
} bms_return_row;

/** How many files ended how. */
typedef struct bms_counts {
    size_t accepted, held, unreadable, duplicate, unfinished, skipped;
} bms_counts;

/** A workbook that was written, or left as it was. */
enum bms_file_action {
    BMS_FILE_WRITTEN,
    BMS_FILE_UNCHANGED, /* it already was what would have been written */
    BMS_FILE_KEPT       /* it differs from what bms wrote, and was not asked to be replaced */
};

typedef struct bms_file_row {
    const char *path;
    enum bms_file_action action;
    const char *unit; /* NULL for a workbook of no one unit */
} bms_file_row;

/** Where a verb delivers. Members may be NULL; `context` is handed to each. */
typedef struct bms_listener {
    void *context;
    void (*on_finding)(void *context, const bms_finding *finding);
    void (*on_file)(void *context, const bms_file_row *file);
    void (*on_return)(void *context, const bms_return_row *row);
    /** Called between files, and while waiting for a locked history (`total` 0). Return false to cancel. */
    bool (*on_progress)(void *context, size_t done, size_t total);
    /** Of bms_call alone: the answer piece by piece, so that a long one need not be kept in memory. */
    void (*on_text)(void *context, const char *bytes, size_t size);
} bms_listener;

/** Hear what concerns the history itself, whatever the verb: it was upgraded, a copy could not be made … */
BMS_API void bms_set_notices(bms *b, void (*on_notice)(void *context, const bms_finding *notice),
                             void *context);

/**
 * Make a folder with a setup workbook and an empty history.
 *
 * @param template_name  a name from bms_template_names
 * @param folder         made if it does not exist; must not hold a history or a setup workbook
 */
BMS_API enum bms_status bms_init(bms *b, const char *template_name, const char *folder,
                                 const bms_listener *listener, bms_error *error);

/** @return the names of the templates, ended by NULL; lives as long as the program. */
BMS_API const char *const *bms_template_names(void);

/**
 * Load or renew the definition from a setup workbook. All mistakes in it are delivered as findings; if any is
 * severe, nothing is stored and *mistakes says how many.
 */
BMS_API enum bms_status bms_setup(bms *b, const bms_source *workbook, const bms_listener *listener,
                                  size_t *mistakes, bms_error *error);

/**
 * Write the forms of a period.
 *
 * @param unit   only this unit's; NULL for all
 * @param force  replace forms that differ from what bms wrote
 */
BMS_API enum bms_status bms_forms(bms *b, const char *period, const char *unit, bool force,
                                  const bms_listener *listener, bms_error *error);

/** A finding that the coordinator accepts: it no longer holds its return back. */
typedef struct bms_accepting {
    const char *rule; /* one of those that can be accepted */
    const char *unit;
    const char *indicator;
} bms_accepting;

/**
 * How check and collect shall go about it; NULL means all zero. What the coordinator decides is for collect
 * alone, and is stored with who, when and why.
 */
typedef struct bms_collect_options {
    int threads;         /* readers at a time; 0: as many as there are processors */
    bool no_corrections; /* collect writes no corrections for what is held, and no Mottak */
    const bms_accepting *accept;
    size_t n_accept;
    const char *const *use; /* files that hold where a unit has sent several: paths or bare names */
    size_t n_use;
    const char *const *partial; /* units whose held return is taken in without what is wrong in it */
    size_t n_partial;
    const char *reason; /* why; required to accept */
    const char *by;     /* who decides; NULL: the one who is logged on */
} bms_collect_options;

/**
 * Check returns; store nothing. Works without a history for files that carry their own definitions.
 *
 * @param sources  each a file, a folder, or a period's code (the folder returns/PERIOD); none: the folder
 * returns
 */
BMS_API enum bms_status bms_check(bms *b, const bms_source *sources, size_t n,
                                  const bms_collect_options *options, const bms_listener *listener,
                                  bms_counts *counts, bms_error *error);

/**
 * Check returns and consolidate those that hold up, in one transaction. Parameters as bms_check. For each
 * return that is held, and that the unit can put right, a correction is written to corrections/PERIOD and
 * told to `on_file`: the return as it was sent, what was found in it marked and listed; filled in, it is
 * itself a return.
 *
 * For the coordinator, `Mottak PERIOD.xlsx` is written beside the history: every unit, file and finding, with
 * columns for what the coordinator decides. What stands in those columns when the period is collected the
 * next time is obeyed; what could not be is told to `on_finding` and stands in the new one.
 */
BMS_API enum bms_status bms_collect(bms *b, const bms_source *sources, size_t n,
                                    const bms_collect_options *options, const bms_listener *listener,
                                    bms_counts *counts, bms_error *error);

/** How far one unit has come with one form. */
typedef struct bms_delivery {
    const char *unit;
    const char *name;
    int expected;     /* measurements that must be answered, and others that have been */
    int reported;     /* not applicable and empty base included */
    int missing;      /* expected − reported */
    int held;         /* files held back and not superseded */
    int unfinished;   /* files begun and not signed */
    int to_clarify;   /* measurements left out when the rest of the return was let in */
    int revision;     /* 0: nothing accepted */
    bool late;        /* something came after the period was closed */
    const char *file; /* the held or unfinished file; NULL */
    const char *why;  /* the first thing that holds it back; NULL */
} bms_delivery;

/** Who has delivered or not, what is held and why. @param period  NULL: the latest with a deadline begun */
BMS_API enum bms_status bms_deliveries(bms *b, const char *period,
                                       void (*on_period)(void *context, const char *period, const char *name),
                                       void (*on_delivery)(void *context, const bms_delivery *row),
                                       void *context, bms_error *error);

/**
 * Write letters to the units that have not delivered a period's form, or whose return is held, to
 * reminders/PERIOD: a text each, a draft for the mail program (.eml) with the form or the correction attached
 * where unit and municipality have an e-mail address, and list.csv of all of them. Nothing is sent.
 */
BMS_API enum bms_status bms_remind(bms *b, const char *period, const bms_listener *listener,
                                   bms_error *error);

/** Write the reports of a period. @param unit only this unit's; NULL for all */
BMS_API enum bms_status bms_report(bms *b, const char *period, const char *unit, const bms_listener *listener,
                                   bms_error *error);

/** What the coordinator puts right in an accepted return. Numbers as people write them; NULL keeps the one
 * there is. */
typedef struct bms_amendment_request {
    const char *unit;
    const char *indicator;
    const char *period; /* measured */
    const char *numerator;
    const char *denominator;
    const char *reason; /* required */
    const char *by;     /* NULL: the one who is logged on */
} bms_amendment_request;

/**
 * Correct a number without the unit sending its form anew: the return's next revision. It is checked by the
 * rules a return is checked by; what they find wrong is delivered, nothing is stored then, and *mistakes says
 * how many.
 *
 * @param[out] revision  of the corrected return; 0 when nothing was stored
 */
BMS_API enum bms_status bms_amend(bms *b, const bms_amendment_request *request, const bms_listener *listener,
                                  int *revision, size_t *mistakes, bms_error *error);

/**
 * Close a period: what comes later is still taken, and marked late.
 *
 * @param by  NULL: the one who is logged on
 * @return BMS_USAGE when it is closed already
 */
BMS_API enum bms_status bms_close(bms *b, const char *period, const char *by, bms_error *error);

enum bms_state { BMS_REPORTED, BMS_MISSING, BMS_NOT_APPLICABLE, BMS_EMPTY_BASE };
enum bms_colour { BMS_NO_COLOUR, BMS_GREEN, BMS_YELLOW, BMS_RED };

/** @return "reported", "missing", "not_applicable" or "empty_base". */
BMS_API const char *bms_state_name(enum bms_state state);

/** @return "green", "yellow", "red", or NULL for no colour. */
BMS_API const char *bms_colour_name(enum bms_colour colour);

/** A number that may not be there. */
typedef struct bms_number {
    bool known;
    double value;
} bms_number;

/** One measurement as the history knows it. Absent texts are NULL. */
typedef struct bms_measurement {
    const char *unit;
    const char *unit_name;
    const char *indicator;
    const char *indicator_name;
    const char *period;      /* the period measured */
    const char *form_period; /* the form that asked */
    int revision;            /* 0: planned, nothing accepted */
    bool current;
    enum bms_state state;
    bms_number numerator;
    bms_number denominator;
    bms_number result;
    enum bms_colour status;
    const char *file;
    const char *sha256; /* of the file */
    const char *cell;   /* Sheet!C5, of the numerator */
    const char *reason; /* why it is missing or not applicable */
    const char *comment;
    const char *signed_by;
    const char *received;    /* 2026-09-15T10:00:00Z */
    const char *amended_by;  /* the coordinator's amendment; NULL */
    const char *amendment;   /* why; NULL */
    const char *accepted_by; /* the coordinator accepted what the checks found; NULL */
    const char *acceptance;  /* why; NULL */
    const char *released_by; /* the return was taken in without this number, to be clarified; NULL */
    const char *release;     /* why; NULL */
    bool late;               /* it came after the period was closed */
    const char *past_of;     /* of one unit's history: the unit asked about, where this row is of one that
                                it took over from; NULL */
    const char *shared_with; /* … codes of others that came from that one too, "B, C"; NULL */
} bms_measurement;

/**
 * What is stored, in order of unit, indicator, period, revision.
 *
 * @param unit, indicator  only these; NULL for all. After a unit's own rows come those of the units it took
 *                         over from, up to when it did
 * @param all              every revision, not only the current one
 */
BMS_API enum bms_status bms_measurements(bms *b, const char *unit, const char *indicator, bool all,
                                         void (*on_measurement)(void *context, const bms_measurement *row),
                                         void *context, bms_error *error);

/** A cell that says something else in a submission than in the one before it. */
typedef struct bms_cell_change {
    const char *unit;
    const char *indicator;
    const char *indicator_name; /* NULL when the definition no longer has it */
    const char *period;         /* measured */
    const char *form_period;
    int revision;     /* the one it was changed in */
    const char *what; /* "numerator", "denominator", "state" or "comment" */
    const char *was;  /* in words of the handle's language; "" for nothing */
    const char *became;
    const char *file;
    const char *cell; /* Sheet!C5; NULL when it stands in none */
    const char *by;   /* who signed, or corrected it */
    const char *received;
    const char *amendment; /* why the coordinator corrected it; NULL */
} bms_cell_change;

/** What was changed between submissions, by indicator, period and revision. @param indicator  NULL for all */
BMS_API enum bms_status bms_changes(bms *b, const char *unit, const char *indicator,
                                    void (*on_change)(void *context, const bms_cell_change *change),
                                    void *context, bms_error *error);

/** One line of an explanation. */
typedef struct bms_fact {
    const char *key;   /* stable, for programs: "result", "numerator", "target", "part" … */
    const char *label; /* in the handle's language */
    const char *text;
} bms_fact;

/** Where a number and its colour come from, down to file and cell. */
BMS_API enum bms_status bms_explain(bms *b, const char *unit, const char *indicator, const char *period,
                                    void (*on_fact)(void *context, const bms_fact *fact), void *context,
                                    bms_error *error);

/** One place where the history is not what was stored. */
typedef struct bms_difference {
    int64_t run;       /* 0: of no one run */
    const char *table; /* in the history's file */
    const char *row;   /* its key, or what more there is to tell; "" */
    const char *message;
} bms_difference;

/** What came of verifying the history. */
typedef struct bms_verification {
    size_t runs;
    size_t differences;
    char hash[65];       /* of the newest run; "" when there is none */
    int64_t run_of_hash; /* the run whose hash was asked for; 0: none has it */
} bms_verification;

/**
 * Work the history out again, and compare it with what was stored: nobody can quietly rewrite it.
 *
 * @param hash  one that was printed, by at least its first 8 digits; NULL
 */
BMS_API enum bms_status bms_verify(bms *b, const char *hash,
                                   void (*on_difference)(void *context, const bms_difference *difference),
                                   void *context, bms_verification *out, bms_error *error);

/** @param[out] run, hash  the newest run and its hash; 0 and "" when there is none */
BMS_API enum bms_status bms_newest_hash(bms *b, int64_t *run, char hash[65], bms_error *error);

/** Copy the history to a file while others use it. A file that is no history is not replaced. */
BMS_API enum bms_status bms_backup(bms *b, const char *path, bms_error *error);

/** Give the accepted files back, unchanged, as FOLDER/PERIOD/UNIT-N.xlsx; what was blanked is told as a
 * finding. */
BMS_API enum bms_status bms_originals(bms *b, const char *folder, const bms_listener *listener,
                                      bms_error *error);

/** What is to be blanked: in the returns of a unit for a form period; of BMS_REDACT_SETUP in the setups. */
enum bms_redacted {
    BMS_REDACT_COMMENT,
    BMS_REDACT_SIGNATURE,
    BMS_REDACT_ACTIONS,
    BMS_REDACT_ORIGINAL,
    BMS_REDACT_FINDINGS,  /* what the checks said, of files that were held too */
    BMS_REDACT_AMENDMENT, /* who corrected a number, and why */
    BMS_REDACT_DECISIONS, /* who accepted, chose or let in, why, and the name of a chosen file */
    BMS_REDACT_FILE,      /* what the files were called */
    BMS_REDACT_SETUP      /* cells that may be blank and hold `text`, of all setups that were loaded */
};

/** @return "comment", "signature" … as the command has it; of BMS_REDACT_AMENDMENT "correction". */
BMS_API const char *bms_redacted_name(enum bms_redacted what);

typedef struct bms_redaction {
    const char *unit;
    const char *period;
    const char *indicator; /* of a comment, a finding or a correction; NULL: all */
    int revision;          /* 0: all */
    const char *text;      /* of BMS_REDACT_SETUP alone, which looks at none of those above */
    enum bms_redacted what;
    const char *made_by;
    const char *reason;
} bms_redaction;

/**
 * Blank texts or files on record: who, why and the hash of what stood there are kept, and the chain still
 * holds. The file is then written anew, so that nothing of it is left in its unused parts. Copies made
 * earlier are not changed; those beside the history are named in a finding.
 *
 * @param[out] n  how many places were blanked
 */
BMS_API enum bms_status bms_redact(bms *b, const bms_redaction *redaction, const bms_listener *listener,
                                   size_t *n, bms_error *error);

/** Places of one kind that were blanked at once. */
typedef struct bms_redacted_places {
    int64_t run;
    int64_t at; /* seconds since 1970-01-01 UTC */
    const char *made_by;
    const char *reason;
    const char *table; /* in the history's file */
    const char *field;
    size_t n;
} bms_redacted_places;

/** What has been blanked on record, oldest first. */
BMS_API enum bms_status bms_redactions(bms *b,
                                       void (*on_redaction)(void *context, const bms_redacted_places *row),
                                       void *context, bms_error *error);

enum bms_cell_kind { BMS_CELL_BLANK, BMS_CELL_NUMBER, BMS_CELL_TEXT, BMS_CELL_BOOLEAN, BMS_CELL_ERROR };

/** One cell of any workbook as the reader sees it. */
typedef struct bms_cell_row {
    const char *sheet;
    const char *address;
    enum bms_cell_kind kind;
    double number;             /* a number, a date's serial, or 0 and 1 for a boolean */
    const char *text;          /* a text or an error's name */
    const char *number_format; /* NULL: General */
    const char *formula;       /* NULL: none */
    bool has_result;           /* a formula with a cached result */
    bool date;
    bool per_cent;
    bool hidden;        /* its row, column or sheet is */
    const char *merged; /* the merged range it lies in; NULL */
} bms_cell_row;

/** Every cell that holds something. @param blanks also formulas without a cached result */
BMS_API enum bms_status bms_cells(bms *b, const bms_source *workbook, bool blanks,
                                  void (*on_cell)(void *context, const bms_cell_row *cell), void *context,
                                  bms_error *error);

/** A sheet of any workbook. */
typedef struct bms_sheet_row {
    const char *name;
    const char *visibility; /* "visible", "hidden" or "veryHidden" (no menu of Excel's shows it) */
    const char *kind;       /* "worksheet", "chartsheet", "dialogsheet" or "macrosheet" */
} bms_sheet_row;

/** A defined name of any workbook. */
typedef struct bms_name_row {
    const char *name;
    const char *scope;     /* the sheet it belongs to; NULL: the whole workbook */
    const char *refers_to; /* as stored: a range, a formula, a constant */
    const char *sheet;     /* where that is one range of one sheet of the workbook; else NULL */
    const char *range;     /* likewise, as "C5" or "C5:D6" */
    bool hidden;
} bms_name_row;

/** What a workbook lists beside its cells; each function may be NULL. */
typedef struct bms_contents_listener {
    void *context;
    void (*on_book)(void *context, bool date_1904); /* first: the day from which its dates are counted */
    void (*on_sheet)(void *context, const bms_sheet_row *sheet);
    void (*on_name)(void *context, const bms_name_row *name);
} bms_contents_listener;

/** The sheets of any workbook in their order, then its defined names. */
BMS_API enum bms_status bms_contents(bms *b, const bms_source *workbook,
                                     const bms_contents_listener *listener, bms_error *error);

/** A file that a call wrote, given back as bytes. */
typedef struct bms_reply_file {
    char *name; /* the path it was written to */
    unsigned char *bytes;
    size_t size;
} bms_reply_file;

/** What bms_call answers with. Give it back with bms_reply_free. */
typedef struct bms_reply {
    char *text;            /* JSON, zero-terminated; NULL when it went to on_text, or memory is out */
    size_t size;           /* of the text, in bytes */
    bool wrong;            /* something was found that must be put right (the command's exit code 1) */
    bms_reply_file *files; /* what was written, in that order, when the request asks for bytes */
    size_t n_files;
} bms_reply;

/**
 * Call a verb with a request in JSON, and get its answer in JSON: for programs that hold no C structs, such
 * as an add-on or a page. The answer is what the command prints with `--json`.
 *
 * The members of a request are named as the command's operands and options, null is as if left out. They are
 * texts; `?` marks true or false, `#` a whole number from 1, `[]` a list of texts, `!` one needed.
 *
 *     init     folder, template, bytes?           history  unit, indicator, all?, changes?
 *     setup    file                               explain  unit!, indicator!, period!
 *     forms    period!, unit, force?, bytes?      export   format (json, csv, excel) or originals, bytes?
 *     check    sources[], threads#                close    period!, by
 *     collect  … and no_corrections?, use[],      verify   hash
 *              partial[], reason, by, bytes?,     backup   file!
 *              accept: [{"rule","unit",           correct  unit!, indicator!, period!, numerator,
 *              "indicator"}]                               denominator, reason, by
 *     status   period                             redact   unit, period, what, indicator, revision#, by,
 *     remind   period!, bytes?                             reason; or setup, by, reason
 *     report   period!, unit, bytes?              cells    file, details?, format (json, tsv)
 *
 * With `"bytes": true` the files that were written come back in the reply too.
 *
 *     bms_reply reply;
 *     bms_source sent = {.name = "1101.xlsx", .bytes = bytes, .size = size};
 *     bms_call(b, "check", "{}", &sent, 1, NULL, &reply, NULL);
 *     puts(reply.text);
 *     bms_reply_free(&reply);
 *
 * @param      request   a JSON object, zero-terminated; NULL is an empty one
 * @param      attached  `n` workbooks: that of setup and cells, the returns of check and collect
 * @param      listener  its on_progress and on_text are called, the others not; may be NULL
 * @param[out] reply     also on failure, then `{"error":{"code","message","where"}}`; forget what on_text got
 * @return as the verb's own function; BMS_USAGE for an unknown verb and for a request that is not JSON, or
 *         has an unknown member or one of the wrong type: the error's `where` names it
 */
BMS_API enum bms_status bms_call(bms *b, const char *verb, const char *request, const bms_source *attached,
                                 size_t n, const bms_listener *listener, bms_reply *reply, bms_error *error);

/** Replace a reply by the one that bms_call gives on a failure; for what went wrong before or after it. */
BMS_API void bms_reply_error(bms_reply *reply, const bms_error *error);

/** Give a reply's memory back and empty it; one that is all zero is legal. */
BMS_API void bms_reply_free(bms_reply *reply);

#ifdef __cplusplus
}
#endif

#endif
