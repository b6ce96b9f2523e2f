/** Writes what differs from the edition before (see sheets.h): what was, what became, and why. */
#include "core/base/catalogue.h"
#include "xlsx/layout/report/sheets.h"

#include <string.h>

enum { CH_INDICATOR, CH_UNIT, CH_PERIOD, CH_WAS, CH_BECAME, CH_COLOUR, CH_WHY, CH_N };

static const bms_report_column columns[CH_N] = {{.heading = BMS_TEXT("Indicator"), .width = 28},
                                                {.heading = BMS_TEXT("Unit"), .width = 26},
                                                {.heading = BMS_TEXT("Period"), .width = 26},
                                                {.heading = BMS_TEXT("Was"), .width = 12, .number = true},
                                                {.heading = BMS_TEXT("Became"), .width = 12, .number = true},
                                                {.heading = BMS_TEXT("Colour changed"), .width = 15},
                                                {.heading = BMS_TEXT("Why"), .width = 60}};

static const char *of_return(const bms_report_book *report, const bms_report_change *change) {
    const char *text = change->cause == BMS_CHANGED_BY_FIRST_RETURN
                           ? BMS_TEXT("Return no. {number} was received, signed by {who}.")
                           : BMS_TEXT("The unit sent return no. {number}, signed by {who}.");
    return bms_report_fill(report, bms_report_tr(report, text), "number",
                           bms_report_count(report, (size_t)change->source->revision), "who",
                           change->source->signed_by);
}

/** @return the name of a figure's period, which may be known by its code alone. */
static const char *period_of(const bms_report_book *report, const bms_figure *figure) {
    const bms_definition *definition = report->model->definition;
    int period = bms_definition_period(definition, figure->period_code);
    return period == BMS_NONE
               ? figure->period_code
               : bms_definition_period_name(definition, period, report->words.arena, report->words.language);
}

/** @return the period that was measured, and whether a result is of the year so far. */
static const char *measured(const bms_report_book *report, const bms_figure *figure) {
    if (!figure->of_year)
        return figure->period_name;
    return bms_arena_format(report->words.arena, "%s, %s", figure->period_name,
                            bms_report_tr(report, BMS_TEXT("the year to date")));
}

static const char *why(const bms_report_book *report, const bms_report_change *change) {
    switch (change->cause) {
    case BMS_CHANGED_BY_NEW_RETURN:
    case BMS_CHANGED_BY_FIRST_RETURN:
        return of_return(report, change);
    case BMS_CHANGED_BY_AMENDMENT:
        return bms_report_amendment(report, change->source);
    case BMS_CHANGED_BY_DEFINITION:
        return bms_report_tr(
            report, BMS_TEXT("The numbers are the same; the setup has changed (limits or definition)."));
    case BMS_CHANGED_BY_UNITS:
        return bms_report_tr(report, BMS_TEXT("Follows from the units' numbers."));
    case BMS_CHANGED_EARLIER:
        return bms_report_tr(report, BMS_TEXT("A number for an earlier period was changed."));
    case BMS_CHANGED_LATER:
        return bms_report_fill(
            report,
            bms_report_tr(report, BMS_TEXT("A later measurement stands here now. Before it stood {period}.")),
            "period", period_of(report, change->was));
    case BMS_CHANGED_BY_RULES:
        return bms_report_fill(
            report,
            bms_report_tr(report, BMS_TEXT("New method of calculation in version {version} of bms; numbers "
                                           "and setup are the same.")),
            "version", bms_version());
    case BMS_CHANGED_OTHERWISE:
        break;
    }
    return "";
}

static const char *reason_text(const bms_report_book *report, const bms_report_change *change) {
    const char *text = why(report, change);
    if (!change->source || !change->source->origin.late)
        return text;
    const char *late = bms_report_tr(report, BMS_TEXT("It came after the period was closed."));
    return bms_arena_format(report->words.arena, "%s %s", text, late);
}

static void put_change(const bms_report_book *report, bms_page *page, uint32_t at,
                       const bms_report_change *change) {
    const bms_style text = {.wrap = true, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_BELOW};
    const bms_style strong = {.wrap = true, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_BELOW, .bold = true};
    const bms_report_cell how = {.coloured = true, .edges = BMS_EDGES_BELOW};
    const bms_indicator *indicator = report->model->indicators[change->indicator].indicator;
    const char *unit = bms_report_answered_by(report, change->unit);
    const char *reason = reason_text(report, change);
    const char *period = measured(report, change->became);
    bms_page_text(page, at, CH_INDICATOR, &text, indicator->name);
    bms_page_text(page, at, CH_UNIT, &text, unit);
    bms_page_text(page, at, CH_PERIOD, &text, period);
    bms_report_put(report, page, at, CH_WAS, indicator, change->was, &how);
    bms_report_put(report, page, at, CH_BECAME, indicator, change->became, &how);
    bms_page_text(page, at, CH_COLOUR, change->colour_changed ? &strong : &text,
                  bms_report_tr(report, change->colour_changed ? BMS_TEXT("yes") : BMS_TEXT("no")));
    bms_page_text(page, at, CH_WHY, &text, reason);
    const char *texts[] = {indicator->name, unit, period, reason};
    const double widths[] = {columns[CH_INDICATOR].width, columns[CH_UNIT].width, columns[CH_PERIOD].width,
                             columns[CH_WHY].width};
    bms_report_fit_row(page, at, texts, widths, 4, 0);
}

/** @return whether another version of bms made the edition before. */
static bool by_another_version(const bms_report_model *model) {
    return *model->previous_program != '\0' && strcmp(model->previous_program, bms_version()) != 0;
}

/** @return by which version the edition before was made, and whether what it said is known; "" for this one.
 */
