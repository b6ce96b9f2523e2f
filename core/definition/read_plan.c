/** Reads the sheets Målepunkt and Hvem måler hva: the calendar, and who is asked for what and when. */
#include "core/definition/reading.h"

#include "core/base/catalogue.h"
#include "core/base/text.h"

#include <stdlib.h>
#include <string.h>

static const char *day_text(bms_reading *reading, bms_day day) {
    return bms_day_text(reading->arena, day, reading->findings->language);
}

/** Give a named period its dates; a regular one has its own, and written ones must be the same. */
static void read_period(bms_reading_row row, const char *code, bms_period *period) {
    bms_day from = BMS_NO_DAY;
    bms_day to = BMS_NO_DAY;
    bms_reading_dates(row, "from", "to", &from, &to);
    if (bms_period_parse(code, period)) {
        if (from != BMS_NO_DAY && from != period->from) {
            bms_reading_mistake(row, "from", BMS_MISTAKE_OTHER_DATES, code,
                                day_text(row.reading, period->from));
        }
        if (to != BMS_NO_DAY && to != period->to)
            bms_reading_mistake(row, "to", BMS_MISTAKE_OTHER_DATES, code, day_text(row.reading, period->to));
        return;
    }
    for (size_t i = 0; code[i] != '\0' && i < BMS_CODE_SIZE - 1; i++)
        period->code[i] = (char)(code[i] >= 'a' && code[i] <= 'z' ? code[i] - 'a' + 'A' : code[i]);
    period->from = from;
    period->to = to;
    bool blank = !bms_setup_find(row.row, "from") || !bms_setup_find(row.row, "to");
    if (blank && bms_code_valid(code)) {
        bms_reading_mistake(row, bms_setup_find(row.row, "from") ? "to" : "from",
                            BMS_MISTAKE_PERIOD_WITHOUT_DATES, code, NULL);
    }
}

static void check_order(bms_reading_row row, const char *column, bms_day day, const char *before_column,
                        bms_day before) {
    if (day != BMS_NO_DAY && before != BMS_NO_DAY && day < before) {
        bms_reading_mistake(row, column, BMS_MISTAKE_DUE_TOO_EARLY, day_text(row.reading, day),
                            bms_reading_heading(row.reading, row.sheet, before_column));
    }
}

static int compare_calendar(const void *left, const void *right) {
    const bms_calendar_period *a = left;
    const bms_calendar_period *b = right;
    return bms_period_compare(&a->period, &b->period);
}

void bms_read_calendar(bms_reading *reading) {
    bms_definition *definition = reading->definition;
    size_t mistakes = bms_findings_count(reading->findings, BMS_ERROR);
    size_t n = reading->setup->tables[BMS_SHEET_CALENDAR].n_rows;
    definition->calendar = bms_arena_alloc(reading->arena, n * sizeof *definition->calendar);
    definition->n_calendar = definition->calendar ? n : 0;
    for (size_t i = 0; i < definition->n_calendar; i++) {
        bms_reading_row row = bms_reading_row_at(reading, BMS_SHEET_CALENDAR, i);
        bms_calendar_period *entry = &definition->calendar[i];
        read_period(row, bms_reading_code(row, i, "code"), &entry->period);
        entry->name = bms_reading_text(row, "name");
        entry->sent = bms_reading_date(row, "sent");
        entry->due = bms_reading_date(row, "due");
        entry->closes = bms_reading_date(row, "closes");
        check_order(row, "due", entry->due, "sent", entry->sent);
        check_order(row, "closes", entry->closes, "due", entry->due);
    }
    if (definition->n_calendar > 0)
        qsort(definition->calendar, definition->n_calendar, sizeof *definition->calendar, compare_calendar);
    reading->plan_unclear = bms_findings_count(reading->findings, BMS_ERROR) > mistakes;
}

/** A row of the plan, understood. */
struct plan_row {
    bms_reading_row row;
    size_t index;
    int indicator;
    enum bms_duty *duty; /* by unit */
};

/** The plan while it grows; `rows` says which row of the sheet each point came from first. */
struct plan {
    bms_measuring_point *points;
    size_t *rows;
    int *place; /* of a point, by indicator and calendar period */
    size_t n;
    size_t capacity;
    size_t row_capacity;
};

