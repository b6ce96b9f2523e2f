/** Effects of a renewed setup in words (see setup_effects.h). */
#include "core/verbs/setup_effects.h"

#include "core/base/number.h"
#include "core/definition/setup_mistakes.h"

struct reporting {
    const bms_effects *effects;
    const bms_setup_book *book;
    bms_findings *findings;
    bms_arena *arena;
    const char *language;
};

static const char *limit(bms_arena *arena, double from, double to, bool band, const char *language) {
    const char *first = bms_number_plain(arena, from, language);
    return band ? bms_arena_format(arena, "%s–%s", first, bms_number_plain(arena, to, language)) : first;
}

const char *bms_setup_limits_text(bms_arena *arena, const bms_target *target, const char *language) {
    const bms_limits *limits = &target->limits;
    bool band = limits->better == BMS_BAND;
    return bms_message(
        arena,
        bms_tr(language, *target->series ? BMS_TEXT("green {green}, red {red}, linked to {series}")
                                         : BMS_TEXT("green {green}, red {red}")),
        "green", limit(arena, limits->green, limits->green_to, band, language), "red",
        limit(arena, limits->red, limits->red_to, band, language), "series", target->series, NULL);
}

static const char *count(const struct reporting *reporting, size_t n) {
    return bms_arena_format(reporting->arena, "%zu", n);
}

/** `SYK Sykefravær` */
static const char *titled(const struct reporting *reporting, const char *code, const char *name) {
    return bms_arena_format(reporting->arena, "%s %s", code, name);
}

static const char *indicator_title(const struct reporting *reporting, int indicator) {
    const bms_indicator *this = &reporting->effects->before->indicators[indicator];
    return titled(reporting, this->code, this->name);
}

static const char *unit_title(const struct reporting *reporting, int unit) {
    const bms_unit *this = &reporting->effects->before->units[unit];
    return titled(reporting, this->code, this->name);
}

/** Whom a limit is for and from when: `SYK Sykefravær, barnehage, from 01.01.2026`. */
static const char *target_title(const struct reporting *reporting, const bms_effect *effect) {
    const bms_target *target = &reporting->effects->before->targets[effect->target];
    const char *title = indicator_title(reporting, effect->indicator);
    if (effect->unit != BMS_NONE)
        title = bms_arena_format(reporting->arena, "%s, %s", title, unit_title(reporting, effect->unit));
    if (effect->group)
        title = bms_arena_format(reporting->arena, "%s, %s", title, effect->group);
    if (target->applies != BMS_ONE_UNIT) {
        char word[BMS_SETUP_WORD_SIZE];
        const bms_setup_column *column = bms_setup_column_of(BMS_SHEET_TARGETS, "applies_for");
        title = bms_arena_format(reporting->arena, "%s, %s", title,
                                 bms_setup_choice(column, target->applies, reporting->language, word));
    }
    if (target->from == BMS_NO_DAY)
        return title;
    return bms_message(reporting->arena, bms_tr(reporting->language, BMS_TEXT("{target}, from {day}")),
                       "target", title, "day",
                       bms_day_text(reporting->arena, target->from, reporting->language), NULL);
}

static const bms_setup_row *row_of(const struct reporting *reporting, enum bms_setup_sheet sheet, int row) {
    return row == BMS_NONE ? NULL : &reporting->book->tables[sheet].rows[row];
}

static void add(const struct reporting *reporting, enum bms_mistake mistake, bms_setup_place place,
                const bms_effect *effect, const bms_text_place own[3]) {
    const bms_text_place places[] = {own[0],
                                     own[1],
                                     own[2],
                                     {"n", count(reporting, effect->numbers)},
                                     {"planned", count(reporting, effect->planned)}};
    bms_setup_mistake_add_of(reporting->findings, reporting->book, mistake, place, places, 5);
    if (bms_arena_failed(reporting->findings->arena))
        return;
    const bms_definition *before = reporting->effects->before;
    bms_finding *added = &reporting->findings->items[reporting->findings->n - 1];
    added->indicator = effect->indicator == BMS_NONE ? NULL : before->indicators[effect->indicator].code;
    added->unit = effect->unit == BMS_NONE ? NULL : before->units[effect->unit].code;
}

