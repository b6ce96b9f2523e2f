/** Two definitions compared, for what it does to numbers (see effects.h). */
#include "core/definition/effects.h"

#include "core/base/number.h"
#include "core/base/text.h"

#include <string.h>

/* Counterparts in the other definition */

static int indicator_in(const bms_definition *there, const bms_definition *here, int indicator) {
    return bms_definition_indicator(there, here->indicators[indicator].code);
}

static int unit_in(const bms_definition *there, const bms_definition *here, int unit) {
    return unit == BMS_NONE ? BMS_NONE : bms_definition_unit(there, here->units[unit].code);
}

static int period_in(const bms_definition *there, const bms_definition *here, int period) {
    return bms_definition_period(there, here->calendar[period].period.code);
}

int bms_target_in(const bms_definition *there, const bms_definition *here, int target) {
    const bms_target *wanted = &here->targets[target];
    int indicator = indicator_in(there, here, wanted->indicator);
    int unit = unit_in(there, here, wanted->unit);
    if (indicator == BMS_NONE || (unit == BMS_NONE && wanted->unit != BMS_NONE))
        return BMS_NONE;
    for (size_t i = 0; i < there->n_targets; i++) {
        const bms_target *other = &there->targets[i];
        if (other->indicator == indicator && other->scope == wanted->scope && other->unit == unit &&
            other->applies == wanted->applies && other->from == wanted->from &&
            bms_text_same(other->group, wanted->group))
            return (int)i;
    }
    return BMS_NONE;
}

bool bms_target_says_the_same(const bms_target *a, const bms_target *b) {
    const bms_limits *one = &a->limits;
    const bms_limits *other = &b->limits;
    return one->known == other->known && bms_number_equal(one->green, other->green) &&
           bms_number_equal(one->red, other->red) && bms_number_equal(one->green_to, other->green_to) &&
           bms_number_equal(one->red_to, other->red_to) && a->offset == b->offset &&
           bms_text_same(a->series, b->series);
}

/* What is gone, and what is planned no more */

struct finding {
    bms_arena *arena;
    bms_effects *effects;
    const bms_definition *before;
    const bms_definition *now;
    const int *unit_now; /* counterparts, by index before */
    const int *indicator_now;
    const int *period_now;
    size_t *gone_of_indicator; /* planned measurements that are no longer; as a whole or in part */
    size_t *gone_of_unit;
    size_t *gone_of_period;
    size_t *gone_of_group; /* by the first unit of the group */
};

static bms_effect *add(struct finding *finding, bms_effect effect) {
    bms_effects *effects = finding->effects;
    bms_effect *added =
        bms_arena_grow(finding->arena, &effects->items, &effects->n, &effects->capacity, sizeof *added);
    if (added)
        *added = effect;
    return added;
}

static bms_effect of_kind(enum bms_effect_kind kind) {
    return (bms_effect){.kind = kind,
                        .indicator = BMS_NONE,
                        .unit = BMS_NONE,
                        .period = BMS_NONE,
                        .from = BMS_NO_DAY,
                        .target = BMS_NONE,
                        .row = BMS_NONE};
}

/** @return whether what a unit was asked at a measuring point is not planned for it now, though unit,
 * indicator and period are there. When units and indicators are in force is another matter. */
static bool is_dropped(const bms_definition *before, int point, int unit, const bms_definition *now,
                       int point_now, int unit_now) {
    return bms_definition_duty(before, &before->points[point], unit) != BMS_NOT_ASKED &&
           (point_now == BMS_NONE || now->points[point_now].duty[unit_now] == BMS_NOT_ASKED);
}

static int first_of_group(const bms_definition *definition, int unit) {
    for (int i = 0; i < unit; i++) {
        if (strcmp(definition->units[i].group, definition->units[unit].group) == 0)
            return i;
    }
    return unit;
}

