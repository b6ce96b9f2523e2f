/**
 * What is known from before a return is checked: every unit's earlier answers, and how much they usually
 * vary.
 *
 * A table of answers by indicator, measured period and unit, filled once a run (before_fetch.c, or a test)
 * and then only read, so that several threads can ask it at the same time. It compares nothing:
 * check_history.c does.
 */
#ifndef BMS_CHECK_BEFORE_H
#define BMS_CHECK_BEFORE_H

#include "core/definition/definition.h"

struct bms_history;

typedef struct bms_before bms_before;

/** Begin with nothing known. @return BMS_OK or BMS_NO_MEMORY; the table lives in `arena` */
enum bms_status bms_before_new(bms_arena *arena, const bms_definition *definition, bms_before **out,
                               bms_error *error);

/** Note an answer; indexes into the definition. @return false when memory is out */
bool bms_before_add(bms_before *before, int unit, int indicator, int period, const bms_answer *answer);

/** Work out how much each peer group's values vary from period to period. After the last bms_before_add.
 * @return false when memory is out */
bool bms_before_finish(bms_before *before);

/** Fill from the history, one query a measured period, up to a form period (BMS_NONE: all), and finish. */
enum bms_status bms_before_load(bms_before *before, const bms_definition *definition,
                                struct bms_history *history, int form, bms_error *error);

/** @return what a unit has answered, or NULL when nothing is known. */
const bms_answer *bms_before_answer(const bms_before *before, int unit, int indicator, int period);

/** What a unit had in an earlier period: its own answer, or that of the units it took over from. */
typedef struct bms_past_answer {
    bool known; /* false too where the past is shared with others: it says nothing of the unit's own size */
    bms_answer answer;
    const int *units; /* whose numbers these are together; NULL: the unit's own */
    size_t n_units;
} bms_past_answer;

/**
 * Look up what a unit had in an earlier period.
 *
 * @param arena      for what is added up
 * @param seen_from  the period it is compared with
 * @return false when memory is out
 */
bool bms_before_past(const bms_before *before, bms_arena *arena, int unit, int indicator, int period,
                     int seen_from, bms_past_answer *out);

/** What of an answer is followed over time. */
enum bms_followed { BMS_FOLLOW_NUMERATOR, BMS_FOLLOW_DENOMINATOR, BMS_FOLLOW_RESULT };

enum { BMS_MOST_EARLIER = 12 };

/**
 * How something has been up to a period, not included. Amounts that grow with the time they cover (of a
 * period, or of the year to date) are brought to the length of the period asked about.
 */
typedef struct bms_course {
    double values[BMS_MOST_EARLIER]; /* oldest first */
    size_t n;
    double median;
    double own;       /* how much these vary, like a standard deviation */
    double usual;     /* how much such values vary in the peer group */
    double spread;    /* the larger of the two */
    const int *units; /* whose numbers the latest are together, as in bms_past_answer; NULL: the unit's own */
    size_t n_units;
} bms_course;

/** A unit's own course, that of the units it took over from included. @return false when memory is out */
bool bms_before_course(const bms_before *before, bms_arena *arena, int unit, int indicator, int period,
                       enum bms_followed followed, bms_course *out);

/** How a group of like units stands in one period. */
typedef struct bms_standing {
    size_t n; /* 0: nothing to compare with */
    double median;
    double spread;
    double lowest;
    double highest;
    int period; /* whose values these are: the one asked about or the latest before it */
} bms_standing;

/**
 * Results of the unit's peers, the unit itself left out: of the period, or where fewer than five have
 * answered of the last before with as many.
 * @return false when memory is out
 */
bool bms_before_peers(const bms_before *before, bms_arena *arena, int unit, int indicator, int period,
                      bms_standing *out);

#endif
