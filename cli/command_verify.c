/** bms verify: is the history what was stored, and what has been blanked in it? */
#include "command.h"
#include "number.h"
#include "table.h"

#include <stdio.h>
#include <string.h>

/** What a database file consists of, in words. @return NULL when it is none of that */
static const char *object_in_words(const char *type) {
    static const char *const types[] = {TEXT("table"), TEXT("index"), TEXT("view"), TEXT("trigger"),
                                        TEXT("number")};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (strcmp(types[i], type) == 0)
            return types[i];
    }
    return NULL;
}

/** What differs, by what is to be done about it. */
struct differences {
    struct session *session;
    const char *hash; /* to find its run; NULL: none was given */
    bool no_such_hash;
    size_t in_the_file; /* its tables, indexes, views and triggers */
    size_t in_the_facts;
};

static void on_difference(void *context, const bms_difference *difference) {
    struct differences *differences = context;
    struct session *session = differences->session;
    char digits[NUMBER_SIZE];
    const char *object = difference->run == 0 ? object_in_words(difference->row) : NULL;
    const bool of_the_given_hash = difference->run == 0 && strcmp(difference->table, "run_hashes") == 0 &&
                                   differences->hash && strcmp(difference->row, differences->hash) == 0;
    differences->no_such_hash = differences->no_such_hash || of_the_given_hash;
    if (!of_the_given_hash)
        *(object ? &differences->in_the_file : &differences->in_the_facts) += 1;
    if (difference->run > 0) {
        output_message(&session->out, translated(session, TEXT("Run {run}, ")), "run",
                       number_count((size_t)difference->run, digits), NULL);
    }
    output_message(&session->out,
                   of_the_given_hash  ? "{row}: {message}\n"
                   : *difference->row ? "{table} ({row}): {message}\n"
                                      : "{table}: {message}\n",
                   "table", difference->table, "row", object ? translated(session, object) : difference->row,
                   "message", difference->message, NULL);
}

/** What was blanked, in words. */
static const struct {
    const char *table;
    const char *field; /* NULL: any of the table */
    const char *name;
} places_in_words[] = {
    {"entries", NULL, TEXT("comments")},
    {"returns", NULL, TEXT("signatures")},
    {"actions", "text", TEXT("actions")},
    {"actions", NULL, TEXT("who is responsible for actions")},
    {"originals", NULL, TEXT("files as they were received")},
    {"findings", NULL, TEXT("what the checks said")},
    {"corrections", NULL, TEXT("who corrected, and why")},
    {"acceptances", NULL, TEXT("who decided, and why")},
    {"choices", NULL, TEXT("who decided, and why")},
    {"releases", NULL, TEXT("who decided, and why")},
    {"receipts", NULL, TEXT("file names")},
    {"setup_cells", NULL, TEXT("cells of the setup")},
};

static const char *in_words(const bms_redacted_places *row) {
    for (size_t i = 0; i < sizeof places_in_words / sizeof *places_in_words; i++) {
        if (strcmp(places_in_words[i].table, row->table) == 0 &&
            (!places_in_words[i].field || strcmp(places_in_words[i].field, row->field) == 0))
            return places_in_words[i].name;
    }
    return row->table;
}

/** A redaction is not a difference, but is shown. */
static void on_redaction(void *context, const bms_redacted_places *row) {
    struct session *session = context;
    char run[NUMBER_SIZE];
    char places[NUMBER_SIZE];
    session_say(session, "Removed in run {run} by {who}: {what} ({n}). Why: {reason}", "run",
                number_count((size_t)row->run, run), "who", row->made_by, "n", number_count(row->n, places),
                "what", translated(session, in_words(row)), "reason", row->reason, NULL);
}

/** Who knew which state of the history, as a table of its own under what differs. */
struct witnesses {
    struct session *session;
    struct table table;
};