static bool mark_said(const char *text, enum bms_duty *duty) {
    if (bms_text_same(text, "x") || bms_says(text, "required")) {
        *duty = BMS_REQUIRED;
        return true;
    }
    if (bms_text_same(text, "f") || bms_text_same(text, "o") || bms_says(text, "optional")) {
        *duty = BMS_OPTIONAL;
        return true;
    }
    return false;
}

static void apply_mark(struct plan_row *plan_row, const bms_setup_cell *cell, const char *group) {
    const bms_definition *definition = plan_row->row.reading->definition;
    enum bms_duty duty;
    if (!mark_said(cell->text, &duty)) {
        bms_reading_mistake(plan_row->row, cell->column, BMS_MISTAKE_UNKNOWN_MARK, cell->text, NULL);
        return;
    }
    for (size_t i = 0; i < definition->n_units; i++) {
        if (!group || strcmp(definition->units[i].group, group) == 0)
            plan_row->duty[i] = duty;
    }
}

/** Apply the marks under the groups: Alle first, so that a group's own mark can differ. */
static void apply_marks(struct plan_row *plan_row) {
    const bms_setup_row *row = plan_row->row.row;
    for (int all = 1; all >= 0; all--) {
        for (size_t i = 0; i < row->n_cells; i++) {
            const bms_setup_cell *cell = &row->cells[i];
            if (bms_setup_column_of(BMS_SHEET_PLAN, cell->column) || bms_says(cell->column, "all") != all)
                continue;
            const char *group = all ? NULL : bms_reading_group(plan_row->row.reading, cell->column);
            if (all || group)
                apply_mark(plan_row, cell, group);
        }
    }
}

static bool exception_said(const char *word, enum bms_duty *duty) {
    const struct {
        const char *word;
        enum bms_duty duty;
    } words[] = {{BMS_TEXT("without"), BMS_NOT_ASKED},
                 {BMS_TEXT("with"), BMS_REQUIRED},
                 {BMS_TEXT("optional"), BMS_OPTIONAL}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (bms_says(word, words[i].word)) {
            *duty = words[i].duty;
            return true;
        }
    }
    return false;
}

/** Read `uten 1101, 1102, med 1200`: a word applies until the next one. */
static void apply_exceptions(struct plan_row *plan_row) {
    bms_reading *reading = plan_row->row.reading;
    const char *text = bms_reading_text(plan_row->row, "exceptions");
    const char *rest = text;
    enum bms_duty duty = BMS_NOT_ASKED;
    bool word_seen = false;
    const char *piece;
    while ((piece = bms_reading_piece(reading, &rest, ",; "))) {
        if (exception_said(piece, &duty)) {
            word_seen = true;
            continue;
        }
        int unit = bms_reading_find(reading, BMS_SHEET_UNITS, piece);
        if (!word_seen) {
            bms_reading_mistake(plan_row->row, "exceptions", BMS_MISTAKE_BAD_EXCEPTION, text, NULL);
            return;
        }
        if (unit == BMS_NONE) {
            bms_reading_unknown(plan_row->row, "exceptions", BMS_MISTAKE_UNKNOWN_REFERENCE, BMS_SHEET_UNITS,
                                piece);
        } else {
            plan_row->duty[unit] = duty;
        }
    }
}

