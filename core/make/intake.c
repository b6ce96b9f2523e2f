/*
 * Making Mottak (see intake.h) from the history: the files that count, their findings, and what has been
 * decided. What the coordinator writes in it is read by the layout and obeyed in core/verbs/collect/decide.c.
 */
#include "core/make/intake.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/check/reword.h"

#include <stdlib.h>
#include <string.h>

const char *bms_intake_state_text(enum bms_intake_state state) {
    static const char *const texts[BMS_N_INTAKE_STATES] = {
        [BMS_INTAKE_HELD] = BMS_TEXT("Held back"),
        [BMS_INTAKE_UNREADABLE] = BMS_TEXT("Cannot be read"),
        [BMS_INTAKE_UNFINISHED] = BMS_TEXT("Not signed"),
        [BMS_INTAKE_NOTHING] = BMS_TEXT("Not received"),
        [BMS_INTAKE_ACCEPTED] = BMS_TEXT("Taken in"),
        [BMS_INTAKE_REPLACED] = BMS_TEXT("Replaced")};
    return texts[state];
}

/** A file that counts, with its latest state. */
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

struct composing {
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
    bms_decisions known; /* acceptances, to name who made them */
};

/** @return a copy that lasts; "" for NULL. */
static const char *kept(struct composing *composing, const char *text) {
    return text ? bms_arena_text(composing->arena, text) : "";
}

/** @return what a stored finding says, in the workbook's language. */
static const char *said_here(struct composing *composing, const char *rule, const char *text) {
    return kept(composing, bms_finding_in(composing->arena, rule, text, composing->language));
}

static const char *tr(const struct composing *composing, const char *text) {
    return bms_tr(composing->language, text);
}

/* What came in */

static bool take_finding(void *context, const bms_finding *finding) {
    struct composing *composing = context;
    struct receipt *receipt = &composing->receipts[composing->n_receipts - 1];
    bms_finding *added = bms_arena_grow(composing->arena, &receipt->findings, &receipt->n_findings,
                                        &receipt->capacity, sizeof *added);
    if (!added)
        return false;
    *added = (bms_finding){.rule = kept(composing, finding->rule),
                           .severity = finding->severity,
                           .cell = kept(composing, finding->cell),
                           .indicator = kept(composing, finding->indicator),
                           .message = said_here(composing, finding->rule, finding->message),
                           .fix = said_here(composing, finding->rule, finding->fix),
                           .about = finding->about ? kept(composing, finding->about) : NULL,
                           .accepted = finding->accepted};
    return !bms_arena_failed(composing->arena);
}

static bool take_receipt(void *context, const bms_stored_receipt *stored) {
    static const enum bms_intake_state states[] = {
        [BMS_ACCEPTED] = BMS_INTAKE_ACCEPTED,     [BMS_HELD] = BMS_INTAKE_HELD,
        [BMS_UNREADABLE] = BMS_INTAKE_UNREADABLE, [BMS_DUPLICATE] = BMS_N_INTAKE_STATES,
        [BMS_UNFINISHED] = BMS_INTAKE_UNFINISHED, [BMS_SKIPPED] = BMS_N_INTAKE_STATES};
    struct composing *composing = context;
    const bool earlier_revision = stored->superseded && stored->outcome == BMS_ACCEPTED;
    if (stored->overwritten || earlier_revision || states[stored->outcome] == BMS_N_INTAKE_STATES)
        return true;
    struct receipt *added = bms_arena_grow(composing->arena, &composing->receipts, &composing->n_receipts,
                                           &composing->receipt_capacity, sizeof *added);
    if (!added)
        return false;
    const char *slash = strrchr(stored->file, '/');
    *added = (struct receipt){.id = stored->id,
                              .file = kept(composing, slash ? slash + 1 : stored->file),
                              .sha256 = kept(composing, stored->sha256),
                              .unit = stored->unit ? bms_definition_unit(composing->definition, stored->unit)
                                                   : BMS_NONE,
                              .code = kept(composing, stored->unit),
                              .state = stored->replaced ? BMS_INTAKE_REPLACED : states[stored->outcome],
                              .revision = stored->revision,
                              .seen_at = stored->seen_at};
    return !bms_arena_failed(composing->arena);
}

