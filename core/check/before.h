/**
 * What returns are compared with: every unit's earlier answers, and how much they usually vary.
 *
 * A table of answers by indicator, measured period and unit, filled once a run (core/history/before.c, or a
 * test) and then only read, so that several threads can use it at the same time. What peers have is sorted
 * when it is first asked for. For a few files the answers themselves are fetched when they are asked for, by
 * one thread. The comparison itself is in comparison.c.
 */
#ifndef BMS_CHECK_BEFORE_H
#define BMS_CHECK_BEFORE_H

#include "core/check/ranking.h"
#include "core/definition/definition.h"

struct bms_history;

typedef struct bms_before bms_before;

/** Make an empty table. @return BMS_OK or BMS_NO_MEMORY; the table lives in `arena`, and ends with
 * bms_before_dispose */
enum bms_status bms_before_new(bms_arena *arena, const bms_definition *definition, bms_before **out,
                               bms_error *error);

/** Free what is not in the arena; NULL is legal. */
void bms_before_dispose(bms_before *before);

/** Add an answer; the numbers are indexes into the definition. @return false when memory is out */
bool bms_before_add(bms_before *before, int unit, int indicator, int period, const bms_values *answer);

/**
 * Add what a unit has sent in the run that is being checked; other threads may use the table meanwhile, as it
 * is not seen yet.
 *
 * @param file  its place in the run: of several files of a unit the first counts
 * @return false when memory is out
 */
bool bms_before_add_sent(bms_before *before, int unit, int indicator, int period, const bms_values *answer,
                         size_t file);

/** Let peers be compared with what was sent: after the last bms_before_add_sent, with no other thread. The
 * unit itself is not, as it is not accepted yet. */
void bms_before_show_sent(bms_before *before);

/** Work out how much each peer group's values vary from period to period: after the last bms_before_add.
 * @return false when memory is out */
bool bms_before_finish(bms_before *before);

/** Fill the table from the history, up to a form period (BMS_NONE: all), and finish it. */
enum bms_status bms_before_load(bms_before *before, const bms_definition *definition,
                                struct bms_history *history, int form, bms_error *error);

/** Where answers come from when they are first asked for, instead of all before the checks. */
typedef struct bms_before_source {
    void *context;
    /** Add (bms_before_add) what a unit, or every unit (BMS_NONE), answered in a measured period: to one
     * indicator, or to all (BMS_NONE). */
    enum bms_status (*fetch)(void *context, int unit, int indicator, int period, bms_error *error);
} bms_before_source;

/** Let an empty table fetch what it is asked for. Only one thread may then use it, that of the source.
 * @return false when memory is out */
bool bms_before_ask(bms_before *before, bms_before_source source);

/** Let the table fetch what it is asked for from the history: for a few files, of any period. */
enum bms_status bms_before_look_up(bms_before *before, bms_arena *arena, const bms_definition *definition,
                                   struct bms_history *history, bms_error *error);

/** @return the first failure of the source: what was found is then not to be relied on. */
enum bms_status bms_before_status(const bms_before *before, bms_error *error);

/** Have the answers of all units at hand, before many are asked for. */
void bms_before_prepare(const bms_before *before, int indicator, int period);

/** @return what a unit has answered, or NULL when nothing is known of it. */
const bms_values *bms_before_answer(const bms_before *before, int unit, int indicator, int period);

/** What a unit had in an earlier period: its own answer, or that of the units it took over from. */
typedef struct bms_past_answer {
    bool known; /* false too where the past is shared with others: the unit's own part is not known */
    bms_values answer;
    const int *units; /* the predecessors whose sum this is; NULL: the unit's own answer */
    size_t n_units;
} bms_past_answer;

/**
 * Look up what a unit had in an earlier period.
 *
 * @param arena      for sums over predecessors
 * @param seen_from  the period it is compared with
 * @return false when memory is out
 */
bool bms_before_past(const bms_before *before, bms_arena *arena, int unit, int indicator, int period,
                     int seen_from, bms_past_answer *out);

/** Which value of an answer is compared over time. */
enum bms_followed { BMS_FOLLOW_NUMERATOR, BMS_FOLLOW_DENOMINATOR, BMS_FOLLOW_RESULT };

/** From how many earlier values on it is known how much a unit varies; and how many are looked at. */
enum { BMS_ENOUGH_EARLIER = 4, BMS_MOST_EARLIER = 12 };

/**
 * A unit's values before a period. Amounts that grow with the time they cover (of a period, or of the year to
 * date) are scaled to the length of the period asked about.
 */
typedef struct bms_course {
    double values[BMS_MOST_EARLIER]; /* oldest first */
    size_t n;
    double median;
    double own;       /* how much these vary, like a standard deviation */
    double least;     /* how much such values vary at least */
    const int *units; /* of the latest value, as in bms_past_answer */
    size_t n_units;
} bms_course;

/** Find a unit's own course, with that of its predecessors. @return false when memory is out */
bool bms_before_course(const bms_before *before, bms_arena *arena, int unit, int indicator, int period,
                       enum bms_followed followed, bms_course *out);

/**
 * How much values like those of a course vary in the unit's peer group: never less than `least`. It takes the
 * peers' past; ask only where `least` and the course's own spread leave something open.
 *
 * @return false when memory is out
 */
bool bms_before_usual(const bms_before *before, int unit, int indicator, const bms_course *course,
                      enum bms_followed followed, double *usual);

/** The values of a group of like units in one period. */
typedef struct bms_standing {
    size_t n;          /* 0: nothing to compare with */
    bms_sorted values; /* from the lowest to the highest; borrows the table */
    bms_sorted sizes;  /* how far they are from 0, without those that are 0 */
    double median;
    double lowest;
    double highest;
    int period; /* whose values these are: the one asked about or the latest before it */
} bms_standing;

/**
 * Find the values of the unit's peers, without the unit itself: of the period, or where fewer than `enough`
 * have answered, of the latest earlier one with enough answers. Amounts are scaled as in a course. What was
 * accepted comes before what others have sent in the same run.
 *
 * @return false when memory is out
 */
bool bms_before_peers(const bms_before *before, int unit, int indicator, int period,
                      enum bms_followed followed, size_t enough, bms_standing *out);

#endif
