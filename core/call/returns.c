/** check and collect: the outcome of each file, and how many there are of each. */
#include "core/call/calling.h"

#include "core/base/error.h"

/** @return whether something must be corrected. */
static bool is_wrong(const bms_return_row *row) {
    for (size_t i = 0; i < row->n_findings; i++) {
        if (row->findings[i].severity >= BMS_ERROR)
            return true;
    }
    return false;
}

static void on_return(void *context, const bms_return_row *row) {
    bms_calling *calling = context;
    bms_json *json = &calling->json;
    calling->wrong = calling->wrong || is_wrong(row);
    bms_json_open(json, '{');
    bms_json_text_member(json, "file", row->file);
    bms_json_text_member(json, "unit", row->unit);
    bms_json_text_member(json, "period", row->period);
    bms_json_ordinal_member(json, "revision", (size_t)row->revision);
    bms_json_text_member(json, "outcome", bms_outcome_name(row->outcome));
    bms_json_open_list(json, "findings");
    for (size_t i = 0; i < row->n_findings; i++)
        bms_calling_write_finding(json, &row->findings[i]);
    bms_json_close(json, ']');
    bms_json_close(json, '}');
}

/** A finding about no single file is not in the answer, but may be an error. */
static void on_finding(void *context, const bms_finding *finding) {
    bms_calling *calling = context;
    calling->wrong = calling->wrong || finding->severity >= BMS_ERROR;
    bms_calling_not_replaced(calling, finding);
}

static void on_file(void *context, const bms_file_row *file) {
    bms_calling_file(context, file);
}

static void write_counts(bms_json *json, const bms_counts *counts) {
    bms_json_count_member(json, "accepted", counts->accepted);
    bms_json_count_member(json, "held", counts->held);
    bms_json_count_member(json, "unreadable", counts->unreadable);
    bms_json_count_member(json, "duplicate", counts->duplicate);
    bms_json_count_member(json, "unfinished", counts->unfinished);
    bms_json_count_member(json, "skipped", counts->skipped);
    bms_json_count_member(json, "replaced", counts->replaced);
}

/** bms_check or bms_collect. */
typedef enum bms_status returns_verb(bms *b, const bms_source *sources, size_t n,
                                     const bms_collect_options *options, const bms_listener *listener,
                                     bms_counts *counts, bms_error *error);

static enum bms_status answer(bms_calling *calling, returns_verb *verb, const bms_collect_options *options) {
    bms_json *json = &calling->json;
    bms_counts counts = {0};
    bms_listener listener = bms_calling_listener(calling);
    listener.on_return = on_return;
    listener.on_finding = on_finding;
    listener.on_file = on_file;
    bms_json_open(json, '{');
    bms_json_open_list(json, "returns");
    enum bms_status status =
        verb(calling->b, calling->sources, calling->n_sources, options, &listener, &counts, calling->error);
    calling->stored = status == BMS_OK && verb == bms_collect;
    bms_json_close(json, ']');
    write_counts(json, &counts);
    if (status == BMS_OK)
        status = bms_calling_end_not_replaced(calling);
    bms_json_close(json, '}');
    return status;
}

enum bms_status bms_call_check(bms_calling *calling) {
    const bms_collect_options options = {.threads = bms_request_number(&calling->request, "threads")};
    return answer(calling, bms_check, &options);
}

enum bms_status bms_call_collect(bms_calling *calling) {
    const bms_request *request = &calling->request;
    bms_collect_options options = {.threads = bms_request_number(request, "threads"),
                                   .no_corrections = bms_request_flag(request, "no_corrections"),
                                   .reason = bms_request_text(request, "reason"),
                                   .by = bms_request_text(request, "by")};
    options.accept = bms_request_findings(request, "accept", &options.n_accept);
    options.use = bms_request_texts(request, "use", &options.n_use);
    options.partial = bms_request_texts(request, "partial", &options.n_partial);
    enum bms_status status = bms_error_of_arena(BMS_OK, calling->arena, calling->error);
    return status == BMS_OK ? answer(calling, bms_collect, &options) : status;
}
