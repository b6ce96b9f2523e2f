/**
 * @file
 * bms – balanced scorecard (balansert målstyring) on workbooks and one file.
 *
 * A coordinator describes the scorecard in a setup workbook; bms writes a form for every unit, reads the
 * returns, checks every number, keeps what holds up in a history (one SQLite file) and writes reports.
 *
 * This is the whole public interface: a handle, a function for each verb, callbacks that deliver typed rows,
 * and bms_call, which is all verbs in JSON. The library never prints, never exits and keeps no global state:
 * two handles can be used from two threads. All text in and out is UTF-8. Every pointer that a callback is
 * given is borrowed until the callback returns. Usable from C++.
 *
 * A function that can fail returns how it ended, and fills its last parameter, a bms_error. NULL is legal for
 * that and for a listener. After a failure the history is as it was before the call, but for what bms_forms
 * and bms_collect say of workbooks that could not get their names.
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

/** Marks what the library exports. */
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
    BMS_OK = 0,          /**< all was done */
    BMS_USAGE,           /**< the call names something unknown: a period, a unit, a language … */
    BMS_INPUT,           /**< a named input is missing or unreadable, or a folder holds no workbooks */
    BMS_HISTORY_MISSING, /**< there is no history at the path */
    BMS_HISTORY_LOCKED,  /**< another program is writing to the history */
    BMS_HISTORY_NEWER,   /**< the history was made by a newer bms */
    BMS_HISTORY_DAMAGED, /**< the file is not a history, or is damaged */
    BMS_NOT_WRITABLE,    /**< disk full, folder or file not writable */
    BMS_NO_MEMORY,       /**< memory ran out */
    BMS_CANCELLED,       /**< the caller's progress function returned false; nothing was changed */
    BMS_INTERNAL         /**< a mistake in the library itself */
};

/** What went wrong. Owned by the caller; start with {0}. */
typedef struct bms_error {
    enum bms_status code; /**< what the call returned */
    char message[1024];   /**< what is wrong and what to do, in the handle's language */
    char where[1024];     /**< path, or sheet and cell; "" when there is none */
} bms_error;

/**
 * The stable name of a status, for programs.
 *
 * @param status  how a call ended
 * @return in English: "usage", "history_locked" …
 */
BMS_API const char *bms_status_name(enum bms_status status);

/**
 * Whether a character does something to a terminal, or to the text around it, instead of being seen. JSON
 * from bms_call has such characters escaped; other text (cells, names of files and sheets, messages about
 * them) can hold them, so show it with each of them replaced.
 *
 * @param character  a Unicode code point
 * @return true for U+0000–U+001F (newline and tab too) and U+007F–U+009F, for the line and paragraph
 *         separators U+2028 and U+2029, and for what changes the direction of writing: U+061C, U+200E,
 *         U+200F, U+202A–U+202E, U+2066–U+2069
 */
BMS_API bool bms_is_control(uint32_t character);

/**
 * The version of the library.
 *
 * @return as "0.2.0"
 */
BMS_API const char *bms_version(void);

/** A handle: language, clock and where the history is. */
typedef struct bms bms;

/**
 * Make a handle: bokmål, the system's clock, `bms.db` in the current folder.
 *
 * @param[out] out    the handle; NULL on failure
 * @param      error  filled on failure
 * @return BMS_OK or BMS_NO_MEMORY
 */
BMS_API enum bms_status bms_new(bms **out, bms_error *error);

/**
 * Free a handle.
 *
 * @param b  the handle; NULL is legal
 */
BMS_API void bms_free(bms *b);

/**
 * Choose the language of messages, and of workbooks where the setup names none (see
 * bms_set_workbook_language).
 *
 * @param b         the handle
 * @param language  "nb", "nn" or "en"
 * @param error     filled on failure
 * @return BMS_OK, or BMS_USAGE when there is no such language
 */
BMS_API enum bms_status bms_set_language(bms *b, const char *language, bms_error *error);

/**
 * How numbers are written in the handle's language.
 *
 * @param b  the handle
 * @return the decimal mark: ',' or '.'
 */
BMS_API char bms_decimal_mark(const bms *b);

/**
 * Use another history than `bms.db`. The folders forms, returns, reports and corrections are beside it.
 *
 * @param b      the handle
 * @param path   of the file; it need not exist yet
 * @param error  filled on failure
 * @return BMS_OK; BMS_USAGE for an empty path; BMS_NO_MEMORY
 */
BMS_API enum bms_status bms_set_history(bms *b, const char *path, bms_error *error);

/**
 * See the history as it was: reports, deliveries, measurements and explanations show what was known then, and
 * verbs that would add to the history are refused.
 *
 * @param b            the handle
 * @param date_or_run  2026-09-30 (its end, UTC), or the number of a run; NULL: now
 * @param error        filled on failure
 * @return BMS_OK; BMS_USAGE when it is neither; BMS_NO_MEMORY
 */
BMS_API enum bms_status bms_set_as_of(bms *b, const char *date_or_run, bms_error *error);

/**
 * Judge every period by the newest targets instead of those in force at the time. Reports made this way do
 * not become editions.
 *
 * @param b         the handle
 * @param of_today  true: the newest targets; false, the default: those in force at the time
 */
BMS_API void bms_set_limits_of_today(bms *b, bool of_today);

/**
 * Choose how many workbooks are read or written at a time. The outcome is the same.
 *
 * @param b        the handle
 * @param threads  how many; 0, the default: as many as there are processors
 */
BMS_API void bms_set_threads(bms *b, int threads);

/**
 * Choose one language for all forms and reports, whatever the setup says. Those that are not in their unit's
 * language go to forms/PERIOD/LANGUAGE and reports/PERIOD/LANGUAGE. Such a form is as good as the unit's own;
 * such a report counts no edition. Corrections, reminders and Mottak, of which there is one each, stay in the
 * language of the setup.
 *
 * @param b         the handle
 * @param language  "nb", "nn" or "en"; NULL: each unit's own
 * @param error     filled on failure
 * @return BMS_OK, or BMS_USAGE when there is no such language
 */
BMS_API enum bms_status bms_set_workbook_language(bms *b, const char *language, bms_error *error);

/**
 * Use another clock.
 *
 * @param b        the handle
 * @param now      returns seconds since 1970-01-01 UTC; NULL: the system's clock
 * @param context  passed to it
 */
BMS_API void bms_set_clock(bms *b, int64_t (*now)(void *context), void *context);