static char upper(char letter) {
    return (char)(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
}

static bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/** @return whether a code matches the pattern, in which * is a number. @param any  it is any text */
static bool matches(const char *pattern, const char *code, bool any) {
    const char *star = NULL;
    const char *star_code = NULL;
    while (*code != '\0') {
        if (*pattern == '*') {
            star = ++pattern;
            star_code = code;
        } else if (upper(*pattern) == upper(*code)) {
            pattern++;
            code++;
        } else if (star && (any || is_digit(*star_code))) {
            pattern = star;
            code = ++star_code;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return *pattern == '\0';
}

/** @return the calendar period whose form asks for a measured one; BMS_NONE, and a mistake: none does. */
static int form_of(const struct plan_row *plan_row, int period) {
    bms_reading *reading = plan_row->row.reading;
    const char *asked_in = bms_reading_text(plan_row->row, "form");
    if (asked_in[0] == '\0')
        return period;
    const char *code = asked_in;
    const char *star = strchr(asked_in, '*');
    if (star) {
        const char *measured = reading->definition->calendar[period].period.code;
        code = bms_arena_format(reading->arena, "%.*s%.*s%s", (int)(star - asked_in), asked_in,
                                (int)strspn(measured, "0123456789"), measured, star + 1);
    }
    int form = bms_definition_period(reading->definition, code);
    if (form == BMS_NONE)
        bms_reading_unknown(plan_row->row, "form", BMS_MISTAKE_UNKNOWN_FORM, BMS_SHEET_CALENDAR, code);
    return form;
}

/** Two rows can ask different groups for the same measurement: the stronger duty wins. */
static const enum bms_duty *merged(bms_reading *reading, const enum bms_duty *a, const enum bms_duty *b) {
    size_t n = reading->definition->n_units;
    enum bms_duty *both = bms_arena_alloc(reading->arena, n * sizeof *both);
    for (size_t i = 0; both && i < n; i++)
        both[i] = a[i] > b[i] ? a[i] : b[i];
    return both ? both : a;
}

static void append_point(bms_reading *reading, struct plan *plan, bms_measuring_point point, size_t row) {
    size_t n_rows = plan->n;
    size_t *added_row =
        bms_arena_grow(reading->arena, &plan->rows, &n_rows, &plan->row_capacity, sizeof *added_row);
    bms_measuring_point *added =
        added_row ? bms_arena_grow(reading->arena, &plan->points, &plan->n, &plan->capacity, sizeof *added)
                  : NULL;
    if (!added)
        return;
    *added = point;
    *added_row = row;
}

/** @return where the plan notes the point of an indicator and period; it holds BMS_NONE to begin with. */
static int *place_in_plan(const struct plan *plan, const bms_definition *definition, int indicator,
                          int period) {
    return &plan->place[(size_t)indicator * definition->n_calendar + (size_t)period];
}

/** @return false, and a mistake, when another form already asks for the measurement. */
static bool add_point(const struct plan_row *plan_row, struct plan *plan, int period, int form) {
    bms_reading *reading = plan_row->row.reading;
    int *place = place_in_plan(plan, reading->definition, plan_row->indicator, period);
    if (*place == BMS_NONE) {
        append_point(reading, plan, (bms_measuring_point){plan_row->indicator, period, form, plan_row->duty},
                     plan_row->index);
        if (bms_arena_failed(reading->arena))
            return false;
        *place = (int)plan->n - 1;
        return true;
    }
    bms_measuring_point *point = &plan->points[*place];
    if (point->form == form) {
        point->duty = merged(reading, point->duty, plan_row->duty);
        return true;
    }
    bms_reading_mistake(plan_row->row, bms_setup_find(plan_row->row.row, "form") ? "form" : "periods",
                        BMS_MISTAKE_TWO_FORMS, reading->definition->calendar[period].period.code,
                        bms_reading_address(reading, BMS_SHEET_PLAN, plan->rows[*place], "periods"));
    return false;
}

/** Add the points that one pattern matches. @return false after a mistake, which the rest would repeat */
static bool add_matching(const struct plan_row *plan_row, struct plan *plan, const char *pattern) {
    const bms_definition *definition = plan_row->row.reading->definition;
    bool found = false;
    for (size_t i = 0; i < definition->n_calendar; i++) {
        const char *code = definition->calendar[i].period.code;
        bms_period regular;
        /* Of a named period it is a number only: *-B* is every two months, and not the survey 2026-BU. */
        bool any = plan_row->row.reading->setup->stars_match_all || bms_period_parse(code, &regular);
        if (!matches(pattern, code, any))
            continue;
        found = true;
        int form = form_of(plan_row, (int)i);
        if (form == BMS_NONE || (plan_row->indicator != BMS_NONE && !add_point(plan_row, plan, (int)i, form)))
            return false;
    }
    if (!found) {
        bms_reading_unknown(plan_row->row, "periods", BMS_MISTAKE_UNKNOWN_MEASURING_POINT, BMS_SHEET_CALENDAR,
                            pattern);
    }
    return true;
}

static void add_points(const struct plan_row *plan_row, struct plan *plan) {
    const char *text = bms_reading_text(plan_row->row, "periods");
    const char *pattern;
    while ((pattern = bms_reading_piece(plan_row->row.reading, &text, ",;"))) {
        if (!add_matching(plan_row, plan, pattern))
            return;
    }
}

/** @return whether the row holds any mark or exception, understood or not. */
static bool has_marks(const bms_setup_row *row) {
    for (size_t i = 0; i < row->n_cells; i++) {
        if (!bms_setup_column_of(BMS_SHEET_PLAN, row->cells[i].column))
            return true;
    }
    return bms_setup_find(row, "exceptions");
}

static void read_plan_row(bms_reading *reading, size_t index, struct plan *plan) {
    const bms_definition *definition = reading->definition;
    struct plan_row plan_row = {.row = bms_reading_row_at(reading, BMS_SHEET_PLAN, index), .index = index};
    plan_row.duty = bms_arena_alloc(reading->arena, definition->n_units * sizeof *plan_row.duty);
    if (!plan_row.duty)
        return;
    plan_row.indicator = bms_reading_reference(plan_row.row, "indicator");
    apply_marks(&plan_row);
    apply_exceptions(&plan_row);
    add_points(&plan_row, plan);
    if (!has_marks(plan_row.row.row) && plan_row.indicator != BMS_NONE) {
        bms_reading_mistake(plan_row.row, "indicator", BMS_MISTAKE_ASKED_OF_NOBODY,
                            definition->indicators[plan_row.indicator].code, NULL);
    }
}

/** A point with what it is sorted by. */
struct sorting {
    bms_measuring_point point;
    size_t place; /* the indicator's first placement; those without one last, as the register has them */
};

static int compare_points(const void *left, const void *right) {
    const struct sorting *a = left;
    const struct sorting *b = right;
    if (a->point.form != b->point.form)
        return a->point.form < b->point.form ? -1 : 1;
    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    return (a->point.period > b->point.period) - (a->point.period < b->point.period);
}

static size_t first_place(const bms_definition *definition, int indicator) {
    for (size_t i = 0; i < definition->n_placements; i++) {
        if (definition->placements[i].indicator == indicator)
            return i;
    }
    return definition->n_placements + (size_t)indicator;
}

static void keep_sorted(bms_reading *reading, const struct plan *plan) {
    bms_definition *definition = reading->definition;
    struct sorting *sorting = bms_arena_alloc(reading->arena, plan->n * sizeof *sorting);
    if (!sorting || plan->n == 0)
        return;
    for (size_t i = 0; i < plan->n; i++)
        sorting[i] = (struct sorting){plan->points[i], first_place(definition, plan->points[i].indicator)};
    qsort(sorting, plan->n, sizeof *sorting, compare_points);
    for (size_t i = 0; i < plan->n; i++) {
        plan->points[i] = sorting[i].point;
        *place_in_plan(plan, definition, sorting[i].point.indicator, sorting[i].point.period) = (int)i;
    }
    definition->points = plan->points;
    definition->n_points = plan->n;
    definition->points_of = plan->place;
}

/** @return false when memory ran out. */
static bool lay_places(bms_reading *reading, struct plan *plan) {
    size_t n = reading->definition->n_indicators * reading->definition->n_calendar;
    plan->place = bms_arena_alloc(reading->arena, n * sizeof *plan->place);
    for (size_t i = 0; plan->place && i < n; i++)
        plan->place[i] = BMS_NONE;
    return plan->place;
}

void bms_read_plan(bms_reading *reading) {
    struct plan plan = {0};
    size_t mistakes = bms_findings_count(reading->findings, BMS_ERROR);
    if (!lay_places(reading, &plan))
        return;
    for (size_t i = 0; i < reading->setup->tables[BMS_SHEET_PLAN].n_rows; i++)
        read_plan_row(reading, i, &plan);
    keep_sorted(reading, &plan);
    if (bms_findings_count(reading->findings, BMS_ERROR) > mistakes)
        reading->plan_unclear = true;
}
