#include "core/make/intake.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/text.h"

#include <stdlib.h>
#include <string.h>

const char *bms_intake_state_text(enum bms_intake_state state) {
    static const char *const texts[BMS_N_INTAKE_STATES] = {
        [BMS_INTAKE_HELD] = BMS_TEXT("Held back"),
        [BMS_INTAKE_UNREADABLE] = BMS_TEXT("Cannot be read"),
        [BMS_INTAKE_UNFINISHED] = BMS_TEXT("Not signed"),
        [BMS_INTAKE_NOTHING] = BMS_TEXT("Nothing has come"),
        [BMS_INTAKE_TAKEN_IN] = BMS_TEXT("Taken in"),
        [BMS_INTAKE_SET_ASIDE] = BMS_TEXT("Set aside")};
    return texts[state];
}

/** A file that counts, as it stands now. */
struct receipt {
    int64_t id;
    const char *file;
    const char *sha256;
    int unit; /* index, or BMS_NONE */
    const char *code;
    enum bms_intake_state state;
    int revision;
    int64_t seen_at;
    bms_finding *findings;
    size_t n_findings;
    size_t capacity;
};

struct work {
    bms_arena *arena;
    const bms_definition *definition;
    bms_history *history;
    int period;
    const char *language;
    struct receipt *receipts;
    size_t n_receipts;
    size_t receipt_capacity;
    bms_intake_row *rows;
    size_t n_rows;
    size_t row_capacity;
    bms_intake_decision *decisions;
    size_t n_decisions;
    size_t decision_capacity;
    bms_decisions known; /* acceptances, to say whose they are */
    bool out_of_memory;
};

static const char *kept(struct work *work, const char *text) {
    const char *copy = bms_arena_text(work->arena, text ? text : "");
    work->out_of_memory = work->out_of_memory || !copy;
    return copy ? copy : "";
}

static const char *tr(const struct work *work, const char *text) {
    return bms_tr(work->language, text);
}

/* What came in */

static bool take_finding(void *context, const bms_finding *finding) {
    struct work *work = context;
    struct receipt *receipt = &work->receipts[work->n_receipts - 1];
    bms_finding *grown = bms_arena_grow(work->arena, receipt->findings, receipt->n_findings,
                                        &receipt->capacity, sizeof *grown);
    if (!grown) {
        work->out_of_memory = true;
        return false;
    }
    receipt->findings = grown;
    grown[receipt->n_findings++] = (bms_finding){.rule = kept(work, finding->rule),
                                                 .severity = finding->severity,
                                                 .cell = kept(work, finding->cell),
                                                 .indicator = kept(work, finding->indicator),
                                                 .message = kept(work, finding->message),
                                                 .fix = kept(work, finding->fix),
                                                 .about = finding->about ? kept(work, finding->about) : NULL,
                                                 .accepted = finding->accepted};
    return !work->out_of_memory;
}

static bool take_receipt(void *context, const bms_stored_receipt *stored) {
    static const enum bms_intake_state states[] = {
        [BMS_ACCEPTED] = BMS_INTAKE_TAKEN_IN,     [BMS_HELD] = BMS_INTAKE_HELD,
        [BMS_UNREADABLE] = BMS_INTAKE_UNREADABLE, [BMS_DUPLICATE] = BMS_N_INTAKE_STATES,
        [BMS_UNFINISHED] = BMS_INTAKE_UNFINISHED, [BMS_SKIPPED] = BMS_N_INTAKE_STATES};
    struct work *work = context;
    if (stored->superseded || states[stored->outcome] == BMS_N_INTAKE_STATES)
        return true;
    struct receipt *grown =
        bms_arena_grow(work->arena, work->receipts, work->n_receipts, &work->receipt_capacity, sizeof *grown);
    if (!grown) {
        work->out_of_memory = true;
        return false;
    }
    const char *slash = strrchr(stored->file, '/');
    work->receipts = grown;
    grown[work->n_receipts++] = (struct receipt){
        .id = stored->id,
        .file = kept(work, slash ? slash + 1 : stored->file),
        .sha256 = kept(work, stored->sha256),
        .unit = stored->unit ? bms_definition_unit(work->definition, stored->unit) : BMS_NONE,
        .code = kept(work, stored->unit),
        .state = states[stored->outcome],
        .revision = stored->revision,
        .seen_at = stored->seen_at};
    return !work->out_of_memory;
}

