/**
 * The help, from the tables of commands and options (see help.h), so that each option is described once.
 */
#include "help.h"

#include "width.h"

static void write_padded(struct output *out, const char *text, size_t width) {
    size_t used = text_width(text);
    output_text(out, text);
    output_repeat(out, ' ', used < width ? width - used : 1);
}

static void write_options(struct session *session, const struct option *options) {
    struct output *out = &session->out;
    for (; options->name; options++) {
        struct output name = {0};
        output_message(&name, options->value ? "--{name} {value}" : "--{name}", "name", options->name,
                       "value", options->value ? translated(session, options->value) : "", NULL);
        output_bytes(&name, "", 1);
        output_text(out, "  ");
        if (name.failed) {
            out->failed = true;
        } else {
            write_padded(out, name.bytes, 20);
            output_text(out, translated(session, options->help));
        }
        output_text(out, "\n");
        output_discard(&name);
    }
}

/** Text of ours, which may have several lines: what is put into a message as a value is kept on one. */
static void write_lines(struct session *session, const char *text) {
    output_text(&session->out, translated(session, text));
    output_text(&session->out, "\n");
}

static void write_heading(struct session *session, const char *heading) {
    output_text(&session->out, "\n");
    output_coloured(&session->out, translated(session, heading), COLOUR_BOLD);
    output_text(&session->out, "\n");
}

void help_write(struct session *session) {
    struct output *out = &session->out;
    write_lines(session, TEXT("bms – balanced scorecard with nothing but spreadsheets, one program and "
                              "one file"));
    write_heading(session, TEXT("Commands"));
    for (const struct command *const *c = commands; *c; c++) {
        output_text(out, "  ");
        write_padded(out, (*c)->name, 10);
        output_message(out, "{summary}\n", "summary", translated(session, (*c)->summary), NULL);
    }
    write_heading(session, TEXT("Options that every command has"));
    write_options(session, global_options);
    write_heading(session, TEXT("Exit codes"));
    write_lines(session,
                TEXT("  0  all in order, warnings included\n  1  something must be corrected, or a file "
                     "cannot be read\n  2  the command was not understood, or the period is not known\n  "
                     "3  a file or folder is missing or cannot be read\n  4  the history is missing, in "
                     "use, newer or damaged\n  5  anything else; after 2 to 5 nothing has been changed"));
    output_text(out, "\n");
    output_text(out, translated(session, TEXT("bms help COMMAND describes one of them.")));
    output_text(out, "\n");
}

void help_write_command(struct session *session, const struct command *command) {
    struct output *out = &session->out;
    output_message(out, "bms {name} {usage}\n\n{summary}\n\n", "name", command->name, "usage",
                   translated(session, command->usage), "summary", translated(session, command->summary),
                   NULL);
    write_lines(session, command->details);
    if (command->options->name) {
        write_heading(session, TEXT("Options"));
        write_options(session, command->options);
    }
    write_heading(session, TEXT("Options that every command has"));
    write_options(session, global_options);
}
