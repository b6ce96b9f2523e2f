/** Workbooks that are small texts (see fake_workbooks.h), and a template to start from. */
#include "tests/unit/examples/fake_workbooks.h"

#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/templates.h"
#include "core/form/questions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fake_workbooks fake;

static const unsigned char template_bytes[] = "a setup";
const bms_template bms_templates[] = {{"invented", template_bytes, 7}, {NULL, NULL, 0}};
const char *const bms_template_name_list[] = {"invented", NULL};

enum bms_status bms_workbooks_read_setup(bms_arena *arena, const bms_source *source, bms_setup_book *out,
                                         bms_findings *findings, bms_error *error) {
    (void)findings;
    if (!source->bytes && bms_platform_path_kind(source->name) != BMS_PATH_FILE)
        return bms_error_set(error, BMS_INPUT, source->name, "no such workbook");
    *out = *fake.setup;
    for (int i = 0; i < BMS_N_SETUP_SHEETS; i++) {
        const bms_setup_table *table = &fake.setup->tables[i];
        bms_setup_row *rows = bms_arena_alloc(arena, (table->n_rows + 1) * sizeof *rows);
        if (!rows)
            return bms_error_no_memory(error);
        if (table->n_rows > 0)
            memcpy(rows, table->rows, table->n_rows * sizeof *rows);
        out->tables[i].rows = rows;
    }
    return BMS_OK;
}

/** The next line of a text, in the arena; NULL at the end. */
static const char *next_line(bms_arena *arena, const char **text) {
    if (**text == '\0')
        return NULL;
    size_t length = strcspn(*text, "\n");
    const char *line = bms_arena_copy(arena, *text, length);
    *text += (*text)[length] == '\n' ? length + 1 : length;
    return line;
}

static bms_raw_cell number_cell(bms_arena *arena, const char *word, char column, size_t row) {
    bms_raw_cell cell = {0};
    char *end = NULL;
    (void)snprintf(cell.address, sizeof cell.address, "%c%u", column, (unsigned)(row + 5) % 100000U);
    if (!word || strcmp(word, "-") == 0)
        return cell;
    cell.number = strtod(word, &end);
    cell.kind = *end == '\0' ? BMS_RAW_NUMBER : BMS_RAW_TEXT;
    cell.text = bms_arena_text(arena, word);
    return cell;
}

static bms_raw_cell text_cell(bms_arena *arena, const char *text, const char *address) {
    bms_raw_cell cell = {.kind = *text ? BMS_RAW_TEXT : BMS_RAW_BLANK};
    cell.text = *text ? bms_arena_text(arena, text) : NULL;
    (void)snprintf(cell.address, sizeof cell.address, "%s", address);
    return cell;
}

/** Rows as the form had them, all blank. */
static void lay_out(bms_arena *arena, const bms_form *form, bms_raw_return *out) {
    bms_raw_row *rows = bms_arena_alloc(arena, (form->n_questions + 1) * sizeof *rows);
    for (size_t i = 0; i < form->n_questions; i++) {
        rows[i].indicator = form->questions[i].indicator;
        (void)snprintf(rows[i].code_address, sizeof rows[i].code_address, "A%u", (unsigned)(i + 5) % 100000U);
        rows[i].numerator = number_cell(arena, NULL, 'C', i);
        rows[i].denominator = number_cell(arena, NULL, 'E', i);
        rows[i].result = number_cell(arena, NULL, 'G', i);
        rows[i].reason = number_cell(arena, NULL, 'I', i);
        rows[i].comment = number_cell(arena, NULL, 'J', i);
    }
    *out = (bms_raw_return){.recognition = BMS_BOTH_IDENTITIES,
                            .hidden = form->identity,
                            .visible = form->identity,
                            .visible_address = "A3",
                            .title_address = "A1",
                            .questions = form->questions,
                            .n_questions = form->n_questions,
                            .sheet = "Skjema",
                            .headings_known = true,
                            .rows = rows,
                            .n_rows = form->n_questions,
                            .signed_by = text_cell(arena, "", "B20"),
                            .signed_on = text_cell(arena, "", "D20")};
}

static void fill_in(bms_arena *arena, const char *line, bms_raw_return *out) {
    char code[32] = "";
    char first[32] = "-";
    char second[32] = "-";
    (void)sscanf(line, "%31s %31s %31s", code, first, second);
    if (strcmp(code, "signed") == 0) {
        out->signed_by = text_cell(arena, line + strlen("signed "), "B20");
        out->signed_on = text_cell(arena, "2026-09-10", "D20");
    }
    for (size_t i = 0; i < out->n_rows; i++) {
        bms_raw_row *row = (bms_raw_row *)(uintptr_t)&out->rows[i];
        if (strcmp(row->indicator, code) != 0)
            continue;
        row->numerator = number_cell(arena, first, 'C', i);
        row->denominator = number_cell(arena, second, 'E', i);
    }
}