/** Of a file that nobody can say whose it is, what was seen last counts: it may have been taken away. */
static void forget_strays(struct work *work) {
    int64_t newest = 0;
    size_t n = 0;
    for (size_t i = 0; i < work->n_receipts; i++)
        newest = work->receipts[i].seen_at > newest ? work->receipts[i].seen_at : newest;
    for (size_t i = 0; i < work->n_receipts; i++) {
        if (*work->receipts[i].code != '\0' || work->receipts[i].seen_at == newest)
            work->receipts[n++] = work->receipts[i];
    }
    work->n_receipts = n;
}

/** What must be corrected stands first. */
static void put_severe_first(struct receipt *receipt) {
    for (size_t i = 1; i < receipt->n_findings; i++) {
        const bms_finding moved = receipt->findings[i];
        size_t to = i;
        for (; to > 0 && receipt->findings[to - 1].severity < moved.severity; to--)
            receipt->findings[to] = receipt->findings[to - 1];
        receipt->findings[to] = moved;
    }
}

/** Findings are fetched when the list of receipts has been gone through. */
static enum bms_status take_findings(struct work *work, bms_error *error) {
    enum bms_status status = BMS_OK;
    const size_t n = work->n_receipts;
    for (work->n_receipts = 1; status == BMS_OK && work->n_receipts <= n; work->n_receipts++) {
        struct receipt *receipt = &work->receipts[work->n_receipts - 1];
        status = bms_history_each_finding(work->history, receipt->id, take_finding, work, error);
        if (receipt->state == BMS_INTAKE_HELD && receipt->n_findings == 1 &&
            receipt->findings[0].severity < BMS_SEVERE)
            receipt->state = BMS_INTAKE_SET_ASIDE;
        put_severe_first(receipt);
    }
    work->n_receipts = n;
    return status;
}

/* What has been decided */

static const char *const decision_texts[] = {
    [BMS_DECIDED_TO_ACCEPT] = BMS_TEXT("Accepted"),
    [BMS_DECIDED_TO_USE] = BMS_TEXT("This file is used"),
    [BMS_DECIDED_TO_RELEASE] = BMS_TEXT("The rest is let in"),
};

static const char *unit_text(struct work *work, int unit, const char *code) {
    return unit == BMS_NONE
               ? kept(work, code)
               : kept(work, bms_arena_format(work->arena, "%s %s", work->definition->units[unit].code,
                                             work->definition->units[unit].name));
}

static bool take_decision(void *context, const bms_stored_decision *stored) {
    struct work *work = context;
    bms_intake_decision *grown = bms_arena_grow(work->arena, work->decisions, work->n_decisions,
                                                &work->decision_capacity, sizeof *grown);
    if (!grown) {
        work->out_of_memory = true;
        return false;
    }
    const char *about = stored->kind == BMS_DECIDED_TO_ACCEPT ? stored->message : stored->about;
    const char *slash = stored->kind == BMS_DECIDED_TO_ACCEPT || !about ? NULL : strrchr(about, '/');
    work->decisions = grown;
    grown[work->n_decisions++] = (bms_intake_decision){
        .day = bms_day_of_time(stored->at),
        .who = kept(work, stored->made_by),
        .what = decision_texts[stored->kind],
        .unit = unit_text(work, bms_definition_unit(work->definition, stored->unit), stored->unit),
        .about = kept(work, slash ? slash + 1 : about),
        .reason = kept(work, stored->reason),
        .holds = stored->holds};
    return !work->out_of_memory;
}

/** "Godtatt av Kari Prøve: telledagen var en annen" */
static const char *decided_text(struct work *work, const char *what, const char *who, const char *reason) {
    const char *text = *reason ? BMS_TEXT("{what} by {who}: {reason}") : BMS_TEXT("{what} by {who}");
    return kept(work, bms_message(work->arena, tr(work, text), "what", tr(work, what), "who", who, "reason",
                                  reason, NULL));
}

static const char *acceptance_of(struct work *work, const struct receipt *receipt,
                                 const bms_finding *finding) {
    const bms_acceptance *outdated;
    const bms_accepted_question question = {.rule = finding->rule,
                                            .unit = receipt->code,
                                            .period = work->definition->calendar[work->period].period.code,
                                            .indicator = finding->indicator,
                                            .about = finding->about ? finding->about : ""};
    const bms_acceptance *acceptance =
        finding->accepted ? bms_decisions_accepted(&work->known, &question, &outdated) : NULL;
    return acceptance ? decided_text(work, decision_texts[BMS_DECIDED_TO_ACCEPT], acceptance->decided.by,
                                     acceptance->decided.reason)
                      : "";
}

