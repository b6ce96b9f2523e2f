/*
 * Checking one return: identify it, read it, run the table of rules, decide the outcome. The rules themselves
 * are in the files named in checking.h.
 */
#include "core/base/error.h"
#include "core/check/checking.h"

#include <assert.h>
#include <string.h>

void bms_verdict_text(bms_verdict *verdict, const char *place, const char *text) {
    if (verdict->n_places < BMS_MOST_PLACES)
        verdict->places[verdict->n_places++] = (bms_text_place){place, text};
}

void bms_verdict_of_others(bms_verdict *verdict, const char *place, const char *text) {
    assert(verdict->n_of_others < BMS_MOST_OF_OTHERS);
    verdict->of_others[verdict->n_of_others++] = (bms_text_place){place, text};
}

void bms_verdict_number(bms_verdict *verdict, const char *place, double value) {
    const bms_checking *checking = verdict->checking;
    bms_verdict_text(verdict, place, bms_number_plain(checking->arena, value, checking->context->language));
}

void bms_verdict_rounded(bms_verdict *verdict, const char *place, double value, int decimals) {
    const bms_checking *checking = verdict->checking;
    bms_verdict_text(verdict, place,
                     bms_number_text(checking->arena, value, decimals, checking->context->language));
}

void bms_verdict_other(bms_verdict *verdict, bms_found_answer *other) {
    if (verdict->n_others < BMS_MOST_OTHERS)
        verdict->others[verdict->n_others++] = other;
}

void bms_verdict_measured(bms_verdict *verdict, const char *place, const char *number, const char *measure) {
    const bms_checking *checking = verdict->checking;
    const char *unit = bms_number_unit(checking->arena, measure, checking->context->language);
    if (*unit != '\0')
        number = bms_arena_format(checking->arena, "%s %s", number, unit);
    bms_verdict_text(verdict, place, number);
}

/** @return whether the rule was reported for the same cell already: two questions may share a number. */
static bool is_reported(const bms_findings *findings, size_t first, const char *rule, const char *cell) {
    for (size_t i = first; i < findings->n; i++) {
        const bms_finding *other = &findings->items[i];
        if (strcmp(other->rule, rule) == 0 && other->cell && strcmp(other->cell, cell) == 0)
            return true;
    }
    return false;
}

/** @return a text with its places filled in; for the unit itself, those of others do not exist. */
static const char *message_of(bms_verdict *verdict, const char *text) {
    const bms_checking *checking = verdict->checking;
    bms_text_place places[BMS_MOST_PLACES + BMS_MOST_OF_OTHERS];
    size_t n = verdict->n_places;
    memcpy(places, verdict->places, n * sizeof *places);
    for (size_t i = 0; !checking->context->to_unit && i < verdict->n_of_others; i++)
        places[n++] = verdict->of_others[i];
    return bms_message_of(checking->arena, bms_tr(checking->context->language, text), places, n);
}

/** @return the text for the coordinator or that for the unit itself, whoever the findings are for. */
static const char *text_for(const bms_checking *checking, const char *text, const char *to_unit) {
    return checking->context->to_unit && to_unit ? to_unit : text;
}

/** @return whether the form is begun but not signed; where the sheet is lost, that is not known. */
static bool is_begun(const bms_checking *checking) {
    return !checking->finished && checking->raw->sheet;
}

/** A form that nobody has signed is not delivered yet, so errors in it are warnings. */
static enum bms_severity severity_in(const bms_checking *checking, const bms_rule *rule) {
    return rule->severity == BMS_ERROR && is_begun(checking) ? BMS_WARNING : rule->severity;
}

static const char *message_with_note(bms_verdict *verdict, const char *text) {
    const char *message = message_of(verdict, text);
    return verdict->note ? bms_arena_format(verdict->checking->arena, "%s %s", message, verdict->note)
                         : message;
}

/** Mark an accepted finding with who accepted it and why; mention an acceptance of other numbers too. */
static void apply_acceptance(bms_checking *checking, bms_finding *finding) {
    const bms_acceptance *outdated;
    const bms_acceptance *acceptance = bms_checking_accepted(checking, finding, &outdated);
    bms_arena *arena = checking->arena;
    const char *language = checking->context->language;
    if (acceptance) {
        finding->accepted = true;
        finding->severity = BMS_INFO;
        finding->fix = bms_message(arena, bms_tr(language, BMS_ACCEPTED_BY), "who", acceptance->decided.by,
                                   "reason", acceptance->decided.reason, NULL);
    } else if (outdated && finding->fix) {
        finding->fix = bms_message(
            arena, bms_tr(language, BMS_TEXT("{fix} What {who} accepted earlier concerned other numbers.")),
            "fix", finding->fix, "who", outdated->decided.by, NULL);
    }
}