/**
 * Translate a text of the library's catalogues.
 *
 * @param b     the handle
 * @param text  in English
 * @return the text in the handle's language, or `text` itself when the catalogues do not have it
 */
BMS_API const char *bms_translate(const bms *b, const char *text);

/** Where workbooks come from: a path, or bytes with a name. */
typedef struct bms_source {
    const char *name;  /**< path; for bytes the name to use in messages */
    const void *bytes; /**< NULL: `name` is a path */
    size_t size;       /**< of the bytes */
} bms_source;

/** How much a finding matters. */
enum bms_severity {
    BMS_INFO,    /**< worth knowing */
    BMS_WARNING, /**< accepted; the unit or the coordinator should look */
    BMS_ERROR,   /**< holds the return back; of a setup: nothing is stored */
    BMS_FATAL    /**< the file cannot be read or identified */
};

/**
 * The stable name of a severity, for programs.
 *
 * @param severity  of a finding
 * @return "info", "warning", "error" or "fatal"
 */
BMS_API const char *bms_severity_name(enum bms_severity severity);

/** What the checks say about one thing in one file. Absent parts are NULL. */
typedef struct bms_finding {
    const char *rule;           /**< stable id, as "part_above_whole" */
    enum bms_severity severity; /**< how much it matters */
    const char *file;           /**< the file it is in */
    const char *sheet;          /**< the sheet, as the workbook calls it */
    const char *cell;           /**< its address, as "C5" */
    const char *unit;           /**< code of the unit it concerns */
    const char *indicator;      /**< code of the indicator it concerns */
    const char *message;        /**< what is wrong, with the values */
    const char *fix;            /**< what to do */
    const char *about;          /**< the numbers it is about, if it can be accepted: "10/7" */
    bool accepted;              /**< the coordinator has accepted it: `fix` says who and why */
    bool needs_yes;             /**< of a setup: it is stored only with a yes (bms_setup_options) */
} bms_finding;

/** What became of a file. */
enum bms_outcome {
    BMS_ACCEPTED,   /**< it is, or would be, a revision in the history */
    BMS_HELD,       /**< held back by an error */
    BMS_UNREADABLE, /**< it cannot be read or identified */
    BMS_DUPLICATE,  /**< it says the same as an accepted revision */
    BMS_UNFINISHED, /**< begun, but nobody has signed it as finished */
    BMS_SKIPPED,    /**< a lock or system file, no workbook */
    BMS_REPLACED    /**< held back, begun or unreadable before; a newer one was accepted or another chosen */
};

/**
 * The stable name of an outcome, for programs.
 *
 * @param outcome  of a file
 * @return "accepted", "held", "unreadable", "duplicate", "unfinished", "skipped" or "replaced"
 */
BMS_API const char *bms_outcome_name(enum bms_outcome outcome);

/** What became of one file. */
typedef struct bms_return_row {
    const char *file;         /**< its path or name; inside a zip file or a mail "forms.zip › LIA.xlsx" */
    const char *unit;         /**< code; NULL when not known */
    const char *period;       /**< the form's period; NULL when not known */
    int revision;             /**< the number of the submission; 0 unless accepted by bms_collect */
    enum bms_outcome outcome; /**< what became of it */
    const bms_finding *findings; /**< what the checks say about it */
    size_t n_findings;           /**< how many */
} bms_return_row;

/** How many files ended how. */
typedef struct bms_counts {
    size_t accepted;   /**< as BMS_ACCEPTED */
    size_t held;       /**< as BMS_HELD */
    size_t unreadable; /**< as BMS_UNREADABLE */
    size_t duplicate;  /**< as BMS_DUPLICATE */
    size_t unfinished; /**< as BMS_UNFINISHED */
    size_t skipped;    /**< as BMS_SKIPPED */
    size_t replaced;   /**< as BMS_REPLACED */
} bms_counts;

/**
 * What happened to a workbook that was to be written.
 *
 * One that could not be replaced is mostly open in a spreadsheet program. What it says is stored all the
 * same, a finding says why, and the next run writes it.
 */
enum bms_file_action {
    BMS_FILE_WRITTEN,     /**< it is new, or has replaced one */
    BMS_FILE_UNCHANGED,   /**< what would have been written was already there */
    BMS_FILE_KEPT,        /**< left as it was: somebody has changed it, and replacing was not asked for */
    BMS_FILE_NOT_REPLACED /**< left as it was: it could not be replaced */
};

/** A workbook that was written, or left as it was. */
typedef struct bms_file_row {
    const char *path;            /**< where it is */
    enum bms_file_action action; /**< what happened to it */
    const char *unit;            /**< code; NULL where the workbook is not for one unit */
} bms_file_row;

/** What a verb delivers to. Each function may be NULL. */
typedef struct bms_listener {
    void *context; /**< passed to each function */
    /** A finding that is not about a file delivered to on_return. */
    void (*on_finding)(void *context, const bms_finding *finding);
    /** A workbook that was written, or left as it was. */
    void (*on_file)(void *context, const bms_file_row *file);
    /** A file that was checked, with its findings. */
    void (*on_return)(void *context, const bms_return_row *row);
    /** Called between files, and while waiting for a locked history (`total` 0). Return false to cancel. */
    bool (*on_progress)(void *context, size_t done, size_t total);
    /** For bms_call alone: the answer piece by piece, so that a long one need not be kept in memory. */
    void (*on_text)(void *context, const char *bytes, size_t size);
} bms_listener;

/**
 * Receive notices about the history itself, from any verb: it was upgraded, a copy could not be made …; and
 * about what was taken where a call names nothing: which period, which file.
 *
 * @param b          the handle
 * @param on_notice  called with each notice; NULL: notices are dropped
 * @param context    passed to it
 */
BMS_API void bms_set_notices(bms *b, void (*on_notice)(void *context, const bms_finding *notice),
                             void *context);

/**
 * Make a folder with a setup workbook and an empty history.
 *
 * @param b              the handle
 * @param template_name  a name from bms_template_names; NULL: the first
 * @param folder         made if it does not exist; must not hold a history or a setup workbook; NULL or "":
 *                       the current one
 * @param listener       where the workbook is delivered
 * @param error          filled on failure
 * @return BMS_OK; BMS_USAGE for an unknown template or a folder in use; or why it could not be written
 */
BMS_API enum bms_status bms_init(bms *b, const char *template_name, const char *folder,
                                 const bms_listener *listener, bms_error *error);

/**
 * The templates that bms_init can start from.
 *
 * @return their names, ended by NULL; lives as long as the program
 */
BMS_API const char *const *bms_template_names(void);

