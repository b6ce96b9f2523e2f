/** What every verb begins and ends with (see job.h). */
#include "core/job/job.h"

#include "core/base/catalogue.h"
#include "core/base/claim.h"
#include "core/base/cloud.h"
#include "core/base/error.h"
#include "core/base/findings.h"
#include "core/base/period.h"
#include "core/base/platform.h"
#include "core/base/text.h"
#include "core/history/integrity.h"
#include "core/job/leftovers.h"

#include <stdlib.h>
#include <string.h>

enum bms_status bms_job_begin(bms_job *job, bms *b, const bms_listener *listener, bms_error *error) {
    *job = (bms_job){.b = b, .language = b->language, .listener = listener};
    bms_error_clear(error);
    job->numbers = bms_platform_numbers_begin();
    job->now = b->now ? b->now(b->now_context) : bms_platform_now();
    job->arena = bms_arena_new();
    if (!job->arena)
        return bms_error_no_memory(error);
    const char *slash = strrchr(b->history, '/');
    job->folder = bms_arena_copy(job->arena, b->history, slash ? (size_t)(slash - b->history) + 1 : 0);
    return bms_error_of_arena(BMS_OK, job->arena, error);
}

enum bms_status bms_job_commit(bms_job *job, bms_error *error) {
    enum bms_status status = bms_error_of_arena(BMS_OK, job->arena, error);
    if (status == BMS_OK)
        return bms_history_commit(job->history, error);
    bms_history_roll_back(job->history);
    return status;
}

enum bms_status bms_job_end_run(bms_job *job, bool added, enum bms_status status, bms_error *error) {
    if (status == BMS_OK && added)
        return bms_job_commit(job, error);
    bms_history_roll_back(job->history);
    return bms_error_of_arena(status, job->arena, error);
}

void bms_job_end(bms_job *job) {
    bms_claim_end(job->claim);
    bms_history_close(job->history);
    bms_arena_free(job->arena);
    bms_platform_numbers_end(job->numbers);
    *job = (bms_job){0};
}

static bool wait_on(void *context) {
    const bms_job *job = context;
    const bms_listener *listener = job->listener;
    return !listener || !listener->on_progress || listener->on_progress(listener->context, 0, 0);
}

/** Find the run and the moment of --as-of. */
static enum bms_status find_then(bms_job *job, int64_t *run, int64_t *then, bms_error *error) {
    bms_day day = 0;
    bool known = false;
    if (!bms_run_number(job->b->as_of, run)) {
        (void)bms_day_parse(job->b->as_of, &day);
        *then = bms_day_end_here(day);
        return bms_history_run_at(job->history, *then, run, error);
    }
    enum bms_status status = bms_history_run_time(job->history, *run, then, &known, error);
    if (status == BMS_OK && !known) {
        status = bms_error_set(error, BMS_USAGE, job->b->as_of,
                               bms_tr(job->language, BMS_TEXT("The history has no such run.")));
    }
    return status;
}

/** Report where what was known then was recorded by another version of bms. */
static enum bms_status note_program(bms_job *job, int64_t run, bms_error *error) {
    const char *program = "";
    enum bms_status status = bms_history_run_program(job->history, run, job->arena, &program, error);
    if (status != BMS_OK || *program == '\0' || strcmp(program, bms_version()) == 0)
        return status;
    job->recorded_by = program;
    bms_job_notice(job, BMS_RULE_OTHER_PROGRAM, &(bms_text_place){"version", program}, 1);
    return status;
}

/** Limit the history to what was known then, and set the clock back. */
static enum bms_status go_back(bms_job *job, bms_error *error) {
    int64_t run = 0;
    int64_t then = 0;
    enum bms_status status = find_then(job, &run, &then, error);
    if (status == BMS_OK)
        status = bms_history_limit(job->history, run, error);
    if (status == BMS_OK)
        status = note_program(job, run, error);
    if (then < job->now)
        job->now = then;
    return status;
}

void bms_job_notice(const bms_job *job, enum bms_run_rule rule, const bms_text_place *places, size_t n) {
    bms_finding notice = bms_run_finding(job->arena, job->language, rule, places, n);
    notice.file = job->b->history;
    if (job->b->on_notice && *notice.message)
        job->b->on_notice(job->b->notice_context, &notice);
}

void bms_job_warn_of_cloud(const bms_job *job) {
    const char *service = bms_cloud_service(job->arena, job->b->history);
    if (service)
        bms_job_notice(job, BMS_RULE_SYNCHRONISED, &(bms_text_place){"service", service}, 1);
}