/** Add a finding. @return whether it is accepted: then it is shown, but holds nothing back */
static bool report(const bms_rule *rule, bms_verdict *verdict, const bms_subject *subject, size_t first) {
    bms_checking *checking = verdict->checking;
    const char *cell = verdict->cell && *verdict->cell ? verdict->cell : NULL;
    const bms_question *question = subject->answer ? subject->answer->question : NULL;
    if (cell && subject->answer && is_reported(checking->findings, first, rule->id, cell))
        return false;
    if (question)
        bms_verdict_text(verdict, "name", question->name);
    bms_finding finding = {
        .rule = rule->id,
        .severity = severity_in(checking, rule),
        .file = checking->context->file,
        .sheet = verdict->sheet ? verdict->sheet
                 : cell         ? checking->raw->sheet
                                : NULL,
        .cell = cell,
        .unit = checking->out->unit,
        .indicator = question ? question->indicator : NULL,
        .message = message_with_note(verdict, text_for(checking, rule->message, rule->message_to_unit)),
        .fix = message_of(verdict, text_for(checking, rule->fix, rule->fix_to_unit))};
    if (question && rule->tolerance == BMS_MAY_STAND) {
        finding.about = bms_checking_about(verdict, subject->answer);
        apply_acceptance(checking, &finding);
    }
    bms_findings_add(checking->findings, finding);
    return finding.accepted;
}

/** Mark the other answers whose numbers an error is about. */
static void involve_others(const bms_verdict *verdict) {
    for (size_t i = 0; i < verdict->n_others; i++)
        verdict->others[i]->involved = true;
}

/**
 * Run the rules on one subject. One cause, one finding: the first error ends the run, and so does the first
 * finding of a comparison with earlier values. After an accepted finding the checks go on as if the numbers
 * were right.
 * @return whether an error was found
 */
static bool run(bms_checking *checking, enum bms_looks_at looks_at, const bms_subject *subject,
                size_t first) {
    size_t n;
    const bms_rule *rules = bms_check_rules(&n);
    const char *accepted = "";
    for (size_t i = 0; i < n; i++) {
        const bms_rule *rule = &rules[i];
        bms_verdict verdict = {.checking = checking};
        if (rule->looks_at != looks_at || strcmp(rule->id, accepted) == 0 ||
            !rule->is_broken(subject, &verdict))
            continue;
        bool is_accepted = report(rule, &verdict, subject, first);
        if (subject->answer)
            subject->answer->has_finding = true;
        if (is_accepted && subject->answer) {
            accepted = rule->id;
            subject->answer->accepted = subject->answer->accepted || rule->severity >= BMS_ERROR;
            if (looks_at == BMS_AT_CELL && rule->severity >= BMS_ERROR)
                return false; /* the number was accepted with anything else that is odd about it */
            continue;
        }
        if (rule->severity >= BMS_ERROR) {
            involve_others(&verdict);
            return true;
        }
        if (looks_at == BMS_AT_COMPARISON)
            return false;
    }
    return false;
}

static void run_cells(bms_checking *checking, bms_found_answer *answer, size_t first) {
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        bms_found_number *number = &answer->numbers[which];
        const bms_subject subject = {answer, number, NULL};
        const bool personal = number->own && bms_checking_is_personal(checking, number->cell);
        if (!number->own || (!personal && !run(checking, BMS_AT_CELL, &subject, first)))
            continue;
        number->content = BMS_CONTENT_BAD;
        answer->spoiled = answer->has_finding = true;
    }
}

/** Copy shared numbers from the row where they are typed, with their faults. */
static void share_numbers(bms_checking *checking) {
    for (size_t i = 0; i < checking->n_questions; i++) {
        bms_found_answer *answer = &checking->answers[i];
        for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
            bms_found_number *number = &answer->numbers[which];
            if (number->own || !number->asked)
                continue;
            const bms_found_answer *there = bms_checking_answer(checking, number->asked->same_as_indicator);
            const bms_found_number *typed = there ? &there->numbers[number->asked->same_as_number] : NULL;
            if (!typed || !typed->own)
                continue;
            number->cell = typed->cell;
            number->content = typed->content;
            number->value = typed->value;
            if (typed->content == BMS_CONTENT_BAD || !there->row)
                answer->spoiled = answer->has_finding = true;
        }
    }
}

/** @return the place of the question a finding is about. */
static ptrdiff_t place_of(const bms_checking *checking, const bms_finding *finding) {
    return bms_checking_answer(checking, finding->indicator) - checking->answers;
}

/** Sort findings about questions by their order in the form: they were found stage by stage. */
static void sort_findings(bms_checking *checking, size_t from) {
    bms_finding *items = checking->findings->items;
    for (size_t i = from + 1; i < checking->findings->n; i++) {
        bms_finding moved = items[i];
        size_t to = i;
        for (; to > from && place_of(checking, &items[to - 1]) > place_of(checking, &moved); to--)
            items[to] = items[to - 1];
        items[to] = moved;
    }
}

/** @return whether a number is typed in another row. @param[out] doubted  whether that row is in doubt */
static bool is_shared(const bms_checking *checking, const bms_found_answer *answer, bool *doubted) {
    bool shared = false;
    *doubted = false;
    for (int which = BMS_NUMERATOR; which <= BMS_DENOMINATOR; which++) {
        const bms_found_number *number = &answer->numbers[which];
        if (number->own || !number->asked)
            continue;
        const bms_found_answer *there = bms_checking_answer(checking, number->asked->same_as_indicator);
        shared = true;
        *doubted = *doubted || !there || there->spoiled || there->doubted;
    }
    return shared;
}

