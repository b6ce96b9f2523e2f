/** The period that is evident (see at_hand.h). */
#include "core/job/at_hand.h"

#include "core/base/catalogue.h"

/** @return the day a form is sent; without one, the period's last. */
static bms_day sent_on(const bms_definition *definition, int period) {
    const bms_calendar_period *entry = &definition->calendar[period];
    return entry->sent != BMS_NO_DAY ? entry->sent : entry->period.to;
}

int bms_job_latest_sent(const bms_definition *definition, bms_day day) {
    int latest = BMS_NONE;
    for (int i = 0; i < (int)definition->n_calendar; i++) {
        if (bms_definition_has_form(definition, i) && sent_on(definition, i) <= day &&
            (latest == BMS_NONE || sent_on(definition, i) >= sent_on(definition, latest)))
            latest = i;
    }
    return latest;
}

/** @return the period of the forms that are sent first after a day, or BMS_NONE. */
static int first_after(const bms_definition *definition, bms_day day) {
    int first = BMS_NONE;
    for (int i = 0; i < (int)definition->n_calendar; i++) {
        if (bms_definition_has_form(definition, i) && sent_on(definition, i) > day &&
            (first == BMS_NONE || sent_on(definition, i) < sent_on(definition, first)))
            first = i;
    }
    return first;
}

/** @return whether the day on which a period's forms are due has passed. */
static bool is_over(const bms_job *job, int period) {
    const bms_day due = job->definition->calendar[period].due;
    return due != BMS_NO_DAY && due < bms_day_here(job->now);
}

/** Whether a period's forms, to be sent by now or soon, are still to be written. */
static enum bms_status is_to_send(const bms_job *job, int period, bool written, bool *is, bms_error *error) {
    int64_t closed = 0;
    enum bms_status status =
        bms_history_closed_at(job->history, job->definition->calendar[period].period.code, &closed, error);
    *is = !written && !is_over(job, period) && closed == 0;
    return status;
}

static enum bms_status is_wanted(const bms_job *job, int period, enum bms_at_hand wanted, bool *is,
                                 bms_error *error) {
    const char *code = job->definition->calendar[period].period.code;
    const char *folder = bms_arena_format(job->arena, "forms/%s/", code);
    bool written = false;
    if (wanted == BMS_ANSWERED)
        return bms_history_has_returns(job->history, code, is, error);
    enum bms_status status = bms_history_has_written(job->history, folder, &written, error);
    *is = written;
    return status == BMS_OK && wanted == BMS_TO_SEND ? is_to_send(job, period, written, is, error) : status;
}

/** Find the only period that is wanted. @param[out] period  BMS_NONE when there are none, or several */
static enum bms_status find_only(const bms_job *job, enum bms_at_hand wanted, int *period, size_t *n,
                                 bms_error *error) {
    const bms_definition *definition = job->definition;
    const bms_day today = bms_day_here(job->now);
    const bms_day last = wanted == BMS_TO_SEND ? today + BMS_DAYS_AHEAD : today;
    const int latest = bms_job_latest_sent(definition, today);
    const bms_day first = latest == BMS_NONE ? today + 1 : sent_on(definition, latest);
    enum bms_status status = BMS_OK;
    *period = BMS_NONE;
    *n = 0;
    for (int i = 0; status == BMS_OK && i < (int)definition->n_calendar; i++) {
        bool is = false;
        if (bms_definition_has_form(definition, i) && sent_on(definition, i) >= first &&
            sent_on(definition, i) <= last)
            status = is_wanted(job, i, wanted, &is, error);
        *n += is;
        *period = is ? i : *period;
    }
    if (*n != 1)
        *period = BMS_NONE;
    return status;
}

static const char *name_of(const bms_job *job, int period) {
    return bms_definition_period_name(job->definition, period, job->arena, job->language);
}

static const char *day_of(const bms_job *job, int period) {
    return bms_day_text(job->arena, sent_on(job->definition, period), job->language);
}

static enum bms_status refuse(const bms_job *job, enum bms_at_hand wanted, size_t n, bms_error *error) {
    const int next = first_after(job->definition, bms_day_here(job->now) + BMS_DAYS_AHEAD);
    const char *known = bms_job_form_periods(job);
    const char *text =
        wanted == BMS_TO_SEND && n == 0 && next != BMS_NONE
            ? BMS_TEXT("No forms are to be sent now that have not been written. Next are those for {name} "
                       "({period}), to be sent {day}. Write the period after the command to write them "
                       "now, or others again: {known}.")
            : BMS_TEXT("Which period? Write its code after the command: {known}.");
    return bms_job_fail(error, BMS_USAGE, NULL,
                        bms_message(job->arena, bms_tr(job->language, text), "name",
                                    next == BMS_NONE ? "" : name_of(job, next), "period",
                                    next == BMS_NONE ? "" : job->definition->calendar[next].period.code,
                                    "day", next == BMS_NONE ? "" : day_of(job, next), "known",
                                    *known ? known : "–", NULL));
}

/** Report which period was taken. */
static void report(const bms_job *job, enum bms_at_hand wanted, int period) {
    const bms_text_place places[] = {{"name", name_of(job, period)},
                                     {"period", job->definition->calendar[period].period.code},
                                     {"day", day_of(job, period)}};
    const bool due = sent_on(job->definition, period) < bms_day_here(job->now);
    const enum bms_run_rule rule = wanted != BMS_TO_SEND ? BMS_RULE_PERIOD_SENT_LAST
                                   : due                 ? BMS_RULE_PERIOD_OVERDUE
                                                         : BMS_RULE_PERIOD_TO_SEND;
    bms_job_notice(job, rule, places, sizeof places / sizeof *places);
}

enum bms_status bms_job_period(const bms_job *job, const char *code, enum bms_at_hand wanted, int *period,
                               bms_error *error) {
    size_t n = 0;
    if (code)
        return bms_job_form_period(job, code, period, error);
    *period = BMS_NONE;
    enum bms_status status = wanted == BMS_NOT_CHOSEN ? BMS_OK : find_only(job, wanted, period, &n, error);
    if (status == BMS_OK && *period == BMS_NONE)
        return refuse(job, wanted, n, error);
    if (status == BMS_OK)
        report(job, wanted, *period);
    return status;
}

enum bms_status bms_job_next_forms(const bms_job *job, int *period, bms_error *error) {
    const bms_day today = bms_day_here(job->now);
    size_t n = 0;
    enum bms_status status = find_only(job, BMS_TO_SEND, period, &n, error);
    if (status != BMS_OK || *period != BMS_NONE)
        return status;
    const int sent = bms_job_latest_sent(job->definition, today + BMS_DAYS_AHEAD);
    const int after = first_after(job->definition, today + BMS_DAYS_AHEAD);
    *period = after != BMS_NONE && (sent == BMS_NONE || is_over(job, sent)) ? after : sent;
    return status;
}
