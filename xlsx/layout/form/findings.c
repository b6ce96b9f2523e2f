/**
 * Writes a correction's findings (see layout.h): marked on their cells, and listed on the first sheet in the
 * order to fix them.
 */
#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "core/base/text.h"
#include "xlsx/layout/form/formula.h"
#include "xlsx/layout/form/layout.h"

#include <string.h>

enum {
    COLUMN_NO,
    COLUMN_SEVERITY,
    COLUMN_INDICATOR,
    COLUMN_WRONG,
    COLUMN_FIX,
    COLUMN_CELL,
    COLUMN_DONE,
    N_COLUMNS
};
enum { TITLE_ROW, SUMMARY_ROW, FIRST_STEP_ROW = 3, REPLACES_ROW = 6, HEADING_ROW = 8, FIRST_ROW };

/* Excel takes no longer text in a formula; the limit is in characters, bytes are on the safe side. */
enum { LONGEST_IN_FORMULA = 200 };

/** Where a finding belongs in the form. */
struct place {
    bool known;
    size_t question; /* n_questions: none */
    uint32_t row;
    uint32_t column;
};

/** @return the column of the row's cell with this address; BMS_FORM_NUMBER_1 when it is none of them. */
static uint32_t column_at(const bms_raw_row *row, const char *address, bool *found) {
    const struct {
        const char *address;
        uint32_t column;
    } cells[] = {{row->numerator.address, BMS_FORM_NUMBER_1}, {row->denominator.address, BMS_FORM_NUMBER_2},
                 {row->reason.address, BMS_FORM_REASON},      {row->comment.address, BMS_FORM_COMMENT},
                 {row->result.address, BMS_FORM_NUMBER_1},    {row->code_address, BMS_FORM_NUMBER_1}};
    for (size_t i = 0; address && i < sizeof cells / sizeof *cells; i++) {
        if (*cells[i].address && strcmp(cells[i].address, address) == 0) {
            *found = true;
            return cells[i].column;
        }
    }
    return BMS_FORM_NUMBER_1;
}

/** The cell may be in another row than the indicator's: a number that is asked for once. */
static struct place place_of(const bms_form_layout *layout, const bms_finding *finding) {
    const bms_form *form = layout->form;
    const char *sheet = layout->correction->sent->sheet;
    const bool in_form = !finding->sheet || !sheet || strcmp(finding->sheet, sheet) == 0;
    struct place place = {.question = form->n_questions};
    bool found = false;
    for (size_t i = 0; i < form->n_questions; i++) {
        const bms_raw_row *sent = bms_form_sent_row(layout, i);
        if (finding->indicator && bms_code_compare(form->questions[i].indicator, finding->indicator) == 0)
            place.question = i;
        uint32_t column = sent && in_form && !found ? column_at(sent, finding->cell, &found) : 0;
        if (found && !place.known) {
            place.known = true;
            place.row = layout->rows[i];
            place.column = column;
        }
    }
    if (!place.known && place.question < form->n_questions) {
        place.known = true;
        place.row = layout->rows[place.question];
        place.column = BMS_FORM_NUMBER_1;
    }
    return place;
}

/** @return the part of a formula that is true while the cell holds what was sent. */
static const char *unchanged(const bms_form_layout *layout, const char *cell, const bms_raw_cell *sent) {
    bms_arena *arena = layout->arena;
    const char *text = sent ? bms_form_sent_text(layout, sent) : NULL;
    if (sent && sent->kind == BMS_RAW_NUMBER) {
        char number[32];
        bms_number_shortest(sent->number, number);
        return bms_arena_format(arena, "AND(ISNUMBER(%s),%s=%s)", cell, cell, number);
    }
    if (text && strlen(text) > LONGEST_IN_FORMULA)
        return bms_arena_format(arena, "LEN(%s)>0", cell);
    if (text && *text)
        return bms_arena_format(arena, "EXACT(%s,%s)", cell, bms_formula_text(arena, text));
    return bms_arena_format(arena, "LEN(TRIM(%s))=0", cell);
}

/** The cells in which a finding may be answered: its own, and those that the unit fills in beside it. */
struct watched {
    const char *formula;
    uint32_t row;
};

static void watch(const bms_form_layout *layout, struct watched *watched, uint32_t column,
                  const bms_raw_cell *sent, const char *sheet) {
    char address[BMS_ADDRESS_SIZE];
    bms_address_write(watched->row, column, address);
    const char *cell = bms_arena_format(layout->arena, "%s%s", sheet, address);
    watched->formula = bms_arena_format(layout->arena, "%s%s%s", watched->formula,
                                        *watched->formula ? "," : "", unchanged(layout, cell, sent));
}

