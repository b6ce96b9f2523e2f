/** Showing and counting the files that were checked or collected (see returns.h). */
#include "returns.h"

#include "call.h"
#include "command.h"
#include "decisions.h"
#include "findings.h"
#include "number.h"

#include <stdio.h>
#include <stdlib.h>

const struct option returns_options[] = {RETURNS_THREADS, {NULL, NULL, NULL}};

struct order {
    bms_source *sources;
    size_t n_sources;
    bms_collect_options options;
    struct decisions decisions; /* what the options borrow */
};

enum { PERIOD_SIZE = 32 };

struct run {
    struct session *session;
    bool stores;
    char period[PERIOD_SIZE]; /* of the last return that was taken in */
};

static const char *outcome_label(enum bms_outcome outcome, bool stores) {
    switch (outcome) {
    case BMS_ACCEPTED:
        return stores ? TEXT("taken in") : TEXT("in order");
    case BMS_HELD:
        return TEXT("held back until it is corrected");
    case BMS_UNREADABLE:
        return TEXT("cannot be read");
    case BMS_DUPLICATE:
        return TEXT("delivered before");
    case BMS_UNFINISHED:
        return TEXT("not signed as finished yet");
    case BMS_REPLACED:
        return TEXT("replaced");
    default:
        return TEXT("skipped");
    }
}

static enum colour outcome_colour(enum bms_outcome outcome) {
    if (outcome == BMS_HELD || outcome == BMS_UNREADABLE)
        return COLOUR_RED;
    return outcome == BMS_ACCEPTED ? COLOUR_GREEN : COLOUR_DIM;
}

/** @return whether something must be corrected. */
static bool is_wrong(const bms_return_row *row) {
    for (size_t i = 0; i < row->n_findings; i++) {
        if (row->findings[i].severity >= BMS_ERROR)
            return true;
    }
    return false;
}

/** @return whether somebody must do something about the file; only those are shown. */
static bool worth_a_line(const struct session *session, const bms_return_row *row) {
    if (row->outcome == BMS_HELD || row->outcome == BMS_UNREADABLE)
        return true;
    if (session->quiet)
        return false;
    return row->outcome == BMS_UNFINISHED || (row->outcome == BMS_ACCEPTED && row->n_findings > 0);
}

static void write_text(const struct run *run, const bms_return_row *row) {
    struct session *session = run->session;
    struct output *out = &session->out;
    if (!worth_a_line(session, row))
        return;
    output_coloured(out, row->file, COLOUR_BOLD);
    if (row->unit)
        output_message(out, " ({unit} {period})", "unit", row->unit, "period", row->period, NULL);
    output_text(out, ": ");
    const char *label = outcome_label(row->outcome, run->stores);
    output_coloured(out, translated(session, label), outcome_colour(row->outcome));
    output_text(out, "\n");
    for (size_t i = 0; i < row->n_findings; i++)
        findings_write_text(session, &row->findings[i]);
    output_text(out, "\n");
}

static void on_return(void *context, const bms_return_row *row) {
    struct run *run = context;
    run->session->wrong = run->session->wrong || is_wrong(row);
    session_end_progress(run->session);
    if (row->outcome == BMS_ACCEPTED && row->period)
        (void)snprintf(run->period, sizeof run->period, "%s", row->period);
    write_text(run, row);
}

/** A finding about no single file is shown with the advice on the run. */
static void on_finding(void *context, const bms_finding *finding) {
    struct run *run = context;
    run->session->wrong = run->session->wrong || finding->severity >= BMS_ERROR;
    if (finding->cell) {
        session_advise(run->session, "{file}, {cell}: {message}", "file", finding->file, "cell",
                       finding->cell, "message", finding->message, NULL);
    } else {
        const char *text = finding->fix && *finding->fix ? "{message} {fix}" : "{message}";
        session_advise(run->session, text, "message", finding->message, "fix", finding->fix, NULL);
    }
}

/** A workbook that was written because of the returns. */
static void on_file(void *context, const bms_file_row *file) {
    const struct run *run = context;
    if (file->action == BMS_FILE_KEPT) {
        session_say(run->session, "Not replaced, because it was changed after bms wrote it: {path}", "path",
                    file->path, NULL);
    } else if (file->action == BMS_FILE_NOT_REPLACED) {
        if (run->session->quiet) /* else the finding does */
            session_say(run->session, "Could not be replaced: {path}", "path", file->path, NULL);
    } else if (file->unit) {
        session_advise(run->session, "Send to the unit: {path}", "path", file->path, NULL);
    } else {
        session_advise(run->session, "Received files, and what you can decide: {path}", "path", file->path,
                       NULL);
    }
}

