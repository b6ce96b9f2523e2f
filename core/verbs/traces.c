/** Finds, removes and names files that still hold what was blanked (see traces.h). */
#include "core/verbs/traces.h"

#include "core/base/error.h"
#include "core/base/platform.h"
#include "core/base/sha256.h"
#include "core/base/text.h"
#include "core/verbs/collect/unpack.h"
#include "core/workbooks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 3 };

/** Names of files; there can be one for every unit. */
struct names {
    const char **items;
    size_t n;
    size_t capacity;
};

/** A search. */
struct search {
    const bms_job *job;
    const bms_redaction *redaction;
    const bms_blanked *blanked;
    const char **sent; /* hashes of the files that the unit sent */
    size_t n_sent;
    size_t capacity;
    struct names ours; /* their paths */
    struct names left;
    bool found;     /* in the workbook being read */
    bool no_memory; /* a file could not be looked into because memory is out */
};

/** @return whether a text begins with another, whatever the case of A–Z. */
static bool begins(const char *text, const char *with) {
    while (*with && bms_text_lower(*text) == bms_text_lower(*with)) {
        text++;
        with++;
    }
    return *with == '\0';
}

static bool ends(const char *text, const char *with) {
    const size_t length = strlen(text);
    return length >= strlen(with) && begins(text + length - strlen(with), with);
}

static bool take_receipt(void *context, const bms_stored_receipt *receipt) {
    struct search *search = context;
    const bms_redaction *redaction = search->redaction;
    if (!receipt->unit || bms_code_compare(receipt->unit, redaction->unit) != 0 ||
        (redaction->revision > 0 && receipt->revision != redaction->revision))
        return true;
    const char **kept =
        bms_arena_grow(search->job->arena, &search->sent, &search->n_sent, &search->capacity, sizeof *kept);
    if (kept)
        *kept = bms_arena_text(search->job->arena, receipt->sha256);
    return kept;
}

static bool was_sent(const struct search *search, const char *sha256) {
    for (size_t i = 0; i < search->n_sent; i++) {
        if (strcmp(search->sent[i], sha256) == 0)
            return true;
    }
    return false;
}

/** A file that cannot be read holds nothing; one for which there is no memory may, which is remembered.
 * @return whether it was read */
static bool was_read(struct search *search, enum bms_status status) {
    search->no_memory = search->no_memory || status == BMS_NO_MEMORY;
    return status == BMS_OK;
}

static void look_at_cell(void *context, const bms_cell_row *cell) {
    struct search *search = context;
    search->found = search->found || (cell->text && bms_blanked_in(search->blanked, cell->text));
}

/** @return whether a file has its name from the unit (bms_text_file_name): the last hyphen ends the code. */
static bool is_named_after(const char *file, const char *unit) {
    const size_t length = strlen(unit);
    const char *hyphen = strrchr(file, '-');
    if (hyphen && *file == '_' && (size_t)(hyphen - file) == length + 1)
        file++;
    return hyphen && (size_t)(hyphen - file) == length && begins(file, unit);
}

/** A correction or a reminder of the unit's return says what was in it, whichever of its texts is blanked. */
static bool is_about_the_return(const struct search *search, const char *name) {
    static const char *const folders[] = {"corrections", "reminders"};
    const bms_redaction *redaction = search->redaction;
    for (size_t i = 0; redaction->unit && i < sizeof folders / sizeof *folders; i++) {
        const char *folder = bms_arena_format(search->job->arena, "%s/%s/", folders[i], redaction->period);
        if (begins(name, folder) && is_named_after(name + strlen(folder), redaction->unit))
            return true;
    }
    return false;
}

static bool is_workbook(const char *name) {
    return ends(name, ".xlsx") || ends(name, ".xlsm");
}

/** @return whether it is something that came in the return, and not what the coordinator wrote. */
static bool is_of_the_return(enum bms_redacted what) {
    return what != BMS_REDACT_AMENDMENT && what != BMS_REDACT_DECISIONS && what != BMS_REDACT_SETUP;
}

/** @return whether the file holds it. One that cannot be read as a workbook is taken not to. */
static bool holds(struct search *search, const bms_source *source, const char *sha256) {
    if (is_of_the_return(search->redaction->what) &&
        (is_about_the_return(search, source->name) || was_sent(search, sha256)))
        return true;
    search->found = false;
    if (is_workbook(source->name) && (search->blanked->n > 0 || search->blanked->n_hashes > 0)) {
        (void)was_read(search, bms_workbooks_each_cell(source, search->job->language, false, look_at_cell,
                                                       search, NULL));
    }
    return search->found;
}

/** @return whether a file in it holds it, where it is a zip file or a saved mail. */
static bool one_inside_holds(struct search *search, const bms_source *source) {
    bms_arena *arena = bms_arena_new();
    const bms_enclosed *enclosed = NULL;
    size_t n = 0;
    bool held = false;
    const enum bms_status status = arena ? bms_workbooks_unpack(arena, source, search->job->language,
                                                                BMS_MOST_UNPACKED, &enclosed, &n, NULL)
                                         : BMS_NO_MEMORY;
    if (!was_read(search, status))
        n = 0;
    for (size_t i = 0; i < n && !held; i++) {
        const bms_source inside = {
            .name = enclosed[i].name, .bytes = enclosed[i].bytes, .size = enclosed[i].size};
        char sha256[65];
        if (!inside.bytes)
            continue;
        bms_sha256(inside.bytes, inside.size, sha256);
        held = holds(search, &inside, sha256);
    }
    bms_arena_free(arena);
    return held;
}

