/**
 * Writes a form or a correction (bms_workbooks_write_form): its sheets, what is above and below the
 * questions, the lists to choose from. Each sheet is in a file of its own.
 */
#include "core/base/catalogue.h"
#include "core/workbooks.h"
#include "xlsx/layout/finish.h"
#include "xlsx/layout/form/formula.h"
#include "xlsx/layout/form/layout.h"

#include <string.h>

/* Rows above the questions. */
enum { TITLE_ROW, DUE_ROW, FIRST_STEP_ROW, LAST_STEP_ROW = FIRST_STEP_ROW + 2, AFTER_STEPS_ROW };

/* Where the counter is: to the right of the title, above the comparisons. */
enum { COUNTER_COLUMN = BMS_FORM_COMPARED };

enum { MINUTES_A_QUESTION = 3, MINUTES_STEP = 5 };

/* This many bytes of bold text fit on a line across all columns. */
enum { PAST_LINE = 170 };

/* The columns of lists on the hidden sheet. */
enum { LIST_REASONS = BMS_HIDDEN_LISTS, LIST_LINKS, LIST_ACTION_STATUSES, LIST_YES_NO };

const bms_style bms_form_input = {.fill = BMS_INPUT_FILL,
                                  .edge_ink = BMS_INPUT_LINE,
                                  .edges = BMS_EDGES_THIN,
                                  .rise = BMS_RISE_MIDDLE,
                                  .unlocked = true};

const bms_style bms_form_extra = {.fill = BMS_INPUT_PALE,
                                  .edge_ink = BMS_GREY_LINE,
                                  .edges = BMS_EDGES_THIN,
                                  .rise = BMS_RISE_MIDDLE,
                                  .wrap = true,
                                  .unlocked = true};

const char *bms_form_tr(const bms_form_layout *layout, const char *text) {
    return bms_tr(layout->language, text);
}

/** Widths in digits of the usual font; together under 1 500 pixels, so that nobody scrolls sideways. */
static void set_widths(bms_page *page) {
    static const double widths[BMS_N_FORM_COLUMNS] = {
        [BMS_FORM_INDICATOR] = 22,  [BMS_FORM_QUESTION_1] = 31, [BMS_FORM_NUMBER_1] = 12,
        [BMS_FORM_QUESTION_2] = 31, [BMS_FORM_NUMBER_2] = 12,   [BMS_FORM_RESULT] = 11,
        [BMS_FORM_STATUS] = 17,     [BMS_FORM_COMPARED] = 26,   [BMS_FORM_REASON] = 13,
        [BMS_FORM_COMMENT] = 20,    [BMS_FORM_CODE] = 7,
    };
    for (uint32_t i = 0; i < BMS_N_FORM_COLUMNS; i++)
        bms_page_width(page, i, widths[i]);
    bms_page_fit_heights(page, 44);
}

/** Write a list on the hidden sheet. @return a reference to it */
static const char *write_list(bms_form_layout *layout, uint32_t column, const char *const *texts, size_t n) {
    for (size_t i = 0; i < n; i++)
        bms_page_text(layout->hidden, (uint32_t)i, column, NULL, texts[i]);
    return bms_page_reference(layout->hidden, bms_range_of(0, column, n > 0 ? (uint32_t)n - 1 : 0, column));
}

static void write_fixed_lists(bms_form_layout *layout) {
    const char *reasons[BMS_N_CHOICES - 1];
    for (int i = 1; i < BMS_N_CHOICES; i++)
        reasons[i - 1] = bms_form_tr(layout, bms_reason_text((enum bms_reason)i));
    layout->reasons = write_list(layout, LIST_REASONS, reasons, BMS_N_CHOICES - 1);
    const char *statuses[] = {
        bms_form_tr(layout, BMS_TEXT("Not begun")), bms_form_tr(layout, BMS_TEXT("In progress")),
        bms_form_tr(layout, BMS_TEXT("Done")), bms_form_tr(layout, BMS_TEXT("Dropped"))};
    layout->action_statuses =
        write_list(layout, LIST_ACTION_STATUSES, statuses, sizeof statuses / sizeof *statuses);
    const char *answers[] = {bms_form_tr(layout, BMS_WORD_YES), bms_form_tr(layout, BMS_WORD_NO)};
    layout->yes_no = write_list(layout, LIST_YES_NO, answers, 2);
}

