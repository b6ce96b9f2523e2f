/**
 * Makes a definition of a setup (bms_definition_read): which sheets and columns are required, in which order
 * the sheets are read, and mistakes that are seen only when all of them are. Each family of sheets is in a
 * read_*.c.
 */
#include "core/base/error.h"
#include "core/definition/reading.h"

#include <string.h>

static void check_columns(bms_reading *reading, enum bms_setup_sheet sheet) {
    const bms_setup_schema *schema = bms_setup_schema_of(sheet);
    const uint32_t *columns = reading->setup->tables[sheet].columns;
    for (size_t i = 0; columns && !reading->setup->tables[sheet].unclear && i < schema->n_columns; i++) {
        const bms_setup_column *column = &schema->columns[i];
        if (columns[i] == BMS_NO_COLUMN && (column->required || column->needed)) {
            bms_setup_mistake_add(reading->findings, reading->setup, BMS_MISTAKE_MISSING_COLUMN,
                                  (bms_setup_place){sheet, NULL, column->key}, NULL, NULL);
        }
    }
}

static bool has_any_sheet(const bms_setup_book *setup) {
    for (int i = 0; i < BMS_N_SETUP_SHEETS; i++) {
        if (setup->tables[i].sheet_name || setup->tables[i].n_rows > 0)
            return true;
    }
    return false;
}

static void check_sheets(bms_reading *reading) {
    if (!has_any_sheet(reading->setup)) {
        bms_setup_mistake_add(reading->findings, reading->setup, BMS_MISTAKE_NOT_A_SETUP,
                              (bms_setup_place){BMS_SHEET_MUNICIPALITY, NULL, NULL}, NULL, NULL);
        return;
    }
    for (int i = 0; i < BMS_N_SETUP_SHEETS; i++) {
        enum bms_setup_sheet sheet = (enum bms_setup_sheet)i;
        const bms_setup_table *table = &reading->setup->tables[sheet];
        const bms_setup_place place = {sheet, NULL, NULL};
        bool required = bms_setup_schema_of(sheet)->required;
        if (table->sheet_name || table->n_rows > 0)
            check_columns(reading, sheet);
        if (required && !table->sheet_name && table->n_rows == 0) {
            bms_setup_mistake_add(reading->findings, reading->setup, BMS_MISTAKE_MISSING_SHEET, place, NULL,
                                  NULL);
        } else if (required && table->n_rows == 0 && !table->unclear) {
            bms_setup_mistake_add(reading->findings, reading->setup, BMS_MISTAKE_EMPTY_SHEET, place, NULL,
                                  NULL);
        }
    }
}

/** @return the first unit that is asked for `point` but not for `other` in the same form, or BMS_NONE. */
static int unit_asked_for_one_only(const bms_definition *definition, const bms_measuring_point *point,
                                   int other) {
    int other_point = bms_definition_point(definition, other, point->period);
    const bms_measuring_point *found = other_point == BMS_NONE ? NULL : &definition->points[other_point];
    for (size_t i = 0; i < definition->n_units; i++) {
        if (bms_definition_duty(definition, point, (int)i) == BMS_NOT_ASKED)
            continue;
        bool asked = found && found->form == point->form &&
                     bms_definition_duty(definition, found, (int)i) != BMS_NOT_ASKED;
        if (!asked)
            return (int)i;
    }
    return BMS_NONE;
}

/** A number that is 'the same as' another's must be asked for there, of the same unit in the same form. */
static bool number_is_asked(bms_reading *reading, const bms_measuring_point *point, bms_number_ref same_as) {
    const bms_definition *definition = reading->definition;
    if (same_as.indicator == BMS_NONE)
        return true;
    int unit = unit_asked_for_one_only(definition, point, same_as.indicator);
    if (unit == BMS_NONE)
        return true;
    const char *where = bms_arena_format(reading->arena, "%s, %s", definition->units[unit].code,
                                         definition->calendar[point->period].period.code);
    bms_reading_mistake(bms_reading_row_at(reading, BMS_SHEET_INDICATORS, (size_t)point->indicator),
                        "same_as", BMS_MISTAKE_NUMBER_NOT_ASKED, where,
                        definition->indicators[same_as.indicator].code);
    return false;
}

/** Reports once for each indicator: what is wrong at one measuring point usually is at all. */
static void check_numbers_asked(bms_reading *reading, int indicator) {
    const bms_definition *definition = reading->definition;
    const bms_indicator *this = &definition->indicators[indicator];
    for (size_t i = 0; i < definition->n_points; i++) {
        const bms_measuring_point *point = &definition->points[i];
        if (point->indicator == indicator && (!number_is_asked(reading, point, this->numerator.same_as) ||
                                              !number_is_asked(reading, point, this->denominator.same_as)))
            return;
    }
}

static bool is_measured(const bms_definition *definition, int indicator) {
    for (size_t i = 0; i < definition->n_points; i++) {
        if (definition->points[i].indicator == indicator)
            return true;
    }
    return false;
}

static bool is_placed(const bms_definition *definition, int indicator) {
    for (size_t i = 0; i < definition->n_placements; i++) {
        if (definition->placements[i].indicator == indicator)
            return true;
    }
    return false;
}

void bms_read_whole(bms_reading *reading) {
    const bms_definition *definition = reading->definition;
    /* Consequences of mistakes in the plan are left out: one cause, one finding. */
    if (reading->plan_unclear)
        return;
    bool unknown = bms_reading_has_unknown(reading, BMS_SHEET_INDICATORS);
    for (size_t i = 0; i < definition->n_indicators; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_INDICATORS, i);
        const char *code = definition->indicators[i].code;
        check_numbers_asked(reading, (int)i);
        bms_read_target_of_sum(reading, (int)i);
        if (!is_measured(definition, (int)i) && definition->n_points > 0) {
            bms_reading_mistake(row, "code", BMS_MISTAKE_NOT_MEASURED, code,
                                bms_reading_sheet_name(reading, BMS_SHEET_PLAN));
        } else if (!is_placed(definition, (int)i) && definition->n_placements > 0 && !unknown) {
            bms_reading_mistake(row, "code", BMS_MISTAKE_NOT_PLACED, code,
                                bms_reading_sheet_name(reading, BMS_SHEET_PLACEMENTS));
        }
    }
}

enum bms_status bms_definition_read(bms_arena *arena, const bms_setup_book *setup, const char *file,
                                    struct bms_definition *out, bms_findings *findings, bms_error *error) {
    /* Each needs some before it: targets reference figures, these the calendar; the plan placements. */
    static void (*const families[])(bms_reading *) = {
        check_sheets,
        bms_read_municipality,
        bms_read_units,
        bms_read_scorecards,
        bms_read_indicators,
        bms_read_placements,
        bms_read_calendar,
        bms_read_references,
        bms_read_targets,
        bms_read_plan,
        bms_read_actions,
        bms_read_whole,
        bms_reading_settle_unknown,
    };
    memset(out, 0, sizeof *out);
    findings->file = file;
    bms_reading reading = {.arena = arena, .setup = setup, .definition = out, .findings = findings};
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < sizeof families / sizeof *families; i++) {
        families[i](&reading);
        status = bms_error_of_arena(bms_error_of_arena(status, arena, error), findings->arena, error);
    }
    return status;
}
