/**
 * Mottak: what came in for a form period, for the coordinator, with columns to decide in.
 *
 * One row a finding, and one for each unit and file without any. The coordinator chooses Yes in the columns
 * Accept?, Use this file and Let the rest in, writes why, and saves; the next collect obeys (verbs/decide.h).
 * A row is known again by hidden columns, wherever it has been moved to.
 */
#ifndef BMS_MAKE_INTAKE_H
#define BMS_MAKE_INTAKE_H

#include "core/history/history.h"

enum bms_intake_state {
    BMS_INTAKE_HELD,
    BMS_INTAKE_UNREADABLE,
    BMS_INTAKE_UNFINISHED,
    BMS_INTAKE_NOTHING, /* the unit has sent nothing */
    BMS_INTAKE_TAKEN_IN,
    BMS_INTAKE_SET_ASIDE,
    BMS_N_INTAKE_STATES
};

/** @return the state in English for bms_tr. */
const char *bms_intake_state_text(enum bms_intake_state state);

/** What a row is about; what makes it known again. Texts are never NULL. */
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
    const char *unit; /* code and name; "" where the file does not say */
    const char *file; /* bare name; "" for none */
    int revision;     /* 0: not taken in */
    bool first;       /* the first row of its file or unit */
    enum bms_severity severity;
    const char *indicator; /* its name; "" for none */
    const char *cell;
    const char *message; /* "" when nothing was found */
    const char *fix;
    const char *done; /* what has been decided, or why what was written could not be obeyed; "" */
    bool can_accept;
    bool can_use;
    bool can_release;
    /* What the coordinator wrote and could not be obeyed; "" for nothing. */
    const char *accept;
    const char *reason;
    const char *use;
    const char *release;
} bms_intake_row;

/** A decision, for the second sheet. Texts are never NULL. */
typedef struct bms_intake_decision {
    bms_day day;
    const char *who;
    const char *what; /* "Accepted", "File used", "Rest let in" in English, for bms_tr */
    const char *unit;
    const char *about; /* what was accepted, or the file */
    const char *reason;
    bool holds;
} bms_intake_decision;

typedef struct bms_intake {
    const char *municipality;
    const char *period;      /* code */
    const char *period_name; /* 2. tertial 2026 */
    const char *language;
    const char *decided_by; /* what stood there before; "" */
    int64_t made_at;
    size_t expected; /* units that are to deliver, and how many of them … */
    size_t of_state[BMS_N_INTAKE_STATES];
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

/** What a workbook says that the coordinator has filled in: only rows where something is written. */
typedef struct bms_intake_answers {
    const char *period; /* code, as the workbook says */
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
    int64_t made_at;
    const bms_intake_answers *before; /* what the coordinator wrote and was not obeyed; NULL: nothing */
    const char *const *problems;      /* why, one for each answer; NULL for one that was obeyed */
} bms_intake_request;

/** Make the intake of a form period from the history. */
enum bms_status bms_intake_make(bms_arena *arena, const bms_intake_request *request, bms_intake *out,
                                bms_error *error);

#endif