static void on_witness(void *context, const bms_witness *witness) {
    struct witnesses *witnesses = context;
    struct session *session = witnesses->session;
    char run[NUMBER_SIZE];
    char hash[17];
    const bool known = witness->run > 0;
    (void)snprintf(hash, sizeof hash, "%s", witness->hash);
    table_add(&witnesses->table, witness->file, COLOUR_NONE);
    table_add_count(&witnesses->table, witness->n_files);
    table_add(&witnesses->table, hash, COLOUR_NONE);
    table_add(&witnesses->table, known ? number_count((size_t)witness->run, run) : "", COLOUR_NONE);
    table_add(&witnesses->table,
              translated(session, known                      ? TEXT("known")
                                  : witness->acknowledgement ? TEXT("acknowledged")
                                                             : TEXT("unknown")),
              known || witness->acknowledgement ? COLOUR_NONE : COLOUR_RED);
    table_add(&witnesses->table, witness->acknowledged_by, COLOUR_NONE);
    table_add(&witnesses->table, witness->acknowledgement, COLOUR_NONE);
}

/** Compare with the copies and reports beside the history, and show what was found. */
static enum bms_status compare_with_files(struct session *session) {
    const struct table_column columns[] = {{translated(session, TEXT("Beside the history")), false},
                                           {translated(session, TEXT("Files")), true},
                                           {translated(session, TEXT("History")), false},
                                           {translated(session, TEXT("Run")), true},
                                           {translated(session, TEXT("State")), false},
                                           {translated(session, TEXT("By")), false},
                                           {translated(session, TEXT("Why")), false}};
    struct witnesses witnesses = {
        .session = session,
        /* By whom and why only where somebody has acknowledged something. */
        .table = {.columns = columns, .n_columns = sizeof columns / sizeof *columns, .n_optional = 2}};
    size_t unknown = 0;
    enum bms_status status =
        bms_witnesses(session->library, on_witness, &witnesses, &unknown, &session->error);
    if (status == BMS_OK && witnesses.table.n_cells > 0 && (!session->quiet || unknown > 0))
        table_write(&witnesses.table, &session->out);
    if (unknown > 0) {
        session->wrong = true;
        session_say(
            session,
            "Something beside the history tells of runs that are not in it: runs have been taken away, "
            "or an older copy has been put in its place.",
            NULL);
        session_advise(
            session,
            "Put the newest of these copies back as the history. If an older one was rightly put "
            "there, say so once: bms verify --acknowledge --by NAME --reason TEXT; then collect and "
            "report again.",
            NULL);
    }
    table_dispose(&witnesses.table);
    return status;
}

static enum bms_status acknowledge(struct session *session, const struct arguments *arguments) {
    char digits[NUMBER_SIZE];
    size_t n = 0;
    enum bms_status status = bms_acknowledge(session->library, arguments_value(arguments, "by"),
                                             arguments_value(arguments, "reason"), &n, &session->error);
    if (status == BMS_OK && !session->quiet) {
        session_say(session, "Acknowledged on record: {n} states of the history that are not in it.", "n",
                    number_count(n, digits), NULL);
    }
    return status;
}

/** What was changed before the history is verified. */
struct removal {
    struct session *session;
    size_t n;
};

/** What another program had put into the file is no longer there. */
static void on_removed(void *context, const bms_removed *removed) {
    struct removal *removal = context;
    struct session *session = removal->session;
    const char *object = object_in_words(removed->type);
    removal->n++;
    session_say(session,
                removed->put_back ? TEXT("Put back: {type} {name}. Copy made first: {copy}")
                                  : TEXT("Taken out: {type} {name}. Copy made first: {copy}"),
                "type", object ? translated(session, object) : removed->type, "name", removed->name, "copy",
                removed->copy, NULL);
}

/** @param[out] stored  whether something was taken out */
static enum bms_status remove_foreign(struct session *session, bool *stored) {
    struct removal removal = {.session = session};
    enum bms_status status = bms_remove_foreign(session->library, on_removed, &removal, &session->error);
    if (status == BMS_OK && removal.n == 0 && !session->quiet)
        session_say(session, "No other program has put anything into the file: nothing to take out.", NULL);
    *stored = status == BMS_OK && removal.n > 0;
    return status;
}

static void advise(const struct differences *differences) {
    if (differences->no_such_hash) {
        session_advise(differences->session,
                       "If the hash is copied right, a run is missing: find the copy of the history that "
                       "knows it.",
                       NULL);
    }
    if (differences->in_the_file > 0) {
        session_advise(differences->session,
                       "bms verify --remove-foreign takes out what another program has put into the file, "
                       "after a copy. If it cannot, restore a backup copy.",
                       NULL);
    }
    if (differences->in_the_facts > 0) {
        session_advise(differences->session, "Restore a backup copy, verify it, and find out what happened.",
                       NULL);
    }
}