static bool on_progress(void *context, size_t done, size_t total) {
    const struct run *run = context;
    return session_progress(run->session, done, total);
}

static void write_counts_text(const struct run *run, const bms_counts *counts) {
    const size_t by_outcome[] = {counts->accepted,   counts->held,    counts->unreadable, counts->duplicate,
                                 counts->unfinished, counts->skipped, counts->replaced};
    struct session *session = run->session;
    const char *between = "";
    for (int i = 0; i <= BMS_REPLACED && !session->quiet; i++) {
        char digits[NUMBER_SIZE];
        if (by_outcome[i] > 0) {
            output_message(&session->out, "{between}{n} {outcome}", "between", between, "n",
                           number_count(by_outcome[i], digits), "outcome",
                           translated(session, outcome_label((enum bms_outcome)i, run->stores)), NULL);
            between = ", ";
        }
    }
    output_text(&session->out, *between ? ".\n" : "");
}

/** Show the history's hash: kept elsewhere, it proves later that nothing was changed. */
static void advise_hash(struct session *session) {
    int64_t newest = 0;
    char hash[65];
    bms_error ignored = {0};
    if (bms_newest_hash(session->library, &newest, hash, &ignored) == BMS_OK && newest > 0) {
        char digits[NUMBER_SIZE];
        hash[16] = '\0';
        session_advise(session, "History {hash} after run {run}.", "hash", hash, "run",
                       number_count((size_t)newest, digits), NULL);
    }
}

static void advise(const struct run *run, const bms_counts *counts) {
    struct session *session = run->session;
    if (counts->held > 0) {
        session_advise(session,
                       "When the units have answered, put the new files in "
                       "the same folder and run this again; the old ones can stay.",
                       NULL);
    }
    if (run->stores && counts->accepted > 0) {
        session_advise(
            session,
            "Next: bms status {period} shows who has not delivered, bms report {period} writes the "
            "reports.",
            "period", run->period, NULL);
    } else if (!run->stores && counts->accepted > 0) {
        session_advise(session, "Nothing has been stored. bms collect takes in what is in order.", NULL);
    }
}

/** Run the command and show its outcome as text. */
static enum bms_status show(struct session *session, const struct order *order, bool stores) {
    struct run run = {.session = session, .stores = stores};
    const bms_listener listener = {.context = &run,
                                   .on_finding = on_finding,
                                   .on_file = on_file,
                                   .on_return = on_return,
                                   .on_progress = on_progress};
    bms_counts counts = {0};
    enum bms_status status =
        (stores ? bms_collect : bms_check)(session->library, order->sources, order->n_sources,
                                           &order->options, &listener, &counts, &session->error);
    write_counts_text(&run, &counts);
    advise(&run, &counts);
    if (stores && status == BMS_OK)
        advise_hash(session);
    return status;
}

/** Run the command with --json. */
static enum bms_status answer(struct session *session, const struct order *order, bool stores) {
    const bms_collect_options *options = &order->options;
    struct request request = {0};
    request_flag(&request, "no_corrections", options->no_corrections);
    request_accepted(&request, "accept", options->accept, options->n_accept);
    request_texts(&request, "use", options->use, options->n_use);
    request_texts(&request, "partial", options->partial, options->n_partial);
    request_text(&request, "reason", options->reason);
    request_text(&request, "by", options->by);
    return call_verb(session, stores ? "collect" : "check", &request, order->sources, order->n_sources);
}

static enum bms_status read_order(struct session *session, const struct arguments *arguments,
                                  struct order *out) {
    *out = (struct order){.sources = calloc(arguments->n_operands + 1, sizeof *out->sources),
                          .n_sources = arguments->n_operands,
                          .options = {.no_corrections = arguments_has(arguments, "no-corrections")}};
    if (!out->sources)
        return BMS_NO_MEMORY;
    for (size_t i = 0; i < out->n_sources; i++)
        out->sources[i].name = arguments->operands[i];
    return decisions_read(&out->decisions, session, arguments, &out->options);
}

enum bms_status returns_run(struct session *session, const struct arguments *arguments, bool stores) {
    struct order order;
    enum bms_status status = read_order(session, arguments, &order);
    if (status == BMS_OK)
        status = (session->json ? answer : show)(session, &order, stores);
    decisions_dispose(&order.decisions);
    free(order.sources);
    return status;
}
