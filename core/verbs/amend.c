/**
 * bms_amend: the coordinator amends a number, so that the unit need not send its form again.
 *
 * The accepted return is laid out as a form twice, without and with the amendment, and both are checked: a
 * mistake that only the second has stops the amendment. The entries that the second changes, also in other
 * indicators that use the same number, become the next revision.
 */
#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/personal_number.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/check/check.h"
#include "core/form/questions.h"
#include "core/job/job.h"

#include <stdio.h>
#include <string.h>

struct amending {
    bms_job *job;
    const bms_amendment_request *request;
    const char *who;
    int unit;
    int indicator;
    int point;
    bms_form form;
    bms_entry *entries; /* of the accepted return */
    size_t n_entries;
    size_t capacity;
    int revision; /* 0: nothing has been accepted */
};

static const bms_calendar_period *form_of(const struct amending *amending) {
    const bms_definition *definition = amending->job->definition;
    return &definition->calendar[definition->points[amending->point].form];
}

/* Finding the number */

static enum bms_status not_asked(const struct amending *amending, bms_error *error) {
    const bms_job *job = amending->job;
    return bms_job_fail(
        error, BMS_USAGE, NULL,
        bms_message(job->arena,
                    bms_tr(job->language, BMS_TEXT("{unit} is not asked for {indicator} in {period}.")),
                    "unit", job->definition->units[amending->unit].name, "indicator",
                    job->definition->indicators[amending->indicator].name, "period",
                    amending->request->period, NULL));
}

static enum bms_status asked_elsewhere(const struct amending *amending, const bms_asked_number *number,
                                       bms_error *error) {
    const bms_job *job = amending->job;
    return bms_job_fail(
        error, BMS_USAGE, NULL,
        bms_message(
            job->arena,
            bms_tr(job->language, BMS_TEXT("The number is asked for in {indicator}. Correct it there.")),
            "indicator", job->definition->indicators[number->same_as.indicator].code, NULL));
}

static enum bms_status find(struct amending *amending, bms_error *error) {
    bms_job *job = amending->job;
    const bms_amendment_request *request = amending->request;
    if (bms_text_blank(request->reason) ||
        (bms_text_blank(request->numerator) && bms_text_blank(request->denominator))) {
        return bms_error_set(error, BMS_USAGE, NULL,
                             bms_tr(job->language, BMS_TEXT("A correction needs a number and a reason.")));
    }
    enum bms_status status = bms_job_unit(job, request->unit, &amending->unit, error);
    if (status == BMS_OK)
        status = bms_job_indicator(job, request->indicator, &amending->indicator, error);
    if (status != BMS_OK)
        return status;
    int period = bms_definition_period(job->definition, request->period);
    amending->point =
        period == BMS_NONE ? BMS_NONE : bms_definition_point(job->definition, amending->indicator, period);
    if (amending->point == BMS_NONE ||
        bms_definition_duty(job->definition, &job->definition->points[amending->point], amending->unit) ==
            BMS_NOT_ASKED)
        return not_asked(amending, error);
    const bms_indicator *indicator = &job->definition->indicators[amending->indicator];
    if (!bms_text_blank(request->numerator) && indicator->numerator.same_as.indicator != BMS_NONE)
        return asked_elsewhere(amending, &indicator->numerator, error);
    if (!bms_text_blank(request->denominator) && indicator->denominator.same_as.indicator != BMS_NONE)
        return asked_elsewhere(amending, &indicator->denominator, error);
    return bms_job_who(job, request->by, &amending->who, error);
}

/* The accepted return */

static bool take_entry(void *context, const bms_stored_entry *stored) {
    struct amending *amending = context;
    bms_arena *arena = amending->job->arena;
    bms_entry *entry =
        bms_arena_grow(arena, &amending->entries, &amending->n_entries, &amending->capacity, sizeof *entry);
    if (!entry)
        return false;
    *entry = stored->entry;
    entry->indicator = bms_arena_text(arena, stored->entry.indicator);
    entry->period = bms_arena_text(arena, stored->entry.period);
    entry->comment = bms_arena_text(arena, stored->entry.comment);
    amending->revision = stored->revision;
    return !bms_arena_failed(arena);
}

static enum bms_status load(struct amending *amending, bms_error *error) {
    bms_job *job = amending->job;
    const bms_entry_filter filter = {.unit = job->definition->units[amending->unit].code,
                                     .form_period = form_of(amending)->period.code};
    enum bms_status status = bms_history_each_entry(job->history, &filter, take_entry, amending, error);
    status = bms_error_of_arena(status, job->arena, error);
    if (status == BMS_OK && amending->revision == 0) {
        status = bms_job_fail(
            error, BMS_USAGE, NULL,
            bms_message(
                job->arena,
                bms_tr(job->language,
                       BMS_TEXT("{unit} has no accepted return for {period} that could be corrected.")),
                "unit", job->definition->units[amending->unit].name, "period", form_of(amending)->period.code,
                NULL));
    }
    if (status != BMS_OK)
        return status;
    const bms_form_request request = {.definition = job->definition,
                                      .key = bms_history_seal_key(job->history),
                                      .unit = amending->unit,
                                      .period = job->definition->points[amending->point].form,
                                      .language = job->language,
                                      .made_at = job->now};
    return bms_form_questions(job->arena, &request, &amending->form, error);
}