/** Count the planned measurements of one point before that are no longer, where their first cause is. */
static void count_gone(struct finding *finding, int point) {
    const bms_definition *before = finding->before;
    const bms_measuring_point *this = &before->points[point];
    int indicator = finding->indicator_now[this->indicator];
    int period = finding->period_now[this->period];
    int there = indicator == BMS_NONE || period == BMS_NONE
                    ? BMS_NONE
                    : bms_definition_point(finding->now, indicator, period);
    for (int u = 0; u < (int)before->n_units; u++) {
        int unit = finding->unit_now[u];
        if (bms_definition_duty(before, this, u) == BMS_NOT_ASKED)
            continue;
        if (indicator == BMS_NONE) {
            finding->gone_of_indicator[this->indicator]++;
        } else if (unit == BMS_NONE) {
            finding->gone_of_unit[u]++;
        } else if (period == BMS_NONE) {
            finding->gone_of_period[this->period]++;
        } else if (is_dropped(before, point, u, finding->now, there, unit)) {
            finding->gone_of_indicator[this->indicator]++;
            finding->gone_of_unit[u]++;
            finding->gone_of_group[first_of_group(before, u)]++;
        }
    }
}

static void find_gone(struct finding *finding) {
    const bms_definition *before = finding->before;
    for (int i = 0; i < (int)before->n_indicators; i++) {
        bms_effect effect = of_kind(BMS_EFFECT_INDICATOR_GONE);
        effect.indicator = i;
        effect.planned = finding->gone_of_indicator[i];
        if (finding->indicator_now[i] == BMS_NONE)
            (void)add(finding, effect);
    }
    for (int u = 0; u < (int)before->n_units; u++) {
        bms_effect effect = of_kind(BMS_EFFECT_UNIT_GONE);
        effect.unit = u;
        effect.planned = finding->gone_of_unit[u];
        if (finding->unit_now[u] == BMS_NONE)
            (void)add(finding, effect);
    }
    for (int p = 0; p < (int)before->n_calendar; p++) {
        bms_effect effect = of_kind(BMS_EFFECT_PERIOD_GONE);
        effect.period = p;
        effect.planned = finding->gone_of_period[p];
        if (finding->period_now[p] == BMS_NONE)
            (void)add(finding, effect);
    }
}

/** @return how many of those that are still there have lost planned measurements. @param now NULL: all are */
static size_t count_some(const size_t *gone, const int *now, size_t n) {
    size_t some = 0;
    for (size_t i = 0; i < n; i++)
        some += gone[i] > 0 && (!now || now[i] != BMS_NONE);
    return some;
}

/** Report what is planned no more by unit, indicator or group, whichever says it in the fewest lines. */
static void find_fewer_planned(struct finding *finding) {
    const bms_definition *before = finding->before;
    size_t units = count_some(finding->gone_of_unit, finding->unit_now, before->n_units);
    size_t indicators = count_some(finding->gone_of_indicator, finding->indicator_now, before->n_indicators);
    size_t groups = count_some(finding->gone_of_group, NULL, before->n_units);
    bool by_unit = units <= indicators && units <= groups;
    bool by_indicator = !by_unit && indicators <= groups;
    const size_t *gone = by_unit        ? finding->gone_of_unit
                         : by_indicator ? finding->gone_of_indicator
                                        : finding->gone_of_group;
    const int *now = by_unit ? finding->unit_now : by_indicator ? finding->indicator_now : NULL;
    for (int i = 0; i < (int)(by_indicator ? before->n_indicators : before->n_units); i++) {
        bms_effect effect = of_kind(BMS_EFFECT_FEWER_PLANNED);
        effect.unit = by_unit ? i : BMS_NONE;
        effect.indicator = by_indicator ? i : BMS_NONE;
        effect.group = by_unit || by_indicator ? NULL : before->units[i].group;
        effect.planned = gone[i];
        if (gone[i] > 0 && (!now || now[i] != BMS_NONE))
            (void)add(finding, effect);
    }
}

/* What is measured, and against what */

static void find_measured_anew(struct finding *finding) {
    for (int i = 0; i < (int)finding->before->n_indicators; i++) {
        int there = finding->indicator_now[i];
        if (there == BMS_NONE)
            continue;
        bms_effect effect = of_kind(BMS_EFFECT_MEASURED_ANEW);
        effect.indicator = i;
        effect.row = there;
        effect.difference = bms_measure_compare(finding->before, i, finding->now, there);
        if (!bms_indicators_measure_the_same(finding->before, i, finding->now, there))
            (void)add(finding, effect);
        effect.kind = BMS_EFFECT_TURNED;
        if (finding->before->indicators[i].better != finding->now->indicators[there].better)
            (void)add(finding, effect);
    }
}