static void write_links(bms_form_layout *layout) {
    const size_t n = layout->form->n_questions;
    const char **links = bms_arena_alloc(layout->arena, n * sizeof *links);
    if (!links)
        return;
    for (size_t i = 0; i < n; i++)
        links[i] = bms_form_link(layout->arena, &layout->form->questions[i]);
    layout->links = write_list(layout, LIST_LINKS, links, n);
}

/** "Frist: 15.09.2026 · 5 spørsmål, omtrent 15 minutter · Gul stripe øverst i Excel? …" */
static const char *due_line(const bms_form_layout *layout) {
    bms_arena *arena = layout->arena;
    const bms_form *form = layout->form;
    const size_t n = form->n_questions;
    const size_t minutes = (n * MINUTES_A_QUESTION + MINUTES_STEP - 1) / MINUTES_STEP * MINUTES_STEP;
    const char *count = bms_message(
        arena,
        bms_tr_plural(layout->language, BMS_TEXT("{n} question, about {minutes} minutes"),
                      BMS_TEXT("{n} questions, about {minutes} minutes"), n),
        "n", bms_arena_format(arena, "%zu", n), "minutes", bms_arena_format(arena, "%zu", minutes), NULL);
    if (form->due == BMS_NO_DAY)
        return count;
    const char *day = bms_day_text(arena, form->due, layout->language);
    const char *due = bms_message(arena, bms_form_tr(layout, BMS_TEXT("Due: {date}")), "date", day, NULL);
    return bms_arena_format(arena, "%s   ·   %s", due, count);
}

static void write_step(bms_form_layout *layout, uint32_t row, const bms_style *style, const char *label,
                       const char *text) {
    bms_page_text(layout->page, row, BMS_FORM_INDICATOR, style, label);
    bms_page_text(layout->page, row, BMS_FORM_QUESTION_1, &(bms_style){.rise = BMS_RISE_MIDDLE, .indent = 1},
                  text);
    bms_page_height(layout->page, row, 18);
}

static void write_steps(bms_form_layout *layout) {
    bms_style sample = bms_form_input;
    sample.unlocked = false;
    sample.bold = true;
    const bms_style plain = {.bold = true, .rise = BMS_RISE_MIDDLE};
    if (layout->correction) {
        sample.fill = BMS_MARK_FILL;
        sample.ink = BMS_ALARM_TEXT;
        write_step(layout, FIRST_STEP_ROW, &sample, bms_form_tr(layout, BMS_TEXT("1  Red cells")),
                   bms_form_tr(layout, BMS_TEXT("Correct these. Hold the mouse over one to see what is "
                                                "wrong. The red disappears when the cell is changed.")));
    } else {
        write_step(layout, FIRST_STEP_ROW, &sample, bms_form_tr(layout, BMS_TEXT("1  Yellow cells")),
                   bms_form_tr(layout, BMS_TEXT("Write the numbers here. If you do not have one, choose why "
                                                "under «Not ready?». Do not fill in grey cells.")));
    }
    write_step(layout, FIRST_STEP_ROW + 1, &plain, bms_form_tr(layout, BMS_TEXT("2  Name and date")),
               bms_form_tr(layout, BMS_TEXT("Write them at the bottom when everything is filled in. Only "
                                            "then is the form counted as delivered.")));
    const char *send =
        *layout->form->reply_to
            ? bms_message(
                  layout->arena,
                  bms_form_tr(
                      layout,
                      BMS_TEXT("Save, and send the file as an attachment (not a link) to {address}.")),
                  "address", layout->form->reply_to, NULL)
            : bms_form_tr(layout, BMS_TEXT("Save, and send the file back as an attachment (not a link)."));
    write_step(layout, LAST_STEP_ROW, &plain, bms_form_tr(layout, BMS_TEXT("3  Save and send")), send);
}

/* What to do next. */
#define BMS_STEP_LOOK BMS_TEXT("Look at the answers marked «Check»")
#define BMS_STEP_BEGIN BMS_TEXT("Fill in the yellow cells")
#define BMS_STEP_ACT BMS_TEXT("Red must have an action or a comment")
#define BMS_STEP_SIGN BMS_TEXT("Write name and date at the bottom")
#define BMS_STEP_DONE BMS_TEXT("Finished: save and send")

/** Parts of formulas: how many required rows are open, how many of all are blank, how many rows have a
 * remark, and how many are red and must have an action or a comment. */
