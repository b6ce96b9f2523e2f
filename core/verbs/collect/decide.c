/** What is decided with a collect (see decide.h): gathered, matched with the files, stored, reported. */
#include "core/verbs/collect/decide.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/personal_number.h"
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

static void add_instruction(bms_deciding *deciding, const bms_instruction *instruction) {
    bms_instruction *added =
        bms_arena_grow(deciding->job->arena, &deciding->instructions, &deciding->n_instructions,
                       &deciding->instruction_capacity, sizeof *added);
    if (added)
        *added = *instruction;
}

/** Add an instruction to the decisions that the checks and the settling look things up in. */
static void add_decision(bms_deciding *deciding, const bms_instruction *instruction, const char *period,
                         const bms_decided *decided) {
    bms_decisions *decisions = &deciding->decisions;
    if (instruction->kind == BMS_DECIDED_TO_ACCEPT) {
        bms_decisions_accept(decisions, &(bms_acceptance){.rule = instruction->rule,
                                                          .unit = instruction->unit,
                                                          .period = period,
                                                          .indicator = instruction->indicator,
                                                          .about = instruction->about,
                                                          .decided = *decided});
    } else if (instruction->kind == BMS_DECIDED_TO_RELEASE) {
        bms_decisions_release(decisions, &(bms_release){.unit = instruction->unit,
                                                        .period = period,
                                                        .sha256 = instruction->sha256,
                                                        .decided = *decided});
    }
}

/* Options */

static enum bms_status refuse(const bms_deciding *deciding, const char *text, const char *what,
                              bms_error *error) {
    return bms_job_fail(error, BMS_USAGE, what,
                        bms_message(deciding->job->arena, tr(deciding, text), "what", what, NULL));
}

static enum bms_status take_acceptance(bms_deciding *deciding, const bms_accepting *wanted,
                                       const bms_decided *decided, bms_error *error) {
    bms_job *job = deciding->job;
    int unit = BMS_NONE;
    int indicator = BMS_NONE;
    bool known = false;
    if (!bms_check_can_accept(wanted->rule, &known)) {
        return refuse(
            deciding,
            known ? BMS_TEXT("A finding of {what} cannot be accepted: there is no number that could be kept.")
                  : BMS_TEXT("There is no rule {what}. 'bms check --json' shows the rules' names."),
            wanted->rule, error);
    }
    enum bms_status status = bms_job_unit(job, wanted->unit, &unit, error);
    if (status == BMS_OK)
        status = bms_job_indicator(job, wanted->indicator, &indicator, error);
    if (status != BMS_OK)
        return status;
    const bms_instruction instruction = {.kind = BMS_DECIDED_TO_ACCEPT,
                                         .rule = wanted->rule,
                                         .unit = job->definition->units[unit].code,
                                         .indicator = job->definition->indicators[indicator].code};
    add_instruction(deciding, &instruction);
    add_decision(deciding, &instruction, NULL, decided);
    return BMS_OK;
}

static enum bms_status take_release(bms_deciding *deciding, const char *code, const bms_decided *decided,
                                    bms_error *error) {
    int unit = BMS_NONE;
    enum bms_status status = bms_job_unit(deciding->job, code, &unit, error);
    if (status != BMS_OK)
        return status;
    const bms_instruction instruction = {.kind = BMS_DECIDED_TO_RELEASE,
                                         .unit = deciding->job->definition->units[unit].code};
    add_instruction(deciding, &instruction);
    add_decision(deciding, &instruction, NULL, decided);
    return BMS_OK;
}

/** Find out who decides, when it must be known. */
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
    const bms_decided decided = {.by = deciding->who,
                                 .reason = bms_personal_number_hide(deciding->job->arena, options->reason)};
    if (options->n_accept > 0 && bms_text_blank(options->reason))
        return refuse(deciding, BMS_TEXT("Accepting a finding needs a reason: --reason TEXT."), NULL, error);
    for (size_t i = 0; status == BMS_OK && i < options->n_accept; i++)
        status = take_acceptance(deciding, &options->accept[i], &decided, error);
    for (size_t i = 0; status == BMS_OK && i < options->n_partial; i++)
        status = take_release(deciding, options->partial[i], &decided, error);
    for (size_t i = 0; status == BMS_OK && i < options->n_use; i++)
        add_instruction(deciding, &(bms_instruction){.kind = BMS_DECIDED_TO_USE, .file = options->use[i]});
    return status;
}

