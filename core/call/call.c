/**
 * bms_call: every verb as text in and text out. Reads the request, finds the workbooks, lets the verb answer,
 * and returns the written workbooks as bytes when the request asks for them.
 */
#include "core/call/calling.h"

#include "core/base/catalogue.h"
#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/job/job.h"

#include <stdlib.h>
#include <string.h>

/* A new verb is a row here and a function. Members are named as the command's operands and options. */
static const bms_verb verbs[] = {
    {"init",
     bms_call_init,
     BMS_ATTACH_NONE,
     {{"folder", BMS_MEMBER_TEXT}, {"template", BMS_MEMBER_TEXT}, {"bytes", BMS_MEMBER_FLAG}}},
    {"setup",
     bms_call_setup,
     BMS_ATTACH_AT_MOST_ONE,
     {{"file", BMS_MEMBER_TEXT},
      {"yes", BMS_MEMBER_FLAG},
      {"undo", BMS_MEMBER_FLAG},
      {"reworded", BMS_MEMBER_TEXTS},
      {"export", BMS_MEMBER_TEXT},
      {"without_units", BMS_MEMBER_FLAG}}},
    {"forms",
     bms_call_forms,
     BMS_ATTACH_NONE,
     {{"period", BMS_MEMBER_TEXT},
      {"unit", BMS_MEMBER_TEXT},
      {"force", BMS_MEMBER_FLAG},
      {"bytes", BMS_MEMBER_FLAG}}},
    {"check",
     bms_call_check,
     BMS_ATTACH_MANY,
     {{"sources", BMS_MEMBER_TEXTS}, {"threads", BMS_MEMBER_NUMBER}}},
    {"collect",
     bms_call_collect,
     BMS_ATTACH_MANY,
     {{"sources", BMS_MEMBER_TEXTS},
      {"threads", BMS_MEMBER_NUMBER},
      {"no_corrections", BMS_MEMBER_FLAG},
      {"accept", BMS_MEMBER_FINDINGS},
      {"use", BMS_MEMBER_TEXTS},
      {"partial", BMS_MEMBER_TEXTS},
      {"reason", BMS_MEMBER_TEXT},
      {"by", BMS_MEMBER_TEXT},
      {"bytes", BMS_MEMBER_FLAG}}},
    {"status", bms_call_status, BMS_ATTACH_NONE, {{"period", BMS_MEMBER_TEXT}}},
    {"remind", bms_call_remind, BMS_ATTACH_NONE, {{"period", BMS_MEMBER_TEXT}, {"bytes", BMS_MEMBER_FLAG}}},
    {"report",
     bms_call_report,
     BMS_ATTACH_NONE,
     {{"period", BMS_MEMBER_TEXT}, {"unit", BMS_MEMBER_TEXT}, {"bytes", BMS_MEMBER_FLAG}}},
    {"history",
     bms_call_history,
     BMS_ATTACH_NONE,
     {{"unit", BMS_MEMBER_TEXT},
      {"indicator", BMS_MEMBER_TEXT},
      {"all", BMS_MEMBER_FLAG},
      {"changes", BMS_MEMBER_FLAG}}},
    {"explain",
     bms_call_explain,
     BMS_ATTACH_NONE,
     {{"unit", BMS_MEMBER_NEEDED}, {"indicator", BMS_MEMBER_NEEDED}, {"period", BMS_MEMBER_NEEDED}}},
    {"export",
     bms_call_export,
     BMS_ATTACH_NONE,
     {{"format", BMS_MEMBER_TEXT}, {"originals", BMS_MEMBER_TEXT}, {"bytes", BMS_MEMBER_FLAG}}},
    {"correct",
     bms_call_correct,
     BMS_ATTACH_NONE,
     {{"unit", BMS_MEMBER_NEEDED},
      {"indicator", BMS_MEMBER_NEEDED},
      {"period", BMS_MEMBER_NEEDED},
      {"numerator", BMS_MEMBER_TEXT},
      {"denominator", BMS_MEMBER_TEXT},
      {"reason", BMS_MEMBER_TEXT},
      {"by", BMS_MEMBER_TEXT}}},
    {"close", bms_call_close, BMS_ATTACH_NONE, {{"period", BMS_MEMBER_NEEDED}, {"by", BMS_MEMBER_TEXT}}},
    {"verify",
     bms_call_verify,
     BMS_ATTACH_NONE,
     {{"hash", BMS_MEMBER_TEXT},
      {"remove_foreign", BMS_MEMBER_FLAG},
      {"acknowledge", BMS_MEMBER_FLAG},
      {"by", BMS_MEMBER_TEXT},
      {"reason", BMS_MEMBER_TEXT}}},
    {"backup", bms_call_backup, BMS_ATTACH_NONE, {{"file", BMS_MEMBER_NEEDED}}},
    {"redact",
     bms_call_redact,
     BMS_ATTACH_NONE,
     {{"unit", BMS_MEMBER_TEXT},
      {"period", BMS_MEMBER_TEXT},
      {"what", BMS_MEMBER_TEXT},
      {"setup", BMS_MEMBER_TEXT},
      {"indicator", BMS_MEMBER_TEXT},
      {"revision", BMS_MEMBER_NUMBER},
      {"by", BMS_MEMBER_TEXT},
      {"reason", BMS_MEMBER_TEXT}}},
    {"cells",
     bms_call_cells,
     BMS_ATTACH_ONE,
     {{"file", BMS_MEMBER_TEXT}, {"details", BMS_MEMBER_FLAG}, {"format", BMS_MEMBER_TEXT}}},
};