/* How it is measured */

struct columns {
    const char *list;
    const char *first;
};

static void name_column(const struct reporting *reporting, bool differs, const char *key,
                        struct columns *columns) {
    if (!differs)
        return;
    const char *heading =
        bms_tr(reporting->language, bms_setup_column_of(BMS_SHEET_INDICATORS, key)->heading);
    columns->list =
        columns->first ? bms_arena_format(reporting->arena, "%s, %s", columns->list, heading) : heading;
    if (!columns->first)
        columns->first = key;
}

static void report_measured_anew(const struct reporting *reporting, const bms_effect *effect) {
    const bms_measure_difference *d = &effect->difference;
    struct columns columns = {"", NULL};
    name_column(reporting, d->kind, "kind", &columns);
    name_column(reporting, d->question[BMS_NUMERATOR], "question_1", &columns);
    name_column(reporting, d->unit_of_measure[BMS_NUMERATOR], "measure_1", &columns);
    name_column(reporting, d->question[BMS_DENOMINATOR], "question_2", &columns);
    name_column(reporting, d->unit_of_measure[BMS_DENOMINATOR], "measure_2", &columns);
    name_column(reporting, d->factor, "factor", &columns);
    name_column(reporting, d->basis, "basis", &columns);
    name_column(reporting, d->scale, "least_1", &columns);
    name_column(reporting, d->scale, "most_1", &columns);
    const bms_setup_place place = {BMS_SHEET_INDICATORS, row_of(reporting, BMS_SHEET_INDICATORS, effect->row),
                                   columns.first};
    const bms_text_place own[] = {{"value", indicator_title(reporting, effect->indicator)},
                                  {"other", columns.list},
                                  {"code", reporting->effects->before->indicators[effect->indicator].code}};
    add(reporting, bms_measure_differs_in_words_only(d) ? BMS_MISTAKE_OTHER_WORDS : BMS_MISTAKE_MEASURED_ANEW,
        place, effect, own);
}

static void report_turned(const struct reporting *reporting, const bms_effect *effect) {
    char word[BMS_SETUP_WORD_SIZE];
    const bms_setup_column *column = bms_setup_column_of(BMS_SHEET_INDICATORS, "better");
    const bms_setup_place place = {BMS_SHEET_INDICATORS, row_of(reporting, BMS_SHEET_INDICATORS, effect->row),
                                   "better"};
    const char *now = bms_setup_choice(column, reporting->effects->now->indicators[effect->row].better,
                                       reporting->language, word);
    const bms_text_place own[] = {{"value", indicator_title(reporting, effect->indicator)},
                                  {"other", bms_arena_text(reporting->arena, now)},
                                  {"code", ""}};
    add(reporting, BMS_MISTAKE_TURNED, place, effect, own);
}

static void report_limit(const struct reporting *reporting, const bms_effect *effect) {
    const bms_definition *now = reporting->effects->now;
    const bms_target *before = &reporting->effects->before->targets[effect->target];
    bool gone = effect->kind == BMS_EFFECT_LIMIT_GONE;
    const bms_setup_place place = {BMS_SHEET_TARGETS, row_of(reporting, BMS_SHEET_TARGETS, effect->row),
                                   gone ? NULL : "green"};
    const bms_text_place own[] = {
        {"value", target_title(reporting, effect)},
        {"before", bms_setup_limits_text(reporting->arena, before, reporting->language)},
        {"other",
         gone ? ""
              : bms_setup_limits_text(reporting->arena, &now->targets[effect->row], reporting->language)}};
    add(reporting, gone ? BMS_MISTAKE_LIMIT_GONE : BMS_MISTAKE_LIMIT_CHANGED, place, effect, own);
}

/* What is gone */

