/** bms setup: load or renew the definition. Findings are shown by findings.c. */
#include "call.h"
#include "command.h"
#include "number.h"
#include "understood.h"
#include "written.h"

#include <stdlib.h>

/** What the options say; free `reworded`. */
static enum bms_status read_options(struct session *session, const struct arguments *arguments,
                                    const char ***reworded, bms_setup_options *out) {
    *out = (bms_setup_options){
        .yes = arguments_has(arguments, "yes"), .undo = arguments_has(arguments, "undo"), .context = session};
    *reworded = calloc(arguments->n_given + 1, sizeof **reworded);
    if (!*reworded)
        return BMS_NO_MEMORY;
    out->reworded = *reworded;
    out->n_reworded = arguments_values(arguments, "reworded", *reworded);
    if (out->undo && arguments->n_operands > 0) {
        return session_refuse(session, translated(session, TEXT("--undo takes no workbook.")),
                              arguments_operand(arguments, 0));
    }
    return BMS_OK;
}

static void advise_forms(void *context, const char *period, const char *name) {
    session_advise(context, "Next: bms forms {period} writes the forms for {name}.", "period", period, "name",
                   name, NULL);
}

/** What the question is asked with. */
struct asking {
    struct session *session;
    struct understood *understood;
    const bms_setup_result *result;
};

static bool confirm(void *context, size_t n) {
    const struct asking *asking = context;
    char digits[NUMBER_SIZE];
    understood_show(asking->understood, asking->result);
    return session_ask(asking->session,
                       n == 1 ? TEXT("One change must be confirmed. Store the setup all the same? (yes/no)")
                              : TEXT("{n} changes must be confirmed. Store the setup all the same? (yes/no)"),
                       "n", number_count(n, digits), NULL);
}

static void say_what_is_wrong(struct session *session, const bms_setup_result *result) {
    char digits[NUMBER_SIZE];
    session->wrong = true;
    if (result->mistakes == 1) {
        session_say(session, "One mistake. Nothing has been stored: correct it and load the workbook again.",
                    NULL);
    } else if (result->mistakes > 1) {
        session_say(session,
                    "{n} mistakes. Nothing has been stored: correct them and load the workbook again.", "n",
                    number_count(result->mistakes, digits), NULL);
    } else if (result->needs_yes == 1) {
        session_say(
            session,
            "One change must be confirmed. Nothing has been stored: correct it, or give --yes when it "
            "is meant.",
            NULL);
    } else {
        session_say(
            session,
            "{n} changes must be confirmed. Nothing has been stored: correct them, or give --yes when "
            "all are meant.",
            "n", number_count(result->needs_yes, digits), NULL);
    }
}

static void say_what_is_stored(struct session *session, const bms_setup_result *result, const char *file) {
    char version[NUMBER_SIZE];
    char undone[NUMBER_SIZE];
    (void)number_count((size_t)result->version, version);
    if (result->undone > 0) {
        session_say(
            session,
            "The setup is as in version {undone} again, stored as version {version}. Undo once more, and "
            "it goes one further back.",
            "undone", number_count((size_t)result->undone, undone), "version", version, NULL);
        session_advise(session, "The workbook is as it was: correct it too before it is loaded again.", NULL);
        return;
    }
    session_say(session, "The definition from {file} is stored.", "file", file ? file : "setup.xlsx", NULL);
    bms_error ignored = {0};
    (void)bms_next_forms(session->library, advise_forms, session, &ignored);
}

static enum bms_status load(struct session *session, const bms_source *workbook, bms_setup_options *options,
                            bms_setup_result *result) {
    struct understood understood;
    struct written written;
    struct asking asking = {session, &understood, result};
    understood_begin(&understood, session);
    options->understood = &understood.listener;
    options->context = &asking;
    options->confirm = session_can_ask(session) ? confirm : NULL;
    bms_listener listener = written_begin(&written, session);
    enum bms_status status =
        bms_setup(session->library, workbook, options, &listener, result, &session->error);
    written_end(&written);
    if (status == BMS_OK && result->mistakes == 0)
        understood_show(&understood, result);
    understood_dispose(&understood);
    return status;
}

/** @return whether what is given goes with --export. */
static bool goes_with_export(const struct arguments *arguments) {
    return arguments->n_operands == 0 && !arguments_has(arguments, "undo") &&
           !arguments_has(arguments, "yes") && !arguments_has(arguments, "reworded");
}