static bool on_progress(void *context, size_t done, size_t total) {
    const bms_listener *listener = ((const bms_calling *)context)->listener;
    return listener->on_progress(listener->context, done, total);
}

bms_listener bms_calling_listener(bms_calling *calling) {
    const bool listens = calling->listener && calling->listener->on_progress;
    return (bms_listener){.context = calling, .on_progress = listens ? on_progress : NULL};
}

void bms_calling_file(bms_calling *calling, const bms_file_row *file) {
    if (file->action == BMS_FILE_KEPT || file->action == BMS_FILE_NOT_REPLACED)
        return; /* somebody else's content, or an earlier one of ours */
    const char **path = bms_arena_grow(calling->arena, &calling->written, &calling->n_written,
                                       &calling->written_capacity, sizeof *path);
    if (path)
        *path = bms_arena_text(calling->arena, file->path);
}

void bms_calling_not_replaced(bms_calling *calling, const bms_finding *finding) {
    bms_json *json = &calling->not_replaced.json;
    if (strcmp(finding->rule, "not_replaced") != 0)
        return;
    if (!json->sink.write) {
        json->sink = bms_sink_keep(&calling->not_replaced.text);
        bms_json_open(json, '[');
    }
    bms_json_open(json, '{');
    bms_json_text_member(json, "file", finding->file);
    bms_json_text_member(json, "message", finding->message);
    bms_json_text_member(json, "fix", finding->fix);
    if (finding->needs_yes)
        bms_json_boolean_member(json, "needs_yes", true);
    bms_json_close(json, '}');
}

enum bms_status bms_calling_end_not_replaced(bms_calling *calling) {
    if (!calling->not_replaced.json.sink.write)
        return BMS_OK;
    bms_json_close(&calling->not_replaced.json, ']');
    if (calling->not_replaced.text.failed && !calling->stored)
        return bms_error_no_memory(calling->error);
    if (!calling->not_replaced.text.failed) {
        bms_json_key(&calling->json, "not_replaced");
        bms_json_written(&calling->json, &calling->not_replaced.text);
    } else {
        bms_json_boolean_member(&calling->json, "incomplete", true);
    }
    return BMS_OK;
}

