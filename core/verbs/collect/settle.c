/**
 * The outcome of a file given the other files and what came before (see returns.h).
 *
 * In this order: a file that repeats what was accepted is a duplicate; where the coordinator has chosen one,
 * the others are set aside; a file that repeats another here is a duplicate; one held in an earlier run gives
 * way to a newer one; of what is left, different files for one unit and period are all held. What was seen in
 * an earlier run is replaced once another is accepted. A form that came for another period competes with
 * none.
 */
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/definition/definition.h"
#include "core/verbs/collect/differences.h"
#include "core/verbs/collect/returns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @return whether it was reached through another period than its own. */
static bool is_for_another_period(const bms_return_record *record) {
    return record->file->period && record->period &&
           bms_code_compare(record->file->period, record->period) != 0;
}

/** @return whether it is a signed return of a known unit and period, not replaced: only these compete. */
static bool competes(const bms_return_record *record) {
    return record->unit && record->period && !record->replaced && !is_for_another_period(record) &&
           (record->outcome == BMS_ACCEPTED || record->outcome == BMS_HELD);
}

/** Add the finding of a rule about files to a record. @param place  what fills its texts; NULL: nothing */
static enum bms_status add_finding(const bms_returns *returns, bms_return_record *record,
                                   enum bms_outcome outcome, enum bms_run_rule rule,
                                   const bms_text_place *place, bms_error *error) {
    const bms_job *job = returns->job;
    const bms_finding finding = bms_run_finding(job->arena, job->language, rule, place, place ? 1 : 0);
    return bms_return_change(job, record, outcome, finding, error);
}

/** Mark a return that first came after its period was closed. */
static enum bms_status mark_late(const bms_returns *returns, bms_return_record *record, bms_error *error) {
    const bms_job *job = returns->job;
    int64_t at = 0;
    enum bms_status status =
        bms_history_closed_before(job->history, record->period, record->sha256, &at, error);
    if (status != BMS_OK || at == 0)
        return status;
    const bms_text_place day = {"day", bms_day_text(job->arena, bms_day_here(at), job->language)};
    return add_finding(returns, record, BMS_ACCEPTED, BMS_RULE_LATE, &day, error);
}

static enum bms_status make_duplicate(const bms_returns *returns, bms_return_record *record,
                                      enum bms_run_rule rule, bms_text_place place, bms_error *error) {
    record->n_findings = 0; /* the one it repeats has the same findings */
    return add_finding(returns, record, BMS_DUPLICATE, rule, &place, error);
}

/** Mark a file that another has taken the place of; what was wrong with it no longer matters. */
static enum bms_status make_replaced(const bms_returns *returns, bms_return_record *record,
                                     enum bms_run_rule rule, const bms_text_place *place, bms_error *error) {
    record->replaced = true;
    record->n_findings = 0;
    return add_finding(returns, record, record->outcome == BMS_ACCEPTED ? BMS_HELD : record->outcome, rule,
                       place, error);
}

/** Compare one that competes with the accepted returns of its unit and period. */
static enum bms_status compare_with(const bms_returns *returns, bms_return_record *record,
                                    const bms_known_return *known, bms_error *error) {
    enum bms_status status = BMS_OK;
    if (known->same) {
        char number[16];
        (void)snprintf(number, sizeof number, "%d", known->same_revision);
        return make_duplicate(returns, record, BMS_RULE_DUPLICATE_OF_ACCEPTED,
                              (bms_text_place){"number", number}, error);
    }
    if (record->outcome == BMS_ACCEPTED)
        status = mark_late(returns, record, error);
    if (status == BMS_OK && record->outcome == BMS_ACCEPTED && known->amended)
        status = add_finding(returns, record, BMS_ACCEPTED, BMS_RULE_REPLACES_AMENDMENT, NULL, error);
    return status;
}

/** Compare a file with what the history knows of it. */
static enum bms_status look_back_at(const bms_returns *returns, bms_return_record *record, bms_error *error) {
    bms_known_return known;
    const char *period = is_for_another_period(record) ? record->file->period : record->period;
    if (!record->unit || !record->period)
        return BMS_OK;
    enum bms_status status = bms_history_find_return(returns->job->history, record->unit, period,
                                                     record->sha256, record->inputs_sha256, &known, error);
    if (status != BMS_OK)
        return status;
    record->held_before = known.held_before;
    record->superseded = known.superseded;
    if (competes(record))
        return compare_with(returns, record, &known, error);
    return known.superseded ? make_replaced(returns, record, BMS_RULE_REPLACED, NULL, error) : BMS_OK;
}

static enum bms_status look_back(const bms_returns *returns, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < returns->n; i++)
        status = look_back_at(returns, &returns->records[i], error);
    return status;
}

