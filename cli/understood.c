/** Showing what was understood of a setup (see understood.h). */
#include "understood.h"

#include "command.h"
#include "number.h"
#include "table.h"

#include <stdio.h>
#include <string.h>

enum { MOST_CHANGES = 20, MOST_LEFT = 10, LONGEST_VALUES = 120 };

/** @return the index of a name among those gathered, added if there is room; `most` when there is none. */
static size_t place_of(char names[][UNDERSTOOD_NAME], size_t *n, size_t most, const char *name) {
    for (size_t i = 0; i < *n; i++) {
        if (strncmp(names[i], name, UNDERSTOOD_NAME - 1) == 0)
            return i;
    }
    if (*n == most)
        return most;
    (void)snprintf(names[*n], UNDERSTOOD_NAME, "%s", name);
    return (*n)++;
}

static void on_asked(void *context, const bms_setup_asked *asked) {
    struct understood *understood = context;
    if (asked->past)
        return;
    size_t period = place_of(understood->periods, &understood->n_periods, UNDERSTOOD_PERIODS, asked->period);
    if (period == UNDERSTOOD_PERIODS)
        return;
    size_t group = place_of(understood->groups, &understood->n_groups, UNDERSTOOD_GROUPS, asked->group);
    if (group == UNDERSTOOD_GROUPS) {
        understood->n_groups_more++;
    } else {
        understood->asked[group][period] = *asked;
    }
}

static void on_left(void *context, const bms_setup_left *left) {
    struct understood *understood = context;
    struct output *list = &understood->left[left->what];
    if (understood->n_left[left->what]++ >= MOST_LEFT)
        return;
    output_message(list, understood->n_left[left->what] > 1 ? ", {code} {name}" : "{code} {name}", "code",
                   left->code, "name", left->name, NULL);
}

static void on_change(void *context, const bms_setup_change *change) {
    static const char *const texts[] = {TEXT("  {sheet}: new {row}"), TEXT("  {sheet}: gone {row}"),
                                        TEXT("  {sheet}, {row}: {column} was {before}, is {after}")};
    struct understood *understood = context;
    if (understood->n_changes++ >= MOST_CHANGES)
        return;
    const char *before = change->before ? change->before : "";
    const char *after = change->after ? change->after : "";
    bool is_long = strlen(before) + strlen(after) > LONGEST_VALUES;
    const char *text = is_long ? TEXT("  {sheet}, {row}: {column} is another") : texts[change->action];
    output_message(&understood->changes, translated(understood->session, text), "sheet", change->sheet, "row",
                   change->row, "column", change->column, "before", *before ? before : "–", "after",
                   *after ? after : "–", NULL);
    output_text(&understood->changes, "\n");
}

void understood_begin(struct understood *out, struct session *session) {
    *out = (struct understood){.session = session};
    out->listener = (bms_setup_listener){
        .context = out, .on_change = on_change, .on_asked = on_asked, .on_left = on_left};
    for (size_t i = 0; i < 3; i++)
        out->left[i].guarded = true;
    out->changes.guarded = true;
}

/** Add what was gathered to the command's own output. */
static void add(struct session *session, const struct output *gathered) {
    output_bytes(&session->out, gathered->bytes ? gathered->bytes : "", gathered->size);
}

static void add_cell(struct table *table, const bms_setup_asked *asked) {
    char text[80] = "–";
    if (asked->units > 0 && asked->fewest == asked->most) {
        (void)snprintf(text, sizeof text, "%zu × %zu", asked->units, asked->most);
    } else if (asked->units > 0) {
        (void)snprintf(text, sizeof text, "%zu × %zu–%zu", asked->units, asked->fewest, asked->most);
    }
    table_add(table, text, COLOUR_NONE);
}

static void show_asked(struct understood *understood) {
    struct session *session = understood->session;
    struct table_column columns[1 + UNDERSTOOD_PERIODS] = {{translated(session, TEXT("Group")), false}};
    struct table table = {.columns = columns, .n_columns = 1 + understood->n_periods};
    char digits[NUMBER_SIZE];
    for (size_t p = 0; p < understood->n_periods; p++)
        columns[1 + p] = (struct table_column){understood->periods[p], true};
    for (size_t g = 0; g < understood->n_groups; g++) {
        table_add(&table, *understood->groups[g] ? understood->groups[g] : "–", COLOUR_NONE);
        for (size_t p = 0; p < understood->n_periods; p++)
            add_cell(&table, &understood->asked[g][p]);
    }
    session_say(session, "Who is asked (units × indicators), by form:", NULL);
    table_write(&table, &session->out);
    table_dispose(&table);
    if (understood->n_groups_more > 0)
        session_say(session, "… and {n} more.", "n", number_count(understood->n_groups_more, digits), NULL);
}

static void show_left(struct understood *understood) {
    static const char *const titles[] = {TEXT("Asked for nothing: {n}."), TEXT("Without a target: {n}."),
                                         TEXT("With a target, but measured by nobody: {n}.")};
    struct session *session = understood->session;
    char digits[NUMBER_SIZE];
    for (size_t i = 0; i < 3; i++) {
        size_t n = understood->n_left[i];
        if (n == 0)
            continue;
        output_message(&session->out, translated(session, titles[i]), "n", number_count(n, digits), NULL);
        output_text(&session->out, " ");
        add(session, &understood->left[i]);
        output_text(&session->out, n > MOST_LEFT ? ", …\n" : "\n");
    }
}

static void show_changes(struct understood *understood, const bms_setup_result *result) {
    struct session *session = understood->session;
    char digits[NUMBER_SIZE];
    if (result->first)
        return;
    if (understood->n_changes == 0) {
        session_say(session, "Nothing has changed since the last version.", NULL);
        return;
    }
    session_say(session, "Changed since the last version: {n}", "n",
                number_count(understood->n_changes, digits), NULL);
    add(session, &understood->changes);
    if (understood->n_changes > MOST_CHANGES) {
        session_say(session, "… and {n} more.", "n",
                    number_count(understood->n_changes - MOST_CHANGES, digits), NULL);
    }
}

void understood_show(struct understood *understood, const bms_setup_result *result) {
    struct session *session = understood->session;
    char units[NUMBER_SIZE];
    char indicators[NUMBER_SIZE];
    char targets[NUMBER_SIZE];
    if (understood->shown || session->quiet)
        return;
    understood->shown = true;
    session_say(session, "Units: {units}. Indicators: {indicators}. Targets: {targets}.", "units",
                number_count(result->units, units), "indicators",
                number_count(result->indicators, indicators), "targets",
                number_count(result->targets, targets), NULL);
    if (understood->n_groups > 0)
        show_asked(understood);
    show_left(understood);
    show_changes(understood, result);
}

void understood_dispose(struct understood *understood) {
    for (size_t i = 0; i < 3; i++)
        output_discard(&understood->left[i]);
    output_discard(&understood->changes);
}
