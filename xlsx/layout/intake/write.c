/**
 * Writes Mottak, the coordinator's workbook (bms_workbooks_write_intake): what came in, what waits for a
 * decision first, with yellow cells to decide in; then what was decided. The table is not protected, so that
 * it can be filtered and sorted.
 */
#include "core/base/number.h"
#include "core/workbooks.h"
#include "xlsx/layout/finish.h"
#include "xlsx/layout/intake/layout.h"
#include "xlsx/write/book.h"

#include <string.h>

enum { TITLE_ROW, COUNTS_ROW, STEP_ROW, DECIDED_BY_ROW = 5, HEADING_ROW = 7, FIRST_ROW };

struct layout {
    const bms_intake *intake;
    bms_book *book;
    bms_arena *arena;
    bms_page *page;
    bms_page *decisions;
    bms_page *hidden;
    const char *answers; /* a reference to the list of answers */
};

static const char *tr(const struct layout *layout, const char *text) {
    return bms_tr(layout->intake->language, text);
}

static const char *number(const struct layout *layout, size_t n) {
    return bms_arena_format(layout->arena, "%zu", n);
}

/* The top */

/** One part of the line of counts, where there is something to count. */
static const char *counted(const struct layout *layout, const char *before, const char *text, size_t n) {
    if (n == 0)
        return before;
    const char *part = bms_message(layout->arena, tr(layout, text), "n", number(layout, n), NULL);
    return bms_arena_format(layout->arena, "%s%s%s", before, *before ? " · " : "", part);
}

static const char *counts(const struct layout *layout) {
    const size_t *n = layout->intake->of_state;
    const char *line = counted(layout, "", BMS_TEXT("{n} taken in"), n[BMS_INTAKE_ACCEPTED]);
    line = counted(layout, line, BMS_TEXT("{n} held back"), n[BMS_INTAKE_HELD]);
    line = counted(layout, line, BMS_TEXT("{n} cannot be read"), n[BMS_INTAKE_UNREADABLE]);
    line = counted(layout, line, BMS_TEXT("{n} not signed as finished"), n[BMS_INTAKE_UNFINISHED]);
    line = counted(layout, line, BMS_TEXT("{n} have sent nothing"), n[BMS_INTAKE_NOTHING]);
    return counted(layout, line, BMS_TEXT("{n} replaced"), n[BMS_INTAKE_REPLACED]);
}

static void write_top(const struct layout *layout) {
    static const bms_style title = {.size = 16, .bold = true, .ink = BMS_NAVY, .rise = BMS_RISE_MIDDLE};
    static const bms_style large = {.size = 12, .bold = true, .rise = BMS_RISE_MIDDLE};
    static const bms_style step = {.rise = BMS_RISE_MIDDLE};
    static const bms_style input = {
        .fill = BMS_INPUT_FILL, .edges = BMS_EDGES_THIN, .edge_ink = BMS_INPUT_LINE, .unlocked = true};
    bms_page *page = layout->page;
    const bms_intake *intake = layout->intake;
    bms_page_text(page, TITLE_ROW, 0, &title,
                  bms_message(layout->arena, tr(layout, BMS_TEXT("Intake – {period}, {municipality}")),
                              "period", intake->period_name, "municipality", intake->municipality, NULL));
    bms_page_height(page, TITLE_ROW, 26);
    bms_page_text(page, COUNTS_ROW, 0, &large, counts(layout));
    bms_page_height(page, COUNTS_ROW, 20);
    bms_page_text(
        page, STEP_ROW, 0, &step,
        tr(layout, BMS_TEXT("1. What is held back goes back to the unit: send the workbook from the folder "
                            "corrections. Decide here what the unit need not, or cannot, correct.")));
    bms_page_text(
        page, STEP_ROW + 1, 0, &step,
        tr(layout, BMS_TEXT("2. Choose Yes in a yellow cell. To accept a finding, write the reason beside "
                            "it: it is shown wherever the number is shown. Save, and collect again.")));
    bms_page_text(page, DECIDED_BY_ROW, 0, &(bms_style){.bold = true, .rise = BMS_RISE_MIDDLE},
                  tr(layout, BMS_TEXT("Decided by (your name):")));
    bms_page_text(page, DECIDED_BY_ROW, 1, &input, intake->decided_by);
    bms_page_define_name(page, BMS_INTAKE_DECIDED_BY, bms_range_of(DECIDED_BY_ROW, 1, DECIDED_BY_ROW, 1));
}

/* The table */