/** By unit and period, then in order of path, as the records are. */
static int by_unit_and_period(const void *left, const void *right) {
    const bms_return_record *a = *(bms_return_record *const *)left;
    const bms_return_record *b = *(bms_return_record *const *)right;
    int order = bms_code_compare(a->unit, b->unit);
    if (order == 0)
        order = bms_code_compare(a->period, b->period);
    return order != 0 ? order : (a > b) - (a < b);
}

static bool same_content(const bms_return_record *a, const bms_return_record *b) {
    return strcmp(a->sha256, b->sha256) == 0 ||
           (a->inputs_sha256[0] && strcmp(a->inputs_sha256, b->inputs_sha256) == 0);
}

static const char *unit_name(const bms_job *job, const char *code) {
    int unit = job->definition ? bms_definition_unit(job->definition, code) : BMS_NONE;
    return unit == BMS_NONE ? code : job->definition->units[unit].name;
}

/** Hold back one of several different files, with a finding that names another and the cells that differ. */
static enum bms_status hold_back(bms_returns *returns, bms_return_record *record,
                                 const bms_return_record *other, bms_error *error) {
    const bms_job *job = returns->job;
    bms_differences differences = {0};
    enum bms_status status = bms_differences_find(job, record->file, other->file, &differences, error);
    if (status != BMS_OK)
        return status;
    const bms_text_place places[] = {{"unit", unit_name(job, record->unit)},
                                     {"file", bms_sources_base_name(record->file->name)},
                                     {"other", bms_sources_base_name(other->file->name)},
                                     {"cells", differences.cells}};
    bms_finding finding =
        bms_run_finding(job->arena, job->language,
                        differences.cells ? BMS_RULE_TWO_FILES : BMS_RULE_TWO_FILES_ALIKE, places, 4);
    finding.sheet = differences.sheet;
    finding.cell = differences.first;
    return bms_return_change(job, record, BMS_HELD, finding, error);
}

/** Mark what repeats an earlier file of the group. @param[in,out] n  those left, moved to the front */
static enum bms_status drop_repeated(bms_returns *returns, bms_return_record **group, size_t *n,
                                     bms_error *error) {
    enum bms_status status = BMS_OK;
    size_t kept = 0;
    for (size_t i = 0; status == BMS_OK && i < *n; i++) {
        size_t first = 0;
        while (first < kept && !same_content(group[first], group[i]))
            first++;
        if (first < kept) {
            status = make_duplicate(returns, group[i], BMS_RULE_DUPLICATE_OF_FILE,
                                    (bms_text_place){"file", bms_sources_base_name(group[first]->file->name)},
                                    error);
        } else {
            group[kept++] = group[i];
        }
    }
    *n = kept;
    return status;
}

/** Drop what was held in an earlier run, where a newer file is here or has been accepted. */
static enum bms_status drop_outdated(bms_returns *returns, bms_return_record **group, size_t *n,
                                     bms_error *error) {
    enum bms_status status = BMS_OK;
    bool newer = false;
    size_t kept = 0;
    for (size_t i = 0; i < *n; i++)
        newer = newer || !group[i]->held_before;
    for (size_t i = 0; status == BMS_OK && i < *n; i++) {
        group[i]->outdated = group[i]->held_before && !group[i]->chosen && (newer || group[i]->superseded);
        if (!group[i]->outdated) {
            group[kept++] = group[i];
        } else if (group[i]->outcome == BMS_ACCEPTED) {
            status = add_finding(returns, group[i], BMS_HELD, BMS_RULE_OUTDATED, NULL, error);
        }
    }
    *n = kept;
    return status;
}

/** Settle the files of one unit and period. */
static enum bms_status settle_group(bms_returns *returns, bms_return_record **group, size_t n,
                                    bms_error *error) {
    enum bms_status status = drop_repeated(returns, group, &n, error);
    if (status == BMS_OK)
        status = drop_outdated(returns, group, &n, error);
    for (size_t i = 0; status == BMS_OK && n > 1 && i < n; i++)
        status = hold_back(returns, group[i], group[i == 0 ? 1 : 0], error);
    return status;
}

/** @return whether another file of the unit and period is accepted, now or earlier. */
static bool is_overtaken(const bms_returns *returns, const bms_return_record *record) {
    for (size_t i = 0; i < returns->n; i++) {
        const bms_return_record *other = &returns->records[i];
        if (other->outcome == BMS_ACCEPTED && competes(other) &&
            bms_code_compare(other->unit, record->unit) == 0 &&
            bms_code_compare(other->period, record->period) == 0)
            return true;
    }
    return record->superseded;
}

/** Mark the outdated ones as replaced, where a newer one is accepted. */
static enum bms_status replace_outdated(const bms_returns *returns, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < returns->n; i++) {
        bms_return_record *record = &returns->records[i];
        if (record->outdated && is_overtaken(returns, record))
            status = make_replaced(returns, record, BMS_RULE_REPLACED, NULL, error);
    }
    return status;
}