/* Laid out as a form */

static const bms_entry *entry_of(const struct amending *amending, const bms_question *question) {
    for (size_t i = 0; i < amending->n_entries; i++) {
        const bms_entry *entry = &amending->entries[i];
        if (bms_code_compare(entry->indicator, question->indicator) == 0 &&
            bms_code_compare(entry->period, question->period) == 0)
            return entry;
    }
    return NULL;
}

static bms_raw_cell number_cell(const bms_question *question, int place, bms_number number) {
    bms_raw_cell cell = {.kind = number.known ? BMS_RAW_NUMBER : BMS_RAW_BLANK, .number = number.value};
    (void)snprintf(cell.address, sizeof cell.address, "%.12s/%d", question->indicator, place);
    return cell;
}

static bms_raw_cell text_cell(const char *text) {
    return (bms_raw_cell){
        .kind = bms_text_blank(text) ? BMS_RAW_BLANK : BMS_RAW_TEXT, .text = text, .address = "-"};
}

/** Name a cell, and put in it what was asked for; blank: it stays as it was. */
static void amend_cell(struct amending *amending, bms_raw_cell *cell, const char *text, const char *label) {
    (void)snprintf(cell->address, sizeof cell->address, "%s", bms_tr(amending->job->language, label));
    if (bms_text_blank(text))
        return;
    cell->kind = BMS_RAW_TEXT;
    cell->text = bms_text_trim(amending->job->arena, text);
}

static void lay_row(struct amending *amending, const bms_question *question, bool amended, bms_raw_row *row) {
    const bms_entry *entry = entry_of(amending, question);
    const bms_values nothing = {.state = BMS_MISSING};
    const bms_values *answer = entry ? &entry->answer : &nothing;
    bool here = amended && bms_code_compare(question->indicator, amending->request->indicator) == 0;
    *row = (bms_raw_row){.indicator = question->indicator,
                         .numerator = number_cell(question, 1, answer->numerator),
                         .denominator = number_cell(question, 2, answer->denominator)};
    row->reason =
        text_cell(entry && !here ? bms_tr(amending->job->language, bms_reason_text(entry->reason)) : "");
    row->comment = text_cell(entry ? entry->comment : "");
    if (here) {
        amend_cell(amending, &row->numerator, amending->request->numerator, BMS_TEXT("number 1"));
        amend_cell(amending, &row->denominator, amending->request->denominator, BMS_TEXT("number 2"));
    }
}

static enum bms_status check(struct amending *amending, bool amended, bms_checked_return *out,
                             bms_findings *findings, bms_error *error) {
    bms_job *job = amending->job;
    const bms_form *form = &amending->form;
    bms_raw_row *rows = bms_arena_alloc(job->arena, form->n_questions * sizeof *rows);
    if (!rows)
        return bms_error_no_memory(error);
    for (size_t i = 0; i < form->n_questions; i++)
        lay_row(amending, &form->questions[i], amended, &rows[i]);
    const bms_raw_return raw = {.recognition = BMS_BOTH_IDENTITIES,
                                .hidden = form->identity,
                                .visible = form->identity,
                                .questions = form->questions,
                                .n_questions = form->n_questions,
                                .sheet = "",
                                .headings_known = true,
                                .rows = rows,
                                .n_rows = form->n_questions,
                                .signed_by = text_cell(amending->who)};
    const bms_check_context context = {.language = job->language,
                                       .definition = job->definition,
                                       .seal_key = bms_history_seal_key(job->history)};
    *findings = (bms_findings){.arena = job->arena, .language = job->language};
    return bms_check_return(job->arena, &raw, &context, out, findings, error);
}

/* Checking it */

static bool was_wrong_before(const bms_findings *before, const bms_finding *finding) {
    for (size_t i = 0; i < before->n; i++) {
        const bms_finding *other = &before->items[i];
        if (strcmp(other->rule, finding->rule) == 0 &&
            bms_code_compare(other->indicator ? other->indicator : "",
                             finding->indicator ? finding->indicator : "") == 0)
            return true;
    }
    return false;
}

static size_t report_mistakes(const struct amending *amending, const bms_findings *before,
                              const bms_findings *after) {
    size_t n = 0;
    for (size_t i = 0; i < after->n; i++) {
        bms_finding finding = after->items[i];
        bool here =
            finding.indicator && bms_code_compare(finding.indicator, amending->request->indicator) == 0;
        if (finding.severity < BMS_ERROR || (!here && was_wrong_before(before, &finding)))
            continue;
        n++;
        finding.sheet = finding.cell = NULL;
        bms_job_report_finding(amending->job, &finding);
    }
    return n;
}

