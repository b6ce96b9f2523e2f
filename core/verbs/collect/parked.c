/**
 * The temporary file of checked returns (see parked.h): field by field, texts with their length first.
 *
 * The same functions write and read, so that both have the same fields in the same order.
 */
#include "core/verbs/collect/parked.h"

#include "core/base/platform.h"

#include <stdint.h>
#include <string.h>

/** The length that stands for NULL. */
static const uint32_t no_text = UINT32_MAX;

void bms_parked_init(bms_parked *parked) {
    *parked = (bms_parked){.file = bms_platform_scratch_file()};
}

void bms_parked_dispose(bms_parked *parked) {
    if (parked->file)
        (void)fclose(parked->file);
    *parked = (bms_parked){0};
}

/** Fields being written or read; nothing more is after the first failure. */
struct carrying {
    FILE *file;
    bms_arena *arena; /* for the texts that are read; NULL: writing */
    enum bms_status status;
};

static void carry(struct carrying *carrying, void *bytes, size_t size) {
    if (carrying->status != BMS_OK)
        return;
    size_t carried =
        carrying->arena ? fread(bytes, 1, size, carrying->file) : fwrite(bytes, 1, size, carrying->file);
    if (carried != size)
        carrying->status = BMS_INPUT;
}

static void put_text(struct carrying *carrying, const char *text) {
    if (carrying->status == BMS_OK && fwrite(text, 1, strlen(text), carrying->file) != strlen(text))
        carrying->status = BMS_INPUT;
}

static const char *take_text(struct carrying *carrying, size_t length) {
    char *text = bms_arena_alloc(carrying->arena, length + 1);
    if (text) {
        carry(carrying, text, length);
    } else {
        carrying->status = BMS_NO_MEMORY;
    }
    return text;
}

static void carry_text(struct carrying *carrying, const char **text) {
    uint32_t length = *text && !carrying->arena ? (uint32_t)strlen(*text) : no_text;
    carry(carrying, &length, sizeof length);
    if (carrying->arena) {
        *text = carrying->status == BMS_OK && length != no_text ? take_text(carrying, length) : NULL;
    } else if (*text) {
        put_text(carrying, *text);
    }
}

static void carry_answer(struct carrying *carrying, bms_values *answer) {
    carry(carrying, &answer->state, sizeof answer->state);
    carry(carrying, &answer->numerator.known, sizeof answer->numerator.known);
    carry(carrying, &answer->numerator.value, sizeof answer->numerator.value);
    carry(carrying, &answer->denominator.known, sizeof answer->denominator.known);
    carry(carrying, &answer->denominator.value, sizeof answer->denominator.value);
}

static void carry_entry(struct carrying *carrying, bms_entry *entry) {
    carry_text(carrying, &entry->indicator);
    carry_text(carrying, &entry->period);
    carry_answer(carrying, &entry->answer);
    carry(carrying, &entry->reason, sizeof entry->reason);
    carry_text(carrying, &entry->comment);
    carry(carrying, entry->numerator_cell, sizeof entry->numerator_cell);
    carry(carrying, entry->denominator_cell, sizeof entry->denominator_cell);
    carry(carrying, &entry->required, sizeof entry->required);
}

static void carry_action(struct carrying *carrying, bms_entry_action *action) {
    carry_text(carrying, &action->number);
    carry_text(carrying, &action->linked_to);
    carry_text(carrying, &action->text);
    carry_text(carrying, &action->responsible);
    carry_text(carrying, &action->due);
    carry_text(carrying, &action->status);
    carry(carrying, action->cell, sizeof action->cell);
}

static void carry_head(struct carrying *carrying, bms_checked_return *checked) {
    carry_text(carrying, &checked->unit);
    carry_text(carrying, &checked->period);
    carry_text(carrying, &checked->definition);
    carry_text(carrying, &checked->sheet);
    carry(carrying, &checked->finished, sizeof checked->finished);
    carry_text(carrying, &checked->signed_by);
    carry_text(carrying, &checked->signed_on);
    carry(carrying, &checked->n_entries, sizeof checked->n_entries);
    carry(carrying, &checked->n_actions, sizeof checked->n_actions);
    carry(carrying, checked->numbers_sha256, sizeof checked->numbers_sha256);
    carry(carrying, checked->inputs_sha256, sizeof checked->inputs_sha256);
    carry(carrying, &checked->outcome, sizeof checked->outcome);
}

static void carry_lists(struct carrying *carrying, const bms_checked_return *checked) {
    for (size_t i = 0; i < checked->n_entries; i++)
        carry_entry(carrying, &checked->entries[i]);
    for (size_t i = 0; i < checked->n_actions; i++)
        carry_action(carrying, &checked->actions[i]);
}

long bms_parked_add(bms_parked *parked, const bms_checked_return *checked) {
    struct carrying carrying = {.file = parked->file};
    bms_checked_return head = *checked;
    const long at = parked->end;
    if (!parked->file || fseek(parked->file, at, SEEK_SET) != 0)
        return -1;
    carry_head(&carrying, &head);
    carry_lists(&carrying, checked);
    parked->end = ftell(parked->file);
    if (carrying.status == BMS_OK && parked->end >= 0 && fflush(parked->file) == 0)
        return at;
    bms_parked_dispose(parked); /* the disk may be full: do not rely on the file any more */
    return -1;
}

enum bms_status bms_parked_load(bms_parked *parked, long at, bms_arena *arena, bms_checked_return *out) {
    struct carrying carrying = {.file = parked->file, .arena = arena};
    *out = (bms_checked_return){0};
    if (!parked->file || at < 0 || fseek(parked->file, at, SEEK_SET) != 0)
        return BMS_INPUT;
    carry_head(&carrying, out);
    if (carrying.status != BMS_OK)
        return carrying.status;
    out->entries = bms_arena_alloc(arena, out->n_entries * sizeof *out->entries);
    out->actions = bms_arena_alloc(arena, out->n_actions * sizeof *out->actions);
    if (!out->entries || !out->actions)
        return BMS_NO_MEMORY;
    carry_lists(&carrying, out);
    return carrying.status;
}