struct progress {
    const char *all;
    const char *open;
    const char *blank;
    const char *remarks;
    const char *must_act;
    char signed_by[BMS_ADDRESS_SIZE];
    char signed_on[BMS_ADDRESS_SIZE];
    /* The same as numbers, when the file is opened. */
    size_t n_all;
    size_t n_open;
    size_t n_blank;
    size_t n_remarks;
    size_t n_must_act;
};

static void count_progress(const bms_form_layout *layout, struct progress *out) {
    const char *check = bms_form_check_word(layout->language);
    for (size_t i = 0; i < layout->form->n_questions; i++) {
        const bms_question *question = &layout->form->questions[i];
        const char *status = layout->statuses[i] ? layout->statuses[i] : "";
        const char *empty = bms_form_status_when_empty(layout->arena, question, layout->language);
        const bool blank = strcmp(status, empty) == 0;
        out->n_all += question->required;
        out->n_open += blank && question->required;
        out->n_blank += blank;
        out->n_remarks += strncmp(status, check, strlen(check)) == 0;
        out->n_must_act += strstr(status, bms_form_must_act_words(layout->language)) ? 1 : 0;
    }
}

/** @return whether name and date are written when the file is opened. */
static bool is_signed(const bms_form_layout *layout) {
    const bms_raw_return *sent = layout->correction ? layout->correction->sent : NULL;
    return sent && sent->signed_by.kind != BMS_RAW_BLANK && sent->signed_on.kind != BMS_RAW_BLANK;
}

static void find_progress(bms_form_layout *layout, uint32_t sign_row, struct progress *out) {
    bms_arena *arena = layout->arena;
    char status[BMS_RANGE_SIZE];
    const bms_range range =
        bms_range_of(layout->first_row, BMS_FORM_STATUS, layout->end_row - 1, BMS_FORM_STATUS);
    bms_range_write(&range, status);
    count_progress(layout, out);
    const bms_question must = {.required = true};
    const char *empty = bms_form_status_when_empty(arena, &must, layout->language);
    const char *quoted = bms_formula_text(arena, empty);
    const char *check = bms_formula_text(arena, bms_form_check_word(layout->language));
    out->all = bms_arena_format(arena, "%zu", out->n_all);
    out->open = bms_arena_format(arena, "SUMPRODUCT(--(%s=%s))", status, quoted);
    const char *voluntary =
        bms_formula_text(arena, bms_form_status_when_empty(arena, &(bms_question){0}, layout->language));
    out->blank = bms_arena_format(arena, "%s+SUMPRODUCT(--(%s=%s))", out->open, status, voluntary);
    out->must_act =
        bms_arena_format(arena, "SUMPRODUCT(--ISNUMBER(FIND(%s,%s)))",
                         bms_formula_text(arena, bms_form_must_act_words(layout->language)), status);
    out->remarks = bms_arena_format(arena, "SUMPRODUCT(--(LEFT(%s,LEN(%s))=%s))", status, check, check);
    bms_address_write(sign_row, BMS_FORM_QUESTION_1, out->signed_by);
    bms_address_write(sign_row, BMS_FORM_NUMBER_2, out->signed_on);
}

/** "3 av 5 besvart" */
static void write_count(bms_form_layout *layout, const struct progress *progress) {
    static const bms_style style = {.size = 16, .bold = true, .ink = BMS_NAVY, .rise = BMS_RISE_MIDDLE};
    bms_arena *arena = layout->arena;
    const char *text = bms_form_tr(layout, BMS_TEXT("{done} of {all} answered"));
    const size_t left = progress->n_open + progress->n_remarks;
    const size_t n_done = progress->n_all > left ? progress->n_all - left : 0;
    const char *now =
        bms_message(arena, text, "done", bms_arena_format(arena, "%zu", n_done), "all", progress->all, NULL);
    const char *open = bms_message(arena, text, "all", progress->all, NULL);
    const char *quoted = bms_formula_text(arena, open);
    const char *done =
        bms_arena_format(arena, "\"&MAX(0,%s-%s-%s)&\"", progress->all, progress->open, progress->remarks);
    const char *live = bms_message(arena, quoted, "done", done, NULL);
    const char *formula = bms_arena_format(arena, "=%s", live);
    bms_page_formula_text(layout->page, TITLE_ROW, COUNTER_COLUMN, &style, formula, now);
}

