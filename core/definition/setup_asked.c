/** Whether it makes sense who is asked for what (bms_setup_asked_check). */
#include "core/definition/setup_sense.h"

#include "core/base/catalogue.h"
#include "core/base/text.h"
#include "core/definition/setup_mistakes.h"

#include <string.h>

struct asking {
    bms_arena *arena;
    const bms_setup_book *setup;
    const bms_definition *definition;
    bms_findings *findings;
    bool *asked;  /* by unit: for anything, ever */
    bool *parent; /* by unit: there are, or were, units below it */
};

static void add(const struct asking *asking, enum bms_mistake mistake, bms_setup_place place,
                const char *value, const char *other) {
    bms_setup_mistake_add(asking->findings, asking->setup, mistake, place, value, other);
}

static const char *name_of(const struct asking *asking, enum bms_setup_sheet sheet) {
    return bms_setup_sheet_name(asking->setup, sheet, asking->findings->language);
}

/** @return whether something is wrong with a sheet already: what follows from that is not said. */
static bool has_errors(const struct asking *asking, enum bms_setup_sheet sheet) {
    const char *name = name_of(asking, sheet);
    for (size_t i = 0; i < asking->findings->n; i++) {
        const bms_finding *finding = &asking->findings->items[i];
        if (finding->severity >= BMS_ERROR && finding->sheet && strcmp(finding->sheet, name) == 0)
            return true;
    }
    return asking->setup->tables[sheet].n_rows == 0;
}

/* Groups */

/** @return whether the plan has a column for a group. */
static bool has_column(const struct asking *asking, const char *group) {
    const bms_setup_table *plan = &asking->setup->tables[BMS_SHEET_PLAN];
    for (size_t i = 0; i < plan->n_further; i++) {
        if (bms_text_same(plan->further[i], group))
            return true;
    }
    return false;
}

static bool has_units(const struct asking *asking, const char *group) {
    for (size_t i = 0; i < asking->definition->n_units; i++) {
        if (bms_text_same(asking->definition->units[i].group, group))
            return true;
    }
    return false;
}

/** @return a unit's group that no column is for, and that a column's heading is almost the same as; or NULL.
 */
static const char *group_meant(const struct asking *asking, const char *heading) {
    for (size_t i = 0; i < asking->definition->n_units; i++) {
        const char *group = asking->definition->units[i].group;
        if (bms_text_almost(group, heading) && !has_column(asking, group))
            return group;
    }
    return NULL;
}

/** Look at the columns of the plan that no unit belongs to. */
static void check_columns(const struct asking *asking) {
    const bms_setup_table *plan = &asking->setup->tables[BMS_SHEET_PLAN];
    for (size_t i = 0; i < plan->n_further; i++) {
        const char *heading = plan->further[i];
        if (bms_says(heading, "all") || has_units(asking, heading))
            continue;
        const bms_setup_place place = {BMS_SHEET_PLAN, NULL, heading};
        const char *group = group_meant(asking, heading);
        if (group) {
            add(asking, BMS_MISTAKE_ALMOST_GROUP, place, heading, group);
        } else {
            add(asking, BMS_MISTAKE_UNKNOWN_GROUP, place, heading, name_of(asking, BMS_SHEET_UNITS));
        }
    }
}

/** @return the heading of a column that a group without one is almost the same as, and that units belong to.
 */
static const char *column_meant(const struct asking *asking, const char *group) {
    const bms_setup_table *plan = &asking->setup->tables[BMS_SHEET_PLAN];
    for (size_t i = 0; i < plan->n_further; i++) {
        if (bms_text_almost(plan->further[i], group))
            return plan->further[i];
    }
    return NULL;
}

/** @return whether a unit is the first of its group. */
static bool first_of_group(const struct asking *asking, size_t unit) {
    for (size_t i = 0; i < unit; i++) {
        if (strcmp(asking->definition->units[i].group, asking->definition->units[unit].group) == 0)
            return false;
    }
    return true;
}

static bool group_is_asked(const struct asking *asking, const char *group) {
    for (size_t i = 0; i < asking->definition->n_units; i++) {
        if (asking->asked[i] && strcmp(asking->definition->units[i].group, group) == 0)
            return true;
    }
    return false;
}

static bms_setup_place place_of(const struct asking *asking, size_t unit, const char *column) {
    const char *code = asking->definition->units[unit].code;
    return (bms_setup_place){BMS_SHEET_UNITS, bms_setup_unit_row(asking->setup, code), column};
}

/** Look at a group whose units are asked for nothing: it may be misspelt, or only missing in the plan. */
static void check_group(const struct asking *asking, size_t unit) {
    const char *group = asking->definition->units[unit].group;
    const char *column = has_column(asking, group) ? NULL : column_meant(asking, group);
    const bms_setup_place place = place_of(asking, unit, "group");
    if (column && has_units(asking, column)) {
        add(asking, BMS_MISTAKE_ALMOST_GROUP, place, group, column);
    } else if (!column) {
        add(asking, BMS_MISTAKE_GROUP_NOT_ASKED, place, group, name_of(asking, BMS_SHEET_PLAN));
    }
}

/** @return whether a unit should be asked for something: none is below it, and it is there in some period. */
static bool should_be_asked(const struct asking *asking, size_t unit) {
    const bms_definition *definition = asking->definition;
    for (size_t i = 0; !asking->parent[unit] && i < definition->n_points; i++) {
        bms_day day = bms_definition_day_of(definition, &definition->points[i]);
        if (bms_unit_valid(&definition->units[unit], day))
            return true;
    }
    return false;
}

