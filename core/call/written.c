/**
 * Verbs that answer with the files they wrote and their findings:
 * `{"files":[…],"findings":[…]}`, and `"not_replaced":[…]` when a file could not be replaced.
 */
#include "core/call/calling.h"

#include "core/base/error.h"

#include <string.h>

static void on_file(void *context, const bms_file_row *file) {
    bms_calling *calling = context;
    if (file->action != BMS_FILE_NOT_REPLACED)
        bms_json_text(&calling->files.json, file->path);
    bms_calling_file(calling, file);
}

static void on_finding(void *context, const bms_finding *finding) {
    bms_calling *calling = context;
    calling->wrong = calling->wrong || finding->severity >= BMS_ERROR;
    bms_calling_write_finding(&calling->findings.json, finding);
    bms_calling_not_replaced(calling, finding);
}

static void begin_list(bms_gathered *list) {
    list->json.sink = bms_sink_keep(&list->text);
    bms_json_open(&list->json, '[');
}

static void end_list(bms_gathered *list) {
    bms_json_close(&list->json, ']');
}

/** Files and findings are delivered in any order, so both lists are gathered first. */
static bms_listener begin(bms_calling *calling) {
    bms_listener listener = bms_calling_listener(calling);
    listener.on_file = on_file;
    listener.on_finding = on_finding;
    begin_list(&calling->files);
    begin_list(&calling->findings);
    return listener;
}

/** Write the answer, when all went well. @return `status`, or BMS_NO_MEMORY */
static enum bms_status end(bms_calling *calling, enum bms_status status) {
    bms_json *json = &calling->json;
    end_list(&calling->files);
    end_list(&calling->findings);
    if (status != BMS_OK)
        return status;
    calling->stored = true;
    if (calling->files.text.failed || calling->findings.text.failed) {
        bms_calling_answer_shortly(json);
        return BMS_OK;
    }
    bms_json_open(json, '{');
    bms_json_key(json, "files");
    bms_json_written(json, &calling->files.text);
    bms_json_key(json, "findings");
    bms_json_written(json, &calling->findings.text);
    status = bms_calling_end_not_replaced(calling);
    bms_json_close(json, '}');
    return status;
}

enum bms_status bms_call_init(bms_calling *calling) {
    const bms_request *request = &calling->request;
    const bms_listener listener = begin(calling);
    return end(calling, bms_init(calling->b, bms_request_text(request, "template"),
                                 bms_request_text(request, "folder"), &listener, calling->error));
}

enum bms_status bms_call_setup(bms_calling *calling) {
    const bms_request *request = &calling->request;
    bms_setup_result result = {0};
    bms_setup_options options = {.yes = bms_request_flag(request, "yes"),
                                 .undo = bms_request_flag(request, "undo")};
    options.reworded = bms_request_texts(request, "reworded", &options.n_reworded);
    if (bms_arena_failed(calling->arena))
        return bms_error_no_memory(calling->error);
    const bms_listener listener = begin(calling);
    enum bms_status status = bms_setup(calling->b, calling->n_sources > 0 ? calling->sources : NULL, &options,
                                       &listener, &result, calling->error);
    calling->wrong = calling->wrong || result.mistakes > 0 || result.needs_yes > 0;
    return end(calling, status);
}

enum bms_status bms_call_forms(bms_calling *calling) {
    const bms_request *request = &calling->request;
    const bms_listener listener = begin(calling);
    return end(calling,
               bms_forms(calling->b, bms_request_text(request, "period"), bms_request_text(request, "unit"),
                         bms_request_flag(request, "force"), &listener, calling->error));
}

enum bms_status bms_call_remind(bms_calling *calling) {
    const bms_listener listener = begin(calling);
    return end(calling, bms_remind(calling->b, bms_request_text(&calling->request, "period"), &listener,
                                   calling->error));
}

enum bms_status bms_call_report(bms_calling *calling) {
    const bms_request *request = &calling->request;
    const bms_listener listener = begin(calling);
    return end(calling, bms_report(calling->b, bms_request_text(request, "period"),
                                   bms_request_text(request, "unit"), &listener, calling->error));
}

enum bms_status bms_call_correct(bms_calling *calling) {
    const bms_request *request = &calling->request;
    const bms_amendment_request amendment = {.unit = bms_request_text(request, "unit"),
                                             .indicator = bms_request_text(request, "indicator"),
                                             .period = bms_request_text(request, "period"),
                                             .numerator = bms_request_text(request, "numerator"),
                                             .denominator = bms_request_text(request, "denominator"),
                                             .reason = bms_request_text(request, "reason"),
                                             .by = bms_request_text(request, "by")};
    int revision = 0;
    size_t mistakes = 0;
    const bms_listener listener = begin(calling);
    enum bms_status status =
        bms_amend(calling->b, &amendment, &listener, &revision, &mistakes, calling->error);
    calling->wrong = calling->wrong || mistakes > 0;
    return end(calling, status);
}

static const char *names_of_what(bms_arena *arena) {
    const char *names = bms_redacted_name((enum bms_redacted)0);
    for (int what = 1; what < BMS_REDACT_SETUP; what++)
        names = bms_arena_format(arena, "%s, %s", names, bms_redacted_name((enum bms_redacted)what));
    return names;
}

/** Read what is to be blanked: a part of a unit's returns, or a text in the setups. @return whether it is
 * valid */
static bool read_what(const bms_request *request, bms_redaction *out) {
    const char *name = bms_request_text(request, "what");
    if (out->text)
        return !out->unit && !name;
    for (int what = 0; name && what < BMS_REDACT_SETUP; what++) {
        out->what = (enum bms_redacted)what;
        if (strcmp(name, bms_redacted_name(out->what)) == 0)
            return true;
    }
    return false;
}

enum bms_status bms_call_redact(bms_calling *calling) {
    const bms_request *request = &calling->request;
    bms_redaction redaction = {.unit = bms_request_text(request, "unit"),
                               .period = bms_request_text(request, "period"),
                               .indicator = bms_request_text(request, "indicator"),
                               .revision = bms_request_number(request, "revision"),
                               .text = bms_request_text(request, "setup"),
                               .what = BMS_REDACT_SETUP,
                               .made_by = bms_request_text(request, "by"),
                               .reason = bms_request_text(request, "reason")};
    size_t n = 0;
    if (!read_what(request, &redaction))
        return bms_request_refuse(request, "what", names_of_what(calling->arena), calling->error);
    const bms_listener listener = begin(calling);
    return end(calling, bms_redact(calling->b, &redaction, &listener, &n, calling->error));
}

enum bms_status bms_call_originals(bms_calling *calling) {
    const bms_listener listener = begin(calling);
    return end(calling, bms_originals(calling->b, bms_request_text(&calling->request, "originals"), &listener,
                                      calling->error));
}