void bms_calling_write_finding(bms_json *json, const bms_finding *finding) {
    bms_json_open(json, '{');
    bms_json_text_member(json, "rule", finding->rule);
    bms_json_text_member(json, "severity", bms_severity_name(finding->severity));
    bms_json_text_member(json, "sheet", finding->sheet);
    bms_json_text_member(json, "cell", finding->cell);
    bms_json_text_member(json, "unit", finding->unit);
    bms_json_text_member(json, "indicator", finding->indicator);
    bms_json_text_member(json, "message", finding->message);
    bms_json_text_member(json, "fix", finding->fix);
    if (finding->needs_yes)
        bms_json_boolean_member(json, "needs_yes", true);
    bms_json_close(json, '}');
}

/* Before the verb */

enum { ROOM_FOR_SHORT_ANSWER = 64 };

static enum bms_status find_verb(bms_calling *calling, const char *name) {
    for (size_t i = 0; name && i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verbs[i].name, name) == 0)
            calling->verb = &verbs[i];
    }
    if (calling->verb)
        return BMS_OK;
    const char *message =
        bms_message(calling->arena, bms_tr(calling->b->language, BMS_TEXT("There is no verb {name}.")),
                    "name", name, NULL);
    return bms_error_set(calling->error, BMS_USAGE, name, message);
}

static enum bms_status refuse_workbooks(bms_calling *calling, const char *text) {
    const char *message =
        bms_message(calling->arena, bms_tr(calling->b->language, text), "verb", calling->verb->name, NULL);
    return bms_error_set(calling->error, BMS_USAGE, NULL, message);
}

/** The workbooks: those attached, then those that the request names. */
static enum bms_status find_sources(bms_calling *calling, const bms_source *attached, size_t n) {
    const enum bms_attachment takes = calling->verb->takes;
    const char *file = bms_request_text(&calling->request, "file");
    size_t n_named = 0;
    const char **named = bms_request_texts(&calling->request, "sources", &n_named);
    if (takes == BMS_ATTACH_ONE || takes == BMS_ATTACH_AT_MOST_ONE) {
        named = &file;
        n_named = file ? 1 : 0;
    }
    if (takes == BMS_ATTACH_NONE && n > 0)
        return refuse_workbooks(calling, BMS_TEXT("{verb} takes no workbooks."));
    if ((takes == BMS_ATTACH_ONE && n + n_named != 1) || (takes == BMS_ATTACH_AT_MOST_ONE && n + n_named > 1))
        return refuse_workbooks(calling, BMS_TEXT("{verb} takes one workbook: attached, or as file."));
    bms_source *sources = bms_arena_alloc(calling->arena, (n + n_named) * sizeof *sources);
    for (size_t i = 0; sources && i < n + n_named; i++)
        sources[i] = i < n ? attached[i] : (bms_source){.name = named[i - n]};
    calling->sources = sources;
    calling->n_sources = n + n_named;
    return bms_error_of_arena(BMS_OK, calling->arena, calling->error);
}

static enum bms_status prepare(bms_calling *calling, const char *verb, const char *request) {
    calling->arena = bms_arena_new();
    if (!calling->arena)
        return bms_error_no_memory(calling->error);
    enum bms_status status = find_verb(calling, verb);
    if (status != BMS_OK)
        return status;
    calling->request = (bms_request){.verb = verb,
                                     .members = calling->verb->members,
                                     .arena = calling->arena,
                                     .language = calling->b->language};
    return bms_request_read(&calling->request, request, calling->error);
}

/* After the verb */