/** Drop unidentified files that the latest collect did not see: they may have been removed. */
static void drop_old_unidentified(struct composing *composing) {
    int64_t newest = 0;
    size_t n = 0;
    for (size_t i = 0; i < composing->n_receipts; i++)
        newest = composing->receipts[i].seen_at > newest ? composing->receipts[i].seen_at : newest;
    for (size_t i = 0; i < composing->n_receipts; i++) {
        if (*composing->receipts[i].code != '\0' || composing->receipts[i].seen_at == newest)
            composing->receipts[n++] = composing->receipts[i];
    }
    composing->n_receipts = n;
}

/** Sort the findings of a file, the most severe first. */
static void sort_by_severity(struct receipt *receipt) {
    for (size_t i = 1; i < receipt->n_findings; i++) {
        const bms_finding moved = receipt->findings[i];
        size_t to = i;
        for (; to > 0 && receipt->findings[to - 1].severity < moved.severity; to--)
            receipt->findings[to] = receipt->findings[to - 1];
        receipt->findings[to] = moved;
    }
}

/** Fetch the findings of each file, once the list of files is complete. */
static enum bms_status take_findings(struct composing *composing, bms_error *error) {
    enum bms_status status = BMS_OK;
    const size_t n = composing->n_receipts;
    for (composing->n_receipts = 1; status == BMS_OK && composing->n_receipts <= n; composing->n_receipts++) {
        struct receipt *receipt = &composing->receipts[composing->n_receipts - 1];
        /* What was found in a replaced file is nothing to decide about any more. */
        if (receipt->state != BMS_INTAKE_REPLACED) {
            status =
                bms_history_each_finding(composing->history, receipt->id, take_finding, composing, error);
        }
        sort_by_severity(receipt);
    }
    composing->n_receipts = n;
    return status;
}

/* What has been decided */

static const char *const decision_texts[] = {
    [BMS_DECIDED_TO_ACCEPT] = BMS_TEXT("Accepted"),
    [BMS_DECIDED_TO_USE] = BMS_TEXT("This file is used"),
    [BMS_DECIDED_TO_RELEASE] = BMS_TEXT("The rest is released"),
};

static const char *unit_text(struct composing *composing, int unit, const char *code) {
    if (unit == BMS_NONE)
        return kept(composing, code);
    const bms_unit *known = &composing->definition->units[unit];
    return bms_arena_format(composing->arena, "%s %s", known->code, known->name);
}

static bool take_decision(void *context, const bms_stored_decision *stored) {
    struct composing *composing = context;
    bms_intake_decision *added =
        bms_arena_grow(composing->arena, &composing->decisions, &composing->n_decisions,
                       &composing->decision_capacity, sizeof *added);
    if (!added)
        return false;
    const char *about = stored->kind == BMS_DECIDED_TO_ACCEPT
                            ? said_here(composing, stored->rule, stored->message)
                            : stored->about;
    const char *slash = stored->kind == BMS_DECIDED_TO_ACCEPT || !about ? NULL : strrchr(about, '/');
    *added = (bms_intake_decision){
        .day = bms_day_here(stored->at),
        .who = kept(composing, stored->made_by),
        .what = decision_texts[stored->kind],
        .unit = unit_text(composing, bms_definition_unit(composing->definition, stored->unit), stored->unit),
        .about = kept(composing, slash ? slash + 1 : about),
        .reason = kept(composing, stored->reason),
        .holds = stored->holds};
    return !bms_arena_failed(composing->arena);
}

/** @return a decision in words: "Godtatt av Kari Prøve: telledagen var en annen". */
static const char *decided_text(struct composing *composing, const char *what, const char *who,
                                const char *reason) {
    const char *text = *reason ? BMS_TEXT("{what} by {who}: {reason}") : BMS_TEXT("{what} by {who}");
    return bms_message(composing->arena, tr(composing, text), "what", tr(composing, what), "who", who,
                       "reason", reason, NULL);
}