static enum bms_status read_text(bms_arena *arena, const char *name, const char *text, bms_raw_return *out,
                                 bms_error *error) {
    char unit[32] = "";
    char period[32] = "";
    bms_form form;
    if (strncmp(text, "broken", 6) == 0)
        return bms_error_set(error, BMS_INPUT, name, "the workbook is damaged");
    *out = (bms_raw_return){.recognition = BMS_NOT_OURS};
    if (sscanf(text, "unit %31s\nperiod %31s", unit, period) != 2)
        return BMS_OK;
    const bms_form_request request = {.definition = fake.definition,
                                      .key = fake.key,
                                      .unit = bms_definition_unit(fake.definition, unit),
                                      .period = bms_definition_period(fake.definition, period),
                                      .language = "nb"};
    enum bms_status status = bms_form_questions(arena, &request, &form, error);
    if (status != BMS_OK)
        return status;
    lay_out(arena, &form, out);
    for (const char *line = next_line(arena, &text); line; line = next_line(arena, &text))
        fill_in(arena, line, out);
    return BMS_OK;
}

enum bms_status bms_workbooks_read_return(bms_arena *arena, const bms_source *source, uint64_t work,
                                          const char *language, bms_raw_return *out, bms_error *error) {
    (void)work;
    unsigned char *bytes = NULL;
    const void *text = source->bytes;
    size_t size = source->size;
    if (fake.reads_until_change > 0 && --fake.reads_until_change == 0)
        fake.change();
    enum bms_status status = BMS_OK;
    if (!text) {
        status = bms_platform_read_file(source->name, language, &bytes, &size, error);
        text = bytes;
    }
    if (status == BMS_OK)
        status = read_text(arena, source->name, bms_arena_copy(arena, text, size), out, error);
    free(bytes);
    return status;
}

enum bms_status bms_workbooks_write_setup(const bms_setup_book *setup, const char *language, int64_t made_at,
                                          const char *path, bms_error *error) {
    char text[256];
    int length = snprintf(text, sizeof text, "setup in %s at %lld, %zu units\n", language, (long long)made_at,
                          setup->tables[BMS_SHEET_UNITS].n_rows);
    if (fake.writes_until_full > 0 && --fake.writes_until_full == 0)
        return bms_error_set(error, BMS_NOT_WRITABLE, path, "the disk is full");
    return bms_platform_write_file(path, "nb", text, (size_t)length, error);
}

enum bms_status bms_workbooks_write_form(const bms_form *form, const char *path, bms_error *error) {
    char text[1024];
    int length = snprintf(text, sizeof text, "unit %s\nperiod %s\ndefinition %s\nlast %g\n",
                          form->identity.unit, form->identity.period, form->identity.definition,
                          form->n_questions > 0 ? form->views[0].last.result.value : 0.0);
    if (fake.writes_until_full > 0 && --fake.writes_until_full == 0)
        return bms_error_set(error, BMS_NOT_WRITABLE, path, "the disk is full");
    return bms_platform_write_file(path, "nb", text, (size_t)length, error);
}

enum bms_status bms_workbooks_write_correction(const bms_correction_book *correction, const char *path,
                                               bms_error *error) {
    char text[1024];
    const bms_identity *identity = &correction->form->identity;
    int length = snprintf(text, sizeof text, "unit %s\nperiod %s\nreplaces %s\nfindings %zu\nfirst %s\n",
                          identity->unit, identity->period, correction->file, correction->n_findings,
                          correction->n_findings > 0 ? correction->findings[0].rule : "-");
    if (fake.writes_until_full > 0 && --fake.writes_until_full == 0)
        return bms_error_set(error, BMS_NOT_WRITABLE, path, "the disk is full");
    return bms_platform_write_file(path, "nb", text, (size_t)length, error);
}

enum bms_status bms_workbooks_write_report(const bms_report_model *report, const char *path,
                                           bms_error *error) {
    char text[256];
    const bms_rolled *first = report->n_indicators > 0 ? &report->indicators[0].now.rolled : NULL;
    int length =
        snprintf(text, sizeof text, "unit %s edition %d delivered %zu of %zu first %g",
                 report->definition->units[report->unit].code, report->edition, report->n_delivered_units,
                 report->n_expected_units, first && first->result.known ? first->result.value : -1.0);
    if (fake.writes_until_full > 0 && --fake.writes_until_full == 0)
        return bms_error_set(error, BMS_NOT_WRITABLE, path, "the disk is full");
    return bms_platform_write_file(path, "nb", text, (size_t)length, error);
}