/** @return a shape and a translated text, quoted for a formula. */
static const char *quoted_step(const bms_form_layout *layout, enum bms_colour shape, const char *text) {
    const char *whole = bms_colour_mark(layout->arena, shape, bms_form_tr(layout, text));
    return bms_formula_text(layout->arena, whole);
}

/** @return what to do next when the file is opened, as the formula has it. */
static const char *first_step(const bms_form_layout *layout, const struct progress *progress) {
    enum bms_colour shape = BMS_YELLOW;
    const char *text = BMS_STEP_SIGN;
    if (progress->n_remarks > 0) {
        text = BMS_STEP_LOOK;
    } else if (progress->n_open > 0 || progress->n_blank == layout->form->n_questions) {
        shape = BMS_NO_COLOUR;
        text = BMS_STEP_BEGIN;
    } else if (progress->n_must_act > 0) {
        text = BMS_STEP_ACT;
    } else if (is_signed(layout)) {
        shape = BMS_GREEN;
        text = BMS_STEP_DONE;
    }
    return bms_colour_mark(layout->arena, shape, bms_form_tr(layout, text));
}

/** What to do next. */
static void write_next_step(bms_form_layout *layout, const struct progress *progress) {
    static const bms_style style = {.bold = true, .rise = BMS_RISE_MIDDLE};
    const char *look = quoted_step(layout, BMS_YELLOW, BMS_STEP_LOOK);
    const char *begin = quoted_step(layout, BMS_NO_COLOUR, BMS_STEP_BEGIN);
    const char *act = quoted_step(layout, BMS_YELLOW, BMS_STEP_ACT);
    const char *sign = quoted_step(layout, BMS_YELLOW, BMS_STEP_SIGN);
    const char *done = quoted_step(layout, BMS_GREEN, BMS_STEP_DONE);
    const char *formula = bms_arena_format(
        layout->arena,
        "=IF(%s>0,%s,IF(OR(%s>0,%s=%zu),%s,IF(%s>0,%s,IF(OR(LEN(TRIM(%s))=0,LEN(TRIM(%s))=0),%s,%s))))",
        progress->remarks, look, progress->open, progress->blank, layout->form->n_questions, begin,
        progress->must_act, act, progress->signed_by, progress->signed_on, sign, done);
    bms_page_formula_text(layout->page, DUE_ROW, COUNTER_COLUMN, &style, formula,
                          first_step(layout, progress));
}

static void write_counter(bms_form_layout *layout, uint32_t sign_row) {
    struct progress progress = {0};
    find_progress(layout, sign_row, &progress);
    write_count(layout, &progress);
    write_next_step(layout, &progress);
}

static void write_top(bms_form_layout *layout) {
    bms_page *page = layout->page;
    bms_page_text(page, TITLE_ROW, 0,
                  &(bms_style){.size = 18, .bold = true, .ink = BMS_NAVY, .rise = BMS_RISE_MIDDLE},
                  layout->form->identity.title);
    bms_page_define_name(page, BMS_NAME_TITLE, bms_range_of(TITLE_ROW, 0, TITLE_ROW, 0));
    bms_page_height(page, TITLE_ROW, 28);
    bms_page_text(page, DUE_ROW, 0, &(bms_style){.bold = true, .rise = BMS_RISE_MIDDLE}, due_line(layout));
    bms_page_text(
        page, DUE_ROW, BMS_FORM_QUESTION_2, &(bms_style){.rise = BMS_RISE_MIDDLE},
        bms_form_tr(layout, BMS_TEXT("A yellow bar at the top in Excel? Click «Enable Editing» first.")));
    bms_page_height(page, DUE_ROW, 18);
    write_steps(layout);
}

/** Write whose the earlier figures are above them, if not the unit's. @return the row of the headings */
static uint32_t write_past(bms_form_layout *layout) {
    static const bms_style style = {
        .bold = true, .wrap = true, .fill = BMS_BLUE_PALE, .rise = BMS_RISE_MIDDLE, .indent = 1};
    if (!layout->form->past || *layout->form->past == '\0')
        return AFTER_STEPS_ROW;
    const size_t lines = 1 + strlen(layout->form->past) / PAST_LINE;
    bms_page_merged(layout->page, bms_range_of(AFTER_STEPS_ROW, 0, AFTER_STEPS_ROW, BMS_FORM_CODE), &style,
                    layout->form->past);
    bms_page_height(layout->page, AFTER_STEPS_ROW, 8 + 15 * (double)lines);
    return AFTER_STEPS_ROW + 1;
}