static const char *acceptance_of(struct composing *composing, const struct receipt *receipt,
                                 const bms_finding *finding) {
    const bms_acceptance *outdated;
    const bms_accepted_question question = {
        .rule = finding->rule,
        .unit = receipt->code,
        .period = composing->definition->calendar[composing->period].period.code,
        .indicator = finding->indicator,
        .about = finding->about ? finding->about : ""};
    const bms_acceptance *acceptance =
        finding->accepted ? bms_decisions_accepted(&composing->known, &question, &outdated) : NULL;
    return acceptance ? decided_text(composing, decision_texts[BMS_DECIDED_TO_ACCEPT], acceptance->decided.by,
                                     acceptance->decided.reason)
                      : "";
}

/** @return the choice or release by which the file is used, in words; "" for none. */
static const char *decision_on_file(struct composing *composing, const struct receipt *receipt) {
    const char *unit = unit_text(composing, receipt->unit, receipt->code);
    for (size_t i = 0; i < composing->n_decisions; i++) {
        const bms_intake_decision *decision = &composing->decisions[i];
        if (decision->holds && decision->what != decision_texts[BMS_DECIDED_TO_ACCEPT] &&
            strcmp(decision->unit, unit) == 0 && strcmp(decision->about, receipt->file) == 0)
            return decided_text(composing, decision->what, decision->who, decision->reason);
    }
    return "";
}

/* Rows */