static const struct {
    const char *heading;
    double width;
} columns[BMS_INTAKE_KEY] = {
    [BMS_INTAKE_UNIT] = {BMS_TEXT("Unit"), 23},
    [BMS_INTAKE_FILE] = {BMS_TEXT("File"), 26},
    [BMS_INTAKE_STATE] = {BMS_TEXT("Outcome"), 13},
    [BMS_INTAKE_SEVERITY] = {BMS_TEXT("Must it be corrected?"), 12},
    [BMS_INTAKE_INDICATOR] = {BMS_TEXT("Indicator"), 17},
    [BMS_INTAKE_CELL] = {BMS_TEXT("Cell"), 7},
    [BMS_INTAKE_WRONG] = {BMS_TEXT("What was found"), 40},
    [BMS_INTAKE_FIX] = {BMS_TEXT("What the unit should do"), 34},
    [BMS_INTAKE_ACCEPT] = {BMS_INTAKE_ACCEPT_HEADING, 9},
    [BMS_INTAKE_REASON] = {BMS_INTAKE_REASON_HEADING, 26},
    [BMS_INTAKE_USE] = {BMS_INTAKE_USE_HEADING, 10},
    [BMS_INTAKE_RELEASE] = {BMS_INTAKE_RELEASE_HEADING, 10},
    [BMS_INTAKE_DONE] = {BMS_TEXT("What was done"), 26},
};

static void write_headings(const struct layout *layout) {
    const bms_style heading = {.bold = true,
                               .wrap = true,
                               .ink = BMS_WHITE,
                               .fill = BMS_NAVY,
                               .edges = BMS_EDGES_THIN,
                               .rise = BMS_RISE_MIDDLE};
    for (uint32_t i = 0; i < BMS_INTAKE_KEY; i++) {
        bms_page_width(layout->page, i, columns[i].width);
        bms_page_text(layout->page, HEADING_ROW, i, &heading, tr(layout, columns[i].heading));
    }
    bms_page_text(layout->page, HEADING_ROW, BMS_INTAKE_KEY, NULL, BMS_INTAKE_KEY_HEADING);
    bms_page_hide_column(layout->page, BMS_INTAKE_KEY);
    bms_page_height(layout->page, HEADING_ROW, bms_line_height(2, 0));
}

static const char *severity_text(const bms_intake_row *row) {
    static const char *const texts[] = {
        [BMS_INFO] = BMS_TEXT("For information"),
        [BMS_WARNING] = BMS_TEXT("Should be checked"),
        [BMS_ERROR] = BMS_TEXT("Must be corrected"),
        [BMS_FATAL] = BMS_TEXT("Cannot be read"),
    };
    return *row->message == '\0' ? "" : texts[row->severity];
}

/** A cell to decide in: yellow where a decision is needed, paler where one is possible; else a plain cell. */
static void write_choice(const struct layout *layout, uint32_t at, uint32_t column, bool open,
                         const bms_intake_row *row, const char *text) {
    const bool waits = row->state == BMS_INTAKE_HELD && row->severity >= BMS_ERROR;
    const bms_style yellow = {.fill = waits ? BMS_INPUT_FILL : BMS_INPUT_PALE,
                              .edges = BMS_EDGES_THIN,
                              .edge_ink = BMS_INPUT_LINE,
                              .align = column == BMS_INTAKE_REASON ? BMS_ALIGN_USUAL : BMS_ALIGN_CENTRE,
                              .wrap = true,
                              .unlocked = true};
    if (open) {
        bms_page_text(layout->page, at, column, &yellow, text);
    } else if (row->first) {
        bms_page_blank(layout->page, at, column, &(bms_style){.edges = BMS_EDGES_ABOVE});
    }
}

static bms_style text_style(const bms_intake_row *row) {
    bms_style style = {.wrap = true, .edges = row->first ? BMS_EDGES_ABOVE : BMS_EDGES_NONE};
    if (row->state == BMS_INTAKE_ACCEPTED && *row->message == '\0')
        style.ink = BMS_GREY_TEXT;
    return style;
}

static const char *state_text(const struct layout *layout, const bms_intake_row *row) {
    const char *text = tr(layout, bms_intake_state_text(row->state));
    if (row->revision < 2)
        return text;
    return bms_message(layout->arena, tr(layout, BMS_TEXT("{state}, submission no. {n}")), "state", text, "n",
                       number(layout, (size_t)row->revision), NULL);
}