/** What has become of a row of the setup since the version before. */
enum bms_setup_action {
    BMS_ROW_ADDED,   /**< it is new */
    BMS_ROW_REMOVED, /**< it is gone */
    BMS_ROW_CHANGED  /**< one of its cells says something else */
};

/** A difference from the version before; texts in the handle's language. */
typedef struct bms_setup_change {
    enum bms_setup_action action; /**< what has become of it */
    const char *sheet;            /**< the sheet's name */
    const char *row;              /**< what the row is called: "SYK Sykefravær" */
    const char *column;           /**< heading of the cell that has changed; else NULL */
    const char *before;           /**< what it said; "" for nothing; else NULL */
    const char *after;            /**< what it says; "" for nothing; else NULL */
} bms_setup_change;

/** What the units of a peer group are asked in one form. */
typedef struct bms_setup_asked {
    const char *group;  /**< "" for units without one */
    const char *period; /**< code of the form's period */
    const char *name;   /**< its name */
    bool past;          /**< it has ended */
    size_t units;       /**< how many units are asked */
    size_t fewest;      /**< how many indicators the one with the fewest is asked for */
    size_t most;        /**< how many the one with the most */
} bms_setup_asked;

/** What nothing comes of. */
enum bms_setup_left_over {
    BMS_UNIT_ASKED_NOTHING,       /**< a unit with none below it, in no form */
    BMS_INDICATOR_WITHOUT_TARGET, /**< it is measured, and gets no colour */
    BMS_TARGET_NOT_MEASURED       /**< an indicator with targets that nobody measures */
};

/** A unit or an indicator that nothing comes of. */
typedef struct bms_setup_left {
    enum bms_setup_left_over what; /**< why it is named */
    const char *code;              /**< of the unit or indicator */
    const char *name;              /**< its name */
} bms_setup_left;

/** What a setup that has no mistakes delivers first, whether it is stored or not. Each function may be NULL.
 */
typedef struct bms_setup_listener {
    void *context; /**< passed to each function */
    /** What differs from the version before; nothing for a first setup. */
    void (*on_change)(void *context, const bms_setup_change *change);
    /** Who is asked how much: period by period, group by group. */
    void (*on_asked)(void *context, const bms_setup_asked *asked);
    /** What nothing comes of. */
    void (*on_left)(void *context, const bms_setup_left *left);
} bms_setup_listener;

/** What a renewed setup is asked to do. Start with {0}. */
typedef struct bms_setup_options {
    bool yes;  /**< store it also where numbers that are there suffer (findings with `needs_yes`) */
    bool undo; /**< make the version before the newest again, as a new one; no workbook is read */
    const char *const *reworded; /**< codes of indicators whose questions and units of measure are only put in
                                      other words: their series go on */
    size_t n_reworded;           /**< how many */
    void *context;               /**< passed to `confirm` */
    /** Asked once, when all findings have been delivered, if some need a yes and `yes` is false. `n` is how
     * many. Return true to store. NULL: no. */
    bool (*confirm)(void *context, size_t n);
    const bms_setup_listener *understood; /**< receives what was understood; NULL: nobody */
} bms_setup_options;

/** What became of a setup. */
typedef struct bms_setup_result {
    size_t mistakes;   /**< findings that are errors; nothing is stored */
    size_t needs_yes;  /**< findings that need a yes and have not got one; nothing is stored */
    int version;       /**< of the definition that is in force now; 0: none */
    bool added;        /**< it is new: the setup did not say the same as the one before */
    int undone;        /**< with `undo`: the version that was made again; else 0 */
    bool first;        /**< there was no version before */
    size_t units;      /**< how many there are in it, as for the next two */
    size_t indicators; /**< … in the register */
    size_t targets;    /**< … rows of them */
    size_t changes;    /**< how much is written differently from the version before */
} bms_setup_result;

/**
 * Load or renew the definition from a setup workbook, or go back to the one before. All mistakes in it are
 * delivered as findings; if any is an error, nothing is stored. When there are numbers already, what the new
 * setup does to them is delivered too: series that break, limits changed for periods that are reported,
 * what is gone, planned measurements that drop. These need a yes.
 *
 * Undone twice, it goes two versions back: what an undo made counts as the version that it made again.
 *
 * @param      b         the handle
 * @param      workbook  the setup; NULL: `setup.xlsx` beside the history, or none with `undo`
 * @param      options   what it may do; NULL is all zero
 * @param      listener  where findings are delivered
 * @param[out] result    what became of it
 * @param      error     filled on failure
 * @return BMS_OK, also when there are mistakes; BMS_USAGE when there is nothing to undo or `reworded` names
 * no indicator; or why it could not be read or stored
 */
BMS_API enum bms_status bms_setup(bms *b, const bms_source *workbook, const bms_setup_options *options,
                                  const bms_listener *listener, bms_setup_result *result, bms_error *error);

/**
 * Write the newest stored setup as a setup workbook again: loaded, it changes nothing. For another
 * municipality it is written without what is one's own: units with their names, leaders and addresses, limits
 * of single units, exceptions, decisions and actions, and the municipality's name, number and coordinator.
 * What is asked, with guidance and the limits for all and for groups, stays. What people have written in
 * questions and other prose is not gone through.
 *
 * @param b              the handle
 * @param path           of the workbook; a file that is there is not replaced
 * @param without_units  for another municipality
 * @param listener       where the workbook is delivered
 * @param error          filled on failure
 * @return BMS_OK, also when the same workbook is there; BMS_USAGE when another file is in the way or no setup
 * is stored; or why it could not be written
 */
BMS_API enum bms_status bms_setup_export(bms *b, const char *path, bool without_units,
                                         const bms_listener *listener, bms_error *error);

/**
 * Find the period whose forms are the next thing: those that are to be sent by now, or within 14 days, and
 * have not been written; else those sent last, until they are due; else those to be sent after them.
 *
 * @param b          the handle
 * @param on_period  called with its code and name, unless no period has forms
 * @param context    passed to it
 * @param error      filled on failure
 * @return BMS_OK, or why the history could not be read
 */
BMS_API enum bms_status bms_next_forms(bms *b,
                                       void (*on_period)(void *context, const char *period, const char *name),
                                       void *context, bms_error *error);

/**
 * Write the forms of a period.
 *
 * @param b         the handle
 * @param period    code of the form period; NULL: the only one whose forms are to be sent by now, or within
 * 14 days, and have not been written (a notice says which)
 * @param unit      only this unit's; NULL for all
 * @param force     replace forms that differ from what bms wrote
 * @param listener  where the workbooks are delivered
 * @param error     filled on failure
 * @return BMS_OK; BMS_USAGE for a period or unit without questions; or why it could not be done. Where a
 * workbook could not get its name (BMS_NOT_WRITABLE), those before it have theirs and are recorded
 */