static bms_intake_row *add_row(struct composing *composing) {
    bms_intake_row *row = bms_arena_grow(composing->arena, &composing->rows, &composing->n_rows,
                                         &composing->row_capacity, sizeof *row);
    if (!row)
        return NULL;
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

/** @return whether the coordinator can release the rest: every error is about a question. */
static bool can_be_released(const struct receipt *receipt) {
    for (size_t i = 0; i < receipt->n_findings; i++) {
        if (receipt->findings[i].severity >= BMS_ERROR && *receipt->findings[i].indicator == '\0')
            return false;
    }
    return receipt->state == BMS_INTAKE_HELD;
}

static void put_finding(struct composing *composing, const struct receipt *receipt,
                        const bms_finding *finding, bms_intake_row *row) {
    int indicator = bms_definition_indicator(composing->definition, finding->indicator);
    row->key.rule = finding->rule;
    row->key.indicator = finding->indicator;
    row->key.about = finding->about ? finding->about : "";
    row->severity = finding->severity;
    row->indicator =
        indicator == BMS_NONE ? finding->indicator : composing->definition->indicators[indicator].name;
    row->cell = finding->cell;
    row->message = finding->message;
    row->fix = finding->fix;
    row->done = acceptance_of(composing, receipt, finding);
    /* An error in an accepted return was left out of it: there is no number to accept. */
    const bool open = receipt->state == BMS_INTAKE_HELD ? finding->severity >= BMS_WARNING
                                                        : finding->severity == BMS_WARNING;
    row->can_accept = finding->about && open && !finding->accepted;
    row->can_use = is_rule(finding, "two_files") || is_rule(finding, "set_aside");
}

static void add_receipt_rows(struct composing *composing, const struct receipt *receipt) {
    for (size_t i = 0; i == 0 || i < receipt->n_findings; i++) {
        bms_intake_row *row = add_row(composing);
        if (!row)
            return;
        row->key.unit = receipt->code;
        row->key.sha256 = receipt->sha256;
        row->state = receipt->state;
        row->unit = unit_text(composing, receipt->unit, receipt->code);
        row->file = receipt->file;
        row->revision = receipt->revision;
        row->first = i == 0;
        if (i < receipt->n_findings)
            put_finding(composing, receipt, &receipt->findings[i], row);
        row->can_use = row->can_use || receipt->state == BMS_INTAKE_REPLACED;
        row->can_release = row->first && can_be_released(receipt);
        if (row->first && *row->done == '\0')
            row->done = decision_on_file(composing, receipt);
    }
}

static bool has_sent(const struct composing *composing, int unit) {
    for (size_t i = 0; i < composing->n_receipts; i++) {
        if (composing->receipts[i].unit == unit)
            return true;
    }
    return false;
}

/** @return whether the form of the period asks the unit for something it must answer. */
static bool is_expected(const struct composing *composing, int unit) {
    const bms_definition *definition = composing->definition;
    for (size_t i = 0; i < definition->n_points; i++) {
        if (definition->points[i].form == composing->period &&
            bms_definition_duty(definition, &definition->points[i], unit) == BMS_REQUIRED)
            return true;
    }
    return false;
}

static void add_units_without_return(struct composing *composing, bms_intake *out) {
    for (size_t u = 0; u < composing->definition->n_units; u++) {
        if (!is_expected(composing, (int)u))
            continue;
        out->expected++;
        if (has_sent(composing, (int)u))
            continue;
        bms_intake_row *row = add_row(composing);
        if (!row)
            return;
        row->key.unit = composing->definition->units[u].code;
        row->state = BMS_INTAKE_NOTHING;
        row->unit = unit_text(composing, (int)u, "");
        row->first = true;
    }
}

/** Files that wait for somebody come first, those with findings before those without; then unit by unit. */
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

static void add_rows(struct composing *composing, bms_intake *out) {
    size_t i = 0;
    if (composing->n_receipts > 0)
        qsort(composing->receipts, composing->n_receipts, sizeof *composing->receipts, by_state_and_unit);
    for (; i < composing->n_receipts && composing->receipts[i].state < BMS_INTAKE_NOTHING; i++)
        add_receipt_rows(composing, &composing->receipts[i]);
    add_units_without_return(composing, out);
    for (; i < composing->n_receipts; i++)
        add_receipt_rows(composing, &composing->receipts[i]);
    for (size_t r = 0; r < composing->n_rows; r++)
        out->of_state[composing->rows[r].state] += composing->rows[r].first;
}

/* What could not be obeyed */

static bool same_key(const bms_intake_key *a, const bms_intake_key *b) {
    return bms_code_compare(a->unit, b->unit) == 0 && strcmp(a->sha256, b->sha256) == 0 &&
           strcmp(a->rule, b->rule) == 0 && bms_code_compare(a->indicator, b->indicator) == 0;
}

static void carry_over(struct composing *composing, const bms_intake_answers *before,
                       const char *const *problems) {
    for (size_t i = 0; before && i < before->n; i++) {
        const bms_intake_answer *answer = &before->answers[i];
        for (size_t r = 0; problems[i] && r < composing->n_rows; r++) {
            bms_intake_row *row = &composing->rows[r];
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

/** @return the period's name, said to be preliminary before its last day. */
static const char *period_name(bms_arena *arena, const bms_intake_request *request) {
    const bms_definition *definition = request->definition;
    const char *name = bms_definition_period_name(definition, request->period, arena, request->language);
    if (request->today >= definition->calendar[request->period].period.to)
        return name;
    return bms_message(arena, bms_tr(request->language, BMS_TEXT("{period} (preliminary)")), "period", name,
                       NULL);
}

enum bms_status bms_intake_make(bms_arena *arena, const bms_intake_request *request, bms_intake *out,
                                bms_error *error) {
    const bms_definition *definition = request->definition;
    bms_history *history = request->history;
    const char *code = definition->calendar[request->period].period.code;
    struct composing composing = {.arena = arena,
                                  .definition = definition,
                                  .history = history,
                                  .period = request->period,
                                  .language = request->language,
                                  .known = {.arena = arena}};
    *out = (bms_intake){.municipality = bms_municipality_name_on(
                            &definition->municipality, definition->calendar[request->period].period.to),
                        .period = code,
                        .period_name = period_name(arena, request),
                        .language = request->language,
                        .decided_by = request->before ? request->before->decided_by : "",
                        .made_at = request->made_at};
    enum bms_status status = bms_history_load_decisions(history, &composing.known, error);
    if (status == BMS_OK)
        status = bms_history_each_receipt(history, code, take_receipt, &composing, error);
    drop_old_unidentified(&composing);
    if (status == BMS_OK)
        status = take_findings(&composing, error);
    if (status == BMS_OK)
        status = bms_history_each_decision(history, code, take_decision, &composing, error);
    if (status == BMS_OK) {
        add_rows(&composing, out);
        carry_over(&composing, request->before, request->problems);
    }
    out->rows = composing.rows;
    out->n_rows = composing.n_rows;
    out->decisions = composing.decisions;
    out->n_decisions = composing.n_decisions;
    return bms_error_of_arena(status, arena, error);
}