/** @return the formula that is true while nothing about a finding was changed; "" when it has no place. */
static const char *untouched(const bms_form_layout *layout, const struct place *place, const char *sheet) {
    struct watched watched = {.formula = "", .row = place->row};
    size_t source = 0;
    size_t i = 0;
    while (i < layout->form->n_questions && layout->rows[i] != place->row)
        i++;
    if (!place->known || i == layout->form->n_questions)
        return "";
    const bms_question *question = &layout->form->questions[i];
    const bms_raw_row *sent = bms_form_sent_row(layout, i);
    if (!bms_form_is_fetched(layout, &question->numerator, &source))
        watch(layout, &watched, BMS_FORM_NUMBER_1, sent ? &sent->numerator : NULL, sheet);
    if (bms_kind_of(question->kind)->has_denominator &&
        !bms_form_is_fetched(layout, &question->denominator, &source))
        watch(layout, &watched, BMS_FORM_NUMBER_2, sent ? &sent->denominator : NULL, sheet);
    watch(layout, &watched, BMS_FORM_REASON, sent ? &sent->reason : NULL, sheet);
    watch(layout, &watched, BMS_FORM_COMMENT, sent ? &sent->comment : NULL, sheet);
    return bms_arena_format(layout->arena, "AND(%s)", watched.formula);
}

/** @return all that was found in one cell, as its note; NULL when an earlier finding has put it there. */
static const char *note_at(const bms_form_layout *layout, const struct place *place, size_t first) {
    const bms_correction_book *correction = layout->correction;
    const char *note = "";
    for (size_t i = 0; i < correction->n_findings; i++) {
        const bms_finding *finding = &correction->findings[i];
        const struct place other = place_of(layout, finding);
        if (!other.known || other.row != place->row || other.column != place->column)
            continue;
        if (i < first)
            return NULL;
        note = bms_arena_format(layout->arena, "%s%s%s\n→ %s", note, *note ? "\n\n" : "", finding->message,
                                finding->fix ? finding->fix : "");
    }
    return note;
}

/** "■ Gjenstår" */
static const char *not_yet(const bms_form_layout *layout) {
    return bms_colour_mark(layout->arena, BMS_RED, bms_form_tr(layout, BMS_TEXT("Not yet")));
}

/** @return whether a finding holds the return back because of a question. */
static bool is_about(const bms_form_layout *layout, const bms_finding *finding, size_t question) {
    const char *indicator = layout->form->questions[question].indicator;
    if (finding->severity < BMS_ERROR)
        return false;
    if (finding->indicator)
        return bms_code_compare(finding->indicator, indicator) == 0;
    const struct place place = place_of(layout, finding);
    return place.known && place.row == layout->rows[question];
}

const char *bms_form_still_wrong(const bms_form_layout *layout, size_t question) {
    bms_arena *arena = layout->arena;
    const char *list = "";
    for (size_t i = 0; i < layout->correction->n_findings; i++) {
        const uint32_t row = FIRST_ROW + (uint32_t)i;
        if (!is_about(layout, &layout->correction->findings[i], question))
            continue;
        const char *done =
            bms_page_reference(layout->findings, bms_range_of(row, COLUMN_DONE, row, COLUMN_DONE));
        list = bms_arena_format(arena, "%s%s%s=%s", list, *list ? "," : "", done,
                                bms_formula_text(arena, not_yet(layout)));
    }
    return *list ? bms_arena_format(arena, "OR(%s)", list) : "";
}

void bms_form_mark_findings(bms_form_layout *layout) {
    static const bms_style marked = {.fill = BMS_MARK_FILL, .ink = BMS_ALARM_TEXT, .bold = true};
    for (size_t i = 0; i < layout->correction->n_findings; i++) {
        const struct place place = place_of(layout, &layout->correction->findings[i]);
        const char *note = place.known ? note_at(layout, &place, i) : NULL;
        if (!note)
            continue;
        bms_page_note(layout->page, place.row, place.column, note);
        const char *formula = bms_arena_format(layout->arena, "=%s", untouched(layout, &place, ""));
        bms_page_when(layout->page, bms_range_of(place.row, place.column, place.row, place.column), formula,
                      &marked);
    }
}

/* The first sheet */

static size_t count(const bms_correction_book *correction, bool severe) {
    size_t n = 0;
    for (size_t i = 0; i < correction->n_findings; i++)
        n += (correction->findings[i].severity >= BMS_ERROR) == severe;
    return n;
}

static const char *counted(const bms_form_layout *layout, const char *one, const char *many, size_t n) {
    return bms_message(layout->arena, bms_tr_plural(layout->language, one, many, n), "n",
                       bms_arena_format(layout->arena, "%zu", n), NULL);
}

