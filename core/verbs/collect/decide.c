/** What is decided with a collect (see decide.h): gathered, brought to the files, stored, reported. */
#include "core/verbs/collect/decide.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <string.h>

static const char *tr(const bms_deciding *deciding, const char *text) {
    return bms_tr(deciding->job->language, text);
}

enum bms_status bms_decide_recall(bms_job *job, bms_decisions *decisions, bms_error *error) {
    *decisions = (bms_decisions){.arena = job->arena};
    job->decisions = decisions;
    return job->history ? bms_history_load_decisions(job->history, decisions, error) : BMS_OK;
}

static void add_wish(bms_deciding *deciding, const bms_wish *wish) {
    bms_wish *added = bms_arena_grow(deciding->job->arena, &deciding->wishes, &deciding->n_wishes,
                                     &deciding->wish_capacity, sizeof *added);
    if (added)
        *added = *wish;
}

/** Put a wish where the checks and the settling look. */
static void take_up(bms_deciding *deciding, const bms_wish *wish, const char *period,
                    const bms_decided *decided) {
    bms_decisions *decisions = &deciding->decisions;
    if (wish->kind == BMS_DECIDED_TO_ACCEPT) {
        bms_decisions_accept(decisions, &(bms_acceptance){.rule = wish->rule,
                                                          .unit = wish->unit,
                                                          .period = period,
                                                          .indicator = wish->indicator,
                                                          .about = wish->about,
                                                          .decided = *decided});
    } else if (wish->kind == BMS_DECIDED_TO_RELEASE) {
        bms_decisions_release(decisions, &(bms_release){.unit = wish->unit,
                                                        .period = period,
                                                        .sha256 = wish->sha256,
                                                        .decided = *decided});
    }
}

/* Options */

static enum bms_status refuse(const bms_deciding *deciding, const char *text, const char *what,
                              bms_error *error) {
    return bms_job_fail(error, BMS_USAGE, what,
                        bms_message(deciding->job->arena, tr(deciding, text), "what", what, NULL));
}

static enum bms_status want_acceptance(bms_deciding *deciding, const bms_accepting *wanted,
                                       const bms_decided *decided, bms_error *error) {
    bms_job *job = deciding->job;
    int unit = BMS_NONE;
    int indicator = BMS_NONE;
    bool known = false;
    if (!bms_check_can_accept(wanted->rule, &known)) {
        return refuse(deciding,
                      known ? BMS_TEXT("What {what} finds cannot be accepted: no number is known that could "
                                       "stand.")
                            : BMS_TEXT("There is no rule {what}. 'bms check --json' shows the names."),
                      wanted->rule, error);
    }
    enum bms_status status = bms_job_unit(job, wanted->unit, &unit, error);
    if (status == BMS_OK)
        status = bms_job_indicator(job, wanted->indicator, &indicator, error);
    if (status != BMS_OK)
        return status;
    const bms_wish wish = {.kind = BMS_DECIDED_TO_ACCEPT,
                           .rule = wanted->rule,
                           .unit = job->definition->units[unit].code,
                           .indicator = job->definition->indicators[indicator].code};
    add_wish(deciding, &wish);
    take_up(deciding, &wish, NULL, decided);
    return BMS_OK;
}

static enum bms_status want_release(bms_deciding *deciding, const char *code, const bms_decided *decided,
                                    bms_error *error) {
    int unit = BMS_NONE;
    enum bms_status status = bms_job_unit(deciding->job, code, &unit, error);
    if (status != BMS_OK)
        return status;
    const bms_wish wish = {.kind = BMS_DECIDED_TO_RELEASE,
                           .unit = deciding->job->definition->units[unit].code};
    add_wish(deciding, &wish);
    take_up(deciding, &wish, NULL, decided);
    return BMS_OK;
}