static char *copy_text(const char *text) {
    const size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

/** Read the written workbooks into the answer, when the request asks for them. They are written, and what
 * they say is stored: where they cannot be read back the answer is without their bytes, and no failure. */
static void read_written(const bms_calling *calling, bms_answer *answer) {
    if (!bms_request_flag(&calling->request, "bytes") || calling->n_written == 0)
        return;
    answer->files = calloc(calling->n_written, sizeof *answer->files);
    for (size_t i = 0; answer->files && i < calling->n_written; i++) {
        bms_answer_file *file = &answer->files[answer->n_files];
        file->name = copy_text(calling->written[i]);
        if (!file->name)
            return;
        answer->n_files++;
        (void)bms_platform_read_file(calling->written[i], calling->b->language, &file->bytes, &file->size,
                                     NULL);
    }
}

void bms_calling_answer_shortly(bms_json *json) {
    bms_json_open(json, '{');
    bms_json_boolean_member(json, "incomplete", true);
    bms_json_close(json, '}');
}

/** Begin the answer again, in the room that was reserved. */
static void answer_shortly(bms_kept *kept) {
    bms_kept_restart(kept);
    bms_json json = {.sink = bms_sink_keep(kept)};
    bms_calling_answer_shortly(&json);
}

static enum bms_status end(bms_calling *calling, enum bms_status status, bms_kept *kept, bms_answer *answer) {
    if (status == BMS_OK && kept->failed && calling->stored)
        answer_shortly(kept);
    if (status == BMS_OK && kept->failed)
        status = bms_error_no_memory(calling->error);
    if (calling->arena && !calling->stored)
        status = bms_error_of_arena(status, calling->arena, calling->error);
    if (status == BMS_OK) {
        read_written(calling, answer);
        answer->text = kept->text;
        answer->size = kept->size;
        answer->wrong = calling->wrong;
        *kept = (bms_kept){0};
    } else {
        (void)bms_error_set(calling->error, status, NULL, bms_status_name(status));
        bms_answer_error(answer, calling->error);
    }
    return status;
}

enum bms_status bms_call(bms *b, const char *verb, const char *request, const bms_source *attached, size_t n,
                         const bms_listener *listener, bms_answer *answer, bms_error *error) {
    bms_error own;
    bms_kept kept = {0};
    const bool streamed = listener && listener->on_text;
    bms_calling calling = {.b = b, .listener = listener, .error = error ? error : &own};
    calling.json.sink = streamed ? (bms_sink){.context = listener->context, .write = listener->on_text}
                                 : bms_sink_keep(&kept);
    *answer = (bms_answer){0};
    bms_error_clear(calling.error);
    kept.failed = !streamed && !bms_kept_reserve(&kept, ROOM_FOR_SHORT_ANSWER);
    enum bms_status status =
        kept.failed ? bms_error_no_memory(calling.error) : prepare(&calling, verb, request);
    if (status == BMS_OK && calling.verb)
        status = find_sources(&calling, attached, n);
    if (status == BMS_OK && calling.verb)
        status = calling.verb->answer(&calling);
    status = end(&calling, status, &kept, answer);
    bms_kept_free(&kept);
    bms_kept_free(&calling.files.text);
    bms_kept_free(&calling.findings.text);
    bms_kept_free(&calling.not_replaced.text);
    bms_request_dispose(&calling.request);
    bms_arena_free(calling.arena);
    return status;
}

void bms_answer_error(bms_answer *answer, const bms_error *error) {
    bms_kept kept = {0};
    bms_json json = {.sink = bms_sink_keep(&kept)};
    bms_answer_free(answer);
    bms_json_open(&json, '{');
    bms_json_key(&json, "error");
    bms_json_open(&json, '{');
    bms_json_text_member(&json, "code", bms_status_name(error->code));
    bms_json_text_member(&json, "message", error->message);
    bms_json_text_member(&json, "where", *error->where ? error->where : NULL);
    bms_json_close(&json, '}');
    bms_json_close(&json, '}');
    if (kept.failed)
        bms_kept_free(&kept);
    answer->text = kept.text;
    answer->size = kept.size;
}

void bms_answer_free(bms_answer *answer) {
    for (size_t i = 0; i < answer->n_files; i++) {
        free(answer->files[i].name);
        free(answer->files[i].bytes);
    }
    free(answer->files);
    free(answer->text);
    *answer = (bms_answer){0};
}