static void check_units(const struct asking *asking) {
    for (size_t i = 0; i < asking->definition->n_units; i++) {
        const bms_unit *unit = &asking->definition->units[i];
        if (asking->asked[i] || !should_be_asked(asking, i))
            continue;
        if (unit->group[0] == '\0') {
            add(asking, BMS_MISTAKE_UNIT_NOT_ASKED, place_of(asking, i, "group"), unit->name,
                name_of(asking, BMS_SHEET_PLAN));
        } else if (first_of_group(asking, i) && !group_is_asked(asking, unit->group)) {
            check_group(asking, i);
        }
    }
}

static void find_asked(struct asking *asking) {
    const bms_definition *definition = asking->definition;
    for (size_t i = 0; i < definition->n_points; i++) {
        for (size_t unit = 0; unit < definition->n_units; unit++)
            asking->asked[unit] = asking->asked[unit] || definition->points[i].duty[unit] != BMS_NOT_ASKED;
    }
    for (size_t unit = 0; unit < definition->n_units; unit++) {
        const bms_unit *this = &definition->units[unit];
        if (this->parent != BMS_NONE)
            asking->parent[this->parent] = true;
        for (size_t i = 0; i < this->n_earlier; i++) {
            if (this->earlier[i].parent != BMS_NONE)
                asking->parent[this->earlier[i].parent] = true;
        }
    }
}

/* A question that is asked twice */

/** @return whether some unit is asked for both indicators about one period in one form. */
static bool asked_together(const bms_definition *definition, int a, int b) {
    for (size_t i = 0; i < definition->n_points; i++) {
        const bms_measuring_point *point = &definition->points[i];
        int other = point->indicator == a ? bms_definition_point(definition, b, point->period) : BMS_NONE;
        if (other == BMS_NONE || definition->points[other].form != point->form)
            continue;
        for (size_t unit = 0; unit < definition->n_units; unit++) {
            if (point->duty[unit] != BMS_NOT_ASKED && definition->points[other].duty[unit] != BMS_NOT_ASKED)
                return true;
        }
    }
    return false;
}

/** A question as it is compared. */
struct question {
    const char *text; /* folded; "" where it is asked for elsewhere */
    const char *unit_of_measure;
    bms_number_ref at;
};

static struct question question_at(const struct asking *asking, size_t index) {
    const bms_number_ref at = {(int)(index / 2), index % 2 == 0 ? BMS_NUMERATOR : BMS_DENOMINATOR};
    const bms_asked_number *number = bms_definition_number(asking->definition, at);
    const bool own = number->same_as.indicator == BMS_NONE;
    return (struct question){own ? bms_text_fold(asking->arena, number->question) : "",
                             bms_text_fold(asking->arena, number->unit_of_measure), at};
}

static bool same_question(const struct asking *asking, const struct question *a, const struct question *b) {
    const bms_indicator *indicators = asking->definition->indicators;
    return a->text[0] != '\0' && a->at.indicator != b->at.indicator && strcmp(a->text, b->text) == 0 &&
           strcmp(a->unit_of_measure, b->unit_of_measure) == 0 &&
           indicators[a->at.indicator].basis == indicators[b->at.indicator].basis &&
           asked_together(asking->definition, a->at.indicator, b->at.indicator);
}

static bms_setup_place place_of_question(const struct asking *asking, const struct question *question) {
    const bms_setup_row *rows = asking->setup->tables[BMS_SHEET_INDICATORS].rows;
    return (bms_setup_place){BMS_SHEET_INDICATORS, &rows[question->at.indicator],
                             question->at.which == BMS_NUMERATOR ? "question_1" : "question_2"};
}

static void check_questions(const struct asking *asking) {
    const size_t n = 2 * asking->definition->n_indicators;
    struct question *questions = bms_arena_alloc(asking->arena, n * sizeof *questions);
    for (size_t i = 0; questions && i < n; i++) {
        questions[i] = question_at(asking, i);
        for (size_t before = 0; before < i; before++) {
            const struct question *other = &questions[before];
            if (!same_question(asking, other, &questions[i]))
                continue;
            char address[16];
            bms_setup_address(asking->setup, place_of_question(asking, other), address);
            const char *tie = bms_arena_format(asking->arena, "%d = %s %d", (int)questions[i].at.which + 1,
                                               asking->definition->indicators[other->at.indicator].code,
                                               (int)other->at.which + 1);
            add(asking, BMS_MISTAKE_SAME_QUESTION, place_of_question(asking, &questions[i]), tie, address);
            break;
        }
    }
}

void bms_setup_asked_check(bms_arena *arena, const bms_setup_book *setup, const bms_definition *definition,
                           bms_findings *findings) {
    struct asking asking = {.arena = arena,
                            .setup = setup,
                            .definition = definition,
                            .findings = findings,
                            .asked = bms_arena_alloc(arena, definition->n_units * sizeof(bool)),
                            .parent = bms_arena_alloc(arena, definition->n_units * sizeof(bool))};
    if (!asking.asked || !asking.parent || has_errors(&asking, BMS_SHEET_UNITS) ||
        has_errors(&asking, BMS_SHEET_PLAN) || has_errors(&asking, BMS_SHEET_CALENDAR))
        return;
    find_asked(&asking);
    check_columns(&asking);
    check_units(&asking);
    if (!has_errors(&asking, BMS_SHEET_INDICATORS))
        check_questions(&asking);
}
