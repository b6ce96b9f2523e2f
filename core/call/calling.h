/**
 * One call at work, and the verbs that can be called.
 *
 * A verb is a row of the table in call.c and a function that calls the verb of bms.h and writes what it
 * delivers as JSON.
 */
#ifndef BMS_CALL_CALLING_H
#define BMS_CALL_CALLING_H

#include "core/call/json.h"
#include "core/call/request.h"

/** What workbooks a verb takes beside its request. */
enum bms_attachment {
    BMS_ATTACH_NONE,
    BMS_ATTACH_ONE,         /* or the request's `file` */
    BMS_ATTACH_AT_MOST_ONE, /* likewise */
    BMS_ATTACH_MANY         /* and the request's `sources` */
};

typedef struct bms_calling bms_calling;

typedef struct bms_verb {
    const char *name;
    enum bms_status (*answer)(bms_calling *calling);
    enum bms_attachment takes;
    bms_member members[12]; /* what its request may hold */
} bms_verb;

/** A list that is gathered before its place in the answer is reached. */
typedef struct bms_gathered {
    bms_kept text;
    bms_json json;
} bms_gathered;

struct bms_calling {
    bms *b;
    const bms_verb *verb;
    bms_request request;
    const bms_source *sources; /* the workbooks: those attached, then those the request names */
    size_t n_sources;
    const bms_listener *listener; /* the caller's; may be NULL */
    bms_json json;                /* the answer; empty when the verb's function is called */
    bms_gathered files;           /* for `{"files":[…],"findings":[…]}` */
    bms_gathered findings;
    bms_gathered not_replaced; /* see bms_calling_not_replaced */
    bool wrong;                /* see bms_answer */
    bool stored;               /* the history has been changed: nothing fails any more */
    const char **written;      /* paths of what was written */
    size_t n_written;
    size_t written_capacity;
    bms_arena *arena; /* for what lives as long as the call */
    bms_error *error;
};

/** @return a listener whose context is the call, and that passes progress on to the caller. */
bms_listener bms_calling_listener(bms_calling *calling);

/** Remember a file that was written, for the answer. */
void bms_calling_file(bms_calling *calling, const bms_file_row *file);

/** Remember a finding about a file that could not be replaced; others are left alone. */
void bms_calling_not_replaced(bms_calling *calling, const bms_finding *finding);

/**
 * Write the member `"not_replaced":[{"file","message","fix"}]`, last in an answer about written files, when
 * there are such files; `files` holds the others.
 *
 * @return BMS_OK or BMS_NO_MEMORY
 */
enum bms_status bms_calling_end_not_replaced(bms_calling *calling);

/** The answer `{"incomplete":true}`: all is stored, but memory was out for the whole of it. */
void bms_calling_answer_shortly(bms_json *json);

/** Write a finding as an object: rule, severity, sheet, cell, unit, indicator, message, fix. */
void bms_calling_write_finding(bms_json *json, const bms_finding *finding);

/* The verbs' functions. `{"files":[…],"findings":[…]}` (written.c) */
enum bms_status bms_call_init(bms_calling *calling);
enum bms_status bms_call_setup(bms_calling *calling);
enum bms_status bms_call_forms(bms_calling *calling);
enum bms_status bms_call_remind(bms_calling *calling);
enum bms_status bms_call_report(bms_calling *calling);
enum bms_status bms_call_correct(bms_calling *calling);
enum bms_status bms_call_redact(bms_calling *calling);
enum bms_status bms_call_originals(bms_calling *calling);

/* What became of returns (returns.c) */
enum bms_status bms_call_check(bms_calling *calling);
enum bms_status bms_call_collect(bms_calling *calling);

/* What is stored (stored.c) */
enum bms_status bms_call_status(bms_calling *calling);
enum bms_status bms_call_history(bms_calling *calling);
enum bms_status bms_call_explain(bms_calling *calling);
enum bms_status bms_call_export(bms_calling *calling);

/* The history as a file (keeping.c) */
enum bms_status bms_call_close(bms_calling *calling);
enum bms_status bms_call_verify(bms_calling *calling);
enum bms_status bms_call_backup(bms_calling *calling);

/* Any workbook (cells.c) */
enum bms_status bms_call_cells(bms_calling *calling);

#endif