BMS_API enum bms_status bms_forms(bms *b, const char *period, const char *unit, bool force,
                                  const bms_listener *listener, bms_error *error);

/** A finding that the coordinator accepts: it no longer holds its return back. */
typedef struct bms_accepting {
    const char *rule;      /**< one of those that can be accepted */
    const char *unit;      /**< code */
    const char *indicator; /**< code */
} bms_accepting;

/**
 * Options of check and collect; NULL means all zero. The coordinator's decisions are for collect alone, and
 * are stored with who, when and why.
 */
typedef struct bms_collect_options {
    int threads;                 /**< readers at a time; 0: as bms_set_threads says */
    bool no_corrections;         /**< collect writes no corrections for what is held, and no Mottak */
    const bms_accepting *accept; /**< findings to accept */
    size_t n_accept;             /**< how many */
    const char *const *use;      /**< which files to use where a unit has sent several: paths or bare names */
    size_t n_use;                /**< how many */
    const char *const *partial;  /**< units whose held return is released without what is wrong in it */
    size_t n_partial;            /**< how many */
    const char *reason;          /**< why; required to accept */
    const char *by;              /**< who decides; NULL: the user who is logged on */
} bms_collect_options;

/**
 * Check returns; store nothing. Works without a history for files that carry their own definitions.
 *
 * @param      b         the handle
 * @param      sources   each a file, a folder, or a period's code (the folder returns/PERIOD); none: the
 *                       folder returns. A zip file or a saved mail (.eml) stands for the workbooks in it
 * @param      n         how many
 * @param      options   how; NULL means all zero
 * @param      listener  where files with their findings are delivered, in the order of their paths
 * @param[out] counts    how many files had each outcome
 * @param      error     filled on failure
 * @return BMS_OK, whatever was found; or why the files could not be checked
 */
BMS_API enum bms_status bms_check(bms *b, const bms_source *sources, size_t n,
                                  const bms_collect_options *options, const bms_listener *listener,
                                  bms_counts *counts, bms_error *error);

/**
 * Check returns and store those without errors, in one transaction. For each held return that the unit can
 * put right, a correction is written to corrections/PERIOD and delivered to `on_file`: the return as it was
 * sent, with what was found marked and listed. Filled in, it is itself a return.
 *
 * For the coordinator, `Mottak PERIOD.xlsx` is written beside the history: every unit, file and finding, with
 * columns for the coordinator's decisions. The next collect of the period carries them out; those it cannot
 * carry out are reported to `on_finding` and kept in the new workbook.
 *
 * @param      b         the handle
 * @param      sources   as for bms_check
 * @param      n         how many
 * @param      options   how, and what the coordinator decides; NULL means all zero
 * @param      listener  where files with their findings, and workbooks, are delivered
 * @param[out] counts    how many files had each outcome
 * @param      error     filled on failure
 * @return BMS_OK, whatever was found; or why nothing was stored. Where a correction or Mottak could not get
 * its name (BMS_NOT_WRITABLE, `where` says which), the returns are stored: collect again to have it written
 */
BMS_API enum bms_status bms_collect(bms *b, const bms_source *sources, size_t n,
                                    const bms_collect_options *options, const bms_listener *listener,
                                    bms_counts *counts, bms_error *error);

/** How far a unit has come with a form, in one word. */
enum bms_delivery_stage {
    BMS_STAGE_NOT_ASKED,     /**< the form asks it for nothing, and nothing came */
    BMS_STAGE_NOT_DELIVERED, /**< nothing came */
    BMS_STAGE_BEGUN,         /**< a file came that nobody has signed */
    BMS_STAGE_HELD,          /**< its newest file is held back or cannot be read */
    BMS_STAGE_LATE,          /**< delivered after the period was closed */
    BMS_STAGE_TO_CLARIFY,    /**< delivered, and numbers were left out when the rest was released */
    BMS_STAGE_INCOMPLETE,    /**< delivered, and measurements are missing */
    BMS_STAGE_DELIVERED,     /**< delivered, and nothing is missing */
    BMS_STAGE_OTHER_PERIOD   /**< what came is the form of another period */
};

/**
 * The words for a stage.
 *
 * @param stage  of a delivery
 * @return "delivered, numbers missing" and the like, in English, for bms_translate; "" when not asked
 */
BMS_API const char *bms_delivery_stage_word(enum bms_delivery_stage stage);

/** How far one unit has come with one form. */
typedef struct bms_delivery {
    const char *unit;              /**< code */
    const char *name;              /**< of the unit */
    int expected;                  /**< measurements that must be answered, and voluntary ones that were */
    int reported;                  /**< not applicable and empty base included */
    int missing;                   /**< expected − reported */
    int held;                      /**< files held back or unreadable, and not replaced by a later one */
    int unfinished;                /**< files begun and not signed */
    int to_clarify;                /**< measurements left out when the rest of the return was released */
    int revision;                  /**< 0: nothing accepted */
    bool late;                     /**< something the unit sent came after the period was closed */
    const char *file;              /**< the held or unfinished file; NULL */
    const char *why;               /**< the first finding that holds it back; NULL */
    enum bms_delivery_stage stage; /**< all of this in one word */
    int other_period;              /**< of those held, the forms of another period */
    const char *awaited; /**< names of what was to come later or left blank: "A, B"; NULL: nothing */
} bms_delivery;

/**
 * Who has delivered, who has not, what is held and why.
 *
 * @param b            the handle
 * @param period       code of the form period; NULL: the latest whose forms should be out
 * @param on_period    called first, with the period's code and name; may be NULL
 * @param on_delivery  called for each unit that is asked for something or has sent something, in the order of
 *                     the setup; may be NULL
 * @param context      passed to both
 * @param error        filled on failure
 * @return BMS_OK; BMS_USAGE for a period in which nothing is asked; or why the history could not be read
 */
BMS_API enum bms_status bms_deliveries(bms *b, const char *period,
                                       void (*on_period)(void *context, const char *period, const char *name),
                                       void (*on_delivery)(void *context, const bms_delivery *row),
                                       void *context, bms_error *error);

