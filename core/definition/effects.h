/**
 * What a renewed definition does to what is measured and to the numbers that are there: two definitions
 * compared. Pure, and without words; difference.h says what was written differently.
 */
#ifndef BMS_DEFINITION_EFFECTS_H
#define BMS_DEFINITION_EFFECTS_H

#include "core/definition/definition.h"
#include "core/definition/series.h"

/** What happens. All but a move ask for a yes where numbers or planned measurements suffer. */
enum bms_effect_kind {
    BMS_EFFECT_MEASURED_ANEW, /* in another way: later numbers cannot be compared with earlier ones */
    BMS_EFFECT_TURNED,        /* what is best is: the colours of all periods change */
    BMS_EFFECT_LIMIT_CHANGED, /* without a new date: for all periods it held for */
    BMS_EFFECT_LIMIT_GONE,    /* likewise */
    BMS_EFFECT_INDICATOR_GONE,
    BMS_EFFECT_UNIT_GONE,
    BMS_EFFECT_PERIOD_GONE,
    BMS_EFFECT_FEWER_PLANNED, /* of an indicator, a unit or a group that are still there */
    BMS_EFFECT_UNIT_MOVED     /* without a date: in all periods */
};

/** One effect, and which numbers it concerns: those that match all that is set. */
typedef struct bms_effect {
    enum bms_effect_kind kind;
    int indicator;     /* in the definition before; BMS_NONE: any, as for the next two */
    int unit;          /* of a limit: and those below it */
    int period;        /* in the calendar before */
    const char *group; /* NULL: any; "": units without one */
    bms_day from;      /* only periods that end on that day or later; BMS_NO_DAY: all */
    int target;        /* of a limit: in the definition before */
    int row;           /* where it is seen, in the definition now: an indicator or target; BMS_NONE */
    bms_measure_difference difference; /* of BMS_EFFECT_MEASURED_ANEW */
    size_t planned;                    /* planned measurements that are no longer */
    size_t numbers;                    /* numbers in the history, once they are counted */
    struct bms_effect *next;           /* of the same indicator, unit or period (effects.c) */
} bms_effect;

typedef struct bms_effects {
    const bms_definition *before;
    const bms_definition *now;
    bms_effect *items; /* causes before what follows from them, then in the order of the setup */
    size_t n;
    size_t capacity;
    size_t numbers;            /* all that were counted */
    bms_effect **of_indicator; /* chains of effects; by what they concern first of all */
    bms_effect **of_unit;
    bms_effect **of_period;
    bms_effect *of_group;
} bms_effects;

/** Compare two definitions. The arena remembers when memory was out. */
void bms_effects_find(bms_arena *arena, const bms_definition *before, const bms_definition *now,
                      bms_effects *out);

/** Count a number of the history where it is concerned. Codes in any case. */
void bms_effects_count(bms_effects *effects, const char *unit, const char *indicator, const char *period);

/** @return whether the coordinator must say yes to it, once all numbers are counted. */
bool bms_effect_needs_yes(const bms_effects *effects, const bms_effect *effect);

/** @return the target for the same (indicator, whom, what, from when) in another definition; BMS_NONE. */
int bms_target_in(const bms_definition *there, const bms_definition *here, int target);

/** @return whether two such targets have the same limits. */
bool bms_target_says_the_same(const bms_target *a, const bms_target *b);

#endif