/** Report a limit that is another or gone; not where indicator or unit are, or what is best has turned. */
static void find_limit(struct finding *finding, int target) {
    const bms_target *before = &finding->before->targets[target];
    int indicator = finding->indicator_now[before->indicator];
    if (indicator == BMS_NONE || (before->unit != BMS_NONE && finding->unit_now[before->unit] == BMS_NONE) ||
        finding->before->indicators[before->indicator].better != finding->now->indicators[indicator].better)
        return;
    int there = bms_target_in(finding->now, finding->before, target);
    if (there != BMS_NONE && bms_target_says_the_same(before, &finding->now->targets[there]))
        return;
    bms_effect effect = of_kind(there == BMS_NONE ? BMS_EFFECT_LIMIT_GONE : BMS_EFFECT_LIMIT_CHANGED);
    effect.indicator = before->indicator;
    effect.unit = before->unit;
    effect.group = before->scope == BMS_FOR_GROUP ? before->group : NULL;
    effect.from = before->from;
    effect.target = target;
    effect.row = there;
    (void)add(finding, effect);
}

/** @return the code of the parent before any move in the setup; "" at the top. */
static const char *above(const bms_definition *definition, const bms_unit *unit) {
    int parent = unit->n_earlier > 0 ? unit->earlier[0].parent : unit->parent;
    return parent == BMS_NONE ? "" : definition->units[parent].code;
}

static void find_moved(struct finding *finding) {
    for (int u = 0; u < (int)finding->before->n_units; u++) {
        int there = finding->unit_now[u];
        bms_effect effect = of_kind(BMS_EFFECT_UNIT_MOVED);
        effect.unit = u;
        effect.row = there;
        if (there != BMS_NONE && bms_code_compare(above(finding->before, &finding->before->units[u]),
                                                  above(finding->now, &finding->now->units[there])) != 0)
            (void)add(finding, effect);
    }
}

/* All of them */

static bool make_room(struct finding *finding) {
    const bms_definition *before = finding->before;
    bms_arena *arena = finding->arena;
    int *units = bms_arena_alloc(arena, (before->n_units + 1) * sizeof *units);
    int *indicators = bms_arena_alloc(arena, (before->n_indicators + 1) * sizeof *indicators);
    int *periods = bms_arena_alloc(arena, (before->n_calendar + 1) * sizeof *periods);
    size_t all = 2 * before->n_units + before->n_indicators + before->n_calendar + 1;
    size_t *counts = bms_arena_alloc(arena, all * sizeof *counts);
    if (!units || !indicators || !periods || !counts)
        return false;
    memset(counts, 0, all * sizeof *counts);
    for (int i = 0; i < (int)before->n_units; i++)
        units[i] = unit_in(finding->now, before, i);
    for (int i = 0; i < (int)before->n_indicators; i++)
        indicators[i] = indicator_in(finding->now, before, i);
    for (int i = 0; i < (int)before->n_calendar; i++)
        periods[i] = period_in(finding->now, before, i);
    finding->unit_now = units;
    finding->indicator_now = indicators;
    finding->period_now = periods;
    finding->gone_of_unit = counts;
    finding->gone_of_group = counts + before->n_units;
    finding->gone_of_indicator = counts + 2 * before->n_units;
    finding->gone_of_period = finding->gone_of_indicator + before->n_indicators;
    return true;
}

/** @return the chain that an effect is found in when a number comes. */
static bms_effect **chain_of(bms_effects *effects, const bms_effect *effect) {
    if (effect->indicator != BMS_NONE)
        return &effects->of_indicator[effect->indicator];
    if (effect->unit != BMS_NONE)
        return &effects->of_unit[effect->unit];
    return effect->period != BMS_NONE ? &effects->of_period[effect->period] : &effects->of_group;
}