/**
 * Write reminders to reminders/PERIOD for the units that have not delivered a period's form, or whose return
 * is held: one text each, a draft for the mail program (.eml) with the form or the correction attached where
 * unit and municipality have an e-mail address, and list.csv of them all. Nothing is sent.
 *
 * @param b         the handle
 * @param period    code of the form period; NULL: the only one whose forms were sent last (a notice says
 * which)
 * @param listener  where the files are delivered
 * @param error     filled on failure
 * @return BMS_OK; BMS_USAGE for a period in which nothing is asked; or why they could not be written
 */
BMS_API enum bms_status bms_remind(bms *b, const char *period, const bms_listener *listener,
                                   bms_error *error);

/**
 * Write the reports of a period.
 *
 * @param b         the handle
 * @param period    code of the form period; NULL: the only one whose forms were sent last and that somebody
 * has answered (a notice says which)
 * @param unit      only this unit's; NULL for all
 * @param listener  where the workbooks are delivered
 * @param error     filled on failure
 * @return BMS_OK; BMS_USAGE for an unknown period or unit; or why they could not be written
 */
BMS_API enum bms_status bms_report(bms *b, const char *period, const char *unit, const bms_listener *listener,
                                   bms_error *error);

/** An amendment of an accepted return. Numbers as people write them; NULL or "" keeps the present one. */
typedef struct bms_amendment_request {
    const char *unit;        /**< code */
    const char *indicator;   /**< code */
    const char *period;      /**< the period measured */
    const char *numerator;   /**< the new one */
    const char *denominator; /**< the new one */
    const char *reason;      /**< why; required */
    const char *by;          /**< NULL: the user who is logged on */
} bms_amendment_request;

/**
 * Amend a number without a new form from the unit. This gives the return's next revision, which is checked as
 * any return is; if there are errors, they are delivered and nothing is stored.
 *
 * @param      b         the handle
 * @param      request   which number, and the new one
 * @param      listener  where findings are delivered, and the amended return to `on_return`: its unit, form
 * period and revision
 * @param[out] revision  of the amended return; 0 when nothing was stored
 * @param[out] mistakes  how many findings are errors; 0 when it was stored
 * @param      error     filled on failure
 * @return BMS_OK, also when there are errors; BMS_USAGE when there is no such number, no reason or nothing to
 * amend; or why it could not be stored
 */
BMS_API enum bms_status bms_amend(bms *b, const bms_amendment_request *request, const bms_listener *listener,
                                  int *revision, size_t *mistakes, bms_error *error);

/**
 * Close a period: what comes later is still accepted, and marked late.
 *
 * @param b       the handle
 * @param period  code of the form period
 * @param by      NULL: the user who is logged on
 * @param error   filled on failure
 * @return BMS_OK; BMS_USAGE when it is closed already, or nothing is asked in it; or why it could not be
 * stored
 */
BMS_API enum bms_status bms_close(bms *b, const char *period, const char *by, bms_error *error);

/** What an answer is. */
enum bms_state {
    BMS_REPORTED,       /**< there are numbers */
    BMS_MISSING,        /**< asked for, not answered */
    BMS_NOT_APPLICABLE, /**< the service does not exist in the unit */
    BMS_EMPTY_BASE      /**< 0 of 0: nobody to measure */
};

/** How a result compares with its target. */
enum bms_colour {
    BMS_NO_COLOUR, /**< no target, or no result to compare with it */
    BMS_GREEN,     /**< reached */
    BMS_YELLOW,    /**< between the limits */
    BMS_RED        /**< not reached */
};

/**
 * The stable name of a state, for programs.
 *
 * @param state  of a measurement
 * @return "reported", "missing", "not_applicable" or "empty_base"
 */
BMS_API const char *bms_state_name(enum bms_state state);

/**
 * The stable name of a colour, for programs.
 *
 * @param colour  of a measurement
 * @return "green", "yellow", "red", or NULL for no colour
 */
BMS_API const char *bms_colour_name(enum bms_colour colour);

/**
 * The shape shown with a colour, so that colour alone never carries the meaning.
 *
 * @param colour  of a measurement
 * @return "●", "▲", "■", or "○" for no colour
 */
BMS_API const char *bms_colour_shape(enum bms_colour colour);

/**
 * The word shown beside the shape.
 *
 * @param colour  of a measurement
 * @return "near target" and the like, in English, for bms_translate
 */
BMS_API const char *bms_colour_word(enum bms_colour colour);

/** A number that may not be there. */
typedef struct bms_number {
    bool known;   /**< there is one */
    double value; /**< meaningless unless known */
} bms_number;

/** One measurement as the history knows it. Absent texts are NULL. */
typedef struct bms_measurement {
    const char *unit;           /**< code */
    const char *unit_name;      /**< of the unit */
    const char *indicator;      /**< code */
    const char *indicator_name; /**< of the indicator */
    const char *period;         /**< the period measured */
    const char *form_period;    /**< the form that asked */
    int revision;               /**< 0: planned, nothing accepted */
    bool current;               /**< no later revision has replaced it */
    enum bms_state state;       /**< what the answer is */
    bms_number numerator;       /**< as reported */
    bms_number denominator;     /**< as reported; not known for a kind without one */
    bms_number result;          /**< what they give */
    enum bms_colour status;     /**< how the result compares with the unit's target */
    const char *file;           /**< the file the answer was in */
    const char *sha256;         /**< of the file */
    const char *cell;           /**< Sheet!C5, of the numerator */
    const char *reason;         /**< why it is missing or not applicable */
    const char *comment;        /**< the unit's */
    const char *signed_by;      /**< who signed the form as finished */
    const char *received;       /**< when it was collected: 2026-09-15T10:00:00Z */
    const char *amended_by;     /**< who amended it; NULL when it is as the unit reported it */
    const char *amendment;      /**< why it was amended */
    const char *accepted_by;    /**< who accepted what the checks found */
    const char *acceptance;     /**< why it was accepted */
    const char *released_by;    /**< who released the return without this number, to be clarified */
    const char *release;        /**< why it was released */
    bool late;                  /**< the unit sent it after the period was closed */
    const char *past_of;        /**< in a row of a unit that the one asked about took over from: the one
                                     asked about */
    const char *shared_with;    /**< … and the other units that took over from it too: "B, C" */
} bms_measurement;

/**
 * What is stored, in order of unit, indicator, period, revision.
 *
 * @param b               the handle
 * @param unit            only this unit's, and after its rows those of the units it took over from, up to
 *                        when it did; NULL for all
 * @param indicator       only this indicator's; NULL for all
 * @param all             every revision, not only the current one
 * @param on_measurement  called with each row
 * @param context         passed to it
 * @param error           filled on failure
 * @return BMS_OK; BMS_USAGE for an unknown unit or indicator; or why the history could not be read
 */