/** @return whether the program can write the file again; of forms and Mottak only where nobody changed it. */
static bool can_be_made_again(const struct search *search, const char *name, const char *sha256) {
    bool ours = false;
    bool newest = false;
    if (begins(name, "corrections/") || begins(name, "reports/") || begins(name, "reminders/"))
        return true;
    if (begins(name, "returns/"))
        return false;
    return bms_history_find_written(search->job->history, name, sha256, &ours, &newest, NULL) == BMS_OK &&
           ours;
}

static void add_name(bms_arena *arena, struct names *names, const char *name) {
    const char **added = bms_arena_grow(arena, &names->items, &names->n, &names->capacity, sizeof *added);
    if (added)
        *added = name;
}

/** @return the names with ", " between; "" for none */
static const char *list_names(bms_arena *arena, const struct names *names) {
    static const char between[] = ", ";
    size_t size = 1;
    for (size_t i = 0; i < names->n; i++)
        size += strlen(names->items[i]) + sizeof between - 1;
    char *list = bms_arena_alloc(arena, size);
    char *end = list;
    for (size_t i = 0; list && i < names->n; i++)
        end += snprintf(end, size - (size_t)(end - list), "%s%s", i > 0 ? between : "", names->items[i]);
    return list ? list : "";
}

static void look_at_file(struct search *search, const char *name) {
    const char *path = bms_job_path(search->job, name);
    unsigned char *bytes = NULL;
    size_t size = 0;
    char sha256[65];
    if (!was_read(search, bms_platform_read_file(path, search->job->language, &bytes, &size, NULL)))
        return;
    bms_sha256(bytes, size, sha256);
    const bms_source source = {.name = name, .bytes = bytes, .size = size};
    const bool held = holds(search, &source, sha256) || one_inside_holds(search, &source);
    free(bytes);
    if (!held || bms_arena_failed(search->job->arena)) /* a name that is cut short may be that of another */
        return;
    if (can_be_made_again(search, name, sha256)) {
        add_name(search->job->arena, &search->ours, path);
    } else {
        add_name(search->job->arena, &search->left, name);
    }
}

static void look_in(struct search *search, const char *name, int depth);

static void look_at(struct search *search, const char *name, int depth) {
    const enum bms_path_kind kind = bms_platform_path_kind(bms_job_path(search->job, name));
    if (kind == BMS_PATH_FOLDER && depth < DEEPEST)
        look_in(search, name, depth + 1);
    if (kind == BMS_PATH_FILE &&
        (is_workbook(name) || is_about_the_return(search, name) || begins(name, "returns/")))
        look_at_file(search, name);
}

static void look_in(struct search *search, const char *name, int depth) {
    const char **names = NULL;
    size_t n = 0;
    if (bms_platform_list_folder(search->job->arena, bms_job_path(search->job, name), search->job->language,
                                 &names, &n, NULL) != BMS_OK)
        return;
    for (size_t i = 0; i < n; i++)
        look_at(search, bms_arena_format(search->job->arena, "%s/%s", name, names[i]), depth);
}

/** The workbooks beside the history itself: Mottak, the setup, and what else lies there. */
static void look_beside(struct search *search) {
    const char **names = NULL;
    size_t n = 0;
    const char *folder = *search->job->folder ? search->job->folder : ".";
    if (bms_platform_list_folder(search->job->arena, folder, search->job->language, &names, &n, NULL) !=
        BMS_OK)
        return;
    for (size_t i = 0; i < n; i++)
        look_at(search, names[i], DEEPEST); /* no folders */
}

enum bms_status bms_traces_find(const bms_job *job, const bms_redaction *redaction,
                                const bms_blanked *blanked, bms_traces *out, bms_error *error) {
    static const char *const folders[] = {"corrections", "forms", "reminders", "reports", "returns"};
    struct search search = {.job = job, .redaction = redaction, .blanked = blanked};
    enum bms_status status = BMS_OK;
    if (redaction->unit)
        status = bms_history_each_receipt(job->history, redaction->period, take_receipt, &search, error);
    if (status == BMS_OK)
        look_beside(&search);
    for (size_t i = 0; status == BMS_OK && i < sizeof folders / sizeof *folders; i++)
        look_in(&search, folders[i], 0);
    *out = (bms_traces){search.ours.items, search.ours.n, list_names(job->arena, &search.left)};
    if (status == BMS_OK && search.no_memory)
        status = bms_error_no_memory(error);
    return bms_error_of_arena(status, job->arena, error);
}

static bool is_there(const char *path) {
    return bms_platform_path_kind(path) != BMS_PATH_MISSING;
}

size_t bms_traces_remove(const bms_traces *traces) {
    size_t still = 0;
    for (size_t i = 0; i < traces->n; i++) {
        bms_platform_remove(traces->ours[i]);
        still += is_there(traces->ours[i]);
    }
    return still;
}

const char *bms_traces_list(const bms_job *job, const bms_traces *traces, bool there) {
    struct names names = {0};
    for (size_t i = 0; i < traces->n; i++) {
        if (is_there(traces->ours[i]) == there)
            add_name(job->arena, &names, traces->ours[i] + strlen(job->folder));
    }
    return list_names(job->arena, &names);
}