enum bms_status bms_job_open(bms_job *job, bms_error *error) {
    enum bms_status status =
        bms_history_open(&job->history, job->b->history, job->language, wait_on, job, error);
    if (status == BMS_OK && bms_history_upgrade_backup(job->history)) {
        bms_leftovers_claim(job);
        bms_job_notice(job, BMS_RULE_UPGRADED,
                       &(bms_text_place){"file", bms_history_upgrade_backup(job->history)}, 1);
    }
    return status == BMS_OK && job->b->as_of ? go_back(job, error) : status;
}

enum bms_status bms_job_open_as_it_is(bms_job *job, bms_error *error) {
    enum bms_status status =
        bms_history_open_as_it_is(&job->history, job->b->history, job->language, wait_on, job, error);
    if (status == BMS_OK && bms_history_upgrade_backup(job->history)) {
        bms_job_notice(job, BMS_RULE_UPGRADED,
                       &(bms_text_place){"file", bms_history_upgrade_backup(job->history)}, 1);
    }
    return status;
}

enum bms_status bms_job_load_definition(bms_job *job, bms_definition **out, bms_error *error) {
    bms_setup_book *book = bms_arena_alloc(job->arena, sizeof *book);
    bms_definition *definition = bms_arena_alloc(job->arena, sizeof *definition);
    bms_findings findings = {.arena = job->arena, .language = job->language};
    int version = 0;
    *out = NULL;
    if (!book || !definition)
        return bms_error_no_memory(error);
    enum bms_status status = bms_history_load_setup(job->history, job->arena, 0, book, &version, error);
    if (status != BMS_OK || version == 0)
        return status;
    status = bms_definition_read(job->arena, book, "", definition, &findings, error);
    status = bms_error_of_arena(status, job->arena, error);
    if (status == BMS_OK && bms_findings_count(&findings, BMS_ERROR) > 0) {
        status = bms_error_set(
            error, BMS_HISTORY_DAMAGED, job->b->history,
            bms_tr(job->language, BMS_TEXT("The scorecard stored in the history cannot be read. Load the "
                                           "setup workbook again with 'bms setup'.")));
    }
    if (status != BMS_OK)
        return status;
    definition->version = version;
    definition->limits_of_today = job->b->limits_of_today;
    *out = definition;
    return BMS_OK;
}

enum bms_status bms_job_open_defined(bms_job *job, bms_error *error) {
    enum bms_status status = bms_job_open(job, error);
    if (status == BMS_OK)
        status = bms_job_load_definition(job, &job->definition, error);
    if (status == BMS_OK && !job->definition) {
        status = bms_error_set(
            error, BMS_USAGE, job->b->history,
            bms_tr(job->language, BMS_TEXT("The history has no scorecard yet. Fill in the setup workbook "
                                           "and load it with 'bms setup'.")));
    }
    return status;
}

enum bms_status bms_job_open_if_any(bms_job *job, bms_error *error) {
    if (bms_platform_path_kind(job->b->history) == BMS_PATH_MISSING)
        return BMS_OK;
    enum bms_status status = bms_job_open(job, error);
    return status == BMS_OK ? bms_job_load_definition(job, &job->definition, error) : status;
}

void bms_job_report_file(const bms_job *job, const char *path, enum bms_file_action action,
                         const char *unit) {
    const bms_listener *listener = job->listener;
    const bms_file_row row = {.path = path, .action = action, .unit = unit};
    if (listener && listener->on_file)
        listener->on_file(listener->context, &row);
}

void bms_job_report_finding(const bms_job *job, const bms_finding *finding) {
    const bms_listener *listener = job->listener;
    if (listener && listener->on_finding)
        listener->on_finding(listener->context, finding);
}

enum bms_status bms_job_cancelled(const bms_job *job, bms_error *error) {
    return bms_error_set(error, BMS_CANCELLED, NULL,
                         bms_tr(job->language, BMS_TEXT("Stopped. Nothing has been changed.")));
}

enum bms_status bms_job_progress(bms_job *job, size_t done, size_t total, bms_error *error) {
    const bms_listener *listener = job->listener;
    if (!listener || !listener->on_progress || listener->on_progress(listener->context, done, total))
        return BMS_OK;
    return bms_job_cancelled(job, error);
}

const char *bms_job_path(const bms_job *job, const char *name) {
    return bms_arena_format(job->arena, "%s%s", job->folder, name);
}

enum bms_status bms_job_fail(bms_error *error, enum bms_status status, const char *where,
                             const char *message) {
    return *message ? bms_error_set(error, status, where, message) : bms_error_no_memory(error);
}

