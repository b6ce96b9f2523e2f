/**
 * Inside bms_explain: what is being explained. explain.c finds and loads it, facts.c reports it. Not for
 * other modules.
 */
#ifndef BMS_VERBS_EXPLAIN_EXPLAINING_H
#define BMS_VERBS_EXPLAIN_EXPLAINING_H

#include "core/definition/definition.h"
#include "core/definition/past.h"
#include "core/job/job.h"
#include "core/verbs/explain/held.h"
#include "core/verbs/explain/words.h"

/** An entry that outlives its query. Texts in the job's arena; revision 0: nothing has been accepted. */
typedef struct bms_explained {
    int unit;
    bms_stored_entry stored;
    bms_held held;
    const char *held_back; /* the file that the number is held back in; NULL: none */
    const char *why_held;
} bms_explained;

typedef struct bms_explaining {
    bms_job *job;
    bms_explain_words words;
    const bms_definition *definition; /* today's, or the last that asked for it */
    bms_past_definitions *pasts;
    int today; /* version of today's */
    const bms_indicator *indicator;
    bms_held held; /* for the numbers that are reported */
    int unit;
    int point;
    bms_explained *answers; /* of the units that are asked, in order of the definition */
    size_t n;
    bms_part *parts; /* for the roll-up: the same, and those that need not answer and have not */
    size_t n_parts;
    bool as_one;            /* the parts are the unit itself (its predecessors), not units below it */
    const char *past;       /* whose numbers these are, from before the unit's time; "" */
    const char *closed;     /* which closed units are counted too; "" */
    const char *so_far;     /* what the year adds up to, in words; "" */
    bms_explained *earlier; /* older revisions of the unit's own */
    size_t n_earlier;
    size_t capacity;
    void (*on_fact)(void *context, const bms_fact *fact);
    void *context;
    enum bms_status status; /* of looking up what held */
    bms_error *error;
} bms_explaining;

static inline const bms_measuring_point *bms_explaining_point(const bms_explaining *explaining) {
    return &explaining->definition->points[explaining->point];
}

static inline const bms_calendar_period *bms_explaining_period(const bms_explaining *explaining) {
    return &explaining->definition->calendar[bms_explaining_point(explaining)->period];
}

/** @return the answer of a unit that has sent nothing. */
bms_explained bms_explaining_nothing(const bms_explaining *explaining, int unit);

/** @return the question for the unit's past at the measuring point. */
bms_past_question bms_explaining_past(const bms_explaining *explaining, bms_day seen_from);

/** @return in words whose numbers a past consists of. */
const char *bms_explaining_whose(const bms_explaining *explaining, const bms_past *past);

/** Load the answers of the units that are listed in `answers`, and what held for them. */
enum bms_status bms_explaining_load(bms_explaining *explaining, bms_error *error);

/** Report all of it, fact by fact. */
enum bms_status bms_explaining_report(bms_explaining *explaining, bms_error *error);

#endif
