/** Replaces files that hold others by what is in them (see unpack.h). */
#include "core/verbs/collect/unpack.h"

#include "core/base/error.h"
#include "core/base/personal_number.h"
#include "core/check/run_rules.h"
#include "core/workbooks.h"

#include <string.h>

/** The records as they grow. */
struct growing {
    bms_job *job;
    bms_return_record *records;
    size_t n;
    size_t capacity;
    size_t n_new;
    uint64_t room;
};

static bms_return_record *add(struct growing *growing) {
    return bms_arena_grow(growing->job->arena, &growing->records, &growing->n, &growing->capacity,
                          sizeof *growing->records);
}

/** @return the name without its folders. */
static const char *own_name(const char *name) {
    static const char between[] = "› ";
    for (const char *next = strstr(name, between); next; next = strstr(name, between))
        name = next + strlen(between);
    return name;
}

/** Add a record of a file inside another. */
static enum bms_status add_enclosed(struct growing *growing, const bms_return_file *outer,
                                    const bms_enclosed *enclosed, size_t n, bms_error *error) {
    bms_arena *arena = growing->job->arena;
    bms_return_file *file = bms_arena_alloc(arena, sizeof *file);
    bms_return_record *record = add(growing);
    if (!file || !record)
        return bms_error_no_memory(error);
    const char *name = bms_personal_number_hide(arena, enclosed->name);
    *file = (bms_return_file){.name = bms_arena_format(arena, "%s › %s", outer->name, name),
                              .bytes = enclosed->bytes,
                              .size = enclosed->size,
                              .work = BMS_WORK_OF(n) + BMS_WORK_FOR_A_BYTE * enclosed->packed,
                              .period = outer->period};
    file->skipped = !enclosed->bytes || bms_sources_is_system(own_name(enclosed->name));
    record->file = file;
    record->waits = true;
    growing->n_new++;
    growing->room -= enclosed->bytes ? enclosed->size : 0;
    return bms_error_of_arena(BMS_OK, arena, error);
}

/** Say of a container itself why what is in it cannot be read. */
static enum bms_status keep_with_cause(struct growing *growing, bms_return_record *record,
                                       const bms_error *cause, bms_error *error) {
    const bms_text_place places[] = {{"cause", cause->message}};
    bms_arena *arena = growing->job->arena;
    bms_finding *finding = bms_arena_alloc(arena, sizeof *finding);
    if (!finding)
        return bms_error_no_memory(error);
    *finding = bms_run_finding(arena, growing->job->language, BMS_RULE_UNREADABLE, places, 1);
    finding->file = record->file->name;
    record->findings = finding;
    record->n_findings = 1;
    return bms_error_of_arena(BMS_OK, arena, error);
}

/** Add what is in a file. @param[out] found  whether there may be a return in it */
static enum bms_status look_into(struct growing *growing, bms_return_record *record, bool *found,
                                 bms_error *error) {
    const bms_job *job = growing->job;
    bms_open_return opened;
    bms_error cause = {0};
    const bms_enclosed *enclosed = NULL;
    size_t n = 0;
    *found = false;
    enum bms_status status = bms_return_load(job, record->file, &opened, &cause);
    if (status == BMS_OK) {
        const bms_source source = {.name = record->file->name, .bytes = opened.bytes, .size = opened.size};
        const uint64_t own = BMS_UNPACKED_OF(opened.size);
        status = bms_workbooks_unpack(job->arena, &source, job->language,
                                      own < growing->room ? own : growing->room, &enclosed, &n, &cause);
        if (status == BMS_INPUT)
            status = keep_with_cause(growing, record, &cause, error);
    } else if (status == BMS_INPUT) {
        status = BMS_OK; /* its record says so */
    }
    bms_return_close(&opened);
    for (size_t i = 0; i < n; i++)
        *found = *found || enclosed[i].bytes;
    for (size_t i = 0; status == BMS_OK && *found && i < n; i++)
        status = add_enclosed(growing, record->file, &enclosed[i], n, error);
    return status == BMS_NO_MEMORY ? bms_error_no_memory(error) : status;
}

static bool any_unreadable(const bms_returns *returns) {
    for (size_t i = 0; i < returns->n; i++) {
        if (returns->records[i].outcome == BMS_UNREADABLE)
            return true;
    }
    return false;
}

enum bms_status bms_returns_unpack(bms_returns *returns, size_t *n, bms_error *error) {
    struct growing growing = {.job = returns->job, .room = BMS_MOST_UNPACKED};
    enum bms_status status = BMS_OK;
    *n = 0;
    if (!any_unreadable(returns))
        return BMS_OK;
    for (size_t i = 0; status == BMS_OK && i < returns->n; i++) {
        bms_return_record *record = &returns->records[i];
        bool found = false;
        if (record->outcome == BMS_UNREADABLE)
            status = look_into(&growing, record, &found, error);
        if (status != BMS_OK || found)
            continue;
        bms_return_record *kept = add(&growing);
        if (!kept)
            return bms_error_no_memory(error);
        *kept = *record;
    }
    *n = growing.n_new;
    if (status == BMS_OK && growing.n_new > 0) {
        returns->records = growing.records;
        returns->n = growing.n;
    }
    return status;
}