/** A choice or a release that the file as a whole rests on. */
static const char *decision_on_file(struct work *work, const struct receipt *receipt) {
    const char *unit = unit_text(work, receipt->unit, receipt->code);
    for (size_t i = 0; i < work->n_decisions; i++) {
        const bms_intake_decision *decision = &work->decisions[i];
        if (decision->holds && decision->what != decision_texts[BMS_DECIDED_TO_ACCEPT] &&
            strcmp(decision->unit, unit) == 0 && strcmp(decision->about, receipt->file) == 0)
            return decided_text(work, decision->what, decision->who, decision->reason);
    }
    return "";
}

/* Rows */

static bms_intake_row *add_row(struct work *work) {
    bms_intake_row *grown =
        bms_arena_grow(work->arena, work->rows, work->n_rows, &work->row_capacity, sizeof *grown);
    if (!grown) {
        work->out_of_memory = true;
        return NULL;
    }
    work->rows = grown;
    bms_intake_row *row = &grown[work->n_rows++];
    *row = (bms_intake_row){.key = {"", "", "", "", ""},
                            .unit = "",
                            .file = "",
                            .indicator = "",
                            .cell = "",
                            .message = "",
                            .fix = "",
                            .done = "",
                            .accept = "",
                            .reason = "",
                            .use = "",
                            .release = ""};
    return row;
}

static bool is_rule(const bms_finding *finding, const char *rule) {
    return strcmp(finding->rule, rule) == 0;
}

/** @return whether the coordinator could let the rest in: all that is wrong is said of single questions. */
static bool can_be_released(const struct receipt *receipt) {
    for (size_t i = 0; i < receipt->n_findings; i++) {
        if (receipt->findings[i].severity >= BMS_SEVERE && *receipt->findings[i].indicator == '\0')
            return false;
    }
    return receipt->state == BMS_INTAKE_HELD;
}

static void put_finding(struct work *work, const struct receipt *receipt, const bms_finding *finding,
                        bms_intake_row *row) {
    int indicator = bms_definition_indicator(work->definition, finding->indicator);
    row->key.rule = finding->rule;
    row->key.indicator = finding->indicator;
    row->key.about = finding->about ? finding->about : "";
    row->severity = finding->severity;
    row->indicator =
        indicator == BMS_NONE ? finding->indicator : work->definition->indicators[indicator].name;
    row->cell = finding->cell;
    row->message = finding->message;
    row->fix = finding->fix;
    row->done = acceptance_of(work, receipt, finding);
    /* An error in what has been taken in was left out of it: there is no number to accept. */
    const bool open = receipt->state == BMS_INTAKE_HELD ? finding->severity >= BMS_WARNING
                                                        : finding->severity == BMS_WARNING;
    row->can_accept = finding->about && open && !finding->accepted;
    row->can_use = is_rule(finding, "two_files") || is_rule(finding, "set_aside");
}

static void add_receipt_rows(struct work *work, const struct receipt *receipt) {
    for (size_t i = 0; i == 0 || i < receipt->n_findings; i++) {
        bms_intake_row *row = add_row(work);
        if (!row)
            return;
        row->key.unit = receipt->code;
        row->key.sha256 = receipt->sha256;
        row->state = receipt->state;
        row->unit = unit_text(work, receipt->unit, receipt->code);
        row->file = receipt->file;
        row->revision = receipt->revision;
        row->first = i == 0;
        if (i < receipt->n_findings)
            put_finding(work, receipt, &receipt->findings[i], row);
        row->can_release = row->first && can_be_released(receipt);
        if (row->first && *row->done == '\0')
            row->done = decision_on_file(work, receipt);
    }
}

static bool has_sent(const struct work *work, int unit) {
    for (size_t i = 0; i < work->n_receipts; i++) {
        if (work->receipts[i].unit == unit)
            return true;
    }
    return false;
}

/** @return whether the form of the period asks the unit for something it must answer. */
static bool is_expected(const struct work *work, int unit) {
    const bms_definition *definition = work->definition;
    for (size_t i = 0; i < definition->n_points; i++) {
        if (definition->points[i].form == work->period &&
            bms_definition_duty(definition, &definition->points[i], unit) == BMS_REQUIRED)
            return true;
    }
    return false;
}