static void make_chains(bms_arena *arena, bms_effects *effects) {
    const bms_definition *before = effects->before;
    size_t all = before->n_indicators + before->n_units + before->n_calendar + 1;
    bms_effect **chains = bms_arena_alloc(arena, all * sizeof(bms_effect *));
    if (!chains) {
        effects->n = 0;
        return;
    }
    memset(chains, 0, all * sizeof(bms_effect *));
    effects->of_indicator = chains;
    effects->of_unit = chains + before->n_indicators;
    effects->of_period = effects->of_unit + before->n_units;
    for (size_t i = effects->n; i-- > 0;) {
        bms_effect **chain = chain_of(effects, &effects->items[i]);
        effects->items[i].next = *chain;
        *chain = &effects->items[i];
    }
}

void bms_effects_find(bms_arena *arena, const bms_definition *before, const bms_definition *now,
                      bms_effects *out) {
    *out = (bms_effects){.before = before, .now = now};
    struct finding finding = {.arena = arena, .effects = out, .before = before, .now = now};
    if (make_room(&finding)) {
        for (int p = 0; p < (int)before->n_points; p++)
            count_gone(&finding, p);
        find_gone(&finding);
        find_measured_anew(&finding);
        for (int t = 0; t < (int)before->n_targets; t++)
            find_limit(&finding, t);
        find_fewer_planned(&finding);
        find_moved(&finding);
    }
    make_chains(arena, out);
}

/* Counting */

/** A number of the history, by index before; BMS_NONE: the definition before did not have it. */
struct number {
    int unit, indicator, period;
};

static bool is_dropped_number(const bms_effects *effects, struct number number) {
    const bms_definition *before = effects->before;
    const bms_definition *now = effects->now;
    if (number.unit == BMS_NONE || number.indicator == BMS_NONE || number.period == BMS_NONE)
        return false;
    int point = bms_definition_point(before, number.indicator, number.period);
    int indicator = indicator_in(now, before, number.indicator);
    int period = period_in(now, before, number.period);
    int unit = unit_in(now, before, number.unit);
    if (point == BMS_NONE || indicator == BMS_NONE || period == BMS_NONE || unit == BMS_NONE)
        return false;
    return is_dropped(before, point, number.unit, now, bms_definition_point(now, indicator, period), unit);
}

static bool is_of_unit(const bms_effects *effects, const bms_effect *effect, int unit) {
    if (effect->unit == BMS_NONE || effect->unit == unit)
        return true;
    return effect->target != BMS_NONE && unit != BMS_NONE &&
           bms_unit_is_below_on(effects->before, unit, effect->unit, BMS_LATEST_DAY);
}

static bool concerns(const bms_effects *effects, const bms_effect *effect, struct number number) {
    const bms_definition *before = effects->before;
    if (!is_of_unit(effects, effect, number.unit))
        return false;
    if (effect->group &&
        (number.unit == BMS_NONE || strcmp(before->units[number.unit].group, effect->group) != 0))
        return false;
    if (effect->from != BMS_NO_DAY && number.period != BMS_NONE &&
        before->calendar[number.period].period.to < effect->from)
        return false;
    return effect->kind != BMS_EFFECT_FEWER_PLANNED || is_dropped_number(effects, number);
}

static void count_in(const bms_effects *effects, bms_effect *chain, struct number number) {
    for (; chain; chain = chain->next)
        chain->numbers += concerns(effects, chain, number);
}

void bms_effects_count(bms_effects *effects, const char *unit, const char *indicator, const char *period) {
    const struct number number = {.unit = bms_definition_unit(effects->before, unit),
                                  .indicator = bms_definition_indicator(effects->before, indicator),
                                  .period = bms_definition_period(effects->before, period)};
    effects->numbers++;
    if (effects->n == 0)
        return;
    if (number.indicator != BMS_NONE)
        count_in(effects, effects->of_indicator[number.indicator], number);
    if (number.unit != BMS_NONE)
        count_in(effects, effects->of_unit[number.unit], number);
    if (number.period != BMS_NONE)
        count_in(effects, effects->of_period[number.period], number);
    count_in(effects, effects->of_group, number);
}

bool bms_effect_needs_yes(const bms_effects *effects, const bms_effect *effect) {
    return effect->kind != BMS_EFFECT_UNIT_MOVED &&
           (effect->numbers > 0 || (effect->planned > 0 && effects->numbers > 0));
}