static void write_headings(bms_form_layout *layout, uint32_t row) {
    const bms_style style = {.ink = BMS_WHITE,
                             .fill = BMS_NAVY,
                             .bold = true,
                             .wrap = true,
                             .rise = BMS_RISE_MIDDLE,
                             .edges = BMS_EDGES_THIN};
    bms_style small = style;
    small.size = 8;
    for (uint32_t i = 0; i < BMS_N_FORM_COLUMNS; i++) {
        const char *heading = bms_form_tr(layout, bms_form_heading((enum bms_form_column)i));
        if (i == BMS_FORM_COMMENT) {
            heading = bms_arena_format(layout->arena, "%s\n%s", heading,
                                       bms_form_tr(layout, BMS_TEXT("No names or health information about "
                                                                    "individuals")));
        }
        bms_page_text(layout->page, row, i, i == BMS_FORM_CODE || i == BMS_FORM_COMMENT ? &small : &style,
                      heading);
    }
    bms_page_height(layout->page, row, 44);
}

static void write_finish_bar(bms_form_layout *layout, uint32_t row) {
    static const bms_style style = {
        .size = 12, .bold = true, .ink = BMS_NAVY, .fill = BMS_BLUE_PALE, .rise = BMS_RISE_MIDDLE};
    for (uint32_t i = 0; i < BMS_N_FORM_COLUMNS; i++)
        bms_page_blank(layout->page, row, i, &style);
    const char *text =
        BMS_TEXT("Finished? Write your name and the date. Only then is the form counted as delivered.");
    bms_page_text(layout->page, row, 0, &style, bms_form_tr(layout, text));
    bms_page_height(layout->page, row, 22);
}

/** One cell to sign in, with its label to the left; pale once it is filled in. */
static bms_range write_signature_cell(bms_form_layout *layout, uint32_t row, uint32_t column,
                                      const char *label, const char *name, const bms_style *label_style) {
    bms_page *page = layout->page;
    bms_style input = bms_form_input;
    input.bold = true;
    input.align = BMS_ALIGN_LEFT;
    const bms_range range = bms_range_of(row, column, row, column);
    char cell[BMS_ADDRESS_SIZE];
    bms_day day;
    const bms_raw_return *sent = layout->correction ? layout->correction->sent : NULL;
    bms_page_text(page, row, column - 1, label_style, bms_form_tr(layout, label));
    if (column != BMS_FORM_NUMBER_2) {
        bms_form_put_input(layout, row, column, &input, sent ? &sent->signed_by : NULL);
    } else if (sent && sent->signed_on.kind == BMS_RAW_TEXT) {
        bms_page_text(page, row, column, &input, sent->signed_on.text);
    } else if (sent && bms_raw_day(&sent->signed_on, &day)) {
        bms_page_day(page, row, column, &input, day);
    } else if (sent && sent->signed_on.kind != BMS_RAW_BLANK) {
        bms_form_put_input(layout, row, column, &input, &sent->signed_on);
    } else {
        bms_page_day(page, row, column, &input, BMS_NO_DAY);
    }
    bms_page_define_name(page, name, range);
    const char *filled =
        bms_arena_format(layout->arena, "=LEN(TRIM(%s))>0", bms_address_write(row, column, cell));
    bms_page_when(page, range, filled, &(bms_style){.fill = BMS_INPUT_PALE, .bold = true});
    return range;
}

/** Name and date. */
static void write_signature(bms_form_layout *layout, uint32_t row) {
    static const bms_style left = {.bold = true, .rise = BMS_RISE_MIDDLE};
    static const bms_style right = {
        .bold = true, .rise = BMS_RISE_MIDDLE, .align = BMS_ALIGN_RIGHT, .indent = 1};
    const bms_range by = write_signature_cell(layout, row, BMS_FORM_QUESTION_1, BMS_LABEL_SIGNED_BY,
                                              BMS_NAME_SIGNED_BY, &left);
    const bms_range on =
        write_signature_cell(layout, row, BMS_FORM_NUMBER_2, BMS_LABEL_SIGNED_ON, BMS_NAME_SIGNED_ON, &right);
    const bms_page_prompt name = {
        .message = bms_form_tr(layout, BMS_TEXT("Your name, when everything is filled in."))};
    const bms_page_prompt day = {
        .message = bms_form_tr(layout, BMS_TEXT("The date, as 2026-09-15.")),
        .refusal = bms_form_tr(layout, BMS_TEXT("This is not a date. Write as 2026-09-15."))};
    bms_page_take_any(layout->page, by, &name);
    bms_page_take_days(layout->page, on, &day);
    bms_page_height(layout->page, row, 26);
}