BMS_API enum bms_status bms_measurements(bms *b, const char *unit, const char *indicator, bool all,
                                         void (*on_measurement)(void *context, const bms_measurement *row),
                                         void *context, bms_error *error);

/** A cell whose content differs from that in the submission before. */
typedef struct bms_cell_change {
    const char *unit;           /**< code */
    const char *indicator;      /**< code */
    const char *indicator_name; /**< NULL when the definition no longer has it */
    const char *period;         /**< the period measured */
    const char *form_period;    /**< the form that asked */
    int revision;               /**< the one with the change */
    const char *what;           /**< "numerator", "denominator", "state" or "comment" */
    const char *was;            /**< in words of the handle's language; "" for nothing */
    const char *became;         /**< likewise */
    const char *file;           /**< where the new content is */
    const char *cell;           /**< Sheet!C5; NULL when it is in no cell */
    const char *by;             /**< who signed, or amended it */
    const char *received;       /**< when it was collected: 2026-09-15T10:00:00Z */
    const char *moment;         /**< the same in local time, as the handle's language writes it */
    const char *amendment;      /**< why the coordinator amended it; NULL */
} bms_cell_change;

/**
 * What was changed between submissions, in order of indicator, period, revision.
 *
 * @param b          the handle
 * @param unit       code
 * @param indicator  only this indicator's; NULL for all
 * @param on_change  called with each change
 * @param context    passed to it
 * @param error      filled on failure
 * @return BMS_OK, also for codes that are not known; or why the history could not be read
 */
BMS_API enum bms_status bms_changes(bms *b, const char *unit, const char *indicator,
                                    void (*on_change)(void *context, const bms_cell_change *change),
                                    void *context, bms_error *error);

/** One line of an explanation. */
typedef struct bms_fact {
    const char *key;   /**< stable, for programs: "result", "numerator", "target", "part" … */
    const char *label; /**< in the handle's language */
    const char *text;  /**< likewise */
} bms_fact;

/**
 * Where a number and its colour come from, down to file and cell.
 *
 * @param b          the handle
 * @param unit       code
 * @param indicator  code
 * @param period     the period measured
 * @param on_fact    called with each line, in the order they are to be read
 * @param context    passed to it
 * @param error      filled on failure
 * @return BMS_OK; BMS_USAGE when the unit is not asked for it; or why the history could not be read
 */
BMS_API enum bms_status bms_explain(bms *b, const char *unit, const char *indicator, const char *period,
                                    void (*on_fact)(void *context, const bms_fact *fact), void *context,
                                    bms_error *error);

/** One place where the history differs from what was stored. */
typedef struct bms_difference {
    int64_t run;         /**< 0: of no particular run */
    const char *table;   /**< in the history's file */
    const char *row;     /**< its key, or what else is known about it; "" */
    const char *message; /**< what is wrong, in the handle's language */
} bms_difference;

/** The outcome of verifying the history. */
typedef struct bms_verification {
    size_t runs;         /**< how many were recomputed */
    size_t differences;  /**< how many were delivered */
    char hash[65];       /**< of the newest run; "" when there is none */
    int64_t run_of_hash; /**< the run whose hash was asked for; 0: none has it */
} bms_verification;

/**
 * Recompute the history and compare it with what was stored, so that nobody can rewrite it unnoticed.
 *
 * @param      b              the handle
 * @param      hash           one to look for, by at least its first 8 digits; NULL
 * @param      on_difference  called with each place where they differ
 * @param      context        passed to it
 * @param[out] out            the outcome
 * @param      error          filled on failure
 * @return BMS_OK, also when there are differences; or why the history could not be read
 */
BMS_API enum bms_status bms_verify(bms *b, const char *hash,
                                   void (*on_difference)(void *context, const bms_difference *difference),
                                   void *context, bms_verification *out, bms_error *error);

/** Something that was taken out of the history's file, or put back into it. */
typedef struct bms_removed {
    const char *type; /**< table, index, view, trigger; number: one in the file's header */
    const char *name; /**< of it, as in the file */
    bool put_back;    /**< it is the history's own, and is again as it should be */
    const char *copy; /**< the copy of the file that was made first */
} bms_removed;

/**
 * Take out of the history's file what another program has put there (tables, indexes, views and triggers),
 * and put back triggers, views and indexes that are missing or were changed. The file is copied first; what
 * was done is recorded in the history. While such things are there only bms_verify and bms_backup use the
 * history.
 *
 * @param b           the handle
 * @param on_removed  called with each of them; may be NULL
 * @param context     passed to it
 * @param error       filled on failure
 * @return BMS_OK, also when there is nothing of the kind; or why it could not be put right, and the file is
 * as it was
 */
BMS_API enum bms_status bms_remove_foreign(bms *b,
                                           void (*on_removed)(void *context, const bms_removed *removed),
                                           void *context, bms_error *error);

/**
 * The hash to write down, to be able to show later that nothing before it was rewritten.
 *
 * @param      b      the handle
 * @param[out] run    the newest run; 0 when there is none
 * @param[out] hash   its hash; "" when there is none
 * @param      error  filled on failure
 * @return BMS_OK, or why the history could not be read
 */
BMS_API enum bms_status bms_newest_hash(bms *b, int64_t *run, char hash[65], bms_error *error);

/** A file beside the history that has a hash of it: a copy, or reports of one folder that print the same. */
typedef struct bms_witness {
    const char *file;            /**< from the history's folder: the copy, or the folder of the reports */
    size_t n_files;              /**< of a copy 1 */
    const char *hash;            /**< of a copy all digits, of reports those that they print */
    int64_t run;                 /**< the run with that hash; 0: the history has none */
    const char *acknowledged_by; /**< who acknowledged that it has none; NULL */
    const char *acknowledgement; /**< why; NULL */
} bms_witness;

/**
 * Compare the history with the copies and reports beside it. A hash that it does not know shows that runs
 * have been taken away from it, or that an older copy has been put in its place.
 *
 * Reports that name another municipality are left out, and a history with another seal key is no copy. A file
 * that is itself a copy is compared with nothing.
 *
 * @param      b           the handle
 * @param      on_witness  called with each
 * @param      context     passed to it
 * @param[out] unknown     how many have a hash that is neither known nor acknowledged
 * @param      error       filled on failure
 * @return BMS_OK, also when some are unknown; or why the history could not be read
 */
