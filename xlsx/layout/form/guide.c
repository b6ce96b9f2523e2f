/** Writes the form's guide (see layout.h): each indicator in full, what colours and reasons mean. */
#include "core/base/catalogue.h"
#include "core/base/number.h"
#include "xlsx/layout/form/layout.h"

enum { COLUMN_NAME, COLUMN_NUMBERS, COLUMN_GUIDANCE, COLUMN_SOURCE, N_COLUMNS };

static const bms_style heading_style = {.ink = BMS_WHITE,
                                        .fill = BMS_NAVY,
                                        .bold = true,
                                        .wrap = true,
                                        .rise = BMS_RISE_MIDDLE,
                                        .edges = BMS_EDGES_THIN};
static const bms_style cell_style = {.wrap = true, .edges = BMS_EDGES_THIN};
static const bms_style name_style = {.bold = true, .wrap = true, .edges = BMS_EDGES_THIN};

static const char *numbers_text(const bms_form_layout *layout, const bms_question *question) {
    bms_arena *arena = layout->arena;
    const char *one = bms_message(arena, bms_form_tr(layout, BMS_TEXT("Number 1: {question}")), "question",
                                  question->numerator.text, NULL);
    const char *two = "";
    if (bms_kind_of(question->kind)->has_denominator) {
        two = bms_message(arena, bms_form_tr(layout, BMS_TEXT("\nNumber 2: {question}")), "question",
                          question->denominator.text, NULL);
    }
    const char *plain = bms_number_plain(arena, question->factor, layout->language);
    const char *result = bms_message(arena, bms_form_tr(layout, bms_kind_of(question->kind)->calculation),
                                     "factor", plain, NULL);
    return bms_arena_format(arena, "%s%s\n%s %s", one, two, result,
                            bms_form_tr(layout, bms_basis_of(question->basis)->instruction));
}

static uint32_t write_heading(const bms_form_layout *layout, uint32_t row, const char *text) {
    bms_page_text(layout->guide, row, 0, &(bms_style){.size = 14, .bold = true, .ink = BMS_NAVY},
                  bms_form_tr(layout, text));
    return row + 1;
}

static uint32_t write_indicators(const bms_form_layout *layout, uint32_t row) {
    static const char *const headings[N_COLUMNS] = {BMS_TEXT("Indicator"), BMS_TEXT("What you are asked"),
                                                    BMS_TEXT("Guidance and example"),
                                                    BMS_TEXT("Where to find it")};
    row = write_heading(layout, row, BMS_TEXT("The indicators"));
    for (uint32_t i = 0; i < N_COLUMNS; i++)
        bms_page_text(layout->guide, row, i, &heading_style, bms_form_tr(layout, headings[i]));
    row++;
    for (size_t i = 0; i < layout->form->n_questions; i++, row++) {
        const bms_question *question = &layout->form->questions[i];
        const bms_question_view *view = &layout->form->views[i];
        bms_page_text(layout->guide, row, COLUMN_NAME, &name_style, question->name);
        bms_page_text(layout->guide, row, COLUMN_NUMBERS, &cell_style, numbers_text(layout, question));
        bms_page_text(layout->guide, row, COLUMN_GUIDANCE, &cell_style, view->guidance);
        bms_page_text(layout->guide, row, COLUMN_SOURCE, &cell_style, view->source);
    }
    return row + 1;
}

static uint32_t write_colours(const bms_form_layout *layout, uint32_t row) {
    static const char *const meanings[] = {
        [BMS_GREEN] = BMS_TEXT("The result is as good as the target, or better."),
        [BMS_YELLOW] = BMS_TEXT("Between the green and the red limit."),
        [BMS_RED] =
            BMS_TEXT("Beyond the red limit. Write in the comment why, and an action in the sheet Actions."),
        [BMS_NO_COLOUR] =
            BMS_TEXT("Not filled in, not relevant, nobody to measure, or no target. Never counted as green."),
    };
    static const enum bms_colour order[] = {BMS_GREEN, BMS_YELLOW, BMS_RED, BMS_NO_COLOUR};
    row = write_heading(layout, row, BMS_TEXT("What the colours mean"));
    for (size_t i = 0; i < sizeof order / sizeof *order; i++, row++) {
        const bms_look *look = bms_look_of(order[i]);
        const char *text = bms_colour_mark(layout->arena, order[i],
                                           bms_colour_title(layout->arena, layout->language, order[i]));
        const bms_style style = {.bold = true, .fill = look->fill, .ink = look->ink, .edges = BMS_EDGES_THIN};
        bms_page_text(layout->guide, row, 0, &style, text);
        bms_page_text(layout->guide, row, 1, NULL, bms_form_tr(layout, meanings[order[i]]));
    }
    return row + 1;
}

static void write_reasons(const bms_form_layout *layout, uint32_t row) {
    static const char *const meanings[BMS_N_CHOICES] = {
        [BMS_COMES_LATER] = BMS_TEXT(
            "The number exists, but is not ready. It counts as missing until you send the form again."),
        [BMS_NOT_CARRIED_OUT] =
            BMS_TEXT("What should have been measured was not. It counts as missing; say why in the comment."),
        [BMS_NOT_RELEVANT] =
            BMS_TEXT("You do not have this service. It is left out, and does not count against you."),
        [BMS_NOBODY] = BMS_TEXT(
            "You have the service, but there was nobody to measure. The same as writing 0 in both cells."),
    };
    row = write_heading(layout, row, BMS_TEXT("What the choices under «Not ready?» mean"));
    for (int i = 1; i < BMS_N_CHOICES; i++, row++) {
        bms_page_text(layout->guide, row, 0, &name_style,
                      bms_form_tr(layout, bms_reason_text((enum bms_reason)i)));
        bms_page_text(layout->guide, row, 1, NULL, bms_form_tr(layout, meanings[i]));
    }
}

void bms_form_write_guide(bms_form_layout *layout) {
    static const double widths[N_COLUMNS] = {28, 60, 60, 24};
    bms_page *page = layout->guide;
    for (uint32_t i = 0; i < N_COLUMNS; i++)
        bms_page_width(page, i, widths[i]);
    bms_page_fit_heights(page, 18);
    uint32_t row = write_indicators(layout, 0);
    row = write_colours(layout, row);
    write_reasons(layout, row);
    bms_page_plain(page);
    bms_page_paper_set(
        page, &(bms_page_paper){.landscape = true,
                                .footer = layout->form->identity.title,
                                .page_numbers = bms_form_tr(layout, BMS_TEXT("Page {page} of {pages}"))});
    bms_page_protect(page);
}