/** Who decides, where it must be known. */
static enum bms_status settle_who(bms_deciding *deciding, bms_error *error) {
    const char *given = deciding->options ? deciding->options->by : NULL;
    return deciding->who ? BMS_OK : bms_job_who(deciding->job, given, &deciding->who, error);
}

static enum bms_status take_options(bms_deciding *deciding, bms_error *error) {
    const bms_collect_options *options = deciding->options;
    if (options->n_accept + options->n_partial + options->n_use == 0)
        return BMS_OK;
    enum bms_status status = settle_who(deciding, error);
    if (status != BMS_OK)
        return status;
    const bms_decided decided = {.by = deciding->who, .reason = options->reason};
    if (options->n_accept > 0 && bms_text_blank(options->reason))
        return refuse(deciding, BMS_TEXT("To accept a finding takes a reason: --reason TEXT."), NULL, error);
    for (size_t i = 0; status == BMS_OK && i < options->n_accept; i++)
        status = want_acceptance(deciding, &options->accept[i], &decided, error);
    for (size_t i = 0; status == BMS_OK && i < options->n_partial; i++)
        status = want_release(deciding, options->partial[i], &decided, error);
    for (size_t i = 0; status == BMS_OK && i < options->n_use; i++)
        add_wish(deciding, &(bms_wish){.kind = BMS_DECIDED_TO_USE, .file = options->use[i]});
    return status;
}

/* What stands in a Mottak */

/** Note why an answer is not obeyed; the first reason stands. */
static void object(const bms_wish *wish, const char *problem) {
    if (wish->intake && !wish->intake->problems[wish->answer])
        wish->intake->problems[wish->answer] = problem;
}

/** @return whether a cell says yes; what is neither yes nor no is objected to. */
static bool says_yes(const bms_deciding *deciding, bms_filled_intake *intake, size_t answer,
                     const char *text) {
    if (bms_says(text, "yes") || bms_text_same(text, "x"))
        return true;
    if (bms_says(text, "no") || bms_text_same(text, "-") || bms_text_same(text, ""))
        return false;
    object(&(bms_wish){.intake = intake, .answer = answer},
           tr(deciding, BMS_TEXT("Choose Yes, or leave the cell blank.")));
    return false;
}

static enum bms_status want(bms_deciding *deciding, bms_filled_intake *intake, size_t answer,
                            enum bms_decision_kind kind, bms_error *error) {
    const bms_intake_answer *said = &intake->answers.answers[answer];
    enum bms_status status =
        bms_text_blank(intake->answers.decided_by) ? settle_who(deciding, error) : BMS_OK;
    if (status != BMS_OK)
        return status;
    const char *who = bms_text_blank(intake->answers.decided_by) ? deciding->who : intake->answers.decided_by;
    const bms_decided decided = {.by = who, .reason = said->reason};
    const bms_wish wish = {.kind = kind,
                           .rule = said->key.rule,
                           .unit = said->key.unit,
                           .indicator = said->key.indicator,
                           .about = said->key.about,
                           .sha256 = said->key.sha256,
                           .intake = intake,
                           .answer = answer};
    add_wish(deciding, &wish);
    if (kind == BMS_DECIDED_TO_ACCEPT && bms_text_blank(said->reason)) {
        object(&wish, tr(deciding, BMS_TEXT("Write why beside it. It has not been accepted.")));
    } else if (kind == BMS_DECIDED_TO_ACCEPT && *said->key.about == '\0') {
        object(&wish, tr(deciding, BMS_TEXT("This cannot be accepted: it must be corrected.")));
    } else {
        take_up(deciding, &wish, deciding->job->definition->calendar[intake->period].period.code, &decided);
    }
    return BMS_OK;
}