/* Answers in a Mottak */

/** Note why an answer is not carried out, unless a reason is noted already. */
static void note_problem(const bms_instruction *instruction, const char *problem) {
    if (instruction->intake && !instruction->intake->problems[instruction->answer])
        instruction->intake->problems[instruction->answer] = problem;
}

/** @return whether a cell says yes; what is neither yes nor no is a problem. */
static bool says_yes(const bms_deciding *deciding, bms_filled_intake *intake, size_t answer,
                     const char *text) {
    if (bms_says(text, "yes") || bms_text_same(text, "x"))
        return true;
    if (bms_says(text, "no") || bms_text_same(text, "-") || bms_text_same(text, ""))
        return false;
    note_problem(&(bms_instruction){.intake = intake, .answer = answer},
                 tr(deciding, BMS_TEXT("Choose Yes, or leave the cell blank.")));
    return false;
}

static enum bms_status take_answer(bms_deciding *deciding, bms_filled_intake *intake, size_t answer,
                                   enum bms_decision_kind kind, bms_error *error) {
    const bms_intake_answer *said = &intake->answers.answers[answer];
    enum bms_status status =
        bms_text_blank(intake->answers.decided_by) ? settle_who(deciding, error) : BMS_OK;
    if (status != BMS_OK)
        return status;
    const char *who = bms_text_blank(intake->answers.decided_by) ? deciding->who : intake->answers.decided_by;
    const bms_decided decided = {.by = who,
                                 .reason = bms_personal_number_hide(deciding->job->arena, said->reason)};
    const bms_instruction instruction = {.kind = kind,
                                         .rule = said->key.rule,
                                         .unit = said->key.unit,
                                         .indicator = said->key.indicator,
                                         .about = said->key.about,
                                         .sha256 = said->key.sha256,
                                         .intake = intake,
                                         .answer = answer};
    add_instruction(deciding, &instruction);
    if (kind == BMS_DECIDED_TO_ACCEPT && bms_text_blank(said->reason)) {
        note_problem(&instruction,
                     tr(deciding, BMS_TEXT("Write the reason beside it. It has not been accepted.")));
    } else if (kind == BMS_DECIDED_TO_ACCEPT && *said->key.about == '\0') {
        note_problem(&instruction, tr(deciding, BMS_TEXT("This cannot be accepted: it must be corrected.")));
    } else {
        add_decision(deciding, &instruction, deciding->job->definition->calendar[intake->period].period.code,
                     &decided);
    }
    return BMS_OK;
}