static void add_those_without(struct work *work, bms_intake *out) {
    for (size_t u = 0; u < work->definition->n_units; u++) {
        if (!is_expected(work, (int)u))
            continue;
        out->expected++;
        if (has_sent(work, (int)u))
            continue;
        bms_intake_row *row = add_row(work);
        if (!row)
            return;
        row->key.unit = work->definition->units[u].code;
        row->state = BMS_INTAKE_NOTHING;
        row->unit = unit_text(work, (int)u, "");
        row->first = true;
    }
}

/** What waits for somebody first; what was found something in before what was not; then unit by unit. */
static int by_state_and_unit(const void *left, const void *right) {
    const struct receipt *a = left;
    const struct receipt *b = right;
    const bool clean_a = a->n_findings == 0;
    const bool clean_b = b->n_findings == 0;
    if (a->state != b->state)
        return a->state < b->state ? -1 : 1;
    if (clean_a != clean_b)
        return clean_a ? 1 : -1;
    if (a->unit != b->unit)
        return a->unit < b->unit ? -1 : 1;
    return (a->id > b->id) - (a->id < b->id);
}

static void add_rows(struct work *work, bms_intake *out) {
    size_t i = 0;
    if (work->n_receipts > 0)
        qsort(work->receipts, work->n_receipts, sizeof *work->receipts, by_state_and_unit);
    for (; i < work->n_receipts && work->receipts[i].state < BMS_INTAKE_NOTHING; i++)
        add_receipt_rows(work, &work->receipts[i]);
    add_those_without(work, out);
    for (; i < work->n_receipts; i++)
        add_receipt_rows(work, &work->receipts[i]);
    for (size_t r = 0; r < work->n_rows; r++)
        out->of_state[work->rows[r].state] += work->rows[r].first;
}

/* What could not be obeyed */

static bool same_key(const bms_intake_key *a, const bms_intake_key *b) {
    return bms_code_compare(a->unit, b->unit) == 0 && strcmp(a->sha256, b->sha256) == 0 &&
           strcmp(a->rule, b->rule) == 0 && bms_code_compare(a->indicator, b->indicator) == 0;
}

static void carry_over(struct work *work, const bms_intake_answers *before, const char *const *problems) {
    for (size_t i = 0; before && i < before->n; i++) {
        const bms_intake_answer *answer = &before->answers[i];
        for (size_t r = 0; problems[i] && r < work->n_rows; r++) {
            bms_intake_row *row = &work->rows[r];
            if (!same_key(&row->key, &answer->key))
                continue;
            row->accept = answer->accept;
            row->reason = answer->reason;
            row->use = answer->use;
            row->release = answer->release;
            row->done = problems[i];
        }
    }
}

enum bms_status bms_intake_make(bms_arena *arena, const bms_definition *definition, bms_history *history,
                                int period, const char *language, int64_t made_at,
                                const bms_intake_answers *before, const char *const *problems,
                                bms_intake *out, bms_error *error) {
    struct work work = {.arena = arena,
                        .definition = definition,
                        .history = history,
                        .period = period,
                        .language = language,
                        .known = {.arena = arena}};
    const char *code = definition->calendar[period].period.code;
    *out = (bms_intake){.municipality = definition->municipality.name,
                        .period = code,
                        .language = language,
                        .decided_by = before ? before->decided_by : "",
                        .made_at = made_at};
    enum bms_status status = bms_history_load_decisions(history, &work.known, error);
    if (status == BMS_OK)
        status = bms_history_each_receipt(history, code, take_receipt, &work, error);
    forget_strays(&work);
    if (status == BMS_OK)
        status = take_findings(&work, error);
    if (status == BMS_OK)
        status = bms_history_each_decision(history, code, take_decision, &work, error);
    if (status != BMS_OK)
        return status;
    add_rows(&work, out);
    carry_over(&work, before, problems);
    out->period_name = bms_definition_period_name(definition, period, arena, language);
    out->rows = work.rows;
    out->n_rows = work.n_rows;
    out->decisions = work.decisions;
    out->n_decisions = work.n_decisions;
    return work.out_of_memory || !out->period_name ? bms_error_no_memory(error) : BMS_OK;
}