enum bms_status bms_decide_take_intake(bms_deciding *deciding, bms_filled_intake *intake, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < intake->answers.n; i++) {
        const bms_intake_answer *said = &intake->answers.answers[i];
        if (says_yes(deciding, intake, i, said->accept))
            status = want(deciding, intake, i, BMS_DECIDED_TO_ACCEPT, error);
        if (status == BMS_OK && says_yes(deciding, intake, i, said->use))
            status = want(deciding, intake, i, BMS_DECIDED_TO_USE, error);
        if (status == BMS_OK && says_yes(deciding, intake, i, said->release))
            status = want(deciding, intake, i, BMS_DECIDED_TO_RELEASE, error);
    }
    return status;
}

enum bms_status bms_decide_begin(bms_deciding *deciding, bms_job *job, const bms_collect_options *options,
                                 bms_error *error) {
    *deciding = (bms_deciding){.job = job, .options = options};
    enum bms_status status = bms_decide_recall(job, &deciding->decisions, error);
    if (status == BMS_OK && options)
        status = take_options(deciding, error);
    if (status == BMS_OK)
        status = bms_decide_read_intakes(deciding, error);
    return bms_error_of_arena(status, job->arena, error);
}

/* Files */

static bool is_named(const bms_return_record *record, const char *name) {
    return strcmp(record->file->name, name) == 0 ||
           strcmp(bms_sources_base_name(record->file->name), bms_sources_base_name(name)) == 0;
}

/** @return the file a wish names; NULL when there is none whose unit and period are known. */
static bms_return_record *file_of(bms_returns *returns, const bms_wish *wish) {
    for (size_t i = 0; i < returns->n; i++) {
        bms_return_record *record = &returns->records[i];
        if (!record->unit || !record->period)
            continue;
        if (wish->file ? is_named(record, wish->file) : strcmp(record->sha256, wish->sha256) == 0)
            return record;
    }
    return NULL;
}

static void choose(bms_deciding *deciding, bms_wish *wish, bms_return_record *record) {
    const bms_intake_answer *said = wish->intake ? &wish->intake->answers.answers[wish->answer] : NULL;
    const char *given = deciding->options ? deciding->options->reason : NULL;
    const char *by = said && !bms_text_blank(wish->intake->answers.decided_by)
                         ? wish->intake->answers.decided_by
                         : deciding->who;
    const bms_choice choice = {.unit = record->unit,
                               .period = record->period,
                               .file = bms_sources_base_name(record->file->name),
                               .sha256 = record->sha256,
                               .among_seen = said != NULL,
                               .decided = {.by = by, .reason = said ? said->reason : given}};
    record->chosen = true;
    wish->unit = record->unit;
    wish->sha256 = record->sha256;
    bms_decisions_choose(&deciding->decisions, &choice);
}

bool bms_decide_concerns(const bms_deciding *deciding, const bms_returns *returns, int period) {
    for (size_t i = 0; i < returns->n; i++) {
        const bms_return_record *record = &returns->records[i];
        const char *code = record->file->period ? record->file->period : record->period;
        if (code && bms_definition_period(deciding->job->definition, code) == period)
            return true;
    }
    return false;
}

enum bms_status bms_decide_files(bms_deciding *deciding, bms_returns *returns, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; i < deciding->n_intakes; i++)
        deciding->intakes[i].concerned = bms_decide_concerns(deciding, returns, deciding->intakes[i].period);
    for (size_t i = 0; status == BMS_OK && i < deciding->n_wishes; i++) {
        bms_wish *wish = &deciding->wishes[i];
        if (wish->kind != BMS_DECIDED_TO_USE)
            continue;
        bms_return_record *record = file_of(returns, wish);
        if (record) {
            choose(deciding, wish, record);
        } else if (wish->file) {
            status = refuse(deciding, BMS_TEXT("{what} is not among the returns that could be read."),
                            wish->file, error);
        }
    }
    return bms_error_of_arena(status, deciding->job->arena, error);
}

/* Storing */

/** @return whether a wish is of these returns, and has not been obeyed yet. */
static bool is_open(const bms_wish *wish) {
    return !wish->obeyed && (!wish->intake || wish->intake->concerned);
}

