/** bms_setup: load or renew the definition from a setup workbook. */
#include "core/base/error.h"
#include "core/base/findings.h"
#include "core/base/text.h"
#include "core/definition/definition.h"
#include "core/definition/setup_sense.h"
#include "core/definition/setup_mistakes.h"
#include "core/job/job.h"
#include "core/workbooks.h"

/** Store a sound setup, unless the newest stored one says the same. */
static enum bms_status store(bms_job *job, const bms_setup_book *book, const char *file, bms_error *error) {
    int version = 0;
    bool added = false;
    enum bms_status status = bms_history_begin(job->history, "setup", job->now, error);
    if (status == BMS_OK)
        status = bms_history_add_definition(job->history, book, file, &version, &added, error);
    return bms_job_end_run(job, added, status, error);
}

/* Units with numbers, compared with the previous setup */

struct comparing {
    const bms_definition *before; /* NULL: there was none */
    const bms_definition *now;
    const bms_setup_book *book;
    bms_findings *findings;
};

/** @return the code of the parent before any move in the setup; "" at the top. */
static const char *above(const bms_definition *definition, const bms_unit *unit) {
    int parent = unit->n_earlier > 0 ? unit->earlier[0].parent : unit->parent;
    return parent == BMS_NONE ? "" : definition->units[parent].code;
}

/** Report a unit with numbers in the history that is gone, or has moved without a date. */
static bool compare_unit(void *context, const char *code) {
    const struct comparing *comparing = context;
    int before = comparing->before ? bms_definition_unit(comparing->before, code) : BMS_NONE;
    int now = bms_definition_unit(comparing->now, code);
    bms_setup_place place = {BMS_SHEET_UNITS, NULL, NULL};
    if (now == BMS_NONE && before != BMS_NONE)
        bms_setup_mistake_add(comparing->findings, comparing->book, BMS_MISTAKE_UNIT_GONE, place, code, NULL);
    if (now == BMS_NONE || before == BMS_NONE)
        return true;
    const char *here = above(comparing->now, &comparing->now->units[now]);
    if (bms_code_compare(above(comparing->before, &comparing->before->units[before]), here) == 0)
        return true;
    place = (bms_setup_place){BMS_SHEET_UNITS, bms_setup_unit_row(comparing->book, code), "parent"};
    bms_setup_mistake_add(comparing->findings, comparing->book, BMS_MISTAKE_MOVED_WITHOUT_A_DAY, place, code,
                          *here ? here : "–");
    return true;
}

static enum bms_status compare(bms_job *job, const bms_definition *now, const bms_setup_book *book,
                               bms_findings *findings, bms_error *error) {
    bms_definition *before = NULL;
    enum bms_status status = bms_job_load_definition(job, &before, error);
    struct comparing comparing = {.before = before, .now = now, .book = book, .findings = findings};
    if (status == BMS_OK)
        status = bms_history_each_unit(job->history, compare_unit, &comparing, error);
    return status;
}

static enum bms_status read(bms_job *job, const bms_source *workbook, bms_setup_book *book,
                            bms_findings *findings, bms_error *error) {
    bms_definition definition = {0};
    enum bms_status status = bms_workbooks_read_setup(job->arena, workbook, book, findings, error);
    if (status == BMS_OK)
        status = bms_definition_read(job->arena, book, workbook->name, &definition, findings, error);
    if (status == BMS_OK)
        bms_setup_sense_check(job->arena, book, &definition, findings);
    if (status == BMS_OK && bms_findings_count(findings, BMS_ERROR) == 0)
        status = compare(job, &definition, book, findings, error);
    return bms_error_of_arena(status, job->arena, error);
}

/** @return the setup beside the history, which bms_init made; reported. */
static bms_source setup_beside(const bms_job *job) {
    const bms_source beside = {.name = bms_job_path(job, "setup.xlsx")};
    bms_job_notice(job, BMS_RULE_READING, &(bms_text_place){"file", beside.name}, 1);
    return beside;
}

enum bms_status bms_setup(bms *b, const bms_source *workbook, const bms_listener *listener, size_t *mistakes,
                          bms_error *error) {
    bms_job job;
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    bms_source beside = {.name = ""};
    if (status == BMS_OK && !workbook)
        beside = setup_beside(&job);
    workbook = workbook ? workbook : &beside;
    bms_findings findings = {.arena = job.arena, .language = job.language, .file = workbook->name};
    bms_setup_book *book = NULL;
    *mistakes = 0;
    if (status == BMS_OK)
        book = bms_arena_alloc(job.arena, sizeof *book);
    if (status == BMS_OK && !book)
        status = bms_error_no_memory(error);
    if (status == BMS_OK)
        status = bms_job_open(&job, error);
    if (status == BMS_OK)
        status = read(&job, workbook, book, &findings, error);
    if (status == BMS_OK)
        *mistakes = bms_findings_count(&findings, BMS_ERROR);
    if (status == BMS_OK && *mistakes == 0)
        status = store(&job, book, workbook->name, error);
    if (status == BMS_OK)
        bms_job_warn_of_cloud(&job);
    if (status == BMS_OK)
        bms_findings_deliver(&findings, listener);
    bms_job_end(&job);
    return status;
}