BMS_API enum bms_status bms_witnesses(bms *b, void (*on_witness)(void *context, const bms_witness *witness),
                                      void *context, size_t *unknown, bms_error *error);

/**
 * Acknowledge on record that an older copy was rightly put in the history's place: the hashes that
 * bms_witnesses finds unknown now are no difference from then on.
 *
 * @param      b        the handle
 * @param      made_by  who put it back; NULL or blank: the user who is logged on
 * @param      reason   why; required
 * @param[out] n        how many hashes were acknowledged
 * @param      error    filled on failure
 * @return BMS_OK; BMS_USAGE when all are known, or without a reason; or why it could not be stored
 */
BMS_API enum bms_status bms_acknowledge(bms *b, const char *made_by, const char *reason, size_t *n,
                                        bms_error *error);

/**
 * Copy the history to a file while others use it. A file that is no history is not replaced.
 *
 * @param b      the handle
 * @param path   of the copy
 * @param error  filled on failure
 * @return BMS_OK; BMS_USAGE when another file is in the way; or why it could not be copied
 */
BMS_API enum bms_status bms_backup(bms *b, const char *path, bms_error *error);

/**
 * Write the accepted files, unchanged, as FOLDER/PERIOD/UNIT-N.xlsx. Files that were blanked are reported as
 * findings.
 *
 * @param b         the handle
 * @param folder    made if it does not exist
 * @param listener  where files and findings are delivered
 * @param error     filled on failure
 * @return BMS_OK, or why they could not be written
 */
BMS_API enum bms_status bms_originals(bms *b, const char *folder, const bms_listener *listener,
                                      bms_error *error);

/** What to blank: in a unit's returns for a form period or, with BMS_REDACT_SETUP, in the setups. */
enum bms_redacted {
    BMS_REDACT_COMMENT,   /**< what the unit commented */
    BMS_REDACT_SIGNATURE, /**< who signed */
    BMS_REDACT_ACTIONS,   /**< what the actions are, and who is responsible */
    BMS_REDACT_ORIGINAL,  /**< the file itself */
    BMS_REDACT_FINDINGS,  /**< what the checks said, also about files that were held */
    BMS_REDACT_AMENDMENT, /**< who amended a number, and why */
    BMS_REDACT_DECISIONS, /**< who accepted, chose or released, why, and the name of a chosen file */
    BMS_REDACT_FILE,      /**< what the files were called */
    BMS_REDACT_SETUP      /**< cells that may be blank and hold `text`, of all setups that were loaded */
};

/**
 * The stable name of what is blanked, for programs.
 *
 * @param what  of a redaction
 * @return "comment", "signature", "actions", "original", "findings", "correction", "decisions", "file" or
 * "setup"
 */
BMS_API const char *bms_redacted_name(enum bms_redacted what);

/** What to blank, who does it and why. */
typedef struct bms_redaction {
    const char *unit;       /**< code */
    const char *period;     /**< of the form */
    const char *indicator;  /**< of a comment, a finding or an amendment; NULL: all */
    int revision;           /**< 0: all */
    const char *text;       /**< for BMS_REDACT_SETUP alone, which ignores those above */
    enum bms_redacted what; /**< which of the texts */
    const char *made_by;    /**< who does it; required */
    const char *reason;     /**< why; required */
} bms_redaction;

/**
 * Blank texts or files on record: who, why and the hash of the blanked text are kept, and the chain still
 * holds. What a unit wrote is also blanked in the original of its return and in findings that quote it. The
 * history's file is then rewritten, so that nothing is left in its unused parts; the copies beside it are
 * replaced by a new one; corrections, reports, reminders and forms beside it that hold the text are removed.
 * Findings name these, and the files that hold it still. What was blanked before is no failure: the file, the
 * copies and what lies beside are gone through once more, since a run can be broken off before that; of a
 * text of which only the hash is left, cells that hold nothing else are found.
 *
 * @param      b          the handle
 * @param      redaction  what, who and why
 * @param      listener   where findings are delivered
 * @param[out] n          how many places were blanked; 0: it was blanked before
 * @param      error      filled on failure
 * @return BMS_OK; BMS_USAGE when there is nothing to blank and never was, or `made_by` or `reason` is
 * missing; or why it could not be done
 */
BMS_API enum bms_status bms_redact(bms *b, const bms_redaction *redaction, const bms_listener *listener,
                                   size_t *n, bms_error *error);

/** Places of one kind that were blanked at once. */
typedef struct bms_redacted_places {
    int64_t run;         /**< the run that blanked them */
    int64_t at;          /**< seconds since 1970-01-01 UTC */
    const char *made_by; /**< who did it */
    const char *reason;  /**< why */
    const char *table;   /**< in the history's file */
    const char *field;   /**< of the table */
    size_t n;            /**< how many */
} bms_redacted_places;

/**
 * What has been blanked on record, oldest first.
 *
 * @param b             the handle
 * @param on_redaction  called with each
 * @param context       passed to it
 * @param error         filled on failure
 * @return BMS_OK, or why the history could not be read
 */
BMS_API enum bms_status bms_redactions(bms *b,
                                       void (*on_redaction)(void *context, const bms_redacted_places *row),
                                       void *context, bms_error *error);

/** What a cell holds. */
enum bms_cell_kind {
    BMS_CELL_BLANK,   /**< nothing: a formula without a cached result */
    BMS_CELL_NUMBER,  /**< a number or a date */
    BMS_CELL_TEXT,    /**< a text */
    BMS_CELL_BOOLEAN, /**< true or false */
    BMS_CELL_ERROR    /**< an error, as that of a division by zero */
};

/** One cell of any workbook as the reader sees it. */
typedef struct bms_cell_row {
    const char *sheet;         /**< its name */
    const char *address;       /**< C5 */
    enum bms_cell_kind kind;   /**< what it holds */
    double number;             /**< a number, a date's serial, or 0 and 1 for a boolean */
    const char *text;          /**< a text or an error's name */
    const char *number_format; /**< NULL: General, or without details */
    const char *formula;       /**< NULL: none, or without details */
    bool has_result;           /**< a formula with a cached result */
    bool date;                 /**< its format shows a date or a time */
    bool per_cent;             /**< its format shows per cent */
    bool hidden;               /**< its row, column or sheet is */
    const char *merged;        /**< the merged range it is in; NULL */
} bms_cell_row;

/**
 * Every cell that holds something.
 *
 * @param b         the handle
 * @param workbook  any workbook
 * @param details   also formulas without a cached result, and each cell's formula and number format
 * @param on_cell   called with each cell, sheet by sheet and row by row
 * @param context   passed to it
 * @param error     filled on failure
 * @return BMS_OK, or BMS_INPUT when it cannot be read
 */