/** A decision has been stored, or was stored before: the wishes that it answers are obeyed. */
static void mark_obeyed(bms_deciding *deciding, enum bms_decision_kind kind, const bms_acceptance *about,
                        const char *sha256) {
    for (size_t i = 0; i < deciding->n_wishes; i++) {
        bms_wish *wish = &deciding->wishes[i];
        if (wish->kind != kind || !wish->unit || bms_code_compare(wish->unit, about->unit) != 0)
            continue;
        if (kind != BMS_DECIDED_TO_ACCEPT) {
            wish->obeyed = wish->obeyed || !wish->sha256 || strcmp(wish->sha256, sha256) == 0;
        } else if (strcmp(wish->rule, about->rule) == 0 &&
                   bms_code_compare(wish->indicator, about->indicator) == 0 &&
                   (!wish->about || strcmp(wish->about, about->about) == 0)) {
            wish->obeyed = true;
        }
    }
}

/** Store an acceptance of what was found, unless it is there already. */
static enum bms_status store_acceptance(bms_deciding *deciding, const bms_accepted_question *question,
                                        bool *added, bms_error *error) {
    const bms_acceptance *outdated;
    const bms_acceptance *found = bms_decisions_accepted(&deciding->decisions, question, &outdated);
    if (!found)
        return BMS_OK;
    bms_acceptance settled = *found;
    settled.unit = question->unit;
    settled.period = question->period;
    settled.indicator = question->indicator;
    settled.about = question->about;
    mark_obeyed(deciding, BMS_DECIDED_TO_ACCEPT, &settled, NULL);
    if (found->id != 0)
        return BMS_OK;
    enum bms_status status = bms_history_add_acceptance(deciding->job->history, &settled, &settled.id, error);
    if (status != BMS_OK)
        return status;
    *added = true;
    bms_decisions_accept(&deciding->decisions, &settled);
    return BMS_OK;
}

static enum bms_status store_accepted(bms_deciding *deciding, const bms_return_record *record, bool *added,
                                      bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < record->n_findings; i++) {
        const bms_finding *finding = &record->findings[i];
        const bms_accepted_question question = {.rule = finding->rule,
                                                .unit = record->unit,
                                                .period = record->period,
                                                .indicator = finding->indicator,
                                                .about = finding->about};
        if (finding->accepted)
            status = store_acceptance(deciding, &question, added, error);
    }
    return status;
}

/** An acceptance of what was only to be looked at, in a return that was taken in before. */
static enum bms_status store_later(bms_deciding *deciding, const bms_wish *wish, bool *added,
                                   bms_error *error) {
    const bms_job *job = deciding->job;
    const char *period = NULL;
    const char *about = NULL;
    const bms_acceptance wanted = {
        .rule = wish->rule,
        .unit = wish->unit,
        .period = wish->intake ? job->definition->calendar[wish->intake->period].period.code : NULL,
        .indicator = wish->indicator,
        .about = wish->about};
    enum bms_status status =
        bms_history_find_acceptable(job->history, &wanted, job->arena, &period, &about, error);
    if (status != BMS_OK || !about)
        return status;
    const bms_accepted_question question = {wish->rule, wish->unit, period, wish->indicator, about};
    return store_acceptance(deciding, &question, added, error);
}

/** Store the choice of this file, with each that it sets aside. */
static enum bms_status store_choice(bms_deciding *deciding, const bms_returns *returns,
                                    const bms_return_record *chosen, bool *added, bms_error *error) {
    const bms_choice *choice = bms_decisions_choice(&deciding->decisions, chosen->unit, chosen->period);
    int64_t id = 0;
    mark_obeyed(deciding, BMS_DECIDED_TO_USE, &(bms_acceptance){.unit = chosen->unit}, chosen->sha256);
    enum bms_status status = bms_history_add_choice(deciding->job->history, choice, &id, error);
    for (size_t i = 0; status == BMS_OK && i < returns->n; i++) {
        const bms_return_record *other = &returns->records[i];
        if (other->put_aside && bms_code_compare(other->unit, chosen->unit) == 0 &&
            bms_code_compare(other->period, chosen->period) == 0)
            status = bms_history_add_set_aside(deciding->job->history, id, other->sha256, error);
    }
    *added = true;
    return status;
}

