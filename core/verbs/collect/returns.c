/** Reading and checking one file, and delivering the outcomes (see returns.h). Reading all is in read.c. */
#include "core/verbs/collect/returns.h"

#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/sha256.h"
#include "core/workbooks.h"

#include <stdlib.h>
#include <string.h>

void bms_return_close(bms_open_return *opened) {
    free(opened->owned);
    opened->owned = NULL;
    opened->bytes = NULL;
}

/** Turn a failure to read into a finding; other failures stay failures. */
static enum bms_status note_unreadable(bms_open_return *opened, enum bms_status status,
                                       const bms_error *cause, bms_error *error) {
    if (status != BMS_INPUT)
        return bms_error_set(error, status, cause->where, cause->message);
    const bms_findings *findings = &opened->findings;
    const bms_text_place place = {"cause", cause->message};
    bms_finding finding =
        bms_run_finding(findings->arena, findings->language, BMS_RULE_UNREADABLE, &place, 1);
    if (!opened->bytes) { /* the unit can do nothing about it */
        finding.fix = bms_tr(findings->language, BMS_TEXT("Put an ordinary file in its place that you may "
                                                          "read, or take it away, and collect again."));
    }
    opened->checked.outcome = BMS_UNREADABLE;
    bms_findings_add(&opened->findings, finding);
    return BMS_OK;
}

enum bms_status bms_return_load(const bms_job *job, const bms_return_file *file, bms_open_return *out,
                                bms_error *error) {
    enum bms_status status = BMS_OK;
    *out = (bms_open_return){.findings = {.language = job->language, .file = file->name}};
    if (file->bytes) {
        out->bytes = file->bytes;
        out->size = file->size;
    } else {
        status = bms_platform_read_file(file->path, job->language, &out->owned, &out->size, error);
        out->bytes = out->owned;
    }
    if (status == BMS_OK)
        bms_sha256(out->bytes, out->size, out->sha256);
    return status;
}

static enum bms_status check(const bms_job *job, const bms_return_file *file, bms_arena *arena,
                             bms_open_return *out, bms_error *error) {
    const bms_check_context context = {
        .language = job->language,
        .to_unit = job->to_unit,
        .file = file->name,
        .definition = job->definition,
        .seal_key = job->history ? bms_history_seal_key(job->history) : NULL,
        .expected_period = file->period,
        .before = job->before,
        .decisions = job->decisions,
        .sha256 = out->sha256,
    };
    enum bms_status status =
        bms_check_return(arena, &out->raw, &context, &out->checked, &out->findings, error);
    return status == BMS_OK && job->before ? bms_before_status(job->before, error) : status;
}

enum bms_status bms_return_open(const bms_job *job, const bms_return_file *file, bms_arena *arena,
                                bms_open_return *out, bms_error *error) {
    bms_error cause = {0};
    enum bms_status status = bms_return_load(job, file, out, &cause);
    out->findings.arena = arena;
    if (status == BMS_OK) {
        const bms_source source = {.name = file->name, .bytes = out->bytes, .size = out->size};
        status = bms_workbooks_read_return(arena, &source, file->work, job->language, &out->raw, &cause);
    }
    if (status != BMS_OK) {
        status = note_unreadable(out, status, &cause, error);
    } else {
        status = check(job, file, arena, out, error);
    }
    status = bms_error_of_arena(status, arena, error);
    if (status != BMS_OK)
        bms_return_close(out);
    return status;
}

enum bms_status bms_return_change(const bms_job *job, bms_return_record *record, enum bms_outcome outcome,
                                  bms_finding finding, bms_error *error) {
    const size_t before = record->n_findings;
    bms_finding *findings = bms_arena_alloc(job->arena, (before + 1) * sizeof *findings);
    if (!findings)
        return bms_error_no_memory(error);
    if (before > 0)
        memcpy(findings, record->findings, before * sizeof *findings);
    finding.file = record->file->name;
    if (!finding.unit)
        finding.unit = record->unit;
    findings[before] = finding;
    record->findings = findings;
    record->n_findings = before + 1;
    record->outcome = outcome;
    return BMS_OK;
}

/** @return what is shown; that a file was replaced is never stored, and so not its outcome. */
static enum bms_outcome shown_outcome(const bms_return_record *record) {
    return record->replaced ? BMS_REPLACED : record->outcome;
}

static void count(bms_counts *counts, enum bms_outcome outcome) {
    switch (outcome) {
    case BMS_ACCEPTED:
        counts->accepted++;
        break;
    case BMS_HELD:
        counts->held++;
        break;
    case BMS_UNREADABLE:
        counts->unreadable++;
        break;
    case BMS_DUPLICATE:
        counts->duplicate++;
        break;
    case BMS_UNFINISHED:
        counts->unfinished++;
        break;
    case BMS_SKIPPED:
        counts->skipped++;
        break;
    case BMS_REPLACED:
        counts->replaced++;
        break;
    }
}

void bms_returns_deliver(const bms_returns *returns, bms_counts *counts) {
    const bms_listener *listener = returns->job->listener;
    *counts = (bms_counts){0};
    for (size_t i = 0; i < returns->n; i++) {
        const bms_return_record *record = &returns->records[i];
        const bms_return_row row = {.file = record->file->name,
                                    .unit = record->unit,
                                    .period = record->period,
                                    .revision = record->revision,
                                    .outcome = shown_outcome(record),
                                    .findings = record->findings,
                                    .n_findings = record->n_findings};
        count(counts, row.outcome);
        if (listener && listener->on_return)
            listener->on_return(listener->context, &row);
    }
}
