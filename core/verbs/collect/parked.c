/** The temporary file of checked returns (see parked.h): texts with their length first, numbers as they lie
 * in memory. */
#include "core/verbs/collect/parked.h"

#include <stdint.h>
#include <string.h>

/** The length of a text that is not there. */
static const uint32_t no_text = UINT32_MAX;

void bms_parked_init(bms_parked *parked) {
    *parked = (bms_parked){.file = tmpfile()};
}

void bms_parked_dispose(bms_parked *parked) {
    if (parked->file)
        (void)fclose(parked->file);
    *parked = (bms_parked){0};
}

/* Writing. What fails shows in ferror at the end. */

static void put(FILE *file, const void *bytes, size_t size) {
    (void)fwrite(bytes, 1, size, file);
}

static void put_text(FILE *file, const char *text) {
    uint32_t length = text ? (uint32_t)strlen(text) : no_text;
    put(file, &length, sizeof length);
    if (text)
        put(file, text, length);
}

static void put_entry(FILE *file, const bms_entry *entry) {
    put(file, entry, sizeof *entry);
    put_text(file, entry->indicator);
    put_text(file, entry->period);
    put_text(file, entry->comment);
}

static void put_action(FILE *file, const bms_entry_action *action) {
    put(file, action, sizeof *action);
    put_text(file, action->number);
    put_text(file, action->linked_to);
    put_text(file, action->text);
    put_text(file, action->responsible);
    put_text(file, action->due);
    put_text(file, action->status);
}

static void put_head(FILE *file, const bms_checked_return *checked) {
    put(file, checked, sizeof *checked);
    put_text(file, checked->unit);
    put_text(file, checked->period);
    put_text(file, checked->definition);
    put_text(file, checked->sheet);
    put_text(file, checked->signed_by);
    put_text(file, checked->signed_on);
}

long bms_parked_add(bms_parked *parked, const bms_checked_return *checked) {
    FILE *file = parked->file;
    long at = parked->end;
    if (!file || fseek(file, at, SEEK_SET) != 0)
        return -1;
    put_head(file, checked);
    for (size_t i = 0; i < checked->n_entries; i++)
        put_entry(file, &checked->entries[i]);
    for (size_t i = 0; i < checked->n_actions; i++)
        put_action(file, &checked->actions[i]);
    long end = ftell(file);
    if (ferror(file) || end < 0 || fflush(file) != 0) {
        bms_parked_dispose(parked); /* full: what is parked from here on could be cut off */
        return -1;
    }
    parked->end = end;
    return at;
}

/** Reading, with the first failure kept. */
struct taking {
    FILE *file;
    bms_arena *arena;
    enum bms_status status;
};

static void take(struct taking *taking, void *bytes, size_t size) {
    if (taking->status == BMS_OK && fread(bytes, 1, size, taking->file) != size)
        taking->status = BMS_INPUT;
}

static const char *take_text(struct taking *taking) {
    uint32_t length = no_text;
    take(taking, &length, sizeof length);
    if (taking->status != BMS_OK || length == no_text)
        return NULL;
    char *text = bms_arena_alloc(taking->arena, (size_t)length + 1);
    if (text) {
        take(taking, text, length);
    } else {
        taking->status = BMS_NO_MEMORY;
    }
    return text;
}

static void take_entry(struct taking *taking, bms_entry *entry) {
    take(taking, entry, sizeof *entry);
    entry->indicator = take_text(taking);
    entry->period = take_text(taking);
    entry->comment = take_text(taking);
}

static void take_action(struct taking *taking, bms_entry_action *action) {
    take(taking, action, sizeof *action);
    action->number = take_text(taking);
    action->linked_to = take_text(taking);
    action->text = take_text(taking);
    action->responsible = take_text(taking);
    action->due = take_text(taking);
    action->status = take_text(taking);
}

static void take_head(struct taking *taking, bms_checked_return *out) {
    take(taking, out, sizeof *out);
    out->unit = take_text(taking);
    out->period = take_text(taking);
    out->definition = take_text(taking);
    out->sheet = take_text(taking);
    out->signed_by = take_text(taking);
    out->signed_on = take_text(taking);
}

enum bms_status bms_parked_load(bms_parked *parked, long at, bms_arena *arena, bms_checked_return *out) {
    struct taking taking = {.file = parked->file, .arena = arena};
    if (!parked->file || at < 0 || fseek(parked->file, at, SEEK_SET) != 0)
        return BMS_INPUT;
    take_head(&taking, out);
    if (taking.status != BMS_OK)
        return taking.status;
    out->entries = bms_arena_alloc(arena, out->n_entries * sizeof *out->entries);
    out->actions = bms_arena_alloc(arena, out->n_actions * sizeof *out->actions);
    if (!out->entries || !out->actions)
        return BMS_NO_MEMORY;
    for (size_t i = 0; taking.status == BMS_OK && i < out->n_entries; i++)
        take_entry(&taking, &out->entries[i]);
    for (size_t i = 0; taking.status == BMS_OK && i < out->n_actions; i++)
        take_action(&taking, &out->actions[i]);
    return taking.status;
}