static void write_shown(const struct layout *layout, uint32_t at, const bms_intake_row *row) {
    bms_page *page = layout->page;
    const bms_style style = text_style(row);
    bms_style strong = style;
    bms_style alarm = style;
    strong.bold = true;
    if (row->severity >= BMS_ERROR && *row->message) {
        alarm.fill = BMS_MARK_FILL;
        alarm.ink = BMS_ALARM_TEXT;
    }
    bms_page_text(page, at, BMS_INTAKE_UNIT, row->state < BMS_INTAKE_ACCEPTED ? &strong : &style, row->unit);
    bms_page_text(page, at, BMS_INTAKE_FILE, &style, row->file);
    bms_page_text(page, at, BMS_INTAKE_STATE, &style, state_text(layout, row));
    bms_page_text(page, at, BMS_INTAKE_SEVERITY, &alarm, tr(layout, severity_text(row)));
    bms_page_text(page, at, BMS_INTAKE_INDICATOR, &style, row->indicator);
    bms_page_text(page, at, BMS_INTAKE_CELL, &style, row->cell);
    bms_page_text(page, at, BMS_INTAKE_WRONG, &style, row->message);
    bms_page_text(page, at, BMS_INTAKE_FIX, &style, row->fix);
    bms_page_text(page, at, BMS_INTAKE_DONE, &strong, row->done);
}

static void write_row(const struct layout *layout, uint32_t at, const bms_intake_row *row) {
    bms_page *page = layout->page;
    const bms_intake_key *key = &row->key;
    write_shown(layout, at, row);
    const bool any = row->can_accept || row->can_use || row->can_release;
    write_choice(layout, at, BMS_INTAKE_ACCEPT, row->can_accept, row, row->accept);
    write_choice(layout, at, BMS_INTAKE_REASON, any, row, row->reason);
    write_choice(layout, at, BMS_INTAKE_USE, row->can_use, row, row->use);
    write_choice(layout, at, BMS_INTAKE_RELEASE, row->can_release, row, row->release);
    if (!any)
        return; /* nothing is decided here, so the row need not be recognised */
    const char *known_by = bms_arena_format(layout->arena, "%s|%s|%s|%s|%s", key->unit, key->sha256,
                                            key->rule, key->indicator, key->about);
    bms_page_text(page, at, BMS_INTAKE_KEY, NULL, known_by);
}

/** Mark the reason cell of a finding that is to be accepted without one. */
static void ask_for_reasons(const struct layout *layout, uint32_t end) {
    char accept[BMS_ADDRESS_SIZE];
    char reason[BMS_ADDRESS_SIZE];
    static const bms_style lacking = {.fill = BMS_MARK_FILL};
    bms_address_write(FIRST_ROW, BMS_INTAKE_ACCEPT, accept);
    bms_address_write(FIRST_ROW, BMS_INTAKE_REASON, reason);
    const char *formula =
        bms_arena_format(layout->arena, "=AND(LEN(TRIM($%s))>0,LEN(TRIM($%s))=0)", accept, reason);
    bms_page_when(layout->page, bms_range_of(FIRST_ROW, BMS_INTAKE_REASON, end - 1, BMS_INTAKE_REASON),
                  formula, &lacking);
}

/** Offer the list to choose from, once for a whole column to keep the file small. */
static void offer_choices(const struct layout *layout, uint32_t end) {
    static const uint32_t chosen[] = {BMS_INTAKE_ACCEPT, BMS_INTAKE_USE, BMS_INTAKE_RELEASE};
    const bms_page_prompt prompt = {.refusal = tr(layout, BMS_TEXT("Choose Yes, or leave the cell blank."))};
    for (size_t i = 0; i < sizeof chosen / sizeof *chosen; i++) {
        bms_page_choose(layout->page, bms_range_of(FIRST_ROW, chosen[i], end - 1, chosen[i]), layout->answers,
                        &prompt);
    }
}

static void write_table(const struct layout *layout) {
    const bms_intake *intake = layout->intake;
    bms_page *page = layout->page;
    uint32_t at = FIRST_ROW;
    write_headings(layout);
    bms_page_fit_heights(page, 15);
    for (size_t i = 0; i < intake->n_rows; i++)
        write_row(layout, at++, &intake->rows[i]);
    if (at > FIRST_ROW) {
        ask_for_reasons(layout, at);
        offer_choices(layout, at);
    }
    bms_page_filter(
        page, bms_range_of(HEADING_ROW, 0, at > FIRST_ROW ? at - 1 : FIRST_ROW, BMS_INTAKE_COLUMNS - 1));
    bms_page_freeze(page, FIRST_ROW, 1);
    bms_page_plain(page);
    bms_page_paper_set(page,
                       &(bms_page_paper){.landscape = true,
                                         .repeat = true,
                                         .repeat_from = HEADING_ROW,
                                         .repeat_to = HEADING_ROW,
                                         .page_numbers = tr(layout, BMS_TEXT("Page {page} of {pages}"))});
}

