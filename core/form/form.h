/**
 * What a form asks: the identity it carries, its questions, and the seal over both.
 *
 * The questions travel inside the form (on a hidden sheet) and come back with the return, so that a return
 * can be checked without a history. The seal is an HMAC over identity and questions; it catches accidents,
 * not forgers.
 */
#ifndef BMS_FORM_FORM_H
#define BMS_FORM_FORM_H

#include "core/base/arena.h"
#include "core/bms.h"
#include "core/definition/definition.h"

#include <stdbool.h>
#include <stddef.h>

enum { BMS_SEAL_KEY_SIZE = 32, BMS_SEAL_SIZE = 33 /* 32 hex digits and a zero */ };

/** Whom a form is for. All texts non-NULL; "" where a return lacks one. */
typedef struct bms_identity {
    const char *municipality; /* its number */
    const char *unit;
    const char *period;     /* the form's */
    const char *definition; /* its version, as text */
    const char *title;      /* "Garderåsen barnehage – 2. tertial 2026", the form's first line */
    const char *seal;       /* 32 hex digits */
} bms_identity;

/** One of the two numbers a question asks for. */
typedef struct bms_question_number {
    const char *text; /* in plain words, dates filled in; "" when the kind has no such number */
    const char *unit_of_measure;
    const char *same_as_indicator; /* "" when asked here; else the code of the question where it is asked … */
    enum bms_which same_as_number; /* … and which number there */
    const char *part_of_indicator; /* "" when it is no part; may be an indicator that is not in this form */
    enum bms_which part_of_number;
    bool parts_are_all; /* all its parts are asked in this form, and add up to it */
    bms_number least;
    bms_number most;
    bms_number usual_from; /* how large it usually is; both known or neither */
    bms_number usual_to;
    bool whole;
} bms_question_number;

/** One row of a form; all of it is under the seal. All texts non-NULL. */
typedef struct bms_question {
    const char *indicator;
    const char *name;
    const char *period; /* measured */
    enum bms_kind kind;
    enum bms_basis basis;
    double factor;
    int decimals;
    const char *unit_of_result;
    bms_question_number numerator;
    bms_question_number denominator;
    bool required;
    bool must_answer;
    enum bms_when_red when_red;
    bms_limits limits;
} bms_question;

/** Whose numbers an earlier result is made of. */
enum bms_earlier_whose {
    BMS_EARLIER_OWN,
    BMS_EARLIER_PREDECESSORS, /* the units it took over from, together */
    BMS_EARLIER_SHARED        /* from before a split: others have the same past */
};

/** An earlier result, shown beside the question; not under the seal. */
typedef struct bms_earlier {
    bool known;     /* the unit has answered, if only that the number is missing; else nothing is shown */
    bool redefined; /* it was answered, but the question has changed since: nothing is compared */
    const char *period_name;
    bms_values answer;
    bms_number result;
    enum bms_earlier_whose whose;
    const int *units; /* predecessors, or the units it is shared with; indexes into the definition */
    size_t n_units;
} bms_earlier;

/** What else a form shows about a question. */
typedef struct bms_question_view {
    const char *focus_area; /* the heading above it */
    const char *guidance;
    const char *source;
    bms_earlier last;
    bms_earlier year_before;
} bms_question_view;

/** An action known from before, shown on the form's action sheet. */
typedef struct bms_action_view {
    const char *number;
    const char *linked_to;
    const char *text;
    const char *responsible;
    bms_day due;
    const char *due_text; /* as written, where that is no day; NULL */
    const char *status;
} bms_action_view;

/** Everything a form's layout needs. */
typedef struct bms_form {
    const char *language;
    bms_identity identity;
    const char *municipality_name;
    const char *unit_name;
    const char *period_name;
    const char *reply_to;
    bms_day due; /* BMS_NO_DAY when not set */
    int64_t made_at;
    const bms_question *questions;
    bms_question_view *views; /* as many as questions */
    const int *points;        /* the measuring point of each question; an index into the definition */
    size_t n_questions;
    const char *past; /* whose the earlier results are; "" or NULL: the unit's own */
    const bms_action_view *actions;
    size_t n_actions;
} bms_form;

/** The reasons a unit can choose from when it has no number, in the order of the list. */
enum bms_reason {
    BMS_NO_REASON,
    BMS_COMES_LATER,     /* kommer senere: missing */
    BMS_NOT_CARRIED_OUT, /* ikke gjennomført: missing */
    BMS_NOT_RELEVANT,    /* ikke aktuelt: not applicable */
    BMS_NOBODY,          /* ingen å måle: empty base */
    BMS_N_CHOICES,
    BMS_TO_BE_CLARIFIED = BMS_N_CHOICES, /* til avklaring: missing; not in the list, set by a release */
    BMS_N_REASONS
};

/** @return the reason in English for bms_tr; "" for BMS_NO_REASON. */
const char *bms_reason_text(enum bms_reason reason);

/** @return a stable name for the history: "comes_later" …, "" for none; and back (false when it is none). */
const char *bms_reason_name(enum bms_reason reason);
bool bms_reason_parse(const char *name, enum bms_reason *out);

/** Recognise a reason as a unit wrote it, in any of the languages and any case. @return whether it is one */
bool bms_reason_recognise(const char *text, enum bms_reason *out);

/** @return the state of an entry with that reason. */
enum bms_state bms_reason_state(enum bms_reason reason);

/** The seal over an identity (its own seal left out) and questions. @return BMS_OK or BMS_NO_MEMORY */
enum bms_status bms_seal(const unsigned char key[BMS_SEAL_KEY_SIZE], const bms_identity *identity,
                         const bms_question *questions, size_t n, char out[BMS_SEAL_SIZE]);

#endif