static bool same_answer(const bms_values *a, const bms_values *b) {
    return a->state == b->state && bms_number_same(a->numerator, b->numerator) &&
           bms_number_same(a->denominator, b->denominator);
}

/** Keep only the entries that the amendment changed. */
static void keep_changed(bms_checked_return *after, const bms_checked_return *before) {
    size_t kept = 0;
    for (size_t i = 0; i < after->n_entries && i < before->n_entries; i++) {
        bms_entry entry = after->entries[i];
        if (same_answer(&entry.answer, &before->entries[i].answer))
            continue;
        entry.numerator_cell[0] = entry.denominator_cell[0] = '\0';
        after->entries[kept++] = entry;
    }
    after->n_entries = kept;
}

/* Storing it */

/** The amendment as a text, which the history keeps as it keeps the bytes of a file. */
static const char *document_of(const struct amending *amending, const bms_checked_return *checked) {
    const bms_job *job = amending->job;
    const char *text = bms_arena_format(
        job->arena, "unit\t%s\nform\t%s\ncorrects\t%d\nby\t%s\nat\t%lld\nreason\t%s\n", checked->unit,
        checked->period, amending->revision, amending->who, (long long)job->now, amending->request->reason);
    for (size_t i = 0; i < checked->n_entries; i++) {
        const bms_entry *entry = &checked->entries[i];
        text =
            bms_arena_format(job->arena, "%snumber\t%s\t%s\t%.17g\t%.17g\n", text, entry->indicator,
                             entry->period, entry->answer.numerator.value, entry->answer.denominator.value);
    }
    return text;
}

static enum bms_status store(struct amending *amending, bms_checked_return *checked, int *revision,
                             bms_error *error) {
    bms_job *job = amending->job;
    const char *document = document_of(amending, checked);
    checked->definition = bms_arena_format(job->arena, "%d", job->definition->version);
    checked->signed_on = bms_day_iso(job->arena, bms_day_here(job->now));
    checked->sheet = "";
    checked->n_actions = 0; /* the history carries over those of the return */
    bms_sha256(document, strlen(document), checked->inputs_sha256);
    const bms_amendment amendment = {
        .name = bms_tr(job->language, BMS_TEXT("corrected by the coordinator")),
        .checked = checked,
        .indicator = job->definition->indicators[amending->indicator].code,
        .period = job->definition->calendar[job->definition->points[amending->point].period].period.code,
        .made_by = amending->who,
        .reason = amending->request->reason};
    enum bms_status status = bms_error_of_arena(BMS_OK, job->arena, error);
    if (status == BMS_OK)
        status = bms_history_add_amendment(job->history, &amendment, document, revision, error);
    if (status == BMS_OK)
        status = bms_job_commit(job, error);
    if (status == BMS_OK && job->listener && job->listener->on_return) {
        const bms_return_row row = {.file = amendment.name,
                                    .unit = checked->unit,
                                    .period = checked->period,
                                    .revision = *revision,
                                    .outcome = BMS_ACCEPTED};
        job->listener->on_return(job->listener->context, &row);
    }
    return status;
}

/** All in one run, so that no newer return is stored in between. */
static enum bms_status amend(struct amending *amending, int *revision, size_t *mistakes, bms_error *error) {
    bms_job *job = amending->job;
    bms_checked_return before = {0};
    bms_checked_return after = {0};
    bms_findings findings_before = {0};
    bms_findings findings_after = {0};
    enum bms_status status = bms_history_begin(job->history, "correct", job->now, error);
    if (status == BMS_OK)
        status = load(amending, error);
    if (status == BMS_OK)
        status = check(amending, false, &before, &findings_before, error);
    if (status == BMS_OK)
        status = check(amending, true, &after, &findings_after, error);
    if (status != BMS_OK)
        return status;
    *mistakes = report_mistakes(amending, &findings_before, &findings_after);
    if (*mistakes > 0)
        return BMS_OK;
    keep_changed(&after, &before);
    if (after.n_entries == 0) {
        return bms_error_set(error, BMS_USAGE, NULL,
                             bms_tr(job->language, BMS_TEXT("The return already says that.")));
    }
    return store(amending, &after, revision, error);
}

enum bms_status bms_amend(bms *b, const bms_amendment_request *request, const bms_listener *listener,
                          int *revision, size_t *mistakes, bms_error *error) {
    bms_job job;
    bms_amendment_request kept = *request;
    struct amending amending = {.job = &job, .request = &kept};
    *revision = 0;
    *mistakes = 0;
    enum bms_status status = bms_job_begin(&job, b, listener, error);
    if (status == BMS_OK) {
        kept.reason = bms_personal_number_hide(job.arena, request->reason);
        status = bms_job_open_defined(&job, error);
    }
    if (status == BMS_OK)
        status = find(&amending, error);
    if (status == BMS_OK)
        status = amend(&amending, revision, mistakes, error);
    bms_job_end(&job);
    return status;
}