/** Write what is below the questions. @return the row to sign in */
static uint32_t write_bottom(bms_form_layout *layout) {
    const uint32_t bar = layout->end_row + 1;
    const uint32_t row = bar + 1;
    write_finish_bar(layout, bar);
    write_signature(layout, row);
    const char *line = bms_identity_line(layout->arena, &layout->form->identity, layout->language);
    bms_page_text(layout->page, row + 2, 0, &(bms_style){.size = 8, .ink = BMS_GREY_TEXT}, line);
    bms_page_define_name(layout->page, BMS_NAME_IDENTITY, bms_range_of(row + 2, 0, row + 2, 0));
    return row;
}

static void set_up_page(bms_form_layout *layout, uint32_t heading_row) {
    bms_page *page = layout->page;
    bms_page_plain(page);
    bms_page_freeze(page, heading_row + 1, BMS_FORM_QUESTION_1);
    bms_page_paper_set(
        page, &(bms_page_paper){.landscape = true,
                                .repeat = true,
                                .repeat_from = heading_row,
                                .repeat_to = heading_row,
                                .footer = layout->form->identity.title,
                                .page_numbers = bms_form_tr(layout, BMS_TEXT("Page {page} of {pages}"))});
    bms_page_protect(page);
    if (layout->form->n_questions > 0 && !layout->correction)
        bms_page_open_at(page, layout->rows[0], BMS_FORM_NUMBER_1);
}

static void lay_out(bms_form_layout *layout) {
    write_fixed_lists(layout);
    write_links(layout);
    bms_hidden_write(layout->hidden, layout->form);
    set_widths(layout->page);
    write_top(layout);
    const uint32_t heading_row = write_past(layout);
    write_headings(layout, heading_row);
    layout->first_row = heading_row + 1;
    bms_form_write_actions(layout); /* before the rows, whose status refers to it */
    bms_form_write_rows(layout);
    write_counter(layout, write_bottom(layout));
    set_up_page(layout, heading_row);
    bms_form_write_guide(layout);
    if (layout->correction)
        bms_form_write_findings(layout);
}

static enum bms_status write_form(const bms_form *form, const bms_correction_book *correction,
                                  const char *path, bms_error *error) {
    bms_book *book = bms_book_new(&(bms_book_about){.title = form->identity.title,
                                                    .author = form->municipality_name,
                                                    .language = form->language,
                                                    .made_at = form->made_at});
    bms_form_layout layout = {.form = form,
                              .correction = correction,
                              .language = form->language,
                              .book = book,
                              .arena = bms_book_arena(book)};
    if (correction)
        layout.findings = bms_book_add_page(book, bms_tr(form->language, BMS_TEXT("Correct this")));
    layout.page = bms_book_add_page(book, bms_tr(form->language, BMS_TEXT("Form")));
    layout.actions = bms_book_add_page(book, bms_tr(form->language, BMS_TEXT("Actions")));
    layout.guide = bms_book_add_page(book, bms_tr(form->language, BMS_TEXT("Guide")));
    layout.hidden = bms_book_add_page(book, "bms");
    bms_page_hide(layout.hidden);
    layout.statuses = layout.arena
                          ? bms_arena_alloc(layout.arena, (form->n_questions + 1) * sizeof *layout.statuses)
                          : NULL;
    layout.rows =
        layout.arena ? bms_arena_alloc(layout.arena, (form->n_questions + 1) * sizeof *layout.rows) : NULL;
    if (layout.rows && layout.statuses)
        lay_out(&layout);
    return bms_finish_book(book, path, form->language, error);
}

enum bms_status bms_workbooks_write_form(const bms_form *form, const char *path, bms_error *error) {
    return write_form(form, NULL, path, error);
}

enum bms_status bms_workbooks_write_correction(const bms_correction_book *correction, const char *path,
                                               bms_error *error) {
    return write_form(correction->form, correction, path, error);
}
