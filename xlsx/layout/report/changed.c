/** Writes what differs from the edition before (see sheets.h): what was, what became, and why. */
#include "core/base/catalogue.h"
#include "xlsx/layout/report/sheets.h"

enum { CH_INDICATOR, CH_UNIT, CH_PERIOD, CH_WAS, CH_BECAME, CH_COLOUR, CH_WHY, CH_N };

static const bms_report_column columns[CH_N] = {{.heading = BMS_TEXT("Indicator"), .width = 28},
                                                {.heading = BMS_TEXT("Unit"), .width = 26},
                                                {.heading = BMS_TEXT("Period"), .width = 18},
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
    const char *unit = bms_report_unit_name(report, change->unit);
    const char *reason = reason_text(report, change);
    bms_page_text(page, at, CH_INDICATOR, &text, indicator->name);
    bms_page_text(page, at, CH_UNIT, &text, unit);
    bms_page_text(page, at, CH_PERIOD, &text, change->became->period_name);
    bms_report_put(report, page, at, CH_WAS, indicator, change->was, &how);
    bms_report_put(report, page, at, CH_BECAME, indicator, change->became, &how);
    bms_page_text(page, at, CH_COLOUR, change->colour_changed ? &strong : &text,
                  bms_report_tr(report, change->colour_changed ? BMS_TEXT("yes") : BMS_TEXT("no")));
    bms_page_text(page, at, CH_WHY, &text, reason);
    const char *texts[] = {indicator->name, unit, reason};
    const double widths[] = {columns[CH_INDICATOR].width, columns[CH_UNIT].width, columns[CH_WHY].width};
    bms_report_fit_row(page, at, texts, widths, 3, 0);
}

void bms_report_changed(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    if (model->previous_edition == 0)
        return;
    const char *subtitle = bms_report_fill(
        report, bms_report_tr(report, BMS_TEXT("Changes since edition {edition}, {day}.")), "edition",
        bms_report_count(report, (size_t)model->previous_edition), "day",
        bms_day_text(report->words.arena, bms_day_of_time(model->previous_made_at), model->language));
    bms_page *page = bms_report_list(report, bms_report_tr(report, BMS_TEXT("Changed since last edition")),
                                     subtitle, columns, CH_N, 2);
    for (size_t i = 0; i < model->n_changes; i++)
        put_change(report, page, BMS_REPORT_FIRST + (uint32_t)i, &model->changes[i]);
    if (model->n_changes == 0)
        bms_report_nothing(report, page, CH_N, bms_report_tr(report, BMS_TEXT("No number has changed.")));
}

const char *bms_report_changed_line(const bms_report_book *report) {
    const bms_report_model *model = report->model;
    if (model->previous_edition == 0)
        return "";
    const char *text =
        bms_tr_plural(model->language,
                      BMS_TEXT(" · Since edition {edition}: {n} number changed, colours changed: {colours}"),
                      BMS_TEXT(" · Since edition {edition}: {n} numbers changed, colours changed: {colours}"),
                      model->n_changes);
    return bms_report_fill(report, text, "edition", bms_report_count(report, (size_t)model->previous_edition),
                           "n", bms_report_count(report, model->n_changes), "colours",
                           bms_report_count(report, model->n_colours_changed));
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