/** A text that begins with "holds NAME" holds the rest of it as a file of that name, and a picture. */
enum bms_status bms_workbooks_unpack(bms_arena *arena, const bms_source *source, const char *language,
                                     uint64_t room, const bms_enclosed **out, size_t *n, bms_error *error) {
    const char *text = bms_arena_copy(arena, source->bytes, source->size);
    bms_enclosed *found = bms_arena_alloc(arena, 2 * sizeof *found);
    (void)language;
    (void)error;
    *out = found;
    *n = 0;
    if (!found || strncmp(text, "holds ", 6) != 0)
        return BMS_OK;
    text += 6;
    size_t length = strcspn(text, "\n");
    found[0] = (bms_enclosed){.name = bms_arena_copy(arena, text, length),
                              .bytes = text + length + 1,
                              .size = strlen(text + length + 1)};
    found[1] = (bms_enclosed){.name = "bilde.png"};
    *n = found[0].size <= room ? 2 : 0;
    return BMS_OK;
}

enum bms_status bms_workbooks_each_cell(const bms_source *source, const char *language, bool details,
                                        void (*on_cell)(void *context, const bms_cell_row *cell),
                                        void *context, bms_error *error) {
    const bms_cell_row cell = {
        .sheet = source->name, .address = "A1", .kind = BMS_CELL_TEXT, .text = language, .hidden = details};
    (void)error;
    on_cell(context, &cell);
    return BMS_OK;
}

enum bms_status bms_workbooks_contents(const bms_source *source, const char *language,
                                       const bms_contents_listener *listener, bms_error *error) {
    const bms_sheet_row sheet = {source->name, "visible", language};
    (void)error;
    if (listener->on_sheet)
        listener->on_sheet(listener->context, &sheet);
    return BMS_OK;
}

/** One line a row: unit|file|rule|indicator|numbers|accept|reason|use|release, as bms_workbooks_read_intake
 * reads. */
enum bms_status bms_workbooks_write_intake(const bms_intake *intake, const char *path, bms_error *error) {
    char text[4096];
    size_t length = (size_t)snprintf(text, sizeof text, "period %s\n", intake->period);
    for (size_t i = 0; i < intake->n_rows && length < sizeof text; i++) {
        const bms_intake_row *row = &intake->rows[i];
        length +=
            (size_t)snprintf(text + length, sizeof text - length, "%s|%s|%s|%s|%s|%s|%s|%s|%s|%s\n",
                             row->key.unit, row->key.sha256, row->key.rule, row->key.indicator,
                             row->key.about, row->accept, row->reason, row->use, row->release, row->done);
    }
    if (fake.writes_until_full > 0 && --fake.writes_until_full == 0)
        return bms_error_set(error, BMS_NOT_WRITABLE, path, "the disk is full");
    return bms_platform_write_file(path, "nb", text, length < sizeof text ? length : sizeof text - 1, error);
}

/** Take the next part of a line, up to `|`. */
static const char *next_part(bms_arena *arena, const char **line) {
    size_t length = strcspn(*line, "|");
    const char *part = bms_arena_copy(arena, *line, length);
    *line += (*line)[length] == '|' ? length + 1 : length;
    return part;
}

enum bms_status bms_workbooks_read_intake(bms_arena *arena, const bms_source *source, const char *language,
                                          bms_intake_answers *out, bms_error *error) {
    const char *text = bms_arena_copy(arena, source->bytes, source->size);
    bms_intake_answer *answers = bms_arena_alloc(arena, 64 * sizeof *answers);
    (void)language;
    if (strncmp(text, "period ", 7) != 0)
        return bms_error_set(error, BMS_INPUT, source->name, "not an intake");
    *out = (bms_intake_answers){.sheet = "Mottak", .decided_by = "", .answers = answers};
    text += strlen("period ");
    out->period = next_line(arena, &text);
    for (const char *line = next_line(arena, &text); line; line = next_line(arena, &text)) {
        const char *parts[10];
        for (size_t i = 0; i < 10; i++)
            parts[i] = next_part(arena, &line);
        answers[out->n++] = (bms_intake_answer){.key = {parts[0], parts[1], parts[2], parts[3], parts[4]},
                                                .accept = parts[5],
                                                .reason = parts[6],
                                                .use = parts[7],
                                                .release = parts[8],
                                                .cell = "I9"};
    }
    return BMS_OK;
}

enum bms_status bms_workbooks_read_origin(bms_arena *arena, const bms_source *source, const char *language,
                                          bms_report_origin *out, bms_error *error) {
    const char *text = bms_arena_copy(arena, source->bytes, source->size);
    (void)language;
    *out = (bms_report_origin){"", ""};
    if (strncmp(text, "printed ", 8) == 0)
        *out = (bms_report_origin){bms_arena_copy(arena, text + 8, 12), ""};
    return bms_error_of_arena(BMS_OK, arena, error);
}
