/** A municipality in a folder of its own, with a handle on it: what the verbs are tested on. All of it is
 * invented. */
#ifndef MUNICIPALITY_H
#define MUNICIPALITY_H

#include "tests/unit/examples/fake_workbooks.h"
#include "tests/unit/examples/made_setup.h"
#include "tests/unit/place.h"

#include "core/base/error.h"
#include "core/bms.h"
#include "core/history/history.h"

enum { MOST_ROWS = 96 };

/** What a verb delivered, as lines of text. */
struct delivered {
    size_t n;
    char lines[MOST_ROWS][400];
};

struct municipality {
    char folder[PLACE_PATH];
    bms *b;
    bms_error error;
    bms_counts counts;
    struct made *made;
    struct delivered rows; /* returns, files, deliveries, measurements, facts */
    struct delivered files;
    struct delivered intakes;  /* Mottak, as collect wrote it */
    struct delivered findings; /* "rule cell" each */
    bms_listener listener;
    int stop_after; /* progress calls until the listener says stop; 0: never */
    int64_t now;
};

static inline int64_t municipality_now(void *context) {
    return ((struct municipality *)context)->now;
}

static inline char *next_row(struct delivered *rows) {
    assert_true(rows->n < MOST_ROWS);
    return rows->lines[rows->n++];
}

static inline void take_finding(struct municipality *place, const bms_finding *finding) {
    (void)snprintf(next_row(&place->findings), 400, "%s %s %s", finding->rule,
                   finding->cell ? finding->cell : "-", finding->message);
}

static inline void on_return(void *context, const bms_return_row *row) {
    struct municipality *place = context;
    const char *name = strrchr(row->file, '/');
    (void)snprintf(next_row(&place->rows), 400, "%s %s %s %s %d", name ? name + 1 : row->file,
                   row->unit ? row->unit : "-", row->period ? row->period : "-",
                   bms_outcome_name(row->outcome), row->revision);
    for (size_t i = 0; i < row->n_findings; i++)
        take_finding(place, &row->findings[i]);
}

static inline void on_finding(void *context, const bms_finding *finding) {
    take_finding(context, finding);
}

static inline void on_file(void *context, const bms_file_row *row) {
    static const char *const actions[] = {"written", "unchanged", "kept", "not replaced"};
    struct municipality *place = context;
    const char *name = strrchr(row->path, '/');
    (void)snprintf(next_row(&place->rows), 400, "%s %s", name ? name + 1 : row->path, actions[row->action]);
}

/** Keep written workbooks: corrections beside the returns, Mottak by itself. */
static inline void on_file_of_collect(void *context, const bms_file_row *row) {
    static const char *const actions[] = {"written", "unchanged", "kept", "not replaced"};
    struct municipality *place = context;
    (void)snprintf(next_row(row->unit ? &place->files : &place->intakes), 400, "%s %s %s",
                   row->path + strlen(place->folder) + 1, actions[row->action], row->unit ? row->unit : "-");
}

static inline bool on_progress(void *context, size_t done, size_t total) {
    struct municipality *place = context;
    (void)done;
    (void)total;
    return place->stop_after == 0 || --place->stop_after > 0;
}

static inline const char *inside(const struct municipality *place, const char *name) {
    return bms_arena_format(place->made->arena, "%s/%s", place->folder, name);
}

static inline void put(const struct municipality *place, const char *name, const char *text) {
    bms_error error = {0};
    const char *path = bms_arena_format(place->made->arena, "%s/%s", place->folder, name);
    const char *folder = bms_arena_copy(place->made->arena, path, (size_t)(strrchr(path, '/') - path));
    assert_int_equal(bms_platform_make_folder(folder, "en", &error), BMS_OK);
    assert_int_equal(bms_platform_write_file(path, "en", text, strlen(text), &error), BMS_OK);
}

/** @return the content of a file. */
static inline const char *content(const struct municipality *place, const char *name) {
    unsigned char *bytes = NULL;
    size_t size = 0;
    bms_error error = {0};
    assert_int_equal(bms_platform_read_file(inside(place, name), "en", &bytes, &size, &error), BMS_OK);
    const char *text = bms_arena_copy(place->made->arena, (const char *)bytes, size);
    free(bytes);
    return text;
}

static inline void forget(struct municipality *place) {
    place->rows.n = 0;
    place->files.n = 0;
    place->intakes.n = 0;
    place->findings.n = 0;
    bms_error_clear(&place->error);
}

/** Load the setup with a yes to whatever it does, and let the fake make its returns from it. */
static inline void load_setup(struct municipality *place) {
    const bms_setup_options options = {.yes = true};
    const bms_source workbook = {.name = inside(place, "setup.xlsx")};
    bms_history *history = NULL;
    bms_setup_book book;
    bms_setup_result result;
    int version = 0;
    assert_int_equal(bms_setup(place->b, &workbook, &options, NULL, &result, &place->error), BMS_OK);
    assert_int_equal(result.mistakes, 0);
    assert_int_equal(bms_history_open(&history, inside(place, "bms.db"), "en", NULL, NULL, &place->error),
                     BMS_OK);
    assert_int_equal(bms_history_load_setup(history, place->made->arena, 0, &book, &version, &place->error),
                     BMS_OK);
    memcpy(fake.key, bms_history_seal_key(history), sizeof fake.key);
    bms_history_close(history);
    made_read(place->made);
    place->made->definition.version = version;
    fake.definition = &place->made->definition;
}

/** Make a folder, a history and a handle; no setup is loaded. */
static inline int municipality_begin(void **state) {
    struct municipality *place = calloc(1, sizeof *place);
    void *made = NULL;
    if (!place || made_begin(&made) != 0)
        return -1;
    place->made = made;
    place_make(place->folder);
    if (bms_new(&place->b, &place->error) != BMS_OK)
        return -1;
    place->listener = (bms_listener){.context = place,
                                     .on_finding = on_finding,
                                     .on_file = on_file,
                                     .on_return = on_return,
                                     .on_progress = on_progress};
    place->now = 1778400000; /* 2026-05-10 08:00 UTC */
    fake = (struct fake_workbooks){.setup = &place->made->book};
    bms_set_clock(place->b, municipality_now, place);
    (void)bms_set_language(place->b, "en", &place->error);
    (void)bms_set_history(place->b, inside(place, "bms.db"), &place->error);
    *state = place;
    return bms_init(place->b, "invented", place->folder, NULL, &place->error) == BMS_OK ? 0 : -1;
}

/** Make the same with the setup loaded. */
static inline int municipality_begin_loaded(void **state) {
    if (municipality_begin(state) != 0)
        return -1;
    load_setup(*state);
    return 0;
}

static inline int municipality_end(void **state) {
    struct municipality *place = *state;
    void *made = place->made;
    bms_free(place->b);
    place_remove(place->folder);
    (void)made_end(&made);
    free(place);
    return 0;
}

static inline enum bms_status collect(struct municipality *place, const char *source) {
    const bms_source from = {.name = source};
    bms_listener listener = place->listener;
    listener.on_file = on_file_of_collect;
    forget(place);
    return bms_collect(place->b, &from, source ? 1 : 0, NULL, &listener, &place->counts, &place->error);
}

static inline enum bms_status check(struct municipality *place, const char *source) {
    const bms_source from = {.name = source};
    forget(place);
    return bms_check(place->b, &from, source ? 1 : 0, NULL, &place->listener, &place->counts, &place->error);
}

#endif