enum bms_status bms_decide_store(bms_deciding *deciding, const bms_returns *returns, bool *added,
                                 bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < returns->n; i++) {
        const bms_return_record *record = &returns->records[i];
        if (record->outcome == BMS_ACCEPTED || record->outcome == BMS_HELD)
            status = store_accepted(deciding, record, added, error);
        if (status == BMS_OK && record->chosen)
            status = store_choice(deciding, returns, record, added, error);
        if (record->release) {
            mark_obeyed(deciding, BMS_DECIDED_TO_RELEASE, &(bms_acceptance){.unit = record->unit},
                        record->sha256);
        }
    }
    for (size_t i = 0; status == BMS_OK && i < deciding->n_wishes; i++) {
        const bms_wish *wish = &deciding->wishes[i];
        if (wish->kind == BMS_DECIDED_TO_ACCEPT && is_open(wish))
            status = store_later(deciding, wish, added, error);
    }
    return status;
}

/* Reporting */

/** Why a wish was not obeyed. */
static const char *why_not(const bms_deciding *deciding, const bms_wish *wish) {
    switch (wish->kind) {
    case BMS_DECIDED_TO_ACCEPT:
        return tr(deciding, BMS_TEXT("What was to be accepted no longer applies: it is not found in what the "
                                     "unit has sent."));
    case BMS_DECIDED_TO_USE:
        return tr(deciding, BMS_TEXT("The file that was to be used is no longer there."));
    default:
        return tr(deciding,
                  BMS_TEXT("The rest could not be released: nothing of the unit is held back now, or "
                           "the form as a whole must be corrected."));
    }
}

void bms_decide_object(bms_deciding *deciding) {
    for (size_t i = 0; i < deciding->n_wishes; i++) {
        const bms_wish *wish = &deciding->wishes[i];
        if (is_open(wish))
            object(wish, why_not(deciding, wish));
    }
}

/** Report that something was not obeyed. @param place  where it stands: file, sheet and cell, unit, indicator
 */
static void report(const bms_deciding *deciding, bms_finding place, const char *why) {
    const bms_job *job = deciding->job;
    const bms_finding finding = bms_run_finding(job->arena, job->language, BMS_RULE_DECISION_NOT_USED,
                                                &(bms_text_place){"why", why}, 1);
    place.rule = finding.rule;
    place.severity = finding.severity;
    place.message = finding.message;
    bms_job_report_finding(job, &place);
}

void bms_decide_deliver(const bms_deciding *deciding) {
    for (size_t i = 0; i < deciding->n_wishes; i++) {
        const bms_wish *wish = &deciding->wishes[i];
        const char *indicator = wish->kind == BMS_DECIDED_TO_ACCEPT ? wish->indicator : NULL;
        if (!wish->obeyed && !wish->intake)
            report(deciding, (bms_finding){.unit = wish->unit, .indicator = indicator},
                   why_not(deciding, wish));
    }
    for (size_t i = 0; i < deciding->n_intakes; i++) {
        const bms_filled_intake *intake = &deciding->intakes[i];
        if (intake->unreadable && intake->concerned)
            report(deciding, (bms_finding){.file = intake->path}, intake->unreadable);
        for (size_t a = 0; a < intake->answers.n; a++) {
            const bms_intake_answer *said = &intake->answers.answers[a];
            if (intake->concerned && intake->problems[a]) {
                report(deciding,
                       (bms_finding){.file = intake->path,
                                     .sheet = intake->answers.sheet,
                                     .cell = said->cell,
                                     .unit = said->key.unit,
                                     .indicator = said->key.indicator},
                       intake->problems[a]);
            }
        }
    }
}
