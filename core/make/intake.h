/**
 * Mottak: the workbook in which the coordinator sees what came in for a form period, and decides.
 *
 * One row for each finding, and one for each unit and file without any. The coordinator chooses Yes in a
 * column (accept, use this file, release the rest), writes why, and saves; the next collect obeys
 * (core/verbs/collect/decide.h). A row is recognised by hidden columns, wherever it has been moved to.
 */
#ifndef BMS_MAKE_INTAKE_H
#define BMS_MAKE_INTAKE_H

#include "core/history/history.h"

enum bms_intake_state {
    BMS_INTAKE_HELD,
    BMS_INTAKE_UNREADABLE,
    BMS_INTAKE_UNFINISHED,
    BMS_INTAKE_NOTHING, /* the unit has sent nothing */
    BMS_INTAKE_ACCEPTED,
    BMS_INTAKE_REPLACED,
    BMS_N_INTAKE_STATES
};

/** @return the state in English for bms_tr. */
const char *bms_intake_state_text(enum bms_intake_state state);

/** What a row is about, by which it is recognised. Texts are never NULL. */
typedef struct bms_intake_key {
    const char *unit;
    const char *sha256; /* of the file */
    const char *rule;
    const char *indicator;
    const char *about;
} bms_intake_key;

typedef struct bms_intake_row {
    bms_intake_key key;
    enum bms_intake_state state;
    const char *unit; /* code and name; "" where it is not known */
    const char *file; /* bare name; "" for none */
    int revision;     /* 0: not accepted */
    bool first;       /* the first row of its file or unit */
    enum bms_severity severity;
    const char *indicator; /* its name; "" for none */
    const char *cell;
    const char *message; /* "" when nothing was found */
    const char *fix;
    const char *done; /* what has been decided, or why it could not be obeyed; "" */
    bool can_accept;
    bool can_use;
    bool can_release;
    /* What the coordinator wrote that could not be obeyed; "" for nothing. */
    const char *accept;
    const char *reason;
    const char *use;
    const char *release;
} bms_intake_row;

/** A decision, for the second sheet. Texts are never NULL. */
typedef struct bms_intake_decision {
    bms_day day;
    const char *who;
    const char *what; /* the kind of decision in English, for bms_tr */
    const char *unit;
    const char *about; /* what was accepted, or the file */
    const char *reason;
    bool holds;
} bms_intake_decision;

typedef struct bms_intake {
    const char *municipality;
    const char *period;      /* code */
    const char *period_name; /* 2. tertial 2026; before its last day (foreløpig) after it */
    const char *language;
    const char *decided_by; /* as the coordinator last wrote it; "" */
    int64_t made_at;
    size_t expected;                      /* units that must deliver */
    size_t of_state[BMS_N_INTAKE_STATES]; /* files, or units without one, by state */
    const bms_intake_row *rows;
    size_t n_rows;
    const bms_intake_decision *decisions;
    size_t n_decisions;
} bms_intake;

/** What the coordinator wrote in one row. Texts are never NULL. */
typedef struct bms_intake_answer {
    bms_intake_key key;
    const char *accept;
    const char *reason;
    const char *use;
    const char *release;
    char cell[16]; /* of the first thing written, for findings */
} bms_intake_answer;

/** What the coordinator wrote in the workbook: only the rows with something in them. */
typedef struct bms_intake_answers {
    const char *period; /* code, as in the workbook */
    const char *sheet;
    const char *decided_by; /* "" */
    const bms_intake_answer *answers;
    size_t n;
} bms_intake_answers;

/** What an intake is made of. */
typedef struct bms_intake_request {
    const bms_definition *definition;
    bms_history *history;
    int period; /* of the form */
    const char *language;
    int64_t made_at; /* the workbook's own, the same for the same contents */
    bms_day today;
    const bms_intake_answers *before; /* what the coordinator last wrote; NULL: nothing */
    const char *const *problems;      /* for each answer why it could not be obeyed; NULL where it was */
} bms_intake_request;

/** Make the intake of a form period from the history. */
enum bms_status bms_intake_make(bms_arena *arena, const bms_intake_request *request, bms_intake *out,
                                bms_error *error);

#endif