/* The coordinator's choices between files */

static enum bms_status set_aside(const bms_returns *returns, bms_return_record *record, const char *chosen,
                                 bms_error *error) {
    const bms_text_place file = {"file", chosen};
    record->set_aside = true;
    return make_replaced(returns, record, BMS_RULE_CHOSEN_INSTEAD, &file, error);
}

/** @return the file that was chosen instead of this one, now or earlier; NULL for none. */
static const char *chosen_instead(const bms_job *job, const bms_return_record *record) {
    const bms_choice *choice = bms_decisions_choice(job->decisions, record->unit, record->period);
    const bms_set_aside *aside =
        bms_decisions_find_set_aside(job->decisions, record->unit, record->period, record->sha256);
    if (record->chosen)
        return NULL;
    if (choice && strcmp(choice->sha256, record->sha256) != 0 && (!choice->among_seen || record->held_before))
        return choice->file;
    return aside ? aside->chosen : NULL;
}

static enum bms_status apply_choices(bms_returns *returns, bms_error *error) {
    enum bms_status status = BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < returns->n; i++) {
        bms_return_record *record = &returns->records[i];
        const char *instead = competes(record) ? chosen_instead(returns->job, record) : NULL;
        if (instead)
            status = set_aside(returns, record, instead, error);
    }
    return status;
}

/* Another unit's numbers */

static int by_numbers(const void *left, const void *right) {
    const bms_return_record *a = *(bms_return_record *const *)left;
    const bms_return_record *b = *(bms_return_record *const *)right;
    int order = strcmp(a->numbers_sha256, b->numbers_sha256);
    if (order == 0)
        order = bms_code_compare(a->period, b->period);
    return order != 0 ? order : (a > b) - (a < b);
}

static bool same_numbers(const bms_return_record *a, const bms_return_record *b) {
    return a->numbers_sha256[0] != '\0' && strcmp(a->numbers_sha256, b->numbers_sha256) == 0 &&
           bms_code_compare(a->period, b->period) == 0 && bms_code_compare(a->unit, b->unit) != 0;
}

/** Nobody knows which of two units with the same numbers used the wrong form, so both get a finding. */
static enum bms_status report_same_numbers(const bms_returns *returns, bms_return_record *record,
                                           const bms_return_record *other, bms_error *error) {
    const bms_job *job = returns->job;
    const bms_text_place unit = {"unit", unit_name(job, other->unit)};
    const bms_finding finding =
        bms_run_finding(job->arena, job->language, BMS_RULE_NUMBERS_OF_OTHER, &unit, 1);
    for (size_t i = 0; i < record->n_findings; i++) {
        if (strcmp(record->findings[i].rule, finding.rule) == 0)
            return BMS_OK;
    }
    return bms_return_change(job, record, record->outcome, finding, error);
}

/** Find units of one run that have sent the same numbers. Sorts `order`. */
static enum bms_status find_same_numbers(bms_returns *returns, bms_return_record **order, size_t n,
                                         bms_error *error) {
    enum bms_status status = BMS_OK;
    qsort(order, n, sizeof(bms_return_record *), by_numbers);
    for (size_t i = 1; status == BMS_OK && i < n; i++) {
        if (!competes(order[i - 1]) || !competes(order[i]) || !same_numbers(order[i - 1], order[i]))
            continue;
        status = report_same_numbers(returns, order[i - 1], order[i], error);
        if (status == BMS_OK)
            status = report_same_numbers(returns, order[i], order[i - 1], error);
    }
    return status;
}

enum bms_status bms_returns_settle(bms_returns *returns, bms_error *error) {
    enum bms_status status = returns->job->history ? look_back(returns, error) : BMS_OK;
    if (status == BMS_OK)
        status = apply_choices(returns, error);
    if (status != BMS_OK || returns->n == 0)
        return status;
    bms_return_record **order =
        bms_arena_alloc(returns->job->arena, returns->n * sizeof(bms_return_record *));
    if (!order)
        return bms_error_no_memory(error);
    size_t n = 0;
    for (size_t i = 0; i < returns->n; i++) {
        if (competes(&returns->records[i]))
            order[n++] = &returns->records[i];
    }
    qsort(order, n, sizeof(bms_return_record *), by_unit_and_period);
    for (size_t start = 0, end = 0; status == BMS_OK && start < n; start = end) {
        end = start + 1;
        while (end < n && bms_code_compare(order[start]->unit, order[end]->unit) == 0 &&
               bms_code_compare(order[start]->period, order[end]->period) == 0)
            end++;
        status = settle_group(returns, &order[start], end - start, error);
    }
    if (status == BMS_OK)
        status = replace_outdated(returns, error);
    return status == BMS_OK ? find_same_numbers(returns, order, n, error) : status;
}
