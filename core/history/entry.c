/* Copying stored entries, so that they outlive the query that found them. */
#include "core/history/history.h"

#include <string.h>

/** @return a text that lasts: "" for none, `like` where they are equal, else a copy. */
static const char *copy(bms_arena *arena, const char *text, const char *like) {
    if (!text || *text == '\0')
        return "";
    return like && strcmp(text, like) == 0 ? like : bms_arena_text(arena, text);
}

bms_stored_entry bms_stored_entry_copy(bms_arena *arena, const bms_stored_entry *stored,
                                       const bms_stored_entry *like) {
    static const bms_stored_entry nothing = {0};
    const bms_stored_entry *known = like ? like : &nothing;
    bms_stored_entry kept = *stored;
    kept.unit = copy(arena, stored->unit, known->unit);
    kept.form_period = copy(arena, stored->form_period, known->form_period);
    kept.entry.indicator = copy(arena, stored->entry.indicator, known->entry.indicator);
    kept.entry.period = copy(arena, stored->entry.period, known->entry.period);
    kept.entry.comment = copy(arena, stored->entry.comment, known->entry.comment);
    kept.sheet = copy(arena, stored->sheet, known->sheet);
    kept.file = copy(arena, stored->file, known->file);
    kept.sha256 = copy(arena, stored->sha256, known->sha256);
    kept.definition = copy(arena, stored->definition, known->definition);
    kept.signed_by = copy(arena, stored->signed_by, known->signed_by);
    kept.signed_on = copy(arena, stored->signed_on, known->signed_on);
    kept.origin.amended_by = copy(arena, stored->origin.amended_by, known->origin.amended_by);
    kept.origin.amendment = copy(arena, stored->origin.amendment, known->origin.amendment);
    kept.origin.accepted_by = copy(arena, stored->origin.accepted_by, known->origin.accepted_by);
    kept.origin.acceptance = copy(arena, stored->origin.acceptance, known->origin.acceptance);
    kept.origin.released_by = copy(arena, stored->origin.released_by, known->origin.released_by);
    kept.origin.release = copy(arena, stored->origin.release, known->origin.release);
    kept.origin.chosen_by = copy(arena, stored->origin.chosen_by, known->origin.chosen_by);
    kept.origin.choice = copy(arena, stored->origin.choice, known->origin.choice);
    return kept;
}