static enum bms_status refuse_export(struct session *session, const struct arguments *arguments) {
    const bool exports = arguments_has(arguments, "export");
    if (exports && !goes_with_export(arguments)) {
        return session_refuse(
            session,
            translated(session, TEXT("--export loads nothing: give it no workbook and no other option "
                                     "than --without-units.")),
            "");
    }
    if (!exports && arguments_has(arguments, "without-units")) {
        return session_refuse(session, translated(session, TEXT("--without-units goes with --export FILE.")),
                              "");
    }
    return BMS_OK;
}

static enum bms_status export_setup(struct session *session, const struct arguments *arguments) {
    const char *path = arguments_value(arguments, "export");
    const bool without_units = arguments_has(arguments, "without-units");
    struct written written;
    bms_listener listener = written_begin(&written, session);
    enum bms_status status =
        bms_setup_export(session->library, path, without_units, &listener, &session->error);
    written_end(&written);
    if (status != BMS_OK || session->quiet)
        return status;
    session_say(session, "The setup was written to {path}.", "path", path, NULL);
    if (without_units) {
        session_advise(
            session,
            "Read through questions and guidance before you send it: names written there are still "
            "there. Whoever gets it fills in who they are and their own units.",
            NULL);
    }
    return status;
}

static enum bms_status setup(struct session *session, const struct arguments *arguments) {
    bms_source workbook = {.name = arguments_operand(arguments, 0)};
    bms_setup_result result = {0};
    bms_setup_options options;
    const char **reworded = NULL;
    if (refuse_export(session, arguments) != BMS_OK)
        return BMS_USAGE;
    if (arguments_has(arguments, "export"))
        return export_setup(session, arguments);
    enum bms_status status = read_options(session, arguments, &reworded, &options);
    if (status == BMS_OK)
        status = load(session, workbook.name ? &workbook : NULL, &options, &result);
    if (status == BMS_OK && (result.mistakes > 0 || result.needs_yes > 0)) {
        say_what_is_wrong(session, &result);
    } else if (status == BMS_OK && !session->quiet) {
        say_what_is_stored(session, &result, workbook.name);
    }
    free(reworded);
    return status;
}

static enum bms_status setup_answer(struct session *session, const struct arguments *arguments) {
    bms_source workbook = {.name = arguments_operand(arguments, 0)};
    bms_setup_options options;
    const char **reworded = NULL;
    struct request request = {0};
    if (refuse_export(session, arguments) != BMS_OK)
        return BMS_USAGE;
    enum bms_status status = read_options(session, arguments, &reworded, &options);
    if (status == BMS_OK) {
        request_flag(&request, "yes", options.yes);
        request_flag(&request, "undo", options.undo);
        request_texts(&request, "reworded", options.reworded, options.n_reworded);
        request_text(&request, "export", arguments_value(arguments, "export"));
        request_flag(&request, "without_units", arguments_has(arguments, "without-units"));
        status = call_verb(session, "setup", &request, &workbook, workbook.name ? 1 : 0);
    }
    free(reworded);
    return status;
}

static const struct option options[] = {
    {"yes", NULL, TEXT("store it also where numbers that are there suffer")},
    {"reworded", TEXT("CODE"),
     TEXT("the indicator asks for the same in other words: its series goes on; may be repeated")},
    {"undo", NULL, TEXT("make the version before the newest again; once more goes one further back")},
    {"export", TEXT("FILE"),
     TEXT("write the stored setup as a workbook again; loading that changes nothing")},
    {"without-units", NULL,
     TEXT("with --export, for a neighbour: without units, names, addresses, their limits and actions")},
    {NULL, NULL, NULL}};

const struct command command_setup = {
    .name = "setup",
    .usage = TEXT("[FILE] [--yes] [--reworded CODE] | --undo | --export FILE [--without-units]"),
    .summary = TEXT("load or renew the definition from a setup workbook"),
    .details = TEXT(
        "All mistakes in the workbook are listed at once, by sheet and cell. If there are any, nothing is\n"
        "stored. Without FILE: setup.xlsx beside the history. Names have at most 250 characters, questions\n"
        "and other prose 4000; units have at most 25 levels.\n"
        "When there are numbers already, what a change does to them is said before anything is stored: a\n"
        "series that breaks, a limit changed for periods that are reported, what is gone, planned\n"
        "measurements that drop. On a terminal you are asked; else it takes --yes. A new limit that is to\n"
        "hold from now on gets a row of its own with a date in 'In force from', and needs no yes."),
    .options = options,
    .most_operands = 1,
    .stores = true,
    .function = setup,
    .answer = setup_answer,
};