enum bms_status bms_job_who(const bms_job *job, const char *given, const char **who, bms_error *error) {
    char account[BMS_PLATFORM_NAME];
    *who = bms_text_trim(job->arena, given ? given : "");
    if (!**who) {
        if (bms_platform_account(account, sizeof account) != BMS_OK)
            return bms_error_no_memory(error);
        *who = bms_arena_text(job->arena, account);
    }
    if (!**who) {
        (void)bms_error_set(error, BMS_USAGE, NULL,
                            bms_tr(job->language, BMS_TEXT("Say who decides with --by NAME.")));
    }
    return bms_error_of_arena(**who ? BMS_OK : BMS_USAGE, job->arena, error);
}

const char *bms_job_moment(bms_arena *arena, int64_t seconds) {
    int year = 0;
    int month = 0;
    int day = 0;
    bms_day_parts(bms_day_of_time(seconds), &year, &month, &day);
    int64_t of_day = ((seconds % 86400) + 86400) % 86400;
    return bms_arena_format(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, (int)(of_day / 3600),
                            (int)(of_day / 60 % 60), (int)(of_day % 60));
}

/** The known code that is most like the one asked for. */
struct nearest {
    const char *code;
    size_t distance;
};

static void consider(struct nearest *nearest, const char *wanted, const char *code) {
    size_t distance = bms_text_distance(wanted, code);
    if (!nearest->code || distance < nearest->distance)
        *nearest = (struct nearest){code, distance};
}

enum bms_status bms_job_unit(const bms_job *job, const char *code, int *unit, bms_error *error) {
    struct nearest nearest = {0};
    *unit = bms_definition_unit(job->definition, code);
    if (*unit != BMS_NONE)
        return BMS_OK;
    for (size_t i = 0; i < job->definition->n_units; i++)
        consider(&nearest, code, job->definition->units[i].code);
    return bms_job_fail(
        error, BMS_USAGE, NULL,
        bms_message(
            job->arena,
            bms_tr(job->language, BMS_TEXT("There is no unit {code}. The closest code is {nearest}.")),
            "code", code, "nearest", nearest.code ? nearest.code : "–", NULL));
}

enum bms_status bms_job_indicator(const bms_job *job, const char *code, int *indicator, bms_error *error) {
    struct nearest nearest = {0};
    *indicator = bms_definition_indicator(job->definition, code);
    if (*indicator != BMS_NONE)
        return BMS_OK;
    for (size_t i = 0; i < job->definition->n_indicators; i++)
        consider(&nearest, code, job->definition->indicators[i].code);
    return bms_job_fail(
        error, BMS_USAGE, NULL,
        bms_message(
            job->arena,
            bms_tr(job->language, BMS_TEXT("There is no indicator {code}. The closest code is {nearest}.")),
            "code", code, "nearest", nearest.code ? nearest.code : "–", NULL));
}

const char *bms_job_form_periods(const bms_job *job) {
    const char *list = "";
    for (size_t i = 0; i < job->definition->n_calendar; i++) {
        if (bms_definition_has_form(job->definition, (int)i)) {
            list = bms_arena_format(job->arena, "%s%s%s", list, *list ? ", " : "",
                                    job->definition->calendar[i].period.code);
        }
    }
    return list;
}

enum bms_status bms_job_form_period(const bms_job *job, const char *code, int *period, bms_error *error) {
    *period = code ? bms_definition_period(job->definition, code) : BMS_NONE;
    if (*period != BMS_NONE && bms_definition_has_form(job->definition, *period))
        return BMS_OK;
    *period = BMS_NONE;
    const char *known = bms_job_form_periods(job);
    return bms_job_fail(
        error, BMS_USAGE, NULL,
        bms_message(job->arena,
                    bms_tr(job->language,
                           BMS_TEXT("Nothing is asked for in {period}. There are forms for: {known}.")),
                    "period", code ? code : "–", "known", *known ? known : "–", NULL));
}

enum bms_status bms_job_asked_for_nothing(const bms_job *job, const char *unit, const char *period,
                                          bms_error *error) {
    const char *text = bms_tr(job->language, BMS_TEXT("{unit} is not asked for anything in {period}."));
    return bms_job_fail(error, BMS_USAGE, NULL,
                        bms_message(job->arena, text, "unit", unit ? unit : "–", "period", period, NULL));
}

int bms_job_threads(const bms_job *job) {
    return job->b->threads > 0 ? job->b->threads : bms_platform_processors();
}

const char *bms_job_language_of(const bms_job *job, int unit) {
    const char *own = job->definition->units[unit].language;
    const char *common = job->definition->municipality.language;
    if (own && *own)
        return own;
    return common && *common ? common : job->language;
}

const char *bms_job_chosen_language(const bms_job *job, int unit) {
    const char *chosen = job->b->workbook_language;
    return *chosen ? chosen : bms_job_language_of(job, unit);
}