static const char *preliminary(const bms_form_layout *layout) {
    if (!layout->correction->preliminary)
        return "";
    return bms_form_tr(layout, BMS_TEXT(" Signed before the period was over: the numbers are preliminary."));
}

/** "2 ting må rettes før innsendingen kan tas inn. 1 ting bør sjekkes." */
static const char *summary(const bms_form_layout *layout) {
    const size_t severe = count(layout->correction, true);
    const size_t others = count(layout->correction, false);
    const char *must =
        counted(layout, BMS_TEXT("{n} thing must be corrected before your figures can be taken in."),
                BMS_TEXT("{n} things must be corrected before your figures can be taken in."), severe);
    const char *should = counted(layout, BMS_TEXT("{n} thing should be checked."),
                                 BMS_TEXT("{n} things should be checked."), others);
    return bms_arena_format(layout->arena, "%s%s%s%s", must, others == 0 ? "" : " ",
                            others == 0 ? "" : should, preliminary(layout));
}

static void write_step(const bms_form_layout *layout, uint32_t row, const char *text) {
    bms_page_text(layout->findings, row, 0, &(bms_style){.size = 12, .rise = BMS_RISE_MIDDLE}, text);
    bms_page_height(layout->findings, row, 20);
}

static void write_top(const bms_form_layout *layout) {
    bms_page *page = layout->findings;
    bms_page_text(page, TITLE_ROW, 0,
                  &(bms_style){.size = 18, .bold = true, .ink = BMS_NAVY, .rise = BMS_RISE_MIDDLE},
                  bms_message(layout->arena, bms_form_tr(layout, BMS_TEXT("Correct this: {title}")), "title",
                              layout->form->identity.title, NULL));
    bms_page_height(page, TITLE_ROW, 28);
    bms_page_text(page, SUMMARY_ROW, 0,
                  &(bms_style){.size = 13, .bold = true, .ink = BMS_ALARM_TEXT, .rise = BMS_RISE_MIDDLE},
                  summary(layout));
    bms_page_height(page, SUMMARY_ROW, 24);
    write_step(layout, FIRST_STEP_ROW,
               bms_form_tr(layout, BMS_TEXT("1  Click the cell in the list below. Correct what is marked in "
                                            "red. Everything else is as you sent it.")));
    const char *send =
        *layout->form->reply_to
            ? bms_message(
                  layout->arena,
                  bms_form_tr(layout, BMS_TEXT("2  Save this file, and send it as an attachment (not a "
                                               "link) to {address}.")),
                  "address", layout->form->reply_to, NULL)
            : bms_form_tr(layout,
                          BMS_TEXT("2  Save this file, and send it back as an attachment (not a link)."));
    write_step(layout, FIRST_STEP_ROW + 1, send);
    bms_page_text(page, REPLACES_ROW, 0, &(bms_style){.ink = BMS_GREY_TEXT},
                  bms_message(layout->arena,
                              bms_form_tr(layout, BMS_TEXT("Replaces «{file}», which has not been "
                                                           "taken in.")),
                              "file", layout->correction->file, NULL));
}

static void write_headings(const bms_form_layout *layout) {
    static const char *const headings[N_COLUMNS] = {
        [COLUMN_NO] = BMS_TEXT("No."),
        [COLUMN_SEVERITY] = BMS_TEXT("How serious"),
        [COLUMN_INDICATOR] = BMS_TEXT("Concerns"),
        [COLUMN_WRONG] = BMS_TEXT("What is wrong"),
        [COLUMN_FIX] = BMS_TEXT("What to do"),
        [COLUMN_CELL] = BMS_TEXT("Go to cell"),
        [COLUMN_DONE] = BMS_TEXT("Changed?"),
    };
    const bms_style style = {.ink = BMS_WHITE,
                             .fill = BMS_NAVY,
                             .bold = true,
                             .wrap = true,
                             .indent = 1,
                             .rise = BMS_RISE_MIDDLE,
                             .edges = BMS_EDGES_THIN};
    for (uint32_t i = 0; i < N_COLUMNS; i++)
        bms_page_text(layout->findings, HEADING_ROW, i, &style, bms_form_tr(layout, headings[i]));
    bms_page_height(layout->findings, HEADING_ROW, 22);
}

static const char *severity_words(const bms_form_layout *layout, enum bms_severity severity) {
    const bool severe = severity >= BMS_ERROR;
    return bms_colour_mark(
        layout->arena, severe ? BMS_RED : BMS_YELLOW,
        bms_form_tr(layout, severe ? BMS_TEXT("Must be corrected") : BMS_TEXT("Should be checked")));
}