static const char *other_version(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    if (!by_another_version(model))
        return "";
    const char *text =
        model->previous_kept
            ? BMS_TEXT(" It was made by version {before} of bms, this one by {now}.")
            : BMS_TEXT(
                  " It was made by version {before} of bms, this one by {now}. What it said was not kept "
                  "then: what it was is worked out again by the new version.");
    return bms_report_fill(report, bms_report_tr(report, text), "before", model->previous_program, "now",
                           bms_version());
}

void bms_report_changed(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    if (model->previous_edition == 0)
        return;
    const char *subtitle = bms_report_fill(
        report, bms_report_tr(report, BMS_TEXT("Changes since edition {edition}, {day}.")), "edition",
        bms_report_count(report, (size_t)model->previous_edition), "day",
        bms_day_text(report->words.arena, bms_day_here(model->previous_made_at), model->language));
    subtitle = bms_arena_format(report->words.arena, "%s%s", subtitle, other_version(report));
    bms_page *page = bms_report_list(report, bms_report_tr(report, BMS_TEXT("Changed since last edition")),
                                     subtitle, columns, CH_N, 2);
    for (size_t i = 0; i < model->n_changes; i++)
        put_change(report, page, BMS_REPORT_FIRST + (uint32_t)i, &model->changes[i]);
    /* What another version said is not known where it was not kept, but that no number was corrected is. */
    const char *nothing = by_another_version(model) ? BMS_TEXT("No number has been corrected.")
                                                    : BMS_TEXT("No number has changed.");
    if (model->n_changes == 0)
        bms_report_nothing(report, page, CH_N, bms_report_tr(report, nothing));
}

/** Add a count to the list of them; none is left out. @param text  of one, and of more */
static const char *add_count(const bms_report_book *report, const char *list, const char *one,
                             const char *more, size_t n) {
    if (n == 0)
        return list;
    const char *text = bms_tr_plural(report->model->language, one, more, n);
    return bms_arena_format(report->words.arena, "%s%s%s", list, *list == '\0' ? "" : ", ",
                            bms_report_fill(report, text, "n", bms_report_count(report, n)));
}

/** @return what has changed, in counts: corrected, come in, by the setup, by the program. */
static const char *counts_text(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    const char *list = "";
    list = add_count(report, list, BMS_TEXT("{n} number corrected"), BMS_TEXT("{n} numbers corrected"),
                     model->n_corrected);
    list = add_count(report, list, BMS_TEXT("{n} number has come in"), BMS_TEXT("{n} numbers have come in"),
                     model->n_came_in);
    list = add_count(report, list, BMS_TEXT("{n} result by the new setup"),
                     BMS_TEXT("{n} results by the new setup"), model->n_by_setup);
    list = add_count(report, list, BMS_TEXT("{n} result by a new method of calculation"),
                     BMS_TEXT("{n} results by a new method of calculation"), model->n_by_rules);
    if (*list == '\0') {
        list = bms_report_tr(report, by_another_version(model) ? BMS_TEXT("new method of calculation")
                                                               : BMS_TEXT("no number has changed"));
    }
    return add_count(report, list, BMS_TEXT("new colour: {n}"), BMS_TEXT("new colours: {n}"),
                     model->n_colours_changed);
}

/** @return by which version what was known then was recorded, of a report of the past; else "". */
static const char *recorded_text(const bms_report_book *report) {
    if (*report->model->recorded_by == '\0')
        return "";
    return bms_report_fill(
        report,
        bms_report_tr(report, BMS_TEXT(" · Recorded by version {before} of bms, worked out by {now}")),
        "before", report->model->recorded_by, "now", bms_version());
}

const char *bms_report_changed_line(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    const char *recorded = recorded_text(report);
    if (model->previous_edition == 0)
        return recorded;
    const char *changes = bms_report_fill(
        report, bms_report_tr(report, BMS_TEXT(" · Since edition {edition}: {changes}")), "edition",
        bms_report_count(report, (size_t)model->previous_edition), "changes", counts_text(report));
    return bms_arena_format(report->words.arena, "%s%s", changes, recorded);
}

const char *bms_report_amendment(const bms_report_book *report, const bms_stored_entry *source) {
    if (*source->origin.amended_by == '\0')
        return "";
    return bms_report_fill(report, bms_report_tr(report, BMS_TEXT("Corrected by {who}: {reason}")), "who",
                           source->origin.amended_by, "reason", source->origin.amendment);
}

/** @return who released the rest of the return without this number, and why; "" when nobody did. */
static const char *release_text(const bms_report_book *report, const bms_stored_entry *source) {
    if (*source->origin.released_by == '\0')
        return "";
    const char *text = *source->origin.release == '\0' ? BMS_TEXT("The rest was released by {who}")
                                                       : BMS_TEXT("The rest was released by {who}: {reason}");
    return bms_report_fill(report, bms_report_tr(report, text), "who", source->origin.released_by, "reason",
                           source->origin.release);
}

/** @return two texts, each on a line of its own; "" is left out. */
static const char *lines(const bms_report_book *report, const char *first, const char *second) {
    if (*first == '\0' || *second == '\0')
        return *first == '\0' ? second : first;
    return bms_arena_format(report->words.arena, "%s\n%s", first, second);
}

const char *bms_report_remarks(const bms_report_book *report, const bms_stored_entry *source,
                               const char *comment) {
    const char *accepted =
        *source->origin.accepted_by == '\0'
            ? ""
            : bms_report_fill(report, bms_report_tr(report, BMS_TEXT("Accepted by {who}: {reason}")), "who",
                              source->origin.accepted_by, "reason", source->origin.acceptance);
    const char *said = lines(report, comment, bms_report_amendment(report, source));
    return lines(report, lines(report, said, accepted), release_text(report, source));
}