/** Compare one answer; one with a number from another row waits until that row has been compared. */
static void compare(bms_checking *checking, bms_found_answer *answer, bool shared, size_t first) {
    const bms_subject subject = {answer, NULL, NULL};
    bool doubted;
    if (is_shared(checking, answer, &doubted) != shared || doubted || answer->spoiled || answer->accepted ||
        answer->answer.state != BMS_REPORTED)
        return;
    size_t before = checking->findings->n;
    (void)run(checking, BMS_AT_COMPARISON, &subject, first);
    answer->doubted = checking->findings->n > before;
}

/** Compare the answers without errors with earlier values. */
static void compare_answers(bms_checking *checking, size_t first) {
    const bms_subject whole = {NULL, NULL, NULL};
    bms_verdict verdict = {.checking = checking};
    if (bms_rule_others_numbers(&whole, &verdict))
        return; /* all of it is another unit's: the return has one finding for that */
    for (size_t i = 0; i < checking->n_questions; i++)
        compare(checking, &checking->answers[i], false, first);
    for (size_t i = 0; i < checking->n_questions; i++)
        compare(checking, &checking->answers[i], true, first);
}

/** Check doubted answers too: a red number that needs an action must not slip through. */
static void check_results(bms_checking *checking, size_t first) {
    for (size_t i = 0; i < checking->n_questions; i++) {
        bms_found_answer *answer = &checking->answers[i];
        const bms_subject subject = {answer, NULL, NULL};
        if (!answer->spoiled && run(checking, BMS_AT_RESULT, &subject, first))
            answer->spoiled = true;
    }
}

static void run_answers(bms_checking *checking, size_t first) {
    size_t from = checking->findings->n;
    for (size_t i = 0; i < checking->n_questions; i++) {
        bms_found_answer *answer = &checking->answers[i];
        const bms_subject subject = {answer, NULL, NULL};
        if (run(checking, BMS_AT_ROW, &subject, first)) {
            answer->spoiled = true;
        } else {
            run_cells(checking, answer, first);
        }
    }
    share_numbers(checking);
    bms_checking_find_bases(checking);
    for (size_t i = 0; i < checking->n_questions; i++) {
        bms_found_answer *answer = &checking->answers[i];
        const bms_subject subject = {answer, NULL, NULL};
        answer->answer = bms_found_answer_state(answer);
        if (!answer->spoiled && run(checking, BMS_AT_MEASUREMENT, &subject, first))
            answer->spoiled = true;
    }
    compare_answers(checking, first);
    check_results(checking, first);
    sort_findings(checking, from);
}

static void run_all(bms_checking *checking, size_t first) {
    const bms_subject whole = {NULL, NULL, NULL};
    for (size_t i = 0; i < checking->raw->n_personal; i++) {
        const bms_subject cell = {NULL, NULL, &checking->raw->personal[i]};
        (void)run(checking, BMS_AT_PERSONAL, &cell, first);
    }
    if (!run(checking, BMS_AT_FILE, &whole, first) && !run(checking, BMS_AT_TABLE, &whole, first)) {
        run_answers(checking, first);
    } else {
        return;
    }
    (void)run(checking, BMS_AT_RETURN, &whole, first);
}

/** The outcome as far as the file and the decisions give it; duplicates are found later, among all files. */
static enum bms_outcome outcome_of(bms_checking *checking, size_t first) {
    enum bms_severity worst = BMS_INFO;
    for (size_t i = first; i < checking->findings->n; i++) {
        enum bms_severity severity = checking->findings->items[i].severity;
        worst = severity > worst ? severity : worst;
    }
    if (worst == BMS_FATAL)
        return BMS_UNREADABLE;
    if (is_begun(checking))
        return BMS_UNFINISHED;
    if (worst < BMS_ERROR)
        return BMS_ACCEPTED;
    checking->out->release = bms_checking_release(checking, first);
    return checking->out->release ? BMS_ACCEPTED : BMS_HELD;
}

enum bms_status bms_check_return(bms_arena *arena, const bms_raw_return *raw,
                                 const bms_check_context *context, bms_checked_return *out,
                                 bms_findings *findings, bms_error *error) {
    size_t first = findings->n;
    bms_checking checking = {
        .arena = arena, .raw = raw, .context = context, .findings = findings, .out = out, .unit = BMS_NONE};
    checking.period = BMS_NONE;
    *out = (bms_checked_return){.definition = "", .signed_by = "", .signed_on = "", .sheet = raw->sheet};
    enum bms_status status = bms_checking_identify(&checking, error);
    if (status == BMS_OK)
        status = bms_checking_read(&checking, error);
    if (status != BMS_OK)
        return status;
    run_all(&checking, first);
    out->outcome = outcome_of(&checking, first);
    if (out->outcome != BMS_UNREADABLE)
        status = bms_checking_conclude(&checking, error);
    status = bms_error_of_arena(status, findings->arena, error);
    return bms_error_of_arena(status, arena, error);
}
