/** bms_setup_export: the newest stored setup as a workbook again, whole or for another municipality. */
#include "core/base/catalogue.h"
#include "core/base/claim.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/job/job.h"
#include "core/job/leftovers.h"
#include "core/job/written.h"
#include "core/workbooks.h"

#include <limits.h>
#include <stdint.h>
#include <string.h>

/* What is the municipality's own */

static void clear_cell(bms_setup_row *row, const char *column) {
    size_t n = 0;
    for (size_t i = 0; i < row->n_cells; i++) {
        if (strcmp(row->cells[i].column, column) != 0)
            row->cells[n++] = row->cells[i];
    }
    row->n_cells = n;
}

static void clear_column(bms_setup_table *table, const char *column) {
    for (size_t i = 0; i < table->n_rows; i++)
        clear_cell(&table->rows[i], column);
}

/** Ask anew for who they are and where answers go: one row for each, without those of earlier names and
 * numbers. Their language and least number of persons may stand. */
static void clear_municipality(bms_setup_table *table) {
    const bms_setup_column *facts = bms_setup_column_of(BMS_SHEET_MUNICIPALITY, "fact");
    const char *const kept[] = {"Language", "Least number of persons"};
    size_t n = 0;
    for (size_t i = 0; i < table->n_rows; i++) {
        bms_setup_row *row = &table->rows[i];
        const bms_setup_cell *fact = bms_setup_find(row, "fact");
        const int choice = fact ? bms_setup_recognise_choice(facts, fact->text) : -1;
        if (choice < 0 || bms_setup_find(row, "from"))
            continue;
        if (choice != bms_setup_recognise_choice(facts, kept[0]) &&
            choice != bms_setup_recognise_choice(facts, kept[1]))
            clear_cell(row, "value");
        table->rows[n++] = *row;
    }
    table->n_rows = n;
}

/** Leave out the limits of single units, and who decided those of all. */
static void clear_targets(bms_setup_table *table, const bms_definition *definition) {
    size_t n = 0;
    for (size_t i = 0; i < table->n_rows && i < definition->n_targets; i++) {
        if (definition->targets[i].scope != BMS_FOR_UNIT)
            table->rows[n++] = table->rows[i];
    }
    table->n_rows = n;
    clear_column(table, "decided");
}

/** Leave what another municipality can use: what is asked, with guidance, and how it is judged. */
static void clear_own(bms_setup_book *book, const bms_definition *definition) {
    clear_municipality(&book->tables[BMS_SHEET_MUNICIPALITY]);
    clear_targets(&book->tables[BMS_SHEET_TARGETS], definition);
    clear_column(&book->tables[BMS_SHEET_PLAN], "exceptions");
    book->tables[BMS_SHEET_UNITS].n_rows = 0;
    book->tables[BMS_SHEET_ACTIONS].n_rows = 0;
}

/* Writing */

/** A workbook on its way to its name. */
struct leaving {
    bms_job *job;
    const char *path;
    const char *temporary;
};

/** Give it its name, unless another file has it. */
static enum bms_status place(const struct leaving *leaving, enum bms_file_action *action, bms_error *error) {
    const bms_job *job = leaving->job;
    char sha256[65];
    *action = BMS_FILE_WRITTEN;
    if (bms_platform_path_kind(leaving->path) == BMS_PATH_MISSING)
        return bms_platform_rename(leaving->temporary, leaving->path, job->language, error);
    enum bms_status status = bms_written_hash(job, leaving->temporary, sha256, error);
    if (status == BMS_OK && !bms_written_lies_there(job, leaving->path, sha256)) {
        return bms_error_set(
            error, BMS_USAGE, leaving->path,
            bms_tr(job->language,
                   BMS_TEXT("This file already exists and is not replaced. Choose another name.")));
    }
    *action = BMS_FILE_UNCHANGED;
    return status;
}

static enum bms_status write(const struct leaving *leaving, const bms_setup_book *book, bms_error *error) {
    bms_job *job = leaving->job;
    int64_t made_at = 0;
    enum bms_file_action action = BMS_FILE_WRITTEN;
    bms_leftovers_claim(job);
    bms_claim_note(job->claim, leaving->path);
    enum bms_status status =
        bms_history_definition_time(job->history, job->definition->version, &made_at, error);
    if (status == BMS_OK) {
        status = bms_workbooks_write_setup(book, job->definition->municipality.language, made_at,
                                           leaving->temporary, error);
    }
    if (status == BMS_OK)
        status = place(leaving, &action, error);
    if (status == BMS_OK)
        bms_job_report_file(job, leaving->path, action, NULL);
    if (bms_platform_path_kind(leaving->temporary) != BMS_PATH_MISSING)
        bms_platform_remove(leaving->temporary);
    if (bms_platform_path_kind(leaving->temporary) != BMS_PATH_MISSING)
        bms_claim_leave(job->claim);
    return status;
}

static enum bms_status export_setup(struct leaving *leaving, bool without_units, bms_error *error) {
    bms_job *job = leaving->job;
    bms_setup_book *book = bms_arena_alloc(job->arena, sizeof *book);
    int version = 0;
    /* The job's address tells it from others of this process. */
    leaving->temporary =
        bms_arena_format(job->arena, BMS_TEMPORARY_NAME, leaving->path, bms_platform_process(),
                         (unsigned)((uintptr_t)job / sizeof(void *) % INT_MAX));
    if (!book)
        return bms_error_no_memory(error);
    enum bms_status status =
        bms_history_load_setup(job->history, job->arena, job->definition->version, book, &version, error);
    if (status == BMS_OK && without_units)
        clear_own(book, job->definition);
    status = bms_error_of_arena(status, job->arena, error);
    return status == BMS_OK ? write(leaving, book, error) : status;
}

enum bms_status bms_setup_export(bms *b, const char *path, bool without_units, const bms_listener *listener,
                                 bms_error *error) {
    bms_job job;
    struct leaving leaving = {.job = &job, .path = path};
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK)
        status = bms_job_open_defined(&job, error);
    if (status == BMS_OK)
        status = export_setup(&leaving, without_units, error);
    bms_job_end(&job);
    return status;
}
