/** Writes the form's action sheet (see layout.h): the actions known from before, and room for more. */
#include "core/base/catalogue.h"
#include "xlsx/layout/form/layout.h"

enum { TITLE_ROW, HELP_ROW, HEADING_ROW = 3, FIRST_ROW };

/* Empty rows after the actions known from before. */
enum { EMPTY_ROWS = 12 };

static void write_headings(const bms_form_layout *layout) {
    static const double widths[BMS_N_ACTION_COLUMNS] = {6, 32, 70, 26, 13, 18};
    static const bms_style style = {.ink = BMS_WHITE,
                                    .fill = BMS_NAVY,
                                    .bold = true,
                                    .wrap = true,
                                    .rise = BMS_RISE_MIDDLE,
                                    .edges = BMS_EDGES_THIN};
    for (uint32_t i = 0; i < BMS_N_ACTION_COLUMNS; i++) {
        bms_page_width(layout->actions, i, widths[i]);
        bms_page_text(layout->actions, HEADING_ROW, i, &style,
                      bms_form_tr(layout, bms_action_heading((enum bms_action_column)i)));
    }
    bms_page_height(layout->actions, HEADING_ROW, 22);
}

const char *bms_form_action_link(const bms_form_layout *layout, const char *linked_to) {
    for (size_t i = 0; i < layout->form->n_questions; i++) {
        const bms_question *question = &layout->form->questions[i];
        if (bms_says(linked_to, question->indicator) || bms_says(linked_to, question->name))
            return bms_form_link(layout->arena, question);
    }
    return linked_to;
}

static void write_action(const bms_form_layout *layout, uint32_t row, const bms_action_view *action) {
    bms_style style = bms_form_extra;
    bms_style number = {
        .ink = BMS_GREY_TEXT, .fill = BMS_GREY_FILL, .edges = BMS_EDGES_THIN, .rise = BMS_RISE_MIDDLE};
    bms_page_text(layout->actions, row, BMS_ACTION_NUMBER, &number, action ? action->number : "");
    bms_page_text(layout->actions, row, BMS_ACTION_LINKED, &style,
                  action ? bms_form_action_link(layout, action->linked_to) : "");
    bms_page_text(layout->actions, row, BMS_ACTION_TEXT, &style, action ? action->text : "");
    bms_page_text(layout->actions, row, BMS_ACTION_RESPONSIBLE, &style, action ? action->responsible : "");
    bms_style day = style;
    day.align = BMS_ALIGN_LEFT;
    if (action && action->due_text) {
        bms_page_text(layout->actions, row, BMS_ACTION_DUE, &day, action->due_text);
    } else {
        bms_page_day(layout->actions, row, BMS_ACTION_DUE, &day, action ? action->due : BMS_NO_DAY);
    }
    bms_page_text(layout->actions, row, BMS_ACTION_STATUS, &style, action ? action->status : "");
}

/** Add the lists to choose from, and what the cells take. */
static void guide_inputs(const bms_form_layout *layout, uint32_t last_row) {
    bms_page *page = layout->actions;
    if (layout->form->n_questions > 0) {
        bms_page_choose(
            page, bms_range_of(FIRST_ROW, BMS_ACTION_LINKED, last_row, BMS_ACTION_LINKED), layout->links,
            &(bms_page_prompt){
                .message = bms_form_tr(layout, BMS_TEXT("Choose an indicator, or write what it concerns."))});
    }
    bms_page_choose(page, bms_range_of(FIRST_ROW, BMS_ACTION_STATUS, last_row, BMS_ACTION_STATUS),
                    layout->action_statuses,
                    &(bms_page_prompt){.message = bms_form_tr(layout, BMS_TEXT("Choose from the list."))});
    bms_page_take_days(
        page, bms_range_of(FIRST_ROW, BMS_ACTION_DUE, last_row, BMS_ACTION_DUE),
        &(bms_page_prompt){.message = bms_form_tr(layout, BMS_TEXT("The date, as 2026-09-15.")),
                           .refusal =
                               bms_form_tr(layout, BMS_TEXT("This is not a date. Write as 2026-09-15."))});
}

void bms_form_write_actions(bms_form_layout *layout) {
    bms_page *page = layout->actions;
    const bms_form *form = layout->form;
    bms_page_fit_heights(page, 20);
    bms_page_text(page, TITLE_ROW, 0, &(bms_style){.size = 16, .bold = true, .ink = BMS_NAVY},
                  bms_form_tr(layout, BMS_TEXT("Actions")));
    bms_page_text(
        page, HELP_ROW, 0, NULL,
        bms_form_tr(layout, BMS_TEXT("What will you do to reach the target? One row per action. Update the "
                                     "earlier ones; new ones get their number from the coordinator.")));
    write_headings(layout);
    const uint32_t end = FIRST_ROW + (uint32_t)form->n_actions + EMPTY_ROWS;
    for (uint32_t row = FIRST_ROW; row < end; row++) {
        const size_t i = row - FIRST_ROW;
        write_action(layout, row, i < form->n_actions ? &form->actions[i] : NULL);
    }
    guide_inputs(layout, end - 1);
    layout->action_links =
        bms_page_reference(page, bms_range_of(FIRST_ROW, BMS_ACTION_LINKED, end - 1, BMS_ACTION_LINKED));
    bms_page_plain(page);
    bms_page_freeze(page, FIRST_ROW, 0);
    bms_page_paper_set(
        page, &(bms_page_paper){.landscape = true,
                                .repeat = true,
                                .repeat_from = HEADING_ROW,
                                .repeat_to = HEADING_ROW,
                                .footer = form->identity.title,
                                .page_numbers = bms_form_tr(layout, BMS_TEXT("Page {page} of {pages}"))});
    bms_page_protect(page);
}
