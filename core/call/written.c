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

/** Write the answer, when all went well. @param more  adds members; NULL: none @return `status`, or
 * BMS_NO_MEMORY */
static enum bms_status end_with(bms_calling *calling, enum bms_status status,
                                void (*more)(bms_json *json, void *context), void *context) {
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
    if (more)
        more(json, context);
    status = bms_calling_end_not_replaced(calling);
    bms_json_close(json, '}');
    return status;
}

static enum bms_status end(bms_calling *calling, enum bms_status status) {
    return end_with(calling, status, NULL, NULL);
}

enum bms_status bms_call_init(bms_calling *calling) {
    const bms_request *request = &calling->request;
    const bms_listener listener = begin(calling);
    return end(calling, bms_init(calling->b, bms_request_text(request, "template"),
                                 bms_request_text(request, "folder"), &listener, calling->error));
}

/** What was understood of a setup. */
struct understood {
    bms_gathered changes;
    bms_gathered asked;
    bms_gathered left;
    bms_setup_result result;
};

static void on_change(void *context, const bms_setup_change *change) {
    static const char *const actions[] = {"added", "removed", "changed"};
    bms_json *json = &((struct understood *)context)->changes.json;
    bms_json_open(json, '{');
    bms_json_text_member(json, "action", actions[change->action]);
    bms_json_text_member(json, "sheet", change->sheet);
    bms_json_text_member(json, "row", change->row);
    bms_json_text_member(json, "column", change->column);
    bms_json_text_member(json, "before", change->before);
    bms_json_text_member(json, "after", change->after);
    bms_json_close(json, '}');
}

static void on_asked(void *context, const bms_setup_asked *asked) {
    bms_json *json = &((struct understood *)context)->asked.json;
    bms_json_open(json, '{');
    bms_json_text_member(json, "group", asked->group);
    bms_json_text_member(json, "period", asked->period);
    bms_json_count_member(json, "units", asked->units);
    bms_json_count_member(json, "fewest", asked->fewest);
    bms_json_count_member(json, "most", asked->most);
    bms_json_close(json, '}');
}

static void on_left(void *context, const bms_setup_left *left) {
    static const char *const whats[] = {"unit_asked_nothing", "indicator_without_target",
                                        "target_not_measured"};
    bms_json *json = &((struct understood *)context)->left.json;
    bms_json_open(json, '{');
    bms_json_text_member(json, "what", whats[left->what]);
    bms_json_text_member(json, "code", left->code);
    bms_json_text_member(json, "name", left->name);
    bms_json_close(json, '}');
}

/** The members that a setup's answer has beside files and findings. */
static void write_understood(bms_json *json, void *context) {
    struct understood *understood = context;
    const bms_setup_result *result = &understood->result;
    bms_json_ordinal_member(json, "version", (size_t)result->version);
    bms_json_boolean_member(json, "added", result->added);
    bms_json_ordinal_member(json, "undone", (size_t)result->undone);
    bms_json_count_member(json, "units", result->units);
    bms_json_count_member(json, "indicators", result->indicators);
    bms_json_count_member(json, "targets", result->targets);
    bms_json_key(json, "changes");
    bms_json_written(json, &understood->changes.text);
    bms_json_key(json, "asked");
    bms_json_written(json, &understood->asked.text);
    bms_json_key(json, "left");
    bms_json_written(json, &understood->left.text);
}

static enum bms_status load_setup(bms_calling *calling, struct understood *understood,
                                  bms_setup_options *options) {
    const bms_setup_listener listens = {
        .context = understood, .on_change = on_change, .on_asked = on_asked, .on_left = on_left};
    const bms_listener listener = begin(calling);
    options->understood = &listens;
    begin_list(&understood->changes);
    begin_list(&understood->asked);
    begin_list(&understood->left);
    enum bms_status status = bms_setup(calling->b, calling->n_sources > 0 ? calling->sources : NULL, options,
                                       &listener, &understood->result, calling->error);
    end_list(&understood->changes);
    end_list(&understood->asked);
    end_list(&understood->left);
    calling->findings.text.failed = calling->findings.text.failed || understood->changes.text.failed ||
                                    understood->asked.text.failed || understood->left.text.failed;
    return status;
}

static enum bms_status export_setup(bms_calling *calling, const char *path) {
    const bms_listener listener = begin(calling);
    return end(calling,
               bms_setup_export(calling->b, path, bms_request_flag(&calling->request, "without_units"),
                                &listener, calling->error));
}

enum bms_status bms_call_setup(bms_calling *calling) {
    const bms_request *request = &calling->request;
    const char *export = bms_request_text(request, "export");
    if (export && *export)
        return export_setup(calling, export);
    struct understood understood = {.result = {0}};
    bms_setup_options options = {.yes = bms_request_flag(request, "yes"),
                                 .undo = bms_request_flag(request, "undo")};
    options.reworded = bms_request_texts(request, "reworded", &options.n_reworded);
    if (bms_arena_failed(calling->arena))
        return bms_error_no_memory(calling->error);
    enum bms_status status = load_setup(calling, &understood, &options);
    calling->wrong = calling->wrong || understood.result.mistakes > 0 || understood.result.needs_yes > 0;
    status = end_with(calling, status, write_understood, &understood);
    bms_kept_free(&understood.changes.text);
    bms_kept_free(&understood.asked.text);
    bms_kept_free(&understood.left.text);
    return status;
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