/* What has been decided */

enum { DAY, WHAT, UNIT, ABOUT, REASON, WHO, HOLDS, N_DECISION_COLUMNS };

static void write_decision(const struct layout *layout, uint32_t at, const bms_intake_decision *decision) {
    const bms_style style = {
        .wrap = true, .edges = BMS_EDGES_BELOW, .ink = decision->holds ? BMS_BLACK : BMS_GREY_TEXT};
    bms_page *page = layout->decisions;
    bms_style day = style;
    day.align = BMS_ALIGN_LEFT;
    bms_page_day(page, at, DAY, &day, decision->day);
    bms_page_text(page, at, WHAT, &style, tr(layout, decision->what));
    bms_page_text(page, at, UNIT, &style, decision->unit);
    bms_page_text(page, at, ABOUT, &style, decision->about);
    bms_page_text(page, at, REASON, &style, decision->reason);
    bms_page_text(page, at, WHO, &style, decision->who);
    bms_page_text(page, at, HOLDS, &style,
                  tr(layout, decision->holds ? BMS_TEXT("Yes")
                                             : BMS_TEXT("No: the unit has sent something else since")));
}

static void write_decisions(const struct layout *layout) {
    static const struct {
        const char *heading;
        double width;
    } those[N_DECISION_COLUMNS] = {
        [DAY] = {BMS_TEXT("Date"), 12},
        [WHAT] = {BMS_TEXT("What was decided"), 18},
        [UNIT] = {BMS_TEXT("Unit"), 26},
        [ABOUT] = {BMS_TEXT("About"), 52},
        [REASON] = {BMS_INTAKE_REASON_HEADING, 40},
        [WHO] = {BMS_TEXT("By whom"), 20},
        [HOLDS] = {BMS_TEXT("Still applies?"), 22},
    };
    const bms_style heading = {.bold = true, .ink = BMS_WHITE, .fill = BMS_NAVY, .edges = BMS_EDGES_THIN};
    bms_page *page = layout->decisions;
    for (uint32_t i = 0; i < N_DECISION_COLUMNS; i++) {
        bms_page_width(page, i, those[i].width);
        bms_page_text(page, 0, i, &heading, tr(layout, those[i].heading));
    }
    bms_page_fit_heights(page, 15);
    for (size_t i = 0; i < layout->intake->n_decisions; i++)
        write_decision(layout, (uint32_t)i + 1, &layout->intake->decisions[i]);
    if (layout->intake->n_decisions == 0) {
        bms_page_text(page, 1, 0, &(bms_style){.italic = true},
                      tr(layout, BMS_TEXT("Nothing has been decided yet.")));
    }
    bms_page_freeze(page, 1, 0);
    bms_page_plain(page);
    bms_page_paper_set(page, &(bms_page_paper){.landscape = true, .repeat = true});
}

static void write_hidden(struct layout *layout) {
    bms_page_text(layout->hidden, 0, 0, NULL, BMS_INTAKE_MARK);
    bms_page_text(layout->hidden, 1, 0, NULL, layout->intake->period);
    bms_page_text(layout->hidden, 2, 0, NULL, tr(layout, BMS_TEXT("Yes")));
    layout->answers = bms_page_reference(layout->hidden, bms_range_of(2, 0, 2, 0));
    bms_page_hide(layout->hidden);
}

enum bms_status bms_workbooks_write_intake(const bms_intake *intake, const char *path, bms_error *error) {
    struct layout layout = {.intake = intake};
    layout.book = bms_book_new(&(bms_book_about){.title = bms_tr(intake->language, BMS_TEXT("Intake")),
                                                 .author = intake->municipality,
                                                 .language = intake->language,
                                                 .made_at = intake->made_at});
    layout.arena = bms_book_arena(layout.book);
    layout.page = bms_book_add_page(layout.book, tr(&layout, BMS_TEXT("Intake")));
    layout.decisions = bms_book_add_page(layout.book, tr(&layout, BMS_TEXT("Decisions")));
    layout.hidden = bms_book_add_page(layout.book, "bms");
    if (layout.arena) {
        write_hidden(&layout);
        write_top(&layout);
        write_table(&layout);
        write_decisions(&layout);
        bms_page_open_at(layout.page, FIRST_ROW, 0);
    }
    return bms_finish_book(layout.book, path, intake->language, error);
}