static void report_gone(const struct reporting *reporting, const bms_effect *effect) {
    const bms_definition *before = reporting->effects->before;
    bms_text_place own[] = {{"value", ""}, {"other", ""}, {"code", ""}};
    if (effect->kind == BMS_EFFECT_UNIT_GONE) {
        own[0].value = unit_title(reporting, effect->unit);
        add(reporting, BMS_MISTAKE_UNIT_GONE, (bms_setup_place){BMS_SHEET_UNITS, NULL, NULL}, effect, own);
    } else if (effect->kind == BMS_EFFECT_PERIOD_GONE) {
        own[0].value =
            bms_definition_period_name(before, effect->period, reporting->arena, reporting->language);
        add(reporting, BMS_MISTAKE_PERIOD_GONE, (bms_setup_place){BMS_SHEET_CALENDAR, NULL, NULL}, effect,
            own);
    } else {
        own[0].value = indicator_title(reporting, effect->indicator);
        own[1].value = bms_setup_sheet_name(reporting->book, BMS_SHEET_PLAN, reporting->language);
        add(reporting, BMS_MISTAKE_INDICATOR_GONE, (bms_setup_place){BMS_SHEET_INDICATORS, NULL, NULL},
            effect, own);
    }
}

static void report_fewer_planned(const struct reporting *reporting, const bms_effect *effect) {
    const char *what = bms_tr(reporting->language, BMS_TEXT("Units without a group"));
    if (effect->unit != BMS_NONE) {
        what = unit_title(reporting, effect->unit);
    } else if (effect->indicator != BMS_NONE) {
        what = indicator_title(reporting, effect->indicator);
    } else if (effect->group && *effect->group) {
        what = bms_message(reporting->arena, bms_tr(reporting->language, BMS_TEXT("The group {group}")),
                           "group", effect->group, NULL);
    }
    const bms_text_place own[] = {{"value", what}, {"other", ""}, {"code", ""}};
    add(reporting, BMS_MISTAKE_FEWER_PLANNED, (bms_setup_place){BMS_SHEET_PLAN, NULL, NULL}, effect, own);
}

static void report_moved(const struct reporting *reporting, const bms_effect *effect) {
    const bms_definition *now = reporting->effects->now;
    const bms_unit *unit = &now->units[effect->row];
    int parent = unit->n_earlier > 0 ? unit->earlier[0].parent : unit->parent;
    const bms_setup_place place = {BMS_SHEET_UNITS, bms_setup_unit_row(reporting->book, unit->code),
                                   "parent"};
    bms_setup_mistake_add(reporting->findings, reporting->book, BMS_MISTAKE_MOVED_WITHOUT_A_DAY, place,
                          unit->code, parent == BMS_NONE ? "–" : now->units[parent].code);
}

/** @return whether limits are gone because their sheet is: that is said once (setup_gone.h). */
static bool follows_from_sheet(const struct reporting *reporting, const bms_effect *effect) {
    return effect->kind == BMS_EFFECT_LIMIT_GONE && reporting->book->tables[BMS_SHEET_TARGETS].n_rows == 0;
}

static void report(const struct reporting *reporting, const bms_effect *effect) {
    if (effect->kind == BMS_EFFECT_UNIT_MOVED) {
        if (effect->numbers > 0)
            report_moved(reporting, effect);
    } else if (!bms_effect_needs_yes(reporting->effects, effect) || follows_from_sheet(reporting, effect)) {
        return;
    } else if (effect->kind == BMS_EFFECT_MEASURED_ANEW) {
        report_measured_anew(reporting, effect);
    } else if (effect->kind == BMS_EFFECT_TURNED) {
        report_turned(reporting, effect);
    } else if (effect->kind == BMS_EFFECT_LIMIT_CHANGED || effect->kind == BMS_EFFECT_LIMIT_GONE) {
        report_limit(reporting, effect);
    } else if (effect->kind == BMS_EFFECT_FEWER_PLANNED) {
        report_fewer_planned(reporting, effect);
    } else {
        report_gone(reporting, effect);
    }
}

void bms_setup_effects_report(const bms_effects *effects, const bms_setup_book *book,
                              bms_findings *findings) {
    const struct reporting reporting = {.effects = effects,
                                        .book = book,
                                        .findings = findings,
                                        .arena = findings->arena,
                                        .language = findings->language};
    for (size_t i = 0; i < effects->n; i++)
        report(&reporting, &effects->items[i]);
}
