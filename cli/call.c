/** Making requests from the command line, and calling verbs with them (see call.h). */
#include "call.h"

#include "command.h"

#include <stdio.h>
#include <string.h>

static void write_text(struct output *output, const char *text) {
    output_text(output, "\"");
    for (; *text; text++) {
        char escape[8];
        if (*text == '"' || *text == '\\' || (unsigned char)*text < 0x20) {
            (void)snprintf(escape, sizeof escape, "\\u%04x", (unsigned)(unsigned char)*text);
            output_text(output, escape);
        } else {
            output_bytes(output, text, 1);
        }
    }
    output_text(output, "\"");
}

/** Write a name, with `_` for the `-` of an option: "no-corrections" is "no_corrections". */
static void begin_member(struct request *request, const char *name) {
    output_text(&request->text, request->begun ? ",\"" : "{\"");
    for (; *name; name++)
        output_bytes(&request->text, *name == '-' ? "_" : name, 1);
    output_text(&request->text, "\":");
    request->begun = true;
}

void request_text(struct request *request, const char *name, const char *value) {
    if (!value)
        return;
    begin_member(request, name);
    write_text(&request->text, value);
}

void request_flag(struct request *request, const char *name, bool value) {
    if (!value)
        return;
    begin_member(request, name);
    output_text(&request->text, "true");
}

void request_number(struct request *request, const char *name, int value) {
    char digits[16];
    if (value == 0)
        return;
    (void)snprintf(digits, sizeof digits, "%d", value);
    begin_member(request, name);
    output_text(&request->text, digits);
}

void request_texts(struct request *request, const char *name, const char *const *values, size_t n) {
    if (n == 0)
        return;
    begin_member(request, name);
    for (size_t i = 0; i < n; i++) {
        output_text(&request->text, i == 0 ? "[" : ",");
        write_text(&request->text, values[i]);
    }
    output_text(&request->text, "]");
}

void request_accepted(struct request *request, const char *name, const bms_accepting *accepted, size_t n) {
    if (n == 0)
        return;
    begin_member(request, name);
    for (size_t i = 0; i < n; i++) {
        output_text(&request->text, i == 0 ? "[{\"rule\":" : ",{\"rule\":");
        write_text(&request->text, accepted[i].rule);
        output_text(&request->text, ",\"unit\":");
        write_text(&request->text, accepted[i].unit);
        output_text(&request->text, ",\"indicator\":");
        write_text(&request->text, accepted[i].indicator);
        output_text(&request->text, "}");
    }
    output_text(&request->text, "]");
}

static void on_text(void *context, const char *bytes, size_t size) {
    output_bytes(&((struct session *)context)->out, bytes, size);
}

enum bms_status call_verb(struct session *session, const char *verb, struct request *request,
                          const bms_source *attached, size_t n) {
    const bms_listener listener = {.context = session, .on_progress = session_progress, .on_text = on_text};
    bms_answer answer = {0};
    enum bms_status status = BMS_NO_MEMORY;
    output_text(&request->text, request->begun ? "}" : "{}");
    output_bytes(&request->text, "", 1);
    if (!request->text.failed) {
        status = bms_call(session->library, verb, request->text.bytes, attached, n, &listener, &answer,
                          &session->error);
    }
    session->wrong = session->wrong || answer.wrong;
    bms_answer_free(&answer);
    output_discard(&request->text);
    return status;
}

/** @return whether an option is set on the handle and is no part of the request. */
static bool is_of_the_handle(const char *option) {
    return strcmp(option, "limits") == 0 || strcmp(option, "as-of") == 0 || strcmp(option, "threads") == 0;
}

enum bms_status call_command(struct session *session, const struct arguments *arguments) {
    const struct command *command = command_find(arguments->command);
    struct request request = {0};
    bms_source attached[1];
    size_t n = 0;
    for (size_t i = 0; i < arguments->n_operands; i++) {
        if (command->operands[i]) {
            request_text(&request, command->operands[i], arguments->operands[i]);
        } else {
            attached[n++] = (bms_source){.name = arguments->operands[i]};
        }
    }
    for (const struct option *option = command->options; option->name; option++) {
        if (is_of_the_handle(option->name))
            continue;
        if (option->value) {
            request_text(&request, option->name, arguments_value(arguments, option->name));
        } else {
            request_flag(&request, option->name, arguments_has(arguments, option->name));
        }
    }
    return call_verb(session, command->name, &request, attached, n);
}
