/** bms_changes: what was changed between a unit's submissions, cell by cell. */
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/job/job.h"
#include "core/verbs/explain/words.h"

#include <string.h>

/** A measurement in one revision; texts in the arena. */
struct entry {
    const char *indicator;
    const char *period;
    const char *form_period;
    bms_values answer;
    const char *comment;
};

struct comparing {
    bms_job *job;
    bms_arena *arena; /* for the rows */
    struct entry before;
    void (*on_change)(void *context, const bms_cell_change *change);
    void *context;
};

static const char *number_text(struct comparing *comparing, bms_number number) {
    return number.known ? bms_number_plain(comparing->arena, number.value, comparing->job->language) : "";
}

static void report(struct comparing *comparing, const bms_stored_entry *stored, const char *what,
                   const char *was, const char *became, const char *cell) {
    const bms_definition *definition = comparing->job->definition;
    int indicator = bms_definition_indicator(definition, stored->entry.indicator);
    const char *received = bms_job_moment(comparing->arena, stored->received_at);
    const bms_explain_words words = {comparing->arena, comparing->job->language};
    const char *moment = bms_explain_moment(&words, stored->received_at);
    bool amended = stored->origin.amended_by[0] != '\0';
    const char *address = *cell ? bms_arena_format(comparing->arena, "%s!%s", stored->sheet, cell) : NULL;
    if (bms_arena_failed(comparing->arena))
        return;
    const bms_cell_change change = {.unit = stored->unit,
                                    .indicator = stored->entry.indicator,
                                    .indicator_name =
                                        indicator == BMS_NONE ? NULL : definition->indicators[indicator].name,
                                    .period = stored->entry.period,
                                    .form_period = stored->form_period,
                                    .revision = stored->revision,
                                    .what = what,
                                    .was = was,
                                    .became = became,
                                    .file = stored->file,
                                    .cell = address,
                                    .by = amended ? stored->origin.amended_by : stored->signed_by,
                                    .received = received,
                                    .moment = moment,
                                    .amendment = amended ? stored->origin.amendment : NULL};
    comparing->on_change(comparing->context, &change);
}

static void compare(struct comparing *comparing, const bms_stored_entry *stored) {
    const struct entry *before = &comparing->before;
    const bms_values *now = &stored->entry.answer;
    const bms_explain_words words = {comparing->arena, comparing->job->language};
    if (!bms_number_same(before->answer.numerator, now->numerator)) {
        report(comparing, stored, "numerator", number_text(comparing, before->answer.numerator),
               number_text(comparing, now->numerator), stored->entry.numerator_cell);
    }
    if (!bms_number_same(before->answer.denominator, now->denominator)) {
        report(comparing, stored, "denominator", number_text(comparing, before->answer.denominator),
               number_text(comparing, now->denominator), stored->entry.denominator_cell);
    }
    if (before->answer.state != now->state) {
        report(comparing, stored, "state", bms_explain_state(&words, before->answer.state),
               bms_explain_state(&words, now->state), "");
    }
    if (strcmp(before->comment, stored->entry.comment) != 0)
        report(comparing, stored, "comment", before->comment, stored->entry.comment, "");
}

static bool is_same_measurement(const struct entry *before, const bms_stored_entry *stored) {
    return before->indicator && strcmp(before->indicator, stored->entry.indicator) == 0 &&
           strcmp(before->period, stored->entry.period) == 0 &&
           strcmp(before->form_period, stored->form_period) == 0;
}

static bool take_entry(void *context, const bms_stored_entry *stored) {
    struct comparing *comparing = context;
    if (is_same_measurement(&comparing->before, stored))
        compare(comparing, stored);
    comparing->before = (struct entry){.indicator = bms_arena_text(comparing->arena, stored->entry.indicator),
                                       .period = bms_arena_text(comparing->arena, stored->entry.period),
                                       .form_period = bms_arena_text(comparing->arena, stored->form_period),
                                       .answer = stored->entry.answer,
                                       .comment = bms_arena_text(comparing->arena, stored->entry.comment)};
    return !bms_arena_failed(comparing->arena);
}

enum bms_status bms_changes(bms *b, const char *unit, const char *indicator,
                            void (*on_change)(void *context, const bms_cell_change *change), void *context,
                            bms_error *error) {
    bms_job job;
    enum bms_status status = bms_job_begin(&job, b, NULL, error);
    struct comparing comparing = {
        .job = &job, .arena = job.arena, .on_change = on_change, .context = context};
    const bms_entry_filter filter = {.unit = unit, .indicator = indicator, .all_revisions = true};
    if (status == BMS_OK)
        status = bms_job_open_defined(&job, error);
    if (status == BMS_OK)
        status = bms_history_each_entry(job.history, &filter, take_entry, &comparing, error);
    if (status == BMS_OK)
        status = bms_error_of_arena(status, job.arena, error);
    bms_job_end(&job);
    return status;
}
