/** Writes the first sheet of a setup workbook: what to do, in a dozen lines, each with a link to its sheet.
 */
#include "xlsx/layout/setup/layout.h"

#include "core/base/catalogue.h"

enum { TITLE_ROW = 0, INTRODUCTION_ROW = 1, FIRST_STEP_ROW = 3 };
enum { NUMBER_COLUMN = 0, SHEET_COLUMN = 1, TEXT_COLUMN = 2, TEXT_WIDTH = 100 };

/** Room between the lines, and the height of the title, in points. */
enum { SPACE = 6, TITLE_HEIGHT = 28 };

/** A line of the guide. */
struct step {
    int sheet; /* enum bms_setup_sheet, or -1 for none */
    const char *text;
};

static const struct step steps[] = {
    {BMS_SHEET_MUNICIPALITY, BMS_TEXT("Write who you are and where the units send their answers.")},
    {BMS_SHEET_UNITS, BMS_TEXT("Write the units: the municipality first, then those under it. Units of the "
                               "same kind belong to the same group.")},
    {BMS_SHEET_FOCUS_AREAS,
     BMS_TEXT(
         "Build the scorecard from the top: scorecard, focus areas with their goals, success criteria.")},
    {BMS_SHEET_INDICATORS, BMS_TEXT("Write what is measured: two numbers, each with a question that a unit "
                                    "leader understands without help. Also say what a red result requires "
                                    "(no, should or must), and which numbers are parts of another.")},
    {BMS_SHEET_PLACEMENTS,
     BMS_TEXT("Place each indicator under a success criterion. The order here is the order in the form.")},
    {BMS_SHEET_TARGETS, BMS_TEXT("Set green and red limits: for all, for a group or for one unit.")},
    {BMS_SHEET_CALENDAR,
     BMS_TEXT("Write the calendar: what is measured when, and when the answers are due.")},
    {BMS_SHEET_PLAN,
     BMS_TEXT("Decide who measures what: x under the groups that must answer, f under those that may.")},
    {BMS_SHEET_REFERENCES, BMS_TEXT("Only if you need them: figures that targets are linked to, and actions "
                                    "already decided (the last sheets).")},
    {-1,
     BMS_TEXT("Save. In a terminal in the same folder, type: bms setup. All mistakes are reported at once, "
              "each with its sheet and cell.")},
    {-1,
     BMS_TEXT("When it is in order, type: bms forms. The forms that are to be sent are then in the folder "
              "forms.")},
    {-1,
     BMS_TEXT("Put what comes back in the folder returns, and type: bms collect. Then bms status shows who "
              "is missing, and bms report writes the reports.")},
};

enum { N_STEPS = sizeof steps / sizeof *steps };

static void write_step(const struct setup_layout *layout, bms_page *page, uint32_t index) {
    const bms_style number = {
        .bold = true, .ink = BMS_NAVY, .align = BMS_ALIGN_CENTRE, .edges = BMS_EDGES_BELOW};
    const bms_style link = {.ink = BMS_LINK_BLUE, .underline = true, .edges = BMS_EDGES_BELOW, .wrap = true};
    const bms_style text = {.wrap = true, .edges = BMS_EDGES_BELOW};
    uint32_t row = FIRST_STEP_ROW + index;
    bms_page_number(page, row, NUMBER_COLUMN, &number, index + 1);
    if (steps[index].sheet < 0) {
        bms_page_blank(page, row, SHEET_COLUMN, &text);
    } else {
        const bms_page *to = layout->pages[steps[index].sheet];
        bms_page_link(
            page, row, SHEET_COLUMN, &link,
            bms_tr(layout->language, bms_setup_schema_of((enum bms_setup_sheet)steps[index].sheet)->name),
            (bms_link_target){.page = to});
    }
    const char *what = bms_tr(layout->language, steps[index].text);
    bms_page_text(page, row, TEXT_COLUMN, &text, what);
    bms_page_height(page, row, bms_line_height(bms_text_lines(what, TEXT_WIDTH, 0, false), 0) + SPACE);
}

/** Explain the two colours of headings, by showing them. */
static void write_legend(const struct setup_layout *layout, bms_page *page, uint32_t row) {
    const bms_style required = {.bold = true, .ink = BMS_WHITE, .fill = BMS_NAVY, .edges = BMS_EDGES_THIN};
    const bms_style optional = {
        .bold = true, .ink = BMS_NAVY, .fill = BMS_BLUE_PALE, .edges = BMS_EDGES_THIN};
    bms_page_text(page, row, SHEET_COLUMN, &required, bms_tr(layout->language, BMS_TEXT("Dark heading")));
    bms_page_text(page, row, TEXT_COLUMN, NULL,
                  bms_tr(layout->language, BMS_TEXT("must be filled in on every row")));
    bms_page_text(page, row + 1, SHEET_COLUMN, &optional,
                  bms_tr(layout->language, BMS_TEXT("Light heading")));
    bms_page_text(page, row + 1, TEXT_COLUMN, NULL,
                  bms_tr(layout->language,
                         BMS_TEXT("can be left blank; a red corner on a heading explains what it means")));
}

void setup_write_guide(struct setup_layout *layout, bms_page *page) {
    const bms_style title = {.bold = true, .size = 18, .ink = BMS_NAVY};
    const bms_style introduction = {.ink = BMS_GREY_TEXT};
    bms_page_plain(page);
    bms_page_width(page, NUMBER_COLUMN, 5);
    bms_page_width(page, SHEET_COLUMN, 22);
    bms_page_width(page, TEXT_COLUMN, TEXT_WIDTH);
    bms_page_height(page, TITLE_ROW, TITLE_HEIGHT);
    bms_page_text(page, TITLE_ROW, 0, &title, bms_tr(layout->language, BMS_TEXT("Setup of the scorecard")));
    bms_page_text(page, INTRODUCTION_ROW, 0, &introduction,
                  bms_tr(layout->language, BMS_TEXT("Everything the program knows about your scorecard is in "
                                                    "this workbook, each fact in one place.")));
    for (uint32_t i = 0; i < N_STEPS; i++)
        write_step(layout, page, i);
    write_legend(layout, page, FIRST_STEP_ROW + N_STEPS + 1);
    bms_page_paper_set(page, &(bms_page_paper){.landscape = true, .one_page = true});
}