static void say_result(const struct differences *differences, const bms_verification *found) {
    struct session *session = differences->session;
    char runs[NUMBER_SIZE];
    char count[NUMBER_SIZE];
    char of_hash[NUMBER_SIZE];
    (void)number_count(found->runs, runs);
    (void)number_count(differences->in_the_file + differences->in_the_facts, count);
    if (found->run_of_hash > 0) {
        session_say(session, "The given hash is that of run {run}.", "run",
                    number_count((size_t)found->run_of_hash, of_hash), NULL);
    }
    if (differences->in_the_file + differences->in_the_facts > 0) {
        session_say(session, "The history differs from what was stored: {n} differences.", "n", count, NULL);
    } else if (!session->quiet) {
        session_say(session,
                    session->wrong ? TEXT("The runs that are there are as they were stored: {n}.")
                                   : TEXT("The history is as it was stored: {n} runs."),
                    "n", runs, NULL);
    }
    advise(differences);
    if (*found->hash && !session->quiet)
        session_say(session, "History {hash}", "hash", found->hash, NULL);
}

/** Compare everything, and say what was found. */
static enum bms_status compare(struct session *session, const struct arguments *arguments) {
    bms_verification found = {0};
    struct differences differences = {.session = session, .hash = arguments_operand(arguments, 0)};
    enum bms_status status = bms_verify(session->library, arguments_operand(arguments, 0), on_difference,
                                        &differences, &found, &session->error);
    session->wrong = session->wrong || found.differences > 0;
    if (status == BMS_OK && !session->quiet)
        status = bms_redactions(session->library, on_redaction, session, &session->error);
    if (status == BMS_OK)
        status = compare_with_files(session);
    if (status == BMS_OK)
        say_result(&differences, &found);
    return status;
}

/** What was asked for before is stored: that it could not be verified afterwards is no failure of it. */
static void say_not_verified(struct session *session) {
    session->wrong = true;
    session_say(session, "What was asked for is stored, but the history could not be verified: {why}", "why",
                session->error.message, NULL);
    session_advise(session, "Run bms verify once more.", NULL);
}

static enum bms_status verify(struct session *session, const struct arguments *arguments) {
    enum bms_status status = BMS_OK;
    bool stored = false;
    if (arguments_has(arguments, "remove-foreign"))
        status = remove_foreign(session, &stored);
    if (status == BMS_OK && arguments_has(arguments, "acknowledge")) {
        status = acknowledge(session, arguments);
        stored = stored || status == BMS_OK;
    }
    if (status == BMS_OK)
        status = compare(session, arguments);
    if (status == BMS_OK || !stored)
        return status;
    say_not_verified(session);
    return BMS_OK;
}

static const struct option options[] = {
    {"remove-foreign", NULL,
     TEXT("first take out what another program has put into the file, after a copy and on record")},
    {"acknowledge", NULL,
     TEXT("an older copy was rightly put back: record that what copies and reports tell of is gone")},
    {"by", TEXT("NAME"), TEXT("who put it back (the one who is logged on unless given)")},
    {"reason", TEXT("TEXT"), TEXT("why")},
    {NULL, NULL, NULL}};

const struct command command_verify = {
    .name = "verify",
    .usage = TEXT("[HASH] [--remove-foreign] [--acknowledge --by NAME --reason TEXT]"),
    .summary = TEXT("check that the history is as it was stored"),
    .details = TEXT(
        "Every run has a hash over what it stored and over the run before. This computes all of them\nagain, "
        "checks the file, the originals and what can be rebuilt, and lists what differs: run,\ntable and "
        "row. With HASH, from a report or from bms collect, it says which run printed it.\n"
        "It also compares with the copies and reports beside the history: a run they know and it does not\n"
        "has been taken away, or an older copy has been put in its place.\n"
        "Triggers, views, indexes and tables that are not bms's own can falsify what is stored and read;\n"
        "while there are any, only bms verify and bms backup use the history."),
    .options = options,
    .operands = {"hash"},
    .most_operands = 1,
    .stores = true,
    .function = verify,
};
