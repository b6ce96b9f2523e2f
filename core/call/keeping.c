/** close, verify and backup: the history as a file. */
#include "core/call/calling.h"

#include "core/base/error.h"

enum bms_status bms_call_close(bms_calling *calling) {
    const char *period = bms_request_text(&calling->request, "period");
    bms_json *json = &calling->json;
    bms_json_open(json, '{');
    bms_json_text_member(json, "closed", period);
    bms_json_close(json, '}');
    enum bms_status status =
        bms_close(calling->b, period, bms_request_text(&calling->request, "by"), calling->error);
    calling->stored = status == BMS_OK;
    return status;
}

static void on_difference(void *context, const bms_difference *difference) {
    bms_json *json = context;
    bms_json_open(json, '{');
    bms_json_ordinal_member(json, "run", (size_t)difference->run);
    bms_json_text_member(json, "table", difference->table);
    bms_json_text_member(json, "row", *difference->row ? difference->row : NULL);
    bms_json_text_member(json, "message", difference->message);
    bms_json_close(json, '}');
}

static void on_redaction(void *context, const bms_redacted_places *row) {
    bms_json *json = context;
    bms_json_open(json, '{');
    bms_json_count_member(json, "run", (size_t)row->run);
    bms_json_text_member(json, "by", row->made_by);
    bms_json_text_member(json, "reason", row->reason);
    bms_json_text_member(json, "table", row->table);
    bms_json_text_member(json, "field", row->field);
    bms_json_count_member(json, "places", row->n);
    bms_json_close(json, '}');
}

static void on_witness(void *context, const bms_witness *witness) {
    bms_json *json = context;
    bms_json_open(json, '{');
    bms_json_text_member(json, "file", witness->file);
    bms_json_count_member(json, "files", witness->n_files);
    bms_json_text_member(json, "hash", witness->hash);
    bms_json_ordinal_member(json, "run", (size_t)witness->run);
    bms_json_boolean_member(json, "known", witness->run > 0);
    bms_json_key(json, "acknowledged");
    if (witness->acknowledgement) {
        bms_json_open(json, '{');
        bms_json_text_member(json, "by", witness->acknowledged_by);
        bms_json_text_member(json, "reason", witness->acknowledgement);
        bms_json_close(json, '}');
    } else {
        bms_json_null(json);
    }
    bms_json_close(json, '}');
}

static enum bms_status write_witnesses(bms_calling *calling) {
    size_t unknown = 0;
    bms_json_open_list(&calling->json, "beside");
    enum bms_status status = bms_witnesses(calling->b, on_witness, &calling->json, &unknown, calling->error);
    bms_json_close(&calling->json, ']');
    calling->wrong = calling->wrong || unknown > 0;
    return status;
}

static enum bms_status acknowledge(bms_calling *calling) {
    size_t n = 0;
    return bms_acknowledge(calling->b, bms_request_text(&calling->request, "by"),
                           bms_request_text(&calling->request, "reason"), &n, calling->error);
}

static void on_removed(void *context, const bms_removed *removed) {
    bms_calling *calling = context;
    bms_json *json = &calling->json;
    calling->stored = true;
    bms_json_open(json, '{');
    bms_json_text_member(json, "type", removed->type);
    bms_json_text_member(json, "name", removed->name);
    bms_json_boolean_member(json, "put_back", removed->put_back);
    bms_json_text_member(json, "copy", removed->copy);
    bms_json_close(json, '}');
}

/** What is asked for before the history is verified. */
static enum bms_status put_right(bms_calling *calling) {
    enum bms_status status = BMS_OK;
    bms_json_open_list(&calling->json, "removed");
    if (bms_request_flag(&calling->request, "remove_foreign"))
        status = bms_remove_foreign(calling->b, on_removed, calling, calling->error);
    bms_json_close(&calling->json, ']');
    if (status == BMS_OK && bms_request_flag(&calling->request, "acknowledge")) {
        status = acknowledge(calling);
        calling->stored = calling->stored || status == BMS_OK;
    }
    return status;
}

static enum bms_status compare(bms_calling *calling, bool sound, bms_verification *found) {
    bms_json *json = &calling->json;
    enum bms_status status = BMS_OK;
    bms_json_open_list(json, "differences");
    if (sound) {
        status = bms_verify(calling->b, bms_request_text(&calling->request, "hash"), on_difference, json,
                            found, calling->error);
    }
    bms_json_close(json, ']');
    bms_json_open_list(json, "redactions");
    if (sound && status == BMS_OK)
        status = bms_redactions(calling->b, on_redaction, json, calling->error);
    bms_json_close(json, ']');
    return sound && status == BMS_OK ? write_witnesses(calling) : status;
}

enum bms_status bms_call_verify(bms_calling *calling) {
    bms_json *json = &calling->json;
    bms_verification found = {0};
    bms_json_open(json, '{');
    enum bms_status status = put_right(calling);
    enum bms_status compared = compare(calling, status == BMS_OK, &found);
    calling->wrong = calling->wrong || found.differences > 0;
    bms_json_count_member(json, "runs", found.runs);
    bms_json_text_member(json, "hash", *found.hash ? found.hash : NULL);
    if (status == BMS_OK && compared != BMS_OK && calling->stored) {
        /* What was asked for is stored: that it could not be verified afterwards is no failure of it. */
        bms_json_text_member(json, "not_verified", calling->error->message);
        calling->wrong = true;
        bms_error_clear(calling->error);
        compared = BMS_OK;
    }
    bms_json_close(json, '}');
    return status == BMS_OK ? compared : status;
}

enum bms_status bms_call_backup(bms_calling *calling) {
    const char *path = bms_request_text(&calling->request, "file");
    bms_json *json = &calling->json;
    bms_json_open(json, '{');
    bms_json_open_list(json, "files");
    bms_json_text(json, path);
    bms_json_close(json, ']');
    bms_json_close(json, '}');
    enum bms_status status = bms_backup(calling->b, path, calling->error);
    calling->stored = status == BMS_OK;
    return status;
}