/** "■ Gjenstår", or "● Endret" once something about it was changed. */
static void write_done(const bms_form_layout *layout, uint32_t row, const char *still,
                       const bms_style *style) {
    const char *left = not_yet(layout);
    const char *done = bms_colour_mark(layout->arena, BMS_GREEN, bms_form_tr(layout, BMS_TEXT("Changed")));
    const char *still_left = bms_formula_text(layout->arena, left);
    const char *changed = bms_formula_text(layout->arena, done);
    const char *formula =
        bms_arena_format(layout->arena, "=IFERROR(IF(%s,%s,%s),%s)", still, still_left, changed, still_left);
    bms_page_formula_text(layout->findings, row, COLUMN_DONE, style, formula, left);
}

static void write_place(const bms_form_layout *layout, uint32_t row, const bms_finding *finding,
                        const bms_style *style) {
    const struct place place = place_of(layout, finding);
    bms_style link = *style;
    char address[BMS_ADDRESS_SIZE];
    link.ink = BMS_LINK_BLUE;
    link.underline = true;
    link.bold = true;
    if (!place.known) {
        bms_page_link(layout->findings, row, COLUMN_CELL, &link, bms_form_tr(layout, BMS_TEXT("The form")),
                      (bms_link_target){layout->page, layout->first_row, BMS_FORM_NUMBER_1});
        bms_page_text(layout->findings, row, COLUMN_DONE, style, "–");
        return;
    }
    bms_address_write(place.row, place.column, address);
    bms_page_link(layout->findings, row, COLUMN_CELL, &link, address,
                  (bms_link_target){layout->page, place.row, place.column});
    const char *sheet =
        bms_page_reference(layout->page, bms_range_of(place.row, place.column, place.row, place.column));
    const char *mark = strrchr(sheet, '!');
    const char *name = mark ? bms_arena_copy(layout->arena, sheet, (size_t)(mark - sheet) + 1)
                            : bms_arena_text(layout->arena, "");
    write_done(layout, row, untouched(layout, &place, name), style);
}

static void write_finding(const bms_form_layout *layout, size_t i) {
    const bms_finding *finding = &layout->correction->findings[i];
    const uint32_t row = FIRST_ROW + (uint32_t)i;
    const bms_style style = {
        .size = 11, .wrap = true, .rise = BMS_RISE_MIDDLE, .edges = BMS_EDGES_THIN, .indent = 1};
    bms_style bold = style;
    bold.bold = true;
    bms_style severity = bold;
    const bms_look *look = bms_look_of(finding->severity >= BMS_ERROR ? BMS_RED : BMS_YELLOW);
    severity.fill = look->fill;
    severity.ink = look->ink;
    const char *name = "";
    for (size_t q = 0; finding->indicator && q < layout->form->n_questions; q++) {
        if (bms_code_compare(layout->form->questions[q].indicator, finding->indicator) == 0)
            name = layout->form->questions[q].name;
    }
    bms_style centred = bold;
    centred.indent = 0;
    centred.align = BMS_ALIGN_CENTRE;
    bms_page_number(layout->findings, row, COLUMN_NO, &centred, (double)(i + 1));
    bms_page_text(layout->findings, row, COLUMN_SEVERITY, &severity,
                  severity_words(layout, finding->severity));
    bms_page_text(layout->findings, row, COLUMN_INDICATOR, &bold, name);
    bms_page_text(layout->findings, row, COLUMN_WRONG, &style, finding->message);
    bms_page_text(layout->findings, row, COLUMN_FIX, &style, finding->fix);
    write_place(layout, row, finding, &bold);
}

void bms_form_write_findings(bms_form_layout *layout) {
    static const double widths[N_COLUMNS] = {7, 21, 27, 50, 48, 14, 16};
    bms_page *page = layout->findings;
    for (uint32_t i = 0; i < N_COLUMNS; i++)
        bms_page_width(page, i, widths[i]);
    bms_page_fit_heights(page, 40);
    write_top(layout);
    write_headings(layout);
    for (size_t i = 0; i < layout->correction->n_findings; i++)
        write_finding(layout, i);
    bms_page_plain(page);
    bms_page_freeze(page, FIRST_ROW, 0);
    bms_page_tab_colour(page, bms_look_of(BMS_RED)->strong);
    bms_page_paper_set(
        page, &(bms_page_paper){.landscape = true,
                                .repeat = true,
                                .repeat_from = HEADING_ROW,
                                .repeat_to = HEADING_ROW,
                                .footer = layout->form->identity.title,
                                .page_numbers = bms_form_tr(layout, BMS_TEXT("Page {page} of {pages}"))});
    bms_page_protect(page);
    bms_page_open_at(page, FIRST_ROW, COLUMN_CELL);
}