enum bms_status bms_decide_take_intake(bms_deciding *deciding, bms_filled_intake *intake, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < intake->answers.n; i++) {
        const bms_intake_answer *said = &intake->answers.answers[i];
        if (says_yes(deciding, intake, i, said->accept))
            status = take_answer(deciding, intake, i, BMS_DECIDED_TO_ACCEPT, error);
        if (status == BMS_OK && says_yes(deciding, intake, i, said->use))
            status = take_answer(deciding, intake, i, BMS_DECIDED_TO_USE, error);
        if (status == BMS_OK && says_yes(deciding, intake, i, said->release))
            status = take_answer(deciding, intake, i, BMS_DECIDED_TO_RELEASE, error);
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

/** @return the file that an instruction names; NULL when there is none with a known unit and period. */
static bms_return_record *file_of(bms_returns *returns, const bms_instruction *instruction) {
    const char *name =
        bms_personal_number_hide(returns->job->arena, instruction->file); /* as records have it */
    for (size_t i = 0; i < returns->n; i++) {
        bms_return_record *record = &returns->records[i];
        if (!record->unit || !record->period)
            continue;
        if (name ? is_named(record, name) : strcmp(record->sha256, instruction->sha256) == 0)
            return record;
    }
    return NULL;
}

static void choose(bms_deciding *deciding, bms_instruction *instruction, bms_return_record *record) {
    const bms_intake_answer *said =
        instruction->intake ? &instruction->intake->answers.answers[instruction->answer] : NULL;
    const char *given = deciding->options ? deciding->options->reason : NULL;
    const char *by = said && !bms_text_blank(instruction->intake->answers.decided_by)
                         ? instruction->intake->answers.decided_by
                         : deciding->who;
    const bms_choice choice = {
        .unit = record->unit,
        .period = record->period,
        .file = bms_sources_base_name(record->file->name),
        .sha256 = record->sha256,
        .among_seen = said,
        .decided = {.by = by,
                    .reason = bms_personal_number_hide(deciding->job->arena, said ? said->reason : given)}};
    record->chosen = true;
    instruction->unit = record->unit;
    instruction->sha256 = record->sha256;
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

/** @return whether another instruction is to use another file of the same unit and form period. */
static bool is_contradicted(const bms_deciding *deciding, const bms_return_record *record) {
    for (size_t i = 0; i < deciding->n_instructions; i++) {
        const bms_return_record *other = deciding->instructions[i].record;
        if (other && bms_code_compare(other->unit, record->unit) == 0 &&
            bms_code_compare(other->period, record->period) == 0 &&
            strcmp(other->sha256, record->sha256) != 0)
            return true;
    }
    return false;
}

/** Choose the file of an instruction, unless nobody knows which of several is meant. */
static enum bms_status choose_one(bms_deciding *deciding, bms_instruction *instruction, bms_error *error) {
    if (!instruction->record)
        return BMS_OK;
    if (!is_contradicted(deciding, instruction->record)) {
        choose(deciding, instruction, instruction->record);
        return BMS_OK;
    }
    const char *text = BMS_TEXT("Two files of one unit are to be used. Choose one of them.");
    if (instruction->file)
        return refuse(deciding, text, instruction->file, error);
    note_problem(instruction, tr(deciding, text));
    return BMS_OK;
}

enum bms_status bms_decide_files(bms_deciding *deciding, bms_returns *returns, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; i < deciding->n_intakes; i++)
        deciding->intakes[i].concerned = bms_decide_concerns(deciding, returns, deciding->intakes[i].period);
    for (size_t i = 0; status == BMS_OK && i < deciding->n_instructions; i++) {
        bms_instruction *instruction = &deciding->instructions[i];
        if (instruction->kind != BMS_DECIDED_TO_USE)
            continue;
        instruction->record = file_of(returns, instruction);
        if (!instruction->record && instruction->file) {
            status = refuse(deciding, BMS_TEXT("{what} is not one of the returns that could be read."),
                            instruction->file, error);
        }
    }
    for (size_t i = 0; status == BMS_OK && i < deciding->n_instructions; i++)
        status = choose_one(deciding, &deciding->instructions[i], error);
    return bms_error_of_arena(status, deciding->job->arena, error);
}

/* Storing */

/** @return whether an instruction concerns these returns and has not been carried out. */
static bool is_open(const bms_instruction *instruction) {
    return !instruction->carried_out && (!instruction->intake || instruction->intake->concerned);
}

/** Mark the instructions that a stored decision carries out. */
static void mark_carried_out(bms_deciding *deciding, enum bms_decision_kind kind, const bms_acceptance *about,
                             const char *sha256) {
    for (size_t i = 0; i < deciding->n_instructions; i++) {
        bms_instruction *instruction = &deciding->instructions[i];
        if (instruction->kind != kind || !instruction->unit ||
            bms_code_compare(instruction->unit, about->unit) != 0)
            continue;
        if (kind != BMS_DECIDED_TO_ACCEPT) {
            instruction->carried_out =
                instruction->carried_out || !instruction->sha256 || strcmp(instruction->sha256, sha256) == 0;
        } else if (strcmp(instruction->rule, about->rule) == 0 &&
                   bms_code_compare(instruction->indicator, about->indicator) == 0 &&
                   (!instruction->about || strcmp(instruction->about, about->about) == 0)) {
            instruction->carried_out = true;
        }
    }
}

/** Store an acceptance of a finding, unless the history has it already. */
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
    mark_carried_out(deciding, BMS_DECIDED_TO_ACCEPT, &settled, NULL);
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

/** Store an acceptance of a warning in a return that was accepted in an earlier run. */
static enum bms_status store_later(bms_deciding *deciding, const bms_instruction *instruction, bool *added,
                                   bms_error *error) {
    const bms_job *job = deciding->job;
    const char *period = NULL;
    const char *about = NULL;
    const bms_acceptance wanted = {
        .rule = instruction->rule,
        .unit = instruction->unit,
        .period =
            instruction->intake ? job->definition->calendar[instruction->intake->period].period.code : NULL,
        .indicator = instruction->indicator,
        .about = instruction->about};
    enum bms_status status =
        bms_history_find_acceptable(job->history, &wanted, job->arena, &period, &about, error);
    if (status != BMS_OK || !about)
        return status;
    const bms_accepted_question question = {instruction->rule, instruction->unit, period,
                                            instruction->indicator, about};
    return store_acceptance(deciding, &question, added, error);
}

/** Store the choice of this file, with those that it sets aside. */
static enum bms_status store_choice(bms_deciding *deciding, const bms_returns *returns,
                                    const bms_return_record *chosen, bool *added, bms_error *error) {
    const bms_choice *choice = bms_decisions_choice(&deciding->decisions, chosen->unit, chosen->period);
    int64_t id = 0;
    mark_carried_out(deciding, BMS_DECIDED_TO_USE, &(bms_acceptance){.unit = chosen->unit}, chosen->sha256);
    enum bms_status status = bms_history_add_choice(deciding->job->history, choice, &id, error);
    for (size_t i = 0; status == BMS_OK && i < returns->n; i++) {
        const bms_return_record *other = &returns->records[i];
        if (other->set_aside && bms_code_compare(other->unit, chosen->unit) == 0 &&
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
            mark_carried_out(deciding, BMS_DECIDED_TO_RELEASE, &(bms_acceptance){.unit = record->unit},
                             record->sha256);
        }
    }
    for (size_t i = 0; status == BMS_OK && i < deciding->n_instructions; i++) {
        const bms_instruction *instruction = &deciding->instructions[i];
        if (instruction->kind == BMS_DECIDED_TO_ACCEPT && is_open(instruction))
            status = store_later(deciding, instruction, added, error);
    }
    return status;
}

/* Reporting */

/** @return why an instruction was not carried out. */
static const char *why_not(const bms_deciding *deciding, const bms_instruction *instruction) {
    switch (instruction->kind) {
    case BMS_DECIDED_TO_ACCEPT:
        return tr(
            deciding,
            BMS_TEXT("The acceptance no longer applies: the finding is not in what the unit has sent."));
    case BMS_DECIDED_TO_USE:
        return tr(deciding, BMS_TEXT("The chosen file is no longer there."));
    default:
        return tr(deciding,
                  BMS_TEXT("The rest could not be released: nothing of the unit is held back now, or "
                           "the form as a whole must be corrected."));
    }
}

void bms_decide_note_problems(bms_deciding *deciding) {
    for (size_t i = 0; i < deciding->n_instructions; i++) {
        const bms_instruction *instruction = &deciding->instructions[i];
        if (is_open(instruction))
            note_problem(instruction, why_not(deciding, instruction));
    }
}

/** Report an instruction that was not carried out. @param place  file, sheet, cell, unit and indicator */
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
    for (size_t i = 0; i < deciding->n_instructions; i++) {
        const bms_instruction *instruction = &deciding->instructions[i];
        const char *indicator = instruction->kind == BMS_DECIDED_TO_ACCEPT ? instruction->indicator : NULL;
        if (!instruction->carried_out && !instruction->intake) {
            report(deciding, (bms_finding){.unit = instruction->unit, .indicator = indicator},
                   why_not(deciding, instruction));
        }
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