BMS_API enum bms_status bms_cells(bms *b, const bms_source *workbook, bool details,
                                  void (*on_cell)(void *context, const bms_cell_row *cell), void *context,
                                  bms_error *error);

/** A sheet of any workbook. */
typedef struct bms_sheet_row {
    const char *name;       /**< as the workbook calls it */
    const char *visibility; /**< "visible", "hidden" or "veryHidden" (no menu of Excel's shows it) */
    const char *kind;       /**< "worksheet", "chartsheet", "dialogsheet" or "macrosheet" */
} bms_sheet_row;

/** A defined name of any workbook. */
typedef struct bms_name_row {
    const char *name;      /**< the name itself */
    const char *scope;     /**< the sheet it belongs to; NULL: the whole workbook */
    const char *refers_to; /**< as stored: a range, a formula, a constant */
    const char *sheet;     /**< where that is one range of one sheet of the workbook; else NULL */
    const char *range;     /**< likewise, as "C5" or "C5:D6" */
    bool hidden;           /**< no list of names shows it */
} bms_name_row;

/** What a workbook lists besides its cells; each function may be NULL. */
typedef struct bms_contents_listener {
    void *context; /**< passed to each function */
    /** First, whether its dates are counted from 1904. */
    void (*on_book)(void *context, bool date_1904);
    /** Then each sheet, in the workbook's order. */
    void (*on_sheet)(void *context, const bms_sheet_row *sheet);
    /** Last, each defined name. */
    void (*on_name)(void *context, const bms_name_row *name);
} bms_contents_listener;

/**
 * The sheets of any workbook in order, then its defined names.
 *
 * @param b         the handle
 * @param workbook  any workbook
 * @param listener  where they are delivered
 * @param error     filled on failure
 * @return BMS_OK, or BMS_INPUT when it cannot be read
 */
BMS_API enum bms_status bms_contents(bms *b, const bms_source *workbook,
                                     const bms_contents_listener *listener, bms_error *error);

/** A file that a call wrote, returned as bytes. */
typedef struct bms_answer_file {
    char *name;           /**< the path it was written to */
    unsigned char *bytes; /**< the whole of it; NULL when it could not be read back: it lies at its path */
    size_t size;          /**< of the bytes */
} bms_answer_file;

/** The answer of bms_call. Free it with bms_answer_free. */
typedef struct bms_answer {
    char *text;  /**< JSON, zero-terminated, without a line end; NULL when it went to `on_text`, or
                      when memory ran out */
    size_t size; /**< of the text, in bytes */
    bool wrong;  /**< something was found that somebody must put right (the command's exit code 1) */
    bms_answer_file *files; /**< what was written, in that order, when the request says `"bytes": true` */
    size_t n_files;         /**< how many */
} bms_answer;

/**
 * Call a verb with a request in JSON, and get its answer in JSON: for programs that hold no C structs, such
 * as an add-on or a page. The answer is what the command prints with `--json`.
 *
 * The members of a request have the names of the command's operands and options; null counts as left out.
 * They are texts; `?` marks true or false, `#` a whole number from 1, `[]` a list of texts; `!` is required.
 *
 *     init     folder, template, bytes?           history  unit, indicator, all?, changes?
 *     setup    file, yes?, undo?, reworded[],     explain  unit!, indicator!, period!
 *              or export, without_units?
 *     forms    period, unit, force?, bytes?       export   format (json, csv, excel) or originals, bytes?
 *     check    sources[], threads#                close    period!, by
 *     collect  … and no_corrections?, use[],      verify   hash, remove_foreign?, acknowledge?, by, reason
 *              partial[], reason, by, bytes?,     backup   file!
 *              accept: [{"rule","unit",           correct  unit!, indicator!, period!, numerator,
 *              "indicator"}]                               denominator, reason, by
 *     status   period                             redact   unit, period, what, indicator, revision#, by,
 *     remind   period, bytes?                             reason; or setup, by, reason
 *     report   period, unit, bytes?              cells    file, details?, format (json, tsv)
 *
 * The answer of setup also has `version`, `added`, `undone`, the numbers of units, indicators and targets,
 * and the lists `changes`, `asked` and `left` (bms_setup_listener); a finding that needs a yes has
 * `"needs_yes":true`.
 *
 * With `"bytes": true` the answer also holds the files that were written. What is done by then is not undone:
 * where memory does not suffice for them, `bytes` are NULL or there are fewer files than the answer names. An
 * answer about written files ends with `"not_replaced":[{"file","message","fix"}]` when some could not be
 * replaced (BMS_FILE_NOT_REPLACED).
 *
 *     bms_answer answer;
 *     bms_source sent = {.name = "1101.xlsx", .bytes = bytes, .size = size};
 *     bms_call(b, "check", "{}", &sent, 1, NULL, &answer, NULL);
 *     puts(answer.text);
 *     bms_answer_free(&answer);
 *
 * @param      b         the handle
 * @param      verb      as above
 * @param      request   a JSON object, zero-terminated; NULL is an empty one
 * @param      attached  workbooks, as bytes or as paths: the one of setup and cells, the returns of check and
 *                       collect
 * @param      n         how many
 * @param      listener  only its on_progress, which may cancel, and its on_text are called; may be NULL.
 *                       After a failure discard what on_text received
 * @param[out] answer    filled also on failure, then with `{"error":{"code","message","where"}}`, which
 *                       never goes to on_text. When memory is out after a verb has stored what
 *                       it should, that is no failure: the answer then has `"incomplete":true`
 * @param      error     the same as a struct; may be NULL
 * @return as the verb's own function; BMS_USAGE for an unknown verb and for a request that is not JSON, has
 * an unknown member or one of the wrong type: `where` names it
 */
BMS_API enum bms_status bms_call(bms *b, const char *verb, const char *request, const bms_source *attached,
                                 size_t n, const bms_listener *listener, bms_answer *answer,
                                 bms_error *error);

/**
 * Replace an answer by the one that bms_call gives on failure; for what goes wrong before or after the call.
 *
 * @param answer  what is replaced; its memory is freed
 * @param error  what went wrong
 */
BMS_API void bms_answer_error(bms_answer *answer, const bms_error *error);

/**
 * Free an answer's memory and empty it.
 *
 * @param answer  from bms_call; one that is all zero is legal
 */
BMS_API void bms_answer_free(bms_answer *answer);

#ifdef __cplusplus
}
#endif

#endif
